"""The engine: every version of a cell that differs by one slip, with its place, kind, role and words."""

from __future__ import annotations

import ast

import pytest

from autograder.grading.mutants import describe, mutants_of
from autograder.grading.mutants.wording import KINDS
from autograder.notebooks.marks import read_marks, without_marks

CELL = '''\
import torch


def layer(x, W, b, eps):
    """편향을 더합니다: returns z."""
    z = x @ W + b  # role: pre-activation / 활성화 전 값
    hidden = torch.sqrt(z.var(dim=0) + eps)
    return z / hidden, hidden
'''


def made(body: str, parameters: str = "x, W, b, n, h") -> dict[str, str]:
    """By the line as it is after the slip: its kind, of a function with this body."""
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    return {m.after: m.kind for m in mutants_of(f"def f({parameters}):\n{lines}\n")}


def test_every_mutant_is_python_of_its_own_and_differs_in_the_place_that_it_names() -> None:
    found = mutants_of(CELL, first_line=101)
    assert len(found) > 30
    assert len({m.source for m in found} | {CELL}) == len(found) + 1
    assert len({m.name for m in found}) == len(found)
    for mutant in found:
        ast.parse(mutant.source)
        lines = CELL.split("\n")
        assert mutant.before == lines[mutant.line - 101].strip()
        assert mutant.after in mutant.source
        assert mutant.after != mutant.before
        assert mutant.kind in KINDS
        assert lines[0] == mutant.source.split("\n")[0]
    assert mutants_of(CELL, first_line=101) == found


@pytest.mark.parametrize(
    ("line", "kind", "after"),
    [
        ("return x @ W + b", "term", "return x @ W"),
        ("return x @ W + b", "sign", "return x @ W - b"),
        ("return x @ W", "order", "return W @ x"),
        ("return x @ W", "transpose", "return x.mT @ W"),
        ("return x @ W", "operator", "return x * W"),
        ("return x @ W @ h", "factor", "return x @ W"),
        ("return x.T @ W @ h", "factor", "return W @ h"),
        ("return 1 - n * n + h", "name", "return 1 - h * h + h"),
        ("return x @ W.T", "transpose", "return x @ W"),
        ("return x - b", "sign", "return b - x"),
        ("return (x - b) * n", "factor", "return x - b"),
        ("return x / n", "divisor", "return x"),
        ("return x / n", "constant", "return x / (n - 1)"),
        ("return x.log()", "epsilon", "return (x + 1e-8).log()"),
        ("return x.log()", "epsilon", "return x.clamp(min=1e-8).log()"),
        ("z = h\nfor t in range(n):\n    z = f(z)\nreturn z", "state", "z = torch.zeros_like(h)"),
        ("return x ** 2", "power", "return x"),
        ("return -(x * b)", "sign", "return x * b"),
        ("return x - x.amax(dim=1)", "stability", "return x"),
        ("return x > 0", "comparison", "return x >= 0"),
        ("return x if n else b", "condition", "return b"),
        ("return 0.5 * x", "factor", "return 1.0 * x"),
        ("return 0.5 * x", "constant", "return 0.25 * x"),
        ("return 2 + x", "term", "return 0 + x"),
        ("return x.sum(dim=1)", "reduction", "return x.mean(dim=1)"),
        ("return x.sum(dim=1)", "axis", "return x.sum(dim=0)"),
        ("return x.sum(dim=1)", "axis", "return x.sum()"),
        ("return x / len(n)", "size", "return x / len(h)"),
        ("return x.sum(dim=1, keepdim=True)", "axis", "return x.sum(dim=1, keepdim=False)"),
        ("return x.log()", "other function", "return x.log2()"),
        ("return torch.exp(x)", "function", "return x"),
        ("return torch.logsumexp(x, dim=1)", "stability", "return x.exp().sum(dim=1).log()"),
        ("return (x + 1e-5).sqrt()", "epsilon", "return x.sqrt() + 1e-5"),
        ("return torch.zeros(n, dtype=x.dtype)", "dtype", "return torch.zeros(n)"),
        ("return x.to(b.dtype)", "dtype", "return x"),
        ("return x[n]", "name", "return x[h]"),
        ("return x[1:]", "index", "return x[:]"),
        ("return x[::-1]", "reversed", "return x[:]"),
        ("return W[n, h]", "order", "return W[h, n]"),
        ("return x, b", "order", "return b, x"),
        ("return x.clamp(min=1)", "clamp", "return x"),
        ("return x.detach()", "detach", "return x"),
        ("for t in range(n):\n    x = x + b\nreturn x", "index", "for t in range(n - 1):"),
        ("for t in range(n):\n    x = x + b\nreturn x", "reversed", "for t in reversed(range(n)):"),
        ("for t in reversed(range(n)):\n    x = x + b\nreturn x", "reversed", "for t in range(n):"),
        ("for t in range(n):\n    x = x + W[t]\nreturn x", "index", "x = x + W[t - 1]"),
        ("x = x + b\nreturn x", "in place", "x += b"),
        ("for t in range(n):\n    x, h = f(x, h)\nreturn x", "state", "x, _ = f(x, h)"),
        ("W[n] += x\nreturn W", "state", "W[n] = x"),
        ("if n > 0:\n    x = b\nreturn x", "condition", "if True:"),
        ("return W['a'] + W['aa']", "key", "return W['aa'] + W['aa']"),
    ],
)
def test_slips_by_kind(line: str, kind: str, after: str) -> None:
    assert made(line).get(after) == kind


def test_a_slip_keeps_the_rest_of_its_expression_together() -> None:
    assert "return (x + b) @ W" in made("return (x - b) @ W")
    assert "return b @ W" not in made("return (x - b) @ W")  # what is left of a difference keeps its sign
    assert "return (-b) @ W" in made("return (x - b) @ W")
    assert "return (x).sum()" in made("return (x * n).sum()")


def test_the_same_slip_at_every_matching_place() -> None:
    cell = "def f(x, y):\n    a = torch.sigmoid(x)\n    b = torch.sigmoid(y)\n    return a * b\n"
    (everywhere,) = [m for m in mutants_of(cell) if m.places > 1 and m.source.count("torch.tanh") == 2]
    assert everywhere.kind == "other function"
    assert everywhere.places == 2
    assert everywhere.after == "a = torch.tanh(x)"
    assert "2 places" in describe(everywhere).en


def test_no_slips_in_docstrings_errors_and_texts() -> None:
    cell = 'def f(x):\n    """1 + 1"""\n    if x:\n        raise ValueError(f"{x + 1}")\n    return x\n'
    assert not [m for m in mutants_of(cell) if "raise" in m.before or '"""' in m.before]


def test_a_role_is_the_author_s_or_a_name_that_students_know() -> None:
    bias = {m.after: m for m in mutants_of(CELL, released="def layer(x, W, b, eps): returns z")}[
        "z = x @ W  # role: pre-activation / 활성화 전 값"
    ]
    assert describe(bias).en == "The term with b is missing in pre-activation."
    assert describe(bias).ko == "활성화 전 값에서 b 항이 빠졌습니다."
    plain = CELL.replace("  # role: pre-activation / 활성화 전 값", "")
    by_name = {m.after: m for m in mutants_of(plain, released="layer(x, W, eps) returns z")}
    assert describe(by_name["z = x @ W"]).en == "A term is missing in z."
    unknown = {m.after: m for m in mutants_of(plain, released="nothing")}
    assert describe(unknown["z = x @ W"]).en == "A term of a sum or a difference is missing."


def test_students_words_never_quote_what_they_cannot_know() -> None:
    for mutant in mutants_of(CELL, released="layer x W b eps"):
        for said in (describe(mutant).en, describe(mutant).ko):
            assert "hidden" not in said
            assert mutant.before not in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_both_languages_with_and_without_a_role(kind: str) -> None:
    plain, of_role = KINDS[kind]
    for text in (plain, of_role):
        assert text.languages == ("en", "ko")
        assert text.en.endswith(".")
        assert text.ko.endswith(".")
    assert "{" not in plain.en + plain.ko
    assert "{role}" in of_role.en
    assert "{role}" in of_role.ko


def test_marks_are_read_and_taken_away() -> None:
    cell = (
        "def f(S, n):\n"
        "    a = S.mean()  # mutant: S.mean() -> S.std()\n"
        "    # equivalent: nobody writes into it\n"
        "    b = S.clone()\n"
        "    c = a + b  # not a mutant\n"
        "    return c / n  # an ordinary comment\n"
    )
    marks = read_marks(cell)
    assert marks.own == {2: [("S.mean()", "S.std()")]}
    assert marks.equivalent == {4: "nobody writes into it"}
    assert marks.none == {5}
    found = mutants_of(cell)
    assert [m.after for m in found if m.kind == "own"] == ["a = S.std()  # mutant: S.mean() -> S.std()"]
    assert {m.equivalent for m in found if m.line == 4} == {"nobody writes into it"}
    assert not [m for m in found if m.line == 5]
    assert without_marks(cell) == (
        "def f(S, n):\n    a = S.mean()\n    b = S.clone()\n    c = a + b\n    return c / n  # an ordinary comment\n"
    )


def test_what_only_looks_like_a_mark_stays() -> None:
    cell = 'def f(x):\n    text = "# role: a / b"  # roles: x\n    return text\n'
    assert without_marks(cell) == cell
    assert not read_marks(cell).role


def test_names_that_students_know_are_said() -> None:
    cell = (
        "def f(x, dH, mode):\n"
        '    """Returns (dX, db)."""\n'
        "    dZ = torch.tanh(dH)\n"
        "    if mode:\n"
        "        x = dH\n"
        "    return x, dZ.sum(dim=0)\n"
    )
    said = {m.after: describe(m).en for m in mutants_of(cell, released="f(x, dH, mode) Returns (dX, db) tanh")}
    assert said["return x, dH.sum(dim=0)"] == "In db, dH is used where another variable belongs."
    assert said["dZ = dH"] == "The tanh is not applied."
    assert said["if False:"] == "A case that depends on mode is not told apart."


def test_a_missing_power_and_a_missing_keyword_are_called_by_their_names() -> None:
    found = {m.after: describe(m) for m in mutants_of("def f(x):\n    return x.var(dim=0, correction=0) - x**2\n")}
    assert found["return x.var(dim=0, correction=0) - x"].in_language("en") == "The square is missing."
    assert found["return x.var(dim=0, correction=0) - x"].in_language("ko") == "제곱이(가) 빠졌습니다."
    assert found["return x.var(dim=0) - x**2"].in_language("en") == "The argument correction of a call is missing."
