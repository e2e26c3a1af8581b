"""The least that is valid, made by the rooms' own actions where there is one."""

from datetime import time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from knutepunkt.consent.choices import Purpose
from knutepunkt.events.actions import planning
from knutepunkt.events.models import Event, Session
from knutepunkt.inquiry.actions import coding, findings, frame, sources
from knutepunkt.inquiry.choices import TeamRole, Weight
from knutepunkt.inquiry.models import Finding, Inquiry, Participant, Quotation, Source, Turn
from knutepunkt.organisations.models import Membership, Organisation
from knutepunkt.people.actions.shutting import seal_ways
from knutepunkt.people.models import Person
from knutepunkt.web.sealing import make_key

NUMBERS = count(1)
EVERYTHING = {p.value: True for p in Purpose}


def person(name: str = "Tiril", **facts: Any) -> Person:
    n = next(NUMBERS)
    made = Person.objects.create(handle=facts.pop("handle", f"lyng-{n}"), chosen_name=name, **facts)
    make_key(made.key_owner)
    seal_ways(made)
    return made


def organisation(name: str = "Lyngheim", kind: str = "user_led_centre", **facts: Any) -> Organisation:
    n = next(NUMBERS)
    return Organisation.objects.create(name=name, sort_name=name.lower(), kind=kind, slug=f"sted-{n}", **facts)


def role(who: Person, what: str, where: Organisation) -> Membership:
    return Membership.objects.create(person=who, organisation=where, role=what, from_on=timezone.localdate())


def inquiry(*, lead: Person | None = None, **facts: Any) -> Inquiry:
    municipality = facts.pop("commissioner", None) or organisation("Solvik kommune", "municipality")
    centre = facts.pop("responsible", None) or organisation()
    made = frame.request_inquiry(
        by=lead or person("Ask"), title=facts.pop("title", "Å bli møtt"), commissioner=municipality,
        responsible=centre, request="Hvordan er det å komme hit?",
    )  # fmt: skip
    if lead is not None:
        frame.add_team_member(by=lead, inquiry=made, person=lead, role=TeamRole.LEAD, trained_on=made.made_at.date())
    return made


def participant(where: Inquiry, *, by: Person, agrees: bool = True, group: str = "") -> tuple[Participant, str]:
    """A participant, with the receipt code as printed."""
    made = frame.add_participant(by=by, inquiry=where, group=group)
    code = ""
    if agrees:
        code = frame.take_consent(
            by=by, participant=made, purposes=EVERYTHING, wording="Vi skriver ned det du sier.", how="paper"
        )
    return made, code


def source(where: Inquiry, *, by: Person, text: str, speakers: dict[str, Any]) -> Source:
    """A source from typed text with `LABEL:` at line starts."""
    draft = sources.write_draft(by=by, inquiry=where, name="notat", text=text)
    return sources.store_source(by=by, draft=draft, speakers=speakers)


def passage(of: Source, *, by: Person, words: str, name: str = "håp") -> Any:
    code = of.inquiry.codes.filter(name=name).first() or coding.add_code(by=by, inquiry=of.inquiry, name=name)
    start = of.text.index(words)
    return coding.mark_passage(
        by=by, source=of, start=start, end=start + len(words), version=of.version, codes=[code]
    )


def finding(where: Inquiry, *, by: Person, on: list[Any], statement: str = "Folk vil bli sett.") -> Finding:
    made = findings.add_finding(by=by, inquiry=where, statement=statement)
    findings.ground_finding(by=by, finding=made, passages=on, weight=Weight.CARRIES)
    return made


def quotation(under: Finding, *, by: Person, of: Any, yes_from: Participant | None = None) -> Quotation:
    made = findings.place_quotation(by=by, finding=under, passage=of)
    if yes_from is not None:
        findings.decide_quotation(quotation=made, participant=yes_from, yes=True)
    return made


def asked(where: Inquiry, *, by: Person) -> None:
    """The participants have been asked, and their time is out."""
    findings.ask_participants(by=by, inquiry=where, answers_by=timezone.localdate() + timedelta(days=14))
    where.answers_by = timezone.localdate() - timedelta(days=1)
    where.save()
    for line in where.findings.all():
        findings.set_outcome(by=by, finding=line, outcome="agreed", note="")


def words_of(turn: Turn) -> str:
    return turn.source.text[turn.start : turn.end]


def event(*, by: Any = "test", at: Organisation | None = None, published: bool = True, **facts: Any) -> Event:
    """An event next week, once, open to all; `rule` makes it repeat."""
    when = {
        "first_on": facts.pop("first_on", timezone.localdate() + timedelta(days=7)), "clock": facts.pop("clock", time(18)),
        "minutes": facts.pop("minutes", 120),
        **{name: facts.pop(name) for name in ("rule", "except_on", "not_in_easter", "not_on_holidays") if name in facts},
    }  # fmt: skip
    facts.setdefault("signing", "needed")
    made = planning.make_event(
        by=by, organiser=at or organisation(), when=when, title=facts.pop("title", "Musikkrommet"), **facts
    )
    return planning.publish_event(by=by, event=made) if published else made


def session(**facts: Any) -> Session:
    """The first occurrence of a new event."""
    return Session.objects.select_related("event__organiser").filter(event=event(**facts)).order_by("starts_at")[0]


def begun(where: Session) -> Session:
    """The same occurrence, begun an hour ago."""
    Session.objects.filter(pk=where.pk).update(
        starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1)
    )
    where.refresh_from_db()
    return where
