"""Finds the container engine, asks what it can do, and turns its failures into errors with a remedy.

Docker, rootless Docker and Podman's socket speak the same API. Every error here is the platform's, never a student's.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import PlatformError, SandboxError, SandboxUnavailable, StorageError
from autograder.store import liveness as owner

GUEST = Path(__file__).parents[2] / "guest"
GUEST_LABEL = "autograder.guest"
LEAST_API = (1, 40)  # Docker 19.03, the first with device requests
ENGINE_SECONDS = 60
BUILD = "Run: autograder image build (--base debootstrap where no registry can be reached)."
START = "Start it (systemctl start docker, or Docker Desktop; for Podman: systemctl --user start podman.socket), or use --sandbox process."


def guest_files() -> list[Path]:
    """The guest's files, which run inside the container; some of them (`wire`, `envelope`) are shared with the host."""
    return sorted(GUEST.glob("*.py"))


def guest_fingerprint() -> str:
    """A hash of the guest's files. An image with another version of them may speak another protocol."""
    total = hashlib.sha256()
    for path in guest_files():
        total.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


@dataclass(frozen=True)
class DockerEngine:
    """An engine that answers.

    client: the SDK's client.
    url: where it listens.
    name: "Docker" or "Podman".
    version: of the engine.
    low_users: user ids end at 65535 (rootless, or user namespaces).
    processors: how many it has.
    limits: those of "memory", "pids" and "cpu" that it can enforce.
    gpus: whether it can hand over GPUs.
    """

    client: Any
    url: str
    name: str
    version: str
    low_users: bool
    processors: int
    limits: tuple[str, ...]
    gpus: bool

    def describe(self) -> str:
        rootless = ", rootless" if self.low_users else ""
        return f"{self.name} {self.version} at {self.url}{rootless}; limits: {', '.join(self.limits) or 'none'}"


def candidates() -> list[str]:
    """Where an engine may listen: what DOCKER_HOST says, else the usual sockets."""
    if os.environ.get("DOCKER_HOST"):
        return [os.environ["DOCKER_HOST"]]
    runtime = os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")
    places = ["/var/run/docker.sock", f"{runtime}/docker.sock", str(Path.home() / ".docker/run/docker.sock")]
    places += [f"{runtime}/podman/podman.sock", "/run/podman/podman.sock"]
    return [f"unix://{place}" for place in places]


def connect() -> DockerEngine:
    """The first engine that answers. Raises SandboxUnavailable, with the reason of the first that refuses."""
    try:
        from docker import DockerClient  # noqa: F401 - not `import docker`: any folder of that name would do for it
    except ImportError as error:
        raise SandboxUnavailable(
            f"the Docker SDK is not installed: {error}", remedy="Run: pip install 'deep-autograder[docker]'."
        ) from None
    refusals = []
    for url in candidates():
        try:
            _knock(url)
            return _examine(url)
        except FileNotFoundError:
            continue
        except SandboxUnavailable as error:
            refusals.append(error)
    if refusals:
        raise refusals[0]
    raise SandboxUnavailable(f"no container engine listens at {candidates()[0]}", remedy=f"Is one installed? {START}")


def _knock(url: str) -> None:
    """Check that something listens at a unix socket. Raises FileNotFoundError (no socket) or SandboxUnavailable."""
    if not url.startswith("unix://"):
        return
    path = url.removeprefix("unix://")
    with socket.socket(socket.AF_UNIX) as knock:
        knock.settimeout(10)
        try:
            knock.connect(path)
        except FileNotFoundError:
            raise
        except PermissionError:
            raise SandboxUnavailable(
                f"this user may not speak to the container engine at {path}",
                remedy="Join the group docker (sudo usermod -aG docker $USER, then log in again), or use rootless Docker or Podman.",
            ) from None
        except OSError as error:
            raise SandboxUnavailable(
                f"the container engine is not running: {path}: {error.strerror or error}", remedy=START
            ) from None


def _examine(url: str) -> DockerEngine:
    import docker

    if not url.startswith(("unix://", "tcp://")):
        raise SandboxUnavailable(
            f"an engine at {url} cannot be used", remedy="Set DOCKER_HOST to a unix:// or tcp:// address."
        )
    try:
        client = docker.DockerClient(base_url=url, version="auto", timeout=ENGINE_SECONDS)
        version, info = client.version(), client.info()
    except Exception as error:  # whatever listens there may be no engine at all
        raise SandboxUnavailable(
            f"what listens at {url} does not answer as an engine: {_brief(error)}", remedy=START
        ) from None
    name = (
        "Podman"
        if any("podman" in str(c.get("Name", "")).lower() for c in version.get("Components") or ())
        else "Docker"
    )
    api = tuple(int(part) for part in str(version.get("ApiVersion", "0")).split(".")[:2])
    if api < LEAST_API:
        raise SandboxUnavailable(
            f"{name} {version.get('Version')} at {url} is too old (API {version.get('ApiVersion')})",
            remedy="Docker 19.03 or Podman 3.4 is the oldest that will do.",
        )
    if info.get("OSType", "linux") != "linux":
        raise SandboxUnavailable(
            f"the engine at {url} runs {info['OSType']} containers", remedy="Switch it to Linux containers."
        )
    security = " ".join(map(str, info.get("SecurityOptions") or ()))
    limits = (("memory", "MemoryLimit"), ("pids", "PidsLimit"), ("cpu", "CpuCfsQuota"))
    return DockerEngine(
        client=client,
        url=url,
        name=name,
        version=str(version.get("Version")),
        low_users="name=rootless" in security or "name=userns" in security,
        processors=int(info.get("NCPU") or 1),
        limits=tuple(limit for limit, key in limits if info.get(key)),
        gpus="nvidia" in (info.get("Runtimes") or {}),
    )


def find_image(engine: DockerEngine, tag: str) -> tuple[str, int]:
    """(id, size) of a guest's image. Raises SandboxUnavailable where it is missing or has another guest version."""
    import docker.errors

    with engine_errors(f"the image {tag} cannot be read"):
        try:
            image = engine.client.images.get(tag)
        except docker.errors.NotFound:  # ImageNotFound depends on the message, and Podman's differs
            raise SandboxUnavailable(f"the engine has no image {tag}", remedy=BUILD) from None
    built_for = (image.labels or {}).get(GUEST_LABEL)
    if built_for != guest_fingerprint():
        raise SandboxUnavailable(f"the image {tag} was built for another version of this program", remedy=BUILD)
    return str(image.id), int(image.attrs["Size"])


@contextmanager
def engine_errors(doing: str) -> Iterator[None]:
    """Turns errors of the engine, and of the connection to it, into PlatformErrors. ImageNotFound passes."""
    import docker.errors
    import requests.exceptions

    try:
        yield
    except docker.errors.ImageNotFound:
        raise
    except docker.errors.APIError as error:
        raise _refusal(doing, str(error.explanation or error)) from None
    except (docker.errors.DockerException, requests.exceptions.RequestException, OSError) as error:
        raise SandboxUnavailable(f"{doing}: the container engine is gone: {_brief(error)}", remedy=START) from None


REFUSALS: tuple[tuple[str, type[PlatformError], str, str], ...] = (
    ("no space left", StorageError, "the engine's disk is full", "`docker system prune` frees some."),
    ("disk quota", StorageError, "the engine's disk is full", "`docker system prune` frees some."),
    ("could not select device driver", SandboxUnavailable, "the engine knows no GPUs", "Install the NVIDIA Container Toolkit and restart the engine, or grade with --device cpu."),
    ("nvidia", SandboxUnavailable, "the GPU cannot be handed over", "Check with: docker run --rm --gpus all IMAGE nvidia-smi; or grade with --device cpu."),
    ("seccomp", SandboxUnavailable, "the engine or its kernel has no seccomp", "Use an engine built with seccomp, or --sandbox process."),
    ("cgroup", SandboxUnavailable, "the engine cannot limit containers", "For rootless engines use cgroup v2 with delegated controllers (see docs/docker.md)."),
    ("docker-init", SandboxUnavailable, "the engine has no init", "Install docker-init (tini; for Podman: catatonit)."),
    ("catatonit", SandboxUnavailable, "the engine has no init", "Install docker-init (tini; for Podman: catatonit)."),
    ("permission denied", SandboxUnavailable, "the engine was refused something", "See the engine's log."),
)  # fmt: skip


def _refusal(doing: str, said: str) -> PlatformError:
    for mark, kind, meaning, remedy in REFUSALS:
        if mark in said.lower():
            return kind(f"{doing}: {meaning} ({said[:300]})", remedy=remedy)
    return SandboxError(f"{doing}: {said[:300]}", remedy="See the engine's log.")


def _brief(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]


# -- whose containers ------------------------------------------------------------------------------------------------

OWNER_LABEL, MACHINE_LABEL = "autograder.session", "autograder.machine"


def owner_labels() -> dict[str, str]:
    """Labels of a container of this process, by which a later run knows whether its owner still lives."""
    return {OWNER_LABEL: owner.mark(), MACHINE_LABEL: _machine()}


def remove_leftovers(engine: DockerEngine) -> int:
    """Remove containers whose grader was killed, not those of a living one or of another machine. Returns how many."""
    removed = 0
    with engine_errors("containers cannot be listed"):
        found = engine.client.containers.list(all=True, filters={"label": OWNER_LABEL}, ignore_removed=True)
    for container in found:
        if _orphaned(container.labels):
            with suppress(PlatformError), engine_errors("a container cannot be removed"):
                remove_container(engine.client, container.id)
                removed += 1
    return removed


def remove_container(client: Any, container: str) -> None:
    """Kill and remove a container, or wait while the engine removes it. Returns when it is gone."""
    import docker.errors

    try:
        client.api.remove_container(container, force=True, v=True)
    except docker.errors.NotFound:
        return
    except docker.errors.APIError as error:
        if error.status_code != 409:  # "removal is already in progress": it removes itself when it ends
            raise
        with suppress(docker.errors.NotFound):
            client.api.wait(container, timeout=30, condition="removed")


def _orphaned(labels: dict[str, str]) -> bool:
    machine, boot = _machine().split("/")
    theirs, _, their_boot = labels.get(MACHINE_LABEL, "").partition("/")
    if theirs != machine:  # an engine may serve several machines
        return False
    return their_boot != boot or owner.is_dead(labels.get(OWNER_LABEL, ""))


def _machine() -> str:
    """An id of this machine and one of its current boot, joined by "/"."""
    parts = []
    for path in ("/etc/machine-id", "/proc/sys/kernel/random/boot_id"):
        text = ""
        with suppress(OSError):
            text = Path(path).read_text(encoding="ascii").strip()
        parts.append(text or socket.gethostname())
    return "/".join(parts)
