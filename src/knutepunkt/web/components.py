"""The components every room builds its pages from: their names, their props, and how one is drawn.

One component, one template in `templates/web/components/`. A prop that is unknown, missing or outside
its choices is an error at once, so that a slip shows in the first test and not on someone's phone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Final

from django.template.loader import get_template
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from knutepunkt.web.pictures import drawing

REQUIRED: Final = object()
TONES: Final = ("", "accent", "neutral", "cloudberry", "heather", "info", "success", "warning", "danger")
KINDS: Final = ("info", "success", "warning", "danger")
THROUGH: Final = ("hx_", "data_", "aria_")


class ComponentError(Exception):
    """A template asked for a component, or gave it a prop, that is not declared here."""


@dataclass(frozen=True, slots=True)
class Prop:
    """One thing a component is told."""

    says: str
    default: Any = REQUIRED
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """One component: what it is for, what it takes, and whether markup can be put inside it."""

    says: str
    props: Mapping[str, Prop]
    holds: bool = False
    passes: bool = False
    prepare: Callable[[dict[str, Any]], None] | None = None
    draw: Callable[[dict[str, Any]], SafeString] | None = field(default=None)


def _attributes(props: Mapping[str, Any]) -> SafeString:
    """The hx-, data- and aria- attributes that were handed through to the element itself."""
    return format_html_join("", ' {}="{}"', ((n.replace("_", "-"), v) for n, v in props["through"].items()))


def _draw_button(props: dict[str, Any]) -> SafeString:
    look = format_html(
        'class="ds-button"{}{}{}',
        format_html(' data-variant="{}"', props["kind"]) if props["kind"] != "primary" else "",
        format_html(' data-color="{}"', props["tone"]) if props["tone"] else "",
        format_html(' data-size="{}"', props["size"]) if props["size"] else "",
    )
    more = _attributes(props)
    if props["url"]:
        return format_html('<a {} href="{}"{}>{}</a>', look, props["url"], more, props["text"])
    named = format_html(' name="{}" value="{}"', props["name"], props["value"]) if props["name"] else ""
    owner = format_html(' form="{}"', props["form"]) if props["form"] else ""
    return format_html(
        '<button {} type="{}"{}{}{}>{}</button>', look, props["type"], named, owner, more, props["text"]
    )


def _draw_tag(props: dict[str, Any]) -> SafeString:
    return format_html(
        '<span class="ds-tag" data-color="{}">{}</span>', props["tone"] or "neutral", props["text"]
    )


def _draw_sign(props: dict[str, Any]) -> SafeString:
    mark = drawing("signs", props["theme"])
    if not props["text"]:
        return format_html('<span class="kp-sign" data-theme="{}">{}</span>', props["theme"], mark)
    return format_html(
        '<span class="kp-sign" data-theme="{}">{}<span>{}</span></span>', props["theme"], mark, props["text"]
    )


def _draw_quote(props: dict[str, Any]) -> SafeString:
    """Drawn here, since a page can hold two hundred of them."""
    words = linebreaks(str(props["text"]), autoescape=True) if props["text"] else ""
    voice = format_html('<span class="kp-voice">{}</span>', props["voice"]) if props["voice"] else ""
    note = format_html('<span class="kp-note">{}</span>', props["note"]) if props["note"] else ""
    caption = format_html("<figcaption>{}{}</figcaption>", voice, note) if voice or note else ""
    return format_html(
        '<figure class="kp-quote"><blockquote>{}{}</blockquote>{}</figure>',
        mark_safe(words),  # linebreaks has escaped it
        mark_safe(props.get("content", "")),  # what a block tag wraps is safe already
        caption,
    )


def _prepare_helpline(props: dict[str, Any]) -> None:
    props["digits"] = "".join(c for c in str(props["number"]) if c.isdigit() or c == "+")


def _marked(words: list[str], spans: list[tuple[bool, int, int]]) -> SafeString:
    """One version of a text, with the words that only it has marked."""
    runs: list[tuple[bool, str]] = []
    for same, start, stop in spans:
        text = "".join(words[start:stop])
        changed = not same or (
            bool(runs) and runs[-1][0] and not text.strip()
        )  # white space joins two changes
        if runs and runs[-1][0] == changed:
            runs[-1] = (changed, runs[-1][1] + text)
        elif text:
            runs.append((changed, text))
    parts = []
    for changed, text in runs:
        inner = text.strip()
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        parts.append(
            format_html("{}<mark>{}</mark>{}", before, inner, after) if changed and inner else escape(text)
        )
    return mark_safe("".join(parts))  # each part was escaped above


def _words(text: str) -> list[str]:
    """Words and white space apart, so that joining gives the text back."""
    return re.findall(r"\s+|\S+", text.replace("\r\n", "\n"))


def _prepare_compare(props: dict[str, Any]) -> None:
    yours, theirs = _words(str(props["yours"])), _words(str(props["theirs"]))
    codes = SequenceMatcher(None, theirs, yours, autojunk=False).get_opcodes()
    props["theirs_marked"] = _marked(theirs, [(op == "equal", i, j) for op, i, j, _, _ in codes])
    props["yours_marked"] = _marked(yours, [(op == "equal", i, j) for op, _, _, i, j in codes])


def _prepare_table(props: dict[str, Any]) -> None:
    """The rows in one go: a template's loop takes ten times as long, and a table may have hundreds of cells."""
    props["body"] = mark_safe(  # every cell is escaped
        "".join(
            "<tr>" + "".join(
                f'<th scope="row">{conditional_escape(localize(cell))}</th>' if not place else f"<td>{conditional_escape(localize(cell))}</td>"
                for place, cell in enumerate(row)
            ) + "</tr>"
            for row in props["rows"]
        )
    )  # fmt: skip


def _prepare_progress(props: dict[str, Any]) -> None:
    total = int(props["total"] or 0)
    props["is_done"] = bool(total) and int(props["done"]) >= total


COMPONENTS: Final[Mapping[str, Component]] = MappingProxyType(
    {
        "alert": Component(
            "Says something that matters now.",
            {
                "kind": Prop("how serious it is", "info", KINDS),
                "title": Prop("a short heading", ""),
                "text": Prop("one or two sentences", ""),
                "level": Prop("heading level", 2),
            },
            holds=True,
        ),
        "button": Component(
            "One act, named by what it does. With a url it is a link that looks like a button.",
            {
                "text": Prop("what happens, as a verb"),
                "kind": Prop("weight on the page", "primary", ("primary", "secondary", "tertiary")),
                "name": Prop("name of the value it sends", ""),
                "value": Prop("the value it sends", ""),
                "url": Prop("where it goes, when it is a link", ""),
                "tone": Prop("colour", "", ("", "neutral", "danger")),
                "size": Prop("size", "", ("", "sm", "lg")),
                "type": Prop("type of button", "submit", ("submit", "button")),
                "form": Prop("id of the form it belongs to, when it stands outside it", ""),
            },
            passes=True,
            draw=_draw_button,
        ),
        "card": Component(
            "One thing among several, with a way in. Not a box around a page.",
            {
                "title": Prop("what it is"),
                "url": Prop("where it leads", ""),
                "text": Prop("a sentence about it", ""),
                "sign": Prop("name of a small sign", ""),
                "tone": Prop("colour of the ground", "", TONES),
                "note": Prop("a quiet line at the bottom: place, date", ""),
                "level": Prop("heading level", 3),
            },
            holds=True,
        ),
        "chart": Component(
            "A figure, with its numbers as a table beneath.",
            {
                "chart": Prop("what a function in `web.charts` gave back"),
                "source": Prop("where the numbers come from, and from when", ""),
                "open": Prop("show the table at once", default=False),
            },
        ),
        "codecard": Component(
            "A paper code to hand to someone, printable, four on a page.",
            {
                "code": Prop("the code, as it is read aloud"),
                "title": Prop("what it opens"),
                "text": Prop("what to do with it, in a sentence", ""),
                "address": Prop("the address to type", ""),
                "qr": Prop("the QR drawing as safe SVG with a viewBox", ""),
                "valid_until": Prop("last day it works", ""),
            },
        ),
        "compare": Component(
            "Two versions of a text side by side, when two people have changed it at once.",
            {
                "yours": Prop("what the reader wrote"),
                "theirs": Prop("what is saved now"),
                "theirs_by": Prop("who saved it, when it may be seen", ""),
                "theirs_at": Prop("when it was saved", ""),
                "yours_label": Prop("what the first is, when not what the reader wrote", ""),
                "theirs_label": Prop("what the second is, when not what is saved", ""),
            },
            holds=True,
            prepare=_prepare_compare,
        ),
        "definition": Component(
            "Plain facts: a word and what it is.", {"pairs": Prop("list of (word, value)")}
        ),
        "disclosure": Component(
            "Something one may open, and may leave closed.",
            {
                "title": Prop("what is inside"),
                "text": Prop("the text inside", ""),
                "open": Prop("open at first", default=False),
            },
            holds=True,
        ),
        "empty": Component(
            "What stands where nothing stands yet: a picture, a sentence, a first step.",
            {
                "title": Prop("what is not here yet"),
                "picture": Prop("name of a drawing", "table"),
                "text": Prop("why, or what could come", ""),
                "action_text": Prop("the first step", ""),
                "action_url": Prop("where it leads", ""),
                "level": Prop("heading level", 2),
            },
            holds=True,
        ),
        "form": Component(
            "A whole form with its buttons. The block inside comes between the fields and the buttons.",
            {
                "form": Prop("the form, or nothing when the block holds all of it", None),
                "submit_text": Prop("what the button does"),
                "url": Prop("where it is sent; this page when empty", ""),
                "cancel_url": Prop("the way back", ""),
                "cancel_text": Prop("what the way back is called", ""),
                "note": Prop("what happens next, said before the button", ""),
                "tone": Prop("colour of the button", "", ("", "neutral", "danger")),
                "method": Prop("how it is sent", "post", ("post", "get")),
                "id": Prop("id of the form", ""),
            },
            holds=True,
            passes=True,
        ),
        "helpline": Component(
            "Someone to call, with the day the number was checked.",
            {
                "name": Prop("who answers"),
                "number": Prop("the number, with spaces as it is read"),
                "hours": Prop("when they answer", ""),
                "checked_on": Prop("the day someone checked it", ""),
                "text": Prop("who it is for", ""),
                "url": Prop("their pages or chat", ""),
                "level": Prop("heading level", 3),
            },
            prepare=_prepare_helpline,
        ),
        "missing": Component(
            "What must be there before the next step. Says so plainly and blames nobody.",
            {
                "items": Prop("list of sentences, or of {text, url}"),
                "title": Prop("a heading of its own", ""),
                "level": Prop("heading level", 2),
            },
        ),
        "paging": Component(
            "On to the next part of a list, by key. No page numbers, no total.",
            {
                "next_url": Prop("older or later", ""),
                "previous_url": Prop("back", ""),
                "next_text": Prop("what comes next", ""),
                "previous_text": Prop("what came before", ""),
                "label": Prop("which list it belongs to, read aloud", ""),
            },
        ),
        "progress": Component(
            "How far a job has come. Asks by itself when there is script, has a link when not.",
            {
                "url": Prop("where to ask"),
                "text": Prop("what is going on"),
                "done": Prop("how many are done", 0),
                "total": Prop("how many there are; 0 when unknown", 0),
            },
            prepare=_prepare_progress,
        ),
        "quote": Component(
            "Another person's own words, in heather.",
            {
                "text": Prop("the words, untouched", ""),
                "voice": Prop("who says it, by the name they chose", ""),
                "note": Prop("what they agreed to, or where it was said", ""),
            },
            holds=True,
            draw=_draw_quote,
        ),
        "reading": Component(
            "A long text in one calm column.", {"text": Prop("plain text with empty lines", "")}, holds=True
        ),
        "row": Component(
            "One line in a list of many, without a box around it.",
            {
                "title": Prop("what it is"),
                "url": Prop("where it leads", ""),
                "text": Prop("a sentence about it", ""),
                "note": Prop("a quiet line: place, date, who", ""),
                "tag": Prop("its state in a word or two", ""),
                "tone": Prop("colour of the state", "", TONES),
                "sign": Prop("name of a small sign", ""),
                "level": Prop("heading level", 3),
            },
            holds=True,
        ),
        "sign": Component(
            "One of the small signs. Without a text it is only an ornament.",
            {
                "theme": Prop("name of the sign"),
                "text": Prop("what it stands for, said aloud", ""),
            },
            draw=_draw_sign,
        ),
        "steps": Component(
            "Where a long piece of work has come to.",
            {
                "steps": Prop("list of {label, state: done, now or next, url, note}"),
                "label": Prop("what the steps belong to", ""),
            },
        ),
        "table": Component(
            "Numbers or names that must be compared. Scrolls sideways by itself on a small screen.",
            {
                "caption": Prop("what the table shows"),
                "headers": Prop("list of column headings", ()),
                "rows": Prop("list of lists; the first cell is the row's heading", ()),
                "numbers": Prop("set the cells as numbers", default=False),
                "caption_hidden": Prop("read the caption aloud only", default=False),
            },
            holds=True,
            prepare=_prepare_table,
        ),
        "tag": Component(
            "A word about the state of something.",
            {"text": Prop("one or two words"), "tone": Prop("colour", "", TONES)},
            draw=_draw_tag,
        ),
        "toolbar": Component(
            "Small acts that belong to one thing, in a row.",
            {"label": Prop("what they belong to, read aloud")},
            holds=True,
        ),
        "welcome": Component(
            "The door of a place: a large heading, a sentence and a drawing.",
            {
                "title": Prop("what the place is"),
                "text": Prop("what one can do here", ""),
                "picture": Prop("name of a drawing", "table"),
                "level": Prop("heading level", 1),
            },
            holds=True,
        ),
        "who_can_see": Component(
            "Says who can read what stands here, before it is written.",
            {"text": Prop("who can see it")},
            holds=True,
        ),
    }
)


def complete(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The props of one component with defaults filled in. Raises when one is unknown, missing or wrong."""
    component = COMPONENTS.get(name)
    if component is None:
        message = f"There is no component called {name!r}."
        raise ComponentError(message)
    props: dict[str, Any] = {"through": {}}
    for key, value in given.items():
        if key in component.props:
            props[key] = value
        elif component.passes and key.startswith(THROUGH):
            props["through"][key] = value
        else:
            message = f"{name} has no prop {key!r}. It has: {', '.join(component.props)}."
            raise ComponentError(message)
    for key, prop in component.props.items():
        if key not in props:
            if prop.default is REQUIRED:
                message = f"{name} needs the prop {key!r}: {prop.says}."
                raise ComponentError(message)
            props[key] = prop.default
        elif prop.choices and _plain(props[key]) not in prop.choices:
            message = f"{name}: {key} is {props[key]!r}, and must be one of {prop.choices}."
            raise ComponentError(message)
    return props


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Promise) else value


def draw(name: str, given: Mapping[str, Any], content: str = "", csrf_token: object = None) -> SafeString:
    """One component as markup. `content` is what a block tag wraps, already safe."""
    props = complete(name, given)
    component = COMPONENTS[name]
    if content and not component.holds:
        message = f"{name} holds nothing. Use {{% component %}}."
        raise ComponentError(message)
    if component.prepare:
        component.prepare(props)
    props["content"] = content
    if component.draw:
        return component.draw(props)
    if component.passes:
        props["attributes"] = _attributes(props)
    props["csrf_token"] = csrf_token
    drawn = get_template(f"web/components/{name}.html").render(props)
    return mark_safe(drawn.strip())  # the template has escaped it already
