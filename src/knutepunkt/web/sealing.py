"""Sealing words and files with a key of their owner, wrapped by the installation's key.

AES-256-GCM for the words, RFC 3394 key wrap for the keys (library: cryptography). Owner and field
are bound into the ciphertext, so that a sealed text moved to another person or field does not open.
The installation's keys are read from a file or from the environment: lines of `number:base64`, the
highest number in use.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.db import transaction

from knutepunkt.web.keystore.models import Gone, WrappedKey
from knutepunkt.web.keystore.router import KEYS

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
DESTROYED = "web.key"
"""How the key store names an owner who is gone for good."""


class SealingError(Exception):
    """Something could not be sealed or opened; carries no words of what was sealed."""


class KeyGone(SealingError):
    """The owner's key has been destroyed, so what it sealed can never be read again."""


class NoInstallationKey(SealingError):
    """The installation has no key; `knutepunkt doctor` says what to do."""


def installation_keys() -> dict[int, bytes]:
    """The installation's keys by number; read anew when the file changes.

    Raises:
        NoInstallationKey: neither file nor environment holds one.
    """
    text = os.environ.get("KNUTEPUNKT_INSTALLATION_KEY", "")
    path = settings.INSTALLATION_KEY_FILE
    if not text and path.exists():
        text = _read_key_file(str(path), path.stat().st_mtime_ns)
    keys = dict(_parse_line(line) for line in text.split() if line.strip())
    if not keys:
        raise NoInstallationKey
    return keys


@lru_cache(maxsize=4)
def _read_key_file(path: str, _changed: int) -> str:
    with open(path, encoding="ascii") as file:  # noqa: PTH123 (thin)
        return file.read()


def _parse_line(line: str) -> tuple[int, bytes]:
    number, _, value = line.partition(":")
    key = base64.b64decode(value)
    if len(key) != KEY_BYTES:
        raise NoInstallationKey
    return int(number), key


def new_installation_key_line(number: int) -> str:
    """A fresh line for the key file."""
    return f"{number}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


def keyed_digest(purpose: str, text: str) -> str:
    """A digest nobody without the installation's first key can make or guess; for codes and look-ups."""
    first = installation_keys()[min(installation_keys())]
    return hmac.new(first, f"{purpose}\x1f{text}".encode(), hashlib.sha256).hexdigest()


def make_key(owner: str) -> None:
    """Give this owner a key, unless there is one.

    Raises:
        KeyGone: the owner is gone for good (`destroy_key`).
    """
    if Gone.objects.filter(what=DESTROYED, key=owner).exists():
        raise KeyGone
    keys = installation_keys()
    number = max(keys)
    wrapped = aes_key_wrap(keys[number], os.urandom(KEY_BYTES))
    WrappedKey.objects.get_or_create(
        owner=owner, defaults={"installation_key": number, "wrapped": wrapped}
    )


def destroy_key(owner: str, *, owner_is_gone: bool = False) -> bool:
    """Destroy the owner's key for good. True when there was one.

    With `owner_is_gone` no new one can ever be made, so that a restored backup cannot go on writing for an erased owner.
    """
    deleted, _ = WrappedKey.objects.filter(owner=owner).delete()
    if owner_is_gone:
        Gone.objects.get_or_create(what=DESTROYED, key=owner)
    return bool(deleted)


def has_key(owner: str) -> bool:
    """Whether the owner's key still exists."""
    return WrappedKey.objects.filter(owner=owner).exists()


def _key_of(owner: str) -> bytes:
    row = WrappedKey.objects.filter(owner=owner).first()
    if row is None:
        raise KeyGone
    return _unwrapped(row)


def _unwrapped(row: WrappedKey) -> bytes:
    try:
        return aes_key_unwrap(installation_keys()[row.installation_key], bytes(row.wrapped))
    except (KeyError, InvalidUnwrap) as error:
        raise NoInstallationKey from error


def seal(owner: str, field: str, content: bytes) -> bytes:
    """Seal bytes with the owner's key; the key is made at first use.

    Args:
        owner: whose key, for instance `person:<uuid>`.
        field: what it is, bound into the result.
        content: any bytes.

    Returns:
        One version byte, the nonce, then ciphertext and tag (29 bytes longer than `content`).
    """
    if not has_key(owner):
        make_key(owner)
    nonce = os.urandom(NONCE_BYTES)
    bound = f"{owner}|{field}|1".encode()
    return FORMAT + nonce + AESGCM(_key_of(owner)).encrypt(nonce, content, bound)


def unseal(owner: str, field: str, sealed: bytes) -> bytes:
    """Open what `seal` made.

    Raises:
        KeyGone: the key has been destroyed.
        SealingError: another owner's or field's, or damaged.
    """
    sealed = bytes(sealed)
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(_key_of(owner)).decrypt(nonce, content, f"{owner}|{field}|1".encode())
    except InvalidTag as error:
        raise SealingError from error


def seal_text(owner: str, field: str, text: str) -> bytes:
    """`seal` for text."""
    return seal(owner, field, text.encode())


def unseal_text(owner: str, field: str, sealed: bytes) -> str:
    """`unseal` for text."""
    return unseal(owner, field, sealed).decode()


def unseal_texts(field: str, sealed: Mapping[str, bytes]) -> dict[str, str]:
    """Many owners' texts of one field, by owner. One query; those whose key is gone are left out."""
    found = {}
    for row in WrappedKey.objects.filter(owner__in=list(sealed)):
        whole, bound = bytes(sealed[row.owner]), f"{row.owner}|{field}|1".encode()
        nonce, content = whole[1 : 1 + NONCE_BYTES], whole[1 + NONCE_BYTES :]
        try:
            found[row.owner] = AESGCM(_unwrapped(row)).decrypt(nonce, content, bound).decode()
        except InvalidTag as error:
            raise SealingError from error
    return found


def unseal_own(owner: str, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Many fields of one owner, by field. One query, however many.

    Raises:
        KeyGone: the key has been destroyed.
        SealingError: another owner's or field's, or damaged.
    """
    if not sealed:
        return {}
    cipher, found = AESGCM(_key_of(owner)), {}
    try:
        for field, content in sealed.items():
            whole = bytes(content)
            bound = f"{owner}|{field}|1".encode()
            found[field] = cipher.decrypt(whole[1 : 1 + NONCE_BYTES], whole[1 + NONCE_BYTES :], bound)
    except InvalidTag as error:
        raise SealingError from error
    return found


def unseal_each(sealed: Mapping[tuple[str, str], bytes]) -> dict[tuple[str, str], bytes]:
    """Fields of many owners, by (owner, field). One query; those whose key is gone are left out.

    Raises:
        SealingError: another owner's or field's, or damaged.
    """
    rows = WrappedKey.objects.filter(owner__in={owner for owner, _field in sealed})
    ciphers, found = {row.owner: AESGCM(_unwrapped(row)) for row in rows}, {}
    try:
        for (owner, field), content in sealed.items():
            if owner in ciphers:
                whole, bound = bytes(content), f"{owner}|{field}|1".encode()
                opened = ciphers[owner].decrypt(whole[1 : 1 + NONCE_BYTES], whole[1 + NONCE_BYTES :], bound)
                found[owner, field] = opened
    except InvalidTag as error:
        raise SealingError from error
    return found


def secret_of(owner: str, purpose: str) -> bytes:
    """A secret made from the owner's key for something outside, such as a device; 32 bytes, the same each time.

    Nobody can go from it to the key, and it cannot be made again once the key is destroyed.

    Raises:
        KeyGone: the owner has no key.
    """
    return hmac.new(_key_of(owner), f"secret\x1f{purpose}".encode(), hashlib.sha256).digest()


def rotate_installation_key() -> int:
    """Wrap every key anew with the newest installation key. Returns how many were moved."""
    keys = installation_keys()
    newest, moved = max(keys), 0
    with transaction.atomic(using=KEYS):
        for row in WrappedKey.objects.select_for_update().exclude(installation_key=newest):
            plain = aes_key_unwrap(keys[row.installation_key], bytes(row.wrapped))
            row.wrapped, row.installation_key = aes_key_wrap(keys[newest], plain), newest
            row.save(update_fields=["wrapped", "installation_key"])
            moved += 1
    return moved
