"""Steps of the set-up are done once, and again when what they were made from has changed."""

from pathlib import Path

import oppsett
import pytest
from oppsett import SetupError, fingerprint, run, step


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(oppsett, "STAMPS", tmp_path / "stempler")
    monkeypatch.setattr(oppsett, "ROOT", tmp_path)
    return []


def test_a_step_is_done_once(made: list[str]) -> None:
    for _ in range(2):
        step("a", "1", "Lager a …", lambda: made.append("a"))
    assert made == ["a"]


def test_a_step_is_done_again_for_something_else(made: list[str]) -> None:
    step("a", "1", "Lager a …", lambda: made.append("a"))
    step("a", "2", "Lager a …", lambda: made.append("b"))
    assert made == ["a", "b"]


def test_a_step_is_done_again_when_its_result_is_gone(made: list[str], tmp_path: Path) -> None:
    result = tmp_path / "resultat"
    for _ in range(2):
        step("a", "1", "Lager a …", lambda: made.append("a"), [result])
    assert made == ["a", "a"]


def test_a_step_that_failed_is_tried_again(made: list[str]) -> None:
    def fail() -> None:
        raise SetupError("nei")

    step("a", "1", "Lager a …", lambda: made.append("a"))
    with pytest.raises(SetupError):
        step("a", "2", "Lager a …", fail)
    step("a", "1", "Lager a …", lambda: made.append("b"))
    assert made == ["a", "b"]


def test_the_fingerprint_follows_content_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oppsett, "ROOT", tmp_path)
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x")
    second.write_text("x")
    before = fingerprint("1", files=[first, second])
    assert before == fingerprint("1", files=[second, first])
    assert before != fingerprint("2", files=[first, second])
    assert fingerprint(files=[first]) != fingerprint(files=[second])
    second.write_text("y")
    assert before != fingerprint("1", files=[first, second])


def test_a_command_that_fails_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match="feilet med kode 3"):
        run("sh", "-c", "echo grunnen; exit 3", quiet=True)
    assert "grunnen" in capsys.readouterr().err
