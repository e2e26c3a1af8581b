"""What can be done in the calendar: planning, taking part, hosting."""
