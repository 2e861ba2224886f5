"""Why a check gave no points, as messages and as JSON to look at.

A visible check may show everything: what was called, what came back, what was expected. A hidden check may show which
kind of thing went wrong and nothing that a student's code could have chosen: a message, a print or the name of an
exception class can carry the hidden inputs out.
"""

from __future__ import annotations

import builtins
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.course.cases import Case
from autograder.grading.compare import FORM_KINDS, Mismatch
from autograder.grading.findings import Findings, Forbidden
from autograder.grading.score import CaseVerdict, CheckVerdict, TaskVerdict
from autograder.grading.verdicts import changed_arguments
from autograder.grading.wording import describe
from autograder.guest.wire import Array, Value
from autograder.i18n import LANGUAGES, Said, in_every_language, message, plural, translatable
from autograder.notebooks.source import as_written, first_line
from autograder.parts import Names, part_name
from autograder.report.excerpt import call_views, corner_view, find, pair_views, value_view
from autograder.report.sanitize import MESSAGE, NAME, OUTPUT, OUTPUT_LINES, SOURCE, clean, one_line
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from autograder.tree import leaves

Json = dict[str, Any]
Places = set[tuple[str, int | None]]

DIFFERENCES = 3
WARNINGS = 3

_STATUS = {
    Status.RAISED: translatable("The call ended with an error."),
    Status.TIMED_OUT: translatable(
        "The call took too long and was stopped. Look for a loop that never ends, or for a Python loop where one tensor operation would do."
    ),
    Status.OUT_OF_MEMORY: translatable(
        "The call needed too much memory and was stopped. Look for an array that grows in a loop, or for a broadcast to a huge shape."
    ),
    Status.MISSING: translatable(
        "There is no function {function}: its cell is missing, the function has another name, or an error stopped the cell before it."
    ),
    Status.UNFINISHED: translatable("Not written yet: {function} still raises NotImplementedError."),
    Status.CRASHED: translatable(
        "Python itself ended during this call. Look for exit(), os._exit() or a recursion without an end."
    ),
    Status.FORBIDDEN: translatable(
        "The call tried something that grading does not allow, such as the network or files outside its own folder, and was stopped."
    ),
    Status.BAD_OUTPUT: translatable(
        "What came back cannot be read as a result. Return tensors, numbers, strings, or tuples, lists and dicts of them, and no more than was asked for."
    ),
}

_WRONG = {
    "type": translatable("What comes back is of the wrong type."),
    "keys": translatable("The dict has the wrong keys."),
    "length": translatable("The number of values that come back is wrong."),
    "dtype": translatable("The dtype is wrong."),
    "device": translatable("The result is on the wrong device."),
    "shape": translatable("The shape is wrong."),
    "not_finite": translatable("NaN or infinity comes back where the answer is finite."),
    "value": translatable("The values are wrong."),
    "gradient": translatable("The gradient through your function is wrong."),
}

_ABOUT_DTYPE = re.compile(r"dtype|scalar type|expected .*(Double|Float|Long)", re.IGNORECASE)
_SPEAKS_OF_DTYPE = re.compile(r"d-?type|data ?type|자료형|데이터 ?타입", re.IGNORECASE)
_ERRORS = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)}


# -- visible checks --------------------------------------------------------------------------------------------------


def visible_failure(findings: Findings, check: CheckVerdict) -> tuple[list[Said], Json]:
    """(messages, what to look at) of the first case of a visible check that is not right."""
    verdict = _failing(check)[0]
    case, expected = findings.cases[verdict.case_id], findings.expected[verdict.case_id]
    outcome = verdict.outcome
    call, arguments = call_views(case.function, case.parameters, case.args)
    look: Json = {
        "status": outcome.status.value,
        "case": case.index + 1,
        "call": call,
        "arguments": arguments,
        "expected": [],
        "returned": [],
        "differences": [],
        "error": _error(findings, outcome.error or outcome.gradient_error),
        "stdout": clean(outcome.stdout, OUTPUT, OUTPUT_LINES),
        "warnings": [clean(text, SOURCE, 2) for text in outcome.warnings[:WARNINGS]],
    }
    if outcome.status is not Status.RETURNED:
        look["expected"] = _result_views(expected.value)
        return [message(_STATUS[outcome.status], function=case.function)], look
    refused = verdict.refused
    if refused is not None:
        look["returned"] = _result_views(outcome.value)
        return [in_every_language(lambda language: clean(refused.in_language(language)))], look
    messages, look["differences"] = _differences(findings, case, expected, verdict)
    return messages, look


def _failing(check: CheckVerdict) -> list[CaseVerdict]:
    """The cases that the student's code fails, without those where the grader itself failed."""
    return [case for case in check.cases if not case.right and case.outcome.status is not Status.GRADER_ERROR]


def _result_views(value: Value) -> list[Json]:
    return [value_view(path, leaf) for path, leaf in list(leaves(value))[:DIFFERENCES]]


def _names(findings: Findings, case: Case) -> Names | None:
    """The names of the parts of a case's result, as its task declares them."""
    task = next(task.task for task in findings.tasks if task.task.name == case.task)
    return task.names_of(case.function)


def names_of(findings: Findings, check: CheckVerdict) -> Names | None:
    """The names of the parts of what a check's calls give, if all of them call one function."""
    cases = [findings.cases[case.case_id] for case in check.cases]
    return _names(findings, cases[0]) if len({case.function for case in cases}) == 1 else None


def part_said(names: Names | None, path: str) -> Said:
    """What a part of a result is called."""
    return in_every_language(lambda language: part_name(names, path, language) or _unnamed(path, language))


def _unnamed(path: str, language: str) -> str:
    return message("result{path}", path=one_line(path)).in_language(language)


def _differences(
    findings: Findings, case: Case, expected: Outcome, verdict: CaseVerdict
) -> tuple[list[Said], list[Json]]:
    """A message and a picture for each part that differs; the first few of them."""
    outcome = verdict.outcome
    found = [(m, "", expected.value, outcome.value) for m in (verdict.value.mismatches if verdict.value else ())]
    messages: list[Said] = []
    for m in verdict.gradient.mismatches if verdict.gradient else ():
        index = int(m.path[1 : m.path.index("]")]) if m.path.startswith("[") else 0
        gradient = outcome.gradient[index] if index < len(outcome.gradient) else None
        inner = replace(m, path=m.path[m.path.index("]") + 1 :] if m.path else "")
        found.append((inner, case.check.gradient[index], expected.gradient[index], gradient))
    pictures = []
    names = _names(findings, case)
    for mismatch, parameter, wanted, got in found[:DIFFERENCES]:
        messages.append(_describe(mismatch, parameter, outcome, got, names))
        place = _place(mismatch, parameter, names)
        pictures.append(_picture(case, mismatch, place, find(wanted, mismatch.path), find(got, mismatch.path)))
    if len(found) > DIFFERENCES:
        messages.append(
            plural(
                "And {count} more part of the result differs.",
                "And {count} more parts of the result differ.",
                len(found) - DIFFERENCES,
            )
        )
    return messages, pictures


def _describe(mismatch: Mismatch, parameter: str, outcome: Outcome, got: Value, names: Names | None) -> Said:
    subject: Said | None = None
    if parameter:
        if got is None and outcome.gradient_error:
            return message("The result cannot be differentiated with respect to {parameter}.", parameter=parameter)
        if got is None:
            return message(
                "No gradient reaches {parameter}: something on the way is detached, or leaves torch.",
                parameter=parameter,
            )
        subject = message("the gradient with respect to {parameter}", parameter=parameter)
    return in_every_language(
        lambda language: clean(
            describe(mismatch, language, subject.in_language(language) if subject else "", names), MESSAGE
        )
    )


def _place(mismatch: Mismatch, parameter: str, names: Names | None) -> Said:
    if parameter:
        return message("the gradient with respect to {parameter}", parameter=parameter)
    return part_said(names, mismatch.path) if mismatch.path else message("the result")


def _picture(case: Case, mismatch: Mismatch, place: Said, wanted: Value, got: Value) -> Json:
    """Both sides of one difference, and a heat map where the two can be laid over each other."""
    if isinstance(wanted, Array) and isinstance(got, Array) and mismatch.kind in ("value", "not_finite"):
        expected_view, got_view, heat = pair_views(wanted, got, mismatch.index, case.check.tolerance)
        return {"place": place, "expected": expected_view, "got": got_view, "heat": heat}
    sides = [corner_view(side) if isinstance(side, Array) else value_view("", side) for side in (wanted, got)]
    return {"place": place, "expected": sides[0], "got": sides[1], "heat": None}


def _error(findings: Findings, error: ErrorInfo | None, *, places: Places | None = None) -> Json | None:
    """What was raised, and the line of the student's own code that raised it, quoted from the submission itself.

    places: where a hidden call may be seen to fail; None for what is visible. Of a hidden call nothing is shown that the
    student's code could choose by its input: a class of its own and a line are some bits each.
    """
    if error is None:
        return None
    lines = findings.sources.get(error.where, "").split("\n")
    ours = error.line is not None and error.where in findings.sources and 1 <= error.line <= len(lines)
    shown = {
        "type": one_line(error.type_name, NAME),
        "message": clean(error.message),
        "where": one_line(error.where, NAME),
        "line": error.line,
        "source": clean(as_written(lines[error.line - 1].strip()), SOURCE, 1) if ours and error.line else "",
        "begins": begins(findings, error.where) if ours else "",
    }
    if places is None:
        return shown
    place = (
        shown
        if ours and (error.where, error.line) in places
        else {"where": "", "line": None, "source": "", "begins": ""}
    )
    return {**shown, **place, "type": shown["type"] if error.type_name in _ERRORS else "Exception", "message": ""}


def begins(findings: Findings, where: str) -> str:
    """The first line of a cell that says something, by which its author finds it; "" for what is no cell."""
    return clean(first_line(findings.sources.get(where, "")), SOURCE, 1)


def place_of(findings: Findings, found: Forbidden) -> tuple[str, int | None]:
    """(cell, line) where a forbidden name stands: where it is used, or bound to the name under which it is used there."""
    name = re.compile(rf"\b{re.escape(found.name.rpartition('.')[2])}\b")
    lines = findings.sources.get(found.where, "").split("\n")
    if found.line is None or not 1 <= found.line <= len(lines) or name.search(lines[found.line - 1]):
        return found.where, found.line
    elsewhere = [where for where in findings.sources if where != found.where and where.startswith("cell ")]
    for where in (found.where, *elsewhere):
        for number, line in enumerate(findings.sources.get(where, "").split("\n"), start=1):
            if name.search(line.partition("#")[0]):
                return where, number
    return found.where, found.line


def is_about_dtype(hint: Said) -> bool:
    """Whether a hint speaks of dtypes, in a language of the platform."""
    return any(_SPEAKS_OF_DTYPE.search(hint.in_language(language)) for language in LANGUAGES)


def dtype_is_wrong(check: CheckVerdict) -> bool:
    """Whether a check fails for a dtype: of a result, or of operands that torch could not take together."""
    for case in check.cases:
        if any(m.kind == "dtype" for m in (case.value.mismatches if case.value else ())):
            return True
        error = case.outcome.error or case.outcome.gradient_error
        if error is not None and _ABOUT_DTYPE.search(error.message):
            return True
    return False


def cell_error(findings: Findings, error: ErrorInfo | None) -> Json | None:
    """What a cell raised, shown in full: a cell runs before any call and sees no hidden input."""
    return _error(findings, error)


# -- hidden checks ---------------------------------------------------------------------------------------------------


def hidden_failure(findings: Findings, task: TaskVerdict, check: CheckVerdict) -> tuple[list[Said], Json]:
    """(messages, status and error) of a hidden check: kinds and counts, no inputs, no values, no student text.

    A line is shown where a visible call of the task fails on it, too.
    """
    failing = _failing(check)
    reasons = Counter(kind for case in failing for kind in _kinds(case))
    function = findings.cases[failing[0].case_id].function
    messages: list[Said] = []
    for kind, count in reasons.items():
        sentence = message(_WRONG.get(kind) or _STATUS[Status(kind)], function=function)
        if len(check.cases) > 1:
            sentence = message("{what} ({count} of {total} calls)", count=count, total=len(check.cases), what=sentence)
        messages.append(sentence)
    stopped = next((case for case in failing if case.outcome.error), failing[0])
    error = _error(findings, stopped.outcome.error, places=_visible_places(findings, task))
    return messages, {"status": stopped.outcome.status.value, "error": error}


def _visible_places(findings: Findings, task: TaskVerdict) -> Places:
    """(cell, line) of what visible calls of a task raise."""
    visible = (case.outcome.error for case in task.cases if findings.cases[case.case_id].check.visible)
    return {(error.where, error.line) for error in visible if error is not None}


def _kinds(case: CaseVerdict) -> list[str]:
    if not case.returned:
        return [case.outcome.status.value]
    kinds = [m.kind for m in (case.value.mismatches if case.value else ())]
    kinds += ["gradient"] if case.gradient and not case.gradient.equal else []
    kinds += ["value"] if case.refused is not None else []
    return list(dict.fromkeys(kinds))


# -- form and purity -------------------------------------------------------------------------------------------------


def form_messages(findings: Findings, task: TaskVerdict) -> list[Said]:
    """Why the points for form are not there."""
    messages = _not_returned(task.cases)
    wrong = [case for case in task.cases if case.returned and not case.form_right]
    shown = next((case for case in wrong if findings.cases[case.case_id].check.visible), None)
    if shown is not None and shown.value is not None:
        mismatch = next(m for m in shown.value.mismatches if m.kind in FORM_KINDS)
        names = _names(findings, findings.cases[shown.case_id])
        messages.append(in_every_language(lambda language: clean(describe(mismatch, language, names=names))))
    elif wrong:
        kinds = dict.fromkeys(kind for case in wrong for kind in _kinds(case) if kind in FORM_KINDS)
        messages += [message("In a hidden check: {what}", what=message(_WRONG[kind])) for kind in kinds]
    return messages


def purity_messages(findings: Findings, task: TaskVerdict) -> list[Said]:
    """Why the points for purity are not there."""
    messages = _not_returned(task.cases)
    changed = dict.fromkeys(name for case in task.cases if not case.pure for name in _changed(findings, case))
    if changed:
        messages.append(
            message(
                "Your function changes its input {names}. Work on a copy, or make new tensors.",
                names=", ".join(changed),
            )
        )
    if not all(case.deterministic for case in task.cases if case.returned):
        messages.append(message("Two calls with the same inputs give different results. Keep nothing between calls."))
    if not any(check.status == "passed" and check.check for check in task.checks):
        messages.append(message("These points count as soon as one other check of this task is right."))
    return messages


def _not_returned(cases: Sequence[CaseVerdict]) -> list[Said]:
    count = sum(not case.returned for case in cases)
    if not count:
        return []
    return [message("{count} of {total} calls gave no result.", count=count, total=len(cases))]


def _changed(findings: Findings, verdict: CaseVerdict) -> list[str]:
    """Names of the parameters whose arguments were not left alone."""
    case, before = findings.cases[verdict.case_id], findings.expected[verdict.case_id].inputs_after
    return list(changed_arguments(case.parameters, before, verdict.outcome.inputs_after))
