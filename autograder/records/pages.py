"""Reports with the sum of the grade: what the checks gave, and what the rules of the course made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.schedule import Course
from autograder.pipeline.class_run import folder_store
from autograder.pipeline.overview import read_overview
from autograder.records.gradebook import Gradebook
from autograder.report import Report, student_html, summary
from autograder.report.schema import page_ending
from autograder.report.term.gradebook import sum_of
from autograder.rules import Grade
from autograder.store.base import Key
from autograder.store.folder import FolderStore, write_atomically
from autograder.store.sql import SqlStore
from autograder.submissions.collect import Collection


@dataclass(frozen=True)
class GradedReport:
    """A report whose pages show the sum of the grade as well. Its JSON is the report's.

    report: as it was stored.
    grade: by the rules of the course; None where the gradebook has none, or there is no gradebook.
    """

    report: Report
    grade: Grade | None

    @property
    def key(self) -> Key:
        return self.report.key

    @property
    def endings(self) -> Sequence[str]:
        return self.report.endings

    def to_json(self) -> bytes:
        return self.report.to_json()

    def pages(self) -> Mapping[str, str]:
        """The student's pages, by the ending of their file."""
        return {
            page_ending(language): student_html(
                self.report, language, sum_of(self.grade, language) if self.grade is not None else None
            )
            for language in self.report.languages
        }


def write_reports(course: Course, store: SqlStore[Report], book: Gradebook | None, out: Path) -> int:
    """Write the folder of reports of one assignment. Returns how many reports there are. Equal files stay untouched.

    book: the course's grades, whose sums the pages show; None for pages without sums. No page is written for a grade
        that is held, and one that is there is removed.
    """
    plain = folder_store(out, store.database.secret)
    plain.prepare(store.slug)
    folder: FolderStore[GradedReport] = FolderStore(out, lambda content: None)
    summaries = []
    for report in store.reports():
        summaries.append(summary(report))
        mine = book.of(report.student) if book else None
        if mine is not None and store.slug in mine.grades and mine.grades[store.slug].held:
            for ending in report.endings:  # the student is not to see it yet
                (out / f"{report.student}{ending}").unlink(missing_ok=True)
            continue
        graded = GradedReport(report, mine.grades.get(store.slug) if mine else None)
        if plain.earlier(report.key) != report:
            folder.put(graded, store.outcomes(report.key))
        else:
            for ending, page in graded.pages().items():
                path = out / f"{report.student}{ending}"
                if path.read_text(encoding="utf-8") != page:
                    write_atomically(path, page)
    if summaries:
        before = read_overview(store.known())
        assignment = course.assignment(store.slug)
        folder.overview(before.grown(assignment, summaries, Collection(()), (), None, course.languages))
    return len(summaries)
