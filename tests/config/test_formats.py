"""Days and times are written as each language writes them."""

from datetime import datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from knutepunkt.config.formats.en import formats as english
from knutepunkt.config.formats.nb import formats as bokmal
from knutepunkt.config.formats.nn import formats as nynorsk

AT = datetime(2027, 5, 17, 9, 5)  # noqa: DTZ001 (as it is read)


@pytest.mark.parametrize(("language", "day", "weekday"), [
    ("nb", "17. mai 2027", "mandag 17. mai, 09:05"), ("nn", "17. mai 2027", "måndag 17. mai, 09:05"), ("en", "17 May 2027", "Monday 17 May, 09:05"),
])  # fmt: skip
def test_days_are_written_as_the_language_writes_them(language: str, day: str, weekday: str) -> None:
    with translation.override(language):
        assert Template('{{ at|date:"DATE_FORMAT" }}').render(Context({"at": AT})) == day
        assert date_format(AT, "WEEKDAY_TIME_FORMAT") == weekday


def test_every_language_has_every_format() -> None:
    names = [{name for name in vars(module) if name.endswith("_FORMAT")} for module in (bokmal, nynorsk, english)]

    assert names[0] == names[1] == names[2]
