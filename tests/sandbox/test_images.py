"""Images: what goes into them, what does not, and what is said when one cannot be built."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import tarfile
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.cli.main import main
from autograder.errors import PlatformError, SandboxUnavailable, StorageError, UsageError
from autograder.sandbox.docker import engine as docker_engine
from autograder.sandbox.docker import images
from autograder.sandbox.pythons import image_tag
from tests.engine import PretendedEngine
from tests.paths import ROOT

pytest.importorskip("docker.errors")  # the repository has a folder of that name
import docker

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # the SDK closes its sockets when it pleases


def wheel(folder: Path, name: str) -> Path:
    path = folder / f"{name}-py3-none-any.whl"
    path.write_bytes(name.encode())
    return path


def context(folder: Path) -> dict[str, bytes]:
    """The files of a build context by name."""
    file = io.BytesIO()
    images.write_context(
        file, [wheel(folder, "torch-2.13.0+cpu"), wheel(folder, "pip-26.3"), wheel(folder, "Jinja2-3.1.6")]
    )
    file.seek(0)
    with tarfile.open(fileobj=file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isfile()}  # type: ignore[union-attr]


def test_context_holds_the_guest_and_nothing_of_any_assignment(tmp_path: Path) -> None:
    found = context(tmp_path)
    guest = {path.name for path in (ROOT / "autograder" / "guest").glob("*.py")}
    assert set(found) == {
        "Dockerfile", "install.sh", "requirements.txt", "root/opt/autograder/wire.py", *(f"root/opt/autograder/{name}" for name in guest),
        "wheels/torch-2.13.0+cpu-py3-none-any.whl", "wheels/pip-26.3-py3-none-any.whl", "wheels/Jinja2-3.1.6-py3-none-any.whl",
    }  # fmt: skip
    slugs = [path.name for path in (ROOT / "solutions").iterdir() if path.is_dir()]
    text = b"\n".join(data for name, data in found.items() if not name.startswith("wheels/"))
    assert slugs
    assert not [slug for slug in slugs if slug.encode() in text]
    assert b"solutions/" not in text


def test_context_pins_what_it_holds(tmp_path: Path) -> None:
    assert context(tmp_path)["requirements.txt"].decode().split() == ["jinja2==3.1.6", "torch==2.13.0+cpu"]


def test_context_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    wheels = [wheel(tmp_path, "torch-2.13.0+cpu")]
    first, second = io.BytesIO(), io.BytesIO()
    images.write_context(first, wheels)
    os.utime(wheels[0], (1, 1))
    wheels[0].chmod(0o600)
    images.write_context(second, wheels)
    assert first.getvalue() == second.getvalue()


def test_everything_is_pinned() -> None:
    for path in (ROOT / "docker").glob("requirements-*.txt"):
        lines = [line for line in path.read_text().splitlines() if line and not line.startswith(("#", "--"))]
        assert lines
        assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line)] == []
    cpu, cuda = ((ROOT / "docker" / f"requirements-{kind}.txt").read_text() for kind in ("cpu", "cuda"))
    torch = re.compile(r"^torch==.*$", re.MULTILINE)
    assert torch.findall(cpu) == torch.findall(cuda) != []


def test_the_guest_of_an_image_is_recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = docker_engine.guest_fingerprint()
    changed = tmp_path / "guest"
    shutil.copytree(docker_engine.GUEST, changed, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(docker_engine, "GUEST", changed)
    assert docker_engine.guest_fingerprint() == before
    (changed / "wire.py").write_text("# another\n")
    assert docker_engine.guest_fingerprint() != before


def test_dockerfile_reaches_for_no_network() -> None:
    text = (ROOT / "docker" / "guest.Dockerfile").read_text() + (ROOT / "docker" / "install.sh").read_text()
    assert "--no-index" in text
    assert not re.search(r"apt-get|curl|wget|https?://|^ADD", text, re.MULTILINE)


# -- wheels ----------------------------------------------------------------------------------------------------------


class Pip:
    """Stands in for pip: fails where there is no network to ask and the wheelhouse lacks something."""

    def __init__(self, network: bool) -> None:
        self.network = network
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        target = Path(command[command.index("--dest") + 1])
        house = Path(command[command.index("--find-links") + 1])
        if "--no-index" in command:
            wheels = list(house.glob("*.whl"))
            for path in wheels:
                (target / path.name).write_bytes(path.read_bytes())
            return self.answer(command, bool(wheels))
        if self.network:
            wheel(target, "torch-2.13.0")
        return self.answer(command, self.network)

    @staticmethod
    def answer(command: list[str], good: bool) -> subprocess.CompletedProcess[str]:
        error = "" if good else "WARNING: x\nERROR: No matching distribution found for torch==2.13.0\n"
        return subprocess.CompletedProcess(command, 0 if good else 1, "", error)


def fill(tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(subprocess, "run", pip)
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    return images.fill_wheelhouse("cpu", "3.11", tmp_path / "house", chosen, lambda text: None)


def test_a_full_wheelhouse_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "house").mkdir()
    wheel(tmp_path / "house", "torch-2.13.0")
    pip = Pip(network=False)
    assert [path.name for path in fill(tmp_path, pip, monkeypatch)] == ["torch-2.13.0-py3-none-any.whl"]
    assert all("--no-index" in command for command in pip.commands)


def test_torch_is_fetched_first_and_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Pip(network=True)
    assert fill(tmp_path, pip, monkeypatch)
    fetched = [
        [part for part in command if "requirements-" in part] for command in pip.commands if "--no-index" not in command
    ]
    assert [Path(name).name for name in fetched[0]] == ["requirements-cpu.txt"]


def test_wheels_that_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlatformError, match="No matching distribution") as caught:
        fill(tmp_path, Pip(network=False), monkeypatch)
    assert "--wheelhouse" in caught.value.remedy


def test_wheelhouse_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("")
    with pytest.raises(StorageError, match="house"):
        images.fill_wheelhouse("cpu", "3.11", tmp_path / "house", tmp_path, lambda text: None)


def test_wheels_are_those_of_the_chosen_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Pip(network=True)
    monkeypatch.setattr(subprocess, "run", pip)
    images.fill_wheelhouse("cpu", "3.12", tmp_path / "house", tmp_path, lambda text: None)
    assert {command[command.index("--python-version") + 1] for command in pip.commands} == {"3.12"}


def test_the_recipe_names_the_chosen_python(tmp_path: Path) -> None:
    file = io.BytesIO()
    images.write_context(file, [wheel(tmp_path, "pip-26.3")], "3.13")
    file.seek(0)
    with tarfile.open(fileobj=file) as tar:
        recipe = tar.extractfile("install.sh").read().decode()  # type: ignore[union-attr]
    assert "python3.13/site-packages" in recipe
    assert "3.11" not in recipe
    assert "@PYTHON@" not in recipe


@pytest.mark.parametrize(
    ("python", "base", "words"), [("3.10", "", "3.11, 3.12 or 3.13"), ("3.12", "debootstrap", "--base")]
)
def test_a_python_that_cannot_be_had(
    python: str, base: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/engine.sock")
    with PretendedEngine().listening(tmp_path / "engine.sock"), pytest.raises(UsageError, match=python) as caught:
        images.build_image(python=python, base=base, say=lambda text: None)
    assert words in caught.value.remedy


# -- the base --------------------------------------------------------------------------------------------------------


def test_root_of_a_base_is_the_same_bytes_and_small(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for folder in ("etc", "usr/share/doc/x", "var/cache/apt/archives", "proc", "tmp"):
        (root / folder).mkdir(parents=True)
    for name in ("etc/b", "etc/a", "usr/share/doc/x/readme", "var/cache/apt/archives/x.deb", "proc/1"):
        (root / name).write_text(name)
    (root / "lib").symlink_to("usr/lib")
    (root / "usr" / "hard").hardlink_to(root / "etc" / "a")
    files = []
    for _ in range(2):
        os.utime(root / "etc" / "a", (len(files), len(files)))
        file = io.BytesIO()
        images.write_root(file, root)
        files.append(file.getvalue())
    assert files[0] == files[1]
    with tarfile.open(fileobj=io.BytesIO(files[0])) as tar:
        names = tar.getnames()
        assert tar.extractfile("etc/a").read() == b"etc/a"  # type: ignore[union-attr]
        assert tar.getmember("lib").issym()
        assert tar.getmember("usr/hard").islnk()
    assert {"etc/b", "proc", "tmp", "var/cache/apt", "usr/share/doc"} <= set(names)
    assert not [name for name in names if name.endswith((".deb", "readme", "proc/1"))]


def test_base_that_cannot_be_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/engine.sock")
    engine = PretendedEngine()
    engine.answers["POST /images/create"] = (500, {"message": "Get registry-1.docker.io: no such host"})
    with engine.listening(tmp_path / "engine.sock"), pytest.raises(UsageError, match="cannot be pulled") as caught:
        images.build_image(say=lambda text: None)
    assert "debootstrap" in caught.value.remedy


def test_base_by_debootstrap_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/engine.sock")
    monkeypatch.setattr(images.shutil, "which", lambda name: None)
    with (
        PretendedEngine().listening(tmp_path / "engine.sock"),
        pytest.raises(UsageError, match="debootstrap") as caught,
    ):
        images.build_image(base="debootstrap", say=lambda text: None)
    assert "apt-get install debootstrap" in caught.value.remedy


def test_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/engine.sock")
    result = CliRunner().invoke(main, ["image", "build"])
    assert result.exit_code == 4
    assert result.output.startswith("autograder: no container engine")
    assert result.output.count("\n") == 1


# -- with a real engine ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> docker_engine.DockerEngine:
    try:
        engine = docker_engine.connect()
        docker_engine.find_image(engine, image_tag("cpu"))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    return engine


@pytest.mark.docker
def test_image_holds_nothing_but_its_context(real: docker_engine.DockerEngine) -> None:
    """Every file outside the system and the packages is one of the guest's, byte for byte."""
    command = [
        "sh",
        "-c",
        "find / -xdev -type f -newermt '1969-12-31' ! -path '/usr/*' ! -path '/var/*' ! -path '/etc/*' ! -path '/opt/venv/*' ! -path '/proc/*' ! -path '/sys/*' ! -path '/.dockerenv'; sha256sum /opt/autograder/*",
    ]
    said = real.client.containers.run(image_tag("cpu"), command, remove=True, network_mode="none").decode()
    expected = {
        f"/opt/autograder/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in docker_engine.guest_files()
    }
    lines = said.splitlines()
    found = {line for line in lines if line.startswith("/") and not line.startswith(("/root/", "/home/"))}
    assert found == set(expected)
    assert {path: total for total, path in (line.split() for line in lines if not line.startswith("/"))} == expected


@pytest.mark.docker
def test_a_build_that_fails_says_why(real: docker_engine.DockerEngine, tmp_path: Path) -> None:
    tag = f"autograder-test:{uuid.uuid4().hex}"
    file = io.BytesIO()
    images.write_context(file, [wheel(tmp_path, "pip-26.3")])  # a wheel that is none
    file.seek(0)
    before = {image.id for image in real.client.images.list(all=True)}
    with pytest.raises(PlatformError, match="cannot be built"):
        images._build(real, file, tag, image_tag("cpu"), cache=False)
    for image in {image.id for image in real.client.images.list(all=True)} - before:
        with suppress(docker.errors.APIError):  # a parent that went with its child
            real.client.images.remove(image, force=True)
    assert {image.id for image in real.client.images.list(all=True)} <= before
