"""paminnelse: that messages on a phone ended with its session.

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it. Which ended before this, nobody knows any more."""
    op.add_column("paminnelsevalg", sa.Column("push_stanset", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again. What was chosen stands as it did."""
    op.drop_column("paminnelsevalg", "push_stanset")
