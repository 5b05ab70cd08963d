"""The load: a bounded number of requests from a few processes on this machine, with how long each one took."""

from __future__ import annotations

import json
import multiprocessing
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from typing import Any, NamedTuple

from tests.bench.servers import Server

PROCESSES, CONNECTIONS = 2, 4  # eight connections in all
# A worker keeps the connections that it happened to take. With eight that last, one of two workers may have them all,
# for the whole run; then it is half a server that is measured.
EACH = 20  # requests on one connection


class Line:
    """A browser's way to the server: a connection that is made anew from time to time, as those of people are."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._left = 0
        self._connection: HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request, and read the whole answer."""
        if self._connection is None or not self._left:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._left = HTTPConnection("127.0.0.1", self._port, timeout=60), EACH
        self._left -= 1
        self._connection.request(method, path, body, dict(headers or {}))
        response = self._connection.getresponse()
        return Answer(response.status, response.read())


class Answer(NamedTuple):
    """Status and content."""

    status: int
    content: bytes


@dataclass(frozen=True)
class Figures:
    """What one run gave: requests a second, requests a second of the server's processor time, and times in ms."""

    per_second: float
    per_cpu_second: float
    p50: float
    p95: float
    p99: float
    worst: float
    slowest_client_mean: float
    fastest_client_mean: float


@dataclass(frozen=True)
class Page:
    """Fetch one page again and again. ``answer``: the status that counts as right."""

    path: str
    headers: dict[str, str]
    status: int = 200

    def client(self, port: int, _number: int) -> Callable[[], None]:
        """What one connection does, once."""
        line = Line(port)

        def once() -> None:
            response = line.ask("GET", self.path, headers=self.headers)
            if response.status != self.status:
                raise RuntimeError(f"{self.path}: {response.status}")

        return once


@dataclass(frozen=True)
class BareSave:
    """Save one row in the bare app."""

    words: str

    def client(self, port: int, _number: int) -> Callable[[], None]:
        """What one connection does, once."""
        line = Line(port)
        body = json.dumps({"verdi": self.words}).encode()

        def once() -> None:
            response = line.ask("POST", "/lagre", body, {"Content-Type": "application/json"})
            if response.status != 200:
                raise RuntimeError(f"/lagre: {response.status}")

        return once


@dataclass(frozen=True)
class Save:
    """Save an answer as the page does while somebody types. Each connection is a browser of its own bruker."""

    sessions: tuple[tuple[str, str], ...]  # (cookie header, form key)
    question: str
    words: str

    def client(self, port: int, number: int) -> Callable[[], None]:
        """What one connection does, once."""
        line = Line(port)
        cookie, key = self.sessions[number % len(self.sessions)]
        headers = {"Content-Type": "application/json", "X-CSRFToken": key, "Cookie": cookie}
        page = f"/kartlegging/{self.question.split('.')[0]}"
        path = f"{page}/lagre"
        shown = line.ask("GET", page, headers={"Cookie": cookie}).content.decode()
        found = re.search(rf'name="v\.{self.question}" value="(\d+):([^"]*)"', shown)
        if found is None:
            raise RuntimeError(f"{page}: the question is not there")
        state: dict[str, Any] = {"versjon": int(found[1]), "merke": found[2], "n": 0}

        def once() -> None:
            state["n"] += 1
            field = {
                "verdi": f"{self.words} {state['n']}",
                "vil_ikke": False,
                "versjon": state["versjon"],
                "merke": state["merke"],
            }
            response = line.ask("POST", path, json.dumps({"felt": {self.question: field}}).encode(), headers)
            body = json.loads(response.content)
            if response.status != 200 or body.get("konflikt"):
                raise RuntimeError(f"{path}: {response.status} {body}")
            state.update(body["felt"][self.question])

        return once


Work = Page | BareSave | Save


def run(server: Server, work: Work, seconds: float, connections: int = PROCESSES * CONNECTIONS) -> Figures:
    """Carry out ``work`` over ``connections`` for about ``seconds``, after a short warm-up."""
    each = max(1, connections // PROCESSES)
    processes = min(PROCESSES, connections)
    gate = multiprocessing.Barrier(processes + 1)
    queue: multiprocessing.Queue[Any] = multiprocessing.Queue()
    crowd = [
        multiprocessing.Process(target=_crowd, args=(server.port, work, seconds, each, number * each, gate, queue))
        for number in range(processes)
    ]
    for process in crowd:
        process.start()
    gate.wait()
    before, started = server.cpu_seconds(), time.perf_counter()
    results: list[list[list[float]] | None] = [queue.get() for _ in crowd]
    cpu, took = server.cpu_seconds() - before, time.perf_counter() - started
    for process in crowd:
        process.join()
    clients: list[list[float]] = []
    for result in results:
        if result is None:
            raise RuntimeError("a client failed: see above")
        clients += result
    return figures(clients, took, cpu)


def in_turn(
    works: Mapping[str, tuple[Server, Work]], rounds: int, seconds: float, connections: int = PROCESSES * CONNECTIONS
) -> dict[str, list[Figures]]:
    """Every work once a round, so that a machine with neighbours is as busy for one as for the other."""
    found: dict[str, list[Figures]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (server, work) in works.items():
            found[name].append(run(server, work, seconds, connections))
    return found


def middle(rounds: list[Figures], name: str) -> float:
    """The median of the rounds."""
    return float(median(getattr(one, name) for one in rounds))


def beside(these: list[Figures], those: list[Figures], name: str) -> str:
    """The median of the ratios of each round, with the least and the most."""
    ratios = sorted(getattr(one, name) / getattr(other, name) for one, other in zip(these, those, strict=True))
    return f"{median(ratios):.2f} × ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def show(name: str, rounds: list[Figures], bare: list[Figures] | None = None) -> None:
    """One line: medians of the rounds, and the ratios to what was measured beside them."""
    a_second, a_cpu_second, p50, p95, p99 = (
        middle(rounds, field) for field in ("per_second", "per_cpu_second", "p50", "p95", "p99")
    )
    worst = max(one.worst for one in rounds)
    line = f"  {name:28} {a_second:7.0f} /s {a_cpu_second:7.0f} /CPU-s"
    line += f"  p50 {p50:6.1f} p95 {p95:6.1f} p99 {p99:6.1f} worst {worst:6.1f} ms"
    if bare:
        line += f"  | {beside(rounds, bare, 'per_second')} bare"
        line += f", per CPU second {beside(rounds, bare, 'per_cpu_second')}"
    print(line)


def figures(clients: list[list[float]], took: float, cpu: float) -> Figures:
    """From the seconds of each request of each connection, all in ``took`` seconds with so much processor time."""
    times = sorted(t for client in clients for t in client)
    means = sorted(sum(client) / len(client) for client in clients if client)
    return Figures(
        len(times) / took,
        len(times) / max(cpu, 0.01),
        _at(times, 0.5),
        _at(times, 0.95),
        _at(times, 0.99),
        1000 * times[-1],
        1000 * means[-1],
        1000 * means[0],
    )


def _at(times: list[float], part: float) -> float:
    return 1000 * times[min(len(times) - 1, int(len(times) * part))]


def _crowd(
    port: int, work: Work, seconds: float, connections: int, first: int, gate: Any, queue: multiprocessing.Queue[Any]
) -> None:
    import threading

    try:
        clients = [work.client(port, first + n) for n in range(connections)]
        for once in clients:
            for _ in range(5):
                once()
        gate.wait()
    except Exception as error:  # noqa: BLE001 -- told to whoever waits
        gate.abort()
        print(f"{type(error).__name__}: {error}")
        queue.put(None)
        return
    times: list[list[float]] = [[] for _ in clients]
    faults: list[str] = []
    end = time.perf_counter() + seconds

    def go(number: int) -> None:
        try:
            while (start := time.perf_counter()) < end:
                clients[number]()
                times[number].append(time.perf_counter() - start)
        except Exception as error:  # noqa: BLE001 -- said by the process, when all are done
            faults.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=go, args=(n,)) for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        print(faults[0])
    queue.put(None if faults else times)
