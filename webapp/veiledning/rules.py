"""Pure rules about råd og veiledning: where a matter stands, what can be done with it, and by whom."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from webapp.platform import lov


class Stand(StrEnum):
    """Where a matter stands. ``INGEN``: nothing has been asked for yet."""

    INGEN = "ingen"
    SOKT = "sokt"
    INNVILGET = "innvilget"
    AVSLATT = "avslatt"
    AVSLUTTET = "avsluttet"


class Handling(StrEnum):
    """What can be done."""

    SOK = "sok"
    INNVILG = "innvilg"
    AVSLA = "avsla"
    SAMTALE = "samtale"
    AVSLUTT = "avslutt"


# What a matter becomes. What is not here cannot be done: a vedtak is not made twice, and nothing is written about
# conversations that nobody has granted. Whoever is refused can ask again: that is a new matter.
OVERGANGER: dict[tuple[Stand, Handling], Stand] = {
    (Stand.INGEN, Handling.SOK): Stand.SOKT,
    (Stand.SOKT, Handling.INNVILG): Stand.INNVILGET,
    (Stand.SOKT, Handling.AVSLA): Stand.AVSLATT,
    (Stand.INNVILGET, Handling.SAMTALE): Stand.INNVILGET,
    (Stand.INNVILGET, Handling.AVSLUTT): Stand.AVSLUTTET,
}
HVEM: dict[Handling, str] = {
    Handling.SOK: "bruker",
    Handling.INNVILG: "ansatt",
    Handling.AVSLA: "ansatt",
    Handling.SAMTALE: "ansatt",
    Handling.AVSLUTT: "ansatt",
}


class NotPossible(Exception):
    """This cannot be done with the matter as it is now. Somebody else may have changed it a moment ago."""


class KortKlagefrist(Exception):
    """The last day for a klage comes sooner than the law allows."""


class ForVedtaket(Exception):
    """Nothing of the service can have happened before the vedtak; ``fra``: its date."""

    def __init__(self, fra: date) -> None:
        super().__init__(str(fra))
        self.fra = fra


def check_klagefrist(dato: date, klagefrist: date) -> None:
    """Raises KortKlagefrist. The message cannot have come before the vedtak's date, so three weeks from it is least."""
    if klagefrist - dato < timedelta(days=lov.KLAGEFRIST_DAGER):
        raise KortKlagefrist


def check_day(dato: date, vedtak: date) -> None:
    """A conversation, or the end, on the vedtak's date or later. Raises ForVedtaket."""
    if dato < vedtak:
        raise ForVedtaket(vedtak)


def stand(*, utfall: str | None, avsluttet: bool) -> Stand:
    """Where a matter that was asked for stands; ``utfall``: of the vedtak, None before there is one."""
    if utfall is None:
        return Stand.SOKT
    if utfall == "avslatt":
        return Stand.AVSLATT
    return Stand.AVSLUTTET if avsluttet else Stand.INNVILGET


def possible(now: Stand, who: str) -> frozenset[Handling]:
    """What ``who`` («ansatt», «bruker») can do with a matter that stands at ``now``."""
    return frozenset(handling for (fra, handling) in OVERGANGER if fra is now and HVEM[handling] == who)


def next_step(now: Stand, *, start: date | None, talked: bool, today: date) -> Handling | None:
    """What the office does next: answer, then the first conversation. None when nothing waits for it."""
    if now is Stand.SOKT:
        return Handling.INNVILG
    begun = start is not None and start <= today
    return Handling.SAMTALE if now is Stand.INNVILGET and begun and not talked else None


def after(now: Stand, handling: Handling, who: str) -> Stand:
    """What the matter becomes. Raises NotPossible."""
    if handling not in possible(now, who):
        raise NotPossible(f"{who}: {now} + {handling}")
    return OVERGANGER[now, handling]
