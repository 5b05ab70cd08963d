"""What we compare with: a bare Flask app with a page of a given size, and a save of one row, and nothing else.

Environment: BENCH_BYTES (size of the page), BENCH_DB (path of an SQLite file with a WAL, or a postgresql:// address).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

from flask import Flask, jsonify, render_template_string, request

app = Flask(__name__)
SIZE = int(os.environ.get("BENCH_BYTES", "20000"))
DATABASE = os.environ.get("BENCH_DB", "")
_ROW = (
    '<div class="felt"><label for="f{{ i }}">{{ name }}</label>'
    '<input id="f{{ i }}" name="f{{ i }}" value="{{ value }}"></div>\n'
)
_PAGE = (
    '<!doctype html><html lang="nb"><title>{{ title }}</title><h1>{{ title }}</h1><form>'
    "{% for i, name, value in rows %}" + _ROW + "{% endfor %}</form></html>"
)
_rows = [(i, f"Spørsmål nummer {i} i dette skjemaet?", "et svar på noen ord") for i in range(max(1, SIZE // 148))]
_local = threading.local()


@app.get("/")
def page() -> str:
    """A Jinja page of about SIZE bytes, with escaping on."""
    return render_template_string(_PAGE, title="En side", rows=_rows)


@app.post("/lagre")
def save() -> Any:
    """One row of what was sent, committed durably."""
    words = str(request.get_json()["verdi"])
    connection = _connection()
    if DATABASE.startswith("postgresql"):
        with connection.transaction():
            connection.execute("INSERT INTO rad (tekst) VALUES (%s)", (words,))
    else:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rad (tekst) VALUES (?)", (words,))
        connection.execute("COMMIT")
    return jsonify(ok=True)


def _connection() -> Any:
    if not hasattr(_local, "connection"):
        if DATABASE.startswith("postgresql"):
            import psycopg

            _local.connection = psycopg.connect(DATABASE, autocommit=True)
        else:
            _local.connection = sqlite3.connect(DATABASE, timeout=15, isolation_level=None)
            _local.connection.execute("PRAGMA synchronous=FULL")
    return _local.connection
