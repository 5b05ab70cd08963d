"""Sunniva has begun, on her phone, with the short view."""

from __future__ import annotations

from webapp.demo.steg import Invitert, Steg, Svarte

VEI: tuple[Steg, ...] = (
    Invitert(dag=-5, kl="12:40"),
    Svarte(
        dag=-3,
        kl="21:15",
        svar={
            "om-meg.norsk": "godt",
            "om-meg.lesing": "tar-tid",
            "bolig.situasjon": "hos-noen",
            "bolig.trenger": ["finne", "depositum"],
            "familie.omsorg": ["ingen"],
            "arbeid.fungerer": (
                "Jeg har jobbet litt på bensinstasjon og i en klesbutikk før jul. Det beste var å snakke med kundene"
            ),
        },
    ),
)
