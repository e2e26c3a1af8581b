"""The vocabularies of the field as data: CHIME with difficulties, service topics, content notes, helplines.

Versioned, in three languages, loaded from `data/` by `load_vocabularies`. Tags are never forced on
anybody; a room that uses a term names vocabulary, version and key.
"""
