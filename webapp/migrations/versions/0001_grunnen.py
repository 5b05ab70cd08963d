"""grunnen: the ground: people, sessions, events.

Revision: 0001, after nothing
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("hendelse",)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "forsok",
        sa.Column("nokkel", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fra", sa.DateTime(timezone=True), nullable=False),
        sa.Column("antall", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nokkel", name=op.f("pk_forsok")),
    )
    op.create_index(op.f("ix_forsok_fra"), "forsok", ["fra"], unique=False)
    op.create_table(
        "hendelse",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lopenr", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("aktor_type", sa.String(length=10), nullable=False),
        sa.Column("aktor_id", sa.Uuid(), nullable=True),
        sa.Column("bruker_id", sa.Uuid(), nullable=True),
        sa.Column("innhold", sa.JSON(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("kommune_id", "lopenr", name=op.f("pk_hendelse")),
    )
    op.create_index("ix_hendelse_bruker", "hendelse", ["kommune_id", "bruker_id", "lopenr"], unique=False)
    op.create_table(
        "hendelseskjede",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lopenr", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("kommune_id", name=op.f("pk_hendelseskjede")),
    )
    op.create_table(
        "kommune",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.String(length=4), nullable=False),
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.Column("nokkel", sa.LargeBinary(), nullable=False),
        sa.Column("hovednokkel", sa.String(length=20), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kommune")),
        sa.UniqueConstraint("nummer", name=op.f("uq_kommune_nummer")),
    )
    op.create_table(
        "okt",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_type", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hvordan", sa.String(length=20), nullable=False),
        sa.Column("enhet", sa.String(length=60), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sist_brukt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utloper", sa.DateTime(timezone=True), nullable=False),
        sa.Column("avsluttet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bekreftet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skriver", sa.String(length=20), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("person_type in ('bruker','ansatt')", name=op.f("ck_okt_person_type")),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_okt")),
        sa.UniqueConstraint("kommune_id", "hash", name=op.f("uq_okt_kommune_id_hash")),
    )
    op.create_index("ix_okt_person", "okt", ["kommune_id", "person_type", "person_id", "avsluttet"], unique=False)
    op.create_table(
        "passnokkel",
        sa.Column("person_type", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("legitimasjon", sa.LargeBinary(), nullable=False),
        sa.Column("offentlig_nokkel", sa.LargeBinary(), nullable=False),
        sa.Column("teller", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=60), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sist_brukt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("person_type in ('bruker','ansatt')", name=op.f("ck_passnokkel_person_type")),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_passnokkel")),
        sa.UniqueConstraint("kommune_id", "legitimasjon", name=op.f("uq_passnokkel_kommune_id_legitimasjon")),
    )
    op.create_index("ix_passnokkel_person", "passnokkel", ["kommune_id", "person_type", "person_id"], unique=False)
    op.create_table(
        "utfordring",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verdi", sa.LargeBinary(length=64), nullable=False),
        sa.Column("formal", sa.String(length=20), nullable=False),
        sa.Column("utloper", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utfordring")),
    )
    op.create_index(op.f("ix_utfordring_utloper"), "utfordring", ["utloper"], unique=False)
    op.create_table(
        "utkast",
        sa.Column("eier_type", sa.String(length=10), nullable=False),
        sa.Column("eier_id", sa.Uuid(), nullable=False),
        sa.Column("sti", sa.String(length=300), nullable=False),
        sa.Column("felter", sa.LargeBinary(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_utkast")),
        sa.UniqueConstraint(
            "kommune_id", "eier_type", "eier_id", "sti", name=op.f("uq_utkast_kommune_id_eier_type_eier_id_sti")
        ),
    )
    op.create_index("ix_utkast_endret", "utkast", ["endret"], unique=False)
    op.create_table(
        "kontor",
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.Column("telefon", sa.String(length=30), nullable=False),
        sa.Column("adresse", sa.String(length=200), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["kommune_id"], ["kommune.id"], name=op.f("fk_kontor_kommune_id")),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_kontor")),
    )
    op.create_table(
        "ansatt",
        sa.Column("kontor_id", sa.Uuid(), nullable=False),
        sa.Column("kode", sa.String(length=20), nullable=False),
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.Column("rolle", sa.String(length=20), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("aktiv", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("rolle in ('veileder','leder','administrator')", name=op.f("ck_ansatt_rolle")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "kontor_id"], ["kontor.kommune_id", "kontor.id"], name=op.f("fk_ansatt_kommune_id_kontor_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_ansatt")),
        sa.UniqueConstraint("kode", name=op.f("uq_ansatt_kode")),
    )
    op.create_table(
        "bruker",
        sa.Column("kontor_id", sa.Uuid(), nullable=False),
        sa.Column("kode", sa.String(length=20), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("visning", sa.String(length=20), nullable=False),
        sa.Column("profil", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slettet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("visning in ('screening','kort','full','mini')", name=op.f("ck_bruker_visning")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "kontor_id"], ["kontor.kommune_id", "kontor.id"], name=op.f("fk_bruker_kommune_id_kontor_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_bruker")),
        sa.UniqueConstraint("kode", name=op.f("uq_bruker_kode")),
    )
    op.create_table(
        "begrunnelse",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utloper", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_begrunnelse_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_begrunnelse_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_begrunnelse")),
    )
    op.create_index(
        "ix_begrunnelse_ansatt", "begrunnelse", ["kommune_id", "ansatt_id", "bruker_id", "utloper"], unique=False
    )
    op.create_table(
        "datanokkel",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("nokkel", sa.LargeBinary(), nullable=False),
        sa.Column("hovednokkel", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_datanokkel_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", name=op.f("pk_datanokkel")),
    )
    op.create_index(op.f("ix_datanokkel_hovednokkel"), "datanokkel", ["hovednokkel"], unique=False)
    op.create_table(
        "engangskode",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brukt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("brukt_fra", sa.LargeBinary(length=32), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_engangskode_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_engangskode")),
        sa.UniqueConstraint("hash", name=op.f("uq_engangskode_hash")),
    )
    op.create_index("ix_engangskode_bruker", "engangskode", ["kommune_id", "bruker_id"], unique=False)
    op.create_table(
        "invitasjon",
        sa.Column("bruker_id", sa.Uuid(), nullable=True),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("slag", sa.String(length=10), nullable=False),
        sa.Column("lenke_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kode_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("laget_av", sa.Uuid(), nullable=True),
        sa.Column("utloper", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brukt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("brukt_fra", sa.LargeBinary(length=32), nullable=True),
        sa.Column("tilbakekalt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slag in ('invitasjon','lenke')", name=op.f("ck_invitasjon_slag")),
        sa.CheckConstraint("(bruker_id is null) <> (ansatt_id is null)", name=op.f("ck_invitasjon_en_mottaker")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_invitasjon_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_invitasjon_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_invitasjon")),
        sa.UniqueConstraint("kode_hash", name=op.f("uq_invitasjon_kode_hash")),
        sa.UniqueConstraint("lenke_hash", name=op.f("uq_invitasjon_lenke_hash")),
    )
    op.create_index("ix_invitasjon_ansatt", "invitasjon", ["kommune_id", "ansatt_id", "laget"], unique=False)
    op.create_index("ix_invitasjon_bruker", "invitasjon", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_index(
        "uq_invitasjon_apen_ansatt_id",
        "invitasjon",
        ["kommune_id", "ansatt_id"],
        unique=True,
        sqlite_where=sa.text("ansatt_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"),
        postgresql_where=sa.text(
            "ansatt_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"
        ),
    )
    op.create_index(
        "uq_invitasjon_apen_bruker_id",
        "invitasjon",
        ["kommune_id", "bruker_id"],
        unique=True,
        sqlite_where=sa.text("bruker_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"),
        postgresql_where=sa.text(
            "bruker_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"
        ),
    )
    op.create_table(
        "navnedel",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_navnedel_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "hash", "bruker_id", name=op.f("pk_navnedel")),
    )
    op.create_table(
        "tildeling",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("som", sa.String(length=10), nullable=False),
        sa.Column("fra", sa.DateTime(timezone=True), nullable=False),
        sa.Column("til", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grunn", sa.LargeBinary(), nullable=True),
        sa.Column("laget_av", sa.Uuid(), nullable=True),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("som in ('ansvarlig','vikar')", name=op.f("ck_tildeling_som")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_tildeling_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_tildeling_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_tildeling")),
    )
    op.create_index("ix_tildeling_ansatt", "tildeling", ["kommune_id", "ansatt_id", "til", "bruker_id"], unique=False)
    op.create_index("ix_tildeling_bruker", "tildeling", ["kommune_id", "bruker_id", "til"], unique=False)
    op.create_index(
        "uq_tildeling_ansvarlig",
        "tildeling",
        ["kommune_id", "bruker_id"],
        unique=True,
        sqlite_where=sa.text("til IS NULL AND som = 'ansvarlig'"),
        postgresql_where=sa.text("til IS NULL AND som = 'ansvarlig'"),
    )
    op.create_index(
        "uq_tildeling_vikar",
        "tildeling",
        ["kommune_id", "bruker_id"],
        unique=True,
        sqlite_where=sa.text("til IS NULL AND som = 'vikar'"),
        postgresql_where=sa.text("til IS NULL AND som = 'vikar'"),
    )
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
    op.drop_index(
        "uq_tildeling_vikar",
        table_name="tildeling",
        sqlite_where=sa.text("til IS NULL AND som = 'vikar'"),
        postgresql_where=sa.text("til IS NULL AND som = 'vikar'"),
    )
    op.drop_index(
        "uq_tildeling_ansvarlig",
        table_name="tildeling",
        sqlite_where=sa.text("til IS NULL AND som = 'ansvarlig'"),
        postgresql_where=sa.text("til IS NULL AND som = 'ansvarlig'"),
    )
    op.drop_index("ix_tildeling_bruker", table_name="tildeling")
    op.drop_index("ix_tildeling_ansatt", table_name="tildeling")
    op.drop_table("tildeling")
    op.drop_table("navnedel")
    op.drop_index(
        "uq_invitasjon_apen_bruker_id",
        table_name="invitasjon",
        sqlite_where=sa.text("bruker_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"),
        postgresql_where=sa.text(
            "bruker_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"
        ),
    )
    op.drop_index(
        "uq_invitasjon_apen_ansatt_id",
        table_name="invitasjon",
        sqlite_where=sa.text("ansatt_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"),
        postgresql_where=sa.text(
            "ansatt_id IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"
        ),
    )
    op.drop_index("ix_invitasjon_bruker", table_name="invitasjon")
    op.drop_index("ix_invitasjon_ansatt", table_name="invitasjon")
    op.drop_table("invitasjon")
    op.drop_index("ix_engangskode_bruker", table_name="engangskode")
    op.drop_table("engangskode")
    op.drop_index(op.f("ix_datanokkel_hovednokkel"), table_name="datanokkel")
    op.drop_table("datanokkel")
    op.drop_index("ix_begrunnelse_ansatt", table_name="begrunnelse")
    op.drop_table("begrunnelse")
    op.drop_table("bruker")
    op.drop_table("ansatt")
    op.drop_table("kontor")
    op.drop_index("ix_utkast_endret", table_name="utkast")
    op.drop_table("utkast")
    op.drop_index(op.f("ix_utfordring_utloper"), table_name="utfordring")
    op.drop_table("utfordring")
    op.drop_index("ix_passnokkel_person", table_name="passnokkel")
    op.drop_table("passnokkel")
    op.drop_index("ix_okt_person", table_name="okt")
    op.drop_table("okt")
    op.drop_table("kommune")
    op.drop_table("hendelseskjede")
    op.drop_index("ix_hendelse_bruker", table_name="hendelse")
    op.drop_table("hendelse")
    op.drop_index(op.f("ix_forsok_fra"), table_name="forsok")
    op.drop_table("forsok")
