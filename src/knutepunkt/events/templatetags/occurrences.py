"""One occurrence in a list or a month, drawn here since a page can hold hundreds of them."""

from datetime import datetime

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knutepunkt.events.choices import OSLO, EventState
from knutepunkt.events.models import Session
from knutepunkt.web.components import draw

register = template.Library()


def _address(session: Session) -> str:
    return f"{reverse('events:calendar')}hva/{session.event.slug}/{session.pk}/"


def _clock(moment: datetime) -> str:
    """On the wall in Oslo."""
    return f"{moment.astimezone(OSLO):%H:%M}"


@register.simple_tag
def occurrence_row(session: Session) -> SafeString:
    """A line of a list: when, what, where, who invites, and its state in a word."""
    event = session.event
    where = event.place_name or (_("på video") if event.video_url else "")
    kind = str(event.get_kind_display())
    return format_html(
        '<article class="kp-row"><div class="kp-row-words"><h3 class="ds-heading" data-size="2xs"><a href="{}">{}</a></h3>'
        '<p>{}–{}{}{}</p><p class="kp-note">{} · {}</p></div>{}</article>',
        _address(session), event.title, _clock(session.starts_at), _clock(session.ends_at), " · " if where else "", where,
        kind[:1].upper() + kind[1:], event.organiser.name, _state(session),
    )  # fmt: skip


def _state(session: Session) -> str:
    if session.is_off:
        return draw("tag", {"text": _("avlyst"), "tone": "danger"})
    if session.event.state == EventState.DRAFT:
        return draw("tag", {"text": _("kladd"), "tone": "neutral"})
    if session.seats_left == 0:
        return draw("tag", {"text": _("venteliste"), "tone": "warning"})
    return draw("tag", {"text": "Demo", "tone": "cloudberry"}) if session.event.is_demo else ""


@register.simple_tag
def occurrence_link(session: Session) -> SafeString:
    """A line of a day in a month."""
    shape = '<p><a href="{}">{} <s>{}</s> <span>{}</span></a></p>' if session.is_off else '<p><a href="{}">{} {}</a></p>'
    off = [_("avlyst")] if session.is_off else []
    return format_html(shape, _address(session), _clock(session.starts_at), session.event.title, *off)
