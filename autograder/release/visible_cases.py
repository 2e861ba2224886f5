"""The visible cases that students get: inputs and expected values, in one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np

from autograder.authoring import T2, Check
from autograder.course.assignment import Assignment
from autograder.course.cases import Case, make_cases
from autograder.course.shipped_judges import form_only, shipped_judge
from autograder.grading.compare import compare
from autograder.guest.wire import DTYPES, Spec, Value, pack, unpack
from autograder.sandbox.interface import Outcome

EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class ExpectedResult:
    """What the solution gave for one visible case.

    value: what it returned.
    gradient: by the check's parameters, in their order; empty where the check asks for none.
    """

    value: Value
    gradient: tuple[Value, ...] = ()


# By task, check and the case's index in its check. Unlike a case's id, this key does not depend on hidden cases.
Expected: TypeAlias = Mapping[tuple[str, str, int], ExpectedResult]


def visible_cases(assignment: Assignment) -> tuple[Case, ...]:
    """The cases that students hold. They depend on no secret."""
    return make_cases(assignment, b"", visible_only=True)


def expected_values(outcomes: Mapping[int, Outcome], cases: Sequence[Case]) -> Expected:
    """The solution's answers to the visible ones among these cases.

    outcomes: of the solution, by the case's id.
    cases: all that were run, visible or not.
    """
    return {
        (case.task, case.check.name, case.index): ExpectedResult(outcomes[case.id].value, outcomes[case.id].gradient)
        for case in cases
        if case.check.visible
    }


def visible_bytes(assignment: Assignment, expected: Expected) -> bytes:
    """The visible cases as an npz file: "index" (JSON as bytes) and the arrays that its values refer to by number.

    The file holds no pickle, so it can be loaded with `allow_pickle=False`.
    """
    cases = visible_cases(assignment)
    values: list[Value] = []
    for case in cases:
        answer = expected[case.task, case.check.name, case.index]
        values.append((case.args, answer.value, answer.gradient))
    spec, buffers = pack(values)
    arrays = _arrays(spec, buffers)
    index = {
        "assignment": assignment.slug,
        "arrays": len(arrays),
        "tasks": [
            {
                "name": task.name,
                "functions": list(task.functions),
                "points": task.points,
                "visible_points": sum(c.points for c in task.checks if c.visible and not form_only(c)),
            }
            for task in assignment.tasks
        ],
        "cases": [_case_row(case, cases, assignment) for case in cases],
        "values": spec,
    }
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    named = {"index": np.frombuffer(text.encode(), np.uint8)} | {f"a{i:04d}": a for i, a in enumerate(arrays)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in named.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), member.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _case_row(case: Case, cases: Sequence[Case], assignment: Assignment) -> dict[str, Any]:
    check: Check = case.check
    languages = assignment.languages
    judge = shipped_judge(check, assignment.folder / "checks.py")
    names = assignment.task(case.task).names_of(case.function)
    return {
        "task": case.task,
        "check": check.name,
        "index": case.index,
        "of": sum(other.check is check for other in cases),
        "function": case.function,
        "parameters": list(case.parameters),
        "gradient": [case.parameters.index(name) for name in check.gradient],
        "upstream_seed": case.upstream_seed,
        "points": check.points,
        "tolerance": asdict(check.tolerance),
        "title": {language: check.title.in_language(language) for language in languages},
        "hint": {language: check.hint.in_language(language) for language in languages},
        "judged": check.judge is not None,
        **({"judge": asdict(judge)} if judge is not None else {}),
        **({"together": True} if check.together else {}),
        **({"names": names} if names is not None else {}),
    }


def _arrays(spec: Spec, buffers: Sequence[bytes]) -> list[np.ndarray[Any, Any]]:
    """The buffers as arrays of their own dtype and shape, so that np.load shows something worth looking at."""
    found: dict[int, np.ndarray[Any, Any]] = {}

    def walk(node: Spec) -> None:
        if isinstance(node, list) and node and node[0] == "a":
            found[node[6]] = np.frombuffer(buffers[node[6]], DTYPES[node[2]]).reshape(node[3])
        elif isinstance(node, list):
            for item in node[1:] if node and isinstance(node[0], str) else node:
                walk(item)

    walk(spec)
    return [found[i] for i in range(len(buffers))]


def same_visible(old: bytes, new: bytes) -> bool:
    """Whether two files of visible cases are equal but for rounding in the answers."""
    try:
        (old_index, old_values), (new_index, new_values) = _read_visible(old), _read_visible(new)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return False
    old_index.pop("values", None)
    new_index.pop("values", None)
    return old_index == new_index and compare(new_values, old_values, T2).equal


def _read_visible(content: bytes) -> tuple[dict[str, Any], Value]:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        index = json.loads(bytes(file["index"]))
        buffers = [np.ascontiguousarray(file[f"a{i:04d}"]).tobytes() for i in range(index["arrays"])]
    return index, unpack(index["values"], buffers)
