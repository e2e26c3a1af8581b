"""Knutepunkt: a house for recovery work in mental health and substance use.

One folder is one room; `docs/architecture.md` draws the floors. Nothing happens at import.
"""
