"""The mapping form as data: declared once, read by rendering, checking, counting, export and comparison (K3)."""

from webapp.kartlegging.skjema.temaer import TEMAER
from webapp.kartlegging.skjema.typer import (
    EGNE_ORD,
    MED_VALG,
    Skjema,
    Sporsmal,
    Tema,
    Type,
    UkjentSporsmal,
    UkjentTema,
    Valg,
    Visning,
)

# Stands on every levering (K7). Change it when a question is added, reworded or taken out; never reuse an id.
VERSJON = "2026-11"

SKJEMA = Skjema(versjon=VERSJON, temaer=TEMAER)

__all__ = [
    "EGNE_ORD",
    "MED_VALG",
    "SKJEMA",
    "VERSJON",
    "Skjema",
    "Sporsmal",
    "Tema",
    "Type",
    "UkjentSporsmal",
    "UkjentTema",
    "Valg",
    "Visning",
]
