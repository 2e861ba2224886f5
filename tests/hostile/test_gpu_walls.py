"""The two openings that CUDA needs, without a GPU: a socket that nobody can speak to, and the names of its own threads.

The walls are asked for explicitly (`walls_for="cuda"`). What stands behind the openings is tried here; that CUDA gets
through them is shown by `make test-gpu` on a machine with a card.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

from autograder.errors import SandboxUnavailable
from autograder.guest import seccomp
from autograder.sandbox.interface import Sandbox
from tests.contract.conftest import open_provider
from tests.contract.helpers import WARM, value
from tests.contract.test_isolation import TRY, all_refused, attempts
from tests.hostile.test_walls import ALLOW, ENOSYS, EPERM, FILTERS, KILL, verdict

ECONNREFUSED = 0x5006F
SOCKET, CONNECT, ACCEPT, SENDTO, SENDMSG, BIND, LISTEN, PAIR, SETSOCKOPT = 41, 42, 43, 44, 46, 49, 50, 53, 54
OPEN = [name for name in FILTERS if name.startswith("cuda")]
SHUT = [name for name in FILTERS if name.startswith("cpu")]


@pytest.fixture(scope="module", params=["process", "process-plain"])
def box(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    sandbox = open_provider(str(request.param), request)
    sandbox.walls_for = "cuda"  # type: ignore[attr-defined]
    try:
        sandbox.start()
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield sandbox
    sandbox.close()


# -- the filter --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPEN)
def test_sockets_of_this_machine_alone(name: str) -> None:
    code, flags = FILTERS[name], 0x80000 | 0x800  # close on exec, non-blocking
    for kind in (1, 5):
        assert verdict(code, SOCKET, 1, kind) == verdict(code, SOCKET, 1, kind | flags) == ALLOW
        for family in (0, 2, 3, 10, 15, 16, 17, 29, 31, 38, 40, 44, 1 << 16 | 1):
            assert verdict(code, SOCKET, family, kind) == EPERM
    for kind in (0, 2, 3, 4, 6, 10):  # a datagram can be sent to anybody
        assert verdict(code, SOCKET, 1, kind) == EPERM
    assert verdict(code, CONNECT) == ECONNREFUSED
    assert verdict(code, BIND) == verdict(code, LISTEN) == ALLOW
    assert verdict(code, SETSOCKOPT, 3, 1, 16) == ALLOW
    for level, option in ((1, 32), (1, 25), (1, 26), (1, 50), (0, 16), (6, 16), (1, 15)):
        assert verdict(code, SETSOCKOPT, 3, level, option) == EPERM
    for number in (ACCEPT, 288, SENDMSG, 307, 299):
        assert verdict(code, number) == EPERM
    assert verdict(code, SENDTO, 3, 0, 1, 0, 0x1000) == EPERM
    assert verdict(code, PAIR, 1, 2) == EPERM
    assert verdict(code, 425) == ENOSYS
    assert verdict(code, 101) == KILL


@pytest.mark.parametrize("name", SHUT)
def test_nothing_is_open_where_no_gpu_is_asked_for(name: str) -> None:
    for number in (SOCKET, CONNECT, BIND, LISTEN, SETSOCKOPT, ACCEPT):
        assert verdict(FILTERS[name], number, 1, 5) == EPERM


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_the_openings_are_the_same_on_every_processor(machine: str) -> None:
    column = seccomp.ARCHITECTURES[machine][1]
    code = seccomp.program(1, "cuda", machine)
    numbers = [int(seccomp.REFUSE[name][column]) for name in ("socket", "connect", "bind", "listen")]
    architecture = seccomp.ARCHITECTURES[machine][0]
    found = [verdict(code, number, 1, 5, architecture=architecture) for number in numbers]
    assert found == [ALLOW, ECONNREFUSED, ALLOW, ALLOW]


# -- a child -----------------------------------------------------------------------------------------------------------


def test_what_the_driver_does(box: Sandbox) -> None:
    """A socket with a name of its own that listens, a connection that may fail, and names for its threads."""
    source = f"""{TRY}
import os, socket, threading
def name():
    with open(os.open(f'/proc/self/task/{{threading.get_native_id()}}/comm', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 'w') as file:
        file.write('cuda-EvtHandlr')
    return open('/proc/self/comm').read()
def f():
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    control.settimeout(1)
    refused = attempt(lambda: control.connect('/tmp/nvidia-mps/control'))
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server.bind(f'\\0cuda-uvmfd-4026531836-{{os.getpid()}}-{{id(server)}}')
    server.listen(16)
    named = []
    for thread in [threading.Thread(target=lambda: named.append(attempt(name))) for _ in range(2)]:
        thread.start(); thread.join()
    return refused, named
"""
    refused, named = value(box, source)
    assert refused == "ConnectionRefusedError"
    assert all(text.startswith("done") for text in named)


def test_other_sockets(box: Sandbox) -> None:
    families = {
        "internet": "2, 1", "datagrams": "2, 2", "raw": "2, 3", "internet 6": "10, 1", "netlink": "16, 3", "packet": "17, 3",
        "bluetooth": "31, 3", "kernel crypto": "38, 5", "vsock": "40, 1", "express": "44, 3", "CAN": "29, 3",
        "UNIX datagrams": "1, 2", "UNIX raw": "1, 3",
    }  # fmt: skip
    all_refused(attempts(box, **{name: f"socket.socket({kind})" for name, kind in families.items()}))
    all_refused(
        attempts(
            box,
            options="socket.socket(1, 5).setsockopt(1, 25, b'lo')",
            buffers="socket.socket(1, 5).setsockopt(1, 33, 1 << 30)",
            filter="socket.socket(1, 5).setsockopt(1, 26, b'x' * 16)",
            message="socket.socketpair()[0].sendmsg([b'x'], [], 0, '/run/x')",
            descriptors="socket.send_fds(socket.socketpair()[0], [b'x'], [0])",
        )
    )


def test_no_name_in_the_file_system(box: Sandbox) -> None:
    places = ("here", "/tmp/planted", "/var/tmp/planted", "/dev/shm/planted", "/run/planted")
    found = attempts(box, **{f"p{n}": f"socket.socket(1, 5).bind({place!r})" for n, place in enumerate(places)})
    all_refused(found)
    assert not os.path.exists("/tmp/planted")
    assert not os.path.exists("/var/tmp/planted")


def test_nobody_is_reached(box: Sandbox) -> None:
    """By no name: not the machine's, and not that of another child."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as abstract, socket.socket() as tcp:
        abstract.bind(f"\0hostile-gpu-{os.getpid()}")
        abstract.listen()
        abstract.settimeout(0.2)
        tcp.bind(("127.0.0.1", 0))
        name = abstract.getsockname()[1:].decode()
        source = f"""{TRY}
import os, socket
def f():
    own = socket.socket(1, 5)
    own.bind('\\0own' + str(id(own))); own.listen()
    names = ('\\0{name}', '/var/run/docker.sock', '/run/dbus/system_bus_socket', own.getsockname())
    return [attempt(lambda: socket.socket(1, 5).connect(n)) for n in names], attempt(own.accept)
"""
        reached, accepted = value(box, source, repeat=1)
        assert reached == ["ConnectionRefusedError"] * 4
        assert accepted == "PermissionError"
        with pytest.raises(TimeoutError):
            abstract.accept()


def test_its_threads_names_and_nothing_else_there(box: Sandbox) -> None:
    """Where OWN leaves something out of its entry in /proc, its threads' entries do not give it."""
    here = "/proc/thread-self"
    reading = (
        "environ",
        "mountinfo",
        "mounts",
        "cgroup",
        "net/tcp",
        "net/unix",
        "maps",
        "mem",
        "comm",
        "stat",
        "ns/net",
    )
    found = attempts(box, **{f"r{n}": f"open(f'{here}/{name}', 'rb').read(1)" for n, name in enumerate(reading)})
    all_refused(found)
    all_refused(
        attempts(
            box,
            listing="os.listdir('/proc/self/task')",
            inside=f"os.listdir(f'{here}')",
            root=f"os.listdir(f'{here}/root/etc')",
            root_file=f"open(f'{here}/root/usr/planted', 'w')",
            working=f"open(f'{here}/cwd/../planted', 'w')",
            new="open('/proc/self/task/planted', 'w')",
            zygote="open(f'/proc/{os.getppid()}/task/{os.getppid()}/comm', 'w')",
            first="open('/proc/1/task/1/comm', 'w')",
            grader=f"open('/proc/{os.getpid()}/task/{os.getpid()}/comm', 'w')",
            beside="open('/proc/self/comm', 'w')",
            users=f"os.write(os.open('{here}/uid_map', os.O_WRONLY), b'0 0 1')",
            groups=f"os.write(os.open('{here}/setgroups', os.O_WRONLY), b'allow')",
        )
    )


def test_the_killer_does_not_pass_it_by(box: Sandbox) -> None:
    here = "/proc/thread-self"
    all_refused(
        attempts(
            box,
            killer=f"os.write(os.open('{here}/oom_score_adj', os.O_WRONLY), b'-1000')",
        )
    )


def test_its_own_memory_is_all_that_it_can_write(box: Sandbox) -> None:
    """task/<thread>/mem is its own, and its own it could write before; a library stays as it is for all others."""
    source = """
import ctypes, os, threading
def f():
    libc = ctypes.CDLL(None)
    place = ctypes.cast(libc.getpid, ctypes.c_void_p).value
    try:
        memory = os.open(f'/proc/self/task/{threading.get_native_id()}/mem', os.O_WRONLY)
        os.pwrite(memory, b'\\xc3', place)
    except OSError as error:
        return type(error).__name__
    return 'written'
"""
    value(box, source, repeat=1)
    assert value(box, "import os\ndef f(): return os.getpid() > 0\n", repeat=1) is True
    with open(os.__file__, "rb") as file:
        assert file.read(4) == b'r"""O'[:4]


def test_the_openings_are_shut_again_for_the_cpu(request: pytest.FixtureRequest) -> None:
    sandbox = open_provider("process-plain", request)
    sandbox.warm_imports = WARM  # type: ignore[attr-defined]
    with sandbox:
        all_refused(
            attempts(
                sandbox,
                socket="socket.socket(1, 5)",
                comm="open(f'/proc/self/task/{os.getpid()}/comm', 'w')",
            )
        )
