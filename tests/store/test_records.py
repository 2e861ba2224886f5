"""What a store knows of people and grades; what happens when somebody changes it; and its backup."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from autograder.errors import StorageError, UsageError
from autograder.pipeline.class_run import folder_store
from autograder.report.schema import Report
from autograder.store import records
from autograder.store.audit import trail
from autograder.store.backup import back_up, restore
from autograder.store.base import Handed
from autograder.store.database import Database, connect, shown, store_url, url_of_course
from autograder.store.sql import SqlStore
from tests.store.test_migrations import everything, fill
from tests.store.test_store import OUTCOMES, READ, SECRET, report


@pytest.fixture
def store(url: str) -> SqlStore[Report]:
    return SqlStore(Database(url, SECRET), "10-gcn", READ)


def test_a_grade_keeps_its_history(store: SqlStore[Report]) -> None:
    kim = report()
    store.put(kim, OUTCOMES)
    store.because("rescored", "a tolerance was too strict").put(report(assignment_fingerprint="new"), OUTCOMES)
    changes = records.history(store.database, "10-gcn", "kim")
    assert [(change.cause, change.reason) for change in changes] == [
        ("graded", ""),
        ("rescored", "a tolerance was too strict"),
    ]
    assert len(list(records.attempts(store.database))) == 1


def test_every_attempt_counts_once_with_its_newest_grade(store: SqlStore[Report]) -> None:
    for content in ("a" * 64, "b" * 64, "a" * 64):
        store.put(report(content_hash=content), OUTCOMES)
    found = list(records.attempts(store.database, slug="10-gcn", student="kim", checks=True))
    assert [(one.content_hash[0], one.current) for one in found] == [("a", True), ("b", False)]
    assert found[0].checks["normalize_adj/symmetric"] == "p"
    assert found[0].diagnoses == {"normalize_adj": "row_normalised"}


def test_one_reason_for_all_or_one_for_each(store: SqlStore[Report]) -> None:
    wanted = [("10-gcn", "kim", "extension", "1 0"), ("10-gcn", "lee", "extension", "2 0")]
    records.decide(store.database, wanted, ["ill", "a conference"])  # type: ignore[arg-type]
    assert [d.reason for d in records.decisions(store.database)] == ["ill", "a conference"]


def test_a_folder_from_before_the_store_is_taken_over(store: SqlStore[Report], tmp_path: Path) -> None:
    folder = folder_store(tmp_path / "reports", SECRET)
    folder.prepare("10-gcn")
    kim = report()
    folder.put(kim, OUTCOMES)
    both = replace(store, export=folder)
    assert store.earlier(kim.key) is None
    assert both.earlier(kim.key) == kim
    assert store.earlier(kim.key) == kim
    assert store.outcomes(kim.key) == OUTCOMES
    assert [one.reason for one in records.history(store.database)] == ["from a folder of reports"]


def test_what_was_handed_in_is_kept_once(store: SqlStore[Report]) -> None:
    first = Handed("kim", "a.ipynb", "a" * 64, b"\0 first", "2027-05-01T00:00:00+09:00", ({"en": "Renamed."},))
    second = Handed("kim", "b.ipynb", "b" * 64, b"second", "")
    for handed in (first, second, first):
        store.hand_in(handed)
    assert store.handed_in("kim") == second
    assert store.handed_in("kim", "a" * 64) == first
    assert store.handed_in("lee") is None
    with store.database.reading() as connection:
        assert [noted.action for noted in trail(connection, SECRET)] == ["handed in", "handed in"]


def test_the_newest_decision_counts_and_can_be_taken_back(store: SqlStore[Report]) -> None:
    database = store.database
    records.decide(database, [("10-gcn", "kim", "score", "7")], "regrade request")
    records.decide(database, [("10-gcn", "kim", "score", "8"), ("10-gcn", "lee", "excused", "yes")], "ill")
    assert {(d.student, d.kind, d.value) for d in records.decisions(database)} == {
        ("kim", "score", "8"),
        ("lee", "excused", "yes"),
    }
    records.decide(database, [("10-gcn", "kim", "score", "")], "a mistake")
    assert [d.student for d in records.decisions(database)] == ["lee"]
    assert len(records.all_decisions(database, student="kim")) == 3


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("UPDATE reports SET score = 99", "attempts"),
        ("UPDATE reports SET submitted = ''", "attempts"),
        ("UPDATE decisions SET value = '99' WHERE kind = 'score'", "decisions"),
        ("UPDATE decisions SET reason = 'x'", "decisions"),
    ],
)
def test_a_row_that_somebody_changed_is_refused(url: str, change: str, asked: str) -> None:
    database = fill(url)
    with database.writing() as connection:
        connection.execute(sa.text(change))
    with pytest.raises(StorageError, match="is not as the autograder wrote it"):
        list(getattr(records, asked)(database))


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'nobody' WHERE id = 3", "DELETE FROM audit WHERE id = 3"])
def test_a_changed_audit_trail_shows_where(url: str, change: str) -> None:
    database = fill(url)
    with database.writing() as connection:
        connection.execute(sa.text(change))
        noted = list(trail(connection, SECRET))
    assert [one.whole for one in noted[:2]] == [True, True]
    assert not noted[2].whole


def test_a_changed_report_is_not_believed(store: SqlStore[Report]) -> None:
    kim = report()
    store.put(kim, OUTCOMES)
    with store.database.writing() as connection:
        connection.execute(sa.text("UPDATE reports SET content = :content"), {"content": b"x\x9cK"})
    assert store.earlier(kim.key) is None
    assert list(store.reports()) == []


def test_several_write_at_once(url: str) -> None:
    database = Database(url, SECRET)
    failures: list[Exception] = []

    def write(part: int) -> None:
        store: SqlStore[Report] = pickle.loads(pickle.dumps(SqlStore(database, f"0{part}-some", READ)))
        try:
            for number in range(8):
                store.put(report(f"student{number}"), f"{part} {number}".encode())
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.reading() as connection:
        noted = list(trail(connection, SECRET))
    assert len(noted) == 32
    assert all(one.whole for one in noted)


# -- backup ----------------------------------------------------------------------------------------------------------


def test_a_backup_restores_the_same_elsewhere(new_url: Callable[[], str], tmp_path: Path) -> None:
    database, other = fill(new_url()), new_url()
    counts = back_up(database, tmp_path / "backup.db")
    assert restore(tmp_path / "backup.db", other) == counts
    assert everything(Database(other, SECRET)) == everything(database)
    assert sorted(path.name for path in tmp_path.glob("*backup*")) == ["backup.db"]
    assert (tmp_path / "backup.db").stat().st_mode & 0o077 == 0
    store: SqlStore[Report] = SqlStore(Database(other, SECRET), "10-gcn", READ)
    store.put(report("new"), OUTCOMES)  # numbers go on after those of the backup
    assert len(records.history(store.database, student="new")) == 1


def test_a_backup_crosses_from_one_database_to_the_other(server: str, tmp_path: Path) -> None:
    from tests.store.conftest import NUMBERS
    from tests.store.postgres import new_database

    sqlite = fill(f"sqlite:///{tmp_path / 'course.db'}")
    postgres = Database(new_database(server, f"cross{next(NUMBERS)}"), SECRET)
    back_up(sqlite, tmp_path / "one.db")
    restore(tmp_path / "one.db", postgres.url)
    assert everything(postgres) == everything(sqlite)
    back_up(postgres, tmp_path / "two.db")
    restore(tmp_path / "two.db", f"sqlite:///{tmp_path / 'back.db'}")
    assert everything(Database(f"sqlite:///{tmp_path / 'back.db'}", SECRET)) == everything(sqlite)


def test_a_backup_is_the_store_of_one_moment(new_url: Callable[[], str], tmp_path: Path) -> None:
    """Grading goes on meanwhile: whatever the backup holds of it, it holds whole."""
    database, store_is_filled = fill(new_url()), threading.Event()
    store: SqlStore[Report] = SqlStore(database, "10-gcn", READ)
    failures: list[Exception] = []

    def grading() -> None:
        try:
            for number in range(12):
                store.put(report(f"late{number}"), f"outcomes {number}".encode())
                store_is_filled.set()
        except Exception as error:
            failures.append(error)

    grader = threading.Thread(target=grading)
    grader.start()
    assert store_is_filled.wait(60)
    paths = [tmp_path / f"{number}.db" for number in range(2)]
    for path in paths:
        back_up(database, path)
    grader.join()
    assert failures == []
    for path in paths:
        other = Database(f"sqlite:///{path}", SECRET)
        graded = [noted for noted in everything(other)["trail"] if noted.action == "graded"]  # type: ignore[attr-defined]
        assert len(records.history(other)) == len(graded)
        assert all(noted.whole for noted in graded)
        late = [one for one in SqlStore(other, "10-gcn", READ).reports() if one.student.startswith("late")]
        assert len(late) >= 1
        assert all(SqlStore(other, "10-gcn", READ).outcomes(one.key) for one in late)


def test_nothing_is_overwritten(new_url: Callable[[], str], tmp_path: Path) -> None:
    database = fill(new_url())
    back_up(database, tmp_path / "backup.db")
    with pytest.raises(UsageError, match="is there already"):
        back_up(database, tmp_path / "backup.db")
    with pytest.raises(UsageError, match="holds a store already"):
        restore(tmp_path / "backup.db", database.url)


@pytest.mark.parametrize("content", [b"", b"no database at all, just text " * 100])
def test_what_is_no_backup_is_refused(url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "backup.db").write_bytes(content)
    with pytest.raises(UsageError, match="is no backup"):
        restore(tmp_path / "backup.db", url)
    with pytest.raises(UsageError, match="no such backup"):
        restore(tmp_path / "other.db", url)


# -- the place -------------------------------------------------------------------------------------------------------


def test_the_url_of_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOGRADER_STORE", raising=False)
    assert store_url("sqlite", tmp_path) == f"sqlite:///{tmp_path}/course.db"
    assert store_url("sqlite:grades.db", tmp_path) == f"sqlite:///{tmp_path}/grades.db"
    assert store_url("sqlite:////var/x.db", tmp_path) == "sqlite:////var/x.db"
    assert store_url("postgresql://kim@host/db", tmp_path) == "postgresql+psycopg://kim@host/db"
    with pytest.raises(UsageError, match=r'"host/db" names no store.*Write sqlite'):
        store_url("mysql://kim:secret@host/db", tmp_path)


def test_the_environment_names_the_store_of_a_course_that_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course without a store does not write into another course's."""
    monkeypatch.setenv("AUTOGRADER_STORE", "postgresql://kim:secret@host/db")
    assert url_of_course("", tmp_path) == ""
    url = url_of_course("postgresql://host/db", tmp_path)
    assert url == "postgresql+psycopg://kim:secret@host/db"
    assert "secret" not in shown(url)


def test_a_server_that_is_not_there_is_one_error() -> None:
    with (
        pytest.raises(StorageError, match=r"postgresql://kim:\*\*\*@.*does not answer"),
        Database("postgresql+psycopg://kim:secret@127.0.0.1:9/db", SECRET).reading(),
    ):
        pass


def test_sqlite_survives_a_loss_of_power(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'course.db'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
