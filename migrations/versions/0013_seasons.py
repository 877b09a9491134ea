"""Every season in which a lead may be done, not only the first that its list names.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lead", sa.Column("seasons", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE lead SET seasons = trim(term || ' ' || coalesce(cast(year AS varchar(4)), ''))")
    with op.batch_alter_table("lead") as batch_op:
        batch_op.alter_column("seasons", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("lead") as batch_op:
        batch_op.drop_column("seasons")
