"""kartlegging: a question that is answered with a new version of the answer. moter: whose message it is.

Revision: 0019, after 0017
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "merknadversjon"


def upgrade() -> None:
    """Make the table. Answers are sealed: which older questions were answered so, the next delivery finds out."""
    op.create_table(
        TABLE,
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("merknad_id", sa.Uuid(), nullable=False),
        sa.Column("levering_id", sa.Uuid(), nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["kommune_id", column],
                [f"{table}.kommune_id", f"{table}.id"],
                name=op.f(f"fk_{TABLE}_kommune_id_{column}"),
            )
            for column, table in (("bruker_id", "bruker"), ("levering_id", "levering"), ("merknad_id", "merknad"))
        ),
        sa.PrimaryKeyConstraint("kommune_id", "merknad_id", name=op.f("pk_merknadversjon")),
    )
    for statement in protect(TABLE, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take it away again. That a new version answered a question is forgotten; the versions stand as they did."""
    for statement in release(TABLE, op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table(TABLE)
