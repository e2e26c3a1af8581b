"""Reads of the library; each starts from what the actor may see."""
