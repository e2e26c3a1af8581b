"""Accounts: the person, the kinds of sign-in, the recovery sheet, sessions.

A person has a chosen name (not unique), a handle the house makes, and perhaps an e-mail address.
Nobody needs e-mail, phone, real name or national identity number. What a person writes is sealed
with a key of their own (`web.sealing`, owner `person:<uuid>`). No role lives here: roles are held in
an organisation (`organisations`).
"""
