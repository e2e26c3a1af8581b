"""What is true in the library."""

from knutepunkt.stories.models.finding import Block, Entered, Posting, Spared, Word
from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle

__all__ = ["Attachment", "Block", "Entered", "Item", "Posting", "Published", "Spared", "Word", "new_handle"]
