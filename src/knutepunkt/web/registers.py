"""The registers: where each room says what it has for the whole house.

A room signs up in its `apps.py`; upper floors and sideways matters walk the register instead of
importing the room. Entries are plain dataclasses of functions, so that reading one shows all it can do.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class Register(Generic[Entry]):
    """A named list of entries by key; a key is taken once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, Entry] = {}

    def add(self, key: str, entry: Entry) -> None:
        """Enter something; the same key twice is a fault in the code."""
        if self._entries.get(key, entry) != entry:
            message = f"{self.name}: {key} is taken"
            raise ValueError(message)
        self._entries[key] = entry

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def get(self, key: str) -> Entry | None:
        """The entry, or None."""
        return self._entries.get(key)

    def items(self) -> Iterable[tuple[str, Entry]]:
        """Keys and entries, in the order they were entered."""
        return self._entries.items()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())


@dataclass(frozen=True)
class ConsentObject:
    """What a consent can be about: how its uses are found and how its words are taken away.

    `title` and `surfaces` answer for the preview; `refuse_words` works inside the transaction and
    makes every surface refuse; `clean_up` is the job that removes what is left on disk; `leave`
    lets the giver go while the words stay. `holder_page` is
    where whoever holds the receipt sees it, `export` all of it as plain data. `choices_changed` is told, within
    the transaction, that there are new answers; `hold` takes hold of it before anything changes, until the transaction ends.
    """

    title: Callable[[str], str]
    surfaces: Callable[[str], "list[Surface]"]
    refuse_words: Callable[..., None]
    clean_up: Callable[[str], None]
    leave: Callable[[str], None]
    holder_page: Callable[[str], str]
    export: Callable[[str], dict[str, Any]]
    choices_changed: Callable[[str], None] | None = None
    hold: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Surface:
    """One place where words are in use now, as the preview names it."""

    label: str
    url: str
    can_be_called_back: bool
    note: str = ""


@dataclass(frozen=True)
class PersonalData:
    """How one kind of personal record is exported and erased, and what it is for.

    `fields` sorts every field of the model as `personal`, `sensitive` or `plain`.
    `export` gives plain data for a person's key, `erase` removes or empties; `due` deletes what has
    passed its end date and says how many.
    """

    model: str
    holds: str
    why: str
    how_long: str
    fields: dict[str, str]
    export: Callable[[Any], list[dict[str, Any]]]
    erase: Callable[[Any], int]
    due: Callable[[], int] | None = None


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: its words and where it leads, made from identifiers when shown."""

    text: Callable[[dict[str, Any]], str]
    url: Callable[[dict[str, Any]], str]
    mail_subject: Callable[[dict[str, Any]], str] | None = None


@dataclass(frozen=True)
class Searchable:
    """A kind of searchable thing: its name on screen, and how all of it is indexed anew."""

    label: Any
    rebuild: Callable[[], int]


@dataclass(frozen=True)
class Figure:
    """A figure a room can give about an organisation; shown to others only through the threshold."""

    label: Any
    count: Callable[[Any], int]


@dataclass(frozen=True)
class Given:
    """One thing somebody gave, and what became of it, for the page over all rooms."""

    what: str
    became: str
    url: str
    at: Any


@dataclass(frozen=True)
class Received:
    """What became of words that were handed on: where they are, the address there, and a code to see them by."""

    where: str
    url: str
    code: str = ""


@dataclass(frozen=True)
class Receiver:
    """A room that takes words a person hands on from their own notes, by their own yes.

    `says` tells what happens to them; `places` gives (key, name) of where this person may hand them;
    `receive(by, place, words)` takes them in.
    """

    label: Any
    says: Any
    places: Callable[[Any], "list[tuple[str, str]]"]
    receive: Callable[..., Received]


@dataclass(frozen=True)
class ReportLine:
    """A report a room has published, as it may be named now: what it is called, where it is, who made it, when."""

    title: str
    url: str
    by: str
    at: Any
    edition: int = 1


@dataclass(frozen=True)
class NavEntry:
    """A line in the navigation, shown only when `shown(person)` says so."""

    label: Any
    url_name: str
    shown: Callable[[Any], bool]
    order: int


CONSENT_OBJECTS: Register[ConsentObject] = Register("consent objects")
PERSONAL_DATA: Register[PersonalData] = Register("personal data")
NOTICES: Register[NoticeKind] = Register("notices")
SEARCHABLES: Register[Searchable] = Register("searchables")
FIGURES: Register[Figure] = Register("figures")
GIVEN: "Register[Callable[[Any], list[Given]]]" = Register("what was given")
NAVIGATION: Register[NavEntry] = Register("navigation")
NEXT_STEPS: "Register[Callable[[Any], list[Given]]]" = Register("next steps on my page")
PLACE_LINKS: "Register[Callable[[Any], list[tuple[str, str]]]]" = Register("ways on from an organisation's page")
REPLAYS: "Register[Callable[[], int]]" = Register("what is taken away again after a restore")
RECEIVERS: Register[Receiver] = Register("where words can be handed on")
REPORTS: "Register[Callable[[Any, int], list[ReportLine]]]" = Register("published reports: newest before a time, at most so many")
COPING: "Register[Callable[[Any], list[str]]]" = Register("a person's own words on what helps, for that person only")
DEMO_SEEDS: "Register[Callable[..., None]]" = Register("demo content")
