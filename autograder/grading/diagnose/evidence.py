"""All that a step of the diagnosis may look at, and what the parts of a result are called.

Students know the names of the parts from the docstring in the notebook: "Returns (loss, dZ)".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from autograder.course.assignment import Assignment, Misconception
from autograder.course.solution_file import functions_in
from autograder.grading.diagnose.observation import Observation, is_ordinary, is_specific
from autograder.grading.diagnose.parts import part_key, wrong_parts
from autograder.grading.findings import Diagnosis
from autograder.guest.wire import Value
from autograder.i18n import Text, in_every_language
from autograder.parts import Names, part_name
from autograder.sandbox.interface import Outcome, Status
from autograder.tree import leaves

Bank = Sequence[tuple[Misconception, Mapping[int, Outcome]]]
Slips = Callable[[Sequence[Observation]], "Diagnosis | None"]
Declared = Callable[[str], "Names | None"]
Explains = Callable[[Value], "Text | None"]


def no_slips(observations: Sequence[Observation]) -> Diagnosis | None:
    """Where no mutants are known."""
    return None


def no_names(function: str) -> Names | None:
    """Where nobody declared the parts of a result."""
    return None


def no_words(value: Value) -> Text | None:
    """Where the task knows nothing to tell of an answer."""
    return None


@dataclass(frozen=True)
class Evidence:
    """One task of one submission.

    observations: all cases of the task, right or wrong.
    bank: each misconception with its outcome for every case.
    names: of the parts of a function's result: as the author declared them, else as its docstring or given code has them.
    sources: the student's cells, by name.
    carried: the reason where a second run showed the task to be right but for earlier functions.
    slips: asks the mutants of the reference.
    declared: asks the task for the names of the parts of a function's result.
    explains: asks the task what to tell of an answer.
    """

    observations: Sequence[Observation]
    bank: Bank
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    carried: Diagnosis | None = None
    slips: Slips = no_slips
    declared: Declared = no_names
    explains: Explains = no_words

    @cached_property
    def failing(self) -> list[Observation]:
        return [o for o in self.observations if not o.right]

    @cached_property
    def telling(self) -> list[Observation]:
        """The failing cases that must be explained.

        An adapter of the course calls the student's function and shows a part of what it gives, so it fails where the
        function does; where there are cases of the function itself, they tell more.
        """
        direct = [o for o in self.failing if not o.case.needs]
        called = {o.case.function for o in direct}
        if len(direct) < 2:
            return self.failing
        return [o for o in self.failing if not o.case.needs or not called & set(o.case.needs)]

    def part_said(self, function: str, key: str) -> Text:
        """What a part is called: "dW of layer 1" where the author declared it, else as the docstring has it."""
        declared, plain = self.declared(function), self._part_name(function, key)
        return in_every_language(lambda language: part_name(declared, key, language) or plain)

    def _part_name(self, function: str, key: str) -> str:
        """What a part is called: "dW", or "result[1]" where the docstring does not name it."""
        if key.startswith("grad["):
            return f"d/d{key[5:-1]}"
        head, _, rest = key.partition("]")
        names = self.names.get(function, ())
        index = head[1:]
        if index.isdigit() and int(index) < len(names):
            return names[int(index)] + rest
        return f"result{key}" if key else function

    def alone(self, observations: Sequence[Observation]) -> Evidence:
        """The evidence of some of the cases alone, without `carried`, which is about all of them."""
        return replace(self, observations=observations, carried=None)

    def views(self) -> Iterator[Evidence]:
        """All cases; then without those in which a second slip, or care, may hide the first.

        Code that treats an empty input rightly and has a slip elsewhere equals no misconception that fails there; code
        that divides by 0 in its own way gives other infinities. So edge cases are left out, right or wrong, and then
        what is not finite, in float32, or ended with an exception: as long as most of what fails is left, and enough.
        """
        yield self
        general = self.alone([o for o in self.observations if not o.case.check.edge])
        raised = sum(o.got.status is Status.RAISED for o in general.failing)
        telling = raised == len(general.failing) > 0 or is_specific(general.failing)
        if len(general.observations) < len(self.observations) and telling:
            yield general
        ordinary = self.alone([o for o in general.observations if is_ordinary(o)])
        most = len(ordinary.failing) >= raised
        if len(ordinary.observations) < len(general.observations) and most and is_specific(ordinary.failing):
            yield ordinary

    def by_function(self) -> Iterator[tuple[str, Evidence]]:
        """(name, the cases that call it and no other) of each function that fails, where several do and it shows enough."""
        called = [(o, {*o.case.needs} or {o.case.function}) for o in self.observations]
        failing = dict.fromkeys(name for o, names in called if not o.right for name in sorted(names))
        if len(failing) < 2:
            return
        for name in failing:
            mine = self.alone([o for o, names in called if names == {name}])
            if is_specific(mine.failing):
                yield name, replace(mine, bank=[(m, outcomes) for m, outcomes in mine.bank if m.function == name])

    def by_choice(self) -> Iterator[tuple[str, Evidence]]:
        """(text, its cases) of each string argument that selects a kind ("tanh"), where enough of its cases fail."""
        groups: dict[str, list[Observation]] = {}
        for o in self.observations:
            chosen = next((arg for arg in o.case.args if isinstance(arg, str)), "")
            groups.setdefault(chosen, []).append(o)
        kinds = [text for text in groups if text]
        if not 1 < len(kinds) <= MOST_KINDS or any(not _KIND.fullmatch(text) for text in kinds):
            return
        for text in kinds:
            mine = self.alone(groups[text])
            if len(groups[text]) > 1 and is_specific(mine.failing):
                yield text, mine


def listed(names: Sequence[Text]) -> Text:
    """Names with commas between them, each once."""
    return in_every_language(lambda language: ", ".join(dict.fromkeys(name.in_language(language) for name in names)))


def in_parts(where: Text, sentence: Text) -> Text:
    """A sentence about some parts of a result alone."""
    return Text("{where}: {sentence}", "{where}: {sentence}").format(where=where, sentence=sentence)


def step_task(evidence: Evidence) -> Diagnosis | None:
    """What the task itself has to tell of the answer: a question explains each statement that was misjudged."""
    failing = [o for o in evidence.failing if not o.case.needs]
    texts = [evidence.explains(o.got.value) if o.got.status is Status.RETURNED else None for o in failing]
    if not texts or texts[0] is None or any(text != texts[0] for text in texts):
        return None
    return Diagnosis("misconception", "answer", failing[0].case.function, texts[0])


def step_carried(evidence: Evidence) -> Diagnosis | None:
    """An error carried forward from an earlier function."""
    return evidence.carried


def step_slips(evidence: Evidence) -> Diagnosis | None:
    """The reference with one slip in it, at one place or at all places like it."""
    found = evidence.slips(evidence.observations) if evidence.failing else None
    return _with_its_parts(found, evidence) if found is not None else None


def _with_its_parts(found: Diagnosis, evidence: Evidence) -> Diagnosis:
    """The same with the parts that are wrong, where others are right: "dmu: a term is missing"."""
    parts = wrong_parts(evidence.telling)
    shown = {part_key(path, o.expected.value) for o in evidence.telling for path, _ in leaves(o.expected.value)}
    wrong = {part.key for part in parts}
    if len({part.function for part in parts}) != 1 or not wrong < shown or "" in wrong:
        return found
    where = listed([evidence.part_said(part.function, part.key) for part in parts])
    if re.search(rf"\b{re.escape(where.in_language('en'))}\b", found.text.in_language("en")):
        return found
    return replace(found, text=in_parts(where, found.text))


Step = Callable[[Evidence], Diagnosis | None]

MOST_KINDS = 6  # of one function; with more different strings, they are data
_KIND = re.compile(r"[A-Za-z][\w -]{0,24}")
_TUPLE = re.compile(r"\breturns?:?\s+\(([^()\n]+)\)", re.IGNORECASE)


def part_names(assignment: Assignment) -> Mapping[str, Sequence[str]]:
    """By function: as the author declared them (`parts=`), else as a docstring or given code has them; never a solution."""
    found = {}
    for cell in assignment.cells:
        if cell.role == "text":
            continue
        for function in functions_in(cell.source):
            names = _in_docstring(ast.get_docstring(function) or "")
            if not names and cell.role == "provided":
                names = _returned(function)
            if names:
                found[function.name] = names
    for task in assignment.tasks:
        for name in task.functions:
            declared = _declared(task.names_of(name))
            if declared:
                found[name] = declared
    return found


def _declared(names: Names | None) -> tuple[str, ...]:
    """The names of a tuple's parts; () where one of them has none of its own."""
    parts = (
        [one if isinstance(one, str) else str(one.get("name", "")) for one in names] if isinstance(names, list) else []
    )
    return tuple(parts) if all(parts) else ()


def _in_docstring(text: str) -> tuple[str, ...]:
    match = _TUPLE.search(text)
    if match:
        names = tuple(name.strip() for name in match[1].split(","))
        return names if len(names) > 1 and all(re.fullmatch(r"\w+\*?", name) for name in names) else ()
    return ()


def _returned(function: ast.FunctionDef) -> tuple[str, ...]:
    """The names in the last `return a, b` of given code."""
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    value = returns[-1].value if returns else None
    if isinstance(value, ast.Tuple) and all(isinstance(item, ast.Name) for item in value.elts):
        return tuple(item.id for item in value.elts if isinstance(item, ast.Name))
    return ()
