"""Finding and reading."""

from typing import Any

urlpatterns: list[Any] = []
