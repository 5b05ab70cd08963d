"""«Se over»: everything that is answered, what is left open, and delivering it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.kartlegging import levering, rules, runde, service, temaside, versjoner
from webapp.kartlegging.runde import Sagt
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.skjema import SKJEMA, Sporsmal, Visning
from webapp.kartlegging.skjema.validering import tolk
from webapp.platform import access, languages, once
from webapp.platform.access import BRUKER, needs

bp = Blueprint("kartlegging_levering", __name__)


@dataclass(frozen=True, slots=True)
class Linje:
    """One answer as it will be delivered. ``problemer``: what we could not read. ``for_lang``: it is too long."""

    sporsmal: Sporsmal
    svar: Utfylt
    problemer: tuple[LazyString, ...]
    for_lang: LazyString | None
    tekst_holdes_tilbake: bool  # something is written, and «vil ikke svare» is chosen


@dataclass(frozen=True, slots=True)
class Temaoversikt:
    """One theme: its answers, and the questions that are left open."""

    id: str
    tittel: Any
    linjer: list[Linje]
    apne: list[Sporsmal]


@bp.route("/kartlegging/se-over", methods=["GET", "POST"])
@needs(BRUKER)
def se_over() -> ResponseReturnValue:
    """All answers with links for changing them, and the button that delivers (once, however often it is pressed)."""
    who = access.bruker()
    if request.method == "POST" and g.form_key_ok and not languages.asked_for():
        try:
            receipt = levering.deliver(who, once.key(), request.form.get("vist"))
        except levering.NotReady as not_ready:
            return _page(who, empty=not not_ready.too_long), 422
        except levering.Changed:
            words = _(
                "Svarene er endret siden du så over dem. Ingenting er levert ennå. Se over dem på nytt før du leverer."
            )
            flash(words, "obs")
            return redirect(url_for(".se_over"), 303)
        if receipt.endret_siden:
            flash(_("Du har endret svar etter at du leverte. Se over dem, og lever på nytt."), "obs")
            return redirect(url_for(".se_over"), 303)
        if not receipt.ny:
            flash(_("Dette har du levert før. Her er kvitteringen."), "info")
        return redirect(url_for("kartlegging_leverte.kvittering", nummer=receipt.nummer), 303)
    return _page(who, stale=request.method == "POST" and not g.form_key_ok)


def _page(who: access.Bruker, *, empty: bool = False, stale: bool = False) -> str:
    stand, answers = service.theme_page(who.kommune_id, who.id, who.seal, None)
    chosen = Visning(stand.visning or service.offered_view(who.kommune_id, who.id, who.seal))
    visning = levering.delivered_view(chosen, answers, stand.levert)
    themes = overview(visning, answers)
    said = _said(who, stand.siste_levering_id, answers, i_runde=chosen is Visning.MINI)
    return render_template(
        "kartlegging/se_over.html",
        temaer=themes,
        for_lange=[linje for tema in themes for linje in tema.linjer if linje.for_lang is not None],
        uleste=sum(bool(linje.problemer) for tema in themes for linje in tema.linjer),
        tomt=not any(tema.linjer for tema in themes),
        konflikter=sorted({ident.partition(".")[0] for ident in stand.konflikter}),
        mini=visning is Visning.MINI,
        runde=chosen is Visning.MINI,
        sagt=said,
        vist=levering.fingerprint(visning, levering.frozen(answers, visning, said)),
        levert_for=stand.siste_levering_id is not None,
        nokkel=once.key(),
        prov_igjen=empty,
        stale=stale,
    )


def _said(who: access.Bruker, last: UUID | None, answers: Mapping[str, Utfylt], *, i_runde: bool) -> dict[str, Sagt]:
    """What will be delivered as «fortsatt slik», as changed without words, and as not looked at (K7)."""
    if last is None:
        return {}
    place = (who.kommune_id, who.id, who.seal)
    stands = versjoner.read_standing(*place, versjoner.read(*place, last))
    return runde.said(answers, stands, i_runde=i_runde)


def overview(visning: Visning, answers: Mapping[str, Utfylt]) -> list[Temaoversikt]:
    """What would be delivered now, theme by theme. A mini-mapping is its own questions only (K7)."""
    asked = {sporsmal.id for tema in SKJEMA.visning(visning) for sporsmal in tema.sporsmal}
    everything = temaside.themes(Visning.MINI if visning is Visning.MINI else Visning.FULL)
    asked.update(one.id for tema in everything for one in rules.opened(tema.sporsmal, answers))
    return [
        Temaoversikt(
            tema.id,
            tema.tittel,
            [_line(sporsmal, answers[sporsmal.id]) for sporsmal in tema.alle() if _is_there(answers.get(sporsmal.id))],
            [one for one in tema.alle() if one.id in asked and not _is_there(answers.get(one.id))],
        )
        for tema in everything
    ]


def _is_there(answer: Utfylt | None) -> bool:
    return answer is not None and (answer.vil_ikke or temaside.is_answered(answer))


def _line(sporsmal: Sporsmal, answer: Utfylt) -> Linje:
    if answer.vil_ikke:
        return Linje(sporsmal, answer, (), None, tekst_holdes_tilbake=bool(answer.verdi))
    limit = rules.text_limit(sporsmal)
    if limit is not None and len(answer.verdi) > limit:
        return Linje(sporsmal, answer, (), rules.too_long(len(answer.verdi) - limit), tekst_holdes_tilbake=False)
    return Linje(sporsmal, answer, tolk(sporsmal, answer.verdi).problemer, None, tekst_holdes_tilbake=False)
