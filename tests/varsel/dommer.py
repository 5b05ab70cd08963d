"""Judges the rows of a matter by the words of domain.md (U1–U8, V1, V2), and not by the code of rules.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.verden import Verden
from webapp.moter.models import Mote
from webapp.platform.dates import add_working_days, oslo_date
from webapp.varsel import lesing, models
from webapp.varsel.lesing import Rader
from webapp.varsel.models import Varselsak
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarversjon, Vilkarvisning

KINDS: dict[str, Any] = {
    "brudd": models.Brudd,
    "varsel": models.Forhandsvarsel,
    "nadd": models.Varselnadd,
    "uttalelser": models.Uttalelse,
    "rettinger": models.Uttalelseretting,
    "onsker": models.Varselonske,
    "svar": models.Varselsvar,
    "veiinger": models.Veiing,
    "avgjorelse": models.Avgjorelse,
    "lukking": models.Varsellukking,
}
MOST, MONTHS = 2000, 3  # what each vilkår of these histories says


class Dommer:
    """Everything about some vilkår, as it is stored now."""

    def __init__(self, db: Session, verden: Verden, vilkar: Sequence[UUID]) -> None:
        self.db, self.verden = db, verden
        self.versjoner = db.scalars(select(Vilkarversjon).where(Vilkarversjon.vilkar_id.in_(vilkar))).all()
        self.vedtak = {row.id: row for row in db.scalars(select(Vedtak).where(Vedtak.bruker_id == verden.amina))}
        matters = db.scalars(select(Varselsak).where(Varselsak.vilkar_id.in_(vilkar)).order_by(Varselsak.laget)).all()
        self.saker = [Rader(one, [], None, [], [], [], [], [], [], None, None) for one in matters]
        for name, kind in KINDS.items():
            rows = db.scalars(select(kind).where(kind.sak_id.in_([one.id for one in matters]))).all()
            for one in self.saker:
                mine = sorted((row for row in rows if row.sak_id == one.sak.id), key=lambda row: (_at(row), row.id))
                alone = name in ("varsel", "avgjorelse", "lukking")
                setattr(one, name, next(iter(mine), None) if alone else mine)

    def judge(self) -> None:
        """Everything. Raises AssertionError."""
        for one in self.saker:
            self._the_notice(one)
            self._the_closing(one)
            self._the_weighing(one)
            if one.avgjorelse is not None:
                self._the_decision(one)
        self._the_versions()
        named = [self._root(one.avgjorelse.vedtak_id).id for one in self.saker if self._reduced(one)]  # type: ignore[union-attr]  # chosen so that it is there
        assert len(named) == len(set(named))  # U8: a new vedtak for each

    def _root(self, vedtak_id: UUID | None) -> Vedtak:
        assert vedtak_id is not None
        row = self.vedtak[vedtak_id]
        return row if row.erstatter_id is None else self._root(row.erstatter_id)

    @staticmethod
    def _reduced(one: Rader) -> bool:
        return one.avgjorelse is not None and one.avgjorelse.utfall == "reduksjon"

    def _same(self, one: Rader) -> list[Rader]:
        """Other matters about the same vilkår that the bruker was told about."""
        return [o for o in self.saker if o is not one and o.sak.vilkar_id == one.sak.vilkar_id and o.varsel is not None]

    def _the_notice(self, one: Rader) -> None:
        notice = one.varsel
        if notice is None:
            assert not any((one.nadd, one.uttalelser, one.onsker, one.veiinger, one.avgjorelse))
            return
        version = next(row for row in self.versjoner if row.id == one.sak.vilkarversjon_id)
        assert version.konsekvens_oppgitt
        assert self.vedtak[version.vedtak_id].reduksjon_oppgitt
        shown = [
            row.vist
            for row in self.db.scalars(select(Vilkarvisning).where(Vilkarvisning.vilkarversjon_id == version.id))
            if row.hjelper != "ansatt"
        ]
        for row in one.brudd:  # U1: shown, then it happened, then it was noted, then the notice
            assert any(vist <= row.laget and oslo_date(vist) < row.dato for vist in shown)
            assert row.laget <= notice.sendt
            if version.type == "bostotte":  # V1: «senest»
                assert version.frist is not None
                assert row.dato > version.frist
        before = [other for other in self._same(one) if other.varsel.sendt <= notice.sendt]  # type: ignore[union-attr]  # chosen so that it is there
        for other in before:
            ended = other.lukking or other.avgjorelse
            if other.varsel.sendt == notice.sendt and not ended:  # type: ignore[union-attr]  # chosen so that it is there
                continue  # seen from the other side
            assert ended is not None  # V2: one at a time
            assert min(row.dato for row in one.brudd) > max(row.dato for row in other.brudd) or (
                min(row.dato for row in other.brudd) > max(row.dato for row in one.brudd)
            )
        given = [row.ny_frist for other in before for row in other.svar if row.ny_frist is not None]
        if given:  # U6: the bruker is not given less time than somebody promised them before
            assert notice.tidligst >= oslo_date(max(given) - timedelta(seconds=1))
        taken = [o.avgjorelse for o in before if self._reduced(o) and o.sak.vilkarversjon_id == version.id]
        assert notice.belop <= MOST
        used = sum((_months(row.fra, row.til) for row in taken if row is not None), start=0)
        assert notice.maneder + used <= MONTHS
        for arrival in one.nadd:  # U3
            assert oslo_date(arrival.frist) > add_working_days(oslo_date(one.nadd[0].laget), 10)
        assert not one.uttalelser or one.nadd[0].laget <= one.uttalelser[0].laget

    @staticmethod
    def _words(one: Rader) -> list[Any]:
        return [*one.uttalelser, *one.rettinger]

    def _the_closing(self, one: Rader) -> None:
        assert not (one.avgjorelse and one.lukking)
        if any(row.fant_arbeid for row in self._words(one)):  # U7
            assert one.lukking is not None
            assert one.avgjorelse is None
        if one.lukking is not None and one.lukking.grunn != "fant_arbeid":
            answered = {row.id for row in one.onsker} == {row.onske_id for row in one.svar}
            words = self._words(one)
            weighed = not words or (one.veiinger and one.veiinger[-1].antall == len(words))
            assert one.lukking.tekst is not None or (answered and weighed)

    def _the_weighing(self, one: Rader) -> None:
        """U1: also what was said in a matter that was closed before."""
        seal = self.verden.seal(self.verden.amina)
        for row in one.veiinger:
            points = {point.partition(".")[0] for point in lesing.content(row, "innhold", seal)}
            all_of_it = one.avgjorelse is not None and row is one.veiinger[-1]
            said_here = [said for said in one.uttalelser if said.laget < row.laget or all_of_it]
            assert {str(said.id) for said in said_here if _says(said, seal)} <= points  # U6: every one of them
            for other in self._same(one):
                if other.lukking is not None and other.lukking.laget < row.laget:
                    assert {str(said.id) for said in other.uttalelser if _says(said, seal)} <= points

    def _the_decision(self, one: Rader) -> None:
        decided, weighed = one.avgjorelse, one.veiinger[-1]
        assert decided is not None
        at, words = decided.laget, self._words(one)
        arrived = [row.frist for row in one.nadd if row.skrevet_av != "ansatt"]
        own = [row for row in words if getattr(row, "muntlig_av", None) is None and row.skrevet_av != "ansatt"]
        given = [row.ny_frist for row in one.svar if row.ny_frist is not None]
        assert own or (arrived and max([min(arrived), *given]) <= at)
        assert weighed.antall == len(words)
        assert all(row.laget <= weighed.laget for row in one.uttalelser)
        assert {row.id for row in one.onsker} == {row.onske_id for row in one.svar}  # U6
        assert decided.klagefrist >= oslo_date(at) + timedelta(days=21)
        if decided.utfall == "reduksjon":
            self._the_reduction(one, [*(row.laget for row in words), *given, *([] if own else [min(arrived)])])

    def _the_reduction(self, one: Rader, moments: list[datetime]) -> None:
        decided, notice = one.avgjorelse, one.varsel
        assert decided is not None
        assert notice is not None
        at, heard = decided.laget, max(moments)
        assert decided.vedtak_id is not None
        named, first = self.vedtak[decided.vedtak_id], self._root(decided.vedtak_id)
        assert heard <= at
        assert heard <= first.laget
        assert oslo_date(heard) <= named.dato <= oslo_date(at)
        assert first.id not in {
            self._root(row.vedtak_id).id for row in self.versjoner if row.id == one.sak.vilkarversjon_id
        }
        assert decided.belop is not None
        assert decided.fra is not None
        assert decided.til is not None
        assert 0 < decided.belop <= notice.belop
        assert max(named.dato, oslo_date(at)) <= decided.fra <= decided.til
        assert decided.fra <= oslo_date(at) + timedelta(days=93)
        assert decided.til <= decided.fra + timedelta(days=31 * notice.maneder)
        assert decided.familie_vurdert
        assert decided.barn_vurdert
        assert decided.nodvendig_dekket
        assert decided.vurderinger
        talks = {row.id for row in one.onsker if row.slag in ("samtale", "tolk")}
        for answer in one.svar:  # U6: what was promised has been done
            if answer.innvilget and answer.onske_id in talks:
                held = select(Mote.nar).where(Mote.bruker_id == self.verden.amina, Mote.tilstand == "holdt")
                spoken = [row.laget for row in one.uttalelser if row.muntlig_av is not None]
                assert any(answer.laget < moment <= at for moment in (*self.db.scalars(held), *spoken))

    def _the_versions(self) -> None:
        for vilkar_id in {row.vilkar_id for row in self.versjoner}:
            mine = sorted((row for row in self.versjoner if row.vilkar_id == vilkar_id), key=lambda row: row.versjon)
            roots = [self._root(row.vedtak_id) for row in mine]
            assert len({row.id for row in roots}) == len(roots)
            for before, root in zip(mine, roots[1:], strict=False):
                assert before.laget <= root.laget
            assert mine[-1].versjon == self.db.get_one(Vilkar, (self.verden.kommune_id, vilkar_id)).versjon


def _at(row: Any) -> datetime:
    found: datetime = row.sendt if isinstance(row, models.Forhandsvarsel) else row.laget
    return found


def _says(row: Any, seal: Any) -> bool:
    said = lesing.content(row, "innhold", seal)
    return bool(said["grunner"] or said["ord"] or said["vil"])


def _months(fra: date | None, til: date | None) -> int:
    assert fra is not None
    assert til is not None
    return (til - fra).days // 31 + 1  # never more than the service counts
