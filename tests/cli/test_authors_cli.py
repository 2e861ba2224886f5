"""The commands of authors from outside: what verify and release say, what the shell completes, and who is to blame."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from autograder.cli.main import main
from autograder.course.schedule import read_course
from autograder.errors import CourseError, SandboxUnavailable
from autograder.grading.device import demand_torch
from autograder.release.publish import release_assignment
from autograder.release.scaffold import new_assignment, new_course
from autograder.sandbox.fake import FakeSandbox
from autograder.sandbox.interface import Sandbox, SandboxInfo
from autograder.verify.result import Finding, Margin, Verification, worst
from autograder.verify.standing import FILE, remember
from autograder.verify.verify import verify
from tests.paths import ROOT

SLUG = "01-first"
CAUGHT = "return torch.softmax(Q @ K.T, dim=1)"
RIGHT = "return torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, dim=1)"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    root = tmp_path_factory.mktemp("course")
    new_course(root)
    course = read_course(root)
    new_assignment(course, SLUG)
    release_assignment(course, course.assignment(SLUG), sandbox)
    return root


@pytest.fixture
def root(pristine: Path, tmp_path: Path) -> Path:
    shutil.copytree(pristine, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture(scope="module")
def proven(pristine: Path, sandbox: Sandbox) -> bytes:
    """What is remembered of the pristine course once it has been verified."""
    assignment = read_course(pristine).assignment(SLUG)
    report = verify(assignment, sandbox, b"a secret of these tests", pristine / "assignments" / SLUG)
    remember(pristine, assignment, [report])
    content = (pristine / FILE).read_bytes()
    (pristine / FILE).unlink()
    return content


@pytest.fixture
def verified(root: Path, proven: bytes) -> Path:
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_bytes(proven)
    return root


class Lent:
    """The sandbox of all these tests, which a command may not stop."""

    def __init__(self, box: Sandbox) -> None:
        self.start, self.run = box.start, box.run

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr("autograder.sandbox.open_sandbox", lambda *args, **options: Lent(sandbox))


def invoke(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def walled(command: str, root: Path, *args: object) -> Result:
    return invoke(command, *args, "--course", root, "--sandbox", "process")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- verify ----------------------------------------------------------------------------------------------------------


def test_many_draws_are_one_line(root: Path) -> None:
    result = walled("verify", root, SLUG, "--seeds", 3)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"ok   {SLUG}: ")
    assert line.endswith("; the worst of 3 draws")


def test_one_draw_says_nothing_of_draws(root: Path) -> None:
    assert "draws" not in walled("verify", root, SLUG).stdout


def test_a_finding_of_every_draw_is_said_once(root: Path) -> None:
    edit(root / "solutions" / SLUG / "misconceptions.py", CAUGHT, RIGHT)
    result = walled("verify", root, SLUG, "--seeds", 2)
    assert result.exit_code == 1
    first, *findings = result.stdout.splitlines()
    assert first.startswith(f"FAIL {SLUG}: ")
    assert "4/5 caught" in first
    assert len(findings) == 1
    assert "passes every check" in findings[0]


def test_programs_are_told_of_every_draw(root: Path) -> None:
    assert len(json.loads(walled("verify", root, SLUG, "--seeds", 2, "--json").stdout)) == 2


def verification(caught: int, right: float, wrong: float, *findings: str) -> Verification:
    margins = [Margin("f", "small", "T1", right, wrong)]
    return Verification(
        "s", caught=caught, misconceptions=3, seconds_per_submission=right, margins=margins,
        findings=[Finding("draws", "f", text) for text in findings],
    )  # fmt: skip


def test_the_worst_of_several_draws() -> None:
    draws = [
        verification(3, 0.1, math.inf, "always"),
        verification(2, 0.3, 50.0, "always", "once"),
        verification(3, 0.2, 70.0, "always"),
    ]
    found = worst(draws)
    assert (found.caught, found.misconceptions, found.seconds_per_submission) == (2, 3, 0.3)
    assert found.margins == [Margin("f", "small", "T1", 0.3, 50.0)]
    assert [finding.message for finding in found.findings] == ["always", "once (in 1 of 3 draws)"]
    assert not found.holds
    assert worst(draws[:1]) == draws[0]


# -- release ---------------------------------------------------------------------------------------------------------


def test_what_was_verified_is_released_without_a_word(verified: Path) -> None:
    result = walled("release", verified, SLUG)
    assert result.exit_code == 0
    assert result.stderr == ""


def test_a_stale_release_is_mended_by_releasing(root: Path) -> None:
    edit(root / "solutions" / SLUG / "solution.py", "How much does each query", "How much does every query")
    assert "release 01-first" in walled("verify", root, SLUG).stdout
    assert walled("release", root, SLUG).stderr == ""


@pytest.mark.parametrize(
    "file", ["checks.py", "solution.py", "misconceptions.py", "variants/naive.py", "assignment.yml"]
)
def test_what_has_changed_since_is_warned_of(verified: Path, file: str) -> None:
    path = verified / "solutions" / SLUG / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    result = walled("release", verified, SLUG)
    assert result.exit_code == 0
    assert (
        "WARNING: 01-first is released, but it has not been verified as it stands. Run: autograder verify 01-first"
        in result.stderr
    )


def test_what_does_not_verify_is_warned_of(root: Path) -> None:
    edit(root / "solutions" / SLUG / "misconceptions.py", CAUGHT, RIGHT)
    assert walled("verify", root, SLUG).exit_code == 1
    said = walled("release", root, SLUG).stderr
    assert "WARNING: 01-first is released, but it does not verify: " in said
    assert "no_scale" in said
    edit(root / "solutions" / SLUG / "misconceptions.py", RIGHT, CAUGHT)
    assert walled("verify", root, SLUG).exit_code == 0
    assert walled("release", root, SLUG).stderr == ""


def test_a_missing_text_is_warned_of_before_anything_was_verified(root: Path) -> None:
    edit(root / "solutions" / SLUG / "solution.py", "# 문맥 벡터는 V의 행을 가중해서 더한 것입니다.", "")
    assert "does not verify: solution.py: attend has no hint 1 in ko" in walled("release", root, SLUG).stderr


@pytest.mark.parametrize("content", ["", "{", "[]", '{"01-first": 3}', "[" * 100_000])
def test_a_damaged_record_is_no_record(verified: Path, content: str) -> None:
    (verified / FILE).write_text(content)
    assert "has not been verified" in walled("release", verified, SLUG).stderr


def test_a_damaged_record_is_written_anew(root: Path, proven: bytes) -> None:
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text("{")
    remember(root, read_course(root).assignment(SLUG), [])
    assert json.loads((root / FILE).read_bytes()) == json.loads(proven)


# -- course.yml names what does not exist ----------------------------------------------------------------------------


@pytest.fixture
def misspelt(root: Path) -> str:
    """A course that schedules an assignment under a wrong name: what must be said of it."""
    edit(
        root / "course.yml",
        "assignments: {}",
        "assignments:\n  01-frist: {opens: 2027-03-01, due: 2027-03-15, weight: 1}",
    )
    line = 1 + (root / "course.yml").read_text(encoding="utf-8").split("\n").index("assignments:") + 1
    return f'{root / "course.yml"}:{line}: there is no assignment "01-frist" in solutions/. Did you mean "01-first"?'


@pytest.mark.parametrize("command", ["verify", "release"])
def test_an_assignment_that_is_not_there_is_said_by_every_command(root: Path, misspelt: str, command: str) -> None:
    result = walled(command, root, SLUG)
    assert f"autograder: {misspelt}" in result.stderr.splitlines()
    assert result.exit_code == 0  # it says nothing about this assignment


def test_verifying_everything_fails_for_it(root: Path, misspelt: str) -> None:
    result = walled("verify", root, "--all")
    assert result.exit_code == 1
    assert misspelt in result.stderr


def test_doctor_says_it(root: Path, misspelt: str) -> None:
    result = invoke("doctor", "--course", root)
    assert result.exit_code == 1
    assert f"!!  course: {misspelt}" in result.stdout


def test_asking_for_it_names_the_line(root: Path, misspelt: str) -> None:
    with pytest.raises(CourseError) as caught:
        read_course(root).assignment("01-frist")
    assert str(caught.value) == misspelt


def test_a_planned_assignment_can_be_made(root: Path) -> None:
    edit(
        root / "course.yml",
        "assignments: {}",
        "assignments:\n  02-next: {opens: 2027-03-01, due: 2027-03-15, weight: 1}",
    )
    result = walled("new", root, "02-next")
    assert result.exit_code == 0, result.output


# -- torch is missing ------------------------------------------------------------------------------------------------


def test_a_missing_torch_blames_no_author(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.device.find_spec", lambda name: None)
    pile = root / "assignments" / SLUG
    result = walled("grade", root, SLUG, pile, "--out", root / "reports")
    assert result.exit_code == 4
    assert result.stderr == (
        "autograder: torch is not installed where the process sandbox runs code. Run: pip install 'deep-autograder[torch]'.\n"
    )


@pytest.mark.parametrize("provider", ["process", "unsafe", "docker"])
def test_a_sandbox_without_torch_says_so_before_the_solution_runs(root: Path, provider: str) -> None:
    class Bare(FakeSandbox):
        def start(self) -> SandboxInfo:
            return replace(super().start(), provider=provider)

    course = read_course(root)
    box = Bare()
    with pytest.raises(SandboxUnavailable, match="torch is not installed"):
        release_assignment(course, course.assignment(SLUG), box)
    with pytest.raises(SandboxUnavailable, match="torch is not installed"), course_grader(course, box):
        pass
    assert box.runs == []


def course_grader(course: object, box: FakeSandbox):  # type: ignore[no-untyped-def]
    import autograder

    return autograder.load_course(course.root).grader(SLUG, sandbox=box)  # type: ignore[attr-defined]


def test_a_course_without_torch_needs_none(root: Path) -> None:
    assignment = read_course(root).assignment(SLUG)
    plain = replace(assignment, cells=tuple(cell for cell in assignment.cells if "import torch" not in cell.source))
    info = SandboxInfo("process", "3.11", "2.0", "", "cpu", ())
    demand_torch(plain, "process", info)
    with pytest.raises(SandboxUnavailable):
        demand_torch(assignment, "process", info)


# -- the shell -------------------------------------------------------------------------------------------------------


def completions(args: list[str], incomplete: str) -> list[str]:
    found = ShellComplete(main, {}, "autograder", "_AUTOGRADER_COMPLETE").get_completions(args, incomplete)
    return [item.value for item in found]


@pytest.fixture
def three(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three assignments, and the working directory somewhere below the course."""
    for name in ("02-second", "10-gcn"):
        shutil.copytree(root / "solutions" / SLUG, root / "solutions" / name)
    (root / "solutions" / "notes").mkdir()
    monkeypatch.chdir(root / "solutions" / SLUG)
    return root


@pytest.mark.parametrize("command", ["verify", "release", "grade"])
def test_slugs_are_completed(three: Path, command: str) -> None:
    assert completions([command], "") == [SLUG, "02-second", "10-gcn"]
    assert completions([command], "0") == [SLUG, "02-second"]
    assert completions([command], "x") == []


def test_a_slug_is_completed_once(three: Path) -> None:
    assert completions(["verify", SLUG], "") == ["02-second", "10-gcn"]


def test_the_course_that_was_named_is_completed(three: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert completions(["release"], "") == []
    assert completions(["release", "--course", str(three)], "1") == ["10-gcn"]


def test_completion_reads_no_file_of_the_course(three: Path) -> None:
    (three / "course.yml").write_text("\t: broken")
    (three / "solutions" / SLUG / "checks.py").write_text("1 / 0")
    assert completions(["grade"], "01") == [SLUG]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_documented_line_gives_a_script(shell: str) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"_AUTOGRADER_COMPLETE={shell}_source autograder" in page
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(main, {}, "autograder", "_AUTOGRADER_COMPLETE").source()
    assert f"_AUTOGRADER_COMPLETE={shell}_complete" in script


# -- grade -----------------------------------------------------------------------------------------------------------


def test_grading_nothing_is_a_slip_of_the_command_line(root: Path) -> None:
    result = walled("grade", root, SLUG, "submissions.zip", "--out", root / "reports")
    assert result.exit_code == 2
    assert "submissions.zip: there is no such file or folder" in result.stderr
    assert "demo/submissions/10-gcn" in result.stderr
    assert not (root / "reports").exists()
