"""The global settings of torch and numpy, set back before each call to those of a fresh child.

A cell that leaves `torch.set_grad_enabled(False)` behind must not change what the student's functions return.
"""

from __future__ import annotations

import numpy as np

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

_ERRORS = np.geterr()


def restore(device: str = "cpu") -> None:
    """Set what differs; where nothing does, this takes some microseconds.

    device: of the call. "cuda" asks for deterministic algorithms; an operator that has none warns and runs, because a
        right answer must not fail for the choice of device. "cpu" does not ask, as on a machine without a GPU.
    """
    if np.geterr() != _ERRORS:
        np.seterr(**_ERRORS)
    if torch is None:
        return
    _leave_modes()
    if torch.is_inference_mode_enabled():
        torch._C._InferenceMode(False).__enter__()
    if not torch.is_grad_enabled():
        torch._C._set_grad_enabled(True)
    if torch.get_default_dtype() is not torch.float32:
        torch.set_default_dtype(torch.float32)
    if torch.is_anomaly_enabled():
        torch.set_anomaly_enabled(False)
    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)
    if torch.are_deterministic_algorithms_enabled() is not (device == "cuda"):
        torch.use_deterministic_algorithms(device == "cuda", warn_only=True)
    if torch.get_float32_matmul_precision() != "highest":
        torch.set_float32_matmul_precision("highest")
    for device in ("cpu", "cuda"):
        if torch.is_autocast_enabled(device):
            torch.set_autocast_enabled(device, False)


def _leave_modes() -> None:
    """Leave the modes that were entered and never left, and undo `torch.set_default_device`."""
    from torch import overrides
    from torch.utils import _device, _python_dispatch

    for current, pop in (
        (overrides._get_current_function_mode, overrides._pop_mode),
        (_python_dispatch._get_current_dispatch_mode, _python_dispatch._pop_mode),
    ):
        while current() is not None:
            pop()
    context = getattr(torch, "_GLOBAL_DEVICE_CONTEXT", None)
    if context is not None and getattr(context, "device_context", None) is not None:
        context.device_context = None
        _device.CURRENT_DEVICE = None
