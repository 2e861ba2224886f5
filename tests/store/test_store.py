"""What every store must do; and what a class that grows needs of it."""

from __future__ import annotations

import functools
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import UsageError
from autograder.report.build import build_report
from autograder.report.schema import Report, read_signed
from autograder.store.base import Store
from autograder.store.database import Database
from autograder.store.folder import FolderStore
from autograder.store.sql import SqlStore
from tests.report_sample import full_sample
from tests.store.conftest import NUMBERS
from tests.store.postgres import new_database

SECRET = b"a secret of sixteen"
OUTCOMES = b"what the sandbox gave"


READ = functools.partial(read_signed, secret=SECRET)


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore[Report]:
    store: FolderStore[Report] = FolderStore(tmp_path / "reports", READ)
    store.prepare("10-gcn")
    return store


@pytest.fixture(params=["folder", "sqlite", "postgresql", "sqlite with a folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store[Report]:
    if request.param == "folder":
        return request.getfixturevalue("folder")
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("server"), f"contract{next(NUMBERS)}")
    else:
        url = f"sqlite:///{tmp_path / 'course.db'}"
    export = FolderStore(tmp_path / "reports", READ) if request.param.endswith("folder") else None
    store: SqlStore[Report] = SqlStore(Database(url, SECRET), "10-gcn", READ, export)
    store.prepare("10-gcn")
    return store


def report(student: str = "kim", **provenance: Any) -> Report:
    made = build_report(full_sample(student=student))
    proof = msgspec.structs.replace(made.provenance, **provenance)
    return msgspec.structs.replace(made, provenance=proof).signed(SECRET, OUTCOMES)


class Overview:
    def files(self) -> dict[str, str]:
        return {"grades.csv": "student\n", "index.html": "<!doctype html>"}

    def to_json(self) -> bytes:
        return b'{"known":1}'


def test_what_was_put_is_found_again(store: Store[Report]) -> None:
    kim = report()
    assert store.earlier(kim.key) is None
    store.put(kim, OUTCOMES)
    assert store.earlier(kim.key) == kim
    assert store.outcomes(kim.key) == OUTCOMES
    assert list(store.reports()) == [kim]


@pytest.mark.parametrize("field", ["content_hash", "name", "assignment_fingerprint", "seed_id", "autograder"])
def test_another_key_is_another_report(store: Store[Report], field: str) -> None:
    store.put(report(), OUTCOMES)
    assert store.earlier(report(**{field: "another"}).key) is None


def test_a_new_report_takes_the_place_of_the_old_one(store: Store[Report]) -> None:
    store.put(report(), OUTCOMES)
    newer = report(content_hash="f" * 64)
    store.put(newer, None)
    assert list(store.reports()) == [newer]
    assert store.outcomes(newer.key) is None


def test_reports_stay_apart_and_in_order(store: Store[Report]) -> None:
    for student in ("min", "kim", "lee"):
        store.put(report(student), None)
    assert [one.student for one in store.reports()] == ["kim", "lee", "min"]


def test_a_store_belongs_to_one_assignment(store: Store[Report]) -> None:
    store.put(report(), None)
    store.prepare("10-gcn")
    with pytest.raises(UsageError, match="holds the reports of 10-gcn, and this is 12-vae"):
        store.prepare("12-vae")


def test_reports_are_bytes_to_any_process(store: Store[Report]) -> None:
    """Workers get the store by pickle; what one puts another finds."""
    other: Store[Report] = pickle.loads(pickle.dumps(store))
    kim = report("김 '; drop table reports; --")
    other.put(kim, OUTCOMES)
    assert store.earlier(kim.key) == kim


def test_an_old_attempt_that_is_graded_again_is_found_or_made_anew_but_never_mixed(store: Store[Report]) -> None:
    first, second = report(), report(content_hash="f" * 64)
    store.put(first, OUTCOMES)
    store.put(second, OUTCOMES)
    found = store.earlier(first.key)
    assert found in (None, first)
    assert list(store.reports()) == [second if found is None else first]


def test_what_is_said_of_the_class_is_kept(store: Store[Report]) -> None:
    assert store.known() is None
    store.overview(Overview())
    assert store.known() == b'{"known":1}'


# -- the folder ------------------------------------------------------------------------------------------------------


def test_a_report_that_somebody_changed_is_not_believed(folder: FolderStore[Report]) -> None:
    kim = report()
    folder.put(kim, OUTCOMES)
    path = folder.folder / "kim.json"
    better = msgspec.structs.replace(kim, score=kim.max_score)
    for content in (better.to_json(), better.signed(b"another secret", OUTCOMES).to_json(), b"{}", b"[" * 99_999):
        path.write_bytes(content)
        assert folder.earlier(kim.key) is None
        assert list(folder.reports()) == []
    path.write_bytes(kim.to_json())
    assert folder.earlier(kim.key) == kim


def test_a_report_under_another_name_is_not_that_students(folder: FolderStore[Report]) -> None:
    folder.put(report(), OUTCOMES)
    (folder.folder / "lee.json").write_bytes((folder.folder / "kim.json").read_bytes())
    assert [one.student for one in folder.reports()] == ["kim"]


def test_outcomes_are_for_their_owner_alone(folder: FolderStore[Report]) -> None:
    folder.put(report(), OUTCOMES)
    folder.overview(Overview())
    assert folder.kept.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o777 for path in folder.kept.iterdir()} == {0o600}


def test_a_report_without_its_page_is_made_again(folder: FolderStore[Report]) -> None:
    kim = report()
    folder.put(kim, OUTCOMES)
    (folder.folder / "kim.ko.html").unlink()
    assert folder.earlier(kim.key) is None
