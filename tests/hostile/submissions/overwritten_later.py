# attack: one buffer for every call, written again by a thread after it was returned
# row: inputs
# points: softmax_rows=1 summary=10
# status: softmax_rows=returned summary=returned
# %%
import threading
import time

import torch

kept = {}


def rewrite(buffer):
    for _ in range(50):
        time.sleep(0.001)
        buffer.fill_(0.5)


def softmax_rows(X):
    buffer = kept.setdefault(X.shape, torch.zeros_like(X))
    threading.Thread(target=rewrite, args=(buffer,), daemon=True).start()
    return buffer if buffer.dtype == X.dtype else torch.zeros_like(X)


# %%
{{SUMMARY}}
