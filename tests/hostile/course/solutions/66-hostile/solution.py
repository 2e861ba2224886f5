# %% [markdown] lang="en"
# # A target
# Two small tasks for attacks to miss.

# %% [markdown] lang="ko"
# # 과녁
# 공격이 빗나가야 할 작은 과제 두 개입니다.

# %%
import torch


# %% tags=["provided"]
def doubled(X):
    """Given code, which a student may try to bend."""
    return 2 * X


# %% task="softmax_rows"
def softmax_rows(X):
    """The softmax of each row. X: (n, m). Forbidden: torch.softmax."""
    ### BEGIN SOLUTION
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% task="summary"
def summary(X, k):
    """(mean of each column, sum of all, {"rows": n, "top": indices of the k largest sums of rows})."""
    ### BEGIN SOLUTION
    top = X.sum(dim=1).argsort(descending=True, stable=True)[:k]
    return X.mean(dim=0), float(X.sum()), {"rows": X.shape[0], "top": top}
    ### END SOLUTION
