"""`solutions/coverage.yml`: which task covers each system, model and method that the lectures name.

10-gcn:
  readout: readout                             a task of this assignment
  CNN as a graph: [gcn_layer, 06-cnn/conv2d]   several, one of another assignment
  molecules: {named: why nothing is asked}     named without content
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from autograder.authoring import Task
from autograder.course.checks_file import read_checks
from autograder.course.schedule import Course
from autograder.course.settings import read_settings
from autograder.course.textfile import did_you_mean
from autograder.course.yamlfile import Pair, YamlReader
from autograder.errors import CourseError
from autograder.questions import Choice

FILE = "coverage.yml"
STATES = ("covered", "question", "optional", "named only", "open")


@dataclass(frozen=True)
class Row:
    """One system and its tasks.

    system: what the lecture names.
    slug: the assignment of the lecture that names it.
    lecture: as its assignment.yml has it.
    tasks: "slug/task" of each task that covers it.
    state: "covered"; "question" where only multiple-choice questions ask for it, "optional" where only tasks without points
        do; "named only" where nothing could be asked; "open" where nothing is said.
    """

    system: str
    slug: str
    lecture: str
    tasks: tuple[str, ...]
    state: str


def read_coverage(course: Course) -> tuple[Row, ...]:
    """The rows of `solutions/coverage.yml` in order. Raises CourseError, with the line of every task that nobody wrote."""
    reader = _Reader(course)
    rows = tuple(reader.rows())
    reader.finish()
    return rows


class _Reader(YamlReader):
    def __init__(self, course: Course) -> None:
        super().__init__(course.root / "solutions" / FILE, CourseError)
        self.slugs = course.slugs()
        folders = {slug: course.root / "solutions" / slug for slug in self.slugs}
        self.lectures = {
            slug: read_settings(folder / "assignment.yml", course.languages).lecture for slug, folder in folders.items()
        }
        self.tasks: Mapping[str, Task] = {
            f"{slug}/{task.name}": task
            for slug, folder in folders.items()
            for task in read_checks(folder / "checks.py", slug)
        }

    def rows(self) -> Iterator[Row]:
        for slug, (_, node) in self.mapping(self.compose(), FILE, self.slugs).items():
            for system, pair in self.mapping(node, f'assignment "{slug}"', None).items():
                yield self.row(slug, system, pair)

    def row(self, slug: str, system: str, pair: Pair) -> Row:
        lecture, node = self.lectures[slug], pair[1]
        if isinstance(node, yaml.MappingNode):
            (_, why) = self.mapping(node, f'"{system}"', ("named",)).get("named", (None, None))
            reason = self.words(why) if why is not None else None
            if not reason:
                self.complain(node, f'"{system}" needs a reason: {{named: why nothing is asked}}.')
            return Row(system, slug, lecture, (), "named only" if reason else "open")
        value = self.value(node)
        names = value if isinstance(value, list) else [] if value is None else [value]
        tasks = tuple(str(name) if "/" in str(name) else f"{slug}/{name}" for name in names)
        for task in tasks:
            if task not in self.tasks:
                self.complain(node, f'there is no task "{task}". {did_you_mean(task, self.tasks)}')
        return Row(system, slug, lecture, tasks, self.state(tasks))

    def state(self, names: tuple[str, ...]) -> str:
        tasks = [self.tasks[name] for name in names if name in self.tasks]
        if not tasks:
            return "open"
        if any(task.points and not isinstance(task, Choice) for task in tasks):
            return "covered"
        return "question" if any(isinstance(task, Choice) for task in tasks) else "optional"
