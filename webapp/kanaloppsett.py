"""Settings of the ways out of the program: mail server, push, SMS gateway. Read once, by config.read.

A channel without settings is off: nobody is offered it, and everything else works.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import urlsplit

# Known to everyone who can read this file, so it is refused outside demo mode. Made for nothing but this.
DEMO_VAPID = base64.urlsafe_b64encode(b"medvirk-demo-not-for-real-people").decode().rstrip("=")


class Wrong(Exception):
    """A setting is wrong: one sentence that says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server."""

    host: str
    port: int
    sikkerhet: str  # starttls, tls, ingen
    avsender: str
    bruker: str = ""
    passord: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Push:
    """Who we are to the push services (VAPID, RFC 8292)."""

    nokkel: bytes = field(repr=False)  # the private key, 32 bytes
    kontakt: str = ""  # mailto: or https:, whom the push service can ask


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS gateway that takes JSON over HTTP."""

    url: str
    nokkel: str = field(repr=False)
    avsender: str = "Medvirk"


@dataclass(frozen=True, slots=True)
class Kanaler:
    """What is set up. ``privat``: addresses inside one's own network may be called (demo and tests only)."""

    smtp: Smtp | None = None
    push: Push | None = None
    sms: Sms | None = None
    privat: bool = False


def read(env: Mapping[str, str], *, demo: bool) -> Kanaler:
    """The channels that ``env`` sets up. Raises Wrong."""
    private = env.get("MEDVIRK_OUTGOING_PRIVATE", "0")
    if private not in {"", "0", "1"} or (private == "1" and not demo):
        raise Wrong("MEDVIRK_OUTGOING_PRIVATE må være 0, eller 1 sammen med MEDVIRK_DEMO=1.")
    return Kanaler(
        smtp=_smtp(env, demo=demo), push=_push(env, demo=demo), sms=_sms(env, demo=demo), privat=private == "1"
    )


def _smtp(env: Mapping[str, str], *, demo: bool) -> Smtp | None:
    host = env.get("MEDVIRK_SMTP_HOST", "")
    if not host:
        return None
    security = env.get("MEDVIRK_SMTP_SECURITY", "") or "starttls"
    if security not in {"starttls", "tls", "ingen"}:
        raise Wrong(f"MEDVIRK_SMTP_SECURITY må være starttls, tls eller ingen. Den er «{security}».")
    if security == "ingen" and not demo and host not in {"localhost", "127.0.0.1", "::1"}:
        raise Wrong("MEDVIRK_SMTP_SECURITY kan bare være «ingen» når e-posttjeneren er på samme maskin.")
    port = env.get("MEDVIRK_SMTP_PORT", "") or {"starttls": "587", "tls": "465", "ingen": "25"}[security]
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise Wrong(f"MEDVIRK_SMTP_PORT må være et tall fra 1 til 65535. Den er «{port}».")
    sender = env.get("MEDVIRK_SMTP_FROM", "")
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise Wrong("MEDVIRK_SMTP_FROM må være adressen e-post sendes fra, slik: Medvirk <ikke-svar@medvirk.example>.")
    user, password = env.get("MEDVIRK_SMTP_USER", ""), env.get("MEDVIRK_SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise Wrong("MEDVIRK_SMTP_USER og MEDVIRK_SMTP_PASSWORD må settes sammen.")
    return Smtp(host, int(port), security, sender, user, password)


def _push(env: Mapping[str, str], *, demo: bool) -> Push | None:
    text = env.get("MEDVIRK_VAPID_PRIVATE", "")
    if not text:
        return None
    contact = env.get("MEDVIRK_VAPID_SUBJECT", "")
    if not contact.startswith(("mailto:", "https://")):
        raise Wrong("MEDVIRK_VAPID_SUBJECT må være mailto:adresse eller en https-adresse til dem som drifter Medvirk.")
    if text == DEMO_VAPID and not demo:
        raise Wrong("MEDVIRK_VAPID_PRIVATE er demonøkkelen, som alle kjenner. Lag din egen med «lag-vapid».")
    try:
        secret = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != 32:
        raise Wrong("MEDVIRK_VAPID_PRIVATE må være 32 byte i base64url. Lag en med «flask --app wsgi lag-vapid».")
    return Push(secret, contact)


def _sms(env: Mapping[str, str], *, demo: bool) -> Sms | None:
    url = env.get("MEDVIRK_SMS_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (demo and parts.scheme == "http")):
        raise Wrong("MEDVIRK_SMS_URL må være en https-adresse.")
    key = env.get("MEDVIRK_SMS_KEY", "")
    if not key or not key.isascii() or not key.isprintable():
        raise Wrong("MEDVIRK_SMS_KEY mangler: nøkkelen SMS-tjenesten kjenner oss på.")
    return Sms(url, key, env.get("MEDVIRK_SMS_SENDER", "") or "Medvirk")
