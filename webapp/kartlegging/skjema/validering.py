"""Reading a raw answer, and showing a stored one. Pure rules: no database, no clock, and nothing is ever raised.

What the bruker types is stored as typed, valid or not (zero loss); what is found here is shown at «se over».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, get_locale, gettext, lazy_ngettext
from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema.typer import BELOP_MAKS, EGNE_ORD, Sporsmal, Type
from webapp.platform import datotekst
from webapp.platform.belop import kroner
from webapp.platform.dates import long_date, month_name

# Ready for JSON: own words and choice ids as str, whole kroner as int, a date as "2026-11-24", a month as "2026-11",
# several choices as a tuple of ids in the order of the form. None is an open question.
Verdi = str | int | tuple[str, ...] | None

AR_TIDLIGST = 1900
AR_SENEST = 2100


@dataclass(frozen=True, slots=True, eq=False)
class Tolket:
    """What a raw answer means, and what is to be put right. With a problem, `verdi` is what could still be read."""

    verdi: Verdi
    problemer: tuple[LazyString, ...] = ()

    @property
    def gyldig(self) -> bool:
        """Whether there is nothing to put right. An open question is valid (K2)."""
        return not self.problemer


ULESELIG = _l("Vi kunne ikke lese svaret. Skriv det inn på nytt.")
BARE_ETT = _l("Velg bare ett svar.")
UKJENT_VALG = _l("Svaret finnes ikke blant valgene. Velg et av svarene i listen.")
ALENE_MED_ANDRE = _l("Du har valgt svar som ikke går sammen. Ta bort det ene, eller de andre.")
IKKE_BELOP = _l("Skriv beløpet med tall, for eksempel 12 500.")
UNDER_NULL = _l("Skriv beløpet uten minus foran.")
OVER_BELOP = _l("Beløpet er for stort. Skriv hele kroner, opp til 10 millioner.")
IKKE_DATO = _l("Skriv datoen med dag, måned og år, for eksempel 24.11.2026.")
IKKE_MANED = _l("Skriv måned og år, for eksempel 11.2026.")
FEIL_AR = _l("Skriv et år mellom 1900 og 2100.")


def rens(tekst: str) -> str:
    """Text without control characters, except newline and tab. Nothing else is touched (K1).

    Browsers send line breaks as CR LF; they become one newline, so that the length is what the person sees.
    Marks for direction and joining stay: Arabic and emoji need them. Halves of broken characters cannot be stored.
    """
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(t for t in tekst if t in "\n\t" or unicodedata.category(t) not in {"Cc", "Cs"})


def tolk(sporsmal: Sporsmal, ra: str | list[str]) -> Tolket:
    """Read a raw answer as the question's type. Never raises, whatever comes in.

    Empty is an open question, without problems (K2). Too long text is kept whole in `verdi`.
    """
    biter = _som_tekster(ra)
    if biter is None:
        return Tolket(None, (ULESELIG,))
    biter = [bit for bit in map(rens, biter) if bit.strip()]
    if not biter:
        return Tolket(None)
    if sporsmal.type in EGNE_ORD:
        return _tolk_tekst(sporsmal, "\n".join(biter))
    if sporsmal.type is Type.FLERE:
        return _tolk_flere(sporsmal, biter)
    if len(biter) > 1:
        return Tolket(None, (BARE_ETT,))
    return _LESERE[sporsmal.type](sporsmal, biter[0].strip())


def _som_tekster(ra: object) -> list[str] | None:
    """The raw answer as a list of texts, or None when it is something no form of ours sends."""
    deler = list(ra) if isinstance(ra, list | tuple) else [ra]
    tekster: list[str] = []
    for del_ in deler:
        if isinstance(del_, bool) or not isinstance(del_, str | int | None):
            return None
        if isinstance(del_, int) and del_.bit_length() > 64:  # Python refuses to write out huge numbers
            return None
        tekster.append("" if del_ is None else str(del_))
    return tekster


def _tolk_tekst(sporsmal: Sporsmal, tekst: str) -> Tolket:
    if sporsmal.type is Type.KORT:
        tekst = " ".join(tekst.split("\n"))
    for_mye = len(tekst) - (sporsmal.maks or 0)
    if for_mye <= 0:
        return Tolket(tekst)
    melding = lazy_ngettext(
        "Teksten er %(num)d tegn for lang. Gjør den litt kortere.",
        "Teksten er %(num)d tegn for lang. Gjør den litt kortere.",
        num=for_mye,
    )
    return Tolket(tekst, (melding,))


def _tolk_en(sporsmal: Sporsmal, tekst: str) -> Tolket:
    if any(valg.id == tekst for valg in sporsmal.valg):
        return Tolket(tekst)
    return Tolket(None, (UKJENT_VALG,))


def _tolk_flere(sporsmal: Sporsmal, biter: list[str]) -> Tolket:
    valgte = {bit.strip() for bit in biter}
    kjente = tuple(valg for valg in sporsmal.valg if valg.id in valgte)
    problemer = []
    if len(kjente) < len(valgte):
        problemer.append(UKJENT_VALG)
    if len(kjente) > 1 and any(valg.alene for valg in kjente):
        problemer.append(ALENE_MED_ANDRE)
    return Tolket(tuple(valg.id for valg in kjente) or None, tuple(problemer))


# 12 500 · 12500 kr · 12.500 · 12,500 · 1 250 000 · 499,90 · kr 12 500,- · ca 8500 kr (we ask for «omtrent»)
_KR = r"(?:kroner|kr\.?|nok)?"
_OMTRENT = r"(?:(?:ca\.?|cirka|omtrent|rundt|rundt regnet|about|circa|حوالي|تقريبا) ?)?"
_BELOP = re.compile(
    _OMTRENT + _KR + r" ?(-?) ?(\d{1,3}(?:[ .,']\d{3})+|\d+)(?:[.,](\d{1,2}|-))? ?" + _KR, re.IGNORECASE
)
# Spaces of every width, the Arabic marks for thousands and decimals, and the minus signs that keyboards offer.
_TEGN = str.maketrans({"\u066c": ".", "\u066b": ",", "−": "-", "–": "-", "’": "'"})


def _med_vanlige_sifre(tekst: str) -> str:
    """Digits of every script as 0–9 (Arabic-Indic, Persian, Devanagari …), every space as a plain one."""
    sifre = (str(unicodedata.decimal(t)) if t.isdecimal() else t for t in tekst.translate(_TEGN))
    return " ".join("".join(sifre).split())


def _tolk_belop(_sporsmal: Sporsmal, tekst: str) -> Tolket:
    treff = _BELOP.fullmatch(_med_vanlige_sifre(tekst))
    if treff is None:
        return Tolket(None, (IKKE_BELOP,))
    minus, hele, ore = treff.groups()
    if minus:
        return Tolket(None, (UNDER_NULL,))
    sifre = re.sub(r"\D", "", hele).lstrip("0") or "0"
    if len(sifre) > len(str(BELOP_MAKS)):
        return Tolket(None, (OVER_BELOP,))
    kroner = int(sifre)
    if ore and ore != "-" and int(ore.ljust(2, "0")) >= 50:
        kroner += 1
    return Tolket(kroner) if kroner <= BELOP_MAKS else Tolket(None, (OVER_BELOP,))


def _tolk_dato(_sporsmal: Sporsmal, tekst: str) -> Tolket:
    skrevet = datotekst.day_parts(_med_vanlige_sifre(tekst))
    if skrevet is None:
        return Tolket(None, (IKKE_DATO,))
    if not AR_TIDLIGST <= skrevet[0] <= AR_SENEST:
        return Tolket(None, (FEIL_AR,))
    try:
        return Tolket(date(*skrevet).isoformat())
    except ValueError:
        return Tolket(None, (IKKE_DATO,))


def _tolk_maned(_sporsmal: Sporsmal, tekst: str) -> Tolket:
    skrevet = datotekst.month_parts(_med_vanlige_sifre(tekst))
    if skrevet is None:
        return Tolket(None, (IKKE_MANED,))
    ar, maned = skrevet
    if not AR_TIDLIGST <= ar <= AR_SENEST:
        return Tolket(None, (FEIL_AR,))
    if not 1 <= maned <= 12:
        return Tolket(None, (IKKE_MANED,))
    return Tolket(f"{ar:04}-{maned:02}")


_LESERE: dict[Type, Callable[[Sporsmal, str], Tolket]] = {
    Type.EN: _tolk_en,
    Type.GRAD: _tolk_en,
    Type.VARIGHET: _tolk_en,
    Type.BELOP: _tolk_belop,
    Type.DATO: _tolk_dato,
    Type.MANED: _tolk_maned,
}


def vis(sporsmal: Sporsmal, verdi: Verdi | list[str]) -> str | list[str]:
    """A stored answer in words, in the language of the page: a list for several choices, else one text.

    Takes raw answers as well as read ones. What cannot be read is shown as it was typed (K1). Needs an app context.
    """
    if verdi is None:
        return [] if sporsmal.type is Type.FLERE else ""
    ra = [str(del_) for del_ in verdi] if isinstance(verdi, list | tuple) else [str(verdi)]
    if sporsmal.type is Type.FLERE:
        return [_etikett(sporsmal, del_) for del_ in ra]
    som_skrevet = "\n".join(ra)
    lest = None if sporsmal.type in EGNE_ORD else tolk(sporsmal, ra).verdi
    return som_skrevet if lest is None else _i_ord(sporsmal, str(lest))


def _i_ord(sporsmal: Sporsmal, lest: str) -> str:
    match sporsmal.type:
        case Type.BELOP:
            ord_ = gettext("%(belop)s kr", belop=kroner(int(lest)))
        case Type.DATO:
            ord_ = long_date(date.fromisoformat(lest), get_locale())
        case Type.MANED:
            ord_ = month_name(date.fromisoformat(f"{lest}-01"), get_locale())
        case _:
            ord_ = _etikett(sporsmal, lest)
    return str(ord_)


def _etikett(sporsmal: Sporsmal, valg_id: str) -> str:
    etikett = sporsmal.etikett_for(valg_id.strip())
    return valg_id if etikett is None else str(etikett)
