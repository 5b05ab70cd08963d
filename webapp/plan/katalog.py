"""Codes of the plan in words: kinds of activities, who does it, how often, where a step stands, what happened."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

FRI = "fri"

# domain.md, «Activities (plan)». Ids never change meaning.
AKTIVITETER: dict[str, LazyString] = {
    "jobbsoking": _l("Jobbsøking"),
    "praksis_ordinar": _l("Arbeidspraksis på en vanlig arbeidsplass"),
    "praksis_skjermet": _l("Arbeidspraksis på en tilrettelagt arbeidsplass"),
    "lonnstilskudd": _l("Jobb med lønnstilskudd"),
    "jobbverksted": _l("Jobbverksted"),
    "jobbsokerkurs": _l("Jobbsøkerkurs"),
    "motivasjonskurs": _l("Motivasjonskurs"),
    "norsk": _l("Norskopplæring"),
    "utdanning": _l("Skole eller utdanning"),
    "amo": _l("Arbeidsmarkedskurs"),
    "behandling": _l("Behandling"),
    "bolig": _l("Bolig"),
    "okonomi": _l("Økonomi og gjeld"),
    "barnehage": _l("Barnehage eller SFO"),
    "nettverk": _l("Nettverk og fritid"),
    "moter": _l("Møter"),
    "avklaring": _l("Finne ut hva som passer for deg"),
    "kommunalt": _l("Tilbud i kommunen"),
    FRI: _l("Noe annet"),
}
ANSVAR: dict[str, LazyString] = {
    "bruker": _l("Du selv"),
    "nav_sosial": _l("Nav, sosiale tjenester"),
    "nav_arbeid": _l("Nav, arbeid"),
    "tiltak": _l("Den som driver tiltaket"),
    "helse": _l("Lege eller andre i helsetjenesten"),
    "skole": _l("Skolen"),
    "annen": _l("Noen andre"),
}
ANSVAR_NAV: dict[str, LazyString] = {**ANSVAR, "bruker": _l("Brukeren")}
HVOR_OFTE: dict[str, LazyString] = {
    "en_gang": _l("Én gang"),
    "daglig": _l("Hver dag"),
    "ukentlig": _l("Hver uke"),
    "annenhver_uke": _l("Annenhver uke"),
    "manedlig": _l("Hver måned"),
    "etter_avtale": _l("Etter avtale"),
}
# For the bruker, and for the veileder.
TILSTAND: dict[str, tuple[str, LazyString, LazyString]] = {
    "foreslatt_bruker": ("tom", _l("Venter på svar fra Nav"), _l("Brukeren venter på svar")),
    "foreslatt_nav": ("obs", _l("Venter på svar fra deg"), _l("Venter på svar fra brukeren")),
    "ikke_nyttig": ("tom", _l("Du sa: ikke nyttig for meg"), _l("Brukeren sier: ikke nyttig for meg")),
    "avslatt": ("tom", _l("Nav kan ikke dette nå"), _l("Nav kan ikke nå")),
    "trukket": ("tom", _l("Forslaget er tatt tilbake"), _l("Tatt tilbake")),
    "avtalt": ("bra", _l("Avtalt"), _l("Avtalt av begge")),
    "pause": ("tom", _l("På pause"), _l("Satt på pause")),
    "gjort": ("bra", _l("Gjort"), _l("Ferdig")),
    "avsluttet": ("tom", _l("Avsluttet"), _l("Avsluttet før det var gjort")),
}
HENDELSER: dict[str, LazyString] = {
    "foresla": _l("Foreslo dette"),
    "ja": _l("Sa ja"),
    "endre": _l("Foreslo noe annet"),
    "ikke_nyttig": _l("Sa: ikke nyttig for meg"),
    "avsla": _l("Sa: kan ikke nå"),
    "trekk": _l("Tok forslaget tilbake"),
    "pause": _l("Satte på pause"),
    "gjenapne": _l("Ville ta det opp igjen"),
    "gjort": _l("Sa at det er gjort"),
    "avslutt": _l("Avsluttet"),
    "kommenter": _l("Skrev en kommentar"),
    "mal_nytt": _l("Skrev et nytt mål"),
    "mal_endret": _l("Endret et mål"),
    "mal_nadd": _l("Nådde et mål"),
    "mal_lagt_bort": _l("La bort et mål"),
    "mal_gjelder": _l("Tok opp igjen et mål"),
    "evaluering": _l("Satte dagen for å se på planen sammen"),
}
