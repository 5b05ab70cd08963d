"""A question beside an answer is answered in writing, or by changing the answer and delivering again (K11)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever, som_bruker, svar
from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.verden import Verden
from webapp.kartlegging import levering, merknader, paminn, service, stand
from webapp.kartlegging.models import Merknadversjon
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.platform.utboks import Utboks


def sporsmal(verden: Verden, levering_id: UUID, om: str = "onsker.drom", slag: str = "sporsmal") -> UUID:
    return merknader.add(kari(verden), sak(verden), levering_id, om, slag, "Hva skal til?", ids.new_id())


def teller(verden: Verden) -> tuple[int, int]:
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    return state.venter_svar, state.nye_svar


def test_k11_a_changed_answer_that_is_delivered_answers_the_question(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    first = lever(verden)
    asked, other = sporsmal(verden, first.id), sporsmal(verden, first.id, "bolig.fungerer")
    sporsmal(verden, first.id, slag="merknad")
    assert teller(verden) == (2, 0)
    with clock.frozen(NOON + timedelta(hours=1)):
        svar(verden, {"onsker.drom": "Jeg vil bli sveiser, og har søkt kurs"})
        assert teller(verden) == (2, 0)  # nothing is answered before it is delivered
        again = lever(verden, {"onsker.drom": "Jeg vil bli sveiser, og har søkt kurs"})
    assert teller(verden) == (1, 1)
    who = som_bruker(verden)
    assert [one.id for one in merknader.waiting(who.kommune_id, who.id, who.seal)] == [other]

    page = bruker.get(f"/kartlegging/leverte/{first.nummer}").text
    assert "Du endret svaret og leverte på nytt" in page
    assert f"/kartlegging/leverte/{again.nummer}#s-onsker.drom" in page
    page = veileder.get(f"/veileder/bruker/{verden.amina}/").text
    assert page.count("Brukeren endret svaret og leverte på nytt") == 1
    assert "Brukeren har svart på 1 spørsmål" in page
    assert page.count("Brukeren har ikke svart ennå.") == 1  # the other one

    merknader.answer(who, asked, "Og førerkort")  # more words are one more answer, and no more is taken off
    assert teller(verden) == (1, 1)
    assert merknader.one(who.kommune_id, who.id, who.seal, asked).ny_versjon is not None


def test_k11_it_is_settled_once_whatever_is_delivered_later(verden: Verden) -> None:
    asked = sporsmal(verden, lever(verden).id)
    for hour, words in enumerate(("En gang", "To ganger", "Tre ganger"), start=1):
        with clock.frozen(NOON + timedelta(hours=hour)):
            lever(verden, {"onsker.drom": words})
    assert teller(verden) == (0, 1)
    with reading() as db:
        rows = list(db.scalars(select(Merknadversjon)))
        events = list(db.scalars(select(Hendelse).where(Hendelse.type == "merknad_besvart")))
    assert (len(rows), len(events)) == (1, 1)
    with pytest.raises(IntegrityError), writing() as db:  # by its key, not by care
        db.add(
            Merknadversjon(
                kommune_id=verden.kommune_id,
                merknad_id=asked,
                levering_id=rows[0].levering_id,
                bruker_id=verden.amina,
            )
        )


def test_the_number_that_waits_is_never_below_none(verden: Verden) -> None:
    sporsmal(verden, lever(verden).id)
    with writing() as db:
        stand.question_answered(db, verden.kommune_id, verden.amina)
    with clock.frozen(NOON + timedelta(hours=1)):
        lever(verden, {"onsker.drom": "Noe annet"})
    assert teller(verden)[0] == 0


def test_a_question_stays_open_when_its_answer_stands_as_it_was(verden: Verden) -> None:
    first = lever(verden)
    sporsmal(verden, first.id)
    with clock.frozen(NOON + timedelta(hours=1)):
        lever(verden, {"bolig.fungerer": "Noe helt annet"})
    assert teller(verden) == (1, 0)


def test_a_change_from_before_the_question_is_no_answer_to_it(verden: Verden) -> None:
    """Written, not delivered yet; then the question comes, and the bruker delivers without having seen it."""
    first = lever(verden)
    svar(verden, {"onsker.drom": "Jeg vil bli kokk"})
    with clock.frozen(NOON + timedelta(minutes=1)):
        sporsmal(verden, first.id)
    with clock.frozen(NOON + timedelta(minutes=2)):
        levering.deliver(som_bruker(verden), ids.new_id().hex)
    assert teller(verden) == (1, 0)


def test_a_mini_round_says_nothing_about_what_it_does_not_ask(verden: Verden) -> None:
    first, who = lever(verden), som_bruker(verden)
    asked = next(s for tema in SKJEMA.visning(Visning.MINI) for s in tema.alle() if s.type == "tekst")
    sporsmal(verden, first.id, "rus.alkohol")
    with clock.frozen(NOON + timedelta(hours=1)):
        service.choose_view(who.kommune_id, who.id, who.seal, "mini")
        mini = lever(verden, {asked.id: "Mer uro"})
        assert "rus.alkohol" not in mini.svar
        assert teller(verden) == (1, 0)
    with clock.frozen(NOON + timedelta(hours=2)):
        service.choose_view(who.kommune_id, who.id, who.seal, "mini")
        lever(verden, {"rus.alkohol": "aldri"})  # more than the round asks: everything there is, and this with it
    assert teller(verden) == (0, 1)


def test_an_answer_that_is_taken_back_is_an_answer_too(verden: Verden) -> None:
    sporsmal(verden, lever(verden).id)
    with clock.frozen(NOON + timedelta(hours=1)):
        lever(verden, {"onsker.drom": ""})
    assert teller(verden) == (0, 1)


def test_nobody_is_reminded_of_a_question_that_a_new_version_has_answered(verden: Verden) -> None:
    asked = sporsmal(verden, lever(verden).id)

    def sent() -> set[object]:
        with reading() as db:
            rows = list(db.scalars(select(Utboks).where(Utboks.ref == asked)))
            assert rows
            return set(paminn.merknad(db, verden.kommune_id, rows).values())

    assert None not in sent()
    with clock.frozen(NOON + timedelta(hours=1)):
        lever(verden, {"onsker.drom": "Noe annet"})
    assert sent() == {None}


def test_it_is_in_what_the_bruker_gets(bruker: Klient, verden: Verden) -> None:
    sporsmal(verden, lever(verden).id)
    with clock.frozen(NOON + timedelta(hours=1)):
        again = lever(verden, {"onsker.drom": "Noe annet"})
    told = bruker.get("/innsyn/alt.json").get_json()
    assert [one["endret_i_levering"] for one in told["kartlegging"]["merknader"]] == [again.nummer]
    assert "Du endret svaret og leverte på nytt" in bruker.get("/innsyn/alt").text
