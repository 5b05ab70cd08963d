"""Passkeys. The library's types stop here: JSON from the browser comes in, rows and sign-ins go out.

Discoverable credentials, so nobody types a name. The user handle is the kommune (4 bytes) and the person (16 bytes): no
table has to be searched across municipalities. Brukere: user verification preferred (old phones without a screen lock);
staff: required, and checked here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import webauthn
from flask import session
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from webapp.identitet import enhet, okter
from webapp.identitet.models import Passnokkel, Utfordring
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, clock, ids
from webapp.platform.audit import Actor
from webapp.platform.database import changed, reading, writing

CHALLENGE_LASTS = timedelta(minutes=5)
MOST_PER_PERSON = 10
MOST_COUNTED = 2**31 - 1  # a counter is unsigned, PostgreSQL's whole numbers are not; real ones count from nothing
_IN_COOKIE = "utfordring"  # the challenge belongs to the browser that asked for it

REQUIRED = UserVerificationRequirement.REQUIRED
PREFERRED = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True, slots=True)
class Nokkel:
    """One line of «Mine pålogginger»: a passkey as its owner sees it."""

    id: UUID
    navn: str
    laget: datetime
    sist_brukt: datetime | None


class Avvist(Exception):
    """What the browser sent does not prove anything. The reason is for tests, not for whoever tries."""


class Siste(Exception):
    """The last passkey of an ansatt cannot be removed: they could not get in again."""


def sign_in_options(person_type: str) -> Any:
    """What ``navigator.credentials.get`` needs, as a JSON value. Remembers the challenge for five minutes."""
    challenge = _new_challenge(f"inn-{person_type}")
    options = webauthn.generate_authentication_options(
        rp_id=okter.settings().host, challenge=challenge, user_verification=_verification(person_type)
    )
    return json.loads(webauthn.options_to_json(options))


def sign_in(person_type: str, answer: Any) -> okter.Innlogging:
    """Sign in whoever owns the passkey that answered. Raises Avvist."""
    challenge = _take_challenge(f"inn-{person_type}")
    kommune_id, person_id, credential_id = _named(answer)
    with writing() as db:
        queue_up(db, kommune_id, person_id, person_type, deleted_too=True)
        row = db.scalar(
            select(Passnokkel)
            .where(
                Passnokkel.kommune_id == kommune_id,
                Passnokkel.legitimasjon == credential_id,
                Passnokkel.person_type == person_type,
                Passnokkel.person_id == person_id,
            )
            .with_for_update()
        )
        if row is None:
            raise Avvist("unknown passkey")
        try:
            verified = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=okter.settings().host,
                expected_origin=okter.settings().origin,
                credential_public_key=row.offentlig_nokkel,
                credential_current_sign_count=row.teller,
                require_user_verification=_verification(person_type) is REQUIRED,
            )
        except Exception as error:
            raise Avvist(type(error).__name__) from error
        row.teller, row.sist_brukt = min(verified.new_sign_count, MOST_COUNTED), clock.now()
        try:
            return okter.start(db, kommune_id, person_type, person_id, "passnokkel")
        except LookupError:
            raise Avvist("nobody to sign in") from None


def registration_options(who: access.Who, name: str) -> Any:
    """What ``navigator.credentials.create`` needs, as a JSON value. The phone will call the account ``name``."""
    challenge = _new_challenge(f"ny-{who.actor.type}")
    with reading() as db:
        known = db.scalars(select(Passnokkel.legitimasjon).where(*_mine(who)).limit(MOST_PER_PERSON)).all()
    options = webauthn.generate_registration_options(
        rp_id=okter.settings().host,
        rp_name="Medvirk",
        user_id=_handle(who),
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_verification(who.actor.type)
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential_id) for credential_id in known],
    )
    return json.loads(webauthn.options_to_json(options))


def register(who: access.Who, answer: Any) -> okter.Innlogging | None:
    """Add the passkey that ``answer`` brings. Raises Avvist.

    An ansatt who had only an invitation is signed in with it: a new session is returned.
    """
    challenge = _take_challenge(f"ny-{who.actor.type}")
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=okter.settings().host,
            expected_origin=okter.settings().origin,
            require_user_verification=_verification(who.actor.type) is REQUIRED,
        )
    except Exception as error:
        raise Avvist(type(error).__name__) from error
    with writing() as db:
        queue_up(db, who.kommune_id, who.id, who.actor.type)
        row = Passnokkel(
            id=ids.new_id(),
            kommune_id=who.kommune_id,
            person_type=who.actor.type,
            person_id=who.id,
            legitimasjon=verified.credential_id,
            offentlig_nokkel=verified.credential_public_key,
            teller=min(verified.sign_count, MOST_COUNTED),
            navn=enhet.here(),  # our words, never the browser's: this column is not sealed
        )
        same = select(Passnokkel.id).where(
            Passnokkel.kommune_id == who.kommune_id, Passnokkel.legitimasjon == row.legitimasjon
        )
        if db.scalar(same) is not None or count(db, who) >= MOST_PER_PERSON:
            raise Avvist("known already, or too many")
        db.add(row)
        first = isinstance(who, access.Ansatt) and who.uten_nokkel
        # The session that it ends comes before the log, as for whoever signs out of it at this moment.
        inne = okter.start(db, who.kommune_id, "ansatt", who.id, "passnokkel") if first else None
        audit.record(
            db, who.kommune_id, "passnokkel_lagt_til", who.actor, bruker_id=_bruker_id(who), passnokkel_id=row.id
        )
        return inne


def mine(who: access.Who) -> list[Nokkel]:
    """The person's passkeys, the oldest first."""
    with reading() as db:
        rows = db.scalars(
            select(Passnokkel).where(*_mine(who)).order_by(Passnokkel.laget, Passnokkel.id).limit(MOST_PER_PERSON)
        )
        return [Nokkel(row.id, row.navn, row.laget, row.sist_brukt) for row in rows]


def ids_of(who: access.Who) -> list[str]:
    """The ids of the person's passkeys as browsers write them, for asking one of them without the server."""
    with reading() as db:
        found = db.scalars(select(Passnokkel.legitimasjon).where(*_mine(who)).limit(MOST_PER_PERSON))
        return [bytes_to_base64url(one) for one in found]


def remove(who: access.Who, passnokkel_id: UUID) -> bool:
    """Remove one of the person's own passkeys; False when it is not theirs. Raises Siste for the last one of staff."""
    with writing() as db:
        queue_up(db, who.kommune_id, who.id, who.actor.type)  # two at the same time cannot remove the last two
        rows = db.scalars(select(Passnokkel).where(*_mine(who))).all()
        row = next((one for one in rows if one.id == passnokkel_id), None)
        if row is None:
            return False
        if isinstance(who, access.Ansatt) and len(rows) == 1:
            raise Siste
        db.delete(row)
        audit.record(
            db, who.kommune_id, "passnokkel_fjernet", who.actor, bruker_id=_bruker_id(who), passnokkel_id=row.id
        )
        return True


def remove_all(db: Session, kommune_id: int, person_type: str, person_id: UUID, by: Actor) -> None:
    """Remove every passkey of a person whose device is lost; a new one follows from an invitation."""
    rows = db.scalars(
        select(Passnokkel).where(
            Passnokkel.kommune_id == kommune_id,
            Passnokkel.person_type == person_type,
            Passnokkel.person_id == person_id,
        )
    ).all()
    for row in rows:
        db.delete(row)
    db.flush()  # all of them before the log, whose head is held to the end
    for row in rows:
        bruker_id = person_id if person_type == "bruker" else None
        audit.record(db, kommune_id, "passnokkel_fjernet", by, bruker_id=bruker_id, passnokkel_id=row.id)


def count(db: Session, who: access.Who) -> int:
    """How many passkeys the person has."""
    return db.scalar(select(func.count()).select_from(Passnokkel).where(*_mine(who))) or 0


def may_add(who: access.Who) -> bool:
    """Whether a new way in can be made now: after proving who one is, or while there is no passkey to prove it with.

    An open phone on a table must not be enough to plant a key in somebody's account.
    """
    if okter.recently_confirmed():
        return True
    with reading() as db:
        return count(db, who) == 0


def _mine(who: access.Who) -> tuple[Any, ...]:
    return (
        Passnokkel.kommune_id == who.kommune_id,
        Passnokkel.person_type == who.actor.type,
        Passnokkel.person_id == who.id,
    )


def _bruker_id(who: access.Who) -> UUID | None:
    return who.id if isinstance(who, access.Bruker) else None


def _verification(person_type: str) -> UserVerificationRequirement:
    return REQUIRED if person_type == "ansatt" else PREFERRED


def _handle(who: access.Who) -> bytes:
    return who.kommune_id.to_bytes(4, "big") + who.id.bytes


def _named(answer: Any) -> tuple[int, UUID, bytes]:
    """Who the answer says it is from (kommune, person, credential); nothing is believed yet. Raises Avvist."""
    try:
        handle = base64url_to_bytes(answer["response"]["userHandle"])
        credential_id = base64url_to_bytes(answer["id"])
        if len(handle) != 20:
            raise Avvist("not a handle of ours")
        kommune_id = int.from_bytes(handle[:4], "big")
        if kommune_id >= 1 << 31:
            raise Avvist("not a kommune")
        return kommune_id, UUID(bytes=handle[4:]), credential_id
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Avvist("malformed") from error


def _new_challenge(purpose: str) -> bytes:
    challenge = webauthn.helpers.generate_challenge()
    with writing() as db:
        db.execute(delete(Utfordring).where(Utfordring.utloper <= clock.now()))
        row = Utfordring(id=ids.new_id(), verdi=challenge, formal=purpose, utloper=clock.now() + CHALLENGE_LASTS)
        db.add(row)
    session[_IN_COOKIE] = str(row.id)
    return challenge


def _take_challenge(purpose: str) -> bytes:
    """The challenge this browser was given, which is spent by asking. Raises Avvist."""
    try:
        challenge_id = UUID(session.pop(_IN_COOKIE, ""))
    except (ValueError, TypeError, AttributeError):
        raise Avvist("no challenge") from None
    mine = (Utfordring.id == challenge_id, Utfordring.formal == purpose, Utfordring.utloper > clock.now())
    with writing() as db:
        challenge = db.scalar(select(Utfordring.verdi).where(*mine))
        if challenge is None or not changed(db, delete(Utfordring).where(*mine)):
            raise Avvist("challenge used or too old")
    return challenge
