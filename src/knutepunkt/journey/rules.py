"""Who may do what on a journey. No role opens anything here; only whose it is, and a share that stands."""

from typing import Any

import rules

from knutepunkt.journey.queries.questionnaires import coordinated_by
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import roles_of
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
@rules.predicate
def is_own_share(person: Any, share: Any) -> bool:
    """The share is the person's own."""
    return share is not None and person.is_authenticated and share.person_id == person.pk


@rules.predicate
def sees_through(person: Any, seen: Any) -> bool:
    """The share was given to this person, and stands."""
    return seen is not None and person.is_authenticated and seen.share.helper_id == person.pk


permission("journey.change_share", is_own_share, roles=(SIGNED_IN,), private=True,
           says="Only the person whose journey it is decides who sees what, and ends it at once.")  # fmt: skip
permission("journey.see_shared_with_me", signed_in, roles=(SIGNED_IN,),
           says="Whoever is signed in sees who shares with them. No role gives anything here.")  # fmt: skip
permission("journey.see_shared", sees_through, roles=(SIGNED_IN,), private=True,
           says="Whoever a person shares with sees those parts until the last day, and nothing else.")  # fmt: skip
permission("journey.hold_link", anyone, roles=(EVERYONE,), private=True,
           says="Whoever holds a link on paper sees what it shows until the last day.")  # fmt: skip
permission("journey.see_example", anyone, roles=(EVERYONE,),
           says="Everyone may see the filled example, and use check-in and plan on their own device.")  # fmt: skip


@rules.predicate
def coordinates(person: Any, place: Any) -> bool:
    """Is coordinator in this very organisation today."""
    return place is not None and person.is_authenticated and place.pk in coordinated_by(person)


@rules.predicate
def can_begin(person: Any, form: Any) -> bool:
    """The form is the person's own, or of an organisation the person belongs to today."""
    if form is None or not person.is_authenticated:
        return False
    return form.person_id == person.pk or any(form.organisation_id == o for o, _role in roles_of(person))


permission("journey.run_forms", coordinates, roles=(Role.COORDINATOR.value,), private=True,
           says="The coordinator of an organisation brings in and ends the forms its people can answer; never sees an answer.")  # fmt: skip
permission("journey.answer_form", can_begin, roles=(SIGNED_IN,), private=True,
           says="Whoever belongs to an organisation can answer its forms, for themselves alone; anybody can bring in their own.")  # fmt: skip
