"""Linked accounts: members that were merged, one-time codes, wrong tries.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite makes the table anew: from now on it counts members without ever using a number again.
    with op.batch_alter_table("member", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("merged_into", BigId, nullable=True))
        batch_op.add_column(sa.Column("merged_at", UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_member_merged_into_member"), "member", ["merged_into"], ["id"])
        batch_op.create_index(batch_op.f("ix_member_merged_into"), ["merged_into"], unique=False)

    op.create_table(
        "link_code",
        sa.Column("id", BigId, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", BigId, nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by"], ["member.id"], name=op.f("fk_link_code_entered_by_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_link_code_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_link_code_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_link_code_digest")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_code_entered_by"), ["entered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_code_member_id"), ["member_id"], unique=False)

    op.create_table(
        "link_try",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_link_try_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_try")),
    )
    with op.batch_alter_table("link_try", schema=None) as batch_op:
        batch_op.create_index("ix_link_try_member_id_at", ["member_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("link_try")
    op.drop_table("link_code")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_merged_into"))
        batch_op.drop_constraint(batch_op.f("fk_member_merged_into_member"), type_="foreignkey")
        batch_op.drop_column("merged_at")
        batch_op.drop_column("merged_into")
