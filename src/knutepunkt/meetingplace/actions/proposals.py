"""Proposals: made, supported, talked about, decided, done; and what their makers may do with them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import (
    CARD,
    SLIP,
    UNDECIDED,
    Group,
    Outcome,
    State,
    Way,
)
from knutepunkt.meetingplace.models import (
    AgendaItem,
    Centre,
    Comment,
    Hiding,
    HouseMeeting,
    Proposal,
    Step,
    Support,
    VoiceCard,
    Vote,
)
from knutepunkt.meetingplace.queries.voice import (
    Speaker,
    due_to_look_at_again,
    group_of,
    must_be_by,
    newest_vote,
    words_of,
)
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.web.files import keep_picture, keep_sound, remove_file
from knutepunkt.web.notices import give_notice
from knutepunkt.web.papercodes import end_codes, renew_code
from knutepunkt.web.sealing import destroy_key
from knutepunkt.web.search import PUBLIC, Entry, drop_entries, put_entries
from knutepunkt.web.trail import record

SOMEBODY = "participant"
"""The trail says that somebody spoke, never who."""
KIND = "meetingplace.proposal"


class NothingSaid(Exception):
    """A proposal without words, picture or sound."""


class Stale(Exception):
    """Somebody else has changed it since it was read; `now` is how it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self.now = now


class ConcernNotMet(Exception):
    """A vote showed concerns, and the decision does not say how the strongest one was met."""


class NotNow(Exception):
    """This step cannot be taken from where the proposal stands."""


@transaction.atomic
def hand_out_card(*, by: Any, centre: Centre, name: str = "") -> tuple[VoiceCard, str]:
    """A card for somebody without an account. The code is given back once."""
    _lock(centre)
    last = VoiceCard.objects.filter(centre=centre).aggregate(n=Max("number"))["n"] or 0
    card = VoiceCard.objects.create(centre=centre, number=last + 1, name=name.strip()[:80])
    _, printed = renew_code(kind=CARD, subject=card.key)
    record("meetingplace:card:handed-out", by=by, about=card.key, within=centre.key)
    return card, printed


@transaction.atomic
def renew_card(*, by: Any, card: VoiceCard) -> str:
    """A new code for a card that was lost; the old one stops working at once."""
    _, printed = renew_code(kind=CARD, subject=card.key)
    record("meetingplace:card:renewed", by=by, about=card.key, within=card.centre.key)
    return printed


@transaction.atomic
def end_card(*, by: Any, card: VoiceCard) -> None:
    """A card that is not to be used any more. What was said with it stays."""
    end_codes(kind=CARD, subject=card.key)
    VoiceCard.objects.filter(pk=card.pk, ended_at=None).update(ended_at=timezone.now())
    record("meetingplace:card:ended", by=by, about=card.key, within=card.centre.key)


def _lock(centre: Centre) -> None:
    """Numbers within a centre are given one at a time."""
    Centre.objects.select_for_update().get(pk=centre.pk)


@transaction.atomic
def make_proposal(
    *, by: Speaker, centre: Centre, title: str = "", text: str = "", picture: bytes = b"", picture_says: str = "",
    sound: bytes = b"", sound_says: str = "", author_name: str = "", shows_name: bool = False, stays: bool = True,
    form_key: UUID | None = None, is_demo: bool = False,
) -> Proposal:  # fmt: skip
    """Make a proposal in words, as a picture, or as sound. The same form twice gives one.

    Raises:
        NothingSaid: neither words, picture nor sound.
        FileRefused: a picture or a sound that is not one, or too large.
    """
    return _make(
        centre, by=SOMEBODY, form_key=form_key, picture=picture, sound=sound, title=title, text=text,
        picture_says=picture_says, sound_says=sound_says, **by.author, way=Way.ACCOUNT if by.person is not None else Way.CARD,
        group=group_of(by.person, centre), author_name=(author_name or by.name), shows_name=shows_name, stays=stays,
        is_demo=is_demo,
    )  # fmt: skip


@transaction.atomic
def type_in_slip(
    *, by: Any, centre: Centre, title: str = "", text: str = "", picture: bytes = b"", picture_says: str = "",
    author_name: str = "", shows_name: bool = False, form_key: UUID | None = None, is_demo: bool = False,
) -> Proposal:  # fmt: skip
    """A host types in a paper slip, with its author's wish about the name. The slip's author gets a receipt code.

    Raises:
        NothingSaid, FileRefused: as `make_proposal`.
    """
    return _make(
        centre, by=by, form_key=form_key, picture=picture, sound=b"", title=title, text=text, picture_says=picture_says,
        way=Way.PAPER, group=Group.PARTICIPANT, author_name=author_name, shows_name=shows_name and bool(author_name),
        is_demo=is_demo,
    )  # fmt: skip


def _make(centre: Centre, *, by: Any, form_key: UUID | None, picture: bytes, sound: bytes, **facts: Any) -> Proposal:
    _lock(centre)
    if form_key is not None and (there := Proposal.objects.filter(centre=centre, form_key=form_key).first()):
        return there
    facts = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if not (facts["title"] or facts["text"] or picture or sound):
        raise NothingSaid
    if not facts["title"] and facts["text"]:
        facts["title"] = facts["text"].split("\n")[0][:80]
    last = Proposal.objects.filter(centre=centre).aggregate(n=Max("number"))["n"] or 0
    words = words_of(facts["title"], f"{facts['text']} {facts.get('sound_says', '')}")
    made = Proposal.objects.create(centre=centre, number=last + 1, form_key=form_key, n_words=words, **facts)
    if picture:
        made.picture = keep_picture(owner=made.key_owner, kind="meetingplace.picture", content=picture)
    if sound:
        made.sound = keep_sound(owner=made.key_owner, kind="meetingplace.sound", content=sound)
    made.save(update_fields=["picture", "sound"])
    Step.objects.create(proposal=made, state=State.NEW)
    index_proposal(made)
    record("meetingplace:proposal:made", by=by, about=made.key, within=centre.key)
    return made


def index_proposal(proposal: Proposal) -> int:
    """Put a proposal in the house's search, or take it out when it is hidden. Returns how many."""
    if proposal.is_hidden:
        return drop_entries(kind=KIND, keys=[proposal.key])
    url = f"/treffsted/{proposal.centre.organisation.slug}/forslag/{proposal.number}/"
    text = "\n".join(part for part in (proposal.text, proposal.sound_says, proposal.reason) if part)
    return put_entries([Entry(KIND, proposal.key, PUBLIC, url, proposal.name, text, part_of=proposal.centre.key)])


def issue_slip(*, by: Any, proposal: Proposal) -> str:
    """A receipt code for the author of a paper slip. Any earlier one dies. Shown once."""
    _, printed = renew_code(kind=SLIP, subject=proposal.key)
    record("meetingplace:proposal:receipt", by=by, about=proposal.key, within=proposal.centre.key)
    return printed


def support(*, by: Speaker, proposal: Proposal) -> None:
    """Be for it. Twice is once."""
    Support.objects.get_or_create(proposal=proposal, **by.own)


def stop_supporting(*, by: Speaker, proposal: Proposal) -> None:
    """Not any more."""
    Support.objects.filter(proposal=proposal, **by.own).delete()


@transaction.atomic
def say(
    *, by: Speaker, proposal: Proposal, kind: str, text: str, is_from_host: bool = False, form_key: UUID | None = None
) -> Comment:
    """Say or ask something about a proposal; a host may answer for the place, and then it is quiet no more."""
    if form_key is not None and (there := Comment.objects.filter(proposal=proposal, form_key=form_key).first()):
        return there
    made = Comment.objects.create(
        proposal=proposal, kind=kind, text=text.strip(), author_name=by.name[:80], is_from_host=is_from_host,
        form_key=form_key, **by.author,
    )  # fmt: skip
    if is_from_host:
        Proposal.objects.filter(pk=proposal.pk).update(heard_at=timezone.now())
        tell(proposal, "answered")
    elif proposal.person_id and proposal.person_id != made.person_id:
        tell(proposal, "said")
    record("meetingplace:comment:made", by=by.person if is_from_host else SOMEBODY, about=made.key, within=proposal.key)
    return made


def tell(proposal: Proposal, what: str) -> None:
    """Tell an author with an account. Guests and slips see it by their code."""
    if proposal.person_id:
        slug = proposal.centre.organisation.slug
        give_notice(proposal.person_id, f"meetingplace.{what}", proposal=proposal.pk, slug=slug, number=proposal.number)


def _locked(proposal: Proposal, version: int | None) -> Proposal:
    row = Proposal.objects.select_for_update(of=("self",)).select_related("centre__organisation").get(pk=proposal.pk)
    if version is not None and row.version != version:
        raise Stale(row)
    return row


def _step(row: Proposal, *, by: Any, note: str = "", meeting: HouseMeeting | None = None, vote: Vote | None = None) -> Proposal:
    """Save where a proposal has come to, write the step, tell its author."""
    now = timezone.now()
    row.heard_at, row.version = now, row.version + 1
    row.save()
    Step.objects.create(proposal=row, state=row.state, outcome=row.outcome, note=note.strip(), meeting=meeting, vote=vote, at=now)
    index_proposal(row)
    tell(row, "step")
    record(f"meetingplace:proposal:{row.state}", by=by, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def move_proposal(
    *, by: Any, proposal: Proposal, state: str, note: str = "", meeting: HouseMeeting | None = None, version: int | None = None
) -> Proposal:
    """Take a proposal into talk, or to a house meeting, where it comes on the agenda.

    Raises:
        NotNow: not a step that is open before a decision, or already there.
        Stale: changed since it was read.
    """
    row = _locked(proposal, version)
    if state not in UNDECIDED or row.state not in UNDECIDED or row.state == state:
        raise NotNow
    row.state = State(state)
    if meeting is not None and not AgendaItem.objects.filter(meeting=meeting, proposal=row).exists():
        AgendaItem.objects.create(meeting=meeting, proposal=row, title=row.name[:120], way=row.way)
    return _step(row, by=by, note=note, meeting=meeting)


@transaction.atomic
def decide_proposal(
    *, by: Any, proposal: Proposal, outcome: str, reason: str, doer: str = "", do_by: date | None = None,
    strongest_concern: str = "", concern_met: str = "", look_again_on: date | None = None,
    meeting: HouseMeeting | None = None, version: int | None = None,
) -> Proposal:  # fmt: skip
    """Write what was decided, why, who does it and by when, the strongest concern and how it was met.

    Raises:
        NotNow: decided already; take it up again first.
        ConcernNotMet: a vote about it showed concerns.
        Stale: changed since it was read.
    """
    row = _locked(proposal, version)
    if row.state not in UNDECIDED:
        raise NotNow
    vote = newest_vote(row)
    result = (vote.result or {}) if vote is not None else {}
    if outcome != Outcome.NO and result.get("outcome") == "concern" and not (strongest_concern.strip() and concern_met.strip()):
        raise ConcernNotMet
    row.state, row.outcome, row.reason = State.DECIDED, Outcome(outcome), reason.strip()
    row.doer = "" if outcome == Outcome.NO else doer.strip()
    row.do_by = None if outcome == Outcome.NO else do_by
    row.strongest_concern, row.concern_met = strongest_concern.strip(), concern_met.strip()
    row.look_again_on, row.is_told_again, row.decided_at = look_again_on, False, timezone.now()
    return _step(row, by=by, note=row.reason, meeting=meeting, vote=vote)


@transaction.atomic
def finish_proposal(*, by: Any, proposal: Proposal, says: str = "", version: int | None = None) -> Proposal:
    """It is done.

    Raises:
        NotNow: there was no yes.
        Stale: changed since it was read.
    """
    row = _locked(proposal, version)
    if row.state != State.DECIDED or row.outcome == Outcome.NO:
        raise NotNow
    row.state, row.done_says = State.DONE, says.strip()
    return _step(row, by=by, note=row.done_says)


@transaction.atomic
def take_up_again(*, by: Any, proposal: Proposal, note: str, version: int | None = None) -> Proposal:
    """A decision is talked about anew. What was decided before stands in the steps.

    Raises:
        NotNow: nothing was decided.
        Stale: changed since it was read.
    """
    row = _locked(proposal, version)
    if row.state in UNDECIDED:
        raise NotNow
    row.state, row.outcome, row.reason, row.doer, row.do_by = State.TALK, "", "", "", None
    row.strongest_concern = row.concern_met = row.done_says = ""
    row.look_again_on = row.decided_at = None
    return _step(row, by=by, note=note)


def tell_hosts_to_look_again() -> int:
    """Once a day: tell hosts which decisions it is time to look at again. Returns how many."""
    told = 0
    for row in due_to_look_at_again()[:500]:
        with transaction.atomic():
            if not Proposal.objects.filter(pk=row.pk, is_told_again=False).update(is_told_again=True):
                continue
            facts = {"slug": row.centre.organisation.slug, "number": row.number}
            for role in (Role.HOST, Role.COORDINATOR):
                for person in people_with_role(role, [row.centre.organisation_id]):
                    give_notice(person, "meetingplace.look-again", **facts)
            told += 1
    return told


@transaction.atomic
def leave_proposal(*, by: Speaker, proposal: Proposal, keep: bool) -> None:
    """Its author goes: the proposal stays without them, or is deleted with picture, sound and all that was said of it.

    Raises:
        NotYours: somebody else's.
    """
    must_be_by(by, proposal)
    _forget(proposal, keep=keep)
    record(f"meetingplace:proposal:{'left' if keep else 'deleted'}", by=SOMEBODY, about=proposal.key, within=proposal.centre.key)


def _forget(proposal: Proposal, *, keep: bool) -> None:
    """Take a proposal's author out of it. A voice and a picture are the author's, and go with them."""
    files = [file for file in (proposal.picture, proposal.sound) if file is not None]
    end_codes(kind=SLIP, subject=proposal.key)
    has_words = bool(proposal.text or proposal.title)
    if keep and has_words:
        Proposal.objects.filter(pk=proposal.pk).update(
            person=None, card=None, author_name="", shows_name=False, picture=None, sound=None, picture_says="",
            sound_says="", form_key=None, version=F("version") + 1, n_words=words_of(proposal.title, proposal.text),
        )  # fmt: skip
        Hiding.objects.filter(proposal=proposal).update(appeal="")
        index_proposal(Proposal.objects.select_related("centre__organisation").get(pk=proposal.pk))
    else:
        drop_entries(kind=KIND, keys=[proposal.key])
        Proposal.objects.filter(pk=proposal.pk).delete()
    for file in files:
        remove_file(file)
    destroy_key(proposal.key_owner)


@transaction.atomic
def wish_for_own(*, by: Speaker, proposal: Proposal, shows_name: bool, stays: bool) -> None:
    """The author's wishes: whether the name is seen, and whether it stays when the account is deleted.

    Raises:
        NotYours: somebody else's.
    """
    must_be_by(by, proposal)
    Proposal.objects.filter(pk=proposal.pk).update(shows_name=shows_name, stays=stays)


@transaction.atomic
def forget_person(person: Any) -> int:
    """Erase what somebody said here: each proposal as they wished, and every comment. Returns how many rows."""
    rows = list(Proposal.objects.filter(person=person).select_related("picture", "sound"))
    for row in rows:
        _forget(row, keep=row.stays)
    said = Comment.objects.filter(person=person).delete()[0]
    supports = Support.objects.filter(person=person).delete()[0]
    items = AgendaItem.objects.filter(person=person).update(person=None, author_name="")
    return len(rows) + said + supports + items
