"""Tests of the meeting place."""
