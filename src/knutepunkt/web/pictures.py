"""Our own drawings, read from the static folder once and set into the page, so that they follow its colours."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "web"
NAME = re.compile(r"[a-z-]+")


@cache
def drawing(kind: str, name: str) -> SafeString:
    """One drawing as an ornament: hidden from those who listen. Raises when there is none by that name."""
    if not NAME.fullmatch(name):
        raise LookupError(name)
    path = FOLDER / kind / f"{name}.svg"
    if not path.exists():
        message = f"There is no drawing called {name!r} among {kind}."
        raise LookupError(message)
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->|\sxmlns=\"[^\"]*\"", "", path.read_text(), flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg).strip()
    svg = svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
    return mark_safe(svg)  # our own file, read from the package


def picture(name: str, alt: str = "") -> SafeString:
    """A large drawing. With `alt` it is an image with a meaning, without it an ornament."""
    svg = drawing("pictures", name)
    if alt:
        return format_html('<span class="kp-picture" role="img" aria-label="{}">{}</span>', alt, svg)
    return format_html('<span class="kp-picture">{}</span>', svg)


def names(kind: str) -> list[str]:
    """All drawings of one kind, for the gallery."""
    return sorted(path.stem for path in (FOLDER / kind).glob("*.svg"))
