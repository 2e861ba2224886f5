"""Dotted names of Python, numpy and torch, as far as they can be told without torch: is there such a thing?

`torch.txt` lists the names in torch's own modules, and its operators, which `forbid` knows under torch, too
(`torch.native_batch_norm_backward`). It is made by `python -m autograder.course.spelling.library_names`
where torch is installed. What stands in a module that it does not list, below a class, or in a library that is not
known here, is taken for right: nothing is known of it.
"""

from __future__ import annotations

import builtins
import difflib
import functools
import pkgutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

LIST = Path(__file__).with_name("torch.txt")
MODULES = [
    "torch",
    "torch.Tensor",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.nn.utils.rnn",
    "torch.nn.attention",
    "torch.linalg",
    "torch.special",
    "torch.fft",
    "torch.autograd",
    "torch.autograd.functional",
    "torch.autograd.forward_ad",
    "torch.func",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.distributions",
    "torch.sparse",
    "torch.random",
    "torch.utils.data",
    "torch.jit",
]
OPERATORS = "torch.ops.aten"
HOMES = (
    "torch",
    "torch.Tensor",
    "torch.nn.functional",
    "torch.special",
)  # where an operator is forbidden by its name, too
LIBRARIES = frozenset(
    [
        "aten",
        "functorch",
        "torch",
        "torch_geometric",
        "torch_scatter",
        "torch_sparse",
        "torch_cluster",
        "torchvision",
        "torchaudio",
        "torchtext",
        "torchmetrics",
        "pytorch_lightning",
        "lightning",
        "dgl",
        "numpy",
        "scipy",
        "sklearn",
        "pandas",
        "matplotlib",
        "networkx",
        "sympy",
        "einops",
        "opt_einsum",
        "transformers",
        "tensorflow",
        "keras",
        "jax",
        "flax",
        "numba",
        "cupy",
        "statsmodels",
        "skimage",
        "PIL",
        "cv2",
        "autograd",
        "tqdm",
    ]
)
ALIASES = {
    "F": "torch.nn.functional",
    "nn": "torch.nn",
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "optim": "torch.optim",
    "Tensor": "torch.Tensor",
}
# Modules that do something when they are imported, or need what may not be there.
_UNTOUCHED = frozenset(["antigravity", "this", "__main__", "idlelib", "turtle", "turtledemo", "tkinter", "test"])


@functools.cache
def unknown(name: str) -> str | None:
    """What is wrong with a dotted name, as a sentence with the nearest right one; None where nothing is known against it."""
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return f'"{name}" is no dotted name, such as torch.nn.LSTM.'
    if name.startswith((f"{OPERATORS}.", "aten.")):
        return _unknown_operator(name)
    if parts[0] == "torch":
        return _unknown_in_torch(parts)
    if parts[0] in sys.stdlib_module_names or parts[0] == "numpy":
        return _unknown_here(name)
    if parts[0] in LIBRARIES:
        return None
    return _unknown_root(parts)


@functools.cache
def _torch() -> dict[str, frozenset[str]]:
    lines = (line.partition(":") for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {module: frozenset(names.split()) for module, _, names in lines}


def _unknown_in_torch(parts: list[str]) -> str | None:
    listed = _torch()
    for length in range(1, len(parts)):
        module, part = ".".join(parts[:length]), parts[length]
        if module not in listed or part.startswith("_"):
            return None
        if part not in listed[module] and not (module in HOMES and part in listed[OPERATORS]):
            near = _nearest(module, part, listed)
            return _complaint(".".join(parts), ".".join([near, *parts[length + 1 :]]) if near else "")
    return None


def _unknown_operator(name: str) -> str | None:
    """aten.softmax, or torch.ops.aten.softmax.int"""
    home, _, rest = name.rpartition("aten.")
    operator = rest.partition(".")[0]
    if operator.startswith("_") or operator in _torch()[OPERATORS]:
        return None
    close = difflib.get_close_matches(operator, sorted(_torch()[OPERATORS]), n=1)
    return _complaint(name, f"{home}aten.{close[0]}" if close else "")


def _nearest(module: str, word: str, listed: dict[str, frozenset[str]]) -> str:
    """The nearest name: nearly the same in this module, else the very same in another, else the closest in this one."""
    here = sorted(listed[module])
    alike = [name for name in here if name.lower() == word.lower()] or difflib.get_close_matches(word, here, 1, 0.9)
    elsewhere = [f"{other}.{word}" for other, names in listed.items() if word in names and other != OPERATORS]
    close = difflib.get_close_matches(word, here, n=1)
    found = [*(f"{module}.{name}" for name in alike), *elsewhere, *(f"{module}.{name}" for name in close)]
    return found[0] if found else ""


def _unknown_here(name: str) -> str | None:
    """A name of the standard library or of numpy, looked up in the library itself: both are installed here."""
    root = name.partition(".")[0]
    if root in _UNTOUCHED:
        return None
    module, _, word = name.rpartition(".")
    try:
        pkgutil.resolve_name(name)
        return None
    except (ImportError, AttributeError):
        pass
    except Exception:  # whatever a module does when it is imported is no reason to refuse its name
        return None
    try:
        around: Any = pkgutil.resolve_name(module) if module else None
    except Exception:
        return _complaint(name, "")
    close = difflib.get_close_matches(word, [n for n in dir(around) if not n.startswith("_")], n=1)
    return _complaint(name, f"{module}.{close[0]}" if close else "")


def _unknown_root(parts: list[str]) -> str | None:
    """A library that nobody here knows: taken for right, unless it is nearly one that is known, or no library at all."""
    root, rest = parts[0], parts[1:]
    if root in ALIASES:
        return _complaint(".".join(parts), ".".join([ALIASES[root], *rest]))
    if len(parts) == 1 and hasattr(builtins, root):
        return _complaint(root, f"builtins.{root}")
    if len(parts) == 1:
        elsewhere = [module for module, names in _torch().items() if root in names and module != OPERATORS]
        if elsewhere:
            return _complaint(root, f"{elsewhere[0]}.{root}")
    known = sorted(LIBRARIES | sys.stdlib_module_names)
    close = [name for name in known if name.lower() == root.lower()] or difflib.get_close_matches(root, known, 1, 0.8)
    return _complaint(".".join(parts), ".".join([close[0], *rest])) if close else None


def _complaint(name: str, nearest: str) -> str:
    return f'there is no "{name}". ' + (f'Did you mean "{nearest}"?' if nearest else "Give its full dotted name.")


def torch_list() -> str:
    """Every public name in the modules of the torch that is installed here, a line for each module."""
    import torch

    lines = [
        f"# Made with torch {torch.__version__} by python -m autograder.course.spelling.library_names > {LIST.name}"
    ]
    for module in MODULES:
        thing = pkgutil.resolve_name(module)
        names = [name for name in dir(thing) if not name.startswith("_") and _is_torchs(getattr(thing, name, None))]
        lines.append(f"{module}: {' '.join(names)}")
    operators = {name.removeprefix("aten::").partition(".")[0] for name in torch._C._dispatch_get_all_op_names()}
    plain = sorted(name for name in operators if name.isidentifier() and not name.startswith("_"))
    lines.append(f"{OPERATORS}: {' '.join(plain)}")
    return "\n".join(lines)


def _is_torchs(value: object) -> bool:
    """Not what a module merely imports: another module, or something of typing."""
    if isinstance(value, ModuleType):
        return value.__name__.split(".")[0] == "torch"
    return getattr(value, "__module__", None) not in ("typing", "typing_extensions", "__future__")


if __name__ == "__main__":
    print(torch_list())
