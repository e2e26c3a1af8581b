"""Invented stories by invented people, of many shapes, made by the room's own actions."""


def seed_stories() -> None:
    """Make what is missing. Calling it again changes nothing."""
