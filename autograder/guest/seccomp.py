"""What the kernel is asked to refuse, whatever the file rules say: a seccomp filter, assembled by hand.

The filter is a list of what is allowed. A system call that it does not know (the next kernel's, say) does not exist
for the child (ENOSYS). What notebooks try in good faith - a subprocess, a socket - fails with EPERM, so that their
code sees an exception. Calls that only change metadata pretend to succeed: Landlock does not cover them, so a child
that shares its user with other files must not make them, and `shutil.copy` need not know. Calls that no notebook
makes in good faith end the process with SIGSYS, which the platform reports as `forbidden`.

Tables hold `name:x86_64:aarch64`, from the kernel's `unistd_64.h` and `asm-generic/unistd.h`; "-" where there is none.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

EPERM, ENOMEM, EINVAL, ENOTTY, ENOSYS, ECONNREFUSED = 1, 12, 22, 25, 38, 111


def _table(text: str) -> dict[str, tuple[str, str]]:
    rows = (entry.split(":") for entry in text.split())
    return {name: (x86_64, aarch64) for name, x86_64, aarch64 in rows}


ALLOW = _table("""
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69 pwritev:296:70
    preadv2:327:286 pwritev2:328:287 lseek:8:62 close:3:57 close_range:436:436 dup:32:23 dup2:33:- dup3:292:24
    pipe:22:- pipe2:293:59 open:2:- openat:257:56 creat:85:- stat:4:- lstat:6:- fstat:5:80 newfstatat:262:79
    statx:332:291 access:21:- faccessat:269:48 faccessat2:439:439 readlink:89:- readlinkat:267:78 getdents:78:-
    getdents64:217:61 getcwd:79:17 chdir:80:49 fchdir:81:50 mkdir:83:- mkdirat:258:34 rmdir:84:- unlink:87:-
    unlinkat:263:35 rename:82:- renameat:264:38 renameat2:316:276 truncate:76:45 ftruncate:77:46
    fsync:74:82 fdatasync:75:83 sync_file_range:277:84 fadvise64:221:223 readahead:187:213 flock:73:32 statfs:137:43
    fstatfs:138:44 umask:95:166 sendfile:40:71 copy_file_range:326:285 munmap:11:215
    mprotect:10:226 mremap:25:216 madvise:28:233 msync:26:227 mincore:27:232 brk:12:214 mlock:149:228
    munlock:150:229 mlock2:325:284 pkey_alloc:330:289 pkey_free:331:290 pkey_mprotect:329:288 membarrier:324:283
    get_mempolicy:239:236 set_mempolicy:238:237 mbind:237:235 exit:60:93 exit_group:231:94 futex:202:98
    futex_waitv:449:449 set_tid_address:218:96 set_robust_list:273:99 get_robust_list:274:100 rseq:334:293
    arch_prctl:158:- restart_syscall:219:128 rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139
    rt_sigpending:127:136 rt_sigsuspend:130:133 rt_sigtimedwait:128:137 sigaltstack:131:132 signalfd:282:-
    signalfd4:289:74 getpid:39:172 getppid:110:173 gettid:186:178 getuid:102:174 geteuid:107:175 getgid:104:176
    getegid:108:177 getgroups:115:158 getresuid:118:148 getresgid:120:150 getpgid:121:155 getpgrp:111:-
    getsid:124:156 getrlimit:97:163 getrusage:98:165 times:100:153 uname:63:160 sysinfo:99:179 getcpu:309:168
    getrandom:318:278 capget:125:90 getpriority:140:141 wait4:61:260 waitid:247:95 sched_yield:24:124
    sched_getaffinity:204:123 sched_getparam:143:121 sched_getscheduler:145:120 sched_getattr:315:275
    sched_get_priority_max:146:125 sched_get_priority_min:147:126 sched_rr_get_interval:148:127 time:201:-
    gettimeofday:96:169 nanosleep:35:101
    alarm:37:- pause:34:- setitimer:38:103 getitimer:36:102 timer_settime:223:110
    timer_gettime:224:108 timer_getoverrun:225:109 timer_delete:226:111 timerfd_create:283:85 timerfd_settime:286:86
    timerfd_gettime:287:87 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:- epoll_create1:291:20
    epoll_ctl:233:21 epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd:284:- eventfd2:290:19
    recvfrom:45:207 recvmsg:47:212 shutdown:48:210 getsockopt:55:209 getsockname:51:204 getpeername:52:205
""")

CHECKED = _table("""
    mmap:9:222 clone:56:220 kill:62:129 tgkill:234:131 prlimit64:302:261 socketpair:53:199 sendto:44:206 fcntl:72:25
    ioctl:16:29 prctl:157:167 sched_setaffinity:203:122 clock_gettime:228:113 clock_getres:229:114
    clock_nanosleep:230:115 timer_create:222:107
""")

PRETEND = _table("""
    chmod:90:- fchmod:91:52 fchmodat:268:53 fchmodat2:452:452 chown:92:- fchown:93:55 lchown:94:- fchownat:260:54
    utime:132:- utimes:235:- futimesat:261:- utimensat:280:88 setxattr:188:5 lsetxattr:189:6 fsetxattr:190:7
    removexattr:197:14 lremovexattr:198:15 fremovexattr:199:16
""")

# fallocate and splice: they fill files past the counter of bytes written.
REFUSE = _table("""
    fallocate:285:47 splice:275:76
    fork:57:- vfork:58:- execve:59:221 execveat:322:281 socket:41:198 connect:42:203 bind:49:200 listen:50:201
    accept:43:202 accept4:288:242 sendmsg:46:211 sendmmsg:307:269 recvmmsg:299:243 setsockopt:54:208 tkill:200:130
    rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240 pidfd_open:434:434 pidfd_send_signal:424:424
    pidfd_getfd:438:438 link:86:- linkat:265:37 symlink:88:- symlinkat:266:36 mknod:133:- mknodat:259:33
    memfd_create:319:279 memfd_secret:447:447 setrlimit:160:164 setpriority:141:140 ioprio_set:251:30 shmget:29:194
    shmat:30:196 shmctl:31:195 shmdt:67:197 semget:64:190 semop:65:193 semctl:66:191 semtimedop:220:192
    msgget:68:186 msgsnd:69:189 msgrcv:70:188 msgctl:71:187 mq_open:240:180 mq_unlink:241:181 mq_timedsend:242:182
    mq_timedreceive:243:183 mq_notify:244:184 mq_getsetattr:245:185 setuid:105:146 setgid:106:144 setreuid:113:145
    setregid:114:143 setresuid:117:147 setresgid:119:149 setgroups:116:159 setfsuid:122:151 setfsgid:123:152
    setsid:112:157 setpgid:109:154 capset:126:91 sched_setparam:142:118 sched_setscheduler:144:119
    sched_setattr:314:274 migrate_pages:256:238 move_pages:279:239 process_madvise:440:440 process_mrelease:448:448
    kcmp:312:272 personality:135:92 chroot:161:51 sethostname:170:161 setdomainname:171:162 settimeofday:164:170
    clock_settime:227:112 adjtimex:159:171 clock_adjtime:305:266 syslog:103:116 acct:163:89 quotactl:179:60
    vhangup:153:58 sync:162:81 syncfs:306:267
""")

KILL = _table("""
    ptrace:101:117 process_vm_readv:310:270 process_vm_writev:311:271 mount:165:40 umount2:166:39 pivot_root:155:41
    open_tree:428:428 move_mount:429:429 fsopen:430:430 fsconfig:431:431 fsmount:432:432 fspick:433:433
    mount_setattr:442:442 unshare:272:97 setns:308:268 bpf:321:280 perf_event_open:298:241 add_key:248:217
    request_key:249:218 keyctl:250:219 init_module:175:105 finit_module:313:273 delete_module:176:106
    kexec_load:246:104 kexec_file_load:320:294 open_by_handle_at:304:265 reboot:169:142 swapon:167:224
    swapoff:168:225 userfaultfd:323:282 iopl:172:- ioperm:173:- modify_ldt:154:-
""")

# AUDIT_ARCH_* of <linux/audit.h>, and the column of the tables.
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
RET_ALLOW, RET_ERRNO, RET_KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
SYSCALL_NUMBER, ARCHITECTURE = 0, 4

CLONE_THREAD = 0x10000
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
AF_UNIX, SOCK_STREAM, SOCK_SEQPACKET, SOCK_TYPE_MASK = 1, 1, 5, 0xF
SOL_SOCKET, SO_PASSCRED = 1, 16
# F_SETOWN, F_SETSIG, F_SETOWN_EX send signals to other processes; F_SETLEASE and F_NOTIFY watch other people's files;
# F_SETPIPE_SZ enlarges a pipe, which is the kernel's memory.
FCNTL_REFUSED = (8, 10, 15, 1024, 1026, 1031)
# F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW pretend to succeed: a child shares its files with nobody, and each lock
# would take the kernel's memory.
FCNTL_LOCKS = (6, 7, 37, 38)
# FIONCLEX, FIOCLEX, TCGETS (isatty), TIOCGWINSZ, FIONREAD, FIONBIO.
IOCTL_ALLOWED = (0x5450, 0x5451, 0x5401, 0x5413, 0x541B, 0x5421)
# FIOSETOWN, SIOCSPGRP, TIOCSTI, TIOCLINUX: refused even where a GPU's driver needs ioctl.
IOCTL_REFUSED = (0x8901, 0x8902, 0x5412, 0x541C)
# PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA (malloc names its arenas).
PRCTL_ALLOWED = (3, 15, 16, 0x53564D41)


def _instruction(code: int, k: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, k & 0xFFFFFFFF)


def _return(verdict: int) -> bytes:
    return _instruction(RETURN, verdict)


def _argument(position: int, high: bool = False) -> bytes:
    """Load 32 bits of one argument. Little endian: the low word comes first."""
    return _instruction(LOAD, 16 + 8 * position + (4 if high else 0))


def _one_of(values: tuple[int, ...], then: int, otherwise: int) -> bytes:
    """Return `then` when the accumulator is one of these values, else `otherwise`."""
    body = b"".join(_instruction(JUMP_EQUAL, value, 0, 1) + _return(then) for value in values)
    return body + _return(otherwise)


def _checked(pid: int, device: str, shared_files: bool) -> dict[str, bytes]:
    """The verdicts of system calls whose arguments decide, each as a piece of program that ends in a return."""
    refuse = RET_ERRNO | EPERM
    # Writing to a file through shared memory is counted nowhere, so it needs a file system with a size of its own.
    # Shared memory without a file is always refused: after MADV_DONTNEED its pages stay, and no longer count as the
    # process's.
    files_too = shared_files or device == "cuda"  # a GPU's driver maps its devices
    shared = MAP_SHARED | MAP_ANONYMOUS
    mappings = (
        _argument(3) + _instruction(AND, shared)
        + _instruction(JUMP_EQUAL, shared, 0, 1) + _return(RET_ERRNO | ENOMEM)
        + _one_of(() if files_too else (MAP_SHARED,), refuse, RET_ALLOW)
    )  # fmt: skip
    own_process = _argument(0) + _one_of((pid,), RET_ALLOW, refuse)
    own_or_self = _argument(0) + _one_of((pid, 0), RET_ALLOW, refuse)
    threads_only = _argument(0) + _instruction(JUMP_ANY_BIT, CLONE_THREAD, 1, 0) + _return(refuse) + _return(RET_ALLOW)
    pairs = (
        _argument(0) + _instruction(JUMP_EQUAL, AF_UNIX, 1, 0) + _return(refuse)
        + _argument(1) + _instruction(AND, SOCK_TYPE_MASK) + _one_of((SOCK_STREAM,), RET_ALLOW, refuse)
    )  # fmt: skip
    # An address would let a datagram leave for a socket in the file system.
    unaddressed = b"".join(
        _argument(4, high) + _instruction(JUMP_EQUAL, 0, 1, 0) + _return(refuse) for high in (False, True)
    )
    ioctls = (
        _one_of(IOCTL_REFUSED, refuse, RET_ALLOW)
        if device == "cuda"
        else _one_of(IOCTL_ALLOWED, RET_ALLOW, RET_ERRNO | ENOTTY)
    )
    pretended = b"".join(_instruction(JUMP_EQUAL, lock, 0, 1) + _return(RET_ERRNO) for lock in FCNTL_LOCKS)
    # The id of a clock is negative where it names a process or a thread.
    clocks = (
        _argument(0) + _instruction(JUMP_AT_LEAST, 1 << 31, 0, 1) + _return(RET_ERRNO | EINVAL) + _return(RET_ALLOW)
    )
    return {
        **dict.fromkeys(("clock_gettime", "clock_getres", "clock_nanosleep", "timer_create"), clocks),
        "mmap": mappings,
        "clone": threads_only,
        "kill": own_process,
        "tgkill": own_process,
        "prlimit64": own_or_self,
        "sched_setaffinity": own_or_self,
        "socketpair": pairs,
        "sendto": unaddressed + _return(RET_ALLOW),
        "fcntl": _argument(1) + pretended + _one_of(FCNTL_REFUSED, refuse, RET_ALLOW),
        "ioctl": _argument(1) + ioctls,
        "prctl": _argument(0) + _one_of(PRCTL_ALLOWED, RET_ALLOW, refuse),
    }


def _gpu_sockets() -> dict[str, bytes]:
    """The verdicts for CUDA's sockets, which are refused otherwise.

    CUDA's driver aborts without a UNIX socket that is bound and listens, and copes when `connect` fails. A socket of
    these types carries nothing before it is connected, and neither `connect` nor `accept` is allowed. The filter cannot
    see the name in a `bind`, but Landlock forbids names in the file system.
    """
    refuse = RET_ERRNO | EPERM
    return {
        "socket": (
            _argument(0) + _instruction(JUMP_EQUAL, AF_UNIX, 1, 0) + _return(refuse)
            + _argument(1) + _instruction(AND, SOCK_TYPE_MASK) + _one_of((SOCK_STREAM, SOCK_SEQPACKET), RET_ALLOW, refuse)
        ),
        "setsockopt": (
            _argument(1) + _instruction(JUMP_EQUAL, SOL_SOCKET, 1, 0) + _return(refuse)
            + _argument(2) + _one_of((SO_PASSCRED,), RET_ALLOW, refuse)
        ),
        "connect": _return(RET_ERRNO | ECONNREFUSED),
        "bind": _return(RET_ALLOW),
        "listen": _return(RET_ALLOW),
    }  # fmt: skip


def program(pid: int, device: str, machine: str, *, shared_files: bool = True) -> bytes:
    """The filter for one child, as BPF instructions. Raises KeyError for a machine whose numbers are not known.

    shared_files: whether a file may be mapped as shared memory. Memory without a file never may.
    """
    architecture, column = ARCHITECTURES[machine]
    parts = [
        _instruction(LOAD, ARCHITECTURE),
        _instruction(JUMP_EQUAL, architecture, 1, 0) + _return(RET_KILL_PROCESS),
        _instruction(LOAD, SYSCALL_NUMBER),
    ]
    if machine == "x86_64":  # the x32 numbers, which would slip past the table
        parts.append(_instruction(JUMP_AT_LEAST, 0x40000000, 0, 1) + _return(RET_KILL_PROCESS))
    checked = _checked(pid, device, shared_files)
    sockets = _gpu_sockets() if device == "cuda" else {}
    verdicts = [
        *((REFUSE[name][column], verdict) for name, verdict in sockets.items()),  # before what refuses them
        *((numbers[column], checked[name]) for name, numbers in CHECKED.items()),
        *((numbers[column], _return(RET_ALLOW)) for numbers in ALLOW.values()),
        *((numbers[column], _return(RET_ERRNO)) for numbers in PRETEND.values()),
        *((numbers[column], _return(RET_ERRNO | EPERM)) for numbers in REFUSE.values()),
        *((numbers[column], _return(RET_KILL_PROCESS)) for numbers in KILL.values()),
    ]
    for number, verdict in verdicts:
        if number != "-":
            parts.append(_instruction(JUMP_EQUAL, int(number), 0, len(verdict) // 8) + verdict)
    parts.append(_return(RET_ERRNO | ENOSYS))
    return b"".join(parts)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def install(libc: ctypes.CDLL, device: str, *, shared_files: bool) -> None:
    """Put the filter on this thread, for good. The process must have set no_new_privs. Raises OSError."""
    code = program(os.getpid(), device, platform.machine(), shared_files=shared_files)
    descriptor = _Program(len(code) // 8, code)
    pr_set_seccomp, mode_filter = 22, 2
    if libc.prctl(pr_set_seccomp, mode_filter, ctypes.byref(descriptor), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp was refused")
