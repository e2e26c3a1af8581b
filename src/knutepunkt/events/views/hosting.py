"""For hosts and coordinators: plan, publish, change, cancel; who comes, who came."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import hosting, pictures, planning, taking_part
from knutepunkt.events.choices import OSLO
from knutepunkt.events.methods.series import BadRule
from knutepunkt.events.models import DropIn, Event, Session
from knutepunkt.events.views import finding as find
from knutepunkt.organisations.choices import CENTRES, Kind
from knutepunkt.organisations.queries import organisations_by_id, organisations_of_kind
from knutepunkt.web.access import page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.files import LARGEST_PICTURE, FileRefused
from knutepunkt.web.paging import page_by_key, whole_number


def _organisers(request: HttpRequest) -> list[tuple[int, str]]:
    return [(o.pk, o.name) for o in organisations_by_id(queries.run_organisations(request.user))]


@page("events.make_event", writes=True)
def make(request: HttpRequest) -> HttpResponse:
    """Plan something new, as a draft."""
    form = forms.EventForm(
        request.POST or None, request.FILES or None, organisers=_organisers(request),
        initial={"may_just_sit": True, "may_leave": True, "price_kroner": 0, "language": "nb"},
    )  # fmt: skip
    when = forms.WhenForm(request.POST or None, initial={"first_on": timezone.localdate(), "minutes": 120})
    if request.method == "POST" and _are_valid(form, when):
        organiser = organisations_by_id([form.cleaned_data["organiser"]]).get()
        make_it = partial(planning.make_event, by=request.user, organiser=organiser, when=when.when())
        event = _saved(request, form, when, lambda: make_it(**form.facts()))
        if event is not None:
            messages.success(request, _("Kladden er lagret. Bare dere som planlegger, ser den."))
            return redirect("events:event", event.slug)
    return render(request, "events/plan.html", {"form": form, "when": when, "event": None, "theirs": []})


def _are_valid(*asked: Any) -> bool:
    """Ask every form, so that all that is wrong is said at once."""
    return all([one.is_valid() for one in asked])  # noqa: C419 (every one is asked)


def _saved(request: HttpRequest, form: forms.EventForm, when: forms.WhenForm, save: Callable[[], Event]) -> Event | None:
    """Save words and picture together, or say beside the field why not."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            event = save()
            if data.get("no_picture"):
                pictures.remove_picture(by=request.user, event=event)
            elif data["picture"]:
                content = data["picture"].read(LARGEST_PICTURE + 1)
                pictures.set_picture(by=request.user, event=event, content=content, alt=data["picture_alt"])
            elif event.picture_id and data["picture_alt"] != event.picture_alt:
                pictures.say_what_it_shows(by=request.user, event=event, alt=data["picture_alt"])
    except FileRefused as stop:
        form.add_error("picture", _too_large() if stop.reason == "too-large" else _("Vi kan ikke lese bildet. Bruk JPEG, PNG, WebP eller GIF."))
    except BadRule:
        when.add_error("repeats", _("Vi kan ikke følge denne regelen. Se etter om den er skrevet riktig."))
    except planning.AlreadyCancelled:
        form.add_error(None, _("Dette er avlyst. Lag et nytt i stedet."))
    else:
        return event
    return None


def _too_large() -> str:
    return _("Bildet er for stort. Velg et som er mindre enn 12 MB og 40 millioner bildepunkter.")


@page("events.run_event", writes=True, of=find.event)
def change(request: HttpRequest, event: Event) -> HttpResponse:
    """Change words, place and time. When somebody else saved meanwhile, both versions are shown and nothing is lost."""
    initial = {name: getattr(event, name) for name in (*planning.EVENT_FIELDS, "picture_alt", "version")}
    about: dict[str, Any] = {"organisers": [(event.organiser_id, event.organiser.name)], "has_picture": event.picture_id is not None}
    form = forms.EventForm(request.POST or None, request.FILES or None, initial=initial | {"organiser": event.organiser_id}, **about)
    when = forms.WhenForm(request.POST or None, initial=_when_of(event), may_wait=not event.has_dates)
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and _are_valid(form, when):
        moved = when.when() if when.when() != _as_planned(event) else None
        change_it = partial(planning.change_event, by=request.user, event=event, when=moved, version=form.cleaned_data["version"])
        try:
            saved = _saved(request, form, when, lambda: change_it(**form.facts()))
        except planning.SomebodyElseSaved as other:
            theirs = _both(form, other.now)
            form = typed_again(form, other.now.version)
        else:
            if saved is not None:
                messages.success(request, _("Endringene er lagret. De som kommer, får beskjed."))
                return redirect("events:event", event.slug)
    return render(request, "events/plan.html", {"form": form, "when": when, "event": event, "theirs": theirs})


def _both(form: forms.EventForm, now: Event) -> list[dict[str, str]]:
    """What one wrote beside what is saved, for each field where they differ."""
    found = []
    for name, mine in form.facts().items():
        theirs = getattr(now, name)
        if mine != theirs:
            found.append({"label": str(form[name].label), "yours": _shown(form, name, mine), "theirs": _shown(form, name, theirs)})
    return found


def _shown(form: forms.EventForm, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    choices = getattr(form.fields[name], "choices", None)
    return str(dict(choices).get(value, value)) if choices else str(value if value is not None else "")


def _as_planned(event: Event) -> dict[str, Any]:
    return {name: getattr(event.series, name) for name in planning.WHEN_FIELDS} if event.has_dates else {}


def _when_of(event: Event) -> dict[str, Any]:
    """The series as the form asks for it: a common rule with a last day is not shown as a rule of one's own."""
    if not event.has_dates:
        return {"no_day": True, "first_on": None, "minutes": 120}
    facts = _as_planned(event)
    rule, _sep, until = facts["rule"].partition(";UNTIL=")
    common = {value for value, _label in forms.REPEATS} - {forms.OWN}
    if rule in common and (not until or until.endswith("T235959Z")):
        facts["repeats"] = rule
        facts["last_on"] = datetime.strptime(until[:8], "%Y%m%d").replace(tzinfo=OSLO).date() if until else None
        facts["rule"] = ""
    else:
        facts["repeats"] = forms.OWN
    facts["except_on"] = "\n".join(facts["except_on"])
    return facts


@page("events.make_event")
def drafts(request: HttpRequest) -> HttpResponse:
    """What is planned and not published yet."""
    shown = page_by_key(queries.drafts_of(request.user), request, order="-changed_at", size=40)
    return render(request, "events/drafts.html", {"rows": shown.rows, "paging": shown})


@page("events.run_event", writes=True, of=find.event)
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    """Let everyone see it."""
    if request.method == "POST":
        try:
            planning.publish_event(by=request.user, event=event)
            messages.success(request, _("Nå kan alle se dette i kalenderen."))
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst. Lag et nytt i stedet."))
    return redirect("events:event", event.slug)


@page("events.run_event", writes=True, of=find.event)
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """Cancel all of it."""
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel_event(by=request.user, event=event, reason=form.cleaned_data["reason"])
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Det er avlyst. Alle som skulle komme, får beskjed."))
        return redirect("events:event", event.slug)
    return render(request, "events/cancel.html", {"form": form, "event": event, "session": None})


@page("events.run_event", writes=True, of=find.session)
def cancel_one(request: HttpRequest, session: Session) -> HttpResponse:
    """Cancel one occurrence."""
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel_session(by=request.user, session=session, reason=form.cleaned_data["reason"])
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Det er avlyst. Alle som skulle komme, får beskjed."))
        return redirect("events:session", session.event.slug, session.pk)
    return render(request, "events/cancel.html", {"form": form, "event": session.event, "session": session})


@page("events.run_event", writes=True, of=find.session)
def move(request: HttpRequest, session: Session) -> HttpResponse:
    """Move one occurrence."""
    local = session.starts_at.astimezone(OSLO)
    form = forms.MoveForm(request.POST or None, initial={"day": local.date(), "clock": local.time()})
    if request.method == "POST" and form.is_valid():
        starts_at = form.starts_at()
        lasts = session.ends_at - session.starts_at
        try:
            planning.move_session(by=request.user, session=session, starts_at=starts_at, ends_at=starts_at + lasts)
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Tiden er endret. Alle som kommer, får beskjed."))
        return redirect("events:session", session.event.slug, session.pk)
    return render(request, "events/move.html", {"form": form, "event": session.event, "session": session})


@page("events.run_event", writes=True, of=find.session)
def host(request: HttpRequest, session: Session) -> HttpResponse:
    """Who comes, who waits, who came, and how many came unasked."""
    held_seats = queries.held_seats_in(session)
    free = [(row.pk, row.organisation.name) for row in held_seats if row.taken < row.seats]
    form = forms.ByHostForm(request.POST if request.POST.get("act") == "enter" else None, held=free)
    if request.method == "POST" and _host_act(request, session, form):
        return redirect("events:host", session.event.slug, session.pk)
    coming, waiting = queries.on_list(session)
    counted = DropIn.objects.filter(session=session).values_list("people", flat=True).first()
    return render(request, "events/host.html", {
        "event": session.event, "session": session, "form": form, "waiting": waiting,
        "coming": queries.with_needs(coming), "counted": counted or 0, "held_seats": held_seats,
        "has_begun": session.starts_at - timedelta(hours=1) <= timezone.now(),
    })  # fmt: skip


def _host_act(request: HttpRequest, session: Session, form: forms.ByHostForm) -> bool:
    act = request.POST.get("act", "")
    if act == "enter" and form.is_valid():
        try:
            taking_part.register_by_host(by=request.user, session=session, **form.cleaned_data)
        except (taking_part.NotOpen, taking_part.NeverRoom):
            form.add_error(None, _("Det går ikke an å melde seg på dette nå."))
            return False
        messages.success(request, _("Påmeldingen er lagret."))
        return True
    if act == "off" and (row := queries.registration_in(session, request.POST.get("registration", ""))):
        taking_part.take_off_list(by=request.user, registration=row)
        messages.success(request, _("Personen er tatt av lista. Plassen går til den neste."))
        return True
    if act == "attendance":
        came = {whole_number(value) for value in request.POST.getlist("came")}
        hosting.note_attendance(by=request.user, session=session, came=came)
        messages.success(request, _("Oppmøtet er lagret."))
        return True
    if act in {"count", "uncount"}:
        hosting.count_drop_in(by=request.user, session=session, people=1 if act == "count" else -1)
        return True
    return False


@page("events.run_event", writes=True, of=find.session)
def seats(request: HttpRequest, session: Session) -> HttpResponse:
    """Keep seats for an organisation's people until a day, or let go of them now."""
    if request.POST.get("act") == "let-go":
        taking_part.let_go_of_held(by=request.user, session=session, row=whole_number(request.POST.get("held", "")))
        messages.success(request, _("Plassene er åpne for alle nå."))
        return redirect("events:seats", session.event.slug, session.pk)
    kinds = (*CENTRES, Kind.COMPETENCE_CENTRE, Kind.MUNICIPALITY, Kind.DISTRICT, Kind.SERVICE)
    rows = sorted(organisations_of_kind(*kinds)[:1000], key=lambda row: row.kind not in CENTRES)  # centres first
    organisations = [("", _("Velg")), *((row.pk, row.name) for row in rows)]
    form = forms.HoldForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid() and _hold(request, session, form):
        return redirect("events:seats", session.event.slug, session.pk)
    held = queries.held_seats_in(session)
    return render(request, "events/seats.html", {"event": session.event, "session": session, "form": form, "held_seats": held})


def _hold(request: HttpRequest, session: Session, form: forms.HoldForm) -> bool:
    data = form.cleaned_data
    until = min(queries.midnight(data["until_on"] + timedelta(days=1)), session.starts_at)
    organisation = organisations_by_id([data["organisation"]]).get()
    try:
        taking_part.hold_seats(by=request.user, session=session, organisation=organisation, seats=data["seats"], until_at=until)
    except taking_part.NotOpen:
        form.add_error("until_on", _("Velg en dag fra i dag og fram til det begynner. Det må også være et antall plasser."))
    except taking_part.NeverRoom:
        form.add_error("seats", _("Så mange plasser er ikke ledige, eller det er holdt av til dem fra før."))
    else:
        messages.success(request, _("Plassene er holdt av."))
        return True
    return False
