"""What the pages of the veileder have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template
from flask_babel import gettext as _

from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema
from webapp.tolking import service as tolking
from webapp.varsel import grunn, lesing, tekst
from webapp.varsel import ord as koder
from webapp.varsel.lesing import Saken
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt
from webapp.vilkar import tekst as vilkartekst
from webapp.vilkar.grunnlag import NotHere


def page(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A page of this room about the bruker that is open, and its status."""
    sak = adgang.sak()
    person = identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
    matter = context.get("sak")
    files: dict[UUID, list[Vedlagt]] = {}
    rendered: tolking.Gjengivelser = {}
    if isinstance(matter, Saken):
        before = context.get("tidligere")
        said = [one.id for one in (*(before.uttalelser if before else ()), *matter.uttalelser)]
        files = vedlegg.lister(sak.kommune_id, sak.bruker_id, sak.seal, "uttalelse", said)
        rendered = tolking.beside(sak.kommune_id, sak.bruker_id, sak.seal, said)
        wished = [one.id for one in matter.onsker]
        files |= vedlegg.lister(sak.kommune_id, sak.bruker_id, sak.seal, "varselonske", wished)
    return render_template(
        f"varsel/{template}",
        person=person,
        filer=files,
        gjengitt=rendered,
        koder=koder,
        linje=vilkartekst.html,
        punktnavn=point_name,
        manglertekst=grunn.MANGLER,
        **context,
    ), status


def point_name(point: str) -> str:
    """What is weighed at a point («<uttalelse id>.<code>» or «samlet»), as the veileder is told."""
    code = point.rpartition(".")[2]
    return _("Det brukeren har sagt") if code == "ord" else tekst.weighed(code)


def one_of(sak_id: UUID) -> tuple[Saken, tuple[str, ...]]:
    """A matter of the bruker that is open, and what its ground lacks. Ends with 404 for any other."""
    sak = adgang.sak()
    try:
        with reading() as db:
            rows = lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id)
            found = grunn.find(db, sak.kommune_id, sak.bruker_id, rows.sak.vilkar_id)
            missing = grunn.missing_here(db, found, rows, oslo_date(clock.now()))
            return lesing.opened(rows, sak.seal, lesing.names(db, rows), grunnlag=not missing), missing
    except (lesing.NotHere, NotHere):
        abort(404)


def not_now(form: Skjema, *, moved: bool = False) -> int:
    """Say that the matter has changed, with what was typed still in the form; returns the page's status."""
    form.form_errors = [
        *form.form_errors,
        _("Noe er gjort i saken siden du åpnet siden. Det du skrev, står her fortsatt. Se over, og send på nytt.")
        if moved
        else _("Dette kan ikke gjøres i saken nå. Det du skrev, står her fortsatt. Se hvor saken står."),
    ]
    return 409
