"""What a vilkår, its versions and their vedtak must be, in the database itself. For migration 0015.

The service keeps the same, with words for people. A change here needs a migration of its own.
"""

# ruff: noqa: S608 -- every word of it is ours; nothing that anybody types comes in here

from __future__ import annotations

MESSAGE = "out of order"


def roots(start: str, name: str = "rot") -> str:
    """A WITH clause: the vedtak that ``start`` (a condition on ``b``) finds, with all that each of them corrects."""
    return (
        f"WITH RECURSIVE {name}(id, erstatter_id, laget) AS (SELECT b.id, b.erstatter_id, b.laget FROM vedtak b "
        f"WHERE b.kommune_id = NEW.kommune_id AND {start} UNION ALL SELECT b.id, b.erstatter_id, b.laget "
        f"FROM vedtak b JOIN {name} ON b.id = {name}.erstatter_id WHERE b.kommune_id = NEW.kommune_id) "
    )


# No version before this one stands on the same vedtak, or on one that it corrects or is corrected by.
_OTHER_VEDTAK = (
    f"NOT EXISTS ({roots('b.id = NEW.vedtak_id')}SELECT 1 FROM rot WHERE rot.erstatter_id IS NULL AND rot.id IN ("
    + roots(
        "b.id IN (SELECT e.vedtak_id FROM vilkarversjon e WHERE e.kommune_id = NEW.kommune_id "
        "AND e.vilkar_id = NEW.vilkar_id)",
        "brukt",
    )
    + "SELECT brukt.id FROM brukt))"
)
CONDITIONS: dict[str, list[str]] = {
    # A correction is the same bruker's, and is not registered before what it corrects.
    "vedtak": [
        "NEW.erstatter_id IS NULL OR EXISTS (SELECT 1 FROM vedtak v WHERE v.kommune_id = NEW.kommune_id "
        "AND v.id = NEW.erstatter_id AND v.bruker_id = NEW.bruker_id AND v.laget <= NEW.laget)"
    ],
    # A version comes after the one before it, on a vedtak of its own that was registered since.
    "vilkarversjon": [
        "EXISTS (SELECT 1 FROM vilkar k WHERE k.kommune_id = NEW.kommune_id AND k.id = NEW.vilkar_id "
        "AND k.bruker_id = NEW.bruker_id)",
        "EXISTS (SELECT 1 FROM vedtak v WHERE v.kommune_id = NEW.kommune_id AND v.id = NEW.vedtak_id "
        "AND v.bruker_id = NEW.bruker_id)",
        "NEW.versjon = 1 OR EXISTS (SELECT 1 FROM vilkarversjon e WHERE e.kommune_id = NEW.kommune_id "
        "AND e.vilkar_id = NEW.vilkar_id AND e.versjon = NEW.versjon - 1 AND e.laget <= NEW.laget "
        f"AND NOT EXISTS ({roots('b.id = NEW.vedtak_id')}SELECT 1 FROM rot WHERE rot.laget < e.laget))",
        _OTHER_VEDTAK,
    ],
    # Nothing is shown before it is written, or to anybody else.
    "vilkarvisning": [
        "EXISTS (SELECT 1 FROM vilkarversjon e WHERE e.kommune_id = NEW.kommune_id AND e.id = NEW.vilkarversjon_id "
        "AND e.bruker_id = NEW.bruker_id AND e.laget <= NEW.vist)"
    ],
}


def guard(dialect: str) -> list[str]:
    """The statements that put the guards up."""
    made = []
    for table, all_of in CONDITIONS.items():
        holds = " AND ".join(f"({one})" for one in all_of)
        if dialect == "sqlite":
            made.append(
                f"CREATE TRIGGER {table}_rekkefolge BEFORE INSERT ON {table} WHEN ({holds}) IS NOT TRUE "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
            )
            continue
        made += [
            f"CREATE FUNCTION medvirk_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF ({holds}) IS NOT TRUE THEN RAISE EXCEPTION '{MESSAGE}: {table}'; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_rekkefolge BEFORE INSERT ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION medvirk_{table}()",
        ]
    return made


def unguard(dialect: str) -> list[str]:
    """The statements that take them down, for a migration that goes down."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_rekkefolge" for table in CONDITIONS]
    return [f"DROP FUNCTION IF EXISTS medvirk_{table}() CASCADE" for table in CONDITIONS]
