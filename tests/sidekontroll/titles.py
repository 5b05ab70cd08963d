"""What stands in the history, the tabs and the app switcher tells nobody anything about the bruker (S6, decision 16).

For the pages of brukere and those before sign-in. The office's own pages are seen at work.
"""

import re
from collections.abc import Iterator

from tests.sidekontroll.page import Page

# Beginnings of words, and whole words after «=»: social assistance and who gives it, what it asks for and takes away,
# illness, substances, money, crime, violence.
_TELLING = {
    "nb": (
        "sosial støtt stønad bidrag hjelp nav= kommune kontor veileder saksbehandl bruker= brukere= tiltak "
        "vilkår aktivit varsel forhånds forhand reduk redus kutt trekk stans vedtak klage anke avslag avslått "
        "helse syk lege psyk medisin diagnos rus= rusen= rusmid alkohol narko avheng behandling økonomi penge "
        "gjeld lån= inkasso utbetal budsjett inntekt husleie bostøtte bolig kriminal straff fengsel politi "
        "vold krise barnevern nød"
    ),
    "en": (
        "social welfare benefit assistan nav= municip caseworker client condition= conditions= sanction "
        "notice reduc cut= cuts= withhold appeal complain reject refus health ill= illness sick doctor mental "
        "medic diagnos drug alcohol substance addict econom financ money debt loan payment budget income "
        "rent= housing crime criminal prison police violen crisis"
    ),
    "ar": (
        "اجتماعي مساعد معون إعان بلدي مرشد مشرف شرط= شروط= الشرط الشروط إشعار الإشعار تخفيض التخفيض خفض= خصم= "
        "قطع= اعتراض الاعتراض شكوى الشكوى رفض= صحة= الصحة صحي الصحي مرض= المرض طبيب الطبيب نفسي النفسي مخدر "
        "المخدر كحول الكحول إدمان الإدمان اقتصاد الاقتصاد مالي= المالي= مالية= المالية= مال= المال= نقود "
        "النقود دين= ديون الديون قرض القرض دفع= دخل= الدخل سكن= السكن جريم سجن= السجن شرطة الشرطة عنف= العنف"
    ),
}
_OURS = " – Medvirk"


def _pattern(words: str) -> re.Pattern[str]:
    parts = [f"{re.escape(word[:-1])}\\b" if word.endswith("=") else re.escape(word) for word in words.split()]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


_PATTERNS = {language: _pattern(words) for language, words in _TELLING.items()}


def title_of(page: Page) -> str:
    """The page's own part of its title."""
    titles = [page.spoken(title) for title in page.all("title") if page.inside(title, "svg") is None]
    return titles[0].removesuffix(_OURS) if titles else ""


def tells_nothing(page: Page) -> Iterator[str]:
    """No word in the title says what the page is about to somebody who looks over the shoulder."""
    if page.path.startswith("/veileder"):
        return
    title = title_of(page)
    for word in {match[0] for pattern in _PATTERNS.values() for match in pattern.finditer(title)}:
        yield f"the title «{title}» tells with «{word}…»: it stands in the history and in the app switcher (S6)"


def short(page: Page) -> Iterator[str]:
    """Tabs and app switchers show the beginning."""
    if len(title_of(page)) > 60:
        yield f"the title «{title_of(page)}» is {len(title_of(page))} characters long; at most 60"


RULES = (tells_nothing, short)
