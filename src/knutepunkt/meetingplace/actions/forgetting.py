"""What is forgotten when its time is out."""

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import CARD, CARDS_KEPT, SEATS_KEPT
from knutepunkt.meetingplace.models import Comment, Proposal, Seat, VoiceCard
from knutepunkt.web.papercodes import end_codes


def forget_cards() -> int:
    """Delete cards after 400 days; what was said stays, without a name unless it was to be seen. Returns how many."""
    rows = list(VoiceCard.objects.filter(handed_on__lt=timezone.localdate() - CARDS_KEPT).order_by("pk")[:500])
    for row in rows:
        with transaction.atomic():
            end_codes(kind=CARD, subject=row.key)
            Proposal.objects.filter(card=row, shows_name=False).update(author_name="")
            Comment.objects.filter(card=row).update(author_name="")
            row.delete()
    return len(rows)


def forget_seats() -> int:
    """Delete the list of who could vote 90 days after the count. Returns how many."""
    return Seat.objects.filter(vote__closed_at__lt=timezone.now() - SEATS_KEPT).delete()[0]
