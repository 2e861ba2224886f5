"""A class of 1,000 goes back into the LMS: what each export takes, as a lecturer runs it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import msgspec

from autograder.report import build_report
from autograder.store.folder import write_atomically
from tests.benchmarks.measure import peak_memory
from tests.report_sample import full_sample

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"the benchmark's own seed"
SLUG, STUDENTS, ASSIGNMENTS = "10-gcn", 1000, 16
LMS = ("canvas", "moodle", "blackboard", "brightspace")


def measure() -> dict[str, Any]:
    """{"students", "assignments", "report_kb", "exports": {command: {"seconds", "peak_mb"}}}; a dry run writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        (desk / "seed").write_bytes(SECRET)
        size = _reports(desk / "reports")
        figures = {}
        for lms in LMS:
            write_atomically(desk / f"{lms}.csv", _table(lms))
            figures[lms] = _run(
                desk, lms, SLUG, "--gradebook", f"{lms}.csv", "--column", "GCN" if lms != "moodle" else "Grade"
            )
        _download(desk / "submissions.zip")
        figures["feedback"] = _run(desk, "feedback", SLUG, "--lms", "canvas", "--download", "submissions.zip")
        return {"students": STUDENTS, "assignments": ASSIGNMENTS, "report_kb": size / 1024, "exports": figures}


def _run(desk: Path, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "autograder", "export", *arguments, "--reports", "reports"]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "--course", str(ROOT), "--seed-file", "seed"], cwd=desk, stdout=subprocess.PIPE, text=True
    )
    with peak_memory(lambda: [process.pid]) as peak:
        out, _ = process.communicate()
    seconds = time.monotonic() - started
    if process.returncode != 0 or not any(f"{STUDENTS} {what}" in out for what in ("change", "students")):
        raise RuntimeError(f"{' '.join(arguments)}: {out[-500:]}")
    print(f"   {arguments[0]}: {seconds:.1f} s, {peak[0]:.0f} MB", flush=True)
    return {"seconds": seconds, "peak_mb": peak[0]}


def _student(number: int) -> tuple[str, str, str]:
    """(family name, given name, id)."""
    return f"Family{number:04d}", f"Given{number:04d}", str(100_000 + number)


def _reports(folder: Path) -> int:
    """Reports as `grade` leaves them, each with its pages; rendered once. The bytes of one JSON."""
    one = build_report(full_sample())
    folder.mkdir()
    pages = one.pages()
    content = b""
    for number in range(STUDENTS):
        family, given, key = _student(number)
        student = f"{family}{given}_{key}".lower()
        name = msgspec.structs.replace(one.assignment, slug=SLUG)
        report = msgspec.structs.replace(
            one, student=student, assignment=name, status="graded", score=number % 100 + 0.5, max_score=100.0
        )
        content = report.signed(SECRET).to_json()
        (folder / f"{student}.json").write_bytes(content)
        for ending, page in pages.items():
            (folder / f"{student}{ending}").write_text(page, encoding="utf-8")
    return len(content)


def _table(lms: str) -> str:
    """The LMS's export of this class with all assignments, or, of Moodle, with the one that a worksheet holds."""
    titles = ["GCN", *(f"Homework {number}" for number in range(1, ASSIGNMENTS))]
    rows = []
    for number in range(STUDENTS):
        family, given, key = _student(number)
        mail, blank = f"{given}@uni.example", [""] * ASSIGNMENTS
        rows.append(
            {
                "canvas": [f"{family}, {given}", key, f"S{key}", mail, "A", *blank],
                "moodle": [
                    f"Participant {key}",
                    f"{family}{given}",
                    mail,
                    "Submitted",
                    "",
                    "100.00",
                    "Yes",
                    "text " * 50,
                ],
                "blackboard": [family, given, f"u{key}", f"S{key}", *blank],
                "brightspace": [f"#S{key}", f"#u{key}", family, given, mail, *blank, "#"],
            }[lms]
        )
    heading = {
        "canvas": ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(f"{t} ({n + 4711})" for n, t in enumerate(titles))],
        "moodle": ["Identifier", "Full name", "Email", "Status", "Grade", "Maximum grade", "Can be changed", "Online text"],
        "blackboard": ["Last Name", "First Name", "Username", "Student ID", *(f"{t} [Total Pts: 100 Score] |{n + 534}" for n, t in enumerate(titles))],
        "brightspace": ["OrgDefinedId", "Username", "Last Name", "First Name", "Email", *(f"{t} Points Grade <Numeric MaxPoints:100>" for t in titles), "End-of-Line Indicator"],
    }[lms]  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue()


def _download(path: Path) -> None:
    """Canvas's download of the class: two files of each student."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(STUDENTS):
            family, given, key = _student(number)
            for turn, ending in enumerate(("gcn.ipynb", "utils.py")):
                archive.writestr(f"{family}{given}_{key}_{10 * number + turn}_{ending}".lower(), b"{}")
