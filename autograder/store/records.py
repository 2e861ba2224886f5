"""What a course's database knows beside the reports: attempts, people, decisions, and the history of a grade."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

from autograder.errors import StorageError
from autograder.store.audit import note, seal_of_decision, seal_of_report
from autograder.store.database import Database, now, shown, somebody

Kind: TypeAlias = Literal["score", "excused", "held", "extension"]
_TABLE: msgspec.json.Decoder[dict[str, str]] = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True)
class Attempt:
    """One file that was handed in, with its newest grade. The same file once more is no new attempt.

    slug, student: whose, of what.
    content_hash: SHA-256 of what was handed in.
    submitted: when, ISO 8601; "" where nobody knows.
    status: "graded", "pending" or "unreadable".
    score, max_score: points; None where it could not be read.
    current: whether it is the one that a folder of reports shows.
    at: when it was graded.
    checks: {"task/check": "p"assed, "f"ailed or "o"pen}.
    diagnoses: {task: id}.
    """

    slug: str
    student: str
    content_hash: str
    submitted: str
    status: str
    score: float | None
    max_score: float | None
    current: bool
    at: str
    checks: Mapping[str, str]
    diagnoses: Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """Somebody of the course.

    student: as in the names of reports.
    name: as people write it.
    team: who works together.
    """

    student: str
    name: str = ""
    team: str = ""


@dataclass(frozen=True)
class Decision:
    """What somebody decided on one student's work.

    slug, student: on whose, of what.
    kind: "score" (instead of what was graded), "excused", "held" (kept back for now) or "extension".
    value: the points, "yes", or days and seconds with a blank between ("3 0"); "" takes an earlier one back.
    reason: why.
    who: the person who decided.
    at: when.
    """

    slug: str
    student: str
    kind: Kind
    value: str
    reason: str
    who: str
    at: str


@dataclass(frozen=True)
class Change:
    """A grade in a student's history.

    slug, at, status, score, max_score, content_hash: as in `Attempt`.
    cause: graded, rebuilt, rescored or regraded.
    reason: why.
    who: the person who did it.
    """

    slug: str
    at: str
    cause: str
    status: str
    score: float | None
    max_score: float | None
    reason: str
    who: str
    content_hash: str


def attempts(database: Database, *, slug: str = "", student: str = "", checks: bool = False) -> Iterator[Attempt]:
    """Every attempt, the newest report of each, ordered by assignment and by when the file was first graded.

    checks: whether to read what each check gave; without, `checks` and `diagnoses` are empty.

    Raises StorageError for a row that somebody changed.
    """
    import sqlalchemy as sa

    from autograder.store.sql_tables import reports

    same = (reports.c.slug, reports.c.student, reports.c.content_hash)
    files = sa.select(sa.func.min(reports.c.id).label("first"), sa.func.max(reports.c.id).label("last")).group_by(*same)
    file = files.subquery()  # an attempt keeps its place when it is graded again
    columns = [
        *same,
        *(reports.c[name] for name in ("id", "submitted", "status", "score", "max_score", "current", "at", "seal")),
    ]
    columns += [reports.c.checks, reports.c.diagnoses] if checks else []
    query = sa.select(*columns).join(file, file.c.last == reports.c.id).order_by(reports.c.slug, file.c.first)
    query = query.where(reports.c.slug == slug) if slug else query
    query = query.where(reports.c.student == student) if student else query
    with database.reading() as connection:
        for row in connection.execute(query).mappings():
            if not hmac.compare_digest(row["seal"], seal_of_report(database.secret, dict(row))):
                raise _changed(database, f"the grade of {row['student']} in {row['slug']}")
            told = {name: row[name] for name in Attempt.__dataclass_fields__ if name in row}
            told["checks"] = _TABLE.decode(row["checks"]) if checks else {}
            told["diagnoses"] = _TABLE.decode(row["diagnoses"]) if checks else {}
            yield Attempt(**told)


def history(database: Database, slug: str = "", student: str = "") -> list[Change]:
    """Every grade that there ever was, oldest first."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import grades, reports

    names = ("slug", "at", "cause", "status", "score", "max_score", "reason", "who")
    joined = grades.join(reports, reports.c.id == grades.c.report)
    query = sa.select(*(grades.c[name] for name in names), reports.c.content_hash).select_from(joined)
    query = query.where(grades.c.slug == slug) if slug else query
    query = query.where(grades.c.student == student) if student else query
    with database.reading() as connection:
        return [Change(**row) for row in connection.execute(query.order_by(grades.c.id)).mappings()]


def decisions(database: Database, slug: str = "", student: str = "") -> list[Decision]:
    """The decisions in force: the newest of each kind, unless it takes back. Raises StorageError for a changed row."""
    found = {(row.slug, row.student, row.kind): row for row in all_decisions(database, slug, student)}
    return [row for row in found.values() if row.value]


def all_decisions(database: Database, slug: str = "", student: str = "") -> list[Decision]:
    """Everything that was ever decided, oldest first. Raises StorageError where the newest of a kind was changed."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import decisions as table

    query = sa.select(table).order_by(table.c.id)
    query = query.where(table.c.slug == slug) if slug else query
    query = query.where(table.c.student == student) if student else query
    with database.reading() as connection:
        rows = connection.execute(query).mappings().all()
    for row in {(row["slug"], row["student"], row["kind"]): row for row in rows}.values():
        if not hmac.compare_digest(row["seal"], seal_of_decision(database.secret, dict(row))):
            raise _changed(database, f"a decision on {row['student']} in {row['slug']}")
    return [Decision(**{name: row[name] for name in Decision.__dataclass_fields__}) for row in rows]


def decide(database: Database, decided: Sequence[tuple[str, str, Kind, str]], reason: str | Sequence[str]) -> None:
    """Write decisions down, all or none: (slug, student, kind, value) of each. reason: for all, or one for each."""
    from autograder.store.sql_tables import decisions as table

    with database.writing() as connection:
        for number, (slug, student, kind, value) in enumerate(decided):
            why = reason if isinstance(reason, str) else reason[number]
            row = {"slug": slug, "student": student, "kind": kind, "value": value, "reason": why}
            row |= {"who": somebody(), "at": now()}
            connection.execute(table.insert().values(**row, seal=seal_of_decision(database.secret, row)))
            note(connection, database.secret, f"decided: {kind}", slug, student, value=value, reason=why)


def people(database: Database) -> dict[str, Person]:
    """Everybody whom a roster has named, by student."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import people as table

    with database.reading() as connection:
        found = connection.execute(sa.select(table.c.student, table.c.name, table.c.team)).all()
    return {row.student: Person(*row) for row in sorted(found)}


def rosters(database: Database) -> dict[str, set[str]]:
    """Who should hand in, by assignment; "" for the course as a whole."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import rosters as table

    found: dict[str, set[str]] = {}
    with database.reading() as connection:
        for row in connection.execute(sa.select(table.c.slug, table.c.student)):
            found.setdefault(row.slug, set()).add(row.student)
    return found


def enrol(database: Database, persons: Sequence[Person], slug: str = "") -> None:
    """Make these the roster, in place of an earlier one; people stay known. A blank name or team keeps the old one."""
    from autograder.store.sql_tables import people as table
    from autograder.store.sql_tables import rosters as listed

    known = people(database)
    with database.writing() as connection:
        connection.execute(listed.delete().where(listed.c.slug == slug))
        for person in persons:
            before = known.get(person.student)
            values = {"name": person.name, "team": person.team}
            if before is None:
                connection.execute(table.insert().values(student=person.student, **values))
            else:
                values = {"name": person.name or before.name, "team": person.team or before.team}
                connection.execute(table.update().where(table.c.student == person.student).values(values))
            connection.execute(listed.insert().values(slug=slug, student=person.student))
        note(connection, database.secret, "roster", slug, students=len(persons))


def _changed(database: Database, what: str) -> StorageError:
    return StorageError(
        f"{what} is not as the autograder wrote it",
        where=shown(database.url),
        remedy="Was it written with another seed (--seed-file)? Otherwise somebody changed the store: restore a backup.",
    )
