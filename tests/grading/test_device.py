"""Grades do not depend on the machine: a sandbox that pretends to have a GPU, and students who never thought of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from autograder.authoring import T2, Draw, Task, Text
from autograder.course.assignment import Assignment, load_assignment
from autograder.course.student_cells import handout
from autograder.errors import Mistake, SandboxUnavailable, UsageError
from autograder.grading.device import (
    DEVICE_NOTE,
    gpu_share,
    placed_call,
    sandbox_device,
    stumbled_over_devices,
    wants_gpu,
)
from autograder.grading.grader import Grader
from autograder.grading.score import CaseVerdict, total
from autograder.guest.wire import Array, Value
from autograder.sandbox.docker.sandbox import DockerSandbox
from autograder.sandbox.fake import FakeSandbox
from autograder.sandbox.interface import (
    CellOutcome,
    ErrorInfo,
    Execution,
    FunctionCall,
    Limits,
    Outcome,
    Program,
    SandboxInfo,
    Seen,
    Status,
    after_seen,
    ignore,
)
from autograder.sandbox.kept import dump_execution, load_execution
from autograder.sandbox.process import ProcessSandbox
from autograder.submissions.collect import Submission
from autograder.tree import map_arrays
from tests.hostile.test_host import TARGET, honest_reference
from tests.report_json import report_data

GPU = SandboxInfo("process", "3.11", "2", "2", "cuda", ())
CPU = replace(GPU, device="cpu")
SOURCE = b"def softmax_rows(X): pass\ndef summary(X, k): pass\n"
MIXED = "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"


def deserving(required: bool = False) -> Assignment:
    """The hostile course's assignment, of which one check deserves a GPU."""
    assignment = load_assignment(TARGET)
    first, *rest = assignment.tasks
    checks = [replace(c, device="cuda", device_required=required) if c.name == "other" else c for c in first.checks]
    return replace(assignment, tasks=(replace(first, checks=checks), *rest))


def there(value: Value, device: str) -> Value:
    return map_arrays(value, lambda array: replace(array, device=device))


class WithGpu(FakeSandbox):
    """Right on either device; a student's call on a GPU ends as `student` says."""

    def __init__(self, student: Callable[[Outcome], Outcome], device: str = "cuda") -> None:
        super().__init__()
        self.right, self.student, self.device = honest_reference(load_assignment(TARGET)).outcomes, student, device

    def start(self) -> SandboxInfo:
        return replace(GPU, device=self.device)

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        self.runs.append((program, tuple(calls)))
        outcomes = []
        for call in calls:
            if call.id not in self.right:  # a mutant's: of no interest here
                outcomes.append(Outcome(call.id, Status.RAISED))
                continue
            right = self.right[call.id]
            outcome = replace(right, value=there(right.value, call.device), inputs_after=there(right.inputs_after, call.device),
                              gradient=there(right.gradient, call.device), repeated=None)  # fmt: skip
            outcome = replace(outcome, repeated=outcome.value)
            if call.device == "cuda" and not program.trusted:
                outcome = self.student(outcome)
            outcomes.append(after_seen(outcome, seen))
        return Execution(tuple(outcomes), tuple(CellOutcome(n, Status.RETURNED) for n in range(len(program.cells))))


def raises(message: str, kind: str = "RuntimeError") -> Callable[[Outcome], Outcome]:
    return lambda right: Outcome(right.id, Status.RAISED, error=ErrorInfo(kind, message, 1, "cell 1"))


def on_the_cpu(right: Outcome) -> Outcome:
    """Right in everything but where it is."""
    value = there(right.value, "cpu")
    return replace(right, value=value, repeated=value)


def without_gradient(right: Outcome) -> Outcome:
    return replace(right, gradient=(), gradient_error=ErrorInfo("RuntimeError", MIXED, 1, "cell 1"))


BOUND = {
    "two devices": raises(MIXED),
    "numpy": raises("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu()", "TypeError"),
    "a layer": raises("Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same"),
    "a generator": raises("Expected a 'cuda' device type for generator but found 'cpu'"),
    "an index": raises("indices should be either on cpu or on the same device as the indexed tensor (cpu)"),
    "a matrix": raises("Expected all tensors to be on the same device, but got mat2 is on cpu, different from other tensors on cuda:0"),
    "a result on the CPU": on_the_cpu,
    "a gradient": without_gradient,
}  # fmt: skip


def graded(sandbox: FakeSandbox, assignment: Assignment, device: str = "auto"):
    grader = Grader(assignment, b"x", sandbox, device=device)
    return grader, grader.grade(Submission("kim", "kim.py", SOURCE))


@pytest.mark.parametrize("name", BOUND)
def test_right_code_that_is_bound_to_the_cpu_loses_nothing(name: str) -> None:
    assignment = deserving()
    _, here = graded(WithGpu(BOUND[name], "cpu"), assignment)
    grader, there_ = graded(WithGpu(BOUND[name]), assignment)
    assert total(there_.tasks) == total(here.tasks) == assignment.points
    assert DEVICE_NOTE in there_.notes
    assert DEVICE_NOTE not in here.notes
    again = grader.sandbox.runs[-1][1]  # type: ignore[attr-defined]
    assert {call.device for call in again} == {"cpu"}
    assert {grader.by_id[call.id].check.name for call in again} == {"other"}
    data = report_data(there_)
    assert data["score"] == assignment.points
    assert any("device=x.device" in note["en"] and "device=x.device" in note["ko"] for note in data["notes"])


def test_it_counts_the_same_when_it_is_scored_again() -> None:
    assignment = deserving()
    grader, found = graded(WithGpu(BOUND["two devices"]), assignment)
    assert found.execution is not None
    kept = dump_execution(found.execution, grader.info, grader.calls)
    execution, _ = load_execution(kept, grader.calls)
    assert [outcome.on_cpu for outcome in execution.outcomes] == [o.on_cpu for o in found.execution.outcomes]
    again = grader.score_again(Submission("kim", "kim.py", SOURCE), execution)
    assert total(again.tasks) == total(found.tasks)
    assert DEVICE_NOTE in again.notes


def test_wrong_code_stays_wrong() -> None:
    def wrong(right: Outcome) -> Outcome:
        value = Array(right.value.data + 1, device="cuda")  # type: ignore[union-attr]
        return replace(right, value=value, repeated=value)

    for answer in (wrong, raises("division by zero", "ZeroDivisionError"), raises("out of memory")):
        grader, found = graded(WithGpu(answer), deserving())
        assert total(found.tasks) < grader.assignment.points
        assert DEVICE_NOTE not in found.notes


def test_a_check_that_teaches_devices_may_take_points() -> None:
    grader, found = graded(WithGpu(BOUND["two devices"]), deserving(required=True))
    assert total(found.tasks) < grader.assignment.points
    assert DEVICE_NOTE not in found.notes


def test_a_check_that_teaches_devices_says_so_in_the_notebook() -> None:
    for language, words in (("en", "graded on a GPU too"), ("ko", "GPU에서도 채점")):
        plain = handout(deserving(), language)
        told = handout(deserving(required=True), language)
        (note,) = [cell for cell in told if cell not in plain]
        assert words in note.source
        following = told[told.index(note) + 1]
        assert (following.role, following.task) == ("task", "softmax_rows")


# -- where calls run ---------------------------------------------------------------------------------------------------


def test_calls_run_on_the_cpu_unless_their_check_deserves_a_gpu() -> None:
    grader = Grader(deserving(), b"x", WithGpu(lambda right: right), device="auto")
    placed = {grader.by_id[call.id].check.name: call.device for call in grader.calls if call.group == "softmax_rows"}
    assert placed == {"small": "cpu", "other": "cuda", "large": "cpu", "float32": "cpu"}


@pytest.mark.parametrize(("device", "info", "wanted"), [("cpu", GPU, "cpu"), ("auto", GPU, "cuda"), ("auto", CPU, "cpu"), ("cuda", GPU, "cuda")])  # fmt: skip
def test_where_a_deserving_check_runs(device: str, info: SandboxInfo, wanted: str) -> None:
    grader = Grader(deserving(), b"x", WithGpu(lambda right: right, info.device), device=device)
    case = next(case for case in grader.cases if case.check.device == "cuda")
    assert placed_call(case, device, info).device == wanted
    assert placed_call(case, device, None).device == "cpu"


def test_a_gpu_that_is_asked_for_and_not_there_is_told() -> None:
    with pytest.raises(SandboxUnavailable, match="GPU"):
        Grader(deserving(), b"x", WithGpu(lambda right: right, "cpu"), device="cuda")


def test_no_gpu_is_asked_for_where_no_check_deserves_one() -> None:
    plain = load_assignment(TARGET)
    assert not wants_gpu(plain)
    assert wants_gpu(deserving())
    for device in ("cpu", "cuda", "auto"):
        assert sandbox_device(plain, device) == "cpu"
        assert sandbox_device(deserving(), device) == device
        assert Grader(plain, b"x", WithGpu(lambda right: right), device=device).device == "cpu"


@pytest.mark.parametrize(
    "message", ["", "x" * 5000, "device", "the same shape is expected", "cuda error: out of memory"]
)
def test_what_is_no_matter_of_devices(message: str) -> None:
    case = next(c for c in Grader(deserving(), b"x", WithGpu(lambda right: right)).cases if c.check.device == "cuda")
    outcome = Outcome(case.id, Status.RAISED, error=ErrorInfo("RuntimeError", message))
    assert not stumbled_over_devices(case, CaseVerdict(case.id, outcome, None))


def test_only_a_check_on_a_gpu_may_demand_its_device() -> None:
    text = Text("a", "가")

    def draw(draw: Draw):
        yield draw.call(1)

    with pytest.raises(Mistake, match="device_required"):
        Task("f", points=1).check("a", points=1, tolerance=T2, title=text, hint=text, device_required=True)(draw)


def test_guests_share_a_gpu() -> None:
    assert gpu_share(load_assignment(TARGET), "auto", 4) == {}
    assert gpu_share(deserving(), "cpu", 4) == {}
    for guests, share in ((1, 0.9), (4, 0.225), (9, 0.1)):
        assert gpu_share(deserving(), "auto", guests) == {"gpu_fraction": share}
    for sandbox in (ProcessSandbox, DockerSandbox):
        assert sandbox(gpu_fraction=0.225).gpu_fraction == 0.225
        for nonsense in (0.0, -1.0, 1.5, float("nan")):
            with pytest.raises(UsageError, match="fraction"):
                sandbox(gpu_fraction=nonsense)
