"""moter: meetings, notes, and what the bruker asks for.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("notatversjon", "notatkommentar", "motevurdering")


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "henvendelse",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("slag", sa.String(length=10), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("svar", sa.LargeBinary(), nullable=True),
        sa.Column("besvart", sa.DateTime(timezone=True), nullable=True),
        sa.Column("besvart_av", sa.Uuid(), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slag in ('retting','sletting','annet')", name=op.f("ck_henvendelse_slag")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_henvendelse_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_henvendelse")),
    )
    op.create_index("ix_henvendelse_bruker", "henvendelse", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "mote",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("levering_id", sa.Uuid(), nullable=True),
        sa.Column("nar", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutter", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("sted", sa.LargeBinary(), nullable=False),
        sa.Column("melding", sa.LargeBinary(), nullable=True),
        sa.Column("tilstand", sa.String(length=12), nullable=False),
        sa.Column("sekvens", sa.Integer(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("form in ('kontor','telefon','video','annet')", name=op.f("ck_mote_form")),
        sa.CheckConstraint("tilstand in ('avtalt','holdt','avlyst','ikke_holdt')", name=op.f("ck_mote_tilstand")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"], ["ansatt.kommune_id", "ansatt.id"], name=op.f("fk_mote_kommune_id_ansatt_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_mote_kommune_id_bruker_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "levering_id"],
            ["levering.kommune_id", "levering.id"],
            name=op.f("fk_mote_kommune_id_levering_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_mote")),
    )
    op.create_index("ix_mote_ansatt", "mote", ["kommune_id", "ansatt_id", "tilstand", "nar"], unique=False)
    op.create_index("ix_mote_bruker", "mote", ["kommune_id", "bruker_id", "nar"], unique=False)
    op.create_table(
        "dagsorden",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mote_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_dagsorden_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "mote_id"], ["mote.kommune_id", "mote.id"], name=op.f("fk_dagsorden_kommune_id_mote_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "mote_id", name=op.f("pk_dagsorden")),
    )
    op.create_table(
        "motevurdering",
        sa.Column("mote_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansikt", sa.Integer(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ansikt between 1 and 5", name=op.f("ck_motevurdering_ansikt")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_motevurdering_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "mote_id"], ["mote.kommune_id", "mote.id"], name=op.f("fk_motevurdering_kommune_id_mote_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_motevurdering")),
    )
    op.create_index("ix_motevurdering_mote", "motevurdering", ["kommune_id", "mote_id"], unique=False)
    op.create_table(
        "samtalenotat",
        sa.Column("mote_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_samtalenotat_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_samtalenotat_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "mote_id"], ["mote.kommune_id", "mote.id"], name=op.f("fk_samtalenotat_kommune_id_mote_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_samtalenotat")),
        sa.UniqueConstraint("kommune_id", "mote_id", name=op.f("uq_samtalenotat_kommune_id_mote_id")),
    )
    op.create_index("ix_samtalenotat_bruker", "samtalenotat", ["kommune_id", "bruker_id"], unique=False)
    op.create_table(
        "notatversjon",
        sa.Column("notat_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("delt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_notatversjon_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_notatversjon_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "notat_id"],
            ["samtalenotat.kommune_id", "samtalenotat.id"],
            name=op.f("fk_notatversjon_kommune_id_notat_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_notatversjon")),
        sa.UniqueConstraint(
            "kommune_id", "notat_id", "versjon", name=op.f("uq_notatversjon_kommune_id_notat_id_versjon")
        ),
    )
    op.create_index("ix_notatversjon_bruker", "notatversjon", ["kommune_id", "bruker_id", "delt"], unique=False)
    op.create_table(
        "notatkommentar",
        sa.Column("notatversjon_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_notatkommentar_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "notatversjon_id"],
            ["notatversjon.kommune_id", "notatversjon.id"],
            name=op.f("fk_notatkommentar_kommune_id_notatversjon_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_notatkommentar")),
    )
    op.create_index("ix_notatkommentar_versjon", "notatkommentar", ["kommune_id", "notatversjon_id"], unique=False)
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
    op.drop_index("ix_notatkommentar_versjon", table_name="notatkommentar")
    op.drop_table("notatkommentar")
    op.drop_index("ix_notatversjon_bruker", table_name="notatversjon")
    op.drop_table("notatversjon")
    op.drop_index("ix_samtalenotat_bruker", table_name="samtalenotat")
    op.drop_table("samtalenotat")
    op.drop_index("ix_motevurdering_mote", table_name="motevurdering")
    op.drop_table("motevurdering")
    op.drop_table("dagsorden")
    op.drop_index("ix_mote_bruker", table_name="mote")
    op.drop_index("ix_mote_ansatt", table_name="mote")
    op.drop_table("mote")
    op.drop_index("ix_henvendelse_bruker", table_name="henvendelse")
    op.drop_table("henvendelse")
