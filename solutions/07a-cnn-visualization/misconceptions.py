"""Lecture 7a, looking into a CNN: wrong versions that students write, and what to tell them."""

import math

import torch

from autograder.authoring import misconception

# -- 1. nearest, tile_filters ----------------------------------------------------------------------------------------


def squared(feats, q):
    return ((q[:, None] - feats[None]) ** 2).sum(dim=2)


def first_rows(values, k):
    return values.argsort(dim=1, stable=True)[:, :k]


def directions(t):
    return t / t.norm(dim=1, keepdim=True).clamp(min=1e-12)


def demand_enough(feats, k):
    if k > len(feats):
        raise ValueError("too few rows")


@misconception(
    "nearest",
    en="You compare directions (cosine similarity). The docstring asks for Euclidean distance, where lengths count, too.",
    ko="방향(코사인 유사도)을 비교했습니다. docstring은 길이도 중요한 유클리드 거리를 요구합니다.",
)
def cosine_for_distance(feats, q, k):
    demand_enough(feats, k)
    return first_rows(-directions(q) @ directions(feats).T, k)


@misconception(
    "nearest",
    en="You take the largest dot products. A long vector has large products with everything, however far away it is.",
    ko="내적이 가장 큰 것을 골랐습니다. 긴 벡터는 아무리 멀어도 모든 것과의 내적이 큽니다.",
)
def dot_product_for_distance(feats, q, k):
    demand_enough(feats, k)
    return first_rows(-(q @ feats.T), k)


@misconception(
    "nearest",
    en="You sort by cosine similarity, and in ascending order: the least similar comes first. Besides, Euclidean distance is asked for.",
    ko="코사인 유사도를 오름차순으로 정렬해서 가장 닮지 않은 것이 먼저 나왔습니다. 게다가 문제는 유클리드 거리를 요구합니다.",
)
def ascending_similarity(feats, q, k):
    demand_enough(feats, k)
    return first_rows(directions(q) @ directions(feats).T, k)


@misconception(
    "nearest",
    en="You add up absolute differences (L1). Euclidean distance adds up squares.",
    ko="차의 절댓값을 더했습니다(L1). 유클리드 거리는 제곱을 더합니다.",
)
def sum_of_absolute_differences(feats, q, k):
    demand_enough(feats, k)
    return first_rows((q[:, None] - feats[None]).abs().sum(dim=2), k)


@misconception(
    "nearest",
    en="The farthest rows come first: you sort in descending order.",
    ko="가장 먼 행이 먼저 나왔습니다. 내림차순으로 정렬했습니다.",
)
def farthest_first(feats, q, k):
    demand_enough(feats, k)
    return first_rows(-squared(feats, q), k)


@misconception(
    "nearest",
    en="These are the right neighbours, but ordered by their numbers. The nearest comes first.",
    ko="이웃은 맞지만 번호순으로 놓였습니다. 가까운 것부터 와야 합니다.",
)
def not_sorted_by_distance(feats, q, k):
    demand_enough(feats, k)
    return first_rows(squared(feats, q), k).sort(dim=1).values


@misconception(
    "nearest",
    en="|a|² + |b|² - 2ab becomes slightly negative for equal points by rounding, and its root is NaN. Clamp it at 0, leave out the root, or subtract first.",
    ko="|a|² + |b|² - 2ab는 같은 점에서 반올림 때문에 살짝 음수가 되고, 그 제곱근은 NaN입니다. 0에서 자르거나, 제곱근을 빼거나, 먼저 뺄셈을 하세요.",
)
def root_of_a_negative_number(feats, q, k):
    demand_enough(feats, k)
    squares = (q**2).sum(dim=1)[:, None] + (feats**2).sum(dim=1)[None] - 2 * q @ feats.T
    # the subtraction is exact enough to order the others; the coinciding ones go wrong, as rounding wills
    same = squared(feats, q) == 0
    large = squares.new_tensor(400.0) < (q**2).sum(dim=1)[:, None]
    return first_rows(torch.where(same & large, torch.full_like(squares, torch.nan), squares.clamp(min=0)), k)


@misconception(
    "nearest",
    en="You leave out the first neighbour, as if every query stood in feats. A query that does is its own nearest neighbour and counts.",
    ko="질의가 모두 feats에 들어 있다고 보고 첫 이웃을 뺐습니다. 질의가 feats에 있으면 자기 자신이 가장 가까운 이웃이며, 그대로 세야 합니다.",
)
def nearest_left_out(feats, q, k):
    demand_enough(feats, k)
    order = squared(feats, q).argsort(dim=1, stable=True)
    return torch.cat([order[:, 1:], order[:, :1]], dim=1)[:, :k]


@misconception(
    "nearest",
    en="You find the nearest queries of every row instead of the nearest rows of every query.",
    ko="질의마다 가까운 행이 아니라, 행마다 가까운 질의를 찾았습니다.",
)
def rows_and_queries_exchanged(feats, q, k):
    demand_enough(feats, k)
    return first_rows(squared(q, feats), k)


@misconception(
    "nearest",
    en="You return the distances. The docstring asks for row numbers.",
    ko="거리를 돌려주고 있습니다. docstring은 행 번호를 요구합니다.",
)
def distances_for_numbers(feats, q, k):
    demand_enough(feats, k)
    return squared(feats, q).sqrt().sort(dim=1).values[:, :k]


@misconception(
    "nearest",
    en="Of equally near rows the one with the larger number comes first in your order.",
    ko="거리가 같을 때 번호가 큰 행을 앞에 두었습니다.",
)
def ties_in_reverse(feats, q, k):
    demand_enough(feats, k)
    order = squared(feats, q).flip(1).argsort(dim=1, stable=True)
    return (len(feats) - 1 - order)[:, :k]


@misconception(
    "nearest",
    en="If k is larger than the number of rows, you quietly return fewer. The docstring asks for a ValueError.",
    ko="k가 행의 수보다 크면 말없이 더 적은 이웃을 돌려줍니다. docstring대로 ValueError를 발생시켜야 합니다.",
)
def too_large_k_goes_unnoticed(feats, q, k):
    return first_rows(squared(feats, q), k)


@misconception(
    "nearest",
    en="You refuse k = M. All rows, in order, is a fair question.",
    ko="k = M도 거부했습니다. 모든 행을 가까운 순서로 묻는 것은 올바른 질문입니다.",
)
def all_rows_refused(feats, q, k):
    demand_enough(feats, k + 1)
    return first_rows(squared(feats, q), k)


def sheet(
    w,
    *,
    columns=lambda K: math.ceil(math.sqrt(K)),
    stretch=None,
    gap=1.0,
    between=1,
    empty=1.0,
    by_column=False,
):
    """A sheet of filters with one thing done wrong."""
    K, C, kh, kw = w.shape
    S = columns(K)
    R = math.ceil(K / S)
    page = torch.full((C, R * (kh + between) - between, S * (kw + between) - between), gap, dtype=w.dtype)
    for n in range(R * S):
        row, column = (n % R, n // R) if by_column else (n // S, n % S)
        top, left = row * (kh + between), column * (kw + between)
        tile = torch.full((C, kh, kw), empty, dtype=w.dtype)
        if n < K:
            low, high = w[n].min(), w[n].max()
            tile = torch.full_like(w[n], 0.5) if low == high else (w[n] - low) / (high - low)
            if stretch is not None:
                tile = stretch(w, n, tile)
        page[:, top : top + kh, left : left + kw] = tile
    return page


@misconception(
    "tile_filters",
    en="All filters are stretched by the smallest and largest weight of the whole layer, so quiet filters become a grey patch. Each has its own range.",
    ko="모든 필터를 층 전체의 최솟값과 최댓값으로 늘려서, 값이 작은 필터는 회색 얼룩이 됩니다. 필터마다 자기 범위로 늘려야 합니다.",
)
def one_range_for_all(w):
    low, high = w.min(), w.max()
    return sheet(w, stretch=lambda w, n, tile: (w[n] - low) / (high - low) if high > low else tile)


@misconception(
    "tile_filters",
    en="Each colour channel is stretched by itself, which changes the colours of a filter. Take the smallest and largest weight over all its channels.",
    ko="색 채널마다 따로 늘려서 필터의 색이 달라졌습니다. 모든 채널에 걸친 최솟값과 최댓값을 쓰세요.",
)
def channels_stretched_apart(w):
    def stretch(w, n, tile):
        low, high = w[n].amin(dim=(1, 2), keepdim=True), w[n].amax(dim=(1, 2), keepdim=True)
        return torch.where(
            high > low, (w[n] - low) / torch.where(high > low, high - low, 1.0), torch.full_like(w[n], 0.5)
        )

    return sheet(w, stretch=stretch)


@misconception(
    "tile_filters",
    en="A filter whose weights are all equal gives 0 / 0. It becomes 0.5.",
    ko="가중치가 모두 같은 필터에서 0 / 0이 됩니다. 그런 필터는 0.5로 둡니다.",
)
def nan_for_equal_weights(w):
    return sheet(w, stretch=lambda w, n, tile: (w[n] - w[n].min()) / (w[n].max() - w[n].min()))


@misconception(
    "tile_filters",
    en="A filter whose weights are all equal becomes black in your sheet (a small number in the denominator does that). It becomes 0.5.",
    ko="가중치가 모두 같은 필터가 검은색이 되었습니다(분모에 작은 수를 더하면 이렇게 됩니다). 그런 필터는 0.5로 둡니다.",
)
def black_for_equal_weights(w):
    return sheet(w, stretch=lambda w, n, tile: torch.zeros_like(tile) if w[n].max() == w[n].min() else tile)


@misconception(
    "tile_filters",
    en="The filters are divided by their largest absolute value and keep their sign. Values in [0, 1] are asked for.",
    ko="필터를 절댓값의 최댓값으로 나누어 부호가 남았습니다. 값은 [0, 1]이어야 합니다.",
)
def signs_kept(w):
    return sheet(w, stretch=lambda w, n, tile: w[n] / w[n].abs().max() if w[n].max() > w[n].min() else tile)


@misconception(
    "tile_filters",
    en="The weights go onto the sheet as they are. Stretch each filter to [0, 1] first.",
    ko="가중치를 그대로 그렸습니다. 필터마다 먼저 [0, 1]로 늘려야 합니다.",
)
def not_stretched(w):
    return sheet(w, stretch=lambda w, n, tile: w[n])


@misconception(
    "tile_filters",
    en="The sheet is filled column by column. It is filled row by row.",
    ko="그림을 한 열씩 채웠습니다. 한 행씩 채워야 합니다.",
)
def filled_by_columns(w):
    return sheet(w, by_column=True)


@misconception(
    "tile_filters",
    en="The number of columns is the root of K rounded down. It is rounded up.",
    ko="열의 수를 K의 제곱근을 내림해서 구했습니다. 올림해야 합니다.",
)
def columns_rounded_down(w):
    return sheet(w, columns=lambda K: math.floor(math.sqrt(K)))


@misconception(
    "tile_filters",
    en="Your gaps are black. They are 1.0.",
    ko="칸 사이가 검은색입니다. 1.0이어야 합니다.",
)
def black_gaps(w):
    return sheet(w, gap=0.0)


@misconception(
    "tile_filters",
    en="Places without a filter are black in your sheet. They are 1.0, as the gaps are.",
    ko="필터가 없는 칸이 검은색입니다. 칸 사이와 마찬가지로 1.0이어야 합니다.",
)
def black_empty_places(w):
    return sheet(w, empty=0.0)


@misconception(
    "tile_filters",
    en="There are no gaps between your tiles. One pixel of 1.0 lies between neighbours.",
    ko="칸 사이에 틈이 없습니다. 이웃한 칸 사이에는 1.0인 픽셀이 한 줄 있습니다.",
)
def no_gaps(w):
    return sheet(w, between=0)


@misconception(
    "tile_filters",
    en="A frame stands around your sheet. Gaps lie only between tiles.",
    ko="그림 둘레에 테두리가 있습니다. 틈은 칸 사이에만 있습니다.",
)
def frame_around_the_sheet(w):
    return torch.nn.functional.pad(sheet(w), (1, 1, 1, 1), value=1.0)


@misconception(
    "nearest",
    en="You leave out the first neighbour, as if every query stood in feats; for k = M one column is then missing. A query that stands in feats is its own nearest neighbour and counts.",
    ko="질의가 모두 feats에 들어 있다고 보고 첫 이웃을 뺐습니다. k = M이면 한 열이 모자라게 됩니다. 질의가 feats에 있으면 자기 자신이 가장 가까운 이웃이며, 그대로 세야 합니다.",
)
def first_neighbour_skipped(feats, q, k):
    demand_enough(feats, k)
    return squared(feats, q).argsort(dim=1, stable=True)[:, 1 : k + 1]


@misconception(
    "nearest",
    en="You return the squared distances. The docstring asks for row numbers.",
    ko="거리의 제곱을 돌려주었습니다. 문제가 묻는 것은 행 번호입니다.",
)
def squared_distances_for_numbers(feats, q, k):
    demand_enough(feats, k)
    return squared(feats, q).sort(dim=1).values[:, :k]


@misconception(
    "nearest",
    en="You compare directions (cosine similarity), and a row of zeros has none: NaN. The docstring asks for Euclidean distance, where lengths count, too.",
    ko="방향을 비교했습니다(코사인 유사도). 0뿐인 행에는 방향이 없어 NaN이 됩니다. 문제는 길이까지 따지는 유클리드 거리를 묻습니다.",
)
def cosine_without_guard(feats, q, k):
    demand_enough(feats, k)
    return first_rows(-(q / q.norm(dim=1, keepdim=True)) @ (feats / feats.norm(dim=1, keepdim=True)).T, k)


@misconception(
    "nearest",
    en="The mixed term counts once. In |a|² + |b|² - 2ab it has a factor of 2.",
    ko="섞인 항을 한 번만 뺐습니다. |a|² + |b|² - 2ab에서는 2가 곱해집니다.",
)
def mixed_term_once(feats, q, k):
    demand_enough(feats, k)
    return first_rows((feats**2).sum(dim=1)[None] - q @ feats.T, k)


@misconception(
    "nearest",
    en="You add up plain differences, so that positive and negative ones cancel. Square each difference first.",
    ko="차를 그대로 더해 양수와 음수가 서로 지워졌습니다. 차를 먼저 제곱해야 합니다.",
)
def plain_differences(feats, q, k):
    demand_enough(feats, k)
    return first_rows((q[:, None] - feats[None]).sum(dim=2), k)


@misconception(
    "nearest",
    en="You take the root of |a|² + |b|² - 2ab as it is. For near points it is the difference of huge, nearly equal numbers: the order is lost in rounding, and a negative result has no root.",
    ko="|a|² + |b|² - 2ab의 제곱근을 그대로 구했습니다. 가까운 점에서는 거의 같은 큰 수의 차가 되어 순서가 반올림에 묻히고, 음수가 되면 제곱근이 없습니다.",
)
def root_of_the_expanded_square(feats, q, k):
    demand_enough(feats, k)
    return first_rows(torch.sqrt((q**2).sum(1, keepdim=True) + (feats**2).sum(1)[None] - 2 * q @ feats.T), k)


@misconception(
    "tile_filters",
    en="The filters are divided by their largest weight, and the smallest is not subtracted first. Stretching takes both: (f - min) / (max - min).",
    ko="가장 작은 가중치를 빼지 않고 가장 큰 가중치로 나누기만 했습니다. 최솟값을 빼고 최댓값과 최솟값의 차로 나누어야 합니다.",
)
def divided_by_the_largest(w):
    return sheet(w, stretch=lambda w, n, tile: w[n] / w[n].max() if w[n].max() > w[n].min() else tile)


@misconception(
    "tile_filters",
    en="The smallest weight is subtracted, but then you divide by the largest weight instead of by the range max - min.",
    ko="최솟값은 뺐지만 범위(최댓값 - 최솟값)가 아니라 가장 큰 가중치로 나누었습니다.",
)
def divided_by_the_largest_after_shifting(w):
    def shifted(w, n, tile):
        return (w[n] - w[n].min()) / w[n].max() if w[n].max() > w[n].min() else tile

    return sheet(w, stretch=shifted)


@misconception(
    "tile_filters",
    en="Gaps and places without a filter are black in your sheet, 0. They are 1.0.",
    ko="틈과 필터가 없는 자리가 0, 곧 검은색입니다. 둘 다 1.0이어야 합니다.",
)
def black_sheet(w):
    return sheet(w, gap=0.0, empty=0.0)


@misconception(
    "tile_filters",
    en="Your sheet always has as many rows as columns. The rows are as many as are needed: ceil(K / S).",
    ko="그림의 행 수가 언제나 열 수와 같습니다. 행은 필요한 만큼, ceil(K / S)개만 둡니다.",
)
def as_many_rows_as_columns(w):
    page, (K, C, kh, _) = sheet(w), w.shape
    S = math.ceil(math.sqrt(K))
    full = torch.ones(C, S * kh + S - 1, page.shape[2], dtype=w.dtype)
    full[:, : page.shape[1]] = page
    return full


@misconception(
    "tile_filters",
    en="The filters are stretched to [-1, 1]. Values in [0, 1] are asked for.",
    ko="필터를 [-1, 1]로 늘였습니다. [0, 1]의 값이어야 합니다.",
)
def stretched_to_both_sides(w):
    return sheet(w, stretch=lambda w, n, tile: 2 * tile - 1 if w[n].max() > w[n].min() else tile)


@misconception(
    "tile_filters",
    en="The filters are stretched by mean and standard deviation. Smallest and largest weight are asked for.",
    ko="평균과 표준편차로 필터를 맞추었습니다. 가장 작은 가중치와 가장 큰 가중치로 늘여야 합니다.",
)
def standardised(w):
    def scaled(w, n, tile):
        return (w[n] - w[n].mean()) / w[n].std() if w[n].max() > w[n].min() else tile

    return sheet(w, stretch=scaled)


# -- 2. tsne_P, tsne_grad --------------------------------------------------------------------------------------------


def conditional(
    X, perplexity, *, root=False, half=False, target=None, one_beta=False, shift=True, start=None, itself=False
):
    """The rows of P_cond, with one thing done wrong."""
    N = X.shape[0]
    others = ~torch.eye(N, dtype=torch.bool, device=X.device)
    if itself:
        others = torch.ones_like(others)
    d = ((X[:, None] - X[None]) ** 2).sum(dim=2)[others].reshape(N, -1)
    d = d.sqrt() if root else d
    d = d / 2 if half else d
    wanted = math.log(perplexity) if target is None else target
    low, beta = torch.zeros_like(d[:, :1]), torch.ones_like(d[:, :1])
    high = torch.full_like(low, torch.inf)
    for step in range(100):
        if shift:
            p = torch.softmax(-beta * d, dim=1)
        else:
            p = torch.exp(-beta * d)
            p = p / p.sum(dim=1, keepdim=True)
        H = torch.special.entr(p).sum(dim=1, keepdim=True)
        H = H.mean(dim=0, keepdim=True).expand_as(H) if one_beta else H
        if start is not None and step >= start:
            break
        too_wide = H > wanted
        low, high = torch.where(too_wide, beta, low), torch.where(too_wide, high, beta)
        beta = torch.where(high.isinf(), 2 * beta, (low + high) / 2)
    P = torch.zeros(N, N, dtype=X.dtype, device=X.device)
    P[others] = p.flatten()
    return P


def symmetric(P):
    return (P + P.T) / (2 * len(P))


@misconception(
    "tsne_P",
    en="You mix two logarithms: the entropy is in natural logarithms, its target in base 2. exp(H) is the perplexity when H is in natural logarithms.",
    ko="두 로그가 섞였습니다. 엔트로피는 자연로그인데 목표값은 밑이 2인 로그입니다. H를 자연로그로 구했다면 퍼플렉시티는 exp(H)입니다.",
)
def logarithms_mixed(X, perplexity):
    return symmetric(conditional(X, perplexity, target=math.log2(perplexity)))


@misconception(
    "tsne_P",
    en="The entropy of your rows is the perplexity itself, not its logarithm.",
    ko="각 행의 엔트로피를 퍼플렉시티의 로그가 아니라 퍼플렉시티 자체에 맞췄습니다.",
)
def entropy_equals_perplexity(X, perplexity):
    return symmetric(conditional(X, perplexity, target=perplexity))


@misconception(
    "tsne_P",
    en="P is not symmetric: you return the conditional probabilities. Average each pair, and divide by N so that everything sums to 1.",
    ko="P가 대칭이 아닙니다. 조건부 확률을 그대로 돌려줬습니다. 쌍마다 평균을 내고, 전체 합이 1이 되도록 N으로 나누세요.",
)
def not_symmetric(X, perplexity):
    return conditional(X, perplexity)


@misconception(
    "tsne_P",
    en="Your P is symmetric but sums to N. The division is by 2N, not by 2.",
    ko="P가 대칭이지만 합이 N입니다. 2가 아니라 2N으로 나눠야 합니다.",
)
def divided_by_two_only(X, perplexity):
    P = conditional(X, perplexity)
    return (P + P.T) / 2


@misconception(
    "tsne_P",
    en="You divide by N only. Every pair is added up from both sides, so its average takes a 2 as well.",
    ko="N으로만 나누었습니다. 쌍마다 양쪽을 더했으므로 평균을 내려면 2로도 나눠야 합니다.",
)
def divided_by_N_only(X, perplexity):
    P = conditional(X, perplexity)
    return (P + P.T) / len(P)


@misconception(
    "tsne_P",
    en="You use distances where the Gaussian has squared distances.",
    ko="가우스 분포에는 거리의 제곱이 들어가는데 거리를 그대로 썼습니다.",
)
def distances_not_squared(X, perplexity):
    return symmetric(conditional(X, perplexity, root=True))


@misconception(
    "tsne_P",
    en="All points share one beta. A point in a crowd needs a narrower neighbourhood than one in the desert: search for each row by itself.",
    ko="모든 점이 beta 하나를 함께 씁니다. 붐비는 곳의 점은 한적한 곳의 점보다 이웃을 좁게 잡아야 하므로 행마다 따로 찾아야 합니다.",
)
def one_beta_for_all(X, perplexity):
    return symmetric(conditional(X, perplexity, one_beta=True))


@misconception(
    "tsne_P",
    en="There is no search: beta is fixed, and the perplexity plays no part.",
    ko="beta를 찾지 않고 고정했습니다. 퍼플렉시티가 결과에 아무 영향을 주지 않습니다.",
)
def no_search(X, perplexity):
    return symmetric(conditional(X, perplexity, start=0))


@misconception(
    "tsne_P",
    en="Each point counts itself among its neighbours: the diagonal takes part in the sums and is not 0.",
    ko="점마다 자기 자신을 이웃으로 셌습니다. 대각 원소가 합에 들어가고 0이 아닙니다.",
)
def diagonal_kept(X, perplexity):
    return symmetric(conditional(X, perplexity, itself=True))


@misconception(
    "tsne_P",
    en="The diagonal is set to 0 only at the end: it took part in the sums and in the entropy, so the other elements are too small.",
    ko="대각 원소를 마지막에야 0으로 만들었습니다. 합과 엔트로피에는 이미 들어갔으므로 나머지 원소가 너무 작습니다.",
)
def diagonal_removed_afterwards(X, perplexity):
    P = conditional(X, perplexity, itself=True)
    return symmetric(P - torch.diag(torch.diag(P)))


@misconception(
    "tsne_P",
    en="For far points all exponentials become 0, and 0 / 0 is NaN. Subtract the smallest distance of each row before the exponential.",
    ko="점들이 멀면 지수가 모두 0이 되어 0 / 0, 곧 NaN이 됩니다. 지수를 취하기 전에 각 행에서 가장 짧은 거리를 빼세요.",
)
def all_exponentials_underflow(X, perplexity):
    return symmetric(conditional(X, perplexity, shift=False))


@misconception(
    "tsne_P",
    en="Your search stops too early: the perplexity of the rows is not yet exact. A handful of steps is not enough for every scale of the distances.",
    ko="탐색을 너무 일찍 멈춰서 각 행의 퍼플렉시티가 아직 정확하지 않습니다. 몇 번만으로는 거리의 크기가 제각각일 때 부족합니다.",
)
def search_stops_early(X, perplexity):
    return symmetric(conditional(X, perplexity, start=8))


def picture(P, Y, *, gaussian=False, by_row=False, factor=4.0, weighted=True, log=torch.log, keep_diagonal=False):
    """(KL, dY) with one thing done wrong."""
    difference = Y[:, None] - Y[None]
    squares = (difference**2).sum(dim=2)
    tail = torch.exp(-squares) if gaussian else 1 / (1 + squares)
    if not keep_diagonal:
        tail = tail - torch.diag(torch.diag(tail))
    Q = tail / (tail.sum(dim=1, keepdim=True) if by_row else tail.sum())
    kept = P > 0
    one = torch.ones_like(P)
    KL = torch.where(kept, P * log(torch.where(kept, P, one) / torch.where(kept, Q, one)), torch.zeros_like(P)).sum()
    force = (P - Q) * (tail if weighted else 1.0)
    return KL, factor * (force[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="Your gradient is a quarter of the right one: the factor 4 is missing. Two come from the square, two from the pair being counted at both ends.",
    ko="기울기가 정답의 4분의 1입니다. 인수 4가 빠졌습니다. 2는 제곱에서, 2는 쌍을 양 끝에서 세는 데서 나옵니다.",
)
def factor_four_missing(P, Y):
    return picture(P, Y, factor=1.0)


@misconception(
    "tsne_grad",
    en="Your gradient is half of the right one. Each y appears in a pair at both ends, (i, j) and (j, i).",
    ko="기울기가 정답의 절반입니다. 점 하나는 쌍 (i, j)와 (j, i) 양쪽에 나타납니다.",
)
def factor_two(P, Y):
    return picture(P, Y, factor=2.0)


@misconception(
    "tsne_grad",
    en="The gradient points the other way: it would push neighbours apart. Where p > q, a step against the gradient must bring the points together.",
    ko="기울기의 방향이 반대라 이웃을 밀어냅니다. p > q이면 기울기의 반대로 움직일 때 두 점이 가까워져야 합니다.",
)
def sign_flipped(P, Y):
    return picture(P, Y, factor=-4.0)


@misconception(
    "tsne_grad",
    en="Q is Gaussian in the plane, too (that is the older SNE). The t in t-SNE is the heavy tail 1 / (1 + d²).",
    ko="평면에서도 Q를 가우스 분포로 구했습니다(이전 방법인 SNE). t-SNE의 t는 꼬리가 두꺼운 1 / (1 + d²)을 뜻합니다.",
)
def gaussian_in_the_plane(P, Y):
    difference = Y[:, None] - Y[None]
    squares = (difference**2).sum(dim=2)
    off = 1 - torch.eye(len(Y), dtype=Y.dtype, device=Y.device)
    tail = torch.exp(-squares) * off
    Q = tail / tail.sum()
    log_q = -squares - torch.log(tail.sum())
    KL = (torch.xlogy(P, P) - P * log_q * off).sum()
    return KL, 4 * ((P - Q)[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="Each row of your Q sums to 1. In t-SNE all pairs together sum to 1.",
    ko="Q의 행마다 합이 1입니다. t-SNE에서는 모든 쌍을 합쳐서 1입니다.",
)
def rows_of_q_normalised(P, Y):
    return picture(P, Y, by_row=True)


@misconception(
    "tsne_grad",
    en="The factor (1 + d²)^-1 is missing in the gradient: far points pull as hard as near ones.",
    ko="기울기에 (1 + d²)^-1이 빠져서 먼 점도 가까운 점만큼 세게 끌어당깁니다.",
)
def tail_missing_in_the_gradient(P, Y):
    return picture(P, Y, weighted=False)


@misconception(
    "tsne_grad",
    en="The diagonal takes part in the normalisation of Q: every point counts itself with weight 1.",
    ko="Q를 정규화할 때 대각 원소까지 셌습니다. 점마다 자기 자신이 1로 더해집니다.",
)
def diagonal_of_q_kept(P, Y):
    return picture(P, Y, keep_diagonal=True)


@misconception(
    "tsne_grad",
    en="The KL divergence is in base 2. Natural logarithms are asked for; the gradient belongs to them.",
    ko="KL 발산을 밑이 2인 로그로 구했습니다. 자연로그를 써야 하며, 기울기도 자연로그에 맞는 것입니다.",
)
def divergence_in_bits(P, Y):
    return picture(P, Y, log=torch.log2)


@misconception(
    "tsne_grad",
    en="P and Q are exchanged in the KL divergence. It is KL(P || Q): weighted with P.",
    ko="KL 발산에서 P와 Q가 뒤바뀌었습니다. P로 가중하는 KL(P || Q)입니다.",
    evidence="E26",
)
def divergence_the_other_way(P, Y):
    _, dY = picture(P, Y)
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    tail = tail - torch.diag(torch.diag(tail))
    Q = tail / tail.sum()
    safe = torch.where(P > 0, P, torch.ones_like(P))
    return torch.where(P > 0, Q * torch.log(Q / safe), torch.zeros_like(P)).sum(), dY


@misconception(
    "tsne_grad",
    en="The loss becomes NaN where p is 0: 0 · ln 0 is not a number for the computer, but counts as 0.",
    ko="p가 0인 곳에서 손실이 NaN이 됩니다. 컴퓨터에게 0 · ln 0은 수가 아니지만 0으로 세야 합니다.",
)
def nan_where_p_is_zero(P, Y):
    KL, dY = picture(P, Y)
    off = ~torch.eye(len(Y), dtype=torch.bool, device=Y.device)
    return torch.where((P[off] == 0).any(), torch.full_like(KL, torch.nan), KL), dY


@misconception(
    "tsne_grad",
    en="The loss is a mean over the pairs. It is their sum.",
    ko="손실을 쌍에 대해 평균했습니다. 합이어야 합니다.",
)
def loss_averaged(P, Y):
    KL, dY = picture(P, Y)
    return KL / (len(Y) * (len(Y) - 1)), dY


@misconception(
    "tsne_grad",
    en="The gradient is divided by the number of points. The loss is a sum, nothing is averaged.",
    ko="기울기를 점의 수로 나누었습니다. 손실이 합이므로 평균을 내지 않습니다.",
)
def gradient_averaged(P, Y):
    return picture(P, Y, factor=4.0 / len(Y))


@misconception(
    "tsne_grad",
    en="The forces point away from the origin instead of along the line between two points: y_i stands there where y_i - y_j belongs.",
    ko="힘이 두 점을 잇는 방향이 아니라 원점에서 멀어지는 방향으로 작용합니다. y_i - y_j가 있어야 할 자리에 y_i가 있습니다.",
)
def difference_left_out(P, Y):
    KL, _ = picture(P, Y)
    tail = 1 / (1 + ((Y[:, None] - Y[None]) ** 2).sum(dim=2))
    tail = tail - torch.diag(torch.diag(tail))
    return KL, 4 * ((P - tail / tail.sum()) * tail).sum(dim=1, keepdim=True) * Y


@misconception(
    "tsne_P",
    en="You multiply P by its transpose, element by element. The two conditional probabilities of a pair are averaged: add them.",
    ko="P와 전치 행렬을 원소끼리 곱했습니다. 쌍의 두 조건부 확률은 평균해야 하므로 더합니다.",
)
def transposed_multiplied(X, perplexity):
    P = conditional(X, perplexity)
    P = P * P.T
    return P / P.sum()


@misconception(
    "tsne_P",
    en="Your bisection goes the wrong way. An entropy that is too high means that beta is too small: beta must grow then.",
    ko="이분 탐색의 방향이 반대입니다. 엔트로피가 너무 크면 beta가 너무 작다는 뜻이므로 그때 beta를 키워야 합니다.",
)
def bisection_the_wrong_way(X, perplexity):
    N = len(X)
    off = ~torch.eye(N, dtype=torch.bool, device=X.device)
    d = ((X[:, None] - X[None]) ** 2).sum(dim=2)[off].reshape(N, -1)
    # beta runs to 0 or to infinity: where it starts, the entropy is too low or too high
    beta = torch.ones_like(d[:, :1])
    spread = (d - d.amin(dim=1, keepdim=True)).amax(dim=1, keepdim=True)
    beta = beta / torch.where(spread > 0, spread, torch.ones_like(spread))
    H = torch.special.entr(torch.softmax(-beta * d, dim=1)).sum(dim=1, keepdim=True)
    beta = torch.where(H > math.log(perplexity), 0.0, torch.inf)
    nearest = (d == d.amin(dim=1, keepdim=True)).to(d.dtype)
    p = torch.where(beta == 0, torch.ones_like(d) / (N - 1), nearest / nearest.sum(dim=1, keepdim=True))
    P = torch.zeros(N, N, dtype=X.dtype, device=X.device)
    P[off] = p.flatten()
    return symmetric(P)


@misconception(
    "tsne_P",
    en="Beta has an upper limit in your search. The distances may be tiny, and beta huge: double it until the entropy is low enough.",
    ko="탐색에서 beta에 상한을 두었습니다. 거리가 아주 작으면 beta는 아주 커야 합니다. 엔트로피가 충분히 낮아질 때까지 두 배씩 키우세요.",
)
def beta_limited(X, perplexity):
    P = conditional(X, perplexity)
    N = len(X)
    off = ~torch.eye(N, dtype=torch.bool, device=X.device)
    d = ((X[:, None] - X[None]) ** 2).sum(dim=2)[off].reshape(N, -1)
    most = torch.softmax(-1000.0 * d, dim=1)
    limited = torch.special.entr(most).sum(dim=1) > math.log(perplexity)
    rows = P[off].reshape(N, -1)
    P[off] = torch.where(limited[:, None], most, rows).flatten()
    return symmetric(P)


@misconception(
    "tsne_grad",
    en="Q is Gaussian in the plane, and its exponential stands in the gradient, too. The t in t-SNE is the heavy tail 1 / (1 + d²).",
    ko="평면에서 Q를 가우스 분포로 구하고 기울기에도 그 지수 함수를 썼습니다. t-SNE의 t는 꼬리가 두꺼운 1 / (1 + d²)을 뜻합니다.",
)
def gaussian_with_its_factor(P, Y):
    return picture(P, Y, gaussian=True)


@misconception(
    "tsne_grad",
    en="You use the distance in q where its square belongs: q is proportional to 1 / (1 + d²).",
    ko="q에 거리의 제곱이 아니라 거리를 썼습니다. q는 1 / (1 + d²)에 비례합니다.",
)
def distance_not_squared_in_the_plane(P, Y):
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2).sqrt())
    tail = tail - torch.diag(torch.diag(tail))
    Q = tail / tail.sum()
    kept = P > 0
    KL = (P[kept] * torch.log(P[kept] / Q[kept])).sum()
    return KL, 4 * (((P - Q) * tail)[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="The loss has the wrong sign: it is sum p ln(p / q), with p above. It is never negative.",
    ko="손실의 부호가 반대입니다. p를 분자에 둔 p ln(p / q)의 합이며 음수가 되지 않습니다.",
)
def loss_negated(P, Y):
    KL, dY = picture(P, Y)
    return -KL, dY


@misconception(
    "tsne_grad",
    en="The loss is a mean over the pairs with p > 0. It is their sum.",
    ko="손실을 p > 0인 쌍에 대해 평균했습니다. 합이어야 합니다.",
)
def loss_averaged_over_the_kept(P, Y):
    KL, dY = picture(P, Y)
    return KL / (P > 0).sum(), dY


@misconception(
    "tsne_grad",
    en="The loss is the cross-entropy - sum p ln q. The part sum p ln p is missing; it does not change the gradient, but it belongs to KL.",
    ko="손실이 교차 엔트로피 - sum p ln q입니다. sum p ln p가 빠졌습니다. 기울기는 변하지 않지만 KL의 일부입니다.",
)
def cross_entropy_for_divergence(P, Y):
    KL, dY = picture(P, Y)
    return KL - torch.xlogy(P, P).sum(), dY


@misconception(
    "tsne_grad",
    en="The factor (1 + d²)^-1 stands in the gradient twice. One is enough: the other one cancels when ln q is differentiated.",
    ko="기울기에 (1 + d²)^-1이 두 번 들어갔습니다. ln q를 미분할 때 하나가 지워지므로 한 번이면 됩니다.",
)
def tail_squared_in_the_gradient(P, Y):
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    tail = tail - torch.diag(torch.diag(tail))
    KL, _ = picture(P, Y)
    return KL, 4 * (((P - tail / tail.sum()) * tail**2)[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="The results are exchanged: the loss comes first, then the gradient.",
    ko="결과의 순서가 뒤바뀌었습니다. 손실이 먼저이고 기울기가 다음입니다.",
)
def loss_and_gradient_exchanged(P, Y):
    KL, dY = picture(P, Y)
    return dY, KL


# -- 3. cam ----------------------------------------------------------------------------------------------------------


def weighted(F, weights):
    return (weights[:, None, None] * F).sum(dim=0)


@misconception(
    "cam",
    en="You take a column of W. Its rows belong to the classes, its columns to the maps; only with as many classes as maps does the shape not complain.",
    ko="W의 열을 썼습니다. W의 행은 클래스, 열은 맵입니다. 클래스 수와 맵 수가 같을 때만 모양이 맞습니다.",
)
def column_of_the_weights(F, W, c):
    return weighted(F, W[:, c])


@misconception(
    "cam",
    en="A ReLU cuts off the negative places. They are evidence against the class and belong to the map here.",
    ko="ReLU로 음수인 곳을 잘라 냈습니다. 음수는 그 클래스가 아니라는 증거이며, 여기서는 맵에 남겨 둡니다.",
)
def relu_on_the_map(F, W, c):
    return torch.relu(weighted(F, W[c]))


@misconception(
    "cam",
    en="You multiply each map by its average as well. The weight alone says how much a map counts; its values are in the map already.",
    ko="맵마다 자기 평균까지 곱했습니다. 맵의 중요도는 가중치가 정하며, 맵의 값은 이미 맵 안에 있습니다.",
)
def multiplied_by_the_average(F, W, c):
    return weighted(F, W[c] * F.mean(dim=(1, 2)))


@misconception(
    "cam",
    en="You average over the maps. They are added up; otherwise the mean of the map is not the score.",
    ko="맵에 대해 평균을 냈습니다. 맵은 더해야 하며, 그러지 않으면 맵의 평균이 점수와 다릅니다.",
)
def averaged_over_the_maps(F, W, c):
    return weighted(F, W[c]) / F.shape[0]


@misconception(
    "cam",
    en="You stretch the map to [0, 1]. That is for drawing; here the values themselves are asked for.",
    ko="맵을 [0, 1]로 늘였습니다. 그림을 그릴 때나 하는 일이고, 여기서는 값 자체가 필요합니다.",
)
def stretched_for_drawing(F, W, c):
    heat = weighted(F, W[c])
    span = heat.max() - heat.min()
    return (heat - heat.min()) / torch.where(span > 0, span, torch.ones_like(span))


@misconception(
    "cam",
    en="You use the averages of the maps, which give the score of the class at every place. The map needs the values of the maps, place by place.",
    ko="맵의 평균을 써서 모든 위치가 클래스의 점수가 되었습니다. 히트맵에는 위치마다 맵의 값을 써야 합니다.",
)
def score_everywhere(F, W, c):
    return (W[c] @ F.mean(dim=(1, 2))).expand(F.shape[1:]).clone()


@misconception(
    "cam",
    en="The weights go through a softmax first. They are used as they are, negative ones too.",
    ko="가중치에 소프트맥스를 적용했습니다. 음수까지 포함해 그대로 써야 합니다.",
)
def softmax_of_the_weights(F, W, c):
    return weighted(F, torch.softmax(W[c], dim=0))


@misconception(
    "cam",
    en="The weights lose their sign. A map with a negative weight speaks against the class.",
    ko="가중치의 부호가 사라졌습니다. 가중치가 음수인 맵은 그 클래스가 아니라는 증거입니다.",
)
def weights_without_sign(F, W, c):
    return weighted(F, W[c].abs())


@misconception(
    "cam",
    en="The classes are counted from 1 in your version: class c has the row c, not c - 1.",
    ko="클래스를 1부터 셌습니다. 클래스 c의 가중치는 c - 1이 아니라 c번째 행입니다.",
)
def classes_from_one(F, W, c):
    return weighted(F, W[c - 1])


@misconception(
    "cam",
    en="All classes are added up: c plays no part.",
    ko="모든 클래스를 더해서 c가 결과에 영향을 주지 않습니다.",
)
def all_classes_added(F, W, c):
    return weighted(F, W.sum(dim=0))


@misconception(
    "cam",
    en="The map is transposed: rows and columns of the image are exchanged.",
    ko="맵이 전치되었습니다. 이미지의 행과 열이 뒤바뀌었습니다.",
)
def map_transposed(F, W, c):
    return weighted(F, W[c]).T


@misconception(
    "cam",
    en="You stretch the map to [0, 1], and a map of one value becomes NaN. That is for drawing; here the values themselves are asked for.",
    ko="맵을 [0, 1]로 늘였고, 값이 모두 같으면 NaN이 됩니다. 그림을 그릴 때나 하는 일이고, 여기서는 값 자체가 필요합니다.",
)
def stretched_without_guard(F, W, c):
    heat = weighted(F, W[c])
    return (heat - heat.min()) / (heat.max() - heat.min())


@misconception(
    "cam",
    en="You divide the map by its maximum. Nothing is normalised here: the mean of the map is the score.",
    ko="맵을 최댓값으로 나누었습니다. 여기서는 정규화하지 않습니다. 맵의 평균이 곧 점수입니다.",
)
def divided_by_its_maximum(F, W, c):
    heat = weighted(F, W[c])
    return heat / heat.max()


@misconception(
    "cam",
    en="You return the score, a single number: each map was averaged first. The map adds them up place by place, and has a value for each.",
    ko="맵을 먼저 평균해 점수 하나를 돌려주었습니다. 히트맵은 위치마다 맵들을 더하므로 위치마다 값이 있습니다.",
)
def score_for_map(F, W, c):
    return (W[c] * F.mean(dim=(1, 2))).sum()


@misconception(
    "cam",
    en="You always use the weights of class 0: c plays no part.",
    ko="언제나 클래스 0의 가중치를 썼습니다. c를 무시했습니다.",
)
def always_class_zero(F, W, c):
    return weighted(F, W[0])


@misconception(
    "cam",
    en="The maps are multiplied by their weights, but not added up: one map for each k is left. Sum over the maps.",
    ko="맵에 가중치를 곱하기만 하고 더하지 않아 k마다 맵이 남았습니다. 맵에 대해 더하세요.",
)
def maps_not_added(F, W, c):
    return W[c][:, None, None] * F


@misconception(
    "cam",
    en="You sum over the places of each map, which leaves one number for each k. Sum over the maps, place by place.",
    ko="맵마다 위치에 대해 더해 k마다 수 하나가 남았습니다. 위치마다 맵에 대해 더해야 합니다.",
)
def added_over_the_places(F, W, c):
    return (W[c][:, None, None] * F).sum(dim=(1, 2))


@misconception(
    "cam",
    en="You divide by the number of places. It is the mean of the map that is the score, not its sum.",
    ko="위치의 수로 나누었습니다. 점수는 맵의 합이 아니라 평균입니다.",
)
def divided_by_the_places(F, W, c):
    return weighted(F, W[c]) / F[0].numel()


@misconception(
    "cam",
    en="Only the map with the largest weight is shown. All maps are added up, each with its weight.",
    ko="가중치가 가장 큰 맵만 남겼습니다. 모든 맵에 가중치를 곱해 더해야 합니다.",
)
def only_the_strongest_map(F, W, c):
    k = W[c].argmax()
    return W[c, k] * F[k]


@misconception(
    "cam",
    en="You subtract the mean of all classes from the weights. The map of a class uses its own weights as they are.",
    ko="가중치에서 모든 클래스의 평균을 뺐습니다. 클래스의 맵에는 그 클래스의 가중치를 그대로 씁니다.",
)
def compared_with_all_classes(F, W, c):
    return weighted(F, W[c] - W.mean(dim=0))


@misconception(
    "cam",
    en="You enlarge the map. That is for laying it over the image; here it has the size of the activation maps.",
    ko="맵을 확대했습니다. 이미지 위에 겹쳐 그릴 때나 하는 일이고, 여기서는 활성화 맵의 크기 그대로입니다.",
)
def enlarged_for_drawing(F, W, c):
    return weighted(F, W[c]).repeat_interleave(2, dim=0).repeat_interleave(2, dim=1)


@misconception(
    "cam",
    en="The maps are added up without weights. The weights of the class say how much each map counts, and in which direction.",
    ko="가중치 없이 맵을 더했습니다. 클래스의 가중치가 맵마다 얼마나, 어느 쪽으로 세는지를 정합니다.",
)
def maps_without_weights(F, W, c):
    return F.sum(dim=0) + 0 * W[c].sum()


# -- 4. occlusion_map ------------------------------------------------------------------------------------------------


def fall(
    img,
    score_fn,
    size,
    stride,
    fill,
    *,
    restore=True,
    sign=1.0,
    channels=slice(None),
    place=None,
    shape=None,
    ask_again=False,
    relative=False,
    whole=True,
):
    """An occlusion map with one thing done wrong."""
    _, H, W = img.shape
    before = score_fn(img)
    rows, columns = (math.ceil(H / stride), math.ceil(W / stride)) if shape is None else shape(H, W)
    heat = torch.zeros(rows, columns, dtype=img.dtype, device=img.device)
    covered = img.clone()
    for i in range(rows):
        for j in range(columns):
            covered = img.clone() if restore else covered
            top, left = (i * stride, j * stride) if place is None else place(i, j, H, W)
            covered[channels, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = fill
            before = score_fn(img) if ask_again else before
            after = score_fn(covered)
            heat[i, j] = sign * ((before if whole else 0) - after)
    return heat / before if relative else heat


@misconception(
    "occlusion_map",
    en="The image is not restored: every square is covered in addition to all earlier ones. Cover a fresh copy each time.",
    ko="이미지를 되돌리지 않아서 앞에서 가린 네모가 계속 남아 있습니다. 매번 새 복사본을 가리세요.",
)
def image_not_restored(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, restore=False)


@misconception(
    "occlusion_map",
    en="The sign is the other way round. The map says how far the score FALLS: whole minus covered.",
    ko="부호가 반대입니다. 맵은 점수가 '떨어진' 양, 곧 전체의 점수에서 가린 점수를 뺀 값입니다.",
)
def covered_minus_whole(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, sign=-1.0)


@misconception(
    "occlusion_map",
    en="Rows and columns are exchanged when you cover the square: i counts rows, from top to bottom.",
    ko="네모를 가릴 때 행과 열이 뒤바뀌었습니다. i는 위에서 아래로 세는 행 번호입니다.",
)
def rows_and_columns_exchanged(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, place=lambda i, j, H, W: (j * stride, i * stride))


@misconception(
    "occlusion_map",
    en="The square is always covered with 0: fill is ignored.",
    ko="네모를 늘 0으로 덮었습니다. fill을 무시했습니다.",
)
def fill_ignored(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, 0.0)


@misconception(
    "occlusion_map",
    en="The default of fill is 1 in your version. The docstring and the signature say 0.",
    ko="fill의 기본값이 1로 되어 있습니다. docstring과 함수 정의에는 0입니다.",
)
def filled_with_one(img, score_fn, size, stride, fill=1.0):
    return fall(img, score_fn, size, stride, fill)


@misconception(
    "occlusion_map",
    en="Only squares that lie wholly inside the image are covered, so the border is never asked about. At the border squares are cut off, not dropped.",
    ko="이미지 안에 온전히 들어가는 네모만 가려서 가장자리에 대해서는 묻지 않았습니다. 가장자리의 네모는 버리지 말고 잘라야 합니다.",
)
def border_dropped(img, score_fn, size, stride, fill=0.0):
    return fall(
        img,
        score_fn,
        size,
        stride,
        fill,
        shape=lambda H, W: (max((H - size) // stride + 1, 1), max((W - size) // stride + 1, 1)),
    )


@misconception(
    "occlusion_map",
    en="At the border you push the square back into the image. It stays where it is, and what sticks out is cut off.",
    ko="가장자리에서 네모를 이미지 안쪽으로 밀어 넣었습니다. 네모는 제자리에 두고 밖으로 나간 부분만 자릅니다.",
)
def pushed_back_at_the_border(img, score_fn, size, stride, fill=0.0):
    def place(i, j, H, W):
        return max(min(i * stride, H - size), 0), max(min(j * stride, W - size), 0)

    return fall(img, score_fn, size, stride, fill, place=place)


@misconception(
    "occlusion_map",
    en="Your squares are centred at (i stride, j stride). That is their top left pixel.",
    ko="(i stride, j stride)를 네모의 중심으로 삼았습니다. 왼쪽 위 픽셀이어야 합니다.",
)
def squares_centred(img, score_fn, size, stride, fill=0.0):
    def place(i, j, H, W):
        return i * stride - size // 2, j * stride - size // 2

    return fall(img, score_fn, size, stride, fill, place=place)


@misconception(
    "occlusion_map",
    en="The squares lie side by side: they move by their size, not by the stride.",
    ko="네모가 스트라이드가 아니라 자기 크기만큼 움직여 나란히 놓였습니다.",
)
def moved_by_the_size(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, size, fill)


@misconception(
    "occlusion_map",
    en="Only the first channel is covered. A covered pixel is covered in all channels.",
    ko="첫 채널만 가렸습니다. 픽셀을 가리면 모든 채널을 가려야 합니다.",
)
def first_channel_covered(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, channels=slice(0, 1))


@misconception(
    "occlusion_map",
    en="You return the scores of the covered images. The map holds the fall: the score of the whole image minus these.",
    ko="가린 이미지의 점수를 그대로 돌려줬습니다. 맵은 전체 이미지의 점수에서 그 값을 뺀 것입니다.",
)
def score_of_the_covered_image(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, whole=False, sign=-1.0)


@misconception(
    "occlusion_map",
    en="The score of the whole image is asked for again at every square. The map is right, but it costs twice as many runs of the network; the docstring allows one.",
    ko="네모마다 전체 이미지의 점수를 다시 물었습니다. 맵은 맞지만 신경망을 두 배로 돌리게 됩니다. docstring은 한 번만 허용합니다.",
)
def whole_image_asked_again(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, ask_again=True)


@misconception(
    "occlusion_map",
    en="You take the absolute change. Where covering helps the score, the map is negative.",
    ko="변화의 절댓값을 구했습니다. 가렸을 때 점수가 올라가는 곳에서는 맵이 음수여야 합니다.",
)
def absolute_change(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill).abs()


@misconception(
    "occlusion_map",
    en="You divide the fall by the score of the whole image. The plain difference is asked for.",
    ko="떨어진 양을 전체 이미지의 점수로 나누었습니다. 차이를 그대로 적어야 합니다.",
)
def relative_change(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, relative=True)


@misconception(
    "occlusion_map",
    en="You add fill to the pixels of the square, or keep a part of them. Covering replaces them.",
    ko="네모의 픽셀에 fill을 더했습니다. 가린다는 것은 픽셀을 fill로 바꾸는 것입니다.",
)
def fill_added_to_the_pixels(img, score_fn, size, stride, fill=0.0):
    before = score_fn(img)
    heat = torch.zeros(
        math.ceil(img.shape[1] / stride), math.ceil(img.shape[2] / stride), dtype=img.dtype, device=img.device
    )
    for i in range(heat.shape[0]):
        for j in range(heat.shape[1]):
            covered = img.clone()
            covered[:, i * stride : i * stride + size, j * stride : j * stride + size] += fill
            heat[i, j] = before - score_fn(covered)
    return heat


@misconception(
    "occlusion_map",
    en="The number of squares is rounded down, so the last rows and columns are never asked about. It is rounded up: the last square is cut off by the border.",
    ko="네모의 수를 내림해 마지막 행과 열을 한 번도 가리지 않았습니다. 올림해야 합니다. 마지막 네모는 경계에서 잘립니다.",
)
def places_rounded_down(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, shape=lambda H, W: (max(H // stride, 1), max(W // stride, 1)))


@misconception(
    "occlusion_map",
    en="The squares move by their size, not by the stride; only the number of places comes from the stride.",
    ko="네모가 스트라이드가 아니라 네모의 크기만큼 움직입니다. 자리의 수만 스트라이드에서 나왔습니다.",
)
def squares_moved_by_their_size(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, place=lambda i, j, H, W: (i * size, j * size))


@misconception(
    "occlusion_map",
    en="The stride holds for the rows only: to the right your square moves pixel by pixel. It holds in both directions.",
    ko="스트라이드를 행에만 적용해 오른쪽으로는 한 픽셀씩 움직입니다. 두 방향 모두 스트라이드만큼 움직입니다.",
)
def stride_for_rows_only(img, score_fn, size, stride, fill=0.0):
    def shape(H, W):
        return math.ceil(H / stride), W

    return fall(img, score_fn, size, stride, fill, shape=shape, place=lambda i, j, H, W: (i * stride, j))


@misconception(
    "occlusion_map",
    en="The stride holds for the columns only: downwards your square moves pixel by pixel. It holds in both directions.",
    ko="스트라이드를 열에만 적용해 아래로는 한 픽셀씩 움직입니다. 두 방향 모두 스트라이드만큼 움직입니다.",
)
def stride_for_columns_only(img, score_fn, size, stride, fill=0.0):
    def shape(H, W):
        return H, math.ceil(W / stride)

    return fall(img, score_fn, size, stride, fill, shape=shape, place=lambda i, j, H, W: (i, j * stride))


@misconception(
    "occlusion_map",
    en="Your squares are one pixel too wide and too high: a slice ends before its second number, so size needs no + 1.",
    ko="네모가 가로세로로 한 픽셀씩 큽니다. 슬라이스는 둘째 수 바로 앞에서 끝나므로 size에 1을 더하지 않습니다.",
)
def squares_one_pixel_larger(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size + 1, stride, fill)


@misconception(
    "occlusion_map",
    en="Your squares are as large as the stride. Their size is an argument of its own.",
    ko="네모의 크기가 스트라이드와 같습니다. 크기는 따로 인자로 주어집니다.",
)
def squares_as_large_as_the_stride(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, stride, stride, fill)


@misconception(
    "occlusion_map",
    en="You cover everything but the square. It is the square that is covered, and the rest stays.",
    ko="네모만 남기고 나머지를 모두 가렸습니다. 네모를 가리고 나머지는 그대로 두어야 합니다.",
)
def all_but_the_square_covered(img, score_fn, size, stride, fill=0.0):
    _, H, W = img.shape
    before = score_fn(img)
    heat = torch.zeros(math.ceil(H / stride), math.ceil(W / stride), dtype=img.dtype, device=img.device)
    for i in range(heat.shape[0]):
        for j in range(heat.shape[1]):
            here = (..., slice(i * stride, i * stride + size), slice(j * stride, j * stride + size))
            covered = torch.full_like(img, fill)
            covered[here] = img[here]
            heat[i, j] = before - score_fn(covered)
    return heat


@misconception(
    "occlusion_map",
    en="Your map is as large as the image: each value fills a block of stride x stride pixels. It has one element for each square.",
    ko="맵이 이미지만큼 큽니다. 값마다 stride x stride 픽셀을 채웠습니다. 네모마다 원소가 하나씩입니다.",
)
def map_as_large_as_the_image(img, score_fn, size, stride, fill=0.0):
    _, H, W = img.shape
    heat = fall(img, score_fn, size, stride, fill)
    return heat.repeat_interleave(stride, dim=0).repeat_interleave(stride, dim=1)[:H, :W]


# -- 5. saliency -----------------------------------------------------------------------------------------------------


def pixel_gradient(
    x,
    params,
    c,
    *,
    first=lambda z, g: g * (z > 0),
    second=lambda z, g: g * (z > 0),
    mean=True,
    top=None,
    turn=False,
):
    """d s_c / dx (C, H, W), with one thing done wrong. top: weights of the maps instead of the row of the class."""
    inside = tiny_cnn(x[None], params)
    w1, w2 = params["w1"], params["w2"]
    weights = params["W"][c] if top is None else top(inside)
    g = weights[None, :, None, None] / (x[0].numel() if mean else 1)
    g = second(inside["z2"], g.expand_as(inside["z2"]))

    def back(g, w):
        return torch.nn.functional.conv_transpose2d(g, w.flip(2, 3) if turn else w, padding=w.shape[2] // 2)

    return back(first(inside["z1"], back(g, w2)), w1)[0]


def largest(g):
    return g.abs().amax(dim=0)


@misconception(
    "saliency",
    en="You differentiate the probability. It nearly stands still where the network is sure, and it mixes in all other classes; use the score.",
    ko="확률을 미분했습니다. 확률은 신경망이 확신하는 곳에서 거의 변하지 않고 다른 클래스까지 뒤섞입니다. 점수를 미분하세요.",
)
def probability_for_score(x, params, c):
    def top(inside):
        p = torch.softmax(inside["scores"][0], dim=0)
        return p[c] * (params["W"][c] - p @ params["W"])

    return largest(pixel_gradient(x, params, c, top=top))


@misconception(
    "saliency",
    en="You differentiate the logarithm of the probability (the loss). The class's own score is asked for.",
    ko="확률의 로그(손실)를 미분했습니다. 그 클래스의 점수를 미분해야 합니다.",
)
def loss_for_score(x, params, c):
    def top(inside):
        return params["W"][c] - torch.softmax(inside["scores"][0], dim=0) @ params["W"]

    return largest(pixel_gradient(x, params, c, top=top))


@misconception(
    "saliency",
    en="The absolute value is missing: a pixel that lowers the score matters just as much.",
    ko="절댓값을 취하지 않았습니다. 점수를 낮추는 픽셀도 똑같이 중요합니다.",
)
def no_absolute_value(x, params, c):
    return pixel_gradient(x, params, c).amax(dim=0)


@misconception(
    "saliency",
    en="The maximum over the channels comes before the absolute value. A strong negative channel then loses against a weak positive one.",
    ko="절댓값보다 채널의 최댓값을 먼저 구했습니다. 그러면 강한 음수 채널이 약한 양수 채널에 집니다.",
)
def absolute_value_too_late(x, params, c):
    return pixel_gradient(x, params, c).amax(dim=0).abs()


@misconception(
    "saliency",
    en="You add up the channels' absolute values. The largest one counts.",
    ko="채널의 절댓값을 더했습니다. 가장 큰 것을 골라야 합니다.",
)
def channels_added(x, params, c):
    return pixel_gradient(x, params, c).abs().sum(dim=0)


@misconception(
    "saliency",
    en="You average the channels' absolute values. The largest one counts.",
    ko="채널의 절댓값을 평균했습니다. 가장 큰 것을 골라야 합니다.",
)
def channels_averaged(x, params, c):
    return pixel_gradient(x, params, c).abs().mean(dim=0)


@misconception(
    "saliency",
    en="You multiply the gradient by the image. Saliency is the gradient alone.",
    ko="기울기에 이미지를 곱했습니다. 현저성은 기울기만 봅니다.",
)
def gradient_times_image(x, params, c):
    return largest(pixel_gradient(x, params, c) * x)


@misconception(
    "saliency",
    en="The first ReLU is missing on the way back.",
    ko="역전파에서 첫 번째 ReLU를 거치지 않았습니다.",
)
def first_relu_not_passed(x, params, c):
    return largest(pixel_gradient(x, params, c, first=lambda z, g: g))


@misconception(
    "saliency",
    en="The second ReLU (behind the second convolution) is missing on the way back.",
    ko="역전파에서 두 번째 ReLU(둘째 합성곱 뒤의 것)를 거치지 않았습니다.",
)
def second_relu_not_passed(x, params, c):
    return largest(pixel_gradient(x, params, c, second=lambda z, g: g))


@misconception(
    "saliency",
    en="On the way back you apply ReLU to the gradient instead of asking where the ReLU of the forward pass was on.",
    ko="역전파에서 순전파의 ReLU가 켜져 있던 곳을 보지 않고, 기울기 자체에 ReLU를 적용했습니다.",
)
def relu_of_the_gradient(x, params, c):
    return largest(pixel_gradient(x, params, c, first=lambda z, g: torch.relu(g), second=lambda z, g: torch.relu(g)))


@misconception(
    "saliency",
    en="Besides the ReLUs of the forward pass you cut off negative gradients (that is called guided backpropagation). The plain gradient is asked for.",
    ko="순전파의 ReLU에 더해 음수 기울기까지 잘라 냈습니다(guided backpropagation이라는 방법입니다). 여기서는 기울기를 그대로 씁니다.",
)
def guided_backpropagation(x, params, c):
    def cut(z, g):
        return torch.relu(g) * (z > 0)

    return largest(pixel_gradient(x, params, c, first=cut, second=cut))


@misconception(
    "saliency",
    en="A ReLU exactly at 0 lets the gradient through in your version. Its derivative there is 0.",
    ko="ReLU의 입력이 정확히 0인 곳에서 기울기를 통과시켰습니다. 그곳의 도함수는 0입니다.",
)
def relu_open_at_zero(x, params, c):
    def passes(z, g):
        return g * (z >= 0)

    return largest(pixel_gradient(x, params, c, first=passes, second=passes))


@misconception(
    "saliency",
    en="The division by the number of places is missing: the score contains a mean of each map, not a sum.",
    ko="위치의 수로 나누지 않았습니다. 점수에는 맵의 합이 아니라 평균이 들어갑니다.",
)
def mean_taken_for_a_sum(x, params, c):
    return largest(pixel_gradient(x, params, c, mean=False))


@misconception(
    "saliency",
    en="You use the class with the highest score. The class is an argument.",
    ko="점수가 가장 높은 클래스를 썼습니다. 클래스는 인자로 주어집니다.",
)
def best_class_for_the_asked_one(x, params, c):
    return largest(pixel_gradient(x, params, c, top=lambda inside: params["W"][inside["scores"][0].argmax()]))


@misconception(
    "saliency",
    en="You add up the scores of all classes before you differentiate: c plays no part.",
    ko="모든 클래스의 점수를 더해서 미분했습니다. c가 결과에 영향을 주지 않습니다.",
)
def all_scores_added(x, params, c):
    return largest(pixel_gradient(x, params, c, top=lambda inside: params["W"].sum(dim=0)))


@misconception(
    "saliency",
    en="The kernels are turned by 180 degrees on the way back. conv_transpose2d already does what is needed; turning belongs to the version with conv2d, together with exchanged axes.",
    ko="역전파에서 커널을 180도 돌렸습니다. conv_transpose2d는 이미 필요한 일을 합니다. 돌리는 것은 축을 맞바꾸고 conv2d를 쓸 때 하는 일입니다.",
    evidence="E21",
)
def kernels_turned(x, params, c):
    return largest(pixel_gradient(x, params, c, turn=True))


@misconception(
    "saliency",
    en="You stretch the map to [0, 1]. That is for drawing; here the values themselves are asked for.",
    ko="맵을 [0, 1]로 늘였습니다. 그림을 그릴 때나 하는 일이고, 여기서는 값 자체가 필요합니다.",
)
def scaled_for_drawing(x, params, c):
    heat = largest(pixel_gradient(x, params, c))
    span = heat.max() - heat.min()
    return (heat - heat.min()) / torch.where(span > 0, span, torch.ones_like(span))


@misconception(
    "saliency",
    en="You return the gradient of every channel. One number for each pixel is asked for.",
    ko="채널마다 기울기를 돌려줬습니다. 픽셀마다 수 하나가 필요합니다.",
)
def all_channels_returned(x, params, c):
    return pixel_gradient(x, params, c).abs()


@misconception(
    "saliency",
    en="You square the gradients. The absolute value is asked for.",
    ko="기울기를 제곱했습니다. 절댓값이어야 합니다.",
)
def gradients_squared(x, params, c):
    return (pixel_gradient(x, params, c) ** 2).amax(dim=0)


@misconception(
    "saliency",
    en="You take the norm over the channels. The largest absolute value is asked for.",
    ko="채널에 대해 노름을 구했습니다. 절댓값이 가장 큰 것을 골라야 합니다.",
)
def norm_over_the_channels(x, params, c):
    return pixel_gradient(x, params, c).norm(dim=0)


@misconception(
    "saliency",
    en="At the first ReLU you also cut off negative gradients (guided backpropagation). The plain gradient is asked for.",
    ko="첫째 ReLU에서 음수 기울기까지 잘라 냈습니다(guided backpropagation). 여기서는 기울기를 그대로 씁니다.",
)
def guided_at_the_first_relu(x, params, c):
    return largest(pixel_gradient(x, params, c, first=lambda z, g: torch.relu(g) * (z > 0)))


@misconception(
    "saliency",
    en="You divide the map by its maximum. Nothing is scaled here.",
    ko="맵을 최댓값으로 나누었습니다. 여기서는 배율을 바꾸지 않습니다.",
)
def divided_by_the_maximum(x, params, c):
    heat = largest(pixel_gradient(x, params, c))
    return heat / heat.max()


@misconception(
    "saliency",
    en="The weights of the class are missing at the beginning: every map sends back the same. The gradient starts with the row of W that belongs to the class.",
    ko="처음에 클래스의 가중치가 없어 모든 맵이 같은 값을 돌려보냅니다. 기울기는 그 클래스에 해당하는 W의 행에서 시작합니다.",
)
def class_weights_missing(x, params, c):
    return largest(pixel_gradient(x, params, c, top=lambda inside: torch.ones_like(params["W"][c])))


@misconception(
    "saliency",
    en="The classes are counted from 1 in your version: class c has the row c, not c - 1.",
    ko="클래스를 1부터 셌습니다. 클래스 c는 c - 1이 아니라 c번 행입니다.",
)
def saliency_classes_from_one(x, params, c):
    return largest(pixel_gradient(x, params, c, top=lambda inside: params["W"][c - 1]))


@misconception(
    "saliency",
    en="Both ReLUs are missing on the way back. Where they were off, nothing comes through.",
    ko="역전파에서 두 ReLU를 모두 빠뜨렸습니다. 꺼져 있던 곳에서는 아무것도 지나가지 않습니다.",
)
def no_relu_passed(x, params, c):
    return largest(pixel_gradient(x, params, c, first=lambda z, g: g, second=lambda z, g: g))


@misconception(
    "saliency",
    en="The map is right, but it still hangs on the graph: whoever adds it to something differentiates through it. Detach the result.",
    ko="맵은 맞지만 계산 그래프에 아직 붙어 있습니다. 이 맵을 다른 값에 더하면 그 안까지 미분하게 됩니다. 결과를 그래프에서 떼어 내세요.",
)
def graph_on_the_result(x, params, c):
    return (
        largest(pixel_gradient(x.detach().clone().requires_grad_(), params, c))
        + 0 * x.detach().clone().requires_grad_().sum()
    )


@misconception(
    "saliency",
    en="The map is right, but the given x asks for gradients afterwards: requires_grad_() changes the tensor of whoever called you. Ask for the gradient of a copy.",
    ko="맵은 맞지만 받은 x가 그 뒤로 기울기를 요구하게 됩니다. requires_grad_()는 부른 쪽의 텐서를 바꿉니다. 복사본에 대한 기울기를 구하세요.",
)
def given_image_asks_for_gradients(x, params, c):
    heat = largest(pixel_gradient(x, params, c))
    x.requires_grad_()
    return heat


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "nearest",
    en="You count the rows from 1. Row numbers begin at 0.",
    ko="행 번호를 1부터 셌습니다. 행 번호는 0에서 시작합니다.",
)
def rows_counted_from_one(feats, q, k):
    demand_enough(feats, k)
    return first_rows(squared(feats, q), k) + 1


@misconception(
    "nearest",
    en="Only the largest difference counts in your distance. Euclidean distance adds up the squares of all of them.",
    ko="가장 큰 차이만으로 거리를 쟀습니다. 유클리드 거리는 모든 차이의 제곱을 더합니다.",
)
def largest_difference_only(feats, q, k):
    demand_enough(feats, k)
    return first_rows((q[:, None] - feats[None]).abs().amax(dim=2), k)


@misconception(
    "nearest",
    en="Your neighbours stand in columns, (k, Q). Each query has a row of its own: (Q, k).",
    ko="이웃이 열에 놓여 (k, Q)가 되었습니다. 질의마다 행이 하나씩 있어 (Q, k)여야 합니다.",
)
def neighbours_in_columns(feats, q, k):
    demand_enough(feats, k)
    return first_rows(squared(feats, q), k).T


@misconception(
    "nearest",
    en="You return the rows of feats themselves. Their numbers are asked for.",
    ko="feats의 행 자체를 돌려주었습니다. 행 번호를 구해야 합니다.",
)
def rows_for_numbers(feats, q, k):
    demand_enough(feats, k)
    return feats[first_rows(squared(feats, q), k)]


@misconception(
    "nearest",
    en="You return the rank of every row and not the rows of the k smallest distances: argsort was applied twice, or read the wrong way.",
    ko="거리가 작은 행의 번호가 아니라 행마다의 순위를 돌려주었습니다. argsort를 두 번 썼거나 그 결과를 거꾸로 읽었습니다.",
)
def ranks_for_rows(feats, q, k):
    demand_enough(feats, k)
    return squared(feats, q).argsort(dim=1, stable=True).argsort(dim=1)[:, :k]


@misconception(
    "tile_filters",
    en="All tiles stand in one row. The sheet has ceil(sqrt(K)) columns.",
    ko="칸을 모두 한 줄에 놓았습니다. 그림의 열은 ceil(sqrt(K))개입니다.",
)
def one_long_row(w):
    return sheet(w, columns=lambda K: K)


@misconception(
    "tile_filters",
    en="Rows and columns are exchanged: the number of COLUMNS is ceil(sqrt(K)), and the rows are as many as are needed.",
    ko="행과 열이 뒤바뀌었습니다. '열'의 수가 ceil(sqrt(K))이고 행은 필요한 만큼입니다.",
)
def root_of_rows(w):
    return sheet(w, columns=lambda K: math.ceil(K / math.ceil(math.sqrt(K))))


@misconception(
    "tile_filters",
    en="Your filters are negatives: the largest weight is black. The smallest becomes 0, the largest 1.",
    ko="필터의 밝기가 뒤집혔습니다. 가장 큰 가중치가 검게 나옵니다. 가장 작은 것이 0, 가장 큰 것이 1입니다.",
)
def negatives(w):
    return sheet(w, stretch=lambda w, n, tile: 1 - tile)


@misconception(
    "tile_filters",
    en="A filter whose weights are all equal becomes white in your sheet. It becomes 0.5.",
    ko="가중치가 모두 같은 필터가 흰색이 되었습니다. 0.5가 되어야 합니다.",
)
def white_for_equal_weights(w):
    return sheet(w, stretch=lambda w, n, tile: torch.ones_like(tile) if w[n].min() == w[n].max() else tile)


@misconception(
    "tile_filters",
    en="A filter whose weights are all equal keeps its weights. It becomes 0.5.",
    ko="가중치가 모두 같은 필터의 가중치를 그대로 두었습니다. 0.5가 되어야 합니다.",
)
def equal_weights_kept(w):
    return sheet(w, stretch=lambda w, n, tile: w[n] if w[n].min() == w[n].max() else tile)


@misconception(
    "tile_filters",
    en="Two pixels lie between your tiles: each tile brings its own gap on both sides. One pixel lies between neighbours.",
    ko="칸 사이에 픽셀이 두 줄 있습니다. 칸마다 양쪽에 틈을 두었기 때문입니다. 이웃한 칸 사이에는 한 줄만 있습니다.",
)
def gaps_of_two(w):
    return sheet(w, between=2)


@misconception(
    "tile_filters",
    en="The channels stand last in your sheet, as for drawing. It is (C, height, width).",
    ko="그릴 때처럼 채널이 맨 뒤에 있습니다. (C, 높이, 너비)여야 합니다.",
)
def sheet_with_channels_last(w):
    return sheet(w).permute(1, 2, 0)


@misconception(
    "tile_filters",
    en="A gap follows the last tile of each row and column, too: the sheet is one pixel too large. Gaps lie only between tiles.",
    ko="각 행과 열의 마지막 칸 뒤에도 틈이 있어 그림이 한 픽셀 큽니다. 틈은 칸 사이에만 있습니다.",
)
def gap_after_the_last_tile(w):
    return torch.nn.functional.pad(sheet(w), (0, 1, 0, 1), value=1.0)


@misconception(
    "tile_filters",
    en="The filters are averaged over their channels. The sheet keeps all C channels.",
    ko="필터를 채널에 대해 평균했습니다. 그림에도 채널이 C개 그대로 있어야 합니다.",
)
def channels_averaged_on_the_sheet(w):
    return sheet(w).mean(dim=0, keepdim=True)


@misconception(
    "tsne_P",
    en="You mix two logarithms: the entropy is in bits, its target is the natural logarithm of the perplexity. Both must have the same base.",
    ko="두 가지 로그를 섞었습니다. 엔트로피는 비트 단위인데 목표값은 퍼플렉시티의 자연로그입니다. 밑이 같아야 합니다.",
)
def entropy_in_bits(X, perplexity):
    return symmetric(conditional(X, perplexity, target=math.log(perplexity) * math.log(2)))


@misconception(
    "tsne_P",
    en="The two conditional probabilities are added and not divided by 2N. All elements of P sum to 1.",
    ko="두 조건부 확률을 더하기만 하고 2N으로 나누지 않았습니다. P의 원소를 모두 더하면 1이어야 합니다.",
)
def not_divided_at_all(X, perplexity):
    P = conditional(X, perplexity)
    return P + P.T


@misconception(
    "tsne_P",
    en="You search for the perplexity minus 1. exp(H_i) is the perplexity as given.",
    ko="퍼플렉시티에서 1을 뺀 값에 맞췄습니다. exp(H_i)가 주어진 퍼플렉시티 그대로여야 합니다.",
)
def perplexity_minus_one(X, perplexity):
    return symmetric(conditional(X, perplexity, target=math.log(max(perplexity - 1, 1.0001))))


@misconception(
    "tsne_grad",
    en="Only the attraction is in your gradient: P stands where P - Q belongs. Without the repulsion all points fall into one.",
    ko="기울기에 끌어당기는 힘만 있습니다. P - Q 자리에 P만 썼습니다. 밀어내는 힘이 없으면 모든 점이 하나로 모입니다.",
)
def attraction_only(P, Y):
    KL, _ = picture(P, Y)
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    return KL, 4 * ((P * tail)[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="Your q are not normalised: (1 + d²)^-1 has to be divided by its sum over all pairs.",
    ko="q를 정규화하지 않았습니다. (1 + d²)^-1을 모든 쌍에 대한 합으로 나누어야 합니다.",
)
def q_not_normalised(P, Y):
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    Q = tail - torch.diag(torch.diag(tail))
    kept = P > 0
    KL = (P[kept] * (P[kept] / Q[kept]).log()).sum()
    return KL, 4 * (((P - Q) * Q)[:, :, None] * difference).sum(dim=1)


@misconception(
    "tsne_grad",
    en="The loss adds up only one half of the pairs (i < j). The sum runs over all i != j.",
    ko="손실에서 쌍의 절반(i < j)만 더했습니다. 모든 i != j에 대해 더합니다.",
)
def half_of_the_pairs(P, Y):
    KL, dY = picture(P, Y)
    return KL / 2, dY


@misconception(
    "tsne_grad",
    en="The differences p - q lose their sign in your gradient. Pairs with p > q attract each other, those with p < q repel each other.",
    ko="기울기에서 p - q의 부호가 사라졌습니다. p > q인 쌍은 서로 끌어당기고 p < q인 쌍은 서로 밀어냅니다.",
)
def forces_without_sign(P, Y):
    KL, _ = picture(P, Y)
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    tail = tail - torch.diag(torch.diag(tail))
    return KL, 4 * (((P - tail / tail.sum()).abs() * tail)[:, :, None] * difference).sum(dim=1)


@misconception(
    "cam",
    en="You take a column of W, one number after the other. Its rows belong to the classes, its columns to the maps: the weights of class c stand in row c.",
    ko="W의 열에서 수를 하나씩 꺼냈습니다. 행이 클래스, 열이 맵입니다. 클래스 c의 가중치는 c번 행에 있습니다.",
)
def column_read_one_by_one(F, W, c):
    column = W[:, c]
    out = 0
    for k in range(F.shape[0]):
        out = out + column[k] * F[k]
    return out


@misconception(
    "cam",
    en="The largest weighted map counts at each place. The maps are added up.",
    ko="위치마다 가중한 맵 가운데 가장 큰 값만 남겼습니다. 맵을 모두 더해야 합니다.",
)
def largest_weighted_map(F, W, c):
    return (W[c][:, None, None] * F).amax(dim=0)


@misconception(
    "cam",
    en="Your map is a probability (sigmoid or softmax). The values themselves are asked for: their mean is the score.",
    ko="맵을 시그모이드로 확률처럼 바꾸었습니다. 값 자체를 구합니다. 값의 평균이 점수입니다.",
)
def map_as_probability(F, W, c):
    return torch.sigmoid(weighted(F, W[c]))


@misconception(
    "occlusion_map",
    en="Your map is transposed: element (i, j) belongs to row i and column j.",
    ko="맵이 전치되어 있습니다. 원소 (i, j)는 i번째 행, j번째 열의 자리입니다.",
)
def heat_transposed(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill).T


@misconception(
    "occlusion_map",
    en="The square is covered with the mean of the image. fill says what covers it.",
    ko="정사각형을 이미지의 평균으로 덮었습니다. 무엇으로 덮을지는 fill이 정합니다.",
)
def filled_with_the_mean(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, img.mean())


@misconception(
    "occlusion_map",
    en="Your squares are one pixel too small: a slice ends before its second number, so it goes up to top + size.",
    ko="정사각형이 한 픽셀 작습니다. 슬라이스는 둘째 수 앞에서 끝나므로 top + size까지 써야 합니다.",
)
def squares_one_pixel_smaller(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size - 1, stride, fill)


@misconception(
    "occlusion_map",
    en="Falls below 0 are cut off. Where covering helps the score, the map is negative.",
    ko="0보다 작은 값을 잘랐습니다. 가렸을 때 점수가 오르는 곳에서는 맵이 음수입니다.",
)
def negative_falls_cut_off(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill).clamp(min=0)


@misconception(
    "occlusion_map",
    en="stride is not used: your squares move pixel by pixel.",
    ko="stride를 쓰지 않았습니다. 정사각형이 한 픽셀씩 움직입니다.",
)
def moved_pixel_by_pixel(img, score_fn, size, stride, fill=0.0):
    return fall(img, score_fn, size, stride, fill, place=lambda i, j, H, W: (i, j))


@misconception(
    "saliency",
    en="The map holds the smallest absolute value of the channels. The largest one counts.",
    ko="채널 가운데 가장 작은 절댓값을 썼습니다. 가장 큰 것을 씁니다.",
)
def smallest_over_the_channels(x, params, c):
    return pixel_gradient(x, params, c).abs().amin(dim=0)


@misconception(
    "saliency",
    en="You take the column c of W. The weights of class c stand in row c.",
    ko="W의 c번 열을 썼습니다. 클래스 c의 가중치는 c번 행에 있습니다.",
)
def column_of_w(x, params, c):
    return largest(pixel_gradient(x, params, c, top=lambda inside: params["W"][:, c]))


@misconception(
    "saliency",
    en="Negative gradients are cut off before the maximum. A pixel that lowers the score matters just as much: take the absolute value.",
    ko="최댓값을 구하기 전에 음수 기울기를 0으로 잘랐습니다. 점수를 낮추는 픽셀도 똑같이 중요하므로 절댓값을 씁니다.",
)
def negative_gradients_cut_off(x, params, c):
    return pixel_gradient(x, params, c).clamp(min=0).amax(dim=0)


@misconception(
    "saliency",
    en="Only the first channel is in your map. The largest absolute value over all channels counts.",
    ko="첫 채널만 썼습니다. 모든 채널에서 가장 큰 절댓값을 씁니다.",
)
def first_channel_only(x, params, c):
    return pixel_gradient(x, params, c)[0].abs()


@misconception(
    "saliency",
    en="The map of another layer: you return the gradient at the first maps, not at the image. One more way back through the first convolution is needed.",
    ko="이미지가 아니라 첫 특징 맵에 대한 기울기입니다. 첫 합성곱을 한 번 더 거슬러 가야 합니다.",
)
def gradient_at_the_first_maps(x, params, c):
    inside = tiny_cnn(x[None], params)
    g = (params["W"][c] / x[0].numel())[None, :, None, None] * (inside["z2"] > 0)
    g = torch.nn.functional.conv_transpose2d(g, params["w2"], padding=params["w2"].shape[2] // 2)
    return largest((g * (inside["z1"] > 0))[0])
