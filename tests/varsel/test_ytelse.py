"""U8: the vedtak that a reduction names is about the benefit that the vilkår is about."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import ids
from webapp.varsel.avgjore import Faults
from webapp.varsel.rules import Feil
from webapp.vilkar import vedtak as vedtakene


def et(verden: Verden, like: UUID, **changed: str) -> UUID:
    fakta = vedtakene.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), like).fakta
    new = replace(fakta, **changed)  # type: ignore[arg-type]
    return vedtakene.register(verk.kari(verden), verk.sak(verden), ids.new_id(), new)


def test_a_vedtak_about_something_else_reduces_nothing(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    right = verk.vedtak(verden, NOON.date())
    for changed in ({"ytelse": "bolig"}, {"ytelse": "tjeneste", "hjemmel": "rad"}, {"hjemmel": "rad"}):
        with pytest.raises(Faults) as refused:
            verk.avgjor(verden, sak_id, verk.reduksjon(et(verden, right, **changed)))
        assert Feil.VEDTAK_MANGLER in refused.value.feil
    verk.avgjor(verden, sak_id, verk.reduksjon(et(verden, right, hjemmel="livsopphold")))
