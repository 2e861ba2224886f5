"""A database by its URL: transactions that are whole or not at all, and a schema that is always the newest.

SQLite runs with a write-ahead log and synchronous=FULL, so a commit survives a kill and a loss of power; a writer
takes its lock at the beginning, so that no transaction fails halfway because another one was faster.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import StorageError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

VARIABLE = "AUTOGRADER_STORE"
"""The environment variable with the URL of the store where course.yml names one: a password has no place in course.yml."""

FILE = "course.db"
"""The name of the SQLite file beside course.yml."""

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 120
INSTALL = "Install what a store needs: pip install 'deep-autograder[store]'."
_LOCK = 0x6175746F  # of PostgreSQL's advisory locks: one writer at a time, as SQLite has it


def url_of_course(said: str, root: Path) -> str:
    """The URL of the store of a course: that of $AUTOGRADER_STORE where its course.yml names a store, else that store's.

    said: as course.yml has it; "" for no store, and then there is none.
    """
    return store_url(os.environ.get(VARIABLE) or said, root) if said else ""


def store_url(said: str, root: Path) -> str:
    """The URL of a store. Raises UsageError for what names none.

    said: "sqlite" for a file beside course.yml, "sqlite:NAME" for another file, or "postgresql://...".
    """
    if said.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + said.split("://", 1)[1]
    kind, _, name = said.partition(":")
    if kind == "sqlite":
        return f"sqlite:///{(root / (name.removeprefix('///') or FILE)).resolve()}"
    raise UsageError(
        f'"{said.split("@")[-1]}" names no store',
        remedy="Write sqlite, sqlite:FILE or postgresql://USER@HOST/DATABASE.",
    )


@dataclass(frozen=True)
class Database:
    """The database of one course.

    url: as SQLAlchemy reads it.
    secret: signs decisions and the audit trail, as it signs reports.
    """

    url: str
    secret: bytes

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything, whatever is written meanwhile."""
        with _told(self.url), _engine(self.url).connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, and no other does meanwhile. It is committed whole at its end, or not at all."""
        with _told(self.url), for_writing(_engine(self.url)).connect() as connection, connection.begin():
            lock_writers(connection)
            yield connection


def now() -> str:
    """This moment, as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def somebody() -> str:
    """Who is at work here: $AUTOGRADER_WHO, else the name of the account."""
    try:
        return os.environ.get("AUTOGRADER_WHO") or getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return f"uid {os.getuid()}"


def shown(url: str) -> str:
    """The place of a store, without a password."""
    if url.startswith("sqlite"):
        return url.removeprefix("sqlite:///")
    import sqlalchemy as sa

    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=True)


def for_writing(engine: Engine) -> Engine:
    """The engine, for transactions that write. They take turns, and each sees what the one before it left."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    return engine.execution_options(isolation_level="READ COMMITTED")


def lock_writers(connection: Connection) -> None:
    """Wait until no other transaction writes. SQLite's own lock was taken when the transaction began."""
    if connection.dialect.name == "postgresql":
        import sqlalchemy as sa

        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    """The engine of a database whose schema is the newest."""
    engine = connect(url)
    upgrade(engine, "head")
    return engine


def demand_libraries() -> None:
    """Raise StorageError where the libraries of a store are not installed: a course without one needs none of them."""
    missing = [name for name in ("sqlalchemy", "alembic") if not _is_installed(name)]
    if missing:
        raise StorageError(f"a store needs {' and '.join(missing)}", where="course.yml", remedy=INSTALL)


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # somebody has put it out of reach
        return False


def connect(url: str) -> Engine:
    """An engine for a database of any revision, or of none."""
    demand_libraries()
    import sqlalchemy as sa

    # No connection outlives its transaction: none is left open, none is inherited by a fork.
    if not url.startswith("sqlite"):
        return sa.create_engine(url, isolation_level="REPEATABLE READ", poolclass=sa.NullPool)
    connection = {"timeout": BUSY_SECONDS, "isolation_level": None}
    engine = sa.create_engine(url, connect_args=connection, poolclass=sa.NullPool)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def upgrade(engine: Engine, to: str) -> None:
    """Bring the schema up to a revision, in one transaction: a kill leaves the old one.

    Raises StorageError for a store that a newer version wrote.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    url = engine.url.render_as_string(hide_password=False)
    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    with _told(url):
        _make_private(url)
        with engine.connect() as connection:
            if revision_of(connection) == (script.get_current_head() if to == "head" else to):
                return
        with for_writing(engine).connect() as connection, connection.begin():
            lock_writers(connection)
            found = revision_of(connection)
            if found and found not in {one.revision for one in script.walk_revisions()}:
                raise StorageError(
                    f"was written by a newer version of the autograder (its schema is {found})",
                    where=shown(url),
                    remedy="Install that version, or restore an older backup.",
                )
            # Alembic types its own table; the migrations are the only ones who write while this lock is held.
            steps = EnvironmentContext(Config(), script, fn=lambda rev, _: script._upgrade_revs(to, rev))  # type: ignore[arg-type]
            with steps as environment:
                environment.configure(connection=connection, transactional_ddl=True)
                environment.run_migrations()


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None for an empty database."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _make_private(url: str) -> None:
    """Make the SQLite file readable by its owner alone: it holds names, grades and outcomes."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what the database's driver raises into StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"cannot be opened: {error.strerror}", where=shown(url)) from error
    except Exception as error:
        from sqlalchemy.exc import SQLAlchemyError

        if not isinstance(error, (SQLAlchemyError, ImportError)):
            raise
        remedy = INSTALL if isinstance(error, ImportError) else "Is the server up, and the disk not full?"
        cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        raise StorageError(f"the store does not answer: {cause}", where=shown(url), remedy=remedy) from error
