"""The audit trail: who did what, when, each row sealed together with the one before it.

The seal is an HMAC by the course's secret. A row that somebody changed, removed or slipped in breaks the chain there;
only rows removed from the end leave no trace.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.store.database import now, somebody

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Noted:
    """A row of the trail.

    at: when, ISO 8601 in UTC.
    who: the person who did it.
    action: what was done.
    slug, student: to what; "" where it concerns the course.
    detail: the particulars.
    whole: whether the row is as it was written, and follows the one before it.
    """

    at: str
    who: str
    action: str
    slug: str
    student: str
    detail: Mapping[str, Any]
    whole: bool


def note(
    connection: Connection, secret: bytes, action: str, slug: str = "", student: str = "", **detail: object
) -> None:
    """Add a row, in the same transaction as the change that it records."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import audit

    before = connection.scalar(sa.select(audit.c.seal).order_by(audit.c.id.desc()).limit(1)) or ""
    row = {
        "at": now(),
        "who": somebody(),
        "action": action,
        "slug": slug,
        "student": student,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }
    connection.execute(audit.insert().values(**row, seal=seal(secret, before, *row.values())))


def trail(connection: Connection, secret: bytes, slug: str = "", student: str = "") -> Iterator[Noted]:
    """The rows, oldest first, of one assignment or student where they are named; the chain is checked as a whole."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import audit

    before = ""
    for row in connection.execute(sa.select(audit).order_by(audit.c.id)):
        told = (row.at, row.who, row.action, row.slug, row.student, row.detail)
        whole = hmac.compare_digest(row.seal, seal(secret, before, *told))
        before = row.seal
        if slug in ("", row.slug) and student in ("", row.student):
            yield Noted(*told[:-1], json.loads(row.detail), whole)


def seal_of_report(secret: bytes, row: Mapping[str, Any]) -> str:
    """The seal of the columns that a gradebook reads of a report without opening it."""
    told = ("slug", "student", "content_hash", "submitted", "status", "score", "max_score", "at")
    return seal(secret, "report", *(str(row[name]) for name in told))


def seal_of_decision(secret: bytes, row: Mapping[str, Any]) -> str:
    """The seal of a decision, with who made it and why."""
    told = ("slug", "student", "kind", "value", "reason", "who", "at")
    return seal(secret, "decision", *(str(row[name]) for name in told))


def seal(secret: bytes, *parts: str) -> str:
    """The HMAC of these texts, in this order."""
    text = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hmac.new(hashlib.sha256(b"store" + secret).digest(), text, hashlib.sha256).hexdigest()
