"""Who may open the pages that belong to no room."""

import rules
from django.conf import settings

from knutepunkt.web.access import EVERYONE, anyone, permission


@rules.predicate
def is_demo_or_debug(_person: object) -> bool:
    """This installation is a demo hub, or runs in debug mode."""
    return bool(settings.DEMO or settings.DEBUG)


permission("web.see_public_pages", anyone, roles=(EVERYONE,), says="Everyone may open public pages.")
permission(
    "web.see_gallery",
    is_demo_or_debug,
    roles=(EVERYONE,),
    says="Everyone may see the gallery of components, in demo and debug only.",
    private=True,
)
