"""Vilkår set, changed and closed by the veileder. Every change is a new version or a new row (V1–V4)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, ids
from webapp.platform.database import writing
from webapp.platform.sealing import Place
from webapp.vilkar import koblet, paminn, passer, rules, sendt
from webapp.vilkar import vedtak as vedtakene
from webapp.vilkar.grunnlag import NotHere, innhold_place
from webapp.vilkar.models import Forstaelse, Vedtak, Vilkar, Vilkarversjon, Vilkarvurdering
from webapp.vilkar.rules import Handling, Tilstand
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.tekstbank import TYPER


class Changed(Exception):
    """The vilkår has a newer version than the one that the page showed."""


class AlreadySet(Exception):
    """This form has set a vilkår with other words: a second demand must not come of that (V4)."""


class VedtakDoesNotFit(Exception):
    """V3: the vedtak cannot carry this vilkår; ``hva`` says why."""

    def __init__(self, hva: passer.Feil) -> None:
        super().__init__(hva)
        self.hva = hva


class SameVedtak(Exception):
    """A changed vilkår needs a vedtak of its own, registered since the version that counts, and not an older one."""


def put(who: access.Ansatt, sak: Sak, vilkar_id: UUID, vedtak_id: UUID, innhold: Innhold, frist: date | None) -> UUID:
    """Set a vilkår; returns its id. ``vilkar_id`` comes with the form: sent twice, it is made once.

    Raises NotHere, AlreadySet, VedtakDoesNotFit, koblet.NotAgreed.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        there = db.get(Vilkar, (sak.kommune_id, vilkar_id))
        if there is not None and there.bruker_id == sak.bruker_id:
            if not sendt.set_before(db, sak, there, vedtak_id, innhold, frist):
                raise AlreadySet
            return vilkar_id
        if there is not None:
            vilkar_id = ids.new_id()  # a form key that names somebody else's vilkår
        steg_id = koblet.chosen(db, sak.kommune_id, sak.bruker_id, innhold)
        _fits(TYPER[innhold.type].slag, _vedtak(db, sak, vedtak_id))
        now = audit.moment(db, sak.kommune_id)
        db.add(
            Vilkar(
                id=vilkar_id,
                kommune_id=sak.kommune_id,
                bruker_id=sak.bruker_id,
                vedtak_id=vedtak_id,
                slag=TYPER[innhold.type].slag,
                tilstand=Tilstand.GJELDER.value,
                versjon=1,
                frist=frist,
                aktivitet_id=steg_id,
                laget=now,
                endret=now,
            )
        )
        db.flush()
        _version(db, who, sak, vilkar_id, 1, vedtak_id, innhold, frist)
        paminn.to_confirm(db, sak.kommune_id, sak.bruker_id, vilkar_id, 1)
        audit.record(db, sak.kommune_id, "vilkar_satt", who.actor, bruker_id=sak.bruker_id, vilkar_id=vilkar_id)
    return vilkar_id


def change(
    who: access.Ansatt,
    sak: Sak,
    vilkar_id: UUID,
    fra_versjon: int,
    vedtak_id: UUID,
    innhold: Innhold,
    frist: date | None,
) -> int:
    """A new version, on a vedtak of its own; the bruker is asked again (F3). Returns its number.

    Raises NotHere, Changed, SameVedtak, VedtakDoesNotFit, koblet.NotAgreed, rules.NotPossible.
    """
    with writing() as db:
        steg_id = koblet.chosen(db, sak.kommune_id, sak.bruker_id, innhold)
        row = lock(db, sak.kommune_id, sak.bruker_id, vilkar_id)
        if row.versjon != fra_versjon:
            raise Changed
        tilstand = rules.after(Tilstand(row.tilstand), Handling.ENDRE, "ansatt")
        vedtak, before = _vedtak(db, sak, vedtak_id), _vedtak(db, sak, row.vedtak_id)
        if not _is_new(db, row, vedtak, before):
            raise SameVedtak
        _fits(row.slag, vedtak, before)
        row.versjon, row.vedtak_id, row.frist = row.versjon + 1, vedtak_id, frist
        row.aktivitet_id = steg_id  # the version before keeps the step it named
        row.tilstand, row.endret = tilstand.value, audit.moment(db, sak.kommune_id)
        row.vist = row.trenger_hjelp = row.uenig = row.meldt = False
        row.svar = None
        db.flush()
        _version(db, who, sak, vilkar_id, row.versjon, vedtak_id, innhold, frist)
        paminn.to_confirm(db, sak.kommune_id, sak.bruker_id, vilkar_id, row.versjon)
        audit.record(
            db,
            sak.kommune_id,
            "vilkar_endret",
            who.actor,
            bruker_id=sak.bruker_id,
            vilkar_id=vilkar_id,
            versjon=row.versjon,
        )
        return row.versjon


def assess(who: access.Ansatt, sak: Sak, vilkar_id: UUID, vurdering_id: UUID, utfall: str, words: str) -> None:
    """Register met, not met, or no longer asked, with plain words to the bruker. It changes no benefit.

    Sent twice it stands once. Other words from the same form are not dropped: they are written, or NotPossible is said.
    Raises NotHere, rules.NotPossible.
    """
    with writing() as db:
        row = lock(db, sak.kommune_id, sak.bruker_id, vilkar_id)
        there = db.get(Vilkarvurdering, (sak.kommune_id, vurdering_id))
        if there is not None:
            if sendt.assessed(db, sak, vilkar_id, there, utfall, words):
                return  # sent twice
            vurdering_id = ids.new_id()  # other words from the same form: a row of their own, if it can be assessed
        row.tilstand = rules.after(Tilstand(row.tilstand), Handling(utfall), "ansatt").value
        row.endret, row.meldt = audit.moment(db, sak.kommune_id), False
        made = Vilkarvurdering(
            id=vurdering_id,
            kommune_id=sak.kommune_id,
            vilkar_id=vilkar_id,
            bruker_id=sak.bruker_id,
            ansatt_id=who.id,
            utfall=utfall,
            laget=audit.moment(db, sak.kommune_id),
        )
        made.tekst = sak.seal.close(words, Place("vilkarvurdering", "tekst", sak.kommune_id, vurdering_id))
        db.add(made)
        audit.record(
            db,
            sak.kommune_id,
            "vilkar_vurdert",
            who.actor,
            bruker_id=sak.bruker_id,
            vilkar_id=vilkar_id,
            utfall=utfall,
        )


def explained(who: access.Ansatt, sak: Sak, vilkar_id: UUID, versjon: int) -> None:
    """The veileder has talked with the bruker about it: the label goes, what the bruker said stays. Raises NotHere."""
    with writing() as db:
        row = lock(db, sak.kommune_id, sak.bruker_id, vilkar_id)
        if row.versjon != versjon or not (row.trenger_hjelp or row.uenig):
            return
        row.trenger_hjelp = row.uenig = False
        # A question that stood beside «jeg forstår» has its answer: that they understand is what is left of it.
        row.svar = _said_last(db, row) or row.svar
        audit.record(db, sak.kommune_id, "vilkar_forklart", who.actor, bruker_id=sak.bruker_id, vilkar_id=vilkar_id)


def _said_last(db: Session, row: Vilkar) -> str | None:
    """What the bruker answered last to the version that counts."""
    return db.scalar(
        select(Forstaelse.svar)
        .join(
            Vilkarversjon,
            (Vilkarversjon.kommune_id == Forstaelse.kommune_id) & (Vilkarversjon.id == Forstaelse.vilkarversjon_id),
        )
        .where(
            Vilkarversjon.kommune_id == row.kommune_id,
            Vilkarversjon.vilkar_id == row.id,
            Vilkarversjon.versjon == row.versjon,
        )
        .order_by(Forstaelse.laget.desc(), Forstaelse.id.desc())
        .limit(1)
    )


def lock(db: Session, kommune_id: int, bruker_id: UUID, vilkar_id: UUID) -> Vilkar:
    """The row, so that nobody else takes a step with it meanwhile. Raises NotHere."""
    row = db.scalar(
        select(Vilkar)
        .where(Vilkar.kommune_id == kommune_id, Vilkar.id == vilkar_id, Vilkar.bruker_id == bruker_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotHere("no such vilkår")
    return row


def _vedtak(db: Session, sak: Sak, vedtak_id: UUID) -> Vedtak:
    row = db.get(Vedtak, (sak.kommune_id, vedtak_id))
    if row is None or row.bruker_id != sak.bruker_id:
        raise NotHere("no such vedtak")
    return row


def _is_new(db: Session, row: Vilkar, vedtak: Vedtak, before: Vedtak) -> bool:
    """Whether ``vedtak`` can carry a changed vilkår: none it has stood on, no correction of one, and not an older."""
    versions = db.scalars(
        select(Vilkarversjon).where(Vilkarversjon.kommune_id == row.kommune_id, Vilkarversjon.vilkar_id == row.id)
    ).all()
    first = vedtakene.root(db, vedtak)
    used = {vedtakene.root(db, _vedtak_of(db, one)).id for one in versions}
    since = max(one.laget for one in versions)
    return first.id not in used and first.laget >= since and vedtak.dato >= before.dato


def _vedtak_of(db: Session, version: Vilkarversjon) -> Vedtak:
    return db.get_one(Vedtak, (version.kommune_id, version.vedtak_id))


def _fits(slag: str, vedtak: Vedtak, before: Vedtak | None = None) -> None:
    found = passer.fault(slag, vedtak.hjemmel, vedtak.ytelse, before.ytelse if before else None)
    if found is not None:
        raise VedtakDoesNotFit(found)


def _version(
    db: Session,
    who: access.Ansatt,
    sak: Sak,
    vilkar_id: UUID,
    versjon: int,
    vedtak_id: UUID,
    innhold: Innhold,
    frist: date | None,
) -> None:
    row = Vilkarversjon(
        id=ids.new_id(),
        kommune_id=sak.kommune_id,
        vilkar_id=vilkar_id,
        bruker_id=sak.bruker_id,
        vedtak_id=vedtak_id,
        ansatt_id=who.id,
        versjon=versjon,
        type=innhold.type,
        frist=frist,
        konsekvens_oppgitt=innhold.konsekvens_oppgitt,
        belop=innhold.belop,
        maneder=innhold.maneder,
        laget=audit.moment(db, sak.kommune_id),
    )
    row.innhold = sak.seal.close_json(innhold.as_json(), innhold_place(row))
    db.add(row)
