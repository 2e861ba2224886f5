"""Calls wait in the child's channel while it works; a secret one does not wait there during those that are not."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from autograder.sandbox.interface import FunctionCall, Sandbox, Status
from autograder.sandbox.run import AHEAD
from tests.contract.helpers import QUICK, program, value

# The child's own channel is its descriptor 3: has anything come?
WAITING = "import select\ndef peek(): return bool(select.select([3], [], [], 0.5)[0])\n"


def test_the_next_call_waits_in_the_channel(sandbox: Sandbox) -> None:
    calls = [FunctionCall(n, "f", "peek", (), repeat=1) for n in range(2)]
    run = sandbox.run(program(WAITING), calls, QUICK)
    assert [o.value for o in run.outcomes] == [True, False]


def test_a_secret_call_is_not_sent_before_the_others_are_answered(sandbox: Sandbox) -> None:
    calls = [FunctionCall(n, "f", "peek", (), repeat=1, secret=n >= 2) for n in range(4)]
    run = sandbox.run(program(WAITING), calls, QUICK)
    assert [o.value for o in run.outcomes] == [True, False, True, False]


def test_calls_sent_ahead_survive_a_crash(sandbox: Sandbox) -> None:
    source = "import os\ndef f(n): return n\ndef g(n): os._exit(1)\n"
    calls = [FunctionCall(n, f"group {n % 3}", "g" if n % 3 == 1 else "f", (n,), repeat=1) for n in range(9)]
    run = sandbox.run(program(source), calls, replace(QUICK, replacements=24))
    assert [o.value for o in run.outcomes] == [0, None, 2, 3, None, 5, 6, None, 8]
    assert [o.id for o in run.outcomes] == list(range(9))
    assert {o.status for o in run.outcomes[1::3]} == {Status.CRASHED}


def test_more_calls_than_may_wait(sandbox: Sandbox) -> None:
    """Also when a child dies among those that were sent later: each is answered once, and in its turn."""
    guilty, count = AHEAD + AHEAD // 2, 3 * AHEAD
    source = f"import os\ndef f(n):\n    if n == {guilty}: os._exit(1)\n    return n\n"
    calls = [FunctionCall(n, f"group {n == guilty}", "f", (n,), repeat=1) for n in range(count)]
    seen: list[int] = []
    run = sandbox.run(program(source), calls, QUICK, lambda outcome: seen.append(outcome.id))
    assert [o.value for o in run.outcomes] == [None if n == guilty else n for n in range(count)]
    assert run.outcomes[guilty].status is Status.CRASHED
    assert seen == list(range(count))


def test_large_inputs_and_results_ahead(sandbox: Sandbox) -> None:
    """More bytes than fit into the channel, both ways at once."""
    calls = [FunctionCall(n, "f", "f", ("x" * 90_000, n), repeat=1) for n in range(12)]
    run = sandbox.run(program("def f(text, n): return [text + str(n)] * 9\n"), calls, QUICK)
    assert [o.value for o in run.outcomes] == [["x" * 90_000 + str(n)] * 9 for n in range(12)]


def test_calls_of_a_group_that_ran_out_of_time_are_not_waited_for(sandbox: Sandbox) -> None:
    source = "def f(n): return n\ndef g(n):\n    while True: pass\n"
    hanging = [FunctionCall(n, "slow", "g", (n,), repeat=1) for n in range(6)]
    fine = [FunctionCall(n, "quick", "f", (n,), repeat=1) for n in range(6, 9)]
    limits = replace(QUICK, call_seconds=0.5, group_seconds=0.8, submission_seconds=20)
    run = sandbox.run(program(source), hanging + fine, limits)
    assert {o.status for o in run.outcomes[:6]} == {Status.TIMED_OUT}
    assert [o.value for o in run.outcomes[6:]] == [6, 7, 8]
    assert run.replacements == 1


# The child rings when it has done all that it was asked for: its descriptor 4. It may do so at any time, or not at all.
BELLS = {
    "rung all the time": """
import os, threading
def ring():
    while True:
        try: os.write(4, b"x" * 4096)
        except BlockingIOError: pass
threading.Thread(target=ring, daemon=True).start()
""",
    "closed": "import os; os.close(4)",
    "a file": "import os; os.close(4); opened = open('file', 'w')",
    "nothing": "import os; os.dup2(os.open('/dev/null', os.O_WRONLY), 4)",
}


@pytest.mark.parametrize("doing", BELLS.values(), ids=BELLS)
def test_a_childs_bell_is_no_more_than_a_hint(sandbox: Sandbox, doing: str) -> None:
    calls = [FunctionCall(n, "f", "f", (n,), repeat=1, secret=n >= 8) for n in range(16)]
    run = sandbox.run(program(doing, "def f(n): return n\n"), calls, QUICK)
    assert [o.value for o in run.outcomes] == list(range(16))
    assert value(sandbox, "def f(): return 'the next one'\n") == "the next one"


def test_an_answer_is_there_before_the_next_call_is_done(sandbox: Sandbox) -> None:
    """It is gathered for some milliseconds, and not until there is more of it: what kills the child costs nobody else."""
    source = "import os, time\ndef f(n):\n    if n == 3:\n        time.sleep(0.3)\n        os._exit(1)\n    return n\n"
    calls = [FunctionCall(n, f"group {n}", "f", (n,), repeat=1) for n in range(6)]
    seen: list[tuple[int, float]] = []
    run = sandbox.run(program(source), calls, QUICK, lambda outcome: seen.append((outcome.id, time.monotonic())))
    assert [o.value for o in run.outcomes] == [0, 1, 2, None, 4, 5]
    assert run.outcomes[3].status is Status.CRASHED
    assert seen[3][1] - seen[2][1] > 0.2  # the first three did not wait for the fourth


def test_calls_that_are_added_on_the_way(sandbox: Sandbox) -> None:
    """Each outcome may ask for one call more, also when a child dies in between: they are made in the same process."""
    source = "import os\nmade = []\ndef f(n):\n    if n == 13: os._exit(1)\n    made.append(n)\n    return len(made)\n"
    calls = [FunctionCall(n, "f", "f", (n,), repeat=1) for n in range(2)]

    def more(outcome: object) -> None:
        if len(calls) < 20:
            calls.append(FunctionCall(len(calls), f"group {len(calls) == 13}", "f", (len(calls),), repeat=1))

    run = sandbox.run(program(source), calls, QUICK, more)
    assert [o.id for o in run.outcomes] == list(range(20))
    assert [o.value for o in run.outcomes] == [*range(1, 14), None, *range(1, 7)]
