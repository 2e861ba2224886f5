"""What the platform does when a child lies on its channel, when the guest dies, and when the run is broken off."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.errors import SandboxUnavailable
from autograder.guest.wire import Array
from autograder.sandbox.interface import FunctionCall, Sandbox, Status
from autograder.sandbox.process import ProcessSandbox
from autograder.sandbox.run import ProgramRun
from tests.contract.helpers import QUICK, X, calls, execute, outcome, program, value

# What a student can find out about the channel: its descriptor, and the words that go over it.
CHANNEL = """
import json, os, struct, sys, threading, time
def say(header, payload=b"", sizes=None, magic=b"AGW1", declared=None):
    header = dict(header, buffers=[len(payload)] if sizes is None else sizes)
    head = json.dumps(header).encode()
    os.write(3, struct.pack("<4sIQ", magic, len(head), len(payload) if declared is None else declared) + head + payload)
def answer(id, spec, payload=b"", status="returned", **more):
    say({"op": "call", "id": id, "status": status, "value": ["{", [["t", "value"], spec]], **more}, payload)
def good(): return 1
"""

LIES = {
    "garbage": "os.write(3, b'x' * 1000)",
    "no magic": "say({}, magic=b'EVIL')",
    "huge header": "os.write(3, struct.pack('<4sIQ', b'AGW1', 1 << 31, 0))",
    "huge payload": "os.write(3, struct.pack('<4sIQ', b'AGW1', 2, 1 << 62) + b'{}')",
    "no json": "os.write(3, struct.pack('<4sIQ', b'AGW1', 4, 0) + b'nope')",
    "deep json": "os.write(3, struct.pack('<4sIQ', b'AGW1', 100_000, 0) + b'[' * 100_000)",
    "list": "os.write(3, struct.pack('<4sIQ', b'AGW1', 2, 0) + b'[]')",
    "sizes": "say({}, sizes=[1 << 40])",
    "negative": "say({}, b'ab', sizes=[4, -2])",
    "another call": "answer(7, None)",
    "another id's type": "answer(True, None)",
    "a cell": "say({'op': 'cell', 'id': 1, 'status': 'returned'})",
    "zygote's words": "say({'op': 'exit', 'child': 1, 'cause': 'memory', 'code': 0}); say({'op': 'forked', 'child': 2})",
    "an envelope": "os.write(3, struct.pack('<BI', 0, 2) + b'{}')",
    "unknown status": "answer(1, None, status='grader_error')",
    "status of another type": "answer(1, None, status=['returned'])",
    "full marks": "answer(1, None, status='full_marks', points=100)",
    "no value": "say({'op': 'call', 'id': 1, 'status': 'returned'})",
    "unknown kind": "answer(1, ['z'])",
    "too deep": "spec = None\n    for _ in range(500): spec = ['[', spec]\n    answer(1, spec)",
    "too wide": "answer(1, ['['] + [None] * 200_000)",
    "shape": "answer(1, ['a', 'tensor', 'float32', [1 << 40], 'cpu', 'strided', 0], b'abcd')",
    "negative shape": "answer(1, ['a', 'tensor', 'float32', [-1], 'cpu', 'strided', 0], b'abcd')",
    "shape of floats": "answer(1, ['a', 'tensor', 'float32', [1.0], 'cpu', 'strided', 0], b'abcd')",
    "dtype": "answer(1, ['a', 'tensor', 'object', [1], 'cpu', 'strided', 0], b'abcdefgh')",
    "index": "answer(1, ['a', 'tensor', 'float32', [1], 'cpu', 'strided', 99], b'abcd')",
    "number": "answer(1, ['i', '9' * 5000])",
    "unhashable": "answer(1, ['{', [['[', None], None]])",
}


@pytest.mark.parametrize("body", LIES.values(), ids=LIES)
def test_lies_on_the_channel(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, CHANNEL + f"def bad():\n    {body}\n    time.sleep(0.05)\n", "good", "bad", "good")
    statuses = [o.status for o in run.outcomes]
    assert statuses[0] is Status.RETURNED
    assert statuses[1] is Status.BAD_OUTPUT, run
    assert run.outcomes[2].value in (1, None)  # the child's own second answer may have come too late
    assert Status.GRADER_ERROR not in statuses


TEXTS = {
    "error of wrong types": "answer(1, None, status='raised', error={'type_name': 5, 'line': 'x', 'message': [], 'where': None})",
    "error that is no object": "answer(1, None, status='raised', error='boo')",
    "long texts": "answer(1, None, status='raised', stdout='x' * 1_000_000, warnings=['w' * 10_000] * 100, operators=[7, {}])",
    "surrogates": "answer(1, None, status='raised', stdout='\\ud800\\x00')",
    "numbers": "answer(1, None, status='raised', seconds=float('nan'), stdout=5, warnings=5)",
}


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS)
def test_texts_are_tamed(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, CHANNEL + f"def bad():\n    {body}\n    time.sleep(0.2)\n", "good", "bad")
    found = run.outcomes[1]
    assert found.status is Status.RAISED
    assert len(found.stdout) < 70_000
    assert len(found.warnings) <= 20
    assert "\0" not in found.stdout
    found.stdout.encode()


def test_a_forged_answer_is_only_a_value(sandbox: Sandbox) -> None:
    source = CHANNEL + "def bad():\n    answer(0, ['i', '42'])\n    time.sleep(0.1)\n    return 1\n"
    run = execute(sandbox, source, "bad", "good")
    assert run.outcomes[0].value == 42
    assert run.outcomes[1].status in (Status.BAD_OUTPUT, Status.RETURNED)


def test_flood(sandbox: Sandbox) -> None:
    source = CHANNEL + "def bad():\n    while True: os.write(3, b'x' * 100_000)\n"
    run = execute(sandbox, source, "good", "bad", "good")
    assert [o.status for o in run.outcomes] == [Status.RETURNED, Status.BAD_OUTPUT, Status.RETURNED]


def test_a_thread_that_writes_for_ever(sandbox: Sandbox) -> None:
    source = (
        CHANNEL
        + "def bad():\n    threading.Thread(target=lambda: [os.write(3, b'x' * 9999) for _ in range(10 ** 9)]).start()\n"
    )
    run = execute(sandbox, source, "bad", "good")
    assert {o.status for o in run.outcomes} <= {Status.BAD_OUTPUT, Status.RETURNED}
    assert value(sandbox, "def f(): return 1\n") == 1


def test_an_answer_that_never_ends(sandbox: Sandbox) -> None:
    source = CHANNEL + "def bad():\n    os.write(3, struct.pack('<4sIQ', b'AGW1', 1 << 20, 0))\n    time.sleep(99)\n"
    run = execute(sandbox, source, "bad", "good")
    assert [o.status for o in run.outcomes] == [Status.TIMED_OUT, Status.RETURNED]


def test_a_child_that_does_not_read(sandbox: Sandbox) -> None:

    source = (
        "import threading, os, time\nclass X: pass\ndef bad(x):\n    os.kill(os.getpid(), 19)\ndef good(x): return 1\n"
    )
    large = Array(np.zeros(1 << 20))
    first = [FunctionCall(0, "bad", "bad", (large,)), FunctionCall(1, "good", "good", (large,))]
    run = sandbox.run(program(source), first, QUICK)
    assert [o.status for o in run.outcomes] == [Status.TIMED_OUT, Status.RETURNED]


def test_reading_the_channel_ahead(sandbox: Sandbox) -> None:
    source = "import os, threading\ndef bad():\n    threading.Thread(target=os.read, args=(3, 1 << 20)).start()\n    return 1\ndef good(): return 1\n"
    run = execute(sandbox, source, "bad", "good", "good")
    assert run.outcomes[0].value == 1
    assert Status.GRADER_ERROR not in [o.status for o in run.outcomes]


def test_destroyed_runtime(sandbox: Sandbox) -> None:
    source = "import sys, json, os, struct, builtins\ndef bad():\n    sys.modules.clear(); json.dumps = os.write = struct.pack = None\n    builtins.__dict__.clear()\ndef good(): return 1\n"
    run = execute(sandbox, source, "good", "bad", "good")
    assert run.outcomes[0].status is run.outcomes[2].status is Status.RETURNED
    assert run.outcomes[1].status not in (Status.RETURNED, Status.GRADER_ERROR)


# -- the platform's own faults ---------------------------------------------------------------------------------------


def guest_pids(sandbox: Sandbox) -> list[int]:
    """The guest's processes, outermost first."""
    assert isinstance(sandbox, ProcessSandbox)
    assert sandbox._channel is not None
    found = [sandbox._channel.link.process.pid]  # type: ignore[attr-defined]
    for pid in found:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found.extend(int(child) for child in children)
    return found


def only_process(provider: str) -> None:
    if not provider.startswith("process"):
        pytest.skip("looks at processes of this machine")


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def during(sandbox: Sandbox, action: Any, source: str = "import time\ndef f(): time.sleep(1)\n") -> Any:
    """Run a slow call, and do something in the middle of it."""
    thread = threading.Timer(0.4, action)
    thread.start()
    try:
        return sandbox.run(program(source, "def g(): return 1\n"), calls("g", "f", "g", repeat=1), QUICK)
    finally:
        thread.join()


def test_guest_killed_half_way(fresh_sandbox: Sandbox, provider: str) -> None:
    """One loss is made good: nobody sees it but the events."""
    only_process(provider)
    fresh_sandbox.start()
    pids = guest_pids(fresh_sandbox)
    run = during(fresh_sandbox, lambda: os.kill(pids[0], signal.SIGKILL))
    assert [o.status for o in run.outcomes] == [Status.RETURNED] * 3
    assert any("guest lost" in event for event in run.events)
    assert all(gone(pid) for pid in pids)


def test_guest_lost_twice(fresh_sandbox: Sandbox, provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was finished stands; the rest is the platform's fault, and says so."""
    only_process(provider)
    original = ProgramRun._call

    def killing(self: ProgramRun, *about: Any) -> Any:
        if any(isinstance(part, FunctionCall) and part.function == "g" for part in about):
            pids = guest_pids(fresh_sandbox)
            os.kill(pids[0], signal.SIGKILL)
            assert all(gone(pid) for pid in pids)
        return original(self, *about)

    monkeypatch.setattr(ProgramRun, "_call", killing)
    # g is still at work when the guest dies: a result that has left it would count.
    source = program("import time\ndef f(): return 1\ndef g():\n    time.sleep(1)\n    return 2\n")
    run = fresh_sandbox.run(source, calls("f", "g", "f"), QUICK)
    assert [o.status for o in run.outcomes] == [Status.RETURNED, Status.GRADER_ERROR, Status.GRADER_ERROR]
    assert value(fresh_sandbox, "def f(): return 1\n") == 1


@pytest.mark.parametrize("how", ["interrupt", "close"])
def test_cancelled_half_way(fresh_sandbox: Sandbox, provider: str, how: str) -> None:
    only_process(provider)
    fresh_sandbox.start()
    pids = guest_pids(fresh_sandbox)
    folder = fresh_sandbox._channel.link.folder  # type: ignore[attr-defined]
    if how == "interrupt":
        with pytest.raises(KeyboardInterrupt):
            during(fresh_sandbox, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT))
    else:
        fresh_sandbox.close()
    assert all(gone(pid) for pid in pids)
    assert not Path(folder).exists()
    assert value(fresh_sandbox, "def f(): return 1\n") == 1


def test_nothing_is_left(
    fresh_sandbox: Sandbox, provider: str, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_process(provider)
    monkeypatch.setattr(tempfile, "tempdir", str(open_folder))
    descriptors = len(os.listdir("/proc/self/fd"))
    fresh_sandbox.start()
    hostile = """
    import os, threading, time
    here = os.getcwd()
    for n in range(2000):
        os.mkdir("d"); os.chdir("d")
        if n % 100 == 0: open("file", "w").write("x")
    os.chdir(here)
    os.mkdir("closed", 0)
    threading.Thread(target=time.sleep, args=(99,)).start()
    def f(): return 1
    """
    # Forbidden where it lives until its folder is looked through: this deep, it counts as full.
    (answer,) = execute(fresh_sandbox, textwrap.dedent(hostile), "f").outcomes
    assert answer.status in (Status.RETURNED, Status.FORBIDDEN)
    # It is gone, with all it had, before the next child begins: one that finds nothing, and is the only one.
    assert value(fresh_sandbox, "import os\ndef f(): return os.listdir('.')") == []
    pids = guest_pids(fresh_sandbox)
    assert len(pids) <= 3  # the zygote, what holds it, and the child that waits
    fresh_sandbox.close()
    fresh_sandbox.close()
    assert all(gone(pid) for pid in pids)
    assert os.listdir(open_folder) == []
    assert len(os.listdir("/proc/self/fd")) == descriptors


def test_a_grader_that_is_killed_leaves_nothing(provider: str, open_folder: Path, passable_python: str) -> None:
    """Workers end without a chance to close their sandbox: the closed pipes must do."""
    only_process(provider)
    namespaces = provider == "process"
    code = f"""
import os
from autograder.sandbox.process import ProcessSandbox
from tests.contract.helpers import WARM
sandbox = ProcessSandbox(warm_imports=WARM, namespaces={namespaces}, python={passable_python!r})
sandbox.start()
print(sandbox._channel.link.process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(open_folder)},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert gone(int(done.stdout))
    deadline = time.monotonic() + 5
    while os.listdir(open_folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert os.listdir(open_folder) == []


def test_two_at_once(sandbox: Sandbox, fresh_sandbox: Sandbox) -> None:
    found: list[Any] = []
    source = "import os, time\ndef f():\n    open('mine', 'a').write('x'); time.sleep(0.3)\n    return os.listdir('.'), open('mine').read()\n"
    fresh_sandbox.start()
    threads = [
        threading.Thread(target=lambda box=box: found.append(value(box, source, repeat=1)))
        for box in (sandbox, fresh_sandbox)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(["mine"], "x")] * 2


def test_same_bits_in_another_sandbox(sandbox: Sandbox, fresh_sandbox: Sandbox) -> None:
    words = "def f(): return list({'the', 'order', 'of', 'a', 'set', 'of', 'words'})\n"
    assert value(sandbox, words) == value(fresh_sandbox, words)
    source = "import torch\ndef f(x): return torch.softmax(x @ torch.randn(3, 50).double(), 1)\n"
    assert value(sandbox, source, X).data.tobytes() == value(fresh_sandbox, source, X).data.tobytes()


def test_memory_of_the_host_stays_flat(sandbox: Sandbox) -> None:
    import resource

    source = "def f(x): return x\n"
    for _ in range(10):
        outcome(sandbox, source, X)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(60):
        outcome(sandbox, source, X)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 << 10


def test_refuses_where_there_are_no_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SandboxUnavailable, match="Landlock") as error:
        ProcessSandbox().start()
    assert "docker" in error.value.remedy


def test_unsafe_says_so() -> None:
    with ProcessSandbox(unsafe=True, warm_imports=("numpy", "torch")) as sandbox:
        info = sandbox.start()
        assert (info.provider, info.isolation) == ("unsafe", ())
        assert value(sandbox, "def f(x): return x.sum()\n", X).data == 15
        # Even here a child's children end with it.
        pid = value(sandbox, "import subprocess\ndef f(): return subprocess.Popen(['sleep', '99']).pid\n", repeat=1)
        assert gone(pid)
