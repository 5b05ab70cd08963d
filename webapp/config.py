"""All settings, typed, read once from the environment. A wrong one stops the start with one clear sentence."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from webapp import kanaloppsett
from webapp.kanaloppsett import Kanaler
from webapp.platform.lov import UTTALELSE_VIRKEDAGER

ROOT = Path(__file__).resolve().parent.parent

# Known to everyone who can read this file. It seals invented people only; `read` refuses it outside demo mode.
DEMO_MASTER_KEY = base64.b64encode(b"medvirk-demo-not-for-real-people").decode()

# The public weather pages: everybody looks at them, every day, and they say nothing of who does.
NEUTRAL = "https://www.yr.no/"


class ConfigError(Exception):
    """A setting is missing or wrong. The message is one sentence that says which, and what to do."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One generation of the master key. ``name`` is stored beside everything it wraps."""

    name: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives: without use (``idle``) and in all (``absolute``)."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can decide. Field by field in docs/drift/konfigurasjon.md."""

    database_url: str
    master_keys: tuple[MasterKey, ...]  # the first one seals; the others can still open
    secret_key: bytes
    origin: str
    demo: bool
    now: datetime | None
    bruker_session: SessionLimits
    staff_session: SessionLimits
    conversation_days: int
    plan_days: int
    mini_days: int
    uttalelse_virkedager: int
    trusted_proxies: int
    # The largest theme with every own-words field full of emoji (12 bytes each on the way), and some over the limit.
    max_body_bytes: int = 4 * 1024 * 1024
    kanaler: Kanaler = Kanaler()  # noqa: RUF009 -- frozen
    testing: bool = False
    telefon: str = ""
    lukk_adresse: str = NEUTRAL

    @property
    def secure(self) -> bool:
        """True when the site is served over https, so that cookies may carry ``__Host-`` and Secure."""
        return self.origin.startswith("https://")

    @property
    def host(self) -> str:
        """The host name in ``origin`` without scheme and port: the WebAuthn relying-party id."""
        return self.origin.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]


def read(env: Mapping[str, str]) -> Settings:
    """Settings from ``MEDVIRK_*`` variables in ``env``. Raises ConfigError for the first one that is wrong."""
    demo = _flag(env, "MEDVIRK_DEMO")
    origin = env.get("MEDVIRK_ORIGIN", "http://localhost:5000" if demo else "")
    if not origin:
        raise ConfigError("MEDVIRK_ORIGIN mangler. Sett den til adressen folk bruker, slik: https://medvirk.example.")
    if not origin.startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise ConfigError(f"MEDVIRK_ORIGIN må begynne med https:// (eller være http://localhost). Den er «{origin}».")
    keys = _master_keys(env, demo)
    secret = env.get("MEDVIRK_SECRET_KEY", "medvirk-demo-secret" if demo else "")
    if len(secret) < (16 if demo else 32):
        raise ConfigError("MEDVIRK_SECRET_KEY mangler eller er kortere enn 32 tegn. Lag en med «openssl rand -hex 32».")
    try:
        kanaler = kanaloppsett.read(env, demo=demo)
    except kanaloppsett.Wrong as error:
        raise ConfigError(str(error)) from None
    return Settings(
        kanaler=kanaler,
        database_url=_database_url(env),
        master_keys=keys,
        secret_key=secret.encode(),
        origin=origin.rstrip("/"),
        demo=demo,
        now=_now(env, demo),
        bruker_session=SessionLimits(
            timedelta(minutes=_number(env, "MEDVIRK_BRUKER_IDLE_MINUTES", 30, 5, 240)),
            timedelta(hours=_number(env, "MEDVIRK_BRUKER_SESSION_HOURS", 12, 1, 24)),
        ),
        staff_session=SessionLimits(
            timedelta(minutes=_number(env, "MEDVIRK_STAFF_IDLE_MINUTES", 60, 5, 240)),
            timedelta(hours=_number(env, "MEDVIRK_STAFF_SESSION_HOURS", 10, 1, 24)),
        ),
        # K8: 14 days to a conversation, 30 to a plan step. K7: the mini-mapping about a year later.
        conversation_days=_number(env, "MEDVIRK_CONVERSATION_DAYS", 14, 1, 90),
        plan_days=_number(env, "MEDVIRK_PLAN_DAYS", 30, 1, 180),
        mini_days=_number(env, "MEDVIRK_MINI_DAYS", 365, 30, 1095),
        # U3: a kommune can give more time to answer a notice than the law table's floor, never less.
        uttalelse_virkedager=_number(
            env, "MEDVIRK_UTTALELSE_WORKING_DAYS", UTTALELSE_VIRKEDAGER, UTTALELSE_VIRKEDAGER, 60
        ),
        trusted_proxies=_number(env, "MEDVIRK_TRUSTED_PROXIES", 0, 0, 5),
        lukk_adresse=_neutral(env, origin),
        telefon=_phone(env),
    )


def _neutral(env: Mapping[str, str], origin: str) -> str:
    """Where «Lukk raskt» ends (docs/decisions/0016): a page that anybody may have been looking at."""
    address = env.get("MEDVIRK_LUKK_ADRESSE", "") or NEUTRAL
    try:
        parts = urlsplit(address)
        _port = parts.port  # looked at: this is where a wrong one shows
    except ValueError:
        parts = urlsplit("")
    plain = address.isascii() and not any(sign in address for sign in " \t\r\n\"'<>\\")
    if not plain or parts.scheme != "https" or "." not in (parts.hostname or "") or "@" in parts.netloc:
        raise ConfigError(
            f"MEDVIRK_LUKK_ADRESSE må være en hel adresse med https, slik: https://www.yr.no/. Den er «{address}»."
        )
    if parts.hostname == urlsplit(origin).hostname:
        raise ConfigError("MEDVIRK_LUKK_ADRESSE peker på Medvirk selv. Velg en side som ikke forteller noe.")
    return address


def _phone(env: Mapping[str, str]) -> str:
    """The number that the page without network tells people to call; none is an answer too."""
    number = env.get("MEDVIRK_TELEFON", "").strip()
    if number and not (number.isascii() and number.lstrip("+").replace(" ", "").isdigit() and 3 <= len(number) <= 20):
        raise ConfigError(f"MEDVIRK_TELEFON må være et telefonnummer, slik: 55 55 33 33. Den er «{number}».")
    return number


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "0")
    if value not in {"0", "1", ""}:
        raise ConfigError(f"{name} må være 0 eller 1. Den er «{value}».")
    return value == "1"


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ConfigError(f"{name} må være et helt tall fra {low} til {high}. Den er «{text}».")
    return int(text)


def _now(env: Mapping[str, str], demo: bool) -> datetime | None:
    text = env.get("MEDVIRK_NOW", "")
    if not text:
        return None
    if not demo:
        # A clock that can be moved would let a deadline be moved too (U1).
        raise ConfigError("MEDVIRK_NOW flytter klokka og virker bare sammen med MEDVIRK_DEMO=1.")
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"MEDVIRK_NOW må være et tidspunkt som 2026-11-24T12:00:00+00:00. Den er «{text}».") from None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _database_url(env: Mapping[str, str]) -> str:
    url = env.get("MEDVIRK_DATABASE_URL", "")
    if not url:
        return f"sqlite:///{ROOT / 'instance' / 'medvirk.db'}"
    if url.startswith("postgresql://"):
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigError("MEDVIRK_DATABASE_URL må begynne med sqlite:/// eller postgresql://.")


def _master_keys(env: Mapping[str, str], demo: bool) -> tuple[MasterKey, ...]:
    text = env.get("MEDVIRK_MASTER_KEYS", f"demo:{DEMO_MASTER_KEY}" if demo else "")
    if not text:
        raise ConfigError(
            "MEDVIRK_MASTER_KEYS mangler. Sett den til NAVN:NØKKEL, der nøkkelen kommer fra «openssl rand -base64 32»."
        )
    keys = []
    for part in text.split(","):
        name, _, encoded = part.strip().partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if not name.isalnum() or len(name) > 20 or len(secret) != 32:
            raise ConfigError("MEDVIRK_MASTER_KEYS må være NAVN:NØKKEL[,NAVN:NØKKEL …], hver nøkkel 32 byte i base64.")
        if encoded == DEMO_MASTER_KEY and not demo:
            raise ConfigError("MEDVIRK_MASTER_KEYS er demonøkkelen, som alle kjenner. Lag din egen først.")
        keys.append(MasterKey(name, secret))
    if len({key.name for key in keys}) != len(keys):
        raise ConfigError("MEDVIRK_MASTER_KEYS har to nøkler med samme navn.")
    return tuple(keys)
