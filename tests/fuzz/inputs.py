"""Strategies: bytes that are almost what a reader expects. Seeds come from the fixtures and the released assignments."""

from __future__ import annotations

import functools
import io
import json
import struct
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.guest import envelope, wire
from autograder.guest.wire import Array, Opaque, Sparse
from tests.fuzz.mutate import LEAVES, changed, dumped, mutated

HERE = Path(__file__).parents[2]
COURSE = HERE / "tests" / "fixtures" / "course"
SOLUTION = COURSE / "solutions" / "10-mini" / "solution.py"
RANDOM = st.randoms(use_true_random=True, note_method_calls=False)

# -- texts -----------------------------------------------------------------------------------------------------------

LINES = (
    "", " ", "x = 1", "    x = 1", "\tx = 1", "def f(x):", "    return x", "class A: pass", "import torch as t", "from torch import *",
    "%matplotlib inline", "%time y = f(x)", "%%time", "%%bash", "%%capture out", "%%", "% x", "!ls", "files = !ls {x}", "x = %env A",
    "!pip install a \\", "?f", "f?", "f??", "a.b.c?", ",f a b", ";f a", "/f a", "'''", '"""', "'", '"', "'''a", "f'{x'", "(", ")", "[(", "{",
    "\\", "x = \\", "# %%", '# %% task="f"', "# %% [markdown]", "# %% a=[[[", "# In[1]:", ">>> x = 1", "... y", "In [3]: x", "   ...: y",
    "@", "@f", "lambda: 0", "async def g(): await x", "x: int = 0", "def normalize_adj(A): return A", "    def euler(f, x0, h, steps): return x0",
    "normalize_adj = euler = None", "getattr(t, 'soft' + 'max')", "import importlib; importlib.import_module('torch_geometric')",
    "x = x." + "a." * 200 + "b", "x = " + "(" * 150 + ")" * 150, "x = " + "1+" * 3000 + "1", "x = " + "-" * 2000 + "1", "\0", "\f", "\x0c\n", "\u2028", "가 = 1",
    "\ud800", "\ufeff", "match x:", "    case 1: pass", "if x:", "else:", "<<<<<<< HEAD", "=======", ">>>>>>> x", "d = " + "{1:" * 90 + "0" + "}" * 90, "a" * 5000, "if 1:\n " * 90,
)  # fmt: skip

_joined = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=14),
    st.sampled_from(("\n", "\n", "\n", "\r\n", "\r", "\n    ", "\\\n", "")),
)


def _sources() -> list[bytes]:
    paths = [SOLUTION, *(COURSE / "solutions" / "10-mini" / "variants").glob("*.py")]
    return [path.read_bytes() for path in paths]


_tokens = tuple(line.encode("utf-8", "surrogatepass") for line in LINES)
_mutated_source = st.builds(lambda rnd: mutated(rnd, _sources(), _tokens), RANDOM)
text = st.one_of(_joined, _mutated_source.map(lambda data: data.decode("utf-8", "replace")))

# -- notebooks -------------------------------------------------------------------------------------------------------


@functools.cache
def _notebooks() -> list[Any]:
    """Trees of notebooks: made of the fixture's solution, and one released with outputs and widgets where there is one."""
    from autograder.notebooks.percent import parse_percent

    cells = parse_percent(SOLUTION.read_text(encoding="utf-8"))
    modern = [
        {
            "cell_type": c.kind,
            "id": f"c{n}",
            "metadata": {"autograder": {"key": f"k{n}"}},
            "source": c.source.splitlines(True),
        }
        | ({"outputs": [], "execution_count": n} if c.kind == "code" else {})
        for n, c in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}
    old = [{"cell_type": "code", "language": "python", "input": [cell.source], "outputs": []} for cell in cells]
    output = {
        "output_type": "display_data",
        "data": {"image/png": "A" * 2000, "text/html": ["<b>", "x"]},
        "metadata": {},
    }
    loud = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [output] * 3}
    trees = [
        {"cells": modern, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5},
        {"worksheets": [{"cells": old}], "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0},
        {"cells": [loud], "metadata": {"widgets": {"state": {}}}, "nbformat": 4, "nbformat_minor": 2},
    ]
    released = sorted((HERE / "assignments").glob("*/*.en.ipynb"))[:1]
    return trees + [json.loads(path.read_text(encoding="utf-8")) for path in released]


def _notebook(rnd: Random, sources: list[str]) -> bytes:
    tree = changed(rnd, rnd.choice(_notebooks()))
    if isinstance(tree, dict) and isinstance(tree.get("cells"), list):
        for source in sources:
            cell = {"cell_type": rnd.choice(("code", "markdown", "raw", 7)), "metadata": {}, "source": source}
            tree["cells"].insert(rnd.randrange(len(tree["cells"]) + 1), cell)
    data = dumped(rnd, tree)
    return mutated(rnd, [data], _tokens) if rnd.random() < 0.4 else data


def _python_file(data: str) -> bytes:
    return data.encode("utf-8", "surrogatepass")


notebook = st.one_of(
    st.builds(_notebook, RANDOM, st.lists(_joined, max_size=3)), text.map(_python_file), st.binary(max_size=60)
)

# -- zips ------------------------------------------------------------------------------------------------------------

NAMES = (
    "kim.ipynb", "lee/mini.ipynb", "lee/mini (1).ipynb", "../x.ipynb", "/abs.ipynb", "C:\\x.ipynb", "a\\b.ipynb", "hw/kim.ipynb", "hw/lee.py",
    "김철수.ipynb", "__MACOSX/._kim.ipynb", ".DS_Store", "a.zip", "x" * 300 + ".ipynb", "kim_1_2_mini.ipynb", "a_assignsubmission_file_mini.ipynb",
    "a_assignsubmission_file/mini.ipynb", "hw_s1_attempt_2027-03-01-10-00-00_mini.ipynb", "hw_s1_attempt_2027-03-01-10-00-00.txt", "index.ipynb",
    "con.ipynb", "kim.ko.ipynb", "KIM.ipynb", "\u202egcn.ipynb", "a\nb.ipynb", "a\0b.ipynb", ".ipynb", "/.ipynb", "d/", "d/e/f/g/h/i/j/k/l/m.ipynb", "grades.csv",
    "", "//", "..", "./kim.ipynb", "lee/checker.py", "\x1b[31m.ipynb",
)  # fmt: skip


def _zip(rnd: Random, names: list[str], content: list[bytes]) -> bytes:
    made = io.BytesIO()
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")  # two members of one name are what we want
        for name in names:
            info = zipfile.ZipInfo(name or "x", (rnd.choice((1980, 2027, 2107)), 1, 1, 0, 0, 0))
            info.filename = name
            info.compress_type = rnd.choice((0, 8) * 10 + (12, 14))
            info.external_attr = rnd.choice(
                (0, 0, 0o100644 << 16, 0o100644 << 16, 0o120777 << 16, 0o40755 << 16, 0xFFFFFFFF)
            )
            info.extra = rnd.choice(EXTRAS)
            archive.writestr(info, rnd.choice((*content, b"{}", bytes(rnd.choice((0, 1000) * 20 + (6 << 20,))))))
        archive.comment = rnd.choice((b"",) * 10 + (b"PK\x05\x06", b"x" * 1000))
    data = made.getvalue()
    if rnd.random() < 0.4:
        return data
    start = rnd.choice((0, max(0, len(data) - 400)))  # the table of contents stands at the end
    return data[:start] + mutated(rnd, [data[start:]], ZIP_TOKENS)


_STAMP = b"\x55\x54\x05\x00\x01\x00\x00\x00\x60"
EXTRAS = (b"",) * 20 + (_STAMP,) * 10 + (b"\x55\x54\xff\xff", b"\x01\x00\x08\x00" + b"\xff" * 8)
ZIP_TOKENS = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"../",
    b"/",
)
archive = st.builds(
    _zip, RANDOM, st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), st.text(max_size=12)), min_size=1, max_size=6),
    st.lists(notebook.filter(lambda data: len(data) < 20_000), max_size=2),
)  # fmt: skip

# -- frames ----------------------------------------------------------------------------------------------------------

_small = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=5), st.sampled_from(LEAVES[:-4]))
_array = st.builds(
    lambda kind, dtype, shape, device, layout, index: ["a", kind, dtype, shape, device, layout, index],
    st.sampled_from(("tensor", "ndarray", "x", [])),
    st.sampled_from((*wire.DTYPES, "object", "float128", [], None)),
    st.one_of(
        st.lists(st.one_of(st.integers(0, 4), st.sampled_from((-1, 1 << 28, 1 << 40, 1.0, True, "2"))), max_size=4),
        _small,
    ),
    st.sampled_from(("cpu", "cuda", "tpu")),
    st.sampled_from(("strided", "noncontiguous", "csr")),
    st.one_of(st.integers(-2, 3), _small),
)
_scalar = st.one_of(
    st.builds(
        lambda kind, text: [kind, text],
        st.sampled_from("iftcoz"),
        st.one_of(
            st.text(max_size=8), st.sampled_from(("1", "0x1p3", "nan", "-inf", "9" * 1400, "1e999999999", "0x1p99999"))
        ),
    ),
    st.builds(lambda a, b: ["c", a, b], st.sampled_from(("0x0p0", "nan", "x")), st.sampled_from(("0x0p0", "inf", ""))),
    st.just(["o", "T", "text"]),
)
spec = st.recursive(
    st.one_of(_array, _scalar, _small, st.builds(lambda shape, i, v: ["s", shape, i, v], _small, _array, _array)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: ["(", *items]),
        st.lists(inner, max_size=4).map(lambda items: ["[", *items]),
        st.lists(st.tuples(inner, inner).map(list), max_size=3).map(lambda pairs: ["{", *pairs]),
        inner.map(lambda one: _nested(one, 40)),
    ),
    max_leaves=12,
)


def _nested(spec: Any, times: int) -> Any:
    for _ in range(times):
        spec = ["[", spec]
    return spec


VALUES: tuple[Any, ...] = (
    None, True, 3, -(1 << 80), 2.5, float("nan"), 1j, "text", Array(np.arange(6.0).reshape(2, 3)), Array(np.zeros((0, 4), np.float32)),
    Array(np.array([True])), Array(np.ones(2, np.float32), "bfloat16"), (1, [2.0, {"a": None}]), {1: (2,), "k": Array(np.array(7))}, Opaque("T", "t"),
    Sparse(Array(np.array([[0, 1], [1, 0]])), Array(np.array([1.0, 2.0])), (2, 2)),
)  # fmt: skip


def _seed_frames() -> list[bytes]:
    """Answers to call 3 and cell 0, as an honest child gives them."""
    frames = []
    for value in VALUES:
        packed, buffers = wire.pack({"value": value, "repeated": value, "inputs_after": (value,), "gradient": [value]})
        header = {
            "op": "call",
            "id": 3,
            "status": "returned",
            "value": packed,
            "stdout": "x",
            "seconds": 0.1,
            "warnings": ["w"],
        }
        frames.append(wire.frame({**header, "operators": ["aten.mm"], "error": None, "gradient_error": None}, buffers))
    error = {"type_name": "ValueError", "message": "m", "line": 3, "where": "cell 1", "traceback": "t"}
    frames.append(wire.frame({"op": "call", "id": 3, "status": "raised", "error": error, "seconds": 0.0}))
    frames.append(
        wire.frame({"op": "cell", "id": 0, "status": "returned", "error": None, "stdout": "s", "seconds": 0.0})
    )
    return frames


def _framed(rnd: Random, value: Any, sizes: list[int]) -> bytes:
    """A frame around any value; its parts agree with each other, or one of them lies."""
    payload = [rnd.randbytes(size) for size in sizes]
    header: Any = {"op": "call", "id": 3, "status": "returned", "value": value, "buffers": sizes}
    if rnd.random() < 0.5:
        header = changed(rnd, header)
    head = json.dumps(header).encode()
    declared = sum(sizes) if rnd.random() < 0.8 else rnd.choice((0, 1, 1 << 28, 1 << 63))
    return wire.PREFIX.pack(wire.MAGIC, len(head), declared) + head + b"".join(payload)


_answer = spec.map(lambda value: ["{", [["t", "value"], value]])
frame = st.one_of(
    st.builds(lambda rnd: mutated(rnd, _seed_frames(), (b"AGW1", b"[", b'["a"')), RANDOM),
    st.builds(
        _framed, RANDOM, st.one_of(spec, _answer), st.lists(st.sampled_from((0, 1, 4, 8, 16, 32, 48)), max_size=3)
    ),
)

# -- envelopes -------------------------------------------------------------------------------------------------------


def _envelopes(rnd: Random, frames: list[bytes]) -> bytes:
    said = [
        envelope.control(rnd.choice(CONTROLS)) if rnd.random() < 0.5
        else envelope.HEADER.pack(envelope.CHILD, len(part)) + part
        for part in frames
    ]  # fmt: skip
    data = envelope.control(CONTROLS[0]) * (rnd.random() < 0.7) + b"".join(said)
    return (
        mutated(rnd, [data or b"x"], (struct.pack("<BI", 0, 2) + b"{}", struct.pack("<BI", 1, 0)))
        if rnd.random() < 0.7
        else data
    )


CONTROLS: tuple[dict[str, Any], ...] = (
    {"op": "forked", "child": 1}, {"op": "credit", "child": 1, "bytes": 10}, {"op": "exit", "child": 1, "cause": "exit", "code": 0},
    {"op": "failed", "child": 1, "reason": "x"}, {"op": "ready", "namespaces": []}, {"op": "credit", "child": 1}, {"op": "exit", "child": 1}, {},
    {"op": "credit", "child": 1, "bytes": "many"}, {"op": "failed", "child": 1}, {"op": ["exit"], "child": {}},
)  # fmt: skip
envelopes = st.builds(_envelopes, RANDOM, st.lists(frame.filter(lambda data: len(data) < 100_000), max_size=4))

# -- YAML ------------------------------------------------------------------------------------------------------------

YAML = (
    b"title", b"title: {en: a, ko: b}", b"\n", b"  ", b"\t", b": ", b"- ", b"&a ", b"*a", b"[*a, *a, *a]", b"!!int ", b"!!bool x", b"!!float ''", b"!!int ''", b"!!timestamp x",
    b"!!binary x", b"!!set {a, b}", b"!!omap [a]", b"!!python/object:os.system x", b"!!null x", b"<<: *a", b"? [a]\n: b", b"{", b"}", b"[" * 2000, b"{a: " * 500, b"1e400", b".nan", b".inf",
    b"0x", b"0o9", b"1_", b"190:20:30", b"2027-02-30", b"2027-03-01", b"|", b">", b"%YAML 9.9\n---\n", b"---\n", b"...\n", b"weight: -1", b"weight: .nan", b"due: 1", b"\x85", b"\0", b"'", b'"\\ud800"', b"yes", b"~",
    b"9" * 5000, b"k: &b {x: *b}", b"!<tag:yaml.org,2002:bool> maybe",
    b"languages: [ko, [en]]", b"device: [cpu]", b"time_zone: ../../etc/passwd", b"time_zone: /etc", b"time_zone: ''", b"limits: {call_seconds: [1]}", b"lecture: {a: b}", b"notebook: ../x", b"k" * 20000 + b": 1\n",
    b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n" % (n, n, n - 1, n - 1, n - 1, n - 1) for n in range(1, 14)),
    b"term: &t0 [x]\n" + b"title: &t1 {en: *t0, ko: *t0}\n", b"en: *a13", b"term: *a13", b"notebook: *a13", b"device: *a13",
)  # fmt: skip


def _yaml(paths: list[Path]) -> st.SearchStrategy[bytes]:
    seeds = [path.read_bytes() for path in paths]
    joined = st.lists(st.sampled_from(YAML), max_size=8).map(b"".join)
    broken = st.builds(lambda rnd: mutated(rnd, seeds, YAML), RANDOM)
    appended = st.builds(lambda a, b: a + b"\n" + b, st.sampled_from(seeds), joined)
    before = st.builds(lambda a, b: a + b"\n" + b, joined, st.sampled_from(seeds))
    return st.one_of(broken, broken, joined, appended, before)


course = _yaml([COURSE / "course.yml", HERE / "course.yml"])
settings = _yaml(
    [COURSE / "solutions" / "10-mini" / "assignment.yml", *sorted((HERE / "solutions").glob("*/assignment.yml"))]
)
