"""What a device sends: each thing once, whatever the line, and never over what somebody else has written."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.models import Note
from knutepunkt.journey.queries.device import mark_of
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import make_person, renew_card
from knutepunkt.web.sealing import destroy_key
from tests.journey.test_own import client_of, keep

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SEND = "/min-vei/send/"


@pytest.fixture
def her() -> Any:
    return make_person(by="test", chosen_name="Tiril")


@pytest.fixture
def him() -> Any:
    return make_person(by="test", chosen_name="Odd")


def one(kind: str = "checkin", version: int | None = None, note: Any = None, **content: Any) -> dict[str, Any]:
    content = content or {"on": "2026-11-22", "words": "Det gikk", "marks": {"hope": 3}}
    return {"id": str(note or uuid4()), "kind": kind, "content": content, "version": version}


def send(person: Any, *items: Any, client: Client | None = None, who: str | None = None, say: str = "") -> Any:
    body = json.dumps({"who": mark_of(person) if who is None else who, "items": items, "say": say})
    return (client or client_of(person)).post(SEND, body, content_type="application/json")


def states(answer: Any) -> list[str]:
    return [line["state"] for line in answer.json()["answers"]]


def test_what_is_sent_twice_is_stored_once(her: Any) -> None:
    item = one()

    first, second = send(her, item), send(her, item)

    assert (states(first), states(second)) == (["kept"], ["kept"])
    assert [n.content["words"] for n in notes_of(her, "checkin")] == ["Det gikk"]


@pytest.mark.parametrize("kind", ["checkin", "step", "goal", "plan"])
def test_every_kind_can_be_written_without_a_connection(her: Any, kind: str) -> None:
    content = {"checkin": {"on": "2026-11-22"}, "step": {"text": "Gå ut"}, "goal": {"text": "Synge"}, "plan": {"helps": ["Te"]}}

    answer = send(her, one(kind, **content[kind]))

    assert states(answer) == ["kept"]
    assert [n.kind for n in notes_of(her)] == [kind]


def test_a_change_of_what_was_seen_is_kept_and_one_of_something_older_stands_side_by_side(her: Any) -> None:
    goal = keep(her, "goal", text="Synge")
    changed = one("goal", 1, goal.pk, text="Synge høyt")

    assert states(send(her, changed)) == ["kept"]
    assert states(send(her, changed)) == ["same"]
    other = send(her, one("goal", 1, goal.pk, text="Danse")).json()["answers"][0]

    assert (other["state"], other["version"], other["now"]["text"]) == ("conflict", 2, "Synge høyt")
    assert notes_of(her, "goal")[0].content["text"] == "Synge høyt"


def test_a_plan_from_a_second_device_meets_the_one_that_stands(her: Any) -> None:
    stands = keep(her, "plan", helps=["Te"])

    answer = send(her, one("plan", helps=["Kaffe"])).json()["answers"][0]

    assert (answer["state"], answer["note"], answer["now"]["helps"]) == ("conflict", str(stands.pk), ["Te"])
    assert Note.objects.filter(person=her, kind="plan").count() == 1


def test_another_persons_note_is_neither_seen_nor_changed(her: Any, him: Any) -> None:
    hers = keep(her, "goal", text="Min alene")

    new = send(him, one("goal", None, hers.pk, text="Min alene"))
    changed = send(him, one("goal", 1, hers.pk, text="Noe annet"))

    assert (states(new), states(changed)) == (["taken"], ["gone"])
    assert "Min alene" not in new.content.decode() + changed.content.decode()
    assert notes_of(her, "goal")[0].content["text"] == "Min alene"


def test_what_one_person_wrote_is_never_taken_into_the_account_of_the_next(her: Any, him: Any) -> None:
    answer = send(him, one(), who=mark_of(her))

    assert (answer.status_code, answer.json()["state"]) == (409, "else")
    assert not Note.objects.exists()


HOSTILE = [
    None, 7, [], "x", {}, {"id": "x"}, {"id": None, "kind": "checkin"}, {"id": str(uuid4()), "kind": ["checkin"]},
    {"id": str(uuid4()), "kind": "settings", "content": {}}, {"id": str(uuid4()), "kind": "signal", "content": {}},
    one("checkin", on="2026-13-99"), one("checkin", on=5), one("checkin", on="2026-11-22", words=7),
    one("checkin", on="2026-11-22", marks={"hope": 99}), one("checkin", on="2026-11-22", marks=[1]),
    one("checkin", on="2026-11-22", marks={"hope": 10**30}), one("checkin", on="2026-11-22", words="x" * 9000),
    one("goal", text=""), one("goal", text="x", origin="mine"), one("goal", text="x", unknown=1), one("plan", helps="x"),
    one("plan", call=[{"name": "", "phone": 1}]), one("goal", -1, text="x"), one("goal", 10**20, text="x"),
    one("goal", True, text="x"), {"id": str(uuid4()), "kind": "goal", "content": "x"}, one("step", text="x", goal="nei"),
]  # fmt: skip


def test_bad_things_are_refused_one_by_one_and_the_rest_is_kept(her: Any) -> None:
    for item in HOSTILE:
        assert states(send(her, item, one())) == ["refused", "kept"], item
        Note.objects.filter(person=her).delete()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b'{"items": 7}', b"[]", b'{"items": [' + b"{}," * 30 + b"{}]}"])
def test_what_cannot_be_read_gets_a_plain_answer(her: Any, body: bytes) -> None:
    answer = client_of(her).post(SEND, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json() == {"state": "unreadable"}


def test_halves_of_letters_and_control_characters_are_left_out(her: Any) -> None:
    body = json.dumps({"who": mark_of(her), "items": [one(on="2026-11-22", words="hei \ud83d \x00 du")]})

    client_of(her).post(SEND, body, content_type="application/json")

    assert notes_of(her, "checkin")[0].content["words"] == "hei   du"


def test_one_who_is_not_signed_in_or_has_an_old_token_gets_nothing_in(her: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(her, backend="django.contrib.auth.backends.ModelBackend")

    assert send(her, one(), client=Client()).status_code == 302
    assert send(her, one(), client=strict).status_code == 403
    assert not Note.objects.exists()


def test_a_sending_without_end_is_slowed_down(her: Any) -> None:
    client = client_of(her)
    answers = [send(her, client=client).status_code for _ in range(121)]

    assert set(answers[:120]) == {200}
    assert answers[120] == 429


def test_a_shut_journey_gives_the_device_nothing_and_takes_nothing(her: Any) -> None:
    keep(her, "plan", helps=["Te"])
    renew_card(by=make_person(by="test", chosen_name="Randi"), person=her)
    her.refresh_from_db()
    client = client_of(her)

    assert client.get("/min-vei/pa-enheten/").status_code == 409
    assert send(her, one(), client=client).status_code == 409


def test_the_device_gets_plan_goals_scales_and_a_secret_of_the_persons_own(
    her: Any, him: Any, django_assert_max_num_queries: Any
) -> None:
    goal = keep(her, "goal", text="Synge")
    keep(her, "step", text="Spørre", goal=str(goal.pk))
    keep(her, "goal", text="Lagt bort", state="dropped")
    keep(her, "plan", helps=["Te"])
    keep(her, "dimension", name="Søvn", less="lite", more="nok")
    client = client_of(her)

    with django_assert_max_num_queries(8):
        answer = client.get("/min-vei/pa-enheten/")

    found, other = answer.json(), client_of(him).get("/min-vei/pa-enheten/").json()
    assert [n["kind"] for n in found["notes"]] == ["plan", "goal", "step"]
    assert [s["name"] for s in found["scales"]][-1] == "Søvn"
    assert found["secret"] == client.get("/min-vei/pa-enheten/").json()["secret"] != other["secret"]
    assert str(her.pk) not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    destroy_key(her.key_owner)
    assert client.get("/min-vei/pa-enheten/").status_code == 409


def test_the_pages_a_device_keeps_hold_nothing_of_anybody(her: Any) -> None:
    keep(her, "dimension", name="Blåklokke", less="lite", more="nok")
    keep(her, "plan", helps=["Blåklokke"])
    own, nobody = client_of(her), Client()

    for url in ("/min-vei/uten-nett/", "/min-vei/uten-konto/?skall"):
        shown = own.get(url).content.decode()
        assert shown == nobody.get(url).content.decode()
        assert "Tiril" not in shown
        assert "csrf" not in shown
        assert "Blåklokke" not in shown


def test_the_app_and_its_worker_are_served_with_their_scope() -> None:
    worker, manifest = Client().get("/min-vei/sw.js"), Client().get("/min-vei/app.webmanifest")

    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Service-Worker-Allowed"] == "/min-vei/"
    assert manifest.json()["scope"] == "/min-vei/"
    assert {icon["sizes"] for icon in manifest.json()["icons"]} == {"192x192", "512x512"}


@pytest.mark.parametrize("name", ["carry", "disagree", "before-sign-out", "without-account", "offline"])
def test_the_pages_open_in_eight_queries(her: Any, name: str, django_assert_max_num_queries: Any) -> None:
    keep(her, "dimension", name="Søvn", less="lite", more="nok")
    client = client_of(her)

    with django_assert_max_num_queries(8):
        answer = client.get(reverse(f"journey:{name}"))

    assert answer.status_code == 200


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_fifty_at_once_with_the_same_name_are_one_note() -> None:
    her = make_person(by="test", chosen_name="Tiril")
    items = [one(), one("plan", helps=["Te"])]
    clients = [client_of(her) for _ in range(50)]

    def go(client: Client) -> list[str]:
        try:
            return states(send(her, *items, client=client))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(go, clients))

    assert all(answer == ["kept", "kept"] for answer in answers), answers
    assert sorted(n.kind for n in notes_of(her)) == ["checkin", "plan"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_devices_that_begin_a_plan_at_once_make_one_plan() -> None:
    her = make_person(by="test", chosen_name="Tiril")

    def go(number: int) -> str:
        try:
            return states(send(her, one("plan", helps=[f"Te {number}"])))[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(go, range(8)))

    assert sorted(answers) == ["conflict"] * 7 + ["kept"]
    assert Note.objects.filter(person=her, kind="plan").count() == 1


def test_the_only_plan_cannot_be_two_even_past_the_actions(her: Any) -> None:
    keep(her, "plan", helps=["Te"])

    with pytest.raises(keeping.ChangedElsewhere):
        keep(her, "plan", helps=["Kaffe"])


@pytest.mark.parametrize(("language", "line"), [("nb", "At folk kan stole på meg."), ("nn", "Syngje i gruppa på Havna"), ("en", "That people can trust me.")])
def test_the_example_is_told_in_the_readers_language(language: str, line: str, settings: Any) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    assert line in client.get(reverse("journey:without-account")).content.decode()
