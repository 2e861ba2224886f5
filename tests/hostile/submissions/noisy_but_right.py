# attack: none: a right answer with everything on stderr that makes other graders give 0
# row: warnings
# points: softmax_rows=10 summary=10
# status: softmax_rows=returned summary=returned
# %%
import logging
import sys
import warnings

import numpy as np
import torch

warnings.warn("an old way of doing it", DeprecationWarning)
np.float64(1) / np.float64(0)
print("Exception ignored in: <function ...>", file=sys.stderr)
logging.getLogger("torch").error("something")


# %%
def softmax_rows(X):
    warnings.warn("floor_divide is deprecated", UserWarning)
    print("W0000 traceback", file=sys.stderr)
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)


# %%
{{SUMMARY}}
