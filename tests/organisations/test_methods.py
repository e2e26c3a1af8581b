import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.organisations.methods import distance_km, outline, plain_name_of, slug_of, sort_name_of


def test_norwegian_letters_sort_last():
    names = ["Ål", "Ørland", "Øvre", "Ænes", "Zulu", "Alta", "Århus", "Bø"]

    assert sorted(names, key=sort_name_of) == ["Alta", "Bø", "Zulu", "Ænes", "Ørland", "Øvre", "Ål", "Århus"]


@given(st.text(max_size=60))
def test_sort_name_is_plain_signs_that_every_database_orders_alike(text):
    key = sort_name_of(text)

    assert key.isascii()
    assert key == "" or (key.isalnum() and key == key.lower())


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Gáivuotna", "gaivuotna"), ("HAMARØY", "hamaroy"), ("Porsáŋgu", "porsangu"), ("  Nes  by ", "nes by")],
)
def test_plain_name_has_no_marks(typed, found):
    assert plain_name_of(typed) == found


def test_slug_is_kept_apart_from_those_taken():
    assert slug_of("Våler", apart="3114") == "valer"
    assert slug_of("Våler", apart="3114", taken={"valer"}) == "valer-3114"
    assert slug_of("Våler", apart="3114", taken={"valer", "valer-3114"}) == "valer-2"


def test_distance_from_oslo_to_trondheim():
    assert 385 < distance_km((59.91, 10.75), (63.43, 10.40)) < 400


def test_points_of_norway_fall_inside_the_outline():
    drawn = outline()

    for place in ((57.98, 7.45), (71.1, 25.78), (59.9, 10.7), (69.7, 30.0)):
        x, y = drawn.place(*place)
        assert 0 < x < drawn.width
        assert 0 < y < drawn.height
