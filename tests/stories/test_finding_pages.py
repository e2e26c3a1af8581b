"""The pages of finding and reading: what a reader meets, what they are spared, and what is not there when it is taken back."""

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.journey.actions.keeping import keep_note
from knutepunkt.organisations.choices import Role
from knutepunkt.stories.actions.finding import keep_spared
from knutepunkt.stories.actions.publishing import take_down
from knutepunkt.stories.methods.finding_excerpts import Marker
from knutepunkt.stories.methods.finding_spared import Choices, clean, packed, unpacked
from knutepunkt.stories.models import Attachment, Published, Spared
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.files import keep_file
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.registers import NOTICES, PERSONAL_DATA
from knutepunkt.web.sealing import seal
from tests import factories as make
from tests.stories.shelves import put

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(shown: Published, name: str = "item") -> str:
    return reverse(f"stories:{name}", args=[shown.handle])


def read(client: Client, url: str, status: int = 200, **data: Any) -> str:
    answer = client.get(url, data)
    assert answer.status_code == status, url
    return answer.content.decode()


def with_file(shown: Published, content: bytes, media_type: str, part: str = "sound", says: str = "Det som blir sagt her") -> Attachment:
    """A file of an item, put out with it."""
    stored = keep_file(owner=shown.item.key_owner, kind="stories.part", media_type=media_type, content=content)
    row = Attachment(item=shown.item, part=part, stored=stored, name="Opptak")
    row.says = seal(shown.item.key_owner, row.field, says.encode())
    row.save()
    Published.objects.filter(pk=shown.pk).update(fields={**shown.fields, "files": [str(stored.pk)]})
    return row


def test_front_has_one_field_and_a_few_ways_in_and_says_when_it_is_empty() -> None:
    page = read(Client(), "/bibliotek/")

    assert page.count('type="search"') == 1
    assert all(name in page for name in ("Fortellinger", "Gode eksempler", "Metoder og verktøy", "Forskning og rapporter"))
    assert "Her er det ikke noe ennå." in page


def test_list_says_what_each_is_and_marks_what_was_found() -> None:
    load_vocabularies()
    put("Stille i blokka", "Før det. " * 20 + "Ensomheten er verst på søndager.", teller_name="Lyng", language="nn")

    page = read(Client(), "/bibliotek/", q="ensomhet")

    assert "<mark>Ensomheten</mark> er verst" in page
    assert "Fortelling · 1 minutt · Nynorsk · fortalt av Lyng" in page


def test_no_list_shows_words_that_stand_behind_a_content_note() -> None:
    load_vocabularies()
    put("Natta", "De bar meg ut i hagen.", notes=["violence"])
    put("Dagen", "Jeg gravde i hagen.", notes=["violence"], summary="Om å grave i en hage.")

    found, newest = read(Client(), "/bibliotek/", q="hage"), read(Client(), "/bibliotek/")

    assert "Natta" in found
    assert "Inneholder: vold" in found
    assert "<mark>hage</mark>." in found
    assert "bar meg ut" not in found + newest
    assert "gravde" not in found + newest


def test_few_are_told_without_a_number_and_many_without_counting() -> None:
    for number in range(4):
        put(f"Hage {number}")
    few = read(Client(), "/bibliotek/", q="hage")
    put("Hage")

    assert "Noen få treff" in few
    assert '<span class="kp-note">4</span>' not in few
    assert "5 treff" in read(Client(), "/bibliotek/", q="hage")
    assert '<span class="kp-note">5</span>' in read(Client(), "/bibliotek/", q="hage")


def test_what_is_chosen_stands_in_the_address_and_can_be_taken_away() -> None:
    put("Hage")
    put("Hage på gård", kind="example")

    page = read(Client(), "/bibliotek/", q="hage", valg="kind:example")

    assert "Hage på gård" in page.replace("<mark>", "").replace("</mark>", "")
    assert page.count('class="kp-row"') == 1
    assert 'href="?q=hage"' in page


def test_misspelt_is_said_and_can_be_taken_as_it_was_typed() -> None:
    for number in range(2):
        put(f"Depresjon {number}")

    page = read(Client(), "/bibliotek/", q="deppresjon")

    assert "Dette er treff for «depresjon»" in page
    assert "ordrett=1" in page
    assert "Vi fant ikke noe på det." in read(Client(), "/bibliotek/", q="deppresjon", ordrett="1")


def test_hostile_words_are_shown_as_words() -> None:
    shown = put("<script>alert(1)</script>", "<img src=x onerror=alert(2)> hage", teller_name="<b>Lyng</b>")

    for page in (read(Client(), at(shown)), read(Client(), "/bibliotek/", q="hage <script>"), read(Client(), "/bibliotek/")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Lyng" not in page


def test_on_paper_it_says_where_it_is_from_and_that_it_can_be_taken_back() -> None:
    story, method = put("Hage", "Ord."), put("Ark", kind="method", how="Slik.")

    page = read(Client(), at(story))

    paper = page[page.index("kp-paper-only") :]
    assert at(story) in paper[:300]
    assert "Den som forteller, kan ta den tilbake." in paper[:500]
    assert "Den som forteller, kan ta den tilbake." not in read(Client(), at(method))


def test_what_it_contains_stands_first_and_the_words_come_when_asked_for() -> None:
    load_vocabularies()
    shown = put("Natta", "Selve ordene.", notes=["death"])

    closed, opened = read(Client(), at(shown)), read(Client(), at(shown), apne="1")

    assert "Her står det noe om: død og selvmord." in closed
    assert "Selve ordene." not in closed
    assert "Selve ordene." in opened


def test_page_of_each_kind_has_what_the_kind_has() -> None:
    example = put("Rom", kind="example", need="Et sted å være", not_changed="Ventetida", contact="Halvor")
    research = put("Rapport", kind="research", doi="10.1000/xyz", url="javascript:alert(1)", authors="Ask og Embla")

    page = read(Client(), at(example))
    assert all(words in page for words in ("Hva var behovet?", "Et sted å være", "Hva ble ikke annerledes?", "Halvor"))
    page = read(Client(), at(research))
    assert 'href="https://doi.org/10.1000/xyz"' in page
    assert 'href="javascript' not in page


def test_who_tells_and_whether_it_is_edited_is_said() -> None:
    place = make.organisation("Havna")
    edited = put("En", teller_name="Lyng", is_edited=True, told_as="for_other", organisation=place)
    untouched = put("To")

    page = read(Client(), at(edited))
    assert all(words in page for words in ("Fortalt av Lyng.", "på vegne av en annen", "gjennom Havna", "Den er redigert."))
    page = read(Client(), at(untouched))
    assert "har valgt å ikke bruke navn" in page
    assert "Den er ikke redigert." in page


def test_search_engines_only_where_the_public_web_was_given() -> None:
    hidden, found = put("En"), put("To", may_be_found=True)

    assert Client().get(at(hidden))["X-Robots-Tag"] == "noindex"
    assert not Client().get(at(found)).has_header("X-Robots-Tag")
    assert Client().get("/bibliotek/")["X-Robots-Tag"] == "noindex"
    assert all(Client().get(at(found, name))["X-Robots-Tag"] == "noindex" for name in ("item-hard", "item-hide", "item-report"))


def test_sound_is_streamed_from_its_seal_with_its_text_and_in_parts() -> None:
    shown = put("Lyd", form="sound")
    row = with_file(shown, b"RIFF0123456789", "audio/wav")
    url = reverse("stories:item-file", args=[shown.handle, row.stored_id])

    page = read(Client(), at(shown))
    whole, part = Client().get(url), Client().get(url, headers={"range": "bytes=4-7"})

    assert f'<audio controls preload="none" src="{url}" aria-label="Opptak">' in page
    assert "autoplay" not in page
    assert "Det som blir sagt her" in page
    assert (whole.content, whole["Content-Type"], whole["X-Content-Type-Options"]) == (b"RIFF0123456789", "audio/wav", "nosniff")
    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"0123", "bytes 4-7/14")
    assert Client().get(url, headers={"range": "bytes=-4"}).content == b"6789"
    assert Client().get(url, headers={"range": "bytes=99-"}).status_code == 416


def test_what_is_neither_sound_nor_picture_is_only_handed_out() -> None:
    shown = put("Fil", kind="method")
    row = with_file(shown, b"<script>", "text/html", part="file")

    answer = Client().get(reverse("stories:item-file", args=[shown.handle, row.stored_id]))

    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", 'attachment; filename="fil"')


def test_a_file_added_after_the_yes_waits() -> None:
    shown = put("Lyd")
    stored = keep_file(owner=shown.item.key_owner, kind="stories.part", media_type="audio/wav", content=b"x")
    Attachment.objects.create(item=shown.item, part="sound", stored=stored)

    assert "<audio" not in read(Client(), at(shown))
    assert Client().get(reverse("stories:item-file", args=[shown.handle, stored.pk])).status_code == 404


def test_when_taken_back_every_page_says_gently_that_it_is_not_here() -> None:
    shown = put("Kvistlyng", "Ord ingen andre har.", form="sound")
    row = with_file(shown, b"x", "audio/wav")
    url = reverse("stories:item-file", args=[shown.handle, row.stored_id])
    before = read(Client(), "/bibliotek/", q="kvistlyng")

    take_down(shown.item)

    assert "Kvistlyng" in before
    for name in ("item", "item-hard", "item-hide", "item-report"):
        page = read(Client(), at(shown, name), 404)
        assert "Den er ikke her" in page
        assert "Kvistlyng" not in page
    assert Client().post(at(shown, "item-report"), {"reason": "other"}).status_code == 404
    assert Client().get(url).status_code == 404
    for words in ("kvistlyng", "kvislyng", "kvistl", ""):
        assert "Kvistlyng</" not in read(Client(), "/bibliotek/", q=words)
    assert Notice.objects.count() == 0


def test_without_account_the_device_remembers_what_one_is_spared() -> None:
    load_vocabularies()
    heavy, other, client = put("Hage med død", notes=["death"], terms=["library:topic.loss"]), put("Hage"), Client()

    client.post(at(heavy, "item-hide"), {"hva": "content-notes:death"})
    page = read(client, "/bibliotek/", q="hage")

    assert heavy.handle not in page
    assert other.handle in page
    assert heavy.handle in read(Client(), "/bibliotek/", q="hage")
    assert Spared.objects.count() == 0
    client.post("/bibliotek/vis-ikke/", {})
    assert heavy.handle in read(client, "/bibliotek/", q="hage")


def test_what_one_is_spared_stays_shut_also_by_its_address_until_one_opens_it() -> None:
    load_vocabularies()
    shown, client = put("Hage", "Ordene som står her.", terms=["chime:hope.belief"]), Client()
    client.post(at(shown, "item-hide"), {"hva": "item"})

    page = read(client, at(shown))

    assert "Ordene som står her." not in page
    assert "Dette har du valgt å ikke møte." in page
    assert "Ordene som står her." in read(client, at(shown), apne="1")
    assert "Ordene som står her." in read(Client(), at(shown))
    person = make.person()
    keep_spared(by=person, choices=Choices(themes=("chime:hope",)))
    assert "Ordene som står her." not in read(signed_in(person), at(shown))
    assert "Ordene som står her." in read(signed_in(make.person()), at(shown))


def test_with_account_it_is_sealed_follows_the_person_and_can_be_exported_and_erased() -> None:
    load_vocabularies()
    person, shown = make.person(), put("Hage", terms=["library:topic.loss"])

    answer = signed_in(person).post(at(shown, "item-hide"), {"hva": "library:topic.loss"})

    assert shown.handle not in read(signed_in(person), "/bibliotek/")
    assert b"loss" not in bytes(Spared.objects.get().content)
    assert answer.cookies.get("vis-ikke") is None or not answer.cookies["vis-ikke"].value
    data = PERSONAL_DATA["stories.spared"]
    assert data.export(person)[0]["themes"] == ["library:topic.loss"]
    assert data.erase(person) == 1
    keep_spared(by=person, choices=Choices())
    assert Spared.objects.count() == 0


def test_hiding_a_teller_is_offered_only_where_it_can_be_kept() -> None:
    named, nameless = put("En", person=make.person(), teller_name="Lyng"), put("To")

    assert "Alt fra den som forteller" in read(Client(), at(named, "item-hide"))
    assert "Alt fra den som forteller" not in read(Client(), at(nameless, "item-hide"))


def test_what_a_device_sends_is_cleaned() -> None:
    assert unpacked("n!death*<script>*DEATH~t!library:topic.loss*chime:../x~h!abcd*../../x~q!z") == Choices(("death",), ("library:topic.loss",), (), ("abcd",))
    assert unpacked("~~!!**") == unpacked("") == Choices()
    choices = clean({"notes": ["death"], "items": ["abcd"] * 3, "tellers": ["0" * 16]})
    assert unpacked(packed(choices)) == choices
    assert clean([1, 2]) == clean(None) == Choices()
    most = clean({"items": [f"a{n:07}" for n in range(1000)], "tellers": [f"{n:016x}" for n in range(100)], "themes": ["library:" + "a" * 58 + "b"] * 3})
    assert len(packed(most)) < 3900


def test_when_it_became_heavy_only_the_readers_own_words_are_there() -> None:
    load_vocabularies()
    reader, other, shown = make.person("Tuva"), make.person("Ask"), put("Natta")
    keep_note(by=reader, kind="strategy", content={"text": "Ring Siri", "in_hard_moments": True})
    keep_note(by=reader, kind="strategy", content={"text": "Gå en tur", "in_hard_moments": False})

    page = read(signed_in(reader), at(shown, "item-hard"))
    assert "Ring Siri" in page
    assert "Gå en tur" not in page
    assert "113" in page
    for client in (signed_in(other), Client()):
        page = read(client, at(shown, "item-hard"))
        assert "Ring Siri" not in page
        assert "Pust ut, langsomt." in page


def test_what_is_reported_reaches_the_editors_of_the_place_and_nobody_else() -> None:
    place, editor, elsewhere, reader = make.organisation(), make.person("Randi"), make.person("Ola"), make.person("Tuva")
    make.role(editor, Role.EDITOR, place)
    make.role(elsewhere, Role.EDITOR, make.organisation("Et annet sted"))
    shown = put("Natta", organisation=place)

    signed_in(reader).post(at(shown, "item-report"), {"reason": "person"})

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (editor.pk, "stories.reported")
    assert "noen kan kjennes igjen" in NOTICES[notice.kind].text(notice.facts)
    assert signed_in(editor).get(NOTICES[notice.kind].url(notice.facts))["Location"] == at(shown)
    line = TrailLine.objects.get(kind="stories:item:reported")
    assert (line.actor, line.facts["told"]) == ("reader", 1)


def test_a_report_without_reason_or_too_many_goes_nowhere() -> None:
    shown, client = put("Natta"), Client()
    make.role(make.person("Randi"), Role.EDITOR, make.organisation())

    client.post(at(shown, "item-report"), {"reason": "x"})
    assert Notice.objects.count() == 0
    for _ in range(21):
        page = client.post(at(shown, "item-report"), {"reason": "other"})

    assert Notice.objects.count() == 20
    assert "mange ganger" in page.content.decode()


def test_missing_voices_are_named_without_numbers() -> None:
    load_vocabularies()
    for number in range(3):
        put(f"F {number}", terms=["library:situation.prison"])

    page = read(Client(), "/bibliotek/mangler/")

    assert "Fengsel" in page
    assert "Samisk" in page
    assert "3" not in page[page.index("Livssituasjon") : page.index("Tone")]


def test_excerpts_look_through_a_bounded_part_and_fall_back_on_the_opening() -> None:
    class Row:
        title, summary, opening, notes = "Hage", "", "Ord " * 700, ()

    words = Marker("sjø").excerpt(Row())

    assert "".join(text for text, _hit in words["text"]).startswith("Ord Ord")
    assert not any(hit for _text, hit in words["text"])


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(url).status_code == 200
    return len(main) + len(keys)


PATHS = ["/bibliotek/", "/bibliotek/?q=hage&valg=kind:story", "/bibliotek/mangler/", "/bibliotek/vis-ikke/", "item", "item-hard", "item-hide"]


@pytest.mark.parametrize("path", PATHS)
def test_pages_ask_no_more_for_more_and_never_more_than_eight(path: str) -> None:
    load_vocabularies()
    person, numbers = make.person(), []
    keep_spared(by=person, choices=Choices(notes=("death",), tellers=("0" * 16,), items=("abcd",)))
    shown = put("Hage", person=person, teller_name="Lyng", terms=["library:topic.loss"], notes=["violence"])
    with_file(shown, b"x", "audio/wav")
    url = path if path.startswith("/") else at(shown, path) + "?apne=1"

    for rows in (5, 7):
        while Published.objects.count() < rows:
            with_file(put(f"Hage {rows} {Published.objects.count()}", terms=["library:topic.loss"]), b"x", "audio/wav")
        numbers.append(queries_of(signed_in(person), url))

    assert numbers[0] == numbers[1] <= MOST


def test_a_page_that_is_open_from_the_start_asks_no_more_than_eight() -> None:
    load_vocabularies()
    person, shown = make.person(), put("Hage", terms=["library:topic.loss"], organisation=make.organisation("Havna"))
    keep_spared(by=person, choices=Choices(notes=("death",), tellers=("0" * 16,), items=("abcd",)))
    with_file(shown, b"x", "audio/wav")
    client = signed_in(person)
    queries_of(client, at(shown))

    assert queries_of(client, at(shown)) <= MOST


def test_a_misspelt_search_asks_twice_more() -> None:
    """Four for anybody. Ten for somebody signed in who has chosen to be spared something: finding the person, opening
    their words and the menu take six of them, on this one kind of page.
    """
    load_vocabularies()
    person = make.person()
    keep_spared(by=person, choices=Choices(notes=("death",)))
    numbers = []
    for rows in (2, 4):
        while Published.objects.count() < rows:
            put(f"Hage {Published.objects.count()}")
        numbers.append([queries_of(client, "/bibliotek/?q=haage") for client in (Client(), signed_in(person))])

    assert numbers == [[4, 10], [4, 10]]
