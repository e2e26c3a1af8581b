"""Reading: one item, its files, when it became heavy, what one does not want to meet again, and telling the editors."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.stories.actions.finding import report_item
from knutepunkt.stories.choices.caring import FIELD_NAMES
from knutepunkt.stories.choices.finding import Reason
from knutepunkt.stories.choices.item import WORDS_A_MINUTE, Kind
from knutepunkt.stories.forms.finding import ReportForm
from knutepunkt.stories.methods.contents import OF_KIND
from knutepunkt.stories.models import Published
from knutepunkt.stories.queries import finding as queries
from knutepunkt.stories.queries.caring_open import address_of
from knutepunkt.stories.queries.finding_names import facets, teller_of
from knutepunkt.stories.queries.finding_spared import is_spared
from knutepunkt.stories.views import finding_asked as ask
from knutepunkt.themes.queries import current_helplines
from knutepunkt.web.access import page
from knutepunkt.web.files import FileMissing, read_file
from knutepunkt.web.throttle import TooManyTries, client_of, count_try

INLINE = re.compile(r"(audio|image)/[a-z0-9.+-]+")
ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
REPORTS_A_DAY = 20
NOTHING = "stories/finding/_nothing.html"
PLACES = {
    "more": ["stories/finding/_more.html", NOTHING], "citations": ["stories/caring/_citations.html", NOTHING], "head": ["stories/caring/_head.html", NOTHING],
    "checked": ["stories/caring/_checked.html", NOTHING], "guides": ["stories/caring/_guides.html", NOTHING],
}  # fmt: skip
"""Where the other parts of the room put what is theirs on the page of an item."""
SHORT_FIELDS = ("contact", "source", "authors", "year", "doi", "published_in", "url")


def find_item(request: HttpRequest, handle: str) -> Published | HttpResponse:
    """One thing readers may see; else the page that says it is not here, whether it ever was or not."""
    return queries.item_by_handle(handle) or gone(request)


def find_to_read(request: HttpRequest, handle: str) -> Published | HttpResponse:
    """The same, with what the reader has hidden."""
    return queries.item_by_handle(handle, request.user if request.user.is_authenticated else None) or gone(request)


def gone(request: HttpRequest) -> HttpResponse:
    """It is not here, or not any longer. Nobody is told which."""
    return _unlisted(render(request, "stories/finding/gone.html", status=404))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """The same, for no search engine."""
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _fields(shown: Published) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """What the kind has beside the text: parts with words, and plain facts; an address only where it is one."""
    parts, facts = list[dict[str, str]](), list[dict[str, str]]()
    for one in OF_KIND[shown.kind]:
        value = str(shown.fields.get(one.name) or "")
        if not value:
            continue
        url = value if one.name == "url" else f"https://doi.org/{value}" if one.name == "doi" else ""
        line = {"label": str(FIELD_NAMES[one.name]), "value": value, "url": url if re.fullmatch(r"https?://[^\s<>\"']{3,400}", url) else ""}
        (facts if one.name in SHORT_FIELDS else parts).append(line)
    return parts, facts


@page("stories.read_item", of=find_to_read)
def item(request: HttpRequest, shown: Published) -> HttpResponse:
    """One thing to read: first what it may contain, then the words. `apne` opens what lies behind a content note, or what the reader has hidden."""
    known = facets()
    notes = [known[key].name.lower() for key in (f"{ask.NOTES}{note}" for note in shown.notes) if key in known]
    is_opened = request.GET.get("apne") == "1"
    is_hidden = not is_opened and is_spared(shown, ask.on_device(request) | queries.spared_as_read(shown, request.user))
    is_open = is_opened or not (notes or is_hidden)
    parts, facts = _fields(shown)
    film = str(shown.fields.get("film_url") or "")
    answer = render(request, "stories/finding/item.html", {
        "shown": shown, "notes": notes, "is_hidden": is_hidden, "is_open": is_open, "files": queries.parts_of(shown) if is_open else [], "parts": parts, "facts": facts,
        "film": film if re.fullmatch(r"https?://[^\s<>\"']{3,290}", film) else "", "minutes": max(1, round(shown.words / WORDS_A_MINUTE)),
        "themes": [known[key] for key in shown.terms if key in known], "region": known.get(f"region:{shown.region[:2]}"),
        "is_large": request.GET.get("stor") == "1", "places": PLACES, "is_story": shown.kind == Kind.STORY,
        "thanks_url": queries.way_to("stories:thanks", shown.handle) if shown.kind == Kind.STORY else "",
        "language": shown.language if shown.language != "xx" else "", "today": timezone.localdate(), "address": address_of(shown.handle),
    })  # fmt: skip
    return answer if shown.may_be_found else _unlisted(answer)


@page("stories.read_item")
def item_file(request: HttpRequest, handle: str, stored: Any) -> HttpResponse:
    """A sound, picture or file of something that is published, opened from its seal; a part of it where a player asks for one."""
    shown = queries.item_by_handle(handle)
    row = queries.files_of(shown).filter(stored_id=stored).first() if shown is not None else None
    if row is None:
        raise Http404
    try:
        content = read_file(row.stored)
    except FileMissing:
        raise Http404 from None
    kind = row.stored.media_type
    is_inline = bool(INLINE.fullmatch(kind)) and "svg" not in kind
    answer = _ranged(request, content, kind if is_inline else "application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline" if is_inline else 'attachment; filename="fil"'
    answer["Cache-Control"] = "no-store, private"
    answer["Accept-Ranges"] = "bytes"
    return _unlisted(answer)


def _ranged(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """All of it, or the one part that was asked for (RFC 9110, 14)."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        return HttpResponse(content, content_type=kind)
    first, last, size = asked[1], asked[2], len(content)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    answer = HttpResponse(content[start : end + 1], status=206, content_type=kind)
    answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    return answer


@page("stories.read_item", of=find_item)
def hard(request: HttpRequest, shown: Published) -> HttpResponse:
    """When it became heavy: one thing at a time, one's own words on what helps, and someone to call. Nobody asks why."""
    return _unlisted(render(request, "stories/finding/hard.html", {
        "shown": shown, "lines": queries.coping_of(request.user), "helplines": current_helplines(),
    }))  # fmt: skip


@page("stories.read_item", writes=True, of=find_item)
def hide(request: HttpRequest, shown: Published) -> HttpResponse:
    """Never to meet it again: this one, this teller, or a theme."""
    known = facets()
    themes = [known[key] for key in shown.terms if key in known and known[key].group in ("topic", "situation", "chime")]
    notes = [known[key] for key in (f"{ask.NOTES}{note}" for note in shown.notes) if key in known]
    teller = teller_of(shown)
    if request.method == "POST":
        spared, what = ask.spared(request), request.POST.get("hva", "")
        if what == "item":
            spared = spared.with_more("items", shown.handle)
        elif what == "teller" and teller:
            spared = spared.with_more("tellers", teller)
        elif what in {facet.key for facet in themes}:
            spared = spared.with_more("themes", what)
        elif what in {facet.key for facet in notes}:
            spared = spared.with_more("notes", what.removeprefix(ask.NOTES))
        else:
            return redirect("stories:item-hide", shown.handle)
        answer = redirect("stories:library")
        ask.keep(request, answer, spared)
        messages.success(request, _("Du møter ikke dette igjen her. Du kan ombestemme deg under «Det jeg ikke vil møte»."))
        return answer
    return _unlisted(render(request, "stories/finding/hide.html", {
        "shown": shown, "themes": themes, "notes": notes, "has_teller": bool(teller),
    }))  # fmt: skip


@page("stories.read_item", writes=True, of=find_item)
def report(request: HttpRequest, shown: Published) -> HttpResponse:
    """Tell the editors that something is wrong."""
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try("stories.report", client_of(request), limit=REPORTS_A_DAY, per=timedelta(days=1))
        except TooManyTries:
            form.add_error(None, _("Du har meldt fra mange ganger i dag. Prøv igjen i morgen."))
        else:
            report_item(by="reader", shown=shown, reason=Reason(form.cleaned_data["reason"]))
            messages.success(request, _("Takk. Redaktørene har fått beskjed."))
            return redirect("stories:item", shown.handle)
    return _unlisted(render(request, "stories/finding/report.html", {"shown": shown, "form": form}))
