"""The same form sent twice at the same moment, as a double tap does: done once, and no error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from tests.verden import Verden
from webapp.identitet import service
from webapp.identitet.service import Profil
from webapp.platform.audit import SYSTEM, Hendelse
from webapp.platform.database import reading


def test_a_profile_saved_twice_at_once_is_saved_once(app: Flask, verden: Verden) -> None:
    """And it stands once in the log: what changed is found out with the row held."""
    seal = verden.seal(verden.amina)
    for attempt in range(5):
        ready = Barrier(4)

        def save(name: str, ready: Barrier = ready) -> None:
            with app.app_context():
                ready.wait()
                profil = Profil(name, 1999)
                service.change_profile(verden.kommune_id, verden.amina, seal, profil, sprak="nb", by=SYSTEM)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(save, [f"Amina Ny {attempt}"] * 4))
    with reading() as db:
        mine = (Hendelse.bruker_id == verden.amina, Hendelse.type == "bruker_endret")
        assert db.scalar(select(func.count()).select_from(Hendelse).where(*mine)) == 5
    assert service.person(verden.kommune_id, verden.amina, seal).profil.navn == "Amina Ny 4"
