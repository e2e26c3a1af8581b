"""What people do at the meeting place."""
