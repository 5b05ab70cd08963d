"""kartlegging: a question that is answered with a new version of the answer. moter: whose message it is, and since when
the meeting is with somebody else.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform.append_only import protect, release

revision = "0019"
down_revision = "0018"
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
    dialect = op.get_bind().dialect.name
    for statement in protect(TABLE, dialect):
        op.execute(statement)
    op.add_column("mote", sa.Column("byttet", sa.DateTime(timezone=True), nullable=True))
    # Empty in older rows: who wrote the message there was not kept, and is not guessed at. In one statement, and
    # without a reference to ansatt: SQLite would have to make the table anew for that.
    op.execute(
        f"ALTER TABLE mote ADD COLUMN melding_av {'CHAR(32)' if dialect == 'sqlite' else 'UUID'} "
        "CONSTRAINT ck_mote_melding_av CHECK (melding_av is null or melding is not null)"
    )


def downgrade() -> None:
    """Take it away again. That a new version answered a question is forgotten; the versions stand as they did."""
    op.execute("ALTER TABLE mote DROP COLUMN melding_av")
    op.drop_column("mote", "byttet")
    for statement in release(TABLE, op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table(TABLE)
