"""The statistics of a course as people and programs read them: a page, CSV files and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from autograder.report.grades_csv import safe_cell
from autograder.report.html import environment
from autograder.stats.course import Insight

SCHEMA = "autograder.insight/1"


def insight_files(title: str, found: Insight, language: str) -> dict[str, str]:
    """The files of the statistics, by name."""
    return {
        "index.html": environment(language)
        .get_template("insight.html")
        .render(lang=language, title=title, found=found),
        "insight.json": json.dumps({"schema": SCHEMA, **asdict(found)}, ensure_ascii=False, indent=1, allow_nan=False),
        "checks.csv": _csv(
            ("assignment", "check", "students", "difficulty", "discrimination", "useless", "alpha"),
            (
                (of.slug, item.name, item.students, item.difficulty, item.discrimination, item.useless, of.alpha)
                for of in found.checks
                for item in of.items
            ),
        ),
        "misconceptions.csv": _csv(
            ("assignment", "task", "misconception", "students", "share", "elsewhere", "who"),
            (
                (b.slug, b.task, b.id, len(b.students), b.share, " ".join(b.elsewhere), " ".join(b.students))
                for b in found.beliefs
            ),
        ),
        "attempts.csv": _csv(
            ("assignment", "attempt", "students", "passed", "reached"),
            ((rate.slug, rate.attempt, rate.students, rate.passed, rate.reached) for rate in found.attempts),
        ),
    }


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else safe_cell(str(value))
