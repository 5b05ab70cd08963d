"""A vilkår in words: put together from the text bank, in one language, exactly as the bruker reads it (V2, V6).

What the veileder wrote stays in the veileder's language. It stands between two signs (first strong isolate, pop
isolate) that nobody sees: they keep it whole on a page read from the right, and tell ``html`` where to mark it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from flask_babel import LazyString, force_locale, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from webapp.platform import dates, languages
from webapp.platform.belop import kroner
from webapp.vilkar import banktyper, tekstbank
from webapp.vilkar.banktyper import Felt, Type
from webapp.vilkar.tekstbank import FRITEKST, TYPER

FSI, PDI = "\u2068", "\u2069"
_ISOLATES = re.compile("[\u2066-\u2069\u202a-\u202e]")
_OWN = re.compile(f"{FSI}([^{PDI}]*){PDI}")

OVERSKRIFTER: dict[str, LazyString] = {
    "hva": _l("Hva du må gjøre"),
    "hvor": _l("Hvor"),
    "nar": _l("Når"),
    "ofte": _l("Hvor ofte"),
    "oppfylt": _l("Når er det gjort?"),
    "hvorfor": _l("Hvorfor"),
    "konsekvens": _l("Hva kan skje hvis du ikke gjør det?"),
    "aldri": _l("Dette kan aldri tas fra deg"),
    "nav": _l("Hva Nav gjør"),
    "hjelp": _l("Hvis du trenger hjelp"),
    "klage": _l("Hvis du vil klage"),
}
YTELSER: dict[str, LazyString] = {
    "livsopphold": _l("penger til å leve av"),
    "bolig": _l("penger til bolig"),
    "serlige": _l("penger i særlige tilfeller"),
    "tjeneste": _l("en tjeneste fra Nav"),
}
SAMMENHENG: dict[str, LazyString] = {
    "arbeid": _l("Du får penger for å kunne klare deg mens du er på vei mot arbeid eller skole. Dette er et steg dit."),
    "avklaring": _l("Vi trenger å finne ut hva som kan hjelpe deg videre, så du kan få riktig hjelp."),
    "inntekt": _l("Kan du få penger fra et annet sted, skal du bruke den muligheten først."),
    "utgifter": _l("Når utgiftene blir lavere, rekker pengene lenger."),
}
MEDVIRKNING: dict[str, LazyString] = {
    "forslag": _l("Du foreslo dette selv."),
    "enige": _l("Vi snakket sammen og ble enige om det."),
    "hort": _l("Du fikk si hva du mener, før det ble bestemt."),
    "tilbud": _l("Du fikk tilbud om å være med og bestemme, men var ikke med. Du kan fortsatt si hva du mener."),
}


@dataclass(frozen=True, slots=True)
class Innhold:
    """What a version is made of: a type of the bank, its parameters, and the veileder's own words."""

    type: str
    parametre: Mapping[str, Any] = field(default_factory=dict)  # text, ISO dates, numbers, lists of weekdays 0–6
    hvorfor: str = ""
    sammenheng: str = ""
    sammenheng_ord: str = ""
    byrde: bool = False
    byrde_ord: str = ""
    medvirkning: str = ""
    medvirkning_ord: str = ""
    belop: int | None = None  # at most so many kroner a month …
    maneder: int | None = None  # … for so many months. Both or none
    nav: str = ""
    sprak: str = languages.SOURCE  # of the veileder's own words
    rad: tuple[str, ...] = ()  # advice that the veileder went on in spite of …
    grunn: str = ""  # … and why
    aktivitet_id: str = ""  # the agreed step in the plan that fulfils it, if any; no part of what is demanded

    @property
    def konsekvens_oppgitt(self) -> bool:
        """V2: how much, and for how long. What is asked for as documentation never has one (V3)."""
        return bool(self.belop and self.maneder) and TYPER[self.type].slag != "dokumentasjon"

    @property
    def forste_dag(self) -> date | None:
        """When what goes on over time begins («hver tirsdag»); None of what is done on one day, or by it."""
        first = self.parametre.get("fra") if TYPER[self.type].forfall == "underveis" else None
        return date.fromisoformat(str(first)) if first else None

    def as_json(self) -> dict[str, Any]:
        """For sealing."""
        return asdict(self) | {"parametre": dict(self.parametre), "rad": list(self.rad)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Innhold:
        """As it was sealed; names of another version of the program are left out."""
        known = {one.name for one in fields(cls)}
        return cls(
            **{name: part for name, part in value.items() if name in known} | {"rad": tuple(value.get("rad", ()))}
        )


@dataclass(frozen=True, slots=True)
class Rammer:
    """What the vedtak behind a vilkår says: which benefit, and until when one can appeal."""

    ytelse: str
    klagefrist: date


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A heading with paragraphs."""

    id: str
    overskrift: str
    linjer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tekst:
    """A vilkår in one language. ``egne_sprak``: that of the words between isolates."""

    tittel: str
    sprak: str
    retning: str
    egne_sprak: str
    avsnitt: tuple[Avsnitt, ...]

    def ren(self) -> str:
        """Everything as text: the evidence of what was shown (F3)."""
        parts = [self.tittel]
        for one in self.avsnitt:
            parts += ["", one.overskrift, *one.linjer]
        return "\n".join(parts)

    def sha256(self) -> bytes:
        """Of language, direction and words."""
        return digest(self.sprak, self.retning, self.ren())


def digest(sprak: str, retning: str, words: str) -> bytes:
    """What binds a showing to its words: SHA-256 of the three as a JSON list."""
    return hashlib.sha256(json.dumps([sprak, retning, words], ensure_ascii=False).encode()).digest()


def html(words: str, sprak: str = languages.SOURCE) -> Markup:
    """A line with the veileder's own words marked with their language."""
    made, end = Markup(), 0
    for own in _OWN.finditer(words):
        made += escape(words[end : own.start()])
        made += Markup('<bdi lang="{}" dir="auto" data-bruker-tekst>{}</bdi>').format(languages.tag(sprak), own[1])
        end = own.end()
    return made + escape(words[end:])


def plain(words: str) -> str:
    """A line without the signs."""
    return _ISOLATES.sub("", words)


def own(words: str) -> str:
    """The veileder's words inside isolates, without signs that would break out of them."""
    return f"{FSI}{_ISOLATES.sub('', words)}{PDI}"


def title(innhold: Innhold, sprak: str) -> str:
    """One line."""
    with force_locale(sprak):
        return _fill(TYPER[innhold.type].tittel, _values(innhold, None))


def line(template: str, innhold: Innhold, frist: date | None) -> str:
    """A sentence that names parameters, in the language at hand; empty when one of them is not given."""
    return _fill(template, _values(innhold, frist))


def rendered(innhold: Innhold, frist: date | None, rammer: Rammer, sprak: str) -> Tekst:
    """The whole vilkår in ``sprak``."""
    with force_locale(sprak):
        made = tuple(
            Avsnitt(key, str(OVERSKRIFTER[key]), lines)
            for key, lines in _sections(innhold, frist, rammer)
            if any(lines)
        )
        heading = _fill(TYPER[innhold.type].tittel, _values(innhold, frist))
    return Tekst(heading, sprak, languages.SPRAK[sprak].retning, innhold.sprak, made)


def _sections(innhold: Innhold, frist: date | None, rammer: Rammer) -> Iterator[tuple[str, tuple[str, ...]]]:
    kind, values = TYPER[innhold.type], _values(innhold, frist)

    def filled(*templates: Any) -> tuple[str, ...]:
        return tuple(words for one in templates if one and (words := _fill(one, values)))

    asked = filled(kind.hva)
    if innhold.type in FRITEKST and str(get_locale()) != innhold.sprak:
        asked = (_("Veilederen har skrevet dette selv. Det er ikke oversatt."), *asked)
    yield "hva", asked
    yield "hvor", filled(kind.hvor)
    yield "nar", _when(kind, frist, values)
    yield "ofte", filled(kind.ofte)
    yield "oppfylt", (*filled(kind.oppfylt), *(() if kind.slag == "dokumentasjon" else _excused()))
    yield "hvorfor", _why(innhold, kind)
    yield "konsekvens", _consequence(innhold, kind, rammer)
    yield "aldri", _never()
    yield "nav", (_("Veilederen din hjelper deg i gang hvis du ber om det."), *_mine(innhold.nav))
    yield (
        "hjelp",
        (
            _(
                "Si fra hvis du ikke forstår, trenger tolk, eller trenger mer tid. Du kan svare her eller ringe "
                "kontoret."
            ),
        ),
    )
    if kind.slag != "dokumentasjon":
        yield "klage", _appeal(rammer)


def _when(kind: Type, frist: date | None, values: Mapping[str, str]) -> tuple[str, ...]:
    if frist is None:
        first = (_fill(banktyper.FRA, values),) if "fra" in values else ()
        return (*first, _("Det er ikke satt noen siste dag."))
    return (_fill(kind.nar, values) or _fill(banktyper.INNEN, values),)


def _excused() -> tuple[str, ...]:
    return (
        _("Kan du ikke gjøre det, for eksempel fordi du er syk, så si fra så snart du kan. Da finner vi en løsning."),
    )


def _why(innhold: Innhold, kind: Type) -> tuple[str, ...]:
    lines = [str(kind.hvorfor)] if kind.hvorfor else []
    lines += _mine(innhold.hvorfor)
    if innhold.sammenheng in SAMMENHENG:
        lines.append(str(SAMMENHENG[innhold.sammenheng]))
    lines += _mine(innhold.sammenheng_ord)
    if innhold.byrde:
        lines.append(_("Vi har sett på helsa di, familien din og reiseveien, og mener at du kan klare dette."))
    lines += _mine(innhold.byrde_ord)
    if innhold.medvirkning in MEDVIRKNING:
        lines.append(str(MEDVIRKNING[innhold.medvirkning]))
    lines += _mine(innhold.medvirkning_ord)
    return tuple(lines)


def _consequence(innhold: Innhold, kind: Type, rammer: Rammer) -> tuple[str, ...]:
    if kind.slag == "dokumentasjon":
        return (
            _("Dette er ikke et vilkår. Pengene dine kan ikke settes ned som en følge av dette."),
            _("Uten papirene kan det ta lengre tid å behandle saken din."),
        )
    if not innhold.konsekvens_oppgitt:
        return (_("Det er ikke bestemt at noe skjer med pengene dine. De kan ikke settes ned på grunn av dette."),)
    months = innhold.maneder or 0
    return (
        _("Hvis du ikke gjør det, og ikke har en god grunn, kan Nav vurdere å sette ned pengene."),
        _("Hva det gjelder: %(ytelse)s.", ytelse=str(YTELSER[rammer.ytelse])),
        _("Hvor mye: høyst %(belop)s kroner i måneden.", belop=kroner(innhold.belop or 0)),
        ngettext("Hvor lenge: høyst %(num)s måned.", "Hvor lenge: høyst %(num)s måneder.", months),
        _("Det skjer aldri av seg selv. Først får du et varsel, og du får forklare deg før noe blir bestemt."),
    )


def _never() -> tuple[str, ...]:
    return (
        _(
            "Du skal alltid ha det mest nødvendige: mat, medisiner og et sted å sove. Barna dine skal ha det de "
            "trenger."
        ),
        _("Nødhjelp finnes alltid. Mangler du mat eller et sted å sove, ta kontakt med kontoret med en gang."),
    )


def _appeal(rammer: Rammer) -> tuple[str, ...]:
    return (
        _(
            "Du kan klage på dette vilkåret, også når du er enig i resten av vedtaket. Fristen er %(dato)s.",
            dato=_date(rammer.klagefrist),
        ),
        _("Veilederen din kan hjelpe deg med å skrive klagen. At du klager, gjør ikke at du får mindre hjelp."),
    )


def _mine(words: str) -> tuple[str, ...]:
    return tuple(own(part) for part in words.split("\n") if part.strip())


def _values(innhold: Innhold, frist: date | None) -> dict[str, str]:
    """The parameters in words of the language at hand."""
    kind = TYPER[innhold.type]
    made = {felt.id: words for felt in kind.felt if (words := _value(felt, innhold.parametre.get(felt.id)))}
    if frist is not None:
        made["frist"] = _date(frist)
    return made


def _value(felt: Felt, value: Any) -> str:
    if value in (None, "", []):
        return ""
    match felt.slag:
        case "dato":
            return _date(date.fromisoformat(str(value)))
        case "tall":
            return felt.enhet(int(value)) if felt.enhet else str(int(value))
        case "dager":
            return tekstbank.weekdays([int(one) for one in value], str(get_locale()))
        case "klokke":
            return str(value)
        case _:
            return own(str(value))


def _date(day: date) -> str:
    return dates.long_date(day, str(get_locale()))


def _fill(template: Any, values: Mapping[str, str]) -> str:
    """A text of the bank with its parameters; a sentence whose parameter is not given is left out."""
    words = str(template)
    if any(name not in values for name in tekstbank.placeholders(words)):
        return ""
    return words % values
