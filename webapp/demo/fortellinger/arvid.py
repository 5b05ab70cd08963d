"""Arvid's benefit was reduced after he was heard. He has complained."""

from __future__ import annotations

from webapp.demo.sakssteg import ApnetVarsel, Avgjorde, Klaget, LesteAvgjorelsen, LesteVilkar, Noterte, Uttalte, Vedtatt
from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (
    Invitert(dag=-70, kl="10:00"),
    Vedtatt(
        dag=-64,
        kl="10:30",
        nummer="DEMO-2026-029",
        type="mote",
        parametre={"hvem": "arbeidsgiveren på lageret", "sted": "Oppdiktet vei 20, Prøvevik", "klokke": "08:00"},
        frist=7,
        hvorfor="Du har sagt at du vil jobbe på lager, og her er en ledig plass.",
    ),
    LesteVilkar(dag=-63, kl="12:00", svar="forstar"),
    Noterte(
        dag=-46,
        kl="11:20",
        hva="Lageret sier at møtet ikke ble noe av.",
        varsel="Vi vil høre hva som skjedde før vi bestemmer noe.",
    ),
    ApnetVarsel(dag=-45, kl="13:00"),
    Uttalte(
        dag=-38,
        kl="15:45",
        grunner=("annet",),
        ord="Jeg hadde ikke lyst til å jobbe på lager likevel.",
        vil="Jeg vil ikke ha mindre penger.",
    ),
    Avgjorde(
        dag=-24,
        kl="14:00",
        veid="Du har ombestemt deg. Det har du lov til, men da må du si fra, så vi kan finne noe annet sammen.",
        utfall="reduksjon",
        grunner="Du får 1000 kroner mindre i fire uker. Husleie og mat er dekket.",
        nummer="DEMO-2026-090",
        vurderinger={
            "familie": "Arvid bor alene.",
            "barn": "Ingen barn.",
            "dekket": "Husleie, strøm og mat er dekket.",
        },
    ),
    LesteAvgjorelsen(dag=-22, kl="19:40"),
    Klaget(
        dag=-13,
        kl="20:20",
        mot="reduksjon",
        hva="Jeg sa til veilederen på telefonen at jeg ikke ville.",
        vil="Jeg vil ha pengene tilbake.",
        mottatt=True,
    ),
)
