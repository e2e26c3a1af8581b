"""The same form sent twice does its work once, with or without script.

Each page hands out its own anti-forgery token, so the token with the session, the address and what was typed
names one sending. The name is stored in the transaction of the change itself, by the first line of its trail:
a sending that changed nothing may be sent again, one that did gets the answer the first one got. Minutes
later, by the back button, it gets a page that says so.
"""

import hashlib
import os
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from knutepunkt.web.models import SentForm
from knutepunkt.web.sealing import NONCE_BYTES, keyed_digest

KEPT = timedelta(days=1)
SAME_ANSWER = timedelta(minutes=2)
LONGEST_ANSWER = 300_000
"""Bytes of a page that are kept for the second click; a longer one is told of instead."""


class SentBefore(Exception):
    """The form has done its work already; the change that was under way is undone."""


@dataclass
class Sending:
    """A form on its way: its name, the key its answer is sealed with, and whether its work is done."""

    name: str
    key: bytes
    is_done: bool = False


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


def mark_done() -> None:
    """Store that the form now being sent does its work. Called inside the transaction of the change.

    Raises:
        SentBefore: the same sending has been stored already.
    """
    sending = _sending.get()
    if sending is None or sending.is_done:
        return
    try:
        with transaction.atomic():
            SentForm.objects.create(name=sending.name)
    except IntegrityError as error:
        raise SentBefore from error
    sending.is_done = True


def forget_old_forms() -> int:
    """Delete what is older than a day. Returns how many."""
    deleted, _rows = SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return deleted


class OnlyOnce:
    """Middleware: names each sending, and answers one that has done its work."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, and keep the answer of one that did its work."""
        _sending.set(None)
        response = self.answer(request)
        sending = _sending.get()
        _sending.set(None)
        if sending is not None and sending.is_done and (whole := _as_bytes(response)):
            nonce = os.urandom(NONCE_BYTES)
            sealed = nonce + AESGCM(sending.key).encrypt(nonce, whole, None)
            SentForm.objects.filter(name=sending.name).update(answer=sealed)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Name the sending, once its anti-forgery token has been checked."""
        if request.method != "POST" or not request.POST.get("csrfmiddlewaretoken"):
            return None
        sending = _named(request)
        if (before := SentForm.objects.filter(name=sending.name).first()) is not None:
            return _again(request, before, sending.key)
        _sending.set(sending)
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Two sendings at the very same time: the second finds the first stored, or runs into what the first made."""
        sending = _sending.get()
        if sending is None or not isinstance(fault, (SentBefore, IntegrityError)):
            return None
        before = SentForm.objects.filter(name=sending.name).first()
        return _again(request, before, sending.key) if before is not None else None


def _as_bytes(response: HttpResponse) -> bytes:
    """The answer as it is kept: where it leads, or its page; nothing where it is neither."""
    if response.has_header("Location"):
        return b">" + response["Location"].encode()
    is_page = response.status_code == HTTPStatus.OK and response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or response.streaming or len(response.content) > LONGEST_ANSWER:
        return b""
    return b"=" + response.content


def _again(request: HttpRequest, before: SentForm, key: bytes) -> HttpResponse:
    sealed = bytes(before.answer)
    if sealed and before.at > timezone.now() - SAME_ANSWER:
        whole = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        return redirect(whole[1:].decode()) if whole[:1] == b">" else HttpResponse(whole[1:])
    came_from = urlsplit(request.headers.get("Referer", ""))
    back = came_from.path if came_from.netloc == request.get_host() else "/"
    return render(request, "web/sent_before.html", {"back": back}, status=HTTPStatus.CONFLICT)


def _named(request: HttpRequest) -> Sending:
    """One sending: whose session, this page's token, this address, and what was typed and chosen."""
    typed = hashlib.sha256()
    for field, values in sorted(request.POST.lists()):
        typed.update(repr((field, values)).encode())
    for field, files in sorted(request.FILES.lists()):
        typed.update(repr((field, [(file.name, file.size) for file in files])).encode())
    whose = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    text = f"{whose}|{request.get_full_path()}|{typed.hexdigest()}"
    return Sending(keyed_digest("sent", text), bytes.fromhex(keyed_digest("answer", text)))
