# attack: isinstance, type, len and open of builtins say what the student likes
# row: patching
# points: softmax_rows=0 summary=0
# status: softmax_rows=bad_output|raised|crashed|returned|timed_out|missing summary=bad_output|raised|crashed|returned|timed_out|missing
# %%
import builtins

import torch


def softmax_rows(X):
    builtins.isinstance = lambda *args: True
    builtins.issubclass = lambda *args: True
    builtins.len = lambda *args: 1
    return "right"


def summary(X, k):
    return "right"
