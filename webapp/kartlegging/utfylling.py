"""K1: an ansatt types for the bruker, at the office. Recorded with every answer, in the log, and shown to both.

Only what is empty, or what staff have typed before, can be written here. The bruker's own words can be read, no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.kartlegging import forms, service, svarrader, temaside
from webapp.kartlegging.forms import Sendt
from webapp.kartlegging.lagring import Endring, Lagret
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.skjema import Sporsmal, Tema, UkjentTema, Visning
from webapp.kartlegging.temaside import Rute, Sidetema
from webapp.platform import access, audit, languages
from webapp.platform.access import SAK, needs
from webapp.platform.database import writing
from webapp.platform.forms import kept_fields

bp = Blueprint("utfylling", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/fyll-ut")


@dataclass(frozen=True, slots=True)
class Del:
    """A piece of the page: a question to fill in, or an answer of the bruker's to read (``svar``)."""

    sporsmal: Sporsmal
    svar: Utfylt | None


@bp.get("/")
@needs(SAK)
def start(bruker_id: UUID) -> ResponseReturnValue:
    """All themes, and how far each is."""
    sak = adgang.sak()
    answers = service.all_answers(sak.kommune_id, bruker_id, sak.seal)
    return render_template(
        "veileder/fyll_ut.html", person=_person(sak), temaer=temaside.theme_list(Visning.FULL, answers)
    )


@bp.route("/<tema_id>", methods=["GET", "POST"])
@needs(SAK)
def tema(bruker_id: UUID, tema_id: str) -> ResponseReturnValue:
    """One theme. Whatever button is pressed, everything on the page is saved first."""
    sak = adgang.sak()
    try:
        page = temaside.page_theme(Visning.FULL, tema_id)
    except UkjentTema:
        abort(404)
    answers = service.theme_answers(sak.kommune_id, bruker_id, sak.seal, tema_id)
    panes = temaside.panes(answers)
    if request.method == "GET":
        kept = (kept_fields() if request.args.get("utkast") else None) or {}
        sent = forms.read_form(list(kept), lambda name: kept.get(name, []), page.ider)
        mine, refused = _allowed(sent.endringer, answers)
        return _show(page, answers, temaside.sent_panes(panes, mine), sent=sent, refused=refused)
    sent = forms.read_form(list(request.form), request.form.getlist, page.ider)
    if not g.form_key_ok:
        mine, refused = _allowed(sent.endringer, answers)
        panes = temaside.sent_panes(panes, mine)
        return _show(page, answers, panes, sent=sent, refused=refused, stale=True), 400
    saved, refused = _save(sak, tema_id, sent.endringer)
    if saved.feil or refused or sent.ukjent:
        answers = service.theme_answers(sak.kommune_id, bruker_id, sak.seal, tema_id)
        mine = [change for change in sent.endringer if change.sporsmal not in {one.sporsmal for one in refused}]
        panes = temaside.sent_panes(temaside.panes(answers), mine, saved)
        return _show(page, answers, panes, sent=sent, refused=refused), 409 if refused else 422
    utkast.forget()
    if languages.asked_for():
        return redirect(url_for(".tema", bruker_id=bruker_id, tema_id=tema_id), 303)
    if saved.konflikt:
        flash(_("Noe var endret i mellomtiden. Begge tekstene er tatt vare på, og brukeren velger mellom dem."), "obs")
    if request.form.get("handling") == "neste" and page.neste:
        return redirect(url_for(".tema", bruker_id=bruker_id, tema_id=page.neste), 303)
    flash(_("Lagret. Det står ved svarene at en ansatt har skrevet dem."), "bra")
    return redirect(url_for(".start", bruker_id=bruker_id), 303)


def _save(sak: Sak, tema_id: str, changes: list[Endring]) -> tuple[Lagret, list[Endring]]:
    """Save what may be written; returns what came of it, and what the bruker has answered in the meantime.

    Looked at and written in one transaction, with the bruker's own saves waiting: nothing slips in between (K1).
    """
    who = access.ansatt()
    with writing() as db:
        svarrader.queue_up(db, sak.kommune_id, sak.bruker_id, sak.seal)
        answers = service.theme_answers(sak.kommune_id, sak.bruker_id, sak.seal, tema_id)
        allowed, refused = _allowed(changes, answers)
        ids = {change.sporsmal for change in allowed}
        saved = service.save(
            sak.kommune_id,
            sak.bruker_id,
            sak.seal,
            Skriver("ansatt", languages.typed_on(request.form.get(languages.SIDE)), who.id),
            tema_id,
            allowed,
        )
        now = service.theme_answers(sak.kommune_id, sak.bruker_id, sak.seal, tema_id)
        if any(now.get(ident) != answers.get(ident) for ident in ids):
            audit.record(db, sak.kommune_id, "assistert_utfylling", who.actor, bruker_id=sak.bruker_id, tema=tema_id)
    return saved, refused


def editable(answer: Utfylt | None) -> bool:
    """Whether an ansatt may write here: nothing stands there, or staff typed what does (K1).

    Not what the bruker has stood by since, with «fortsatt slik» or by choosing it: it is theirs then, whoever typed it.
    """
    if answer is None or not (answer.verdi or answer.vil_ikke):
        return True
    return answer.skrevet_av == "ansatt" and not answer.bekreftet


def _allowed(changes: list[Endring], answers: dict[str, Utfylt]) -> tuple[list[Endring], list[Endring]]:
    """What may be written, and what was typed to questions that the bruker has answered: it is shown, to be copied."""
    allowed = [change for change in changes if editable(answers.get(change.sporsmal))]
    theirs = [change for change in changes if not editable(answers.get(change.sporsmal))]
    return allowed, [one for one in theirs if _says_something_else(one, answers[one.sporsmal])]


def _says_something_else(change: Endring, answer: Utfylt) -> bool:
    texts = change.verdi if isinstance(change.verdi, list) else [change.verdi]
    sent = [str(text) for text in texts if str(text).strip()]
    return bool(sent) and sent != ([answer.verdi] if isinstance(answer.verdi, str) else answer.verdi)


def _show(
    page: Sidetema,
    answers: dict[str, Utfylt],
    panes: dict[str, Rute],
    *,
    sent: Sendt | None = None,
    refused: list[Endring] | None = None,
    stale: bool = False,
) -> str:
    theme = page.tema
    names = {one.id: one.etikett for one in theme.alle()}
    return render_template(
        "veileder/fyll_ut_tema.html",
        person=_person(adgang.sak()),
        side=page,
        tema=theme,
        biter=_parts(theme, answers),
        ruter=panes,
        feil=[(ident, pane.feil[0]) for ident, pane in panes.items() if pane.feil and editable(answers.get(ident))],
        avvist=[(names[one.sporsmal], _as_text(one)) for one in refused or []],
        ukjent=sent.ukjent if sent else [],
        stale=stale,
        har_utkast=utkast.waiting(),
    )


def _as_text(change: Endring) -> str:
    return "\n".join(str(one) for one in change.verdi) if isinstance(change.verdi, list) else str(change.verdi)


def _parts(theme: Tema, answers: dict[str, Utfylt]) -> list[Del]:
    """The page in pieces. Follow-ups stay with their question when both can be written; else each stands by itself."""
    parts: list[Del] = []
    for question in theme.sporsmal:
        parts += _pieces(question, answers)
    return parts


def _pieces(question: Sporsmal, answers: dict[str, Utfylt]) -> list[Del]:
    if all(editable(answers.get(one.id)) for one in question.alle()):
        return [Del(question, None)]
    alone = replace(question, oppfolging=(), apnes_av=frozenset())
    first = Del(alone, None if editable(answers.get(question.id)) else answers[question.id])
    return [first, *(piece for follow_up in question.oppfolging for piece in _pieces(follow_up, answers))]


def _person(sak: Sak) -> identitet.Person:
    return identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
