"""Jobs of caring for the library: telling holders, keeping the promise of the desk, asking to check again, ending uses."""

from django.conf import settings
from django.urls import reverse

from knutepunkt.stories.actions.caring_desk import remind_desk
from knutepunkt.stories.actions.caring_shared import ask_to_check_again
from knutepunkt.stories.actions.caring_uses import contact_of, end_uses_past_their_day
from knutepunkt.stories.models import OutsideUse
from knutepunkt.web.jobs import job
from knutepunkt.web.mail import send_mail_from


@job("stories.tell_holder")
def tell_holder(use: str) -> None:
    """Tell whoever asked for a use that something about it has changed: a mail with an address to open, and no words."""
    row = OutsideUse.objects.filter(pk=use).select_related("asker").first()
    if row is None:
        return
    to = contact_of(row) or (row.asker.email if row.asker else "")
    if to:
        own = f"{settings.ADDRESS}{reverse('stories:use', args=[row.token])}"
        send_mail_from("stories/mail/use_changed", to=to, language=row.asker.language if row.asker else "nb", own=own)


@job("stories.remind_desk", daily=True)
def remind_desk_daily() -> None:
    """Tell the desk what is about to pass its promised day."""
    remind_desk()


@job("stories.ask_to_check_again", daily=True)
def ask_to_check_daily() -> None:
    """Ask editors about what nobody has checked for a year."""
    ask_to_check_again()


@job("stories.end_uses", daily=True)
def end_uses_daily() -> None:
    """End uses whose last day has passed."""
    end_uses_past_their_day()
