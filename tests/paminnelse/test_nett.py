"""A push address comes from a browser: it leads to the open internet over https, or nowhere."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.paminnelse.tjener import tjener
from webapp.paminnelse.kanaler import Midlertidig, Uviss, Varig, nett


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate for localhost, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    return str(folder / "cert.pem"), str(folder / "key.pem")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
        "::10.0.0.1", "::7f00:1", "64:ff9b:1::a00:1", "64:ff9b:1::101:101", "fec0::1", "::ffff:0:10.0.0.1", "100::1",
        "2001:0:7f00:1::1", "2002:101:101::1", "3fff::1", "4000::1", "5f00::1",
    ],
)  # fmt: skip
def test_addresses_inside(address: str) -> None:
    assert not nett.public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "142.250.74.110", "2a00:1450:400f::1", "64:ff9b::101:101"])
def test_addresses_outside(address: str) -> None:
    assert nett.public(address)


@pytest.mark.parametrize(
    ("url", "kode"),
    [
        ("http://push.example/", "ikke-https"),
        ("https://push.example:8443/", "port"),
        ("https://127.0.0.1/", "privat-adresse"),
        ("https://[::ffff:127.0.0.1]/", "privat-adresse"),
        ("https://localhost/", "privat-adresse"),
        ("https://0x7f.1/", "privat-adresse"),
        ("https://2130706433/", "privat-adresse"),
        ("https:///x", "adresse"),
        ("https://push.example/a b", "adresse"),
        ("file:///etc/passwd", "adresse"),
    ],
)
def test_never_called(url: str, kode: str) -> None:
    def never() -> None:
        raise AssertionError("there was a connection")

    with pytest.raises(Varig) as caught:
        nett.post(url, b"x", {}, never, privat=False)
    assert caught.value.kode == kode


def test_the_certificate_and_the_name_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over TLS, to the address that was looked up, with the name that was asked for."""
    cert = certificate(tmp_path)
    with tjener(cert) as server:
        with pytest.raises(Midlertidig) as unknown:
            nett.post(server.url("/x", "https"), b"x", {}, lambda: None, privat=True)
        assert unknown.value.kode == "SSLCertVerificationE"
        monkeypatch.setenv("SSL_CERT_FILE", cert[0])
        assert nett.post(server.url("/x", "https"), b"hei", {}, lambda: None, privat=True).status == 201
        [(_path, headers, body)] = server.kom
        assert (headers["Host"], body) == (f"localhost:{server.port}", b"hei")


def test_nobody_is_followed_elsewhere() -> None:
    with tjener() as server:
        server.svar["/x"] = 302
        assert nett.post(server.url("/x"), b"x", {}, lambda: None, privat=True).status == 302
        assert len(server.kom) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 201 Created\r\n"])
def test_whoever_answers_a_byte_at_a_time_does_not_hold_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, first: bytes
) -> None:
    """Each byte comes well within the time for one; all of them would take hours."""
    cert = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", cert[0])
    monkeypatch.setattr(nett, "WHOLE", 1.0)
    with drypp(cert if scheme == "https" else None, first) as port:
        start = time.monotonic()
        with pytest.raises(Uviss) as caught:
            nett.post(f"{scheme}://localhost:{port}/x", b"x", {}, lambda: None, privat=True)
        assert time.monotonic() - start < 3
    assert caught.value.kode == "TimeoutError"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("status", [201, 503])
def test_once_it_has_been_said_what_became_of_it_nobody_waits_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, status: int
) -> None:
    """Yes is yes and no is no, also when the rest never comes: nothing of it is needed."""
    cert = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", cert[0])
    first = f"HTTP/1.1 {status} \r\nContent-Length: 4000\r\n\r\n".encode()
    with drypp(cert if scheme == "https" else None, first) as port:
        start = time.monotonic()
        said = nett.post(f"{scheme}://localhost:{port}/x", b"x", {}, lambda: None, privat=True)
        assert time.monotonic() - start < 3
    assert said.status == status


def test_a_word_in_between_is_no_answer() -> None:
    with drypp(None, b"HTTP/1.1 103 Early Hints\r\n\r\n") as port, pytest.raises(Uviss) as caught:
        nett.post(f"http://localhost:{port}/x", b"x", {}, lambda: None, privat=True)
    assert caught.value.kode == "103"


@contextmanager
def drypp(tls: tuple[str, str] | None, first: bytes) -> Iterator[int]:
    """A server that says ``first``, and then one byte at a time until nobody listens. Yields the port."""

    def serve() -> None:
        with listener.accept()[0] as raw, suppress(OSError):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            if tls:
                context.load_cert_chain(*tls)
            with context.wrap_socket(raw, server_side=True) if tls else raw as line:
                line.recv(4096)
                line.sendall(first)
                while True:
                    line.sendall(b"H")
                    time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)
