# attack: return the input, or the input of the call before
# row: inputs
# points: softmax_rows=1 summary=10
# status: softmax_rows=returned summary=returned
# %%
import torch

earlier = []


def softmax_rows(X):
    earlier.append(X)
    return next((x for x in earlier[:-1] if x.shape == X.shape and x.dtype == X.dtype), X)


# %%
{{SUMMARY}}
