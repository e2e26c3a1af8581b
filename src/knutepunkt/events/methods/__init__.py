"""Pure computation of the room: expanding rules, writing and reading iCalendar."""
