"""What it costs the grader to read the worst that may be handed in: CPU seconds and MiB, each in a process of its own.

    python -m tests.benchmarks.reading

Each input stands at the readers' own bounds (`MAX_BYTES`, `MAX_CONTAINERS`, `MAX_CODE`, `MAX_CELLS`, ...).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

TARGET = Path(__file__).parents[1] / "hostile" / "course" / "solutions" / "66-hostile"
CODE = 1 << 20
SOFTMAX = "def softmax_rows(X):\n    return getattr(torch, N)(X)\n"


def notebook(*sources: str, **more: object) -> bytes:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in (SOFTMAX, *sources)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, **more}).encode()


def padded(piece: str, size: int = CODE - 1000) -> str:
    return piece * (size // len(piece))


WORST: dict[str, Callable[[], bytes]] = {
    "an honest notebook": lambda: notebook("x = 1"),
    "outputs of 49 MB": lambda: notebook(more="x" * (49 << 20)),
    "as many lists as there may be": lambda: notebook(more=[[]] * 490_000),
    "as many objects as there may be": lambda: notebook(more=[{"a": 1}] * 490_000),
    "as many numbers as there may be": lambda: notebook(more=[1.5] * 4_900_000),
    "as many texts as there may be": lambda: notebook(more=[f"{n:07}" for n in range(4_900_000)]),
    "a megabyte of additions": lambda: notebook(
        "x = " + padded("1+", 200_000) + "1", *["y = " + padded("[1],", 250_000)] * 3
    ),
    "a megabyte of lines": lambda: notebook(*[padded("x = 1\n", 250_000)] * 4),
    "a megabyte of calls": lambda: notebook(*[padded("f(g(h))\n", 250_000)] * 4),
    "a megabyte of functions": lambda: notebook(
        *["".join(f"def f{n}(x): return getattr(torch, x)\n" for n in range(6000))] * 4
    ),
    "a megabyte of shell lines": lambda: notebook(*[padded("x = !ls\n", 250_000)] * 4),
    "five thousand cells": lambda: notebook(*["x = 1"] * 4990),
    "brackets": lambda: notebook(*["(" * 200_000] * 4),
}


def read(name: str) -> None:
    from autograder.course.assignment import load_assignment
    from autograder.errors import SubmissionError
    from autograder.grading.forbidden import find_written
    from autograder.submissions.collect import Submission
    from autograder.submissions.prepare import prepare

    assignment = load_assignment(TARGET)
    forbidding = replace(assignment, tasks=tuple(replace(task, forbid=("torch.softmax",)) for task in assignment.tasks))
    content = WORST[name]()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    end = "read"
    try:
        find_written(forbidding, prepare(Submission("kim", "kim.ipynb", content), assignment).program)
    except SubmissionError:
        end = "refused"
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{name:36}{end:9}{time.process_time() - started:7.2f} s{more >> 10:7} MiB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read(sys.argv[1])
    else:
        for case in WORST:
            subprocess.run([sys.executable, "-m", "tests.benchmarks.reading", case], check=True)
