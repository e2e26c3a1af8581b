"""Who may care for the library, as a table of short sentences."""

from dataclasses import dataclass
from typing import Any

import rules

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role, organisations_where
from knutepunkt.stories.choices.caring import ON_DESK, Answered, UseState
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.models import Collection, DeskAnswer, Item, OutsideUse
from knutepunkt.stories.queries.caring import AT_DESK, edits_at, trained_at
from knutepunkt.web.access import EVERYONE, anyone, permission

TRAINERS = (Role.COORDINATOR, Role.EDITOR)


@dataclass(frozen=True)
class Told:
    """An item, and whether the one who asks is who told it: by account, or by the receipt in hand; found so by the page."""

    item: Item
    is_teller: bool


@rules.predicate
def works_at_desk(person: Any) -> bool:
    """Is peer worker or editor somewhere today."""
    return bool(organisations_where(person, *AT_DESK))


@rules.predicate
def may_decide(person: Any, item: Any) -> bool:
    """Is trained at the story's desk, where it waits, and did not tell it."""
    if not isinstance(item, Item) or item.kind != Kind.STORY or item.state not in ON_DESK:
        return False
    return item.person_id != person.pk and item.organisation_id in trained_at(person)


@rules.predicate
def may_take_out(person: Any, item: Any) -> bool:
    """Is trained at the desk of a story that is shown, and did not tell it."""
    if not isinstance(item, Item) or item.kind != Kind.STORY or item.state != State.PUBLISHED:
        return False
    return item.person_id != person.pk and item.organisation_id in trained_at(person)


@rules.predicate
def may_decide_again(person: Any, answer: Any) -> bool:
    """Is trained at the desk, did not tell it, did not give the answer, and the teller has replied to it."""
    if not isinstance(answer, DeskAnswer) or answer.outcome != Answered.DECLINED or answer.replied_at is None:
        return False
    return person.pk not in (answer.by_id, answer.item.person_id) and answer.item.organisation_id in trained_at(person)


@rules.predicate
def trains(person: Any, organisation: Any) -> bool:
    """Is coordinator or editor of the organisation today."""
    return organisation is not None and organisation.pk in organisations_where(person, *TRAINERS)


@rules.predicate
def told_it(_person: Any, told: Any) -> bool:
    """Told it: by account, or by the receipt in hand."""
    return isinstance(told, Told) and told.is_teller


@rules.predicate
def edits_somewhere(person: Any) -> bool:
    """Is editor somewhere today."""
    return bool(edits_at(person))


@rules.predicate
def edits(person: Any, thing: Any) -> bool:
    """Is editor of the organisation that keeps it, and it is not a story."""
    if isinstance(thing, Item) and thing.kind == Kind.STORY:
        return False
    return isinstance(thing, (Item, Collection)) and thing.organisation_id in edits_at(person)


@rules.predicate
def speaks_for_municipality(person: Any) -> bool:
    """Is a municipality's contact today."""
    return holds_role(person, Role.MUNICIPAL_CONTACT)


@rules.predicate
def holds_address(_person: Any, thing: Any) -> bool:
    """Holds the address: what it stands for was found by it."""
    return thing is not None


@rules.predicate
def may_check(person: Any, use: Any) -> bool:
    """Is trained at the organisation that is asked, and did not ask."""
    if not isinstance(use, OutsideUse) or use.state != UseState.ASKED:
        return False
    return use.asker_id != person.pk and use.organisation_id in trained_at(person)


DESK = tuple(role.value for role in AT_DESK)
EDITOR = (Role.EDITOR.value,)

permission("stories.read_rules", anyone, roles=(EVERYONE,), says="Everyone may read the rules for what is taken in.")
permission("stories.see_desk", works_at_desk, roles=DESK,
           says="Peer workers and editors see the desk; what waits there only when they are trained.")  # fmt: skip
permission("stories.decide_item", may_decide, roles=DESK, private=True,
           says="A trained peer worker or editor of the organisation reads and decides on what waits there, never on their own.")  # fmt: skip
permission("stories.take_out", may_take_out, roles=DESK, private=True,
           says="A trained person takes out a story readers have told of, by rule and sentence; its teller may reply to another.")  # fmt: skip
permission("stories.decide_again", may_decide_again, roles=DESK, private=True,
           says="Another trained person than the one who said no decides when the teller has replied.")  # fmt: skip
permission("stories.give_training", trains, roles=tuple(role.value for role in TRAINERS), private=True,
           says="An organisation's coordinator or editor says who is trained, and never themselves.")  # fmt: skip
permission("stories.answer_desk", told_it, roles=(EVERYONE,), private=True,
           says="Who told something, by account or receipt, sees the desk's answer and may reply to it.")  # fmt: skip
permission("stories.make_shared", edits_somewhere, roles=EDITOR,
           says="Editors write good examples, methods and research for their own organisation.")  # fmt: skip
permission("stories.care_shared", edits, roles=EDITOR, private=True,
           says="Editors of the organisation change, show, check and take away what it shares; never somebody's story.")  # fmt: skip
permission("stories.send_example", speaks_for_municipality, roles=(Role.MUNICIPAL_CONTACT.value,),
           says="A municipality's contact sends a good example to an organisation's editors.")  # fmt: skip
permission("stories.ask_use", anyone, roles=(EVERYONE,),
           says="Everyone may ask to use something outside the library; two peers answer.")  # fmt: skip
permission("stories.hold_use", holds_address, roles=(EVERYONE,), private=True,
           says="Whoever was given a use's or a package's address sees how it stands.")  # fmt: skip
permission("stories.check_use", may_check, roles=DESK, private=True,
           says="A trained person of the organisation answers whether a use is safe, never their own.")  # fmt: skip
permission("stories.see_uses", told_it, roles=(EVERYONE,), private=True,
           says="Who told something, by account or receipt, sees where it is used and what it led to.")  # fmt: skip
permission("stories.see_collections", anyone, roles=(EVERYONE,), says="Everyone may see collections that are shown.")
permission("stories.make_collection", edits_somewhere, roles=EDITOR, says="Editors make collections for their own organisation.")
permission("stories.care_collection", edits, roles=EDITOR, private=True, says="Editors of the organisation change its collections.")
permission("stories.fetch_open", anyone, roles=(EVERYONE,),
           says="Everyone may fetch open data, citations, guides and the list of the house's reports.")  # fmt: skip
