"""The main actions: importing, pseudonymising, coding, printing, withdrawing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any
from unittest import mock

from django.urls import reverse

from bench.measuring import Line, Weighed, action, counted_queries, middle_and_slow, timed
from bench.pages import signed_in
from bench.words import docx, interview
from bench.world import World
from knutepunkt.consent.actions import withdraw_consent
from knutepunkt.inquiry.actions import sources
from knutepunkt.inquiry.methods import preparing
from knutepunkt.inquiry.models import Draft, Edition
from knutepunkt.inquiry.pdf import report_pdf
from knutepunkt.inquiry.queries.report import edition_shown
from knutepunkt.organisations.queries import known_place_names
from knutepunkt.web.jobs import work_off

IMPORT_MS, PASSAGE_MS, PDF_MS = 150, 15, 1_000


def acts(world: World) -> Iterator[Weighed]:
    """Every main action; the withdrawal last, for it takes away what the others look at."""
    yield _coding(world)
    yield from _importing(world)
    edition = world.inquiry.editions.get(is_current=True)
    yield action("report PDF, 200 quotations", [partial(_print, edition, n) for n in range(6)], budget=PDF_MS)
    work_off()
    leave = partial(
        withdraw_consent, by="code", subject=world.people[0].key, how="delete"
    )
    yield action("withdrawal of one of eight", [leave])
    yield action("jobs after a withdrawal: PDF, files, sweep", [work_off])


def _print(edition: Edition, number: int) -> None:
    """Other words each time, so that nothing the typesetter remembers helps it."""
    shown = edition_shown(edition)
    blocks = [
        replace(b, body=f"{number} {b.body}", quotations=tuple(f"{number} {words}" for words in b.quotations))
        for b in shown.blocks
    ]
    pdf = report_pdf(replace(shown, blocks=blocks))
    if not pdf.startswith(b"%PDF"):
        raise RuntimeError("this is no PDF")


def _coding(world: World) -> Weighed:
    """Sixty passages, one after the other, through the address the workbench posts to."""
    lead, me = signed_in(world.lead), world.big
    url = reverse("inquiry:passage-add", args=[world.inquiry.slug, me.code])

    def mark(number: int) -> None:
        sent = {"start": number * 11, "end": number * 11 + 90, "version": me.version, "codes": [world.code.pk]}
        answer = lead.post(url, sent, content_type="application/json")
        if answer.status_code != 201:  # noqa: PLR2004
            raise RuntimeError(answer.content)

    works = [partial(mark, number) for number in range(100, 161)]
    return action("a passage in the big source", works, budget=PASSAGE_MS, by_slow=True)


def _importing(world: World) -> Iterator[Weighed]:
    """Reading a file of 20,000 words and storing it, with the pass that finds identities timed apart."""
    file = docx(interview(5, 20_000, 2, names=True))
    places, labels = known_place_names(), {"I": sources.INTERVIEWER, "D1": world.people[0], "D2": world.people[1]}
    reading, storing, passing, queries = [], [], [], 0
    for _ in range(6):
        drafts: list[Draft] = []
        inside: list[float] = []
        with counted_queries() as made:
            reading.append(timed(lambda kept=drafts: kept.append(_read(world, file))))
            with mock.patch.object(preparing, "identifiers", partial(_clocked, inside, preparing.identifiers)):
                whole = timed(partial(
                    sources.store_source, by=world.lead, draft=drafts[0], speakers=labels, places=places
                ))  # fmt: skip
        queries = len(made)
        passing.append(sum(inside))
        storing.append(whole - sum(inside))
    for name, times in (("import: read the file into a draft", reading), ("import: store as a source, pass apart", storing)):
        median, slow = middle_and_slow(times[1:])
        yield Weighed(Line(name, None, median, slow))
    median, slow = middle_and_slow([r + s for r, s in zip(reading[1:], storing[1:], strict=True)])
    yield Weighed(Line("import of a 20,000-word DOCX in all, pass apart", queries, median, slow,
                       budget=IMPORT_MS, ok=median <= IMPORT_MS))  # fmt: skip
    median, slow = middle_and_slow(passing[1:])
    yield Weighed(Line("pseudonymisation pass of 20,000 words", 0, median, slow))


def _read(world: World, file: bytes) -> Draft:
    return sources.read_upload(by=world.lead, inquiry=world.inquiry, name="intervju.docx", stream=BytesIO(file))


def _clocked(spent: list[float], work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    answers: list[Any] = []
    spent.append(timed(lambda: answers.append(work(*args, **kwargs))))
    return answers[0]
