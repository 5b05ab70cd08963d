"""The requests: for the script, for a plain form, and from the office's side."""

from __future__ import annotations

import io
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.klient import Klient
from tests.sporringer import count
from tests.vedlegg import filer
from tests.vedlegg.hjelp import SKJEMA, amina, kari, lagt_ved, sendt
from tests.verden import Verden
from webapp.platform import ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.vedlegg import rules, service
from webapp.vedlegg.models import Vedlegg


def antall() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Vedlegg)) or 0


def upload(klient: Klient, data: bytes, navn: str = "bilde.jpg", status: int = 200, **more: object) -> dict[str, str]:
    sent = sendt(klient, data, navn, csrf_token=klient._key(), **more)
    response = klient.http.post("/vedlegg", **sent)
    assert response.status_code == status, response.text[:500]
    return dict(response.json or {}) if response.is_json else {}


def test_the_script_sends_a_file_and_gets_its_name(bruker: Klient, verden: Verden) -> None:
    answer = upload(bruker, filer.photo(800, 600), "IMG_0001.HEIC")
    assert answer["navn"] == "IMG_0001.jpg"
    assert answer["url"] == f"/vedlegg/{answer['id']}"
    assert "kB" in answer["storrelse"]
    with reading() as db:
        logged = db.scalar(select(Hendelse).where(Hendelse.type == "vedlegg_lagt_til"))
    assert logged is not None
    assert logged.innhold == {"vedlegg_id": answer["id"]}


def test_the_file_is_only_ever_saved_never_shown(bruker: Klient, verden: Verden) -> None:
    answer = upload(bruker, filer.photo(), 'x"; filename=evil.html.jpg')
    got = bruker.get(answer["url"])
    assert got.mimetype == "image/jpeg"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "evil.html\r" not in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert b"Exif" not in got.data


@pytest.mark.parametrize(
    ("data", "navn", "feil"),
    [
        (b"<html><script>1</script></html>", "bilde.jpg", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bilde.png", "type"),
        (b"", "bilde.jpg", "tom"),
        (b"%PDF-1.7 ikke en pdf", "brev.pdf", "odelagt"),
        (b"\xff\xd8\xff\xe0 avbrutt", "bilde.jpg", "odelagt"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(
    bruker: Klient, verden: Verden, data: bytes, navn: str, feil: str
) -> None:
    answer = upload(bruker, data, navn, 400)
    assert answer["feil"] == feil
    assert len(answer["melding"]) > 20
    assert antall() == 0


def test_a_png_called_pdf_is_a_picture(bruker: Klient, verden: Verden) -> None:
    assert upload(bruker, filer.photo(kind="PNG"), "brev.pdf")["navn"] == "brev.jpg"


def test_ten_megabytes_pass_the_gate_and_one_more_gets_a_sentence(bruker: Klient, verden: Verden) -> None:
    upload(bruker, filer.padded(rules.MOST_BYTES))
    assert upload(bruker, filer.padded(rules.MOST_BYTES + 1), status=400)["feil"] == "for_stor"
    upload(bruker, bytes(rules.MOST_BODY + 1), status=413)
    assert antall() == 1


def test_only_this_address_takes_so_much(bruker: Klient, verden: Verden) -> None:
    big = bytes(6 * 1024 * 1024)
    sent = bruker.http.post(SKJEMA, data={"csrf_token": bruker._key(), "fil": (io.BytesIO(big), "a")})
    assert sent.status_code == 413


def test_a_stranger_cannot_send_much(besoker: Klient) -> None:
    sent = besoker.http.post("/vedlegg", **sendt(besoker, bytes(6 * 1024 * 1024)))
    assert sent.status_code == 413
    assert besoker.http.post("/vedlegg", **sendt(besoker, b"x")).status_code in {303, 401}


def test_an_old_form_key_is_renewed_for_the_script(bruker: Klient, verden: Verden) -> None:
    sent = sendt(bruker, filer.photo(40, 40), csrf_token="gammel")
    answer = bruker.http.post("/vedlegg", **sent)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["feil"] == "skjemanokkel"
    bruker.token = answer.json["csrf"]
    upload(bruker, filer.photo(40, 40))
    assert antall() == 1


def test_sent_again_after_the_answer_was_lost_it_is_there_once(bruker: Klient, verden: Verden) -> None:
    key = ids.new_id().hex
    first = upload(bruker, filer.photo(60, 60), nokkel=key)
    again = upload(bruker, filer.photo(60, 60), nokkel=key)
    assert first["id"] == again["id"]
    assert antall() == 1


def test_two_at_once_with_the_same_key_leave_one(app: Flask, bruker: Klient, verden: Verden) -> None:
    key, data, said = ids.new_id(), filer.photo(60, 60), []

    def go() -> None:
        with app.app_context():
            said.append(service.ta_imot(amina(verden), key, SKJEMA, "a.jpg", data).id)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert said == [key, key]
    assert antall() == 1


@pytest.mark.parametrize(
    "skjema", ["", "/finnes-ikke", "https://andre.example/", "/veileder/", "/vedlegg/ny?x=1", "/å"]
)
def test_a_file_belongs_to_a_form_of_ours(bruker: Klient, verden: Verden, skjema: str) -> None:
    sent = sendt(bruker, filer.photo(40, 40), csrf_token=bruker._key())
    sent["data"]["skjema"] = skjema
    assert bruker.http.post("/vedlegg", **sent).status_code == 404
    assert antall() == 0


def test_without_a_script_there_is_a_page_of_its_own(bruker: Klient, verden: Verden) -> None:
    page = bruker.get(f"/vedlegg/ny?skjema={SKJEMA}").text
    assert 'enctype="multipart/form-data"' in page
    assert f'href="{SKJEMA}?utkast=1"' in page

    def send(data: bytes, status: int, key: str | None = None) -> str:
        response = bruker.post("/vedlegg", {"skjema": SKJEMA, "fil": (io.BytesIO(data), "brev.pdf")}, status, key=key)
        return response.text if status == 422 else bruker.follow(response).text

    assert "Vi kan ikke ta imot denne typen fil." in send(b"hei", 422)
    assert "tom, eller ingen fil er valgt" in send(b"", 422)
    assert "Velg filen én gang til" in send(filer.pdf(), 422, key="gammel")
    page = send(filer.pdf(), 303)
    assert "Filen er lagt ved." in page
    assert "brev.pdf" in page
    one = service.ventende(amina(verden), SKJEMA)[0].id
    page = bruker.follow(bruker.post(f"/vedlegg/{one}/fjern", {"skjema": SKJEMA})).text
    assert "Filen er tatt bort." in page
    assert antall() == 0
    for _ in range(5):
        page = send(filer.pdf(), 303)
    assert "Du har lagt ved fem filer." in page
    assert 'type="file"' not in page


def test_nobody_elses_file_is_there(app: Flask, bruker: Klient, verden: Verden) -> None:
    theirs = lagt_ved(amina(verden, verden.jonas))
    for one in (theirs, ids.new_id()):
        bruker.get(f"/vedlegg/{one}", 404)
        bruker.post(f"/vedlegg/{one}/fjern", {"skjema": SKJEMA}, 404)
    bruker.get("/vedlegg/ikke-en-id", 404)
    assert antall() == 1


def test_the_veileder_sees_what_was_sent_and_not_what_lies_ready(app: Flask, veileder: Klient, verden: Verden) -> None:
    one = lagt_ved(amina(verden))
    path = f"/veileder/bruker/{verden.amina}/vedlegg/{one}"
    veileder.get(path, 404)
    with writing(unverified=True) as db:
        service.knytt(db, amina(verden), "klage", ids.new_id(), [one], SKJEMA)
    got = veileder.get(path)
    assert got.headers["Content-Disposition"].startswith("attachment;")
    with reading() as db:
        sides = [row.innhold["side"] for row in db.scalars(select(Hendelse).where(Hendelse.type == "bruker_apnet"))]
    assert "vedlegg_veileder.last_ned" in sides
    veileder.get(f"/veileder/bruker/{verden.jonas}/vedlegg/{one}", 303)  # a reason first
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.get(path, 303)
    per.get(f"/veileder/bruker/{verden.jonas}/vedlegg/{one}", 404)


def test_the_office_adds_a_letter(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    base, skjema = f"/veileder/bruker/{verden.amina}/vedlegg", f"/veileder/bruker/{verden.amina}/mote/nytt"
    page = veileder.get(f"{base}/ny?skjema={skjema}").text
    assert "Amina Prøve" in page
    veileder.get(f"{base}/ny?skjema={SKJEMA}", 404)
    sent = {"skjema": skjema, "fil": (io.BytesIO(filer.pdf(2)), "vedtak.pdf")}
    page = veileder.follow(veileder.post(f"{base}/ny", sent)).text
    assert "vedtak.pdf" in page
    one = service.ventende(kari(verden), skjema)[0].id
    veileder.get(f"{base}/{one}")
    bruker.get(f"/vedlegg/{one}", 404)  # not sent with anything yet
    with writing(unverified=True) as db:
        service.knytt(db, kari(verden), "vedtak", ids.new_id(), [one], skjema)
    assert bruker.get(f"/vedlegg/{one}").mimetype == "application/pdf"


def test_a_request_that_is_cut_off_leaves_nothing(bruker: Klient, verden: Verden) -> None:
    """The connection breaks in the middle: what came is no whole form, and nothing is kept."""
    token, body = bruker._key(), b""
    for name, value in (("csrf_token", token), ("skjema", SKJEMA)):
        body += f'--grense\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    body += b'--grense\r\nContent-Disposition: form-data; name="fil"; filename="a.jpg"\r\n\r\n' + filer.photo()[:400]
    response = bruker.http.post(
        "/vedlegg",
        data=body,
        content_type="multipart/form-data; boundary=grense",
        headers={"Accept": "application/json"},
    )
    assert response.status_code in {400, 404}
    assert antall() == 0


def test_the_export_has_every_file(bruker: Klient, verden: Verden) -> None:
    one = lagt_ved(amina(verden))
    lagt_ved(kari(verden))  # the office's, not sent
    data = bruker.get("/innsyn/alt.json").json
    assert data is not None
    assert [each["hent"] for each in data["vedlegg"]] == [f"/vedlegg/{one}"]
    assert data["vedlegg"][0]["navn"] == "brev.jpg"


def test_the_page_needs_the_same_queries_with_many_files(app: Flask, bruker: Klient, verden: Verden) -> None:
    lagt_ved(amina(verden), filer.pdf())
    bruker.get(f"/vedlegg/ny?skjema={SKJEMA}")
    with count(app) as few:
        bruker.get(f"/vedlegg/ny?skjema={SKJEMA}")
    for _ in range(4):
        lagt_ved(amina(verden), filer.pdf())
    with count(app) as many:
        bruker.get(f"/vedlegg/ny?skjema={SKJEMA}")
    assert len(few) == len(many) <= 5
