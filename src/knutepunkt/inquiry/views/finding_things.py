"""How the pages find their object: always through what this actor may see, else 404."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from knutepunkt.consent.holders import subject_held
from knutepunkt.inquiry.actions.withdrawal import participant_of
from knutepunkt.inquiry.models import (
    Code,
    Draft,
    Finding,
    HiddenText,
    Inquiry,
    Meeting,
    Participant,
    Passage,
    Recommendation,
    Section,
    Source,
    TeamInvitation,
    Turn,
)
from knutepunkt.inquiry.queries.frame import inquiries_visible_to, invitations_to
from knutepunkt.inquiry.queries.sources import hidden_keys
from knutepunkt.web.access import may


def inquiry(request: HttpRequest, slug: str, **_: Any) -> Inquiry:
    """The inquiry, among those this actor sees."""
    return get_object_or_404(inquiries_visible_to(request.user), slug=slug)


def _within(request: HttpRequest, slug: str, rows: Any, **lookup: Any) -> Any:
    """A row of an inquiry this actor sees; the inquiry is hung on it so that rules need no query."""
    home = inquiry(request, slug)
    row = get_object_or_404(rows.filter(inquiry=home), **lookup)
    row.inquiry = home
    return row


def source(request: HttpRequest, slug: str, code: str, **_: Any) -> Source:
    """A source with its text."""
    return _within(request, slug, Source.objects.select_related("meeting"), code=code)


def light_source(request: HttpRequest, slug: str, code: str, **_: Any) -> Source:
    """A source without its text, for what only needs positions."""
    return _within(request, slug, Source.objects.defer("text"), code=code)


def draft(request: HttpRequest, slug: str, draft_id: UUID, **_: Any) -> Draft:
    """A draft on its way in."""
    return _within(request, slug, Draft.objects, pk=draft_id)


def invitation(request: HttpRequest, invitation_id: int, **_: Any) -> TeamInvitation:
    """An invitation to this actor."""
    return get_object_or_404(invitations_to(request.user), pk=invitation_id)


def meeting(request: HttpRequest, slug: str, meeting_id: int, **_: Any) -> Meeting:
    """A meeting."""
    return _within(request, slug, Meeting.objects, pk=meeting_id)


def participant(request: HttpRequest, slug: str, code: str, **_: Any) -> Participant:
    """A participant, for the team."""
    return _within(request, slug, Participant.objects, code=code)


def asked_inquiry(request: HttpRequest, slug: str, **_: Any) -> Inquiry:
    """An inquiry whose participants have been asked."""
    found = inquiry(request, slug)
    if found.participants_asked_on is None:
        raise Http404
    return found


def asked_participant(request: HttpRequest, slug: str, code: str, **_: Any) -> Participant:
    """A participant who takes part still, and has been asked; for the team."""
    home = asked_inquiry(request, slug)
    found = get_object_or_404(home.participants, code=code, has_slip=True, left_at=None)
    found.inquiry = home
    return found


def code(request: HttpRequest, slug: str, code_id: int, **_: Any) -> Code:
    """A code of the codebook."""
    return _within(request, slug, Code.objects.select_related("parent"), pk=code_id)


def finding(request: HttpRequest, slug: str, number: int, **_: Any) -> Finding:
    """A finding by its number."""
    return _within(request, slug, Finding.objects.select_related("service_answer"), number=number)


def recommendation(request: HttpRequest, slug: str, position: int, **_: Any) -> Recommendation:
    """A line of the promises ledger."""
    return _within(request, slug, Recommendation.objects.select_related("owner"), position=position)


def hidden(request: HttpRequest, slug: str, hidden_id: int, **_: Any) -> HiddenText:
    """Something hidden after a withdrawal."""
    return _within(request, slug, HiddenText.objects, pk=hidden_id, answered_at=None)


def section(request: HttpRequest, slug: str, section_id: int, **_: Any) -> Section:
    """A section of the report."""
    home = inquiry(request, slug)
    row = get_object_or_404(Section.objects.select_related("report"), pk=section_id, report__inquiry=home)
    row.report.inquiry = home
    return row


def turn(request: HttpRequest, slug: str, code: str, number: int, **_: Any) -> Turn:
    """A turn of a source."""
    home = source(request, slug, code)
    row = get_object_or_404(Turn, source=home, number=number)
    row.source = home
    return row


def passage(request: HttpRequest, slug: str, passage_id: int, **_: Any) -> Passage:
    """A passage of any source of the inquiry."""
    home = inquiry(request, slug)
    rows = Passage.objects.filter(source__inquiry=home).select_related("source").defer("source__text")
    row = get_object_or_404(rows, pk=passage_id)
    row.source.inquiry = home
    return row


def published(request: HttpRequest, slug: str, **_: Any) -> Any:
    """The current edition of a published report."""
    rows = Inquiry.objects.filter(slug=slug, editions__is_current=True)
    home = get_object_or_404(rows.select_related("commissioner", "responsible", "service"))
    edition = home.editions.get(is_current=True)
    edition.inquiry = home
    return edition


def is_covered(request: HttpRequest, inquiry: Inquiry, **texts: int) -> bool:
    """Whether one of these texts (kind=key) is hidden after a withdrawal, and this is not the lead, who must read it."""
    if may(request.user, "inquiry.lead_team", inquiry):
        return False
    return any(str(key) in hidden_keys(inquiry, what) for what, key in texts.items())


def covered(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The page in place of a text that is hidden until the lead has answered."""
    return render(request, "inquiry/covered.html", {"inquiry": inquiry})


def staying_participant(request: HttpRequest, **_: Any) -> Participant | HttpResponse:
    """The participant whose code is in hand, for what adds words: not after these were taken back."""
    found = held_participant(request)
    has_left = isinstance(found, Participant) and found.left_at is not None
    return redirect("inquiry:mine") if has_left else found


def held_participant(request: HttpRequest, **_: Any) -> Participant | HttpResponse:
    """The participant whose receipt code is in hand, or the page where the code is typed."""
    subject = subject_held(request)
    if not subject:
        return redirect("consent:code")
    found = participant_of(subject) if subject.startswith("inquiry.participant:") else None
    if found is None:
        raise Http404
    return found
