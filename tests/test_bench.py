"""What the documents say that one can measure by itself, one can."""

from __future__ import annotations

import os
import subprocess
import sys

from webapp.config import ROOT


def test_the_reminders_alone() -> None:
    """As decision 14 says, with nothing else on the path than the program."""
    alone = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "MEDVIRK_TEST_POSTGRES_URL"}
    }
    command = [sys.executable, "-m", "tests.bench.utboks", "2"]
    done = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "== sqlite ==" in done.stdout
