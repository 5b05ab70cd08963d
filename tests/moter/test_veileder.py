"""The veileder's side of meetings: agree, change, cancel, mark; K8 and U7."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.kartlegging.skjemaside import felter
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.moter import lesing, service
from webapp.moter.forms import Avtale
from webapp.moter.models import Mote
from webapp.moter.rules import Tilstand
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading
from webapp.platform.dates import oslo

TIENDE = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)  # 14:00 in Oslo
GODT = {
    "dato": "2026-12-01",
    "klokke": "10:30",
    "minutter": "45",
    "form": "kontor",
    "sted": "Rom 2",
    "melding": "Vi ser på kartleggingen",
}


def sti(verden: Verden, rest: str) -> str:
    return f"/veileder/bruker/{verden.amina}/{rest}"


def changes() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Hendelse).where(Hendelse.type == "mote_endret")) or 0


def motet(verden: Verden, mote_id: UUID) -> lesing.Motet:
    return lesing.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)


def moter() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Mote)) or 0


def test_a_meeting_is_agreed_once_however_often_it_is_sent(veileder: Klient, verden: Verden) -> None:
    page = veileder.get(sti(verden, "mote/nytt")).text
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    first = veileder.post(sti(verden, "mote/nytt"), {**GODT, "nokkel": nokkel})
    again = veileder.post(sti(verden, "mote/nytt"), {**GODT, "nokkel": nokkel})
    assert first.location == again.location
    assert moter() == 1
    page = veileder.follow(first).text
    assert "Rom 2" in page
    assert "tirsdag 1. desember kl. 10:30" in page


def test_another_time_from_the_form_that_made_a_meeting_is_said_to_be_unsaved(veileder: Klient, verden: Verden) -> None:
    """The answer to the first press was lost, the time was put right, and the button pressed again."""
    nokkel = ids.new_id().hex
    veileder.post(sti(verden, "mote/nytt"), {**GODT, "nokkel": nokkel})
    page = veileder.post(sti(verden, "mote/nytt"), {**GODT, "klokke": "14:15", "nokkel": nokkel}, status=409).text
    assert "ikke lagret" in page
    assert "14:15" in page
    assert moter() == 1
    anew = page.split('name="nokkel" value="')[1].split('"')[0]
    veileder.post(sti(verden, "mote/nytt"), {**GODT, "klokke": "14:15", "nokkel": anew})
    assert moter() == 2


def test_a_form_key_cannot_point_at_somebody_elses_meeting(veileder: Klient, verden: Verden) -> None:
    theirs = avtalt(verden, bruker_id=verden.jonas)
    veileder.post(sti(verden, "mote/nytt"), {**GODT, "nokkel": theirs.hex})
    assert moter() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"dato": "2027-02-31"}, "Denne dagen finnes ikke"),
        ({"dato": "31.2.2027"}, "Denne dagen finnes ikke"),
        ({"dato": "24. desember"}, ">Skriv dag, måned og år"),
        ({"dato": "9999-12-31"}, "mer enn to år fram"),
        ({"dato": "0001-01-01", "fortid": "y"}, "mer enn to år tilbake"),
        ({"dato": ""}, "Skriv hvilken dag"),
        ({"klokke": "25:00"}, "Klokkeslettet finnes ikke"),
        ({"klokke": ""}, "Skriv når møtet begynner"),
        ({"minutter": "999"}, "Velg hvor lenge"),
        ({"form": "due"}, "Velg hvordan"),
        ({"form": ""}, "Velg hvordan"),
        ({"sted": " \x00 "}, "Skriv hvor dere møtes"),
        ({"sted": "x" * 201}, "1 tegn for lang"),
        ({"dato": "2026-11-01"}, "Dette tidspunktet har vært"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    veileder: Klient, verden: Verden, wrong: dict[str, str], says: str
) -> None:
    page = veileder.post(sti(verden, "mote/nytt"), {**GODT, **wrong}, status=422).text
    assert page.count(says) >= 2  # in the summary and at the field
    assert "Vi ser på kartleggingen" in page
    for value in wrong.values():
        if value.strip(" \x00") and value not in {"999", "due", "y"}:
            assert value in page
    assert moter() == 0


def test_a_date_in_the_past_is_asked_about_and_may_be_meant(veileder: Klient, verden: Verden) -> None:
    wrong = {**GODT, "dato": "2026-11-20"}
    page = veileder.post(sti(verden, "mote/nytt"), wrong, status=422).text
    assert "Ja, møtet var på denne datoen" in page
    veileder.post(sti(verden, "mote/nytt"), {**wrong, "fortid": "y"})
    assert moter() == 1


def test_a_meeting_is_changed_and_cancelled_with_a_message(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    assert "Rom 2, med tolk" in veileder.get(sti(verden, f"mote/{mote_id}/endre")).text
    veileder.post(sti(verden, f"mote/{mote_id}/endre"), {**GODT, "sted": "Rom 7"})
    assert motet(verden, mote_id).sted == "Rom 7"
    assert motet(verden, mote_id).sekvens == 1
    veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": ""}, status=422)
    veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Jeg er syk"})
    assert motet(verden, mote_id).tilstand is Tilstand.AVLYST


def endre(klient: Klient, verden: Verden, mote_id: UUID) -> dict[str, object]:
    """What the page would send, with the choice that stands in its lists."""
    fields = felter(klient.get(sti(verden, f"mote/{mote_id}/endre")).text)
    return {**{name: values[0] for name, values in fields.items()}, "hvem": str(verden.kari), "minutter": "45"}


def test_an_old_page_takes_back_nothing_that_it_did_not_touch(app: Flask, veileder: Klient, verden: Verden) -> None:
    """Two have the page open. One moves the meeting and says why, the other only changes the room."""
    mote_id, other = avtalt(verden), Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    path, mine, theirs = sti(verden, f"mote/{mote_id}/endre"), *(endre(k, verden, mote_id) for k in (veileder, other))
    other.post(path, {**theirs, "dato": "2026-12-10", "klokke": "14:00", "melding": "Tolken er\r\nsyk"})
    veileder.post(path, {**mine, "sted": "Rom 5"})
    now = motet(verden, mote_id)
    assert (now.nar, now.sted, now.melding) == (TIENDE, "Rom 5", "Tolken er\nsyk")
    assert changes() == 2


def test_the_same_changed_in_two_places_is_shown_and_nothing_is_lost(
    app: Flask, veileder: Klient, verden: Verden
) -> None:
    mote_id, other = avtalt(verden), Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    path, mine, theirs = sti(verden, f"mote/{mote_id}/endre"), *(endre(k, verden, mote_id) for k in (veileder, other))
    other.post(path, {**theirs, "dato": "2026-12-10", "klokke": "14:00", "melding": "Tolken er syk"})
    page = veileder.post(path, {**mine, "klokke": "16:15", "sted": "Rom 5"}, status=409).text
    assert "Møtet er endret et annet sted i mellomtiden." in page
    assert "torsdag 10. desember" in page.split("Nå står det:")[1].split("<form")[0]
    sent = {name: values[0] for name, values in felter(page).items()}
    assert (sent["klokke"], sent["sted"], sent["melding"]) == ("16:15", "Rom 5", "Tolken er syk")
    assert motet(verden, mote_id).nar == TIENDE
    veileder.post(path, {**sent, "hvem": str(verden.kari), "minutter": "45"})  # now it has been shown
    now = motet(verden, mote_id)
    assert (f"{oslo(now.nar):%H:%M}", now.sted, now.melding) == ("16:15", "Rom 5", "Tolken er syk")


def test_a_change_sent_twice_is_one_and_none_is_none(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    path, fields = sti(verden, f"mote/{mote_id}/endre"), endre(veileder, verden, mote_id)
    before = motet(verden, mote_id).endret
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        veileder.post(path, fields)
        assert changes() == 0
        assert motet(verden, mote_id).endret == before  # not news to the bruker
        for _ in range(2):
            veileder.post(path, {**fields, "sted": "Rom 5"})
    assert changes() == 1


def test_a_page_that_does_not_say_what_it_showed_is_taken_at_its_word(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    path, fields = sti(verden, f"mote/{mote_id}/endre"), endre(veileder, verden, mote_id)
    for number, strange in enumerate(("", "[]", "{", '{"nar": 1}', "[" * 9999, '{"nar": "x", "hvem": []}')):
        veileder.post(path, {**fields, "vist": strange, "sted": f"Rom {number}"})
        assert motet(verden, mote_id).sted == f"Rom {number}"


def test_what_was_typed_stands_when_the_meeting_was_cancelled_elsewhere(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Jeg er syk"})
    for path, fields in (
        ("endre", {**GODT, "sted": "Rom 7, inn fra gården"}),
        ("avlys", {"melding": "Tolken er syk"}),
    ):
        page = veileder.post(sti(verden, f"mote/{mote_id}/{path}"), fields, status=409).text
        assert "Dette kan ikke gjøres med møtet nå" in page
        assert fields["melding"] in page
        assert fields.get("sted", "") in page
    assert motet(verden, mote_id).tilstand is Tilstand.AVLYST


def test_held_and_not_held(veileder: Klient, verden: Verden) -> None:
    later = avtalt(verden, clock.now() + timedelta(days=2))
    page = veileder.follow(veileder.post(sti(verden, f"mote/{later}/holdt"))).text
    assert "Dette kan ikke gjøres" in page
    assert motet(verden, later).tilstand is Tilstand.AVTALT
    over = avtalt(verden, clock.now() - timedelta(hours=2))
    page = veileder.follow(veileder.post(sti(verden, f"mote/{over}/ikke-holdt"))).text
    assert "Ble ikke holdt" in page
    assert "møtte ikke" not in page.lower()  # U7: nothing says whose doing it was
    veileder.post(sti(verden, f"mote/{over}/holdt"))
    veileder.post(sti(verden, f"mote/{over}/holdt"))  # pressed twice
    assert motet(verden, over).tilstand is Tilstand.HOLDT
    with reading() as db:
        names = list(db.scalars(select(Hendelse.type).where(Hendelse.type.like("mote_%"))))
    assert names.count("mote_holdt") == 1
    assert names.count("mote_ikke_holdt") == 1


@pytest.mark.parametrize(
    ("what", "sent", "event", "said"),
    [
        ("holdt", {}, "mote_holdt", "Møtet er merket som holdt."),
        ("ikke-holdt", {}, "mote_ikke_holdt", "Det er notert at møtet ikke ble holdt."),
        ("avlys", {"melding": "Jeg er syk"}, "mote_avlyst", "Møtet er avlyst."),
    ],
)
def test_a_button_pressed_twice_is_answered_as_once(
    veileder: Klient, verden: Verden, what: str, sent: dict[str, str], event: str, said: str
) -> None:
    mote_id = avtalt(verden, clock.now() - timedelta(hours=1))
    for _ in range(2):
        response = veileder.post(sti(verden, f"mote/{mote_id}/{what}"), sent)
    page = veileder.follow(response).text
    assert page.count(said) == 1
    assert "Dette kan ikke gjøres" not in page
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Hendelse).where(Hendelse.type == event)) == 1


def test_another_message_from_a_cancelled_meeting_is_not_dropped(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Jeg er syk"})
    page = veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Jeg ringer deg mandag"}, status=409).text
    assert "Jeg ringer deg mandag" in page
    assert motet(verden, mote_id).melding == "Jeg er syk"


def test_a_stale_form_key_marks_nothing(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden, clock.now() - timedelta(hours=2))
    page = veileder.follow(veileder.post(sti(verden, f"mote/{mote_id}/holdt"), key="gammel")).text
    assert "Trykk på knappen én gang til" in page
    assert motet(verden, mote_id).tilstand is Tilstand.AVTALT


def test_only_the_brukers_own_meetings_are_under_the_bruker(veileder: Klient, verden: Verden) -> None:
    theirs = avtalt(verden, bruker_id=verden.jonas)
    for path in ("", "/endre", "/avlys", "/notat", "/notat/se-over"):
        veileder.get(sti(verden, f"mote/{theirs}{path}"), status=404)
        veileder.get(sti(verden, f"mote/{ids.new_id()}{path}"), status=404)
    for path in ("/holdt", "/ikke-holdt", "/notat/del"):
        veileder.post(sti(verden, f"mote/{theirs}{path}"), status=404)


def test_the_list_has_a_fixed_number_of_queries(app: Flask, veileder: Klient, verden: Verden) -> None:
    holdt(verden), avtalt(verden)
    with count(app) as few:
        veileder.get(sti(verden, "moter"))
    for n in range(12):
        holdt(verden, clock.now() - timedelta(days=n))
    with count(app) as many:
        page = veileder.get(sti(verden, "moter")).text
    assert page.count("/mote/") > 12
    assert len(many) == len(few)


def test_the_page_shows_what_the_bruker_wrote(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    bruker.post(f"/moter/{mote_id}", {"tekst": "Jeg vil snakke om jobb", "merke": ""})
    assert "Jeg vil snakke om jobb" in veileder.get(sti(verden, f"mote/{mote_id}")).text


def test_s6_the_veileders_calendar_does_not_say_who_it_is_about(app: Flask, veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    address = sti(verden, f"mote/{mote_id}.ics")
    assert f'href="{address}"' in veileder.get(sti(verden, f"mote/{mote_id}")).text
    ics = veileder.get(address)
    assert ics.mimetype == "text/calendar"
    assert "SUMMARY;LANGUAGE=nb:Avtale" in ics.text
    for secret in ("Amina", "Prøve", "Rom 2", "Kari", "Nav", "sosial", str(mote_id), str(verden.amina)):
        assert secret not in ics.text
    assert "kalender.ics" in ics.headers["Content-Disposition"]
    veileder.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Jeg er syk"})
    assert "STATUS:CANCELLED" in veileder.get(address).text
    theirs = avtalt(verden, bruker_id=verden.jonas)
    veileder.get(sti(verden, f"mote/{theirs}.ics"), status=404)
    other = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    assert other.get(address, status=303).mimetype == "text/html"  # S1: a reason first


def test_the_same_form_sent_twice_at_once_makes_one_meeting(app: Flask, verden: Verden) -> None:
    from concurrent.futures import ThreadPoolExecutor

    mote_id = ids.new_id()
    avtale = Avtale(clock.now() + timedelta(days=1), 45, "kontor", "Rom 2", "")

    def send(_: int) -> UUID:
        with app.app_context():
            return service.agree(kari(verden), sak(verden), mote_id, avtale)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {mote_id}
    assert moter() == 1


def test_a_meeting_that_is_over_asks_to_be_marked(veileder: Klient, verden: Verden) -> None:
    avtalt(verden, clock.now() - timedelta(days=2))
    assert "Si om det ble holdt" in veileder.get(sti(verden, "")).text


def test_a_form_that_comes_back_does_not_offer_what_it_shows(veileder: Klient, verden: Verden) -> None:
    offered = "Vi har tatt vare på noe du skrev her"
    for path in (sti(verden, "mote/nytt"), sti(verden, f"mote/{avtalt(verden)}/endre")):
        draft = {"sti": path, "felter": {"sted": ["Rom 7 i andre etasje"]}}
        veileder.json("/veileder/utkast", draft)
        assert offered in veileder.get(path).text
        page = veileder.post(path, {**GODT, "sted": "Rom 7 i andre etasje", "klokke": "et tull"}, status=422).text
        assert "Rom 7 i andre etasje" in page
        assert offered not in page
        assert offered in veileder.get(path).text  # not sent, so still kept


def test_a_draft_is_called_a_draft(veileder: Klient, bruker: Klient, verden: Verden) -> None:
    for path in ("mote/nytt", "fyll-ut/bolig"):
        assert 'data-lagret="Utkast lagret {tid}"' in veileder.get(sti(verden, path)).text
    assert 'data-lagret="Lagret {tid}"' in bruker.get("/kartlegging/bolig").text
