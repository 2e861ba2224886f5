"""Ways past the two witnesses of forbidden calls: what staff are not told of is named in SECURITY.md; and innocent twins.

Beside those of `tests/grading/test_forbidden.py`, which must be certain, these need only be told: some hide what they call behind
something that nobody can follow, or from the record itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.findings import Forbidden
from autograder.sandbox.interface import FunctionCall, Limits, Sandbox, Status
from tests.grading import test_forbidden as known
from tests.grading.test_forbidden import AUTOGRAD, SOFTMAX, X, findings, program

SECURITY = Path(__file__).parents[2] / "SECURITY.md"
MANUAL = "x.exp() / x.exp().sum(1, keepdim=True)"

# The code comes with what it remembers, finds or hides; each gives the right answer by the forbidden function.
SLY: dict[str, tuple[tuple[str, ...], str]] = {
    "match of a class": (SOFTMAX, "def f(x):\n    match torch:\n        case object(softmax=s): return s(x, 1)"),
    "match of a name": (SOFTMAX, "def f(x):\n    match torch:\n        case m: return m.softmax(x, 1)"),
    "match of a value": (SOFTMAX, "def f(x):\n    match {'a': torch.softmax}:\n        case {'a': g}: return g(x, 1)"),
    "match of a sequence": (SOFTMAX, "def f(x):\n    match [torch.relu, torch.softmax]:\n        case [_, g]: return g(x, 1)"),
    "match or": (SOFTMAX, "def f(x):\n    match torch.nn:\n        case object(functional=object(softmax=s)) | s: return s(x, 1)"),
    "match in another cell": (SOFTMAX, "match torch.softmax:\n    case g: pass\n# %%\ndef f(x): return g(x, 1)"),
    "re-exported": (SOFTMAX, "def f(x): return F.torch.softmax(x, 1)"),
    "re-exported twice": (SOFTMAX, "def f(x): return torch.nn.modules.activation.F.softmax(x, 1)"),
    "re-exported by a module": (SOFTMAX, "import torch.nn.modules.activation as a\ndef f(x): return a.torch.softmax(x, 1)"),
    "re-exported by a beginning": (SOFTMAX, "def f(x): return torch.nn.init.torch.softmax(x, 1)"),
    "pkgutil": (SOFTMAX, "import pkgutil\ndef f(x): return pkgutil.resolve_name('torch:softmax')(x, 1)"),
    "pkgutil with dots": (SOFTMAX, "from pkgutil import resolve_name as r\ng = r('torch.nn.functional.softmax')\ndef f(x): return g(x, 1)"),
    "pydoc": (SOFTMAX, "import pydoc\ndef f(x): return pydoc.locate('torch.softmax')(x, 1)"),
    "formatter": (SOFTMAX, "import string\ndef f(x): return string.Formatter().get_field('0.softmax', (torch,), {})[0](x, 1)"),
    "referents": (SOFTMAX, "import gc\ndef f(x): return next(d for d in gc.get_referents(torch) if type(d) is dict)['soft' 'max'](x, 1)"),
    "annotation": (SOFTMAX, "def h(a: torch.softmax): pass\ndef f(x): return h.__annotations__['a'](x, 1)"),
    "annotation of a class": (SOFTMAX, "class H:\n    a: F.softmax\ndef f(x): return H.__annotations__['a'](x, 1)"),
    "type hints": (SOFTMAX, "import typing\ndef h(a: torch.softmax): pass\ndef f(x): return typing.get_type_hints(h)['a'](x, 1)"),
    "signature": (SOFTMAX, "import inspect\ndef h(a: torch.softmax): pass\ndef f(x): return inspect.signature(h).parameters['a'].annotation(x, 1)"),
    "timeit": (SOFTMAX, "import timeit\ndef f(x):\n    out = []\n    timeit.timeit('out.append(torch.softmax(x, 1))', number=1, globals={'torch': torch, 'x': x, 'out': out})\n    return out[0]"),
    "timer": (SOFTMAX, "import timeit\nout = []\ndef f(x):\n    timeit.Timer(stmt='o.append(t.softmax(x, 1))', setup='import torch as t', globals=dict(x=x, o=out)).timeit(1)\n    return out[-1]"),
    "fx": (SOFTMAX, "import torch.fx\nclass M(nn.Module):\n    def forward(self, x): return x.softmax(1)\ng = torch.fx.symbolic_trace(M())\ndef f(x): return g(x)"),
    "reduce": (SOFTMAX, "import functools\ndef f(x): return functools.reduce(getattr, ['nn', 'functional', 'softmax'], torch)(x, 1)"),
    "getitem": (SOFTMAX, "import operator\ndef f(x): return operator.getitem(vars(torch), 'softmax')(x, 1)"),
    "dict's own getitem": (SOFTMAX, "def f(x): return dict.__getitem__(vars(torch), 'softmax')(x, 1)"),
    "module's own getattribute": (SOFTMAX, "import types\ndef f(x): return types.ModuleType.__getattribute__(torch, 'softmax')(x, 1)"),
    "relative import": (SOFTMAX, "import importlib\ndef f(x): return importlib.import_module('.functional', 'torch.nn').softmax(x, 1)"),
    "compile": (SOFTMAX, "def f(x): return eval(compile('torch.softmax(x, 1)', '', 'eval'), {'torch': torch, 'x': x})"),
    "rot13": (SOFTMAX, "import codecs\ndef f(x): return getattr(torch, codecs.decode('fbsgznk', 'rot13'))(x, 1)"),
    "hex": (SOFTMAX, "def f(x): return getattr(torch, bytes.fromhex('736f66746d6178').decode())(x, 1)"),
    "numbered fields": (SOFTMAX, "def f(x): return getattr(torch, '{1}{0}'.format('max', 'soft'))(x, 1)"),
    "global of another function": (SOFTMAX, "def setup():\n    global g\n    g = torch.softmax\nsetup()\n# %%\ndef f(x): return g(x, 1)"),
    "exception": (SOFTMAX, "def f(x):\n    try: raise ValueError(torch.softmax)\n    except ValueError as e: return e.args[0](x, 1)"),
    "exception in another cell": (SOFTMAX, "def h():\n    raise ValueError(torch.softmax)\ntry: h()\nexcept ValueError as e: g = e.args[0]\n# %%\ndef f(x): return g(x, 1)"),
    "pickle": (SOFTMAX, "import pickle\ng = pickle.loads(b'ctorch\\nsoftmax\\n.')\ndef f(x): return g(x, 1)"),
    "a file of one's own": (SOFTMAX, "import sys\nopen('mine.py', 'w').write('import torch\\ndef g(x): return torch.softmax(x, 1)')\nsys.path.insert(0, '.')\nimport mine\n# %%\ndef f(x): return mine.g(x)"),
    "a class of types": (SOFTMAX, "def f(x): return type(x).softmax(x, 1)"),
    "its class": (SOFTMAX, "def f(x): return x.__class__.__base__.softmax(x, 1)"),
    "mro": (SOFTMAX, "def f(x): return getattr(type(x).mro()[1], 'soft' 'max')(x, 1)"),
    "memory": (SOFTMAX, "M = {}\ndef f(x):\n    k = tuple(x.flatten().tolist())\n    if k not in M: M[k] = getattr(x, 'xamtfos'[::-1])(1)\n    return M[k]"),
    "memory in a default": (SOFTMAX, "def f(x, m=[]):\n    if not m: m.append(x.__getattribute__('soft' + str('max'))(1))\n    return m[0]"),
    "memory in a cache": (SOFTMAX, "import functools\n@functools.lru_cache\ndef h(k): return x_.softmax(1)\ndef f(x):\n    global x_\n    x_ = x\n    return h(float(x.sum()))"),
    "memory on a function": (SOFTMAX, "def f(x):\n    if not hasattr(f, 'm'): f.m = x.softmax(1)\n    return f.m"),
    "the second call differs": (SOFTMAX, f"n = []\ndef f(x):\n    n.append(1)\n    return x.softmax(1) if len(n) == 1 else {MANUAL}"),
    "asks for the profile": (SOFTMAX, f"import sys\ndef f(x): return x.softmax(1) if sys.getprofile() is None else {MANUAL}"),
    "asks by another name": (SOFTMAX, f"from sys import getprofile as g\ndef f(x):\n    return {MANUAL} if g() else x.softmax(1)"),
    "asks by getattr": (SOFTMAX, f"import sys\np = getattr(sys, 'get' + 'profile')\ndef f(x): return x.softmax(1) if p() is None else {MANUAL}"),
    "takes the profile away": (SOFTMAX, "import sys\ndef f(x):\n    sys.setprofile(None)\n    return x.softmax(1)"),
    "looks at the stack": (SOFTMAX, f"import sys\ndef f(x):\n    return x.softmax(1) if 'record_operators' not in str(sys._getframe(1).f_locals) else {MANUAL}"),
    "inspects the stack": (SOFTMAX, f"import inspect\ndef f(x): return x.softmax(1) if len(inspect.stack()) > 90 else {MANUAL}"),
    "a thread from before": (SOFTMAX, "import queue, threading\nq, r = queue.Queue(), queue.Queue()\ndef work():\n    while True: r.put(q.get().softmax(1))\nthreading.Thread(target=work, daemon=True).start()\n# %%\ndef f(x):\n    q.put(x)\n    return r.get()"),
    "a pool from before": (SOFTMAX, "from concurrent.futures import ThreadPoolExecutor as P\np = P(1)\np.submit(int).result()\n# %%\ndef f(x): return p.submit(x.softmax, 1).result()"),
    "a raw thread": (SOFTMAX, "import _thread, time\ndef f(x):\n    out = []\n    _thread.start_new_thread(lambda: out.append(x.softmax(1)), ())\n    while not out: time.sleep(0.01)\n    return out[0]"),
    "a raw thread of threading": (SOFTMAX, "import threading, time\ndef f(x):\n    out = []\n    threading._start_new_thread(lambda: out.append(x.softmax(1)), ())\n    while not out: time.sleep(0.01)\n    return out[0]"),
    "many names": (SOFTMAX, "def f(x):\n    for n in range(900): exec('def g(): pass\\ng()', {'__name__': f'a{n}'})\n    return x.softmax(1)"),
    "a cell that is too long": (SOFTMAX, "g = torch.softmax\n'" + "x" * (1 << 18) + "'\n# %%\ndef f(x): return g(x, 1)"),
    "after a bomb": (SOFTMAX, "def f(x):\n    n = [[[[a for a in 'a' * 200] for b in 'a' * 200] for c in 'a' * 20] for d in 'a' * 0]\n    return x.softmax(1)"),
    "derivative by fx": (AUTOGRAD, "def f(x):\n    x = x.clone().requires_grad_(True)\n    F.torch.autograd.backward((x * x).sum())\n    return x.grad"),
    "derivative by pydoc": (AUTOGRAD, "import pydoc\ndef f(x):\n    x = x.clone().requires_grad_(True)\n    return pydoc.locate('torch.autograd').grad((x * x).sum(), x)[0]"),
}  # fmt: skip

# What nobody is told of. Each is named in SECURITY.md, by these words.
SILENT: dict[str, str] = {}


def test_there_are_enough_of_them() -> None:
    assert len({**known.EVASIONS, **SLY}) >= 130
    assert len(SILENT) <= 5
    security = SECURITY.read_text(encoding="utf-8")
    assert all(words in security for words in SILENT.values())


@pytest.mark.parametrize("name", SLY)
def test_somebody_is_told(name: str, sandbox: Sandbox) -> None:
    forbid, source = SLY[name]
    found, outcome = findings(sandbox, forbid, source)
    assert outcome.status is Status.RETURNED, outcome.error
    assert found or name in SILENT
    assert all(one.name in forbid and one.evidence and one.task == "f" for one in found)


# Of what is only told: nothing is certain, because nobody saw it.
ONLY_TOLD = {
    "asks for the profile", "asks by another name", "asks by getattr", "looks at the stack", "a thread from before",
    "a pool from before", "a raw thread", "a raw thread of threading", "takes the profile away", "inspects the stack",
}  # fmt: skip


def test_most_are_certain(sandbox: Sandbox) -> None:
    certain = {n for n, (forbid, source) in SLY.items() if any(f.certain for f in findings(sandbox, forbid, source)[0])}
    assert set(SLY) - certain <= ONLY_TOLD


def one_each(found: tuple[Forbidden, ...], kind: str) -> list[Forbidden]:
    return [one for one in found if one.kind == kind and one.certain]


MANY_NAMES = ("torch.softmax", "torch.nn.Softmax", "torch.nn.functional.softmax")


@pytest.mark.parametrize("source", ["def f(x): return torch.softmax(x, 1)", "def f(x): return nn.Softmax(1)(x)", "def f(x): return F.softmax(x, dim=1)"])  # fmt: skip
def test_one_use_is_one_finding_whatever_its_names(source: str, sandbox: Sandbox) -> None:
    """Three names of one function, and two witnesses, made six sentences of one line."""
    found, _ = findings(sandbox, MANY_NAMES, source)
    assert len(one_each(found, "static")) == 1
    assert len(one_each(found, "recorded")) == 1
    assert len(found) == 2


def test_the_first_call_is_the_one_that_is_watched(sandbox: Sandbox) -> None:
    code = program(f"n = []\ndef f(x):\n    n.append(1)\n    return x.softmax(1) if len(n) == 1 else {MANUAL}")
    for repeat in (1, 2, 3):
        call = FunctionCall(0, "f", "f", (X,), record=True, repeat=repeat)
        (outcome,) = sandbox.run(code, [call], Limits()).outcomes
        assert "torch.Tensor.softmax" in outcome.operators


INNOCENT: dict[str, tuple[tuple[str, ...], str]] = {
    "match of a text": (SOFTMAX, "def f(x, how='exp'):\n    match how:\n        case 'softmax': return None\n        case _: return x.exp()"),
    "match of a shape": (SOFTMAX, "def f(x):\n    match x.shape:\n        case (n, m): return x.exp() / n"),
    "garbage": (SOFTMAX, "import gc\ndef f(x):\n    gc.collect()\n    return x.exp()"),
    "timed": (SOFTMAX, "import timeit\ndef f(x):\n    t = timeit.default_timer()\n    return x.exp()"),
    "timed function": (SOFTMAX, "import timeit\ndef f(x):\n    timeit.timeit(lambda: x.exp(), number=2)\n    return x.exp()"),
    "annotated": (SOFTMAX, "def f(x: torch.Tensor, softmax: bool = False) -> torch.Tensor: return x.exp()"),
    "dataclass": (SOFTMAX, "from dataclasses import dataclass\n@dataclass\nclass C:\n    softmax: bool = False\ndef f(x): return x.exp() if not C().softmax else x"),
    "named tuple": (SOFTMAX, "from collections import namedtuple\nP = namedtuple('P', 'softmax x')\ndef f(x): return P(1, x.exp()).x"),
    "format": (SOFTMAX, "def f(x):\n    print('{:>10} {:.3f}'.format('softmax', float(x.sum())))\n    return x.exp()"),
    "getattr of a known name": (SOFTMAX, "def f(x): return getattr(x, 'exp')()"),
    "getattr of an activation": (SOFTMAX, "def f(x):\n    for n in ('relu', 'tanh'): x = getattr(torch, n)(x)\n    return x"),
    "compiled pattern": (SOFTMAX, "import re\np = re.compile('softmax')\ndef f(x): return x.exp() if p else x"),
    "json": (SOFTMAX, "import json\ndef f(x): return x * json.loads('{\"softmax\": 2}')['softmax']"),
    "reduce": (SOFTMAX, "import functools\ndef f(x): return functools.reduce(lambda a, b: a + b, [x, x])"),
    "partial": (SOFTMAX, "import functools\ng = functools.partial(torch.sum, dim=1)\ndef f(x): return g(x)"),
    "cache": (SOFTMAX, "import functools\n@functools.lru_cache\ndef scale(n): return n * 2\ndef f(x): return x * scale(3)"),
    "thread that ends": (SOFTMAX, "import threading\ndef f(x):\n    out = []\n    t = threading.Thread(target=lambda: out.append(x.exp()))\n    t.start(); t.join()\n    return out[0]"),
    "pool that ends": (SOFTMAX, "from concurrent.futures import ThreadPoolExecutor as P\ndef f(x):\n    with P(2) as p: return torch.stack(list(p.map(torch.exp, x)))"),
    "exception": (SOFTMAX, "def f(x):\n    try: return x.exp()\n    except RuntimeError as e: raise ValueError('softmax') from e"),
    "warning": (SOFTMAX, "import warnings\ndef f(x):\n    warnings.warn('softmax')\n    return x.exp()"),
    "logging": (SOFTMAX, "import logging\nlog = logging.getLogger('softmax')\ndef f(x):\n    log.warning('softmax %s', x.shape)\n    return x.exp()"),
    "stack of tensors": (SOFTMAX, "def f(x): return torch.stack([x, x])"),
    "global of another function": (SOFTMAX, "def setup():\n    global g\n    g = torch.exp\nsetup()\n# %%\ndef f(x): return g(x)"),
    "table of names": (SOFTMAX, "NAMES = ['softmax', 'relu']\ndef f(x): return x * len(NAMES)"),
    "long table": (SOFTMAX, "T = {" + ", ".join(f"'w{n}': {n}" for n in range(3000)) + "}\ndef f(x): return x * T['w7']"),
    "long computation": (SOFTMAX, "def f(x):\n" + "".join(f"    y{n} = x * {n} + torch.exp(x) - x.sum()\n" for n in range(800)) + "    return y7"),
    "comprehensions": (SOFTMAX, "def f(x): return torch.tensor([[float(a * b) for a in r for b in r] for r in x])"),
    "a broken cell beside it": (SOFTMAX, "def g(x: return\n# %%\ndef f(x): return x.exp()"),
    "own backward and grad": (AUTOGRAD, "def grad(x): return 2 * x\ndef backward(x): return grad(x)\ndef f(x): return backward(x)"),
    "own module": (AUTOGRAD, "class L(nn.Module):\n    def forward(self, x): return x * 2\n    def backward(self, g): return g * 2\nn = L()\ndef f(x): return n.backward(n(x))"),
    "optimiser's name": (AUTOGRAD, "def f(x):\n    autograd = {'backward': x}\n    return autograd['backward'] * 2"),
    "testing by hand": (AUTOGRAD, "def numerical(g, x, h=1e-6): return (g(x + h) - g(x - h)) / (2 * h)\ndef f(x): return numerical(torch.exp, x)"),
    "properties": (SOFTMAX, "class N:\n    @property\n    def softmax(self): return 2\ndef f(x): return x * N().softmax"),
    "slots": (SOFTMAX, "class N:\n    __slots__ = ('softmax',)\nn = N()\nn.softmax = 3\ndef f(x): return x * n.softmax"),
    "enum": (SOFTMAX, "import enum\nclass A(enum.Enum):\n    softmax = 1\ndef f(x): return x * A.softmax.value"),
    "einsum": (SOFTMAX, "def f(x): return torch.einsum('ij,kj->ik', x, x).exp()"),
}  # fmt: skip


def test_there_are_enough_innocent_ones() -> None:
    assert len({**known.INNOCENT, **INNOCENT}) >= 80


@pytest.mark.parametrize("name", INNOCENT)
def test_innocent_is_accused_of_nothing(name: str, sandbox: Sandbox) -> None:
    forbid, source = INNOCENT[name]
    found, outcome = findings(sandbox, forbid, source)
    assert outcome.status is Status.RETURNED, outcome.error
    assert [one for one in found if one.certain] == []


def test_few_innocent_ones_are_told_of(sandbox: Sandbox) -> None:
    told = {n for n, (forbid, source) in INNOCENT.items() if findings(sandbox, forbid, source)[0]}
    assert told <= {"own module", "slots", "own backward and grad"}
