"""Invented proposals, votes and house meetings at Havna and Lyngheim."""


def seed_voice() -> None:
    """Make what is missing. Idempotent."""
