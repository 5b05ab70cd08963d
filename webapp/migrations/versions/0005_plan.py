"""plan: mål, steps, what happened to them, and each version of the whole.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "planhendelse",
    "planversjon",
    "plankjennskap",
)


def upgrade() -> None:
    """Make the tables, and refuse changes where nothing may be changed."""
    op.create_table(
        "mal",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("overordnet_id", sa.Uuid(), nullable=True),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("tilstand", sa.String(length=10), nullable=False),
        sa.Column("kilde", sa.String(length=64), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("tilstand in ('gjelder','nadd','lagt_bort')", name=op.f("ck_mal_tilstand")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_mal_kommune_id_bruker_id")
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "overordnet_id"], ["mal.kommune_id", "mal.id"], name=op.f("fk_mal_kommune_id_overordnet_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_mal")),
        sa.UniqueConstraint("kommune_id", "bruker_id", "kilde", name=op.f("uq_mal_kommune_id_bruker_id_kilde")),
    )
    op.create_index("ix_mal_bruker", "mal", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "plan",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("kjent", sa.Integer(), nullable=False),
        sa.Column("evaluering", sa.Date(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("versjon >= 0", name=op.f("ck_plan_versjon")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"], ["bruker.kommune_id", "bruker.id"], name=op.f("fk_plan_kommune_id_bruker_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_evaluering", "plan", ["kommune_id", "evaluering"], unique=False)
    op.create_table(
        "planversjon",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("gjelder_fra", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_planversjon_nummer")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_planversjon_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_planversjon")),
        sa.UniqueConstraint(
            "kommune_id", "bruker_id", "nummer", name=op.f("uq_planversjon_kommune_id_bruker_id_nummer")
        ),
    )
    op.create_index("ix_planversjon_gjelder", "planversjon", ["kommune_id", "bruker_id", "gjelder_fra"], unique=False)
    op.create_table(
        "aktivitet",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("mal_id", sa.Uuid(), nullable=True),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("ansvar", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("frist", sa.Date(), nullable=True),
        sa.Column("hvor_ofte", sa.String(length=15), nullable=False),
        sa.Column("tilstand", sa.String(length=20), nullable=False),
        sa.Column("versjon", sa.Integer(), nullable=False),
        sa.Column("ja_bruker_versjon", sa.Integer(), nullable=True),
        sa.Column("ja_nav_versjon", sa.Integer(), nullable=True),
        sa.Column("kilde", sa.String(length=64), nullable=True),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ansvar in ('bruker','nav','andre')", name=op.f("ck_aktivitet_ansvar")),
        sa.CheckConstraint(
            "hvor_ofte in ('en_gang','daglig','ukentlig','annenhver_uke','manedlig','etter_avtale')",
            name=op.f("ck_aktivitet_hvor_ofte"),
        ),
        sa.CheckConstraint(
            "tilstand <> 'foreslatt_bruker' or (ja_bruker_versjon is not null and ja_bruker_versjon = versjon)",
            name=op.f("ck_aktivitet_bruker_foreslo"),
        ),
        sa.CheckConstraint(
            "tilstand <> 'foreslatt_nav' or (ja_nav_versjon is not null and ja_nav_versjon = versjon)",
            name=op.f("ck_aktivitet_nav_foreslo"),
        ),
        sa.CheckConstraint(
            "tilstand in ('foreslatt_bruker','foreslatt_nav','ikke_nyttig','avslatt','trukket','avtalt','pause',"
            "'gjort','avsluttet')",
            name=op.f("ck_aktivitet_tilstand"),
        ),
        sa.CheckConstraint(
            "tilstand not in ('avtalt','pause','gjort') or (ja_bruker_versjon is not null and ja_nav_versjon is not"
            " null and ja_bruker_versjon = versjon and ja_nav_versjon = versjon and frist is not null)",
            name=op.f("ck_aktivitet_avtalt"),
        ),
        sa.CheckConstraint("start is null or frist is null or frist >= start", name=op.f("ck_aktivitet_datoer")),
        sa.CheckConstraint("versjon >= 1", name=op.f("ck_aktivitet_versjon")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_aktivitet_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "mal_id"], ["mal.kommune_id", "mal.id"], name=op.f("fk_aktivitet_kommune_id_mal_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_aktivitet")),
        sa.UniqueConstraint("kommune_id", "bruker_id", "kilde", name=op.f("uq_aktivitet_kommune_id_bruker_id_kilde")),
    )
    op.create_index("ix_aktivitet_bruker", "aktivitet", ["kommune_id", "bruker_id", "tilstand"], unique=False)
    op.create_table(
        "plankjennskap",
        sa.Column("planversjon_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("hjelper", sa.String(length=10), nullable=True),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_plankjennskap_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "planversjon_id"],
            ["planversjon.kommune_id", "planversjon.id"],
            name=op.f("fk_plankjennskap_kommune_id_planversjon_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_plankjennskap")),
        sa.UniqueConstraint("kommune_id", "planversjon_id", name=op.f("uq_plankjennskap_kommune_id_planversjon_id")),
    )
    op.create_index("ix_plankjennskap_bruker", "plankjennskap", ["kommune_id", "bruker_id", "laget"], unique=False)
    op.create_table(
        "planhendelse",
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("aktivitet_id", sa.Uuid(), nullable=True),
        sa.Column("mal_id", sa.Uuid(), nullable=True),
        sa.Column("hva", sa.String(length=20), nullable=False),
        sa.Column("rolle", sa.String(length=10), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=True),
        sa.Column("hjelper", sa.String(length=10), nullable=True),
        sa.Column("tilstand", sa.String(length=20), nullable=True),
        sa.Column("innhold", sa.LargeBinary(), nullable=False),
        sa.Column("sprak", sa.String(length=10), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(rolle = 'nav') = (ansatt_id is not null)", name=op.f("ck_planhendelse_hvem")),
        sa.CheckConstraint("rolle in ('bruker','nav')", name=op.f("ck_planhendelse_rolle")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "aktivitet_id"],
            ["aktivitet.kommune_id", "aktivitet.id"],
            name=op.f("fk_planhendelse_kommune_id_aktivitet_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_planhendelse_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_planhendelse_kommune_id_bruker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "mal_id"], ["mal.kommune_id", "mal.id"], name=op.f("fk_planhendelse_kommune_id_mal_id")
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_planhendelse")),
    )
    op.create_index("ix_planhendelse_aktivitet", "planhendelse", ["kommune_id", "aktivitet_id", "laget"], unique=False)
    op.create_index("ix_planhendelse_bruker", "planhendelse", ["kommune_id", "bruker_id", "laget"], unique=False)
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
        "planhendelse",
        "plankjennskap",
        "aktivitet",
        "planversjon",
        "plan",
        "mal",
    ):
        op.drop_table(table)
