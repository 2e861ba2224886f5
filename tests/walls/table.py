"""Which lines hold the walls, and which test notices when one of them is gone.

A *weakening* replaces one piece of one line of the package. `test` must fail on the weakened copy, and pass on one that
is whole. Where a second wall stands behind the first, `off` names the cuts that take that one down, in both copies: the
test then stands or falls with the first alone.

Never weakened here: what would let a child, or the test itself, change this machine (mounts before there is a mount
namespace, signals to every process of a user).
"""

from __future__ import annotations

from dataclasses import dataclass

LANDLOCK, LOCKDOWN, SECCOMP = "guest/landlock.py", "guest/lockdown.py", "guest/seccomp.py"
SPACES, ZYGOTE, CHILD, SCRATCH = "guest/namespaces.py", "guest/zygote.py", "guest/child.py", "guest/scratch.py"
WIRE, RUNNER, VALUES = "guest/wire.py", "guest/runner.py", "guest/values.py"
CHANNEL, REPLIES, RUN = "sandbox/channel.py", "sandbox/replies.py", "sandbox/run.py"

CHILDS = "tests/contract/test_child.py::test_"
ISOLATION = "tests/contract/test_isolation.py::test_"
LIMITS = "tests/contract/test_limits.py::test_"
FAULTS = "tests/contract/test_faults.py::test_"
AHEAD = "tests/contract/test_ahead.py::test_"
FILTER = "tests/hostile/test_walls.py::test_"
COST = "tests/hostile/test_values_cost.py::test_"
ATTACK = "tests/hostile/test_attacks.py::test_attack"
CPU, PLAIN = "cpu, shared files True", "cpu, shared files False"


@dataclass(frozen=True)
class Cut:
    """A piece of a file, which stands there once, and what takes its place. file: below the package."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Weakening:
    """One wall, taken down.

    name: unique, and short.
    row: the kind of wall.
    cut: the one line that weakens it.
    test: the node of the test that must fail.
    off: the second wall, switched off for the test's sake.
    """

    name: str
    row: str
    cut: Cut
    test: str
    off: tuple[Cut, ...] = ()


# -- second walls ------------------------------------------------------------------------------------------------------

NO_REFUSALS = Cut(
    SECCOMP, "_return(RET_ERRNO | EPERM)) for numbers in REFUSE", "_return(RET_ALLOW)) for numbers in REFUSE"
)
NO_SIGNALS = Cut(SECCOMP, '"kill": own_process,', '"kill": _return(RET_ALLOW),')
NO_USER = Cut(ZYGOTE, 'user = order["user"] if', "user = None if")
NO_MEMORY_LIMIT = Cut(LOCKDOWN, 'if device == "cpu":  # a GPU', 'if device == "none":  # a GPU')
NO_THREAD_LIMIT = Cut(LOCKDOWN, "fixed[resource.RLIMIT_NPROC] = MOST_THREADS", "fixed.update()")

ANY_SHAPE = Cut(  # numpy itself refuses bytes that do not fill a shape; `resize` repeats them
    WIRE,
    "np.frombuffer(buffer, dtype=DTYPES[dtype]).reshape(shape)",
    "np.resize(np.frombuffer(buffer, dtype=DTYPES[dtype]), shape)",
)

# -- the table ---------------------------------------------------------------------------------------------------------


def _rows(row: str, *entries: tuple[object, ...]) -> list[Weakening]:
    """(name, file, old, new, test, *off) of one kind of wall."""
    return [
        Weakening(str(name), row, Cut(str(file), str(old), str(new)), str(test), tuple(off))  # type: ignore[arg-type]
        for name, file, old, new, test, *off in entries
    ]


WEAKENINGS = [
    *_rows(
        "landlock",
        ("no rules at all", LOCKDOWN, "walls += landlock.restrict(libc, [*_rules(device, order[\"hidden\"]), (scratch, landlock.SCRATCH)])", "pass",
         f"{ISOLATION}no_reads_outside[process-plain]"),
        ("the package beside numpy", LOCKDOWN, "around(path, hidden)]", 'around(path, "")]',
         "tests/hostile/test_reach.py::test_the_guest_hides_the_folder_that_the_host_names[its path-False]"),
        ("/etc can be read", LOCKDOWN, '"/etc/localtime", "/etc/fonts")', '"/etc")',
         f"{ISOLATION}no_reads_outside[process-plain]"),
        ("a neighbour's entry in /proc", LOCKDOWN, 'own = f"/proc/{os.getpid()}"', 'own = f"/proc/{os.getppid()}"',
         f"{ATTACK}[process-plain-read the zygote's command]"),
        ("its threads' entries in /proc", LOCKDOWN, '"statm", "status")', '"statm", "status", "task")',
         f"{ATTACK}[process-plain-read through its threads]"),
        ("all of /tmp is scratch", LOCKDOWN, "(scratch, landlock.SCRATCH)", '("/tmp", landlock.SCRATCH)',
         f"{ISOLATION}no_writes_outside[process-plain]"),
        ("truncation is not covered", LANDLOCK, "files = (1 << (16 if version >= 5 else 15)) - 1",
         "files = (1 << (16 if version >= 5 else 15)) - 1 - TRUNCATE", f"{ISOLATION}no_writes_outside[process-plain]"),
        ("removal is not covered", LANDLOCK, "files = (1 << (16 if version >= 5 else 15)) - 1",
         "files = (1 << (16 if version >= 5 else 15)) - 1 - REMOVE_FILE", f"{ISOLATION}no_writes_outside[process-plain]"),
        ("a device of zeros", LOCKDOWN, 'DEVICES = ("/dev/null",', 'DEVICES = ("/dev/zero", "/dev/null",',
         f"{LIMITS}no_memory_that_stays_when_it_was_let_go[process-a device of zeros]"),
        ("links in scratch", LANDLOCK, "MAKE_DIR | MAKE_REG | REFER", "MAKE_DIR | MAKE_REG | MAKE_SYM | REFER",
         f"{CHILDS}its_scratch_takes_files_and_folders_alone[process-plain]", NO_REFUSALS),
        ("fifos in scratch", LANDLOCK, "MAKE_DIR | MAKE_REG | REFER", "MAKE_DIR | MAKE_REG | MAKE_FIFO | REFER",
         f"{CHILDS}its_scratch_takes_files_and_folders_alone[process-plain]", NO_REFUSALS),
        ("sockets in scratch", LANDLOCK, "MAKE_DIR | MAKE_REG | REFER", "MAKE_DIR | MAKE_REG | MAKE_SOCK | REFER",
         f"{CHILDS}its_scratch_takes_files_and_folders_alone[process-plain]", NO_REFUSALS),
        ("TCP is not covered", LANDLOCK, "network = 0b11 if", "network = 0b00 if",
         f"{CHILDS}it_speaks_to_nobody[process-plain]", NO_REFUSALS),
        ("the scope of abstract names", LANDLOCK, "scopes = 0b11 if", "scopes = 0b10 if",
         f"{CHILDS}it_speaks_to_nobody[process-plain]", NO_REFUSALS),
        ("the scope of signals", LANDLOCK, "scopes = 0b11 if", "scopes = 0b01 if",
         f"{CHILDS}no_signal_reaches_the_zygote[process-plain]", NO_SIGNALS, NO_USER),
    ),
    *_rows(
        "seccomp",
        ("no filter at all", LOCKDOWN, 'seccomp.install(libc, device, shared_files=order["bounded"])', "pass",
         f"{CHILDS}it_has_no_capabilities[process-plain]"),
        ("unknown calls", SECCOMP, "parts.append(_return(RET_ERRNO | ENOSYS))", "parts.append(_return(RET_ALLOW))",
         f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("x32 numbers", SECCOMP, "JUMP_AT_LEAST, 0x40000000, 0, 1) + _return(RET_KILL_PROCESS)",
         "JUMP_AT_LEAST, 0x40000000, 0, 1) + _return(RET_ALLOW)", f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("the architecture", SECCOMP, "architecture, 1, 0) + _return(RET_KILL_PROCESS)",
         "architecture, 1, 0) + _return(RET_ALLOW)", f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("sockets", SECCOMP, "    read:0:63 write", "    connect:42:203 read:0:63 write", f"{FILTER}what_is_asked_decides[connect-{CPU}]"),
        ("what is refused is allowed", *(NO_REFUSALS.file, NO_REFUSALS.old, NO_REFUSALS.new),
         f"{ISOLATION}no_network[process]"),
        ("what kills is refused", SECCOMP, "_return(RET_KILL_PROCESS)) for numbers in KILL",
         "_return(RET_ALLOW)) for numbers in KILL", f"{FILTER}what_is_asked_decides[a mount-{CPU}]"),
        ("what is pretended is done", SECCOMP, "_return(RET_ERRNO)) for numbers in PRETEND",
         "_return(RET_ALLOW)) for numbers in PRETEND", f"{FILTER}what_is_asked_decides[a mode-{CPU}]"),
        ("processes", SECCOMP, '"clone": threads_only,', '"clone": _return(RET_ALLOW),',
         f"{FILTER}what_is_asked_decides[a process-{CPU}]"),
        ("signals to others", *(NO_SIGNALS.file, NO_SIGNALS.old, NO_SIGNALS.new),
         f"{FILTER}what_is_asked_decides[a signal to everybody-{CPU}]"),
        ("signals to others' threads", SECCOMP, '"tgkill": own_process,', '"tgkill": _return(RET_ALLOW),',
         f"{FILTER}what_is_asked_decides[a signal to a thread of another-{CPU}]"),
        ("limits of others", SECCOMP, '"prlimit64": own_or_self,', '"prlimit64": _return(RET_ALLOW),',
         f"{FILTER}what_is_asked_decides[limits of another-{CPU}]"),
        ("datagrams", SECCOMP, "_one_of((SOCK_STREAM,), RET_ALLOW, refuse)", "_return(RET_ALLOW)",
         f"{ISOLATION}no_network[process]"),
        ("an address", SECCOMP, "_argument(4, high) + _instruction(JUMP_EQUAL, 0, 1, 0) + _return(refuse)",
         "_argument(4, high) + _instruction(JUMP_EQUAL, 0, 1, 0) + _return(RET_ALLOW)",
         f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("every ioctl", SECCOMP, '"ioctl": _argument(1) + ioctls,', '"ioctl": _return(RET_ALLOW),',
         f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("every prctl", SECCOMP, "_one_of(PRCTL_ALLOWED, RET_ALLOW, refuse)", "_return(RET_ALLOW)",
         f"{FILTER}other_doors_to_the_kernel_are_shut[{CPU}]"),
        ("owners of files' signals", SECCOMP, "_one_of(FCNTL_REFUSED, refuse, RET_ALLOW)", "_return(RET_ALLOW)",
         f"{FILTER}record_locks_take_no_memory_of_the_kernels[{CPU}]"),
        ("record locks", SECCOMP, "_return(RET_ERRNO) for lock in FCNTL_LOCKS", "_return(RET_ALLOW) for lock in FCNTL_LOCKS",
         f"{FILTER}record_locks_take_no_memory_of_the_kernels[{CPU}]"),
        ("clocks of others", SECCOMP, "1 << 31, 0, 1) + _return(RET_ERRNO | EINVAL)", "1 << 31, 0, 1) + _return(RET_ALLOW)",
         f"{FILTER}clocks_of_others_cannot_be_read[{CPU}]"),
        ("shared memory without a file", SECCOMP, "shared, 0, 1) + _return(RET_ERRNO | ENOMEM)",
         "shared, 0, 1) + _return(RET_ALLOW)", f"{LIMITS}no_memory_that_stays_when_it_was_let_go[process-anonymous]"),
        ("files mapped shared", SECCOMP, "files_too = shared_files or", "files_too = True or",
         f"{FILTER}memory_without_a_file_is_never_shared[1-{PLAIN}]"),
    ),
    *_rows(
        "namespaces",
        ("the machine's network", SPACES, "NEW_IPC | NEW_PID | NEW_NET |", "NEW_IPC | NEW_PID |",
         f"{CHILDS}namespaces_hold_nothing_of_the_machine[process]"),
        ("the machine's shared memory", SPACES, "NEW_UTS | NEW_IPC | NEW_PID", "NEW_UTS | NEW_PID",
         f"{CHILDS}namespaces_hold_nothing_of_the_machine[process]"),
        ("the machine's name", SPACES, "NEW_MOUNTS | NEW_UTS | NEW_IPC", "NEW_MOUNTS | NEW_IPC",
         f"{CHILDS}namespaces_hold_nothing_of_the_machine[process]"),
        ("the old root", SPACES, '_check(libc.umount2(b"/.old", DETACH), "umount")', "return",
         f"{CHILDS}namespaces_hold_nothing_of_the_machine[process]"),
        ("libraries can be written", SPACES, "ATTRIBUTES_READ_ONLY = 442, 0x8000, 0b111", "ATTRIBUTES_READ_ONLY = 442, 0x8000, 0b110",
         f"{CHILDS}what_is_shown_to_it_is_read_only[process]"),
        ("scratch of any size", SPACES, 'f"size={size_mb}m,', 'f"size=900m,', f"{LIMITS}disk_full[process]"),
        ("any number of files", SPACES, "nr_inodes={entries},", "",
         f"{CHILDS}the_kernel_counts_its_files[process]"),
        ("scratch stays mounted", ZYGOTE, "namespaces.unmount_scratch(self.libc)", "pass",
         f"{CHILDS}what_is_shown_to_it_is_read_only[process]"),
    ),
    *_rows(
        "limits",
        ("processes and threads", LOCKDOWN, "fixed[resource.RLIMIT_NPROC] = MOST_THREADS", "fixed.update()",
         f"{CHILDS}the_kernel_counts_its_threads[process-plain]"),
        ("core files", LOCKDOWN, "resource.RLIMIT_CORE: 0,", "", f"{CHILDS}a_limit_of_the_kernel[process-plain-core]"),
        ("the size of a file", LOCKDOWN, "resource.RLIMIT_FSIZE: files,", "",
         f"{CHILDS}a_limit_of_the_kernel[process-plain-one file]"),
        ("open files", LOCKDOWN, "resource.RLIMIT_NOFILE: MOST_FILES,", "",
         f"{CHILDS}a_limit_of_the_kernel[process-plain-descriptors]"),
        ("message queues", LOCKDOWN, "{resource.RLIMIT_MSGQUEUE: 0, ", "{",
         f"{CHILDS}a_limit_of_the_kernel[process-plain-message queues]"),
        ("private memory", *(NO_MEMORY_LIMIT.file, NO_MEMORY_LIMIT.old, NO_MEMORY_LIMIT.new),
         f"{CHILDS}the_kernel_limits_its_memory[process-plain]"),
        ("memory is watched", ZYGOTE, 'self.kill("memory")', "pass", f"{LIMITS}memory[process-plain-torch in steps]", NO_MEMORY_LIMIT),
        ("threads are watched", ZYGOTE, 'self.kill("threads")', "pass", f"{LIMITS}threads_that_sleep_are_counted[process-plain]", NO_THREAD_LIMIT, NO_MEMORY_LIMIT),
        ("scratch is watched", ZYGOTE, "            if full:\n", "            if full and self.inside:\n", f"{LIMITS}files_in_scratch_are_looked_at[process-plain]"),
        ("what is written is counted", ZYGOTE, "if max(called - self.sent, dirty) > REWRITES * most:", "if called < self.sent:",
         f"{LIMITS}what_is_written_over_and_over_is_counted[process-plain]"),
        ("entries of scratch are counted", SCRATCH, "or self.entries > MOST_ENTRIES", "",
         f"{FILTER}files_below_the_longest_path_are_counted[30]"),
        ("depth of scratch is counted", SCRATCH, "if depth > MOST_DEPTH:", "if depth < 0:",
         f"{FILTER}what_lies_deeper_than_anybodys_work_is_too_much"),
        ("time of a group", RUN, "if self._used_up(group):", "if not group:", f"{LIMITS}a_group_that_has_used_its_time_runs_no_more[process]"),
        ("printed text", RUNNER, "self.parts.append(str(text)[:room])", "self.parts.append(str(text))", f"{LIMITS}output_is_cut[process]"),
        ("the size of a result", VALUES, "if self.bytes < 0 or self.leaves < 0:", "if self.leaves < 0:", f"{LIMITS}huge_results[process-tensor]"),
    ),
    *_rows(
        "clean-up",
        ("the zygote's descriptors", CHILD, "    os.closerange(BELL + 1, 1 << 16)\n", "", f"{CHILDS}its_descriptors_are_its_own[process-plain]"),
        ("the zygote's streams", CHILD, "        os.dup2(null, standard)\n", "        os.fstat(standard)\n", f"{CHILDS}its_standard_streams_lead_nowhere[process-plain]"),
        ("the zygote's session", CHILD, "    os.setsid()\n", "", f"{CHILDS}it_leads_a_session_of_its_own[process-plain]"),
        ("the zygote's group", LOCKDOWN, "        os.setresgid(user, user, user)\n", "", f"{CHILDS}it_is_a_user_of_its_own[process-plain]"),
        ("the zygote's user", *(NO_USER.file, NO_USER.old, NO_USER.new), f"{CHILDS}it_is_a_user_of_its_own[process-plain]"),
        ("one user for all", "sandbox/process.py", "+ child % (1 << 10)", "+ child // (1 << 10)", f"{CHILDS}it_is_a_user_of_its_own[process-plain]"),
        ("capabilities", LOCKDOWN, 'if libc.capset(struct.pack("<Ii", version_3, 0), bytes(24)) != 0:', "if version_3 < 0:", f"{CHILDS}it_has_no_capabilities[process-plain]", NO_USER),
        ("a child outlives its zygote", LOCKDOWN, "    die_with_parent(libc)  # once more", "    pass  # once more", f"{CHILDS}it_dies_with_its_zygote[process-plain]"),
        ("scratch is emptied", SCRATCH, "        while names := os.listdir(top):", "        while names := ():", f"{FAULTS}nothing_is_left[process-plain]"),
        ("others' results in memory", ZYGOTE, "self.memory.madvise(wipe_on_fork)", "pass", f"{ISOLATION}results_of_others_are_not_in_memory[process-plain]"),
        ("processes of an unsafe child", ZYGOTE, "            _kill_orphans()\n", "", f"{FAULTS}unsafe_says_so"),
    ),
    *_rows(
        "frames",
        ("an unasked frame", CHANNEL, 'raise BadFrame("a frame that nobody asked for")', "pass", "tests/sandbox/test_channel.py::test_what_nobody_asked_for_is_no_answer_to_the_next_question"),
        ("a frame of the child before", CHANNEL, "                if self._forked:\n", "                if self._stream:\n", "tests/sandbox/test_channel.py::test_a_child_that_is_gone_says_nothing_more"),
        ("the size that was agreed", CHANNEL, "if self.sizes[1] > self.most_payload:", "if self.sizes[1] < 0:", "tests/sandbox/test_channel.py::test_more_than_was_agreed_is_refused_by_its_size"),
        ("the size of any frame", WIRE, "if magic != MAGIC or head_size > MAX_HEADER or payload_size > MAX_PAYLOAD:", "if magic != MAGIC or head_size > MAX_HEADER:", "tests/guest/test_wire.py::test_sizes_are_checked_before_the_body_is_read"),
        ("the grader's own status", REPLIES, "FROM_CHILD = {", 'FROM_CHILD = {"grader_error": Status.GRADER_ERROR} | {', f"{FAULTS}lies_on_the_channel[process-unknown status]"),
        ("an answer to another call", REPLIES, 'header.get("op") != "call" or not _is_id(header.get("id"), call.id)', 'header.get("op") != "call"', f"{FAULTS}lies_on_the_channel[process-another call]"),
        ("text that no page can hold", REPLIES, 'return text.encode("utf-8", "replace").decode("utf-8").translate(UNPRINTABLE)', "return text", f"{FAULTS}texts_are_tamed[process-surrogates]"),
        ("a buffer named twice", WIRE, "index != self.named or index", "index < 0 or index", f"{COST}each_buffer_is_named_once_and_in_order"),
        ("bytes that are decoded", WIRE, "        if self.room < 0:", "        if self.nodes < 0:", f"{COST}what_is_widened_counts_as_it_becomes"),
        ("buffers without bytes", WIRE, "if len(sizes) > MAX_BUFFERS:", "if len(sizes) < 0:", f"{COST}millions_of_empty_buffers"),
        ("shape and bytes", WIRE, "if len(buffer) != size * raw_dtype.itemsize:", "if len(buffer) < 0:", "tests/guest/test_wire.py::test_malformed_specs_are_refused", ANY_SHAPE),
        ("width of a value", WIRE, "if self.nodes > MAX_NODES or depth", "if depth", f"{FAULTS}lies_on_the_channel[process-too wide]"),
        ("depth of a value", WIRE, "if self.nodes > MAX_NODES or depth > MAX_DEPTH:", "if self.nodes > MAX_NODES:", "tests/guest/test_wire.py::test_deep_nesting_is_refused"),
        ("colliding keys", WIRE, "return abs(key) < MAX_KEY", "return True", "tests/hostile/test_host.py::test_colliding_keys_are_refused"),
    ),
    *_rows(
        "purity",
        ("inputs are compared", "grading/verdicts.py", "pure=alike(reference.outcomes[case.id].inputs_after, outcome.inputs_after, EXACT)", "pure=True", "tests/grading/test_verdicts.py::test_an_input_that_was_changed_by_anything_at_all"),
        ("inputs are compared exactly", "grading/verdicts.py", "outcome.inputs_after, EXACT)", "outcome.inputs_after, case.check.tolerance)", "tests/grading/test_verdicts.py::test_an_input_that_was_changed_by_anything_at_all"),
        ("answers are compared", "grading/verdicts.py", "deterministic=alike(outcome.value, outcome.repeated, case.check.tolerance)", "deterministic=True", "tests/grading/test_verdicts.py::test_another_answer_the_second_time"),
        ("inputs are fresh", VALUES, "data = np.array(array.data)  # a copy", "data = np.asarray(array.data)  # a copy", "tests/contract/test_values.py::test_inputs_after_and_fresh_copies[process]"),
    ),
    *_rows(
        "order",
        ("a child before the last is dead", ZYGOTE, 'self._end_child("replaced")', "pass", f"{FAULTS}nothing_is_left[process]"),
        ("secret calls wait", RUN, "if call.secret != secret or later", "if later", f"{AHEAD}a_secret_call_is_not_sent_before_the_others_are_answered[process]"),
        ("the first call is watched", RUNNER, 'recording = header["record"] and turn == 0', 'recording = header["record"] and turn == repeat - 1', "tests/hostile/test_evasions.py::test_the_first_call_is_the_one_that_is_watched"),
        ("walls before cells", CHILD, 'walls = () if order["walls"] == "none" else', 'walls = () if order["walls"] != "none" else', f"{ISOLATION}the_walls_are_named[process]"),
        ("values are taken at once", RUNNER, 'parts["inputs_after"] = export(tuple(fresh), Budget', 'parts["inputs_after"] = export(args, Budget', "tests/contract/test_values.py::test_inputs_after_and_fresh_copies[process]"),
    ),
]  # fmt: skip
