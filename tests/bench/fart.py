"""The theme page and the save beside a bare page of the same size and a bare one-row commit, in turn."""

from __future__ import annotations

from tests.bench import load, servers
from tests.bench.load import BareSave, Page, Save
from tests.bench.verdener import QUESTION, THEME, WORDS, Maling, bare_database

BARE_PAGE, PAGE, PACKED = "bare page", "theme page, as it is", "theme page, compressed"
BARE_SAVE, SAVE = "bare one-row commit", "save of an answer"


def report(maling: Maling, rounds: int, seconds: float) -> None:
    """Print it, for each server that there is to choose between."""
    cookie = maling.brukere[0][0]
    size = len(maling.app.test_client(use_cookies=False).get(THEME, headers={"Cookie": cookie}).data)
    for kind in servers.KINDS:
        print(f"\n-- {kind}, 2 workers × 4 threads, 8 connections, {rounds} rounds of {seconds:.0f} s in turn --")
        with (
            bare_database(maling.database) as bare_db,
            servers.running(kind, "tests.bench.bare:app", {"BENCH_BYTES": str(size), "BENCH_DB": bare_db}, "/") as bare,
            servers.running(kind, "wsgi:app", maling.env, "/healthz") as server,
        ):
            found = load.in_turn(
                {
                    BARE_PAGE: (bare, Page("/", {})),
                    PAGE: (server, Page(THEME, {"Cookie": cookie})),
                    PACKED: (server, Page(THEME, {"Cookie": cookie, "Accept-Encoding": "br"})),
                    BARE_SAVE: (bare, BareSave(WORDS)),
                    SAVE: (server, Save(maling.brukere, QUESTION, WORDS)),
                },
                rounds,
                seconds,
            )
            memory = server.worker_megabytes()
        print(f"  the page is {size / 1000:.0f} KB")
        load.show(BARE_PAGE, found[BARE_PAGE])
        load.show(PAGE, found[PAGE], found[BARE_PAGE])
        load.show(PACKED, found[PACKED], found[BARE_PAGE])
        load.show(BARE_SAVE, found[BARE_SAVE])
        load.show(SAVE, found[SAVE], found[BARE_SAVE])
        ours, theirs = (
            max(one.slowest_client_mean / one.fastest_client_mean for one in found[name]) for name in (SAVE, BARE_SAVE)
        )
        print(f"  mean save of the slowest browser beside the fastest, worst round: {ours:.2f} × (bare: {theirs:.2f})")
        print("  resident memory per process, MB: " + ", ".join(f"{size:.0f}" for size in memory))
