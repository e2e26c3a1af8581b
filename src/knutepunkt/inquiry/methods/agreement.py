"""Agreement between two who coded apart: Krippendorff's alpha for nominal data, per code.

Source: K. Krippendorff, Content Analysis (4th ed. 2018), ch. 12, nominal metric; computed from the
coincidence matrix, alpha = 1 - D_observed / D_expected. Own code; an aid for a talk, never a verdict.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import permutations


def alpha_nominal(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha.

    Args:
        units: for each unit the values given by those who judged it; units with fewer than two are left out.

    Returns:
        1.0 for full agreement, 0.0 for what chance gives, negative for less; None when all values are the
        same everywhere (nothing varies, so alpha is not defined) or no unit was judged twice.
    """
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:  # noqa: PLR2004 (a pair)
            continue
        for pair in permutations(values, 2):
            coincidences[pair] += 1 / (len(values) - 1)
    totals: defaultdict[Hashable, float] = defaultdict(float)
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2))
    if n <= 1 or not expected:
        return None
    observed = sum(weight for (a, b), weight in coincidences.items() if a != b)
    return 1 - (n - 1) * observed / expected


def agreement_by_code(
    units: Sequence[Hashable], coded: Mapping[str, Mapping[Hashable, set[int]]], codes: Iterable[int]
) -> dict[int, float | None]:
    """Alpha for each code, over the units both have read.

    Args:
        units: what was judged, for instance the turns of a source.
        coded: for each coder, the codes put on each unit.
        codes: the codes to compute for.
    """
    return {
        code: alpha_nominal([[code in by_unit.get(unit, set()) for by_unit in coded.values()] for unit in units])
        for code in codes
    }
