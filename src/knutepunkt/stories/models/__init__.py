"""What is true in the library."""

from knutepunkt.stories.models.caring import (
    AskedToCheck,
    Collection,
    CollectionPart,
    DeskAnswer,
    OutsideUse,
    Package,
    PackagePart,
    PassedOn,
    PeerCheck,
    Removed,
    Trained,
    UsedItem,
)
from knutepunkt.stories.models.choosing import Meaning, Signs, Taste
from knutepunkt.stories.models.finding import Block, Entered, Posting, Spared, Word
from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle
from knutepunkt.stories.models.telling import Change, Telling, ThankYou

__all__ = [
    "AskedToCheck", "Attachment", "Block", "Change", "Collection", "CollectionPart", "DeskAnswer", "Entered", "Item", "Meaning", "OutsideUse",
    "Package", "PackagePart", "PassedOn", "PeerCheck", "Posting", "Published", "Removed", "Signs", "Spared", "Taste", "Telling", "ThankYou",
    "Trained", "UsedItem", "Word", "new_handle",
]  # fmt: skip
