"""The second run, in which a task is asked whether it is right in itself: who attacks it earns nothing, sees nothing, and costs little.

It hands a student's process the reference's answers to calls of earlier functions, so it is run by its own rules: what
comes out is one bit for each task.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from autograder.course.assignment import load_assignment
from autograder.grading.findings import Findings
from autograder.grading.grader import Grader
from autograder.sandbox.interface import Sandbox
from autograder.submissions.collect import Submission
from tests.grading.test_carried import LSTM, OTHER_FORWARD, WRONG_STEP
from tests.hostile.cost import MORE_MEMORY, MORE_SECONDS, Cost, measured, most_seconds
from tests.report_json import report_data

SOLVED = (LSTM / "solution.py").read_text(encoding="utf-8")
CELLS = SOLVED.count("# %%")
pytestmark = pytest.mark.xdist_group("second run")  # what an honest one costs is measured once for each sandbox


@pytest.fixture(scope="module")
def lstm(sandbox: Sandbox) -> Grader:
    """With all points for what is right in itself, so that whoever wins anything wins points; without a bank to run first."""
    assignment = load_assignment(LSTM)
    return Grader(replace(assignment, carry="full", misconceptions=()), os.urandom(16), sandbox)


def grade(grader: Grader, *cells: str) -> Findings:
    text = "\n".join([SOLVED, *(f"# %%\n{cell.strip()}\n" for cell in cells)])
    return grader.grade(Submission("kim", "kim.py", text.encode()))


@pytest.fixture(scope="module")
def honest(lstm: Grader, sandbox: Sandbox) -> Cost:
    """What a submission costs that has a second run and nothing to hide."""
    grade(lstm, WRONG_STEP, OTHER_FORWARD)
    with measured(sandbox) as cost:
        found = grade(lstm, WRONG_STEP, OTHER_FORWARD)
    assert dict(found.execution.carried)["lstm_forward"] == ("lstm_step",)
    assert any(task.carried for task in found.tasks)
    return cost


def bounded(cost: Cost, honest: Cost, grader: Grader) -> None:
    assert cost.memory < honest.memory + MORE_MEMORY, cost
    assert cost.seconds < most_seconds(grader.assignment, CELLS) + MORE_SECONDS, cost
    assert cost.files == 0, cost.names


ASKS = {
    "without an end": "for n in range(500):\n            lstm_step(x[:, 0], h0 + n, c0, Wx, Wh, b)",
    "more than may be asked": "lstm_step(x[:, 0], torch.zeros(10**7), c0, Wx, Wh, b)",
    "with an object": "lstm_step(object(), h0, c0, Wx, Wh, b)",
    "with a module": "lstm_step(torch.nn.Linear(2, 2), h0, c0, Wx, Wh, b)",
    "with nothing": "lstm_step()",
    "what the reference cannot answer": "lstm_step(x, 'h0', None, {1: {2: Wx}}, [Wh], b)",
    "with a list that holds itself": "loop = []; loop.append(loop); lstm_step(loop, h0, c0, Wx, Wh, b)",
    "from many threads": (
        "import threading\n        many = [threading.Thread(target=lstm_step, args=(x[:, 0], h0 + n, c0, Wx, Wh, b)) for n in range(40)]\n"
        "        [one.start() for one in many], [one.join() for one in many]\n        lstm_step(object(), h0, c0, Wx, Wh, b)"
    ),
}


@pytest.mark.parametrize("asks", ASKS.values(), ids=list(ASKS))
def test_a_question_that_gets_no_answer_ends_the_second_run(
    lstm: Grader, sandbox: Sandbox, honest: Cost, asks: str
) -> None:
    own = f"""
_mine = lstm_forward
def lstm_forward(x, h0, c0, Wx, Wh, b):
    try:
        {asks}
    except TypeError:
        pass
    return _mine(x, h0, c0, Wx, Wh, b)
"""
    with measured(sandbox) as cost:
        found = grade(lstm, WRONG_STEP, own)
    assert found.status == "graded"
    assert "lstm_forward" not in dict(found.execution.carried)
    assert not any(task.carried for task in found.tasks if task.task.name == "lstm_forward")
    bounded(cost, honest, lstm)


LOOKS = """
import gc, sys
FOUND = []
def look():
    for thing in gc.get_objects():
        if isinstance(thing, dict) and "table" in thing and "names" in thing:
            FOUND.append(thing)
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if isinstance(value, dict) and "table" in value:
                FOUND.append(value)
        frame = frame.f_back
"""
ATTACKS = {
    "swallows the question": """
_mine = lstm_forward
def lstm_forward(x, h0, c0, Wx, Wh, b):
    try:
        _mine(x, h0, c0, Wx, Wh, b)
    except BaseException:
        pass
    return x, c0, []
""",
    "looks for the answers": f"""
{LOOKS}
def lstm_forward(x, h0, c0, Wx, Wh, b):
    look()
    if FOUND:
        print("FOUND", FOUND)
        return FOUND[-1]["table"][-1][2]
    return x, c0, []
""",
    "returns what it is answered": """
def lstm_forward(x, h0, c0, Wx, Wh, b):
    h, c, cache = lstm_step(x[:, 0], h0, c0, Wx, Wh, b)
    return h, c, [cache]
""",
    "looks for the reference": """
import gc
def lstm_forward(x, h0, c0, Wx, Wh, b):
    for thing in gc.get_objects():
        code = getattr(thing, "__code__", None)
        mine = code is not None and "lstm_forward" in code.co_consts  # this very function, however it is wrapped
        if getattr(thing, "__name__", "") == "lstm_forward" and code is not None and not mine:
            print("FOUND", [code.co_consts])
            return thing(x, h0, c0, Wx, Wh, b)
    return x, c0, []
""",
    "ends its process": """
def lstm_forward(x, h0, c0, Wx, Wh, b):
    if "_autograder_carried" in globals():
        import os
        os._exit(3)
    return x, c0, []
""",
    "never ends": """
def lstm_forward(x, h0, c0, Wx, Wh, b):
    if "_autograder_carried" in globals():
        while True:
            pass
    return x, c0, []
""",
    "takes memory": """
def lstm_forward(x, h0, c0, Wx, Wh, b):
    if "_autograder_carried" in globals():
        hoard = [bytearray(1 << 24) for _ in range(10**6)]
    return x, c0, []
""",
}


@pytest.mark.parametrize("own", ATTACKS.values(), ids=list(ATTACKS))
def test_who_attacks_the_second_run_earns_and_shows_nothing(
    lstm: Grader, sandbox: Sandbox, honest: Cost, own: str
) -> None:
    # The reference of lstm_forward must not lie in the student's own file, where anybody may find it.
    others = SOLVED.replace("def lstm_forward(", "def _another_name(", 1)
    text = "\n".join([others, *(f"# %%\n{cell.strip()}\n" for cell in (WRONG_STEP, own))])
    if "_mine = lstm_forward" in own:
        text = text.replace("def _another_name(", "def lstm_forward(", 1)
    with measured(sandbox) as cost:
        found = lstm.grade(Submission("kim", "kim.py", text.encode()))
    assert found.status == "graded"
    (forward,) = [task for task in found.tasks if task.task.name == "lstm_forward"]
    assert forward.carried == 0 or "swallow" in own
    assert "FOUND [" not in json.dumps(report_data(found))
    bounded(cost, honest, lstm)
