"""Planted sentences and a sound: told through the pages, then looked for everywhere they could lie, before it is shown and after it is taken back."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.actions import note_use
from knutepunkt.consent.choices import Purpose
from knutepunkt.stories.actions import telling_showing
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Change, Item, Published
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, StoredFile
from tests.journey.test_planted import (  # noqa: F401 (fixtures)
    NEEDLE,
    every_place,
    hits,
    logged,
    planted,
    sound,
    uploads,
)
from tests.stories.telling import Place, client_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


class Planted:
    """A story with a planted sentence in every field of every page, sent, and edited together."""

    def __init__(self) -> None:
        load_vocabularies()
        self.place, self.number = Place(), 0
        self.hers, self.editors = client_of(self.place.teller), client_of(self.place.editor)
        self.hers.raise_request_exception = False
        self.post("tell", told_as="own", way="account")
        self.item = Item.objects.get()
        self.post("write", version=0, title=self.word, text=f"{self.word}\n\n{self.word}\nFest.", summary=self.word, dialect=self.word, teller_name=self.word)
        content = sound()
        self.files = [content[len(content) // 2 :][:48]]
        self.post("files", act="sound", **{"sound-file": SimpleUploadedFile("kvintil.wav", content)})
        served = self.hers.get(reverse("stories:own-file", args=[self.item.handle, self.item.attachments.get().pk])).content
        self.files.append(served[len(served) // 2 :][:48])
        self.stumble()
        self.send()
        self.edit()
        work_off()

    @property
    def word(self) -> str:
        self.number += 1
        return planted(self.number)

    def post(self, name: str, /, by: Any = None, query: str = "", **data: Any) -> Any:
        args = [self.item.handle] if hasattr(self, "item") else []
        answer = (by or self.hers).post(reverse(f"stories:{name}", args=args) + query, data)
        assert answer.status_code == 302, (name, answer.status_code)
        return answer

    def version(self) -> int:
        return Item.objects.get().version

    def send(self) -> None:
        until = timezone.localdate() + timedelta(days=300)
        self.post("review", act="send", version=self.version(), organisation=self.place.centre.pk, library="on", public_web="on", until_on=until.isoformat(),
                  rest_days="7", yes="on")  # fmt: skip

    def edit(self) -> None:
        lines = self.hers.get(reverse("stories:preview", args=[self.item.handle])).context["words"]["text"].split("\n")
        self.post("changes", by=self.editors, query="?del=text.0", act="propose", old=lines[0], new=self.word, why=self.word)
        self.post("changes", by=self.editors, query="?del=text.2", act="propose", old=lines[2], new=self.word, why=self.word)
        first, second = Change.objects.order_by("made_at")
        self.post("own-changes", act="own", change=str(first.pk), **{f"c{first.pk.hex[:8]}-words": self.word})
        self.post("own-changes", act="decline", change=str(second.pk))
        self.post("own-changes", act="yes", version=self.version())

    def stumble(self) -> None:
        """What goes wrong must not tell either: a version that is old, a form that is refused, an address that is not there."""
        at = reverse("stories:write", args=[self.item.handle])
        assert self.hers.post(at, {"version": 0, "title": self.word, "text": self.word}).status_code == 200
        assert self.hers.post(at, {"version": "x", "title": self.word * 20, "text": self.word}).status_code == 200
        assert client_of().post(at, {"version": 0, "title": self.word, "text": self.word}).status_code == 200
        self.hers.get(f"/bibliotek/fortell/{NEEDLE}/")


def found(places: dict[str, bytes], files: list[bytes]) -> dict[str, list[str]]:
    return {place: ways for place, content in places.items() if (ways := hits(content, tuple(files)))}


def test_a_storys_words_lie_nowhere_before_it_is_shown_and_nowhere_after_it_is_taken_back(settings: Any, logged: io.StringIO, uploads: Path) -> None:  # noqa: F811
    cache.clear()
    world = Planted()

    assert NEEDLE in world.hers.get(reverse("stories:telling", args=[world.item.handle])).content.decode()
    assert NEEDLE in world.editors.get(reverse("stories:changes", args=[world.item.handle])).content.decode()
    assert found(every_place(settings, logged, uploads), world.files) == {}
    assert Notice.objects.filter(kind__startswith="stories.").exists()

    telling_showing.accept_item(by=world.place.editor, item=world.item)
    Item.objects.update(rests_until=timezone.now())
    assert telling_showing.publish_rested() == 1
    note_use(subject=world.item.key, purpose=Purpose.TEACHING, place="learning.package:1", label="Et kurs")
    assert NEEDLE in Published.objects.get().text
    assert found(every_place(settings, logged, uploads), world.files)

    world.post("take-back")
    assert not Published.objects.exists()
    work_off()
    assert found(every_place(settings, logged, uploads), world.files) == {}
    assert Item.objects.get().state == State.TAKEN_BACK
    assert not StoredFile.objects.exists()
    assert [p for p in Path(settings.FILES_FOLDER).rglob("*") if p.is_file()] == []
