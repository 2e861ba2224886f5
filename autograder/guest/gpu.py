"""A GPU as a child gets it: numbers that do not depend on the run, and a part of the memory.

Only a child calls this. CUDA must not be initialised in the zygote: its state does not survive a fork, and a device
error would outlive the child that caused it. A child's context, its memory and its errors end with it. This module does
not initialise CUDA either: a context takes a quarter of a second, and a child whose calls need no GPU makes none.
"""

from __future__ import annotations

import os


def settle(fraction: float) -> None:
    """Make torch on CUDA compute as it does on the CPU: no TF32, and cuDNN's algorithms always the same (see `defaults`).

    fraction: the part of each GPU's memory that torch's allocator may take in this process, for guests that share a
        GPU. Code that allocates around torch is bounded by the GPU only.
    """
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # before cuBLAS starts, for determinism
    import torch

    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    torch.utils.deterministic.fill_uninitialized_memory = False  # torch.empty as on the CPU

    def share() -> None:
        for number in range(torch.cuda.device_count()):
            torch.cuda.set_per_process_memory_fraction(fraction, number)

    torch.cuda._lazy_call(share)  # runs when CUDA is initialised, if ever
