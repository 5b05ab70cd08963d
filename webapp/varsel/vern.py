"""The order of U1 in the database itself: what must be there before a row can come in. For migration 0015.

The service keeps the same order, with words for people. This is for the day when the service has a fault, or somebody
writes to the database past it. A change here needs a migration of its own. vakt.py puts them up.
"""

# ruff: noqa: S608 -- every word of it is ours; nothing that anybody types comes in here

from __future__ import annotations

from webapp.vilkar.vern import roots

MESSAGE = "out of order"

_SAK = "{a}.kommune_id = NEW.kommune_id AND {a}.sak_id = NEW.sak_id"


def _rows(table: str, alias: str, more: str = "") -> str:
    found = f"SELECT 1 FROM {table} {alias} WHERE {_SAK.format(a=alias)}"
    return f"EXISTS ({found} AND {more})" if more else f"EXISTS ({found})"


def _not_before(column: str) -> str:
    """No row's time is before the latest step of its matter."""
    return (
        "EXISTS (SELECT 1 FROM varselsak s WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id "
        f"AND s.siste <= NEW.{column})"
    )


_OPEN = f"NOT {_rows('avgjorelse', 'a')} AND NOT {_rows('varsellukking', 'l')}"
_SENT = _rows("forhandsvarsel", "f", "f.sendt <= NEW.laget")
_WORDS = (
    f"((SELECT count(*) FROM uttalelse u WHERE {_SAK.format(a='u')}) + "
    f"(SELECT count(*) FROM uttalelseretting r WHERE {_SAK.format(a='r')}))"
)
_ANSWERED = (
    f"NOT EXISTS (SELECT 1 FROM varselonske o WHERE {_SAK.format(a='o')} AND NOT EXISTS "
    "(SELECT 1 FROM varselsvar v WHERE v.kommune_id = o.kommune_id AND v.onske_id = o.id))"
)
_NO_TIME_LEFT = f"NOT {_rows('varselsvar', 'v', 'v.ny_frist > NEW.laget')}"


def _own(at: str) -> str:
    """The bruker has written, corrected or confirmed something themselves by then."""
    said = _rows("uttalelse", "u", f"u.muntlig_av IS NULL AND u.skrevet_av <> 'ansatt' AND u.laget <= {at}")
    put_right = _rows("uttalelseretting", "r", f"r.skrevet_av <> 'ansatt' AND r.laget <= {at}")
    return f"({said} OR {put_right})"


def _heard(at: str) -> str:
    """U1: so, or the deadline has passed. What somebody at the office wrote down does not count."""
    over = f"({_rows('varselnadd', 'n', f'n.frist <= {at}')} AND NOT {_rows('varselsvar', 'v', f'v.ny_frist > {at}')})"
    return f"({_own(at)} OR {over})"


_HEARD = _heard("NEW.laget")
# A vedtak with all that it corrects, back to the one that was registered first.
_BACK = roots("b.id = NEW.vedtak_id")
# U8: it was registered first when the bruker had been heard to the end, and time that was given was out (U6). A
# correction of an older one is not a new one; and no other reduction names it, or what it corrects.
_NEW = (
    f"NOT EXISTS ({_BACK}SELECT 1 FROM rot WHERE NOT {_heard('rot.laget')} "
    f"OR {_rows('uttalelse', 'x', 'x.laget > rot.laget')} OR {_rows('uttalelseretting', 'y', 'y.laget > rot.laget')} "
    f"OR {_rows('varselsvar', 'z', 'z.ny_frist > rot.laget')} OR EXISTS (SELECT 1 FROM avgjorelse c "
    "WHERE c.kommune_id = NEW.kommune_id AND c.vedtak_id = rot.id)) AND NOT EXISTS (SELECT 1 FROM vedtak d "
    "WHERE d.kommune_id = NEW.kommune_id AND d.erstatter_id = NEW.vedtak_id)"
)
# U6: a conversation or an interpreter that was promised has come to anything since.
_TALKED = (
    f"NOT EXISTS (SELECT 1 FROM varselsvar v JOIN varselonske o ON o.kommune_id = v.kommune_id AND o.id = v.onske_id "
    f"WHERE {_SAK.format(a='v')} AND v.innvilget AND o.slag IN ('samtale','tolk') "
    f"AND NOT {_rows('uttalelse', 'u', 'u.muntlig_av IS NOT NULL AND u.laget > v.laget')} AND NOT EXISTS (SELECT 1 "
    "FROM mote m JOIN varselsak s ON s.kommune_id = m.kommune_id AND s.bruker_id = m.bruker_id "
    "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id AND m.tilstand = 'holdt' AND m.nar > v.laget "
    "AND m.nar <= NEW.laget))"
)
# What nobody has answered is not closed without a word to the bruker.
_WORD = (
    f"(NEW.grunn = 'fant_arbeid' OR NEW.tekst IS NOT NULL OR ({_ANSWERED} AND ({_WORDS} = 0 "
    f"OR {_rows('veiing', 'w', f'w.antall = {_WORDS}')})))"
)
# The latest correction of the vedtak that the vilkår stands on still says that the benefit may be reduced.
_STILL = (
    "NOT EXISTS (WITH RECURSIVE senere(id, sier) AS (SELECT ve.id, ve.reduksjon_oppgitt FROM varselsak s "
    "JOIN vilkarversjon vv ON vv.kommune_id = s.kommune_id AND vv.id = s.vilkarversjon_id "
    "JOIN vedtak ve ON ve.kommune_id = vv.kommune_id AND ve.id = vv.vedtak_id "
    "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id "
    "UNION ALL SELECT c.id, c.reduksjon_oppgitt FROM vedtak c "
    "JOIN senere ON c.erstatter_id = senere.id WHERE c.kommune_id = NEW.kommune_id) "
    "SELECT 1 FROM senere WHERE NOT senere.sier AND NOT EXISTS (SELECT 1 FROM vedtak d "
    "WHERE d.kommune_id = NEW.kommune_id AND d.erstatter_id = senere.id))"
)
# V1: the types that ask for something once, on the day of the deadline or by the end of it (tekstbank.py).
PA_DAGEN = ("mote", "karriere", "okonomi")
ETTER_DAGEN = (
    *("radgiver", "arbeidssoker", "medisinsk", "bostotte", "ytelse", "forvaltning"),
    *("dokumentasjon", "fritekst", "fritekst_okonomi"),
)
# The consequence is stated in the vilkår and in its vedtak, and this very text was shown before anything was noted.
_GROUND = (
    "EXISTS (SELECT 1 FROM varselsak s "
    "JOIN vilkarversjon vv ON vv.kommune_id = s.kommune_id AND vv.id = s.vilkarversjon_id "
    "AND vv.vilkar_id = s.vilkar_id AND vv.bruker_id = s.bruker_id "
    "JOIN vedtak ve ON ve.kommune_id = vv.kommune_id AND ve.id = vv.vedtak_id "
    "JOIN vilkarvisning vi ON vi.kommune_id = vv.kommune_id AND vi.vilkarversjon_id = vv.id "
    "AND vi.bruker_id = s.bruker_id AND coalesce(vi.hjelper, '') <> 'ansatt' "
    "JOIN brudd b ON b.kommune_id = s.kommune_id AND b.sak_id = s.id AND vi.vist <= b.laget "
    "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id AND b.laget <= NEW.{time} "
    "AND vv.konsekvens_oppgitt AND ve.reduksjon_oppgitt)"
)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def conditions(dialect: str) -> dict[str, list[str]]:
    """Table -> what must hold for a new row of it. ``dialect``: «sqlite» or «postgresql»."""

    def day(moment: str, plus: int = 0) -> str:
        if dialect == "sqlite":
            return f"date({moment}, '{plus:+d} days')"
        return f"(({moment} AT TIME ZONE 'UTC')::date + {plus})"

    def later(moment: str, days: int) -> str:
        if dialect == "sqlite":
            return f"strftime('%Y-%m-%d %H:%M:%f', {moment}, '+{days} days')"
        return f"({moment} + interval '{days} days')"

    def months_after(first: str, months: str) -> str:
        if dialect == "sqlite":
            return f"date({first}, '+' || {months} || ' months')"
        return f"(({first}::timestamp + make_interval(months => {months}))::date)"

    def days_between(first: str, last: str) -> str:
        if dialect == "sqlite":
            return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"
        return f"({last} - {first})"

    # U1: nothing that was noted is from before the day after the showing, or was written before it.
    # By days in UTC, which are never after the days in Norway: the service counts those.
    seen = (
        f"NOT EXISTS (SELECT 1 FROM brudd b JOIN varselsak s ON s.kommune_id = b.kommune_id AND s.id = b.sak_id "
        f"WHERE {_SAK.format(a='b')} AND NOT EXISTS (SELECT 1 FROM vilkarvisning vi "
        "WHERE vi.kommune_id = s.kommune_id AND vi.vilkarversjon_id = s.vilkarversjon_id "
        "AND vi.bruker_id = s.bruker_id AND coalesce(vi.hjelper, '') <> 'ansatt' "
        f"AND vi.vist <= b.laget AND {day('vi.vist')} < b.dato))"
    )
    # V1: the last day had come.
    due = (
        "NOT EXISTS (SELECT 1 FROM brudd b JOIN varselsak s ON s.kommune_id = b.kommune_id AND s.id = b.sak_id "
        "JOIN vilkarversjon vv ON vv.kommune_id = s.kommune_id AND vv.id = s.vilkarversjon_id "
        f"WHERE {_SAK.format(a='b')} AND ((vv.type IN ({_listed(PA_DAGEN)}) AND b.dato < vv.frist) "
        f"OR (vv.type IN ({_listed(ETTER_DAGEN)}) AND b.dato <= vv.frist)))"
    )
    # U1, V2: what the bruker was heard about once is no ground again.
    fresh = (
        "NOT EXISTS (SELECT 1 FROM brudd b JOIN varselsak s ON s.kommune_id = b.kommune_id AND s.id = b.sak_id "
        "JOIN varselsak t ON t.kommune_id = s.kommune_id AND t.vilkar_id = s.vilkar_id AND t.id <> s.id "
        "JOIN forhandsvarsel f ON f.kommune_id = t.kommune_id AND f.sak_id = t.id "
        "JOIN brudd c ON c.kommune_id = t.kommune_id AND c.sak_id = t.id "
        f"WHERE {_SAK.format(a='b')} AND b.dato <= c.dato)"
    )
    # V2: no more than the version said, together with what reductions for it have taken. A month is at most 31 days.
    within = (
        "EXISTS (SELECT 1 FROM varselsak s "
        "JOIN vilkarversjon vv ON vv.kommune_id = s.kommune_id AND vv.id = s.vilkarversjon_id "
        "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id AND (vv.belop IS NULL OR vv.maneder IS NULL "
        "OR (NEW.belop <= vv.belop AND NEW.maneder + coalesce((SELECT "
        f"sum(({days_between('a.fra', 'a.til')} + 31) / 31) FROM avgjorelse a "
        "JOIN varselsak t ON t.kommune_id = a.kommune_id AND t.id = a.sak_id WHERE t.kommune_id = s.kommune_id "
        "AND t.vilkarversjon_id = s.vilkarversjon_id AND a.utfall = 'reduksjon'), 0) <= vv.maneder)))"
    )
    # By days in UTC, as above.
    said_later = (
        f"({_rows('uttalelse', 'p', day('p.laget') + ' > ve.dato')} "
        f"OR {_rows('uttalelseretting', 'q', day('q.laget') + ' > ve.dato')})"
    )
    deadline_later = _rows("varselnadd", "g", day("g.frist") + " > ve.dato")
    given_later = _rows("varselsvar", "h", day("h.ny_frist") + " > ve.dato")
    reduction = (
        f"(NEW.utfall <> 'reduksjon' OR ({_NO_TIME_LEFT} AND {_NEW} AND {_STILL} AND {_TALKED} AND {seen} AND {due} "
        f"AND {_GROUND.format(time='laget')} "
        f"AND NEW.fra >= {day('NEW.laget')} AND NEW.fra <= {day('NEW.laget', 93)} "
        f"AND NOT {_rows('uttalelse', 'u', 'u.fant_arbeid')} "
        f"AND NOT {_rows('uttalelseretting', 'r', 'r.fant_arbeid')} AND EXISTS (SELECT 1 FROM varselsak s "
        "JOIN forhandsvarsel f ON f.kommune_id = s.kommune_id AND f.sak_id = s.id "
        "JOIN vilkarversjon vv ON vv.kommune_id = s.kommune_id AND vv.id = s.vilkarversjon_id "
        "JOIN vedtak ve ON ve.kommune_id = s.kommune_id AND ve.id = NEW.vedtak_id AND ve.bruker_id = s.bruker_id "
        "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id AND ve.id <> vv.vedtak_id "
        f"AND ve.laget >= f.sendt AND ve.laget <= NEW.laget AND ve.dato >= {day('f.sendt')} "
        f"AND ve.dato <= {day('NEW.laget', 1)} AND NEW.belop <= f.belop AND NEW.fra >= ve.dato "
        f"AND NEW.til <= {months_after('NEW.fra', 'f.maneder')} AND NOT {said_later} "
        f"AND NOT {given_later} AND ({_own('NEW.laget')} OR NOT {deadline_later}))))"
    )
    # V2: two notices about one vilkår would add up to more than it says.
    alone = (
        "NOT EXISTS (SELECT 1 FROM varselsak s JOIN varselsak t ON t.kommune_id = s.kommune_id "
        "AND t.vilkar_id = s.vilkar_id AND t.id <> s.id "
        "JOIN forhandsvarsel f ON f.kommune_id = t.kommune_id AND f.sak_id = t.id "
        "WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id "
        "AND NOT EXISTS (SELECT 1 FROM varsellukking l WHERE l.kommune_id = t.kommune_id AND l.sak_id = t.id) "
        "AND NOT EXISTS (SELECT 1 FROM avgjorelse a WHERE a.kommune_id = t.kommune_id AND a.sak_id = t.id "
        f"AND (a.til IS NULL OR a.til < {day('NEW.sendt')})))"
    )
    return {
        "brudd": [
            _not_before("laget"),
            _OPEN,
            f"NOT {_rows('forhandsvarsel', 'f')}",
            f"NEW.dato <= {day('NEW.laget', 1)}",
        ],
        "forhandsvarsel": [
            _not_before("sendt"),
            _OPEN,
            _GROUND.format(time="sendt"),
            _STILL,
            alone,
            seen,
            due,
            fresh,
            within,
            f"NEW.tidligst >= {day('NEW.sendt', 11)}",
        ],
        "varselnadd": [
            _not_before("laget"),
            _OPEN,
            _SENT,
            # Ten working days are never fewer than twelve days, less the hour when summer time begins.
            f"(NEW.frist >= {later('NEW.laget', 11)} OR {_rows('varselnadd', 'n', 'n.frist = NEW.frist')})",
            _rows("forhandsvarsel", "f", f"f.tidligst <= {day('NEW.frist')}"),
        ],
        "uttalelse": [_not_before("laget"), _OPEN, _SENT, _rows("varselnadd", "n", "n.laget <= NEW.laget")],
        "uttalelseretting": [
            _not_before("laget"),
            _OPEN,
            _rows("uttalelse", "u", "u.id = NEW.uttalelse_id AND u.muntlig_av IS NOT NULL AND u.laget <= NEW.laget"),
        ],
        "varselonske": [_not_before("laget"), _OPEN, _SENT],
        "varselsvar": [
            _not_before("laget"),
            _OPEN,
            _rows("varselonske", "o", "o.id = NEW.onske_id AND o.laget <= NEW.laget"),
            "(NEW.ny_frist IS NULL OR ("
            f"NOT {_rows('varselsvar', 'v', 'v.ny_frist >= NEW.ny_frist')} "
            f"AND {_rows('varselnadd', 'n', 'n.frist < NEW.ny_frist')}))",
        ],
        "veiing": [_not_before("laget"), _OPEN, _SENT, f"NEW.antall = {_WORDS}", _HEARD, _ANSWERED],
        "avgjorelse": [
            _not_before("laget"),
            f"NOT {_rows('varsellukking', 'l')}",
            _SENT,
            _HEARD,
            _ANSWERED,
            f"EXISTS (SELECT 1 FROM veiing w WHERE {_SAK.format(a='w')} AND w.id = NEW.veiing_id "
            f"AND w.laget <= NEW.laget AND w.antall = {_WORDS} "
            f"AND NOT EXISTS (SELECT 1 FROM uttalelse u WHERE {_SAK.format(a='u')} AND u.laget > w.laget))",
            f"NEW.klagefrist >= {day('NEW.laget', 20)}",
            reduction,
        ],
        "varsellukking": [_not_before("laget"), f"NOT {_rows('avgjorelse', 'a')}", _WORD],
    }


# A matter begins with nothing done in it, about a version of the vilkår that it names, and of the same bruker.
BEGINS = (
    "NEW.tilstand = 'notert' AND NEW.frist IS NULL AND NEW.steg = 1 AND NEW.siste >= NEW.laget AND EXISTS (SELECT 1 "
    "FROM vilkarversjon e WHERE e.kommune_id = NEW.kommune_id AND e.id = NEW.vilkarversjon_id "
    "AND e.vilkar_id = NEW.vilkar_id AND e.bruker_id = NEW.bruker_id AND e.laget <= NEW.laget)"
)
# What never changes in a matter, and what never goes back.
STAYS = (
    "NEW.bruker_id = OLD.bruker_id AND NEW.vilkar_id = OLD.vilkar_id AND NEW.laget = OLD.laget "
    "AND NEW.vilkarversjon_id = OLD.vilkarversjon_id AND NEW.siste >= OLD.siste AND NEW.steg >= OLD.steg "
    "AND (OLD.frist IS NULL OR NEW.frist >= OLD.frist) "
    "AND (OLD.tilstand NOT IN ('avgjort','lukket') OR NEW.tilstand = OLD.tilstand)"
)
