"""From the mapping into the plan: the bruker takes a wish or a need for help along with one tap (K4).

Nothing is taken along by itself, and what is taken is a mål of the bruker's or a proposal that Nav has to answer to.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.kartlegging import service as kartlegging
from webapp.kartlegging import versjoner
from webapp.kartlegging.skjema import SKJEMA, Sporsmal, Type
from webapp.plan import mal, service
from webapp.plan.innhold import Forslag, Part
from webapp.platform import ids
from webapp.platform.forms import SHORT

GOALS = ("onsker.drom", "onsker.om-et-ar", "onsker.endre")
STEPS = {"onsker.neste-steg": "bruker", "onsker.fra-nav": "nav_sosial", "hjelp.omrader": "nav_sosial"}
NOT_A_WISH = frozenset({"ingenting", "annet"})


class NotThere(LookupError):
    """There is no such wish in what was delivered last."""


@dataclass(frozen=True, slots=True)
class Tilbud:
    """One wish or need of help from the latest delivery, and whether it is in the plan already."""

    kilde: str
    sporsmal: Sporsmal
    tekst: str
    sprak: str
    slag: str  # mal, steg
    egne_ord: bool
    tatt: bool


def offers(part: Part) -> list[Tilbud]:
    """What can be taken along, in the order of the form. Empty when nothing is delivered."""
    state = kartlegging.state(part.kommune_id, part.bruker_id)
    if state is None or state.siste_levering_id is None:
        return []
    latest = versjoner.read(part.kommune_id, part.bruker_id, part.seal, state.siste_levering_id)
    delivered = versjoner.read_standing(part.kommune_id, part.bruker_id, part.seal, latest)
    taken = service.read(part.kommune_id, part.bruker_id, part.seal).kilder
    found = []
    for sporsmal_id in (*GOALS, *STEPS):
        answer, question = delivered.svar.get(sporsmal_id), SKJEMA.sporsmal(sporsmal_id)
        if answer is None or answer.vil_ikke or not answer.verdi:
            continue
        own = question.type is Type.TEKST
        for one in [answer.verdi] if isinstance(answer.verdi, str) else answer.verdi:
            if not own and one in NOT_A_WISH:
                continue
            kilde = part.seal.fingerprint("plankilde", f"{sporsmal_id}\x1f{one}").hex()
            words = one if own else str(question.etikett_for(one) or one)
            slag = "mal" if sporsmal_id in GOALS else "steg"
            found.append(Tilbud(kilde, question, words, answer.sprak if own else part.sprak, slag, own, kilde in taken))
    return found


def take(part: Part, kilde: str) -> Tilbud:
    """Take one along. Taken twice, it is there once. Raises NotThere, service.Full."""
    offer = next((one for one in offers(part) if one.kilde == kilde), None)
    if offer is None:
        raise NotThere(kilde)
    if offer.slag == "mal":
        mal.add(part, ids.new_id(), offer.tekst, kilde=kilde)
        return offer
    text, why = offer.tekst, _("Jeg skrev dette i kartleggingen min.")
    if offer.sporsmal.id == "hjelp.omrader":
        text = _("Råd og veiledning om: %(hva)s", hva=offer.tekst)
    elif len(text) > SHORT:
        text, why = f"{text[: SHORT - 1]}…", f"{why}\n{text}"
    proposal = Forslag(hva=text, hvorfor=why, ansvar=STEPS[offer.sporsmal.id])
    service.propose(part, ids.new_id(), proposal, kilde=kilde)
    return offer
