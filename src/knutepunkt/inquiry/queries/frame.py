"""Reads of the frame: which inquiries somebody sees, where one stands, and what is missing."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.queries import purposes_by_subject
from knutepunkt.inquiry.choices import Phase, TeamRole
from knutepunkt.inquiry.models import Edition, FindingPassage, Inquiry, TeamMember
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where

TEAM_ROLES = "_team_roles"


def team_role(person: Any, inquiry: Inquiry) -> str:
    """What a person does in the team today, or an empty text; one query, kept on the inquiry."""
    if not getattr(person, "is_authenticated", False):
        return ""
    known: dict[Any, str] | None = getattr(inquiry, TEAM_ROLES, None)
    if known is None:
        rows = TeamMember.objects.filter(inquiry=inquiry, left_on=None)
        known = dict(rows.values_list("person_id", "role"))
        setattr(inquiry, TEAM_ROLES, known)
    return known.get(person.pk, "")


def inquiries_visible_to(person: Any) -> QuerySet[Inquiry]:
    """The inquiries a person works in, leads as a coordinator, or has asked for; newest first."""
    if not getattr(person, "is_authenticated", False):
        return Inquiry.objects.none()
    in_team = TeamMember.objects.filter(inquiry=OuterRef("pk"), person=person, left_on=None)
    leads = organisations_where(person, Role.COORDINATOR)
    asks = organisations_where(person, Role.MUNICIPAL_CONTACT)
    return (
        Inquiry.objects.filter(
            Exists(in_team) | Q(responsible__in=leads) | Q(commissioner__in=asks) | Q(service__in=asks)
        )
        .select_related("commissioner", "responsible", "service")
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


def _missing_in_request(inquiry: Inquiry) -> list[tuple[bool, str]]:
    lead = TeamMember.objects.filter(inquiry=inquiry, role=TeamRole.LEAD, left_on=None)
    return [
        (not inquiry.request, _("Skriv hva tjenesten spør om.")),
        (not lead.exists(), _("Finn en brukerevaluator som leder arbeidet.")),
    ]


def _missing_in_frame(inquiry: Inquiry) -> list[tuple[bool, str]]:
    trained = TeamMember.objects.filter(inquiry=inquiry, left_on=None).exclude(trained_on=None)
    return [
        (not inquiry.aim, _("Skriv målet, sammen med tjenesten.")),
        (not inquiry.questions, _("Skriv spørsmålene dere vil ha svar på.")),
        (not inquiry.ownership, _("Avtal hvem som eier hva.")),
        (not inquiry.guides.exists(), _("Skriv en intervjuguide.")),
        (not inquiry.invitation, _("Skriv et invitasjonsbrev.")),
        (not trained.exists(), _("Minst én i teamet må ha fått opplæring.")),
        (
            inquiry.duty_told_on is None,
            _("Fortell folk hva en intervjuer må si videre etter loven, før det første møtet."),
        ),
    ]


def _missing_in_listening(inquiry: Inquiry) -> list[tuple[bool, str]]:
    speaking = [p.key for p in inquiry.participants.filter(turns__isnull=False, left_at=None).distinct()]
    agreed = purposes_by_subject(speaking)
    held = inquiry.meetings.filter(held_on__lte=timezone.localdate())
    return [
        (not inquiry.sources.exists(), _("Legg inn minst én kilde.")),
        (
            any(subject not in agreed for subject in speaking),
            _("Noen som snakker i en kilde, har ikke svart på samtykket ennå."),
        ),
        (held.filter(debriefs=None).exists(), _("Snakk sammen etter hvert møte, og kryss av for det.")),
    ]


def _missing_in_analysis(inquiry: Inquiry) -> list[tuple[bool, str]]:
    ground = FindingPassage.objects.filter(finding=OuterRef("pk"), weight="carries")
    return [
        (not inquiry.findings.exists(), _("Skriv minst ett funn.")),
        (inquiry.findings.filter(~Exists(ground)).exists(), _("Hvert funn må ha noe som bærer det.")),
        (
            inquiry.findings.exclude(asks_lead_at=None).exists(),
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
    sentences = []
    if inquiry.participants_asked_on is None:
        sentences.append(_("Deltakerne er ikke spurt om funnene ennå."))
    elif still_answering(inquiry):
        sentences.append(_("Deltakerne har fortsatt tid til å svare. Vent til fristen er ute."))
    if not inquiry.findings.exists():
        sentences.append(_("Rapporten har ingen funn."))
    if inquiry.findings.exclude(asks_lead_at=None).exists():
        sentences.append(_("Noen ord er tatt tilbake. Svar på om funnene fortsatt står."))
    if inquiry.hidden_texts.filter(answered_at=None).exists():
        sentences.append(_("Noe tekst er skjult fordi den ligner ord som er tatt tilbake. Se over den."))
    if inquiry.findings.filter(outcome="").exists():
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
