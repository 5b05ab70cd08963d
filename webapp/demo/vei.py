"""Walks one demo person's road: each step through the service that its page calls, at the step's own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.demo import sakssteg, steg
from webapp.demo.kalender import Kalender, when_open
from webapp.demo.saksvei import Saksvei
from webapp.demo.steg import Steg
from webapp.identitet import adgang, invitasjoner, koder, okter, oppslag, tildelinger
from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.innsyn import service as innsyn
from webapp.innsyn.rules import Slag
from webapp.kartlegging import assistanse, levering, merknader
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.moter import kommentar, notat, stemme
from webapp.moter import service as moter
from webapp.moter.forms import Avtale
from webapp.platform import access, clock, ids
from webapp.platform.dates import add_days

# Done at the office, so on a working day.
OFFICE = (
    *(steg.Invitert, steg.Apnet, steg.Leste, steg.Merknad, steg.Mote, steg.Holdt, steg.Overfort, steg.Vikar),
    *sakssteg.OFFICE,
)


class Vei:
    """One bruker's road, inside one write transaction ``db``."""

    def __init__(self, db: Session, kommune_id: int, bruker_id: UUID, calendar: Kalender) -> None:
        self._db = db
        self._kommune_id = kommune_id
        self._bruker_id = bruker_id
        self._calendar = calendar
        self._who: access.Bruker | None = None
        self._signed_in: date | None = None
        self._mote_id: UUID | None = None
        self._do: dict[type[Steg], Callable[[Any], None]] = {
            steg.Invitert: self._invited,
            steg.Svarte: self._answered,
            steg.ToTekster: self._two_texts,
            steg.Leverte: self._delivered,
            steg.Apnet: self._opened,
            steg.Leste: self._read,
            steg.Merknad: self._remark,
            steg.Mote: self._meeting,
            steg.TaOpp: self._agenda,
            steg.Holdt: self._held,
            steg.Kommenterte: self._commented,
            steg.Overfort: self._handed_over,
            steg.Vikar: self._substitute,
            steg.Ba: self._asked,
            steg.Visning: self._view,
            **Saksvei(self).steps,
        }

    def walk(self, road: tuple[Steg, ...]) -> None:
        """Take every step in order, each at its own time."""
        for moment, step in zip(times(road, self._calendar), road, strict=True):
            with clock.frozen(moment):
                self._do[type(step)](step)
            self._db.flush()
            self._db.expire_all()  # some services write past what the session has in its hands

    def bruker(self) -> access.Bruker:
        """The bruker, signed in: once a day, with a code from the sheet."""
        today = clock.now().date()
        if self._who is None or self._signed_in != today:
            signed_in = okter.start(self._db, self._kommune_id, "bruker", self._bruker_id, "engangskode").who
            assert isinstance(signed_in, access.Bruker)
            self._who, self._signed_in = signed_in, today
        return self._who

    def _staff(self, kode: str = "") -> access.Ansatt:
        """The ansatt with this code; the responsible veileder without."""
        if kode:
            return staff(self._db, kode)
        row = tildelinger.responsible(self._db, self._kommune_id, self._bruker_id)
        assert row is not None
        return _as_signed_in(row)

    def ansatt(self) -> access.Ansatt:
        """The responsible veileder."""
        return self._staff()

    def sak(self, who: access.Ansatt, side: str | None) -> Sak:
        """The case, opened on a page; None: no page."""
        found = adgang.open_sak(who, self._bruker_id, side=side)
        assert found is not None
        return found

    def _levering_id(self) -> UUID:
        state = kartlegging.state(self._kommune_id, self._bruker_id)
        assert state is not None
        assert state.siste_levering_id is not None
        return state.siste_levering_id

    def _mote(self) -> UUID:
        assert self._mote_id is not None
        return self._mote_id

    def _invited(self, step: steg.Invitert) -> None:
        who = self._staff()
        self.sak(who, steg.INVITASJON)
        ny = invitasjoner.for_bruker(self._kommune_id, self._bruker_id, who.actor)
        if not step.brukt:
            return
        invitert = invitasjoner.by_token(ny.token)
        assert invitert is not None
        signed_in = invitasjoner.use(invitert).who
        assert isinstance(signed_in, access.Bruker)
        self._who, self._signed_in = signed_in, clock.now().date()
        koder.new_sheet(signed_in)

    def _answered(self, step: steg.Svarte) -> None:
        who = self.bruker()
        helped = step.skrevet_av if step.skrevet_av != "bruker" else None
        if helped != who.skriver:
            assistanse.type_for(who, helped)
            who = self._who = replace(who, skriver=helped)
        now = kartlegging.all_answers(self._kommune_id, self._bruker_id, who.seal)
        said: dict[str, tuple[Any, bool]] = {key: (self._typed(value), False) for key, value in step.svar.items()}
        said |= dict.fromkeys(step.vil_ikke, ("", True))
        by_theme: dict[str, list[Endring]] = {}
        for sporsmal, (verdi, vil_ikke) in said.items():
            there = now.get(sporsmal)
            change = Endring(sporsmal, verdi, vil_ikke, there.versjon if there else 0, there.merke if there else "")
            by_theme.setdefault(sporsmal.partition(".")[0], []).append(change)
        for tema, changes in by_theme.items():
            self._save(who, step.skrevet_av, tema, changes)

    def _save(self, who: access.Bruker, skrevet_av: str, tema: str, changes: list[Endring]) -> None:
        skriver = Skriver(skrevet_av, who.sprak)
        saved = kartlegging.save(self._kommune_id, self._bruker_id, who.seal, skriver, tema, changes)
        assert not saved.feil, f"{tema}: {list(saved.feil)}"

    def _typed(self, value: object) -> object:
        today = self._calendar.today
        if isinstance(value, steg.Dato):
            return f"{add_days(today, value.dager):%d.%m.%Y}"
        if isinstance(value, steg.Maned):
            return f"{add_days(today, value.dager):%m.%Y}"
        return value

    def _two_texts(self, step: steg.ToTekster) -> None:
        who = self.bruker()
        for sporsmal, verdi in step.svar.items():
            stale = Endring(sporsmal, verdi, vil_ikke=False, versjon=1, merke="fra-en-annen-side")
            self._save(who, "bruker", sporsmal.partition(".")[0], [stale])

    def _delivered(self, _step: steg.Leverte) -> None:
        levering.deliver(self.bruker(), ids.new_id().hex)

    def _opened(self, step: steg.Apnet) -> None:
        who = self._staff(step.ansatt)
        if step.grunn:
            assert adgang.state_reason(who, self._bruker_id, step.grunn)
        self.sak(who, step.side)

    def _read(self, _step: steg.Leste) -> None:
        self.sak(self._staff(), steg.BRUKER)
        self.sak(self._staff(), steg.LEVERING)
        kartlegging.delivery_read(self._db, self._kommune_id, self._bruker_id, self._levering_id())
        shown = kartlegging.state(self._kommune_id, self._bruker_id)
        assert shown is not None
        kartlegging.answers_seen(self._db, self._kommune_id, self._bruker_id, shown.nye_svar)

    def _remark(self, step: steg.Merknad) -> None:
        who = self._staff()
        slag = "sporsmal" if step.spor else "merknad"
        number = merknader.add(
            who, self.sak(who, steg.MERKNAD), self._levering_id(), step.sporsmal, slag, step.tekst, ids.new_id()
        )
        if step.svar:
            with clock.frozen(clock.now() + timedelta(hours=11)):
                merknader.answer(self.bruker(), number, step.svar, ids.new_id())

    def _meeting(self, step: steg.Mote) -> None:
        who = self._staff()
        when = self._calendar.at(step.dag + step.om, step.klokke, office=True)
        avtale = Avtale(when, step.minutter, step.form, step.sted, step.melding)
        self._mote_id = moter.agree(who, self.sak(who, steg.NYTT_MOTE), ids.new_id(), avtale)

    def _agenda(self, step: steg.TaOpp) -> None:
        stemme.set_agenda(self.bruker(), self._mote(), step.tekst, "")

    def _held(self, step: steg.Holdt) -> None:
        who = self._staff()
        sak = self.sak(who, steg.MOTE)
        moter.held(who, sak, self._mote())
        if step.notat:
            self.sak(who, steg.NOTAT)
            copy = notat.save(who, sak, self._mote(), 0, step.notat)
            if step.delt:
                notat.share(who, sak, self._mote(), copy.versjon)

    def _commented(self, step: steg.Kommenterte) -> None:
        who = self.bruker()
        kommentar.comment(who, self._mote(), ids.new_id(), step.tekst)
        stemme.rate(who, self._mote(), ids.new_id(), step.ansikt, step.om_motet)

    def _handed_over(self, step: steg.Overfort) -> None:
        who = self._staff()
        seal = self.sak(who, steg.OVERFOR).seal
        to = self._staff(step.til)
        tildelinger.hand_over(self._kommune_id, self._bruker_id, seal, to.id, step.grunn, who.actor)

    def _substitute(self, step: steg.Vikar) -> None:
        tildelinger.set_substitute(self._kommune_id, self._bruker_id, self._staff(step.ansatt).id, self._staff().actor)

    def _asked(self, step: steg.Ba) -> None:
        who = self.bruker()
        number = innsyn.send(who, ids.new_id(), Slag(step.slag), step.tekst, who.sprak)
        if step.svar:
            with clock.frozen(when_open(clock.now() + timedelta(hours=15))):
                veileder = self._staff()
                self.sak(veileder, steg.HENVENDELSE)
                innsyn.answer(self._kommune_id, self._bruker_id, who.seal, number, step.svar, veileder.actor)

    def _view(self, step: steg.Visning) -> None:
        kartlegging.choose_view(self._kommune_id, self._bruker_id, self.bruker().seal, step.visning)


def times(road: tuple[Steg, ...], calendar: Kalender) -> list[datetime]:
    """When each step is taken, all of it before now.

    Counted backwards: what the office does is moved off a weekend to the working day before it, since the one after it
    may be ahead of now, and what it follows on is moved back with it.
    """
    found, limit = list[datetime](), calendar.now
    for step in reversed(road):
        limit = calendar.before(limit, step.dag, step.kl, office=_at_the_office(step))
        found.append(limit)
    return found[::-1]


def _at_the_office(step: Steg) -> bool:
    return isinstance(step, OFFICE) or (isinstance(step, sakssteg.Foreslo) and step.av == "nav")


def staff(db: Session, kode: str) -> access.Ansatt:
    """The ansatt with this code, as if signed in. They must be there."""
    found = oppslag.ansatt(kode)
    assert found is not None, kode
    return _as_signed_in(db.get_one(Ansatt, found))


def _as_signed_in(row: Ansatt) -> access.Ansatt:
    rolle = access.Rolle(row.rolle)
    return access.Ansatt(row.kommune_id, row.id, row.kontor_id, ids.new_id(), row.sprak, rolle, row.navn)
