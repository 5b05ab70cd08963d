"""Figures for Medvirk beside a bare Flask app, on this machine, in one run: ``make bench``. Never fails for being slow.

Arguments: names of what to measure (``ARGS="fart vekst"``, everything unless told), ``--quick`` (shorter runs, 10,000
people), ``--many N`` (how many people, 100,000 unless told), ``--database`` (only this one). PostgreSQL is measured too
when MEDVIRK_TEST_POSTGRES_URL is set.
"""

from __future__ import annotations

import argparse
import contextvars
import os

from tests.bench import fart, hearing, load, photo, sizes, sprak, utboks, vekst
from tests.bench.verdener import Maling, bare_database, world
from webapp.platform import logs

PARTS = ("sider", "fart", "vekst", "horing", "paminnelser", "bilde", "frakoblet")
ROUNDS = 7


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--many", type=int)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    given = parser.parse_args()
    logs.configure(quiet=True)
    parts = set(given.parts or PARTS)
    many = given.many or (10_000 if given.quick else 100_000)
    if parts != {"frakoblet"}:
        there = ["sqlite"] + (["postgresql"] if os.environ.get("MEDVIRK_TEST_POSTGRES_URL") else [])
        for kind in [given.database] if given.database else there:
            print(f"\n== {kind} ==")
            with world(kind) as maling:
                measure(kind, maling, parts, many, quick=given.quick)
    if "frakoblet" in parts:
        # Not above: it drives a browser and needs scripts/ on the path, which utboks.py by itself does not have.
        from tests.bench import frakoblet

        frakoblet.measure()


def measure(kind: str, maling: Maling, parts: set[str], many: int, *, quick: bool) -> None:
    """All figures of ``parts`` for one database. ``vekst`` fills it, so that what comes after has many beside it."""
    rounds, seconds = (3, 1.0) if quick else (ROUNDS, 2.0)
    bruker, ansatt = maling.brukere[0], maling.ansatt
    if "sider" in parts:
        sizes.report(maling.app, bruker[0], ansatt[0], maling.verden)
        sizes.report_visits(maling.app, bruker[0], maling.verden)
        # Out of this app context, in which a request would find the language of the one before.
        contextvars.Context().run(sprak.report, maling.app, bruker[0], maling.verden)
    if "fart" in parts:
        fart.report(maling, rounds, seconds)
    if "vekst" in parts:
        print(f"\n-- growth, {rounds} rounds of {seconds:.0f} s in turn, one connection --")
        vekst.report(kind, maling, many, rounds, seconds)
    if "horing" in parts:
        print("\n-- being heard, one connection, beside the matters that there are --")
        who = hearing.Browser(*bruker), hearing.Browser(*ansatt)
        with bare_database(maling.database) as bare:
            for name, found, beside in hearing.measure(maling.app, maling.env, bare, maling.verden, *who, 4 * seconds):
                load.show(name, [found], [beside])
    if "paminnelser" in parts:
        print("\n-- reminders drained by one worker, to a mail server that only listens --")
        utboks.report(maling.app, maling.verden)
    if "bilde" in parts:
        print("\n-- an answer with a photo of 5 MB, over slow 4G (1.6 Mbit/s down, 0.75 up, 150 ms) --")
        photo.report(maling.app, maling.env, maling.verden)


if __name__ == "__main__":
    main()
