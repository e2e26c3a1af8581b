"""Reads for those who tell and those who write with them. Each starts from whose it is, or who may see it."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where, organisations_with
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import ON_DESK, ChangeState
from knutepunkt.stories.models import Attachment, Change, Item, Published, Telling, ThankYou, Trained
from knutepunkt.stories.queries.caring import trained_at
from knutepunkt.web.threshold import is_shown

COMPANIONS = (Role.EDITOR, Role.PEER_WORKER)
"""The roles of those one may write together with."""


def places_that_read() -> QuerySet[Any]:
    """Places with an editor where somebody has had training: elsewhere nobody could read a story, and the promised answer would not come."""
    return organisations_with(Role.EDITOR).filter(pk__in=Trained.objects.values("organisation_id"))


def told_by(person: Any) -> QuerySet[Item]:
    """A person's own stories, newest first, with whether each can be read and has a change to decide."""
    rows = Item.objects.filter(person=person, kind=Kind.STORY).select_related("telling", "telling__partner").order_by("-made_on", "-pk")
    waiting = Change.objects.filter(item=OuterRef("pk"), state=ChangeState.OPEN)
    return rows.annotate(is_shown=Exists(Published.objects.filter(item=OuterRef("pk"))), has_changes=Exists(waiting))


def own_item(person: Any, subject: str, handle: str) -> Item | None:
    """A story of this person's, or the one whose code is in hand. One query."""
    whose = Q(pk__in=[subject.partition(":")[2]]) if subject.startswith("stories.item:") else Q(pk__in=[])
    if getattr(person, "is_authenticated", False):
        whose |= Q(person=person)
    rows = Item.objects.filter(whose, handle=handle, kind=Kind.STORY).select_related("telling", "telling__partner", "organisation")
    return rows.annotate(is_shown=Exists(Published.objects.filter(item=OuterRef("pk")))).first()


def item_of(subject: str) -> Item | None:
    """The item a consent is about."""
    rows = Item.objects.filter(pk=subject.partition(":")[2]).select_related("telling", "organisation")
    return rows.annotate(is_shown=Exists(Published.objects.filter(item=OuterRef("pk")))).first()


def edited_by(person: Any) -> QuerySet[Item]:
    """The stories this person may read before others do: on a desk where they are trained, or written with them, for as
    long as they are editor or peer worker anywhere.
    """
    mine = Q(organisation_id__in=trained_at(person), state__in=ON_DESK)
    if organisations_where(person, *COMPANIONS):
        mine |= Q(telling__partner=person.pk)
    rows = Item.objects.filter(mine, kind=Kind.STORY).exclude(state=State.TAKEN_BACK)
    return rows.exclude(person=person.pk).select_related("telling", "organisation")


def edited_item(person: Any, handle: str) -> Item | None:
    """One of them."""
    if not getattr(person, "is_authenticated", False):
        return None
    return edited_by(person).filter(handle=handle).first()


def said_how(person: Any, handle: str) -> Item | None:
    """A story whose teller lets the editors of its place read how it is to have it out, for one of them."""
    at = organisations_where(person, Role.EDITOR) if getattr(person, "is_authenticated", False) else []
    rows = Item.objects.filter(handle=handle, kind=Kind.STORY, organisation_id__in=at, telling__shares_how=True).exclude(state=State.TAKEN_BACK)
    return rows.exclude(person=person.pk).select_related("telling", "organisation", "shown").first()


def wanting_company(person: Any) -> QuerySet[Item]:
    """Stories whose teller wants somebody to write with, at a place where this person is editor or peer worker."""
    at = organisations_where(person, *COMPANIONS)
    rows = Item.objects.filter(telling__wants_company=True, telling__partner=None, organisation_id__in=at, kind=Kind.STORY)
    return rows.exclude(person=person.pk).exclude(state=State.TAKEN_BACK).select_related("telling", "organisation")


def waiting_for(person: Any) -> list[Item]:
    """What waits for a person in one query: own stories with a change or a yes to give, and others who want company."""
    at = organisations_where(person, *COMPANIONS)
    changes = Exists(Change.objects.filter(item=OuterRef("pk"), state=ChangeState.OPEN))
    own = Q(person=person) & (Q(has_changes=True) | (Q(state__in=(*ON_DESK, State.RESTING)) & ~Q(approved_version=F("version"))))
    others = Q(telling__wants_company=True, telling__partner=None, organisation_id__in=at) & ~Q(person=person)
    rows = Item.objects.filter(kind=Kind.STORY).exclude(state=State.TAKEN_BACK).annotate(has_changes=changes)
    return list(rows.filter(own | others).order_by("-made_on", "pk")[:20])


def waiting_for_company(person: Any, handle: str) -> Item | None:
    """One of them."""
    return wanting_company(person).filter(handle=handle).first() if getattr(person, "is_authenticated", False) else None


def files_of(item: Item) -> QuerySet[Attachment]:
    """The sound and pictures of an item, in their order."""
    return item.attachments.select_related("stored")


def changes_of(item: Item) -> QuerySet[Change]:
    """Changes proposed to an item, the undecided first, then the newest."""
    return item.changes.select_related("by").order_by("decided_at", "-made_at", "pk")


def open_changes(item: Item) -> QuerySet[Change]:
    """Those that wait for the one who tells, in the order they were made."""
    return item.changes.filter(state=ChangeState.OPEN).select_related("by").order_by("made_at", "pk")


def published_at(handle: str) -> Published | None:
    """What readers see, for saying thanks. Only stories are thanked."""
    return Published.objects.filter(handle=handle, kind=Kind.STORY).select_related("item").first()


def sent_before(item: Item, digest: str) -> Item | None:
    """Another story with the same text that was sent, if any."""
    if not digest:
        return None
    found = Telling.objects.filter(digest=digest).exclude(item=item).exclude(item__state=State.TAKEN_BACK).select_related("item").first()
    return found.item if found else None


def thanks_for(item: Item) -> list[tuple[str, int | None]]:
    """What readers have said that the teller has been told, with how many at least, in fives, where that may be shown."""
    rows = ThankYou.objects.filter(item=item, told__gt=0).order_by("which")
    return [(str(row.get_which_display()), row.told - row.told % 5 if is_shown(row.told) else None) for row in rows]


def way_to(name: str, item: Any) -> str:
    """The address of another part's page about an item; empty where the house has no such page."""
    try:
        return reverse(f"stories:{name}", args=[item.handle])
    except NoReverseMatch:
        return ""


def address_of(item: Any) -> str:
    """Where readers find it."""
    return way_to("item", item)
