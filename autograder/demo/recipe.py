"""One student of the made-up class: how the notebook comes about, and the grade that it must get.

A row of `gcn.py` or `lstm.py` reads like a note on the margin of a grade sheet:

    Row("김서연", 87, "colab", by="loop_free", wrong=("divided_by_row_degree",))

The grades were worked out from `checks.py` with pencil and paper (and checked with plain torch), never with the grader:
they are what the grader is held against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.course.assignment import Assignment

ALL = "*"  # every check of a task, its points for form and purity included


@dataclass
class DemoCell:
    """A cell of a notebook while its student's edits are applied.

    kind: "code" or "markdown".
    source: its text.
    role: the released notebook's mark of that name; "" where it was lost.
    task: the mark of that name.
    key: the mark of that name.
    ran: whether it carries outputs and an execution count.
    """

    kind: str
    source: str
    role: str = ""
    task: str = ""
    key: str = ""
    ran: bool = True

    @property
    def is_code(self) -> bool:
        return self.kind == "code"


Accident = Callable[[str], str]  # the source of a cell that goes wrong, by its name in a file accidents.py
Edit = Callable[[list[DemoCell], Accident], None]
# Makes the bytes of a file, from the released notebook of every assignment and what this student would have saved.
Raw = Callable[[Mapping[str, bytes], bytes], bytes]


@dataclass(frozen=True)
class Slip:
    """What one misconception of the bank costs.

    task: the task that it is a mistake in.
    fails: the checks of the task that fail, separated by blanks, or ALL.
    why: the reason why these fail and no others.
    keeps: what failing checks give all the same for the parts that are right, as "check points" separated by commas.
    """

    task: str
    fails: str
    why: str = ""
    keeps: str = ""


@dataclass(frozen=True)
class Row:
    """How one notebook is made, and the grade that it must get.

    student: the id that the grader must find.
    score: the points that it must get; None for what cannot be read.
    saved: the tool that saved it, a key of `formats.FORMATS`.
    hand: a file of solutions/<slug>/demo whose cells stand in place of the stubs that they answer.
    by: who wrote the other answers: "solution", the name of a variant, or "stub" (nobody yet).
    wrong: misconceptions of the bank that stand in it.
    answers: task -> "stub", "gone" (cell deleted), the name of a variant, or "cell:<name>" (of
        accidents.py, the assignment's or the one for all).
    edits: changes to the list of cells, applied in this order.
    language: of the released notebook that was filled in.
    file: its path in the pile; "" for <student> and the tool's ending.
    beside: other files of this student by their paths in the pile: "handout:<language>", an untouched handout, or
        "cell:<name>" (of accidents.py, the assignment's or the one for all).
    zone: whether a zip has the file's time in UTC beside the local one.
    raw: turns the saved bytes into the bytes that were handed in.
    fails: task -> checks that must fail besides those that `wrong` costs.
    why: task -> the diagnosis that must be given besides those of `wrong`.
    banned: task -> the forbidden name that was used; the task gets no points, right as it may be.
    note: words that the report's notes must hold.
    keeps: task -> what its failing checks give for right parts besides what `wrong` leaves, as in a `Slip`; of a task
        that both name, this counts.
    """

    student: str
    score: float | None
    saved: str = "lab"
    hand: str = ""
    by: str = "solution"
    wrong: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    language: str = "ko"
    file: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    zone: bool = True
    raw: Raw | None = None
    fails: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    banned: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    keeps: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return "unreadable" if self.score is None else "graded"


@dataclass(frozen=True)
class ClassPlan:
    """The class of one assignment.

    slug: the assignment's.
    rows: the students.
    mistakes: what each misconception that occurs in it costs, by name.
    """

    slug: str
    rows: tuple[Row, ...]
    mistakes: Mapping[str, Slip]

    def failed(self, row: Row, assignment: Assignment) -> set[tuple[str, str]]:
        """(task, check) of every check that must fail."""
        stated = [(self.mistakes[name].task, self.mistakes[name].fails) for name in row.wrong]
        found: set[tuple[str, str]] = set()
        for task, checks in [*stated, *row.fails.items()]:
            names = check_points(assignment, task) if checks == ALL else checks.split()
            found |= {(task, name) for name in names}
        return found

    def kept(self, row: Row) -> dict[tuple[str, str], float]:
        """(task, check) -> points of every failing check that gives some for its right parts."""
        stated = {self.mistakes[name].task: self.mistakes[name].keeps for name in row.wrong}
        found: dict[tuple[str, str], float] = {}
        for task, text in {**stated, **row.keeps}.items():
            for entry in filter(None, map(str.strip, text.split(","))):
                check, points = entry.split()
                found[task, check] = float(points)
        return found

    def diagnoses(self, row: Row) -> dict[str, str]:
        """Task -> the diagnosis that must be given; of two mistakes in one task, both."""
        found: dict[str, str] = {}
        for name in row.wrong:
            task = self.mistakes[name].task
            found[task] = f"{found[task]}+{name}" if task in found else name
        return {**found, **row.why}


def check_points(assignment: Assignment, task: str) -> dict[str, float]:
    """Check -> points of one task, "form" and "purity" included."""
    found = assignment.task(task)
    points = {check.name: check.points for check in found.checks}
    return points | {name: p for name, p in (("form", found.form), ("purity", found.purity)) if p}
