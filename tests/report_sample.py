"""Reports made by hand: one submission with every kind of result that a page has to show.

The verdicts are computed by `compare` and `score`, as in grading; only the sandbox is left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.authoring import T1, T3, Call, Check, Draw, Task
from autograder.course.cases import Case
from autograder.grading.compare import compare, parts_of
from autograder.grading.findings import CellProblem, Diagnosis, Findings, Forbidden, Provenance
from autograder.grading.score import CaseVerdict, score_task
from autograder.guest.wire import Array
from autograder.i18n import Text
from autograder.sandbox.interface import ErrorInfo, Outcome, Status

HIDDEN = 424242.5  # stands in every hidden input and answer, and may stand in no report
HOSTILE = '<script>alert("1")</script>\x1b[31m red \x1b]0;title\x07\u202egnp.exe =1+1'
SOURCES = {
    "cell 4": "import torch\n\ndef softmax(x):\n    e = torch.exp(x)\n    return e / e.sumn(dim=1)\n",
    "cell 9": "def noisy(x):\n    print(x)\n    raise Leak(str(x))\n",
}


class Sample:
    """Collects tasks, cases and outcomes, and numbers the cases."""

    def __init__(self) -> None:
        self.cases: dict[int, Case] = {}
        self.expected: dict[int, Outcome] = {}
        self.verdicts: dict[int, CaseVerdict] = {}
        self.tasks: list[Task] = []

    def task(self, name: str, points: float, **options) -> Task:
        task = Task(name, points=points, **options)
        self.tasks.append(task)
        return task

    def check(self, task: Task, name: str, points: float, title: Text, calls, **options) -> Check:
        """calls: (args, expected value, outcome) of each case. `outcome`'s id is filled in."""
        hint = options.pop("hint", Text(f"Look at {name} once more.", f"{name} 부분을 다시 살펴보세요."))
        parameters = options.pop("parameters", ("x", "y", "z"))
        tolerance = options.pop("tolerance", T1)
        check = Check(
            task.name, name, points, options.pop("visible", True), tolerance, title, hint, _no_draw, **options
        )
        task.checks.append(check)
        for index, (args, expected, outcome) in enumerate(calls):
            number = len(self.cases)
            case = Case(number, check, index, task.functions[0], parameters, args, 0)
            self.cases[number] = case
            gradient = expected if check.gradient else None
            self.expected[number] = Outcome(
                number, Status.RETURNED, expected, inputs_after=args, gradient=(gradient,) if check.gradient else ()
            )
            self.verdicts[number] = verdict(case, self.expected[number], replace(outcome, id=number))
        return check

    def report(self, **options) -> Findings:
        tasks = tuple(
            score_task(
                task,
                [(c, [self.verdicts[k] for k, case in self.cases.items() if case.check is c]) for c in task.checks],
            )
            for task in self.tasks
        )
        banned = {found.task for found in options.get("forbidden", ()) if found.certain}
        tasks = tuple(
            replace(t, checks=tuple(replace(c, earned=0.0) for c in t.checks)) if t.task.name in banned else t
            for t in tasks
        )
        status = "pending" if any(task.pending for task in tasks) else "graded"
        filled = {
            "slug": "10-gcn",
            "title": Text("Graph convolution", "그래프 합성곱"),
            "student": "kim-minji",
            "submitted": "2027-05-16T22:41:07+09:00",
            "status": status,
            "tasks": tasks,
            "cases": self.cases,
            "expected": self.expected,
            "diagnoses": {},
            "forbidden": (),
            "cells": (),
            "notes": (),
            "events": (),
            "problem": None,
            "provenance": PROVENANCE,
            "seconds": 0.8123,
            "sources": SOURCES,
        }
        return Findings(**{**filled, **options})


PROVENANCE = Provenance(
    content_hash="9f2c51d07c0b4a1e",
    assignment_fingerprint="6b8d0c2f4e1a3957",
    name="kim.ipynb",
    report_fingerprint="0a1b2c3d4e5f6071",
    seed_id="seed-71ac",
    autograder="0.1.0",
    sandbox={"provider": "process", "python": "3.11.9", "torch": "2.13.0", "isolation": ["landlock", "seccomp"]},
    graded_at="2027-05-18T00:03:11+00:00",
    device="cpu",
)


def _no_draw(draw: Draw) -> list[Call]:
    return []


def verdict(case: Case, expected: Outcome, outcome: Outcome) -> CaseVerdict:
    if outcome.status is not Status.RETURNED:
        return CaseVerdict(case.id, outcome, None, parts=parts_of(expected.value))
    value = compare(expected.value, outcome.value, case.check.tolerance)
    gradient = compare(expected.gradient, outcome.gradient, case.check.tolerance) if case.check.gradient else None
    pure = compare(expected.inputs_after, outcome.inputs_after, T1).equal
    return CaseVerdict(case.id, outcome, value, gradient, pure=pure, parts=parts_of(expected.value))


def gave(value, args=(), **options) -> Outcome:
    return Outcome(0, Status.RETURNED, value, inputs_after=options.pop("after", args), **options)


def ended(status: Status, error: ErrorInfo | None = None, **options) -> Outcome:
    return Outcome(0, status, error=error, **options)


def array(data, dtype: str = "float64") -> Array:
    return Array(np.asarray(data, dtype=dtype), dtype)


def full_sample(**options) -> Findings:
    """A submission with every kind of result."""
    s, rng = Sample(), np.random.default_rng(7)
    _normalize(s, rng)
    _layer(s, rng)
    _softmax(s, rng)
    _loops(s)
    _others(s, rng)
    filled = {
        "diagnoses": {
            "normalize_adj": Diagnosis(
                "misconception",
                "row_normalised",
                "normalize_adj",
                Text(
                    "You divide every row by its degree (`D^-1 A`). The task asks for the symmetric form, `D^-1/2 A D^-1/2`: divide by the root of the degrees at both ends.",
                    "각 행을 차수로 나누었습니다(`D^-1 A`). 이 문제는 대칭 형태 `D^-1/2 A D^-1/2`를 요구합니다. 간선 양쪽 끝 차수의 제곱근으로 나누어야 합니다.",
                ),
            )
        },
        "forbidden": (
            Forbidden(
                "readout", "torch_geometric", "cell 11", 2, "uses torch_geometric.nn.global_mean_pool", "static", True
            ),
            Forbidden("softmax", "torch.Tensor.backward", "cell 4", 4, HOSTILE, "static"),
        ),
        "cells": (
            CellProblem("cell 2", "raised", ErrorInfo("ModuleNotFoundError", "No module named 'seaborn'", 1, "cell 2")),
        ),
        "notes": (
            Text(
                "The given cell `run_training` was changed; grading used the released text.",
                "주어진 셀 `run_training`이 바뀌어 있어 배포된 원본으로 채점했습니다.",
            ),
        ),
        "events": ("child 2 killed: memory",),
    }
    return s.report(**{**filled, **options})


def _normalize(s: Sample, rng: np.random.Generator) -> None:
    task = s.task("normalize_adj", 16, form=1, purity=1)
    adjacency = np.array([[0, 1, 1, 0, 1.0], [0, 0, 1, 0, 0], [1, 0, 0, 1, 0], [0, 0, 0, 0, 1], [1, 0, 0, 0, 0]])
    tilde = adjacency + np.eye(5)
    degree = tilde.sum(1)
    right, wrong = tilde / np.sqrt(np.outer(degree, degree)), tilde / degree[:, None]
    args = (array(adjacency),)
    s.check(task, "small", 6, Text("a small directed graph", "작은 방향 그래프"), [(args, array(right), gave(array(wrong), args, stdout="degrees tensor([4., 2., 3., 2., 2.])\n"))], parameters=("A",),
            hint=Text("Divide by the root of the degree of the row and of the column.", "행의 차수와 열의 차수, 양쪽의 제곱근으로 나누세요."))  # fmt: skip
    s.check(
        task,
        "symmetric",
        4,
        Text("an undirected graph", "무방향 그래프"),
        [(args, array(right), gave(array(right), args))],
        parameters=("A",),
    )
    big = rng.normal(size=(40, 40))
    off = big + np.where(rng.random((40, 40)) < 0.2, 10.0 ** rng.uniform(-11, -1, (40, 40)), 0)
    off[12:15, 20:33] = 0.5
    args = (array(big), 0.5, "mean")
    s.check(
        task,
        "large",
        2,
        Text("a larger graph", "더 큰 그래프"),
        [(args, array(big), gave(array(off), args))],
        parameters=("A", "dropout", "reduction"),
    )
    hidden = array(np.full((3, 3), HIDDEN))
    s.check(
        task,
        "other_graphs",
        2,
        Text("other graphs", "다른 그래프"),
        [
            (
                (hidden,),
                hidden,
                gave(array(np.full((3, 3), HIDDEN + 1)), (hidden,), stdout=f"{HIDDEN}", warnings=(f"{HIDDEN}",)),
            )
        ]
        * 3,
        visible=False,
    )


def _layer(s: Sample, rng: np.random.Generator) -> None:
    task = s.task("gcn_layer", 12, form=2)
    x, w = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    args = (array(x), array(w))
    s.check(
        task,
        "shapes",
        5,
        Text("shapes of the result", "결과의 모양"),
        [(args, array(x @ w), gave(array((x @ w).T), args))],
        parameters=("X", "W"),
    )
    s.check(
        task,
        "grad",
        5,
        Text("gradient with respect to W", "W에 대한 기울기"),
        [(args, array(x @ w), gave(array(x @ w), args, gradient=(None,)))],
        parameters=("X", "W"),
        gradient=("W",),
    )


def _softmax(s: Sample, rng: np.random.Generator) -> None:
    task = s.task("softmax", 12, form=1, purity=1)
    x = rng.normal(size=(2, 3))
    error = ErrorInfo("AttributeError", "'Tensor' object has no attribute 'sumn'. Did you mean: 'sum'?", 5, "cell 4")
    args = (array(x),)
    boom = ended(Status.RAISED, error, stdout=HOSTILE + "\n" + "epoch 1\repoch 2\r" + "long " * 2000)
    s.check(task, "plain", 4, Text("rows sum to one", "행의 합은 1"), [(args, array(x), boom)])
    s.check(task, "stable", 3, Text("large inputs", "큰 입력"), [(args, array(x), boom)])
    leak = ErrorInfo(f"Leak{int(HIDDEN)}", f"tensor({HIDDEN})", 5, "cell 4", f"x = {HIDDEN}")
    hidden = array([HIDDEN])
    s.check(
        task,
        "hidden",
        3,
        Text("other inputs", "다른 입력"),
        [((hidden,), hidden, ended(Status.RAISED, leak, stdout=f"{HIDDEN}"))],
        visible=False,
    )


def _loops(s: Sample) -> None:
    task = s.task("propagate", 10)
    args = (array([[1.0, 2.0]], "float32"),)
    s.check(
        task,
        "slow",
        4,
        Text("a path of 50 nodes", "50개 노드의 경로"),
        [(args, args[0], ended(Status.TIMED_OUT))],
        tolerance=T3,
    )
    s.check(task, "memory", 3, Text("a wide graph", "넓은 그래프"), [(args, args[0], ended(Status.OUT_OF_MEMORY))])
    s.check(task, "later", 3, Text("an empty graph", "빈 그래프"), [(args, args[0], ended(Status.GRADER_ERROR))])


def _others(s: Sample, rng: np.random.Generator) -> None:
    task = s.task("readout", 8, purity=2)
    args = (array([1.0, 2.0, 3.0]),)
    s.check(task, "mean", 3, Text("mean of the nodes", "노드 평균"), [(args, 2.0, gave(2.0, args))])
    s.check(
        task,
        "sum",
        3,
        Text("sum of the nodes", "노드 합"),
        [(args, (6.0, args[0]), gave((6.5, array([1.0, np.nan, 3.0])), args, after=(array([0.0, 0.0, 0.0]),)))],
    )
    task = s.task("gcn_net", 12, form=2)
    s.check(
        task,
        "one",
        5,
        Text("one layer", "한 층"),
        [(args, args[0], ended(Status.UNFINISHED, ErrorInfo("NotImplementedError", "", 3, "cell 14")))],
    )
    s.check(task, "deep", 5, Text("four layers", "네 층"), [(args, args[0], ended(Status.UNFINISHED))], visible=False)
    task = s.task("node_loss", 10, form=1, purity=1)
    s.check(task, "mask", 4, Text("only labelled nodes", "라벨이 있는 노드만"), [(args, args[0], gave(args[0], args))])
    s.check(
        task,
        "weights",
        4,
        Text("class weights", "클래스 가중치"),
        [(args, args[0], gave(args[0], args))],
        visible=False,
    )
