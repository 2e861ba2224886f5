"""An assignment as it lies on disk, under `solutions/<slug>/`.

Reads `assignment.yml`, `solution.py`, `checks.py`, `misconceptions.py` and `variants/`, and checks that they fit
together. Only `checks.py` is executed here (it is the lecturer's own code and needs numpy alone); everything that holds
torch code is read as text and runs in the sandbox.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import hmac
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from autograder.authoring import Call, Check, Draw, Task, Text
from autograder.errors import AssignmentError
from autograder.percent import PercentCell, parse_percent
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Program
from autograder.wire import Array, Value, map_arrays

PUBLIC_SEED = b"visible cases are public"
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"


@dataclass(frozen=True)
class SolutionCell:
    """One cell of `solution.py`. role: "text", "provided", "explore", "task" or "plain"."""

    role: str
    source: str
    line: int
    language: str | None = None
    task: str | None = None
    hint: int | None = None
    metadata: Mapping[str, Any] = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Misconception:
    """A wrong version of one function. source: statements that, run after the solution, put it in place."""

    name: str
    function: str
    task: str
    text: Text
    source: str
    line: int
    same_as: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Variant:
    """Right versions of some functions, written differently."""

    name: str
    source: str
    functions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """One call with inputs, drawn for a check."""

    id: int
    check: Check
    index: int
    function: str
    parameters: tuple[str, ...]
    args: tuple[Value, ...]
    upstream_seed: int
    needs: tuple[str, ...] = ()

    @property
    def task(self) -> str:
        return self.check.task

    def function_call(self, *, dtype: str | None = None, record: bool = False, device: str = "cpu") -> FunctionCall:
        """The call for the sandbox, every float input cast to `dtype` (the check's own by default)."""
        gradient = tuple(self.parameters.index(name) for name in self.check.gradient)
        return FunctionCall(
            id=self.id,
            group=self.task,
            function=self.function,
            args=tuple(cast_floats(arg, self.check.dtype, dtype or self.check.dtype) for arg in self.args),
            needs=self.needs,
            gradient=gradient,
            upstream_seed=self.upstream_seed,
            record=record,
            device=self.check.device or device,
        )


@dataclass(frozen=True, eq=False)
class Assignment:
    """Everything that a lecturer wrote for one slug."""

    slug: str
    folder: Path
    title: Text
    lecture: str
    notebook: str
    device: str
    limits: Limits
    cells: tuple[SolutionCell, ...]
    tasks: tuple[Task, ...]
    misconceptions: tuple[Misconception, ...]
    variants: tuple[Variant, ...]
    signatures: Mapping[str, tuple[str, ...]]
    adapters: Mapping[str, tuple[str, ...]]
    fingerprint: str

    @property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    def task(self, name: str) -> Task:
        for task in self.tasks:
            if task.name == name:
                return task
        raise AssignmentError(
            f'there is no task "{name}"', where=self.slug, remedy=did_you_mean(name, [t.name for t in self.tasks])
        )

    def task_of_function(self, function: str) -> Task:
        for task in self.tasks:
            if function in task.functions:
                return task
        known = [f for task in self.tasks for f in task.functions]
        raise AssignmentError(
            f'no task has a function "{function}"', where=self.slug, remedy=did_you_mean(function, known)
        )

    def solution_program(self) -> Program:
        """The reference as just another submission."""
        kinds = {"provided": "provided", "explore": "definitions"}
        code = [cell for cell in self.cells if cell.role != "text"]
        return Program(
            tuple(
                Cell(cell.source, f"solution.py line {cell.line}", kinds.get(cell.role, "student"))  # type: ignore[arg-type]
                for cell in code
            )
        )


# -- loading ---------------------------------------------------------------------------------------------------------


def load_assignment(folder: Path) -> Assignment:
    """Read `solutions/<slug>/`. Raises AssignmentError, naming the file, the line and the remedy."""
    slug = folder.name
    if not folder.is_dir():
        siblings = (
            [p.name for p in folder.parent.glob("*") if (p / "checks.py").exists()] if folder.parent.is_dir() else []
        )
        raise AssignmentError(
            f'there is no assignment "{slug}"', where=str(folder.parent), remedy=did_you_mean(slug, siblings)
        )
    settings = _read_settings(folder / "assignment.yml")
    cells = _read_solution(folder / "solution.py")
    signatures = _signatures(cells, folder / "solution.py")
    tasks = _read_checks(folder / "checks.py", slug)
    _check_tasks(tasks, signatures, cells, folder)
    misconceptions = read_misconceptions(folder / "misconceptions.py", tasks)
    variants = _read_variants(folder / "variants", tasks)
    return Assignment(
        slug=slug,
        folder=folder,
        title=Text(settings["title"]["en"], settings["title"]["ko"]),
        lecture=str(settings["lecture"]),
        notebook=settings["notebook"],
        device=settings.get("device", "cpu"),
        limits=Limits(**settings.get("limits", {})),
        cells=cells,
        tasks=tasks,
        misconceptions=misconceptions,
        variants=variants,
        signatures=signatures,
        adapters=_adapters(cells, {function for task in tasks for function in task.functions}),
        fingerprint=_fingerprint(folder),
    )


_SETTINGS = {"title": dict, "lecture": (int, str), "notebook": str, "device": str, "limits": dict}


def _read_settings(path: Path) -> dict[str, Any]:
    try:
        settings = yaml.safe_load(_read(path))
    except yaml.YAMLError as error:
        raise AssignmentError(f"not valid YAML: {error}", where=str(path)) from None
    if not isinstance(settings, dict):
        raise AssignmentError("must be a mapping with title, lecture and notebook", where=str(path))
    for key, value in settings.items():
        if key not in _SETTINGS:
            raise AssignmentError(f'unknown key "{key}"', where=str(path), remedy=did_you_mean(str(key), _SETTINGS))
        if not isinstance(value, _SETTINGS[key]):  # type: ignore[arg-type]
            raise AssignmentError(f'"{key}" has the wrong type', where=str(path))
    for key in ("title", "lecture", "notebook"):
        if key not in settings:
            raise AssignmentError(f'"{key}" is missing', where=str(path))
    if set(settings["title"]) != {"en", "ko"}:
        raise AssignmentError('"title" needs exactly the keys en and ko', where=str(path))
    if settings.get("device", "cpu") not in ("cpu", "cuda", "auto"):
        raise AssignmentError('"device" must be cpu, cuda or auto', where=str(path))
    known = [f.name for f in fields(Limits)]
    for key, value in settings.get("limits", {}).items():
        if key not in known:
            raise AssignmentError(f'unknown limit "{key}"', where=str(path), remedy=did_you_mean(str(key), known))
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value <= 0:
            raise AssignmentError(f'limit "{key}" must be a positive number', where=str(path))
    return settings


def _read_solution(path: Path) -> tuple[SolutionCell, ...]:
    try:
        cells = parse_percent(_read(path))
    except ValueError as error:
        raise AssignmentError(str(error), where=str(path)) from None
    return tuple(_solution_cell(cell, path) for cell in cells if cell.source.strip())


def _solution_cell(cell: PercentCell, path: Path) -> SolutionCell:
    meta = cell.metadata
    where = f"{path}:{cell.line}"
    known = {"lang", "tags", "task", "hint"}
    for key in meta:
        if key not in known:
            raise AssignmentError(f'unknown cell key "{key}"', where=where, remedy=did_you_mean(key, known))
    if cell.kind == "markdown":
        if meta.get("lang") not in ("en", "ko", None):
            raise AssignmentError(f'lang must be "en" or "ko", not {meta["lang"]!r}', where=where)
        return SolutionCell("text", cell.source, cell.line, meta.get("lang"), meta.get("task"), meta.get("hint"), meta)
    tags = meta.get("tags", [])
    role = (
        "task" if "task" in meta else "provided" if "provided" in tags else "explore" if "explore" in tags else "plain"
    )
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        raise AssignmentError(
            f"syntax error: {error.msg}", where=f"{path}:{cell.line + (error.lineno or 1) - 1}"
        ) from None
    return SolutionCell(role, cell.source, cell.line, meta.get("lang"), meta.get("task"), None, meta)


def _signatures(cells: tuple[SolutionCell, ...], path: Path) -> dict[str, tuple[str, ...]]:
    """Parameter names of every function at the top level of the solution."""
    found: dict[str, tuple[str, ...]] = {}
    for cell in cells:
        if cell.role == "text":
            continue
        for node in ast.parse(cell.source).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = tuple(a.arg for a in [*node.args.posonlyargs, *node.args.args])
    return found


def _adapters(cells: tuple[SolutionCell, ...], graded: set[str]) -> dict[str, tuple[str, ...]]:
    """For each given function, the graded functions that it calls by name."""
    found = {}
    for cell in cells:
        for node in ast.parse(cell.source).body if cell.role == "provided" else []:
            if isinstance(node, ast.FunctionDef):
                names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
                found[node.name] = tuple(sorted(names & graded))
    return found


def _read_checks(path: Path, slug: str) -> tuple[Task, ...]:
    _read(path)
    name = f"autograder_checks_{slug.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickling look the module up by name
    write_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        line = _line_in(error, path)
        raise AssignmentError(
            f"{type(error).__name__}: {error}", where=f"{path}:{line}" if line else str(path)
        ) from error
    finally:
        sys.dont_write_bytecode = write_bytecode
    tasks = tuple(value for value in vars(module).values() if isinstance(value, Task))
    if not tasks:
        raise AssignmentError("defines no Task", where=str(path), remedy='Add one: f = Task("f", points=10).')
    return tasks


def _check_tasks(
    tasks: tuple[Task, ...], signatures: Mapping[str, tuple[str, ...]], cells: tuple[SolutionCell, ...], folder: Path
) -> None:
    where = str(folder / "checks.py")
    homes = {cell.task: cell for cell in cells if cell.role == "task"}
    for task in tasks:
        if task.name not in homes:
            raise AssignmentError(
                f'task "{task.name}" has no cell in solution.py',
                where=where,
                remedy=f'Begin its cell with # %% task="{task.name}".',
            )
        defined = {n.name for n in ast.parse(homes[task.name].source).body if isinstance(n, ast.FunctionDef)}
        for function in task.functions:
            if function not in defined:
                raise AssignmentError(
                    f'the cell of task "{task.name}" does not define "{function}"', where=str(folder / "solution.py")
                )
        total = sum(check.points for check in task.checks) + task.form + task.purity
        if abs(total - task.points) > 1e-9:
            raise AssignmentError(
                f'the checks of "{task.name}" add up to {total:g} points, not {task.points:g}', where=where
            )
        names = [check.name for check in task.checks]
        if len(set(names)) != len(names):
            raise AssignmentError(f'task "{task.name}" has two checks of one name', where=where)
        for check in task.checks:
            for parameter in check.gradient:
                if parameter not in signatures.get(task.functions[0], ()) and not any(
                    parameter in signatures.get(f, ()) for f in signatures
                ):
                    raise AssignmentError(
                        f'check "{check.name}" of "{task.name}": no parameter "{parameter}"', where=where
                    )
    for name in homes:
        if name not in {task.name for task in tasks}:
            raise AssignmentError(f'solution.py has a cell for task "{name}", checks.py has no such Task', where=where)


def read_misconceptions(path: Path, tasks: tuple[Task, ...]) -> tuple[Misconception, ...]:
    """The decorated functions of `misconceptions.py`, each as source that overrides one function of the solution."""
    if not path.exists():
        return ()
    text = _read(path)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise AssignmentError(f"syntax error: {error.msg}", where=f"{path}:{error.lineno}") from None
    homes = {function: task.name for task in tasks for function in task.functions}
    shared: list[str] = []
    marked: list[tuple[ast.FunctionDef, ast.Call]] = []
    for node in tree.body:
        decorator = _misconception_mark(node)
        if decorator is not None:
            assert isinstance(node, ast.FunctionDef)
            marked.append((node, decorator))
        elif not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder")):
            shared.append(ast.get_source_segment(text, node) or "")
    found = []
    for function_def, decorator in marked:
        where = f"{path}:{function_def.lineno}"
        try:
            (function,) = [ast.literal_eval(arg) for arg in decorator.args]
            options = {str(k.arg): ast.literal_eval(k.value) for k in decorator.keywords}
        except (ValueError, TypeError):
            raise AssignmentError("@misconception takes one function name and literal texts", where=where) from None
        if function not in homes:
            raise AssignmentError(
                f'no task has a function "{function}"', where=where, remedy=did_you_mean(function, homes)
            )
        for language in ("en", "ko"):
            if not str(options.get(language, "")).strip():
                raise AssignmentError(f'misconception "{function_def.name}" has no text in {language}', where=where)
        body = "\n".join(text.split("\n")[function_def.lineno - 1 : function_def.end_lineno])
        found.append(
            Misconception(
                name=function_def.name,
                function=function,
                task=homes[function],
                text=Text(options["en"], options["ko"]),
                source="\n".join([*shared, body, f"{function} = {function_def.name}"]),
                line=function_def.lineno,
                same_as=options.get("same_as", ""),
                evidence=options.get("evidence", ""),
            )
        )
    names = [m.name for m in found]
    for duplicate in {n for n in names if names.count(n) > 1}:
        raise AssignmentError(f'two misconceptions are called "{duplicate}"', where=str(path))
    return tuple(found)


def _misconception_mark(node: ast.stmt) -> ast.Call | None:
    if not isinstance(node, ast.FunctionDef):
        return None
    for decorator in node.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Name)
            and decorator.func.id == "misconception"
        ):
            return decorator
    return None


def _read_variants(folder: Path, tasks: tuple[Task, ...]) -> tuple[Variant, ...]:
    graded = {function for task in tasks for function in task.functions}
    found = []
    for path in sorted(folder.glob("*.py")):
        text = _read(path)
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise AssignmentError(f"syntax error: {error.msg}", where=f"{path}:{error.lineno}") from None
        functions = tuple(n.name for n in tree.body if isinstance(n, ast.FunctionDef) and n.name in graded)
        if not functions:
            raise AssignmentError(
                "defines none of the graded functions", where=str(path), remedy=f"They are {', '.join(sorted(graded))}."
            )
        found.append(Variant(path.stem, text, functions))
    return tuple(found)


# -- cases -----------------------------------------------------------------------------------------------------------


def make_cases(assignment: Assignment, secret: bytes, *, visible_only: bool = False) -> tuple[Case, ...]:
    """Every case of an assignment. The same secret gives the same bits.

    Visible checks are drawn from a public seed: students hold their cases. Hidden ones depend on the secret alone.
    """
    cases: list[Case] = []
    for task in assignment.tasks:
        for check in task.checks:
            if visible_only and not check.visible:
                continue
            seed = case_seed(PUBLIC_SEED if check.visible else secret, f"{assignment.slug}/{task.name}/{check.name}")
            for index, call in enumerate(_draw(assignment, task, check, seed)):
                function = call.function or task.functions[0]
                parameters = assignment.signatures.get(function)
                if parameters is None:
                    raise AssignmentError(
                        f'check "{check.name}" of "{task.name}" calls "{function}", which solution.py does not define',
                        where=str(assignment.folder / "checks.py"),
                    )
                if len(call.args) > len(parameters):
                    raise AssignmentError(
                        f'check "{check.name}" of "{task.name}" gives {len(call.args)} arguments to {function}({", ".join(parameters)})',
                        where=str(assignment.folder / "checks.py"),
                    )
                for name in check.gradient:
                    if name not in parameters:
                        raise AssignmentError(
                            f'check "{check.name}" of "{task.name}": {function} has no parameter "{name}"',
                            where=str(assignment.folder / "checks.py"),
                            remedy=did_you_mean(name, parameters),
                        )
                args = tuple(cast_floats(arg, "float64", check.dtype) for arg in call.args)
                upstream = case_seed(seed.to_bytes(16, "little"), f"upstream/{index}")
                needs = assignment.adapters.get(function, ())
                cases.append(Case(len(cases), check, index, function, parameters, args, upstream % (1 << 62), needs))
    return tuple(cases)


def _draw(assignment: Assignment, task: Task, check: Check, seed: int) -> Iterable[Call]:
    path = assignment.folder / "checks.py"
    try:
        calls = list(check.draw(Draw(seed)))
    except Exception as error:
        line = _line_in(error, path)
        raise AssignmentError(
            f'check "{check.name}" of "{task.name}" cannot draw its inputs: {type(error).__name__}: {error}',
            where=f"{path}:{line}" if line else str(path),
        ) from error
    if not calls or not all(isinstance(call, Call) for call in calls):
        raise AssignmentError(f'check "{check.name}" of "{task.name}" must yield draw.call(...)', where=str(path))
    return calls


def case_seed(secret: bytes, label: str) -> int:
    """A 128-bit seed for one check: HMAC-SHA256 of its name under the secret."""
    return int.from_bytes(hmac.new(secret, label.encode(), hashlib.sha256).digest()[:16], "little")


def cast_floats(value: Value, source: str, target: str) -> Value:
    """The value with every floating array of dtype `source` cast to `target`."""

    def cast(array: Array) -> Array:
        if array.dtype != source or source == target:
            return array
        return Array(array.data.astype(np.dtype(target)), target, array.kind, array.device, array.layout)

    return map_arrays(value, cast)


# -- helpers ---------------------------------------------------------------------------------------------------------


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest right spelling as a sentence, or the list of all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(names)}." if names else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssignmentError(
            "is missing", where=str(path), remedy="See solutions/README.md for what an assignment holds."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise AssignmentError(f"cannot be read: {error}", where=str(path)) from None


def _line_in(error: BaseException, path: Path) -> int | None:
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _fingerprint(folder: Path) -> str:
    """A hash of everything that decides a grade."""
    digest = hashlib.sha256()
    for path in sorted([folder / "assignment.yml", folder / "solution.py", folder / "checks.py"]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
