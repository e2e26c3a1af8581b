"""What a visitor without account lets their own device keep: a sealed cookie that only this installation can open.

Nothing of it is stored here. It goes with the browser session, or stays for a year where the visitor has said so. The same
letters can stand in an address, where plain words would stay in the browser's history.
"""

import base64
import os
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from knutepunkt.web.sealing import NONCE_BYTES, keyed_digest

A_YEAR = 365 * 24 * 3600
LARGEST = 3800
"""Browsers keep some 4,096 bytes a cookie, its name and address counted."""


class TooMuch(Exception):
    """More than a cookie holds; nothing was laid there."""


def _cipher(name: str) -> AESGCM:
    return AESGCM(bytes.fromhex(keyed_digest("web.device", name)))


def closed(name: str, text: str) -> str:
    """A text as letters that only this installation can open, under the same name; empty where it is empty."""
    if not text:
        return ""
    nonce = os.urandom(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + _cipher(name).encrypt(nonce, zlib.compress(text.encode(), 9), name.encode())).decode()


def opened(name: str, letters: str) -> str:
    """What `closed` was given; empty when it is nothing of ours."""
    try:
        whole = base64.urlsafe_b64decode(letters.encode())
        plain = _cipher(name).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], name.encode())
        return zlib.decompressobj().decompress(plain, LARGEST * 20).decode()
    except (ValueError, InvalidTag, zlib.error):
        return ""


def read_from_device(request: HttpRequest, name: str) -> str:
    """What this device keeps under the name; empty when nothing, or nothing of ours."""
    return opened(name, request.COOKIES.get(name, ""))


def lay_on_device(response: HttpResponse, name: str, text: str, *, path: str, stays: bool) -> None:
    """Let the device keep a text for pages below a path, in place of what it kept there before.

    Args:
        response: the answer that carries it.
        name: what it is called.
        text: the text; what is empty takes it away.
        path: where it is sent back to.
        stays: for a year; else as long as the browser is open.

    Raises:
        TooMuch: it is more than a cookie holds.
    """
    if not text:
        response.delete_cookie(name, path=path)
        return
    sealed = closed(name, text)
    if len(sealed) > LARGEST:
        raise TooMuch
    kept: dict[str, Any] = {"max_age": A_YEAR} if stays else {}
    response.set_cookie(name, sealed, path=path, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, **kept)
