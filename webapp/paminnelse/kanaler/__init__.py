"""The channels behind one interface, and what can go wrong, as the worker must know it.

A channel hands over one message. Right before the step that cannot be taken back it calls ``point``: until then the
message has certainly not been sent, and whatever fails can be tried again without anybody getting it twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from webapp.platform.utboks import Kanal

_NO_NIGHT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Brev:
    """One message, with the address opened. Lives in memory only."""

    id: UUID
    kommune_id: int
    kanal: Kanal
    sprak: str
    mottaker: str = field(repr=False)  # address, number, or the push subscription as JSON
    emne: str
    tekst: str
    avmelding: str = field(default="", repr=False)  # where the messages are turned off without signing in
    bevis: dict[str, Any] = field(default_factory=dict, repr=False)  # what is kept when it has gone; none for staff
    merke: str = ""  # push: a message with the same mark replaces one that has not arrived
    til: datetime = _NO_NIGHT  # until when it may be handed over, as far as the bruker goes
    valgt: datetime | None = None  # when the bruker chose what it follows; None: they never did, or it is for staff


class Kanalfeil(Exception):
    """Not sent. ``kode``: the answer as a short code without words of anybody's, for the log and the evidence."""

    def __init__(self, kode: str) -> None:
        super().__init__(kode)
        self.kode = kode[:20]


class Midlertidig(Kanalfeil):
    """This message was not taken now; another try may help."""


class Varig(Kanalfeil):
    """This address will never take it."""


class Borte(Kanalfeil):
    """The whole channel does not answer (or does not let us in). It is not the message's fault."""


class Tvil(Kanalfeil):
    """The channel broke off, or refused us, over this message. Its own fault or the channel's: the next one shows."""


class Uviss(Kanalfeil):
    """It was handed over, and the answer was lost on the way."""


class Sender(Protocol):
    """An open channel: what is kept between two messages, a connection for instance."""

    def send(self, brev: Brev, point: Callable[[], None]) -> str:
        """Hand over one message; returns the answer as a code. Raises a Kanalfeil."""

    def close(self) -> None:
        """Let go of it."""
