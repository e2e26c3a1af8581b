"""See the way: the check-ins over time with notes and events, as small pictures and as a table."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.queries import readings_of
from knutepunkt.journey.choices import STEPS, Part
from knutepunkt.journey.methods.scales import scales_in
from knutepunkt.journey.methods.way import FEW, SPANS, OverTime, lines_over_time, when_hope_was_higher
from knutepunkt.journey.views import finding as find
from knutepunkt.web import charts
from knutepunkt.web.access import page
from knutepunkt.web.charts import Chart, Series

ROWS = 60
MOST_EVENTS = 9


def _weeks(request: HttpRequest) -> int:
    """How many weeks back the address asks for; 0 for all."""
    return SPANS.get(request.GET.get("hvor-lenge", ""), SPANS["halvt-ar"])


def _since(request: HttpRequest) -> date | None:
    """How far back check-ins are needed: half a year at least, so that there is a usual to speak of."""
    weeks = _weeks(request)
    return timezone.localdate() - timedelta(weeks=max(weeks, SPANS["halvt-ar"])) if weeks else None


@page("journey.have_own", of=find.journey("checkin", "event", "dimension", checkins_since=_since))
def way(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """How it has been: one small picture a scale, what was written, and a year back."""
    span, weeks = request.GET.get("hvor-lenge", ""), _weeks(request)
    today = timezone.localdate()
    checkins = sorted(journey.of("checkin"), key=lambda c: c.content["on"])
    scales = scales_in(journey.notes, hides_chime=journey.settings["hides_chime"], with_off=True)
    over_time = lines_over_time(checkins, [s.key for s in scales], today=today, weeks=weeks)
    events = _events_on(over_time, journey.of("event"))
    pictures = [(scale, _drawn(scale, over_time, events))
                for scale in scales if any(v is not None for v in over_time.values[scale.key])]  # fmt: skip
    since = over_time.first.isoformat()
    told = [*checkins, *journey.of("event")]
    opened = readings_of(f"people.person:{request.user.pk}").filter(what="journey", at__date__gte=over_time.first)[:FEW]
    rows = sorted((n for n in told if n.content["on"] >= since), key=lambda n: (n.content["on"], str(n.id)), reverse=True)
    return render(request, "journey/way.html", {
        "journey": journey, "pictures": pictures, "rows": [_row(n) for n in rows[:ROWS]], "span": span if span in SPANS else "halvt-ar",
        "spans": [(key, _span_name(key)) for key in SPANS], "seen_by": journey.seen_by(Part.CHECKINS),
        "brighter": when_hope_was_higher(checkins), "year_ago": _year_ago(checkins, today),
        "events": events, "opened": opened,
    })  # fmt: skip


def _events_on(over_time: OverTime, events: list[Any]) -> tuple[tuple[int, str, str], ...]:
    """The newest events that fall on the line, each with its number."""
    placed = [(over_time.at(e.content["on"]), e.content["text"]) for e in sorted(events, key=lambda e: e.content["on"])]
    shown = [(index, words) for index, words in placed if index is not None][-MOST_EVENTS:]
    return tuple((index, str(number), words) for number, (index, words) in enumerate(shown, 1))


def _drawn(scale: Any, over_time: OverTime, events: tuple[tuple[int, str, str], ...]) -> Chart:
    title = str(scale.name)
    ends = charts.Scale(1, STEPS, str(scale.less), str(scale.more), events)
    return charts.line(title, over_time.labels, [Series(title, over_time.values[scale.key])], height=96, scale=ends)


def _row(note: Any) -> dict[str, Any]:
    is_event = note.kind == "event"
    return {
        "note": note, "on": date.fromisoformat(note.content["on"]), "is_event": is_event,
        "words": note.content["text"] if is_event else note.content["words"],
    }  # fmt: skip


def _year_ago(checkins: list[Any], today: date) -> list[Any]:
    """What was written in the two weeks around this day last year."""
    def near(told: str) -> bool:
        return abs((today - date.fromisoformat(told)).days - 365) <= 7  # noqa: PLR2004 (a week either way)

    return [_row(c) for c in checkins if c.content["words"] and near(c.content["on"])][:3]


def _span_name(key: str) -> str:
    return {"maned": _("siste måned"), "halvt-ar": _("siste halvår"), "ar": _("siste år"), "alt": _("alt")}[key]
