"""Parts of the document of everything: vedtak and vilkår, with what was shown and what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import date_of, name, own, when
from webapp.platform import languages
from webapp.platform.pdf import Answer, Block, Heading, Paragraph, Rows, Words
from webapp.vilkar.brukerskjema import SVAR
from webapp.vilkar.forms import UTFALL, hjemler
from webapp.vilkar.tekst import YTELSER

Data = Mapping[str, Any]


def conditions(data: Data) -> Iterator[Block]:
    """Every vedtak and vilkår."""
    yield from _decisions(data["vedtak"])
    if data["vilkar"]:
        yield Heading(_("Vilkår"))
    for number, one in enumerate(data["vilkar"], start=1):
        yield Heading(_("Vilkår %(nr)s", nr=number), 2)
        for version in one["versjoner"]:
            yield from _version(version)
        for said in one["meldinger"]:
            yield Answer(_("Du sa at det er gjort"), [own(said["tekst"], said["sprak"])], when(said["laget"]))
        for said in one["vurderinger"]:
            words = str(dict(UTFALL)[said["utfall"]])
            yield Answer(f"{words} ({name(said['av'])})", [own(said["tekst"])], when(said["laget"]))


def _decisions(rows: Sequence[Data]) -> Iterator[Block]:
    if rows:
        yield Heading(_("Vedtak"))
    legal = dict(hjemler())
    for number, one in enumerate(rows, start=1):
        facts: list[tuple[Words, Words]] = [
            (_("Saksnummer eller vedtaksnummer"), own(one["nummer"])),
            (_("Vedtaksdato"), date_of(one["dato"])),
            (_("Hva vedtaket gjelder"), str(YTELSER.get(one["ytelse"], one["ytelse"]))),
            (_("Hjemmel"), legal.get(one["hjemmel"]) or str(one["hjemmel"])),
            (_("Siste dag for å klage"), date_of(one["klagefrist"])),
            (_("Registrert av"), name(one["registrert_av"])),
        ]
        if one["fra"]:
            facts.append((_("Gjelder fra"), date_of(one["fra"])))
        if one["til"]:
            facts.append((_("Gjelder til og med"), date_of(one["til"])))
        if one["retter_vedtak_nummer_i_listen"]:
            facts.append((_("Retter vedtak"), str(one["retter_vedtak_nummer_i_listen"])))
        yield Heading(_("Vedtak %(nr)s", nr=number), 2)
        yield Rows(facts)
        if one["grunner"]:
            yield Answer(_("Tungtveiende grunner"), [own(one["grunner"])])


def _version(version: Data) -> Iterator[Block]:
    yield Answer(
        _("Utgave %(nr)s", nr=version["versjon"]),
        [own(line) for line in version["tekst"].split("\n") if line],
        f"{name(version['satt_av'])}, {when(version['satt'])}",
    )
    for shown in version["visninger"]:
        sprak = languages.SPRAK.get(shown["sprak"])
        yield Paragraph(
            _(
                "Vist %(tid)s på %(sprak)s. Kontrollsum (SHA-256): %(sum)s",
                tid=when(shown["vist"]),
                sprak=name(sprak.navn if sprak else shown["sprak"]),
                sum=shown["sha256"],
            ),
            quiet=True,
        )
    for said in version["svar"]:
        answer: list[Words] = [str(dict(SVAR)[said["svar"]])]
        answer += [own(said[key], said["sprak"]) for key in ("sporsmal", "uenig_fordi") if said[key]]
        if said["uenig"]:
            answer.append(_("Jeg er uenig i dette"))
        yield Answer(_("Svaret ditt"), answer, when(said["laget"]))
