"""WeChat: followers, callbacks, the outbox, links

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables, and to each message the channel that it came by."""
    op.add_column("messages", sa.Column("channel", sa.String(16), nullable=True))
    op.create_table(
        "wechat_followers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("openid", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("subscribed", sa.Boolean(), nullable=False),
        sa.Column("window_until", _MOMENT, nullable=True),
        sa.Column("window_left", sa.Integer(), nullable=False),
        sa.Column("collected_seq", sa.Integer(), nullable=False),
        sa.Column("passive_until", _MOMENT, nullable=True),
        sa.Column("consents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_followers"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_wechat_followers_conversation_id_conversations", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("conversation_id", name="uq_wechat_followers_conversation_id"),
        sa.UniqueConstraint("account", "openid", name="uq_wechat_followers_account_openid"),
    )
    for table, name in (("wechat_callbacks", "key"), ("wechat_nonces", "digest")):
        op.create_table(
            table,
            sa.Column("account", sa.String(40), nullable=False),
            sa.Column(name, sa.String(160 if name == "key" else 64), nullable=False),
            sa.Column("attempts", sa.Integer(), nullable=False) if name == "key" else sa.Column("key", sa.String(160), nullable=False),
            sa.Column("seen_at", _MOMENT, nullable=False),
            sa.PrimaryKeyConstraint("account", name, name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_seen_at", table, ["seen_at"])
    op.create_table(
        "wechat_outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("via", sa.String(12), nullable=True),
        sa.Column("passive_for", sa.String(160), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("error", sa.String(120), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_outbox"),
        sa.ForeignKeyConstraint(["follower_id"], ["wechat_followers.id"], name="fk_wechat_outbox_follower_id_wechat_followers", ondelete="CASCADE"),
        sa.UniqueConstraint("message_id", "part", name="uq_wechat_outbox_message_id_part"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wechat_outbox_state_next_at", "wechat_outbox", ["state", "next_at"])
    op.create_index("ix_wechat_outbox_follower_id", "wechat_outbox", ["follower_id"])
    op.create_table(
        "wechat_links",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_wechat_links"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_wechat_links_conversation_id_conversations", ondelete="CASCADE"),
    )
    op.create_index("ix_wechat_links_conversation_id", "wechat_links", ["conversation_id"])
    op.create_index("ix_wechat_links_expires_at", "wechat_links", ["expires_at"])
    op.create_table(
        "wechat_welcomes",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pushed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_wechat_welcomes"),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("wechat_welcomes", "wechat_links", "wechat_outbox", "wechat_nonces", "wechat_callbacks", "wechat_followers"):
        op.drop_table(table)
    op.drop_column("messages", "channel")
