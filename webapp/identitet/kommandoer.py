"""Commands about people, for operators. What goes wrong is one clear sentence and exit status 1."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from webapp.identitet import invitasjoner, navnesok, nokler, okter, oppslag, rydding, service
from webapp.platform import audit
from webapp.platform.access import Rolle
from webapp.platform.database import writing


@click.command("opprett-kommune")
@click.argument("nummer")
@click.argument("navn")
@click.option("--kontor", help="Navnet på et kontor som opprettes samtidig.")
@click.option("--telefon", default="", help="Telefonnummeret til kontoret.")
@with_appcontext
def opprett_kommune(nummer: str, navn: str, kontor: str | None, telefon: str) -> None:
    """Make a kommune, and an office in it."""
    if not (len(nummer) == 4 and nummer.isascii() and nummer.isdigit()):
        raise click.ClickException(f"Et kommunenummer har fire siffer, ikke «{nummer}».")
    if not 0 < len(navn.strip()) <= 100 or len(kontor or "") > 100 or len(telefon) > 30:
        raise click.ClickException("Et navn har mellom 1 og 100 tegn, og et telefonnummer høyst 30.")
    try:
        kommune_id = service.create_kommune(nummer, navn.strip())
    except IntegrityError:
        raise click.ClickException(f"Kommune {nummer} finnes allerede.") from None
    click.echo(f"Kommune {nummer} {navn} er opprettet.")
    if kontor:
        service.create_kontor(kommune_id, kontor, telefon)
        click.echo(f"Kontor {kontor} er opprettet.")


@click.command("opprett-ansatt")
@click.option("--kontor", required=True, help="Navnet på kontoret.")
@click.option("--kommune", "nummer", help="Kommunenummer, når flere kommuner har et kontor med det navnet.")
@click.option("--navn", required=True, help="Navnet på den ansatte.")
@click.option("--rolle", required=True, type=click.Choice([rolle.value for rolle in Rolle]))
@click.option("--kode", help="Det driften kaller den ansatte. Lages når den mangler.")
@with_appcontext
def opprett_ansatt(kontor: str, nummer: str | None, navn: str, rolle: str, kode: str | None) -> None:
    """Register a member of staff, and print an invitation that works once, for 72 hours."""
    offices = oppslag.kontor(kontor, nummer)
    if not offices:
        raise click.ClickException(f"Det finnes ikke noe kontor som heter «{kontor}».")
    if len(offices) > 1:
        raise click.ClickException(f"Flere kommuner har et kontor som heter «{kontor}». Legg til --kommune NUMMER.")
    if not 0 < len(navn.strip()) <= 100 or len(kode or "") > 20:
        raise click.ClickException("Et navn har mellom 1 og 100 tegn, og en kode høyst 20.")
    kommune_id = offices[0].kommune_id
    try:
        ansatt_id = service.create_ansatt(kommune_id, offices[0].id, navn.strip(), rolle, kode)
    except IntegrityError:
        raise click.ClickException(f"Koden «{kode}» er i bruk. Velg en annen.") from None
    ny = invitasjoner.for_ansatt(kommune_id, ansatt_id)
    click.echo(f"Koden er {oppslag.ansatt_kode(kommune_id, ansatt_id)}. Invitasjonen virker én gang, i 72 timer:")
    click.echo(address("ansatt", ny))


@click.command("innloggingslenke")
@click.option("--bruker", "bruker_kode", metavar="KODE")
@click.option("--ansatt", "ansatt_kode", metavar="KODE")
@with_appcontext
def innloggingslenke(bruker_kode: str | None, ansatt_kode: str | None) -> None:
    """Print one address that gets one person in, once, within 30 minutes. It is written in the log."""
    click.echo(login_address(bruker_kode, ansatt_kode))


def login_address(bruker_kode: str | None, ansatt_kode: str | None) -> str:
    """The address for one person, by code. Raises ClickException."""
    if (bruker_kode is None) == (ansatt_kode is None):
        raise click.UsageError("Velg enten --bruker KODE eller --ansatt KODE.")
    person_type = "bruker" if bruker_kode is not None else "ansatt"
    kode = bruker_kode if bruker_kode is not None else ansatt_kode or ""
    found = oppslag.bruker(kode) if person_type == "bruker" else oppslag.ansatt(kode)
    if found is None:
        raise click.ClickException(f"Det finnes ingen {person_type} med koden «{kode}».")
    return address(person_type, invitasjoner.operator_link(found[0], person_type, found[1]))


def address(person_type: str, ny: invitasjoner.Ny) -> str:
    """Where an invitation is opened. MEDVIRK_ORIGIN says which address people use."""
    door = "" if person_type == "bruker" else "/veileder"
    return f"{okter.settings().origin}{door}/i/{ny.token}"


@click.command("slett-bruker")
@click.argument("kode")
@click.option("--bekreft", is_flag=True, help="Uten denne blir ingenting slettet.")
@with_appcontext
def slett_bruker(kode: str, bekreft: bool) -> None:
    """Delete a bruker for good, by deleting the key that opens what is stored about them."""
    found = oppslag.bruker(kode)
    if found is None:
        raise click.ClickException(f"Det finnes ingen bruker med koden «{kode}».")
    if not bekreft:
        raise click.ClickException("Dette kan ikke angres. Legg til --bekreft for å slette.")
    nokler.delete_bruker(*found)
    click.echo(f"Bruker {kode} er slettet. Det som er lagret om brukeren, kan ikke leses lenger.")


@click.command("roter-nokkel")
@with_appcontext
def roter_nokkel() -> None:
    """Wrap every data key with the first key of MEDVIRK_MASTER_KEYS. Can run while the program runs, and again."""
    count = nokler.rotate_keys()
    for kommune_id in oppslag.kommuner():
        with writing(unverified=True) as db:
            audit.record(db, kommune_id, "nokler_rotert", audit.SYSTEM, antall=count)
    click.echo(f"{count} nøkler er pakket om.")


@click.command("indekser-navn")
@with_appcontext
def indekser_navn() -> None:
    """Let the search find every name as names are compared today. Can run while the program runs, and again."""
    count = navnesok.index_anew()
    click.echo(f"Navnet til {count} {'bruker' if count == 1 else 'brukere'} er indeksert på nytt.")


@click.command("rydd")
@with_appcontext
def rydd() -> None:
    """Remove sessions, invitations, counters and drafts that ran out long ago. For a nightly job."""
    for name, count in rydding.tidy().items():
        click.echo(f"{count} {name} er fjernet.")


commands = (opprett_kommune, opprett_ansatt, innloggingslenke, slett_bruker, roter_nokkel, indekser_navn, rydd)
