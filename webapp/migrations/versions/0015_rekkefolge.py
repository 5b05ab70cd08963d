"""What a vilkår says at most, and guards that know time and what came before.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

from webapp.varsel import vakt, vern_0006
from webapp.vilkar import vern as vilkarvern

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and put other guards up."""
    dialect = op.get_context().dialect.name
    for statement in vern_0006.unguard(dialect):
        op.execute(statement)
    # Empty in older rows, whose words are sealed: what was not kept is not guessed at.
    for name in ("belop", "maneder"):
        op.add_column("vilkarversjon", sa.Column(name, sa.Integer(), nullable=True))
    for statement in (*vakt.guard(dialect), *vilkarvern.guard(dialect)):
        op.execute(statement)


def downgrade() -> None:
    """Undo it: the guards are those of 0006 again."""
    dialect = op.get_context().dialect.name
    for statement in (*vilkarvern.unguard(dialect), *vakt.unguard(dialect)):
        op.execute(statement)
    for name in ("maneder", "belop"):
        op.drop_column("vilkarversjon", name)
    for statement in vern_0006.guard(dialect):
        op.execute(statement)
