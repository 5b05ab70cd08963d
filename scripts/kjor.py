"""`make run`: set up what is missing, migrate, load demo people, print their sign-in links, and serve.

Standard library only. Ends by becoming the server (exec): Ctrl-C reaches it directly, and nothing is left behind.
"""

import io
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from oppsett import PYTHON, ROOT, SetupError, environment, main, prepare, run, say

FIRST_PORT = 5000


def server_command(port: int) -> list[str | Path]:
    """The web server. One place, because the choice is measured in tests/bench/ (decision in docs/decisions/)."""
    return [
        PYTHON, "-m", "gunicorn", "wsgi:app", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--graceful-timeout", "5", "--no-control-socket",
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
            raise SetupError(f"Port {asked} er opptatt. Velg en annen med «PORT=5077 make run».")
        return int(asked)
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            if port != FIRST_PORT:
                say(f"Port {FIRST_PORT} er opptatt. Bruker {port}.")
            return port
    raise SetupError(f"Ingen ledig port fra {FIRST_PORT} til {FIRST_PORT + 99}. Velg en med «PORT=8123 make run».")


def start_worker(env: dict[str, str]) -> None:
    """Reminders are sent by a process beside the server. It gets Ctrl-C with it, and stops by itself without it."""
    command = [str(PYTHON), "-m", "flask", "--app", "wsgi", "utboks", "--med-forelder"]
    subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)


def work() -> int:
    """Get ready, and become the server: nothing after that is of ours. Raises SetupError."""
    prepare(tests=False)
    port = choose_port()
    env = environment()
    # A real installation is not started with make (docs/drift/): here the people are invented unless said otherwise.
    env.setdefault("MEDVIRK_DEMO", "1")
    env.setdefault("MEDVIRK_ORIGIN", f"http://localhost:{port}")
    (ROOT / "instance").mkdir(mode=0o700, exist_ok=True)
    run(PYTHON, "-m", "flask", "--app", "wsgi", "migrer", env=env, quiet=True)
    if env["MEDVIRK_DEMO"] == "1":
        run(PYTHON, "-m", "flask", "--app", "wsgi", "demo", env=env)
    start_worker(env)
    say(f"Medvirk svarer på {env['MEDVIRK_ORIGIN']} – trykk Ctrl-C for å stoppe.")
    command = [str(part) for part in server_command(port)]
    os.chdir(ROOT)
    os.execve(command[0], command, env)  # noqa: S606 - no shell is wanted: we become the server


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # the links must be seen at once, also through a pipe
        sys.stdout.reconfigure(line_buffering=True)
    main(work)
