"""The centre's own page, and what its hosts keep there: words, hours, rules, pictures, themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import keeping
from knutepunkt.meetingplace.actions.keeping import SomebodyElseSaved
from knutepunkt.meetingplace.choices.place import Weekday
from knutepunkt.meetingplace.forms import place as forms
from knutepunkt.meetingplace.models import Centre, Picture
from knutepunkt.meetingplace.queries import place as queries
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.organisations.queries import organisations_by_id
from knutepunkt.web.access import may, page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.files import FileMissing, FileRefused, read_file

RUN = "meetingplace.run_place"
SEE = "meetingplace.see_place"


@page("meetingplace.find_own")
def mine(request: HttpRequest) -> HttpResponse:
    """Straight to one's own place; a choice when there are several or none."""
    own = set(queries.own_organisations(request.user))
    rows = list(queries.centres()[:200])
    mine = [row for row in rows if row.organisation_id in own]
    to_open = queries.organisations_to_open(request.user)
    if len(mine) == 1 and not to_open:
        return redirect("meetingplace:home", mine[0].organisation.slug)
    others = [row for row in rows if row.organisation_id not in own]
    return render(request, "meetingplace/mine.html", {"mine": mine, "others": others, "to_open": to_open})


@page("meetingplace.open_place", writes=True)
def open_place(request: HttpRequest) -> HttpResponse:
    """A coordinator opens the meeting place of their own centre."""
    allowed = queries.organisations_to_open(request.user)
    form = forms.OpenForm(request.POST or None, organisations=[(o.pk, o.name) for o in allowed])
    if request.method == "POST" and form.is_valid():
        organisation = organisations_by_id([form.cleaned_data["organisation"]]).get()
        keeping.open_place(by=request.user, organisation=organisation)
        messages.success(request, _("Treffstedet er åpnet. Nå kan dere skrive hvem dere er."))
        return redirect("meetingplace:home", organisation.slug)
    return render(request, "meetingplace/open.html", {"form": form, "allowed": allowed})


@page(SEE, of=find.centre)
def home(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Who we are, when we are open, how to get here, what it looks like, our rules, who is here."""
    hours = queries.calendar_for(centre)
    now = timezone.now()
    return render(request, "meetingplace/home.html", {
        "centre": centre, "now": hours.at(now), "week": week_in_words(hours), "today": timezone.localdate(),
        "odd": [hours.on(day) for day in sorted(hours.odd) if day >= timezone.localdate()][:8],
        "pictures": queries.pictures_of(centre), "hosts": queries.shown_hosts(centre),
        "rules": centre.current_rules, "may_run": may(request.user, RUN, centre),
        "may_use": may(request.user, "meetingplace.use_place", centre),
    })  # fmt: skip


def week_in_words(hours: Any) -> list[tuple[str, list[Any]]]:
    """The ordinary week, days that are alike as one line."""
    lines: list[tuple[list[Weekday], Any]] = []
    for day in Weekday:
        spans = hours.week.get(day.value, ())
        if lines and lines[-1][1] == spans:
            lines[-1][0].append(day)
        else:
            lines.append(([day], spans))
    return [
        (str(days[0].label) if len(days) == 1 else f"{days[0].label}–{days[-1].label}", list(spans))
        for days, spans in lines
    ]


@page(RUN, writes=True, of=find.centre)
def edit(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Write the page."""
    names = [*sorted(keeping.PAGE_FIELDS), "version"]
    form, theirs = forms.PageForm(request.POST or None, initial={n: getattr(centre, n) for n in names}), None
    if request.method == "POST" and form.is_valid():
        try:
            keeping.write_page(by=request.user, centre=centre, **form.cleaned_data)
        except SomebodyElseSaved as other:
            theirs, form = other.now, typed_again(form, other.now.version)
        else:
            messages.success(request, _("Siden er lagret."))
            return redirect("meetingplace:home", centre.organisation.slug)
    return render(request, "meetingplace/edit.html", {
        "centre": centre, "form": form, "differences": _differences(request, theirs),
    })  # fmt: skip


def _differences(request: HttpRequest, theirs: Any) -> list[tuple[str, str, str]]:
    """The texts in which the two versions differ: what it is, mine, theirs."""
    if theirs is None:
        return []
    labels = forms.PageForm.base_fields
    found = []
    for name in ("welcome", "about", "house", "address", "directions", "contact"):
        mine = request.POST.get(name, "").replace("\r\n", "\n").strip()
        if mine != getattr(theirs, name).replace("\r\n", "\n").strip():
            found.append((str(labels[name].label), mine, getattr(theirs, name)))
    return found


@page(RUN, writes=True, of=find.centre)
def hours(request: HttpRequest, centre: Centre) -> HttpResponse:
    """The ordinary week, and the dates that are different."""
    week_rows, odd_rows = queries.hours_of(centre)
    spans: dict[int, list[Any]] = {}
    for row in week_rows:
        spans.setdefault(row.weekday or 0, []).append((row.opens, row.closes))
    initial: dict[str, Any] = {f"day{day}": forms.as_written(rows) for day, rows in spans.items()}
    initial |= {"version": centre.version, "closed_on_holidays": centre.closed_on_holidays}
    act, theirs = request.POST.get("act", ""), False
    week = forms.WeekForm(request.POST if act == "week" else None, initial=initial)
    day = forms.DayForm(request.POST if act == "day" else None)
    if act == "week" and week.is_valid():
        try:
            data = week.cleaned_data
            keeping.set_week(by=request.user, centre=centre, version=data["version"], week=week.week(),
                             closed_on_holidays=data["closed_on_holidays"])  # fmt: skip
        except SomebodyElseSaved as other:
            week, theirs = typed_again(week, other.now.version), True
        else:
            return _saved(request, _("Åpningstidene er lagret."), centre)
    if act == "day" and day.is_valid():
        data = day.cleaned_data
        keeping.set_day(by=request.user, centre=centre, day=data["day"], spans=data["hours"], reason=data["reason"])
        return _saved(request, _("Dagen er lagret."), centre)
    if act == "clear":
        for row in odd_rows:
            if row.on_date is not None and str(row.on_date) == request.POST.get("day"):
                keeping.clear_day(by=request.user, centre=centre, day=row.on_date)
                return _saved(request, _("Dagen er som vanlig igjen."), centre)
    calendar = queries.calendar_for(centre)
    odd = [calendar.on(on) for on in sorted({row.on_date for row in odd_rows if row.on_date})]
    return render(request, "meetingplace/hours.html", {
        "centre": centre, "week": week, "day": day, "odd": odd, "theirs": week_in_words(calendar) if theirs else None,
    })  # fmt: skip


def _saved(request: HttpRequest, said: str, centre: Centre, to: str = "hours") -> HttpResponse:
    messages.success(request, said)
    return redirect(f"meetingplace:{to}", centre.organisation.slug)


@page(SEE, of=find.centre)
def rules(request: HttpRequest, centre: Centre) -> HttpResponse:
    """The rules that hold, and the editions before."""
    return render(request, "meetingplace/rules.html", {
        "centre": centre, "editions": queries.rules_before(centre), "may_run": may(request.user, RUN, centre),
    })  # fmt: skip


@page(RUN, writes=True, of=find.centre)
def rules_edit(request: HttpRequest, centre: Centre) -> HttpResponse:
    """A new edition of the rules, with the day they were agreed on."""
    current = centre.current_rules
    initial = {"number": current.number if current else 0, "text": current.text if current else "",
               "agreed_on": timezone.localdate()}  # fmt: skip
    form, theirs = forms.RulesForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            keeping.write_rules(by=request.user, centre=centre, **form.cleaned_data)
        except SomebodyElseSaved as other:
            theirs = other.now
            form = typed_again(form, theirs.number, name="number")
        else:
            return _saved(request, _("Husreglene er lagret. De gamle er tatt vare på."), centre, "rules")
    return render(request, "meetingplace/rules_edit.html", {
        "centre": centre, "form": form, "theirs": theirs, "yours": request.POST.get("text", ""),
    })  # fmt: skip


@page(RUN, writes=True, of=find.centre)
def pictures(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Pictures of the house: put one up, take one down."""
    form = forms.PictureForm(request.POST or None, request.FILES or None)
    rows = queries.pictures_of(centre)
    if request.method == "POST" and request.POST.get("act") == "remove":
        for row in rows:
            if str(row.pk) == request.POST.get("picture"):
                row.centre = centre
                keeping.remove_picture(by=request.user, picture=row)
        return _saved(request, _("Bildet er tatt bort."), centre, "pictures")
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["picture"].read()
            keeping.add_picture(by=request.user, centre=centre, content=content, alt=form.cleaned_data["alt"])
        except FileRefused as why:
            too_large = why.reason == "too-large"
            form.add_error("picture", _("Bildet er for stort. Det kan være høyst 12 MB.") if too_large
                           else _("Vi kan ikke lese dette som et bilde. Prøv JPEG eller PNG."))  # fmt: skip
        except keeping.FullOfPictures:
            form.add_error("picture", _("Det er plass til åtte bilder. Ta bort et først."))
        else:
            return _saved(request, _("Bildet er lagt til."), centre, "pictures")
    return render(request, "meetingplace/pictures.html", {"centre": centre, "form": form, "pictures": rows})


@page(SEE, of=find.picture)
def picture(request: HttpRequest, picture: Picture) -> HttpResponse:
    """One picture, for everybody."""
    try:
        content = read_file(picture.file)
    except FileMissing:
        return HttpResponse(status=404)
    answer = HttpResponse(content, content_type=picture.file.media_type)
    answer["Cache-Control"] = "public, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@page(RUN, writes=True, of=find.centre)
def hosts(request: HttpRequest, centre: Centre) -> HttpResponse:
    """A host's own yes, or no, to standing on the page."""
    own = queries.shown_host(centre, request.user)
    form = forms.ShowMeForm(request.POST or None, initial={"words": own.words if own else ""})
    if request.method == "POST" and request.POST.get("act") == "hide":
        keeping.hide_me(by=request.user, centre=centre)
        return _saved(request, _("Du står ikke lenger på siden."), centre, "hosts")
    if request.method == "POST" and form.is_valid():
        keeping.show_me(by=request.user, centre=centre, words=form.cleaned_data["words"])
        return _saved(request, _("Nå står du på siden."), centre, "hosts")
    return render(request, "meetingplace/hosts.html", {"centre": centre, "form": form, "own": own})
