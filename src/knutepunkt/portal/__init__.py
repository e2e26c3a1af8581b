"""The front door: front page, my page, help now, safety. Shows several rooms at once; owns no data."""
