"""The guards of vern.py as triggers, for both engines; and a matter's latest time, which every new row raises."""

# ruff: noqa: S608 -- every word of it is ours; nothing that anybody types comes in here

from __future__ import annotations

from webapp.varsel.vern import BEGINS, MESSAGE, STAYS, conditions


def _time(table: str) -> str:
    return "sendt" if table == "forhandsvarsel" else "laget"


def guard(dialect: str) -> list[str]:
    """The statements that put the guards up."""
    made = []
    for table, all_of in conditions(dialect).items():
        holds = " AND ".join(f"({one})" for one in all_of)
        raised = (
            f"UPDATE varselsak SET siste = NEW.{_time(table)} WHERE kommune_id = NEW.kommune_id AND id = NEW.sak_id "
            f"AND siste < NEW.{_time(table)};"
        )
        if dialect == "sqlite":
            made += [
                f"CREATE TRIGGER {table}_rekkefolge BEFORE INSERT ON {table} WHEN ({holds}) IS NOT TRUE "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END",
                f"CREATE TRIGGER {table}_siste AFTER INSERT ON {table} BEGIN {raised} END",
            ]
            continue
        made += [
            # The matter is locked first: two who write at once are looked at one after the other.
            f"CREATE FUNCTION medvirk_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM 1 FROM varselsak s WHERE s.kommune_id = NEW.kommune_id AND s.id = NEW.sak_id FOR UPDATE; "
            f"IF ({holds}) IS NOT TRUE THEN RAISE EXCEPTION '{MESSAGE}: {table}'; END IF; {raised} RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_rekkefolge BEFORE INSERT ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION medvirk_{table}()",
        ]
    if dialect == "sqlite":
        made += [
            f"CREATE TRIGGER varselsak_star BEFORE UPDATE ON varselsak WHEN ({STAYS}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: varselsak'); END",
            f"CREATE TRIGGER varselsak_begynner BEFORE INSERT ON varselsak WHEN ({BEGINS}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: varselsak'); END",
            "CREATE TRIGGER varselsak_blir BEFORE DELETE ON varselsak "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: varselsak'); END",
        ]
    else:
        made += [
            "CREATE FUNCTION medvirk_varselsak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'INSERT' THEN IF ({BEGINS}) IS TRUE THEN RETURN NEW; END IF; END IF; "
            f"IF TG_OP = 'UPDATE' THEN IF ({STAYS}) IS TRUE THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '{MESSAGE}: varselsak'; END $$",
            "CREATE TRIGGER varselsak_star BEFORE INSERT OR UPDATE OR DELETE ON varselsak FOR EACH ROW "
            "EXECUTE FUNCTION medvirk_varselsak()",
        ]
    return made


def unguard(dialect: str) -> list[str]:
    """The statements that take them down, for a migration that goes down."""
    tables = list(conditions(dialect))
    if dialect == "sqlite":
        names = [f"{table}_{kind}" for table in tables for kind in ("rekkefolge", "siste")]
        names += ["varselsak_star", "varselsak_begynner", "varselsak_blir"]
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    return [f"DROP FUNCTION IF EXISTS medvirk_{table}() CASCADE" for table in [*tables, "varselsak"]]
