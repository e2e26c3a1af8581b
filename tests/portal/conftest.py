"""Pages are drawn without the built assets."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _plain_static(settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
