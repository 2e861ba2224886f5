# attack: changed libraries, files, handlers, threads and environment, left behind for the next student
# row: neighbours
# points: softmax_rows=10 summary=10
# status: softmax_rows=returned summary=returned
# %%
import builtins
import os
import signal
import sys
import threading
import time

import numpy as np
import torch

builtins.left = np.left = torch.left = sys.left = True
os.environ.update(LEFT="1", LD_PRELOAD="/tmp/planted-{{TOKEN}}.so", PYTHONPATH="/tmp")
os.makedirs("a/" * 60)  # deeper ones count as a full disk, whenever somebody looks
os.mkdir("closed", 0)
for name in ("torch.py", "sitecustomize.py", "planted-{{TOKEN}}"):
    with open(name, "w") as file:
        file.write("raise SystemExit")
signal.signal(signal.SIGTERM, signal.SIG_IGN)
threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)]).start()
torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
np.seterr(all="ignore")

# %%
{{SOFTMAX}}
# %%
{{SUMMARY}}
