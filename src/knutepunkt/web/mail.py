"""Mail over SMTP. A mail carries no words of what it is about, only a greeting and an address to open.

A calendar is the one thing that may go with it, to those who have signed up and given an address.
"""

from email.mime.text import MIMEText
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils import translation


class SmtpOrNowhere(EmailBackend):
    """Sends by SMTP; where no server is set, drops the mail and says so as not sent."""

    def send_messages(self, email_messages: Any) -> int:
        if not settings.EMAIL_HOST:
            return 0
        return int(super().send_messages(email_messages) or 0)


def send_mail_from(
    template: str, *, to: str, language: str, calendar: tuple[str, bytes] | None = None, **facts: Any
) -> int:
    """Send `templates/<template>.txt`: the first line is the subject, the rest the body. Returns mails sent.

    `calendar` is a method (`REQUEST`, `CANCEL`) and the calendar's bytes, attached as iTIP wants it (RFC 6047).
    """
    with translation.override(language):
        text = render_to_string(f"{template}.txt", {**facts, "address": settings.ADDRESS})
    subject, _, body = text.strip().partition("\n")
    mail = EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])
    if calendar is not None:
        method, content = calendar
        part = MIMEText(content.decode(), "calendar", "utf-8")
        part.set_param("method", method)
        part.add_header("Content-Disposition", "attachment", filename="kalender.ics")
        mail.attach(part)
    return mail.send()
