"""The words proposals, votes and house meetings are spoken of in."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from knutepunkt.organisations.choices import Role


class State(models.TextChoices):
    """Where a proposal has come to."""

    NEW = "new", _("nytt")
    TALK = "talk", _("snakkes om")
    MEETING = "meeting", _("til husmøtet")
    DECIDED = "decided", _("bestemt")
    DONE = "done", _("gjort")


class Outcome(models.TextChoices):
    """What was decided."""

    YES = "yes", _("ja")
    CHANGED = "changed", _("ja, endret")
    NO = "no", _("nei")


class Group(models.TextChoices):
    """What somebody was at the centre when they spoke: for the count of who has power, never for a name."""

    PARTICIPANT = "participant", _("deltakere")
    STAFF = "staff", _("ansatte og ledere")


class Way(models.TextChoices):
    """How a proposal came in."""

    ACCOUNT = "account", _("med konto")
    CARD = "card", _("med kort")
    PAPER = "paper", _("på papir")


class Remark(models.TextChoices):
    """What somebody says about a proposal."""

    COMMENT = "comment", _("Jeg vil si noe")
    QUESTION = "question", _("Jeg lurer på noe")


class Ground(models.TextChoices):
    """The rules for what is hidden; they stand on a page of their own."""

    PERSON = "person", _("Det handler om en bestemt person som ikke har sagt ja")
    HURTS = "hurts", _("Det truer, trakasserer eller kaller noen noe stygt")
    SECRET = "secret", _("Det forteller noe andre har sagt i fortrolighet")
    TRADE = "trade", _("Det er reklame, eller noe som ikke angår huset")
    LAW = "law", _("Det er ulovlig")


class Method(models.TextChoices):
    """How votes are counted."""

    YES_NO = "yes_no", _("Ja eller nei")
    CONCERN = "concern", _("Enig, kan leve med det, eller bekymret")
    APPROVAL = "approval", _("Kryss av for alt du kan gå for")
    RANKED = "ranked", _("Sett i rekkefølge, den svakeste går ut")
    BORDA = "borda", _("Sett i rekkefølge, poeng for plassen")
    BUDGET = "budget", _("Del et budsjett")


class Hand(models.TextChoices):
    """How a vote is taken."""

    SECRET = "secret", _("Hemmelig, med konto eller kort")
    HANDS = "hands", _("Håndsopprekning, talt av to")


class VoteState(models.TextChoices):
    """Where a vote has come to."""

    DRAFT = "draft", _("forberedes")
    OPEN = "open", _("åpen")
    CLOSED = "closed", _("avsluttet")


WITH_OPTIONS = (Method.APPROVAL, Method.RANKED, Method.BORDA, Method.BUDGET)
BY_HANDS = (Method.YES_NO, Method.CONCERN, Method.APPROVAL)
"""Methods hands can be counted by."""
FIXED_OPTIONS = {
    Method.YES_NO: (_("Ja"), _("Nei"), _("Blank")),
    Method.CONCERN: (_("Enig"), _("Kan leve med det"), _("Bekymret")),
}
YES, NO, BLANK = 0, 1, 2
AGREE, LIVE_WITH, CONCERN = 0, 1, 2
PARTICIPATING = (Role.PARTICIPANT, Role.NEXT_OF_KIN, Role.PEER_WORKER, Role.USER_EVALUATOR)
"""Roles that speak for participants when power is counted; whoever holds one of them is counted here."""

CARD, SLIP, SEAT = "meetingplace.voice", "meetingplace.slip", "meetingplace.seat"
"""Codes on paper: the place's card for a guest, the receipt for a paper slip, a voting card."""
MOST_OPTIONS = 20
MOST_SEATS = 1000
LONGEST_REASON = 300
WAITS = timedelta(days=14)
"""After this many days without a word, the wall says so in a stronger way."""
CARDS_KEPT = timedelta(days=400)
SEATS_KEPT = timedelta(days=90)
HIDDEN_KEPT = timedelta(days=180)
"""What was hidden, and stands hidden, is deleted after this."""
UNDECIDED = (State.NEW, State.TALK, State.MEETING)
LARGEST_SOUND = 7 * 1024 * 1024
