"""Submissions, reports, grades with their history, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "classes", sa.Column("slug", sa.String(80), primary_key=True), sa.Column("overview", sa.LargeBinary)
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("submitted", sa.String(40), nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("received", sa.String(40), nullable=False),
        sa.UniqueConstraint("slug", "student", "content_hash", "submitted", name="one_row_an_attempt"),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("slug", "student", "name")),
        *(
            sa.Column(name, sa.String(64), nullable=False)
            for name in ("content_hash", "grade_fingerprint", "seed_id", "autograder", "submitted", "status")
        ),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Double),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("outcomes", sa.String(64), sa.ForeignKey("blobs.hash")),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_index("reports_of_a_student", "reports", ["slug", "student", "current"])
    op.create_table(
        "grades",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Double),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("grades_of_a_student", "grades", ["slug", "student"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
