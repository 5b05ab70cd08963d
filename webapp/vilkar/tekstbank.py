"""The bank of vilkår types: what can be asked, as data with parameters, so that it reads right in every language (V6).

Each type says what, where, when, how often, and what counts as done; tekst.py puts the words together. Ids never change
meaning. A sentence whose parameter is left out is left out; texts are whole sentences, so that languages can differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.vilkar.bank_aktivitet import AKTIVITET
from webapp.vilkar.bank_okonomi import ANDRE, OKONOMI
from webapp.vilkar.banktyper import Type

FRITEKST = ("fritekst", "fritekst_okonomi")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")

TYPER: dict[str, Type] = {one.id: one for one in (*AKTIVITET, *OKONOMI, *ANDRE)}
SLAG: dict[str, LazyString] = {
    "aktivitet": _l("Vilkår om aktivitet"),
    "okonomi": _l("Vilkår om økonomi"),
    "dokumentasjon": _l("Papirer og opplysninger (ikke et vilkår)"),
}


def placeholders(text: str) -> list[str]:
    """The parameters that a text names."""
    return _PLACEHOLDER.findall(text)


def weekdays(days: Sequence[int], locale: str) -> str:
    """«mandag, onsdag og fredag»; 0 is Monday."""
    names = get_day_names("wide", "format", locale)
    return format_list([names[day] for day in sorted(set(days))], "standard", locale)
