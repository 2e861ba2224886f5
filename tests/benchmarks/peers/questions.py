"""The four questions as every grader of the benchmark gets them: one solution, the same kinds of inputs, the same points.

Ours takes `course/solutions/50-peers`; the notebooks of the others are made from its cells, with tests that hold the
same reference and compare with `torch.allclose`, as their authors' guides do it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION, Assignment, load_assignment

COURSE = Path(__file__).resolve().parents[1] / "course"
SLUG = "50-peers"
VISIBLE, HIDDEN = 2, 3
IMPORTS = "import torch\nimport torch.nn.functional as F"

# For each question a generator of inputs in the tests of the others: `count` times, the last ones of size `scale`.
INPUTS = {
    "lstm_step": """
def inputs(seed, count, scale):
    random = torch.Generator().manual_seed(seed)
    for n in range(2, 2 + count):
        shapes = (n, 3), (n, 4), (n, 4), (3, 16), (4, 16), (16,)
        yield [torch.randn(*shape, generator=random, dtype=torch.float64) for shape in shapes]
""",
    "normalize_adj": """
def inputs(seed, count, scale):
    random = torch.Generator().manual_seed(seed)
    for n in range(3, 3 + count):
        A = torch.rand(n, n, generator=random, dtype=torch.float64)
        yield [(A * (A > 0.4)).fill_diagonal_(0)]
""",
    "elbo": """
def inputs(seed, count, scale):
    random = torch.Generator().manual_seed(seed)
    for n in range(2, 2 + count):
        shapes = (n, 5), (n, 3), (n, 3)
        yield [torch.rand(n, 5, generator=random, dtype=torch.float64)] + [
            torch.randn(*shape, generator=random, dtype=torch.float64) for shape in shapes]
""",
    "gan_losses": """
def inputs(seed, count, scale):
    random = torch.Generator().manual_seed(seed)
    for n in range(2, 2 + count):
        size = scale if n >= 4 else 1
        yield [size * torch.randn(n, 1, generator=random, dtype=torch.float64) for _ in range(2)]
""",
}
COMPARE = """
def same(got, expected):
    got, expected = (x if isinstance(x, tuple) else (x,) for x in (got, expected))
    return len(got) == len(expected) and all(
        g.shape == e.shape and g.dtype == e.dtype and torch.allclose(g, e) for g, e in zip(got, expected))
"""


@dataclass(frozen=True)
class Question:
    """name: of the function. given: the cell that students get. solution: the same with the answer, marks and all."""

    name: str
    solution: str

    @property
    def answer(self) -> str:
        """The solution as a student would have written it."""
        marks = (BEGIN_SOLUTION, END_SOLUTION)
        return "\n".join(line for line in self.solution.split("\n") if line.strip() not in marks)

    def test(self, hidden: bool) -> str:
        """The body of a test, to stand at the margin or in a function: raises AssertionError where something is wrong."""
        reference = re.sub(rf"\bdef {self.name}\b", "def reference", self.answer)
        seed, count = (2, 4) if hidden else (1, 2)
        loop = f"for args in inputs({seed}, {count}, 400):\n    assert same({self.name}(*args), reference(*args))"
        return "\n".join([reference, INPUTS[self.name], COMPARE, loop])


def assignment() -> Assignment:
    return load_assignment(COURSE / "solutions" / SLUG)


def questions() -> tuple[Question, ...]:
    cells = [cell for cell in assignment().cells if cell.role == "task"]
    return tuple(Question(cell.task or "", cell.source) for cell in cells)
