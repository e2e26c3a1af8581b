"""Says in plain words how sure the pass is, and what it cannot see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knutepunkt.web.pseudonyms.model import Group

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SURE = 0.8
# Measured on our own annotated texts, see tests/web/test_pseudonyms.py; the test keeps them true.
MEASURED_RECALL = 0.95
MEASURED_PRECISION = 0.85

_OPENING = _("Dette er et hjelpemiddel. I våre egne prøver fant det omtrent 19 av 20. Les teksten selv også.")
_CANNOT_FIND: "tuple[_StrPromise, ...]" = (
    _("Den finner ikke navn som også er vanlige ord, når de står først i setningen."),
    _(
        "Den finner ikke kallenavn med liten bokstav, og ikke navn som er feilskrevet slik at de ligner vanlige ord."
    ),
    _("Den finner ikke tall som er skrevet med bokstaver."),
    _(
        "Den ser ikke at en hendelse, en jobb eller en sjelden sykdom kan røpe hvem det er. Det må du se etter selv."
    ),
)


@dataclass(frozen=True, slots=True)
class Certainty:
    """How many groups the pass is sure and unsure of, and sentences to show beside them."""

    sure: int
    unsure: int
    sentences: tuple[str, ...]


def certainty_of_pass(groups: Sequence[Group]) -> Certainty:
    """Return how sure the pass is of these groups, in sentences of the language that is active now."""
    sure = sum(one.certainty >= SURE for one in groups)
    unsure = len(groups) - sure
    counted = (
        ngettext("Den er ganske sikker på %(count)d funn.", "Den er ganske sikker på %(count)d funn.", sure)
        % {"count": sure},
        ngettext("Den er usikker på %(count)d funn.", "Den er usikker på %(count)d funn.", unsure)
        % {"count": unsure},
    )
    return Certainty(sure, unsure, (str(_OPENING), *counted, *map(str, _CANNOT_FIND)))
