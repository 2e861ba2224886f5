"""The next submission's child waits with its walls up. It has seen nothing, and its loss is nobody's."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

from autograder.sandbox.interface import Sandbox, Status
from tests.contract.helpers import QUICK, execute, value
from tests.contract.test_faults import guest_pids, only_process

WHO = "import os\ndef f(): return os.getpid()\n"
LEAVE = """
import builtins, os, sys, torch
builtins.left = sys.left = torch.left = "behind"
open("left", "w").write("behind")
def f(): return os.getuid()
"""
LOOK = """
import builtins, os, sys, torch
def f(): return [any(hasattr(m, "left") for m in (builtins, sys, torch)), os.listdir("."), os.getuid()]
"""


def test_it_has_nothing_of_the_one_before(sandbox: Sandbox) -> None:
    """It is forked when the child before it is dead, from a zygote in which no student's code ever ran."""
    user = value(sandbox, LEAVE)
    found, files, other = value(sandbox, LOOK)
    assert (found, files) == (False, [])
    assert other != user or os.geteuid() != 0


def test_each_run_gets_its_own_limits(sandbox: Sandbox) -> None:
    """It was made with the limits of the run before it; another run's are no fewer and no more."""
    source = "def f():\n    print('x' * 100_000)\n"
    sizes = []
    for kilobytes in (16, 64, 16):
        run = execute(sandbox, source, limits=replace(QUICK, output_kb=kilobytes))
        sizes.append(len(run.outcomes[0].stdout) // 1024)
        assert run.events == ()
    assert sizes == [16, 64, 16]


def waiting_child(sandbox: Sandbox) -> int:
    """Run something, and see who has come to wait for the next."""
    sandbox.start()
    without = set(guest_pids(sandbox))
    value(sandbox, WHO)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if more := set(guest_pids(sandbox)) - without:
            (child,) = more
            return child
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_one_that_dies_while_it_waits_is_made_again(fresh_sandbox: Sandbox, provider: str) -> None:
    only_process(provider)
    os.kill(waiting_child(fresh_sandbox), signal.SIGKILL)
    time.sleep(0.2)
    run = execute(fresh_sandbox, WHO)
    assert (run.outcomes[0].status, run.replacements, run.events) == (Status.RETURNED, 0, ())


def test_it_goes_with_the_sandbox(fresh_sandbox: Sandbox, provider: str) -> None:
    only_process(provider)
    waiting_child(fresh_sandbox)
    pids = guest_pids(fresh_sandbox)
    fresh_sandbox.close()
    deadline = time.monotonic() + 5
    while any(os.path.exists(f"/proc/{pid}") for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)
