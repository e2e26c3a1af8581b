"""What is true in an inquiry, by noun: frame, sources, coding, findings, reporting."""

from knutepunkt.inquiry.models.coding import ApartCoder, Code, CodeChange, Coding, Memo, Passage, PassageVoice
from knutepunkt.inquiry.models.findings import (
    Finding,
    FindingPassage,
    FindingResponse,
    Missing,
    Quotation,
    ServiceAnswer,
)
from knutepunkt.inquiry.models.frame import (
    Debrief,
    Guide,
    Inquiry,
    Meeting,
    Participant,
    ReferenceMember,
    TeamInvitation,
    TeamMember,
    Thanks,
)
from knutepunkt.inquiry.models.reporting import (
    Edition,
    FollowUp,
    Noticed,
    PdfFetch,
    Recommendation,
    Report,
    Section,
)
from knutepunkt.inquiry.models.sources import Correction, Draft, HiddenText, PseudonymKey, Source, Turn

__all__ = [
    "ApartCoder", "Code", "CodeChange", "Coding", "Correction", "Debrief", "Draft", "Edition", "Finding",
    "FindingPassage", "FindingResponse", "FollowUp", "Guide", "HiddenText", "Inquiry", "Meeting", "Memo",
    "Missing", "Noticed", "Participant", "Passage", "PassageVoice", "PdfFetch", "PseudonymKey", "Quotation",
    "Recommendation", "ReferenceMember", "Report", "Section", "ServiceAnswer", "Source", "TeamInvitation",
    "TeamMember",
    "Thanks", "Turn",
]  # fmt: skip
