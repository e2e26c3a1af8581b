"""What the room enters in the house's registers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from knutepunkt.journey import jobs
from knutepunkt.journey.choices import LINK
from knutepunkt.journey.demo import seed_journey
from knutepunkt.journey.queries.own import what_helps
from knutepunkt.web.papercodes import CodeKind, add_kind
from knutepunkt.web.registers import COPING, DEMO_SEEDS, NAVIGATION, NOTICES, NavEntry, NoticeKind

LOADED = (jobs,)
NOTICE_KINDS = (
    ("share-taken", gettext_lazy("En du deler med, har åpnet lenka og knyttet den til kontoen sin."), "journey:shares"),
    ("suggested", gettext_lazy("Du har fått et forslag til et mål. Du bestemmer om det blir ditt."), "journey:home"),
    ("remind", gettext_lazy("Du ba om en påminnelse i dag. Du velger selv om du vil skrive."), "journey:check-in"),
    ("viewed", gettext_lazy("Noen har skrevet hvordan de ser på et mål du deler."), "journey:home"),
    ("talk", gettext_lazy("Det står noe nytt i en samtale."), "journey:talks"),
    ("talk-helper", gettext_lazy("En som deler med deg, har skrevet i en samtale."), "journey:helping"),
    ("signal", gettext_lazy("En som deler med deg, har gitt signal. Åpne og se hva personen ønsker."), "journey:helping"),
)  # fmt: skip


def enter() -> None:
    """Enter everything."""
    DEMO_SEEDS.add("journey", seed_journey)
    COPING.add("journey", what_helps)
    add_kind(CodeKind(LINK, length=16, uses=None, days=366, path="/min-vei/hos-andre/lenke/"))
    for kind, text, where in NOTICE_KINDS:
        NOTICES.add(f"journey.{kind}", NoticeKind(
            lambda _facts, text=text: str(text), lambda _facts, where=where: reverse(where)))  # type: ignore[misc]  # fmt: skip
    NAVIGATION.add("journey.without-account", NavEntry(
        gettext_lazy("Min vei uten konto"), "journey:without-account", lambda person: person is None, 10))  # fmt: skip
    NAVIGATION.add("journey", NavEntry(gettext_lazy("Min vei"), "journey:home", bool, 10))
