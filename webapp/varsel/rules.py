"""Pure rules of a matter: what can happen next, whose it is to do, and when the deadline runs out (U1–U8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from webapp.platform import lov
from webapp.platform.dates import OSLO, add_working_days, oslo_date
from webapp.platform.lov import UTTALELSE_VIRKEDAGER

MOST_WORKING_DAYS = 60
LONGEST_BACK = timedelta(days=366)  # what happened longer ago is no ground: it is a slip of the finger
LONGEST_EXTENSION = timedelta(days=180)
LATEST_START = timedelta(days=92)  # a reduction begins within three months of the decision, or it is another decision


class Tilstand(StrEnum):
    """Where a matter stands."""

    NOTERT = "notert"  # something is noted; the bruker has not been told that anything is considered
    VARSLET = "varslet"  # sent, and not known to have arrived: U3, not a notice yet
    NADD = "nadd"  # it has reached the bruker, and the deadline runs or has run out
    UTTALT = "uttalt"  # the bruker has said something that is not weighed yet
    VEID = "veid"
    AVGJORT = "avgjort"
    LUKKET = "lukket"


class Handling(StrEnum):
    """What can be done in a matter."""

    NOTER = "noter"  # one more thing that happened
    VARSLE = "varsle"
    APNE = "apne"
    NA = "na"  # it reached the bruker another way
    UTTAL = "uttal"
    SKRIV_NED = "skriv_ned"  # an oral uttalelse, as told
    RETT = "rett"  # the bruker puts right what was written down
    ONSK = "onsk"
    SVAR = "svar"
    VEI = "vei"
    AVGJOR = "avgjor"
    LUKK = "lukk"


T, H = Tilstand, Handling
OPEN = (T.NOTERT, T.VARSLET, T.NADD, T.UTTALT, T.VEID)
TOLD = (T.VARSLET, T.NADD, T.UTTALT, T.VEID)
REACHED = (T.NADD, T.UTTALT, T.VEID)

# What a matter becomes. What is not here cannot be done: no step is skipped, and a decided or closed matter stays so.
OVERGANGER: dict[tuple[Tilstand, Handling], Tilstand] = {
    (T.NOTERT, H.NOTER): T.NOTERT,
    (T.NOTERT, H.VARSLE): T.VARSLET,
    (T.VARSLET, H.APNE): T.NADD,
    **{(t, H.APNE): t for t in REACHED},  # read again, perhaps in another language
    (T.VARSLET, H.NA): T.NADD,
    **{(t, H.UTTAL): T.UTTALT for t in TOLD},  # whoever answers has been reached
    **{(t, H.SKRIV_NED): T.UTTALT for t in REACHED},
    (T.UTTALT, H.RETT): T.UTTALT,
    (T.VEID, H.RETT): T.UTTALT,  # other words must be weighed anew
    (T.VARSLET, H.ONSK): T.NADD,
    **{(t, H.ONSK): t for t in REACHED},
    **{(t, H.SVAR): t for t in REACHED},
    **{(t, H.VEI): T.VEID for t in REACHED},
    (T.VEID, H.AVGJOR): T.AVGJORT,
    **{(t, H.LUKK): T.LUKKET for t in OPEN},
}

HVEM: dict[Handling, str] = {
    H.NOTER: "ansatt",
    H.VARSLE: "ansatt",
    H.APNE: "bruker",
    H.NA: "ansatt",
    H.UTTAL: "bruker",
    H.SKRIV_NED: "ansatt",
    H.RETT: "bruker",
    H.ONSK: "bruker",
    H.SVAR: "ansatt",
    H.VEI: "ansatt",
    H.AVGJOR: "ansatt",
    H.LUKK: "ansatt",
}


@dataclass(frozen=True, slots=True)
class Fakta:
    """What the rules need to know of a matter besides its state."""

    grunnlag: bool = False  # nothing is missing in the ground (V2, U1)
    ord: int = 0  # uttalelser and corrections
    muntlig: bool = False  # one of them was written down by a veileder
    egne: bool = False  # one of them is the bruker's own: written, corrected or confirmed by themselves
    veid: int = -1  # how many of them the latest weighing covers; -1: none
    frist: datetime | None = None  # None until the notice has arrived
    forlenget: bool = False  # the deadline that stands was given as more time
    ubesvart: int = 0  # wishes that wait for an answer
    fant_arbeid: bool = False


class NotPossible(Exception):
    """This cannot be done with the matter as it stands. Somebody may have done something a moment ago."""


def after(tilstand: Tilstand, handling: Handling, who: str, fakta: Fakta, now: datetime) -> Tilstand:
    """What the matter becomes when ``who`` («ansatt», «bruker») does ``handling``. Raises NotPossible."""
    if handling not in possible(tilstand, who, fakta, now):
        raise NotPossible(f"{who}: {tilstand} + {handling}")
    return OVERGANGER[tilstand, handling]


def unless_typed_by_staff(before: Tilstand, becomes: Tilstand, skriver: str | None) -> Tilstand:
    """U3: what an ansatt types in the bruker's session is taken in, and shows nothing of whether the notice arrived."""
    return before if skriver == "ansatt" and before is Tilstand.VARSLET and becomes in REACHED else becomes


def possible(tilstand: Tilstand, who: str, fakta: Fakta, now: datetime) -> frozenset[Handling]:
    """What ``who`` can do now."""
    found = {handling for (fra, handling) in OVERGANGER if fra is tilstand and HVEM[handling] == who}
    if not fakta.grunnlag:
        found.discard(H.VARSLE)
    if not fakta.muntlig:
        found.discard(H.RETT)
    if not fakta.ubesvart:
        found.discard(H.SVAR)
    if not heard(fakta, now) or fakta.ubesvart:  # U1; U6: a wish is answered before anything is weighed
        found -= {H.VEI, H.AVGJOR}
    if fakta.veid != fakta.ord:
        found.discard(H.AVGJOR)
    return frozenset(found)


def next_step(tilstand: Tilstand, fakta: Fakta, now: datetime) -> str:
    """The one next right step for the veileder, as a code: what the page of the matter and the worklist lead to."""
    if tilstand in (T.AVGJORT, T.LUKKET):
        return "ferdig"
    if tilstand is T.NOTERT:
        return "send" if fakta.grunnlag else "mangler"
    if tilstand is T.VARSLET:
        return "nadd"
    if fakta.ubesvart:
        return "svar"
    can = possible(tilstand, "ansatt", fakta, now)
    if H.AVGJOR in can:
        return "avgjor"
    return "vei" if H.VEI in can else "vent"


def heard(fakta: Fakta, now: datetime) -> bool:
    """U1: the bruker has said something themselves, or the deadline has passed after the notice reached them.

    What somebody at the office wrote down is theirs to correct first: alone it never makes anything come sooner.
    """
    return fakta.egne or (fakta.frist is not None and now >= fakta.frist)


def may_reduce(fakta: Fakta, now: datetime) -> bool:
    """Beside U8: «found work» never leads to a reduction (U7), and time that was given is waited for (U6)."""
    return not fakta.fant_arbeid and not (fakta.forlenget and fakta.frist is not None and now < fakta.frist)


def end_of(day: date) -> datetime:
    """The moment ``day`` is over in Norway. A deadline «innen» a day holds until then."""
    return datetime.combine(day + timedelta(days=1), time(0), OSLO).astimezone(UTC)


def last_day(frist: datetime) -> date:
    """The last day on which one is in time."""
    return oslo_date(frist - timedelta(microseconds=1))


def deadline_day(reached: datetime, working_days: int) -> date:
    """U3: the deadline's day, working days from when the notice arrived, never fewer than in the law table."""
    return add_working_days(oslo_date(reached), max(working_days, UTTALELSE_VIRKEDAGER))


def deadline(reached: datetime, working_days: int, tidligst: date) -> datetime:
    """The moment it runs out; never before the day that the notice itself named."""
    return end_of(max(deadline_day(reached, working_days), tidligst))


def standing(first: datetime | None, extensions: Iterable[datetime | None]) -> datetime | None:
    """The deadline that counts: the first one, or a later one that was given. Never an earlier one (U6)."""
    if first is None:
        return None
    return max([first, *(one for one in extensions if one is not None)])


def klagefrist(decided: date, of_vedtak: date | None = None) -> date:
    """The last day to appeal: three weeks from now, or what the vedtak itself says when that is later (U9).

    It counts from when the decision reaches the bruker, who may then have longer: apning.klagefrist.
    """
    own = lov.klagefrist(decided)
    return max(own, of_vedtak) if of_vedtak else own


def owes_an_answer(fakta: Fakta) -> bool:
    """Whether something the bruker said or wished for would be left without an answer if the matter were closed."""
    return fakta.ubesvart > 0 or (fakta.ord > 0 and fakta.veid != fakta.ord)


def months_of(fra: date, til: date) -> int:
    """How many months a reduction that is begun counts for: what is begun of a month is a month (V2)."""
    return next(months for months in range(1, 1200) if til <= last_of_period(fra, months))


class Feil(StrEnum):
    """What is wrong with a reduction (U8)."""

    VEDTAK_MANGLER = "vedtak_mangler"
    VEDTAK_GAMMELT = "vedtak_gammelt"  # dated before the bruker had been heard
    BELOP = "belop"
    BELOP_OVER_VARSLET = "belop_over_varslet"
    PERIODE = "periode"
    PERIODE_FOR_TIDLIG = "periode_for_tidlig"
    PERIODE_FOR_SEN = "periode_for_sen"
    PERIODE_OVER_VARSLET = "periode_over_varslet"
    FAMILIE = "familie"
    BARN = "barn"
    NODVENDIG = "nodvendig"
    IKKE_NA = "ikke_na"  # found work, or time that was given is not out
    SAMTALE_MANGLER = "samtale_mangler"  # a conversation or an interpreter was promised, and nobody has talked since
    GRUNNLAG_BORTE = "grunnlag_borte"  # the vilkår or its vedtak no longer says that this can follow
    IKKE_FORFALT = "ikke_forfalt"  # the last day is later now than what happened
    GJELDER_IKKE = "gjelder_ikke"  # the vilkår has been met or ended in the meantime


@dataclass(frozen=True, slots=True)
class Reduksjon:
    """A reduction as the veileder wants to register it."""

    vedtak_dato: date | None
    belop: int | None
    fra: date | None
    til: date | None
    familie: str
    barn: str
    dekket: str
    er_dekket: bool


def faults(reduksjon: Reduksjon, *, belop: int, maneder: int, hort: date, now: datetime) -> list[Feil]:
    """U8: everything that is wrong. ``belop``/``maneder``: the most the notice spoke of; ``hort``: heard that day."""
    found, one = [], reduksjon
    if one.vedtak_dato is None:
        found.append(Feil.VEDTAK_MANGLER)
    elif one.vedtak_dato < hort or one.vedtak_dato > oslo_date(now):
        found.append(Feil.VEDTAK_GAMMELT)
    if one.belop is None or one.belop < 1:
        found.append(Feil.BELOP)
    elif one.belop > belop:
        found.append(Feil.BELOP_OVER_VARSLET)
    found += _faults_of_period(one, maneder, oslo_date(now))
    for words, fault in ((one.familie, Feil.FAMILIE), (one.barn, Feil.BARN)):
        if not words.strip():
            found.append(fault)
    if not one.er_dekket or not one.dekket.strip():
        found.append(Feil.NODVENDIG)
    return found


def _faults_of_period(one: Reduksjon, maneder: int, today: date) -> list[Feil]:
    if one.fra is None or one.til is None or one.til < one.fra:
        return [Feil.PERIODE]
    if one.fra < today or (one.vedtak_dato is not None and one.fra < one.vedtak_dato):
        return [Feil.PERIODE_FOR_TIDLIG]  # nothing is taken for time before it was decided
    if one.fra > today + LATEST_START:
        return [Feil.PERIODE_FOR_SEN]
    return [Feil.PERIODE_OVER_VARSLET] if one.til > last_of_period(one.fra, maneder) else []


def last_of_period(fra: date, maneder: int) -> date:
    """The last day of ``maneder`` whole months from ``fra``."""
    month = fra.month - 1 + maneder
    year, month = fra.year + month // 12, month % 12 + 1
    for day in (fra.day, 30, 29, 28):
        try:
            return date(year, month, day) - timedelta(days=1 if day == fra.day else 0)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
