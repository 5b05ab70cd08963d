"""Test clients. Every HTML page that any test fetches is checked (tests/sidekontroll/); once, with SQLite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.databaser import KIND
from tests.sidekontroll import sjekk_side
from webapp.identitet import okter
from webapp.platform.access import Who
from webapp.platform.database import writing

_TOKEN = re.compile(r'name="csrf(?:_token)?"[^>]*? (?:value|content)="([^"]+)"')


class _Nettleser(FlaskClient):
    """Gives each request a ``g`` of its own, as a server does.

    The fixture ``app`` holds one open around the whole test, and one browser's form key would be shown to the next.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """See the class."""
        with self.application.app_context():
            return super().open(*args, **kwargs)


class Klient:
    """A browser without JavaScript: keeps cookies, finds the form key by itself, and looks at every page it gets."""

    def __init__(self, app: Flask, sprak: str = "nb") -> None:
        self.app = app
        app.test_client_class = _Nettleser
        self.http = app.test_client()
        self.sprak = sprak
        self.token = ""
        self.who: Who | None = None

    def logg_inn_bruker(self, kommune_id: int, bruker_id: UUID) -> Klient:
        """Sign a bruker in, as the operator's link would."""
        return self._logg_inn(kommune_id, "bruker", bruker_id)

    def logg_inn_ansatt(self, kommune_id: int, ansatt_id: UUID) -> Klient:
        """Sign an ansatt in."""
        return self._logg_inn(kommune_id, "ansatt", ansatt_id)

    def _logg_inn(self, kommune_id: int, person_type: str, person_id: UUID) -> Klient:
        with writing(unverified=True) as db:
            innlogging = okter.start(db, kommune_id, person_type, person_id, "lenke")
        self.who = innlogging.who
        self.sprak = innlogging.who.sprak
        with self.app.test_request_context():
            name = okter.cookie_name(person_type)
        self.http.set_cookie(name, innlogging.cookie, domain="localhost")
        return self

    def get(self, path: str, status: int = 200, **kwargs: Any) -> TestResponse:
        """Fetch a page; checks the status, and the page."""
        return self._check(self.http.get(path, **kwargs), status)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        status: int = 303,
        *,
        key: str | None = None,
        **kwargs: Any,
    ) -> TestResponse:
        """Send a form with the form key of this browser (or ``key``); checks the status, and the page."""
        form = {"csrf_token": self._key() if key is None else key, **(data or {})}
        return self._check(self.http.post(path, data=form, **kwargs), status)

    def json(self, path: str, body: Any, status: int = 200, *, key: str | None = None, **kwargs: Any) -> TestResponse:
        """Send JSON as our own scripts do."""
        headers = {"X-CSRFToken": self._key() if key is None else key, **kwargs.pop("headers", {})}
        return self._check(self.http.post(path, json=body, headers=headers, **kwargs), status)

    def follow(self, response: TestResponse, status: int = 200) -> TestResponse:
        """Go where a redirect points."""
        assert response.location, f"no redirect: {response.status_code}"
        return self.get(response.location, status)

    def _key(self) -> str:
        if not self.token:
            door = "/veileder/inn" if self.who is not None and self.who.actor.type == "ansatt" else "/inn"
            self._remember(self.http.get(door))
        return self.token

    def _check(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, (
            f"{response.request.path}: {response.status_code}, expected {status}\n{response.text[:2000]}"
        )
        self._remember(response)
        is_page = response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400
        if is_page and KIND == "sqlite":
            sjekk_side(response, locale=self.sprak)
        return response

    def _remember(self, response: TestResponse) -> None:
        if response.mimetype == "text/html":
            found = _TOKEN.search(response.text)
            if found:
                self.token = found.group(1)
