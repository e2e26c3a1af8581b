"""The last page before a story is sent: names, others, how it reads, what to know first, what it may be used for, and the yes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.queries import consent_with_answers
from knutepunkt.organisations.queries import known_place_names
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import words_or_none
from knutepunkt.stories.choices.item import ToldAs
from knutepunkt.stories.choices.telling import ASKED, EDITABLE, EXPLAINED, YEAR
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.methods.telling import ease_of, longest_sentence, notes_noticed, others_noticed
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.stories.views.telling import shown_words
from knutepunkt.web.access import page
from knutepunkt.web.language import readability
from knutepunkt.web.paging import whole_number
from knutepunkt.web.papercodes import on_paper
from knutepunkt.web.pseudonyms import certainty_of_pass, group, identifiers, placeholders, replace

MOST_FINDS = 150
LOOKED_AT = ("title", "summary", "text")


def _slip_for_other(request: HttpRequest, item: Item) -> HttpResponse:
    """A code of their own for the one it is about, shown once."""
    slip = on_paper(RECEIPT, actions.receipt_for(item))
    response = render(request, "stories/telling/slip_other.html", find.facts(item, **slip))
    response["Cache-Control"] = "no-store, private"
    return response


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


def _send_form(request: HttpRequest, item: Item, act: str) -> forms.SendForm:
    _consent, answers = consent_with_answers(item.key) if item.sent_at else (None, [])
    places = [(row.pk, row.name) for row in queries.places_that_read()]
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
    place = queries.places_that_read().get(pk=data["organisation"])
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
        form.ask_whether_anyway()
    except actions.NotNow:
        form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
    else:
        return True
    return False


def wording() -> str:
    """Exactly what the teller reads above the questions of consent, for the ledger."""
    lines = [_("Fortellingen er din. Du kan ta den tilbake når du vil, uten å si hvorfor."), *(f"{p.label}: {EXPLAINED[p]}" for p in ASKED)]
    return "\n".join(str(line) for line in lines)
