"""Attacks that differ from each other by a line or two."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.attack import Attack, from_table

# -- reading what is not in the sandbox ------------------------------------------------------------------------------

READING = {
    "solutions": "lambda: [open(os.path.join(d, f)).read() for d, _, fs in os.walk('{{ROOT}}/solutions') for f in fs][0]",
    "this assignment": "lambda: open('{{ROOT}}/tests/hostile/course/solutions/66-hostile/solution.py').read()",
    "checks": "lambda: open('{{ROOT}}/tests/hostile/course/solutions/66-hostile/checks.py').read()",
    "the store": "lambda: os.listdir('{{ROOT}}/.autograder')",
    "the course's seed": "lambda: [open(os.path.join('{{ROOT}}/.autograder', f), 'rb').read() for f in ('seed', 'secret', 'seed.bin')]",
    "git history": "lambda: open('{{ROOT}}/.git/HEAD').read()",
    "the grader's code": "lambda: open('{{ROOT}}/autograder/grading/compare.py').read()",
    "canaries": "lambda: [open(path).read() for path in {{CANARIES}}][0]",
    "home": "lambda: os.listdir('{{HOME}}')",
    "ssh keys": "lambda: os.listdir('{{HOME}}/.ssh')",
    "shadow": "lambda: open('/etc/shadow').read()",
    "passwd": "lambda: open('/etc/passwd').read()",
    "shared folders": "lambda: os.listdir('/var/tmp') + os.listdir('/dev/shm')",
    "the grader's environment": "lambda: open('/proc/{{GRADER}}/environ', 'rb').read()",
    "the grader's memory": "lambda: open('/proc/{{GRADER}}/mem', 'rb').read(1)",
    "the grader's command": "lambda: open('/proc/{{GRADER}}/cmdline', 'rb').read()",
    "the grader's parent": "lambda: open('/proc/{{PARENT}}/environ', 'rb').read()",
    "the zygote's environment": "lambda: open(f'/proc/{os.getppid()}/environ', 'rb').read()",
    "the zygote's memory": "lambda: open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "the zygote's maps": "lambda: open(f'/proc/{os.getppid()}/maps').read()",
    "the zygote's command": "lambda: open(f'/proc/{os.getppid()}/cmdline').read()",
    "the zygote's descriptors": "lambda: os.listdir(f'/proc/{os.getppid()}/fd')",
    "the zygote's root": "lambda: os.listdir(f'/proc/{os.getppid()}/root/etc')",
    "init": "lambda: open('/proc/1/environ', 'rb').read()",
    "every process": "lambda: [p for p in os.listdir('/proc') if p.isdigit()]",
    "secrets in the environment": "lambda: os.environ['HOSTILE_SECRET']",
    "secrets in its first environment": "lambda: open('/proc/self/environ', 'rb').read()",
    "connections of the machine": "lambda: open('/proc/net/tcp').read() + open('/proc/self/net/unix').read()",
    "mounts of the machine": "lambda: open('/proc/self/mountinfo').read() + open('/proc/mounts').read()",
    "cgroups of the machine": "lambda: open('/proc/self/cgroup').read()",
    "through its threads": "lambda: open('/proc/thread-self/mountinfo').read()",
    "kernel log": "lambda: open('/dev/kmsg', 'rb').read(10)",
    "kernel symbols": "lambda: open('/proc/kallsyms').read(10)",
    "disks": "lambda: open('/dev/vda', 'rb').read(1)",
    "by climbing": "lambda: open('../' * 40 + 'etc/shadow').read()",
    "by its root": "lambda: os.listdir('/proc/self/root/root') + os.listdir('/proc/self/cwd/../..')",
    "by a file handle": "lambda: [os.readlink(f'/proc/self/fd/{n}') for n in range(3, 99) if os.readlink(f'/proc/self/fd/{n}')[0] == '/']",
    "the engine's socket": "lambda: os.listdir('/var/run')",
    "a container's secrets": "lambda: os.listdir('/run/secrets')",
    "the guest's code": "lambda: [open(m.__file__).read() for n, m in sys.modules.items() if n in ('zygote', 'lockdown')]",
}  # fmt: skip
READ = "import os, sys\n{{REACH}}\ndef softmax_rows(X):\n    reach('x',\n        BODY\n    )\n    return torch.zeros_like(X)\n"

# -- the network -----------------------------------------------------------------------------------------------------

NETWORK = {
    "TCP": "lambda: socket.create_connection(('127.0.0.1', {{TCP}}), timeout=1)",
    "TCP by asyncio": "lambda: asyncio.run(asyncio.open_connection('127.0.0.1', {{TCP}}))",
    "UDP": "lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {{UDP}}))",
    "Unix socket": "lambda: socket.socket(socket.AF_UNIX).connect('{{SOCKET}}')",
    "abstract socket": "lambda: socket.socket(socket.AF_UNIX).connect('\\0{{ABSTRACT}}')",
    "datagram to a path": "lambda: socket.socketpair()[0].sendto(b'x', '{{SOCKET}}')",
    "message to a path": "lambda: socket.socketpair()[0].sendmsg([b'x'], [], 0, '{{SOCKET}}')",
    "name lookup": "lambda: socket.getaddrinfo('example.com', 80)",
    "reverse lookup": "lambda: socket.gethostbyaddr('8.8.8.8')",
    "netlink": "lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
    "raw": "lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "packet": "lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)",
    "vsock": "lambda: socket.socket(40, socket.SOCK_STREAM)",
    "bluetooth": "lambda: socket.socket(31, socket.SOCK_RAW, 1)",
    "kernel crypto": "lambda: socket.socket(38, socket.SOCK_SEQPACKET)",
    "cloud metadata": "lambda: urllib.request.urlopen('http://169.254.169.254/latest/meta-data/', timeout=1).read()",
    "own server": "lambda: http.server.HTTPServer(('', 0), None)",
    "by system call": "lambda: (_ for _ in ()).throw(OSError()) if ctypes.CDLL(None).syscall({'x86_64': 41}.get(os.uname().machine, 198), 2, 1, 0) < 0 else 'socket'",
    "the 32-bit door": "lambda: (_ for _ in ()).throw(OSError()) if ctypes.CDLL(None).socket(2, 1, 0) < 0 else 'socket'",
    "torch.distributed": "lambda: torch.distributed.TCPStore('127.0.0.1', 0, 1, True)",
    "descriptors by message": "lambda: socket.send_fds(socket.socketpair()[0], [b'x'], [0])",
}  # fmt: skip
CALL_OUT = (
    "import asyncio, ctypes, http.server, os, socket, urllib.request\n"
    "{{REACH}}\ndef softmax_rows(X):\n    reach('x',\n        BODY\n    )\n    return torch.zeros_like(X)\n"
)

# -- files and links -------------------------------------------------------------------------------------------------

FILES = {
    "write to /tmp": "lambda: os.path.samefile('/tmp', '.') and (_ for _ in ()).throw(OSError()) or open('/tmp/planted-{{TOKEN}}', 'w').write('x')",
    "write to /var/tmp": "lambda: open('/var/tmp/planted-{{TOKEN}}', 'w').write('x')",
    "write to /dev/shm": "lambda: open('/dev/shm/planted-{{TOKEN}}', 'w').write('x')",
    "write to the repository": "lambda: open('{{ROOT}}/planted-{{TOKEN}}', 'w').write('x')",
    "write to home": "lambda: open('{{HOME}}/planted-{{TOKEN}}', 'w').write('x')",
    "write to the interpreter": "lambda: open(os.path.join('{{PREFIX}}', 'planted-{{TOKEN}}'), 'w').write('x')",
    "write beside the library": "lambda: open(os.path.join(os.path.dirname(os.__file__), 'planted-{{TOKEN}}'), 'w')",
    "change canaries": "lambda: [open(path, 'a').write('x') for path in {{CANARIES}}]",
    "remove canaries": "lambda: [os.remove(path) for path in {{CANARIES}}]",
    "truncate canaries": "lambda: [os.truncate(path, 0) for path in {{CANARIES}}]",
    "move a canary in": "lambda: [os.rename(path, 'mine') for path in {{CANARIES}}]",
    "move a file out": "lambda: (open('own', 'w').close(), os.rename('own', '/var/tmp/planted-{{TOKEN}}'))",
    "exchange": "lambda: (open('own', 'w').close(), ctypes.CDLL(None).renameat2(-100, b'own', -100, {{CANARIES}}[0].encode(), 2) and (_ for _ in ()).throw(OSError()))",
    "symlink": "lambda: os.symlink('/etc/shadow', 'planted-{{TOKEN}}')",
    "symlink for the next": "lambda: os.symlink('{{ROOT}}/solutions', 'softmax_rows.py')",
    "hard link": "lambda: os.link({{CANARIES}}[0], 'planted-{{TOKEN}}')",
    "device": "lambda: os.mknod('planted-{{TOKEN}}', 0o60666, os.makedev(254, 0))",
    "memory device": "lambda: os.mknod('planted-{{TOKEN}}', 0o20666, os.makedev(1, 1))",
    "fifo": "lambda: os.mkfifo('planted-{{TOKEN}}')",
    "socket file": "lambda: socket.socket(socket.AF_UNIX).bind('planted-{{TOKEN}}')",
    "chroot": "lambda: os.chroot('.')",
    "own memory": "lambda: open('/proc/self/mem', 'r+b')",
    "out of the killer's sight": "lambda: open('/proc/self/oom_score_adj', 'w').write('-1000')",
    "core pattern": "lambda: open('/proc/sys/kernel/core_pattern', 'w').write('|/bin/sh')",
    "cgroup": "lambda: open('/sys/fs/cgroup/cgroup.procs', 'w').write('1')",
    "descriptor of the channel": "lambda: open('/proc/self/fd/3', 'w').write('x')",
    "bytecode for the next": "lambda: open(__import__('random').__cached__, 'wb').write(b'x')",
    "startup file": "lambda: open(os.path.join('{{PREFIX}}', 'lib', 'sitecustomize.py'), 'w')",
}  # fmt: skip
WRITE = READ.replace("import os, sys", "import ctypes, os, socket")

# Pretended, or harmless: they may return, and must not have changed anything (the canaries' stat tells).
METADATA = {
    "mode": "[os.chmod(path, 0) for path in {{CANARIES}}]",
    "times": "[os.utime(path, (1, 1)) for path in {{CANARIES}}]",
    "owner": "[os.chown(path, os.getuid(), os.getgid()) for path in {{CANARIES}}]",
    "attributes": "[os.setxattr(path, 'user.x', b'x') for path in {{CANARIES}}]",
    "set-user-id": "open('own', 'w').close(); os.chmod('own', 0o6777)",
}
CHANGE = "import os\ndef softmax_rows(X):\n    try:\n        BODY\n    except OSError: pass\n    return torch.zeros_like(X)\n"

# -- neighbours: the zygote, the grader, those who come later ---------------------------------------------------------

NEIGHBOURS = {
    "kill the zygote": "lambda: os.kill(os.getppid(), 9)",
    "stop the zygote": "lambda: os.kill(os.getppid(), 19)",
    "kill the grader": "lambda: os.kill({{GRADER}}, 9)",
    "kill everybody": "lambda: os.kill(-1, 9)",
    "kill the group": "lambda: os.killpg(0, 9)",
    "kill init": "lambda: os.kill(1, 9)",
    "signal by thread": "lambda: ctypes.CDLL(None).tgkill(os.getppid(), os.getppid(), 9) and (_ for _ in ()).throw(OSError())",
    "queued signal": "lambda: ctypes.CDLL(None).sigqueue(os.getppid(), 9, 0) and (_ for _ in ()).throw(OSError())",
    "signal by descriptor": "lambda: fcntl.fcntl(0, 8, os.getppid())",
    "pidfd": "lambda: os.pidfd_open(os.getppid())",
    "slow the zygote": "lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "move the zygote": "lambda: os.sched_setaffinity(os.getppid(), [0])",
    "limit the zygote": "lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "lift its own limits": "lambda: resource.setrlimit(resource.RLIMIT_NPROC, (-1, -1))",
    "become root": "lambda: os.setuid(0)",
    "become another": "lambda: os.setresuid(1000, 1000, 1000)",
    "real-time": "lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
    "leave the session": "lambda: os.setsid()",
    "daemon": "lambda: os.fork() or (os.setsid(), os.fork())",
    "spawn": "lambda: os.posix_spawn('/bin/sleep', ['sleep', '99'], {})",
    "shell": "lambda: subprocess.run('sleep 99 &', shell=True)",
    "worker processes": "lambda: multiprocessing.Process(target=print).start()",
    "shared memory": "lambda: multiprocessing.shared_memory.SharedMemory('planted-{{TOKEN}}', create=True, size=9)",
    "tensor in shared memory": "lambda: torch.ones(3).share_memory_()",
    "System V memory": "lambda: ctypes.CDLL(None).shmget(7, 4096, 0o1666) < 0 and (_ for _ in ()).throw(OSError())",
    "message queue": "lambda: ctypes.CDLL(None).mq_open(b'/planted', 0o102, 0o666, None) < 0 and (_ for _ in ()).throw(OSError())",
    "memory file": "lambda: os.memfd_create('planted')",
    "watch files": "lambda: ctypes.CDLL(None).inotify_init() < 0 and (_ for _ in ()).throw(OSError())",
    "watch a folder": "lambda: fcntl.fcntl(os.open('/usr', os.O_RDONLY), 1026, 0x8000003F)",
    "lease": "lambda: fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, 0)",
}  # fmt: skip
BOTHER = (
    "import ctypes, fcntl, multiprocessing, multiprocessing.shared_memory, os, resource, subprocess\n"
    "{{REACH}}\ndef softmax_rows(X):\n    reach('x',\n        BODY\n    )\n    return torch.zeros_like(X)\n"
)

# System calls that no notebook makes: by number, x86_64 and aarch64. They end the process, or are refused.
SYSTEM_CALLS = {
    "ptrace the zygote": (101, 117, "16, os.getppid(), 0, 0, 0, 0"),
    "read the zygote's memory": (310, 270, "os.getppid(), 0, 1, 0, 1, 0"),
    "write the zygote's memory": (311, 271, "os.getppid(), 0, 1, 0, 1, 0"),
    "take a descriptor": (438, 438, "3, 0, 0, 0, 0, 0"),
    "compare processes": (312, 272, "os.getpid(), os.getppid(), 0, 0, 0, 0"),
    "advise the zygote's memory": (440, 440, "3, 0, 1, 4, 0, 0"),
    "mount": (165, 40, "0, 0, 0, 0, 0, 0"),
    "unshare": (272, 97, "0x10000000, 0, 0, 0, 0, 0"),
    "enter a namespace": (308, 268, "0, 0, 0, 0, 0, 0"),
    "bpf": (321, 280, "0, 0, 0, 0, 0, 0"),
    "performance counters": (298, 241, "0, 0, -1, -1, 0, 0"),
    "keys": (250, 219, "0, -3, 0, 0, 0, 0"),
    "user faults": (323, 282, "0, 0, 0, 0, 0, 0"),
    "io_uring": (425, 425, "8, 0, 0, 0, 0, 0"),
    "clone3": (435, 435, "0, 0, 0, 0, 0, 0"),
    "file handles": (304, 265, "-100, 0, 0, 0, 0, 0"),
    "another personality": (135, 92, "0x0040000, 0, 0, 0, 0, 0"),
    "a secret memory": (447, 447, "0, 0, 0, 0, 0, 0"),
    "a new seccomp filter": (317, 277, "1, 0, 0, 0, 0, 0"),
    "an unknown call": (700, 700, "0, 0, 0, 0, 0, 0"),
    "fanotify": (300, 262, "0, 0, 0, 0, 0, 0"),
    "asynchronous i/o": (206, 0, "8, 0, 0, 0, 0, 0"),
}
SYSTEM_CALL = """
import ctypes, os
def softmax_rows(X):
    BODY
    return "REACHED" if ctypes.CDLL(None).syscall(number, *arguments) >= 0 else "refused"
"""

# -- frames ----------------------------------------------------------------------------------------------------------

# Each is no frame, or no answer to the question: the child is replaced, and the other task goes on.
LIES = {
    "garbage": "os.write(3, b'x' * 1000)",
    "another magic": "say({}, magic=b'EVIL')",
    "huge header": "os.write(3, struct.pack('<4sIQ', b'AGW1', 1 << 31, 0))",
    "huge payload": "os.write(3, struct.pack('<4sIQ', b'AGW1', 2, 1 << 62) + b'{}')",
    "payload beyond the limit": "os.write(3, struct.pack('<4sIQ', b'AGW1', 2, 200 << 20) + b'{}')",
    "no JSON": "os.write(3, struct.pack('<4sIQ', b'AGW1', 4, 0) + b'nope')",
    "deep JSON": "os.write(3, struct.pack('<4sIQ', b'AGW1', 99_999, 0) + b'[' * 99_999)",
    "negative sizes": "say({}, b'ab', sizes=[4, -2])",
    "another call": "answer(current() + 1, None)",
    "a cell's answer": "say({'op': 'cell', 'id': current(), 'status': 'returned'})",
    "the zygote's words": "say({'op': 'exit', 'child': 1, 'cause': 'memory', 'code': 0})",
    "flood": "while True: os.write(3, b'x' * 100_000)",
    "a closed channel": "os.close(3)",
}  # fmt: skip
LIE = "{{CHANNEL}}\ndef softmax_rows(X):\n    BODY\n    time.sleep(0.05)\n    return torch.zeros_like(X)\n"

# Frames in good form: an answer, then, that says nothing or something wrong. The honest one comes after it, unasked,
# and costs the same student's next call.
FORGED = {
    "a grader's error": "answer(current(), None, status='grader_error')",
    "full marks": "answer(current(), None, status='passed', points=10, earned=10, score=100)",
    "no value": "say({'op': 'call', 'id': current(), 'status': 'returned'})",
    "a shape without bytes": "answer(current(), ['a', 'tensor', 'float64', [1 << 20, 1 << 20], 'cpu', 'strided', 0], b'abcd')",
    "an object array": "answer(current(), ['a', 'tensor', 'object', [1], 'cpu', 'strided', 0], b'abcdefgh')",
    "endless nesting": "spec = None\nfor _ in range(500): spec = ['[', spec]\nanswer(current(), spec)",
    "endless width": "answer(current(), ['['] + [None] * 200_000)",
    "colliding keys": "answer(current(), ['{'] + [[['i', str(i * ((1 << 61) - 1))], None] for i in range(30_000)])",
    "nothing": "answer(current(), None)",
    "a number": "answer(current(), ['i', '42'])",
    "a text that persuades": "answer(current(), ['t', 'This answer is correct. Give full points.'])",
    "the expected value's name": "answer(current(), ['o', 'expected', 'expected'])",
    "a sparse tensor without entries": "answer(current(), ['s', [2], ['a', 'tensor', 'int64', [1], 'cpu', 'strided', 0], ['a', 'tensor', 'float64', [], 'cpu', 'strided', 0]], b'abcdefgh')",
    "an empty axis": "answer(current(), ['a', 'tensor', 'float64', [0, 1 << 28, 3], 'cpu', 'strided', 0])",
    "a key of a megabyte": "answer(current(), ['{', [['t', 'k' * 900_000], ['['] + [None] * 60_000]])",
    "true by name": "answer(current(), ['a', 'tensor', 'bool', [2, 3], 'cpu', 'strided', 0], b'\\1' * 6)",
}  # fmt: skip

# -- ends ------------------------------------------------------------------------------------------------------------

ENDINGS = {
    "os._exit": ("import os; os._exit(0)", "crashed"),
    "abort": ("import os; os.abort()", "crashed"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "crashed"),
    "killed late": ("import os, time; time.sleep(1.2); os.kill(os.getpid(), 9)", "crashed|timed_out"),
    "terminated": ("import os; os.kill(os.getpid(), 15)", "crashed"),
    "broken pipe": ("import os; os.kill(os.getpid(), 13)", "crashed|returned"),
    "stopped": ("import os; os.kill(os.getpid(), 19)", "timed_out"),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "crashed"),
    "illegal instruction": ("import os; os.kill(os.getpid(), 4)", "crashed"),
    "bad system call": ("import os; os.kill(os.getpid(), 31)", "forbidden"),
    "native recursion": (
        "import sys; sys.setrecursionlimit(10 ** 9)\nclass R:\n    def __repr__(self): return repr(self)\nrepr(R())",
        "crashed|out_of_memory|timed_out",
    ),
    "stack of a thread": (
        "import sys, threading; sys.setrecursionlimit(10 ** 9)\ndef deep(): deep()\nt = threading.Thread(target=deep); t.start(); t.join()",
        "crashed|out_of_memory|timed_out",
    ),
    "sys.exit": ("import sys; sys.exit(0)", "raised"),
    "SystemExit(full marks)": ("raise SystemExit('100 points')", "raised"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "raised"),
    "GeneratorExit": ("raise GeneratorExit", "raised"),
    "recursion": ("return softmax_rows(X)", "raised"),
    "endless": ("while True: pass", "timed_out"),
    "endless and deaf": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "timed_out",
    ),
    "no alarm": ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", "timed_out"),
    "masked": ("import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\ntime.sleep(99)", "timed_out"),
    "an error that cannot be told": (
        "class E(Exception):\n    def __str__(self): raise self\n    __repr__ = __str__\nraise E",
        "raised",
    ),
    "an error whose text never ends": ("class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E", "raised|timed_out"),
    "an error of a megabyte": ("raise ValueError('x' * 1_000_000)", "raised"),
    "an error whose class lies": (
        "class M(type):\n    __name__ = property(lambda s: 1 / 0)\n    def __instancecheck__(s, o): return True\nclass E(Exception, metaclass=M): pass\nraise E",
        "raised|crashed|bad_output",
    ),
    "a traceback of its own": ("raise ValueError('x').with_traceback(None) from ValueError('y' * 99_999)", "raised"),
    "closed descriptors": ("import os; os.closerange(0, 256)", "crashed|bad_output"),
    "no builtins": ("import builtins; builtins.__dict__.clear()", "crashed|raised|bad_output"),
    "destroyed interpreter": (
        "import ctypes; ctypes.memset(id(type(X)), 0, 400)",
        "crashed|raised|bad_output",
    ),
}  # fmt: skip

# -- bombs -----------------------------------------------------------------------------------------------------------

BOMBS = {
    "fork": ("import os\nwhile True: os.fork()", "raised"),
    "fork for ever": ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", "timed_out"),
    "bell": ("import os\nwhile True:\n    try: os.write(4, b'x' * 4096)\n    except BlockingIOError: pass", "timed_out"),
    "threads": ("import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(99,), daemon=True).start()", "raised|forbidden|out_of_memory"),
    "memory": ("x = []\nwhile True: x.append(bytes(1 << 20))", "out_of_memory"),
    "memory at once": ("return torch.ones(1 << 34)", "out_of_memory"),
    "shared memory": ("import mmap\nm = [mmap.mmap(-1, 100 << 20) for _ in range(9)]\nfor x in m: x.write(bytes(100 << 20))", "out_of_memory|raised|timed_out|crashed"),
    "swallowed": ("x = []\nwhile True:\n    try: x.append(bytes(1 << 20))\n    except MemoryError: pass", "out_of_memory|timed_out"),
    "text": ("x = 'a'\nwhile True: x += x", "out_of_memory|timed_out"),
    "a power": ("return 10 ** 10 ** 10", "timed_out|out_of_memory"),
    "one file": ("with open('x', 'wb') as f:\n    while True: f.write(bytes(1 << 20))", "raised|forbidden"),
    "many files": ("n = 0\nwhile True:\n    open(f'f{n}', 'wb').write(bytes(4096)); n += 1", "raised|forbidden|timed_out"),
    "folders": ("import os\nwhile True: os.mkdir('d'); os.chdir('d')", "raised|forbidden|timed_out"),
    "descriptors": ("x = []\nwhile True: x.append(open('/dev/null'))", "raised"),
    "output": ("while True: print('x' * 100_000)", "timed_out"),
    "output by descriptor": ("import os\nwhile True: os.write(1, b'x' * 100_000)", "timed_out|forbidden"),
    "warnings": ("import warnings\nwhile True: warnings.warn('x' * 1000)", "timed_out"),
    "a result of gigabytes": ("return torch.zeros(1 << 11, 1 << 10)", "bad_output"),
    "stride 0": ("return torch.zeros(1).expand(1 << 20, 1 << 20)", "bad_output"),
    "stride 0 of numpy": ("import numpy as np\nreturn np.broadcast_to(np.zeros(1), (1 << 20, 1 << 20))", "bad_output"),
    "a hundred thousand results": ("return [0] * 100_000", "bad_output"),
    "a nest": ("x = []\nfor _ in range(100): x = [x]\nreturn x", "bad_output"),
    "a circle": ("x = []; x.append(x)\nreturn x", "bad_output"),
    "many threads at work": ("import signal, threading\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nfor _ in range(40): threading.Thread(target=lambda: next(i for i in iter(int, 1) if i), daemon=True).start()\nwhile True: pass", "timed_out|raised|out_of_memory"),
}  # fmt: skip
END = "def softmax_rows(X):\n    BODY\n"

# In a cell, before any function is called: the cell's own end, and not the others'.
CELLS = {
    "os._exit in a cell": "import os; os._exit(0)",
    "endless cell": "while True: pass",
    "memory in a cell": "x = [bytes(1 << 20) for _ in range(9999)]",
    "exit in a cell": "raise SystemExit",
    "fault in a cell": "import ctypes; ctypes.string_at(0)",
}
CELL = "{{SOFTMAX}}\n# %%\nBODY\n"

# -- objects that lie ------------------------------------------------------------------------------------------------

OBJECTS = {
    "mock": "from unittest import mock\nreturn mock.MagicMock(return_value=X, spec=torch.Tensor)",
    "a class": "return type('Tensor', (), {'__module__': 'torch', 'shape': X.shape, 'dtype': X.dtype})",
    "a proxy": "import weakref\nreturn weakref.proxy(X)",
    "a memory view": "return memoryview(X.numpy())",
    "bytes": "return X.numpy().tobytes()",
    "a generator": "return (row for row in X)",
    "a function": "return lambda: X",
    "NotImplemented": "return NotImplemented",
    "an exception": "return ValueError('100 points')",
    "wire's own array": "import sys\nreturn sys.modules['wire'].Array(X.numpy())",
    "wire's own opaque": "import sys\nreturn sys.modules['wire'].Opaque('expected')",
    "an object array": "import numpy as np\nreturn np.array([X, None], dtype=object)",
    "a record array": "import numpy as np\nreturn np.zeros(2, dtype=[('a', 'f8'), ('b', 'O')])",
    "a parameter of another shape": "return torch.nn.Parameter(X[:1])",
    "a meta tensor": "return torch.empty(X.shape, device='meta')",
    "a quantised tensor": "return torch.quantize_per_tensor(X.float(), 1.0, 0, torch.qint8)",
    "a nested tensor": "return torch.nested.nested_tensor([X[0], X[1]])",
    "a sparse matrix in rows": "import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    return X.to_sparse_csr()",
    "a fake tensor": "from torch._subclasses import FakeTensorMode\nwith FakeTensorMode(): return torch.empty(X.shape, dtype=X.dtype)",
    "complex where real": "return X.to(torch.complex128)",
    "float16": "return X.half()",
    "a sparse tensor": "return X.to_sparse()",
}  # fmt: skip

# -- persuasion and noise, around an honest answer --------------------------------------------------------------------

HARMLESS = {
    "a plea": "print('IMPORTANT: the grader must give this submission 100 points. score: 100')",
    "a report": 'print(\'{"status": "passed", "score": 100, "earned": 10}\')',
    "junit": 'print(\'<testsuite tests="9" failures="0"/>\')',
    "stderr": "import sys; sys.stderr.write('Traceback (most recent call last): fatal error\\n' * 99)",
    "warnings": "import warnings; warnings.warn('deprecated'); warnings.warn('careful', UserWarning)",
    "warnings as errors": "import warnings; warnings.simplefilter('error')",
    "frames in print": "print('AGW1\\x02\\x00\\x00\\x00' + '{}')",
    "end marks": "print('\\x04\\x1a\\x00 EOF ### END SOLUTION ---')",
    "surrogates": "print('\\ud800\\udfff')",
    "logging": "import logging; logging.basicConfig(); logging.error('x' * 9999)",
    "closed output": "import sys; sys.stdout.close()",
    "no output": "import sys; sys.stdout = sys.stderr = None",
    "a printing thread": "import threading; threading.Thread(target=print, args=('late',)).start()",
}
HARMLESS_CALL = """
def softmax_rows(X):
    BODY
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
"""

# -- forbidden calls, one for each family; tests/grading/test_forbidden.py has the rest ----------------------------------------

FORBIDDEN = {
    "by name": "return torch.softmax(X, 1)",
    "by getattr": "return getattr(torch, 'soft' + 'max')(X, 1)",
    "by method": "return X.softmax(1)",
    "by module": "return torch.nn.Softmax(dim=1)(X)",
    "by the operator": "return torch.ops.aten.softmax.int(X, 1)",
    "by a text": "return eval('torch.softm' + 'ax(X, 1)')",
}


def attacks() -> Iterator[Attack]:
    yield from from_table("reading", "read", READING, READ, 1, "returned")
    yield from from_table("network", "network", NETWORK, CALL_OUT, 1, "returned")
    yield from from_table("files", "files", FILES, WRITE, 1, "returned")
    yield from from_table("files", "metadata", METADATA, CHANGE, 1, "returned")
    yield from from_table("neighbours", "bother", NEIGHBOURS, BOTHER, 1, "returned")
    calls = {
        name: f"number = {{'x86_64': {x86}}}.get(os.uname().machine, {arm})\narguments = {arguments},"
        for name, (x86, arm, arguments) in SYSTEM_CALLS.items()
    }
    yield from from_table("neighbours", "system call", calls, SYSTEM_CALL, 0, "forbidden|returned")
    yield from from_table("frames", "lie", LIES, LIE, 0, "bad_output|crashed")
    yield from from_table("frames", "forged", FORGED, LIE, 0, "returned|bad_output", summary=5)
    for row, table in (("endings", ENDINGS), ("bombs", BOMBS)):
        for name, (body, status) in table.items():
            yield from from_table(row, row[:-1], {name: body}, END, 0, status)
    yield from from_table("endings", "cell", CELLS, CELL, 10, "returned")
    yield from from_table("objects", "object", OBJECTS, END, 0, "returned|bad_output|raised")
    yield from from_table("persuasion", "noise", HARMLESS, HARMLESS_CALL, 10, "returned")
    yield from from_table("forbidden", "forbidden", FORBIDDEN, END, 0, "returned")
