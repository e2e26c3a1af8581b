"""What the library asks."""
