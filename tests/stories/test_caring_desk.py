"""The desk: what waits, opening it, the three answers, passing on, the reply and the second pair of eyes."""

import re
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.models import AccessLogEntry, Consent
from knutepunkt.stories.actions import caring_desk as desk
from knutepunkt.stories.actions.publishing import put_out
from knutepunkt.stories.actions.telling import add_file
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import DeskAnswer, Item, PassedOn, Published, Trained
from knutepunkt.stories.queries.caring import items_at_desk, newest_answer_key, promise_of, words_of
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.papercodes import issue_code
from knutepunkt.web.registers import NOTICES
from tests import factories as make
from tests.stories.caring import Library, signed_in
from tests.stories.test_telling_pages import png

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SENTENCE = "Naboen heter Karl Stubb."


@pytest.fixture
def library() -> Library:
    return Library()


def told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person.pk, kind__startswith="stories.").order_by("pk").values_list("kind", flat=True))


def declined(library: Library, item: Item | None = None) -> DeskAnswer:
    return desk.decline(by=library.peer, item=item or library.sent(), seen=0, rule="others", sentence=SENTENCE, words="Skriv gjerne «naboen».")


def at(name: str, item: Item) -> str:
    return reverse(f"stories:{name}", args=[item.handle])


# -- the rules and the list ------------------------------------------------------------------------


def test_rules_say_what_how_long_who_and_how_to_disagree(library: Library, client: Any) -> None:
    page = client.get(reverse("stories:rules")).content.decode()

    assert "Andre mennesker kan ikke kjennes igjen uten at de har sagt ja." in page
    assert "innen 14 dager" in page
    assert page.count("<li id=") == 8
    for language, words in (("nn", "Andre menneske kan ikkje kjennast att"), ("en", "Other people cannot be recognised")):
        client.cookies["sprak"] = language
        assert words in client.get(reverse("stories:rules")).content.decode()


def test_oldest_first_with_the_promise_in_calm_words_and_no_title(library: Library) -> None:
    late, new = library.sent(ago=16, title="Hemmelig tittel"), library.sent(ago=2)

    page = signed_in(library.peer).get(reverse("stories:desk")).content.decode()

    assert re.findall(r"/redaksjon/les/(\w+)/", page) == [late.handle, new.handle]
    assert "Ta gjerne denne først." in page
    assert "Det er 12 dager til." in page
    assert "Hemmelig tittel" not in page
    assert promise_of(late.sent_at).overdue == 2


def test_untrained_see_that_they_need_training_and_nothing_else(library: Library) -> None:
    item = library.sent()
    client = signed_in(library.untrained)

    page = client.get(reverse("stories:desk")).content.decode()

    assert "Her bestemmer de som har fått opplæring" in page
    assert item.handle not in page
    assert client.get(at("desk-item", item)).status_code == 404
    assert signed_in(library.foreign).get(at("desk-item", item)).status_code == 404
    assert signed_in(library.stranger).get(reverse("stories:desk")).status_code == 403


def test_how_another_agreed_stands_before_the_words(library: Library) -> None:
    item = library.sent()
    Item.objects.filter(pk=item.pk).update(told_as="for_other")
    Consent.objects.filter(subject=item.key).update(how="spoken", witness_name="Kari")

    page = signed_in(library.peer).get(at("desk-item", item)).content.decode()

    assert 0 < page.index("Kari hørte på.") < page.index("Så gikk jeg inn.")


def test_one_menu_entry_is_marked_on_a_page_under_two(library: Library) -> None:
    page = signed_in(library.peer).get(reverse("stories:desk")).content.decode()

    assert re.findall(r'href="([^"]+)" aria-current="page"', page) == [reverse("stories:desk")]


def test_opening_is_told_in_the_tellers_log_once_an_hour(library: Library) -> None:
    item = library.sent()
    client = signed_in(library.peer)

    page = client.get(at("desk-item", item)).content.decode()
    client.get(at("desk-item", item))

    assert "Så gikk jeg inn." in page
    line = AccessLogEntry.objects.get(about=f"people.person:{library.teller.pk}")
    assert (line.reader_name, line.what) == ("Mona", f"stories-at-desk:{item.handle}")
    assert "Mona" in signed_in(library.teller).get(reverse("consent:readings")).content.decode()
    Item.objects.filter(pk=item.pk).update(person=None)
    client.get(at("desk-item", item))
    assert AccessLogEntry.objects.get(about=item.key).reader_name == "Mona"


def test_nobody_decides_on_their_own_story(library: Library) -> None:
    own = library.sent(person=library.peer)

    assert list(items_at_desk(library.peer)) == []
    assert list(items_at_desk(library.other)) == [own]
    with pytest.raises(desk.SamePerson):
        desk.take_in(by=library.peer, item=own, seen=0)


# -- the answers -------------------------------------------------------------------------------------


def test_taken_in_rests_and_the_trail_holds_no_words(library: Library) -> None:
    item = library.sent()

    answer = signed_in(library.peer).post(at("desk-item", item), {"seen": "0"})

    item.refresh_from_db()
    assert answer.status_code == 302
    assert item.state == State.RESTING
    assert item.rests_until is not None
    lines = TrailLine.objects.filter(about=item.key)
    assert "stories:item:taken-in" in set(lines.values_list("kind", flat=True))
    assert "Karl" not in str(list(lines.values()))


def test_changes_tell_the_teller_and_keep_it_on_the_desk(library: Library) -> None:
    item = library.sent()

    signed_in(library.peer).post(at("desk-changes", item), {"words": "Sterk begynnelse. Hva med naboen?", "seen": "0"})

    item.refresh_from_db()
    page = signed_in(library.teller).get(at("desk-answer", item)).content.decode()
    assert item.state == State.EDITING
    assert told(library.teller)[-1] == "stories.desk-changes"
    assert "Sterk begynnelse. Hva med naboen?" in page
    assert "Dere arbeider med disse sammen" in signed_in(library.other).get(reverse("stories:desk")).content.decode()
    desk.take_in(by=library.other, item=item, seen=newest_answer_key(item))


def test_a_no_cites_rule_and_very_sentence_sealed(library: Library) -> None:
    item = library.sent()
    client = signed_in(library.peer)

    wrong = client.post(at("desk-decline", item), {"rule": "others", "sentence": "Dette står ikke der.", "seen": "0"})
    client.post(at("desk-decline", item), {"rule": "others", "sentence": "Naboen  heter\nKarl Stubb.", "words": "Prøv igjen.", "seen": "0"})

    item.refresh_from_db()
    answer = DeskAnswer.objects.get()
    assert "Denne setningen står ikke i teksten" in wrong.content.decode()
    assert item.state == State.DECLINED
    assert b"Karl" not in bytes(answer.sentence)
    assert words_of(answer) == {"sentence": "Naboen  heter\nKarl Stubb.", "words": "Prøv igjen."}
    page = signed_in(library.teller).get(at("desk-answer", item)).content.decode()
    assert "Andre mennesker kan ikke kjennes igjen uten at de har sagt ja." in page
    assert "Det gjelder teksten, ikke deg." in page
    with pytest.raises(desk.NoRule):
        desk.decline(by=library.peer, item=library.sent(), seen=0, rule="finnes-ikke", sentence=SENTENCE)


def test_stale_page_changes_nothing(library: Library) -> None:
    item = library.sent()
    desk.ask_for_changes(by=library.peer, item=item, seen=0, words="Hva med naboen?")

    answer = signed_in(library.other).post(at("desk-item", item), {"seen": "0"}, follow=True)

    item.refresh_from_db()
    assert item.state == State.EDITING
    assert "Den er svart på av en annen" in answer.content.decode()
    assert DeskAnswer.objects.count() == 1


def test_taken_back_while_it_is_read(library: Library) -> None:
    item = library.sent()
    Item.objects.filter(pk=item.pk).update(state=State.TAKEN_BACK)

    with pytest.raises(desk.AnsweredBefore):
        desk.decline(by=library.peer, item=item, seen=0, rule="others", sentence=SENTENCE)

    page = signed_in(library.peer).get(at("desk-item", item), follow=True)
    assert "Den som fortalte, har tatt den tilbake." in page.content.decode()
    assert signed_in(library.untrained).get(at("desk-item", item)).status_code == 404
    assert not DeskAnswer.objects.exists()


@pytest.mark.parametrize(("state", "says"), [
    ("resting", "Den er tatt inn, og hviler"), ("published", "Den er tatt inn, og står i biblioteket"), ("declined", "Svaret ble nei"), ("draft", "har tatt den tilbake"),
])  # fmt: skip
def test_going_back_to_what_is_decided_says_calmly_what_became_of_it(library: Library, state: str, says: str) -> None:
    item = library.sent(title="Hemmelig tittel")
    Item.objects.filter(pk=item.pk).update(state=state)

    for name in ("desk-item", "desk-changes", "desk-decline", "desk-pass"):
        page = signed_in(library.peer).get(at(name, item), follow=True)
        assert page.redirect_chain[-1] == (reverse("stories:desk"), 302)
        assert says in page.content.decode()
        assert "Hemmelig tittel" not in page.content.decode()
        assert signed_in(library.untrained).get(at(name, item)).status_code == 404
        assert signed_in(library.foreign).get(at(name, item)).status_code == 404
    assert not AccessLogEntry.objects.exists()
    Item.objects.filter(pk=item.pk).update(state="draft", sent_at=None)
    assert signed_in(library.peer).get(at("desk-item", item)).status_code == 404


# -- what readers tell of -------------------------------------------------------------------------------


def test_what_a_reader_tells_of_can_be_taken_out_and_the_teller_replies(library: Library, client: Any) -> None:
    item = library.story("public_web").item
    client.post(reverse("stories:item-report", args=[item.handle]), {"reason": "person"})
    notice = Notice.objects.get(kind="stories.reported", recipient=library.editor.pk)
    url, peer = NOTICES["stories.reported"].url(notice.facts), signed_in(library.peer)

    wrong = peer.post(url, {"rule": "others", "sentence": "Dette står her ikke."}).content.decode()
    assert "Denne setningen står ikke i teksten." in wrong
    assert Published.objects.exists()
    peer.post(url, {"rule": "others", "sentence": SENTENCE, "words": "Skriv gjerne «naboen»."})

    assert not Published.objects.exists()
    assert client.get(reverse("stories:item", args=[item.handle])).status_code == 404
    assert told(library.teller)[-1] == "stories.desk-out"
    page = signed_in(library.teller).get(at("desk-answer", item)).content.decode()
    assert SENTENCE in page
    assert "Svaret ble nei." in page
    signed_in(library.teller).post(at("desk-answer", item), {"text": "Naboen har sagt ja."})
    signed_in(library.other).post(at("desk-again", item), {"stands": "no", "words": "Du har rett."})
    assert Item.objects.get(pk=item.pk).state == State.RESTING
    assert "Den står ikke i biblioteket lenger." in peer.get(url, follow=True).content.decode()


def test_only_those_trained_at_its_desk_take_a_story_out(library: Library) -> None:
    item = library.story().item

    for person in (library.untrained, library.foreign, library.teller, library.coordinator):
        signed_in(person).post(at("reported", item), {"rule": "others", "sentence": SENTENCE})
        assert signed_in(person).get(at("reported", item))["Location"] == at("item", item)
    own = library.story(person=library.peer).item
    assert signed_in(library.peer).get(at("reported", own))["Location"] == at("item", own)
    assert Published.objects.count() == 2
    with pytest.raises(desk.SamePerson):
        desk.take_out(by=library.peer, item=own, rule="others", sentence=SENTENCE)


def test_what_was_taken_out_is_taken_out_again_after_a_restore(library: Library, django_capture_on_commit_callbacks: Any) -> None:
    item, other = library.story().item, library.story().item
    before = Published.objects.get(item=item).published_at
    with django_capture_on_commit_callbacks(execute=True):
        desk.take_out(by=library.peer, item=item, rule="others", sentence=SENTENCE)
    put_out(Item.objects.get(pk=item.pk), may_be_found=False)  # as it stood in the backup
    Published.objects.filter(item=item).update(published_at=before)

    call_command("replay_withdrawals")

    assert [row.item_id for row in Published.objects.all()] == [other.pk]
    assert Item.objects.get(pk=item.pk).state == State.DRAFT
    put_out(Item.objects.get(pk=item.pk), may_be_found=False)  # shown anew by a later decision
    call_command("replay_withdrawals")
    assert Published.objects.count() == 2


# -- passing on ----------------------------------------------------------------------------------------


def test_passed_on_without_a_reason_and_with_a_line_to_support(library: Library) -> None:
    item = library.sent()
    client = signed_in(library.peer)

    answer = client.post(at("desk-pass", item), {"to": str(library.other.pk)}, follow=True)

    assert "Noen å snakke med" in answer.content.decode()
    assert list(items_at_desk(library.peer)) == []
    assert [row.is_asked for row in items_at_desk(library.other)] == [True]
    assert [row.is_asked for row in items_at_desk(library.editor)] == [False]
    assert told(library.other)[-1] == "stories.handed-to-you"
    assert {f.name for f in PassedOn._meta.get_fields()} == {"id", "item", "by", "to", "at"}


def test_passed_on_only_to_somebody_trained_here(library: Library) -> None:
    item = library.sent()

    for wrong in (library.untrained, library.foreign, library.peer, library.teller):
        with pytest.raises(desk.NotHere):
            desk.pass_on(by=library.peer, item=item, to=wrong)

    assert not PassedOn.objects.exists()


def test_when_all_have_put_it_down_the_coordinator_is_told_that_more_must_be_trained(library: Library) -> None:
    item = library.sent()
    for person in (library.peer, library.editor):
        desk.pass_on(by=person, item=item)
    assert not Notice.objects.filter(kind="stories.nobody-left").exists()

    for _ in range(2):
        desk.pass_on(by=library.other, item=item)

    notice = Notice.objects.get(kind="stories.nobody-left")
    assert notice.recipient == library.coordinator.pk
    page = signed_in(library.coordinator).get(NOTICES["stories.nobody-left"].url(notice.facts))
    assert "Rolf" in page.content.decode()
    assert "har fått svar" not in signed_in(library.peer).get(reverse("stories:desk")).content.decode()


# -- the reply and the second look -----------------------------------------------------------------------


def test_the_second_reader_sees_and_hears_all_that_was_sent(library: Library) -> None:
    item = library.sent()
    Item.objects.filter(pk=item.pk).update(state=State.DRAFT)
    part = add_file(item=item, part="picture", content=png(), says="En benk i regnet")
    Item.objects.filter(pk=item.pk).update(state=State.SENT)
    item.refresh_from_db()
    answer = declined(library, item)
    where = reverse("stories:desk-again-part", args=[item.handle, part.pk])
    assert signed_in(library.other).get(where).status_code == 404  # nobody has asked for a second look
    signed_in(library.teller).post(at("desk-answer", item), {"text": "Naboen har sagt ja."})

    page = signed_in(library.other).get(at("desk-again", item)).content.decode()
    seen = signed_in(library.other).get(where)

    assert "En benk i regnet" in page
    assert (seen.status_code, seen["Content-Type"], seen["Cache-Control"]) == (200, "image/webp", "no-store, private")
    for person in (library.peer, library.foreign, library.untrained, library.coordinator):
        assert signed_in(person).get(where).status_code == 404, person
    signed_in(library.other).post(at("desk-again", item), {"stands": "yes", "words": "Naboen kan kjennes igjen."})
    assert signed_in(library.other).get(where).status_code == 404
    answer.refresh_from_db()
    assert answer.stands is True


def test_reply_goes_to_another_who_decides_for_good(library: Library) -> None:
    answer = declined(library, library.sent(notes=["risk"]))
    item = answer.item
    signed_in(library.teller).post(at("desk-answer", item), {"text": "Naboen har sagt ja."})

    assert told(library.other)[-1] == told(library.editor)[-1] == "stories.second-look"
    assert "stories.second-look" not in told(library.peer)
    assert signed_in(library.peer).get(at("desk-again", item)).status_code == 404
    page = signed_in(library.other).get(at("desk-again", item)).content.decode()
    assert 0 < page.index("Den handler om:") < page.index("Så gikk jeg inn.")
    assert "Naboen har sagt ja." in page
    signed_in(library.other).post(at("desk-again", item), {"stands": "no", "words": "Du har rett."})

    item.refresh_from_db()
    assert item.state == State.RESTING
    assert "stories.desk-decided" in told(library.teller)
    assert "Du har rett." in signed_in(library.teller).get(at("desk-answer", item)).content.decode()
    answer.refresh_from_db()
    with pytest.raises(desk.AnsweredBefore):
        desk.decide_again(by=library.editor, answer=answer, stands=True, words="Nei.")


def test_it_stands_and_cannot_be_replied_to_twice(library: Library) -> None:
    answer = declined(library)
    desk.reply_to_desk(answer=answer, text="Jeg er uenig.")

    with pytest.raises(desk.AnsweredBefore):
        desk.reply_to_desk(answer=answer, text="En gang til.")
    with pytest.raises(desk.SamePerson):
        desk.decide_again(by=library.peer, answer=answer, stands=True, words="Nei.")
    desk.decide_again(by=library.editor, answer=answer, stands=True, words="Vi er enige om dette.")

    answer.item.refresh_from_db()
    assert answer.item.state == State.DECLINED
    assert "Det ble fortsatt nei." in signed_in(library.teller).get(at("desk-answer", answer.item)).content.decode()


def test_without_account_the_receipt_opens_the_answer(library: Library, client: Any) -> None:
    answer = declined(library)
    Item.objects.filter(pk=answer.item_id).update(person=None)
    assert client.get(at("desk-answer", answer.item)).status_code == 302
    _row, printed = issue_code(kind=RECEIPT, subject=answer.item.key)

    client.post(reverse("consent:code"), {"code": printed})
    page = client.get(at("desk-answer", answer.item)).content.decode()
    client.post(at("desk-answer", answer.item), {"text": "Jeg er uenig."})

    answer.refresh_from_db()
    assert SENTENCE in page
    assert words_of(answer)["reply"] == "Jeg er uenig."
    assert signed_in(library.stranger).get(at("desk-answer", answer.item)).status_code == 404


# -- training ----------------------------------------------------------------------------------------------


def test_training_is_given_and_ended_never_to_oneself(library: Library) -> None:
    client = signed_in(library.coordinator)
    url = reverse("stories:training", args=[library.house.slug])

    client.post(url, {"act": "give", "person": str(library.untrained.pk)})
    assert told(library.untrained) == ["stories.trained"]
    row = Trained.objects.get(person=library.untrained)
    client.post(url, {"act": "end", "trained": str(row.pk)})

    assert not Trained.objects.filter(person=library.untrained).exists()
    assert signed_in(library.peer).get(url).status_code == 404
    with pytest.raises(desk.SamePerson):
        desk.give_training(by=library.editor, person=library.editor, organisation=library.house)


def test_who_has_lost_the_role_decides_no_more(library: Library) -> None:
    item = library.sent()
    make.role(library.stranger, "participant", library.house)
    Trained.objects.create(person=library.stranger, organisation=library.house, trained_on="2026-01-01")

    assert signed_in(library.stranger).get(at("desk-item", item)).status_code == 404


def test_the_desk_is_told_once_a_day_when_the_promise_runs_out(library: Library) -> None:
    library.sent(ago=11)

    assert desk.remind_desk() == 3
    assert desk.remind_desk() == 0
    assert told(library.untrained) == []


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_at_once_one_answer() -> None:
    library = Library()
    item, how = library.sent(), []

    def answer(by: Any, outcome: str) -> None:
        try:
            if outcome == "yes":
                desk.take_in(by=by, item=item, seen=0)
            else:
                desk.ask_for_changes(by=by, item=item, seen=0, words="Hva med naboen?")
            how.append("done")
        except desk.AnsweredBefore:
            how.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=one) for one in ((library.peer, "yes"), (library.other, "no"), (library.editor, "yes"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(how) == ["done", "late", "late"]
    assert DeskAnswer.objects.count() == 1
