"""Bringing questionnaires in, taking them out of use, and keeping a person's answers."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from knutepunkt.journey.actions.keeping import change_note, keep_note
from knutepunkt.journey.methods.questionnaires.answering import State, first_state, response_of
from knutepunkt.journey.methods.questionnaires.form import Form, NotAForm
from knutepunkt.journey.methods.questionnaires.reading import read_file
from knutepunkt.journey.methods.questionnaires.scoring import calculated, sums_in
from knutepunkt.journey.models import Note, Questionnaire
from knutepunkt.people.queries import open_own_words
from knutepunkt.web.once import mark_done
from knutepunkt.web.trail import record

MOST_FORMS = 200


class AlreadyHere(Exception):
    """The same file is in use already."""


class TooManyForms(Exception):
    """No room for more questionnaires with this owner."""


class NoLicence(Exception):
    """Nobody said who holds the form, or on what terms it may be used."""


@transaction.atomic
def bring_questionnaire(
    *, by: Any, organisation: Any = None, data: dict[str, Any], form: Form, holder: str, licence: str
) -> Questionnaire:
    """Bring a questionnaire in, for a centre or for oneself.

    Args:
        by: who brings it; the rule for a centre has been asked.
        organisation: the centre; None for the person's own journey.
        data: the clean data, as `read_file` gives it.
        form: the form it was read as.
        holder: who holds the rights.
        licence: on what terms it may be used, in their words.

    Raises:
        NoLicence: holder or licence is empty.
        AlreadyHere: the same file is in use with this owner.
        TooManyForms: there are 200 already.
    """
    if not holder.strip() or not licence.strip():
        raise NoLicence
    owner = {"organisation": organisation} if organisation is not None else {"person": by}
    digest, there = _digest(data), Questionnaire.objects.filter(**owner, ended_on=None)
    if there.filter(digest=digest).exists():
        raise AlreadyHere
    if there.count() >= MOST_FORMS:
        raise TooManyForms
    mark_done()
    made = Questionnaire.objects.create(
        **owner, **_facts(form), source=data, digest=digest, holder=holder.strip()[:300], licence=licence.strip()[:4000],
        imported_on=timezone.localdate(), imported_by=by,
    )  # fmt: skip
    if organisation is not None:
        record("journey:questionnaire:brought-in", by=by, about=made.key, within=f"organisations.organisation:{organisation.pk}")
    return made


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _facts(form: Form) -> dict[str, Any]:
    return {
        "url": form.url, "title": str(form.title)[:300], "form_version": form.version, "language": form.language,
        "languages": form.languages[:20], "questions": len(form.questions),
    }  # fmt: skip


@transaction.atomic
def end_questionnaire(*, by: Any, questionnaire: Questionnaire) -> None:
    """Take a questionnaire out of use. Whoever has answered keeps the answers, and can still see them."""
    mark_done()
    Questionnaire.objects.filter(pk=questionnaire.pk, ended_on=None).update(ended_on=timezone.localdate())
    if questionnaire.organisation_id is not None:
        within = f"organisations.organisation:{questionnaire.organisation_id}"
        record("journey:questionnaire:ended", by=by, about=questionnaire.key, within=within)


@transaction.atomic
def begin_response(*, by: Any, questionnaire: Questionnaire, form: Form, language: str) -> Note:
    """Begin to answer: a sealed note with what the form fills in first.

    Raises:
        As `keep_note`.
    """
    state = first_state(form)
    return keep_note(by=by, kind="response", content=_content(questionnaire, form, state, language, timezone.localdate(), is_done=False))


@transaction.atomic
def keep_answers(
    *, by: Any, note: Note, questionnaire: Questionnaire, form: Form, state: State, language: str, on: date, is_done: bool,
    version: int | None,
) -> Note:  # fmt: skip
    """Keep what is answered so far, or say it is done. Sums are worked out here, and nowhere else.

    Raises:
        ChangedElsewhere: it was answered on another device since; nothing is stored.
        BadContent: the answers are too long together.
        TooManyAnswers: the groups are repeated too often.
        StillShut: the person's words are shut to whoever has signed in.
    """
    content = _content(questionnaire, form, state, language, on, is_done=is_done)
    return change_note(by=by, note=note, content=content, version=version)


def _content(questionnaire: Questionnaire, form: Form, state: State, language: str, on: date, *, is_done: bool) -> dict[str, Any]:
    tree = calculated(form, state)
    about = form.url if form.url.startswith(("http://", "https://", "urn:")) and not set(form.url) & set(' <>"|') else f"urn:uuid:{questionnaire.pk}"
    version = form.version if form.version and not set(form.version) & set(' <>"|') else ""
    answers = response_of(
        tree, language=language, about=f"{about}|{version}" if version else about, on=on.isoformat(), is_done=is_done,
        keep_shut=not is_done,
    )  # fmt: skip
    return {"questionnaire": str(questionnaire.pk), "on": on.isoformat(), "answers": answers, "scores": sums_in(tree) if is_done else {}}


@transaction.atomic
def carry_questionnaires(*, by: Any, rows: Any) -> dict[str, str]:
    """Bring the questionnaires of an export in as the person's own.

    Args:
        by: whose journey it is.
        rows: as `queries.questionnaires.questionnaires_as_data` gave them; of unknown origin.

    Returns:
        The key each has here, by the key it had. One that cannot be read is left out; the answers to it are still kept.
    """
    open_own_words(by)
    found: dict[str, str] = {}
    room = MOST_FORMS - Questionnaire.objects.filter(person=by).count()
    for row in (rows if isinstance(rows, list) else [])[:MOST_FORMS]:
        try:
            old = str(UUID(str(row["id"])))
            data, form = read_file(json.dumps(row["source"], ensure_ascii=False, separators=(",", ":")).encode())
            holder, licence = str(row["holder"])[:300], str(row["licence"])[:4000]
        except (KeyError, TypeError, ValueError, RecursionError, NotAForm):
            continue
        digest = _digest(data)
        here = Q(person=by) | Q(pk=old, person=None)  # the person's own, or the centre's that was answered here
        known = Questionnaire.objects.filter(here, digest=digest).order_by("imported_on", "pk").first()
        if known is None and room > 0:
            taken = Questionnaire.objects.filter(pk=old).exists()
            known = Questionnaire.objects.create(
                id=uuid4() if taken else UUID(old), person=by, **_facts(form), source=data, digest=digest, holder=holder,
                licence=licence, imported_on=timezone.localdate(), imported_by=by,
            )  # fmt: skip
            room -= 1
        if known is not None:
            found[old] = str(known.pk)
    return found
