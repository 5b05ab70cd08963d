# ruff: noqa: ARG002, N802 -- the methods and their arguments are aiosmtpd's
"""A mail server in a process of its own: `python -m tests.paminnelse.posttjener FOLDER`. Prints its port.

Every message it has taken is a line in FOLDER/post.jsonl, written before it says 250. How it behaves is read anew for
each command from FOLDER/oppforsel.json: which answers it gives, and which process it kills when.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import sys
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "medvirk", "hemmelig-passord"


class Post:
    """aiosmtpd's handler; the arguments and names are its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _says(self, step: str, address: str = "") -> str | None:
        behaviour = json.loads((self._folder / "oppforsel.json").read_text("utf-8"))
        kill = behaviour.get("drep")
        if kill and kill["steg"] == step:
            os.kill(kill["pid"], 9)
        answers: dict[str, str] = behaviour.get("svar", {})
        return answers.get(f"{step} {address}".strip()) or answers.get(step)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._says("MAIL"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._says("RCPT", address):
            return _said(server, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self._says("DATA"):
            return answer
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        body = mail.get_body()
        line = {
            "til": envelope.rcpt_tos,
            "emne": str(mail["Subject"]),
            "id": str(mail["Message-ID"]),
            "hoder": {name: str(value) for name, value in mail.items()},
            "tekst": body.get_content().replace("\r\n", "\n") if body is not None else "",
            "ra": content.decode("ascii"),
            "tls": session.ssl is not None,
            "innlogget": bool(session.authenticated),
        }
        with (self._folder / "post.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        if answer := self._says("ETTER"):
            return _said(server, answer)
        return "250 OK"


def _said(server: SMTP, answer: str) -> str:
    """The answer; «stille»: hang up without one."""
    if answer == "stille":
        assert server.transport is not None
        server.transport.close()
    return answer


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right)


async def main(folder: Path) -> None:
    """Serve until killed. With a certificate in the folder: STARTTLS, and a password is asked for."""
    context = None
    if (folder / "cert.pem").exists():
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    loop = asyncio.get_running_loop()

    def one() -> SMTP:
        return SMTP(
            Post(folder),
            hostname="posttjener.test",
            tls_context=context,
            require_starttls=context is not None,
            authenticator=_known,
            auth_required=context is not None,
            loop=loop,
        )

    server = await loop.create_server(one, "127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
