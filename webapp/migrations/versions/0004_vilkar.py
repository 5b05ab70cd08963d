"""vilkar: vedtak, vilkår, and what the bruker says of them.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "vedtak",
    "vilkarversjon",
    "vilkarvisning",
    "forstaelse",
    "vilkarmelding",
    "vilkarvurdering",
)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "betalingsdager",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kontor_id", sa.Uuid(), nullable=False),
        sa.Column("forste", sa.Integer(), nullable=False),
        sa.Column("andre", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "forste between 1 and 31 and andre between 1 and 31 and forste < andre",
            name=op.f("ck_betalingsdager_dager"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "kontor_id"],
            ["kontor.kommune_id", "kontor.id"],
            name=op.f("fk_betalingsdager_kommune_id_kontor_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "kontor_id", name=op.f("pk_betalingsdager")),
    )
    op.create_table(
        "vedtak",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("erstatter_id", sa.Uuid(), nullable=True),
        sa.Column("nummer", sa.LargeBinary(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("fra", sa.Date(), nullable=True),
        sa.Column("til", sa.Date(), nullable=True),
        sa.Column("hjemmel", sa.String(length=20), nullable=False),
        sa.Column("ytelse", sa.String(length=15), nullable=False),
        sa.Column("reduksjon_oppgitt", sa.Boolean(), nullable=False),
        sa.Column("klagefrist", sa.Date(), nullable=False),
        sa.Column("grunner", sa.LargeBinary(), nullable=True),
        sa.Column("rad_vurdert", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ytelse in ('livsopphold','bolig','serlige','tjeneste')", name=op.f("ck_vedtak_ytelse")),
        sa.CheckConstraint("klagefrist >= dato", name=op.f("ck_vedtak_klagefrist")),
        sa.CheckConstraint("til is null or fra is null or til >= fra", name=op.f("ck_vedtak_periode")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"], ["ansatt.kommune_id", "ansatt.id"], name=op.f("fk_vedtak_kommune_id_ansatt_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_vedtak_kommune_id_bruker_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "erstatter_id"],
            ["vedtak.kommune_id", "vedtak.id"],
            name=op.f("fk_vedtak_kommune_id_erstatter_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vedtak")),
        sa.UniqueConstraint("kommune_id", "erstatter_id", name=op.f("uq_vedtak_kommune_id_erstatter_id")),
    )
    op.create_index("ix_vedtak_bruker", "vedtak", ["kommune_id", "bruker_id", "dato"], unique=False)
    op.create_table(
        "vilkar",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("vedtak_id", sa.Uuid(), nullable=False),
        sa.Column("slag", sa.String(length=15), nullable=False),
        sa.Column("tilstand", sa.String(length=15), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("frist", sa.Date(), nullable=True),
        sa.Column("aktivitet_id", sa.Uuid(), nullable=True),
        sa.Column("vist", sa.Boolean(), nullable=False),
        sa.Column("svar", sa.String(length=10), nullable=True),
        sa.Column("trenger_hjelp", sa.Boolean(), nullable=False),
        sa.Column("uenig", sa.Boolean(), nullable=False),
        sa.Column("meldt", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slag in ('aktivitet','okonomi','dokumentasjon')", name=op.f("ck_vilkar_slag")),
        sa.CheckConstraint("svar in ('forstar','sporsmal','forklar')", name=op.f("ck_vilkar_svar")),
        sa.CheckConstraint(
            "tilstand in ('gjelder','oppfylt','ikke_oppfylt','opphort')", name=op.f("ck_vilkar_tilstand")
        ),
        sa.CheckConstraint("versjon >= 1", name=op.f("ck_vilkar_versjon")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_vilkar_kommune_id_bruker_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedtak_id"], ["vedtak.kommune_id", "vedtak.id"], name=op.f("fk_vilkar_kommune_id_vedtak_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vilkar")),
    )
    op.create_index("ix_vilkar_bruker", "vilkar", ["kommune_id", "bruker_id", "tilstand"], unique=False)
    op.create_index("ix_vilkar_frist", "vilkar", ["kommune_id", "tilstand", "frist"], unique=False)
    op.create_table(
        "vilkarmelding",
        sa.Column("vilkar_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vilkarmelding_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkar_id"],
            ["vilkar.kommune_id", "vilkar.id"],
            name=op.f("fk_vilkarmelding_kommune_id_vilkar_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vilkarmelding")),
    )
    op.create_index("ix_vilkarmelding_vilkar", "vilkarmelding", ["kommune_id", "vilkar_id", "laget"], unique=False)
    op.create_table(
        "vilkarversjon",
        sa.Column("vilkar_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("vedtak_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("frist", sa.Date(), nullable=True),
        sa.Column("konsekvens_oppgitt", sa.Boolean(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_vilkarversjon_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vilkarversjon_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vedtak_id"],
            ["vedtak.kommune_id", "vedtak.id"],
            name=op.f("fk_vilkarversjon_kommune_id_vedtak_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkar_id"],
            ["vilkar.kommune_id", "vilkar.id"],
            name=op.f("fk_vilkarversjon_kommune_id_vilkar_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vilkarversjon")),
        sa.UniqueConstraint(
            "kommune_id", "vilkar_id", "versjon", name=op.f("uq_vilkarversjon_kommune_id_vilkar_id_versjon")
        ),
    )
    op.create_index("ix_vilkarversjon_bruker", "vilkarversjon", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "vilkarvurdering",
        sa.Column("vilkar_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("utfall", sa.String(length=15), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("utfall in ('oppfylt','ikke_oppfylt','opphort')", name=op.f("ck_vilkarvurdering_utfall")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_vilkarvurdering_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vilkarvurdering_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkar_id"],
            ["vilkar.kommune_id", "vilkar.id"],
            name=op.f("fk_vilkarvurdering_kommune_id_vilkar_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vilkarvurdering")),
    )
    op.create_index("ix_vilkarvurdering_vilkar", "vilkarvurdering", ["kommune_id", "vilkar_id", "laget"], unique=False)
    op.create_table(
        "vilkarvisning",
        sa.Column("vilkarversjon_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("retning", sa.String(length=3), nullable=False),
        sa.Column("enhet", sa.String(length=40), nullable=False),
        sa.Column("hjelper", sa.String(length=10), nullable=True),
        sa.Column("vist", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_vilkarvisning_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkarversjon_id"],
            ["vilkarversjon.kommune_id", "vilkarversjon.id"],
            name=op.f("fk_vilkarvisning_kommune_id_vilkarversjon_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_vilkarvisning")),
        sa.UniqueConstraint(
            "kommune_id", "vilkarversjon_id", "sha256", name=op.f("uq_vilkarvisning_kommune_id_vilkarversjon_id_sha256")
        ),
    )
    op.create_table(
        "forstaelse",
        sa.Column("vilkarvisning_id", sa.Uuid(), nullable=False),
        sa.Column("vilkarversjon_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("svar", sa.String(length=10), nullable=False),
        sa.Column("trenger_hjelp", sa.Boolean(), nullable=False),
        sa.Column("uenig", sa.Boolean(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("skrevet_av", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("svar in ('forstar','sporsmal','forklar')", name=op.f("ck_forstaelse_svar")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_forstaelse_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkarversjon_id"],
            ["vilkarversjon.kommune_id", "vilkarversjon.id"],
            name=op.f("fk_forstaelse_kommune_id_vilkarversjon_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "vilkarvisning_id"],
            ["vilkarvisning.kommune_id", "vilkarvisning.id"],
            name=op.f("fk_forstaelse_kommune_id_vilkarvisning_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_forstaelse")),
    )
    op.create_index("ix_forstaelse_bruker", "forstaelse", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_index("ix_forstaelse_versjon", "forstaelse", ["kommune_id", "vilkarversjon_id", "laget"], unique=False)
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
        "forstaelse",
        "vilkarvisning",
        "vilkarvurdering",
        "vilkarversjon",
        "vilkarmelding",
        "vilkar",
        "vedtak",
        "betalingsdager",
    ):
        op.drop_table(table)
