"""How the questions were worded when they were answered: kept with each delivery, and shown with it (K7).

A question that is reworded later, that is asked no longer, or that the form does not know any more, stands beside the
old answer as it was. The words are kept in bokmål, which tells whether they have changed since, and in the language of
the delivery.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from flask_babel import LazyString, force_locale, get_locale, lazy_gettext
from markupsafe import Markup

from webapp.kartlegging import temaside
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.skjema import SKJEMA, Sporsmal, Tema, Type, UkjentSporsmal, Valg, Visning

KILDE = "nb"
UKJENTE = "utgatte"  # the id of the theme of questions that the form does not know any more; no theme has it

# By question, by language: {"etikett": the question, "valg": {the id of each choice that was made: its words}}
Ord = Mapping[str, Mapping[str, Mapping[str, Any]]]


class Levert(Protocol):
    """What is needed of a delivery (versjoner.Innhold)."""

    @property
    def svar(self) -> Mapping[str, Any]:
        """The answers by question; each has a ``verdi``."""

    @property
    def ord(self) -> Ord:
        """The words that were kept."""


def kept(answers: Mapping[str, Verdi], sprak: str) -> Ord:
    """The words of the questions that have an answer, to be frozen with it."""
    found: dict[str, dict[str, Any]] = {ident: {} for ident in answers}
    for language in dict.fromkeys((KILDE, sprak)):
        with force_locale(language):
            for ident, verdi in answers.items():
                found[ident][language] = _words(SKJEMA.sporsmal(ident), verdi)
    return found


def themes(levert: Levert, ids: Collection[str] | None = None) -> list[Tema]:
    """The themes with their questions, as they were worded for this delivery, in the language of the page if they can.

    ``ids``: the questions to show, answered or not; without them, those that are answered. Last comes a theme with
    the questions that the form does not know.
    """
    wanted = set(levert.svar if ids is None else ids)
    found = []
    for tema in temaside.themes(Visning.FULL):
        asked = [sporsmal for sporsmal in tema.kjente() if sporsmal.id in wanted]
        wanted.difference_update(sporsmal.id for sporsmal in asked)
        if asked:
            found.append(replace(tema, sporsmal=tuple(_flat(_as_worded(levert, asked))), utgatte=()))
    if wanted:
        found.append(_unknown(levert, sorted(wanted)))
    return found


def question(levert: Levert, sporsmal_id: str) -> Sporsmal:
    """One question as it was worded for this delivery. Raises UkjentSporsmal for one that nobody has heard of."""
    try:
        known = SKJEMA.sporsmal(sporsmal_id)
    except UkjentSporsmal:
        if sporsmal_id not in levert.svar:
            raise
        return _unknown(levert, [sporsmal_id]).sporsmal[0]
    return next(_flat(_as_worded(levert, [known])))


def compared(old: Levert, new: Levert) -> tuple[dict[str, Tema], dict[str, Sporsmal]]:
    """The themes and the questions of two deliveries, by id; the words of the newer where both have one."""
    before, after = themes(old), themes(new)
    questions = {one.id: one for tema in before for one in tema.sporsmal}
    for one in (one for tema in after for one in tema.sporsmal):
        earlier = questions[one.id].valg if one.id in questions else ()
        gone = tuple(valg for valg in earlier if one.etikett_for(valg.id) is None)
        questions[one.id] = replace(one, valg=one.valg + gone) if gone else one
    return {tema.id: tema for tema in (*before, *after)}, questions


def text(words: LazyString | str) -> str:
    """The words themselves: the pages' are ready for HTML."""
    return str(words.unescape()) if isinstance(words, Markup) else str(words)


def _as_worded(levert: Levert, asked: Iterable[Sporsmal]) -> Iterator[Sporsmal]:
    asked = list(asked)
    with force_locale(KILDE):
        now = {
            sporsmal.id: _words(SKJEMA.sporsmal(sporsmal.id), levert.svar[sporsmal.id].verdi)
            for sporsmal in asked
            if sporsmal.id in levert.ord and sporsmal.id in levert.svar
        }
    for sporsmal in asked:
        then = levert.ord.get(sporsmal.id)
        if then is None or sporsmal.id not in now or now[sporsmal.id] == then.get(KILDE):
            yield sporsmal
        else:
            yield _reworded(sporsmal, then)


def _reworded(sporsmal: Sporsmal, then: Mapping[str, Mapping[str, Any]]) -> Sporsmal:
    words, sprak = _in(then)
    made = {ident: Valg(ident, text) for ident, text in words["valg"].items()}
    others = tuple(valg for valg in sporsmal.valg if valg.id not in made)
    return replace(sporsmal, etikett=words["etikett"], valg=(*made.values(), *others), sprak=sprak)


def _unknown(levert: Levert, ids: Iterable[str]) -> Tema:
    return Tema(
        id=UKJENTE,
        tittel=lazy_gettext("Spørsmål vi ikke stiller lenger"),
        hvorfor=lazy_gettext("Spørsmål vi ikke stiller lenger"),
        innledning=lazy_gettext("Spørsmål vi ikke stiller lenger"),
        sporsmal=tuple(_not_declared(levert, ident) for ident in ids),
    )


def _not_declared(levert: Levert, ident: str) -> Sporsmal:
    answer = levert.svar.get(ident)
    verdi = answer.verdi if answer is not None else ""
    words: Mapping[str, Any] = {"etikett": ident, "valg": {}}
    sprak = None
    if ident in levert.ord:
        words, sprak = _in(levert.ord[ident])
    if isinstance(verdi, list):
        made = {**{one: one for one in verdi}, **words["valg"]} or {"": ""}
        return Sporsmal(
            ident, Type.FLERE, words["etikett"], valg=tuple(Valg(*one) for one in made.items()), sprak=sprak
        )
    if words["valg"]:
        return Sporsmal(
            ident, Type.EN, words["etikett"], valg=tuple(Valg(*one) for one in words["valg"].items()), sprak=sprak
        )
    return Sporsmal(ident, Type.TEKST, words["etikett"], sprak=sprak)


def _in(then: Mapping[str, Mapping[str, Any]]) -> tuple[Mapping[str, Any], str | None]:
    """The words in the language of the page, else those in bokmål and that language."""
    page = str(get_locale())
    return (then[page], None) if page in then else (then[KILDE], KILDE)


def _words(sporsmal: Sporsmal, verdi: Verdi) -> dict[str, Any]:
    chosen = set(verdi if isinstance(verdi, list) else [verdi.strip()])
    return {
        "etikett": str(sporsmal.etikett),
        "valg": {valg.id: str(valg.etikett) for valg in sporsmal.valg if valg.id in chosen},
    }


def _flat(asked: Iterable[Sporsmal]) -> Iterator[Sporsmal]:
    """Each question alone: who reads an answer sees the follow-ups that are answered, each in its own words."""
    for sporsmal in asked:
        yield replace(sporsmal, oppfolging=(), apnes_av=frozenset()) if sporsmal.oppfolging else sporsmal
