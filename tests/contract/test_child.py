"""What a child is - its user, its powers, its limits, its descriptors - and what is kept apart around it."""

from __future__ import annotations

import os
import resource
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.interface import FunctionCall, Sandbox
from tests.contract.helpers import QUICK, outcome, program, value
from tests.contract.test_faults import gone, guest_pids, only_process
from tests.contract.test_isolation import TRY, all_refused, attempts

MIB = 1 << 20
MOST_FILES, MOST_THREADS = 256, 64
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to look into the guest or to give users away")


def test_its_descriptors_are_its_own(sandbox: Sandbox) -> None:
    """The channel, the bell and three standard streams; nothing of the zygote's, which reach the grader."""
    source = """
import os
def there(n):
    try: return bool(os.fstat(n)) or True
    except OSError: return False
def f(): return [n for n in range(1 << 12) if there(n)]
"""
    assert value(sandbox, source, repeat=1) == [0, 1, 2, 3, 4]


def test_its_standard_streams_lead_nowhere(sandbox: Sandbox) -> None:
    source = "import os\ndef f(): return [os.fstat(n).st_rdev == os.makedev(1, 3) for n in (0, 1, 2)]\n"
    assert value(sandbox, source) == [True] * 3


def test_it_leads_a_session_of_its_own(sandbox: Sandbox) -> None:
    assert value(sandbox, "import os\ndef f(): return os.getsid(0) == os.getpid()\n") is True


def test_it_has_no_capabilities(sandbox: Sandbox) -> None:
    source = "def f(): return dict(line.split(':\\t') for line in open('/proc/self/status').read().splitlines() if ':\\t' in line)\n"
    found = value(sandbox, source)
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(found[name], 16) == 0, name
    assert found["NoNewPrivs"] == "1"
    assert found["Seccomp"] == "2"


@as_root
def test_it_is_a_user_of_its_own(sandbox: Sandbox) -> None:
    source = "import os\ndef f(): return os.getresuid(), os.getresgid(), os.getgroups()\n"
    users, groups, more = value(sandbox, source)
    assert len({*users, *groups}) == 1
    assert users[0] >= 20_000
    assert more == []
    again, _, _ = value(sandbox, source)
    assert again[0] != users[0]


LIMITS = {
    "core": (resource.RLIMIT_CORE, 0),
    "one file": (resource.RLIMIT_FSIZE, QUICK.file_mb * MIB),
    "descriptors": (resource.RLIMIT_NOFILE, MOST_FILES),
    "locked memory": (resource.RLIMIT_MEMLOCK, 0),
    "message queues": (resource.RLIMIT_MSGQUEUE, 0),
    "waiting signals": (resource.RLIMIT_SIGPENDING, 256),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_of_the_kernel(sandbox: Sandbox, name: str) -> None:
    kind, most = LIMITS[name]
    soft, hard = value(sandbox, f"import resource\ndef f(): return list(resource.getrlimit({kind}))\n")
    assert 0 <= soft == hard <= most


def test_the_kernel_counts_its_files(sandbox: Sandbox, provider: str) -> None:
    if provider == "process-plain":
        pytest.skip("scratch is no file system of its own: the zygote counts")
    assert 0 < value(sandbox, "import os\ndef f(): return os.statvfs('.').f_files\n") <= 20_000


def test_the_kernel_limits_its_memory(sandbox: Sandbox) -> None:
    """Beyond what the zygote looks at: a refused allocation is an exception, and comes at once."""
    source = """
import resource
def f():
    sizes = dict(line.split(':') for line in open('/proc/self/status').read().splitlines() if line.startswith('Vm'))
    left = lambda kind, name: resource.getrlimit(kind)[1] - (int(sizes[name].split()[0]) << 10)
    return left(resource.RLIMIT_AS, 'VmSize'), left(resource.RLIMIT_DATA, 'VmData')
"""
    addresses, data = value(sandbox, source, repeat=1)
    assert 0 < addresses < 2 * QUICK.memory_mb * MIB + 600 * MIB
    assert 0 < data < 2 * QUICK.memory_mb * MIB


@as_root
def test_the_kernel_counts_its_threads(sandbox: Sandbox) -> None:
    found = value(sandbox, "import resource\ndef f(): return list(resource.getrlimit(resource.RLIMIT_NPROC))\n")
    assert found == [MOST_THREADS] * 2


def test_its_scratch_takes_files_and_folders_alone(sandbox: Sandbox) -> None:
    """Links and sockets have no use there but to mislead whoever looks."""
    all_refused(
        attempts(
            sandbox,
            link="os.symlink('x', 'link')",
            fifo="os.mkfifo('fifo')",
            socket="socket.socket(socket.AF_UNIX).bind('socket')",
        )
    )


@pytest.fixture
def listeners() -> Iterator[tuple[int, str]]:
    """A TCP port and an abstract name, with ears on both."""
    tcp, abstract = socket.socket(), socket.socket(socket.AF_UNIX)
    tcp.bind(("127.0.0.1", 0))
    abstract.bind(f"\0contract-{os.getpid()}")
    for ear in (tcp, abstract):
        ear.listen()
    yield tcp.getsockname()[1], abstract.getsockname()[1:].decode()
    tcp.close()
    abstract.close()


def test_it_speaks_to_nobody(sandbox: Sandbox, listeners: tuple[int, str]) -> None:
    port, name = listeners
    source = f"""{TRY}
import socket
def f():
    return [
        attempt(lambda: socket.create_connection(('127.0.0.1', {port}), timeout=1)),
        attempt(lambda: socket.socket(socket.AF_UNIX).connect('\\0{name}')),
    ]
"""
    assert not any(text.startswith("done") for text in value(sandbox, source, repeat=1))


def test_no_signal_reaches_the_zygote(sandbox: Sandbox) -> None:
    """Signal 0 asks whether a signal may be sent, and sends none: this test stays harmless where a wall is missing."""
    source = f"{TRY}\nimport os\ndef f(): return attempt(lambda: os.kill(os.getppid(), 0))\n"
    assert value(sandbox, source) in ("PermissionError", "ProcessLookupError")


# -- around it ---------------------------------------------------------------------------------------------------------


@as_root
def test_namespaces_hold_nothing_of_the_machine(fresh_sandbox: Sandbox, provider: str) -> None:
    if provider != "process":
        pytest.skip("the namespaces of the process sandbox")
    fresh_sandbox.start()
    zygote = guest_pids(fresh_sandbox)[1]
    for kind in ("mnt", "pid", "net", "ipc", "uts"):
        assert os.readlink(f"/proc/{zygote}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}"), kind
    root = f"/proc/{zygote}/root"
    assert not {".old", "var", "sys", "run", "mnt", "boot"} & set(os.listdir(root))
    assert set(os.listdir(f"{root}/etc")) <= {"ld.so.cache", "localtime", "fonts"}


@as_root
def test_what_is_shown_to_it_is_read_only(fresh_sandbox: Sandbox, provider: str) -> None:
    if provider != "process":
        pytest.skip("the namespaces of the process sandbox")
    fresh_sandbox.start()
    for number in range(3):
        value(fresh_sandbox, f"def f(): return {number}\n")
    mounts = [line.split() for line in Path(f"/proc/{guest_pids(fresh_sandbox)[1]}/mountinfo").read_text().splitlines()]
    places = [mount[4] for mount in mounts]
    assert places.count("/scratch") <= 1  # the one of the child that waits: what came before it is gone
    own = ("/", "/proc", "/scratch")
    shown = [mount for mount in mounts if mount[4] not in own and not mount[4].startswith("/dev/")]
    assert shown
    for mount in shown:
        assert {"ro", "nosuid", "nodev"} <= set(mount[5].split(",")), mount


def test_it_dies_with_its_zygote(fresh_sandbox: Sandbox, provider: str) -> None:
    """One that works and listens to nobody: neither its channel nor an alarm would end it."""
    only_process(provider)
    fresh_sandbox.start()
    source = "import os, signal, time\ndef f():\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n    time.sleep(60)\n"
    found: list[int] = []

    def kill() -> None:
        time.sleep(1)
        found.extend(guest_pids(fresh_sandbox))
        os.kill(found[-2], 9)

    killer = threading.Thread(target=kill)
    killer.start()
    fresh_sandbox.run(program(source), [FunctionCall(0, "f", "f", (), repeat=1)], QUICK)
    killer.join()
    assert gone(found[-1])


def test_it_is_told_from_a_larger_one(sandbox: Sandbox) -> None:
    """Limits are those of the submission, not of the one before it."""
    source = "import resource\ndef f(): return resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
    sizes = [
        outcome(sandbox, source, limits=type(QUICK)(**{**QUICK.__dict__, "file_mb": size})).value for size in (4, 8, 2)
    ]
    assert sizes == [size * MIB for size in (4, 8, 2)]
