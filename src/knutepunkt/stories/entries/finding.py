"""What finding and reading enters in the registers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from knutepunkt.stories import rules
from knutepunkt.stories.actions.finding import REPORTED
from knutepunkt.stories.actions.indexing import SEARCHABLE, rebuild
from knutepunkt.stories.choices.finding import Reason
from knutepunkt.web.registers import NAVIGATION, NOTICES, SEARCHABLES, NavEntry, NoticeKind, Searchable

LOADED = (rules,)


def _says(facts: dict[str, Any]) -> str:
    return str(gettext_lazy("En leser har meldt fra om noe i biblioteket: %(reason)s.")) % {"reason": str(Reason(facts["reason"]).label).lower()}


def _where(facts: dict[str, Any]) -> str:
    return reverse("stories:reported", args=[facts["item"]])


def enter() -> None:
    """Enter everything."""
    NAVIGATION.add("stories", NavEntry(gettext_lazy("Bibliotek"), "stories:library", lambda _p: True, 30))
    SEARCHABLES.add(SEARCHABLE, Searchable(gettext_lazy("Bibliotek"), rebuild))
    NOTICES.add(REPORTED, NoticeKind(_says, _where))
