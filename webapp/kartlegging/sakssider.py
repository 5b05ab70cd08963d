"""kartlegging: the pages of one bruker, as the office sees them. Every opening is in the log (S1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import nytt, utkast
from webapp.identitet import adgang, tildelinger
from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.innsyn import service as innsyn
from webapp.innsyn import setninger
from webapp.kartlegging import arbeidsliste, merknader, ordlyd, sammenligning, service, temaside, versjoner
from webapp.kartlegging.kvittering import amount
from webapp.kartlegging.merknader import Merknadsvisning
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.skjema import SKJEMA, Tema, UkjentSporsmal, Visning
from webapp.kartlegging.veilederskjema import Merknadsskjema
from webapp.kartlegging.versjoner import Innhold
from webapp.moter import lesing as moter
from webapp.moter.forms import FORMER
from webapp.moter.ulest import Ulest
from webapp.platform import access, clock, once, prefetch
from webapp.platform.access import SAK, needs
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.tolking import service as tolking
from webapp.tolking.service import Gjengivelser

bp = Blueprint("sak", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>")

LINES = 10  # of the timeline on the overview


@bp.get("/")
@needs(SAK)
def vis(bruker_id: UUID) -> ResponseReturnValue:
    """Everything about one bruker on one page: what to do next, the clocks, meetings, the latest mapping, and more."""
    sak = adgang.sak()
    with reading():  # together: where the mapping stands is asked for once
        state = service.state(sak.kommune_id, bruker_id)
        steps = nytt.for_sak(sak.kommune_id, bruker_id, sak.seal, tildelt=sak.tildelt)
    latest = _latest(sak, state)
    remarks = merknader.for_bruker(sak.kommune_id, bruker_id, sak.seal)
    beside = _by_question([one for one in remarks if latest and one.levering_id == latest.id])
    people = tildelinger.assignments(sak.kommune_id, bruker_id)
    responsible = next((ansatt for row, ansatt in people if row.til is None and row.som == "ansvarlig"), None)
    new_answers = state.nye_svar if state else 0
    if responsible is not None and responsible.id == access.ansatt().id and prefetch.really_read():
        _has_read(sak, state)
    said = [what for what in Ulest if any(line.kode == f"mote_{what}" for line in steps)]
    lines, _following = _timeline(sak, None, LINES, without={"bruker_apnet"})
    return render_template(
        "veileder/bruker.html",
        person=_person(sak),
        tildelt=sak.tildelt,
        ansvarlig=responsible,
        vikar=next((ansatt for row, ansatt in people if row.til is None and row.som == "vikar"), None),
        state=state,
        stand=arbeidsliste.stand(state, oslo_date(clock.now()), min(said, default=None)),
        nye_svar=new_answers,
        steg=steps,
        i_dag=oslo_date(clock.now()),
        levert=latest,
        innhold=amount(latest) if latest else [],
        temaer=ordlyd.themes(latest, {*latest.svar, *beside, *versjoner.left_open(latest)}) if latest else [],
        fra_for=_from_before(sak, latest) if latest else None,
        merknader=beside,
        gjengitt=_rendered(sak, latest, remarks),
        eldre_merknader=[one for one in remarks if not latest or one.levering_id != latest.id],
        etiketter={one.id: one.etikett for tema in temaside.themes(Visning.FULL) for one in tema.kjente()},
        versjoner=versjoner.versions(sak.kommune_id, bruker_id),
        moter=moter.agreed(sak.kommune_id, bruker_id, sak.seal),
        na=clock.now(),
        former=dict(FORMER),
        linjer=lines,
    )


@bp.get("/tidslinje")
@needs(SAK)
def tidslinje(bruker_id: UUID) -> ResponseReturnValue:  # noqa: ARG001 -- the gate has used it
    """Everything that has happened, in both sides' words, 25 a page."""
    before = request.args.get("for", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        abort(400)
    lines, following = _timeline(adgang.sak(), int(before) if before else None, innsyn.LINES_A_PAGE)
    return render_template(
        "veileder/tidslinje.html", person=_person(adgang.sak()), linjer=lines, neste=following, forste=not before
    )


@bp.get("/kartlegging/<nummer>")
@needs(SAK)
def les(bruker_id: UUID, nummer: str) -> ResponseReturnValue:
    """One delivered version, with what stands beside the answers."""
    sak, content = adgang.sak(), _version(nummer)
    remarks = merknader.for_levering(sak.kommune_id, bruker_id, sak.seal, content.id)
    beside = _by_question(remarks)
    versions = versjoner.versions(sak.kommune_id, bruker_id)
    return render_template(
        "veileder/versjon.html",
        person=_person(sak),
        levert=content,
        innhold=amount(content),
        siste=versions[0].id == content.id,
        forrige=next((one for one in versions if one.id == content.forrige_id), None),
        temaer=ordlyd.themes(content, {*content.svar, *beside, *versjoner.left_open(content)}),
        merknader=beside,
        gjengitt=_rendered(sak, content, remarks),
    )


@bp.get("/sammenlign/<fra>/<til>")
@needs(SAK)
def sammenlign(bruker_id: UUID, fra: str, til: str) -> ResponseReturnValue:
    """Two versions, theme by theme and word by word (K7)."""
    sak = adgang.sak()
    old, new = (
        versjoner.read_standing(sak.kommune_id, bruker_id, sak.seal, one)
        for one in sorted((_version(fra), _version(til)), key=lambda one: one.versjon)
    )
    themes, questions = ordlyd.compared(old, new)
    return render_template(
        "veileder/sammenlign.html",
        person=_person(sak),
        gammel=old,
        ny=new,
        forskjeller=sammenligning.compare(old.svar, new.svar),
        temaer=themes,
        sporsmal=questions,
    )


@bp.route("/kartlegging/<nummer>/merknad/<sporsmal_id>", methods=["GET", "POST"])
@needs(SAK)
def merknad(bruker_id: UUID, nummer: str, sporsmal_id: str) -> ResponseReturnValue:
    """Write beside one answer (K1, K11)."""
    sak, content, form = adgang.sak(), _version(nummer), Merknadsskjema()
    try:
        SKJEMA.sporsmal(sporsmal_id)  # the form has it still
        question = ordlyd.question(content, sporsmal_id)
    except UkjentSporsmal:
        abort(404)
    if form.validate_on_submit():
        merknader.add(
            access.ansatt(), sak, content.id, sporsmal_id, form.slag.data, form.tekst.data or "", once.row_id()
        )
        utkast.forget()
        flash(_("Lagret. Brukeren ser det ved siden av svaret sitt."), "bra")
        return redirect(url_for(".les", bruker_id=bruker_id, nummer=content.nummer), 303)
    beside = merknader.for_levering(sak.kommune_id, bruker_id, sak.seal, content.id)
    return render_template(
        "veileder/merknad.html",
        person=_person(sak),
        levert=content,
        tema=SKJEMA.tema(question.tema_id),
        sporsmal=question,
        beside=[one for one in beside if one.sporsmal == sporsmal_id],
        gjengitt=_rendered(sak, content, beside),
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _latest(sak: Sak, state: Kartlegging | None) -> Innhold | None:
    if state is None or state.siste_levering_id is None:
        return None
    return versjoner.read(sak.kommune_id, sak.bruker_id, sak.seal, state.siste_levering_id)


def _from_before(sak: Sak, latest: Innhold) -> tuple[Innhold, list[Tema]] | None:
    """What the latest version did not ask, as it was said before, and when that was (K7, K9)."""
    earlier = versjoner.read_earlier(sak.kommune_id, sak.bruker_id, sak.seal, latest)
    if not earlier:
        return None
    stands = versjoner.standing(latest, earlier)
    return replace(earlier[0], svar=stands.svar, ord=stands.ord), ordlyd.themes(
        stands, stands.svar.keys() - latest.svar.keys()
    )


def _has_read(sak: Sak, state: Kartlegging | None) -> None:
    """The responsible veileder has what ``state`` told of in front of them: it is read, and nothing that came since."""
    if state is None or not (state.nye_svar or (state.levert is not None and state.lest is None)):
        return
    with writing(unverified=True) as db:  # nothing that a page of somebody else's could make them do
        if state.siste_levering_id is not None:
            service.delivery_read(db, sak.kommune_id, sak.bruker_id, state.siste_levering_id)
        service.answers_seen(db, sak.kommune_id, sak.bruker_id, state.nye_svar)


def _rendered(sak: Sak, content: Innhold | None, remarks: list[Merknadsvisning]) -> Gjengivelser:
    """What interpreters have said of the answers, and of what the bruker has said to remarks."""
    here = [*([content.id] if content else []), *(said.id for one in remarks for said in one.svar)]
    return tolking.beside(sak.kommune_id, sak.bruker_id, sak.seal, here)


def _by_question(remarks: list[Merknadsvisning]) -> dict[str, list[Merknadsvisning]]:
    found: dict[str, list[Merknadsvisning]] = {}
    for remark in remarks:
        found.setdefault(remark.sporsmal, []).append(remark)
    return found


def _version(nummer: str) -> Innhold:
    sak = adgang.sak()
    try:
        return versjoner.read_numbered(sak.kommune_id, sak.bruker_id, sak.seal, nummer)
    except service.NotHere:
        abort(404)


def _timeline(
    sak: Sak, before: int | None, size: int, without: frozenset[str] | set[str] = frozenset()
) -> tuple[list[tuple[Any, Any]], int | None]:
    """The veileder's sentence and the bruker's for each event, so that both know what the other is told."""
    hidden = setninger.ONLY_FOR_BRUKER | without
    with reading():
        lines, following = innsyn.timeline(
            sak.kommune_id, sak.bruker_id, "veileder", before=before, size=size, without=hidden
        )
        theirs, _following = innsyn.timeline(
            sak.kommune_id, sak.bruker_id, "bruker", before=before, size=size, without=hidden
        )
    sentences = {line.lopenr: line.setning for line in theirs}
    return [(line, sentences.get(line.lopenr)) for line in lines], following


def _person(sak: Sak) -> identitet.Person:
    return identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
