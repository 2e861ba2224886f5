"""Backup and restore: every table of a store as one SQLite file, whichever database it came from and goes to.

A backup is read in one transaction, so it is the store of one moment while grading goes on. It gets its name when it is
whole and on the disk. A restore is one transaction too, or a file that gets its name at the end.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import StorageError, UsageError
from autograder.store import liveness
from autograder.store.database import Database, connect, for_writing, lock_writers, revision_of, shown, upgrade

if TYPE_CHECKING:
    from sqlalchemy import Connection

MANY = 200  # rows at once; a row may hold a submission of some MiB


def back_up(database: Database, path: Path) -> dict[str, int]:
    """Write the store to a file that does not exist yet. Returns how many rows of each table it holds."""
    if path.exists():
        raise UsageError("is there already", where=str(path), remedy="Choose another name: no backup is overwritten.")
    with _whole_file(path) as half:
        target = connect(f"sqlite:///{half}")
        upgrade(target, "head")
        with database.reading() as source, for_writing(target).begin() as into:
            counts = _copy(source, into)
        _fold_log(half)
    return counts


def restore(path: Path, url: str) -> dict[str, int]:
    """Fill an empty store from a backup of this or an earlier version. Returns the rows by table.

    Raises UsageError where the store is not empty.
    """
    if not path.is_file():
        raise UsageError("there is no such backup", where=str(path), remedy="autograder backup FILE makes one.")
    with _newest(path) as newest:
        source = connect(f"sqlite:///{newest}")
        if url.startswith("sqlite"):
            place = Path(url.removeprefix("sqlite:///"))
            if place.exists():
                raise _not_empty(url)
            place.parent.mkdir(parents=True, exist_ok=True)
            with _whole_file(place) as half:
                counts = _fill(source, f"sqlite:///{half}")
                _fold_log(half)
            return counts
        return _fill(source, url)


def _fill(source: object, url: str) -> dict[str, int]:
    target = connect(url)
    upgrade(target, "head")
    with source.begin() as reading, for_writing(target).begin() as into:  # type: ignore[attr-defined]
        lock_writers(into)
        if any(_count(into).values()):
            raise _not_empty(url)
        counts = _copy(reading, into)
        _set_counters(into)
    return counts


def _copy(source: Connection, into: Connection) -> dict[str, int]:
    """All rows, table by table in the order of their references."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import metadata

    counts = {}
    for table in metadata.sorted_tables:
        counts[table.name] = 0
        rows = source.execution_options(yield_per=MANY).execute(sa.select(table).order_by(*table.primary_key))
        for part in rows.mappings().partitions(MANY):
            into.execute(table.insert(), [dict(row) for row in part])
            counts[table.name] += len(part)
    return counts


def _count(connection: Connection) -> dict[str, int]:
    import sqlalchemy as sa

    from autograder.store.sql_tables import metadata

    return {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }


def _set_counters(connection: Connection) -> None:
    """Let PostgreSQL number new rows after the copied ones, which keep their numbers."""
    import sqlalchemy as sa

    from autograder.store.sql_tables import metadata

    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c:
            highest = connection.scalar(sa.select(sa.func.max(table.c.id)))
            counter = sa.func.pg_get_serial_sequence(table.name, "id")
            connection.execute(sa.select(sa.func.setval(counter, highest or 1, highest is not None)))


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    """A file to write that gets its name at the end; what killed processes left of such files is removed."""
    for left in path.parent.glob(f".{path.name}.*.tmp*"):
        if liveness.is_dead(left.name.removeprefix(f".{path.name}.").partition(".tmp")[0]):
            left.unlink(missing_ok=True)
    half = path.with_name(f".{path.name}.{liveness.mark()}.tmp")
    try:
        yield half
        with open(half, "rb") as file:
            os.fsync(file.fileno())
        try:
            os.link(half, path)  # fails where another process made the file meanwhile
        except FileExistsError:
            raise _not_empty(f"sqlite:///{path}") from None
        _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from None
    finally:
        for rest in ("", "-wal", "-shm"):
            half.with_name(half.name + rest).unlink(missing_ok=True)


def _fold_log(path: Path) -> None:
    """Fold the write-ahead log into the database, so that the store is one file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _newest(path: Path) -> Iterator[Path]:
    """The backup with the newest schema: itself, or a copy that was brought up."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="autograder-restore-") as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(path, copy)
        engine = connect(f"sqlite:///{copy}")
        with _is_store(path), engine.connect() as connection:
            if revision_of(connection) is None:
                raise UsageError("is no backup of a store", where=str(path), remedy="autograder backup FILE makes one.")
        upgrade(engine, "head")
        yield copy


@contextmanager
def _is_store(path: Path) -> Iterator[None]:
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise UsageError(
            f"is no backup: {error.orig}", where=str(path), remedy="autograder backup FILE makes one."
        ) from None


def _not_empty(url: str) -> UsageError:
    return UsageError(
        "holds a store already",
        where=shown(url),
        remedy="A backup is restored to an empty place: name another with --to.",
    )
