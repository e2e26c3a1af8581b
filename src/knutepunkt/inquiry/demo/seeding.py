"""Seeding the inquiries: walks each story from request to where it stands, as the demo people."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from knutepunkt.consent.actions import renew_receipt
from knutepunkt.inquiry.actions import frame
from knutepunkt.inquiry.choices import Phase
from knutepunkt.inquiry.demo import ending, telling
from knutepunkt.inquiry.demo.clock import days_ago
from knutepunkt.inquiry.demo.stories import stories
from knutepunkt.inquiry.demo.told import LEAD, SECOND, Told
from knutepunkt.inquiry.models import Inquiry, Participant
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.jobs import work_off
from knutepunkt.web.registers import DEMO_SEEDS

CENTRE = "lyngheim"
OPEN_CODES = {6: "D3", 4: "D2"}


def seed_inquiries() -> None:
    """Make the inquiries that are missing, do the work they queue, and keep the open receipt codes at hand."""
    for floor in ("people", "organisations"):  # lower floors first, whatever the order of the register
        if seed := DEMO_SEEDS.get(floor):
            seed()
    people = {person.handle: person for person in demo_people()}
    if demo_organisation(CENTRE) is None or LEAD not in people:
        return
    load_vocabularies()
    fresh: dict[str, str] = {}
    with translation.override("nb"):
        for story in stories():
            if not Inquiry.objects.filter(is_demo=True, title=story["title"]).exists():
                fresh |= _tell(story, people)
        _keep_open_codes(people, fresh)
    work_off()


@transaction.atomic
def _tell(story: dict[str, Any], people: dict[str, Any]) -> dict[str, str]:
    """Tell one story; returns the receipt codes by participant."""
    told = Told(story, people, _request(story, people))
    chapters: list[tuple[Phase, str, Callable[[Told], None]]] = [
        (Phase.FRAME, "frame", telling.frame),
        (Phase.LISTEN, "listen", telling.listen),
        (Phase.ANALYSE, "analyse", telling.analyse),
        (Phase.DIALOGUE, "ask", ending.ask),
        (Phase.REPORT, "dialogue", ending.close_dialogue),
        (Phase.FOLLOW_UP, "publish", ending.publish),
    ]
    for phase, when, chapter in chapters:
        if story["phase"] >= phase:
            with days_ago(story["days"][when]):
                chapter(told)
    if story["phase"] == Phase.FOLLOW_UP:
        ending.follow_up(told)
    return {f"{told.inquiry.pk}:{code}": printed for code, printed in told.codes.items()}


def _request(story: dict[str, Any], people: dict[str, Any]) -> Inquiry:
    with days_ago(story["days"]["asked"]):
        inquiry = frame.request_inquiry(
            by=people[story["asked_by"]], title=story["title"], request=story["request"],
            commissioner=demo_organisation(story["commissioner"]), responsible=demo_organisation(CENTRE),
            service=demo_organisation(story["service"]) if "service" in story else None,
        )  # fmt: skip
    Inquiry.objects.filter(pk=inquiry.pk).update(is_demo=True)
    inquiry.is_demo = True
    return inquiry


def demo_codes_file() -> Path:
    """Where the open receipt codes are kept for `/konto/demo/`: a list of objects, see `_keep_open_codes`."""
    return Path(settings.HOME) / "demo-codes.json"


def _keep_open_codes(people: dict[str, Any], fresh: dict[str, str]) -> None:
    """Keep two receipt codes in clear, so that a visitor can hold a slip: demo only, never for real people.

    The file holds `[{inquiry, title, participant, code}]`. A code that is not at hand is renewed.
    """
    path, rows = demo_codes_file(), []
    known = {(r["inquiry"], r["participant"]): r["code"] for r in _read(path)}
    chosen = Participant.objects.filter(inquiry__is_demo=True, inquiry__phase__in=OPEN_CODES)
    for one in chosen.select_related("inquiry").order_by("-inquiry__phase"):
        if one.code != OPEN_CODES[one.inquiry.phase]:
            continue
        code = fresh.get(f"{one.inquiry_id}:{one.code}") or known.get((one.inquiry.slug, one.code))
        code = code or renew_receipt(by=people[LEAD], second=people[SECOND], subject=one.key)
        rows.append({
            "inquiry": one.inquiry.slug, "title": one.inquiry.title, "participant": one.code, "code": code,
        })  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return []
