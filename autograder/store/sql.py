"""A store that is a database: SQLite in one file, or PostgreSQL. One object is the class of one assignment in it.

A report, its outcomes, the grade and the note in the audit trail are one transaction. A folder of reports is written
from it where one is asked for; it can be made again at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from autograder.errors import UsageError
from autograder.store.audit import note, seal_of_report
from autograder.store.base import Handed, Key, Overview, ReportT
from autograder.store.database import Database, now, somebody
from autograder.store.facts import deflate, facts_of, inflate
from autograder.store.folder import FolderStore

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

_KEY = ("student", "name", "content_hash", "slug", "grade_fingerprint", "seed_id", "autograder")


@dataclass(frozen=True)
class SqlStore(Generic[ReportT]):
    """The class of one assignment in a database. It can be pickled: each process connects by itself.

    database: the course's.
    slug: the assignment's.
    read: makes a report of its JSON; returns None for one that cannot be trusted.
    export: a folder of reports that is kept up to date beside the database.
    cause, reason: of the grades that are put, for their history.
    """

    database: Database
    slug: str
    read: Callable[[bytes], ReportT | None]
    export: FolderStore[ReportT] | None = None
    cause: str = "graded"
    reason: str = ""

    def because(self, cause: str, reason: str) -> SqlStore[ReportT]:
        """The same store, whose next grades have another cause."""
        return replace(self, cause=cause, reason=reason)

    @property
    def kept(self) -> Path | None:
        """Where the class may keep files that no student gets."""
        return self.export.kept if self.export else None

    def prepare(self, slug: str) -> None:
        """Open the database. Raises StorageError where it cannot be had, UsageError for another assignment."""
        if slug != self.slug:
            raise UsageError(
                f"holds the reports of {self.slug}, and this is {slug}",
                remedy="A store object belongs to one assignment: make another.",
            )
        if self.export:
            self.export.prepare(slug)
        with self.database.reading():
            pass

    def hand_in(self, handed: Handed) -> None:
        """Keep what was handed in, before it is graded. The same file with the same time is the same attempt."""
        from autograder.store.sql_tables import submissions

        row = {
            "slug": self.slug,
            "student": handed.student,
            "name": handed.name,
            "content_hash": handed.content_hash,
            "submitted": handed.submitted,
        }
        with self.database.reading() as connection:
            known = connection.scalar(_same(submissions, row, "student", "slug", "content_hash", "submitted"))
        if known is not None:
            return
        with self.database.writing() as connection:
            if connection.scalar(_same(submissions, row, "student", "slug", "content_hash", "submitted")) is not None:
                return
            _keep_blob(connection, handed.content_hash, handed.content)
            notes = json.dumps(handed.notes, ensure_ascii=False)
            connection.execute(submissions.insert().values(**row, notes=notes, received=now()))
            note(connection, self.database.secret, "handed in", self.slug, handed.student, file=handed.content_hash)

    def handed_in(self, student: str, content_hash: str = "") -> Handed | None:
        """What a student handed in, the newest of this hash; None where nothing is kept."""
        import sqlalchemy as sa

        from autograder.store.sql_tables import blobs, submissions

        mine = (submissions.c.slug == self.slug) & (submissions.c.student == student)
        if content_hash:
            mine &= submissions.c.content_hash == content_hash
        found = (
            sa.select(submissions, blobs.c.content)
            .join(blobs, blobs.c.hash == submissions.c.content_hash)
            .where(mine)
            .order_by(submissions.c.id.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            row = connection.execute(found).first()
        if row is None:
            return None
        return Handed(row.student, row.name, row.content_hash, row.content, row.submitted, tuple(json.loads(row.notes)))

    def keep_calls(self, version: str, content: bytes) -> None:
        if self.calls(version) is None:
            with self.database.writing() as connection:
                _keep_blob(connection, self._calls_key(version), content)

    def calls(self, version: str) -> bytes | None:
        return self._blob(self._calls_key(version))

    def _calls_key(self, version: str) -> str:
        """The key under which the calls of a version are kept; unlike other blobs, it is no hash of the content."""
        return hashlib.sha256(f"calls\0{self.slug}\0{version}".encode()).hexdigest()

    def earlier(self, key: Key) -> ReportT | None:
        """The newest report under this key; None where there is none, or none that can be trusted.

        Where an earlier attempt is handed in again, its report becomes the current one, in the folder, too.
        """
        row = self._find(key)
        if row is None:
            return self._taken_over(key)
        report = self.read(inflate(row.content))
        if report is None:
            return None
        if not row.current:
            self._make_current(row.id, key.student)
        if self.export and self.export.earlier(key) != report:
            self.export.put(report, self._blob(row.outcomes))
        return report

    def _taken_over(self, key: Key) -> ReportT | None:
        """A report from the folder, of a class that was graded before the course had a store."""
        report = self.export.earlier(key) if self.export else None
        if report is not None and self.export:
            self.because("graded", "from a folder of reports").put(report, self.export.outcomes(key))
        return report

    def outcomes(self, key: Key) -> bytes | None:
        row = self._find(key)
        return self._blob(row.outcomes) if row is not None else None

    def put(self, report: ReportT, outcomes: bytes | None) -> None:
        content = report.to_json()
        facts, key = facts_of(content), report.key
        digest = hashlib.sha256(outcomes).hexdigest() if outcomes is not None else None
        row = {name: getattr(key, name) for name in _KEY} | {
            "submitted": facts.submitted or "",
            "status": facts.status,
            "score": facts.score,
            "max_score": facts.max_score,
            "content": deflate(content),
            "outcomes": digest,
            "current": True,
            "at": now(),
            "checks": facts.checks_json(),
            "diagnoses": facts.diagnoses_json(),
        }
        row["seal"] = seal_of_report(self.database.secret, row)
        with self.database.writing() as connection:
            if digest is not None and outcomes is not None:
                _keep_blob(connection, digest, outcomes)
            number, shown = self._add(connection, row)
            self._add_grade(connection, number, row)
        if self.export and shown:
            self.export.put(report, outcomes)

    def reports(self) -> Iterator[ReportT]:
        import sqlalchemy as sa

        from autograder.store.sql_tables import reports

        mine = (reports.c.slug == self.slug) & reports.c.current
        with self.database.reading() as connection:
            numbers = connection.execute(sa.select(reports.c.id, reports.c.student).where(mine)).all()
        by_student = sorted(numbers, key=lambda row: str(row.student))  # as Python sorts, whatever the collation
        yield from self._opened([row.id for row in by_student])

    def attempts(self) -> Iterator[ReportT]:
        """The newest report of every file that was ever handed in, oldest file first; `reports` gives one a student."""
        import sqlalchemy as sa

        from autograder.store.sql_tables import reports

        first, last = sa.func.min(reports.c.id), sa.func.max(reports.c.id)
        newest = sa.select(last).where(reports.c.slug == self.slug)
        newest = newest.group_by(reports.c.student, reports.c.content_hash).order_by(first)
        with self.database.reading() as connection:
            numbers = connection.scalars(newest).all()
        yield from self._opened(numbers)

    def _opened(self, numbers: Sequence[int]) -> Iterator[ReportT]:
        """The reports of these rows that can be trusted, one in memory at a time."""
        import sqlalchemy as sa

        from autograder.store.sql_tables import reports

        for number in numbers:
            with self.database.reading() as connection:
                content = connection.scalar(sa.select(reports.c.content).where(reports.c.id == number))
            report = self.read(inflate(content)) if content is not None else None
            if report is not None:
                yield report

    def overview(self, of_class: Overview) -> None:
        from autograder.store.sql_tables import classes

        content = of_class.to_json()
        with self.database.writing() as connection:
            changed = connection.execute(
                classes.update().where(classes.c.slug == self.slug).values(overview=content)
            ).rowcount
            if not changed:
                connection.execute(classes.insert().values(slug=self.slug, overview=content))
        if self.export:
            self.export.overview(of_class)

    def known(self) -> bytes | None:
        import sqlalchemy as sa

        from autograder.store.sql_tables import classes

        with self.database.reading() as connection:
            found = connection.scalar(sa.select(classes.c.overview).where(classes.c.slug == self.slug))
        return bytes(found) if found is not None else None

    def _find(self, key: Key) -> Row[Any] | None:
        import sqlalchemy as sa

        from autograder.store.sql_tables import reports

        wanted = [reports.c[name] == getattr(key, name) for name in _KEY]
        newest = sa.select(reports).where(*wanted).order_by(reports.c.id.desc()).limit(1)
        with self.database.reading() as connection:
            return connection.execute(newest).first()

    def _blob(self, digest: str | None) -> bytes | None:
        import sqlalchemy as sa

        from autograder.store.sql_tables import blobs

        if digest is None:
            return None
        with self.database.reading() as connection:
            found = connection.scalar(sa.select(blobs.c.content).where(blobs.c.hash == digest))
        return bytes(found) if found is not None else None

    def _make_current(self, number: int, student: str) -> None:
        from autograder.store.sql_tables import reports

        with self.database.writing() as connection:
            connection.execute(reports.update().where(self._currents(student)).values(current=False))
            connection.execute(reports.update().where(reports.c.id == number).values(current=True))

    def _currents(self, student: str) -> ColumnElement[bool]:
        from autograder.store.sql_tables import reports

        return (reports.c.slug == self.slug) & (reports.c.student == student) & reports.c.current

    def _add(self, connection: Connection, row: Mapping[str, Any]) -> tuple[int, bool]:
        """(number of the row, whether it is the report that a folder shows)"""
        import sqlalchemy as sa

        from autograder.store.sql_tables import reports

        mine = self._currents(row["student"])
        if self.cause != "graded":  # an earlier attempt that is scored again stays an earlier attempt
            shown = connection.scalar(sa.select(reports.c.content_hash).where(mine))
            row = {**row, "current": shown in (None, row["content_hash"])}
        if row["current"]:
            connection.execute(reports.update().where(mine).values(current=False))
        (number,) = connection.execute(reports.insert().values(**row)).inserted_primary_key or (0,)
        return int(number), bool(row["current"])

    def _add_grade(self, connection: Connection, number: int, row: Mapping[str, Any]) -> None:
        """The grade of a report. `grades` is its history: nothing is taken out of it."""
        from autograder.store.sql_tables import grades

        shared = {name: row[name] for name in ("slug", "student", "status", "score", "max_score")}
        why = {"cause": self.cause, "reason": self.reason, "who": somebody(), "at": row["at"]}
        connection.execute(grades.insert().values(**shared, **why, report=number))
        told = {"score": row["score"], "status": row["status"], "file": row["content_hash"]}
        note(connection, self.database.secret, self.cause, self.slug, row["student"], reason=self.reason, **told)


def _same(table: Any, row: Mapping[str, Any], *columns: str) -> Any:
    import sqlalchemy as sa

    return sa.select(table.c.id).where(*(table.c[name] == row[name] for name in columns)).limit(1)


def _keep_blob(connection: Connection, digest: str, content: bytes) -> None:
    import sqlalchemy as sa

    from autograder.store.sql_tables import blobs

    if connection.scalar(sa.select(blobs.c.hash).where(blobs.c.hash == digest)) is None:
        connection.execute(blobs.insert().values(hash=digest, content=content))
