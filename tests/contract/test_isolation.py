"""What a child can reach: its interpreter, its scratch, itself."""

from __future__ import annotations

import os
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.guest.wire import Array
from autograder.sandbox.interface import Sandbox, Status
from tests.contract.helpers import QUICK, X, calls, outcome, program, value

HERE = Path(__file__).resolve()

TRY = """
def attempt(action):
    try:
        return f"done: {action()!r}"[:200]
    except BaseException as error:
        return type(error).__name__
"""


def attempts(sandbox: Sandbox, **actions: str) -> dict[str, str]:
    """What became of each expression: the name of the error that it met, or "done: ..."."""
    body = "\n".join(f"        {name!r}: attempt(lambda: {text})," for name, text in actions.items())
    source = f"{TRY}\ndef f():\n    import os, socket, subprocess, ctypes, pathlib\n    return {{\n{body}\n    }}\n"
    found = value(sandbox, source, repeat=1)
    assert isinstance(found, dict)
    return {str(name): str(text) for name, text in found.items()}


REFUSALS = {
    "PermissionError",
    "FileNotFoundError",
    "ProcessLookupError",
    "OSError",
    "gaierror",
    "URLError",
    "ValueError",
}


def all_refused(found: dict[str, str]) -> None:
    """Refused by the system, that is, and not by a slip of the test."""
    assert {name: text for name, text in found.items() if text not in REFUSALS} == {}


def test_the_walls_are_named(sandbox: Sandbox, provider: str) -> None:
    isolation = sandbox.start().isolation
    assert "seccomp" in isolation
    if provider.startswith("process"):
        assert any(wall.startswith("landlock") for wall in isolation)
        assert ("user" in isolation) == (os.geteuid() == 0)
    if provider == "process-plain":
        assert "netns" not in isolation


def test_no_reads_outside(sandbox: Sandbox, open_folder: Path) -> None:
    secret = open_folder / "secret.txt"
    secret.write_text("the answer")
    secret.chmod(0o644)
    repository = HERE.parents[2]
    all_refused(
        attempts(
            sandbox,
            secret=f"open({str(secret)!r}).read()",
            listing=f"os.listdir({str(open_folder)!r})",
            tests=f"open({str(HERE)!r}).read()",
            repository=f"os.listdir({str(repository)!r})",
            solutions=f"os.listdir({str(repository / 'solutions')!r})",
            shadow="open('/etc/shadow').read()",
            passwd="open('/etc/passwd').read()",
            home=f"os.listdir({str(Path.home())!r})",
            ssh=f"os.listdir({str(Path.home() / '.ssh')!r})",
            tmp="os.listdir('/var/tmp')",
            dev="os.listdir('/dev')",
            shm="os.listdir('/dev/shm')",
            by_link=f"(os.symlink({str(secret)!r}, 'link'), open('link').read())",
            by_hard_link=f"(os.link({str(secret)!r}, 'link'), open('link').read())",
            up="open('../../../../etc/shadow').read()",
        )
    )


def test_no_processes_in_sight(sandbox: Sandbox) -> None:
    parent, me = os.getppid(), os.getpid()
    all_refused(
        attempts(
            sandbox,
            all="[p for p in os.listdir('/proc')]",
            environ=f"open('/proc/{me}/environ').read()",
            cmdline=f"open('/proc/{me}/cmdline').read()",
            parent=f"open('/proc/{parent}/cmdline').read()",
            first="open('/proc/1/environ', 'rb').read()",
            zygote="open(f'/proc/{os.getppid()}/environ', 'rb').read()",
            zygote_memory="open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
            zygote_files="os.listdir(f'/proc/{os.getppid()}/fd')",
            zygote_root="os.listdir(f'/proc/{os.getppid()}/root/')",
        )
    )


def test_no_writes_outside(sandbox: Sandbox, open_folder: Path) -> None:
    victim = open_folder / "victim.txt"
    victim.write_text("mine")
    victim.chmod(0o666)
    before = victim.stat()
    found = attempts(
        sandbox,
        overwrite=f"open({str(victim)!r}, 'w')",
        create=f"open({str(open_folder / 'new')!r}, 'w')",
        truncate=f"os.truncate({str(victim)!r}, 0)",
        remove=f"os.remove({str(victim)!r})",
        rename=f"os.rename({str(victim)!r}, 'mine')",
        out=f"(open('own', 'w').close(), os.rename('own', {str(open_folder / 'own')!r}))",
        interpreter="open(os.__file__, 'a')",
        site="open(os.path.join(os.path.dirname(os.__file__), 'new.py'), 'w')",
        shm="open('/dev/shm/x', 'w')",
        var="open('/var/tmp/x', 'w')",
        device="os.mknod('dev', 0o20666, os.makedev(1, 1))",
        fifo="os.mkfifo('fifo')",
        chroot="os.chroot('.')",
        own_memory="open('/proc/self/mem', 'wb')",
        oom="open('/proc/self/oom_score_adj', 'w').write('-1000')",
    )
    all_refused(found)
    # Changes of metadata may pretend to succeed; they must not.
    attempts(
        sandbox,
        mode=f"os.chmod({str(victim)!r}, 0)",
        times=f"os.utime({str(victim)!r}, (1, 1))",
        attribute=f"os.setxattr({str(victim)!r}, 'user.x', b'x')",
        by_descriptor="os.fchmod(os.open(os.__file__, os.O_RDONLY), 0o777)",
    )
    after = victim.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_mode,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    assert victim.read_text() == "mine"
    assert os.stat(os.__file__).st_mode & 0o002 == 0


def test_no_network(sandbox: Sandbox) -> None:
    all_refused(
        attempts(
            sandbox,
            tcp="socket.socket()",
            udp="socket.socket(type=socket.SOCK_DGRAM)",
            unix="socket.socket(socket.AF_UNIX)",
            netlink="socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
            vsock="socket.socket(40, socket.SOCK_STREAM)",
            lookup="socket.getaddrinfo('example.com', 80)",
            connection="socket.create_connection(('127.0.0.1', 80), timeout=1)",
            datagram_pair="socket.socketpair(type=socket.SOCK_DGRAM)",
            url="__import__('urllib.request').request.urlopen('http://169.254.169.254/')",
            addressed="socket.socketpair()[0].sendto(b'x', '/run/systemd/notify')",
            with_address="socket.socketpair()[0].sendmsg([b'x'], [], 0, '/run/systemd/notify')",
        )
    )


def test_no_processes_of_its_own(sandbox: Sandbox) -> None:
    all_refused(
        attempts(
            sandbox,
            fork="os.fork()",
            shell="subprocess.run(['/bin/true'])",
            spawn="os.posix_spawn('/bin/true', ['true'], {})",
            execute="os.execv('/bin/true', ['true'])",
            pool="__import__('multiprocessing').Pool(1)",
            memory_file="os.memfd_create('x')",
        )
    )
    assert value(sandbox, "import os\ndef f(): return os.system('true') != 0\n") is True


def test_no_signals_to_others(sandbox: Sandbox) -> None:
    found = attempts(
        sandbox,
        parent="os.kill(os.getppid(), 0)",
        killing="os.kill(os.getppid(), 9)",
        everyone="os.kill(-1, 9)",
        group="os.killpg(0, 9)",
        first="os.kill(1, 9)",
        grader=f"os.kill({os.getpid()}, 0)",
        pidfd="os.pidfd_open(os.getppid())",
        priority="os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        affinity="os.sched_setaffinity(os.getppid(), [0])",
        limits="__import__('resource').prlimit(os.getppid(), __import__('resource').RLIMIT_CPU, (1, 1))",
        owner="__import__('fcntl').fcntl(0, 8, os.getppid())",
        raised_limits="__import__('resource').setrlimit(4, (-1, -1))",
        user="os.setuid(0)",
    )
    all_refused(found)


KILLING = {
    "ptrace": 101,
    "process_vm_readv": 310,
    "mount": 165,
    "unshare": 272,
    "setns": 308,
    "bpf": 321,
    "keyctl": 250,
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are x86_64's")
@pytest.mark.parametrize("number", KILLING.values(), ids=KILLING)
def test_forbidden(sandbox: Sandbox, number: int, provider: str) -> None:
    source = f"import ctypes\ndef f(): return ctypes.CDLL(None).syscall({number}, 16, 1, 0, 0, 0, 0) >= 0\n"
    found = outcome(sandbox, source)
    assert found.status is Status.FORBIDDEN or (provider == "docker" and found.value is False)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the 32-bit doors are x86's")
def test_no_back_doors_by_number(sandbox: Sandbox) -> None:
    numbers = {"io_uring_setup": 425, "memfd_secret": 447, "clone3": 435, "unknown": 700, "x32 getpid": 0x40000027}
    for number in numbers.values():
        source = f"import ctypes\ndef f(): return ctypes.CDLL(None).syscall({number}, 0, 0, 0, 0, 0, 0) >= 0\n"
        found = outcome(sandbox, source)
        assert found.status is Status.FORBIDDEN or found.value is False


def test_innocent_habits_work(sandbox: Sandbox) -> None:
    source = """
    import asyncio, os, shutil, tempfile, pathlib, pickle, time
    def f():
        pathlib.Path("a/b").mkdir(parents=True, exist_ok=True)
        pathlib.Path("a/b/x.txt").write_text("hello")
        shutil.copy("a/b/x.txt", "a/y.txt")
        os.replace("a/y.txt", "z.txt")
        with tempfile.NamedTemporaryFile("w") as file: file.write("x")
        shutil.rmtree("a")
        async def later():
            await asyncio.sleep(0.001)
            return 5
        import numpy as np, torch
        np.save("n.npy", np.ones(3)); torch.save({"a": torch.ones(3)}, "t.pt")
        total = float(np.load("n.npy").sum() + torch.load("t.pt")["a"].sum())
        home = os.path.expanduser("~") == os.getcwd() or os.path.samefile(os.path.expanduser("~"), os.getcwd())
        return asyncio.run(later()), open("z.txt").read(), total, home, isinstance(os.cpu_count(), int)
    """
    assert value(sandbox, textwrap.dedent(source)) == (5, "hello", 6.0, True, True)


def test_torch_trains(sandbox: Sandbox) -> None:
    source = """
    import torch
    from torch import nn
    def f():
        torch.manual_seed(1)
        model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.LSTM(8, 3))
        data = torch.utils.data.DataLoader(torch.randn(32, 5, 4), batch_size=8, shuffle=True)
        optimiser = torch.optim.Adam(model.parameters())
        for batch in data:
            optimiser.zero_grad(); model(batch)[0].square().mean().backward(); optimiser.step()
        return float(model(torch.ones(1, 2, 4))[0].sum())
    """
    found = value(sandbox, textwrap.dedent(source), limits=replace(QUICK, call_seconds=20, memory_mb=1024))
    assert isinstance(found, float)


# -- one child and the next ------------------------------------------------------------------------------------------


def test_nothing_is_left_for_the_next(sandbox: Sandbox) -> None:
    first = """
    import builtins, os, sys, numpy, torch
    builtins.left = numpy.left = torch.left = sys.left = 1
    numpy.ones = torch.ones = None
    os.environ["LEFT"] = "1"
    open("left", "w").write("1")
    os.makedirs("a/b/c")
    torch.set_default_dtype(torch.float64)
    def f(): return os.getcwd()
    """
    second = """
    import builtins, os, sys, numpy, torch
    def f():
        there = [hasattr(m, "left") for m in (builtins, numpy, torch, sys)]
        return there, os.environ.get("LEFT"), os.listdir("."), str(torch.ones(1).dtype), float(numpy.ones(2).sum())
    """
    value(sandbox, textwrap.dedent(first))
    assert value(sandbox, textwrap.dedent(second)) == ([False] * 4, None, [], "torch.float32", 2.0)


SEARCH = """
def f(masked, key, planted):
    # Masked, so that the search itself does not hold what it looks for. The pipe gives EFAULT where there is no page.
    import ctypes, os
    libc, (out, into) = ctypes.CDLL(None), os.pipe()
    spans = [line.split() for line in open("/proc/self/maps").read().splitlines()]
    spans = [[int(part, 16) for part in span[0].split("-")] for span in spans if span[1].startswith("rw")]
    def count(masked, key):
        found, head = 0, bytes((masked[:4] ^ key[:4]).tolist())
        for start, end in spans:
            for at in range(start, end, 1 << 16):
                size = libc.write(into, ctypes.c_void_p(at), ctypes.c_size_t(min(1 << 16, end - at)))
                if size <= 0: continue
                piece, here = os.read(out, size), -1
                while (here := piece.find(head, here + 1)) >= 0:
                    found += all(x ^ k == m for x, k, m in zip(piece[here:here + 24], key.tolist(), masked.tolist()))
        return found
    return count(masked, key), count(planted, 0 * key)
"""


def test_results_of_others_are_not_in_memory(sandbox: Sandbox) -> None:
    """The zygote relays results, and the next child is forked from it: not a byte of them may come along."""
    rng = np.random.default_rng()
    result = rng.integers(0, 256, 1 << 16, dtype=np.uint8)
    value(sandbox, "def f(x): return x\n", Array(result))
    key, planted = (rng.integers(0, 256, 24, dtype=np.uint8) for _ in range(2))
    given = [Array(data, kind="ndarray") for data in (result[:24] ^ key, key, planted)]
    roomy = replace(QUICK, call_seconds=30, memory_mb=1024, file_mb=1024)  # the search writes all it sees to a pipe
    others, own = value(sandbox, SEARCH, *given, limits=roomy, repeat=1)
    assert own > 0
    assert others == 0


HOSTILE = """
import os, threading, time, signal
def forever():
    while True: time.sleep(0.01)
threading.Thread(target=forever).start()
os.makedirs("x/" * 300)
os.mkdir("closed", 0)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
def f():
    import torch
    return torch.ones(3)
"""


def test_neighbours_do_not_change_results(sandbox: Sandbox) -> None:
    source = "import torch\ndef f(x): return torch.randn(3, 3) @ torch.ones(3, 2).double().float() + x.float().sum()\n"
    first = value(sandbox, source, X)
    for text in (HOSTILE, "import os\nos._exit(1)", "import ctypes\nctypes.string_at(0)", "while True: open('x', 'a')"):
        sandbox.run(program(text), calls("f"), QUICK)
    again = value(sandbox, source, X)
    assert first.data.tobytes() == again.data.tobytes()
