"""What goes in and what comes out: every kind of value, exactly; and objects that lie about themselves."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from autograder.guest.wire import DTYPES, Array, Opaque, Sparse
from autograder.sandbox.interface import Sandbox, Status
from tests.contract.helpers import QUICK, X, execute, outcome, program, value

SAME = "def f(x): return x\n"


def same(a: Any, b: Any) -> bool:
    """Equal in type, form and bits."""
    if isinstance(a, Array):
        return (
            isinstance(b, Array)
            and (a.dtype, a.kind, a.shape) == (b.dtype, b.kind, b.shape)
            and (a.data.tobytes() == b.data.tobytes() or (a.dtype == "bfloat16" and _bits(a) == _bits(b)))
        )
    if isinstance(a, Sparse):
        return isinstance(b, Sparse) and a.shape == b.shape and same(a.indices, b.indices) and same(a.values, b.values)
    if isinstance(a, (tuple, list)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, complex) and isinstance(b, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, float) and isinstance(b, float):
        return math.copysign(1, a) == math.copysign(1, b) and (a == b or (a != a and b != b))
    return type(a) is type(b) and bool(a == b)


def _bits(array: Array) -> list[int]:
    """bfloat16 has many NaNs, and torch turns them all into one."""
    return list((np.nan_to_num(array.data, nan=-9.0).view(np.uint32) >> 16).ravel())


def sample(dtype: str) -> np.ndarray[Any, Any]:
    raw = np.dtype("float32") if dtype == "bfloat16" else DTYPES[dtype]
    if raw.kind == "f":
        return np.array([[0.0, -0.0, np.inf], [-np.inf, np.nan, 1.5]], raw)
    return np.array([[0, 1, 2], [3, 0, 5]]).astype(raw)


@pytest.mark.parametrize("kind", ["tensor", "ndarray"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes(sandbox: Sandbox, dtype: str, kind: str) -> None:
    if dtype == "bfloat16" and kind == "ndarray":
        pytest.skip("numpy has no bfloat16")
    data = sample(dtype)
    for layout in ("strided", "noncontiguous"):
        given = Array(data, dtype, kind, layout=layout)
        assert same(Array(data, dtype, kind), value(sandbox, SAME, given))


SHAPES = [(), (0,), (1,), (3, 0, 2), (2, 3, 4, 5)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["tensor", "ndarray"])
def test_shapes(sandbox: Sandbox, shape: tuple[int, ...], kind: str) -> None:
    given = Array(np.random.default_rng(0).standard_normal(shape), kind=kind)
    assert same(given, value(sandbox, SAME, given))


PLAIN = [
    None, True, False, 0, -1, 10**40, 0.0, -0.0, 1e-310, math.inf, math.nan, 1j, complex(-0.0, math.nan), "", "é\n\0",
    (), [], {}, (1, (2.0, [3, {"a": None}])), {"a": 1, 2: "b", (1, 2): 3.0, None: True}, [X, (X, {"x": X})],
]  # fmt: skip


@pytest.mark.parametrize("given", PLAIN, ids=repr)
def test_plain(sandbox: Sandbox, given: Any) -> None:
    assert same(given, value(sandbox, SAME, given))


def test_sparse(sandbox: Sandbox) -> None:
    given = Sparse(Array(np.array([[0, 1], [2, 0]])), Array(np.array([1.5, -2.0], np.float32)), (2, 3))
    assert same(given, value(sandbox, SAME, given))
    assert value(sandbox, "def f(x): return float(x.to_dense().sum())", given) == -0.5


def test_noncontiguous_inputs_really_are(sandbox: Sandbox) -> None:
    for kind, test in (("tensor", "x.is_contiguous()"), ("ndarray", "x.flags.c_contiguous")):
        given = Array(np.ones((3, 4)), kind=kind, layout="noncontiguous")
        assert value(sandbox, f"def f(x): return {test}\n", given) is False


def test_outputs_of_any_layout(sandbox: Sandbox) -> None:
    source = "def f(x): return x.T, x[:, ::2], x.expand(2, 2, 3), x.numpy()[::-1], x.conj(), (x + 0j).conj()\n"
    found = value(sandbox, source, X)
    assert found[0].data.tolist() == X.data.T.tolist()
    assert found[2].shape == (2, 2, 3)
    assert found[3].data.tolist() == X.data[::-1].tolist()
    assert found[5].dtype == "complex128"


def test_numpy_scalars_and_named_tuples(sandbox: Sandbox) -> None:
    source = "import numpy as np, torch\ndef f(): return np.float32(0.5), np.int64(3), np.bool_(True), torch.ones(2, 3).max(1), torch.Size([2])\n"
    half, three, true, (most, index), size = value(sandbox, source)
    assert (half, three, true) == (0.5, 3, True)
    assert (most.data.tolist(), index.data.tolist(), size) == ([1, 1], [0, 0], (2,))


def test_what_is_no_value(sandbox: Sandbox) -> None:
    source = "import torch, numpy as np\ndef f(): return object(), {1}, f, torch.ones(2, device='meta'), np.array([object()]), torch.ones(2).to(torch.float8_e5m2)\n"
    found = value(sandbox, source)
    assert all(isinstance(item, Opaque) for item in found)


# -- values are taken when they are returned -------------------------------------------------------------------------


def test_inputs_after_and_fresh_copies(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "def f(x):\n    x += 1\n    return x\n", X)
    assert isinstance(found.value, Array)
    assert isinstance(found.repeated, Array)
    assert isinstance(found.inputs_after[0], Array)
    for array in (found.value, found.repeated, found.inputs_after[0]):
        assert array.data.tolist() == (X.data + 1).tolist()
    assert value(sandbox, SAME, X).data.tolist() == X.data.tolist()


def test_repeats(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "n = 0\ndef f():\n    global n\n    n += 1\n    return n\n", repeat=3)
    assert (found.value, found.repeated) == (1, 3)
    assert outcome(sandbox, "def f(): return 1\n", repeat=1).repeated is None


def test_a_buffer_that_is_used_again(sandbox: Sandbox) -> None:
    source = "import torch\nbuffer = torch.zeros(1)\ndef f():\n    buffer.add_(1)\n    return buffer\n"
    found = outcome(sandbox, source)
    assert isinstance(found.value, Array)
    assert found.value.data.tolist() == [1]


def test_calls_do_not_depend_on_the_calls_before(sandbox: Sandbox) -> None:
    source = "import torch, random, numpy as np\ndef f(): return torch.rand(3), random.random(), np.random.rand()\n"
    run = execute(sandbox, source, "f", "f", repeat=1)
    assert same(run.outcomes[0].value, run.outcomes[1].value)


def test_stdout_and_warnings(sandbox: Sandbox) -> None:
    source = "import warnings\ndef f():\n    print('hello')\n    for n in range(10 ** 5): warnings.warn('careful')\n"
    found = outcome(sandbox, source, repeat=1)
    assert found.stdout == "hello\n"
    assert found.warnings[0] == "UserWarning: careful"
    assert len(found.warnings) == 20


def test_operators_are_recorded(sandbox: Sandbox) -> None:
    source = "import torch\ndef f(x): return getattr(torch, 'mat' + 'mul')(x, x.T)\n"
    names = outcome(sandbox, source, X, record=True).operators
    assert any("matmul" in name for name in names)
    assert any("aten.mm" in name for name in names)


# -- gradients -------------------------------------------------------------------------------------------------------


def test_gradients(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "def f(x, y): return x ** 2 * 3, y.sum()\n", X, X, gradient=(0, 1), upstream_seed=7)
    upstream = np.random.Generator(np.random.Philox(7))
    first, second = upstream.standard_normal((2, 3)), upstream.standard_normal(())
    by_x, by_y = found.gradient
    assert isinstance(by_x, Array)
    assert isinstance(by_y, Array)
    np.testing.assert_allclose(by_x.data, 6 * X.data * first, rtol=1e-12)
    np.testing.assert_allclose(by_y.data, np.full((2, 3), second), rtol=1e-12)


def test_gradient_in_place_and_absent(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "def f(x, y):\n    x *= 2\n    return x\n", X, X, gradient=(0, 1))
    assert isinstance(found.gradient[0], Array)
    assert found.gradient[1] is None
    detached = outcome(sandbox, "def f(x): return x.detach()\n", X, gradient=(0,))
    assert detached.status is Status.RETURNED
    assert detached.gradient_error is not None


# -- lies ------------------------------------------------------------------------------------------------------------

LIARS = {
    "class": "class L:\n    @property\n    def __class__(self): return torch.Tensor\n    shape = (1,)\n    def __eq__(self, o): return True\n    def __array__(self, *a, **k): return np.ones(1)\n    def __len__(self): return 3\nL = L()",
    "metaclass": "class M(type):\n    def __instancecheck__(c, o): return True\n    def __getattribute__(c, n): raise SystemExit\nclass L(metaclass=M): pass\nL = L()",
    "iterable": "class L:\n    def __iter__(self):\n        while True: yield 1\n    def __getattr__(self, n): return self\n    def __call__(self, *a): return self\nL = L()",
}


@pytest.mark.parametrize("source", LIARS.values(), ids=LIARS)
def test_objects_that_lie_are_opaque(sandbox: Sandbox, source: str) -> None:
    found = value(sandbox, f"import torch, numpy as np\n{source}\ndef f(): return L\n")
    assert isinstance(found, Opaque)


def test_subclasses_give_what_they_hold(sandbox: Sandbox) -> None:
    source = """
import numpy as np, torch
class T(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None): return 42
    shape = (9, 9)
    def detach(self): return torch.zeros(9)
    def cpu(self): return torch.zeros(9)
class A(np.ndarray):
    dtype = np.dtype("float16")
    shape = (9,)
    def __array__(self, *a, **k): return np.zeros(9)
    def __array_function__(self, *a, **k): return 42
    def tobytes(self, *a): return b"x"
class S(str):
    def __str__(self): return "lie"
    def __len__(self): return 10 ** 9
    def __getitem__(self, i): return "lie"
class I(int):
    def __int__(self): return 7
    def __str__(self): return "7"
class F(float):
    def __float__(self): return 7.0
    def hex(self): return "7"
class W(list):
    def __iter__(self): return iter([7])
    def __len__(self): return 1
class D(dict):
    def items(self): return [(7, 7)]
def f(): return torch.ones(2).as_subclass(T), np.ones(2).view(A), S("true"), I(1), F(1.5), W([1, 2]), D(a=1)
"""
    tensor, array, text, number, real, items, pairs = value(sandbox, source, limits=QUICK)
    assert tensor.data.tolist() == [1, 1]
    assert (array.data.tolist(), array.dtype) == ([1, 1], "float64")
    assert (text, number, real, items, pairs) == ("true", 1, 1.5, [1, 2], {"a": 1})


def test_hostile_exceptions(sandbox: Sandbox) -> None:
    source = "class E(Exception):\n    def __str__(self): raise SystemExit\n    lineno = []\ndef f(): raise E\n"
    found = outcome(sandbox, source)
    assert found.status is Status.RAISED
    assert found.error is not None
    assert found.error.type_name == "E"
    lying = "def f():\n    e = SyntaxError('x')\n    e.lineno = 'x' * 99\n    e.args = (chr(0xd800) + chr(0),)\n    raise e\n"
    found = outcome(sandbox, lying)
    assert found.error is not None
    found.error.message.encode()
    assert "\0" not in found.error.message


def test_program_of_strange_texts(sandbox: Sandbox) -> None:
    run = sandbox.run(program("x = 1\0", "\ud800", "#" * 100_000, "def f(): return 'ok'"), [], QUICK)
    assert [cell.status for cell in run.cells[2:]] == [Status.RETURNED] * 2
