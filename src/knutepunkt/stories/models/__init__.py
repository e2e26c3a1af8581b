"""What is true in the library."""

from knutepunkt.stories.models.choosing import Meaning, Signs, Taste
from knutepunkt.stories.models.finding import Block, Entered, Posting, Spared, Word
from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle
from knutepunkt.stories.models.telling import Change, Telling, ThankYou

__all__ = ["Attachment", "Block", "Change", "Entered", "Item", "Meaning", "Posting", "Published", "Signs", "Spared", "Taste", "Telling", "ThankYou", "Word", "new_handle"]
