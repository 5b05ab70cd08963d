"""Sealing: free text and everything sensitive is unreadable in the database and in its backups.

Each bruker has a data key of 32 random bytes. It seals that person's values with AES-256-GCM; it is itself sealed by
the master key, which lives outside the database. Deleting the row with the data key deletes the person. Each kommune
has a key of its own for what must be compared without being read: name search, the chain of events.

The associated data is the place of a value (table, column, row), so a ciphertext moved to another row does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.config import MasterKey

NONCE_BYTES = 12  # what NIST SP 800-38D recommends for GCM


class SealBroken(Exception):
    """A sealed value does not open here: wrong key, moved from another place, or changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives."""

    table: str
    column: str
    kommune_id: int
    row_id: UUID | str

    def bytes(self) -> bytes:
        """The place as associated data. The separator cannot occur in any part."""
        return f"{self.kommune_id}\x1f{self.table}\x1f{self.column}\x1f{self.row_id}".encode()


class Seal:
    """One data key, ready for use. Never stored, never logged."""

    __slots__ = ("_aead", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._aead = AESGCM(secret)

    def __repr__(self) -> str:
        return "Seal(…)"

    def close(self, text: str, place: Place) -> bytes:
        """``text`` (any str; lone surrogates survive) sealed for ``place``: nonce, then ciphertext with tag."""
        return self.close_bytes(text.encode("utf-8", "surrogatepass"), place)

    def open(self, sealed: bytes, place: Place) -> str:
        """The text again. Raises SealBroken when it was not closed with this key for this place."""
        return self.open_bytes(sealed, place).decode("utf-8", "surrogatepass")

    def close_bytes(self, data: bytes, place: Place) -> bytes:
        """Bytes (a file) sealed for ``place``, as ``close`` seals text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, data, place.bytes())

    def open_bytes(self, sealed: bytes, place: Place) -> bytes:
        """The bytes again. Raises SealBroken."""
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.bytes())
        except (InvalidTag, ValueError):  # ValueError: too short to be anything of ours
            raise SealBroken(f"{place.table}.{place.column}") from None

    def close_json(self, value: Any, place: Place) -> bytes:
        """A JSON value sealed for ``place``."""
        return self.close(json.dumps(value, ensure_ascii=False, separators=(",", ":")), place)

    def open_json(self, sealed: bytes, place: Place) -> Any:
        """The JSON value again. Raises SealBroken."""
        return json.loads(self.open(sealed, place))

    def derive(self, purpose: str) -> bytes:
        """32 bytes for another purpose (a key for the person's own device), from which this key cannot be found."""
        return hmac.digest(self._secret, f"medvirk {purpose}".encode(), "sha256")

    def fingerprint(self, purpose: str, text: str) -> bytes:
        """A keyed hash (32 bytes) of ``text``: equal texts can be found, and nothing else be learnt."""
        return hmac.digest(self.derive(purpose), text.encode("utf-8", "surrogatepass"), "sha256")


class Keyring:
    """The master keys. The first one wraps; all of them can unwrap, so that keys can be changed without a stop."""

    def __init__(self, keys: tuple[MasterKey, ...]) -> None:
        self._keys = {key.name: AESGCM(key.secret) for key in keys}
        self._secrets = {key.name: key.secret for key in keys}
        self.active = keys[0].name

    def new_key(self, owner: Place) -> tuple[Seal, bytes, str]:
        """A new data key for ``owner``: the seal, the wrapped key to store, and the name of the master key used."""
        secret = secrets.token_bytes(32)
        return Seal(secret), self._wrap(secret, owner), self.active

    def unwrap(self, wrapped: bytes, master: str, owner: Place) -> Seal:
        """The seal of ``owner``. Raises SealBroken when no master key opens it."""
        return Seal(self._unwrap(wrapped, master, owner))

    def rewrap(self, wrapped: bytes, master: str, owner: Place) -> tuple[bytes, str]:
        """The same data key wrapped by the active master key, and that key's name."""
        return self._wrap(self._unwrap(wrapped, master, owner), owner), self.active

    def pepper(self, purpose: str, text: str, name: str | None = None) -> bytes:
        """A keyed hash of a short secret (invitation code) that is looked up before anybody is known.

        ``name`` picks the master key; without it the active one. See ``peppers`` for looking up.
        """
        key = hmac.digest(self._secrets[name or self.active], f"medvirk {purpose}".encode(), "sha256")
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")

    def peppers(self, purpose: str, text: str) -> list[bytes]:
        """``pepper`` under every master key, so that a code made before a key change still works."""
        return [self.pepper(purpose, text, name) for name in self._secrets]

    def _wrap(self, secret: bytes, owner: Place) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._keys[self.active].encrypt(nonce, secret, owner.bytes())

    def _unwrap(self, wrapped: bytes, master: str, owner: Place) -> bytes:
        aead = self._keys.get(master)
        if aead is None:
            raise SealBroken(f"master key «{master}» is not configured")
        try:
            return aead.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], owner.bytes())
        except (InvalidTag, ValueError):
            raise SealBroken(f"{owner.table} key") from None


def digest(text: str) -> bytes:
    """SHA-256 of a 256-bit random secret. Too long to guess, so it needs no key."""
    return hashlib.sha256(text.encode()).digest()
