"""A written collection and judged queries: how good the search is, told the same on both databases.

nDCG@10 with gains 2^grade - 1 (Järvelin and Kekäläinen 2002; Burges 2005). Run with `-s` for the table.
"""

import hashlib
import json
import math

import pytest

from knutepunkt.stories.queries.finding_names import facets
from knutepunkt.stories.queries.finding_search import Query, find
from tests.stories.collection import QUERIES, TEXTS
from tests.stories.shelves import whole_collection

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LEAST_MEAN = 0.88
ORDER = "75e349acb13f9485"
"""A digest of every order of hits: the same on SQLite and PostgreSQL, and until somebody changes how hits are ordered."""


def ndcg(keys: list[str], grades: dict[str, int]) -> float:
    """How near the best possible order the first ten are."""
    gain = [(2 ** grades.get(key, 0) - 1) / math.log2(n + 2) for n, key in enumerate(keys[:10])]
    best = [(2**grade - 1) / math.log2(n + 2) for n, grade in enumerate(sorted(grades.values(), reverse=True)[:10])]
    return sum(gain) / sum(best)


def test_judged_queries_find_what_people_judged(capsys: pytest.CaptureFixture[str]) -> None:
    keys = {shown.pk: key for key, shown in whole_collection().items()}
    known, scores, orders = facets(), {}, {}

    for words, judged in QUERIES.items():
        grades = {key: int(grade) for key, _, grade in (pair.partition(":") for pair in judged.split())}
        orders[words] = [keys[pk] for pk in find(Query(words), facets=known).keys]
        scores[words] = ndcg(orders[words], grades)
    order = hashlib.sha256(json.dumps(orders).encode()).hexdigest()[:16]
    mean = sum(scores.values()) / len(scores)
    with capsys.disabled():
        from django.db import connection

        print(f"\n{connection.vendor}: nDCG@10 {mean:.3f} over {len(scores)} queries, {len(TEXTS.splitlines())} texts, order {order}")
        for words, score in sorted(scores.items(), key=lambda pair: pair[1])[:12]:
            print(f"  {score:.2f}  {words}: {' '.join(orders[words])}")

    assert len(QUERIES) >= 40
    assert mean >= LEAST_MEAN
    assert order == ORDER
