"""What we have agreed on and can check, for every view, model and template, also those not yet written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from knutepunkt.config.management.commands.policy import lines
from knutepunkt.web.access import PERMISSIONS, READS, WRITES
from knutepunkt.web.registers import PERSONAL_DATA

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "knutepunkt"
FLOORS = ["web", "people", "organisations", "themes", "consent", "events", "inquiry meetingplace journey stories", "portal", "config"]
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor.split()}
ROOMS = [room for room in FLOOR_OF if room != "config"]
WITHOUT_PERSONS = {
    # reference data, codebooks and machinery: no row is about a person
    "themes.Vocabulary", "themes.Term", "themes.Helpline", "organisations.Organisation",
    "organisations.OrganisationName", "web.ThrottleCount", "web.SentForm", "web.SearchEntry", "keystore.WrappedKey",
    "keystore.Gone", "organisations.Organisation_regions",
}  # fmt: skip


def room_of(model: Any) -> str:
    return "web" if model._meta.app_label == "keystore" else model._meta.app_label


def our_models() -> Iterator[Any]:
    for model in apps.get_models():
        if model.__module__.startswith("knutepunkt."):
            yield model


def test_every_view_states_its_rule() -> None:
    rows = list(lines())

    nameless = [row["url"] for row in rows if row["rule"] not in PERMISSIONS]

    assert len(rows) > 80
    assert nameless == []
    assert {row["reads_or_writes"] for row in rows} == {READS, WRITES}


def test_every_permission_says_what_it_means() -> None:
    for permission in PERMISSIONS.values():
        assert permission.says.endswith("."), permission.name
        assert permission.roles, permission.name
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", permission.name)


def test_every_model_says_what_it_holds_and_how_it_is_erased() -> None:
    described = {entry.model for entry in PERSONAL_DATA}

    missing = [m._meta.label for m in our_models() if m._meta.label not in described | WITHOUT_PERSONS]

    assert missing == []


def test_every_field_of_a_described_model_is_sorted() -> None:
    for entry in PERSONAL_DATA:
        model = apps.get_model(entry.model)
        fields = {f.name for f in model._meta.get_fields() if f.concrete and not f.many_to_many}
        assert set(entry.fields) == fields, entry.model
        assert set(entry.fields.values()) <= {"personal", "sensitive", "plain"}, entry.model
        assert entry.holds
        assert entry.why
        assert entry.how_long


def test_foreign_keys_follow_the_floors() -> None:
    for model in our_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model.__module__.startswith("knutepunkt."):
                here, there = room_of(model), room_of(field.related_model)
                assert here == there or FLOOR_OF[there] < FLOOR_OF[here], f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_opens_with_what_belongs_in_it(room: str) -> None:
    for path in (SOURCE / room).rglob("*.py"):
        if "migrations" in path.parts or not path.read_text().strip():
            continue
        assert path.read_text().lstrip().startswith(('"""', 'r"""')), path


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.name)
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\sstyle=", text), "inline style"
    assert not re.search(r"\son[a-z]+=\"", text), "inline handler"
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text), "inline script"
    assert text.startswith("{#"), "a template opens with what it is"


def test_settings_from_the_environment_are_documented() -> None:
    names: set[str] = set()
    for path in (*SOURCE.rglob("config/*.py"), *SOURCE.rglob("config/management/**/*.py"), *SOURCE.glob("web/*.py")):
        names |= set(re.findall(r"(?:environ\.get|flag)\(\s*\"([A-Z_]+)\"", path.read_text()))

    text = (ROOT / "docs" / "operators.md").read_text()

    assert {name for name in names if name not in text} == set()


def test_no_file_names_a_registry_or_another_host() -> None:
    allowed = ("www.w3.org", "yr.no", "127.0.0.1", "localhost", "example")
    for path in SOURCE.rglob("*.html"):
        for address in re.findall(r"https?://([^/\"' ]+)", path.read_text()):
            assert any(host in address for host in allowed), f"{path.name}: {address}"


def test_strict_content_policy() -> None:
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert rules["object-src"] == rules["frame-ancestors"] == ["'none'"]
