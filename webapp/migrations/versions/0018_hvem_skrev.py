"""kartlegging: who typed a text that waits beside another, and in which language.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "svarkonflikt"


def upgrade() -> None:
    """Add the columns. Empty in older rows: who typed those, nobody knows, and nothing is guessed at."""
    op.add_column(TABLE, sa.Column("sprak", sa.String(length=10), nullable=True))
    op.add_column(
        TABLE,
        sa.Column(
            "skrevet_av",
            sa.String(length=10),
            sa.CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name=op.f("ck_svarkonflikt_skrevet_av")),
            nullable=True,
        ),
    )
    op.add_column(TABLE, sa.Column("ansatt_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Take them away again. Who typed the texts that wait is forgotten; the texts stand."""
    for name in ("ansatt_id", "skrevet_av", "sprak"):
        op.drop_column(TABLE, name)
