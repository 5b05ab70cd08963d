"""QR codes in pages and terminals."""

from xml.etree import ElementTree

import pytest

from webapp.platform.qr import qr_svg, qr_terminal

ADDRESS = "https://medvirk.example/i/8QK4-TN7W-RZ2M-XD9C"


def test_it_is_one_picture_with_a_name() -> None:
    svg = ElementTree.fromstring(qr_svg(ADDRESS, "QR-kode"))  # noqa: S314 - our own output
    assert svg.get("role") == "img"
    titles = [element.text for element in svg.iter() if element.tag.endswith("title")]
    assert titles == ["QR-kode"]
    assert svg.get("viewBox")
    assert "width" not in svg.attrib


def test_the_content_policy_lets_it_through() -> None:
    drawing = qr_svg(ADDRESS, "QR-kode")
    for forbidden in ("style", "<script", "onload", "href", "<?xml"):
        assert forbidden not in drawing


def test_it_is_dark_on_white_whatever_the_page_is() -> None:
    drawing = qr_svg(ADDRESS, "QR-kode")
    assert "#000" in drawing
    assert "#fff" in drawing


def test_the_title_is_escaped() -> None:
    drawing = qr_svg(ADDRESS, '</title><script>alert("x")</script>')
    assert "<script" not in drawing


def test_the_terminal_gets_blocks() -> None:
    lines = qr_terminal(ADDRESS).splitlines()
    assert len(lines) > 10
    assert any("█" in line or "▄" in line or "▀" in line for line in lines)


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_svg("x" * 1001, "QR-kode")
