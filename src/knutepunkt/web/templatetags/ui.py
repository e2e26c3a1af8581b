"""The tags a template draws with: `component`, `componentblock` and `picture`."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from knutepunkt.web import pictures
from knutepunkt.web.components import draw

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: Context, name: str, /, **props: Any) -> SafeString:
    """Draw one component."""
    return draw(name, props, csrf_token=context.get("csrf_token"))


@register.simple_block_tag(takes_context=True)
def componentblock(context: Context, content: str, name: str, /, **props: Any) -> SafeString:
    """Draw one component around what stands inside the tag."""
    inside = mark_safe(content.strip())  # the template has escaped it already
    return draw(name, props, inside, csrf_token=context.get("csrf_token"))


@register.simple_tag
def picture(name: str, alt: str = "") -> SafeString:
    """Set one of our drawings into the page."""
    return pictures.picture(name, alt)


@register.simple_tag
def foot() -> SafeString:
    """The bottom of every page; the same for everybody, so it is drawn once in each language."""
    return _foot_in(get_language() or "")


@lru_cache(maxsize=8)
def _foot_in(_language: str) -> SafeString:
    return render_to_string("web/_foot.html")


@register.simple_tag
def wordmark() -> SafeString:
    """Our sign: five strands that meet in one knot."""
    return pictures.drawing("signs", "knot")
