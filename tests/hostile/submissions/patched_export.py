# attack: export and pack are replaced, so that whatever is returned leaves as something else
# row: patching
# points: softmax_rows=0 summary=0
# status: softmax_rows=raised summary=raised
# %%
import sys

import torch

runner = sys.modules["runner"]
runner.export = lambda value, budget, depth=0: "whatever you expect"
runner.soft_limit = runner._nothing
runner.seed_everything = lambda: None


def softmax_rows(X):
    return torch.zeros_like(X)


# %%
{{SUMMARY}}
