"""Lecture 10, GCN: the inputs of every check. The reference in solution.py makes the answers."""

import itertools

import numpy as np

from autograder.authoring import AUTOGRAD, CROSS_ENTROPY, T1, T2, Draw, Task, Text, X

GEOMETRIC = ("torch_geometric",)

COMMON = {
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "values are added and averaged: extremes teach nothing here",
    "R10": "no padded max-pooling",
}
NO_UPSTREAM = {"R4": "no upstream gradient is passed in"}
NO_HYPERPARAMETER = {"R14": "no hyper-parameter"}


# -- helpers: numpy only, to choose inputs; answers come from the reference ------------------------------------------


def normalised(a):
    """The operator that layers get, so that gcn_layer is graded apart from normalize_adj."""
    a = a + np.eye(len(a))
    d = a.sum(axis=1) ** -0.5
    return d[:, None] * a * d[None, :]


def layer_inputs(draw: Draw, n, D, M, *, directed=True):
    """(X, A_hat, W, b) with every pre-activation at least 0.01 away from the kink of a ReLU."""
    while True:
        a_hat = normalised(draw.graph(n, directed=directed, weighted=directed))
        x, w, b = draw.normal(n, D), draw.normal(D, M), draw.away_from_zero(M, margin=0.2)
        if np.abs(a_hat @ x @ w + b).min() >= 0.01:
            return x, a_hat, w, b


def edge_list(draw: Draw, n, *, directed, repeats=2, self_edges=1):
    """(edges (E, 2), weights (E,)) on the first n - 1 nodes, shuffled; what is repeated keeps its weight.

    Repeats of an undirected edge come turned round, repeats of a directed one as they are.
    """
    pairs = [(i, j) for i in range(n - 1) for j in range(i + 1, n - 1)]
    order = draw.permutation(len(pairs))[: max(2, (2 * len(pairs)) // 3)]
    edges = [pairs[k] if draw.rng.random() < 0.5 else pairs[k][::-1] for k in order]
    weights = list(draw.positive(len(edges)))
    for k in range(min(repeats, len(edges))):
        edges.append(edges[k] if directed else edges[k][::-1])
        weights.append(weights[k])
    for node in draw.permutation(n - 1)[:self_edges]:
        edges.append((int(node), int(node)))
        weights.append(draw.scalar(0.2, 3.0))
    shuffle = draw.permutation(len(edges))
    return np.array(edges, dtype=np.int64)[shuffle], np.array(weights)[shuffle]


def net_inputs(draw: Draw, n, widths, *, skip, directed=True):
    """(X, A, Ws, skip, Ps) with hidden pre-activations at least 0.005 away from the kink; P only where sizes differ."""
    pairs = list(itertools.pairwise(widths))
    while True:
        a = draw.graph(n, directed=directed, weighted=directed)
        x = draw.normal(n, widths[0])
        ws = [draw.normal(d, m, scale=0.9) for d, m in pairs]
        ps = [None if d == m else draw.normal(d, m, scale=0.7) for d, m in pairs]
        h, closest = x, 1.0
        for w, p in zip(ws[:-1], ps, strict=False):
            z = normalised(a) @ h @ w
            closest = min(closest, np.abs(z).min())
            h = np.maximum(z, 0) + ((h if p is None else h @ p) if skip else 0)
        if closest >= 0.005:
            return x, a, ws, skip, ps if skip else None


def members(draw: Draw, n, G, *, empty=()):
    """(n,) graph of each node, nodes of one graph not next to each other, graphs in `empty` without nodes."""
    used = [g for g in range(G) if g not in empty]
    gid = np.array([used[0]] + [used[k % len(used)] for k in range(n - 1)], dtype=np.int64)
    return gid[draw.permutation(n)]


def kept(draw: Draw, n):
    """(n,) bool with at least two kept and one masked node."""
    mask = draw.rng.random(n) < 0.6
    mask[:2], mask[2] = True, False
    return mask[draw.permutation(n)]


def long_cycle(draw: Draw, n):
    """A permutation that is one cycle of n >= 3 nodes: it differs from its inverse and moves every node."""
    order = draw.permutation(n)
    perm = np.empty(n, dtype=np.int64)
    perm[order] = np.roll(order, 1)
    return perm


def swap(n, i, j):
    """The permutation that exchanges two nodes: its own inverse."""
    perm = np.arange(n)
    perm[[i, j]] = perm[[j, i]]
    return perm


# -- 1. adjacency ----------------------------------------------------------------------------------------------------

adjacency = Task(
    "adjacency",
    points=8,
    form=1,
    purity=1,
    forbid=(*GEOMETRIC, "networkx"),
    exempt={**COMMON, **NO_UPSTREAM, "R5": "the matrix is the result, not an input"},
)


@adjacency.check(
    "small",
    points=2,
    visible=True,
    tolerance=X,
    title=Text("small lists: undirected, directed, weighted", "작은 엣지 목록: 무방향, 방향, 가중치"),
    hint=Text(
        "An undirected edge leads both ways. Set entries instead of adding to them.",
        "무방향 엣지는 양쪽으로 이어집니다. 원소에 더하지 말고 대입하세요.",
    ),
)
def adjacency_small(draw: Draw):
    yield draw.call(4, np.array([[0, 1], [2, 1]]), False)
    yield draw.call(4, np.array([[0, 1], [2, 1], [0, 1], [1, 1]]), True)
    edges, weights = edge_list(draw, 5, directed=False)
    yield draw.call(5, edges, False, weights)


@adjacency.check(
    "lists",
    points=2,
    tolerance=X,
    title=Text("larger lists with repeated edges and self-edges", "반복된 엣지와 자기 엣지가 있는 큰 목록"),
    hint=Text(
        "Row i, column j for the edge i -> j. An edge that is listed again changes nothing.",
        "엣지 i -> j는 i행 j열에 적습니다. 다시 나온 엣지는 아무것도 바꾸지 않습니다.",
    ),
)
def adjacency_lists(draw: Draw):
    for directed in (False, True):
        n, m = draw.sizes(2, 6, 9)
        edges, weights = edge_list(draw, n, directed=directed)
        yield draw.call(n, edges, directed)
        edges, weights = edge_list(draw, m, directed=directed, repeats=3, self_edges=2)
        yield draw.call(m, draw.strided(edges), directed, draw.strided(weights))


@adjacency.check(
    "edges",
    points=1,
    tolerance=X,
    edge=True,
    title=Text("no edges, no nodes, only self-edges", "엣지 없음, 노드 없음, 자기 엣지만"),
    hint=Text(
        "An empty list of edges has shape (0, 2). The result is still (n, n).",
        "빈 엣지 목록의 모양은 (0, 2)이고, 결과의 모양은 여전히 (n, n)입니다.",
    ),
)
def adjacency_edges(draw: Draw):
    none = np.zeros((0, 2), dtype=np.int64)
    yield draw.call(3, none, False)
    yield draw.call(0, none, True, np.zeros(0))
    yield draw.call(1, np.array([[0, 0]]), False, draw.positive(1))
    node = int(draw.integers(0, 4))
    yield draw.call(4, np.full((2, 2), node), False)


@adjacency.in_float32(points=1)
def adjacency_float32(draw: Draw):
    edges, weights = edge_list(draw, 6, directed=False)
    yield draw.call(6, edges, False, weights)


# -- 2. normalize_adj ------------------------------------------------------------------------------------------------

# No gradient check: A + I and a diagonal that is set to 1 are both right, and differ in their derivative there.
normalize_adj = Task(
    "normalize_adj",
    points=16,
    form=1,
    purity=1,
    forbid=GEOMETRIC,
    exempt={**COMMON, **NO_UPSTREAM, **NO_HYPERPARAMETER},
)


@normalize_adj.check(
    "ring_and_star",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("a ring of five; a star with a tail", "노드 다섯 개의 고리; 꼬리가 달린 별"),
    hint=Text(
        "Add the self-loops first, then count the degrees, then scale rows and columns.",
        "자기 연결을 먼저 더하고, 차수를 센 뒤, 행과 열을 모두 나누세요.",
    ),
)
def normalize_ring_and_star(draw: Draw):
    ring = np.roll(np.eye(5), 1, axis=1)
    yield draw.call(ring + ring.T)
    star = np.zeros((6, 6))
    star[0, 1:5] = 1.0
    star[4, 5] = 1.0
    yield draw.call(star + star.T)


@normalize_adj.check(
    "isolated",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("a directed graph with an isolated node", "고립된 노드가 있는 방향 그래프"),
    hint=Text(
        "A node without edges is still its own neighbour: its degree is 1, not 0.",
        "엣지가 없는 노드도 자기 자신의 이웃이므로 차수는 0이 아니라 1입니다.",
    ),
)
def normalize_isolated(draw: Draw):
    yield draw.call(draw.graph(5, directed=True))


@normalize_adj.check(
    "directed",
    points=5,
    tolerance=T1,
    title=Text("directed graphs with weights", "가중치가 있는 방향 그래프"),
    hint=Text(
        "Which sums are the degrees when rows and columns differ? Are both sides scaled by the same ones?",
        "행의 합과 열의 합이 다를 때 어느 쪽이 차수인가요? 양쪽에 같은 차수를 썼나요?",
    ),
)
def normalize_directed(draw: Draw):
    n, m, k = draw.sizes(3, 4, 9)
    yield draw.call(draw.graph(n, directed=True, weighted=True))
    yield draw.call(draw.graph(m, directed=True, weighted=True, isolated=False, density=0.7))
    yield draw.call(draw.strided(draw.graph(k, directed=True, weighted=True, density=0.3)))


@normalize_adj.check(
    "undirected",
    points=2,
    tolerance=T1,
    title=Text("larger undirected graphs", "큰 무방향 그래프"),
    hint=Text(
        "Check one entry by hand: the edge between two nodes, divided by the root of the product of their degrees.",
        "원소 하나를 손으로 계산해 보세요. 두 노드 사이의 엣지를 두 차수의 곱의 제곱근으로 나눈 값입니다.",
    ),
)
def normalize_undirected(draw: Draw):
    n, m = draw.sizes(2, 6, 12)
    yield draw.call(draw.graph(n))
    yield draw.call(draw.graph(m, weighted=True, density=0.3))


@normalize_adj.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("one node; no edges; all connected", "노드 하나; 엣지 없음; 모두 연결"),
    hint=Text("Without edges nothing is left but the self-loops.", "엣지가 없으면 남는 것은 자기 연결뿐입니다."),
)
def normalize_edges(draw: Draw):
    yield draw.call(np.zeros((1, 1)))
    yield draw.call(np.zeros((3, 3)))
    yield draw.call(np.ones((4, 4)) - np.eye(4))


@normalize_adj.in_float32(points=1)
def normalize_float32(draw: Draw):
    yield draw.call(draw.graph(6, directed=True, weighted=True))


# -- 3. gcn_layer ----------------------------------------------------------------------------------------------------

gcn_layer = Task("gcn_layer", points=12, form=1, purity=1, forbid=GEOMETRIC, exempt={**COMMON, **NO_UPSTREAM})


@gcn_layer.check(
    "small",
    points=4,
    visible=True,
    tolerance=T1,
    title=Text("small graphs, each activation once", "작은 그래프, 활성화 함수마다 한 번"),
    hint=Text(
        "A_hat stands on the left, W on the right; then the bias; the activation comes last.",
        "A_hat은 왼쪽, W는 오른쪽에서 곱하고, 그다음 편향을 더하고, 활성화 함수는 마지막입니다.",
    ),
)
def layer_small(draw: Draw):
    for act, directed in (("identity", False), ("relu", True), ("tanh", True)):
        n, D, M = draw.sizes(3, 3, 6)
        yield draw.call(*layer_inputs(draw, n, D, M, directed=directed), act)


@gcn_layer.check(
    "directed",
    points=2,
    tolerance=T1,
    title=Text("larger directed graphs", "큰 방향 그래프"),
    hint=Text(
        "Row i of A_hat holds the weights with which node i collects. Is the bias added once per node?",
        "A_hat의 i번째 행은 노드 i가 이웃을 모으는 가중치입니다. 편향은 노드마다 한 번만 더했나요?",
    ),
)
def layer_directed(draw: Draw):
    for act in ("relu", "tanh"):
        n, D, M = draw.sizes(3, 4, 9)
        x, a_hat, w, b = layer_inputs(draw, n, D, M)
        yield draw.call(draw.strided(x), a_hat, w, b, act)


@gcn_layer.check(
    "gradient",
    points=2,
    tolerance=T2,
    gradient=("X", "W", "b"),
    title=Text("differentiable with respect to X, W and b", "X, W, b로 미분 가능"),
    hint=Text(
        "Stay with tensor operations: .item(), .numpy() and .detach() cut the gradient.",
        "텐서 연산만 쓰세요. .item(), .numpy(), .detach()를 쓰면 기울기가 끊깁니다.",
    ),
)
def layer_gradient(draw: Draw):
    for act in ("relu", "tanh"):
        n, D, M = draw.sizes(3, 3, 7)
        yield draw.call(*layer_inputs(draw, n, D, M), act)


@gcn_layer.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text(
        "one node; equal sizes everywhere; equal features", "노드 하나; 크기가 모두 같을 때; 특징이 모두 같을 때"
    ),
    hint=Text(
        "When n, D and M are equal, shapes no longer tell you which matrix stands where.",
        "n, D, M이 같으면 모양만으로는 어느 행렬이 어디에 오는지 알 수 없습니다.",
    ),
)
def layer_edges(draw: Draw):
    yield draw.call(*layer_inputs(draw, 1, 3, 2), "relu")
    yield draw.call(*layer_inputs(draw, 4, 4, 4), "tanh")
    _, a_hat, w, b = layer_inputs(draw, 5, 3, 2)
    yield draw.call(np.full((5, 3), draw.scalar(0.3, 1.0)), a_hat, w, b, "identity")


@gcn_layer.in_float32(points=1)
def layer_float32(draw: Draw):
    yield draw.call(*layer_inputs(draw, 6, 4, 3), "tanh")


# -- 4. gcn_layer_bwd ------------------------------------------------------------------------------------------------

gcn_layer_bwd = Task(
    "gcn_layer_bwd", points=16, form=1, purity=1, forbid=AUTOGRAD, exempt=COMMON, parts=("dX", "dW", "db")
)


def bwd_call(draw: Draw, n, D, M, act, *, directed=True, strided=False):
    inputs = layer_inputs(draw, n, D, M, directed=directed)
    dH = draw.normal(n, M)
    return draw.call(draw.strided(dH) if strided else dH, *inputs, act)


@gcn_layer_bwd.check(
    "small",
    points=5,
    visible=True,
    tolerance=T2,
    title=Text("small graphs, each activation once", "작은 그래프, 활성화 함수마다 한 번"),
    hint=Text(
        "Go back through the activation first, then through the product A_hat X W. db is a sum.",
        "먼저 활성화 함수를, 그다음 곱 A_hat X W를 거슬러 가세요. db는 합입니다.",
    ),
)
def bwd_small(draw: Draw):
    for act, directed in (("identity", False), ("relu", True), ("tanh", False)):
        n, D, M = draw.sizes(3, 3, 6)
        yield bwd_call(draw, n, D, M, act, directed=directed)


@gcn_layer_bwd.check(
    "directed",
    points=5,
    tolerance=T2,
    title=Text("directed graphs", "방향 그래프"),
    hint=Text(
        "Gradients travel along the edges backwards. In which product does that change A_hat?",
        "기울기는 엣지를 거꾸로 따라갑니다. 그러면 어느 곱에서 A_hat이 달라져야 할까요?",
    ),
)
def bwd_directed(draw: Draw):
    for act, strided in (("identity", False), ("relu", True), ("tanh", False)):
        n, D, M = draw.sizes(3, 4, 9)
        yield bwd_call(draw, n, D, M, act, strided=strided)


@gcn_layer_bwd.check(
    "kink",
    points=2,
    tolerance=T2,
    edge=True,
    title=Text("pre-activations of exactly 0", "활성화 전 값이 정확히 0일 때"),
    hint=Text(
        "The derivative of ReLU at 0 is pinned in the docstring.", "0에서의 ReLU 도함수는 docstring에 정해져 있습니다."
    ),
)
def bwd_kink(draw: Draw):
    """The last node is isolated, without features, and half of the biases are 0: its Z is 0 there in any order of sums."""
    for act in ("relu", "tanh"):
        n, D, M = draw.sizes(3, 4, 7)
        x, a_hat, w, b = layer_inputs(draw, n, D, M)
        x[-1] = 0.0
        b[::2] = 0.0
        yield draw.call(draw.normal(n, M), x, a_hat, w, b, act)


@gcn_layer_bwd.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "one node; equal sizes everywhere; a constant upstream gradient",
        "노드 하나; 크기가 모두 같을 때; 상수인 상류 기울기",
    ),
    hint=Text(
        "A transpose in the wrong place shows no error when all sizes are equal.",
        "크기가 모두 같으면 전치를 잘못 써도 오류가 나지 않습니다.",
    ),
)
def bwd_edges(draw: Draw):
    yield bwd_call(draw, 1, 3, 2, "tanh")
    yield bwd_call(draw, 4, 4, 4, "tanh")
    yield draw.call(np.full((5, 2), draw.scalar(0.5, 1.5)), *layer_inputs(draw, 5, 3, 2), "relu")


@gcn_layer_bwd.in_float32(points=1)
def bwd_float32(draw: Draw):
    yield bwd_call(draw, 6, 4, 3, "tanh")


# -- 5. gcn_net ------------------------------------------------------------------------------------------------------

gcn_net = Task("gcn_net", points=12, form=1, purity=1, forbid=GEOMETRIC, exempt={**COMMON, **NO_UPSTREAM})


@gcn_net.check(
    "shallow",
    points=4,
    visible=True,
    tolerance=T2,
    title=Text("one to three layers", "한 층에서 세 층까지"),
    hint=Text(
        "ReLU between the layers, none after the last; the skip is added after the ReLU.",
        "ReLU는 층 사이에만 있고 마지막 층 뒤에는 없습니다. 스킵은 ReLU 다음에 더합니다.",
    ),
)
def net_shallow(draw: Draw):
    yield draw.call(*net_inputs(draw, 4, (3, 2), skip=False, directed=False))
    yield draw.call(*net_inputs(draw, 5, (3, 4, 2), skip=False))
    yield draw.call(*net_inputs(draw, 5, (3, 4, 4, 2), skip=True))


@gcn_net.check(
    "deep",
    points=2,
    tolerance=T2,
    title=Text("three and four layers without skips", "스킵이 없는 세 층과 네 층"),
    hint=Text(
        "All layers share one graph, and so one A_hat.", "모든 층은 그래프 하나를, 따라서 A_hat 하나를 공유합니다."
    ),
)
def net_deep(draw: Draw):
    yield draw.call(*net_inputs(draw, 7, (4, 6, 3, 5), skip=False))
    x, a, ws, _, _ = net_inputs(draw, 6, (3, 5, 4, 7, 2), skip=False)
    yield draw.call(draw.strided(x), a, ws, False, [draw.normal(*w.shape) for w in ws])


@gcn_net.check(
    "skip",
    points=2,
    tolerance=T2,
    title=Text(
        "skip connections in every layer, with and without projection", "모든 층의 스킵 연결, 투영이 있을 때와 없을 때"
    ),
    hint=Text(
        "Every layer has its skip, the last one too. None in Ps means: the input as it is.",
        "마지막 층까지 모든 층에 스킵이 있습니다. Ps의 None은 입력을 그대로 더하라는 뜻입니다.",
    ),
)
def net_skip(draw: Draw):
    yield draw.call(*net_inputs(draw, 6, (4, 4), skip=True))
    yield draw.call(*net_inputs(draw, 7, (3, 3, 5), skip=True))
    yield draw.call(*net_inputs(draw, 6, (4, 2, 2, 5, 3), skip=True))
    x, a, ws, _, _ = net_inputs(draw, 6, (3, 3, 4), skip=True)
    yield draw.call(x, a, ws, True, [draw.normal(*w.shape) for w in ws])  # a projection between equal sizes, too


@gcn_net.check(
    "gradient",
    points=1,
    tolerance=T2,
    gradient=("X", "Ws"),
    title=Text("differentiable with respect to X and every weight", "X와 모든 가중치로 미분 가능"),
    hint=Text(
        "Stay with tensor operations: .item(), .numpy() and .detach() cut the gradient.",
        "텐서 연산만 쓰세요. .item(), .numpy(), .detach()를 쓰면 기울기가 끊깁니다.",
    ),
)
def net_gradient(draw: Draw):
    yield draw.call(*net_inputs(draw, 5, (3, 6, 2), skip=False))
    yield draw.call(*net_inputs(draw, 6, (4, 4, 3), skip=True))


@gcn_net.check(
    "edges",
    points=0.5,
    tolerance=T2,
    edge=True,
    title=Text("one node; no edges", "노드 하나; 엣지 없음"),
    hint=Text("A single node still has itself as a neighbour.", "노드가 하나여도 자기 자신이 이웃입니다."),
)
def net_edges(draw: Draw):
    yield draw.call(*net_inputs(draw, 1, (3, 4, 2), skip=False))
    x, _, ws, _, ps = net_inputs(draw, 1, (2, 5, 3), skip=True)
    yield draw.call(np.concatenate([x, x, x]), np.zeros((3, 3)), ws, True, ps)


@gcn_net.in_float32(points=0.5)
def net_float32(draw: Draw):
    yield draw.call(*net_inputs(draw, 5, (3, 4, 4, 2), skip=True))


# -- 6. readout ------------------------------------------------------------------------------------------------------

readout = Task("readout", points=12, form=1, purity=1, forbid=GEOMETRIC, exempt={**COMMON, **NO_UPSTREAM})

MODES = ("mean", "sum", "max", "sorted-concat")


@readout.check(
    "small",
    points=4,
    visible=True,
    tolerance=T1,
    title=Text("three small graphs, each mode once", "작은 그래프 세 개, 모드마다 한 번"),
    hint=Text(
        "One row for each graph. The nodes of a graph need not stand next to each other.",
        "그래프마다 한 행입니다. 한 그래프의 노드들이 이웃한 행에 있으리라는 보장은 없습니다.",
    ),
)
def readout_small(draw: Draw):
    for mode in MODES:
        n, D = draw.sizes(2, 4, 7)
        yield draw.call(draw.normal(n, D, loc=-0.5), members(draw, n, 3), 3, mode)


@readout.check(
    "modes",
    points=3,
    tolerance=T1,
    title=Text("larger batches, each mode once", "큰 배치, 모드마다 한 번"),
    hint=Text(
        "Try it with the nodes in another order, and with features that are all negative.",
        "노드의 순서를 바꿔 보고, 특징이 모두 음수일 때도 확인해 보세요.",
    ),
)
def readout_modes(draw: Draw):
    for mode in MODES:
        n, D = draw.sizes(2, 6, 10)
        G = int(draw.integers(2, 5))
        h = -draw.positive(n, D) if mode == "max" else draw.normal(n, D)
        yield draw.call(draw.strided(h), members(draw, n, G), G, mode)


@readout.check(
    "empty",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("graphs without nodes", "노드가 없는 그래프"),
    hint=Text(
        "What does your reduction return for no nodes at all?",
        "노드가 하나도 없으면 여러분의 계산은 무엇을 돌려주나요?",
    ),
)
def readout_empty(draw: Draw):
    for mode, empty in (("mean", (1,)), ("max", (0, 3)), ("sorted-concat", (2,))):
        n, D = draw.sizes(2, 3, 7)
        yield draw.call(draw.normal(n, D), members(draw, n, 4, empty=empty), 4, mode)


@readout.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("a single node; equal nodes", "노드 하나; 모두 같은 노드"),
    hint=Text(
        "One graph with one node gives back the features of that node.",
        "노드가 하나인 그래프의 결과는 그 노드의 특징 그대로입니다.",
    ),
)
def readout_edges(draw: Draw):
    yield draw.call(draw.normal(1, 4), np.zeros(1, dtype=np.int64), 1, "max")
    yield draw.call(np.full((5, 3), draw.scalar(-2.0, -0.5)), members(draw, 5, 2), 2, "sorted-concat")


@readout.check(
    "gradient",
    points=1,
    tolerance=T1,
    gradient=("H",),
    title=Text("differentiable with respect to H", "H로 미분 가능"),
    hint=Text(
        "Stay with tensor operations: .item(), .numpy() and .detach() cut the gradient.",
        "텐서 연산만 쓰세요. .item(), .numpy(), .detach()를 쓰면 기울기가 끊깁니다.",
    ),
)
def readout_gradient(draw: Draw):
    for mode in ("mean", "max"):
        n, D = draw.sizes(2, 4, 7)
        yield draw.call(draw.normal(n, D), members(draw, n, 3), 3, mode)


@readout.in_float32(points=0.5)
def readout_float32(draw: Draw):
    yield draw.call(draw.normal(6, 4), members(draw, 6, 3, empty=(1,)), 3, "mean")


# -- 7. graph_pool ---------------------------------------------------------------------------------------------------

graph_pool = Task(
    "graph_pool",
    points=10,
    form=1,
    purity=1,
    forbid=GEOMETRIC,
    exempt={**COMMON, **NO_UPSTREAM, **NO_HYPERPARAMETER},
    parts=("X_pool", "A_pool"),
)


@graph_pool.check(
    "small",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("one-hot and soft clusters", "원-핫 클러스터와 소프트 클러스터"),
    hint=Text("Both ends of every edge go into a cluster.", "모든 엣지의 양 끝이 각각 클러스터로 들어갑니다."),
)
def pool_small(draw: Draw):
    yield draw.call(draw.normal(6, 4), draw.graph(6), np.eye(3)[draw.permutation(6) % 3])
    yield draw.call(draw.normal(5, 3), draw.graph(5, directed=True, weighted=True), draw.probabilities(5, 2))


@graph_pool.check(
    "larger",
    points=2,
    tolerance=T1,
    title=Text("larger graphs, directed and undirected", "큰 그래프, 방향과 무방향"),
    hint=Text("Sums, not means; S exactly as it is given.", "평균이 아니라 합이며, S는 주어진 그대로 씁니다."),
)
def pool_larger(draw: Draw):
    for directed in (True, False):
        n, D, k = draw.sizes(3, 3, 9)
        yield draw.call(draw.normal(n, D), draw.graph(n, directed=directed, weighted=True), draw.probabilities(n, k))
    yield draw.call(draw.strided(draw.normal(7, 3)), draw.graph(7, directed=True), draw.one_hot(7, 4))


@graph_pool.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("one cluster; as many clusters as nodes; one node", "클러스터 하나; 노드 수만큼의 클러스터; 노드 하나"),
    hint=Text(
        "When k = n, S and its transpose have the same shape: which of them stands on the left?",
        "k = n이면 S와 전치 행렬의 모양이 같습니다. 어느 쪽이 왼쪽에 와야 하나요?",
    ),
)
def pool_edges(draw: Draw):
    yield draw.call(draw.normal(5, 3), draw.graph(5, weighted=True), np.ones((5, 1)))
    yield draw.call(draw.normal(4, 3), draw.graph(4, directed=True, weighted=True), draw.probabilities(4, 4))
    yield draw.call(draw.normal(1, 3), np.zeros((1, 1)), draw.probabilities(1, 2))


@graph_pool.check(
    "gradient",
    points=1,
    tolerance=T2,
    gradient=("X", "S"),
    title=Text("differentiable with respect to X and S", "X와 S로 미분 가능"),
    hint=Text(
        "The assignment S is learned in practice: keep it in the graph of operations.",
        "할당 행렬 S는 실제로 학습되는 값이므로 계산 그래프에서 끊기면 안 됩니다.",
    ),
)
def pool_gradient(draw: Draw):
    n, D, k = draw.sizes(3, 3, 7)
    yield draw.call(draw.normal(n, D), draw.graph(n, directed=True, weighted=True), draw.probabilities(n, k))
    # A small graph may come without an edge, and then nothing is learned through A.
    yield draw.call(
        draw.normal(8, 2), draw.graph(8, directed=True, weighted=True, isolated=False), draw.probabilities(8, 3)
    )


@graph_pool.in_float32(points=1)
def pool_float32(draw: Draw):
    yield draw.call(draw.normal(6, 3), draw.graph(6, directed=True, weighted=True), draw.probabilities(6, 4))


# -- 8. node_ce, perm_check ------------------------------------------------------------------------------------------

node_ce = Task(
    "node_ce",
    points=14,
    functions=("node_ce", "perm_check"),
    form=1,
    purity=1,
    forbid=(*AUTOGRAD, *CROSS_ENTROPY),
    exempt={key: why for key, why in {**COMMON, **NO_UPSTREAM}.items() if key != "R9"},
    parts=("loss", "d"),
)


@node_ce.check(
    "loss",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("loss and gradient with some nodes masked", "일부 노드를 가렸을 때의 손실과 기울기"),
    hint=Text(
        "Count the kept nodes; the masked ones add nothing to the loss and get no gradient.",
        "사용하는 노드의 수를 세세요. 가려진 노드는 손실에 더해지지 않고 기울기도 받지 않습니다.",
    ),
)
def ce_small(draw: Draw):
    for n, C in ((4, 3), (6, 2)):
        yield draw.call(draw.normal(n, C, scale=1.5), draw.integers(0, C, n), kept(draw, n))


@node_ce.check(
    "permutation",
    points=2,
    visible=True,
    tolerance=X,
    title=Text("permutation test of two layers", "두 층의 순열 검사"),
    hint=Text(
        "Renumber the rows and the columns of A, and compare with the renumbered rows of f(X, A).",
        "A의 행과 열의 번호를 모두 바꾸고, f(X, A)의 행을 같은 순서로 바꾼 것과 비교하세요.",
    ),
)
def perm_small(draw: Draw):
    for kind in ("neighbours", "running sum"):
        yield perm_call(draw, kind, 5)


def near_call(draw: Draw, n, gap):
    """A layer that is not equivariant, by exactly this much."""
    x, a, W, perm = draw.normal(n, 3), draw.graph(n), draw.normal(3, 2), long_cycle(draw, n)
    number = np.arange(1, n + 1)[:, None]
    found = np.abs((a @ x @ W)[perm] * (number - number[perm])).max()
    return draw.call("filter for each node", x, a, W * (gap / found), perm, function="perm_check_named")


def perm_call(draw: Draw, kind, n, perm=None):
    D, M = draw.sizes(2, 2, 5)
    perm = long_cycle(draw, n) if perm is None else perm
    x, a = draw.normal(n, D), draw.graph(n, directed=True, weighted=True)
    return draw.call(kind, x, a, draw.normal(D, M), perm, function="perm_check_named")


@node_ce.check(
    "larger",
    points=2,
    tolerance=T2,
    title=Text("larger graphs, few and many labels", "큰 그래프, 레이블이 적을 때와 많을 때"),
    hint=Text(
        "Compare the gradient with a small change of one logit, for a kept and for a masked node.",
        "사용하는 노드와 가려진 노드에서 로짓 하나를 조금 바꿔 보고 기울기와 비교해 보세요.",
    ),
)
def ce_larger(draw: Draw):
    n, C = draw.sizes(2, 6, 10)
    yield draw.call(draw.strided(draw.normal(n, C, scale=2.0)), draw.integers(0, C, n), np.arange(n) < 2)
    yield draw.call(draw.normal(C, 4, scale=2.0), draw.integers(0, 4, C), np.arange(C) != 1)


@node_ce.check(
    "extreme",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("logits of about 1000", "1000 안팎의 로짓"),
    hint=Text(
        "Take the logarithm of the softmax without ever forming a huge exponential.",
        "지나치게 큰 지수를 만들지 않고 소프트맥스의 로그를 구하세요.",
    ),
)
def ce_extreme(draw: Draw):
    h = draw.normal(5, 3)
    h[0], h[2, 1], h[4] = (1000.0, -1000.0, 0.0), 900.0, (-1000.0, -1000.0, -999.0)
    yield draw.call(h, np.array([1, 0, 2, 1, 0]), np.array([True, True, False, True, True]))


@node_ce.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "all nodes masked; one node, not masked; no label behind the mask",
        "모두 가린 경우; 가리지 않은 노드 하나; 가린 노드에 레이블이 없는 경우",
    ),
    hint=Text(
        "With no label left there is nothing to learn: neither the loss nor the gradient may be NaN.",
        "레이블이 하나도 남지 않으면 배울 것이 없습니다. 손실도 기울기도 NaN이 되면 안 됩니다.",
    ),
)
def ce_edges(draw: Draw):
    yield draw.call(draw.normal(4, 3), draw.integers(0, 3, 4), np.zeros(4, dtype=bool))
    yield draw.call(np.full((1, 5), draw.scalar(-1.0, 1.0)), draw.integers(0, 5, 1), np.ones(1, dtype=bool))
    mask = np.array([True, False, True, False])
    yield draw.call(draw.normal(4, 3), np.where(mask, draw.integers(0, 3, 4), -1), mask)


@node_ce.check(
    "layers",
    points=2,
    tolerance=X,
    title=Text("permutation test of other layers and permutations", "다른 층과 다른 순열의 순열 검사"),
    hint=Text(
        "With a permutation that is not its own inverse, P and its transpose are different.",
        "자기 자신의 역이 아닌 순열에서는 P와 그 전치가 서로 다릅니다.",
    ),
)
def perm_layers(draw: Draw):
    for kind in ("difference to neighbours", "node by node", "filter for each node"):
        yield perm_call(draw, kind, int(draw.integers(5, 8)))
    yield perm_call(draw, "neighbours", 5, swap(5, 0, 2))
    yield perm_call(draw, "node number", 4, swap(4, 1, 2))
    for _ in range(2):
        yield perm_call(draw, "running sum", 8)
    for gap in (0.7e-4, 1.5e-4):
        yield near_call(draw, 6, gap)
    # f(P X) - P f(X) is the same number everywhere here: far below 0, just outside of 1e-4, just inside
    for size in (1.0, 2e-4, 0.5e-4):
        x, perm = draw.normal(5, 1), long_cycle(draw, 5)
        x[0], x[perm[0]] = 0.0, 1.0
        yield draw.call("from the first node", x, draw.graph(5), np.array([[size]]), perm, function="perm_check_named")
    # the same number above 0; and numbers of about a million, beside which a gap of one is small and not 1e-4
    x, perm = draw.normal(5, 1), long_cycle(draw, 5)
    x[0], x[perm[0]] = 0.0, -1.0
    yield draw.call("from the first node", x, draw.graph(5), np.array([[1.0]]), perm, function="perm_check_named")
    x, everyone = 1e6 * draw.positive(5, 2), np.ones((5, 5)) - np.eye(5)
    yield draw.call("node number", x, everyone, np.ones((2, 1)), long_cycle(draw, 5), function="perm_check_named")
    yield perm_call(draw, "node number", 6, np.arange(6))  # where every node keeps its number, any layer passes


@node_ce.in_float32(points=1)
def ce_float32(draw: Draw):
    yield draw.call(draw.normal(6, 4, scale=2.0), draw.integers(0, 4, 6), kept(draw, 6))
    yield perm_call(draw, "neighbours", 5)
