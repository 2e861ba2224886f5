"""Twenty students, what they wrote, and the grade that each deserves: a question that is right everywhere gives 5 points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.benchmarks.peers.questions import Question

LOOPS = {
    "lstm_step": """
def lstm_step(x, h, c, W, U, b):
    m = h.shape[1]
    gates = torch.addmm(torch.addmm(b, x, W), h, U)
    i, f, o = (torch.sigmoid(gates[:, k * m:(k + 1) * m]) for k in (0, 1, 3))
    g = torch.tanh(gates[:, 2 * m:3 * m])
    c = i * g + f * c
    return torch.tanh(c) * o, c
""",
    "normalize_adj": """
def normalize_adj(A):
    n = len(A)
    A = A.clone()
    for i in range(n):
        A[i, i] += 1
    degree = [A[i].sum() for i in range(n)]
    result = torch.zeros_like(A)
    for i in range(n):
        for j in range(n):
            result[i, j] = A[i, j] / torch.sqrt(degree[i] * degree[j])
    return result
""",
    "elbo": """
def elbo(x, logits, mu, logvar):
    p = F.softplus(-logits) * x + F.softplus(logits) * (1 - x)
    kl = 0.5 * (mu.pow(2) + logvar.exp() - logvar - 1)
    return (p.sum(1) + kl.sum(1)).mean()
""",
    "gan_losses": """
def gan_losses(real, fake):
    bce = F.binary_cross_entropy_with_logits
    d = bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))
    return d, bce(fake, torch.ones_like(fake))
""",
}
WRONG = {
    "lstm_step": """
def lstm_step(x, h, c, W, U, b):
    f, i, g, o = (x @ W + h @ U + b).chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
""",
    "normalize_adj": """
def normalize_adj(A):
    A = A + torch.eye(A.shape[0], dtype=A.dtype)
    return A / A.sum(dim=1, keepdim=True)
""",
    "elbo": """
def elbo(x, logits, mu, logvar):
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    return (reconstruction + 0.5 * (1 + logvar - mu**2 - logvar.exp()).sum()) / x.shape[0]
""",
    "gan_losses": """
def gan_losses(real, fake):
    real, fake = real.sigmoid(), fake.sigmoid()
    return -(real.log() + (1 - fake).log()).mean(), -fake.log().mean()
""",
}
RAISES = {
    "lstm_step": "def lstm_step(x, h, c, W, U, b):\n    raise ValueError('which gate is which?')\n",
    "normalize_adj": "def normalize_adj(A):\n    return degree_matrix(A) @ A\n",
    "gan_losses": "def gan_losses(real, fake):\n    return 'real' + 1\n",
}
ENDLESS = "def elbo(x, logits, mu, logvar):\n    while True:\n        pass\n"
HOG = "def normalize_adj(A):\n    dense = torch.ones(28400, 28400)\n    return dense + A[0, 0]\n"  # 3 GiB
GONE = "import os\n\ndef gan_losses(real, fake):\n    os._exit(0)\n"
NOISE = "\n\nfor line in range(200_000):\n    print('step', line)\n"


@dataclass(frozen=True)
class Student:
    """answers: question -> source, where it is not the solution. change: what is done to every answer. deserved: points."""

    name: str
    kind: str
    deserved: float
    answers: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[str], str] = lambda source: source

    def answer(self, question: Question) -> str:
        return self.change(self.answers.get(question.name, question.answer).strip("\n"))


def _first_line(statement: str) -> Callable[[str], str]:
    """Puts a statement first into every function."""

    def change(source: str) -> str:
        lines: list[str] = []
        for line in source.split("\n"):
            lines.append(line)
            if line.startswith("def "):
                lines.append(f"    {statement}")
        return "\n".join(lines)

    return change


def _without_docstring(source: str) -> str:
    head, quote, rest = source.partition('    """')
    return head + rest.partition('"""\n')[2] if quote else source


def _right() -> list[Student]:
    names = list(LOOPS)
    found = [Student("right-01", "right", 20), Student("right-02", "right", 20, change=_without_docstring)]
    for number in range(3, 9):  # every mixture of the two ways to write it
        mixed = {name: LOOPS[name] for k, name in enumerate(names) if (number - 2) >> k & 1 or number == 8}
        found.append(Student(f"right-{number:02}", "right", 20, mixed))
    prints = _first_line("print('shape', *(x.shape for x in locals().values()))")
    warns = _first_line("import warnings; warnings.warn('this was slow on my machine')")
    return [
        *found,
        Student("right-09-prints", "right", 20, change=lambda s: prints(_without_docstring(s))),
        Student("right-10-warns", "right", 20, change=lambda s: warns(_without_docstring(s))),
    ]


STUDENTS = (
    *_right(),
    Student("wrong-lstm", "wrong", 15, {"lstm_step": WRONG["lstm_step"]}),
    Student("wrong-gcn", "wrong", 15, {"normalize_adj": WRONG["normalize_adj"]}),
    Student("wrong-elbo", "wrong", 15, {"elbo": WRONG["elbo"]}),
    Student("wrong-gan", "wrong", 17, {"gan_losses": WRONG["gan_losses"]}),  # only where logits are large
    Student("raises-gcn", "raises", 15, {"normalize_adj": RAISES["normalize_adj"]}),
    Student("raises-twice", "raises", 10, {name: RAISES[name] for name in ("lstm_step", "gan_losses")}),
    Student("endless", "endless", 15, {"elbo": ENDLESS}),
    Student("hog", "hog", 15, {"normalize_adj": HOG}),
    Student("noisy", "noisy", 20, {"lstm_step": LOOPS["lstm_step"].strip("\n") + NOISE}),
    Student("exits", "exits", 15, {"gan_losses": GONE}),
)
