"""What lies open: JSON, Atom, OAI-PMH, citations, schema.org, the map for engines. Each held against an independent reader."""

import json
import re
from datetime import UTC, date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from knutepunkt.stories.actions import caring_collections as collecting
from knutepunkt.stories.actions.publishing import keep_content, put_out, take_down
from knutepunkt.stories.methods.citing import Cited, as_bibtex, as_csl, as_ris
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Published, Removed
from knutepunkt.stories.queries import caring_open
from knutepunkt.stories.queries.caring_open import NOT_FOUND, robots_for
from knutepunkt.stories.templatetags.open_data import schema_org
from tests.stories.caring import EXAMPLE, RESEARCH, Library

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NASTY = 'Å "leve" {med} 100 % & \\ $5 #1 a_b ~ ^ <script>alert(1)</script> – ferdig'
OAI = "{http://www.openarchives.org/OAI/2.0/}"
ONE = Cited(
    handle="abcdefghj", kind="research", title=NASTY, authors=("Lyngmo, Alva", "Havnås, Jon"), by_house=False, published_on=date(2026, 3, 4),
    fetched_on=date(2026, 11, 22), publisher="Lyngheim & Havna", url="https://hub.eksempel.no/bibliotek/les/abcdefghj/", language="nb",
    doi="10.1000/abc_1%2", year="2025", within="Blad & bok",
)  # fmt: skip


@pytest.fixture
def library() -> Library:
    return Library()


def ask(client: Any, **arguments: str) -> ET.Element:
    return ET.fromstring(client.get(reverse("stories:oai"), {k.rstrip("_"): v for k, v in arguments.items()}).content)


def error_of(root: ET.Element) -> str:
    return root.find(f"{OAI}error").attrib["code"]  # type: ignore[union-attr]


def handles_in(root: ET.Element) -> dict[str, bool]:
    """Handles, and whether each is gone."""
    headers = root.iter(f"{OAI}header")
    return {h.findtext(f"{OAI}identifier", "").rpartition(":")[2]: h.get("status") == "deleted" for h in headers}


# -- citations -------------------------------------------------------------------------------------------


def test_bibtex_is_read_by_another() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")

    from pylatexenc.latex2text import LatexNodes2Text

    found = bibtexparser.parse_string(as_bibtex(ONE))

    assert found.failed_blocks == []
    fields = {f.key: f.value for f in found.entries[0].fields}
    plain = LatexNodes2Text().latex_to_text(fields["title"].strip("{}"))
    assert plain.replace("\u02c6", "^") == NASTY  # that reader writes LaTeX's circumflex as a sign of its own
    assert fields["author"] == "Lyngmo, Alva and Havnås, Jon"
    assert (fields["year"], found.entries[0].key) == ("2025", "knutepunkt-abcdefghj")


def test_bibtex_keeps_houses_and_odd_names_whole_and_an_address_as_it_stands() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    names = ("Lyngmo, Alva", "Nasjonalt senter for lyng", "Rus and helse, Havna", "Bø, Li, Å", "Havnås, Jon")

    text = as_bibtex(Cited(**{**ONE.__dict__, "authors": names, "doi": "10.1000/abc_1{2"}))
    entry = bibtexparser.parse_string(text).entries[0]
    fields = {f.key: f.value for f in entry.fields}

    assert bibtexparser.parse_string(text).failed_blocks == []
    assert fields["author"] == "Lyngmo, Alva and {Nasjonalt senter for lyng} and {Rus and helse, Havna} and {Bø, Li, Å} and Havnås, Jon"
    assert fields["doi"] == "10.1000/abc_1%7B2"
    assert as_csl(Cited(**{**ONE.__dict__, "authors": names}))["author"][3] == {"literal": "Bø, Li, Å"}


def test_ris_is_read_by_another() -> None:
    rispy = pytest.importorskip("rispy")

    found = rispy.loads(as_ris(ONE))

    assert len(found) == 1
    assert found[0]["title"] == NASTY
    assert found[0]["authors"] == ["Lyngmo, Alva", "Havnås, Jon"]
    assert (found[0]["doi"], found[0]["year"]) == ("10.1000/abc_1%2", "2025")
    nested = rispy.loads(as_ris(Cited(**{**ONE.__dict__, "title": "En\r\nER  - \r\nTY  - JOUR"})))
    assert len(nested) == 1


def test_csl_has_names_dates_and_types() -> None:
    found = as_csl(ONE)

    assert found["author"] == [{"family": "Lyngmo", "given": "Alva"}, {"family": "Havnås", "given": "Jon"}]
    assert found["issued"] == {"date-parts": [[2025]]}
    assert found["title"] == NASTY
    assert as_csl(Cited(**{**ONE.__dict__, "by_house": True, "authors": ("Lyngheim, huset",)}))["author"] == [{"literal": "Lyngheim, huset"}]


def test_citations_come_as_files_and_only_of_what_is_shown(library: Library, client: Any) -> None:
    row, story, hidden = library.shown("research", RESEARCH), library.story("public_web"), library.story()

    for name, media_type in (("cite-bib", "application/x-bibtex"), ("cite-ris", "application/x-research-info-systems"), ("cite-csl", "application/vnd.citationstyles.csl+json")):
        answer = client.get(reverse(f"stories:{name}", args=[row.handle]))
        assert answer["Content-Type"].startswith(media_type)
        assert "Lyngmo" in answer.content.decode()
        assert not answer.has_header("X-Robots-Tag")
        assert client.get(reverse(f"stories:{name}", args=[hidden.handle]))["X-Robots-Tag"] == NOT_FOUND
        take = client.get(reverse(f"stories:{name}", args=[story.handle])).content.decode()
        assert "Så gikk jeg inn" not in take


# -- JSON, feed, engines ---------------------------------------------------------------------------------


def test_json_gives_a_story_title_and_address_and_the_rest_in_full(library: Library, client: Any) -> None:
    story, _hidden, row = library.story("public_web"), library.story("teaching"), library.shown()

    items = client.get(reverse("stories:open-json")).json()["items"]

    assert [one["id"] for one in items] == [story.handle, row.handle]
    assert set(items[0]) == {"id", "kind", "title", "url", "language", "edition", "published_at", "changed_at"}
    assert items[1]["fields"]["need"] == "Mange kom ikke."
    assert "contact" not in items[1]["fields"]
    assert client.get(reverse("stories:open-json"), {"slag": "example"}).json()["items"] == [items[1]]
    assert client.get(reverse("stories:open-json"), {"slag": "x"}).status_code == 400
    assert client.get(reverse("stories:open-item", args=[_hidden.handle])).status_code == 404
    assert client.get(reverse("stories:open-item", args=[story.handle])).json() == items[0]


def test_json_list_is_paged_by_key(library: Library, client: Any) -> None:
    rows = [library.shown() for _ in range(3)]
    Published.objects.bulk_create(
        Published(item=library.sent(), handle=f"{n:0>9}", kind="example", title=f"Nr {n}", language="nb", form="text", length="short", published_at=timezone.now(), may_be_found=True)
        for n in range(100)
    )

    first = client.get(reverse("stories:open-json")).json()
    second = client.get(first["next"].partition("://")[2].partition("/")[2].join(["/", ""])).json()

    assert len(first["items"]) == 100
    assert len(second["items"]) == 3
    assert second["next"] is None
    assert len({one["id"] for one in first["items"] + second["items"]}) == 100 + len(rows)


def test_feed_answers_304_until_something_changes(library: Library, client: Any) -> None:
    story, row = library.story("public_web"), library.shown()
    url = reverse("stories:open-feed")

    answer = client.get(url)
    root = ET.fromstring(answer.content)
    titles = [e.text for e in root.iter("{http://www.w3.org/2005/Atom}title")][1:]
    assert sorted(titles, key=str) == sorted([story.title, row.title])
    assert "Om en dør." not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-cache"
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    library.story()
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304  # of what is not open it tells nothing
    take_down(story.item)
    changed = client.get(url, headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200
    assert story.title not in changed.content.decode()


def test_feed_has_an_author_and_holds_no_markup_of_anybody(library: Library, client: Any) -> None:
    library.shown(content={**EXAMPLE, "summary": "Kaffe <img src=x onerror=alert(1)> & te"})

    root = ET.fromstring(client.get(reverse("stories:open-feed")).content)
    atom = "{http://www.w3.org/2005/Atom}"

    assert root.findtext(f"{atom}author/{atom}name")  # RFC 4287, 4.1.1
    summary = root.find(f"{atom}entry/{atom}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == "Kaffe &lt;img src=x onerror=alert(1)&gt; &amp; te"


def test_a_map_for_engines_is_named_where_they_look(library: Library, client: Any) -> None:
    text = client.get("/robots.txt").content.decode()

    assert re.search(r"^Sitemap: \S+/bibliotek/apent/kart\.xml$", text, re.MULTILINE)
    assert re.search(r"^Disallow:$", text, re.MULTILINE)  # an engine that may not look cannot see that it may not keep


def test_no_page_that_names_a_story_lets_engines_keep_it_unless_the_public_web_was_given(library: Library, client: Any) -> None:
    hidden, found = library.story(title="Lynghei og regn"), library.story("public_web", title="Lynghei og sol")
    made = collecting.begin_collection(by=library.editor, organisation=library.house, title="Lynghei", why="")
    collecting.write_collection(by=library.editor, collection=made, version=1, title="Lynghei", why="", handles=[hidden.handle], is_shown=True)
    of_one = ("item", "item-hard", "item-hide", "item-report", "answer", "like", "thanks")
    urls = [*(reverse(f"stories:{name}", args=[hidden.handle]) for name in of_one), reverse("stories:like", args=[found.handle]),
            reverse("stories:library"), reverse("stories:offered") + "?nr=1", reverse("stories:collection", args=[made.handle]),
            reverse("stories:ask-use") + f"?ting={hidden.handle}"]  # fmt: skip

    kept = [url for url in urls if '<meta name="robots" content="noindex">' not in client.get(url).content.decode()]

    assert kept == []
    page = client.get(reverse("stories:item", args=[found.handle]) + "?apne=1").content.decode()
    assert 'name="robots"' not in page
    assert re.search(rf'rel="canonical" href="\S+/les/{found.handle}/"', page)
    assert 'name="robots"' not in client.get(reverse("stories:open")).content.decode()


def test_engines_are_shown_only_what_may_be_found(library: Library, client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(caring_open, "IN_PART", 2)
    assert re.findall(r"<loc>", client.get(reverse("stories:open-sitemap")).content.decode()) == []
    story, hidden, row = library.story("public_web"), library.story(), library.shown()

    parts = re.findall(r"<loc>http://[^/]+(/[^<]+)</loc>", client.get(reverse("stories:open-sitemap")).content.decode())
    pages = [client.get(part) for part in parts]
    text = "".join(page.content.decode() for page in pages)

    assert len(parts) == row.pk // 2 + 1
    assert client.get(parts[0], headers={"if-none-match": pages[0]["ETag"]}).status_code == 304
    assert client.get(reverse("stories:open-sitemap-part", args=[10**18])).content.count(b"<url>") == 0
    assert set(re.findall(r"/les/(\w+)/", text)) == {story.handle, row.handle}
    assert (robots_for(story), robots_for(row), robots_for(hidden)) == ("", "", NOT_FOUND)


def test_schema_org_cannot_end_its_block_and_is_silent_for_what_is_private(library: Library) -> None:
    made = library.shown("research", {**RESEARCH, "title": "</script><script>alert(1)</script>"})
    hidden, story = library.story(), library.story("public_web")

    block = str(schema_org(made))

    assert block.count("</script>") == 1
    facts = json.loads(block[len('<script type="application/ld+json">') : -len("</script>")])
    assert facts["name"] == "</script><script>alert(1)</script>"
    assert facts["sameAs"] == "https://doi.org/10.1000/abc_1%2"
    assert [a["name"] for a in facts["author"]] == ["Lyngmo, Alva", "Havnås, Jon"]
    assert schema_org(hidden) == ""
    assert "Om en dør." not in schema_org(story)
    assert "author" not in schema_org(story)


# -- OAI-PMH -----------------------------------------------------------------------------------------------


def test_identify_formats_and_sets(library: Library, client: Any) -> None:
    library.shown()

    about = ask(client, verb="Identify").find(f"{OAI}Identify")
    said = {child.tag.removeprefix(OAI): child.text for child in about}  # type: ignore[union-attr]

    assert (said["protocolVersion"], said["deletedRecord"], said["granularity"]) == ("2.0", "persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert re.fullmatch(r"\S+@(\S+\.)+\S+", said["adminEmail"] or "")  # as the protocol's schema asks
    assert said["baseURL"].endswith("/bibliotek/apent/oai")  # type: ignore[union-attr]
    assert [e.text for e in ask(client, verb="ListMetadataFormats").iter(f"{OAI}metadataPrefix")] == ["oai_dc"]
    assert [e.text for e in ask(client, verb="ListSets").iter(f"{OAI}setSpec")] == ["story", "example", "method", "research"]


@pytest.mark.parametrize(("arguments", "code"), [
    ({}, "badVerb"), ({"verb": "Sing"}, "badVerb"), ({"verb": "ListRecords"}, "badArgument"), ({"verb": "Identify", "x": "1"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "\u0662026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": ""}, "badArgument"), ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": ""}, "badArgument"),
    *(({"verb": "Identify", name: "x"}, "badArgument") for name in ("parent", "name", "text", "space", "a b", "")),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-01-01", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2001-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "poem"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "no such"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai dc"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "x", "set": "story"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:annet.no:abcdefghj"}, "idDoesNotExist"),
])  # fmt: skip
def test_what_the_protocol_calls_errors(library: Library, client: Any, arguments: dict[str, str], code: str) -> None:
    library.shown()

    assert error_of(ask(client, **arguments)) == code


def test_a_record_of_a_story_has_title_and_address_alone(library: Library, client: Any) -> None:
    story, hidden = library.story("public_web"), library.story("teaching")

    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc", set="story")

    assert handles_in(root) == {story.handle: False}
    text = ET.tostring(root, encoding="unicode")
    assert story.title in text
    assert "Så gikk jeg inn" not in text
    assert "Om en dør." not in text
    assert hidden.title not in text
    identifier = root.findtext(f".//{OAI}identifier")
    again = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier or "")
    assert handles_in(again) == {story.handle: False}


def test_deleted_stays_deleted_and_comes_back_when_shown_again(library: Library, client: Any) -> None:
    row = library.shown()
    identifier = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").findtext(f".//{OAI}identifier") or ""
    before = (timezone.now() - timedelta(seconds=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    take_down(row.item)

    assert handles_in(ask(client, verb="ListRecords", metadataPrefix="oai_dc", from_=before)) == {row.handle: True}
    gone = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
    assert handles_in(gone) == {row.handle: True}
    assert gone.find(f".//{OAI}metadata") is None
    assert {f.name for f in Removed._meta.get_fields()} == {"id", "handle", "kind", "removed_at"}
    put_out(row.item, may_be_found=True)
    assert handles_in(ask(client, verb="ListRecords", metadataPrefix="oai_dc")) == {row.handle: False}


def test_a_story_hidden_from_engines_is_deleted_in_the_open_lists(library: Library, client: Any) -> None:
    story = library.story("public_web")
    put_out(story.item, may_be_found=False)

    assert handles_in(ask(client, verb="ListRecords", metadataPrefix="oai_dc")) == {story.handle: True}
    other = library.story("public_web")
    library.consent(other.item)  # the yes to the public web is taken back, and the row has not heard of it yet

    assert handles_in(ask(client, verb="ListRecords", metadataPrefix="oai_dc"))[other.handle] is True
    assert [one["id"] for one in client.get(reverse("stories:open-json")).json()["items"]] == []


def test_every_record_comes_once_over_many_answers(library: Library, client: Any, monkeypatch: Any) -> None:
    from knutepunkt.stories.views import caring_open

    rows = [library.shown() for _ in range(7)]
    same = timezone.now()
    Published.objects.filter(pk__in=[r.pk for r in rows]).update(changed_at=same)
    for row in rows[:3]:
        take_down(row.item)
    Removed.objects.update(removed_at=same)
    read = caring_open.queries.records
    monkeypatch.setattr(caring_open.queries, "records", lambda wanted, after=None: read(wanted, after, 2))

    seen, answers, arguments = [], 0, {"metadataPrefix": "oai_dc"}
    while True:
        root = ask(client, verb="ListIdentifiers", **arguments)
        seen += list(handles_in(root))
        answers += 1
        token = root.findtext(f".//{OAI}resumptionToken")
        if not token:
            break
        arguments = {"resumptionToken": token}

    assert sorted(seen) == sorted(r.handle for r in rows)
    assert answers == 4
    assert error_of(ask(client, verb="ListRecords", resumptionToken=arguments["resumptionToken"])) == "badResumptionToken"


def test_what_xml_cannot_hold_is_left_out(library: Library, client: Any) -> None:
    row = library.shown()
    item = row.item
    keep_content(item, clean("example", {"title": "A\ufffe B & <b>", "summary": "s", "language": "nb"}))
    item.save()
    put_out(item, may_be_found=True)

    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert root.findtext(".//{http://purl.org/dc/elements/1.1/}title") == "A B & <b>"
    assert client.post(reverse("stories:oai"), {"verb": "Identify"}).status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_another_harvester_reads_all_of_it(live_server: Any, monkeypatch: Any) -> None:
    sickle = pytest.importorskip("sickle")
    from knutepunkt.stories.views import caring_open

    library = Library()
    story, row = library.story("public_web"), library.shown()
    gone = library.shown("research", RESEARCH)
    take_down(gone.item)
    read = caring_open.queries.records
    monkeypatch.setattr(caring_open.queries, "records", lambda wanted, after=None: read(wanted, after, 1))

    harvester = sickle.Sickle(live_server.url + reverse("stories:oai"))
    found = {r.header.identifier.rpartition(":")[2]: r for r in harvester.ListRecords(metadataPrefix="oai_dc")}

    assert {handle: r.deleted for handle, r in found.items()} == {story.handle: False, row.handle: False, gone.handle: True}
    assert found[row.handle].metadata["title"] == [row.title]
    assert found[story.handle].metadata.keys() == {"title", "type", "identifier", "language", "date"}
    assert [s.setSpec for s in harvester.ListSets()] == ["story", "example", "method", "research"]
    assert harvester.Identify().deletedRecord == "persistent"
