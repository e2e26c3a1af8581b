"""A place with an editor, a teller, and a story as far as a test wants it."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from knutepunkt.consent.choices import Purpose
from knutepunkt.organisations.choices import Role
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_showing
from knutepunkt.stories.choices.telling import ASKED
from knutepunkt.stories.models import Item, Trained
from knutepunkt.web.jobs import work_off
from tests import factories as make

TEXT = "Jeg satt i bilen utenfor i tre dager.\n\nSå banket noen på ruta og spurte om jeg ville ha kaffe.\n\nDet var ikke mer enn det."
LIBRARY_ONLY = {p.value: p is Purpose.LIBRARY for p in ASKED}
ALL = {p.value: True for p in ASKED}


def client_of(person: Any = None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


class Place:
    """Lyngheim, where Fatima is editor, trained at the desk, and Mona peer worker; Tiril goes there. Noise: another place with an editor."""

    def __init__(self) -> None:
        self.centre, self.elsewhere = make.organisation("Lyngheim"), make.organisation("Havna")
        self.teller, self.editor, self.peer, self.stranger = (make.person(n) for n in ("Tiril", "Fatima", "Mona", "Bera"))
        make.role(self.teller, Role.PARTICIPANT, self.centre)
        make.role(self.editor, Role.EDITOR, self.centre)
        make.role(self.peer, Role.PEER_WORKER, self.centre)
        make.role(self.stranger, Role.EDITOR, self.elsewhere)
        Trained.objects.create(person=self.editor, organisation=self.centre, trained_on=timezone.localdate())

    def draft(self, text: str = TEXT, title: str = "Kaffe på ruta", **facts: Any) -> Item:
        item = actions.start_story(person=facts.pop("person", self.teller), told_as=facts.pop("told_as", "own"))
        return actions.save_words(item=item, version=0, title=title, text=text, **facts)

    def sent(self, item: Item | None = None, **facts: Any) -> Item:
        item = item or self.draft()
        facts = {"purposes": LIBRARY_ONLY, "until_on": timezone.localdate() + timedelta(days=365), "wording": "Slik.", "rest_days": 7, "anyway": True, **facts}
        return actions.send_story(item=item, version=item.version, organisation=self.centre, **facts)

    def published(self, item: Item | None = None, **facts: Any) -> Item:
        item = telling_showing.accept_item(by=self.editor, item=self.sent(item, **facts))
        Item.objects.filter(pk=item.pk).update(rests_until=timezone.now() - timedelta(minutes=1))
        assert telling_showing.publish_one(item.pk)
        work_off()
        return Item.objects.get(pk=item.pk)
