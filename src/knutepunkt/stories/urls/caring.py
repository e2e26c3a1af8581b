"""Caring for the library: the desk, rules, collections, open data."""

from typing import Any

urlpatterns: list[Any] = []
