"""How often does the diagnosis name the slip? Measured on labelled answers that nobody tuned it to.

A file of answers is a JSON list. Each one has

    id, assignment, task    whose it is, and which task's cell it fills
    code                    the cell
    label                   what the writer did, in words
    kind                    "wrong", "right", "forbidden" or "ambiguous"
    expectation             of a row that is not simply right or wrong: "forbidden" (the use is found) or "unnamed"

Beside it stands rules.txt: which words a reason must hold to name the slip that a label describes (`read_rules`). A
reason that holds none of them is a wrong reason, and a wrong reason is worse than none.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment
from autograder.errors import UsageError
from autograder.grading.findings import Diagnosis
from autograder.grading.forbidden import find_forbidden
from autograder.grading.grader import Grader
from autograder.grading.verdicts import case_verdict
from autograder.sandbox.interface import Sandbox

RULES = "rules.txt"
RIGHTLY, WRONGLY, SILENT, UNJUDGED, AS_EXPECTED = "rightly", "wrongly", "not named", "no rule", "as expected"


@dataclass(frozen=True)
class Answer:
    """One labelled answer; the fields are those of the file.

    id: unique in the file.
    assignment: the slug.
    task: its name.
    kind: "right", "wrong", "ambiguous" or "forbidden".
    label: what the writer did, in words.
    code: what stands in the cell of the task.
    expectation: of a row that is not simply right or wrong.
    """

    id: str
    assignment: str
    task: str
    kind: str
    label: str
    code: str
    expectation: str = ""


@dataclass(frozen=True)
class Named:
    """What became of one answer.

    answer: as the file has it.
    verdict: "rightly", "wrongly", "not named" or "no rule"; "as expected" where a row is not simply wrong.
    reason: identifier and English text of the diagnosis; "" where there is none.
    """

    answer: Answer
    verdict: str
    reason: str


@dataclass(frozen=True)
class Measured:
    """The answers of one assignment, each with its verdict.

    slug: the assignment.
    named: one for each answer.
    """

    slug: str
    named: list[Named] = field(default_factory=list)

    def counts(self, task: str | None = None) -> Counter[str]:
        """How many wrong answers have each verdict. "right named": right answers that were given a reason; "otherwise":
        answers that miss their expectation."""
        mine = [one for one in self.named if task in (None, one.answer.task)]
        found = Counter(one.verdict for one in mine if one.answer.kind == "wrong" and not one.answer.expectation)
        found["right named"] = sum(one.answer.kind == "right" and one.verdict == WRONGLY for one in mine)
        found["otherwise"] = sum(bool(one.answer.expectation) and one.verdict != AS_EXPECTED for one in mine)
        return found


Rules = Sequence[tuple[re.Pattern[str], re.Pattern[str]]]


def read_answers(path: Path) -> list[Answer]:
    """The answers of a file. Raises UsageError for anything else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        names = Answer.__dataclass_fields__
        return [Answer(**{name: str(row[name]) for name in names if name in row}) for row in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"not a file of labelled answers: {path} ({error})",
            remedy="It is a JSON list of objects with id, assignment, task, kind, label and code.",
        ) from None


def read_rules(path: Path) -> Rules:
    """(label, evidence) of every rule, in the file's order; none where there is no such file."""
    if not path.is_file():
        return ()
    words: dict[str, str] = {}
    rules = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        try:
            if " => " in text:
                label, evidence = text.split(" => ", 1)
                meant = re.sub(r"<(\w+)>", lambda word: f"(?:{words[word[1]]})", evidence)
                rules.append((re.compile(label, re.IGNORECASE), re.compile(meant, re.IGNORECASE)))
            else:
                name, words_meant = text.split(" = ", 1)
                words[name] = words_meant
        except (KeyError, ValueError, re.error) as error:
            raise UsageError(
                f"{path}:{number} is no rule: {error}", remedy='Write "label => evidence" or "word = expression".'
            ) from None
    return rules


def measure(
    assignment: Assignment,
    sandbox: Sandbox,
    secret: bytes,
    answers: Sequence[Answer],
    rules: Rules,
    device: str = "cpu",
) -> Measured:
    """Grade each answer of this assignment in the place of its task's cell, and judge the reason that is given."""
    grader = Grader(assignment, secret, sandbox, device=device)
    mine = [answer for answer in answers if answer.assignment == assignment.slug]
    return Measured(assignment.slug, [_named(grader, answer, rules) for answer in mine])


def _named(grader: Grader, answer: Answer, rules: Rules) -> Named:
    task = grader.assignment.task(answer.task)
    program = replace(grader.assignment.solution_program().then(answer.code, answer.id), trusted=False)
    calls = [call for call in grader.calls if call.group == task.name]
    execution = grader.sandbox.run(program, calls, grader.assignment.limits)
    outcomes = {outcome.id: outcome for outcome in execution.outcomes}
    verdicts = {
        case.id: case_verdict(case, grader.reference, outcomes[case.id]) for case in grader.cases if case.id in outcomes
    }
    found = grader.reason(task, verdicts, program)
    reason = f"{found.id}: {found.text.in_language('en')}" if found else ""
    if answer.expectation == "forbidden":
        used = any(use.certain for use in find_forbidden(grader.assignment, program, grader.cases, outcomes))
        return Named(answer, AS_EXPECTED if used else SILENT, reason)
    if answer.expectation == "unnamed":
        return Named(answer, WRONGLY if reason else AS_EXPECTED, reason)
    return Named(answer, _verdict(answer, found, reason, rules), reason)


def _verdict(answer: Answer, found: Diagnosis | None, reason: str, rules: Rules) -> str:
    if found is None:
        return SILENT
    if answer.kind == "right":
        return WRONGLY
    wanted = next((evidence for label, evidence in rules if label.search(f"{answer.task}: {answer.label}")), None)
    if wanted is None:
        return UNJUDGED
    return RIGHTLY if wanted.search(reason) else WRONGLY


def lines(measured: Measured) -> Iterator[str]:
    """The counts task by task, and every wrong reason."""
    order = list(dict.fromkeys(one.answer.task for one in measured.named))
    width = max(map(len, [*order, "together"]), default=0)
    for name in [*order, None]:
        counts = measured.counts(name)
        wrong = sum(counts[kind] for kind in (RIGHTLY, WRONGLY, SILENT, UNJUDGED))
        share = f"{counts[RIGHTLY] / wrong:4.0%}" if wrong else "   –"
        more = f", {counts[UNJUDGED]} named without a rule" if counts[UNJUDGED] else ""
        more += f", {counts['right named']} right ones named" if counts["right named"] else ""
        more += f", {counts['otherwise']} against their expectation" if counts["otherwise"] else ""
        yield (
            f"{name or 'together':<{width}}  {share}  {counts[RIGHTLY]:3} rightly  {counts[WRONGLY]:3} wrongly  "
            f"{counts[SILENT]:3} not named{more}"
        )
    for one in measured.named:
        if one.verdict in (WRONGLY, UNJUDGED):
            yield f'{one.answer.id} ({one.answer.kind}, {one.answer.task}: "{one.answer.label}") is told: {one.reason}'


def as_data(measured: Measured) -> Mapping[str, Any]:
    """The same as plain data, with what became of every answer."""
    return {
        "slug": measured.slug,
        "counts": dict(measured.counts()),
        "answers": [
            {
                "id": one.answer.id,
                "task": one.answer.task,
                "kind": one.answer.kind,
                "label": one.answer.label,
                "verdict": one.verdict,
                "reason": one.reason,
            }
            for one in measured.named
        ],
    }
