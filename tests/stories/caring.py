"""A house with people of each kind who care for its library, and things in it, for tests of caring."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from knutepunkt.consent.actions import give_consent
from knutepunkt.consent.choices import Purpose
from knutepunkt.stories.actions import caring_shared as shared
from knutepunkt.stories.actions.caring_desk import give_training
from knutepunkt.stories.actions.publishing import keep_content, put_out
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Published
from knutepunkt.themes.actions import load_vocabularies
from tests import factories as make

NUMBERS = count(1)
TEXT = "Jeg gikk forbi tre ganger. Så gikk jeg inn.\n\nNaboen heter Karl Stubb. Noen sa hei."
EXAMPLE = {
    "title": "Kaffe før samtalen", "summary": "En halvtime før timen.", "need": "Mange kom ikke.", "did": "Vi satte fram kaffe.",
    "with_whom": "To som hadde gått forbi.", "changed": "Flere kommer.", "not_changed": "Kveldene er tomme.", "contact": "Tjenesten i Solvik",
}  # fmt: skip
RESEARCH = {
    "title": "Å vente & vite", "summary": "Om ventetid.", "authors": "Lyngmo, Alva\nHavnås, Jon", "year": "2025",
    "doi": "10.1000/abc_1%2", "published_in": "Oppdiktet tidsskrift",
}  # fmt: skip


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


class Library:
    """Lyngheim with an editor, two trained peers, one untrained, a coordinator, a teller; and another house beside it."""

    def __init__(self) -> None:
        load_vocabularies()
        self.house = make.organisation("Lyngheim")
        self.editor, self.peer, self.other = (self._one(name, role) for name, role in
                                              (("Fatima", "editor"), ("Mona", "peer_worker"), ("Berit", "peer_worker")))  # fmt: skip
        self.untrained, self.coordinator = self._one("Rolf", "peer_worker"), self._one("Randi", "coordinator")
        self.contact, self.teller, self.stranger = self._one("Siri", "municipal_contact"), self._one("Tuva", "participant"), make.person("Ask")
        self.elsewhere = make.organisation("Havna")
        self.foreign = self._one("Halvor", "editor", self.elsewhere)
        for person in (self.editor, self.peer, self.other):
            give_training(by=self.coordinator, person=person, organisation=self.house)
        give_training(by=self._one("Sol", "coordinator", self.elsewhere), person=self.foreign, organisation=self.elsewhere)

    def _one(self, name: str, role: str, house: Any = None) -> Any:
        made = make.person(name)
        make.role(made, role, house or self.house)
        return made

    def consent(self, item: Item, *purposes: str) -> None:
        answers = {p: p in (Purpose.LIBRARY, *purposes) for p in Purpose.values}
        give_consent(by="test", subject=item.key, responsible=self.house, purposes=answers, wording="Oppdiktet.", giver=item.person,
                     until_on=timezone.localdate() + timedelta(days=300))  # fmt: skip

    def sent(self, *, ago: int = 0, text: str = TEXT, person: Any = None, purposes: tuple[str, ...] = (), **facts: Any) -> Item:
        item = Item(kind=Kind.STORY, organisation=self.house, person=person or self.teller, version=1, approved_version=1, state=State.SENT,
                    sent_at=timezone.now() - timedelta(days=ago))  # fmt: skip
        title = facts.pop("title", f"Døra nummer {next(NUMBERS)}")
        keep_content(item, clean(Kind.STORY, {"title": title, "text": text, "summary": "Om en dør.", "teller_name": "T.", **facts}))
        item.save()
        self.consent(item, *purposes)
        return item

    def story(self, *purposes: str, **facts: Any) -> Published:
        """A story readers may see, told for these purposes beside the library."""
        item = self.sent(purposes=purposes, **facts)
        return put_out(item, may_be_found=Purpose.PUBLIC_WEB in purposes)

    def shown(self, kind: str = Kind.EXAMPLE, content: Any = None) -> Published:
        """Something an editor has written and shown."""
        made = shared.write_new(by=self.editor, kind=kind, organisation=self.house, content=content or EXAMPLE)
        return shared.show_shared(by=self.editor, item=made, version=1)
