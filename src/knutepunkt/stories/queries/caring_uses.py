"""Reads of uses outside the library: what waits for a peer, what a holder may see, what the teller is told."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.consent.queries import purposes_by_subject, subjects_using, uses_of
from knutepunkt.stories.choices.caring import MISUSE, Outside, UseState
from knutepunkt.stories.choices.item import Kind, subject_of
from knutepunkt.stories.models import Item, OutsideUse, Package, PeerCheck, Published, UsedItem
from knutepunkt.stories.queries.caring import trained_at
from knutepunkt.themes.queries import TermShown, newest_version, terms_of
from knutepunkt.web.registers import Surface
from knutepunkt.web.threshold import LEAST_SHOWN, is_shown

CALLED_HOPE = LEAST_SHOWN
"""A number of people is told in whole steps of this size, so that nothing is found from the difference between two days."""


def questions_now() -> tuple[str, list[TermShown]]:
    """The questions on misuse in force, and their version. Two queries."""
    version = newest_version(MISUSE)
    return version, terms_of(MISUSE, version) if version else []


def uses_to_check(person: Any) -> QuerySet[OutsideUse]:
    """Uses that wait for two peers where this person is one of the trained and has not answered, nor asked."""
    mine = PeerCheck.objects.filter(use=OuterRef("pk"), by=person.pk)
    rows = OutsideUse.objects.filter(state=UseState.ASKED, organisation__in=trained_at(person)).filter(~Exists(mine))
    return rows.exclude(asker=person.pk).exclude(items__item__person=person.pk).select_related("organisation").distinct()


def use_by_token(token: str) -> OutsideUse | None:
    """The use whose address somebody was given."""
    return OutsideUse.objects.select_related("organisation").filter(token=token).first()


@dataclass(frozen=True)
class Standing:
    """One item of a use: whether it may be used now, and what readers see of it."""

    used: UsedItem
    handle: str
    shown: Published | None
    may_be_used: bool


def standing_of(use: OutsideUse) -> list[Standing]:
    """The items of a use as they stand at this moment: shown, and agreed to for this purpose by who told them. Four queries.

    Once it is granted the ledger decides: what the teller has ended there does not come back by a later yes, but is asked for anew.
    """
    rows = list(UsedItem.objects.filter(use=use).select_related("item").order_by("pk"))
    shown = {row.item_id: row for row in Published.objects.filter(item__in=[r.item_id for r in rows]).select_related("organisation")}
    stories = [subject_of(r.item_id) for r in rows if r.item.kind == Kind.STORY]
    agreed = purposes_by_subject(stories) if stories else {}
    in_use = subjects_using(use.place_key) if stories and use.state == UseState.GRANTED else set(stories)
    return [
        Standing(
            row, row.item.handle, found := shown.get(row.item_id),
            found is not None and (row.item.kind != Kind.STORY or (use.purpose in agreed.get(one := subject_of(row.item_id), ()) and one in in_use)),
        )
        for row in rows
    ]  # fmt: skip


def lacking_yes(items: list[Item], purpose: str) -> list[Item]:
    """Those of the items whose teller has not said yes to this purpose. One query."""
    stories = [item for item in items if item.kind == Kind.STORY]
    agreed = purposes_by_subject([item.key for item in stories]) if stories else {}
    return [item for item in stories if purpose not in agreed.get(item.key, ())]


def package_by_token(token: str) -> Package | None:
    """The package whose check address this is."""
    return Package.objects.filter(token=token).select_related("use").first()


def parts_standing(package: Package) -> list[tuple[int, str, bool]]:
    """For each part of a package its number, its handle, and whether it still stands in the same words. Four queries, no words.

    It stands while it is shown, who told it agrees to what the package was for, and the use has not ended.
    """
    parts = list(package.parts.order_by("position").values_list("position", "handle", "edition"))
    editions = dict(Published.objects.filter(handle__in=[handle for _n, handle, _e in parts]).values_list("handle", "edition"))
    allowed = {one.handle for one in standing_of(package.use) if one.may_be_used}
    in_force = package.use.state == UseState.GRANTED and package.use.until_on >= timezone.localdate()
    return [(n, handle, in_force and handle in allowed and editions.get(handle) == edition) for n, handle, edition in parts]


@dataclass(frozen=True)
class UseLine:
    """One line the teller is told about what became of what they shared."""

    text: str


def use_lines(item: Item) -> list[UseLine]:
    """What became of it, for the one who told: how many courses, and about how many said it gave hope.

    Courses are places and are said as they are. People are said only from the threshold on, and in whole steps, so
    that the number of one day taken from another's never points at anybody. One query.
    """
    granted = UsedItem.objects.filter(item=item.pk, use__state__in=(UseState.GRANTED, UseState.ENDED))
    sums = granted.aggregate(hope=Sum("gave_hope"), taught=Sum("times", filter=Q(use__purpose=Outside.TEACHING)))
    taught, hope = sums["taught"] or 0, sums["hope"] or 0
    lines = []
    if taught:
        lines.append(UseLine(ngettext("Lest på %(n)s kurs.", "Lest på %(n)s kurs.", taught) % {"n": taught}))
    if is_shown(hope):
        lines.append(UseLine(_("Den ga håp til minst %(n)s.") % {"n": hope - hope % CALLED_HOPE}))
    return lines


def places_of(item: Item) -> list[Surface]:
    """Where an item is in use now, and whether it can be called back. One query."""
    return [Surface(use.label, use.url, use.can_be_called_back) for use in uses_of(item.key)]


def may_be_asked_for(handles: list[str]) -> list[Published]:
    """What is shown among these, in the order asked. One query."""
    handles = [handle for handle in handles if "\0" not in handle]
    rows = {row.handle: row for row in Published.objects.filter(handle__in=handles).select_related("item", "organisation")}
    return [rows[handle] for handle in dict.fromkeys(handles) if handle in rows]
