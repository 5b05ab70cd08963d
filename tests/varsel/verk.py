"""What the tests of this room need: a vilkår that a notice can build on, and matters in every state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import Flask, g

from tests.conftest import NOON
from tests.verden import Verden
from webapp.identitet.adgang import Sak
from webapp.platform import access, clock, ids
from webapp.platform.access import Rolle
from webapp.platform.database import writing
from webapp.platform.sealing import Place
from webapp.varsel import avgjore, horing, lesing, service
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Sagt, Saken
from webapp.varsel.service import Notat, Utkastvarsel
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarversjon, Vilkarvisning
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.vedtak import Fakta

ASKED = NOON - timedelta(days=30)  # the vilkår was set and shown
HAPPENED = NOON - timedelta(days=1)
UTKAST = Utkastvarsel("Kurset skulle hjelpe deg videre.", 1500, 2, 10)


@contextmanager
def formnokkel(app: Flask, sprak: str = "nb") -> Iterator[None]:
    """As inside a request whose form key was right."""
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, sprak
        yield


def sak(verden: Verden, sprak: str = "nb", bruker_id: UUID | None = None) -> Sak:
    """Amina's case (or another's), opened by her veileder."""
    bruker_id = bruker_id or verden.amina
    return Sak(verden.kommune_id, bruker_id, verden.nord, "amina", sprak, verden.seal(bruker_id), tildelt=True)


def kari(verden: Verden, ansatt_id: UUID | None = None) -> access.Ansatt:
    """Kari, as a service sees her; or another."""
    who = ansatt_id or verden.kari
    return access.Ansatt(verden.kommune_id, who, verden.nord, ids.new_id(), "nb", Rolle.VEILEDER, "Kari Test")


def amina(verden: Verden, sprak: str = "nb", bruker_id: UUID | None = None) -> access.Bruker:
    """Amina, as a service sees her."""
    who = bruker_id or verden.amina
    return access.Bruker(verden.kommune_id, who, verden.nord, ids.new_id(), sprak, verden.seal(who))


def vedtak(verden: Verden, dato: date, *, laget: datetime | None = None, reduksjon: bool = True) -> UUID:
    """A vedtak of Amina's."""
    row = Vedtak(
        id=ids.new_id(),
        kommune_id=verden.kommune_id,
        bruker_id=verden.amina,
        ansatt_id=verden.kari,
        dato=dato,
        fra=None,
        til=None,
        erstatter_id=None,
        hjemmel="vilkar",
        ytelse="livsopphold",
        reduksjon_oppgitt=reduksjon,
        klagefrist=dato + timedelta(days=21),
        laget=laget or clock.now(),
    )
    row.nummer = verden.seal(verden.amina).close("V-2026-17", Place("vedtak", "nummer", row.kommune_id, row.id))
    with writing(unverified=True) as db:
        db.add(row)
    return row.id


def vilkaret(
    verden: Verden,
    *,
    vist: datetime | None = ASKED,
    konsekvens: bool = True,
    reduksjon: bool = True,
    frist: date | None = date(2026, 12, 31),
    slag: str = "aktivitet",
    kind: str = "kurs",
) -> UUID:
    """A vilkår of Amina's: a course, at most 2000 kroner a month for three months."""
    vedtak_id = vedtak(verden, ASKED.date(), laget=ASKED, reduksjon=reduksjon)
    row = Vilkar(
        id=ids.new_id(),
        kommune_id=verden.kommune_id,
        bruker_id=verden.amina,
        vedtak_id=vedtak_id,
        slag=slag,
        frist=frist,
        laget=ASKED,
        endret=ASKED,
    )
    with writing(unverified=True) as db:
        db.add(row)
    ny_versjon(verden, row.id, vedtak_id, 1, vist=vist, konsekvens=konsekvens, frist=frist, kind=kind)
    return row.id


def ny_versjon(
    verden: Verden,
    vilkar_id: UUID,
    vedtak_id: UUID,
    versjon: int,
    *,
    vist: datetime | None = ASKED,
    konsekvens: bool = True,
    frist: date | None = date(2026, 12, 31),
    kind: str = "kurs",
    laget: datetime = ASKED,
) -> None:
    """A version of the vilkår, and that it was shown."""
    seal = verden.seal(verden.amina)
    said = Innhold(
        "kurs",
        {"navn": "Lagerkurs", "sted": "Storgata 1", "fra": "2026-11-02", "dager": [0, 2], "klokke": "09:00"},
        hvorfor="Du vil jobbe.",
        belop=2000 if konsekvens else None,
        maneder=3 if konsekvens else None,
    )
    row = Vilkarversjon(
        id=ids.new_id(),
        kommune_id=verden.kommune_id,
        vilkar_id=vilkar_id,
        bruker_id=verden.amina,
        vedtak_id=vedtak_id,
        ansatt_id=verden.kari,
        versjon=versjon,
        type=kind,
        frist=frist,
        konsekvens_oppgitt=konsekvens,
        belop=said.belop,
        maneder=said.maneder,
        laget=laget,
    )
    row.innhold = seal.close_json(said.as_json(), Place("vilkarversjon", "innhold", row.kommune_id, row.id))
    with writing(unverified=True) as db:
        db.add(row)
        db.flush()
        db.get_one(Vilkar, (verden.kommune_id, vilkar_id)).versjon = versjon
        if vist is not None:
            shown = Vilkarvisning(
                id=ids.new_id(),
                kommune_id=row.kommune_id,
                vilkarversjon_id=row.id,
                bruker_id=verden.amina,
                sha256=hashlib.sha256(row.id.bytes).digest(),
                sprak="nb",
                retning="ltr",
                enhet="telefon",
                vist=vist,
            )
            shown.tekst = seal.close("Møt på kurset", Place("vilkarvisning", "tekst", row.kommune_id, shown.id))
            db.add(shown)


def notert(verden: Verden, vilkar_id: UUID | None = None, dato: date | None = None) -> UUID:
    """Something is noted."""
    note = Notat(dato or HAPPENED.date(), "Du var ikke på kurset mandag.", "arrangor")
    return service.note(kari(verden), sak(verden), ids.new_id(), vilkar_id or vilkaret(verden), note)


def saken(verden: Verden, sak_id: UUID) -> Saken:
    """The matter, opened."""
    return lesing.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), sak_id)


def varslet(verden: Verden, sprak: str = "nb", vilkar_id: UUID | None = None) -> UUID:
    """A notice is sent."""
    sak_id = notert(verden, vilkar_id)
    service.send(kari(verden), sak(verden, sprak), sak_id, ids.new_id(), UTKAST, saken(verden, sak_id).steg)
    return sak_id


def nadd(verden: Verden, sprak: str = "nb") -> UUID:
    """It was opened."""
    sak_id = varslet(verden, sprak)
    service.open_notice(amina(verden, sprak), sak_id, sprak)
    return sak_id


def si(
    verden: Verden,
    sak_id: UUID,
    *grunner: str,
    ord: str = "Jeg var hos legen.",  # noqa: A002 -- the field's own name
    onsker: tuple[str, ...] = (),
) -> UUID | None:
    """The bruker says something."""
    sagt = Sagt(list(grunner), ord, "")
    return horing.deliver(amina(verden), sak_id, ids.new_id(), sagt, Onsker(list(onsker), "")).uttalelse_id


def uttalt(verden: Verden, *grunner: str) -> UUID:
    """The bruker has answered."""
    sak_id = nadd(verden)
    si(verden, sak_id, *(grunner or ("sykdom",)))
    return sak_id


def vei(verden: Verden, sak_id: UUID) -> None:
    """Everything is weighed."""
    matter = saken(verden, sak_id)
    words = dict.fromkeys(avgjore.points(matter.uttalelser), "Lagt vekt på.")
    avgjore.weigh(kari(verden), sak(verden), sak_id, ids.new_id(), words, matter.steg)


def veid(verden: Verden) -> UUID:
    """Said and weighed."""
    sak_id = uttalt(verden)
    vei(verden, sak_id)
    return sak_id


def fakta(dato: date) -> Fakta:
    """What is registered about a vedtak of that day."""
    return Fakta(
        nummer="V-2026-18",
        dato=dato,
        fra=None,
        til=None,
        hjemmel="vilkar",
        ytelse="livsopphold",
        reduksjon_oppgitt=True,
        klagefrist=dato + timedelta(days=21),
    )


def reduksjon(vedtak_id: UUID | None, **changed: object) -> Beslutning:
    """A reduction in which nothing is missing."""
    today = clock.now().date()
    fine: dict[str, object] = {
        "vedtak_id": vedtak_id,
        "belop": 1000,
        "fra": today,
        "til": today + timedelta(days=30),
        "familie": "Bor alene.",
        "barn": "Har ikke barn.",
        "dekket": "Husleie og mat er dekket.",
        "er_dekket": True,
    }
    return Beslutning("reduksjon", "Kurset var et godt tilbud.", **{**fine, **changed})  # type: ignore[arg-type]


def avgjor(verden: Verden, sak_id: UUID, one: Beslutning | None = None) -> None:
    """It is decided."""
    beslutning = one or Beslutning("ingen", "Du var syk.")
    avgjore.decide(kari(verden), sak(verden), sak_id, ids.new_id(), beslutning, saken(verden, sak_id).steg)


def svar(verden: Verden, sak_id: UUID, *, ja: bool = True, dag: date | None = None) -> None:
    """The first unanswered wish is answered."""
    wish = saken(verden, sak_id).ubesvarte[0]
    avgjore.answer(kari(verden), sak(verden), sak_id, wish.id, Svar(ja, "Det er greit.", dag))
