"""Settings: a wrong one stops the start with one sentence that says which, and what to do."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from webapp.config import DEMO_MASTER_KEY, ConfigError, read

ROOT = Path(__file__).resolve().parent.parent
KEY = base64.b64encode(b"k" * 32).decode()
GOOD = {
    "MEDVIRK_ORIGIN": "https://medvirk.example",
    "MEDVIRK_MASTER_KEYS": f"en:{KEY}",
    "MEDVIRK_SECRET_KEY": "s" * 32,
}


def test_a_production_start_needs_three_things_and_no_more() -> None:
    settings = read(GOOD)
    assert settings.secure
    assert settings.host == "medvirk.example"
    assert not settings.demo
    assert settings.bruker_session.idle == timedelta(minutes=30)
    assert settings.bruker_session.absolute == timedelta(hours=12)
    assert settings.staff_session.idle == timedelta(minutes=60)
    assert settings.staff_session.absolute == timedelta(hours=10)
    assert (settings.conversation_days, settings.plan_days) == (14, 30)  # K8


@pytest.mark.parametrize("name", sorted(GOOD))
def test_each_of_them_is_asked_for_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEDVIRK_ORIGIN", "http://medvirk.example"),
        ("MEDVIRK_ORIGIN", "medvirk.example"),
        ("MEDVIRK_SECRET_KEY", "kort"),
        ("MEDVIRK_MASTER_KEYS", "en:abc"),
        ("MEDVIRK_MASTER_KEYS", "en:" + base64.b64encode(b"k" * 16).decode()),
        ("MEDVIRK_MASTER_KEYS", f"en:{KEY},en:{KEY}"),
        ("MEDVIRK_MASTER_KEYS", f"demo:{DEMO_MASTER_KEY}"),
        ("MEDVIRK_DEMO", "ja"),
        ("MEDVIRK_NOW", "2026-11-24T12:00:00+00:00"),
        ("MEDVIRK_DATABASE_URL", "mysql://x"),
        ("MEDVIRK_CONVERSATION_DAYS", "0"),
        ("MEDVIRK_CONVERSATION_DAYS", "fjorten"),
        ("MEDVIRK_CONVERSATION_DAYS", "²"),
        ("MEDVIRK_BRUKER_IDLE_MINUTES", "100000"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read(GOOD | {name: value})


def test_the_clock_moves_only_in_demo_mode() -> None:
    assert read({"MEDVIRK_DEMO": "1", "MEDVIRK_NOW": "2026-11-24T12:00"}).now is not None
    with pytest.raises(ConfigError, match="MEDVIRK_NOW"):
        read({"MEDVIRK_DEMO": "1", "MEDVIRK_NOW": "i går"})


def test_an_empty_value_means_the_default() -> None:
    assert read(GOOD | {"MEDVIRK_PLAN_DAYS": "", "MEDVIRK_DEMO": ""}).plan_days == 30


def test_the_program_says_one_sentence_and_stops() -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("MEDVIRK_")}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Medvirk kan ikke starte. MEDVIRK_ORIGIN mangler")
    assert "Traceback" not in done.stderr


def test_a_web_process_reads_in_no_more_than_it_uses(tmp_path: Path) -> None:
    """What commands, PostgreSQL and the sender of messages need is some 20 MB, and a process is to stay under 120."""
    env = os.environ | {"MEDVIRK_DEMO": "1", "MEDVIRK_DATABASE_URL": f"sqlite:///{tmp_path}/m.db"}
    told = "import sys, wsgi; print(*{'aiohttp', 'alembic', 'psycopg', 'webapp.demo.kommando'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_nothing_is_open_when_the_workers_part(tmp_path: Path) -> None:
    """The program is read in once for all workers (``server_command``): what is open then, they would share."""
    where = tmp_path / "m.db"
    env = os.environ | {"MEDVIRK_DEMO": "1", "MEDVIRK_DATABASE_URL": f"sqlite:///{where}"}
    told = "import threading, wsgi; print(threading.active_count())"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert not where.exists(), "a connection had been made"
