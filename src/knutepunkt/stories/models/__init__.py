"""What is true in the library."""

from knutepunkt.stories.models.choosing import Meaning, Signs, Taste
from knutepunkt.stories.models.finding import Block, Entered, Posting, Spared, Word
from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle

__all__ = ["Attachment", "Block", "Entered", "Item", "Meaning", "Posting", "Published", "Signs", "Spared", "Taste", "Word", "new_handle"]
