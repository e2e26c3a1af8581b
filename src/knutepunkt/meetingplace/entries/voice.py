"""What co-determination enters in the house's registers."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knutepunkt.meetingplace.actions.proposals import KIND, index_proposal
from knutepunkt.meetingplace.choices.voice import CARD, SEAT, SLIP, Outcome, State
from knutepunkt.meetingplace.demo.voice import seed_voice
from knutepunkt.meetingplace.jobs import voice as _jobs
from knutepunkt.meetingplace.models import Proposal
from knutepunkt.web.papercodes import CodeKind, add_kind
from knutepunkt.web.registers import DEMO_SEEDS, GIVEN, NOTICES, SEARCHABLES, Given, NoticeKind, Searchable

assert _jobs  # noqa: S101 (signs the jobs up)
CODE_PATH = "/treffsted/forslag/kode/"


def _at(name: str, *keys: str) -> Callable[[dict[str, Any]], str]:
    return lambda facts: reverse(f"meetingplace:{name}", args=[facts[key] for key in ("slug", *keys)])


def _says(text: Any) -> Callable[[dict[str, Any]], str]:
    return lambda _facts: str(text)


def _rebuild() -> int:
    rows = Proposal.objects.filter(is_hidden=False).select_related("centre__organisation")
    return sum(index_proposal(row) for row in rows.iterator())


def _given(person: Any) -> list[Given]:
    """What became of what somebody proposed."""
    rows = Proposal.objects.filter(person=person).select_related("centre__organisation").order_by("-pk")[:50]
    return [
        Given(
            _("Et forslag: %(name)s") % {"name": row.name}, _became(row),
            reverse("meetingplace:proposal", args=[row.centre.organisation.slug, row.number]), row.made_at,
        )
        for row in rows
    ]  # fmt: skip


def _became(row: Proposal) -> str:
    if row.is_hidden:
        return _("Det er skjult. Du kan se hvorfor, og klage.")
    if row.state == State.DONE:
        return _("Det er gjort.")
    if row.outcome:
        return _("Det ble bestemt: %(outcome)s. %(reason)s") % {"outcome": Outcome(row.outcome).label, "reason": row.reason}
    return _("Det er ikke bestemt ennå. Nå: %(state)s.") % {"state": State(row.state).label}


def enter() -> None:
    """Enter everything about co-determination."""
    add_kind(CodeKind(CARD, length=12, uses=None, days=400, path=CODE_PATH))
    add_kind(CodeKind(SLIP, length=16, uses=None, days=None, path=CODE_PATH))
    add_kind(CodeKind(SEAT, length=16, uses=None, days=400, path=CODE_PATH))
    proposal, vote = _at("proposal", "number"), _at("vote", "vote")
    NOTICES.add("meetingplace.step", NoticeKind(_says(_lazy("Det er nytt om noe du har foreslått.")), proposal))
    NOTICES.add("meetingplace.answered", NoticeKind(_says(_lazy("Huset har svart på noe du har foreslått.")), proposal))
    NOTICES.add("meetingplace.said", NoticeKind(_says(_lazy("Noen har sagt noe om forslaget ditt.")), proposal))
    NOTICES.add("meetingplace.hidden", NoticeKind(_says(_lazy("Noe du skrev, er skjult. Du kan se hvorfor, og klage.")), _at("appeal", "hiding")))
    NOTICES.add("meetingplace.appeal", NoticeKind(_says(_lazy("Noen har klaget på at noe er skjult. Du kan avgjøre det.")), _at("judge", "hiding")))
    NOTICES.add("meetingplace.appeal-decided", NoticeKind(_says(_lazy("Klagen din er avgjort.")), _at("appeal", "hiding")))
    NOTICES.add("meetingplace.vote", NoticeKind(_says(_lazy("Du kan stemme over noe på huset.")), vote))
    NOTICES.add("meetingplace.counted", NoticeKind(_says(_lazy("Stemmene er talt.")), vote))
    NOTICES.add("meetingplace.quiet", NoticeKind(_says(_lazy("En avstemning er snart over, og noen dager er ikke spurt.")), _at("vote-asked", "vote")))
    NOTICES.add("meetingplace.look-again", NoticeKind(_says(_lazy("Det er tid for å se på en beslutning igjen.")), proposal))
    SEARCHABLES.add(KIND, Searchable(_lazy("Forslag"), _rebuild))
    GIVEN.add("meetingplace.proposals", _given)
    DEMO_SEEDS.add("meetingplace.voice", seed_voice)
