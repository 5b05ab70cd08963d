"""SMS through a gateway: one POST of JSON for each message. Another gateway is another small class like this one.

``{"to": "+47…", "from": "Medvirk", "text": "…"}`` with ``Authorization: Bearer KEY`` and ``Idempotency-Key``.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from webapp.kanaloppsett import Sms
from webapp.paminnelse.kanaler import Borte, Brev, Midlertidig, Tvil, Varig, nett

_LATER = {408, 425, 429}  # and 5xx
_THIS_ONE = {400, 409, 413, 422}  # it has read the message, and will not send it


class Smssender:
    """See kanaler.Sender."""

    def __init__(self, sms: Sms, *, privat: bool) -> None:
        self._sms, self._privat = sms, privat

    def send(self, brev: Brev, point: Callable[[], None]) -> str:
        """See kanaler.Sender."""
        body = json.dumps({"to": brev.mottaker, "from": self._sms.avsender, "text": brev.tekst}, ensure_ascii=False)
        headers = {
            "Authorization": f"Bearer {self._sms.nokkel}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": brev.id.hex,
        }
        try:
            answer = nett.post(self._sms.url, body.encode(), headers, point, privat=self._privat, kjent=True)
        except Midlertidig as error:  # there is one gateway: when it cannot be reached, no message can be sent
            raise Borte(error.kode) from None
        code = str(answer.status)
        if 200 <= answer.status < 300:
            return code
        if answer.status in _LATER or answer.status >= 500:
            raise Midlertidig(code)
        if answer.status in _THIS_ONE:
            raise Varig(code)
        # Our key, our account, or an address where no gateway is any more (3xx, 404): no message's fault. But some
        # gateways say it of a number they will not send to.
        raise Tvil(code)

    def close(self) -> None:
        """Nothing is kept."""
