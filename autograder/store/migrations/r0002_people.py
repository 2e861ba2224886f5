"""People, rosters, and what people decide: overrides, excuses, holds and extensions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("student", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
    )
    op.create_table(
        "rosters",
        sa.Column("slug", sa.String(80), primary_key=True),
        sa.Column("student", sa.Text, sa.ForeignKey("people.student"), primary_key=True),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_index("decisions_on_a_student", "decisions", ["slug", "student", "kind"])
