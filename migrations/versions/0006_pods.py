"""Pods and pairs: who wants to be matched, when it is done, who met whom.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_wishes()
    op.create_table(
        "pod_round",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pod_round_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pod_round")),
        sa.UniqueConstraint("key", name=op.f("uq_pod_round_key")),
    )
    with op.batch_alter_table("pod_round", schema=None) as batch_op:
        batch_op.create_index("ix_pod_round_community", ["community_id", "day"], unique=False)

    op.create_table(
        "pod",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace_id", BigId, nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=False),
        sa.Column("ask_at", UtcDateTime(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["pod_round.id"], name=op.f("fk_pod_round_id_pod_round")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pod_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pod")),
    )
    with op.batch_alter_table("pod", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pod_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pod_ask_at"), ["ask_at"], unique=False)

    op.create_table(
        "pod_member",
        sa.Column("id", BigId, nullable=False),
        sa.Column("pod_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["pod_id"], ["pod.id"], name=op.f("fk_pod_member_pod_id_pod")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pod_member_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pod_member")),
        sa.UniqueConstraint("pod_id", "member_id", name=op.f("uq_pod_member_pod_id_member_id")),
    )
    with op.batch_alter_table("pod_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pod_member_member_id"), ["member_id"], unique=False)


def _of_wishes() -> None:
    op.create_table(
        "pod_rhythm",
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pod_rhythm_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_pod_rhythm")),
    )
    op.create_table(
        "pod_wish",
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("pod", sa.Boolean(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("resting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pod_wish_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_pod_wish")),
    )
    op.create_table(
        "pod_stay",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pod_stay_community_id_community")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pod_stay_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pod_stay")),
    )
    with op.batch_alter_table("pod_stay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pod_stay_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pod_stay_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    for table in ("pod_member", "pod", "pod_round", "pod_stay", "pod_wish", "pod_rhythm"):
        op.drop_table(table)
