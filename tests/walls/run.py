"""Take every wall down, one at a time, and see whether its test notices.

    python -m tests.walls [--jobs 2] [--only TEXT ...] [--docs FILE]

The package and its tests are copied once for each worker, and each weakening is made in that copy and undone there; the
tree that this was started from is never written. Prints one line for each wall; exits with 1 unless all were noticed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

from tests.walls.table import WEAKENINGS, Cut, Weakening

ROOT = Path(__file__).parents[2]
COPIED = ("autograder", "tests", "docker", "solutions", "pyproject.toml", "SECURITY.md", "course.yml")
MOST_SECONDS = 60.0
START = "AUTOGRADER_WALLS"  # set in the copies, where the tests of this package must not start others


@dataclass(frozen=True)
class Found:
    """What became of one weakening.

    verdict: "found", or what else happened: "missed", "broken" (the test fails with the wall standing), "no test" (it
        was skipped, or could not run), "hung" (it did not end), "late" (it notices, after more than a minute).
    seconds: of the run on the weakened copy.
    said: the end of what pytest said, where there is something to look at.
    """

    weakening: Weakening
    verdict: str
    seconds: float
    said: str = ""


class Copy:
    """A copy of the package and its tests, whose lines can be changed and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        os.chmod(folder, 0o755)
        for name in COPIED:
            source, target = ROOT / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.tar.xz"))
            elif source.exists():
                shutil.copy(source, target)

    @contextmanager
    def cut(self, cuts: Sequence[Cut]) -> Iterator[None]:
        """The copy with these changes, while it lasts."""
        whole = {cut.file: (self.folder / "autograder" / cut.file).read_bytes() for cut in cuts}
        try:
            for cut in cuts:
                path = self.folder / "autograder" / cut.file
                path.write_text(applied(cut, path.read_text(encoding="utf-8")), encoding="utf-8")
            yield
        finally:
            for file, content in whole.items():
                (self.folder / "autograder" / file).write_bytes(content)

    def test(self, nodes: Sequence[str], *more: str) -> tuple[int, str]:
        """(pytest's exit status, what it said) of these tests in this copy. Raises TimeoutExpired."""
        providers = {found[1] for node in nodes if (found := re.search(r"\[(process-plain|process)[-\]]", node))}
        command = [
            sys.executable,
            "-B",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *more,
            *nodes,
        ]
        environment = {**os.environ, START: "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(self.folder)}
        environment["AUTOGRADER_PROVIDERS"] = ",".join(sorted(providers)) or "process"
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=3 * MOST_SECONDS * len(nodes),
        )
        return done.returncode, done.stdout + done.stderr[-500:]


def _end(code: int, said: str) -> str:
    if code == 0:
        return "passed" if re.search(r"\d+ passed", said) else "skipped"
    return "failed" if code == 1 and re.search(r"^FAILED ", said, re.MULTILINE) else "error"


def applied(cut: Cut, text: str) -> str:
    """The text with one cut made. Raises ValueError where the piece is not there exactly once."""
    if text.count(cut.old) != 1:
        raise ValueError(f"{cut.file}: {cut.old!r} stands there {text.count(cut.old)} times")
    return text.replace(cut.old, cut.new)


def examine(copy: Copy, weakening: Weakening) -> Found:
    """Weaken one wall in a copy, and look whether its test notices."""
    started = time.monotonic()
    with copy.cut(weakening.off), copy.cut([weakening.cut]):
        try:
            code, said = copy.test([weakening.test], "-x")
        except subprocess.TimeoutExpired as late:
            return Found(weakening, "hung", time.monotonic() - started, str(late))
    seconds, end = time.monotonic() - started, _end(code, said)
    if end == "failed":
        return Found(weakening, "found" if seconds < MOST_SECONDS else "late", seconds)
    return Found(weakening, "missed" if end == "passed" else "no test", seconds, said[-3000:])


def standing(copy: Copy, weakenings: Sequence[Weakening]) -> dict[str, str]:
    """What pytest said of those whose test does not pass while the wall stands, by name: it would notice anything."""
    broken = {}
    for off in {wall.off for wall in weakenings}:
        walls = [wall for wall in weakenings if wall.off == off]
        with copy.cut(off):
            _, said = copy.test(sorted({wall.test for wall in walls}), "-rA")
        ends = re.findall(r"^(PASSED|FAILED|ERROR) (\S.*?)(?: - .*)?$", said, re.MULTILINE)
        for wall in walls:
            mine = {end for end, node in ends if node == wall.test or node.startswith(f"{wall.test}[")}
            if mine != {"PASSED"}:
                broken[wall.name] = f"{sorted(mine)} {said[-3000:]}"
    return broken


def campaign(weakenings: Sequence[Weakening], jobs: int) -> Iterator[Found]:
    """What became of each, in the order of the table."""
    with tempfile.TemporaryDirectory(prefix="walls-") as place, ThreadPoolExecutor(jobs) as pool:
        os.chmod(place, 0o755)
        copies: Queue[Copy] = Queue()
        for number in range(jobs):
            folder = Path(place) / str(number)
            folder.mkdir()
            copies.put(Copy(folder))

        def one(weakening: Weakening | None) -> Found | dict[str, str]:
            copy = copies.get()
            try:
                return standing(copy, weakenings) if weakening is None else examine(copy, weakening)
            finally:
                copies.put(copy)

        control = pool.submit(one, None)
        for found in pool.map(one, weakenings):
            assert isinstance(found, Found)
            broken = control.result()
            assert isinstance(broken, dict)
            name = found.weakening.name
            yield replace(found, verdict="broken", said=broken[name]) if name in broken else found


def table(found: Sequence[Found], seconds: float) -> str:
    """The page for docs/walls.md."""
    good = sum(one.verdict == "found" for one in found)
    lines = [
        "# Walls taken down, one at a time",
        "",
        "Made by `make test-walls`, which weakens one line of a copy of the package and runs the test that must notice.",
        "Where a second wall stands behind the first, it is switched off for the test's sake.",
        "",
        f"{good} of {len(found)} noticed, in {seconds:.0f} s.",
        "",
        "| row | wall | line | second wall | noticed by | seconds |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        wall = one.weakening
        test = wall.test.replace("|", "\\|")
        noticed = f"`{test}`" if one.verdict == "found" else f"**{one.verdict}** `{test}`"
        second = "switched off" if wall.off else ""
        lines.append(f"| {wall.row} | {wall.name} | `{wall.cut.file}` | {second} | {noticed} | {one.seconds:.0f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.walls")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default=[""], nargs="+", help="walls whose row or name holds one of these texts")
    parser.add_argument("--docs", type=Path, help="where the table is written")
    options = parser.parse_args()
    chosen = [wall for wall in WEAKENINGS if any(text in f"{wall.row}: {wall.name}" for text in options.only)]
    started, found = time.monotonic(), []
    for one in campaign(chosen, options.jobs):
        found.append(one)
        print(f"{one.verdict:8}{one.seconds:5.0f} s  {one.weakening.row}: {one.weakening.name}", flush=True)
        if one.verdict != "found":
            print(one.said, flush=True)
    seconds = time.monotonic() - started
    good = sum(one.verdict == "found" for one in found)
    print(f"{good} of {len(found)} noticed, in {seconds:.0f} s")
    if options.docs:
        options.docs.write_text(table(found, seconds), encoding="utf-8")
    sys.exit(good < len(found))
