"""varsel: that an avgjørelse was opened, or reached the bruker another way.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "avgjorelsenadd"
MESSAGE = "out of order"
# Nothing arrives before it is decided.
HOLDS = (
    "EXISTS (SELECT 1 FROM avgjorelse a WHERE a.kommune_id = NEW.kommune_id AND a.sak_id = NEW.sak_id "
    "AND a.laget <= NEW.laget)"
)
GUARD = {
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_orden BEFORE INSERT ON {TABLE} WHEN ({HOLDS}) IS NOT TRUE "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {TABLE}'); END"
    ],
    "postgresql": [
        f"CREATE FUNCTION medvirk_{TABLE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({HOLDS}) IS NOT TRUE THEN RAISE EXCEPTION '{MESSAGE}: {TABLE}'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {TABLE}_orden BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION medvirk_{TABLE}()",
    ],
}
UNGUARD = {
    "sqlite": f"DROP TRIGGER IF EXISTS {TABLE}_orden",
    "postgresql": f"DROP FUNCTION medvirk_{TABLE}() CASCADE",
}


def upgrade() -> None:
    """Make the table. Of older decisions nobody knows when they were opened: nothing is guessed at."""
    op.create_table(
        TABLE,
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("hvordan", sa.String(length=10), nullable=False),
        sa.Column("ord", sa.LargeBinary(), nullable=True),
        sa.Column("vist", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(hvordan = 'apnet') = (ansatt_id is null)", name=op.f("ck_avgjorelsenadd_hvem")),
        sa.CheckConstraint(
            "hvordan in ('apnet','telefon','mote','overlevert','annet')", name=op.f("ck_avgjorelsenadd_hvordan")
        ),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper')", name=op.f("ck_avgjorelsenadd_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_avgjorelsenadd_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_avgjorelsenadd_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_avgjorelsenadd")),
    )
    op.create_index("ix_avgjorelsenadd_sak", TABLE, ["kommune_id", "sak_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for statement in (*protect(TABLE, dialect), *GUARD[dialect]):
        op.execute(statement)


def downgrade() -> None:
    """Take it away again. When a decision was opened is forgotten."""
    dialect = op.get_bind().dialect.name
    for statement in (UNGUARD[dialect], *release(TABLE, dialect)):
        op.execute(statement)
    op.drop_table(TABLE)
