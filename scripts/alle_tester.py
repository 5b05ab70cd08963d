"""`make test`: set up the test tools, find or install Chromium, and run every test on SQLite and on PostgreSQL.

Arguments after the name are handed to pytest (`make test ARGS="tests/platform -k dates"`). Standard library only.
"""

import os
import shutil
import subprocess
import sys

from oppsett import PYTHON, ROOT, apt_install, environment, main, prepare, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same engine without windows (tests/browser/window.py). Debian has it as a package of its own; others may not.
SHELL = "chromium-headless-shell"
MOST_PROCESSES = 5


def find_chromium() -> str | None:
    """The path of a Chromium, installed when it is missing and we may; None when there is none to be had."""
    asked = os.environ.get("MEDVIRK_CHROMIUM")
    if asked:
        return asked
    for attempt in range(2):
        for name in BROWSERS:
            path = shutil.which(name)
            if path:
                return path
        # Fonts with Arabic: without them the right-to-left pages are boxes, and their measures are wrong.
        if attempt == 0 and not apt_install("chromium", "fonts-noto-core"):
            break
    return None


def find_shell() -> str | None:
    """The path of Chromium without windows, installed in CI when it is missing; None when there is none."""
    if not shutil.which(SHELL) and os.environ.get("CI"):
        apt_install(SHELL)
    return shutil.which(SHELL)


def pytest_arguments() -> list[str]:
    """What pytest gets: the caller's arguments, and how many processes unless the caller says so.

    One more than there are processors, five at most: a test with a browser waits a sixth of its time (measured with
    51 of them on two processors: 17 % idle with two processes and 6 % with three, 7 % sooner done). The slow tests
    lie together, so whichever process is done takes half of what another has left.
    """
    arguments = sys.argv[1:]
    if any(argument.startswith("-n") for argument in arguments):
        return arguments
    processes = min((os.cpu_count() or 1) + 1, MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "worksteal", *arguments]


def run_front_end_tests(env: dict[str, str]) -> int:
    """The tests of the small scripts, in Node.js; not when arguments ask for something else."""
    if len(sys.argv) > 1 or not any((ROOT / "tests" / "js").glob("*.test.*")):
        return 0
    say("Tester skriptene i nettsidene …")
    return subprocess.run(
        ["npm", "test", "--silent"], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False
    ).returncode


def run_suite(database: str, env: dict[str, str]) -> int:
    """Every test on one database; pytest's exit code.

    With SQLite, where all browser tests run, they go quicker without windows. Those that are run with PostgreSQL
    too are on the main roads: they drive the whole browser.
    """
    say(f"Alle tester på {database} …")
    command = [str(PYTHON), "-m", "pytest", *pytest_arguments()]
    env = {**env, "MEDVIRK_TEST_DATABASE": database}
    if database == "sqlite" and "MEDVIRK_CHROMIUM" in env and "MEDVIRK_CHROMIUM" not in os.environ:
        env["MEDVIRK_CHROMIUM"] = find_shell() or env["MEDVIRK_CHROMIUM"]
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False)
    return done.returncode


def work() -> int:
    """0 when everything passed."""
    prepare(tests=True)
    env = environment()
    chromium = find_chromium()
    if chromium:
        env["MEDVIRK_CHROMIUM"] = chromium
    elif os.environ.get("CI"):
        # The suite would skip the browser tests, and a skipped test must not look like a passed one.
        say("Fant ikke Chromium, og kunne ikke installere den.")
        return 1
    else:
        say("Fant ikke Chromium: nettlesertestene hoppes over. Kjør «sudo apt install chromium» for å få dem med.")
    postgres = env.get("MEDVIRK_TEST_POSTGRES_URL", "")
    if not postgres:
        say("MEDVIRK_TEST_POSTGRES_URL er ikke satt: kjører bare på SQLite. «bash .ci/run» starter en PostgreSQL selv.")
    # First, so that the run ends with pytest's own last line.
    scripts_failed = run_front_end_tests(env)
    results = {
        database: run_suite(database, env) for database in (["sqlite", "postgresql"] if postgres else ["sqlite"])
    }
    failed = [database for database, code in results.items() if code]
    failed += ["nettsidenes skript"] if scripts_failed else []
    if failed:
        say(f"Feilet på {' og '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    main(work)
