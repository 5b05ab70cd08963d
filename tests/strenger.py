"""Strings that people and their enemies type. Every field of ours takes them all, and loses none."""

from __future__ import annotations

LANG_10 = "Jeg bor i en liten leilighet. " * 333 + "Slutt her."
LANG_100 = "ordene mine " * 8_334

STRENGER: dict[str, str] = {
    "norsk": "Blåbærsyltetøy på brødskiva, æ ø å Æ Ø Å",
    "mellomrom": "  to foran, to bak  ",
    "linjer": "første\nandre\n\nfjerde",
    "linje først": "\nbegynner med linjeskift",
    "tabulator": "a\tb",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 e\u0301",
    "arabisk": "أريد أن أعمل كسائق حافلة",
    "blandet retning": "Jeg bor i شارع الملك فهد 12, 3. etasje",
    "retningstegn": "\u202eabc\u202c \u2066def\u2069 \u200f",
    "tigrinja": "ሰላም ኣብ ኖርወይ",
    "somali": "Waxaan rabaa inaan shaqeeyo",
    "kinesisk": "我想学习挪威语",
    "usynlige": "a\u200bb\u200cc\u200dd\ufeffe\u00ad",
    "html": "<script>alert(1)</script><b onclick=x>fet</b>",
    "entiteter": "&lt;b&gt; &amp; &#x27;",
    "attributt": '"><img src=x onerror=alert(1)>',
    "sql": "'; DROP TABLE svar; --",
    "jinja": "{{ 7 * 7 }} {% raw %} {# #}",
    "prosent": "100 % %(navn)s %s {navn} {0}",
    "typst": "#set page(width: 1pt) $ * _ = - @ref \\ `kode`",
    "sti": "../../etc/passwd\\..\\",
    "tall": "-1e309 NaN Infinity 0x41 ٣٤٥",
    "ingenting": "None null undefined true false",
    "nul": "før\x00etter",
    "kontroll": "a\x08b\x1bc\x7fd\x85e",
    "halve tegn": "a\ud83db\udc00c",
    "10 000": LANG_10[:10_000],
    "100 000": LANG_100[:100_000],
}
