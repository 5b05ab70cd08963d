"""Vigdis has one matter that is only noted, and one where the notice has arrived and the deadline runs."""

from __future__ import annotations

from webapp.demo.sakssteg import ApnetVarsel, LesteVilkar, Noterte, Vedtatt
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-45, kl="10:00"),
    Vedtatt(
        dag=-40,
        kl="10:00",
        nummer="DEMO-2026-101",
        type="mote",
        parametre={"hvem": "rådgiveren på kontoret", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=12,
        hvorfor="Rådgiveren kjenner bedriftene i byen.",
    ),
    LesteVilkar(dag=-39, kl="12:00", svar="forstar"),
    Noterte(
        dag=-20,
        kl="10:00",
        dato=-1,
        hva="Møtet med rådgiveren ble ikke noe av.",
        varsel="Vi vil høre hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-18, kl="20:00"),
    Vedtatt(
        dag=-17,
        kl="10:00",
        nummer="DEMO-2026-102",
        type="mote",
        parametre={"hvem": "karriereveilederen", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "09:00"},
        frist=6,
        hvorfor="Hun hjelper deg å finne et kurs som passer.",
    ),
    LesteVilkar(dag=-16, kl="12:00", svar="forstar"),
    Noterte(dag=-2, kl="10:00", dato=-1, hva="Møtet med karriereveilederen ble ikke noe av."),
)
