"""Simen wrote the same answer on a library PC and on his phone: both texts wait for him to choose."""

from __future__ import annotations

from webapp.demo.steg import Invitert, Steg, Svarte, ToTekster

VEI: tuple[Steg, ...] = (
    Invitert(dag=-8, kl="15:10"),
    Svarte(
        dag=-6,
        kl="16:00",
        svar={
            "om-meg.kallenavn": "Simen",
            "om-meg.norsk": "godt",
            "om-meg.lesing": "lett",
            "om-meg.kontakt": ["sms"],
            "bolig.fungerer": "Jeg bor midt i byen og kan gå overalt.",
            "bolig.situasjon": "leier-privat",
            "bolig.hvem": ["andre"],
            "bolig.trivsel": "ganske-godt",
            "bolig.mer": "Kollektivet er greit, men rommet er lite.",
            "onsker.drom": "Jeg vil bli lydtekniker.",
        },
    ),
    Svarte(
        dag=-4,
        kl="17:35",
        svar={
            "bolig.mer": (
                "Kollektivet er greit, men rommet er lite. Kontrakten går ut til våren, og da skal huseieren selge. "
                "Skrevet på biblioteket."
            ),
        },
    ),
    ToTekster(
        dag=-4,
        kl="23:05",
        svar={
            "bolig.mer": "Kollektivet er greit, men rommet er lite og jeg får ikke sove når de andre har fest.",
        },
    ),
)
