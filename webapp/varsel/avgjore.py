"""Wishes are answered, everything said is weighed, and it is decided (U1, U6, U8, U9)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, ids, languages
from webapp.platform.database import writing
from webapp.platform.dates import add_working_days, oslo_date
from webapp.varsel import grunn, lesing, paminn, rules, tekst
from webapp.varsel.lesing import Onsket, Saken, Uttalelsen, place
from webapp.varsel.models import Avgjorelse, Varselsvar, Veiing
from webapp.varsel.rules import Feil, Handling, NotPossible, Reduksjon
from webapp.varsel.steg import Steg, begin
from webapp.vilkar.grunnlag import first_shown

SAMLET = "samlet"


class NotLater(Exception):
    """A new deadline must be later than the one that stands, and not beyond all reason."""


class NotWeighed(Exception):
    """Something that the bruker said has no words beside it. ``mangler``: the points, as ``points`` names them."""

    def __init__(self, mangler: list[str]) -> None:
        super().__init__("not weighed")
        self.mangler = mangler


class Faults(Exception):
    """U8: the reduction cannot be registered like this."""

    def __init__(self, feil: list[Feil]) -> None:
        super().__init__(", ".join(feil))
        self.feil = feil


@dataclass(frozen=True, slots=True)
class Svar:
    """The veileder's answer to a wish. ``ny_dag``: the new last day, when more time is given; a holiday moves it on."""

    innvilget: bool
    tekst: str
    ny_dag: date | None = None


@dataclass(frozen=True, slots=True)
class Beslutning:
    """What the veileder registers. A reduction names a vedtak made in the fagsystem."""

    utfall: str
    grunner: str
    vedtak_id: UUID | None = None
    belop: int | None = None
    fra: date | None = None
    til: date | None = None
    familie: str = ""
    barn: str = ""
    dekket: str = ""
    er_dekket: bool = False


def answer(who: access.Ansatt, sak: Sak, sak_id: UUID, onske_id: UUID, svar: Svar) -> None:
    """Answer a wish (U6). A new deadline is only ever later. The same answer sent again changes nothing.

    Raises NotLater, lesing.NotHere, rules.NotPossible (also when it has another answer).
    """
    frist = rules.end_of(add_working_days(svar.ny_dag, 0)) if svar.ny_dag and svar.innvilget else None
    with writing() as db:
        before = lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
        there = next((row for row in before.svar if row.onske_id == onske_id), None)
        if there is not None:
            same = (there.innvilget, there.ny_frist) == (svar.innvilget, frist)
            if same and lesing.words(there, "tekst", sak.seal) == svar.tekst:
                return
            raise NotPossible("answered already")
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.SVAR, "ansatt")
        if not any(row.id == onske_id for row in step.rader.onsker):
            raise lesing.NotHere("no such wish")
        stands = step.rader.frist()
        if frist is not None and (
            stands is None or frist <= max(stands, step.na) or frist > step.na + rules.LONGEST_EXTENSION
        ):
            raise NotLater
        row = Varselsvar(
            id=ids.new_id(),
            kommune_id=sak.kommune_id,
            onske_id=onske_id,
            sak_id=sak_id,
            ansatt_id=who.id,
            innvilget=svar.innvilget,
            ny_frist=frist,
            laget=step.na,
        )
        row.tekst = sak.seal.close(svar.tekst, place(row, "tekst"))
        db.add(row)
        db.flush()
        step.rader.svar = [*step.rader.svar, row]
        step.done(db)
        paminn.answered(db, sak.bruker_id, row)
        audit.record(db, sak.kommune_id, "varselonske_besvart", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id)


def points(uttalelser: Iterable[Uttalelsen], onsker: Iterable[Onsket] = ()) -> list[str]:
    """Everything that must be weighed: each reason of each uttalelse, its own words, and the whole.

    ``onsker``: those that nobody answered before an earlier matter was closed.
    """
    found = [f"{one.id}.{one.slag}" for one in onsker]
    for one in uttalelser:
        found += [f"{one.id}.{code}" for code in one.grunner]
        if any(sagt.ord.strip() or sagt.vil.strip() for sagt in one.alle):
            found.append(f"{one.id}.ord")
        elif not one.grunner:
            found.append(f"{one.id}.vedlegg")  # U4: a picture was all that was sent
    return [*found, SAMLET]


def weigh(who: access.Ansatt, sak: Sak, sak_id: UUID, veiing_id: UUID, words: Mapping[str, str], steg: int) -> None:
    """Write how each uttalelse and reason was weighed. The same words sent again change nothing.

    Raises NotWeighed, lesing.NotHere, rules.NotPossible (also for other words from a form that was sent).
    """
    with writing() as db:
        there = db.get(Veiing, (sak.kommune_id, veiing_id))
        if there is not None and there.sak_id == sak_id:
            lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
            if lesing.content(there, "innhold", sak.seal) == {at: said for at, said in words.items() if said.strip()}:
                return
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.VEI, "ansatt", steg=steg)
        before = lesing.earlier(db, step.rader, sak.seal)
        said = lesing.opened(step.rader, sak.seal, {}).uttalelser
        wanted = points([*before.uttalelser, *said], before.onsker)
        lacking = [point for point in wanted if not words.get(point, "").strip()]
        if lacking:
            raise NotWeighed(lacking)
        row = Veiing(
            id=veiing_id if there is None else ids.new_id(),
            kommune_id=sak.kommune_id,
            sak_id=sak_id,
            ansatt_id=who.id,
            antall=len(step.rader.uttalelser) + len(step.rader.rettinger),
            laget=step.na,
        )
        row.innhold = sak.seal.close_json({point: words[point] for point in wanted}, place(row, "innhold"))
        db.add(row)
        step.done(db)
        audit.record(db, sak.kommune_id, "varsel_veid", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id)


def decide(who: access.Ansatt, sak: Sak, sak_id: UUID, avgjorelse_id: UUID, one: Beslutning, steg: int) -> None:
    """Register what it came to, once. The second of two gets steg.Moved; so do other words from the same form.

    Raises Faults (U8), lesing.NotHere, rules.NotPossible (U1: a step is missing), steg.Moved.
    """
    languages.read_all()
    with writing() as db:
        # Before the matter: of two decisions that name one vedtak at once, the second sees the first.
        queue_up(db, sak.kommune_id, sak.bruker_id)
        there = db.get(Avgjorelse, (sak.kommune_id, avgjorelse_id))
        if there is not None and there.sak_id == sak_id:
            lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
            if _decided(there, sak) == one:
                return
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.AVGJOR, "ansatt", steg=steg, grunnlag=True)
        matter = lesing.opened(step.rader, sak.seal, {})
        vedtak = _check(db, sak, step, matter, one) if one.utfall == "reduksjon" else None
        decided = oslo_date(step.na)
        weighing = matter.veiinger[-1].innhold
        words = tekst.Avgjorelsen(
            utfall=one.utfall,
            grunner=one.grunner,
            vilkar=grunn.words_of(sak.kommune_id, sak.bruker_id, sak.seal, matter.vilkarversjon_id, tekst.ALLE),
            veid=[(point.rpartition(".")[2], text) for point, text in weighing.items()],
            ytelse=matter.varsel.parametre["ytelse"] if matter.varsel else "",
            belop=one.belop,
            fra=one.fra,
            til=one.til,
            vurderinger={"familie": one.familie, "barn": one.barn, "dekket": one.dekket},
            klagefrist=rules.klagefrist(decided, vedtak.klagefrist if vedtak else None),
            telefon=identitet.kontor(sak.kommune_id, sak.kontor_id).telefon,
        )
        row = Avgjorelse(
            id=avgjorelse_id if there is None else ids.new_id(),
            kommune_id=sak.kommune_id,
            sak_id=sak_id,
            ansatt_id=who.id,
            veiing_id=step.rader.veiinger[-1].id,
            utfall=one.utfall,
            sprak=tekst.languages_for(sak.sprak)[-1],
            klagefrist=words.klagefrist,
            laget=step.na,
        )
        if vedtak is not None:
            row.vedtak_id, row.belop, row.fra, row.til = vedtak.id, one.belop, one.fra, one.til
            row.familie_vurdert = row.barn_vurdert = row.nodvendig_dekket = True
            row.vurderinger = sak.seal.close_json(words.vurderinger, place(row, "vurderinger"))
        row.grunner = sak.seal.close(one.grunner, place(row, "grunner"))
        row.tekst = sak.seal.close_json(tekst.avgjorelse(words, tekst.ALLE), place(row, "tekst"))
        row.sha256 = hashlib.sha256(row.tekst).digest()
        db.add(row)
        step.done(db)
        paminn.decided(db, sak.bruker_id, row)
        audit.record(
            db, sak.kommune_id, "varsel_avgjort", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id, utfall=one.utfall
        )


def _decided(row: Avgjorelse, sak: Sak) -> Beslutning:
    grunner = lesing.words(row, "grunner", sak.seal)
    if row.vurderinger is None:
        return Beslutning(row.utfall, grunner)
    weighed = lesing.content(row, "vurderinger", sak.seal)
    return Beslutning(
        row.utfall, grunner, row.vedtak_id, row.belop, row.fra, row.til, er_dekket=row.nodvendig_dekket, **weighed
    )


def _check(db: Session, sak: Sak, step: Steg, matter: Saken, one: Beslutning) -> grunn.Vedtaket | None:
    """U8, U7 and U6 for a reduction; the vedtak it names. Raises Faults."""
    assert matter.varsel is not None
    heard = step.rader.hort()
    assert heard is not None
    stands_on = grunn.vedtak_of(db, sak.kommune_id, sak.bruker_id, matter.vilkarversjon_id)
    offered = grunn.new_vedtak(db, sak.kommune_id, sak.bruker_id, sak.seal, stands_on.id, heard)
    vedtak = next((row for row in offered if row.id == one.vedtak_id), None)
    wanted = Reduksjon(
        vedtak.dato if vedtak else None, one.belop, one.fra, one.til, one.familie, one.barn, one.dekket, one.er_dekket
    )
    found = rules.faults(
        wanted,
        belop=matter.varsel.belop,
        maneder=matter.varsel.maneder,
        hort=oslo_date(heard),
        now=step.na,
    )
    if not rules.may_reduce(step.rader.fakta(grunnlag=True), step.na):
        found.append(Feil.IKKE_NA)
    if not grunn.talked(db, step.rader, step.na):
        found.append(Feil.SAMTALE_MANGLER)
    stands = grunn.find(db, sak.kommune_id, sak.bruker_id, matter.vilkar_id)
    noted = [(row.dato, row.laget) for row in step.rader.brudd]
    if not grunn.due(stands, noted):
        found.append(Feil.IKKE_FORFALT)
    lacking = set(stands.mangler)
    if lacking & {"gjelder_ikke", "dokumentasjon"}:
        found.append(Feil.GJELDER_IKKE)
    # What the notice stood on may have been taken away since: what is not stated cannot follow (V2, U1).
    seen = first_shown(db, sak.kommune_id, sak.bruker_id, matter.vilkarversjon_id)
    unseen = seen is None or not grunn.seen_before(seen, noted)
    unsaid = lacking & {"reduksjon_ikke_oppgitt", "ingen_konsekvens"}
    if unseen or unsaid or not grunn.still_reduces(db, stands_on):
        found.append(Feil.GRUNNLAG_BORTE)
    if found:
        raise Faults(found)
    return vedtak
