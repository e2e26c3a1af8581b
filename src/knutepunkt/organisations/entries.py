"""What this room enters in the registers of the house."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from knutepunkt.organisations import demo, personal_data
from knutepunkt.organisations.choices import ROLE_CARD, Role
from knutepunkt.organisations.queries import holds_role
from knutepunkt.web.papercodes import CodeKind, add_kind
from knutepunkt.web.registers import DEMO_SEEDS, NAVIGATION, PERSONAL_DATA, NavEntry


def _runs_a_place(person: Any) -> bool:
    return person is not None and holds_role(person, Role.COORDINATOR)


def enter() -> None:
    """Called once, when the app is ready."""
    add_kind(CodeKind(ROLE_CARD, length=12, uses=1, days=30, path="/steder/invitasjon/"))
    NAVIGATION.add(
        "organisations.find",
        NavEntry(_("Finn et sted"), "organisations:find", shown=lambda _person: True, order=70),
    )
    NAVIGATION.add(
        "organisations.mine",
        NavEntry(_("Folk og roller"), "organisations:mine", shown=_runs_a_place, order=75),
    )
    for entry in personal_data.ENTRIES:
        PERSONAL_DATA.add(entry.model, entry)
    DEMO_SEEDS.add("organisations", demo.seed)
