"""The plan in the database: agreed only together, every version kept, the second clock of K8 stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever
from tests.plan.planer import FRIST, amina, avtalt, foreslatt, forslag, i_tilstand, nav, plan, steg
from tests.sporringer import count
from tests.verden import Verden
from webapp.kartlegging import service as kartlegging
from webapp.plan import historie, mal, rules, service, versjoner
from webapp.plan.models import Aktivitet, Planhendelse, Planversjon
from webapp.plan.rules import Changed, Handling, Missing, NotPossible, Rolle, Tilstand
from webapp.platform import audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Seal
from webapp.schema import metadata


def key(verden: Verden) -> tuple[int, UUID, Seal]:
    return verden.kommune_id, verden.amina, verden.seal(verden.amina)


def test_p1_it_is_agreed_when_both_have_said_yes(verden: Verden) -> None:
    for first, other in ((amina(verden), nav(verden)), (nav(verden), amina(verden))):
        steg_id = service.propose(first, ids.new_id(), forslag())
        assert steg(verden, steg_id).tilstand in {Tilstand.FORESLATT_BRUKER, Tilstand.FORESLATT_NAV}
        with pytest.raises(NotPossible):
            service.act(first, steg_id, Handling.JA, 1)  # one cannot agree with oneself
        service.act(other, steg_id, Handling.JA, 1)
        assert steg(verden, steg_id).tilstand is Tilstand.AVTALT
    assert plan(verden).evaluering == (NOON + rules.EVALUERES_ETTER).date()  # P2: always set
    assert not audit.verify(verden.kommune_id)


def test_a_yes_to_a_text_that_was_changed_meanwhile_is_none(verden: Verden) -> None:
    steg_id = foreslatt(verden)
    service.act(nav(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("Møte klokka sju hver dag"))
    with pytest.raises(Changed):
        service.act(amina(verden), steg_id, Handling.JA, 1)
    assert steg(verden, steg_id).tilstand is Tilstand.FORESLATT_NAV
    service.act(amina(verden), steg_id, Handling.JA, 2)
    assert steg(verden, steg_id).forslag.hva == "Møte klokka sju hver dag"


def test_p2_without_a_day_it_can_be_proposed_but_not_agreed_on(verden: Verden) -> None:
    steg_id = foreslatt(verden, "bruker", forslag("Begynne å trene", frist=None))
    with pytest.raises(Missing):
        service.act(nav(verden), steg_id, Handling.JA, 1)
    service.act(nav(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("Begynne å trene"))
    service.act(amina(verden), steg_id, Handling.JA, 2)
    assert steg(verden, steg_id).tilstand is Tilstand.AVTALT


@pytest.mark.parametrize("tilstand", list(Tilstand))
def test_every_state_can_come_about(verden: Verden, tilstand: Tilstand) -> None:
    assert steg(verden, i_tilstand(verden, tilstand)).tilstand is tilstand


@pytest.mark.parametrize(
    "values",
    [
        {"tilstand": "avtalt"},
        {"tilstand": "avtalt", "ja_bruker_versjon": 1, "frist": None},
        {"tilstand": "pause", "ja_nav_versjon": None, "ja_bruker_versjon": 1},
        {"tilstand": "gjort", "ja_bruker_versjon": 1, "versjon": 2},
        {"tilstand": "foreslatt_bruker"},
        {"ja_nav_versjon": None},
        {"start": FRIST + timedelta(days=1)},
        {"tilstand": "tull"},
        {"ansvar": "naboen"},
        {"hvor_ofte": "aldri"},
        {"versjon": 0},
    ],
)
def test_the_database_itself_refuses_what_nobody_agreed_on(verden: Verden, values: dict[str, object]) -> None:
    steg_id = foreslatt(verden)
    with pytest.raises(DBAPIError), writing(unverified=True) as db:
        db.execute(update(Aktivitet).where(Aktivitet.id == steg_id).values(**values))


@pytest.mark.parametrize("table", ["planhendelse", "planversjon", "plankjennskap"])
def test_what_was_is_not_changed(verden: Verden, table: str) -> None:
    avtalt(verden)
    service.confirm(amina(verden), 1)
    rows = metadata.tables[table]
    for statement in (rows.delete(), rows.update().values(kommune_id=rows.c.kommune_id)):
        with pytest.raises(DBAPIError), writing(unverified=True) as db:
            db.execute(statement)


def test_sent_twice_is_done_once(verden: Verden) -> None:
    nokkel = ids.new_id()
    for _ in range(2):
        assert service.propose(nav(verden), nokkel, forslag()) == nokkel
    told = ids.new_id()
    for _ in range(2):
        service.act(amina(verden), nokkel, Handling.KOMMENTER, 1, nokkel=told, ord="Hei")
    with reading() as db:
        assert sorted(db.scalars(select(Planhendelse.hva))) == ["foresla", "kommenter"]
    other = service.propose(nav(verden, verden.jonas), nokkel, forslag())  # the key of somebody else's step
    assert other != nokkel


def test_nobody_reaches_another_brukers_step(verden: Verden) -> None:
    steg_id = foreslatt(verden)
    with pytest.raises(service.NotHere):
        service.act(amina(verden, verden.jonas), steg_id, Handling.JA, 1)
    with pytest.raises(service.NotHere):
        service.propose(amina(verden, verden.jonas), ids.new_id(), forslag(mal_id=ids.new_id()))
    goal = mal.add(amina(verden), ids.new_id(), "Få jobb")
    with pytest.raises(service.NotHere):
        service.propose(amina(verden, verden.jonas), ids.new_id(), forslag(mal_id=goal))
    with pytest.raises(service.NotHere):
        mal.change(amina(verden, verden.jonas), goal, tilstand="nadd", nokkel=ids.new_id())


def test_p3_the_words_before_are_kept(verden: Verden) -> None:
    steg_id = avtalt(verden, forslag("Gå på kurs mandager"))
    with clock.frozen(NOON + timedelta(days=1)):
        service.act(amina(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("Gå på kurs tirsdager"), ord="Barnehage")
    assert steg(verden, steg_id).tilstand is Tilstand.FORESLATT_BRUKER  # a change of what is agreed is a proposal
    lines = historie.history(*key(verden), aktivitet_id=steg_id).linjer
    assert [line.hva for line in lines] == ["endre", "ja", "foresla"]
    assert lines[0].forslag_for is not None
    assert lines[0].forslag is not None
    assert (lines[0].forslag_for.hva, lines[0].forslag.hva) == ("Gå på kurs mandager", "Gå på kurs tirsdager")
    assert lines[0].ord == "Barnehage"
    assert lines[2].navn == "Kari Test"


def test_p4_what_was_valid_on_any_day(verden: Verden) -> None:
    first = avtalt(verden, forslag("Første"))
    with clock.frozen(NOON + timedelta(days=3)):
        avtalt(verden, forslag("Andre", frist=date(2027, 1, 5)))
    with clock.frozen(NOON + timedelta(days=6)):
        service.act(amina(verden), first, Handling.IKKE_NYTTIG, 1, ord="Passet ikke")
        assert plan(verden).versjon == 3

    def valid(days: int) -> list[str] | None:
        found = versjoner.on_day(*key(verden), (NOON + timedelta(days=days)).date())
        return sorted(one.forslag.hva for one in found.steg.values()) if found else None

    assert [valid(n) for n in (-1, 0, 2, 3, 5, 6, 60)] == [
        None,
        ["Første"],
        ["Første"],
        ["Andre", "Første"],
        ["Andre", "Første"],
        ["Andre"],
        ["Andre"],
    ]


def test_the_day_ends_at_midnight_in_oslo(verden: Verden) -> None:
    with clock.frozen(NOON.replace(hour=22, minute=59)):  # 23:59 on a wall in Oslo
        avtalt(verden, forslag("Før midnatt"))
    with clock.frozen(NOON.replace(hour=23, minute=1)):
        avtalt(verden, forslag("Etter midnatt"))
    today = versjoner.on_day(*key(verden), NOON.date())
    assert today is not None
    assert [one.forslag.hva for one in today.steg.values()] == ["Før midnatt"]


def test_p4_the_bruker_confirms_and_sees_what_changed_since(verden: Verden) -> None:
    steg_id = avtalt(verden, forslag("Gå på kurs"))
    service.confirm(amina(verden), 1)
    service.confirm(amina(verden), 1)  # said twice, it stands once
    assert plan(verden).kjent == 1
    service.set_evaluation(nav(verden), date(2027, 3, 1))
    service.act(amina(verden), steg_id, Handling.PAUSE, 1, ord="Syk")
    avtalt(verden, forslag("Ny ting"))
    mal.add(amina(verden), ids.new_id(), "Bli frisk")
    with pytest.raises(Changed):
        service.confirm(amina(verden), 1)
    found = versjoner.numbered(*key(verden), {1, plan(verden).versjon})
    changes = versjoner.differences(found[1], found[plan(verden).versjon])
    assert sorted((one.slag, one.felt) for one in changes) == [
        ("endret", ("tilstand",)),
        ("evaluering", ()),
        ("mal_nytt", ()),
        ("nytt", ()),
    ]
    service.confirm(amina(verden), plan(verden).versjon)
    assert set(versjoner.known_since(verden.kommune_id, verden.amina)) == {1, plan(verden).versjon}


def test_no_new_version_when_nothing_agreed_has_changed(verden: Verden) -> None:
    steg_id = avtalt(verden)
    foreslatt(verden)
    service.act(amina(verden), steg_id, Handling.KOMMENTER, 1, ord="Fint")
    assert plan(verden).versjon == 1


def test_k8_an_agreed_step_after_a_delivery_stops_the_second_clock(verden: Verden) -> None:
    avtalt(verden)
    assert kartlegging.state(verden.kommune_id, verden.amina) is None or not plan_fulgt(verden)
    lever(verden)
    steg_id = foreslatt(verden, "bruker")
    assert plan_fulgt(verden) is None  # a proposal is not a step
    with clock.frozen(NOON + timedelta(days=2)):
        service.act(nav(verden), steg_id, Handling.JA, 1)
    assert plan_fulgt(verden) == NOON + timedelta(days=2)
    with clock.frozen(NOON + timedelta(days=4)):
        avtalt(verden)
    assert plan_fulgt(verden) == NOON + timedelta(days=2)  # the first one counts


def plan_fulgt(verden: Verden) -> object:
    state = kartlegging.state(verden.kommune_id, verden.amina)
    return state.plan_fulgt if state else None


def test_goals_are_the_brukers_own(verden: Verden) -> None:
    goal = mal.add(amina(verden), ids.new_id(), "أريد عملاً")
    under = mal.add(amina(verden), ids.new_id(), "Lage CV", over=goal)
    with pytest.raises(service.NotHere):
        mal.add(amina(verden), ids.new_id(), "For dypt", over=under)
    nokkel = ids.new_id()
    for _ in range(2):
        mal.change(amina(verden), goal, tilstand="nadd", nokkel=nokkel)
    mal.change(amina(verden), under, text="Lage en god CV", nokkel=ids.new_id())
    assert [(one.tekst, one.tilstand) for one in plan(verden).mal] == [
        ("أريد عملاً", "nadd"),
        ("Lage en god CV", "gjelder"),
    ]
    assert len(historie.history(*key(verden)).linjer) == 4


def test_reading_takes_three_queries_whatever_there_is(app: Flask, verden: Verden) -> None:
    avtalt(verden)
    seal = verden.seal(verden.amina)
    with count(app) as few:
        service.read(verden.kommune_id, verden.amina, seal)
    for n in range(12):
        i_tilstand(verden, list(Tilstand)[n % len(Tilstand)])
        mal.add(amina(verden), ids.new_id(), f"Mål {n}")
    with count(app) as many:
        service.read(verden.kommune_id, verden.amina, seal)
    assert len(many) == len(few) == 3


def test_words_are_sealed(verden: Verden) -> None:
    avtalt(verden, forslag("Time hos lege", hvorfor="Vondt i ryggen", ansvar="helse", katalog="behandling"))
    service.confirm(amina(verden), 1)
    with reading() as db:
        rows = [
            *db.execute(select(Aktivitet.__table__)).all(),
            *db.execute(select(Planhendelse.__table__)).all(),
            *db.execute(select(Planversjon.__table__)).all(),
        ]
    stored = repr(rows)
    for secret in ("lege", "rygg", "helse", "behandling"):
        assert secret not in stored


acts = st.lists(
    st.tuples(
        st.sampled_from(list(Handling)),
        st.sampled_from(list(Rolle)),
        st.booleans(),  # has read the present text
        st.booleans(),  # with a day
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_p1_holds_in_the_database_through_random_histories(
    verden: Verden, acts: list[tuple[Handling, Rolle, bool, bool]]
) -> None:
    steg_id = foreslatt(verden)
    yes = {Rolle.NAV: {1}, Rolle.BRUKER: set()}
    for handling, rolle, has_read, dated in acts:
        part = nav(verden) if rolle is Rolle.NAV else amina(verden)
        now = steg(verden, steg_id)
        what = replace(forslag("Nytt"), frist=FRIST if dated else None) if handling is Handling.ENDRE else None
        try:
            service.act(part, steg_id, handling, now.stand.versjon - (not has_read), ord="x", forslag=what)
        except (NotPossible, Changed, Missing):
            assert steg(verden, steg_id) == now
            continue
        if handling in {Handling.JA, Handling.ENDRE, Handling.GJENAPNE}:
            yes[rolle].add(steg(verden, steg_id).stand.versjon)
        after = steg(verden, steg_id)
        if after.tilstand is Tilstand.AVTALT:
            assert after.stand.versjon in yes[Rolle.NAV] & yes[Rolle.BRUKER]
            assert after.forslag.frist is not None
            valid = versjoner.on_day(*key(verden), NOON.date())
            assert valid is not None
            assert str(steg_id) in valid.steg


def test_a_yes_and_a_change_at_once_never_agree_on_what_was_not_read(app: Flask, verden: Verden) -> None:
    """P1, on two servers at once: either the yes came first, and the change is a new proposal, or it is turned away."""
    steg_id = foreslatt(verden)

    def bruker() -> None:
        service.act(amina(verden), steg_id, Handling.JA, 1)

    def ansatt() -> None:
        service.act(nav(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("Noe helt annet"))

    def run(what: Callable[[], None]) -> Exception | None:
        with app.app_context(), clock.frozen(NOON):
            try:
                what()
            except (Changed, NotPossible) as turned_away:
                return turned_away
        return None

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, [bruker, ansatt]))
    assert answers[1] is None
    now = steg(verden, steg_id)
    assert (now.tilstand, now.stand.versjon, now.forslag.hva) == (Tilstand.FORESLATT_NAV, 2, "Noe helt annet")
    assert not now.stand.enige


def test_the_same_form_sent_four_times_at_once_is_one_step_and_one_plan(app: Flask, verden: Verden) -> None:
    nokkel, told = ids.new_id(), ids.new_id()

    def send(_: int) -> UUID:
        with app.app_context(), clock.frozen(NOON):
            made = service.propose(amina(verden), nokkel, forslag())
            service.act(nav(verden), made, Handling.KOMMENTER, 1, nokkel=told, ord="Hei")
            return made

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {nokkel}
    with reading() as db:
        assert sorted(db.scalars(select(Planhendelse.hva))) == ["foresla", "kommenter"]


def test_a_plan_that_is_full_says_so(verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_STEPS", 2)
    monkeypatch.setattr(mal, "MOST_GOALS", 2)
    for n in range(2):
        foreslatt(verden)
        mal.add(amina(verden), ids.new_id(), f"Mål {n}")
    with pytest.raises(service.Full):
        foreslatt(verden)
    with pytest.raises(service.Full):
        mal.add(amina(verden), ids.new_id(), "Enda et")


def test_not_a_word_lies_outside_the_seal(verden: Verden) -> None:
    """So that deleting the data key deletes the plan."""
    avtalt(verden, forslag("Hemmelig sted"))
    mal.add(amina(verden), ids.new_id(), "Hemmelig mål")
    with reading() as db:
        stored = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for table in ("plan", "mal", "aktivitet", "planhendelse", "planversjon", "plankjennskap")
            for row in db.execute(metadata.tables[table].select())
            for value in row
        )
    assert b"Hemmelig" not in stored
