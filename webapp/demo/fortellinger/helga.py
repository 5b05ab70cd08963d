"""Helga was heard, and got help instead of a reduction."""

from __future__ import annotations

from webapp.demo.sakssteg import ApnetVarsel, Avgjorde, LesteVilkar, Noterte, Uttalte, Vedtatt
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-60, kl="11:00"),
    Vedtatt(
        dag=-55,
        kl="12:30",
        nummer="DEMO-2026-041",
        type="mote",
        parametre={"hvem": "veilederen i jobbverkstedet", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=6,
        hvorfor="Jobbverkstedet hjelper deg å finne ledige jobber.",
    ),
    LesteVilkar(dag=-54, kl="18:10", svar="forstar"),
    Noterte(
        dag=-36,
        kl="10:40",
        hva="Jobbverkstedet sier at Helga ikke har vært der.",
        varsel="Vi vil vite hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-34, kl="16:00"),
    Uttalte(
        dag=-30,
        kl="17:30",
        grunner=("utmattet",),
        ord="Jeg sover nesten ikke. Det er mange mennesker på verkstedet, og jeg får ikke puste.",
        vil="Jeg vil heller begynne med én dag i uka, og snakke med fastlegen.",
    ),
    Avgjorde(
        dag=-24,
        kl="13:15",
        veid="Det du skriver om søvn og angst, veier tyngst. Vi burde ha spurt om dette før.",
        utfall="hjelp",
        grunner="Pengene dine blir ikke mindre. Vi hjelper deg å få time hos fastlegen, og lager en ny plan sammen.",
    ),
)
