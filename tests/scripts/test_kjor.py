"""`make run` finds a port, and says so."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import kjor
import pytest
from kjor import choose_port, is_free, server_command
from oppsett import SetupError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on this machine that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_taken_port_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_the_next_free_port_is_taken_and_said(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(kjor, "FIRST_PORT", taken)
    chosen = choose_port()
    assert chosen != taken
    assert f"Port {taken} er opptatt. Bruker {chosen}." in capsys.readouterr().out


def test_the_port_asked_for(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(SetupError, match=f"Port {taken} er opptatt.*PORT=") as refused:
        choose_port()
    assert f"PORT={taken} " not in str(refused.value)


@pytest.mark.parametrize("wrong", ["abc", "0", "65536", "-1", "5000 ", "5e3"])
def test_a_port_that_is_none(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", wrong)
    with pytest.raises(SetupError, match="fra 1 til 65535"):
        choose_port()


def test_the_server_listens_on_this_machine_only() -> None:
    assert "127.0.0.1:5077" in [str(part) for part in server_command(5077)]


def test_a_reminder_worker_that_dies_is_said_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three times it dies; the fourth time it is asked to stop, and is."""
    lines = tmp_path / "starter"
    script = f"import sys; f = open({str(lines)!r}, 'a+'); f.write('x'); f.seek(0); sys.exit(len(f.read()) < 4)"
    assert kjor.watch(os.getppid(), [sys.executable, "-c", script], wait=0.01) == 3
    assert lines.read_text("utf-8") == "xxxx"
    assert capsys.readouterr().out.count("stoppet") == 1


def test_without_the_server_the_worker_is_told_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = tmp_path / "begynt"
    script = f"import pathlib, time; pathlib.Path({str(began)!r}).touch(); time.sleep(60)"
    server = os.getppid()
    monkeypatch.setattr(os, "getppid", lambda: 1 if began.exists() else server)
    start = time.monotonic()
    assert kjor.watch(server, [sys.executable, "-c", script], wait=0.01) == 0
    assert time.monotonic() - start < 30


def test_a_worker_that_does_not_stop_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever holds it, it is not left behind."""
    began = tmp_path / "begynt"
    script = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(began)!r}).write_text(str(__import__('os').getpid())); time.sleep(60)"
    )
    server = os.getppid()
    monkeypatch.setattr(os, "getppid", lambda: 1 if began.exists() and began.read_text() else server)
    assert kjor.watch(server, [sys.executable, "-c", script], wait=0.01, patience=0.2) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(began.read_text()), 0)
