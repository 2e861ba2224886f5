"""Every field that a student can fill, with a value of every type: an error with a name, or a program, and nothing else.

AUTOGRADER_FUZZ_TYPES is the number of values; a campaign takes 50000.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment, load_assignment
from autograder.errors import SubmissionError
from autograder.grading.forbidden import find_written
from autograder.guest import wire
from autograder.guest.wire import WireError
from autograder.notebooks.reader import text_of
from autograder.sandbox import replies
from autograder.sandbox.channel import BadFrame, Frame
from autograder.sandbox.forms import Layouts
from autograder.sandbox.interface import FunctionCall, Outcome
from autograder.submissions.archive import moment
from autograder.submissions.collect import Submission, safe_id
from autograder.submissions.prepare import prepare

TARGET = Path(__file__).parents[1] / "hostile" / "course" / "solutions" / "66-hostile"
COUNT = int(os.environ.get("AUTOGRADER_FUZZ_TYPES", "1500"))
SIBLINGS = {"65-other": ("other",), "64-more": ("more", "most")}
SOURCE = "import torch\ndef softmax_rows(X):\n    return getattr(torch, NAME)(X)\n"

NUMBERS = [0, 1, -1, 3, 4, 4.0, 5.5, 1 << 31, 1 << 63, 1 << 64, 10**400, -(10**4000), 1e308, float("inf"), float("-inf"), float("nan"), True, False]  # fmt: skip
TEXTS = ["", "x", "python", "R", "\ud800", "\0", "\x1b[2J", "\u202e", "{x}", "{0}", "%s", "=1+1", "a" * 5000, "65-other", "66-hostile", "value", "code", "provided-1", "0x" + "f" * 9000, "f'{0x" + "f" * 9000 + "}'", "텍스트"]  # fmt: skip


def nest(depth: int, pair: bool) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"a": value} if pair else [value]
    return value


def values(rng: random.Random, depth: int = 0) -> Any:
    """A value of any type of JSON's."""
    kind = rng.randrange(9 if depth < 3 else 6)
    if kind < 2:
        return rng.choice(NUMBERS)
    if kind < 5:
        return rng.choice(TEXTS)
    if kind == 5:
        return None
    if kind == 6:
        return nest(rng.choice([1, 40, 300]), rng.random() < 0.5)
    if kind == 7:
        return [values(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {str(rng.choice(TEXTS)): values(rng, depth + 1) for _ in range(rng.randrange(4))}


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(tree, dict):
        for key, item in tree.items():
            yield from places(item, (*path, key))
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from places(item, (*path, number))


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


def bent(rng: random.Random, tree: Any) -> Any:
    """The same with a few of its parts replaced by values of any type."""
    for _ in range(rng.randrange(1, 4)):
        tree = changed(tree, rng.choice(list(places(tree))), values(rng))
    return tree


def dumped(tree: Any) -> bytes:
    return json.dumps(tree).encode("utf-8", "surrogatepass")


CELL = {"cell_type": "code", "id": "provided-1", "source": [SOURCE], "execution_count": 1, "outputs": [{"text": "x"}], "metadata": {"autograder": {"key": "provided-1"}, "nbgrader": {"grade_id": "a"}, "vscode": {"languageId": "python"}, "tags": ["x"]}, "language": "python"}  # fmt: skip
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "cells": [CELL, {"cell_type": "markdown", "source": "# x", "metadata": {}}], "worksheets": [{"cells": [CELL]}], "metadata": {"autograder": {"assignment": "65-other"}, "kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}}  # fmt: skip


def test_notebooks() -> None:
    rng, target = random.Random(11), load_assignment(TARGET)
    ends = {"read": 0, "refused": 0}
    for number in range(COUNT):
        try:
            content = dumped(
                bent(rng, NOTEBOOK if rng.random() < 0.7 else {**NOTEBOOK, "cells": [{**CELL, "source": "x"}]})
            )
        except (ValueError, RecursionError):  # what JSON cannot say, nobody can hand in
            continue
        ends[read(target, Submission("kim", f"kim{number}.ipynb", content))] += 1
    assert min(ends.values()) > COUNT // 20


def read(target: Assignment, submission: Submission) -> str:
    try:
        prepared = prepare(submission, target, SIBLINGS)
    except SubmissionError as error:
        text = text_of(error)
        text.en.encode()
        text.ko.encode()
        return "refused"
    for cell in prepared.program.cells:
        (cell.name + cell.source).encode()
    forbidding = replace(target, tasks=tuple(replace(task, forbid=("torch.softmax",)) for task in target.tasks))
    find_written(forbidding, prepared.program)
    return "read"


def test_marks_of_python_files() -> None:
    rng, target = random.Random(12), load_assignment(TARGET)
    for number in range(COUNT // 3):
        marks = " ".join(f"{key}={json.dumps(values(rng, 2))}" for key in ("id", "tags", "task", "title"))
        content = f"# %% {marks}\n{SOURCE.replace('NAME', str(rng.choice(TEXTS)))}\n".encode("utf-8", "replace")
        read(target, Submission("kim", f"kim{number}.py", content))
    for digits in (4299, 4301, 9000):
        read(target, Submission("kim", "kim.py", f"# %% id={'9' * digits}\n{SOURCE}".encode()))
        for literal in (
            f"0x{'f' * digits}",
            "9" * digits,
            f"0b{'1' * digits}",
            f"1{'0' * digits}j",
            f"{'9' * digits}.5",
        ):
            code = SOURCE.replace("NAME", f"str({literal})") + f"d = {{{literal}: 'softmax'}}\nx = [{literal}] * 3\n"
            read(target, Submission("kim", "kim.py", code.encode()))


SPEC = ["{", [["t", "value"], ["(", ["a", "tensor", "float64", [2, 1], "cpu", "strided", 0], ["f", "0x1p0"], ["i", "3"], True, None, ["s", [2], ["a", "tensor", "int64", [1, 1], "cpu", "strided", 1], ["a", "tensor", "bool", [1], "cpu", "strided", 2]], ["c", "0x0p0", "0x0p0"], ["o", "a", "b"]]], [["t", "gradient"], ["(", None]]]  # fmt: skip
HEADER = {"buffers": [16, 8, 1], "op": "call", "id": 0, "status": "returned", "error": {"type_name": "E", "message": "m", "line": 3, "where": "cell 1", "traceback": ""}, "value": SPEC, "same": ["repeated", "inputs_after"], "stdout": "x", "warnings": ["w"], "operators": ["o"], "threads": 0, "gradient_error": None, "seconds": 0.5}  # fmt: skip


def test_headers_of_frames() -> None:
    rng, payload = random.Random(13), bytes(24) + b"\1"
    call, warm = FunctionCall(0, "f", "f", ()), Layouts()
    replies.call_outcome(Frame(dumped(HEADER), payload), call, 1000, warm)
    for _ in range(2 * COUNT):
        try:
            head = dumped(bent(rng, HEADER))
        except (ValueError, RecursionError):
            continue
        seen = [outcome_of(head, payload, call, layouts) for layouts in (Layouts(), warm)]
        assert same_outcome(*seen)


def outcome_of(head: bytes, payload: bytes, call: FunctionCall, layouts: Layouts) -> Outcome | None:
    try:
        outcome = replies.call_outcome(Frame(head, payload), call, 1000, layouts)
    except BadFrame:
        return None
    (outcome.stdout + "".join((*outcome.warnings, *outcome.operators))).encode()
    return outcome


def same_outcome(one: Outcome | None, other: Outcome | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.status is other.status and wire.same(one.value, other.value) and wire.same(one.gradient, other.gradient)


def test_specs() -> None:
    rng = random.Random(14)
    buffers = [memoryview(bytes(16)), memoryview(bytes(8)), memoryview(b"\1")]
    wire.unpack(SPEC, buffers)
    for _ in range(2 * COUNT):
        try:
            wire.unpack(bent(rng, SPEC), buffers)
        except WireError:
            continue


def test_times_and_names() -> None:
    rng = random.Random(15)
    for _ in range(COUNT):
        seconds = rng.choice([*NUMBERS, rng.uniform(-1e12, 1e12), rng.randrange(-(1 << 62), 1 << 62)])
        found = moment(float(seconds) if abs(seconds) < 1e300 else 1e300)
        if found is not None:
            for hours in (-12, 0, 14):
                found.astimezone(timezone(timedelta(hours=hours))).isoformat()
            assert found >= datetime(1970, 1, 1, tzinfo=UTC)
        name = "".join(rng.choice(TEXTS)[:40] for _ in range(rng.randrange(4)))
        assert safe_id(name).encode()
