"""Reads of the ledger. Each starts from whose consent it is."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.models import AccessLogEntry, Consent, PurposeAnswer, Use, Withdrawal
from knutepunkt.web.registers import CONSENT_OBJECTS, Surface
from knutepunkt.web.trail import lines_within


def current_consent(subject: str) -> Consent | None:
    """The consent in force now for a subject, if any."""
    today = timezone.localdate()
    return Consent.objects.filter(subject=subject, is_current=True, until_on__gte=today).first()


def subjects_in_force(subjects: Collection[str]) -> set[str]:
    """Those of the subjects that have a consent in force today. One query."""
    today = timezone.localdate()
    rows = Consent.objects.filter(subject__in=list(subjects), is_current=True, until_on__gte=today)
    return set(rows.values_list("subject", flat=True))


def purposes_given(subject: str) -> set[str]:
    """The purposes that are agreed to now. Empty where there is no consent in force."""
    return set(_given([subject]).values_list("purpose", flat=True))


def _given(subjects: Iterable[str]) -> QuerySet[PurposeAnswer]:
    return PurposeAnswer.objects.filter(
        is_given=True,
        consent__is_current=True,
        consent__until_on__gte=timezone.localdate(),
        consent__subject__in=subjects,
    )


def subjects_agreeing(subjects: Collection[str], purpose: str) -> set[str]:
    """Those of the subjects whose words may be used for this purpose now. One query."""
    rows = _given(subjects).filter(purpose=purpose)
    return set(rows.values_list("consent__subject", flat=True))


def purposes_by_subject(subjects: Collection[str]) -> dict[str, set[str]]:
    """For each subject with a consent in force, the purposes agreed to. One query."""
    found: dict[str, set[str]] = {}
    for subject, purpose in _given(subjects).values_list("consent__subject", "purpose"):
        found.setdefault(subject, set()).add(purpose)
    return found


def consent_with_answers(subject: str) -> tuple[Consent | None, list[tuple[str, str, bool]]]:
    """The consent in force with its answers, in the order of the one list. One query."""
    rows = PurposeAnswer.objects.filter(
        consent__subject=subject, consent__is_current=True, consent__until_on__gte=timezone.localdate()
    ).select_related("consent__responsible")
    given = {row.purpose: row for row in rows}
    if not given:
        return None, []
    answers = [(p.value, str(p.label), given[p.value].is_given) for p in Purpose if p.value in given]
    return next(iter(given.values())).consent, answers


def answers_of(consent: Consent) -> list[tuple[str, str, bool]]:
    """The purposes of a consent with their names and answers, in the order of the one list."""
    given = dict(consent.purposes.values_list("purpose", "is_given"))
    return [(p.value, str(p.label), given[p.value]) for p in Purpose if p.value in given]


def consents_ending(kind: str, *, from_on: date, to_on: date) -> list[tuple[str, date]]:
    """Subjects of a kind whose consent in force ends between two days, with its last day."""
    rows = Consent.objects.filter(subject__startswith=f"{kind}:", is_current=True, until_on__range=(from_on, to_on))
    return list(rows.order_by("until_on", "pk").values_list("subject", "until_on"))


def history_of(subject: str) -> QuerySet[Consent]:
    """All consents about a subject, newest first."""
    return Consent.objects.filter(subject=subject).select_related("responsible").order_by("-given_at")


def uses_of(subject: str) -> QuerySet[Use]:
    """Where the words are in use now, newest first."""
    return Use.objects.filter(subject=subject, ended_at=None).order_by("-from_at")


def subjects_using(place: str) -> set[str]:
    """Whose words are in use in one place now. One query."""
    return set(Use.objects.filter(place=place, ended_at=None).values_list("subject", flat=True))


def withdrawal_of(subject: str) -> Withdrawal | None:
    """The newest withdrawal about a subject, if any."""
    return Withdrawal.objects.filter(subject=subject).order_by("-at").first()


def surfaces_now(subject: str) -> list[Surface]:
    """The places that lose the words if they are taken back now, and those that cannot be called back.

    The room the words were given in names its own places; uses in other rooms come from the ledger.
    """
    kind = subject.split(":", maxsplit=1)[0]
    entry = CONSENT_OBJECTS.get(kind)
    lines = list(entry.surfaces(subject)) if entry else []
    elsewhere = uses_of(subject).exclude(place__startswith=f"{kind.split('.', maxsplit=1)[0]}.")
    return lines + [Surface(use.label, use.url, use.can_be_called_back) for use in elsewhere]


def access_lines_of(about: str) -> list[tuple[Any, str, str, dict[str, Any]]]:
    """Everything others did with what is a person's, newest first: (when, who, what, facts). Two queries."""
    read = readings_of(about)[:100]
    lines = [(r.at, r.reader_name, r.what, r.facts) for r in read]
    renewed = lines_within(about).filter(kind__startswith="people:access:")[:50]
    lines += [(r.at, r.actor_name, r.kind, r.facts) for r in renewed]
    return sorted(lines, key=lambda line: line[0], reverse=True)


def readings_of(about: str) -> QuerySet[AccessLogEntry]:
    """Who opened what, for the person or subject it is about, newest first."""
    return AccessLogEntry.objects.filter(about=about).order_by("-id")


def consents_of_person(person: Any) -> QuerySet[Consent]:
    """A person's own consents in force, newest first."""
    rows = Consent.objects.filter(giver=person, is_current=True).select_related("responsible")
    return rows.order_by("-given_at")
