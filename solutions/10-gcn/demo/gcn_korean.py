"""A whole notebook with Korean names and comments, loops everywhere. All right."""

# %%
import math
import torch as 토치

# %%
def 무게(가중치, 번호):
    """가중치가 없으면 1"""
    return 1.0 if 가중치 is None else 가중치[번호].item()

def adjacency(n, edges, directed, weights=None):
    자료형 = 토치.float64 if weights is None else weights.dtype
    행렬 = [[0.0] * n for _ in range(n)]
    for 번호, (출발, 도착) in enumerate(edges.tolist()):
        행렬[출발][도착] = 무게(weights, 번호)
        if not directed:
            행렬[도착][출발] = 무게(weights, 번호)
    return 토치.tensor(행렬, dtype=자료형).reshape(n, n)

# %% [markdown]
# ## 정규화
# 차수 = 자기 자신을 포함한 행의 합!!

# %%
def normalize_adj(A):
    노드수 = A.shape[0]
    자기연결 = A + 토치.eye(노드수, dtype=A.dtype)
    차수 = 자기연결.sum(dim=1)
    결과 = 토치.zeros_like(A)
    for 행 in range(노드수):
        for 열 in range(노드수):
            결과[행, 열] = 자기연결[행, 열] / 토치.sqrt(차수[행]) / 토치.sqrt(차수[열])
    return 결과

# %%
def 활성화(값, 종류):
    if 종류 == "relu":
        return 토치.where(값 > 0, 값, 토치.zeros_like(값))
    elif 종류 == "tanh":
        return 토치.tanh(값)
    return 값

def gcn_layer(X, A_hat, W, b, act):
    변환 = X @ W          # 특징 섞기
    모음 = A_hat @ 변환    # 이웃 모으기
    return 활성화(모음 + b, act)

# %%
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    모음 = A_hat @ X
    Z = 모음 @ W + b
    if act == "relu":
        기울기 = dH.clone()
        기울기[Z <= 0] = 0
    elif act == "tanh":
        기울기 = dH * (1 - 토치.tanh(Z).pow(2))
    else:
        기울기 = dH
    dX = A_hat.T @ (기울기 @ W.T)
    dW = 모음.T @ 기울기
    db = 기울기.sum(0)
    return dX, dW, db

# %%
def gcn_net(X, A, Ws, skip, Ps=None):
    정규화 = normalize_adj(A)
    현재 = X
    for 층, W in enumerate(Ws):
        마지막 = 층 == len(Ws) - 1
        다음 = gcn_layer(현재, 정규화, W, 토치.zeros(W.shape[1], dtype=W.dtype), "identity" if 마지막 else "relu")
        if skip and Ps[층] is None:
            다음 = 다음 + 현재
        elif skip:
            다음 = 다음 + 현재 @ Ps[층]
        현재 = 다음
    return 현재

# %%
def readout(H, gid, G, mode):
    묶음 = {번호: [] for 번호 in range(G)}
    for 노드, 번호 in enumerate(gid.tolist()):
        묶음[번호].append(H[노드])
    가장큰 = max(len(노드들) for 노드들 in 묶음.values())
    영 = 토치.zeros(H.shape[1], dtype=H.dtype)
    결과 = []
    for 번호 in range(G):
        노드들 = 묶음[번호]
        if mode == "sorted-concat":
            노드들 = sorted(노드들, key=lambda 특징: 특징[0].item())
            노드들 = 노드들 + [영] * (가장큰 - len(노드들))
            결과.append(토치.cat(노드들))
        elif not 노드들:
            결과.append(영)
        elif mode == "max":
            결과.append(토치.stack(노드들).max(dim=0)[0])
        elif mode == "mean":
            결과.append(sum(노드들) / len(노드들))
        else:
            결과.append(sum(노드들))
    return 토치.stack(결과)

# %%
def graph_pool(X, A, S):
    전치 = S.transpose(0, 1)
    return 전치 @ X, 전치 @ A @ S

# %%
def node_ce(H, y, mask):
    손실 = H.new_zeros(())
    기울기 = 토치.zeros_like(H)
    남은 = [i for i in range(H.shape[0]) if bool(mask[i])]
    for i in 남은:
        최대 = H[i].max()
        지수 = 토치.exp(H[i] - 최대)
        합 = 지수.sum()
        손실 = 손실 + (토치.log(합) - (H[i, y[i]] - 최대)) / len(남은)
        확률 = 지수 / 합
        확률[y[i]] -= 1
        기울기[i] = 확률 / len(남은)
    return 손실, 기울기

# %%
def perm_check(f, X, A, perm):
    순서 = perm.tolist()
    새X = X[순서]
    새A = A[순서][:, 순서]
    차이 = f(새X, 새A) - f(X, A)[순서]
    return bool(차이.abs().max() < 1e-4)
