"""The bank of vilkår types: what can be asked, as data with parameters, so that it reads right in every language (V6).

Each type says what, where, when, how often, and what counts as done; tekst.py puts the words together. Ids never change
meaning. A sentence whose parameter is left out is left out; texts are whole sentences, so that languages can differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

Feltslag = Literal["linje", "ord", "dato", "klokke", "tall", "dager"]
FRITEKST = ("fritekst", "fritekst_okonomi")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Felt:
    """A parameter. ``enhet`` turns a number into words; ``kreves``: what is said when it is missing."""

    id: str
    slag: Feltslag
    ledetekst: LazyString
    hjelp: LazyString | str = ""
    kreves: LazyString | None = None
    enhet: Callable[[int], str] | None = None
    hoyst: int = 0


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of vilkår. Texts may name its parameters and «frist»; a plain ``str`` is the veileder's own words."""

    id: str
    slag: str  # V3: aktivitet, okonomi, dokumentasjon
    navn: LazyString  # in the veileder's list
    tittel: LazyString | str
    hva: LazyString | str
    felt: tuple[Felt, ...]
    nar: LazyString
    oppfylt: LazyString | str
    hvorfor: LazyString | str = ""
    hvor: LazyString | str = ""
    ofte: LazyString | str = ""
    frist: LazyString = _l("Siste dag")  # what the deadline is called in the form
    aktiviteter: tuple[str, ...] = ()  # kinds of activity in the plan that fulfil it


INNEN = _l("Senest %(frist)s.")
PERIODE = _l("Fra %(fra)s til og med %(frist)s.")
FRA = _l("Fra %(fra)s.")
TIDSPUNKT = _l("%(frist)s klokka %(klokke)s.")
_KLOKKE_DAGER = _l("Hver %(dager)s, klokka %(klokke)s.")
_EN_GANG = _l("Én gang.")
STED = "%(sted)s"  # an address needs no words of ours


def _jobber(n: int) -> str:
    return str(ngettext("%(num)s jobb", "%(num)s jobber", n))


def _timer(n: int) -> str:
    return str(ngettext("%(num)s time", "%(num)s timer", n))


def _line(name: str, label: LazyString, required: LazyString, hint: LazyString | str = "") -> Felt:
    return Felt(name, "linje", label, hint, required)


def _place(hint: LazyString | str = "") -> Felt:
    return _line("sted", _l("Sted"), _l("Skriv adressen, så brukeren finner fram."), hint or _l("Skriv hele adressen."))


_FRA = Felt("fra", "dato", _l("Første dag"), kreves=_l("Skriv når det begynner."))
_KLOKKE = Felt("klokke", "klokke", _l("Klokkeslett"), kreves=_l("Skriv når på dagen, for eksempel 10:30."))
_DAGER = Felt("dager", "dager", _l("Hvilke dager"), kreves=_l("Velg minst én dag."))
_TIMER = Felt(
    "timer", "tall", _l("Timer om dagen"), kreves=_l("Skriv hvor mange timer, med tall."), enhet=_timer, hoyst=12
)
_DAGER_TIMER = _l("Hver %(dager)s, klokka %(klokke)s. %(timer)s hver dag.")
_NESTE_STEG = _l("Det skal gjøre veien til arbeid eller skole kortere for deg.")

_AKTIVITET = (
    Type(
        "mote",
        "aktivitet",
        _l("Møte til en avtalt time"),
        _l("Møt til en avtalt time med %(hvem)s"),
        _l("Du skal møte %(hvem)s til en samtale."),
        (_line("hvem", _l("Hvem brukeren skal møte"), _l("Skriv hvem brukeren skal møte.")), _place(), _KLOKKE),
        TIDSPUNKT,
        _l("Det er gjort når du har vært med på samtalen. Passer ikke tiden, så ring før møtet og få en ny tid."),
        _l("I samtalen finner dere ut sammen hva som kan hjelpe deg videre."),
        STED,
        _EN_GANG,
        frist=_l("Dato for møtet"),
        aktiviteter=("moter",),
    ),
    Type(
        "kurs",
        "aktivitet",
        _l("Delta på et kurs eller tiltak"),
        _l("Delta på %(navn)s"),
        _l("Du skal delta på %(navn)s."),
        (
            _line("navn", _l("Hva kurset eller tiltaket heter"), _l("Skriv navnet på kurset eller tiltaket.")),
            _place(),
            _FRA,
            _DAGER,
            _KLOKKE,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært der de dagene som står her. Dager du har sagt fra om at du ikke kunne "
            "komme, teller ikke mot deg."
        ),
        _NESTE_STEG,
        STED,
        _KLOKKE_DAGER,
        aktiviteter=("jobbsokerkurs", "motivasjonskurs", "jobbverksted", "amo"),
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
                enhet=_jobber,
                hoyst=20,
            ),
            _FRA,
        ),
        PERIODE,
        _l(
            "Det er gjort når du for hver uke har skrevet opp %(antall)s: hvem du søkte hos, hva slags jobb, og "
            "hvilken dag."
        ),
        _l("Jo flere som vet at du vil jobbe, jo større er sjansen for at noen sier ja."),
        _l("Du kan søke på nett, eller gå til en arbeidsgiver. Du kan bruke en maskin på kontoret."),
        _l("%(antall)s hver uke."),
        aktiviteter=("jobbsoking",),
    ),
    Type(
        "praksis",
        "aktivitet",
        _l("Arbeidspraksis"),
        _l("Arbeidspraksis hos %(navn)s"),
        _l("Du skal være i arbeidspraksis hos %(navn)s."),
        (
            _line("navn", _l("Arbeidsplassen"), _l("Skriv navnet på arbeidsplassen.")),
            _place(),
            _FRA,
            _DAGER,
            _KLOKKE,
            _TIMER,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært på arbeidsplassen de dagene som står her. Er du syk, så ring "
            "arbeidsplassen samme morgen."
        ),
        _l("I praksis får du prøve en jobb, og noen som kan fortelle andre hva du kan."),
        STED,
        _DAGER_TIMER,
        aktiviteter=("praksis_ordinar", "praksis_skjermet"),
    ),
    Type(
        "radgiver",
        "aktivitet",
        _l("Snakke med en rådgiver"),
        _l("Snakk med %(hvem)s"),
        _l("Du skal bestille en time hos %(hvem)s og møte til den."),
        (
            _line("hvem", _l("Hvilken rådgiver"), _l("Skriv hvem rådgiveren er, eller hvor rådgiveren jobber.")),
            _place(),
        ),
        INNEN,
        _l(
            "Det er gjort når du har vært i samtalen. Er det ingen ledig time før siste dag, er det nok at timen "
            "er bestilt."
        ),
        _l("Rådgiveren kan noe som vi ikke kan, og kan hjelpe deg med å finne en vei videre."),
        STED,
        _EN_GANG,
        aktiviteter=("moter", "avklaring"),
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
        _EN_GANG,
        aktiviteter=("jobbsoking",),
    ),
    Type(
        "kommunalt",
        "aktivitet",
        _l("Arbeidsoppgaver i kommunen"),
        _l("Arbeid i kommunen: %(navn)s"),
        _l("Du skal gjøre disse oppgavene: %(navn)s."),
        (
            _line("navn", _l("Hvilke oppgaver"), _l("Skriv hva brukeren skal gjøre.")),
            _place(_l("Skriv hvor brukeren skal møte opp, med hele adressen.")),
            _FRA,
            _DAGER,
            _KLOKKE,
            _TIMER,
        ),
        PERIODE,
        _l("Det er gjort når du har vært på arbeid de dagene som står her. Er du syk, så si fra samme morgen."),
        _l("Du får arbeidserfaring, og noen som kan fortelle andre hva du kan."),
        STED,
        _DAGER_TIMER,
        aktiviteter=("kommunalt",),
    ),
    Type(
        "karriere",
        "aktivitet",
        _l("Samtale med en karriereveileder"),
        _l("Snakk med en karriereveileder"),
        _l("Du skal ha en samtale med en karriereveileder om hva du kan, og hva du har lyst til."),
        (_place(), _KLOKKE),
        TIDSPUNKT,
        _l("Det er gjort når du har vært i samtalen. Passer ikke tiden, så ring før møtet og få en ny tid."),
        _l("Karriereveilederen kan hjelpe deg med å finne en jobb eller en skole som passer for deg."),
        STED,
        _EN_GANG,
        frist=_l("Dato for samtalen"),
        aktiviteter=("avklaring",),
    ),
    Type(
        "medisinsk",
        "aktivitet",
        _l("Time hos lege eller annen behandler"),
        _l("Bestill time hos %(hvem)s"),
        _l("Du skal bestille time hos %(hvem)s, og spørre hva helsa di betyr for arbeid eller aktivitet."),
        (_line("hvem", _l("Hvem brukeren skal til"), _l("Skriv hvilken lege eller behandler.")), _place()),
        INNEN,
        _l(
            "Det er gjort når timen er bestilt og du har sagt fra om datoen. Du trenger ikke å fortelle oss hva "
            "dere snakker om."
        ),
        _l("Da kan vi unngå å be deg om noe som helsa di ikke tåler."),
        STED,
        _EN_GANG,
        aktiviteter=("behandling", "avklaring"),
    ),
    Type(
        "norsk",
        "aktivitet",
        _l("Norskkurs"),
        _l("Delta på norskkurs: %(navn)s"),
        _l("Du skal delta på norskkurset %(navn)s."),
        (
            _line("navn", _l("Hva kurset heter"), _l("Skriv navnet på kurset.")),
            _place(),
            _FRA,
            _DAGER,
            _KLOKKE,
        ),
        PERIODE,
        _l(
            "Det er gjort når du har vært der de dagene som står her. Dager du har sagt fra om at du ikke kunne "
            "komme, teller ikke mot deg."
        ),
        _l("Med mer norsk er det lettere å få jobb eller skoleplass, og å ordne ting selv."),
        STED,
        _KLOKKE_DAGER,
        aktiviteter=("norsk",),
    ),
)
_OKONOMI = (
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
        _EN_GANG,
        aktiviteter=("okonomi", "bolig"),
    ),
    Type(
        "ytelse",
        "okonomi",
        _l("Søke om en annen ytelse"),
        _l("Søk om %(navn)s"),
        _l("Du skal søke om %(navn)s."),
        (
            _line("navn", _l("Hvilken ytelse"), _l("Skriv hva brukeren skal søke om.")),
            _line("sted", _l("Hvor det skal søkes"), _l("Skriv hvor brukeren skal søke."), _l("For eksempel nav.no.")),
        ),
        INNEN,
        _l("Det er gjort når søknaden er sendt. Du trenger ikke å ha fått svar. Får du nei, er det ikke din feil."),
        _l("Du kan ha rett til disse pengene."),
        STED,
        _EN_GANG,
        aktiviteter=("okonomi",),
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
        (_line("hvem", _l("Hvem brukeren skal møte"), _l("Skriv hvem brukeren skal møte.")), _place(), _KLOKKE),
        TIDSPUNKT,
        _l(
            "Det er gjort når dere har gått gjennom økonomien sammen. Passer ikke tiden, så ring før møtet og få "
            "en ny tid."
        ),
        _l("Rådgiveren kan hjelpe deg med å betale mindre, og å få orden på gjeld."),
        STED,
        _EN_GANG,
        frist=_l("Dato for møtet"),
        aktiviteter=("okonomi",),
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
            _line(
                "navn",
                _l("Hvilke regninger"),
                _l("Skriv hvilke regninger avtalen gjelder."),
                _l("For eksempel husleie."),
            ),
            _place(_l("Skriv hvor brukeren kan skrive under.")),
        ),
        INNEN,
        _l("Det er gjort når du har skrevet under på avtalen. Du kan si opp avtalen senere."),
        _l("Da blir de viktigste regningene betalt i tide, og du slipper purringer."),
        STED,
        _EN_GANG,
        aktiviteter=("okonomi",),
    ),
)
_ANDRE = (
    Type(
        "dokumentasjon",
        "dokumentasjon",
        _l("Be om papirer eller opplysninger"),
        _l("Lever papirer: %(navn)s"),
        _l("Vi trenger dette fra deg: %(navn)s."),
        (
            _line("navn", _l("Hva du trenger"), _l("Skriv hvilke papirer eller opplysninger du trenger.")),
            _line("sted", _l("Hvor det kan leveres"), _l("Skriv hvor brukeren kan levere.")),
        ),
        INNEN,
        _l("Det er gjort når vi har fått papirene. Er noe vanskelig å få tak i, så si fra. Da kan vi hjelpe."),
        _l("Vi trenger det for å kunne behandle saken din riktig."),
        STED,
        _EN_GANG,
    ),
    *(
        Type(
            name,
            slag,
            label,
            "%(tittel)s",
            "%(hva)s",
            (
                _line("tittel", _l("Overskrift"), _l("Skriv en kort overskrift.")),
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
        )
        for name, slag, label in (
            ("fritekst", "aktivitet", _l("Noe annet om aktivitet, med egne ord")),
            ("fritekst_okonomi", "okonomi", _l("Noe annet om økonomi, med egne ord")),
        )
    ),
)

TYPER: dict[str, Type] = {one.id: one for one in (*_AKTIVITET, *_OKONOMI, *_ANDRE)}
SLAG: dict[str, LazyString] = {
    "aktivitet": _l("Vilkår om aktivitet"),
    "okonomi": _l("Vilkår om økonomi"),
    "dokumentasjon": _l("Papirer og opplysninger (ikke et vilkår)"),
}


def placeholders(text: str) -> list[str]:
    """The parameters that a text names."""
    return _PLACEHOLDER.findall(text)


def weekdays(days: Sequence[int], locale: str) -> str:
    """«mandag, onsdag og fredag»; 0 is Monday."""
    names = get_day_names("wide", "format", locale)
    return format_list([names[day] for day in sorted(set(days))], "standard", locale)
