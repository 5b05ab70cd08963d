"""Each theme in the easiest words there are (platform/enkelt.py). Two questions, and that one decides oneself (K2)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp.platform.enkelt import Enkelt

VALGFRITT = Enkelt(("velg",), _l("Du velger selv hva du svarer."))

OM_MEG = Enkelt(("om-meg", "tolk"), _l("Hvem er du? Hvilket språk vil du snakke?"))
BOLIG = Enkelt(("bolig", "hjem"), _l("Hvor bor du nå? Er det bra for deg å bo der?"))
FAMILIE = Enkelt(("familie", "hjelp"), _l("Har du barn, eller noen du tar deg av? Hva trenger de?"))
NETTVERK = Enkelt(("nettverk", "fritid"), _l("Hvem er du sammen med? Hva gjør du når du har fri?"))
HVERDAG = Enkelt(("hverdag", "mat"), _l("Hvordan er en vanlig dag for deg? Hvordan sover og spiser du?"))
UTDANNING = Enkelt(("utdanning", "kurs"), _l("Hvor lenge har du gått på skole? Hva vil du lære mer om?"))
ARBEID = Enkelt(("arbeid", "hjem"), _l("Hva har du jobbet med? Arbeid hjemme og i andre land er også arbeid."))
STYRKER = Enkelt(("styrker", "gjort"), _l("Hva er du flink til? Små ting er også viktig."))
OKONOMI = Enkelt(("okonomi", "penger"), _l("Hvor får du penger fra? Hva må du betale hver måned?"))
HELSE = Enkelt(("helse", "lege"), _l("Hvordan har du det? Du trenger ikke å si hva legen har sagt."))
RUS = Enkelt(("rus", "hjelp"), _l("Vi spør alle om alkohol, rus og spill om penger. Du kan få hjelp hvis du vil."))
MULIGHETER = Enkelt(("muligheter", "hjelp"), _l("Vil du jobbe, eller gå på skole? Hva kan hjelpe deg med det?"))
ONSKER = Enkelt(("onsker", "hjelp"), _l("Hva drømmer du om? Hva trenger du for å komme dit?"))
HJELP = Enkelt(("hjelp", "samtale"), _l("Hva trenger du hjelp til? Har vi glemt noe, kan du si det her."))
