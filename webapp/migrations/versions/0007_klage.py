"""klage: attachments, and klage with what is done with it.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "vedleggskobling",
    "klage",
    "klagesteg",
)

# A file can be taken away until it has been sent with something (then the reference holds it), and never changed.
UNCHANGED = ("vedlegg",)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "klage",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("mal_type", sa.String(length=10), nullable=False),
        sa.Column("mal_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(length=12), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("klagefrist", sa.Date(), nullable=False),
        sa.Column("for_sent", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("mal_type in ('vedtak','vilkar','reduksjon','rad')", name=op.f("ck_klage_mal_type")),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_klage_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_klage_kommune_id_bruker_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klage")),
        sa.UniqueConstraint("kommune_id", "nummer", name=op.f("uq_klage_kommune_id_nummer")),
    )
    op.create_index("ix_klage_bruker", "klage", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "vedlegg",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("lagt_til_av", sa.String(length=10), nullable=False),
        sa.Column("skjema", sa.String(length=300), nullable=False),
        sa.Column("navn", sa.LargeBinary(), nullable=False),
        sa.Column("mime", sa.String(length=20), nullable=False),
        sa.Column("storrelse", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("lagt_til_av in ('bruker','hjelper','ansatt')", name=op.f("ck_vedlegg_lagt_til_av")),
        sa.CheckConstraint("mime in ('image/jpeg','application/pdf')", name=op.f("ck_vedlegg_mime")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_vedlegg_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vedlegg_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vedlegg")),
    )
    op.create_index("ix_vedlegg_bruker", "vedlegg", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_index("ix_vedlegg_laget", "vedlegg", ["kommune_id", "laget"], unique=False)
    op.create_table(
        "klagesteg",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("steg", sa.String(length=15), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(nr = 1 and steg = 'mottatt') or (nr = 2 and steg in ('omgjort','opprettholdt')) "
            "or (nr = 3 and steg = 'sendt') or (nr = 4 and steg in ('medhold','delvis','ikke_medhold','opphevet'))",
            name=op.f("ck_klagesteg_steg"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_klagesteg_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_klagesteg_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "klage_id"], ["klage.kommune_id", "klage.id"], name=op.f("fk_klagesteg_kommune_id_klage_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_klagesteg")),
        sa.UniqueConstraint("kommune_id", "klage_id", "nr", name=op.f("uq_klagesteg_kommune_id_klage_id_nr")),
    )
    op.create_index("ix_klagesteg_bruker", "klagesteg", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "vedleggskobling",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vedlegg_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("opphav_type", sa.String(length=20), nullable=False),
        sa.Column("opphav_id", sa.Uuid(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vedleggskobling_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedlegg_id"],
            ["vedlegg.kommune_id", "vedlegg.id"],
            name=op.f("fk_vedleggskobling_kommune_id_vedlegg_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "vedlegg_id", name=op.f("pk_vedleggskobling")),
    )
    op.create_index(
        "ix_vedleggskobling_opphav",
        "vedleggskobling",
        ["kommune_id", "bruker_id", "opphav_type", "opphav_id"],
        unique=False,
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in protect(table, dialect):
            op.execute(statement)
    for table in UNCHANGED:
        op.execute(protect(table, dialect)[0] if dialect == "sqlite" else _no_update(table))


def _no_update(table: str) -> str:
    return f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION medvirk_refuse()"


def downgrade() -> None:
    """Take them away again."""
    dialect = op.get_bind().dialect.name
    for table in (*APPEND_ONLY, *UNCHANGED):
        for statement in release(table, dialect):
            op.execute(statement)
    for table in (
        "vedleggskobling",
        "klagesteg",
        "vedlegg",
        "klage",
    ):
        op.drop_table(table)
