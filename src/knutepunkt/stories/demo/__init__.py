"""Invented stories and more, by the library's parts."""
