"""Who the demo people are. All of them are invented, and every name says so."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.demo.fortellinger import (
    amal,
    arvid,
    daniel,
    helga,
    henrik,
    ida,
    jorunn,
    kjetil,
    leon,
    mariam,
    nora,
    olav,
    rami,
    simen,
    sunniva,
    tobias,
    torgeir,
    turid,
    vigdis,
    yonas,
)
from webapp.demo.steg import Steg


@dataclass(frozen=True, slots=True)
class Demokontor:
    """An office of an invented kommune. Phone numbers with nothing but zeros reach nobody."""

    navn: str
    kommune: str  # its number
    telefon: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Demoansatt:
    """A member of staff."""

    kode: str
    navn: str
    rolle: str
    kontor: str


@dataclass(frozen=True, slots=True)
class Demobruker:
    """A bruker. ``tilstand``: the state that this person is there to show. ``vei``: what has happened, in order."""

    kode: str
    navn: str
    fodselsar: int
    ansatt: str  # the veileder who registers them
    tilstand: str
    vei: tuple[Steg, ...]
    registrert: int  # days from today
    sprak: str = "nb"
    visning: str = "full"
    telefon: str = ""
    tolkesprak: str = ""


KOMMUNER = {"9990": "Prøvevik (demo)", "9991": "Eksempelund (demo)"}

KONTOR = (
    Demokontor("Prøvevik sentrum (demo)", "9990", "00 00 00 10", "Oppdiktet gate 1, Prøvevik"),
    Demokontor("Prøvevik øst (demo)", "9990", "00 00 00 20", "Oppdiktet vei 20, Prøvevik"),
    Demokontor("Eksempelund (demo)", "9991", "00 00 00 30", "Oppdiktet plass 3, Eksempelund"),
)

ANSATTE = (
    Demoansatt("demo-ingrid", "Ingrid Solbakken (demo)", "veileder", "Prøvevik sentrum (demo)"),
    Demoansatt("demo-yusuf", "Yusuf Warsame (demo)", "veileder", "Prøvevik sentrum (demo)"),
    Demoansatt("demo-marte", "Marte Røed (demo)", "veileder", "Prøvevik øst (demo)"),
    Demoansatt("demo-per", "Per Åsheim (demo)", "veileder", "Eksempelund (demo)"),
    Demoansatt("demo-lisbeth", "Lisbeth Aune (demo)", "leder", "Prøvevik sentrum (demo)"),
    Demoansatt("demo-silje", "Silje Dahl (demo)", "administrator", "Prøvevik sentrum (demo)"),
)

BRUKERE = (
    Demobruker("demo-leon", "Leon Vik (demo)", 2006, "demo-ingrid", "invitert", leon.VEI, -1),
    Demobruker("demo-sunniva", "Sunniva Berg (demo)", 2001, "demo-yusuf", "begynt", sunniva.VEI, -5, visning="kort"),
    Demobruker("demo-daniel", "Daniel Øyen (demo)", 1998, "demo-ingrid", "halvferdig", daniel.VEI, -13),
    Demobruker(
        "demo-torgeir",
        "Torgeir Haugland (demo)",
        1979,
        "demo-marte",
        "levert-uten-oppfolging",
        torgeir.VEI,
        -63,
        telefon="00 00 00 41",
    ),
    Demobruker(
        "demo-nora",
        "Nora Fjell (demo)",
        1996,
        "demo-ingrid",
        "gjennomgatt",
        nora.VEI,
        -41,
        telefon="00 00 00 42",
    ),
    Demobruker("demo-kjetil", "Kjetil Moen (demo)", 1988, "demo-ingrid", "klar-for-mini", kjetil.VEI, -398),
    Demobruker(
        "demo-amal",
        "Amal Saleh (demo)",
        1991,
        "demo-ingrid",
        "arabisk-levert",
        amal.VEI,
        -16,
        sprak="ar",
        telefon="00 00 00 43",
        tolkesprak="arabisk",
    ),
    Demobruker("demo-henrik", "Henrik Strand (demo)", 2003, "demo-marte", "hjulpet-av-soster", henrik.VEI, -20),
    Demobruker(
        "demo-mariam",
        "Mariam Ahmadi (demo)",
        1985,
        "demo-yusuf",
        "overfort",
        mariam.VEI,
        -75,
        telefon="00 00 00 44",
    ),
    Demobruker("demo-simen", "Simen Lund (demo)", 1999, "demo-yusuf", "to-tekster", simen.VEI, -8),
    Demobruker(
        "demo-ida", "Ida Nygård (demo)", 2000, "demo-ingrid", "merknader-venter", ida.VEI, -24, telefon="00 00 00 45"
    ),
    Demobruker("demo-olav", "Olav Hagen (demo)", 1967, "demo-per", "annen-kommune-ny-versjon", olav.VEI, -38),
    Demobruker("demo-jorunn", "Jorunn Fjell (demo)", 2003, "demo-ingrid", "plan-og-vilkar", jorunn.VEI, -25),
    Demobruker(
        *("demo-rami", "Rami Haddad (demo)", 1989, "demo-ingrid", "uttalelse-arabisk", rami.VEI, -41),
        sprak="ar",
        tolkesprak="arabisk",
    ),
    Demobruker("demo-tobias", "Tobias Moe (demo)", 2004, "demo-yusuf", "varsel-ikke-apnet", tobias.VEI, -31),
    Demobruker("demo-helga", "Helga Strand (demo)", 1978, "demo-marte", "avgjort-hjelp", helga.VEI, -61),
    Demobruker("demo-arvid", "Arvid Holm (demo)", 1995, "demo-ingrid", "avgjort-og-klaget", arvid.VEI, -71),
    Demobruker("demo-vigdis", "Vigdis Ås (demo)", 1990, "demo-marte", "notert-og-varslet", vigdis.VEI, -46),
    Demobruker("demo-yonas", "Yonas Tesfay (demo)", 1997, "demo-yusuf", "veid-og-endret", yonas.VEI, -81),
    Demobruker("demo-turid", "Turid Nes (demo)", 1984, "demo-ingrid", "lukket-klage-og-rad", turid.VEI, -121),
)
