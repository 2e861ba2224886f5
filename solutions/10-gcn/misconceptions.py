"""Lecture 10, GCN: wrong versions that students write, and what to tell them."""

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- 1. adjacency ----------------------------------------------------------------------------------------------------


@misconception(
    "adjacency",
    en="You enter every edge in one direction only. In an undirected graph the edge (i, j) also leads from j to i, so A must be symmetric.",
    ko="엣지를 한쪽 방향으로만 적었습니다. 무방향 그래프에서는 엣지 (i, j)가 j에서 i로도 이어지므로 A가 대칭이어야 합니다.",
)
def one_direction_only(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        A[i, j] = 1.0 if weights is None else weights[e]
    return A


@misconception(
    "adjacency",
    en="You add to A[i, j] for every line of the list, so an edge that is listed twice counts twice. A repeated edge is still one edge: set the entry instead of adding to it.",
    ko="목록에 나올 때마다 A[i, j]에 더해서, 두 번 나온 엣지가 두 번 세어졌습니다. 반복해서 나와도 엣지는 하나이므로 더하지 말고 대입해야 합니다.",
)
def duplicates_add_up(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        w = 1.0 if weights is None else weights[e]
        A[i, j] += w
        if not directed and i != j:
            A[j, i] += w
    return A


@misconception(
    "adjacency",
    en="You make the matrix symmetric by adding its transpose. That doubles what already stands on both sides: the diagonal, and edges that are listed in both directions.",
    ko="전치 행렬을 더해서 대칭으로 만들었습니다. 그러면 이미 양쪽에 있던 값, 곧 대각 원소와 양방향으로 적힌 엣지가 두 배가 됩니다.",
)
def self_loop_doubled(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        A[i, j] = 1.0 if weights is None else weights[e]
    return A if directed else A + A.T


@misconception(
    "adjacency",
    en="Rows and columns are exchanged: the edge i -> j belongs in row i, column j. On undirected graphs nobody can see the difference.",
    ko="행과 열이 뒤바뀌었습니다. 엣지 i -> j는 i행 j열에 적어야 합니다. 무방향 그래프에서는 이 차이가 드러나지 않습니다.",
)
def rows_and_columns_exchanged(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        A[j, i] = 1.0 if weights is None else weights[e]
        if not directed:
            A[i, j] = A[j, i]
    return A


@misconception(
    "adjacency",
    en="You subtract 1 from the node numbers. They already start at 0, as indices do in Python; -1 silently points to the last node.",
    ko="노드 번호에서 1을 뺐습니다. 번호는 파이썬의 인덱스처럼 이미 0부터 시작합니다. 인덱스 -1은 오류 없이 마지막 노드를 가리킵니다.",
)
def nodes_from_one(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        A[i - 1, j - 1] = 1.0 if weights is None else weights[e]
        if not directed:
            A[j - 1, i - 1] = A[i - 1, j - 1]
    return A


@misconception(
    "adjacency",
    en="Every edge gets the value 1, even when weights are given. With weights, the entry is the weight of the edge.",
    ko="가중치가 주어져도 모든 엣지에 1을 넣었습니다. 가중치가 있으면 그 엣지의 가중치를 적어야 합니다.",
)
def weights_ignored(n, edges, directed, weights=None):
    A = torch.zeros(n, n, dtype=torch.float64 if weights is None else weights.dtype)
    for i, j in edges.tolist():
        A[i, j] = 1.0
        if not directed:
            A[j, i] = 1.0
    return A


# -- 2. normalize_adj ------------------------------------------------------------------------------------------------


def with_self_loops(A):
    return A + torch.eye(A.shape[0], dtype=A.dtype, device=A.device)


def root_of_inverse(d):
    """d^-1/2, with 0 for nodes without edges."""
    return torch.where(d > 0, d.clamp(min=1e-300 if d.dtype == torch.float64 else 1e-30).rsqrt(), torch.zeros_like(d))


@misconception(
    "normalize_adj",
    en="You normalise A without self-loops and set the rows of isolated nodes to 0. Then no node hears its own features, and an isolated node loses them altogether: add I before anything else.",
    ko="자기 연결 없이 A만 정규화하고 고립된 노드의 행은 0으로 두었습니다. 그러면 노드가 자기 특징을 전혀 받지 못하고, 고립된 노드는 특징을 통째로 잃습니다. 무엇보다 먼저 I를 더해야 합니다.",
    evidence="E5",
)
def no_self_loops(A):
    d = root_of_inverse(A.sum(dim=1))
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="You use the formula of the notes literally, on A without self-loops: an isolated node has degree 0, and 0 to the power -1/2 is infinite. With A + I every degree is at least 1.",
    ko="강의 노트의 식을 자기 연결이 없는 A에 그대로 적용했습니다. 고립된 노드의 차수가 0이므로 0의 -1/2제곱은 무한대가 됩니다. A + I를 쓰면 모든 차수가 1 이상입니다.",
    evidence="E5",
)
def infinite_at_isolated_nodes(A):
    d = A.sum(dim=1) ** -0.5
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="You add the self-loops but count the degrees in A, without them. The degrees must be the row sums of A + I; as it is, they are too small by 1, and 0 for isolated nodes.",
    ko="자기 연결은 더했지만 차수는 자기 연결이 없는 A에서 세었습니다. 차수는 A + I의 행의 합이어야 합니다. 지금은 차수가 1씩 작고, 고립된 노드에서는 0이 됩니다.",
    evidence="E1",
)
def degree_before_self_loops(A):
    d = A.sum(dim=1) ** -0.5
    return d[:, None] * with_self_loops(A) * d[None, :]


@misconception(
    "normalize_adj",
    en="You computed D^-1 (A + I), which divides every row by its own degree: a mean over the neighbours. The symmetric form divides by the square roots of both degrees; on a regular graph the two agree.",
    ko="D^-1 (A + I)를 계산했습니다. 행마다 자기 차수로 나누는 이웃 평균입니다. 대칭 정규화는 양 끝 노드의 차수의 제곱근으로 나눕니다. 모든 노드의 차수가 같은 그래프에서만 두 결과가 같습니다.",
    evidence="E2",
)
def divided_by_row_degree(A):
    A = with_self_loops(A)
    return A / A.sum(dim=1)[:, None]


@misconception(
    "normalize_adj",
    en="You computed (A + I) D^-1: every column is divided by the whole degree of its node, and the row's degree is not used at all. Share the division between both sides, a square root each.",
    ko="(A + I) D^-1을 계산했습니다. 열마다 그 노드의 차수로 한꺼번에 나누고 행 쪽 차수는 쓰지 않았습니다. 양쪽에서 제곱근으로 반씩 나눠야 합니다.",
    evidence="E2",
)
def divided_on_the_column_side(A):
    A = with_self_loops(A)
    return A / A.sum(dim=1)[None, :]


@misconception(
    "normalize_adj",
    en="D^-1/2 stands on the left only. The formula has it on both sides: rows and columns are scaled.",
    ko="D^-1/2을 왼쪽에만 곱했습니다. 식에는 양쪽에 있으므로 행과 열의 크기를 모두 바꿔야 합니다.",
)
def one_side_only(A):
    A = with_self_loops(A)
    return A.sum(dim=1).rsqrt()[:, None] * A


@misconception(
    "normalize_adj",
    en="You multiply by the square roots of the degrees, D^1/2, instead of dividing by them. Busy nodes get even louder that way.",
    ko="차수의 제곱근으로 나누지 않고 곱했습니다(D^1/2). 그러면 연결이 많은 노드의 영향이 오히려 더 커집니다.",
)
def multiplied_by_the_root(A):
    A = with_self_loops(A)
    d = A.sum(dim=1).sqrt()
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="You normalise A first and add I afterwards. Then every node hears itself with weight 1, however many neighbours it has; the self-loop must be there when degrees are counted.",
    ko="A를 먼저 정규화하고 I를 나중에 더했습니다. 그러면 이웃이 몇이든 자기 자신의 가중치가 늘 1이 됩니다. 차수를 셀 때 자기 연결이 이미 들어 있어야 합니다.",
    evidence="E1",
)
def self_loops_afterwards(A):
    d = root_of_inverse(A.sum(dim=1))
    return with_self_loops(d[:, None] * A * d[None, :])


@misconception(
    "normalize_adj",
    en="The self-loops are counted twice: your diagonal comes from A + 2I. Add the identity once.",
    ko="자기 연결이 두 번 더해졌습니다. 대각 원소가 A + 2I에서 나온 값입니다. 단위 행렬은 한 번만 더하세요.",
    evidence="E3",
)
def self_loops_twice(A):
    A = with_self_loops(with_self_loops(A))
    d = A.sum(dim=1).rsqrt()
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="Your degrees are column sums. For directed graphs that is another number; in this assignment the degree is the sum of the row.",
    ko="차수를 열의 합으로 구했습니다. 방향 그래프에서는 값이 달라집니다. 이 과제에서 차수는 행의 합입니다.",
    evidence="E4",
)
def column_degree(A):
    A = with_self_loops(A)
    d = A.sum(dim=0).rsqrt()
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="You built the diagonal matrix D and raised it to the power -1/2 element by element. The zeros beside the diagonal become infinite; only the diagonal may be raised to the power.",
    ko="대각 행렬 D를 만들어 원소마다 -1/2제곱을 했습니다. 그러면 대각선 밖의 0이 무한대가 됩니다. 대각 원소에만 거듭제곱을 적용해야 합니다.",
)
def power_of_every_element(A):
    A = with_self_loops(A)
    D = torch.diag(A.sum(dim=1)) ** -0.5
    return D @ A @ D


@misconception(
    "normalize_adj",
    en="This is the normalised Laplacian, I - A_hat. It measures differences to the neighbours; a GCN layer needs A_hat itself, which averages them.",
    ko="정규화된 라플라시안 I - A_hat을 구했습니다. 라플라시안은 이웃과의 차이를 재는 행렬입니다. GCN 층에 필요한 것은 이웃을 평균하는 A_hat 자체입니다.",
)
def laplacian(A):
    identity = torch.eye(A.shape[0], dtype=A.dtype, device=A.device)
    A = with_self_loops(A)
    d = A.sum(dim=1).rsqrt()
    return identity - d[:, None] * A * d[None, :]


# -- 3. gcn_layer ----------------------------------------------------------------------------------------------------


@misconception(
    "gcn_layer",
    en="A_hat stands to the right of X. It would mix the features there, and the shapes only fit when n = D; to mix the nodes, which are rows, it must multiply from the left.",
    ko="A_hat을 X의 오른쪽에 곱했습니다. 그 자리에서는 특징을 섞게 되고, n = D일 때만 모양이 맞습니다. 행에 놓인 노드를 섞으려면 왼쪽에서 곱해야 합니다.",
)
def adjacency_on_the_right(X, A_hat, W, b, act):
    return activate(X @ A_hat @ W + b, act)


@misconception(
    "gcn_layer",
    en="W stands to the left of X, where it mixes nodes, and the shapes only fit when n, D and M are equal. Features are columns, so W multiplies from the right.",
    ko="W를 X의 왼쪽에 곱했습니다. 그 자리에서는 노드를 섞게 되고, n, D, M이 모두 같을 때만 모양이 맞습니다. 특징은 열에 있으므로 W는 오른쪽에서 곱해야 합니다.",
)
def weights_on_the_left(X, A_hat, W, b, act):
    return activate(A_hat @ (W @ X) + b, act)


@misconception(
    "gcn_layer",
    en="You multiply by the transpose of A_hat: every node collects from the wrong end of its edges. Only directed graphs show it.",
    ko="A_hat의 전치를 곱했습니다. 그러면 노드가 엣지의 반대쪽 끝에서 특징을 모읍니다. 방향 그래프에서만 차이가 드러납니다.",
    evidence="E4",
)
def transposed_adjacency(X, A_hat, W, b, act):
    return activate(A_hat.T @ X @ W + b, act)


@misconception(
    "gcn_layer",
    en="The activation comes before the neighbours are collected. A layer collects first and applies the activation to the result.",
    ko="이웃을 모으기 전에 활성화 함수를 적용했습니다. 먼저 이웃을 모으고, 그 결과에 활성화 함수를 적용해야 합니다.",
)
def activation_before_aggregation(X, A_hat, W, b, act):
    return A_hat @ activate(X @ W + b, act)


@misconception(
    "gcn_layer",
    en="The bias is added before the neighbours are collected, so node i gets it times the sum of row i of A_hat. Add it afterwards, once for each node.",
    ko="이웃을 모으기 전에 편향을 더해서, 노드 i의 편향이 A_hat의 i번째 행의 합만큼 곱해졌습니다. 모은 다음에 노드마다 한 번 더해야 합니다.",
)
def bias_aggregated(X, A_hat, W, b, act):
    return activate(A_hat @ (X @ W + b), act)


@misconception(
    "gcn_layer",
    en="The bias is missing. It is added to every row before the activation.",
    ko="편향이 빠졌습니다. 활성화 함수를 적용하기 전에 모든 행에 더해야 합니다.",
)
def bias_forgotten(X, A_hat, W, b, act):
    return activate(A_hat @ X @ W, act)


# -- 4. gcn_layer_bwd ------------------------------------------------------------------------------------------------


def slope(Z, act):
    return {"relu": (Z > 0).to(Z.dtype), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]


@misconception(
    "gcn_layer_bwd",
    en="dX uses A_hat where its transpose is needed: gradients travel along the edges backwards. On undirected graphs the two are equal, so only directed ones show it.",
    ko="dX에서 A_hat의 전치를 써야 하는데 A_hat을 그대로 썼습니다. 기울기는 엣지를 거꾸로 따라갑니다. 무방향 그래프에서는 둘이 같아서 방향 그래프에서만 드러납니다.",
)
def adjacency_not_transposed(dH, X, A_hat, W, b, act):
    dZ = dH * slope(A_hat @ X @ W + b, act)
    return A_hat @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="dW has no A_hat in it, as if the layer were dense. What W multiplies is A_hat X, so that is what its gradient contains.",
    ko="dW에 A_hat이 없어 평범한 완전연결 층의 기울기가 되었습니다. W에 곱해지는 것은 A_hat X이므로 기울기에도 그것이 들어가야 합니다.",
)
def weight_gradient_without_adjacency(dH, X, A_hat, W, b, act):
    dZ = dH * slope(A_hat @ X @ W + b, act)
    return A_hat.T @ dZ @ W.T, X.T @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="The derivative of the activation is missing: dH is the gradient at H, and you need the one at Z = A_hat X W + b.",
    ko="활성화 함수의 도함수가 빠졌습니다. dH는 H에서의 기울기이고, 필요한 것은 Z = A_hat X W + b에서의 기울기입니다.",
    evidence="E18",
)
def activation_derivative_missing(dH, X, A_hat, W, b, act):
    return A_hat.T @ dH @ W.T, (A_hat @ X).T @ dH, dH.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="db is a mean over the nodes. The bias is added to every row, so its gradient is the sum of all rows; if a mean is wanted, the loss has already put it into dH.",
    ko="db를 노드에 대한 평균으로 구했습니다. 편향은 모든 행에 더해지므로 기울기는 모든 행의 합입니다. 평균을 내는 손실이라면 그 나눗셈은 이미 dH에 들어 있습니다.",
    evidence="E18",
)
def bias_gradient_averaged(dH, X, A_hat, W, b, act):
    dZ = dH * slope(A_hat @ X @ W + b, act)
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.mean(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="You evaluate the derivative of the activation at H, the output, instead of at Z, the value before the activation. For ReLU that makes no difference, for tanh it does.",
    ko="활성화 함수의 도함수를 활성화 전 값 Z가 아니라 출력 H에서 계산했습니다. ReLU에서는 차이가 없지만 tanh에서는 결과가 달라집니다.",
    evidence="E18",
)
def derivative_at_the_output(dH, X, A_hat, W, b, act):
    dZ = dH * slope(activate(A_hat @ X @ W + b, act), act)
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="Your ReLU has derivative 1 at exactly 0. In this assignment it is 0 there, as in torch.",
    ko="ReLU의 도함수를 정확히 0인 곳에서 1로 두었습니다. 이 과제에서는 torch와 같이 0으로 정합니다.",
)
def relu_slope_one_at_zero(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * ((Z >= 0).to(Z.dtype) if act == "relu" else slope(Z, act))
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


# -- 5. gcn_net ------------------------------------------------------------------------------------------------------


def symmetric(A):
    A = with_self_loops(A)
    d = A.sum(dim=1).rsqrt()
    return d[:, None] * A * d[None, :]


def skip_of(H, Ps, layer):
    return H if Ps[layer] is None else H @ Ps[layer]


@misconception(
    "gcn_net",
    en="You normalise again in every layer, so that from the second layer on self-loops are added to a matrix that already has them. The graph does not change: compute A_hat once.",
    ko="층마다 다시 정규화해서, 둘째 층부터는 이미 자기 연결이 있는 행렬에 또 더했습니다. 그래프는 변하지 않으므로 A_hat은 한 번만 계산해야 합니다.",
    evidence="E3",
)
def normalised_in_every_layer(X, A, Ws, skip, Ps=None):
    H = X
    for layer, W in enumerate(Ws):
        A = symmetric(A)
        Y = A @ H @ W
        Y = torch.relu(Y) if layer < len(Ws) - 1 else Y
        H = Y + skip_of(H, Ps, layer) if skip else Y
    return H


@misconception(
    "gcn_net",
    en="Only the last layer has its skip connection. With skip, every layer adds its own input to its output.",
    ko="마지막 층에만 스킵 연결이 있습니다. skip이 True이면 모든 층이 자기 입력을 출력에 더해야 합니다.",
)
def skip_only_in_the_last_layer(X, A, Ws, skip, Ps=None):
    A_hat, H = symmetric(A), X
    for layer, W in enumerate(Ws):
        last = layer == len(Ws) - 1
        Y = A_hat @ H @ W
        Y = Y if last else torch.relu(Y)
        H = Y + skip_of(H, Ps, layer) if skip and last else Y
    return H


@misconception(
    "gcn_net",
    en="The layers use A itself. Without normalisation, and without self-loops, features grow with the degree of a node and each node forgets its own.",
    ko="층에서 A를 그대로 썼습니다. 정규화도 자기 연결도 없으면 특징 값이 차수에 따라 커지고, 노드는 자기 특징을 잊습니다.",
    evidence="E5",
)
def raw_adjacency(X, A, Ws, skip, Ps=None):
    H = X
    for layer, W in enumerate(Ws):
        Y = A @ H @ W
        Y = torch.relu(Y) if layer < len(Ws) - 1 else Y
        H = Y + skip_of(H, Ps, layer) if skip else Y
    return H


@misconception(
    "gcn_net",
    en="You add the skip before the activation, as a ResNet block does. Here it goes past the activation: first ReLU, then add.",
    ko="ResNet 블록처럼 스킵을 활성화 함수 앞에서 더했습니다. 여기서는 스킵이 활성화 함수를 거치지 않습니다. ReLU를 먼저 적용하고 그다음에 더하세요.",
)
def skip_before_the_activation(X, A, Ws, skip, Ps=None):
    A_hat, H = symmetric(A), X
    for layer, W in enumerate(Ws):
        Y = A_hat @ H @ W
        Y = Y + skip_of(H, Ps, layer) if skip else Y
        H = torch.relu(Y) if layer < len(Ws) - 1 else Y
    return H


@misconception(
    "gcn_net",
    en="The last layer has a ReLU, too. Its outputs are logits, which must be free to be negative.",
    ko="마지막 층에도 ReLU를 적용했습니다. 마지막 층의 출력은 로짓이므로 음수도 될 수 있어야 합니다.",
)
def activation_after_the_last_layer(X, A, Ws, skip, Ps=None):
    A_hat, H = symmetric(A), X
    for layer, W in enumerate(Ws):
        Y = torch.relu(A_hat @ H @ W)
        H = Y + skip_of(H, Ps, layer) if skip else Y
    return H


# -- 6. readout ------------------------------------------------------------------------------------------------------


def by_graph(H, gid, G, mode, reduce, *, sort=True):
    """Rows of one readout: `reduce` for the mode that it names, the right thing for the others."""
    D, rows = H.shape[1], []
    graphs = [H[gid == g] for g in range(G)]
    K = max(len(nodes) for nodes in graphs)
    for nodes in graphs:
        if mode == "sorted-concat":
            nodes = nodes[nodes[:, 0].argsort()] if sort else nodes
            rows.append(F.pad(nodes.flatten(), (0, (K - len(nodes)) * D)))
        elif mode in reduce:
            rows.append(reduce[mode](nodes))
        elif len(nodes) == 0:
            rows.append(H.new_zeros(D))
        else:
            rows.append({"mean": torch.mean, "sum": torch.sum, "max": torch.amax}[mode](nodes, dim=0))
    return torch.stack(rows)


@misconception(
    "readout",
    en="All graphs get the same mean, the one over all nodes of the batch. Use gid: each graph averages its own nodes.",
    ko="모든 그래프가 배치 전체 노드의 평균을 똑같이 받았습니다. gid를 써서 그래프마다 자기 노드만 평균해야 합니다.",
)
def mean_over_all_graphs(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"mean": lambda nodes: H.mean(dim=0)})


@misconception(
    "readout",
    en="Your mean divides by the number of all nodes in the batch. Each graph has its own number of nodes.",
    ko="평균을 구할 때 배치 전체의 노드 수로 나누었습니다. 그래프마다 자기 노드 수로 나눠야 합니다.",
)
def mean_divides_by_all_nodes(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.sum(dim=0) / len(H)})


@misconception(
    "readout",
    en="Your maximum runs over nodes and features together, so that all features of a graph are equal. Take it over the nodes only, one for each feature.",
    ko="최댓값을 노드와 특징 전체에서 구해 한 그래프의 특징이 모두 같아졌습니다. 특징마다 따로, 노드에 대해서만 최댓값을 구해야 합니다.",
)
def max_over_features_too(H, gid, G, mode):
    def largest(nodes):
        return (nodes.amax() if len(nodes) else H.new_zeros(())).expand(H.shape[1])

    return by_graph(H, gid, G, mode, {"max": largest})


@misconception(
    "readout",
    en="A graph without nodes gives NaN (a mean of nothing) or minus infinity (a maximum of nothing). Its row must be zeros.",
    ko="노드가 없는 그래프에서 NaN(빈 평균)이나 음의 무한대(빈 최댓값)가 나옵니다. 그런 그래프의 행은 0이어야 합니다.",
)
def empty_graph_not_finite(H, gid, G, mode):
    def largest(nodes):
        return nodes.amax(dim=0) if len(nodes) else H.new_full((H.shape[1],), -torch.inf)

    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.mean(dim=0), "max": largest})


@misconception(
    "readout",
    en="The nodes are joined in the order in which they stand in H. Renumber the nodes and the result changes; sort them by their first feature first.",
    ko="노드를 H에 놓인 순서대로 이어 붙였습니다. 그러면 노드 번호만 바꿔도 결과가 달라집니다. 먼저 첫 번째 특징으로 정렬해야 합니다.",
)
def concat_in_given_order(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {}, sort=False)


@misconception(
    "readout",
    en="Your maximum starts at 0, so a feature that is negative in every node becomes 0. Zeros are only for graphs without nodes.",
    ko="최댓값을 0에서 시작해서, 모든 노드에서 음수인 특징이 0이 되었습니다. 0은 노드가 없는 그래프에만 씁니다.",
)
def max_starts_at_zero(H, gid, G, mode):
    def largest(nodes):
        return torch.cat([nodes, H.new_zeros(1, H.shape[1])]).amax(dim=0)

    return by_graph(H, gid, G, mode, {"max": largest})


# -- 7. graph_pool ---------------------------------------------------------------------------------------------------


@misconception(
    "graph_pool",
    en="You computed S A S^T. S has a row for each node, so this only fits when there are as many clusters as nodes, and it sums over the wrong index: the nodes must disappear, the clusters must stay.",
    ko="S A Sᵀ를 계산했습니다. S는 노드마다 한 행을 가지므로 클러스터의 수가 노드의 수와 같을 때만 모양이 맞고, 더하는 방향도 틀립니다. 노드에 대해 더하고 클러스터가 남아야 합니다.",
)
def transposes_exchanged(X, A, S):
    return S.T @ X, S @ A @ S.T


@misconception(
    "graph_pool",
    en="A is missing from the second result: S^T S says how much clusters overlap, not how they are connected.",
    ko="두 번째 결과에 A가 없습니다. SᵀS는 클러스터끼리 얼마나 겹치는지를 나타낼 뿐, 어떻게 연결되어 있는지는 알려 주지 않습니다.",
)
def adjacency_missing(X, A, S):
    return S.T @ X, S.T @ S


@misconception(
    "graph_pool",
    en="You divide S by the size of each cluster, which turns sums into means. S is used as it is given.",
    ko="S를 클러스터의 크기로 나누어 합이 평균으로 바뀌었습니다. S는 주어진 그대로 써야 합니다.",
)
def clusters_averaged(X, A, S):
    S = S / S.sum(dim=0)
    return S.T @ X, S.T @ A @ S


@misconception(
    "graph_pool",
    en="You apply a softmax to S. It already holds the shares of the clusters, not logits; a second softmax blurs them.",
    ko="S에 소프트맥스를 적용했습니다. S는 로짓이 아니라 이미 클러스터에 속하는 비율입니다. 소프트맥스를 한 번 더 적용하면 비율이 뭉개집니다.",
)
def softmax_of_the_shares(X, A, S):
    S = torch.softmax(S, dim=1)
    return S.T @ X, S.T @ A @ S


@misconception(
    "graph_pool",
    en="Each row of the pooled matrix is divided by its sum. That loses the symmetry of an undirected graph and the number of edges; pooling only adds up.",
    ko="풀링한 행렬의 행마다 그 합으로 나누었습니다. 그러면 무방향 그래프의 대칭성과 엣지의 수가 사라집니다. 풀링에서는 더하기만 합니다.",
)
def pooled_rows_normalised(X, A, S):
    A_pool = S.T @ A @ S
    total = A_pool.sum(dim=1, keepdim=True)
    return S.T @ X, A_pool / torch.where(total == 0, torch.ones_like(total), total)


@misconception(
    "graph_pool",
    en="You set the diagonal of the pooled matrix to 0. It counts the edges inside each cluster and belongs to the result.",
    ko="풀링한 행렬의 대각 원소를 0으로 만들었습니다. 대각 원소는 각 클러스터 안의 엣지를 센 값이므로 남겨 두어야 합니다.",
)
def edges_inside_clusters_dropped(X, A, S):
    A_pool = S.T @ A @ S
    return S.T @ X, A_pool - torch.diag(torch.diag(A_pool))


# -- 8. node_ce, perm_check ------------------------------------------------------------------------------------------


def log_softmax_and_target(H, y):
    return torch.log_softmax(H, dim=1), F.one_hot(y.clamp(min=0), H.shape[1]).to(H.dtype)


@misconception(
    "node_ce",
    en="You divide by the number of all nodes. The mean runs over the nodes that the mask keeps, in the loss and in the gradient.",
    ko="전체 노드 수로 나누었습니다. 손실도 기울기도 마스크가 남긴 노드에 대해서만 평균을 내야 합니다.",
)
def divided_by_all_nodes(H, y, mask):
    log_p, target = log_softmax_and_target(H, y)
    keep = mask.to(H.dtype)
    loss = -(keep * (target * log_p).sum(dim=1)).sum() / len(H)
    return loss, keep[:, None] * (log_p.exp() - target) / len(H)


@misconception(
    "node_ce",
    en="Your loss leaves out the masked nodes, your gradient does not. What does not enter the loss has gradient 0.",
    ko="손실에서는 가려진 노드를 뺐지만 기울기에서는 빼지 않았습니다. 손실에 들어가지 않은 노드의 기울기는 0입니다.",
)
def gradient_on_masked_nodes(H, y, mask):
    log_p, target = log_softmax_and_target(H, y)
    keep = mask.to(H.dtype)
    count = keep.sum().clamp(min=1)
    loss = -(keep * (target * log_p).sum(dim=1)).sum() / count
    return loss, (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="With all nodes masked you divide 0 by 0 and get NaN. Without a label the loss and the gradient are 0.",
    ko="모든 노드가 가려지면 0을 0으로 나누어 NaN이 됩니다. 레이블이 하나도 없을 때 손실과 기울기는 0입니다.",
)
def nan_when_all_masked(H, y, mask):
    log_p, target = log_softmax_and_target(H, y)
    keep = mask.to(H.dtype)
    loss = -(keep * (target * log_p).sum(dim=1)).sum() / keep.sum()
    return loss, keep[:, None] * (log_p.exp() - target) / keep.sum()


@misconception(
    "node_ce",
    en="You form exp(H) before you normalise. For logits around 1000 that is infinite; subtract the largest logit of each row first, or use logsumexp.",
    ko="정규화하기 전에 exp(H)를 만들었습니다. 로짓이 1000쯤 되면 무한대가 됩니다. 행마다 가장 큰 로짓을 먼저 빼거나 logsumexp를 쓰세요.",
    evidence="E16",
)
def exponential_overflows(H, y, mask):
    p = torch.exp(H) / torch.exp(H).sum(dim=1, keepdim=True)
    target = F.one_hot(y.clamp(min=0), H.shape[1]).to(H.dtype)
    keep = mask.to(H.dtype)
    count = keep.sum().clamp(min=1)
    loss = -(keep * torch.log((target * p).sum(dim=1))).sum() / count
    return loss, keep[:, None] * (p - target) / count


@misconception(
    "perm_check",
    en="A is not permuted on both sides: its rows alone, its columns alone, or not at all. A node's number stands in its row and in its column: P A P^T.",
    ko="A의 양쪽을 모두 바꾸지 않았습니다(행만, 열만, 또는 아무것도 바꾸지 않음). 노드의 번호는 행에도 열에도 있습니다(P A Pᵀ).",
)
def rows_of_A_only(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm]), f(X, A)[perm], rtol=0, atol=1e-4)


@misconception(
    "perm_check",
    en="P and its transpose are exchanged around A: with P X belongs P A P^T, not P^T A P. The two agree only for permutations that are their own inverse.",
    ko="A의 양쪽에서 P와 Pᵀ가 뒤바뀌었습니다. P X와 짝을 이루는 것은 Pᵀ A P가 아니라 P A Pᵀ입니다. 자기 자신이 역인 순열에서만 둘이 같습니다.",
)
def p_and_transpose_exchanged(f, X, A, perm):
    P = torch.eye(len(perm), dtype=X.dtype, device=X.device)[perm]
    return torch.allclose(f(P @ X, P.T @ A @ P), P @ f(X, A), rtol=0, atol=1e-4)


@misconception(
    "perm_check",
    en="One side is left in the old order: X before f, or f(X, A) after it. A layer with one row for each node moves with the nodes: permute the rows of X and those of f(X, A).",
    ko="한쪽이 옛 순서 그대로입니다. f에 넣기 전의 X이거나 f(X, A)의 결과입니다. 노드마다 한 행을 내는 층은 노드를 따라 움직이므로 X의 행과 f(X, A)의 행을 모두 바꿔야 합니다.",
)
def result_not_permuted(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm][:, perm]), f(X, A), rtol=0, atol=1e-4)


# -- slips from answers that students wrote with the notebook alone ---------------------------------------------------


@misconception(
    "adjacency",
    en="You add to both entries for every line: a repeated edge counts twice, and so does an edge of a node to itself. Set the entries instead.",
    ko="줄마다 두 원소에 더해서, 반복된 엣지와 자기 자신으로 가는 엣지가 두 번 세어졌습니다. 더하지 말고 대입하세요.",
)
def every_entry_adds_up(n, edges, directed, weights=None):
    dtype = torch.float64 if weights is None else weights.dtype
    A = torch.zeros(n, n, dtype=dtype)
    for e, (i, j) in enumerate(edges.tolist()):
        w = 1.0 if weights is None else weights[e]
        A[i, j] += w
        if not directed:
            A[j, i] += w
    return A


@misconception(
    "adjacency",
    en="You set the diagonal to zero. An edge from a node to itself that is in the list belongs in A.",
    ko="대각 원소를 0으로 만들었습니다. 목록에 있는 자기 자신으로 가는 엣지도 A에 들어갑니다.",
)
def self_edges_dropped(n, edges, directed, weights=None):
    w = torch.ones(len(edges), dtype=torch.float64) if weights is None else weights
    A = torch.zeros(n, n, dtype=w.dtype)
    A[edges[:, 0], edges[:, 1]] = w
    if not directed:
        A[edges[:, 1], edges[:, 0]] = w
    A.fill_diagonal_(0)
    return A


@misconception(
    "adjacency",
    en="You add self-loops to all nodes, A + I. Here A holds the listed edges alone; the identity comes with the normalisation.",
    ko="모든 노드에 자기 루프를 더했습니다(A + I). 여기서 A는 목록의 엣지만 담고, 단위행렬은 정규화할 때 더합니다.",
)
def self_loops_for_all(n, edges, directed, weights=None):
    w = torch.ones(len(edges), dtype=torch.float64) if weights is None else weights
    A = torch.zeros(n, n, dtype=w.dtype)
    A[edges[:, 0], edges[:, 1]] = w
    if not directed:
        A[edges[:, 1], edges[:, 0]] = w
    A.fill_diagonal_(1)
    return A


@misconception(
    "normalize_adj",
    en="The square root is missing: you divide by d_i·d_j. Symmetric normalisation divides by its root.",
    ko="제곱근이 빠져서 d_i·d_j로 나누었습니다. 대칭 정규화에서는 그 제곱근으로 나눕니다.",
)
def roots_left_out(A):
    At = A + torch.eye(A.shape[0], dtype=A.dtype)
    d = At.sum(dim=1)
    return At / (d[:, None] * d[None, :])


@misconception(
    "normalize_adj",
    en="You make A symmetric first. A directed graph stays directed: normalise the A that is given.",
    ko="A를 먼저 대칭으로 만들었습니다. 방향 그래프는 방향을 유지해야 하므로 주어진 A를 그대로 정규화하세요.",
)
def symmetrised_first(A):
    A = (A + A.T) / 2
    At = A + torch.eye(A.shape[0], dtype=A.dtype)
    d = At.sum(dim=1).rsqrt()
    return d[:, None] * At * d[None, :]


@misconception(
    "gcn_layer",
    en="The graph is forgotten: A_hat does not enter, so no node hears of its neighbours.",
    ko="그래프가 빠졌습니다. A_hat을 쓰지 않아 이웃의 정보가 전해지지 않습니다.",
)
def graph_forgotten(X, A_hat, W, b, act):
    return activate(X @ W + b, act)


@misconception(
    "gcn_layer",
    en="You average over the neighbours and ignore the weights in A_hat. Each neighbour counts with its own weight.",
    ko="A_hat의 가중치를 무시하고 이웃을 평균 냈습니다. 이웃마다 자기 가중치로 더해야 합니다.",
)
def neighbours_averaged(X, A_hat, W, b, act):
    M = (A_hat != 0).to(X.dtype)
    M = M / M.sum(dim=1, keepdim=True).clamp(min=1)
    return activate(M @ X @ W + b, act)


@misconception(
    "gcn_layer",
    en="You add the node's own features once more (A_hat + I). The self-loops are already in A_hat.",
    ko="노드 자신의 특징을 한 번 더 더했습니다(A_hat + I). 자기 루프는 이미 A_hat에 들어 있습니다.",
)
def own_features_added_again(X, A_hat, W, b, act):
    return activate((A_hat @ X + X) @ W + b, act)


@misconception(
    "gcn_layer_bwd",
    en="dX leaves the graph out: dZ W^T alone. On its way back the gradient also passes through A_hat, transposed.",
    ko="dX에서 그래프가 빠져 dZ W^T만 남았습니다. 기울기는 돌아올 때 A_hat의 전치도 거칩니다.",
)
def input_gradient_without_graph(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * {"relu": (Z > 0).to(Z), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]
    return dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="Your tanh slope is 1 − Z² with Z before the activation. It needs the output: 1 − tanh(Z)².",
    ko="tanh의 기울기를 활성화 전 값으로 1 − Z²라 했습니다. 출력을 써서 1 − tanh(Z)²여야 합니다.",
)
def tanh_slope_before_activation(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * {"relu": (Z > 0).to(Z), "tanh": 1 - Z**2, "identity": torch.ones_like(Z)}[act]
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="db adds up dH, without the derivative of the activation. The bias stands before the activation: sum dZ.",
    ko="활성화 함수의 미분 없이 dH를 더해 db를 구했습니다. 편향은 활성화 전에 더해지므로 dZ를 더하세요.",
)
def bias_gradient_of_dH(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * {"relu": (Z > 0).to(Z), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dH.sum(dim=0)


@misconception(
    "gcn_layer_bwd",
    en="In dW the graph is transposed: (A_hat^T X)^T dZ. The forward pass used A_hat X, so dW = (A_hat X)^T dZ.",
    ko="dW에서 그래프를 전치해 (A_hat^T X)^T dZ로 계산했습니다. 순전파에서 A_hat X를 썼으므로 dW = (A_hat X)^T dZ입니다.",
)
def weight_gradient_with_transposed_graph(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * {"relu": (Z > 0).to(Z), "tanh": 1 - torch.tanh(Z) ** 2, "identity": torch.ones_like(Z)}[act]
    return A_hat.T @ dZ @ W.T, X.T @ A_hat @ dZ, dZ.sum(dim=0)


@misconception(
    "gcn_net",
    en="The last layer has no skip connection. Wherever the shapes agree, the input of a layer is added, in the last one too.",
    ko="마지막 층에 스킵 연결이 없습니다. 모양이 같으면 마지막 층에서도 층의 입력을 더해야 합니다.",
)
def no_skip_in_the_last_layer(X, A, Ws, skip, Ps=None):
    A_hat = normalize_adj(A)
    H = X
    for l, W in enumerate(Ws):
        Y = A_hat @ H @ W
        if l < len(Ws) - 1:
            Y = torch.relu(Y)
            if skip:
                P = None if Ps is None else Ps[l]
                Y = Y + (H if P is None else H @ P)
        H = Y
    return H


@misconception(
    "gcn_net",
    en="The skip connections are never added: the flag is ignored.",
    ko="스킵 연결을 한 번도 더하지 않습니다. skip 인자를 무시하고 있습니다.",
)
def skip_never_added(X, A, Ws, skip, Ps=None):
    A_hat = normalize_adj(A)
    H = X
    for l, W in enumerate(Ws):
        H = A_hat @ H @ W
        if l < len(Ws) - 1:
            H = torch.relu(H)
    return H


@misconception(
    "readout",
    en="You cut the nodes into blocks by their counts, as if the nodes of a graph stood next to each other. Read gid: they may stand in any order.",
    ko="노드를 개수대로 잘라 한 그래프의 노드가 이어져 있다고 가정했습니다. 노드는 어떤 순서로든 올 수 있으니 gid를 보고 나누세요.",
)
def graphs_in_blocks(H, gid, G, mode):
    _n, D = H.shape
    parts = torch.split(H, torch.bincount(gid, minlength=G).tolist())
    if mode == "sorted-concat":
        K = max(len(p) for p in parts)
        out = H.new_zeros(G, K * D)
        for g, p in enumerate(parts):
            p = p[torch.argsort(p[:, 0])]
            out[g, : p.numel()] = p.reshape(-1)
        return out
    out = H.new_zeros(G, D)
    for g, p in enumerate(parts):
        if len(p):
            out[g] = p.sum(0) if mode == "sum" else p.mean(0) if mode == "mean" else p.max(0).values
    return out


@misconception(
    "graph_pool",
    en="You make the assignment hard: each node belongs to its largest share alone (argmax). S is used as it is.",
    ko="노드마다 가장 큰 몫(argmax)의 클러스터에만 속하게 했습니다. S를 그대로 쓰세요.",
)
def hard_assignment(X, A, S):
    hard = F.one_hot(S.argmax(dim=1), S.shape[1]).to(S.dtype)
    return hard.T @ X, hard.T @ A @ hard


@misconception(
    "graph_pool",
    en="You turn the pooled edges into 0 and 1. Their weights say how strongly two clusters are connected.",
    ko="풀링한 엣지를 0과 1로 바꾸었습니다. 가중치는 두 클러스터가 얼마나 강하게 이어졌는지를 나타냅니다.",
)
def pooled_edges_binarised(X, A, S):
    return S.T @ X, ((S.T @ A @ S) > 0).to(A.dtype)


@misconception(
    "graph_pool",
    en="You add self-loops to A (or normalise it) before pooling. A is taken as it is.",
    ko="풀링하기 전에 A에 자기 루프를 더했거나 정규화했습니다. A를 그대로 쓰세요.",
)
def self_loops_before_pooling(X, A, S):
    A = normalize_adj(A)
    return S.T @ X, S.T @ A @ S


@misconception(
    "node_ce",
    en="The mask is inverted: you keep the nodes that should be left out. True means that a node counts.",
    ko="마스크가 반대입니다. 빼야 할 노드를 남겼습니다. True는 그 노드를 센다는 뜻입니다.",
)
def mask_inverted(H, y, mask):
    mask = ~mask
    M = mask.sum().clamp(min=1)
    safe = torch.where(mask, y, torch.zeros_like(y)).clamp(0, H.shape[1] - 1)
    logp = torch.log_softmax(H, dim=1)
    m = mask.to(H.dtype)
    loss = -(logp.gather(1, safe[:, None])[:, 0] * m).sum() / M
    d = (logp.exp() - F.one_hot(safe, H.shape[1]).to(H.dtype)) * m[:, None] / M
    return loss, d


@misconception(
    "node_ce",
    en="The loss is a mean over the kept nodes, but your gradient is that of the sum: divide it by their number, too.",
    ko="손실은 남은 노드의 평균인데 기울기는 합의 기울기입니다. 기울기도 그 개수로 나누세요.",
)
def gradient_of_the_sum(H, y, mask):
    M = mask.sum().clamp(min=1)
    safe = torch.where(mask, y, torch.zeros_like(y))
    logp = torch.log_softmax(H, dim=1)
    m = mask.to(H.dtype)
    loss = -(logp.gather(1, safe[:, None])[:, 0] * m).sum() / M
    d = (logp.exp() - F.one_hot(safe, H.shape[1]).to(H.dtype)) * m[:, None]
    return loss, d


@misconception(
    "node_ce",
    en="Your gradient is not masked: nodes without a label get one as well. It is 0 wherever the mask is False.",
    ko="기울기에 마스크를 적용하지 않아 레이블이 없는 노드에도 기울기가 생깁니다. 마스크가 False인 곳은 0이어야 합니다.",
)
def gradient_reaches_masked_nodes(H, y, mask):
    M = mask.sum().clamp(min=1)
    safe = torch.where(mask, y, torch.zeros_like(y))
    logp = torch.log_softmax(H, dim=1)
    m = mask.to(H.dtype)
    loss = -(logp.gather(1, safe[:, None])[:, 0] * m).sum() / M
    d = (logp.exp() - F.one_hot(safe, H.shape[1]).to(H.dtype)) / M
    return loss, d


@misconception(
    "perm_check",
    en="The result is permuted with the inverse permutation. f(P X) is compared with P f(X), the same P on both sides.",
    ko="결과를 역순열로 섞었습니다. f(P X)와 P f(X)를 비교하므로 양쪽에 같은 P를 써야 합니다.",
)
def result_permuted_backwards(f, X, A, perm):
    left = f(X[perm], A[perm][:, perm])
    right = f(X, A)[torch.argsort(perm)]
    return bool(((left - right).abs() <= 1e-4).all())


@misconception(
    "perm_check",
    en="You are content if any element agrees. All elements must agree within the tolerance.",
    ko="원소 하나만 일치해도(any) 통과시킵니다. 모든 원소가 허용 오차 안에서 일치해야 합니다.",
)
def any_element_is_enough(f, X, A, perm):
    left = f(X[perm], A[perm][:, perm])
    right = f(X, A)[perm]
    return bool(((left - right).abs() <= 1e-4).any())


@misconception(
    "gcn_layer",
    en="You apply ReLU whatever act says. The argument act chooses the activation.",
    ko="act와 상관없이 항상 ReLU를 적용했습니다. 활성화 함수는 인자 act가 정합니다.",
)
def relu_always(X, A_hat, W, b, act):
    return torch.relu(A_hat @ X @ W + b)


@misconception(
    "gcn_layer",
    en="You apply tanh whatever act says. The argument act chooses the activation.",
    ko="act와 상관없이 항상 tanh를 적용했습니다. 활성화 함수는 인자 act가 정합니다.",
)
def tanh_always(X, A_hat, W, b, act):
    return torch.tanh(A_hat @ X @ W + b)


@misconception(
    "gcn_layer",
    en="The activation is missing: you return A_hat X W + b whatever act says.",
    ko="활성화 함수가 빠졌습니다. act와 상관없이 A_hat X W + b를 그대로 돌려줍니다.",
)
def activation_forgotten(X, A_hat, W, b, act):
    return A_hat @ X @ W + b


@misconception(
    "gcn_layer",
    en='For "tanh" you apply a sigmoid. It has values from 0 to 1, tanh from −1 to 1.',
    ko='"tanh"에 시그모이드를 적용했습니다. 시그모이드의 값은 0과 1 사이이고 tanh의 값은 −1과 1 사이입니다.',
)
def sigmoid_for_tanh(X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    return torch.sigmoid(Z) if act == "tanh" else activate(Z, act)


@misconception(
    "gcn_layer_bwd",
    en="The derivative of tanh lacks the square: you use 1 − tanh(Z). It is 1 − tanh(Z)².",
    ko="tanh의 도함수에서 제곱이 빠져 1 − tanh(Z)가 되었습니다. 올바른 도함수는 1 − tanh(Z)²입니다.",
)
def tanh_slope_without_square(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * (1 - torch.tanh(Z)) if act == "tanh" else dH * slope(Z, act)
    return A_hat.T @ dZ @ W.T, (A_hat @ X).T @ dZ, dZ.sum(dim=0)


@misconception(
    "readout",
    en="Your maximum is one node, the one whose first feature is largest. The maximum is taken feature by feature, so it may come from several nodes.",
    ko="첫 번째 특징이 가장 큰 노드 하나를 골랐습니다. 최댓값은 특징마다 따로 구하므로 여러 노드에서 올 수 있습니다.",
)
def node_with_the_largest_first_feature(H, gid, G, mode):
    def pick(nodes):
        return nodes[nodes[:, 0].argmax()] if len(nodes) else H.new_zeros(H.shape[1])

    return by_graph(H, gid, G, mode, {"max": pick})


@misconception(
    "readout",
    en="mean and sum have changed places.",
    ko="mean과 sum이 서로 바뀌었습니다.",
)
def mean_and_sum_exchanged(H, gid, G, mode):
    def mean(nodes):
        return nodes.mean(dim=0) if len(nodes) else H.new_zeros(H.shape[1])

    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.sum(dim=0), "sum": mean})


@misconception(
    "readout",
    en="Each feature is sorted on its own, so that the rows are torn apart. Nodes are sorted as a whole, by their first feature.",
    ko="특징마다 따로 정렬해서 노드의 행이 흩어졌습니다. 첫 번째 특징을 기준으로 노드를 통째로 정렬해야 합니다.",
)
def features_sorted_apart(H, gid, G, mode):
    if mode == "sorted-concat":
        H = H.clone()
        for g in range(G):
            H[gid == g] = H[gid == g].sort(dim=0).values
    return by_graph(H, gid, G, mode, {}, sort=False)


@misconception(
    "readout",
    en="The nodes are sorted by their last feature. The first one, H[:, 0], decides.",
    ko="노드를 마지막 특징으로 정렬했습니다. 기준은 첫 번째 특징 H[:, 0]입니다.",
)
def sorted_by_the_last_feature(H, gid, G, mode):
    if mode == "sorted-concat":
        order = H[:, -1].argsort()
        H, gid = H[order], gid[order]
    return by_graph(H, gid, G, mode, {}, sort=False)


@misconception(
    "readout",
    en="The nodes are sorted in descending order. The smallest first feature comes first.",
    ko="노드를 내림차순으로 정렬했습니다. 첫 번째 특징이 가장 작은 노드가 먼저 옵니다.",
)
def sorted_descending(H, gid, G, mode):
    if mode == "sorted-concat":
        order = H[:, 0].argsort(descending=True)
        H, gid = H[order], gid[order]
    return by_graph(H, gid, G, mode, {}, sort=False)


@misconception(
    "perm_check",
    en="perm_check returns a tensor. A Python bool is asked for.",
    ko="perm_check가 텐서를 돌려줍니다. 파이썬 bool을 돌려줘야 합니다.",
)
def tensor_for_a_bool(f, X, A, perm):
    return ((f(X[perm], A[perm][:, perm]) - f(X, A)[perm]).abs() <= 1e-4).all()


# -- what further answers showed, and its siblings -------------------------------------------------------------------


def _listed(n, edges, directed, weights, mirror=None):
    """The right matrix; `mirror` may give other weights to the entries (j, i)."""
    dtype = torch.float64 if weights is None else weights.dtype
    A = torch.zeros(n, n, dtype=dtype, device=edges.device)
    w = torch.ones(len(edges), dtype=dtype, device=edges.device) if weights is None else weights
    A[edges[:, 0], edges[:, 1]] = w
    if not directed:
        A[edges[:, 1], edges[:, 0]] = w if mirror is None else mirror(w)
    return A


def _back(dH, X, A_hat, W, b, act, **slip):
    """gcn_layer_bwd with one slip."""
    AX = A_hat @ X
    Z = slip.get("Z", AX @ W + b)
    dZ = dH * slip.get("slope", slope)(Z, act)
    dX = A_hat.T @ slip.get("to_X", dZ) @ W.T
    dW = AX.T @ slip.get("to_W", dZ)
    return dX, dW, slip.get("db", lambda dZ: dZ.sum(dim=0))(dZ)


def _stack(
    X, A_hat, Ws, skip, Ps, join=lambda out, H, P: out + (H if P is None else H @ P), graph=None, active=torch.relu
):
    """gcn_net with another graph, activation or way to join the skip."""
    H = X
    for layer, W in enumerate(Ws):
        out = (A_hat if graph is None else graph(layer)) @ H @ W
        if layer < len(Ws) - 1:
            out = active(out)
        H = join(out, H, Ps[layer]) if skip else out
    return H


def _kept(H, y, mask):
    """Logarithms, targets, mask and number of the nodes that count."""
    log_p, target = log_softmax_and_target(H, y)
    keep = mask.to(H.dtype)
    return log_p, target, keep, keep.sum().clamp(min=1)


@misconception(
    "adjacency",
    en="The mirrored entry (j, i) is 1, whatever the edge weighs. In an undirected graph both entries hold the weight.",
    ko="마주 보는 항목 (j, i)에 가중치가 아니라 1을 넣었습니다. 무방향 그래프에서는 두 항목 모두 변의 가중치를 가집니다.",
)
def mirrored_without_weights(n, edges, directed, weights=None):
    return _listed(n, edges, directed, weights, mirror=torch.ones_like)


@misconception(
    "adjacency",
    en="You mirror every edge, whatever `directed` says. In a directed graph the edge i -> j sets A[i, j] alone.",
    ko="`directed`와 상관없이 모든 변을 양쪽에 넣었습니다. 방향 그래프에서는 변 i -> j가 A[i, j]만 정합니다.",
)
def always_mirrored(n, edges, directed, weights=None):
    return _listed(n, edges, False, weights)


@misconception(
    "adjacency",
    en="`directed` is read the wrong way round: you mirror the edges of directed graphs and not those of undirected ones.",
    ko="`directed`를 거꾸로 읽었습니다. 방향 그래프의 변은 양쪽에 넣고 무방향 그래프의 변은 한쪽에만 넣었습니다.",
)
def directed_inverted(n, edges, directed, weights=None):
    return _listed(n, edges, not directed, weights)


@misconception(
    "adjacency",
    en="The size of your matrix comes from the largest node in the list. Nodes without edges count, too: n is an argument.",
    ko="행렬의 크기를 목록에 나온 가장 큰 노드 번호로 정했습니다. 변이 없는 노드도 있으므로 인자 n을 써야 합니다.",
)
def size_from_the_edges(n, edges, directed, weights=None):
    return _listed(int(edges.max()) + 1 if len(edges) else 0, edges, directed, weights)


@misconception(
    "adjacency",
    en="You average A and its transpose. An edge that is listed in one direction only then gets half of its weight.",
    ko="A와 그 전치를 평균했습니다. 그러면 한 방향으로만 적힌 변의 가중치가 절반이 됩니다.",
)
def weights_made_means(n, edges, directed, weights=None):
    A = _listed(n, edges, True, weights)
    return A if directed else (A + A.T) / 2


@misconception(
    "normalize_adj",
    en="You divide rows by the roots of the row sums and columns by those of the column sums. In this assignment the degree is the row sum on both sides; only directed graphs show it.",
    ko="행은 행 합의 제곱근으로, 열은 열 합의 제곱근으로 나누었습니다. 이 과제에서는 양쪽 모두 행 합이 차수입니다. 방향 그래프에서만 차이가 납니다.",
)
def rows_and_columns_by_their_own_sums(A):
    A = with_self_loops(A)
    return A.sum(dim=1).rsqrt()[:, None] * A * A.sum(dim=0).rsqrt()[None, :]


@misconception(
    "normalize_adj",
    en="Your degree counts the neighbours. With weights the degree is the sum of the row, not the number of its entries.",
    ko="차수로 이웃의 수를 셌습니다. 가중치가 있으면 차수는 항목의 수가 아니라 행의 합입니다.",
)
def degree_counts_edges(A):
    A = with_self_loops(A)
    d = (A != 0).to(A.dtype).sum(dim=1).rsqrt()
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="The self-loops enter your degrees, but not the matrix between them: A itself is scaled there, so that no node hears its own features.",
    ko="자기 연결이 차수에만 들어가고 가운데 행렬은 A 그대로입니다. 그러면 노드가 자기 특징을 듣지 못합니다.",
)
def self_loops_in_the_degrees_only(A):
    d = (A.sum(dim=1) + 1).rsqrt()
    return d[:, None] * A * d[None, :]


@misconception(
    "normalize_adj",
    en="You divide by the sum of the whole matrix. Every node has a degree of its own.",
    ko="행렬 전체의 합으로 나누었습니다. 노드마다 차수가 따로 있습니다.",
)
def divided_by_all_edges(A):
    A = with_self_loops(A)
    return A / A.sum()


@misconception(
    "normalize_adj",
    en="You apply a softmax to the rows. Then nodes without an edge between them get a positive entry as well; the formula only scales.",
    ko="행마다 softmax를 적용했습니다. 그러면 변이 없는 곳에도 양수가 들어갑니다. 식에서는 배율만 곱합니다.",
)
def softmax_of_the_rows(A):
    return torch.softmax(with_self_loops(A), dim=1)


@misconception(
    "gcn_layer",
    en="The bias is added after the activation. It belongs inside: act(A_hat X W + b).",
    ko="편향을 활성화 함수 뒤에 더했습니다. act(A_hat X W + b)처럼 활성화 함수 안에 들어가야 합니다.",
)
def bias_after_the_activation(X, A_hat, W, b, act):
    return activate(A_hat @ X @ W, act) + b


@misconception(
    "gcn_layer",
    en="You normalise A_hat once more. It is ready to use, and its self-loops are in it already.",
    ko="A_hat을 한 번 더 정규화했습니다. A_hat은 자기 연결까지 들어 있는, 바로 쓸 수 있는 행렬입니다.",
)
def normalised_again(X, A_hat, W, b, act):
    return activate(symmetric(A_hat) @ X @ W + b, act)


@misconception(
    "gcn_layer",
    en="You divide by the row sums of A_hat, so that each node takes a mean. A_hat is used as it is.",
    ko="A_hat의 행 합으로 나누어 평균을 냈습니다. A_hat은 주어진 그대로 써야 합니다.",
)
def divided_by_the_rows_of_A_hat(X, A_hat, W, b, act):
    rows = A_hat.sum(dim=1, keepdim=True)
    return activate(A_hat @ X @ W / torch.where(rows == 0, 1.0, rows) + b, act)


@misconception(
    "gcn_layer",
    en='"tanh" is not handled: you return the value before the activation there.',
    ko='"tanh"를 다루지 않아 활성화 함수를 적용하기 전의 값을 돌려주었습니다.',
)
def identity_for_tanh(X, A_hat, W, b, act):
    return activate(A_hat @ X @ W + b, "identity" if act == "tanh" else act)


@misconception(
    "gcn_layer",
    en="The activation is applied twice. ReLU does not show it, tanh does.",
    ko="활성화 함수를 두 번 적용했습니다. ReLU에서는 티가 나지 않지만 tanh에서는 값이 달라집니다.",
)
def activation_twice(X, A_hat, W, b, act):
    return activate(activate(A_hat @ X @ W + b, act), act)


@misconception(
    "gcn_layer_bwd",
    en="dW uses dH, without the derivative of the activation. All three gradients start from dZ.",
    ko="dW에 활성화 함수의 도함수를 곱하지 않은 dH를 썼습니다. 세 기울기 모두 dZ에서 출발합니다.",
)
def weight_gradient_of_dH(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, to_W=dH)


@misconception(
    "gcn_layer_bwd",
    en="dX uses dH, without the derivative of the activation. All three gradients start from dZ.",
    ko="dX에 활성화 함수의 도함수를 곱하지 않은 dH를 썼습니다. 세 기울기 모두 dZ에서 출발합니다.",
)
def input_gradient_of_dH(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, to_X=dH)


@misconception(
    "gcn_layer_bwd",
    en="db passes through A_hat. The bias is added after the neighbours are collected, so its gradient is the sum of dZ itself.",
    ko="db가 A_hat을 거쳤습니다. 편향은 이웃을 모은 뒤에 더하므로 dZ를 그대로 합하면 됩니다.",
)
def bias_gradient_through_the_graph(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, db=lambda dZ: (A_hat.T @ dZ).sum(dim=0))


@misconception(
    "gcn_layer_bwd",
    en="db passes through A_hat. The bias is added after the neighbours are collected, so its gradient is the sum of dZ itself.",
    ko="db가 A_hat을 거쳤습니다. 편향은 이웃을 모은 뒤에 더하므로 dZ를 그대로 합하면 됩니다.",
)
def bias_gradient_through_the_rows(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, db=lambda dZ: (A_hat @ dZ).sum(dim=0))


@misconception(
    "gcn_layer_bwd",
    en="Your db still has a row for each node. One bias serves all nodes, so their rows are added up.",
    ko="db에 노드 축이 남아 있습니다. 모든 노드가 편향 하나를 함께 쓰므로 노드에 대해 더해야 합니다.",
)
def bias_gradient_of_each_node(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, db=lambda dZ: dZ)


@misconception(
    "gcn_layer_bwd",
    en="You take the slope at A_hat X W, without the bias. Z is the whole value before the activation.",
    ko="편향을 더하지 않은 A_hat X W에서 도함수를 구했습니다. Z는 편향까지 더한, 활성화 함수에 들어가는 값입니다.",
)
def bias_forgotten_before_the_slope(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, Z=A_hat @ X @ W)


@misconception(
    "gcn_layer_bwd",
    en="You take the slope at X W + b. The forward pass collects the neighbours first: Z = A_hat X W + b.",
    ko="X W + b에서 도함수를 구했습니다. 순전파에서는 이웃을 먼저 모으므로 Z = A_hat X W + b입니다.",
)
def graph_forgotten_before_the_slope(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, Z=X @ W + b)


@misconception(
    "gcn_layer_bwd",
    en="You multiply dH by act(Z), the activation itself. The chain rule asks for its derivative.",
    ko="dH에 활성화 함수의 값 act(Z)를 곱했습니다. 연쇄 법칙에는 그 도함수가 들어갑니다.",
)
def activation_for_its_slope(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, slope=activate)


@misconception(
    "gcn_layer_bwd",
    en="You use the slope of ReLU whatever act says.",
    ko="act와 상관없이 ReLU의 도함수를 썼습니다.",
)
def relu_slope_always(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, slope=lambda Z, act: slope(Z, "relu"))


@misconception(
    "gcn_layer_bwd",
    en="For tanh you use H·(1 − H), the slope of a sigmoid. That of tanh is 1 − H².",
    ko="tanh에 sigmoid의 도함수 H·(1 − H)를 썼습니다. tanh의 도함수는 1 − H²입니다.",
)
def tanh_slope_of_a_sigmoid(dH, X, A_hat, W, b, act):
    return _back(
        dH,
        X,
        A_hat,
        W,
        b,
        act,
        slope=lambda Z, act: torch.tanh(Z) * (1 - torch.tanh(Z)) if act == "tanh" else slope(Z, act),
    )


@misconception(
    "gcn_layer_bwd",
    en='For tanh the derivative is missing: you treat it like "identity".',
    ko='tanh의 도함수가 빠졌습니다. "identity"처럼 다루었습니다.',
)
def tanh_without_its_slope(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, slope=lambda Z, act: slope(Z, "identity" if act == "tanh" else act))


@misconception(
    "gcn_layer_bwd",
    en='For "identity" your slope is Z. The derivative of Z with respect to Z is 1.',
    ko='"identity"의 도함수로 Z를 썼습니다. Z를 Z로 미분하면 1입니다.',
)
def identity_without_gradient(dH, X, A_hat, W, b, act):
    return _back(dH, X, A_hat, W, b, act, slope=lambda Z, act: Z if act == "identity" else slope(Z, act))


@misconception(
    "gcn_layer_bwd",
    en="All your gradients are divided by the number of nodes. Nothing is averaged here; a mean would be in dH already.",
    ko="모든 기울기를 노드 수로 나누었습니다. 여기서는 평균하지 않습니다. 평균이라면 이미 dH에 들어 있습니다.",
)
def gradients_averaged_over_the_nodes(dH, X, A_hat, W, b, act):
    return _back(dH / len(dH), X, A_hat, W, b, act)


@misconception(
    "gcn_layer_bwd",
    en="dW is divided by the number of nodes. Nothing is averaged here; a mean would be in dH already.",
    ko="dW를 노드 수로 나누었습니다. 여기서는 평균하지 않습니다. 평균이라면 이미 dH에 들어 있습니다.",
)
def weight_gradient_averaged(dH, X, A_hat, W, b, act):
    dX, dW, db = _back(dH, X, A_hat, W, b, act)
    return dX, dW / len(dH), db


@misconception(
    "gcn_net",
    en="Your skip adds the new H: the old one has been overwritten by then. Keep the layer's input until the skip is added.",
    ko="건너뛰기 연결에서 새로 계산한 H를 더했습니다. 이전 H는 이미 덮어썼습니다. 건너뛰기를 더할 때까지 층의 입력을 남겨 두어야 합니다.",
)
def new_value_added_to_itself(X, A, Ws, skip, Ps=None):
    def join(out, H, P):
        return out + (out if P is None else out @ P)

    return _stack(X, normalize_adj(A), Ws, skip, Ps, join)


@misconception(
    "gcn_net",
    en="Your skip adds the layer's output to itself: the old H has been overwritten by then. Keep the layer's input until the skip is added.",
    ko="건너뛰기 연결에서 층의 출력을 자기 자신에 더했습니다. 이전 H는 이미 덮어썼습니다. 건너뛰기를 더할 때까지 층의 입력을 남겨 두어야 합니다.",
)
def output_doubled(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, lambda out, H, P: out + out)


@misconception(
    "gcn_net",
    en="You leave the skip out where the widths differ. There Ps[l] is given, and H_l @ Ps[l] is added.",
    ko="입력과 출력의 폭이 다른 층에서는 건너뛰기를 더하지 않았습니다. 그런 층에는 Ps[l]이 주어지며 H_l @ Ps[l]을 더합니다.",
)
def projection_ignored(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, lambda out, H, P: out + H if out.shape == H.shape else out)


@misconception(
    "gcn_net",
    en="You add a skip only where Ps[l] is given. Where it is None the layer's input is added as it is.",
    ko="Ps[l]이 있는 층에서만 건너뛰기를 더했습니다. Ps[l]이 None이면 층의 입력을 그대로 더합니다.",
)
def only_projected_skips(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, lambda out, H, P: out if P is None else out + H @ P)


@misconception(
    "gcn_net",
    en="Your skip passes through A_hat. It brings each node its own old features, not those of its neighbours.",
    ko="건너뛰기 연결이 A_hat을 거쳤습니다. 건너뛰기는 이웃의 것이 아니라 노드 자신의 이전 특징을 더합니다.",
)
def skip_through_the_graph(X, A, Ws, skip, Ps=None):
    A_hat = normalize_adj(A)
    return _stack(X, A_hat, Ws, skip, Ps, lambda out, H, P: out + A_hat @ (H if P is None else H @ P))


@misconception(
    "gcn_net",
    en="You apply a ReLU to the projected skip. It is linear: H_l @ Ps[l].",
    ko="투영한 건너뛰기 연결에 ReLU를 적용했습니다. 건너뛰기는 선형이며 H_l @ Ps[l]입니다.",
)
def projection_activated(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, lambda out, H, P: out + (H if P is None else torch.relu(H @ P)))


@misconception(
    "gcn_net",
    en="You take the mean of output and skip. The two are added.",
    ko="출력과 건너뛰기의 평균을 냈습니다. 둘은 더해야 합니다.",
)
def skip_averaged(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, lambda out, H, P: (out + (H if P is None else H @ P)) / 2)


@misconception(
    "gcn_net",
    en="You add skips even with skip=False.",
    ko="skip=False인데도 건너뛰기를 더했습니다.",
)
def skip_always_added(X, A, Ws, skip, Ps=None):
    def join(out, H, P):
        if P is not None:
            return out + H @ P
        return out + H if out.shape == H.shape else out

    return _stack(X, normalize_adj(A), Ws, True, Ps if Ps is not None else [None] * len(Ws), join)


@misconception(
    "gcn_net",
    en="There is no ReLU between the layers. Without it the whole stack is one linear map.",
    ko="층 사이에 ReLU가 없습니다. 그러면 전체가 선형 변환 하나와 같습니다.",
)
def no_activation_at_all(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, active=lambda x: x)


@misconception(
    "gcn_net",
    en="You use tanh between the layers. Here sigma is ReLU.",
    ko="층 사이에 tanh를 썼습니다. 여기서 sigma는 ReLU입니다.",
)
def tanh_between_the_layers(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, active=torch.tanh)


@misconception(
    "gcn_net",
    en="You took sigma for a sigmoid. Here sigma is ReLU.",
    ko="sigma를 sigmoid로 보았습니다. 여기서 sigma는 ReLU입니다.",
)
def sigmoid_between_the_layers(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A), Ws, skip, Ps, active=torch.sigmoid)


@misconception(
    "gcn_net",
    en="Your layers use A + I. It has the self-loops but is not normalised: features grow with the degree of a node.",
    ko="A + I를 그대로 썼습니다. 자기 연결은 있지만 정규화하지 않아 특징이 노드의 차수에 따라 커집니다.",
)
def self_loops_without_normalisation(X, A, Ws, skip, Ps=None):
    return _stack(X, with_self_loops(A), Ws, skip, Ps)


@misconception(
    "gcn_net",
    en="Your layers use D^-1 (A + I). A_hat of Task 2 divides by the square roots of both degrees.",
    ko="D^-1 (A + I)를 썼습니다. 2번 문제의 A_hat은 두 차수의 제곱근으로 나눕니다.",
)
def rows_normalised(X, A, Ws, skip, Ps=None):
    B = with_self_loops(A)
    return _stack(X, B / B.sum(dim=1, keepdim=True), Ws, skip, Ps)


@misconception(
    "gcn_net",
    en="Only your first layer collects from the neighbours. Every layer multiplies by A_hat.",
    ko="첫 층에서만 이웃을 모았습니다. 층마다 A_hat을 곱해야 합니다.",
)
def graph_in_the_first_layer_only(X, A, Ws, skip, Ps=None):
    A_hat = normalize_adj(A)
    return _stack(
        X,
        A_hat,
        Ws,
        skip,
        Ps,
        graph=lambda layer: A_hat if layer == 0 else torch.eye(len(A), dtype=A.dtype, device=A.device),
    )


@misconception(
    "gcn_net",
    en="Your layers use the transpose of A_hat. Only directed graphs show it.",
    ko="A_hat의 전치를 썼습니다. 방향 그래프에서만 차이가 납니다.",
)
def graph_transposed(X, A, Ws, skip, Ps=None):
    return _stack(X, normalize_adj(A).T, Ws, skip, Ps)


@misconception(
    "readout",
    en="Your mean divides by the number of graphs. Each graph is divided by the number of its own nodes.",
    ko="그래프의 수로 나누어 평균했습니다. 그래프마다 자기 노드의 수로 나누어야 합니다.",
)
def mean_divides_by_the_number_of_graphs(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.sum(dim=0) / G})


@misconception(
    "readout",
    en="Your mean divides by the number of nodes of the largest graph, as if the padding counted. Each graph has its own number of nodes.",
    ko="가장 큰 그래프의 노드 수로 나누어 평균했습니다. 채운 0까지 센 셈입니다. 그래프마다 노드 수가 다릅니다.",
)
def mean_divides_by_the_largest_graph(H, gid, G, mode):
    K = max(max(int((gid == g).sum()) for g in range(G)), 1)
    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.sum(dim=0) / K})


@misconception(
    "readout",
    en="All graphs get the same maximum, the one over all nodes of the batch. Use gid.",
    ko="모든 그래프의 최댓값이 배치 전체의 최댓값으로 같습니다. gid로 그래프를 나누어야 합니다.",
)
def maximum_over_all_graphs(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"max": lambda nodes: H.amax(dim=0) if len(H) else H.new_zeros(H.shape[1])})


@misconception(
    "readout",
    en='Your "max" is the smallest value of each feature.',
    ko='"max"에서 특징마다 가장 작은 값을 돌려주었습니다.',
)
def minimum_for_maximum(H, gid, G, mode):
    return by_graph(
        H, gid, G, mode, {"max": lambda nodes: nodes.amin(dim=0) if len(nodes) else H.new_zeros(H.shape[1])}
    )


@misconception(
    "readout",
    en="All graphs get the same sum, the one over all nodes of the batch. Use gid.",
    ko="모든 그래프의 합이 배치 전체의 합으로 같습니다. gid로 그래프를 나누어야 합니다.",
)
def sum_over_all_graphs(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"sum": lambda nodes: H.sum(dim=0)})


@misconception(
    "readout",
    en='Your "mean" is the sum: it is not divided by the number of nodes.',
    ko='"mean"에서 합을 돌려주었습니다. 노드 수로 나누지 않았습니다.',
)
def sum_for_mean(H, gid, G, mode):
    return by_graph(H, gid, G, mode, {"mean": lambda nodes: nodes.sum(dim=0)})


@misconception(
    "readout",
    en="The zeros stand in front of the nodes. They fill the row up at its end.",
    ko="0을 노드 앞에 채웠습니다. 0은 행의 끝에 채웁니다.",
)
def zeros_in_front(H, gid, G, mode):
    if mode != "sorted-concat":
        return by_graph(H, gid, G, mode, {})
    graphs = [H[gid == g] for g in range(G)]
    K = max(len(nodes) for nodes in graphs)
    return torch.stack(
        [F.pad(nodes[nodes[:, 0].argsort()].flatten(), ((K - len(nodes)) * H.shape[1], 0)) for nodes in graphs]
    )


@misconception(
    "readout",
    en="Your rows have room for all nodes of the batch. K is the number of nodes of the largest graph.",
    ko="행의 길이를 배치의 모든 노드에 맞추었습니다. K는 가장 큰 그래프의 노드 수입니다.",
)
def row_as_wide_as_all_nodes(H, gid, G, mode):
    if mode != "sorted-concat":
        return by_graph(H, gid, G, mode, {})
    graphs = [H[gid == g] for g in range(G)]
    return torch.stack(
        [F.pad(nodes[nodes[:, 0].argsort()].flatten(), (0, (len(H) - len(nodes)) * H.shape[1])) for nodes in graphs]
    )


@misconception(
    "readout",
    en="Your rows hold the first feature of all nodes, then the second, and so on. They go node by node: all features of the first node come first.",
    ko="행에 모든 노드의 첫째 특징, 그다음 둘째 특징의 순서로 늘어놓았습니다. 첫 노드의 모든 특징이 먼저 오고 그다음 노드가 와야 합니다.",
)
def feature_after_feature(H, gid, G, mode):
    if mode != "sorted-concat":
        return by_graph(H, gid, G, mode, {})
    graphs = [H[gid == g] for g in range(G)]
    K = max(len(nodes) for nodes in graphs)
    return torch.stack([F.pad(nodes[nodes[:, 0].argsort()].T, (0, K - len(nodes))).flatten() for nodes in graphs])


@misconception(
    "readout",
    en="The nodes are sorted by the sum of their features. The first one, H[:, 0], decides.",
    ko="노드를 특징의 합으로 정렬했습니다. 첫째 특징 H[:, 0]으로 정렬해야 합니다.",
)
def sorted_by_the_sum_of_features(H, gid, G, mode):
    if mode != "sorted-concat":
        return by_graph(H, gid, G, mode, {})
    graphs = [H[gid == g] for g in range(G)]
    K = max(len(nodes) for nodes in graphs)
    return torch.stack(
        [F.pad(nodes[nodes.sum(dim=1).argsort()].flatten(), (0, (K - len(nodes)) * H.shape[1])) for nodes in graphs]
    )


@misconception(
    "readout",
    en="Graphs without nodes have no row in your result. There are always G rows; theirs are zeros.",
    ko="노드가 없는 그래프의 행이 결과에 없습니다. 행은 언제나 G개이며 그런 그래프의 행은 0입니다.",
)
def empty_graphs_dropped(H, gid, G, mode):
    rows = by_graph(H, gid, G, mode, {})
    return rows[[bool((gid == g).any()) for g in range(G)]]


@misconception(
    "graph_pool",
    en="Your second result is S^T A: only one end of every edge goes into a cluster. The other end does, too.",
    ko="두 번째 결과가 S^T A입니다. 변의 한쪽 끝만 클러스터로 모였습니다. 다른 쪽 끝도 모아야 합니다.",
)
def second_end_not_pooled(X, A, S):
    return S.T @ X, S.T @ A


@misconception(
    "graph_pool",
    en="Your second result is A S: only one end of every edge goes into a cluster. The other end does, too.",
    ko="두 번째 결과가 A S입니다. 변의 한쪽 끝만 클러스터로 모였습니다. 다른 쪽 끝도 모아야 합니다.",
)
def first_end_not_pooled(X, A, S):
    return S.T @ X, A @ S


@misconception(
    "graph_pool",
    en="The pooled matrix is transposed: its rows are where the edges end. Only directed graphs show it.",
    ko="풀링한 행렬이 전치되었습니다. 행이 변의 도착점을 가리킵니다. 방향 그래프에서만 차이가 납니다.",
)
def adjacency_transposed(X, A, S):
    return S.T @ X, S.T @ A.T @ S


@misconception(
    "graph_pool",
    en="You make the pooled matrix symmetric. A directed graph stays directed.",
    ko="풀링한 행렬을 대칭으로 만들었습니다. 방향 그래프는 방향을 그대로 유지해야 합니다.",
)
def adjacency_symmetrised(X, A, S):
    P = S.T @ A @ S
    return S.T @ X, (P + P.T) / 2


@misconception(
    "graph_pool",
    en="X_pool is divided by the sizes of the clusters. S is used as it is: sums, not means.",
    ko="X_pool을 클러스터의 크기로 나누었습니다. S를 그대로 써서 평균이 아니라 합을 구합니다.",
)
def features_divided_by_sizes(X, A, S):
    sizes = S.sum(dim=0)
    return S.T @ X / torch.where(sizes == 0, 1.0, sizes)[:, None], S.T @ A @ S


@misconception(
    "graph_pool",
    en="A_pool is divided by the sizes of the clusters. S is used as it is: pooling only adds up.",
    ko="A_pool을 클러스터의 크기로 나누었습니다. S를 그대로 써서 더하기만 합니다.",
)
def edges_divided_by_sizes(X, A, S):
    sizes = S.sum(dim=0)
    sizes = torch.where(sizes == 0, 1.0, sizes)
    return S.T @ X, S.T @ A @ S / (sizes[:, None] * sizes[None, :])


@misconception(
    "graph_pool",
    en="Your X_pool is S^T A X: the features of the neighbours are collected before pooling. Only S is applied to X.",
    ko="X_pool이 S^T A X입니다. 풀링하기 전에 이웃의 특징을 모았습니다. X에는 S만 곱합니다.",
)
def neighbours_collected_first(X, A, S):
    return S.T @ (A @ X), S.T @ A @ S


@misconception(
    "graph_pool",
    en="You apply a softmax over the nodes. S holds shares already and is used as it is.",
    ko="노드 방향으로 softmax를 적용했습니다. S는 이미 몫을 담고 있으므로 그대로 써야 합니다.",
)
def softmax_of_the_columns(X, A, S):
    P = torch.softmax(S, dim=0)
    return P.T @ X, P.T @ A @ P


@misconception(
    "graph_pool",
    en="You divide the rows of S by their sums. S is used as it is given.",
    ko="S의 행을 그 합으로 나누었습니다. S는 주어진 그대로 써야 합니다.",
)
def rows_of_shares_normalised(X, A, S):
    rows = S.sum(dim=1, keepdim=True)
    P = S / torch.where(rows == 0, 1.0, rows)
    return P.T @ X, P.T @ A @ P


@misconception(
    "graph_pool",
    en="You normalise the pooled matrix, with self-loops and degrees. That is the next layer's business; here edges are only added up.",
    ko="풀링한 행렬을 자기 연결과 차수로 정규화했습니다. 그것은 다음 층이 할 일이며 여기서는 변을 더하기만 합니다.",
)
def pooled_matrix_normalised(X, A, S):
    return S.T @ X, symmetric(S.T @ A @ S)


@misconception(
    "node_ce",
    en="With all nodes masked your loss is the mean of nothing, NaN. Without a node that counts, loss and gradient are 0.",
    ko="모든 노드가 가려지면 손실이 빈 것의 평균, 곧 NaN이 됩니다. 셀 노드가 없으면 손실과 기울기는 0입니다.",
)
def loss_nan_when_all_masked(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    loss = -(keep * (target * log_p).sum(dim=1)).sum() / keep.sum()
    return loss, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="You look up the labels of all nodes, the masked ones included. Their label may be -1, which is no class: choose the kept nodes first, or put a valid class in their place.",
    ko="가려진 노드까지 모든 노드의 레이블을 썼습니다. 그런 노드의 레이블은 클래스가 아닌 -1일 수 있습니다. 먼저 남길 노드를 고르거나 유효한 클래스로 바꿔 두어야 합니다.",
)
def labels_of_masked_nodes_read(H, y, mask):
    log_p, _, keep, count = _kept(H, y, mask)
    picked = torch.gather(log_p, 1, y.unsqueeze(1)).squeeze(1)
    target = torch.zeros_like(H).scatter(1, y.unsqueeze(1), 1.0)
    return -(keep * picked).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="Your loss adds up the kept nodes. The mean is asked for, as your gradient has it.",
    ko="남은 노드의 손실을 더하기만 했습니다. 평균이어야 하며, 기울기는 평균의 것입니다.",
)
def loss_of_the_sum(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum(), keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="Your loss and your gradient are those of the sum. Divide both by the number of kept nodes.",
    ko="손실과 기울기가 합의 것입니다. 둘 다 남은 노드의 수로 나누어야 합니다.",
)
def sum_in_both(H, y, mask):
    log_p, target, keep, _ = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum(), keep[:, None] * (log_p.exp() - target)


@misconception(
    "node_ce",
    en="Your loss is divided by the number of all nodes, your gradient by that of the kept ones. The mean runs over the kept nodes in both.",
    ko="손실은 전체 노드 수로, 기울기는 남은 노드 수로 나누었습니다. 둘 다 남은 노드에 대한 평균입니다.",
)
def loss_divided_by_all_nodes(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).mean(), keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="Your gradient is divided by the number of all nodes, your loss by that of the kept ones. Both belong to the mean over the kept nodes.",
    ko="기울기는 전체 노드 수로, 손실은 남은 노드 수로 나누었습니다. 둘 다 남은 노드에 대한 평균이어야 합니다.",
)
def gradient_divided_by_all_nodes(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / len(H)


@misconception(
    "node_ce",
    en="You divide by the number of classes as well. The mean runs over nodes only.",
    ko="클래스 수로도 나누었습니다. 평균은 노드에 대해서만 냅니다.",
)
def averaged_over_the_classes(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    C = H.shape[1]
    return -(keep * (target * log_p).sum(dim=1)).sum() / count / C, keep[:, None] * (log_p.exp() - target) / count / C


@misconception(
    "node_ce",
    en="Your softmax runs over the nodes. Each node has a distribution of its own, over the classes.",
    ko="노드 방향으로 softmax를 적용했습니다. 노드마다 클래스에 대한 분포를 가집니다.",
)
def softmax_over_the_nodes(H, y, mask):
    _, target, keep, count = _kept(H, y, mask)
    log_p = torch.log_softmax(H, dim=0)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="Your gradient is the softmax alone. At the right class 1 is subtracted.",
    ko="기울기가 softmax뿐입니다. 정답 클래스에서는 1을 빼야 합니다.",
)
def target_not_subtracted(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * log_p.exp() / count


@misconception(
    "node_ce",
    en="Your gradient has the opposite sign: softmax minus target, as the loss falls when the logit of the right class rises.",
    ko="기울기의 부호가 반대입니다. 정답의 로짓이 커지면 손실이 줄어드므로 softmax에서 정답을 빼야 합니다.",
)
def gradient_turned_round(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * (target - log_p.exp()) / count


@misconception(
    "node_ce",
    en="Your gradient is H minus the targets: the softmax is missing.",
    ko="기울기가 로짓에서 정답을 뺀 값입니다. softmax가 빠졌습니다.",
)
def logits_in_the_gradient(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * (H - target) / count


@misconception(
    "node_ce",
    en="Your gradient has the factor p(1 − p) too many. Softmax and cross-entropy together give p minus the target.",
    ko="기울기에 p(1 − p)가 더 곱해져 있습니다. softmax와 교차 엔트로피를 함께 미분하면 p에서 정답을 뺀 값이 됩니다.",
)
def slope_of_each_probability(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    p = log_p.exp()
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, keep[:, None] * (p - target) * p * (1 - p) / count


@misconception(
    "node_ce",
    en="Your loss is minus the probability of the right class. The logarithm is missing.",
    ko="손실이 정답 클래스의 확률에 음수를 붙인 것입니다. 로그가 빠졌습니다.",
)
def probability_for_its_logarithm(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p.exp()).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="Your loss takes the logit of the right class as it is. The logarithm of the softmax is meant: logsumexp is to be subtracted.",
    ko="손실에 정답 클래스의 로짓을 그대로 썼습니다. softmax의 로그이므로 logsumexp를 빼야 합니다.",
)
def softmax_left_out(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * H).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="You multiply the logits by the mask. A masked node then has all logits 0 and still costs log C; it must not enter the mean at all.",
    ko="로짓에 마스크를 곱했습니다. 그러면 가려진 노드의 로짓이 모두 0이 되어 손실 log C가 남습니다. 평균에 아예 들어가지 않아야 합니다.",
)
def logits_masked(H, y, mask):
    keep = mask.to(H.dtype)
    log_p, target = log_softmax_and_target(H * keep[:, None], y)
    return -(target * log_p).sum(dim=1).mean(), keep[:, None] * (log_p.exp() - target) / len(H)


@misconception(
    "node_ce",
    en="Your d has rows for the kept nodes only. It has the shape of H, with zeros for all other nodes.",
    ko="d에 남은 노드의 행만 있습니다. d는 H와 모양이 같고 나머지 노드의 행은 0이어야 합니다.",
)
def only_the_kept_rows(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    return -(keep * (target * log_p).sum(dim=1)).sum() / count, ((log_p.exp() - target) / count)[mask]


@misconception(
    "node_ce",
    en="You clamp the probabilities before the logarithm. That caps the loss of a node that is wrong and sure: use logsumexp, which is exact.",
    ko="로그를 취하기 전에 확률을 잘라 냈습니다(clamp). 확신에 차서 틀린 노드의 손실이 제한됩니다. logsumexp를 쓰면 정확합니다.",
)
def probabilities_clamped(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    safe = log_p.exp().clamp(min=1e-12).log()
    return -(keep * (target * safe).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "perm_check",
    en="You ask for exact equality. Sums in another order differ by rounding; within 1e-4 counts as equal.",
    ko="정확히 같은지 비교했습니다. 더하는 순서가 다르면 반올림 오차가 생기므로 1e-4 이내이면 같다고 봅니다.",
)
def exact_equality(f, X, A, perm):
    return torch.equal(f(X[perm], A[perm][:, perm]), f(X, A)[perm])


@misconception(
    "perm_check",
    en="You use the tolerances that allclose has by itself. Here an absolute difference of 1e-4 is allowed, and no relative one.",
    ko="allclose의 기본 허용 오차를 썼습니다. 여기서는 절대 오차 1e-4만 허용하고 상대 오차는 허용하지 않습니다.",
)
def own_tolerance(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm][:, perm]), f(X, A)[perm])


@misconception(
    "perm_check",
    en="allclose adds its relative tolerance of 1e-5 to yours. All elements must agree within 1e-4, however large they are.",
    ko="allclose가 상대 오차 1e-5를 더해 줍니다. 값이 아무리 커도 모든 원소가 1e-4 이내로 같아야 합니다.",
)
def relative_tolerance_kept(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm][:, perm]), f(X, A)[perm], atol=1e-4)


@misconception(
    "perm_check",
    en="You compare the differences without their absolute value: a large negative one passes.",
    ko="차이에 절댓값을 취하지 않고 비교했습니다. 큰 음수의 차이도 통과합니다.",
)
def differences_without_absolute_value(f, X, A, perm):
    return bool(((f(X[perm], A[perm][:, perm]) - f(X, A)[perm]) < 1e-4).all())


@misconception(
    "perm_check",
    en="You compare the mean of the differences. Every element must agree.",
    ko="차이의 평균을 비교했습니다. 모든 원소가 각각 같아야 합니다.",
)
def mean_difference(f, X, A, perm):
    return bool((f(X[perm], A[perm][:, perm]) - f(X, A)[perm]).abs().mean() < 1e-4)


@misconception(
    "perm_check",
    en="You compare the sums over the nodes. That only shows that the rows are the same in some order; each row has its place.",
    ko="노드에 대한 합을 비교했습니다. 그것으로는 행들이 어떤 순서로든 같다는 것만 알 수 있습니다. 행마다 제자리에 있어야 합니다.",
)
def sums_compared(f, X, A, perm):
    return torch.allclose(f(X[perm], A[perm][:, perm]).sum(dim=0), f(X, A).sum(dim=0), rtol=0, atol=1e-4)


@misconception(
    "node_ce",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a node that is wrong and sure costs 16 at most. Use logsumexp, which is exact.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 확신에 차서 틀린 노드의 손실이 16에서 멈춥니다. logsumexp를 쓰면 정확합니다.",
)
def constant_of_seven_digits(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    safe = torch.log(log_p.exp() + 1e-07)
    return -(keep * (target * safe).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a node that is wrong and sure costs 18 at most. Use logsumexp, which is exact.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 확신에 차서 틀린 노드의 손실이 18에서 멈춥니다. logsumexp를 쓰면 정확합니다.",
)
def constant_of_eight_digits(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    safe = torch.log(log_p.exp() + 1e-08)
    return -(keep * (target * safe).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a node that is wrong and sure costs 21 at most. Use logsumexp, which is exact.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 확신에 차서 틀린 노드의 손실이 21에서 멈춥니다. logsumexp를 쓰면 정확합니다.",
)
def constant_of_nine_digits(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    safe = torch.log(log_p.exp() + 1e-09)
    return -(keep * (target * safe).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count


@misconception(
    "node_ce",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a node that is wrong and sure costs 23 at most. Use logsumexp, which is exact.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 확신에 차서 틀린 노드의 손실이 23에서 멈춥니다. logsumexp를 쓰면 정확합니다.",
)
def constant_of_ten_digits(H, y, mask):
    log_p, target, keep, count = _kept(H, y, mask)
    safe = torch.log(log_p.exp() + 1e-10)
    return -(keep * (target * safe).sum(dim=1)).sum() / count, keep[:, None] * (log_p.exp() - target) / count
