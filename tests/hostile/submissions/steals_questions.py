# attack: a thread reads the host's questions, with the inputs of hidden calls, and answers them itself
# row: frames
# points: softmax_rows=0 summary=0
# status: softmax_rows=returned|bad_output|timed_out|crashed summary=returned|bad_output|timed_out|crashed
# %%
import torch

{{CHANNEL}}


def thief():
    while True:
        question = os.read(3, 1 << 20)
        if not question:
            return
        for id in range(12):
            if b'"id":%d,' % id in question:
                answer(id, ["t", "stolen"])


def softmax_rows(X):
    threading.Thread(target=thief, daemon=True).start()
    time.sleep(0.05)
    return None


def summary(X, k):
    return None
