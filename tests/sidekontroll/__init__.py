"""Looks at an HTML page as a validator, a screen reader, a browser's content policy and a reader of the language would.

The test clients call `sjekk_side` on every HTML page that any test fetches, so that no page is forgotten. Each rule is
a function in a module beside this one: page in, sentences about what is wrong out. tests/test_sidekontroll.py holds a
bad page for each.
"""

from collections.abc import Callable, Iterator

from werkzeug.wrappers import Response

from tests.sidekontroll import headers, language, markup, names, titles, typed
from tests.sidekontroll.page import Page

Rule = Callable[[Page], Iterator[str]]
RULES: tuple[Rule, ...] = (*headers.RULES, *markup.RULES, *names.RULES, *language.RULES, *titles.RULES, *typed.RULES)


def faults(page: Page) -> list[str]:
    """Every sentence that every rule has to say about the page."""
    return [sentence for rule in RULES for sentence in rule(page)]


def sjekk_side(response: Response, *, locale: str) -> Page:
    """Check one HTML response, which should be in `locale` («nb», «ar»). Gives the parsed page back.

    Raises AssertionError with one line for each fault.
    """
    page = Page(response, locale)
    found = faults(page)
    assert not found, f"{page.path} ({locale}):\n  - " + "\n  - ".join(found)
    return page
