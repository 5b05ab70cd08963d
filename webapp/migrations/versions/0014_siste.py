"""The latest time in the head of a kommune's chain.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it, as the log has it."""
    op.add_column("hendelseskjede", sa.Column("siste", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE hendelseskjede SET siste = "
        "(SELECT max(h.tid) FROM hendelse h WHERE h.kommune_id = hendelseskjede.kommune_id)"
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("hendelseskjede", "siste")
