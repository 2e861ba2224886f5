"""Every limit and every status: the one in hand pays, the others keep what they have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.sandbox.interface import FunctionCall, Limits, Sandbox, Status
from autograder.sandbox.run import PARDONS
from tests.contract.helpers import QUICK, calls, execute, outcome, program, value

SHORT = replace(QUICK, call_seconds=0.5, cell_seconds=0.5, group_seconds=1.0)
GOOD = "def good(): return 1\n"

ENDINGS = {
    "raised": "raise ValueError('no')",
    "unfinished": "raise NotImplementedError('todo')",
    "timed_out": "while True: pass",
    "out_of_memory": "raise MemoryError",
    "crashed": "import os; os._exit(0)",
    "bad_output": "x = []; x.append(x); return x",
}


@pytest.mark.parametrize(("status", "body"), ENDINGS.items())
def test_status_and_streaming(sandbox: Sandbox, status: str, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "good", "bad", "good", "gone", limits=SHORT)
    assert [o.status.value for o in run.outcomes] == ["returned", status, "returned", "missing"]
    assert [o.value for o in run.outcomes] == [1, None, 1, None]
    assert [o.id for o in run.outcomes] == [0, 1, 2, 3]


def test_error_tells_the_line(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "\ndef f():\n    return 1 / 0\n").error
    assert found is not None
    assert (found.type_name, found.line, found.where) == ("ZeroDivisionError", 3, "cell 1")
    assert "return 1 / 0" in found.traceback


HANGS = {
    "python": "while True: pass",
    "swallows": "while True:\n        try:\n            while True: pass\n        except BaseException: pass",
    "sleeps deaf": "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)); time.sleep(99)",
    "native": "import torch; x = torch.ones(3000, 3000)\n    while True: x = (x @ x).clamp(0, 1)",
    "stopped": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "one long call": "return sum(range(10 ** 12))",
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS)
def test_hangs(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "bad", "good", limits=SHORT)
    assert [o.status for o in run.outcomes] == [Status.TIMED_OUT, Status.RETURNED]


def test_alarm_swallowed_and_returned(sandbox: Sandbox) -> None:
    source = "def f():\n    try:\n        while True: pass\n    except BaseException: return 1\n"
    assert outcome(sandbox, source, limits=SHORT).status is Status.TIMED_OUT


def test_a_hang_costs_its_own_group_only(sandbox: Sandbox) -> None:
    source = GOOD + "def bad():\n    while True: pass\n"
    slow = [FunctionCall(n, "slow", "bad", ()) for n in range(10)]
    fine = [FunctionCall(10 + n, "fine", "good", ()) for n in range(3)]
    run = sandbox.run(program(source), slow + fine, replace(SHORT, submission_seconds=8))
    assert {o.status for o in run.outcomes[:10]} == {Status.TIMED_OUT}
    assert {o.status for o in run.outcomes[10:]} == {Status.RETURNED}


def test_a_group_that_has_used_its_time_runs_no_more(sandbox: Sandbox) -> None:
    slow = [FunctionCall(n, "slow", "bad", (), repeat=1) for n in range(10)]
    run = sandbox.run(program("def bad():\n    while True: pass\n"), slow, replace(SHORT, submission_seconds=60))
    assert {o.status for o in run.outcomes} == {Status.TIMED_OUT}
    assert sum(o.seconds > 0 for o in run.outcomes) <= 4


def test_crashes_cost_their_own_group_only(sandbox: Sandbox) -> None:
    source = GOOD + "def bad():\n    import os\n    os._exit(1)\n"
    bad = [FunctionCall(n, "bad", "bad", ()) for n in range(30)]
    fine = [FunctionCall(30, "fine", "good", ())]
    run = sandbox.run(program(source), bad + fine, replace(QUICK, replacements=6))
    assert {o.status for o in run.outcomes[:30]} == {Status.CRASHED}
    assert run.outcomes[30].status is Status.RETURNED
    assert run.replacements <= 6


def test_submission_seconds(sandbox: Sandbox) -> None:
    source = "import time\ndef f(): time.sleep(0.4)\n"
    many = [FunctionCall(n, f"g{n}", "f", (), repeat=1) for n in range(20)]
    run = sandbox.run(program(source), many, replace(QUICK, submission_seconds=1.0))
    assert run.outcomes[0].status is Status.RETURNED
    assert run.outcomes[-1].status is Status.TIMED_OUT


HOGS = {
    "numpy": "import numpy as np; return np.ones(1 << 27)",
    "numpy in steps": "import numpy as np; x = [np.ones(1 << 17) for _ in range(2000)]",
    "torch": "import torch; return torch.ones(1 << 28)",
    "torch in steps": "import torch; x = [torch.ones(1 << 18) for _ in range(2000)]",
    "list": "x = []\n    while True: x.append(bytes(100_000))",
    "shared": "import mmap; m = mmap.mmap(-1, 400 << 20); m.write(bytes(400 << 20))",
    "text": "x = 'a'\n    while True: x += x",
}


@pytest.mark.parametrize("body", HOGS.values(), ids=HOGS)
def test_memory(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "bad", "good")
    assert [o.status for o in run.outcomes] == [Status.OUT_OF_MEMORY, Status.RETURNED], run


def test_memory_within_the_limit(sandbox: Sandbox) -> None:
    assert value(sandbox, "import torch\ndef f(): return float(torch.ones(40 << 20).sum())") == 40 << 20


def test_memory_is_told_also_when_swallowed(sandbox: Sandbox) -> None:
    source = "def f():\n    x = []\n    while True:\n        try: x.append(bytearray(1 << 20))\n        except MemoryError: pass\n"
    assert outcome(sandbox, source).status in (Status.OUT_OF_MEMORY, Status.TIMED_OUT)


def test_output_is_cut(sandbox: Sandbox) -> None:
    found = outcome(sandbox, "def f():\n    for _ in range(5000): print('x' * 10_000)\n    return 1\n", repeat=1)
    assert found.status is Status.RETURNED
    assert len(found.stdout) < 70_000
    assert "more characters" in found.stdout


def test_output_by_descriptor_goes_nowhere(sandbox: Sandbox) -> None:
    source = "import os\ndef f():\n    for n in (0, 1, 2): os.write(n, b'x' * 100_000)\n    return 1\n"
    assert value(sandbox, source) == 1


BIG = {
    "tensor": "import torch; return torch.zeros(3 << 20)",
    "stride 0": "import torch; return torch.zeros(1).expand(1 << 40)",
    "sparse": "import torch; return torch.sparse_coo_tensor(torch.zeros(1, 1 << 20), torch.zeros(1 << 20, 8), (3, 8))",
    "text": "return 'x' * (9 << 20)",
    "leaves": "return list(range(100_000))",
    "wide cycle": "x = []; x += [x, x]; return x",
    "nested": "x = []\n    for _ in range(200): x = [x]\n    return x",
}


@pytest.mark.parametrize("body", BIG.values(), ids=BIG)
def test_huge_results(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "bad", "good")
    assert run.outcomes[1].status is Status.RETURNED
    if body != BIG["sparse"]:
        assert run.outcomes[0].status is Status.BAD_OUTPUT


def test_large_result_and_large_input(sandbox: Sandbox) -> None:
    import numpy as np

    from autograder.guest.wire import Array

    x = Array(np.random.default_rng(0).standard_normal((1000, 900)))
    found = value(sandbox, "def f(x): return x + 1\n", x, repeat=1, limits=replace(QUICK, result_mb=32))
    assert np.array_equal(found.data, x.data + 1)


CRASHES = {
    "os._exit": "import os; os._exit(0)",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "kill": "import os; os.kill(os.getpid(), 9)",
    "deep": "import sys; sys.setrecursionlimit(10 ** 9)\n    class A:\n        def __repr__(self): return repr(self)\n    repr(A())",
    "closes everything": "import os; os.closerange(0, 100)",
}


@pytest.mark.parametrize("body", CRASHES.values(), ids=CRASHES)
def test_crashes(sandbox: Sandbox, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "good", "bad", "good")
    statuses = [o.status for o in run.outcomes]
    assert statuses[0] is statuses[2] is Status.RETURNED
    assert statuses[1] in (Status.CRASHED, Status.OUT_OF_MEMORY), run
    # A SIGKILL may have come from outside, and is forgiven a few times before it counts.
    assert run.replacements == (1 + PARDONS if "os.kill" in body else 1)
    assert run.events


def test_second_chances_use_up_the_time_of_their_group(sandbox: Sandbox) -> None:
    source = "import os, time\ndef bad():\n    time.sleep(0.6)\n    os.kill(os.getpid(), 9)\ndef good(): return 1\n"
    limits = replace(QUICK, call_seconds=1.0, group_seconds=1.0)
    run = execute(sandbox, source, "bad", "bad", "good", limits=limits, repeat=1)
    assert [o.status for o in run.outcomes] == [Status.TIMED_OUT, Status.TIMED_OUT, Status.RETURNED]
    assert run.replacements == 2


RAISES = {
    "SystemExit": "import sys; sys.exit(0)",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "RecursionError": "return bad()",
}


@pytest.mark.parametrize(("name", "body"), RAISES.items())
def test_raises(sandbox: Sandbox, name: str, body: str) -> None:
    run = execute(sandbox, GOOD + f"def bad():\n    {body}\n", "bad", "good")
    assert [o.status for o in run.outcomes] == [Status.RAISED, Status.RETURNED]
    error = run.outcomes[0].error
    assert error is not None
    assert error.type_name == name


CELLS = {
    "raises": ("raise ValueError('x')", Status.RAISED),
    "hangs": ("while True: pass", Status.TIMED_OUT),
    "hangs hard": ("import time, signal; signal.pthread_sigmask(0, range(1, 32)); time.sleep(99)", Status.TIMED_OUT),
    "kills": ("import os; os._exit(0)", Status.CRASHED),
    "eats": ("x = []\nwhile True: x.append(bytes(1 << 20))", Status.OUT_OF_MEMORY),
    "exits": ("raise SystemExit", Status.RAISED),
    "does not parse": ("def (:", Status.RAISED),
}


@pytest.mark.parametrize(("text", "status"), CELLS.values(), ids=CELLS)
def test_bad_cells(sandbox: Sandbox, text: str, status: Status) -> None:
    """A bad cell costs nothing but itself; what it defines after the bad line still counts."""
    after = "" if "(:" in text else "\ndef late(): return 2\n"
    run = sandbox.run(program(GOOD, text + after, "def last(): return 3"), calls("good", "late", "last"), SHORT)
    assert [c.status for c in run.cells] == [Status.RETURNED, status, Status.RETURNED]
    assert [o.value for o in run.outcomes] == [1, 2 if after else None, 3]


def test_missing_tells_why(sandbox: Sandbox) -> None:
    run = sandbox.run(program("def f(:\n  pass", "def g(): pass"), calls("f", "g", "h"), QUICK)
    assert [o.status for o in run.outcomes] == [Status.MISSING, Status.RETURNED, Status.MISSING]
    assert run.outcomes[0].error is not None
    assert run.outcomes[0].error.type_name == "SyntaxError"
    assert run.outcomes[2].error is None


def test_many_killing_cells_spare_the_others(sandbox: Sandbox) -> None:
    killers = [f"import os\ndef f{n}(): return {n}\nos._exit(0)" for n in range(8)]
    run = sandbox.run(program(*killers), calls(*(f"f{n}" for n in range(8))), replace(QUICK, replacements=6))
    assert [o.value for o in run.outcomes] == list(range(8))


def test_cells_run_again_after_a_crash(sandbox: Sandbox) -> None:
    source = "state = []\ndef f(): state.append(1); return len(state)\ndef bad():\n    import os\n    os._exit(0)\n"
    run = execute(sandbox, source, "f", "bad", "f")
    assert [o.value for o in run.outcomes] == [1, None, 1]


def test_definitions_only(sandbox: Sandbox) -> None:
    from autograder.sandbox.interface import Cell, Program

    text = "import math\nN = 3\ndef f(): return N\nraise ValueError\n"
    run = sandbox.run(Program((Cell(text, "plot", "definitions"),)), calls("f"), QUICK)
    assert run.cells[0].status is Status.RETURNED
    assert run.outcomes[0].value == 3


def test_threads_work_and_are_bounded(sandbox: Sandbox) -> None:
    source = """
    import threading
    def good():
        found = []
        threads = [threading.Thread(target=found.append, args=(n,)) for n in range(8)]
        for t in threads: t.start()
        for t in threads: t.join()
        return sorted(found)
    def bad():
        import time
        threading.stack_size(65536)
        try:
            for _ in range(5000): threading.Thread(target=time.sleep, args=(0.5,), daemon=True).start()
        finally:
            time.sleep(1)
    """
    import textwrap

    run = execute(sandbox, textwrap.dedent(source), "good", "bad", "good")
    assert [o.value for o in run.outcomes] == [list(range(8)), None, list(range(8))]
    assert run.outcomes[1].status in (Status.RAISED, Status.FORBIDDEN)


def test_threads_of_one_call_do_not_cost_the_next_its_time(sandbox: Sandbox) -> None:
    source = """
    import threading
    def spin():
        while True: pass
    def f():
        for _ in range(30): threading.Thread(target=spin, daemon=True).start()
    def g():
        return sum(n * n for n in range(3_000_000))
    """
    run = execute(sandbox, source, "f", "g", limits=replace(QUICK, call_seconds=1.5), repeat=1)
    assert run.outcomes[1].value == sum(n * n for n in range(3_000_000)), run.events


def test_disk_full(sandbox: Sandbox) -> None:
    source = """
    def f():
        for n in range(100):
            with open(f"file{n}", "wb") as file:
                file.write(bytes(1 << 20))
    """
    import textwrap

    assert outcome(sandbox, textwrap.dedent(source)).status in (Status.RAISED, Status.FORBIDDEN)
    assert value(sandbox, "def f():\n    open('x', 'w').write('x')\n    return open('x').read()\n") == "x"


def test_one_large_file(sandbox: Sandbox) -> None:
    source = "def f():\n    with open('x', 'wb') as file: file.write(bytes(20 << 20))\n"
    assert outcome(sandbox, source, limits=replace(QUICK, memory_mb=512)).status in (Status.RAISED, Status.FORBIDDEN)


def test_empty(sandbox: Sandbox) -> None:
    run = sandbox.run(program(), [], Limits())
    assert (run.outcomes, run.cells, run.replacements) == ((), (), 0)


UNCOUNTED = {
    "anonymous": "mmap.mmap(-1, 1 << 20)",
    "anonymous, validated": "mmap.mmap(-1, 1 << 20, flags=0x23)",
    "anonymous, not reserved": "mmap.mmap(-1, 1 << 20, flags=0x4021)",
    "a device of zeros": "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 20)",
    "a device of zeros, read only": "mmap.mmap(os.open('/dev/zero', os.O_RDONLY), 1 << 20, prot=mmap.PROT_READ)",
}


@pytest.mark.parametrize("action", UNCOUNTED.values(), ids=UNCOUNTED)
def test_no_memory_that_stays_when_it_was_let_go(sandbox: Sandbox, action: str) -> None:
    """Written, and given up with MADV_DONTNEED, shared memory is no part of a process's size, and takes its place all the same."""
    source = f"import mmap, os\ndef f():\n    try:\n        {action}\n    except OSError:\n        return 'refused'\n"
    assert value(sandbox, source) == "refused"


def test_private_memory_is_given(sandbox: Sandbox) -> None:
    source = "import mmap\ndef f():\n    m = mmap.mmap(-1, 1 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n    m.write(b'x' * 1000)\n    return m[999]\n"
    assert value(sandbox, source) == ord("x")


DEEP = """
import os
def f():
    here = os.open('.', os.O_RDONLY)
    for _ in range(40):
        os.mkdir('d' * 200, dir_fd=here)
        here = os.open('d' * 200, os.O_RDONLY, dir_fd=here)
    for n in range(20_000):
        os.close(os.open(str(n), os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=here))
    import time
    time.sleep(10)
    return 'kept'
"""


def test_files_below_the_longest_path_are_too_many(sandbox: Sandbox) -> None:
    found = outcome(sandbox, DEEP, limits=replace(QUICK, call_seconds=40, group_seconds=60))
    assert found.status in (Status.FORBIDDEN, Status.RAISED), found
    assert found.value != "kept"


PATIENT = replace(QUICK, call_seconds=40, group_seconds=60, memory_mb=256)


def test_shared_memory_counts_as_it_fills(sandbox: Sandbox) -> None:
    """Where it is refused at once, that is an error of the student's; nowhere may it stay."""
    source = """
import mmap, time
def f():
    memory = mmap.mmap(-1, 400 << 20)
    for _ in range(400): memory.write(bytes(1 << 20))
    time.sleep(0.5)
    return 'kept'
"""
    assert outcome(sandbox, source, limits=PATIENT, repeat=1).status is Status.OUT_OF_MEMORY


def test_threads_that_sleep_are_counted(sandbox: Sandbox) -> None:
    source = """
import threading, time
def f():
    threading.stack_size(65536)
    for _ in range(200): threading.Thread(target=time.sleep, args=(4,), daemon=True).start()
    time.sleep(2)
    return 'kept'
"""
    found = outcome(sandbox, source, limits=PATIENT, repeat=1)
    assert found.status in (Status.RAISED, Status.FORBIDDEN), found


def test_files_in_scratch_are_looked_at(sandbox: Sandbox) -> None:
    source = """
import time
def f():
    for n in range(24):
        with open(f"file{n}", "wb") as file: file.write(bytes(1 << 20))
    time.sleep(2)
    return 'kept'
"""
    found = outcome(sandbox, source, limits=PATIENT, repeat=1)
    assert found.status in (Status.RAISED, Status.FORBIDDEN), found


def test_what_is_written_over_and_over_is_counted(sandbox: Sandbox, provider: str) -> None:
    """A file without a name is in no folder; its bytes are counted as they are written."""
    if provider != "process-plain":
        pytest.skip("scratch is a file system with a size of its own")
    source = """
import os, time
def f():
    file = os.open("x", os.O_CREAT | os.O_RDWR)
    os.unlink("x")
    for n in range(200):
        if n % 7 == 0: os.lseek(file, 0, 0)
        os.write(file, bytes(1 << 20))
    time.sleep(1)
    return 'kept'
"""
    assert outcome(sandbox, source, limits=PATIENT, repeat=1).status is Status.FORBIDDEN
