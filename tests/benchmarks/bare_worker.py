"""One warm interpreter: runs the cells and calls of a job as often as it is asked to, and says how long each took.

Run as `python -I bare_worker.py GUEST_FOLDER WIRE_FOLDER`. Frames on standard input and output: first the job, then one
`{"how": ...}` for each turn.

- "runner" does with each call what the sandbox promises: fresh copies of the inputs, twice, gradients, raw results.
- "plain" only executes the cells and calls the functions: what the same code costs anybody.
"""

from __future__ import annotations

import importlib
import sys
import time
from typing import Any

sys.path[:0] = sys.argv[1:3]

import runner  # type: ignore[import-not-found]  # noqa: E402
import torch  # noqa: E402
import values  # type: ignore[import-not-found]  # noqa: E402
import wire  # type: ignore[import-not-found]  # noqa: E402


def with_runner(job: dict[str, Any], arguments: list[tuple[Any, list[memoryview]]]) -> None:
    guest = runner.Runner(job["limits"])
    for cell in job["cells"]:
        guest.run_cell(cell["source"], cell["name"], cell["kind"], job["limits"]["cell_seconds"])
    for call, (spec, buffers) in zip(job["calls"], arguments, strict=True):
        result, _ = guest.call({**call, "args": spec}, buffers)
        if result["status"] != "returned":
            raise RuntimeError(f"{call['function']}: {result['status']} {result['error']}")


def plainly(job: dict[str, Any], arguments: list[tuple[Any, list[memoryview]]]) -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for cell in job["cells"]:
        exec(compile(cell["source"], cell["name"], "exec"), namespace)
    for call, (spec, buffers) in zip(job["calls"], arguments, strict=True):
        function = namespace[call["function"]]
        inputs = wire.unpack(spec, buffers)
        for _ in range(call["repeat"]):
            function(*values.materialise(inputs, "cpu"))
        if call["gradient"]:
            inputs = list(values.materialise(inputs, "cpu"))
            values.differentiate(function, inputs, call["gradient"], call["upstream_seed"], values.Budget(1 << 30))


def main() -> None:
    torch.set_num_threads(1)
    source, sink = sys.stdin.buffer, sys.__stdout__.buffer
    job, buffers = wire.read_frame(source.read)
    for name in job["imports"]:  # as warm as a guest
        importlib.import_module(name)
    torch.overrides.get_overridable_functions()
    # Packed as the sandbox packs them: each call's inputs by themselves.
    arguments = []
    for inputs in wire.unpack(job["args"], buffers):
        spec, own = wire.pack(inputs)
        arguments.append((spec, [memoryview(data) for data in own]))
    ways = {"runner": with_runner, "plain": plainly}
    while source.peek(1):
        order, _ = wire.read_frame(source.read)
        started = time.perf_counter()
        ways[order["how"]](job, arguments)
        sink.write(wire.frame({"seconds": time.perf_counter() - started}))
        sink.flush()


if __name__ == "__main__":
    main_module = sys.modules["__main__"]  # the runner puts the student's in its place; ours must live on
    main()
