"""Every state × every event × every side."""

from __future__ import annotations

from itertools import product

import pytest

from webapp.veiledning import rules
from webapp.veiledning.rules import HVEM, OVERGANGER, Handling, NotPossible, Stand


@pytest.mark.parametrize(("now", "handling", "who"), list(product(Stand, Handling, ("bruker", "ansatt", "leder"))))
def test_only_what_the_table_says_can_be_done(now: Stand, handling: Handling, who: str) -> None:
    allowed = (now, handling) in OVERGANGER and HVEM[handling] == who
    assert (handling in rules.possible(now, who)) == allowed
    if allowed:
        assert rules.after(now, handling, who) is OVERGANGER[now, handling]
    else:
        with pytest.raises(NotPossible):
            rules.after(now, handling, who)


def test_what_is_refused_or_ended_stays_so() -> None:
    for handling, who in product(Handling, ("bruker", "ansatt")):
        for over in (Stand.AVSLATT, Stand.AVSLUTTET):
            with pytest.raises(NotPossible):
                rules.after(over, handling, who)


def test_where_a_matter_stands_follows_from_what_is_written() -> None:
    assert rules.stand(utfall=None, avsluttet=False) is Stand.SOKT
    assert rules.stand(utfall="innvilget", avsluttet=False) is Stand.INNVILGET
    assert rules.stand(utfall="innvilget", avsluttet=True) is Stand.AVSLUTTET
    assert rules.stand(utfall="avslatt", avsluttet=False) is Stand.AVSLATT
