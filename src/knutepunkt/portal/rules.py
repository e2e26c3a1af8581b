"""Who may open the pages of the front door."""

from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in

permission(
    "portal.see_public_pages",
    anyone,
    roles=(EVERYONE,),
    says="Everyone may open the front page and the plain pages.",
)
permission(
    "portal.see_own_page", signed_in, roles=(SIGNED_IN,), says="Who is signed in may see their own page."
)
