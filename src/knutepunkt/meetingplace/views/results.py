"""A counted vote in words and figures: the outcome, and the count round by round where there are enough ballots."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.meetingplace.choices.voice import Method
from knutepunkt.meetingplace.models import Vote
from knutepunkt.web.charts import Chart, bars

Options = list[tuple[int, str, int | None]]


@dataclass
class Round:
    """One round: its figure, and what happened in it."""

    chart: Chart
    says: str


@dataclass
class Result:
    """What a result page shows."""

    outcome: str
    turnout: str = ""
    chart: Chart | None = None
    rounds: list[Round] = field(default_factory=list)
    bought: list[list[str]] = field(default_factory=list)
    left: str = ""
    reasons: list[str] = field(default_factory=list)
    how: str = ""


def shown(vote: Vote, options: Options) -> Result:
    """A vote's result, as words and figures."""
    found: dict[str, Any] = vote.result or {}
    names = {number: name for number, name, _cost in options}
    made = Result(outcome_words(found, names), how=how_counted(vote.method))
    if not found.get("enough"):
        return made
    made.turnout = _turnout(found)
    if found.get("votes"):
        points = vote.method == Method.BORDA
        values = [found["votes"][str(n)] / (2 if points else 1) for n, _name, _cost in options]
        made.chart = bars(vote.question, list(names.values()), values, value_header=_("Poeng") if points else _("Stemmer"))
    made.rounds = [_round(number, one, names) for number, one in enumerate(found.get("rounds", []), 1)]
    made.reasons = found.get("reasons", [])
    for one in found.get("bought", []):
        pays = _("for penger som var igjen") if one["is_filled"] else _("høyst %(kroner)s kroner hver") % {"kroner": _kroner(one["most_paid"])}
        made.bought.append([names[one["option"]], _kroner(one["cost"]), str(one["supporters"]), pays])
    if "left" in found:
        made.left = _("Hver fikk %(share)s kroner å bruke. %(left)s kroner er igjen.") % {"share": _kroner(found["share"]), "left": _kroner(found["left"])}
    return made


def _kroner(number: float) -> str:
    return number_format(number, decimal_pos=0 if float(number).is_integer() else 2, force_grouping=True)


def _turnout(found: dict[str, Any]) -> str:
    if not found.get("seats"):
        return _("%(n)s tok del.") % {"n": found["turnout"]}
    return _("%(n)s av %(seats)s stemte.") % {"n": found["turnout"], "seats": found["seats"]}


def outcome_words(found: dict[str, Any], names: dict[int, str]) -> str:
    """The outcome in a sentence."""
    winners = ", ".join(names.get(number, "?") for number in found.get("winners", []))
    said = {
        "yes": _("Det ble ja."),
        "no": _("Det ble nei."),
        "tie": _("Det ble helt likt. Husmøtet må snakke mer sammen."),
        "agreed": _("Ingen var bekymret. Det er enighet."),
        "lived_with": _("Ingen var bekymret. Alle kan leve med det."),
        "concern": _("Noen er bekymret. Bekymringen må møtes før noe bestemmes."),
        "none": _("Ingen valg fikk stemmer."),
        "empty": _("Ingen stemte."),
        "no_quorum": _("Det stemte for få til at det gjelder."),
        "shared": _("Dette blir kjøpt: %(winners)s.") % {"winners": winners},
        "chosen": _("%(winners)s ble valgt.") % {"winners": winners},
    }
    if found.get("outcome") == "tie" and winners:
        return _("Det ble likt mellom %(winners)s. Husmøtet avgjør.") % {"winners": winners}
    return said.get(found.get("outcome", ""), "")


def _round(number: int, one: dict[str, Any], names: dict[int, str]) -> Round:
    votes = {int(option): count for option, count in one["votes"].items()}
    order = sorted(votes, key=lambda option: (-votes[option], option))
    chart = bars(_("Runde %(n)s") % {"n": number}, [names[o] for o in order], [votes[o] for o in order], value_header=_("Stemmer"))
    return Round(chart, " ".join(part for part in (_who_left(one, names, votes), _exhausted(one)) if part))


def _who_left(one: dict[str, Any], names: dict[int, str], votes: dict[int, int]) -> str:
    if one["out"] is None:
        best = max(votes.values(), default=0)
        if 2 * best > sum(votes.values()):
            first = next(o for o in votes if votes[o] == best)
            return _("%(name)s har mer enn halvparten av stemmene som er igjen.") % {"name": names[first]}
        return _("Ingen har mer enn halvparten, og ingen flere kan gå ut.")
    said = _("%(name)s går ut. De som hadde satt %(name)s øverst, teller nå for sitt neste valg.") % {"name": names[one["out"]]}
    why = {
        "earlier": _("Flere sto sist. Den som hadde færrest i en tidligere runde, gikk ut."),
        "named": _("Flere sto sist. Den som færrest hadde satt opp, gikk ut."),
        "order": _("Flere sto helt likt sist. Den som står nederst på stemmeseddelen, gikk ut."),
    }
    return f"{said} {why.get(one['tie'], '')}".strip()


def _exhausted(one: dict[str, Any]) -> str:
    number = one["exhausted"]
    if not number:
        return ""
    text = ngettext("%(n)s stemmeseddel har ingen flere valg.", "%(n)s stemmesedler har ingen flere valg.", number)
    return text % {"n": number}


def how_counted(method: str) -> str:
    """The method in plain words, with what happens when it is equal."""
    return {
        Method.YES_NO: _("Det blir ja når flere sier ja enn nei. Blanke teller med i hvor mange som stemte. Er det likt, er ingenting bestemt."),
        Method.CONCERN: _("Er ingen bekymret, er det enighet. Er noen bekymret, må bekymringen møtes først, også når de fleste er enige."),
        Method.APPROVAL: _("Du krysser av for alt du kan gå for. Det som får flest kryss, blir valgt. Er det likt, avgjør husmøtet."),
        Method.RANKED: _("Stemmen din teller for det du har satt øverst. Har ingen mer enn halvparten, går den svakeste ut, og de stemmene går til neste valg. Slik går det til en har mer enn halvparten. Står flere likt sist, går den ut som hadde færrest i forrige runde."),
        Method.BORDA: _("Hvert valg får ett poeng for hvert valg du har satt under det. Det du ikke har satt opp, deler siste plass. Flest poeng blir valgt. Er det likt, avgjør husmøtet."),
        Method.BUDGET: _("Alle får like mye av budsjettet. Det som kjøpes, betales av dem som ville ha det, og det som koster hver av dem minst for hver krone, kjøpes først. Slik får også små grupper noe. Er det penger igjen, går de til det flest vil ha og som det er råd til."),
    }[Method(method)]
