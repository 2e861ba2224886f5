"""`autograder demo`: the whole way, from an assignment to the reports of a class, with the modules that the commands use."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.api import grade_class
from autograder.course.schedule import Course, read_course
from autograder.course.secret import course_secret
from autograder.demo.classroom import ROSTERS, SECRET, SEED_FILE, make_class, make_course
from autograder.engine import LocalEngine
from autograder.errors import ExitCode
from autograder.pipeline.class_run import BatchResult
from autograder.pipeline.progress import Progress
from autograder.release.publish import release_assignment
from autograder.sandbox import choose, open_sandbox
from autograder.verify.verify import verify

VERIFIED = ROSTERS[0].slug
MISCONCEPTIONS = 3

Echo = Callable[[str], object]


@dataclass(frozen=True)
class GradedClass:
    """One assignment's class.

    slug: the assignment's.
    reports: the folder of its reports.
    result: what `grade_class` returned.
    seconds: wall time of grading, the start of the sandboxes included.
    """

    slug: str
    reports: Path
    result: BatchResult
    seconds: float


def run_demo(course: Course, out: Path, *, jobs: int, sandbox: str, echo: Echo, secret: bytes = SECRET) -> ExitCode:
    """Verify an assignment, release two into `out`, make a class for each, grade both, and print what came of it.

    The course itself is not changed: everything is written under `out`, and what an earlier demo left there is
    replaced.

    jobs: how many workers grade at once.
    sandbox: as `open_sandbox` takes it.
    echo: called with each line that is printed.
    secret: the hidden cases are drawn from it; it is fixed, so every demo is the same.
    """
    sandbox = choose(sandbox, course.python)
    make_course(course, out, secret)
    copy = read_course(out)
    kept = _verify_and_release(course, copy, sandbox, echo)
    piles = [make_class(copy, roster) for roster in ROSTERS]
    graded = [_grade(copy, pile, jobs, sandbox, echo) for pile in piles]
    echo("")
    for line in table(graded):
        echo(line)
    echo("\nOpen " + " and ".join(str(one.reports / "index.html") for one in graded))
    failed = any(one.result.failures or one.result.pending for one in graded)
    return ExitCode.PLATFORM if failed else ExitCode.OK if kept else ExitCode.FAILED


def _verify_and_release(course: Course, copy: Course, sandbox: str, echo: Echo) -> bool:
    """Verify what the course has released, then release into the copy. Returns whether `verify` found nothing."""
    secret = course_secret(copy.root, copy.root / SEED_FILE)
    box = open_sandbox(sandbox, python=course.python)
    try:
        echo(f"$ autograder verify {VERIFIED}")
        assignment = course.assignment(VERIFIED)
        report = verify(
            assignment, box, secret, course.root / "assignments" / VERIFIED, device=course.device_for(assignment)
        )
        echo(
            f"{report.tasks} tasks, {report.checks} checks, {report.cases} cases; {report.caught} of {report.misconceptions} "
            f"misconceptions caught, {report.told_apart} told apart; {report.accepted} of {report.variants} variants accepted"
        )
        for finding in report.findings:
            echo(f"  {finding.kind}: {finding}")
        for roster in ROSTERS:
            echo(f"$ autograder release {roster.slug} --course {copy.root}")
            files = release_assignment(copy, copy.assignment(roster.slug), box)
            echo(", ".join(path.name for path in files))
    finally:
        box.close()
    return report.holds


def _grade(copy: Course, pile: Path, jobs: int, sandbox: str, echo: Echo) -> GradedClass:
    """Grade one pile, as `autograder grade` does."""
    slug, out = pile.stem, copy.root / "reports" / pile.stem
    echo(
        f"$ autograder grade {slug} {pile} --out {out} --jobs {jobs} --course {copy.root} --seed-file {copy.root / SEED_FILE}"
    )
    started = time.perf_counter()
    with Progress(f"grading {slug}") as progress:
        result = grade_class(
            copy,
            slug,
            [pile],
            store=out,
            engine=LocalEngine(jobs),
            sandbox=sandbox,
            seed_file=copy.root / SEED_FILE,
            progress=progress.update,
        )
    return GradedClass(slug, out, result, time.perf_counter() - started)


def table(graded: Sequence[GradedClass]) -> Iterable[str]:
    """What came of each class, a line each, and its most frequent misconceptions."""
    yield f"{'assignment':<12}{'submissions':>12}{'mean':>8}{'full marks':>12}{'not read':>10}{'seconds':>9}{'per second':>12}"
    for one in graded:
        scores = [entry.score for entry in one.result.summaries if entry.score is not None]
        full = sum(e.score == e.max_score for e in one.result.summaries if e.score is not None)
        count = len(one.result.summaries) + len(one.result.failures)
        unread = sum(entry.status == "unreadable" for entry in one.result.summaries) + len(one.result.problems)
        mean = f"{sum(scores) / len(scores):.1f}" if scores else "-"
        rate = count / one.seconds if one.seconds else 0.0
        yield f"{one.slug:<12}{count:>12}{mean:>8}{full:>12}{unread:>10}{one.seconds:>9.1f}{rate:>12.1f}"
    yield ""
    for one in graded:
        found = Counter(f"{d.task}: {d.id}" for entry in one.result.summaries for d in entry.diagnoses)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MISCONCEPTIONS]
        yield f"most frequent in {one.slug}: " + ", ".join(f"{name} ({count})" for name, count in ranked)
