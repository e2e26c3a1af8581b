"""The shared calendar: what happens where and when, who comes, and who waits for a place.

Courses, gatherings and the conference stand on it. It knows nothing of what they are about.
"""
