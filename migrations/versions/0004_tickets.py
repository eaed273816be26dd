"""Tickets for staff, and the vault their contact details come from."""

import sqlalchemy as sa
from alembic import op

revision = "0004_tickets"
down_revision = "0003_catalogue"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "vault",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("placeholder", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "placeholder", name="pk_vault"),
    )
    op.create_index("ix_vault_expires_at", "vault", ["expires_at"])
    op.create_table(
        "tickets",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("instance", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_tickets"),
        sa.UniqueConstraint(
            "conversation_id", "instance", name="uq_tickets_conversation_id"
        ),
    )
    op.create_index("ix_tickets_status", "tickets", ["status"])
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("tickets")
    op.drop_table("vault")
