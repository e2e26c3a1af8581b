"""Each page of telling asks the database as often for one as for three, and never more than eight times."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.stories.actions import changes as edits
from knutepunkt.stories.actions import telling as actions
from knutepunkt.themes.actions import load_vocabularies
from tests.stories.telling import Place, client_of
from tests.stories.test_telling_pages import png

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8
OWN = {"telling": 5, "write": 4, "about": 6, "files": 5, "review": 8, "preview": 6, "own-changes": 5, "take-back": 6, "company": 5}


def queries_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def grown(place: Place, item: Any, number: int) -> Any:
    actions.add_file(item=item, part="picture", content=png(), says=f"Bilde {number}")
    line = "Det var ikke mer enn det."
    edits.propose_change(by=place.peer, item=item, field="text", place=4, old=line, new=f"{line} {number}")
    item.refresh_from_db()
    return item


def test_a_tellers_pages() -> None:
    load_vocabularies()
    place = Place()
    item = actions.save_words(item=place.draft(), version=1, notes=["death"])
    actions.ask_company(item=item, organisation=place.centre, partner=place.peer)
    client, found = client_of(place.teller), []

    for numbers in ([1], [2, 3]):
        for number in numbers:
            item = grown(place, item, number)
        client.get(reverse("stories:mine"))
        found.append({name: queries_of(client, reverse(f"stories:{name}", args=[item.handle])) for name in OWN})

    assert found[0] == found[1]
    assert max(found[0].values()) <= MOST, found[0]
    assert found[0] == OWN


def test_an_editors_page_and_a_sent_story() -> None:
    load_vocabularies()
    place = Place()
    item = place.sent()
    editor, teller, found = client_of(place.editor), client_of(place.teller), []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            edits.propose_change(by=place.editor, item=item, field="title", place=None, old="Kaffe på ruta", new=f"Kaffe {number}")
        editor.get(reverse("stories:changes", args=[item.handle]))
        found.append((queries_of(editor, reverse("stories:changes", args=[item.handle])), queries_of(teller, reverse("stories:telling", args=[item.handle]))))

    assert found[0] == found[1]
    assert max(found[0]) <= MOST
