"""For whoever holds a receipt code: see, change, withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent import actions, queries
from knutepunkt.consent.choices import RECEIPT, Leaving, Purpose
from knutepunkt.consent.forms import CodeForm, LeaveForm, PurposesForm
from knutepunkt.consent.holders import held_or_ask, hold, let_go
from knutepunkt.consent.views.own import as_zip
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import CodeRefused, redeem_code
from knutepunkt.web.registers import CONSENT_OBJECTS
from knutepunkt.web.throttle import TooManyTries, client_of


@page("consent.use_receipt", writes=True)
def code(request: HttpRequest) -> HttpResponse:
    """Type the code from the slip. Wrong, renewed and unknown codes get one and the same answer."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = redeem_code(kind=RECEIPT, typed=form.cleaned_data["code"], client=client_of(request))
        except CodeRefused:
            form.add_error("code", _("Vi finner ikke denne koden. Se etter om alle tegnene er med."))
        except TooManyTries as stop:
            minutes = stop.seconds // 60 + 1
            form.add_error("code", _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": minutes})
        else:
            hold(request, row)
            return redirect("consent:held")
    return render(request, "consent/code.html", {"form": form})


@page("consent.use_receipt", of=held_or_ask)
def held(request: HttpRequest, subject: str) -> HttpResponse:
    """What the holder has agreed to, where it is used, and who looked."""
    consent, answers = queries.consent_with_answers(subject)
    entry = CONSENT_OBJECTS[subject.split(":", maxsplit=1)[0]]
    return render(
        request,
        "consent/held.html",
        {
            "title": entry.title(subject),
            "own_page": entry.holder_page(subject),
            "consent": consent,
            "answers": answers,
            "surfaces": queries.surfaces_now(subject) if consent else [],
            "withdrawal": None if consent else queries.withdrawal_of(subject),
            "readings": queries.readings_of(subject)[:20],
        },
    )


@page("consent.use_receipt", writes=True, of=held_or_ask)
def purposes(request: HttpRequest, subject: str) -> HttpResponse:
    """Say yes or no anew to each purpose."""
    consent = queries.current_consent(subject)
    if consent is None:
        return redirect("consent:held")
    answers = {value: given for value, _label, given in queries.answers_of(consent)}
    asked = tuple(p for p in Purpose.values if p in answers)
    form = PurposesForm(request.POST or None, purposes=asked, initial=answers)
    if request.method == "POST" and form.is_valid():
        actions.change_purposes(by="code", subject=subject, purposes=form.answers())
        messages.success(request, _("Valgene dine er lagret. De gjelder fra nå."))
        return redirect("consent:held")
    return render(request, "consent/purposes.html", {"form": form, "consent": consent})


@page("consent.use_receipt", writes=True, of=held_or_ask)
def withdraw(request: HttpRequest, subject: str) -> HttpResponse:
    """Leave, after a preview of what happens; answers with a receipt of what was done."""
    consent = queries.current_consent(subject)
    if consent is None:
        return redirect("consent:held")
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_consent(by="code", subject=subject, how=form.cleaned_data["how"])
        return redirect("consent:done")
    surfaces = queries.surfaces_now(subject)
    lost = [s for s in surfaces if s.can_be_called_back]
    kept = [s for s in surfaces if not s.can_be_called_back]
    return render(request, "consent/withdraw.html", {"form": form, "lost": lost, "kept": kept})


@page("consent.use_receipt", of=held_or_ask)
def done(request: HttpRequest, subject: str) -> HttpResponse:
    """The receipt of a withdrawal."""
    withdrawal = queries.withdrawal_of(subject)
    if withdrawal is None:
        return redirect("consent:held")
    places = withdrawal.places if withdrawal.how == Leaving.DELETE else []
    return render(
        request,
        "consent/done.html",
        {
            "withdrawal": withdrawal,
            "is_deleted": withdrawal.how == Leaving.DELETE,
            "lost": [p for p in places if p["can_be_called_back"]],
            "kept": [p for p in places if not p["can_be_called_back"]],
        },
    )


@page("consent.use_receipt", of=held_or_ask)
def everything(_request: HttpRequest, subject: str) -> HttpResponse:
    """Everything that was given with this receipt, to take out."""
    consents = [
        {"given_at": c.given_at, "until": c.until_on, "wording": c.wording,
         "purposes": {value: given for value, _label, given in queries.answers_of(c)}}
        for c in queries.history_of(subject)
    ]  # fmt: skip
    given = CONSENT_OBJECTS[subject.split(":", maxsplit=1)[0]].export(subject)
    return as_zip({"samtykker": consents, "gitt": [given] if given else []})


@page("consent.use_receipt", writes=True)
def forget(request: HttpRequest) -> HttpResponse:
    """Put the slip away: forget the code on this device."""
    if request.method == "POST":
        let_go(request)
        messages.success(request, _("Koden er glemt på denne enheten."))
    return redirect("consent:code")
