"""telefon: what a bruker answered about the home screen.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "hjemskjerm",
        sa.Column("kommune_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bruker_id", sa.Uuid(), nullable=False),
        sa.Column("svar", sa.String(length=3), nullable=False),
        sa.Column("nar", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("svar in ('ja','nei')", name=op.f("ck_hjemskjerm_svar")),
        sa.ForeignKeyConstraint(
            ["kommune_id", "bruker_id"],
            ["bruker.kommune_id", "bruker.id"],
            name=op.f("fk_hjemskjerm_kommune_id_bruker_id"),
        ),
        sa.PrimaryKeyConstraint("kommune_id", "bruker_id", name=op.f("pk_hjemskjerm")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("hjemskjerm")
