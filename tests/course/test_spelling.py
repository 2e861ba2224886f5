"""What an author misspelt: the sentence names file and line, and what was meant."""

from __future__ import annotations

import importlib
import re
import shutil
from pathlib import Path

import pytest

from autograder.authoring import Draw, Task
from autograder.course.assignment import load_assignment
from autograder.course.cases import make_cases
from autograder.course.spelling.library_names import LIST, MODULES, OPERATORS, unknown
from autograder.errors import AssignmentError
from autograder.release.scaffold import TEMPLATE
from tests.paths import ROOT

SLUG = "14-attention"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / SLUG
    shutil.copytree(TEMPLATE, target, ignore=shutil.ignore_patterns("__pycache__"))
    settings = target / "assignment.yml"
    text = settings.read_text(encoding="utf-8").replace("{{lecture}}", "14").replace("{{notebook}}", "attention")
    settings.write_text(text, encoding="utf-8")
    return target


def complaint(folder: Path, old: str, new: str, name: str = "checks.py") -> str:
    """file:line and what is said of a file once `old` has become `new`."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AssignmentError) as caught:
        make_cases(load_assignment(folder), b"secret")
    return str(caught.value).removeprefix(f"{folder}/")


MISSPELT = {
    "a keyword of Task": ("    points=60,", "    pionts=60,", 'Task(...) has no argument "pionts". Did you mean "points"?'),
    "another keyword of Task": ("    forbid=(", "    forbidden=(", 'Task(...) has no argument "forbidden". Did you mean "forbid"?'),
    "a keyword of check": ("    tolerance=T2,", "    tolerence=T2,", 'check(...) has no argument "tolerence". Did you mean "tolerance"?'),
    "a keyword of a draw": ("scale=1000.0", "scael=1000.0", 'draw.normal(...) has no argument "scael". Did you mean "scale"?'),
    "a keyword of draw.call": ("draw.call(draw.probabilities(3, 1), draw.normal(1, 2))", "draw.call(draw.probabilities(3, 1), draw.normal(1, 2), functoin='attend')", 'draw.call(...) has no argument "functoin". Did you mean "function"?'),
    "a method of draw": ("draw.probabilities(3, 1)", "draw.probabilites(3, 1)", "AttributeError: 'Draw' object has no attribute 'probabilites'. Did you mean \"probabilities\"?"),
    "a method of a task": ("@attend.check(", "@attend.chek(", "'Task' object has no attribute 'chek'. Did you mean \"check\"?"),
    "an import": ("import T2, T3, Draw, Task, Text\n", "import T2, T3, Drow, Task, Text\n", 'Did you mean "Draw"?'),
    "an import of a preset": ("import T2, T3, Draw, Task, Text\n", "import AUTOGARD, T2, T3, Draw, Task, Text\n", 'Did you mean "AUTOGRAD"?'),
    "a forgotten import of a preset": ("attend = Task(", "KEEP_DTYPE\nattend = Task(", "Import it: from autograder.authoring import KEEP_DTYPE."),
    "a keyword of a check in float32": ("attend = Task(", "Task('x', points=1).in_float32(ponts=1)\nattend = Task(", 'in_float32(...) has no argument "ponts". Did you mean "points"?'),
    "a name": ("tolerance=T2,", "tolerance=t2,", "NameError: name 't2' is not defined. Did you mean \"T2\"?"),
    "a forgotten import": ("import T2, T3, Draw, Task, Text\n", "import T2, Draw, Task, Text\n", "NameError: name 'T3' is not defined. Import it: from autograder.authoring import T3."),
    "a function of numpy": ("np.full(", "np.ful(", "module 'numpy' has no attribute 'ful'. Did you mean \"full\"?"),
    "an argument left out": ('    hint=Text("Can your exponential overflow?", "지수 함수가 넘칠 수 있나요?"),\n', "", "check(...) lacks hint"),
    "two arguments left out": ('"attention_weights",\n    points=60,', "", "Task(...) lacks name and points"),
    "an argument too many": ("draw.sizes(3)", "draw.sizes(3, 2, 7, 1)", "draw.sizes(...) takes from 2 to 4 positional arguments but 5 were given"),
    "an argument twice": ('Task("attend", points=40', 'Task("attend", 40, points=40', "Task(...) got multiple values for argument 'points'"),
    "a tolerance of one's own": ("    tolerance=T2,", "    tolerance=__import__('autograder.authoring').authoring.Tolerance('mine', rtoll=1, atol=1),", 'Tolerance(...) has no argument "rtoll". Did you mean "rtol"?'),
    "a keyword of a question": ("attend = Task(", "from autograder.questions import Choice\nquestion = Choice('question', pionts=2)\nattend = Task(", 'Choice(...) has no argument "pionts". Did you mean "points"?'),
    "a keyword of an option": ("attend = Task(", "from autograder.questions import Option\nOption(True, whi=1)\nattend = Task(", 'Option(...) has no argument "whi". Did you mean "why"?'),
    "a keyword of the names of parts": ("attend = Task(", "from autograder.authoring import Each\nEach('layer', off=())\nattend = Task(", 'Each(...) has no argument "off". Did you mean "of"?'),
    "a language of a text": ('Text("a few queries and keys", ', 'Text(eng="a few queries and keys", ko=', 'has no text in en. It has one in "eng": write en="...".'),
    "an import of questions": ("attend = Task(", "from autograder.questions import Choise\nattend = Task(", 'autograder.questions has no "Choise". Did you mean "Choice"?'),
    "an import from the wrong module": ("import T2, T3, Draw, Task, Text\n", "import T2, T3, Draw, Task, Text, Choice\n", 'autograder.authoring has no "Choice". Import it from autograder.questions.'),
    "a module of ours": ("from autograder.authoring import", "from autograder.autoring import", 'there is no module "autograder.autoring". Did you mean "autograder.authoring"?'),
    "a module of the package": ("attend = Task(", "from autograder import question\nattend = Task(", 'there is no module "autograder.question". Did you mean "autograder.questions"?'),
    "a module of others": ("import numpy as np", "import numpi as np", "No module named 'numpi'. Did you mean \"numpy\"?"),
    "an import that is like nothing": ("import T2, T3, Draw, Task, Text\n", "import T2, T3, Draw, Task, Text, Pqrxyz\n", 'autograder.authoring has no "Pqrxyz". Known: AUTOGRAD, BCE, CROSS_ENTROPY, Call, Check, DIFFERENTIABLE, Draw, Each, IN_FLOAT32, KEEP_DTYPE, NO_DETOUR, RNN_MODULES, STAY_WITH_TENSORS, T1, T2, T3, TG, TG_KINK, Task, Text, Tolerance, X, misconception.'),
    "a forgotten import of a question": ("attend = Task(", "Choice('question', points=2)\nattend = Task(", "Import it: from autograder.questions import Choice."),
    "a forgotten import of numpy": ("import numpy as np\n", "", "Import it: import numpy as np."),
    "a method of a text": ("attend = Task(", "Text('a', 'b').inlanguage('ko')\nattend = Task(", "'Text' object has no attribute 'inlanguage'. Did you mean \"in_language\"?"),
    "a method of the class": ("attend = Task(", "Draw.grahp\nattend = Task(", "Did you mean \"graph\"?"),
    "the function of a call": ("draw.call(draw.probabilities(3, 1), draw.normal(1, 2))", "draw.call(draw.probabilities(3, 1), draw.normal(1, 2), function='atend')", 'calls "atend", which solution.py does not define. Did you mean "attend"?'),
    "a forbidden function": ('"torch.softmax"', '"torch.sofmax"', 'forbid of "attention_weights": there is no "torch.sofmax". Did you mean "torch.softmax"?'),
    "a forbidden alias": ('"torch.nn.functional.softmax"', '"F.softmax"', 'there is no "F.softmax". Did you mean "torch.nn.functional.softmax"?'),
}  # fmt: skip


@pytest.mark.parametrize("name", MISSPELT)
def test_what_was_meant(folder: Path, name: str) -> None:
    old, new, words = MISSPELT[name]
    said = complaint(folder, old, new)
    assert words in said
    assert re.match(r"checks\.py:\d+: ", said), said
    assert "TypeError" not in said
    assert "\n" not in said


MARK = '@misconception(\n    "attention_weights",\n    en='
MARKS = {
    "a keyword": (MARK, MARK.replace("en=", 'evidense="seen", en='), 'unknown key "evidense". Did you mean "evidence"?'),
    "the keyword of the function": (MARK, MARK.replace('"att', 'fuction="att'), 'unknown key "fuction". Did you mean "function"?'),
    "a keyword that is like nothing": (MARK, MARK.replace('"att', 'fn="att'), 'unknown key "fn". Known: en, evidence, function, ko, same_as.'),
    "a function": (MARK, MARK.replace("weights", "weihgts"), 'Did you mean "attention_weights"?'),
    "the mark": ("@misconception(", "@misconceptoin(", '@misconceptoin is defined nowhere above. Did you mean "misconception"?'),
    "the mark without its texts": ("def no_scale", "@misconception\ndef no_scale", '@misconception takes the function and texts'),
    "the import": ("import misconception", "import misconceptoin", 'autograder.authoring has no "misconceptoin". Did you mean "misconception"?'),
    "the module": ("autograder.authoring", "autograder.autoring", 'there is no module "autograder.autoring". Did you mean "autograder.authoring"?'),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKS)
def test_what_was_meant_in_misconceptions(folder: Path, name: str) -> None:
    old, new, words = MARKS[name]
    said = complaint(folder, old, new, "misconceptions.py")
    assert words in said
    assert re.match(r"misconceptions\.py:\d+: ", said), said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MARK, MARK.replace('"att', 'function="att')),
        ("def no_scale", "@torch.no_grad()\ndef no_scale"),
        ("def no_scale", "@a_helper_of_the_solution\ndef no_scale"),
    ],
)
def test_other_spellings_of_a_misconception(folder: Path, old: str, new: str) -> None:
    names = [m.name for m in load_assignment(folder).misconceptions]
    path = folder / "misconceptions.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [m.name for m in load_assignment(folder).misconceptions] == names


def test_the_mark_by_another_name(folder: Path) -> None:
    names = [m.name for m in load_assignment(folder).misconceptions]
    path = folder / "misconceptions.py"
    text = path.read_text(encoding="utf-8").replace("import misconception", "import misconception as wrong")
    path.write_text(text.replace("@misconception(", "@wrong("), encoding="utf-8")
    assert [m.name for m in load_assignment(folder).misconceptions] == names != []


def test_the_line_is_that_of_the_slip(folder: Path) -> None:
    text = (folder / "checks.py").read_text(encoding="utf-8")
    draw, forbid = (1 + text[: text.index(old)].count("\n") for old in ("scale=1000.0", "torch.Tensor.softmax"))
    assert complaint(folder, "scale=1000.0", "scael=1000.0").startswith(f"checks.py:{draw}: ")
    assert complaint(folder, "torch.Tensor.softmax", "torch.Tensor.softmx").startswith(f"checks.py:{forbid}: ")


@pytest.mark.parametrize(
    ("code", "words"), [("1 / 0", "ZeroDivisionError: division by zero"), ("int('x')", "ValueError: invalid literal"), ("len(3)", "TypeError: object of type 'int' has no len()"), ("np.full((2,), 1, dtpe=float)", "TypeError: full() got an unexpected keyword argument")]
)  # fmt: skip
def test_what_is_no_slip_of_ours_is_quoted(folder: Path, code: str, words: str) -> None:
    assert words in complaint(folder, "attend = Task(", f"{code}\nattend = Task(")


def test_every_method_of_draw_helps(folder: Path) -> None:
    for name in (name for name in vars(Draw) if not name.startswith("_") and name != "rng"):
        with pytest.raises(TypeError) as caught:
            getattr(Draw(1), name)(nonsense=1)
        from autograder.course.spelling.python_errors import said

        assert said(caught.value, folder).startswith(f'draw.{name}(...) has no argument "nonsense"'), name


UNKNOWN = {
    "softmax": "torch.softmax",
    "sorted": "builtins.sorted",
    "backward": "torch.Tensor.backward",
    "nn.LSTM": "torch.nn.LSTM",
    "np.linalg.inv": "numpy.linalg.inv",
    "troch.softmax": "torch.softmax",
    "Torch.softmax": "torch.softmax",
    "torch.nn.LTSM": "torch.nn.LSTM",
    "torch.nn.softmax": "torch.nn.Softmax",
    "torch.nn.Functional.relu": "torch.nn.functional.relu",
    "torch.distribution": "torch.distributions",
    "torch.Tensor.bakward": "torch.Tensor.backward",
    "torch.autograd.grda": "torch.autograd.grad",
    "torch_geometrics": "torch_geometric",
    "numpy.linlag": "numpy.linalg",
    "numpy.linalg.ivn": "numpy.linalg.inv",
    "aten.sofmax": "aten.softmax",
    "torch.ops.aten.sofmax.int": "torch.ops.aten.softmax",
    "math.exq": "math.exp",
    "collections.Countr": "collections.Counter",
}
NO_NAME = ["", "torch.", ".softmax", "torch.softmax()", "torch softmax", "torch.*", "@"]
KNOWN = [
    "torch.autograd", "torch.Tensor.backward", "torch.nn.LSTM", "torch.nn.functional.softmax", "torch.nn.functional",
    "torch.nn.modules.rnn.LSTM", "torch.ops.aten.softmax", "torch._C._nn.linear", "torch.Tensor.__matmul__", "torch.func",
    "torch.distributions.Normal", "torch.nn.LSTM.forward", "torch.linalg.inv", "torch.utils.data.DataLoader", "torch.optim.Adam",
    "torch_geometric", "torch_geometric.nn.GCNConv", "sklearn.metrics", "a_library_of_this_course", "another.thing",
    "numpy", "numpy.linalg.inv", "math.exp", "itertools", "collections.Counter", "os.path.join", "builtins.sorted", "xml.etree.ElementTree",
    "antigravity",
]  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_name_that_is_nobodys(name: str) -> None:
    assert unknown(name) == f'there is no "{name}". Did you mean "{UNKNOWN[name]}"?'
    assert unknown(UNKNOWN[name]) is None


@pytest.mark.parametrize("name", NO_NAME)
def test_what_is_no_name_at_all(name: str) -> None:
    assert "is no dotted name" in (unknown(name) or "")


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_or_cannot_be(name: str) -> None:
    assert unknown(name) is None


def test_a_name_without_neighbours_is_refused_in_torchs_own_modules() -> None:
    assert unknown("torch.nn.xyzzyplugh") == 'there is no "torch.nn.xyzzyplugh". Give its full dotted name.'


def test_the_list_is_that_of_the_torch_which_is_here() -> None:
    """Whatever a torch that is a little older or newer lacks, the names that courses forbid are there."""
    torch = pytest.importorskip("torch")
    listed = dict(
        line.split(": ", 1) for line in LIST.read_text(encoding="utf-8").splitlines() if ":" in line and line[0] != "#"
    )
    assert list(listed) == [*MODULES, OPERATORS]
    del listed[OPERATORS]
    for module, names in listed.items():
        thing = torch.Tensor if module == "torch.Tensor" else importlib.import_module(module)
        missing = [name for name in names.split() if not hasattr(thing, name)]
        assert len(missing) <= len(names.split()) // 20, (module, missing)


def test_the_forbidden_names_of_our_own_assignments_are_known() -> None:
    for path in sorted((ROOT / "solutions").glob("*/checks.py")):
        for task in load_assignment(path.parent).tasks:
            assert isinstance(task, Task)
            assert [name for name in task.forbid if unknown(name)] == []
