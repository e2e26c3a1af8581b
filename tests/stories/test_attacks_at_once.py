"""Attacks in the same moment, on a database where that can happen: nobody waits in a ring, and a no is always the last word."""

import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.models import Consent
from knutepunkt.consent.queries import current_consent, uses_of
from knutepunkt.stories.actions import caring_collections as collecting
from knutepunkt.stories.actions import caring_desk, choosing, telling_leaving, telling_showing
from knutepunkt.stories.actions import caring_shared as shared
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.caring_uses import NotGranted, hand_out_package
from knutepunkt.stories.actions.indexing import rebuild
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import (
    Block,
    CollectionPart,
    DeskAnswer,
    Entered,
    Item,
    Meaning,
    Package,
    Posting,
    Published,
    Signs,
    Word,
)
from knutepunkt.web import likeness
from tests.stories.caring import EXAMPLE, Library
from tests.stories.telling import ALL, LIBRARY_ONLY, Place
from tests.stories.test_caring_uses import granted
from tests.stories.test_telling_at_once import together

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer"),
]
assert connection is not None
TIMES = range(3)


def names(faults: list[Exception]) -> set[str]:
    return {type(fault).__name__ for fault in faults}


@pytest.mark.parametrize("_time", TIMES)
def test_sent_anew_and_taken_back_wait_for_each_other(_time: int) -> None:
    place = Place()
    item = place.published()

    faults = together(lambda: place.sent(item), lambda: telling_leaving.take_back(item=item))

    assert names(faults) <= {"NotNow"}
    assert (Item.objects.get().state, current_consent(item.key), Published.objects.exists()) == (State.TAKEN_BACK, None, False)


def test_sent_while_it_is_being_taken_back_does_not_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both stop in the middle, each with what it took hold of first."""
    place = Place()
    item, real_content, real_uses = place.published(), actions.content_of, consent.end_uses

    def slow(real: Any) -> Any:
        def held(*args: Any, **kwargs: Any) -> Any:
            time.sleep(0.4)
            return real(*args, **kwargs)

        return held

    monkeypatch.setattr(actions, "content_of", slow(real_content))
    monkeypatch.setattr(consent, "end_uses", slow(real_uses))

    faults = together(lambda: place.sent(item), lambda: telling_leaving.take_back(item=item))

    assert names(faults) <= {"NotNow"}
    assert Item.objects.get().state == State.TAKEN_BACK


@pytest.mark.parametrize("_time", TIMES)
def test_a_first_sending_and_a_throwing_away_leave_no_consent(_time: int) -> None:
    place = Place()
    item = place.draft()

    faults = together(lambda: place.sent(item), lambda: telling_leaving.take_back(item=item))

    assert names(faults) <= {"NotNow", "DoesNotExist"}
    assert not Consent.objects.filter(is_current=True).exists()
    assert not Item.objects.exclude(state=State.TAKEN_BACK).exists()


def test_new_choices_never_revive_what_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    item, real = place.published(purposes=ALL), consent.current_consent

    first = [True]

    def slow(subject: str) -> Any:
        found, is_first = real(subject), first.pop() if first else False
        time.sleep(0.6 if is_first else 0)
        return found

    monkeypatch.setattr(consent, "current_consent", slow)
    faults = together(
        lambda: consent.change_purposes(by="teller", subject=item.key, purposes=LIBRARY_ONLY),
        lambda: (time.sleep(0.2), telling_leaving.take_back(item=item)),
    )

    assert names(faults) <= {"NothingToWithdraw"}
    assert real(item.key) is None
    assert Item.objects.get().state == State.TAKEN_BACK


def test_two_who_choose_at_once_leave_one_consent() -> None:
    place = Place()
    item = place.published(purposes=ALL)

    faults = together(*[lambda: consent.change_purposes(by="teller", subject=item.key, purposes=LIBRARY_ONLY) for _ in range(3)])

    assert faults == []
    assert Consent.objects.filter(is_current=True).count() == 1


def test_a_no_to_search_engines_while_it_is_being_shown_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    item = telling_showing.accept_item(by=place.editor, item=place.sent(purposes=ALL))
    Item.objects.update(rests_until=timezone.now() - timedelta(minutes=1))
    real = telling_showing.put_out

    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(0.5)
        return real(*args, **kwargs)

    monkeypatch.setattr(telling_showing, "put_out", slow)
    faults = together(
        lambda: telling_showing.publish_one(item.pk),
        lambda: (time.sleep(0.2), consent.change_purposes(by="teller", subject=item.key, purposes=LIBRARY_ONLY)),
    )

    assert faults == []
    assert not Published.objects.get().may_be_found


def test_taken_back_while_its_meaning_is_being_kept_leaves_no_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "vector_of_text", lambda _text: bytes(384))
    monkeypatch.setattr(likeness, "signs_of", lambda _vector: b"\x01" * likeness.SIGN_BYTES)
    place = Place()
    item, real = place.published(), choosing._set_signs
    Meaning.objects.all().delete()
    Signs.objects.all().delete()

    def slow(signs: Any) -> None:
        time.sleep(0.5)
        real(signs)

    monkeypatch.setattr(choosing, "_set_signs", slow)
    faults = together(choosing.find_some_meanings, lambda: (time.sleep(0.2), telling_leaving.take_back(item=item)))

    assert faults == []
    assert (Published.objects.count(), Meaning.objects.count(), Signs.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("_time", TIMES)
def test_two_answers_of_the_desk_and_a_taking_back_leave_one_order(_time: int) -> None:
    library = Library()
    item = library.sent()

    faults = together(
        lambda: caring_desk.take_in(by=library.peer, item=item, seen=0),
        lambda: caring_desk.ask_for_changes(by=library.other, item=item, seen=0, words="Litt kortere?"),
        lambda: telling_leaving.take_back(item=item),
    )

    assert names(faults) <= {"AnsweredBefore", "NotReady"}
    assert Item.objects.get().state == State.TAKEN_BACK
    assert DeskAnswer.objects.count() <= 1


@pytest.mark.parametrize("_time", TIMES)
def test_a_package_handed_out_while_it_is_taken_back_is_told_of(_time: int) -> None:
    from knutepunkt.web.models import Notice

    library = Library()
    story = library.story("teaching")
    use = granted(library, story, by=library.stranger)

    faults = together(lambda: hand_out_package(by=None, use=use), lambda: telling_leaving.take_back(item=story.item))

    assert names(faults) <= {NotGranted.__name__}
    assert not [one for one in uses_of(story.item.key) if one.can_be_called_back]
    assert Notice.objects.filter(recipient=library.stranger.pk, kind="stories.use-taken-back").count() == 1
    assert Package.objects.count() + len(faults) == 1


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_collection_saved_while_what_stands_in_it_is_taken_back(is_shown: bool) -> None:
    library = Library()
    story, other = library.story(), library.story()
    made = collecting.begin_collection(by=library.editor, organisation=library.house, title="Samling")
    handles = [story.handle, other.handle]
    collecting.write_collection(by=library.editor, collection=made, version=1, title="S", why="", handles=handles, is_shown=True)

    faults = together(
        lambda: collecting.write_collection(by=library.editor, collection=made, version=2, title="S", why="", handles=handles, is_shown=is_shown),
        lambda: telling_leaving.take_back(item=story.item), lambda: telling_leaving.pull_back(item=other.item),
    )  # fmt: skip

    assert faults == []
    assert not CollectionPart.objects.exists()
    assert not uses_of(story.item.key).exists()
    assert not uses_of(other.item.key).exists()


def test_two_editors_who_show_the_same_and_a_new_index_leave_it_right() -> None:
    library = Library()
    items = [shared.write_new(by=library.editor, kind="example", organisation=library.house, content={**EXAMPLE, "title": f"Kaffe {n}"}) for n in range(3)]

    faults = together(*[lambda item=item: shared.show_shared(by=library.editor, item=item, version=1) for item in (*items, *items[:1])], rebuild)

    assert faults == []
    _index_is_right()
    faults = together(*[lambda item=item: shared.take_away(by=library.editor, item=item) for item in items[:2]],
                      lambda: shared.show_shared(by=library.editor, item=items[2], version=1))  # fmt: skip
    assert faults == []
    _index_is_right()


def _index_is_right() -> None:
    """The same as an index made anew from what is shown."""
    def now() -> Any:
        stems = Counter((row.stem, row.block, bytes(row.items)) for row in Posting.objects.exclude(stem="~version"))
        return stems, sorted(Word.objects.values_list("word", "items")), sorted(Entered.objects.values_list("shown_id", flat=True)), [
            bytes(facets) for facets in Block.objects.order_by("number").values_list("facets", flat=True)]

    before = now()
    with transaction.atomic():
        rebuild()
    assert now() == before

