"""kartlegging: a view that the veileder offers somebody who has begun, until the bruker has chosen one.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column. Nobody is offered anything by that; a mini round where nothing is delivered was none (K7)."""
    op.add_column("kartlegging", sa.Column("tilbudt", sa.String(length=20), nullable=True))
    op.execute("UPDATE kartlegging SET visning = 'full' WHERE visning = 'mini' AND siste_levering_id IS NULL")


def downgrade() -> None:
    """Take it away again, with the offers that are open."""
    op.drop_column("kartlegging", "tilbudt")
