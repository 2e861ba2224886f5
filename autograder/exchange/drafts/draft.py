"""A draft of an assignment, made of another tool's notebook: every file of `solutions/<slug>/`, and what is left to do.

solution cells             tasks
points of tests            checks
calls of literal inputs    fixed draws, which the solution answers; the values that tests expected are dropped
other tests                stubs of draws and judges
text                       one language; the others say TODO
IMPORT.md                  all that was dropped or is left; while this file is there, the draft must verify to grade
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.exchange.drafts.answers import DraftAnswer, answer_of, identifier
from autograder.exchange.drafts.asserts import Answers, Found, read_tests
from autograder.exchange.drafts.foreign import Foreign
from autograder.exchange.drafts.percent_cells import solution_text
from autograder.notebooks.source import parse, walk
from autograder.verify.standing import DRAFT


@dataclass
class DraftCheck:
    """A check.

    name: unique in its task.
    points: what it gives.
    visible: whether students see it.
    title: what it is about.
    calls: (function, arguments as Python source) of each fixed call.
    others: statements that the author must write anew.
    """

    name: str
    points: float
    visible: bool
    title: str
    calls: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: tuple[str, ...] = ()


@dataclass
class DraftTask:
    """A task.

    answer: its cell.
    cell: the number of the answer's cell.
    checks: as far as they are known.
    """

    answer: DraftAnswer
    cell: int
    checks: list[DraftCheck] = field(default_factory=list)

    @property
    def points(self) -> float:
        return round(sum(check.points for check in self.checks), 6)


@dataclass
class Draft:
    """What was made of a notebook.

    cells: of the foreign notebook.
    tasks: in order.
    notes: (what it is about, what was dropped or is to be done).
    """

    cells: list[Foreign]
    tasks: list[DraftTask]
    notes: list[tuple[str, str]]


def draft(cells: Sequence[Foreign]) -> Draft:
    """The tasks and checks of a foreign notebook."""
    made = Draft(list(cells), [], [])
    wanted = frozenset(name for cell in cells if cell.kind == "tests" for name in _names(cell.source))
    for cell in cells:
        if cell.kind == "manual" or (cell.kind == "solution" and cell.points):
            what = (
                f"cell {cell.number} ({cell.name}), {cell.points:g} points: a person grades this; it is not graded here"
            )
            made.notes.append(("manual", what))
        if cell.kind == "solution":
            _add_answer(made, cell, wanted)
        elif cell.kind == "tests":
            _add_tests(made, cell)
    for task in made.tasks:
        if not task.checks:
            made.notes.append(("check", f"{task.answer.name} has no tests: write its checks"))
            task.checks.append(DraftCheck("to write", 0.0, False, "to be written", (), ("no test was there",)))
    return made


def _names(source: str) -> set[str]:
    tree = parse(source)
    names = {node.id for node in walk(tree) if hasattr(node, "id")} if tree is not None else set()
    return names | set(re.findall(r"\w+", " ".join(re.findall(r"AUTOTEST (.+)", source))))


def _add_answer(made: Draft, cell: Foreign, wanted: frozenset[str]) -> None:
    answer = answer_of(cell.source, cell.name, wanted)
    if answer is None:
        made.notes.append(("answer", f"cell {cell.number} ({cell.name}): defines nothing that can be graded"))
        return
    known = {function for task in made.tasks for function in task.answer.functions}
    twice = known & set(answer.functions)
    if twice:
        made.notes.append(
            ("answer", f"cell {cell.number}: {', '.join(sorted(twice))} is defined a second time; left out")
        )
        return
    if "YOUR CODE HERE" in cell.source:
        made.notes.append(("answer", f"cell {cell.number}: there is no solution in it: write that of {answer.name}"))
    if answer.unfinished:
        made.notes.append(("answer", f"cell {cell.number}: {answer.unfinished}"))
    made.tasks.append(DraftTask(answer, cell.number))


def _add_tests(made: Draft, cell: Foreign) -> None:
    if not made.tasks:
        what = f"cell {cell.number} ({cell.name}), {cell.points:g} points: tests before any answer; left out"
        made.notes.append(("check", what))
        return
    everything = Answers(
        {name: parameters for task in made.tasks for name, parameters in task.answer.functions.items()},
        {name: [*task.answer.functions][-1] for task in made.tasks for name in task.answer.variables},
    )
    tests = read_tests(cell.source, everything)
    task = _task_of(made, tests, cell)
    for check in _checks(cell, tests, task):
        names = {other.name for other in task.checks}
        while check.name in names:
            check.name += "_"
        task.checks.append(check)
    for test in tests:
        for text in [test.text] if test.calls else []:
            made.notes.append(("expected", f"{task.answer.name}, {cell.name}: {_one_line(text)}"))


def _task_of(made: Draft, tests: Iterable[Found], cell: Foreign) -> DraftTask:
    """The task whose functions the tests call most; of equal ones a task whose names they mention, then the last."""
    called = [function for test in tests for function, _ in test.calls]
    mentioned = _names(cell.source)

    def weight(task: DraftTask) -> tuple[int, bool, int]:
        own = task.answer.functions
        names = {*own, *task.answer.variables}
        return sum(function in own for function in called), bool(names & mentioned), task.cell

    return max(made.tasks, key=weight)


def _checks(cell: Foreign, tests: Sequence[Found], task: DraftTask) -> Iterator[DraftCheck]:
    """A check with the points and every call; beside it one of the visible calls alone, and one to be written."""
    own = task.answer.functions
    calls = [(call, cell.hidden or test.hidden) for test in tests for call in test.calls if call[0] in own]
    others = [test.text for test in tests if not test.calls or any(function not in own for function, _ in test.calls)]
    title, name = _title(cell), " ".join(cell.name.split())
    everything = tuple(dict.fromkeys(call for call, _ in calls))
    shown = tuple(dict.fromkeys(call for call, hidden in calls if not hidden))
    if shown and len(shown) < len(everything):
        yield DraftCheck(f"{name}, visible", 0.0, True, title, shown)
    if everything:
        yield DraftCheck(name, cell.points, len(shown) == len(everything), title, everything)
    if others or not everything:
        left = 0.0 if everything else cell.points
        yield DraftCheck(f"{name}, to judge", left, False, title, (), tuple(others) or ("nothing was tested",))


def _title(cell: Foreign) -> str:
    """The first line of the tests' docstring, else their name."""
    tree = parse(cell.source)
    first = tree.body[0] if tree is not None and tree.body else None
    value = getattr(getattr(first, "value", None), "value", None)
    said = value.strip().split("\n")[0] if isinstance(value, str) else ""
    return said.rstrip(".") or cell.name.replace("_", " ").replace("-", " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


# -- files -----------------------------------------------------------------------------------------------------------


def files(
    made: Draft, *, slug: str, title: str, language: str, languages: Sequence[str], origin: str
) -> dict[str, str]:
    """Name -> text of every file. language: of the notebook's text, one of the course's languages."""
    number, _, name = slug.partition("-")
    heading = title or name.replace("-", " ").capitalize()
    titles = ", ".join(f"{n}: {json.dumps(_text(heading, n, language), ensure_ascii=False)}" for n in languages)
    return {
        "assignment.yml": f"title: {{{titles}}}\nlecture: {int(number[:2])}\nnotebook: {name.replace('-', '_')}\n",
        "solution.py": solution_text(made.cells, _answers(made), heading, language, languages),
        "checks.py": _checks_text(made, language, languages),
        "misconceptions.py": '"""TODO: wrong versions that students write, with what to tell them."""\n',
        DRAFT: _notes(made, origin, language, languages),
    }


def _answers(made: Draft) -> dict[int, DraftAnswer]:
    return {task.cell: task.answer for task in made.tasks}


def _text(text: str, language: str, given: str) -> str:
    return text if language == given or text.startswith("TODO") else f"TODO: {text}"


def _checks_text(made: Draft, language: str, languages: Sequence[str]) -> str:
    body = "\n\n".join(_task_text(task, language, languages) for task in made.tasks)
    names = [n for n in ("Array",) if re.search(rf"\b{n}\(", body)]
    imports = ", ".join(["T2", *names, "Draw", "Task", "Text"])
    head = ['"""Inputs for the checks: TODO, replace fixed calls by drawn ones, which nobody can look up."""', ""]
    head += ["import numpy as np", ""] if re.search(r"\bnp\.|\btensor\(", body) else []
    helper = _TENSOR if re.search(r"\btensor\(", body) else ""
    return "\n".join([*head, f"from autograder.authoring import {imports}", "", helper, body]).rstrip() + "\n"


_TENSOR = '''
def tensor(values, dtype=None):
    """What torch.tensor makes of these values."""
    array = np.array(values)
    return array.astype(dtype or ("float32" if array.dtype.kind == "f" else array.dtype))

'''


def _task_text(task: DraftTask, language: str, languages: Sequence[str]) -> str:
    name, functions = task.answer.name, tuple(task.answer.functions)
    more = f", functions={functions!r}" if functions != (name,) else ""
    variable = f"{name}_task"
    parts = [f'\n{variable} = Task("{name}", points={task.points:g}{more})\n']
    parts += [_check_text(variable, name, check, language, languages) for check in task.checks]
    return "\n".join(parts)


def _check_text(variable: str, task: str, check: DraftCheck, language: str, languages: Sequence[str]) -> str:
    def said(text: str) -> str:
        words = ", ".join(f"{n}={json.dumps(_text(text, n, language), ensure_ascii=False)}" for n in languages)
        return f"Text({words})"

    function = identifier(f"{task}_{check.name}")
    lines = [
        f"\n@{variable}.check(",
        f"    {json.dumps(check.name, ensure_ascii=False)},",
        f"    points={check.points:g},",
    ]
    lines += ["    visible=True,"] if check.visible else []
    lines += ["    tolerance=T2,", f"    title={said(check.title)},"]
    lines += [f"    hint={said('TODO: a hint that gives nothing away')},"]
    lines += [f"    judge=judge_{function},"] if check.others else []
    lines += [")", f"def {function}(draw: Draw):"]
    if check.others:
        judge = [
            f"\ndef judge_{function}(args, value):",
            '    """TODO: None where the value is right, else a Text that says why not."""',
        ]
        judge += [
            *_commented(check.others),
            '    raise NotImplementedError("TODO: judge the answer, or take judge= away")',
            "",
        ]
        lines = [*judge, *lines, '    raise NotImplementedError("TODO: draw the inputs of this check")', "    yield"]
    for called, arguments in check.calls:
        named = [f'function="{called}"'] if called != task else []
        lines.append(f"    yield draw.call({', '.join([*arguments, *named])})")
    return "\n".join(lines) + "\n"


def _commented(texts: Iterable[str]) -> list[str]:
    return [f"    # {line}".rstrip() for text in texts for line in text.split("\n")]


_SECTIONS = {
    "answer": "Answers that need you",
    "check": "Checks that need you",
    "file": "Files that the text shows: copy them to data/, and write data/NAME in the text",
    "manual": "Graded by a person there, and not graded here",
    "expected": "Values that tests expected: dropped, because the solution answers the same calls",
}


def _notes(made: Draft, origin: str, language: str, languages: Sequence[str]) -> str:
    left = [
        f"- {task.answer.name}, {check.name}: {_one_line(text)}"
        for task in made.tasks
        for check in task.checks
        for text in check.others
    ]
    lines = [
        f"# Imported from {origin}",
        "",
        "This is a draft. While this file is here, nothing is graded unless `autograder verify` passes. To do:",
        "",
        "1. Write what says TODO in checks.py and solution.py" + _others(language, languages),
        "2. Draw inputs instead of the fixed ones: `solutions/README.md` says how.",
        "3. Run `autograder release` and `autograder verify`; then remove this file.",
    ]
    if left:
        lines += ["", "## Tests that are no calls with literal arguments: stubs in checks.py", "", *left]
    for kind, heading in _SECTIONS.items():
        found = [f"- {what}" for about, what in made.notes if about == kind]
        lines += ["", f"## {heading}", "", *found] if found else []
    return "\n".join(lines) + "\n"


def _others(language: str, languages: Sequence[str]) -> str:
    rest = [n for n in languages if n != language]
    return f", and every text in {', '.join(rest)}." if rest else "."
