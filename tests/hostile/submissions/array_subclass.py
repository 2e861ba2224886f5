# attack: an ndarray subclass with a false shape, dtype and bytes
# row: objects
# points: softmax_rows=0 summary=10
# status: softmax_rows=returned summary=returned
# %%
import numpy as np
import torch


class Liar(np.ndarray):
    shape = property(lambda self: (1 << 40,))
    dtype = property(lambda self: np.dtype(object))
    __eq__ = lambda self, other: True

    def tobytes(self, *args):
        return b"x" * 10

    def __array_finalize__(self, other):
        pass


def softmax_rows(X):
    return np.zeros((2, 3)).view(Liar)


# %%
{{SUMMARY}}
