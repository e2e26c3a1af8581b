"""Organisations and places: centres, municipalities, districts, counties, regions, competence centres.

The official register (2024 division, codes as text, names in several languages, valid from and to)
and the memberships: a role held in an organisation, from a date to a date. Nobody sees everything.
"""
