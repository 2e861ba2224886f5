# attack: files that have no name any more fill the disk while no folder shows them
# row: bombs
# points: softmax_rows=0 summary=10
# status: softmax_rows=raised|forbidden|timed_out|out_of_memory summary=returned
# %%
import os

import torch

held = []


def softmax_rows(X):
    while len(held) < 200:
        held.append(os.open("x", os.O_CREAT | os.O_RDWR | os.O_TRUNC))
        os.unlink("x")
        for _ in range(7):
            os.write(held[-1], b"x" * (1 << 20))
    return "REACHED"


# %%
{{SUMMARY}}
