"""Pages that only somebody in a certain state is led to: found by following every link as every demo person, without a
browser, and then looked at in one. (What is still looked at by nobody is said by tests/sett.py.)"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests import lenker
from tests.browser.checks import check, faults
from tests.browser.conftest import OpenWindow
from tests.browser.demo import Demo
from tests.browser.offline import world
from tests.browser.server import Person, Server
from tests.browser.window import DESK, PHONE
from tests.klient import Klient
from tests.plan import planer
from tests.varsel import verk
from tests.veiledning import test_veien
from webapp.identitet import personal
from webapp.paminnelse import avmelding
from webapp.platform import ids, kommune
from webapp.platform.audit import SYSTEM
from webapp.platform.database import reading
from webapp.varsel import horing
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Sagt

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

OPEN = {"/veileder/utlogget": DESK, "/frakoblet/ar": PHONE}
BRUKER = ("plan_bruker.mal.delmal", "plan_bruker.mal.endre_mal", "varsel_bruker.rett", "veiledning_bruker.sak")
KONTOR = (
    *("innsyn_veileder.henvendelse", "kartlegging_veileder.sak.sammenlign", "moter_veileder.avlys"),
    *("moter_veileder.endre", "varsel_veileder.horing.muntlig", "varsel_veileder.lukk"),
)
HREF = re.compile(r'<a [^>]*href="([^"]+)"')
MOST = 400  # pages for one person


def found_by(app: Flask, client: Klient, start: str, wanted: set[str]) -> dict[str, str]:
    """Where the links from ``start`` lead to each endpoint of ``wanted``; several of a kind are tried."""
    routes, found = app.url_map.bind("localhost"), dict[str, str]()
    waiting, seen = [start], set[str]()
    while waiting and len(seen) < MOST and not wanted <= set(found):
        path = waiting.pop(0)
        answer = client.http.get(path)
        if answer.status_code != 200 or "html" not in (answer.content_type or ""):
            continue
        for link in lenker.own(f"http://localhost{path}", map(unescape, HREF.findall(answer.text))):
            kind, where = lenker.endpoint(routes, link), urlsplit(link).path
            if kind is not None and where not in seen:
                seen.add(where)
                waiting.append(where)
                if kind in wanted:
                    found.setdefault(kind, where)
    return found


@pytest.mark.parametrize(("wanted", "look"), [(BRUKER, PHONE), (KONTOR, DESK)], ids=["bruker", "kontor"])
def test_what_only_some_are_led_to(
    window: OpenWindow, demo: Demo, wanted: tuple[str, ...], look: dict[str, object]
) -> None:
    """Each as the first one who is led there."""
    everyone = demo.brukere if look is PHONE else [one for one in demo.ansatte if one["rolle"] == "veileder"]
    left, wrong = set(wanted), list[str]()
    for one in everyone:
        person = demo.person(str(one["kode"]))
        with demo.server.inside() as app:
            signed_in = Klient.logg_inn_bruker if look is PHONE else Klient.logg_inn_ansatt
            client = signed_in(Klient(app), person.kommune_id, person.id)
            found = found_by(app, client, "/" if look is PHONE else "/veileder/", left)
        left -= set(found)
        if found:
            here = window(person, look=look)
            for endpoint, path in found.items():
                wrong += [f"{endpoint} {path}\n    {fault}" for fault in faults(here.open(path))]
        if not left:
            break
    assert not wrong, "\n" + "\n".join(wrong)
    assert not left, "nobody is led to these"


@pytest.mark.parametrize("path", OPEN)
def test_what_anybody_may_open(window: OpenWindow, path: str) -> None:
    """Without signing in."""
    here = window(look=OPEN[path], sprak="ar" if path.endswith("/ar") else "nb")
    assert not faults(here.open(path))


def test_a_wish_alone(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """U6: the receipt of a wish without words, and where it is answered."""
    with server.inside() as app, verk.formnokkel(app):
        people = world(server, bruker, veileder)
        sak = verk.nadd(people)
        horing.deliver(verk.amina(people), sak, ids.new_id(), Sagt([], "", ""), Onsker(["tid"], "Jeg venter på legen."))
        (onske,) = verk.saken(people, sak).onsker
    check(window(bruker).open(f"/varsel/{sak}/onske/{onske.id}"))
    check(window(veileder, look=DESK).open(f"/veileder/bruker/{bruker.id}/varsel/{sak}/onske/{onske.id}"))


def test_without_a_veileder(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """K8: the veileder is blocked. What the bruker is told, and the leder's list."""
    leder = server.new_veileder("Leif Test", "leder")
    with server.inside() as app, verk.formnokkel(app):
        assert personal.block(veileder.kommune_id, veileder.id, SYSTEM)
    check(window(bruker).open("/"))
    check(window(leder, look=DESK).open("/veileder/kontor/uten-veileder"))


def test_saying_yes_to_a_step(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """P2: what the other has proposed, from both sides. Signed in again before a yes, one reads it once more."""
    with server.inside() as app, verk.formnokkel(app):
        people = world(server, bruker, veileder)
        theirs, ours = planer.foreslatt(people, "bruker"), planer.foreslatt(people, "nav")
    check(window(bruker).open(f"/plan/steg/{ours}/ja"))
    check(window(veileder, look=DESK).open(f"/veileder/bruker/{bruker.id}/plan/steg/{theirs}/ja"))


def test_advice_that_goes_on(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """§ 17: a conversation is written down, and the advice ends with a note."""
    with server.inside() as app, verk.formnokkel(app):
        people = world(server, bruker, veileder)
        soknad = test_veien.sokt(people)
        client = Klient(app).logg_inn_ansatt(veileder.kommune_id, veileder.id)
        client.post(test_veien.sti(people, soknad, "/vedtak"), test_veien.VEDTAK)
    page = window(veileder, look=DESK)
    for last in ("samtale", "avslutt"):
        check(page.open(test_veien.sti(people, soknad, f"/{last}")))


def test_files_on_a_page_of_their_own(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """Without scripts, files are chosen on a page beside the form."""
    with server.inside() as app, verk.formnokkel(app):
        people = world(server, bruker, veileder)
        sak = verk.nadd(people)
    check(window(bruker).open(f"/vedlegg/ny?skjema=/varsel/{sak}/uttalelse"))
    here = f"/veileder/bruker/{bruker.id}"
    check(window(veileder, look=DESK).open(f"{here}/vedlegg/ny?skjema={here}/varsel/{sak}/muntlig"))


def test_the_way_out_of_e_mails(window: OpenWindow, server: Server, bruker: Person) -> None:
    """The address at the foot of a reminder, opened by whoever reads the e-mail."""
    with server.inside(), reading() as db:
        token = avmelding.token(kommune.seal_of(db, bruker.kommune_id), bruker.kommune_id, bruker.id)
    check(window().open(f"/paminnelser/av/{token}"))
