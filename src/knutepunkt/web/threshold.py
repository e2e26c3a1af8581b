"""The threshold: numbers shown outside the team never point at a person.

Fewer than five is hidden for everything about people in a place, an inquiry or a journey. Outside a
team a voice count is only ever said as one of two words, so two dates cannot be subtracted.
"""

from django.utils.translation import gettext as _

LEAST_SHOWN = 5


def is_shown(count: int) -> bool:
    """Whether a count may be shown at all."""
    return count >= LEAST_SHOWN


def in_words(count: int) -> str:
    """A count of people for eyes outside the team: `færre enn fem` or `fem eller flere`."""
    return _("fem eller flere") if is_shown(count) else _("færre enn fem")


def shown(count: int) -> int | None:
    """A count for a figure: the number, or None where it is hidden."""
    return count if is_shown(count) else None
