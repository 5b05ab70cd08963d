"""Which vedtak can carry which vilkår: the benefit and the legal basis (V2, V3)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.plan.test_vilkar import SKJEMA, skjult
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from webapp.platform import ids
from webapp.platform.database import reading
from webapp.vilkar import passer, service, vedtak
from webapp.vilkar.forms import VEDTAKSHJEMLER
from webapp.vilkar.models import Vilkar
from webapp.vilkar.passer import Feil
from webapp.vilkar.tekst import YTELSER

SLAG = ("aktivitet", "okonomi", "dokumentasjon")


@pytest.mark.parametrize(("slag", "hjemmel", "ytelse"), list(product(SLAG, VEDTAKSHJEMLER, YTELSER)))
@pytest.mark.parametrize("before", [None, "livsopphold", "bolig"])
def test_every_kind_on_every_vedtak(slag: str, hjemmel: str, ytelse: str, before: str | None) -> None:
    found = passer.fault(slag, hjemmel, ytelse, before)
    money = ytelse != "tjeneste" and hjemmel != "rad"
    fits = (
        slag == "dokumentasjon"
        or (money and not (slag == "okonomi" and hjemmel == "aktivitet") and before in (None, ytelse))
    )  # fmt: skip
    assert (found is None) == fits
    assert found is None or found in passer.TEKST


def et(verden: Verden, **more: str) -> UUID:
    """A vedtak like the others but for ``more``."""
    first = vedtatt(verden)
    fakta = vedtak.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), first).fakta
    return vedtak.register(kari(verden), sak(verden), ids.new_id(), replace(fakta, **more))  # type: ignore[arg-type]


def test_a_change_stays_with_its_benefit(verden: Verden) -> None:
    vilkar_id = satt(verden)
    for more, wanted in (
        ({"ytelse": "bolig"}, Feil.ANNEN_YTELSE),
        ({"ytelse": "tjeneste", "hjemmel": "rad"}, Feil.TJENESTE),
    ):
        with pytest.raises(service.VedtakDoesNotFit) as refused:
            service.change(kari(verden), sak(verden), vilkar_id, 1, et(verden, **more), innhold(), FRIST)
        assert refused.value.hva is wanted
    # Another section about the same money is fine: § 18 says what is paid, §§ 20 and 20 a what is asked for.
    assert service.change(kari(verden), sak(verden), vilkar_id, 1, et(verden, hjemmel="vilkar"), innhold(), FRIST) == 2


def test_it_is_said_at_the_field_and_nothing_is_lost(veileder: Klient, verden: Verden) -> None:
    vilkar_id, guidance = satt(verden), str(et(verden, ytelse="tjeneste", hjemmel="rad"))
    other = str(et(verden, ytelse="bolig"))
    start = f"/veileder/bruker/{verden.amina}/vilkar"
    for path, vedtak_id, said in (
        (f"{start}/nytt/kurs", guidance, "Vedtaket gir en tjeneste og ingen penger."),
        (f"{start}/{vilkar_id}/endre", other, "Vedtaket gjelder en annen ytelse enn vilkåret."),
    ):
        sent = {**SKJEMA, "vedtak_id": vedtak_id, "steg": "vis", "versjon": "1"}
        page = veileder.post(path, sent, status=200).text
        seen = {name: skjult(page, name) for name in ("nokkel", "vist", "sett_rad")}
        page = veileder.post(path, {**sent, **seen, "steg": "sett", "grunn": "Riktig her"}, status=422).text
        assert said in page
        assert "Du vil jobbe i butikk." in page
    with reading() as db:
        assert [one.versjon for one in db.scalars(select(Vilkar))] == [1]
