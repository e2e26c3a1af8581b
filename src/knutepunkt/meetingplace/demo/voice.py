"""Invented proposals, votes and house meetings at Havna and Lyngheim, made by the room's own actions."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.events.choices import OSLO
from knutepunkt.meetingplace.actions import meetings, moderation, proposals, voting
from knutepunkt.meetingplace.choices.voice import Ground, Hand, Method, Outcome, Remark, State
from knutepunkt.meetingplace.demo.place import seed_place
from knutepunkt.meetingplace.models import Centre, Comment, HouseMeeting, Proposal, Step, Vote
from knutepunkt.meetingplace.queries.voice import Speaker
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.web.registers import DEMO_SEEDS

YES, CHANGED, NO = Outcome.YES, Outcome.CHANGED, Outcome.NO
# days ago, title, text, who (a handle's end, or a name on paper), days to the decision, what was decided
LYNGHEIM: tuple[dict[str, Any], ...] = (
    {"ago": 150, "title": "Frokost på mandager", "by": "deltaker", "shows": True, "for": 4,
     "text": "Mandag er den tyngste dagen. Kan vi ha havregrøt og kaffe fra klokka ni?",
     "after": 14, "outcome": YES, "reason": "Mange sa at mandag er tung. Grøt koster lite, og flere vil være med og lage den.",
     "doer": "Grøtgruppa", "done": "Det er grøt hver mandag klokka ni. Du kan komme og bare sitte."},
    {"ago": 132, "title": "En krok der det er stille", "paper": "",
     "text": "Jeg blir sliten av lyd. Jeg vil gjerne være her, men trenger et sted å sitte i fred.",
     "after": 21, "outcome": CHANGED, "reason": "Vi har ikke et helt rom. Men vi kan gjøre kroken ved bokhylla til en stille krok, med lenestol og lampe.",
     "concern": "Noen var redde for at det blir et sted man blir glemt.", "met": "Verten sier hei til alle som sitter der, én gang om dagen.",
     "doer": "Randi og to til", "done": "Kroken står klar. Lenestolen kom fra loftet."},
    {"ago": 118, "title": "Hund på huset", "by": "parorende", "text": "Hunden min gjør at jeg kommer meg ut. Kan hun bli med?",
     "after": 30, "outcome": NO, "reason": "To av oss er redde for hunder, og én er allergisk. Vi vil at alle skal kunne komme. Vi lager en turgruppe der hunder kan være med."},
    {"ago": 95, "title": "Møtene må begynne senere", "card": "Bjarne", "shows": True,
     "text": "Medisinen gjør meg trøtt om morgenen. Klokka tolv går bra.", "after": 9, "outcome": YES,
     "reason": "Husmøtet er for alle. Da må alle rekke det.", "doer": "Den som kaller inn", "done": "Husmøtene er klokka tolv fra nå av."},
    {"ago": 80, "title": "Bussen til svømmehallen", "by": "brukerevaluator", "text": "Kan vi dele på en minibuss én gang i måneden?",
     "after": 40, "outcome": YES, "reason": "Vi har råd til ti turer i året. Kommunen låner oss bussen på lørdager.", "doer": "Ingvild", "by_days": 25},
    {"ago": 64, "title": "Skilt ved døra som sier at man bare kan komme inn", "paper": "Solveig", "shows": True,
     "text": "Jeg gikk forbi tre ganger før jeg torde. Et skilt hadde hjulpet.", "after": 12, "outcome": YES,
     "reason": "Flere kjente seg igjen.", "doer": "Kunstgruppa", "by_days": 14},
    {"ago": 40, "title": "Gitar og sang på torsdager", "by": "brukerevaluator-to", "text": "Jeg kan spille. Noen må synge.", "state": State.MEETING, "for": 5,
     "note": "Dette tar vi på neste husmøte."},
    {"ago": 33, "title": "Hva skal vi bruke gaven på?", "text": "Banken ga oss 20 000 kroner. Vi bør bestemme sammen.", "by": "koordinator", "state": State.MEETING},
    {"ago": 26, "title": "Fast plass for rullator i gangen", "paper": "", "text": "Det er trangt. Den står alltid i veien for noen.", "state": State.TALK,
     "note": "Vi måler gangen, og snakker med vaktmesteren."},
    {"ago": 19, "title": "Åpent lenger på torsdager", "by": "redaktor", "state": State.TALK, "for": 3,
     "text": "Torsdag kveld er lang. Kan vi ha åpent til klokka åtte?", "note": "Vi spør hvem som kan være vert."},
    {"ago": 6, "title": "Kurs i å betale regninger på nett", "card": "", "text": "Jeg er ikke den eneste som ikke får det til."},
    {"ago": 2, "title": "Mer te, mindre kaffe", "by": "deltaker", "text": "Det finnes bare én slags te."},
)  # fmt: skip
HAVNA: tuple[dict[str, Any], ...] = (
    {"ago": 70, "title": "Båttur før sommeren er over", "by": "vert", "text": "Naboen låner oss sjekta.", "after": 5, "outcome": YES,
     "reason": "Alle ville.", "doer": "Halvor", "done": "Vi var ni på sjøen. Ingen ble våte."},
    {"ago": 24, "title": "Tørkeskap til arbeidsklær", "paper": "", "text": "Klærne er våte dagen etter.", "state": State.TALK, "note": "Vi henter inn pris."},
    {"ago": 9, "title": "Verktøy som passer for små hender", "card": "Ragna", "shows": True, "text": "Alt er for stort for meg."},
)  # fmt: skip
SAID = (
    ("Åpent lenger på torsdager", "deltaker", Remark.COMMENT, "Jeg kan være med og rydde etterpå.", False),
    ("Åpent lenger på torsdager", "parorende", Remark.QUESTION, "Går det buss hjem klokka åtte?", False),
    ("Åpent lenger på torsdager", "koordinator", Remark.COMMENT, "Ja, bussen går ti over åtte. Vi spør hvem som kan være vert.", True),
    ("Frokost på mandager", "brukerevaluator", Remark.COMMENT, "Jeg tar med blåbær fra fryseren.", False),
    ("Gitar og sang på torsdager", "deltaker", Remark.COMMENT, "Jeg synger gjerne, hvis ingen ler.", False),
)  # fmt: skip
GIFT = (("Ny ovn til grøten", 8000), ("Tur til fjells", 7500), ("Leire og maling", 3000), ("Benk ute i sola", 5000), ("Noter og strenger", 1500))
VOTES: tuple[dict[str, Any], ...] = (
    {"question": "Skal husmøtet være klokka tolv?", "method": Method.YES_NO, "about": "Møtene må begynne senere", "ago": 88,
     "ballots": [[0], [0], [0], [1], [0], [0], [2], [0], [0]]},
    {"question": "En stille krok ved bokhylla", "method": Method.CONCERN, "about": "En krok der det er stille", "ago": 115,
     "ballots": [[0], [0], [1], [2, "Jeg er redd for at den som sitter der, blir glemt."], [0], [0], [1], [2, "Bokhylla må fortsatt være for alle."]]},
    {"question": "Hva skal vi gjøre på lørdager?", "method": Method.APPROVAL, "options": ["Gå tur", "Spille kort", "Se film", "Lage mat"], "ago": 60,
     "ballots": [[0, 3], [3], [1, 3], [0, 2], [2, 3], [3], [0], [1, 3], [0, 3]]},
    {"question": "Hvor skal sommerturen gå?", "method": Method.RANKED, "options": ["Fjellet", "Øya", "Byen", "Seterdalen"], "ago": 75,
     "ballots": [[0, 3, 1], [0, 3], [0], [1, 0], [1, 2], [1, 3, 0], [2, 1], [2, 1, 0], [3, 0], [3, 0, 1], [0, 3]]},
    {"question": "Hvilken farge skal døra ha?", "method": Method.BORDA, "options": ["Blå", "Gul", "Rød"], "ago": 52,
     "ballots": [[0, 1, 2], [1, 0], [0, 1], [2, 1, 0], [1, 2], [0, 1], [1, 0, 2]]},
    {"question": "Hva skal vi bruke 20 000 kroner på?", "method": Method.BUDGET, "about": "Hva skal vi bruke gaven på?", "ago": 12, "options": GIFT,
     "budget": 20000, "ballots": [[0, 1], [0, 1], [0, 3], [0, 1, 3], [2], [2, 4], [2, 4], [0, 1], [3, 1], [0]]},
)  # fmt: skip


def seed_voice() -> None:
    """Make what is missing. Calling it again changes nothing."""
    for floor in ("people", "organisations"):  # lower floors first, whatever the order of the register
        if seed := DEMO_SEEDS.get(floor):
            seed()
    seed_place()
    if Proposal.objects.filter(is_demo=True).exists():
        return
    people = {person.handle.removeprefix("demo-"): person for person in demo_people()}
    for slug, facts in (("lyngheim", LYNGHEIM), ("havna", HAVNA)):
        organisation = demo_organisation(slug)
        centre = Centre.objects.select_related("organisation").filter(organisation=organisation).first()
        if centre is not None:
            with transaction.atomic():
                _seed(centre, facts, people, host=people["koordinator" if slug == "lyngheim" else "vert"])


def _seed(centre: Centre, facts: tuple[dict[str, Any], ...], people: dict[str, Any], *, host: Any) -> None:
    by_title = {one["title"]: _propose(centre, one, people, host) for one in facts}
    if centre.organisation.slug == "lyngheim":
        for title, who, kind, text, is_from_host in SAID:
            speaker = Speaker(person=people[who])
            made = proposals.say(by=speaker, proposal=by_title[title], kind=kind, text=text, is_from_host=is_from_host)
            Comment.objects.filter(pk=made.pk).update(made_at=by_title[title].made_at + timedelta(days=1))
        _hide_one(by_title["Mer te, mindre kaffe"], people)
        _votes(centre, by_title, people, host)
    for one in facts:
        _answer(by_title[one["title"]], one, host)
    if centre.organisation.slug == "lyngheim":
        _meetings(centre, by_title, people, host)
    else:
        _hands(centre, host, people)


def _propose(centre: Centre, one: dict[str, Any], people: dict[str, Any], host: Any) -> Proposal:
    words = {"title": one["title"], "text": one["text"], "shows_name": one.get("shows", False), "is_demo": True}
    if "paper" in one:
        made = proposals.type_in_slip(by=host, centre=centre, author_name=one["paper"], **words)
    elif "card" in one:
        card, _code = proposals.hand_out_card(by=host, centre=centre, name=one["card"])
        made = proposals.make_proposal(by=Speaker(card=card), centre=centre, **words)
    else:
        made = proposals.make_proposal(by=Speaker(person=people[one["by"]]), centre=centre, **words)
    for handle in ("deltaker", "parorende", "brukerevaluator", "brukerevaluator-to", "redaktor")[: one.get("for", 0)]:
        proposals.support(by=Speaker(person=people[handle]), proposal=made)
    made.made_at = timezone.now() - timedelta(days=one["ago"])
    Proposal.objects.filter(pk=made.pk).update(made_at=made.made_at)
    Step.objects.filter(proposal=made).update(at=made.made_at)
    return made


def _answer(proposal: Proposal, one: dict[str, Any], host: Any) -> None:
    """Take a proposal as far as its story goes, with the days it took."""
    if "state" in one:
        _dated(proposals.move_proposal(by=host, proposal=proposal, state=one["state"], note=one.get("note", "")), one["ago"] - 4)
    if "outcome" not in one:
        return
    at, is_yes = one["ago"] - one["after"], one["outcome"] != NO
    do_by = timezone.localdate() + timedelta(days=one.get("by_days", 20 - at)) if is_yes else None
    look = timezone.localdate() + timedelta(days=90) if "concern" in one else None
    row = proposals.decide_proposal(
        by=host, proposal=proposal, outcome=one["outcome"], reason=one["reason"], doer=one.get("doer", ""), do_by=do_by,
        strongest_concern=one.get("concern", ""), concern_met=one.get("met", ""), look_again_on=look,
    )  # fmt: skip
    Proposal.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=at))
    _dated(row, at)
    if "done" in one:
        _dated(proposals.finish_proposal(by=host, proposal=row, says=one["done"]), max(at - 15, 1))


def _dated(proposal: Proposal, ago: int) -> None:
    at = timezone.now() - timedelta(days=ago)
    Proposal.objects.filter(pk=proposal.pk).update(heard_at=at)
    newest = Step.objects.filter(proposal=proposal).order_by("-pk").first()
    if newest is not None:
        Step.objects.filter(pk=newest.pk).update(at=at)


def _hide_one(proposal: Proposal, people: dict[str, Any]) -> None:
    """Something was said about a person, and hidden with a reason."""
    said = proposals.say(
        by=Speaker(person=people["parorende"]), proposal=proposal, kind=Remark.COMMENT, text="Han som drikker opp all teen, vet hvem han er."
    )
    reason = "Det peker på én bestemt. Skriv gjerne at det mangler te."
    moderation.hide(by=people["koordinator"], thing=said, ground=Ground.PERSON, reason=reason)


def _votes(centre: Centre, by_title: dict[str, Proposal], people: dict[str, Any], host: Any) -> None:
    for facts in VOTES:
        options = [one if isinstance(one, tuple) else (one, None) for one in facts.get("options", ())]
        vote = voting.make_vote(
            by=host, centre=centre, question=facts["question"], method=facts["method"], options=options,
            budget_kroner=facts.get("budget"), proposal=by_title.get(facts.get("about", "")), is_demo=True,
        )  # fmt: skip
        cards = [proposals.hand_out_card(by=host, centre=centre)[0].pk for _ in facts["ballots"]]
        voting.open_vote(by=host, vote=vote, closes_at=timezone.now() + timedelta(hours=1), cards=cards)
        for seat, ballot in zip(vote.seats.all(), facts["ballots"], strict=True):
            reason = next((part for part in ballot if isinstance(part, str)), "")
            chosen = [part for part in ballot if not isinstance(part, str)]
            voting.cast(vote=vote, seat=seat, receipt=voting.new_receipt(), ballot={"c": chosen, "r": reason})
        at = timezone.now() - timedelta(days=facts["ago"])
        Vote.objects.filter(pk=vote.pk).update(opened_at=at - timedelta(days=7), closes_at=at)
        voting.close_vote(by="job", vote=vote)
        Vote.objects.filter(pk=vote.pk).update(closed_at=at)
    _open_one(centre, by_title, people, host)


def _open_one(centre: Centre, by_title: dict[str, Proposal], people: dict[str, Any], host: Any) -> None:
    """One vote is open, and three have voted."""
    vote = voting.make_vote(
        by=host, centre=centre, question="Skal vi ha åpent til klokka åtte på torsdager?", method=Method.CONCERN,
        text="Det trengs to verter hver torsdag. Kvelden koster 300 kroner i mat.", proposal=by_title["Åpent lenger på torsdager"], is_demo=True,
    )  # fmt: skip
    who = [people[h].pk for h in ("deltaker", "parorende", "brukerevaluator", "brukerevaluator-to", "redaktor", "koordinator")]
    voting.open_vote(by=host, vote=vote, closes_at=timezone.now() + timedelta(days=9), people=who)
    for handle in ("parorende", "brukerevaluator", "redaktor"):
        voting.cast(vote=vote, seat=vote.seats.get(person=people[handle]), receipt=voting.new_receipt(), ballot={"c": [0], "r": ""})


def _hands(centre: Centre, host: Any, people: dict[str, Any]) -> None:
    vote = voting.make_vote(by=host, centre=centre, question="Skal vi male båthuset rødt?", method=Method.YES_NO, hand=Hand.HANDS, is_demo=True)
    voting.open_vote(by=host, vote=vote, closes_at=timezone.now() + timedelta(days=1))
    for person in (host, people["erfaringskonsulent"]):
        voting.count_hands(by=person, vote=vote, counts=[7, 2, 1], present=10)


def _noon(days: int) -> datetime:
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(12), OSLO)


def _meetings(centre: Centre, by_title: dict[str, Proposal], people: dict[str, Any], host: Any) -> None:
    """Two meetings with minutes, and one to come."""
    for handle in ("deltaker", "parorende", "brukerevaluator", "redaktor"):
        meetings.say_willing(by=people[handle], centre=centre, yes=True)
    first = _held(centre, people, host, days=-86, chair="brukerevaluator", came=11, titles=("Møtene må begynne senere", "Hund på huset"), by_title=by_title,
                  minutes="Vi var elleve, og to var her for første gang.\n\nVi snakket om når møtene skal være, og om hunder. Det var uenighet om hund. Alle fikk si sitt.")  # fmt: skip
    meetings.take_on(by=host, meeting=first, what="Lage plakat om turgruppa", who="Geir", by_date=timezone.localdate() - timedelta(days=70))
    second = _held(centre, people, host, days=-40, chair="parorende", came=14, titles=("Bussen til svømmehallen",), by_title=by_title,
                   minutes="Vi var fjorten.\n\nVi regnet på hva turene koster. Vi ble enige om ti turer i året.")  # fmt: skip
    meetings.take_on(by=host, meeting=second, what="Spørre kommunen om minibuss", who="Ingvild", by_date=timezone.localdate() - timedelta(days=20))
    meetings.take_on(by=host, meeting=second, what="Henge opp badetidene", who="Kunstgruppa")
    coming = meetings.call_meeting(by=host, centre=centre, starts_at=_noon(11), where="Stua", is_demo=True)
    for title in ("Gitar og sang på torsdager", "Hva skal vi bruke gaven på?"):
        meetings.add_item(by=Speaker(person=people["deltaker"]), meeting=coming, title=title, proposal=by_title[title])
    meetings.add_item(by=host, meeting=coming, title="Hvem vanner blomstene i ferien?", author_name="Solveig")


def _held(
    centre: Centre, people: dict[str, Any], host: Any, *, days: int, chair: str, came: int, minutes: str,
    titles: tuple[str, ...], by_title: dict[str, Proposal],
) -> HouseMeeting:  # fmt: skip
    made = meetings.call_meeting(by=host, centre=centre, starts_at=_noon(days), where="Stua", is_demo=True)
    meetings.choose_chair(by=host, meeting=made, person=people[chair])
    for title in titles:
        item = meetings.add_item(by=host, meeting=made, title=title, proposal=by_title[title])
        decided = Proposal.objects.get(pk=by_title[title].pk).reason
        meetings.write_item(by=host, item=item, said="Alle som ville, sa noe. Noen sendte lapp.", decided=decided, version=0)
        Step.objects.filter(proposal=by_title[title]).exclude(outcome="").filter(state=State.DECIDED).update(meeting=made)
    meetings.write_minutes(by=host, meeting=made, minutes=minutes, came=came, version=0)
    return meetings.publish_minutes(by=host, meeting=made)
