# attack: list, dict, float and str subclasses whose methods tell another story than their contents
# row: objects
# points: softmax_rows=10 summary=0
# status: softmax_rows=returned summary=returned
# %%
import torch


class Number(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __float__(self):
        while True:
            pass

    hex = is_integer = __float__


class Words(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("rows")


class Book(dict):
    def __iter__(self):
        while True:
            yield "rows"

    def items(self):
        return [("rows", 3), ("top", None)] * 10**6

    keys = values = __iter__

    def __len__(self):
        return 10**9


class Pages(tuple):
    def __iter__(self):
        while True:
            yield 0

    def __len__(self):
        return 10**9


# %%
{{SOFTMAX}}


# %%
def summary(X, k):
    return Pages((Number("nan"), Number("nan"), Book({Words("cols"): 0})))
