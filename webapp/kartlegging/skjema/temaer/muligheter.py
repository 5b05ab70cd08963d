"""Theme `muligheter`: the person's own view of getting and keeping a job or a school place."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_KORT, I_KORT_OG_MINI, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

TRO = (
    Valg("gode", _l("Gode")),
    Valg("ganske-gode", _l("Ganske gode")),
    Valg("usikre", _l("Usikre")),
    Valg("sma", _l("Små akkurat nå")),
    Valg("vet-ikke", _l("Jeg vet ikke")),
)

MULIGHETER = Tema(
    id="muligheter",
    tittel=_l("Mulighetene mine"),
    hvorfor=_l("Du kjenner din egen situasjon best. Derfor vil vi høre hva du selv tenker."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Svar slik du ser det nå. Ingen svar er for store eller for små."),
    enkelt=enkelt.MULIGHETER,
    sporsmal=(
        Sporsmal(
            id="muligheter.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva kan hjelpe deg å lykkes med jobb, skole eller noe annet du vil?"),
            hjelp=_l("Tenk på noe du har fått til før, på folk rundt deg, eller på det du kan."),
        ),
        Sporsmal(
            id="muligheter.finne",
            type=Type.GRAD,
            etikett=_l("Hvordan er mulighetene dine for å få en jobb eller skoleplass?"),
            tellbart=True,
            valg=TRO,
        ),
        Sporsmal(
            id="muligheter.beholde",
            type=Type.GRAD,
            etikett=_l("Hvordan er mulighetene dine for å bli i en jobb eller på en skole over tid?"),
            tellbart=True,
            valg=TRO,
        ),
        Sporsmal(
            id="muligheter.motivasjon",
            type=Type.GRAD,
            etikett=_l("Hvor klar er du for å gjøre noe med situasjonen din nå?"),
            visninger=I_KORT_OG_MINI,
            tellbart=True,
            valg=(
                Valg("i-gang", _l("Jeg er i gang")),
                Valg("klar", _l("Jeg er klar til å begynne")),
                Valg("med-hjelp", _l("Jeg er klar hvis jeg får hjelp")),
                Valg("tviler", _l("Jeg vil, men tviler")),
                Valg("ikke-na", _l("Andre ting må på plass først")),
            ),
        ),
        Sporsmal(
            id="muligheter.i-veien",
            type=Type.FLERE,
            etikett=_l("Hva gjør det vanskelig å få eller beholde jobb eller skoleplass?"),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("helse", _l("Helsen")),
                Valg("omsorg", _l("Barn eller andre jeg har omsorg for")),
                Valg("norsk", _l("Språket")),
                Valg("utdanning", _l("Jeg mangler utdanning eller papirer")),
                Valg("erfaring", _l("Jeg mangler erfaring")),
                Valg("jobber", _l("Det er få jobber som passer der jeg bor")),
                Valg("transport", _l("Det er vanskelig å komme seg dit")),
                Valg("mottakelse", _l("Jeg blir ikke tatt imot på en god måte")),
                Valg("tro", _l("Jeg mangler tro på at det går")),
                Valg("bolig-okonomi", _l("Bolig eller økonomi tar all plass")),
                Valg("annet", _l("Noe annet")),
                Valg("ingenting", _l("Ingenting nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="muligheter.hva-hjelper",
            type=Type.TEKST,
            etikett=_l("Hva må til for at du skal komme i jobb, på skole eller klare deg selv?"),
            hjelp=_l("Skriv også gjerne hva slags aktivitet du selv mener er nyttig for deg."),
        ),
    ),
)
