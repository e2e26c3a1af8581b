"""The library's front and list, what a reader does not want to meet, and the voices that are missing."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from knutepunkt.stories.choices.finding import FEW_GROUPS, GROUPS, MANY
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.methods.finding_excerpts import Marker
from knutepunkt.stories.methods.finding_spared import Choices
from knutepunkt.stories.queries.finding import missing_voices, shown_in_list, way_to
from knutepunkt.stories.queries.finding_names import NOTES, Facet, facets
from knutepunkt.stories.queries.finding_search import Found, find
from knutepunkt.stories.views import finding_asked as ask
from knutepunkt.web import likeness
from knutepunkt.web.access import page
from knutepunkt.web.threshold import is_shown

THEMES = ("topic", "situation", "chime")
"""The groups whose members one can ask never to meet."""


@dataclass(frozen=True)
class Box:
    """One thing to tick: its facet, whether it is chosen, and how many would stand there, in words."""

    facet: Facet
    is_chosen: bool
    count: str


@dataclass(frozen=True)
class Group:
    """A group of things to tick."""

    key: str
    label: str
    boxes: list[Box]
    is_open: bool


def doors() -> list[dict[str, str]]:
    """The few ways in, with a sentence each."""
    ways = [
        {"url": f"?valg=kind:{Kind.STORY}", "title": _("Fortellinger"), "text": _("Mennesker forteller om det de har levd."), "sign": "connectedness"},
        {"url": f"?valg=kind:{Kind.EXAMPLE}", "title": _("Gode eksempler"), "text": _("Det et sted har prøvd, og hva som kom ut av det."), "sign": "hope"},
        {"url": f"?valg=kind:{Kind.METHOD}", "title": _("Metoder og verktøy"), "text": _("Noe du kan ta i bruk."), "sign": "empowerment"},
        {"url": f"?valg=kind:{Kind.RESEARCH}", "title": _("Forskning og rapporter"), "text": _("Det andre har undersøkt."), "sign": "meaning"},
    ]  # fmt: skip
    return [
        *ways, {"url": reverse("stories:for-me"), "title": _("For meg"), "text": _("En fortelling for deg nå."), "sign": "identity"},
        {"url": reverse("stories:tell"), "title": _("Fortell selv"), "text": _("Med eller uten konto. Du bestemmer hvem som får lese."), "sign": "knot"},
    ]  # fmt: skip


@page("stories.find_items")
def library(request: HttpRequest) -> HttpResponse:
    """Search and list. What one chose stands in the address; what one is spared does not."""
    asked, spared, known = ask.asked(request.GET), ask.spared(request), facets()
    found = find(asked.query(spared), facets=known, after=asked.after)
    marker = Marker(found.read_as or asked.words, asked.words)
    rows = [(row, marker.excerpt(row)) for row in shown_in_list(found.keys)]
    answer = render(request, "stories/finding/library.html", {
        "asked": asked, "rows": rows, "found": found, "number": _number(found), "doors": doors() if asked.is_empty and not asked.after else [],
        "groups": _groups(found, asked, known, spared), "chosen": _chosen(asked, known), "spared": spared,
        "exact_url": asked.address(ordrett="1"), "perhaps_url": asked.address(q=found.perhaps), "notes": _notes(known, spared),
        "next_url": asked.address(fra=found.next_after) if found.next_after else "", "first_url": asked.address() if asked.after else "",
        "names": {facet.key: facet.name for facet in known.values()}, "tell_url": way_to("stories:tell"),
        "meaning_url": f"{reverse('stories:by-meaning')}{ask.whole_sentence(asked.words)}" if likeness.is_on() else "",
    })  # fmt: skip
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _count(number: int) -> str:
    """A count under a choice: nothing where few stand there, `mange` where they are many."""
    if not is_shown(number):
        return ""
    return str(number) if number < MANY else _("mange")


def _number(found: Found) -> str:
    if not is_shown(found.number):
        return ""
    return str(found.number) if found.number < MANY else _("Mer enn tusen")


def _groups(found: Found, asked: ask.Asked, known: dict[str, Facet], spared: Choices) -> list[Group]:
    by_group: dict[str, list[Box]] = {}
    for key, facet in known.items():
        number, is_chosen = found.counts.get(key, 0), key in asked.chosen
        if (number or is_chosen) and facet.group != NOTES and key not in spared.themes:
            by_group.setdefault(facet.group, []).append(Box(facet, is_chosen, _count(number)))
    return [
        Group(key, str(label), by_group[key], n < FEW_GROUPS or any(box.is_chosen for box in by_group[key]))
        for n, (key, label) in enumerate(GROUPS) if key in by_group
    ]  # fmt: skip


def _notes(known: dict[str, Facet], spared: Choices) -> list[Facet]:
    """The content notes one can leave out this time; those one never meets are not among them."""
    return [facet for facet in known.values() if facet.group == NOTES and facet.key.removeprefix(ask.NOTES) not in spared.notes]


def _chosen(asked: ask.Asked, known: dict[str, Facet]) -> list[dict[str, str]]:
    """What is chosen, each with the address without it."""
    lines = [(key, known[key].name) for key in asked.chosen if key in known]
    lines += [(key, _("uten %(note)s") % {"note": known[key].name.lower()}) for key in asked.without if key in known]
    return [{"name": name, "url": asked.without_choice(key)} for key, name in lines]


@page("stories.find_items")
def missing(request: HttpRequest) -> HttpResponse:
    """What hardly any story tells of yet, as an invitation."""
    labels = {key: str(label) for key, label in GROUPS}
    groups = [{"label": labels[one.group], "group": one.group, "none": one.none, "few": one.few} for one in missing_voices()]
    return render(request, "stories/finding/missing.html", {"groups": groups, "tell_url": way_to("stories:tell")})


@page("stories.find_items", writes=True)
def sparing(request: HttpRequest) -> HttpResponse:
    """What one does not want to meet: content notes and themes to tick, and what has been hidden while reading."""
    spared, known = ask.spared(request), facets()
    if request.method == "POST":
        chosen = request.POST.getlist("uten")
        notes = tuple(key.removeprefix(ask.NOTES) for key in chosen if key in known and known[key].group == NOTES)
        themes = tuple(key for key in chosen if key in known and known[key].group in THEMES)
        tellers = () if request.POST.get("glem") else spared.tellers
        items = () if request.POST.get("glem") else spared.items
        answer = redirect("stories:sparing")
        ask.keep(request, answer, Choices(notes, themes, tellers, items))
        messages.success(request, _("Det er lagret."))
        return answer
    ticked = {*(f"{ask.NOTES}{note}" for note in spared.notes), *spared.themes}
    labels = dict(GROUPS) | {NOTES: _("Det en fortelling kan inneholde")}
    return render(request, "stories/finding/sparing.html", {
        "groups": [
            (labels[group], [(facet, facet.key in ticked) for facet in known.values() if facet.group == group and not facet.is_part])
            for group in (NOTES, *THEMES)
        ],
        "hidden": len(spared.items) + len(spared.tellers),
    })  # fmt: skip
