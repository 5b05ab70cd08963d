"""A meeting for a calendar, on the phone or in the office. S6: there is an appointment, never what it is about."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from webapp.moter import rules
from webapp.moter.lesing import Motet
from webapp.platform import calendar, clock, languages, nedlasting
from webapp.platform.sealing import Seal


def ics(seal: Seal, mote: Motet) -> Response:
    """The meeting as a file to save, in the language of the page. ``seal``: of the bruker whose meeting it is."""
    content = calendar.appointment_ics(
        uid=calendar.uid(seal, "mote", mote.id),
        start=mote.nar,
        end=mote.slutt,
        summary=_("Avtale"),
        language=languages.current(),
        made=clock.now(),
        revision=mote.sekvens,
        cancelled=mote.tilstand is rules.Tilstand.AVLYST,
    )
    return Response(content, mimetype="text/calendar", headers=nedlasting.headers("ics"))
