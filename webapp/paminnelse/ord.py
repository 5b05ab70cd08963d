"""Codes of this room in words, for both sides' pages and for the document of everything."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

HENDELSER = {
    "varsel": _l("Varsel"),
    "vilkar": _l("Vilkår"),
    "mote": _l("Møte"),
    "merknad": _l("Merknad til kartleggingen"),
    "notat": _l("Notat fra et møte"),
    "avgjorelse": _l("Avgjørelse"),
    "klage": _l("Klage"),
    "rad": _l("Råd og veiledning"),
    "mini": _l("Oppdatering av kartleggingen"),
    "sammendrag": _l("Sammendrag til en ansatt"),
    "prove": _l("Prøvemelding"),
}
KANALER = {
    "medvirk": _l("Forsiden i Medvirk"),
    "fordel": _l("Ikke fordelt ennå"),
    "epost": _l("E-post"),
    "push": _l("Melding på telefonen"),
    "sms": _l("SMS"),
}
RESULTATER = {
    "synlig": _l("Ligger i Medvirk"),
    "sendt": _l("Sendt"),
    "uviss": _l("Sendt, men vi fikk ikke svar på om den kom fram"),
    "avvist": _l("Kom ikke fram"),
}
# «Påminnelse sendt på e-post tirsdag 24. november kl. 10:02»: what the office sees in the matter, beside U3.
SPOR = {
    "synlig": _l("Lå på forsiden i Medvirk fra %(tid)s."),
    "uviss": _l("Påminnelse sendt %(tid)s, men vi vet ikke om den kom fram."),
    "avvist": _l("En påminnelse kom ikke fram %(tid)s."),
}
SPOR_SENDT = {
    "epost": _l("Påminnelse sendt på e-post %(tid)s."),
    "push": _l("Påminnelse sendt til telefonen %(tid)s."),
    "sms": _l("Påminnelse sendt på SMS %(tid)s."),
}
