"""The words the library speaks in."""
