"""Daniel fills in over several evenings, and is about half through."""

from __future__ import annotations

from webapp.demo.steg import Apnet, Invitert, Steg, Svarte

VEI: tuple[Steg, ...] = (
    Invitert(dag=-13, kl="13:05"),
    Svarte(
        dag=-12,
        kl="20:30",
        svar={
            "om-meg.viktig": (
                "Jeg er en rolig type som liker å være ute. Jeg trenger litt tid før jeg svarer når folk spør om noe."
            ),
            "om-meg.kallenavn": "Dan",
            "om-meg.sprak": "Norsk og litt engelsk",
            "om-meg.norsk": "godt",
            "om-meg.lesing": "tar-tid",
            "om-meg.tolk": "nei",
            "om-meg.kontakt": ["sms", "her"],
            "om-meg.hjelper": "Send gjerne melding før dere ringer. Jeg tar ikke telefonen fra skjult nummer.",
            "bolig.fungerer": "Det er stille der, og det er kort vei til skogen.",
            "bolig.situasjon": "leier-privat",
            "bolig.hvem": ["ingen"],
            "bolig.trivsel": "bade-og",
            "bolig.utgift": "8 900",
            "bolig.trenger": ["innbo", "utleier"],
            "bolig.mer": (
                "Det trekker fra vinduene, og huseieren sier at det er sånn det er. Strømmen kostet 2 400 i februar. "
                "Jeg har en madrass, men ikke seng."
            ),
        },
    ),
    Svarte(
        dag=-9,
        kl="22:10",
        svar={
            "familie.fungerer": "Jeg har god kontakt med mormor. Vi spiser middag sammen på søndager.",
            "familie.sivilstatus": "ugift",
            "familie.omsorg": ["ingen"],
            "nettverk.fungerer": "Marius og jeg fisker når det er vær til det. Da snakker vi om alt mulig.",
            "nettverk.stotte": ["ringe", "praktisk"],
            "nettverk.treffer": ["familie", "venner", "nett"],
            "nettverk.aktivitet": ["kultur"],
            "nettverk.onsker": "Jeg kunne tenke meg å begynne å klatre igjen, men det koster.",
            "hverdag.fungerer": "En god dag er når jeg kommer meg opp før ti og går en tur.",
            "hverdag.rytme": "ofte-snudd",
            "hverdag.mat": "ujevnt",
            "hverdag.tilgang": ["telefon", "nett", "bankid", "bil"],
        },
    ),
    Svarte(
        dag=-2,
        kl="21:45",
        svar={
            "utdanning.fungerer": "Jeg likte gym og naturfag. Jeg lærer best når noen viser meg det først.",
            "utdanning.hoyeste": "grunnskole",
            "utdanning.avbrutt": "videregaende",
            "utdanning.avbrutt-fortell": (
                "Begynte på bygg og anlegg i 2014. Jeg var mye syk det andre året, og så ble det for mye å ta igjen. "
                "Ingen spurte hvor jeg ble av."
            ),
            "utdanning.videre": "onske",
            "utdanning.videre-hjelp": ["velge", "kontakt"],
            "arbeid.fungerer": "Jeg har vært med onkelen min og lagt tak et par somrer",
        },
        vil_ikke=("rus.alkohol", "rus.rusmidler", "rus.spill"),
    ),
    Apnet(dag=-1, kl="09:12"),
)
