"""«Legg ved en fil» without scripts: what was typed is there again, every time, and is never led away from."""

from __future__ import annotations

import io
import re
from datetime import date

from tests.klage.klager import sti
from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg import filer
from tests.verden import Verden
from webapp.platform import drafts


def test_two_files_can_be_added_and_the_text_is_there_each_time(bruker: Klient, verden: Verden) -> None:
    form = sti(verk.vedtak(verden, date(2026, 11, 20)))
    bruker.get(form)
    page = bruker.follow(bruker.post(form, {"hva": "Første tekst", "legg_ved": "1"})).text
    back = f"{form}?utkast=1"
    for nr, words in ((1, "Første tekst"), (2, "Første tekst og mer")):
        sent = {"skjema": form, "fil": (io.BytesIO(filer.photo(60, 40)), f"fil{nr}.jpg")}
        page = bruker.follow(bruker.post("/vedlegg", sent, content_type="multipart/form-data")).text
        assert back in page
        page = bruker.get(back).text
        side = re.findall(r'name="utkastside" value="([^"]+)"', page)[0]  # what was fetched goes along with the form
        assert words in page
        assert f"fil{nr}.jpg" in page
        if nr == 1:
            bruker.post(back, {"hva": "Første tekst og mer", "legg_ved": "1", "utkastside": side})
    ticked = [part.split('"')[0] for part in page.split('name="vedlegg" value="')[1:]]
    assert len(ticked) == 2
    sent = {"hva": "Første tekst og mer", "handling": "send", "vedlegg": ticked, "utkastside": side}
    bruker.post(back, sent)
    assert "Første tekst" not in bruker.get(back).text  # delivered: now it is not needed


def test_a_text_that_cannot_be_kept_is_shown_again_and_not_sent(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    form, letter = (
        sti(verk.vedtak(verden, date(2026, 11, 20))),
        f"/veileder/bruker/{verden.amina}/vedtak/nytt",
    )
    for owner in (("bruker", verden.amina), ("ansatt", verden.kari)):
        for nr in range(drafts.MOST_KEPT):
            drafts.keep(verden.kommune_id, owner, verden.seal(verden.amina), f"/s/{nr}", {"t": ["Hei"]})
    page = bruker.post(form, {"hva": "Lang tekst", "legg_ved": "1", "handling": "send"}, status=422).text
    assert "Lang tekst" in page
    assert "Vi fikk ikke tatt vare på det du skrev" in page
    facts = {"nummer": "2026/99", "dato": "2026-11-24", "hjemmel": "livsopphold", "ytelse": "livsopphold"}
    veileder.get(letter)
    shown = veileder.http.post(letter, data={"csrf_token": veileder.token, **facts, "legg_ved": "1"})
    assert shown.status_code in {200, 422}
    assert "2026/99" in shown.text
    assert "Vi fikk ikke tatt vare på det du skrev" in shown.text
