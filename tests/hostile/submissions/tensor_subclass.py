# attack: a tensor of zeros whose class lies about comparison, conversion and copies
# row: objects
# points: softmax_rows=1 summary=10
# status: softmax_rows=returned summary=returned
# %%
import torch


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in ("allclose", "equal", "isclose", "eq", "__eq__", "all", "__bool__"):
            return True
        return super().__torch_function__(func, types, args, kwargs or {})

    def __eq__(self, other):
        return True

    def numpy(self, *args, **options):
        raise SystemExit("100 points")

    detach = cpu = clone = tolist = __array__ = numpy


def softmax_rows(X):
    return torch.zeros_like(X).as_subclass(Liar)


# %%
{{SUMMARY}}
