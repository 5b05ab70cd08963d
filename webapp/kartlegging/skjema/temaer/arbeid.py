"""Theme `arbeid`: work today and before, and what earlier tiltak did for the person."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

ARBEID = Tema(
    id="arbeid",
    tittel=_l("Arbeid og erfaring"),
    hvorfor=_l("Erfaringene dine forteller hva du kan, og hva slags hjelp som har virket for deg."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Ta med alt arbeid, også praksis, sommerjobb, arbeid hjemme og arbeid i andre land."),
    enkelt=enkelt.ARBEID,
    sporsmal=(
        Sporsmal(
            id="arbeid.fungerer",
            type=Type.TEKST,
            etikett=_l("Fortell om jobber og oppgaver du har hatt. Hva likte du best?"),
            hjelp=_l("Skriv gjerne hva slags arbeid det var, og omtrent hvor lenge det varte."),
            visninger=I_KORT,
        ),
        Sporsmal(
            id="arbeid.na",
            type=Type.EN,
            etikett=_l("Hva passer best for deg nå?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("heltid", _l("Jeg jobber full tid")),
                Valg("deltid", _l("Jeg jobber deltid")),
                Valg("av-og-til", _l("Jeg jobber av og til, eller for meg selv")),
                Valg("soker", _l("Jeg er uten jobb og vil ha en")),
                Valg("uten", _l("Jeg er uten jobb og søker ikke nå")),
                Valg("tiltak", _l("Jeg er i praksis, tiltak eller på kurs")),
                Valg("skole", _l("Jeg går på skole")),
                Valg("hjemme", _l("Jeg er hjemme på grunn av helse eller omsorg")),
            ),
            apnes_av=frozenset({"heltid", "deltid", "av-og-til"}),
            oppfolging=(
                Sporsmal(
                    id="arbeid.jobb",
                    type=Type.FLERE,
                    etikett=_l("Hvordan er jobben, og hva trenger du?"),
                    tellbart=True,
                    valg=(
                        Valg("trives", _l("Jeg trives")),
                        Valg("trives-ikke", _l("Jeg trives ikke")),
                        Valg("tilrettelegging", _l("Jeg trenger at jobben tilpasses")),
                        Valg("mer", _l("Jeg vil jobbe mer")),
                        Valg("annen", _l("Jeg vil ha hjelp til å finne en annen jobb")),
                        Valg("opplaring", _l("Jeg trenger opplæring, kurs eller tiltak")),
                    ),
                ),
            ),
        ),
        Sporsmal(
            id="arbeid.lengde",
            type=Type.VARIGHET,
            etikett=_l("Hvor lenge har du jobbet til sammen?"),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("aldri", _l("Jeg har ikke hatt jobb ennå")),
                Valg("under-6-mnd", _l("Under et halvt år")),
                Valg("6-mnd-2-ar", _l("Et halvt til to år")),
                Valg("2-5-ar", _l("To til fem år")),
                Valg("over-5-ar", _l("Mer enn fem år")),
            ),
        ),
        Sporsmal(
            id="arbeid.sist",
            type=Type.MANED,
            etikett=_l("Omtrent når var du sist i jobb?"),
            hjelp=_l("Skriv måned og år. Husker du ikke måneden, er en gjetning bra nok."),
        ),
        Sporsmal(
            id="arbeid.papirer",
            type=Type.FLERE,
            etikett=_l("Hva av dette har du?"),
            tellbart=True,
            valg=(
                Valg("cv", _l("CV")),
                Valg("attest", _l("Attest fra en jobb eller praksis")),
                Valg("referanse", _l("Noen som kan anbefale meg")),
                Valg("soknad", _l("En søknad jeg kan bruke om igjen")),
                Valg("ingen", _l("Ingen av disse nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="arbeid.tiltak",
            type=Type.TEKST,
            etikett=_l("Hvilke tiltak, praksis eller kurs har du vært med på? Hva hjalp, og hva hjalp ikke?"),
            hjelp=_l("Ærlige svar hjelper oss å ikke foreslå det samme en gang til."),
        ),
    ),
)
