"""The communities' own questions, and what members report about questions.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, Json, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "community_question",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("content", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("suggested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_community_question_community_id_community")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_community_question_decided_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_community_question_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_question")),
        sa.UniqueConstraint("community_id", "key", name=op.f("uq_community_question_community_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("community_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_question_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_community_question_member_id"), ["member_id"], unique=False)

    op.create_table(
        "question_report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_question_report_community_id_community")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_question_report_decided_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_question_report_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_report")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("question_report", schema=None) as batch_op:
        batch_op.create_index("ix_question_report_community_id_state", ["community_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_report_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_report_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("question_report")
    op.drop_table("community_question")
