"""Turid's matter was closed; her klage was sent on and answered; guidance was given once, and refused once."""

from __future__ import annotations

from webapp.demo.sakssteg import (
    ApnetVarsel,
    BaOmRad,
    KlageSteg,
    Klaget,
    LesteVilkar,
    Lukket,
    Noterte,
    SvarteOmRad,
    Vedtatt,
)
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-120, kl="10:00"),
    BaOmRad(dag=-118, kl="18:00", omrader=("okonomi",), tekst="Jeg trenger hjelp med å få oversikt over regningene."),
    SvarteOmRad(
        dag=-112,
        kl="10:00",
        nummer="DEMO-2026-R1",
        tekst="Ja. Du får time hos økonomirådgiveren.",
        slutt="Dere har laget et budsjett sammen.",
    ),
    BaOmRad(dag=-100, kl="18:00", omrader=("bolig",), tekst="Jeg vil ha hjelp til å kjøpe bolig."),
    SvarteOmRad(
        dag=-95,
        kl="10:00",
        nummer="DEMO-2026-R2",
        tekst="Nei. Banken kan hjelpe deg med dette.",
        innvilget=False,
    ),
    Vedtatt(
        dag=-90,
        kl="10:00",
        nummer="DEMO-2026-121",
        type="mote",
        parametre={"hvem": "lederen for butikken", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=8,
        hvorfor="Butikken trenger folk, og du har erfaring.",
    ),
    LesteVilkar(dag=-89, kl="12:00", svar="forstar", uenig="Jeg får vondt av å stå hele dagen."),
    Klaget(dag=-85, kl="18:00", mot="vilkar", hva="Jeg kan ikke stå hele dagen.", vil="Finn noe annet.", mottatt=True),
    KlageSteg(dag=-75, kl="10:00", steg="opprettholdt", tekst="Vi mener at du kan prøve med korte dager."),
    KlageSteg(dag=-73, kl="10:00", steg="sendt", tekst="Klagen er sendt til Statsforvalteren."),
    Noterte(
        dag=-70,
        kl="10:00",
        dato=-1,
        hva="Møtet i butikken ble ikke noe av.",
        varsel="Vi vil høre hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-68, kl="20:00"),
    Lukket(dag=-60, kl="10:00", grunn="ordnet", tekst="Vi venter til Statsforvalteren har svart på klagen din."),
    KlageSteg(dag=-20, kl="10:00", steg="delvis", tekst="Du skal få arbeid der du kan sitte."),
)
