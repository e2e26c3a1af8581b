"""What choosing enters in the registers."""

from django.utils.translation import gettext_lazy

from knutepunkt.stories.actions.choosing import rebuild_signs
from knutepunkt.stories.jobs import choosing as jobs
from knutepunkt.web.registers import SEARCHABLES, Searchable

LOADED = (jobs,)


def enter() -> None:
    """Enter the meanings; the jobs are known when they are imported, and the door is shown by the library's front."""
    SEARCHABLES.add("stories.meaning", Searchable(gettext_lazy("Bibliotek"), rebuild_signs))
