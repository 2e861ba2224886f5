"""`python -m tests.benchmarks [bare] [jobs] [growth] [lms] [records] [peers]`: measure, print, and keep the figures in build/bench.

`python -m tests.benchmarks docs` makes docs/benchmarks.md and its pictures from the figures kept.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import bare, groups, lms, pages, records, scale
from tests.benchmarks.measure import load
from tests.benchmarks.peers import compare

KEPT = bare.ROOT / "build" / "bench"
BENCHMARKS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "bare": ("one submission, beside the same code and calls in a warm interpreter", bare.measure),
    "jobs": ("one worker and two", scale.measure_jobs),
    "growth": ("from 10 to 1,000 submissions", scale.measure_growth),
    "lms": ("grades and pages of 1,000 students back into an LMS", lms.measure),
    "records": ("the store of 1,000 students and 16 assignments", records.measure),
    "groups": ("groups of equal wrong answers in a class of 1,000", groups.measure),
    "peers": ("twenty submissions before several graders", compare.measure),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)} (all of them by default) or docs"
    )
    names = parser.parse_args().names or list(BENCHMARKS)
    for name in names:
        if name not in (*BENCHMARKS, "docs"):
            parser.error(f'there is no benchmark "{name}"')
    for name in names:
        if name == "docs":
            pages.write({path.stem: json.loads(path.read_text(encoding="utf-8")) for path in KEPT.glob("*.json")})
        else:
            _run(name)


def _run(name: str) -> None:
    title, measure = BENCHMARKS[name]
    print(f"\n== {name}: {title} (load {load():.1f})", flush=True)
    started = time.monotonic()
    figures = {**measure(), "machine": machine(), "load_before": load()}
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}.json"
    path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(
        f"   {time.monotonic() - started:.0f} s; kept in {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}"
    )


def machine() -> dict[str, str]:
    """What a reader needs to know to judge the figures."""
    import os
    from importlib.metadata import version

    return {
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "kernel": platform.release().split("-")[0],
        **{package: version(package) for package in ("torch", "numpy")},
    }


if __name__ == "__main__":
    sys.exit(main())
