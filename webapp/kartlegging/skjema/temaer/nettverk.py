"""Theme `nettverk`: people around the person, and spare time."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

NETTVERK = Tema(
    id="nettverk",
    tittel=_l("Nettverk og fritid"),
    hvorfor=_l("Andre mennesker kan være en støtte. Vi vil vite hvem du har, og om du ønsker deg noe mer."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Her spør vi om folk rundt deg, og om det du gjør når du har fri."),
    enkelt=enkelt.NETTVERK,
    sporsmal=(
        Sporsmal(
            id="nettverk.fungerer",
            type=Type.TEKST,
            etikett=_l("Hvem er det godt å være sammen med, og hva gjør dere?"),
            hjelp=_l("Det kan også være noe du liker å gjøre alene."),
        ),
        Sporsmal(
            id="nettverk.stotte",
            type=Type.FLERE,
            etikett=_l("Hva slags støtte har du rundt deg?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("ringe", _l("Noen jeg kan ringe når noe er vanskelig")),
                Valg("morgen", _l("Noen som hjelper meg i gang om morgenen")),
                Valg("praktisk", _l("Noen som kan hjelpe med praktiske ting")),
                Valg("folge", _l("Noen som kan bli med meg på møter")),
                Valg("ingen", _l("Ingen av disse nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="nettverk.treffer",
            type=Type.FLERE,
            etikett=_l("Hvem treffer eller snakker du med jevnlig?"),
            tellbart=True,
            valg=(
                Valg("familie", _l("Familie som bor i nærheten")),
                Valg("familie-borte", _l("Familie som bor et annet sted")),
                Valg("venner", _l("Venner")),
                Valg("naboer", _l("Naboer eller folk på jobb eller skole")),
                Valg("nett", _l("Folk på nett")),
                Valg("hjelpere", _l("Støttekontakt eller andre hjelpere")),
                Valg("ingen", _l("Ingen akkurat nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="nettverk.aktivitet",
            type=Type.FLERE,
            etikett=_l("Hva er du med på?"),
            tellbart=True,
            valg=(
                Valg("idrett", _l("Trening eller idrett")),
                Valg("lag", _l("Lag, forening eller klubb")),
                Valg("tro", _l("Kirke, moské eller annet trossamfunn")),
                Valg("frivillig", _l("Frivillig arbeid")),
                Valg("kultur", _l("Musikk, kultur eller spill")),
                Valg("motested", _l("Et åpent møtested, for eksempel bibliotek eller kafé")),
                Valg("ingen", _l("Ingenting nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="nettverk.onsker",
            type=Type.TEKST,
            etikett=_l("Vil du treffe flere eller bli med på noe? Hva ville gjort det lettere?"),
        ),
    ),
)
