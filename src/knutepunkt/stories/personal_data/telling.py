"""What telling holds of people beside the items themselves."""


def enter() -> None:
    """Enter its kinds of record."""
