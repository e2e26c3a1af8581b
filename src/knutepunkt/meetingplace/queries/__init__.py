"""Reads of the meeting place."""
