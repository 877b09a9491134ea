"""Profiles, what members want to be told, the ledger of evidence; a delivery may belong into a thread.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("retracts", BigId, nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_evidence_community_id_community")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_evidence_member_id_member")),
        sa.ForeignKeyConstraint(["retracts"], ["evidence.id"], name=op.f("fk_evidence_retracts_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_community", ["community_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_retracts"), ["retracts"], unique=False)

    op.create_table(
        "notification_choice",
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_notification_choice_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "kind", name=op.f("pk_notification_choice")),
    )
    op.create_table(
        "profile",
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("degree", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("topics", Json, nullable=False),
        sa.Column("places", Json, nullable=False),
        sa.Column("permit_notes", sa.String(), nullable=False),
        sa.Column("shows_steps", sa.Boolean(), nullable=True),
        sa.Column("zone_confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_profile_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profile")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("under", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("under")

    op.drop_table("profile")
    op.drop_table("notification_choice")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_retracts"))
        batch_op.drop_index(batch_op.f("ix_evidence_member_id"))
        batch_op.drop_index("ix_evidence_community")

    op.drop_table("evidence")
