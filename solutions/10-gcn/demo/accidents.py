"""Single cells that go wrong, or look as if they did. The table in autograder/demo/gcn.py says what each must cost."""

# %% name="checks_by_hand"
# 손으로 확인
try:
    결과 = normalize_adj(torch.tensor([[0., 1.], [1., 0.]]))
    assert torch.allclose(결과, torch.full((2, 2), 0.5)), 결과
    print("맞음 ✅")
except NotImplementedError:
    print("아직...")

# %% name="adjacency_first_try"
def adjacency(n, edges, directed, weights=None):
    # 첫 번째 시도. 아래에 다시 짰음
    A = torch.zeros(n, n)
    for i, j in edges:
        A[i, j] += 1
    return A

# %% name="normalize_last_night"
# 마지막에 급하게 고친 것 (행마다 1이 되어야 하지 않나?)
def normalize_adj(A):
    A = A + torch.eye(len(A), dtype=A.dtype)
    return A / A.sum(dim=1)[:, None]

# %% name="pool_endless"
def graph_pool(X, A, S):
    X_new, k = S.T @ X, 0
    while k < S.shape[1]:
        X_new = X_new + 0     # k += 1 을 빼먹음
    return X_new, S.T @ A @ S

# %% name="adjacency_endless_when_empty"
def adjacency(n, edges, directed, weights=None):
    dtype = torch.float64 if weights is None else weights.dtype
    A = torch.zeros(n, n, dtype=dtype)
    node = 0
    while node != n - 1:      # n = 0 이면 끝나지 않음
        node += 1
    for e, (i, j) in enumerate(edges.tolist()):
        A[i, j] = 1.0 if weights is None else weights[e]
        if not directed:
            A[j, i] = A[i, j]
    return A

# %% name="readout_hungry"
def readout(H, gid, G, mode):
    copies = []
    while len(copies) < 10**9:
        copies.append(torch.ones(8_000_000) * len(copies))
    return copies[-1]

# %% name="pool_recursion"
def graph_pool(X, A, S):
    return graph_pool(X, A, S)

# %% name="pool_stack_bomb"
import sys
def graph_pool(X, A, S):
    sys.setrecursionlimit(10**9)
    def deeper(n):
        return sorted([n], key=lambda _: deeper(n + 1))
    return deeper(0)

# %% name="layer_os_exit"
import os
def gcn_layer(X, A_hat, W, b, act):
    if X.shape[1] > 0:
        os._exit(0)

# %% name="pool_sys_exit"
import sys
def graph_pool(X, A, S):
    sys.exit(0)

# %% name="pool_megabyte"
def graph_pool(X, A, S):
    print("S = ", "0123456789" * 120_000)
    return S.T @ X, S.T @ A @ S

# %% name="pool_input"
def graph_pool(X, A, S):
    k = int(input("클러스터 수: "))
    return S.T @ X, S.T @ A @ S

# %% name="pool_typo"
def graph_pool(X, A, S)
    return S.T @ X, S.T @ A @ S

# %% name="pool_misspelt"
def graph_pooling(X, A, S):
    return S.T @ X, S.T @ A @ S

# %% name="pool_swapped_pair"
def graph_pool(X, A, S):
    return S.T @ A @ S, S.T @ X

# %% name="normalize_in_place"
def normalize_adj(A):
    A.fill_diagonal_(1)
    d = A.sum(dim=1) ** -0.5
    return d[:, None] * A * d

# %% name="normalize_float32"
def normalize_adj(A):
    A = A.float() + torch.eye(len(A))
    D = torch.diag(A.sum(1).pow(-0.5))
    return D @ A @ D

# %% name="layer_through_numpy"
import numpy as np
def gcn_layer(X, A_hat, W, b, act):
    Z = A_hat.detach().numpy() @ X.detach().numpy() @ W.detach().numpy() + b.detach().numpy()
    if act == "relu":
        Z = np.maximum(Z, 0)
    elif act == "tanh":
        Z = np.tanh(Z)
    return torch.from_numpy(Z)

# %% name="layer_double_bias"
def gcn_layer(X, A_hat, W, b, act):
    return activate(A_hat @ X @ W + b + b, act)

# %% name="bwd_negative"
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    s = {"relu": (Z > 0).to(Z.dtype), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]
    dZ = -dH * s
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(0)

# %% name="bwd_autograd"
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    # 손으로 안 하고 자동 미분 사용...
    X, W, b = (t.detach().clone().requires_grad_(True) for t in (X, W, b))
    H = activate(A_hat @ X @ W + b, act)
    return torch.autograd.grad(H, (X, W, b), dH)

# %% name="ce_by_torch"
import torch.nn as nn
def node_ce(H, y, mask):
    p = torch.softmax(H, dim=1)
    n = max(int(mask.sum()), 1)
    d = mask[:, None] * (p - nn.functional.one_hot(y, H.shape[1])) / n
    loss = nn.functional.cross_entropy(H[mask], y[mask]) if mask.any() else H.sum() * 0
    return loss, d

def perm_check(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm][:, perm]), f(X, A)[perm], rtol=0, atol=1e-4)

# %% name="letters_first"
F, T = 64, 200                  # 특징 수, 에폭 수
torch = "2.5.1"                 # 쓰던 버전

# %% name="package_then_device"
import torch_geometric
device = torch.device("cpu")

# %% name="pool_on_device"
def graph_pool(X, A, S):
    St = S.T.to(device)
    return St @ X, St @ A @ S

# %% name="names_again"
readout = [0.9, 0.7, 0.4]       # 에폭마다 읽은 손실
for graph_pool in range(3):
    pass

# %% name="pool_with_own_helper"
def perm_check_named(M, S):   # 뒤에 나오는 주어진 코드와 이름이 우연히 같은 보조 함수
    return S.T @ M

def graph_pool(X, A, S):
    return perm_check_named(X, S), perm_check_named(A, S) @ S

# %% name="gradients_off"
torch.set_grad_enabled(False)   # 그림만 그릴 거라서
torch.set_default_dtype(torch.float16)

# %% name="annotations_later"
from __future__ import annotations

# %% name="pool_annotated"
def graph_pool(X: Features, A: Matrix | None, S: Assignment) -> Pair[Features, Matrix]:
    return S.T @ X, S.T @ A @ S

# %% name="pool_with_a_bar"
from tqdm.notebook import tqdm
def graph_pool(X, A, S):
    columns = [S[:, c] for c in tqdm(range(S.shape[1]), desc="클러스터")]
    St = torch.stack(columns) if columns else S.T
    return St @ X, St @ A @ S

# %% name="pool_written"
%%writefile pool_tools.py
def coarse(S, M):
    return S.T @ M

# %% name="pool_tools"
def coarse(S, M):
    return S.T @ M

# %% name="pool_imported"
from pool_tools import coarse
def graph_pool(X, A, S):
    return coarse(S, X), coarse(S, A) @ S

# %% name="pool_python_2"
def graph_pool(X, A, S):
    print "풀링", S.shape
    return S.T @ X, S.T @ A @ S

# %% name="adjacency_largest_node"
def adjacency(n, edges, directed, weights=None):
    dtype = torch.float64 if weights is None else weights.dtype
    assert edges.max() < n      # 엣지가 없으면 max()에서 예외가 난다
    A = torch.zeros(n, n, dtype=dtype)
    A[edges[:, 0], edges[:, 1]] = 1.0 if weights is None else weights
    if not directed:
        A[edges[:, 1], edges[:, 0]] = 1.0 if weights is None else weights
    return A

# %% name="text_online"
<p>노트북 파일로 제출합니다.</p>
