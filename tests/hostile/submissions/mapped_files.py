# attack: the same through shared memory, which no system call counts
# row: bombs
# points: softmax_rows=0 summary=10
# status: softmax_rows=raised|crashed|forbidden|timed_out|out_of_memory summary=returned
# %%
import mmap
import os

import torch

held = []


def softmax_rows(X):
    while len(held) < 200:
        file = os.open(".", os.O_TMPFILE | os.O_RDWR)
        held.append(file)
        os.ftruncate(file, 7 << 20)
        with mmap.mmap(file, 7 << 20) as memory:
            memory.write(b"x" * (7 << 20))
    return "REACHED"


# %%
{{SUMMARY}}
