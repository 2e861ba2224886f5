"""The course map for students: lectures, tasks, how long they take, and what builds on what.

    docs/course.ko.md   docs/course.en.md

It is made of course.yml and of the assignments alone, so the bytes are the same every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.course.schedule import Course
from autograder.errors import StorageError
from autograder.i18n import Text
from autograder.questions import Choice

_INTRODUCTION = Text(
    "One notebook for each lecture. An arrow leads from an assignment to those that build on it; whoever is stuck in one finds "
    "what it needs in those before it. Times are estimates for somebody who heard the lecture.",
    "강의마다 노트북이 하나씩 있습니다. 화살표는 어떤 과제에서 그것을 바탕으로 하는 과제로 이어집니다. 막히면 앞선 과제에서 필요한 내용을 찾을 수 있습니다. "
    "시간은 강의를 들은 사람을 기준으로 어림한 것입니다.",
)
_HEAD = Text(
    "| assignment | lecture | title | tasks | time | builds on |",
    "| 과제 | 강의 | 제목 | 문제 수 | 예상 시간 | 바탕이 되는 과제 |",
)
_TIME = Text("{hours} h", "{hours}시간")
_POINTS = Text("{points} points", "{points}점")
_OPTIONAL = Text("optional, beyond the lecture", "선택, 강의 밖 내용")
_QUESTION = Text("{points} points, multiple choice", "{points}점, 객관식")
_TASKS = Text("Tasks", "문제")
_MAP = Text("What builds on what", "무엇이 무엇을 바탕으로 하는가")


def write_maps(course: Course) -> list[Path]:
    """Write `docs/course.<language>.md` for each language of the course. Returns the paths."""
    written = []
    assignments = [course.assignment(slug) for slug in course.schedule]
    for language in course.languages:
        path = course.root / "docs" / f"course.{language}.md"
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(course_map(course, assignments, language), encoding="utf-8")
        except OSError as error:
            raise StorageError(f"cannot be written: {error.strerror}", where=str(path)) from None
        written.append(path)
    return written


def course_map(course: Course, assignments: list[Assignment], language: str) -> str:
    """The map in one language. assignments: those of course.yml, in its order."""
    lines = [f"# {course.title.in_language(language)}", "", _INTRODUCTION.in_language(language), ""]
    lines += [_HEAD.in_language(language), "|---|---|---|---|---|---|"]
    lines += [_row(course, assignment, language) for assignment in assignments]
    lines += [
        "",
        f"## {_MAP.in_language(language)}",
        "",
        "```mermaid",
        "graph LR",
        *_graph(course, assignments, language),
    ]
    lines += ["```", "", f"## {_TASKS.in_language(language)}"]
    for assignment in assignments:
        lines += ["", f"### {assignment.slug}: {assignment.title.in_language(language)}", ""]
        lines += [
            f"{number}. {_title(assignment, task, language)} (`{task.name}`, {_worth(task, language)})"
            for number, task in enumerate(assignment.tasks, start=1)
        ]
    return "\n".join(lines) + "\n"


def _row(course: Course, assignment: Assignment, language: str) -> str:
    plan = course.schedule[assignment.slug]
    time = _TIME.in_language(language).format(hours=f"{plan.minutes / 60:g}") if plan.minutes else ""
    link = f"[{assignment.slug}](../assignments/{assignment.slug})"
    cells = [link, assignment.lecture, assignment.title.in_language(language), str(len(assignment.tasks)), time]
    return f"| {' | '.join([*cells, ', '.join(plan.after)])} |".replace("|  |", "| |")


def _graph(course: Course, assignments: list[Assignment], language: str) -> Iterator[str]:
    for assignment in assignments:
        name = assignment.title.in_language(language).replace('"', "'")
        yield f'  {_node(assignment.slug)}["{assignment.slug}<br>{name}"]'
    for assignment in assignments:
        yield from (f"  {_node(one)} --> {_node(assignment.slug)}" for one in course.schedule[assignment.slug].after)


def _node(slug: str) -> str:
    return "a" + slug.partition("-")[0]


def _title(assignment: Assignment, task: Task, language: str) -> str:
    """The heading of a task in the notebook of this language; its name where that has none."""
    title = assignment.titles.get(task.name)
    return title.in_language(language) if title is not None and language in title.languages else task.name


def _worth(task: Task, language: str) -> str:
    text = _QUESTION if isinstance(task, Choice) else _POINTS if task.points else _OPTIONAL
    return text.in_language(language).format(points=f"{task.points:g}")
