# %% [markdown] lang="en"
# # Graph convolutional networks (GCN)
#
# Lecture 10. You build a graph convolutional network from its smallest part: the adjacency matrix and its normalisation,
# one layer forward and backward, a stack of layers with skip connections, readout, pooling, and the loss on labelled nodes.
# On the way your own functions embed a small social network, smooth one until nothing is left, and learn to classify ninety
# nodes from six labels.

# %% [markdown] lang="ko"
# # 그래프 합성곱 신경망 (GCN)
#
# 10강 과제입니다. 그래프 합성곱 신경망을 가장 작은 부품부터 만들어 갑니다. 인접 행렬과 정규화, 층 하나의 순전파와 역전파,
# 스킵 연결로 쌓은 신경망, 리드아웃과 풀링, 그리고 레이블이 있는 노드에서만 계산하는 손실까지 구현합니다. 중간중간 여러분이
# 만든 함수로 작은 사회 관계망을 평면에 펼쳐 보고, 층을 너무 많이 쌓으면 무슨 일이 생기는지 확인하고, 레이블 여섯 개만으로
# 노드 아흔 개를 분류해 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# A graph is a set of nodes and a set of edges. Two matrices hold it: the features $X\in\mathbb R^{n\times D}$, one row for
# each node, and the adjacency matrix $A\in\mathbb R^{n\times n}$, where $A_{ij}\neq 0$ says that there is an edge
# $i\to j$. In an undirected graph $A$ is symmetric. (The lecture notes call a directed edge a causal relation. It is only
# a direction: "follows", "cites", "links to".)
#
# A convolution computes the next value of a pixel from the pixels around it, with one filter for the whole image. A GCN
# layer does the same on a graph: it computes the next features of a node from its neighbours, with one weight matrix for
# all nodes,
#
# $$H=\sigma(\hat A X W+b),\qquad \hat A=\tilde D^{-1/2}\tilde A\,\tilde D^{-1/2},\quad \tilde A=A+I,\quad
# \tilde D_{ii}=\textstyle\sum_j\tilde A_{ij}.$$
#
# %% [markdown] lang="en"
# ### Corrections to the lecture notes
#
# The notes write $\hat A=D^{-1/2}AD^{-1/2}$ and mention the self-loops only in a table, next to the
# adjacency matrix. They belong in the formula, and *before* the degrees are counted: without them a node forgets its own
# features, and an isolated node has degree 0, so that $0^{-1/2}=\infty$. The summary also says that $X$, $W$ and $A$ "are
# multiplied" as if the order were free. It is $\hat A X W$: $\hat A$ mixes rows (nodes), $W$ mixes columns (features).
#
# ### Conventions
#
# - $A$ is given without self-loops (zero diagonal), rows are the sources of edges, and degrees are **row** sums.
# - Masks: 1 (True) means keep. ReLU has derivative 0 at 0.
# - Results have the dtype and device of the inputs, losses are 0-d tensors, and no function changes its inputs.
# - Backward functions are written by hand: `torch.autograd` is forbidden there.

# %% [markdown] lang="ko"
# ## 복습
#
# 그래프는 노드의 집합과 엣지의 집합입니다. 이를 두 행렬에 담습니다. 노드마다 한 행씩 특징을 적은
# $X\in\mathbb R^{n\times D}$와 인접 행렬 $A\in\mathbb R^{n\times n}$이며, $A_{ij}\neq 0$이면 엣지 $i\to j$가 있다는 뜻입니다.
# 무방향 그래프에서는 $A$가 대칭입니다. (강의 노트는 방향 엣지를 인과관계라고 설명하지만, 방향이 있다고 해서 인과인 것은
# 아닙니다. "팔로우한다", "인용한다", "링크한다"처럼 방향만 나타냅니다.)
#
# 합성곱은 이미지 전체에 같은 필터를 쓰면서 주변 픽셀로부터 다음 층의 픽셀 값을 계산합니다. GCN 층은 그래프에서 같은 일을
# 합니다. 모든 노드가 가중치 행렬 하나를 공유하고, 이웃 노드의 특징으로부터 다음 층의 특징을 계산합니다.
#
# $$H=\sigma(\hat A X W+b),\qquad \hat A=\tilde D^{-1/2}\tilde A\,\tilde D^{-1/2},\quad \tilde A=A+I,\quad
# \tilde D_{ii}=\textstyle\sum_j\tilde A_{ij}$$
#
# %% [markdown] lang="ko"
# ### 강의 노트에서 바로잡을 점
#
# 강의 노트에는 $\hat A=D^{-1/2}AD^{-1/2}$라고 적혀 있고, 자기 연결(self-loop)은 표의 인접 행렬
# 항목에서만 언급합니다. 자기 연결은 식 안에, 그것도 차수를 세기 *전에* 들어가야 합니다. 빠뜨리면 노드가 자기 자신의 특징을 잊고,
# 고립된 노드는 차수가 0이라 $0^{-1/2}=\infty$가 됩니다. 또 요약표에는 $X$, $W$, $A$를 "곱한다"고만 되어 있어 순서가 자유로운 것처럼
# 보이지만, 올바른 순서는 $\hat A X W$입니다. $\hat A$는 행(노드)을 섞고 $W$는 열(특징)을 섞습니다.
#
# ### 이 노트북의 약속
#
# - $A$는 자기 연결 없이(대각 원소가 0) 주어집니다. 행이 엣지의 출발점이고, 차수는 **행**의 합입니다.
# - 마스크는 1(True)이면 사용한다는 뜻입니다. 0에서 ReLU의 미분값은 0으로 정합니다.
# - 결과의 dtype과 device는 입력과 같고, 손실은 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않습니다.
# - 역전파 함수는 손으로 씁니다. 이런 문제에서는 `torch.autograd`를 쓸 수 없습니다.

# %%
import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# The activations by name, a random graph with communities, and coordinates for drawing it.
# The names `activate`, `community_graph` and `spring_layout` are taken: give your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 이름으로 고르는 활성화 함수, 집단이 있는 무작위 그래프, 그래프를 그릴 때 쓰는 좌표입니다.
# 이름 `activate`, `community_graph`, `spring_layout`은 이미 쓰이고 있으니 여러분의 도우미 함수에는 다른 이름을 붙이세요.


# %% tags=["provided"]
def activate(Z, act):
    """act(Z), act in {"relu", "tanh", "identity"}."""
    return {"relu": torch.relu, "tanh": torch.tanh, "identity": lambda z: z}[act](Z)


def community_graph(sizes, p_in, p_out, seed):
    """
    [en]
    A random undirected graph: (edges (E, 2) int64, community of each node (n,) int64).

    Two nodes of one community are connected with probability p_in, two nodes of different ones with p_out.
    [ko]
    무작위 무방향 그래프를 만들어 (엣지 (E, 2) int64, 각 노드의 집단 (n,) int64)를 돌려줍니다.

    같은 집단의 두 노드는 확률 p_in으로, 다른 집단의 두 노드는 확률 p_out으로 연결됩니다.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    community = torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))
    same = community[:, None] == community[None, :]
    p = torch.where(same, torch.tensor(p_in), torch.tensor(p_out))
    hit = torch.rand(p.shape, generator=generator) < p
    return hit.triu(1).nonzero(), community


def spring_layout(A, seed, steps=300):
    """
    [en]
    (n, 2) coordinates for drawing: edges pull their ends together, all nodes push each other away.
    [ko]
    그래프를 그릴 좌표 (n, 2)를 구합니다. 엣지는 양 끝을 끌어당기고, 모든 노드는 서로 밀어냅니다.
    [/]
    """
    n = A.shape[0]
    xy = torch.rand(n, 2, dtype=A.dtype, generator=torch.Generator().manual_seed(seed)) - 0.5
    k = (1.0 / n) ** 0.5
    for step in range(steps):
        delta = xy[:, None] - xy[None, :]
        distance = delta.norm(dim=2).clamp(min=0.01)
        force = k * k / distance**2 - A * distance / k
        move = (delta * force[:, :, None]).sum(dim=1) - 0.4 * k * xy
        xy = xy + move / move.norm(dim=1, keepdim=True).clamp(min=1e-9) * 0.1 * (1 - step / steps)
    return xy


# %% [markdown] lang="en" task="adjacency"
# ## 1. Adjacency matrix (8 points)
#
# Graphs usually arrive as a list of edges. Turn it into a matrix: $A_{ij}$ is the weight of the edge from $i$ to $j$ (1 in
# an unweighted graph) and 0 where there is none. In an undirected graph each edge leads both ways. Real lists are messy:
# they name an edge twice, or once in each direction, or an edge from a node to itself.

# %% [markdown] lang="ko" task="adjacency"
# ## 1. 인접 행렬 (8점)
#
# 그래프는 보통 엣지 목록으로 주어집니다. 이를 행렬로 바꿔 보세요. $A_{ij}$는 $i$에서 $j$로 가는 엣지의 가중치(가중치가 없는
# 그래프에서는 1)이고, 엣지가 없으면 0입니다. 무방향 그래프에서는 엣지 하나가 양쪽 방향으로 이어집니다. 실제 목록은 깔끔하지
# 않아서 같은 엣지가 두 번 나오거나, 방향만 바뀌어 다시 나오거나, 한 노드에서 자기 자신으로 가는 엣지가 들어 있기도 합니다.


# %% task="adjacency"
def adjacency(n, edges, directed, weights=None):
    """
    [en]
    Adjacency matrix (n, n): A[i, j] = weight of the edge i -> j, 0 where there is no edge.

    n: int >= 0. edges: (E, 2) int64 tensor, rows (i, j), nodes are 0 ... n-1. directed: bool.
    weights: None (every edge has weight 1) or (E,) float tensor.
    Returns (n, n) on the device of edges, with the dtype of weights; float64 if weights is None.

    Undirected: the edge (i, j) sets A[i, j] and A[j, i]. An edge that is listed more than once (undirected: also as
    (j, i)) has the same weight each time and counts once. A self-edge (i, i) sets A[i, i] to its weight, once.
    E = 0 and n = 0 are allowed.
    Forbidden: networkx, torch_geometric.
    [ko]
    인접 행렬 (n, n)을 만듭니다. A[i, j]는 엣지 i -> j의 가중치이고, 엣지가 없으면 0입니다.

    n: int >= 0. edges: (E, 2) int64 텐서, 한 행이 (i, j), 노드는 0 ... n-1. directed: bool.
    weights: None(모든 엣지의 가중치가 1) 또는 (E,) float 텐서.
    결과: (n, n), device는 edges와 같고 dtype은 weights와 같습니다. weights가 None이면 float64입니다.

    무방향이면 엣지 (i, j)가 A[i, j]와 A[j, i]를 모두 정합니다. 여러 번 나온 엣지(무방향이면 (j, i)로 나온 것도 포함)는
    가중치가 매번 같으며 한 번만 셉니다. 자기 엣지 (i, i)는 A[i, i]를 그 가중치로 한 번만 정합니다. E = 0, n = 0일 수도
    있습니다.
    사용 금지: networkx, torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    dtype = torch.float64 if weights is None else weights.dtype
    A = torch.zeros(n, n, dtype=dtype, device=edges.device)
    w = torch.ones(len(edges), dtype=dtype, device=edges.device) if weights is None else weights
    i, j = edges[:, 0], edges[:, 1]
    A[i, j] = w
    if not directed:
        A[j, i] = w
    return A
    ### END SOLUTION


# %% [markdown] lang="en" task="adjacency" hint=1
# *Set* an entry, do not add to it: then an edge that is listed twice, and a self-edge, take care of themselves.

# %% [markdown] lang="ko" task="adjacency" hint=1
# 원소에 값을 더하지 말고 *대입*하세요. 그러면 두 번 나온 엣지와 자기 엣지는 저절로 해결됩니다.

# %% [markdown] lang="en" task="adjacency" hint=2
# For edge $e=(i,j)$ with weight $w_e$: $A_{ij}\leftarrow w_e$, and if the graph is undirected also $A_{ji}\leftarrow w_e$.

# %% [markdown] lang="ko" task="adjacency" hint=2
# 가중치가 $w_e$인 엣지 $e=(i,j)$마다 $A_{ij}\leftarrow w_e$로 두고, 무방향이면 $A_{ji}\leftarrow w_e$도 함께 둡니다.

# %% [markdown] lang="en" task="normalize_adj"
# ## 2. Normalisation (16 points)
#
# $AX$ sums over the neighbours. A node with a hundred neighbours then gets features a hundred times as large as a node with
# one, and with every layer the gap grows. The symmetric normalisation divides the edge $i$–$j$ by
# $\sqrt{\tilde d_i\tilde d_j}$: a busy neighbour counts less, and for a symmetric $A$ the eigenvalues of $\hat A$ lie in
# $(-1,1]$, so that a stack of layers neither explodes nor oscillates. Self-loops come first, degrees after them.

# %% [markdown] lang="ko" task="normalize_adj"
# ## 2. 정규화 (16점)
#
# $AX$는 이웃의 특징을 모두 더합니다. 그러면 이웃이 백 개인 노드는 한 개인 노드보다 특징 값이 백 배 커지고, 층을 지날수록 차이가
# 더 벌어집니다. 대칭 정규화는 엣지 $i$–$j$를 $\sqrt{\tilde d_i\tilde d_j}$로 나눕니다. 연결이 많은 이웃일수록 영향이 작아지고,
# $A$가 대칭이면 $\hat A$의 고윳값이 $(-1,1]$ 안에 들어와 층을 쌓아도 값이 폭발하거나 진동하지 않습니다. 자기 연결을 먼저 더하고,
# 차수는 그다음에 셉니다.


# %% task="normalize_adj"
def normalize_adj(A):
    """
    [en]
    A_hat = D^-1/2 (A + I) D^-1/2, where D = diag(row sums of A + I).

    A: (n, n) float tensor, n >= 1, non-negative weights, zero diagonal, symmetric or not. Returns (n, n).

    The degree of node i is the sum of ROW i of A + I, for directed graphs too, on both sides of the product.
    An isolated node gets 1 on the diagonal and 0 elsewhere.
    Forbidden: torch_geometric.
    [ko]
    A_hat = D^-1/2 (A + I) D^-1/2를 구합니다. 여기서 D = diag(A + I의 행의 합)입니다.

    A: (n, n) float 텐서, n >= 1, 가중치는 0 이상, 대각 원소는 0이며 대칭이 아닐 수도 있습니다. 결과: (n, n).

    노드 i의 차수는 A + I의 i번째 '행'의 합입니다. 방향 그래프에서도 곱의 양쪽에 같은 차수를 씁니다.
    고립된 노드는 대각 원소가 1이고 나머지는 0입니다.
    사용 금지: torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    A_tilde = A + torch.eye(A.shape[0], dtype=A.dtype, device=A.device)
    d = A_tilde.sum(dim=1).rsqrt()
    return d[:, None] * A_tilde * d[None, :]
    ### END SOLUTION


# %% [markdown] lang="en" task="normalize_adj" hint=1
# Every node is its own neighbour; add these self-loops before anything else. Multiplying by a diagonal matrix from the left
# scales rows, from the right it scales columns: no matrix power is needed.

# %% [markdown] lang="ko" task="normalize_adj" hint=1
# 모든 노드는 자기 자신의 이웃이기도 합니다. 이 자기 연결을 무엇보다 먼저 더하세요. 대각 행렬을 왼쪽에서 곱하면 행의 크기가,
# 오른쪽에서 곱하면 열의 크기가 바뀔 뿐이므로 행렬의 거듭제곱을 계산할 필요는 없습니다.

# %% [markdown] lang="en" task="normalize_adj" hint=2
# $\tilde A=A+I,\quad\tilde d_i=\sum_j\tilde A_{ij},\quad\hat A_{ij}=\tilde A_{ij}\,/\sqrt{\tilde d_i\,\tilde d_j}$

# %% [markdown] lang="ko" task="normalize_adj" hint=2
# $\tilde A=A+I,\quad\tilde d_i=\sum_j\tilde A_{ij},\quad\hat A_{ij}=\tilde A_{ij}\,/\sqrt{\tilde d_i\,\tilde d_j}$

# %% [markdown] lang="en" task="gcn_layer"
# ## 3. One layer (12 points)
#
# Three steps: every node is transformed by the same $W$, every node collects the transformed features of its neighbours
# with the weights of its row of $\hat A$, and the activation follows. The bias belongs to the node itself, so it is added
# *after* the neighbours have been collected; otherwise nodes with different degrees would get different biases.

# %% [markdown] lang="ko" task="gcn_layer"
# ## 3. GCN 층 (12점)
#
# 세 단계로 이루어집니다. 모든 노드를 같은 $W$로 변환하고, 각 노드가 $\hat A$에서 자기 행의 가중치로 이웃의 변환된 특징을 모은 뒤,
# 활성화 함수를 적용합니다. 편향은 노드 자신의 몫이므로 이웃을 모은 *다음에* 더합니다. 먼저 더하면 차수가 다른 노드끼리
# 서로 다른 편향을 받게 됩니다.


# %% task="gcn_layer"
def gcn_layer(X, A_hat, W, b, act):
    """H = act(A_hat X W + b).

    [en]
    X: (n, D), A_hat: (n, n), W: (D, M), b: (M,), act: "relu", "tanh" or "identity". Returns H (n, M).

    A_hat is ready to use: do not normalise it, and do not assume that it is symmetric. Row i collects from the j with
    A_hat[i, j] != 0. `activate(Z, act)` is given above. Must be differentiable with respect to X, W and b.
    Forbidden: torch_geometric.
    [ko]
    X: (n, D), A_hat: (n, n), W: (D, M), b: (M,), act: "relu", "tanh" 또는 "identity". 결과: H (n, M).

    A_hat은 이미 정규화된 행렬이므로 그대로 쓰고, 대칭이라고 가정하지 마세요. i번째 행은 A_hat[i, j] != 0인 j에서 모읍니다.
    위에 주어진 `activate(Z, act)`를 써도 됩니다. X, W, b에 대해 미분 가능해야 합니다.
    사용 금지: torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    return activate(A_hat @ (X @ W) + b, act)
    ### END SOLUTION


# %% [markdown] lang="en" task="gcn_layer" hint=1
# Let the shapes guide you: nodes stand in rows and features in columns. What mixes nodes multiplies from the left, what mixes
# features multiplies from the right.

# %% [markdown] lang="ko" task="gcn_layer" hint=1
# 모양(shape)을 따라가 보세요. 노드는 행에, 특징은 열에 있습니다. 노드를 섞는 행렬은 왼쪽에서, 특징을 섞는 행렬은 오른쪽에서 곱합니다.

# %% [markdown] lang="en" task="gcn_layer" hint=2
# $Z_{im}=\sum_j\hat A_{ij}\sum_d X_{jd}W_{dm}+b_m,\qquad H=\mathrm{act}(Z)$

# %% [markdown] lang="ko" task="gcn_layer" hint=2
# $Z_{im}=\sum_j\hat A_{ij}\sum_d X_{jd}W_{dm}+b_m,\qquad H=\mathrm{act}(Z)$

# %% [markdown] lang="en"
# ### See it: two communities, seen by an untrained layer
#
# The graph below has 34 nodes in two communities, like Zachary's karate club, and the features say nothing: each node is
# only told its own number. Your layers have *random* weights. Watch the two colours separate all the same: neighbours get
# similar values, and neighbours mostly belong to one community. Change the seed of the weights, and look again.

# %% [markdown] lang="ko"
# ### 직접 보기: 학습하지 않은 층이 본 두 집단
#
# 아래 그래프에는 재커리(Zachary)의 가라테 클럽처럼 노드 34개가 두 집단을 이루고 있습니다. 특징에는 아무 정보도 없습니다. 각 노드는
# 자기 번호만 알 뿐이고, 층의 가중치도 *무작위*입니다. 그런데도 두 색이 갈라지는 모습을 보세요. 이웃끼리 값이 비슷해지는데,
# 이웃은 대부분 같은 집단이기 때문입니다. 가중치의 시드를 바꿔 가며 다시 확인해 보세요.

# %% tags=["explore"]
if ready(adjacency, normalize_adj, gcn_layer):
    import matplotlib.pyplot as plt

    edges, community = community_graph([17, 17], 0.30, 0.03, seed=5)
    A = adjacency(34, edges, False)
    A_hat = normalize_adj(A)
    xy = spring_layout(A, seed=1)

    # [en] X is the identity: node i is told "you are number i". The weights are random; nothing is trained.
    # [ko] X는 단위 행렬입니다. 노드 i가 아는 것은 자기 번호뿐입니다. 가중치는 무작위이고 학습은 하지 않습니다.
    generator = torch.Generator().manual_seed(3)
    shapes = [(34, 16), (16, 16), (16, 2)]
    Ws = [torch.randn(d, m, generator=generator, dtype=A.dtype) * (2 / (d + m)) ** 0.5 for d, m in shapes]

    def embed(operator):
        H = torch.eye(34, dtype=A.dtype)
        for W in Ws:
            H = gcn_layer(H, operator, W, torch.zeros(W.shape[1], dtype=A.dtype), "tanh")
        return H

    figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), constrained_layout=True)
    panels = [
        ("the graph", xy),
        ("3 layers without the graph (A_hat = I)", embed(torch.eye(34, dtype=A.dtype))),
        ("3 GCN layers, random weights", embed(A_hat)),
    ]
    for ax, (title, points) in zip(axes, panels):
        for i, j in edges.tolist():
            ax.plot(*points[[i, j]].T, color="0.8", lw=0.6, zorder=1)
        for c, (color, marker) in enumerate([("#0072B2", "o"), ("#E69F00", "s")]):
            ax.scatter(
                *points[community == c].T,
                c=color,
                marker=marker,
                s=55,
                edgecolor="white",
                label=f"community {c}",
                zorder=2,
            )
        ax.set(title=title, xticks=[], yticks=[])
    for ax in axes[1:]:
        ax.set(xlabel="first output feature", ylabel="second output feature")
    axes[0].legend(loc="best", frameon=False)
    plt.show()

# %% [markdown] lang="en" task="gcn_layer_bwd"
# ## 4. The layer backward (16 points)
#
# On the way back, a node gets gradient from everyone to whom it sent features: the edges are travelled against their
# direction. In an undirected graph you cannot see the difference, in a directed one it matters. Start with the gradient at
# the pre-activation $Z$, then treat $\hat A X W$ as an ordinary product of three matrices.

# %% [markdown] lang="ko" task="gcn_layer_bwd"
# ## 4. GCN 층의 역전파 (16점)
#
# 역전파에서 노드는 자신이 특징을 보내 준 모든 노드로부터 기울기를 돌려받습니다. 즉 엣지를 거꾸로 거슬러 갑니다. 무방향 그래프에서는
# 차이가 보이지 않지만, 방향 그래프에서는 결과가 완전히 달라집니다. 먼저 활성화 전 값 $Z$에서의 기울기를 구하고, 그다음
# $\hat A X W$를 평범한 세 행렬의 곱으로 다루면 됩니다.


# %% task="gcn_layer_bwd"
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    """
    [en]
    Gradients of H = act(A_hat X W + b): (dX, dW, db), given dH = dL/dH.

    dH: (n, M), X: (n, D), A_hat: (n, n), W: (D, M), b: (M,), act: "relu", "tanh" or "identity".
    Returns (dX (n, D), dW (D, M), db (M,)).

    A_hat may be asymmetric and gets no gradient. Nothing is averaged: db is a sum over the nodes. relu'(0) = 0.
    Compute Z again from the inputs; do not rely on an earlier call of gcn_layer.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    H = act(A_hat X W + b)의 기울기를 구합니다. dH = dL/dH가 주어지면 (dX, dW, db)를 돌려줍니다.

    dH: (n, M), X: (n, D), A_hat: (n, n), W: (D, M), b: (M,), act: "relu", "tanh" 또는 "identity".
    결과: (dX (n, D), dW (D, M), db (M,)).

    A_hat은 비대칭일 수 있고, 그 기울기는 구하지 않습니다. 평균을 내지 않으므로 db는 노드에 대한 합입니다. relu'(0) = 0.
    Z는 입력에서 다시 계산하고, 앞선 gcn_layer 호출에 기대지 마세요.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    AX = A_hat @ X
    Z = AX @ W + b
    slope = {"relu": (Z > 0).to(Z.dtype), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]
    dZ = dH * slope
    return A_hat.T @ dZ @ W.T, AX.T @ dZ, dZ.sum(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="gcn_layer_bwd" hint=1
# First $dZ = dH\odot\mathrm{act}'(Z)$. Then, for $Y=PQ$: $dP=dY\,Q^\top$ and $dQ=P^\top dY$. Group $\hat AXW$ once as
# $(\hat AX)W$ and once as $\hat A(XW)$.

# %% [markdown] lang="ko" task="gcn_layer_bwd" hint=1
# 먼저 $dZ = dH\odot\mathrm{act}'(Z)$를 구합니다. 그다음 $Y=PQ$이면 $dP=dY\,Q^\top$, $dQ=P^\top dY$라는 규칙을 씁니다.
# $\hat AXW$를 한 번은 $(\hat AX)W$로, 한 번은 $\hat A(XW)$로 묶어 보세요.

# %% [markdown] lang="en" task="gcn_layer_bwd" hint=2
# $dX=\hat A^\top dZ\,W^\top,\quad dW=(\hat AX)^\top dZ,\quad db_m=\sum_i dZ_{im}$, with $\tanh'=1-\tanh^2$.

# %% [markdown] lang="ko" task="gcn_layer_bwd" hint=2
# $dX=\hat A^\top dZ\,W^\top,\quad dW=(\hat AX)^\top dZ,\quad db_m=\sum_i dZ_{im}$이고, $\tanh'=1-\tanh^2$입니다.

# %% [markdown] lang="en" task="gcn_net"
# ## 5. A network with skip connections (12 points)
#
# After $k$ layers a node has heard from everyone at most $k$ steps away. Each layer also averages, so deep stacks lose what
# was particular to a node. A skip connection hands the input of a layer past it and adds it to the output. Kipf and Welling
# add it *after* the activation, $H\leftarrow\sigma(\hat AHW)+H$, and so do we. Where a layer changes the number of features,
# a matrix $P$ takes the input to the new size.

# %% [markdown] lang="ko" task="gcn_net"
# ## 5. 스킵 연결을 갖춘 신경망 (12점)
#
# 층을 $k$개 지나면 노드는 최대 $k$걸음 떨어진 노드의 소식까지 듣습니다. 하지만 층마다 평균을 내기 때문에, 깊이 쌓을수록 노드 고유의
# 정보는 사라집니다. 스킵 연결은 층의 입력을 그대로 넘겨 출력에 더해 줍니다. Kipf와 Welling은 활성화 *다음에* 더하며
# ($H\leftarrow\sigma(\hat AHW)+H$), 여기서도 그렇게 합니다. 층에서 특징의 수가 바뀌면 행렬 $P$로 입력의 크기를 맞춥니다.


# %% task="gcn_net"
def gcn_net(X, A, Ws, skip, Ps=None):
    """
    [en]
    A stack of GCN layers on the graph A. For l = 0 ... L-1, with H_0 = X and sigma = ReLU:
    [ko]
    그래프 A 위에 GCN 층을 쌓은 신경망입니다. H_0 = X, sigma = ReLU일 때 l = 0 ... L-1에 대해 다음과 같습니다.
    [/]

        H_{l+1} = sigma(A_hat H_l W_l) + skip_l        l < L-1
        H_L     =       A_hat H_l W_l  + skip_l        l = L-1

    [en]
    The last layer has no activation.
    X: (n, D_0), A: (n, n) without self-loops, Ws: list of L >= 1 tensors, Ws[l] (D_l, D_{l+1}). Returns H_L (n, D_L).
    skip: bool. False: skip_l = 0, and Ps is ignored.
    True: skip_l = H_l where Ps[l] is None (then D_l = D_{l+1}), else H_l @ Ps[l], with Ps[l] (D_l, D_{l+1}).

    A_hat = D^-1/2 (A + I) D^-1/2 as in Task 2, computed once from A. No biases. The skip is added after the activation,
    in every layer. Must be differentiable with respect to X and all of Ws.
    Forbidden: torch_geometric.
    [ko]
    마지막 층에는 활성화 함수가 없습니다.
    X: (n, D_0), A: 자기 연결이 없는 (n, n), Ws: 텐서 L개(L >= 1)의 리스트, Ws[l] (D_l, D_{l+1}). 결과: H_L (n, D_L).
    skip: bool. False이면 skip_l = 0이고 Ps는 무시합니다.
    True이면 Ps[l]이 None일 때 skip_l = H_l이고(이때 D_l = D_{l+1}), 아니면 skip_l = H_l @ Ps[l]입니다.
    Ps[l]의 모양은 (D_l, D_{l+1})입니다.

    A_hat = D^-1/2 (A + I) D^-1/2는 2번 문제와 같으며 A에서 한 번만 계산합니다. 편향은 없습니다. 스킵은 모든 층에서
    활성화 다음에 더합니다. X와 Ws의 모든 행렬에 대해 미분 가능해야 합니다.
    사용 금지: torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    A_hat = normalize_adj(A)
    H = X
    for layer, W in enumerate(Ws):
        out = A_hat @ H @ W
        if layer < len(Ws) - 1:
            out = torch.relu(out)
        if skip:
            P = Ps[layer]
            out = out + (H if P is None else H @ P)
        H = out
    return H
    ### END SOLUTION


# %% [markdown] lang="en" task="gcn_net" hint=1
# The graph does not change from layer to layer, so neither does $\hat A$: compute it before the loop. Inside the loop keep the
# old $H$ until the skip has been added.

# %% [markdown] lang="ko" task="gcn_net" hint=1
# 층이 바뀌어도 그래프는 그대로이므로 $\hat A$도 그대로입니다. 반복문 앞에서 한 번만 계산하세요. 반복문 안에서는 스킵을 더할 때까지
# 이전 $H$를 남겨 두어야 합니다.

# %% [markdown] lang="en" task="gcn_net" hint=2
# $Y=\hat AH_lW_l$; if $l<L-1$ then $Y\leftarrow\max(Y,0)$; if skip then $Y\leftarrow Y+H_l$ or $Y+H_lP_l$; $H_{l+1}=Y$.

# %% [markdown] lang="ko" task="gcn_net" hint=2
# $Y=\hat AH_lW_l$을 구하고, $l<L-1$이면 $Y\leftarrow\max(Y,0)$, skip이면 $Y\leftarrow Y+H_l$ 또는 $Y+H_lP_l$, 마지막으로 $H_{l+1}=Y$로 둡니다.

# %% [markdown] lang="en"
# ### See it: too many layers
#
# The same graph, random features, random rotations as weights, 1 to 32 layers. Each row of a picture is a node: when all rows
# look alike, the nodes can no longer be told apart. See how fast the plain stack forgets who is who, and that the skip
# connections delay this by some layers but do not prevent it.

# %% [markdown] lang="ko"
# ### 직접 보기: 층이 너무 많으면
#
# 같은 그래프에 무작위 특징을 주고, 무작위 회전 행렬을 가중치로 삼아 1층부터 32층까지 쌓아 봅니다. 그림의 한 행이 노드 하나입니다. 모든
# 행이 똑같아 보이면 노드를 더는 구별할 수 없다는 뜻입니다. 스킵 연결이 없으면 노드가 얼마나 빨리 똑같아지는지, 스킵 연결이 있으면
# 그것이 몇 층 늦춰질 뿐 피할 수는 없다는 것도 확인해 보세요.

# %% tags=["explore"]
if ready(adjacency, normalize_adj, gcn_net):
    import matplotlib.pyplot as plt

    edges, community = community_graph([17, 17], 0.30, 0.03, seed=5)
    A = adjacency(34, edges, False)
    generator = torch.Generator().manual_seed(0)
    # [en] rotations times sqrt(2), which makes up for the half that each ReLU takes away
    # [ko] ReLU가 절반을 없애는 만큼 sqrt(2)를 곱한 회전 행렬입니다.
    X = torch.randn(34, 24, generator=generator, dtype=A.dtype)
    Ws = [2**0.5 * torch.linalg.qr(torch.randn(24, 24, generator=generator, dtype=A.dtype))[0] for _ in range(32)]

    def directions(depth, skip):
        # [en] each row at length 1: only its direction matters here
        # [ko] 각 행의 길이를 1로 맞춥니다. 여기서는 방향만 중요합니다.
        return F.normalize(gcn_net(X, A, Ws[:depth], skip, [None] * depth), dim=1)

    def spread(H):
        return 1 - (H @ H.T)[~torch.eye(34, dtype=torch.bool)].mean().item()

    depths = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
    figure = plt.figure(figsize=(13, 4.4), constrained_layout=True)
    grid = figure.add_gridspec(1, 4, width_ratios=[1, 1, 1, 1.9])
    for place, (depth, skip) in enumerate([(1, False), (6, False), (6, True)]):
        ax = figure.add_subplot(grid[place])
        image = ax.imshow(
            directions(depth, skip).numpy(), cmap="PuOr", vmin=-0.6, vmax=0.6, aspect="auto", interpolation="nearest"
        )
        ax.axhline(16.5, color="black", lw=1)
        title = f"{depth} layer{'s' * (depth > 1)}, {'with skip' if skip else 'plain'}"
        ax.set(
            title=title,
            xlabel="feature",
            xticks=[],
            yticks=[],
            ylabel="" if place else "node (line: between the communities)",
        )
    figure.colorbar(image, ax=ax, shrink=0.8, label="row scaled to length 1")
    ax = figure.add_subplot(grid[3])
    for skip, color, marker in [(False, "#D55E00", "o"), (True, "#0072B2", "s")]:
        values = [spread(directions(depth, skip)) for depth in depths]
        ax.plot(depths, values, color=color, marker=marker, label="with skip" if skip else "plain")
    ax.set(
        xscale="log",
        yscale="log",
        xlabel="number of layers",
        ylabel="mean cosine distance between nodes",
        title="oversmoothing",
    )
    ax.set_xticks([1, 2, 4, 8, 16, 32], ["1", "2", "4", "8", "16", "32"])
    ax.minorticks_off()
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="readout"
# ## 6. Readout (12 points)
#
# To classify a whole molecule you need one vector for all of its nodes. Several graphs travel in one batch: their nodes stand
# below one another in $H$, and `gid` says which graph each belongs to. Nodes have no natural order, so a readout must not
# depend on it. Sum, mean and maximum do not; a concatenation does, unless the nodes are sorted first.

# %% [markdown] lang="ko" task="readout"
# ## 6. 리드아웃 (12점)
#
# 분자 하나를 통째로 분류하려면 모든 노드를 벡터 하나로 모아야 합니다. 배치에는 그래프 여러 개가 함께 들어옵니다. 노드들은 $H$에 한 행씩
# 쌓여 있고, `gid`가 각 노드가 어느 그래프에 속하는지 알려 줍니다. 노드에는 정해진 순서가 없으므로 리드아웃의 결과도 순서에 따라
# 달라져서는 안 됩니다. 합, 평균, 최댓값은 괜찮지만, 이어 붙이기(concat)는 노드를 먼저 정렬해야만 순서와 무관해집니다.


# %% task="readout"
def readout(H, gid, G, mode):
    """
    [en]
    One row for each of G graphs, from the embeddings of their nodes.

    H: (n, D), gid: (n,) int64, the graph (0 ... G-1) of each node, in any order. G: int >= 1.
    mode: "mean", "sum", "max": returns (G, D).
    mode: "sorted-concat": returns (G, K*D), K = number of nodes of the largest graph.

    A graph without nodes gets a row of zeros. "max" is taken over the nodes, feature by feature.
    "sorted-concat": the nodes of a graph in ascending order of their first feature H[:, 0] (no ties within a graph,
    except between nodes that are equal in all features), all D features of the first node, then of the second, ...;
    zeros fill the row up. Must be differentiable with respect to H.
    Forbidden: torch_geometric.
    [ko]
    노드의 임베딩을 모아 그래프 G개마다 한 행씩 만듭니다.

    H: (n, D), gid: (n,) int64, 각 노드가 속한 그래프(0 ... G-1)이며 순서는 임의입니다. G: int >= 1.
    mode가 "mean", "sum", "max"이면 결과는 (G, D)입니다.
    mode가 "sorted-concat"이면 결과는 (G, K*D)이고, K는 가장 큰 그래프의 노드 수입니다.

    노드가 없는 그래프의 행은 0입니다. "max"는 특징마다 노드들 가운데 최댓값을 고릅니다.
    "sorted-concat"은 그래프의 노드를 첫 번째 특징 H[:, 0]의 오름차순으로 놓고(한 그래프에서 이 값이 같은 노드는 모든
    특징이 같은 노드뿐입니다), 첫 노드의 특징 D개, 둘째 노드의 특징 D개, ... 순으로 이어 붙인 뒤 남는 자리를 0으로
    채웁니다. H에 대해 미분 가능해야 합니다.
    사용 금지: torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    D = H.shape[1]
    graphs = [H[gid == g] for g in range(G)]
    if mode == "sorted-concat":
        K = max(len(nodes) for nodes in graphs)
        rows = [F.pad(nodes[nodes[:, 0].argsort()].flatten(), (0, (K - len(nodes)) * D)) for nodes in graphs]
    else:
        reduce = {"mean": torch.mean, "sum": torch.sum, "max": torch.amax}[mode]
        rows = [reduce(nodes, dim=0) if len(nodes) else H.new_zeros(D) for nodes in graphs]
    return torch.stack(rows)
    ### END SOLUTION


# %% [markdown] lang="en" task="readout" hint=1
# For one graph, `H[gid == g]` picks its nodes. Think about what is left to reduce when there are none, and where a maximum
# must start when every value is negative.

# %% [markdown] lang="ko" task="readout" hint=1
# 그래프 하나의 노드는 `H[gid == g]`로 고를 수 있습니다. 노드가 하나도 없을 때 무엇을 돌려줄지, 값이 모두 음수일 때 최댓값을
# 어디에서 시작해야 할지 생각해 보세요.

# %% [markdown] lang="en" task="readout" hint=2
# With $V_g=\{i:\mathrm{gid}_i=g\}$: $\;s_g=\sum_{i\in V_g}h_i,\;\;\mu_g=s_g/|V_g|,\;\;(m_g)_d=\max_{i\in V_g}h_{id}$, and
# $[\,h_{\pi(1)},h_{\pi(2)},\dots,0\,]$ with $h_{\pi(1),0}<h_{\pi(2),0}<\dots$

# %% [markdown] lang="ko" task="readout" hint=2
# $V_g=\{i:\mathrm{gid}_i=g\}$라 하면 $\;s_g=\sum_{i\in V_g}h_i,\;\;\mu_g=s_g/|V_g|,\;\;(m_g)_d=\max_{i\in V_g}h_{id}$이고,
# 이어 붙이기는 $h_{\pi(1),0}<h_{\pi(2),0}<\dots$가 되도록 정렬한 $[\,h_{\pi(1)},h_{\pi(2)},\dots,0\,]$입니다.

# %% [markdown] lang="en" task="graph_pool"
# ## 7. Graph pooling (10 points)
#
# Pooling in a CNN replaces four pixels by one. On a graph an assignment matrix $S$ says how much of node $i$ goes into cluster
# $c$. The clusters become the nodes of a smaller graph: their features are the collected features, and two clusters are
# connected as strongly as all edges between their members together. The diagonal counts what happens inside a cluster
# (an undirected edge twice, once in each direction).

# %% [markdown] lang="ko" task="graph_pool"
# ## 7. 그래프 풀링 (10점)
#
# CNN의 풀링은 픽셀 네 개를 하나로 바꿉니다. 그래프에서는 할당 행렬 $S$가 노드 $i$의 얼마만큼이 클러스터 $c$로 가는지 정합니다.
# 클러스터들은 더 작은 그래프의 노드가 됩니다. 클러스터의 특징은 구성원의 특징을 모은 것이고, 두 클러스터 사이의 연결 강도는 구성원 사이의
# 엣지를 모두 더한 값입니다. 대각 원소는 클러스터 안의 엣지를 셉니다(무방향 엣지는 양쪽 방향으로 한 번씩, 두 번 셉니다).


# %% task="graph_pool"
def graph_pool(X, A, S):
    """
    [en]
    Pool n nodes into k clusters: (S^T X, S^T A S).

    X: (n, D), A: (n, n), S: (n, k). A is symmetric or not. S[i, c] is the share of node i in cluster c.
    Returns (X_pool (k, D), A_pool (k, k)).

    S is used as it is, soft or one-hot: no softmax, no division by cluster sizes. The diagonal of A_pool stays.
    Must be differentiable with respect to X and S.
    Forbidden: torch_geometric.
    [ko]
    노드 n개를 클러스터 k개로 풀링해 (S^T X, S^T A S)를 돌려줍니다.

    X: (n, D), A: (n, n), S: (n, k). A는 대칭이 아닐 수도 있습니다. S[i, c]는 노드 i가 클러스터 c에 들어가는 몫입니다.
    결과: (X_pool (k, D), A_pool (k, k)).

    S는 소프트든 원-핫이든 그대로 씁니다. 소프트맥스를 적용하지도, 클러스터 크기로 나누지도 않습니다. A_pool의 대각 원소도
    그대로 둡니다. X와 S에 대해 미분 가능해야 합니다.
    사용 금지: torch_geometric.
    [/]
    """
    ### BEGIN SOLUTION
    return S.T @ X, S.T @ A @ S
    ### END SOLUTION


# %% [markdown] lang="en" task="graph_pool" hint=1
# Sum over the nodes, keep the clusters. An edge has two ends, and both ends go into a cluster.

# %% [markdown] lang="ko" task="graph_pool" hint=1
# 노드에 대해 더하고 클러스터를 남기면 됩니다. 엣지에는 양 끝이 있고, 두 끝 모두 각자의 클러스터로 갑니다.

# %% [markdown] lang="en" task="graph_pool" hint=2
# $X'_{cd}=\sum_i S_{ic}X_{id},\qquad A'_{ce}=\sum_{i,j}S_{ic}A_{ij}S_{je}$

# %% [markdown] lang="ko" task="graph_pool" hint=2
# $X'_{cd}=\sum_i S_{ic}X_{id},\qquad A'_{ce}=\sum_{i,j}S_{ic}A_{ij}S_{je}$

# %% [markdown] lang="en"
# ### Given code
#
# `perm_check` takes a function, but the grader can only hand over a name. This turns one into the other.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# `perm_check`는 함수를 받는데 채점기는 이름만 건넬 수 있습니다. 다음 함수가 이름을 함수로 바꿔 줍니다.


# %% tags=["provided"]
def perm_check_named(kind, X, A, W, perm):
    """
    [en]
    perm_check of a layer by name. W: (D, M) its weights.
    [ko]
    이름으로 고른 층에 perm_check를 적용합니다. W: (D, M), 그 층의 가중치.
    [/]
    """
    layers = {
        "neighbours": lambda X, A: A @ X @ W,
        "difference to neighbours": lambda X, A: torch.tanh(A.sum(dim=1, keepdim=True) * (X @ W) - A @ (X @ W)),
        "node by node": lambda X, A: torch.tanh(X @ W),
        "node number": lambda X, A: A @ X @ W + torch.arange(X.shape[0]).to(X)[:, None],
        "filter for each node": lambda X, A: (A @ X @ W) * torch.arange(1, X.shape[0] + 1).to(X)[:, None],
        "from the first node": lambda X, A: (X - X[:1]) @ W,
        "running sum": lambda X, A: (X @ W).cumsum(dim=0),
    }
    return perm_check(layers[kind], X, A, perm)


# %% [markdown] lang="en" task="node_ce"
# ## 8. Loss on labelled nodes, and a permutation test (14 points)
#
# In semi-supervised node classification only a few nodes have labels, yet all of them take part in the layers. The loss is
# the mean cross-entropy over the nodes with a label; the others get no gradient *from the loss* and learn through their
# neighbours. Dividing by all $n$ nodes instead would make the step size depend on how many labels you happen to have.
#
# The second function tests what "one filter for all nodes" buys. Renumber the nodes with a permutation matrix $P$: a graph
# layer must give the same rows in the new order, $f(PX,\,PAP^\top)=P\,f(X,A)$. It is the quickest way to find a layer
# that secretly looks at the numbers of the nodes.

# %% [markdown] lang="ko" task="node_ce"
# ## 8. 레이블이 있는 노드의 손실과 순열 검사 (14점)
#
# 준지도 노드 분류에서는 몇몇 노드에만 레이블이 있지만, 층의 계산에는 모든 노드가 참여합니다. 손실은 레이블이 있는 노드에 대한 교차
# 엔트로피의 평균입니다. 나머지 노드는 *손실에서 직접* 기울기를 받지 않고, 이웃을 통해 배웁니다. 전체 노드 수 $n$으로 나누면
# 레이블이 몇 개냐에 따라 학습의 보폭이 달라져 버립니다.
#
# 두 번째 함수는 "모든 노드가 필터 하나를 공유한다"는 말의 뜻을 검사합니다. 순열 행렬 $P$로 노드 번호를 바꿔 매기면, 그래프 층의 출력은
# 행의 순서만 바뀌어야 합니다. 즉 $f(PX,\,PAP^\top)=P\,f(X,A)$입니다. 노드의 번호를 몰래 들여다보는 층을 찾아내는 가장 빠른 방법입니다.


# %% task="node_ce"
def node_ce(H, y, mask):
    """
    [en]
    Mean softmax cross-entropy over the nodes that mask keeps, and its gradient.

    H: (n, C) logits, y: (n,) int64 classes, mask: (n,) bool, True = keep.
    Returns (loss, d): loss 0-d, d (n, C) = dloss/dH.

    Mean over the KEPT nodes, natural log. d is 0 for all other nodes, and their y must not matter
    (it may be -1).
    All masked: loss 0 and d 0. Exact for logits up to ±1000. Write d by hand.
    Forbidden: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [ko]
    mask로 고른 노드에 대한 소프트맥스 교차 엔트로피의 평균과 그 기울기를 구합니다.

    H: (n, C) 로짓, y: (n,) int64 클래스, mask: (n,) bool, True = 사용.
    결과: (loss, d), loss는 0차원 텐서, d (n, C) = dloss/dH.

    '사용하는' 노드에 대한 평균이고 로그는 자연로그입니다. 나머지 노드의 d는 0이고, 그 노드의 y는 결과에 영향을 주지 않아야
    합니다(-1일 수도 있습니다). 사용하는 노드가 없으면 loss도 d도 0입니다. 로짓이 ±1000이어도 정확해야 합니다.
    d는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    keep = mask.to(H.dtype)
    count = keep.sum().clamp(min=1)
    log_p = H - torch.logsumexp(H, dim=1, keepdim=True)
    target = F.one_hot(torch.where(mask, y, 0), H.shape[1]).to(H.dtype)
    loss = -(keep * (target * log_p).sum(dim=1)).sum() / count
    d = keep[:, None] * (log_p.exp() - target) / count
    return loss, d
    ### END SOLUTION


def perm_check(f, X, A, perm):
    """
    [en]
    Is f equivariant for this permutation: f(P X, P A P^T) == P f(X, A)?

    f: callable, f(X, A) -> (n, M). X: (n, D), A: (n, n). perm: (n,) int64: new node i is old node perm[i], so that
    P X = X[perm]. Returns a Python bool: True if all elements agree within 1e-4.

    P A P^T permutes the rows and the columns of A.
    [ko]
    f가 이 순열에 대해 등변(equivariant)인지, 즉 f(P X, P A P^T) == P f(X, A)인지 검사합니다.

    f: 함수, f(X, A) -> (n, M). X: (n, D), A: (n, n). perm: (n,) int64, 새 노드 i는 원래 노드 perm[i]이므로
    P X = X[perm]입니다. 결과: Python bool. 모든 원소가 1e-4 이내로 일치하면 True입니다.

    P A P^T는 A의 행과 열의 순서를 모두 바꿉니다.
    [/]
    """
    ### BEGIN SOLUTION
    renumbered = f(X[perm], A[perm][:, perm])
    return torch.allclose(renumbered, f(X, A)[perm], rtol=0, atol=1e-4)
    ### END SOLUTION


# %% [markdown] lang="en" task="node_ce" hint=1
# Loss: keep or drop whole rows, and count the kept ones, at least 1, before you divide. Never form $e^{1000}$. Permutation
# test: once renumber the inputs and apply $f$, once apply $f$ and renumber its rows.

# %% [markdown] lang="ko" task="node_ce" hint=1
# 손실: 행 단위로 남기거나 버리고, 나누기 전에 남은 개수를 세세요(최소 1). $e^{1000}$은 만들지 않아야 합니다. 순열 검사: 한 번은 입력의
# 번호를 바꾼 뒤 $f$를 적용하고, 한 번은 $f$를 적용한 뒤 그 행의 번호를 바꿉니다.

# %% [markdown] lang="en" task="node_ce" hint=2
# With $m_i\in\{0,1\}$, $M=\max(1,\sum_i m_i)$:
# $L=\frac1M\sum_i m_i\big(\log\sum_c e^{H_{ic}}-H_{iy_i}\big)$, $\;d_{ic}=\frac{m_i}{M}\big(\mathrm{softmax}(H_i)_c-[c=y_i]\big)$.
# And $(PX)_i=X_{\pi(i)}$, $(PAP^\top)_{ij}=A_{\pi(i)\pi(j)}$, where $\pi$ is `perm`.

# %% [markdown] lang="ko" task="node_ce" hint=2
# $m_i\in\{0,1\}$, $M=\max(1,\sum_i m_i)$이라 하면
# $L=\frac1M\sum_i m_i\big(\log\sum_c e^{H_{ic}}-H_{iy_i}\big)$, $\;d_{ic}=\frac{m_i}{M}\big(\mathrm{softmax}(H_i)_c-[c=y_i]\big)$입니다.
# 또 `perm`을 $\pi$라 하면 $(PX)_i=X_{\pi(i)}$, $(PAP^\top)_{ij}=A_{\pi(i)\pi(j)}$입니다.

# %% [markdown] lang="en"
# ### See it: ninety nodes, six labels
#
# Three communities, noisy features, and two labelled nodes in each. Your `gcn_layer`, `gcn_layer_bwd` and `node_ce` train a
# two-layer network, once on the graph and once with $\hat A=I$, which is an ordinary network that sees no edges. Both fit
# the six labels. Look at what each makes of the other 84 nodes.

# %% [markdown] lang="ko"
# ### 직접 보기: 노드 아흔 개, 레이블 여섯 개
#
# 집단은 셋이고 특징에는 노이즈가 많으며, 레이블은 집단마다 두 개뿐입니다. 여러분의 `gcn_layer`, `gcn_layer_bwd`, `node_ce`로 2층 신경망을
# 학습시킵니다. 한 번은 그래프를 쓰고, 한 번은 $\hat A=I$로 두어 엣지를 보지 못하는 평범한 신경망으로 만듭니다. 둘 다 레이블
# 여섯 개는 잘 맞힙니다. 나머지 노드 84개를 각각 어떻게 분류하는지 보세요.

# %% tags=["explore"]
if ready(adjacency, normalize_adj, gcn_layer, gcn_layer_bwd, node_ce):
    import matplotlib.pyplot as plt

    n, colors, markers = 90, ["#0072B2", "#E69F00", "#009E73"], ["o", "s", "^"]
    edges, y = community_graph([30, 30, 30], 0.16, 0.015, seed=2)
    A = adjacency(n, edges, False)
    xy = spring_layout(A, seed=4)
    generator = torch.Generator().manual_seed(1)
    X = F.one_hot(y, 3).to(A.dtype) @ torch.randn(3, 8, generator=generator, dtype=A.dtype)
    X = X + 2.0 * torch.randn(n, 8, generator=generator, dtype=A.dtype)
    labelled = torch.zeros(n, dtype=torch.bool)
    labelled[[0, 10, 30, 40, 60, 70]] = True

    def train(operator, epochs=150, lr=0.2, decay=5e-3):
        generator = torch.Generator().manual_seed(0)
        W1, W2 = (0.3 * torch.randn(*s, generator=generator, dtype=A.dtype) for s in [(8, 16), (16, 3)])
        b1, b2 = torch.zeros(16, dtype=A.dtype), torch.zeros(3, dtype=A.dtype)
        losses, accuracies = [], []
        for _ in range(epochs):
            H1 = gcn_layer(X, operator, W1, b1, "tanh")
            logits = gcn_layer(H1, operator, W2, b2, "identity")
            loss, dlogits = node_ce(logits, y, labelled)
            dH1, dW2, db2 = gcn_layer_bwd(dlogits, H1, operator, W2, b2, "identity")
            _, dW1, db1 = gcn_layer_bwd(dH1, X, operator, W1, b1, "tanh")
            W1, W2 = W1 - lr * (dW1 + decay * W1), W2 - lr * (dW2 + decay * W2)
            b1, b2 = b1 - lr * db1, b2 - lr * db2
            losses.append(loss.item())
            accuracies.append((logits.argmax(dim=1) == y)[~labelled].double().mean().item())
        return logits.argmax(dim=1), losses, accuracies

    runs = {"with graph": train(normalize_adj(A)), "without edges": train(torch.eye(n, dtype=A.dtype))}
    figure, axes = plt.subplots(1, 3, figsize=(14, 4.6), constrained_layout=True, width_ratios=[1.15, 1, 1])
    for (name, (_, losses, accuracies)), color in zip(runs.items(), ["#0072B2", "#D55E00"]):
        axes[0].plot(accuracies, color=color, lw=2, label=f"accuracy {name}")
        axes[0].plot(losses, color=color, lw=1.2, ls="--", label=f"loss {name}")
    axes[0].set(xlabel="epoch", ylim=(0, 1.35), title="accuracy on 84 other nodes, loss on 6 labels")
    axes[0].grid(alpha=0.3)
    axes[0].legend(frameon=False, fontsize=8, ncols=2, loc="upper center")
    for ax, (name, (predicted, _, accuracies)) in zip(axes[1:], runs.items()):
        for i, j in edges.tolist():
            ax.plot(*xy[[i, j]].T, color="0.87", lw=0.6, zorder=1)
        for c in range(3):
            ax.scatter(
                *xy[y == c].T,
                c=[colors[k] for k in predicted[y == c]],
                marker=markers[c],
                s=42,
                edgecolor="white",
                zorder=2,
            )
        ax.scatter(*xy[labelled].T, s=170, facecolor="none", edgecolor="black", lw=1.5, label="labelled", zorder=3)
        ax.set(
            title=f"{name}: {accuracies[-1]:.0%} right",
            xticks=[],
            yticks=[],
            xlabel="shape: true class, colour: predicted class",
        )
        ax.legend(frameon=False, loc="lower left", fontsize=8)
    plt.show()
