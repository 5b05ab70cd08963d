"""The program that pdf.py starts for each document: JSON on standard input, PDF on standard output.

A process of its own for three reasons: typst keeps what it has laid out in memory, and that is somebody's health and
money; its memory would stay with the web server; and a document that takes too long can be stopped. Imports nothing but
typst, so that it starts quickly. Run with `python -I`: this folder has a calendar.py that must not hide Python's own.
"""

import json
import sys

import typst

REFUSED = 3


def main() -> int:
    """0 with the PDF on standard output, or REFUSED with typst's words on standard error."""
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(
        include_system_fonts=order["system_fonts"], include_embedded_fonts=True, font_paths=[order["fonts"]]
    )
    compiler = typst.Compiler(
        order["template"], root=order["root"], font_paths=fonts, sys_inputs={"dokument": order["document"]}
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=order["made"])
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic)
        return REFUSED
    if not isinstance(pdf, bytes):
        sys.stderr.write("typst made no single file")
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
