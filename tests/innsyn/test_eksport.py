"""Everything held about a person comes out, on the page, as JSON and as PDF (S3); and nothing of anybody else's."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from pypdf import PdfReader

from tests.conftest import NOON
from tests.klage import klager
from tests.klient import Klient
from tests.paminnelse.conftest import som_bruker
from tests.paminnelse.test_push import Nettleser
from tests.sporringer import count
from tests.tolking import ord as tolkede
from tests.vedlegg import filer
from tests.verden import Verden
from webapp.demo import sakssteg, steg
from webapp.demo.kalender import Kalender
from webapp.demo.vei import Vei
from webapp.identitet import service as identitet
from webapp.identitet import tildelinger
from webapp.paminnelse import abonnement, bevis
from webapp.paminnelse import service as paminnelser
from webapp.paminnelse.rules import Resultat
from webapp.platform import audit, clock, drafts, ids
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing
from webapp.platform.utboks import Utboks
from webapp.schema import metadata
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Eier


def road(marker: str) -> tuple[steg.Steg, ...]:
    """A road through every table, with ``marker`` in everything that anybody writes."""
    return (
        steg.Invitert(dag=-90, kl="09:00"),
        *matters(marker),
        steg.Svarte(
            dag=-19,
            kl="20:00",
            svar={"onsker.drom": f"{marker}-svar", "bolig.mer": f"{marker}-forst", "bolig.situasjon": "eier"},
            vil_ikke=("rus.alkohol",),
        ),
        steg.Svarte(dag=-18, kl="20:00", svar={"bolig.mer": f"{marker}-rettet"}, skrevet_av="hjelper"),
        steg.ToTekster(dag=-18, kl="21:00", svar={"bolig.mer": f"{marker}-annen-tekst"}),
        steg.Leverte(dag=-17, kl="20:00"),
        steg.Leste(dag=-15, kl="10:00"),
        steg.Merknad(
            dag=-15,
            kl="10:10",
            sporsmal="onsker.drom",
            tekst=f"{marker}-sporsmal",
            spor=True,
            svar=f"{marker}-gjensvar",
        ),
        steg.Mote(
            dag=-14, kl="10:00", om=3, klokke="12:00", form="kontor", sted=f"{marker}-sted", melding=f"{marker}-melding"
        ),
        steg.TaOpp(dag=-13, kl="20:00", tekst=f"{marker}-dagsorden"),
        steg.Holdt(dag=-10, kl="14:00", notat={"bosituasjon": f"{marker}-notat", "veien_videre-mal": f"{marker}-mal"}),
        steg.Kommenterte(dag=-9, kl="20:00", tekst=f"{marker}-kommentar", ansikt=2, om_motet=f"{marker}-vurdering"),
        steg.Ba(dag=-8, kl="20:00", slag="retting", tekst=f"{marker}-henvendelse", svar=f"{marker}-svaret"),
        steg.Mote(dag=-7, kl="10:00", om=2, klokke="12:00", form="telefon", sted=f"{marker}-ringer"),
        steg.Holdt(dag=-4, kl="14:00", notat={"bosituasjon": f"{marker}-UTKAST"}, delt=False),
        steg.Apnet(dag=-2, kl="10:00", ansatt="leif", grunn=f"{marker}-grunn"),
    )


def matters(marker: str) -> tuple[steg.Steg, ...]:
    """The part of the road that is outside the mapping: the plan, a vilkår, a notice, a decision and a klage."""
    return (
        sakssteg.Mal(dag=-89, kl="18:00", tekst=f"{marker}-planmal"),
        sakssteg.Foreslo(dag=-88, kl="10:00", hva=f"{marker}-steg", hvorfor=f"{marker}-stegfordi"),
        sakssteg.KjennerPlanen(dag=-86, kl="18:00"),
        sakssteg.Vedtatt(
            dag=-80,
            kl="10:00",
            nummer=f"{marker}-vedtak",
            type="mote",
            parametre={"hvem": f"{marker}-hvem", "sted": f"{marker}-motested", "klokke": "10:00"},
            frist=10,
            hvorfor=f"{marker}-vilkarfordi",
        ),
        sakssteg.LesteVilkar(dag=-79, kl="20:00", svar="sporsmal", sporsmal=f"{marker}-lurer", uenig=f"{marker}-uenig"),
        sakssteg.Noterte(dag=-68, kl="10:00", dato=-1, hva=f"{marker}-hendt", varsel=f"{marker}-varsel"),
        sakssteg.ApnetVarsel(dag=-66, kl="20:00"),
        sakssteg.Uttalte(
            dag=-60, kl="20:00", grunner=("annet",), ord=f"{marker}-ord", vil=f"{marker}-vil", onsker=("samtale",)
        ),
        # U6: a conversation that was promised is held before anything is decided.
        sakssteg.SvartePaOnske(dag=-58, kl="10:00", tekst=f"{marker}-onskesvar"),
        sakssteg.SkrevNed(dag=-56, kl="10:00", grunner=("annet",), ord=f"{marker}-samtale"),
        sakssteg.Avgjorde(
            dag=-50,
            kl="10:00",
            veid=f"{marker}-veid",
            utfall="reduksjon",
            grunner=f"{marker}-avgjort",
            nummer=f"{marker}-nytt-vedtak",
            vurderinger={"familie": f"{marker}-familie", "barn": f"{marker}-barn", "dekket": f"{marker}-dekket"},
        ),
        sakssteg.Klaget(
            dag=-45, kl="20:00", mot="reduksjon", hva=f"{marker}-klage", vil=f"{marker}-klagevil", mottatt=True
        ),
        sakssteg.MeldteGjort(dag=-44, kl="20:00", tekst=f"{marker}-gjort"),
        sakssteg.Vurderte(dag=-43, kl="10:00", utfall="oppfylt", tekst=f"{marker}-oppfylt"),
        sakssteg.BaOmRad(dag=-42, kl="20:00", omrader=("okonomi",), tekst=f"{marker}-rad"),
    )


# What is planted: every place that holds somebody's words.
WORDS = (
    *(
        "svar",
        "rettet",
        "annen-tekst",
        "sporsmal",
        "gjensvar",
        "sted",
        "ringer",
        "melding",
        "dagsorden",
        "notat",
        "mal",
    ),
    *("planmal", "steg", "stegfordi", "vedtak", "hvem", "motested", "vilkarfordi", "lurer", "uenig"),
    *("gjort", "oppfylt", "fil"),
    *("onskesvar", "samtale"),
    *("hendt", "varsel", "ord", "vil", "veid", "avgjort", "nytt-vedtak", "familie", "barn", "dekket"),
    *("klage", "klagevil", "rad"),
    *("sagt", "klageretting", "tillegg", "mottatt", "opprettholdt", "trukket"),
    *("gjengitt", "tolken"),
    *("mal", "kommentar", "vurdering", "henvendelse", "svaret", "grunn", "overlevering", "utkast", "profil"),
)


def plant(verden: Verden, bruker_id: UUID, marker: str) -> None:
    k, seal = verden.kommune_id, verden.seal(bruker_id)
    with clock.retold(), writing() as db:
        Vei(db, k, bruker_id, Kalender()).walk(road(marker))
    with clock.frozen(NOON - timedelta(days=1)):
        profil = identitet.Profil(f"{marker}-profil Etternavn", 1990, "00 00 00 99", "x@demo.example", True, "dari")
        identitet.change_profile(k, bruker_id, seal, profil, sprak="nb", by=Actor("bruker", bruker_id))
        to = verden.per if bruker_id == verden.amina else verden.kari
        tildelinger.hand_over(k, bruker_id, seal, to, f"{marker}-overlevering", Actor("ansatt", verden.leif))
        owner = Eier(k, bruker_id, seal, "bruker", Actor("bruker", bruker_id))
        vedlegg.ta_imot(owner, ids.new_id(), "/innsyn/henvendelse/ny", f"{marker}-fil.jpg", filer.photo(20, 20))
        drafts.keep(k, ("bruker", bruker_id), seal, "/innsyn/henvendelse/ny", {"tekst": [f"{marker}-utkast"]})


def plant_reminders(verden: Verden, bruker_id: UUID, word: str) -> None:
    """A choice, a device, something sent and something that waits."""
    who = som_bruker(verden.kommune_id, bruker_id)
    paminnelser.choose(who, paminnelser.Valg(True, False, f"{word}@example.org", "", 21, 8))
    abonnement.add(who, Nettleser.ny(f"https://push.example/{word}").abonnement)
    row = Utboks(
        kommune_id=verden.kommune_id, bruker_id=bruker_id, hendelse="prove", ref=ids.new_id(), trinn="straks",
        send_etter=NOON, neste_forsok=NOON, id=ids.new_id(),
    )  # fmt: skip
    with writing() as db:
        db.add(row)
        bevis.keep(db, [bevis.of(row, "epost", Resultat.SENDT, "250", NOON)])


@pytest.fixture
def plantet(app: Flask, verden: Verden) -> Verden:
    """Amina and Jonas, each with their own words everywhere."""
    with app.test_request_context():
        g.form_key_ok = True
        g.sprak = "nb"
        plant(verden, verden.amina, "MEG")
        plant(verden, verden.jonas, "ANNEN")
        klager.plant(verden, verden.amina, "MEG")
        klager.plant(verden, verden.jonas, "ANNEN")
        for bruker_id, word in ((verden.amina, "MEG"), (verden.jonas, "ANNEN")):
            plant_reminders(verden, bruker_id, word)
            tolkede.plant(verden, bruker_id, word)
    return verden


@pytest.fixture
def amina(app: Flask, plantet: Verden) -> Klient:
    klient = Klient(app).logg_inn_bruker(plantet.kommune_id, plantet.amina)
    klient.post("/telefon/svar", {"svar": "nei"})
    return klient


def pdf_text(body: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def test_the_page_has_everything_of_mine_and_nothing_of_others(amina: Klient) -> None:
    page = amina.get("/innsyn/alt").text
    assert [word for word in WORDS if f"MEG-{word}" not in page] == []
    assert "ANNEN" not in page
    assert "Skrevet av en som hjalp deg" in page
    assert "Vil ikke svare" in page


def test_the_file_has_everything_of_mine_and_nothing_of_others(amina: Klient) -> None:
    answer = amina.get("/innsyn/alt.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dokument-2026-11-24.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert [word for word in WORDS if f"MEG-{word}" not in answer.text] == []
    assert "ANNEN" not in answer.text
    assert json.loads(answer.text)["format"] == "medvirk-1"


@pytest.mark.en_gang
def test_the_pdf_has_everything_of_mine_and_nothing_of_others(amina: Klient) -> None:
    answer = amina.get("/innsyn/alt.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(pdf_text(answer.data).split())
    assert [word for word in WORDS if f"MEG-{word}" not in text] == []
    assert "ANNEN" not in text


def test_a_note_that_is_not_shared_is_mentioned_and_not_shown(amina: Klient) -> None:
    """The veileder's working paper; honest that it is there."""
    page, told = amina.get("/innsyn/alt").text, amina.get("/innsyn/alt.json")
    assert "MEG-UTKAST" not in page + told.text
    assert "Veilederen har begynt på et notat fra dette møtet, men har ikke delt det med deg." in page
    assert [one["upublisert_notat"] for one in told.get_json()["moter"]] == [False, True]


def test_every_table_about_a_bruker_is_in_the_file(amina: Klient) -> None:
    """A new table with a bruker_id is found here before somebody asks for what is in it."""
    told = amina.get("/innsyn/alt.json").get_json()
    person, kartlegging, moter = told["person"], told["kartlegging"], told["moter"]
    plan, (vilkar, *_), (varsel, *_) = told["plan"], told["vilkar"]["vilkar"], told["varselsaker"]
    where: dict[str, Any] = {
        "bruker": person["profil"],
        "tildeling": person["veiledere"],
        "begrunnelse": person["grunner_for_apning"],
        "invitasjon": person["invitasjoner"],
        "engangskode": person["engangskoder"],
        "kartlegging": kartlegging["tilstand"],
        "svar": kartlegging["svar"],
        "svarkonflikt": kartlegging["to_tekster"],
        "levering": kartlegging["leveringer"],
        "merknad": kartlegging["merknader"],
        "merknadsvar": kartlegging["merknader"][0]["svar"],
        "merknadversjon": ["endret_i_levering" in one for one in kartlegging["merknader"]],
        "mote": moter,
        "dagsorden": moter[0]["vil_ta_opp"],
        "samtalenotat": [one["upublisert_notat"] for one in moter],
        "notatversjon": moter[0]["notater"],
        "notatkommentar": moter[0]["notater"][0]["kommentarer"],
        "motevurdering": moter[0]["vurderinger"],
        "henvendelse": told["henvendelser"],
        "hendelse": told["hendelser"],
        "hjemskjerm": told["hjemskjerm"],
        "plan": plan["evaluering"],
        "mal": plan["mal"],
        "aktivitet": plan["steg"],
        "planhendelse": plan["hendelser"],
        "planversjon": plan["versjoner"],
        "plankjennskap": [one for one in plan["versjoner"] if one["bekreftet_kjent"]],
        "vedtak": told["vilkar"]["vedtak"],
        "vilkar": vilkar["tilstand"],
        "vilkarversjon": vilkar["versjoner"],
        "vilkarvisning": vilkar["versjoner"][0]["visninger"],
        "forstaelse": vilkar["versjoner"][0]["svar"],
        "vilkarmelding": vilkar["meldinger"],
        "vilkarvurdering": vilkar["vurderinger"],
        "varselsak": varsel["tilstand"],
        "gjengivelse": told["gjengivelser"],
        "vedlegg": told["vedlegg"],
        "vedleggskobling": ["sendt_med" in one for one in told["vedlegg"]],
        "klage": told["klager"],
        "klagesteg": told["klager"][0]["steg"],
        "klagenedtegning": told["klager"][0]["skrevet_ned"],
        "klageretting": told["klager"][0]["rettinger"],
        "klagetillegg": told["klager"][0]["tillegg"],
        "klagetilleggsteg": [one["steg"] for one in told["klager"][0]["tillegg"] if one["steg"]],
        "klagetrekk": told["klager"][0]["trukket"],
        "radsoknad": told["veiledning"],
        "radvedtak": told["veiledning"],
        "radsamtale": told["veiledning"],
        "radslutt": told["veiledning"],
        "paminnelsevalg": told["paminnelser"]["valg"],
        "pushabonnement": told["paminnelser"]["enheter"],
        "utboks": told["paminnelser"]["venter"],
        "paminnelse_sendt": told["paminnelser"]["sendt"],
    }
    # What a matter is made of names the matter and not the bruker.
    for part in ("notert", "varsel", "nadd", "uttalelser", "onsker", "veiinger", "avgjorelse"):
        assert varsel[part], part
    # Keys and hashes: they say nothing about the person and would only weaken what they protect.
    not_data = {"datanokkel", "navnedel"}
    about = {table.name for table in metadata.sorted_tables if "bruker_id" in table.columns} | {"bruker"}
    assert about - not_data == set(where)
    assert [name for name, found in where.items() if not found] == []
    # And those that name their owner in another way.
    assert person["palogginger"]
    assert told["ikke_sendt"]
    assert "passnokler" in person


def test_the_checksum_can_be_checked_by_whoever_has_the_file(amina: Klient) -> None:
    (delivered,) = amina.get("/innsyn/alt.json").get_json()["kartlegging"]["leveringer"]
    assert hashlib.sha256(delivered["innhold"].encode()).hexdigest() == delivered["sha256"]


def test_every_line_of_a_notice_and_a_decision_has_the_same_parts(amina: Klient) -> None:
    """The line, its language, and «vilkar» where it is one of the vilkår: for a program that reads the file."""
    matters = amina.get("/innsyn/alt.json").get_json()["varselsaker"]
    texts = [one[kind]["tekst"] for one in matters for kind in ("varsel", "avgjorelse") if one[kind]]
    lines = [line for text in texts for parts in text.values() for _heading, found in parts for line in found]
    assert {len(line) for line in lines} == {3}
    assert {line[2] for line in lines} == {"", "vilkar"}
    assert all(isinstance(part, str) for line in lines for part in line)


def test_fetching_is_in_the_log(plantet: Verden, amina: Klient) -> None:
    for ending in ("", ".json", ".pdf"):
        amina.get(f"/innsyn/alt{ending}")
    with reading() as db:
        events = db.query(Hendelse).filter_by(bruker_id=plantet.amina, type="egne_data_hentet")
        rows = events.order_by(Hendelse.lopenr)
        assert [row.innhold["format"] for row in rows] == ["side", "json", "pdf"]
    assert not audit.verify(plantet.kommune_id)


def test_queries_do_not_grow_with_what_is_held(app: Flask, plantet: Verden, amina: Klient) -> None:
    amina.get("/innsyn/alt")
    with count(app) as few:
        amina.get("/innsyn/alt")
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, "nb"
        with clock.retold(), writing() as db:
            Vei(db, plantet.kommune_id, plantet.amina, Kalender()).walk(
                tuple(step for step in road("MER") if not isinstance(step, steg.ToTekster))
            )
    with count(app) as many:
        amina.get("/innsyn/alt")
    # Every table of every room, once or twice, and what klager are against: a fixed number, whatever is held.
    assert len(few) == len(many) <= 94, len(many)


def test_a_bruker_with_nothing(bruker: Klient) -> None:
    assert "Du har ikke svart på noe ennå." in bruker.get("/innsyn/alt").text
    assert bruker.get("/innsyn/alt.json").get_json()["kartlegging"]["svar"] == []
    assert bruker.get("/innsyn/alt.pdf").data.startswith(b"%PDF")


def test_too_many_pdfs_an_hour(bruker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.platform import pdf

    monkeypatch.setattr(pdf, "make_pdf", lambda *_args, **_kwargs: b"%PDF")
    for _ in range(20):
        bruker.get("/innsyn/alt.pdf")
    assert bruker.get("/innsyn/alt.pdf", 429).headers["Retry-After"]


def test_a_pdf_that_cannot_be_made_is_the_page_instead(bruker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.platform import pdf

    def refuse(*_args: object, **_kwargs: object) -> bytes:
        raise pdf.PdfError("too long")

    monkeypatch.setattr(pdf, "make_pdf", refuse)
    assert "Skriv ut siden i stedet." in bruker.follow(bruker.get("/innsyn/alt.pdf", 303)).text


@pytest.mark.parametrize("path", ["/innsyn/alt", "/innsyn/alt.json", "/innsyn/alt.pdf"])
def test_only_for_oneself(besoker: Klient, veileder: Klient, path: str) -> None:
    assert besoker.get(path, 303).location.startswith("/inn")
    assert veileder.get(path, 303).location.startswith("/inn")
