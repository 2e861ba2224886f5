# attack: an object that is equal to everything, by every protocol there is
# row: objects
# points: softmax_rows=0 summary=10
# status: softmax_rows=returned summary=returned
# %%
import numpy as np
import torch


class Always:
    shape, dtype, device, layout, requires_grad = (2, 3), torch.float64, torch.device("cpu"), torch.strided, True

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = None

    def __bool__(self):
        return True

    def __array__(self, *args, **options):
        return np.zeros((2, 3))

    def __array_function__(self, *args, **options):
        return True

    def __array_ufunc__(self, *args, **options):
        return True

    @classmethod
    def __torch_function__(cls, *args, **options):
        return True

    def __getattr__(self, name):
        return lambda *args, **options: self

    def __reduce__(self):
        return (print, ("unpickled",))


def softmax_rows(X):
    return Always()


# %%
{{SUMMARY}}
