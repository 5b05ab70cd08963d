"""Structured logs: one JSON line an event, the request id first, and no personal data."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.stdlib.get_logger("medvirk")


def init_app(app: Flask) -> None:
    """Give every request an id, and write one line when it is answered."""

    @app.before_request
    def _start() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else secrets.token_hex(8)
        g.started = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        # The rule, never the address: addresses hold ids and one-time secrets.
        rule = request.url_rule.rule if request.url_rule else "-"
        log.info(
            "request",
            request_id=g.get("request_id"),
            method=request.method,
            rule=rule,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        )
        response.headers["X-Request-ID"] = g.get("request_id", "-")
        return response


def configure(*, quiet: bool = False) -> None:
    """Send structlog to standard error as JSON lines. Called once by the program's entry points.

    ``quiet``: warnings and errors only, so that a terminal shows what a person who tries the program needs to see.
    """
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(stream=sys.stderr, level=level, format="%(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            _request_id_first,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _request_id_first(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {"request_id": event.pop("request_id", None), **event}
