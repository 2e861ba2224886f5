# attack: the answers of the visible cases, which every student holds, and nothing else
# row: lookup
# points: softmax_rows=4 summary=4
# status: softmax_rows=returned summary=returned
# %%
import torch

answers = {{ANSWERS}}


def softmax_rows(X):
    return torch.tensor(answers.get(f"{X.shape}{X.sum():.6f}") or [0.0], dtype=X.dtype)


def summary(X, k):
    found = answers.get(f"{X.shape}{X.sum():.6f}")
    if found is None:
        return None
    mean, total, rows, top = found
    return torch.tensor(mean, dtype=X.dtype), total, {"rows": rows, "top": torch.tensor(top)}
