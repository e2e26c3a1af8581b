"""What tests of the library share."""

from collections.abc import Iterator

import pytest

from knutepunkt.stories.queries.finding_names import forget_names


@pytest.fixture(autouse=True)
def _fresh_names() -> Iterator[None]:
    forget_names()
    yield
    forget_names()
