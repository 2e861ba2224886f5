"""Known libraries, and what in them gives access to anything (`DOORS`) or to the record of operators (`PROBES`)."""

from __future__ import annotations

import ast
import sys

# What notebooks of this field import. Anything else may be a file that a cell has written.
_KNOWN = frozenset(
    [
        "torch",
        "torchvision",
        "torchaudio",
        "torchtext",
        "torch_geometric",
        "torchmetrics",
        "torchinfo",
        "torchsummary",
        "lightning",
        "pytorch_lightning",
        "functorch",
        "numpy",
        "scipy",
        "pandas",
        "sklearn",
        "matplotlib",
        "seaborn",
        "plotly",
        "PIL",
        "cv2",
        "skimage",
        "imageio",
        "networkx",
        "tqdm",
        "einops",
        "sympy",
        "numba",
        "jax",
        "tensorflow",
        "keras",
        "transformers",
        "datasets",
        "gym",
        "gymnasium",
        "IPython",
        "ipywidgets",
        "google",
        "nltk",
        "requests",
        "yaml",
        "h5py",
        "psutil",
        "typing_extensions",
        "autograder",
        "__main__",
        "builtins",
        "checker",
        "pylab",
        "mpl_toolkits",
    ]
)

# Doors: what they return need not be named in the code. Each entry stands for the name and for all below it.
DOORS = (
    "gc.get_referents", "gc.get_referrers", "gc.get_objects", "ctypes", "_ctypes", "cffi", "pickle.load", "pickle.loads",
    "pickle.Unpickler", "_pickle", "marshal.loads", "marshal.load", "runpy", "code", "codeop", "types.FunctionType",
    "types.CodeType", "types.LambdaType", "importlib.util", "importlib.machinery", "importlib.reload", "zipimport", "imp",
    "torch.fx", "torch.jit.load", "torch.package", "torch.utils.cpp_extension", "unittest.mock", "doctest", "pdb", "bdb",
    "builtins.compile", "string.Formatter", "inspect.getmembers",
)  # fmt: skip
# What finds the record of operators, blinds it, or runs beside it.
PROBES = (
    "sys.setprofile", "sys.getprofile", "sys.settrace", "sys.gettrace", "sys.monitoring", "sys._getframe",
    "sys._current_frames", "threading.setprofile", "threading.settrace", "threading.setprofile_all_threads", "_thread",
    "threading._start_new_thread", "threading._start_joinable_thread", "inspect.stack", "inspect.currentframe",
    "torch._C.DisableTorchFunction", "torch._C.DisableTorchFunctionSubclass", "torch._C._DisableTorchDispatch",
    "torch._C._len_torch_function_stack", "torch._C._len_torch_dispatch_stack", "torch.utils._python_dispatch",
    "torch.overrides", "runner", "recorder", "sys.modules.runner", "sys.modules.recorder",
)  # fmt: skip


def imported_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that a statement imports, by their full names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if not node.level else ["."]


def is_known_library(name: str) -> bool:
    """Whether a dotted name is of a library, and not of a file that somebody wrote."""
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or top in _KNOWN


def is_of(name: str, table: tuple[str, ...]) -> bool:
    """Whether a name is one of these, or stands below one."""
    return any(name == entry or name.startswith(entry + ".") for entry in table)


__all__ = ["DOORS", "PROBES", "imported_modules", "is_known_library", "is_of"]
