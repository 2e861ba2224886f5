"""Run in Gradescope's container: grades what lies in submission/ and writes results/results.json.

python -m autograder.exchange.gradescope_run /autograder
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.api import load_course
from autograder.errors import AutograderError, PlatformError
from autograder.exchange.gradescope import results
from autograder.store.folder import write_atomically
from autograder.submissions.collect import Submission, collect_one


def main(root: Path) -> None:
    """Grade the one submission of this container. Raises AutograderError."""
    setting = _json(root / "source" / "export.json")
    metadata = _json(root / "submission_metadata.json")
    course = load_course(root / "source" / "course")
    assignment = course.assignment(setting["slug"])
    submission = collect_one(
        root / "submission",
        student=student_of(metadata),
        notebook=assignment.notebook,
        functions=[name for task in assignment.tasks for name in task.functions],
        submitted=moment_of(metadata),
    )
    report = _graded(course, setting["slug"], submission)
    if report.status == "pending":
        raise PlatformError("some checks could not be run", remedy="Rerun the autograder for this submission.")
    (root / "results").mkdir(exist_ok=True)
    text = json.dumps(results(report, setting["language"], setting["hidden"]), ensure_ascii=False, indent=1)
    write_atomically(root / "results" / "results.json", text)


def _graded(course: Any, slug: str, submission: Submission) -> Any:
    with course.grader(slug, sandbox="process") as grader:
        return grader.grade_submission(submission)


def student_of(metadata: dict[str, Any]) -> str:
    """The e-mail address of the student who handed in, else the name."""
    users = metadata.get("users")
    first = users[0] if isinstance(users, list) and users and isinstance(users[0], dict) else {}
    return str(first.get("email") or first.get("name") or "student")


def moment_of(metadata: dict[str, Any]) -> datetime | None:
    """When it was handed in, as Gradescope says."""
    try:
        return datetime.fromisoformat(str(metadata.get("created_at")))
    except ValueError:
        return None


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except AutograderError as failure:
        print(f"autograder: {failure}", file=sys.stderr)
        sys.exit(int(failure.exit_code))
