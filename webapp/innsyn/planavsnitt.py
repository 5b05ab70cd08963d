"""The part of the document of everything that is about the plan (S3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.innsyn.tekst import date_of, name, own, when
from webapp.plan import katalog
from webapp.platform.pdf import Answer, Block, Heading, Paragraph, Rows, Words

Data = Mapping[str, Any]
_HJELPER = {"hjelper": _l("Skrevet av en som hjalp deg"), "ansatt": _l("Skrevet av en ansatt for deg")}


def plan(data: Data) -> Iterator[Block]:
    """The plan: goals, steps, everything that happened, and when which version was valid."""
    if not (data["steg"] or data["mal"] or data["hendelser"]):
        return
    yield Heading(_("Planen min"))
    if data["evaluering"]:
        yield Paragraph(_("Vi ser på planen sammen igjen %(dag)s.", dag=date_of(data["evaluering"])))
    for one in data["mal"]:
        yield Answer(_("Mål"), [own(one["tekst"], one["sprak"])], when(one["laget"]))
    for one in data["steg"]:
        yield from _step(one, 2)
    yield Heading(_("Alt som har skjedd i planen"), 2)
    yield from _happened(data["hendelser"])
    yield from _versions(data["versjoner"])


def _happened(data: list[Data]) -> Iterator[Block]:
    for one in data:
        who = name(one["ansatt"]) if one["av"] == "nav" else _("Du")
        texts: list[Words] = [own(text, one["sprak"]) for text in _words(one)]
        note = f"{who} · {when(one['laget'])}"
        if one["hjelper"]:
            note = f"{note} · {_HJELPER.get(one['hjelper'], one['hjelper'])}"
        yield Answer(str(katalog.HENDELSER.get(one["hva"], one["hva"])), texts, note)


def _versions(data: list[Data]) -> Iterator[Block]:
    for version in data:
        yield Heading(_("Utgave %(nr)s", nr=version["nummer"]), 2)
        facts: list[tuple[Words, Words]] = [(_("Gjelder fra"), when(version["gjelder_fra"]))]
        if version["bekreftet_kjent"]:
            facts.append((_("Du bekreftet at du kjenner den"), when(version["bekreftet_kjent"])))
        facts.append((_("Kontrollsum (SHA-256)"), version["sha256"]))
        yield Rows(facts)
        for step in version["innhold"]["steg"].values():
            yield from _step(step, 3)


def _words(one: Data) -> list[str]:
    """What was written: the words that went with it, and the text before and after."""
    found = [one["ord"]]
    for side in (one["for"] or {}, one["etter"] or {}):
        found += [side.get(key) or "" for key in ("hva", "hvorfor", "hvem", "tekst")]
        found += [date_of(side[key]) for key in ("dag", "frist") if side.get(key)]
    return [text for text in found if text]


def _step(one: Data, level: int) -> Iterator[Block]:
    yield Heading(own(one["hva"], one["sprak"]), level)
    ansvar = str(katalog.ANSVAR.get(one["ansvar"], one["ansvar"]))
    rows: list[tuple[Words, Words]] = [
        (_("Hvorfor"), own(one["hvorfor"], one["sprak"])),
        (_("Hvem gjør det"), own(f"{ansvar}: {one['hvem']}") if one["hvem"] else ansvar),
        (_("Hvor ofte"), str(katalog.HVOR_OFTE.get(one["hvor_ofte"], one["hvor_ofte"]))),
        (_("Status"), str(katalog.TILSTAND[one["tilstand"]][1])),
    ]
    rows += [(label, date_of(one[key])) for key, label in (("start", _("Begynner")), ("frist", _("Innen"))) if one[key]]
    yield Rows(rows)
