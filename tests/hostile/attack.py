"""An attack: a submission, the row of the threat list that it belongs to, and what it must get."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.submissions.collect import Submission

FOLDER = Path(__file__).parent / "submissions"

# One word for each row of the list of what attackers do to graders.
ROWS = (
    "objects", "patching", "reading", "frames", "pickle", "endings", "bombs", "network", "files", "neighbours", "inputs",
    "stale", "lookup", "forbidden", "archives", "markup", "persuasion", "warnings",
)  # fmt: skip

SOFTMAX = """
def softmax_rows(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
"""
SUMMARY = """
def summary(X, k):
    top = X.sum(dim=1).argsort(descending=True, stable=True)[:k]
    return X.mean(dim=0), float(X.sum()), {"rows": X.shape[0], "top": top}
"""
# Prints what it got hold of: into the output of a visible call, which the student's report would quote.
REACH = """
def reach(name, action):
    try:
        found = action()
    except BaseException as error:
        return type(error).__name__
    print("REACHED", name, repr(found)[:3000])
"""
# Where the channel is and what goes over it; a student finds it with gc, sys.modules and frames.
CHANNEL = """
import json, os, struct, sys, threading, time
def current():
    frame = sys._getframe()
    while frame is not None:
        if isinstance(frame.f_locals.get("header"), dict) and "id" in frame.f_locals["header"]:
            return frame.f_locals["header"]["id"]
        frame = frame.f_back
def say(header, payload=b"", sizes=None, magic=b"AGW1", declared=None, fd=3):
    head = json.dumps(dict(header, buffers=[len(payload)] if sizes is None else sizes)).encode()
    os.write(fd, struct.pack("<4sIQ", magic, len(head), len(payload) if declared is None else declared) + head + payload)
def answer(id, spec, payload=b"", status="returned", **more):
    say({"op": "call", "id": id, "status": status, "value": ["{", [["t", "value"], spec]], **more}, payload)
"""
PIECES = {"SOFTMAX": SOFTMAX, "SUMMARY": SUMMARY, "REACH": REACH, "CHANNEL": CHANNEL}
HONEST = f"# %%\nimport torch\n# %%\n{SOFTMAX}\n# %%\n{SUMMARY}\n"


@dataclass(frozen=True)
class Attack:
    """points: what each task must give. status: for each task, the statuses of its calls, "a|b" where any will do."""

    name: str
    row: str
    what: str
    source: str
    points: Mapping[str, float]
    status: Mapping[str, str]

    def submission(self, words: Mapping[str, str]) -> Submission:
        return submission(self.name, fill(self.source, {**PIECES, **words}))


def submission(student: str, text: str) -> Submission:
    return Submission(student, f"{student}.py", text.encode())


def fill(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: words[found[1]], text)


def from_files() -> Iterator[Attack]:
    """Those that are a file each. A header says what they are and what they must get."""
    for path in sorted(FOLDER.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        head = dict(re.findall(r"^# (attack|row|points|status): (.+)$", text.split("# %%")[0], re.MULTILINE))
        points = {task: float(value) for task, value in _pairs(head["points"]).items()}
        yield Attack(path.stem, head["row"], head["attack"], text, points, _pairs(head["status"]))


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=") for part in text.split())


def from_table(
    row: str, prefix: str, table: Mapping[str, str], template: str, softmax: float, status: str, summary: float = 10
) -> Iterator[Attack]:
    """Those that differ by a line: `BODY` of the template, indented as it stands there."""
    for name, body in table.items():
        text = _insert(template, textwrap.dedent(body).strip("\n"))
        source = f"# %%\nimport torch\n# %%\n{text}\n# %%\n{{{{SUMMARY}}}}\n"
        points = {"softmax_rows": softmax, "summary": summary}
        statuses = {"softmax_rows": status, "summary": "returned" if summary == 10 else "returned|bad_output"}
        yield Attack(f"{prefix} {name}", row, f"{prefix}: {name}", source, points, statuses)


def _insert(template: str, body: str) -> str:
    return re.sub(r"^( *)BODY$", lambda found: textwrap.indent(body, found[1]), template, flags=re.MULTILINE)
