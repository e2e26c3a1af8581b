"""Invented content of the library, by its parts."""
