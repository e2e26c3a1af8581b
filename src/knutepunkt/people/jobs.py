"""Work after the answer: finishing an erasure over all rooms, and mails without content."""

from knutepunkt.people.models import Person
from knutepunkt.web.jobs import job
from knutepunkt.web.mail import send_mail_from
from knutepunkt.web.registers import PERSONAL_DATA


@job("people.finish_erasure")
def finish_erasure(person: str) -> None:
    """Ask every room to erase or empty what it holds of this person."""
    row = Person.objects.get(pk=person)
    for entry in PERSONAL_DATA:
        entry.erase(row)


@job("people.tell_renewed")
def tell_renewed(person: str) -> None:
    """A mail that says that something happened, and nothing more."""
    row = Person.objects.filter(pk=person, is_active=True).exclude(email=None).first()
    if row is not None and row.email:
        send_mail_from("people/mail/renewed", to=row.email, language=row.language)
