"""«Mine pålogginger», the same at both doors: where one is signed in, which passkeys one has, and ending either."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.identitet import mine_okter, okter, passnokler
from webapp.platform import access


def page(who: access.Who) -> str:
    """The page for ``who``."""
    door = "" if isinstance(who, access.Bruker) else access.STAFF_PREFIX
    return render_template(
        "identitet/palogginger.html",
        dor=door,
        side=side(who),
        okter=mine_okter.mine(who),
        nokler=passnokler.mine(who),
        kan_fjerne=okter.recently_confirmed(),
    )


def side(who: access.Who) -> str:
    """The address of the page."""
    return url_for("identitet_mer.palogginger" if isinstance(who, access.Bruker) else "identitet_veileder.palogginger")


def end_session(who: access.Who, okt_id: UUID) -> ResponseReturnValue:
    """End one of the person's own sessions."""
    if mine_okter.end(who, okt_id):
        flash(_("Påloggingen er avsluttet."), "bra")
    else:
        flash(_("Den påloggingen er avsluttet allerede."), "info")
    return redirect(side(who), 303)


def remove_key(who: access.Who, passnokkel_id: UUID) -> ResponseReturnValue:
    """Remove one of the person's own passkeys, if they have just shown who they are."""
    if not okter.recently_confirmed():
        flash(_("Bekreft først at det er deg."), "obs")
    else:
        try:
            removed = passnokler.remove(who, passnokkel_id)
        except passnokler.Siste:
            flash(_("Du må alltid ha minst én nøkkel. Lag en ny før du fjerner denne."), "obs")
        else:
            flash(_("Nøkkelen er fjernet."), "bra") if removed else flash(_("Nøkkelen er fjernet allerede."), "info")
    return redirect(side(who), 303)
