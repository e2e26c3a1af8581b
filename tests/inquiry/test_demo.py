"""The demo: one inquiry in each phase, made by the room's own actions, with words worth reading."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent.choices import RECEIPT, Purpose
from knutepunkt.consent.queries import purposes_by_subject
from knutepunkt.inquiry.choices import Phase, QuotationState
from knutepunkt.inquiry.demo import demo_codes_file, seed_inquiries
from knutepunkt.inquiry.demo.clock import days_ago
from knutepunkt.inquiry.demo.stories import marked_in, stories
from knutepunkt.inquiry.models import Coding, Edition, Inquiry, Noticed, Passage, Source
from knutepunkt.inquiry.queries.frame import what_is_missing
from knutepunkt.web.models import StoredFile, TrailLine
from knutepunkt.web.papercodes import living_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

INVENTED = ("Bente", "Torgeir", "Kristin", "Aslak", "Roy", "Haldis", "Moen", "Solrun", "Stig-Roar", "Grete", "Kine")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


def counts() -> dict[str, int]:
    rows = (Inquiry, Source, Passage, Coding, Edition, Noticed, TrailLine, StoredFile)
    return {model.__name__: model.objects.count() for model in rows}


def test_demo_is_whole(client: Client) -> None:
    begun = time.perf_counter()
    seed_inquiries()
    seconds = time.perf_counter() - begun

    rows = Inquiry.objects.order_by("phase")
    assert [row.phase for row in rows] == list(Phase.values)
    assert all(row.is_demo for row in rows)
    assert seconds < 60
    _richest(rows.get(phase=Phase.FOLLOW_UP))
    _pseudonymised()
    _in_its_own_time(rows.get(phase=Phase.FOLLOW_UP))
    assert what_is_missing(rows.get(phase=Phase.REPORT)) == ["Publiser rapporten."]
    asked = rows.get(phase=Phase.DIALOGUE)
    assert asked.answers_by > timezone.localdate()
    assert asked.quotations.filter(state=QuotationState.ASKED).count() == 2
    for name in ("public-report", "public-pdf"):
        assert client.get(reverse(f"inquiry:{name}", args=["a-bli-mott-pa-dora"])).status_code == 200

    before = counts()
    codes = demo_codes_file().read_text()
    seed_inquiries()

    assert counts() == before
    assert demo_codes_file().read_text() == codes


def _richest(inquiry: Inquiry) -> None:
    assert inquiry.participants.count() == 14
    assert inquiry.sources.count() == 5
    assert 2500 <= sum(inquiry.sources.values_list("words", flat=True)) <= 5000
    assert Passage.objects.filter(source__inquiry=inquiry).count() >= 60
    assert inquiry.findings.count() == 6
    for finding in inquiry.findings.all():
        assert finding.ground.filter(weight="carries").count() > 4
    assert inquiry.findings.filter(ground__weight="contradicts").distinct().count() == 6
    assert inquiry.participants.filter(responses__isnull=False).distinct().count() >= 8
    assert inquiry.quotations.filter(state=QuotationState.APPROVED).count() >= 20
    assert inquiry.recommendations.exclude(answer="").count() == 7
    edition = Edition.objects.get(inquiry=inquiry, is_current=True)
    assert edition.pdf is not None
    agreed = purposes_by_subject([one.key for one in inquiry.participants.all()])
    assert sum(Purpose.REPORT in purposes for purposes in agreed.values()) == 13


def _pseudonymised() -> None:
    for source in Source.objects.all():
        for name in INVENTED:
            assert not re.search(rf"\b{name}\b", source.text), (source.code, name)


def _in_its_own_time(inquiry: Inquiry) -> None:
    """What happened a year ago is dated a year ago, in the trail too; nothing lies in the future."""
    ago = (timezone.now() - inquiry.made_at).days
    assert ago > 400
    edition = Edition.objects.get(inquiry=inquiry)
    assert inquiry.made_at < edition.published_at < timezone.now()
    assert inquiry.participants_asked_on < timezone.localdate(edition.published_at)
    assert not TrailLine.objects.filter(at__gt=timezone.now()).exists()


def test_open_codes_open_the_right_participants() -> None:
    seed_inquiries()

    rows = json.loads(demo_codes_file().read_text())
    held = [living_code(RECEIPT, row["code"]) for row in rows]

    assert [(row["inquiry"], row["participant"]) for row in rows] == [
        ("a-bli-mott-pa-dora", "D3"), ("medisinene-mine-valgene-mine", "D2"),
    ]  # fmt: skip
    assert all(held)
    assert demo_codes_file().stat().st_mode & 0o077 == 0

    demo_codes_file().unlink()
    seed_inquiries()

    again = json.loads(demo_codes_file().read_text())
    assert [row["participant"] for row in again] == ["D3", "D2"]
    assert all(living_code(RECEIPT, row["code"]) for row in again)
    assert not any(living_code(RECEIPT, row["code"]) for row in rows)


def test_every_file_that_is_told_of_is_there() -> None:
    named = {m[k] for story in stories() for m in story.get("meetings", []) for k in ("file", "draft") if k in m}

    assert sum(len(marked_in(name)) for name in named) > 100


def test_clock_goes_back_and_forth() -> None:
    with days_ago(10):
        then = timezone.now()

    assert 9.9 < (timezone.now() - then).total_seconds() / 86400 < 10.1
