# attack: given code, its names and the names of the tasks are bent from other cells
# row: patching
# points: softmax_rows=10 summary=1
# status: softmax_rows=returned summary=returned
# %%
import sys
import types

import torch


def doubled(X):
    return "bent"


# %%
{{SOFTMAX}}
# %%
main = sys.modules["__main__"]


class Main(types.ModuleType):
    def __setattr__(self, name, value):
        super().__setattr__(name, "bent")


main.__class__ = Main
del doubled


def summary(X, k):
    assert main.doubled is not None if hasattr(main, "doubled") else True
    return torch.zeros(X.shape[1], dtype=X.dtype), 0.0, {"rows": 0, "top": torch.zeros(k, dtype=torch.int64)}
