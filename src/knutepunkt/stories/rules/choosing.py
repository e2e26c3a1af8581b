"""Who may be offered a story, and who may keep what for whom."""

from knutepunkt.web.access import EVERYONE, anyone, permission

permission("stories.choose_story", anyone, roles=(EVERYONE,),
           says="Everyone may ask for a story now; what they keep for it is kept for themselves alone.")  # fmt: skip
