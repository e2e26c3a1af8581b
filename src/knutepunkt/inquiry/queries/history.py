"""Reads of who did what, in plain words, and of one's own sealed notes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.inquiry.models import TeamMember
from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.web.sealing import KeyGone, unseal_text

HAPPENED = {
    "inquiry:inquiry:requested": gettext_lazy("ba om evalueringen"),
    "inquiry:frame:changed": gettext_lazy("endret avtalen"),
    "inquiry:phase:next": gettext_lazy("gikk videre til neste steg"),
    "inquiry:team:invited": gettext_lazy("inviterte noen til teamet"),
    "inquiry:team:uninvited": gettext_lazy("tok tilbake en invitasjon til teamet"),
    "inquiry:team:declined": gettext_lazy("sa nei takk til teamet"),
    "inquiry:team:joined": gettext_lazy("kom med i teamet"),
    "inquiry:team:left": gettext_lazy("gikk ut av teamet"),
    "inquiry:guide:written": gettext_lazy("skrev en ny versjon av guiden"),
    "inquiry:meeting:planned": gettext_lazy("la inn et møte"),
    "inquiry:participant:added": gettext_lazy("laget en kode til en deltaker"),
    "inquiry:source:stored": gettext_lazy("lagret en kilde"),
    "inquiry:source:corrected": gettext_lazy("rettet en kilde"),
    "inquiry:finding:added": gettext_lazy("skrev et funn"),
    "inquiry:finding:changed": gettext_lazy("endret et funn"),
    "inquiry:finding:outcome": gettext_lazy("skrev hva dialogen førte til"),
    "inquiry:finding:service-answered": gettext_lazy("svarte på et funn"),
    "inquiry:quotation:placed": gettext_lazy("foreslo et sitat"),
    "inquiry:participants:asked": gettext_lazy("spurte deltakerne om funnene"),
    "inquiry:report:published": gettext_lazy("publiserte rapporten"),
    "inquiry:report:unpublished": gettext_lazy("tok ned rapporten"),
    "inquiry:promise:answered": gettext_lazy("svarte på en anbefaling"),
    "inquiry:promise:followed-up": gettext_lazy("fortalte hva som er gjort"),
    "inquiry:pseudonyms:destroyed": gettext_lazy("ødela nøkkelen til det som er byttet ut"),
    "inquiry:participant:withdrew": gettext_lazy("Noen endret samtykket sitt"),
}


def what_happened(kind: str) -> str:
    """A trail line's kind in plain words."""
    return str(HAPPENED.get(kind) or _("gjorde en endring"))


def not_for_me_of(member: TeamMember, person: Any) -> str:
    """What a team member has written is not for her; only she can open it, and not while her words are shut."""
    if not member.not_for_me:
        return ""
    try:
        return unseal_text(open_own_words(person), f"not-for-me:{member.pk}", bytes(member.not_for_me))
    except (KeyGone, StillShut):
        return ""
