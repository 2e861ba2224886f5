import ast
import warnings

import pytest

from autograder.authoring import Task
from autograder.grading.forbidden import Reader
from autograder.grading.mutants import mutants_of
from autograder.notebooks.magics import to_python
from autograder.notebooks.source import children, parse, walk
from autograder.sandbox.interface import Cell, Program
from tests.paths import ROOT

SOURCES = sorted(
    [
        *(p for p in (ROOT / "autograder").rglob("*.py") if "handwritten" not in p.parts),
        *(ROOT / "solutions").glob("*/solution.py"),
    ]
)
EVERY_KIND = """
import a.b as c
from . import (d,)
from e import *
@f
async def g(h: i, /, j=k, *l, m: n = o, **p) -> q:
    global r
    async with s as t, u: await v
    async for w in x: yield y
    return [z async for z in aa if ab]
class ac(ad, metaclass=ae):
    af: ag = ah
    nonlocal_ = lambda ai, *aj: (yield from ak)
try: del al[am:an:ao], ap.aq
except ar as at: raise au from av
else: aw += ax @ ay
finally: assert az, ba
match bb:
    case {"k": bc, **bd} | [be, *bf] if bg: pass
    case bh(1, bi=bj) | None as bk: pass
    case bl.bm: ...
while not bn < bo <= bp: break
for bq in br: continue
bs = {**bt, bu: bv} if bw else {bx, *by}
bz = f"{ca!r:{cb}}" + (cc := -cd) and {ce: cf for ce in cg}
"""


def expected(tree: ast.AST) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if not isinstance(node, ast.expr_context)]


@pytest.mark.parametrize("text", [EVERY_KIND, *(path.read_text(encoding="utf-8") for path in SOURCES)])
def test_a_walk_meets_what_the_walk_of_ast_meets(text: str) -> None:
    tree = ast.parse(text)
    assert walk(tree) == expected(tree)
    for node in walk(tree):
        assert children(node) == [n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.expr_context)]


TASK = Task("f", points=1, forbid=("torch.autograd",))


@pytest.mark.parametrize("source", [r"x = '\d'", "x = 1[0]", "x = (1, 2)(3)", "assert (x, 'y')", "x is 1"])
def test_what_python_has_to_say_of_others_code_reaches_nobody(source: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert parse(source) is not None
        assert to_python(f"%time {source}") == source
        assert list(Reader(Program((Cell(source), Cell(f"exec({source!r})")))).findings(TASK)) == []
        assert list(mutants_of(f"def f(x):\n    {source}\n    return x + 1\n", released="f(x)"))
    assert said == []
