"""The page that staff read about a class, made of the summaries of its reports."""

from __future__ import annotations

import hashlib
import statistics
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from autograder.course.assignment import Assignment
from autograder.i18n import LANGUAGES, NAMES, Said
from autograder.report.html import TEMPLATES, environment, page_link
from autograder.report.schema import said
from autograder.report.summary import Summary

BINS = 10
MISCONCEPTIONS = 20
AT_THE_TOP = 8  # reasons that stand beside the histogram, so that both fit on a screen

Json = dict[str, Any]


def staff_index(
    summaries: Sequence[Summary],
    *,
    problems: Sequence[tuple[str, str]] = (),
    failures: Sequence[tuple[str, str]] = (),
    absent: Sequence[str] = (),
    assignment: Assignment,
    language: str = "en",
    languages: Sequence[str] = LANGUAGES,
    titles: Mapping[str, Said] = {},
    others: Mapping[str, str] = {},
) -> str:
    """The page as HTML.

    summaries: of every report of the class.
    problems: (file, why it could not be read).
    failures: (student, what the platform could not do).
    absent: students of the roster who handed in nothing.
    assignment: the class's.
    language: of this page.
    languages: of the students' pages, which it links to.
    titles: of the tasks, by name, where they have one.
    others: the same page in other languages: language -> file name.
    """
    from markupsafe import Markup

    graded = [entry for entry in summaries if entry.score is not None]
    scores = [entry.score for entry in graded if entry.score is not None]
    tasks = list(_pass_rates(graded, assignment, language))
    script, script_hash = _script()
    return (
        environment(language)
        .get_template("staff.html")
        .render(
            lang=language,
            languages=languages,
            assignment={
                "slug": assignment.slug,
                "title": assignment.title.in_language(language),
                "points": assignment.points,
            },
            students=summaries,
            graded=graded,
            mean=statistics.fmean(scores) if scores else None,
            median=statistics.median(scores) if scores else None,
            bins=_histogram(scores, assignment.points),
            bin_labels=[f"{round(100 * i / BINS)}–{round(100 * (i + 1) / BINS)}" for i in range(BINS)],
            tasks=tasks,
            checks=_by_difficulty(tasks),
            matrix=[_matrix_row(entry, tasks, language) for entry in graded],
            titles={task["name"]: _said(titles, task["name"], language) for task in tasks},
            others=[(f"./{name}", other, NAMES.get(other, other)) for other, name in others.items()],
            reported={entry.student for entry in summaries},
            misconceptions=_misconceptions(graded, language),
            unexplained=_unexplained(graded),
            unreadable=[entry for entry in summaries if entry.status == "unreadable"],
            pending=[entry for entry in summaries if entry.pending],
            problems=problems,
            failures=failures,
            absent=absent,
            AT_THE_TOP=AT_THE_TOP,
            script=Markup(script),
            script_hash=script_hash,
        )
    )


def _said(titles: Mapping[str, Said], task: str, language: str) -> str:
    return titles[task].in_language(language) if task in titles else ""


@cache
def _script() -> tuple[str, str]:
    """The script that sorts and filters tables, and its hash; the page's policy lets a browser run no other script."""
    script = (TEMPLATES / "tables.js").read_text(encoding="utf-8")
    return script, f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _histogram(scores: Sequence[float], points: float) -> list[int]:
    """The number of students in each tenth of the points; full marks count in the last."""
    counts = [0] * BINS
    for score in scores:
        counts[min(max(int(BINS * score / points), 0), BINS - 1) if points else 0] += 1
    return counts


def _pass_rates(graded: Sequence[Summary], assignment: Assignment, language: str) -> Iterator[Json]:
    """For each task and check, how many students got it right, of those whose check was run."""
    failed = Counter(name for entry in graded for name in entry.failed)
    pending = Counter(name for entry in graded for name in entry.pending)
    unwritten = Counter(task for entry in graded for task in entry.unwritten)
    for task in assignment.tasks:
        checks = []
        for name, title, visible, points in _checks(task, language):
            key = f"{task.name}/{name}"
            run = len(graded) - pending[key]
            row = {"name": name, "title": title, "visible": visible, "points": points}
            checks.append({**row, "right": run - failed[key], "run": run})
        earned = [entry.earned[task.name] for entry in graded if task.name in entry.earned]
        mean = statistics.fmean(earned) if earned else None
        row = {"name": task.name, "points": task.points, "mean": mean}
        yield {**row, "checks": checks, "unwritten": unwritten[task.name]}


def _by_difficulty(tasks: Sequence[Json]) -> list[Json]:
    """Every check with its task and its rate, the hardest first; what was run for nobody stands last, without a rate."""
    rows = [{"task": task["name"], **check} for task in tasks for check in task["checks"]]
    for row in rows:
        row["rate"] = round(row["right"] / row["run"], 4) if row["run"] else ""
    return sorted(rows, key=lambda row: (row["rate"] == "", row["rate"] or 0.0))


def _matrix_row(entry: Summary, tasks: Sequence[Json], language: str) -> Json:
    """The points of one student in every task, with the kind of each: it decides the colour and what is said beside."""
    pending = {name.partition("/")[0] for name in entry.pending}
    cells = [_matrix_cell(entry, task, task["name"] in pending) for task in tasks]
    return {"student": entry.student, "page": page_link(entry.student, language), "score": entry.score, "cells": cells}


def _matrix_cell(entry: Summary, task: Json, pending: bool) -> Json:
    earned = entry.earned.get(task["name"])
    if earned is None:
        return {"earned": "", "kind": "unwritten"}
    if pending:
        kind = "pending"
    elif earned >= task["points"]:
        kind = "full"
    elif earned > 0:
        kind = "most" if 2 * earned >= task["points"] else "some"
    else:
        kind = "unwritten" if task["name"] in entry.unwritten else "none"
    return {"earned": earned, "kind": kind}


def _checks(task: Any, language: str) -> Iterator[tuple[str, str, bool, float]]:
    if task.form:
        yield "form", "", True, task.form
    for check in task.checks:
        yield check.name, check.title.in_language(language), check.visible, check.points
    if task.purity:
        yield "purity", "", True, task.purity


def _misconceptions(graded: Sequence[Summary], language: str) -> list[Json]:
    """The most frequent diagnoses, each with its students."""
    students: dict[tuple[str, str], list[str]] = {}
    texts: dict[tuple[str, str], str] = {}
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for entry in graded:
        for found in entry.diagnoses:
            key = (found.task, found.id)
            students.setdefault(key, []).append(entry.student)
            kinds[key] = {"kind": found.kind, "sure": found.sure, "place": found.place}
            texts[key] = said(found.text, language)
    ranked = sorted(students, key=lambda key: (-len(students[key]), key))[:MISCONCEPTIONS]
    return [{"task": k[0], "id": k[1], "text": texts[k], "students": students[k], **kinds[k]} for k in ranked]


def _unexplained(graded: Sequence[Summary]) -> list[Json]:
    """The largest groups of students who gave the same wrong answer and were given no reason; of two at least."""
    students: dict[tuple[str, str], list[str]] = {}
    for entry in graded:
        for task, signature in entry.unexplained:
            students.setdefault((task, signature), []).append(entry.student)
    ranked = sorted(students, key=lambda key: (-len(students[key]), key))
    return [{"task": k[0], "students": students[k]} for k in ranked if len(students[k]) > 1][:MISCONCEPTIONS]
