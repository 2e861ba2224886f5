"""Forbidden calls: many ways to hide one, and many things that only look like one."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.authoring import Task
from autograder.course.assignment import Assignment, load_assignment
from autograder.course.cases import make_cases
from autograder.course.settings import read_settings
from autograder.errors import AssignmentError
from autograder.grading.findings import Forbidden
from autograder.grading.forbidden import find_forbidden, recorded_cases
from autograder.grading.forbidden.first_look import may_be, words_reached
from autograder.grading.forbidden.names import is_forbidden
from autograder.grading.forbidden.static import Reader
from autograder.grading.grader import Grader
from autograder.guest.wire import Array
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Outcome, Program, Sandbox, Status
from autograder.submissions.collect import Submission
from tests.paths import ROOT, TESTS
from tests.report_json import report_data, student_html

SOLUTIONS = ROOT / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/checks.py"))
GIVEN = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n"
X = Array(np.arange(12.0).reshape(3, 4) / 7)
SOFTMAX = ("torch.softmax",)
AUTOGRAD = ("torch.autograd", "torch.Tensor.backward", "torch.func")
LSTM = ("torch.nn.LSTM", "torch.nn.LSTMCell")


def program(source: str) -> Program:
    cells = textwrap.dedent(source).split("# %%")
    return Program((Cell(GIVEN, "given cell 1", "provided"), *(Cell(c, f"cell {n}") for n, c in enumerate(cells, 1))))


def findings(sandbox: Sandbox | None, forbid: tuple[str, ...], source: str) -> tuple[tuple[Forbidden, ...], Outcome]:
    """What the two witnesses say of f, and what f(X) gave. Without a sandbox there is one witness."""
    task, code = Task("f", points=0, forbid=forbid), program(source)
    outcome = Outcome(0, Status.RETURNED)
    if sandbox is not None:
        (outcome,) = sandbox.run(code, [FunctionCall(0, "f", "f", (X,), record=True)], Limits()).outcomes
    assignment, case = SimpleNamespace(tasks=(task,)), SimpleNamespace(id=0, task="f")
    return find_forbidden(assignment, code, [case], {0: outcome}), outcome  # type: ignore[arg-type, list-item]


EVASIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "by name": (SOFTMAX, "def f(x): return torch.softmax(x, 1)"),
    "functional": (SOFTMAX, "def f(x): return F.softmax(x, 1)"),
    "method": (SOFTMAX, "def f(x): return x.softmax(1)"),
    "method of a result": (SOFTMAX, "def f(x): return torch.exp(x).log().softmax(1)"),
    "unbound method": (SOFTMAX, "def f(x): return torch.Tensor.softmax(x, 1)"),
    "module": (SOFTMAX, "def f(x): return nn.Softmax(dim=1)(x)"),
    "module's home": (SOFTMAX, "from torch.nn.modules.activation import Softmax as S\ndef f(x): return S(1)(x)"),
    "special": (SOFTMAX, "def f(x): return torch.special.softmax(x, 1)"),
    "the operator behind, turned round": (
        ("torch.conv_transpose2d",),
        "def f(x): return torch.convolution(x[None, None], x[None, None, :2, :2], None, (1, 1), (0, 0), (1, 1), True, (0, 0), 1)",
    ),
    "private": (SOFTMAX, "def f(x): return torch._softmax(x, 1, False)"),
    "operator": (SOFTMAX, "def f(x): return torch.ops.aten.softmax.int(x, 1)"),
    "private operator": (SOFTMAX, "def f(x): return torch.ops.aten._softmax(x, 1, False)"),
    "binding": (SOFTMAX, "def f(x): return torch._C._VariableFunctions.softmax(x, 1)"),
    "renamed import": (SOFTMAX, "from torch import softmax as relu\ndef f(x): return relu(x, 1)"),
    "import inside": (SOFTMAX, "def f(x):\n    from torch.nn.functional import softmax\n    return softmax(x, 1)"),
    "star": (SOFTMAX, "from torch.nn.functional import *\ndef f(x): return softmax(x, 1)"),
    "alias of a module": (SOFTMAX, "import torch as t\nT = t\ndef f(x):\n    u = T\n    return u.softmax(x, 1)"),
    "alias in another cell": (SOFTMAX, "s = torch.softmax\n# %%\ndef f(x): return s(x, 1)"),
    "alias of an alias": (SOFTMAX, "a = F\nb = a.softmax\nc = b\ndef f(x):\n    d = c\n    return d(x, 1)"),
    "default": (SOFTMAX, "def f(x, g=torch.softmax): return g(x, 1)"),
    "global statement": (SOFTMAX, "g = None\ndef f(x):\n    global g\n    g = torch.softmax\n    return g(x, 1)"),
    "getattr": (SOFTMAX, "def f(x): return getattr(torch, 'softmax')(x, 1)"),
    "getattr under another name": (SOFTMAX, "g = getattr\ndef f(x): return g(torch, 'soft' + 'max')(x, 1)"),
    "getattr backwards": (SOFTMAX, "def f(x): return getattr(torch, 'xamtfos'[::-1])(x, 1)"),
    "getattr by codes": (SOFTMAX, "def f(x): return getattr(torch, ''.join(chr(c) for c in (115,111,102,116,109,97,120)))(x, 1)"),
    "getattr by f-string": (SOFTMAX, "n = 'max'\ndef f(x): return getattr(F, f'soft{n}')(x, 1)"),
    "getattr by base64": (SOFTMAX, "import base64\ndef f(x): return getattr(F, base64.b64decode('c29mdG1heA==').decode())(x, 1)"),
    "getattr in a loop": (SOFTMAX, "def f(x):\n    for n in ('soft' 'max',):\n        x = getattr(torch, n)(x, 1)\n    return x"),
    "getattr by join": (SOFTMAX, "def f(x): return getattr(torch, '_'.join(['soft', 'max']).replace('_', ''))(x, 1)"),
    "attrgetter": (SOFTMAX, "import operator\ndef f(x): return operator.attrgetter('nn.functional.softmax')(torch)(x, 1)"),
    "methodcaller": (SOFTMAX, "from operator import methodcaller\ndef f(x): return methodcaller('softmax', 1)(x)"),
    "__dict__": (SOFTMAX, "def f(x): return torch.__dict__['softmax'](x, 1)"),
    "vars": (SOFTMAX, "def f(x): return vars(F)['softmax'](x, 1)"),
    "__getattribute__": (SOFTMAX, "def f(x): return torch.__getattribute__('softmax')(x, 1)"),
    "globals": (SOFTMAX, "sm = torch.softmax\ndef f(x): return globals()['s' + 'm'](x, 1)"),
    "sys.modules": (SOFTMAX, "import sys\ndef f(x): return sys.modules['torch'].softmax(x, 1)"),
    "importlib": (SOFTMAX, "import importlib\ndef f(x): return importlib.import_module('torch.nn.functional').softmax(x, 1)"),
    "__import__": (SOFTMAX, "def f(x): return __import__('torch').softmax(x, 1)"),
    "eval": (SOFTMAX, "def f(x): return eval('torch.soft' + 'max')(x, 1)"),
    "exec": (SOFTMAX, "def f(x):\n    d = {}\n    exec('from torch import softmax as s', d)\n    return d['s'](x, 1)"),
    "exec of a definition": (SOFTMAX, "exec('def g(x): return torch.softmax(x, 1)')\ndef f(x): return g(x)"),
    "partial": (SOFTMAX, "import functools\ng = functools.partial(torch.softmax, dim=1)\ndef f(x): return g(x)"),
    "lambda": (SOFTMAX, "g = lambda x: torch.softmax(x, 1)\ndef f(x): return g(x)"),
    "comprehension": (SOFTMAX, "def f(x): return torch.stack([torch.softmax(r, 0) for r in x])"),
    "map": (SOFTMAX, "def f(x): return torch.stack(list(map(lambda r: r.softmax(0), x)))"),
    "table": (SOFTMAX, "T = {'a': torch.relu, 'b': torch.softmax}\ndef f(x): return T['b'](x, 1)"),
    "list": (SOFTMAX, "T = [torch.relu, torch.softmax]\ndef f(x): return T[-1](x, 1)"),
    "helper": (SOFTMAX, "def helper(x): return torch.softmax(x, 1)\n# %%\ndef f(x): return helper(x)"),
    "helper of a helper": (SOFTMAX, "def h(x): return torch.softmax(x, 1)\ndef g(x): return h(x)\n# %%\ndef f(x): return g(x)"),
    "nested": (SOFTMAX, "def f(x):\n    def g(y): return torch.softmax(y, 1)\n    return g(x)"),
    "class": (SOFTMAX, "class H:\n    def run(self, x): return torch.softmax(x, 1)\n# %%\ndef f(x): return H().run(x)"),
    "class attribute": (SOFTMAX, "class H:\n    s = torch.softmax\ndef f(x): return H.s(x, 1)"),
    "inherited": (SOFTMAX, "class H(nn.Softmax): pass\ndef f(x): return H(1)(x)"),
    "property": (SOFTMAX, "class H:\n    @property\n    def s(self): return F.softmax\n# %%\nh = H()\ndef f(x): return h.s(x, 1)"),
    "decorator": (SOFTMAX, "def d(g): return lambda x: torch.softmax(g(x), 1)\n@d\ndef f(x): return x"),
    "patched torch": (SOFTMAX, "torch.relu = torch.softmax\n# %%\ndef f(x): return torch.relu(x, 1)"),
    "setattr": (SOFTMAX, "setattr(torch, 'relu', F.softmax)\ndef f(x): return torch.relu(x, 1)"),
    "conditional": (SOFTMAX, "def f(x): return (torch.softmax if x.numel() else torch.relu)(x, 1)"),
    "walrus": (SOFTMAX, "def f(x): return (s := torch.softmax)(x, 1)"),
    "unpacked": (SOFTMAX, "a, b = torch.relu, torch.softmax\ndef f(x): return b(x, 1)"),
    "starred": (SOFTMAX, "def f(x): return (lambda g, *a: g(*a))(*[torch.softmax, x, 1])"),
    "found by looking": (SOFTMAX, "def f(x):\n    return next(v for k, v in vars(torch).items() if k[:4] == 'soft' and k[4:] == 'max')(x, 1)"),
    "name from data": (SOFTMAX, "def f(x):\n    n = bytes([115, 111, 102, 116]).decode() + 'max'\n    return getattr(x, n)(1)"),
    "in a thread": (SOFTMAX, "import threading\ndef f(x):\n    out = []\n    t = threading.Thread(target=lambda: out.append(getattr(x, 'soft' + 'MAX'.lower())(1)))\n    t.start(); t.join()\n    return out[0]"),
    "modes off": (SOFTMAX, "def f(x):\n    from torch.utils._python_dispatch import _disable_current_modes as off\n    with off(), torch._C.DisableTorchFunction():\n        return x.__getattribute__('softmax')(1)"),
    "script": (SOFTMAX, "@torch.jit.script\ndef g(x):\n    return torch.softmax(x, 1)\ndef f(x): return g(x)"),
    "assigned by a cell's code": (SOFTMAX, "h = {}\nfor n in ['softmax']: h[n] = torch.__dict__[n]\n# %%\ndef f(x): return h['softmax'](x, 1)"),
    "backward": (AUTOGRAD, "def f(x):\n    x = x.clone().requires_grad_(True)\n    (x * x).sum().backward()\n    return x.grad"),
    "grad": (AUTOGRAD, "from torch.autograd import grad\ndef f(x):\n    x = x.clone().requires_grad_(True)\n    return grad((x * x).sum(), x)[0]"),
    "autograd by getattr": (AUTOGRAD, "def f(x):\n    x.requires_grad = True\n    return getattr(torch, 'auto' 'grad').grad((x * x).sum(), x)[0]"),
    "func.grad": (AUTOGRAD, "from torch.func import grad\ndef f(x): return grad(lambda a: (a * a).sum())(x)"),
    "functorch": (AUTOGRAD, "import functorch\ndef f(x): return functorch.vjp(lambda a: (a * a).sum(), x)[1](torch.tensor(1.0, dtype=x.dtype))[0]"),
    "forward mode": (AUTOGRAD, "import torch.autograd.forward_ad as fwd\ndef f(x):\n    with fwd.dual_level():\n        return fwd.unpack_dual((fwd.make_dual(x, x) ** 2).sum()).tangent"),
    "jacobian": (AUTOGRAD, "j = torch.autograd.functional.jacobian\ndef f(x): return j(lambda a: (a * a).sum(), x)"),
    "engine": (AUTOGRAD, "e = torch.autograd.Variable._execution_engine\ndef f(x):\n    x = x.clone().requires_grad_(True)\n    z = (x * x).sum()\n    return e.run_backward((z,), (torch.ones_like(z),), False, False, (x,), allow_unreachable=True, accumulate_grad=False)[0]"),
    "backward by getattr": (AUTOGRAD, "def f(x):\n    x = x.clone().requires_grad_(True)\n    z = (x * x).sum()\n    getattr(z, 'back' + 'ward')()\n    return x.grad"),
    "derivative operator": (AUTOGRAD, "def f(x): return torch.ops.aten.sigmoid_backward(x, x)"),
    "custom function": (AUTOGRAD, "class G(torch.autograd.Function):\n    @staticmethod\n    def forward(c, x): return x * 2\n    @staticmethod\n    def backward(c, g): return g\ndef f(x): return G.apply(x)"),
    "LSTMCell": (LSTM, "def f(x): return nn.LSTMCell(4, 5, dtype=x.dtype)(x)"),
    "lstm_cell": (LSTM, "w = torch.ones(8, 4, dtype=torch.float64)\ndef f(x): return torch.lstm_cell(x, (x[:, :2], x[:, :2]), w, w[:, :2])"),
    "LSTM by its home": (LSTM, "import torch.nn.modules.rnn as r\ndef f(x): return r.LSTM(4, 5, dtype=x.dtype)(x[None])[0]"),
    "LSTM's own function": (LSTM, "def f(x):\n    m = getattr(nn, 'LS' + 'TM')(4, 5, dtype=x.dtype)\n    return m.forward(x[None])[0]"),
    "distribution": (("torch.distributions",), "from torch.distributions import Normal as N\ndef f(x): return N(x, x + 1).log_prob(x)"),
    "distribution by import_module": (("torch.distributions",), "import importlib as il\nd = il.import_module('torch.' + 'distributions')\ndef f(x): return d.Normal(x, x + 1).mean"),
    "Categorical for multinomial": (("torch.multinomial",), "def f(x): return torch.distributions.Categorical(logits=x).sample()"),
    "multinomial as a method": (("torch.multinomial",), "def f(x): return (x + 1).multinomial(1)"),
    "loss module": (("torch.nn.functional.cross_entropy",), "def f(x): return nn.CrossEntropyLoss()(x, torch.tensor([0, 1, 2]))"),
    "loss for its part": (("torch.nn.functional.nll_loss",), "def f(x): return F.cross_entropy(x, torch.tensor([0, 1, 2]))"),
    "attention": (("torch.nn.functional.scaled_dot_product_attention",), "def f(x): return torch._C._nn.scaled_dot_product_attention(x, x, x)"),
}  # fmt: skip


@pytest.mark.parametrize("name", EVASIONS)
def test_evasion_is_caught(name: str, sandbox: Sandbox) -> None:
    forbid, source = EVASIONS[name]
    found, outcome = findings(sandbox, forbid, source)
    assert outcome.status is Status.RETURNED, outcome.error
    certain = [f for f in found if f.certain]
    assert certain, found
    assert all(f.name in forbid and f.evidence and f.task == "f" for f in certain)
    assert all(f.line and f.where.startswith("cell ") for f in certain if f.kind == "static")


# What only the record shows: a method of something unknown, or a name that is not there before the code runs.
BEYOND_READING = {
    "method", "methodcaller", "map", "found by looking", "name from data", "in a thread", "modes off", "exec",
    "exec of a definition", "assigned by a cell's code", "backward", "backward by getattr", "multinomial as a method",
    "Categorical for multinomial", "loss for its part", "the operator behind, turned round",
}  # fmt: skip


def test_most_evasions_are_caught_by_reading_alone() -> None:
    """The record shows one call of each function; code that hides from that call must be caught by what it says."""
    found = {name: findings(None, forbid, source)[0] for name, (forbid, source) in EVASIONS.items()}
    missed = {name for name, known in found.items() if not any(f.certain for f in known)}
    assert missed == BEYOND_READING
    assert len([name for name in missed if found[name]]) >= 8  # ... of which staff are told


INNOCENT: dict[str, tuple[tuple[str, ...], str]] = {
    "by hand": (SOFTMAX, "def f(x):\n    e = (x - x.amax(1, keepdim=True)).exp()\n    return e / e.sum(1, keepdim=True)"),
    "own function of that name": (SOFTMAX, "def softmax(x): return x.exp() / x.exp().sum(1, keepdim=True)\n# %%\ndef f(x): return softmax(x)"),
    "own function after an import": (SOFTMAX, "from torch import softmax\ndef softmax(x): return x.exp()\n# %%\ndef f(x): return softmax(x)"),
    "own class of that name": (SOFTMAX, "class Softmax:\n    def __call__(self, x): return x.exp()\ndef f(x): return Softmax()(x)"),
    "own method of that name": (SOFTMAX, "class Net:\n    def softmax(self, x): return x.exp()\ndef f(x): return Net().softmax(x)"),
    "variable of that name": (SOFTMAX, "def f(x):\n    softmax = x.exp()\n    return softmax / softmax.sum(1, keepdim=True)"),
    "parameter of that name": (SOFTMAX, "def g(softmax, x): return softmax + x\ndef f(x): return g(x, x)"),
    "comment": (SOFTMAX, "def f(x):\n    # torch.softmax(x, 1) would do\n    return x.exp()"),
    "docstring": (SOFTMAX, "def f(x):\n    '''The same as torch.softmax(x, 1).'''\n    return x.exp()"),
    "text": (SOFTMAX, "def f(x):\n    print('not torch.softmax')\n    return x.exp()"),
    "key": (SOFTMAX, "def f(x):\n    d = {'softmax': x.exp()}\n    return d['softmax']"),
    "keyword argument": (SOFTMAX, "def g(x, softmax=False): return x\ndef f(x): return g(x, softmax=True)"),
    "other function": (SOFTMAX, "def f(x): return F.relu(x)"),
    "log-softmax by hand": (SOFTMAX, "def f(x): return x - x.logsumexp(1, keepdim=True)"),
    "sigmoid": (SOFTMAX, "def f(x): return torch.sigmoid(x)"),
    "unused import": (SOFTMAX, "from torch.nn.functional import softmax\nfrom torch import softmax as s\ndef f(x): return x.exp()"),
    "unused star": (SOFTMAX, "from torch.nn.functional import *\ndef f(x): return relu(x)"),
    "experiment in another cell": (SOFTMAX, "def f(x): return x.exp()\n# %%\nprint(torch.softmax(torch.ones(2, 2), 1))"),
    "comparison in another cell": (SOFTMAX, "def f(x): return x.exp()\n# %%\ndef compare(x): return f(x) - torch.softmax(x, 1)\ncompare(torch.ones(2, 2))"),
    "an older version": (SOFTMAX, "def f(x): return torch.softmax(x, 1)\n# %%\ndef f(x): return x.exp()"),
    "an older helper": (SOFTMAX, "def g(x): return torch.softmax(x, 1)\n# %%\ndef g(x): return x.exp()\ndef f(x): return g(x)"),
    "after return": (SOFTMAX, "def f(x):\n    return x.exp()\n    return torch.softmax(x, 1)"),
    "if False": (SOFTMAX, "def f(x):\n    if False:\n        return torch.softmax(x, 1)\n    return x.exp()"),
    "annotation": (SOFTMAX, "def f(x: torch.softmax) -> nn.Softmax:\n    y: F.softmax = x\n    return y"),
    "isinstance": (SOFTMAX, "def f(x): return x.exp() if not isinstance(x, nn.Softmax) else None"),
    "name of it": (SOFTMAX, "def f(x):\n    print(torch.softmax.__name__)\n    return x.exp()"),
    "part of a pair": (SOFTMAX, "a, b = torch.relu, torch.softmax\ndef f(x): return a(x)"),
    "entry of a table": (SOFTMAX, "T = {'a': torch.relu, 'b': torch.softmax}\ndef f(x): return T['a'](x)"),
    "another library's": (SOFTMAX, "import types\nlib = types.SimpleNamespace(softmax=lambda x: x)\ndef f(x): return lib.softmax(x)"),
    "no_grad": (AUTOGRAD, "def f(x):\n    with torch.no_grad():\n        return x * 2"),
    "no_grad of autograd": (AUTOGRAD, "def f(x):\n    with torch.autograd.no_grad(), torch.autograd.set_grad_enabled(False):\n        return x * 2"),
    "inference mode": (AUTOGRAD, "@torch.inference_mode()\ndef f(x): return x * 2"),
    "print of a tensor": (AUTOGRAD, "def f(x):\n    print(x, [x], {'x': nn.Parameter(x)}, f'{x}')\n    return x * 2"),
    "copies": (AUTOGRAD, "import copy, io\ndef f(x):\n    file = io.BytesIO()\n    torch.save(copy.deepcopy(x), file)\n    return torch.load(io.BytesIO(file.getvalue()))"),
    "module and optimiser": (AUTOGRAD, "def f(x):\n    net = nn.Sequential(nn.Linear(4, 2), nn.ReLU()).double()\n    step = torch.optim.Adam(net.parameters())\n    step.zero_grad()\n    net[0].weight.grad = torch.ones_like(net[0].weight)\n    step.step()\n    return net(x).detach()"),
    "compared by testing": (AUTOGRAD, "def f(x):\n    torch.testing.assert_close(x, x.clone())\n    return x * 2"),
    "variable named backward": (AUTOGRAD, "def f(x):\n    backward = x * 2\n    return backward"),
    "own backward": (AUTOGRAD, "class Layer:\n    def backward(self, g): return g * 2\ndef f(x): return Layer().backward(x)"),
    "own grad": (AUTOGRAD, "def grad(x): return 2 * x\ndef f(x): return grad(x)"),
    "own autograd": (AUTOGRAD, "class autograd:\n    @staticmethod\n    def grad(x): return 2 * x\ndef f(x): return autograd.grad(x)"),
    "training in another cell": (AUTOGRAD, "def f(x): return x * 2\n# %%\nw = torch.ones(2, requires_grad=True)\nf(w).sum().backward()"),
    "detach": (AUTOGRAD, "def f(x): return x.detach().clone().requires_grad_(False)"),
    "is it needed": (AUTOGRAD, "def f(x): return x if x.requires_grad or x.grad is not None else x * 2"),
    "vmap": (AUTOGRAD, "def f(x): return torch.vmap(lambda r: r.sum())(x)"),
    "hooks switched off": (AUTOGRAD, "def f(x):\n    with torch.autograd.graph.disable_saved_tensors_hooks('as vmap does'):\n        return x * 2"),
    "LSTM by hand": (LSTM, "def lstm_cell(x, h, c):\n    i, g = torch.sigmoid(x), torch.tanh(h)\n    return i * g + c\n# %%\ndef f(x): return lstm_cell(x, x, x)"),
    "own LSTM": (LSTM, "class LSTM:\n    def step(self, x): return torch.tanh(x)\ndef f(x): return LSTM().step(x)"),
    "linear and GRU": (LSTM, "def f(x): return nn.GRUCell(4, 5, dtype=x.dtype)(nn.Linear(4, 4, dtype=x.dtype)(x))"),
    "normal numbers": (("torch.distributions",), "def f(x): return x + torch.randn(3, 4, dtype=x.dtype)"),
    "own distributions": (("torch.distributions",), "distributions = {'normal': 1}\ndef f(x): return x * distributions['normal']"),
    "multinomial by hand": (("torch.multinomial",), "def f(x): return torch.searchsorted(x.abs().cumsum(1), torch.rand(3, 1, dtype=x.dtype))"),
    "log_softmax for cross-entropy": (("torch.nn.functional.cross_entropy",), "def f(x): return F.nll_loss(F.log_softmax(x, 1), torch.tensor([0, 1, 2]))"),
    "attention by hand": (("torch.nn.functional.scaled_dot_product_attention",), "def f(x): return torch.softmax(x @ x.T, 1) @ x"),
    "square error by hand": (("torch.nn.functional.mse_loss",), "def f(x):\n    mse_loss = ((x - 1) ** 2).mean()\n    return mse_loss"),
}  # fmt: skip


@pytest.mark.parametrize("name", INNOCENT)
def test_innocent_is_not_accused(name: str, sandbox: Sandbox) -> None:
    forbid, source = INNOCENT[name]
    found, outcome = findings(sandbox, forbid, source)
    assert outcome.status is Status.RETURNED, outcome.error
    assert [f for f in found if f.certain] == []


@pytest.mark.parametrize("name", [*EVASIONS, *INNOCENT])
def test_a_first_look_spares_nothing_that_reading_would_find(name: str) -> None:
    forbid, source = {**EVASIONS, **INNOCENT}[name]
    code, task = program(source), Task("f", points=0, forbid=forbid)
    if list(Reader(code).findings(task)):
        assert suspected(code, forbid)


def test_a_first_look_spares_plain_work() -> None:
    source = "import torch\ndef lstm_backward(x):\n    function = torch.tanh(x) @ x.T\n    return function.sum()"
    assert not suspected(program(source), (*SOFTMAX, *AUTOGRAD, *LSTM), "lstm_backward")


def test_a_first_look_follows_what_the_function_reaches_and_nothing_else() -> None:
    other = "def f(x): return x\ndef penalty(x): return torch.autograd.grad(x.sum(), x)\npenalty(torch.ones(1))"
    assert not suspected(program(other), AUTOGRAD)
    assert suspected(program(other), AUTOGRAD, "penalty")
    local = "def f(x):\n    loss = x\n    return loss\n# %%\ndef penalty(x): return torch.autograd.grad(x.sum(), x)\nloss = penalty(X)"
    assert not suspected(program(local), AUTOGRAD)
    default = "def f(x, loss=loss): return loss\n# %%\ndef penalty(x): return torch.autograd.grad(x.sum(), x)\nloss = penalty(X)"
    assert suspected(program(default), AUTOGRAD)
    helper = "def f(x): return slope(x)\n# %%\ndef slope(x): return penalty(x)\ndef penalty(x): return torch.autograd.grad(x.sum(), x)"
    assert suspected(program(helper), AUTOGRAD)
    for patch in ("torch.relu = torch.softmax", "def late(): setattr(torch, 'relu', torch.softmax)\nlate()"):
        assert suspected(program(f"def f(x): return torch.relu(x)\n{patch}"), SOFTMAX)


def suspected(code: Program, forbid: tuple[str, ...], function: str = "f") -> bool:
    said = words_reached(code, [function])
    return any(may_be(said, forbidden) for forbidden in forbid)


def test_a_method_of_unknown_objects_is_only_told() -> None:
    found, _ = findings(None, AUTOGRAD, "def f(x):\n    return [layer.backward(1) for layer in x]")
    assert [(f.certain, f.line, f.where) for f in found] == [(False, 2, "cell 1")] * len(found)
    assert found
    assert "backward" in found[0].evidence


def test_where_it_stands() -> None:
    found, _ = findings(
        None, SOFTMAX, "y = 1\n# %%\ndef g(x):\n    z = x\n    return F.softmax(z, 1)\n# %%\ndef f(x):\n    return g(x)"
    )
    assert [(f.where, f.line, f.evidence, f.kind) for f in found] == [
        ("cell 2", 4, "uses torch.nn.functional.softmax", "static")
    ]


MONSTERS = {
    "attributes": "def f(x): return x" + ".a" * 1400,
    "calls": "def f(x): return x" + "()" * 1400,
    "sum of texts": "def f(x): return getattr(torch, " + " + ".join(["'a'"] * 1400) + ")(x)",
    "brackets": "def f(x): return " + "[" * 90 + "]" * 90,
    "unary": "def f(x): return " + "-" * 1400 + "1",
    "nested functions": "def f(x):\n" + "".join(" " * n + f"def g{n}():\n" for n in range(1, 90)) + " " * 90 + "pass",
    "aliases": "a0 = torch\n"
    + "".join(f"a{n} = a{n - 1}\n" for n in range(1, 3000))
    + "def f(x): return a2999.softmax(x, 1)",
    "circle": "a = b\nb = a\ndef f(x): return a.softmax(b, a)",
    "doubling": "a = 'ab'\n"
    + "".join(f"a{n} = a{n - 1 if n else ''} + a{n - 1 if n else ''}\n" for n in range(60))
    + "def f(x): return getattr(torch, a59)",
    "powers": "def f(x): return getattr(torch, 'a' * 10 ** 9 + '%1000000000s' % 'a')",
    "branches": "def f(x):\n" + "".join(f"    a = a.b if a else a.c{n}\n" for n in range(2000)) + "    return a",
    "eval of eval": "def f(x): return eval(" + repr("eval(" * 50 + "'x'" + ")" * 50) + ")",
    "exec of itself": "s = 'exec(s)'\ndef f(x): exec(s)",
    "no Python": "def f(x: return",
    "a megabyte": "def f(x): return [" + "torch.relu," * 20_000 + "]",
}


@pytest.mark.parametrize("source", MONSTERS.values(), ids=MONSTERS)
def test_monsters_are_read_in_no_time(source: str) -> None:
    import time

    started = time.process_time()
    found, _ = findings(None, (*SOFTMAX, *AUTOGRAD), source)
    assert len(found) <= 20
    assert time.process_time() - started < 10


def test_what_is_spent_before_a_task_is_read_is_told_of_the_task() -> None:
    """Patches are read first: behind some that are too large, one hides in a task that resolves nothing more."""
    large = "setattr(torch, ('a,' * 3000).split(',')[0], 1)\n" * 4000
    found, _ = findings(None, SOFTMAX, f"{large}setattr(torch, 'relu', torch.softmax)\ndef f(x): return torch.relu(x)")
    assert any("not read to the end" in one.evidence for one in found)


@pytest.mark.parametrize(("setting", "points"), [("zero", 0.0), ("flag", 10.0)])
def test_what_a_certain_finding_costs_is_the_assignments_choice(setting: str, points: float, sandbox: Sandbox) -> None:
    target = load_assignment(TESTS / "hostile" / "course" / "solutions" / "66-hostile")
    grader = Grader(replace(target, forbidden=setting), b"x", sandbox)
    source = b"import torch\ndef softmax_rows(X):\n    return torch.softmax(X, 1)\n"
    report = grader.grade(Submission("kim", "kim.py", source))
    data = report_data(report)
    assert [task.earned for task in report.tasks] == [points, 0.0]
    assert bool(data["tasks"][0]["forbidden"]) is (setting == "zero")  # what the student reads
    assert {(f["certain"], f["costs"]) for f in data["staff"]["forbidden"]} == {(True, setting == "zero")}
    assert ("gives no points" in student_html(data, "en")) is (setting == "zero")


def test_the_setting_is_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "assignment.yml"
    text = "title: {en: a, ko: b}\nlecture: 1\nnotebook: a\n"
    for line, expected in (("", "zero"), ("forbidden: flag", "flag"), ("forbidden: zero", "zero")):
        path.write_text(text + line)
        assert read_settings(path).forbidden == expected
    path.write_text(text + "forbidden: half")
    with pytest.raises(AssignmentError, match='must be zero or flag, not "half"'):
        read_settings(path)


# -- the course's own assignments --------------------------------------------------------------------------------------

LABELS = "torch.tensor([0, 1, 2])"
USES = {
    "numpy.dot": "torch.as_tensor(__import__('numpy').dot(x.numpy(), x.T.numpy()))",
    "numpy.einsum": "torch.as_tensor(__import__('numpy').einsum('ij,kj->ik', x.numpy(), x.numpy()))",
    "numpy.inner": "torch.as_tensor(__import__('numpy').inner(x.numpy(), x.numpy()))",
    "numpy.matmul": "torch.as_tensor(__import__('numpy').matmul(x.numpy(), x.T.numpy()))",
    "numpy.tensordot": "torch.as_tensor(__import__('numpy').tensordot(x.numpy(), x.T.numpy(), 1))",
    "torch.addmm": "torch.addmm(torch.zeros(3, 3).double(), x, x.T)",
    "torch.baddbmm": "torch.baddbmm(torch.zeros(1, 3, 3).double(), x[None], x.T[None])",
    "torch.bmm": "torch.bmm(x[None], x.T[None])",
    "torch.chain_matmul": "torch.chain_matmul(x, x.T)",
    "torch.dot": "torch.dot(x[0], x[1])",
    "torch.einsum": "torch.einsum('ij,kj->ik', x, x)",
    "torch.inner": "torch.inner(x, x)",
    "torch.linalg.multi_dot": "torch.linalg.multi_dot([x, x.T, x])",
    "torch.matmul": "torch.matmul(x, x.T)",
    "torch.mm": "torch.mm(x, x.T)",
    "torch.mv": "torch.mv(x, x[0])",
    "torch.tensordot": "torch.tensordot(x, x.T, 1)",
    "torch.vdot": "torch.vdot(x[0], x[1])",
    "networkx": "__import__('networkx').Graph()",
    "torch.Tensor.backward": "(x.clone().requires_grad_() ** 2).sum().backward()",
    "torch.autograd": "torch.autograd.grad((y := x.clone().requires_grad_()).square().sum(), y)[0]",
    "torch.distributions": "torch.distributions.Normal(x, x + 1).log_prob(x)",
    "torch.func": "torch.func.grad(lambda a: (a * a).sum())(x)",
    "torch.log_softmax": "torch.log_softmax(x, 1)",
    "torch.lstm": "torch.lstm(x[None], [torch.zeros(1, 3, 2).double()] * 2, [torch.ones(8, 4).double(), torch.ones(8, 2).double()], False, 1, 0.0, False, False, False)[0]",
    "torch.lstm_cell": "torch.lstm_cell(x, [x[:, :2]] * 2, torch.ones(8, 4).double(), torch.ones(8, 2).double())",
    "torch.multinomial": "torch.multinomial(x + 1, 1)",
    "torch.nn.BCELoss": "torch.nn.BCELoss()(x.sigmoid(), x.sigmoid())",
    "torch.nn.BCEWithLogitsLoss": "torch.nn.BCEWithLogitsLoss()(x, x.sigmoid())",
    "torch.nn.CrossEntropyLoss": f"torch.nn.CrossEntropyLoss()(x, {LABELS})",
    "torch.nn.GaussianNLLLoss": "torch.nn.GaussianNLLLoss()(x, x, x + 1)",
    "torch.nn.LSTM": "torch.nn.LSTM(4, 2, dtype=x.dtype)(x[None])[0]",
    "torch.nn.LSTMCell": "torch.nn.LSTMCell(4, 2, dtype=x.dtype)(x)",
    "torch.nn.LogSoftmax": "torch.nn.LogSoftmax(1)(x)",
    "torch.nn.MSELoss": "torch.nn.MSELoss()(x, x)",
    "torch.nn.MultiheadAttention": "torch.nn.MultiheadAttention(4, 1, dtype=x.dtype)(x, x, x)[0]",
    "torch.nn.NLLLoss": f"torch.nn.NLLLoss()(x, {LABELS})",
    "torch.nn.Softmax": "torch.nn.Softmax(1)(x)",
    "torch.nn.functional.binary_cross_entropy": "F.binary_cross_entropy(x.sigmoid(), x.sigmoid())",
    "torch.nn.functional.binary_cross_entropy_with_logits": "F.binary_cross_entropy_with_logits(x, x.sigmoid())",
    "torch.nn.functional.cross_entropy": f"F.cross_entropy(x, {LABELS})",
    "torch.nn.functional.gaussian_nll_loss": "F.gaussian_nll_loss(x, x, x + 1)",
    "torch.nn.functional.kl_div": "F.kl_div(x, x + 1, reduction='sum')",
    "torch.nn.functional.log_softmax": "F.log_softmax(x, 1)",
    "torch.nn.functional.mse_loss": "F.mse_loss(x, x)",
    "torch.nn.functional.nll_loss": f"F.nll_loss(x, {LABELS})",
    "torch.nn.functional.scaled_dot_product_attention": "F.scaled_dot_product_attention(x, x, x)",
    "torch.nn.functional.softmax": "F.softmax(x, 1)",
    "torch.softmax": "torch.softmax(x, 1)",
    "scipy": "__import__('scipy').linalg.svd(x)",
    "sklearn": "__import__('sklearn').cluster.KMeans(2).fit(x)",
    "torch.batch_norm": "torch.batch_norm(x, None, None, None, None, True, 0.1, 1e-5, False)",
    "torch.conv2d": "torch.conv2d(x[None, None], x[None, None, :2, :2])",
    "torch.conv3d": "torch.conv3d(x[None, None, None], x[None, None, None, :2, :2])",
    "torch.conv_transpose2d": "torch.conv_transpose2d(x[None, None], x[None, None, :2, :2])",
    "torch.convolution": "torch.convolution(x[None, None], x[None, None, :2, :2], None, (1, 1), (0, 0), (1, 1), False, (0, 0), 1)",
    "torch.dropout": "torch.dropout(x, 0.5, True)",
    "torch.max_pool2d": "torch.max_pool2d(x[None, None], 2)",
    "torch.native_batch_norm": "torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)[0]",
    "torch.native_dropout": "torch.native_dropout(x, 0.5, True)[0]",
    "torch.nn.AdaptiveAvgPool2d": "torch.nn.AdaptiveAvgPool2d(2)(x[None])",
    "torch.nn.AdaptiveMaxPool2d": "torch.nn.AdaptiveMaxPool2d(2)(x[None])",
    "torch.nn.AvgPool2d": "torch.nn.AvgPool2d(2)(x[None])",
    "torch.nn.BatchNorm1d": "torch.nn.BatchNorm1d(4, dtype=x.dtype)(x)",
    "torch.nn.Conv2d": "torch.nn.Conv2d(1, 1, 2, dtype=x.dtype)(x[None, None])",
    "torch.nn.Conv3d": "torch.nn.Conv3d(1, 1, 1, dtype=x.dtype)(x[None, None, None])",
    "torch.nn.ConvTranspose2d": "torch.nn.ConvTranspose2d(1, 1, 2, dtype=x.dtype)(x[None, None])",
    "torch.nn.Dropout": "torch.nn.Dropout(0.5)(x)",
    "torch.nn.FractionalMaxPool2d": "torch.nn.FractionalMaxPool2d(2, output_size=2)(x[None])",
    "torch.nn.LPPool2d": "torch.nn.LPPool2d(2, 2)(x[None])",
    "torch.nn.MaxPool2d": "torch.nn.MaxPool2d(2)(x[None])",
    "torch.nn.RNN": "torch.nn.RNN(4, 2, dtype=x.dtype)(x[None])[0]",
    "torch.nn.RNNCell": "torch.nn.RNNCell(4, 2, dtype=x.dtype)(x)",
    "torch.nn.Softshrink": "torch.nn.Softshrink()(x)",
    "torch.nn.functional.adaptive_avg_pool2d": "F.adaptive_avg_pool2d(x[None], 2)",
    "torch.nn.functional.adaptive_max_pool2d": "F.adaptive_max_pool2d(x[None], 2)",
    "torch.nn.functional.avg_pool2d": "F.avg_pool2d(x[None], 2)",
    "torch.nn.functional.batch_norm": "F.batch_norm(x, None, None, training=True)",
    "torch.nn.functional.conv2d": "F.conv2d(x[None, None], x[None, None, :2, :2])",
    "torch.nn.functional.conv3d": "F.conv3d(x[None, None, None], x[None, None, None, :2, :2])",
    "torch.nn.functional.conv_transpose2d": "F.conv_transpose2d(x[None, None], x[None, None, :2, :2])",
    "torch.nn.functional.dropout": "F.dropout(x, 0.5)",
    "torch.nn.functional.fractional_max_pool2d": "F.fractional_max_pool2d(x[None], 2, output_size=2)",
    "torch.nn.functional.lp_pool2d": "F.lp_pool2d(x[None], 2, 2)",
    "torch.nn.functional.max_pool2d": "F.max_pool2d(x[None], 2)",
    "torch.nn.functional.max_pool2d_with_indices": "F.max_pool2d_with_indices(x[None], 2)[0]",
    "torch.nn.functional.softshrink": "F.softshrink(x)",
    "torch.nn.grad": "torch.nn.grad.conv2d_input((1, 1, 3, 4), x[None, None, :2, :2], x[None, None, :2, :3])",
    "torch.nn.utils.clip_grad_norm_": "(p := torch.nn.Parameter(x.clone()), setattr(p, 'grad', x.clone()), torch.nn.utils.clip_grad_norm_([p], 1.0))[2]",
    "torch.ops.aten.native_batch_norm_backward": "torch.ops.aten.native_batch_norm_backward(x, x, None, None, None, x.mean(0), x.var(0).rsqrt(), True, 1e-5, [True, False, False])[0]",
    "torch.optim": "(p := torch.nn.Parameter(x.clone()), setattr(p, 'grad', x.clone()), torch.optim.SGD([p], lr=0.1).step())[0].detach()",
    "torch.pca_lowrank": "torch.pca_lowrank(x, q=2)[0]",
    "torch.rnn_tanh": "torch.rnn_tanh(x[None], torch.zeros(1, 3, 2).double(), [torch.ones(2, 4).double(), torch.ones(2, 2).double()], False, 1, 0.0, False, False, False)[0]",
    "torch.rnn_tanh_cell": "torch.rnn_tanh_cell(x, x[:, :2], torch.ones(2, 4).double(), torch.ones(2, 2).double())",
    "torch.svd_lowrank": "torch.svd_lowrank(x, q=2)[0]",
    "torch.nn.KLDivLoss": "torch.nn.KLDivLoss(reduction='sum')(x, x.sigmoid())",
    "torch.nn.Linear": "torch.nn.Linear(4, 2, dtype=x.dtype)(x)",
    "torch.nn.MaxUnpool2d": "torch.nn.MaxUnpool2d(2)(x[None, :1, :2], torch.tensor([[[0, 3]]]))",
    "torch.nn.Upsample": "torch.nn.Upsample(scale_factor=2)(x[None, None])",
    "torch.nn.UpsamplingBilinear2d": "torch.nn.UpsamplingBilinear2d(scale_factor=2)(x[None, None])",
    "torch.nn.UpsamplingNearest2d": "torch.nn.UpsamplingNearest2d(scale_factor=2)(x[None, None])",
    "torch.nn.functional.grid_sample": "F.grid_sample(x[None, None], torch.zeros(1, 2, 2, 2).double(), align_corners=False)",
    "torch.nn.functional.interpolate": "F.interpolate(x[None, None], scale_factor=2)",
    "torch.nn.functional.linear": "F.linear(x, x)",
    "torch.nn.functional.max_unpool2d": "F.max_unpool2d(x[None, :1, :2], torch.tensor([[[0, 3]]]), 2)",
    "torch.nn.functional.upsample": "F.upsample(x[None, None], scale_factor=2)",
    "torchvision": "__import__('torchvision').ops.nms(x, x[:, 0], 0.5)",
    "torch_geometric": "__import__('torch_geometric').nn.GCNConv(4, 2)",
}  # fmt: skip
# Written in Python: what they run are other operators, so that only a reader sees them. A profiler is not told of
# numpy's functions, which are callable objects.
ONLY_READ = (
    *("torch.nn.utils.clip_grad_norm_", "torch.pca_lowrank", "torch.svd_lowrank"),
    *(f"numpy.{name}" for name in ("dot", "einsum", "inner", "matmul", "tensordot")),
)
NOT_INSTALLED = ("networkx", "scipy", "sklearn", "torch_geometric", "torchvision")


def assignments() -> list[Assignment]:
    return [load_assignment(SOLUTIONS / slug) for slug in SLUGS]


def all_forbidden() -> list[str]:
    return sorted({name for assignment in assignments() for task in assignment.tasks for name in task.forbid})


@pytest.mark.parametrize("forbidden", all_forbidden())
def test_what_the_assignments_forbid_is_seen_by_both_witnesses(forbidden: str, sandbox: Sandbox) -> None:
    """A name that is new in a checks.py needs a line in USES."""
    source = f"def f(x):\n    return {USES[forbidden]}"
    found, outcome = findings(sandbox, (forbidden,), source)
    kinds = {f.kind for f in found if f.certain}
    if forbidden in NOT_INSTALLED:
        assert "static" in kinds
        return
    assert outcome.status is Status.RETURNED, outcome.error
    assert ("recorded" in kinds) is (forbidden not in ONLY_READ)
    if forbidden != "torch.Tensor.backward":  # x.backward(): x could be anybody's, to a reader
        assert "static" in kinds


@pytest.mark.parametrize("slug", SLUGS)
def test_right_answers_are_accused_of_nothing(slug: str, sandbox: Sandbox) -> None:
    assignment = load_assignment(SOLUTIONS / slug)
    cases = make_cases(assignment, b"innocent")
    recorded = recorded_cases(assignment, cases)
    calls = [case.function_call(record=True) for case in cases if case.id in recorded]
    calls = [replace(call, repeat=1, gradient=()) for call in calls]
    solution = assignment.solution_program()
    versions = {"solution": solution, **{v.name: solution.then(v.source, v.name) for v in assignment.variants}}
    for name, code in versions.items():
        outcomes = {o.id: o for o in sandbox.run(code, calls, assignment.limits).outcomes}
        assert {o.status for o in outcomes.values()} <= {Status.RETURNED}, name
        assert any(o.operators for o in outcomes.values()) or not outcomes  # some tasks need no operator
        mine = [case for case in cases if case.id in outcomes]
        assert find_forbidden(assignment, code, mine, outcomes) == (), name


@pytest.mark.parametrize(
    ("forbidden", "used", "same"),
    [
        ("torch.nn.LSTM", "torch.nn.LSTMCell", False),
        ("torch.autograd", "torch.autograd.grad_mode.no_grad.__enter__", False),
        ("torch.autograd", "torch.autogradual", False),
        ("torch.autograd", "torch.autograd.forward_ad.unpack_dual", False),
        ("torch.autograd", "torch.autograd.forward_ad.make_dual", True),
        ("torch.softmax", "aten._softmax_backward_data.default", False),
        ("torch.softmax", "aten._log_softmax.default", False),
        ("torch.nn.functional.cross_entropy", "aten.nll_loss_forward.default", False),
        ("torch.nn.functional.binary_cross_entropy", "aten.binary_cross_entropy_with_logits.default", False),
        ("torch.softmax", "mine.softmax", False),
        ("torch.softmax", "torch.nn.modules.activation.Softmax.forward", True),
        ("torch.softmax", "torch.ops.aten.softmax.int", True),
        ("torch.autograd", "torch._C._EngineBase.run_backward", True),
        ("torch.distributions", "torch.distributions.normal.Normal.rsample", True),
    ],
)
def test_one_thing_under_many_names(forbidden: str, used: str, same: bool) -> None:
    assert is_forbidden(forbidden, used) is same


# -- what is read besides the last definition ------------------------------------------------------------------------


USES_IT = "import torch\ndef helper(x): return torch.softmax(x, 0)\n"


@pytest.mark.parametrize(
    ("files", "cells", "where"),
    [
        ({"utils.py": USES_IT}, ["from utils import helper\ndef f(x): return helper(x)"], "utils.py"),
        ({"utils.py": USES_IT}, ["import utils\ndef f(x): return utils.helper(x)"], "utils.py"),
        ({"lib/utils.py": USES_IT}, ["import lib.utils as u\ndef f(x): return u.helper(x)"], "lib/utils.py"),
        ({"utils.py": USES_IT}, ["from utils import *\ndef f(x): return helper(x)"], "utils.py"),
        ({"utils.py": USES_IT.replace("helper", "f")}, ["from utils import f"], "utils.py"),
        ({}, [USES_IT.replace("helper", "f"), "f = []"], "cell 1"),
        ({}, [USES_IT.replace("helper", "f"), "class f: pass"], "cell 1"),
        ({}, [USES_IT.replace("helper", "f"), "f = f(torch.ones(2))"], "cell 1"),
        ({}, [USES_IT.replace("helper", "f"), "f, g = 1, 2"], "cell 1"),
    ],
)
def test_what_is_graded_is_read(files, cells, where):
    from autograder.authoring import Task
    from autograder.grading.forbidden.first_look import may_be, words_reached
    from autograder.grading.forbidden.static import Reader
    from autograder.sandbox.interface import Cell, Program, ProgramFile

    program = Program(
        tuple(Cell(source, f"cell {n}") for n, source in enumerate(cells, 1)),
        files=tuple(ProgramFile(path, text.encode()) for path, text in files.items()),
    )
    task = Task("f", points=1, forbid=("torch.softmax",))
    assert may_be(words_reached(program, task.functions), "torch.softmax")
    assert where in {finding.where for finding in Reader(program).findings(task)}


def test_a_helper_that_stays_the_students_is_read():
    from autograder.authoring import Task
    from autograder.grading.forbidden.static import Reader
    from autograder.sandbox.interface import Cell, Program

    given = Cell("def helper(x): return x", "given", "provided")
    for kept, count in (((), 0), (("helper",), 1)):
        cells = (
            given,
            Cell(USES_IT, "cell 1"),
            Cell(given.source, "given", "provided", kept),
            Cell("def f(x): return helper(x)", "cell 2"),
        )
        found = list(Reader(Program(cells)).findings(Task("f", points=1, forbid=("torch.softmax",))))
        assert len(found) == count
