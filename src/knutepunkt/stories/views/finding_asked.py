"""What a request says about what is looked for, and what its reader is to be spared."""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode

from knutepunkt.people.queries import StillShut
from knutepunkt.stories.actions.finding import keep_spared
from knutepunkt.stories.choices.finding import LONGEST_QUERY, MOST_CHOSEN
from knutepunkt.stories.methods.contents import tidy
from knutepunkt.stories.methods.finding_spared import Choices, packed, unpacked
from knutepunkt.stories.queries.finding import spared_with_account
from knutepunkt.stories.queries.finding_search import Query
from knutepunkt.web.device import closed, opened
from knutepunkt.web.paging import whole_number

COOKIE, COOKIE_DAYS = "vis-ikke", 400
WORDS, CHOSEN, WITHOUT, AFTER, CORRECT = "q", "valg", "uten", "fra", "ordrett"
NOTES = "content-notes:"
CLOSED, SENTENCE, SENTENCE_SECONDS = "o", "setning", 3600


def on_device(request: HttpRequest) -> Choices:
    """What the device keeps of what its reader does not want to meet."""
    return unpacked(request.COOKIES.get(COOKIE, ""))


def spared(request: HttpRequest) -> Choices:
    """What this reader does not want to meet: what the device keeps, and what the account keeps."""
    device = on_device(request)
    return device | spared_with_account(request.user) if request.user.is_authenticated else device


def keep(request: HttpRequest, answer: HttpResponse, choices: Choices) -> None:
    """Keep it for good: with the account where there is one that is open, else on the device."""
    path = "/bibliotek/"
    if request.user.is_authenticated:
        try:
            keep_spared(by=request.user, choices=choices)
        except StillShut:
            pass
        else:
            answer.delete_cookie(COOKIE, path=path)
            return
    if not choices:
        answer.delete_cookie(COOKIE, path=path)
        return
    answer.set_cookie(
        COOKIE, packed(choices), max_age=COOKIE_DAYS * 86400, path=path, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


@dataclass(frozen=True)
class Asked:
    """What stands in the address: words, what is chosen, what is left out this time, and where to go on from."""

    words: str
    chosen: tuple[str, ...]
    without: tuple[str, ...]
    after: int
    is_exact: bool

    @property
    def is_empty(self) -> bool:
        """Nothing is looked for."""
        return not (self.words or self.chosen or self.without)

    def query(self, choices: Choices) -> Query:
        """The same, with what the reader is always to be spared."""
        notes = tuple(f"{NOTES}{note}" for note in choices.notes)
        return Query(self.words, self.chosen, (*self.without, *notes, *choices.themes), choices.tellers, choices.items, self.is_exact)

    def address(self, **other: Any) -> str:
        """The address of this, with something else in it."""
        facts = {WORDS: self.words, CHOSEN: self.chosen, WITHOUT: self.without, CORRECT: "1" if self.is_exact else "", AFTER: "", **other}
        return "?" + urlencode([(k, v) for k, values in facts.items() for v in ([values] if isinstance(values, str | int) else values) if v], doseq=True)

    def without_choice(self, key: str) -> str:
        """The address with one choice less."""
        return self.address(**{CHOSEN: [k for k in self.chosen if k != key], WITHOUT: [k for k in self.without if k != key]})


def whole_sentence(words: str) -> str:
    """The end of an address that asks for some words without showing them, for as long as an hour; nothing where there are none."""
    return f"?{CLOSED}={closed(SENTENCE, f'{int(time.time())} {words}')}" if words else ""


def sentence_in(data: QueryDict) -> str:
    """The words `whole_sentence` was given, within the hour."""
    at, _space, words = opened(SENTENCE, data.get(CLOSED, "")).partition(" ")
    return words if at.isdigit() and 0 <= time.time() - int(at) < SENTENCE_SECONDS else ""


def asked(data: QueryDict) -> Asked:
    """What stands in the address, tidied and bounded."""
    return Asked(
        tidy(data.get(WORDS, ""))[:LONGEST_QUERY], _some(data, CHOSEN), _some(data, WITHOUT), whole_number(data.get(AFTER, "")),
        data.get(CORRECT, "") == "1",
    )  # fmt: skip


def _some(data: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:80] for value in data.getlist(name) if value and "\0" not in value))[:MOST_CHOSEN]
