"""What a reading page says to machines: schema.org as a data block, which no policy on scripts stops since nothing runs it."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

from knutepunkt.stories.choices.caring import MEDIA
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.models import Attachment, Published
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.queries.caring_open import as_schema

register = template.Library()
IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@register.filter
def is_old(shown: Published) -> bool:
    """It is more than a year since somebody checked it."""
    return queries.is_old(shown)


@register.filter
def ending(guide: Attachment) -> str:
    """What kind of file it is, as people know it."""
    return MEDIA.get(guide.stored.media_type, "").upper()


@register.simple_tag
def guides_of(shown: Published) -> list[Attachment]:
    """The files that go with something an editor keeps. No query for a story."""
    return queries.guides_of(shown) if shown.kind != Kind.STORY else []


@register.simple_tag
def schema_org(shown: Published) -> SafeString:
    """The data block of something that search engines may have; nothing for what they may not."""
    facts = as_schema(shown)
    if facts is None:
        return SafeString("")
    text = json.dumps(facts, ensure_ascii=False).translate(IN_A_PAGE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # nothing in it can end the block
