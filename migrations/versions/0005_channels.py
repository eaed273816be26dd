"""Inbox, outbox, people and tokens of the channels."""

import sqlalchemy as sa
from alembic import op

revision = "0005_channels"
down_revision = "0004_tickets"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "channel_events",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("event_key", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        *_queue_columns(),
        sa.PrimaryKeyConstraint("seq", name="pk_channel_events"),
        sa.UniqueConstraint("channel", "event_key", name="uq_channel_events_channel"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_channel_events_state_due_at", "channel_events", ["state", "due_at"]
    )
    op.create_index(
        "ix_channel_events_person_state", "channel_events", ["person", "state"]
    )
    op.create_table(
        "channel_sends",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("reply_to", sa.String(64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("platform_id", sa.String(255)),
        *_queue_columns(),
        sa.PrimaryKeyConstraint("seq", name="pk_channel_sends"),
        sa.UniqueConstraint(
            "person", "reply_to", "part", name="uq_channel_sends_person"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_channel_sends_state_due_at", "channel_sends", ["state", "due_at"]
    )
    op.create_index(
        "ix_channel_sends_person_state", "channel_sends", ["person", "state"]
    )
    op.create_table(
        "channel_people",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("paused_until", MOMENT),
        sa.PrimaryKeyConstraint("person", name="pk_channel_people"),
    )
    op.create_index("ix_channel_people_last_at", "channel_people", ["last_at"])
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary()),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("error", sa.String(64)),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_tokens"),
    )
    op.create_table(
        "channel_marks",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_channel_marks"),
    )


def _queue_columns() -> list[sa.Column]:
    return [
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("error", sa.String(64)),
    ]


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "channel_marks",
        "channel_tokens",
        "channel_people",
        "channel_sends",
        "channel_events",
    ):
        op.drop_table(table)
