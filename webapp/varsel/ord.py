"""What codes of this room are called. No word of it labels anybody (U7)."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

FANT_ARBEID = "fant_arbeid"

GRUNNER: dict[str, LazyString] = {
    "sykdom": _l("Jeg var syk"),
    "barn": _l("Noe med barnet mitt eller familien min"),
    "transport": _l("Jeg kom meg ikke dit"),
    "forsto_ikke": _l("Jeg fikk ikke beskjed, eller jeg forsto den ikke"),
    "feil_aktivitet": _l("Aktiviteten passer ikke for meg"),
    FANT_ARBEID: _l("Jeg hadde funnet arbeid"),
    "skole": _l("Jeg var på skole eller kurs"),
    "utmattet": _l("Jeg var sliten eller hadde angst"),
    "andre_plikter": _l("Jeg måtte gjøre noe annet"),
    "flyttet": _l("Jeg hadde flyttet"),
    "vil_ikke_si": _l("Jeg vil ikke si hvorfor"),
    "annet": _l("Noe annet"),
}
# The same reasons as the veileder reads and weighs them.
GRUNNER_OM: dict[str, LazyString] = {
    "sykdom": _l("Sykdom"),
    "barn": _l("Barn eller familie"),
    "transport": _l("Transport"),
    "forsto_ikke": _l("Fikk ikke beskjed, eller forsto den ikke"),
    "feil_aktivitet": _l("Aktiviteten passer ikke"),
    FANT_ARBEID: _l("Har funnet arbeid"),
    "skole": _l("Skole eller kurs"),
    "utmattet": _l("Sliten eller angst"),
    "andre_plikter": _l("Måtte gjøre noe annet"),
    "flyttet": _l("Har flyttet"),
    "vil_ikke_si": _l("Vil ikke si hvorfor"),
    "annet": _l("Noe annet"),
}
ONSKER: dict[str, LazyString] = {
    "tid": _l("Jeg trenger mer tid"),
    "samtale": _l("Jeg vil snakke med noen først"),
    "tolk": _l("Jeg trenger tolk"),
}
ONSKER_OM: dict[str, LazyString] = {
    "tid": _l("Mer tid"),
    "samtale": _l("En samtale først"),
    "tolk": _l("Tolk"),
}
KILDER: dict[str, LazyString] = {
    "bruker": _l("Brukeren har fortalt det"),
    "egen": _l("Jeg har sett det selv"),
    "arrangor": _l("Den som holder aktiviteten, har sagt fra"),
    "annen": _l("En annen har sagt fra"),
}
HVORDAN: dict[str, LazyString] = {
    "telefon": _l("På telefon"),
    "mote": _l("I et møte"),
    "overlevert": _l("Brukeren fikk det på papir"),
    "annet": _l("På en annen måte"),
}
HVORDAN_ALLE: dict[str, LazyString] = {
    "apnet": _l("Åpnet i Medvirk"),
    "svarte": _l("Svarte i Medvirk"),
    **HVORDAN,
}
# K1: who typed in the bruker's own session, when it was not the bruker.
SKREVET_AV: dict[str, LazyString] = {
    "hjelper": _l("Skrevet av en hjelper"),
    "ansatt": _l("Skrevet av en ansatt"),
}
UTFALL: dict[str, LazyString] = {
    "ingen": _l("Ingen følger"),
    "endret": _l("Vilkåret blir endret"),
    "hjelp": _l("Hjelp i stedet for trekk"),
    "reduksjon": _l("Mindre penger i en periode"),
}
# U9: what takes something, or asks something else of the bruker. The rest changes nothing that one could appeal.
KLAGBART = ("endret", "reduksjon")
LUKKING: dict[str, LazyString] = {
    "fant_arbeid": _l("Brukeren har funnet arbeid"),
    "ikke_grunnlag": _l("Det er ikke grunn til å gå videre"),
    "ordnet": _l("Det er ordnet"),
}
TILSTANDER: dict[str, tuple[str, LazyString]] = {
    "notert": ("tom", _l("Notert")),
    "varslet": ("obs", _l("Ikke åpnet")),
    "nadd": ("aksent", _l("Fristen løper")),
    "uttalt": ("aksent", _l("Uttalelse kommet")),
    "veid": ("aksent", _l("Veid")),
    "avgjort": ("bra", _l("Avgjort")),
    "lukket": ("bra", _l("Lukket uten trekk")),
}
