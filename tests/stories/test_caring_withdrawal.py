"""Taken back: every kind of use refuses in the same moment, and says so without a word of what it was."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.urls import reverse

from knutepunkt.consent.queries import uses_of
from knutepunkt.stories.actions import caring_collections as collecting
from knutepunkt.stories.actions import caring_uses as uses
from knutepunkt.stories.actions.publishing import take_down
from knutepunkt.stories.models import CollectionPart, Package, Published, UsedItem
from knutepunkt.stories.queries.caring_uses import parts_standing
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice
from knutepunkt.web.sealing import destroy_key
from tests.stories.caring import Library, signed_in
from tests.stories.test_caring_uses import granted

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TITLE, SENTENCE = "Tittelen som skal bort", "Setningen som skal bort helt."
OAI = "{http://www.openarchives.org/OAI/2.0/}"


class Used(Library):
    """A story in every kind of use there is."""

    def __init__(self) -> None:
        super().__init__()
        self.story = self.story("public_web", "teaching", "research", title=TITLE, text=SENTENCE)  # type: ignore[method-assign, assignment]
        self.handle = self.story.handle  # type: ignore[attr-defined]
        self.use = granted(self, self.story, by=self.stranger)  # type: ignore[arg-type]
        self.package, self.content = uses.hand_out_package(by=None, use=self.use)
        self.collection = collecting.begin_collection(by=self.editor, organisation=self.house, title="Samling", why="")
        collecting.write_collection(by=self.editor, collection=self.collection, version=1, title="Samling", why="", handles=[self.handle], is_shown=True)
        work_off()
        mail.outbox.clear()

    def addresses(self) -> dict[str, str]:
        """Every address that shows it, and what kind of use that is."""
        return {
            "collection": reverse("stories:collection", args=[self.collection.handle]), "list": reverse("stories:open-json"),
            "one": reverse("stories:open-item", args=[self.handle]), "feed": reverse("stories:open-feed"),
            "oai": reverse("stories:oai") + "?verb=ListRecords&metadataPrefix=oai_dc", "map": reverse("stories:open-sitemap-part", args=[0]),
            "bib": reverse("stories:cite-bib", args=[self.handle]), "ris": reverse("stories:cite-ris", args=[self.handle]),
            "csl": reverse("stories:cite-csl", args=[self.handle]), "use": reverse("stories:use", args=[self.use.token]),
            "ask": f"{reverse('stories:ask-use')}?ting={self.handle}",
        }  # fmt: skip


@pytest.fixture
def library() -> Used:
    return Used()


def test_everything_shows_it_before_and_nothing_after(library: Used, client: Any) -> None:
    before = {name: client.get(url).content.decode() for name, url in library.addresses().items()}
    assert {name for name, text in before.items() if TITLE in text or (name == "map" and library.handle in text)} == set(before)
    assert SENTENCE not in "".join(before.values())

    take_down(library.story.item)  # type: ignore[attr-defined]

    after = {name: client.get(url) for name, url in library.addresses().items()}
    for name, answer in after.items():
        assert TITLE not in answer.content.decode(), name
        assert SENTENCE not in answer.content.decode(), name
    assert {name for name, answer in after.items() if answer.status_code == 404} == {"one", "bib", "ris", "csl"}
    assert library.handle not in after["map"].content.decode()
    header = ET.fromstring(after["oai"].content).find(f".//{OAI}header")
    assert header is not None
    assert header.get("status") == "deleted"


def test_the_package_refuses_and_the_address_says_so(library: Used, client: Any) -> None:
    take_down(library.story.item)  # type: ignore[attr-defined]

    with pytest.raises(uses.NotGranted):
        uses.hand_out_package(by=None, use=library.use)
    answer = client.post(reverse("stories:use", args=[library.use.token]), {"act": "package"}, follow=True)
    assert "Det er ikke noe å hente." in answer.content.decode()
    assert [stands for _n, _h, stands in parts_standing(Package.objects.select_related("use").get())] == [False]
    page = client.get(reverse("stories:package", args=[library.package.token])).content.decode()
    assert 'data-stands="no"' in page
    assert TITLE not in page


def test_holder_is_told_and_the_ledger_keeps_only_what_cannot_be_called_back(library: Used) -> None:
    take_down(library.story.item)  # type: ignore[attr-defined]
    work_off()

    assert Notice.objects.filter(recipient=library.stranger.pk, kind="stories.use-taken-back").count() == 1
    assert len(mail.outbox) == 1
    assert [use.can_be_called_back for use in uses_of(library.story.item.key)] == [False]  # type: ignore[attr-defined]
    assert not CollectionPart.objects.exists()
    assert UsedItem.objects.exists()


def test_undone_with_its_transaction(library: Used, client: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        take_down(library.story.item)  # type: ignore[attr-defined]
        transaction.set_rollback(True)

    assert Published.objects.filter(handle=library.handle).exists()
    assert TITLE in client.get(reverse("stories:collection", args=[library.collection.handle])).content.decode()
    assert client.get(reverse("stories:open-item", args=[library.handle])).status_code == 200


def test_with_the_key_destroyed_the_pages_still_answer(library: Used, client: Any) -> None:
    item = library.story.item  # type: ignore[attr-defined]
    take_down(item)
    destroy_key(item.key_owner)

    for who, url in (
        (library.teller, reverse("stories:desk-answer", args=[library.handle])), (library.teller, reverse("stories:uses", args=[library.handle])),
        (library.peer, reverse("stories:desk")), (library.stranger, reverse("stories:use", args=[library.use.token])),
    ):  # fmt: skip
        assert signed_in(who).get(url).status_code == 200
