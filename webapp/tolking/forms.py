"""The form of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp.platform.forms import Skjema, line, words
from webapp.tolking.service import Ord


class Gjengivelseskjema(Skjema):
    """What an interpreter says that the bruker's words mean."""

    tekst = words(_l("Hva tolken sier at det betyr, på norsk"), required=_l("Skriv teksten først."))
    tolk = line(_l("Tolk"), hint=_l("Skriv hvem det er."))

    def ord(self) -> Ord:
        """What was typed."""
        return Ord(self.tekst.data or "", self.tolk.data or "")
