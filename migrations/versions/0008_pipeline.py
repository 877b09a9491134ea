"""The pipeline: applications without a lead, notes, deadlines, undone moves, reminders.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
_WORDS = ("company", "company_key", "title", "url")


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.alter_column("lead_id", existing_type=BigId, nullable=True)
        batch_op.add_column(sa.Column("key", sa.String(), nullable=True))
        for name in _WORDS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("applied_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("deadline", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closes_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("nudge_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("closed_told", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_unique_constraint(batch_op.f("uq_application_member_id_key"), ["member_id", "key"])
        batch_op.create_index(batch_op.f("ix_application_nudge_at"), ["nudge_at"], unique=False)
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.add_column(sa.Column("undoes", BigId, nullable=True))
        name = batch_op.f("fk_application_move_undoes_application_move")
        batch_op.create_foreign_key(name, "application_move", ["undoes"], ["id"])
    op.create_table(
        "application_reminder",
        sa.Column("id", BigId, nullable=False),
        sa.Column("application_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_reminder_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_reminder")),
    )
    with op.batch_alter_table("application_reminder", schema=None) as batch_op:
        for column in ("application_id", "at"):
            batch_op.create_index(batch_op.f(f"ix_application_reminder_{column}"), [column], unique=False)
    _carry_over()


def _carry_over() -> None:
    """Say when members applied before there was a column for it; what had closed by then is no news."""
    op.execute(
        "UPDATE application SET applied_at = (SELECT min(at) FROM application_move "
        "WHERE application_id = application.id AND after = 'applied')"
    )
    op.execute(
        "UPDATE application SET closed_told = true "
        "WHERE EXISTS (SELECT 1 FROM lead WHERE lead.id = application.lead_id AND lead.state <> 'open')"
    )


def downgrade() -> None:
    op.drop_table("application_reminder")
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_move_undoes_application_move"), type_="foreignkey")
        batch_op.drop_column("undoes")
    op.execute(
        "DELETE FROM application_move WHERE application_id IN (SELECT id FROM application WHERE lead_id IS NULL)"
    )
    op.execute("DELETE FROM application WHERE lead_id IS NULL")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_nudge_at"))
        batch_op.drop_constraint(batch_op.f("uq_application_member_id_key"), type_="unique")
        later = ("key", *_WORDS, "note", "applied_at", "deadline", "closes_at", "nudge_at", "closed_told")
        for name in later:
            batch_op.drop_column(name)
        batch_op.alter_column("lead_id", existing_type=BigId, nullable=False)
