"""Pages of one who tells, before it is sent: begin, write, choose, add sound and pictures, look it over, send."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.holders import hold, subject_held
from knutepunkt.consent.queries import consent_with_answers
from knutepunkt.organisations.choices import Kind as PlaceKind
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import known_place_names, organisations_of_kind, organisations_with
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.afterwards import words_or_none
from knutepunkt.stories.choices.item import Part, State, ToldAs
from knutepunkt.stories.choices.telling import ASKED, EDITABLE, EXPLAINED, PROMISE, YEAR
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.methods.telling import (
    can_be_marked,
    ease_of,
    longest_sentence,
    notes_noticed,
    others_noticed,
    where_they_differ,
)
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.themes.queries import terms_of_each
from knutepunkt.web.access import page
from knutepunkt.web.files import FileMissing, FileRefused, serve_file
from knutepunkt.web.language import readability
from knutepunkt.web.paging import whole_number
from knutepunkt.web.papercodes import living_code, on_paper
from knutepunkt.web.pseudonyms import certainty_of_pass, group, identifiers, placeholders, replace

MOST_FINDS = 150
LOOKED_AT = ("title", "summary", "text")


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


def _slip_for_other(request: HttpRequest, item: Item) -> HttpResponse:
    """A code of their own for the one it is about, shown once."""
    slip = on_paper(RECEIPT, actions.receipt_for(item))
    response = render(request, "stories/telling/slip_other.html", find.facts(item, **slip))
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
            form = forms.typed_again(forms.WordsForm, request.POST, other.item.version)
        except actions.NotNow:
            messages.warning(request, _("Fortellingen ble sendt eller tatt tilbake mens du skrev. Ordene dine står her."))
        else:
            messages.success(request, _("Det er lagret. Bare du kan se det."))
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
            form = forms.typed_again(forms.AboutForm, request.POST, other.item.version, **facts)
            messages.warning(request, _("Fortellingen er lagret et annet sted i mellomtiden. Se over valgene, og lagre igjen."))
        else:
            messages.success(request, _("Valgene er lagret."))
            return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/about.html", find.facts(item, form=form))


def refused(fault: FileRefused) -> str:
    """What is wrong with a file, and what to do."""
    return {
        "too-large": _("Filen er for stor. Prøv med en som er kortere eller mindre."),
        "not-a-picture": _("Vi kan ikke lese dette som et bilde. Prøv JPEG, PNG eller WebP."),
        "not-a-sound": _("Vi kan ikke lese dette som lyd. Prøv MP3, WAV, M4A eller OGG."),
    }[fault.reason]


@page("stories.keep_own_story", writes=True, of=find.own)
def files(request: HttpRequest, item: Item) -> HttpResponse:
    """Sound, pictures and a film: add, hear and see, take away."""
    if item.state not in EDITABLE:
        return redirect("stories:telling", item.handle)
    act, content = request.POST.get("act", ""), words_or_none(item)
    sound = forms.SoundForm(request.POST if act == "sound" else None, request.FILES if act == "sound" else None)
    picture = forms.PictureForm(request.POST if act == "picture" else None, request.FILES if act == "picture" else None)
    film = forms.FilmForm(request.POST if act == "film" else None, initial={"version": item.version, "film_url": content.get("film_url", "")})
    if act == "remove":
        row = queries.files_of(item).filter(pk=whole_number(request.POST.get("file", ""))).first()
        if row is not None:
            actions.remove_attachment(item=item, attachment=row)
            messages.success(request, _("Det er borte for godt."))
        return redirect("stories:files", item.handle)
    is_done = (
        act in {"sound", "picture"} and _was_added(item, act, sound if act == "sound" else picture)
    ) or (act == "film" and _film_was_kept(item, film))
    if is_done:
        messages.success(request, _("Det er lagret. Bare du kan se det."))
        return redirect("stories:files", item.handle)
    rows = [{"row": row, "says": actions.says_of(row, item.key_owner), "is_sound": row.part == Part.SOUND} for row in queries.files_of(item)]
    return render(request, "stories/telling/files.html", find.facts(
        item, sound=sound, picture=picture, film=film, rows=rows, words=content, is_locked=item.is_shown,  # type: ignore[attr-defined]
    ))  # fmt: skip


def _was_added(item: Item, part: str, form: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.add_file(item=item, part=part, content=form.cleaned_data["file"].read(), says=form.cleaned_data.get("says", ""))
    except FileRefused as fault:
        form.add_error("file", refused(fault))
    except actions.TooMany:
        form.add_error(None, _("Det er plass til tolv filer. Ta bort en først."))
    except actions.NotNow:
        form.add_error(None, _("Ta den ut av biblioteket først. Ingen skal se noe nytt før en redaktør har sett det."))
    else:
        return True
    return False


def _film_was_kept(item: Item, form: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_words(item=item, version=form.cleaned_data["version"], film_url=form.cleaned_data["film_url"])
    except actions.SavedByOther:
        form.add_error(None, _("Fortellingen er lagret et annet sted i mellomtiden. Åpne siden på nytt, og legg inn lenka igjen."))
    except actions.NotNow:
        form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
    else:
        return True
    return False


def served(item: Item, number: int) -> HttpResponse:
    """A file of a story that has been found for whoever asks."""
    row = queries.files_of(item).filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        return serve_file(row.stored, "lyd" if row.part == Part.SOUND else "bilde.webp")
    except FileMissing:
        raise Http404 from None


def _own_file(request: HttpRequest, handle: str, number: int) -> Any:
    item = find.own(request, handle)
    if isinstance(item, Item):
        item.file_asked = number  # type: ignore[attr-defined]
    return item


@page("stories.keep_own_story", of=_own_file)
def file(request: HttpRequest, item: Item) -> HttpResponse:
    """One sound or picture of one's own."""
    return served(item, item.file_asked)  # type: ignore[attr-defined]


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


# -- the last page before it is sent ------------------------------------------------------------------
def found_in(words: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What may identify somebody in a story, gathered, by field."""
    known = known_place_names()
    return {name: group(identifiers(str(words.get(name, "")), known_places=known)) for name in LOOKED_AT}


def _finds(item: Item, words: Mapping[str, Any], found: list[Any]) -> list[dict[str, Any]]:
    """What has not been decided yet, each once, with words that could stand instead."""
    details = actions.details_of(item.telling, item.key_owner) if hasattr(item, "telling") else {}
    groups: dict[str, Any] = {}
    for one in found:
        groups.setdefault(one.key, one)
    instead = placeholders(list(groups.values()), language=str(words.get("language", "nb")))
    kept = set(details.get("kept", ()))
    return [
        {"key": one.key, "label": one.label, "kind": one.kind.label, "why": one.occurrences[0].why.sentence, "new": instead[one.key], "sure": one.certainty >= 0.8}  # noqa: PLR2004 (as the pass says it)
        for one in groups.values() if one.key not in kept
    ][:MOST_FINDS]  # fmt: skip


@page("stories.keep_own_story", writes=True, of=find.own)
def review(request: HttpRequest, item: Item) -> HttpResponse:
    """One page before it is sent: names, others, how it reads, what to know first, what it may be used for, and the yes."""
    if item.state not in EDITABLE:
        return redirect("stories:telling", item.handle)
    act, words = request.POST.get("act", ""), words_or_none(item)
    if act == "names":
        return _names_decided(request, item)
    shown = shown_words(item)
    terms = shown["all_notes"]
    notes = forms.NotesForm(request.POST if act == "notes" else None, choices=terms, initial={"notes": words.get("notes", []), "version": item.version})
    if act == "notes" and notes.is_valid() and _notes_kept(request, item, notes):
        return redirect("stories:review", item.handle)
    send = _send_form(request, item, act)
    if act == "send" and send.is_valid() and _was_sent(request, item, send):
        if item.told_as == ToldAs.FOR_OTHER:
            return _slip_for_other(request, item)
        messages.success(request, _("Takk for at du vil dele. Du får svar innen 14 dager."))
        return redirect("stories:telling", item.handle)
    text = str(words.get("text", ""))
    names, noticed = dict(terms), notes_noticed(f"{words.get('title', '')} {words.get('summary', '')} {text}")
    found = [one for groups in found_in(words).values() for one in groups]
    finds = _finds(item, words, found)
    return render(request, "stories/telling/review.html", find.facts(
        item, **shown, finds=finds, certainty=certainty_of_pass(found).sentences, others=others_noticed(text)[:12], notes=notes, send=send,
        noticed=[(names[one.note], one.words) for one in noticed if one.note in names and one.note not in words.get("notes", ())],
        ease=ease_of(readability(text)) if text else "", longest=longest_sentence(text)[:400], missing=_missing(words, shown["rows"]),
        has_places=bool(send.fields["organisation"].choices),  # type: ignore[attr-defined]
    ))  # fmt: skip


def _missing(words: Mapping[str, Any], rows: list[dict[str, Any]]) -> str:
    try:
        actions.ready_to_send(words, has_sound=any(one["is_sound"] for one in rows))
    except actions.NothingToSend:
        return _("Den trenger en tittel og noen ord før den kan sendes.")
    except actions.NeedsText:
        return _("Lyd og film blir vist sammen med teksten, så alle kan være med. Skriv ned det som blir sagt.")
    return ""


def _names_decided(request: HttpRequest, item: Item) -> HttpResponse:
    """Replace what the teller wants replaced, keep what they want kept; what is left open is asked about again."""
    words = words_or_none(item)
    decided: dict[str, str | None] = {}
    kept: list[str] = []
    groups = found_in(words)
    for number, one in enumerate(_finds(item, words, [one for found in groups.values() for one in found])):
        how = request.POST.get(f"do-{number}", "") if request.POST.get(f"key-{number}") == one["key"] else ""
        if how == "keep":
            kept.append(one["key"])
        elif how == "replace":
            decided[one["key"]] = request.POST.get(f"new-{number}", one["new"]).strip()[:200]
    by_text = {str(words.get(name, "")): groups[name] for name in LOOKED_AT}
    try:
        actions.replace_names(
            item=item, version=whole_number(request.POST.get("version", ""), otherwise=-1), change=lambda text: replace(text, by_text[text], decided).text, kept=kept,
        )  # fmt: skip
    except (actions.SavedByOther, actions.NotNow, KeyError):
        messages.warning(request, _("Teksten er endret i mellomtiden. Se over forslagene på nytt."))
    else:
        messages.success(request, _("Det er gjort slik du valgte."))
    return redirect("stories:review", item.handle)


def _notes_kept(request: HttpRequest, item: Item, form: Any) -> bool:
    try:
        actions.save_words(item=item, version=form.cleaned_data["version"], notes=form.cleaned_data["notes"])
    except actions.SavedByOther:
        form.add_error(None, _("Teksten er endret i mellomtiden. Åpne siden på nytt."))
        return False
    except actions.NotNow:
        form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
        return False
    messages.success(request, _("Valgene er lagret."))
    return True


def places_to_send(request: HttpRequest) -> list[tuple[int, str]]:
    """Places with an editor: elsewhere nobody would read it, and the promise of an answer would be empty."""
    return [(row.pk, row.name) for row in organisations_with(Role.EDITOR)]


def _send_form(request: HttpRequest, item: Item, act: str) -> forms.SendForm:
    _consent, answers = consent_with_answers(item.key) if item.sent_at else (None, [])
    places = places_to_send(request)
    telling = item.telling
    return forms.SendForm(
        request.POST if act == "send" else None, places=places, has_account=item.person_id is not None, for_other=item.told_as == ToldAs.FOR_OTHER,
        seen_before=act == "send" and request.POST.get("seen_before") == "1",
        given={value: given for value, _label, given in answers},
        initial={
            "version": item.version, "until_on": timezone.localdate() + timedelta(days=YEAR), "rest_days": telling.rest_days, "stays": telling.stays,
            "organisation": item.organisation_id or (places[0][0] if len(places) == 1 else None), "other_said": telling.other_said,
        },
    )  # fmt: skip


def _was_sent(request: HttpRequest, item: Item, form: forms.SendForm) -> bool:
    data = form.cleaned_data
    place = next(row for row in organisations_with(Role.EDITOR) if row.pk == data["organisation"])
    if stop := find.throttled(request, "send", limit=20):
        form.add_error(None, stop)
        return False
    try:
        actions.send_story(
            item=item, version=data["version"], organisation=place, purposes=form.purposes(), until_on=data["until_on"], wording=wording(),
            rest_days=data["rest_days"], stays=data.get("stays", False), other_said=data.get("other_said", ""), witness=data.get("witness", ""),
            anyway=data.get("anyway", False),
        )  # fmt: skip
    except actions.SavedByOther:
        form.add_error(None, _("Teksten er endret siden du leste den. Les den på nytt, og send den når du vil."))
    except (actions.NothingToSend, actions.NeedsText):
        form.add_error(None, _("Den trenger en tittel og noen ord før den kan sendes."))
    except actions.SentAlready:
        form.add_error(None, _("Den samme teksten er sendt før. Kanskje du alt har sendt den? Vil du sende den en gang til, kryss av under."))
        _offer_anyway(form)
    except actions.NotNow:
        form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
    else:
        return True
    return False


def _offer_anyway(form: forms.SendForm) -> None:
    from django import forms as django_forms  # noqa: PLC0415 (thin)

    form.fields["anyway"] = django_forms.BooleanField(label=_("Send den likevel"), required=False)
    form.fields["seen_before"] = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["seen_before"] = "1"
    form.data = data


def wording() -> str:
    """Exactly what the teller reads above the questions of consent, for the ledger."""
    lines = [_("Fortellingen er din. Du kan ta den tilbake når du vil, uten å si hvorfor."), *(f"{p.label}: {EXPLAINED[p]}" for p in ASKED)]
    return "\n".join(str(line) for line in lines)
