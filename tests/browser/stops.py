"""The main pages of a bruker, in the states that matter: what is looked at in every language."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.demo import Demo
from tests.browser.pages import follow
from tests.browser.window import Window


@dataclass(frozen=True, slots=True)
class Stop:
    """A page as somebody in ``tilstand`` sees it (nobody, when that is empty). ``links`` are followed first."""

    name: str
    path: str
    tilstand: str = ""
    links: tuple[str, ...] = ()
    quick: bool = False  # looked at in every run of the tests, and not only by `make kontaktark`


_VARSEL = ('main a[href^="/varsel/"]',)
_STEG = ('main a[href^="/plan/steg/"]:is(.tema-lenke, [id^="s-"])',)
_DONE = "avgjort-og-klaget"
STOPS = (
    Stop("inn", "/inn", quick=True),
    Stop("borte", "/finnes-ikke"),
    Stop("hjem-forste", "/", "invitert"),
    Stop("hjem", "/", "gjennomgatt", quick=True),
    Stop("hjem-varsel", "/", "varsel-ikke-apnet"),
    Stop("kartlegging", "/kartlegging/", "halvferdig", quick=True),
    Stop("tema", "/kartlegging/bolig", "halvferdig", quick=True),
    Stop("se-over", "/kartlegging/se-over", "halvferdig"),
    Stop("to-tekster", "/kartlegging/bolig/to-tekster", "to-tekster"),
    Stop("leverte", "/kartlegging/leverte/", "gjennomgatt"),
    Stop("levert", "/kartlegging/leverte/", "gjennomgatt", ('main a[href^="/kartlegging/leverte/"]',)),
    Stop(
        *("kvittering", "/kartlegging/leverte/", "gjennomgatt"),
        ('main a[href^="/kartlegging/leverte/"]', 'main a[href^="/kartlegging/kvittering/"]'),
    ),
    Stop("plan", "/plan/", "plan-og-vilkar", quick=True),
    Stop("steg", "/plan/", "plan-og-vilkar", _STEG),
    Stop("steg-nytt", "/plan/steg/nytt", "plan-og-vilkar"),
    Stop("vilkar-alle", "/vilkar/", "plan-og-vilkar"),
    Stop("vilkar", "/vilkar/", "plan-og-vilkar", ('main a[href^="/vilkar/"]',), quick=True),
    Stop("varsel", "/varsel/", "varsel-ikke-apnet", _VARSEL, quick=True),
    Stop(*("uttalelse", "/varsel/", "varsel-ikke-apnet"), (*_VARSEL, 'main a[href$="/uttalelse"]'), quick=True),
    Stop("varsel-besvart", "/varsel/", "uttalelse-arabisk", _VARSEL),
    Stop("avgjort", "/varsel/", _DONE, _VARSEL),
    Stop("klager", "/klage/", _DONE),
    Stop("klage", "/klage/", _DONE, ('main a[href^="/klage/"]:not([href*="/ny/"])',)),
    Stop("klage-ny", "/klage/", "uttalelse-arabisk", ('main a[href^="/klage/ny/"]',)),
    Stop("moter", "/moter/", "gjennomgatt"),
    Stop("mote", "/moter/", "gjennomgatt", ('main a[href^="/moter/"]',)),
    Stop("innsyn", "/innsyn/", "gjennomgatt"),
    Stop("hendelser", "/innsyn/hendelser", "gjennomgatt"),
    Stop("henvendelse", "/innsyn/henvendelse/ny", "gjennomgatt"),
    Stop("veiledning", "/veiledning/ny", "gjennomgatt"),
    Stop("mer", "/mer", "gjennomgatt", quick=True),
    Stop("paminnelser", "/mer/paminnelser", "gjennomgatt"),
    Stop("telefon", "/mer/telefon", "gjennomgatt"),
    Stop("palogginger", "/mer/palogginger", "gjennomgatt"),
    Stop("om", "/om", "gjennomgatt"),
    Stop("tilgjengelighet", "/tilgjengelighet"),
)


def go(window: Window, demo: Demo, stop: Stop, sprak: str) -> Page:
    """The page of ``stop`` in ``sprak``, open; whoever the window was signed in as before."""
    window.context.clear_cookies()
    if stop.tilstand:
        person = demo.person(demo.code(stop.tilstand))
        demo.server.speak(person, sprak)
        window.sign_in(person)
    page = window.open(stop.path)
    for link in stop.links:
        follow(page.locator(link).first)
    return page
