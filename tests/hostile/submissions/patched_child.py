# attack: the loop that answers the host is replaced by one of the student's own
# row: patching
# points: softmax_rows=0 summary=0
# status: softmax_rows=bad_output|returned|crashed|timed_out summary=bad_output|returned|crashed|timed_out
# %%
import sys

import torch

child = sys.modules["child"]
written = child._write


def write(message):
    written(message.replace(b'"raised"', b'"passed"').replace(b'"value":', b'"points":'))


child._write = write


def softmax_rows(X):
    return torch.zeros_like(X)


def summary(X, k):
    return None
