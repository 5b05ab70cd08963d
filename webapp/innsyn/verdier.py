"""Codes in the log in words: which page, which theme, which kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from webapp.kartlegging.skjema import SKJEMA, UkjentSporsmal, UkjentTema
from webapp.platform import lists

SLAG = {
    "retting": _l("Rette noe"),
    "sletting": _l("Slette noe"),
    "annet": _l("Noe annet"),
}
VISNINGER = {
    "screening": _l("de første spørsmålene"),
    "kort": _l("kort utgave"),
    "full": _l("alle spørsmålene"),
    "mini": _l("oppdatering"),
}
_SOM = {"ansvarlig": _l("veileder"), "vikar": _l("vikar")}
_ROLLE = {"veileder": _l("veileder"), "leder": _l("leder"), "administrator": _l("administrator")}
HVORDAN = {
    "passnokkel": _l("passnøkkel"),
    "invitasjon": _l("invitasjon"),
    "engangskode": _l("engangskode"),
    "lenke": _l("lenke fra den som drifter Medvirk"),
}
_FORMAT = {"side": _l("vist på skjermen"), "json": _l("fil for maskiner"), "pdf": _l("PDF")}
_FELT = {
    "navn": _l("navn"),
    "fodselsar": _l("fødselsår"),
    "telefon": _l("telefon"),
    "epost": _l("e-post"),
    "tolk": _l("behov for tolk"),
    "tolkesprak": _l("språk til tolk"),
    "sprak": _l("språk"),
    "visning": _l("utgave av kartleggingen"),
}
KLAGE_MAL = {
    "vedtak": _l("på et vedtak"),
    "vilkar": _l("på et vilkår"),
    "reduksjon": _l("på at pengene ble mindre"),
    "rad": _l("på et vedtak om råd og veiledning"),
}
KLAGE_STEG = {
    "mottatt": _l("mottatt"),
    "omgjort": _l("vedtaket er endret"),
    "opprettholdt": _l("vurdert av kontoret"),
    "sendt": _l("sendt videre"),
    "medhold": _l("medhold"),
    "delvis": _l("delvis medhold"),
    "ikke_medhold": _l("ikke medhold"),
    "opphevet": _l("skal vurderes på nytt"),
}

# The pages of the staff's door, by endpoint or by what it begins with: for the bruker, and for the veileder.
SIDER: dict[str, tuple[LazyString, LazyString]] = {
    "identitet_veileder": (_l("siden om deg"), _l("brukersiden")),
    "identitet_saker": (_l("navn og kontakt"), _l("opplysninger om brukeren")),
    "identitet_saker.invitasjon": (_l("invitasjonen din"), _l("invitasjon")),
    "identitet_saker.overfor": (_l("hvem som følger deg opp"), _l("bytte av veileder")),
    "kartlegging_veileder": (_l("kartleggingen din"), _l("kartleggingen")),
    "kartlegging_veileder.sak.vis": (_l("siden med det siste du har levert"), _l("brukersiden")),
    "kartlegging_veileder.sak.les": (_l("noe du har levert"), _l("en levert kartlegging")),
    "kartlegging_veileder.sak.sammenlign": (_l("to av leveringene dine, side om side"), _l("sammenligning")),
    "kartlegging_veileder.sak.merknad": (
        _l("et av svarene dine, for å skrive ved siden av"),
        _l("merknad ved svar"),
    ),
    "kartlegging_veileder.sak.tidslinje": (_l("listen over det som har skjedd"), _l("tidslinjen")),
    "kartlegging_veileder.utfylling": (_l("kartleggingen, for å skrive for deg"), _l("utfylling for brukeren")),
    "moter_veileder": (_l("det som gjelder møtene dine"), _l("møter")),
    "moter_veileder.notat": (_l("notatet fra et møte"), _l("samtalenotat")),
    "plan_veileder": (_l("planen din"), _l("aktivitetsplanen")),
    "vilkar_veileder": (_l("vedtakene og vilkårene dine"), _l("vedtak og vilkår")),
    "varsel_veileder": (_l("et varsel og det du har svart"), _l("varsel og uttalelse")),
    "innsyn_veileder": (_l("henvendelsene dine"), _l("henvendelser")),
    "veiledning_veileder": (_l("råd og veiledning som gjelder deg"), _l("råd og veiledning")),
    "klage_veileder": (_l("en klage fra deg"), _l("klager")),
    "klage_muntlig": (_l("en klage du fortalte om"), _l("klage som blir skrevet ned")),
    "tolking_veileder": (
        _l("noe du har skrevet, for å skrive hva en tolk sier"),
        _l("gjengivelse fra tolk"),
    ),
    "vedlegg_veileder": (_l("en fil i saken din"), _l("et vedlegg")),
}
_OTHER_PAGE = (_l("en side om deg"), _l("en annen side"))

_UTFALL = {"oppfylt": _l("gjort"), "ikke_oppfylt": _l("ikke gjort"), "opphort": _l("gjelder ikke lenger")}
_FORSTAELSE = {
    "forstar": _l("jeg forstår"),
    "sporsmal": _l("jeg har spørsmål"),
    "forklar": _l("jeg vil at noen forklarer"),
}
_KANALER = {
    "epost": _l("e-post"),
    "sms": _l("SMS"),
    "epost sms": _l("e-post og SMS"),
    "ingen": _l("bare her i Medvirk"),
    "avmeldt": _l("ikke e-post"),
}
_CODES: dict[str, tuple[str, Mapping[str, LazyString]]] = {
    "ansatt_opprettet": ("rolle", _ROLLE),
    "bruker_tildelt": ("som", _SOM),
    "logget_inn": ("hvordan", HVORDAN),
    "henvendelse_sendt": ("slag", SLAG),
    "rad_avgjort": ("utfall", {"innvilget": _l("innvilget"), "avslatt": _l("avslått")}),
    "egne_data_hentet": ("format", _FORMAT),
    "visning_tilbudt": ("visning", VISNINGER),
    "klage_sendt": ("mal", KLAGE_MAL),
    "klage_skrevet_ned": ("mal", KLAGE_MAL),
    "paminnelser_valgt": ("kanaler", _KANALER),
    "klage_steg": ("steg", KLAGE_STEG),
    "vilkar_vurdert": ("utfall", _UTFALL),
    "vilkar_svart": ("svar", _FORSTAELSE),
}
_AS_IT_STANDS = {
    "engangskoder_laget": "antall",
    "navnesok": "treff",
    "nokler_rotert": "antall",
    "utboks_provd_igjen": "antall",
    "kartlegging_levert": "nummer",
    "klage_tillegg": "nummer",
    "klage_tillegg_sendt": "nummer",
    "plan_kjent": "nummer",
    "vilkar_endret": "versjon",
    "vilkar_vist": "versjon",
}


def about(type: str, innhold: Mapping[str, Any], side: str) -> Markup:  # noqa: A002 -- the event's own word
    """What an event was about, in words; empty when its sentence needs none."""
    if type in _CODES:
        key, names = _CODES[type]
        code = str(innhold.get(key))
        return escape(str(names.get(code, code)))
    if type in _AS_IT_STANDS:
        return Markup("<bdi>{}</bdi>").format(str(innhold.get(_AS_IT_STANDS[type])))
    words = ""
    match type:
        case "bruker_apnet":
            words = str(page(str(innhold.get("side")), side))
        case "bruker_endret":
            words = lists.joined(_FELT.get(name, name) for name in str(innhold.get("felt", "")).split())
        case "assistert_utfylling":
            words = theme(str(innhold.get("tema")))
        case "merknad_skrevet":
            words = question(str(innhold.get("sporsmal")))
    return escape(words)


def page(endpoint: str, side: str) -> LazyString:
    """What the page behind an endpoint of the staff's door is called by each side."""
    words, part = SIDER.get(endpoint), endpoint
    while words is None and "." in part:
        part = part.rpartition(".")[0]
        words = SIDER.get(part)
    return (words or _OTHER_PAGE)[0 if side == "bruker" else 1]


def theme(tema_id: str) -> str:
    """A theme's title; its id when the form no longer has it. «start» stands for before the first theme."""
    if tema_id == "start":
        return str(_("fra begynnelsen"))
    try:
        return str(SKJEMA.tema(tema_id).tittel)
    except UkjentTema:
        return tema_id


def question(sporsmal_id: str) -> str:
    """A question's text; its id when the form no longer has it."""
    try:
        return str(SKJEMA.sporsmal(sporsmal_id).etikett)
    except UkjentSporsmal:
        return sporsmal_id
