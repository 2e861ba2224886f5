"""The library: load a course, grade one submission or a class. The command line and the demo use nothing else for it.

    import autograder

    course = autograder.load_course(".")
    with course.grader("10-gcn") as grader:
        report = grader.grade("kim.ipynb")
    print(report.score, report.to_html("ko"))

docs/api.md shows every name with an example.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.course import schedule
from autograder.course.assignment import Assignment
from autograder.course.secret import course_secret
from autograder.engine import Engine, LocalEngine
from autograder.errors import AutograderError, UsageError
from autograder.grading.device import demand_torch, gpu_share, sandbox_device
from autograder.grading.grader import Grader
from autograder.pipeline.class_run import BatchResult, folder_store, grade_batch
from autograder.pipeline.course_store import bank_folder, class_store, course_database
from autograder.pipeline.worker import Job
from autograder.report import Report, build_report
from autograder.sandbox import choose, open_sandbox
from autograder.sandbox.interface import Sandbox
from autograder.store.base import Store
from autograder.store.folder import FolderStore
from autograder.store.records import Person, enrol
from autograder.store.sql import SqlStore
from autograder.submissions.collect import Collection, Submission, collect
from autograder.submissions.roster import Roster, read_roster
from autograder.verify.standing import demand_no_draft

Progress = Callable[[int, int], object]
"""Called with (done, total): once before the first submission, then after each."""


@dataclass(frozen=True)
class LoadedCourse(schedule.Course):
    """A course.yml and the folders beside it."""

    def grader(
        self,
        slug: str,
        *,
        sandbox: str | Sandbox = "auto",
        device: str | None = None,
        seed_file: str | Path | None = None,
    ) -> SubmissionGrader:
        """A grader of one assignment, for use in a `with`.

        sandbox: "auto", "docker", "process", "unsafe", or a sandbox of your own, which stays open.
        device: "cpu", "cuda" or "auto"; by default what course.yml says.
        seed_file: the course's secret; by default $AUTOGRADER_SEED_FILE, else .autograder/seed.

        Raises CourseError for a slug that is not there. Entering the `with` starts the sandbox, and raises
        SandboxUnavailable where there is none.
        """
        return SubmissionGrader(self, slug, sandbox, device, Path(seed_file) if seed_file else None)


def load_course(folder: str | Path = ".") -> LoadedCourse:
    """The course in a folder, or in the nearest one above it. Raises CourseError with file, line and remedy."""
    found = schedule.read_course(schedule.find_course(Path(folder)))
    return LoadedCourse(**{field.name: getattr(found, field.name) for field in fields(found)})


class SubmissionGrader:
    """Grades submissions of one assignment, one at a time, in one warm sandbox. Not for several threads at once."""

    def __init__(
        self, course: LoadedCourse, slug: str, sandbox: str | Sandbox, device: str | None, seed_file: Path | None
    ) -> None:
        self.course = course
        self.assignment: Assignment = course.assignment(slug)
        demand_no_draft(course.root, self.assignment)
        self._secret = course_secret(course.root, seed_file)
        self._device = device or course.device_for(self.assignment)
        self._given = sandbox
        self._sandbox: Sandbox | None = None
        self._grader: Grader | None = None

    def __enter__(self) -> Self:
        if isinstance(self._given, str):
            self._sandbox = open_sandbox(
                self._given, device=sandbox_device(self.assignment, self._device), python=self.course.python
            )
        try:
            self._grader = Grader(
                self.assignment,
                self._secret,
                self._sandbox or self._given,  # type: ignore[arg-type]
                device=self._device,
                siblings=self.course.graded_functions(),
                time_zone=self.course.time_zone,
            )
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the sandbox, unless it was handed in; idempotent."""
        sandbox, self._sandbox, self._grader = self._sandbox, None, None
        if sandbox is not None:
            with contextlib.suppress(AutograderError):
                sandbox.close()

    def grade(self, submission: str | Path | bytes, *, student: str = "", name: str = "") -> Report:
        """The report of one notebook (.ipynb, or .py in percent format), by path or as bytes.

        student: whose it is; by default the file's name without its ending.
        name: the name of the file, where bytes are given.

        A notebook that cannot be read gives a report with status "unreadable". Raises UsageError outside a `with` and
        for a path that cannot be read, PlatformError where the grader failed.
        """
        return self.grade_submission(_submission(submission, student, name))

    def grade_submission(self, submission: Submission) -> Report:
        """The report of a submission that was collected, with the files that were handed in beside the notebook."""
        if self._grader is None:
            raise UsageError("the grader is not open", remedy="Use it in a with: with course.grader(slug) as grader.")
        return build_report(self._grader.grade(submission), self.course.languages)


def _functions(assignment: Assignment) -> tuple[str, ...]:
    return tuple(function for task in assignment.tasks for function in task.functions)


def _submission(content: str | Path | bytes, student: str, name: str) -> Submission:
    if isinstance(content, bytes):
        name = name or "submission.ipynb"
        return Submission(student or Path(name).stem, name, content)
    path = Path(content)
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Submission(student or path.stem, path.name, path.read_bytes(), moment)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path.") from None


def grade_class(
    course: schedule.Course,
    slug: str,
    paths: Iterable[str | Path],
    *,
    store: str | Path | Store[Report] | None = None,
    engine: Engine | None = None,
    sandbox: str = "auto",
    sandbox_options: Mapping[str, Any] | None = None,
    device: str | None = None,
    seed_file: str | Path | None = None,
    again: bool = False,
    roster: str | Path | Roster | None = None,
    progress: Progress = lambda done, total: None,
) -> BatchResult:
    """Grade what a class handed in. Reports of earlier batches stay in the store.

    paths: notebooks, folders of <student>.ipynb or <student>/..., or zip files of either.
    store: a folder for grades.csv, index.html and the reports; or a store of your own. Where course.yml names a store,
        grades are kept there, and the folder is written from it; None then writes no folder.
    engine: where workers run; one worker in this process by default, `LocalEngine(4)` for four processes.
    sandbox: the name of a provider, as for `LoadedCourse.grader`; each worker opens a sandbox of its own.
    sandbox_options: further options of `open_sandbox`.
    device, seed_file: as for `LoadedCourse.grader`.
    again: grade also what an earlier run has graded.
    roster: a CSV of everybody in the course, so that the overview lists who handed in nothing; by default that of an
        earlier batch.
    progress: called with (done, total).

    Raises CourseError, UsageError (no store, one of another assignment, or a folder of submissions as the store),
    SandboxUnavailable, StorageError. What is wrong with one submission, or with the platform in one submission, stands
    in the result.
    """
    assignment = course.assignment(slug)
    demand_no_draft(course.root, assignment)
    secret = course_secret(course.root, Path(seed_file) if seed_file else None)
    provider, wanted = choose(sandbox, course.python), device or course.device_for(assignment)
    demand_torch(assignment, provider)
    kept = _store_of(course, slug, secret, Path(store) if isinstance(store, str) else store)
    piles = tuple(map(Path, paths))
    written = kept.export if isinstance(kept, SqlStore) else kept
    folders = (written.folder,) if isinstance(written, FolderStore) else ()
    demand_apart(folders, piles)
    job = Job(
        assignment_folder=assignment.folder,
        store=kept,
        secret=secret,
        sandbox=provider,
        sandbox_options={
            "python": course.python,
            **gpu_share(assignment, wanted, getattr(engine, "jobs", 1)),
            **(sandbox_options or {}),
        },
        device=wanted,
        again=again,
        siblings=course.graded_functions(),
        time_zone=course.time_zone,
        languages=course.languages,
        bank=_bank_of(course, slug, kept),
    )
    everybody = read_roster(Path(roster)) if isinstance(roster, (str, Path)) else roster
    collection = _collection(course, assignment, piles, folders)
    done, total = 0, len(collection.submissions)
    progress(done, total)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total)

    if isinstance(kept, SqlStore) and everybody is not None:
        enrol(kept.database, [Person(student, name) for student, name in everybody.students.items()], slug)
    return grade_batch(job, collection, engine=engine or LocalEngine(), roster=everybody, progress=advance)


def _bank_of(course: schedule.Course, slug: str, kept: Store[Report]) -> Path | None:
    """Where workers share the outcomes of reference and misconceptions; None for a store of another kind."""
    if isinstance(kept, SqlStore):
        return bank_folder(course, slug)
    return kept.kept / "bank" if isinstance(kept, FolderStore) else None


def _store_of(course: schedule.Course, slug: str, secret: bytes, store: Path | Store[Report] | None) -> Store[Report]:
    """The store of a class: one of the caller's own, else the course's, else a folder."""
    if store is not None and not isinstance(store, Path):
        return store
    database = course_database(course, secret)
    if database is not None:
        return class_store(database, slug, store)
    if store is None:
        raise UsageError("where should the reports go?", remedy="Say --out FOLDER, or name a store in course.yml.")
    return folder_store(store, secret)


def _collection(
    course: schedule.Course, assignment: Assignment, piles: Iterable[Path], folders: Iterable[Path]
) -> Collection:
    """The submissions of an assignment in these paths. folders: folders of reports, which are skipped."""
    return collect(
        piles,
        slug=assignment.slug,
        notebook=assignment.notebook,
        functions=_functions(assignment),
        time_zone=course.time_zone,
        skip=tuple(folders),
    )


def demand_apart(folders: Iterable[Path], paths: Iterable[Path]) -> None:
    """Raise UsageError where a folder of reports also holds submissions, which would be taken for reports."""
    for folder in folders:
        for path in paths:
            if folder.resolve() == path.resolve():
                raise UsageError(
                    "holds the submissions, and cannot hold the reports as well",
                    where=str(folder),
                    remedy="Choose another folder with --out.",
                )


__all__ = ["LoadedCourse", "SubmissionGrader", "grade_class", "load_course"]
