"""The docker sandbox: what it asks of an engine, what it says when the engine fails, and what it leaves behind."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.errors import SandboxError, SandboxUnavailable, StorageError, UsageError
from autograder.guest.wire import Array
from autograder.sandbox import choose, open_sandbox
from autograder.sandbox.docker import engine as docker_engine
from autograder.sandbox.docker.link import SECCOMP, Demultiplexer, DockerLink, Shape, host_config, seccomp_profile
from autograder.sandbox.docker.sandbox import DockerSandbox
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Program, Status
from autograder.sandbox.pythons import image_tag
from autograder.store import liveness as owner
from tests.contract.helpers import QUICK, WARM, X, calls, execute, program, value
from tests.engine import PretendedEngine, Way

pytest.importorskip("docker.errors")  # the repository has a folder of that name
import docker

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # the SDK closes its sockets when it pleases


# -- bytes -----------------------------------------------------------------------------------------------------------


def framed(stream: int, data: bytes) -> bytes:
    return bytes([stream, 0, 0, 0]) + len(data).to_bytes(4, "big") + data


@pytest.mark.parametrize("step", [1, 3, 8, 11, 1000])
def test_streams_are_taken_apart_however_they_are_cut(step: int) -> None:
    sent = framed(1, b"one") + framed(2, b"error") + framed(1, b"") + framed(1, b"x" * 50) + framed(2, b" again")
    streams = Demultiplexer()
    found = b"".join(streams.feed(sent[at : at + step]) for at in range(0, len(sent), step))
    assert found == b"one" + b"x" * 50
    assert streams.errors == b"error again"


def test_only_the_end_of_standard_error_is_kept() -> None:
    streams = Demultiplexer()
    streams.feed(framed(2, b"a" * 5000 + b"the end"))
    assert len(streams.errors) == 2000
    assert streams.errors.endswith(b"the end")


# -- what is asked of the engine -------------------------------------------------------------------------------------


def engine_with(limits: tuple[str, ...] = ("memory", "pids", "cpu"), processors: int = 4) -> docker_engine.DockerEngine:
    client = docker.DockerClient(base_url="unix:///nowhere", version="1.41")
    return docker_engine.DockerEngine(client, "unix:///nowhere", "Docker", "0", False, processors, limits, False)


def test_the_walls_of_a_container() -> None:
    config = host_config(engine_with(), Shape("image", memory_mb=1024, scratch_mb=64))
    assert config["NetworkMode"] == "none"
    assert config["ReadonlyRootfs"] is True
    assert config["CapDrop"] == ["ALL"]
    assert config["CapAdd"] == ["SETUID", "SETGID", "KILL", "CHOWN"]
    assert config["SecurityOpt"][0] == "no-new-privileges:true"
    assert config["Memory"] == config["MemorySwap"] > 1024 << 20
    assert 0 < config["PidsLimit"] < 1000
    assert config["NanoCpus"] == 1_500_000_000
    assert config["AutoRemove"] is True
    assert config["Init"] is True
    assert config["LogConfig"]["Type"] == "none"
    assert "size=64m" in config["Tmpfs"]["/scratch"]
    assert {"nosuid", "nodev", "noexec"} <= set(config["Tmpfs"]["/scratch"].split(","))
    assert not config.get("Binds")
    assert not config.get("Mounts")
    assert not config.get("Privileged")


def test_only_limits_that_the_engine_has_are_asked_for() -> None:
    config = host_config(engine_with(limits=()), Shape("image", 1024, 64))
    assert "Memory" not in config
    assert "PidsLimit" not in config
    assert "NanoCpus" not in config


def test_no_more_processors_than_there_are() -> None:
    assert host_config(engine_with(processors=1), Shape("image", 1024, 64))["NanoCpus"] == 1_000_000_000


@pytest.mark.parametrize(("gpus", "count", "numbers"), [("all", -1, None), ("0", 0, ["0"]), ("0,2", 0, ["0", "2"])])
def test_gpus_are_requested_as_devices(gpus: str, count: int, numbers: list[str] | None) -> None:
    (request,) = host_config(engine_with(), Shape("image", 1024, 64, gpus=gpus))["DeviceRequests"]
    assert request["Capabilities"] == [["gpu"]]
    assert (request["Count"] or 0, request["DeviceIDs"] or None) == (count, numbers)


def test_sockets_are_opened_for_a_gpu_alone() -> None:
    without, with_gpu = seccomp_profile(""), seccomp_profile("all")
    named = {name for rule in without["syscalls"] for name in rule["names"]}
    assert not {"socket", "bind", "connect", "listen", "accept", "accept4", "setsockopt"} & named
    more = [rule for rule in with_gpu["syscalls"] if rule not in without["syscalls"]]
    assert {name for rule in more for name in rule["names"]} == {"socket", "bind", "connect", "listen", "setsockopt"}
    (sockets,) = [rule for rule in more if "socket" in rule["names"]]
    assert sockets["args"] == [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]
    assert {key: value for key, value in with_gpu.items() if key != "syscalls"} == {
        k: v for k, v in without.items() if k != "syscalls"
    }


def test_no_gpu_without_being_asked() -> None:
    assert not host_config(engine_with(), Shape("image", 1024, 64)).get("DeviceRequests")


def guest_seccomp() -> Any:
    path = docker_engine.GUEST / "seccomp.py"
    spec = importlib.util.spec_from_file_location("guest_seccomp", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_seccomp_profile_lets_the_guest_work_and_nothing_dangerous_pass() -> None:
    profile = json.loads(SECCOMP.read_text())
    guest = guest_seccomp()
    allowed = {name for rule in profile["syscalls"] if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]}
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {*guest.ALLOW, *guest.CHECKED, *guest.PRETEND} <= allowed
    assert not allowed & {*guest.KILL, "io_uring_setup", "socket", "connect", "bind", "chroot", "memfd_create"}
    (clone,) = [rule for rule in profile["syscalls"] if rule["names"] == ["clone"]]
    new_user, new_net = 0x10000000, 0x40000000
    assert clone["args"][0]["op"] == "SCMP_CMP_MASKED_EQ"
    assert clone["args"][0]["value"] & new_user
    assert clone["args"][0]["value"] & new_net
    assert clone["args"][0]["valueTwo"] == 0


def test_foreign_options_are_refused() -> None:
    with pytest.raises(UsageError, match="docker"):
        open_sandbox("process", fresh=True)
    with pytest.raises(UsageError, match="fraction"):
        DockerSandbox(gpu_fraction=1.5)
    with pytest.raises(UsageError, match="no sandbox"):
        open_sandbox("dokcer")


# -- engines that fail -----------------------------------------------------------------------------------------------


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the engine of this test listens."""
    path = tmp_path / "engine.sock"
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    return path


def refusal() -> SandboxUnavailable:
    with pytest.raises(SandboxUnavailable) as caught:
        DockerSandbox().start()
    assert caught.value.remedy
    return caught.value


def test_no_engine(door: Path) -> None:
    assert "no container engine" in str(refusal())


def test_engine_not_running(door: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(door))
    assert "not running" in str(refusal())


def test_engine_not_permitted(door: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: str) -> None:
        raise PermissionError(13, "Permission denied", address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = refusal()
    assert "may not speak" in str(found)
    assert "usermod" in found.remedy


def test_no_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docker", None)
    found = refusal()
    assert "SDK" in str(found)
    assert "pip install" in found.remedy


def test_engine_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "ssh://somewhere")
    assert "cannot be used" in str(refusal())


ENGINES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "too old": ({"Version": "17.03", "ApiVersion": "1.26"}, {}, "too old"),
    "windows": ({}, {"OSType": "windows"}, "windows containers"),
    "no image": ({}, {}, "has no image autograder-guest:cpu"),
    "podman, no image": (
        {"Version": "4.9.0", "ApiVersion": "1.41", "Components": [{"Name": "Podman DockerEngine"}]},
        {},
        "has no image",
    ),
}


@pytest.mark.parametrize(("version", "info", "said"), ENGINES.values(), ids=ENGINES)
def test_engines_that_will_not_do(door: Path, version: dict[str, Any], info: dict[str, Any], said: str) -> None:
    with PretendedEngine(version, info).listening(door):
        assert said in str(refusal())


def test_what_is_no_engine(door: Path) -> None:
    engine = PretendedEngine()
    engine.answers = {"GET /version": (200, ["no", "engine"])}  # type: ignore[dict-item]
    with engine.listening(door):
        assert "does not answer as an engine" in str(refusal())


def test_engines_are_named(door: Path) -> None:
    podman = {"Version": "4.9.0", "ApiVersion": "1.41", "Components": [{"Name": "Podman DockerEngine"}]}
    rootless = {"SecurityOptions": ["name=seccomp", "name=rootless"], "MemoryLimit": False}
    with PretendedEngine(podman, rootless).listening(door):
        engine = docker_engine.connect()
        assert engine.low_users
        assert engine.limits == ("pids", "cpu")
        assert "Podman 4.9.0" in engine.describe()
        assert "rootless" in engine.describe()


def pretended_image(guest: str) -> dict[str, Any]:
    return {"Id": "sha256:1234", "Size": 5, "RepoTags": [], "Config": {"Labels": {"autograder.guest": guest}}}


def test_image_of_another_version(door: Path) -> None:
    engine = PretendedEngine()
    engine.answers["GET /images/.*/json"] = (200, pretended_image("another"))
    with engine.listening(door):
        found = refusal()
    assert "another version" in str(found)
    assert "autograder image build" in found.remedy


FAULTS: dict[str, tuple[str, int, str, type[Exception], str]] = {
    "disk full": ("create", 500, "mkdir /var/lib/docker/overlay2: no space left on device", StorageError, "disk is full"),
    "no gpu driver": ("start", 500, 'could not select device driver "" with capabilities: [[gpu]]', SandboxUnavailable, "no GPUs"),
    "image removed": ("create", 404, "No such image: autograder-guest:cpu", SandboxUnavailable, "has been removed"),
    "cgroups": ("start", 500, "OCI runtime: unable to apply cgroup configuration", SandboxUnavailable, "cannot limit"),
    "seccomp": ("create", 400, "seccomp is not enabled in your kernel, cannot run a custom profile", SandboxUnavailable, "seccomp"),
    "init": ("start", 400, 'exec: "docker-init": executable file not found in $PATH', SandboxUnavailable, "init"),
    "something else": ("create", 500, "the moon is in the wrong phase", SandboxError, "the moon"),
}  # fmt: skip


@pytest.mark.parametrize(("step", "status", "message", "kind", "said"), FAULTS.values(), ids=FAULTS)
def test_what_the_engine_refuses(
    door: Path, step: str, status: int, message: str, kind: type[Exception], said: str
) -> None:
    engine = PretendedEngine()
    engine.answers["GET /images/.*/json"] = (200, pretended_image(docker_engine.guest_fingerprint()))
    if step == "start":
        engine.answers["POST /containers/create"] = (201, {"Id": "abcdef0123456789"})
        engine.answers["POST /containers/.*/attach"] = (status, {"message": message})
        engine.answers["DELETE /containers/.*"] = (204, {})
    else:
        engine.answers["POST /containers/create"] = (status, {"message": message})
    with engine.listening(door), pytest.raises(kind, match=said) as caught:
        DockerSandbox().start()
    assert getattr(caught.value, "remedy", "")
    assert step == "create" or any(asked.startswith("DELETE") for asked in engine.asked)


def test_auto_logs_why_it_is_not_docker(
    door: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with PretendedEngine().listening(door):
        assert choose("auto") == "process"
        assert choose("auto") == "process"
        with pytest.raises(SandboxUnavailable, match="no image"):
            choose("docker")
    said = [record.getMessage() for record in caplog.records if record.name == "autograder.sandbox"]
    assert len(said) == 2  # the library remembers nothing; the command line shows a line once
    assert "autograder image build" in said[0]
    assert capsys.readouterr().err == ""


# -- whose container is it -------------------------------------------------------------------------------------------


def test_only_containers_of_the_dead_are_leftovers() -> None:
    mine = docker_engine.owner_labels()
    assert not docker_engine._orphaned(mine)
    pid, _, namespace = owner.mark().split("-")
    dead = {**mine, "autograder.session": f"{pid}-12345-{namespace}"}
    assert docker_engine._orphaned(dead)
    machine, boot = mine["autograder.machine"].split("/")
    assert not docker_engine._orphaned({**dead, "autograder.machine": f"another/{boot}"})
    assert docker_engine._orphaned({**mine, "autograder.machine": f"{machine}/an-earlier-start"})
    assert not docker_engine._orphaned({"autograder.session": dead["autograder.session"]})


# -- with a real engine ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> docker_engine.DockerEngine:
    try:
        engine = docker_engine.connect()
        docker_engine.find_image(engine, image_tag("cpu"))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    return engine


def ours(engine: docker_engine.DockerEngine) -> set[str]:
    """Containers of this process, in whatever state."""
    label = f"autograder.session={owner.mark()}"
    return {c.id for c in engine.client.containers.list(all=True, filters={"label": label}, ignore_removed=True)}


@pytest.fixture
def box(real: docker_engine.DockerEngine) -> Iterator[DockerSandbox]:
    """A sandbox of the test's own; nothing of it may be left."""
    before = ours(real)
    sandbox = DockerSandbox(warm_imports=WARM)
    yield sandbox
    sandbox.close()
    assert ours(real) == before


def container(sandbox: DockerSandbox) -> str:
    assert sandbox._channel is not None
    assert isinstance(sandbox._channel.link, DockerLink)
    return sandbox._channel.link.id


@pytest.mark.docker
def test_report_carries_the_image(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    info = box.start()
    assert info.provider == "docker"
    assert info.image == real.client.images.get(image_tag("cpu")).id
    assert {"no-network", "read-only", "memory-limit", "user", "seccomp"} <= set(info.isolation)


@pytest.mark.docker
def test_a_child_has_nothing_left(box: DockerSandbox) -> None:
    source = "def f(): return dict(line.split(':\\t', 1) for line in open('/proc/self/status').read().splitlines())\n"
    status = value(box, source)
    assert status["CapEff"] == status["CapPrm"] == status["CapInh"] == status["CapAmb"] == "0" * 16
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert "0" not in status["Uid"].split()


@pytest.mark.docker
def test_tmp_is_scratch(box: DockerSandbox) -> None:
    source = "import os\ndef f():\n    open('/tmp/x', 'w').write('1')\n    return os.listdir('.'), os.getcwd()\n"
    assert value(box, source, repeat=1) == (["x"], "/scratch/child")


@pytest.mark.docker
def test_the_root_of_the_container_is_read_only_and_alone(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    """Without Landlock, which may be missing: what the container itself gives. Asked of the zygote's own side."""
    box.start()
    client = real.client.containers.get(container(box))
    assert client.exec_run(["touch", "/opt/x"]).exit_code != 0
    assert client.exec_run(["ls", "/sys/class/net"]).output.split() == [b"lo"]
    assert client.exec_run(["mount", "-t", "tmpfs", "none", "/mnt"]).exit_code != 0
    assert client.exec_run(["ls", "/dev/shm"]).exit_code != 0
    processes = client.top(ps_args="-eo pid,args")["Processes"]
    assert len([line for line in processes if "guest.py" in line[-1]]) <= 2  # init and zygote; no child is left


def during(sandbox: DockerSandbox, action: Any) -> Any:
    """Run a slow call, and do something in the middle of it."""
    thread = threading.Timer(0.5, action)
    thread.start()
    try:
        source = program("import time\ndef slow(): time.sleep(1.5)\ndef quick(): return 1\n")
        return sandbox.run(source, calls("quick", "slow", "quick", repeat=1), QUICK)
    finally:
        thread.join()


@pytest.mark.docker
def test_container_killed_half_way(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    box.start()
    run = during(box, lambda: real.client.api.kill(container(box)))
    assert [o.status for o in run.outcomes] == [Status.RETURNED] * 3
    assert any("guest lost" in event and "ended with status 137" in event for event in run.events), run.events


@pytest.mark.docker
def test_zygote_killed_half_way(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    box.start()
    # A second process of the container's root may do so; a child may not.
    kill = ["sh", "-c", "for p in /proc/[0-9]*; do grep -q '[g]uest.py' $p/cmdline && kill -9 ${p#/proc/}; done"]
    run = during(box, lambda: real.client.containers.get(container(box)).exec_run(kill))
    assert [o.status for o in run.outcomes] == [Status.RETURNED] * 3
    assert any("guest lost" in event for event in run.events)


@pytest.mark.docker
def test_engine_gone_half_way(real: docker_engine.DockerEngine, door: Path) -> None:
    """The platform's fault, and said to be. What was running ends by itself."""
    if not real.url.startswith("unix://"):
        pytest.skip("the way to this engine is not a unix socket")
    way = Way(door, real.url.removeprefix("unix://"))
    sandbox = DockerSandbox(warm_imports=WARM)
    try:
        sandbox.start()
        lost = container(sandbox)
        with pytest.raises(SandboxUnavailable, match=r"not running|no container engine"):
            during(sandbox, way.cut)
        deadline = time.monotonic() + 20
        while lost in ours(real) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert lost not in ours(real)
    finally:
        sandbox.close()
        way.close()


@pytest.mark.docker
def test_image_removed_while_grading(box: DockerSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    box.start()
    assert box._shape is not None
    box._shape = replace(box._shape, image="sha256:" + "0" * 64)
    box.close()
    with pytest.raises(SandboxUnavailable, match="image"):
        box.start()


@pytest.mark.docker
def test_leftovers_are_swept_up(real: docker_engine.DockerEngine) -> None:
    """Containers of a grader that died, and only those."""
    mine = docker_engine.owner_labels()
    _, _, namespace = owner.mark().split("-")
    kinds = {
        "dead": {**mine, "autograder.session": f"1-99999999999-{namespace}"},
        "alive": mine,
        "elsewhere": {**mine, "autograder.session": f"1-99999999999-{namespace}", "autograder.machine": "another/one"},
    }
    made = {}
    try:
        for name, labels in kinds.items():
            made[name] = real.client.containers.create(image_tag("cpu"), ["true"], labels=labels, network_mode="none")
        docker_engine.remove_leftovers(real)
        left = {c.id for c in real.client.containers.list(all=True, ignore_removed=True)}
        assert {name for name, one in made.items() if one.id in left} == {"alive", "elsewhere"}
    finally:
        for one in made.values():
            docker_engine.remove_container(real.client, one.id)


KILLED = """
import os, signal
from autograder.sandbox.docker.sandbox import DockerSandbox
box = DockerSandbox(warm_imports=("numpy",))
box.start()
print(box._channel.link.id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.docker
def test_a_killed_grader_leaves_no_container(real: docker_engine.DockerEngine) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    name = done.stdout.strip()
    assert name
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if name not in {c.id for c in real.client.containers.list(all=True, ignore_removed=True)}:
            return
        time.sleep(0.1)
    docker_engine.remove_leftovers(real)
    raise AssertionError("the container outlived its grader")


@pytest.mark.docker
def test_a_larger_limit_gets_a_larger_container(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    box.start()
    first = container(box)
    roomy = replace(QUICK, memory_mb=2048, file_mb=200)
    source = "def f():\n    with open('x', 'wb') as file: file.write(bytes(150 << 20))\n    return 1\n"
    assert value(box, source, limits=roomy, repeat=1) == 1
    assert container(box) != first
    memory = real.client.api.inspect_container(container(box))["HostConfig"]["Memory"]
    assert memory > 2048 << 20
    second = container(box)
    assert value(box, "def f(): return 1\n") == 1
    assert container(box) == second  # a smaller limit needs no other


@pytest.mark.docker
def test_large_frames_both_ways(box: DockerSandbox) -> None:
    x = Array(np.random.default_rng(0).standard_normal((2000, 1000)))
    found = value(box, "def f(x): return x\n", x, repeat=1, limits=replace(QUICK, result_mb=64, memory_mb=512))
    assert found.data.tobytes() == x.data.tobytes()


@pytest.mark.docker
def test_fresh_is_fresh_and_grades_alike(box: DockerSandbox, real: docker_engine.DockerEngine) -> None:
    source = "import torch\ndef f(x): return torch.softmax(x @ torch.randn(3, 50).double(), 1), set('abc') and str(set('abc'))\n"
    warm = value(box, source, X)
    before = ours(real)
    seen = set()
    with ExitStack() as stack:
        fresh = DockerSandbox(warm_imports=WARM, fresh=True)
        stack.callback(fresh.close)
        for _ in range(3):
            fresh.start()
            seen.add(container(fresh))
            found = execute(fresh, source, args=(X,)).outcomes[0]
            assert found.value[0].data.tobytes() == warm[0].data.tobytes()
            assert found.value[1] == warm[1]
        assert len(seen) == 3
        fresh.start()
        spare = container(fresh)
        fresh.run(replace(program(source), trusted=True), calls("f", args=(X,)), QUICK)
        assert container(fresh) == spare  # the lecturer's own code does not spend a container
        assert len(ours(real) - before) <= 3  # the one that serves, the next, and one that is being removed
    assert ours(real) == before


@pytest.mark.docker
def test_fresh_recovers_from_a_spare_that_died(real: docker_engine.DockerEngine) -> None:
    before = ours(real)
    fresh = DockerSandbox(warm_imports=WARM, fresh=True)
    try:
        assert value(fresh, "def f(): return 1\n") == 1
        assert fresh._next is not None
        channel, _ = fresh._next.result()
        real.client.api.kill(channel.link.id)  # type: ignore[attr-defined]
        run = execute(fresh, "def f(): return 2\n")
        assert run.outcomes[0].value == 2
    finally:
        fresh.close()
    assert ours(real) == before


@pytest.mark.docker
def test_interrupted_half_way(box: DockerSandbox) -> None:
    box.start()
    thread = threading.Timer(0.5, lambda: os.kill(os.getpid(), 2))
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        box.run(program("import time\ndef f(): time.sleep(20)\n"), calls("f"), replace(QUICK, call_seconds=20))
    thread.join()
    assert value(box, "def f(): return 1\n") == 1


# -- a GPU -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gpu_box(real: docker_engine.DockerEngine) -> Iterator[DockerSandbox]:
    if not real.gpus:
        pytest.skip("the engine hands over no GPUs")
    sandbox = DockerSandbox(device="cuda", gpu_fraction=0.4, warm_imports=WARM)
    try:
        sandbox.start()
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield sandbox
    sandbox.close()


def on_gpu(sandbox: DockerSandbox, source: str, *names: str) -> Any:
    wanted = [FunctionCall(n, name, name, (), device="cuda", repeat=1) for n, name in enumerate(names)]
    return sandbox.run(Program((Cell(source, "cell 1"),)), wanted, replace(Limits(), call_seconds=60)).outcomes


@pytest.mark.gpu
@pytest.mark.docker
def test_gpu_computes_as_the_processor(gpu_box: DockerSandbox) -> None:
    source = "import torch\ndef f():\n    x = torch.arange(512 * 512.).reshape(512, 512).sin().cuda()\n    return x @ x, torch.backends.cuda.matmul.allow_tf32\n"
    (found,) = on_gpu(gpu_box, source, "f")
    x = np.sin(np.arange(512 * 512, dtype=np.float64)).reshape(512, 512)
    assert found.value[1] is False
    np.testing.assert_allclose(found.value[0].data, x @ x, atol=1e-3)


@pytest.mark.gpu
@pytest.mark.docker
@pytest.mark.parametrize(
    "body",
    [
        "torch.ones(1 << 40, device='cuda')",
        "torch.ones(3, device='cuda')[torch.tensor([9], device='cuda')]; torch.cuda.synchronize()",
    ],
    ids=["out of memory", "device assertion"],
)
def test_gpu_errors_cost_only_their_submission(gpu_box: DockerSandbox, body: str) -> None:
    bad = on_gpu(gpu_box, f"import torch\ndef f():\n    {body}\n", "f")
    assert bad[0].status in (Status.OUT_OF_MEMORY, Status.RAISED, Status.CRASHED)
    (good,) = on_gpu(gpu_box, "import torch\ndef f(): return float(torch.ones(3).cuda().sum())\n", "f")
    assert good.value == 3.0


@pytest.mark.gpu
@pytest.mark.docker
def test_gpu_memory_is_shared_out(gpu_box: DockerSandbox) -> None:
    source = "import torch\ndef f(): return torch.cuda.get_per_process_memory_fraction()\n"
    assert on_gpu(gpu_box, source, "f")[0].value == pytest.approx(0.4)


@pytest.mark.docker
def test_engine_without_gpus_says_so(real: docker_engine.DockerEngine) -> None:
    if real.gpus:
        pytest.skip("this engine has GPUs")
    before = ours(real)
    with pytest.raises(SandboxUnavailable, match="GPU"):
        DockerSandbox(device="cuda", image=image_tag("cpu"), warm_imports=WARM).start()
    assert ours(real) == before


@pytest.mark.docker
def test_container_that_sees_no_gpu_says_so(real: docker_engine.DockerEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes the request and gives nothing. The child's settings for CUDA run all the same."""
    before = ours(real)
    monkeypatch.setattr("autograder.sandbox.docker.link._device_requests", lambda gpus: [])
    if real.gpus:
        pytest.skip("this engine has GPUs")
    with pytest.raises(SandboxUnavailable, match="sees no GPU"):
        DockerSandbox(device="cuda", image=image_tag("cpu"), warm_imports=WARM).start()
    assert ours(real) == before


@pytest.mark.docker
def test_auto_without_a_gpu_is_the_processor(real: docker_engine.DockerEngine) -> None:
    if real.gpus:
        pytest.skip("this engine has GPUs")
    with DockerSandbox(device="auto", warm_imports=WARM) as sandbox:
        assert sandbox.start().device == "cpu"


def test_process_sandbox_without_a_gpu() -> None:
    if Path("/dev/nvidia0").exists():
        pytest.skip("this machine has a GPU")
    with pytest.raises(SandboxUnavailable, match="no GPU"):
        open_sandbox("process", device="cuda", warm_imports=WARM).start()
    with open_sandbox("process", device="auto", warm_imports=WARM) as sandbox:  # type: ignore[attr-defined]
        assert sandbox.start().device == "cpu"


def test_a_gpu_that_is_optional_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver's device files without a torch that can use them."""
    monkeypatch.setattr("autograder.sandbox.process.glob.glob", lambda pattern: ["/dev/nvidia0"])
    with open_sandbox("process", device="auto", warm_imports=WARM) as sandbox:  # type: ignore[attr-defined]
        if not sandbox.visible_gpus():
            assert sandbox.start().device == "cpu"
            assert value(sandbox, "def f(): return 1\n") == 1


def test_no_gpu_is_said_before_grading() -> None:
    from autograder.grading.device import resolve_device
    from autograder.sandbox.interface import SandboxInfo

    info = SandboxInfo("docker", "3.11", "2", "2", "cpu", ())
    assert resolve_device("auto", info) == "cpu"
    assert resolve_device("auto", replace(info, device="cuda")) == "cuda"
    with pytest.raises(SandboxUnavailable, match="GPU"):
        resolve_device("cuda", info)


def test_a_folder_named_docker_is_no_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where Python starts in the repository and the SDK is not installed."""
    monkeypatch.setitem(sys.modules, "docker", types.ModuleType("docker"))
    with pytest.raises(SandboxUnavailable, match="the Docker SDK is not installed") as caught:
        docker_engine.connect()
    assert "deep-autograder[docker]" in str(caught.value.remedy)
