# %% [markdown] lang="en"
# # Attention
#
# A query asks, keys answer, values are what is handed over:
# $$A = \mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{d}}\right), \qquad C = A V.$$
# Each row of $A$ holds weights that are positive and sum to 1.

# %% [markdown] lang="ko"
# # 어텐션
#
# 쿼리가 묻고, 키가 답하고, 값이 전달됩니다.
# $$A = \mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{d}}\right), \qquad C = A V.$$
# $A$의 각 행은 양수이고 합이 1인 가중치입니다.

# %%
import torch

# %% [markdown] lang="en" task="attention_weights"
# ## 1. Weights (60 points)
# How much does each query look at each key? Mind large scores: the softmax must not overflow.

# %% [markdown] lang="ko" task="attention_weights"
# ## 1. 가중치 (60점)
# 각 쿼리는 각 키를 얼마나 볼까요? 점수가 커도 softmax가 넘치지 않아야 합니다.


# %% task="attention_weights"
def attention_weights(Q, K):
    """
    [en]
    Attention weights: returns A.
    [ko]
    어텐션 가중치: A를 돌려줍니다.
    [/]

    A = softmax(Q K^T / sqrt(d))
    [en]
    The softmax runs along the keys. Q: (n, d), K: (m, d), float. Returns (n, m), same dtype and device.
    Must be differentiable with respect to Q and K.
    Forbidden: torch.softmax and its relatives.
    [ko]
    softmax는 키 방향으로 계산합니다. Q: (n, d), K: (m, d), 실수. 결과: (n, m), 같은 dtype과 device.
    Q와 K에 대해 미분 가능해야 합니다.
    사용 금지: torch.softmax와 같은 일을 하는 함수.
    [/]
    """
    ### BEGIN SOLUTION
    scores = Q @ K.T / Q.shape[1] ** 0.5
    scores = scores - scores.amax(dim=1, keepdim=True)
    weights = scores.exp()
    return weights / weights.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% [markdown] lang="en" task="attention_weights" hint=1
# Softmax does not change when you take the same number away from a whole row.

# %% [markdown] lang="en" task="attention_weights" hint=2
# $a_{ij} = e^{s_{ij} - \max_k s_{ik}} \,/\, \sum_l e^{s_{il} - \max_k s_{ik}}$

# %% [markdown] lang="ko" task="attention_weights" hint=1
# 한 행 전체에서 같은 수를 빼도 softmax 값은 변하지 않습니다.

# %% [markdown] lang="ko" task="attention_weights" hint=2
# $a_{ij} = e^{s_{ij} - \max_k s_{ik}} \,/\, \sum_l e^{s_{il} - \max_k s_{ik}}$

# %% [markdown] lang="en" task="attend"
# ## 2. Context (40 points)
# Hand over the values, weighted.

# %% [markdown] lang="ko" task="attend"
# ## 2. 문맥 벡터 (40점)
# 값을 가중치만큼 모아 전달합니다.


# %% task="attend"
def attend(A, V):
    """
    [en]
    One context vector for each query: returns C = A V.

    A: (n, m), V: (m, p), float. Returns (n, p), same dtype and device. Must be differentiable with respect to A and V.
    [ko]
    쿼리마다 문맥 벡터 하나: C = A V를 돌려줍니다.

    A: (n, m), V: (m, p), 실수. 결과: (n, p), 같은 dtype과 device. A와 V에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return A @ V
    ### END SOLUTION


# %% [markdown] lang="en" task="attend" hint=1
# Each context vector is a weighted sum of the rows of V.

# %% [markdown] lang="en" task="attend" hint=2
# $c_i = \sum_j a_{ij} v_j$

# %% [markdown] lang="ko" task="attend" hint=1
# 문맥 벡터는 V의 행을 가중해서 더한 것입니다.

# %% [markdown] lang="ko" task="attend" hint=2
# $c_i = \sum_j a_{ij} v_j$

# %% tags=["explore"]
if ready(attention_weights):
    import matplotlib.pyplot as plt

    # [en] each position attends to positions with a similar angle
    # [ko] 각 위치는 각도가 비슷한 위치를 바라봅니다
    angle = torch.linspace(0, 6.28, 40)
    points = 3 * torch.stack([angle.cos(), angle.sin()], dim=1)
    plt.figure(figsize=(4, 3.4))
    plt.imshow(attention_weights(points, points), cmap="viridis")
    plt.colorbar(label="weight")
    plt.xlabel("key")
    plt.ylabel("query")
    plt.title("Attention on a circle")
    plt.show()
