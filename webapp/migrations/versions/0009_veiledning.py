"""veiledning: råd og veiledning, from the application to the end.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "radsoknad",
    "radvedtak",
    "radsamtale",
    "radslutt",
)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "radsoknad",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(length=12), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_radsoknad_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_radsoknad")),
        sa.UniqueConstraint("kommune_id", "nummer", name=op.f("uq_radsoknad_kommune_id_nummer")),
    )
    op.create_index("ix_radsoknad_bruker", "radsoknad", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "radvedtak",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("soknad_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("utfall", sa.String(length=10), nullable=False),
        sa.Column("nummer", sa.LargeBinary(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("klagefrist", sa.Date(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("utfall <> 'innvilget' or start is not null", name=op.f("ck_radvedtak_start")),
        sa.CheckConstraint("utfall in ('innvilget','avslatt')", name=op.f("ck_radvedtak_utfall")),
        sa.CheckConstraint("klagefrist > dato", name=op.f("ck_radvedtak_klagefrist")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_radvedtak_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_radvedtak_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "soknad_id"],
            ["radsoknad.kommune_id", "radsoknad.id"],
            name=op.f("fk_radvedtak_kommune_id_soknad_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_radvedtak")),
        sa.UniqueConstraint("kommune_id", "soknad_id", name=op.f("uq_radvedtak_kommune_id_soknad_id")),
    )
    op.create_index("ix_radvedtak_bruker", "radvedtak", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "radsamtale",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("vedtak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_radsamtale_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_radsamtale_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedtak_id"],
            ["radvedtak.kommune_id", "radvedtak.id"],
            name=op.f("fk_radsamtale_kommune_id_vedtak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_radsamtale")),
    )
    op.create_index("ix_radsamtale_bruker", "radsamtale", ["kommune_id", "bruker_id", "dato"], unique=False)
    op.create_table(
        "radslutt",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("vedtak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_radslutt_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_radslutt_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedtak_id"],
            ["radvedtak.kommune_id", "radvedtak.id"],
            name=op.f("fk_radslutt_kommune_id_vedtak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_radslutt")),
        sa.UniqueConstraint("kommune_id", "vedtak_id", name=op.f("uq_radslutt_kommune_id_vedtak_id")),
    )
    op.create_index("ix_radslutt_bruker", "radslutt", ["kommune_id", "bruker_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in protect(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    """Take them away again."""
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in release(table, dialect):
            op.execute(statement)
    for table in (
        "radslutt",
        "radsamtale",
        "radvedtak",
        "radsoknad",
    ):
        op.drop_table(table)
