"""kartlegging: the mapping: answers, deliveries, remarks.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("levering", "merknad", "merknadsvar")


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "kartlegging",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("visning", sa.String(length=20), nullable=False),
        sa.Column("begynt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sist_tema", sa.String(length=40), nullable=True),
        sa.Column("siste_levering_id", sa.Uuid(), nullable=True),
        sa.Column("levert", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("samtale_frist", sa.Date(), nullable=True),
        sa.Column("samtale_holdt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_frist", sa.Date(), nullable=True),
        sa.Column("plan_fulgt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mini_frist", sa.Date(), nullable=True),
        sa.Column("venter_svar", sa.Integer(), nullable=False),
        sa.Column("nye_svar", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_kartlegging_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", name=op.f("pk_kartlegging")),
    )
    op.create_table(
        "levering",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(length=20), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("forrige_id", sa.Uuid(), nullable=True),
        sa.Column("nokkel", sa.String(length=64), nullable=False),
        sa.Column("visning", sa.String(length=20), nullable=False),
        sa.Column("skjema_versjon", sa.String(length=20), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("levert", sa.DateTime(timezone=True), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("samtale_frist", sa.Date(), nullable=False),
        sa.Column("plan_frist", sa.Date(), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_levering_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "forrige_id"],
            ["levering.kommune_id", "levering.id"],
            name=op.f("fk_levering_kommune_id_forrige_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_levering")),
        sa.UniqueConstraint("kommune_id", "bruker_id", "nokkel", name=op.f("uq_levering_kommune_id_bruker_id_nokkel")),
        sa.UniqueConstraint(
            "kommune_id", "bruker_id", "versjon", name=op.f("uq_levering_kommune_id_bruker_id_versjon")
        ),
        sa.UniqueConstraint("kommune_id", "nummer", name=op.f("uq_levering_kommune_id_nummer")),
    )
    op.create_table(
        "svar",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("sporsmal", sa.String(length=60), nullable=False),
        sa.Column("tema", sa.String(length=40), nullable=False),
        sa.Column("verdi", sa.LargeBinary(), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_svar_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_svar_kommune_id_bruker_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", "sporsmal", name=op.f("pk_svar")),
    )
    op.create_table(
        "svarkonflikt",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("sporsmal", sa.String(length=60), nullable=False),
        sa.Column("verdi", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_svarkonflikt_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_svarkonflikt")),
    )
    op.create_index("ix_svarkonflikt_bruker", "svarkonflikt", ["kommune_id", "bruker_id", "lost"], unique=False)
    op.create_table(
        "merknad",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("levering_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("sporsmal", sa.String(length=60), nullable=False),
        sa.Column("slag", sa.String(length=10), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slag in ('merknad','sporsmal')", name=op.f("ck_merknad_slag")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_merknad_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_merknad_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "levering_id"],
            ["levering.kommune_id", "levering.id"],
            name=op.f("fk_merknad_kommune_id_levering_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_merknad")),
    )
    op.create_index("ix_merknad_bruker", "merknad", ["kommune_id", "bruker_id", "levering_id"], unique=False)
    op.create_table(
        "merknadsvar",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("merknad_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_merknadsvar_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "merknad_id"],
            ["merknad.kommune_id", "merknad.id"],
            name=op.f("fk_merknadsvar_kommune_id_merknad_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_merknadsvar")),
    )
    op.create_index("ix_merknadsvar_merknad", "merknadsvar", ["kommune_id", "merknad_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in protect(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    """Undo it. What was stored in these tables is lost."""
    dialect = op.get_bind().dialect.name
    for table in reversed(APPEND_ONLY):
        for statement in release(table, dialect):
            op.execute(statement)
    op.drop_index("ix_merknadsvar_merknad", table_name="merknadsvar")
    op.drop_table("merknadsvar")
    op.drop_index("ix_merknad_bruker", table_name="merknad")
    op.drop_table("merknad")
    op.drop_index("ix_svarkonflikt_bruker", table_name="svarkonflikt")
    op.drop_table("svarkonflikt")
    op.drop_table("svar")
    op.drop_table("levering")
    op.drop_table("kartlegging")
