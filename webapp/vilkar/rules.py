"""Pure rules about vilkår: what can become of one, what dates and amounts can be, who is under 30."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from webapp.platform import lov
from webapp.platform.dates import add_days, is_working_day

LONGEST_AHEAD = timedelta(days=730)  # a deadline years ahead is a slip of the finger
LONGEST_BACK = timedelta(days=1100)  # a vedtak that still counts
SOON = timedelta(days=7)  # so near a last day both sides are told of it
MOST_KRONER = 50_000  # a month: more than any benefit here
MOST_MONTHS = 12


class Tilstand(StrEnum):
    """Where a vilkår stands."""

    GJELDER = "gjelder"
    OPPFYLT = "oppfylt"
    IKKE_OPPFYLT = "ikke_oppfylt"  # says what is not done, never why or whose fault (U7)
    OPPHORT = "opphort"


class Handling(StrEnum):
    """What can be done with it. The first three are what the veileder registers."""

    OPPFYLT = "oppfylt"
    IKKE_OPPFYLT = "ikke_oppfylt"
    OPPHORT = "opphort"
    ENDRE = "endre"
    SVAR = "svar"  # F1: the bruker's own
    MELD = "meld"  # «gjort»


# What is not here cannot be done. A mistake can be put right; what is no longer asked is not asked again.
OVERGANGER: dict[tuple[Tilstand, Handling], Tilstand] = {
    (Tilstand.GJELDER, Handling.OPPFYLT): Tilstand.OPPFYLT,
    (Tilstand.GJELDER, Handling.IKKE_OPPFYLT): Tilstand.IKKE_OPPFYLT,
    (Tilstand.GJELDER, Handling.OPPHORT): Tilstand.OPPHORT,
    (Tilstand.GJELDER, Handling.ENDRE): Tilstand.GJELDER,
    (Tilstand.GJELDER, Handling.SVAR): Tilstand.GJELDER,
    (Tilstand.GJELDER, Handling.MELD): Tilstand.GJELDER,
    (Tilstand.IKKE_OPPFYLT, Handling.OPPFYLT): Tilstand.OPPFYLT,
    (Tilstand.IKKE_OPPFYLT, Handling.OPPHORT): Tilstand.OPPHORT,
    (Tilstand.IKKE_OPPFYLT, Handling.ENDRE): Tilstand.GJELDER,
    (Tilstand.IKKE_OPPFYLT, Handling.SVAR): Tilstand.IKKE_OPPFYLT,
    (Tilstand.IKKE_OPPFYLT, Handling.MELD): Tilstand.IKKE_OPPFYLT,
    (Tilstand.OPPFYLT, Handling.IKKE_OPPFYLT): Tilstand.IKKE_OPPFYLT,
    (Tilstand.OPPFYLT, Handling.OPPHORT): Tilstand.OPPHORT,
}


# Whose it is to do: what the office registers, and what is the bruker's own to say.
HVEM: dict[Handling, str] = {
    Handling.OPPFYLT: "ansatt",
    Handling.IKKE_OPPFYLT: "ansatt",
    Handling.OPPHORT: "ansatt",
    Handling.ENDRE: "ansatt",
    Handling.SVAR: "bruker",
    Handling.MELD: "bruker",
}


class NotPossible(Exception):
    """This cannot be done with the vilkår as it is now. Somebody else may have changed it a moment ago."""


def after(tilstand: Tilstand, handling: Handling, who: str) -> Tilstand:
    """What a vilkår becomes when ``who`` («ansatt», «bruker») does it. Raises NotPossible."""
    if handling not in possible(tilstand, who):
        raise NotPossible(f"{who}: {tilstand} + {handling}")
    return OVERGANGER[tilstand, handling]


def possible(tilstand: Tilstand, who: str) -> frozenset[Handling]:
    """What ``who`` can do with it now."""
    return frozenset(handling for (fra, handling) in OVERGANGER if fra is tilstand and HVEM[handling] == who)


class Neste(StrEnum):
    """What the office does next with a vilkår. Talking comes before anything else than answering «gjort»."""

    SE_PA_GJORT = "se_pa_gjort"
    FORKLAR = "forklar"  # F2
    VIS = "vis"  # nothing can be expected of whoever has not seen it
    SNAKK_UENIG = "snakk_uenig"
    VURDER = "vurder"  # the last day has been
    BEKREFT = "bekreft"  # opened, and not said whether it is understood (F1)
    SNART = "snart"  # the last day is near, and «gjort» is not said
    SNAKK = "snakk"  # registered as not met


def next_step(
    tilstand: Tilstand,
    *,
    vist: bool,
    besvart: bool,
    hjelp: bool,
    uenig: bool,
    meldt: bool,
    frist: date | None,
    today: date,
) -> Neste | None:
    """What the office does next; None when nothing waits for it."""
    if tilstand not in (Tilstand.GJELDER, Tilstand.IKKE_OPPFYLT):
        return None
    checks = (
        (Neste.SE_PA_GJORT, meldt),
        (Neste.FORKLAR, hjelp),
        (Neste.VIS, not vist),
        (Neste.SNAKK_UENIG, uenig),
        (Neste.VURDER, tilstand is Tilstand.GJELDER and frist is not None and frist < today),
        (Neste.BEKREFT, tilstand is Tilstand.GJELDER and not besvart),
        (Neste.SNART, tilstand is Tilstand.GJELDER and near(frist, today)),
        (Neste.SNAKK, tilstand is Tilstand.IKKE_OPPFYLT),
    )
    return next((step for step, holds in checks if holds), None)


def near(frist: date | None, today: date) -> bool:
    """Whether the last day is today or in the week that comes."""
    return frist is not None and today <= frist <= today + SOON


def read_by(forste_dag: date | None, frist: date | None, today: date) -> date | None:
    """The day by which a vilkår is to be read and understood.

    Of what goes on over time that is the first day and not the last: weeks are lost by then. None when it has begun:
    then it is to be read now. ``forste_dag`` is None of what is done on one day, or by it.
    """
    if forste_dag is None:
        return frist
    return forste_dag if forste_dag >= today else None


def talk_by(forste_dag: date | None, frist: date | None, today: date) -> date | None:
    """The office's last day for talking about it: as ``read_by``, but a working day before it begins."""
    day = read_by(forste_dag, frist, today)
    if forste_dag is None or day is None:
        return day
    day = add_days(day, -1)
    while not is_working_day(day):
        day = add_days(day, -1)
    return max(day, today)


def klagefrist(dato: date) -> date:
    """The deadline for appeal that is proposed for a vedtak of ``dato``."""
    return lov.klagefrist(dato)


def may_be_under_30(fodselsar: int | None, today: date) -> bool:
    """V5, with only the year of birth known: whoever turns 30 this year still counts."""
    return fodselsar is not None and today.year - fodselsar <= lov.AKTIVITET_UNDER_AR


def payment_dates(forste: int, andre: int, today: date, count: int = 4) -> list[date]:
    """The next days of payment, from ``today`` on; a day that a month has not is its last one."""
    found: list[date] = []
    year, month = today.year, today.month
    while len(found) < count:
        last = calendar.monthrange(year, month)[1]
        found += [day for day in sorted({date(year, month, min(n, last)) for n in (forste, andre)}) if day >= today]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found[:count]
