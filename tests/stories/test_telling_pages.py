"""Telling through the pages: with an account and without one, at once and over weeks; nothing typed is lost; nobody else sees it."""

import io
import re
import wave
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from knutepunkt.consent.queries import current_consent, purposes_given
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.models import Membership
from knutepunkt.stories.actions import caring_desk as desk
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item, Published, Trained
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.models import Notice, TrailLine
from tests.stories.telling import TEXT, Place, client_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PAGES = ["telling", "write", "about", "files", "review", "preview", "company", "own-changes", "take-back"]


@pytest.fixture
def place() -> Place:
    load_vocabularies()
    return Place()


def at(name: str, item: Item) -> str:
    return reverse(f"stories:{name}", args=[item.handle])


def begin_without_account(client: Client) -> tuple[Item, str]:
    page = client.post(reverse("stories:tell"), {"told_as": "own"})
    code = re.search(r'kp-codecard-code">([^<]+)<', page.content.decode())
    assert code is not None
    return Item.objects.get(), code.group(1)


def send_form(item: Item, place: Place, **facts: Any) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=365)
    return {"act": "send", "version": item.version, "organisation": place.centre.pk, "library": "on", "until_on": until.isoformat(),
            "rest_days": "7", "yes": "on", **facts}  # fmt: skip


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "none"))
        file.writeframes(b"\1\2" * 4000)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, "PNG")
    return out.getvalue()


# -- the whole way ------------------------------------------------------------------------------------
def test_with_an_account_from_the_first_word_to_the_desk(place: Place) -> None:
    client = client_of(place.teller)

    page = client.post(reverse("stories:tell"), {"told_as": "own", "way": "account"})
    item = Item.objects.get()
    assert page["Location"] == at("write", item)
    client.post(at("write", item), {"version": 0, "title": "Kaffe", "text": TEXT, "language": "nn", "dialect": "trøndersk", "teller_name": "T."})
    item.refresh_from_db()
    client.post(at("about", item), {"version": 1, "topic": ["library:topic.loss"], "shape": ["library:shape.standing-still"], "chime": ["chime:hope"], "notes": ["death"]})
    item.refresh_from_db()
    page = client.post(at("review", item), send_form(item, place, teaching="on", stays="on"))

    item.refresh_from_db()
    assert page["Location"] == at("telling", item)
    assert (item.state, item.person, item.organisation, item.approved_version) == (State.SENT, place.teller, place.centre, 2)
    words = content_of(item)
    assert words["terms"] == ["library:topic.loss", "library:shape.standing-still", "chime:hope"]
    assert (words["notes"], words["language"], words["dialect"], words["text"]) == (["death"], "nn", "trøndersk", TEXT)
    assert purposes_given(item.key) == {"library", "teaching"}
    consent = current_consent(item.key)
    assert consent is not None
    assert (consent.giver, consent.responsible, consent.until_on) == (place.teller, place.centre, timezone.localdate() + timedelta(days=365))
    assert item.telling.stays
    assert not Published.objects.exists()
    assert [n.recipient for n in Notice.objects.filter(kind="stories.sent")] == [place.editor.pk]
    shown = client.get(at("telling", item)).content.decode()
    assert "Du får svar senest" in shown
    assert {line.actor for line in TrailLine.objects.filter(about=item.key, kind__startswith="stories:")} == {"teller"}


def test_without_an_account_with_a_code_and_back_again_on_another_device(place: Place) -> None:
    first, second, stranger = Client(), Client(), Client()

    item, code = begin_without_account(first)
    first.post(at("write", item), {"version": 0, "title": "Kaffe", "text": TEXT})
    item.refresh_from_db()
    assert item.person is None
    page = second.post(reverse("consent:code"), {"code": code}, follow=True)
    assert at("telling", item) in page.content.decode()
    assert "tre dager" in second.get(at("write", item)).content.decode()
    second.post(at("review", item), send_form(item, place))

    item.refresh_from_db()
    assert item.state == State.SENT
    assert current_consent(item.key).giver is None  # type: ignore[union-attr]
    assert "Se det jeg har gitt" in second.get(reverse("consent:held")).content.decode()
    assert second.get(at("telling", item)).status_code == 200
    asked = stranger.get(at("telling", item)).content.decode()
    assert "Kaffe" not in asked
    assert "Vi må vite at det er deg" in asked


def test_a_person_with_an_account_may_tell_without_it(place: Place) -> None:
    client = client_of(place.teller)

    client.post(reverse("stories:tell"), {"told_as": "own", "way": "code"})

    item = Item.objects.get()
    assert item.person is None
    assert client.get(at("write", item)).status_code == 200
    assert "Fortelling uten tittel" not in client.get(reverse("stories:mine")).content.decode()


def test_every_page_of_a_story_is_its_tellers_alone(place: Place) -> None:
    item, own = place.draft(), client_of(place.teller)

    for name in PAGES:
        assert own.get(at(name, item)).status_code == 200, name
        for other in (place.stranger, place.editor, place.peer):
            assert client_of(other).get(at(name, item)).status_code == 404, name
        page = Client().get(at(name, item))
        assert "Kaffe" not in page.content.decode(), name
        unknown = Client().get(reverse(f"stories:{name}", args=["finnesikke"]))
        assert unknown.content.decode().count("Vi må vite") == page.content.decode().count("Vi må vite") == 1
    assert client_of(place.editor).get(at("changes", item))["Location"] == client_of(place.editor).get(reverse("stories:changes", args=["finnesikke"]))["Location"]


def test_nothing_typed_is_lost_when_the_code_is_not_held_any_more(place: Place) -> None:
    client = Client()
    item, code = begin_without_account(client)
    client.post(reverse("consent:forget"))

    asked = client.post(at("write", item), {"version": 0, "title": "Kaffe", "text": TEXT})
    assert Item.objects.get().version == 0
    assert "tre dager" in asked.content.decode()
    wrong = client.post(at("write", item), {"version": 0, "title": "Kaffe", "text": TEXT, "again_code": "XXXX-XXXX-XXXX-XXXX"})
    assert "finner ikke denne koden" in wrong.content.decode()
    client.post(at("write", item), {"version": 0, "title": "Kaffe", "text": TEXT, "again_code": code})

    assert content_of(Item.objects.get())["text"] == TEXT


def test_typing_the_code_opens_the_page_and_does_nothing_else(place: Place) -> None:
    client = Client()
    item, code = begin_without_account(client)

    for name in ("take-back", "review", "write", "files"):
        other = Client()
        other.get(at(name, item))
        answer = other.post(at(name, item), {"again_code": code})

        assert (answer.status_code, answer["Location"]) == (302, at(name, item)), name
        assert other.get(at(name, item)).status_code == 200
    kept = Item.objects.get()
    assert (kept.state, kept.version) == (State.DRAFT, 0)


def test_two_devices_at_once_show_both_and_lose_nothing(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()

    client.post(at("write", item), {"version": 1, "title": "Kaffe på ruta", "text": TEXT + "\nFra mobilen."})
    page = client.post(at("write", item), {"version": 1, "title": "Kaffe på ruta", "text": TEXT + "\nFra pulten."}).content.decode()

    assert "Fra mobilen." in page.replace("<mark>", "").replace("</mark>", "")
    assert "Fra pulten." in page
    assert 'name="version" value="2"' in page
    client.post(at("write", item), {"version": 2, "title": "Kaffe på ruta", "text": TEXT + "\nBegge."})
    assert content_of(Item.objects.get())["text"].endswith("Begge.")


def test_the_same_form_twice_begins_one_story(place: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(place.teller, backend="django.contrib.auth.backends.ModelBackend")
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get(reverse("stories:tell")).content.decode())
    assert token is not None
    form = {"told_as": "own", "way": "account", "csrfmiddlewaretoken": token.group(1)}

    answers = [client.post(reverse("stories:tell"), form) for _ in range(2)]

    assert Item.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


# -- on behalf of another -----------------------------------------------------------------------------
def test_another_persons_story_is_not_sent_without_their_own_yes(place: Place) -> None:
    client, item = client_of(place.teller), place.draft(told_as="for_other")

    page = client.post(at("review", item), send_form(item, place))
    assert "har sagt ja. Kladden blir liggende" in page.content.decode()
    page = client.post(at("review", item), send_form(item, place, other_said="spoken"))
    assert "Skriv navnet på den som hørte på." in page.content.decode()
    assert Item.objects.get().state == State.DRAFT
    page = client.post(at("review", item), send_form(item, place, other_said="spoken", witness="Anders"), follow=True)

    consent = current_consent(item.key)
    assert consent is not None
    assert (consent.how, consent.witness_name, consent.giver) == ("spoken", "Anders", None)
    assert "Gi den til den det gjelder" in page.content.decode()
    code = re.search(r'kp-codecard-code">([^<]+)<', page.content.decode())
    assert code is not None
    whose = Client()
    whose.post(reverse("consent:code"), {"code": code.group(1)})
    assert whose.get(at("telling", item)).status_code == 200


# -- before it is sent --------------------------------------------------------------------------------
NAMED = "I fjor flyttet jeg til Trondheim. Der møtte jeg Kari Moltebakk. Kari sa at mor også hadde det slik. Ring 412 34 567.\nSelvmord var noe jeg tenkte på."


def test_what_may_identify_somebody_is_shown_and_the_teller_decides_each(place: Place) -> None:
    client, item = client_of(place.teller), place.draft(NAMED)

    page = client.get(at("review", item)).content.decode()
    keys = dict(re.findall(r'name="key-(\d+)" value="([^"]+)"', page))
    by_key = {key: number for number, key in keys.items()}
    name = next(n for key, n in by_key.items() if "kari moltebakk" in key)
    phone = next(n for key, n in by_key.items() if key.startswith("phone"))
    town = next(n for key, n in by_key.items() if "trondheim" in key)
    data = {f"key-{number}": key for number, key in keys.items()}
    data |= {f"do-{name}": "replace", f"new-{name}": "Anna", f"do-{phone}": "replace", f"new-{phone}": "[telefon 1]", f"do-{town}": "keep"}
    client.post(at("review", item), {"act": "names", "version": 1, **data})

    text = content_of(Item.objects.get())["text"]
    assert "møtte jeg Anna. Anna sa" in text
    assert "Ring [telefon 1]." in text
    assert "Trondheim" in text
    again = client.get(at("review", item)).content.decode()
    assert "trondheim" not in again.split("Slik blir den")[0].casefold()
    assert "Du nevner mor" in again
    assert "Død og selvmord" in again
    assert "selvmord" in again


def test_names_are_not_replaced_in_a_text_that_has_changed_since(place: Place) -> None:
    client, item = client_of(place.teller), place.draft(NAMED)
    page = client.get(at("review", item)).content.decode()
    keys = re.findall(r'name="key-(\d+)" value="([^"]+)"', page)
    client.post(at("write", item), {"version": 1, "title": "Kaffe på ruta", "text": "Noe helt annet. " + NAMED})

    data = {f"key-{n}": key for n, key in keys} | {f"do-{n}": "replace" for n, _k in keys} | {f"new-{n}": "X" for n, _k in keys}
    client.post(at("review", item), {"act": "names", "version": 1, **data})

    assert content_of(Item.objects.get())["text"] == "Noe helt annet. " + NAMED


def test_it_is_not_sent_without_title_words_library_or_yes(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()
    empty = actions.start_story(person=place.teller)

    for form in ({"library": ""}, {"yes": ""}, {"until_on": "2020-01-01"}, {"version": 0}, {"organisation": place.teller.pk.int % 1000 + 90000}):
        client.post(at("review", item), {k: v for k, v in send_form(item, place, **form).items() if v != ""})
        assert Item.objects.get(pk=item.pk).state == State.DRAFT, form
    client.post(at("review", empty), send_form(empty, place))
    assert Item.objects.get(pk=empty.pk).state == State.DRAFT


def test_only_places_where_somebody_can_read_it_are_offered(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()

    page = client.get(at("review", item)).content.decode()
    assert "Lyngheim" in page
    assert "Havna" not in page  # an editor, and nobody with training
    client.post(at("review", item), send_form(item, place, organisation=place.elsewhere.pk))
    assert Item.objects.get(pk=item.pk).state == State.DRAFT
    Trained.objects.all().delete()
    assert "Ingen steder tar imot fortellinger ennå." in client.get(at("review", item)).content.decode()


def test_the_same_text_sent_twice_is_pointed_out_and_may_be_sent_all_the_same(place: Place) -> None:
    client = client_of(place.teller)
    place.sent(place.draft(TEXT + " Og så gikk jeg inn og ble der hele dagen uten å si noe."))
    item = place.draft(TEXT + "  Og så gikk jeg inn og ble der hele   dagen uten å si noe.")

    page = client.post(at("review", item), send_form(item, place)).content.decode()
    assert "Den samme teksten er sendt før" in page
    assert Item.objects.get(pk=item.pk).state == State.DRAFT
    forgot = {k: v for k, v in send_form(item, place, seen_before="1", anyway="on").items() if k != "yes"}
    page = client.post(at("review", item), forgot).content.decode()
    assert 'name="seen_before" value="1"' in page  # so that the next try counts
    assert Item.objects.get(pk=item.pk).state == State.DRAFT
    client.post(at("review", item), send_form(item, place, seen_before="1", anyway="on"))

    assert Item.objects.get(pk=item.pk).state == State.SENT


# -- sound, pictures, film ----------------------------------------------------------------------------
def test_sound_and_pictures_are_kept_served_to_the_teller_alone_and_removed(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()

    client.post(at("files", item), {"act": "sound", "sound-file": SimpleUploadedFile("meg.wav", wav(), "audio/wav")})
    client.post(at("files", item), {"act": "picture", "picture-file": SimpleUploadedFile("meg.png", png(), "image/png"), "picture-says": "En benk"})
    sound, picture = item.attachments.order_by("position")
    heard = client.get(reverse("stories:own-file", args=[item.handle, sound.pk]))
    seen = client.get(reverse("stories:own-file", args=[item.handle, picture.pk]))

    assert (sound.name, picture.name) == ("", "")
    assert heard.content[:4] == b"RIFF"
    assert seen["Content-Type"] == "image/webp"
    assert 'alt="En benk"' in client.get(at("preview", item)).content.decode()
    assert client_of(place.stranger).get(reverse("stories:own-file", args=[item.handle, sound.pk])).status_code == 404
    client.post(at("files", item), {"act": "remove", "file": sound.pk})
    assert [row.pk for row in item.attachments.all()] == [picture.pk]


@pytest.mark.parametrize(("name", "content", "says"), [
    ("falsk.wav", b"dette er ikke lyd, men tekst", "Vi kan ikke lese dette som lyd"),
    ("odelagt.mp3", b"", "tom"),
    ("virus.exe", b"MZ" + b"\0" * 100, "exe"),
    ("bilde.mp3", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "Vi kan ikke lese dette som lyd"),
])  # fmt: skip
def test_what_is_not_a_sound_is_refused_in_words(place: Place, name: str, content: bytes, says: str) -> None:
    client, item = client_of(place.teller), place.draft()

    page = client.post(at("files", item), {"act": "sound", "sound-file": SimpleUploadedFile(name, content)})

    assert says in page.content.decode()
    assert not item.attachments.exists()


def test_sound_is_not_sent_without_its_text(place: Place) -> None:
    client, item = client_of(place.teller), place.draft(text="")
    actions.add_file(item=item, part="sound", content=wav())
    item.refresh_from_db()

    page = client.post(at("review", item), send_form(item, place)).content.decode()

    assert "Skriv ned det som blir sagt" in page
    assert Item.objects.get().state == State.DRAFT


@pytest.mark.parametrize("url", [
    "http://film.eksempel.no/x", "javascript:alert(1)", "https://10.0.0.1/x", "https://bruker:hemmelig@film.eksempel.no/x", "https://[::1]/x",
    "https://film.eksempel.no/\u202egpj.exe x", "data:text/html,hei", "https://localhost/x", "ftp://film.eksempel.no/",
])  # fmt: skip
def test_a_film_is_an_https_link_or_refused(place: Place, url: str) -> None:
    client, item = client_of(place.teller), place.draft()

    page = client.post(at("files", item), {"act": "film", "film-version": 1, "film-film_url": url})

    assert "Skriv hele lenka" in page.content.decode()
    assert content_of(Item.objects.get())["film_url"] == ""


def test_a_film_is_a_link_and_never_embedded(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()

    client.post(at("files", item), {"act": "film", "film-version": 1, "film-film_url": "film.eksempel.no/min"})

    page = client.get(at("preview", item)).content.decode()
    assert 'href="https://film.eksempel.no/min" rel="noreferrer noopener nofollow"' in page
    assert "<iframe" not in page
    assert "<video" not in page


# -- bad input ----------------------------------------------------------------------------------------
WORD = ('<!--[if gte mso 9]><xml><w:WordDocument>rot</w:WordDocument></xml><![endif]--><style>p.MsoNormal{color:red}</style>'
        '<p class=MsoNormal>Første&nbsp;avsnitt med <b>feit</b> skrift<o:p></o:p></p><p class=MsoNormal>Andre avsnitt &amp; mer</p>'
        '<script>alert("hei")</script><ul><li>Punkt</li></ul>')  # fmt: skip


def test_pasted_markup_becomes_plain_words_and_what_looks_like_it_stays(place: Place) -> None:
    item = place.draft(WORD)
    heart = place.draft("Jeg <3 henne. 2 < 3 og 5 > 4. a<b>c? Nei: x <- y.\u000bNy linje")

    assert content_of(item)["text"] == "Første avsnitt med feit skrift\n\nAndre avsnitt & mer\n\nPunkt"
    assert content_of(place.draft("Jeg <3 henne. 2 < 3 og 5 > 4.\u000bNy linje"))["text"] == "Jeg <3 henne. 2 < 3 og 5 > 4.\nNy linje"
    assert "<b>" not in content_of(heart)["text"]


def test_hostile_words_are_shown_as_words(place: Place) -> None:
    client, item = client_of(place.teller), place.draft('x" onmouseover="alert(1)\n{{ 7*7 }} {% now %} &lt;script&gt;', title="'><svg/onload=alert(1)>")

    for name in PAGES:
        page = client.get(at(name, item)).content.decode()
        assert "<svg/onload" not in page, name
        assert 'onmouseover="alert' not in page, name
    assert "{{ 7*7 }}" in content_of(item)["text"]


def test_signs_nobody_sees_are_gone(place: Place) -> None:
    item = place.draft("Hel\u200blo \u202eesrever\u202c \ufeff\u00adord \u2066x\u2069", title="T\u200bi\u202ettel")

    words = content_of(item)
    assert (words["title"], words["text"]) == ("Tittel", "Hello esrever ord x")


def test_fifty_thousand_words_are_kept_whole_and_looked_over(place: Place) -> None:
    client, item = client_of(place.teller), place.draft("kort")
    long = "\n".join(f"Dag {n} gikk jeg ned til vannet og satt der en stund før jeg gikk hjem." for n in range(3200))
    assert len(long.split()) > 48_000

    client.post(at("write", item), {"version": 1, "title": "Lang", "text": long})
    assert content_of(Item.objects.get())["text"] == long
    assert client.get(at("review", item)).status_code == 200
    page = client.post(at("write", item), {"version": 1, "title": "Lang", "text": long.replace("vannet", "sjøen")})
    assert page.status_code == 200
    assert "sjøen" in page.content.decode()
    too_long = client.post(at("write", item), {"version": 2, "title": "Lang", "text": "ord " * 110_000})
    assert "Teksten er for lang" in too_long.content.decode()
    assert content_of(Item.objects.get())["text"] == long


# -- from the teller's page to the other parts --------------------------------------------------------
def test_the_answer_of_the_desk_is_reached_from_the_tellers_page(place: Place) -> None:
    item, client = place.sent(), client_of(place.teller)
    desk.give_training(by=place.peer, person=place.editor, organisation=place.centre)
    desk.decline(by=place.editor, item=item, seen=0, rule="others", sentence="Det var ikke mer enn det.", words="")

    page = client.get(at("telling", item)).content.decode()

    assert f'href="{at("desk-answer", item)}"' in page
    answer = client.get(at("desk-answer", item)).content.decode()
    assert "Det var ikke mer enn det." in answer
    assert f'href="{at("telling", item)}"' in answer


def test_proposals_are_reached_from_the_answer_and_no_answer_is_promised_without_one(place: Place) -> None:
    item, client = place.sent(), client_of(place.teller)
    Item.objects.filter(pk=item.pk).update(state=State.EDITING)
    page = client.get(at("telling", item)).content.decode()
    assert "Les svaret" not in page
    assert "Du får svar senest" not in page
    Item.objects.filter(pk=item.pk).update(state=State.SENT)
    desk.give_training(by=place.peer, person=place.editor, organisation=place.centre)
    desk.ask_for_changes(by=place.editor, item=item, seen=0, words="Bare ett ord.")

    answer = client.get(at("desk-answer", item)).content.decode()

    assert f'href="{at("own-changes", item)}"' in answer
    assert client.get(at("own-changes", item)).status_code == 200


def test_without_an_account_the_page_says_where_the_answer_comes(place: Place) -> None:
    client = Client()
    item, _code = begin_without_account(client)
    client.post(at("write", item), {"version": item.version, "title": "Benken", "text": TEXT, "language": "nb"})
    item.refresh_from_db()
    client.post(at("review", item), send_form(item, place, anyway="on"))

    page = client.get(at("telling", item)).content.decode()

    assert "Kom tilbake med koden din." in page
    assert "Kom tilbake med koden din." not in client_of(place.teller).get(at("telling", place.sent())).content.decode()


def test_what_was_agreed_stands_in_the_order_it_was_asked(place: Place) -> None:
    page = client_of(place.teller).get(at("telling", place.sent())).content.decode()

    assert page.index("Erfaringsbiblioteket</span>") < page.index("Åpent på nettet</span>") < page.index("Rapport</span>")


def test_a_story_that_rests_and_waits_for_a_yes_does_not_promise_a_day(place: Place) -> None:
    item = place.sent()
    Item.objects.filter(pk=item.pk).update(state=State.RESTING, rests_until=timezone.now() + timedelta(days=7), version=item.version + 1)

    page = client_of(place.teller).get(at("telling", item)).content.decode()

    assert "Sier du ja, blir den tidligst vist" in page
    assert "Den blir vist" not in page


def test_where_nobody_would_read_it_nothing_is_sent_or_promised(place: Place) -> None:
    client, item = client_of(place.teller), place.draft()
    Membership.objects.filter(role=Role.EDITOR).delete()

    page = client.get(at("review", item)).content.decode()
    client.post(at("review", item), send_form(item, place, anyway="on"))

    assert "Ingen steder tar imot fortellinger ennå." in page
    assert "Send den" not in page
    assert "Du kan begynne alene." in client.get(at("company", item)).content.decode()
    assert Item.objects.get().state == State.DRAFT
