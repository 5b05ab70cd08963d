"""The notice and the avgjørelse in words, in any language: built once, stored word for word, never built again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from webapp.platform import dates
from webapp.platform.belop import kroner
from webapp.platform.languages import SOURCE, SPRAK
from webapp.platform.lov import HJEMLER
from webapp.varsel import ord as koder
from webapp.vilkar.tekst import YTELSER, own

# [[heading, [[paragraph, language], …]], …]: the language is empty for our own words, «nb» for the office's. A line of
# the vilkår says so with a third part, VILKAR; what was stored before that came has none.
Avsnitt = list[list[Any]]
VILKAR = "vilkar"


@dataclass(frozen=True, slots=True)
class Parametre:
    """Everything that the notice is made of."""

    vilkar: dict[str, list[str]]  # language -> the vilkår, line by line
    hendt: list[tuple[str, str]]  # ISO date and the veileder's words
    hvorfor: str
    ytelse: str
    belop: int
    maneder: int
    tidligst: str
    veileder: str
    telefon: str

    def as_json(self) -> dict[str, Any]:
        """For sealing."""
        return asdict(self)


def _whole(telefon: str) -> str:
    """A number to call, on one line and in its own direction."""
    return own(telefon.replace(" ", "\N{NO-BREAK SPACE}"))


# What is stored, is stored in all of them: who reads it may change the language, or sit beside somebody with another.
ALLE = tuple(SPRAK)


def languages_for(sprak: str) -> list[str]:
    """Bokmål, and the bruker's own language when the program has it: what the veileder looks over."""
    return list(dict.fromkeys([SOURCE, sprak if sprak in SPRAK else SOURCE]))


def varsel(one: Parametre, sprak: Iterable[str]) -> dict[str, Avsnitt]:
    """The notice in each of these languages (U2)."""
    made = {}
    for kode in sprak:
        with force_locale(kode):
            made[kode] = _varsel(one, kode)
    return made


def _varsel(one: Parametre, kode: str) -> Avsnitt:
    """The five answers, in the order in which they are needed."""
    happened: list[list[str]] = []
    for iso, words in one.hendt:
        happened += [[_("Dette er notert for %(dato)s:", dato=_day(iso, kode)), ""], [words, SOURCE]]
    fvl = HJEMLER["forhandsvarsel"]
    access = HJEMLER["innsyn"]
    return [
        [
            _("Hva er dette?"),
            [
                [_("Dette er et varsel. Ingenting er bestemt."), ""],
                [
                    _("Vi vurderer om du skal få mindre penger i en periode. Først vil vi høre hva du sier."),
                    "",
                ],
                [_("Det gjelder dette vilkåret:"), ""],
                *_quoted(one.vilkar, kode),
                *happened,
                [_("Derfor sender vi varselet:"), ""],
                [one.hvorfor, SOURCE],
            ],
        ],
        [
            _("Hva må du gjøre?"),
            [
                [_("Fortell hva som skjedde, og hva du mener. Du velger selv om du vil svare."), ""],
                [
                    _(
                        "Du kan svare her i Medvirk, på telefon %(telefon)s, eller i et møte med %(veileder)s.",
                        telefon=_whole(one.telefon),
                        veileder=own(one.veileder),
                    ),
                    "",
                ],
                [_("Du kan svare på det språket du vil. Du kan få tolk, og det koster ingenting."), ""],
            ],
        ],
        [
            _("Når må du svare?"),
            [
                [_("Du har tid til og med %(dato)s.", dato=_day(one.tidligst, kode)), ""],
                [_("Fristen regnes fra dagen du får varselet. Får du det senere, får du lengre tid."), ""],
                [_("Trenger du mer tid, kan du be om det."), ""],
            ],
        ],
        [
            _("Hva kan skje?"),
            [
                [considered(one.ytelse, one.belop, one.maneder), ""],
                [
                    _(
                        "Dette rører vi aldri: penger til mat, bolig og det mest nødvendige, og det barn trenger. "
                        "Du kan alltid be om hjelp i en nødssituasjon."
                    ),
                    "",
                ],
                [_("Det du sier, kan gjøre at vi ikke tar bort noe. Vi leser alt før vi bestemmer noe."), ""],
                [_("Har du funnet arbeid, si fra. Da lukkes saken, og du mister ingen penger."), ""],
            ],
        ],
        [
            _("Få hjelp, eller si at du er uenig"),
            [
                [
                    _(
                        "Er noe vanskelig å forstå? Spør %(veileder)s, eller ring %(telefon)s.",
                        veileder=own(one.veileder),
                        telefon=_whole(one.telefon),
                    ),
                    "",
                ],
                [
                    _("Er du uenig, skriver du det i svaret ditt. Du kan la en annen hjelpe deg eller svare for deg."),
                    "",
                ],
                [_("Du har rett til å se saken din, og til å få vite hva vi bygger på."), ""],
                [
                    _(
                        "Reglene står i %(lov)s § %(varsel)s og § %(innsyn)s.",
                        lov=str(fvl.lov),
                        varsel=fvl.paragraf,
                        innsyn=access.paragraf,
                    ),
                    "",
                ],
            ],
        ],
    ]


def _quoted(vilkar: Mapping[str, list[str]], kode: str) -> list[list[str]]:
    """The vilkår, line by line, in this language or else in bokmål."""
    sprak = kode if kode in vilkar else SOURCE
    return [[line, "" if sprak == kode else sprak, VILKAR] for line in vilkar[sprak]]


def alike(stored: Mapping[str, Avsnitt]) -> dict[str, Avsnitt]:
    """A stored text with three parts in every line, whenever it was stored: for whoever reads it with a program."""
    return {
        kode: [[heading, [[*part, ""][:3] for part in paragraphs]] for heading, paragraphs in sections]
        for kode, sections in stored.items()
    }


def grouped(paragraphs: Iterable[Sequence[str]]) -> list[tuple[bool, list[tuple[str, str]]]]:
    """A stored section for a page: what stands together, and whether it is the vilkår that is spoken of."""
    marked = [(len(part) > 2 and part[2] == VILKAR, (part[0], part[1])) for part in paragraphs]
    return [(is_vilkar, [one for _, one in parts]) for is_vilkar, parts in groupby(marked, itemgetter(0))]


def considered(ytelse: str, belop: int, maneder: int) -> str:
    """Which benefit, how much and how long is considered, in one sentence."""
    return str(
        ngettext(
            "Vi vurderer å ta bort inntil %(belop)s kroner i %(num)s måned. Det gjelder %(ytelse)s.",
            "Vi vurderer å ta bort inntil %(belop)s kroner i måneden i inntil %(num)s måneder. Det gjelder %(ytelse)s.",
            maneder,
            belop=kroner(belop),
            ytelse=str(YTELSER.get(ytelse, ytelse)),
        )
    )


@dataclass(frozen=True, slots=True)
class Avgjorelsen:
    """Everything that the avgjørelse is made of."""

    utfall: str
    grunner: str
    vilkar: dict[str, list[str]]
    veid: list[tuple[str, str]]  # code of a reason, «ord» or «samlet», and how it was weighed
    ytelse: str = ""
    belop: int | None = None
    fra: date | None = None
    til: date | None = None
    vurderinger: Mapping[str, str] | None = None
    klagefrist: date = date.min
    telefon: str = ""


def avgjorelse(one: Avgjorelsen, sprak: Iterable[str]) -> dict[str, Avsnitt]:
    """The avgjørelse in plain words, in each of these languages (U9)."""
    made = {}
    for kode in sprak:
        with force_locale(kode):
            *said, disagree = _avgjorelse(one, kode)
            made[kode] = [*said, *_from_here(one, kode), disagree]
    return made


def _avgjorelse(one: Avgjorelsen, kode: str) -> Avsnitt:
    klage = HJEMLER["klage"]
    taken: list[list[str]] = []
    for code, words in one.veid:
        taken += [[weighed(code), ""], [words, SOURCE]]
    sections: Avsnitt = [
        [
            _("Hva er bestemt?"),
            [
                *outcome(one, kode),
                [_("Det gjelder dette vilkåret:"), ""],
                *_quoted(one.vilkar, kode),
            ],
        ],
        [_("Hvorfor?"), [[one.grunner, SOURCE]]],
        [_("Slik er det du sa, tatt med"), taken],
    ]
    if one.utfall == "reduksjon" and one.vurderinger:
        named = (
            ("familie", _("Familien")),
            ("barn", _("Barna")),
            ("dekket", _("Det mest nødvendige")),
        )
        paragraphs: list[list[str]] = []
        for key, label in named:
            paragraphs += [[label, ""], [one.vurderinger[key], SOURCE]]
        sections.append([_("Dette er vurdert"), paragraphs])
    helped = _(
        "Si det til veilederen din eller ring %(telefon)s, så får du hjelp til å klage.", telefon=_whole(one.telefon)
    )
    if one.utfall in koder.KLAGBART:
        lines = [
            _("Du kan klage til og med %(dato)s.", dato=dates.long_date(one.klagefrist, kode)),
            helped,
            _("Du kan også klage på selve vilkåret."),
        ]
    else:  # nothing is taken or changed: what there is to appeal is the vilkår, and that has a deadline of its own
        lines = [_("Du kan klage på selve vilkåret."), helped]
    lines += [
        _("Kommer klagen for sent, tar vi imot den likevel."),
        _("Reglene står i %(lov)s § %(paragraf)s.", lov=str(klage.lov), paragraf=klage.paragraf),
    ]
    sections.append([_("Er du uenig?"), [[line, ""] for line in lines]])
    return sections


def _from_here(one: Avgjorelsen, kode: str) -> Avsnitt:
    """What to do, by when, and what happens then: the answers between what was decided and how to disagree."""
    deadline, then = _("Det er ingen frist for deg nå."), _("Veilederen din tar kontakt.")
    if one.utfall in koder.KLAGBART:
        deadline = _("Siste dag for å klage er %(dato)s.", dato=dates.long_date(one.klagefrist, kode))
    if one.utfall == "ingen":
        then = _("Saken er avsluttet. Du mister ingen penger.")
    elif one.fra is not None and one.til is not None:
        fra, til = dates.long_date(one.fra, kode), dates.long_date(one.til, kode)
        then = _("Du får mindre penger fra %(fra)s til og med %(til)s.", fra=fra, til=til)
    return [
        [_("Hva må du gjøre?"), [[_("Du trenger ikke å gjøre noe nå."), ""]]],
        [_("Innen når?"), [[deadline, ""]]],
        [_("Hva skjer videre?"), [[then, ""]]],
    ]


def outcome(one: Avgjorelsen, kode: str) -> list[list[str]]:
    """What was decided, in words."""
    match one.utfall:
        case "ingen":
            return [[_("Saken er avsluttet. Du mister ingen penger."), ""]]
        case "endret":
            return [[_("Vilkåret blir endret. Du mister ingen penger."), ""]]
        case "hjelp":
            return [[_("Du får hjelp i stedet. Du mister ingen penger."), ""]]
    assert one.fra is not None
    assert one.til is not None
    return [
        [
            _(
                "Du får %(belop)s kroner mindre i måneden fra %(fra)s til og med %(til)s. Det gjelder %(ytelse)s.",
                belop=kroner(one.belop or 0),
                fra=dates.long_date(one.fra, kode),
                til=dates.long_date(one.til, kode),
                ytelse=str(YTELSER.get(one.ytelse, one.ytelse)),
            ),
            "",
        ],
        [_("Trenger du hjelp i en nødssituasjon, kan du alltid be om det."), ""],
    ]


def weighed(code: str) -> str:
    """What a point of a weighing is called."""
    if code == "samlet":
        return str(_("Samlet"))
    if code == "ord":
        return str(_("Det du skrev eller sa"))
    if code == "vedlegg":
        return str(_("Vedlegg"))
    return str(koder.GRUNNER_OM.get(code) or koder.ONSKER_OM.get(code, code))


def _day(iso: str, kode: str) -> str:
    return dates.long_date(date.fromisoformat(iso), kode)
