"""SIGKILL over grading, rescoring, backup and migration of a store: nothing is lost, and nothing is there by half.

    python -m tests.faults.store_campaign --kills 200 [--seed 1] [--postgresql]

Each work is killed at random moments and begun again until it is done. After every kill the store must be readable, its
rows sealed and its audit trail whole; at the end it must be as after an undisturbed run.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import sqlalchemy as sa

from autograder.store import records
from autograder.store.audit import trail
from autograder.store.backup import back_up, restore
from autograder.store.database import FILE, Database, connect, revision_of, store_url
from tests.faults.classroom import FOLDER, WORK
from tests.faults.processes import Family, kill
from tests.store.postgres import cluster, new_database

HERE = Path(__file__).parents[2]
SEED = "0" * 64
SECRET = SEED.encode()
STUDENTS = ("right", "means", "wrong", "raises", "stub")
KILLS_EACH = 4  # of one piece of work, then it is left to end
SLUG = FOLDER.name


class Campaign:
    """folder: an empty one for everything. server: of PostgreSQL; "" for SQLite. kills: by work."""

    def __init__(self, folder: Path, seed: int, server: str = "") -> None:
        self.folder, self.server, self.number = folder, server, 0
        self.random = random.Random(seed)
        self.kills: Counter[str] = Counter()
        self.pile = folder / "pile"
        self.pile.mkdir()
        for student in STUDENTS:
            (self.pile / f"{student}.py").write_text(f"# %%\nimport torch\n\n# %%\n{WORK[student]}", encoding="utf-8")
        self.graded = self._course()
        self.seconds = {"grade": self._run("grade", self.graded, str(self.pile))}
        self.scores = self._scores(self.graded)
        assert len(self.scores) == len(STUDENTS)
        self.copy = folder / "graded.db"
        back_up(self._database(self.graded), self.copy)

    def run(self, kills: int) -> None:
        """Kill until there were so many, every kind of work in turn."""
        works: dict[str, Callable[[], None]] = {
            "grade": self.grade,
            "rescore": self.rescore,
            "backup": self.backup,
            "migration": self.migrate,
        }
        while sum(self.kills.values()) < kills:
            for work in works.values():
                work()
                print(", ".join(f"{name} {count}" for name, count in sorted(self.kills.items())), flush=True)

    # -- the works ---------------------------------------------------------------------------------------------------

    def grade(self) -> None:
        course = self._course()
        self._until_done("grade", course, str(self.pile))
        assert self._scores(course) == self.scores
        history = records.history(self._database(course))
        assert len(history) == len(STUDENTS), history  # nothing was graded twice

    def rescore(self) -> None:
        course = self._course(self._full)
        checks = course / "solutions" / SLUG / "checks.py"
        text = checks.read_text(encoding="utf-8")
        text = text.replace('"row_sums", points=4', '"row_sums", points=6').replace(
            '"rows", points=3', '"rows", points=5'
        )
        checks.write_text(text, encoding="utf-8")
        if "rescore" not in self.seconds:
            self.seconds["rescore"] = self._run("rescore", self._course(self._full, like=course))
        self._until_done("rescore", course)
        after = self._scores(course)
        assert after["right"] == 10.0, after
        history = records.history(self._database(course))
        assert len(history) == 2 * len(STUDENTS), history
        assert {one.cause: one.score for one in history if one.content_hash}.keys() == {"graded", "rescored"}

    def backup(self) -> None:
        course = self._course(self._full)
        if "backup" not in self.seconds:
            self.seconds["backup"] = self._run("backup", course, str(course / "first.db"))
        path = course / "backup.db"
        self._until_done("backup", course, str(path), done=path.exists)
        url = store_url(self._new_store("restored.db"), course)
        restore(path, url)
        found = Database(url, SECRET)
        assert {one.student: one.score for one in records.attempts(found)} == self.scores
        assert not list(course.glob(".backup.db*")), "a half backup was left"

    def migrate(self) -> None:
        from tests.store.test_migrations import REVISIONS, as_of

        def first(url: str) -> None:
            as_of(REVISIONS[0], self._database(self.graded), url)

        course = self._course(first)
        old = self._database(course).url
        if "migration" not in self.seconds:
            self.seconds["migration"] = self._run("migration", self._course(first))

        def revision() -> str | None:
            with connect(old).connect() as connection:
                return revision_of(connection)

        def whole() -> bool:
            assert revision() in (REVISIONS[0], REVISIONS[-1])
            return revision() == REVISIONS[-1]

        self._until_done("migration", course, done=whole, look=False)
        assert self._scores(course) == self.scores
        found = list(records.attempts(self._database(course), checks=True))
        assert all(one.checks for one in found if one.status == "graded")

    # -- killing -----------------------------------------------------------------------------------------------------

    def _until_done(
        self, work: str, course: Path, *rest: str, done: Callable[[], bool] = lambda: False, look: bool = True
    ) -> None:
        for _ in range(KILLS_EACH):
            if not self._killed(work, course, *rest):
                return
            if look:
                self._demand_whole(course)
            if done():
                return
        self._run(work, course, *rest)

    def _killed(self, work: str, course: Path, *rest: str) -> bool:
        """Whether the work was killed before it was done."""
        process = self._start(work, course, *rest)
        deadline = time.monotonic() + self.random.uniform(0, self.seconds[work])
        family = Family(process.pid)
        while time.monotonic() < deadline and process.poll() is None:
            family.look()
            time.sleep(0.005)
        living = process.poll() is None
        if living:
            self.kills[work] += 1
            process.send_signal(signal.SIGKILL)
        process.wait()
        for left in family.left():
            kill(left)
        assert living or process.returncode == 0, (work, process.returncode)
        return living

    def _run(self, work: str, course: Path, *rest: str) -> float:
        process = self._start(work, course, *rest)
        started = time.monotonic()
        assert process.wait(timeout=600) == 0, (work, course)
        return time.monotonic() - started

    def _start(self, work: str, course: Path, *rest: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.faults.store_work", work, str(course), *rest]
        process = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdout.close()
        return process

    # -- looking -----------------------------------------------------------------------------------------------------

    def _demand_whole(self, course: Path) -> None:
        """Every row is sealed, every report has its grade and its note, and no note is missing."""
        database = self._database(course)
        list(records.attempts(database, checks=True))
        with database.reading() as connection:
            noted = list(trail(connection, SECRET))
            assert all(one.whole for one in noted)
            counts = {
                table: connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) for table in ("reports", "grades")
            }
            lost = connection.scalar(
                sa.text("SELECT count(*) FROM reports WHERE outcomes NOT IN (SELECT hash FROM blobs)")
            )
            if not self.server:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        told = sum(one.action in ("graded", "rescored") for one in noted)
        assert (counts["reports"], counts["grades"], lost) == (told, told, 0)

    def _course(self, fill: Callable[[str], object] | None = None, *, like: Path = FOLDER.parents[1]) -> Path:
        """A course with a store of its own, empty or filled. like: the course that it is a copy of."""
        self.number += 1
        root = self.folder / f"course{self.number}"
        shutil.copytree(like, root, ignore=shutil.ignore_patterns("*.db*"))
        (root / ".autograder").mkdir(exist_ok=True)
        (root / ".autograder" / "seed").write_text(SEED)
        path = root / "course.yml"
        text = re.sub(r"^store: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(f"{text}store: {self._new_store()}\n", encoding="utf-8")
        if fill:
            fill(self._database(root).url)
        return root

    def _new_store(self, file: str = FILE) -> str:
        """What a course.yml says of an empty store. file: of SQLite."""
        if not self.server:
            return f"sqlite:{file}"
        self.number += 1
        return new_database(self.server, f"store{self.number}").replace("+psycopg", "")

    def _full(self, url: str) -> None:
        restore(self.copy, url)

    def _database(self, course: Path) -> Database:
        (said,) = re.findall(r"^store: (.*)", (course / "course.yml").read_text(encoding="utf-8"), re.MULTILINE)
        return Database(store_url(said, course), SECRET)

    def _scores(self, course: Path) -> dict[str, float | None]:
        return {one.student: one.score for one in records.attempts(self._database(course))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="A server of its own, as the tests start one.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster() if options.postgresql else nullcontext("") as server:
        campaign = Campaign(Path(folder), options.seed, server)
        campaign.run(options.kills)
        print(f"{sum(campaign.kills.values())} kills, nothing lost, nothing half")


if __name__ == "__main__":
    main()
