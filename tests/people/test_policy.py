"""Who may what in this room, as a table; and every address states its rule."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import get_resolver

from knutepunkt.web.access import PERMISSIONS, may
from tests.people.making import a_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize(
    ("permission", "nobody", "somebody"),
    [
        ("people.sign_in", True, True),
        ("people.use_own_account", False, True),
        ("people.use_demo", False, False),
    ],
)
def test_table(permission, nobody, somebody):
    assert may(AnonymousUser(), permission) is nobody
    assert may(a_person(), permission) is somebody


def test_demo_is_for_everyone_in_demo_mode(settings):
    settings.DEMO = True

    assert may(AnonymousUser(), "people.use_demo")


def views_under(prefix: str):
    def walk(resolver, path):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, path + str(pattern.pattern))
            else:
                yield path + str(pattern.pattern), pattern.callback

    return [(path, view) for path, view in walk(get_resolver(), "") if path.startswith(prefix)]


@pytest.mark.parametrize("prefix", ["konto/", "steder/", "min-side/", "hjelp-na/"])
def test_every_address_states_its_rule(prefix):
    found = views_under(prefix)

    assert found
    for path, view in found:
        assert view.rule in PERMISSIONS, path
        assert view.reads_or_writes in {"reads", "writes"}, path
