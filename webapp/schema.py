"""All tables in one place, for migrations and tests."""

from webapp.identitet import models as _identitet
from webapp.innsyn import models as _innsyn
from webapp.kartlegging import models as _kartlegging
from webapp.moter import models as _moter
from webapp.platform import attempts as _attempts
from webapp.platform import audit as _audit
from webapp.platform import drafts as _drafts
from webapp.platform import kommune as _kommune
from webapp.platform.database import Base

metadata = Base.metadata

# What has legal weight: the database itself refuses to change or remove it. Corrections are new rows.
APPEND_ONLY = (
    "hendelse",
    "levering",
    "merknad",
    "merknadsvar",
    "notatversjon",
    "notatkommentar",
    "motevurdering",
)
