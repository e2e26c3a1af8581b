"""What people do with their account. Each action: keyword-only, told who acts, one transaction, one trail line."""

from knutepunkt.people.actions.accounts import (
    EmailTaken,
    change_email,
    choose_password,
    end_other_sessions,
    end_session,
    make_person,
    note_sign_in,
    note_ways_changed,
    rename,
)
from knutepunkt.people.actions.cards import (
    issue_invitation_card,
    issue_own_card,
    redeem_card,
    refuse_renewal,
    renew_card,
)
from knutepunkt.people.actions.erasure import erase_people_due, erase_person, replay_erasures
from knutepunkt.people.actions.sheets import issue_recovery_sheet, use_recovery_sheet

__all__ = [
    "EmailTaken",
    "change_email",
    "choose_password",
    "end_other_sessions",
    "end_session",
    "erase_people_due",
    "erase_person",
    "issue_invitation_card",
    "issue_own_card",
    "issue_recovery_sheet",
    "make_person",
    "note_sign_in",
    "note_ways_changed",
    "redeem_card",
    "refuse_renewal",
    "rename",
    "renew_card",
    "replay_erasures",
    "use_recovery_sheet",
]
