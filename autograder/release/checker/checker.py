"""Runs your functions on the visible cases of this assignment and shows what came back beside what was expected.

    from checker import check, ready

    check(f)        your function on its visible cases
    check.all()     a table of all tasks
    ready(f, g)     True once these functions are written
    in_time(steps)  the steps of a long loop, until its time is up

Everything here is for you alone: your grade comes from other cases, which nobody sees before. This file is generated.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import linecache
import sys
import time
import types
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.grading.compare import Comparison, all_equal, compare
from autograder.grading.judging import STUMBLES, plain
from autograder.grading.verdicts import alike, changed_arguments, form_alone
from autograder.guest.values import Budget, differentiate, export, materialise
from autograder.guest.wire import unpack
from autograder.i18n import LANGUAGES
from autograder.release.checker.view import TaskView, show, show_summary, texts
from autograder.tolerance import Tolerance
from autograder.tree import arrays

MAX_OUTPUT = 2000


@dataclass
class VisibleCase:
    """One visible case.

    what: its row of visible.npz.
    args, value, gradient: the inputs and the answers.
    """

    what: dict[str, Any]
    args: tuple[Any, ...]
    value: Any
    gradient: tuple[Any, ...]

    @property
    def tolerance(self) -> Tolerance:
        return Tolerance(**self.what["tolerance"])


@dataclass
class Trial:
    """One case, tried.

    case: the case.
    status: "right", "form" (the form is right, and there is no judge here for the rest), "wrong", "raised",
        "unfinished" or "missing".
    value: what the function gave.
    gradient: what its gradient gave, where the case asks for one.
    comparison: of the value with the answer; None where nothing came back.
    gradient_comparison: of the gradient with the answer; None where there was nothing to compare.
    error: type and message of what was raised; "" where nothing was.
    error_place: where in the student's own code it was raised.
    changed: names of the inputs that were changed.
    deterministic: whether the second call gave the same.
    printed: what was printed, cut.
    refused: what the judge says of a wrong answer, by language; None for its silence.
    """

    case: VisibleCase
    status: str = "right"
    value: Any = None
    gradient: tuple[Any, ...] = ()
    comparison: Comparison | None = None
    gradient_comparison: Comparison | None = None
    error: str = ""
    error_place: str = ""
    changed: list[str] = field(default_factory=list)
    deterministic: bool = True
    printed: str = ""
    refused: dict[str, str] | None = None


class Visible:
    """The visible cases, read from visible.npz when they are first needed."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            index = json.loads(bytes(file["index"]))
            buffers = [np.ascontiguousarray(file[f"a{i:04d}"]).tobytes() for i in range(index["arrays"])]
        values: Any = unpack(index["values"], buffers)
        self.tasks: list[dict[str, Any]] = index["tasks"]
        self.cases = [VisibleCase(what, *value) for what, value in zip(index["cases"], values)]  # noqa: B905 (Python 3.9)

    def task_of(self, function: str) -> dict[str, Any] | None:
        return next((task for task in self.tasks if function in task["functions"]), None)

    def of_task(self, name: str) -> list[VisibleCase]:
        return [case for case in self.cases if case.what["task"] == name]

    def lacks_torch(self) -> bool:
        """Whether answers are tensors, and there is no torch here to make and compare them with."""
        kinds = {array.kind for case in self.cases for array in arrays(case.value)}
        return "tensor" in kinds and importlib.util.find_spec("torch") is None


class Checker:
    """`check(f)` in a notebook. language: "en" or "ko"."""

    def __init__(self) -> None:
        self.language = "en"
        self._visible: Visible | None = None
        self._without_torch = False
        self._on_one_thread = False

    def __call__(self, *functions: Any) -> None:
        namespace = sys._getframe(1).f_globals
        visible = self._load()
        if visible is None:
            return
        if not functions:
            self._all(visible, namespace)
        for function in functions:
            name, home = _name_and_home(function, visible, namespace)
            task = visible.task_of(name)
            if task is None:
                known = ", ".join(f for t in visible.tasks for f in t["functions"])
                print(texts(self.language)["unknown"].format(name=name, known=known))
            else:
                show(_task_view(task, visible, home), self.language)

    def all(self) -> None:
        """A table of all tasks: visible cases and points."""
        namespace = sys._getframe(1).f_globals
        visible = self._load()
        if visible is not None:
            self._all(visible, namespace)

    def _all(self, visible: Visible, namespace: dict[str, Any]) -> None:
        show_summary([_task_view(task, visible, namespace) for task in visible.tasks], self.language)

    def _load(self) -> Visible | None:
        path = Path(__file__).resolve().parent / "visible.npz"
        if self._visible is None:
            try:
                self._visible = Visible(path)
            except FileNotFoundError:
                print(texts(self.language)["no_file"])
            except (OSError, ValueError, KeyError, TypeError, EOFError):
                print(texts(self.language)["bad_file"])
            if self._visible is not None and self._visible.lacks_torch():
                self._without_torch = True
                print(texts(self.language)["no_torch"])
        return None if self._without_torch else self._visible

    def _take_one_thread(self) -> None:
        """Let torch use one thread, once: arrays are small here, and on a busy machine more threads wait for each other."""
        torch = sys.modules.get("torch")
        if torch is not None and not self._on_one_thread:
            torch.set_num_threads(1)
            self._on_one_thread = True


check = Checker()
check._take_one_thread()


def ready(*functions: Any) -> bool:
    """Whether these functions are written: True once none of them raises NotImplementedError; says so when one does."""
    namespace = sys._getframe(1).f_globals
    visible = check._load()
    if visible is None:
        return False
    check._take_one_thread()  # where torch came after this file
    names = []
    for function in functions:
        name, home = _name_and_home(function, visible, namespace)
        if not _is_written(name, visible, home):
            names.append(name)
    if names:
        print(texts(check.language)["not_ready"].format(names=", ".join(names)))
    return not names


def in_time(steps: Sequence[Any], seconds: float = 25.0) -> Iterator[Any]:
    """The steps one by one until the seconds are up; what is left out is said."""
    began = time.monotonic()
    for done, step in enumerate(steps):
        if time.monotonic() - began > seconds:
            print(texts(check.language)["stopped"].format(done=done, total=len(steps), seconds=f"{seconds:g}"))
            return
        yield step


def _is_written(name: str, visible: Visible, namespace: dict[str, Any]) -> bool:
    function = namespace.get(name)
    if not callable(function):
        return False
    task = visible.task_of(name)
    cases = visible.of_task(task["name"]) if task else []
    direct = [case for case in cases if case.what["function"] == name]
    if not direct and (task is None or len(task["functions"]) > 1):
        # No visible case calls it: go by what its code mentions.
        code = getattr(function, "__code__", None)
        return code is None or "NotImplementedError" not in code.co_names
    return all(_try(case, namespace, once=True).status != "unfinished" for case in (direct or cases)[:1])


def _name_and_home(function: Any, visible: Visible, namespace: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A function's name in this assignment, and the namespace that it lives in."""
    if isinstance(function, str):
        return function, namespace
    name = getattr(function, "__name__", type(function).__name__)
    if visible.task_of(name) is None:  # wrapped, or an object: under which of our names does it stand?
        known = [f for task in visible.tasks for f in task["functions"]]
        name = next((f for f in known if namespace.get(f) is function), name)
    home = getattr(function, "__globals__", namespace)
    return name, home if home.get(name) is function else namespace


# -- trying ----------------------------------------------------------------------------------------------------------


def _task_view(task: dict[str, Any], visible: Visible, namespace: dict[str, Any]) -> TaskView:
    return TaskView(task, [_try(case, namespace) for case in visible.of_task(task["name"])])


def _try(case: VisibleCase, namespace: dict[str, Any], once: bool = False) -> Trial:
    """Call the function as grading does: twice, on fresh copies, and differentiate it where the case says so."""
    trial = Trial(case)
    function = namespace.get(case.what["function"])
    if not callable(function):
        trial.status = "missing"
        return trial
    output = io.StringIO()
    with contextlib.redirect_stdout(output), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            args = materialise(case.args, "cpu")
            trial.value = export(function(*args), Budget(64 << 20))
            if not once:
                _examine(trial, function, args)
        except NotImplementedError as raised:
            # torch raises it too, for what an operator cannot do; that is an ordinary error.
            stub = "could not run" not in str(raised).lower()
            trial.status = "unfinished" if stub else "raised"
            trial.error, trial.error_place = _explain(raised, namespace)
        except Exception as raised:
            trial.status = "raised"
            trial.error, trial.error_place = _explain(raised, namespace)
    trial.printed = output.getvalue()[:MAX_OUTPUT]
    return trial


def _examine(trial: Trial, function: Any, args: tuple[Any, ...]) -> None:
    case = trial.case
    after = export(tuple(args), Budget(64 << 20))
    assert isinstance(after, tuple)
    trial.changed = list(changed_arguments(case.what["parameters"], case.args, after))
    again = export(function(*materialise(case.args, "cpu")), Budget(64 << 20))
    trial.deterministic = alike(trial.value, again, case.tolerance)
    trial.comparison = compare(case.value, trial.value, case.tolerance)
    if case.what["judged"]:  # there are many right answers: only the form can be compared here
        trial.comparison = form_alone(trial.comparison)
        trial.refused = _refused(case, trial.value) if trial.comparison.equal else None
    if case.what["gradient"] and trial.comparison.equal:
        trial.gradient = _gradient(case, function)
        trial.gradient_comparison = compare(case.gradient, trial.gradient, case.tolerance)
    right = all_equal(trial.comparison, trial.gradient_comparison) and trial.refused is None
    right = right and not trial.changed and trial.deterministic
    known = "form" if case.what["judged"] and "judge" not in case.what else "right"
    trial.status = known if right else "wrong"


def _refused(case: VisibleCase, value: Any) -> dict[str, str] | None:
    """What the case's judge says against a value, by language; None where it takes it, or is not here."""
    shipped = case.what.get("judge")
    if shipped is None:
        return None
    namespace: dict[str, Any] = {**dict.fromkeys(shipped["numpy"], np), "Text": _sentence}
    exec(shipped["source"], namespace)
    try:
        verdict = namespace[shipped["name"]](tuple(plain(arg) for arg in case.args), plain(value))
    except STUMBLES:
        return {language: texts(language)["unjudged"] for language in LANGUAGES}
    return None if verdict is None else dict(verdict)


def _sentence(en: str | None = None, ko: str | None = None, **others: str) -> dict[str, str]:
    """What stands for the author's Text in a judge: the sentence by language."""
    return {language: text for language, text in {"en": en, "ko": ko, **others}.items() if text is not None}


def _gradient(case: VisibleCase, function: Any) -> tuple[Any, ...]:
    """The gradient of <upstream, f(args)> by the parameters that the case names; None where there is none."""
    fresh, positions = list(materialise(case.args, "cpu")), case.what["gradient"]
    try:
        return differentiate(function, fresh, positions, case.what["upstream_seed"], Budget(64 << 20))
    except RuntimeError:  # the result does not depend on the inputs in a way that torch can follow
        return tuple(None for _ in positions)


def _explain(raised: BaseException, namespace: dict[str, Any]) -> tuple[str, str]:
    """(type and message, place in the student's own code) of an exception."""
    place = ""
    trace: types.TracebackType | None = raised.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if trace.tb_frame.f_globals is namespace:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            place = (
                f"{code.co_name}, line {trace.tb_lineno}: {line}" if line else f"{code.co_name}, line {trace.tb_lineno}"
            )
        trace = trace.tb_next
    message = str(raised)
    return f"{type(raised).__name__}: {message}" if message else type(raised).__name__, place
