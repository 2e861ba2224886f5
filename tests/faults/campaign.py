"""SIGKILL at random moments of everything that takes part in grading a class, until a number of kills is reached.

    python -m tests.faults.campaign --kills 300 --jobs 2 [--sandbox docker] [--seed 1]

A class is graded by the same command, over and over, while its processes are killed; when it is done its reports must
be those of an undisturbed run, and nothing may be left. Then the next class begins.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.classroom import write_class
from tests.faults.processes import Family, Process, kill

HERE = Path(__file__).parents[2]
RESTART_ENGINE = (
    "AUTOGRADER_RESTART_ENGINE"  # a command such as "systemctl restart docker"; unset: the engine is spared
)
KILLS_EACH = 8  # of a class, spread over about the time that it takes
CHILD_KILLS = 3  # in one run: more of them in one submission are the submission's own fault
FINISHED = (0, 3)  # 3: one notebook of the class cannot be read
ENDING_SECONDS = 8.0


@dataclass
class Tally:
    """What was done to how many classes."""

    kills: Counter[str] = field(default_factory=Counter)
    classes: int = 0
    reruns: int = 0
    exits: Counter[int] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.kills.values())

    def __str__(self) -> str:
        killed = ", ".join(f"{target} {count}" for target, count in sorted(self.kills.items()))
        return f"{self.total} kills ({killed}), {self.classes} classes, {self.reruns} reruns, {len(self.differences)} differences"


def stable(data: dict[str, Any]) -> dict[str, Any]:
    """A report without what differs between two undisturbed runs, and without the events, which tell of the kills."""
    proof = {
        key: value for key, value in data["provenance"].items() if key not in ("graded_at", "outcomes", "signature")
    }
    staff = {key: value for key, value in data["staff"].items() if key != "events"}
    return {**data, "provenance": proof, "staff": staff, "seconds": None}


def difference(expected: dict[str, Any] | None, found: dict[str, Any] | None) -> str:
    """The lines in which two reports differ, with a little of what is around them."""
    sides = [json.dumps(side, indent=1, ensure_ascii=False, sort_keys=True).splitlines() for side in (expected, found)]
    return "\n".join(difflib.unified_diff(*sides, "undisturbed", "after the kills", lineterm=""))


class Campaign:
    """folder: an empty one. Everything that the runs write lies in it, their scratch too."""

    def __init__(self, folder: Path, *, jobs: int, sandbox: str = "process", seed: int = 0) -> None:
        self.folder, self.jobs, self.sandbox = folder, jobs, sandbox
        self.random = random.Random(seed)
        self.tally = Tally()
        self.families: list[Family] = []  # of the class in hand
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        self.scratch.chmod(0o755)
        write_class(folder / "class")
        before = time.monotonic()
        with self._start(folder / "undisturbed") as run:
            assert run.wait(300) in FINISHED
        self.length = time.monotonic() - before
        self.expected = self._reports(folder / "undisturbed")
        self.overview = self._grades(folder / "undisturbed")

    # -- one class -----------------------------------------------------------------------------------------------

    def grade_a_class(self, kills: int) -> None:
        """Grade one class with at most this many kills, as often as it takes, and look at what it left."""
        out = self.folder / f"out-{self.tally.classes}"
        standing: dict[str, bytes] = {}
        self.families = []
        left, status = kills, -1
        while status not in FINISHED:
            with self._start(out) as run:
                self.families.append(Family(run.pid))
                left -= self._disturb(run, self.families[-1], left)
                status = run.wait(300)
            self.tally.exits[status] += 1
            self.tally.reruns += status not in FINISHED
            assert status in (*FINISHED, 4, -9), f"exit {status}: {(self.folder / 'errors').read_text()[-2000:]}"
            standing = self._check_standing(out, standing)
        self.tally.classes += 1
        self._check_finished(out)
        self._check_nothing_left()

    def _disturb(self, run: subprocess.Popen[bytes], family: Family, most: int) -> int:
        """Kill parts of one run until it ends, or this many kills are done."""
        done, children = 0, 0
        while done < most and run.poll() is None:
            time.sleep(self.random.expovariate(KILLS_EACH / self.length))
            roles = self._look(family, patience=self.length if self.random.random() < 0.6 else 0.0)
            if children == CHILD_KILLS:
                roles.pop("child", None)
            roles.pop("helper", None)
            if self.random.random() < 0.5 and len(roles) > 1:  # otherwise few runs get far
                roles.pop("grader", None)
            names = [*roles, *(["child"] * 5 if "child" in roles else ()), *self._engine_targets()]
            if not names:
                continue
            target = self.random.choice(names)
            hit = kill(self.random.choice(roles[target])) if target in roles else self._hit_engine(target)
            done += hit
            children += hit and target == "child"
            self.tally.kills[target] += hit
        while run.poll() is None:
            family.look()
            time.sleep(0.05)
        return done

    def _look(self, family: Family, patience: float) -> dict[str, list[Process]]:
        """Who is there. patience: seconds to wait for a child, without which most kills would meet a guest that warms up."""
        deadline = time.monotonic() + patience
        while True:
            roles = family.look(container.attrs["State"]["Pid"] for container in self.containers())
            if "child" in roles or "grader" not in roles or time.monotonic() > deadline:
                return roles
            time.sleep(0.01)

    # -- the engine ----------------------------------------------------------------------------------------------

    def _engine_targets(self) -> list[str]:
        if self.sandbox != "docker":
            return []
        return ["container", *(["engine"] if os.environ.get(RESTART_ENGINE) else [])]

    def _hit_engine(self, target: str) -> bool:
        if target == "engine":
            subprocess.run(os.environ[RESTART_ENGINE], shell=True, check=True)
            return True
        with suppress(Exception):  # there may be none, or it goes just now
            self.random.choice(self.containers()).kill()
            return True
        return False

    def containers(self) -> list[Any]:
        """Containers of this campaign's graders, living or dead."""
        if self.sandbox != "docker":
            return []
        import docker
        from autograder.sandbox.docker.engine import OWNER_LABEL

        found = docker.from_env().containers.list(filters={"label": OWNER_LABEL}, ignore_removed=True)
        pids = {process.pid for family in self.families for process in family.seen}
        return [c for c in found if int(c.labels[OWNER_LABEL].partition("-")[0]) in pids]

    # -- what must hold ------------------------------------------------------------------------------------------

    def _check_standing(self, out: Path, before: dict[str, bytes]) -> dict[str, bytes]:
        """Every report is whole whenever a run ends, and a finished one is never written again."""
        now = {path.name: path.read_bytes() for path in sorted(out.glob("*.json"))}
        for name, content in before.items():
            if now.get(name) != content:
                self.tally.differences.append(f"{name} was graded again, or lost")
        finished = {}
        for name, content in now.items():
            data = json.loads(content)
            if data["status"] != "pending":
                pages = [out / name.replace(".json", ending) for ending in (".html", ".ko.html")]
                assert all(page.stat().st_size for page in pages)
                finished[name] = content
        return finished

    def _check_finished(self, out: Path) -> None:
        found = self._reports(out)
        for name in sorted({*found, *self.expected}):
            if found.get(name) != self.expected.get(name):
                self.tally.differences.append(
                    f"{name} differs:\n{difference(self.expected.get(name), found.get(name))}"
                )
        if self._grades(out) != self.overview:
            self.tally.differences.append(f"{out}/grades.csv differs")
        extra = {path.name for path in out.iterdir()} ^ {path.name for path in (self.folder / "undisturbed").iterdir()}
        self.tally.differences += [f"{name} is there once only" for name in extra]

    def _check_nothing_left(self) -> None:
        deadline = time.monotonic() + ENDING_SECONDS
        while time.monotonic() < deadline and any(family.left() for family in self.families):
            time.sleep(0.05)
        left = [str(process) for family in self.families for process in family.left()]
        left += [str(path) for path in self.scratch.iterdir()]
        left += [line for line in Path("/proc/self/mounts").read_text().splitlines() if str(self.folder) in line]
        left += [f"container {container.name}" for container in self.containers()]
        self.tally.differences += [f"left: {thing}" for thing in left]

    # -- runs ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _start(self, out: Path) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "tests.faults.classroom", str(self.folder / "class"), str(out)]
        command += ["--jobs", str(self.jobs), "--sandbox", self.sandbox]
        environment = {**os.environ, "TMPDIR": str(self.scratch), "OMP_NUM_THREADS": "1"}
        with open(self.folder / "errors", "wb") as errors:
            run = subprocess.Popen(command, cwd=HERE, env=environment, stdout=errors, stderr=errors)
            try:
                yield run
            finally:
                if run.poll() is None:
                    run.kill()
                    run.wait()

    def _reports(self, out: Path) -> dict[str, dict[str, Any]]:
        return {path.name: stable(json.loads(path.read_text(encoding="utf-8"))) for path in out.glob("*.json")}

    def _grades(self, out: Path) -> str:
        return (out / "grades.csv").read_text(encoding="utf-8")


def run(folder: Path, kills: int, *, jobs: int, sandbox: str = "process", seed: int = 0) -> Tally:
    """Class after class until there were this many kills."""
    campaign = Campaign(folder, jobs=jobs, sandbox=sandbox, seed=seed)
    while campaign.tally.total < kills:
        campaign.grade_a_class(min(KILLS_EACH, kills - campaign.tally.total))
        print(campaign.tally, file=sys.stderr, flush=True)
    return campaign.tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--sandbox", default="process")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        tally = run(Path(name), options.kills, jobs=options.jobs, sandbox=options.sandbox, seed=options.seed)
        print(tally, dict(tally.exits))
        print("\n".join(tally.differences))
    sys.exit(bool(tally.differences))


if __name__ == "__main__":
    main()
