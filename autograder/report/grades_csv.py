"""grades.csv: one line for each submission, fit for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from autograder.report.sanitize import one_line, visible
from autograder.report.schema import said
from autograder.report.summary import Summary

COLUMNS = ("student", "assignment", "score", "max_score", "status", "submitted", "notes", "carried")

# What makes a spreadsheet read a cell as a formula; the wide forms count as such in Korean and Japanese editions. A cell
# begins at any of the marks that divide cells: a spreadsheet whose mark is ";" finds a cell in the middle of one of ours.
_FORMULA = re.compile(r"((?:^|[;,|])[\s\"'\ufeff]*)(?=[=+\-@＝＋－＠])")


def write_grades_csv(
    summaries: Iterable[Summary],
    failures: Sequence[tuple[str, str]],
    assignment: str,
    points: float,
    absent: Sequence[str] = (),
) -> str:
    """The text of grades.csv.

    A score is blank, not 0, where there is none: status "unreadable" (the submission could not be read), "failed" (the
    platform could not grade it) or "not handed in". Status "pending" shows the points so far.

    carried: the part of the score for what failed only because of an earlier function.

    summaries: of every report of the class.
    failures: (student, what the platform could not do).
    assignment: its slug.
    points: all points of the assignment.
    absent: students of the roster who handed in nothing.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in summaries:
        notes = [said(sentence, "en") for sentence in ([entry.problem] if entry.problem else entry.notes)]
        if entry.pending:
            notes.insert(0, f"{len(entry.pending)} checks could not be run by the platform: grade again")
        certain = sorted({f"{f.name} in {f.task}" for f in entry.forbidden if f.certain})
        notes += [f"forbidden: {', '.join(certain)}"] if certain else []
        writer.writerow(
            [
                safe_cell(entry.student),
                safe_cell(assignment),
                number(entry.score),
                number(points),
                safe_cell(entry.status),
                safe_cell(entry.submitted or ""),
                safe_cell("; ".join(one_line(note, 300) for note in notes)),
                number(entry.carried) if entry.score is not None else "",
            ]
        )
    for student, reason in failures:
        note = safe_cell("platform: " + one_line(reason, 300))
        writer.writerow([safe_cell(student), safe_cell(assignment), "", number(points), "failed", "", note, ""])
    for student in absent:
        writer.writerow([safe_cell(student), safe_cell(assignment), "", number(points), "not handed in", "", "", ""])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Text that a spreadsheet does not evaluate, wherever it divides cells, with invisible characters made visible."""
    one_line = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return visible(_FORMULA.sub(r"\1'", one_line))


def number(value: float | None) -> str:
    """A score as text; blank for None."""
    return "" if value is None else f"{value:.10g}"
