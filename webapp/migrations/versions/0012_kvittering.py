"""varsel: the number of a wish's receipt, and who typed when the bruker wished, opened or answered.

Revision: 0012, after 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TYPIST = "CHECK (skrevet_av in ('bruker','hjelper','ansatt'))"


def upgrade() -> None:
    """Columns that are empty in older rows: what was not kept is not guessed at."""
    # In one statement each, and not in a batch: SQLite would make the table anew, and its triggers would be gone.
    op.execute("ALTER TABLE varselonske ADD COLUMN nummer VARCHAR(12)")
    op.execute(
        f"ALTER TABLE varselonske ADD COLUMN skrevet_av VARCHAR(10) CONSTRAINT ck_varselonske_skrevet_av {TYPIST}"
    )
    op.execute(f"ALTER TABLE varselnadd ADD COLUMN skrevet_av VARCHAR(10) CONSTRAINT ck_varselnadd_skrevet_av {TYPIST}")


def downgrade() -> None:
    """Undo it. Numbers of receipts and who typed are forgotten."""
    op.execute("ALTER TABLE varselnadd DROP COLUMN skrevet_av")
    op.execute("ALTER TABLE varselonske DROP COLUMN skrevet_av")
    op.execute("ALTER TABLE varselonske DROP COLUMN nummer")
