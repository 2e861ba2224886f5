"""Mutants prove the checks: holes are named with their lines, and a check that takes anything fails."""

from __future__ import annotations

import pytest

from autograder.course.assignment import load_assignment
from autograder.course.schedule import read_course
from autograder.release.publish import release_assignment
from autograder.release.scaffold import new_assignment
from autograder.verify.proofs.kept_rows import KeptRows
from autograder.verify.proofs.proof import complaints, proofs_as_json, summary_lines
from autograder.verify.proofs.prover import Prover
from autograder.verify.result import Verification
from autograder.verify.verify import prove, verify
from tests.verify.test_verify import COURSE, SLUG, edit


@pytest.fixture(scope="module")
def pristine(tmp_path_factory, sandbox):
    root = tmp_path_factory.mktemp("mutants")
    (root / "course.yml").write_text(COURSE, encoding="utf-8")
    course = read_course(root)
    new_assignment(course, SLUG)
    release_assignment(course, course.assignment(SLUG), sandbox)
    return root


@pytest.fixture
def root(pristine, tmp_path):
    import shutil

    shutil.copytree(pristine, tmp_path / "course")
    return tmp_path / "course"


def proofs(root, sandbox, secrets=(b"secret",), *, only_kept=False):
    assignment = load_assignment(root / "solutions" / SLUG)
    prover = Prover(assignment, sandbox, secrets, KeptRows(root), "cpu")
    return {proof.task: proof for proof in prover.proofs(only_kept=only_kept)}


def test_a_new_assignment_catches_every_mutant_that_is_wrong(root, sandbox):
    for proof in proofs(root, sandbox).values():
        assert proof.made > 10
        assert proof.killed == [proof.mortal]
        assert not proof.survivors
        assert not proof.blind
        assert set(proof.widest) <= {
            check.name for check in load_assignment(root / "solutions" / SLUG).task(proof.task).checks
        }
        assert all(factor > 1 for factor in proof.widest.values())


def test_a_hole_is_named_with_its_line_and_the_input_that_shows_it(root, sandbox):
    edit(root, "solution.py", "return A @ V", "return A @ V.clamp(min=-50)")  # nobody draws so small a value
    (survivor,) = [s for s in proofs(root, sandbox)["attend"].survivors if s.mutant.kind == "clamp"]
    assert survivor.mutant.before == "return A @ V.clamp(min=-50)"
    assert survivor.mutant.after == "return A @ V"
    assert "V a hundred times as large" in survivor.telling
    said = "\n".join(complaints(proofs(root, sandbox)["attend"]))
    line = (root / "solutions" / SLUG / "solution.py").read_text(encoding="utf-8").split("\n")[survivor.mutant.line - 1]
    assert line.strip() == survivor.mutant.before
    assert f"solution.py:{survivor.mutant.line}" in said


def test_an_author_may_say_why_two_versions_are_one(root, sandbox):
    edit(root, "solution.py", "return A @ V", "return A @ V.clamp(min=-50)  # equivalent: values are small")
    proof = proofs(root, sandbox)["attend"]
    assert not proof.survivors
    assert proof.equivalent >= 1


def test_a_check_that_takes_anything_is_blind(root, sandbox):
    path = root / "solutions" / SLUG / "checks.py"
    text = path.read_text(encoding="utf-8").replace("authoring import ", "authoring import Tolerance, ", 1)
    for narrow in ("T1", "T2", "T3"):
        text = text.replace(f"tolerance={narrow},", 'tolerance=Tolerance("wide", 1e6, 1e9),')
    path.write_text(text, encoding="utf-8")
    proof = proofs(root, sandbox)["attend"]
    assert proof.blind
    assert any("refuses no wrong value" in one for one in complaints(proof))
    assert proofs(root, sandbox, only_kept=True)["attend"].blind == proof.blind


def test_constant_answers_count_where_no_slip_has_the_form_of_the_result(root, sandbox):
    edit(root, "solution.py", "return A @ V", "return A @ V  # not a mutant")
    proof = proofs(root, sandbox)["attend"]
    assert proof.widest == {}
    assert not proof.blind


def test_what_ran_is_kept_and_a_change_runs_again(root, sandbox):
    assert proofs(root, sandbox, only_kept=True) == {}
    first = proofs(root, sandbox, (b"secret", b"secret/1"))
    assert proofs(root, sandbox, only_kept=True) == first
    assert all(len(proof.killed) == 2 for proof in first.values())
    assert proofs(root, sandbox, (b"another",), only_kept=True) == {}
    edit(root, "solution.py", "return A @ V", "return A @ (V + 0)")
    assert set(proofs(root, sandbox, only_kept=True)) == set()


def test_verify_tells_of_mutants_only_where_they_have_run(root, sandbox):
    assignment = load_assignment(root / "solutions" / SLUG)
    report = Verification(SLUG)
    prove(report, assignment, sandbox, (b"secret",), root, run=False)
    assert report.proofs == []
    prove(report, assignment, sandbox, (b"secret",), root, run=True)
    assert report.holds
    assert len(proofs_as_json(report.proofs)) == 2
    assert any("killed (100.0 %)" in line for line in summary_lines(report.proofs))


def test_a_check_that_takes_zeros_fails(root, sandbox):
    path = root / "solutions" / SLUG / "checks.py"
    text = path.read_text(encoding="utf-8").replace("authoring import ", "authoring import Tolerance, ", 1)
    for narrow in ("T1", "T2", "T3"):
        text = text.replace(f"tolerance={narrow},", 'tolerance=Tolerance("wide", 1.0, 10.0),')
    path.write_text(text, encoding="utf-8")
    report = verify(load_assignment(path.parent), sandbox, b"secret", root / "assignments" / SLUG)
    said = [finding.message for finding in report.findings if finding.kind == "blind"]
    assert any("takes zeros, x 1.01, + 1e-3 for right" in one for one in said)
    assert any(one.startswith("an answer of zeros passes every check") for one in said)


def test_marks_are_never_released(root, sandbox):
    edit(
        root, "solution.py", "return A @ V", "return A @ V  # mutant: A @ V -> A.T @ V",
    )  # fmt: skip
    edit(root, "solution.py", "    return A @ V", "    # role: context / 문맥\n    return A @ V")
    edit(root, "solution.py", "def attend(A, V):", "def attend(A, V):  # not a mutant")
    edit(root, "solution.py", "import torch\n", "import torch  # equivalent: nothing\n")
    course = read_course(root)
    release_assignment(course, course.assignment(SLUG), sandbox)
    for path in (root / "assignments" / SLUG).rglob("*"):
        if path.suffix in (".ipynb", ".py"):
            text = path.read_text(encoding="utf-8")
            for mark in ("# mutant:", "# role:", "not a mutant", "# equivalent:"):
                assert mark not in text, path.name
