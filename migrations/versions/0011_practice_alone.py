"""Practice alone: what was answered, and when each question comes back.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, Json, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("grade", Json, nullable=True),
        sa.Column("graded_at", UtcDateTime(), nullable=True),
        sa.Column("before", Json, nullable=True),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("follow_up_text", sa.String(), nullable=False),
        sa.Column("felt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_practice_answer_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answer")),
    )
    with op.batch_alter_table("practice_answer", schema=None) as batch_op:
        batch_op.create_index("ix_practice_answer_graded_at", ["graded_at"], unique=False)
        batch_op.create_index("ix_practice_answer_member_id_answered_at", ["member_id", "answered_at"], unique=False)

    op.create_table(
        "practice_card",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("card", Json, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_practice_card_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_card")),
        sa.UniqueConstraint("member_id", "question", name=op.f("uq_practice_card_member_id_question")),
    )
    with op.batch_alter_table("practice_card", schema=None) as batch_op:
        batch_op.create_index("ix_practice_card_member_id_due_at", ["member_id", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("practice_card")
    op.drop_table("practice_answer")
