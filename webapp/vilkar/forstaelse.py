"""What the bruker has seen of a vilkår, and says of it (F1–F3). Nothing here changes a benefit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet import enhet
from webapp.identitet.tur import queue_up
from webapp.platform import access, attempts, audit, ids, languages
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import service as vedlegg
from webapp.vilkar import rules, sendt, service
from webapp.vilkar.grunnlag import NotHere
from webapp.vilkar.models import Forstaelse, Vilkar, Vilkarmelding, Vilkarversjon, Vilkarvisning
from webapp.vilkar.rules import Handling, Tilstand
from webapp.vilkar.tekst import Tekst

A_DAY = timedelta(days=1)
MOST = 50  # a day: nobody says more about a vilkår


class Changed(Exception):
    """The vilkår has another text now than the one that was answered to (F3)."""


@dataclass(frozen=True, slots=True)
class Utsagn:
    """What the bruker said, opened."""

    svar: str
    sporsmal: str
    uenig: bool
    uenig_fordi: str
    sjekk: dict[str, Any]  # question -> what was chosen, and whether the text had done its job
    trenger_hjelp: bool
    sprak: str
    skrevet_av: str
    laget: datetime
    versjon: int


def shown(who: access.Bruker, vilkar_id: UUID, versjon_id: UUID, tekst: Tekst, browser: str) -> None:
    """Keep as evidence that exactly this text was shown (F3). The same text is evidence once.

    An ansatt who holds the phone is kept as that, and the vilkår is not shown to the bruker by it (K1, U1).

    It is written when the page is opened (a GET), as the log of who has read what is. Raises NotHere.
    """
    with reading() as db:
        if _showing(db, who, versjon_id, tekst) is not None:
            return
    with writing(unverified=True) as db:
        row = service.lock(db, who.kommune_id, who.id, vilkar_id)
        version = db.get(Vilkarversjon, (who.kommune_id, versjon_id))
        if version is None or version.vilkar_id != row.id:
            raise NotHere("no such version")
        if version.versjon != row.versjon or _showing(db, who, versjon_id, tekst) is not None:
            return  # it was changed, or shown on another device, at this moment
        made = Vilkarvisning(
            id=ids.new_id(),
            kommune_id=who.kommune_id,
            vilkarversjon_id=versjon_id,
            bruker_id=who.id,
            sha256=_fingerprint(who, tekst),
            sprak=tekst.sprak,
            retning=tekst.retning,
            enhet=enhet.words(browser)[:40],
            hjelper=who.skriver,
            vist=audit.moment(db, who.kommune_id),
        )
        made.tekst = who.seal.close(tekst.ren(), showing_place(made))
        db.add(made)
        row.vist = row.vist or who.skriver != "ansatt"
        audit.record(
            db,
            who.kommune_id,
            "vilkar_vist",
            who.actor,
            bruker_id=who.id,
            vilkar_id=vilkar_id,
            versjon=version.versjon,
            sprak=tekst.sprak,
        )


def say(
    who: access.Bruker,
    vilkar_id: UUID,
    versjon_id: UUID,
    forstaelse_id: UUID,
    *,
    svar: str,
    sporsmal: str = "",
    uenig: bool = False,
    uenig_fordi: str = "",
    sjekk: dict[str, Any] | None = None,
    trenger_hjelp: bool = False,
) -> None:
    """Keep what the bruker says of the version that was shown. Said again, the latest counts, and earlier ones stay.

    Raises NotHere, Changed (another version counts, or this one has not been shown), rules.NotPossible,
    and attempts.TooMany beyond 50 a day.
    """
    attempts.count("forstaelse", str(who.id), most=MOST, within=A_DAY)
    with writing() as db:
        row = service.lock(db, who.kommune_id, who.id, vilkar_id)
        words = {"sporsmal": sporsmal, "uenig_fordi": uenig_fordi, "sjekk": sjekk or {}}
        there = db.get(Forstaelse, (who.kommune_id, forstaelse_id))
        if there is not None:
            if sendt.said(db, who, there, versjon_id, (svar, uenig, words)):
                return  # sent twice
            forstaelse_id = ids.new_id()  # other words from the same form: said again, and the latest counts
        rules.after(Tilstand(row.tilstand), Handling.SVAR, "bruker")
        showing = db.scalar(
            select(Vilkarvisning)
            .join(
                Vilkarversjon,
                (Vilkarversjon.kommune_id == Vilkarvisning.kommune_id)
                & (Vilkarversjon.id == Vilkarvisning.vilkarversjon_id),
            )
            .where(
                Vilkarvisning.kommune_id == who.kommune_id,
                Vilkarvisning.vilkarversjon_id == versjon_id,
                Vilkarversjon.vilkar_id == row.id,
                Vilkarversjon.versjon == row.versjon,
            )
            .order_by((Vilkarvisning.sprak == who.sprak).desc(), Vilkarvisning.vist.desc(), Vilkarvisning.id.desc())
            .limit(1)
        )
        if showing is None:
            raise Changed
        asks = _asks(db, who, row, versjon_id, sporsmal)
        made = Forstaelse(
            id=forstaelse_id,
            kommune_id=who.kommune_id,
            vilkarvisning_id=showing.id,
            vilkarversjon_id=versjon_id,
            bruker_id=who.id,
            svar=svar,
            trenger_hjelp=trenger_hjelp or asks or svar != "forstar",
            uenig=uenig,
            sprak=languages.written_in(f"{sporsmal} {uenig_fordi}", who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=audit.moment(db, who.kommune_id),
        )
        made.innhold = who.seal.close_json(words, sendt.said_place(made))
        db.add(made)
        # F2: help that is needed is not unsaid by «jeg forstår», but by a check that went well, or by the veileder.
        passed = sjekk is not None and not made.trenger_hjelp
        row.trenger_hjelp = made.trenger_hjelp or (row.trenger_hjelp and not passed)
        # F1: whoever understands and asks something all the same is on the office's lists as one who asks.
        row.svar, row.uenig = "sporsmal" if asks and svar == "forstar" else svar, uenig
        event = "vilkar_sjekket" if sjekk else "vilkar_svart"
        more = {} if sjekk else {"svar": svar}
        audit.record(db, who.kommune_id, event, who.actor, bruker_id=who.id, vilkar_id=vilkar_id, **more)


def report(
    who: access.Bruker, vilkar_id: UUID, melding_id: UUID, words: str, filer: Sequence[UUID] = (), skjema: str = ""
) -> None:
    """«Gjort», in the bruker's words, with ``filer`` that lie ready for the form at ``skjema``.

    Raises NotHere, rules.NotPossible, attempts.TooMany, and what vedlegg.knytt raises.
    """
    attempts.count("vilkarmelding", str(who.id), most=MOST, within=A_DAY)
    with writing() as db:
        if filer:
            # Files stand in the bruker's queue. That comes before the vilkår, as for whoever notes something about it.
            queue_up(db, who.kommune_id, who.id)
        row = service.lock(db, who.kommune_id, who.id, vilkar_id)
        there = db.get(Vilkarmelding, (who.kommune_id, melding_id))
        if there is not None:
            before = sendt.reported(db, who, vilkar_id, there, words)
            if before is not None:  # sent twice; a file that was chosen in between goes with it
                vedlegg.knytt(db, vedlegg.eier(who), "vilkarmelding", before, filer, skjema)
                return
            melding_id = ids.new_id()  # other words from the same form: a report of their own
        rules.after(Tilstand(row.tilstand), Handling.MELD, "bruker")
        made = Vilkarmelding(
            id=melding_id,
            kommune_id=who.kommune_id,
            vilkar_id=vilkar_id,
            bruker_id=who.id,
            sprak=languages.written_in(words, who.sprak),
            laget=audit.moment(db, who.kommune_id),
        )
        made.tekst = who.seal.close(words, Place("vilkarmelding", "tekst", who.kommune_id, melding_id))
        db.add(made)
        row.meldt = True
        vedlegg.knytt(db, vedlegg.eier(who), "vilkarmelding", melding_id, filer, skjema)
        audit.record(db, who.kommune_id, "vilkar_gjort", who.actor, bruker_id=who.id, vilkar_id=vilkar_id)


def all_said(kommune_id: int, bruker_id: UUID, seal: Seal, vilkar_id: UUID) -> list[Utsagn]:
    """Everything the bruker has said of a vilkår, every version, the latest first (at most 100)."""
    with reading() as db:
        rows = db.execute(
            select(Forstaelse, Vilkarversjon.versjon)
            .join(
                Vilkarversjon,
                (Vilkarversjon.kommune_id == Forstaelse.kommune_id) & (Vilkarversjon.id == Forstaelse.vilkarversjon_id),
            )
            .where(
                Forstaelse.kommune_id == kommune_id,
                Forstaelse.bruker_id == bruker_id,
                Vilkarversjon.vilkar_id == vilkar_id,
            )
            .order_by(Forstaelse.laget.desc(), Forstaelse.id.desc())
            .limit(100)
        ).all()
    return [opened(row, versjon, seal) for row, versjon in rows]


def opened(row: Forstaelse, versjon: int, seal: Seal) -> Utsagn:
    """What was said, opened."""
    words = seal.open_json(row.innhold, sendt.said_place(row))
    return Utsagn(
        svar=row.svar,
        sporsmal=words["sporsmal"],
        uenig=row.uenig,
        uenig_fordi=words["uenig_fordi"],
        sjekk=words["sjekk"],
        trenger_hjelp=row.trenger_hjelp,
        sprak=row.sprak,
        skrevet_av=row.skrevet_av,
        laget=row.laget,
        versjon=versjon,
    )


def showing_place(row: Vilkarvisning) -> Place:
    """Where the words as shown are sealed."""
    return Place("vilkarvisning", "tekst", row.kommune_id, row.id)


def _asks(db: Session, who: access.Bruker, row: Vilkar, versjon_id: UUID, sporsmal: str) -> bool:
    """Whether a question waits, whatever was answered beside it (F1).

    The form comes back with what was said last in it. The same words once more, after the veileder has talked with
    the bruker about them, are no new question.
    """
    if not sporsmal or row.trenger_hjelp:
        return bool(sporsmal)
    before = db.scalars(
        select(Forstaelse)
        .where(
            Forstaelse.kommune_id == who.kommune_id,
            Forstaelse.bruker_id == who.id,
            Forstaelse.vilkarversjon_id == versjon_id,
            Forstaelse.trenger_hjelp,
        )
        .order_by(Forstaelse.laget.desc(), Forstaelse.id.desc())
        .limit(MOST)
    )
    return all(who.seal.open_json(one.innhold, sendt.said_place(one))["sporsmal"] != sporsmal for one in before)


def _showing(db: Session, who: access.Bruker, versjon_id: UUID, tekst: Tekst) -> UUID | None:
    return db.scalar(
        select(Vilkarvisning.id).where(
            Vilkarvisning.kommune_id == who.kommune_id,
            Vilkarvisning.vilkarversjon_id == versjon_id,
            Vilkarvisning.sha256 == _fingerprint(who, tekst),
        )
    )


def _fingerprint(who: access.Bruker, tekst: Tekst) -> bytes:
    """Of the text; and that an ansatt held the phone, so that the bruker's own reading of it is evidence of its own."""
    plain = tekst.sha256()
    return hashlib.sha256(b"ansatt" + plain).digest() if who.skriver == "ansatt" else plain
