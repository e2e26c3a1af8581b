"""Who may tell, decide over what they told, and write with one who tells."""

from typing import Any

import rules

from knutepunkt.organisations.choices import Role
from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.stories.models import Item
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


@rules.predicate
def is_found(_person: Any, item: Any) -> bool:
    """A story that was found for this very teller, by account or code, or for this very editor."""
    return isinstance(item, Item)


permission("stories.tell_story", anyone, roles=(EVERYONE,), says="Everyone may tell a story, with an account or without.")
permission("stories.keep_own_story", is_found, roles=(EVERYONE,), private=True,
           says="Whoever tells a story, by account or by the code of its receipt, decides over it alone.")  # fmt: skip
permission("stories.see_own_stories", signed_in, roles=(SIGNED_IN,), says="A person sees the list of what they have told.")
permission("stories.edit_together", is_found, roles=(Role.EDITOR.value, Role.PEER_WORKER.value), private=True,
           says="Those trained at the desk it was sent to, or somebody the teller chose, propose changes and never make them.")  # fmt: skip
permission("stories.hear_how", is_found, roles=(Role.EDITOR.value,), private=True,
           says="An editor of the place reads how it is to have a story out, when its teller lets them.")  # fmt: skip
permission("stories.join_teller", is_found, roles=(Role.EDITOR.value, Role.PEER_WORKER.value), private=True,
           says="Editors and peer workers of a place may say yes to write with somebody who asked there.")  # fmt: skip
permission("stories.thank_teller", anyone, roles=(EVERYONE,), says="Everyone who reads a story may send one of the ready thanks.")
