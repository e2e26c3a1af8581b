"""Krippendorff's alpha against published values, and the search for runs of withdrawn words."""

import pytest

from knutepunkt.inquiry.methods.agreement import alpha_nominal
from knutepunkt.inquiry.methods.runs import holds_run, runs_of


def test_alpha_of_the_published_example() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example B: nominal, two observers."""
    one = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    other = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]

    found = alpha_nominal(list(zip(one, other, strict=True)))

    assert found == pytest.approx(0.692, abs=0.001)


def test_alpha_is_not_defined_where_nothing_varies() -> None:
    assert alpha_nominal([(True, True), (True, True)]) is None
    assert alpha_nominal([(True,), (False,)]) is None


def test_runs_are_found_across_case_and_punctuation() -> None:
    runs = runs_of(["Jeg gikk ut døra og kom aldri tilbake."])

    assert holds_run("Hun sa: «gikk ut døra, og kom …»", runs)
    assert not holds_run("Jeg gikk ut døra, men kom tilbake", runs)
    assert runs_of(["bare fire ord her"]) == set()
