"""Words somebody hands on from their own notes: they take part as a code, with a consent and a slip of their own."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import How, Purpose
from knutepunkt.inquiry.actions.frame import KEPT_FOR, add_participant
from knutepunkt.inquiry.actions.sources import store_source, write_draft
from knutepunkt.inquiry.choices import Phase
from knutepunkt.inquiry.methods.letters import consent_wording
from knutepunkt.inquiry.models import Inquiry

ASKED = (Purpose.ANALYSIS, Purpose.REPORT)
"""What handed-on words may be used for; quotations are shown to their owner all the same."""


NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Nobody:
    """Who stores the words, as far as the team can see."""

    pk: UUID = NOBODY
    chosen_name: str = ""

    def __str__(self) -> str:
        return "input"


class NotListening(Exception):
    """The inquiry takes no input now."""


@transaction.atomic
def give_input(*, by: Any, inquiry: Inquiry, words: str) -> str:
    """Take part with words of one's own.

    The words go the same way as any source: what may identify somebody is replaced, and the team sees a code.

    Args:
        by: the person; the ledger knows who gave, the team does not.
        inquiry: one that listens, and takes input.
        words: what the person hands on.

    Returns:
        The receipt code as printed, shown once.

    Raises:
        NotListening: it does not listen, or takes no input.
    """
    if not inquiry.takes_input or inquiry.phase != Phase.LISTEN:
        raise NotListening
    participant = add_participant(by="input", inquiry=inquiry)
    until = inquiry.keep_until or timezone.localdate() + KEPT_FOR - timedelta(days=1)
    consent.give_consent(
        by=by, subject=participant.key, responsible=inquiry.responsible, wording=consent_wording(inquiry),
        purposes={p.value: p in ASKED for p in Purpose}, until_on=until, how=How.WEB, giver=by,
    )  # fmt: skip
    participant.has_slip = True
    participant.save(update_fields=["has_slip"])
    text = f"{participant.code}: " + " ".join(words.split())
    draft = write_draft(by=Nobody(), inquiry=inquiry, name="", text=text)
    store_source(by=Nobody(), draft=draft, speakers={participant.code: participant})
    return consent.issue_receipt(by=by, subject=participant.key)
