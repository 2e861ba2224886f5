"""Records the names of what really runs during a call, by whatever names the student's code uses it.

`autograder.grading.forbidden` reads the record.
"""

from __future__ import annotations

import _thread
import functools
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

MOST_NAMES = 500  # that the host reads


@contextmanager
def record_operators() -> Iterator[set[str]]:
    """The names of the torch functions and operators that run inside, and the "call:" and "watch:" names from below."""
    seen: set[str] = set()
    if torch is None:
        yield seen
        return
    from torch.overrides import TorchFunctionMode
    from torch.utils._python_dispatch import TorchDispatchMode

    class Functions(TorchFunctionMode):  # type: ignore[misc]
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.add(_function_name(func))
            return func(*args, **(kwargs or {}))

    class Operators(TorchDispatchMode):  # type: ignore[misc]
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.add(_operator_name(func))
            if func is torch.ops.aten.convolution.default and args[6]:  # one operator for both directions
                seen.add(f"aten.conv_transpose{args[0].dim() - 2}d.default")
            return func(*args, **(kwargs or {}))

    with _threads_told(seen), _record_calls(seen), Functions(), Operators():
        yield seen


def as_told(seen: set[str]) -> list[str]:
    """The names, sorted. Of too many, the last are cut, and "watch:more" is added.

    Torch's and "watch:" names come first then, because a student can invent any number of others.
    """
    if len(seen) <= MOST_NAMES:
        return sorted(seen)
    kept = sorted(seen, key=lambda name: (not name.startswith(("torch.", "aten.", "call:torch.", "watch:")), name))
    return [*kept[: MOST_NAMES - 1], "watch:more"]


@contextmanager
def _threads_told(seen: set[str]) -> Iterator[None]:
    """Record "watch:threads" where other threads run at the start or the end: what they do may not be recorded."""
    before = _thread._count()
    try:
        yield
    finally:
        if before or _thread._count():
            seen.add("watch:threads")


@functools.lru_cache(maxsize=4096)
def _function_name(function: Any) -> str:
    """The full name of a torch function; cached, because torch's own lookup is slow."""
    from torch.overrides import resolve_name

    return resolve_name(function) or f"{getattr(function, '__module__', '')}.{getattr(function, '__name__', '?')}"


_operator_name = functools.lru_cache(maxsize=4096)(str)


@contextmanager
def _record_calls(seen: set[str]) -> Iterator[None]:
    """Record library functions that run, as "call:torch.distributions.normal.Normal.rsample", in new threads as well.

    Torch's modes see what is done to tensors. A profile function also sees calls in Python, and those under a mode that
    was switched off. Calls of _PROBES become "watch:" names.
    """
    python: dict[types.CodeType, str] = {}
    builtin: set[tuple[Any, str]] = set()
    probes: set[str] = set()

    def note(frame: types.FrameType, event: str, arg: Any) -> None:
        if event == "call":
            if frame.f_code not in python:
                python[frame.f_code] = dict.get(frame.f_globals, "__name__", "")
        elif event == "c_call":
            name = arg.__module__, arg.__qualname__
            if name in _PROBES and not _is_ours(frame.f_globals):
                probes.add(".".join(name))
            builtin.add(name)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        if sys.getprofile() is not note:
            probes.add("sys.setprofile")
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
        python_names = (_python_name(module, code.co_qualname) for code, module in list(python.items()))  # type: ignore[attr-defined]
        builtin_names = (_builtin_name(module, name) for module, name in list(builtin))
        seen.update(f"call:{name}"[:200] for name in (*python_names, *builtin_names) if name)
        seen.update(f"watch:{name}" for name in probes)


# Functions that no answer needs, and that can find the record, switch it off or run code that it does not see.
_PROBES = frozenset(
    [
        *(
            ("sys", name)
            for name in ("getprofile", "setprofile", "gettrace", "settrace", "_getframe", "_current_frames")
        ),
        *(("gc", name) for name in ("get_objects", "get_referrers", "get_referents")),
        *(("_thread", name) for name in ("start_new_thread", "start_new", "start_joinable_thread")),
    ]
)


def _is_ours(namespace: dict[str, Any]) -> bool:
    """Whether code with these globals is this module's, or a library's, which calls probes for reasons of its own."""
    module = dict.get(namespace, "__name__", "")
    top = module.partition(".")[0] if type(module) is str else ""
    return namespace is globals() or top in sys.stdlib_module_names or top in ("torch", "numpy", "matplotlib")


def _python_name(module: Any, name: str) -> str:
    """A torch function's full name, and the library's name alone for others.

    "" for torch's machinery, the standard library, numpy and the guest's own modules.
    """
    top, _, rest = module.partition(".") if type(module) is str else ("", "", "")
    if top == "torch":
        machinery = rest.startswith(("_", "utils", "overrides", "fx", "cuda", "backends", "compiler"))
        kept = not machinery or rest.startswith("_functorch.eager_transforms")
        return f"{module}.{name.split('.<locals>')[0]}" if kept else ""
    ours = (
        top in sys.stdlib_module_names
        or top.startswith(("_", "namedtuple_"))
        or top in ("numpy", "runner", "values", "recorder", "wire", "child")
    )
    return "" if ours else str(top)


def _builtin_name(module: Any, name: str) -> str:
    owner, _, function = name.rpartition(".")
    if owner in ("Tensor", "TensorBase", "Parameter"):
        return f"torch.Tensor.{function}"
    if owner in ("_EngineBase", "_ImperativeEngine"):
        return f"torch._C.{name}"
    return f"{module}.{function}" if module in ("torch", "torch._C._nn", "torch._C._special") else ""
