"""How long pages take with a thousand brukere in the kommune, and with many: two servers, asked in turn."""

from __future__ import annotations

from tests.bench import load, matters, people, servers
from tests.bench.load import Figures, Page
from tests.bench.verdener import THEME, Maling, world

FEW = 1000
PAGES = {
    "theme page": (THEME, True),
    "worklist": ("/veileder/", False),
    "worklist, matters": ("/veileder/?vis=saker", False),
    "worklist, overdue": ("/veileder/?vis=over", False),
}


def crowd(maling: Maling, count: int) -> int:
    """``count`` brukere in all, fifty of them with the veileder who looks, whatever the size; returns open matters."""
    verden = maling.verden
    people.add(verden.kommune_id, verden.nord, [verden.kari], 50)
    people.add(verden.kommune_id, verden.nord, [verden.per, verden.sara], count - 58)
    return matters.add(verden.kommune_id, every=5)


def report(kind: str, large: Maling, many: int, rounds: int, seconds: float) -> None:
    """Fill ``large`` with ``many`` people, and print p50 and p95 of the pages beside a small world. One connection."""
    large_matters = crowd(large, many)
    with world(kind) as small:
        small_matters = crowd(small, FEW)
        print(f"  {FEW:,} brukere, {small_matters:,} open matters · {many:,} brukere, {large_matters:,} open matters")
        with (
            servers.running("gunicorn", "wsgi:app", small.env, "/healthz") as few_server,
            servers.running("gunicorn", "wsgi:app", large.env, "/healthz") as many_server,
        ):
            for name, (path, of_bruker) in PAGES.items():
                few, lots = (
                    Page(path, {"Cookie": (one.brukere[0] if of_bruker else one.ansatt)[0]}) for one in (small, large)
                )
                found = load.in_turn(
                    {"few": (few_server, few), "many": (many_server, lots)}, rounds, seconds, connections=1
                )
                _show(name, found["few"], found["many"])


def _show(name: str, few: list[Figures], many: list[Figures]) -> None:
    for field in ("p50", "p95"):
        before, after = (load.middle(these, field) for these in (few, many))
        print(f"  {name:18} {field} {before:5.1f} · {after:5.1f} ms: {load.beside(many, few, field)}")
