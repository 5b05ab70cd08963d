"""Jorunn has a plan that both have agreed on, and a new vilkår that she has a question about."""

from __future__ import annotations

from webapp.demo.sakssteg import BaOmRad, Foreslo, LesteVilkar, Mal, Vedtatt
from webapp.demo.steg import Invitert, Leste, Leverte, Steg, Svarte

VEI: tuple[Steg, ...] = (
    Invitert(dag=-24, kl="10:10"),
    Svarte(
        dag=-22,
        kl="19:40",
        svar={
            "bolig.fungerer": "Jeg trives i leiligheten, og det er kort vei til skolen.",
            "onsker.drom": "Jeg vil jobbe med dyr.",
            "onsker.neste-steg": "Besøke en gård og se hvordan de jobber.",
            "hjelp.omrader": ["okonomi", "utdanning"],
        },
    ),
    Leverte(dag=-21, kl="20:15"),
    Leste(dag=-20, kl="09:05"),
    Mal(dag=-18, kl="18:00", tekst="Jobbe med dyr, helst på en gård."),
    Foreslo(
        dag=-17,
        kl="11:30",
        hva="Besøke en gård som tar imot folk i arbeidstrening",
        hvorfor="Da ser du om det passer for deg.",
        frist=22,
        katalog="praksis",
    ),
    Foreslo(
        dag=-17,
        kl="11:40",
        hva="Ringe gården og avtale en dag",
        hvorfor="Så slipper du å ringe selv.",
        ansvar="nav_sosial",
        frist=18,
    ),
    Vedtatt(
        dag=-5,
        kl="12:00",
        nummer="DEMO-2026-101",
        type="mote",
        parametre={"hvem": "karriereveilederen", "sted": "Oppdiktet gate 1, Prøvevik", "klokke": "10:30"},
        frist=14,
        hvorfor="Karriereveilederen kjenner kursene som passer til arbeid med dyr.",
    ),
    LesteVilkar(dag=-4, kl="20:30", svar="sporsmal", sporsmal="Kan jeg ta med søsteren min?"),
    Foreslo(
        dag=-3,
        kl="21:10",
        av="bruker",
        hva="Ta et kurs i traktor",
        hvorfor="Gården sa at de trenger noen som kan kjøre.",
        frist=60,
        ja=False,
    ),
    Foreslo(
        dag=-2,
        kl="13:20",
        hva="Skrive en kort CV sammen",
        hvorfor="Gården vil gjerne ha den på papir.",
        frist=14,
        ja=False,
    ),
    BaOmRad(dag=-1, kl="21:00", omrader=("okonomi",), tekst="Jeg får ikke til å lage et budsjett som holder."),
)
