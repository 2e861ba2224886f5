"""An autograder for Gradescope, in whose container this grader itself runs.

    setup.sh, run_autograder     at the root of the zip, as Gradescope wants them
    package/                     this package
    course/                      course.yml, the assignment, and the seed: the zip is as secret as the solution
    export.json                  slug, language, and who sees hidden checks when

The results hold what the student's report holds: nothing of a hidden case but whether it was right.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import autograder
from autograder.course.assignment import Assignment, files_of
from autograder.course.schedule import Course
from autograder.report import Report
from autograder.report.schema import CheckReport, Failure, said

EPOCH = (1980, 1, 1, 0, 0, 0)
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
REQUIREMENTS = ("numpy>=1.26", "click>=8.1", "PyYAML>=6", "jinja2>=3.1", "tqdm>=4.66", "msgspec>=0.19", "torch>=2.4")
_NEEDED = "numpy, click, yaml, jinja2, tqdm, msgspec, torch"

SETUP = f"""\
#!/usr/bin/env bash
# Makes the grader's own Python. Gradescope runs this once, when the zip is uploaded.
set -euo pipefail
root="$(cd "$(dirname "${{BASH_SOURCE[0]}}")/.." && pwd)"
chmod -R go-rwx "$root/source"
venv="$root/venv"
newest() {{
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$name"
      return
    fi
  done
}}
if [ ! -x "$venv/bin/python" ]; then
  if [ -z "$(newest)" ] || ! "$(newest)" -c 'import ensurepip' 2>/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3.11 python3.11-venv
  fi
  "$(newest)" -m venv "$venv"
fi
if ! "$venv/bin/python" -c 'import {_NEEDED}' 2>/dev/null; then
  "$venv/bin/python" -m pip install --quiet --extra-index-url https://download.pytorch.org/whl/cpu \\
    {" ".join(f"'{name}'" for name in REQUIREMENTS)}
fi
"""
RUN = """\
#!/usr/bin/env bash
# Grades what lies in submission/ and writes results/results.json. Without results Gradescope says that the autograder
# failed, and gives no score: a failure of the machine costs nobody a mark.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
[ -d "$root/source" ] || root="$(dirname "$root")"
export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/source/package"
cd "$root/source"
exec "$root/venv/bin/python" -m autograder.exchange.gradescope_run "$root"
"""


def autograder_zip(course: Course, assignment: Assignment, secret: bytes, language: str, hidden: str) -> bytes:
    """The zip to upload. hidden: when students see the checks that they cannot run, one of VISIBILITIES."""
    package = Path(autograder.__file__).parent
    setting = {"slug": assignment.slug, "language": language, "hidden": hidden}
    files = {
        "setup.sh": SETUP.encode(),
        "run_autograder": RUN.encode(),
        "export.json": (json.dumps(setting, indent=2) + "\n").encode(),
        "course/course.yml": (course.root / "course.yml").read_bytes(),
        "course/.autograder/seed": secret + b"\n",
        **_named(assignment.folder, files_of(assignment.folder), f"course/solutions/{assignment.slug}"),
        **_named(package, _package_files(package), "package/autograder"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = (0o755 if name in ("setup.sh", "run_autograder") else 0o644) << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _package_files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def _named(folder: Path, paths: Iterable[Path], name: str) -> dict[str, bytes]:
    return {f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


# -- results ---------------------------------------------------------------------------------------------------------


def results(report: Report, language: str, hidden: str) -> dict[str, Any]:
    """A graded submission as results.json. A pending report has no score yet, and must not be given to this."""
    tests = list(_tests(report, language, hidden))
    lines = [said(note, language) for note in report.notes]
    lines += [said(report.problem, language)] if report.problem else []
    stopped = [(_quoted(cell.begins), cell.error) for cell in report.cells if cell.error]
    lines += [f"{place}: {error.type}: {error.message}".removeprefix(": ") for place, error in stopped]
    proof = report.provenance
    return {
        "score": report.score or 0.0,
        "execution_time": round(report.seconds, 3),
        "output": "\n".join(lines),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "status": report.status,
            "max_score": report.max_score,
            "content_hash": proof.content_hash,
            "assignment_fingerprint": proof.assignment_fingerprint,
            "seed_id": proof.seed_id,
            "autograder": proof.autograder,
        },
    }


def _tests(report: Report, language: str, hidden: str) -> Iterator[dict[str, Any]]:
    for number, task in enumerate(report.tasks, start=1):
        first = [said(task.diagnosis.text, language)] if task.diagnosis else []
        for place, check in enumerate(task.checks, start=1):
            failed = check.status == "failed"
            yield {
                "name": f"{task.name}: {said(check.title, language)}",
                "number": f"{number}.{place}",
                "score": check.earned,
                "max_score": check.points,
                "status": "failed" if failed else "passed",
                "visibility": "visible" if check.visible else hidden,
                "output": "\n".join([*first, *_output(check, language)] if failed else []),
                "output_format": "text",
                "tags": [f"task:{task.name}", f"check:{check.name}"],
            }
            first = first if not failed else []


def _output(check: CheckReport, language: str) -> Iterator[str]:
    """Why a check gave nothing, in the report's words."""
    yield from (said(message, language) for message in check.messages)
    failure = check.failure
    if failure is not None and failure.error is not None:
        error = failure.error
        place = _quoted(error.source or error.begins)
        yield f"{error.type}: {error.message}".rstrip(": ") + (f" ({place})" if place else "")
    if failure is not None and check.visible:
        yield from _call(failure)
    if check.hint:
        yield said(check.hint, language)


def _quoted(line: str) -> str:
    """A line by which its author finds the place: Jupyter shows no numbers."""
    return f"“{line}”" if line else ""


def _call(failure: Failure) -> Iterator[str]:
    if isinstance(failure.call, str) and failure.call:
        yield failure.call
