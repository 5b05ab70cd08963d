"""Walks the part of a demo person's road that is outside the mapping, through the services that the pages call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from webapp.demo import sakssteg as steg
from webapp.demo.kalender import when_open
from webapp.demo.steg import Steg
from webapp.identitet.adgang import Sak
from webapp.klage import service as klage
from webapp.klage.klagen import Ord as Klageord
from webapp.klage.rules import Mal, Stand
from webapp.plan import mal as planmal
from webapp.plan import service as plan
from webapp.plan.innhold import Forslag, Part
from webapp.plan.rules import Handling
from webapp.platform import access, clock, ids, lov
from webapp.platform.database import reading
from webapp.platform.dates import add_days, add_working_days, oslo_date
from webapp.varsel import apning, avgjore, horing
from webapp.varsel import lesing as varsel_lesing
from webapp.varsel import service as varsel
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.lesing import Sagt, Saken
from webapp.veiledning import service as veiledning
from webapp.vilkar import forstaelse, vedtak
from webapp.vilkar import lesing as vilkar_lesing
from webapp.vilkar import service as vilkar
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.tekstbank import TYPER

PHONE = "Mozilla/5.0 (Linux; Android 11) Chrome/120.0 Mobile"


class Person(Protocol):
    """What these steps need of the road they are on."""

    def bruker(self) -> access.Bruker:
        """The bruker, signed in."""

    def ansatt(self) -> access.Ansatt:
        """The responsible veileder."""

    def sak(self, who: access.Ansatt, side: str) -> Sak:
        """The case, opened on a page."""


class Saksvei:
    """The matters of one bruker: the last vedtak, vilkår and varsel that the road has made."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._vilkar_id: UUID | None = None
        self._varsel_id: UUID | None = None
        self._appointment: date | None = None  # the day that the last vilkår is about, when it is about one day
        self._klage_id: UUID | None = None
        self._rad_id: UUID | None = None
        self.steps: dict[type[Steg], Callable[[Any], None]] = {
            steg.Foreslo: self._proposed,
            steg.Mal: self._goal,
            steg.Vedtatt: self._demanded,
            steg.LesteVilkar: self._read,
            steg.Noterte: self._noted,
            steg.ApnetVarsel: self._opened,
            steg.Uttalte: self._said,
            steg.Avgjorde: self._decided,
            steg.Klaget: self._complained,
            steg.KjennerPlanen: self._knows_plan,
            steg.MeldteGjort: self._reported,
            steg.Vurderte: self._assessed,
            steg.BaOmRad: self._asked_for_guidance,
            steg.SvartePaOnske: self._answered,
            steg.SkrevNed: self._wrote_down,
            steg.Veide: lambda step: self._weighed(step.veid),
            steg.Lukket: self._closed,
            steg.LesteAvgjorelsen: self._read_decision,
            steg.KlageSteg: self._klage_went_on,
            steg.SvarteOmRad: self._guided,
        }

    def _office(self, side: str) -> tuple[access.Ansatt, Sak]:
        who = self._person.ansatt()
        return who, self._person.sak(who, side)

    def _proposed(self, step: steg.Foreslo) -> None:
        frist = add_working_days(add_days(oslo_date(clock.now()), step.frist), 0)
        forslag = Forslag(step.hva, step.hvorfor, step.ansvar, "", None, frist, step.hvor_ofte, step.katalog)
        steg_id = plan.propose(self._part(step.av), ids.new_id(), forslag)
        if step.ja:
            later, other = clock.now() + timedelta(hours=20), "bruker" if step.av == "nav" else "nav"
            with clock.frozen(when_open(later) if other == "nav" else later):
                plan.act(self._part(other), steg_id, Handling.JA, lest=1)

    def _part(self, who: str) -> Part:
        return Part.nav(*self._office(steg.PLAN)) if who == "nav" else Part.bruker(self._person.bruker())

    def _goal(self, step: steg.Mal) -> None:
        planmal.add(Part.bruker(self._person.bruker()), ids.new_id(), step.tekst)

    def _vedtak(self, who: access.Ansatt, sak: Sak, nummer: str) -> UUID:
        today = oslo_date(clock.now())
        fakta = vedtak.Fakta(
            nummer=nummer,
            dato=today,
            fra=today,
            til=add_days(today, 90),
            hjemmel="vilkar",
            ytelse="livsopphold",
            reduksjon_oppgitt=True,
            klagefrist=lov.klagefrist(today),
        )
        return vedtak.register(who, sak, ids.new_id(), fakta)

    def _demanded(self, step: steg.Vedtatt) -> None:
        who, sak = self._office(steg.VEDTAK)
        innhold = Innhold(
            type=step.type,
            parametre=step.parametre,
            hvorfor=step.hvorfor,
            sammenheng="arbeid",
            byrde=True,
            medvirkning="hort",
            belop=step.belop,
            maneder=step.maneder,
        )
        vedtak_id = self._vedtak(who, sak, step.nummer)
        frist = add_working_days(add_days(oslo_date(clock.now()), step.frist), 0)
        self._appointment = frist if TYPER[step.type].forfall == "dagen" else None
        self._vilkar_id = vilkar.put(who, sak, ids.new_id(), vedtak_id, innhold, frist)

    def _read(self, step: steg.LesteVilkar) -> None:
        assert self._vilkar_id is not None
        who = self._person.bruker()
        now = vilkar_lesing.whole(who.kommune_id, who.id, who.seal, self._vilkar_id).na
        forstaelse.shown(who, self._vilkar_id, now.id, now.tekst(who.sprak), PHONE)
        if step.svar:
            forstaelse.say(
                who,
                self._vilkar_id,
                now.id,
                ids.new_id(),
                svar=step.svar,
                sporsmal=step.sporsmal,
                uenig=bool(step.uenig),
                uenig_fordi=step.uenig,
                trenger_hjelp=step.svar == "forklar",
            )

    def _noted(self, step: steg.Noterte) -> None:
        assert self._vilkar_id is not None
        who, sak = self._office(steg.VARSEL)
        happened = self._appointment or add_days(oslo_date(clock.now()), step.dato)
        self._varsel_id = varsel.note(who, sak, ids.new_id(), self._vilkar_id, varsel.Notat(happened, step.hva, "egen"))
        if step.varsel:
            with clock.frozen(clock.now() + timedelta(hours=1)):
                draft = varsel.Utkastvarsel(step.varsel, step.belop, step.maneder)
                varsel.send(who, sak, self._varsel_id, ids.new_id(), draft, self._matter(sak).steg)

    def _opened(self, _step: steg.ApnetVarsel) -> None:
        assert self._varsel_id is not None
        who = self._person.bruker()
        varsel.open_notice(who, self._varsel_id, who.sprak)

    def _said(self, step: steg.Uttalte) -> None:
        assert self._varsel_id is not None
        sagt = Sagt(list(step.grunner), step.ord, step.vil)
        horing.deliver(self._person.bruker(), self._varsel_id, ids.new_id(), sagt, horing.Onsker(list(step.onsker), ""))

    def _decided(self, step: steg.Avgjorde) -> None:
        assert self._varsel_id is not None
        who, sak = self._office(steg.VARSEL)
        for wish in self._matter(sak).ubesvarte:
            avgjore.answer(who, sak, self._varsel_id, wish.id, Svar(True, "Vi snakket sammen på telefon."))
        self._weighed(step.veid)
        vedtak_id = self._vedtak(who, sak, step.nummer) if step.nummer else None
        today = oslo_date(clock.now())
        one = Beslutning(step.utfall, step.grunner)
        if vedtak_id is not None:
            one = Beslutning(
                step.utfall,
                step.grunner,
                vedtak_id=vedtak_id,
                belop=step.belop,
                fra=today,
                til=add_days(today, 27),
                **step.vurderinger,
                er_dekket=True,
            )
        avgjore.decide(who, sak, self._varsel_id, ids.new_id(), one, self._matter(sak).steg)

    def _complained(self, step: steg.Klaget) -> None:
        who = self._person.bruker()
        mal_id = self._varsel_id if step.mot == "reduksjon" else self._vilkar_id
        assert mal_id is not None
        ord_ = Klageord(step.hva, step.vil, "")
        klage_id = self._klage_id = klage.send(who, ids.new_id(), Mal(step.mot), mal_id, ord_, (), ids.new_id().hex)
        if step.mottatt:
            with clock.frozen(when_open(clock.now())):
                veileder, sak = self._office(steg.VARSEL)
                today = oslo_date(clock.now())
                klage.step(veileder, sak, klage_id, ids.new_id(), Stand.MOTTATT, today, "Vi har fått klagen din.")

    def _knows_plan(self, _step: steg.KjennerPlanen) -> None:
        mine = Part.bruker(self._person.bruker())
        plan.confirm(mine, plan.read(mine.kommune_id, mine.bruker_id, mine.seal).versjon)

    def _reported(self, step: steg.MeldteGjort) -> None:
        assert self._vilkar_id is not None
        forstaelse.report(self._person.bruker(), self._vilkar_id, ids.new_id(), step.tekst)

    def _assessed(self, step: steg.Vurderte) -> None:
        assert self._vilkar_id is not None
        who, sak = self._office(steg.VEDTAK)
        vilkar.assess(who, sak, self._vilkar_id, ids.new_id(), step.utfall, step.tekst)

    def _asked_for_guidance(self, step: steg.BaOmRad) -> None:
        who = self._person.bruker()
        self._rad_id = veiledning.ask(who, ids.new_id(), list(step.omrader), step.tekst, "bruker")

    def _answered(self, step: steg.SvartePaOnske) -> None:
        assert self._varsel_id is not None
        who, sak = self._office(steg.VARSEL)
        for wish in self._matter(sak).ubesvarte:
            avgjore.answer(who, sak, self._varsel_id, wish.id, Svar(True, step.tekst))

    def _wrote_down(self, step: steg.SkrevNed) -> None:
        assert self._varsel_id is not None
        who, sak = self._office(steg.VARSEL)
        sagt = Sagt(list(step.grunner), step.ord, "")
        said = horing.write_down(who, sak, self._varsel_id, ids.new_id(), sagt, "nb")
        if step.bekreftet:
            with clock.frozen(clock.now() + timedelta(hours=5)):
                horing.correct(self._person.bruker(), self._varsel_id, said, ids.new_id(), sagt)

    def _weighed(self, veid: str) -> None:
        assert self._varsel_id is not None
        who, sak = self._office(steg.VARSEL)
        matter = self._matter(sak)
        words = dict.fromkeys(avgjore.points(matter.uttalelser), veid)
        avgjore.weigh(who, sak, self._varsel_id, ids.new_id(), words, matter.steg)

    def _closed(self, step: steg.Lukket) -> None:
        assert self._varsel_id is not None
        varsel.close(*self._office(steg.VARSEL), self._varsel_id, ids.new_id(), step.grunn, step.tekst)

    def _read_decision(self, _step: steg.LesteAvgjorelsen) -> None:
        assert self._varsel_id is not None
        who = self._person.bruker()
        decided = varsel_lesing.one(who.kommune_id, who.id, who.seal, self._varsel_id).avgjorelse
        assert decided is not None
        apning.open_decision(who, self._varsel_id, apning.Vist(decided.tekst[decided.sprak], decided.sprak))

    def _klage_went_on(self, step: steg.KlageSteg) -> None:
        assert self._klage_id is not None
        who, sak = self._office(steg.VARSEL)
        klage.step(who, sak, self._klage_id, ids.new_id(), Stand(step.steg), oslo_date(clock.now()), step.tekst)

    def _guided(self, step: steg.SvarteOmRad) -> None:
        assert self._rad_id is not None
        (who, sak), today = self._office(steg.VEDTAK), oslo_date(clock.now())
        frist = lov.klagefrist(today)
        answer = veiledning.Avgjort(step.innvilget, step.nummer, today, today, step.tekst, frist)
        veiledning.decide(who, sak, self._rad_id, ids.new_id(), answer)
        if step.slutt:
            with clock.frozen(when_open(clock.now() + timedelta(days=7))):
                veiledning.end(who, sak, self._rad_id, ids.new_id(), oslo_date(clock.now()), step.slutt)

    def _matter(self, sak: Sak) -> Saken:
        assert self._varsel_id is not None
        with reading() as db:
            found = varsel_lesing.rows(db, sak.kommune_id, sak.bruker_id, self._varsel_id)
            return varsel_lesing.opened(found, sak.seal, {})
