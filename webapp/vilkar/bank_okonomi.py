"""The types about economy, the request for papers, and the veileder's own words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp.vilkar.banktyper import (
    EN_GANG,
    F_KLOKKE,
    INNEN,
    STED,
    TIDSPUNKT,
    Felt,
    Type,
    line,
    place,
)

OKONOMI = (
    Type(
        "bostotte",
        "okonomi",
        _l("Søke om bostøtte"),
        _l("Søk om bostøtte"),
        _l("Du skal søke om bostøtte fra Husbanken."),
        (),
        INNEN,
        _l("Det er gjort når søknaden er sendt. Du trenger ikke å ha fått svar. Får du nei, er det ikke din feil."),
        _l("Bostøtte er penger til bolig fra staten. Får du det, får du bedre råd."),
        _l("På husbanken.no, eller på kontoret. På kontoret kan noen hjelpe deg."),
        EN_GANG,
        forfall="etter",
    ),
    Type(
        "ytelse",
        "okonomi",
        _l("Søke om en annen ytelse"),
        _l("Søk om %(navn)s"),
        _l("Du skal søke om %(navn)s."),
        (
            line("navn", _l("Hvilken ytelse"), _l("Skriv hva brukeren skal søke om.")),
            line("sted", _l("Hvor det skal søkes"), _l("Skriv hvor brukeren skal søke."), _l("For eksempel nav.no.")),
        ),
        INNEN,
        _l("Det er gjort når søknaden er sendt. Du trenger ikke å ha fått svar. Får du nei, er det ikke din feil."),
        _l("Du kan ha rett til disse pengene."),
        STED,
        EN_GANG,
        forfall="etter",
    ),
    Type(
        "okonomi",
        "okonomi",
        _l("Gå gjennom økonomien med en rådgiver"),
        _l("Gå gjennom økonomien med %(hvem)s"),
        _l(
            "Du skal gå gjennom inntekter, utgifter og regninger sammen med %(hvem)s. Ta med regningene dine, "
            "også de som ikke er åpnet."
        ),
        (line("hvem", _l("Hvem brukeren skal møte"), _l("Skriv hvem brukeren skal møte.")), place(), F_KLOKKE),
        TIDSPUNKT,
        _l(
            "Det er gjort når dere har gått gjennom økonomien sammen. Passer ikke tiden, så ring før møtet og få "
            "en ny tid."
        ),
        _l("Rådgiveren kan hjelpe deg med å betale mindre, og å få orden på gjeld."),
        STED,
        EN_GANG,
        frist=_l("Dato for møtet"),
        forfall="dagen",
    ),
    Type(
        "forvaltning",
        "okonomi",
        _l("Si ja til frivillig forvaltning"),
        _l("Si ja til at Nav betaler regninger for deg"),
        _l(
            "Du skal skrive under på en avtale om at Nav betaler dette for deg: %(navn)s. Det kalles frivillig "
            "forvaltning."
        ),
        (
            line(
                "navn",
                _l("Hvilke regninger"),
                _l("Skriv hvilke regninger avtalen gjelder."),
                _l("For eksempel husleie."),
            ),
            place(_l("Skriv hvor brukeren kan skrive under.")),
        ),
        INNEN,
        _l("Det er gjort når du har skrevet under på avtalen. Du kan si opp avtalen senere."),
        _l("Da blir de viktigste regningene betalt i tide, og du slipper purringer."),
        STED,
        EN_GANG,
        forfall="etter",
    ),
)
ANDRE = (
    Type(
        "dokumentasjon",
        "dokumentasjon",
        _l("Be om papirer eller opplysninger"),
        _l("Lever papirer: %(navn)s"),
        _l("Vi trenger dette fra deg: %(navn)s."),
        (
            line("navn", _l("Hva du trenger"), _l("Skriv hvilke papirer eller opplysninger du trenger.")),
            line("sted", _l("Hvor det kan leveres"), _l("Skriv hvor brukeren kan levere.")),
        ),
        INNEN,
        _l("Det er gjort når vi har fått papirene. Er noe vanskelig å få tak i, så si fra. Da kan vi hjelpe."),
        _l("Vi trenger det for å kunne behandle saken din riktig."),
        STED,
        EN_GANG,
        forfall="etter",
    ),
    *(
        Type(
            name,
            slag,
            label,
            "%(tittel)s",
            "%(hva)s",
            (
                line("tittel", _l("Overskrift"), _l("Skriv en kort overskrift.")),
                Felt(
                    "hva",
                    "ord",
                    _l("Hva brukeren skal gjøre"),
                    _l("Skriv kort. Teksten blir ikke oversatt."),
                    _l("Skriv hva brukeren skal gjøre."),
                ),
                Felt("sted", "linje", _l("Sted"), _l("Skriv hele adressen.")),
                Felt("ofte", "linje", _l("Hvor mange ganger, eller hvor ofte"), _l("For eksempel: to ganger i uka.")),
                Felt(
                    "oppfylt",
                    "ord",
                    _l("Hva som skal til for at det er gjort"),
                    "",
                    _l("Skriv hva som skal til for at det er gjort."),
                ),
            ),
            INNEN,
            "%(oppfylt)s",
            hvor="%(sted)s",
            ofte="%(ofte)s",
            forfall="etter",  # «Senest» stands there, whatever else the veileder wrote
        )
        for name, slag, label in (
            ("fritekst", "aktivitet", _l("Noe annet om aktivitet, med egne ord")),
            ("fritekst_okonomi", "okonomi", _l("Noe annet om økonomi, med egne ord")),
        )
    ),
)
