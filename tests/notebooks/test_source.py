import ast

import pytest

from autograder.notebooks.source import children, walk
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
