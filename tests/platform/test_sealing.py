"""Sealing: what is sealed opens in its own place with its own key, and nowhere else."""

from __future__ import annotations

import secrets
import unicodedata
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from tests.verden import Verden, finn
from webapp.config import MasterKey
from webapp.identitet import nokler, rules, segl, service
from webapp.identitet.models import Bruker, Datanokkel
from webapp.platform import database, kommune
from webapp.platform.sealing import Keyring, Place, Seal, SealBroken

PLACE = Place("svar", "verdi", 1, "a")


@given(st.text(alphabet=st.characters(), max_size=500))
def test_any_text_comes_back_as_it_was(words: str) -> None:
    seal = Seal(bytes(32))
    assert seal.open(seal.close(words, PLACE), PLACE) == words


def test_a_lone_surrogate_survives() -> None:
    seal = Seal(bytes(32))
    assert seal.open(seal.close("\ud800x", PLACE), PLACE) == "\ud800x"


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("svar", "verdi", 1, "b"),
        Place("svar", "verdi", 2, "a"),
        Place("svar", "annet", 1, "a"),
        Place("utkast", "verdi", 1, "a"),
    ],
)
def test_a_ciphertext_moved_to_another_place_does_not_open(elsewhere: Place) -> None:
    seal = Seal(secrets.token_bytes(32))
    with pytest.raises(SealBroken):
        seal.open(seal.close("hemmelig", PLACE), elsewhere)


def test_another_key_or_a_changed_byte_does_not_open() -> None:
    sealed = Seal(bytes(32)).close("hemmelig", PLACE)
    with pytest.raises(SealBroken):
        Seal(b"1" * 32).open(sealed, PLACE)
    with pytest.raises(SealBroken):
        Seal(bytes(32)).open(sealed[:-1] + bytes([sealed[-1] ^ 1]), PLACE)
    with pytest.raises(SealBroken):
        Seal(bytes(32)).open(b"", PLACE)


def test_the_same_text_never_looks_the_same_twice() -> None:
    seal = Seal(bytes(32))
    assert seal.close("ja", PLACE) != seal.close("ja", PLACE)


def test_master_keys_rotate_without_losing_anything() -> None:
    old, new = MasterKey("gammel", b"g" * 32), MasterKey("ny", b"n" * 32)
    owner = Place("datanokkel", "nokkel", 1, uuid4())
    seal, wrapped, name = Keyring((old,)).new_key(owner)
    sealed = seal.close("hei", PLACE)
    both = Keyring((new, old))
    again, new_name = both.rewrap(wrapped, name, owner)
    assert new_name == "ny"
    assert Keyring((new,)).unwrap(again, new_name, owner).open(sealed, PLACE) == "hei"
    with pytest.raises(SealBroken):
        Keyring((new,)).unwrap(wrapped, name, owner)


def test_a_code_made_before_the_rotation_is_still_found() -> None:
    old, new = MasterKey("gammel", b"g" * 32), MasterKey("ny", b"n" * 32)
    assert Keyring((old,)).pepper("kode", "ABCD") in Keyring((new, old)).peppers("kode", "ABCD")


def test_nothing_readable_about_a_bruker_is_in_the_database(app: Flask, verden: Verden) -> None:
    """That somebody is a bruker at all is confidential: no name, year or phone in any column of any table."""
    with database.engines().write.connect() as connection:
        for table in database.Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                shown = " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row)
                for secret in ("Amina", "Jonas", "Prøve", "1999", "00 00 00 11"):
                    assert secret not in shown, f"{secret} is readable in {table.name}"


def test_a_person_is_deleted_by_deleting_the_key(app: Flask, verden: Verden) -> None:
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    with database.reading() as db:
        assert db.get(Datanokkel, (verden.kommune_id, verden.amina)) is None
        assert db.get_one(Bruker, (verden.kommune_id, verden.amina)).profil == b""
        assert finn(db, verden.kommune_id, "Amina") == set()
    with pytest.raises(rules.NotHere):
        nokler.delete_bruker(verden.kommune_id, verden.amina)


def test_rotation_command_rewraps_everything_and_everything_still_opens(app: Flask, verden: Verden) -> None:
    old = kommune.keyring()
    app.extensions["medvirk.keyring"] = Keyring(
        (MasterKey("ny", b"n" * 32), *app.extensions["medvirk.settings"].master_keys)
    )
    changed = nokler.rotate_keys()
    assert changed == 2 + 3  # two kommuner, three brukere
    assert nokler.rotate_keys() == 0
    app.extensions["medvirk.keyring"] = Keyring((MasterKey("ny", b"n" * 32),))
    kommune._unwrapped.cache_clear()
    seal = verden.seal(verden.amina)
    assert service.person(verden.kommune_id, verden.amina, seal).profil.navn == "Amina Prøve"
    with database.reading() as db:
        assert finn(db, verden.kommune_id, "amina prøve") == {verden.amina}
        row = db.get_one(Datanokkel, (verden.kommune_id, verden.amina))
    with pytest.raises(SealBroken):
        old.unwrap(row.nokkel, row.hovednokkel, segl.key_place(verden.kommune_id, verden.amina))


def test_search_finds_whole_parts_in_any_order_and_stays_in_the_kommune(app: Flask, verden: Verden) -> None:
    with database.reading() as db:
        assert finn(db, verden.kommune_id, "PRØVE amina") == {verden.amina}
        assert finn(db, verden.kommune_id, "prøve") == {verden.amina, verden.jonas}
        assert finn(db, verden.kommune_id, "ami") == set()
        assert finn(db, verden.kommune_id, "") == set()
        assert finn(db, verden.kommune_id, "'; drop table bruker; --") == set()
        assert finn(db, verden.annen_kommune_id, "amina") == {verden.annen_bruker}


@pytest.mark.parametrize("registered", ["NFC", "NFD"])
@pytest.mark.parametrize("searched", ["NFC", "NFD"])
def test_a_name_is_found_however_its_letters_were_put_together(
    app: Flask, verden: Verden, registered: Literal["NFC", "NFD"], searched: Literal["NFC", "NFD"]
) -> None:
    """Pasted text may have «å» as «a» with a ring over it."""
    profil = service.Profil(unicodedata.normalize(registered, "Pål Åsen"), 1990)
    paal = service.register_bruker(verden.kommune_id, verden.nord, verden.kari, profil)
    with database.reading() as db:
        assert finn(db, verden.kommune_id, unicodedata.normalize(searched, "Pål")) == {paal}


def test_a_deleted_key_leaves_no_trace_in_the_file(app: Flask, verden: Verden) -> None:
    with database.reading() as db:
        if db.get_bind().dialect.name != "sqlite":
            pytest.skip("SQLite: secure_delete. PostgreSQL erases by vacuum, see docs/drift")
        wrapped = db.get_one(Datanokkel, (verden.kommune_id, verden.amina)).nokkel
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    with database.engines().write.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        path = Path(str(database.engines().write.url.database))
    assert wrapped not in path.read_bytes()
