"""E-mail over SMTP. One connection for a batch; the commands one by one, so that we know what has been promised."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email import policy
from email.charset import BASE64, QP, Charset
from email.header import Header
from email.message import Message
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

from webapp.kanaloppsett import Smtp
from webapp.paminnelse.kanaler import Borte, Brev, Kanalfeil, Midlertidig, Tvil, Uviss, Varig
from webapp.platform import clock

TIMEOUT = 20.0
# The older of the two ways of the standard library to make a message: an eighth of the time of the newer, which was
# more than a quarter of all the work of a reminder. Seven bits: every mail server takes that.
_POLICY = policy.compat32.clone(linesep="\r\n", max_line_length=998)  # no address in a header is broken in two
_DOT = re.compile(rb"(?m)^\.")


class Epost:
    """See kanaler.Sender."""

    def __init__(self, smtp: Smtp, origin: str) -> None:
        self._settings, self._origin = smtp, origin
        self._server: smtplib.SMTP | None = None
        self._navn, self._avsender = parseaddr(smtp.avsender)

    def send(self, brev: Brev, point: Callable[[], None]) -> str:
        """See kanaler.Sender. ``point`` comes after the server has said it wants the content, before it gets it."""
        if not (brev.mottaker.isascii() and brev.mottaker.isprintable()):
            raise Varig("adresse")  # SMTPUTF8 is not something one can count on; the page says so when it is typed
        content = self.message(brev)
        server = self._ready(brev.mottaker)
        point()
        try:
            server.send(_DOT.sub(b"..", content) + b".\r\n")
            code, _words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Uviss(_code(error)) from None
        if 200 <= code < 300:  # the first digit decides (RFC 5321, 4.2)
            return str(code)
        if not 400 <= code < 600:
            self._drop()
            raise Uviss(_said(code))  # neither yes nor no: it may have been taken
        self._after_refusal(code)
        raise (Midlertidig if code < 500 else Varig)(str(code))

    def message(self, brev: Brev) -> bytes:
        """The message, with an id that is the same however often it is tried."""
        mail = Message(_POLICY)
        mail["From"] = formataddr((self._navn, self._avsender))
        mail["To"] = brev.mottaker
        mail["Subject"] = Header(" ".join(brev.emne.split()), "utf-8").encode()
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{brev.id.hex}.{brev.kommune_id}@{self._avsender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = brev.sprak
        if brev.avmelding:
            mail["List-Unsubscribe"] = f"<{brev.avmelding}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail["MIME-Version"] = "1.0"
        mail.set_payload(brev.tekst, _charset(base64=_mostly_foreign(brev.tekst)))
        return mail.as_bytes(policy=_POLICY)

    def close(self) -> None:
        """See kanaler.Sender."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def _ready(self, address: str) -> smtplib.SMTP:
        """The server, waiting for the content. A connection that went to sleep since the last message is made anew."""
        used = self._server is not None
        blame: type[Kanalfeil] = Borte
        try:
            server = self._connected()
            self._says(server, f"MAIL FROM:<{self._avsender}>", most=399)  # it will not have us
            blame = Tvil  # from here on the server knows for whom it is
            self._envelope(server, address)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if used:
                return self._ready(address)
            raise blame(_code(error)) from None
        return server

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        one = self._settings
        if one.sikkerhet == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(one.host, one.port, timeout=TIMEOUT, context=_trust())
        else:
            server = smtplib.SMTP(one.host, one.port, timeout=TIMEOUT)
        self._server = server
        server.ehlo_or_helo_if_needed()
        if one.sikkerhet == "starttls":
            server.starttls(context=_trust())  # raises when the server cannot: nothing goes out in clear
            server.ehlo()
        if one.bruker:
            server.login(one.bruker, one.passord)
        return server

    def _envelope(self, server: smtplib.SMTP, address: str) -> None:
        """To whom, and that the content comes. Raises Midlertidig or Varig when the server does not want this one."""
        for command in (f"RCPT TO:<{address}>", "DATA"):
            code = self._says(server, command)
            if code >= 400:
                self._after_refusal(code)
                raise (Midlertidig if code < 500 else Varig)(str(code))

    @staticmethod
    def _says(server: smtplib.SMTP, command: str, *, most: int = 599) -> int:
        code, _words = server.docmd(command)
        if code == 421 or not 200 <= code <= most:  # 421: the server is going; -1: what came is no answer
            raise smtplib.SMTPResponseException(code, "")
        return code

    def _after_refusal(self, code: int) -> None:
        """The next message begins anew on the same connection, or on another when this one is going."""
        try:
            if code == 421 or self._server is None or self._server.rset()[0] != 250:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


@cache
def _trust() -> ssl.SSLContext:
    """The context of the standard library: the certificate is checked, and the name in it. Read from disk once."""
    return ssl.create_default_context()


@cache
def _charset(*, base64: bool) -> Charset:
    made = Charset("utf-8")
    made.body_encoding = BASE64 if base64 else QP
    return made


def _mostly_foreign(text: str) -> bool:
    """Whether base64 makes it shorter than quoted-printable, which stays readable in between."""
    return sum(not character.isascii() for character in text) > len(text) // 6


def _code(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code)
    if isinstance(error, Kanalfeil):
        return error.kode
    return type(error).__name__[:20]


def _said(code: int) -> str:
    """smtplib gives -1 for what it cannot read."""
    return str(code) if code > 0 else "uleselig"
