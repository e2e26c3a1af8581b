"""Coding: codes in a tree with undo, several coders at once, coding apart, and the workbench's answers."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knutepunkt.inquiry.actions import coding as actions
from knutepunkt.inquiry.actions.coding import NoSuchPlace, WouldCircle
from knutepunkt.inquiry.actions.frame import add_team_member
from knutepunkt.inquiry.models import Code, Coding, Passage
from knutepunkt.inquiry.queries.coding import code_table, codebook, coded_rows
from knutepunkt.themes.actions import load_vocabularies
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class World:
    def __init__(self) -> None:
        self.lead, self.second = make.person("Ask"), make.person("Bera")
        self.inquiry = make.inquiry(lead=self.lead)
        add_team_member(by=self.lead, inquiry=self.inquiry, person=self.second, role="evaluator")
        self.her, _ = make.participant(self.inquiry, by=self.lead, group="nye")
        self.him, _ = make.participant(self.inquiry, by=self.lead, group="gamle")
        self.source = make.source(
            self.inquiry, by=self.lead, text="A: håpet kom sakte\nB: =2+2 sa han 😀 ja\nA: det ble lyst",
            speakers={"A": self.her, "B": self.him},
        )  # fmt: skip

    def client(self, person: Any) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"inquiry:{name}", args=[self.inquiry.slug, *more])


@pytest.fixture
def world() -> World:
    return World()


def names(world: World) -> list[tuple[int, str]]:
    return [(line.depth, line.code.name) for line in codebook(world.inquiry)]


def test_chime_comes_in_as_a_tree_once(world: World) -> None:
    load_vocabularies()

    actions.adopt_vocabulary(by=world.lead, inquiry=world.inquiry, vocabulary="chime")
    again = actions.adopt_vocabulary(by=world.lead, inquiry=world.inquiry, vocabulary="chime")

    top = [name for depth, name in names(world) if depth == 0]
    assert top == ["Tilhørighet", "Håp", "Identitet", "Mening i livet", "Egenmakt", "Vansker"]
    assert again == []


def test_every_change_of_the_codebook_can_be_undone(world: World) -> None:
    one = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")
    two = actions.add_code(by=world.lead, inquiry=world.inquiry, name="to")
    make.passage(world.source, by=world.lead, words="håpet", name="ett")
    before = names(world)
    actions.change_code(by=world.lead, code=one, name="en", colour=3)
    actions.move_code(by=world.lead, code=one, parent=two)
    actions.merge_codes(by=world.lead, code=Code.objects.get(pk=one.pk), into=two)
    assert names(world) == [(0, "to")]

    for _ in range(3):
        actions.undo_code_change(by=world.lead, inquiry=world.inquiry)

    assert names(world) == before
    assert Coding.objects.get().code_id == one.pk


def test_code_cannot_lie_under_itself(world: World) -> None:
    one = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")
    two = actions.add_code(by=world.lead, inquiry=world.inquiry, name="to", parent=one)

    with pytest.raises(WouldCircle):
        actions.move_code(by=world.lead, code=one, parent=two)
    with pytest.raises(WouldCircle):
        actions.merge_codes(by=world.lead, code=one, into=two)


def test_merge_of_two_codes_on_one_passage_keeps_one(world: World) -> None:
    one = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")
    two = actions.add_code(by=world.lead, inquiry=world.inquiry, name="to")
    actions.mark_passage(by=world.lead, source=world.source, start=0, end=5, version=1, codes=[one, two])

    actions.merge_codes(by=world.lead, code=one, into=two)

    assert Coding.objects.filter(code=two).count() == 1


@pytest.mark.parametrize(("start", "end", "version"), [(5, 5, 1), (-1, 4, 1), (0, 9999, 1), (0, 4, 7)])
def test_place_outside_the_text_or_of_another_version_is_refused(
    world: World, start: int, end: int, version: int
) -> None:
    code = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")

    with pytest.raises(NoSuchPlace):
        actions.mark_passage(
            by=world.lead, source=world.source, start=start, end=end, version=version, codes=[code]
        )

    assert not Passage.objects.exists()


def test_double_click_makes_one_passage(world: World) -> None:
    make.passage(world.source, by=world.lead, words="håpet")
    make.passage(world.source, by=world.lead, words="håpet")

    assert (Passage.objects.count(), Coding.objects.count()) == (1, 1)


def test_passage_over_two_speakers_has_both_voices(world: World) -> None:
    text = world.source.text
    passage = make.passage(world.source, by=world.lead, words=text[: text.index("sa han")])

    assert {v.participant.code for v in passage.voices.all()} == {"D1", "D2"}


def test_workbench_marks_codes_and_takes_off(world: World) -> None:
    client = world.client(world.lead)
    code = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")
    start = world.source.text.index("ja")
    body = {"start": start, "end": start + 2, "version": 1, "codes": [code.pk]}

    made = client.post(world.url("passage-add", "K1"), json.dumps(body), content_type="application/json")
    data = client.get(world.url("workbench-data", "K1")).json()
    url = world.url("passage-code", made.json()["id"])
    taken = client.post(url, json.dumps({"take_off": code.pk}), content_type="application/json")

    assert made.status_code == 201
    found = data["passages"][0]
    assert data["text"][found[1] : found[2]] == "ja"
    assert found[4] == [code.pk]
    assert taken.json()["codes"] == []
    assert not Passage.objects.exists()


def test_stale_workbench_is_told(world: World) -> None:
    code = actions.add_code(by=world.lead, inquiry=world.inquiry, name="ett")
    body = {"start": 0, "end": 2, "version": 9, "codes": [code.pk]}

    answer = world.client(world.lead).post(
        world.url("passage-add", "K1"), json.dumps(body), content_type="application/json"
    )

    assert answer.status_code == 409


@pytest.mark.parametrize("body", ["", "[]", "null", '{"start": "x"}', '{"codes": 7}', '{"start": true, "codes": [1]}'])
def test_odd_bodies_give_an_answer_not_a_fault(world: World, body: str) -> None:
    answer = world.client(world.lead).post(world.url("passage-add", "K1"), body, content_type="application/json")

    assert answer.status_code in {400, 409}


def test_two_code_apart_and_see_only_their_own_until_both_are_done(world: World) -> None:
    actions.start_coding_apart(by=world.lead, source=world.source, people=[world.lead, world.second])
    world.source.refresh_from_db()
    make.passage(world.source, by=world.lead, words="håpet kom", name="ett")
    make.passage(world.source, by=world.second, words="det ble lyst", name="ett")
    url = world.url("workbench-data", "K1")

    apart = [len(world.client(p).get(url).json()["passages"]) for p in (world.lead, world.second)]
    actions.finish_coding_apart(by=world.lead, source=world.source)
    actions.finish_coding_apart(by=world.second, source=world.source)
    together = world.client(world.lead).get(url).json()["passages"]
    page = world.client(world.lead).get(world.url("apart", "K1")).content.decode()

    assert apart == [1, 1]
    assert len(together) == 2
    assert "Krippendorffs alfa" in page


def test_table_counts_passages_by_group(world: World) -> None:
    make.passage(world.source, by=world.lead, words="håpet")
    make.passage(world.source, by=world.lead, words="sa han")

    groups, lines = code_table(world.inquiry)

    assert groups == ["gamle", "nye"]
    assert lines[0][1] == [1, 1]


def test_csv_cannot_become_a_formula(world: World) -> None:
    make.passage(world.source, by=world.lead, words="=2+2 sa han")

    rows = list(coded_rows(world.inquiry))

    assert rows[0][-1] == "'=2+2 sa han"
    assert rows[0][3:5] == ["D2", "håp"]


def test_while_coded_apart_no_list_count_or_export_shows_the_codes(world: World) -> None:
    actions.start_coding_apart(by=world.lead, source=world.source, people=[world.lead, world.second])
    world.source.refresh_from_db()
    make.passage(world.source, by=world.second, words="håpet kom", name="hemmelig")
    code = world.inquiry.codes.get(name="hemmelig")

    counts = [line.count for line in codebook(world.inquiry)]
    page = world.client(world.lead).get(world.url("code", code.pk)).content.decode()

    assert counts == [0]
    assert list(coded_rows(world.inquiry)) == []
    assert code_table(world.inquiry)[1][0][1] == [0, 0]
    assert "håpet kom" not in page
