"""paminnelse: the outbox, what a bruker chose, push devices, and what was sent.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

APPEND_ONLY = ("paminnelse_sendt",)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "paminnelse_sendt",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("utboks_id", sa.Uuid(), nullable=False),
        sa.Column("hendelse", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("trinn", sa.String(length=12), nullable=False),
        sa.Column("kanal", sa.String(length=10), nullable=False),
        sa.Column("resultat", sa.String(length=10), nullable=False),
        sa.Column("kode", sa.String(length=20), nullable=False),
        sa.Column("nar", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kanal in ('medvirk','epost','push','sms')", name=op.f("ck_paminnelse_sendt_kanal")),
        sa.CheckConstraint(
            "resultat in ('synlig','sendt','uviss','avvist')", name=op.f("ck_paminnelse_sendt_resultat")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_paminnelse_sendt_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_paminnelse_sendt")),
        sa.UniqueConstraint(
            "kommune_id", "utboks_id", "resultat", name=op.f("uq_paminnelse_sendt_kommune_id_utboks_id_resultat")
        ),
    )
    op.create_index("ix_paminnelse_sendt_bruker", "paminnelse_sendt", ["kommune_id", "bruker_id", "nar"], unique=False)
    op.create_table(
        "paminnelsevalg",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("epost", sa.Boolean(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.Column("adresse", sa.LargeBinary(), nullable=True),
        sa.Column("stille_fra", sa.Integer(), nullable=False),
        sa.Column("stille_til", sa.Integer(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stille_fra between 0 and 23 and stille_til between 0 and 23", name=op.f("ck_paminnelsevalg_stille")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_paminnelsevalg_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", name=op.f("pk_paminnelsevalg")),
    )
    op.create_table(
        "pushabonnement",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("abonnement", sa.LargeBinary(), nullable=False),
        sa.Column("enhet", sa.String(length=60), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_pushabonnement_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_pushabonnement")),
        sa.UniqueConstraint("kommune_id", "hash", name=op.f("uq_pushabonnement_kommune_id_hash")),
    )
    op.create_index("ix_pushabonnement_bruker", "pushabonnement", ["kommune_id", "bruker_id"], unique=False)
    op.create_table(
        "sammendragsvalg",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("pa", sa.Boolean(), nullable=False),
        sa.Column("adresse", sa.LargeBinary(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_sammendragsvalg_kommune_id_ansatt_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "ansatt_id", name=op.f("pk_sammendragsvalg")),
    )
    op.create_table(
        "utboks",
        sa.Column("bruker_id", sa.Uuid(), nullable=True),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("hendelse", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("trinn", sa.String(length=12), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("kanal", sa.String(length=10), nullable=False),
        sa.Column("mal_id", sa.Uuid(), nullable=False),
        sa.Column("send_etter", sa.DateTime(timezone=True), nullable=False),
        sa.Column("neste_forsok", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forsok", sa.Integer(), nullable=False),
        sa.Column("tilstand", sa.String(length=10), nullable=False),
        sa.Column("tatt_av", sa.Uuid(), nullable=True),
        sa.Column("tatt_til", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kode", sa.String(length=20), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "hendelse in ('varsel','vilkar','mote','merknad','notat','avgjorelse','klage','rad','mini','sammendrag',"
            "'prove')",
            name=op.f("ck_utboks_hendelse"),
        ),
        sa.CheckConstraint("kanal in ('fordel','epost','push','sms')", name=op.f("ck_utboks_kanal")),
        sa.CheckConstraint(
            "tilstand in ('venter','tatt','sender','sendt','uviss','avlyst','dod')", name=op.f("ck_utboks_tilstand")
        ),
        sa.CheckConstraint("(bruker_id is null) <> (ansatt_id is null)", name=op.f("ck_utboks_en_mottaker")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"], ["ansatt.kommune_id", "ansatt.id"], name=op.f("fk_utboks_kommune_id_ansatt_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_utboks_kommune_id_bruker_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_utboks")),
        sa.UniqueConstraint(
            "kommune_id", "hendelse", "ref", "trinn", "versjon", "kanal", "mal_id", name="uq_utboks_en"
        ),
    )
    op.create_index("ix_utboks_bruker", "utboks", ["kommune_id", "bruker_id", "kanal", "laget"], unique=False)
    op.create_index("ix_utboks_ko", "utboks", ["kommune_id", "tilstand", "neste_forsok"], unique=False)
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
        "utboks",
        "sammendragsvalg",
        "pushabonnement",
        "paminnelsevalg",
        "paminnelse_sendt",
    ):
        op.drop_table(table)
