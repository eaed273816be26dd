"""The catalogue: rows of schools, majors, roles …, and their cells that are queried."""

import sqlalchemy as sa
from alembic import op

revision = "0003_catalogue"
down_revision = "0002_knowledge"
branch_labels = None
depends_on = None

ROWS = {
    "institutions": [sa.Column("kind", sa.String(16))],
    "majors": [],
    "programmes": [
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("major", sa.String(64)),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("variant", sa.String(32)),
    ],
    "roles": [],
    "employers": [sa.Column("kind", sa.String(16))],
    "certificates": [sa.Column("vendor", sa.String(32))],
    "scholarships": [sa.Column("institution", sa.String(64))],
    "loans": [sa.Column("institution", sa.String(64))],
    "contests": [sa.Column("institution", sa.String(64))],
    "short_courses": [sa.Column("institution", sa.String(64))],
    "contacts": [sa.Column("successor", sa.String(64))],
    "subject_groups": [],
}
CELLS = {
    "scores": [
        sa.Column("kind", sa.String(16)),
        sa.Column("method", sa.String(16)),
        sa.Column("value", sa.Float(), nullable=False),
    ],
    "tuition": [
        sa.Column("amount", sa.BigInteger()),
        sa.Column("amount_min", sa.BigInteger()),
        sa.Column("amount_max", sa.BigInteger()),
        sa.Column("per", sa.String(16)),
        sa.Column("value", sa.Text(), nullable=False),
    ],
    "quotas": [sa.Column("value", sa.Integer(), nullable=False)],
    "salaries": [
        sa.Column("experience", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False),
    ],
}


def upgrade() -> None:
    """Create the tables."""
    for name, columns in ROWS.items():
        op.create_table(
            f"catalogue_{name}",
            sa.Column("id", sa.String(64), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            *columns,
            sa.Column("details", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_catalogue_{name}"),
        )
    for name, columns in CELLS.items():
        op.create_table(
            f"catalogue_{name}",
            sa.Column("owner", sa.String(64), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("year", sa.Integer()),
            *columns,
            sa.Column("confidence", sa.String(8), nullable=False),
            sa.Column("as_of", sa.String(10), nullable=False),
            sa.Column("sources", sa.JSON(), nullable=False),
            sa.Column("details", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("owner", "position", name=f"pk_catalogue_{name}"),
        )
        op.create_index(f"ix_catalogue_{name}_year", f"catalogue_{name}", ["year"])
    for column in ("institution", "major"):
        op.create_index(
            f"ix_catalogue_programmes_{column}", "catalogue_programmes", [column]
        )
    _create_sources_and_state()


def _create_sources_and_state() -> None:
    op.create_table(
        "catalogue_sources",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("date", sa.String(10)),
        sa.Column("url", sa.Text()),
        sa.Column("checked_on", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_sources"),
    )
    op.create_table(
        "catalogue_state",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_state"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("catalogue_state")
    op.drop_table("catalogue_sources")
    for name in (*CELLS, *ROWS):
        op.drop_table(f"catalogue_{name}")
