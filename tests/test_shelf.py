"""What workers share: each thing is made once, whoever dies, and whatever becomes of the folder."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import T1
from autograder.grading.diagnose import same_outcome
from autograder.grading.shared_bank import Outcomes, Shelf
from autograder.guest.wire import Array
from autograder.pipeline.class_run import _shelf
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from autograder.store.folder import make_folder

A = np.arange(6.0).reshape(2, 3)
ALL: Outcomes = {
    3: Outcome(3, Status.RETURNED, Array(A), gradient=(Array(A + 1), None)),
    4: Outcome(
        4, Status.RETURNED, {"W": (Array(A > 2), 1.5, "text", None)}, gradient_error=ErrorInfo("RuntimeError", "")
    ),
    5: Outcome(5, Status.RAISED, error=ErrorInfo("ValueError", "why", 3)),
    6: Outcome(6, Status.TIMED_OUT),
}


def test_what_was_put_is_what_is_taken(tmp_path: Path) -> None:
    Shelf(tmp_path).collect({"a": lambda: ALL})
    (taken,) = Shelf(tmp_path).collect({"a": lambda: pytest.fail("made again")}).values()
    assert list(taken) == list(ALL)
    assert all(same_outcome(ALL[key], taken[key], T1) for key in ALL)
    assert not same_outcome(ALL[3], taken[4], T1)


def test_each_is_made_once(tmp_path: Path) -> None:
    made: Counter[str] = Counter()
    keys = [f"key{n}" for n in range(12)]

    def make(key: str) -> Outcomes:
        made[key] += 1
        time.sleep(0.01)
        return {0: Outcome(0, Status.RETURNED, key)}

    def work(results: list[dict[str, Outcomes]]) -> None:
        results.append(Shelf(tmp_path).collect({key: lambda key=key: make(key) for key in keys}))  # type: ignore[misc]

    results: list[dict[str, Outcomes]] = []
    threads = [threading.Thread(target=work, args=(results,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == dict.fromkeys(keys, 1)
    assert [{key: found[key][0].value for key in found} for found in results] == [{key: key for key in keys}] * 3


def _die_at_work(folder: str) -> None:
    Shelf(Path(folder)).collect({"a": lambda: os._exit(9)})


def test_what_a_dead_worker_was_at_is_made_by_the_next(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_at_work, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert Shelf(tmp_path).collect({"a": lambda: ALL}) == {"a": ALL}


def test_a_folder_that_is_gone_or_spoilt_costs_nothing_but_time(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "nowhere").collect({"a": lambda: ALL}) == {"a": ALL}
    (tmp_path / "a").mkdir()
    assert Shelf(tmp_path).collect({"a": lambda: ALL}) == {"a": ALL}


def _leave_a_shelf(out: str) -> None:
    with _shelf(Path(out), 2) as folder:
        assert folder is not None
        Shelf(folder).collect({"a": lambda: ALL})
        os._exit(9)


def test_the_shelf_of_a_grader_that_was_killed_is_taken_away(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_leave_a_shelf, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert len(list(tmp_path.iterdir())) == 1
    with _shelf(tmp_path, 2) as ours:
        make_folder(tmp_path)
        assert list(tmp_path.iterdir()) == [ours]
    assert list(tmp_path.iterdir()) == []
