"""The ballot box: every ballot of a vote as one text that never changes its length.

Inside are the seats that have voted and, beside them and tied to none of them, ballots under random keys (keyed
digests of the voters' receipts), in the order of those keys. Outside it is sealed, so nothing of it is seen.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from knutepunkt.meetingplace.choices.voice import LONGEST_REASON, MOST_OPTIONS, Method

ROOM_FOR_KEY = 110
ROOM_FOR_SEAT = 12
ROOM_FOR_OPTION = 5
BYTES_A_SIGN = 4


class BoxFull(Exception):
    """More than there is room for: a fault, since seats and lengths are bounded."""


@dataclass
class Box:
    """An open box."""

    length: int
    voted: set[int] = field(default_factory=set)
    ballots: dict[str, dict[str, Any]] = field(default_factory=dict)


def room_for(method: str, seats: int) -> int:
    """The length that holds every ballot these seats could cast, at their longest."""
    reason = LONGEST_REASON * BYTES_A_SIGN if method == Method.CONCERN else 0
    return 64 + seats * (ROOM_FOR_SEAT + ROOM_FOR_KEY + MOST_OPTIONS * ROOM_FOR_OPTION + reason)


def shut(box: Box) -> bytes:
    """The box as bytes of its own fixed length.

    Raises:
        BoxFull: it does not fit.
    """
    inside = {"v": sorted(box.voted), "b": dict(sorted(box.ballots.items()))}
    text = json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > box.length:
        raise BoxFull
    return text.ljust(box.length)


def opened(text: bytes) -> Box:
    """The box that `shut` made."""
    inside = json.loads(text)
    return Box(len(text), set(inside["v"]), inside["b"])
