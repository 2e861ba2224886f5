# attack: carry the inputs of hidden calls out in the outputs, errors and prints of calls that the report shows
# row: reading
# points: softmax_rows=0 summary=0
# status: softmax_rows=raised|returned summary=raised|returned
# %%
import sys

import torch

seen = []


def softmax_rows(X):
    seen.append(X.tolist())
    if X.shape[0] > 2:
        print("HIDDEN", X.tolist())
        raise type("HIDDEN" + str(X.tolist()).translate({ord(c): "_" for c in "[]., -"}), (Exception,), {})("HIDDEN")
    print([x for x in seen if len(x) > 2] and "HIDDEN", seen)
    return torch.tensor([x for x in seen][-1])[:1]


def summary(X, k):
    print([x for x in seen if len(x) > 2] and "HIDDEN", seen)
    raise ValueError(("HIDDEN" if any(len(x) > 2 for x in seen) else "") + repr(seen))
