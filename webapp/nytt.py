"""What every room says is new or waits, gathered: for the bruker's front page, the worklist, and the page of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from webapp.innsyn import nytt as innsyn
from webapp.kartlegging import nytt as kartlegging
from webapp.klage import nytt as klage
from webapp.moter import nytt as moter
from webapp.paminnelse import nytt as paminnelse
from webapp.plan import nytt as plan
from webapp.platform.database import reading
from webapp.platform.nyheter import Merke, Nyhet, Steg
from webapp.platform.sealing import Seal
from webapp.varsel import nestesteg as varselsteg
from webapp.varsel import nytt as varsel
from webapp.veiledning import nytt as veiledning
from webapp.vilkar import nytt as vilkar


class MedSteg(Protocol):
    """What a room that has something about one bruker offers; see platform/nyheter.py."""

    def for_sak(self, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:
        """Where each thing stands, and the next right step with it, in one query."""


class Rom(Protocol):
    """What the ``nytt`` module of a room that tells the front page and the worklist offers."""

    def for_bruker(self, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
        """Lines for the front page, in at most two queries."""

    def for_liste(self, kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
        """Labels for these brukere, in one query."""


# In the order of what costs most to overlook.
ROM: tuple[Rom, ...] = (varsel, vilkar, klage, plan, veiledning, innsyn, paminnelse)
MED_STEG: tuple[MedSteg, ...] = (varselsteg, klage, vilkar, kartlegging, moter, plan, veiledning, innsyn)

# K8's steps are taken in other rooms. What is agreed on there, or proposed, is waited for and not asked for again.
ER_I_GANG = {"kartlegging_samtale": "mote_avtalt", "kartlegging_plan": "plan_foreslatt"}
# What is asked about a vilkår whose last day has been is asked in the matter about it, once there is one.
I_SAKEN = ("vilkar_vurder", "vilkar_snakk")


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
    """What waits for the bruker in every room: what is lost by waiting first, then the nearest deadline."""
    lines = [line for rom in ROM for line in rom.for_bruker(kommune_id, bruker_id, seal)]
    return sorted(lines, key=_first)


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """What waits for the veileder with each of these brukere; those with nothing waiting are not in it."""
    found: defaultdict[UUID, list[Merke]] = defaultdict(list)
    for rom in ROM if bruker_ids else ():
        for bruker_id, labels in rom.for_liste(kommune_id, bruker_ids).items():
            found[bruker_id] += labels
    return {bruker_id: sorted(labels, key=_first) for bruker_id, labels in found.items() if labels}


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal, *, tildelt: bool) -> list[Steg]:
    """Where every room stands for one bruker, with the one next right step of each: the most urgent first.

    ``tildelt``: whoever reads with a stated reason (S1) is told what comes next, and gets no way to do it.
    """
    with reading():
        lines = [line for rom in MED_STEG for line in rom.for_sak(kommune_id, bruker_id, seal)]
    there = {line.kode for line in lines}
    matters = {line.vilkar_id for line in lines if line.kode.startswith("varsel_")}
    lines = [
        replace(line, gjor="", sti="")
        if ER_I_GANG.get(line.kode) in there or (line.kode in I_SAKEN and line.vilkar_id in matters)
        else line
        for line in lines
    ]
    lines.sort(key=lambda line: (not line.gjor, *_first(line)))
    return lines if tildelt else [replace(line, sti="") for line in lines]


def _first(one: Nyhet | Merke | Steg) -> tuple[bool, date]:
    return not one.haster, one.frist or date.max
