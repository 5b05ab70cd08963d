"""Torgeir delivered long ago, somebody read it, and nothing has followed: both deadlines are over (K8)."""

from __future__ import annotations

from webapp.demo.steg import Invitert, Leste, Leverte, Maned, Steg, Svarte

VEI: tuple[Steg, ...] = (
    Invitert(dag=-63, kl="11:00"),
    Svarte(
        dag=-52,
        kl="18:20",
        svar={
            "om-meg.viktig": "Jeg har stått i arbeid i over tjue år, og jeg vil helst tilbake dit.",
            "om-meg.kallenavn": "Torgeir",
            "om-meg.norsk": "godt",
            "om-meg.lesing": "lett",
            "om-meg.tolk": "nei",
            "om-meg.kontakt": ["telefon", "brev"],
            "bolig.fungerer": "Jeg har bodd i huset siden jeg var liten. Naboene ser etter hverandre.",
            "bolig.situasjon": "eier",
            "bolig.hvem": ["ingen"],
            "bolig.trivsel": "ganske-godt",
            "bolig.utgift": "7200",
            "bolig.trenger": ["ingenting"],
            "familie.sivilstatus": "separert",
            "familie.omsorg": ["barn-andre"],
            "familie.barn-behov": ["ingenting"],
            "familie.mer": "Sønnen min på 16 bor hos moren. Han er hos meg annenhver helg. Det er det fineste jeg har.",
            "nettverk.stotte": ["praktisk", "folge"],
            "nettverk.treffer": ["familie-borte", "naboer"],
            "nettverk.aktivitet": ["lag"],
        },
    ),
    Svarte(
        dag=-48,
        kl="19:05",
        svar={
            "hverdag.rytme": "varierer",
            "hverdag.mat": "nok",
            "hverdag.tilgang": ["forerkort", "bil", "telefon", "nett", "bankid"],
            "utdanning.hoyeste": "fagbrev",
            "utdanning.avbrutt": "nei",
            "utdanning.videre": "kanskje",
            "utdanning.videre-hjelp": ["jobb"],
            "arbeid.fungerer": (
                "22 år på sagbruket, de siste ni som formann. Jeg likte ansvaret, og at unge fikk prøve seg. "
                "Bruket la ned for to år siden."
            ),
            "arbeid.na": "soker",
            "arbeid.lengde": "over-5-ar",
            "arbeid.sist": Maned(-800),
            "arbeid.papirer": ["cv", "attest", "referanse"],
            "arbeid.tiltak": (
                "Jeg var på jobbsøkerkurs i seks uker. Vi lærte å skrive CV, men det kunne jeg fra før. "
                "Det som hjalp, var å besøke bedrifter."
            ),
            "styrker.stolt": "At vi gikk elleve år uten en eneste alvorlig skade på mitt skift.",
            "styrker.fag": "Truck, kran, sveising, opplæring av nye, HMS. Kan reparere det meste.",
            "styrker.egenskaper": ["presis", "noyaktig", "praktisk", "talmodig"],
            "okonomi.inntekt": ["sosialhjelp"],
            "okonomi.lenge": "6-12-mnd",
            "okonomi.gjeld": "strever",
            "okonomi.regninger": "apner",
            "okonomi.se-pa": ["statlig", "radgivning"],
            "okonomi.mer": "Lånet på huset er verst. Jeg er redd for å måtte selge.",
            "helse.kropp": "opp-og-ned",
            "helse.psyke": "tungt",
            "helse.plager": ["smerter", "sovn"],
            "helse.behandling": ["fastlege"],
            "helse.virkning": "litt",
            "helse.tilpasning": "Ryggen tåler ikke tunge løft hele dagen. Ellers er jeg sterk.",
            "rus.hjelp": ["ingenting"],
            "muligheter.finne": "usikre",
            "muligheter.beholde": "gode",
            "muligheter.motivasjon": "klar",
            "muligheter.i-veien": ["jobber", "tro"],
            "onsker.drom": "Å kjenne at noen regner med meg igjen.",
            "onsker.endre": ["heltid", "okonomi"],
            "onsker.neste-steg": "Ringe den gamle sjefen min og spørre hvem som trenger folk.",
            "onsker.fra-nav": "Noen som kjenner bedriftene her, og som kan bli med på det første besøket.",
            "hjelp.omrader": ["arbeid", "okonomi"],
            "hjelp.utfylling": "greit",
            "hjelp.ikke-spurt": "Jeg lurer på hva som skjer nå. Jeg venter på å høre fra dere.",
        },
    ),
    Leverte(dag=-47, kl="08:35"),
    Leste(dag=-44, kl="14:10"),
)
