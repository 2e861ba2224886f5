"""What real students' notebooks do around a right answer, and what it must not cost: as in Jupyter, or kinder."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.student_cells import handout
from autograder.errors import SubmissionError
from autograder.grading.findings import Findings
from autograder.grading.grader import Grader
from autograder.grading.score import total
from autograder.notebooks.reader import UnreadableNotebook
from autograder.notebooks.source import first_line
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Program, Sandbox, Status
from autograder.submissions.collect import Submission, collect
from autograder.submissions.prepare import prepare
from tests.paths import TESTS
from tests.report_json import report_data, student_html

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"
ANSWERS = {
    "normalize_adj": "def normalize_adj(A):\n    B = A + torch.eye(len(A), dtype=A.dtype)\n    d = B.sum(1).rsqrt()\n    return d[:, None] * B * d",
    "euler": "def euler(f, x0, h, steps):\n    rows = [x0]\n    for _ in range(steps):\n        rows.append(rows[-1] + h * f(rows[-1]))\n    return torch.stack(rows)",
}
FULL = 20.0


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return load_assignment(MINI)


@pytest.fixture(scope="module")
def grader(mini: Assignment, sandbox: Sandbox) -> Grader:
    quick = replace(mini, limits=replace(mini.limits, cell_seconds=3.0))
    return Grader(quick, b"a secret of sixteen", sandbox)


def notebook(
    assignment: Assignment,
    first: Sequence[str] = (),
    last: Sequence[str] = (),
    before: str = "",
    kinds: dict[str, str] | None = None,
    **answers: str,
) -> bytes:
    """The released notebook, solved. first, last: cells around it. before: a cell before the answers."""
    cells: list[dict[str, object]] = [_cell(source) for source in first]
    for cell in handout(assignment, "en"):
        if not cell.is_code:
            continue
        if cell.role == "task" and cell.task == "normalize_adj" and before:
            cells.append(_cell(before))
        source = {**ANSWERS, **answers}[cell.task] if cell.role == "task" and cell.task else cell.source
        kind = (kinds or {}).get(cell.task or "", "code") if cell.role == "task" else "code"
        cells.append({**_cell(source), "cell_type": kind, "id": cell.key})
    cells += [_cell(source) for source in last]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _cell(source: str) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


def grade(grader: Grader, content: bytes, name: str = "kim.ipynb") -> Findings:
    return grader.grade(Submission("kim", name, content))


def points(grader: Grader, **options: object) -> float:
    return total(grade(grader, notebook(grader.assignment, **options)).tasks)  # type: ignore[arg-type]


# -- B, F: given code stands where it stands, and has names of its own -----------------------------------------------


@pytest.mark.parametrize(
    "first",
    ["F = 5\ntorch = None", "plt = 3; torch = 'x'", "import numpy as torch", "from math import *\ntorch = pow"],
)
def test_given_cells_run_where_they_stand(grader: Grader, first: str) -> None:
    assert points(grader, first=[first]) == FULL


@pytest.mark.parametrize(
    "last",
    [
        "def max(a, b): raise RuntimeError\ndef len(x): raise RuntimeError",
        "from numpy import *",
        "linear_flow = None",
        "def linear_flow(x): raise RuntimeError",
        "class linear_flow: pass",
        "for linear_flow in range(3): pass",
        "del linear_flow",
        "globals().clear",
    ],
)
def test_given_code_cannot_be_disturbed(grader: Grader, last: str) -> None:
    right = {
        "normalize_adj": ANSWERS["normalize_adj"].replace("len(A)", "A.shape[0]"),
    }
    assert points(grader, last=[last], **right) == FULL


def test_given_code_does_not_see_a_students_builtins_nor_modules(sandbox: Sandbox) -> None:
    program = Program(
        (
            Cell(
                "import math\nSCALE = 2\ndef given(x):\n    return SCALE * max(x, 1) + math.floor(1.5) + graded(x)",
                "g",
                "provided",
            ),
            Cell("def max(*a): return 0\nSCALE = 100\nmath = None\ndef graded(x): return x", "cell 1"),
        )
    )
    (outcome,) = sandbox.run(program, [FunctionCall(0, "t", "given", (3,), ("graded",))], Limits()).outcomes
    assert (outcome.status, outcome.value) == (Status.RETURNED, 10)


HELPED = "def euler(f, x0, h, steps):\n    return linear_flow(f, x0, h, steps)"
HELPER = ANSWERS["euler"].replace("def euler(", "def linear_flow(")


@pytest.mark.parametrize("where", ["first", "last", "before", "inside"])
def test_a_helper_called_like_given_code_stays_the_students(grader: Grader, where: str) -> None:
    options: dict[str, object] = {
        "first": {"first": ["import torch\n" + HELPER]},
        "last": {"last": [HELPER]},
        "before": {"before": HELPER},
        "inside": {"before": ""},
    }[where]  # type: ignore[assignment]
    answer = f"{HELPER}\n\n{HELPED}" if where == "inside" else HELPED
    findings = grade(grader, notebook(grader.assignment, euler=answer, **options))  # type: ignore[arg-type]
    assert total(findings.tasks) == FULL
    told = any("name of given code" in note.en for note in findings.notes)
    assert told == (where == "first")  # where Jupyter would have taken it away


# -- C: a statement that fails costs what depends on it --------------------------------------------------------------

USES = "def normalize_adj(A):\n    B = A + scale * torch.eye(len(A), dtype=A.dtype)\n    d = B.sum(1).rsqrt()\n    return d[:, None] * B * d"


@pytest.mark.parametrize(
    "start",
    [
        "import pandas_that_is_not_there as pd",
        "import os, pandas_that_is_not_there, math",
        "import torch.not_there",
        "plt.style.use('no style of ours')",
        "import numpy as np\ndata = np.load('/content/data.npz')",
        "import os\nos.chdir('/content/drive/MyDrive')",
        "import matplotlib; matplotlib.use('no backend')",
        "from torch.utils.data import DataLoader\nlist(DataLoader(list(range(4)), num_workers=2))",
        "raise SystemExit",
        "assert False",
        "while True:\n    pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        break",
        "import time\ntime.sleep(60)\ntime.sleep(60)",
    ],
)
def test_a_failed_statement_costs_nothing_that_does_not_depend_on_it(grader: Grader, start: str) -> None:
    assert points(grader, before=f"{start}\nscale = torch.ones(1)[0].item()", normalize_adj=USES) == FULL


@pytest.mark.parametrize(
    ("start", "begins", "why"),
    [
        ("import absent_package\nscale = absent_package.one()", "import absent_package", "ModuleNotFoundError"),
        ("# my scale\nscale = 1 / 0", "# my scale", 'ZeroDivisionError: division by zero ("scale = 1 / 0")'),
        ("scale, other = load()", "scale, other = load()", "NameError: name 'load' is not defined"),
        ("scale = = 1", "scale = = 1", "SyntaxError"),
        ("print 'x'\nscale = 1.0", "print 'x'", "SyntaxError"),
        ("import absent_package\nscale = load()", "import absent_package", '"scale = load()"'),
        ("with open('nope') as file:\n    scale = 1", "with open('nope') as file:", "FileNotFoundError"),
        ("for scale in load(): pass", "for scale in load(): pass", "NameError"),
        ("from utils_absent import *", "from utils_absent import *", "ModuleNotFoundError"),
        (
            "%run nope.py",
            "%run nope.py",
            "FileNotFoundError: [Errno 2] No such file or directory: 'nope.py' (\"%run nope.py\")",
        ),
    ],
)
def test_a_name_that_is_missing_is_connected_with_the_cell_that_failed(
    grader: Grader, start: str, begins: str, why: str
) -> None:
    findings = grade(grader, notebook(grader.assignment, before=start, normalize_adj=USES))
    assert total(findings.tasks) == 8
    (note,) = (note for note in findings.notes if "scale is not defined" in note.en)
    assert f'begins with "{begins}"' in note.en
    assert why in note.en
    assert why in note.ko


def test_what_a_failed_cell_lacked_is_told_as_well(grader: Grader) -> None:
    answer = f"scale = data.mean()\n\n{USES}"
    findings = grade(grader, notebook(grader.assignment, before="data = load()", normalize_adj=answer))
    told = [note.en.split(";")[0] for note in findings.notes if "is not defined because" in note.en]
    assert [note.split(" ")[0] for note in told] == ["scale", "data"]
    assert 'begins with "scale = data.mean()"' in told[0]
    assert 'begins with "data = load()"' in told[1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_students_page_quotes_the_first_line_of_the_cell_that_failed(grader: Grader, language: str) -> None:
    findings = grade(grader, notebook(grader.assignment, before="# my scale\nscale = 1 / 0", normalize_adj=USES))
    page = html.unescape(student_html(report_data(findings), language))
    (note,) = (note.in_language(language) for note in findings.notes if "scale is not defined" in note.en)
    assert '"# my scale"' in note
    assert note in page


HIDDEN = ANSWERS["normalize_adj"].replace("    d =", "    if len(A) > 7:\n        B = B * one * two\n    d =")


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("one, two = load()", ["one", "two"]),  # whichever of them a hidden call asked for
        ("one = 1\ntwo = load()", ["two"]),
        ("one = two = 1\nload()", []),
        ("d = load()", []),
    ],
)
def test_what_hidden_cases_alone_lack_is_told_by_the_text(grader: Grader, before: str, names: list[str]) -> None:
    findings = grade(grader, notebook(grader.assignment, before=before, normalize_adj=HIDDEN))
    told = [note.en for note in findings.notes if "is not defined" in note.en]
    assert [note.split(" ")[0] for note in told] == names
    assert all(f'begins with "{first_line(before)}"' in note for note in told)


@pytest.mark.parametrize("block", ["if True:", "try:", "with torch.no_grad():", "for _ in range(1):"])
def test_a_function_defined_in_a_block_is_there(grader: Grader, block: str) -> None:
    inner = "\n".join("    " + line for line in ANSWERS["normalize_adj"].split("\n"))
    end = "\nfinally:\n    pass" if block == "try:" else ""
    assert points(grader, normalize_adj=f"1 / 0\n{block}\n{inner}{end}") == FULL


def test_a_thousand_sleeping_statements_cost_one_limit_and_one_reserve(sandbox: Sandbox) -> None:
    cell = "import time\n" + "time.sleep(30)\n" * 1000 + "def f(): return 7"
    limits = Limits(cell_seconds=1.0)
    execution = sandbox.run(Program((Cell(cell, "cell 1"),)), [FunctionCall(0, "f", "f", ())], limits)
    assert execution.outcomes[0].value == 7
    assert execution.cells[0].status is Status.TIMED_OUT
    assert execution.cells[0].seconds < 1.0 + 1.0 + 0.9  # within what the host grants before it kills
    assert execution.replacements == 0


def test_an_absent_package_raises_as_in_python_and_says_so_when_used(sandbox: Sandbox) -> None:
    cell = (
        "try:\n    import absent_one\n    caught = False\nexcept ImportError:\n    caught = True\n"
        "import absent_two as two\n"
        "from absent_three.sub import three\n"
        "import sys, importlib.util\n"
        "def seen(): return caught, 'absent_two' in sys.modules, importlib.util.find_spec('absent_two') is None, 'absent_one' in globals()\n"
        "def uses_two(): return two.frame.DataFrame()\n"
        "def uses_three(): return three(1)\n"
        "def annotated(x: two.Frame) -> two.Series: return isinstance(1, two.Frame)\n"
    )
    names = ("seen", "uses_two", "uses_three", "annotated", "two")
    calls = [FunctionCall(n, name, name, (1,) if name == "annotated" else ()) for n, name in enumerate(names)]
    execution = sandbox.run(Program((Cell(cell, "cell 1"),)), calls, Limits())
    seen, uses_two, uses_three, annotated, two = execution.outcomes
    assert seen.value == (True, False, True, False)
    assert uses_two.error is not None
    assert "absent_two is not installed here" in uses_two.error.message
    assert uses_three.error is not None
    assert "absent_three is not installed here" in uses_three.error.message
    assert annotated.value is False
    assert two.status is Status.MISSING
    assert execution.cells[0].error is not None
    assert "absent_two" in execution.cells[0].error.message


# -- D: a notebook of another assignment -----------------------------------------------------------------------------

SIBLINGS = {
    "09-lstm": ("lstm_step", "caption_loss"),
    "13-gan": ("value", "interp"),
    "10-mini": ("normalize_adj", "euler"),
}
OTHER = "def lstm_step(x, h, c):\n    return x"


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        (f"{OTHER}\nprint('euler', \"normalize_adj\")", None),
        (f"{OTHER}\neuler = 2.718", None),
        (f"# def euler(f): see last week\n{OTHER}\neuler = 1", "09-lstm"),
        ("x = {'euler': 1}\nraise NotImplementedError", "09-lstm"),
        ("plot('euler')", None),
        ("def value(g):\n    raise NotImplementedError\neuler, other = 1, 2", "13-gan"),
    ],
)
def test_a_notebook_of_another_assignment_is_named_not_graded(
    mini: Assignment, source: str, marked: str | None
) -> None:
    tree = {
        "cells": [_cell(source)],
        "metadata": {"autograder": {"assignment": marked}} if marked else {},
        "nbformat": 4,
    }
    with pytest.raises(UnreadableNotebook, match="another assignment"):
        prepare(Submission("kim", "kim.ipynb", json.dumps(tree).encode()), mini, SIBLINGS)


@pytest.mark.parametrize(
    "source",
    [
        f"{OTHER}\n{ANSWERS['euler']}",
        "globals()['euler'] = print",
        "from mine import euler",
        "euler = make('euler')",
        ">>> def euler(f): ...",
    ],
)
@pytest.mark.parametrize("marked", [None, "10-mini"])
def test_answers_pasted_into_another_file_are_graded(mini: Assignment, source: str, marked: str | None) -> None:
    tree = {
        "cells": [_cell(source)],
        "metadata": {"autograder": {"assignment": marked}} if marked else {},
        "nbformat": 4,
    }
    prepare(Submission("kim", "kim.ipynb", json.dumps(tree).encode()), mini, SIBLINGS)


@pytest.mark.parametrize("marked", [[], {}, 3, "no such slug", None, ["09-lstm"]])
def test_metadata_of_any_type_is_no_evidence(mini: Assignment, marked: object) -> None:
    tree = {"cells": [_cell(ANSWERS["euler"])], "metadata": {"autograder": {"assignment": marked}}, "nbformat": 4}
    prepare(Submission("kim", "kim.ipynb", json.dumps(tree).encode()), mini, SIBLINGS)
    tree["cells"] = [_cell("x = 1")]
    with pytest.raises(SubmissionError):
        prepare(Submission("kim", "kim.ipynb", json.dumps(tree).encode()), mini, SIBLINGS)


# -- E: a graded name used again -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "last",
    [
        "euler = []",
        "euler = euler(lambda x: x, torch.ones(2), 0.1, 2)",
        "for euler in range(3): pass",
        "normalize_adj, euler = 1, 2",
        "with open('x', 'w') as euler: pass",
        "class euler(torch.nn.Module): pass",
        "euler = torch.nn.Linear(2, 2)",
        "import absent_package as euler",
    ],
)
def test_the_last_function_is_graded_where_a_variable_took_its_name(grader: Grader, last: str) -> None:
    assert points(grader, last=[last]) == FULL


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("euler = []", True),
        ("print(1)\nfor euler in range(3): pass", True),
        ("import absent_package as euler", True),
        ("def euler(f, x0, h, steps): return x0", False),
        ("if True:\n    def euler(f, x0, h, steps): return x0", False),
        ("euler(lambda x: x, torch.ones(2), 0.1, 2)", False),
        ("path = [euler for euler in range(3)]", False),
    ],
)
def test_the_notes_name_the_cell_that_took_a_graded_name(mini: Assignment, last: str, told: bool) -> None:
    prepared = prepare(Submission("kim", "kim.ipynb", notebook(mini, last=[last])), mini, SIBLINGS)
    notes = [note.en for note in prepared.notes if "stands for something else" in note.en]
    assert len(notes) == told
    assert all("euler" in note and last.split("\n")[0] in note for note in notes)


def test_a_helper_whose_name_an_exploration_took_is_still_called(grader: Grader) -> None:
    answer = "def step(x, h, f): return x + h * f(x)\n" + ANSWERS["euler"].replace(
        "rows[-1] + h * f(rows[-1])", "step(rows[-1], h, f)"
    )
    assert points(grader, last=["step = step(torch.ones(1), 0.1, lambda x: x)"], euler=answer) == FULL


def test_a_variable_that_functions_read_stays_a_variable(grader: Grader) -> None:
    answer = "def zero(): return 0.0\nzero = zero()\n" + ANSWERS["normalize_adj"].replace(
        "A + torch", "A + zero + torch"
    )
    assert points(grader, normalize_adj=answer) == FULL


def test_a_function_made_of_another_is_the_answer(sandbox: Sandbox) -> None:
    cell = "import functools\ndef f(x): return x\nf = functools.partial(f, 7)\ndef g(x): return 1\ng = functools.lru_cache(lambda x: 2)"
    calls = [FunctionCall(0, "f", "f", ()), FunctionCall(1, "g", "g", (1,))]
    outcomes = sandbox.run(Program((Cell(cell, "cell 1"),)), calls, Limits()).outcomes
    assert [outcome.value for outcome in outcomes] == [7, 2]


# -- G: calls start from torch's defaults ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "last",
    [
        "torch.set_grad_enabled(False)",
        "torch.no_grad().__enter__()",
        "torch.inference_mode().__enter__()",
        "torch.set_default_dtype(torch.float16)",
        "torch.set_default_device('meta')",
        "torch.device('meta').__enter__()",
        "torch.autocast('cpu').__enter__()",
        "torch.autograd.set_detect_anomaly(True)",
        "torch.set_num_threads(3)",
        "import numpy as np\nnp.seterr(all='raise')",
        "import warnings\nwarnings.simplefilter('error')",
    ],
)
def test_calls_start_from_the_defaults(grader: Grader, last: str) -> None:
    assert points(grader, last=[last]) == FULL


def test_what_one_call_sets_does_not_reach_the_next(sandbox: Sandbox) -> None:
    cell = (
        "import torch\n"
        "def f():\n    found = torch.is_grad_enabled(), str(torch.get_default_dtype()), torch.get_num_threads()\n"
        "    torch.set_grad_enabled(False); torch.set_default_dtype(torch.float64); torch.set_num_threads(2)\n"
        "    return found"
    )
    calls = [FunctionCall(n, "f", "f", ()) for n in range(2)]
    for outcome in sandbox.run(Program((Cell(cell, "cell 1"),)), calls, Limits()).outcomes:
        assert outcome.value == outcome.repeated == (True, "torch.float32", 1)


# -- H: from __future__ ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["from __future__ import annotations\ndef f(x: Tensor | None) -> NotThere: return 1"],
        ["from __future__ import annotations", "def f(x: Tensor | None) -> NotThere: return 1"],
        [
            '"""Mine."""\nfrom __future__ import annotations, generator_stop',
            "x: Nowhere = 1",
            "def f(x: Tensor): return 1",
        ],
        ["import os\nfrom __future__ import annotations\nclass A:\n    x: Tensor\ndef f(a: Tensor): return 1"],
    ],
)
def test_futures_hold_for_the_cell_and_later_cells(sandbox: Sandbox, cells: list[str]) -> None:
    program = Program(tuple(Cell(source, f"cell {n}") for n, source in enumerate(cells)))
    execution = sandbox.run(program, [FunctionCall(0, "f", "f", (1,))], Limits())
    assert execution.outcomes[0].value == 1
    assert [cell.status for cell in execution.cells] == [Status.RETURNED] * len(cells)


def test_futures_of_the_authors_hold_in_given_code_and_for_students(sandbox: Sandbox) -> None:
    program = Program(
        (
            Cell("from __future__ import annotations", "given 1", "provided"),
            Cell("def given(x: Nowhere): return graded(x)", "given 2", "provided"),
            Cell("def graded(x: Nowhere): return x + 1", "cell 1"),
        )
    )
    (outcome,) = sandbox.run(program, [FunctionCall(0, "t", "given", (1,))], Limits()).outcomes
    assert outcome.value == 2


# -- I: progress bars ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bar",
    [
        "from tqdm.notebook import tqdm",
        "from tqdm.notebook import trange, tqdm",
        "import tqdm.notebook as bars; tqdm = bars.tqdm",
        "import tqdm.notebook\ntqdm = tqdm.notebook.tqdm",
        "from tqdm import tqdm_notebook as tqdm",
        "from tqdm.autonotebook import tqdm",
        "from tqdm.auto import tqdm",
    ],
)
def test_a_progress_bar_of_a_notebook_works(grader: Grader, bar: str) -> None:
    answer = bar + "\n" + ANSWERS["euler"].replace("range(steps)", "tqdm(range(steps), desc='x')")
    assert points(grader, euler=answer) == FULL


def test_a_bar_that_is_updated_by_hand_works(grader: Grader) -> None:
    answer = "from tqdm.notebook import tqdm\n" + ANSWERS["euler"].replace(
        "    return torch", "        bar.update(1)\n        bar.set_postfix(x=1)\n    bar.close()\n    return torch"
    ).replace("    rows = [x0]", "    rows = [x0]\n    bar = tqdm(total=steps)")
    assert points(grader, euler=answer) == FULL


# -- J: files --------------------------------------------------------------------------------------------------------

UTILS = "import torch\ndef ident(A):\n    return torch.eye(len(A), dtype=A.dtype)"
WITH_IDENT = ANSWERS["normalize_adj"].replace("torch.eye(len(A), dtype=A.dtype)", "ident(A)")


@pytest.mark.parametrize(
    "cells",
    [
        [f"%%writefile utils.py\n{UTILS}", "from utils import ident"],
        [f"%%writefile ./utils.py\n{UTILS}", "import utils\nident = utils.ident"],
        [f"%%file 'my_utils.py'\n{UTILS}", "from my_utils import *"],
        [f"%%writefile /content/utils.py\n{UTILS}", "from utils import ident"],
        [f"%%writefile lib/utils.py\n{UTILS}", "from lib.utils import ident"],
        ["%%writefile utils.py\nimport torch", "%%writefile -a utils.py\n" + UTILS, "from utils import ident"],
        [f"%%writefile utils.py\n{UTILS}", "%run utils.py"],
        [f"%%writefile utils.py\n{UTILS}", "x = 1\n%run -i utils.py"],
        [f"open('utils.py', 'w').write({UTILS!r})", "from utils import ident"],
        [f"%%writefile values.py\n{UTILS}", "from values import ident"],
        [f"%%writefile runner.py\n{UTILS}", "from runner import ident"],
        ["%%writefile torch.py\nraise RuntimeError\n", UTILS],
    ],
)
def test_files_that_cells_write_are_there(grader: Grader, cells: list[str]) -> None:
    assert points(grader, first=cells, normalize_adj=WITH_IDENT) == FULL


@pytest.mark.parametrize(
    ("path", "text", "cell"),
    [
        ("utils.py", UTILS, "from utils import ident"),
        ("src/helpers/utils.py", UTILS, "from src.helpers.utils import ident"),
        ("one.txt", "1.0", "def ident(A): return float(open('one.txt').read()) * torch.eye(len(A), dtype=A.dtype)"),
        ("torch.py", "raise RuntimeError", UTILS),
        ("checker.py", "raise RuntimeError", UTILS),
    ],
)
def test_files_handed_in_beside_the_notebook_are_there(
    grader: Grader, tmp_path: Path, path: str, text: str, cell: str
) -> None:
    folder = tmp_path / "kim"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
    content = notebook(grader.assignment, first=["import torch", cell], normalize_adj=WITH_IDENT)
    (folder / "mini.ipynb").write_bytes(content)
    (submission,) = collect([tmp_path], slug="10-mini", notebook="mini", functions=tuple(ANSWERS)).submissions
    findings = grader.grade(submission)
    assert total(findings.tasks) == FULL
    assert findings.provenance.content_hash == submission.content_hash


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "~/x.py", "a/../../b.py", "C:\\x.py"])
def test_a_file_is_never_written_outside(mini: Assignment, path: str) -> None:
    content = notebook(mini, first=[f"%%writefile {path}\nx = 1"])
    for file in prepare(Submission("kim", "kim.ipynb", content), mini).program.files:
        assert not file.path.startswith(("/", "~"))
        assert ".." not in file.path.split("/")


# -- K, L: what cannot be graded says why ----------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["def euler(:\n  pass", "x = = 1\ndef euler(): ...", "for\ndef euler(): ..."])
def test_a_syntax_error_says_which_python_grades(grader: Grader, source: str) -> None:
    findings = grade(grader, notebook(grader.assignment, euler=source))
    (problem,) = findings.cells
    assert problem.error is not None
    version = ".".join(grader.info.python.split(".")[:2])
    assert f"graded with Python {version}" in problem.error.message


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("fence", [False, True])
def test_an_answer_that_is_no_code_cell_is_told(grader: Grader, kind: str, fence: bool) -> None:
    answer = f"```python\n{ANSWERS['euler']}\n```" if fence else ANSWERS["euler"]
    findings = grade(grader, notebook(grader.assignment, kinds={"euler": kind}, euler=answer))
    assert total(findings.tasks) == 12
    told = [note for note in findings.notes if "euler stands in a" in note.en]
    assert len(told) == 1
    assert ("Markdown" if kind == "markdown" else "raw") in told[0].en
    assert "def euler(f, x0, h, steps):" in told[0].ko


# -- O: a call that raises costs once --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ends",
    ["raise ValueError", "return not_defined_anywhere", "1 / 0", "raise SystemExit", "return x0[7]", "assert steps"],
)
def test_one_call_that_raises_costs_its_check_alone(grader: Grader, ends: str) -> None:
    answer = ANSWERS["euler"].replace("    rows = [x0]", f"    if steps == 0:\n        {ends}\n    rows = [x0]")
    assert points(grader, euler=answer) == FULL - 1


def test_a_function_that_always_raises_earns_nothing(grader: Grader) -> None:
    assert points(grader, euler="def euler(*args):\n    raise ValueError") == 12
    assert points(grader, euler="def euler(*args):\n    raise NotImplementedError") == 12
    assert points(grader, euler="x = 1") == 12
