"""Invented inquiries for a demo hub, one in each phase, told through the room's own actions.

`stories/` holds what was asked, found and promised; `files/` the transcripts, written for this project,
and what is coded in them. Nothing here happened, and nobody here exists.
"""

from knutepunkt.inquiry.demo.seeding import demo_codes_file, seed_inquiries

__all__ = ["demo_codes_file", "seed_inquiries"]
