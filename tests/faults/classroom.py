"""A small class that meets every status, quick to grade, and the command that grades it.

    python -m tests.faults.classroom SUBMISSIONS OUT [--jobs N] [--sandbox NAME]

is `autograder grade` with a guest that warms up for numpy and torch alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder.cli.grading import summarise
from autograder.course.assignment import load_assignment
from autograder.engine import LocalEngine
from autograder.pipeline.class_run import folder_store, grade_batch
from autograder.pipeline.worker import Job
from autograder.submissions.collect import collect

FOLDER = Path(__file__).parent / "course" / "solutions" / "01-tiny"
SECRET = b"a secret for tests, long enough"
WARM = ("numpy", "torch")

SCALE = "def scale(x, a): return a * x\n"
SUMS = "def row_sums(x): return x.sum(-1)\n"
WORK = {
    "right": SCALE + SUMS,
    "other way": "def scale(x, a): return x * a\ndef row_sums(x): return x @ torch.ones(x.shape[-1], dtype=x.dtype)\n",
    "means": SCALE + "def row_sums(x): return x.mean(-1)\n",
    "wrong": SUMS + "def scale(x, a): return x + a\n",
    "raises": SCALE + "def row_sums(x): raise KeyError('sums')\n",
    "endless": SUMS + "def scale(x, a):\n    while True: pass\n",
    "exits": SUMS + "import os\ndef scale(x, a): os._exit(3)\n",
    "kills itself": SUMS + "import os\ndef scale(x, a): os.kill(os.getpid(), 9)\n",
    "slow": "import time\n" + SUMS + "def scale(x, a):\n    time.sleep(0.1)\n    return a * x\n",
    "slow cell": "import time\ntime.sleep(0.3)\n" + SCALE + SUMS,
    "stub": "def scale(x, a): raise NotImplementedError\n" + SUMS,
}


def write_class(folder: Path) -> None:
    """One percent file for each student, and one notebook that nobody can read."""
    folder.mkdir(parents=True, exist_ok=True)
    for student, source in WORK.items():
        (folder / f"{student}.py").write_text(f"# %%\nimport torch\n\n# %%\n{source}", encoding="utf-8")
    (folder / "broken.ipynb").write_text('{"cells": [', encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("submissions", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--sandbox", default="process")
    options = parser.parse_args()
    job = Job(
        FOLDER,
        folder_store(options.out, SECRET),
        SECRET,
        sandbox=options.sandbox,
        sandbox_options={"warm_imports": WARM},
    )
    assignment = load_assignment(FOLDER)
    functions = [function for task in assignment.tasks for function in task.functions]
    collection = collect([options.submissions], slug=assignment.slug, notebook="tiny", functions=functions)
    result = grade_batch(job, collection, engine=LocalEngine(options.jobs))
    sys.exit(int(summarise(result, options.out)))


if __name__ == "__main__":
    main()
