"""One suite for every sandbox. A provider passes when all of it passes.

Providers: "process" (namespaces where the kernel gives them), "process-plain" (Landlock and seccomp alone, which must
be enough), "docker" and "docker-fresh" (a container for each run; slow). AUTOGRADER_PROVIDERS names the ones to run, separated by commas.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox.interface import Sandbox
from autograder.sandbox.process import ProcessSandbox
from tests.contract.helpers import WARM

PROVIDERS = os.environ.get("AUTOGRADER_PROVIDERS", "process,process-plain,docker").split(",")

# Children of root become users of their own, who cannot pass through a home of mode 0700 to the interpreter in it.
# In a mount namespace that shows /root as passable, with the interpreter and nothing else in it, they can.
PASSABLE = """#!/bin/sh
exec unshare --mount sh -c '
set -e
mkdir -p {hold} && mount --bind {prefix} {hold}
mount -t tmpfs -o mode=0755 none {closed} && mkdir -p {prefix} && mount --move {hold} {prefix}
exec {python} "$@"' sh "$@"
"""


def closed_folder(path: Path) -> Path | None:
    """The first folder on the way to `path` that other users cannot pass."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


@pytest.fixture(scope="session")
def passable_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that children of root can read without namespaces of ours."""
    closed = closed_folder(Path(os.path.realpath(sys.executable)))
    if os.geteuid() != 0 or closed is None:
        return sys.executable
    if shutil.which("unshare") is None:
        pytest.skip(f"children of root cannot read the interpreter under {closed}")
    folder = tmp_path_factory.mktemp("passable")
    script = folder / "python"
    script.write_text(
        PASSABLE.format(hold=folder / "hold", prefix=sys.base_prefix, closed=closed, python=sys.executable)
    )
    script.chmod(0o755)
    return str(script)


def open_provider(name: str, request: pytest.FixtureRequest) -> Sandbox:
    if name == "process":
        return ProcessSandbox(warm_imports=WARM)
    if name == "process-plain":
        python = request.getfixturevalue("passable_python")
        return ProcessSandbox(warm_imports=WARM, namespaces=False, python=python)
    if name.startswith("docker"):
        return open_docker(name)
    raise ValueError(name)


def open_docker(name: str) -> Sandbox:
    """Containers of the image that `autograder image build` makes; skipped where there is no engine or no image."""
    from autograder.sandbox.docker.engine import connect, find_image
    from autograder.sandbox.docker.sandbox import DockerSandbox
    from autograder.sandbox.pythons import image_tag

    try:
        find_image(connect(), image_tag("cpu"))
    except SandboxUnavailable as error:
        pytest.skip(f"{name}: {error}")
    return DockerSandbox(warm_imports=WARM, fresh=name == "docker-fresh")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of this machine may reach, read and write; pytest's own are for one user."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)


@pytest.fixture(scope="session", params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def sandbox(provider: str, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A warm sandbox that all tests of one provider share: what one leaves behind, the next would meet."""
    sandbox = open_provider(provider, request)
    try:
        sandbox.start()
    except SandboxUnavailable as error:
        pytest.skip(f"{provider}: {error}")
    yield sandbox
    sandbox.close()


@pytest.fixture
def fresh_sandbox(provider: str, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of the test's own, not yet started, to be broken at will."""
    sandbox = open_provider(provider, request)
    yield sandbox
    sandbox.close()
