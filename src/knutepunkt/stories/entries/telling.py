"""What telling enters in the registers."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knutepunkt.stories.actions import publishing, telling_consent, telling_leaving
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.choices.telling import BECAME
from knutepunkt.stories.demo.telling import seed_stories
from knutepunkt.stories.jobs import telling as _jobs
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries.telling import told_by, waiting_for
from knutepunkt.web.registers import (
    CONSENT_OBJECTS,
    DEMO_SEEDS,
    GIVEN,
    NAVIGATION,
    NEXT_STEPS,
    NOTICES,
    REPLAYS,
    ConsentObject,
    Given,
    NavEntry,
    NoticeKind,
)

assert _jobs  # noqa: S101 (signs the jobs up)


def _at(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda facts: reverse(f"stories:{name}", args=[] if name == "desk" else [facts["item"]])


def _says(text: Any) -> Callable[[dict[str, Any]], str]:
    return lambda _facts: str(text)


def _holder_page(subject: str) -> str:
    row = Item.objects.filter(pk=subject.partition(":")[2]).first()
    return reverse("stories:telling", args=[row.handle]) if row else reverse("stories:tell")


def _given(person: Any) -> list[Given]:
    """What a person has sent, and what became of it."""
    rows = [row for row in told_by(person).exclude(state=State.DRAFT)[:20] if row.sent_at or row.ended_at]
    titles = publishing.titles_of(rows)
    return [Given(titles[row.pk] or _untitled(), str(BECAME[State(row.state)]), reverse("stories:telling", args=[row.handle]), row.sent_at or row.ended_at) for row in rows]


def _untitled() -> str:
    return _("Fortelling uten tittel")


def _next_steps(person: Any) -> list[Given]:
    """What waits for the one who tells, and for those who may write with somebody."""
    rows, now = waiting_for(person), timezone.now()
    titles = publishing.titles_of(row for row in rows if row.person_id == person.pk)
    return [_step(row, titles.get(row.pk), row.sent_at or now) for row in rows]


def _step(row: Any, title: str | None, at: Any) -> Given:
    if title is None:
        return Given(_("Noen vil skrive sammen med en av dere"), _("Vil du være den?"), reverse("stories:join", args=[row.handle]), at)
    says = _("Noen foreslår en endring. Du bestemmer.") if row.has_changes else _("Teksten er endret. Les den, og si ja hvis den skal vises.")
    return Given(title or _untitled(), says, reverse("stories:own-changes", args=[row.handle]), at)


TO_TELLER: tuple[tuple[str, Any, str], ...] = (
    ("changes", _lazy("Noen foreslår en endring i det du har skrevet. Du bestemmer."), "own-changes"),
    ("joined", _lazy("Noen vil gjerne skrive sammen med deg."), "telling"),
    ("accepted", _lazy("Fortellingen din er tatt imot. Nå hviler den før den blir vist."), "telling"),
    ("say-yes", _lazy("Fortellingen din er tatt imot. Teksten er endret siden du sa ja. Les den først."), "own-changes"),
    ("published", _lazy("Fortellingen din står i biblioteket."), "telling"),
    ("thanks", _lazy("Noen har takket for at du delte."), "telling"),
    ("how-is-it", _lazy("Hvordan er det å ha fortellingen din ute?"), "how-is-it"),
    ("renew", _lazy("Samtykket til en fortelling går snart ut. Skal den bli stående?"), "telling"),
    ("ended", _lazy("En fortelling er tatt ut av biblioteket, fordi samtykket gikk ut."), "telling"),
)
TO_OTHERS: tuple[tuple[str, Any, str], ...] = (
    ("sent", _lazy("Noen har sendt en fortelling til dere."), "desk"),
    ("chosen", _lazy("Noen har bedt deg om å skrive sammen med dem."), "changes"),
    ("company", _lazy("Noen vil skrive sammen med en av dere."), "join"),
    ("decided", _lazy("Endringene du foreslo, er svart på."), "changes"),
    ("how-answered", _lazy("En som har fortalt, har sagt hvordan det er å ha det ute."), "said-how"),
)


def enter() -> None:
    """Enter everything."""
    CONSENT_OBJECTS.add("stories.item", ConsentObject(
        title=telling_consent.title_of, surfaces=telling_consent.surfaces, refuse_words=telling_consent.refuse_words, clean_up=telling_consent.clean_up,
        leave=telling_consent.leave, holder_page=_holder_page, export=telling_consent.export_of, choices_changed=telling_consent.choices_changed, hold=telling_consent.hold))  # fmt: skip
    REPLAYS.add("stories.thrown-away", telling_leaving.replay_thrown_away)
    NAVIGATION.add("stories.telling", NavEntry(_lazy("Fortell"), "stories:tell", bool, 28))
    for name, text, url in (*TO_TELLER, *TO_OTHERS):
        NOTICES.add(f"stories.{name}", NoticeKind(_says(text), _at(url)))
    GIVEN.add("stories.telling", _given)
    NEXT_STEPS.add("stories.telling", _next_steps)
    DEMO_SEEDS.add("stories.telling", seed_stories)
