"""Constants of the room: kinds of paper codes, how long things last, what is written in the trail."""

from datetime import timedelta

CARD = "people.card"
"""Invitation card: made for somebody who has not signed in before, or by the person themselves."""
RENEWED_CARD = "people.card-renewed"
"""A card made by somebody else for a person who has been here before. It signs in, and opens nothing sealed."""
SHEET = "people.recovery"
"""The recovery sheet: proves that the one who signed in is the one whose words are sealed."""

SHUT_FOR = timedelta(days=7)
KEEP_FOR = timedelta(days=3 * 365)
"""How long an account is kept after the last sign-in."""
CONFIRM_EMAIL_WITHIN = timedelta(days=1)

ACCESS_RENEWED = "people:access:renewed"
"""Written about a person when somebody else, or nobody we know, changed a way in."""
SIGNED_IN = "signed_in"
"""In the policy: anybody with an account."""


def about(person_key: object) -> str:
    """How the trail and paper codes name a person."""
    return f"people.person:{person_key}"
