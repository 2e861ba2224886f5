"""A store of every revision in the history, full of data, comes up to the newest with nothing lost, on both databases."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from autograder.errors import StorageError
from autograder.report.schema import Report, read_signed
from autograder.store import records
from autograder.store.audit import trail
from autograder.store.base import Handed
from autograder.store.database import MIGRATIONS, Database, connect, revision_of, upgrade
from autograder.store.sql import SqlStore
from autograder.store.sql_tables import metadata
from tests.store.test_store import OUTCOMES, READ, SECRET, Overview, report

REVISIONS = [
    one.revision for one in ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)]).walk_revisions()
][::-1]
STUDENTS = [f"student{number}" for number in range(5)]


def fill(url: str) -> Database:
    """A store with something in every table."""
    database = Database(url, SECRET)
    store: SqlStore[Report] = SqlStore(database, "10-gcn", functools.partial(read_signed, secret=SECRET))
    store.prepare("10-gcn")
    for student in STUDENTS:
        made = report(student)
        store.hand_in(Handed(student, "a.ipynb", made.key.content_hash, b"the notebook", "2027-05-01T00:00:00+00:00"))
        store.put(made, OUTCOMES)
    store.put(report("kim", content_hash="f" * 64), None)
    store.overview(Overview())
    records.enrol(database, [records.Person(student, f"김 {student}", "a team") for student in STUDENTS])
    records.decide(database, [("10-gcn", "student3", "score", "7.5"), ("10-gcn", "student4", "held", "yes")], "asked")
    return database


def everything(database: Database) -> dict[str, object]:
    """All that a store can be asked for."""
    store: SqlStore[Report] = SqlStore(database, "10-gcn", READ)
    with database.reading() as connection:
        noted = list(trail(connection, SECRET))
    return {
        "attempts": list(records.attempts(database, checks=True)),
        "history": records.history(database),
        "decisions": records.decisions(database),
        "people": records.people(database),
        "rosters": records.rosters(database),
        "reports": list(store.reports()),
        "outcomes": [store.outcomes(one.key) for one in store.reports()],
        "handed in": [store.handed_in(student) for student in STUDENTS],
        "known": store.known(),
        "trail": noted,
    }


def as_of(revision: str, full: Database, url: str) -> Database:
    """A store of an old revision with the rows of a full one, in the columns that there were then."""
    engine = connect(url)
    upgrade(engine, revision)
    then = sa.MetaData()
    then.reflect(engine)
    with full.reading() as source, engine.execution_options(writes=True).begin() as into:
        for table in (then.tables[name.name] for name in metadata.sorted_tables if name.name in then.tables):
            rows = [dict(row) for row in source.execute(sa.select(*(metadata.tables[table.name].c[c.name] for c in table.c))).mappings()]  # fmt: skip
            assert rows, table.name
            into.execute(table.insert(), rows)
    return Database(url, SECRET)


LATER = {"0001": {"decisions", "people", "rosters"}}  # what an earlier revision could not hold


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_revision_comes_up_full_of_data(new_url: Callable[[], str], revision: str) -> None:
    full = fill(new_url())
    old = as_of(revision, full, new_url())
    expected, found = everything(full), everything(old)
    for name, value in expected.items():
        assert found[name] == (type(value)() if name in LATER.get(revision, ()) else value), name
    assert all(noted.whole for noted in found["trail"])  # type: ignore[attr-defined]
    with connect(old.url).connect() as connection:
        assert revision_of(connection) == REVISIONS[-1]


def test_the_migrations_make_the_tables_that_the_code_uses(url: str) -> None:
    engine = connect(url)
    upgrade(engine, "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_store_of_a_newer_version_is_refused(url: str) -> None:
    engine = connect(url)
    upgrade(engine, "head")
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with (
        pytest.raises(StorageError, match=r"newer version of the autograder \(its schema is 9999\)"),
        Database(url, SECRET).reading(),
    ):
        pass
