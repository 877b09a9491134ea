"""Goals and check-ins: goals, times away, zones lived in, the rhythm of a workspace's week, the bot's uptime.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_members()
    op.create_table(
        "goal_rhythm",
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("prompt_hour", sa.Integer(), nullable=False),
        sa.Column("check_in_hour", sa.Integer(), nullable=False),
        sa.Column("recap_day", sa.Integer(), nullable=False),
        sa.Column("recap_hour", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_goal_rhythm_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_goal_rhythm")),
    )
    op.create_table(
        "uptime",
        sa.Column("id", BigId, nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uptime")),
    )
    with op.batch_alter_table("uptime", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uptime_seen_at"), ["seen_at"], unique=False)


def _of_members() -> None:
    op.create_table(
        "goal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("member_id", "week", "position", name=op.f("uq_goal_member_id_week_position")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index("ix_goal_week", ["week"], unique=False)

    op.create_table(
        "away",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_away_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_away_member_id"), ["member_id"], unique=False)

    op.create_table(
        "zone_stay",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_zone_stay_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_stay")),
    )
    with op.batch_alter_table("zone_stay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_stay_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    for table in ("uptime", "goal_rhythm", "zone_stay", "away", "goal"):
        op.drop_table(table)
