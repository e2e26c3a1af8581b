"""Telling: writing, sending, editing together, taking back."""

from typing import Any

urlpatterns: list[Any] = []
