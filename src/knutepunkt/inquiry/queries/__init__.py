"""Reads of an inquiry; each starts from what the actor may see."""
