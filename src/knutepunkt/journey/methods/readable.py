"""A journey as a reader meets it outside the house: headings and lines, for the HTML page and the booklet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from knutepunkt.journey.choices import STEPS, GoalState, Hindrance, Matter, Nearness, Part
from knutepunkt.journey.methods.scales import scales_in


@dataclass
class Chapter:
    """One part of the journey: its name, and what stands in it."""

    heading: str
    entries: list[dict[str, Any]] = field(default_factory=list)

    def add(self, head: str, *lines: str) -> None:
        """Add an entry; empty lines are left out."""
        self.entries.append({"head": head, "lines": [line for line in lines if line]})


def chapters_of(notes: Iterable[Any]) -> list[Chapter]:
    """The journey in the order of its parts; parts without a word are left out."""
    rows = list(notes)

    def of(kind: str) -> list[Any]:
        return [note for note in rows if note.kind == kind]

    chapters = [
        _matters(of("matter")), _goals(of("goal"), of("step")), _helps(of("strategy"), of("try")), _hinders(of("hindrance")),
        _people(of("contact")), _plan(of("plan"), of("wish")), _checkins(rows), _talks(of("talk"), of("pact")),
    ]  # fmt: skip
    return [chapter for chapter in chapters if chapter.entries]


def _matters(notes: list[Any]) -> Chapter:
    chapter, names = Chapter(str(Part.MATTERS.label)), dict(Matter.choices)
    for note in notes:
        chapter.add(str(names[note.content["what"]]), note.content["text"], note.content["file_says"])
    return chapter


def _goals(goals: list[Any], steps: list[Any]) -> Chapter:
    chapter, names = Chapter(str(Part.GOALS.label)), dict(GoalState.choices)
    for goal in goals:
        own = [step.content for step in steps if step.content["goal"] == str(goal.id)]
        lines = [f"{'✓' if step['is_done'] else '–'} {step['text']}" for step in own]
        views = [f"{view['by']}: {view['text']}" for view in goal.content["views"]]
        chapter.add(goal.content["text"], str(names[goal.content["state"]]), goal.content["why"], *lines, *views)
    loose = [step.content for step in steps if not step.content["goal"]]
    if loose:
        chapter.add(_("Andre steg"), *[f"{step['by']}: {step['text']}" if step["by"] else step["text"] for step in loose])
    return chapter


def _helps(strategies: list[Any], tries: list[Any]) -> Chapter:
    chapter = Chapter(str(Part.HELPS.label))
    for note in strategies:
        own = [t.content for t in tries if t.content["strategy"] == str(note.id)]
        chapter.add(note.content["text"], note.content["how"], *[f"{t['on']} {t['note']}".strip() for t in own])
    return chapter


def _hinders(notes: list[Any]) -> Chapter:
    chapter, names = Chapter(str(Part.HINDERS.label)), dict(Hindrance.choices)
    for note in notes:
        chapter.add(str(names[note.content["what"]]), note.content["text"], note.content["given_to"])
    return chapter


def _people(notes: list[Any]) -> Chapter:
    chapter, names = Chapter(str(Part.PEOPLE.label)), dict(Nearness.choices)
    for note in notes:
        chapter.add(note.content["name"], str(names[note.content["near"]]), note.content["gives"], note.content["phone"])
    return chapter


def parts_of_plan(content: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """Heading and lines of a plan, in the order they are needed; what is empty is left out."""
    parts = [
        (_("Slik merker jeg at det blir vanskelig"), content["signs"]), (_("Dette hjelper"), content["helps"]),
        (_("Disse kan jeg ringe"), content["call"]), (_("Dette ønsker jeg at andre gjør"), content["others"]),
        (_("Dette hjelper ikke"), content["helps_not"]),
    ]  # fmt: skip
    return [(heading, lines) for heading, lines in parts if lines]


def _plan(plans: list[Any], wishes: list[Any]) -> Chapter:
    chapter = Chapter(str(Part.PLAN.label))
    for plan in plans:
        for heading, lines in parts_of_plan(plan.content):
            chapter.add(heading, *[f"{x['name']} {x['phone']}".strip() if isinstance(x, dict) else x for x in lines])
    for wish in wishes:
        chapter.add(_("Et ønske på forhånd"), wish.content["text"])
    return chapter


def _checkins(rows: list[Any]) -> Chapter:
    chapter = Chapter(str(Part.CHECKINS.label))
    scales = scales_in(rows, hides_chime=False, with_off=True)
    names = {scale.key: str(scale.name) for scale in scales}
    told = [note for note in rows if note.kind in {"checkin", "event"}]
    used = {key for note in told if note.kind == "checkin" for key in note.content["marks"]}
    if used:
        ends = _("%(name)s 1 er «%(less)s», %(most)s er «%(more)s».")
        chapter.add(_("Slik leser du tallene"), *[
            ends % {"name": s.name, "less": s.less, "more": s.more, "most": STEPS} for s in scales if s.key in used])  # fmt: skip
    for note in sorted(told, key=lambda n: (n.content["on"], str(n.id))):
        if note.kind == "event":
            chapter.add(note.content["on"], note.content["text"])
        else:
            marks = [f"{names.get(key, '')} {mark}".strip() for key, mark in note.content["marks"].items()]
            chapter.add(note.content["on"], note.content["words"], " · ".join(marks))
    return chapter


def _talks(talks: list[Any], pacts: list[Any]) -> Chapter:
    chapter = Chapter(str(Part.TALKS.label))
    for pact in pacts:
        chapter.add(_("Avtalen vår"), pact.content["wants"], pact.content["promises"])
    for talk in talks:
        agenda = [f"{one['by']}: {one['text']}" for one in talk.content["agenda"]]
        chapter.add(talk.content["on"] or talk.made_on.isoformat(), *agenda, talk.content["notes"])
    return chapter
