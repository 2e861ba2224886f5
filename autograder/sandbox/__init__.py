"""Where students' code runs: one interface, several providers, one guest."""

from __future__ import annotations

import logging
from typing import Any

from autograder.errors import SandboxUnavailable, UsageError
from autograder.sandbox.interface import Sandbox
from autograder.sandbox.pythons import demand_python, image_tag

log = logging.getLogger(__name__)

PROVIDERS = ("auto", "process", "docker", "unsafe")
DOCKER_ONLY = ("fresh", "gpus", "image")


def open_sandbox(name: str = "auto", *, device: str = "cpu", python: str | None = None, **options: Any) -> Sandbox:
    """A sandbox by name, not yet started.

    name: one of `PROVIDERS`.
    device: "cpu", "cuda", or "auto" for a GPU where there is one.
    python: the version that the course chooses, such as "3.12"; None for the provider's own.
    options: those of `DockerSandbox` or `ProcessSandbox`.

    Raises UsageError for an unknown name, or for an option of the docker sandbox where another is opened;
    SandboxUnavailable where the process sandbox would run another Python than the course's.
    """
    name = choose(name, python) if name == "auto" else _known(name)
    if name == "docker":
        from autograder.sandbox.docker.sandbox import DockerSandbox

        return DockerSandbox(device=device, python=python, **options)
    foreign = sorted(set(options) & set(DOCKER_ONLY))
    if foreign:
        raise UsageError(
            f"--{foreign[0]} is for the docker sandbox, and this is {name}", remedy="Add: --sandbox docker."
        )
    from autograder.sandbox.process import ProcessSandbox

    demand_python(python)
    return ProcessSandbox(unsafe=name == "unsafe", device=device, **options)


def _known(name: str) -> str:
    if name not in PROVIDERS:
        raise UsageError(f'no sandbox is called "{name}"', remedy=f"Known: {', '.join(PROVIDERS)}.")
    return name


def choose(name: str = "auto", python: str | None = None) -> str:
    """The provider that a name means here: "auto" is docker where an engine and the image are available, else process.

    Logs why "auto" is not docker. Raises UsageError for an unknown name; SandboxUnavailable where docker is asked for
    and not available, or the provider lacks the course's Python, so that a command fails before it reads submissions.
    """
    if _known(name) not in ("auto", "docker"):
        demand_python(python)
        return name
    from autograder.sandbox.docker.engine import connect, find_image

    try:
        find_image(connect(), image_tag("cpu", python))
        return "docker"
    except SandboxUnavailable as error:
        if name == "docker":
            raise
        demand_python(python)
        log.warning("using the process sandbox: %s", error)
        return "process"
