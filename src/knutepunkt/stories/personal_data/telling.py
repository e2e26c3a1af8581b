"""What telling holds of people beside the items themselves."""

from typing import Any

from knutepunkt.stories.actions.changes import words_of
from knutepunkt.stories.actions.publishing import words_or_none
from knutepunkt.stories.actions.telling import details_of
from knutepunkt.stories.actions.telling_leaving import throw_away_old_drafts
from knutepunkt.stories.models import Change, Telling, ThankYou
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

TELLING = {
    "id": "plain", "item": "plain", "partner": "personal", "wants_company": "personal", "rest_days": "plain", "other_said": "personal",
    "stays": "personal", "digest": "personal", "sealed": "sensitive", "touched_on": "personal", "reminded_for": "plain",
    "asked_how_on": "plain", "answered_how_on": "plain", "shares_how": "personal",
}  # fmt: skip
CHANGE = {"id": "plain", "item": "plain", "by": "personal", "state": "plain", "sealed": "sensitive", "made_at": "personal", "decided_at": "personal"}
THANKS = {"id": "plain", "item": "plain", "which": "plain", "many": "plain", "told": "plain"}


def _export_tellings(person: Any) -> list[dict[str, Any]]:
    rows = Telling.objects.filter(item__person=person).select_related("item", "partner").order_by("pk")
    return [
        {"handle": row.item.handle, "rest_days": row.rest_days, "stays": row.stays, "other_said": row.other_said,
         "with": row.partner.chosen_name if row.partner else "", **(details_of(row, row.item.key_owner) if words_or_none(row.item) else {})}
        for row in rows
    ]  # fmt: skip


def _erase_partner(person: Any) -> int:
    return Telling.objects.filter(partner=person).update(partner=None)


def _export_changes(person: Any) -> list[dict[str, Any]]:
    """Changes this person proposed, and those proposed to what this person tells."""
    rows = list(Change.objects.filter(item__person=person).select_related("item").order_by("item_id", "made_at"))
    found = [
        {"handle": row.item.handle, "state": row.state, "made_at": row.made_at, **words_of([row], row.item.key_owner)[0]}
        for row in rows if words_or_none(row.item)
    ]  # fmt: skip
    proposed = Change.objects.filter(by=person).select_related("item").order_by("made_at")
    return found + [{"proposed_to": row.item.handle, "state": row.state, "made_at": row.made_at} for row in proposed]


def _erase_changes(person: Any) -> int:
    return Change.objects.filter(by=person).update(by=None)


def _export_thanks(person: Any) -> list[dict[str, Any]]:
    rows = ThankYou.objects.filter(item__person=person, told__gt=0).select_related("item").order_by("pk")
    return [{"handle": row.item.handle, "which": row.which} for row in rows]


def enter() -> None:
    """Enter its kinds of record."""
    PERSONAL_DATA.add("stories.telling", PersonalData(
        "stories.Telling", "the choices of one who tells: who they write with, how long it rests, what they decided; sealed where it holds words",
        "so that the story follows its teller's wishes", "with the item; a draft nobody has touched for 400 days is thrown away",
        TELLING, _export_tellings, _erase_partner, throw_away_old_drafts))  # fmt: skip
    PERSONAL_DATA.add("stories.change", PersonalData(
        "stories.Change", "changes proposed to the words of an item, sealed, and what became of them", "so that only the one who tells decides",
        "with the item", CHANGE, _export_changes, _erase_changes))  # fmt: skip
    PERSONAL_DATA.add("stories.thankyou", PersonalData(
        "stories.ThankYou", "which ready thanks readers have sent; never who they are", "so that thanks reach the one who told", "with the item",
        THANKS, _export_thanks, lambda _person: 0))  # fmt: skip
