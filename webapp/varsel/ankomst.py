"""The notice reaches the bruker: opened here, or told another way (U3). The deadline counts from then."""

from __future__ import annotations

from uuid import UUID

from webapp.identitet.adgang import Sak
from webapp.platform import access, audit
from webapp.platform.database import writing
from webapp.varsel import lesing, rules, tekst
from webapp.varsel.lesing import Saken
from webapp.varsel.rules import Handling, Tilstand
from webapp.varsel.steg import begin, typist
from webapp.varsel.steg import reached as write_reached
from webapp.varsel.tekst import Parametre


def reached(who: access.Ansatt, sak: Sak, sak_id: UUID, hvordan: str, words: str) -> None:
    """U3: the notice reached the bruker another way. The deadline counts from now: nothing is back-dated.

    Raises lesing.NotHere, rules.NotPossible (it has reached them already, or nothing is sent).
    """
    with writing() as db:
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.NA, "ansatt")
        write_reached(db, step, sak.seal, hvordan, sprak=sak.sprak, ansatt_id=who.id, words=words)
        step.done(db)
        audit.record(
            db, sak.kommune_id, "varsel_nadd", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id, hvordan=hvordan
        )


def open_notice(who: access.Bruker, sak_id: UUID, sprak: str, *, read: bool = True) -> tuple[Saken, tekst.Avsnitt]:
    """The bruker opens the notice: it has arrived, and exactly what stood on the page is kept. Raises lesing.NotHere.

    Not when the page is only fetched (``read``), nor when an ansatt is typing in the session: that is registered with
    a name, as told by telephone or in a meeting.

    Text that is stored is shown as stored; in a third language it is made from the same parameters.
    """
    with writing(unverified=True) as db:  # a GET has no form key; that it was opened is written all the same
        found = lesing.rows(db, who.kommune_id, who.id, sak_id)
        if found.varsel is None:
            raise lesing.NotHere("no notice")
        stored = lesing.content(found.varsel, "tekst", who.seal)
        shown = (
            stored.get(sprak)
            or tekst.varsel(Parametre(**lesing.content(found.varsel, "innhold", who.seal)), [sprak])[sprak]
        )
        seen = any(row.hvordan == "apnet" and row.sprak == sprak for row in found.nadd)
        if read and who.skriver != "ansatt" and not seen and Tilstand(found.sak.tilstand) in rules.TOLD:
            step = begin(db, who.kommune_id, who.id, sak_id, Handling.APNE, "bruker")
            first = not step.rader.arrived()
            write_reached(db, step, who.seal, "apnet", sprak=sprak, skrevet_av=typist(who), shown=shown)
            step.done(db, quiet=not first)
            found = step.rader
            if first:
                audit.record(db, who.kommune_id, "varsel_apnet", who.actor, bruker_id=who.id, sak_id=sak_id)
        return lesing.opened(found, who.seal, lesing.names(db, found)), shown
