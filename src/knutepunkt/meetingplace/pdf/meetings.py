"""A house meeting for the wall, as an accessible PDF: the agenda before, the minutes when they are out."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.choices.voice import Outcome
from knutepunkt.meetingplace.models import HouseMeeting
from knutepunkt.meetingplace.queries.meetings import agenda_of, decisions_of, tasks_of


def minutes_pdf(meeting: HouseMeeting) -> bytes:
    """The meeting as PDF bytes. Shows only what is public."""
    from knutepunkt.web.pdf import make_pdf  # noqa: PLC0415 (slow)

    return make_pdf("meetingplace/meeting.typ", _data(meeting))


def _data(meeting: HouseMeeting) -> dict[str, Any]:
    is_out, when = meeting.published_at is not None, localtime(meeting.starts_at)
    return {
        "language": (translation.get_language() or "nb")[:2],
        "title": _("Referat fra husmøtet") if is_out else _("Husmøte"),
        "author": str(meeting.centre.organisation.name),
        "made_at": meeting.published_at or meeting.starts_at,
        "when": date_format(when, "WEEKDAY_DATETIME_FORMAT").capitalize(),
        "where": meeting.where,
        "chair": _("%(name)s leder møtet.") % {"name": meeting.chair_name} if meeting.chair_name else "",
        "minutes": meeting.minutes if is_out else "",
        "items": [
            {"title": item.title, "text": item.text, "said": item.said if is_out else "", "decided": item.decided if is_out else ""}
            for item in agenda_of(meeting)
        ],
        "decisions": [
            {"title": f"{step.proposal.number}. {step.proposal.name}", "outcome": str(Outcome(step.outcome).label).capitalize(), "reason": step.note,
             "doer": step.proposal.doer if step.outcome == step.proposal.outcome else ""}
            for step in (decisions_of(meeting) if is_out else [])
        ],
        "tasks": [
            {"what": task.what, "who": task.who, "by": date_format(task.by_date, "MONTH_DAY_FORMAT") if task.by_date else ""}
            for task in (tasks_of(meeting) if is_out else [])
        ],
        "words": {
            "page": _("Side"), "foot": str(meeting.centre.organisation.name), "agenda": _("Dette snakker vi om"),
            "decisions": _("Dette ble bestemt"), "tasks": _("Hvem tok på seg hva"), "agreed": _("Vi ble enige om"),
            "invite": "" if is_out else _("Alle kan komme, og alle kan legge til en sak. Skriv den på en lapp eller på nettsiden."),
        },
    }  # fmt: skip
