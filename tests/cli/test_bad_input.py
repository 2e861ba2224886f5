"""A tired lecturer's mistakes: each is one line for each problem, with file, line and remedy, and never a traceback."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.main import main
from autograder.course.assignment import load_assignment
from autograder.course.cases import make_cases
from autograder.course.schedule import read_course
from autograder.errors import AssignmentError, CourseError
from autograder.release.publish import release_assignment
from autograder.release.scaffold import TEMPLATE, new_assignment
from autograder.verify.verify import verify

SLUG = "14-attention"
COURSE = """
title: {en: Course, ko: 강의}
term: now
time_zone: Asia/Seoul
languages: [ko, en]
assignments: {}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / SLUG
    shutil.copytree(TEMPLATE, target)
    edit(target, "assignment.yml", "{{lecture}}", "14")
    edit(target, "assignment.yml", "{{notebook}}", "attention")
    return target


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(folder: Path) -> list[str]:
    """What is said, a line each, without the folder."""
    with pytest.raises(AssignmentError) as caught:
        make_cases(load_assignment(folder), b"secret")
    return [line.replace(f"{folder}/", "") for line in str(caught.value).split("\n")]


DRAW = "yield draw.call(draw.probabilities(3, 1), draw.normal(1, 2))"
EXPLORE = "if ready(attention_weights):"
EXTREMES = "tolerance=T2,\n    edge=True"
MISTAKES = {
    "a key with a typo": ("assignment.yml", "lecture: 14", "lectur: 14", r'assignment.yml:2: unknown key "lectur".* Did you mean "lecture"\?'),
    "a key indented": ("assignment.yml", "lecture: 14", "  lecture: 14", r"assignment.yml:2: not valid YAML.*Indent"),
    "a tab": ("assignment.yml", "lecture: 14", "\tlecture: 14", r"assignment.yml:2: not valid YAML.*spaces, not with tabs"),
    "a comma missing": ("assignment.yml", '"Attention", ko', '"Attention" ko', r"assignment.yml:1: not valid YAML.*A comma"),
    "a key twice": ("assignment.yml", "lecture: 14", "lecture: 14\nlecture: 15", r'assignment.yml:3: "lecture" stands twice'),
    "a notebook in a folder": ("assignment.yml", "notebook: attention", "notebook: a/b", r"assignment.yml:3: .*without folder"),
    "a limit in words": ("assignment.yml", "lecture: 14", "lecture: 14\nlimits: {call_seconds: five}", r'assignment.yml:3: .*positive number, not "five"'),
    "a limit in quotes": ("assignment.yml", "lecture: 14", 'lecture: 14\nlimits: {call_seconds: "5"}', r"assignment.yml:3: .*without quotes"),
    "an unknown device": ("assignment.yml", "lecture: 14", "lecture: 14\ndevice: gpu", r"assignment.yml:3: .*cpu, cuda or auto"),
    "no mark in a task": ("solution.py", "    ### BEGIN SOLUTION\n    return A @ V\n    ### END SOLUTION", "    return A @ V", r'solution.py:\d+: task "attend" would be given away'),
    "two cells for one task": ("solution.py", '# %% tags=["explore"]', '# %% task="attend"\ndef g():\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n    pass\n\n# %% tags=["explore"]', r'solution.py:\d+: task "attend" has a cell already, in line \d+'),
    "a tag with a typo": ("solution.py", '["explore"]', '["explor"]', r"solution.py:\d+: tags must be"),
    "metadata that is not JSON": ("solution.py", '["explore"]', "[explore]", r'solution.py:\d+: the value of "tags" is not JSON'),
    "an unknown language": ("solution.py", 'lang="ko" task="attend" hint=2', 'lang="kr" task="attend" hint=2', r'solution.py:\d+: lang must be a language of the course, lang="ko" or lang="en", not'),
    "a text without language": ("solution.py", '[markdown] lang="ko" task="attend"\n', '[markdown] task="attend"\n', r"solution.py:\d+: .*in which language"),
    "a third hint": ("solution.py", 'lang="ko" task="attend" hint=2', 'lang="ko" task="attend" hint=3', r"solution.py:\d+: hint must be 1"),
    "a text for an unknown task": ("solution.py", 'lang="ko" task="attend" hint=2', 'lang="ko" task="atend" hint=2', r'solution.py:\d+: checks.py has no Task "atend".* "attend"'),
    "a language mark with a typo": ("solution.py", "    [ko]\n    어텐션", "    [kr]\n    어텐션", r"solution.py:\d+: \[kr\] is no language"),
    "no docstring": ("solution.py", '"""\n    [en]\n    One context', '_ = """\n    [en]\n    One context', r"solution.py:\d+: attend has no docstring"),
    "an explore cell without ready": ("solution.py", EXPLORE, "if True:", r"solution.py:\d+: attention_weights is not written yet.*if ready\(attention_weights\):"),
    "a call before ready": ("solution.py", EXPLORE, f"attend(1, 2)\n{EXPLORE}", r"solution.py:\d+: attend is not written yet"),
    "a syntax error in a cell": ("solution.py", "def attend(A, V):", "def attend(A, V)", r"solution.py:\d+: syntax error"),
    "points that do not add up": ("checks.py", "points=16,", "points=15,", r'checks.py:\d+: the points of "attend" add up to 39, not 40: .*15 \(other sizes\).*4 \(form\)'),
    "points as text": ("checks.py", "points=16", 'points="16"', r'checks.py:\d+: check "other sizes" of "attend": points must be a number'),
    "negative points": ("checks.py", "points=16", "points=-16", r"checks.py:\d+: .*points must be a number, 0 or more"),
    "torch in checks.py": ("checks.py", "import numpy as np", "import torch.nn\nimport numpy as np", r"checks.py:3: checks.py must not import torch"),
    "torch in a generator": ("checks.py", DRAW, f"from torch import nn; {DRAW}", r"checks.py:\d+: checks.py must not import torch"),
    "random": ("checks.py", "import numpy as np", "import random\nimport numpy as np", r"checks.py:3: .*take draw"),
    "numpy's random": ("checks.py", DRAW, f"np.random.seed(0); {DRAW}", r"checks.py:\d+: .*take draw"),
    "a generator that returns at its end": ("checks.py", DRAW, DRAW.replace("yield", "return"), r"checks.py:\d+: .*\"other sizes\" of \"attend\": it both yields and returns"),
    "a check that returns": ("checks.py", "        yield draw.call(draw.probabilities(n, m), draw.strided(draw.normal(m, p)))", "        return draw.call(1)", r"checks.py:\d+: .*it returns one call; write yield"),
    "a check that yields an array": ("checks.py", DRAW, "yield draw.normal(3)", r"checks.py:\d+: .*it yields a ndarray; write yield draw.call"),
    "a check that never ends": ("checks.py", DRAW, f"while True:\n        {DRAW}", r"checks.py:\d+: .*more than 1000 cases"),
    "a draw with a typo": ("checks.py", DRAW, DRAW.replace("normal", "norml"), r"checks.py:\d+: .*no attribute 'norml'"),
    "sizes that there are not": ("checks.py", DRAW, f"draw.sizes(3, 4, 5); {DRAW}", r"checks.py:\d+: .*no 3 different sizes between 4 and 5"),
    "a tuple as a size": ("checks.py", DRAW, DRAW.replace("normal(1, 2)", "normal(draw.sizes(1))"), r"checks.py:\d+: .*sizes are whole numbers"),
    "a huge input": ("checks.py", DRAW, DRAW.replace("normal(1, 2)", "normal(30000, 30000)"), r"checks.py:\d+: .*too large"),
    "a function as an argument": ("checks.py", DRAW, DRAW.replace("draw.normal(1, 2)", "lambda x: x"), r"checks.py:\d+: .*a function cannot be handed.*adapter"),
    "too many arguments": ("checks.py", DRAW, DRAW.replace("normal(1, 2)", "normal(1, 2), 3"), r"checks.py:\d+: .*gives 3 arguments to attend\(A, V\)"),
    "a gradient in letters": ("checks.py", 'gradient=("A", "V")', 'gradient="AV"', r'checks.py:\d+: .*gradient is a tuple of names; write \(\'AV\',\)'),
    "a gradient by no tensor": ("checks.py", DRAW, DRAW.replace("draw.normal(1, 2)", "3"), r'checks.py:\d+: .*gradient=\("V",\), but V is no float array'),
    "an unknown keyword": ("checks.py", "points=16", "point=16", r"checks.py:\d+: check\(\.\.\.\) has no argument \"point\"\. Did you mean \"points\"\?"),
    "a number as tolerance": ("checks.py", "tolerance=T2", "tolerance=1e-6", r"checks.py:\d+: .*tolerance is T1"),
    "an unknown dtype": ("checks.py", 'dtype="float32"', 'dtype="float23"', r'checks.py:\d+: .*dtype is "float64" or "float32"'),
    "a plain title": ("checks.py", 'Text("weights and values", "가중치와 값")', '"weights and values"', r"checks.py:\d+: .*title is a Text"),
    "a title in one language": ("checks.py", 'Text("weights and values", "가중치와 값")', 'Text("weights and values")', r'checks.py:\d+: title of check "ordinary" of "attend" has no text in ko'),
    "two checks of one name": ("checks.py", '"extremes"', '"ordinary"', r'checks.py:\d+: task "attention_weights" has two checks called "ordinary"'),
    "two tasks of one name": ("checks.py", 'Task("attend"', 'Task("attention_weights"', r'checks.py:\d+: two tasks are called "attention_weights"'),
    "an unknown rule": ("checks.py", "points=40,", 'points=40, exempt={"R88": "why"},', r'checks.py:\d+: .*no draw rule "R88"'),
    "a rule without reason": ("checks.py", "points=40,", 'points=40, exempt={"R8": ""},', r"checks.py:\d+: .*gives each rule its reason"),
    "forbid in letters": ("checks.py", "points=40,", 'points=40, forbid=("torch.bmm"),', r"checks.py:\d+: .*forbid is a tuple of names; write \('torch.bmm',\)"),
    "a missing comma in checks.py": ("checks.py", "points=16,", "points=16", r"checks.py:\d+: syntax error"),
    "a forgotten import": ("checks.py", "T2, T3, Draw", "T2, Draw", r"checks.py:\d+: NameError: name 'T3'"),
    "exit() in checks.py": ("checks.py", "import numpy as np", "import numpy as np\nexit()", r"checks.py:4: SystemExit"),
    "same_as that points nowhere": ("misconceptions.py", "방향으로 합이 1이어야 합니다.\",", "방향으로 합이 1이어야 합니다.\",\n    same_as=\"no_scal\",", r'misconceptions.py:\d+: same_as="no_scal" must name another misconception of attention_weights. Did you mean "no_scale"\?'),
    "same_as of another function": ("misconceptions.py", "방향으로 합이 1이어야 합니다.\",", "방향으로 합이 1이어야 합니다.\",\n    same_as=\"plain_mean\",", r'misconceptions.py:\d+: same_as="plain_mean" must name another'),
    "same_as itself": ("misconceptions.py", "방향으로 합이 1이어야 합니다.\",", "방향으로 합이 1이어야 합니다.\",\n    same_as=\"softmax_over_queries\",", r"misconceptions.py:\d+: same_as=.* must name another"),
    "a misconception without Korean": ("misconceptions.py", '    ko="값의', '    kr="값의', r'misconceptions.py:\d+: @misconception of plain_mean: unknown key "kr". Known: en, evidence, function, ko'),
    "a misconception without a text": ("misconceptions.py", 'en="You take the plain mean of the values; the weights are not used."', 'en=" "', r'misconceptions.py:\d+: @misconception of plain_mean: has no text in en'),
    "other parameters": ("misconceptions.py", "def plain_mean(A, V)", "def plain_mean(A)", r"misconceptions.py:\d+: plain_mean\(A\) stands for attend\(A, V\)"),
    "a variant with a typo": ("variants/naive.py", "def attend(A, V):", "def attend(A, V)", r"variants/naive.py:\d+: syntax error"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_its_place(folder: Path, name: str) -> None:
    file, old, new, words = MISTAKES[name]
    edit(folder, file, old, new)
    said = complaints(folder)
    assert any(re.match(words, line) for line in said), said
    assert all(re.match(r"[\w/]+\.(py|yml)(:\d+)?: ", line) for line in said)


def test_a_task_without_checks_is_named(folder: Path) -> None:
    cell = '# %% task="ghost"\ndef ghost():\n    """Nothing."""\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n\n'
    edit(folder, "solution.py", '# %% tags=["explore"]', cell + '# %% tags=["explore"]')
    ghost = 'ghost = Task("ghost", points=3)'
    edit(folder, "checks.py", "attend = Task", f"{ghost}\nattend = Task")
    (said,) = complaints(folder)
    line = (folder / "checks.py").read_text(encoding="utf-8").splitlines().index(ghost) + 1
    assert said.startswith(f'checks.py:{line}: task "ghost" has no check')


def test_every_problem_of_a_file_is_listed(folder: Path) -> None:
    edit(folder, "assignment.yml", "lecture: 14", "lectur: 14")
    edit(folder, "assignment.yml", "notebook: attention", "notebook: a/b\ndevice: gpu")
    assert len(complaints(folder)) == 4  # an unknown key, a missing one, the notebook, the device


@pytest.mark.parametrize(
    "name", ["assignment.yml", "solution.py", "checks.py", "misconceptions.py", "variants/naive.py"]
)
def test_a_file_from_windows_is_read_as_it_is_meant(folder: Path, name: str) -> None:
    before = [case.args for case in make_cases(load_assignment(folder), b"secret")]
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assignment = load_assignment(folder)
    assert len(make_cases(assignment, b"secret")) == len(before)
    assert not any("\r" in cell.source or "\ufeff" in cell.source for cell in assignment.cells)
    assert len(assignment.misconceptions) == 5


def test_another_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "misconceptions.py"
    line = next(i for i, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if "점수" in text)
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp949"))
    assert complaints(folder) == [f"misconceptions.py:{line}: is not UTF-8. Save the file with the encoding UTF-8."]


# -- what shows only when the code runs ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pristine(tmp_path_factory, sandbox):
    root = tmp_path_factory.mktemp("course")
    (root / "course.yml").write_text(COURSE, encoding="utf-8")
    course = read_course(root)
    new_assignment(course, SLUG)
    release_assignment(course, course.assignment(SLUG), sandbox)
    return root


@pytest.fixture
def root(pristine, tmp_path):
    shutil.copytree(pristine, tmp_path / "course")
    return tmp_path / "course"


def findings(root: Path, sandbox, kind: str) -> list[str]:
    report = verify(load_assignment(root / "solutions" / SLUG), sandbox, b"secret", root / "assignments" / SLUG)
    return [str(f) for f in report.findings if f.kind == kind]


RUNS = {
    "a solution that prints": ("solution", "solution.py", "    return A @ V", "    print(A)\n    return A @ V", "attend: the solution prints"),
    "a solution that warns": ("solution", "solution.py", "    return A @ V", "    import warnings; warnings.warn('x')\n    return A @ V", "attend: the solution warns"),
    "a solution with a forbidden call": ("solution", "solution.py", "    return weights / weights.sum(dim=1, keepdim=True)", "    return torch.softmax(scores, 1)", "uses torch.softmax, which the task forbids"),
    "a cell that raises": ("solution", "solution.py", "import torch", "import torch\nfoo", "solution.py line 16: the cell raises NameError"),
    "a judge that refuses the solution": ("solution", "checks.py", EXTREMES, EXTREMES + ',\n    judge=lambda args, value: Text("never", "안 됨")', "its judge says: never"),
    "a variant with a forbidden call": ("variant", "variants/naive.py", "    rows = []", "    return torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, 1)\n    rows = []", "variants/naive.py uses torch.softmax"),
    "a misconception that cannot run": ("misconception", "misconceptions.py", "return V[A", "return v[A", "hard_choice (misconceptions.py:41) never returns: raised, NameError"),
    "a misconception that calls itself": ("misconception", "misconceptions.py", "return V[A.argmax(dim=1)]", "return attend(A, V)", "hard_choice (misconceptions.py:41) never returns"),
    "a hint twice": ("language", "solution.py", 'lang="ko" task="attend" hint=2', 'lang="ko" task="attend" hint=1', "attend has 2 hint 1 in ko"),
    "an empty hint": ("language", "solution.py", "# 문맥 벡터는 V의 행을 가중해서 더한 것입니다.", "", "attend has no hint 1 in ko"),
    "a text without partner": ("language", "solution.py", "# ## 2. 문맥 벡터 (40점)\n# 값을 가중치만큼 모아 전달합니다.", "", "the task attend has 0 in ko and 1 in en text cells"),
    "Korean that is English": ("language", "solution.py", "# ## 2. 문맥 벡터 (40점)\n# 값을 가중치만큼 모아 전달합니다.", "# ## 2. Context\n# Hand over the values.", "no Korean word"),
    "an English docstring": ("language", "solution.py", "    쿼리마다 문맥 벡터 하나: C = A V를 돌려줍니다.", "    One context vector for each query: returns C.", "is English; write it under [en], and under [ko] in Korean"),
    "an English comment": ("language", "solution.py", "    # [ko] 각 위치는 각도가 비슷한 위치를 바라봅니다", "    # each position attends to positions with a similar angle", "is English; write it"),
    "other points in the text": ("language", "solution.py", "(40점)", "(45점)", "says 45 points, the task attend has 40"),
    "two titles": ("language", "solution.py", "# ## 2. Context", "# # 2. Context", "only # heading"),
    "an empty hint of a check": ("language", "checks.py", '"Can your exponential overflow?"', '""', 'hint of "extremes" of attention_weights: has no text in en'),
    "no visible check": ("draws", "checks.py", "    points=12,\n    visible=True,\n", "    points=12,\n", "attend: has no visible check"),
    "draws that change": ("draws", "checks.py", DRAW, DRAW.replace("draw.normal(1, 2)", "globals().setdefault('drawn', []).append(1) or np.full((1, 2), float(len(drawn)))"), "draws other inputs from the same seed"),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_what_shows_only_when_the_code_runs(root: Path, sandbox, name: str) -> None:
    kind, file, old, new, words = RUNS[name]
    edit(root / "solutions" / SLUG, file, old, new)
    found = findings(root, sandbox, kind)
    assert any(words in finding for finding in found), found
    assert len(set(found)) == len(found)


REFUSED = {
    "a solution that raises": ("solution.py", "    return A @ V", "    return A @ W", r"solution.py:\d+: the solution itself ends with .*NameError"),
    "a solution without gradient": ("solution.py", "    return A @ V", "    return (A @ V).detach()", r"solution.py: the solution itself cannot be differentiated"),
    "a judge that raises": ("checks.py", EXTREMES, EXTREMES + ",\n    judge=lambda args, value: 1 / 0", r"checks.py:\d+: the judge of check \"extremes\".*raises ZeroDivisionError"),
    "a judge that returns a bool": ("checks.py", EXTREMES, EXTREMES + ",\n    judge=lambda args, value: True", r"checks.py: the judge of check \"extremes\".*returns True. It must return None"),
    "a mark outside a function": ("solution.py", "    ### BEGIN SOLUTION\n    return A @ V\n    ### END SOLUTION", "    return A @ V\n### BEGIN SOLUTION\n### END SOLUTION", r"solution.py:\d+: a solution stands outside a function"),
    "a mark with a typo": ("solution.py", "### BEGIN SOLUTION\n    return", "## BEGIN SOLUTION\n    return", r'solution.py:\d+: "## BEGIN SOLUTION" is misspelt'),
    "a mark alone": ("solution.py", "return A @ V\n    ### END SOLUTION", "return A @ V", r"solution.py:\d+: ### BEGIN SOLUTION is never closed"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_verified_at_all(root: Path, sandbox, name: str) -> None:
    file, old, new, words = REFUSED[name]
    edit(root / "solutions" / SLUG, file, old, new)
    with pytest.raises(AssignmentError) as caught:
        findings(root, sandbox, "")
    said = str(caught.value).replace(f"{root / 'solutions' / SLUG}/", "")
    assert re.match(words, said), said
    assert "\n" not in said


# -- the command line ------------------------------------------------------------------------------------------------


def test_a_folder_with_a_bad_name_is_refused(root: Path) -> None:
    (root / "solutions" / SLUG).rename(root / "solutions" / "14_Attention")
    with pytest.raises(CourseError, match="Rename the folder"):
        read_course(root).assignment("14_Attention")


@pytest.mark.parametrize("file", ["course.yml", "solutions/14-attention/assignment.yml"])
def test_a_broken_file_ends_the_command_with_one_line_and_2(root: Path, file: str) -> None:
    path = root / file
    path.write_text(path.read_text(encoding="utf-8") + "\ta: b\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["verify", SLUG, "--course", str(root), "--sandbox", "process"])
    assert result.exit_code == 2
    assert len(result.output.strip().split("\n")) == 1
    assert f"{file}:" in result.output


def test_the_folder_names_the_assignment_too(root: Path) -> None:
    edit(root / "solutions" / SLUG, "assignment.yml", "lecture: 14", "lectur: 14")
    for name in (f"{SLUG}/", f"solutions/{SLUG}"):
        result = CliRunner().invoke(main, ["verify", name, "--course", str(root), "--sandbox", "process"])
        assert result.exit_code == 2
        assert 'unknown key "lectur"' in result.output


def test_a_failed_new_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")

    def full(source: Path, target: Path, **_: object) -> None:
        target.mkdir(parents=True)
        raise shutil.Error([(str(source), str(target), "[Errno 28] No space left on device")])

    monkeypatch.setattr(shutil, "copytree", full)
    result = CliRunner().invoke(main, ["new", SLUG, "--course", str(tmp_path), "--sandbox", "process"])
    assert result.exit_code == 4
    assert "No space left on device" in result.output
    assert not (tmp_path / "solutions" / SLUG).exists()


def test_as_many_lines_in_course_yml_as_problems(root: Path) -> None:
    (root / "course.yml").write_text(
        COURSE.replace("{}", "\n  14-attention: {open: 2027-03-22, due: 5.4.2027, weight: lots}"), encoding="utf-8"
    )
    with pytest.raises(CourseError) as caught:
        read_course(root)
    lines = str(caught.value).split("\n")
    assert len(lines) == 4
    assert all(line.startswith(f"{root / 'course.yml'}:7: ") for line in lines)


def test_the_findings_are_plain_data_for_a_program_too(root: Path) -> None:
    edit(root / "solutions" / SLUG, "solution.py", "(40점)", "(45점)")
    result = CliRunner().invoke(main, ["verify", SLUG, "--json", "--course", str(root), "--sandbox", "process"])
    assert result.exit_code == 1
    (report,) = json.loads(result.output)
    assert {finding["kind"] for finding in report["findings"]} == {"language", "release"}
