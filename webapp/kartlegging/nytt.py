"""Where the mapping of one bruker stands, and what the office does next with it (K7, K8); see platform/nyheter.py."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from webapp.kartlegging import rules, stand
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.rules import Neste
from webapp.platform import clock, dates
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Steg, i_saken
from webapp.platform.sealing import Seal


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- nothing sealed is read
    """One line, in one query."""
    row, today = stand.state(kommune_id, bruker_id), oslo_date(clock.now())
    here = i_saken(bruker_id, "#kartlegging")
    if row is None or row.levert is None:
        begun = row is not None and row.begynt is not None
        words = (
            _("Brukeren har begynt på kartleggingen. Den er ikke levert ennå. Det er frivillig å svare.")
            if begun
            else _("Brukeren har ikke begynt på kartleggingen. Det er frivillig å svare.")
        )
        return [Steg("kartlegging_ikke_levert", _("Kartlegging"), words, here)]
    offered = rules.round_is_open(row.tilbudt, row.visning)
    step = rules.next_step(
        levert=True,
        lest=row.lest is not None,
        nye_svar=row.nye_svar,
        samtale=row.samtale_frist is not None and row.samtale_holdt is None,
        plan=row.plan_frist is not None and row.plan_fulgt is None,
        mini_frist=None if offered else row.mini_frist,
        today=today,
    )
    if step is None:
        words = _("Kartleggingen er gjennomgått.")
        if offered:
            words = _("En ny runde er tilbudt. Det er frivillig å svare.")
        if row.venter_svar:
            words = ngettext(
                "Venter på %(num)s svar fra brukeren", "Venter på %(num)s svar fra brukeren", row.venter_svar
            )
        return [Steg("kartlegging_rolig", _("Kartlegging"), words, here)]
    due = {Neste.SAMTALE: row.samtale_frist, Neste.PLAN: row.plan_frist}.get(step)
    words, do, where = _words(row, step, today)
    return [
        Steg(
            f"kartlegging_{step}",
            _("Kartlegging"),
            words,
            here,
            do,
            i_saken(bruker_id, where),
            frist=due,
            haster=due is not None and due < today,
        )
    ]


def _words(row: Kartlegging, step: Neste, today: date) -> tuple[str, str, str]:
    """What is the case, what to do, and where."""
    match step:
        case Neste.LES:
            day = dates.long_date(oslo_date(row.levert or clock.now()), str(get_locale()), today)
            return _("Levert %(dato)s, og ikke lest ennå.", dato=day), _("Les kartleggingen"), "#kartlegging"
        case Neste.LES_SVAR:
            words = ngettext(
                "Brukeren har svart på %(num)s spørsmål eller merknad siden sist.",
                "Brukeren har svart på %(num)s spørsmål eller merknader siden sist.",
                row.nye_svar,
            )
            return words, _("Les svarene"), "#kartlegging"
        case Neste.SAMTALE:
            return _("Samtalen om kartleggingen er ikke holdt."), _("Avtal en samtale"), "mote/nytt"
        case Neste.PLAN:
            words = _("Dere har ikke avtalt et neste steg etter kartleggingen.")
            return words, _("Foreslå et steg i planen"), "plan/steg/nytt"
        case Neste.NY_RUNDE:
            return _("En ny runde av kartleggingen kan tilbys."), _("Tilby en ny runde"), "tilbud"
