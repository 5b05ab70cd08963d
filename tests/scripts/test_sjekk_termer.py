"""A term is said with the same word everywhere, or the check says where it is not."""

from babel.messages.catalog import Catalog
from sjekk_termer import faults, plain, terms, unused

KLAGE = """
[termer.klage]
norsk = '\\bklag(e|en)\\b'
en = ["appeal"]
ar = ["عتراض"]
unntak = ["Du kan klage til nemnda."]
"""


def said(source: str | tuple[str, str], text: str | tuple[str, str], language: str = "en") -> list[str]:
    """What is wrong with one translation."""
    made = Catalog(locale=language)
    made.add(source, text)
    return list(faults(language, made, terms(KLAGE)))


def test_the_agreed_word() -> None:
    assert said("Du kan klage.", "You can appeal.") == []
    assert said("Klagen din", "Your Appeal") == []
    assert said(("en klage", "%(num)s klage"), ("one appeal", "%(num)s appeals")) == []


def test_another_word_is_found() -> None:
    assert said("Du kan klage.", "You can complain.") == ["«klage» sies annerledes: «Du kan klage.»"]


def test_what_is_only_filled_in_is_no_term() -> None:
    assert said("Se %(klage)s", "See %(klage)s") == []
    assert said("Beklager", "Sorry") == []


def test_an_exception_is_let_through_while_its_text_exists() -> None:
    assert said("Du kan klage til nemnda.", "You can complain to the tribunal.") == []
    template = Catalog()
    template.add("Klagen din")
    assert list(unused(template, terms(KLAGE))) == ["unntaket «Du kan klage til nemnda.» står ikke i noen tekst"]
    assert next(unused(Catalog(), terms(KLAGE))) == "«klage» står ikke i noen tekst"


def test_marks_that_are_not_always_written_do_not_count() -> None:
    assert said("Du kan klage.", "يمكنك تقديم اعتراضٍ.", "ar") == []
    assert plain("اِعتراضٌ") == plain("اعتراض")
    assert plain("Møtet på Åse") == "møtet på åse"
