"""Good examples, methods and research: written, shown, checked, with files; sent in; collections; the house's reports."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.queries import uses_of
from knutepunkt.stories.actions import caring_collections as collecting
from knutepunkt.stories.actions import caring_shared as shared
from knutepunkt.stories.actions.publishing import content_of, take_down
from knutepunkt.stories.choices.caring import FIELD_NAMES
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.forms.caring import FORMS
from knutepunkt.stories.methods.citing import clean_doi
from knutepunkt.stories.methods.contents import OF_KIND
from knutepunkt.stories.models import Attachment, Collection, DeskAnswer, Item, Published
from knutepunkt.stories.queries import caring as queries
from knutepunkt.web.models import Notice, StoredFile, TrailLine
from knutepunkt.web.registers import REPORTS, ReportLine
from tests.stories.caring import EXAMPLE, RESEARCH, Library, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
COMMON = {"language": "nb", "text": ""}


@pytest.fixture
def library() -> Library:
    return Library()


def docx(*more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            packed.writestr(name, "<x/>")
    return out.getvalue()


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", "<x/>")
    return out.getvalue()


# -- writing and showing -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMS)
def test_each_kind_is_written_in_its_own_form_and_shown_checked(library: Library, kind: str) -> None:
    client = signed_in(library.editor)
    method = {"title": "En runde", "summary": "Alle får ordet.", "for_whom": "Husmøter", "how": "Gå rundt bordet.", "needs": "", "source": "Lyngheim"}
    content = {"example": EXAMPLE, "method": method, "research": RESEARCH}[kind]

    page = client.post(reverse("stories:begin-shared", args=[kind]), {**content, **COMMON, "chime": ["chime:hope"], "topic": ["library:topic.services"]})
    item = Item.objects.get(kind=kind)
    assert page.status_code == 302
    assert not Published.objects.filter(item=item).exists()
    client.post(reverse("stories:care-act", args=[item.handle]), {"act": "show", "version": "1"})

    row = Published.objects.get(item=item)
    assert row.title == content["title"]
    assert set(row.terms) == {"chime:hope", "library:topic.services"}
    assert (row.checked_by, row.checked_on, row.may_be_found) == ("Fatima", timezone.localdate(), True)
    assert all(row.fields[name] == content[name] for name in content if name in row.fields)


@pytest.mark.parametrize("kind", FORMS)
def test_fields_are_called_the_same_where_they_are_written_and_read(library: Library, client: Any, kind: str) -> None:
    full = {name: "10.1000/182" if name == "doi" else "https://eksempel.no/a" if name == "url" else f"Noe om {name}" for name in FORMS[kind].own}
    row = library.shown(kind, {"title": "Noe", "summary": "Kort.", **full})

    read = client.get(reverse("stories:item", args=[row.handle])).content.decode()
    written = signed_in(library.editor).get(reverse("stories:care", args=[row.handle])).content.decode()

    for field in OF_KIND[kind]:
        assert (FORMS[kind].base_fields[field.name].max_length or 0) >= field.longest, field.name
    for name in FORMS[kind].own:
        assert f">{FIELD_NAMES[name]}<" in read, name
        assert f'for="id_{name}">{FIELD_NAMES[name]}' in written, name


def test_what_it_is_about_is_folded_and_says_what_is_chosen(library: Library) -> None:
    row = library.shown("example", {**EXAMPLE, "terms": ["chime:hope", "library:helped.nature"]})

    page = signed_in(library.editor).get(reverse("stories:care", args=[row.handle])).content.decode()

    lids = re.findall(r'<summary><span>([^<]+) <span class="kp-fold-chosen" data-chosen>([^<]*)</span>', page)
    assert lids == [("Hva handler det om?", ""), ("Hva hjalp?", "Natur og dyr"), ("Er noe av dette med?", "Håp")]
    assert page.count("data-fold>") == 3


def test_forms_ask_for_what_is_missing_and_lose_nothing(library: Library) -> None:
    client = signed_in(library.editor)

    page = client.post(reverse("stories:begin-shared", args=["research"]), {**RESEARCH, **COMMON, "doi": "abc", "year": "i fjor", "url": "javascript:alert(1)"})

    text = page.content.decode()
    assert "En DOI begynner med 10." in text
    assert "Skriv året med fire tall" in text
    assert "Skriv hele adressen" in text
    assert "Oppdiktet tidsskrift" in text
    assert not Item.objects.exists()


def test_doi_is_taken_however_it_is_pasted() -> None:
    assert clean_doi("https://doi.org/10.1000/ABC.1") == "10.1000/abc.1"
    assert clean_doi(" doi:10.1000/182 ") == "10.1000/182"
    for wrong in ("10.1/x", "11.1000/182", "10.1000/", "10.1000/a b", '10.1000/"><script>'):
        assert clean_doi(wrong) == ""


def test_two_editors_at_once_lose_nothing(library: Library) -> None:
    item = library.shown().item
    client = signed_in(library.editor)
    shared.write_shared(by=library.coordinator, item=item, version=1, content={**EXAMPLE, "need": "Ingen kom."})

    page = client.post(reverse("stories:care", args=[item.handle]), {**EXAMPLE, **COMMON, "need": "Alle kom for tidlig.", "version": "1"})
    text = page.content.decode()
    assert "En annen lagret mens du skrev" in text
    assert "Ingen kom." in text.replace("<mark>", "").replace("</mark>", "")
    assert "Alle kom for tidlig." in text
    client.post(reverse("stories:care", args=[item.handle]), {**EXAMPLE, **COMMON, "need": "Alle kom for tidlig.", "version": "2"})

    item.refresh_from_db()
    assert (item.version, content_of(item)["need"]) == (3, "Alle kom for tidlig.")
    assert Published.objects.get(item=item).fields["need"] == EXAMPLE["need"]
    with pytest.raises(shared.SomebodyElseSaved):
        shared.show_shared(by=library.editor, item=item, version=2)


def test_editors_of_another_house_and_stories_are_out_of_reach(library: Library) -> None:
    item, story = library.shown().item, library.sent()

    assert signed_in(library.foreign).get(reverse("stories:care", args=[item.handle])).status_code == 404
    assert signed_in(library.peer).get(reverse("stories:shared")).status_code == 403
    assert signed_in(library.editor).get(reverse("stories:care", args=[story.handle])).status_code == 404
    for act in (shared.show_shared, shared.write_shared):
        with pytest.raises(shared.NotThis):
            act(by=library.editor, item=story, version=1, **({"content": EXAMPLE} if act is shared.write_shared else {}))  # type: ignore[operator]
    with pytest.raises(shared.NotThis):
        shared.write_new(by=library.editor, kind="story", organisation=library.house, content={})


def test_older_than_a_year_says_so_and_asks_once(library: Library) -> None:
    row = library.shown()
    Published.objects.filter(pk=row.pk).update(checked_on=timezone.localdate() - timedelta(days=366))

    assert shared.ask_to_check_again() == 1
    assert shared.ask_to_check_again() == 0
    assert Notice.objects.filter(recipient=library.editor.pk, kind="stories.check-again").count() == 1
    assert "mer enn et år siden" in signed_in(library.editor).get(reverse("stories:shared")).content.decode()
    page = signed_in(library.stranger).get(reverse("stories:item", args=[row.handle])).content.decode()
    assert page.index("Sjekket av") < page.index("mer enn et år siden") < page.index("Vi satte fram kaffe.")
    signed_in(library.editor).post(reverse("stories:care-act", args=[row.handle]), {"act": "checked"})
    row.refresh_from_db()
    assert not queries.is_old(row)
    assert shared.ask_to_check_again() == 0


def test_a_municipality_sends_in_and_the_editor_takes_in(library: Library) -> None:
    client = signed_in(library.contact)
    answer = client.post(reverse("stories:send-example"), {**EXAMPLE, **COMMON, "organisation": str(library.house.pk)})
    item = Item.objects.get()
    assert answer.status_code == 302
    assert (item.state, item.person) == (State.SENT, library.contact)
    assert Notice.objects.filter(recipient=library.editor.pk, kind="stories.example-sent").exists()
    assert "ingen har svart" in client.get(answer["Location"]).content.decode()

    shared.show_shared(by=library.editor, item=item, version=1)

    assert Notice.objects.filter(recipient=library.contact.pk, kind="stories.example-taken-in").exists()
    assert "Den står i biblioteket." in client.get(answer["Location"]).content.decode()
    assert signed_in(library.teller).get(reverse("stories:send-example")).status_code == 403


def test_an_example_not_taken_in_is_told(library: Library) -> None:
    item = shared.send_example(by=library.contact, organisation=library.house, content=EXAMPLE)

    at, editor = reverse("stories:care-act", args=[item.handle]), signed_in(library.editor)
    page = editor.post(at, {"act": "away", "words": "Det " * 1000}).content.decode()
    assert "Det Det" in page  # too long, and not lost
    answer = editor.post(at, {"act": "away", "words": "Vi har to som ligner. Skriv gjerne om bussen."}, follow=True)
    assert "Den som sendte det, får beskjed." in answer.content.decode()

    item.refresh_from_db()
    assert item.state == State.DECLINED
    assert Notice.objects.filter(recipient=library.contact.pk, kind="stories.example-declined").exists()
    told = signed_in(library.contact).get(reverse("stories:desk-answer", args=[item.handle])).content.decode()
    assert "ble det ikke tatt inn" in told
    assert "Skriv gjerne om bussen." in told
    assert "Er du uenig?" not in told
    assert b"bussen" not in bytes(DeskAnswer.objects.get(item=item).words)
    shared.show_shared(by=library.editor, item=Item.objects.get(pk=item.pk), version=item.version)
    assert "Den står i biblioteket." in signed_in(library.contact).get(reverse("stories:desk-answer", args=[item.handle])).content.decode()


# -- files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "end"), [(b"%PDF-1.7\nx", "pdf"), (docx(), "docx"), (odt(), "odt")])
def test_guides_are_known_by_content_and_sealed(library: Library, client: Any, content: bytes, end: str) -> None:
    row = library.shown()
    signed_in(library.editor).post(reverse("stories:guides", args=[row.handle]), {"name": "Mal", "file": SimpleUploadedFile("x.exe", content)})

    guide = Attachment.objects.get()
    answer = client.get(reverse("stories:guide", args=[row.handle, guide.pk]))

    assert answer.content == content
    assert answer["Content-Disposition"].endswith(f'.{end}"')
    assert guide.stored.owner == row.item.key_owner


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html>", b"PK\x03\x04broken", docx("word/vbaProject.bin"), b""])
def test_other_files_are_refused_with_a_reason(library: Library, content: bytes) -> None:
    row = library.shown()

    page = signed_in(library.editor).post(reverse("stories:guides", args=[row.handle]), {"name": "Mal", "file": SimpleUploadedFile("mal.pdf", content)})

    assert page.status_code == 200
    assert not StoredFile.objects.exists()


def test_a_guide_goes_with_what_it_belongs_to(library: Library, client: Any) -> None:
    row = library.shown()
    guide = shared.keep_guide(by=library.editor, item=row.item, name="Mal", content=b"%PDF-1.7")
    url = reverse("stories:guide", args=[row.handle, guide.pk])
    page = client.get(reverse("stories:item", args=[row.handle])).content.decode()
    assert page.index("Flere kommer.") < page.index(url) < page.index("Den kom hit gjennom")
    assert "PDF, 8" in page

    shared.take_away(by=library.editor, item=row.item)

    assert client.get(url).status_code == 404
    assert signed_in(library.editor).get(url).status_code == 200
    with pytest.raises(shared.FileNotTaken, match="too-large"):
        shared.keep_guide(by=library.editor, item=row.item, name="Stor", content=b"%PDF-" + bytes(shared.LARGEST_GUIDE))
    signed_in(library.editor).post(reverse("stories:guides", args=[row.handle]), {"act": "remove", "guide": str(guide.pk)})
    assert not StoredFile.objects.exists()


# -- collections -----------------------------------------------------------------------------------------


def test_a_collection_keeps_its_order_and_tells_the_ledger(library: Library, client: Any) -> None:
    story, example = library.story(), library.shown()
    editor = signed_in(library.editor)
    add = f"https://eksempel.no/bibliotek/les/{example.handle}/\n{story.handle}"

    editor.post(reverse("stories:begin-collection"), {"title": "Det første møtet", "why": "Det avgjør mye.", "add": add, "is_shown": "on"})
    made = Collection.objects.get()
    url = reverse("stories:change-collection", args=[made.handle])
    turned = {f"at-{story.handle}": "1", f"at-{example.handle}": "2", "title": made.title, "why": made.why, "is_shown": "on"}
    editor.post(url, {**turned, "version": str(made.version)})

    assert [row.handle for row in queries.published_in(made)] == [story.handle, example.handle]
    assert [use.label for use in uses_of(story.item.key)] == ["Det første møtet"]
    page = client.get(reverse("stories:collection", args=[made.handle])).content.decode()
    assert page.index(story.title) < page.index(example.title)
    made.refresh_from_db()
    editor.post(url, {**turned, f"at-{story.handle}": "0", "version": str(made.version)})
    assert [row.handle for row in queries.published_in(made)] == [example.handle]
    assert not uses_of(story.item.key).exists()


def test_an_address_the_library_does_not_have_is_said_and_nothing_typed_is_lost(library: Library) -> None:
    editor, add = signed_in(library.editor), f"https://knutepunkt.test/les/{library.shown().handle}/\nhttps://feil.test/abcdefghj/"

    page = editor.post(reverse("stories:begin-collection"), {"title": "Grøt", "why": "Fordi.", "add": add}).content.decode()

    assert "Vi finner ikke dette i biblioteket: https://feil.test/abcdefghj/" in page
    assert "Fordi." in page
    assert not Collection.objects.exists()


def test_a_stale_collection_is_compared_and_a_hidden_one_is_not_seen(library: Library, client: Any) -> None:
    made = collecting.begin_collection(by=library.editor, organisation=library.house, title="Kladd", why="Fordi.")
    collecting.write_collection(by=library.editor, collection=made, version=1, title="Kladd", why="En annen grunn.", handles=[], is_shown=False)

    page = signed_in(library.editor).post(
        reverse("stories:change-collection", args=[made.handle]), {"title": "Min tittel", "why": "Min grunn.", "version": "1"}
    ).content.decode()

    assert "En annen lagret mens du skrev" in page
    assert "Min tittel" in page
    assert client.get(reverse("stories:collection", args=[made.handle])).status_code == 404
    assert "Kladd" not in client.get(reverse("stories:collections")).content.decode()
    assert signed_in(library.foreign).get(reverse("stories:change-collection", args=[made.handle])).status_code == 404


def test_what_is_taken_down_is_in_no_collection_at_once(library: Library, client: Any) -> None:
    story, example = library.story(), library.shown()
    made = collecting.begin_collection(by=library.editor, organisation=library.house, title="To ting", why="")
    collecting.write_collection(by=library.editor, collection=made, version=1, title="To ting", why="", handles=[story.handle, example.handle], is_shown=True)

    take_down(story.item)

    page = client.get(reverse("stories:collection", args=[made.handle])).content.decode()
    assert story.title not in page
    assert example.title in page
    collecting.delete_collection(by=library.editor, collection=made)
    assert TrailLine.objects.filter(kind="stories:collection:deleted").exists()


def test_a_collection_spares_its_reader_and_says_what_things_contain(library: Library, client: Any) -> None:
    heavy, gone, themed = library.story(notes=["death"]), library.story(title="Skjult"), library.story(title="Tap", terms=["library:topic.loss"])
    named, example = library.story(title="Fra samme", teller_name="Lyng"), library.shown()
    made = collecting.begin_collection(by=library.editor, organisation=library.house, title="Ting", why="")
    handles = [row.handle for row in (heavy, gone, themed, named, example)]
    collecting.write_collection(by=library.editor, collection=made, version=1, title="Ting", why="", handles=handles, is_shown=True)
    url = reverse("stories:collection", args=[made.handle])
    client.post(reverse("stories:item-hide", args=[gone.handle]), {"hva": "item"})
    client.post(reverse("stories:item-hide", args=[themed.handle]), {"hva": "library:topic.loss"})
    client.post(reverse("stories:item-hide", args=[named.handle]), {"hva": "teller"})

    page = client.get(url).content.decode()

    assert heavy.handle in page
    assert "død og selvmord" in page
    assert [row.handle for row in (gone, themed, named) if row.handle in page] == []
    assert "Det du ikke vil møte, er tatt ut." in page
    client.post(reverse("stories:item-hide", args=[heavy.handle]), {"hva": "content-notes:death"})
    assert heavy.handle not in client.get(url).content.decode()
    other = type(client)().get(url).content.decode()
    assert all(handle in other for handle in handles)
    assert "er tatt ut" not in other


# -- the house's own reports -----------------------------------------------------------------------------


def test_reports_of_other_rooms_stand_beside_research(library: Library, client: Any, monkeypatch: Any) -> None:
    research = library.shown("research", RESEARCH)
    now = timezone.now()
    lines = [ReportLine(f"Rapport {n}", f"/r/{n}/", "Lyngheim", now - timedelta(days=n)) for n in range(25)]
    monkeypatch.setitem(REPORTS._entries, "test", lambda before, limit: [one for one in lines if before is None or one.at < before][:limit])

    page = client.get(reverse("stories:reports"))
    text = page.content.decode()

    assert "Å vente &amp; vite" in text
    assert "Rapport 19" in text
    assert "Rapport 20" not in text
    assert "inquiry" in dict(REPORTS.items())
    onward = client.get(reverse("stories:reports") + text.split('href="?for=')[1].split('"')[0].join(["?for=", ""])).content.decode()
    assert "Rapport 24" in onward
    assert "Rapport 19" not in onward
    client.post(reverse("stories:item-hide", args=[research.handle]), {"hva": "item"})
    assert "Å vente &amp; vite" not in client.get(reverse("stories:reports")).content.decode()
