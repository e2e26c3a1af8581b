"""A journey as FHIR R4 (https://hl7.org/fhir/R4/): goals as Goal, the plan for hard days as CarePlan, answered
questionnaires as QuestionnaireResponse, in one collection Bundle. The person is named by a key of this export alone.
"""

from collections.abc import Iterable
from typing import Any

LIFECYCLE = {"open": "active", "reached": "completed", "paused": "on-hold", "dropped": "cancelled"}
PATIENT = "urn:uuid:00000000-0000-4000-8000-000000000001"
PLAN_PARTS = ("signs", "helps", "helps_not", "others")


def bundle_of(notes: Iterable[Any], *, made_at: str) -> dict[str, Any]:
    """The bundle.

    Args:
        notes: opened notes.
        made_at: when, as an instant with a time zone.
    """
    rows = list(notes)
    steps = [note for note in rows if note.kind == "step"]
    resources = [{"resourceType": "Patient", "id": PATIENT.rpartition(":")[2]}]
    resources += [_goal(note, [s for s in steps if s.content["goal"] == str(note.id)]) for note in rows if note.kind == "goal"]
    resources += [_plan(note) for note in rows if note.kind == "plan"]
    resources += [{**note.content["answers"], "id": str(note.id)} for note in rows if note.kind == "response" and note.content["answers"]]
    entries = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": made_at, "entry": entries}


def _goal(note: Any, steps: list[Any]) -> dict[str, Any]:
    content = note.content
    suggested = content["origin"] == "suggested"
    notes = [{"text": content["why"]}] if content["why"] else []
    notes += [{"text": f"{'x' if s.content['is_done'] else '-'} {s.content['text']}"} for s in steps]
    notes += [{"authorString": view["by"], "text": view["text"]} for view in content["views"]]
    found = {
        "resourceType": "Goal", "id": str(note.id), "subject": {"reference": PATIENT}, "startDate": note.made_on.isoformat(),
        "lifecycleStatus": "proposed" if suggested else LIFECYCLE[content["state"]], "description": {"text": content["text"]},
    }  # fmt: skip
    return {**found, "note": notes} if notes else found


def _plan(note: Any) -> dict[str, Any]:
    content = note.content
    lines = [(part, line) for part in PLAN_PARTS for line in content[part]]
    lines += [("call", f"{one['name']} {one['phone']}".strip()) for one in content["call"]]
    found = {
        "resourceType": "CarePlan", "id": str(note.id), "status": "active", "intent": "plan", "subject": {"reference": PATIENT},
        "created": note.made_on.isoformat(), "title": "Plan for hard days",
    }  # fmt: skip
    activity = [
        {"detail": {"status": "not-started", "code": {"text": part}, "description": line}} for part, line in lines
    ]
    return {**found, "activity": activity} if activity else found
