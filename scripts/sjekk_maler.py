"""Fails on a template that does not parse, that turns escaping off, that has inline script or style (the content policy
would drop it), or that has words outside gettext (they would stay Norwegian in every language).
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "webapp" / "templates"
# The name is the same in every language, and so are units and marks.
OWN_NAMES = {"Medvirk", "kr", "PDF"}
# Attributes that are read to people.
READ_ALOUD = {"alt", "aria-label", "aria-description", "aria-roledescription", "label", "placeholder", "title"}
FILLED_IN = "\N{OBJECT REPLACEMENT CHARACTER}"

_WORD = re.compile(r"[^\W\d_]{2,}")
_ESCAPING_OFF = re.compile(r"\|\s*safe\b|\bautoescape\s+false\b|\bMarkup\(")


class TemplateText(HTMLParser):
    """Collects what is wrong in the HTML of a template whose Jinja parts are replaced by FILLED_IN."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[tuple[int, str]] = []
        self._untranslated = 0  # depth inside an element that keeps its own language

    def _fault(self, sentence: str) -> None:
        self.faults.append((self.getpos()[0], sentence))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._untranslated or "translate" in values:
            self._untranslated += tag not in {"br", "img", "input", "link", "meta", "hr", "path", "use", "circle"}
        if tag == "style":
            self._fault("<style> stanses av innholdsreglene: flytt til en css-fil")
        if tag == "script" and "src" not in values:
            self._fault("<script> uten src stanses av innholdsreglene: flytt til en modul")
        for name, value in values.items():
            if name == "style" or (name.startswith("on") and name != "on"):
                self._fault(f"attributtet {name} stanses av innholdsreglene")
            if name in READ_ALOUD and not self._untranslated and "translate" not in values and self._words(value):
                self._fault(f"{name}=«{value}» står utenfor gettext")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth = self._untranslated
        self.handle_starttag(tag, attrs)
        self._untranslated = depth

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        self._untranslated = max(0, self._untranslated - 1)

    def handle_data(self, data: str) -> None:
        words = self._words(data)
        if words and not self._untranslated:
            seen = " ".join(data.replace(FILLED_IN, "…").split())
            self._fault(f"«{seen[:60]}» står utenfor gettext")

    @staticmethod
    def _words(text: str) -> list[str]:
        return [word for word in _WORD.findall(text) if word not in OWN_NAMES]


def without_jinja(source: str, environment: Environment) -> str:
    """The HTML of a template, with FILLED_IN where Jinja puts something, on the same lines."""
    parts: list[str] = []
    in_trans = inside = False
    for _line, kind, value in environment.lexer.tokeniter(source, None):
        if kind == "data":
            parts.append(re.sub(r"\S", FILLED_IN, value) if in_trans else value)
            continue
        if kind in {"variable_begin", "block_begin", "raw_begin", "comment_begin"}:
            inside = True
        if kind.endswith("_end"):
            inside = False
        if kind == "name" and inside and value in {"trans", "endtrans"}:
            in_trans = value == "trans"
        if kind == "variable_end":
            parts.append(FILLED_IN)
        parts.append("\n" * value.count("\n"))
    return "".join(parts)


def faults_in(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """Line and sentence for each fault in one template."""
    try:
        environment.parse(source)
    except TemplateSyntaxError as error:
        yield error.lineno, f"kan ikke leses: {error.message}"
        return
    for number, line in enumerate(source.splitlines(), 1):
        if _ESCAPING_OFF.search(line):
            yield number, "slår av escaping: det en bruker har skrevet, kan bli til HTML"
    parser = TemplateText()
    parser.feed(without_jinja(source, environment))
    parser.close()
    yield from parser.faults


def main() -> int:
    """Print every fault; 1 when there is one."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    count = 0
    templates = sorted(TEMPLATES.rglob("*.html"))
    for path in templates:
        for line, sentence in sorted(faults_in(path.read_text(encoding="utf-8"), environment)):
            print(f"✗ {path.relative_to(ROOT)}:{line}: {sentence}")
            count += 1
    if not count:
        print(f"✓ {len(templates)} maler.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
