"""`make run`: set up what is missing, migrate, load demo people, print their sign-in links, and serve.

Standard library only. Ends by becoming the server (exec): Ctrl-C reaches it directly, and nothing is left behind. The
server says itself that it answers, once it does (klar.py).
"""

import io
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from oppsett import PYTHON, ROOT, SetupError, environment, main, prepare, run, say

FIRST_PORT = 5000
# What the reminder worker gets to finish what it is handing over, before it is stopped for good.
PATIENCE = 30.0  # seconds
WATCH = "--pass-arbeideren"


def server_command(port: int) -> list[str | Path]:
    """The web server. One place, because the choice is measured in tests/bench/ (decision in docs/decisions/)."""
    return [
        PYTHON, "-m", "gunicorn", "wsgi:app", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--graceful-timeout", "5", "--no-control-socket",
        "--preload",  # read in once, and not once for each worker; nothing is opened before they part
    ]  # fmt: skip


def is_free(port: int) -> bool:
    """True when nobody answers on localhost, by either address family: a browser may try ::1 first."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if family == socket.AF_INET or error.errno in {98, 48}:  # EADDRINUSE on Linux and macOS
                return False
    return True


def choose_port() -> int:
    """PORT when set, else 5000, else the next free one. Raises SetupError when PORT is wrong or taken."""
    asked = os.environ.get("PORT", "")
    if asked:
        if not asked.isdecimal() or not 1 <= int(asked) <= 65535:
            raise SetupError(f"PORT må være et tall fra 1 til 65535, ikke «{asked}».")
        if not is_free(int(asked)):
            other = next(filter(is_free, range(int(asked) + 1, 65536)), FIRST_PORT)
            raise SetupError(f"Port {asked} er opptatt. Velg en annen, for eksempel med «PORT={other} make run».")
        return int(asked)
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            if port != FIRST_PORT:
                say(f"Port {FIRST_PORT} er opptatt. Bruker {port}.")
            return port
    raise SetupError(f"Ingen ledig port fra {FIRST_PORT} til {FIRST_PORT + 99}. Velg en med «PORT=8123 make run».")


def start_worker(env: dict[str, str]) -> None:
    """Reminders are sent by a process beside the server, watched by another one: we become the server ourselves."""
    command = [str(PYTHON), str(Path(__file__)), WATCH, str(os.getpid())]
    subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)


def watch(server: int, command: list[str], *, wait: float = 5.0, patience: float = PATIENCE) -> int:
    """Start the reminder worker, and again when it has died, until the server is gone; returns how often it died.

    It gets Ctrl-C together with us. One that dies within a minute is said once, and tried more and more seldom.
    """
    died, said = 0, False
    while os.getppid() == server:
        began = time.monotonic()
        worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            while worker.poll() is None and os.getppid() == server:
                time.sleep(min(wait, 0.5))
        except KeyboardInterrupt:
            pass
        if worker.poll() is None:  # it is told, and finishes what it is handing over
            worker.terminate()
            try:
                worker.wait(patience)
            except subprocess.TimeoutExpired:  # what it had taken, the next one takes (decision 14)
                worker.kill()
                worker.wait()
            return died
        if worker.returncode == 0:  # it was asked to stop
            return died
        died += 1
        if not said:
            say("Programmet som sender påminnelser, stoppet (feilen står over), og vi prøver å starte det igjen.")
            said = True
        quick = time.monotonic() - began < 60
        until = time.monotonic() + (wait * min(2**died, 60) if quick else wait)
        while time.monotonic() < until and os.getppid() == server:
            time.sleep(min(wait, 0.5))
    return died


def work() -> int:
    """Get ready, and become the server: nothing after that is of ours. Raises SetupError."""
    prepare(tests=False)
    port = choose_port()
    env = environment()
    # A real installation is not started with make (docs/drift/): here the people are invented unless said otherwise.
    env.setdefault("MEDVIRK_DEMO", "1")
    env.setdefault("MEDVIRK_ORIGIN", f"http://localhost:{port}")
    (ROOT / "instance").mkdir(mode=0o700, exist_ok=True)
    if env["MEDVIRK_DEMO"] == "1":
        run(PYTHON, "-m", "flask", "--app", "wsgi", "demo", "--migrer", env=env)
    else:
        run(PYTHON, "-m", "flask", "--app", "wsgi", "migrer", env=env, quiet=True)
    start_worker(env)
    command = [str(part) for part in (*server_command(port), "--config", ROOT / "scripts" / "klar.py")]
    os.chdir(ROOT)
    os.execve(command[0], command, env)  # noqa: S606 - no shell is wanted: we become the server


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # the links must be seen at once, also through a pipe
        sys.stdout.reconfigure(line_buffering=True)
    if sys.argv[1:2] == [WATCH]:
        with suppress(KeyboardInterrupt):
            watch(int(sys.argv[2]), [str(PYTHON), "-m", "flask", "--app", "wsgi", "utboks", "--med-forelder"])
    else:
        main(work)
