"""Jobs of the room."""
