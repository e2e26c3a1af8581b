"""The console's own commands: doctor, policy, setup; and the page for a fault."""

import json
import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from knutepunkt.config.management.commands import serve
from knutepunkt.config.management.commands.doctor import keys_apart, keys_missing
from knutepunkt.organisations.actions import first_coordinator_link
from knutepunkt.organisations.models import Membership
from knutepunkt.portal import views
from knutepunkt.stories.actions.publishing import keep_content, put_out
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Posting
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.models import SearchEntry
from knutepunkt.web.sealing import make_key

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_doctor_finds_nothing_to_mend_here(settings: Any) -> None:
    settings.DEBUG = False
    out = StringIO()

    try:
        call_command("doctor", stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())

    assert "All is well." in out.getvalue()


def test_doctor_fails_when_key_and_data_share_a_folder(settings: Any, tmp_path: Path) -> None:
    key = tmp_path / "installation.key"
    key.write_text("1:x")
    key.chmod(0o644)
    settings.HOME, settings.INSTALLATION_KEY_FILE = tmp_path, key

    found = list(keys_apart())

    assert any("installation key lies in the data folder" in sentence for sentence in found)
    assert any("Others on this machine can read" in sentence for sentence in found)
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=StringIO())


def test_doctor_is_not_fooled_by_a_link(settings: Any, tmp_path: Path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    (home / "installation.key").write_text("1:x")
    (tmp_path / "elsewhere").symlink_to(home)
    settings.HOME, settings.INSTALLATION_KEY_FILE = home, tmp_path / "elsewhere" / "installation.key"

    assert any("data folder" in sentence for sentence in keys_apart())


def test_doctor_names_an_installation_key_that_is_gone() -> None:
    make_key("source:prøve")
    WrappedKey.objects.filter(owner="source:prøve").update(installation_key=77)

    assert list(keys_missing()) == ["Installation key 77 is missing, and something is sealed with it. Put its line back in the key file."]


def test_serving_stops_where_somebody_else_answers_already(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server itself opens it
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(CommandError, match=f"port {port}"):
            call_command("serve")

    assert not serve.is_taken("127.0.0.1", port)


def test_every_search_index_is_made_anew() -> None:
    load_vocabularies()
    item = Item.objects.create(kind="story")
    keep_content(item, clean("story", {"title": "Kaia om morgenen", "text": "Lyset kom tilbake."}))
    shown = put_out(item, may_be_found=False)
    Posting.objects.all().delete()
    SearchEntry.objects.all().delete()
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert "stories.item: 1" in out.getvalue()
    assert shown.handle in Client().get("/bibliotek/?q=kai").content.decode()
    assert SearchEntry.objects.filter(key=shown.handle).exists()


def test_policy_as_json_has_every_line_whole() -> None:
    out = StringIO()

    call_command("policy", "--json", stdout=out)

    rows = json.loads(out.getvalue())
    assert all(set(row) == {"url", "name", "rule", "reads_or_writes", "roles"} for row in rows)
    by_name = {row["name"]: row for row in rows}
    assert by_name["inquiry:sources"]["roles"] == ["user_evaluator", "adviser"]
    assert by_name["inquiry:public-report"]["roles"] == ["everyone"]


def test_policy_as_a_table_can_be_read_aloud() -> None:
    out = StringIO()

    call_command("policy", stdout=out)

    assert "The service answers findings after the participants have been asked." in out.getvalue()


def test_first_coordinator_gets_one_link_once() -> None:
    link = first_coordinator_link()

    assert "/konto/kort/#" in link
    assert Membership.objects.get().role == "coordinator"
    assert first_coordinator_link() == ""


def test_a_fault_shows_its_number_and_no_words(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def breaks(*_args: Any, **_kwargs: Any) -> None:
        message = "Kari sa noe hemmelig"
        raise RuntimeError(message)

    monkeypatch.setattr(views, "render", breaks)
    client = Client(raise_request_exception=False)

    answer = client.get("/om/")

    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer.wsgi_request.reference in text
    assert "hemmelig" not in text
