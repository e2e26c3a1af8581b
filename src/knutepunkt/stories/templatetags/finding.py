"""Lines of the library drawn here, since a page holds a hundred of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.stories.choices.item import WORDS_A_MINUTE, Form, Kind, ToldAs
from knutepunkt.web.components import draw

register = template.Library()
NOTES = "content-notes:"


def _marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    return mark_safe("".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in pieces))


def _facts(row: Any, names: Mapping[str, str]) -> str:
    """What it is, in one quiet line."""
    minutes = max(1, round(row.words / WORDS_A_MINUTE))
    facts = [str(row.get_kind_display())]
    if row.form != Form.TEXT:
        facts.append(str(row.get_form_display()))
    facts.append(ngettext("%(n)s minutt", "%(n)s minutter", minutes) % {"n": minutes})
    if row.language != "nb":
        facts.append(str(row.get_language_display()))
    if row.teller_name:
        facts.append(_("fortalt av %(name)s") % {"name": row.teller_name})
    if row.told_as == ToldAs.FOR_OTHER:
        facts.append(_("på vegne av en annen"))
    if row.kind != Kind.STORY and row.place:
        facts.append(row.place)
    facts += filter(None, [names.get(f"region:{row.region[:2]}")])
    return " · ".join(facts)


@register.simple_tag
def found_row(row: Any, words: Mapping[str, Any], names: Mapping[str, str]) -> SafeString:
    """One thing in a list: title, why it was found, what it is, and what it may contain."""
    notes = [names[key].lower() for key in (f"{NOTES}{note}" for note in row.notes) if key in names]
    contains = format_html('<p class="kp-note">{} {}</p>', _("Inneholder:"), ", ".join(notes)) if notes else ""
    tag = draw("tag", {"text": "Demo", "tone": "cloudberry"}) if row.is_demo else ""
    language = format_html(' lang="{}"', row.language) if row.language != "xx" else mark_safe(' dir="auto"')
    found = _marked(words["text"])
    excerpt = format_html("<p{}>{}</p>", language, found) if found else ""
    return format_html(
        '<article class="kp-row"><div class="kp-row-words"><h3 class="ds-heading" data-size="2xs"{}><a href="{}">{}</a></h3>'
        '{}<p class="kp-note">{}</p>{}</div>{}</article>',
        language, reverse("stories:item", args=[row.handle]), _marked(words["title"]), excerpt,
        _facts(row, names), contains, tag,
    )  # fmt: skip


def _boxes(name: str, boxes: Iterable[tuple[str, str, bool, str]]) -> SafeString:
    """Joined as plain text, since there are a hundred of them; every value is escaped."""
    lines = []
    for key, label, is_chosen, count in boxes:
        value, words = escape(key), escape(label)
        number = f' <span class="kp-note">{escape(count)}</span>' if count else ""
        lines.append(
            f'<div class="ds-field"><input class="ds-input" type="checkbox" id="f-{value}" name="{name}" value="{value}"{" checked" if is_chosen else ""}>'
            f'<label class="ds-label" data-weight="regular" for="f-{value}">{words}{number}</label></div>'
        )
    return mark_safe("".join(lines))


@register.simple_tag
def facet_group(group: Any) -> SafeString:
    """A group of things to tick, each with how many there are where there are not few."""
    boxes = _boxes("valg", ((box.facet.key, box.facet.name, box.is_chosen, box.count) for box in group.boxes))
    return format_html(
        '<details class="kp-ticks"{}><summary>{}</summary><fieldset class="ds-fieldset"><legend class="ds-sr-only">{}</legend>{}</fieldset></details>',
        mark_safe(" open") if group.is_open else "", group.label, group.label, boxes,
    )  # fmt: skip


@register.simple_tag
def facet_notes(notes: Iterable[Any], without: Iterable[str]) -> SafeString:
    """Content notes to leave out this time."""
    chosen = set(without)
    boxes = _boxes("uten", ((facet.key, facet.name, facet.key in chosen, "") for facet in notes))
    label = _("Vis ikke det som inneholder")
    return format_html(
        '<details class="kp-ticks"{}><summary>{}</summary><fieldset class="ds-fieldset"><legend class="ds-sr-only">{}</legend>{}</fieldset></details>',
        mark_safe(" open") if chosen else "", label, label, boxes,
    ) if boxes else mark_safe("")  # fmt: skip
