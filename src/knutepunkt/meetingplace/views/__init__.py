"""The pages of the meeting place."""
