"""Jobs of the library, by its parts."""
