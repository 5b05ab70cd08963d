"""The bruker's side of a notice: read it, answer it in any language, get a receipt, read what was decided."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from markupsafe import escape
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.platform.test_pdf import tags
from tests.sporringer import count
from tests.strenger import STRENGER
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock, ids, languages
from webapp.platform.database import reading
from webapp.platform.forms import clean
from webapp.platform.languages import SPRAK
from webapp.varsel import grunn, horing, service
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Sagt
from webapp.varsel.models import Uttalelse
from webapp.varsel.rules import Tilstand


@pytest.fixture
def sak_id(app: Flask, verden: Verden) -> UUID:
    """A notice that is sent and not opened."""
    with verk.formnokkel(app):
        return verk.varslet(verden)


def felt(side: str, navn: str) -> str:
    return side.split(f'name="{navn}" value="')[1].split('"', maxsplit=1)[0]


def pdf(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]  # tagged
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def antall() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Uttalelse)) or 0


def test_opening_answers_five_questions_in_order_and_starts_the_deadline(
    bruker: Klient, verden: Verden, sak_id: UUID
) -> None:
    page = bruker.get("/varsel/").text
    assert "Les varselet" in page
    assert verk.saken(verden, sak_id).frist is None  # a list is not a notice
    page = bruker.get(f"/varsel/{sak_id}").text
    at = [page.index(words) for words in ("Hva er dette?", "Hva må du gjøre?", "Når må du svare?", "Hva kan skje?")]
    assert [*at, page.index("Få hjelp, eller si at du er uenig")] == sorted(
        [*at, page.index("Få hjelp, eller si at du er uenig")]
    )
    for words in ("Ingenting er bestemt.", "Du var ikke på kurset mandag.", "1\xa0500 kroner", "nødssituasjon", "tolk"):
        assert words in page
    assert "Svar innen tirsdag 8. desember" in page
    assert "lengre tid enn det står" not in page
    matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.NADD
    bruker.get(f"/varsel/{sak_id}")
    assert len(verk.saken(verden, sak_id).nadd) == 1


def test_a_list_does_not_ask_for_an_answer_by_a_day_that_has_been(app: Flask, verden: Verden, sak_id: UUID) -> None:
    """One can answer as long as nothing is decided (U4), and the page of the notice says so."""
    service.open_notice(verk.amina(verden), sak_id, "nb")
    with clock.frozen(NOON + timedelta(days=15)):
        listed = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get("/varsel/").text
    assert "Fristen var tirsdag 8. desember" in listed
    assert ">Svar på varselet<" in listed
    assert "Svar innen" not in listed


def test_write_look_over_send_and_the_receipt(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    page = bruker.get(path).text
    assert 'data-utkast="/utkast"' in page
    fields = {
        "nokkel": felt(page, "nokkel"),
        "grunner": ["sykdom", "barn"],
        "ord": "كان ابني مريضا",
        "vil": "Et annet kurs",
        "onsker": ["tolk"],
        "onske_ord": "Somali",
    }
    page = bruker.post(path, {**fields, "handling": "se_over"}, status=200).text
    assert "Svaret er ikke sendt ennå." in page
    assert "كان ابني مريضا" in page
    assert antall() == 0
    assert "كان ابني مريضا" in bruker.get(path + "?utkast=1").text  # kept meanwhile, also without scripts
    page = bruker.post(path, {**fields, "handling": "endre"}, status=200).text
    assert "كان ابني مريضا" in page
    assert page.count("checked") == 3
    first = bruker.post(path, {**fields, "handling": "send"})
    again = bruker.post(path, {**fields, "handling": "send"})  # the back button, and once more
    assert first.location == again.location
    assert antall() == 1
    said = verk.saken(verden, sak_id).uttalelser[0]
    page = bruker.follow(first).text
    assert "Sendt. Vi har fått svaret ditt." in page
    assert said.nummer in page
    assert "tirsdag 24. november kl. 12:00" in page
    assert said.sagt == Sagt(["sykdom", "barn"], "كان ابني مريضا", "Et annet kurs")
    assert verk.saken(verden, sak_id).onsker[0].tekst == "Somali"
    text = pdf(bruker.get(f"{path}/{said.id}.pdf").data)
    assert said.nummer in text
    assert "Et annet kurs" in text
    assert "Vi har tatt vare på" not in bruker.get(path).text  # what was kept has arrived


@pytest.mark.parametrize("navn", sorted(STRENGER))
def test_any_words_in_any_language_come_through(bruker: Klient, verden: Verden, sak_id: UUID, navn: str) -> None:
    text = STRENGER[navn]
    path = f"/varsel/{sak_id}/uttalelse"
    sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if navn != "kontroll":  # the page check refuses one of these characters, which a phone never shows
        too_long = len(text) > 10_000
        page = bruker.post(path, {"ord": sent, "handling": "se_over"}, status=422 if too_long else 200).text
        if too_long:
            assert "tegn for lang" in page
            return
    bruker.post(path, {"ord": sent, "handling": "send"})
    assert verk.saken(verden, sak_id).uttalelser[0].sagt.ord == clean(sent)


def test_nothing_at_all_is_not_sent_and_unknown_codes_are_left_out(
    bruker: Klient, verden: Verden, sak_id: UUID
) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    for empty in ({}, {"ord": "  \n "}, {"grunner": ["hacket"]}, {"onsker": ["penger"]}):
        assert "Skriv noe, eller kryss av" in bruker.post(path, {**empty, "handling": "send"}, status=422).text
    assert antall() == 0


def test_only_a_wish_is_not_an_uttalelse(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    page = bruker.follow(bruker.post(path, {"onsker": ["tid"], "onske_ord": "Jeg er syk", "handling": "send"})).text
    assert "Sendt. Vi har fått det du ba om." in page
    assert "Ikke besvart ennå." in page
    assert antall() == 0
    assert verk.saken(verden, sak_id).tilstand is Tilstand.NADD


def test_wishes_alone_have_a_receipt_of_their_own(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    """U5, U6: number, time, what happens next, and by when; then the answers."""
    path = f"/varsel/{sak_id}/uttalelse"
    answer = bruker.post(path, {"onsker": ["tid", "tolk"], "onske_ord": "Somali, takk", "handling": "send"})
    page = bruker.follow(answer).text
    first, other = verk.saken(verden, sak_id).onsker
    assert first.nummer == other.nummer
    for words in (
        first.nummer,
        "24. november",
        "Jeg trenger mer tid",
        "Jeg trenger tolk",
        "Somali, takk",
        "Ingenting blir bestemt før du har fått svar.",
        "Svar innen tirsdag 8. desember",
        "Fristen gjelder til du får beskjed om noe annet.",
        "Du har ikke svart på varselet ennå.",
    ):
        assert words in page, words
    with verk.formnokkel(app):
        verk.svar(verden, sak_id, dag=date(2026, 12, 20))
        verk.svar(verden, sak_id)
    page = bruker.get(answer.location).text
    assert "Veilederen din har svart. Svaret står under." in page
    assert "Svar innen mandag 21. desember" in page
    assert "Fristen gjelder til" not in page
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    jonas.get(answer.location, status=404)
    bruker.get(f"/varsel/{sak_id}/onske/{ids.new_id()}", status=404)


def test_wishes_with_an_answer_stand_on_its_receipt(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    sent = {"ord": "Jeg var syk", "onsker": ["tolk"], "onske_ord": "Somali", "handling": "send"}
    page = bruker.follow(bruker.post(path, sent)).text
    matter = verk.saken(verden, sak_id)
    assert matter.onsker[0].nummer == matter.uttalelser[0].nummer
    assert "Somali" in page


@pytest.mark.parametrize(
    ("words", "page", "tag"),
    [
        ("Jeg var syk", "nb", "nb"),
        ("كنت مريضا", "nb", "und"),
        ("كنت مريضا", "ar", "ar"),
        ("Jeg var syk", "ar", "und"),
        ("Ho bolnaya, я болела", "nb", "nb"),
        ("Я болела", "en", "und"),
        ("123 …", "nb", "nb"),
        ("", "ar", "ar"),
        ("Jeg var syk", "so", "so"),  # a language of a person's that the program has not
    ],
)
def test_words_are_not_said_to_be_in_the_language_of_the_page(words: str, page: str, tag: str) -> None:
    assert languages.written_in(words, page) == tag


def test_arabic_words_on_a_norwegian_page(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    with verk.formnokkel(app):
        verk.si(verden, sak_id, ord="كنت عند الطبيب")
        wish = Onsker(["tid"], "أحتاج وقتا")
        horing.deliver(verk.amina(verden), sak_id, ids.new_id(), Sagt([], "", ""), wish)
        horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), Sagt([], "كنت مريضا", ""), "nb")
    matter = verk.saken(verden, sak_id)
    tagged = [one.sprak for one in matter.uttalelser] + [one.sprak for one in matter.onsker]
    assert tagged == ["und"] * 3
    assert (
        'lang="und" dir="auto" data-bruker-tekst>كنت عند الطبيب'
        in bruker.get(f"/varsel/{sak_id}/uttalelse/{matter.uttalelser[0].id}").text
    )


def test_late_is_taken_in_and_says_so(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    bruker.get(f"/varsel/{sak_id}")
    frist = verk.saken(verden, sak_id).frist
    assert frist is not None
    with clock.frozen(frist + timedelta(seconds=1)):
        client = Klient(bruker.app).logg_inn_bruker(verden.kommune_id, verden.amina)
        assert "Fristen var tirsdag 8. desember" in client.get(f"/varsel/{sak_id}").text
        answer = client.post(f"/varsel/{sak_id}/uttalelse", {"ord": "Beklager", "handling": "send"})
        assert "Kommet etter fristen." in client.follow(answer).text
    assert verk.saken(verden, sak_id).uttalelser[0].for_sent


def test_a_decision_while_the_bruker_is_writing_loses_no_word(
    app: Flask, bruker: Klient, verden: Verden, sak_id: UUID
) -> None:
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)
    path = f"/varsel/{sak_id}/uttalelse"
    for handling in ("se_over", "send"):
        page = bruker.post(path, {"ord": "Dette glemte jeg å si", "handling": handling}, status=409).text
        assert "Dette glemte jeg å si" in page
        assert "Du kan bruke det i en klage." in page
    assert antall() == 1


def test_a_stale_form_key_and_a_500_keep_every_word(
    bruker: Klient, verden: Verden, sak_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    page = bruker.post(path, {"ord": "Skrevet lenge", "handling": "send"}, status=422, key="gammel").text
    assert "Skrevet lenge" in page
    assert antall() == 0

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(horing, "deliver", broken)
    bruker.post(path, {"ord": "Midt i alt dette", "grunner": ["barn"], "handling": "send"}, status=500)
    page = bruker.get(path + "?utkast=1").text
    assert "Midt i alt dette" in page
    assert "checked" in page


def test_switching_language_sends_nothing(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    page = bruker.post(
        f"/varsel/{sak_id}/uttalelse", {"ord": "Midt i", "handling": "send", "bytt_sprak": "nb"}, status=200
    ).text
    assert "Midt i" in page
    assert antall() == 0


def test_found_work_closes_the_matter(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    page = bruker.post(path, {"grunner": ["fant_arbeid"], "handling": "se_over"}, status=200).text
    assert "Da lukkes saken når du sender" in page
    page = bruker.follow(bruker.post(path, {"grunner": ["fant_arbeid"], "handling": "send"})).text
    assert "Saken er lukket. Du mister ingen penger." in page
    assert "Saken er lukket" in bruker.get(f"/varsel/{sak_id}").text
    page = bruker.post(path, {"ord": "En ting til", "handling": "send"}, status=409).text
    assert "En ting til" in page


def test_what_was_written_down_can_be_put_right(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    with verk.formnokkel(app):
        service.reached(verk.kari(verden), verk.sak(verden), sak_id, "mote", "Leste det sammen")
        oral = horing.write_down(
            verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), Sagt(["sykdom"], "Hun var syk", ""), "nb"
        )
    receipt = f"/varsel/{sak_id}/uttalelse/{oral}"
    page = bruker.get(receipt).text
    assert "Skrevet ned for deg" in page
    assert "Kari Test" in page
    page = bruker.get(f"{receipt}/rett").text
    assert "Hun var syk" in page
    bruker.post(f"{receipt}/rett", {"ord": ""}, status=422)
    fields = {"ord": "Sønnen min var syk", "grunner": ["barn"], "nokkel": felt(page, "nokkel")}
    for _ in range(2):
        bruker.post(f"{receipt}/rett", fields)
    page = bruker.get(receipt).text
    assert page.count("Sønnen min var syk") == 1
    assert "Hun var syk" in page
    assert "Sønnen min var syk" in pdf(bruker.get(f"{receipt}.pdf").data)


def test_the_decision_in_plain_words_with_klagefrist(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    bruker.get(f"/varsel/{sak_id}/avgjorelse", status=404)
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        new = verk.vedtak(verden, NOON.date())
        verk.avgjor(verden, sak_id, verk.reduksjon(new))
    page = bruker.get(f"/varsel/{sak_id}/avgjorelse").text
    for words in (
        "Du får 1\xa0000 kroner mindre i måneden",
        "Du kan klage til og med tirsdag 15. desember",
        "Kurset var et godt tilbud.",
        "Lagt vekt på.",
        "Husleie og mat er dekket.",
        "selve vilkåret",
        "Klag på det som er bestemt",
    ):
        assert words in page
    matter = verk.saken(verden, sak_id)
    for path in (f"/klage/ny/reduksjon/{sak_id}", f"/klage/ny/vilkar/{matter.vilkar_id}"):
        assert path in page
        bruker.get(path)  # U9: it can be appealed here, and so can the vilkår by itself
    assert "Bestemt" in bruker.get("/varsel/").text
    text = pdf(bruker.get(f"/varsel/{sak_id}/avgjorelse.pdf").data)
    assert "Husleie og mat er dekket." in text
    notice = bruker.get(f"/varsel/{sak_id}/varsel.pdf").data
    assert "Du var ikke på kurset mandag." in pdf(notice)
    assert tags(notice).count("/BlockQuote") == 1  # the vilkår, apart from what we say of it


def test_a_vilkar_changed_under_an_open_notice(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    matter = verk.saken(verden, sak_id)
    assert "Vilkåret er endret" not in bruker.get(f"/varsel/{sak_id}").text
    verk.ny_versjon(verden, matter.vilkar_id, verk.vedtak(verden, NOON.date()), 2)
    page = bruker.get(f"/varsel/{sak_id}").text
    assert "Vilkåret er endret etter at varselet ble sendt." in page
    assert "Lagerkurs" in page


def test_nobody_elses_and_nothing_before_it_is_sent(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    with verk.formnokkel(app):
        noted = verk.notert(verden)
        said = verk.si(verden, sak_id, "barn")
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    rests = ("", "/uttalelse", "/avgjorelse", "/varsel.pdf", f"/uttalelse/{said}", f"/uttalelse/{said}.pdf")
    for rest in rests:
        jonas.get(f"/varsel/{sak_id}{rest}", status=404)
        bruker.get(f"/varsel/{noted}{rest}", status=404)
        bruker.get(f"/varsel/{ids.new_id()}{rest}", status=404)
    jonas.post(f"/varsel/{sak_id}/uttalelse", {"ord": "x", "handling": "send"}, status=404)
    bruker.get(f"/varsel/{sak_id}/uttalelse/{said}/rett", status=404)  # own words are supplemented
    assert "Du har ingen varsler." in jonas.get("/varsel/").text


def test_queries_do_not_grow(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    bruker.get(f"/varsel/{sak_id}")
    with count(app) as few:
        bruker.get(f"/varsel/{sak_id}")
        bruker.get("/varsel/")
    with verk.formnokkel(app):
        for _ in range(5):
            verk.si(verden, sak_id, "barn")
            verk.varslet(verden)
    with count(app) as many:
        bruker.get(f"/varsel/{sak_id}")
        bruker.get("/varsel/")
    assert len(many) == len(few)


@pytest.mark.en_gang
@pytest.mark.parametrize("sprak", ["ar", "en"])
def test_every_page_in_another_language(app: Flask, verden: Verden, sprak: str) -> None:
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden, sprak)
        other = verk.varslet(verden, "nb")
    client = bruk_sprak(verden, app, sprak)
    client.get("/varsel/")
    client.get(f"/varsel/{sak_id}")
    client.get(f"/varsel/{other}")  # sent to somebody who read bokmål then
    path = f"/varsel/{sak_id}/uttalelse"
    client.get(path)
    client.post(path, {"handling": "send"}, status=422)
    fields = {"ord": "نعم", "grunner": ["barn", "sykdom"], "onsker": ["tid"]}
    client.post(path, {**fields, "handling": "se_over"}, status=200)
    client.follow(client.post(path, {**fields, "handling": "send"}))
    with verk.formnokkel(app):
        verk.svar(verden, sak_id, ja=False)
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)
    client.get(f"/varsel/{sak_id}")
    client.get(f"/varsel/{sak_id}/avgjorelse")
    for name in ("varsel.pdf", "avgjorelse.pdf"):
        assert client.get(f"/varsel/{sak_id}/{name}").data.startswith(b"%PDF")
    client.post(path, {**fields, "handling": "send"}, status=409)


@pytest.mark.en_gang
@pytest.mark.parametrize("sprak", [kode for kode in SPRAK if kode != "nb"])
def test_whoever_changes_the_language_reads_all_of_it_in_that_one(app: Flask, verden: Verden, sprak: str) -> None:
    """U2, U9: notice and avgjørelse were sent to somebody who read bokmål; only what people wrote is Norwegian."""
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden, "nb")
    client = bruk_sprak(verden, app, sprak)
    client.get(f"/varsel/{sak_id}")
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "barn")
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)
    matter = verk.saken(verden, sak_id)
    seal = verden.seal(verden.amina)
    vilkaret = grunn.title_of(verden.kommune_id, verden.amina, seal, matter.vilkarversjon_id, sprak)
    assert matter.varsel is not None
    assert matter.avgjorelse is not None
    for stored in (matter.varsel.tekst, matter.avgjorelse.tekst):
        assert set(stored) == set(SPRAK)
        lines = [line for _heading, lines in stored[sprak] for line in lines]
        assert [vilkaret, "", "vilkar"] in lines, "and not tagged as Norwegian"
    for path in (f"/varsel/{sak_id}", f"/varsel/{sak_id}/avgjorelse"):
        assert escape(vilkaret.partition("\N{FIRST STRONG ISOLATE}")[0]) in client.get(path).text


def test_a_notice_opened_late_says_that_there_is_more_time(app: Flask, verden: Verden, sak_id: UUID) -> None:
    """The notice itself keeps its words and its day; the deadline counts from when it arrived (U3)."""
    with clock.frozen(NOON + timedelta(days=3)):
        amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        page = amina.get(f"/varsel/{sak_id}").text
    assert "til og med tirsdag 8. desember" in page
    assert "Svar innen fredag 11. desember" in page
    assert "Du har fått lengre tid enn det står i varselet." in page
