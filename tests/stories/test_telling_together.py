"""Editing together: an editor proposes, the teller decides each, and only exactly what was said yes to is ever shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.models import AccessLogEntry
from knutepunkt.organisations.choices import Role
from knutepunkt.stories.actions import changes as edits
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_leaving, telling_showing
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Change, Item, Published, Trained
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.registers import NEXT_STEPS
from tests import factories as make
from tests.stories.telling import TEXT, Place, client_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINE = "Så banket noen på ruta og spurte om jeg ville ha kaffe."
NEW = "Så banket en på ruta. Ville jeg ha kaffe?"


@pytest.fixture
def place() -> Place:
    return Place()


def at(name: str, item: Item) -> str:
    return reverse(f"stories:{name}", args=[item.handle])


def is_shut(client: Any, url: str) -> bool:
    """Nothing of the story is shown: there is nothing, or it needs nobody now."""
    page = client.get(url, follow=True)
    return ("Kaffe" not in page.content.decode()) and (page.status_code == 404 or page.redirect_chain[-1][0] == reverse("stories:mine"))


def propose(at_place: Place, item: Item, new: str = NEW, **facts: Any) -> Change:
    facts = {"field": "text", "place": 2, "old": LINE, "new": new, **facts}
    return edits.propose_change(by=facts.pop("by", at_place.editor), item=item, **facts)


def decide(place: Place, item: Item, change: Change, act: str, words: str = "") -> None:
    client_of(place.teller).post(at("own-changes", item), {"act": act, "change": str(change.pk), f"c{change.pk.hex[:8]}-words": words})


def test_those_trained_at_the_desk_propose_and_an_untrained_editor_reads_nothing(place: Place) -> None:
    item, untrained = place.sent(), make.person("Ruth")
    make.role(untrained, Role.EDITOR, place.centre)
    Trained.objects.create(person=place.peer, organisation=place.centre, trained_on=timezone.localdate())

    assert client_of(place.peer).get(at("changes", item)).status_code == 200
    assert is_shut(client_of(untrained), at("changes", item))


def test_asking_for_changes_leads_on_to_proposing_them_and_the_desk_finds_the_way_there(place: Place) -> None:
    load_vocabularies()
    item, editor = place.sent(place.draft(notes=["risk"])), client_of(place.editor)

    answer = editor.post(at("desk-changes", item), {"words": "Kan vi se på begynnelsen?", "seen": "0"})

    assert answer["Location"] == at("changes", item)
    page = editor.get(at("desk-item", item)).content.decode()
    assert f'href="{at("changes", item)}"' in page
    page = editor.get(at("changes", item)).content.decode()
    assert f'href="{at("desk-item", item)}"' in page
    assert "Den handler om:" in page


def test_taking_words_away_is_said_in_words_on_both_sides(place: Place) -> None:
    item = place.sent()
    propose(place, item, new="")

    assert "Forslaget er å ta dette bort:" in client_of(place.teller).get(at("own-changes", item)).content.decode()
    assert "Tas bort." in client_of(place.editor).get(at("changes", item)).content.decode()


def test_what_is_said_of_who_sees_it_is_true_when_somebody_writes_along(place: Place) -> None:
    item, client = place.draft(), client_of(place.teller)
    made = client.post(at("company", item), {"act": "ask", "organisation": place.centre.pk, "partner": str(place.peer.pk)}, follow=True)
    assert "Nå ser Mona det du skriver" in made.content.decode()

    saved = client.post(at("write", item), {"version": item.version, "title": "Kaffe på ruta", "text": TEXT}, follow=True).content.decode()

    pages = [saved, *(client.get(at(name, item)).content.decode() for name in ("write", "preview")), client.get(reverse("stories:mine")).content.decode()]
    for page in pages:
        assert not re.search("Bare du kan se|Ingen andre ser", page)
    assert "Du og Mona kan se den." in pages[-1]


def rested(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(rests_until=timezone.now() - timedelta(minutes=1))


def test_an_editor_proposes_and_the_teller_takes_it_and_says_yes_before_it_is_shown(place: Place) -> None:
    item, editor, teller = place.sent(), client_of(place.editor), client_of(place.teller)

    page = editor.get(at("changes", item)).content.decode()
    assert LINE in page
    assert "del=text.2" in page
    editor.post(at("changes", item) + "?del=text.2", {"act": "propose", "old": LINE, "new": NEW, "why": "Litt kortere?"})
    item.refresh_from_db()
    assert (item.state, item.is_edited, item.version) == (State.EDITING, False, 1)
    shown = teller.get(at("own-changes", item)).content.decode()
    assert "Litt kortere?" in shown
    assert "Slik kunne det stått" in shown
    change = Change.objects.get()
    with pytest.raises(telling_showing.StillOpen):
        telling_showing.accept_item(by=place.editor, item=item)
    decide(place, item, change, "take")
    item.refresh_from_db()
    assert NEW in content_of(item)["text"]
    assert (item.version, item.approved_version, item.is_edited) == (2, 1, True)

    telling_showing.accept_item(by=place.editor, item=item)
    rested(item)
    assert not telling_showing.publish_one(item.pk)
    assert not Published.objects.exists()
    teller.post(at("own-changes", item), {"act": "yes", "version": 1})
    assert not telling_showing.publish_one(item.pk)
    teller.post(at("own-changes", item), {"act": "yes", "version": 2})
    assert telling_showing.publish_one(item.pk)

    published = Published.objects.get()
    assert published.is_edited
    assert NEW in published.text
    assert {n.kind for n in Notice.objects.filter(recipient=place.teller.pk)} == {"stories.changes", "stories.say-yes", "stories.published"}
    assert [n.kind for n in Notice.objects.filter(recipient=place.editor.pk).order_by("pk")] == ["stories.sent", "stories.decided"]
    assert AccessLogEntry.objects.get(about=f"people.person:{place.teller.pk}").reader_name == "Fatima"


@pytest.mark.parametrize(("act", "words", "text", "state"), [
    ("decline", "", LINE, "declined"), ("own", "Så banket hun på.", "Så banket hun på.", "own"), ("own", "", "", "own"), ("take", "", NEW, "taken"),
])  # fmt: skip
def test_each_way_to_decide(place: Place, act: str, words: str, text: str, state: str) -> None:
    item = place.sent()
    change = propose(place, item)

    decide(place, item, change, act, words)

    lines = content_of(Item.objects.get())["text"].split("\n")
    assert (text in lines) if text else (LINE not in "".join(lines))
    assert Change.objects.get().state == state
    assert Item.objects.get().is_edited == (act != "decline")
    decide(place, item, change, "take")
    assert Change.objects.get().state == state


def test_a_change_to_words_that_moved_follows_them_and_one_to_words_that_are_gone_changes_nothing(place: Place) -> None:
    item = place.sent()
    moved, gone = propose(place, item), propose(place, item, place=0, old=TEXT.split("\n", maxsplit=1)[0], new="X")
    item.refresh_from_db()
    actions.save_words(item=item, version=1, text="En linje først.\n" + TEXT.replace("Jeg satt i bilen", "Jeg lå i bilen"))

    decide(place, item, moved, "take")
    decide(place, item, gone, "take")

    text = content_of(Item.objects.get())["text"]
    assert NEW in text
    assert "Jeg lå i bilen" in text
    assert Change.objects.get(pk=gone.pk).state == "open"
    decide(place, item, gone, "decline")
    assert Change.objects.get(pk=gone.pk).state == "declined"


def test_only_the_places_editor_or_the_chosen_one_sees_it_and_nobody_changes_it(place: Place) -> None:
    draft, sent = place.draft(), place.sent()

    assert client_of(place.teller).get(at("changes", sent))["Location"] == at("own-changes", sent)
    for person in (place.peer, place.stranger):
        assert is_shut(client_of(person), at("changes", sent))
    assert is_shut(client_of(place.editor), at("changes", draft))
    assert client_of(place.editor).get(at("changes", sent)).status_code == 200
    client_of(place.editor).post(at("write", sent), {"version": 1, "title": "Min", "text": "Min"})
    assert content_of(sent)["title"] == "Kaffe på ruta"
    telling_leaving.pull_back(item=sent)
    assert is_shut(client_of(place.editor), at("changes", sent))


def test_writing_with_somebody_chosen_from_the_start(place: Place) -> None:
    item, teller, peer = place.draft(), client_of(place.teller), client_of(place.peer)

    page = teller.get(at("company", item) + f"?sted={place.centre.pk}").content.decode()
    assert "Mona" in page
    assert "Bera" not in page
    teller.post(at("company", item), {"act": "ask", "organisation": place.centre.pk, "partner": str(place.peer.pk)})
    assert peer.get(at("changes", item)).status_code == 200
    peer.post(at("changes", item) + "?del=title", {"act": "propose", "old": "Kaffe på ruta", "new": "Noen banket"})
    decide(place, item, Change.objects.get(), "take")
    assert content_of(Item.objects.get())["title"] == "Noen banket"
    assert Item.objects.get().state == State.DRAFT
    teller.post(at("company", item), {"act": "alone"})

    assert is_shut(peer, at("changes", item))


def test_whoever_has_time_at_the_place_sees_nothing_before_a_yes(place: Place) -> None:
    item, editor, peer = place.draft(), client_of(place.editor), client_of(place.peer)
    outsider = make.person("Jon")
    make.role(outsider, Role.HOST, place.centre)

    client_of(place.teller).post(at("company", item), {"act": "ask", "organisation": place.centre.pk, "partner": ""})
    assert {n.recipient for n in Notice.objects.filter(kind="stories.company")} == {place.editor.pk, place.peer.pk}
    page = peer.get(at("join", item)).content.decode()
    assert "Kaffe" not in page
    assert "bilen" not in page
    assert is_shut(client_of(outsider), at("join", item))
    assert is_shut(client_of(place.stranger), at("join", item))
    assert is_shut(peer, at("changes", item))
    assert [step.url for step in NEXT_STEPS["stories.telling"](place.peer)] == [at("join", item)]
    peer.post(at("join", item))
    editor.post(at("join", item))

    assert Item.objects.get().telling.partner == place.peer
    assert peer.get(at("changes", item)).status_code == 200
    assert is_shut(editor, at("changes", item))


def test_a_change_that_is_nothing_or_taken_back_is_not_left(place: Place) -> None:
    item, editor = place.sent(), client_of(place.editor)

    page = editor.post(at("changes", item) + "?del=text.2", {"act": "propose", "old": LINE, "new": LINE}).content.decode()
    assert "det samme som står der nå" in page
    page = editor.post(at("changes", item) + "?del=text.2", {"act": "propose", "old": "Noe annet", "new": NEW}).content.decode()
    assert "har endret dette i mellomtiden" in page
    assert NEW in page
    change = propose(place, item)
    editor.post(at("changes", item), {"act": "take-back", "change": str(change.pk)})

    assert not Change.objects.exists()
    assert editor.get(at("changes", item) + "?del=text.999").status_code == 200
    assert editor.get(at("changes", item) + "?del=tull").status_code == 200


def test_the_trail_holds_no_words_and_the_teller_no_name(place: Place) -> None:
    item = place.sent()
    decide(place, item, propose(place, item), "take")

    for line in TrailLine.objects.filter(about=item.key):
        assert "kaffe" not in str(line.facts).casefold()
        assert line.actor != str(place.teller.pk)
