"""Reads of a journey: always from whose it is, or from a share that stands today."""
