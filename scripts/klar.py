"""Settings of gunicorn's for `make run`: it says where Medvirk answers when it does, and not while it is read in."""

import os
from typing import Any


def when_ready(_server: Any) -> None:
    """The program is read in, and the port is open."""
    print(f"→ Medvirk svarer på {os.environ['MEDVIRK_ORIGIN']} – trykk Ctrl-C for å stoppe.", flush=True)
