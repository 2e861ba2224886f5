"""What reading a student's code for forbidden calls may cost: it ends soon and small, and staff are told where it ended."""

from __future__ import annotations

import time
import tracemalloc
from types import SimpleNamespace

import pytest

from autograder.authoring import Task
from autograder.grading.findings import Forbidden
from autograder.grading.forbidden import find_written, folding
from autograder.sandbox.interface import Cell, Program

TASK = Task("f", points=0, forbid=("torch.softmax",))
GIVEN = Cell("import torch\nimport torch.nn.functional as F\n", "given cell 1", "provided")
SECONDS, MEMORY = 10.0, 200 << 20


def read(*sources: str) -> tuple[Forbidden, ...]:
    """What reading says, within its bounds; `f` calls getattr, so that nothing is spared."""
    program = Program((GIVEN, *(Cell(source, f"cell {n}") for n, source in enumerate(sources, 1))))
    tracemalloc.start()
    started = time.process_time()
    try:
        found = find_written(SimpleNamespace(tasks=(TASK,)), program)  # type: ignore[arg-type]
        assert time.process_time() - started < 4 * SECONDS  # tracemalloc takes its part
        assert tracemalloc.get_traced_memory()[1] < MEMORY
        return found
    finally:
        tracemalloc.stop()


def lookup(expression: str, before: str = "") -> str:
    return f"{before}\ndef f(x): return getattr(torch, {expression})(x)"


def nested(depth: int, innermost: str = "'a'") -> str:
    """A comprehension of two hundred in a comprehension of two hundred, and so on."""
    for n in range(depth):
        innermost = f"''.join([{innermost} for v{n} in {'a' * 200!r}])"
    return innermost


def doubled(depth: int) -> str:
    return "x0 = ['a', 'a']\n" + "".join(f"x{n} = [x{n - 1}] * 2\n" for n in range(1, depth))


def displays(depth: int) -> str:
    return "x0 = ['a'] * 2\n" + "".join(f"x{n} = [{', '.join([f'x{n - 1}'] * 200)}]\n" for n in range(1, depth))


BOMBS = {
    "nested comprehensions": lookup(nested(5)),
    "nested comprehensions of lists": lookup("".join("[" for _ in range(5)) + "'a'" + "".join(f" for v{n} in {'a' * 200!r}]" for n in range(5))),
    "a width in a field": lookup("'{:>{}}'.format('a', 3_000_000_000)"),
    "a width": lookup("'{:>3000000000}'.format('a')"),
    "a width in a field of a name": lookup("t.format('a', 3_000_000_000)", "t = '{:>{}}'"),
    "a width from a star": lookup("'%*s' % (3_000_000_000, 'a')"),
    "a precision": lookup("'%.3000000000f' % 1"),
    "bz2": lookup("codecs.decode(b, 'bz2')", "import codecs\nb = b'BZh9'"),
    "zip": lookup("codecs.decode(b, 'zip')", f"import codecs, zlib\nb = {__import__('zlib').compress(bytes(50 << 20))!r}"),
    "bz2 that is one": lookup("codecs.decode(b, 'bz2_codec')", f"import codecs\nb = {__import__('bz2').compress(bytes(50 << 20))!r}"),
    "idna": lookup(f"{'a' * 9000!r}.encode('idna')"),
    "punycode": lookup(f"{'-' + 'b' * 9000!r}.encode().decode('punycode')"),
    "replaced": lookup(f"{'a' * 9000!r}.replace('a', {'b' * 9000!r})"),
    "replaced nothing": lookup(f"{'a' * 9000!r}.replace('', {'b' * 9000!r})"),
    "joined": lookup(f"{'a' * 9000!r}.join({'b' * 9000!r})"),
    "joined lists": lookup(f"{'a' * 9000!r}.join(['b'] * 9000)"),
    "fields": lookup(f"{'{0}' * 3000!r}.format({'b' * 9000!r})"),
    "percents": lookup(f"{'%s' * 3000!r} % ([{'b' * 9000!r}] * 3000)"),
    "times": lookup(f"{'a' * 9000!r} * 10000 * 10000"),
    "a list of long texts": lookup(f"str([{'a' * 9000!r}] * 9000)"),
    "doubled lists": lookup("str(x39)", doubled(40)),
    "displays of displays": lookup("x5", displays(6)),
    "displays of displays, joined": lookup("''.join(x5)", displays(6)),
    "a list that holds itself": lookup("x", "x = ['a', ['b']]\nx = [x, x]"),
    "a long integer": lookup("str(0x" + "f" * 9000 + ")"),
    "a long integer in an f-string": lookup("f'{0x" + "f" * 9000 + "}'"),
    "a long integer as a key": lookup("{0x" + "f" * 9000 + ": x, 'b': x}[0x" + "f" * 9000 + "]"),
    "powers": lookup("str(" + " * ".join(["9999"] * 400) + ")"),
    "lambdas": "def f(x): return " + "lambda: " * 900 + "getattr(torch, x)",
    "eval of long texts": "def f(x):\n" + "".join(f"    eval({'x,' * 30_000 + str(n)!r})\n" for n in range(4)),
    "one name with many values": "".join(f"a = {n}\n" if n % 2 else f"if a: a = {n}\n" for n in range(8000)) + lookup("[" + "a, " * 8000 + "]"),
    "a long table": f"t = {{{', '.join(f'{n}: {n}' for n in range(8000))}}}\n" + lookup("[" + ", ".join(f"t[{n}]" for n in range(8000)) + "]"),
    "many patterns": "def f(x):\n    match torch:\n" + "".join(f"        case object(a{n}=b{n}, c{n}=[d{n}, *e{n}]): getattr(b{n}, d{n})\n" for n in range(1500)),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_within_bounds(name: str) -> None:
    found = read(BOMBS[name])
    assert not any(one.certain for one in found)
    assert found  # what is looked up here cannot be told, and that is told
    assert len(found) <= 25


def test_the_forbidden_thing_behind_a_bomb_is_not_lost() -> None:
    """What was found before the reader gave up stays found; and it says where it gave up."""
    source = "def f(x):\n    torch.softmax(x, 1)\n    " + "; ".join(f"getattr(torch, {nested(4)})" for _ in range(3))
    found = read(source)
    assert [(one.line, one.certain) for one in found if one.line == 2] == [(2, True)]
    assert any("not read to the end" in one.evidence and not one.certain for one in found)


TOO_LONG = {
    "a cell over 256 KiB": ["g = torch.softmax\n" + "#" * (1 << 18), "def f(x): return g(x, 1)"],
    "a function over 256 KiB": ["def f(x):\n    return torch.softmax(x, 1)\n" + "#" * (1 << 18)],
    "the cell after the thousandth": [*["1"] * 1000, "g = torch.softmax", "def f(x): return g(x, 1)"],
    "a cell that is deep": ["g = torch.softmax\ny = " + "-" * 20_000 + "1", "def f(x): return g(x, 1)"],
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_too_long_to_be_read_is_told(name: str) -> None:
    found = read(*TOO_LONG[name])
    assert any("too long to be read" in one.evidence for one in found)
    assert not any(one.certain for one in found)


def test_a_cell_that_is_no_python_is_nothing_to_tell() -> None:
    assert read("def g(x: return", "def f(x): return getattr(x, 'exp')()") == ()


@pytest.mark.parametrize("value", ["x" * 20_000, ["x" * 200] * 200, [[["x"] * 100] * 100] * 100, (("x",) * 10_001,)])
def test_the_weight_of_a_constant_is_that_of_all_it_holds(value: object) -> None:
    assert folding.weight(value) > folding.LONGEST


@pytest.mark.parametrize(
    "codec", ["bz2", "zlib", "zip", "idna", "punycode", "uu", "quopri", "undefined", "mbcs", "", 5, None]
)
def test_text_codecs_only(codec: object) -> None:
    with pytest.raises(folding.NotConstant):
        folding.call_function("codecs.decode", [b"abc", codec])
    with pytest.raises(folding.NotConstant):
        folding.call_method(b"abc", "decode", [codec])


@pytest.mark.parametrize(
    ("data", "codec", "text"),
    [(b"soft", "utf-8", "soft"), (b"soft", "UTF_8", "soft"), ("fbsg", "rot13", "soft"), (b"736f6674", "hex", b"soft")],
)
def test_these_are_followed(data: object, codec: str, text: object) -> None:
    assert folding.call_function("codecs.decode", [data, codec]) == text
