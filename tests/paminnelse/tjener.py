"""A push service and SMS gateway of our own: takes what comes over HTTP, and answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Tjener:
    """What came, and what is answered: ``svar_en_gang`` first, then ``svar`` by path, else 201. 0: hang up."""

    port: int = 0
    svar: dict[str, int] = field(default_factory=dict)
    svar_en_gang: list[int] = field(default_factory=list)
    kom: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str, scheme: str = "http") -> str:
        """An address at this server."""
        return f"{scheme}://localhost:{self.port}{path}"

    def json(self) -> list[dict[str, str]]:
        """The bodies, as JSON."""
        return [json.loads(body) for _path, _headers, body in self.kom]


@contextmanager
def tjener(tls: tuple[str, str] | None = None) -> Iterator[Tjener]:
    """A server on a free port; ``tls``: certificate and key, as files."""
    state = Tjener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            state.kom.append((self.path, dict(self.headers), body))
            status = state.svar_en_gang.pop(0) if state.svar_en_gang else state.svar.get(self.path, 201)
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
