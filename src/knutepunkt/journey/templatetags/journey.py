"""What the room's templates draw with: a choice's name, and people and places as circles."""

import json
import math
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knutepunkt.journey.choices import GoalState, Helped, Hindrance, Matter, Nearness
from knutepunkt.journey.methods.questionnaires import answering
from knutepunkt.journey.methods.readable import parts_of_plan
from knutepunkt.journey.queries.device import mark_of

register = template.Library()
CHOICES = {"matter": Matter, "goal": GoalState, "try": Helped, "hindrance": Hindrance, "contact": Nearness}
RINGS = {"near": 22, "middle": 36, "far": 47}
MOST = 24


@register.simple_tag(takes_context=True)
def device_mark(context: Any) -> str:
    """Whose things this page's device keeps; empty where nobody is signed in."""
    actor = context.get("actor")
    return mark_of(actor) if actor else ""


@register.simple_tag
def device_words() -> str:
    """Words for what a device lists by itself."""
    states = {value: str(label) for value, label in GoalState.choices}
    return json.dumps({"gone": _("Det er slettet et annet sted."), "done": _("gjort"), "empty": _("Uten ord."), "states": states})


@register.filter
def named(value: str, kind: str) -> str:
    """The name of a choice."""
    return str(dict(CHOICES[kind].choices).get(value, ""))


@register.simple_tag
def scale_words(scales: dict[str, Any], key: str, mark: int) -> str:
    """A mark in words: the question, and the place between the two ends; nothing where the scale is gone."""
    scale = scales.get(key)
    if scale is None:
        return ""
    place = _("%(place)s av 5, fra %(less)s til %(more)s") % {"place": mark, "less": scale.less, "more": scale.more}
    return f"{scale.name} {place}"


@register.filter
def plan_parts(note: Any) -> list[tuple[str, list[Any]]]:
    """Heading and lines of a plan, in the order they are needed."""
    return parts_of_plan(note.content)


@register.filter
def day(told: str) -> str:
    """A day as people write it."""
    try:
        return date_format(date.fromisoformat(str(told)), "DATE_FORMAT")
    except ValueError:
        return ""


@register.simple_tag
def said_in(note: Any) -> list[answering.Said]:
    """What was answered to a form, once the person has said it is done; a form on its way is nobody else's."""
    return answering.said_in(note.content["answers"]) if answering.is_done(note.content["answers"]) else []


@register.simple_tag
def form_title(note: Any) -> str:
    """The title of the form that was answered."""
    return answering.title_in(note.content["answers"])


@register.simple_tag
def circles(rows: list[tuple[Any, Any]]) -> SafeString:
    """Each person and place on a ring by how near they are; an ornament, for the list beside it says it all."""
    rings = format_html_join("", '<circle cx="50" cy="50" r="{}" class="kp-ring"/>', ((r,) for r in RINGS.values()))
    marks = []
    for ring, radius in RINGS.items():
        on_it = [note for note, _hang in rows if note.content["near"] == ring][:MOST]
        for number, note in enumerate(on_it):
            angle = 2 * math.pi * number / len(on_it) - math.pi / 2 + radius / 30
            x, y = 50 + radius * math.cos(angle), 50 + radius * math.sin(angle)
            shape = '<rect x="{}" y="{}" width="3" height="3" rx="0.6" class="kp-dot"/>' if note.content["is_place"] else (
                '<circle cx="{}" cy="{}" r="1.6" class="kp-dot"/>')  # fmt: skip
            at = (round(x - 1.5, 1), round(y - 1.5, 1)) if note.content["is_place"] else (round(x, 1), round(y, 1))
            marks.append(format_html(shape, *at))
            name = note.content["name"][:14]
            marks.append(format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', round(x, 1), round(y + 5, 1), name))
    drawn = format_html_join("", "{}", ((mark,) for mark in marks))
    return format_html(
        '<svg viewBox="-6 -4 112 112" focusable="false">{}<circle cx="50" cy="50" r="3.4" class="kp-me"/>{}</svg>',
        rings, drawn,
    )  # fmt: skip
