"""A member's one name on GitHub, what they let others see of offers, and what a look found lacking.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("github", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("steps_asked", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("shows_offers", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lacking", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("lacking")
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.drop_column("shows_offers")
        batch_op.drop_column("steps_asked")
        batch_op.drop_column("github")
