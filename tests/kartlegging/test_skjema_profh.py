"""Every PROFH field has a home: a question the bruker answers, or a place where the veileder writes.

The fields are those of annexes 9 (mapping), 11 (råd og veiledning) and 12 (conditions), shortened.
"""

import pytest

from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.skjema.samtalenotat import OPPFOLGING, PUNKTER

# Annex 9: what the mapping conversation asks.
VEDLEGG_9 = {
    "bosituasjon: tilfredsstillende bolig": "bolig.trivsel bolig.fungerer",
    "bosituasjon: behov for å flytte": "bolig.trenger bolig.flytte-dato",
    "bosituasjon: hjelp til å skaffe bolig": "bolig.trenger",
    "bosituasjon: utgifter til bolig": "bolig.utgift",
    "bosituasjon: alene eller med familie": "bolig.hvem",
    "bosituasjon: eier eller leier": "bolig.situasjon",
    "bosituasjon: tilstrekkelig innbo": "bolig.trenger bolig.mer",
    "familie: familiebakgrunn": "familie.mer",
    "familie: sivilstatus": "familie.sivilstatus",
    "familie: barn og forsørgeransvar": "familie.omsorg",
    "familie: barnas behov, fritid og utstyr": "familie.barn-behov",
    "familie: kontakt med barnevernet": "familie.barnevern",
    "familie: barnehage eller SFO": "familie.barn-behov",
    "familie: familie i nærheten": "nettverk.treffer",
    "familie: venner": "nettverk.treffer nettverk.fungerer",
    "sosialt: sosialt nettverk": "nettverk.stotte",
    "sosialt: foreninger, lag, idrett": "nettverk.aktivitet",
    "arbeid: arbeidserfaring": "arbeid.fungerer arbeid.lengde",
    "arbeid: situasjon i dag": "arbeid.na",
    "i arbeid: tilrettelegging": "arbeid.jobb",
    "i arbeid: tilfredsstillende": "arbeid.jobb",
    "i arbeid: finne annet arbeid": "arbeid.jobb",
    "i arbeid: utdanning, kurs, tiltak": "arbeid.jobb",
    "uten arbeid: fremtidig mål": "onsker.endre onsker.om-et-ar",
    "uten arbeid: hva skal til": "muligheter.hva-hjelper",
    "uten arbeid: utdanning og tiltak, erfaringer og behov": "arbeid.tiltak utdanning.videre",
    "utdanning: hva": "utdanning.hoyeste utdanning.avbrutt utdanning.avbrutt-fortell utdanning.fungerer",
    "utdanning: ønske eller plan": "utdanning.videre",
    "utdanning: hjelp til å kontakte skole": "utdanning.videre-hjelp",
    "utdanning: hva trengs for å komme i jobb": "utdanning.videre-hjelp utdanning.i-veien",
    "utdanning: hva Nav kan tilby": "utdanning.videre-hjelp onsker.fra-nav",
    "økonomi: inntekter og utgifter": "okonomi.inntekt okonomi.inntekt-belop okonomi.utgifter bolig.utgift",
    "økonomi: øke inntekter, redusere utgifter": "okonomi.mer",
    "økonomi: rådgiving om økonomi og gjeld": "okonomi.se-pa okonomi.gjeld",
    "økonomi: kvalifiseringsprogrammet": "okonomi.se-pa",
    "økonomi: behov for økonomisk stønad": "okonomi.se-pa",
    "økonomi: statlige rettigheter": "okonomi.se-pa okonomi.inntekt",
    "helse: utfordringer som hindrer arbeid": "helse.virkning helse.plager",
    "helse: utfordringer som ikke er gjort noe med": "helse.behandling helse.tilpasning",
    "helse: kontakte andre deler av hjelpeapparatet": "helse.behandling hjelp.omrader",
    "helse: kan gi rett på AAP eller ufør": "helse.virkning okonomi.se-pa",
    "hjelp: hva brukeren selv vil ha hjelp til": "hjelp.omrader onsker.fra-nav hjelp.ikke-spurt",
    "hjelp: hva skal til for å bli selvforsørget": "muligheter.hva-hjelper",
    "hjelp: behov for råd og veiledning": "hjelp.omrader",
    "mål: arbeid på full tid eller deltid": "onsker.endre",
    "mål: egnet bolig": "onsker.endre bolig.mer",
    "mål: inntektssikring": "onsker.endre",
    "mål: sosial inkludering": "onsker.endre nettverk.onsker",
    "mål: samordnet tilbud til barn og familier": "onsker.endre hjelp.omrader familie.barn-behov",
}

# Annex 11: what the routine for råd og veiledning asks the bruker.
VEDLEGG_11 = {
    "familie: familiesituasjon og omsorg": "familie.sivilstatus familie.omsorg",
    "familie: foreldres forsørgerplikt": "okonomi.inntekt",
    "familie: støttepersoner": "nettverk.stotte nettverk.treffer",
    "familie: hjelpebehov, barnevern, BUP": "familie.barnevern familie.barn-behov familie.mer",
    "bolig: bosituasjon": "bolig.situasjon bolig.hvem",
    "bolig: behov for endring": "bolig.trenger",
    "bolig: etablering og innbo": "bolig.trenger",
    "bolig og familie: råd og veiledning": "hjelp.omrader",
    "fritid: utvide nettverket": "nettverk.onsker",
    "fritid: aktiviteter for barna og en selv": "familie.barn-behov nettverk.aktivitet nettverk.onsker",
    "fritid: råd og veiledning": "hjelp.omrader",
    "helse: utfordringer": "helse.kropp helse.psyke helse.plager",
    "helse: rus": "rus.alkohol rus.rusmidler rus.spill rus.hjelp",
    "helse: henvist fra andre": "hjelp.ikke-spurt",
    "helse: samarbeid med andre": "hjelp.andre hjelp.omrader",
    "helse: bistand fra andre deler av hjelpeapparatet": "hjelp.omrader helse.behandling",
    "helse: råd og veiledning": "hjelp.omrader",
    "arbeid: situasjon i dag": "arbeid.na",
    "arbeid: mål om arbeid": "onsker.endre",
    "arbeid: hva brukeren selv gjør": "onsker.neste-steg",
    "arbeid: hva Nav bidrar med": "onsker.fra-nav",
    "arbeid: når utdanning er målet": "utdanning.videre utdanning.videre-hjelp",
    "arbeid: råd og veiledning": "hjelp.omrader",
    "økonomi: inntekter og utgifter": "okonomi.inntekt-belop okonomi.utgifter",
    "økonomi: hva brukeren selv kan gjøre": "okonomi.mer",
    "økonomi: årsak til problemer": "okonomi.mer",
    "økonomi: rådgiving": "okonomi.se-pa",
    "økonomi: rettigheter som ikke er brukt": "okonomi.se-pa",
    "økonomi: råd og veiledning": "hjelp.omrader okonomi.se-pa",
    "økonomisk rådgiving: disponere midler": "okonomi.regninger okonomi.mer",
    "økonomisk rådgiving: gjeld": "okonomi.gjeld",
    "økonomisk rådgiving: frivillig forvaltning": "okonomi.se-pa",
    "endring: hva brukeren vil endre": "onsker.endre onsker.drom",
    "endring: hva brukeren kan gjøre": "onsker.neste-steg muligheter.motivasjon",
    "endring: hva Nav må hjelpe med": "onsker.fra-nav",
    "vedtak: ønske om tjenesten": "hjelp.omrader",
}

# Annex 12: what the routine for conditions asks the bruker.
VEDLEGG_12 = {
    "arbeid: situasjon, helt eller delvis uten": "arbeid.na",
    "arbeid: opplevd årsak": "muligheter.i-veien",
    "arbeid: fremtidig mål": "onsker.endre onsker.om-et-ar",
    "arbeid: tidligere erfaring": "arbeid.fungerer arbeid.lengde arbeid.sist",
    "arbeid: hva skal til": "muligheter.hva-hjelper",
    "arbeid: skole, kurs og tiltak før og framover": "arbeid.tiltak utdanning.fungerer utdanning.videre",
    "helse: hindrer aktivitet": "helse.virkning",
    "helse: tilrettelegging": "helse.tilpasning",
    "sosialt: barn og omsorg": "familie.omsorg familie.mer",
    "tungtveiende forhold": "helse.virkning muligheter.i-veien muligheter.motivasjon",
    "mål: full tid eller deltid": "onsker.endre",
    "mål: egnet bolig": "onsker.endre bolig.mer",
    "mål: inntektssikring": "onsker.endre okonomi.se-pa",
    "medvirkning: brukerens forslag til aktivitet": "muligheter.hva-hjelper",
    "videre: brukerens behov": "hjelp.omrader onsker.fra-nav",
}

# What only the veileder can write: a point of the samtalenotat here, or a room that comes with vilkår and plan.
HOS_VEILEDEREN = {
    "9: informere om råd og veiledning": "samtalenotat.rad_og_veiledning",
    "9: informere om å søke om tjenesten": "samtalenotat.rad_og_veiledning",
    "9: vurdere behov for råd og veiledning": "samtalenotat.rad_og_veiledning",
    "11: samtykke til å hente opplysninger": "innsyn",
    "11: behovsvurdering, dato og utfall (også 12)": "samtalenotat.arbeid",
    "11: informere om økonomisk rådgiving": "samtalenotat.rad_og_veiledning",
    "11: informere om å søke om tjenesten": "samtalenotat.rad_og_veiledning",
    "11: rådgiver eller veileder": "samtalenotat.rad_og_veiledning",
    "11: møter med økonomisk rådgiver": "moter",
    "11: hjelp til å søke om tjenesten": "samtalenotat.rad_og_veiledning",
    "11: rett på tjenesten": "samtalenotat.rad_og_veiledning",
    "11: henvise til andre instanser (også 12)": "samtalenotat.hjelpebehov",
    "11: søknad og vedtak med begrunnelse": "vilkar",
    "11: hvem som gir tjenesten": "samtalenotat.rad_og_veiledning",
    "11: tidspunkter for veiledning": "moter",
    "11: oppstart fremgår av vedtaket": "vilkar",
    "11: innkalle til oppfølgingssamtaler": "moter",
    "11: nytt tidspunkt når noen ikke kom": "moter",
    "11: vedtak når tjenesten avbrytes": "vilkar",
    "11: notat som deles når tjenesten er oppfylt": "samtalenotat.veien_videre",
    "12: dato for kartleggingssamtale": "moter",
    "12: målet kommer tydelig frem": "samtalenotat.veien_videre",
    "12: hvordan brukeren medvirket": "samtalenotat.medvirkning",
    "12: hva vilkåret er": "vilkar",
    "12: sammenheng med vedtaket": "vilkar",
    "12: ikke uforholdsmessig byrdefullt": "vilkar",
    "12: ikke i strid med andre regler": "vilkar",
    "12: styrker mulighet for å forsørge seg selv": "vilkar",
    "12: motiverende": "vilkar",
    "12: informasjon om vilkår og brudd": "vilkar",
    "12: informert om sanksjon": "varsel",
    "12: konsekvens i vedtaket": "vilkar",
    "12: hva reduksjon betyr, familie, det nødvendigste": "varsel",
    "12: nytt vedtak ved brudd": "varsel",
    "12: råd og veiledning når det ikke stilles vilkår": "samtalenotat.rad_og_veiledning",
    "12: oppfølging når det ikke stilles vilkår": "plan",
}
ROM = {"moter", "innsyn", "plan", "vilkar", "varsel"}

# What each theme must cover, in the order of the domain's table.
TEMAENE_DEKKER = {
    "om-meg": "kallenavn sprak norsk lesing tolk kontakt hjelper",
    "bolig": "situasjon hvem trivsel trenger utgift",
    "familie": "sivilstatus omsorg barn-behov barnevern",
    "nettverk": "stotte treffer aktivitet onsker",
    "hverdag": "rytme mat tilgang",
    "utdanning": "hoyeste avbrutt avbrutt-fortell fungerer videre i-veien",
    "arbeid": "na fungerer lengde papirer tiltak",
    "styrker": "fag egenskaper andre-sier bli-bedre",
    "okonomi": "inntekt lenge utgifter gjeld regninger se-pa",
    "helse": "kropp psyke plager hjelper behandling virkning",
    "rus": "alkohol rusmidler spill hjelp",
    "muligheter": "finne beholde motivasjon hva-hjelper i-veien",
    "onsker": "drom om-et-ar endre neste-steg fra-nav",
    "hjelp": "omrader andre ikke-spurt utfylling",
}


@pytest.mark.parametrize(
    ("tabell", "antall"),
    [(VEDLEGG_9, 49), (VEDLEGG_11, 36), (VEDLEGG_12, 15)],
    ids=["vedlegg 9", "vedlegg 11", "vedlegg 12"],
)
def test_every_field_has_a_question(tabell: dict[str, str], antall: int) -> None:
    kjente = {s.id for s in SKJEMA.alle()}
    assert len(tabell) == antall
    for felt, ider in tabell.items():
        assert ider.split(), felt
        assert set(ider.split()) <= kjente, felt


def test_what_only_the_veileder_writes_has_a_place() -> None:
    punkter = {f"samtalenotat.{punkt.id}" for punkt in PUNKTER}
    for felt, sted in HOS_VEILEDEREN.items():
        assert sted in ROM | punkter, felt


@pytest.mark.parametrize("tema_id", list(TEMAENE_DEKKER))
def test_every_theme_covers_what_it_must(tema_id: str) -> None:
    ider = {s.id for s in SKJEMA.tema(tema_id).alle()}
    assert {f"{tema_id}.{navn}" for navn in TEMAENE_DEKKER[tema_id].split()} <= ider


@pytest.mark.parametrize(
    ("sporsmal_id", "valg"),
    [
        ("bolig.trenger", "bytte finne innbo"),
        ("bolig.situasjon", "eier leier-privat leier-kommunen midlertidig ingen"),
        ("familie.barn-behov", "barnehage sfo fritid utstyr"),
        ("nettverk.stotte", "ringe morgen"),
        ("hverdag.tilgang", "forerkort telefon nett"),
        ("arbeid.papirer", "cv attest"),
        ("arbeid.jobb", "trives tilrettelegging annen opplaring"),
        ("okonomi.inntekt", "foreldre"),
        ("okonomi.se-pa", "sosialhjelp statlig kvp bostotte radgivning forvaltning"),
        ("helse.plager", "sovn smerter"),
        ("helse.behandling", "na venter ikke-undersokt"),
        ("rus.hjelp", "lar behandling onsker"),
        ("onsker.endre", "heltid deltid utdanning bolig okonomi nettverk familie"),
    ],
)
def test_fields_that_live_in_a_choice_are_there(sporsmal_id: str, valg: str) -> None:
    assert set(valg.split()) <= {v.id for v in SKJEMA.sporsmal(sporsmal_id).valg}


def test_the_samtalenotat_has_fourteen_points_with_the_brukers_answers_beside() -> None:
    assert [punkt.nr for punkt in PUNKTER] == list(range(1, 15))
    assert len({punkt.id for punkt in PUNKTER}) == 14
    vist = [tema_id for punkt in PUNKTER for tema_id in punkt.temaer]
    assert set(vist) == {tema.id for tema in SKJEMA.temaer}  # nothing is typed again


def test_the_last_point_has_its_parts() -> None:
    assert PUNKTER[-1].felt == OPPFOLGING
    assert [felt.id for felt in OPPFOLGING] == [
        "naasituasjon",
        "mal",
        "tiltak",
        "ansvarlig",
        "frist",
        "evaluering",
        "nytt_mal",
    ]
    assert [felt.id for felt in OPPFOLGING if felt.dato] == ["frist"]
    assert not [punkt.id for punkt in PUNKTER[:-1] if punkt.felt]
