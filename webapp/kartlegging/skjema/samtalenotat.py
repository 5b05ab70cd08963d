"""The samtalenotat: fourteen points, each with the themes whose answers stand beside it, so nothing is typed again.

The points follow the PROFH template (annex 10); the wording is our own. What is written here is the veileder's, and
stands visibly apart from the bruker's words (K1). The bruker reads it when it is shared (S4).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True, eq=False)
class Felt:
    """One part of a point that has several. `dato` means that it holds a date."""

    id: str
    tittel: LazyString
    hjelp: LazyString
    dato: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Punkt:
    """One point of the note. `temaer` are the ids of the themes whose answers are shown beside it."""

    nr: int
    id: str
    tittel: LazyString
    hjelp: LazyString
    temaer: tuple[str, ...] = ()
    felt: tuple[Felt, ...] = ()


OPPFOLGING = (
    Felt("naasituasjon", _l("Slik er det nå"), _l("Hvordan er situasjonen i dag, slik dere begge ser den?")),
    Felt("mal", _l("Mål og delmål"), _l("Hvordan vil brukeren ha det? Del gjerne målet i mindre mål.")),
    Felt("tiltak", _l("Det vi skal gjøre"), _l("Skriv hva som skal gjøres for å nå målet, også det Nav skal gjøre.")),
    Felt("ansvarlig", _l("Hvem gjør det"), _l("Skriv hvem som gjør hva: brukeren, Nav eller en annen.")),
    Felt("frist", _l("Innen når"), _l("Avtal en dato som er mulig å holde."), dato=True),
    Felt("evaluering", _l("Hvordan gikk det?"), _l("Er dere nærmere målet? Hva virket, og hva virket ikke?")),
    Felt("nytt_mal", _l("Nytt mål"), _l("Fyll ut hvis målet er nådd, eller hvis det ikke lenger passer.")),
)

PUNKTER = (
    Punkt(
        1,
        "bosituasjon",
        _l("Bolig"),
        _l("Hvordan bor brukeren, passer det, og trengs det noe?"),
        ("bolig",),
    ),
    Punkt(
        2,
        "familie",
        _l("Familie og nettverk"),
        _l("Hvem er det omsorg for, hva trenger barna, og hvem kan støtte?"),
        ("familie", "nettverk"),
    ),
    Punkt(
        3,
        "sosiale_forhold",
        _l("Sosiale forhold og hverdag"),
        _l("Hvordan er hverdagen, språket og det å komme seg rundt?"),
        ("om-meg", "hverdag"),
    ),
    Punkt(
        4,
        "fritid",
        _l("Fritid og aktiviteter"),
        _l("Hva er brukeren med på, og hva er det ønske om?"),
        ("nettverk",),
    ),
    Punkt(
        5,
        "arbeid",
        _l("Arbeid"),
        _l("Situasjon i dag, erfaring, mål om arbeid, og hva som skal til."),
        ("arbeid", "styrker", "muligheter"),
    ),
    Punkt(
        6,
        "utdanning",
        _l("Utdanning"),
        _l("Hva er fullført og påbegynt, hva er ønsket, og hva kan Nav tilby?"),
        ("utdanning", "styrker"),
    ),
    Punkt(
        7,
        "okonomi",
        _l("Økonomi og rettigheter"),
        _l("Inntekter, utgifter, gjeld, og rettigheter som ikke er brukt."),
        ("okonomi",),
    ),
    Punkt(
        8,
        "helse",
        _l("Helse"),
        _l("Hva betyr helsen for aktivitet, og hva må tilpasses? Skriv bare det som trengs."),
        ("helse", "rus"),
    ),
    Punkt(
        9,
        "hjelpebehov",
        _l("Behov for hjelp"),
        _l("Hva vil brukeren selv ha hjelp til, nå og framover? Hvem bør samarbeide?"),
        ("hjelp", "onsker"),
    ),
    Punkt(
        10,
        "rad_og_veiledning",
        _l("Råd og veiledning"),
        _l("Er tjenesten forklart, er den ønsket, og på hvilke områder? Gjelder også råd om økonomi og gjeld."),
        ("hjelp", "okonomi"),
    ),
    Punkt(
        11,
        "medvirkning",
        _l("Medvirkning"),
        _l("Hva foreslo brukeren, og hvordan ble det fulgt?"),
        ("onsker", "muligheter"),
    ),
    Punkt(
        12,
        "endring",
        _l("Motivasjon og endring"),
        _l("Hva vil brukeren endre, hva er neste steg, og hva skal Nav bidra med?"),
        ("muligheter", "onsker"),
    ),
    Punkt(
        13,
        "vilkar",
        _l("Vilkår"),
        _l("Ble det snakket om vilkår? Skriv hva, hvorfor og hva brudd kan føre til. Et ønske er ikke et vilkår."),
    ),
    Punkt(
        14,
        "veien_videre",
        _l("Veien videre"),
        _l("Fyll ut dette hver gang, så dere begge ser hva som endrer seg."),
        ("onsker",),
        OPPFOLGING,
    ),
)
