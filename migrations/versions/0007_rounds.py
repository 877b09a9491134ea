"""Rounds: mock interviews with several people, their questions, answers and reviews, and those held every week.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _plans()
    _rounds()
    _of_rounds()
    _of_members()


def _plans() -> None:
    op.create_table(
        "round_plan",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("host_id", BigId, nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("peers", sa.Boolean(), nullable=False),
        sa.Column("last_day", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_round_plan_community_id_community")),
        sa.ForeignKeyConstraint(["host_id"], ["member.id"], name=op.f("fk_round_plan_host_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_round_plan_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_plan")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("round_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_plan_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_plan_host_id"), ["host_id"], unique=False)


def _rounds() -> None:
    op.create_table(
        "interview_round",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("host_id", BigId, nullable=True),
        sa.Column("plan_id", BigId, nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("peers", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_interview_round_community_id_community")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["member.id"], name=op.f("fk_interview_round_host_id_member")),
        sa.ForeignKeyConstraint(["plan_id"], ["round_plan.id"], name=op.f("fk_interview_round_plan_id_round_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_round")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("interview_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_round_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_round_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_round_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_round_plan_id"), ["plan_id"], unique=False)


def _of_rounds() -> None:
    op.create_table(
        "round_place",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["interview_round.id"], name=op.f("fk_round_place_round_id_interview_round")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_round_place_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_place")),
        sa.UniqueConstraint("round_id", "workspace_id", name=op.f("uq_round_place_round_id_workspace_id")),
    )
    with op.batch_alter_table("round_place", schema=None) as batch_op:
        batch_op.create_index("ix_round_place_place", ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_place_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "round_question",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["interview_round.id"], name=op.f("fk_round_question_round_id_interview_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_round_question_round_id_position")),
    )


def _of_members() -> None:
    op.create_table(
        "round_signup",
        sa.Column("id", BigId, nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_round_signup_member_id_member")),
        sa.ForeignKeyConstraint(["plan_id"], ["round_plan.id"], name=op.f("fk_round_signup_plan_id_round_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_signup")),
        sa.UniqueConstraint("plan_id", "day", "member_id", name=op.f("uq_round_signup_plan_id_day_member_id")),
    )
    with op.batch_alter_table("round_signup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_signup_member_id"), ["member_id"], unique=False)

    op.create_table(
        "round_seat",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_round_seat_member_id_member")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["interview_round.id"], name=op.f("fk_round_seat_round_id_interview_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_seat")),
        sa.UniqueConstraint("round_id", "member_id", name=op.f("uq_round_seat_round_id_member_id")),
    )
    with op.batch_alter_table("round_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_seat_member_id"), ["member_id"], unique=False)

    op.create_table(
        "round_answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("heard", Json, nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("grade", Json, nullable=True),
        sa.Column("graded_at", UtcDateTime(), nullable=True),
        sa.Column("peer", Json, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_round_answer_member_id_member")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["interview_round.id"], name=op.f("fk_round_answer_round_id_interview_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_answer")),
        sa.UniqueConstraint(
            "round_id", "position", "member_id", name=op.f("uq_round_answer_round_id_position_member_id")
        ),
    )
    with op.batch_alter_table("round_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_answer_member_id"), ["member_id"], unique=False)

    op.create_table(
        "round_review",
        sa.Column("id", BigId, nullable=False),
        sa.Column("answer_id", BigId, nullable=False),
        sa.Column("reviewer_id", BigId, nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ticks", Json, nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("agreement", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["round_answer.id"], name=op.f("fk_round_review_answer_id_round_answer")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["member.id"], name=op.f("fk_round_review_reviewer_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_review")),
        sa.UniqueConstraint("answer_id", "reviewer_id", name=op.f("uq_round_review_answer_id_reviewer_id")),
    )
    with op.batch_alter_table("round_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_review_reviewer_id"), ["reviewer_id"], unique=False)


def downgrade() -> None:
    for table in ("round_review", "round_answer", "round_seat", "round_signup", "round_question", "round_place"):
        op.drop_table(table)
    op.drop_table("interview_round")
    op.drop_table("round_plan")
