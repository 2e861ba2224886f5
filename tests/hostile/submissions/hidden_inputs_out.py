# attack: carry the inputs of hidden calls out in the outputs, errors and prints of calls that the report shows
# row: reading
# points: softmax_rows=0 summary=0
# status: softmax_rows=raised|returned summary=raised|returned
# %%
import sys

import torch

MARK = "HID" + "DEN"  # not in the source that reports quote

seen = []


def softmax_rows(X):
    seen.append(X.tolist())
    if X.shape[0] > 2:
        print(MARK, X.tolist())
        raise type(MARK + str(X.tolist()).translate({ord(c): "_" for c in "[]., -"}), (Exception,), {})(MARK)
    print([x for x in seen if len(x) > 2] and MARK, seen)
    return torch.tensor([x for x in seen][-1])[:1]


def summary(X, k):
    print([x for x in seen if len(x) > 2] and MARK, seen)
    raise ValueError((MARK if any(len(x) > 2 for x in seen) else "") + repr(seen))
