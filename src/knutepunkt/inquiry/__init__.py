"""Bruker Spør Bruker: from a request through interviews, coding, findings and dialogue to report and follow-up.

Participants are codes, never names. Words are quoted only as their owner agreed, and leave every page,
file and index when the owner takes them back. The commissioner never sees sources, codes or who came.
"""
