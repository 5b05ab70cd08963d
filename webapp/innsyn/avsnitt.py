"""Parts of the document of everything: the person, the meetings, and all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.identitet import veilederen
from webapp.innsyn import verdier
from webapp.innsyn.tekst import name, own, said, when
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.platform import languages
from webapp.platform.pdf import Answer, Block, Bullets, Heading, Paragraph, Rows, Words

Data = Mapping[str, Any]

FORM = {
    "kontor": _l("På kontoret"),
    "telefon": _l("På telefon"),
    "video": _l("På video"),
    "annet": _l("Et annet sted"),
}
TILSTAND = {
    "avtalt": _l("Avtalt"),
    "holdt": _l("Holdt"),
    "avlyst": _l("Avlyst"),
    "ikke_holdt": _l("Ikke holdt"),
}
# The same words as stand under the faces, from 1 to 5 (S4).
ANSIKT = {
    1: _l("Vanskelig"),
    2: _l("Ganske vanskelig"),
    3: _l("Midt imellom"),
    4: _l("Ganske bra"),
    5: _l("Bra"),
}
_SOM = {"ansvarlig": _l("veileder"), "vikar": _l("vikar")}


def held_about_person(data: Data) -> Iterator[Block]:
    """Who you are, who follows you up, and who has given a reason for opening your case."""
    profil, kontor = data["profil"], data["kontor"]
    yield Heading(_("Deg"))
    facts: list[tuple[Words, Words]] = [(_("Navn"), own(profil["navn"]))]
    if profil["fodselsar"]:
        facts.append((_("Fødselsår"), str(profil["fodselsar"])))
    for key, label in (("telefon", _("Telefon")), ("epost", _("E-post"))):
        if profil[key]:
            facts.append((label, own(profil[key])))
    if profil["tolk"]:
        facts.append((_("Tolk"), own(profil["tolkesprak"]) if profil["tolkesprak"] else _("Ja")))
    sprak = languages.SPRAK.get(data["sprak"])
    facts += [
        (_("Språk i Medvirk"), own(sprak.navn, sprak.kode) if sprak else data["sprak"]),
        (_("Kommune"), name(data["kommune"])),
        (_("Kontor"), name(kontor["navn"])),
        (_("Telefon til kontoret"), own(kontor["telefon"])),
        (_("Koden din"), own(data["kode"])),
        (_("Lagt inn i Medvirk"), when(data["registrert"])),
    ]
    yield Rows(facts)
    yield Heading(_("Hvem som følger deg opp"))
    for one in data["veiledere"]:
        som = str(_SOM.get(one["som"], one["som"]))
        until = when(one["til"]) if one["til"] else _("nå")
        sentence = _(
            "%(navn)s (%(kontor)s), %(som)s fra %(fra)s til %(til)s",
            navn=name(one["navn"]),
            kontor=name(one["kontor"]),
            som=som,
            fra=when(one["fra"]),
            til=until,
        )
        if one["grunn"]:
            yield Answer(sentence, [own(one["grunn"])], _("Grunnen som ble skrevet"))
        else:
            yield Paragraph(sentence)
    if data["grunner_for_apning"]:
        yield Heading(_("Grunner andre har skrevet for å åpne saken din"))
        for one in data["grunner_for_apning"]:
            yield Answer(
                f"{name(one['navn'])} ({name(one['kontor'])})",
                [own(one["tekst"])],
                _("Skrevet %(tid)s", tid=when(one["laget"])),
            )


def meetings(data: list[Data]) -> Iterator[Block]:
    """Every meeting with what both have written about it (S4)."""
    if not data:
        return
    yield Heading(_("Møter"))
    for one in data:
        yield Heading(_("Møte %(tid)s", tid=when(one["nar"])), 2)
        facts: list[tuple[Words, Words]] = [
            (_("Med"), name(one["veileder"])),
            (_("Hvordan"), str(FORM.get(one["form"], one["form"]))),
            (_("Sted"), own(one["sted"])),
            (_("Varighet"), _("%(antall)s minutter", antall=one["minutter"])),
            (_("Status"), str(TILSTAND.get(one["tilstand"], one["tilstand"]))),
        ]
        if one["melding"]:
            facts.append((_("Melding til deg"), own(one["melding"])))
        if one["melding_fra"]:
            facts.append((_("Melding fra"), name(one["melding_fra"])))
        yield Rows(facts)
        agenda = one["vil_ta_opp"]
        if agenda and agenda["tekst"]:
            noted = said(when(agenda["endret"]), agenda)
            yield Answer(_("Det du ville ta opp"), [own(agenda["tekst"], agenda["sprak"])], noted)
        for note in one["notater"]:
            yield from _note(note)
        for rating in one["vurderinger"]:
            words: list[Words] = [str(ANSIKT.get(rating["ansikt"], rating["ansikt"]))]
            if rating["tekst"]:
                words.append(own(rating["tekst"], rating["sprak"]))
            yield Answer(_("Hvordan møtet var for deg"), words, said(when(rating["laget"]), rating))
        if one["upublisert_notat"]:
            yield Paragraph(_("Veilederen har begynt på et notat fra dette møtet, men har ikke delt det med deg."))


def _note(note: Data) -> Iterator[Block]:
    yield Heading(_("Notat fra %(navn)s, delt %(tid)s", navn=name(note["delt_av"]), tid=when(note["delt"])), 3)
    titles = _points()
    for key, text in note["innhold"].items():
        if isinstance(text, str) and text:
            yield Answer(titles.get(key, key), [own(text)])
    for comment in note["kommentarer"]:
        noted = said(when(comment["laget"]), comment)
        yield Answer(_("Kommentaren din"), [own(comment["tekst"], comment["sprak"])], noted)


def _points() -> dict[str, str]:
    titles = {}
    for point in PUNKTER:
        titles[point.id] = str(point.tittel)
        for part in point.felt:
            titles[f"{point.id}-{part.id}"] = str(part.tittel)
    return titles


def rest(data: Data) -> Iterator[Block]:
    """Requests, sign-in, what was never sent, the log, and what is not here."""
    if data["henvendelser"]:
        yield Heading(_("Det du har bedt om"))
        for one in data["henvendelser"]:
            yield Answer(
                str(verdier.SLAG.get(one["slag"], one["slag"])),
                [own(one["tekst"], one["sprak"])],
                said(_("Sendt %(tid)s", tid=when(one["sendt"])), one),
            )
            if one["svar"]:
                answered = _("Svar fra %(navn)s, %(tid)s", navn=name(one["besvart_av"]), tid=when(one["besvart"]))
                yield Answer(answered, [own(one["svar"])])
    yield from _sign_in(data["person"])
    if data["ikke_sendt"]:
        yield Heading(_("Tekst du har skrevet, men ikke sendt"))
        for one in data["ikke_sendt"]:
            texts = [own(text) for values in one["felter"].values() for text in values if text]
            yield Answer(own(one["side"]), texts, when(one["endret"]))
    yield Heading(_("Alt som har skjedd"))
    yield Rows([(when(one["tid"]), one["setning"]) for one in data["hendelser"]])
    yield Heading(_("Det som ikke er med her"))
    yield Bullets(
        [
            veilederen.said(
                _("Notater som veilederen skriver på, men ikke har delt med deg. Spør veilederen om dem."),
                _("Notater som veilederen skriver på, men ikke har delt med deg. Spør Nav-kontoret om dem."),
            ),
            _("Det kontoret har i andre systemer og på papir, for eksempel vedtak og utbetalinger. Spør kontoret."),
            _("Sikkerhetskopier. De inneholder det samme som står her, og blir slettet etter en tid."),
        ]
    )


def _sign_in(person: Data) -> Iterator[Block]:
    yield Heading(_("Pålogging"))
    rows: list[tuple[Words, Words]] = []
    for one in person["palogginger"]:
        how = str(verdier.HVORDAN.get(one["hvordan"], one["hvordan"]))
        rows.append((when(one["laget"]), f"{how} – {name(one['enhet'])}" if one["enhet"] else how))
    if rows:
        yield Rows(rows)
    for one in person["passnokler"]:
        yield Paragraph(_("Passnøkkel %(navn)s, laget %(tid)s", navn=name(one["navn"] or "–"), tid=when(one["laget"])))
    for one in person["invitasjoner"]:
        yield Paragraph(
            _("Invitasjon laget %(tid)s, gyldig til %(til)s", tid=when(one["laget"]), til=when(one["utloper"]))
        )
    if person["engangskoder"]:
        used = sum(one["brukt"] is not None for one in person["engangskoder"])
        yield Paragraph(_("Engangskoder: %(antall)s, brukt: %(brukt)s", antall=len(person["engangskoder"]), brukt=used))
