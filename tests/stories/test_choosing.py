"""A story for me now, and what is like it: with an account and without, sealed, never what is not published, and gone with its text."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.people.actions import erase_person, make_person
from knutepunkt.stories.actions import choosing
from knutepunkt.stories.actions.publishing import keep_content, put_out, take_down
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.methods.finding_spared import Choices
from knutepunkt.stories.models import Item, Meaning, Published, Signs, Taste
from knutepunkt.stories.queries.choosing import more_like, taste_of
from knutepunkt.stories.views import finding_asked
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web import likeness
from knutepunkt.web.jobs import work_off
from knutepunkt.web.registers import PERSONAL_DATA

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HOPE, HARD = "library:tone.hopeful", "library:shape.standing-still"
with_likeness = pytest.mark.skipif(not likeness.is_on(), reason="needs the extra `likhet`")


@pytest.fixture(autouse=True)
def _words(db: Any) -> None:
    load_vocabularies()


def shown(title: str, *terms: str, text: str = "Noen ord.", notes: tuple[str, ...] = (), **more: Any) -> Published:
    item = Item.objects.create(kind=more.pop("kind", "story"))
    keep_content(item, clean(item.kind, {"title": title, "text": text, "terms": terms, "notes": notes, **more}))
    return put_out(item, may_be_found=False)


def ask(client: Client, **typed: Any) -> Any:
    return client.post(reverse("stories:for-me"), {"wish": "surprise", "remembers": "on", **typed}, follow=True)


def test_without_account_the_wish_is_met_and_nothing_is_stored_here() -> None:
    shown("Lyset kom", HOPE)
    for number in range(20):
        shown(f"Stille {number}", HARD)
    client = Client()

    answer = ask(client, wish="hopeful")

    assert answer.context["first"].shown.title == "Lyset kom"
    assert "Fordi den har med: Håpefull." in answer.content.decode()
    assert Taste.objects.count() == 0
    kept = client.cookies["for-meg"]
    assert kept["httponly"]
    assert "hopeful" not in kept.value


def test_somebody_elses_device_or_a_forged_cookie_is_nothing() -> None:
    client = Client()
    client.cookies["for-meg"] = "AAAA"

    assert client.get(reverse("stories:for-me")).status_code == 200


def test_with_account_it_is_sealed_with_the_persons_own_key_and_goes_with_them() -> None:
    person = make_person(by="test", chosen_name="Tiril")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    ask(client, wish="honest", own_situation=["library:situation.prison"])

    row = Taste.objects.get()
    assert b"prison" not in bytes(row.content)
    assert taste_of(person).own == ("library:situation.prison",)
    assert PERSONAL_DATA["stories.taste"].export(person)[0]["wish"] == "honest"
    assert client.cookies.get("for-meg") is None or not client.cookies["for-meg"].value
    erase_person(by=person, person=person)
    work_off()
    assert Taste.objects.count() == 0


@pytest.mark.parametrize("has_account", [True, False])
def test_what_one_avoids_and_what_is_gone_is_on_no_surface(has_account: bool) -> None:
    heavy = shown("Tung", HOPE, notes=("death",))
    gone = shown("Borte", HOPE)
    left = shown("Igjen", HOPE)
    take_down(gone.item)
    client = Client()
    if has_account:
        client.force_login(make_person(by="test", chosen_name="Tiril"), backend="django.contrib.auth.backends.ModelBackend")

    ask(client, wish="hopeful", notes=["death"])
    pages = [client.get(reverse("stories:offered") + f"?nr={n}").content.decode() for n in range(5)]
    pages.append(client.get(reverse("stories:like", args=[left.handle])).content.decode())

    assert all("Igjen" in page for page in pages[:5])
    assert not any(gone.title in page for page in pages)
    assert not any(heavy.title in page for page in pages[:5])
    assert client.get(reverse("stories:like", args=[gone.handle])).status_code == 404
    assert client.get(reverse("stories:answer", args=[gone.handle])).status_code == 404


def test_another_is_another_until_all_has_been_met() -> None:
    for number in range(9):
        shown(f"Nummer {number}", HOPE)
    client = Client()
    answer = ask(client)
    met: list[str] = []
    for _ in range(3):
        cards = [answer.context["first"], *answer.context["others"]]
        met += [card.shown.handle for card in cards]
        answer = client.post(answer.redirect_chain[-1][0], follow=True)

    assert len(set(met)) == 9
    assert answer.context["first"] is not None


@pytest.mark.parametrize("wish", ["like", "unlike"])
def test_who_asks_by_their_own_life_without_telling_of_it_is_told(wish: str) -> None:
    shown("Stille", HARD)
    client = Client()

    blind = ask(client, wish=wish).content.decode()
    told = ask(client, wish=wish, own_situation="library:situation.small-place").content.decode()

    assert "Du har ikke sagt noe om ditt eget liv ennå." in blind
    assert "passer til det du ba om" not in blind
    assert 'id="mer" open' in client.get(reverse("stories:for-me")).content.decode()
    assert "Du har ikke sagt noe om ditt eget liv ennå." not in told


def test_looking_again_shows_the_same() -> None:
    for number in range(30):
        shown(f"Nummer {number}", HOPE)
    client = Client()
    where = ask(client).redirect_chain[-1][0]

    assert client.get(where).context["first"].shown == client.get(where).context["first"].shown


def test_answers_are_for_oneself_and_can_be_let_go() -> None:
    one = shown("Min", HOPE)
    person = make_person(by="test", chosen_name="Tiril")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    ask(client, own_helped=["library:helped.art"])

    answer = client.post(reverse("stories:answer", args=[one.handle]), {"hope": "5", "took": "", "alike": "2"}, follow=True)

    assert "Bare du ser det." in answer.content.decode()
    assert taste_of(person).answers == {one.handle: (5, 2, 0)}
    assert not b"".join(bytes(row.content) for row in Taste.objects.all()).count(b"hope")
    client.post(reverse("stories:let-go"), {"what": "history"})
    assert taste_of(person).answers == {}
    assert taste_of(person).own == ("library:helped.art",)
    client.post(reverse("stories:let-go"), {"what": "all"})
    assert taste_of(person) is None


def test_who_wants_no_history_has_none() -> None:
    one = shown("Min", HOPE)
    person = make_person(by="test", chosen_name="Tiril")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("stories:for-me"), {"wish": "surprise"})

    answer = client.post(reverse("stories:answer", args=[one.handle]), {"hope": "5"}, follow=True)

    assert "Ingenting er lagret" in answer.content.decode()
    assert json.loads(json.dumps(PERSONAL_DATA["stories.taste"].export(person)))[0]["answers"] == {}


def test_pages_take_few_queries_however_many_there_are() -> None:
    client = Client()
    counts = []
    for more in (3, 40):
        for number in range(more):
            one = shown(f"Nummer {number}", HOPE, HARD)
        where = ask(client).redirect_chain[-1][0]
        for url in (where, reverse("stories:for-me"), reverse("stories:like", args=[one.handle]), reverse("stories:answer", args=[one.handle])):
            client.get(url)
            with CaptureQueriesContext(connection) as made:
                client.get(url)
            counts.append(len(made))

    assert max(counts) <= 8
    assert counts[:4] == counts[4:]


@with_likeness
def test_what_means_the_same_is_found_in_other_words_and_another_language() -> None:
    shown("Arbeid", text="Jeg fikk jobb på sykkelverkstedet og lærte å skru.")
    song = shown("Kor", text="Eg song i koret kvar torsdag, og musikken bar meg gjennom vinteren.")
    shown("Kommune", text="Kommunen bygget tolv nye boliger og ansatte en boligkontakt.", kind="example")
    work_off()

    assert Meaning.objects.count() == 3
    page = Client().post(reverse("stories:by-meaning"), {"q": "singing together helped me when it was dark"}, follow=True)
    assert page.context["cards"][0].shown == song


@with_likeness
def test_a_sentence_stands_in_no_address_and_opens_for_an_hour(monkeypatch: Any) -> None:
    shown("Kor", text="Eg song i koret kvar torsdag.")
    work_off()
    client, at = Client(), reverse("stories:by-meaning")

    there = client.post(at, {"q": "da mannen min begynte å drikke"})["Location"]

    assert "drikke" not in there
    page = client.get(there)
    assert page.context["words"] == "da mannen min begynte å drikke"
    assert "drikke" not in re.findall(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[0]
    assert client.get(at, {"o": "AAAA"}).context["words"] == ""
    monkeypatch.setattr(finding_asked, "SENTENCE_SECONDS", 0)
    assert client.get(there).context["words"] == ""


@with_likeness
def test_a_meaning_goes_with_its_text_in_the_same_moment() -> None:
    one = shown("Kor", text="Eg song i koret kvar torsdag.")
    other = shown("Band", text="Vi spilte i band hver tirsdag.")
    work_off()
    assert [row.title for row in more_like(one, spared=Choices())[0]] == ["Band"]
    kept = bytes(Signs.objects.get().kept)

    take_down(other.item)

    assert Meaning.objects.count() == 1
    assert more_like(one, spared=Choices())[0] == []
    assert bytes(Signs.objects.get().kept) != kept
    take_down(one.item)
    assert Signs.objects.count() == 0


@with_likeness
def test_words_that_change_or_go_while_they_are_worked_out_get_no_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = shown("Kor"), shown("Band")
    work = likeness.vector_of_text

    def meanwhile(text: str) -> bytes:
        if "Kor" in text:
            take_down(one.item)
        elif Published.objects.filter(pk=two.pk, edition=1).exists():
            put_out(two.item, may_be_found=False)
        return work(text)

    monkeypatch.setattr(likeness, "vector_of_text", meanwhile)
    choosing.find_some_meanings()

    assert Meaning.objects.count() == 0
    monkeypatch.undo()
    work_off()
    assert list(Meaning.objects.values_list("pk", flat=True)) == [two.pk]


@with_likeness
def test_signs_can_be_made_anew() -> None:
    for title in ("Kor", "Band", "Dans"):
        shown(title)
    work_off()
    before = [(row.number, bytes(row.present), bytes(row.kept)) for row in Signs.objects.all()]

    assert choosing.rebuild_signs() == 3
    assert [(row.number, bytes(row.present), bytes(row.kept)) for row in Signs.objects.all()] == before


def test_switched_off_nothing_is_worked_out_and_likeness_is_by_facets(settings: Any) -> None:
    settings.LIKENESS = False
    one, other = shown("Kor", HOPE), shown("Band", HOPE)
    shown("Vent", HARD)
    work_off()

    assert Meaning.objects.count() == 0
    assert more_like(one, spared=Choices()) == ([other], False)
    assert Client().get(reverse("stories:by-meaning")).status_code == 302
