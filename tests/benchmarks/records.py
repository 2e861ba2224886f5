"""1,000 students x 16 assignments in a store: how long, and with how much memory, its questions are answered."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.course.schedule import read_course
from autograder.store import records
from autograder.store.audit import seal_of_report
from autograder.store.database import Database
from autograder.store.facts import deflate
from tests.benchmarks.measure import load

ROOT = Path(__file__).resolve().parents[2]
STUDENTS, CHECKS = 1000, 40
MOST_SECONDS, MOST_MIB = 60, 500
COMMANDS = {
    "status": ("status",),
    "gradebook": ("gradebook", "--out", "grades"),
    "insight": ("insight", "--out", "insight"),
    "history": ("history", "student0500"),
    "backup": ("backup", "backup.db"),
    "export canvas": ("export", "canvas", "10-gcn", "--gradebook", "canvas.csv"),
    "export moodle": ("export", "moodle", "10-gcn", "--worksheet", "moodle.csv", "--students", "who.csv"),
}
RULES = """
store: sqlite
rules: {slip_days: 5, drop_lowest: 1, attempts: best, late: {grace: 15m, loss: 10%, most: 50%, until: 7d}}
"""


def measure() -> dict[str, Any]:
    """{"rows": [{"command", "seconds", "cpu", "mib"}], "load": ..., "bytes": of the store}"""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(ROOT / "course.yml", root)
        shutil.copytree(ROOT / "solutions" / "10-gcn", root / "solutions" / "10-gcn")
        _write_files_of_lms(root)
        (root / ".autograder").mkdir()
        (root / ".autograder" / "seed").write_text("0" * 64)
        with open(root / "course.yml", "a", encoding="utf-8") as file:
            file.write(RULES)
        fill(root)
        rows = []
        for name, words in COMMANDS.items():
            rows.append({"command": name, **_run(root, words)})
            print("{command}: {seconds:.1f} s, {cpu:.1f} CPU s, {mib:.0f} MiB".format(**rows[-1]), flush=True)
        size = (root / "course.db").stat().st_size
    over = [row["command"] for row in rows if row["seconds"] > MOST_SECONDS or row["mib"] > MOST_MIB]
    print(f"over {MOST_SECONDS} s or {MOST_MIB} MiB: {', '.join(over) or 'none'}")
    return {"students": STUDENTS, "rows": rows, "bytes": size, "load": load()}


def _write_files_of_lms(root: Path) -> None:
    """What Canvas and Moodle give for such a class, and who is who in Moodle's."""
    students = [f"student{number:04}" for number in range(STUDENTS)]
    lines = ["Student,ID,SIS User ID,SIS Login ID,Section,10-gcn (4711)", "    Points Possible,,,,,100.0"]
    lines += [f'"Kim, {student}",{number},{student},{student},A,' for number, student in enumerate(students, 1)]
    (root / "canvas.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade)"]
    lines += [f"Participant {n},Kim {student},{student}@x.edu,,,100.00,-" for n, student in enumerate(students, 1)]
    (root / "moodle.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    lines = ["student,id", *(f"{student},Participant {n}" for n, student in enumerate(students, 1))]
    (root / "who.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def fill(root: Path) -> None:
    """A course that was graded: some late, some with two attempts, some missing."""
    from autograder.store.sql_tables import grades, reports

    course = read_course(root)
    database = Database(f"sqlite:///{root / 'course.db'}", b"0" * 64)
    dice = random.Random(1)
    students = [f"student{number:04}" for number in range(STUDENTS)]
    records.enrol(database, [records.Person(student, f"김 {student}") for student in students])
    content = deflate(json.dumps({"status": "graded", "text": os.urandom(3000).hex()}).encode())
    with database.writing() as connection:
        for slug, entry in course.schedule.items():
            rows = []
            for student in students:
                for attempt in range(dice.choice((0, 1, 1, 1, 1, 1, 2))):
                    moment = entry.due.timestamp() + dice.uniform(-5, 2) * 86400
                    rows.append(_row(slug, student, attempt, moment, dice, content))
            connection.execute(reports.insert(), rows)
        numbers = connection.execute(reports.select().with_only_columns(*(reports.c[name] for name in ("id", "slug", "student", "status", "score", "max_score", "at")))).mappings()  # fmt: skip
        graded = [{**{k: v for k, v in row.items() if k != "id"}, "report": row["id"], "cause": "graded", "reason": "", "who": "bench"} for row in numbers]  # fmt: skip
        connection.execute(grades.insert(), graded)


def _row(slug: str, student: str, attempt: int, moment: float, dice: random.Random, content: bytes) -> dict[str, Any]:
    from datetime import UTC, datetime

    ability = dice.random()
    checks = {f"task{n // 5}/check{n}": "p" if dice.random() < ability else "f" for n in range(CHECKS)}
    score = 100 * sum(given == "p" for given in checks.values()) / CHECKS
    row = {
        "slug": slug,
        "student": student,
        "name": f"{student}.ipynb",
        "content_hash": f"{dice.getrandbits(256):064x}",
        "grade_fingerprint": "0" * 16,
        "seed_id": "0" * 12,
        "autograder": "0",
        "submitted": datetime.fromtimestamp(int(moment), UTC).isoformat(),
        "status": "graded",
        "score": score,
        "max_score": 100.0,
        "content": content,
        "outcomes": None,
        "current": True,
        "at": f"2027-06-01T00:00:0{attempt}+00:00",
        "checks": json.dumps(checks),
        "diagnoses": json.dumps({"task0": f"belief{dice.randrange(9)}"} if ability < 0.5 else {}),
    }
    return {**row, "seal": seal_of_report(b"0" * 64, row)}


def _run(root: Path, words: tuple[str, ...]) -> dict[str, float]:
    """One command in a process of its own, whose largest memory the kernel tells."""
    code = (
        "import resource, sys\nfrom autograder.cli.main import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_maxrss, used.ru_utime + used.ru_stime, file=sys.stderr)"
    )
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=root, capture_output=True, text=True, env=environment
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    memory, cpu = done.stderr.split()[-2:]
    return {"seconds": time.monotonic() - started, "cpu": float(cpu), "mib": int(memory) / 1024}
