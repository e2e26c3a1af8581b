"""Finds what may identify someone in a text, and replaces what a person decides to replace.

Nothing is decided here: each find comes with how sure it is and why, and a person accepts or keeps it.
"""

from knutepunkt.web.pseudonyms.certainty import Certainty, certainty_of_pass
from knutepunkt.web.pseudonyms.finding import identifiers
from knutepunkt.web.pseudonyms.model import Group, Identifier, IdentifierKind, Replacement
from knutepunkt.web.pseudonyms.replacing import group, placeholders, replace

__all__ = [
    "Certainty",
    "Group",
    "Identifier",
    "IdentifierKind",
    "Replacement",
    "certainty_of_pass",
    "group",
    "identifiers",
    "placeholders",
    "replace",
]
