"""Knowledge entries: every version, and the one served now."""

import sqlalchemy as sa
from alembic import op

revision = "0002_knowledge"
down_revision = "0001_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "knowledge_versions",
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("topic", "version", name="pk_knowledge_versions"),
    )
    op.create_table(
        "knowledge_current",
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name="pk_knowledge_current"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("knowledge_current")
    op.drop_table("knowledge_versions")
