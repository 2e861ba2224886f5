"""Run a part of the suite with each version of Python and torch that can be had here.

    python -m tests.matrix [--only 3.12] [--wheels DIR]

Each pair gets an environment of its own below `build/matrix`. What has no interpreter, or no wheel of torch where pip looks
(or in DIR, and then nowhere else: the index may have no build for the CPU), is skipped with the reason. Exits with 1 when a pair that ran has failed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAIRS = (
    ("3.11", "2.13.0"),
    ("3.12", "2.13.0"),
    ("3.13", "2.13.0"),
    ("3.11", "2.4.1"),
    ("3.12", "2.4.1"),
    ("3.13", "2.6.0"),
)
# What a version of Python or torch could change: the guest and its walls, values, notebooks, grading.
SUITE = (
    "tests/contract",
    "tests/guest",
    "tests/sandbox",
    "tests/grading",
    "tests/notebooks",
    "tests/verify",
    "tests/hostile/test_walls.py",
)
TOOLS = ("pytest", "pytest-xdist", "hypothesis", "nbformat", "nbclient", "ipykernel")


@dataclass(frozen=True)
class Ended:
    """python, torch: the pair. how: "passed", "failed" or "skipped". why: the last words, or the reason."""

    python: str
    torch: str
    how: str
    why: str


def interpreter(version: str) -> str | None:
    """A Python of this version: on the path, or one of pyenv's."""
    found = [shutil.which(f"python{version}"), *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    for path in filter(None, found):
        asked = "import sys; print('%d.%d' % sys.version_info[:2])"
        done = subprocess.run([path, "-c", asked], capture_output=True, text=True, check=False)
        if done.stdout.strip() == version:
            return path
    return None


def prepare(python: str, torch: str, wheels: str) -> tuple[Path | None, str]:
    """An environment with the package, or None and why there is none."""
    path = interpreter(python)
    if path is None:
        return None, f"no Python {python} on this machine"
    folder = ROOT / "build" / "matrix" / f"{python}-{torch}"
    run = folder / "bin" / "python"
    if not run.exists():
        subprocess.run([path, "-m", "venv", folder], check=True, capture_output=True)
    pip = [str(run), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--only-binary", "torch"]
    there = ["--find-links", wheels] if wheels else []
    first = [*pip, *there, *(["--no-index", "--no-deps"] if wheels else []), f"torch=={torch}"]
    for what, command in (
        (f"no wheel of torch {torch} for Python {python}", first),
        (
            "the package cannot be installed",
            [*pip, *there, "-e", f"{ROOT}[torch,docker,formulas]", f"torch=={torch}", *_tools()],
        ),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return None, f"{what}: {_last(done.stderr)}"
    return run, ""


def _tools() -> list[str]:
    """The suite's tools, in the versions that pyproject.toml holds them to."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [tool for tool in project["optional-dependencies"]["dev"] if re.split(r"[<>=]", tool)[0] in TOOLS]


def _last(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no reason given"


def run(python: str, torch: str, wheels: str, tests: tuple[str, ...]) -> Ended:
    interpreter_, why = prepare(python, torch, wheels)
    if interpreter_ is None:
        return Ended(python, torch, "skipped", why)
    asked = "import sys, torch, numpy; print(f'{sys.version.split()[0]}, torch {torch.__version__}, numpy {numpy.__version__}')"
    told = subprocess.run([interpreter_, "-c", asked], capture_output=True, text=True, check=False)
    command = [interpreter_, "-m", "pytest", "-q", "-m", "not slow and not docker", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "AUTOGRADER_PROVIDERS": "process", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stdout[-5000:])
    return Ended(
        python, torch, "failed" if done.returncode else "passed", f"{told.stdout.strip()}: {_last(done.stdout)}"
    )


def campaign(only: str, wheels: str, tests: tuple[str, ...]) -> Iterator[Ended]:
    for python, torch in PAIRS:
        if only in f"{python} {torch}":
            yield run(python, torch, wheels, tests)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix")
    parser.add_argument("--only", default="", help="pairs that hold these words: 3.12, or '3.11 2.4.1'")
    parser.add_argument("--wheels", default="", help="a folder with wheels of torch, which is then sought nowhere else")
    parser.add_argument("tests", nargs="*", help="instead of the part of the suite that versions could change")
    options = parser.parse_args()
    ended = []
    for one in campaign(options.only, options.wheels, tuple(options.tests) or SUITE):
        ended.append(one)
        print(f"Python {one.python}, torch {one.torch}: {one.how} ({one.why})", flush=True)
    sys.exit(any(one.how == "failed" for one in ended))


if __name__ == "__main__":
    main()
