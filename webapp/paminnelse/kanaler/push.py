"""Web Push (RFC 8030): encrypted for one browser (RFC 8291), signed as us (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from webapp.kanaloppsett import Push
from webapp.paminnelse.kanaler import Brev, Midlertidig, Uviss, Varig, nett
from webapp.platform import languages

KEEP = 4 * 24 * 3600  # seconds that the push service keeps it for a phone that is off
SIGNED_FOR = 12 * 3600  # the standard allows 24 hours at most
OTHER_KEY = "annen-nokkel"
ENDED = ("404", "410", OTHER_KEY)  # the codes of a subscription that is no more


class Pushsender:
    """See kanaler.Sender."""

    def __init__(self, push: Push, *, privat: bool) -> None:
        self._push, self._privat = push, privat
        self._signed: dict[str, tuple[float, dict[str, str]]] = {}
        self._public = public_key(push)
        self._away: set[str] = set()  # push services that did not answer in this round: one wait, not fifty

    def send(self, brev: Brev, point: Callable[[], None]) -> str:
        """See kanaler.Sender. The same ``merke`` replaces what has not arrived, so another try does no harm."""
        abonnement = json.loads(brev.mottaker)
        if abonnement.get("vapid", self._public) != self._public:
            raise Gone(OTHER_KEY)  # no push service takes our signature for it any more
        endpoint = str(abonnement["endpoint"])
        parts = nett.allowed(endpoint, privat=self._privat)
        if parts.netloc in self._away:
            raise Midlertidig("tjenesten-borte")
        sprak = languages.SPRAK[brev.sprak]
        words = {"tittel": brev.emne, "tekst": brev.tekst, "sprak": sprak.tag, "retning": sprak.retning}
        # ``nr``: by which the phone knows the same message when it comes twice (static/js/sw-push.js).
        content = json.dumps({**words, "nr": brev.id.hex}, ensure_ascii=False)
        from pywebpush import WebPusher  # brings aiohttp: the web processes, which send nothing, do without

        body = bytes(WebPusher(abonnement).encode(content.encode())["body"])
        headers = {
            **self._signature(f"{parts.scheme}://{parts.netloc}"),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEEP),
            "Urgency": "normal",
            "Topic": brev.merke,
        }
        try:
            answer = nett.post(endpoint, body, headers, point, privat=self._privat)
        except (Midlertidig, Uviss):
            self._away.add(parts.netloc)
            raise
        return _understood(answer)

    def close(self) -> None:
        """Nothing is kept."""

    def _signature(self, audience: str) -> dict[str, str]:
        """By the clock of the machine, not ours: in demo mode ours can be moved, and the push service has its own."""
        made, headers = self._signed.get(audience, (0.0, {}))
        if not headers or time.time() - made > SIGNED_FOR / 2 or time.time() < made:
            made = time.time()
            signer = Vapid02.from_raw(base64.urlsafe_b64encode(self._push.nokkel).rstrip(b"="))
            claims = {"aud": audience, "sub": self._push.kontakt, "exp": int(made) + SIGNED_FOR}
            headers = {"Authorization": str(signer.sign(claims)["Authorization"])}
            self._signed[audience] = (made, headers)
        return headers


def public_key(push: Push) -> str:
    """What the browser subscribes with (applicationServerKey), in base64url."""
    private = ec.derive_private_key(int.from_bytes(push.nokkel, "big"), ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def host_of(endpoint: str) -> str:
    """The push service, for the log: the rest of the address is a secret."""
    return urlsplit(endpoint).hostname or ""


def _understood(answer: nett.Svar) -> str:
    code = str(answer.status)
    match answer.status:
        case 200 | 201 | 202 | 204:
            return code
        case 404 | 410:
            raise Gone(code)
        # Also when our signature is not taken (401, 403): a browser chose who answers, and another service may take it.
        case status if status in {401, 403, 429} or status >= 500:
            raise Midlertidig(code)
        case _:
            raise Varig(code)


class Gone(Varig):
    """The subscription does not exist any more: it is removed."""
