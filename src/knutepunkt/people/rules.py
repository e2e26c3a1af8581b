"""Who may use the pages of accounts."""

import rules
from django.conf import settings

from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


@rules.predicate
def is_demo_hub(_person: object) -> bool:
    """This installation is a demo hub."""
    return bool(settings.DEMO)


permission("people.sign_in", anyone, roles=(EVERYONE,), says="Everyone may open the pages for signing in.")
permission(
    "people.use_demo",
    is_demo_hub,
    roles=(EVERYONE,),
    says="On a demo hub, asked from the same machine, everyone may sign in as an invented person.",
    private=True,
)
permission(
    "people.use_own_account",
    signed_in,
    roles=(SIGNED_IN,),
    says="Who is signed in may see and change their own account, and nobody else's.",
)
