"""Writing and reading the trail of what was done. Names no words, only identifiers and counts."""

from typing import Any

from django.db.models import QuerySet

from knutepunkt.web.models import TrailLine
from knutepunkt.web.once import mark_done

FORMER = "tidligere deltaker"


def record(kind: str, *, by: Any, about: str, within: str = "", **facts: Any) -> TrailLine:
    """Add a line.

    Args:
        kind: `room:thing:what-happened`.
        by: the person who acts (anything with `pk` and `chosen_name`), or a text such as `code` or `job`.
        about: key of the thing, `room.thing:<id>`.
        within: key of the larger thing whose history it belongs to.
        facts: identifiers and counts, never words.

    Raises:
        SentBefore: the form being sent has done its work already (`web.once`).
    """
    mark_done()
    name = getattr(by, "chosen_name", "")
    key = str(by.pk) if name else str(by)
    return TrailLine.objects.create(
        kind=kind, actor=key, actor_name=name, about=about, within=within, facts=facts
    )


def lines_within(within: str) -> QuerySet[TrailLine]:
    """The history of a larger thing, newest first."""
    return TrailLine.objects.filter(within=within).order_by("-id")


def forget_actor(key: str) -> int:
    """When a person is erased their name in the trail becomes `tidligere deltaker`."""
    return TrailLine.objects.filter(actor=key).update(actor_name=FORMER, actor="")
