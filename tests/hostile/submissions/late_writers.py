# attack: a copy of the channel, a thread, an exit handler and a finaliser that write when the call is over
# row: frames
# points: softmax_rows=0 summary=0
# status: softmax_rows=bad_output|returned summary=returned|bad_output
# %%
import atexit
import weakref

import torch

{{CHANNEL}}
copy = os.dup(3)


class Last:
    pass


def writer(id):
    time.sleep(0.002)
    for n in range(id, 12):
        answer(n, ["t", "late"])


def softmax_rows(X):
    id = current()
    threading.Thread(target=writer, args=(id,)).start()
    atexit.register(say, {"op": "call", "id": id, "status": "returned"}, fd=copy)
    weakref.finalize(Last(), say, {"op": "call", "id": id, "status": "returned"}, fd=copy)
    return None


# %%
def summary(X, k):
    return None
