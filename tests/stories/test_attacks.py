"""Attacks on the library as a whole: what leaked, revived or fell over once, and does so no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.actions import change_purposes
from knutepunkt.organisations.models import Membership
from knutepunkt.stories.actions import caring_shared as shared
from knutepunkt.stories.actions import changes, telling_heard, telling_leaving
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.methods.citing import Cited, as_bibtex
from knutepunkt.stories.models import Item, Published, ThankYou
from knutepunkt.stories.queries.caring_uses import parts_standing, standing_of
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, StoredFile
from tests import factories as make
from tests.stories.caring import EXAMPLE, Library
from tests.stories.telling import ALL, Place, client_of
from tests.stories.test_caring_uses import granted

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DASHES = "-" * 36


# -- who may see what -------------------------------------------------------------------------------
def test_who_wrote_along_sees_it_no_more_when_the_role_has_ended() -> None:
    place = Place()
    item = place.draft()
    actions.ask_company(item=item, organisation=place.centre, partner=place.peer)
    url = reverse("stories:changes", args=[item.handle])
    assert client_of(place.peer).get(url).status_code == 200

    today = timezone.localdate()
    Membership.objects.filter(person=place.peer).update(from_on=today - timedelta(days=9), until_on=today - timedelta(days=1))

    assert client_of(place.peer).get(url).status_code == 404


def test_private_again_is_private_also_for_who_wrote_along() -> None:
    place = Place()
    item = place.draft()
    actions.ask_company(item=item, organisation=place.centre, partner=place.peer)
    item = place.published(Item.objects.get(pk=item.pk))

    telling_leaving.pull_back(item=item)

    answer = client_of(place.peer).get(reverse("stories:changes", args=[item.handle]), follow=True)
    assert "Så banket noen" not in answer.content.decode()
    assert "Kaffe" not in client_of(place.peer).get(reverse("stories:mine")).content.decode()


def test_asking_for_company_moves_nothing_that_has_been_sent_to_another_desk() -> None:
    place = Place()
    item = place.sent()

    with pytest.raises(actions.NotNow):
        actions.ask_company(item=item, organisation=place.elsewhere)
    client_of(place.teller).post(reverse("stories:company", args=[item.handle]), {"act": "ask", "organisation": place.elsewhere.pk})

    assert Item.objects.get().organisation_id == place.centre.pk
    assert "Så banket noen" not in client_of(place.stranger).get(reverse("stories:changes", args=[item.handle]), follow=True).content.decode()


# -- a purpose lost ---------------------------------------------------------------------------------
def test_a_purpose_taken_back_is_told_to_whoever_uses_it_so() -> None:
    library = Library()
    story = library.story("teaching", "research")
    granted(library, story, by=library.stranger)
    work_off()
    mail.outbox.clear()
    Notice.objects.all().delete()

    change_purposes(by="teller", subject=story.item.key, purposes={"library": True, "teaching": False, "research": True})
    work_off()

    assert [n.kind for n in Notice.objects.filter(recipient=library.stranger.pk)] == ["stories.use-taken-back"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("lost", ["teaching", "library"])
def test_a_use_that_was_ended_is_not_alive_again_by_a_later_yes(lost: str) -> None:
    from knutepunkt.stories.actions.caring_uses import NotGranted, hand_out_package

    library = Library()
    story = library.story("teaching")
    use = granted(library, story, by=library.stranger)
    package, _content = hand_out_package(by=None, use=use)
    yes = {"library": True, "teaching": True}

    change_purposes(by="teller", subject=story.item.key, purposes={**yes, lost: False})
    change_purposes(by="teller", subject=story.item.key, purposes=yes)
    if lost == "library":
        from knutepunkt.stories.actions.publishing import put_out

        put_out(Item.objects.get(pk=story.item_id), may_be_found=False)

    assert [one.may_be_used for one in standing_of(use)] == [False]
    assert [stands for _n, _h, stands in parts_standing(package)] == [False]
    with pytest.raises(NotGranted):
        hand_out_package(by=None, use=use)


# -- the person is erased ---------------------------------------------------------------------------
def test_what_stays_without_its_teller_keeps_nothing_beside_what_is_shown() -> None:
    place = Place()
    item = place.draft()
    actions.ask_company(item=item, organisation=place.centre, partner=place.peer)
    item = place.published(Item.objects.get(pk=item.pk), stays=True)
    telling_heard.answer_how(item=item, words="Det er tungt", shares=True)
    actions.save_words(item=item, version=item.version, text="Hemmelige nye ord.")

    telling_leaving.forget_person(place.teller)

    kept = Item.objects.select_related("telling").get()
    assert Published.objects.exists()
    assert "Hemmelige" not in str(content_of(kept))
    assert content_of(kept)["text"] == Published.objects.get().text
    assert (kept.telling.partner, bytes(kept.telling.sealed), kept.version) == (None, b"", kept.approved_version)
    assert client_of(place.peer).get(reverse("stories:changes", args=[item.handle]), follow=True).content.decode().count("kaffe") == 0


# -- what the house keeps of a reader ---------------------------------------------------------------
def test_the_session_does_not_say_which_story_somebody_thanked_for() -> None:
    place = Place()
    item, reader = place.published(), client_of(make.person("Leser"))

    reader.post(reverse("stories:thanks", args=[item.handle]), {"which": "hope"})
    reader.post(reverse("stories:thanks", args=[item.handle]), {"which": "hope"})

    assert ThankYou.objects.get().many == 1
    assert item.handle not in str([row.get_decoded() for row in Session.objects.all()])


def test_thanks_are_slowed_down_also_with_an_account() -> None:
    place, reader = Place(), make.person("Leser")
    item = place.published()

    for _ in range(33):
        client_of(reader).post(reverse("stories:thanks", args=[item.handle]), {"which": "hope"})

    assert ThankYou.objects.get().many == 30


def test_nobody_is_thanked_for_what_was_taken_back_in_the_same_moment() -> None:
    place = Place()
    item = place.published()
    telling_leaving.take_back(item=item)

    telling_heard.say_thanks(item=item, which="hope")

    assert not ThankYou.objects.exists()


# -- hostile input ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [
    "les/a%00b/", "fortell/%00/", "svar/%00/", "bruk/sak/%00/", "bruk/pakke/%00.json", "samlinger/%00/", "apent/ting/%00.json", "apent/kilde/%00.bib",
    "bruk/be/?ting=%00", "apent/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={oai}%00",
    "apent/oai?verb=ListMetadataFormats&identifier={oai}%00", "apent/oai?verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31",
    "rapporter/?for=0001-01-01T00:00:00%2B14:00", "rapporter/?for=9999-12-31T23:59:59-14:00",
])  # fmt: skip
def test_signs_and_days_nobody_writes_are_answered_without_a_fault(client: Any, path: str) -> None:
    from knutepunkt.stories.views.caring_open import _identifier

    assert client.get("/bibliotek/" + path.replace("{oai}", _identifier(""))).status_code in (200, 404)


def test_keys_nobody_writes_are_answered_without_a_fault() -> None:
    place = Place()
    item, digits = place.sent(), "9" * 5000
    teller, editor, own = client_of(place.teller), client_of(place.editor), place.draft()

    assert teller.post(reverse("stories:own-changes", args=[item.handle]), {"act": "take", "change": DASHES}).status_code == 302
    assert editor.post(reverse("stories:changes", args=[item.handle]), {"act": "take-back", "change": DASHES}).status_code == 302
    assert teller.post(reverse("stories:files", args=[own.handle]), {"act": "remove", "file": digits}).status_code == 302
    assert teller.post(reverse("stories:review", args=[own.handle]), {"act": "names", "version": digits}).status_code == 302
    assert teller.get(reverse("stories:company", args=[own.handle]), {"sted": digits}).status_code == 200


@pytest.mark.parametrize(("name", "sent"), [
    ("about", {"language": "nb", "version": 1}), ("files", {"act": "film", "film_url": "https://film.example/a", "version": 1}),
    ("review", {"act": "notes", "version": 1}), ("review", {"act": "names", "version": 1}),
])  # fmt: skip
def test_sent_from_another_window_meanwhile_is_said_in_words(name: str, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    item, held = place.draft(), actions.locked

    def sent_meanwhile(row: Item) -> Item:
        Item.objects.filter(pk=row.pk).update(state=State.SENT)
        return held(row)

    monkeypatch.setattr(actions, "locked", sent_meanwhile)

    assert client_of(place.teller).post(reverse(f"stories:{name}", args=[item.handle]), sent).status_code in (200, 302)
    assert Item.objects.get().version == 1


def test_choices_after_it_was_taken_back_in_another_window_are_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from knutepunkt.consent.queries import consent_with_answers
    from knutepunkt.stories.views import telling_after

    place = Place()
    item = place.published(purposes=ALL)
    seen = consent_with_answers(item.key)
    monkeypatch.setattr(telling_after, "consent_with_answers", lambda _key: seen)
    telling_leaving.take_back(item=item)
    until = (timezone.localdate() + timedelta(days=100)).isoformat()

    answer = client_of(place.teller).post(reverse("stories:choices", args=[item.handle]), {"library": "on", "until_on": until})

    assert answer.status_code == 302
    assert Item.objects.get().state == State.TAKEN_BACK


def test_a_lone_brace_in_a_title_swallows_no_other_entry() -> None:
    today = timezone.localdate()
    text = as_bibtex(Cited("abc", "story", "Lever } med {{", ("{",), True, today, today, "Huset", "https://huset.example", "nb"))

    assert text.count("{") == text.count("}")
    assert "\\{" not in text


def test_a_guides_name_holds_no_signs_that_turn_it() -> None:
    library = Library()
    item = shared.write_new(by=library.editor, kind="example", organisation=library.house, content=EXAMPLE)

    made = shared.keep_guide(by=library.editor, item=item, name="Mal\u202efdp.exe\u200b", content=b"%PDF-1.4 x")

    assert made.name == "Malfdp.exe"
    assert StoredFile.objects.get().media_type == "application/pdf"


def test_too_many_are_not_asked_for_company() -> None:
    place = Place()
    item, client = place.draft(), client_of(place.teller)

    for _ in range(14):
        client.post(reverse("stories:company", args=[item.handle]), {"act": "ask", "organisation": place.centre.pk, "partner": ""})

    assert Notice.objects.filter(kind="stories.company", recipient=place.editor.pk).count() == 10


def test_a_change_for_what_was_taken_back_is_refused() -> None:
    place = Place()
    item = place.sent()
    telling_leaving.take_back(item=item)

    with pytest.raises(changes.MovedOn):
        changes.propose_change(by=place.editor, item=item, field="title", place=None, old="Kaffe på ruta", new="X")
