"""Theme `utdanning`: school and courses, what was broken off included (K5)."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_KORT, I_KORT_OG_MINI, I_SCREENING, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

UTDANNING = Tema(
    id="utdanning",
    tittel=_l("Skole og utdanning"),
    hvorfor=_l("Det du har lært, er verdt noe, også det du ikke fikk fullført. Vi vil bygge videre på det."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Ta med alt, uansett land og uansett om du fikk papirer på det."),
    enkelt=enkelt.UTDANNING,
    sporsmal=(
        Sporsmal(
            id="utdanning.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva har du lært på skole eller kurs, og hva likte du?"),
            hjelp=_l("Ta med kurs, fag, sertifikater og det du har lært deg selv. Skriv også hvordan du lærer best."),
        ),
        Sporsmal(
            id="utdanning.hoyeste",
            type=Type.EN,
            etikett=_l("Hva er det høyeste du har fullført?"),
            hjelp=_l("Utdanning fra andre land teller også. Velg det som ligner mest."),
            visninger=I_SCREENING,
            tellbart=True,
            valg=(
                Valg("under-grunnskole", _l("Noen år på skole, men ikke hele grunnskolen")),
                Valg("grunnskole", _l("Grunnskole")),
                Valg("videregaende", _l("Videregående skole")),
                Valg("fagbrev", _l("Fagbrev eller svennebrev")),
                Valg("fagskole", _l("Fagskole")),
                Valg("hoyere", _l("Høyskole eller universitet")),
                Valg("ingen", _l("Jeg har ikke gått på skole")),
            ),
        ),
        Sporsmal(
            id="utdanning.avbrutt",
            type=Type.EN,
            etikett=_l("Har du begynt på skole eller kurs som du ikke fikk fullført?"),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("nei", _l("Nei")),
                Valg("grunnskole", _l("Ja, grunnskole")),
                Valg("videregaende", _l("Ja, videregående skole eller læretid")),
                Valg("hoyere", _l("Ja, fagskole, høyskole eller universitet")),
                Valg("kurs", _l("Ja, et kurs eller noe annet")),
                Valg("flere", _l("Ja, flere ting")),
            ),
            apnes_av=frozenset({"grunnskole", "videregaende", "hoyere", "kurs", "flere"}),
            oppfolging=(
                Sporsmal(
                    id="utdanning.avbrutt-fortell",
                    type=Type.TEKST,
                    etikett=_l("Hva begynte du på, omtrent når, og hva gjorde at det stoppet?"),
                    hjelp=_l("Mange har stoppet underveis, og det er det ofte gode grunner til."),
                ),
            ),
        ),
        Sporsmal(
            id="utdanning.videre",
            type=Type.EN,
            etikett=_l("Har du lyst til å ta mer skole eller kurs?"),
            visninger=I_KORT_OG_MINI,
            tellbart=True,
            valg=(
                Valg("i-gang", _l("Jeg er i gang nå")),
                Valg("plan", _l("Ja, jeg har en plan")),
                Valg("onske", _l("Ja, men jeg vet ikke hva eller hvordan")),
                Valg("kanskje", _l("Kanskje senere")),
                Valg("nei", _l("Nei")),
            ),
            apnes_av=frozenset({"i-gang", "plan", "onske", "kanskje"}),
            oppfolging=(
                Sporsmal(
                    id="utdanning.videre-hjelp",
                    type=Type.FLERE,
                    etikett=_l("Hva kan vi hjelpe deg med?"),
                    tellbart=True,
                    valg=(
                        Valg("velge", _l("Å finne ut hva som passer for meg")),
                        Valg("jobb", _l("Å finne ut hvilken utdanning en jobb krever")),
                        Valg("kontakt", _l("Å kontakte skolen eller søke plass")),
                        Valg("penger", _l("Penger til skole, bøker eller utstyr")),
                        Valg("godkjenning", _l("Å få godkjent utdanning fra et annet land")),
                        Valg("norsk", _l("Å lære mer norsk")),
                        Valg("ingenting", _l("Jeg trenger ingenting her nå"), alene=True),
                    ),
                ),
            ),
        ),
        Sporsmal(
            id="utdanning.i-veien",
            type=Type.TEKST,
            etikett=_l("Hva står i veien for skole eller kurs, og hva ville gjort det lettere?"),
            hjelp=_l("Skriv også gjerne hva du kunne tenke deg å lære."),
        ),
    ),
)
