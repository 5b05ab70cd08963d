"""The veileder's side of a matter: led through the order, nothing typed is lost, two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever, svar
from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.verden import Verden
from webapp.identitet import service as identitet
from webapp.identitet.models import Ansatt
from webapp.identitet.service import Profil
from webapp.platform import clock, ids
from webapp.platform.database import writing
from webapp.varsel import horing, service
from webapp.varsel.avgjore import points
from webapp.varsel.rules import Tilstand
from webapp.vilkar.models import Vilkar

NOTAT = {"dato": "23.11.2026", "hva": "Du var ikke på kurset mandag.", "kilde": "arrangor"}
VARSEL = {"hvorfor": "Kurset skulle hjelpe deg.", "belop": "1 500 kr", "maneder": "2", "virkedager": "10"}


def sti(verden: Verden, rest: object = "", mer: str = "") -> str:
    return f"/veileder/bruker/{verden.amina}/varsel/{rest}{mer}"


def felt(side: str, navn: str) -> str:
    return side.split(f'name="{navn}" value="')[1].split('"', maxsplit=1)[0]


def test_from_a_note_to_a_sent_notice(app: Flask, veileder: Klient, verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    assert "Det er ingen varsler i saken." in veileder.get(sti(verden)).text
    page = veileder.get(sti(verden, "nytt", f"?vilkar={vilkar_id}")).text
    assert "Lagerkurs" in page
    nokkel = felt(page, "nokkel")
    for _ in range(2):  # pressed twice
        answer = veileder.post(sti(verden, "nytt"), {**NOTAT, "vilkar": str(vilkar_id), "nokkel": nokkel})
    page = veileder.follow(answer).text
    assert page.count("Du var ikke på kurset mandag.") == 1
    assert "Grunnlaget er på plass." in page
    sak_id = UUID(answer.location.rpartition("/")[2])
    send = sti(verden, sak_id, "/send")
    page = veileder.get(send).text
    assert 'value="2000"' in page  # the most that the vilkår says
    fields = {**VARSEL, "nokkel": felt(page, "nokkel"), "steg": felt(page, "steg")}
    page = veileder.post(send, {**fields, "handling": "se_over"}, status=200).text
    assert "Det er ikke sendt ennå." in page
    assert "Du har tid til og med tirsdag 8. desember 2026." in page
    assert "1\xa0500" in page
    assert verk.saken(verden, sak_id).varsel is None
    page = veileder.post(send, {**fields, "handling": "endre"}, status=200).text
    assert "Kurset skulle hjelpe deg." in page
    for _ in range(2):
        veileder.post(send, {**fields, "handling": "send"})
    page = veileder.get(sti(verden, sak_id)).text
    assert "Brukeren har ikke åpnet varselet." in page
    assert verk.saken(verden, sak_id).tilstand is Tilstand.VARSLET


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"belop": "-5"}, "fra 1 til"),
        ({"belop": "0"}, "fra 1 til"),
        ({"belop": "99999999999"}, "fra 1 til"),
        ({"belop": "mye"}, "fra 1 til"),
        ({"belop": "2001"}, "Vilkåret sier høyst 2\xa0000 kroner"),
        ({"maneder": "4"}, "Hvor lenge: høyst 3 måneder."),
        ({"maneder": "0"}, "Skriv et tall fra 1 til 12."),
        ({"virkedager": "9"}, "Skriv et tall fra 10 til 60."),
        ({"virkedager": "61"}, "Skriv et tall fra 10 til 60."),
        ({"hvorfor": ""}, "Skriv hvorfor du sender varselet."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    app: Flask, veileder: Klient, verden: Verden, wrong: dict[str, str], says: str
) -> None:
    with verk.formnokkel(app):
        sak_id = verk.notert(verden)
    page = veileder.post(
        sti(verden, sak_id, "/send"), {**VARSEL, "steg": "2", "handling": "send", **wrong}, status=422
    ).text
    assert page.count(says) >= 2
    if "hvorfor" not in wrong:
        assert "Kurset skulle hjelpe deg." in page
    assert verk.saken(verden, sak_id).varsel is None


@pytest.mark.parametrize(
    "wrong", [{"dato": "31.2.2026"}, {"dato": "25.11.2026"}, {"dato": "1.1.2020"}, {"kilde": "x"}, {"vilkar": "x"}]
)
def test_a_note_that_cannot_be(veileder: Klient, verden: Verden, wrong: dict[str, str]) -> None:
    vilkar_id = verk.vilkaret(verden)
    page = veileder.post(sti(verden, "nytt"), {**NOTAT, "vilkar": str(vilkar_id), **wrong}, status=422).text
    assert "Se over dette" in page
    assert NOTAT["hva"] in page


def test_the_page_says_what_is_missing_in_words(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.notert(verden, verk.vilkaret(verden, konsekvens=False, vist=None))
    page = veileder.get(sti(verden, sak_id)).text
    assert "Vilkåret sier ikke hva som kan skje" in page
    assert "Brukeren har ikke sett vilkåret i Medvirk." in page
    assert "/send" not in page.replace("/sender", "")
    page = veileder.post(sti(verden, sak_id, "/send"), {**VARSEL, "steg": "2", "handling": "send"}, status=409).text
    assert "Kurset skulle hjelpe deg." in page
    veileder.post(sti(verden, sak_id, "/lukk"), {"grunn": "ikke_grunnlag", "tekst": "Beklager."})
    assert "Saken er lukket uten trekk" in veileder.get(sti(verden, sak_id)).text


def test_heard_weighed_and_decided_through_the_pages(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    page = veileder.post(sti(verden, sak_id, "/nadd"), {"hvordan": "telefon", "ord": ""}, status=422).text
    assert "Skriv hva du gjorde." in page
    veileder.post(sti(verden, sak_id, "/nadd"), {"hvordan": "telefon", "ord": "Ringte med tolk"})
    page = veileder.get(sti(verden, sak_id)).text
    assert "Ringte med tolk" in page
    assert "Vent på svar til og med tirsdag 8. desember." in page
    veileder.post(sti(verden, sak_id, "/muntlig"), {"grunner": ["sykdom"], "ord": "Jeg var syk", "vil": "Nytt kurs"})
    page = veileder.get(sti(verden, sak_id)).text
    assert "er skrevet ned av en ansatt" in page  # and so it waits, until the bruker confirms it
    assert "/vei" not in page.replace("/veileder", "")
    with verk.formnokkel(app):
        oral = verk.saken(verden, sak_id).uttalelser[0]
        horing.correct(verk.amina(verden), sak_id, oral.id, ids.new_id(), oral.sagt)
        verk.si(verden, sak_id, ord="", onsker=("tid",))
    matter = verk.saken(verden, sak_id)
    answer = sti(verden, sak_id, f"/onske/{matter.onsker[0].id}")
    page = veileder.post(answer, {"innvilget": "ja", "tekst": "Greit", "ny_dag": ""}, status=422).text
    assert "Skriv den nye siste dagen." in page
    page = veileder.post(answer, {"innvilget": "ja", "tekst": "Greit", "ny_dag": "1.12.2026"}, status=422).text
    assert "senere enn fristen" in page
    veileder.post(answer, {"innvilget": "nei", "tekst": "Vi snakkes heller i morgen"})
    page = veileder.post(answer, {"innvilget": "ja", "tekst": "Likevel greit", "ny_dag": "20.12.2026"}, status=409).text
    assert "Likevel greit" in page
    vei = sti(verden, sak_id, "/vei")
    steg = felt(veileder.get(vei).text, "steg")
    wanted = points(verk.saken(verden, sak_id).uttalelser)
    page = veileder.post(vei, {"steg": steg, wanted[0]: "Bare ett punkt"}, status=422).text
    assert "Bare ett punkt" in page
    assert page.count("Skriv noe om:") == len(wanted) - 1
    veileder.post(vei, {"steg": steg, **dict.fromkeys(wanted, "Lagt vekt på")})
    decide = sti(verden, sak_id, "/avgjor")
    page = veileder.get(decide).text
    assert "Registrer vedtaket først." in page
    fields = {"steg": felt(page, "steg"), "utfall": "reduksjon", "grunner": "Derfor", "belop": "-1", "fra": "x"}
    page = veileder.post(decide, fields, status=422).text
    assert "Derfor" in page
    assert "fra 1 til" in page
    page = veileder.post(decide, {**fields, "belop": "100", "fra": "24.11.2026", "til": "1.11.2026"}, status=422).text
    for says in ("Velg det nye vedtaket.", "kan ikke komme før den første", "for familien.", "for barn."):
        assert says in page
    new = verk.vedtak(verden, date(2026, 11, 24))
    good = {
        **fields,
        "vedtak": str(new),
        "belop": "1000",
        "fra": "24.11.2026",
        "til": "23.12.2026",
        "familie": "Alene",
        "barn": "Ingen",
        "dekket": "Ja",
        "er_dekket": "y",
    }
    assert "V-2026-17" in veileder.get(decide).text
    veileder.post(decide, good)
    page = veileder.get(sti(verden, sak_id)).text
    assert "Brukeren har ikke åpnet avgjørelsen." in page
    assert verk.saken(verden, sak_id).tilstand is Tilstand.AVGJORT


def test_only_what_is_more_than_the_vilkar_says_is_marked(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.notert(verden)
    for wrong, right, sent in (("maneder", "belop", {"maneder": "4"}), ("belop", "maneder", {"belop": "9999"})):
        page = veileder.post(sti(verden, sak_id, "/send"), {**VARSEL, "steg": "2", **sent}, status=422).text
        assert f'href="#{wrong}"' in page
        assert f'href="#{right}"' not in page


def test_one_month_is_said_as_one(
    app: Flask, veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verk, "UTKAST", replace(verk.UTKAST, maneder=1))
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
    page = veileder.get(sti(verden, sak_id, "/avgjor")).text
    assert "høyst 1\xa0500 kroner i måneden" in page
    assert "høyst 1 måned." in page


def test_what_is_weighed_is_named_for_the_veileder(app: Flask, veileder: Klient, verden: Verden) -> None:
    """«Det du skrev» is said to the bruker: here it would be the veileder who had written it."""
    with verk.formnokkel(app):
        sak_id = verk.uttalt(verden)
    page = veileder.get(sti(verden, sak_id, "/vei")).text
    assert ">Det brukeren har sagt</label>" in page
    assert "Det du skrev eller sa" not in page


def test_two_veiledere_at_once_and_the_second_keeps_the_text(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
    decide = sti(verden, sak_id, "/avgjor")
    steg = felt(veileder.get(decide).text, "steg")
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "barn")  # while the veileder is writing
        verk.vei(verden, sak_id)
    page = veileder.post(decide, {"steg": steg, "utfall": "ingen", "grunner": "Mine ord"}, status=409).text
    assert "Noe er gjort i saken siden du åpnet siden." in page
    assert "Mine ord" in page
    veileder.post(decide, {"steg": felt(page, "steg"), "utfall": "ingen", "grunner": "Mine ord"})
    page = veileder.post(decide, {"steg": steg, "utfall": "hjelp", "grunner": "Den andre"}, status=409).text
    assert "Den andre" in page


def test_a_stale_form_key_keeps_the_text(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        noted, weighed = verk.notert(verden), verk.veid(verden)
    tries = (
        (sti(verden, noted, "/send"), {**VARSEL, "handling": "send", "steg": "2"}, "Kurset skulle hjelpe deg."),
        (sti(verden, weighed, "/avgjor"), {"utfall": "ingen", "grunner": "Skrevet lenge"}, "Skrevet lenge"),
        (sti(verden, weighed, "/vei"), {"samlet": "Veid lenge"}, "Veid lenge"),
        (sti(verden, weighed, "/muntlig"), {"ord": "Hun sa mye"}, "Hun sa mye"),
        (sti(verden, weighed, "/lukk"), {"tekst": "Melding", "grunn": "ordnet"}, "Melding"),
    )
    for path, fields, text in tries:
        assert text in veileder.post(path, fields, status=422, key="gammel").text
    assert verk.saken(verden, weighed).avgjorelse is None


def test_a_500_keeps_the_text(app: Flask, veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.varsel import avgjore

    with verk.formnokkel(app):
        sak_id = verk.veid(verden)

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(avgjore, "decide", broken)
    decide = sti(verden, sak_id, "/avgjor")
    veileder.post(decide, {"steg": "1", "utfall": "ingen", "grunner": "Lang begrunnelse her"}, status=500)
    assert "Lang begrunnelse her" in veileder.get(decide + "?utkast=1").text


def test_unknown_and_others_matters_are_404(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.notert(verden)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    for rest in ("", "/send", "/nadd", "/lukk", "/muntlig", "/vei", "/avgjor", f"/onske/{ids.new_id()}"):
        veileder.get(sti(verden, ids.new_id(), rest), status=404)
        per.get(f"/veileder/bruker/{verden.jonas}/varsel/{sak_id}{rest}", status=404)
        per.get(sti(verden, sak_id, rest), status=303)  # S1: a reason first
    veileder.get(sti(verden, sak_id, "/nadd"), status=404)  # nothing is sent


def test_the_bruker_is_transferred_in_the_middle(app: Flask, veileder: Klient, verden: Verden) -> None:
    from webapp.identitet import tildelinger

    with verk.formnokkel(app):
        sak_id = verk.uttalt(verden)
        seal = verden.seal(verden.amina)
        leif = verk.kari(verden, verden.leif).actor
        tildelinger.hand_over(verden.kommune_id, verden.amina, seal, verden.sara, "Flyttet", leif)
    veileder.get(sti(verden, sak_id), status=303)
    sara = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara)
    assert "Jeg var hos legen." in sara.get(sti(verden, sak_id)).text
    with verk.formnokkel(app):
        verk.vei(verden, sak_id)
    page = sara.get(sti(verden, sak_id, "/avgjor")).text
    sara.post(sti(verden, sak_id, "/avgjor"), {"steg": felt(page, "steg"), "utfall": "hjelp", "grunner": "Vi hjelper"})
    assert verk.saken(verden, sak_id).avgjorelse is not None


def test_the_list_and_the_matter_need_a_fixed_number_of_queries(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.uttalt(verden)
    with count(app) as few:
        veileder.get(sti(verden))
        veileder.get(sti(verden, sak_id))
    with verk.formnokkel(app), clock.frozen(NOON + timedelta(minutes=1)):
        for _ in range(4):
            verk.si(verden, sak_id, "barn")
            verk.notert(verden)
    with count(app) as many:
        veileder.get(sti(verden))
        veileder.get(sti(verden, sak_id))
    assert len(many) == len(few)


@pytest.mark.en_gang
@pytest.mark.parametrize("sprak", ["ar", "en"])
def test_every_page_in_another_language(app: Flask, verden: Verden, sprak: str) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Ansatt).values(sprak=sprak))
    with verk.formnokkel(app):
        noted, told, closed = verk.notert(verden), verk.varslet(verden, sprak), verk.varslet(verden, sprak)
        lacking = verk.notert(verden, verk.vilkaret(verden, konsekvens=False, vist=None))
        verk.si(verden, told, "sykdom", "transport", onsker=("tid", "samtale"))
        verk.si(verden, closed, "fant_arbeid")
    veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    for rest in ("", "nytt", noted, f"{noted}/send", f"{noted}/lukk", lacking, closed, told, f"{told}/muntlig"):
        veileder.get(sti(verden, rest))
    veileder.post(sti(verden, "nytt"), {"dato": "31.2.2026"}, status=422)
    veileder.post(sti(verden, noted, "/send"), {"belop": "-1", "maneder": "99", "virkedager": "1"}, status=422)
    veileder.post(sti(verden, noted, "/send"), {**VARSEL, "handling": "se_over"}, status=200)
    veileder.post(sti(verden, lacking, "/send"), {**VARSEL, "handling": "send"}, status=409)
    wish = verk.saken(verden, told).onsker[0].id
    veileder.get(sti(verden, told, f"/onske/{wish}"))
    veileder.post(sti(verden, told, f"/onske/{wish}"), {"innvilget": "ja"}, status=422)
    veileder.post(sti(verden, told, "/nadd"), {"hvordan": "mote", "ord": "Ja"}, status=409)
    with verk.formnokkel(app):
        verk.svar(verden, told, ja=False)
        verk.svar(verden, told, ja=True, dag=date(2026, 12, 20))
    veileder.get(sti(verden, told, "/vei"))
    veileder.post(sti(verden, told, "/vei"), {"steg": str(verk.saken(verden, told).steg)}, status=422)
    with verk.formnokkel(app):
        verk.vei(verden, told)
    veileder.get(sti(verden, told))
    veileder.get(sti(verden, told, "/avgjor"))
    fields = {"utfall": "reduksjon", "grunner": "Ja", "belop": "20000", "steg": str(verk.saken(verden, told).steg)}
    veileder.post(sti(verden, told, "/avgjor"), fields, status=422)
    with verk.formnokkel(app):
        verk.avgjor(verden, told)
    veileder.get(sti(verden, told))
    veileder.get(sti(verden))


def test_what_speaks_for_the_bruker_stands_before_the_notice(app: Flask, veileder: Klient, verden: Verden) -> None:
    """F1, F2: an unanswered «gjort» holds the notice back; what else they have said of the vilkår is shown."""
    vilkar_id = verk.vilkaret(verden)
    with verk.formnokkel(app):
        sak_id = verk.notert(verden, vilkar_id)
    with writing(unverified=True) as db:
        said = {"meldt": True, "trenger_hjelp": True, "svar": "sporsmal", "uenig": True}
        db.execute(update(Vilkar).where(Vilkar.id == vilkar_id).values(**said))
    page, send = veileder.get(sti(verden, sak_id)).text, sti(verden, sak_id, "/send")
    assert "Registrer først om det er gjort." in page
    assert f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}/vurder" in page
    for each in (page, veileder.get(send).text):
        assert "Brukeren har et spørsmål." in each
        assert "Brukeren er uenig." in each
    fields = {**VARSEL, "nokkel": ids.new_id().hex, "steg": str(verk.saken(verden, sak_id).steg), "handling": "send"}
    assert "Registrer først om det er gjort." in veileder.post(send, fields, status=409).text
    veileder.post(
        f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}/vurder", {"utfall": "ikke_oppfylt", "tekst": "Nei."}
    )
    veileder.post(send, fields)
    assert verk.saken(verden, sak_id).tilstand is Tilstand.VARSLET


def test_whom_to_reach_and_how(app: Flask, veileder: Klient, verden: Verden) -> None:
    """U3: the number in the worklist; on the page of the matter also how the bruker wants to be reached."""
    with verk.formnokkel(app):
        told = (verden.kommune_id, verden.amina, verden.seal(verden.amina), Profil("Amina Prøve", telefon="900 00 001"))
        identitet.change_profile(*told, sprak="nb", by=verk.kari(verden).actor)
    lever(verden, {"om-meg.kontakt": ["telefon", "brev"], "om-meg.hjelper": "Ring etter klokka to"})
    svar(verden, {"om-meg.hjelper": "Ikke levert ennå"})
    assert "tel:90000001" not in veileder.get("/veileder/").text
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    assert "tel:90000001" in veileder.get("/veileder/?vis=saker").text
    for mer in ("", "/nadd"):
        page = veileder.get(sti(verden, sak_id, mer)).text
        for words in ("tel:90000001", "Hvordan vil du at vi tar kontakt", "Brev på papir", "Ring etter klokka to"):
            assert words in page
        assert "Ikke levert ennå" not in page
    with verk.formnokkel(app):
        service.open_notice(verk.amina(verden), sak_id, "nb")
    assert "Brev på papir" not in veileder.get(sti(verden, sak_id)).text
