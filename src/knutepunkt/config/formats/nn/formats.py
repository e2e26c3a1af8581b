"""Days and times in nynorsk: as in bokmål."""

from knutepunkt.config.formats.nb.formats import *  # noqa: F403 (the same formats, other names of months)
