"""Every field of every form that the demo people find: whatever is in it, a clear answer, never a 500, nothing lost.

The forms are found by walking the links, as in tests/browser/crawl.py but without a browser. What is sent is carried
out and then rolled back, so that each answer is to the same person in the same state.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests import lenker
from tests.conftest import running, settings_for
from tests.databaser import KIND, fresh_database
from tests.klient import Klient
from webapp import typed
from webapp.demo import last
from webapp.identitet import oppslag
from webapp.platform import access
from webapp.platform.forms import clean

BRUKERE = (
    *("demo-nora", "demo-jorunn", "demo-rami", "demo-tobias", "demo-helga", "demo-arvid"),
    *("demo-ida", "demo-simen", "demo-kjetil", "demo-sunniva"),
)
ANSATTE = ("demo-ingrid", "demo-yusuf", "demo-marte", "demo-lisbeth", "demo-silje")

BY_SCRIPT = "sent by our scripts as JSON, and tested with the script"
BY_LINK = "behind a link that is given once, and tested with it"
BEFORE = "before anybody is signed in: see tests/identitet"
ELSEWHERE = {
    "identitet_bruker.invitasjon": BY_LINK,
    "identitet_veileder.invitasjon": BY_LINK,
    "paminnelse_bruker.av": BY_LINK,
    "identitet_bruker.invitasjon_fra_kode": BEFORE,
    "kartlegging_veileder.uten": "nobody is blocked in the demo: see tests/kartlegging/test_overfor_flere.py",
    **dict.fromkeys(
        (
            "identitet_bruker.passnokkel",
            "identitet_bruker.passnokkel_valg",
            "identitet_bruker.registrer",
            "identitet_bruker.registrer_valg",
            "identitet_veileder.passnokkel",
            "identitet_veileder.passnokkel_valg",
            "identitet_veileder.registrer",
            "identitet_veileder.registrer_valg",
            "kartlegging_bruker.lagre",
            "site.okt",
            "site.okt_ansatt",
            "utkast.ansatt",
            "utkast.bruker",
            "paminnelse_bruker.push_pa",
            "paminnelse_bruker.push_av",
        ),
        BY_SCRIPT,
    ),
    **dict.fromkeys(
        ("vedlegg_bruker.fjern", "vedlegg_bruker.legg_til", "vedlegg_veileder.fjern", "vedlegg_veileder.ny"),
        "files, sent by a button of another form: see tests/vedlegg",
    ),
    **dict.fromkeys(
        (
            "identitet_ansatte.trekk",
            "identitet_mer.avslutt",
            "identitet_mer.fjern",
            "identitet_veileder.avslutt",
            "identitet_veileder.fjern",
            "kartlegging_veileder.apne",
            "moter_veileder.holdt",
            "moter_veileder.ikke_holdt",
            "moter_veileder.notat.del_",
            "paminnelse_bruker.fjern",
            "paminnelse_bruker.prov",
            "paminnelse_veileder.igjen",
        ),
        "a button, with no field but the form key, after something else is done first; tested in its room",
    ),
    **dict.fromkeys(
        (
            "klage_mer.rett",
            "klage_muntlig.sendt",
            "varsel_bruker.rett",
            "varsel_veileder.horing.svar",
            "varsel_veileder.nadd",
            "veiledning_veileder.avslutt",
            "veiledning_veileder.samtale",
            "vilkar_bruker.kontroll",
        ),
        "no walked demo person is in the state that shows it; tested in its room",
    ),
}

BOTH = ("varsel_bruker.uttalelse", "varsel_veileder.horing.muntlig")  # chosen there; typed in in varsel's avgjørelse


@dataclass(slots=True)
class Felt:
    """One field: its kind, what stands in it, and what can be chosen."""

    name: str
    kind: str  # text, choice, hidden
    values: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """A form as it stands on a page, and who saw it."""

    endpoint: str
    action: str
    cookies: str
    fields: dict[str, Felt] = field(default_factory=dict)
    multipart: bool = False

    def filled(self) -> MultiDict[str, str]:
        """As a person would fill it in: what stands there, the first choice, and own words that can be found again."""
        return MultiDict(
            (one.name, value)
            for number, one in enumerate(self.fields.values())
            for value in ([mark(number)] if one.kind == "text" else one.values[:1])
        )


def mark(number: int) -> str:
    """Own words that stand nowhere else."""
    return f"Merke {number}: ærlig talt «nå» & da"


class Reader(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self, path: str, cookies: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._path, self._cookies = path, cookies
        self._open: Form | None = None
        self._select: Felt | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what matters."""
        a = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        elif tag == "form" and a.get("method", "").lower() == "post":
            self._open = Form("", a.get("action") or self._path, self._cookies)
            self._open.multipart = a.get("enctype") == "multipart/form-data"
            self.forms.append(self._open)
            self._by_id[a.get("id", "")] = self._open
        elif tag in {"input", "textarea", "select", "button"} and a.get("name"):
            form = self._by_id.get(a["form"]) if "form" in a else self._open
            if form is not None and a["name"] != "bytt_sprak" and a.get("type") != "file":
                self._field(form, tag, a)
        elif tag == "option" and self._select is not None:
            self._select.values.append(a.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A form or a list ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None

    def _field(self, form: Form, tag: str, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind not in {"hidden", "radio", "checkbox", "submit"}):
            form.fields.setdefault(a["name"], Felt(a["name"], "text"))
            return
        if tag == "button" and "csrf_token" not in form.fields:
            return  # in a form of GET
        one = form.fields.setdefault(a["name"], Felt(a["name"], "hidden" if kind == "hidden" else "choice"))
        if tag == "select":
            self._select = one
        elif tag != "input" or "value" in a:
            one.values.append(a.get("value", ""))
        else:
            one.values.append("y")


def cookies_of(client: Klient) -> str:
    """What this browser sends along."""
    return "; ".join(f"{one.key}={one.value}" for one in (client.http._cookies or {}).values())


@pytest.fixture(scope="module")
def demo(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo people, loaded once."""
    with (
        fresh_database(migrated, tmp_path_factory.mktemp("felt")) as url,
        running(settings_for(url)) as program,
    ):
        last.load()
        yield program


@pytest.fixture(scope="module")
def forms(demo: Flask) -> dict[str, Form]:
    """One form for each endpoint that takes one, by endpoint."""
    found, visits = dict[str, Form](), Counter[str]()
    for kode in BRUKERE:
        bruker = oppslag.bruker(kode)
        assert bruker is not None
        walk(demo, Klient(demo).logg_inn_bruker(*bruker), ["/"], found, visits)
    simen = oppslag.bruker("demo-simen")
    assert simen is not None
    for kode in ANSATTE:
        ansatt = oppslag.ansatt(kode)
        assert ansatt is not None
        client = Klient(demo).logg_inn_ansatt(*ansatt)
        own = [f"/veileder/bruker/{ident}/" for ident in sorted(theirs(client))]
        # Simen is Yusuf's: the others at the kontor are asked why.
        walk(demo, client, ["/veileder/", f"/veileder/apne/{simen[1]}"], found, visits)
        for start in own:
            walk(demo, client, [start], found, visits)
    return found


def theirs(client: Klient) -> set[Any]:
    """The brukere that an ansatt follows up."""
    from webapp.kartlegging import arbeidsliste

    assert isinstance(client.who, access.Ansatt)
    return set(arbeidsliste.own_ids(client.who))


def walk(app: Flask, client: Klient, waiting: list[str], found: dict[str, Form], visits: Counter[str]) -> None:
    """Open what links lead to, and note the forms that are new. Two pages of a kind a walk, and eight in all."""
    routes, seen, opened = app.url_map.bind("localhost"), Counter[str](), set[str]()
    starts = set(waiting)
    while waiting:
        path = waiting.pop(0)
        endpoint = lenker.endpoint(routes, path)
        if endpoint is None or path in opened:
            continue
        if path not in starts and (seen[endpoint] >= 2 or visits[endpoint] >= 8):
            continue
        opened.add(path)
        visits[endpoint] += 1
        seen[endpoint] += 1
        answer = client.http.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        reader = Reader(answer.request.path, cookies_of(client))
        reader.feed(answer.text)
        for form in reader.forms:
            taken_by = lenker.endpoint(routes, form.action, "POST")
            if taken_by is None:
                continue
            form.endpoint, kept = taken_by, found.get(taken_by)
            if kept is None or len(kept.fields) < len(form.fields):
                found[taken_by] = form
        waiting += lenker.own(f"http://localhost{answer.request.path}", reader.links)


@pytest.fixture
def undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is carried out, with all that the database has to say, and then rolled back."""

    def undo(session: Session) -> None:
        session.flush()
        session.expunge_all()  # else they are looked up again, and are not there
        session.rollback()

    monkeypatch.setattr(Session, "commit", undo)


def bad(one: Felt) -> Iterator[tuple[str, str]]:
    """What no form of ours sends in this field."""
    yield "a date in the year 9999", "9999-12-31"
    if KIND != "sqlite" and one.kind != "text":
        return  # an unknown one is looked up in the same way; what a column cannot hold is not
    if one.kind == "text":
        yield "too long", "Ærlig talt. " * 1000
        yield "control characters", "Før\x00\x08\x1b\x7fetter & «da»"
    else:
        yield "an unknown choice", "finnes-ikke"
        yield "somebody else's id", str(uuid4())


def send(app: Flask, form: Form, **kwargs: Any) -> TestResponse:
    """Send it as the browser of whoever saw it."""
    client = app.test_client(use_cookies=False)
    return client.post(form.action, headers={"Cookie": form.cookies}, **kwargs)


def faults(form: Form, what: str, answer: TestResponse, sent: MultiDict[str, str] | None) -> Iterator[str]:
    """What is wrong with an answer. ``sent``: what must stand on the page again when it comes back."""
    if not 200 <= answer.status_code < 500:
        yield f"{form.endpoint}: {what}: {answer.status_code}"
        return
    if sent is None or answer.status_code not in {200, 400, 409, 422} or answer.mimetype != "text/html":
        return
    page = html.unescape(answer.text).replace("\r\n", "\n")
    if "Det du skrev, er tatt vare på." in page:
        return
    lost = [
        name
        for name, one in form.fields.items()
        if one.kind == "text" and clean(sent.get(name, "")).strip() not in page
    ]
    if lost:
        yield f"{form.endpoint}: {what}: {answer.status_code} without what was written in {', '.join(lost)}"


@pytest.mark.en_gang
def test_every_form_is_found_or_named(demo: Flask, forms: dict[str, Form]) -> None:
    takes = {rule.endpoint for rule in demo.url_map.iter_rules() if rule.methods and "POST" in rule.methods}
    assert sorted(takes - set(forms) - set(ELSEWHERE)) == []
    assert sorted(set(ELSEWHERE) - takes) == []
    assert sorted(set(ELSEWHERE) & set(forms)) == []


@pytest.mark.en_gang
def test_nothing_is_typed_in_what_is_only_a_button(demo: Flask, forms: dict[str, Form]) -> None:
    """Or it would be lost when the session ends, since no text of a button is kept: see access.button."""
    routes = demo.url_map.bind("localhost")
    for endpoint, form in forms.items():
        button = access.button_of(demo, endpoint)
        if button is None:
            opens = routes.test(form.action.partition("?")[0], method="GET")
            assert opens or access.need_of(demo, endpoint) is access.OPEN, f"{endpoint}: add @button(...)"
        else:
            typed = {name for name, one in form.fields.items() if one.kind == "text"}
            assert typed <= set(button.words), endpoint


@pytest.mark.en_gang
def test_what_is_typed_can_be_copied_from_an_error_page_however_short_and_what_is_chosen_is_no_text(
    demo: Flask, forms: dict[str, Form]
) -> None:
    lost, shown = set(), set()
    for endpoint, form in forms.items():
        if access.button_of(demo, endpoint):
            continue  # see above
        with demo.test_request_context(form.action, method="POST"):
            copied = {name for name, _ in typed.to_copy({name: ["nei"] for name in form.fields})}
        own = {name for name, one in form.fields.items() if one.kind == "text"}
        lost |= {(endpoint, name) for name in own - copied}
        shown |= {(endpoint, name) for name in copied - own}
    assert lost == set()
    assert shown == {(endpoint, "grunner") for endpoint in BOTH}


@pytest.mark.usefixtures("undone")
def test_bad_input_in_every_field_has_a_clear_answer_and_nothing_is_lost(demo: Flask, forms: dict[str, Form]) -> None:
    found, statuses = list[str](), Counter[int]()
    huge = b"tekst=" + b"a" * (demo.config["MAX_CONTENT_LENGTH"] + 1)
    for form in forms.values():
        good = form.filled()
        for one in form.fields.values():
            if one.name in {"csrf_token", "eier"}:  # another owner's is refused: tests/enhet
                continue
            for what, value in bad(one):
                wrong = good.copy()
                wrong.setlist(one.name, [value])
                answer = send(demo, form, data=wrong)
                statuses[answer.status_code] += 1
                found += faults(form, f"{what} in {one.name}", answer, wrong)
        token = good.get("csrf_token", "")
        broken = f"csrf_token={token}&".encode() + b"&".join(
            name.encode() + b"=%ff%fe\xff%C3" for name in form.fields if name != "csrf_token"
        )
        urlencoded = "application/x-www-form-urlencoded"
        for what, body, kind in (
            ("broken UTF-8", broken, urlencoded),
            ("JSON", b'{"tekst": ["Hei"]}', "application/json"),
            ("JSON that is none", b"{", "application/json"),
            ("a picture", b"\x89PNG\r\n", "image/png"),
            ("a form without an end", b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
            ("a huge body", huge, urlencoded),
        ):
            found += faults(form, what, send(demo, form, data=body, content_type=kind), None)
    assert not found, "\n" + "\n".join(found)
    back = sum(statuses[code] for code in (200, 400, 409, 422))
    assert back > 300, f"few of the forms came back with what was written: {statuses}"
