"""One container with a guest in it, and the attached stream through which the guest speaks.

The stream to the container is plain bytes. In the stream from it the engine multiplexes standard output and standard
error, in frames of `stream (u8), 000, length (u32, big endian), bytes`; `Demultiplexer` returns standard output and keeps
the end of standard error.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox.docker.engine import DockerEngine, engine_errors, owner_labels, remove_container
from autograder.sandbox.session import ENVIRONMENT

SECCOMP = Path(__file__).parent / "seccomp.json"
SCRATCH = "/scratch"
MIB = 1 << 20
WARM_MB = 1024  # memory of the warm guest without a child: torch and its dependencies
# The zygote changes users, kills their processes and gives them scratch folders. Children have no capabilities.
CAPABILITIES = ("SETUID", "SETGID", "KILL", "CHOWN")
WALLS = ("container", "no-network", "read-only", "capabilities", "no-new-privileges", "engine-seccomp")


@dataclass(frozen=True)
class Shape:
    """The resources of a container.

    image: the id of its image.
    memory_mb: the memory of one child.
    scratch_mb: the size of the scratch file system.
    processes: how many processes it may have.
    cpus: how many CPUs it may use.
    gpus: "", "all" or device numbers such as "0,1".
    """

    image: str
    memory_mb: int
    scratch_mb: int
    processes: int = 192
    cpus: float = 1.5  # a child computes with one thread; the rest is for the zygote's relaying
    gpus: str = ""

    def holds(self, memory_mb: int, scratch_mb: int) -> bool:
        return self.memory_mb >= memory_mb and self.scratch_mb >= scratch_mb


def host_config(engine: DockerEngine, shape: Shape) -> dict[str, Any]:
    """The isolation and limits of the container, as the engine's `HostConfig`."""
    memory = (WARM_MB + shape.memory_mb * 5 // 4 + 64 + shape.scratch_mb) * MIB
    limits: dict[str, Any] = {}
    if "memory" in engine.limits:
        limits |= {"mem_limit": memory, "memswap_limit": memory}
    if "pids" in engine.limits:
        limits |= {"pids_limit": shape.processes}
    if "cpu" in engine.limits:
        limits |= {"nano_cpus": int(min(shape.cpus, engine.processors) * 1e9)}
    config = engine.client.api.create_host_config(
        network_mode="none",
        read_only=True,
        cap_drop=["ALL"],
        cap_add=list(CAPABILITIES),
        security_opt=["no-new-privileges:true", f"seccomp={json.dumps(seccomp_profile(shape.gpus))}"],
        tmpfs={SCRATCH: f"size={shape.scratch_mb}m,nr_inodes=20000,mode=0711,nosuid,nodev,noexec"},
        ipc_mode="none",
        init=True,
        auto_remove=True,
        log_config={"Type": "none", "Config": {}},  # the frames of a class would fill the engine's disk
        device_requests=_device_requests(shape.gpus),
        **limits,
    )
    return dict(config)


def seccomp_profile(gpus: str) -> dict[str, Any]:
    """The system calls that the engine lets the container make; with GPUs, also those on sockets that CUDA needs.

    Each child's own filter is narrower (`guest.seccomp`): it refuses every `connect`.
    """
    profile: dict[str, Any] = json.loads(SECCOMP.read_text(encoding="utf-8"))
    if gpus:
        unix = [{"index": 0, "value": socket.AF_UNIX, "op": "SCMP_CMP_EQ"}]
        allow = "SCMP_ACT_ALLOW"
        profile["syscalls"] += [
            {"names": ["socket"], "action": allow, "args": unix},
            {"names": ["bind", "connect", "listen", "setsockopt"], "action": allow},
        ]
    return profile


def _device_requests(gpus: str) -> list[Any]:
    if not gpus:
        return []
    from docker.types import DeviceRequest

    chosen = {"count": -1} if gpus == "all" else {"device_ids": gpus.split(",")}
    return [DeviceRequest(capabilities=[["gpu"]], **chosen)]


class Demultiplexer:
    """Separates standard output from standard error; frames may arrive in pieces of any size."""

    HEADER = struct.Struct(">BxxxI")
    STDOUT = 1

    def __init__(self) -> None:
        self.header = b""
        self.stream, self.left = 0, 0
        self.errors = b""

    def feed(self, data: bytes) -> bytes:
        """The standard output in these bytes."""
        found = []
        view = memoryview(data)
        while view:
            if self.left == 0:
                wanted = self.HEADER.size - len(self.header)
                self.header += bytes(view[:wanted])
                view = view[wanted:]
                if len(self.header) < self.HEADER.size:
                    break
                self.stream, self.left = self.HEADER.unpack(self.header)
                self.header = b""
                continue
            part = view[: self.left]
            view = view[len(part) :]
            self.left -= len(part)
            if self.stream == self.STDOUT:
                found.append(part)
            else:
                self.errors = (self.errors + bytes(part))[-2000:]
        return b"".join(found)


class DockerLink:
    """A started container; `id` is the engine's id of it."""

    def __init__(self, engine: DockerEngine, shape: Shape) -> None:
        """Raises SandboxUnavailable, SandboxError, StorageError; ImageNotFound where the image is gone."""
        self.client = engine.client
        self.limited = "memory" in engine.limits
        self.started = int(time.time())
        self.id = ""
        self.last_words = ""
        self.ended = False  # whether the stream was closed by the container
        self._streams = Demultiplexer()
        with engine_errors("a container cannot be made"):
            self.id = self._create(engine, shape)
        try:
            with engine_errors("a container cannot be started"):
                self._attach()
                self.client.api.start(self.id)
        except BaseException:
            self.kill()
            raise
        self.reader = self.writer = self._socket.fileno()

    def _create(self, engine: DockerEngine, shape: Shape) -> str:
        api = self.client.api
        made = api.create_container(
            shape.image,
            environment={**ENVIRONMENT, "HOME": SCRATCH, "TMPDIR": SCRATCH, "MPLCONFIGDIR": SCRATCH},
            hostname="guest",
            user="0:0",
            stdin_open=True,
            tty=False,
            labels=owner_labels(),
            host_config=host_config(engine, shape),
        )
        return str(made["Id"])

    def _attach(self) -> None:
        """Attach before the container starts, so that no byte is lost. The guest's stdin ends with this connection."""
        wrapped = self.client.api.attach_socket(self.id, params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
        found = getattr(wrapped, "_sock", wrapped)
        if type(found) is not socket.socket:  # TLS and SSH: a plain read does not give the bytes
            raise SandboxUnavailable(
                "the engine can only be used through a unix socket or plain TCP",
                remedy="Set DOCKER_HOST to a unix:// address, of a forwarded socket for instance.",
            )
        self._wrapped, self._socket = wrapped, found

    def read(self, size: int) -> bytes:
        data = os.read(self.reader, size)
        if not data:
            self.ended = True
            return b""
        found = self._streams.feed(data)
        if not found:
            raise BlockingIOError
        return found

    def alive(self) -> bool:
        """Whether the guest has not closed its end. No byte is consumed."""
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def kill(self) -> None:
        """Remove the container. Where the engine cannot be reached, a later run finds the container by its labels."""
        if not self.id:
            return
        self.last_words = self.diagnosis()
        container, self.id = self.id, ""
        with suppress(AttributeError, OSError):
            self._socket.close()
            self._wrapped.close()
        with suppress(SandboxError), engine_errors("a container cannot be removed"):
            remove_container(self.client, container)

    def diagnosis(self) -> str:
        """How the container ended according to the engine, and the last lines of its standard error."""
        if not self.id:
            return self.last_words
        said = self._streams.errors.decode("utf-8", "replace").strip()
        return " ".join(part for part in (self._end(), said) if part)

    def _end(self) -> str:
        """How the container ended, from the engine's events: the container removes itself and cannot be inspected."""
        if not self.ended:
            return ""
        seen, out_of_memory = "", ""
        with suppress(Exception):  # the engine itself may be gone
            filters = {"container": self.id, "event": ["die", "oom"]}
            for event in self.client.events(
                since=self.started, until=int(time.time()) + 2, filters=filters, decode=True
            ):
                if event["Action"] == "oom":
                    out_of_memory = ", out of memory"
                elif event["Action"] == "die":
                    seen = f"the container ended with status {event['Actor']['Attributes'].get('exitCode')}"
                    break
        return seen + out_of_memory
