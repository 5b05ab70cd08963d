"""The template check finds words outside gettext, and what the content policy would stop."""

import pytest
from jinja2 import Environment
from sjekk_maler import faults_in

ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])


def said(source: str) -> str:
    return "\n".join(f"{line}: {sentence}" for line, sentence in faults_in(source, ENVIRONMENT))


@pytest.mark.parametrize(
    "source",
    [
        '<p class="hjelp">{{ _("Hei") }}</p>',
        "{# Dette er en kommentar #}<p>{% if x == 'hei' %}{{ x }}{% endif %}</p>",
        "<p>{% trans %}Hei på deg{% endtrans %}</p>",
        "<p>{% trans navn=bruker.navn %}Hei {{ navn }}, og velkommen{% endtrans %}</p>",
        '<img alt="" src="/x"><a title="{{ _("x") }}" href="/">Medvirk</a>',
        '<script type="module" src="{{ asset("a.js") }}"></script>',
        '<p translate="no">Ord som <b>står</b></p><p>{{ x }}</p>',
        '<input translate="no" placeholder="KODE"><p>{{ x }}</p>',
        "<p>– · 1. &nbsp; » {{ n }} kr</p>",
        '<!doctype html><html lang="{{ l }}"><div{% if x %} hidden{% endif %}></div></html>',
    ],
)
def test_good(source: str) -> None:
    assert said(source) == ""


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("<p>Hei</p>", "1: «Hei» står utenfor gettext"),
        ("<p>\n{{ x }} dager</p>", "«… dager»"),
        ('<img alt="Bilde">', "alt=«Bilde»"),
        ('<p aria-label="Meny">{{ x }}</p>', "aria-label=«Meny»"),
        ("<p style='color:red'>{{ x }}</p>", "style stanses"),
        ('<p onclick="x()">{{ x }}</p>', "onclick stanses"),
        ("<script>x()</script>", "<script> uten src"),
        ("<style></style>", "<style> stanses"),
        ("<p>{{ x|safe }}</p>", "slår av escaping"),
        ("<p>{% autoescape false %}{{ x }}{% endautoescape %}</p>", "escaping"),
        ("<p>{% if %}</p>", "kan ikke leses"),
        ('<p translate="no">ord</p><p>Etter</p>', "«Etter»"),
    ],
)
def test_bad(source: str, sentence: str) -> None:
    assert sentence in said(source)
