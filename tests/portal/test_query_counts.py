"""My page asks the same few things whatever a person has to do with."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knutepunkt.web.notices import give_notice
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_my_page_with_one_inquiry_and_with_three() -> None:
    person, found = make.person("Ask"), []
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    for more in (1, 2):
        for number in range(more):
            inquiry = make.inquiry(lead=person, title=f"Nummer {more} {number}")
            make.role(person, "user_evaluator", inquiry.responsible)
            give_notice(person, "inquiry.words-taken-back", inquiry=inquiry.slug)
        client.get("/min-side/")
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get("/min-side/").status_code == 200
        found.append(len(asked))

    assert found == [8, 8]
