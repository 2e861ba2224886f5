"""What a call finds: torch and numpy as they are in a fresh process, whatever an exploration left behind.

`torch.set_grad_enabled(False)` in the last cell of a notebook is no answer to anything.
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

    device: of the call. On a GPU one algorithm for each operator, always the same; where an operator has none that is
    deterministic, torch warns and runs, for a right answer must not fail for the choice of device. On the CPU they are
    what they are on a machine without a GPU.
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
    """Take out default devices, and modes that were entered and never left."""
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
