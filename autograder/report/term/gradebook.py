"""The gradebook as people read it: a CSV and a page for staff, and for each student the sums of all grades."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from autograder.report.grades_csv import safe_cell
from autograder.report.html import environment
from autograder.rules import AssignmentRules, CourseGrade, Grade, Line
from autograder.rules.numbers import shown

Named = Mapping[str, str]
"""Names of students, by id."""


def gradebook_csv(assignments: Sequence[AssignmentRules], grades: Mapping[str, CourseGrade], names: Named) -> str:
    """A line for each student. A grade is blank, not 0, where there is none: held, excused, unreadable, not due yet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    slugs = [one.slug for one in assignments]
    writer.writerow(["student", "name", *slugs, "total", "final", "slip days left", "notes"])
    writer.writerow(["", "out of", *(shown(one.points) for one in assignments), "100", "", "", ""])
    for student, course in grades.items():
        points = [_public(course.grades[slug]) for slug in slugs]
        notes = [f"{slug}: {word}" for slug in slugs if (word := note(course.grades[slug]))]
        notes += [f"{slug}: dropped" for slug in course.dropped]
        writer.writerow(
            [
                safe_cell(student),
                safe_cell(names.get(student, "")),
                *points,
                _number(course.total),
                "yes" if course.final else "no",
                course.slip_days_left,
                safe_cell("; ".join(notes)),
            ]
        )
    return out.getvalue()


def note(grade: Grade) -> str:
    """What is particular about a grade; "" for an ordinary one."""
    words = ["held"] if grade.held else []
    words += [grade.state] if grade.state not in ("graded", "open") else []
    words += [f"{grade.slip_days} slip days"] if grade.slip_days else []
    return ", ".join(words)


def gradebook_html(
    title: str,
    assignments: Sequence[AssignmentRules],
    grades: Mapping[str, CourseGrade],
    names: Named,
    unlisted: frozenset[str],
    language: str,
) -> str:
    """The page for staff."""
    rows = [
        {
            "student": student,
            "name": names.get(student, ""),
            "unlisted": student in unlisted,
            "cells": [(_public(course.grades[one.slug]), note(course.grades[one.slug])) for one in assignments],
            "total": _number(course.total),
            "final": course.final,
        }
        for student, course in grades.items()
    ]
    page = environment(language).get_template("gradebook.html")
    return page.render(lang=language, title=title, assignments=assignments, rows=rows, shown=shown)


def grades_html(title: str, student: str, name: str, course: CourseGrade, language: str) -> str:
    """One student's page: every grade as a sum, and what they come to."""
    sums = [sum_of(grade, language) for grade in course.grades.values()]
    total = {
        "points": _number(course.total),
        "lines": [] if any(grade.held for grade in course.grades.values()) else lines_of(course.lines, language),
        "final": course.final,
    }
    page = environment(language).get_template("grades.html")
    return page.render(lang=language, title=title, student=student, name=name, sums=sums, total=total)


def sum_of(grade: Grade, language: str) -> dict[str, Any]:
    """A grade as its student may see it: nothing of one that is held."""
    seen = [] if grade.held else lines_of(grade.lines, language)
    return {
        "slug": grade.slug,
        "points": _public(grade),
        "out_of": shown(grade.out_of),
        "held": grade.held,
        "lines": seen,
    }


def lines_of(lines: Sequence[Line], language: str) -> list[tuple[str, str]]:
    """(points, words) of each line; from the second number on with a sign: 42, -10, +0.25."""
    told: list[tuple[str, str]] = []
    begun = False
    for line in lines:
        sign = "+" if begun and line.points is not None and line.points >= 0 else ""
        told.append(("" if line.points is None else sign + shown(line.points), line.text.in_language(language)))
        begun |= line.points is not None
    return told


def _public(grade: Grade) -> str:
    return "" if grade.held else _number(grade.points)


def _number(points: Fraction | None) -> str:
    return "" if points is None else shown(points)
