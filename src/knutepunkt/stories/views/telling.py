"""Pages of one who tells, before it is sent: begin, where it stands, write, choose, see how it will be."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.holders import hold, subject_held
from knutepunkt.consent.queries import consent_with_answers
from knutepunkt.organisations.choices import Kind as PlaceKind
from knutepunkt.organisations.queries import organisations_of_kind
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import words_or_none
from knutepunkt.stories.choices.item import Part, State
from knutepunkt.stories.choices.telling import ASKED, EDITABLE, PROMISE, REMIND_BEFORE
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.methods.telling import can_be_marked, where_they_differ
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.themes.queries import terms_of_each
from knutepunkt.web.access import page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.papercodes import living_code, on_paper


@page("stories.tell_story", writes=True)
def tell(request: HttpRequest) -> HttpResponse:
    """How it goes, and the way to begin: with an account, or without one and with a code on a slip."""
    has_account = request.user.is_authenticated
    form = forms.StartForm(request.POST or None, has_account=has_account)
    if request.method == "POST" and form.is_valid():
        if stop := find.throttled(request, "start", limit=10):
            form.add_error(None, stop)
        else:
            by_code = form.cleaned_data.get("way", "code") == "code"
            item = actions.start_story(person=None if by_code else request.user, told_as=form.cleaned_data["told_as"])
            return _slip(request, item) if by_code else redirect("stories:write", item.handle)
    held = queries.item_of(subject) if (subject := subject_held(request)).startswith("stories.item:") else None
    return render(request, "stories/telling/tell.html", {"form": form, "held": held})


def _slip(request: HttpRequest, item: Item) -> HttpResponse:
    """The code for a story without account, shown once; this device holds it for now."""
    printed = actions.receipt_for(item)
    row = living_code(RECEIPT, printed)
    assert row is not None  # noqa: S101 (made just now)
    hold(request, row)
    response = render(request, "stories/telling/slip.html", {"item": item, **on_paper(RECEIPT, printed)})
    response["Cache-Control"] = "no-store, private"
    return response


@page("stories.keep_own_story", of=find.own)
def telling(request: HttpRequest, item: Item) -> HttpResponse:
    """Where a story stands, what happens next, and everything its teller can do with it."""
    words = words_or_none(item)
    consent, answers = consent_with_answers(item.key) if item.state not in (State.DRAFT, State.TAKEN_BACK) or item.sent_at else (None, [])
    waiting = item.state in (State.SENT, State.EDITING, State.DRAFT, State.RESTING) and queries.open_changes(item).exists()
    return render(request, "stories/telling/telling.html", find.facts(
        item, words=words, consent=consent, answers=_as_asked(answers), has_changes=waiting, steps=_steps(item), can_write=item.state in EDITABLE,
        answer_by=item.sent_at + PROMISE if item.sent_at else None, reading_url=queries.address_of(item) if item.is_shown else "",  # type: ignore[attr-defined]
        answer_url=queries.way_to("desk-answer", item) if item.state in (State.EDITING, State.DECLINED) and item.answers.exists() else "",
        uses_url=queries.way_to("uses", item) if item.is_shown else "",  # type: ignore[attr-defined]
        thanks=queries.thanks_for(item) if item.is_shown else [], needs_yes=_needs_yes(item), may_send=_may_send(item, words), is_changed=item.is_shown and item.version != item.approved_version,  # type: ignore[attr-defined]
        ends_soon=item.is_shown and consent is not None and consent.until_on <= timezone.localdate() + REMIND_BEFORE,  # type: ignore[attr-defined]
    ))  # fmt: skip


def _may_send(item: Item, words: Mapping[str, Any]) -> bool:
    is_new = item.state in (State.DRAFT, State.DECLINED) or (item.state == State.PUBLISHED and item.version != item.approved_version)
    return is_new and bool(words.get("title") or words.get("text"))


def _as_asked(answers: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The answers in the order they were asked for: the library first."""
    order = [purpose.value for purpose in ASKED]
    return sorted((one for one in answers if one[0] in order), key=lambda one: order.index(one[0]))


def _needs_yes(item: Item) -> bool:
    return item.state in (State.SENT, State.EDITING, State.RESTING) and item.approved_version != item.version


def _steps(item: Item) -> list[dict[str, str]]:
    """The way from a draft to the library, with where this one is."""
    way = [(State.DRAFT, _("Du skriver")), (State.SENT, _("En redaktør leser")), (State.EDITING, _("Dere ser på den sammen")),
           (State.RESTING, _("Den hviler")), (State.PUBLISHED, _("Den er i biblioteket"))]  # fmt: skip
    order = [state for state, _label in way]
    at = order.index(State(item.state)) if item.state in order else -1
    return [{"label": label, "state": "done" if n < at else "now" if n == at else "next"} for n, (_state, label) in enumerate(way)] if at >= 0 else []


@page("stories.keep_own_story", writes=True, of=find.own)
def write(request: HttpRequest, item: Item) -> HttpResponse:
    """The words. What two have written at once is shown side by side."""
    if item.state not in EDITABLE:
        return redirect("stories:telling", item.handle)
    now = words_or_none(item)
    form = forms.WordsForm(request.POST or None, initial={**now, "version": item.version})
    differences: list[tuple[Any, str, str, bool]] = []
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version = data.pop("version")
        try:
            actions.save_words(item=item, version=version, **data)
        except actions.SavedByOther as other:
            now = words_or_none(other.item)
            differences = _differences(form, data, now)
            form = typed_again(form, other.item.version)
        except actions.NotNow:
            messages.warning(request, _("Fortellingen ble sendt eller tatt tilbake mens du skrev. Ordene dine står her."))
        else:
            messages.success(request, find.saved(item))
            return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/write.html", find.facts(item, form=form, differences=differences))


def _differences(form: Any, mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[tuple[Any, str, str, bool]]:
    found = []
    for name in ("title", "text", "summary", "dialect", "teller_name"):
        ours, others = where_they_differ(str(mine[name]).replace("\r\n", "\n").strip(), str(theirs.get(name, "")))
        if ours != others:
            found.append((form[name].label, ours, others, can_be_marked(ours, others)))
    return found


@page("stories.keep_own_story", writes=True, of=find.own)
def about(request: HttpRequest, item: Item) -> HttpResponse:
    """What it is about: unforced choices."""
    if item.state not in EDITABLE:
        return redirect("stories:telling", item.handle)
    content = words_or_none(item)
    regions = [(row.code, row.name) for row in organisations_of_kind(PlaceKind.COUNTY)]
    facts: dict[str, Any] = {"terms": terms_of_each("library", "chime", "content-notes"), "regions": regions, "content": content}
    form = forms.AboutForm(request.POST or None, initial={"version": item.version, "region": content.get("region", ""), "notes": content.get("notes", [])}, **facts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_words(item=item, version=form.cleaned_data["version"], **form.words())
        except actions.NotNow:
            form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
        except actions.SavedByOther as other:
            form = typed_again(form, other.item.version)
            messages.warning(request, _("Fortellingen er lagret et annet sted i mellomtiden. Se over valgene, og lagre igjen."))
        else:
            messages.success(request, _("Valgene er lagret."))
            return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/about.html", find.facts(item, form=form))


@page("stories.keep_own_story", of=find.own)
def preview(request: HttpRequest, item: Item) -> HttpResponse:
    """The story as readers will see it."""
    return render(request, "stories/telling/preview.html", find.facts(item, **shown_words(item)))


def shown_words(item: Item) -> dict[str, Any]:
    """What a reader will see of it, made from the working words."""
    words = words_or_none(item)
    terms = [(term.key, term.name) for term in terms_of_each("content-notes")["content-notes"] if not term.parent]
    names = dict(terms)
    rows = [{"row": row, "says": actions.says_of(row, item.key_owner), "is_sound": row.part == Part.SOUND} for row in queries.files_of(item)]
    return {"words": words, "note_names": [names.get(note, note) for note in words.get("notes", ())], "rows": rows, "all_notes": terms}
