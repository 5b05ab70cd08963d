"""Tobias has not opened the notice. Until it has reached him, it is not a notice (U3)."""

from __future__ import annotations

from webapp.demo.sakssteg import LesteVilkar, Noterte, Vedtatt
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-30, kl="14:00"),
    Vedtatt(
        dag=-28,
        kl="14:20",
        nummer="DEMO-2026-083",
        type="mote",
        parametre={"hvem": "jobbspesialisten", "sted": "Oppdiktet vei 20, Prøvevik", "klokke": "12:00"},
        frist=7,
        hvorfor="Jobbspesialisten har en plass på et verksted som passer for deg.",
    ),
    LesteVilkar(dag=-27, kl="23:15", svar="forklar", uenig="Klokka tolv sover sønnen min."),
    Noterte(
        dag=-9,
        kl="10:00",
        hva="Jobbspesialisten sier at møtet ikke ble noe av.",
        varsel="Vi vil høre fra deg før vi bestemmer noe.",
    ),
)
