"""The form as data: structure, views, and what its texts promise (K2–K6, S2)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from flask import Flask
from flask_babel import Babel, LazyString
from flask_babel import lazy_gettext as _l

import webapp.kartlegging.skjema as skjema_pakke
from webapp.kartlegging.skjema import (
    SKJEMA,
    Skjema,
    Sporsmal,
    Type,
    UkjentSporsmal,
    UkjentTema,
    Valg,
    Visning,
)
from webapp.kartlegging.skjema import validering as validering_modul
from webapp.kartlegging.skjema.samtalenotat import PUNKTER

TEMA_IDER = (
    "om-meg",
    "bolig",
    "familie",
    "nettverk",
    "hverdag",
    "utdanning",
    "arbeid",
    "styrker",
    "okonomi",
    "helse",
    "rus",
    "muligheter",
    "onsker",
    "hjelp",
)
FROSNE_IDER = Path(__file__).with_name("skjema_ider.txt")


@pytest.fixture(autouse=True)
def pa_bokmal() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


def skjematekster() -> Iterator[tuple[str, LazyString]]:
    """Every text of the form with the id of where it stands."""
    for tema in SKJEMA.temaer:
        yield from ((tema.id, t) for t in (tema.tittel, tema.hvorfor, tema.innledning, tema.hvem_leser))
        for sporsmal in tema.alle():
            yield sporsmal.id, sporsmal.etikett
            if sporsmal.hjelp is not None:
                yield sporsmal.id, sporsmal.hjelp
            yield from ((f"{sporsmal.id}={valg.id}", valg.etikett) for valg in sporsmal.valg)


def alle_tekster() -> Iterator[tuple[str, LazyString]]:
    """The form's texts, the samtalenotat's and the problems that checking names."""
    yield from skjematekster()
    for punkt in PUNKTER:
        yield from ((punkt.id, t) for t in (punkt.tittel, punkt.hjelp))
        for felt in punkt.felt:
            yield from ((felt.id, t) for t in (felt.tittel, felt.hjelp))
    yield from ((navn, t) for navn, t in vars(validering_modul).items() if isinstance(t, LazyString))


def ider(visning: Visning) -> list[str]:
    return [s.id for tema in SKJEMA.visning(visning) for s in tema.sporsmal]


def test_fourteen_themes_in_order() -> None:
    assert tuple(tema.id for tema in SKJEMA.temaer) == TEMA_IDER


def test_sixty_to_ninety_questions() -> None:
    assert 60 <= len(list(SKJEMA.alle())) <= 90


def test_ids_are_frozen() -> None:
    """K3: stored answers point at these ids, so none of them may change its meaning unnoticed."""
    na = [
        " ".join((s.id, s.type.value, *(valg.id for valg in s.valg))) for tema in SKJEMA.temaer for s in tema.kjente()
    ]
    for_ = FROSNE_IDER.read_text(encoding="utf-8").splitlines()
    endret = sorted(set(na) ^ set(for_))
    assert not endret, (
        f"These questions or choices were added, renamed, retyped or taken out: {endret}. Stored answers point at the "
        f"ids: a new meaning needs a new id. If it is meant, change VERSJON and write it into {FROSNE_IDER.name}."
    )


def test_ids_are_ascii_and_named_after_their_theme() -> None:
    for sporsmal in SKJEMA.alle():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", sporsmal.id), sporsmal.id
        for valg in sporsmal.valg:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", valg.id), (sporsmal.id, valg.id)


def test_choices_have_different_labels() -> None:
    for sporsmal in SKJEMA.alle():
        etiketter = [str(valg.etikett) for valg in sporsmal.valg]
        assert len(set(etiketter)) == len(etiketter), sporsmal.id


def test_only_several_choices_have_one_that_excludes_the_others() -> None:
    for sporsmal in SKJEMA.alle():
        alene = [valg for valg in sporsmal.valg if valg.alene]
        assert len(alene) <= (1 if sporsmal.type is Type.FLERE else 0), sporsmal.id


def test_grades_are_labelled_steps() -> None:
    """K6: a grade is words in an order, never a bare number."""
    for sporsmal in SKJEMA.alle():
        if sporsmal.type in {Type.GRAD, Type.VARIGHET}:
            assert len(sporsmal.valg) >= 3, sporsmal.id
            assert not any(str(valg.etikett).strip().isdigit() for valg in sporsmal.valg), sporsmal.id


def test_each_theme_opens_and_ends_with_own_words() -> None:
    """K4, K5: what works comes first, own words come last, countable answers stand between."""
    for tema in SKJEMA.temaer:
        assert tema.sporsmal[0].type is Type.TEKST, tema.id
        assert tema.sporsmal[-1].type is Type.TEKST, tema.id
        if tema.id != "styrker":  # what a person can is told, not counted
            assert any(s.tellbart for s in tema.sporsmal[1:-1]), tema.id


def test_what_is_counted_is_never_free_text() -> None:
    """S5: own words are not counted."""
    assert not [s.id for s in SKJEMA.alle() if s.tellbart and s.type in {Type.TEKST, Type.KORT}]


@pytest.mark.parametrize(
    "sporsmal_id",
    [
        "utdanning.hoyeste",
        "utdanning.avbrutt",
        "okonomi.lenge",
        "bolig.situasjon",
        "helse.kropp",
        "helse.psyke",
        "okonomi.gjeld",
    ],
)
def test_what_the_office_must_see_in_numbers_is_countable(sporsmal_id: str) -> None:
    """K5 names them: education incl. interrupted, duration of benefits, housing, health, debt."""
    assert SKJEMA.sporsmal(sporsmal_id).tellbart


@pytest.mark.parametrize(
    ("visning", "minst", "mest"),
    [(Visning.SCREENING, 10, 14), (Visning.KORT, 25, 30), (Visning.MINI, 15, 20), (Visning.FULL, 60, 90)],
)
def test_views_are_of_the_promised_size(visning: Visning, minst: int, mest: int) -> None:
    """K3; follow-ups come on top, for those whose answers call for them."""
    assert minst <= len(ider(visning)) <= mest


def test_screening_takes_under_five_minutes() -> None:
    """K3: reckoned at 15 seconds a choice and 60 seconds an answer in own words, all follow-ups included."""
    sporsmal = [s for tema in SKJEMA.visning(Visning.SCREENING) for s in tema.alle()]
    assert sum(60 if s.type is Type.TEKST else 15 for s in sporsmal) < 5 * 60


def test_views_are_selections_of_the_same_questions() -> None:
    """K3: the same questions with the same ids, in the same order, never separate forms."""
    full = ider(Visning.FULL)
    for visning in Visning:
        utvalg = ider(visning)
        assert utvalg == [i for i in full if i in set(utvalg)]
        for tema in SKJEMA.visning(visning):
            assert tema.sporsmal
            assert all(s is SKJEMA.sporsmal(s.id) for s in tema.alle())
    assert set(ider(Visning.SCREENING)) <= set(ider(Visning.KORT))
    assert SKJEMA.visning(Visning.MINI) is SKJEMA.visning(Visning.MINI)


def test_every_view_asks_for_resources_and_wishes() -> None:
    """K4: not problems alone, in any view."""
    for visning in Visning:
        assert "styrker.stolt" in ider(visning)
        assert any(i.startswith("onsker.") for i in ider(visning))


def test_each_theme_says_why_and_who_reads() -> None:
    """K2: purpose and readers come before the first question."""
    for tema in SKJEMA.temaer:
        assert str(tema.hvorfor)
        assert str(tema.innledning)
        assert tema.hvem_leser is not None
        assert 1 <= len(re.findall(r"[.?!](?:\s|$)", str(tema.hvorfor))) <= 2, tema.id


def test_sensitive_parts_are_marked() -> None:
    """S2: health and rus are off by default when something is shared."""
    assert {tema.id for tema in SKJEMA.temaer if tema.sensitivt} == {"helse", "rus"}
    assert {s.id for s in SKJEMA.alle() if s.sensitivt} == {"familie.barnevern", "hjelp.andre"}
    assert SKJEMA.sporsmal("familie.barnevern").sensitivt
    assert not SKJEMA.sporsmal("bolig.hvem").sensitivt


def test_rus_says_that_everyone_is_asked() -> None:
    """K6."""
    assert "til alle" in str(SKJEMA.tema("rus").innledning)


def test_health_is_never_syk_or_frisk() -> None:
    """K6."""
    for sted, tekst in skjematekster():
        if sted.startswith(("helse", "rus")):
            assert not re.search(r"\b(?:syk|syke|frisk|friske)\b", str(tekst), re.IGNORECASE), (sted, str(tekst))


def test_vil_ikke_svare_is_not_a_choice() -> None:
    """K2: it stands beside every question, so no question has it as a choice of its own."""
    assert not [s.id for s in SKJEMA.alle() for valg in s.valg if "svare" in str(valg.etikett).lower()]


def test_texts_are_plain() -> None:
    """Short sentences, no paragraph signs, «Nav» as the name is written."""
    for sted, lat in alle_tekster():
        tekst = str(lat)
        assert tekst == tekst.strip(), sted
        assert "  " not in tekst, sted
        assert not re.search(r"§|NAV\b", tekst), (sted, tekst)
        for setning in re.split(r"(?<=[.?!:])\s", tekst):
            assert len(setning.split()) <= 22, (sted, setning)


def test_questions_end_with_a_question_mark_and_help_with_a_full_stop() -> None:
    for sporsmal in SKJEMA.alle():
        assert str(sporsmal.etikett).endswith("?"), sporsmal.id
        assert sporsmal.hjelp is None or str(sporsmal.hjelp).endswith((".", "?")), sporsmal.id


def test_every_text_reaches_the_catalogues() -> None:
    """Texts are literal strings in `_l(...)`, so that the catalogues can be made from the code."""
    mappe = Path(skjema_pakke.__file__).parent
    funnet = {
        melding
        for fil in mappe.rglob("*.py")
        for _linje, melding, _kommentar, _sammenheng in extract_from_file("python", fil, keywords={"_l": None})
    }
    assert [(sted, str(t)) for sted, t in alle_tekster() if str(t) not in funnet] == []


def test_unknown_ids_have_errors_of_their_own() -> None:
    for feil in ("", "bolig ", "finnes-ikke", "../rus", "bolig.fungerer"):
        with pytest.raises(UkjentTema):
            SKJEMA.tema(feil)
    for feil in ("", "bolig", "bolig.", "bolig.finnes-ikke", "BOLIG.mer"):
        with pytest.raises(UkjentSporsmal):
            SKJEMA.sporsmal(feil)


def test_follow_ups_are_found_and_follow_their_parent() -> None:
    assert SKJEMA.sporsmal("bolig.flytte-dato").type is Type.DATO
    forelder = SKJEMA.sporsmal("bolig.trenger")
    assert [s.id for s in forelder.alle()] == ["bolig.trenger", "bolig.flytte-dato"]
    assert forelder.apnes_av == {"ma-ut"}


def test_a_form_that_does_not_hang_together_cannot_be_made() -> None:
    ja = (Valg("ja", _l("Ja")),)
    with pytest.raises(ValueError, match="two choices"):
        Sporsmal("a.b", Type.EN, _l("Ja"), valg=ja * 2)
    with pytest.raises(ValueError, match="belong to the types"):
        Sporsmal("a.b", Type.TEKST, _l("Ja"), valg=ja)
    with pytest.raises(ValueError, match="belong to the types"):
        Sporsmal("a.b", Type.EN, _l("Ja"))
    with pytest.raises(ValueError, match="open them"):
        Sporsmal(
            "a.b", Type.EN, _l("Ja"), valg=ja, apnes_av=frozenset({"nei"}), oppfolging=(SKJEMA.sporsmal("rus.mer"),)
        )
    with pytest.raises(ValueError, match="full view"):
        Sporsmal("a.b", Type.TEKST, _l("Ja"), visninger=frozenset({Visning.MINI}))
    bolig = SKJEMA.tema("bolig")
    with pytest.raises(ValueError, match="two themes"):
        Skjema("x", (bolig, bolig))
    with pytest.raises(ValueError, match="used twice"):
        Skjema("x", (replace(bolig, sporsmal=bolig.sporsmal * 2),))
    with pytest.raises(ValueError, match="not an id of theme"):
        Skjema("x", (replace(bolig, id="hus"),))
