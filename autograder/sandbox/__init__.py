"""Where students' code runs: one interface, several providers, one guest."""

from __future__ import annotations

from typing import Any

from autograder.errors import SandboxUnavailable, UsageError
from autograder.sandbox.interface import Sandbox

PROVIDERS = ("auto", "process", "docker", "unsafe")


def open_sandbox(name: str = "auto", **options: Any) -> Sandbox:
    """A sandbox by name, not yet started. "auto" is the process sandbox where it stands, else docker."""
    if name not in PROVIDERS:
        raise UsageError(f'no sandbox is called "{name}"', remedy=f"Known: {', '.join(PROVIDERS)}.")
    if name == "docker":
        return _docker(options)
    from autograder.sandbox.process import ProcessSandbox

    sandbox = ProcessSandbox(unsafe=name == "unsafe", **options)
    if name == "auto":
        try:
            sandbox.start()
        except SandboxUnavailable as refusal:
            try:
                other = _docker(options)
                other.start()
            except SandboxUnavailable:
                raise refusal from None
            return other
    return sandbox


def _docker(options: dict[str, Any]) -> Sandbox:
    try:
        from autograder.sandbox.docker import DockerSandbox  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise SandboxUnavailable(
            f"the docker sandbox is not installed: {error}", remedy="Run `pip install autograder[docker]`."
        ) from None
    return DockerSandbox(**options)  # type: ignore[no-any-return]
