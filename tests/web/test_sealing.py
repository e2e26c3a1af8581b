"""Keys and seals: what is sealed opens for its owner only, and never again when the key is gone."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knutepunkt.web import sealing
from knutepunkt.web.keystore.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OWNER = "person:1"


@given(st.text())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_what_is_sealed_opens_again(text: str) -> None:
    sealed = sealing.seal_text(OWNER, "note", text)

    assert sealing.unseal_text(OWNER, "note", sealed) == text
    assert len(sealed) == len(text.encode()) + 29


def test_moved_to_another_owner_or_field_it_does_not_open() -> None:
    sealed = sealing.seal_text(OWNER, "note", "bare mitt")
    sealing.make_key("person:2")

    with pytest.raises(sealing.SealingError):
        sealing.unseal_text("person:2", "note", sealed)
    with pytest.raises(sealing.SealingError):
        sealing.unseal_text(OWNER, "other", sealed)


def test_destroyed_key_opens_nothing() -> None:
    sealed = sealing.seal_text(OWNER, "note", "bare mitt")

    assert sealing.destroy_key(OWNER)

    with pytest.raises(sealing.KeyGone):
        sealing.unseal_text(OWNER, "note", sealed)


def test_rotation_moves_every_key_and_keeps_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = sealing.seal_text(OWNER, "note", "bare mitt")
    old = "1:" + "A" * 43 + "="
    monkeypatch.setenv("KNUTEPUNKT_INSTALLATION_KEY", f"{old} {sealing.new_installation_key_line(2)}")

    moved = sealing.rotate_installation_key()

    assert moved == 1
    assert WrappedKey.objects.get(owner=OWNER).installation_key == 2
    assert sealing.unseal_text(OWNER, "note", sealed) == "bare mitt"


def test_without_installation_key_nothing_opens(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.delenv("KNUTEPUNKT_INSTALLATION_KEY")
    settings.INSTALLATION_KEY_FILE = tmp_path / "none"

    with pytest.raises(sealing.NoInstallationKey):
        sealing.make_key(OWNER)
