"""The demo's stories: many shapes and states, made once."""

import pytest

from knutepunkt.stories.demo.telling import STORIES, seed_stories
from knutepunkt.stories.models import Item, Published
from knutepunkt.stories.queries.telling import told_by
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.themes.queries import terms_of_each

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_stories_are_made_once_with_words_of_the_vocabularies() -> None:
    load_vocabularies()
    seed_stories()
    seed_stories()

    assert Item.objects.count() == len(STORIES)
    assert Published.objects.count() == 5
    assert {row.language for row in Published.objects.all()} == {"nb", "nn", "en"}
    known = {f"{vocabulary}:{term.key}" for vocabulary, terms in terms_of_each("library", "chime", "content-notes").items() for term in terms}
    assert {term for facts in STORIES for term in facts["terms"]} <= known
    assert {f"content-notes:{note}" for facts in STORIES for note in facts.get("notes", ())} <= known
    tuva = Item.objects.filter(person__handle="demo-deltaker")
    assert {row.state for row in told_by(tuva[0].person)} == {"published", "draft"}
