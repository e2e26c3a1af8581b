"""Co-determination in a real browser: axe on every page, and a round from proposal to vote to decision by keyboard alone at 390 px."""

import os
import shutil
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knutepunkt.meetingplace.actions import proposals, voting
from knutepunkt.meetingplace.demo.voice import seed_voice
from knutepunkt.meetingplace.models import Centre, Hiding, HouseMeeting, Proposal, Vote
from tests.browser.looking import context_of, cookie_of, faults_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
PICTURES = os.environ.get("KNUTEPUNKT_PICTURES")
AT = "/treffsted/lyngheim"


@pytest.fixture
def house(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    seed_voice()
    return live_server


def pages() -> dict[str, list[str]]:
    votes = list(Vote.objects.filter(centre__organisation__slug="lyngheim").order_by("pk").values_list("pk", flat=True))
    held, coming = HouseMeeting.objects.order_by("starts_at").first(), HouseMeeting.objects.order_by("starts_at").last()
    assert held
    assert coming
    opened, hidden = votes[-1], Hiding.objects.get()
    return {
        "": [f"{AT}/", f"{AT}/forslag/", f"{AT}/forslag/1/", f"{AT}/forslag/10/", f"{AT}/du-sa/", f"{AT}/du-sa/?vis=venter", f"{AT}/makt/",
             f"{AT}/avstemning/", *(f"{AT}/avstemning/{pk}/" for pk in votes), f"{AT}/husmote/", f"{AT}/husmote/{held.pk}/",
             f"{AT}/husmote/{coming.pk}/", f"{AT}/forslag/regler/", "/treffsted/forslag/kode/", "/treffsted/havna/avstemning/"],
        "Tuva": [f"{AT}/forslag/nytt/", f"{AT}/forslag/mine/", f"{AT}/forslag/1/mitt/", f"{AT}/avstemning/{opened}/stem/",
                 f"{AT}/avstemning/{opened}/endre/", f"{AT}/husmote/{coming.pk}/sak/", f"{AT}/forslag/10/", f"{AT}/husmote/"],
        "Geir": [f"{AT}/forslag/klage/{hidden.pk}/"],
        "Randi": [f"{AT}/forslag/papir/", f"{AT}/forslag/kort/", f"{AT}/forslag/skjult/", f"{AT}/forslag/10/steg/", f"{AT}/forslag/2/steg/?hva=igjen",
                  f"{AT}/forslag/10/bestemt/", f"{AT}/forslag/10/skjul/", f"{AT}/avstemning/ny/", f"{AT}/avstemning/{opened}/",
                  f"{AT}/avstemning/{opened}/liste/", f"{AT}/avstemning/{opened}/spurt/", f"{AT}/husmote/nytt/",
                  f"{AT}/husmote/{coming.pk}/styr/", f"{AT}/husmote/{held.pk}/referat/", f"{AT}/husmote/{coming.pk}/sak/", f"{AT}/forslag/10/"],
    }  # fmt: skip


def test_every_page_of_co_determination_is_accessible(chromium: Any, house: Any) -> None:
    assert faults_of(chromium, house.url, pages()) == []


def press(page: Any, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.press("Enter")


def test_a_participants_round_by_keyboard_alone(chromium: Any, house: Any) -> None:
    """A participant proposes and votes; the host opens the vote, and writes down what was decided; the wall says so."""
    tuva, randi = context_of(chromium, house.url, "Tuva"), context_of(chromium, house.url, "Randi")
    page, desk = tuva.new_page(), randi.new_page()

    page.goto(f"{AT}/forslag/")
    press(page, "link", "Foreslå noe")
    page.get_by_label("Hva vil du foreslå?").press_sequentially("Frokost på fredager")
    press(page, "button", "Videre")
    page.get_by_text("Frokost på mandager").wait_for()  # a like one is shown
    page.get_by_label("Fortell mer").press_sequentially("Det var så godt på mandag.")
    press(page, "button", "Send forslaget")
    page.get_by_text("Takk. Forslaget er kommet inn.").wait_for()
    made = Proposal.objects.get(title="Frokost på fredager")

    desk.goto(f"{AT}/forslag/{made.number}/")
    press(desk, "link", "Stem over det")
    desk.get_by_label("Hva stemmer dere over?").press_sequentially("Frokost på fredager?")
    desk.get_by_label("Gjelder det et forslag?").select_option(str(made.pk))
    desk.get_by_role("radio", name="Ja eller nei").press("Space")
    press(desk, "button", "Videre til lista")
    press(desk, "button", "Åpne avstemningen")
    desk.get_by_text("Avstemningen er åpen.").wait_for()

    page.goto(f"{AT}/forslag/{made.number}/")
    press(page, "link", "Stem over dette")
    press(page, "link", "Stem")
    page.get_by_role("radio", name="Ja").press("Space")
    press(page, "button", "Legg stemmen i kassa")
    receipt = page.locator(".kp-codecard-code").inner_text()
    press(page, "link", "Ferdig")
    press(page, "link", "Jeg har stemt, og vil endre")
    page.get_by_label("Kvitteringskoden").press_sequentially(receipt)
    press(page, "button", "Finn stemmen")
    page.get_by_role("radio", name="Nei").press("Space")
    press(page, "button", "Endre stemmen")
    page.get_by_text("Kvitteringen sier ikke hva du stemte.").wait_for()
    vote = Vote.objects.get(question="Frokost på fredager?")
    Vote.objects.filter(pk=vote.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    desk.goto(f"{AT}/avstemning/{vote.pk}/")
    press(desk, "button", "Tell stemmene")
    desk.get_by_text("Det ble nei.").wait_for()
    desk.get_by_text("Færre enn fem stemte.").wait_for()

    desk.goto(f"{AT}/forslag/{made.number}/bestemt/")
    desk.get_by_role("radio", name="nei", exact=True).press("Space")
    desk.get_by_label("Hvorfor?").press_sequentially("For få kunne lage den.")
    press(desk, "button", "Lagre det som ble bestemt")
    page.goto(f"{AT}/du-sa/?vis=nei")
    page.get_by_text("For få kunne lage den.").wait_for()
    page.goto("/min-side/")
    page.get_by_text("Det er nytt om noe du har foreslått.").first.wait_for()
    for context in (tuva, randi):
        context.close()


def test_a_guests_round_with_a_card_by_keyboard_alone(chromium: Any, house: Any) -> None:
    """Somebody without an account proposes, supports, asks, votes, and sees the answer with the same card."""
    centre = Centre.objects.select_related("organisation").get(organisation__slug="lyngheim")
    host = context_of(chromium, house.url, "Randi")
    desk = host.new_page()
    desk.goto(f"{AT}/forslag/kort/")
    desk.get_by_label("Hva vil den som får kortet, bli kalt?").press_sequentially("Bo")
    press(desk, "button", "Lag et kort")
    code = desk.locator(".kp-codecard-code").inner_text()
    guest = context_of(chromium, house.url)
    page = guest.new_page()

    page.goto(f"/treffsted/forslag/kode/#{code}")  # as the QR on the card leads
    assert page.get_by_label("Koden på kortet eller lappen").input_value() == code
    assert "#" not in page.url
    press(page, "button", "Åpne")
    press(page, "link", "Foreslå noe")
    page.get_by_label("Hva vil du foreslå?").press_sequentially("Krok til jakka")
    press(page, "button", "Videre")
    page.get_by_label("Alle kan se navnet mitt").press("Space")
    page.wait_for_timeout(2200)  # as long as anybody takes
    press(page, "button", "Send forslaget")
    page.get_by_text("Takk. Forslaget er kommet inn.").wait_for()
    page.goto(f"{AT}/forslag/10/")
    press(page, "button", "Jeg er for dette")
    page.get_by_role("button", name="Jeg er ikke for dette lenger").wait_for()
    page.get_by_role("radio", name="Jeg lurer på noe").press("Space")
    page.get_by_label("Hva vil du si?").press_sequentially("Blir det mat?")
    page.wait_for_timeout(2200)
    press(page, "button", "Si det")
    page.get_by_text("Blir det mat?").wait_for()

    card = Proposal.objects.get(title="Krok til jakka").card
    assert card
    vote = voting.make_vote(by="test", centre=centre, question="Hvor skal kroken henge?", method="ranked", options=[("Gangen", None), ("Stua", None)])
    voting.open_vote(by="test", vote=vote, closes_at=timezone.now() + timedelta(days=1), cards=[card.pk])
    page.goto(f"{AT}/avstemning/{vote.pk}/")
    press(page, "link", "Stem")
    page.get_by_label("Stua").select_option("1")
    press(page, "button", "Legg stemmen i kassa")
    page.get_by_text("Vi lagrer den ikke.").wait_for()
    made = Proposal.objects.get(title="Krok til jakka")
    proposals.decide_proposal(by="test", proposal=made, outcome="yes", reason="Den henger der nå", doer="Randi", do_by=timezone.localdate())
    page.goto(f"{AT}/forslag/mine/")
    page.get_by_text("Den henger der nå").wait_for()
    for context in (host, guest):
        context.close()


def test_a_hosts_round_from_the_box_to_the_wall_by_keyboard_alone(chromium: Any, house: Any) -> None:
    """A host types in a slip, takes it to the house meeting, writes minutes and decision, and prints them."""
    host = context_of(chromium, house.url, "Randi")
    page = host.new_page()
    page.goto(f"{AT}/forslag/papir/")
    page.get_by_label("Forslaget med få ord").press_sequentially("Lys over trappa")
    page.get_by_label("Navn på lappen").press_sequentially("Alma")
    press(page, "button", "Lagre og lag kvittering")
    page.locator(".kp-codecard-code").wait_for()
    made, meeting = Proposal.objects.get(title="Lys over trappa"), HouseMeeting.objects.filter(published_at=None).get()

    page.goto(f"{AT}/forslag/{made.number}/")
    press(page, "link", "Ta det videre")
    page.get_by_role("radio", name="Til husmøtet").press("Space")
    page.get_by_label("Hvilket husmøte?").select_option(str(meeting.pk))
    press(page, "button", "Lagre")
    page.goto(f"{AT}/husmote/{meeting.pk}/styr/")
    page.get_by_role("radio", name="Tuva").press("Space")
    press(page, "button", "Velg")
    page.get_by_label("Hva skal gjøres?").press_sequentially("Kjøpe lampe")
    page.get_by_label("Hvem tok det på seg?").press_sequentially("Alma")
    page.locator("form", has=page.get_by_label("Hva skal gjøres?")).get_by_role("button", name="Legg til").press("Enter")
    page.goto(f"{AT}/husmote/{meeting.pk}/referat/")
    page.get_by_label("Kort fortalt").press_sequentially("Vi var tolv. Det var god stemning.")
    press(page, "button", "Lagre")
    page.locator("li", has_text="Lys over trappa").get_by_role("link", name="Skriv hva som ble bestemt").press("Enter")
    page.get_by_role("radio", name="ja", exact=True).press("Space")
    page.get_by_label("Hvorfor?").press_sequentially("Flere har snublet.")
    page.get_by_label("Hvem gjør det?").press_sequentially("Alma")
    page.get_by_label("Når er det gjort?").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    press(page, "button", "Lagre det som ble bestemt")
    page.goto(f"{AT}/husmote/{meeting.pk}/styr/")
    press(page, "button", "Legg ut")
    page.get_by_text("Referatet er ute.").wait_for()

    for path, said in ((f"{AT}/husmote/{meeting.pk}/", "Flere har snublet."), (f"{AT}/du-sa/?vis=lovet", "Alma")):
        page.goto(path)
        page.get_by_text(said).first.wait_for()
    assert host.request.get(f"{AT}/husmote/{meeting.pk}/vegg.pdf").body().startswith(b"%PDF")
    host.close()


def test_a_proposal_is_spoken_into_the_page(chromium: Any, house: Any) -> None:
    """With script one may speak; the recording goes in as a file and is heard by all."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    )
    context = browser.new_context(locale="nb-NO", base_url=house.url, permissions=["microphone"])
    context.add_cookies([{"name": "sessionid", "value": cookie_of("Tuva"), "url": house.url}])
    page = context.new_page()

    page.goto(f"{AT}/forslag/nytt/")
    press(page, "button", "Videre")
    press(page, "button", "Ta opp")
    page.get_by_role("button", name="Stopp opptaket").wait_for()
    page.wait_for_timeout(1200)
    press(page, "button", "Stopp opptaket")
    page.get_by_text("Opptaket er klart.").wait_for()
    press(page, "button", "Send forslaget")
    page.get_by_text("Takk. Forslaget er kommet inn.").wait_for()
    made = Proposal.objects.get(title="", sound__isnull=False)
    answer = context.request.get(f"{AT}/forslag/{made.number}/lyd/")
    kind, heard = answer.headers["content-type"], answer.body()
    browser.close()

    assert kind == "audio/webm"
    assert len(heard) > 500
