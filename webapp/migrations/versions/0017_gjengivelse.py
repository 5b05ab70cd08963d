"""tolking: what an interpreter says that the bruker's own words mean.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "gjengivelse"


def upgrade() -> None:
    """Make the table, and refuse changes to what stands in it."""
    op.create_table(
        TABLE,
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("kilde_type", sa.String(length=15), nullable=False),
        sa.Column("kilde_id", sa.Uuid(), nullable=False),
        sa.Column("felt", sa.String(length=60), nullable=False),
        sa.Column("ansatt_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.LargeBinary(), nullable=False),
        sa.Column("tolk", sa.LargeBinary(), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(felt = '') = (kilde_type <> 'levering')", name=op.f("ck_gjengivelse_felt")),
        sa.CheckConstraint(
            "kilde_type in ('levering','merknadsvar','uttalelse','klage','klagetillegg','motekommentar')",
            name=op.f("ck_gjengivelse_kilde_type"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "ansatt_id"],
            ["ansatt.kommune_id", "ansatt.id"],
            name=op.f("fk_gjengivelse_kommune_id_ansatt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_gjengivelse_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "id", name=op.f("pk_gjengivelse")),
    )
    op.create_index("ix_gjengivelse_kilde", TABLE, ["kommune_id", "bruker_id", "kilde_id"], unique=False)
    for statement in protect(TABLE, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take it away again. What interpreters have said is forgotten; the bruker's own words stand as they did."""
    for statement in release(TABLE, op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table(TABLE)
