"""docs/benchmarks.md and its pictures, from the figures of the last runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.bare import ROOT, cpu_ratio, ratio, together
from tests.benchmarks.measure import Spread
from tests.benchmarks.peers.compare import DESERVED
from tests.benchmarks.pictures import draw_bare, draw_growth, draw_peers

DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
Figures = Mapping[str, Mapping[str, Any]]

_WAYS = {"solution": "like the solution", "loop_free": "without loops", "naive": "naively"}
HEAD = """\
# Benchmarks

Made by `make bench` (all of it, under half an hour on an idle machine) and `python -m tests.benchmarks docs`. Every figure is
measured beside what it is compared with, in the same run: trust the ratios. Times are medians, with the range in brackets.
"""


def write(figures: Figures) -> None:
    """Write the page and the pictures of what has been measured; of the rest, the page keeps what it says."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page = DOCS / "benchmarks.md"
    sections, kept = [HEAD], _sections(page)
    for name, title, section, picture in (
        ("bare", "One submission", _bare, draw_bare),
        ("jobs", "Two workers", _jobs, None),
        ("growth", "From 10 to 1,000 submissions", _growth, draw_growth),
        ("records", "The store of a course", _records, None),
        ("peers", "Beside other graders", _peers, draw_peers),
    ):
        if name in figures:
            sections.append("\n".join([f"## {title}", "", *section(figures[name]), "", _measured_on(figures[name])]))
            if picture is not None:
                picture(figures[name], IMAGES / f"bench-{name}.svg")
        elif title in kept:
            sections.append(f"## {title}\n{kept[title]}")
    page.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _sections(page: Path) -> dict[str, str]:
    """The sections of the page as it stands: title -> text."""
    if not page.exists():
        return {}
    _, *parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title: text.rstrip("\n") for title, _, text in (part.partition("\n") for part in parts)}


def _measured_on(figures: Mapping[str, Any]) -> str:
    machine = figures["machine"]
    versions = (
        f"Linux {machine['kernel']}, Python {machine['python']}, torch {machine['torch']}, numpy {machine['numpy']}"
    )
    return f"*A shared {machine['cores']}-core machine, {versions}; {figures['load_before']:.1f} processes wanted to run when this ended.*"


def _table(head: Sequence[str], rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _missing(figures: Mapping[str, Any]) -> Iterator[str]:
    for name, why in figures.get("missing", {}).items():
        yield f"\nNot measured here: {name} ({why})"


# -- sections --------------------------------------------------------------------------------------------------------


def _bare(figures: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "A full-marks notebook through the whole pipeline of a warm worker (read, fork, walls, cells, calls, compare, diagnose, "
        "JSON and two pages), beside the same cells and calls in one warm interpreter. Three students of each assignment: one writes like the "
        "solution, one without loops, one naively. *Bare* makes each call as the sandbox "
        "promises it (fresh inputs, twice, gradients, raw results out), *plain* only executes the cells and calls the functions. "
        "The answers of the rounds after the first have come before, to the bit, and are known again, as most answers of a class are."
    )
    yield ""
    yield from _table(
        ("sandbox", "assignment", "written", "calls", "graded, ms", "bare, ms", "plain, ms", "graded / bare", "in CPU time"),
        (
            (
                row["sandbox"], row["slug"], _WAYS[row["way"]], row["calls"], *(Spread.of(row["seconds"][key]).text(0, 1000) for key in ("graded", "runner", "plain")),
                f"**{ratio(row).median:.2f}** ({min(ratio(row).values):.2f}-{max(ratio(row).values):.2f})",
                f"{cpu_ratio(row):.2f}" if cpu_ratio(row) else "",
            )
            for row in figures["rows"]
        ),
    )  # fmt: skip
    yield ""
    for sandbox in dict.fromkeys(row["sandbox"] for row in figures["rows"]):
        mine = [row for row in figures["rows"] if row["sandbox"] == sandbox]
        by_slug = {
            slug: together([row for row in mine if row["slug"] == slug])
            for slug in dict.fromkeys(row["slug"] for row in mine)
        }
        each = ", ".join(f"{slug} {ratio:.2f}" for slug, ratio in by_slug.items())
        yield f"- `{sandbox}`: **{together(mine):.2f}** times bare for all of them together; by assignment: {each}."
    yield "\nWhat is added is nearly the same for every submission, so the ratio is largest where the student's own work is smallest."
    yield from _missing(figures)
    yield "\n![stages of a submission](images/bench-bare.svg)\n"
    stages = list(figures["rows"][0]["stages"])
    yield "Where the time goes, in ms (the calls are the student's own work, and bare pays for them too):\n"
    yield from _table(
        ("sandbox", "assignment", *stages),
        (
            (row["sandbox"], row["slug"], *(f"{1000 * row['stages'].get(stage, 0):.1f}" for stage in stages))
            for row in figures["rows"]
            if row["way"] == "solution"
        ),
    )


def _jobs(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"A class of {figures['class']}, every second one with a mistake, start-up apart: submissions a second, and how many cores were busy.\n"
    yield from _table(
        ("assignment", "`--jobs 1`", "cores", "`--jobs 2`", "cores", "times as many (best of each)"),
        (
            (row["slug"], one.text(), Spread.of(row["busy"]["1"]).text(), two.text(), Spread.of(row["busy"]["2"]).text(),
             f"**{max(two.values) / max(one.values):.2f}**")
            for row in figures["rows"]
            for one, two in [[Spread.of(row["rates"][jobs]) for jobs in ("1", "2")]]
        ),
    )  # fmt: skip
    yield ""
    yield (
        "One worker uses more than a core: it compares and writes while its guest calculates, and its next child gets ready meanwhile. "
        "Two workers can therefore do less than twice as much on two cores, however well they share them. "
        f"Two bare interpreters at the same calls, which share nothing but the machine, did {Spread.of(figures['second_core']).text()} times the work "
        f"of one. Before the runs {Spread.of(figures['load']).text(1)} processes wanted to run."
    )


def _growth(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"One class of {figures['rows'][-1]['done']:,} with `--jobs {figures['jobs']}`: memory of its own (not shared with others) of each kind of process, when so many were done.\n"
    yield from _table(
        ("done", "main, MB", "workers, MB", "a guest, MB", "ms each since the row above"),
        (
            (f"{row['done']:,}", f"{row['main_mb']:.1f}", ", ".join(f"{x:.1f}" for x in row["workers_mb"]), f"{row['guest_mb']:.0f}",
             f"{1000 * row['seconds']:.0f}" if number else "start-up")
            for number, row in enumerate(figures["rows"])
        ),
    )  # fmt: skip
    yield "\n![growth](images/bench-growth.svg)"


def _records(figures: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{figures['students']:,} students x 16 assignments in SQLite, {figures['bytes'] / 1e6:.0f} MB, with late and second "
        "attempts. Each command in a process of its own, start-up included; the aim is a minute and 500 MiB. Where more processes "
        "than cores wanted to run, as the last line says, the seconds are mostly waiting: CPU s is the command's own work.\n"
    )
    yield from _table(
        ("`autograder ...`", "s", "CPU s", "peak MiB"),
        (
            (row["command"], f"{row['seconds']:.1f}", f"{row['cpu']:.1f}", f"{row['mib']:.0f}")
            for row in figures["rows"]
        ),
    )


def _peers(figures: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "Four torch questions (LSTM step, GCN normalisation, ELBO, GAN losses), each with a visible test of 2 points and a hidden one of 3. Twenty submissions: "
        "10 right (one prints in its functions, one warns), 4 wrong, 2 that raise, an endless loop, a memory hog of 3 GiB, one that prints 200,000 lines, one that calls `os._exit(0)`."
    )
    yield ""
    rows = figures["rows"]
    ours = rows.get("autograder, process", {}).get("right", {}).get("seconds")
    yield from _table(
        ("grader", "s for a right submission", "CPU s", "peak MB of all its processes", "graded as deserved", "times our `process`"),
        (
            (name, f"{row['right']['seconds']:.3f}", f"{row['right']['cpu']:.3f}", f"{row['peak_mb']:.0f}", f"**{row['deserved']}** of {len(DESERVED)}",
             f"{row['right']['seconds'] / ours:.0f}" if ours else "-")
            for name, row in rows.items()
        ),
    )  # fmt: skip
    yield from _missing(figures)
    alone = rows.get("nbgrader autograde", {}).get("alone")
    if alone:
        yield f"\n`nbgrader autograde` in a process of its own for one student: {Spread.of(alone['seconds']).text(1)} s, {Spread.of(alone['cpu']).text(1)} CPU s."
    yield "\n![seconds for a right submission](images/bench-peers.svg)\n"
    yield "Graded otherwise than deserved:\n"
    for name, row in rows.items():
        differ = [
            f"{s} {_points(row['grades'].get(s))} for {p:g}" for s, p in DESERVED.items() if row["grades"].get(s) != p
        ]
        yield f"- {name}: {'; '.join(differ) or 'none'}"
    yield ""
    yield (
        "How: this grader and nbgrader grade a class in one process, so the cost of a right submission is that of one more "
        "(a longer class less a shorter one); `otter run` is a process for each. `--fresh` and the engine's own CPU time are counted as far as "
        "a look ten times a second sees them. Time-outs: nbgrader 60 s per cell; otter has none inside and is stopped after 120 s; here each task has its own 10 s. "
        "nbgrader 0.9.6, otter-grader 7.0.0 with exception-based tests. All ran on the same machine, one after the other."
    )


def _points(points: float | None) -> str:
    return "no result" if points is None else f"{points:g}"
