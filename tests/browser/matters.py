"""The second road, in steps: a plan, a vilkår, a notice, an uttalelse, a decision and a klage, from both sides."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.pages import field, follow
from tests.browser.window import Window


def press(page: Page, value: str, name: str = "handling") -> None:
    """The button of the form that is sent with this value."""
    follow(page.locator(f'main form button[name="{name}"][value="{value}"]').first)


def send(page: Page) -> None:
    """The form's first button."""
    follow(page.locator("#hovedskjema .knapperad button").first)


def choose(page: Page, name: str, value: str) -> None:
    """A choice or a box."""
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def propose_step(window: Window, case: str, words: str, day: str) -> None:
    """Nav proposes a step in the plan (P1)."""
    page = window.open_url(f"{case}plan/steg/nytt")
    check(page)
    field(page, "hva").fill(words)
    field(page, "hvorfor").fill("Da ser du om det passer for deg.")
    choose(page, "ansvar", "bruker")
    field(page, "frist").fill(day)
    send(page)
    expect(page.locator("main")).to_contain_text(words)
    check(page)


def say_yes(window: Window, page: Page, words: str) -> None:
    """The bruker sees the proposal on the front page, and says yes."""
    window.open("/", page)
    check(page)
    follow(page.locator('main a[href^="/plan/"]').first)
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    follow(page.locator('button[form^="ja-"]').first)
    expect(page.locator("main")).to_contain_text(words)
    check(page)


def register_vedtak(window: Window, case: str, number: str, day: str) -> None:
    """A vedtak made in the fagsystem."""
    page = window.open_url(f"{case}vedtak/nytt")
    check(page)
    field(page, "nummer").fill(number)
    field(page, "dato").fill(day)
    field(page, "hjemmel").select_option("vilkar")
    field(page, "ytelse").select_option("livsopphold")
    field(page, "reduksjon_oppgitt").check()
    send(page)
    expect(page.locator("main")).to_contain_text(number)
    check(page)


def set_vilkar(window: Window, case: str, day: str) -> None:
    """Composed from the bank, seen as the bruker will see it, and set (V1–V6)."""
    page = window.open_url(f"{case}vilkar/nytt/mote")
    check(page)
    field(page, "p_hvem").fill("karriereveilederen")
    field(page, "p_sted").fill("Prøvegata 1, rom 3")
    field(page, "p_klokke").fill("10:30")
    field(page, "frist").fill(day)
    choose(page, "sammenheng", "arbeid")
    field(page, "byrde").check()
    choose(page, "medvirkning", "hort")
    field(page, "belop").fill("2000")
    field(page, "maneder").fill("2")
    press(page, "vis", "steg")
    check(page)
    press(page, "sett", "steg")
    expect(page.locator("main")).to_contain_text("karriereveilederen")
    check(page)


def read_vilkar(window: Window, page: Page) -> None:
    """The bruker reads it, understands, and answers the two questions (F1–F3)."""
    window.open("/vilkar/", page)
    check(page)
    follow(page.locator('main a[href^="/vilkar/"]').first)
    expect(page.locator("main")).to_contain_text("karriereveilederen")
    check(page)
    choose(page, "svar", "forstar")
    send(page)
    check(page)
    if page.url.endswith("/sjekk"):
        for name in ("frist", "konsekvens"):
            page.locator(f'input[name="{name}"]').first.check()
        send(page)
        check(page)


def note_and_warn(window: Window, case: str, day: str) -> str:
    """What happened, and the notice (U1, U2): the matter's address at the office."""
    page = window.open_url(f"{case}varsel/nytt")
    check(page)
    page.locator('input[name="vilkar"]').first.check()
    field(page, "dato").fill(day)
    field(page, "hva").fill("Karriereveilederen sier at møtet ikke ble noe av.")
    choose(page, "kilde", "arrangor")
    send(page)
    matter = page.url
    check(page)
    page = window.open_url(f"{matter}/send")
    check(page)
    field(page, "hvorfor").fill("Vi vil vite hva som skjedde før vi bestemmer noe.")
    field(page, "belop").fill("1500")
    field(page, "maneder").fill("1")
    press(page, "se_over")
    check(page)
    press(page, "send")
    check(page)
    return matter


def answer_notice(window: Window, page: Page, words: str) -> str:
    """The bruker opens the notice, answers, looks over and sends (U4, U5): the number of the receipt."""
    window.open("/", page)
    check(page)
    follow(page.locator('main a[href^="/varsel/"]').first)
    expect(page.locator("h1")).to_be_visible()
    check(page)
    follow(page.locator('main a[href$="/uttalelse"]').first)
    check(page)
    window.watch.expect("422")
    press(page, "se_over")  # nothing said yet: it says what to do
    expect(page.locator(".ds-error-summary")).to_be_visible()
    check(page)
    choose(page, "grunner", "sykdom")
    field(page, "ord").fill(words)
    press(page, "se_over")
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    press(page, "send")
    page.wait_for_url(re.compile(r"/uttalelse/[0-9a-f-]{36}"))
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    pdf = page.request.get(f"{page.url}.pdf")
    assert pdf.body().startswith(b"%PDF")
    return page.locator(".kode").first.inner_text()


def weigh_and_reduce(window: Window, matter: str, words: str, today: str, last: str) -> None:
    """Every reason is weighed before anything can be decided; a reduction needs all of U8."""
    page = window.open_url(matter)
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    page = window.open_url(f"{matter}/vei")
    check(page)
    for box in page.locator("#hovedskjema textarea").all():
        box.fill("Sykdom veier mest. Vi har snakket med legen.")
    send(page)
    check(page)
    page = window.open_url(f"{matter}/avgjor")
    check(page)
    choose(page, "utfall", "reduksjon")
    field(page, "grunner").fill("Du får 1000 kroner mindre i én måned.")
    window.watch.expect("422")
    send(page)
    expect(page.locator(".ds-error-summary")).to_be_visible()
    check(page)
    page.locator('input[name="vedtak"]').first.check()
    field(page, "belop").fill("1000")
    field(page, "fra").fill(today)
    field(page, "til").fill(last)
    for name, text in (
        ("familie", "Bor alene."),
        ("barn", "Ingen barn."),
        ("dekket", "Husleie, strøm og mat er dekket."),
    ):
        field(page, name).fill(text)
    field(page, "er_dekket").check()
    send(page)
    expect(page).not_to_have_url(re.compile("/avgjor$"))
    check(page)


def read_and_complain(window: Window, page: Page, words: str) -> str:
    """The bruker reads the decision in plain words, and sends a klage (U9): the number of the receipt."""
    window.open("/varsel/", page)
    check(page)
    follow(page.locator('main a[href^="/varsel/"]').first)
    if "/avgjorelse" not in page.url:
        follow(page.locator('main a[href$="/avgjorelse"]').first)
    expect(page.locator("main")).to_contain_text("1000")
    check(page)
    window.open("/klage/", page)
    check(page)
    follow(page.locator('main a[href^="/klage/ny/reduksjon/"]').first)
    check(page)
    field(page, "hva").fill(words)
    press(page, "se_over")
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    press(page, "send")
    page.wait_for_url(re.compile(r"/klage/[0-9a-f-]{36}"))
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    return page.locator(".kode").first.inner_text()


def next_is(window: Window, case: str, step: str | re.Pattern[str]) -> None:
    """The page of the case names this step, and its link leads to a page; nothing else on it is in the way."""
    page = window.open_url(case)
    line = page.locator(".neste-steg .steg-gjor a", has_text=step)
    expect(line).to_have_count(1)
    check(page)
    follow(line)
    check(page)


def waits(window: Window, case: str, words: str) -> None:
    """The page of the case says so, and asks for nothing about it."""
    page = window.open_url(case)
    expect(page.locator(".neste-steg .steg-rolige")).to_contain_text(words)
    check(page)


def take_up_klage(window: Window, case: str, words: str) -> None:
    """The office reads it."""
    page = window.open("/veileder/?vis=saker")
    check(page)
    page = window.open_url(f"{case}klage/")
    check(page)
    follow(page.locator('main a[href*="/klage/"]').last)
    expect(page.locator("main")).to_contain_text(words)
    check(page)
