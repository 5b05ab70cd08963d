"""The second half of the road: the veileder reads and asks, they meet, a note is shared and commented. See road.py."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.pages import field, follow
from tests.browser.road import submit
from tests.browser.window import Window


def read_and_ask(window: Window, case: str, navn: str, words: str, question: str) -> None:
    """What is new stands on the worklist; the answer is read as written (K1), and asked into (K11)."""
    page = window.open("/veileder/?vis=nytt")
    check(page)
    follow(page.get_by_role("link", name=navn))
    assert page.url.rstrip("/") == case.rstrip("/")
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    follow(page.locator('a[href$="/merknad/bolig.fungerer"]'))
    expect(page.locator("main")).to_contain_text(words)
    field(page, "tekst").fill(question)
    submit(page)
    page.wait_for_function("() => !location.pathname.includes('/merknad/')")
    expect(page.locator("main")).to_contain_text(question)


def answer(window: Window, page: Page, question: str, words: str) -> None:
    """The bruker sees the question on the first page, visibly someone else's, and answers."""
    window.open("/", page)
    check(page)
    follow(page.locator('a[href*="/kartlegging/merknad/"]').first)
    expect(page.locator("main")).to_contain_text(question)
    check(page)
    field(page, "tekst").fill(words)
    submit(page)
    page.wait_for_function("() => !location.pathname.includes('/merknad/')")
    expect(page.locator("main")).to_contain_text(words)
    check(page)


def agree_on_meeting(window: Window, case: str, day: str) -> str:
    """The veileder sets a time and a place: the meeting's address at the office."""
    page = window.open_url(f"{case.rstrip('/')}/mote/nytt")
    check(page)
    field(page, "dato").fill(day)
    field(page, "klokke").fill("10:30")
    page.locator('input[name="form"][value="kontor"]').check()
    field(page, "sted").fill("Prøvegata 1, rom 3")
    submit(page)
    page.wait_for_url("**/mote/*")
    check(page)
    return page.url


def prepare(window: Window, page: Page, words: str) -> None:
    """S4: the bruker sees the meeting, puts it in the calendar, and writes what to take up."""
    window.open("/moter/", page)
    check(page)
    follow(page.locator('main a[href^="/moter/"]').first)
    check(page)
    calendar = page.request.get(window.server.origin + (page.locator('a[href$=".ics"]').get_attribute("href") or ""))
    assert calendar.headers["content-type"].startswith("text/calendar")
    field(page, "tekst").fill(words)
    submit(page)
    expect(page.locator(".beskjed[role=status]")).to_be_visible()
    expect(field(page, "tekst")).to_have_value(words)


def hold_and_write(window: Window, meeting: str, agenda: str, agreed: str) -> None:
    """The meeting was held; the note is written beside the bruker's own answers, looked over and shared.

    What was agreed is to be proposed in the plan as well (K8): the form for that comes next, filled in from the note.
    """
    page = window.open_url(meeting)
    expect(page.locator("main")).to_contain_text(agenda)
    follow(page.locator('form[action$="/holdt"] button'))
    page.wait_for_load_state()
    window.open_url(f"{meeting}/notat")
    expect(page.locator("main")).to_contain_text(agenda)
    check(page)
    page.locator("#punkt-1 textarea").fill("Bor hos en venninne. Søker egen bolig.")
    field(page, "veien_videre-tiltak").fill(agreed)
    expect(page.locator("#statuslinje")).to_have_attribute("data-tilstand", "lagret")
    follow(page.locator('#hovedskjema button[name="handling"][value="se_over"]').last)
    page.wait_for_url("**/notat/se-over")
    check(page)
    follow(page.locator('form[action$="/notat/del"] button'))
    page.wait_for_url("**/plan/**")
    expect(field(page, "hva")).to_have_value(agreed)
    check(page)


def comment_and_rate(window: Window, page: Page, agreed: str, comment: str) -> None:
    """S4: the bruker reads the note, comments, and says how the meeting was."""
    window.open("/", page)
    follow(page.locator('main a[href$="/notat"]').first)
    expect(page.locator("main")).to_contain_text(agreed)
    check(page)
    field(page, "tekst").fill(comment)
    submit(page)
    expect(page.locator('.merknad[data-fra="bruker"]')).to_contain_text(comment)
    follow(page.locator('main a[href$="/vurdering"]').first)
    check(page)
    window.watch.expect("422")
    submit(page)
    expect(page.locator(".ds-error-summary")).to_be_focused()
    check(page)
    page.locator('input[name="ansikt"][value="4"]').check()
    submit(page)
    page.wait_for_url(lambda url: not url.endswith("/vurdering"))
    check(page)


def see_the_comment(window: Window, meeting: str, comment: str) -> None:
    """Both sides see the same."""
    page = window.open_url(meeting)
    expect(page.locator("main")).to_contain_text(comment)
    expect(page.locator("main")).to_contain_text("Ganske bra")


def see_who_opened(window: Window, page: Page, veileder: str) -> None:
    """S1: the bruker sees who has opened what."""
    window.open("/innsyn/", page)
    expect(page.locator("main")).to_contain_text(veileder)
    check(page)
