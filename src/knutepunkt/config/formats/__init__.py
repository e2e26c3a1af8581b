"""How days and times are written in each language, by name; templates and code name the format, never its letters."""
