"""Reads of the desk, of what editors keep, and of collections; each starts from where this person holds which role."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where, people_with_any_role
from knutepunkt.stories.choices.caring import CHECK_AGAIN, ON_DESK, PROMISE, RULES, Answered
from knutepunkt.stories.choices.item import Kind, Part, State
from knutepunkt.stories.models import Attachment, Collection, DeskAnswer, Item, PassedOn, Published, Trained
from knutepunkt.themes.queries import TermShown, newest_version, terms_of
from knutepunkt.web.registers import REPORTS, ReportLine
from knutepunkt.web.sealing import unseal_each, unseal_own

AT_DESK = (Role.PEER_WORKER, Role.EDITOR)


def trained_at(person: Any) -> set[int]:
    """Ids of the organisations at whose desk this person may decide today: a role there, and trained. Kept for the request."""
    known = getattr(person, "_trained_at", None)
    if known is None:
        roles = organisations_where(person, *AT_DESK)
        rows = Trained.objects.filter(person=person.pk, organisation__in=roles) if roles else Trained.objects.none()
        known = set(rows.values_list("organisation_id", flat=True))
        person._trained_at = known  # noqa: SLF001 (kept for the request)
    return known


def edits_at(person: Any) -> list[int]:
    """Ids of the organisations this person is editor of today."""
    return organisations_where(person, Role.EDITOR)


def trained_people(organisation_id: int | None) -> list[Any]:
    """Keys of those who may decide at an organisation's desk today."""
    if organisation_id is None:
        return []
    able = people_with_any_role(AT_DESK, organisation_id)
    return list(Trained.objects.filter(organisation=organisation_id, person__in=able).order_by("pk").values_list("person_id", flat=True))


def trained_in(organisation_id: int) -> QuerySet[Trained]:
    """Who is trained at an organisation, with names, newest first."""
    return Trained.objects.filter(organisation=organisation_id).select_related("person").order_by("-pk")


def items_at_desk(person: Any) -> QuerySet[Item]:
    """Stories that wait at the desks where this person decides, but for their own and those they have passed on."""
    passed = PassedOn.objects.filter(item=OuterRef("pk"), by=person.pk)
    rows = Item.objects.filter(kind=Kind.STORY, state__in=ON_DESK, organisation__in=trained_at(person))
    asked = PassedOn.objects.filter(item=OuterRef("pk"), to=person.pk)
    return rows.filter(~Q(person=person.pk), ~Exists(passed)).annotate(is_asked=Exists(asked)).select_related("organisation")


def stories_with_newest_answer() -> QuerySet[Item]:
    """Stories, each with the key of what the desk answered last and whether it has files, for the page that opens one."""
    files = Attachment.objects.filter(item=OuterRef("pk"))
    rows = Item.objects.filter(kind=Kind.STORY).select_related("organisation")
    return rows.annotate(newest=Max("answers__pk"), has_files=Exists(files))


def answers_with_files() -> QuerySet[DeskAnswer]:
    """Answers with their stories, and whether each story has files, for the page that opens one."""
    rows = DeskAnswer.objects.select_related("item", "item__organisation")
    return rows.annotate(has_files=Exists(Attachment.objects.filter(item=OuterRef("item"))))


def answers_to_judge(person: Any) -> QuerySet[DeskAnswer]:
    """Answers the teller has replied to, that somebody else than this person gave and this person may decide."""
    passed = PassedOn.objects.filter(item=OuterRef("item"), by=person.pk)
    rows = DeskAnswer.objects.filter(
        replied_at__isnull=False, stands=None, outcome=Answered.DECLINED, item__state=State.DECLINED,
        item__organisation__in=trained_at(person),
    )  # fmt: skip
    return rows.exclude(by=person.pk).exclude(item__person=person.pk).filter(~Exists(passed)).select_related("item", "item__organisation")


@dataclass(frozen=True)
class Promise:
    """How long something has waited, and the day an answer was promised."""

    days: int
    by_on: date
    left: int

    @property
    def is_late(self) -> bool:
        """The day has passed."""
        return self.left < 0

    @property
    def overdue(self) -> int:
        """Days past the promised one."""
        return max(0, -self.left)


def promise_of(sent_at: datetime | None) -> Promise:
    """The promise to somebody who sent something."""
    sent = timezone.localdate(sent_at) if sent_at else timezone.localdate()
    by, today = sent + PROMISE, timezone.localdate()
    return Promise((today - sent).days, by, (by - today).days)


def newest_answer(item: Item) -> DeskAnswer | None:
    """What the desk answered last."""
    return DeskAnswer.objects.filter(item=item).select_related("item").order_by("-pk").first()


def newest_answer_key(item: Item) -> int:
    """The key of what the desk answered last, or 0."""
    return DeskAnswer.objects.filter(item=item).order_by("-pk").values_list("pk", flat=True).first() or 0


def rules_now() -> tuple[str, list[TermShown]]:
    """The public rules in force, and their version. Two queries."""
    version = newest_version(RULES)
    return version, terms_of(RULES, version) if version else []


def rule_shown(key: str, version: str) -> TermShown | None:
    """One public rule as it was when it was cited."""
    return next((term for term in terms_of(RULES, version) if term.key == key), None) if key else None


def words_of(answer: DeskAnswer) -> dict[str, str]:
    """The sealed words of an answer that are there, by name. One query for the key.

    Raises:
        KeyGone: they were taken back with the item.
    """
    return words_with_item(answer, with_item=False)[0]


def words_with_item(answer: DeskAnswer, *, with_item: bool = True, parts: Iterable[Attachment] = ()) -> tuple[dict[str, str], dict[str, Any]]:
    """The sealed words of an answer by name, and what the item says; what its files say is put on them as `told`. One query for the key.

    Raises:
        KeyGone: they were taken back with the item.
    """
    item, names = answer.item, ("sentence", "words", "reply", "second_words")
    sealed = {answer.field(name): bytes(getattr(answer, name)) for name in names if getattr(answer, name)}
    if with_item:
        sealed[item.field] = bytes(item.content)
    opened = unseal_own(item.key_owner, sealed | {part.field: bytes(part.says) for part in parts if part.says})
    for part in parts:
        part.told = opened.get(part.field, b"").decode()  # type: ignore[attr-defined]
    content = json.loads(opened[item.field]) if with_item else {}
    return {name: opened[answer.field(name)].decode() for name in names if answer.field(name) in opened}, content


# -- what editors keep -----------------------------------------------------------------------------


def shared_of(person: Any) -> QuerySet[Item]:
    """Good examples, methods and research of the organisations this person is editor of, also those sent in."""
    rows = Item.objects.filter(organisation__in=edits_at(person)).exclude(kind=Kind.STORY).exclude(state=State.TAKEN_BACK)
    return rows.select_related("organisation", "shown")


def titles_of(items: list[Item]) -> dict[Any, str]:
    """The working titles of items, by key; those whose words are gone are left out. One query."""
    opened = unseal_each({(item.key_owner, item.field): bytes(item.content) for item in items if item.content})
    found = {item.pk: opened.get((item.key_owner, item.field)) for item in items}
    return {pk: json.loads(words)["title"] for pk, words in found.items() if words}


def is_old(shown: Published) -> bool:
    """It is more than a year since somebody checked it."""
    return shown.checked_on is not None and shown.checked_on < timezone.localdate() - CHECK_AGAIN


def published_by_handle(handle: str) -> Published | None:
    """What readers see of something, if they may see it now."""
    return Published.objects.select_related("organisation", "item").filter(handle=handle).first()


def handles_shown(handles: list[str]) -> set[str]:
    """Those of some handles that readers may see now. One query, none for none."""
    return set(Published.objects.filter(handle__in=handles).values_list("handle", flat=True)) if handles else set()


def guides_of(shown: Published) -> list[Attachment]:
    """The files that go with something that is shown."""
    return list(Attachment.objects.filter(item=shown.item_id, part=Part.FILE).select_related("stored").order_by("position", "pk"))


def to_check_again(limit: int = 500) -> QuerySet[Published]:
    """What was checked more than a year ago."""
    old = timezone.localdate() - CHECK_AGAIN
    return Published.objects.filter(checked_on__lt=old).exclude(kind=Kind.STORY).select_related("item").order_by("checked_on", "pk")[:limit]


# -- collections -------------------------------------------------------------------------------------


def collections_shown() -> QuerySet[Collection]:
    """Collections anybody may see."""
    return Collection.objects.filter(is_shown=True).select_related("organisation")


def collections_of(person: Any) -> QuerySet[Collection]:
    """Collections of the organisations this person is editor of, shown or not."""
    return Collection.objects.filter(organisation__in=edits_at(person)).select_related("organisation")


def published_in(collection: Collection) -> list[Published]:
    """What stands in a collection now, in its order. What is taken down is not among it. One query."""
    return list(Published.objects.filter(item__collected__collection=collection).select_related("organisation", "item").order_by("item__collected__position"))


def reports_of_the_house(before: datetime | None = None, limit: int = 20) -> list[ReportLine]:
    """What the house's own rooms have published as reports, newest first, as it stands now; before a time, for the next page."""
    found = [line for entry in REPORTS for line in entry(before, limit)]
    return sorted(found, key=lambda line: line.at, reverse=True)[:limit]
