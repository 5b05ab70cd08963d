"""Attachments in other rooms' forms: what stands ticked, and the way to the page for adding a file without a script.

A view begins with ``vil_legge_ved()``, gives its template ``felt(owner)``, and hands ``valgte()`` and the form's
address to ``service.knytt`` in the transaction that sends; when that refuses, the form says ``borte()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import typed
from webapp.platform import access, ids
from webapp.vedlegg import rules, service
from webapp.vedlegg.service import Eier, Vedlagt


@dataclass(frozen=True, slots=True)
class Felt:
    """What the template shows: the files that lie ready, which of them are ticked, and where files go."""

    vedlegg: list[Vedlagt]
    valgt: frozenset[UUID]
    skjema: str
    url: str

    @property
    def plass(self) -> int:
        """How many more there is room for."""
        return max(0, rules.MOST - len(self.vedlegg))


def felt(owner: Eier) -> Felt:
    """The field for the form at this address. Everything that lies ready is ticked until somebody unticks it."""
    lying = service.ventende(owner, request.path)
    ticked = frozenset(valgte()) if request.method == "POST" else frozenset(one.id for one in lying)
    url = url_for("vedlegg_bruker.legg_til")
    if owner.ansatt_id is not None:
        url = url_for("vedlegg_veileder.ny", bruker_id=owner.bruker_id)
    return Felt(lying, ticked, request.path, url)


def valgte() -> list[UUID]:
    """The ids that stood ticked. What is no id becomes one that nothing has."""
    return [ids.parse(one) for one in request.form.getlist("vedlegg")[:50]]


def borte() -> str:
    """What is said when a ticked file cannot go along; everything else stands as it was typed."""
    return str(_("Et av vedleggene er ikke her lenger, eller det er for mange. Se over dem, og send på nytt."))


def vil_legge_ved() -> ResponseReturnValue | None:
    """The way to the page for adding a file, when that button was pressed; what was typed is kept first.

    When it cannot be kept, nobody is led away from it: the view's form shows it again and says why (Skjema).
    """
    if request.method != "POST" or not request.form.get("legg_ved"):
        return None
    if not typed.keep():
        g.show_again = _(
            "Vi fikk ikke tatt vare på det du skrev, fordi du har tekst som venter på mange andre sider. Det står her "
            "fortsatt. Send skjemaet uten filen, eller send noe av det andre først."
        )
        return None
    g.kept_on_purpose = True  # the gate does not take this for a delivery: see gate.forget_delivered_draft
    if isinstance(access.who(), access.Bruker):
        return redirect(url_for("vedlegg_bruker.ny", skjema=request.path), 303)
    return redirect(
        url_for("vedlegg_veileder.ny", bruker_id=(request.view_args or {})["bruker_id"], skjema=request.path), 303
    )
