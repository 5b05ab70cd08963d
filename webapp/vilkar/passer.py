"""Whether a vedtak can carry a vilkår: which benefit it gives, and on which legal basis (V2, V3). Pure."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Feil(StrEnum):
    """Why it cannot."""

    TJENESTE = "tjeneste"
    BARE_AKTIVITET = "bare_aktivitet"
    ANNEN_YTELSE = "annen_ytelse"


TEKST: dict[Feil, LazyString] = {
    Feil.TJENESTE: _l("Vedtaket gir en tjeneste og ingen penger. Velg vedtaket som pengene bygger på."),
    Feil.BARE_AKTIVITET: _l("Vedtaket bygger på paragrafen om aktivitet. Velg et annet vedtak for vilkår om økonomi."),
    Feil.ANNEN_YTELSE: _l(
        "Vedtaket gjelder en annen ytelse enn vilkåret. Velg et vedtak om den samme ytelsen, eller sett et nytt vilkår."
    ),
}


def fault(slag: str, hjemmel: str, ytelse: str, before: str | None = None) -> Feil | None:
    """What is wrong, if anything. ``before``: the benefit of the vedtak that the vilkår stands on already.

    A vilkår says which benefit may be reduced (V2), so it stands on a vedtak that gives one, and a change does not move
    it to another benefit. The basis for activity carries nothing about economy (V3). Papers that are asked for are no
    vilkår: they can be needed for any vedtak.
    """
    if slag == "dokumentasjon":
        return None
    if ytelse == "tjeneste" or hjemmel == "rad":
        return Feil.TJENESTE
    if slag == "okonomi" and hjemmel == "aktivitet":
        return Feil.BARE_AKTIVITET
    return Feil.ANNEN_YTELSE if before is not None and before != ytelse else None
