"""What is true in the library."""

from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle
from knutepunkt.stories.models.telling import Change, Telling, ThankYou

__all__ = ["Attachment", "Change", "Item", "Published", "Telling", "ThankYou", "new_handle"]
