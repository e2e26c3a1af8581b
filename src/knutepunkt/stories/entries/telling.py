"""What telling enters in the registers."""


def enter() -> None:
    """Enter everything."""
