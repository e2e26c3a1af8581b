"""Pages are drawn without the built assets."""

from pathlib import Path

import pytest
from django.conf import settings as house


@pytest.fixture(scope="session", autouse=True)
def _static_folder() -> None:
    Path(house.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _plain_static(settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
