"""Gets a machine with Python, make and git ready: `.venv`, Node.js, front-end packages, front-end build, catalogues.

Only the standard library: this runs before anything is installed. Every step leaves a stamp with a fingerprint of what
it was made from, so that a second call does only what has changed.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stempler"
PYTHON = VENV / "bin" / "python"
DIST = ROOT / "webapp" / "static" / "dist"
OLDEST_NODE = 20


class SetupError(Exception):
    """The set-up cannot go on. The message says what a person can do about it."""


def say(sentence: str) -> None:
    """One line to the person who is waiting."""
    print(f"→ {sentence}", flush=True)


def run(*command: str | Path, quiet: bool = False, env: dict[str, str] | None = None) -> None:
    """Run a command from the repository's root. Raises SetupError with its output when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout or "", file=sys.stderr)
        raise SetupError(f"«{' '.join(str(part) for part in command)}» feilet med kode {done.returncode}.")


def environment() -> dict[str, str]:
    """The caller's environment with the programs of `.venv` first."""
    env = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    env.pop("PYTHONHOME", None)
    return env


def fingerprint(*parts: str, files: Iterable[Path] = ()) -> str:
    """What a step was made from: changes when a part, a file's place or a file's content changes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def step(name: str, made_from: str, sentence: str, make: Callable[[], None], made: Iterable[Path] = ()) -> None:
    """Run `make` unless it has been done with the same `made_from` and everything in `made` is still there."""
    stamp = STAMPS / name
    if stamp.is_file() and stamp.read_text() == made_from and all(path.exists() for path in made):
        return
    stamp.unlink(missing_ok=True)  # half done is not done
    say(sentence)
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two calls at once (`make run` and `make test`) take turns instead of installing on top of each other."""
    with (ROOT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Venter på et annet oppsett som er i gang …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def apt_install(*packages: str) -> bool:
    """Install Debian packages when this machine and this user can. False when not."""
    apt = shutil.which("apt-get")
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if apt is None or (sudo and shutil.which("sudo") is None):
        return False
    say(f"Installerer {' '.join(packages)} med apt …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*sudo, apt, "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    # The package lists are refreshed only when needed: they are often there already.
    for command in (install, [*sudo, apt, "update", "--quiet"], install):
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if command is install and done.returncode == 0:
            return True
    print(done.stderr, file=sys.stderr)
    return False


def make_venv() -> None:
    """`.venv` with this Python. Installs Debian's python3-venv when it is missing and we may."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if importlib.util.find_spec("ensurepip") is None and not apt_install(f"python{version}-venv"):
        raise SetupError(f"Python mangler venv. Kjør «sudo apt install python{version}-venv», og prøv igjen.")
    run(sys.executable, "-m", "venv", "--clear", VENV, quiet=True)


def pip_install(lock: str) -> None:
    """Exactly what the lock file says; pip compares every file with its hash."""
    run(
        PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
        "--require-hashes", "--no-deps", "-r", ROOT / "requirements" / f"{lock}.txt",
        quiet=True,
    )  # fmt: skip


def node_version() -> int:
    """The major version of the Node.js that will be used, 0 when there is none."""
    try:
        done = subprocess.run(["node", "--version"], env=environment(), capture_output=True, text=True, check=False)
    except OSError:
        return 0
    digits = done.stdout.strip().removeprefix("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def ensure_node() -> None:
    """Node.js and npm from the machine when new enough, else from PyPI into `.venv`."""
    if node_version() < OLDEST_NODE or shutil.which("npm", path=environment()["PATH"]) is None:
        step("node", fingerprint(files=[ROOT / "requirements" / "node.txt"]),
             "Henter Node.js til .venv …", lambda: pip_install("node"))  # fmt: skip


def front_end_sources() -> list[Path]:
    """What the front-end build reads."""
    static = ROOT / "webapp" / "static"
    own = [path for path in static.rglob("*") if path.is_file() and DIST not in path.parents]
    build = [path for path in (ROOT / "frontend").rglob("*") if path.is_file()]
    return [*own, *build, ROOT / "package.json", ROOT / "package-lock.json"]


def npm_ci() -> None:
    """Exactly what package-lock.json says; no package runs a script of its own on this machine."""
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", quiet=True)


def build_front_end() -> None:
    """webapp/static/dist and build/fonts."""
    run("npm", "run", "--silent", "build", quiet=True)


def compile_catalogues() -> None:
    """i18n/<locale>/LC_MESSAGES/messages.mo. A fuzzy translation is not used: the reader gets bokmål instead."""
    run(PYTHON, "-m", "babel.messages.frontend", "compile", "-d", "i18n", quiet=True)


def prepare(*, tests: bool) -> None:
    """Everything that running the program needs; with `tests` also what the tests and linters need.

    Raises SetupError with a sentence for the user when a step fails.
    """
    with one_at_a_time():
        place = fingerprint(str(VENV), platform.python_version(), os.path.realpath(sys.executable))
        step("venv", place, "Lager .venv …", make_venv, [PYTHON])
        for lock in ("run", "test") if tests else ("run",):
            file = ROOT / "requirements" / f"{lock}.txt"
            words = "testverktøy" if lock == "test" else "pakker"
            step(lock, fingerprint(files=[file]), f"Henter {words} …", partial(pip_install, lock))
        ensure_node()
        npm_files = [ROOT / "package.json", ROOT / "package-lock.json"]
        step("npm", fingerprint(str(node_version()), files=npm_files),
             "Henter pakker til nettsidene …", npm_ci, [ROOT / "node_modules"])  # fmt: skip
        step("front", fingerprint(files=front_end_sources()),
             "Bygger nettsidene …", build_front_end, [DIST / "manifest.json", ROOT / "build" / "fonts"])  # fmt: skip
        catalogues = sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po"))
        if catalogues:
            step("i18n", fingerprint(files=catalogues),
                 "Oversetter …", compile_catalogues, [po.with_suffix(".mo") for po in catalogues])  # fmt: skip


def check_python() -> None:
    """Raises SetupError on a Python that is too old."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    if sys.version_info < tuple(int(part) for part in wanted.split(".")):
        raise SetupError(f"Medvirk trenger Python {wanted} eller nyere. Dette er {platform.python_version()}.")


def main(work: Callable[[], int]) -> None:
    """Run `work` and exit with its code; a SetupError becomes one sentence and 1, Ctrl-C becomes 130."""
    try:
        check_python()
        sys.exit(work())
    except SetupError as stop:
        print(f"✗ {stop}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _prepare_only() -> int:
    prepare(tests="--test" in sys.argv[1:])
    return 0


if __name__ == "__main__":
    main(_prepare_only)
