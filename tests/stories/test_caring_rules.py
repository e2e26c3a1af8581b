"""Who may care for the library, written out; pages that ask no more for more rows; what is exported and erased; the demo."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.stories.actions import caring_collections as collecting
from knutepunkt.stories.actions import caring_desk as desk
from knutepunkt.stories.demo.caring import seed_caring
from knutepunkt.stories.models import Attachment, Collection, DeskAnswer, Item, OutsideUse, Published
from knutepunkt.stories.queries.caring import answers_to_judge, items_at_desk
from knutepunkt.stories.rules import caring as rules
from knutepunkt.stories.rules.caring import Told
from knutepunkt.web.access import may
from knutepunkt.web.documents import read_document
from knutepunkt.web.files import read_file
from knutepunkt.web.models import Notice
from knutepunkt.web.registers import NOTICES, PERSONAL_DATA
from tests.stories.caring import RESEARCH, Library, signed_in
from tests.stories.test_caring_uses import asked, granted

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8
PEOPLE = ("editor", "peer", "other", "untrained", "coordinator", "contact", "teller", "stranger", "foreign", "anonymous")
ALL = " ".join(PEOPLE)
TABLE = {
    "stories.read_rules": ALL,
    "stories.see_desk": "editor peer other untrained foreign",
    "stories.decide_item": "editor peer other",
    "stories.decide_again": "editor other",
    "stories.take_out": "editor peer other",
    "stories.give_training": "editor coordinator",
    "stories.answer_desk": ALL,
    "stories.make_shared": "editor foreign",
    "stories.care_shared": "editor",
    "stories.send_example": "contact",
    "stories.ask_use": ALL,
    "stories.hold_use": ALL,
    "stories.check_use": "editor peer other",
    "stories.see_uses": ALL,
    "stories.see_collections": ALL,
    "stories.make_collection": "editor foreign",
    "stories.care_collection": "editor",
    "stories.fetch_open": ALL,
}
FOUND_BY_THE_PAGE = {"stories.answer_desk", "stories.see_uses", "stories.hold_use"}


class World(Library):
    """A house with something of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.anonymous = AnonymousUser()
        self.waits = self.sent(notes=["mental-health"])
        self.no = desk.decline(by=self.peer, item=self.sent(), seen=0, rule="others", sentence="Naboen heter Karl Stubb.")
        desk.reply_to_desk(answer=self.no, text="Uenig.")
        self.no.refresh_from_db()
        self.example, self.use = self.shown(), asked(self, self.shown())
        self.collection = collecting.begin_collection(by=self.editor, organisation=self.house, title="Samling", why="")
        self.told_of = self.story()
        self.other_told = self.sent(notes=["risk"])
        Item.objects.filter(pk=self.other_told.pk).update(told_as="for_other")
        self.things: dict[str, Any] = {
            "stories.decide_item": self.waits, "stories.decide_again": self.no, "stories.take_out": self.told_of.item, "stories.give_training": self.house, "stories.care_shared": self.example.item,
            "stories.check_use": self.use, "stories.care_collection": self.collection, "stories.hold_use": self.use,
            "stories.answer_desk": Told(self.waits, is_teller=True), "stories.see_uses": Told(self.waits, is_teller=True),
        }  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def test_table(world: World) -> None:
    found = {name: " ".join(who for who in PEOPLE if may(getattr(world, who), name, world.things.get(name))) for name in TABLE}

    assert found == TABLE


def test_every_permission_of_caring_stands_in_the_table(world: World) -> None:
    ours = set(re.findall(r'^permission\("([^"]+)"', Path(rules.__file__).read_text(), re.MULTILINE))

    assert ours == set(TABLE)
    assert not any(may(world.teller, name, None) for name in FOUND_BY_THE_PAGE)
    assert not may(world.teller, "stories.answer_desk", Told(world.waits, is_teller=False))


def test_rule_and_query_agree_on_what_waits(world: World) -> None:
    for who in PEOPLE:
        person = getattr(world, who)
        if person.is_authenticated:
            assert set(items_at_desk(person)) == {i for i in Item.objects.filter(kind="story") if may(person, "stories.decide_item", i)}, who
            assert set(answers_to_judge(person)) == {a for a in DeskAnswer.objects.select_related("item") if may(person, "stories.decide_again", a)}, who


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as default, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(url).status_code == 200
    return len([q for q in [*default.captured_queries, *keys.captured_queries] if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", q["sql"])])


def test_pages_ask_no_more_for_more_rows(world: World) -> None:
    package_of = granted(world, world.shown(), world.shown(), by=world.stranger)
    pages = [
        (None, reverse("stories:rules")), (world.peer, reverse("stories:desk")), (world.peer, reverse("stories:desk-item", args=[world.waits.handle])),
        (world.peer, reverse("stories:desk-item", args=[world.other_told.handle])), (world.peer, reverse("stories:reported", args=[world.told_of.handle])),
        (world.editor, reverse("stories:shared")), (None, reverse("stories:collections")), (None, reverse("stories:open-json")),
        (None, reverse("stories:open-feed")), (None, reverse("stories:open-sitemap")), (None, reverse("stories:open-sitemap-part", args=[0])), (None, reverse("stories:reports")),
        (None, reverse("stories:oai") + "?verb=ListRecords&metadataPrefix=oai_dc"), (world.stranger, reverse("stories:use", args=[package_of.token])),
        (world.teller, reverse("stories:uses", args=[world.waits.handle])), (world.teller, reverse("stories:desk-answer", args=[world.no.item.handle])),
        (world.editor, reverse("stories:training", args=[world.house.slug])), (world.other, reverse("stories:desk-again", args=[world.no.item.handle])),
        (None, reverse("stories:cite-bib", args=[world.example.handle])),
    ]  # fmt: skip
    clients = [(signed_in(who) if who else Client(), url) for who, url in pages]
    first = {url: count(client, url) for client, url in clients}
    for _ in range(3):
        world.sent()
        world.shown("research", RESEARCH)
        world.story("public_web")
        desk.reply_to_desk(answer=desk.decline(by=world.peer, item=world.sent(), seen=0, rule="others", sentence="Naboen heter Karl Stubb."), text="x")
        asked(world, world.shown())

    again = {url: count(client, url) for client, url in clients}

    for url, number in again.items():
        assert number <= MOST, (url, number)
        assert number <= first[url] + (1 if "apent" in url or "oai" in url else 0), (url, first[url], number)  # the ledger is asked once a story is there


def test_every_notice_has_words_and_leads_somewhere(world: World) -> None:
    desk.give_training(by=world.coordinator, person=world.untrained, organisation=world.house)
    kinds = {n.kind for n in Notice.objects.filter(kind__startswith="stories.")}

    for notice in Notice.objects.filter(kind__in=kinds):
        entry = NOTICES[notice.kind]
        assert entry.text(notice.facts).endswith((".", "?"))
        assert entry.url(notice.facts).startswith("/bibliotek/")
    assert len(kinds) >= 4


def test_export_and_erasure_of_those_who_care(world: World) -> None:
    desk.pass_on(by=world.peer, item=world.waits, to=world.other)
    use = asked(world, world.shown(), by=world.peer)

    exported = {key: entry.export(world.peer) for key, entry in PERSONAL_DATA.items() if key.startswith("stories.")}
    assert exported["stories.trained"][0]["at"] == "Lyngheim"
    assert exported["stories.outsideuse"][0]["place"] == "Kurs for nye hjelpere"
    assert PERSONAL_DATA["stories.deskanswer"].export(world.teller)[0]["reply"] == "Uenig."
    for key, entry in PERSONAL_DATA.items():
        if key.startswith("stories.") and key != "stories.item":
            entry.erase(world.peer)

    world.no.refresh_from_db()
    use.refresh_from_db()
    assert world.no.by_id is None
    assert (use.asker_id, use.asker_name) == (None, "")
    assert list(items_at_desk(world.peer)) == []


def test_demo_has_a_desk_examples_methods_research_and_a_collection(settings: Any) -> None:
    from knutepunkt.themes.actions import load_vocabularies

    settings.DEMO = True
    load_vocabularies()
    seed_caring()
    seed_caring()

    kinds = list(Published.objects.filter(is_demo=True).exclude(kind="story").values_list("kind", flat=True))
    guide = Attachment.objects.select_related("stored").get(part="file")
    assert "Avtal hvem som skriver" in read_document("sjekkliste.odt", io.BytesIO(read_file(guide.stored))).text
    assert {kind: kinds.count(kind) for kind in kinds} == {"example": 3, "method": 2, "research": 2}
    assert Item.objects.filter(kind="story", state="sent", is_demo=True, organisation__slug="lyngheim").count() >= 2
    assert Collection.objects.get().parts.count() == 3
    assert not OutsideUse.objects.exists()
