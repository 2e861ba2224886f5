# attack: half an answer, and silence
# row: frames
# points: softmax_rows=0 summary=10
# status: softmax_rows=timed_out summary=returned
# %%
import torch

{{CHANNEL}}


def softmax_rows(X):
    os.write(3, struct.pack("<4sIQ", b"AGW1", 1000, 0) + b'{"op":')
    time.sleep(99)


# %%
{{SUMMARY}}
