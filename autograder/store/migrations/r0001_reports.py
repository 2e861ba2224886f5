"""Submissions, reports, grades with their history, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("blobs", sa.Column("hash", sa.String(64), primary_key=True), _column("content", sa.LargeBinary))
    op.create_table(
        "classes", sa.Column("slug", sa.String(80), primary_key=True), sa.Column("overview", sa.LargeBinary)
    )
    op.create_table(
        "submissions",
        _number(),
        _column("slug", sa.String(80)),
        _column("student", sa.Text),
        _column("name", sa.Text),
        _column("content_hash", sa.String(64)),
        _column("submitted", sa.String(40)),
        _column("notes", sa.Text),
        _column("received", sa.String(40)),
        sa.UniqueConstraint("slug", "student", "content_hash", "submitted", name="one_row_an_attempt"),
    )
    _reports()
    _grades()
    op.create_table(
        "audit",
        _number(),
        _column("at", sa.String(40)),
        _column("who", sa.Text),
        _column("action", sa.String(40)),
        _column("slug", sa.String(80)),
        _column("student", sa.Text),
        _column("detail", sa.Text),
        _column("seal", sa.String(64)),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        _number(),
        _column("slug", sa.String(80)),
        _column("student", sa.Text),
        _column("name", sa.Text),
        _column("content_hash", sa.String(64)),
        _column("grade_fingerprint", sa.String(64)),
        _column("seed_id", sa.String(64)),
        _column("autograder", sa.String(40)),
        _column("submitted", sa.String(40)),
        _column("status", sa.String(20)),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Double),
        _column("content", sa.LargeBinary),
        sa.Column("outcomes", sa.String(64), sa.ForeignKey("blobs.hash")),
        _column("current", sa.Boolean),
        _column("at", sa.String(40)),
        _column("seal", sa.String(64)),
    )
    op.create_index("reports_of_a_student", "reports", ["slug", "student", "current"])


def _grades() -> None:
    op.create_table(
        "grades",
        _number(),
        _column("slug", sa.String(80)),
        _column("student", sa.Text),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id"), nullable=False),
        _column("status", sa.String(20)),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Double),
        _column("cause", sa.String(40)),
        _column("reason", sa.Text),
        _column("who", sa.Text),
        _column("at", sa.String(40)),
    )
    op.create_index("grades_of_a_student", "grades", ["slug", "student"])


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _column(name: str, kind: sa.types.TypeEngine | type[sa.types.TypeEngine]) -> sa.Column:  # type: ignore[type-arg]
    """A column that is always filled."""
    return sa.Column(name, kind, nullable=False)
