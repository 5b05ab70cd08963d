"""Each vilkår in the easiest words there are (platform/enkelt.py): what, by when, what can happen, and help.

A page shows it beside the text that counts. It is no part of that text, nor of what is kept as shown (F3).
"""

from __future__ import annotations

from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from webapp.platform.enkelt import Enkelt, Linje, linjer
from webapp.vilkar import tekst
from webapp.vilkar.banktyper import INNEN, TIDSPUNKT
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.tekstbank import FRITEKST, TYPER

EGNE_ORD = Enkelt(("hva",), _l("Veilederen din har skrevet hva du skal gjøre."))

# By the id of the type in the text bank. A test holds that none is missing.
TYPE: dict[str, Enkelt] = {
    "mote": Enkelt(("mote",), _l("Du skal snakke med %(hvem)s.")),
    "kurs": Enkelt(("kurs",), _l("Du skal gå på %(navn)s.")),
    "jobbsok": Enkelt(("jobb", "skriv"), _l("Du skal søke %(antall)s i uka. Skriv opp hvor du søker.")),
    "praksis": Enkelt(("jobb",), _l("Du skal prøve en jobb hos %(navn)s.")),
    "radgiver": Enkelt(("samtale", "kalender"), _l("Du skal snakke med %(hvem)s. Be om en time først.")),
    "arbeidssoker": Enkelt(
        ("jobb", "skriv"), _l("Du skal si til Nav at du vil ha jobb. Gjør det på nav.no eller på kontoret.")
    ),
    "kommunalt": Enkelt(("jobb", "hva"), _l("Du skal jobbe for kommunen. Dette skal du gjøre: %(navn)s.")),
    "karriere": Enkelt(
        ("samtale", "onsker"), _l("Du skal snakke med en som kan mye om jobber. Fortell hva du har lyst til.")
    ),
    "medisinsk": Enkelt(("lege", "samtale"), _l("Be om en time hos %(hvem)s. Spør hva du kan klare å gjøre.")),
    "norsk": Enkelt(("kurs",), _l("Du skal lære norsk på %(navn)s.")),
    "bostotte": Enkelt(("bolig", "penger"), _l("Du skal søke om penger til bolig. Det heter bostøtte.")),
    "ytelse": Enkelt(("skriv", "penger"), _l("Du skal søke om %(navn)s. Da kan du få mer penger.")),
    "okonomi": Enkelt(("okonomi", "papirer"), _l("Du skal snakke om penger med %(hvem)s. Ta med regningene dine.")),
    "forvaltning": Enkelt(
        ("okonomi", "skriv"), _l("Nav kan betale dette for deg: %(navn)s. Du skal skrive under på en avtale.")
    ),
    "dokumentasjon": Enkelt(("papirer",), _l("Nav trenger papirer fra deg: %(navn)s.")),
    **dict.fromkeys(FRITEKST, EGNE_ORD),
}

SISTE_DAG = Enkelt(("kalender",), _l("Siste dag er %(frist)s."))
MOTET = Enkelt(("kalender",), _l("Møtet er %(frist)s klokka %(klokke)s."))
KAN_SKJE = Enkelt(
    ("penger", "samtale"), _l("Gjør du det ikke, kan du få mindre penger. Først får du si hva som skjedde.")
)
KAN_IKKE_SKJE = Enkelt(("penger",), _l("Pengene dine blir ikke mindre på grunn av dette."))
SI_FRA = Enkelt(("hjelp",), _l("Si fra hvis det er vanskelig, så hjelper vi deg."))


def forklart(innhold: Innhold, frist: date | None) -> tuple[Linje, ...]:
    """A version of a vilkår, in the language of the page. A sentence whose parameter is not given is left out."""
    parts = [TYPE[innhold.type]]
    if frist is not None:
        parts.append(_when(TYPER[innhold.type].nar))
    parts += [KAN_SKJE if innhold.konsekvens_oppgitt else KAN_IKKE_SKJE, SI_FRA]

    def fyll(sentence: str) -> Markup:
        return tekst.html(tekst.line(sentence, innhold, frist), innhold.sprak)

    return linjer(parts, fyll)


def _when(nar: LazyString) -> Enkelt:
    if nar is INNEN:
        return SISTE_DAG
    return MOTET if nar is TIDSPUNKT else Enkelt(("kalender",), nar)  # a period is said as in the text that counts
