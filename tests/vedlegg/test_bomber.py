"""PDFs that swell before they can be looked at: refused in words, and never beyond what the program apart may use."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import zlib

import pytest

from tests.klient import Klient
from tests.vedlegg import bomber
from tests.vedlegg.hjelp import sendt
from webapp.vedlegg import mottak, rules, vask
from webapp.vedlegg.rules import Avvist, Grunn

LARGE = 3 * 1024 * 1024 * 1024  # twice what the program may have
GOES_IN = 900 * 1024 * 1024  # would go in, and take its time
LONG = b"/Note(" + b"x" * 3000 + b")"  # so much about the stream that what looks before opening does not find it


# Starts the program and tells what it used. Between the two, because a process is charged with what its parent weighed
# when it was started, and pytest is heavy.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def apart(data: bytes) -> tuple[int, float, int]:
    """What the program did with it: seconds of processor time, seconds, and megabytes at the most."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        start = time.monotonic()
        said = subprocess.run(
            [sys.executable, "-I", "-c", MEASURE, sys.executable, "-I", str(mottak.WASHING)],
            stdin=file,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        seconds = time.monotonic() - start
    cpu, kilobytes = said.split()
    return round(float(cpu)), seconds, int(kilobytes) // 1024


def test_the_bombs_are_what_they_seem() -> None:
    """A small one of each is a PDF like any other: what is refused is the swelling."""
    assert len(zlib.decompress(bomber.swelling(b"abc", 4 * bomber.PIECE))) == 4 * bomber.PIECE
    assert mottak.wash(bomber.in_objects(bomber.PIECE)).mime == "application/pdf"


@pytest.mark.parametrize("size", [LARGE, GOES_IN])
@pytest.mark.parametrize("twice", [False, True], ids=["once", "packed twice"])
@pytest.mark.parametrize("make", [bomber.in_objects, bomber.in_table])
def test_tables_and_packed_objects_that_swell_are_refused(make: type, twice: bool, size: int) -> None:
    data = make(size, twice=twice)
    assert len(data) < rules.MOST_BYTES
    with pytest.raises(Avvist) as refused:
        mottak.wash(data)
    assert refused.value.grunn is Grunn.BOMBE
    cpu, _seconds, megabytes = apart(data)
    assert cpu <= vask.SECONDS // 2
    assert megabytes < 300  # it was never unpacked


@pytest.mark.parametrize("size", [LARGE, GOES_IN])
def test_one_that_hides_meets_the_limits_of_the_program(size: int) -> None:
    data = bomber.in_objects(size, more=LONG)
    with pytest.raises(Avvist) as refused:
        mottak.wash(data)
    assert refused.value.grunn in {Grunn.BOMBE, Grunn.ODELAGT}
    cpu, seconds, megabytes = apart(data)
    assert cpu <= vask.SECONDS + 1
    assert seconds < mottak.LONGEST_SECONDS
    assert megabytes <= vask.MEMORY // 1024 // 1024


def test_the_bruker_is_told_what_to_do(bruker: Klient) -> None:
    data = bomber.in_objects(LARGE, twice=True)
    said = bruker.http.post("/vedlegg", **sendt(bruker, data, "brev.pdf", csrf_token=bruker._key()))
    assert said.status_code == 400
    words = "Filen krever for mye av oss å åpne. Ta et bilde av sidene i stedet."
    assert said.json == {"feil": "bombe", "melding": words}
