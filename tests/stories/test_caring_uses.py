"""Uses outside the library: asked, checked by two peers, handed out, told about, ended; and what the teller sees."""

import io
import json
import re
import threading
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.actions import change_purposes
from knutepunkt.consent.queries import surfaces_now, uses_of
from knutepunkt.stories.actions import caring_uses as actions
from knutepunkt.stories.actions.publishing import take_down
from knutepunkt.stories.choices.caring import UseState
from knutepunkt.stories.models import OutsideUse, Package, PackagePart, PeerCheck, Published, UsedItem
from knutepunkt.stories.queries.caring_uses import parts_standing, questions_now, use_lines, uses_to_check
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice
from tests.stories.caring import Library, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def library() -> Library:
    return Library()


def asked(library: Library, *shown: Published, by: Any = None, **facts: Any) -> OutsideUse:
    facts = {"purpose": "teaching", "place": "Kurs for nye hjelpere", "until_on": timezone.localdate() + timedelta(days=100), "name": "Solvik",
             "contact": "kurs@eksempel.no", **facts}  # fmt: skip
    return actions.ask_for_use(by=by, items=[row.item for row in shown], **facts)


def all_safe() -> list[str]:
    return [term.key for term in questions_now()[1]]


def granted(library: Library, *shown: Published, **facts: Any) -> OutsideUse:
    use = asked(library, *shown, **facts)
    for peer in (library.peer, library.other):
        actions.check_use(by=peer, use=use, safe=all_safe())
    use.refresh_from_db()
    return use


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


# -- asking and checking ---------------------------------------------------------------------------------


def test_asked_on_the_page_with_the_address_sealed(library: Library, client: Any) -> None:
    story = library.story("teaching")
    url = f"{reverse('stories:ask-use')}?ting={story.handle}"
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    sent = {"purpose": "teaching", "place": "Kurs", "until_on": until, "why": "For nye.", "name": "Solvik"}

    nameless = client.post(url, sent).content.decode()
    answer = client.post(url, {**sent, "contact": "kurs@eksempel.no"})

    use = OutsideUse.objects.get()
    assert "Dette må rettes" in nameless
    assert answer["Location"] == reverse("stories:use", args=[use.token])
    assert b"kurs@eksempel.no" not in bytes(use.contact)
    assert actions.contact_of(use) == "kurs@eksempel.no"
    assert "To likepersoner leser" in client.get(answer["Location"]).content.decode()
    assert list(uses_to_check(library.peer)) == [use]
    assert list(uses_to_check(library.untrained)) == []


def test_what_the_teller_has_not_agreed_to_cannot_be_asked_for(library: Library) -> None:
    story, gone = library.story("research"), library.story("teaching")
    take_down(gone.item)

    with pytest.raises(actions.NotAgreed):
        asked(library, story)
    with pytest.raises(actions.NotAsked):
        asked(library, gone)
    with pytest.raises(actions.NotAsked):
        asked(library, library.shown(), until_on=timezone.localdate() - timedelta(days=1))

    assert not OutsideUse.objects.exists()


def test_two_different_peers_must_say_yes(library: Library) -> None:
    story = library.story("teaching")
    use = asked(library, story)
    client = signed_in(library.peer)
    url = reverse("stories:check-use", args=[use.pk])

    page = client.get(url).content.decode()
    assert 8 <= page.count("<fieldset") <= 11
    client.post(url, {f"q-{key}": "yes" for key in all_safe()})
    use.refresh_from_db()
    assert use.state == UseState.ASKED
    assert not uses_of(story.item.key).exists()
    with pytest.raises(actions.CheckedBefore):
        actions.check_use(by=library.peer, use=use, safe=all_safe())
    actions.check_use(by=library.other, use=use, safe=all_safe())

    use.refresh_from_db()
    assert use.state == UseState.GRANTED
    assert [(u.purpose, u.label, u.can_be_called_back) for u in uses_of(story.item.key)] == [("teaching", "Kurs for nye hjelpere", True)]
    work_off()
    assert mail.outbox[-1].to == ["kurs@eksempel.no"]
    assert story.title not in mail.outbox[-1].body


def test_one_unsure_answer_is_a_no_for_good(library: Library) -> None:
    story = library.story("teaching")
    use = asked(library, story, by=library.stranger)

    actions.check_use(by=library.peer, use=use, safe=all_safe()[1:])

    use.refresh_from_db()
    assert use.state == UseState.REFUSED
    assert Notice.objects.filter(recipient=library.stranger.pk, kind="stories.use-refused").exists()
    with pytest.raises(actions.CheckedBefore):
        actions.check_use(by=library.other, use=use, safe=all_safe())
    with pytest.raises(actions.NotGranted):
        actions.hand_out_package(by=None, use=use)


def test_neither_who_asked_nor_who_told_checks(library: Library) -> None:
    own = asked(library, library.story("teaching"), by=library.peer)
    told = asked(library, library.story("teaching", person=library.other))

    for peer, use in ((library.peer, own), (library.other, told)):
        assert use not in uses_to_check(peer)
        with pytest.raises(actions.CheckedBefore):
            actions.check_use(by=peer, use=use, safe=all_safe())

    assert not PeerCheck.objects.exists()


def test_a_yes_taken_back_between_the_two_peers_stops_it(library: Library) -> None:
    story = library.story("teaching")
    use = asked(library, story)
    actions.check_use(by=library.peer, use=use, safe=all_safe())
    take_down(story.item)

    with pytest.raises(actions.NotAgreed):
        actions.check_use(by=library.other, use=use, safe=all_safe())

    use.refresh_from_db()
    assert use.state == UseState.ASKED


# -- the package -----------------------------------------------------------------------------------------


def test_a_package_has_words_date_edition_and_an_address_to_check(library: Library, client: Any) -> None:
    story, example = library.story("teaching", notes=["risk"]), library.shown()
    use = granted(library, story, example)

    answer = client.post(reverse("stories:use", args=[use.token]), {"act": "package"})

    files, package = opened(answer.content), Package.objects.get()
    check = reverse("stories:package", args=[package.token])
    data = json.loads(files["pakke.json"])
    assert [(one["id"], one["edition"]) for one in data["items"]] == [(story.handle, 1), (example.handle, 1)]
    assert data["made_on"] == timezone.localdate().isoformat()
    assert all(check in words for words in files.values())
    assert "Så gikk jeg inn." in files["pakke.html"]
    assert "Så gikk jeg inn." in files[f"01-{story.handle}.txt"]
    assert "Her står det noe om: " in files["pakke.html"]
    assert "Her står det noe om: " in files[f"01-{story.handle}.txt"]
    assert "<h3>Hva ble ikke annerledes?</h3>" in files["pakke.html"]
    assert "Hva ble ikke annerledes?\nKveldene er tomme." in files[f"02-{example.handle}.txt"]
    assert "Tjenesten i Solvik" not in files["pakke.html"]
    places = {s.label: s.can_be_called_back for s in surfaces_now(story.item.key)}
    assert places["En pakke som er hentet ut til: Kurs for nye hjelpere"] is False
    assert places["Kurs for nye hjelpere"] is True


def test_the_check_address_answers_without_words(library: Library, client: Any) -> None:
    story, example = library.story("teaching"), library.shown()
    use = granted(library, story, example)
    package, _content = actions.hand_out_package(by=None, use=use)
    take_down(story.item)

    page = client.get(reverse("stories:package", args=[package.token]))
    as_json = client.get(reverse("stories:package-json", args=[package.token])).json()

    assert [one["stands"] for one in as_json["items"]] == [False, True]
    text = page.content.decode()
    assert text.count('data-stands="no"') == text.count('data-stands="yes"') == 1
    assert story.title not in text
    assert example.title not in text
    assert page["X-Robots-Tag"] == "noindex"
    assert client.get(reverse("stories:package", args=["finnes-ikke"])).status_code == 404


def test_holders_are_told_when_something_is_taken_back(library: Library) -> None:
    story = library.story("teaching")
    use = granted(library, story, by=library.stranger)
    actions.hand_out_package(by=None, use=use)
    work_off()
    mail.outbox.clear()

    take_down(story.item)
    work_off()

    assert Notice.objects.filter(recipient=library.stranger.pk, kind="stories.use-taken-back").exists()
    assert [m.to for m in mail.outbox] == [["kurs@eksempel.no"]]
    assert use.token in mail.outbox[0].body
    assert story.title not in mail.outbox[0].body


def test_what_is_taken_back_meanwhile_is_not_in_the_package(library: Library) -> None:
    story, other, example = library.story("teaching"), library.story("teaching"), library.shown()
    use = granted(library, story, other, example)
    take_down(story.item)
    library.consent(other.item)  # the purpose is gone, the story stays

    _package, content = actions.hand_out_package(by=None, use=use)

    assert sorted(opened(content)) == [f"01-{example.handle}.txt", "pakke.html", "pakke.json"]
    take_down(example.item)
    with pytest.raises(actions.NotGranted):
        actions.hand_out_package(by=None, use=use)


def test_when_all_is_taken_back_the_holder_is_not_told_to_use_it(library: Library, client: Any) -> None:
    story = library.story("teaching")
    use = granted(library, story)
    take_down(story.item)

    page = client.get(reverse("stories:use", args=[use.token])).content.decode()

    assert "Slett det du har hentet" in page
    assert "Du kan bruke det til og med" not in page


def test_going_back_to_a_use_that_is_answered_says_so(library: Library) -> None:
    use = asked(library, library.story("teaching"))
    url = reverse("stories:check-use", args=[use.pk])
    actions.check_use(by=library.peer, use=use, safe=all_safe())

    assert "Nå venter vi på en annen." in signed_in(library.peer).get(url, follow=True).content.decode()
    assert signed_in(library.other).get(url).status_code == 200
    actions.check_use(by=library.other, use=use, safe=all_safe())
    assert "Svaret ble ja." in signed_in(library.editor).get(url, follow=True).content.decode()
    assert signed_in(library.untrained).get(url).status_code == 404


def test_past_its_day_nothing_is_handed_out_and_nothing_stands(library: Library) -> None:
    story = library.story("teaching")
    use = granted(library, story)
    package, _content = actions.hand_out_package(by=None, use=use)
    OutsideUse.objects.filter(pk=use.pk).update(until_on=timezone.localdate() - timedelta(days=1))

    assert [stands for _n, _h, stands in parts_standing(Package.objects.select_related("use").get())] == [False]
    assert actions.end_uses_past_their_day() == 1
    with pytest.raises(actions.NotGranted):
        actions.hand_out_package(by=None, use=use)

    assert [u.can_be_called_back for u in uses_of(story.item.key)] == [False]
    assert PackagePart.objects.filter(package=package).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_taken_back_while_the_package_is_made_is_left_out_or_told() -> None:
    """Whichever comes first: the words are not in the package, or its holder is told and the address says so."""
    library = Library()
    story, example = library.story("teaching"), library.shown()
    use = granted(library, story, example)
    work_off()
    mail.outbox.clear()
    gate, made = threading.Barrier(2), []

    def hand_out() -> None:
        try:
            gate.wait(10)
            made.append(actions.hand_out_package(by=None, use=use))
        finally:
            connections.close_all()

    thread = threading.Thread(target=hand_out)
    thread.start()
    gate.wait(10)
    from django.db import transaction

    with transaction.atomic():
        take_down(story.item)
    thread.join(30)
    work_off()

    package, content = made[0]
    handles = {h: stands for _n, h, stands in parts_standing(Package.objects.select_related("use").get(pk=package.pk))}
    if story.handle in handles:
        assert handles[story.handle] is False
    else:
        assert "Så gikk jeg inn." not in opened(content)["pakke.html"]
    assert len(mail.outbox) == 1


# -- afterwards ------------------------------------------------------------------------------------------


def test_use_lines_above_the_threshold_only_and_in_whole_steps(library: Library) -> None:
    story = library.story("teaching")
    use = granted(library, story)
    used = UsedItem.objects.get(use=use)

    assert use_lines(story.item) == []
    actions.tell_afterwards(use=use, told={used.pk: (4, 4)})
    assert [line.text for line in use_lines(story.item)] == ["Lest på 4 kurs."]
    actions.tell_afterwards(use=use, told={used.pk: (4, 11)})
    assert [line.text for line in use_lines(story.item)] == ["Lest på 4 kurs.", "Den ga håp til minst 10."]
    actions.tell_afterwards(use=use, told={used.pk: (4, 12)})
    assert use_lines(story.item)[1].text == "Den ga håp til minst 10."


def test_the_teller_sees_where_and_what_it_led_to(library: Library, client: Any) -> None:
    story = library.story("teaching")
    use = granted(library, story)
    client.post(reverse("stories:use", args=[use.token]), {"act": "package"})
    used = UsedItem.objects.get(use=use)
    client.post(reverse("stories:use", args=[use.token]), {"act": "tell", f"times-{used.pk}": "3", f"hope-{used.pk}": "7"})
    url = reverse("stories:uses", args=[story.handle])

    page = signed_in(library.teller).get(url).content.decode()

    assert re.findall(r"<li>(Lest på 3 kurs\.|Den ga håp til minst 5\.)</li>", page) == ["Lest på 3 kurs.", "Den ga håp til minst 5."]
    assert "Dette kan ikke hentes tilbake" in page
    assert signed_in(library.peer).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_ended_by_its_holder(library: Library, client: Any) -> None:
    story = library.story("teaching")
    use = granted(library, story)

    client.post(reverse("stories:use", args=[use.token]), {"act": "end"})

    use.refresh_from_db()
    assert use.state == UseState.ENDED
    assert not uses_of(story.item.key).exists()


def test_taking_back_one_purpose_ends_its_uses_at_once(library: Library, monkeypatch: Any) -> None:
    story = library.story("teaching", "research")
    use = granted(library, story)
    from knutepunkt.web.registers import CONSENT_OBJECTS

    if "stories.item" in dict(CONSENT_OBJECTS.items()):
        change_purposes(by=library.teller, subject=story.item.key, purposes={"library": True, "teaching": False, "research": True})
    else:
        library.consent(story.item, "research")

    with pytest.raises(actions.NotGranted):
        actions.hand_out_package(by=None, use=use)


def test_kept_three_years_and_forgotten_with_the_account(library: Library) -> None:
    story = library.story("teaching")
    use = granted(library, story, by=library.stranger)
    old = asked(library, story)
    OutsideUse.objects.filter(pk=old.pk).update(until_on=timezone.localdate() - timedelta(days=1200))

    assert actions.forget_old_uses() == 1
    assert actions.forget_asker(person=library.stranger) == 1

    use.refresh_from_db()
    assert (use.asker_name, bytes(use.contact), actions.contact_of(use)) == ("", b"", "")
