"""All themes, in the order the bruker meets them."""

from webapp.kartlegging.skjema.temaer.arbeid import ARBEID
from webapp.kartlegging.skjema.temaer.bolig import BOLIG
from webapp.kartlegging.skjema.temaer.familie import FAMILIE
from webapp.kartlegging.skjema.temaer.helse import HELSE
from webapp.kartlegging.skjema.temaer.hjelp import HJELP
from webapp.kartlegging.skjema.temaer.hverdag import HVERDAG
from webapp.kartlegging.skjema.temaer.muligheter import MULIGHETER
from webapp.kartlegging.skjema.temaer.nettverk import NETTVERK
from webapp.kartlegging.skjema.temaer.okonomi import OKONOMI
from webapp.kartlegging.skjema.temaer.om_meg import OM_MEG
from webapp.kartlegging.skjema.temaer.onsker import ONSKER
from webapp.kartlegging.skjema.temaer.rus import RUS
from webapp.kartlegging.skjema.temaer.styrker import STYRKER
from webapp.kartlegging.skjema.temaer.utdanning import UTDANNING

TEMAER = (
    OM_MEG,
    BOLIG,
    FAMILIE,
    NETTVERK,
    HVERDAG,
    UTDANNING,
    ARBEID,
    STYRKER,
    OKONOMI,
    HELSE,
    RUS,
    MULIGHETER,
    ONSKER,
    HJELP,
)
