"""What several themes share: the views as sets, and the sentences on who reads the answers (K2, S1)."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema.typer import Visning

# K3: screening lies inside kort. Mini picks what tells most about a year, from anywhere in the full form.
I_KORT = frozenset({Visning.FULL, Visning.KORT})
I_MINI = frozenset({Visning.FULL, Visning.MINI})
I_KORT_OG_MINI = I_KORT | I_MINI
I_SCREENING = I_KORT | {Visning.SCREENING}
I_ALLE = frozenset(Visning)

LESES_AV_VEILEDER = _l(
    "Veilederen din og den som er vikar, kan lese dette. Andre ansatte må oppgi en grunn først. "
    "Du kan se hvem som har lest."
)
LESES_IKKE_AV_ANDRE = _l(
    "Veilederen din og den som er vikar, kan lese dette. Andre ansatte må oppgi en grunn først. "
    "Medvirk deler det ikke utenfor Nav-kontoret uten at du sier ja. Du kan se hvem som har lest."
)
