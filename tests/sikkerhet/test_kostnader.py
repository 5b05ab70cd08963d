"""What costs the server much is bounded: nobody can keep it busy for everybody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from flask import g

from tests.klient import Klient
from tests.moter.avtaler import holdt, kari, sak
from tests.verden import Verden
from webapp.kartlegging import levering, service
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.sammenligning import Art, compare, diff
from webapp.kartlegging.skjema import SKJEMA, Type
from webapp.kartlegging.versjoner import LevertSvar
from webapp.moter import notat
from webapp.moter.notat import TILTAK
from webapp.platform import access, pdf

SIGNS = [chr(point) for point in range(0x2000, 0x30000) if unicodedata.category(chr(point)) in {"So", "Sm", "Co"}]


def interleaved(count: int) -> tuple[str, str]:
    """Two texts with every other sign in common, in the same order: as many pieces as there can be."""
    common, one, other = SIGNS[:count], SIGNS[count : 2 * count], SIGNS[2 * count : 3 * count]
    return "".join(map("".join, zip(common, one, strict=True))), "".join(map("".join, zip(common, other, strict=True)))


def repeated(count: int) -> tuple[str, str]:
    """The same, with few different signs in common: each is looked for in many places."""
    common, one, other = SIGNS[:20] * (count // 20), SIGNS[count : 2 * count], SIGNS[2 * count : 3 * count]
    return "".join(map("".join, zip(common, one, strict=True))), "".join(map("".join, zip(common, other, strict=True)))


@pytest.mark.parametrize("made", [interleaved, repeated])
def test_texts_made_to_be_slow_are_compared_at_once(made: Callable[[int], tuple[str, str]]) -> None:
    old, new = made(4000)
    pieces = list(diff(old, new))
    assert len(pieces) == 2, "given up word by word (8,000 pieces), and told as a whole"
    assert "".join(one.tekst for one in pieces if one.art is not Art.LAGT_TIL) == old


def test_a_whole_mapping_made_to_be_slow_is_compared_within_seconds() -> None:
    """Each text stands a little under the limit of one: together they must not be many times that."""
    old, new = interleaved(4000)
    long_ones = [one.id for one in SKJEMA.alle() if one.type is Type.TEKST]

    def answers(text: str) -> dict[str, LevertSvar]:
        return {ident: LevertSvar(text, False, "nb", "bruker") for ident in long_ones}

    themes = compare(answers(old), answers(new))
    assert sum(len(one.biter) for tema in themes for one in tema.sporsmal) == 2 * len(long_ones)


def test_a_bruker_makes_so_many_pdfs_and_no_more(
    bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each one starts a program of its own that may take half a minute."""
    monkeypatch.setattr(pdf, "make_pdf", lambda _document: b"%PDF-")
    who = bruker.who
    assert isinstance(who, access.Bruker)
    answers = [Endring("bolig.fungerer", "Stille", False, 0, "")]
    with bruker.app.test_request_context():
        g.form_key_ok = True
        service.save(verden.kommune_id, verden.amina, who.seal, Skriver("bruker", "nb"), "bolig", answers)
        nummer = levering.deliver(who, "a" * 32).nummer
    mote = holdt(verden)
    notat.save(kari(verden), sak(verden), mote, 0, {TILTAK: "Vi snakket"})
    notat.share(kari(verden), sak(verden), mote, 1)
    for _round in range(10):
        bruker.get(f"/kartlegging/kvittering/{nummer}.pdf")
        bruker.get(f"/moter/{mote}/notat.pdf")
    for path in (f"/kartlegging/kvittering/{nummer}.pdf", f"/moter/{mote}/notat.pdf", "/innsyn/alt.pdf"):
        assert bruker.get(path, 429).headers["Retry-After"]
