"""The overview of a class over all its batches: grades.csv, index.html, and what the next batch must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from autograder.course.assignment import Assignment
from autograder.i18n import LANGUAGES
from autograder.report import Summary, staff_index, write_grades_csv
from autograder.submissions.collect import Collection
from autograder.submissions.roster import Roster

SCHEMA = "autograder.class/1"


class Memory(msgspec.Struct, frozen=True):
    """What one batch passes on to the next, beyond the reports.

    schema: the version of this format.
    problems: (where, why) of each file that is not a submission.
    failures: (student, why) of each submission that the platform could not grade.
    roster: everybody who should hand in, id -> name.
    """

    schema: str = SCHEMA
    problems: list[tuple[str, str]] = []
    failures: list[tuple[str, str]] = []
    roster: dict[str, str] = {}


@dataclass(frozen=True)
class ClassOverview:
    """A class: its assignment, its reports in short, and what has no report.

    memory: problems, failures and the roster.
    assignment: the class's; None before the first batch.
    summaries: of all reports, by student.
    languages: those of the reports; the staff's page is written in `staff_language` of them.
    """

    memory: Memory = field(default_factory=Memory)
    assignment: Assignment | None = None
    summaries: Sequence[Summary] = ()
    languages: Sequence[str] = field(default=LANGUAGES)

    def grown(
        self,
        assignment: Assignment,
        summaries: Sequence[Summary],
        collection: Collection,
        failures: Iterable[tuple[str, str]],
        roster: Roster | None,
        languages: Sequence[str],
    ) -> ClassOverview:
        """The class after one more batch, whose results replace earlier ones of the same students and files."""
        reported = {entry.student for entry in summaries}
        problems = [(where, why) for where, why in self.memory.problems if not _came_from(where, collection.sources)]
        problems += [(problem.where, str(problem.error)) for problem in collection.problems]
        failed = {s: why for s, why in self.memory.failures if s not in reported} | dict(failures)
        memory = Memory(
            problems=problems,
            failures=list(failed.items()),
            roster=dict(roster.students) if roster else self.memory.roster,
        )
        return replace(self, memory=memory, assignment=assignment, summaries=summaries, languages=languages)

    @property
    def absent(self) -> dict[str, str]:
        """Students of the roster who handed in nothing: id -> name."""
        seen = {entry.student for entry in self.summaries} | {student for student, _ in self.memory.failures}
        return Roster(self.memory.roster).without(seen)

    def files(self) -> Mapping[str, str]:
        """grades.csv, index.html, and the staff's page in each other language as index.<language>.html."""
        assert self.assignment is not None
        memory, absent = self.memory, tuple(self.absent)
        return {
            "grades.csv": write_grades_csv(
                self.summaries, memory.failures, self.assignment.slug, self.assignment.points, absent
            ),
            **self._staff_pages(absent),
        }

    def _staff_pages(self, absent: Sequence[str]) -> dict[str, str]:
        """The staff's page in every language that both the course and the platform speak, by file name."""
        assert self.assignment is not None
        first = staff_language(self.languages)
        spoken = (first, *(other for other in self.languages if other in LANGUAGES and other != first))
        names = {language: "index.html" if language == first else f"index.{language}.html" for language in spoken}
        return {
            name: staff_index(
                self.summaries,
                problems=self.memory.problems,
                failures=self.memory.failures,
                absent=absent,
                assignment=self.assignment,
                language=language,
                languages=self.languages,
                titles=self.assignment.titles,
                others={other: file for other, file in names.items() if other != language},
            )
            for language, name in names.items()
        }

    def to_json(self) -> bytes:
        return msgspec.json.encode(self.memory)


def read_overview(content: bytes | None) -> ClassOverview:
    """The class after the last batch; an empty one before the first batch, or where it cannot be read."""
    try:
        memory = msgspec.json.decode(content or b"", type=Memory)
    except (msgspec.MsgspecError, ValueError):
        return ClassOverview()
    return ClassOverview(memory) if memory.schema == SCHEMA else ClassOverview()


def staff_language(languages: Sequence[str]) -> str:
    """English where the course speaks it, else its first language that the platform speaks."""
    return next((name for name in ("en", *languages) if name in languages and name in LANGUAGES), languages[0])


def _came_from(where: str, sources: Iterable[str]) -> bool:
    return any(where == source or where.startswith((f"{source}/", f"{source}:")) for source in sources)
