"""The house, and all that leads need.

Revision: 0001, first
"""

import sqlalchemy as sa
from alembic import op

from bot.db import BigId, Json, UtcDateTime
from bot.leads.search_index import create_search_index, drop_search_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_search_index(op.get_bind())
    op.create_table(
        "community",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", BigId, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("community", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_version", sa.Integer(), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("batch", sa.String(), nullable=True),
        sa.Column("batched_at", UtcDateTime(), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "what", "platform", "workspace", "place", name=op.f("uq_delivery_what_platform_workspace_place")
        ),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_community"), ["community"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_delivery_due", ["due", "not_before"], unique=False)

    op.create_table(
        "lead_filter",
        sa.Column("id", BigId, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("spec", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_filter")),
        sa.UniqueConstraint("digest", name=op.f("uq_lead_filter_digest")),
    )
    op.create_table(
        "schedule",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("args", Json, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_schedule")),
    )
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_next_at"), ["next_at"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("home", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("ok_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("ml_internships", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )
    op.create_table(
        "web_entry",
        sa.Column("id", BigId, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("only_for", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("beneath", BigId, nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_web_entry_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("web_entry", schema=None) as batch_op:
        batch_op.create_index("ix_web_entry_place_id", ["place", "id"], unique=False)

    op.create_table(
        "web_name",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_web_name")),
    )
    op.create_table(
        "web_secret",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_secret")),
    )
    op.create_table(
        "lead",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=True),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("company_key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("internship", sa.Boolean(), nullable=False),
        sa.Column("ml", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", Json, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("degrees", Json, nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("part_time", sa.Boolean(), nullable=True),
        sa.Column("sponsorship", sa.String(), nullable=False),
        sa.Column("research", sa.Boolean(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("research_team", sa.Boolean(), nullable=True),
        sa.Column("places", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("goodness", sa.Double(), nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lead_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index("ix_lead_canonical", ["canonical"], unique=False)
        batch_op.create_index("ix_lead_company_key", ["company_key"], unique=False)
        batch_op.create_index("ix_lead_wanted", ["state", "internship", "ml", "first_seen"], unique=False)

    op.create_table(
        "link_offer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_link_offer_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_offer")),
        sa.UniqueConstraint("community_id", "canonical", name=op.f("uq_link_offer_community_id_canonical")),
    )
    op.create_table(
        "member",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_member_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_community_id"), ["community_id"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_rejected_row_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
    )
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejected_row_source_id"), ["source_id"], unique=False)

    op.create_table(
        "workspace",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_workspace_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("platform", "external_id", name=op.f("uq_workspace_platform_external_id")),
    )
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workspace_community_id"), ["community_id"], unique=False)

    op.create_table(
        "announcement",
        sa.Column("id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_announcement_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("workspace_id", "day", name=op.f("uq_announcement_workspace_id_day")),
    )
    op.create_table(
        "application",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_application_lead_id_lead")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_application_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("member_id", "lead_id", name=op.f("uq_application_member_id_lead_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "channel_role",
        sa.Column("id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("set_by", BigId, nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("trouble_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["member.id"], name=op.f("fk_channel_role_set_by_member")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_channel_role_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_role")),
        sa.UniqueConstraint("workspace_id", "role", name=op.f("uq_channel_role_workspace_id_role")),
    )
    op.create_table(
        "follow",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("filter_id", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("told_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["filter_id"], ["lead_filter.id"], name=op.f("fk_follow_filter_id_lead_filter")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_follow_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("member_id", "filter_id", name=op.f("uq_follow_member_id_filter_id")),
    )
    op.create_table(
        "form_draft",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("typed", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_form_draft_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    with op.batch_alter_table("form_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_draft_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_draft_member_id"), ["member_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_identity_community_id_community")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_identity_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_identity_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint(
            "community_id", "platform", "external_id", name=op.f("uq_identity_community_id_platform_external_id")
        ),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_member_id"), ["member_id"], unique=False)

    op.create_table(
        "lead_event",
        sa.Column("id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_event_lead_id_lead")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_lead_event_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_event")),
    )
    with op.batch_alter_table("lead_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_event_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "lead_feed",
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("filter_id", BigId, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("announced_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["filter_id"], ["lead_filter.id"], name=op.f("fk_lead_feed_filter_id_lead_filter")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_lead_feed_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_lead_feed")),
    )
    op.create_table(
        "lead_hidden",
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lead_hidden_community_id_community")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_hidden_lead_id_lead")),
        sa.PrimaryKeyConstraint("community_id", "lead_id", name=op.f("pk_lead_hidden")),
    )
    op.create_table(
        "lead_mark",
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_mark_lead_id_lead")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_lead_mark_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "lead_id", name=op.f("pk_lead_mark")),
    )
    op.create_table(
        "lead_place",
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_place_lead_id_lead")),
        sa.PrimaryKeyConstraint("lead_id", "name", name=op.f("pk_lead_place")),
    )
    with op.batch_alter_table("lead_place", schema=None) as batch_op:
        batch_op.create_index("ix_lead_place_name", ["name", "lead_id"], unique=False)

    op.create_table(
        "lead_report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_report_lead_id_lead")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_lead_report_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_report")),
        sa.UniqueConstraint("lead_id", "member_id", name=op.f("uq_lead_report_lead_id_member_id")),
    )
    op.create_table(
        "share",
        sa.Column("id", BigId, nullable=False),
        sa.Column("community_id", BigId, nullable=False),
        sa.Column("workspace_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("read", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("lead_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_share_community_id_community")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_share_decided_by_member")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_share_lead_id_lead")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_share_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_share_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_community_id"), ["community_id"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("raw", Json, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_sighting_lead_id_lead")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_sighting_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_sighting_source_id_key")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_canonical"), ["canonical"], unique=False)
        batch_op.create_index(batch_op.f("ix_sighting_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "announcement_lead",
        sa.Column("announcement_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_lead_announcement_id_announcement")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_announcement_lead_lead_id_lead")),
        sa.PrimaryKeyConstraint("announcement_id", "position", name=op.f("pk_announcement_lead")),
    )
    with op.batch_alter_table("announcement_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_lead_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "application_move",
        sa.Column("id", BigId, nullable=False),
        sa.Column("application_id", BigId, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_move_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_move")),
    )
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_move_application_id"), ["application_id"], unique=False)

    op.create_table(
        "merge",
        sa.Column("id", BigId, nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("sighting_id", BigId, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_merge_lead_id_lead")),
        sa.ForeignKeyConstraint(["sighting_id"], ["sighting.id"], name=op.f("fk_merge_sighting_id_sighting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_sighting_id"), ["sighting_id"], unique=False)


def downgrade() -> None:
    drop_search_index(op.get_bind())
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merge_sighting_id"))
        batch_op.drop_index(batch_op.f("ix_merge_lead_id"))

    op.drop_table("merge")
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_move_application_id"))

    op.drop_table("application_move")
    with op.batch_alter_table("announcement_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_lead_lead_id"))

    op.drop_table("announcement_lead")
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_lead_id"))
        batch_op.drop_index(batch_op.f("ix_sighting_canonical"))

    op.drop_table("sighting")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_community_id"))

    op.drop_table("share")
    op.drop_table("lead_report")
    with op.batch_alter_table("lead_place", schema=None) as batch_op:
        batch_op.drop_index("ix_lead_place_name")

    op.drop_table("lead_place")
    op.drop_table("lead_mark")
    op.drop_table("lead_hidden")
    op.drop_table("lead_feed")
    with op.batch_alter_table("lead_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_event_lead_id"))
        batch_op.drop_index(batch_op.f("ix_lead_event_at"))

    op.drop_table("lead_event")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_member_id"))

    op.drop_table("identity")
    with op.batch_alter_table("form_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_draft_member_id"))
        batch_op.drop_index(batch_op.f("ix_form_draft_created_at"))

    op.drop_table("form_draft")
    op.drop_table("follow")
    op.drop_table("channel_role")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_lead_id"))

    op.drop_table("application")
    op.drop_table("announcement")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workspace_community_id"))

    op.drop_table("workspace")
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rejected_row_source_id"))

    op.drop_table("rejected_row")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_community_id"))

    op.drop_table("member")
    op.drop_table("link_offer")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index("ix_lead_wanted")
        batch_op.drop_index("ix_lead_company_key")
        batch_op.drop_index("ix_lead_canonical")

    op.drop_table("lead")
    op.drop_table("web_secret")
    op.drop_table("web_name")
    with op.batch_alter_table("web_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_web_entry_place_id")

    op.drop_table("web_entry")
    op.drop_table("source")
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedule_next_at"))

    op.drop_table("schedule")
    op.drop_table("lead_filter")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_due")
        batch_op.drop_index(batch_op.f("ix_delivery_created_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_community"))
        batch_op.drop_index(batch_op.f("ix_delivery_batch"))

    op.drop_table("delivery")
    op.drop_table("community")
