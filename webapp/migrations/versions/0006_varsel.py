"""varsel: what must be in order before a benefit is reduced.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release
from webapp.varsel.vern_0006 import guard, unguard

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "brudd",
    "forhandsvarsel",
    "varselnadd",
    "uttalelse",
    "uttalelseretting",
    "varselonske",
    "varselsvar",
    "veiing",
    "avgjorelse",
    "varsellukking",
)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "varselsak",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("vilkar_id", sa.Uuid(), nullable=False),
        sa.Column("vilkarversjon_id", sa.Uuid(), nullable=False),
        sa.Column("tilstand", sa.String(length=10), nullable=False),
        sa.Column("steg", sa.Integer(), nullable=False),
        sa.Column("siste", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frist", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "tilstand in ('notert','varslet','nadd','uttalt','veid','avgjort','lukket')",
            name=op.f("ck_varselsak_tilstand"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_varselsak_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkar_id"],
            ["vilkar.kommune_id", "vilkar.id"],
            name=op.f("fk_varselsak_kommune_id_vilkar_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkarversjon_id"],
            ["vilkarversjon.kommune_id", "vilkarversjon.id"],
            name=op.f("fk_varselsak_kommune_id_vilkarversjon_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_varselsak")),
    )
    op.create_index("ix_varselsak_bruker", "varselsak", ["kommune_id", "bruker_id", "tilstand"], unique=False)
    op.create_table(
        "brudd",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("hva", sa.LargeBinary(), nullable=False),
        sa.Column("kilde", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kilde in ('bruker','egen','arrangor','annen')", name=op.f("ck_brudd_kilde")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"], ["ansatt.kommune_id", "ansatt.id"], name=op.f("fk_brudd_kommune_id_ansatt_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"], ["varselsak.kommune_id", "varselsak.id"], name=op.f("fk_brudd_kommune_id_sak_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_brudd")),
    )
    op.create_index("ix_brudd_sak", "brudd", ["kommune_id", "sak_id"], unique=False)
    op.create_table(
        "forhandsvarsel",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("belop", sa.Integer(), nullable=False),
        sa.Column("maneder", sa.Integer(), nullable=False),
        sa.Column("virkedager", sa.Integer(), nullable=False),
        sa.Column("tidligst", sa.Date(), nullable=False),
        sa.Column("sendt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("belop between 1 and 30000", name=op.f("ck_forhandsvarsel_belop")),
        sa.CheckConstraint("maneder between 1 and 12", name=op.f("ck_forhandsvarsel_maneder")),
        sa.CheckConstraint("virkedager between 10 and 60", name=op.f("ck_forhandsvarsel_virkedager")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_forhandsvarsel_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_forhandsvarsel_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_forhandsvarsel")),
        sa.UniqueConstraint("kommune_id", "sak_id", name=op.f("uq_forhandsvarsel_kommune_id_sak_id")),
    )
    op.create_table(
        "uttalelse",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("muntlig_av", sa.Uuid(), nullable=True),
        sa.Column("supplerer_id", sa.Uuid(), nullable=True),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("nummer", sa.String(length=12), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("fant_arbeid", sa.Boolean(), nullable=False),
        sa.Column("for_sent", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_uttalelse_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "muntlig_av"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_uttalelse_kommune_id_muntlig_av"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_uttalelse_kommune_id_sak_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "supplerer_id"],
            ["uttalelse.kommune_id", "uttalelse.id"],
            name=op.f("fk_uttalelse_kommune_id_supplerer_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_uttalelse")),
        sa.UniqueConstraint("kommune_id", "nummer", name=op.f("uq_uttalelse_kommune_id_nummer")),
    )
    op.create_index("ix_uttalelse_sak", "uttalelse", ["kommune_id", "sak_id", "laget"], unique=False)
    op.create_table(
        "varsellukking",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("grunn", sa.String(length=15), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("grunn in ('fant_arbeid','ikke_grunnlag','ordnet')", name=op.f("ck_varsellukking_grunn")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_varsellukking_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_varsellukking_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_varsellukking")),
        sa.UniqueConstraint("kommune_id", "sak_id", name=op.f("uq_varsellukking_kommune_id_sak_id")),
    )
    op.create_table(
        "varselnadd",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("hvordan", sa.String(length=10), nullable=False),
        sa.Column("ord", sa.LargeBinary(), nullable=True),
        sa.Column("vist", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("frist", sa.DateTime(timezone=True), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(hvordan in ('apnet','svarte')) = (ansatt_id is null)", name=op.f("ck_varselnadd_hvem")),
        sa.CheckConstraint(
            "hvordan in ('apnet','svarte','telefon','mote','overlevert','annet')", name=op.f("ck_varselnadd_hvordan")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_varselnadd_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_varselnadd_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_varselnadd")),
    )
    op.create_index("ix_varselnadd_sak", "varselnadd", ["kommune_id", "sak_id"], unique=False)
    op.create_table(
        "varselonske",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("slag", sa.String(length=10), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slag in ('tid','samtale','tolk')", name=op.f("ck_varselonske_slag")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_varselonske_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_varselonske")),
    )
    op.create_index("ix_varselonske_sak", "varselonske", ["kommune_id", "sak_id"], unique=False)
    op.create_table(
        "veiing",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("antall", sa.Integer(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("antall >= 0", name=op.f("ck_veiing_antall")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"], ["ansatt.kommune_id", "ansatt.id"], name=op.f("fk_veiing_kommune_id_ansatt_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"], ["varselsak.kommune_id", "varselsak.id"], name=op.f("fk_veiing_kommune_id_sak_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_veiing")),
    )
    op.create_index("ix_veiing_sak", "veiing", ["kommune_id", "sak_id", "laget"], unique=False)
    op.create_table(
        "avgjorelse",
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("veiing_id", sa.Uuid(), nullable=False),
        sa.Column("utfall", sa.String(length=10), nullable=False),
        sa.Column("grunner", sa.LargeBinary(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("vedtak_id", sa.Uuid(), nullable=True),
        sa.Column("belop", sa.Integer(), nullable=True),
        sa.Column("fra", sa.Date(), nullable=True),
        sa.Column("til", sa.Date(), nullable=True),
        sa.Column("familie_vurdert", sa.Boolean(), nullable=False),
        sa.Column("barn_vurdert", sa.Boolean(), nullable=False),
        sa.Column("nodvendig_dekket", sa.Boolean(), nullable=False),
        sa.Column("vurderinger", sa.LargeBinary(), nullable=True),
        sa.Column("klagefrist", sa.Date(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(utfall <> 'reduksjon' and vedtak_id is null and belop is null and fra is null and til is null and "
            "vurderinger is null) or (utfall = 'reduksjon' and vedtak_id is not null and belop is not null and "
            "belop between 1 and 30000 and fra is not null and til is not null and til >= fra and vurderinger is "
            "not null and familie_vurdert and barn_vurdert and nodvendig_dekket)",
            name=op.f("ck_avgjorelse_u8"),
        ),
        sa.CheckConstraint("utfall in ('ingen','endret','hjelp','reduksjon')", name=op.f("ck_avgjorelse_utfall")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_avgjorelse_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_avgjorelse_kommune_id_sak_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedtak_id"],
            ["vedtak.kommune_id", "vedtak.id"],
            name=op.f("fk_avgjorelse_kommune_id_vedtak_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "veiing_id"],
            ["veiing.kommune_id", "veiing.id"],
            name=op.f("fk_avgjorelse_kommune_id_veiing_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_avgjorelse")),
        sa.UniqueConstraint("kommune_id", "sak_id", name=op.f("uq_avgjorelse_kommune_id_sak_id")),
    )
    op.create_table(
        "uttalelseretting",
        sa.Column("uttalelse_id", sa.Uuid(), nullable=False),
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("fant_arbeid", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_uttalelseretting_skrevet_av")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "uttalelse_id"],
            ["uttalelse.kommune_id", "uttalelse.id"],
            name=op.f("fk_uttalelseretting_kommune_id_uttalelse_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_uttalelseretting")),
    )
    op.create_index("ix_retting_uttalelse", "uttalelseretting", ["kommune_id", "sak_id"], unique=False)
    op.create_table(
        "varselsvar",
        sa.Column("onske_id", sa.Uuid(), nullable=False),
        sa.Column("sak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("innvilget", sa.Boolean(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("ny_frist", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ny_frist is null or (innvilget and ny_frist > laget)", name=op.f("ck_varselsvar_ny_frist")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_varselsvar_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "onske_id"],
            ["varselonske.kommune_id", "varselonske.id"],
            name=op.f("fk_varselsvar_kommune_id_onske_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "sak_id"],
            ["varselsak.kommune_id", "varselsak.id"],
            name=op.f("fk_varselsvar_kommune_id_sak_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_varselsvar")),
        sa.UniqueConstraint("kommune_id", "onske_id", name=op.f("uq_varselsvar_kommune_id_onske_id")),
    )
    op.create_index("ix_varselsvar_sak", "varselsvar", ["kommune_id", "sak_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in protect(table, dialect):
            op.execute(statement)
    for statement in guard(dialect):
        op.execute(statement)


def downgrade() -> None:
    """Take them away again."""
    dialect = op.get_bind().dialect.name
    for statement in unguard(dialect):
        op.execute(statement)
    for table in APPEND_ONLY:
        for statement in release(table, dialect):
            op.execute(statement)
    for table in (
        "varselsvar",
        "uttalelseretting",
        "avgjorelse",
        "veiing",
        "varselonske",
        "varselnadd",
        "varsellukking",
        "uttalelse",
        "forhandsvarsel",
        "brudd",
        "varselsak",
    ):
        op.drop_table(table)
