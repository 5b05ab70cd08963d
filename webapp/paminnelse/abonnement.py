"""Push subscriptions: a browser's address and keys, as it hands them over. All of it is checked and sealed."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.identitet import enhet
from webapp.identitet.tur import queue_up
from webapp.paminnelse import mottakere, service
from webapp.paminnelse.kanaler import Varig, nett
from webapp.paminnelse.kanaler.push import public_key
from webapp.paminnelse.models import Paminnelsevalg, Pushabonnement
from webapp.paminnelse.service import settings
from webapp.platform import access, attempts, audit, clock, ids, kommune, utboks
from webapp.platform.database import changed, writing

MOST = 10  # devices of one bruker; the one that was added first gives way
LONGEST = 1000  # characters in an address


class NotASubscription(ValueError):
    """What was sent is not what a browser gives."""


def cleaned(value: Any) -> dict[str, Any]:
    """The subscription, with nothing else in it. Raises NotASubscription."""
    if not isinstance(value, dict) or not isinstance(value.get("keys"), dict):
        raise NotASubscription
    endpoint, keys = value.get("endpoint"), value["keys"]
    if not isinstance(endpoint, str) or len(endpoint) > LONGEST:
        raise NotASubscription
    try:
        nett.allowed(endpoint, privat=settings().kanaler.privat)
    except Varig:
        raise NotASubscription from None
    point, auth = _bytes(keys.get("p256dh")), _bytes(keys.get("auth"))
    if len(auth) != 16 or len(point) != 65:
        raise NotASubscription
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise NotASubscription from None
    cleaned_keys = {"p256dh": keys["p256dh"].rstrip("="), "auth": keys["auth"].rstrip("=")}
    push = settings().kanaler.push
    # By which key of ours it can be called: when that is changed, the subscription ends (kanaler/push.py).
    return {"endpoint": endpoint, "keys": cleaned_keys, **({"vapid": public_key(push)} if push else {})}


def add(who: access.Bruker, value: Any) -> UUID:
    """This device shows push messages for ``who`` from now on, and for nobody else (K10); returns its id.

    Whose it was before is told that messages on the phone have stopped, if that was the last one (nytt). The same
    device again changes nothing but the session it ends with. Raises NotASubscription, attempts.TooMany.
    """
    attempts.count("paminnelse-push", str(who.id), most=20, within=timedelta(hours=1))
    subscription = cleaned(value) | {"okt": who.okt_id.hex}
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)
        # Keyed by the kommune, so that the device is found whoever it belonged to before.
        mark = kommune.seal_of(db, who.kommune_id).fingerprint("push", subscription["endpoint"])
        words = json.dumps(subscription, separators=(",", ":"))
        row, is_new = _made_or_found(db, who, mark, words)
        if not is_new and row.bruker_id == who.id:
            row.abonnement = who.seal.close(words, mottakere.abonnement_place(who.kommune_id, row.id))
            return row.id
        if not is_new:
            db.delete(row)
            db.flush()
            _stopped(db, who.kommune_id, row.bruker_id)
            row, _is_new = _made_or_found(db, who, mark, words)
        mine = (Pushabonnement.kommune_id == who.kommune_id, Pushabonnement.bruker_id == who.id)
        newest = (
            select(Pushabonnement.id)
            .where(*mine)
            .order_by(Pushabonnement.laget.desc(), Pushabonnement.id.desc())
            .limit(MOST)
        )
        kept = db.scalars(newest).all()
        db.execute(delete(Pushabonnement).where(*mine, Pushabonnement.id.not_in(kept)))
        audit.record(db, who.kommune_id, "push_lagt_til", who.actor, bruker_id=who.id, abonnement_id=row.id)
    return row.id


def remove(who: access.Bruker, abonnement_id: UUID) -> bool:
    """No push messages on that device any more. False when there is none of this bruker's."""
    with writing() as db:
        return _end(db, who, [abonnement_id])


def end_with_session(db: Session, who: access.Bruker, okt_id: UUID) -> None:
    """Signed out: no push messages on that device any more. Others may use it, and its browser forgets us anyway.

    «Lukk raskt» and the lock (decision 16) end them as well, and nobody thinks of that then: the front page says so.
    """
    rows = db.scalars(
        select(Pushabonnement).where(Pushabonnement.kommune_id == who.kommune_id, Pushabonnement.bruker_id == who.id)
    ).all()
    words = {row.id: mottakere.subscription(who.kommune_id, who.seal, row) for row in rows}
    here = [one for one, text in words.items() if text and json.loads(text).get("okt") == okt_id.hex]
    _end(db, who, here, told=True)


def _made_or_found(db: Session, who: access.Bruker, mark: bytes, words: str) -> tuple[Pushabonnement, bool]:
    """The row of the device, locked, and whether it is a new one of this bruker's; in one statement.

    Two who add the same device at once take turns. Who looked and found nothing would meet the other's row.
    """
    insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    new_id = ids.new_id()
    new = insert(Pushabonnement).values(
        id=new_id,
        kommune_id=who.kommune_id,
        bruker_id=who.id,
        hash=mark,
        abonnement=who.seal.close(words, mottakere.abonnement_place(who.kommune_id, new_id)),
        enhet=enhet.here()[:60],
        laget=clock.now(),
    )
    at = [Pushabonnement.kommune_id, Pushabonnement.hash]
    locking = new.on_conflict_do_update(index_elements=at, set_={"hash": new.excluded.hash})
    row = db.scalars(locking.returning(Pushabonnement)).one()
    return row, row.id == new_id


def _end(db: Session, who: access.Bruker, abonnement_ids: list[UUID], *, told: bool = False) -> bool:
    """Whether any of them was this bruker's. Devices first, then the choice, then the log, as ``add`` does:

    somebody who takes one of them over at the same moment waits, and the two never wait for each other. ``told``: the
    bruker has not chosen it, so the front page says it (``_stopped``).
    """
    mine = (Pushabonnement.kommune_id == who.kommune_id, Pushabonnement.bruker_id == who.id)
    gone = [one for one in abonnement_ids if changed(db, delete(Pushabonnement).where(*mine, Pushabonnement.id == one))]
    if gone and told:
        _stopped(db, who.kommune_id, who.id)
    elif gone:
        service.chosen_now(db, who.kommune_id, who.id)
    for one in gone:
        audit.record(db, who.kommune_id, "push_fjernet", who.actor, bruker_id=who.id, abonnement_id=one)
    return bool(gone)


def _stopped(db: Session, kommune_id: int, bruker_id: UUID) -> None:
    """Told on the front page if this was the last phone: asked there, since two may go at once."""
    service.chosen_now(db, kommune_id, bruker_id).push_stanset = clock.now()


def remove_here(who: access.Bruker, endpoint: Any) -> bool:
    """The same, by the address that the browser knows."""
    if not isinstance(endpoint, str) or len(endpoint) > LONGEST:
        return False
    with writing() as db:
        mark = kommune.seal_of(db, who.kommune_id).fingerprint("push", endpoint)
        found = db.scalar(
            select(Pushabonnement.id).where(
                Pushabonnement.kommune_id == who.kommune_id,
                Pushabonnement.hash == mark,
                Pushabonnement.bruker_id == who.id,
            )
        )
        return remove(who, found) if found is not None else False


def forget_bruker(kommune_id: int, bruker_id: UUID) -> None:
    """A person is deleted: devices, choices and what waits go. Joins the transaction that deletes them."""
    with writing(unverified=True) as db:
        utboks.forget_bruker(db, kommune_id, bruker_id)  # before the devices, as the worker has them
        for table in (Pushabonnement, Paminnelsevalg):
            db.execute(delete(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id))


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str) or len(text) > 200:
        raise NotASubscription
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotASubscription from None
