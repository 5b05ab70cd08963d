"""The page check finds what it is there to find: a good page, and one bad page for each rule."""

import pytest
from babel.messages.catalog import Catalog
from werkzeug.wrappers import Response

from tests.sidekontroll import faults, language, sjekk_side
from tests.sidekontroll.page import Page

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "no-store, private",
}
PAGE = """<!doctype html>
<html lang="nb" dir="ltr">
<head><meta charset="utf-8"><title>Hjem – Medvirk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/dist/medvirk.css">
<script type="module" src="/static/dist/felles.js"></script></head>
<body>
<a href="#innhold">Hopp til innholdet</a>
<nav aria-label="Hovedmeny"><ul><li><a href="/">Hjem</a></li></ul></nav>
<main id="innhold">
<div role="alert"><h2>Se over dette</h2><ul><li><a href="#navn">Skriv navnet</a></li></ul></div>
<h1>Hei</h1>
<h2>Om deg</h2>
<form method="post" action="/lagre" autocomplete="off"><input type="hidden" name="csrf_token" value="abc">
<label for="navn">Navn</label><p id="navn-hjelp">Slik du vil</p>
<input id="navn" name="navn" aria-describedby="navn-hjelp">
<label>Språk <select name="sprak"><option value="nb">Norsk</option></select></label>
<fieldset><legend>Hvordan bor du?</legend>
<label><input type="radio" name="bor" value="eier">Eier</label>
<label><input type="radio" name="bor" value="leier">Leier</label>
</fieldset>
<textarea aria-label="Med egne ord" name="ord">None {{ x }}</textarea>
<button type="submit">Lagre</button></form>
<table><caption>Møter</caption><tr><th scope="col">Dag</th></tr><tr><td>tirsdag</td></tr></table>
<img src="/bilde.png" alt=""><svg role="img"><title>Kode</title><path d="M0 0"/></svg>
<details><summary>Mer</summary><p lang="ar" dir="rtl">مرحبا</p></details>
</main></body></html>
"""


def page(html: str = PAGE, locale: str = "nb", **headers: str) -> Page:
    wanted = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Page(Response(html, headers=wanted), locale)


def found(html: str, locale: str = "nb", **headers: str) -> str:
    return "\n".join(faults(page(html, locale, **headers)))


def test_a_good_page_is_good() -> None:
    assert faults(page()) == []
    sjekk_side(Response(PAGE, headers=HEADERS), locale="nb")


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(AssertionError, match=r"(?s)inline <style>.*without label|without label.*inline <style>"):
        sjekk_side(Response(PAGE.replace("</main>", "<style></style><input></main>"), headers=HEADERS), locale="nb")


BEFORE_END = [
    ("<p>a</em>", "special tag"),
    ("<p a=1 a=2>x</p>", "duplicate"),
    ("<h1>To</h1>", "2 <h1>"),
    ("<h2>a</h2><h4>b</h4>", "heading skips from h2 to h4"),
    ("<h2></h2>", "empty heading"),
    ('<p id="navn">x</p>', "id «navn» stands 2 times"),
    ('<p id="">x</p>', "is empty or has a space"),
    ('<p aria-describedby="borte">x</p>', "aria-describedby=«borte» points at nothing"),
    ('<p aria-labelledby="borte">x</p>', "aria-labelledby=«borte» points at nothing"),
    ('<p aria-describedby="">x</p>', "empty aria-describedby"),
    ('<label for="borte">x</label>', "for=«borte» points at nothing"),
    ('<label for="innhold">x</label>', "label for='innhold' points at <main"),
    ('<button form="borte">x</button>', "form=«borte» points at nothing"),
    ('<button form="navn">x</button>', "form='navn' points at <input"),
    ('<a href="#borte">x</a>', "link to «#borte» points at nothing"),
    ("<script>alert(1)</script>", "inline <script>"),
    ("<style>p{}</style>", "inline <style>"),
    ('<p style="color:red">x</p>', "attribute style"),
    ('<p onclick="x()">x</p>', "attribute onclick"),
    ('<a href="javascript:x()">x</a>', "script in the address"),
    ('<iframe src="/x" title="x"></iframe>', "<iframe> is not used"),
    ('<img alt="" src="https://example.com/x.png">', "third party"),
    ('<form action="//example.com/"></form>', "third party"),
    ("<ul><p>x</p></ul>", "<p> directly in <ul>"),
    ("<ul>x<li>y</li></ul>", "text directly in <ul>"),
    ("<li>x</li>", "<li> outside a list"),
    ('<a href="/"><button>x</button></a>', "inside <a"),
    ("<details><p>x</p></details>", "must begin with <summary>"),
    ('<p tabindex="2">x</p>', "tabindex above 0"),
    ('<input name="x">', "control without label"),
    ('<label>x <input name="x"></label>', "the browser keeps what is typed"),
    ('<form><label>x <textarea name="x"></textarea></label></form>', "the browser keeps what is typed"),
    ('<label>x <input name="x" autocomplete="off" maxlength="9"></label>', "it cuts what is dictated"),
    ('<label>x <input name="x" autocomplete="off" inputmode="none"></label>', "no microphone"),
    ('<input name="x" placeholder="Navn">', "control without label"),
    ('<label for="q"></label><input id="q">', "control without label"),
    ('<label><input type="checkbox" name="x">x</label>', "posts «on»"),
    (
        '<label><input type="radio" name="q" value="1">a</label>'
        '<label><input type="radio" name="q" value="2">b</label>',
        "the choices «q»",
    ),
    ('<fieldset><label><input name="q">a</label></fieldset>', "<fieldset> without name"),
    ("<button></button>", "without words: <button"),
    ('<button><svg aria-hidden="true"><title>x</title></svg></button>', "without words: <button"),
    ('<input type="submit">', "without words: <input"),
    ('<a href="/x"></a>', "link without words"),
    ("<a>x</a>", "link that leads nowhere"),
    ('<a href="/x" target="_blank">x</a>', "noopener"),
    ('<img src="/x.png">', "picture without alt"),
    ("<svg></svg>", "neither named"),
    ("<table><tr><th scope=col>x</th></tr></table>", "table without caption"),
    ("<table><caption>x</caption><tr><td>x</td></tr></table>", "table without <th>"),
    ("<table><caption>x</caption><tr><th>x</th></tr></table>", "<th> without scope"),
    ("<nav><a href='/'>x</a></nav>", "several <nav>"),
    ('<form method="post"></form>', "post form with 0 csrf_token"),
    ('<form method="post"><input type="hidden" name="csrf_token" value=""></form>', "post form with 1 csrf_token"),
    ('<form><input type="hidden" name="csrf_token" value="x"></form>', "would stand in the address"),
    ('<p lang="norsk">x</p>', "not a language tag"),
    ('<p lang="ar">x</p>', "needs dir"),
    ('<p dir="left">x</p>', "not a direction"),
    ("<p>{{ navn }}</p>", "unfilled «{{»"),
    ("<p>Hei %(navn)s</p>", "unfilled «%(navn)s»"),
    ("<p>Hei {navn}</p>", "unfilled «{navn}»"),
    ("<p>Hei None</p>", "«None» in"),
    ('<input type="hidden" name="x" value="None">', "value=«None»"),
    ('<p title="None">x</p>', "title=«None»"),
    ('<a href="/bruker/None/">x</a>', "is not filled in"),
    ('<a href="/bruker/{id}/">x</a>', "is not filled in"),
]


@pytest.mark.parametrize(("addition", "sentence"), BEFORE_END)
def test_an_addition_that_is_wrong(addition: str, sentence: str) -> None:
    assert sentence.lower() in found(PAGE.replace("</main>", addition + "</main>")).lower()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("<!doctype html>\n", "", "no <!doctype html>"),
        ("<title>Hjem – Medvirk</title>", "", "title must be there once"),
        ("Hjem – Medvirk", " – Medvirk", "lacks the page's own part"),
        ("Hjem – Medvirk", "Svar på varselet – Medvirk", "tells with «varsel…»"),
        ("Hjem – Medvirk", "Your benefits – Medvirk", "tells with «benefit…»"),
        ("Hjem – Medvirk", "الشروط – Medvirk", "tells with «الشروط…»"),
        ("Hjem – Medvirk", f"{'Hjem ' * 20} – Medvirk", "at most 60"),
        ("<h1>Hei</h1>", "<p>Hei</p>", "0 <h1>"),
        ("main", "div", "0 <main>"),
        ('lang="nb"', 'lang="en"', "<html lang='en'>"),
        ('lang="nb" ', "", "<html lang=None>"),
        ('dir="ltr"', 'dir="rtl"', "<html dir='rtl'>"),
        ("initial-scale=1", "initial-scale=1, user-scalable=no", "enlarging"),
    ],
)
def test_a_change_that_is_wrong(old: str, new: str, sentence: str) -> None:
    assert sentence in found(PAGE.replace(old, new, 1) if old != "main" else PAGE.replace(old, new))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("Content-Security-Policy", "script-src 'self'", "must start from default-src 'none'"),
        ("Content-Security-Policy", "default-src 'none'", "lacks form-action"),
        (
            "Content-Security-Policy",
            HEADERS["Content-Security-Policy"] + "; style-src 'unsafe-inline'",
            "'unsafe-inline'",
        ),
        ("Content-Security-Policy", HEADERS["Content-Security-Policy"] + "; font-src https://example.com", "font-src"),
        ("Content-Security-Policy", HEADERS["Content-Security-Policy"] + "; font-src data:", "data: in font-src"),
        ("X-Content-Type-Options", "", "X-Content-Type-Options"),
        ("Referrer-Policy", "unsafe-url", "Referrer-Policy"),
        ("Cross-Origin-Opener-Policy", "unsafe-none", "Cross-Origin-Opener-Policy"),
        ("Cross-Origin-Resource-Policy", "cross-origin", "Cross-Origin-Resource-Policy"),
        ("Permissions-Policy", "", "Permissions-Policy"),
        ("Cache-Control", "max-age=60", "Cache-Control"),
        ("Content-Type", "text/html", "Content-Type"),
        ("Set-Cookie", "a=b; Path=/; SameSite=Lax", "httponly"),
        ("Set-Cookie", "a=b; Path=/; HttpOnly", "samesite="),
        ("Set-Cookie", "a=b; HttpOnly; SameSite=Lax", "path=/"),
        ("Set-Cookie", "a=b; Path=/; HttpOnly; SameSite=None", "from other sites"),
    ],
)
def test_a_header_that_is_wrong(name: str, value: str, sentence: str) -> None:
    assert sentence in "\n".join(faults(Page(Response(PAGE, headers={**HEADERS, name: value}), "nb")))


def test_a_form_that_is_not_taken_with_a_status_that_says_it_was() -> None:
    came_back = page(PAGE.replace("</main>", '<div class="ds-error-summary"></div></main>'))
    assert "all is well" not in "\n".join(faults(came_back))  # it was asked for, and nothing was sent
    came_back.method = "POST"
    assert "all is well" in "\n".join(faults(came_back))
    came_back.status = 422
    assert "all is well" not in "\n".join(faults(came_back))


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<p>høyst 1 måneder.</p>", True),
        ("<p>1 dager</p>", True),
        ("<p>1 måned, 21 måneder, 1 500 dager, kl. 12:1 timer</p>", False),
        ("<p><bdi>1 dager</bdi></p>", False),
    ],
)
def test_one_that_is_said_as_many(html: str, wrong: bool) -> None:
    assert ("said as if it were many" in found(PAGE.replace("</main>", f"{html}</main>"))) is wrong


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<p>يتعلق الأمر بـ المال.</p>", True),
        ("<p>يتعلق الأمر بالمال.</p>", False),
        ("<p>اتصل بـ <bdi>Prøvevik</bdi></p>", False),
    ],
)
def test_a_preposition_that_stands_alone(html: str, wrong: bool) -> None:
    arabic = PAGE.replace('lang="nb" dir="ltr"', 'lang="ar" dir="rtl"', 1).replace("</main>", f"{html}</main>")
    assert ("is to be one word" in found(arabic, "ar")) is wrong


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<p>00 00 00 10</p>", True),
        ("<p>x<br>000\u00a000\u00a0010.</p>", True),
        ('<p>x <a href="tel:00000010">10</a></p>', True),
        ('<p>x <a href="tel:00000010"><bdi dir="ltr">00 00 00 10</bdi></a></p>', False),
        ("<p>2026 00 00 00 10 11</p>", True),
        ("<p>1 500, 12 30</p>", False),
    ],
)
def test_a_number_to_call_on_a_page_read_from_the_right(html: str, wrong: bool) -> None:
    arabic = PAGE.replace('lang="nb" dir="ltr"', 'lang="ar" dir="rtl"', 1).replace("</main>", f"{html}</main>")
    assert ("in <bdi dir=ltr>" in found(arabic, "ar")) is wrong
    assert "in <bdi dir=ltr>" not in found(PAGE.replace("</main>", f"{html}</main>"))


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """An English catalogue with a few messages."""
    made = Catalog()
    made.add("Lagre", "Save")
    made.add("Fylke", "Fylke")
    made.add("Hjelp med økonomien", "Help (økonomisk rådgivning)")
    made.add("Får du ikke sove?", "")
    known = language.Catalogue("none")
    known._pairs = [(str(message.id), str(message.string or "")) for message in made if message.id]
    monkeypatch.setattr(language, "catalogue", lambda _locale: known)


ENGLISH = (
    PAGE.partition("<main")[0].replace('lang="nb"', 'lang="en"').replace("Hovedmeny", "Menu")
    + '<main id="innhold"><h1>Hi</h1></main>'
)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("addition", "sentence"),
    [
        ("<p>Lagre</p>", "not translated: «Lagre»"),
        ("<p> Lagre\n</p>", "not translated: «Lagre»"),
        ('<button aria-label="Lagre">x</button>', "not translated: «Lagre»"),
        ('<form><input type="submit" value="Lagre"></form>', "not translated: «Lagre»"),
        ("<p>See you på fredag</p>", "Norwegian «på»"),
    ],
)
def test_bokmal_on_an_english_page(addition: str, sentence: str) -> None:
    assert sentence in found(ENGLISH.replace("</main>", addition + "</main>"), "en")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "addition",
    [
        "<p>Fylke</p>",  # the same in both languages
        "<p>rådgivning</p>",  # the translation itself says so
        "<p>Får du ikke sove?</p>",  # has no translation: said by the catalogue check
        '<p lang="nb">Lagre på norsk</p>',
        "<p data-bruker-tekst>Lagre på norsk</p>",
        "<p>By <bdi>Kåre Lagre</bdi></p>",
        '<label for="t">Text</label><textarea id="t" autocomplete="off">Lagre på norsk</textarea>',
        "<p>None of these</p>",
    ],
)
def test_bokmal_that_is_meant(addition: str) -> None:
    assert found(ENGLISH.replace("</main>", addition + "</main>"), "en") == ""
