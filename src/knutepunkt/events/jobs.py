"""Jobs of the room: occurrences kept ready, offers passed on, letters sent, reminders."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from knutepunkt.events.actions.hosting import remind
from knutepunkt.events.actions.interest import address_of_interest
from knutepunkt.events.actions.planning import expand_all
from knutepunkt.events.actions.taking_part import (
    fill_from_waiting_list,
    let_go_everywhere,
    let_go_of_held,
    pass_on_all,
)
from knutepunkt.events.actions.telling import BY_MAIL
from knutepunkt.events.choices import CODE, Place
from knutepunkt.events.methods.calendar import component_of, letter_of
from knutepunkt.events.models import Interest, Registration, Session
from knutepunkt.web.jobs import job
from knutepunkt.web.mail import send_mail_from
from knutepunkt.web.papercodes import address_of, issue_code


@job("events.expand", daily=True)
def expand() -> None:
    """Move the horizon forward."""
    expand_all()


@job("events.pass_on_all", daily=True)
def pass_on_daily() -> None:
    """Pass on every offer nobody answered."""
    pass_on_all()


@job("events.pass_on")
def pass_on(session: int) -> None:
    """Pass on what nobody answered for one session."""
    row = Session.objects.filter(pk=session).first()
    if row is not None:
        fill_from_waiting_list(by="job", session=row)


@job("events.let_go_everywhere", daily=True)
def let_go_daily() -> None:
    """Let go of held seats whose day has come."""
    let_go_everywhere()


@job("events.let_go")
def let_go(session: int) -> None:
    """Let go of held seats of one session."""
    row = Session.objects.filter(pk=session).first()
    if row is not None:
        let_go_of_held(by="job", session=row)


@job("events.remind", daily=True)
def remind_daily() -> None:
    """Remind those who come today or tomorrow."""
    remind()


@job("events.send_letter")
def send_letter(registration: int, what: str) -> None:
    """Send a mail with an address to open and, where it fits, a calendar to keep.

    A guest gets a code in the address, which opens a page with buttons and never acts by itself.
    """
    rows = Registration.objects.select_related("session__event", "person")
    row = rows.filter(pk=registration).first()
    if row is None:
        return
    to = (row.person.email or "") if row.person is not None else row.guest_email
    if not to:
        return
    code = "" if row.person is not None or what == "left" else issue_code(kind=CODE, subject=row.key)[1]
    own = address_of(CODE, code) if code else f"{settings.ADDRESS}/kalender/mine/"
    if row.person is None and not code:
        own = session_address(row.session)
    method = BY_MAIL[what]
    calendar = None
    if method and row.state not in {Place.WAITING, Place.OFFERED}:  # who waits is not put down as coming
        one = component_of(row.session, address=session_address(row.session), host=host())
        letter = letter_of(one, to=to, sender=settings.DEFAULT_FROM_EMAIL, method=method, at=timezone.now())
        calendar = (method, letter)
    send_mail_from(
        f"events/mail/{what}", to=to, language=row.language, calendar=calendar, own=own, code=code,
        has_calendar=calendar is not None,
    )  # fmt: skip


@job("events.send_date")
def send_date(interest: int) -> None:
    """Tell somebody who wanted to know that there is a day; no address, no mail."""
    row = Interest.objects.select_related("event", "person").filter(pk=interest).first()
    to = address_of_interest(row) if row is not None else ""
    if row is None or not to:
        return
    code = "" if row.person is not None else issue_code(kind=CODE, subject=row.key)[1]
    own = f"{settings.ADDRESS}/kalender/hva/{row.event.slug}/"
    send_mail_from("events/mail/date-set", to=to, language=row.language, own=own, code=code)


def host() -> str:
    """The house's name in identifiers of events."""
    return urlsplit(settings.ADDRESS).hostname or "knutepunkt"


def session_address(session: Session) -> str:
    """Where a session can be read about."""
    return f"{settings.ADDRESS}/kalender/hva/{session.event.slug}/{session.pk}/"
