"""What finding and reading enters in the registers."""


def enter() -> None:
    """Enter everything."""
