"""Lecture 7a, looking into a CNN: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import AUTOGRAD, T1, T2, Draw, Task, Text, Tolerance, X

# A bisection that stops at a perplexity exact to 1e-5 leaves probabilities exact to about 1e-4.
BISECTED = Tolerance("BISECTED", 3e-4, 1e-6)

COMMON = {
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "values are multiplied and added: extremes teach nothing here",
    "R10": "no pooling",
}
NO_UPSTREAM = {"R4": "no upstream gradient is passed in"}


# -- 1. nearest, tile_filters ----------------------------------------------------------------------------------------

nearest = Task(
    "nearest",
    points=14,
    functions=("nearest", "tile_filters"),
    form=1,
    purity=1,
    exempt={**COMMON, **NO_UPSTREAM},
)


def apart(draw: Draw, M, Q, D, *, centre=0.0, known=0):
    """(feats, q) whose squared distances differ by 0.02 or more; the first `known` queries are rows of feats."""
    while True:
        # lengths differ, so that angles do not tell distances
        feats = draw.normal(M, D) * draw.positive(M, 1, low=0.4, high=2.5)
        q = draw.normal(Q, D)
        q[:known] = feats[draw.permutation(M)[:known]]
        squares = np.sort(((q[:, None] - feats[None]) ** 2).sum(axis=2), axis=1)
        if M == 1 or np.diff(squares, axis=1).min() >= 0.02:
            return feats + centre, q + centre


@nearest.check(
    "neighbours",
    points=2.5,
    visible=True,
    tolerance=X,
    title=Text("a few points in the plane and in space", "평면과 공간의 점 몇 개"),
    hint=Text(
        "Sort the distances of each query, the smallest first, and return row numbers.",
        "질의마다 거리를 작은 것부터 정렬해 행 번호를 돌려주세요.",
    ),
)
def neighbours_small(draw: Draw):
    yield draw.call(*apart(draw, 5, 3, 2), 2)
    yield draw.call(*apart(draw, 6, 4, 3, known=1), 4)


@nearest.check(
    "sheet",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("five colour filters; two grey ones", "컬러 필터 다섯 개; 흑백 필터 두 개"),
    hint=Text(
        "Each filter by its own range; one white pixel between the tiles; row by row.",
        "필터마다 자기 범위로 늘이고, 칸 사이에 흰 픽셀 하나를 두고, 한 행씩 채우세요.",
    ),
)
def sheet_small(draw: Draw):
    yield draw.call(draw.normal(5, 3, 2, 4), function="tile_filters")
    yield draw.call(draw.normal(2, 1, 3, 2, loc=1.0), function="tile_filters")


@nearest.check(
    "more neighbours",
    points=2,
    tolerance=X,
    title=Text("more points, more dimensions, all neighbours", "더 많은 점, 더 높은 차원, 모든 이웃"),
    hint=Text(
        "Euclidean distance: lengths count as well as directions. k may be as large as the number of rows.",
        "유클리드 거리에서는 방향뿐 아니라 길이도 중요합니다. k는 행의 수만큼 클 수 있습니다.",
    ),
)
def neighbours_more(draw: Draw):
    feats, q = apart(draw, 9, 4, 5, known=2)
    yield draw.call(draw.strided(feats), q, 3)
    yield draw.call(*apart(draw, 7, 5, 8), 7)
    yield draw.call(*apart(draw, 12, 3, 4), 1)


@nearest.check(
    "twins",
    points=1.5,
    tolerance=X,
    edge=True,
    title=Text("equally near rows", "거리가 같은 행"),
    hint=Text(
        "Of equally near rows the one with the smaller number comes first.",
        "거리가 같으면 번호가 작은 행이 먼저입니다.",
    ),
)
def neighbours_twins(draw: Draw):
    """Whole numbers: every way to compute a distance is exact, so that ties are ties."""
    feats = draw.integers(-3, 4, 6, 3).astype(float)
    feats = feats[[0, 1, 2, 0, 3, 1, 4, 0, 5, 2]]
    yield draw.call(feats, feats[[3, 4, 9]], 6)
    yield draw.call(draw.integers(0, 2, 40, 3).astype(float), draw.integers(0, 2, 5, 3).astype(float), 25)
    yield draw.call(np.full((4, 2), 2.0), np.array([[1.0, 3.0], [2.0, 2.0]]), 3)


@nearest.check(
    "far away",
    points=1.5,
    tolerance=X,
    title=Text(
        "points around 1000, queries among them; k too large", "1000 안팎의 점과 그 가운데 있는 질의; 너무 큰 k"
    ),
    hint=Text(
        "Can rounding make one of your squared distances negative? And what is to happen when k > M?",
        "반올림 때문에 거리의 제곱이 음수가 될 수 있지 않나요? 그리고 k > M이면 어떻게 해야 하나요?",
    ),
)
def neighbours_far(draw: Draw):
    yield draw.call(*apart(draw, 8, 10, 5, centre=1000.0, known=8), 3)
    yield draw.call(*apart(draw, 7, 8, 11, centre=-700.0, known=7), 4)
    yield draw.call(*apart(draw, 4, 2, 3), 5, function="nearest_or_error")
    yield draw.call(*apart(draw, 5, 2, 3), 5, function="nearest_or_error")


@nearest.check(
    "more sheets",
    points=1.5,
    tolerance=T1,
    title=Text("other numbers of filters; a filter of equal weights", "필터 수가 다를 때; 가중치가 모두 같은 필터"),
    hint=Text(
        "As many columns as the root of K, rounded up. What does your formula make of max = min?",
        "열의 수는 K의 제곱근을 올림한 값입니다. 최댓값과 최솟값이 같으면 식이 어떻게 되나요?",
    ),
)
def sheet_more(draw: Draw):
    yield draw.call(draw.strided(draw.normal(7, 2, 4, 3, scale=2.0)), function="tile_filters")
    yield draw.call(draw.normal(12, 3, 2, 3, loc=-1.5), function="tile_filters")
    w = draw.normal(10, 2, 3, 4)
    w[4] = draw.scalar(-1.0, 1.0)
    w[7] = 0.0
    yield draw.call(w, function="tile_filters")


@nearest.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text(
        "one row, one query; one filter; filters of one pixel", "행 하나와 질의 하나; 필터 하나; 픽셀 하나짜리 필터"
    ),
    hint=Text("A sheet with one filter has no gaps.", "필터가 하나뿐이면 칸 사이의 줄도 없습니다."),
)
def nearest_edges(draw: Draw):
    yield draw.call(*apart(draw, 1, 1, 3), 1)
    yield draw.call(*apart(draw, 5, 2, 1), 2)
    yield draw.call(draw.normal(1, 3, 2, 5), function="tile_filters")
    yield draw.call(draw.normal(4, 3, 1, 1), function="tile_filters")
    yield draw.call(np.full((3, 1, 2, 2), draw.scalar(0.2, 0.8)), function="tile_filters")


@nearest.in_float32(points=0.5)
def nearest_float32(draw: Draw):
    yield draw.call(*apart(draw, 6, 3, 4, known=1), 3)
    yield draw.call(draw.normal(6, 3, 2, 4), function="tile_filters")


# -- 2. tsne_P, tsne_grad --------------------------------------------------------------------------------------------

tsne_P = Task(
    "tsne_P",
    points=26,
    functions=("tsne_P", "tsne_grad"),
    form=1.5,
    purity=1,
    forbid=(*AUTOGRAD, "sklearn"),
    exempt={**COMMON, **NO_UPSTREAM, "R5": "P is symmetric by definition"},
    parts={"tsne_grad": ("KL", "dY")},
)


def crowd_and_desert(draw: Draw, N, D, scale=1.0):
    """Half of the points close together, the others far apart: every row needs another beta."""
    x = draw.normal(N, D)
    x[: N // 2] = 0.3 * x[: N // 2] + draw.normal(D)
    return scale * x


def neighbourhoods(draw: Draw, N, *, gaps=0):
    """A symmetric P with diagonal 0 and sum 1; `gaps` pairs are exactly 0."""
    p = np.triu(draw.positive(N, N), 1)
    pairs = np.argwhere(np.triu(np.ones((N, N)), 1) > 0)
    for i, j in pairs[draw.permutation(len(pairs))[:gaps]]:
        p[i, j] = 0.0
    p = p + p.T
    return p / p.sum()


@tsne_P.check(
    "neighbourhoods",
    points=4.5,
    visible=True,
    tolerance=BISECTED,
    title=Text("P of five and of seven points", "점 다섯 개와 일곱 개의 P"),
    hint=Text(
        "Every row has its own beta. Natural logarithms; the point itself is left out; symmetric at the end, with sum 1.",
        "행마다 beta가 다릅니다. 자연로그를 쓰고, 자기 자신은 빼고, 마지막에 대칭으로 만들어 전체 합이 1이 되게 하세요.",
    ),
)
def P_small(draw: Draw):
    yield draw.call(draw.normal(5, 3), 2.0)
    yield draw.call(crowd_and_desert(draw, 7, 2), 3.5)


@tsne_P.check(
    "gradient by hand",
    points=4,
    visible=True,
    tolerance=T2,
    title=Text("loss and gradient of two pictures", "두 그림의 손실과 기울기"),
    hint=Text(
        "Q is normalised over ALL pairs. Compare one element of dY with a small change of that coordinate.",
        "Q는 '모든' 쌍에 대해 정규화합니다. dY의 원소 하나를, 그 좌표를 조금 바꿔 얻은 변화와 비교해 보세요.",
    ),
)
def grad_small(draw: Draw):
    yield draw.call(neighbourhoods(draw, 4), draw.normal(4, 2), function="tsne_grad")
    yield draw.call(neighbourhoods(draw, 6), draw.normal(6, 2, scale=2.0), function="tsne_grad")


@tsne_P.check(
    "more neighbourhoods",
    points=4,
    tolerance=BISECTED,
    title=Text("more points, small and large perplexities, twins", "더 많은 점, 작고 큰 퍼플렉시티, 같은 점"),
    hint=Text(
        "Check for one row that exp of its entropy is the perplexity. Squared distances, no square root.",
        "행 하나를 골라 엔트로피의 exp가 퍼플렉시티와 같은지 확인해 보세요. 거리의 제곱을 쓰며 제곱근은 없습니다.",
    ),
)
def P_more(draw: Draw):
    yield draw.call(draw.strided(crowd_and_desert(draw, 12, 4)), draw.scalar(4.0, 6.0))
    yield draw.call(crowd_and_desert(draw, 9, 5), draw.scalar(1.5, 2.0))
    twins = draw.normal(8, 3)
    twins[5] = twins[1]
    yield draw.call(twins, draw.scalar(4.5, 5.5))


@tsne_P.check(
    "scales",
    points=2,
    tolerance=BISECTED,
    title=Text(
        "very large and very small distances; a lonely point", "아주 먼 점들과 아주 가까운 점들; 홀로 떨어진 점"
    ),
    hint=Text(
        "exp(-100000) is 0, and 0 / 0 is NaN. Subtract the smallest distance of the row first; and let beta grow and shrink freely.",
        "exp(-100000)은 0이고 0 / 0은 NaN입니다. 행에서 가장 짧은 거리를 먼저 빼세요. beta는 얼마든지 커지고 작아질 수 있어야 합니다.",
    ),
)
def P_scales(draw: Draw):
    yield draw.call(crowd_and_desert(draw, 8, 3, scale=300.0), 3.0)
    yield draw.call(crowd_and_desert(draw, 7, 4, scale=1e-3), 2.5)
    hermit = 0.1 * draw.normal(9, 2)
    hermit[3] += 900.0
    yield draw.call(hermit, draw.scalar(2.5, 3.5))


@tsne_P.check(
    "more gradients",
    points=4,
    tolerance=T2,
    title=Text("gradients of larger pictures, in one and three dimensions", "더 큰 그림의 기울기, 1차원과 3차원"),
    hint=Text(
        "Every pair pulls twice, once from each end. Which factor makes far points pull less?",
        "쌍마다 양 끝에서 한 번씩, 모두 두 번 끌어당깁니다. 먼 점이 덜 끌어당기게 하는 인수는 무엇인가요?",
    ),
)
def grad_more(draw: Draw):
    yield draw.call(neighbourhoods(draw, 9), draw.strided(draw.normal(9, 2, scale=3.0)), function="tsne_grad")
    yield draw.call(neighbourhoods(draw, 7), draw.normal(7, 3), function="tsne_grad")
    yield draw.call(neighbourhoods(draw, 5), draw.normal(5, 1, scale=20.0), function="tsne_grad")


@tsne_P.check(
    "no neighbours",
    points=2,
    tolerance=T2,
    title=Text("pairs with p = 0", "p = 0인 쌍"),
    hint=Text(
        "0 ln 0 counts as 0; such pairs still push each other away.",
        "0 ln 0은 0으로 셉니다. 그런 쌍도 서로 밀어내기는 합니다.",
    ),
)
def grad_gaps(draw: Draw):
    yield draw.call(neighbourhoods(draw, 6, gaps=5), draw.normal(6, 2), function="tsne_grad")
    yield draw.call(neighbourhoods(draw, 8, gaps=12), draw.normal(8, 2, scale=0.3), function="tsne_grad")


@tsne_P.check(
    "edges",
    points=1,
    tolerance=BISECTED,
    edge=True,
    title=Text("three points; two points; all in one place", "점 세 개; 점 두 개; 모두 한 자리에"),
    hint=Text(
        "Where all points coincide, q is the same for all pairs and nothing pulls.",
        "모든 점이 한 자리에 있으면 q가 모든 쌍에서 같고 아무 힘도 작용하지 않습니다.",
    ),
)
def tsne_edges(draw: Draw):
    yield draw.call(np.array([[0.0], [1.0], [3.0]]) * draw.scalar(0.5, 2.0), 1.4)
    yield draw.call(neighbourhoods(draw, 2), draw.normal(2, 2), function="tsne_grad")
    yield draw.call(neighbourhoods(draw, 5), np.full((5, 2), 0.7), function="tsne_grad")


@tsne_P.in_float32(points=2)
def tsne_float32(draw: Draw):
    yield draw.call(draw.normal(6, 3), 2.5)
    yield draw.call(neighbourhoods(draw, 6), draw.normal(6, 2), function="tsne_grad")


# -- 3. cam ----------------------------------------------------------------------------------------------------------

cam = Task("cam", points=16, form=1, purity=1, exempt={**COMMON, **NO_UPSTREAM})


def maps(draw: Draw, K, h, w):
    """Activation maps as they come out of a ReLU: not negative, with zeros."""
    return np.maximum(draw.normal(K, h, w, loc=0.4), 0.0)


@cam.check(
    "small",
    points=4,
    visible=True,
    tolerance=T1,
    title=Text("two classes of one image; another image", "한 이미지의 두 클래스; 다른 이미지"),
    hint=Text(
        "One weight for each map, from the row of the class; negative places stay negative.",
        "클래스에 해당하는 행에서 맵마다 가중치 하나씩을 씁니다. 음수인 곳은 음수로 둡니다.",
    ),
)
def cam_small(draw: Draw):
    f, w = maps(draw, 3, 4, 5), draw.normal(2, 3)
    yield draw.call(f, w, 0)
    yield draw.call(f, w, 1)
    yield draw.call(maps(draw, 4, 3, 2), draw.normal(5, 4), 3)


@cam.check(
    "gradient",
    points=1.5,
    visible=True,
    tolerance=T2,
    gradient=("F", "W"),
    title=Text("differentiable with respect to F and W", "F와 W로 미분 가능"),
    hint=Text(
        "Stay with tensor operations: .item(), .numpy() and .detach() cut the gradient.",
        "텐서 연산만 쓰세요. .item(), .numpy(), .detach()를 쓰면 기울기가 끊깁니다.",
    ),
)
def cam_gradient(draw: Draw):
    yield draw.call(maps(draw, 4, 3, 5), draw.normal(3, 4), 2)


@cam.check(
    "larger",
    points=5,
    tolerance=T1,
    title=Text("more maps and classes", "더 많은 맵과 클래스"),
    hint=Text(
        "The mean of the map must be the score without its bias. Is it?",
        "맵의 평균은 편향을 뺀 점수와 같아야 합니다. 그런가요?",
    ),
)
def cam_larger(draw: Draw):
    for _ in range(2):
        K, h, w, classes = draw.sizes(4, 3, 10)
        yield draw.call(draw.strided(maps(draw, K, h, w)), draw.normal(classes, K), int(draw.integers(0, classes)))
    yield draw.call(draw.normal(6, 5, 4), draw.strided(draw.normal(3, 6)), 0)


@cam.check(
    "edges",
    points=2,
    tolerance=T1,
    edge=True,
    title=Text(
        "as many classes as maps; one map; one place; even maps",
        "클래스 수와 맵 수가 같을 때; 맵 하나; 위치 하나; 균일한 맵",
    ),
    hint=Text(
        "When classes and maps are equally many, a transposed W shows no error.",
        "클래스 수와 맵 수가 같으면 W를 전치해도 오류가 나지 않습니다.",
    ),
)
def cam_edges(draw: Draw):
    yield draw.call(maps(draw, 4, 4, 4), draw.normal(4, 4), 2)
    yield draw.call(maps(draw, 1, 3, 4), draw.normal(3, 1), 1)
    yield draw.call(maps(draw, 5, 1, 1), draw.normal(1, 5), 0)
    yield draw.call(np.full((3, 2, 4), draw.scalar(0.5, 1.5)), draw.normal(2, 3), 1)


@cam.in_float32(points=1.5)
def cam_float32(draw: Draw):
    yield draw.call(maps(draw, 4, 5, 3), draw.normal(3, 4), 1)


# -- 4. occlusion_map ------------------------------------------------------------------------------------------------

occlusion_map = Task("occlusion_map", points=20, form=1, purity=1, exempt={**COMMON, **NO_UPSTREAM})


def occlusion(draw: Draw, name, C, H, W, size, stride, fill=None, *, strided=False):
    weights, img = draw.normal(C, H, W), draw.normal(C, H, W, loc=0.6)
    return draw.call(
        name,
        weights,
        draw.strided(img) if strided else img,
        size,
        stride,
        *([] if fill is None else [fill]),
        function="occlusion_by_name",
    )


@occlusion_map.check(
    "small",
    together=True,
    points=5,
    visible=True,
    tolerance=T2,
    title=Text(
        "small images, whole squares and squares cut off at the border",
        "작은 이미지, 온전한 네모와 가장자리에서 잘린 네모",
    ),
    hint=Text(
        "Score of the whole image MINUS score of the covered one. One question for the whole image, one for each square.",
        "전체 이미지의 점수에서 가린 이미지의 점수를 '뺍니다'. 전체 이미지에 한 번, 네모마다 한 번씩만 물으세요.",
    ),
)
def occlusion_small(draw: Draw):
    yield occlusion(draw, "weighted sum", 2, 4, 6, 2, 2)
    yield occlusion(draw, "curved", 3, 5, 4, 2, 3)


@occlusion_map.check(
    "constant",
    together=True,
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("a score that never changes", "절대 변하지 않는 점수"),
    hint=Text(
        "Where the score does not fall the map is 0.",
        "점수가 떨어지지 않으면 맵의 값은 0입니다.",
    ),
)
def occlusion_constant(draw: Draw):
    yield occlusion(draw, "constant", 2, 3, 4, 2, 1)


@occlusion_map.check(
    "ragged",
    together=True,
    points=5,
    tolerance=T2,
    title=Text(
        "strides that do not fit, overlapping squares, gaps", "나누어떨어지지 않는 스트라이드, 겹치는 네모, 빈틈"
    ),
    hint=Text(
        "Every square is covered in the original image. The last row and column begin at the last multiple of the stride inside the image.",
        "네모는 매번 원래 이미지에서 가립니다. 마지막 행과 열은 이미지 안에 있는 스트라이드의 마지막 배수에서 시작합니다.",
    ),
)
def occlusion_ragged(draw: Draw):
    yield occlusion(draw, "neighbours", 2, 7, 5, 3, 2, strided=True)
    yield occlusion(draw, "curved", 3, 8, 7, 2, 3)
    yield occlusion(draw, "largest", 2, 5, 8, 4, 3)


@occlusion_map.check(
    "fills",
    together=True,
    points=3,
    tolerance=T2,
    title=Text("squares of another value", "다른 값으로 덮는 네모"),
    hint=Text(
        "fill covers all channels of the square, and 0.0 is only its default.",
        "fill은 네모의 모든 채널을 덮습니다. 0.0은 기본값일 뿐입니다.",
    ),
)
def occlusion_fills(draw: Draw):
    yield occlusion(draw, "neighbours", 3, 5, 6, 2, 2, draw.scalar(0.5, 1.5))
    yield occlusion(draw, "weighted sum", 2, 6, 4, 3, 2, -0.7)


@occlusion_map.check(
    "edges",
    together=True,
    points=2,
    tolerance=T2,
    edge=True,
    title=Text(
        "a square larger than the image; one pixel; a stride larger than the image; an even image",
        "이미지보다 큰 네모; 픽셀 하나; 이미지보다 큰 스트라이드; 균일한 이미지",
    ),
    hint=Text(
        "The square at (0, 0) exists in every image, however large square and stride are.",
        "네모와 스트라이드가 아무리 커도 (0, 0)의 네모는 어느 이미지에나 있습니다.",
    ),
)
def occlusion_edges(draw: Draw):
    yield occlusion(draw, "curved", 2, 3, 4, 6, 2)
    yield occlusion(draw, "weighted sum", 1, 1, 1, 1, 1)
    yield occlusion(draw, "neighbours", 2, 4, 3, 1, 5)
    yield draw.call(
        "curved", draw.normal(2, 3, 5), np.full((2, 3, 5), draw.scalar(0.5, 1.5)), 2, 2, function="occlusion_by_name"
    )


@occlusion_map.in_float32(points=1, together=True)
def occlusion_float32(draw: Draw):
    yield occlusion(draw, "weighted sum", 2, 5, 4, 2, 2, 0.25)


# -- 5. saliency -----------------------------------------------------------------------------------------------------

saliency = Task(
    "saliency", points=24, form=1.5, purity=1.5, exempt={**COMMON, **NO_UPSTREAM, "R1": "kernels are square"}
)


def correlate(x, w, b):
    """Convolution that keeps the size of an image (C, H, W); numpy only, to look at pre-activations."""
    k = w.shape[2]
    p = k // 2
    padded = np.pad(x, ((0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (k, k), axis=(1, 2))
    return np.einsum("chwij,fcij->fhw", windows, w) + b[:, None, None]


def pre_activations(x, params):
    z1 = correlate(x, params["w1"], params["b1"])
    return z1, correlate(np.maximum(z1, 0), params["w2"], params["b2"])


def network(draw: Draw, C, K1, K2, classes, k=3, m=3):
    return {
        "w1": draw.normal(K1, C, k, k, scale=1.0 / (C**0.5 * k)),
        "b1": draw.away_from_zero(K1, margin=0.1, scale=0.3),
        "w2": draw.normal(K2, K1, m, m, scale=1.4 / (K1**0.5 * m)),
        "b2": draw.away_from_zero(K2, margin=0.1, scale=0.3),
        "W": draw.normal(classes, K2),
        "d": draw.normal(classes),
    }


def question(draw: Draw, C, K1, K2, classes, image, c, k=3, m=3):
    """(x, params, c) with all pre-activations at least 1e-4 away from the kink."""
    while True:
        x, params = draw.normal(C, *image), network(draw, C, K1, K2, classes, k, m)
        if min(np.abs(z).min() for z in pre_activations(x, params)) >= 1e-4:
            return x, params, c


@saliency.check(
    "small",
    points=7,
    visible=True,
    tolerance=T2,
    title=Text("two classes of a small network; a larger kernel", "작은 신경망의 두 클래스; 더 큰 커널"),
    hint=Text(
        "The gradient of one score by the pixels: absolute value first, then the largest channel.",
        "점수 하나를 픽셀로 미분합니다. 절댓값을 먼저 취하고, 그다음 가장 큰 채널을 고르세요.",
    ),
)
def saliency_small(draw: Draw):
    x, params, _ = question(draw, 3, 2, 4, 3, (5, 6), 0)
    yield draw.call(x, params, 0)
    yield draw.call(x, params, 2)
    yield draw.call(*question(draw, 2, 3, 4, 2, (6, 5), 1, k=5, m=3))


@saliency.check(
    "no traces",
    points=1,
    tolerance=T2,
    together=True,
    title=Text(
        "nothing is left behind: no graph on the result, x and params as they were",
        "뒤에 남는 것이 없는지: 결과에 계산 그래프가 없고 x와 params는 그대로",
    ),
    hint=Text(
        "Ask for the gradient of a copy of x, and cut the result off from the graph.",
        "x의 복사본에 대한 기울기를 구하고, 결과는 계산 그래프에서 떼어 내세요.",
    ),
)
def saliency_no_traces(draw: Draw):
    yield draw.call(*question(draw, 3, 2, 4, 3, (5, 7), 2), function="saliency_traces")
    yield draw.call(*question(draw, 2, 4, 3, 5, (6, 5), 1), function="saliency_traces")


@saliency.check(
    "larger",
    points=6,
    tolerance=T2,
    title=Text("larger networks and images", "더 큰 신경망과 이미지"),
    hint=Text(
        "Change one pixel a little and look at the score: does your map say the same?",
        "픽셀 하나를 조금 바꿔 보고 점수의 변화가 맵과 같은지 확인하세요.",
    ),
)
def saliency_larger(draw: Draw):
    x, params, c = question(draw, 3, 4, 5, 6, (7, 8), 4)
    yield draw.call(draw.strided(x), params, c)
    yield draw.call(*question(draw, 4, 5, 3, 2, (8, 6), 0, k=3, m=5))
    yield draw.call(*question(draw, 2, 6, 4, 5, (6, 9), 3, k=5, m=5))


@saliency.check(
    "dead regions",
    points=3,
    tolerance=T2,
    edge=True,
    title=Text("regions where the ReLUs are off, or exactly at 0", "ReLU가 꺼져 있거나 정확히 0인 영역"),
    hint=Text(
        "Where all pre-activations are negative, or 0, no gradient comes through.",
        "활성화 전 값이 모두 음수이거나 0인 곳으로는 기울기가 흐르지 않습니다.",
    ),
)
def saliency_dead(draw: Draw):
    # biases of 0 and a black half: the first pre-activations are exactly 0 there
    while True:
        x, params = draw.normal(3, 6, 9), network(draw, 3, 4, 2, 3)
        x[:, :, :4] = 0.0
        params["b1"][:] = 0.0
        z1, z2 = pre_activations(x, params)
        if np.abs(z1[:, :, 5:]).min() >= 1e-4 and np.abs(z2).min() >= 1e-4:
            break
    yield draw.call(x, params, 1)
    # a second layer that is off everywhere but in one map
    while True:
        x, params = draw.normal(2, 5, 6), network(draw, 2, 4, 3, 2)
        params["b2"][1:] = -50.0
        if min(np.abs(z).min() for z in pre_activations(x, params)) >= 1e-4:
            break
    yield draw.call(x, params, 0)
    params = {**params, "b1": np.full(4, -50.0)}
    yield draw.call(x, params, 1)
    # whole numbers everywhere: many pre-activations of both layers are exactly 0, in any order of sums
    while True:
        x = draw.integers(-1, 2, 2, 5, 6).astype(float)
        whole = {
            key: draw.integers(-2, 3, *value.shape).astype(float) for key, value in network(draw, 2, 3, 4, 3).items()
        }
        z1, z2 = pre_activations(x, whole)
        if ((z2 == 0) & (z1 > 0).any(axis=0)).sum() >= 6 and (z1 == 0).sum() >= 6:
            break
    yield draw.call(x, {**whole, "W": draw.normal(3, 4)}, 2)


@saliency.check(
    "score or probability",
    points=2,
    tolerance=T2,
    title=Text(
        "a class that is almost certain, and one that is almost impossible", "거의 확실한 클래스와 거의 불가능한 클래스"
    ),
    hint=Text(
        "The score of a class knows nothing of the other classes, however they are doing.",
        "한 클래스의 점수는 다른 클래스의 점수가 어떻든 상관이 없습니다.",
    ),
)
def saliency_certain(draw: Draw):
    x, params, _ = question(draw, 3, 4, 5, 4, (5, 7), 0)
    params["d"] = np.array([30.0, 0.0, -30.0, 1.0])
    yield draw.call(x, params, 0)
    yield draw.call(x, params, 2)


@saliency.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "one channel; one pixel; kernels of one pixel; an even image", "채널 하나; 픽셀 하나; 1x1 커널; 균일한 이미지"
    ),
    hint=Text(
        "A kernel of size 1 needs no padding, a larger one half of its size.",
        "크기가 1인 커널에는 패딩이 필요 없고, 더 크면 커널의 절반만큼 필요합니다.",
    ),
)
def saliency_edges(draw: Draw):
    yield draw.call(*question(draw, 1, 3, 2, 2, (4, 5), 1))
    yield draw.call(*question(draw, 3, 4, 5, 2, (1, 1), 0))
    yield draw.call(*question(draw, 2, 3, 4, 1, (4, 3), 0, k=1, m=1))
    x, params, c = question(draw, 2, 3, 4, 3, (4, 6), 2)
    yield draw.call(np.full(x.shape, draw.scalar(0.5, 1.0)), params, c)


@saliency.in_float32(points=1)
def saliency_float32(draw: Draw):
    yield draw.call(*question(draw, 3, 2, 4, 3, (5, 6), 1))
