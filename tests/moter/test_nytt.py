"""What is new about meetings, on the bruker's front page."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.moter import lesing, notat, nytt, oppslag, service
from webapp.moter.forms import Avtale
from webapp.moter.nytt import Slag
from webapp.platform import clock


def news(verden: Verden) -> list[nytt.Nyhet]:
    key = (verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return nytt.news_for_bruker(*key, lesing.coming(*key))


def test_notes_moves_and_cancellations_are_news_for_a_while(app: Flask, verden: Verden) -> None:
    assert news(verden) == []
    avtalt(verden, NOON + timedelta(days=1))
    assert news(verden) == []  # an agreed meeting is no news: it stands on the front page anyway
    over, moved, cancelled = holdt(verden), avtalt(verden, NOON + timedelta(days=2)), avtalt(verden)
    notat.save(kari(verden), sak(verden), over, 0, {"arbeid": "Vi snakket om jobb"})
    notat.share(kari(verden), sak(verden), over, 1)
    with clock.frozen(NOON + timedelta(minutes=1)):
        service.change(kari(verden), sak(verden), moved, Avtale(NOON + timedelta(days=3), 45, "video", "Lenke", ""))
    with clock.frozen(NOON + timedelta(minutes=2)):
        service.cancel(kari(verden), sak(verden), cancelled, "Jeg er syk")
        with count(app) as asked:
            found = news(verden)
    assert [(one.slag, one.mote.id) for one in found] == [
        (Slag.AVLYST, cancelled),
        (Slag.ENDRET, moved),
        (Slag.NOTAT_DELT, over),
    ]
    assert len(asked) == 4  # three, and the seal of this test
    with clock.frozen(NOON + timedelta(days=15)):
        assert news(verden) == []


def test_the_next_meeting_is_the_soonest_that_is_not_over(verden: Verden) -> None:
    both = (verden.kommune_id, [verden.amina, verden.jonas])
    assert oppslag.next_for_brukere(*both) == {}
    later, sooner = NOON + timedelta(days=3), NOON + timedelta(days=1)
    avtalt(verden, later)
    first = avtalt(verden, sooner)
    avtalt(verden, NOON, bruker_id=verden.jonas)
    assert oppslag.next_for_brukere(*both) == {verden.amina: sooner, verden.jonas: NOON}
    service.cancel(kari(verden), sak(verden), first, "Flyttet")
    assert oppslag.next_for_brukere(*both) == {verden.amina: later, verden.jonas: NOON}


def test_the_front_page_says_so(bruker: Klient, verden: Verden) -> None:
    moved, cancelled, over = avtalt(verden, NOON + timedelta(days=2)), avtalt(verden), holdt(verden)
    service.change(kari(verden), sak(verden), moved, Avtale(NOON + timedelta(days=3), 45, "video", "Lenke", ""))
    service.cancel(kari(verden), sak(verden), cancelled, "Jeg er syk")
    notat.save(kari(verden), sak(verden), over, 0, {"arbeid": "Vi snakket om jobb"})
    notat.share(kari(verden), sak(verden), over, 1)
    page = bruker.get("/").text
    assert "Møtet tirsdag 24. november er avlyst" in page
    assert "Et møte er endret. Det er fredag 27. november kl. 12:00. Se hvor." in page
    assert f'href="/moter/{over}/notat"' in page
