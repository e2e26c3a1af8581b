"""Mail over real SMTP, to a server process of its own: an address to open, and no content."""

import mailbox
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def inbox(tmp_path: Path, settings: Any) -> Iterator[mailbox.Maildir]:
    """A mail server on loopback that puts what it gets in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "inbox"
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}",
               "-c", "aiosmtpd.handlers.Mailbox", str(folder)]  # fmt: skip
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    settings.EMAIL_BACKEND = "knutepunkt.web.mail.SmtpOrNowhere"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield mailbox.Maildir(folder)
    server.terminate()
    server.wait(timeout=5)


def texts(inbox: mailbox.Maildir) -> list[tuple[str, str]]:
    return [(str(m["To"]), str(m.get_payload(decode=True), "utf-8")) for m in inbox]


def test_sign_in_code_comes_by_mail(inbox: mailbox.Maildir) -> None:
    make.person("Ask", email="ask@example.org")

    Client().post("/konto/innlogging/kode/", {"email": "ask@example.org"})

    sent = texts(inbox)
    assert [to for to, _ in sent] == ["ask@example.org"]
    assert "Ask" not in sent[0][1] or "kode" in sent[0][1].lower()


def test_unknown_address_gets_the_same_page(inbox: mailbox.Maildir) -> None:
    make.person("Ask", email="ask@example.org")

    known = Client().post("/konto/innlogging/kode/", {"email": "ask@example.org"}, follow=True)
    unknown = Client().post("/konto/innlogging/kode/", {"email": "ingen@example.org"}, follow=True)

    assert known.status_code == unknown.status_code
    assert known.redirect_chain == unknown.redirect_chain


def test_without_a_server_nothing_is_sent_and_nothing_breaks(settings: Any) -> None:
    from knutepunkt.web.mail import SmtpOrNowhere

    settings.EMAIL_HOST = ""

    assert SmtpOrNowhere().send_messages([object()]) == 0
