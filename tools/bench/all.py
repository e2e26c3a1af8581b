"""Everything that is measured, in its order."""

import gc
from collections.abc import Iterator

from bench.acts import acts
from bench.choosing import choosing
from bench.events import events
from bench.journey import journey
from bench.library import library
from bench.measuring import Weighed
from bench.pages import pages
from bench.place import place
from bench.serving import serving
from bench.voice import voice
from bench.world import World
from knutepunkt.config.installation import make_ready


def everything() -> Iterator[Weighed]:
    """Make the installation and its data, and measure."""
    make_ready()
    world = World()
    gc.collect()
    gc.freeze()  # the bench's own data is no part of what a server has to look through
    yield from pages(world)
    yield from place(world)
    yield from serving(world)
    yield from acts(world)
    yield from voice(world)
    yield from events(world)
    yield from journey()
    yield from library()
    yield from choosing()
