"""The types about activity (§ 20 and § 20 a): ten ways on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp.vilkar.banktyper import (
    DAGER_TIMER,
    EN_GANG,
    F_DAGER,
    F_FRA,
    F_KLOKKE,
    F_TIMER,
    INNEN,
    KLOKKE_DAGER,
    NESTE_STEG,
    PERIODE,
    STED,
    TIDSPUNKT,
    Felt,
    Type,
    jobber,
    line,
    place,
)

AKTIVITET = (
    Type(
        "mote",
        "aktivitet",
        _l("Møte til en avtalt time"),
        _l("Møt til en avtalt time med %(hvem)s"),
        _l("Du skal møte %(hvem)s til en samtale."),
        (line("hvem", _l("Hvem brukeren skal møte"), _l("Skriv hvem brukeren skal møte.")), place(), F_KLOKKE),
        TIDSPUNKT,
        _l("Det er gjort når du har vært med på samtalen. Passer ikke tiden, så ring før møtet og få en ny tid."),
        _l("I samtalen finner dere ut sammen hva som kan hjelpe deg videre."),
        STED,
        EN_GANG,
        frist=_l("Dato for møtet"),
        forfall="dagen",
    ),
    Type(
        "kurs",
        "aktivitet",
        _l("Delta på et kurs eller tiltak"),
        _l("Delta på %(navn)s"),
        _l("Du skal delta på %(navn)s."),
        (
            line("navn", _l("Hva kurset eller tiltaket heter"), _l("Skriv navnet på kurset eller tiltaket.")),
            place(),
            F_FRA,
            F_DAGER,
            F_KLOKKE,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært der de dagene som står her. Dager du har sagt fra om at du ikke kunne "
            "komme, teller ikke mot deg."
        ),
        NESTE_STEG,
        STED,
        KLOKKE_DAGER,
    ),
    Type(
        "jobbsok",
        "aktivitet",
        _l("Søke jobber og skrive dem opp"),
        _l("Søk %(antall)s i uka"),
        _l("Du skal søke %(antall)s hver uke, og skrive opp hvilke. Du velger selv hvilke jobber som passer for deg."),
        (
            Felt(
                "antall",
                "tall",
                _l("Hvor mange jobber i uka"),
                kreves=_l("Skriv hvor mange jobber, med tall."),
                enhet=jobber,
                hoyst=20,
            ),
            F_FRA,
        ),
        PERIODE,
        _l(
            "Det er gjort når du for hver uke har skrevet opp %(antall)s: hvem du søkte hos, hva slags jobb, og "
            "hvilken dag."
        ),
        _l("Jo flere som vet at du vil jobbe, jo større er sjansen for at noen sier ja."),
        _l("Du kan søke på nett, eller gå til en arbeidsgiver. Du kan bruke en maskin på kontoret."),
        _l("%(antall)s hver uke."),
    ),
    Type(
        "praksis",
        "aktivitet",
        _l("Arbeidspraksis"),
        _l("Arbeidspraksis hos %(navn)s"),
        _l("Du skal være i arbeidspraksis hos %(navn)s."),
        (
            line("navn", _l("Arbeidsplassen"), _l("Skriv navnet på arbeidsplassen.")),
            place(),
            F_FRA,
            F_DAGER,
            F_KLOKKE,
            F_TIMER,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært på arbeidsplassen de dagene som står her. Er du syk, så ring "
            "arbeidsplassen samme morgen."
        ),
        _l("I praksis får du prøve en jobb, og noen som kan fortelle andre hva du kan."),
        STED,
        DAGER_TIMER,
    ),
    Type(
        "radgiver",
        "aktivitet",
        _l("Snakke med en rådgiver"),
        _l("Snakk med %(hvem)s"),
        _l("Du skal bestille en time hos %(hvem)s og møte til den."),
        (
            line("hvem", _l("Hvilken rådgiver"), _l("Skriv hvem rådgiveren er, eller hvor rådgiveren jobber.")),
            place(),
        ),
        INNEN,
        _l(
            "Det er gjort når du har vært i samtalen. Er det ingen ledig time før siste dag, er det nok at timen "
            "er bestilt."
        ),
        _l("Rådgiveren kan noe som vi ikke kan, og kan hjelpe deg med å finne en vei videre."),
        STED,
        EN_GANG,
        forfall="etter",
    ),
    Type(
        "arbeidssoker",
        "aktivitet",
        _l("Registrere seg som arbeidssøker"),
        _l("Registrer deg som arbeidssøker"),
        _l("Du skal registrere deg som arbeidssøker hos Nav."),
        (),
        INNEN,
        _l("Det er gjort når du er registrert. Veilederen din kan se det, så du trenger ikke å sende noe."),
        _l("Når du er registrert, kan du få tilbud om jobber, kurs og hjelp til å søke."),
        _l("På nav.no, eller på kontoret. På kontoret kan noen hjelpe deg."),
        EN_GANG,
        forfall="etter",
    ),
    Type(
        "kommunalt",
        "aktivitet",
        _l("Arbeidsoppgaver i kommunen"),
        _l("Arbeid i kommunen: %(navn)s"),
        _l("Du skal gjøre disse oppgavene: %(navn)s."),
        (
            line("navn", _l("Hvilke oppgaver"), _l("Skriv hva brukeren skal gjøre.")),
            place(_l("Skriv hvor brukeren skal møte opp, med hele adressen.")),
            F_FRA,
            F_DAGER,
            F_KLOKKE,
            F_TIMER,
        ),
        PERIODE,
        _l("Det er gjort når du har vært på arbeid de dagene som står her. Er du syk, så si fra samme morgen."),
        _l("Du får arbeidserfaring, og noen som kan fortelle andre hva du kan."),
        STED,
        DAGER_TIMER,
    ),
    Type(
        "karriere",
        "aktivitet",
        _l("Samtale med en karriereveileder"),
        _l("Snakk med en karriereveileder"),
        _l("Du skal ha en samtale med en karriereveileder om hva du kan, og hva du har lyst til."),
        (place(), F_KLOKKE),
        TIDSPUNKT,
        _l("Det er gjort når du har vært i samtalen. Passer ikke tiden, så ring før møtet og få en ny tid."),
        _l("Karriereveilederen kan hjelpe deg med å finne en jobb eller en skole som passer for deg."),
        STED,
        EN_GANG,
        frist=_l("Dato for samtalen"),
        forfall="dagen",
    ),
    Type(
        "medisinsk",
        "aktivitet",
        _l("Time hos lege eller annen behandler"),
        _l("Bestill time hos %(hvem)s"),
        _l("Du skal bestille time hos %(hvem)s, og spørre hva helsa di betyr for arbeid eller aktivitet."),
        (line("hvem", _l("Hvem brukeren skal til"), _l("Skriv hvilken lege eller behandler.")), place()),
        INNEN,
        _l(
            "Det er gjort når timen er bestilt og du har sagt fra om datoen. Du trenger ikke å fortelle oss hva "
            "dere snakker om."
        ),
        _l("Da kan vi unngå å be deg om noe som helsa di ikke tåler."),
        STED,
        EN_GANG,
        forfall="etter",
    ),
    Type(
        "norsk",
        "aktivitet",
        _l("Norskkurs"),
        _l("Delta på norskkurs: %(navn)s"),
        _l("Du skal delta på norskkurset %(navn)s."),
        (
            line("navn", _l("Hva kurset heter"), _l("Skriv navnet på kurset.")),
            place(),
            F_FRA,
            F_DAGER,
            F_KLOKKE,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært der de dagene som står her. Dager du har sagt fra om at du ikke kunne "
            "komme, teller ikke mot deg."
        ),
        _l("Med mer norsk er det lettere å få jobb eller skoleplass, og å ordne ting selv."),
        STED,
        KLOKKE_DAGER,
    ),
)
