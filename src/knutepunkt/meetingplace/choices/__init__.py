"""The words the room's fields are chosen from."""
