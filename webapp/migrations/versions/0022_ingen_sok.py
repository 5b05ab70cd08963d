"""utkast: the searches of the office that earlier versions kept (a name that is under no bruker, S3).

Revision: 0022, after 0021
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take them away. Nobody keeps them any more: webapp/typed.py."""
    op.execute("DELETE FROM utkast WHERE sti IN ('/veileder/', '/veileder/sok')")


def downgrade() -> None:
    """What is gone is gone."""
