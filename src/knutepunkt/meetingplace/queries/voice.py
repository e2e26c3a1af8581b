"""Reads of proposals: who speaks, what they may see, what is alike, what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import (
    PARTICIPATING,
    UNDECIDED,
    Group,
    State,
    VoteState,
)
from knutepunkt.meetingplace.models import (
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
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role, roles_of
from knutepunkt.web.language import normalise, query_terms

MOST_COMPARED, MOST_ALIKE, MOST_COMMENTS = 400, 5, 200
ALIKE = 0.34


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks at a place: a person with a role there, or whoever holds the place's card.

    `slip` is a proposal whose receipt is in hand: its holder is its author, and speaks of nothing else.
    """

    person: Any = None
    card: VoiceCard | None = None
    slip: int = 0

    @property
    def own(self) -> dict[str, Any]:
        """Which rows are theirs, as a filter; never empty."""
        return {"person_id": self.person.pk} if self.person is not None else {"card_id": self.card.pk if self.card else 0}

    @property
    def author(self) -> dict[str, Any]:
        """What is written on what they make."""
        return {"person": self.person, "card": self.card}

    @property
    def name(self) -> str:
        """The name they chose."""
        return str(self.person.chosen_name) if self.person is not None else (self.card.name if self.card else "")


@dataclass(frozen=True)
class At:
    """A thing at a centre, and who is there to see it; what rules about speaking are asked with."""

    centre: Centre
    thing: Any = None
    speaker: Speaker | None = None


def speaker_at(person: Any, centre: Centre, card: VoiceCard | None) -> Speaker | None:
    """How this visitor speaks here, if they may."""
    if any(centre.organisation_id == o for o, _role in roles_of(person)):
        return Speaker(person=person)
    return Speaker(card=card) if card is not None and card.centre_id == centre.pk else None


def group_of(person: Any, centre: Centre) -> str:
    """Whom somebody counts among when power is counted. Who is both, counts as participant."""
    if person is None or any(holds_role(person, role, centre.organisation_id) for role in PARTICIPATING):
        return Group.PARTICIPANT
    return Group.STAFF


def runs_place(person: Any, centre: Centre) -> bool:
    """Is host or coordinator of the centre today."""
    return any(holds_role(person, role, centre.organisation_id) for role in (Role.HOST, Role.COORDINATOR))


def proposals_visible_to(person: Any, centre: Centre) -> QuerySet[Proposal]:
    """What is not hidden; hosts see what is hidden too."""
    rows = Proposal.objects.filter(centre=centre)
    return rows if runs_place(person, centre) else rows.filter(is_hidden=False)


def proposals_of(speaker: Speaker, centre: Centre) -> QuerySet[Proposal]:
    """A speaker's own, newest first, the hidden ones too."""
    return Proposal.objects.filter(centre=centre, **speaker.own).order_by("-pk")


def with_support(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The rows with how many are for each."""
    return rows.annotate(supporters=Count("supports", distinct=True))


def proposal_at(person: Any, centre: Centre, number: int, speaker: Speaker | None = None) -> Proposal | None:
    """One proposal this visitor may see; their own also when it is hidden. One query, with their support and its vote."""
    rows = with_support(Proposal.objects.filter(centre=centre, number=number))
    votes = Vote.objects.filter(proposal=OuterRef("pk")).exclude(state=VoteState.DRAFT).order_by("-pk")
    own = Support.objects.filter(proposal=OuterRef("pk"), **speaker.own) if speaker is not None else Support.objects.none()
    found = rows.annotate(is_supported=Exists(own), vote_id=Subquery(votes.values("pk")[:1]),
                          vote_state=Subquery(votes.values("state")[:1]))  # fmt: skip
    row = found.first()
    if row is None or not row.is_hidden or runs_place(person, centre):
        return row
    return row if speaker is not None and is_by(speaker, row) else None


def is_by(speaker: Speaker | None, thing: Any) -> bool:
    """Whether a proposal or comment is this speaker's own."""
    if speaker is None:
        return False
    if speaker.slip:
        return isinstance(thing, Proposal) and thing.pk == speaker.slip
    if speaker.person is not None:
        return thing.person_id == speaker.person.pk
    return speaker.card is not None and thing.card_id == speaker.card.pk


class NotYours(Exception):
    """Only who made it may do this with it."""


def must_be_by(speaker: Speaker, thing: Any) -> None:
    """Go on only for who made it.

    Raises:
        NotYours: somebody else made it.
    """
    if not is_by(speaker, thing):
        raise NotYours


def comments_on(proposal: Proposal, *, speaker: Speaker | None, host: bool) -> list[Comment]:
    """What is said about it, oldest first: hidden ones only to hosts and to who said it. One query."""
    rows = Comment.objects.filter(proposal=proposal)
    if not host:
        seen = Q(is_hidden=False)
        rows = rows.filter(seen | Q(**speaker.own) if speaker is not None else seen)
    return list(rows.order_by("pk")[:MOST_COMMENTS])


def comment_at(proposal: Proposal, comment_id: int) -> Comment | None:
    """One comment of a proposal."""
    return Comment.objects.filter(proposal=proposal, pk=comment_id).first()


def steps_of(proposal: Proposal) -> list[Step]:
    """What has happened to it, in order. One query."""
    return list(Step.objects.filter(proposal=proposal).select_related("meeting", "vote").order_by("pk")[:100])


def words_of(title: str, text: str) -> str:
    """A proposal's words as they are compared: their stems."""
    return normalise(f"{title} {text}")


def alike(centre: Centre, words: str) -> list[Proposal]:
    """Proposals that say nearly the same, most alike first: by the share of telling words they have in common.

    Dice's coefficient over stems, where a word that few proposals use weighs more. Bounded: the newest 400 are
    compared. One query.
    """
    wanted = set(query_terms(words))
    if not wanted:
        return []
    rows = list(Proposal.objects.filter(centre=centre, is_hidden=False).order_by("-pk")[:MOST_COMPARED])
    stems = {row.pk: set(row.n_words.split()) for row in rows}
    common = Counter(word for found in stems.values() for word in found)
    weight = {word: 1 / (1 + common[word] / max(len(rows), 1) * 4) for word in wanted | set(common)}
    scored = []
    for row in rows:
        shared = wanted & stems[row.pk]
        title = set(query_terms(row.title)) or stems[row.pk]
        mine, theirs = sum(weight[w] for w in wanted), sum(weight.get(w, 1) for w in title)
        score = 2 * sum(weight[w] for w in shared) / (mine + max(theirs, sum(weight[w] for w in shared)))
        if score >= ALIKE:
            scored.append((score, row))
    return [row for _score, row in sorted(scored, key=lambda pair: (-pair[0], -pair[1].pk))[:MOST_ALIKE]]


def hidings_of(centre: Centre) -> QuerySet[Hiding]:
    """What has been hidden at a centre, newest first."""
    return Hiding.objects.filter(centre=centre).select_related("proposal", "comment__proposal", "hidden_by").order_by("-pk")


def hiding_at(centre: Centre, hiding_id: int) -> Hiding | None:
    """One hiding."""
    return hidings_of(centre).filter(pk=hiding_id).first()


def hidings_for(thing: Proposal, comments: Iterable[Comment] = ()) -> list[Hiding]:
    """Why a proposal, or what is said about it, is hidden, newest first. One query."""
    return list(Hiding.objects.filter(Q(proposal=thing) | Q(comment__in=[c.pk for c in comments if c.is_hidden])).order_by("-pk"))


def proposal_by_key(key: str) -> Proposal | None:
    """The proposal a slip stands for."""
    name, _, number = key.partition(":")
    if name != "meetingplace.proposal" or not number.isdigit():
        return None
    return Proposal.objects.select_related("centre__organisation").filter(pk=int(number)).first()


def card_by_key(key: str) -> VoiceCard | None:
    """The living card a code stands for."""
    name, _, number = key.partition(":")
    if name != "meetingplace.voicecard" or not number.isdigit():
        return None
    return VoiceCard.objects.select_related("centre__organisation").filter(pk=int(number), ended_at=None).first()


def cards_of(centre: Centre) -> QuerySet[VoiceCard]:
    """Living cards, newest first."""
    return VoiceCard.objects.filter(centre=centre, ended_at=None).order_by("-number")


def due_to_look_at_again() -> QuerySet[Proposal]:
    """Decisions whose day to be looked at again has come, and whose hosts have not been told."""
    rows = Proposal.objects.filter(look_again_on__lte=timezone.localdate(), is_told_again=False).exclude(outcome="")
    return rows.select_related("centre__organisation").order_by("pk")


def on_the_wall(centre: Centre, part: str) -> QuerySet[Proposal]:
    """What stands on the wall `Du sa – vi gjorde`: done, promised, said no to, or waiting."""
    rows = Proposal.objects.filter(centre=centre, is_hidden=False)
    if part == "gjort":
        return rows.filter(state=State.DONE)
    if part == "lovet":
        return rows.filter(state=State.DECIDED).exclude(outcome="no")
    if part == "nei":
        return rows.filter(state=State.DECIDED, outcome="no")
    return rows.filter(state__in=UNDECIDED)


def how_many_on_the_wall(centre: Centre) -> dict[str, int]:
    """How many proposals stand in each part of the wall. One query."""
    rows = Proposal.objects.filter(centre=centre, is_hidden=False)
    return rows.aggregate(
        gjort=Count("pk", filter=Q(state=State.DONE)),
        lovet=Count("pk", filter=Q(state=State.DECIDED) & ~Q(outcome="no")),
        nei=Count("pk", filter=Q(state=State.DECIDED, outcome="no")),
        venter=Count("pk", filter=Q(state__in=UNDECIDED)),
    )


def newest_vote(proposal: Proposal) -> Vote | None:
    """The newest vote about a proposal."""
    return Vote.objects.filter(proposal=proposal).order_by("-pk").first()


def coming_meetings(centre: Centre) -> list[HouseMeeting]:
    """Meetings whose minutes are not out yet, soonest first; at most ten."""
    return list(HouseMeeting.objects.filter(centre=centre, published_at=None).order_by("starts_at")[:10])

