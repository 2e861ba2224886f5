"""The grader is graded: does an assignment keep its promises?

solution      full marks
stub          0 points
misconception caught by a check, told apart from the others, and named by the diagnosis
variant       full marks
release       fresh, complete in every language of the course, with no line of a solution and no key of a question
draws         obey the rules R1-R14 where they apply
blind         every check refuses zeros or a spoilt answer; every task refuses each of these, NaN and the inputs
mutants       (where they have run) every version that differs by one slip is caught
unsaid        nothing that decides a grade is missing from the docstrings, and no taken name from the text
margin        largest error of a right version against smallest error of a wrong one, check by check
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.authoring import Check
from autograder.course.assignment import Assignment, Misconception
from autograder.course.cases import make_cases
from autograder.grading.compare import EQUAL, compare
from autograder.grading.diagnose import Observation, diagnose, same_outcome
from autograder.grading.forbidden import find_forbidden
from autograder.grading.grader import Grader
from autograder.grading.score import CaseVerdict, CheckVerdict, TaskVerdict, score_task, total
from autograder.release.leaks import leaked_lines
from autograder.release.publish import stale_files
from autograder.release.translations import missing_texts
from autograder.release.visible_cases import expected_values
from autograder.sandbox.interface import Outcome, Program, Sandbox, Status
from autograder.tolerance import EXACT
from autograder.tree import map_arrays
from autograder.verify.blind import blind_checks
from autograder.verify.draw_rules import broken_rules, draws_floats
from autograder.verify.proofs.kept_rows import KeptRows
from autograder.verify.proofs.proof import complaints
from autograder.verify.proofs.prover import Prover
from autograder.verify.result import Finding as Finding
from autograder.verify.result import Margin as Margin
from autograder.verify.result import Verification as Verification
from autograder.verify.result import as_json as as_json
from autograder.verify.result import demand_equal as demand_equal
from autograder.verify.result import margin_lines as margin_lines
from autograder.verify.result import worst as worst
from autograder.verify.sealed import telling_cases
from autograder.verify.stub import stub_program
from autograder.verify.unsaid import late_helpers, taken_names, unknown_parts, unsaid

LOWEST_MARGIN = 10.0


def verify(
    assignment: Assignment, sandbox: Sandbox, secret: bytes, released: Path, *, device: str = "cpu"
) -> Verification:
    """Check every promise of one assignment.

    released: the folder that students get.
    device: where the cases run.
    """
    report = Verification(assignment.slug)
    grader = Grader(assignment, secret, sandbox, device=device)
    _count(report, assignment, grader)
    _solution(report, grader)
    _stub(report, grader)
    right = _variants(report, grader)
    _misconceptions(report, grader, right)
    _draws(report, grader, secret)
    left_out = (*unsaid(assignment, grader.cases), *unknown_parts(assignment), *taken_names(assignment))
    for where, what in (*left_out, *late_helpers(assignment, grader.cases)):
        report.complain("unsaid", where, what)
    for task, what in blind_checks(grader):
        report.complain("blind", task, what)
    _release(report, assignment, grader, released)
    return report


def prove(
    report: Verification, assignment: Assignment, sandbox: Sandbox, secrets: Sequence[bytes], root: Path, *, run: bool
) -> None:
    """Add to a report what mutants of the reference say of the checks.

    secrets: the first is the course's.
    root: the course's folder, where results are kept.
    run: whether mutants run whose results are not kept; otherwise they are left out.
    """
    prover = Prover(assignment, sandbox, secrets, KeptRows(root), "cpu")
    for proof in prover.proofs(only_kept=not run):
        report.proofs.append(proof)
        for what in complaints(proof):
            report.complain("mutants", proof.task, what)


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
    return {c.id: grader.verdict(outcomes[c.id]) for c in grader.cases if c.id in outcomes}


def _scores(grader: Grader, verdicts: Mapping[int, CaseVerdict]) -> list[TaskVerdict]:
    return [
        score_task(task, [(check, [verdicts[c.id] for c in grader.cases if c.check is check]) for check in task.checks])
        for task in grader.assignment.tasks
    ]


def _solution(report: Verification, grader: Grader) -> None:
    started = time.perf_counter()
    program = grader.assignment.solution_program()
    execution = grader.execute(program, grader.calls)
    verdicts = _verdicts(grader, {o.id: o for o in execution.outcomes})
    report.seconds_per_submission = time.perf_counter() - started
    for ran in execution.cells:
        if ran.error is not None:
            said = f"the cell raises {ran.error.type_name}: {ran.error.message}"
            report.complain("solution", program.cells[ran.index].name, said)
    for task in _scores(grader, verdicts):
        for check in _failed(task):
            said = f'the solution does not pass its own check "{check.name}": {_why(check)}'
            report.complain("solution", task.task.name, said)
    _forbidden(report, "solution", "the solution", grader, program, {o.id: o for o in execution.outcomes})
    for case in grader.cases:
        outcome = grader.reference.outcomes[case.id]
        # Grading compares inputs afterwards with the reference's, so the reference's are compared with what was drawn.
        after = map_arrays(outcome.inputs_after, lambda array: replace(array, device="cpu"))
        if not compare(case.function_call().args.values, after, EXACT).equal:
            report.complain("solution", case.task, f'the solution changes its inputs in check "{case.check.name}"')
        if outcome.stdout:
            report.complain(
                "solution", case.task, f'the solution prints in check "{case.check.name}": {outcome.stdout[:60]!r}'
            )
        if outcome.warnings:
            report.complain(
                "solution", case.task, f'the solution warns in check "{case.check.name}": {outcome.warnings[0]}'
            )


def _stub(report: Verification, grader: Grader) -> None:
    for language in grader.assignment.languages:
        program = stub_program(grader.assignment, language)
        execution = grader.execute(program, grader.calls)
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
    """Run every variant. Returns, by check, the largest error of a right version, as a multiple of the tolerance."""
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
            failed = _failed(task)
            report.failed[f"{variant.name}, {task.task.name}"] = tuple(check.name for check in failed)
            report.accepted += not failed
            for check in failed:
                said = f'variants/{variant.name}.py fails "{check.name}": {_why(check)}'
                report.complain("variant", task.task.name, said)
            for check in task.checks:
                key = f"{task.task.name}/{check.name}"
                if check.status == "passed":  # a failed check has its own finding, and no right version
                    worst[key] = max([worst.get(key, 0.0), *map(_ratio, check.cases)])
        program = grader.assignment.solution_program().then(variant.source, f"variants/{variant.name}.py")
        _forbidden(report, "variant", f"variants/{variant.name}.py", grader, program, outcomes)
    for function, count in written.items():
        if count < 2:
            report.complain(
                "variant",
                function,
                f"has {count} variant(s); write at least two (variants/loop_free.py, variants/naive.py)",
            )
    return worst


def _failed(task: TaskVerdict) -> list[CheckVerdict]:
    """The value checks that failed; form and purity where no value check failed."""
    failed = [check for check in task.checks if check.status != "passed"]
    return [check for check in failed if check.check is not None] or failed


def _forbidden(
    report: Verification, kind: str, who: str, grader: Grader, program: Program, outcomes: Mapping[int, Outcome]
) -> None:
    for found in find_forbidden(grader.assignment, program, grader.cases, outcomes):
        if found.certain:
            report.complain(kind, found.task, f"{who} uses {found.name}, which the task forbids")


def _why(check: CheckVerdict) -> str:
    """The first thing that went wrong in a check."""
    for case in check.cases:
        if case.right:
            continue
        if case.refused is not None:
            return "its judge says: " + case.refused.in_language("en")
        error = case.outcome.error or case.outcome.gradient_error
        if error is not None:
            return f"{case.outcome.status.value}, {error.type_name}: {error.message[:200]}"
        for comparison in (case.value, case.gradient):
            for mismatch in comparison.mismatches if comparison else ():
                return f"{mismatch.kind} at {mismatch.path or 'result'}{list(mismatch.index)}: got {mismatch.got}, expected {mismatch.expected}"
        return case.outcome.status.value
    if check.name == "form":
        return "a result has another type, dtype or shape, or is not finite"
    return "it changes its inputs, or gives another answer the second time"


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
            report.failed[misconception.name] = tuple(
                check.name for check in task.checks if not all(v.right for v in _of(check, grader, verdicts))
            )
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


def _of(check: Check, grader: Grader, verdicts: Mapping[int, CaseVerdict]) -> list[CaseVerdict]:
    return [verdicts[case.id] for case in grader.cases if case.check is check and case.id in verdicts]


def _one_misconception(
    report: Verification,
    grader: Grader,
    misconception: Misconception,
    verdicts: Mapping[int, CaseVerdict],
    bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]],
) -> None:
    name, task = misconception.name, misconception.task
    called = [v.outcome for c in grader.cases if (v := verdicts.get(c.id)) and c.function == misconception.function]
    if called and not any(outcome.status is Status.RETURNED for outcome in called):
        error = called[0].error
        report.complain(
            "misconception",
            task,
            f"{name} (misconceptions.py:{misconception.line}) never returns: {called[0].status.value}"
            + (f", {error.type_name}: {error.message[:200]}" if error else ""),
        )
        return
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
        Observation(c, grader.expected(verdicts[c.id].outcome), verdicts[c.id].outcome, verdicts[c.id].right)
        for c in cases
    ]
    found = diagnose(observations, bank)
    if found is not None and found.id in {name, *twins}:
        report.diagnosed += 1
    else:
        report.complain("diagnosis", task, f"{name} is diagnosed as {found.id if found else 'nothing'}")


# -- draws and release -----------------------------------------------------------------------------------------------


def _draws(report: Verification, grader: Grader, secret: bytes) -> None:
    for task in grader.assignment.tasks:
        for visible, what in ((True, "visible check: students would have nothing to try"), (False, "hidden check")):
            if not any(check.visible is visible for check in task.checks):
                report.complain("draws", task.name, f"has no {what}; about 40 % of the points are visible ones")
    for case, again in zip(grader.cases, make_cases(grader.assignment, secret), strict=False):
        if not compare(case.args, again.args, EXACT).equal:
            message = f'check "{case.check.name}" draws other inputs from the same seed; take everything from draw'
            report.complain("draws", case.task, message)
    for task in grader.assignment.tasks:
        cases = [case for case in grader.cases if case.task == task.name]
        for broken in broken_rules(task, cases):
            report.complain(
                "draws", task.name, f"{broken.rule}: {broken.why}; draw such a case, or exempt the rule with a reason"
            )
        asked = any(check.dtype == "float32" for check in task.checks) or "float32" in task.exempt
        if not asked and draws_floats(cases):
            report.complain(
                "draws", task.name, 'no check has dtype="float32"; add one, or exempt "float32" with a reason'
            )


def _release(report: Verification, assignment: Assignment, grader: Grader, released: Path) -> None:
    for where, what in missing_texts(assignment):
        report.complain("language", where, what)
    if not released.is_dir():
        report.complain("release", str(released), f"is missing; run: autograder release {assignment.slug}")
        return
    answers = {**grader.reference.outcomes, **grader.cpu_reference.outcomes}  # what is released was made on the CPU
    stale = stale_files(assignment, released, expected_values(answers, grader.cases))
    if stale:
        message = f"{', '.join(stale)}: not what release would write; run: autograder release {assignment.slug}"
        report.complain("release", released.name, message)
    for question, what in telling_cases(grader):
        report.complain("leak", question, what)
    for leak in leaked_lines(assignment, released):
        report.complain("leak", leak.file, f"holds a line of {leak.source}: {leak.line!r}")
