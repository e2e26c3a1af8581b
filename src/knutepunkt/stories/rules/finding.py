"""Who may find and read, as a table of short sentences."""

from knutepunkt.web.access import EVERYONE, anyone, permission

permission("stories.find_items", anyone, roles=(EVERYONE,),
           says="Everyone may search the library and choose what they do not want to meet.")  # fmt: skip
permission("stories.read_item", anyone, roles=(EVERYONE,), private=True,
           says="Everyone may read what is published, and tell the editors about it; what is not published is not there.")  # fmt: skip
