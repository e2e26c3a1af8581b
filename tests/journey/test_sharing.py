"""Sharing: only the chosen parts, only until the day, only to whom it was given, ended at once; and talks of two."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.models import AccessLogEntry
from knutepunkt.journey.actions import keeping, sharing
from knutepunkt.journey.choices import Part
from knutepunkt.journey.models import Share
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.journey.queries.shared import pattern_of, sharing_with
from knutepunkt.people.actions import make_person
from knutepunkt.web.models import Notice
from tests import factories as make
from tests.journey.test_own import client_of, keep

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class World:
    def __init__(self) -> None:
        self.her, self.kari = make_person(by="test", chosen_name="Tiril"), make_person(by="test", chosen_name="Kari")
        self.goal = keep(self.her, "goal", text="Synge igjen")
        keep(self.her, "matter", text="Hunden Balder", what="good")
        keep(self.her, "plan", helps=["Gå til kaia"])

    def share(self, *parts: str, **more: Any) -> Share:
        share, self.code = sharing.share_parts(
            by=self.her, name="Kari fra kommunen", parts=list(parts), until_on=timezone.localdate() + timedelta(days=9), **more
        )  # fmt: skip
        return share

    def taken(self, *parts: str, **more: Any) -> Share:
        return sharing.take_share(by=self.kari, share=self.share(*parts, **more))

    def seen(self, share: Share) -> str:
        answer = client_of(self.kari).get(reverse("journey:shared", args=[share.pk]))
        return answer.content.decode() if answer.status_code == 200 else ""


@pytest.fixture
def world() -> World:
    return World()


def test_only_the_chosen_parts_are_seen_and_the_preview_is_the_same(world: World) -> None:
    share = world.taken(Part.GOALS)

    page = world.seen(share)
    preview = client_of(world.her).get(reverse("journey:share", args=[share.pk])).content.decode()

    for text in (page, preview):
        assert "Synge igjen" in text
        assert "Balder" not in text
        assert "kaia" not in text
    assert "10 dager igjen" in page
    assert "Kari fra kommunen" not in page


def test_ended_resting_past_and_narrowed_shares_show_nothing_at_once(world: World) -> None:
    share, client = world.taken(Part.GOALS, Part.MATTERS), client_of(world.her)
    url = reverse("journey:share", args=[share.pk])

    client.post(url, {"act": "change", "parts": [Part.MATTERS], "until_on": share.until_on.isoformat()})
    assert "Synge igjen" not in world.seen(share)
    assert "Balder" in world.seen(share)
    client.post(url, {"act": "rest"})
    assert world.seen(share) == ""
    client.post(url, {"act": "wake"})
    assert "Balder" in world.seen(share)
    Share.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    assert world.seen(share) == ""
    Share.objects.update(until_on=timezone.localdate())
    client.post(url, {"act": "end"})
    assert world.seen(share) == ""
    assert "Tiril" not in client_of(world.kari).get(reverse("journey:helping")).content.decode()


def test_nobody_else_sees_through_a_share(world: World) -> None:
    share, other = world.taken(Part.GOALS), client_of(make.person("Odd"))

    assert other.get(reverse("journey:shared", args=[share.pk])).status_code == 404
    assert other.get(reverse("journey:share", args=[share.pk])).status_code == 404
    assert client_of(world.kari).get(reverse("journey:goal", args=[world.goal.pk])).status_code == 404


def test_a_link_on_paper_works_without_account_until_it_is_taken_or_ended(world: World) -> None:
    share, guest = world.share(Part.GOALS), Client()
    guest.post(reverse("journey:link"), {"code": world.code})
    page = guest.get(reverse("journey:linked")).content.decode()
    wrong = Client().post(reverse("journey:link"), {"code": "AAAA-BBBB-CCCC-DDDD"}).content.decode()

    assert "Synge igjen" in page
    assert "Koden virker ikke" in wrong
    client_of(world.her).post(reverse("journey:share", args=[share.pk]), {"act": "end"})
    assert guest.get(reverse("journey:linked")).status_code == 302
    assert "Koden virker ikke" in Client().post(reverse("journey:link"), {"code": world.code}).content.decode()


def test_each_opening_stands_in_the_persons_log_with_a_way_to_stop_it(world: World) -> None:
    share = world.taken(Part.GOALS)
    world.seen(share)
    world.seen(share)

    page = client_of(world.her).get(reverse("journey:shares")).content.decode()

    assert AccessLogEntry.objects.filter(about=f"people.person:{world.her.pk}", what="journey").count() == 1
    way = client_of(world.her).get(reverse("journey:way")).content.decode()
    assert "Kari åpnet det du deler" in way
    assert "Kari" in page
    assert "åpnet det du deler" in page
    assert "Stopp nå" in page


def test_a_suggestion_stays_one_until_it_is_taken_and_is_seen_side_by_side(world: World) -> None:
    share = world.taken(Part.GOALS)
    client_of(world.kari).post(reverse("journey:shared", args=[share.pk]), {"text": "Bli med i koret", "why": "Du synger fint."})
    goal = next(g for g in notes_of(world.her, "goal") if g.content["text"] == "Bli med i koret")
    client, url = client_of(world.her), reverse("journey:goal", args=[goal.id])

    page = client.get(url).content.decode()
    client.post(url, {"act": "view", "view": "Jeg vil bare høre på."})
    client.post(url, {"act": "take"})

    assert "Det er ikke ditt mål før du tar det." in page
    now = next(g for g in notes_of(world.her, "goal") if g.id == goal.id)
    assert (now.content["origin"], now.content["by"]) == ("taken", "Kari")
    assert now.content["views"] == [{"by": "Tiril", "text": "Jeg vil bare høre på."}]
    assert Notice.objects.filter(recipient=world.her.pk, kind="journey.suggested").exists()


def test_wishes_open_by_signal_for_their_circle_and_close_by_themselves(world: World) -> None:
    share = world.taken(Part.PLAN, only_by_signal=True)
    keep(world.her, "wish", text="Ring søsteren min.", circle=[str(share.pk)])
    keep(world.her, "wish", text="Dette er for andre.", circle=[])
    assert "Ring søsteren" not in world.seen(share)
    assert "kaia" not in world.seen(share)

    client_of(world.her).post(reverse("journey:signal-give"), {"hours": "6"})
    opened = world.seen(share)
    client_of(world.her).post(reverse("journey:signal-give"), {"close": "1"})

    assert "Ring søsteren min." in opened
    assert "kaia" in opened
    assert "for andre" not in opened
    assert "Ring søsteren" not in world.seen(share)
    assert Notice.objects.filter(recipient=world.kari.pk, kind="journey.signal").exists()
    sharing.give_signal(by=world.her, hours=-1)
    assert "Ring søsteren" not in world.seen(share)


def test_two_write_together_and_both_say_yes(world: World) -> None:
    share = world.taken(Part.TALKS)
    hers, karis = client_of(world.her), client_of(world.kari)
    hers.post(reverse("journey:talk-new", args=[share.pk]), {"text": "Å sove"})
    talk = notes_of(world.her, "talk")[0]
    mine, theirs = reverse("journey:talk", args=[talk.id]), reverse("journey:helper-talk", args=[share.pk, talk.id])
    karis.post(theirs, {"act": "agenda", "text": "Jobben"})
    version = karis.get(theirs).context["notes_form"]["version"].value()
    karis.post(theirs, {"act": "notes", "notes": "Vi prøver tidligere kveld.", "version": version})

    stale = hers.post(mine, {"act": "notes", "notes": "Mitt", "version": version}).content.decode()
    hers.post(mine, {"act": "approve"})
    hers.post(mine, {"act": "step", "text": "Legge bort telefonen", "who": "person"})
    karis.post(theirs, {"act": "step", "text": "Spørre legen", "who": "helper"})
    page = hers.get(mine).content.decode()

    assert "tidligere kveld" in stale
    assert "Mitt" in stale
    assert "Dere har begge sagt ja" in page
    assert [a["text"] for a in notes_of(world.her, "talk")[0].content["agenda"]] == ["Å sove", "Jobben"]
    assert {s.content["text"]: s.content["by"] for s in notes_of(world.her, "step")} == {
        "Legge bort telefonen": "Tiril", "Spørre legen": "Kari"}  # fmt: skip
    assert "Ingen følger med her hele døgnet." in page


def test_the_agreement_goes_two_ways(world: World) -> None:
    share = world.taken(Part.TALKS)
    client_of(world.her).post(reverse("journey:pact", args=[share.pk]), {"wants": "Ikke gi meg råd med en gang."})
    client_of(world.kari).post(reverse("journey:promise", args=[share.pk]), {"promises": "Jeg sier fra når jeg er borte."})

    page = client_of(world.her).get(reverse("journey:talks")).content.decode()

    assert "Ikke gi meg råd" in page
    assert "når jeg er borte" in page


def test_a_helper_sees_a_pattern_only_over_five_who_let_it_be_seen(world: World) -> None:
    def answered(shown: bool) -> None:
        person = make_person(by="test", chosen_name="En til")
        share, _code = sharing.share_parts(
            by=person, name="Kari", parts=[Part.TALKS], until_on=timezone.localdate() + timedelta(days=9)
        )
        sharing.take_share(by=world.kari, share=share)
        talk = sharing.begin_talk(side="person", share=share, content={"agenda": []})
        keeping.keep_note(by=person, kind="meeting-note", content={
            "talk": str(talk.pk), "marks": {"heard": 4}, "shown": shown})  # fmt: skip

    for _number in range(4):
        answered(shown=True)
    answered(shown=False)
    assert pattern_of(sharing_with(world.kari)) == []

    answered(shown=True)

    assert [value for _question, value in pattern_of(sharing_with(world.kari))] == [4]


def test_felt_is_the_persons_alone_until_she_says_otherwise(world: World) -> None:
    share = world.taken(Part.TALKS)
    talk = sharing.begin_talk(side="person", share=share, content={"agenda": [{"by": "Tiril", "text": "Søvn"}]})
    client = client_of(world.her)
    client.post(reverse("journey:felt", args=[talk.pk]), {"mark_heard": "2", "words": "Hun så på klokka."})
    note = notes_of(world.her, "meeting-note")[0]

    helpers = client_of(world.kari).get(reverse("journey:helper-talk", args=[share.pk, talk.pk])).content.decode()
    client.post(reverse("journey:felt-shown", args=[note.id]), {"shown": "1"})

    assert "klokka" not in helpers
    assert notes_of(world.her, "meeting-note")[0].content["shown"] is True


PAGES = ["shares", "share-new", "talks", "signal", "wish-new", "helping", "link"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_stay_within_eight_queries_however_many(world: World, name: str, django_assert_max_num_queries: Any) -> None:
    for _number in range(3):
        share, _code = sharing.share_parts(
            by=world.her, name="X", parts=[Part.TALKS], until_on=timezone.localdate() + timedelta(days=9)
        )
        sharing.begin_talk(side="person", share=share, content={"agenda": [{"by": "Tiril", "text": "Søvn"}]})

    client = client_of(world.her)
    with django_assert_max_num_queries(8):
        assert client.get(reverse(f"journey:{name}")).status_code == 200


def test_a_helpers_page_asks_as_much_for_one_as_for_six(world: World, django_assert_num_queries: Any) -> None:
    def one_more() -> None:
        person = make_person(by="test", chosen_name="En til")
        share, _code = sharing.share_parts(
            by=person, name="Kari", parts=[Part.TALKS], until_on=timezone.localdate() + timedelta(days=9)
        )
        sharing.take_share(by=world.kari, share=share)
        sharing.begin_talk(side="person", share=share, content={"agenda": [{"by": "x", "text": "Drømmer"}]})

    client, url = client_of(world.kari), reverse("journey:helping")
    one_more()
    with django_assert_num_queries(5):
        client.get(url)
    for _number in range(5):
        one_more()
    with django_assert_num_queries(5):
        page = client.get(url).content.decode()

    assert page.count("Drømmer") == 6


def test_next_steps_of_a_talk_are_seen_by_both_and_a_suggested_one_can_be_taken(world: World) -> None:
    share = world.taken(Part.TALKS)
    hers, karis = client_of(world.her), client_of(world.kari)
    keep(world.her, "step", goal=str(world.goal.pk), text="Et steg Kari ikke får se")
    talk = sharing.begin_talk(side="person", share=share, content={"agenda": [{"by": "Tiril", "text": "Søvn"}]})
    mine, theirs = reverse("journey:talk", args=[talk.pk]), reverse("journey:helper-talk", args=[share.pk, talk.pk])
    karis.post(theirs, {"act": "step", "text": "Legge bort telefonen", "who": "person"})
    step = next(s for s in notes_of(world.her, "step") if s.content["talk"])

    page = karis.get(theirs).content.decode()
    hers.post(mine, {"step": str(step.id), "act": "take-step"})

    assert "Legge bort telefonen" in page
    assert "Et steg Kari" not in page + world.seen(share)
    now = next(s for s in notes_of(world.her, "step") if s.id == step.id)
    assert (step.content["origin"], now.content["origin"]) == ("suggested", "taken")
    other = sharing.share_parts(by=world.her, name="Odd", parts=[Part.TALKS, Part.GOALS], until_on=share.until_on)[0]
    taken = sharing.take_share(by=make.person("Odd"), share=other)
    assert "Legge bort" not in client_of(taken.helper).get(reverse("journey:shared", args=[taken.pk])).content.decode()


def test_a_signal_is_told_only_to_those_who_see_more_because_of_it(world: World) -> None:
    world.taken(Part.GOALS)
    chosen = sharing.share_parts(
        by=world.her, name="Odd", parts=[Part.GOALS], until_on=timezone.localdate() + timedelta(days=9)
    )[0]
    odd = make.person("Odd")
    sharing.take_share(by=odd, share=chosen)
    keep(world.her, "wish", text="Ring søsteren min.", circle=[str(chosen.pk)])

    sharing.give_signal(by=world.her, hours=6)

    assert set(Notice.objects.filter(kind="journey.signal").values_list("recipient", flat=True)) == {odd.pk}


def test_two_views_of_a_goal_stand_side_by_side_and_neither_writes_over_the_other(world: World) -> None:
    share = world.taken(Part.GOALS)
    url = reverse("journey:shared", args=[share.pk])
    client_of(world.kari).post(url, {"view": "Kanskje et lite steg først?", "goal": str(world.goal.pk)})
    client_of(world.her).post(reverse("journey:goal", args=[world.goal.pk]), {"act": "view", "view": "Jeg vil rett på scenen."})

    hers = client_of(world.her).get(reverse("journey:goal", args=[world.goal.pk])).content.decode()

    for page in (world.seen(share), hers):
        assert "lite steg" in page
        assert "rett på scenen" in page
    note = notes_of(world.her, "goal")[0]
    assert note.content["text"] == "Synge igjen"
    other = keep(world.her, "matter", text="Hemmelig", what="good")
    client_of(world.kari).post(url, {"view": "Hei", "goal": str(other.pk)})
    assert "views" not in notes_of(world.her, "matter")[-1].content


def test_a_helper_ticks_off_own_steps_and_never_the_persons(world: World) -> None:
    share = world.taken(Part.TALKS)
    talk = sharing.begin_talk(side="person", share=share, content={"agenda": []})
    mine = sharing.add_step(share=share, by_name="Kari", text="Ringe legen", talk=talk.pk, is_by_helper=True)
    hers = sharing.add_step(share=share, by_name="Tiril", text="Gå ut", talk=talk.pk, is_by_helper=False)
    url = reverse("journey:helper-talk", args=[share.pk, talk.pk])

    for step in (mine, hers):
        client_of(world.kari).post(url, {"step": str(step.pk), "act": "done"})

    done = {n.content["text"]: n.content["is_done"] for n in notes_of(world.her, "step")}
    assert done == {"Ringe legen": True, "Gå ut": False}


def test_talks_stay_the_persons_when_the_share_has_ended(world: World) -> None:
    share = world.taken(Part.TALKS)
    sharing.begin_talk(side="person", share=share, content={"agenda": [{"by": "Tiril", "text": "Å flytte"}], "notes": "Til våren."})
    sharing.end_share(by=world.her, share=share)

    page = client_of(world.her).get(reverse("journey:talks")).content.decode()

    assert "Tidligere samtaler" in page
    assert "Å flytte" in page
    assert "Til våren." in page
