"""Reads of questionnaires: a person's own, and those of the centres the person belongs to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from knutepunkt.journey.models import Questionnaire
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where, roles_of


def questionnaires_visible_to(person: Any) -> QuerySet[Questionnaire]:
    """Those a person can begin on: their own, and those of centres where they have a role today."""
    places = {place for place, _role in roles_of(person)}
    return Questionnaire.objects.filter(Q(person=person) | Q(organisation_id__in=places), ended_on=None)


def offered_to(person: Any) -> list[Questionnaire]:
    """Those a person can begin on, without their sources. Two queries; at most 200."""
    rows = questionnaires_visible_to(person).select_related("organisation").defer("source", "licence")
    return list(rows.order_by("title", "language", "pk")[:200])


def questionnaire_for(person: Any, form_id: UUID) -> Questionnaire | None:
    """One a person can begin on."""
    return questionnaires_visible_to(person).select_related("organisation").filter(pk=form_id).first()


def questionnaire_answered(person: Any, form_id: str) -> Questionnaire | None:
    """The one a person's own answers were given to; also when it is no longer offered, or the person has left the centre.

    Only called with the key in a note of the person's own; a key of somebody else's own import finds nothing.
    """
    rows = Questionnaire.objects.filter(Q(person=person) | Q(person=None), pk=form_id) if form_id else Questionnaire.objects.none()
    return rows.select_related("organisation").first()


def questionnaires_in(place: Any) -> QuerySet[Questionnaire]:
    """A centre's questionnaires in use, without their sources."""
    return Questionnaire.objects.filter(organisation=place, ended_on=None).defer("source").order_by("title", "language", "pk")


def questionnaire_in(place: Any, form_id: UUID) -> Questionnaire | None:
    """One of a centre's questionnaires in use."""
    return Questionnaire.objects.filter(organisation=place, ended_on=None, pk=form_id).first()


def versions_of(form: Questionnaire) -> list[Questionnaire]:
    """A form and its other languages: the same address and version with the same owner, this one first."""
    if not form.url:
        return [form]
    rows = Questionnaire.objects.filter(
        organisation=form.organisation_id, person=form.person_id, url=form.url, form_version=form.form_version, ended_on=None
    )
    return [form, *rows.exclude(pk=form.pk).order_by("language", "pk")[:8]]


def coordinated_by(person: Any) -> list[int]:
    """Keys of the organisations whose questionnaires a person takes care of."""
    return organisations_where(person, Role.COORDINATOR)


def questionnaires_as_data(person: Any, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The questionnaires of an export: those answered, and the person's own; each with its source, holder and licence."""
    wanted = [key for key in keys if key]
    rows = Questionnaire.objects.filter(Q(person=person) | Q(person=None, pk__in=wanted)).order_by("imported_on", "pk")
    return [
        {"id": str(q.pk), "holder": q.holder, "licence": q.licence, "imported_on": q.imported_on.isoformat(), "source": q.source}
        for q in rows
    ]
