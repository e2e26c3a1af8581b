"""Who may propose, vote and decide, as a table of short sentences."""

from typing import Any

import rules

from knutepunkt.meetingplace.models import Hiding
from knutepunkt.meetingplace.queries.voice import At, is_by
from knutepunkt.meetingplace.rules.place import belongs, hosts
from knutepunkt.organisations.choices import Role
from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission

HOSTS = (Role.HOST.value, Role.COORDINATOR.value)


@rules.predicate
def speaks_here(_person: Any, at: Any) -> bool:
    """Holds a role at the place, or its card: found so by the page."""
    return isinstance(at, At) and at.speaker is not None


@rules.predicate
def made_it(_person: Any, at: Any) -> bool:
    """The proposal, or the comment, is the speaker's own."""
    if not isinstance(at, At) or at.thing is None:
        return False
    return is_by(at.speaker, at.thing.thing if isinstance(at.thing, Hiding) else at.thing)


@rules.predicate
def did_not_hide_it(person: Any, at: Any) -> bool:
    """Somebody else hid it."""
    return isinstance(at, At) and isinstance(at.thing, Hiding) and at.thing.hidden_by_id != person.pk


@rules.predicate
def has_a_seat(_person: Any, at: Any) -> bool:
    """Stands on the list of those who may vote, by account, card or voting card: found so by the page."""
    return isinstance(at, At) and at.thing is not None


@rules.predicate
def holds_slip(_person: Any, at: Any) -> bool:
    """Holds the code of a slip: the proposal was found by it."""
    return isinstance(at, At) and at.thing is not None


permission("meetingplace.see_voice", anyone, roles=(EVERYONE,),
           says="Everyone may read proposals, what became of them, what was voted and who has power.")  # fmt: skip
permission("meetingplace.speak", speaks_here, roles=(EVERYONE,),
           says="Who holds any role at the place, or its card, proposes, supports, asks and adds to the agenda.")  # fmt: skip
permission("meetingplace.keep_own_words", made_it, roles=(EVERYONE,), private=True,
           says="Only who made a proposal may leave it, delete it, or appeal when it is hidden.")  # fmt: skip
permission("meetingplace.hold_slip", holds_slip, roles=(EVERYONE,), private=True,
           says="Whoever holds the receipt of a paper slip sees what became of it.")  # fmt: skip
permission("meetingplace.answer_voice", hosts, roles=HOSTS, private=True,
           says="Hosts and coordinators type in slips, hand out cards, write down what was decided, open votes.")  # fmt: skip
permission("meetingplace.judge_appeal", hosts & did_not_hide_it, roles=HOSTS, private=True,
           says="A host or coordinator decides an appeal, and never the one who hid it.")  # fmt: skip
permission("meetingplace.cast_ballot", has_a_seat, roles=(EVERYONE,), private=True,
           says="Who stands on a vote's list casts one ballot; a leader's counts as anybody's.")  # fmt: skip
permission("meetingplace.change_ballot", anyone, roles=(EVERYONE,),
           says="Whoever holds a ballot's receipt may change it while the vote is open.")  # fmt: skip
permission("meetingplace.count_hands", belongs, roles=(SIGNED_IN,), private=True,
           says="Anybody with a role at the place may be one of the two who count hands.")  # fmt: skip
