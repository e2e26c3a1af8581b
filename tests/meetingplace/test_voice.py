"""Proposals: from words, voice, picture and paper to an answer; what is hidden and appealed; what is kept and forgotten."""

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from knutepunkt.meetingplace.actions import forgetting, meetings, moderation, proposals, voting
from knutepunkt.meetingplace.forms import speaking
from knutepunkt.meetingplace.models import (
    Asked,
    Comment,
    Hiding,
    HouseMeeting,
    Proposal,
    Step,
    Support,
    VoiceCard,
)
from knutepunkt.meetingplace.queries.meetings import could_chair
from knutepunkt.meetingplace.queries.power import parted, power_at
from knutepunkt.meetingplace.queries.quiet import asked_on, days_not_asked, quiet_days_of
from knutepunkt.meetingplace.queries.voice import NotYours, Speaker, alike
from knutepunkt.people.actions.erasure import erase_person
from knutepunkt.web.files import read_file
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, StoredFile, TrailLine
from knutepunkt.web.registers import GIVEN, PERSONAL_DATA
from knutepunkt.web.sealing import has_key
from knutepunkt.web.search import search
from knutepunkt.web.sound import kind_of, without_notes
from tests import factories as make
from tests.meetingplace.making import House, cast, signed_in, time_is_out

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WAV = b"RIFF" + (36).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little") + bytes(16)
WAV += b"LIST" + (12).to_bytes(4, "little") + b"INFOKarl Stu" + b"data" + (4).to_bytes(4, "little") + b"\x01\x02\x03\x04"


@pytest.fixture
def house() -> House:
    return House()


def at(house: House, name: str, *more: Any) -> str:
    return reverse(f"meetingplace:{name}", args=[house.slug, *more])


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def kinds_told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person.pk).order_by("pk").values_list("kind", flat=True))


def old_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the form had been open for a while."""
    monkeypatch.setattr(speaking, "QUICKEST", timedelta(seconds=-1))


def with_card(printed: str) -> Client:
    client = Client()
    assert client.post(reverse("meetingplace:voice-code"), {"code": printed}).status_code == 302
    return client


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(form_key|mark|version)" value="([^"]*)"', page))


# -- three ways in --------------------------------------------------------------------------------


def test_like_ones_are_shown_before_sending_and_the_same_form_twice_is_one(house: House) -> None:
    house.proposal("Frokost på mandager", text="Havregrøt og kaffe")
    house.proposal("Ny maling i gangen")
    client, url = signed_in(house.people[1]), at(house, "propose")

    page = client.post(url, {"act": "look", "title": "frokosten på mandagene"}).content.decode()
    assert "Frokost på mandager" in page
    assert "Ny maling" not in page
    for _ in range(2):
        answer = client.post(url, {**fields(page), "title": "Grøt på mandager", "text": ""})

    assert answer.status_code == 302
    assert Proposal.objects.filter(centre=house.centre).count() == 3


def test_a_guest_proposes_with_a_card_and_sees_the_answer_with_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    old_mark(monkeypatch)
    _, printed = house.card("Bo")
    client = with_card(printed)
    page = client.post(at(house, "propose"), {"act": "look", "title": "Benk i sola"}).content.decode()
    client.post(at(house, "propose"), {**fields(page), "title": "Benk i sola", "author_name": "Bo", "shows_name": "on"})
    made = Proposal.objects.get()

    proposals.decide_proposal(by=house.host, proposal=made, outcome="yes", reason="Alle vil sitte der", doer="Halvor", do_by=timezone.localdate())

    assert (made.way, made.group, made.person, made.shown_author) == ("card", "participant", None, "Bo")
    assert "Alle vil sitte der" in with_card(printed).get(at(house, "proposals-own")).content.decode()
    line = TrailLine.objects.get(kind="meetingplace:proposal:made")
    assert (line.actor, line.actor_name) == ("participant", "")


def test_paper_slip_keeps_its_authors_wish_and_gives_a_receipt(house: House) -> None:
    client = signed_in(house.host)

    page = client.post(at(house, "type-in-slip"), {"title": "Stille krok", "author_name": "Solveig"}).content.decode()
    code = re.search(r'kp-codecard-code">([A-Z0-9-]+)<', page)
    assert code
    made = Proposal.objects.get()
    proposals.move_proposal(by=house.host, proposal=made, state="talk", note="Vi ser etter en plass")
    holder = with_card(code[1])

    assert "Vi ser etter en plass" in holder.get(reverse("meetingplace:slip")).content.decode()
    assert "Solveig" not in Client().get(at(house, "proposal", made.number)).content.decode()
    assert Client().get(reverse("meetingplace:slip")).status_code == 302


def test_voice_and_picture_are_sealed_cleaned_and_served_through_the_row(house: House) -> None:
    client = signed_in(house.people[0])

    client.post(at(house, "propose"), {
        "title": "", "sound": SimpleUploadedFile("a.wav", WAV), "picture": SimpleUploadedFile("b.png", png()), "picture_says": "En benk",
    })  # fmt: skip
    made = Proposal.objects.get()

    assert made.sound
    assert made.picture
    heard, seen = Client().get(at(house, "proposal-sound", 1)), Client().get(at(house, "proposal-picture", 1))
    assert (heard["Content-Type"], seen["Content-Type"]) == ("audio/wav", "image/webp")
    assert b"Karl Stu" not in heard.content
    assert heard.content.endswith(b"\x01\x02\x03\x04")
    moderation.hide(by=house.host, thing=made, ground="hurts", reason="x")
    assert Client().get(at(house, "proposal-sound", 1)).status_code == 404
    assert signed_in(house.people[0]).get(at(house, "proposal-sound", 1)).status_code == 200


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"MZ\x90", b"", b"ID", b"%PDF-1.7"])
def test_what_is_no_sound_is_refused_and_nothing_typed_is_lost(house: House, content: bytes) -> None:
    page = signed_in(house.people[0]).post(at(house, "propose"), {
        "title": "Mitt forslag", "sound": SimpleUploadedFile("a.mp3", content or b"x"), "text": "Lang tekst",
    }).content.decode()  # fmt: skip

    assert "Vi kan ikke lese dette som lyd" in page
    assert "Lang tekst" in page
    assert not Proposal.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_of_another_kind_or_too_large_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(house.people[0])
    for name, file in (("sound", "a.exe"), ("picture", "b.svg")):
        client.post(at(house, "propose"), {"title": "x", name: SimpleUploadedFile(file, b"<svg onload=alert(1)>")})
    client.post(at(house, "propose"), {"title": "x", "sound": SimpleUploadedFile("a.wav", WAV + bytes(7 * 1024 * 1024))})
    client.post(at(house, "propose"), {"title": "x", "picture": SimpleUploadedFile("b.png", b"\x89PNG nothing")})

    assert not Proposal.objects.exists()


def test_hostile_words_are_only_words(house: House) -> None:
    words = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }} \u202e'
    made = house.proposal(words, text=words * 3)
    proposals.say(by=house.speaker(1), proposal=made, kind="comment", text=words)

    pages = [Client().get(url).content.decode() for url in (at(house, "proposals"), at(house, "proposal", 1), at(house, "wall"))]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)


def test_sound_is_known_by_its_content_and_loses_its_notes() -> None:
    mp3 = b"ID3\x04\x00\x00\x00\x00\x00\x0aSTUA HJEMME" [:20] + b"\xff\xfb\x90\x00data"
    box = (16).to_bytes(4, "big") + b"udta" + b"HJEMME!!"
    mp4 = (16).to_bytes(4, "big") + b"ftypM4A 1234" + (8 + len(box)).to_bytes(4, "big") + b"moov" + box + (12).to_bytes(4, "big") + b"mdatabcd"

    assert [kind_of(one) for one in (mp3, WAV, mp4, b"OggS\x00", b"\x1a\x45\xdf\xa3", b"", b"hei")] == [
        "audio/mpeg", "audio/wav", "audio/mp4", "audio/ogg", "audio/webm", "", "",
    ]  # fmt: skip
    assert without_notes(mp3, "audio/mpeg") == b"\xff\xfb\x90\x00data"
    clean = without_notes(mp4, "audio/mp4")
    assert len(clean) == len(mp4)
    assert b"HJEMME" not in clean
    assert clean.endswith(b"mdatabcd")


# -- spam and double clicks -----------------------------------------------------------------------


def test_a_machine_is_stopped_without_asking_anybody_outside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, printed = house.card()
    client = with_card(printed)
    page = client.post(at(house, "propose"), {"act": "look", "title": "x"}).content.decode()

    at_once = client.post(at(house, "propose"), {**fields(page), "title": "Kjøp klokker"}).content.decode()
    old_mark(monkeypatch)
    trapped = client.post(at(house, "propose"), {**fields(page), "title": "Kjøp klokker", "website": "http://spam"}).content.decode()
    forged = client.post(at(house, "propose"), {"mark": "x", "title": "Kjøp klokker"}).content.decode()

    assert all("gikk litt fort" in answer for answer in (at_once, trapped, forged))
    assert "Kjøp klokker" in at_once
    assert not Proposal.objects.exists()


def test_a_card_on_the_wall_does_not_open_the_gates(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    old_mark(monkeypatch)
    _, printed = house.card()
    client = with_card(printed)
    for n in range(15):
        page = client.post(at(house, "propose"), {"act": "look", "title": "x"}).content.decode()
        answer = client.post(at(house, "propose"), {**fields(page), "title": f"Forslag {n}"})

    assert "sendt mye på kort tid" in answer.content.decode()
    assert Proposal.objects.count() == 12


def test_a_card_that_is_ended_or_of_another_place_speaks_no_more(house: House) -> None:
    speaker, printed = house.card()
    client, other = with_card(printed), House(name="Lyngheim")

    assert client.get(at(other, "propose")).status_code == 302
    assert client.get(at(house, "propose")).status_code == 200
    assert speaker.card
    proposals.end_card(by=house.host, card=speaker.card)
    assert client.get(at(house, "propose")).status_code == 302


def test_support_and_comment_twice_are_once(house: House) -> None:
    made, key = house.proposal(), uuid.uuid4()
    for _ in range(2):
        proposals.support(by=house.speaker(1), proposal=made)
        proposals.say(by=house.speaker(1), proposal=made, kind="question", text="Hvor?", form_key=key)

    assert (Support.objects.count(), Comment.objects.count()) == (1, 1)


# -- from proposal to done ------------------------------------------------------------------------


def test_the_author_is_told_at_every_step_and_the_wall_is_made_of_the_record(house: House) -> None:
    made = house.proposal("Senere møter")
    meeting = meetings.call_meeting(by=house.host, centre=house.centre, starts_at=timezone.now())

    proposals.move_proposal(by=house.host, proposal=made, state="talk")
    proposals.move_proposal(by=house.host, proposal=made, state="meeting", meeting=meeting)
    proposals.decide_proposal(by=house.host, proposal=made, outcome="changed", reason="Klokka elleve", doer="Randi", do_by=timezone.localdate(), meeting=meeting)
    assert "Vi gjør" in Client().get(at(house, "wall") + "?vis=lovet").content.decode()
    proposals.finish_proposal(by=house.host, proposal=made, says="Møtet er klokka elleve")

    assert kinds_told(house.people[0]) == ["meetingplace.step"] * 4
    assert [s.state for s in Step.objects.order_by("pk")] == ["new", "talk", "meeting", "decided", "done"]
    assert "Møtet er klokka elleve" in Client().get(at(house, "wall")).content.decode()
    assert meeting.agenda.get().proposal == made


def test_silence_is_counted_in_days(house: House) -> None:
    made = house.proposal()
    Proposal.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=23))

    assert "Stille i 23 dager" in Client().get(at(house, "wall")).content.decode()
    proposals.say(by=Speaker(person=house.host), proposal=made, kind="comment", text="Vi ser på det", is_from_host=True)
    assert "Stille i 0 dager" in Client().get(at(house, "wall")).content.decode()


def test_a_yes_says_who_and_by_when_and_a_no_says_why(house: House) -> None:
    made, client = house.proposal(), signed_in(house.host)
    url = at(house, "proposal-decide", made.number)

    page = client.post(url, {"version": 0, "outcome": "yes", "reason": "Ja"}).content.decode()
    assert "Skriv hvem som gjør det" in page
    assert "Velg en dag" in page
    client.post(url, {"version": 0, "outcome": "no", "reason": ""})
    made.refresh_from_db()
    assert made.state == "new"
    client.post(url, {"version": 0, "outcome": "no", "reason": "Det er for dyrt."})

    made.refresh_from_db()
    assert (made.state, made.outcome, made.doer) == ("decided", "no", "")
    with pytest.raises(proposals.NotNow):
        proposals.finish_proposal(by=house.host, proposal=made)
    with pytest.raises(IntegrityError):
        Proposal.objects.filter(pk=made.pk).update(reason="")


def test_concerns_from_a_vote_must_be_met_in_the_decision() -> None:
    house = House(participants=3)
    made = house.proposal()
    vote = house.vote("concern", proposal=made)
    for n, person in enumerate(house.everybody):
        cast(vote, person, 2 if n == 0 else 0, reason="Bussen går ikke")
    time_is_out(vote)
    yes: dict[str, Any] = {"by": house.host, "proposal": made, "outcome": "yes", "reason": "De fleste vil", "doer": "Vi", "do_by": timezone.localdate()}

    with pytest.raises(proposals.ConcernNotMet):
        proposals.decide_proposal(**yes)
    again = timezone.localdate() + timedelta(days=60)
    row = proposals.decide_proposal(**yes, strongest_concern="Bussen", concern_met="Vi kjører hjem", look_again_on=again)

    page = Client().get(at(house, "proposal", made.number)).content.decode()
    assert row.look_again_on == again
    assert "Vi kjører hjem" in page
    assert "Huset ser på dette igjen" in page
    proposals.take_up_again(by=house.host, proposal=made, note="Tida er ute")
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("talk", "")


def test_two_hosts_who_decide_at_once_see_each_other(house: House) -> None:
    made = house.proposal()
    first, second = signed_in(house.host), signed_in(house.other_host)
    facts = {"version": 0, "outcome": "no", "reason": "Første grunn"}
    url = at(house, "proposal-decide", made.number)

    first.post(url, facts)
    page = second.post(url, {**facts, "reason": "Andre grunn"}).content.decode()

    made.refresh_from_db()
    assert made.reason == "Første grunn"
    assert "Andre grunn" in page
    assert "Ingenting er borte" in page


# -- hiding and appeal ----------------------------------------------------------------------------


def test_hidden_with_a_reason_and_the_appeal_is_decided_by_another(house: House) -> None:
    made = house.proposal("Sint forslag")
    row = moderation.hide(by=house.host, thing=made, ground="hurts", reason="Det kaller noen noe stygt.")
    assert search("sint forslag", audiences=["public"]) == []
    assert Client().get(at(house, "proposal", made.number)).status_code == 404
    mine = signed_in(house.people[0])
    assert "Det kaller noen noe stygt." in mine.get(at(house, "proposal", made.number)).content.decode()
    assert signed_in(house.people[1]).get(at(house, "appeal", row.pk)).status_code == 404

    mine.post(at(house, "appeal", row.pk), {"text": "Det gjør det ikke."})
    judge = at(house, "judge", row.pk)
    assert signed_in(house.host).post(judge, {"stands": "1", "answer": "x"}).status_code == 404
    with pytest.raises(moderation.SameHand):
        moderation.answer_appeal(by=house.host, hiding=row, stands=True, answer="x")
    signed_in(house.other_host).post(judge, {"stands": "0", "answer": "Det er sterkt, men ikke stygt."})

    made.refresh_from_db()
    assert not made.is_hidden
    assert [h.title for h in search("sint forslag", audiences=["public"])] == ["Sint forslag"]
    assert kinds_told(house.people[0]) == ["meetingplace.hidden", "meetingplace.appeal-decided"]
    assert kinds_told(house.other_host) == ["meetingplace.appeal"]
    assert "meetingplace.appeal" not in kinds_told(house.host)
    with pytest.raises(IntegrityError):
        Hiding.objects.filter(pk=row.pk).update(decided_by=house.host)


def test_a_hidden_comment_is_seen_by_its_author_and_hosts_only(house: House) -> None:
    made = house.proposal()
    said = proposals.say(by=house.speaker(1), proposal=made, kind="comment", text="Han i nummer fire")

    signed_in(house.host).post(at(house, "comment-hide", made.number, said.pk), {"ground": "person", "reason": "Peker på én"})

    url = at(house, "proposal", made.number)
    seen = {who: "Han i nummer fire" in client.get(url).content.decode() for who, client in (
        ("all", Client()), ("other", signed_in(house.people[0])), ("author", signed_in(house.people[1])), ("host", signed_in(house.host)),
    )}  # fmt: skip
    assert seen == {"all": False, "other": False, "author": True, "host": True}
    assert Client().get(at(house, "voice-rules")).status_code == 200


def test_what_stands_hidden_is_deleted_after_half_a_year_but_not_while_an_appeal_waits(house: House) -> None:
    rows = [moderation.hide(by=house.host, thing=house.proposal(f"nr {n}"), ground="law", reason="x") for n in range(2)]
    moderation.appeal(by=house.speaker(), hiding=rows[1], text="Nei")
    Hiding.objects.update(hidden_at=timezone.now() - timedelta(days=200))

    assert moderation.forget_hidden() == 1
    assert [p.title for p in Proposal.objects.all()] == ["nr 1"]


def test_a_slips_author_appeals_and_deletes_by_the_receipt_and_does_nothing_else(house: House) -> None:
    made, other = proposals.type_in_slip(by=house.host, centre=house.centre, title="Lapp"), house.proposal("Andres")
    holder = with_card(proposals.issue_slip(by=house.host, proposal=made))
    row = moderation.hide(by=house.host, thing=made, ground="hurts", reason="Stygt")
    foreign = moderation.hide(by=house.host, thing=other, ground="hurts", reason="x")

    assert "Stygt" in holder.get(reverse("meetingplace:slip")).content.decode()
    holder.post(at(house, "appeal", row.pk), {"text": "Nei"})
    row.refresh_from_db()
    assert row.appeal == "Nei"
    assert holder.post(at(house, "appeal", foreign.pk), {"text": "Nei"}).status_code == 404
    assert holder.get(at(house, "propose")).status_code == 302
    assert holder.post(at(house, "proposal-leave", other.number), {"act": "delete"}).status_code == 404
    holder.post(at(house, "proposal-leave", made.number), {"act": "delete"})
    assert list(Proposal.objects.all()) == [other]


def test_hosts_are_told_once_when_a_decision_is_to_be_looked_at_again_and_a_late_promise_shows(house: House) -> None:
    made, today = house.proposal(), timezone.localdate()
    proposals.decide_proposal(by=house.host, proposal=made, outcome="yes", reason="Ja", doer="Vi", do_by=today - timedelta(days=4), look_again_on=today)

    assert proposals.tell_hosts_to_look_again() == 1
    assert proposals.tell_hosts_to_look_again() == 0
    assert kinds_told(house.other_host) == ["meetingplace.look-again"]
    assert "Skulle vært gjort for 4 dager siden" in Client().get(at(house, "wall")).content.decode()


# -- one's own ------------------------------------------------------------------------------------


def test_leave_and_keep_takes_name_voice_and_picture_out(house: House) -> None:
    made = house.proposal("Benk", shows_name=True, picture=png(), sound=WAV)
    with pytest.raises(NotYours):
        proposals.leave_proposal(by=house.speaker(1), proposal=made, keep=False)

    signed_in(house.people[0]).post(at(house, "proposal-leave", made.number), {"act": "keep"})

    made.refresh_from_db()
    assert (made.person, made.author_name, made.picture, made.sound, made.title) == (None, "", None, None, "Benk")
    assert not StoredFile.objects.exists()
    assert not has_key(made.key_owner)
    assert signed_in(house.people[0]).get(at(house, "proposal-leave", made.number)).status_code == 404


def test_what_was_said_aloud_is_found_no_more_when_its_author_has_left(house: House) -> None:
    made = house.proposal("Benk", sound=WAV, sound_says="Kalle fra Svingen vil sitte")
    assert [hit.title for hit in search("svingen", audiences=["public"])] == ["Benk"]

    proposals.leave_proposal(by=house.speaker(), proposal=made, keep=True)

    assert search("svingen", audiences=["public"]) == []
    assert [hit.title for hit in search("benk", audiences=["public"])] == ["Benk"]
    assert "sving" not in Proposal.objects.get().n_words


def test_leave_and_delete(house: House) -> None:
    made = house.proposal("Benk", picture=png())
    proposals.say(by=house.speaker(1), proposal=made, kind="comment", text="Ja")

    signed_in(house.people[0]).post(at(house, "proposal-leave", made.number), {"act": "delete"})

    assert not Proposal.objects.exists()
    assert not Comment.objects.exists()
    assert not StoredFile.objects.exists()
    assert search("benk", audiences=["public"]) == []


def test_an_erased_person_leaves_each_proposal_as_they_wished(house: House) -> None:
    person = house.people[0]
    house.proposal("Blir", stays=True, shows_name=True)
    house.proposal("Går", stays=False)
    other = house.proposal("Andres", by=house.speaker(1))
    proposals.say(by=house.speaker(), proposal=other, kind="comment", text="Mine ord")
    proposals.support(by=house.speaker(), proposal=other)
    vote = house.vote()

    erase_person(by=person, person=person)
    work_off()

    assert list(Proposal.objects.order_by("number").values_list("title", "person", "author_name")) == [
        ("Blir", None, ""), ("Andres", house.people[1].pk, house.people[1].chosen_name),
    ]  # fmt: skip
    assert not Comment.objects.exists()
    assert not Support.objects.exists()
    assert not vote.seats.filter(person=person).exists()


def test_own_words_can_be_taken_out_and_one_sees_what_became_of_them(house: House) -> None:
    made = house.proposal("Benk", text="I sola")
    proposals.say(by=house.speaker(), proposal=made, kind="comment", text="Eller i skyggen")
    proposals.decide_proposal(by=house.host, proposal=made, outcome="no", reason="Ingen plass")

    out = {key: entry.export(house.people[0]) for key, entry in PERSONAL_DATA.items() if key.startswith("meetingplace.")}

    assert out["meetingplace.proposal"][0]["text"] == "I sola"
    assert out["meetingplace.comment"][0]["text"] == "Eller i skyggen"
    assert not out["meetingplace.ballotbox"]
    given = [line for entry in GIVEN for line in entry(house.people[0])]
    assert [line.became for line in given] == ["Det ble bestemt: nei. Ingen plass"]
    assert not [line for entry in GIVEN for line in entry(house.people[1])]


def test_old_cards_and_lists_are_forgotten(house: House) -> None:
    guest, _ = house.card("Bo")
    quiet = house.proposal("Stille", by=guest)
    shown = house.proposal("Synlig", by=guest, shows_name=True)
    vote = house.vote()
    VoiceCard.objects.update(handed_on=timezone.localdate() - timedelta(days=401))
    time_is_out(vote)
    type(vote).objects.update(closed_at=timezone.now() - timedelta(days=91))

    assert (forgetting.forget_cards(), forgetting.forget_seats()) == (1, 5)

    for row in (quiet, shown):
        row.refresh_from_db()
    assert [(row.card, row.author_name) for row in (quiet, shown)] == [(None, ""), (None, "Bo")]


# -- the quiet voice, power, meetings -------------------------------------------------------------


def test_days_nobody_asked_are_found_from_counts(house: House) -> None:
    vote = house.vote()
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    Asked.objects.create(vote=vote, on_date=monday)
    on = asked_on(vote)

    quiet = days_not_asked({0: 9, 1: 7, 3: 2, 4: 0}, on - {1, 3})

    assert 0 in on
    assert [(day.name, day.people) for day in quiet] == [("tirsdag", "fem eller flere"), ("torsdag", "færre enn fem")]


def test_the_calendars_counts_reach_the_hosts(house: House) -> None:
    from knutepunkt.events.actions.hosting import count_drop_in

    session = make.begun(make.session(at=house.organisation))
    count_drop_in(by=house.host, session=session, people=6)
    vote = house.vote()
    type(vote).objects.update(opened_at=timezone.now())

    found = quiet_days_of(vote)

    assert [(d.weekday, d.people) for d in found] == [(timezone.localtime(session.starts_at).weekday(), "fem eller flere")]
    type(vote).objects.update(closes_at=timezone.now() + timedelta(days=1))
    assert voting.tell_hosts_who_is_quiet() == 1
    assert voting.tell_hosts_who_is_quiet() == 0
    assert kinds_told(house.host) == ["meetingplace.vote", "meetingplace.quiet"]
    assert "meetingplace.quiet" not in kinds_told(house.people[0])
    voting.note_asked(by=house.host, vote=vote, on_date=timezone.localtime(session.starts_at).date())
    assert quiet_days_of(vote) == []


def test_the_audit_shows_no_number_that_can_be_subtracted() -> None:
    assert parted(7, 5).share == 58
    assert parted(7, 4) == parted(8, 3)
    assert (parted(7, 4).participants, parted(7, 4).whole) == (None, 11)
    assert parted(2, 2).whole is None


def test_the_audit_counts_who_proposes_who_gets_a_yes_and_how_long_it_takes() -> None:
    house = House(participants=1)
    for by, number in ((house.speaker(), 6), (Speaker(person=house.coordinator), 5)):
        for n in range(number):
            row = house.proposal(f"Noe {n}", by=by)
            Proposal.objects.filter(pk=row.pk).update(made_at=timezone.now() - timedelta(days=n + 1))
            proposals.decide_proposal(by=house.host, proposal=row, outcome="no", reason="Nei")

    found = power_at(house.centre)

    assert (found.made.participants, found.made.staff, found.made.share) == (6, 5, 55)
    assert (found.no.participants, found.yes.whole) == (6, None)
    assert (found.days_participants, found.days_staff) == (3.5, 3.0)
    assert "færre" not in Client().get(at(house, "power")).content.decode()


def test_chairing_goes_round_among_those_who_said_yes(house: House) -> None:
    first, second = house.people
    for person in (first, second, house.host):
        meetings.say_willing(by=person, centre=house.centre, yes=True)
    for days, chair in ((30, second), (10, first)):
        row = meetings.call_meeting(by=house.host, centre=house.centre, starts_at=timezone.now() - timedelta(days=days))
        meetings.choose_chair(by=house.host, meeting=row, person=chair)
    meetings.say_willing(by=house.other_host, centre=house.centre, yes=False)

    assert [one.person for one in could_chair(house.centre)] == [house.host, second, first]


def test_anybody_adds_to_the_agenda_and_the_minutes_come_on_paper(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    old_mark(monkeypatch)
    row = meetings.call_meeting(by=house.host, centre=house.centre, starts_at=timezone.now() + timedelta(days=3))
    _, printed = house.card()
    guest = with_card(printed)
    page = guest.get(at(house, "meeting-item", row.pk)).content.decode()
    for _ in range(2):
        guest.post(at(house, "meeting-item", row.pk), {**fields(page), "title": "Blomstene"})
    signed_in(house.host).post(at(house, "meeting-item", row.pk), {"title": "Fra en lapp", "author_name": "Bo"})
    meetings.write_minutes(by=house.host, meeting=row, minutes="Vi ble enige #1 *ikke fet*", came=9, version=0)

    draft = Client().get(at(house, "meeting", row.pk)).content.decode()
    assert [i.title for i in row.agenda.order_by("pk")] == ["Blomstene", "Fra en lapp"]
    assert "Blomstene" in draft
    assert "Vi ble enige" not in draft
    meetings.publish_minutes(by=house.host, meeting=row)
    assert "Vi ble enige" in Client().get(at(house, "meeting", row.pk)).content.decode()
    assert Client().get(at(house, "meeting-pdf", row.pk)).content.startswith(b"%PDF")


def test_minutes_written_by_two_at_once_lose_nothing(house: House) -> None:
    row = meetings.call_meeting(by=house.host, centre=house.centre, starts_at=timezone.now())
    url = at(house, "meeting-minutes", row.pk)

    signed_in(house.host).post(url, {"version": 0, "minutes": "Den ene"})
    page = signed_in(house.other_host).post(url, {"version": 0, "minutes": "Den andre"}).content.decode()

    assert "Den andre" in page
    assert HouseMeeting.objects.get().minutes == "Den ene"


def test_like_proposals_are_found_across_forms_of_words(house: House) -> None:
    wanted = house.proposal("Lengre åpningstid på torsdagene", text="Kvelden er lang")
    for title in ("Ny maling", "Kurs i matlaging", "Tur på torsdag"):
        house.proposal(title)

    assert alike(house.centre, "lengre åpningstider torsdag")[0] == wanted
    assert alike(house.centre, "svømming") == []
    assert alike(House(name="Annet").centre, "lengre åpningstider torsdag") == []


def test_file_is_sealed_on_disk(house: House) -> None:
    made = house.proposal("x", sound=WAV)
    assert made.sound

    assert read_file(made.sound).startswith(b"RIFF")
    assert made.sound.owner == made.key_owner
