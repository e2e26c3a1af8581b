"""An invented journey for a demo hub: the participant has written for some months."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_  # noqa: N812 (Django's own habit)

from knutepunkt.journey.actions import sharing
from knutepunkt.journey.actions.keeping import keep_note
from knutepunkt.journey.actions.questionnaires import begin_response, bring_questionnaire, keep_answers
from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.questionnaires.answering import State
from knutepunkt.journey.methods.questionnaires.reading import read_file
from knutepunkt.journey.models import Note, Questionnaire
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.web.registers import DEMO_SEEDS

WHO, HELPER, COORDINATOR, CENTRE = "demo-deltaker", "demo-hjelper", "demo-koordinator", "lyngheim"
FORM = Path(__file__).parent / "data" / "uka-mi.json"
"""A questionnaire of our own, made for the demo: no instrument of anybody's, and not tried on anyone."""
MATTERS = (
    ("value", N_("At folk kan stole på meg.")), ("hope", N_("At jeg en dag synger for andre igjen.")),
    ("strength", N_("Jeg er tålmodig med dyr, og med folk som ikke sier så mye.")),
    ("good", N_("Kaia ved Havna tidlig på morgenen.")), ("role", N_("Tante. Det er det fineste jeg er.")),
)  # fmt: skip
GOALS = (
    (N_("Synge i gruppa på Havna"), "Fordi jeg er mest meg selv da.", True, "open",
     ((N_("Spørre Randi hvilken dag de øver"), True), (N_("Være med og bare høre på"), False))),
    (N_("Komme ut før klokka tolv"), "Dagene blir lengre og lysere.", False, "open", ((N_("Legge fram klær kvelden før"), False),)),
    (N_("Slutte å unnskylde meg"), "", False, "paused", ()),
)  # fmt: skip
STRATEGIES = (
    (N_("Gå til kaia"), N_("Bare ned og hjem igjen. Ti minutter."), True, (("yes", "Det var vind, og det var godt."), ("some", ""))),
    (N_("Ringe Solveig"), N_("Si at hun bare skal snakke, så hører jeg på."), True, (("yes", "Vi lo av hunden."),)),
    (N_("Lage mat med radioen på"), "", False, (("no", "For mye lyd den dagen."),)),
)  # fmt: skip
HINDRANCES = (("money", N_("Bussen koster for mye til at jeg kan dra hver dag.")), ("services", N_("Jeg må fortelle alt på nytt hver gang det kommer en ny.")))
CONTACTS = (
    (N_("Solveig"), False, "near", N_("Hun ler på rette sted."), "400 00 001"), (N_("Niesa mi"), False, "near", N_("Hun tror jeg kan alt."), ""),
    (N_("Kaia ved Havna"), True, "near", N_("Ro."), ""), (N_("Halvor på Havna"), False, "middle", N_("Sier hei og lar meg være."), ""),
    (N_("Biblioteket"), True, "middle", N_("Varmt, og ingen spør."), ""), (N_("Bror min"), False, "far", N_("Vi er på vei."), ""),
)  # fmt: skip
EVENTS = ((150, "Begynte på Havna"), (64, "Flyttet til ny leilighet"))
WORDS = (
    N_("Tung morgen. Bedre etter kaffe."), N_("Sov lite."), N_("Var på Havna. Sa ikke noe, og det gikk fint."), "", N_("Solveig ringte."),
    "Regn hele dagen. Jeg holdt meg inne.", "Gikk til kaia.", "Sang litt i dusjen.", "Mye uro.", "En helt vanlig dag. Det er lenge siden.",
    "Randi spurte om jeg ville høre på koret.", "Greit.",
)  # fmt: skip


def example() -> list[tuple[str, list[str]]]:
    """The invented journey as a filled example to read, heading by heading."""
    return [
        (_("Det som betyr noe"), [_(text) for _what, text in MATTERS]),
        (_("Mål og steg"), [": ".join([_(text), *([", ".join(_(step) for step, _done in steps)] if steps else [])])
                            for text, _why, _now, _state, steps in GOALS]),
        (_("Det som hjelper"), [f"{_(text)}. {_(how) if how else ''}".strip() for text, how, _hard, _tries in STRATEGIES]),
        (_("Det som står i veien"), [_(text) for _what, text in HINDRANCES]),
        (_("Mine folk og steder"), [f"{_(name)}: {_(gives)}" for name, _place, _near, gives, _phone in CONTACTS]),
        (_("Innsjekk"), [_(words) for words in WORDS[:5] if words]),
    ]  # fmt: skip


def seed_journey() -> None:
    """Write the invented journey if it is not there. Idempotent."""
    for floor in ("people", "organisations"):  # the lower floors first, whatever the order of the register
        if seed := DEMO_SEEDS.get(floor):
            seed()
    people = {p.handle: p for p in demo_people()}
    person = people.get(WHO)
    if person is None:
        return
    if not Note.objects.filter(person=person).exists():
        _begin(person)
        if HELPER in people:
            _share(person, people[HELPER])
    centre = demo_organisation(CENTRE)
    if centre is not None and COORDINATOR in people and not Questionnaire.objects.filter(organisation=centre).exists():
        _bring_form(people[COORDINATOR], centre, person)


def _begin(person: Any) -> None:
    today = timezone.localdate()
    _keep(person, "settings", parts=[p.value for p in Part])
    for what, text in MATTERS:
        _keep(person, "matter", what=what, text=text)
    for text, why, is_important, state, steps in GOALS:
        goal = _keep(person, "goal", text=text, why=why, is_important=is_important, state=state)
        for step, is_done in steps:
            _keep(person, "step", goal=str(goal.pk), text=step, is_done=is_done)
    for text, how, in_hard_moments, tries in STRATEGIES:
        strategy = _keep(person, "strategy", text=text, how=how, in_hard_moments=in_hard_moments)
        for number, (went, note) in enumerate(tries):
            on = (today - timedelta(days=20 - 9 * number)).isoformat()
            _keep(person, "try", strategy=str(strategy.pk), on=on, went=went, note=note)
    for what, text in HINDRANCES:
        _keep(person, "hindrance", what=what, text=text)
    for name, is_place, near, gives, phone in CONTACTS:
        _keep(person, "contact", name=name, is_place=is_place, near=near, gives=gives, phone=phone)
    for days, text in EVENTS:
        _keep(person, "event", on=(today - timedelta(days=days)).isoformat(), text=text)
    _keep(person, "dimension", name="Hvor godt sov jeg?", less="lite", more="hele natta")
    _keep(
        person, "plan", signs=["Jeg slutter å svare på meldinger", "Jeg ligger våken og teller"],
        helps=["Gå til kaia", "Ringe Solveig", "En varm dusj"], helps_not=["At noen ber meg ta meg sammen", "Mange folk på en gang"],
        call=[{"name": "Solveig", "phone": "400 00 001"}], others=["Sitt hos meg uten å spørre", "Minn meg på at det har gått over før"],
    )  # fmt: skip
    _check_ins(person)


def _share(person: Any, helper: Any) -> None:
    """One helper sees goals, plan and talks; they have talked once, and will again."""
    today = timezone.localdate()
    share, _code = sharing.share_parts(
        by=person, name=helper.chosen_name, parts=[Part.GOALS, Part.PLAN, Part.TALKS], until_on=today + timedelta(days=120)
    )
    sharing.take_share(by=helper, share=share)
    sharing.write_pact(share=share, known=None, content={
        "wants": "Spør meg hva jeg har tenkt selv, før du foreslår noe.", "promises": "Jeg hører ferdig. Jeg sier fra når jeg er borte.",
    })  # fmt: skip
    talk = sharing.begin_talk(side="person", share=share, content={
        "on": (today - timedelta(days=12)).isoformat(), "notes_by": "helper", "approved": ["helper", "person"],
        "agenda": [{"by": person.chosen_name, "text": "Kveldene. Det er da det er lengst."},
                   {"by": helper.chosen_name, "text": "Bussen til Havna"}],
        "notes": "Vi snakket om å ha noe å gjøre med hendene om kvelden. Strikketøyet ligger fortsatt i kassa fra flyttingen.",
    })  # fmt: skip
    for name, text, is_helpers in ((person.chosen_name, "Finne strikketøyet", False), (helper.chosen_name, "Spørre om busskort", False)):
        sharing.add_step(share=share, by_name=name, text=text, talk=talk.pk, is_by_helper=is_helpers)
    _keep(person, "meeting-note", talk=str(talk.pk), marks={"heard": 4, "mine": 5, "way": 4, "hope": 4})
    sharing.begin_talk(side="person", share=share, content={
        "on": (today + timedelta(days=9)).isoformat(), "agenda": [{"by": person.chosen_name, "text": "Om jeg tør å bli med i koret"}],
    })  # fmt: skip
    sharing.suggest(by=helper, share=share, kind="goal", content={"text": "Høre på koret fra gangen", "why": "Du sa at døra står åpen."})
    _keep(person, "wish", text="Ring Solveig, og si at hun kan komme med bikkja.", circle=[str(share.pk)])


def _check_ins(person: Any) -> None:
    """Fifty-six weeks, up and down, with some weeks left out."""
    today = timezone.localdate()
    for week in range(56):
        if week % 9 == 4:  # noqa: PLR2004 (a week nobody wrote)
            continue
        on = today - timedelta(weeks=week, days=week % 3 + 1)
        wave = (week * 7) % 11
        marks = {"hope": 1 + (wave + 9 - week // 8) % 5, "connectedness": 1 + (wave // 2 + week // 13) % 5,
                 "empowerment": 2 + (wave % 3), "difficulties": 1 + (week // 6 + wave) % 5}  # fmt: skip
        _keep(person, "checkin", on=on.isoformat(), words=WORDS[week % len(WORDS)], marks=marks)


def _keep(person: Any, kind: str, **content: Any) -> Note:
    return keep_note(by=person, kind=kind, content=content)


def _bring_form(coordinator: Any, centre: Any, person: Any) -> None:
    """The centre's one form, and some weeks of the participant's answers to it."""
    data, form = read_file(FORM.read_bytes())
    ours = bring_questionnaire(by=coordinator, organisation=centre, data=data, form=form, holder=form.holder, licence=form.licence)
    today, item = timezone.localdate(), form.by_link
    name = {link: "_".join(["i", *(str(form.items[n].place) for n in (*item[link].path, item[link].number))]) for link in item}
    for week, (out, together, food) in enumerate(((2, 1, 0), (3, 1, 1), (1, 2, 1), (4, 2, 2), (3, 3, 1))):
        note = begin_response(by=person, questionnaire=ours, form=form, language="nb")
        state = State({
            name["ute"]: [{"valueInteger": out}], name["sammen"]: [{"valueInteger": together}],
            name["smakte"]: [item["smakte"].options[food].value], name["lo"]: [{"valueBoolean": True}],
            name["lo-av"]: [{"valueString": "Hunden til Solveig."}], name["steder"]: [item["steder"].options[1].value],
        })  # fmt: skip
        keep_answers(
            by=person, note=note, questionnaire=ours, form=form, state=state, language="nb", on=today - timedelta(weeks=8 - week),
            is_done=True, version=None,
        )  # fmt: skip
