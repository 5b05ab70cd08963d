"""What other rooms may know about a vilkår: what it says, and whether a forhåndsvarsel can build on it (U1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import get_locale
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from webapp.platform import missing
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.vilkar import tekst as tekster
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarversjon, Vilkarvisning
from webapp.vilkar.tekst import Innhold, Tekst

MOST = 100  # more vilkår than this nobody has at once


class NotHere(missing.NotHere):
    """There is no such vilkår for this bruker."""


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """What a forhåndsvarsel would build on, and what it lacks. ``mangler`` empty: nothing is in the way.

    ``mangler`` has the codes «ingen_frist», «ingen_konsekvens», «ikke_vist», «reduksjon_ikke_oppgitt», «meldt» (the
    bruker says that it is done, and nobody has answered), «dokumentasjon» (V3: not a vilkår, so nothing can follow
    from it) and «gjelder_ikke». ``hensyn``: what else speaks for the bruker: «sporsmal», «forklar», «hjelp» (the check
    showed it), «uenig» (F1, F2).
    """

    vilkar_id: UUID
    vilkarversjon_id: UUID
    vedtak_id: UUID
    versjon: int
    type: str
    slag: str
    tilstand: str
    frist: date | None
    konsekvens_oppgitt: bool
    reduksjon_oppgitt: bool
    vist: datetime | None
    mangler: tuple[str, ...]
    hensyn: tuple[str, ...] = ()


def mangler(
    *,
    slag: str,
    tilstand: str,
    frist: date | None,
    konsekvens: bool,
    reduksjon: bool,
    vist: bool,
    meldt: bool = False,
) -> tuple[str, ...]:
    """What a forhåndsvarsel would lack (V3, U1). Pure."""
    checks = (
        ("dokumentasjon", slag == "dokumentasjon"),
        ("gjelder_ikke", tilstand not in ("gjelder", "ikke_oppfylt")),
        ("ingen_frist", frist is None),
        ("ingen_konsekvens", not konsekvens),
        ("reduksjon_ikke_oppgitt", not reduksjon),
        ("ikke_vist", not vist),
        ("meldt", meldt),
    )
    return tuple(code for code, lacking in checks if lacking)


def grunnlag(db: Session, kommune_id: int, bruker_id: UUID, vilkar_id: UUID) -> Grunnlag:
    """The ground under a vilkår as it stands now, in two queries. Raises NotHere."""
    shown = _shown(kommune_id, bruker_id).where(Vilkarvisning.vilkarversjon_id == Vilkarversjon.id).scalar_subquery()
    row = db.execute(present(kommune_id, bruker_id).add_columns(shown).where(Vilkar.id == vilkar_id)).one_or_none()
    if row is None:
        raise NotHere("no such vilkår")
    vilkar, version, vedtak, first = row
    reduction = vedtak.reduksjon_oppgitt and _still_says_so(db, vedtak)
    return Grunnlag(
        vilkar_id=vilkar.id,
        vilkarversjon_id=version.id,
        vedtak_id=version.vedtak_id,
        versjon=version.versjon,
        type=version.type,
        slag=vilkar.slag,
        tilstand=vilkar.tilstand,
        frist=version.frist,
        konsekvens_oppgitt=version.konsekvens_oppgitt,
        reduksjon_oppgitt=reduction,
        vist=first,
        mangler=mangler(
            slag=vilkar.slag,
            tilstand=vilkar.tilstand,
            frist=version.frist,
            konsekvens=version.konsekvens_oppgitt,
            reduksjon=reduction,
            vist=first is not None,
            meldt=vilkar.meldt,
        ),
        hensyn=_hensyn(vilkar),
    )


def first_shown(db: Session, kommune_id: int, bruker_id: UUID, vilkarversjon_id: UUID) -> datetime | None:
    """When a version was first shown to the bruker; None when it never was."""
    return db.scalar(_shown(kommune_id, bruker_id).where(Vilkarvisning.vilkarversjon_id == vilkarversjon_id))


def _shown(kommune_id: int, bruker_id: UUID) -> Select[datetime]:
    """The first showing. An ansatt who holds the phone sees the text; nobody knows that the bruker has (K1, U1)."""
    return (
        select(Vilkarvisning.vist)
        .where(
            Vilkarvisning.kommune_id == kommune_id,
            Vilkarvisning.bruker_id == bruker_id,
            func.coalesce(Vilkarvisning.hjelper, "") != "ansatt",
        )
        .order_by(Vilkarvisning.vist, Vilkarvisning.id)
        .limit(1)
    )


def _hensyn(vilkar: Vilkar) -> tuple[str, ...]:
    # F2: who said «jeg forstår» has asked for nothing; the check showed that the text had not done its job.
    help_ = "hjelp" if vilkar.svar == "forstar" else vilkar.svar or "forklar"
    checks = ((help_, vilkar.trenger_hjelp), ("uenig", vilkar.uenig))
    return tuple(code for code, holds in checks if holds)


def _still_says_so(db: Session, vedtak: Vedtak) -> bool:
    """Whether the latest correction of a vedtak says that the benefit may be reduced.

    A correction takes the possibility away at once; one that brings it in needs a new version of the vilkår.
    """
    corrections = {
        before: (after, says)
        for before, after, says in db.execute(
            select(Vedtak.erstatter_id, Vedtak.id, Vedtak.reduksjon_oppgitt).where(
                Vedtak.kommune_id == vedtak.kommune_id,
                Vedtak.bruker_id == vedtak.bruker_id,
                Vedtak.erstatter_id.is_not(None),
            )
        )
    }
    latest, says = vedtak.id, vedtak.reduksjon_oppgitt
    while latest in corrections:
        latest, says = corrections[latest]
    return says


@dataclass(frozen=True, slots=True)
class Vilkaret:
    """A vilkår as lists show it; ``tittel`` is in the language of the page (tekst.html marks the veileder's words)."""

    id: UUID
    vilkarversjon_id: UUID
    vedtak_id: UUID
    versjon: int
    type: str
    slag: str
    tilstand: str
    tittel: str
    frist: date | None
    vist: bool
    svar: str | None
    trenger_hjelp: bool
    uenig: bool
    meldt: bool
    laget: datetime
    endret: datetime
    forste_dag: date | None = None  # of what goes on over time: ``frist`` is when it ends
    aktivitet_id: UUID | None = None  # the step in the plan that fulfils it
    tekst_fra: datetime | None = None  # when the text that counts was written


def gjeldende(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Vilkaret]:
    """What is asked of the bruker now, the nearest deadline first."""
    with reading() as db:
        rows = db.execute(
            present(kommune_id, bruker_id)
            .where(Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")))
            .order_by(Vilkar.frist.is_(None), Vilkar.frist, Vilkar.id)
            .limit(MOST)
        ).all()
    return [opened(row, seal) for row in rows]


def tekst(kommune_id: int, bruker_id: UUID, seal: Seal, vilkarversjon_id: UUID, sprak: str) -> Tekst:
    """What a version says, in a language. Raises NotHere."""
    return tekst_pa(kommune_id, bruker_id, seal, vilkarversjon_id, [sprak])[sprak]


def tekst_pa(
    kommune_id: int, bruker_id: UUID, seal: Seal, vilkarversjon_id: UUID, sprak: Iterable[str]
) -> dict[str, Tekst]:
    """What a version says, in each of these languages. One query. Raises NotHere."""
    with reading() as db:
        row = db.execute(
            select(Vilkarversjon, Vedtak)
            .join(Vedtak, (Vedtak.kommune_id == Vilkarversjon.kommune_id) & (Vedtak.id == Vilkarversjon.vedtak_id))
            .where(
                Vilkarversjon.kommune_id == kommune_id,
                Vilkarversjon.id == vilkarversjon_id,
                Vilkarversjon.bruker_id == bruker_id,
            )
        ).one_or_none()
    if row is None:
        raise NotHere("no such version")
    version, vedtak = row
    said, around = innhold_of(version, seal), tekster.Rammer(vedtak.ytelse, vedtak.klagefrist)
    return {kode: tekster.rendered(said, version.frist, around, kode) for kode in sprak}


def present(kommune_id: int, bruker_id: UUID) -> Select[Vilkar, Vilkarversjon, Vedtak]:
    """Each vilkår of a bruker with the version that counts now and the vedtak behind that version."""
    return (
        select(Vilkar, Vilkarversjon, Vedtak)
        .join(
            Vilkarversjon,
            (Vilkarversjon.kommune_id == Vilkar.kommune_id)
            & (Vilkarversjon.vilkar_id == Vilkar.id)
            & (Vilkarversjon.versjon == Vilkar.versjon),
        )
        .join(Vedtak, (Vedtak.kommune_id == Vilkarversjon.kommune_id) & (Vedtak.id == Vilkarversjon.vedtak_id))
        .where(Vilkar.kommune_id == kommune_id, Vilkar.bruker_id == bruker_id)
    )


def innhold_of(version: Vilkarversjon, seal: Seal) -> Innhold:
    """What a version was made of."""
    return Innhold.from_json(seal.open_json(version.innhold, innhold_place(version)))


def innhold_place(version: Vilkarversjon) -> Place:
    """Where it is sealed."""
    return Place("vilkarversjon", "innhold", version.kommune_id, version.id)


def opened(row: Row[Vilkar, Vilkarversjon, Vedtak], seal: Seal) -> Vilkaret:
    """A row of ``present`` with its title in the language of the page."""
    vilkar, version, _vedtak = row
    said = innhold_of(version, seal)
    return Vilkaret(
        id=vilkar.id,
        vilkarversjon_id=version.id,
        vedtak_id=version.vedtak_id,
        versjon=version.versjon,
        type=version.type,
        slag=vilkar.slag,
        tilstand=vilkar.tilstand,
        tittel=tekster.title(said, str(get_locale())),
        frist=version.frist,
        vist=vilkar.vist,
        svar=vilkar.svar,
        trenger_hjelp=vilkar.trenger_hjelp,
        uenig=vilkar.uenig,
        meldt=vilkar.meldt,
        laget=vilkar.laget,
        endret=vilkar.endret,
        forste_dag=said.forste_dag,
        aktivitet_id=vilkar.aktivitet_id,
        tekst_fra=version.laget,
    )
