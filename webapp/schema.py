"""All tables in one place, for migrations and tests."""

from webapp.identitet import models as identitet
from webapp.innsyn import models as innsyn
from webapp.kartlegging import models as kartlegging
from webapp.klage import models as klage
from webapp.moter import models as moter
from webapp.paminnelse import models as paminnelse
from webapp.plan import models as plan
from webapp.platform import attempts, audit, drafts, kommune, utboks
from webapp.platform.database import Base
from webapp.telefon import models as telefon
from webapp.tolking import models as tolking
from webapp.varsel import models as varsel
from webapp.vedlegg import models as vedlegg
from webapp.veiledning import models as veiledning
from webapp.vilkar import models as vilkar

# Importing them is what puts their tables on Base.
ROOMS = (
    attempts,
    audit,
    drafts,
    kommune,
    utboks,
    identitet,
    kartlegging,
    moter,
    innsyn,
    vilkar,
    plan,
    varsel,
    klage,
    vedlegg,
    veiledning,
    telefon,
    tolking,
    paminnelse,
)

metadata = Base.metadata

# What has legal weight: the database itself refuses to change or remove it. Corrections are new rows.
APPEND_ONLY = (
    "hendelse",
    "levering",
    "merknad",
    "merknadsvar",
    "merknadversjon",
    "notatversjon",
    "notatkommentar",
    "motevurdering",
    "vedtak",
    "vilkarversjon",
    "vilkarvisning",
    "forstaelse",
    "vilkarmelding",
    "vilkarvurdering",
    "planhendelse",
    "planversjon",
    "plankjennskap",
    "brudd",
    "forhandsvarsel",
    "varselnadd",
    "uttalelse",
    "uttalelseretting",
    "varselonske",
    "varselsvar",
    "veiing",
    "avgjorelse",
    "avgjorelsenadd",
    "varsellukking",
    "vedleggskobling",
    "klage",
    "klagesteg",
    "klagetillegg",
    "klagetilleggsteg",
    "klagetrekk",
    "klagenedtegning",
    "klageretting",
    "radsoknad",
    "radvedtak",
    "radsamtale",
    "radslutt",
    "paminnelse_sendt",
    "gjengivelse",
)
