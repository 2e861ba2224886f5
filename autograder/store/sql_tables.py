"""The tables of a course's store, as the newest migration leaves them. SQLite and PostgreSQL have the same ones.

A grade, a decision and a note of the audit trail are rows that are never changed or removed; of a report only `current`
changes. Overviews, people and rosters are replaced. Times are ISO 8601 as text, in UTC but for `submitted`. What is
large is deflated, or lies in `blobs`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

blobs = Table(
    "blobs",
    metadata,
    Column("hash", String(64), primary_key=True),  # of outcomes or a submission; for calls, of their version
    Column("content", LargeBinary, nullable=False),
)

classes = Table(
    "classes",
    metadata,
    Column("slug", String(80), primary_key=True),
    Column("overview", LargeBinary),  # what a later batch must know, as its JSON
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("student", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("submitted", String(40), nullable=False),  # "" where nobody knows when
    Column("notes", Text, nullable=False),  # what its student should know, as JSON
    Column("received", String(40), nullable=False),
    UniqueConstraint("slug", "student", "content_hash", "submitted", name="one_row_an_attempt"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("student", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("grade_fingerprint", String(64), nullable=False),
    Column("seed_id", String(64), nullable=False),
    Column("autograder", String(40), nullable=False),
    Column("submitted", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("score", Double),
    Column("max_score", Double),
    Column("content", LargeBinary, nullable=False),  # its JSON, deflated
    Column("outcomes", String(64), ForeignKey("blobs.hash")),
    Column("current", Boolean, nullable=False),  # the one that a folder of reports would hold
    Column("at", String(40), nullable=False),
    Column("seal", String(64), nullable=False),  # HMAC of what a gradebook reads of this row
    Column("checks", Text, nullable=False, server_default="{}"),  # {"task/check": "p"assed, "f"ailed or "o"pen}
    Column("diagnoses", Text, nullable=False, server_default="{}"),  # {task: id of the misconception}
    Index("reports_of_a_student", "slug", "student", "current"),
)

grades = Table(
    "grades",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("student", Text, nullable=False),
    Column("report", Integer, ForeignKey("reports.id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("score", Double),
    Column("max_score", Double),
    Column("cause", String(40), nullable=False),  # graded, rescored, regraded, rebuilt
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("grades_of_a_student", "slug", "student"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("slug", String(80), nullable=False),
    Column("student", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seal", String(64), nullable=False),  # HMAC of this row and the seal before
)

people = Table(
    "people",
    metadata,
    Column("student", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("team", Text, nullable=False),
)

rosters = Table(
    "rosters",
    metadata,
    Column("slug", String(80), primary_key=True),  # "" for the course as a whole
    Column("student", Text, ForeignKey("people.student"), primary_key=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("student", Text, nullable=False),
    Column("kind", String(20), nullable=False),  # score, excused, held, extension
    Column("value", Text, nullable=False),  # "" takes the earlier one back
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("seal", String(64), nullable=False),  # HMAC of this row
    Index("decisions_on_a_student", "slug", "student", "kind"),
)
