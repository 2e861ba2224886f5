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
from autograder.grading.shared_bank import Outcomes, SharedBank
from autograder.guest.wire import Array
from autograder.sandbox.interface import ErrorInfo, Outcome, Status

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
    SharedBank(tmp_path).collect({"a": lambda: ALL})
    (taken,) = SharedBank(tmp_path).collect({"a": lambda: pytest.fail("made again")}).values()
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
        results.append(SharedBank(tmp_path).collect({key: lambda key=key: make(key) for key in keys}))  # type: ignore[misc]

    results: list[dict[str, Outcomes]] = []
    threads = [threading.Thread(target=work, args=(results,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == dict.fromkeys(keys, 1)
    assert [{key: found[key][0].value for key in found} for found in results] == [{key: key for key in keys}] * 3


def _die_at_work(folder: str) -> None:
    SharedBank(Path(folder)).collect({"a": lambda: os._exit(9)})


def test_what_a_dead_worker_was_at_is_made_by_the_next(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_at_work, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert SharedBank(tmp_path).collect({"a": lambda: ALL}) == {"a": ALL}


def test_a_folder_that_is_gone_or_spoilt_costs_nothing_but_time(tmp_path: Path) -> None:
    assert SharedBank(tmp_path / "nowhere").collect({"a": lambda: ALL}) == {"a": ALL}
    (tmp_path / "a").mkdir()
    assert SharedBank(tmp_path).collect({"a": lambda: ALL}) == {"a": ALL}


def test_a_spoilt_entry_is_made_again(tmp_path: Path) -> None:
    SharedBank(tmp_path).collect({"a": lambda: ALL})
    whole = (tmp_path / "a").read_bytes()
    for spoilt in (b"", whole[:7], whole[:-9], b"\0" * len(whole)):
        (tmp_path / "a").write_bytes(spoilt)
        assert SharedBank(tmp_path).collect({"a": lambda: ALL}) == {"a": ALL}
        assert (tmp_path / "a").read_bytes() == whole


def test_what_a_killed_worker_left_half_written_goes(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_while_writing, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert len(list(tmp_path.glob("*.half"))) == 1
    SharedBank(tmp_path)
    assert list(tmp_path.glob("*.half")) == []


def _die_while_writing(folder: str) -> None:
    os.replace = lambda *_: os._exit(9)  # type: ignore[assignment]
    SharedBank(Path(folder)).keep("a", b"half")


def test_entries_are_for_their_owner_alone(tmp_path: Path) -> None:
    SharedBank(tmp_path / "bank").keep("a", b"whole")
    assert (tmp_path / "bank").stat().st_mode & 0o077 == 0
    assert (tmp_path / "bank" / "a").stat().st_mode & 0o077 == 0
