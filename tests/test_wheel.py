"""The wheel: everything is in it, and a course works with it alone, outside of this repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_grade_cli import Run, finished

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MOVED = {"docker": "autograder/sandbox/docker/recipe", "solutions": "autograder/release/course/solutions"}
# A walled guest sees its own environment alone, and the dependencies stand in that of the test run.
UNWALLED = ("--sandbox", "unsafe")
MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")


def shipped() -> set[str]:
    """The files that a wheel must hold, by their names in it."""
    files = {path.relative_to(ROOT) for path in (ROOT / "autograder").rglob("*") if path.is_file()}
    names = {path.as_posix() for path in files if "__pycache__" not in path.parts}
    recipe = {path.name for path in (ROOT / "docker").iterdir() if not path.is_symlink()}
    return names | {f"{MOVED['docker']}/{name}" for name in recipe} | {f"{MOVED['solutions']}/README.md"}


def test_every_folder_with_code_is_a_package_of_the_wheel() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in (ROOT / "autograder").rglob("*.py")
    }
    moved = PROJECT["tool"]["setuptools"]["package-dir"]
    assert {home: name.replace(".", "/") for name, home in moved.items()} == MOVED
    assert folders - set(PROJECT["tool"]["setuptools"]["packages"]) == set()


def test_remedies_name_the_distribution() -> None:
    """What pip is told to install in any text of ours is this project, not another one that has the command's name."""
    name = PROJECT["project"]["name"]
    assert name != "autograder"
    texts = [
        ROOT / "README.md",
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "autograder").rglob("*.py"),
        *(ROOT / "autograder").rglob("*.md"),
    ]
    wrong = [
        path.name
        for path in texts
        if "pip install 'autograder" in (text := path.read_text(encoding="utf-8")) or "pip install autograder" in text
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder outside of the repository that a sandbox's users may pass through."""
    with tempfile.TemporaryDirectory(prefix="autograder-wheel-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def wheel(place: Path) -> Path:
    source = place / "source"
    for folder in ("autograder", "docker", "solutions"):
        shutil.copytree(ROOT / folder, source / folder, ignore=MADE, symlinks=True)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", place / "wheels", source)
    shutil.rmtree(source)
    (found,) = (place / "wheels").glob("*.whl")
    return found


def pip(*args: object) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, args)], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(place: Path, wheel: Path) -> Path:
    """The folder of commands of an empty environment that has the wheel, and sees the dependencies of this one."""
    home = place / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    pip("--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


@pytest.mark.slow
def test_the_wheel_holds_every_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == shipped()


def run(installed: Path, folder: Path, *args: object) -> Run:
    env = {"PYTHONPATH": "", "OMP_NUM_THREADS": "1"}
    return finished([str(installed / args[0]), *map(str, args[1:])], folder, env)


@pytest.mark.slow
def test_a_course_works_with_the_wheel_alone(installed: Path, place: Path) -> None:
    done = run(installed, place, "python", "-c", "import autograder; print(autograder.__file__)")
    assert Path(done.out.strip()).is_relative_to(installed.parent)

    done = run(installed, place, "autograder", "init", "course", "--title", "Deep Learning")
    assert done.code == 0, done.text
    course = place / "course"
    guide = (ROOT / "solutions" / "README.md").read_bytes()
    assert (course / "solutions" / "README.md").read_bytes() == guide
    for command in ("new", "release", "verify"):
        done = run(installed, course, "autograder", "--quiet", command, "01-first", *UNWALLED)
        assert done.code == 0, done.text
    assert done.out.startswith("ok   01-first")

    pile = course / "submissions"
    pile.mkdir()
    shutil.copy(course / "assignments" / "01-first" / "first.en.ipynb", pile / "kim.ipynb")
    notebook = json.loads((pile / "kim.ipynb").read_text(encoding="utf-8"))
    answer = "import torch\ndef attend(A, V):\n    return A @ V"
    for cell in notebook["cells"]:
        if "def attend(" in "".join(cell["source"]):
            cell["source"] = answer
    (pile / "lee.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = run(
        installed,
        course,
        "autograder",
        "--quiet",
        "grade",
        "01-first",
        pile,
        "--out",
        "reports",
        *UNWALLED,
    )
    assert done.code == 0, done.text
    assert done.err == ""
    scores = {
        name: json.loads((course / "reports" / f"{name}.json").read_text(encoding="utf-8"))["score"]
        for name in ("kim", "lee")
    }
    assert scores == {"kim": 0, "lee": 40}
    assert (course / "reports" / "lee.ko.html").is_file()


@pytest.mark.slow
def test_an_image_can_be_built_from_the_wheel(installed: Path, place: Path) -> None:
    done = run(installed, place, "autograder", "image", "build", "--help")
    assert done.code == 0, done.text
    assert "--wheelhouse" in done.out
    context = (
        "import io, tarfile\n"
        "from autograder.sandbox.docker import images\n"
        "file = io.BytesIO(); images.write_context(file, []); file.seek(0)\n"
        "print(*(entry.name for entry in tarfile.open(fileobj=file) if entry.isfile()))\n"
        "print(images.WHEELHOUSE, *(images._requirements(kind).is_file() for kind in ('cpu', 'cuda', 'common')))\n"
    )
    done = run(installed, place, "python", "-c", context)
    assert done.code == 0, done.text
    files, found = done.out.splitlines()
    assert {"Dockerfile", "install.sh", "root/opt/autograder/zygote.py"} <= set(files.split())
    assert found == "wheelhouse True True True"
