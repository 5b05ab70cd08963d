"""What is said when a file is not taken in: what it is about, and what the person can do. And how large a file is."""

from __future__ import annotations

from flask_babel import LazyString, ngettext
from flask_babel import format_decimal as decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.vedlegg.maling import Malt
from webapp.vedlegg.rules import Grunn

GRUNNER: dict[Grunn, LazyString] = {
    Grunn.TOM: _l("Filen er tom, eller ingen fil er valgt. Velg en fil og prøv igjen."),
    Grunn.FOR_STOR: _l("Filen er større enn 10 MB. Ta et bilde med lavere oppløsning, eller del filen i to."),
    Grunn.TYPE: _l("Vi kan ikke ta imot denne typen fil. Legg ved et bilde (JPEG, PNG eller HEIC) eller en PDF."),
    Grunn.ODELAGT: _l("Vi får ikke lest filen. Den kan være ødelagt. Ta et nytt bilde, eller lagre PDF-en på nytt."),
    Grunn.PIKSLER: _l("Bildet er for stort. Ta et bilde med lavere oppløsning, eller et skjermbilde av det."),
    Grunn.PASSORD: _l("PDF-en er låst med passord. Lagre den uten passord, eller ta et bilde av sidene."),
    Grunn.SIDER: _l("PDF-en har mer enn 50 sider. Legg ved bare de sidene som er viktige."),
    Grunn.BOMBE: _l("Filen krever for mye av oss å åpne. Ta et bilde av sidene i stedet."),
    Grunn.AKTIVT: _l("PDF-en har innhold som kjører av seg selv. Skriv den ut til en ny PDF, eller ta bilde av den."),
    Grunn.FOR_MANGE: _l("Du kan legge ved opptil fem filer. Ta bort en fil først."),
    Grunn.FULLT: _l(
        "Du har lagt ved så mye at det ikke er plass til mer. Snakk med kontoret om hvordan du kan levere."
    ),
    Grunn.TRAVELT: _l("Mange sender filer akkurat nå. Vent et minutt og prøv igjen. Det du har skrevet, er trygt."),
}


def beskrivelse(one: Malt) -> str:
    """What kind of file it is and how large: «PDF, 3 sider, 340 kB», «Bilde, 1800 × 2400 punkter, 700 kB»."""
    if one.vedlagt.mime != "image/jpeg":
        kind = ngettext("PDF, %(num)s side", "PDF, %(num)s sider", one.sider) if one.sider else _("PDF")
    elif one.piksler:
        kind = _("Bilde, %(bredde)s × %(hoyde)s punkter", bredde=one.piksler[0], hoyde=one.piksler[1])
    else:
        kind = _("Bilde")
    return f"{kind}, {storrelse(one.vedlagt.storrelse)}"


def storrelse(antall: int) -> str:
    """A size in words of the page's language: «340 kB», «2,4 MB»."""
    if antall < 1_000_000:
        return str(_("%(antall)s kB", antall=decimal(max(1, round(antall / 1000)))))
    return str(_("%(antall)s MB", antall=decimal(round(antall / 1_000_000, 1))))
