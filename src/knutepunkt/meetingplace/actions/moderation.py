"""Hiding by public rules, with a reason; appeal, decided by another than who hid it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.actions.proposals import SOMEBODY, index_proposal
from knutepunkt.meetingplace.choices.voice import HIDDEN_KEPT
from knutepunkt.meetingplace.models import Comment, Hiding, Proposal
from knutepunkt.meetingplace.queries.voice import Speaker, must_be_by
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.web.files import remove_file
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import destroy_key
from knutepunkt.web.search import drop_entries
from knutepunkt.web.trail import record


class SameHand(Exception):
    """Who hid it may not decide the appeal."""


class NoAppeal(Exception):
    """There is no open appeal, or it has been decided."""


@transaction.atomic
def hide(*, by: Any, thing: Proposal | Comment, ground: str, reason: str) -> Hiding:
    """Hide a proposal or a comment at once, with a ground from the public rules and a reason in words."""
    thing = type(thing).objects.select_for_update().get(pk=thing.pk)
    about = thing if isinstance(thing, Proposal) else thing.proposal
    which: dict[str, Any] = {"proposal": thing} if isinstance(thing, Proposal) else {"comment": thing}
    if thing.is_hidden and (there := Hiding.objects.filter(**which, stands=None).order_by("-pk").first()):
        return there
    made = Hiding.objects.create(centre=about.centre, ground=ground, reason=reason.strip(), hidden_by=by, **which)
    _show(thing, is_hidden=True)
    if (author := thing.person_id) is not None:
        give_notice(author, "meetingplace.hidden", slug=about.centre.organisation.slug, number=about.number, hiding=made.pk)
    record(f"meetingplace:{'proposal' if isinstance(thing, Proposal) else 'comment'}:hidden", by=by, about=thing.key,
           within=about.centre.key, ground=ground)  # fmt: skip
    return made


def _show(thing: Proposal | Comment, *, is_hidden: bool) -> None:
    thing.is_hidden = is_hidden
    thing.save(update_fields=["is_hidden"])
    if isinstance(thing, Proposal):
        index_proposal(thing)


@transaction.atomic
def appeal(*, by: Speaker, hiding: Hiding, text: str) -> Hiding:
    """Its author asks that somebody else looks at it. Once.

    Raises:
        NotYours: somebody else's words.
        NoAppeal: asked before.
    """
    row = Hiding.objects.select_for_update(of=("self",)).get(pk=hiding.pk)
    must_be_by(by, row.thing)
    if row.appealed_at is not None or row.stands is not None:
        raise NoAppeal
    row.appeal, row.appealed_at = text.strip(), timezone.now()
    row.save(update_fields=["appeal", "appealed_at"])
    organisation = row.centre.organisation_id
    hosts = {p for role in (Role.HOST, Role.COORDINATOR) for p in people_with_role(role, [organisation])} - {row.hidden_by_id}
    for host in hosts:
        give_notice(host, "meetingplace.appeal", slug=row.centre.organisation.slug, hiding=row.pk)
    record("meetingplace:hiding:appealed", by=SOMEBODY, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def answer_appeal(*, by: Any, hiding: Hiding, stands: bool, answer: str) -> Hiding:
    """Another host decides: it stands hidden, or is shown again.

    Raises:
        SameHand: by the one who hid it.
        NoAppeal: nobody has appealed, or it is decided.
    """
    row = Hiding.objects.select_for_update(of=("self",)).get(pk=hiding.pk)
    if row.hidden_by_id == by.pk:
        raise SameHand
    if row.appealed_at is None or row.stands is not None:
        raise NoAppeal
    row.stands, row.answer, row.decided_by, row.decided_at = stands, answer.strip(), by, timezone.now()
    row.save(update_fields=["stands", "answer", "decided_by", "decided_at"])
    if not stands:
        _show(row.thing, is_hidden=False)
    if row.thing.person_id is not None:
        facts = {"slug": row.centre.organisation.slug, "number": row.about.number, "hiding": row.pk}
        give_notice(row.thing.person_id, "meetingplace.appeal-decided", **facts)
    record(f"meetingplace:hiding:{'stands' if stands else 'undone'}", by=by, about=row.key, within=row.centre.key)
    return row


def forget_hidden() -> int:
    """Delete what has been hidden for half a year and nobody has appealed, or whose appeal stands. Returns how many."""
    old = Hiding.objects.filter(hidden_at__lt=timezone.now() - HIDDEN_KEPT).exclude(stands=False)
    rows = old.exclude(appealed_at__isnull=False, stands=None).select_related("proposal__picture", "proposal__sound", "comment")
    number = 0
    for row in rows.order_by("pk")[:500]:
        with transaction.atomic():
            number += 1
            if row.comment is not None:
                row.comment.delete()
                continue
            proposal = row.about
            files = [file for file in (proposal.picture, proposal.sound) if file is not None]
            drop_entries(kind="meetingplace.proposal", keys=[proposal.key])
            proposal.delete()
            for file in files:
                remove_file(file)
            destroy_key(proposal.key_owner)
    return number
