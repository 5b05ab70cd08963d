"""Yonas has answered aloud and waits for the result; an earlier matter led to another vilkår."""

from __future__ import annotations

from webapp.demo.sakssteg import (
    ApnetVarsel,
    Avgjorde,
    LesteAvgjorelsen,
    LesteVilkar,
    Noterte,
    SkrevNed,
    SvartePaOnske,
    Uttalte,
    Vedtatt,
    Veide,
)
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-80, kl="10:00"),
    Vedtatt(
        dag=-78,
        kl="10:00",
        nummer="DEMO-2026-111",
        type="mote",
        parametre={"hvem": "lederen for kjøkkenet", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=8,
        hvorfor="Du har sagt at du vil jobbe på kjøkken.",
    ),
    LesteVilkar(dag=-77, kl="12:00", svar="forstar"),
    Noterte(
        dag=-60,
        kl="10:00",
        dato=-1,
        hva="Møtet på kjøkkenet ble ikke noe av.",
        varsel="Vi vil høre hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-58, kl="20:00"),
    Uttalte(dag=-56, kl="20:00", grunner=("transport",), ord="Bussen går ikke så tidlig der jeg bor."),
    Avgjorde(
        dag=-50,
        kl="10:00",
        veid="Du kan ikke komme dit så tidlig. Det legger vi vekt på.",
        utfall="endret",
        grunner="Pengene dine blir ikke mindre. Vi finner et sted som er nærmere.",
    ),
    LesteAvgjorelsen(dag=-48, kl="20:00"),
    Vedtatt(
        dag=-45,
        kl="10:00",
        nummer="DEMO-2026-112",
        type="mote",
        parametre={"hvem": "lederen for kantina", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=8,
        hvorfor="Kantina ligger like ved der du bor.",
    ),
    LesteVilkar(dag=-44, kl="12:00", svar="forstar"),
    Noterte(
        dag=-20,
        kl="10:00",
        dato=-1,
        hva="Møtet i kantina ble ikke noe av.",
        varsel="Vi vil høre hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-18, kl="20:00"),
    Uttalte(dag=-17, kl="20:00", grunner=(), ord="", onsker=("samtale",)),
    SvartePaOnske(dag=-15, kl="10:00", tekst="Ja. Jeg ringer deg i morgen klokka ti."),
    SkrevNed(dag=-12, kl="10:00", grunner=("barn",), ord="Datteren min var syk, og jeg hadde ingen som kunne passe."),
    Veide(dag=-6, kl="10:00", veid="Datteren din var syk. Det legger vi stor vekt på."),
)
