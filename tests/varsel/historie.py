"""A random history against the real service and the real database (test_historier.py walks many of them).

There is a true clock, which only goes forwards, and the server's, which is moved back and set right again; something
always happens elsewhere in the kommune at the true time. Two vilkår, as many matters as somebody notes, sessions in
which an ansatt or a helper types, conversations, corrected vedtak, changed vilkår. After every step the rows are judged
anew (dommer.py). An error from the database would mean that the service let something through.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from tests.conftest import NOON
from tests.moter import avtaler
from tests.varsel import verk
from tests.varsel.dommer import Dommer
from tests.verden import Verden
from webapp.platform import audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.varsel import avgjore, horing, lesing, rules, service
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Rader, Sagt
from webapp.varsel.models import MOST_KRONER, Varselsak
from webapp.varsel.rules import NotPossible
from webapp.varsel.service import Notat, Utkastvarsel
from webapp.vilkar import forstaelse
from webapp.vilkar import lesing as vilkarlesing
from webapp.vilkar import rules as vilkarrules
from webapp.vilkar import service as vilkarene
from webapp.vilkar import vedtak as vedtakene
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarvisning

REFUSED = (
    NotPossible,
    service.MoreThanSaid,
    service.NoReason,
    avgjore.NotLater,
    avgjore.NotWeighed,
    avgjore.Faults,
    lesing.NotHere,
    vedtakene.Corrected,
    vilkarene.SameVedtak,
    vilkarrules.NotPossible,
)
GRUNNER = st.lists(
    st.sampled_from(["sykdom", "barn", "annet", "sykdom", "barn", "fant_arbeid"]), max_size=2, unique=True
)
WISHES = st.lists(st.sampled_from(["tid", "tolk", "samtale"]), max_size=1)
MAYBE = st.sampled_from([True, True, True, False])
TYPIST = st.sampled_from([None, None, None, "ansatt", "hjelper"])
WHICH = st.integers(0, 3)
FAULT = st.sampled_from([None, *range(7)])


class Historie(RuleBasedStateMachine):
    """Two vilkår, and everybody who does something about them in any order."""

    app: Flask
    verden: Verden
    reached_end: set[str]

    @initialize(
        lacking=st.sampled_from([""] * 9 + ["vist", "sent", "konsekvens", "reduksjon"]),
        ahead=st.sampled_from([9, 5, 0, 4, 7, 11]),
        road=st.lists(st.integers(0, 3), min_size=11, max_size=11),
        first=st.sampled_from([(0, -1), (0, -1), (0, -1), (1, -1), (1, -5)]),
    )
    def begin(self, lacking: str, ahead: int, road: list[int], first: tuple[int, int]) -> None:
        vist = {"vist": None, "sent": NOON - timedelta(hours=1)}.get(lacking, verk.ASKED)
        konsekvens, reduksjon = lacking != "konsekvens", lacking != "reduksjon"
        with reading() as db:
            self.true = max(NOON, audit.moment(db, self.verden.kommune_id)) + timedelta(hours=1)
        self.behind, self.rows_seen = timedelta(0), set[UUID]()
        self.number: int | None = None
        shift = self.true - NOON
        with verk.formnokkel(self.app), clock.frozen(self.true):
            seen = vist + shift if vist else None
            frist = oslo_date(self.true) - timedelta(days=4)
            self.vilkar = [
                verk.vilkaret(self.verden, vist=seen, konsekvens=konsekvens, reduksjon=reduksjon),
                verk.vilkaret(self.verden, vist=verk.ASKED, kind="bostotte", frist=frist),
            ]
        self.vedtak: list[UUID] = []
        self.seen_before()
        self.noted(*first)
        for after in road[:ahead]:
            self.the_next_right_step(which=0, after=after, behind=0)
            self.u1_to_u8_hold()

    # --- Time

    @property
    def now(self) -> datetime:
        """What the server's clock shows."""
        return self.true - self.behind

    def do(self, step: Any) -> None:
        with verk.formnokkel(self.app), clock.frozen(self.now):
            try:
                step()
            except REFUSED:
                return

    @rule(hours=st.sampled_from([1, 24, 24 * 13, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.true += timedelta(hours=hours)
        with verk.formnokkel(self.app), clock.frozen(self.true), writing() as db:
            self.number = audit.record(db, self.verden.kommune_id, "bruker_endret", audit.SYSTEM, felt="navn")

    @rule(hours=st.sampled_from([0, 0, 30, 24 * 21, 24 * 400]))
    def the_clock_is_set(self, hours: int) -> None:
        self.behind = timedelta(hours=hours)

    # --- Which matter

    def saker(self) -> list[UUID]:
        query = select(Varselsak.id).where(Varselsak.vilkar_id.in_(self.vilkar))
        with reading() as db:
            return list(db.scalars(query.order_by(Varselsak.laget.desc(), Varselsak.id.desc())))

    def pick(self, which: int) -> UUID:
        found = self.saker()
        return found[which % len(found)]

    def rows(self, sak_id: UUID) -> Rader:
        with reading() as db:
            return lesing.rows(db, self.verden.kommune_id, self.verden.amina, sak_id)

    def amina(self, skriver: str | None = None, sprak: str = "nb") -> Any:
        return replace(verk.amina(self.verden, sprak), skriver=skriver)

    def office(self) -> tuple[Any, Any]:
        return verk.kari(self.verden), verk.sak(self.verden)

    # --- The vilkår and its vedtak

    @rule(which=st.integers(0, 1), skriver=TYPIST)
    def the_vilkar_is_shown(self, which: int, skriver: str | None) -> None:
        who = self.amina(skriver)
        now = vilkarlesing.whole(who.kommune_id, who.id, who.seal, self.vilkar[which]).na
        self.do(lambda: forstaelse.shown(who, self.vilkar[which], now.id, now.tekst("nb"), "Firefox"))

    @rule(days=st.integers(-60, 0))
    def a_vedtak_is_registered(self, days: int) -> None:
        self.register(oslo_date(self.now) + timedelta(days=days))

    def register(self, dato: date) -> UUID:
        made = ids.new_id()
        self.do(lambda: vedtakene.register(*self.office(), made, verk.fakta(dato)))
        self.vedtak.append(made)
        return made

    @rule(which=WHICH)
    def a_vedtak_is_corrected(self, which: int) -> None:
        if self.vedtak:
            made = ids.new_id()
            fakta = verk.fakta(oslo_date(self.now))
            old = self.vedtak[-1 - which % len(self.vedtak)]
            self.do(lambda: vedtakene.correct(*self.office(), old, made, fakta))
            with reading() as db:
                if db.get(Vedtak, (self.verden.kommune_id, made)) is not None:
                    self.vedtak.append(made)

    @rule(vilkar=st.integers(0, 1), which=WHICH)
    def the_vilkar_is_changed(self, vilkar: int, which: int) -> None:
        if not self.vedtak:
            return
        new = self.vedtak[-1 - which % len(self.vedtak)]
        with reading() as db:
            row = db.get_one(Vilkar, (self.verden.kommune_id, self.vilkar[vilkar]))
        seal = self.verden.seal(self.verden.amina)
        now = vilkarlesing.whole(row.kommune_id, row.bruker_id, seal, row.id).na
        said = replace(now.innhold, type=("kurs", "bostotte")[vilkar])
        self.do(lambda: vilkarene.change(*self.office(), row.id, row.versjon, new, said, now.frist))

    @rule(chance=st.integers(0, 9), vilkar=st.integers(0, 1), tilstand=st.sampled_from(["oppfylt", "gjelder"]))
    def the_vilkar_is_met_or_not(self, chance: int, vilkar: int, tilstand: str) -> None:
        if chance < 2:
            with verk.formnokkel(self.app), writing() as db:
                db.get_one(Vilkar, (self.verden.kommune_id, self.vilkar[vilkar])).tilstand = tilstand

    # --- The matter

    @rule(vilkar=st.integers(0, 1), days=st.sampled_from([-40, -7, -5, -3, -2, -1, -1, 0, 0, 1]))
    def noted(self, vilkar: int, days: int) -> None:
        note = Notat((self.true + timedelta(days=days)).date(), "Igjen", "egen")
        self.do(lambda: service.note(*self.office(), ids.new_id(), self.vilkar[vilkar], note))

    @rule(which=WHICH)
    def noted_again(self, which: int) -> None:
        """The very same thing, once more."""
        before = self.rows(self.pick(which))
        note = Notat(before.brudd[0].dato, "Det samme", "egen")
        self.do(lambda: service.note(*self.office(), ids.new_id(), before.sak.vilkar_id, note))

    @rule(
        which=WHICH,
        belop=st.sampled_from([1, 1500, 2000, 2001]),
        maneder=st.sampled_from([1, 2, 3, 4]),
        dager=st.integers(0, 30),
    )
    def sent(self, which: int, belop: int, maneder: int, dager: int) -> None:
        sak_id, draft = self.pick(which), Utkastvarsel("Derfor", belop, maneder, dager)
        steg = self.rows(sak_id).sak.steg
        self.do(lambda: service.send(*self.office(), sak_id, ids.new_id(), draft, steg))

    @rule(which=WHICH, sprak=st.sampled_from(["nb", "en"]), skriver=TYPIST)
    def opened(self, which: int, sprak: str, skriver: str | None) -> None:
        self.do(lambda: service.open_notice(self.amina(skriver, sprak), self.pick(which), sprak))

    @rule(which=WHICH)
    def reached(self, which: int) -> None:
        self.do(lambda: service.reached(*self.office(), self.pick(which), "telefon", "Ringte"))

    @rule(which=WHICH, grunner=GRUNNER, ord_=st.sampled_from(["", "Fordi"]), slag=WISHES, skriver=TYPIST)
    def says(self, which: int, grunner: list[str], ord_: str, slag: list[str], skriver: str | None) -> None:
        sak_id, said, key = self.pick(which), Sagt(grunner, ord_, ""), ids.new_id()
        self.do(lambda: horing.deliver(self.amina(skriver), sak_id, key, said, Onsker(slag, "Takk")))

    @rule(which=WHICH, grunner=GRUNNER)
    def is_written_down(self, which: int, grunner: list[str]) -> None:
        said = Sagt(grunner, "Muntlig", "")
        self.do(lambda: horing.write_down(*self.office(), self.pick(which), ids.new_id(), said, "nb"))

    @rule(which=WHICH, grunner=GRUNNER, skriver=TYPIST)
    def corrects(self, which: int, grunner: list[str], skriver: str | None) -> None:
        sak_id, said = self.pick(which), Sagt(grunner, "Rettet", "")
        for row in self.rows(sak_id).uttalelser[:1]:
            one = row.id
            self.do(lambda one=one: horing.correct(self.amina(skriver), sak_id, one, ids.new_id(), said))

    @rule(which=WHICH, ja=st.booleans(), days=st.sampled_from([None, None, -3, 20, 60, 400]))
    def is_answered(self, which: int, ja: bool, days: int | None) -> None:
        sak_id = self.pick(which)
        svar = Svar(ja, "Svar", None if days is None else oslo_date(self.now) + timedelta(days=days))
        for row in self.rows(sak_id).onsker:
            one = row.id
            self.do(lambda one=one: avgjore.answer(*self.office(), sak_id, one, svar))

    @rule()
    def a_meeting_is_held(self) -> None:
        self.do(lambda: avtaler.holdt(self.verden))

    @rule(which=WHICH, complete=MAYBE, fresh=MAYBE)
    def is_weighed(self, which: int, complete: bool, fresh: bool) -> None:
        sak_id = self.pick(which)
        rows, seal = self.rows(sak_id), self.verden.seal(self.verden.amina)
        with reading() as db:
            before = lesing.earlier(db, rows, seal)
        said = lesing.opened(rows, seal, {}).uttalelser
        points = avgjore.points([*before.uttalelser, *said], before.onsker)
        if not complete:
            points = points[1:] if fresh else avgjore.points(said)  # without one; or without the earlier matter's
        words = dict.fromkeys(points, "Veid")
        steg = rows.sak.steg - (0 if fresh or not complete else 1)
        self.do(lambda: avgjore.weigh(*self.office(), sak_id, ids.new_id(), words, steg))

    @rule(which=WHICH, utfall=st.sampled_from(["ingen", "hjelp"]), chance=st.integers(0, 3))
    def is_decided(self, which: int, utfall: str, chance: int) -> None:
        if chance == 0:
            self.decide(self.pick(which), Beslutning(utfall, "Derfor"))

    @rule(
        which=WHICH,
        belop=st.sampled_from([1, 1000, 1000, 2000, 2001, 0, -1, MOST_KRONER + 1]),
        fra=st.sampled_from([-5, 0, 0, 0, 3, 100]),
        lengde=st.sampled_from([-1, 0, 0, 27, 27, 55, 200]),
        words=st.sampled_from(["Vurdert", "Vurdert", "Vurdert", ""]),
        er_dekket=MAYBE,
        vedtak=WHICH,
    )
    def is_reduced(
        self, which: int, belop: int, fra: int, lengde: int, words: str, er_dekket: bool, vedtak: int
    ) -> None:
        first = oslo_date(self.true) + timedelta(days=fra)
        new = self.vedtak[-1 - vedtak % len(self.vedtak)] if self.vedtak else None
        last = first + timedelta(days=lengde)
        one = Beslutning("reduksjon", "Derfor", new, belop, first, last, words, "Ingen", "Ja", er_dekket)
        self.decide(self.pick(which), one)

    @rule(which=WHICH, lengde=st.sampled_from([0, 27, 55]), used=st.booleans(), but=FAULT)
    def is_reduced_as_it_should_be(self, which: int, lengde: int, used: bool, but: int | None) -> None:
        """Or as good as: ``used`` takes the vedtak that was registered last, whenever that was; ``but`` is a fault."""
        first = oslo_date(self.true)
        new = self.vedtak[-1] if used and self.vedtak else self.register(first)
        right = verk.reduksjon(new, belop=1, fra=first, til=first + timedelta(days=lengde))
        wrong: list[dict[str, Any]] = [
            {"belop": 1501},  # the notice spoke of 1500, when the page had led to it
            {"belop": 0},
            {"fra": first - timedelta(days=1)},
            {"til": first + timedelta(days=200)},
            {"familie": " "},
            {"er_dekket": False},
            {"vedtak_id": None},
        ]
        self.decide(self.pick(which), right if but is None else replace(right, **wrong[but]))

    def decide(self, sak_id: UUID, one: Beslutning) -> None:
        steg = self.rows(sak_id).sak.steg
        self.do(lambda: avgjore.decide(*self.office(), sak_id, ids.new_id(), one, steg))

    @rule(which=WHICH, words=st.sampled_from(["", "", "Vi har snakket sammen."]), chance=st.integers(0, 2))
    def is_closed(self, which: int, words: str, chance: int) -> None:
        if chance == 0:
            self.do(lambda: service.close(*self.office(), self.pick(which), ids.new_id(), "ordnet", words))

    @rule(which=WHICH)
    def is_closed_and_noted_again(self, which: int) -> None:
        """The matter ends without a decision, and the next one about the same vilkår begins the day after."""
        before = self.rows(self.pick(which)).sak
        self.do(lambda: service.close(*self.office(), before.id, ids.new_id(), "ordnet", "Vi har snakket sammen."))
        self.u1_to_u8_hold()
        self.time_passes(24)
        self.noted(self.vilkar.index(before.vilkar_id), 0)
        self._the_next_right_step(0, 0)

    @rule(which=WHICH, after=st.integers(0, 3), behind=st.sampled_from([0, 0, 0, 30, 24 * 21, 24 * 400]))
    def the_next_right_step(self, which: int, after: int, behind: int) -> None:
        """As the page leads the veileder, also on a clock that is ``behind`` then. Else hardly any would get far."""
        before, self.behind = self.behind, max(self.behind, timedelta(hours=behind))
        self._the_next_right_step(which, after)
        self.behind = before

    def _the_next_right_step(self, which: int, after: int) -> None:
        sak_id = self.pick(which)
        matter = verk.saken(self.verden, sak_id)
        match rules.next_step(matter.tilstand, matter.fakta, self.true):
            case "send":
                self.sent(which, *((1500, 1), (1500, 1), (2001, 1), (1500, 4))[after], 10)
                self.sent(which, 1500, 1, 10)
            case "nadd":
                self.opened(which, "nb", None) if after else self.reached(which)
            case "svar":
                self.is_answered(which, ja=after != 1, days=20 if after > 1 else None)
            case "vent":
                self.says(
                    which, ["sykdom"], "Fordi", [[], [], ["tid"], ["samtale"]][after], None
                ) if after else self.time_passes(24 * 30)
            case "vei":
                self.is_weighed(which, complete=True, fresh=True)
            case "avgjor":
                for but in (after, None) if after else ():
                    self.is_reduced_as_it_should_be(which, 27, used=False, but=but)
                if not after:
                    self.is_decided(which, "ingen", 0)
            case "ferdig":
                with reading() as db:
                    row = db.get_one(Varselsak, (self.verden.kommune_id, sak_id))
                self.time_passes(24 * 30)
                self.noted(self.vilkar.index(row.vilkar_id), 0)

    # --- What must hold

    def made(self, db: Any) -> dict[UUID, datetime]:
        """Every row that has a time of its own."""
        judge = Dommer(db, self.verden, self.vilkar)
        kinds: list[Any] = [judge.versjoner, judge.vedtak.values()]
        for one in judge.saker:
            kinds += [one.brudd, one.nadd, one.uttalelser, one.rettinger, one.onsker, one.svar, one.veiinger]
            kinds += [[row] for row in (one.varsel, one.avgjorelse, one.lukking) if row is not None]
        versions = [row.id for row in judge.versjoner]
        kinds.append(db.scalars(select(Vilkarvisning).where(Vilkarvisning.vilkarversjon_id.in_(versions))).all())
        judge.judge()
        self.reached_end |= {one.sak.tilstand for one in judge.saker}
        self.reached_end |= {
            "reduksjon" for one in judge.saker if one.avgjorelse is not None and one.avgjorelse.utfall == "reduksjon"
        }
        if len([one for one in judge.saker if one.varsel is not None]) > 1:
            self.reached_end.add("to varsler")
        return {row.id: _time(row) for kind in kinds for row in kind}

    def seen_before(self) -> None:
        with reading() as db:
            self.rows_seen = set(self.made(db))

    @invariant()
    def u1_to_u8_hold(self) -> None:
        if not hasattr(self, "vilkar"):
            return
        with reading() as db:
            number = db.scalar(
                select(audit.Hendelseskjede.lopenr).where(audit.Hendelseskjede.kommune_id == self.verden.kommune_id)
            )
            if number == self.number:
                return  # it was refused
            self.number, made = number, self.made(db)
        for row_id in made.keys() - self.rows_seen:
            assert made[row_id] == self.true  # nothing is dated otherwise, whatever the server's clock shows
        self.rows_seen |= made.keys()


def _time(row: Any) -> datetime:
    for name in ("sendt", "vist"):
        value = getattr(row, name, None)
        if isinstance(value, datetime):
            return value
    found: datetime = row.laget
    return found


def walk(app: Flask, verden: Verden, histories: int) -> set[str]:
    """So many histories, the same ones every time; gives what they came to. Raises what breaks in them."""
    seen: set[str] = set()
    machine = type("Her", (Historie,), {"app": app, "verden": verden, "reached_end": seen})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=24,
            phases=(Phase.generate,),  # making a failing history shorter takes minutes; remove this to have it done
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen
