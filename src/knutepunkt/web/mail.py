"""Mail over SMTP. A mail carries no words of what it is about, only a greeting and an address to open."""

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


def send_mail_from(template: str, *, to: str, language: str, **facts: Any) -> int:
    """Send `templates/<template>.txt`: the first line is the subject, the rest the body. Returns mails sent."""
    with translation.override(language):
        text = render_to_string(f"{template}.txt", {**facts, "address": settings.ADDRESS})
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]).send()
