"""moter, kartlegging, innsyn: who typed what the bruker says of meetings, of remarks, and in a request (K1).

Revision: 0023, after 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("dagsorden", "notatkommentar", "motevurdering", "merknadsvar", "henvendelse")


def upgrade() -> None:
    """Columns that are empty in older rows: who typed those, nobody knows, and nothing is guessed at."""
    # In one statement each, and not in a batch: SQLite would make the table anew, and its triggers would be gone.
    for table in TABLES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN skrevet_av VARCHAR(10) "
            f"CONSTRAINT ck_{table}_skrevet_av CHECK (skrevet_av in ('bruker','hjelper','ansatt'))"
        )


def downgrade() -> None:
    """Take them away again. Who typed is forgotten; the words stand."""
    for table in reversed(TABLES):
        op.execute(f"ALTER TABLE {table} DROP COLUMN skrevet_av")
