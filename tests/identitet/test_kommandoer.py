"""Commands for operators: clear sentences, exit status 1 for what is not there, one address that gets one in."""

from __future__ import annotations

from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, select

from tests.klient import Klient
from tests.verden import Verden, finn
from webapp.identitet import navnesok, nokler, oppslag, service
from webapp.identitet.models import Datanokkel, Navnedel
from webapp.identitet.service import Profil
from webapp.platform import kommune
from webapp.platform.audit import Hendelse, verify
from webapp.platform.database import reading, writing


def run(app: Flask, *words: str) -> Result:
    """One command."""
    return app.test_cli_runner().invoke(args=list(words))


def test_a_new_kommune_with_everything(app: Flask) -> None:
    made = run(app, "opprett-kommune", "9903", "Nyvik", "--kontor", "Nyvik kontor", "--telefon", "00 00 00 09")
    assert made.exit_code == 0, made.output
    made = run(
        app,
        "opprett-ansatt",
        "--kontor",
        "Nyvik kontor",
        "--navn",
        "Ada Ny",
        "--rolle",
        "administrator",
        "--kode",
        "ada",
    )
    assert made.exit_code == 0, made.output
    address = made.output.strip().splitlines()[-1]
    assert address.startswith("http://localhost/veileder/i/")
    assert "Ada Ny" in Klient(app).get(address.removeprefix("http://localhost")).text
    assert oppslag.ansatt("ada") is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("opprett-kommune", "99", "X"), "fire siffer"),
        (("opprett-kommune", "٩٩٠١", "X"), "fire siffer"),
        (("opprett-kommune", "9901", "X"), "finnes allerede"),
        (("opprett-kommune", "9909", " "), "tegn"),
        (("opprett-kommune", "9909", "x" * 101), "tegn"),
        (("opprett-ansatt", "--kontor", "Ingen", "--navn", "A", "--rolle", "leder"), "ikke noe kontor"),
        (("opprett-ansatt", "--kontor", "Testvik nord", "--navn", "", "--rolle", "leder"), "tegn"),
        (("opprett-ansatt", "--kontor", "Testvik nord", "--navn", "A", "--rolle", "leder", "--kode", "kari"), "i bruk"),
        (("innloggingslenke", "--bruker", "finnes-ikke"), "ingen bruker"),
        (("innloggingslenke", "--ansatt", "finnes-ikke"), "ingen ansatt"),
        (("innloggingslenke", "--ansatt", "amina"), "ingen ansatt"),
        (("slett-bruker", "finnes-ikke", "--bekreft"), "ingen bruker"),
        (("slett-bruker", "amina"), "--bekreft"),
    ],
)
def test_what_is_wrong_is_one_sentence(app: Flask, verden: Verden, words: tuple[str, ...], said: str) -> None:
    result = run(app, *words)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_usage(app: Flask, verden: Verden) -> None:
    assert run(app, "innloggingslenke").exit_code == 2
    assert run(app, "innloggingslenke", "--bruker", "amina", "--ansatt", "kari").exit_code == 2
    wrong_role = run(app, "opprett-ansatt", "--kontor", "Testvik nord", "--navn", "A", "--rolle", "konge")
    assert wrong_role.exit_code == 2


def test_the_same_kontor_name_in_two_kommuner(app: Flask, verden: Verden) -> None:
    service.create_kontor(verden.annen_kommune_id, "Testvik nord", "")
    words = ("opprett-ansatt", "--kontor", "Testvik nord", "--navn", "A", "--rolle", "leder")
    assert "--kommune" in run(app, *words).output
    assert run(app, *words, "--kommune", "9902").exit_code == 0


@pytest.mark.parametrize(("who", "kode", "door"), [("--bruker", "amina", ""), ("--ansatt", "kari", "/veileder")])
def test_the_link_gets_one_in_once(app: Flask, verden: Verden, who: str, kode: str, door: str) -> None:
    result = run(app, "innloggingslenke", who, kode)
    assert result.exit_code == 0, result.output
    address = result.output.strip()
    assert len(result.output.splitlines()) == 1
    path = address.removeprefix("http://localhost")
    assert path.startswith(f"{door}/i/")
    klient = Klient(app)
    klient.post(path)
    klient.token = ""
    klient.get("/mer" if not door else "/veileder/palogginger")
    Klient(app).get(path, 410)


def test_delete(app: Flask, verden: Verden, bruker: Klient) -> None:
    assert run(app, "slett-bruker", "amina", "--bekreft").exit_code == 0
    bruker.get("/mer", 303)
    with reading() as db:
        assert db.get(Datanokkel, (verden.kommune_id, verden.amina)) is None
    assert verify(verden.kommune_id) == []
    assert run(app, "innloggingslenke", "--bruker", "amina").exit_code == 1
    assert run(app, "slett-bruker", "amina", "--bekreft").exit_code == 1


def test_rotate(app: Flask, verden: Verden) -> None:
    result = run(app, "roter-nokkel")
    assert result.exit_code == 0
    with reading() as db:
        rows = db.scalars(select(Hendelse).where(Hendelse.type == "nokler_rotert")).all()
        assert {row.kommune_id for row in rows} == {verden.kommune_id, verden.annen_kommune_id}
    assert verify(verden.kommune_id) == []


def _index_as(kommune_id: int, bruker_id: UUID, *parts: str) -> None:
    """The index as an earlier version could have made it."""
    with writing(unverified=True) as db:
        seal = kommune.seal_of(db, kommune_id)
        db.execute(delete(Navnedel).where(Navnedel.kommune_id == kommune_id, Navnedel.bruker_id == bruker_id))
        for part in parts:
            db.add(Navnedel(kommune_id=kommune_id, hash=seal.fingerprint("navn", part), bruker_id=bruker_id))


@pytest.mark.parametrize("batch", [1, 500])
def test_names_that_were_indexed_otherwise_before_are_found(app: Flask, verden: Verden, batch: int) -> None:
    """«Pål» in letters that were taken apart was indexed as «pal»."""
    k, k2 = verden.kommune_id, verden.annen_kommune_id
    pal = service.register_bruker(k, verden.nord, verden.kari, Profil("Pa\u030al Prøve"))
    nokler.delete_bruker(k, verden.jonas)
    _index_as(k, pal, "pal", "prøve")
    _index_as(k2, verden.annen_bruker)
    with reading() as db:
        assert finn(db, k, "Pål") == set()
    assert navnesok.index_anew(batch) == 2
    with reading() as db:
        assert finn(db, k, "Pål Prøve") == {pal}
        assert finn(db, k, "pal") == finn(db, k, "Jonas") == set()
        assert finn(db, k, "Amina Prøve") == {verden.amina}
        assert finn(db, k2, "Amina Annen") == {verden.annen_bruker}
    assert navnesok.index_anew(batch) == 0


def test_index_names(app: Flask, verden: Verden) -> None:
    _index_as(verden.kommune_id, verden.amina, "feil")
    for said in ("Navnet til 1 bruker er indeksert på nytt.\n", "Navnet til 0 brukere er indeksert på nytt.\n"):
        done = run(app, "indekser-navn")
        assert (done.exit_code, done.output) == (0, said)
