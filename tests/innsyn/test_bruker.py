"""The bruker's side of innsyn: who opened what, when and why (S1), and what one asks for (S3)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.verden import Verden
from webapp.identitet import adgang
from webapp.innsyn import nytt, service
from webapp.innsyn.rules import Slag
from webapp.platform import access, audit, clock, drafts
from webapp.platform.audit import SYSTEM
from webapp.platform.database import writing
from webapp.platform.nyheter import Merke

SPRAK = ("nb", "ar")


def ansatt(app: Flask, verden: Verden, ansatt_id: UUID) -> access.Ansatt:
    found = Klient(app).logg_inn_ansatt(verden.kommune_id, ansatt_id).who
    assert isinstance(found, access.Ansatt)
    return found


def apne(app: Flask, verden: Verden, ansatt_id: UUID, bruker_id: UUID, side: str = "kartlegging_veileder.x") -> None:
    assert adgang.open_sak(ansatt(app, verden, ansatt_id), bruker_id, side=side)


def begrunn(app: Flask, verden: Verden, ansatt_id: UUID, bruker_id: UUID, grunn: str) -> None:
    with app.test_request_context():
        from flask import g

        g.form_key_ok = True
        assert adgang.state_reason(ansatt(app, verden, ansatt_id), bruker_id, grunn)


def use_language(klient: Klient, sprak: str) -> Klient:
    if sprak != "nb":
        klient.post("/sprak", {"bytt_sprak": sprak, "neste": "/innsyn/"})
        klient.sprak = sprak
    return klient


def test_what_is_held_is_said_of_every_room_and_nothing_of_what_there_is_none_of(
    app: Flask, verden: Verden, bruker: Klient
) -> None:
    """S3: notices and klager were counted and not said; a new bruker read ten lines that began with 0."""
    held = bruker.get("/innsyn/").text.split('id="lagret"')[1].split("</ul>")[0]
    assert re.findall(r"<li>(\d+|[^<]*: \d+)", held) == ["1"]  # that they are signed in
    with verk.formnokkel(app):
        matter = verk.nadd(verden)
        verk.si(verden, matter, "sykdom")
    bruker.post("/innsyn/henvendelse/ny", {"slag": "retting", "tekst": "Fødselsåret er feil."})
    held = bruker.get("/innsyn/").text.split('id="lagret"')[1].split("</ul>")[0]
    for words in ("1 vedtak", "1 vilkår", "Varsler: 1", "Henvendelser: 1"):
        assert f"<li>{words}</li>" in held
    assert "Klager" not in held


@pytest.mark.parametrize("sprak", SPRAK)
def test_every_page_of_the_bruker(app: Flask, verden: Verden, bruker: Klient, sprak: str) -> None:
    apne(app, verden, verden.kari, verden.amina)
    begrunn(app, verden, verden.per, verden.amina, "Kari er syk, og brevet måtte svares på.")
    apne(app, verden, verden.per, verden.amina, "moter_veileder.y")
    use_language(bruker, sprak)
    sent = bruker.post("/innsyn/henvendelse/ny", {"slag": "retting", "tekst": "Fødselsåret er feil."})
    assert sent.location
    for path in (
        "/innsyn/",
        "/innsyn/hendelser",
        "/innsyn/alt",
        "/innsyn/henvendelse/",
        "/innsyn/henvendelse/ny",
        "/innsyn/henvendelse/ny?slag=sletting",
        sent.location,
    ):
        bruker.get(path)
    bruker.post("/innsyn/henvendelse/ny", {"slag": "x", "tekst": ""}, 422)


def test_who_when_and_why(app: Flask, verden: Verden, bruker: Klient) -> None:
    """S1: the reason word for word, the name and the kontor; once per person and day."""
    with clock.frozen(NOON - timedelta(days=1)):
        for _ in range(3):
            apne(app, verden, verden.kari, verden.amina)
        begrunn(app, verden, verden.per, verden.amina, "Kari er syk.\nJeg <svarer> i dag.")
        apne(app, verden, verden.per, verden.amina, "moter_veileder.y")
    page = bruker.get("/innsyn/").text
    assert page.count("Kari Test") == 1
    assert "Testvik nord" in page
    assert page.count("<li>") >= 1
    assert "Kari er syk.\nJeg &lt;svarer&gt; i dag." in page
    assert "det som gjelder møtene dine" in page


def test_nothing_of_others(app: Flask, verden: Verden, bruker: Klient) -> None:
    apne(app, verden, verden.per, verden.jonas)
    begrunn(app, verden, verden.kari, verden.jonas, "MERKE-jonas")
    page = bruker.get("/innsyn/").text
    assert "Per Test" not in page
    assert "MERKE-jonas" not in page
    assert "Ingen på kontoret har åpnet noe om deg ennå." in page


def test_a_reason_belongs_to_its_own_day(app: Flask, verden: Verden, bruker: Klient) -> None:
    for days, grunn in ((9, "GRUNN-A"), (1, "GRUNN-B")):
        with clock.frozen(NOON - timedelta(days=days)):
            begrunn(app, verden, verden.per, verden.amina, grunn)
            apne(app, verden, verden.per, verden.amina)
    seal = verden.seal(verden.amina)
    with app.test_request_context():
        found = service.openings(verden.kommune_id, verden.amina, seal)
    assert [[g.tekst for one in group for g in one.grunner] for _, group in found.dager] == [["GRUNN-B"], ["GRUNN-A"]]


def test_a_reason_is_shown_also_when_the_server_that_opened_is_a_second_behind(
    app: Flask, verden: Verden, bruker: Klient
) -> None:
    begrunn(app, verden, verden.per, verden.amina, "GRUNN")
    with clock.frozen(NOON - timedelta(seconds=1)):
        apne(app, verden, verden.per, verden.amina)
    with app.test_request_context():
        found = service.openings(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert [g.tekst for _, group in found.dager for one in group for g in one.grunner] == ["GRUNN"]


def test_openings_since_a_delivery(app: Flask, verden: Verden) -> None:
    """For «who has opened what I delivered»: only from then on, only those pages."""
    with clock.frozen(NOON - timedelta(days=3)):
        apne(app, verden, verden.kari, verden.amina)
    apne(app, verden, verden.kari, verden.amina, "moter_veileder.y")
    seal = verden.seal(verden.amina)
    since = NOON - timedelta(days=1)
    args = (verden.kommune_id, verden.amina, seal)
    with app.test_request_context():
        assert len(service.openings(*args, since=since).dager) == 1
        assert not service.openings(*args, since=since, sides=("kartlegging_veileder",)).dager
        assert service.openings(*args, sides=("kartlegging_veileder",)).dager[0][1][0].antall == 1


def test_openings_are_paged_and_queries_are_fixed(app: Flask, verden: Verden, bruker: Klient) -> None:
    def fill(days: range) -> None:
        for day in days:
            with clock.frozen(NOON - timedelta(days=400 - day)):
                for _ in range(5):
                    apne(app, verden, verden.kari, verden.amina)

    fill(range(1))
    bruker.get("/innsyn/")
    with count(app) as few:
        bruker.get("/innsyn/")
    fill(range(1, 50))
    with count(app) as many:
        page = bruker.get("/innsyn/")
    assert len(few) == len(many) <= 17, many.statements
    assert page.text.count('<section class="kort"') == 20
    older = bruker.get("/innsyn/?for=" + _next(page.text))
    assert older.text.count('<section class="kort"') == 20
    last = bruker.get("/innsyn/?for=" + _next(older.text))
    assert last.text.count('<section class="kort"') == 10
    assert 'href="/innsyn/?for=' not in last.text


def _next(text: str) -> str:
    found = re.search(r'href="[^"]*\?for=([^"]+)"', text)
    assert found
    return found[1]


def test_a_strange_key_is_the_first_page(bruker: Klient) -> None:
    for key in ("x", "-1", "9" * 30, "", "\u0663", "1;drop"):
        bruker.get("/innsyn/", query_string={"for": key})
        bruker.get("/innsyn/hendelser", query_string={"for": key})
        bruker.get("/innsyn/henvendelse/", query_string={"for": key})


def test_the_log_in_plain_words(app: Flask, verden: Verden, bruker: Klient) -> None:
    bruker.get("/innsyn/hendelser")
    with count(app) as few:
        page = bruker.get("/innsyn/hendelser").text
    assert "Du logget inn" in page
    assert "skal følge deg opp (veileder)" in page
    for number in range(40):
        with writing(unverified=True) as db:
            audit.record(db, verden.kommune_id, "engangskoder_laget", SYSTEM, bruker_id=verden.amina, antall=number)
    with count(app) as many:
        page = bruker.get("/innsyn/hendelser").text
    assert max(len(few), len(many)) <= 3
    assert page.count("<li><time") == 25
    assert bruker.get("/innsyn/hendelser?for=" + _next(page)).text.count("<li><time") >= 15


def test_what_the_bruker_does_is_not_the_offices_to_follow(app: Flask, verden: Verden, bruker: Klient) -> None:
    bruker.get("/innsyn/alt")
    with app.test_request_context():
        lines, _ = service.timeline(verden.kommune_id, verden.amina, "veileder")
        own, _ = service.timeline(verden.kommune_id, verden.amina, "bruker")
    assert {"logget_inn", "egne_data_hentet"}.isdisjoint(line.type for line in lines)
    assert {"logget_inn", "egne_data_hentet"} <= {line.type for line in own}


class TestHenvendelse:
    """Asking for correction, deletion, something else: a receipt, and an answer that is shown."""

    PATH = "/innsyn/henvendelse/ny"

    def test_sent_kept_and_answered(self, app: Flask, verden: Verden, bruker: Klient, veileder: Klient) -> None:
        tekst = "Jeg bor ikke i Storgata.\nJeg bor i <Lillegata>."
        receipt = bruker.follow(bruker.post(self.PATH, {"slag": "retting", "tekst": tekst}))
        assert "Henvendelsen er sendt og lagret." in receipt.text
        assert "kl. 12:00" in receipt.text
        assert "Jeg bor i &lt;Lillegata&gt;." in receipt.text
        assert set(_waiting(app, verden)) == {verden.amina}
        at_office = f"/veileder/bruker/{verden.amina}/henvendelser"
        shown = veileder.get(at_office)
        address = f"{at_office}/{receipt.request.path.rpartition('/')[2]}"
        assert address in shown.text
        assert "&lt;Lillegata&gt;" in veileder.get(address).text
        veileder.post(address, {"svar": " "}, 422)
        veileder.follow(veileder.post(address, {"svar": "Adressen er rettet."}))
        answered = bruker.get(receipt.request.path)
        assert "Adressen er rettet." in answered.text
        assert "Kari Test" in answered.text
        assert _waiting(app, verden) == {}
        late = veileder.post(address, {"svar": "Et annet svar, skrevet samtidig."}, 409)
        assert "Et annet svar, skrevet samtidig." in late.text
        assert "Adressen er rettet." in bruker.get(receipt.request.path).text

    def test_sent_twice_is_there_once(self, verden: Verden, bruker: Klient) -> None:
        form = {"slag": "annet", "tekst": "Hvem er vikar?", "nokkel": uuid4().hex}
        first, second = bruker.post(self.PATH, form), bruker.post(self.PATH, form)
        assert first.location == second.location
        assert len(service.requests(verden.kommune_id, verden.amina, verden.seal(verden.amina))[0]) == 1

    def test_other_words_from_the_same_form_are_a_request_of_their_own(self, verden: Verden, bruker: Klient) -> None:
        """The answer to the first press was lost, and the text was mended before the next one."""
        form = {"slag": "annet", "tekst": "Hvem er vikar?", "nokkel": uuid4().hex}
        more = {**form, "tekst": "Hvem er vikar? Jeg trenger hjelp i dag."}
        first, second, third = (bruker.post(self.PATH, sent).location for sent in (form, more, more))
        assert first != second
        assert second == third
        assert bruker.post(self.PATH, {**form, "slag": "retting"}).location not in {first, second}
        assert bruker.post(self.PATH, form).location == first
        held = service.requests(verden.kommune_id, verden.amina, verden.seal(verden.amina))[0]
        assert sorted(one.tekst for one in held) == [form["tekst"], form["tekst"], more["tekst"]]

    def test_somebody_elses_is_unknown(self, app: Flask, verden: Verden, bruker: Klient, veileder: Klient) -> None:
        key = uuid4().hex
        jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
        sent = jonas.post(self.PATH, {"slag": "annet", "tekst": "MERKE-jonas", "nokkel": key})
        assert sent.location
        bruker.get(sent.location, 404)
        bruker.get(f"/innsyn/henvendelse/{uuid4()}", 404)
        bruker.post(self.PATH, {"slag": "annet", "tekst": "Min", "nokkel": key}, 404)
        number = sent.location.rpartition("/")[2]
        veileder.get(f"/veileder/bruker/{verden.amina}/henvendelser/{number}", 404)
        veileder.post(f"/veileder/bruker/{verden.amina}/henvendelser/{number}", {"svar": "x"}, 404)
        assert veileder.get(f"/veileder/bruker/{verden.jonas}/henvendelser", 303).location.startswith("/veileder/")
        assert "MERKE-jonas" not in bruker.get("/innsyn/henvendelse/").text

    def test_bad_input_keeps_what_was_typed(self, bruker: Klient) -> None:
        answer = bruker.post(self.PATH, {"slag": "noe", "tekst": "Jeg skrev dette."}, 422)
        assert "Velg hva du vil be om." in answer.text
        assert "Jeg skrev dette." in answer.text
        long = "ø" * 10_020
        answer = bruker.post(self.PATH, {"slag": "annet", "tekst": long}, 422)
        assert "20 tegn for lang" in answer.text
        assert long in answer.text
        bruker.post(self.PATH, {"slag": "annet", "tekst": "\x00\x07 \ud83d\ude00"[:3] + "hei"})

    def test_language_switch_sends_nothing(self, verden: Verden, bruker: Klient) -> None:
        bruker.sprak = "ar"
        answer = bruker.post(self.PATH, {"slag": "annet", "tekst": "Halv setn", "bytt_sprak": "ar"}, 200)
        assert "Halv setn" in answer.text
        assert not service.requests(verden.kommune_id, verden.amina, verden.seal(verden.amina))[0]

    def test_a_stale_key_sends_nothing_and_loses_nothing(self, verden: Verden, bruker: Klient) -> None:
        answer = bruker.post(self.PATH, {"slag": "annet", "tekst": "Lang tekst"}, 422, key="gammel")
        assert "Lang tekst" in answer.text
        assert not service.requests(verden.kommune_id, verden.amina, verden.seal(verden.amina))[0]

    def test_what_was_typed_earlier_is_there(self, verden: Verden, bruker: Klient) -> None:
        owner = ("bruker", verden.amina)
        seal = verden.seal(verden.amina)
        drafts.keep(verden.kommune_id, owner, seal, self.PATH, {"slag": ["sletting"], "tekst": ["Begynt på"]})
        page = bruker.follow(bruker.get(self.PATH, 303))
        assert "Begynt på" in page.text
        assert "Dette skrev du sist." in page.text
        bruker.post(f"{self.PATH}?utkast=1", {"slag": "sletting", "tekst": "Begynt på, og ferdig"})
        assert drafts.paths(verden.kommune_id, owner) == []

    def test_what_was_sent_is_not_offered_again(self, verden: Verden, bruker: Klient, veileder: Klient) -> None:
        bruker.json("/utkast", {"sti": self.PATH, "felter": {"tekst": ["Kept while writing"]}})
        sent = bruker.post(self.PATH, {"slag": "annet", "tekst": "Kept while writing"}).location
        assert drafts.paths(verden.kommune_id, ("bruker", verden.amina)) == []
        address = f"/veileder/bruker/{verden.amina}/henvendelser/{str(sent).rpartition('/')[2]}"
        veileder.json("/veileder/utkast", {"sti": address, "felter": {"svar": ["Hei"]}})
        veileder.post(address, {"svar": "Hei."})
        assert "Hent det du skrev" not in veileder.get(address).text

    def test_the_list_is_paged(self, app: Flask, bruker: Klient) -> None:
        who = bruker.who
        assert isinstance(who, access.Bruker)
        for number in range(30):
            with clock.frozen(NOON - timedelta(days=40 - number)):
                service.send(who, uuid4(), Slag.ANNET, f"Tekst {number}", "nb")
        with count(app) as many:
            page = bruker.get("/innsyn/henvendelse/").text
        assert len(many) <= 5
        assert page.count("tema-lenke") == 25
        assert bruker.get("/innsyn/henvendelse/?for=" + _next(page)).text.count("tema-lenke") == 5

    def test_too_many_a_day(self, bruker: Klient) -> None:
        for number in range(20):
            bruker.post(self.PATH, {"slag": "annet", "tekst": f"Nummer {number}"})
        answer = bruker.post(self.PATH, {"slag": "annet", "tekst": "Enda en, som ikke skal bli borte"}, 429)
        assert answer.headers["Retry-After"]

    def test_the_office_finds_what_it_began_to_answer(self, verden: Verden, bruker: Klient, veileder: Klient) -> None:
        sent = bruker.post(self.PATH, {"slag": "annet", "tekst": "Hei"}).location
        address = f"/veileder/bruker/{verden.amina}/henvendelser/{str(sent).rpartition('/')[2]}"
        veileder.json("/veileder/utkast", {"sti": address, "felter": {"svar": ["Hei, vi ser på"]}})
        assert "Hent det du skrev" in veileder.get(address).text
        assert "Hei, vi ser på" in veileder.get(f"{address}?utkast=1").text
        veileder.post(f"{address}?utkast=1", {"svar": "Hei, vi ser på det."})
        assert "Hent det du skrev" not in veileder.get(address).text

    def test_the_worklist_says_that_one_waits(self, bruker: Klient, veileder: Klient) -> None:
        assert "Henvendelser: 1" not in veileder.get("/veileder/").text
        bruker.post(self.PATH, {"slag": "annet", "tekst": "Hei"})
        for path in ("/veileder/", "/veileder/?vis=saker"):
            page = veileder.get(path).text
            assert "Henvendelser: 1" in page
            assert "Plan, vilkår og varsler <span>(1)</span>" in page

    def test_the_case_says_that_it_waits_and_until_when(
        self, app: Flask, verden: Verden, bruker: Klient, veileder: Klient
    ) -> None:
        home = f"/veileder/bruker/{verden.amina}/"
        sent = bruker.post(self.PATH, {"slag": "sletting", "tekst": "Slett det om helsa"}).location
        address = f"{home}henvendelser/{str(sent).rpartition('/')[2]}"
        page = veileder.get(home).text
        assert "Svar på henvendelsen" in page
        assert f'href="{address}"' in page
        assert not _waiting(app, verden)[verden.amina].haster
        with clock.frozen(NOON + timedelta(days=31)):  # GDPR art. 12: within a month
            assert _waiting(app, verden)[verden.amina].haster
        assert "Du har fått svar på en henvendelse." not in bruker.get("/").text
        veileder.post(address, {"svar": "Det er slettet."})
        assert "Svar på henvendelsen" not in veileder.get(home).text
        front = bruker.get("/").text
        assert "Du har fått svar på en henvendelse." in front
        assert f'href="{sent}"' in front
        with clock.frozen(NOON + timedelta(days=15)), app.test_request_context():
            told = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
        assert told == []


def _waiting(app: Flask, verden: Verden) -> dict[UUID, Merke]:
    """The label of each whose request waits."""
    with app.test_request_context():
        found = nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    return {bruker_id: label for bruker_id, (label,) in found.items()}
