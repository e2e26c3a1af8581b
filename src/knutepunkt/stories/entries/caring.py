"""What caring for the library enters in the registers."""


def enter() -> None:
    """Enter everything."""
