"""What the language model was used for.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_use",
        sa.Column("id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("community_id", BigId, nullable=True),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_model_use_community_id_community")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_model_use_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_use")),
    )
    with op.batch_alter_table("model_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_use_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_model_use_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("model_use")
