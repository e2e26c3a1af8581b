"""Rooms and things: keeping the list, and who has been shown what, by whom."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from knutepunkt.meetingplace.actions.booking import call_off_for
from knutepunkt.meetingplace.actions.keeping import SomebodyElseSaved
from knutepunkt.meetingplace.actions.telling import SOMEBODY, tell_about_introduction, tell_hosts
from knutepunkt.meetingplace.choices.place import Shown
from knutepunkt.meetingplace.models import Centre, Guide, Introduction, Resource
from knutepunkt.meetingplace.queries.place import hosts_of
from knutepunkt.web.notices import give_notice
from knutepunkt.web.trail import record

RESOURCE_FIELDS = frozenset({
    "name", "text", "kind", "needs_introduction", "longest_minutes", "longest_days", "is_in_use",
})  # fmt: skip


class NotShownYet(Exception):
    """Only somebody who has been shown it can show it to others."""


def _only_known(facts: dict[str, Any]) -> None:
    if unknown := set(facts) - RESOURCE_FIELDS:
        raise TypeError(unknown)


@transaction.atomic
def add_resource(*, by: Any, centre: Centre, **facts: Any) -> Resource:
    """A new room to book or thing to lend."""
    _only_known(facts)
    made = Resource.objects.create(centre=centre, **facts)
    record("meetingplace:resource:added", by=by, about=made.key, within=centre.key)
    return made


@transaction.atomic
def change_resource(*, by: Any, resource: Resource, version: int, **facts: Any) -> None:
    """Change what a room or thing is. What is booked stays booked.

    Raises:
        SomebodyElseSaved: somebody else saved first; nothing is changed.
    """
    _only_known(facts)
    if not Resource.objects.filter(pk=resource.pk, version=version).update(version=F("version") + 1, **facts):
        raise SomebodyElseSaved(Resource.objects.get(pk=resource.pk))
    record("meetingplace:resource:changed", by=by, about=resource.key, within=resource.centre.key)


@transaction.atomic
def offer_to_show(*, by: Any, resource: Resource, is_host: bool = False) -> Guide:
    """Say that one can show others a room.

    Raises:
        NotShownYet: one has not been shown it.
    """
    shown = Introduction.objects.filter(resource=resource, person_id=by.pk, state=Shown.GIVEN).exists()
    if resource.needs_introduction and not shown and not is_host:
        raise NotShownYet
    made, is_new = Guide.objects.get_or_create(resource=resource, person_id=by.pk)
    if is_new:
        record("meetingplace:guide:offered", by=SOMEBODY, about=resource.key, within=resource.centre.key)
    return made


@transaction.atomic
def stop_showing(*, by: Any, resource: Resource) -> None:
    """Say that one no longer shows it."""
    if Guide.objects.filter(resource=resource, person_id=by.pk).delete()[0]:
        record("meetingplace:guide:stopped", by=SOMEBODY, about=resource.key, within=resource.centre.key)


@transaction.atomic
def ask_to_be_shown(*, by: Any, resource: Resource) -> Introduction:
    """Ask to be shown a room. Those who can show it, and the hosts, are told. Asking twice changes nothing more."""
    row, is_new = Introduction.objects.get_or_create(resource=resource, person_id=by.pk)
    if is_new or row.state == Shown.WITHDRAWN:
        row.state, row.answered_at, row.answered_by = Shown.ASKED, None, None
        row.save()
        guides = set(Guide.objects.filter(resource=resource).values_list("person_id", flat=True))
        slug = resource.centre.organisation.slug
        tell_hosts(resource.centre, "asked-to-be-shown", but=by.pk, resource=resource.pk)
        for key in guides - set(hosts_of(resource.centre)) - {by.pk}:
            give_notice(key, "meetingplace.asked-to-be-shown", centre=slug, resource=resource.pk)
        record("meetingplace:introduction:asked", by=SOMEBODY, about=resource.key, within=resource.centre.key)
    return row


@transaction.atomic
def note_shown(*, by: Any, introduction: Introduction) -> Introduction:
    """Note that somebody has been shown it, so that they may book it themselves."""
    row = _answered(by, introduction, Shown.GIVEN)
    tell_about_introduction(row, "shown")
    record("meetingplace:introduction:given", by=SOMEBODY, about=row.resource.key, within=row.resource.centre.key)
    return row


@transaction.atomic
def withdraw_introduction(*, by: Any, introduction: Introduction) -> Introduction:
    """Take it back: what they have booked ahead is called off, they are told, and may ask again."""
    row = _answered(by, introduction, Shown.WITHDRAWN)
    Guide.objects.filter(resource=row.resource, person_id=row.person_id).delete()
    call_off_for(by=by, resource=row.resource, person_id=row.person_id)
    tell_about_introduction(row, "introduction-withdrawn")
    record("meetingplace:introduction:withdrawn", by=SOMEBODY, about=row.resource.key, within=row.resource.centre.key)
    return row


def _answered(by: Any, introduction: Introduction, state: str) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("resource__centre__organisation")
    row = rows.get(pk=introduction.pk)
    row.state, row.answered_at, row.answered_by_id = state, timezone.now(), by.pk
    row.save()
    return row
