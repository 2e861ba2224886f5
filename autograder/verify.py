"""The grader is graded: does an assignment keep its promises?

solution      full marks
stub          0 points
misconception caught by a check, told apart from the others, and named by the diagnosis
variant       full marks
release       fresh, complete in both languages, with no line of a solution
draws         obey the rules R1-R14 where they apply
margin        largest error of a right version against smallest error of a wrong one, check by check
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Misconception
from autograder.compare import EQUAL, compare
from autograder.diagnose import Observation, diagnose, same_outcome
from autograder.drawrules import broken_rules
from autograder.grade import EXACT, Grader, case_verdict
from autograder.release import expected_values, leaked_lines, missing_texts, stale_files, stub_program
from autograder.sandbox.interface import Outcome, Sandbox
from autograder.score import CaseVerdict, TaskVerdict, score_task, total
from autograder.wire import map_arrays

LOWEST_MARGIN = 10.0


@dataclass(frozen=True)
class Finding:
    """One broken promise: what, where (task or file) and what to change."""

    kind: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True)
class Margin:
    """Errors as multiples of the tolerance. right: the largest of a right version. wrong: the smallest of a wrong one."""

    task: str
    check: str
    tolerance: str
    right: float
    wrong: float


@dataclass
class Verification:
    """What `verify` found out about one assignment."""

    slug: str
    tasks: int = 0
    checks: int = 0
    cases: int = 0
    misconceptions: int = 0
    caught: int = 0
    told_apart: int = 0
    diagnosed: int = 0
    variants: int = 0
    accepted: int = 0
    points: float = 0.0
    visible_points: float = 0.0
    seconds_per_submission: float = 0.0
    margins: list[Margin] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings

    def complain(self, kind: str, where: str, message: str) -> None:
        self.findings.append(Finding(kind, where, message))


def verify(
    assignment: Assignment, sandbox: Sandbox, secret: bytes, released: Path, *, device: str = "cpu"
) -> Verification:
    """Every promise of one assignment. `released`: the folder that students get."""
    report = Verification(assignment.slug)
    grader = Grader(assignment, secret, sandbox, device=device)
    _count(report, assignment, grader)
    _solution(report, grader)
    _stub(report, grader)
    right = _variants(report, grader)
    _misconceptions(report, grader, right)
    _draws(report, grader)
    _release(report, assignment, grader, released)
    return report


def _count(report: Verification, assignment: Assignment, grader: Grader) -> None:
    report.tasks = len(assignment.tasks)
    report.checks = sum(len(t.checks) + bool(t.form) + bool(t.purity) for t in assignment.tasks)
    report.cases = len(grader.cases)
    report.misconceptions = len(assignment.misconceptions)
    report.points = assignment.points
    report.visible_points = sum(
        t.form + sum(check.points for check in t.checks if check.visible) for t in assignment.tasks
    )


# -- solution, stub, variants ----------------------------------------------------------------------------------------


def _verdicts(grader: Grader, outcomes: Mapping[int, Outcome]) -> dict[int, CaseVerdict]:
    return {c.id: case_verdict(c, grader.reference, outcomes[c.id]) for c in grader.cases if c.id in outcomes}


def _scores(grader: Grader, verdicts: Mapping[int, CaseVerdict]) -> list[TaskVerdict]:
    return [
        score_task(task, [(check, [verdicts[c.id] for c in grader.cases if c.check is check]) for check in task.checks])
        for task in grader.assignment.tasks
    ]


def _solution(report: Verification, grader: Grader) -> None:
    started = time.perf_counter()
    program = grader.assignment.solution_program()
    execution = grader.sandbox.run(program, grader.calls, grader.assignment.limits)
    verdicts = _verdicts(grader, {o.id: o for o in execution.outcomes})
    report.seconds_per_submission = time.perf_counter() - started
    for task in _scores(grader, verdicts):
        for check in task.checks:
            if check.status != "passed":
                report.complain("solution", task.task.name, f'the solution does not pass its own check "{check.name}"')
    for case in grader.cases:
        outcome = grader.reference.outcomes[case.id]
        # A grade compares inputs with the reference's, so here they are compared with what was drawn.
        after = map_arrays(outcome.inputs_after, lambda array: replace(array, device="cpu"))
        if not compare(case.function_call().args, after, EXACT).equal:
            report.complain("solution", case.task, f'the solution changes its inputs in check "{case.check.name}"')
        if outcome.warnings:
            report.complain(
                "solution", case.task, f'the solution warns in check "{case.check.name}": {outcome.warnings[0]}'
            )


def _stub(report: Verification, grader: Grader) -> None:
    for language in ("en", "ko"):
        program = stub_program(grader.assignment, language)
        execution = grader.sandbox.run(program, grader.calls, grader.assignment.limits)
        for cell in execution.cells:
            if cell.error is not None:
                report.complain(
                    "stub",
                    program.cells[cell.index].name,
                    f"the stub does not run: {cell.error.type_name}: {cell.error.message}",
                )
        points = total(_scores(grader, _verdicts(grader, {o.id: o for o in execution.outcomes})))
        if points:
            report.complain("stub", f"{language} notebook", f"the stub gets {points:g} points")


def _variants(report: Verification, grader: Grader) -> dict[str, float]:
    """Run every variant; the largest error (as a multiple of the tolerance) of a right version, by check."""
    worst: dict[str, float] = {}
    written = {function: 0 for task in grader.assignment.tasks for function in task.functions}
    for variant in grader.assignment.variants:
        outcomes = grader.run_override(variant.source, f"variants/{variant.name}.py", grader.calls)
        verdicts = _verdicts(grader, outcomes)
        for function in variant.functions:
            written[function] += 1
        for task in _scores(grader, verdicts):
            mine = [function for function in task.task.functions if function in variant.functions]
            if not mine:
                continue
            report.variants += 1
            failed = [check for check in task.checks if check.status != "passed"]
            report.accepted += not failed
            for check in failed:
                report.complain(
                    "variant", task.task.name, f'variants/{variant.name}.py fails "{check.name}": {_why(check.cases)}'
                )
        for case in grader.cases:
            ratio = _ratio(verdicts[case.id])
            key = f"{case.task}/{case.check.name}"
            worst[key] = max(worst.get(key, 0.0), ratio)
    for function, count in written.items():
        if count < 2:
            report.complain(
                "variant",
                function,
                f"has {count} variant(s); write at least two (variants/loop_free.py, variants/naive.py)",
            )
    return worst


def _why(cases: Sequence[CaseVerdict]) -> str:
    for case in cases:
        if not case.right:
            if case.outcome.error is not None:
                return (
                    f"{case.outcome.status.value}, {case.outcome.error.type_name}: {case.outcome.error.message[:200]}"
                )
            for comparison in (case.value, case.gradient):
                for mismatch in comparison.mismatches if comparison else ():
                    return f"{mismatch.kind} at {mismatch.path or 'result'}{list(mismatch.index)}: got {mismatch.got}, expected {mismatch.expected}"
            return case.outcome.status.value
    return "purity or determinism"


def _ratio(verdict: CaseVerdict) -> float:
    """The error of a case as a multiple of its tolerance; inf where there is no number for it."""
    if not verdict.returned:
        return math.inf
    if verdict.refused is not None:
        return math.inf
    return max((verdict.value or EQUAL).ratio, (verdict.gradient or EQUAL).ratio)


# -- misconceptions --------------------------------------------------------------------------------------------------


def _misconceptions(report: Verification, grader: Grader, right: Mapping[str, float]) -> None:
    wrong: dict[str, float] = {}
    for task in grader.assignment.tasks:
        bank = grader.bank(task.name)
        if not bank:
            report.complain("misconception", task.name, "has no misconception; write the mistakes that you expect")
        for misconception, outcomes in bank:
            verdicts = _verdicts(grader, outcomes)
            _one_misconception(report, grader, misconception, verdicts, bank)
            for case in grader.cases:
                if case.id in verdicts and not verdicts[case.id].right:
                    key = f"{case.task}/{case.check.name}"
                    wrong[key] = min(wrong.get(key, math.inf), _ratio(verdicts[case.id]))
    for task in grader.assignment.tasks:
        for check in task.checks:
            key = f"{task.name}/{check.name}"
            margin = Margin(task.name, check.name, check.tolerance.name, right.get(key, 0.0), wrong.get(key, math.inf))
            report.margins.append(margin)
            if math.isfinite(margin.wrong) and margin.wrong < LOWEST_MARGIN * max(margin.right, 0.1):
                report.complain(
                    "margin",
                    task.name,
                    f'check "{check.name}": a wrong version errs by {margin.wrong:.3g} tolerances, a right one by {margin.right:.3g}; draw other inputs',
                )


def _one_misconception(
    report: Verification,
    grader: Grader,
    misconception: Misconception,
    verdicts: Mapping[int, CaseVerdict],
    bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]],
) -> None:
    name, task = misconception.name, misconception.task
    if all(verdict.right for verdict in verdicts.values()):
        report.complain(
            "misconception",
            task,
            f"{name} (misconceptions.py:{misconception.line}) passes every check; draw inputs that catch it",
        )
        return
    report.caught += 1
    cases = [case for case in grader.cases if case.task == task]
    twins = [
        other.name
        for other, outcomes in bank
        if other is not misconception
        and other.function == misconception.function
        and all(same_outcome(outcomes[c.id], verdicts[c.id].outcome, c.check.tolerance) for c in cases)
    ]
    declared = {misconception.same_as} | {m.name for m, _ in bank if m.same_as == name}
    unexplained = [twin for twin in twins if twin not in declared]
    if unexplained:
        report.complain(
            "misconception",
            task,
            f"{name} gives the same outputs as {', '.join(unexplained)}; draw inputs that tell them apart, or declare same_as",
        )
    else:
        report.told_apart += 1
    observations = [
        Observation(c, grader.reference.outcomes[c.id], verdicts[c.id].outcome, verdicts[c.id].right) for c in cases
    ]
    found = diagnose(observations, bank)
    if found is not None and found.id in {name, *twins}:
        report.diagnosed += 1
    else:
        report.complain("diagnosis", task, f"{name} is diagnosed as {found.id if found else 'nothing'}")


# -- draws and release -----------------------------------------------------------------------------------------------


def _draws(report: Verification, grader: Grader) -> None:
    for task in grader.assignment.tasks:
        cases = [case for case in grader.cases if case.task == task.name]
        for broken in broken_rules(task, cases):
            report.complain(
                "draws", task.name, f"{broken.rule}: {broken.why}; draw such a case, or exempt the rule with a reason"
            )
        if not any(check.dtype == "float32" for check in task.checks) and "float32" not in task.exempt:
            report.complain(
                "draws", task.name, 'no check has dtype="float32"; add one, or exempt "float32" with a reason'
            )


def _release(report: Verification, assignment: Assignment, grader: Grader, released: Path) -> None:
    for where, what in missing_texts(assignment):
        report.complain("language", where, what)
    if not released.is_dir():
        report.complain("release", str(released), f"is missing; run: autograder release {assignment.slug}")
        return
    for name in stale_files(assignment, released, expected_values(grader.reference.outcomes, grader.cases)):
        report.complain(
            "release",
            f"{released.name}/{name}",
            f"is not what release would write; run: autograder release {assignment.slug}",
        )
    for leak in leaked_lines(assignment, released):
        report.complain("leak", leak.file, f"holds a line of {leak.source}: {leak.line!r}")


# -- output ----------------------------------------------------------------------------------------------------------


def as_json(report: Verification) -> dict[str, Any]:
    """The counts, margins and findings as plain data (no infinities: JSON has none)."""
    return {
        "slug": report.slug,
        "holds": report.holds,
        **{
            key: getattr(report, key)
            for key in (
                "tasks", "checks", "cases", "misconceptions", "caught", "told_apart", "diagnosed", "variants", "accepted",
                "points", "visible_points",
            )
        },
        "seconds_per_submission": round(report.seconds_per_submission, 4),
        "margins": [
            {"task": m.task, "check": m.check, "tolerance": m.tolerance, "right": _finite(m.right), "wrong": _finite(m.wrong)}
            for m in report.margins
        ],
        "findings": [{"kind": f.kind, "where": f.where, "message": f.message} for f in report.findings],
    }  # fmt: skip


def _finite(x: float) -> float | None:
    return float(f"{x:.4g}") if math.isfinite(x) else None


def margin_lines(report: Verification) -> Iterator[str]:
    """The margins as a plot for a terminal: one line a check, right (o) and wrong (x) on a scale of decades."""
    low, high, width = -9.0, 12.0, 63

    def column(x: float) -> int:
        decade = math.log10(x) if x > 0 else low
        return round((min(max(decade, low), high) - low) / (high - low) * (width - 1))

    label = max((len(f"{m.task}/{m.check}") for m in report.margins), default=0)
    for margin in report.margins:
        line = ["·"] * width
        line[column(1.0)] = "|"
        if margin.right:
            line[column(margin.right)] = "o"
        if math.isfinite(margin.wrong):
            line[column(margin.wrong)] = "x"
        name = f"{margin.task}/{margin.check}"
        wrong = f"{margin.wrong:9.2g}" if math.isfinite(margin.wrong) else "     form"
        yield f"{name:<{label}}  {margin.tolerance:<7} {''.join(line)}  {margin.right:8.2g} < {wrong}"
