"""moter: what the bruker has said about a meeting that the veileder has not seen.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A word on the meeting's row, and an index that holds only the rows where it stands."""
    # In one statement, and not in a batch: SQLite would make the table anew, which other tables refer to.
    op.execute(
        "ALTER TABLE mote ADD COLUMN ulest VARCHAR(10) "
        "CONSTRAINT ck_mote_ulest CHECK (ulest in ('kommentar','vurdering'))"
    )
    unread = sa.text("ulest IS NOT NULL")
    op.create_index("ix_mote_ulest", "mote", ["kommune_id", "bruker_id"], sqlite_where=unread, postgresql_where=unread)


def downgrade() -> None:
    """Undo it. Which comments nobody has read is forgotten."""
    op.drop_index("ix_mote_ulest", table_name="mote")
    op.execute("ALTER TABLE mote DROP COLUMN ulest")
