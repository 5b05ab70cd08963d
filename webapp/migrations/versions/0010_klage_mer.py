"""klage: what is added, withdrawn, told aloud and put right; råd og veiledning: the law's shortest deadline.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# ruff: noqa: S608 -- every word of it is ours; nothing that anybody types comes in here

MESSAGE = "out of order"
_KLAGE = "{a}.kommune_id = NEW.kommune_id AND {a}.klage_id = NEW.klage_id"
_STEG = f"SELECT 1 FROM klagesteg s WHERE {_KLAGE.format(a='s')}"
_NOT_WITHDRAWN = f"NOT EXISTS (SELECT 1 FROM klagetrekk t WHERE {_KLAGE.format(a='t')})"
_NOT_ANSWERED = f"NOT EXISTS ({_STEG} AND (s.nr = 4 OR s.steg = 'omgjort'))"
_TOLD = (
    "EXISTS (SELECT 1 FROM klage k WHERE k.kommune_id = NEW.kommune_id AND k.id = NEW.klage_id "
    "AND k.skrevet_av = 'ansatt')"
)
# What must hold before a row of a klage comes in, as webapp/klage/rules.py has it. Two at once: the klage is locked.
ORDER = {
    "klagesteg": [_NOT_WITHDRAWN],
    "klagetillegg": [_NOT_WITHDRAWN, _NOT_ANSWERED],
    "klagetrekk": [_NOT_ANSWERED],
    "klageretting": [
        _NOT_WITHDRAWN,
        f"NOT EXISTS ({_STEG} AND s.nr > 1)",
        f"EXISTS (SELECT 1 FROM klagenedtegning n WHERE {_KLAGE.format(a='n')})",
    ],
}
# Told before it was written down. A day ends in Norway up to two hours before it ends in UTC, in which SQLite reckons.
TOLD = {
    "sqlite": [_TOLD, "NEW.sagt <= date(NEW.laget, '+2 hours')"],
    "postgresql": [_TOLD, "NEW.sagt <= (NEW.laget AT TIME ZONE 'Europe/Oslo')::date"],
}
# Forvaltningsloven § 29: three weeks from when the message about the vedtak came. It cannot have come before the date
# of the vedtak, so three weeks from that date is the least that can be right, whatever the day it came on: a bound that
# holds for every row. A longer one is the office's to give. When the law changes, a migration after this one does.
LAW = {
    "sqlite": ["NEW.klagefrist >= date(NEW.dato, '+21 days')"],
    "postgresql": ["NEW.klagefrist >= NEW.dato + 21"],
}

APPEND_ONLY = (
    "klagetillegg",
    "klagetilleggsteg",
    "klagetrekk",
    "klagenedtegning",
    "klageretting",
)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "klagenedtegning",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("hvordan", sa.String(length=10), nullable=False),
        sa.Column("sagt", sa.Date(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("hvordan in ('telefon','kontor')", name=op.f("ck_klagenedtegning_hvordan")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_klagenedtegning_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klagenedtegning_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "klage_id"],
            ["klage.kommune_id", "klage.id"],
            name=op.f("fk_klagenedtegning_kommune_id_klage_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klagenedtegning")),
        sa.UniqueConstraint("kommune_id", "klage_id", name=op.f("uq_klagenedtegning_kommune_id_klage_id")),
    )
    op.create_index("ix_klagenedtegning_bruker", "klagenedtegning", ["kommune_id", "bruker_id"], unique=False)
    op.create_table(
        "klageretting",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_klageretting_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klageretting_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "klage_id"],
            ["klage.kommune_id", "klage.id"],
            name=op.f("fk_klageretting_kommune_id_klage_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klageretting")),
    )
    op.create_index("ix_klageretting_bruker", "klageretting", ["kommune_id", "bruker_id", "klage_id"], unique=False)
    op.create_table(
        "klagetillegg",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(length=12), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_klagetillegg_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klagetillegg_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "klage_id"],
            ["klage.kommune_id", "klage.id"],
            name=op.f("fk_klagetillegg_kommune_id_klage_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klagetillegg")),
        sa.UniqueConstraint("kommune_id", "nummer", name=op.f("uq_klagetillegg_kommune_id_nummer")),
    )
    op.create_index("ix_klagetillegg_bruker", "klagetillegg", ["kommune_id", "bruker_id", "klage_id"], unique=False)
    op.create_table(
        "klagetrekk",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_klagetrekk_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klagetrekk_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "klage_id"], ["klage.kommune_id", "klage.id"], name=op.f("fk_klagetrekk_kommune_id_klage_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klagetrekk")),
        sa.UniqueConstraint("kommune_id", "klage_id", name=op.f("uq_klagetrekk_kommune_id_klage_id")),
    )
    op.create_index("ix_klagetrekk_bruker", "klagetrekk", ["kommune_id", "bruker_id"], unique=False)
    op.create_table(
        "klagetilleggsteg",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("tillegg_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("steg", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("steg in ('vurdert','sendt')", name=op.f("ck_klagetilleggsteg_steg")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_klagetilleggsteg_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klagetilleggsteg_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "tillegg_id"],
            ["klagetillegg.kommune_id", "klagetillegg.id"],
            name=op.f("fk_klagetilleggsteg_kommune_id_tillegg_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klagetilleggsteg")),
        sa.UniqueConstraint("kommune_id", "tillegg_id", name=op.f("uq_klagetilleggsteg_kommune_id_tillegg_id")),
    )
    op.create_index("ix_klagetilleggsteg_bruker", "klagetilleggsteg", ["kommune_id", "bruker_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in protect(table, dialect):
            op.execute(statement)
    # Triggers and not CHECKs: SQLite would have to make radvedtak anew, and rows from before today may be shorter.
    for table, holds in _guards(dialect).items():
        for statement in _guard(dialect, table, " AND ".join(f"({one})" for one in holds)):
            op.execute(statement)


def _guards(dialect: str) -> dict[str, list[str]]:
    return {**ORDER, "klagenedtegning": TOLD[dialect], "radvedtak": LAW[dialect]}


def _guard(dialect: str, table: str, holds: str) -> list[str]:
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_holder BEFORE INSERT ON {table} WHEN ({holds}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        ]
    lock = ""
    if table in ORDER:
        lock = "PERFORM 1 FROM klage k WHERE k.kommune_id = NEW.kommune_id AND k.id = NEW.klage_id FOR UPDATE; "
    return [
        f"CREATE FUNCTION medvirk_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {lock}"
        f"IF ({holds}) IS NOT TRUE THEN RAISE EXCEPTION '{MESSAGE}: {table}'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_holder BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION medvirk_{table}()",
    ]


def downgrade() -> None:
    """Take them away again."""
    dialect = op.get_bind().dialect.name
    for table in _guards(dialect):
        drop = f"TRIGGER IF EXISTS {table}_holder" if dialect == "sqlite" else f"FUNCTION medvirk_{table}() CASCADE"
        op.execute(f"DROP {drop}")
    for table in APPEND_ONLY:
        for statement in release(table, dialect):
            op.execute(statement)
    for table in (
        "klagetilleggsteg",
        "klagetrekk",
        "klagetillegg",
        "klageretting",
        "klagenedtegning",
    ):
        op.drop_table(table)
