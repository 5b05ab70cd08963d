"""The worker: decides what is due, hands it over, writes down what was answered. As many as one likes can run at once.

Every message passes the same four steps, and a worker may be killed between any two lines:
claim (durable) → the channel is ready to take the content → ``ko.point`` → handed over → written down.
Before ``point`` it has not been sent and is taken again; after it, it is never handed over a second time by e-mail or
SMS. What is promised, and what it costs, is in docs/decisions/0014-reminders.md; a test kills it at each line.
"""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from structlog import get_logger

from webapp.config import Settings
from webapp.identitet import oppslag
from webapp.paminnelse import fordeling, ko, rules, sammendrag, uttak
from webapp.paminnelse.kanaler import Borte, Brev, Midlertidig, Sender, Tvil, Uviss, Varig
from webapp.paminnelse.kanaler.epost import Epost
from webapp.paminnelse.kanaler.push import Gone, Pushsender
from webapp.paminnelse.kanaler.sms import Smssender
from webapp.platform import clock, ids
from webapp.platform.database import reading
from webapp.platform.utboks import Kanal, Utboks

IDLE = 5.0  # seconds between two looks when there is nothing to do
_log = get_logger("paminnelse")


class Arbeider:
    """One worker. ``stopped`` is asked between two messages."""

    def __init__(self, settings: Settings, stopped: Callable[[], bool] = lambda: False) -> None:
        self._settings, self._stopped = settings, stopped
        self._id: UUID = ids.new_id()
        self._rests: dict[Kanal, float] = {}  # until when (the machine's own steady clock) a channel is left alone
        self._failures: defaultdict[Kanal, int] = defaultdict(int)
        self._doubts: dict[Kanal, str] = {}  # whose message a channel broke off over, and none has been taken since
        self._senders: dict[Kanal, Sender] = {}

    def run(self, wait: Callable[[float], None]) -> None:
        """Until ``stopped``. A database that is away is waited for."""
        while not self._stopped():
            try:
                did = self.once()
            except SQLAlchemyError as error:
                _log.warning("utboks_venter_pa_databasen", feil=type(error).__name__)
                did = 0
            except Exception:  # noqa: BLE001 -- it has nobody to hand it to; it says so, and goes on after a while
                _log.exception("utboks_feil")
                did = 0
            if not did:
                wait(IDLE)

    def once(self) -> int:
        """One round through every kommune, at most one batch in each; returns how much there was to do."""
        did = 0
        try:
            for kommune_id in oppslag.kommuner():
                if self._stopped():
                    break
                did += self._in(kommune_id)
        finally:
            self._close()
        return did

    def _in(self, kommune_id: int) -> int:
        """One kommune. What fails in one, or in one of the three, holds up none of the others."""
        did = 0
        for work in (self._order, self._decide, self._send_some):
            try:
                did += work(kommune_id)
            except (OperationalError, InterfaceError):
                raise  # the database itself
            except Exception:  # noqa: BLE001 -- see above
                _log.exception("utboks_kommune", kommune_id=kommune_id, arbeid=work.__name__.strip("_"))
        return did

    @staticmethod
    def _order(kommune_id: int) -> int:
        sammendrag.order(kommune_id)
        return 0  # a summary counts when it is sent

    def _decide(self, kommune_id: int) -> int:
        return fordeling.distribute(kommune_id, self._settings.kanaler)

    def drain(self) -> int:
        """Until nothing is due, or nothing can be sent now; returns how many messages and decisions there were."""
        done = 0
        while not self._stopped() and (did := self.once()):
            done += did
        return done

    def _open(self) -> list[Kanal]:
        """The channels that are set up and not at rest."""
        on = self._settings.kanaler
        there = {Kanal.EPOST: on.smtp, Kanal.PUSH: on.push, Kanal.SMS: on.sms}
        now = time.monotonic()
        return [kanal for kanal, setup in there.items() if setup is not None and self._rests.get(kanal, 0.0) <= now]

    def _send_some(self, kommune_id: int) -> int:
        channels = self._open()
        if not channels:
            return 0
        taken = uttak.claim(kommune_id, self._id, channels, self._settings.origin)
        unsent = [one.id for one in taken.brev] + [one.id for one in taken.sammendrag]
        done = 0
        try:
            for letter in chain(taken.brev, self._summaries(kommune_id, taken.sammendrag)):
                if self._stopped() or clock.now() >= taken.nok:
                    break
                if letter.kanal in self._open() and letter.til > clock.now():
                    self._one(letter)
                    done += 1
        finally:
            # What is left of the batch: its channel went away, it takes too long, night has come, or we were told to
            # stop. Not ours any more: no change.
            if unsent:
                ko.give_back(kommune_id, self._id, unsent)
        return done + len(taken.bort)  # otherwise it would rest after fifty that had been told already

    def _summaries(self, kommune_id: int, rows: list[Utboks]) -> Iterator[Brev]:
        """The daily summaries, each made when its turn comes, outside the transaction that took them.

        Their figures cost several queries each: made all at once, the first one would wait for the last.
        """
        for row in rows:
            try:
                with reading() as db:
                    letter = sammendrag.letters(db, kommune_id, [row], self._settings.origin).get(row.id)
            except Exception as error:  # noqa: BLE001 -- a fault in one room, or about one, must not stop every message
                _log.exception("utboks_sammendrag")
                ko.broken(kommune_id, self._id, row.id, type(error).__name__)
                continue
            if letter is not None:
                yield letter
            else:
                ko.drop(kommune_id, self._id, row.id)

    def _one(self, letter: Brev) -> None:
        """One message, and what came of it."""
        k, me = letter.kommune_id, self._id
        try:
            kode = self._sender(letter.kanal).send(letter, partial(ko.point, me, letter))
        except ko.Mistet:
            self._drop(letter.kanal)  # in the middle of a conversation with the mail server
        except (Borte, Tvil) as error:
            self._broke_off(letter, error)
        except Midlertidig as error:
            ko.put_off(k, me, letter.id, error.kode)
        except Varig as error:
            ko.refused(k, me, letter.id, error.kode, gone=isinstance(error, Gone))
        except Uviss as error:
            ko.uncertain(k, me, letter.id, error.kode)
        except SQLAlchemyError:
            raise  # the database is away: nothing can be written down, and the lease runs out by itself
        except Exception as error:  # noqa: BLE001 -- one message that we have a fault with must not stop the others
            _log.exception("utboks_melding", kanal=letter.kanal.value)
            self._drop(letter.kanal)
            ko.broken(k, me, letter.id, type(error).__name__)
        else:
            self._failures[letter.kanal] = 0
            self._doubts.pop(letter.kanal, None)
            ko.sent(k, me, letter, kode)

    def _broke_off(self, letter: Brev, error: Borte | Tvil) -> None:
        """The channel rests, and the message goes back as it was. One that is doubted alone is counted instead."""
        kanal, kode = letter.kanal, error.kode
        if isinstance(error, Tvil) and self._doubts.setdefault(kanal, letter.mottaker) == letter.mottaker:
            ko.put_off(letter.kommune_id, self._id, letter.id, kode)
            return
        self._doubts.pop(kanal, None)  # after the rest one is doubted anew: otherwise two could hold up all
        self._failures[kanal] += 1
        seconds = rules.pause(self._failures[kanal])
        self._rests[kanal] = time.monotonic() + seconds
        _log.warning("kanal_svarer_ikke", kanal=kanal.value, kode=kode, hviler=seconds)
        ko.give_back(letter.kommune_id, self._id, [letter.id], kode, refused=True)

    def _sender(self, kanal: Kanal) -> Sender:
        if kanal not in self._senders:
            on = self._settings.kanaler
            if kanal is Kanal.EPOST and on.smtp:
                self._senders[kanal] = Epost(on.smtp, self._settings.origin)
            elif kanal is Kanal.PUSH and on.push:
                self._senders[kanal] = Pushsender(on.push, privat=on.privat)
            elif kanal is Kanal.SMS and on.sms:
                self._senders[kanal] = Smssender(on.sms, privat=on.privat)
        return self._senders[kanal]

    def _drop(self, kanal: Kanal) -> None:
        with contextlib.suppress(KeyError):
            self._senders.pop(kanal).close()

    def _close(self) -> None:
        for kanal in list(self._senders):
            self._drop(kanal)
