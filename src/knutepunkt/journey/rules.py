"""Who may do what on a journey. No role opens anything here; only whose it is, and a share that stands."""

from typing import Any

import rules

from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


@rules.predicate
def is_own(person: Any, opened: Any) -> bool:
    """The note is the person's own: it was found among them."""
    return opened is not None and person.is_authenticated and opened.note.person_id == person.pk


permission("journey.have_own", signed_in, roles=(SIGNED_IN,),
           says="Whoever is signed in has a journey of their own, and nobody else sees it.")  # fmt: skip
permission("journey.change_own", is_own, roles=(SIGNED_IN,), private=True,
           says="Only the person a note belongs to opens, changes or removes it.")  # fmt: skip
permission("journey.see_example", anyone, roles=(EVERYONE,),
           says="Everyone may see the filled example, and use check-in and plan on their own device.")  # fmt: skip
