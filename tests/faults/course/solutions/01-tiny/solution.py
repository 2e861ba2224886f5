# %% [markdown] lang="en"
# # Two sums

# %% [markdown] lang="ko"
# # 두 가지 합

# %%
import torch


# %% task="scale"
def scale(x, a):
    """a x, elementwise."""
    ### BEGIN SOLUTION
    return a * x
    ### END SOLUTION


# %% task="row_sums"
def row_sums(x):
    """Sums over the last axis."""
    ### BEGIN SOLUTION
    return torch.sum(x, dim=-1)
    ### END SOLUTION
