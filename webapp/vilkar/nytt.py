"""What is new about vilkår, for the bruker's front page and the veileder's worklist (platform/nyheter.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import or_, select

from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
from webapp.platform.sealing import Seal
from webapp.varsel import lister as varslene
from webapp.vilkar import lesing, rules, tekst
from webapp.vilkar.grunnlag import Vilkaret, gjeldende
from webapp.vilkar.models import Vilkar, Vilkarversjon
from webapp.vilkar.rules import Neste, Tilstand


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
    """New text to read, «do you understand», and what has its last day soon. One query."""
    today = oslo_date(clock.now())
    lines = []
    for one in gjeldende(kommune_id, bruker_id, seal):
        address = f"/vilkar/{one.id}"
        near = rules.near(one.frist, today) and not one.meldt
        read_by = rules.read_by(one.forste_dag, one.frist, today)
        if not one.vist:
            words = _("Du har noe nytt å lese fra Nav.") if one.versjon == 1 else _("Nav har endret noe du må gjøre.")
            begins = one.forste_dag is not None and rules.near(read_by, today)
            lines.append(Nyhet(words, address, read_by, haster=near or begins))
        elif near:
            lines.append(
                Nyhet(_("Snart siste dag: %(hva)s", hva=tekst.plain(one.tittel)), address, one.frist, haster=True)
            )
        elif one.svar is None:
            lines.append(Nyhet(_("Si om du forstår: %(hva)s", hva=tekst.plain(one.tittel)), address, read_by))
    return lines


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """What waits for the veileder with each of them. One query."""
    today = oslo_date(clock.now())
    found: defaultdict[UUID, list[Merke]] = defaultdict(list)
    version = (
        select(Vilkarversjon.id)
        .where(
            Vilkarversjon.kommune_id == kommune_id,
            Vilkarversjon.vilkar_id == Vilkar.id,
            Vilkarversjon.versjon == Vilkar.versjon,
        )
        .correlate(Vilkar)  # the row of the list, two queries further out
        .scalar_subquery()
    )
    with reading() as db:
        rows = db.execute(
            select(
                Vilkar.bruker_id,
                Vilkar.tilstand,
                Vilkar.frist,
                Vilkar.vist,
                Vilkar.svar,
                Vilkar.trenger_hjelp,
                Vilkar.uenig,
                Vilkar.meldt,
                *varslene.tatt_opp(kommune_id, Vilkar.bruker_id, Vilkar.id, version),
            )
            .where(
                Vilkar.kommune_id == kommune_id,
                Vilkar.bruker_id.in_(list(bruker_ids)),
                Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")),
                or_(
                    Vilkar.vist.is_(False),
                    Vilkar.svar.is_(None),
                    Vilkar.trenger_hjelp,
                    Vilkar.uenig,
                    Vilkar.meldt,
                    Vilkar.tilstand == Tilstand.IKKE_OPPFYLT.value,
                    Vilkar.frist <= today + rules.SOON,
                ),
            )
            .order_by(Vilkar.frist, Vilkar.id)
        ).all()
    for bruker_id, tilstand, frist, vist, svar, trenger_hjelp, uenig, meldt, open_matter, any_matter in rows:
        unsaid = vist and svar is None and not meldt and tilstand == Tilstand.GJELDER
        for label in _labels(svar, vist=vist, hjelp=trenger_hjelp, uenig=uenig, meldt=meldt, ubekreftet=unsaid):
            found[bruker_id].append(Merke(*label))  # the last day is not when they disagreed, nor when to explain
        asked_there = open_matter if tilstand == Tilstand.GJELDER else any_matter
        for merke in () if meldt else _to_register(Tilstand(tilstand), frist, today, asked_there=asked_there):
            found[bruker_id].append(merke)
    return {
        bruker_id: list({one.kode: one for one in reversed(labels)}.values()) for bruker_id, labels in found.items()
    }


def _labels(
    svar: str | None, *, vist: bool, hjelp: bool, uenig: bool, meldt: bool, ubekreftet: bool
) -> list[tuple[str, str]]:
    labels = []
    if not vist:
        labels.append(("vilkar_ikke_vist", _("Vilkår ikke åpnet")))
    if hjelp and svar == "sporsmal":
        labels.append(("vilkar_sporsmal", _("Spørsmål om et vilkår")))
    elif hjelp and svar == "forstar":  # F2: they did not ask for it; the check showed it
        labels.append(("vilkar_hjelp", _("Trenger hjelp til å forstå et vilkår")))
    elif hjelp:
        labels.append(("vilkar_hjelp", _("Vil ha et vilkår forklart")))
    if uenig:
        labels.append(("vilkar_uenig", _("Uenig i et vilkår")))
    if meldt:
        labels.append(("vilkar_gjort", _("Sier at et vilkår er gjort")))
    if ubekreftet:
        labels.append(("vilkar_ubekreftet", _("Vilkår ikke bekreftet")))
    return labels


def _to_register(tilstand: Tilstand, frist: date | None, today: date, *, asked_there: bool) -> list[Merke]:
    """What is done about a last day, as ``rules.next_step`` has it on the page of the case.

    ``asked_there``: what became of it is a question of the matter about it (webapp/nytt.py).
    """
    if rules.near(frist, today) and tilstand is Tilstand.GJELDER:
        return [Merke("vilkar_frist_nar", _("Siste dag for et vilkår er snart"), frist)]
    if asked_there:
        return []
    if tilstand is Tilstand.IKKE_OPPFYLT:  # registered: that day is no deadline any more
        return [Merke("vilkar_snakk", _("Snakk med brukeren om hva som kan hjelpe"))]
    if frist is not None and frist < today:
        return [Merke("vilkar_frist", _("Registrer om et vilkår er gjort"), frist)]
    return []


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:
    """Each vilkår where something waits for the office, and one line about the others. One query."""
    lines, quiet, every = list[Steg](), 0, lesing.all_of(kommune_id, bruker_id, seal)
    for one in every:
        line = _step(bruker_id, one)
        lines += [line] if line else []
        quiet += line is None and one.tilstand == Tilstand.GJELDER
    if quiet:
        words = ngettext(
            "%(num)s vilkår gjelder. Ingenting venter på deg.",
            "%(num)s vilkår gjelder. Ingenting venter på deg.",
            quiet,
        )
        lines.append(Steg("vilkar_gjelder", _("Vilkår"), words, i_saken(bruker_id, "vilkar")))
    elif every and not lines:
        lines.append(Steg("vilkar_ingen", _("Vilkår"), _("Ingen vilkår gjelder nå."), i_saken(bruker_id, "vilkar")))
    return lines


def _step(bruker_id: UUID, one: Vilkaret) -> Steg | None:
    today = oslo_date(clock.now())
    step = rules.next_step(
        Tilstand(one.tilstand),
        vist=one.vist,
        besvart=one.svar is not None,
        hjelp=one.trenger_hjelp,
        uenig=one.uenig,
        meldt=one.meldt,
        frist=one.frist,
        today=today,
    )
    if step is None:
        return None
    last = dates.long_date(one.frist or today, str(get_locale()), today)
    explain = {
        "sporsmal": (_("Brukeren har et spørsmål."), _("Svar brukeren")),
        "forstar": (_("Brukeren trenger hjelp til å forstå."), _("Forklar vilkåret for brukeren")),
    }
    words, do = {
        Neste.SE_PA_GJORT: (_("Brukeren sier at det er gjort."), _("Registrer om det er gjort")),
        Neste.FORKLAR: explain.get(
            one.svar or "", (_("Brukeren vil ha det forklart."), _("Forklar vilkåret for brukeren"))
        ),
        Neste.VIS: (_("Brukeren har ikke åpnet det."), _("Kontakt brukeren: vilkåret er ikke åpnet")),
        Neste.SNAKK_UENIG: (_("Brukeren er uenig."), _("Snakk med brukeren om uenigheten")),
        Neste.VURDER: (_("Siste dag var %(dato)s.", dato=last), _("Snakk med brukeren, og registrer om det er gjort")),
        Neste.BEKREFT: (_("Brukeren har ikke svart ennå."), _("Spør om vilkåret er forstått")),
        Neste.SNART: (_("Siste dag er %(dato)s.", dato=last), _("Spør brukeren hvordan det går")),
        Neste.SNAKK: (_("Registrert som ikke gjort."), _("Snakk med brukeren om hva som kan hjelpe")),
    }[step]
    address = i_saken(bruker_id, f"vilkar/{one.id}")
    day = one.frist if step is Neste.SNART else rules.talk_by(one.forste_dag, one.frist, today)
    return Steg(
        f"vilkar_{step}",
        _("Vilkår"),
        words,
        address,
        do,
        f"{address}/vurder" if step in (Neste.SE_PA_GJORT, Neste.VURDER) else address,
        om=tekst.html(one.tittel),
        frist=day if day and day >= today else None,  # a day that has been is no deadline of ours
        vilkar_id=one.id,
    )
