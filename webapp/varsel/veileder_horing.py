"""varsel: the veileder writes down, answers, weighs and decides. Two at once: the second keeps the text, with 409."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp import utkast
from webapp.identitet import adgang
from webapp.platform import access, ids, once
from webapp.platform.access import SAK, needs
from webapp.platform.database import reading
from webapp.platform.forms import LONG, Skjema, clean, kept_fields
from webapp.varsel import avgjore, grunn, horing, lesing, rules, service
from webapp.varsel.avgjore import points
from webapp.varsel.felt import fault
from webapp.varsel.horingsskjema import Avgjorskjema, Muntligskjema, Svarskjema
from webapp.varsel.innhold import Tidligere
from webapp.varsel.lesing import Saken
from webapp.varsel.rules import Feil
from webapp.varsel.sider import not_now, one_of, page
from webapp.varsel.steg import Moved

bp = Blueprint("horing", __name__)

FEIL: dict[Feil, tuple[str, LazyString]] = {
    Feil.VEDTAK_MANGLER: ("vedtak", _l("Velg det nye vedtaket. Registrer det først hvis det ikke står her.")),
    Feil.VEDTAK_GAMMELT: ("vedtak", _l("Vedtaket er fra før brukeren var hørt. Det må være et nytt vedtak.")),
    Feil.BELOP: ("belop", _l("Skriv hvor mye mindre brukeren får i måneden.")),
    Feil.BELOP_OVER_VARSLET: ("belop", _l("Beløpet er høyere enn det som står i varselet.")),
    Feil.PERIODE: ("til", _l("Skriv fra og med og til og med. Den siste dagen kan ikke komme før den første.")),
    Feil.PERIODE_FOR_TIDLIG: ("fra", _l("Perioden kan ikke begynne før vedtaket, og ikke før i dag.")),
    Feil.PERIODE_FOR_SEN: ("fra", _l("Dagen er for langt unna. Se over året.")),
    Feil.PERIODE_OVER_VARSLET: ("til", _l("Perioden er lengre enn det som står i varselet.")),
    Feil.FAMILIE: ("familie", _l("Skriv hva det betyr for familien.")),
    Feil.BARN: ("barn", _l("Skriv hva det betyr for barn.")),
    Feil.NODVENDIG: (
        "dekket",
        _l("Skriv hvordan det mest nødvendige blir dekket, og kryss av for det."),
    ),
    Feil.IKKE_NA: (
        "utfall",
        _l("Brukeren har fått mer tid eller har funnet arbeid. Pengene kan ikke bli mindre nå."),
    ),
    Feil.SAMTALE_MANGLER: (
        "utfall",
        _l("Brukeren har fått ja til en samtale eller tolk. Pengene kan ikke bli mindre før dere har snakket sammen."),
    ),
    Feil.IKKE_FORFALT: ("utfall", grunn.MANGLER["ikke_forfalt"]),
    Feil.GRUNNLAG_BORTE: (
        "utfall",
        _l("Vilkåret eller vedtaket sier ikke lenger at pengene kan bli mindre. Da kan de ikke bli det."),
    ),
    Feil.GJELDER_IKKE: ("utfall", _l("Vilkåret er fulgt eller gjelder ikke lenger. Da kan pengene ikke bli mindre.")),
}


def _home(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("varsel_veileder.sak", bruker_id=bruker_id, sak_id=sak_id), 303)


@bp.route("/<uuid:sak_id>/muntlig", methods=["GET", "POST"])
@needs(SAK)
def muntlig(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """Write down what the bruker said aloud."""
    matter, _missing = one_of(sak_id)
    form, status = Muntligskjema(), 200
    if form.validate_on_submit():
        try:
            horing.write_down(access.ansatt(), adgang.sak(), sak_id, once.row_id(), form.sagt(), "nb")
        except rules.NotPossible:
            status = not_now(form)
            matter, _missing = one_of(sak_id)
        else:
            utkast.forget()
            flash(_("Det er lagret. Brukeren ser teksten og kan rette den."), "bra")
            return _home(bruker_id, sak_id)
    return page(
        "veileder_muntlig.html", status, sak=matter, skjema=form, nokkel=once.key(), har_utkast=utkast.waiting()
    )


@bp.route("/<uuid:sak_id>/onske/<uuid:onske_id>", methods=["GET", "POST"])
@needs(SAK)
def svar(bruker_id: UUID, sak_id: UUID, onske_id: UUID) -> ResponseReturnValue:
    """Answer a wish (U6)."""
    matter, _missing = one_of(sak_id)
    wish = next((one for one in matter.onsker if one.id == onske_id), None)
    if wish is None:
        abort(404)
    form, status = Svarskjema(slag=wish.slag), 200
    if form.validate_on_submit():
        try:
            avgjore.answer(access.ansatt(), adgang.sak(), sak_id, onske_id, form.svar())
        except avgjore.NotLater:
            fault(form.ny_dag, _("Den nye dagen må være senere enn fristen som gjelder nå."))
        except rules.NotPossible:
            status = not_now(form)
            matter, _missing = one_of(sak_id)
        else:
            utkast.forget()
            flash(_("Svaret er sendt. Brukeren ser det hos seg."), "bra")
            return _home(bruker_id, sak_id)
    return page("veileder_svar.html", status, sak=matter, onske=wish, skjema=form, har_utkast=utkast.waiting())


@bp.route("/<uuid:sak_id>/vei", methods=["GET", "POST"])
@needs(SAK)
def vei(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """Weigh everything that the bruker said, point by point."""
    matter, _missing = one_of(sak_id)
    before = _before(matter)
    wanted = points([*before.uttalelser, *matter.uttalelser], before.onsker)
    form, status, lacking = Skjema(), 200, []
    typed = _typed(form, matter, wanted)
    too_long = [point for point, text in typed.items() if len(text) > LONG]
    status = 422 if too_long else status
    if form.validate_on_submit() and not too_long:
        try:
            avgjore.weigh(access.ansatt(), adgang.sak(), sak_id, once.row_id(), typed, _number("steg"))
        except avgjore.NotWeighed as error:
            lacking, status = error.mangler, 422
        except rules.NotPossible as error:
            status = not_now(form, moved=isinstance(error, Moved))
            matter, _missing = one_of(sak_id)
            wanted = points([*before.uttalelser, *matter.uttalelser], before.onsker)
        else:
            utkast.forget()
            flash(_("Det er lagret. Nå kan du velge resultatet."), "bra")
            return _home(bruker_id, sak_id)
    return page(
        "veileder_vei.html",
        status,
        sak=matter,
        skjema=form,
        tidligere=before,
        punkter=wanted,
        skrevet=typed,
        mangler=lacking,
        for_lange=too_long,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _before(matter: Saken) -> Tidligere:
    case = adgang.sak()
    with reading() as db:
        return lesing.earlier(db, lesing.rows(db, case.kommune_id, case.bruker_id, matter.id), case.seal)


def _typed(form: Skjema, matter: Saken, wanted: list[str]) -> dict[str, str]:
    """What stands in the fields: what was sent, else a kept draft, else the latest weighing."""
    if request.method == "POST":
        return {point: clean(request.form.get(point, "")) for point in wanted}
    if form.restored:
        kept = kept_fields() or {}
        return {point: kept.get(point, [""])[0] for point in wanted}
    last = matter.veiinger[-1].innhold if matter.veiinger else {}
    return {point: last.get(point, "") for point in wanted}


@bp.route("/<uuid:sak_id>/avgjor", methods=["GET", "POST"])
@needs(SAK)
def avgjor(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """Register what it came to (U8)."""
    matter, _missing = one_of(sak_id)
    offered = _vedtak(matter)
    form = Avgjorskjema(vedtak={key: one.nummer for key, one in offered.items()}, data={"steg": str(matter.steg)})
    status = 200
    if form.validate_on_submit():
        try:
            decided = form.beslutning(ids.parse(form.vedtak.data or ""))
            avgjore.decide(access.ansatt(), adgang.sak(), sak_id, once.row_id(), decided, _number("steg"))
        except avgjore.Faults as error:
            for one in error.feil:
                name, text = FEIL[one]
                fault(form[name], str(text))
        except rules.NotPossible as error:
            status = not_now(form, moved=isinstance(error, Moved))
            matter, _missing = one_of(sak_id)
        else:
            utkast.forget()
            flash(_("Avgjørelsen er lagret. Brukeren ser den hos seg."), "bra")
            return _home(bruker_id, sak_id)
    possible = rules.possible(matter.tilstand, "ansatt", matter.fakta, service.moment(matter))
    return page(
        "veileder_avgjor.html",
        status,
        sak=matter,
        skjema=form,
        vedtak=offered,
        kan_avgjores=rules.Handling.AVGJOR in possible,
        kan_redusere=rules.may_reduce(matter.fakta, service.moment(matter)),
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _vedtak(matter: Saken) -> dict[str, Any]:
    case = adgang.sak()
    with reading() as db:
        heard = lesing.rows(db, case.kommune_id, case.bruker_id, matter.id).hort()
        if heard is None:
            return {}
        stands_on = grunn.vedtak_of(db, case.kommune_id, case.bruker_id, matter.vilkarversjon_id)
        offered = grunn.new_vedtak(db, case.kommune_id, case.bruker_id, case.seal, stands_on.id, heard)
    return {str(one.id): one for one in offered}


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
