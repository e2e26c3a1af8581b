"""The person's own pages: the first page, beginning, check-in, goals, the hard moment, the plan, search, settings."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.journey.actions import handing, keeping
from knutepunkt.journey.choices import Matter, Part, Suggested
from knutepunkt.journey.forms import notes as forms
from knutepunkt.journey.methods.searching import found_in
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.files import FileMissing, serve_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.registers import RECEIVERS

WAYS_IN = {
    Part.CHECKINS: ("journey:way", "", gettext_lazy("Se hvordan det har vært"), "weather"),
    Part.MATTERS: ("journey:part", "viktig", gettext_lazy("Det du står for, håper på og er god på"), "lamp"),
    Part.GOALS: ("journey:part", "mal", gettext_lazy("Det du vil, og små steg"), "path"),
    Part.HELPS: ("journey:part", "hjelper", gettext_lazy("Det som pleier å hjelpe litt"), "hands"),
    Part.HINDERS: ("journey:part", "i-veien", gettext_lazy("Det som ligger rundt deg, ikke i deg"), "weather"),
    Part.PEOPLE: ("journey:part", "folk", gettext_lazy("Hvem og hva du har rundt deg"), "table"),
    Part.FORMS: ("journey:forms", "", gettext_lazy("Skjemaer du kan svare på, for din egen del"), "birch"),
    Part.PLAN: ("journey:plan", "", gettext_lazy("Skriv den på en god dag"), "lamp"),
}
FEW = 3


@page("journey.have_own", of=find.journey("goal", made_today="checkin"))
def home(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The first page: one thing to do, then the ways in that were chosen."""
    if not journey.has_begun:
        return redirect("journey:begin")
    chosen = journey.settings["parts"]
    today = timezone.localdate().isoformat()
    ways = [
        {"title": Part(part).label, "url_name": name, "argument": argument, "text": text, "picture": picture}
        for part, (name, argument, text, picture) in WAYS_IN.items()
        if part in chosen
    ]
    goals = [g for g in journey.of("goal") if g.content["is_important"] and g.content["state"] == "open"]
    checkins = journey.of("checkin")
    return render(request, "journey/home.html", {
        "journey": journey, "ways": ways, "goals": goals[-FEW:],
        "has_checked_in": bool(checkins) and max(c.content["on"] for c in checkins) == today,
        "wants_checkin": Part.CHECKINS in chosen and not journey.settings["is_resting"],
    })  # fmt: skip


STEPS_IN = ("parts", "matter", "helps")


@page("journey.have_own", writes=True, of=find.journey())
def begin(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """One question a page. All of it can be skipped, and changed later."""
    at = request.GET.get("steg", STEPS_IN[0])
    if at not in STEPS_IN:
        raise Http404
    form = _begin_form(at, request, journey)
    if request.method == "POST" and (request.POST.get("skip") or form.is_valid()):
        if not request.POST.get("skip") or at == "parts":
            _keep_beginning(request, journey, at, form)
        after = STEPS_IN.index(at) + 1
        if after < len(STEPS_IN) and not request.POST.get("enough"):
            return redirect(f"{request.path}?steg={STEPS_IN[after]}")
        return redirect("journey:home")
    return render(request, "journey/begin.html", {
        "journey": journey, "form": form, "at": at, "number": STEPS_IN.index(at) + 1, "of": len(STEPS_IN),
    })  # fmt: skip


def _begin_form(at: str, request: HttpRequest, journey: find.Journey) -> Any:
    data = request.POST or None
    if at == "parts":
        return forms.BeginForm(data, initial={"parts": journey.settings["parts"]})
    if at == "matter":
        form: Any = forms.MatterForm(data)
        for name in ("picture", "sound", "file_says"):
            del form.fields[name]
        return form
    return forms.StrategyForm(data)


def _keep_beginning(request: HttpRequest, journey: find.Journey, at: str, form: Any) -> None:
    if at == "parts":
        parts = form.cleaned_data["parts"] if form.is_valid() and not request.POST.get("skip") else journey.settings["parts"]
        keeping.put_only_note(by=request.user, kind="settings", content={**journey.settings, "parts": parts})
    else:
        keeping.keep_note(by=request.user, kind="matter" if at == "matter" else "strategy", content=form.content())


@page("journey.have_own", writes=True, of=find.journey("dimension"))
def check_in(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """How it is today: own words first, then the scales; anything can be skipped."""
    form = forms.CheckinForm(request.POST or None, scales=journey.scales)
    if request.method == "POST" and form.is_valid():
        content = form.content()
        if not content["words"] and not content["marks"]:
            messages.info(request, _("Ingenting i dag er også greit."))
        else:
            keeping.keep_note(by=request.user, kind="checkin", content=content)
            messages.success(request, _("Takk for at du tok deg tid."))
        return redirect("journey:home")
    return render(request, "journey/checkin.html", {
        "journey": journey, "form": form, "seen_by": journey.seen_by(Part.CHECKINS),
    })  # fmt: skip


@page("journey.change_own", writes=True, of=find.note_within("checkin", "dimension"))
def check_in_again(request: HttpRequest, note: Opened) -> HttpResponse:
    """Change or remove one check-in."""
    if request.method == "POST" and request.POST.get("remove"):
        keeping.remove_note(by=request.user, note=note.note)
        messages.success(request, _("Innsjekken er slettet."))
        return redirect("journey:way")
    found: find.Journey = note.journey
    form = forms.CheckinForm(request.POST or None, scales=found.scales, known=note.content, number=note.version)
    theirs = None
    if request.method == "POST" and form.is_valid():
        kept = {**note.content["marks"]}
        for scale in found.scales:
            kept.pop(scale.key, None)
        content = form.content()
        content["marks"] = {**kept, **content["marks"]}
        try:
            keeping.change_note(by=request.user, note=note.note, content=content, version=form.cleaned_data["version"])
        except keeping.ChangedElsewhere as other:
            theirs = other.now
            form = forms.CheckinForm({**request.POST.dict(), "version": other.version}, scales=found.scales, known=note.content)
        else:
            messages.success(request, _("Det er lagret."))
            return redirect("journey:way")
    return render(request, "journey/checkin.html", {
        "journey": found, "form": form, "note": note, "theirs": theirs, "yours": request.POST.get("words", ""),
        "seen_by": found.seen_by(Part.CHECKINS),
    })  # fmt: skip


@page("journey.change_own", writes=True, of=find.note_within("goal", "step"))
def goal(request: HttpRequest, note: Opened) -> HttpResponse:
    """One goal: where it is, its steps, and how two may see it differently."""
    found: find.Journey = note.journey
    steps = [s for s in found.of("step") if s.content["goal"] == str(note.id)]
    step_form, state_form, view_form = forms.StepForm(), forms.GoalStateForm(known=note.content, number=note.version), forms.ViewForm()
    act = request.POST.get("act", "")
    if request.method == "POST" and act == "step":
        step_form = forms.StepForm(request.POST)
        if step_form.is_valid():
            keeping.keep_note(by=request.user, kind="step", content={**step_form.content(), "goal": str(note.id)})
            return redirect("journey:goal", note.id)
    elif request.method == "POST" and act in {"state", "take", "view"}:
        if (answer := _change_goal(request, note, act)) is not None:
            return answer
    elif request.method == "POST":
        change_step(request, steps, act)
        return redirect("journey:goal", note.id)
    return render(request, "journey/goal.html", {
        "journey": found, "note": note, "steps": steps, "step_form": step_form, "state_form": state_form,
        "view_form": view_form, "seen_by": found.seen_by(Part.GOALS), "suggested": Suggested.SUGGESTED,
    })  # fmt: skip


def _change_goal(request: HttpRequest, note: Opened, act: str) -> HttpResponse | None:
    content = dict(note.content)
    if act == "state":
        form: Any = forms.GoalStateForm(request.POST, known=note.content)
        if not form.is_valid():
            return None
        content["state"], content["since"] = form.cleaned_data["state"], timezone.localdate().isoformat()
    elif act == "take":
        content["origin"] = Suggested.TAKEN.value
    else:
        form = forms.ViewForm(request.POST)
        if not form.is_valid():
            return None
        content["views"] = [*content["views"], {"by": note.note.person.chosen_name, "text": form.cleaned_data["view"]}]
    keeping.change_note(by=request.user, note=note.note, content=content)
    return redirect("journey:goal", note.id)


def change_step(request: HttpRequest, steps: list[Opened], act: str) -> None:
    """Do, undo, take or remove the step that was pressed, if it is among these."""
    for step in steps:
        if str(step.id) == request.POST.get("step"):
            if act == "remove":
                keeping.remove_note(by=request.user, note=step.note)
            elif act == "done":
                done = {**step.content, "is_done": not step.content["is_done"]}
                keeping.change_note(by=request.user, note=step.note, content=done)
            elif act == "take-step":
                taken = {**step.content, "origin": Suggested.TAKEN.value}
                keeping.change_note(by=request.user, note=step.note, content=taken)


@page("journey.change_own", writes=True, of=find.note("strategy"))
def tried(request: HttpRequest, note: Opened) -> HttpResponse:
    """Write down how it went this time."""
    form = forms.TryForm(request.POST or None, initial={"on": timezone.localdate(), "went": "some"})
    if request.method == "POST" and form.is_valid():
        keeping.keep_note(by=request.user, kind="try", content={**form.content(), "strategy": str(note.id)})
        messages.success(request, _("Det er lagret."))
        return redirect("journey:part", "hjelper")
    return render(request, "journey/tried.html", {"note": note, "form": form})


@page("journey.change_own", writes=True, of=find.note("hindrance"))
def hand_on(request: HttpRequest, note: Opened) -> HttpResponse:
    """Hand on what stands in the way: the person sees the words, says who gets them, and may write them anew first."""
    ways = [(key, receiver, receiver.places(request.user)) for key, receiver in RECEIVERS.items()]
    choices = [(f"{key}|{place}", f"{receiver.label}: {name}") for key, receiver, places in ways for place, name in places]
    form = forms.HandOnForm(request.POST or None, places=choices, initial={"text": note.content["text"]})
    if request.method == "POST" and form.is_valid():
        key, _bar, place = form.cleaned_data["place"].partition("|")
        received = handing.hand_on(by=request.user, note=note, key=key, place=place, words=form.cleaned_data["text"])
        return render(request, "journey/handed_on.html", {"received": received, "note": note})
    return render(request, "journey/hand_on.html", {
        "form": form, "note": note, "ways": [receiver for _key, receiver, places in ways if places],
    })  # fmt: skip


@page("journey.have_own", of=find.journey("strategy", "plan", "contact"))
def hard_moment(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Few things, large: what helps, whom to call, where the whole plan is."""
    few = [s for s in journey.of("strategy") if s.content["in_hard_moments"]][:FEW]
    plan = journey.only("plan")
    lines = _once([*(s.content["text"] for s in few), *(plan.content["helps"] if plan else [])], key=str.casefold)
    near = [c.content for c in journey.of("contact") if c.content["phone"] and c.content["near"] == "near"]
    call = _once([*(plan.content["call"] if plan else []), *near], key=lambda one: one["phone"].replace(" ", "") or one["name"].casefold())
    return render(request, "journey/hard_moment.html", {"journey": journey, "lines": lines[:FEW], "call": call[:FEW + 1]})


def _once(rows: list[Any], *, key: Callable[[Any], str]) -> list[Any]:
    """Each thing once, where it stands first; what is in the plan may stand elsewhere too."""
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return list(found.values())


@page("journey.have_own", of=find.journey())
def search(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Search in one's own notes; nothing of it is indexed anywhere."""
    words = request.POST.get("q", "")[:120] if request.method == "POST" else ""
    hits = found_in(journey.notes, words)[:60] if words.strip() else []
    return render(request, "journey/search.html", {"journey": journey, "words": words, "hits": hits})


@page("journey.have_own", writes=True, of=find.journey("dimension"))
def settings(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """What the journey has, which words it uses, whether it rests."""
    form = forms.SettingsForm(request.POST or None, initial=journey.settings)
    if request.method == "POST" and form.is_valid():
        keeping.put_only_note(by=request.user, kind="settings", content=dict(form.cleaned_data))
        messages.success(request, _("Det er lagret."))
        return redirect("journey:home")
    return render(request, "journey/settings.html", {"journey": journey, "form": form, "scales": journey.scales})


@page("journey.have_own", writes=True, of=find.journey("dimension"))
def scale(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """A scale of one's own, or one's own words at the ends of one of ours (`?tema=`)."""
    theme = request.GET.get("tema", "")
    known = next((d for d in journey.of("dimension") if theme and d.content["theme"] == theme), None)
    if key := request.GET.get("egen", ""):
        known = next((d for d in journey.of("dimension") if str(d.id) == key), None)
        if known is None:
            raise Http404
    content = known.content if known else {"theme": theme}
    form = forms.DimensionForm(request.POST or None, known=content, number=known.version if known else None)
    if request.method == "POST" and form.is_valid():
        if known is None:
            keeping.keep_note(by=request.user, kind="dimension", content=form.content())
        else:
            keeping.change_note(by=request.user, note=known.note, content=form.content())
        return redirect("journey:settings")
    shown = next((s for s in journey.scales if s.key == theme), None)
    return render(request, "journey/scale.html", {"journey": journey, "form": form, "scale": shown})


@page("journey.change_own", of=find.note("matter"))
def file(_request: HttpRequest, note: Opened) -> HttpResponse:
    """A picture or a sound of one's own, through its note."""
    stored = StoredFile.objects.filter(pk__in=[note.content["file"]] if note.content["file"] else [], owner=note.note.person.key_owner).first()
    if stored is None:
        raise Http404
    try:
        answer = serve_file(stored, "fil")
    except FileMissing as missing:
        raise Http404 from missing
    answer["Content-Disposition"] = "inline"
    return answer


MATTERS = dict(Matter.choices)
