"""The week as a poster: large letters for a wall, tagged for those who listen."""

from datetime import date, datetime, time, timedelta
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.methods.pictograms import pictogram
from knutepunkt.meetingplace.models import Centre
from knutepunkt.meetingplace.queries.place import WeekDay
from knutepunkt.web.pdf import make_pdf


def week_poster(centre: Centre, days: list[WeekDay], monday: date, paper: str) -> bytes:
    """The poster as PDF bytes, on `a4` or `a3`. The same week gives the same bytes."""
    sunday = monday + timedelta(days=6)
    address = f"{settings.ADDRESS}{reverse('meetingplace:week', args=[centre.organisation.slug])}"
    return make_pdf("meetingplace/week.typ", {
        "language": get_language() or "nb",
        "title": _("Uke %(n)s på %(place)s") % {"n": monday.isocalendar().week, "place": centre.organisation.name},
        "author": centre.organisation.name,
        "paper": paper,
        "words": {"page": _("Side"), "foot": ""},
        "name": centre.organisation.name,
        "week": _("Uke %(n)s") % {"n": monday.isocalendar().week},
        "span": f"{date_format(monday, 'MONTH_DAY_FORMAT')} – {date_format(sunday, 'MONTH_DAY_FORMAT')}",
        "welcome": _("Kom som du er."),
        "qr": segno.make(address, error="m").svg_inline(scale=4, dark="#26211a", border=0, omitsize=True),
        "qr_alt": _("QR-kode til uka på nettet: %(address)s") % {"address": address},
        "address": address.partition("://")[2],
        "where": centre.address,
        "days": [_day(day) for day in days],
    })  # fmt: skip


def _day(day: WeekDay) -> dict[str, Any]:
    return {
        "name": date_format(day.on, "l").capitalize(),
        "date": date_format(day.on, "MONTH_DAY_FORMAT"),
        "open": _("Åpent %(hours)s") % {"hours": ", ".join(f"{_clock(o)}–{_clock(c)}" for o, c in day.day.spans)}
        if day.day.spans else "",
        "shut": _("Stengt") + (f": {day.day.reason}" if day.day.reason else ""),
        "note": day.day.reason if day.day.spans else "",
        "items": [_item(session) for session in day.sessions],
    }  # fmt: skip


def _clock(at: time | datetime) -> str:
    """As short as can be read from afar: 10, or 14:30."""
    return f"{at.hour}" if at.minute == 0 else f"{at:%H:%M}"


def _item(session: Any) -> dict[str, str]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "clock": f"{_clock(starts)}–{_clock(ends)}",
        "title": session.event.title,
        "picture": pictogram(session.event.title, session.event.kind),
        "off": _("Avlyst") if session.is_off else "",
    }
