"""CUDA behind the walls, errors that stay in their submission, equal grades, and what the checks that use a GPU cost.

    python -m tests.gpu [--sandbox process] [--out gpu.json] [--without-card]

Prints one line for each finding, "ok" or "FAIL"; ends with 1 where one failed. `--without-card` rehearses all of it on the
CPU, behind the walls of a GPU: so the script itself is tested where there is none.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.assignment import Assignment
from autograder.course.schedule import read_course
from autograder.errors import AutograderError
from autograder.grading.device import wants_gpu
from autograder.grading.grader import Grader
from autograder.grading.score import total
from autograder.guest.wire import Array
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Outcome, Program, Sandbox, Status
from autograder.submissions.collect import Submission
from autograder.verify.verify import demand_equal, verify

ROOT = Path(__file__).parents[2]
LIMITS = Limits(call_seconds=60, group_seconds=120, memory_mb=4096)
SECRET = b"a secret for the card"

# Each gives the same on a card as on the CPU, within its tolerance.
COMPUTED = {
    "product": "x @ x.T",
    "convolution": "torch.nn.functional.conv2d(x[None, None], x[None, None, :5, :5], padding=2)",
    "solution": "torch.linalg.solve(x @ x.T + 9 * torch.eye(64, dtype=x.dtype, device=x.device), x)",
    "spectrum": "torch.fft.fft2(x).abs()",
    "sorted": "x.sort(dim=1).values",
    "training": "train(x)",
    "pinned": "x.cpu().pin_memory().to(x.device) if x.is_cuda else x",
}
TRAIN = """
import torch
def train(x):
    torch.manual_seed(3)
    model = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1)).to(x)
    for parameter in model.parameters():
        torch.nn.init.constant_(parameter, 0.1)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(30):
        optimiser.zero_grad(); loss = model(x).square().mean(); loss.backward(); optimiser.step()
    return loss.detach()
"""
# What ends a call on a card, and how; the next submission must not notice.
ERRORS = {
    "too large": ("return torch.ones(1 << 40, device=x.device)", ("out_of_memory",)),
    "a device assertion": ("y = x[0][torch.tensor([99_999], device=x.device)]; torch.cuda.synchronize(); return y", ("raised", "crashed")),
    "an exit": ("import os; os._exit(1)", ("crashed",)),
    "an endless loop": ("while True: x = x @ x", ("timed_out",)),
}  # fmt: skip


@dataclass
class Findings:
    """lines: (ok, what). figures: what goes into docs/benchmarks.md."""

    lines: list[tuple[bool, str]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def say(self, ok: bool, what: str) -> None:
        self.lines.append((ok, what))
        print(f"{'ok  ' if ok else 'FAIL'} {what}", flush=True)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """One part of the run: whatever it raises is a finding, and the others go on."""
        started = time.monotonic()
        try:
            yield
        except AutograderError as error:
            self.say(False, f"{name}: {error}")
        self.figures[f"seconds of {name}"] = round(time.monotonic() - started, 1)


def boxes(provider: str, device: str) -> dict[str, Callable[[], Sandbox]]:
    if provider == "docker":
        return {"docker": lambda: open_sandbox("docker", device=device, walls_for="cuda")}
    return {
        name: lambda spaces=spaces: open_sandbox("process", device=device, walls_for="cuda", namespaces=spaces)
        for name, spaces in (("process, namespaces", True), ("process, no namespaces", False))
    }


def call(box: Sandbox, source: str, device: str, x: Array, repeat: int = 1) -> Outcome:
    program = Program((Cell(f"import torch\n{source}", "cell 1"),))
    (outcome,) = box.run(program, [FunctionCall(0, "f", "f", (x,), device=device, repeat=repeat)], LIMITS).outcomes
    return outcome


def walls(found: Findings, box: Sandbox, name: str, device: str) -> None:
    """CUDA starts behind the walls and computes what the CPU computes; no child makes a context for nothing."""
    info = box.start()
    found.say(
        info.device == device and "seccomp" in info.isolation,
        f"{name}: {', '.join(info.isolation)}; torch {info.torch}",
    )
    if device == "cuda":
        found.say(bool(box.visible_gpus()), f"{name}: a child sees {'; '.join(box.visible_gpus())}")  # type: ignore[attr-defined]
    x = Array(np.random.default_rng(0).standard_normal((64, 64)))
    for what, expression in COMPUTED.items():
        source = f"{TRAIN}\ndef f(x): return {expression}\n"
        cpu, gpu = call(box, source, "cpu", x), call(box, source, device, x, repeat=2)
        same = gpu.status is Status.RETURNED and isinstance(gpu.value, Array) and isinstance(cpu.value, Array)
        error = float(np.abs(gpu.value.data - cpu.value.data).max()) if same else float("nan")  # type: ignore[union-attr]
        found.say(
            same and error < 1e-9, f"{name}: {what} differs from the CPU's by {error:.1e} ({gpu.status}, {gpu.error})"
        )
    idle = call(box, "def f(x): return torch.cuda.is_initialized()\n", "cpu", x)
    found.say(idle.value is False, f"{name}: a call on the CPU makes no context")
    share = call(
        box, "def f(x): return torch.cuda.get_per_process_memory_fraction() if x.is_cuda else 0.9\n", device, x
    )
    found.say(share.value == 0.9, f"{name}: a guest may take {share.value} of the memory")


def errors(found: Findings, box: Sandbox, name: str, device: str) -> None:
    """An error of the device ends with its submission."""
    x, good = Array(np.ones((4, 4))), "def f(x): return (x @ x).sum()\n"
    for what, (body, wanted) in ERRORS.items():
        if device == "cpu" and "cuda" in body:
            continue
        limits = Limits(call_seconds=3, group_seconds=6, memory_mb=4096)
        program = Program((Cell(f"import torch\ndef f(x):\n    {body}\n", "cell 1"),))
        (bad,) = box.run(program, [FunctionCall(0, "f", "f", (x,), device=device, repeat=1)], limits).outcomes
        after = call(box, good, device, x)
        ok = bad.status.value in wanted and isinstance(after.value, Array) and float(after.value.data) == 64
        found.say(ok, f"{name}: {what} ends {bad.status}, and the next submission {after.status}")


def deserving() -> list[Assignment]:
    course = read_course(ROOT)
    return [assignment for assignment in map(course.assignment, course.slugs()) if wants_gpu(assignment)]


def grades(found: Findings, box: Sandbox, device: str) -> None:
    """Solution, variants and every misconception: the same checks fail on both devices. And students bound to the CPU."""
    for assignment in deserving():
        released = ROOT / "assignments" / assignment.slug
        reports = [verify(assignment, box, SECRET, released, device=place) for place in ("cpu", device)]
        demand_equal(*reports)
        said = "; ".join(map(str, reports[1].findings)) or "holds"
        found.say(reports[1].holds, f"{assignment.slug} on {device}: {said}")


def bound_students(found: Findings, box: Sandbox, device: str) -> None:
    """Right code that makes its tensors without a device gets the same grade."""
    for assignment in deserving():
        program = assignment.solution_program()
        for what, change in {"as it is": "", "no devices": ".replace"}.items():
            source = "\n# %%\n".join(cell.source for cell in program.cells)
            if change:
                source = source.replace(", device=x.device", "").replace(", device=z.device", "")
            submission = Submission("kim", "kim.py", f"# %%\n{source}\n".encode())
            scores = {
                place: total(Grader(assignment, SECRET, box, device=place).grade(submission).tasks)
                for place in ("cpu", device)
            }
            found.say(len(set(scores.values())) == 1, f"{assignment.slug}, {what}: {scores}")


def bench(found: Findings, box: Sandbox, device: str) -> None:
    """Seconds of the calls that deserve a GPU: on the CPU, and on the card with and without its first call."""
    for assignment in deserving():
        grader = Grader(assignment, SECRET, box, device=device)
        calls = [call for call in grader.calls if grader.by_id[call.id].check.device == "cuda"]
        program = assignment.solution_program()
        rows: dict[str, list[float]] = {}
        for place in ("cpu", device) * 3:
            placed = [FunctionCall(**{**vars(call), "device": place, "repeat": 1}) for call in calls]
            started = time.perf_counter()
            outcomes = box.run(program, placed, LIMITS).outcomes
            rows.setdefault(f"{place}, submission", []).append(time.perf_counter() - started)
            for call_, outcome in zip(placed, outcomes, strict=True):
                name = grader.by_id[call_.id].check.name
                rows.setdefault(f"{place}, {call_.group}/{name}", []).append(outcome.seconds)
        figures = {name: round(sorted(seconds)[len(seconds) // 2], 4) for name, seconds in rows.items()}
        found.figures[f"bench {assignment.slug}"] = figures
        found.say(True, f"{assignment.slug}: {figures}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gpu")
    parser.add_argument("--sandbox", default="process", choices=["process", "docker"])
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "autograder-gpu.json")
    parser.add_argument("--without-card", action="store_true", help="rehearse on the CPU")
    options = parser.parse_args()
    device = "cpu" if options.without_card else "cuda"
    found, started = Findings(), time.monotonic()
    for number, (name, make) in enumerate(boxes(options.sandbox, device).items()):
        with found.part(name), make() as box:
            walls(found, box, name, device)
            errors(found, box, name, device)
            if number == 0:
                with found.part("grades"):
                    grades(found, box, device)
                with found.part("students bound to the CPU"):
                    bound_students(found, box, device)
                with found.part("bench"):
                    bench(found, box, device)
    found.figures["seconds"] = round(time.monotonic() - started, 1)
    options.out.write_text(json.dumps({"lines": found.lines, "figures": found.figures}, indent=1), encoding="utf-8")
    bad = [what for ok, what in found.lines if not ok]
    print(
        textwrap.shorten(
            f"{len(found.lines) - len(bad)} of {len(found.lines)} hold, in {found.figures['seconds']} s; see {options.out}",
            200,
        )
    )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
