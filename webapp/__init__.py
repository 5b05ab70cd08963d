"""Medvirk: with it, people who receive social assistance take part in their own case."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import cli, config, gate, hjem, lukk, site, typed, utkast
from webapp.config import Settings
from webapp.enhet import bruker as enhet_bruker
from webapp.enhet import svar as enhet_svar
from webapp.identitet import ansatte as identitet_ansatte
from webapp.identitet import bruker as identitet_bruker
from webapp.identitet import mer as identitet_mer
from webapp.identitet import saker as identitet_saker
from webapp.identitet import tildelinger
from webapp.identitet import veileder as identitet_veileder
from webapp.innsyn import bruker as innsyn_bruker
from webapp.innsyn import veileder as innsyn_veileder
from webapp.kartlegging import bruker as kartlegging_bruker
from webapp.kartlegging import leverte as kartlegging_leverte
from webapp.kartlegging import se_over as kartlegging_se_over
from webapp.kartlegging import to_tekster as kartlegging_to_tekster
from webapp.kartlegging import veileder as kartlegging_veileder
from webapp.kartlegging import visning as kartlegging_visning
from webapp.klage import bruker as klage_bruker
from webapp.klage import bruker_mer as klage_mer
from webapp.klage import veileder as klage_veileder
from webapp.klage import veileder_muntlig as klage_muntlig
from webapp.moter import bruker as moter_bruker
from webapp.moter import hvem as moter_hvem
from webapp.moter import veileder as moter_veileder
from webapp.paminnelse import bruker as paminnelse_bruker
from webapp.paminnelse import veileder as paminnelse_veileder
from webapp.plan import bruker as plan_bruker
from webapp.plan import veileder as plan_veileder
from webapp.platform import access, clock, database, errors, forms, languages, logs, rendering, security
from webapp.platform.sealing import Keyring
from webapp.telefon import bruker as telefon_bruker
from webapp.telefon import filer as telefon_filer
from webapp.telefon import manifest as telefon_manifest
from webapp.tolking import veileder as tolking_veileder
from webapp.tolking import visning as tolking_visning
from webapp.varsel import bruker as varsel_bruker
from webapp.varsel import veileder as varsel_veileder
from webapp.vedlegg import bruker as vedlegg_bruker
from webapp.vedlegg import mottak as vedlegg_mottak
from webapp.vedlegg import veileder as vedlegg_veileder
from webapp.veiledning import bruker as veiledning_bruker
from webapp.veiledning import veileder as veiledning_veileder
from webapp.vilkar import bruker as vilkar_bruker
from webapp.vilkar import utbetaling as vilkar_utbetaling
from webapp.vilkar import veileder as vilkar_veileder


def create_app(settings: Settings) -> Flask:
    """The program, with what a request meets, in order. Raises access.Undeclared for a view that says no need."""
    app = Flask(__name__, static_folder=None)
    app.request_class = vedlegg_mottak.FilesInMemory
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        SESSION_COOKIE_NAME="__Host-medvirk-skjema" if settings.secure else "medvirk-skjema",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=1000,
        # Pages weigh a sixth of their size on a slow phone, for a twentieth of the time a page takes (tests/bench).
        # SameSite cookies keep other sites from measuring what our pages compress to (BREACH).
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=1,
        COMPRESS_LEVEL=1,
        COMPRESS_MIMETYPES=["text/html", "application/json", "text/javascript", "application/manifest+json"],
        WTF_CSRF_TIME_LIMIT=int(timedelta(hours=12).total_seconds()),
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions["medvirk.settings"] = settings
    app.extensions["medvirk.keyring"] = Keyring(settings.master_keys)
    clock.start_at(settings.now)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign] # as Flask says

    Compress(app)
    logs.init_app(app)
    security.init_app(app, secure=settings.secure)
    database.init_app(app, settings.database_url)
    languages.init_app(app)
    errors.init_app(app, errors.Typed(typed.keep, lambda: typed.fields()[1], typed.to_copy))
    tildelinger.init_app(app, moter_hvem.follow)
    forms.init_app(app)
    enhet_svar.init_app(app)
    gate.init_app(app)
    rendering.init_app(app)
    kartlegging_visning.init_app(app)
    tolking_visning.init_app(app)
    telefon_manifest.init_app(app)

    for room in (
        site,
        utkast,
        lukk,
        identitet_bruker,
        identitet_mer,
        identitet_veileder,
        identitet_saker,
        identitet_ansatte,
        hjem,
        enhet_bruker,
        kartlegging_bruker,
        kartlegging_se_over,
        kartlegging_leverte,
        kartlegging_to_tekster,
        kartlegging_veileder,
        moter_bruker,
        moter_veileder,
        varsel_bruker,
        varsel_veileder,
        paminnelse_bruker,
        paminnelse_veileder,
        plan_bruker,
        plan_veileder,
        klage_bruker,
        klage_mer,
        klage_veileder,
        klage_muntlig,
        tolking_veileder,
        vedlegg_bruker,
        vedlegg_veileder,
        veiledning_bruker,
        veiledning_veileder,
        vilkar_bruker,
        vilkar_veileder,
        vilkar_utbetaling,
        innsyn_bruker,
        innsyn_veileder,
        telefon_bruker,
        telefon_filer,
    ):
        app.register_blueprint(room.bp)
    cli.init_app(app)
    access.verify(app)
    return app


__all__ = ["config", "create_app"]
