"""Pure rules about råd og veiledning: where a matter stands, what can be done with it, and by whom."""

from __future__ import annotations

from enum import StrEnum


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


def after(now: Stand, handling: Handling, who: str) -> Stand:
    """What the matter becomes. Raises NotPossible."""
    if handling not in possible(now, who):
        raise NotPossible(f"{who}: {now} + {handling}")
    return OVERGANGER[now, handling]
