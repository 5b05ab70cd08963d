"""Pure rules of filling in: what an answer is as stored, and when two texts are a conflict."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Protocol
from uuid import UUID

from flask_babel import LazyString, lazy_ngettext

from webapp.identitet.rules import HELPED
from webapp.kartlegging.skjema import EGNE_ORD, MED_VALG, Sporsmal, Tema, Type, Visning
from webapp.kartlegging.skjema.validering import BARE_ETT, UKJENT_VALG, ULESELIG, rens
from webapp.platform import languages

# The most that is stored of one answer. Six times what can be delivered: a text that is too long is kept, to be
# shortened another day. Beyond this it stays on the screen only, and the page says so.
HARD_CAP = 60_000

Verdi = str | list[str]

TICK = timedelta(microseconds=1)  # the shortest time that both databases keep

# A save that goes on from a text that lies as a conflict says so with this mark and the conflict's id.
KONFLIKTMERKE = "k."

_NEEDS_CLEANING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Avvist(ValueError):
    """An answer that cannot be stored. ``melding`` says why to the person, in their language."""

    def __init__(self, melding: LazyString) -> None:
        super().__init__("the answer cannot be stored")
        self.melding = melding


class Utfall(StrEnum):
    """What a save means for one question."""

    LIK = "lik"  # the same text is there already
    URORT = "urort"  # nothing was changed on the page it comes from
    SKRIV = "skriv"  # the new text replaces the one it started from
    KONFLIKT = "konflikt"  # both this page and another have changed it: keep both


@dataclass(frozen=True, slots=True)
class Skriver:
    """Who typed (K1): ``bruker``, ``hjelper`` or ``ansatt``; and in which language: «und» when nobody knows."""

    skrevet_av: str
    sprak: str
    ansatt_id: UUID | None = None


def together(one: Skriver | None, other: Skriver | None) -> Skriver | None:
    """Who typed two texts that stand after each other. Somebody's help with one of them is said of both (K1).

    None: not known of that text.
    """
    if one is None or other is None:
        return one or other
    helper = next((each for kind in reversed(HELPED) for each in (one, other) if each.skrevet_av == kind), one)
    return helper if one.sprak == other.sprak else replace(helper, sprak=languages.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Naa:
    """An answer as it stands: ``versjon`` 0, empty and typed by nobody when there is none.

    ``fortsatt``, ``bekreftet``: see service.Utfylt.
    """

    verdi: Verdi = ""
    vil_ikke: bool = False
    versjon: int = 0
    fortsatt: bool | None = None
    skriver: Skriver | None = None
    bekreftet: bool = False


def read_answer(sporsmal: Sporsmal, verdi: object) -> Verdi:
    """The answer as it is stored: exactly what was typed (K1), but for control characters that nobody types.

    Several choices become a list in the order of the form, everything else one text. Raises Avvist for what no form of
    ours sends, and for a text above HARD_CAP.
    """
    parts = verdi if isinstance(verdi, list) else [verdi]
    texts = [_cleaned(part) for part in parts if isinstance(part, str)]
    if len(parts) > 200 or len(texts) < len(parts):
        raise Avvist(ULESELIG)
    if sporsmal.type not in MED_VALG:
        text = "\n".join(texts)
        if len(text) > HARD_CAP:
            raise Avvist(too_long(len(text) - (text_limit(sporsmal) or HARD_CAP)))
        return text
    chosen = {text for text in texts if text}
    known = [valg.id for valg in sporsmal.valg if valg.id in chosen]
    if len(known) < len(chosen):
        raise Avvist(UKJENT_VALG)
    if sporsmal.type is Type.FLERE:
        return known
    if len(known) > 1:
        raise Avvist(BARE_ETT)
    return known[0] if known else ""


def text_limit(sporsmal: Sporsmal) -> int | None:
    """The most characters that can be delivered in own words; None for the other types."""
    return sporsmal.maks if sporsmal.type in EGNE_ORD else None


def too_long(over: int) -> LazyString:
    """The sentence about a text that has ``over`` characters too many."""
    return lazy_ngettext(
        "Teksten er %(num)d tegn for lang. Gjør den litt kortere.",
        "Teksten er %(num)d tegn for lang. Gjør den litt kortere.",
        num=over,
    )


def _cleaned(text: str) -> str:
    return rens(text) if _NEEDS_CLEANING.search(text) else text


def merke(verdi: Verdi, vil_ikke: bool) -> str:
    """A short fingerprint of an answer, so that a page can say which text it started from. Empty for no answer."""
    if not verdi and not vil_ikke:
        return ""
    content = json.dumps([verdi, vil_ikke]).encode()
    return base64.urlsafe_b64encode(blake2b(content, digest_size=9).digest()).decode()


def outcome(verdi: Verdi, vil_ikke: bool, started_from: tuple[int, str], now: Naa) -> Utfall:
    """What to do with a save that started from (version, fingerprint), when ``now`` is what stands there.

    A stale page sends every field it has. Those that nobody touched must neither overwrite nor ask.
    """
    if verdi == now.verdi and vil_ikke == now.vil_ikke:
        return Utfall.LIK
    versjon, started_merke = started_from
    if merke(verdi, vil_ikke) == started_merke:
        return Utfall.URORT
    if now.versjon in {0, versjon} or merke(now.verdi, now.vil_ikke) == started_merke:
        return Utfall.SKRIV
    return Utfall.KONFLIKT


def written(
    verdi: Verdi, vil_ikke: bool, now: Naa, skriver: Skriver, *, endret: bool = False, valgt: bool = False
) -> Naa:
    """The answer after it was changed. A new text is not «fortsatt slik» (K7). ``valgt``: see ``confirmed``.

    ``endret``: it was said to be changed as well, and is so until it is delivered, also if the old text is put back.

    Where only «vil ikke svare» was said or taken back, the words under it are still whose they were (K1).
    """
    after = Naa(verdi, vil_ikke, now.versjon + 1, False if endret else None, skriver)
    if verdi and verdi == now.verdi and now.skriver is not None:
        stands = valgt or skriver.skrevet_av != "ansatt"
        return _stood_by(replace(after, skriver=now.skriver, bekreftet=now.bekreftet), stands)
    return _stood_by(after, valgt)


def confirmed(now: Naa, fortsatt: bool | None, *, valgt: bool = False) -> Naa:
    """The answer after «fortsatt slik» (True) or «endret» (False) was said; the same one when neither was (None).

    ``valgt``: the bruker has chosen this text out of two. The words stay whose they were, and in their language (K1).
    """
    after = _stood_by(now if fortsatt is None else replace(now, fortsatt=fortsatt), valgt or bool(fortsatt))
    return now if after == now else replace(after, versjon=now.versjon + 1)


def _stood_by(answer: Naa, stands: bool) -> Naa:
    """``stands``: the bruker has stood by what an ansatt typed. From then on it is not staff's to change (K1)."""
    typed_by_staff = answer.skriver is not None and answer.skriver.skrevet_av == "ansatt"
    return replace(answer, bekreftet=True) if stands and typed_by_staff else answer


class Valgt(StrEnum):
    """What the bruker can choose between two texts."""

    NAA = "naa"
    ANNEN = "annen"
    BEGGE = "begge"


def chosen_text(chosen: Valgt, now: Naa, other: Verdi, other_vil_ikke: bool) -> tuple[Verdi, bool]:
    """The answer that the bruker chose. Both: the texts with an empty line between, or all the choices of both."""
    if chosen is Valgt.NAA:
        return now.verdi, now.vil_ikke
    if chosen is Valgt.ANNEN:
        return other, other_vil_ikke
    if isinstance(now.verdi, list) or isinstance(other, list):
        return [*now.verdi, *other], False
    return "\n\n".join(text for text in (now.verdi, other) if text), False


def chosen_writer(chosen: Valgt, now: Naa, other: Skriver | None) -> Skriver | None:
    """Who typed what the bruker chose; None when it was kept before that was written down."""
    if chosen is Valgt.NAA:
        return now.skriver
    return together(now.skriver, other) if chosen is Valgt.BEGGE and now.verdi else other


class Temastatus(StrEnum):
    """How far a theme is. No percentages and no bars: there is nothing one must reach (K2)."""

    IKKE_BEGYNT = "ikke-begynt"
    BEGYNT = "begynt"
    BESVART = "besvart"
    VIL_IKKE = "vil-ikke"


class Svaret(Protocol):
    """What is needed of an answer, delivered or not."""

    @property
    def verdi(self) -> Verdi:
        """What is answered."""

    @property
    def vil_ikke(self) -> bool:
        """Whether «vil ikke svare» is chosen."""


def opened(asked: Iterable[Sporsmal], answers: Mapping[str, Svaret]) -> list[Sporsmal]:
    """The follow-ups of ``asked`` that the answers have opened: they are asked too. «Vil ikke svare» opens none."""
    chosen = {ident: one.verdi for ident, one in answers.items() if not one.vil_ikke}
    return [follow_up for sporsmal in asked for follow_up in sporsmal.apnet(chosen)]


def theme_status(
    tema: Tema, answered: Iterable[str], declined: Iterable[str], opened: Iterable[str] = ()
) -> Temastatus:
    """The status of ``tema``, as it is in a view, from the ids that are answered and declined.

    ``opened``: the follow-ups that the answers have opened. The others are not asked, and nothing is missing there.
    """
    all_ids = {sporsmal.id for sporsmal in tema.alle()}
    asked = {sporsmal.id for sporsmal in tema.sporsmal} | set(opened) & all_ids
    has, not_wanted = set(answered) & all_ids, set(declined) & all_ids
    if not has and not not_wanted:
        return Temastatus.IKKE_BEGYNT
    if not has and asked <= not_wanted:
        return Temastatus.VIL_IKKE
    return Temastatus.BESVART if asked <= has | not_wanted else Temastatus.BEGYNT


def running_deadline(new: date, before: date | None, *, done: bool) -> date:
    """K8: a clock that is running is not set back by a new version; one that has been met starts again."""
    return min(new, before) if before is not None and not done else new


def written_since(levert: datetime | None, endret: datetime | None) -> bool:
    """Whether something has been written after the latest delivery: it is saved, and not delivered."""
    return levert is not None and endret is not None and endret > levert


def after_delivery(now: datetime, levert: datetime | None) -> datetime:
    """The moment of what is written at ``now``: later than the latest delivery, also when the clock was set back."""
    return now if levert is None or levert < now else levert + TICK


def delivered_at(now: datetime, written: datetime | None, last: datetime | None) -> datetime:
    """The moment of a delivery at ``now``: not before what it holds was written, and later than the one before it."""
    return after_delivery(max(now, written or now), last)


def mini_is_due(mini_frist: date | None, today: date) -> bool:
    """K7: the mini-mapping is offered from this day on."""
    return mini_frist is not None and mini_frist <= today


def mini_is_offered(mini_frist: date | None, tilbudt: str | None, today: date) -> bool:
    """K7: whether the bruker is shown the way into a mini round: a year has gone, or the veileder offers it."""
    return tilbudt == Visning.MINI or mini_is_due(mini_frist, today)


def round_is_open(tilbudt: str | None, visning: str | None) -> bool:
    """K7: whether a mini round is offered already, or the bruker is in one. Nobody offers another until it is over."""
    return Visning.MINI in (tilbudt, visning)


class Neste(StrEnum):
    """What the office does next with a mapping (K7, K8)."""

    LES = "les"
    LES_SVAR = "les_svar"
    SAMTALE = "samtale"
    PLAN = "plan"
    NY_RUNDE = "ny_runde"


def next_step(
    *, levert: bool, lest: bool, nye_svar: int, samtale: bool, plan: bool, mini_frist: date | None, today: date
) -> Neste | None:
    """What the office does next; ``samtale`` and ``plan``: that clock of K8 still runs. None: nothing waits for it."""
    checks = (
        (Neste.LES, levert and not lest),
        (Neste.LES_SVAR, nye_svar > 0),
        (Neste.SAMTALE, samtale),
        (Neste.PLAN, plan),
        (Neste.NY_RUNDE, mini_is_due(mini_frist, today)),
    )
    return next((step for step, holds in checks if holds), None)
