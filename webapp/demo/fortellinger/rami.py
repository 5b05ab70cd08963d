"""Rami reads Arabic. He has been told that a reduction is considered, and has answered in his own language."""

from __future__ import annotations

from webapp.demo.sakssteg import ApnetVarsel, LesteVilkar, Noterte, Uttalte, Vedtatt
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-40, kl="09:40"),
    Vedtatt(
        dag=-36,
        kl="10:15",
        nummer="DEMO-2026-077",
        type="kurs",
        parametre={
            "navn": "norskkurs for voksne",
            "sted": "Oppdiktet plass 3, Prøvevik",
            "fra": "2026-10-27",
            "dager": [1, 3],
            "klokke": "09:00",
        },
        frist=20,
        hvorfor="Du har sagt at du vil lære mer norsk for å få jobb som kokk.",
    ),
    LesteVilkar(dag=-35, kl="19:20", svar="forstar"),
    Noterte(
        dag=-12,
        kl="13:00",
        dato=-3,
        hva="Kurset sier at Rami ikke har vært der de tre siste ukene.",
        varsel="Vi vil vite hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-10, kl="20:05"),
    Uttalte(
        dag=-6,
        kl="22:10",
        grunner=("barn", "forsto_ikke"),
        ord="ابنتي كانت في المستشفى ثلاثة أسابيع. اتصلت بالدورة لكن لم يفهمني أحد.",
        vil="أريد أن أبدأ الدورة من جديد بعد أن تتحسن ابنتي.",
    ),
)
