"""Sleeping on it, being shown, thanks, choices, and taking back: over every place the words could be."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import Leaving, Purpose
from knutepunkt.consent.models import Consent
from knutepunkt.consent.queries import current_consent, purposes_given, surfaces_now
from knutepunkt.people.actions import erase_person
from knutepunkt.stories.actions import changes as edits
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_consent, telling_heard, telling_leaving, telling_showing
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Attachment, Change, Item, Published, Telling, ThankYou
from knutepunkt.web.jobs import work_off
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.models import Notice, StoredFile
from knutepunkt.web.registers import GIVEN, NOTICES
from knutepunkt.web.sealing import KeyGone
from tests.stories.telling import ALL, LIBRARY_ONLY, TEXT, Place, client_of
from tests.stories.test_telling_pages import wav

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture
def place() -> Place:
    return Place()


def at(name: str, item: Item) -> str:
    return reverse(f"stories:{name}", args=[item.handle])


def told(place: Place) -> list[str]:
    return [n.kind.removeprefix("stories.") for n in Notice.objects.filter(recipient=place.teller.pk).order_by("pk")]


class BackThen(Exception):
    """The backup is put back."""


@contextmanager
def restored() -> Iterator[None]:
    """What is done inside is not in the backup."""
    with suppress(BackThen), transaction.atomic():
        yield
        raise BackThen


def gone(item: Item) -> bool:
    """Nothing of it is left but that there was something."""
    row = Item.objects.get(pk=item.pk)
    left = (Published.objects.exists(), Change.objects.exists(), ThankYou.objects.exists(), Attachment.objects.exists(), StoredFile.objects.filter(owner=item.key_owner).exists())
    return row.state == State.TAKEN_BACK and not row.content and left == (False,) * 5 and not WrappedKey.objects.filter(owner=item.key_owner).exists()


# -- sleeping on it -----------------------------------------------------------------------------------
def test_it_rests_and_is_shown_when_the_time_is_out_and_the_yes_stands(place: Place) -> None:
    item = place.sent(rest_days=14)

    telling_showing.accept_item(by=place.editor, item=item)
    item.refresh_from_db()
    assert item.state == State.RESTING
    assert item.rests_until is not None
    assert timedelta(days=13, hours=23) < item.rests_until - timezone.now() <= timedelta(days=14)
    assert telling_showing.publish_rested() == 0
    assert "hviler" in client_of(place.teller).get(at("telling", item)).content.decode()
    client_of(place.teller).post(at("choices", item), {"act": "longer"})
    item.refresh_from_db()
    assert item.rests_until > timezone.now() + timedelta(days=20)
    Item.objects.update(rests_until=timezone.now())

    assert telling_showing.publish_rested() == 1
    shown = Published.objects.get()
    assert (shown.title, shown.text, shown.may_be_found, shown.is_edited) == ("Kaffe på ruta", TEXT, False, False)
    assert told(place) == ["accepted", "published"]
    assert telling_showing.publish_rested() == 0


def test_the_teller_stops_it_while_it_rests(place: Place) -> None:
    item = telling_showing.accept_item(by=place.editor, item=place.sent())

    client_of(place.teller).post(at("choices", item), {"act": "private"})
    Item.objects.filter(pk=item.pk).update(rests_until=timezone.now() - timedelta(days=1))

    assert telling_showing.publish_rested() == 0
    assert Item.objects.get().state == State.DRAFT
    assert content_of(Item.objects.get())["text"] == TEXT


def test_a_stop_is_not_undone_by_a_restore(place: Place) -> None:
    item = telling_showing.accept_item(by=place.editor, item=place.sent())
    Item.objects.update(rests_until=timezone.now() - timedelta(days=1))
    with restored():
        telling_leaving.pull_back(item=item)
    assert Item.objects.get().state == State.RESTING

    call_command("replay_withdrawals")

    assert telling_showing.publish_rested() == 0
    assert Item.objects.get().state == State.DRAFT


def test_it_is_not_taken_in_from_nowhere_or_without_consent(place: Place) -> None:
    draft, sent = place.draft(), place.sent()
    with pytest.raises(telling_showing.NotOnDesk):
        telling_showing.accept_item(by=place.editor, item=draft)
    Consent.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(telling_showing.NoConsent):
        telling_showing.accept_item(by=place.editor, item=sent)


def test_words_written_after_it_was_shown_wait_for_a_new_yes_and_a_new_look(place: Place) -> None:
    item, client = place.published(), client_of(place.teller)

    client.post(at("write", item), {"version": item.version, "title": "Kaffe på ruta", "text": "Helt nytt."})
    assert Published.objects.get().text == TEXT
    assert "Du har skrevet på den etterpå" in client.get(at("telling", item)).content.decode()
    with pytest.raises(actions.NotNow):
        actions.add_file(item=item, part="sound", content=wav())
    item.refresh_from_db()
    place.published(item)

    shown = Published.objects.get()
    assert (shown.text, shown.edition) == ("Helt nytt.", 2)


# -- choices ------------------------------------------------------------------------------------------
def test_search_engines_may_or_may_not_at_once_from_the_own_page_and_by_the_receipt(place: Place) -> None:
    item = place.published(purposes=ALL)
    assert Published.objects.get().may_be_found
    client = client_of(place.teller)
    until = timezone.localdate() + timedelta(days=700)

    client.post(at("choices", item), {"library": "on", "until_on": until.isoformat()})
    assert not Published.objects.get().may_be_found
    assert purposes_given(item.key) == {"library"}
    assert current_consent(item.key).until_on == until  # type: ignore[union-attr]
    holder = Client()
    holder.post(reverse("consent:code"), {"code": actions.receipt_for(item)})
    holder.post(reverse("consent:purposes"), {"library": "on", "public_web": "on"})

    assert Published.objects.get().may_be_found


def test_a_no_to_the_library_takes_it_down_and_keeps_the_words(place: Place) -> None:
    item = place.published()
    holder = Client()
    holder.post(reverse("consent:code"), {"code": actions.receipt_for(item)})

    holder.post(reverse("consent:purposes"), {"teaching": "on"})

    assert not Published.objects.exists()
    assert Item.objects.get().state == State.DRAFT
    assert content_of(Item.objects.get())["text"] == TEXT
    item.refresh_from_db()
    place.published(item, purposes=LIBRARY_ONLY)
    assert Published.objects.get().text == TEXT
    call_command("replay_withdrawals")
    assert Published.objects.exists()


def test_what_ends_is_asked_about_first_and_taken_down_then(place: Place) -> None:
    item, other = place.published(), place.published()
    Consent.objects.filter(subject=item.key).update(until_on=timezone.localdate() + timedelta(days=20))

    assert [telling_showing.remind_of_end() for _ in range(2)] == [1, 0]
    assert told(place)[-1] == "renew"
    assert NOTICES["stories.renew"].url({"item": item.handle}) == at("telling", item)
    client = client_of(place.teller)
    assert "Skal den bli stående?" in client.get(at("telling", item)).content.decode()
    assert "Skal den bli stående?" not in client.get(at("telling", other)).content.decode()
    client.post(at("choices", item), {"act": "renew"})
    assert current_consent(item.key).until_on == timezone.localdate() + timedelta(days=365)  # type: ignore[union-attr]
    assert purposes_given(item.key) == {"library"}
    assert "Skal den bli stående?" not in client.get(at("telling", item)).content.decode()
    Consent.objects.filter(subject=item.key).update(until_on=timezone.localdate() - timedelta(days=1))
    assert [telling_showing.let_go_of_expired() for _ in range(2)] == [1, 0]

    assert [row.item_id for row in Published.objects.all()] == [other.pk]
    assert Item.objects.get(pk=item.pk).state == State.DRAFT
    assert told(place)[-1] == "ended"


# -- thanks, and how it is ----------------------------------------------------------------------------
def test_thanks_reach_the_teller_gathered_and_small_numbers_are_never_counted(place: Place) -> None:
    item = place.published()
    readers = [Client() for _ in range(6)]
    url = reverse("stories:thanks", args=[item.handle])

    readers[0].post(url, {"which": "hope"})
    readers[0].post(url, {"which": "hope"})
    assert ThankYou.objects.get().many == 1
    assert "thanks" not in told(place)
    assert "Den ga meg håp" not in client_of(place.teller).get(at("telling", item)).content.decode()
    telling_heard.tell_of_thanks()
    assert told(place).count("thanks") == 1
    page = client_of(place.teller).get(at("telling", item)).content.decode()
    assert "Den ga meg håp" in page
    assert "Minst" not in page
    for reader in readers[1:]:
        reader.post(url, {"which": "hope"})
    telling_heard.tell_of_thanks()

    assert "Minst 5 har sagt det." in client_of(place.teller).get(at("telling", item)).content.decode()
    assert readers[1].post(url, {"which": "hope", "text": "fritekst"}).status_code == 200
    assert Client().post(url, {"which": "noe annet"}).status_code == 200
    assert ThankYou.objects.get().many == 6
    assert Client().get(reverse("stories:thanks", args=["finnesikke"])).status_code == 404


def test_how_it_is_to_have_it_out_is_asked_once_and_answered_for_the_teller(place: Place) -> None:
    item, client = place.published(), client_of(place.teller)
    assert telling_heard.ask_how_it_is() == 0
    assert client.get(at("how-is-it", item)).status_code == 302
    Item.objects.update(published_at=timezone.now() - timedelta(days=29))

    assert [telling_heard.ask_how_it_is() for _ in range(2)] == [1, 0]
    client.post(at("how-is-it", item), {"words": "Litt rart, men godt."})
    assert b"rart" not in bytes(Telling.objects.get().sealed)
    assert "Litt rart" in client.get(at("how-is-it", item)).content.decode()
    assert not Notice.objects.filter(kind="stories.how-answered").exists()
    client.post(at("how-is-it", item), {"words": "Litt rart, men godt.", "shares": "on"})

    assert [n.recipient for n in Notice.objects.filter(kind="stories.how-answered")] == [place.editor.pk]
    page = client_of(place.editor).get(NOTICES["stories.how-answered"].url({"item": item.handle}))
    assert "Litt rart, men godt." in page.content.decode()
    assert TEXT.split("\n")[0] not in page.content.decode()
    for other in (place.peer, place.stranger):
        assert client_of(other).get(at("said-how", item)).status_code == 404
    client.post(at("how-is-it", item), {"words": "Litt rart, men godt."})
    assert client_of(place.editor).get(at("said-how", item)).status_code == 404


# -- taking back --------------------------------------------------------------------------------------
def full(place: Place) -> Item:
    """A published story with sound, a decided change, thanks and an answer."""
    item = place.draft()
    actions.add_file(item=item, part="sound", content=wav())
    item.refresh_from_db()
    item = place.sent(item, purposes=ALL)
    change = edits.propose_change(by=place.editor, item=item, field="title", place=None, old="Kaffe på ruta", new="Kaffe")
    edits.decide_change(item=item, change=change, decision="decline")
    item.refresh_from_db()
    telling_showing.accept_item(by=place.editor, item=item)
    Item.objects.update(rests_until=timezone.now())
    telling_showing.publish_rested()
    telling_heard.say_thanks(item=item, which="hope")
    work_off()
    item.refresh_from_db()
    return item


def test_taking_back_empties_everything_at_once(place: Place) -> None:
    item, client = full(place), client_of(place.teller)
    consent.note_use(subject=item.key, purpose=Purpose.TEACHING, place="learning.package:1", label="Et kurs", can_be_called_back=True)
    consent.note_use(subject=item.key, purpose=Purpose.TEACHING, place="learning.package:2", label="En utskrift", can_be_called_back=False)

    page = client.get(at("take-back", item)).content.decode()
    assert all(says in page for says in ("Erfaringsbiblioteket", "Et kurs", "Søkemotorer", "En utskrift"))
    client.post(at("take-back", item))

    assert gone(item)
    assert current_consent(item.key) is None
    with pytest.raises(KeyGone):
        actions.details_of(Telling(item=item, sealed=b"x"), item.key_owner)
    assert [s.label for s in surfaces_now(item.key)] == ["En utskrift"]
    page = client.get(at("take-back", item)).content.decode()
    assert "Borte fra" in page
    assert "Et kurs" in page
    for name in ("telling", "preview", "own-changes"):
        assert client.get(at(name, item)).status_code == 200
    for name in ("write", "files", "review", "about"):
        assert client.get(at(name, item)).status_code == 302
    assert [g.became for g in GIVEN["stories.telling"](place.teller)] == ["Du har tatt den tilbake."]
    client.post(at("take-back", item))
    work_off()
    assert gone(item)


def test_whoever_holds_the_receipt_may_leave_and_take_back(place: Place) -> None:
    item = full(place)
    holder = Client()
    holder.post(reverse("consent:code"), {"code": actions.receipt_for(item)})

    everything = holder.get(reverse("consent:held-everything"))
    assert everything.status_code == 200
    holder.post(reverse("consent:withdraw"), {"how": Leaving.KEEP})
    assert Published.objects.exists()
    assert Item.objects.get().person is None
    holder.post(reverse("consent:withdraw"), {"how": Leaving.DELETE})

    assert gone(item)
    assert holder.get(reverse("consent:done")).status_code == 200


def test_a_restore_takes_it_away_again(place: Place) -> None:
    item = full(place)
    with restored():
        telling_leaving.take_back(item=item)
    assert Published.objects.exists()

    call_command("replay_withdrawals")
    work_off()

    assert gone(item)


def test_a_draft_is_thrown_away_without_a_trace_and_stays_away_after_a_restore(place: Place) -> None:
    item, client = place.draft(), client_of(place.teller)
    with restored():
        client.post(at("take-back", item))
    assert Item.objects.exists()
    assert client.get(at("telling", item)).status_code == 200

    call_command("replay_withdrawals")

    assert not Item.objects.exists()
    assert not WrappedKey.objects.filter(owner=item.key_owner).exists()


def test_taking_back_in_the_middle_of_an_edit_a_rest_or_an_export(place: Place) -> None:
    item, client = place.sent(), client_of(place.teller)
    change = edits.propose_change(by=place.editor, item=item, field="title", place=None, old="Kaffe på ruta", new="Kaffe")
    stale = Item.objects.get(pk=item.pk)

    client.post(at("take-back", item))

    assert client_of(place.editor).get(at("changes", item))["Location"] == reverse("stories:mine")
    with pytest.raises(edits.MovedOn):
        edits.decide_change(item=stale, change=change, decision="take")
    with pytest.raises(edits.MovedOn):
        edits.propose_change(by=place.editor, item=stale, field="title", place=None, old="Kaffe på ruta", new="X")
    with pytest.raises(actions.NotNow):
        actions.save_words(item=stale, version=1, text="X")
    with pytest.raises(telling_showing.NotOnDesk):
        telling_showing.accept_item(by=place.editor, item=stale)
    assert telling_consent.export_of(item.key) == {}
    assert telling_consent.title_of(item.key) == ""
    assert gone(item)


def test_an_erased_persons_stories_go_or_stay_as_they_chose(place: Place) -> None:
    stays, goes, draft = place.published(stays=True), place.published(), place.draft("Bare min.")

    erase_person(by=place.teller, person=place.teller)
    work_off()

    assert [row.item_id for row in Published.objects.all()] == [stays.pk]
    assert Item.objects.get(pk=stays.pk).person is None
    assert Item.objects.get(pk=goes.pk).state == State.TAKEN_BACK
    assert not Item.objects.filter(pk=draft.pk).exists()
    assert not Item.objects.exclude(person=None).exists()


def test_old_drafts_are_thrown_away_and_newer_ones_are_not(place: Place) -> None:
    old, new = place.draft(), place.draft()
    Telling.objects.filter(item=old).update(touched_on=timezone.localdate() - timedelta(days=401))

    assert telling_leaving.throw_away_old_drafts() == 1

    assert [row.pk for row in Item.objects.all()] == [new.pk]


# -- own list -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(place: Place, many: int, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        place.sent()
        place.draft()
    client = client_of(place.teller)
    client.get(reverse("stories:mine"))

    with django_assert_num_queries(4), django_assert_num_queries(1, using="keys"):
        page = client.get(reverse("stories:mine")).content.decode()

    assert page.count("Kaffe på ruta") == many * 2
