"""Sharing part by part until a date, and what one who is shared with may write: suggestions, and words in a talk."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.journey.actions.keeping import rewrite_note, store_note
from knutepunkt.journey.choices import LINK, Part, Suggested
from knutepunkt.journey.models import Note, Share
from knutepunkt.journey.queries.own import notes_of, shares_of
from knutepunkt.journey.queries.shared import stands
from knutepunkt.people.queries import open_own_words
from knutepunkt.web.notices import give_notice
from knutepunkt.web.once import mark_done
from knutepunkt.web.papercodes import end_codes, issue_code, renew_code
from knutepunkt.web.sealing import seal_text


class NotYours(Exception):
    """The share is one's own, ended, or taken by another."""


@transaction.atomic
def share_parts(
    *, by: Any, name: str, parts: list[str], until_on: date, only_by_signal: bool = False
) -> tuple[Share, str]:
    """Let somebody see parts of the journey until a date.

    Args:
        by: whose journey it is.
        name: what the person calls them; sealed.
        parts: which parts.
        until_on: the last day.
        only_by_signal: they see them only while the person's signal is open.

    Returns:
        The share, and the link's code as printed, shown once.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    owner = open_own_words(by)
    mark_done()
    share = Share(
        person=by, parts=[p for p in Part.values if p in parts], until_on=until_on,
        only_by_signal=only_by_signal, made_on=timezone.localdate(),
    )  # fmt: skip
    share.name = seal_text(owner, share.key, name)
    share.save()
    _row, printed = issue_code(kind=LINK, subject=share.key)
    return share, printed


@transaction.atomic
def change_share(*, by: Any, share: Share, parts: list[str], until_on: date) -> Share:
    """Narrow, widen or renew a share. Counts from the next page they open."""
    open_own_words(by)
    mark_done()
    share.parts, share.until_on = [p for p in Part.values if p in parts], until_on
    share.save(update_fields=["parts", "until_on"])
    return share


@transaction.atomic
def rest_share(*, by: Any, share: Share, rests: bool) -> None:
    """Let a share rest: they see nothing until it is taken up again."""
    open_own_words(by)
    Share.objects.filter(pk=share.pk, person=by).update(is_muted=rests)


@transaction.atomic
def end_share(*, by: Any, share: Share) -> None:
    """End a share now. The link dies; who was shared with sees nothing more, also on a page that is open."""
    Share.objects.filter(pk=share.pk, person=by, ended_on=None).update(ended_on=timezone.localdate())
    end_codes(kind=LINK, subject=share.key)


def new_link(*, by: Any, share: Share) -> str:
    """A new link for a share that nobody with an account has taken; the old one dies. As printed, shown once."""
    open_own_words(by)
    return renew_code(kind=LINK, subject=share.key)[1]


@transaction.atomic
def take_share(*, by: Any, share: Share) -> Share:
    """Whoever holds the link ties it to their own account; the link dies.

    Raises:
        NotYours: it is one's own, has ended, is taken, or one sees this journey already.
    """
    now = Share.objects.select_for_update().get(pk=share.pk)
    is_free = now.helper_id is None and now.ended_on is None and now.person_id != by.pk
    if not is_free or Share.objects.filter(person=now.person_id, helper=by, ended_on=None).exists():
        raise NotYours
    mark_done()
    now.helper = by
    now.save(update_fields=["helper"])
    end_codes(kind=LINK, subject=now.key)
    give_notice(now.person_id, "journey.share-taken")
    return now


def suggest(*, by: Any, share: Share, kind: str, content: dict[str, Any]) -> Note:
    """Suggest a goal or a step; it stays a suggestion until the person takes it, and may be changed.

    Args:
        by: the one who is shared with.
        share: a share that stands today and has goals in it.
        kind: `goal` or `step`.
        content: the words.
    """
    said = {**content, "origin": Suggested.SUGGESTED.value, "by": by.chosen_name}
    note = store_note(person=share.person, owner=share.person.key_owner, kind=kind, content=said)
    give_notice(share.person_id, "journey.suggested")
    return note


def add_view(*, by: Any, share: Share, goal: Any, text: str) -> Note:
    """Write beside a person's goal how one sees it. Nobody writes over the other."""
    views = [*goal.content["views"], {"by": by.chosen_name, "text": text}]
    changed = rewrite_note(owner=share.person.key_owner, note=goal.note, content={**goal.content, "views": views})
    give_notice(share.person_id, "journey.viewed")
    return changed


def finish_step(*, share: Share, step: Any) -> Note:
    """The one who is shared with ticks off a step of their own, or takes it up again."""
    done = {**step.content, "is_done": not step.content["is_done"]}
    return rewrite_note(owner=share.person.key_owner, note=step.note, content=done)


def write_in_talk(*, side: str, share: Share, note: Note, content: dict[str, Any], version: int | None) -> Note:
    """Change a talk from one of its two sides, and tell the other, if that side can be told.

    Raises:
        ChangedElsewhere: the other side wrote meanwhile.
    """
    changed = rewrite_note(owner=share.person.key_owner, note=note, content=content, version=version)
    _tell_other(side, share)
    return changed


def begin_talk(*, side: str, share: Share, content: dict[str, Any]) -> Note:
    """Plan a talk: the person's agenda first, but either may begin."""
    note = store_note(
        person=share.person, owner=share.person.key_owner, kind="talk", content={**content, "share": str(share.pk)}
    )
    _tell_other(side, share)
    return note


def write_pact(*, share: Share, known: Any, content: dict[str, Any]) -> Note:
    """Write one's half of the agreement between the two."""
    owner = share.person.key_owner
    whole = {**(known.content if known else {}), **content, "share": str(share.pk)}
    if known is None:
        return store_note(person=share.person, owner=owner, kind="pact", content=whole)
    return rewrite_note(owner=owner, note=known.note, content=whole)


def add_step(*, share: Share, by_name: str, text: str, talk: Any, is_by_helper: bool) -> Note:
    """A next step that belongs to one of the two by name; one the helper writes for the person is a suggestion."""
    origin = Suggested.SUGGESTED.value if is_by_helper and by_name != "helper" else ""
    return store_note(
        person=share.person, owner=share.person.key_owner, kind="step",
        content={"text": text, "by": by_name, "talk": str(talk), "origin": origin},
    )  # fmt: skip


def _tell_other(side: str, share: Share) -> None:
    other = share.helper_id if side == "person" else share.person_id
    if other is not None and stands(share):
        kind = "journey.talk-helper" if side == "person" else "journey.talk"
        give_notice(other, kind)


@transaction.atomic
def give_signal(*, by: Any, hours: int) -> None:
    """Open the advance wishes for their circles; closes by itself after `hours`. Only who now sees more is told."""
    owner = open_own_words(by)
    now = timezone.now()
    content = {"opened_at": now.isoformat(), "closes_at": (now + timedelta(hours=hours)).isoformat()}
    known = Note.objects.filter(person=by, kind="signal").first()
    if known is None:
        store_note(person=by, owner=owner, kind="signal", content=content)
    else:
        rewrite_note(owner=owner, note=known, content=content)
    circle = {key for wish in notes_of(by, "wish") for key in wish.content["circle"]}
    for share in shares_of(by):
        if share.helper_id and not share.is_muted and (share.only_by_signal or str(share.pk) in circle):
            give_notice(share.helper_id, "journey.signal")


def close_signal(*, by: Any) -> None:
    """Close the signal before its time."""
    owner = open_own_words(by)
    for known in Note.objects.filter(person=by, kind="signal"):
        rewrite_note(owner=owner, note=known, content={"opened_at": "", "closes_at": ""})

