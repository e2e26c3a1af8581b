"""What is asked at the meeting place."""
