"""The demo people: in the states they say, the same however often they are loaded, and refused outside demo mode."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select, update

from tests.conftest import NOON, running, settings_for
from tests.databaser import fresh_database
from tests.klient import Klient
from webapp import create_app
from webapp.config import Settings
from webapp.demo import last, steg, vei
from webapp.demo.kalender import Kalender
from webapp.demo.personer import ANSATTE, BRUKERE, KOMMUNER, KONTOR, Demobruker
from webapp.identitet import oppslag, segl, tildelinger
from webapp.identitet.models import Ansatt, Datanokkel
from webapp.innsyn import nytt
from webapp.innsyn import service as innsyn
from webapp.kartlegging import merknader, versjoner
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.skjema.validering import tolk
from webapp.klage import lesing as klager
from webapp.klage.models import Klage
from webapp.moter import lesing as moter
from webapp.moter import notat
from webapp.platform import audit, clock
from webapp.platform.database import reading, writing
from webapp.platform.dates import is_working_day, oslo, oslo_date
from webapp.platform.sealing import Seal
from webapp.schema import metadata
from webapp.varsel import rules as varselrules
from webapp.varsel.models import (
    Avgjorelse,
    Avgjorelsenadd,
    Uttalelse,
    Varsellukking,
    Varselonske,
    Varselsak,
    Varselsvar,
)
from webapp.veiledning import lesing as veiledning
from webapp.vilkar.models import Vilkarversjon, Vilkarvisning


@pytest.fixture(scope="class")
def loaded(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo people, loaded at noon, once for a class of tests that look and change nothing."""
    with (
        fresh_database(migrated, tmp_path_factory.mktemp("demo")) as url,
        running(settings_for(url)) as program,
    ):
        last.load()
        yield program


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with reading() as db:
        return {table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables}


def person(kode: str) -> tuple[int, UUID, Seal]:
    found = oppslag.bruker(kode)
    assert found is not None
    with reading() as db:
        key = db.get_one(Datanokkel, found)
    return *found, segl.unwrapped(*found, key.nokkel, key.hovednokkel)


def state(kode: str) -> Kartlegging:
    found = kartlegging.state(*person(kode)[:2])
    assert found is not None
    return found


@pytest.mark.en_gang
class TestCommand:
    """`flask demo`, and `demo --json` for programs."""

    def test_json_is_all_there_is_on_stdout(self, runner: FlaskCliRunner) -> None:
        done = runner.invoke(args=["demo", "--json"])
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert set(told) == {"brukere", "ansatte"}
        assert len(told["brukere"]) == 20
        assert all(set(one) == {"kode", "navn", "sprak", "tilstand"} for one in told["brukere"])
        assert all(set(one) == {"kode", "navn", "rolle"} for one in told["ansatte"])
        assert sorted(one["rolle"] for one in told["ansatte"]) == ["administrator", "leder", *["veileder"] * 4]
        assert len({one["kode"] for one in told["brukere"] + told["ansatte"]}) == 26
        assert runner.invoke(args=["demo", "--json"]).stdout == done.stdout

    def test_the_table_has_an_address_for_everybody(self, runner: FlaskCliRunner) -> None:
        done = runner.invoke(args=["demo"])
        assert done.exit_code == 0, done.output
        assert done.stdout.count("http://localhost/i/") == 20
        assert done.stdout.count("http://localhost/veileder/i/") == 6
        for one in (*BRUKERE, *ANSATTE):
            assert one.kode in done.stdout
        assert "█" in done.stdout
        assert "MEDVIRK_DEMO=1 MEDVIRK_ORIGIN=http://localhost .venv/bin/flask --app wsgi innlogg" in done.stdout

    def test_refused_outside_demo_mode(self, settings: Settings) -> None:
        program = create_app(dataclasses.replace(settings, demo=False))
        done = program.test_cli_runner().invoke(args=["demo", "--json"])
        program.extensions["medvirk.engines"].dispose()
        assert done.exit_code != 0
        assert "MEDVIRK_DEMO=1" in done.output


@pytest.mark.usefixtures("app")
class TestTwice:
    """Loading again changes nothing; what was interrupted is taken up again."""

    def test_the_same_rows_and_an_unbroken_chain(self) -> None:
        last.load()
        for nummer in KOMMUNER:
            kommune_id = last.kommune(nummer)
            assert kommune_id is not None
            assert not audit.verify(kommune_id)
        before = rows()
        with clock.frozen(NOON + timedelta(days=3)):
            assert last.load() == []
        assert rows() == before

    def test_interrupted_half_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Interrupted(Exception):
            pass

        walk = vei.Vei.walk
        walked: list[Any] = []

        def until_the_fifth(self: vei.Vei, road: tuple[steg.Steg, ...]) -> None:
            walked.append(road)
            walk(self, road[:2] if len(walked) == 5 else road)
            if len(walked) == 5:
                raise Interrupted

        monkeypatch.setattr(vei.Vei, "walk", until_the_fifth)
        with pytest.raises(Interrupted):
            last.load()
        assert oppslag.bruker(BRUKERE[4].kode) is None, "the half-loaded person left nothing behind"
        monkeypatch.setattr(vei.Vei, "walk", walk)
        assert last.load() == [one.kode for one in BRUKERE[4:]]
        assert all(oppslag.bruker(one.kode) for one in BRUKERE)

    @pytest.mark.en_gang
    def test_whoever_was_blocked_stays_blocked(self, runner: FlaskCliRunner) -> None:
        """Somebody tries blocking an ansatt, stops the program, and starts it again."""
        last.load()
        before = rows()
        with writing(unverified=True) as db:
            db.execute(update(Ansatt).where(Ansatt.kode == "demo-yusuf").values(aktiv=False))
        done = runner.invoke(args=["demo"])
        assert done.exit_code == 0, done.output
        assert "demo-yusuf" not in done.stdout
        assert {name: n for name, n in rows().items() if name in {"ansatt", "bruker", "kontor"}} == {
            name: before[name] for name in ("ansatt", "bruker", "kontor")
        }

    @pytest.mark.en_gang
    @pytest.mark.parametrize(
        ("blocked", "one"),
        [("demo-ingrid", "demo-leon"), ("demo-yusuf", "demo-nora"), ("demo-ingrid", "demo-mariam")],
    )
    def test_whose_ansatt_is_blocked_is_left_out(
        self, runner: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch, blocked: str, one: str
    ) -> None:
        """An upgrade brings somebody new, and an ansatt in their story was blocked before it. The others are loaded."""
        person = next(each for each in BRUKERE if each.kode == one)
        monkeypatch.setattr(last, "BRUKERE", tuple(each for each in BRUKERE if each is not person))
        assert len(last.load()) == len(BRUKERE) - 1
        with writing(unverified=True) as db:
            db.execute(update(Ansatt).where(Ansatt.kode == blocked).values(aktiv=False))
        monkeypatch.setattr(last, "BRUKERE", BRUKERE)
        done = runner.invoke(args=["demo"])
        assert done.exit_code == 0, done.output
        assert f"er sperret: {one}." in done.stdout
        assert oppslag.bruker(one) is None
        with writing(unverified=True) as db:
            db.execute(update(Ansatt).where(Ansatt.kode == blocked).values(aktiv=True))
        assert last.load() == [one]
        assert last.left_out() == []

    def test_whoever_was_deleted_stays_deleted(self, runner: FlaskCliRunner) -> None:
        assert len(last.load()) == 20
        assert runner.invoke(args=["slett-bruker", "demo-leon", "--bekreft"]).exit_code == 0
        told = json.loads(runner.invoke(args=["demo", "--json"]).stdout)
        assert len(told["brukere"]) == 19


class TestStates:
    """Each person shows what their state says."""

    @pytest.fixture(autouse=True)
    def _loaded(self, loaded: Flask) -> Iterator[None]:
        with loaded.test_request_context():
            yield

    def test_two_kommuner_three_kontor(self) -> None:
        assert (len(KOMMUNER), len(KONTOR), len(ANSATTE), len(BRUKERE)) == (2, 3, 6, 20)

    def test_everybody_is_marked_as_invented(self) -> None:
        assert all("demo" in one.navn for one in (*BRUKERE, *ANSATTE, *KONTOR))

    def test_invited_and_begun(self) -> None:
        assert kartlegging.state(*person("demo-leon")[:2]) is None
        assert len(kartlegging.all_answers(*person("demo-sunniva"))) == 6
        assert state("demo-sunniva").visning == "kort"

    def test_half(self) -> None:
        answers = kartlegging.all_answers(*person("demo-daniel"))
        assert 0.4 < len(answers) / len(list(SKJEMA.alle())) < 0.6
        assert sum(one.vil_ikke for one in answers.values()) == 3
        assert state("demo-daniel").levert is None

    def test_delivered_long_ago_with_nothing_after_it(self) -> None:
        """K8: both deadlines are over, and nothing has followed."""
        row, today = state("demo-torgeir"), oslo_date(NOON)
        assert row.samtale_frist is not None
        assert row.plan_frist is not None
        assert row.samtale_frist < row.plan_frist < today
        assert (row.samtale_holdt, row.plan_fulgt) == (None, None)
        assert row.lest is not None

    def test_reviewed(self) -> None:
        row = state("demo-nora")
        assert row.levert is not None
        assert row.samtale_holdt is not None
        assert row.plan_fulgt is not None
        over = moter.earlier(*person("demo-nora")).moter
        (shared,) = notat.shared(*person("demo-nora"), over[0].id)
        assert shared.kommentarer
        assert moter.coming(*person("demo-nora"))

    def test_somebody_else_gave_a_reason(self) -> None:
        found = innsyn.openings(*person("demo-nora"))
        visits = [one for _, group in found.dager for one in group]
        assert any(one.navn.startswith("Lisbeth") and one.grunner for one in visits)

    def test_due_for_mini(self) -> None:
        """K7: about a year later."""
        row = state("demo-kjetil")
        assert row.mini_frist is not None
        assert row.mini_frist <= oslo_date(NOON)
        assert row.samtale_holdt is not None

    def test_arabic(self) -> None:
        answers = kartlegging.all_answers(*person("demo-amal"))
        assert {one.sprak for one in answers.values()} == {"ar"}
        assert "خياطة" in str(answers["om-meg.viktig"].verdi)
        assert state("demo-amal").lest is None
        assert moter.coming(*person("demo-amal"))

    def test_helped_by_a_sister(self) -> None:
        """K1: who typed is with each answer, and in what was delivered."""
        answers = kartlegging.all_answers(*person("demo-henrik"))
        assert {one.skrevet_av for one in answers.values()} == {"hjelper", "bruker"}
        delivered = state("demo-henrik").siste_levering_id
        assert delivered is not None
        frozen = versjoner.read(*person("demo-henrik"), delivered)
        assert frozen.svar["om-meg.viktig"].skrevet_av == "hjelper"

    def test_transferred(self) -> None:
        """K9: what was told stays; the new veileder is responsible."""

        kommune_id, bruker_id, seal = person("demo-mariam")
        now, before = tildelinger.assignments(kommune_id, bruker_id)
        assert (now[1].kode, before[1].kode) == ("demo-ingrid", "demo-yusuf")
        assert before[0].til is not None
        assert now[0].grunn is not None
        assert "Yusuf" in seal.open(now[0].grunn, tildelinger.reason_place(now[0]))

    def test_two_texts(self) -> None:
        (waiting,) = kartlegging.two_texts(*person("demo-simen"), "bolig")
        assert waiting.sporsmal == "bolig.mer"

    def test_questions_wait(self) -> None:
        assert len(merknader.waiting(*person("demo-ida"))) == 2
        assert state("demo-ida").venter_svar == 2
        kommune_id, bruker_id, _ = person("demo-ida")
        assert [one.tekst for one in nytt.for_liste(kommune_id, [bruker_id])[bruker_id]] == ["Henvendelser: 1"]

    def test_two_versions_in_another_kommune(self) -> None:
        assert person("demo-olav")[0] != person("demo-ida")[0]
        versions = versjoner.versions(*person("demo-olav")[:2])
        assert [one.versjon for one in versions] == [2, 1]

    def test_matters_in_every_state(self) -> None:
        with reading() as db:
            matters, decided = set(db.scalars(select(Varselsak.tilstand))), set(db.scalars(select(Avgjorelse.utfall)))
            closed, wishes = db.scalar(select(func.count(Varsellukking.id))), set(db.scalars(select(Varselonske.slag)))
            spoken = db.scalar(select(func.count()).where(Uttalelse.muntlig_av.is_not(None)))
            answered = db.scalar(select(func.count(Varselsvar.id)))
        assert matters == {one.value for one in varselrules.Tilstand}
        assert decided == {"endret", "hjelp", "reduksjon"}
        assert (closed, spoken) == (1, 1)
        assert "samtale" in wishes
        assert answered

    def test_klager_and_guidance_beyond_the_first_answer(self) -> None:
        turid = klager.alle(*person("demo-turid"))
        assert [one.stand for one in turid] == ["delvis"]
        assert any(one.stand == "mottatt" for one in klager.alle(*person("demo-arvid")))
        ended, refused = sorted(veiledning.matters(*person("demo-turid")), key=lambda one: one.sokt)
        assert ended.vedtak is not None
        assert refused.vedtak is not None
        assert (ended.vedtak.innvilget, ended.slutt is not None) == (True, True)
        assert (refused.vedtak.innvilget, refused.slutt) == (False, None)

    @pytest.mark.parametrize("one", BRUKERE, ids=lambda one: one.kode)
    def test_everything_they_answered_is_a_valid_answer(self, one: Any) -> None:
        for sporsmal, answer in kartlegging.all_answers(*person(one.kode)).items():
            if not answer.vil_ikke:
                read = tolk(SKJEMA.sporsmal(sporsmal), answer.verdi)
                assert read.gyldig, f"{sporsmal}: {[str(problem) for problem in read.problemer]}"
                assert read.verdi, sporsmal

    def test_nothing_is_dated_ahead_of_now(self) -> None:
        with reading() as db:
            assert (db.scalar(select(func.max(audit.Hendelse.tid))) or NOON) <= NOON

    def test_meetings_to_come_are_on_working_days(self) -> None:
        for one in BRUKERE:
            for mote in moter.coming(*person(one.kode)):
                assert is_working_day(oslo_date(mote.nar))

    def test_pages_that_staff_opened_are_pages(self, loaded: Flask) -> None:
        """S1: what the log says was opened is there to open."""
        with reading() as db:
            opened = {
                row["side"]
                for row in db.scalars(select(audit.Hendelse.innhold).where(audit.Hendelse.type == "bruker_apnet"))
            }
        assert len(opened) >= 8
        assert opened <= set(loaded.view_functions)

    @pytest.mark.en_gang
    @pytest.mark.parametrize("kode", [one.kode for one in BRUKERE])
    def test_their_own_pages(self, loaded: Flask, kode: str) -> None:
        """What is held, as each of them sees it, whatever state they are in."""
        kommune_id, bruker_id, _ = person(kode)
        klient = Klient(loaded).logg_inn_bruker(kommune_id, bruker_id)
        for path in ("/innsyn/", "/innsyn/hendelser", "/innsyn/alt"):
            klient.get(path)
        told = klient.get("/innsyn/alt.json").get_json()
        assert told["person"]["kode"] == kode


def is_open(moment: datetime) -> bool:
    """Whether somebody can be at the office."""
    return is_working_day(oslo_date(moment)) and 7 <= oslo(moment).hour < 18


def assert_read_before_appealed() -> None:
    """Whoever complains about what was decided, or about a vilkår, has opened it."""
    opened = {
        "reduksjon": select(Avgjorelsenadd.laget).where(
            Avgjorelsenadd.sak_id == Klage.mal_id, Avgjorelsenadd.hvordan == "apnet", Avgjorelsenadd.laget < Klage.laget
        ),
        "vilkar": select(Vilkarvisning.vist)
        .join(Vilkarversjon, Vilkarversjon.id == Vilkarvisning.vilkarversjon_id)
        .where(Vilkarversjon.vilkar_id == Klage.mal_id, Vilkarvisning.vist < Klage.laget),
    }
    with reading() as db:
        assert set(db.scalars(select(Klage.mal_type))) == set(opened)
        for slag, before in opened.items():
            assert db.scalars(select(Klage.id).where(Klage.mal_type == slag, ~before.exists())).all() == [], slag


@pytest.mark.parametrize(
    "moment",
    [
        # A Sunday in a row of holidays
        pytest.param(datetime(2026, 12, 27, 22, 30, tzinfo=UTC), id="jul", marks=pytest.mark.en_gang),
        # Easter Monday, the night the clock changed
        pytest.param(datetime(2027, 3, 29, 1, 0, tzinfo=UTC), id="paske"),
        # Long before it opens, after a weekend
        pytest.param(datetime(2026, 11, 30, 1, 0, tzinfo=UTC), id="mandag", marks=pytest.mark.en_gang),
        # Saturday night
        pytest.param(datetime(2026, 12, 5, 22, 21, tzinfo=UTC), id="lordag", marks=pytest.mark.en_gang),
        pytest.param(datetime(2028, 2, 29, 11, 0, tzinfo=UTC), id="skuddar", marks=pytest.mark.en_gang),
    ],
)
def test_loads_on_any_day(app: Flask, moment: datetime) -> None:
    with clock.frozen(moment), app.test_request_context():
        assert len(last.load()) == 20
        assert kartlegging.state(*person("demo-nora")[:2]).samtale_holdt  # type: ignore[union-attr] # None fails the test too
        with reading() as db:
            assert (db.scalar(select(func.max(audit.Hendelse.tid))) or moment) <= moment
            office = select(audit.Hendelse.tid, audit.Hendelse.type).where(audit.Hendelse.aktor_type == "ansatt")
            assert [(tid, what) for tid, what in db.execute(office) if not is_open(tid)] == []
        assert_read_before_appealed()
        for one in BRUKERE:
            assert all(mote.nar > moment for mote in moter.coming(*person(one.kode)))


@pytest.mark.parametrize("one", BRUKERE, ids=lambda one: one.kode)
def test_roads_are_told_in_order(one: Demobruker) -> None:
    """Each step is before the next one, so that only weekends and holidays move any."""
    when = [(step.dag, step.kl) for step in one.vei]
    assert when == sorted(set(when))
    assert (one.registrert, "08:30") < when[0]


def test_the_calendar_counts_in_norway(app: Flask) -> None:
    """23:30 UTC on the 24th is the 25th in Oslo."""
    with clock.frozen(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)):
        calendar = Kalender()
    assert calendar.today.day == 25
    assert calendar.at(-3, "09:00") == datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert calendar.at(-3, "09:00", office=True) == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert calendar.at(3, "09:00", office=True) == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
