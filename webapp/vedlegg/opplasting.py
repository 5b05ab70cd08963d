"""One file in one request, from either side: for the script (JSON) and for a plain form (a page of its own)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, g, jsonify, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from webapp import utkast
from webapp.platform import nedlasting, once
from webapp.vedlegg import rules, service
from webapp.vedlegg.rules import Avvist
from webapp.vedlegg.service import Eier, Vedlagt
from webapp.vedlegg.tekster import GRUNNER, storrelse


@dataclass(frozen=True, slots=True)
class Sted:
    """The pages of one side: its template, where it is, and the start of the addresses of single files."""

    mal: str
    url: str
    filer: str


def page(owner: Eier, sted: Sted, **context: Any) -> str:
    """The page for adding a file without a script. 404 when it is for no form of theirs."""
    skjema = form_path()
    lying = service.ventende(owner, skjema)
    return render_template(
        sted.mal,
        skjema=skjema,
        tilbake=f"{skjema}?utkast=1",
        vedlegg=lying,
        plass=rules.MOST - len(lying),
        sted=sted,
        nokkel=once.key(),
        storrelse=storrelse,
        **context,
    )


def add(owner: Eier, sted: Sted, **context: Any) -> ResponseReturnValue:
    """Take in the file of this request."""
    if not g.form_key_ok:
        if not _for_script():
            return page(owner, sted, feil=_("Siden hadde stått åpen lenge. Velg filen én gang til."), **context), 422
        session.pop("csrf_token", None)
        g.pop("csrf_token", None)
        return jsonify(feil="skjemanokkel", csrf=generate_csrf()), 400
    skjema, file = form_path(), request.files.get("fil")
    try:
        added = service.ta_imot(
            owner,
            once.row_id(),
            skjema,
            (file.filename if file else None) or "",
            file.read() if file else b"",
            _("vedlegg"),
        )
    except service.NotHere:
        abort(404)
    except Avvist as refused:
        said = GRUNNER[refused.grunn]
        if _for_script():
            return jsonify(feil=refused.grunn.value, melding=str(said)), 400
        return page(owner, sted, feil=said, **context), 422
    if _for_script():
        return jsonify(
            id=str(added.id), navn=added.navn, storrelse=storrelse(added.storrelse), url=f"{sted.filer}{added.id}"
        )
    flash(_("Filen er lagt ved. Den blir sendt når du sender skjemaet."), "bra")
    return redirect(f"{sted.url}?skjema={skjema}", 303)


def take_away(owner: Eier, sted: Sted, vedlegg_id: UUID) -> ResponseReturnValue:
    """Take away a file that has not been sent with anything."""
    skjema = form_path()
    try:
        service.fjern(owner, vedlegg_id)
    except service.NotHere:
        abort(404)
    flash(_("Filen er tatt bort."), "bra")
    return redirect(f"{sted.url}?skjema={skjema}", 303)


def download(found: tuple[Vedlagt, bytes], *, neutral: bool = False) -> Response:
    """The file, to be saved and never shown as a page of ours, whatever is in it.

    ``neutral``: under a name that says nothing. A letter from Nav is not to be named in somebody's list of downloads.
    """
    vedlagt, data = found
    response = Response(data, mimetype=vedlagt.mime)
    name = nedlasting.name(PurePosixPath(vedlagt.navn).suffix[1:]) if neutral else vedlagt.navn
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def form_path() -> str:
    """The form that the file is for: one of ours that this person may send, or 404."""
    path = request.values.get("skjema", "")
    if not utkast.is_form_of_theirs(path):
        abort(404)
    return path


def _for_script() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
