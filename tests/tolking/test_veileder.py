"""The office: which language it is, a way to write down a rendering, and the rendering under the words (K1)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.klient import Klient
from tests.sporringer import count
from tests.tolking import ord as egne
from tests.tolking.ord import FELT, HYBEL, sti
from tests.varsel import verk
from tests.verden import Verden
from webapp.identitet import service as identitet
from webapp.identitet.service import Profil
from webapp.platform import ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading
from webapp.tolking.models import Gjengivelse
from webapp.tolking.rules import Nokkel

LENKE = "Skriv hva en tolk sier at det betyr"


def antall() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Gjengivelse)) or 0


@pytest.fixture
def levert(app: Flask, verden: Verden) -> tuple[Nokkel, str]:
    """An answer in Arabic, and the page where the office reads it."""
    with verk.formnokkel(app):
        content = egne.levert(verden)
    page = f"/veileder/bruker/{verden.amina}/kartlegging/{content.nummer}"
    return ("levering", content.id, FELT), page


def test_it_is_written_beside_the_words_wherever_they_stand(app: Flask, veileder: Klient, verden: Verden) -> None:
    for nr, (kilde, page) in enumerate(egne.alle(app, verden).items()):
        where = f"/veileder/bruker/{verden.amina}/{page}"
        before = veileder.get(where).text
        assert f'href="{sti(verden, kilde)}"' in before
        assert "العربية" in before or "Soomaali" in before or "et annet språk" in before
        form = veileder.get(sti(verden, kilde)).text
        assert LENKE in form
        assert 'data-utkast="/veileder/utkast"' in form
        sent = veileder.post(sti(verden, kilde), {"tekst": f"Gjengitt nr. {nr}", "tolk": "Yusuf, på telefon"})
        assert sent.location.partition("#")[0] == where
        assert f'id="{sent.location.partition("#")[2]}"' in before
        after = veileder.follow(sent).text
        assert f"Gjengitt nr. {nr}" in after
        assert "Gjengitt av tolk, skrevet ned av <bdi>Kari Test</bdi>" in after
        assert "Yusuf, på telefon" in after
    assert antall() == 5


def test_the_words_themselves_stay_as_they_are(veileder: Klient, verden: Verden, levert: tuple[Nokkel, str]) -> None:
    kilde, page = levert
    veileder.post(sti(verden, kilde), {"tekst": "Jeg har et kaldt rom"})
    text = veileder.get(page).text
    assert f'lang="ar" data-bruker-tekst>{HYBEL}</p>' in text
    assert text.index(HYBEL) < text.index("Jeg har et kaldt rom")
    assert HYBEL in veileder.get(sti(verden, kilde)).text
    assert "Jeg har et kaldt rom" in veileder.get(f"/veileder/bruker/{verden.amina}/").text  # the overview too


@pytest.mark.parametrize(("sprak", "name"), [("so", "Soomaali"), ("fa_AF", "دری"), ("und", "et annet språk")])
def test_the_language_is_named_in_itself(app: Flask, veileder: Klient, verden: Verden, sprak: str, name: str) -> None:
    with verk.formnokkel(app):
        content = egne.levert(verden, "Mid iyo laba", sprak)
    page = veileder.get(f"/veileder/bruker/{verden.amina}/kartlegging/{content.nummer}").text
    assert "Språk:" in page
    assert name in page


@pytest.mark.parametrize("sprak", ["nb", "nn"])
def test_norwegian_words_need_no_interpreter(app: Flask, veileder: Klient, verden: Verden, sprak: str) -> None:
    with verk.formnokkel(app):
        content = egne.levert(verden, "Eg har ein hybel", sprak)
    page = veileder.get(f"/veileder/bruker/{verden.amina}/kartlegging/{content.nummer}").text
    assert "Eg har ein hybel" in page
    assert LENKE not in page
    veileder.get(sti(verden, ("levering", content.id, "bolig.mer")), status=404)  # nothing was written there
    assert antall() == 0


def test_latin_letters_on_a_norwegian_page_may_be_somali(app: Flask, veileder: Klient, verden: Verden) -> None:
    """The page guessed Norwegian; the bruker reads Somali: a person can tell, and writes down what it means."""
    with verk.formnokkel(app):
        content = egne.levert(verden, "Waxaan leeyahay qol", "nb")
        told = (verden.kommune_id, verden.amina, verden.seal(verden.amina), Profil("Amina Prøve"))
        identitet.change_profile(*told, sprak="so", by=verk.kari(verden).actor)
    kilde, page = ("levering", content.id, FELT), f"/veileder/bruker/{verden.amina}/kartlegging/{content.nummer}"
    assert sti(verden, kilde) in veileder.get(page).text
    assert '<p class="dempet liten">Språk:' not in veileder.get(sti(verden, kilde)).text
    veileder.post(sti(verden, kilde), {"tekst": "Jeg har et rom"})
    assert "Jeg har et rom" in veileder.get(page).text


def test_an_uttalelse_can_be_weighed_with_what_it_means(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id, said = egne.uttalt(verden)
    veileder.post(sti(verden, ("uttalelse", said, "")), {"tekst": "Jeg var hos legen"})
    page = veileder.get(f"/veileder/bruker/{verden.amina}/varsel/{sak_id}/vei").text
    assert "Jeg var hos legen" in page
    assert "كنت عند الطبيب" in page


def test_nothing_typed_is_lost(veileder: Klient, verden: Verden, levert: tuple[Nokkel, str]) -> None:
    kilde, _page = levert
    page = veileder.post(sti(verden, kilde), {"tekst": "  ", "tolk": "Yusuf"}, status=422).text
    assert "Skriv teksten først." in page
    assert 'value="Yusuf"' in page
    page = veileder.post(sti(verden, kilde), {"tekst": "Kaldt rom"}, status=422, key="gammel").text
    assert "Kaldt rom" in page
    assert "Trykk på knappen én gang til" in page
    page = veileder.post(sti(verden, kilde), {"tekst": "x" * 10_001}, status=422).text
    assert "x" * 10_001 in page
    assert "1 tegn for lang" in page
    assert antall() == 0


def test_what_is_being_written_is_kept_for_that_answer_alone(app: Flask, veileder: Klient, verden: Verden) -> None:
    kilder = egne.alle(app, verden)
    one, other = list(kilder)[:2]
    veileder.get(sti(verden, one))
    side = "a" * 16  # the page says which it is (static/js/utkastside.js)
    kept = {"sti": sti(verden, one), "felter": {"tekst": ["Midt i en setning"], "utkastside": [side]}}
    assert veileder.http.post("/veileder/utkast", json=kept, headers={"X-CSRFToken": veileder.token}).status_code == 200
    assert "Vi har tatt vare på noe du skrev her" in veileder.get(sti(verden, one)).text
    assert "Midt i en setning" in veileder.get(f"{sti(verden, one)}?utkast=1").text
    assert "Vi har tatt vare på" not in veileder.get(sti(verden, other)).text
    veileder.post(sti(verden, one), {"tekst": "Ferdig", "utkastside": side})
    assert "Vi har tatt vare på" not in veileder.get(sti(verden, one)).text


def test_sent_twice_it_stands_once_and_other_words_are_kept(
    veileder: Klient, verden: Verden, levert: tuple[Nokkel, str]
) -> None:
    kilde, page = levert
    nokkel = ids.new_id().hex
    for words in ("Først", "Først", "Så dette", "Så dette", "Først"):
        veileder.post(sti(verden, kilde), {"tekst": words, "nokkel": nokkel})
    assert antall() == 2
    text = veileder.get(page).text
    assert text.index("Først") < text.index("Så dette")
    with reading() as db:
        logged = db.scalars(select(Hendelse).where(Hendelse.type == "gjengivelse_skrevet")).all()
    assert [one.innhold["kilde"] for one in logged] == ["levering", "levering"]
    assert {one.bruker_id for one in logged} == {verden.amina}


def test_whoever_reads_with_a_reason_sees_it_and_gets_no_link(
    app: Flask, veileder: Klient, verden: Verden, levert: tuple[Nokkel, str]
) -> None:
    kilde, page = levert
    veileder.post(sti(verden, kilde), {"tekst": "Kaldt rom"})
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.get(page, status=303)  # S1: a reason first
    per.post(f"/veileder/apne/{verden.amina}", {"grunn": "Kari er syk, og Amina ringte."})
    text = per.get(page).text
    assert "Kaldt rom" in text
    assert "العربية" in text
    assert LENKE not in text
    per.get(sti(verden, kilde), status=303)
    per.post(sti(verden, kilde), {"tekst": "Noe annet"}, status=404)
    assert antall() == 1


def test_anothers_words_are_as_unknown_as_none(app: Flask, verden: Verden) -> None:
    """Another bruker's, another kommune's, and what does not exist: all the same, and nothing is written."""
    kilder = egne.alle(app, verden)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    ola = Klient(app).logg_inn_ansatt(verden.annen_kommune_id, verden.annen_veileder)
    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    for kilde in kilder:
        for klient, bruker_id in ((per, verden.jonas), (ola, verden.annen_bruker)):
            klient.get(sti(verden, kilde, bruker_id), status=404)
            klient.post(sti(verden, kilde, bruker_id), {"tekst": "x"}, status=404)
            klient.get(sti(verden, kilde), status=303)
        for kind in ("levering", "merknadsvar", "uttalelse", "klage", "klagetillegg", "motekommentar", "svar"):
            if kind != kilde[0]:
                kari.get(sti(verden, (kind, kilde[1], "")), status=404)
                kari.get(sti(verden, (kind, kilde[1], FELT)), status=404)
        kari.get(sti(verden, (kilde[0], ids.new_id(), kilde[2])), status=404)
        kari.get(sti(verden, (kilde[0], kilde[1], "bolig.finnes-ikke")), status=404)
    (levering, *_rest) = kilder
    kari.get(sti(verden, ("levering", levering[1], "")), status=404)
    assert antall() == 0


def test_pages_need_the_same_queries_however_many_there_are(app: Flask, veileder: Klient, verden: Verden) -> None:
    kilder = egne.alle(app, verden)
    pages = [*dict.fromkeys(kilder.values()), ""]
    for page in pages:
        veileder.get(f"/veileder/bruker/{verden.amina}/{page}")
    few = {}
    for page in pages:
        with count(app) as queries:
            veileder.get(f"/veileder/bruker/{verden.amina}/{page}")
        few[page] = len(queries)
        assert sum("FROM gjengivelse" in one for one in queries.statements) == 1, page
    for kilde in kilder:
        for n in range(4):
            veileder.post(sti(verden, kilde), {"tekst": f"Gjengitt {n}"})
    for page in pages:
        veileder.get(f"/veileder/bruker/{verden.amina}/{page}")
        with count(app) as queries:
            veileder.get(f"/veileder/bruker/{verden.amina}/{page}")
        assert len(queries) <= few[page] + (2 if page == "" else 0), page  # more kinds of names in the timeline
