"""What the pages of questions show. The questions are the same for all: their words are looked up once a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import LazyString, force_locale, get_locale, lazy_gettext
from markupsafe import Markup, escape

from webapp.kartlegging import rules
from webapp.kartlegging.lagring import Endring, Lagret
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.rules import Naa, Verdi
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.skjema import SKJEMA, Sporsmal, Tema, Type, Visning
from webapp.kartlegging.skjema.enkelt import VALGFRITT
from webapp.kartlegging.skjema.temaer.felles import LESES_AV_VEILEDER
from webapp.kartlegging.skjema.validering import tolk
from webapp.platform import languages
from webapp.platform.enkelt import Linje, linjer


@dataclass(slots=True)
class Rute:
    """What stands in a question on the page (felles/sporsmal.html). ``som_tekst``: a date field could not show it.

    ``av``: who typed what is not saved yet, when it is not said by the page as a whole (K1).
    """

    verdi: Verdi
    vil_ikke: bool
    versjon: int
    merke: str
    feil: tuple[str, ...] = ()
    som_tekst: bool = False
    fortsatt: bool | None = None  # see service.Utfylt
    av: str = ""


@dataclass(frozen=True, slots=True)
class Sidetema:
    """A theme as a page shows it, in one view and language. ``flere``: how many questions the view leaves out.

    ``nummer``: which of the ``antall`` themes of the view it is; 0 for a page that is none of them.
    """

    tema: Tema
    forrige: str | None
    neste: str | None
    flere: int
    nummer: int
    antall: int
    ider: frozenset[str]  # every question of the theme, also those that the view leaves out
    rekkefolge: tuple[str, ...]  # those on the page, in order
    enkelt: tuple[Linje, ...] = ()  # «Forklar enklere»

    @property
    def er_mini(self) -> bool:
        """Whether this is the page of the mini-mapping."""
        return self.tema.id == MINI


def _sprak() -> str:
    # Babel's own answer, so that force_locale cannot put one language's words under another's name.
    return str(get_locale())


def _visning() -> str:
    # A page in two languages is another page than the one in the first of them.
    return f"{_sprak()} {languages.BOTH}" if languages.both() else _sprak()


def page_theme(visning: Visning, tema_id: str, *, hele: bool = False) -> Sidetema:
    """The theme in a view, in the language of the page. A theme that the view leaves out is shown whole (K3).

    ``hele``: with every question of the theme, at its place in the view all the same. Raises UkjentTema.
    """
    return _page_theme(_visning(), visning, tema_id, hele=hele)


@lru_cache(maxsize=1024)
def _page_theme(_visning: str, visning: Visning, tema_id: str, *, hele: bool) -> Sidetema:
    whole = SKJEMA.tema(tema_id)
    order = [tema.id for tema in SKJEMA.visning(visning)]
    shown = next((tema for tema in SKJEMA.visning(visning) if tema.id == tema_id and not hele), whole)
    place = order.index(tema_id) if tema_id in order else -1
    return Sidetema(
        _in_words(shown, both=languages.both()),
        order[place - 1] if place > 0 else None,
        order[place + 1] if 0 <= place < len(order) - 1 else None,
        len(whole.sporsmal) - len(shown.sporsmal),
        place + 1,
        len(order),
        frozenset(sporsmal.id for sporsmal in whole.alle()),
        tuple(sporsmal.id for sporsmal in shown.alle()),
        linjer((whole.enkelt, VALGFRITT)) if whole.enkelt else (),
    )


MINI = "mini"  # the one page with all questions of the mini-mapping; no theme has this id


@lru_cache(maxsize=16)
def _mini_page(_visning: str) -> Sidetema:
    asked = tuple(sporsmal for tema in SKJEMA.visning(Visning.MINI) for sporsmal in tema.sporsmal)
    tema = Tema(
        id=MINI,
        tittel=lazy_gettext("Hva er endret?"),
        hvorfor=lazy_gettext("Det er en stund siden du leverte. Vi spør for å vite hva som gjelder nå."),
        innledning=lazy_gettext("Det du svarte sist, står ved hvert spørsmål. Si om det fortsatt er slik."),
        sporsmal=asked,
        hvem_leser=LESES_AV_VEILEDER,
    )
    ids = tuple(sporsmal.id for sporsmal in tema.alle())
    return Sidetema(_in_words(tema, both=languages.both()), None, None, 0, 0, 0, frozenset(ids), ids)


def mini_page() -> Sidetema:
    """All questions of the mini-mapping on one page, in the language of the page (K7)."""
    return _mini_page(_visning())


def themes(visning: Visning) -> tuple[Tema, ...]:
    """The themes of a view, in the language of the page."""
    return _themes(_sprak(), visning)


@lru_cache(maxsize=64)
def _themes(_sprak: str, visning: Visning) -> tuple[Tema, ...]:
    return tuple(_in_words(tema) for tema in SKJEMA.visning(visning))


def title(tema_id: str | None, visning: Visning = Visning.FULL) -> tuple[str, Any] | None:
    """The id and the title of a theme, in the language of the page; None for one that is not there, or not any more."""
    return next(((tema.id, tema.tittel) for tema in themes(visning) if tema.id == tema_id), None)


def last_place(state: Kartlegging | None) -> tuple[str, Any] | None:
    """The id and the title of the theme where the bruker can go on: the one that was written in last.

    None when all that was begun is delivered, when their view leaves that theme out (K3), and in a mini round, which
    has one page of its own (K7).
    """
    if state is None or state.visning == Visning.MINI:
        return None
    begun = state.levert is None or rules.written_since(state.levert, state.endret)
    return title(state.sist_tema, Visning(state.visning)) if begun else None


def _in_words(tema: Tema, *, both: bool = False) -> Tema:
    """The same theme with its lazy texts looked up and ready for HTML; ``both``: with bokmål under each."""
    word = _two_words if both else _word
    return replace(
        tema,
        tittel=word(tema.tittel),
        hvorfor=word(tema.hvorfor),
        innledning=word(tema.innledning),
        hvem_leser=word(tema.hvem_leser),
        sporsmal=tuple(_question(sporsmal, word) for sporsmal in tema.sporsmal),
    )


def _question(sporsmal: Sporsmal, word: Callable[[LazyString | None], Any]) -> Sporsmal:
    return replace(
        sporsmal,
        etikett=word(sporsmal.etikett),
        hjelp=word(sporsmal.hjelp),
        valg=tuple(replace(valg, etikett=word(valg.etikett)) for valg in sporsmal.valg),
        oppfolging=tuple(_question(follow_up, word) for follow_up in sporsmal.oppfolging),
    )


def _word(text: LazyString | None) -> Any:
    return None if text is None else Markup(escape(str(text)))  # noqa: S704 -- escaped right here


def _two_words(text: LazyString | None) -> Any:
    if text is None:
        return None
    here = str(text)
    with force_locale(languages.SOURCE):
        source = str(text)
    if here == source:  # «SMS» needs no second line
        return _word(text)
    return escape(here) + Markup('<span class="norsk" lang="nb" dir="ltr">{}</span>').format(source)


def blank(sporsmal: Sporsmal) -> Markup:
    """A question that nobody has answered, follow-ups included, as HTML: the same for everybody in one language."""
    return _blank(_visning(), sporsmal.id)


@lru_cache(maxsize=2048)
def _blank(_visning: str, sporsmal_id: str) -> Markup:
    word = _two_words if languages.both() else _word
    shown: Markup = _macros("felles/sporsmal.html").sporsmal(_question(SKJEMA.sporsmal(sporsmal_id), word), {})
    return shown


def status_line(tema_id: str) -> Markup:
    """The line that says what is saved, which is the same for everybody too."""
    return _status_line(_sprak(), tema_id)


@lru_cache(maxsize=256)
def _status_line(_sprak: str, tema_id: str) -> Markup:
    shown: Markup = _macros("felles/makro.html").statuslinje(f"/kartlegging/{tema_id}/lagre")
    return shown


def _macros(template: str) -> Any:
    # Not «.module», which Jinja keeps from the first language that asked.
    return current_app.jinja_env.get_template(template).make_module()


def untouched(sporsmal: Sporsmal, panes: Mapping[str, Rute]) -> bool:
    """Whether nothing stands in a question and its follow-ups."""
    return not any(one.id in panes for one in sporsmal.alle()) if sporsmal.oppfolging else sporsmal.id not in panes


def panes(answers: Mapping[str, Utfylt], *, check: bool = False) -> dict[str, Rute]:
    """What stands in each question. A text that is too long always says so; other problems only with ``check``.

    Checks come at «se over»: while somebody is writing, nothing is wrong (K2).
    """
    return {
        ident: _pane(ident, Rute(one.verdi, one.vil_ikke, one.versjon, one.merke, fortsatt=one.fortsatt), check=check)
        for ident, one in answers.items()
    }


def sent_panes(before: Mapping[str, Rute], sent: Iterable[Endring], saved: Lagret | None = None) -> dict[str, Rute]:
    """What stands in each question after a page was sent: exactly what was sent, and why some could not be saved."""
    shown = dict(before)
    for change in sent:
        versjon, merke = change.versjon, change.merke
        if saved and change.sporsmal in saved.felt:
            versjon, merke = saved.felt[change.sporsmal]
        verdi = _shown(change)
        pane = _pane(change.sporsmal, Rute(verdi, change.vil_ikke, versjon, merke), check=False)
        pane.fortsatt = change.fortsatt
        if change.skriver and not (saved and change.sporsmal in saved.felt):
            pane.av = f"{change.skriver.skrevet_av}:{change.skriver.sprak}"
        if saved and change.sporsmal in saved.feil:
            pane.feil = (str(saved.feil[change.sporsmal]),)
        shown[change.sporsmal] = pane
    return shown


def _shown(change: Endring) -> Verdi:
    """A sent answer as the page shows it again, also when it cannot be stored."""
    sporsmal = SKJEMA.sporsmal(change.sporsmal)
    sent = [str(part) for part in change.verdi] if isinstance(change.verdi, list) else [str(change.verdi)]
    if sporsmal.type is Type.FLERE:
        return sent
    return "\n".join(sent).replace("\r\n", "\n").replace("\r", "\n")


def _pane(ident: str, pane: Rute, *, check: bool) -> Rute:
    sporsmal = SKJEMA.sporsmal(ident)
    if sporsmal.type in {Type.DATO, Type.MANED} and pane.verdi:
        pane.som_tekst = tolk(sporsmal, pane.verdi).verdi != pane.verdi
    limit = rules.text_limit(sporsmal)
    if check and not pane.vil_ikke:
        pane.feil = tuple(str(problem) for problem in tolk(sporsmal, pane.verdi).problemer)
    elif limit is not None and len(pane.verdi) > limit:
        pane.feil = (str(rules.too_long(len(pane.verdi) - limit)),)
    return pane


def decline(changes: list[Endring], answers: Mapping[str, Utfylt], tema: Tema) -> list[Endring]:
    """The same changes, with «vil ikke svare» to every question of the theme that is not answered (K2).

    So with the follow-ups that the page's answers have opened.
    """
    sent = {change.sporsmal: change for change in changes}
    before = {ident: _as_it_stands(ident, one) for ident, one in answers.items()}
    said = {ident: Naa(_shown(one), one.vil_ikke) for ident, one in {**before, **sent}.items()}
    for sporsmal in (*tema.sporsmal, *rules.opened(tema.sporsmal, said)):
        change = sent.get(sporsmal.id) or _as_it_stands(sporsmal.id, answers.get(sporsmal.id))
        texts = change.verdi if isinstance(change.verdi, list) else [change.verdi]
        sent[sporsmal.id] = replace(change, vil_ikke=change.vil_ikke or not any(str(text).strip() for text in texts))
    return list(sent.values())


def reopen(changes: list[Endring], answers: Mapping[str, Utfylt]) -> list[Endring]:
    """The same changes, with «vil ikke svare» taken back where nothing is written: the way back from ``decline``."""
    sent = {change.sporsmal: change for change in changes}
    for ident, answer in answers.items():
        if answer.vil_ikke and not answer.verdi:
            sent[ident] = replace(sent.get(ident) or _as_it_stands(ident, answer), vil_ikke=False)
    return list(sent.values())


def _as_it_stands(ident: str, answer: Utfylt | None) -> Endring:
    if answer is None:
        return Endring(ident, "", vil_ikke=False, versjon=0, merke="")
    return Endring(ident, answer.verdi, answer.vil_ikke, answer.versjon, answer.merke)


@dataclass(frozen=True, slots=True)
class Temalinje:
    """One line of the theme list."""

    id: str
    tittel: Any
    innledning: Any
    status: rules.Temastatus


def theme_list(visning: Visning, answers: Mapping[str, Utfylt]) -> list[Temalinje]:
    """The themes of a view with how far each is."""
    declined = [ident for ident, one in answers.items() if one.vil_ikke]
    answered = [ident for ident, one in answers.items() if is_answered(one)]
    return [
        Temalinje(tema.id, tema.tittel, tema.innledning, rules.theme_status(tema, answered, declined, opened))
        for tema in themes(visning)
        for opened in [[one.id for one in rules.opened(tema.sporsmal, answers)]]
    ]


def is_answered(answer: Utfylt) -> bool:
    """Whether there is something to deliver in it."""
    if answer.vil_ikke:
        return False
    return bool(answer.verdi if isinstance(answer.verdi, list) else answer.verdi.strip())
