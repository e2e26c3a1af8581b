"""What is true in the library."""

from knutepunkt.stories.models.item import Attachment, Item, Published, new_handle

__all__ = ["Attachment", "Item", "Published", "new_handle"]
