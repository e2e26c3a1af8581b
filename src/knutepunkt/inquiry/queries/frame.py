"""Reads of the frame: which inquiries somebody sees, where one stands, and what is missing."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.queries import purposes_by_subject
from knutepunkt.inquiry.choices import Phase, TeamRole
from knutepunkt.inquiry.models import (
    Edition,
    FindingPassage,
    HiddenText,
    Inquiry,
    Participant,
    TeamInvitation,
    TeamMember,
)
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where, roles_of

TEAM_ROLES = "_team_roles"


def team_role(person: Any, inquiry: Inquiry) -> str:
    """What a person does in the team today, or an empty text.

    No query for whoever the inquiry was found for by `inquiries_visible_to`; else one, kept on the inquiry.
    """
    if not getattr(person, "is_authenticated", False):
        return ""
    if getattr(inquiry, "reader", None) == person.pk:
        return getattr(inquiry, "reader_role", None) or ""
    known: dict[Any, str] | None = getattr(inquiry, TEAM_ROLES, None)
    if known is None:
        rows = TeamMember.objects.filter(inquiry=inquiry, left_on=None)
        known = dict(rows.values_list("person_id", "role"))
        setattr(inquiry, TEAM_ROLES, known)
    return known.get(person.pk, "")


def inquiries_visible_to(person: Any) -> QuerySet[Inquiry]:
    """The inquiries a person works in, leads as a coordinator, or has asked for; newest first.

    Each comes with what nearly every page asks: the reader's role in the team, and whether something in it
    is hidden until the lead has answered.
    """
    if not getattr(person, "is_authenticated", False):
        return Inquiry.objects.none()
    in_team = TeamMember.objects.filter(inquiry=OuterRef("pk"), person=person, left_on=None)
    hidden = HiddenText.objects.filter(inquiry=OuterRef("pk"), answered_at=None)
    seen = Q(reader_role__isnull=False)
    if leads := organisations_where(person, Role.COORDINATOR):
        seen |= Q(responsible__in=leads)
    if asks := organisations_where(person, Role.MUNICIPAL_CONTACT):
        seen |= Q(commissioner__in=asks) | Q(service__in=asks)
    return (
        Inquiry.objects.annotate(
            reader=Value(person.pk, output_field=UUIDField()),
            reader_role=Subquery(in_team.values("role")[:1]),
            has_hidden=Exists(hidden),
        )
        .filter(seen)
        .select_related("commissioner", "responsible", "service", "report")
        .order_by("-made_at", "pk")
    )


def public_editions() -> QuerySet[Edition]:
    """The published reports, newest first."""
    rows = Edition.objects.filter(is_current=True).select_related("inquiry__responsible", "inquiry__service")
    return rows.order_by("-published_at", "pk")


def what_is_missing(inquiry: Inquiry) -> list[str]:
    """What must be there before the inquiry may go on to its next phase, in sentences."""
    checks = {
        Phase.REQUEST: _missing_in_request,
        Phase.FRAME: _missing_in_frame,
        Phase.LISTEN: _missing_in_listening,
        Phase.ANALYSE: _missing_in_analysis,
        Phase.DIALOGUE: _missing_in_dialogue,
        Phase.REPORT: _missing_in_report,
    }
    check = checks.get(Phase(inquiry.phase))
    return [sentence for is_missing, sentence in check(inquiry) if is_missing] if check else []


def _there_is(inquiry: Inquiry, **rows: QuerySet[Any]) -> dict[str, bool]:
    """Whether there are rows of each kind. One query for all of them."""
    asked = {f"there_{name}": Exists(kind) for name, kind in rows.items()}
    answer = Inquiry.objects.filter(pk=inquiry.pk).annotate(**asked).values_list(*asked).get()
    return dict(zip(rows, answer, strict=True))


def _missing_in_request(inquiry: Inquiry) -> list[tuple[bool, str]]:
    lead = TeamMember.objects.filter(inquiry=inquiry, role=TeamRole.LEAD, left_on=None)
    return [
        (not inquiry.request, _("Skriv hva tjenesten spør om.")),
        (not lead.exists(), _("Finn en brukerevaluator som leder arbeidet.")),
    ]


def _missing_in_frame(inquiry: Inquiry) -> list[tuple[bool, str]]:
    trained = TeamMember.objects.filter(inquiry=inquiry, left_on=None).exclude(trained_on=None)
    there = _there_is(inquiry, guide=inquiry.guides.all(), trained=trained)
    return [
        (not inquiry.aim, _("Skriv målet, sammen med tjenesten.")),
        (not inquiry.questions, _("Skriv spørsmålene dere vil ha svar på.")),
        (not inquiry.ownership, _("Avtal hvem som eier hva.")),
        (not there["guide"], _("Skriv en intervjuguide.")),
        (not inquiry.invitation, _("Skriv et invitasjonsbrev.")),
        (not there["trained"], _("Minst én i teamet må ha fått opplæring.")),
        (
            inquiry.duty_told_on is None,
            _("Fortell folk hva en intervjuer må si videre etter loven, før det første møtet."),
        ),
    ]


def _missing_in_listening(inquiry: Inquiry) -> list[tuple[bool, str]]:
    speaking = [p.key for p in inquiry.participants.filter(turns__isnull=False, left_at=None).distinct()]
    agreed = purposes_by_subject(speaking)
    held = inquiry.meetings.filter(held_on__lte=timezone.localdate())
    there = _there_is(inquiry, sources=inquiry.sources.all(), untalked=held.filter(debriefs=None))
    return [
        (not there["sources"], _("Legg inn minst én kilde.")),
        (
            any(subject not in agreed for subject in speaking),
            _("Noen som snakker i en kilde, har ikke svart på samtykket ennå."),
        ),
        (there["untalked"], _("Snakk sammen etter hvert møte, og kryss av for det.")),
    ]


def _missing_in_analysis(inquiry: Inquiry) -> list[tuple[bool, str]]:
    ground = FindingPassage.objects.filter(finding=OuterRef("pk"), weight="carries")
    there = _there_is(
        inquiry, findings=inquiry.findings.all(), bare=inquiry.findings.filter(~Exists(ground)),
        asking=inquiry.findings.exclude(asks_lead_at=None),
    )  # fmt: skip
    return [
        (not there["findings"], _("Skriv minst ett funn.")),
        (there["bare"], _("Hvert funn må ha noe som bærer det.")),
        (
            there["asking"],
            _("Noen ord er tatt tilbake. Svar på om funnene fortsatt står."),
        ),
        (inquiry.participants_asked_on is None, _("Spør deltakerne om funnene.")),
    ]


def _missing_in_dialogue(inquiry: Inquiry) -> list[tuple[bool, str]]:
    return [
        (inquiry.dialogue_on is None, _("Sett en dato for dialogkonferansen.")),
        (inquiry.findings.filter(outcome="").exists(), _("Skriv hva dere ble enige om, for hvert funn.")),
    ]


def _missing_in_report(inquiry: Inquiry) -> list[tuple[bool, str]]:
    return [(not inquiry.editions.filter(is_current=True).exists(), _("Publiser rapporten."))]


def missing_before_publishing(inquiry: Inquiry) -> list[str]:
    """Why a report may not be published yet: nothing about us without us. Empty when it may."""
    there = _there_is(
        inquiry, findings=inquiry.findings.all(), asking=inquiry.findings.exclude(asks_lead_at=None),
        hidden=inquiry.hidden_texts.filter(answered_at=None), untold=inquiry.findings.filter(outcome=""),
    )  # fmt: skip
    sentences = []
    if inquiry.participants_asked_on is None:
        sentences.append(_("Deltakerne er ikke spurt om funnene ennå."))
    elif still_answering(inquiry):
        sentences.append(_("Deltakerne har fortsatt tid til å svare. Vent til fristen er ute."))
    if not there["findings"]:
        sentences.append(_("Rapporten har ingen funn."))
    if there["asking"]:
        sentences.append(_("Noen ord er tatt tilbake. Svar på om funnene fortsatt står."))
    if there["hidden"]:
        sentences.append(_("Noe tekst er skjult fordi den ligner ord som er tatt tilbake. Se over den."))
    if there["untold"]:
        sentences.append(_("Noen funn er ikke snakket om i dialogen."))
    return sentences


def still_answering(inquiry: Inquiry) -> bool:
    """Whether participants still have time, and somebody who was asked has not answered."""
    if inquiry.answers_by is None or inquiry.answers_by < timezone.localdate():
        return False
    findings = inquiry.findings.count()
    staying = inquiry.participants.filter(left_at=None)
    for participant in staying.prefetch_related("responses"):
        if len(participant.responses.all()) < findings:
            return True
    return False


def invitations_to(person: Any) -> QuerySet[TeamInvitation]:
    """What a person is asked into and has not answered, oldest first."""
    rows = TeamInvitation.objects.filter(handle=person.handle.lower())
    return rows.select_related("inquiry__commissioner", "inquiry__responsible").order_by("pk")


def inquiries_taking_input(person: Any) -> QuerySet[Inquiry]:
    """The inquiries that listen and take input at the places a person belongs to."""
    own = {organisation for organisation, _role in roles_of(person)}
    here = Q(responsible_id__in=own) | Q(service_id__in=own) | Q(commissioner_id__in=own)
    rows = Inquiry.objects.filter(here, takes_input=True, phase=Phase.LISTEN)
    return rows.select_related("responsible").order_by("-made_at", "pk")


def by_code(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """In the order a person expects: D2 before D10."""
    return participants.order_by(Length("code"), "code")
