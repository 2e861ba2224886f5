"""The Python that grades is the course's, or grading is refused."""

from __future__ import annotations

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import choose, open_sandbox
from autograder.sandbox.pythons import PYTHONS, image_tag, running

OTHER = next(python for python in PYTHONS if python != running())


def test_every_python_has_an_image_of_its_own() -> None:
    assert image_tag("cpu") == image_tag("cpu", "3.11") == "autograder-guest:cpu"
    assert len({image_tag(device, python) for device in ("cpu", "cuda") for python in PYTHONS}) == 2 * len(PYTHONS)


def test_the_process_sandbox_grades_with_its_own_python_alone() -> None:
    open_sandbox("process", python=running()).close()
    with pytest.raises(SandboxUnavailable, match=f"course.yml chooses Python {OTHER}") as caught:
        open_sandbox("process", python=OTHER)
    assert f"image build --python {OTHER}" in caught.value.remedy


@pytest.mark.parametrize("name", ["auto", "process", "unsafe"])
def test_no_class_is_begun_with_another_python(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/engine.sock")
    with pytest.raises(SandboxUnavailable, match=OTHER):
        choose(name, OTHER)
