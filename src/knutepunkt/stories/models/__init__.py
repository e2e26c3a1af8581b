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
from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle

__all__ = [
    "AskedToCheck", "Attachment", "Collection", "CollectionPart", "DeskAnswer", "Item", "OutsideUse", "Package",
    "PackagePart", "PassedOn", "PeerCheck", "Published", "Removed", "Trained", "UsedItem", "new_handle",
]  # fmt: skip
