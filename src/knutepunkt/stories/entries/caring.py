"""What caring for the library enters in the registers."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where
from knutepunkt.stories.actions.caring_desk import replay_taken_out
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.demo.caring import seed_caring
from knutepunkt.stories.jobs import caring as _jobs
from knutepunkt.stories.queries.caring import AT_DESK, items_at_desk, trained_at
from knutepunkt.web.registers import (
    DEMO_SEEDS,
    NAVIGATION,
    NEXT_STEPS,
    NOTICES,
    REPLAYS,
    Given,
    NavEntry,
    NoticeKind,
)

assert _jobs  # noqa: S101 (signs the jobs up)


def _at(name: str, key: str = "") -> Callable[[dict[str, Any]], str]:
    return lambda facts: reverse(f"stories:{name}", args=[facts[key]] if key else [])


def _says(text: Any) -> Callable[[dict[str, Any]], str]:
    return lambda _facts: str(text)


def _at_desk(person: Any) -> bool:
    return person is not None and bool(organisations_where(person, *AT_DESK))


NOTICED = {
    "desk-changes": (_("Noen vil arbeide videre sammen med deg med det du fortalte."), "desk-answer", "handle"),
    "desk-declined": (_("Du har fått svar på det du fortalte. Du kan se hvorfor, og svare tilbake."), "desk-answer", "handle"),
    "desk-out": (_("Det du fortalte, er tatt ut av biblioteket for nå. Du kan se hvorfor, og svare tilbake."), "desk-answer", "handle"),
    "desk-decided": (_("En annen har lest det du fortalte på nytt, og bestemt."), "desk-answer", "handle"),
    "handed-to-you": (_("Noen har bedt deg lese noe ved bordet i redaksjonen."), "desk-item", "handle"),
    "second-look": (_("Noen er uenig i et nei. Du kan lese og bestemme."), "desk-again", "handle"),
    "desk-waits": (_("Noe har ventet lenge på svar i redaksjonen."), "desk", ""),
    "nobody-left": (_("Noen venter på svar i redaksjonen, og alle har gitt det videre. Flere må få opplæring."), "training", "slug"),
    "trained": (_("Det er notert at du har fått opplæring. Nå kan du bestemme ved bordet i redaksjonen."), "desk", ""),
    "example-sent": (_("En kommune har sendt inn et godt eksempel."), "care", "handle"),
    "example-taken-in": (_("Eksempelet du sendte inn, står nå i biblioteket."), "desk-answer", "handle"),
    "example-declined": (_("Eksempelet du sendte inn, ble ikke tatt inn denne gangen."), "desk-answer", "handle"),
    "check-again": (_("Det er et år siden noe ble sjekket. Stemmer det fortsatt?"), "care", "handle"),
    "use-asked": (_("Noen vil bruke noe utenfor biblioteket. To likepersoner må svare."), "check-use", "use"),
    "use-granted": (_("Du kan bruke det du spurte om."), "use", "use"),
    "use-refused": (_("Svaret ble nei på det du spurte om å bruke."), "use", "use"),
    "use-taken-back": (_("Noe du bruker fra biblioteket, er tatt tilbake. Slutt å bruke det."), "use", "use"),
}


def _next_steps(person: Any) -> list[Given]:
    """For those at the desk: that something waits. For a municipality's contact: that an example can be sent in."""
    found = []
    if trained_at(person) and (item := items_at_desk(person).filter(state=State.SENT).order_by("sent_at").first()) is not None:
        found.append(Given(gettext("Noen venter på svar i redaksjonen"), gettext("Det eldste ligger øverst."), reverse("stories:desk"), item.sent_at))
    if organisations_where(person, Role.MUNICIPAL_CONTACT):
        found.append(Given(gettext("Har dere et godt eksempel?"), gettext("Send det inn, så andre kan lære av det."), reverse("stories:send-example"), timezone.now()))
    return found


def enter() -> None:
    """Enter everything."""
    NAVIGATION.add("stories.desk", NavEntry(_("Redaksjonen"), "stories:desk", _at_desk, 46))
    for kind, (text, name, key) in NOTICED.items():
        NOTICES.add(f"stories.{kind}", NoticeKind(_says(text), _at(name, key)))
    NEXT_STEPS.add("stories.caring", _next_steps)
    DEMO_SEEDS.add("stories.caring", seed_caring)
    REPLAYS.add("stories.taken-out", replay_taken_out)
