"""The warm guest: imports torch once, then forks a child for each submission (see `zygote`).

Run as `python -I -B guest.py`, it speaks envelopes (see `envelope`) on its standard input and output: the host's first
message configures it, its own first says that it is warm, or why it cannot be.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import json
import os
import platform
import signal
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def _load(name: str) -> None:
    """Import a neighbour by its path: our folder is not in sys.path, so that students' imports find no module in it."""
    path = HERE / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"no {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def _fix_hashes() -> None:
    """Restart Python with a fixed hash seed, so that a set of strings has the same order in every guest.

    `-I` would ignore PYTHONHASHSEED. The restart takes `-s -P` instead, and drops all other PYTHON* variables.
    """
    if sys.flags.hash_randomization:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        os.execve(sys.executable, [sys.executable, "-s", "-P", "-B", __file__], {**kept, "PYTHONHASHSEED": "0"})


if __name__ == "__main__":
    _fix_hashes()
    # These come before numpy: a process with threads cannot enter namespaces.
    for name in ("envelope", "scratch", "namespaces", "landlock", "seccomp", "lockdown"):
        _load(name)

import envelope  # type: ignore[import-not-found]  # noqa: E402
import lockdown  # noqa: E402
import namespaces  # type: ignore[import-not-found]  # noqa: E402


def _warm_up(names: list[str]) -> None:
    """Import what notebooks import, and make torch's first, slow calls. Modules that are not installed are skipped."""
    sys.modules.pop("__mp_main__", None)
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if "torch" in sys.modules:
        import torch

        torch.set_num_threads(1)
        with contextlib.suppress(RuntimeError):
            torch.set_num_interop_threads(1)
        from torch.overrides import get_overridable_functions

        get_overridable_functions()
        # The first use of MKL and of the allocator. No gradients: autograd's engine does not survive a fork.
        torch.manual_seed(0)
        _ = torch.ones(8, 8) @ torch.ones(8, 8)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use("Agg")  # type: ignore[attr-defined]


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("numpy", "torch"):
        found[name] = str(getattr(sys.modules.get(name), "__version__", ""))
    return found


def _read_hello(descriptor: int) -> dict[str, Any]:
    def exactly(size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = os.read(descriptor, size - len(data))
            if not part:
                os._exit(0)
            data += part
        return data

    _, size = envelope.HEADER.unpack(exactly(envelope.HEADER.size))
    return dict(json.loads(exactly(size)))


def _detach_streams() -> tuple[int, int]:
    """(input, output): the host's pipes as new descriptors, which no library writes to. 0 and 1 become /dev/null."""
    host_in, host_out = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return host_in, host_out


def main() -> None:
    os.umask(0o022)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a batch process preempts no other when it wakes; a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    host_in, host_out = _detach_streams()
    hello = _read_hello(host_in)
    libc = ctypes.CDLL(None, use_errno=True)
    spaces: tuple[str, ...] = ()
    try:
        hello["hidden"] = lockdown.hidden_folder(hello["hidden"])  # here, where every folder of the host can be seen
        if hello["namespaces"]:
            shown = [*lockdown.readable(lockdown.walls_for(hello)), str(HERE)]
            spaces = namespaces.enter(
                libc,
                hello["scratch"],
                shown,
                lockdown.devices(lockdown.walls_for(hello)),
                in_parent=lambda: os.closerange(3, 64),
            )
        _warm_up(hello["imports"])
        for name in ("wire", "values", "recorder", "cells", "defaults", "runner", "gpu", "child", "zygote", "memory"):
            _load(name)
        if hello["rehearse"] and "torch" in sys.modules:
            _load("rehearsal")
            sys.modules["rehearsal"].rehearse()
    except Exception as error:
        os.write(host_out, envelope.control({"op": "failed", "reason": f"{type(error).__name__}: {error}"}))
        os._exit(1)
    if sys.platform == "linux":
        pr_set_dumpable, pr_set_child_subreaper = 4, 36
        libc.prctl(pr_set_dumpable, 0, 0, 0, 0)
        libc.prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    sys.modules.pop("memory").settle(libc)
    if hello["walls"] != "none":
        lockdown.static_rules(lockdown.walls_for(hello), hello["hidden"])
    os.set_blocking(host_in, False)
    os.set_blocking(host_out, False)
    os.write(host_out, envelope.control({"op": "ready", "namespaces": list(spaces), **_versions()}))
    from zygote import Zygote  # type: ignore[import-not-found]

    Zygote(host_in, host_out, hello, libc, bool(spaces)).run()


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    main()
    os._exit(0)
