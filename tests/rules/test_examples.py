"""docs/rules.md: every worked example is computed, and its sum is the one that stands below it.

python -m tests.rules.test_examples     writes the sums into the page, for a person to check
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from autograder.course.yamlfile import Yaml12
from autograder.rules import CourseGrade, Decided, Handed, course_grade
from autograder.rules.clock import NO_TIME, read_span
from autograder.rules.numbers import exact, shown
from autograder.rules.written import OF_ASSIGNMENT, RULES, problems, read_assignment_rules, read_rules
from tests.paths import ROOT

PAGE = ROOT / "docs" / "rules.md"
EXAMPLE = re.compile(r"```yaml\n(?P<given>.*?)```\n\n```text\n(?P<sum>.*?)```\n", re.DOTALL)


def computed(given: str) -> CourseGrade:
    """The grade of an example: rules, and for each assignment what course.yml says and what a student did."""
    told = yaml.load(given, Loader=Yaml12)
    zone = ZoneInfo(told.get("time_zone", "Asia/Seoul"))
    ruled = told.get("rules", {})
    assert not list(problems(ruled, RULES))
    assignments, handed, decided = [], {}, {}
    for slug, entry in told["assignments"].items():
        own = {name: entry[name] for name in OF_ASSIGNMENT if name in entry}
        assert not [wrong for name, value in own.items() for wrong in problems(value, OF_ASSIGNMENT[name])]
        due, points = moment(entry["due"], zone), exact(entry["points"])
        weight = entry.get("weight", 1)
        assignments.append(read_assignment_rules(slug, ruled, own, due=due, weight=weight, points=points))
        handed[slug] = [attempt(one, zone) for one in entry.get("handed", [])]
        decided[slug] = Decided(
            extension=read_span(entry["extension"]) if "extension" in entry else NO_TIME,
            score=exact(entry["score"]) if "score" in entry else None,
            excused=entry.get("excused", False),
            held=entry.get("held", False),
            reason=entry.get("reason", ""),
        )
    now = moment(told["now"], zone) if "now" in told else None
    return course_grade(read_rules(ruled), assignments, handed, decided, now)


def moment(text: str, zone: ZoneInfo) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def attempt(told: list[Any], zone: ZoneInfo) -> Handed:
    at, score = told[:2]
    submitted = moment(at, zone) if at else None
    return Handed(submitted, None if score is None else exact(score), "pending" in told)


def sum_of(grade: CourseGrade, language: str = "en") -> str:
    """The sums as a student reads them: of each assignment, then of the course."""
    lines: list[str] = []
    for slug, one in grade.grades.items():
        points = "no grade" if one.points is None else f"{shown(one.points)} of {shown(one.out_of)}"
        lines.append(f"{slug}: {points}" + (", held" if one.held else ""))
        lines += [told(line.points, line.text.in_language(language)) for line in one.lines]
    if len(grade.grades) > 1:
        final = "" if grade.final else ", not final"
        lines.append("course: " + ("no grade" if grade.total is None else f"{shown(grade.total)}%") + final)
        lines += [told(line.points, line.text.in_language(language)) for line in grade.lines]
    return "".join(f"{line}\n" for line in lines)


def told(points: Any, text: str) -> str:
    return f"{'' if points is None else shown(points):>10}  {text}".rstrip()


def examples() -> Iterator[Any]:
    page = PAGE.read_text(encoding="utf-8")
    for found in EXAMPLE.finditer(page):
        title = re.findall(r"^#+ (.*)$", page[: found.start()], flags=re.MULTILINE)[-1]
        yield pytest.param(
            found["given"], found["sum"], id=f"{title} (line {page[: found.start()].count(chr(10)) + 1})"
        )


@pytest.mark.parametrize(("given", "expected"), list(examples()))
def test_every_example_comes_to_the_sum_that_stands_there(given: str, expected: str) -> None:
    assert sum_of(computed(given)) == expected


@pytest.mark.parametrize(("given", "expected"), list(examples()))
def test_the_lines_add_up_to_the_grade(given: str, expected: str) -> None:
    grade = computed(given)
    for one in grade.grades.values():
        if one.points is not None:
            assert sum(line.points or 0 for line in one.lines) == one.points
    if grade.total is not None:
        assert sum(line.points or 0 for line in grade.lines) == grade.total


@pytest.mark.parametrize(("given", "expected"), list(examples()))
def test_every_sentence_is_said_in_korean(given: str, expected: str) -> None:
    grade = computed(given)
    lines = [line for one in (*grade.grades.values(), grade) for line in one.lines]
    same = [line.text.in_language("ko") for line in lines if line.text.in_language("ko") == line.text.in_language("en")]
    assert same == []


def test_every_rule_has_an_example() -> None:
    page = " ".join(found["given"] for found in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")))
    late = RULES["properties"]["late"]["anyOf"][1]["properties"]
    for name in (*RULES["properties"], *late, *OF_ASSIGNMENT, "extension", "held", "excused", "score"):
        if name != "team":  # whose attempts count is for the gradebook to know
            assert re.search(rf"\b{name}:", page), name


def _write() -> None:
    page = PAGE.read_text(encoding="utf-8")
    written = EXAMPLE.sub(lambda m: f"```yaml\n{m['given']}```\n\n```text\n{sum_of(computed(m['given']))}```\n", page)
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    _write()
