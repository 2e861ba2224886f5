"""Lecture 3, supervised learning: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import STAY_WITH_TENSORS, T1, T2, Draw, Task, Text, Tolerance, X
from autograder.questions import Choice, Option

POLY = Tolerance("POLY", 1e-5, 1e-9)  # least squares with a condition number of up to 1e9


# -- helpers: numpy only, to choose inputs; answers come from the reference ------------------------------------------


def zero_d(value):
    return np.asarray(float(value))


def linear_inputs(draw: Draw, n, d):
    """(X, w, b): some g above 0.6, some between 0 and 0.5, some below 0, none near a threshold; w far from symmetric."""
    while True:
        x, w, b = draw.normal(n, d), draw.away_from_zero(d, margin=0.3), draw.away_from_zero(1, margin=0.3)[0]
        g = x @ w + b
        clear = min(np.abs(g).min(), np.abs(g - 0.5).min()) > 0.03
        exchanged = d == 1 or np.abs(w - w[::-1]).max() > 0.3
        if clear and exchanged and (g > 0.6).any() and ((g > 0) & (g < 0.5)).any() and (g < -0.6).any():
            return x, w, zero_d(b)


def on_the_boundary(draw: Draw, n, d):
    """(X, w, b) in halves and whole numbers, so that sums are exact in any order: two samples have g = 0."""
    while True:
        x = draw.integers(-4, 5, n, d) / 2.0
        w = draw.integers(1, 4, d) * np.where(draw.uniform(d) < 0.5, -1.0, 1.0)
        x[1] = x[0]
        x[1, 0] += w[1]
        x[1, 1] -= w[0]
        b = -(x[0] @ w)
        g = x @ w + b
        if b != 0 and (g > 0).any() and (g < 0).any():
            return x, w, zero_d(b)


def scored(draw: Draw, n, zeros=(0, 0)):
    """(g, y) on which every wrong way of counting gives another number. zeros: how many g = 0 with y = 0 and y = 1."""
    ranges = [(0.05, 0.45), (0.55, 1.4), (1.6, 3.0), (-0.4, -0.05), (-3.0, -0.6)]
    while True:
        which = [ranges[k % 5] for k in range(n)]
        g = np.array([draw.scalar(*r) for r in which])
        y = draw.integers(0, 2, n)
        g = np.concatenate([g, np.zeros(sum(zeros))])
        y = np.concatenate([y, np.zeros(zeros[0], np.int64), np.ones(zeros[1], np.int64)])
        order = draw.permutation(len(g))
        g, y = g[order], y[order]
        yhat = (g >= 0).astype(np.int64)
        counts = [
            (yhat != y).sum(),
            (yhat == y).sum(),
            (g != y).sum(),
            (np.round(g) != y).sum(),
            ((g >= 0.5) != y).sum(),
            (np.sign(g) != y).sum(),
            (yhat > y).sum(),
            (yhat < y).sum(),
            abs((yhat - y).sum()),
            ((yhat == 1) & (y == 1)).sum(),
        ]
        if sum(zeros):
            counts.append(((g > 0) != y).sum())
        if min(counts[:1]) > 0 and all(c != counts[0] for c in counts[1:]):
            return g, y


def around_a_line(draw: Draw, n, *, slope=None, centre=0.0, spread=1.0, noise=0.5):
    """(x, y): x around `centre`, y with noise around a line of that slope, its mean far from 0."""
    slope = draw.choice([-1.0, 1.0]) * draw.scalar(0.6, 2.0) if slope is None else slope
    while True:
        u = draw.normal(n)
        if np.ptp(u) > 1.0:
            break
    x = centre + spread * u
    return x, slope * spread * u + spread * noise * draw.normal(n) + draw.away_from_zero(1, margin=0.7)[0]


def predictions(draw: Draw, n):
    """(y, yhat) with every error at least 0.1 in size and of both signs."""
    y = draw.normal(n, scale=2.0)
    error = draw.away_from_zero(n, margin=0.1)
    error[0], error[-1] = abs(error[0]), -abs(error[-1])
    return y, y + error


def curve_points(draw: Draw, n, m, *, low=-1.0, high=1.0):
    """(x, y, xv, yv) of a noisy curve; x spread evenly over [low, high] and shuffled, xv between them, y far from 0."""
    u = (np.arange(n) + draw.uniform(n, low=0.1, high=0.9)) / n
    x = low + (high - low) * u[draw.permutation(n)]
    xv = draw.uniform(m, low=x.min(), high=x.max())
    a, level = draw.scalar(2.0, 3.5), draw.scalar(0.6, 1.2)

    def curve(t):
        return level + np.sin(a * t + 0.4) + 0.4 * draw.normal(len(t))

    return x, curve(x), xv, curve(xv)


def clear_scores(draw: Draw, n, d, C):
    """(X, W, b): the best class leads by 0.05 or more; no shortcut (no bias, signs, first positive, ...) gets all right."""
    while True:
        x, w, b = draw.normal(n, d), draw.normal(d, C), draw.normal(C, scale=1.5)
        s = x @ w + b
        top = np.sort(s, axis=1)
        best = s.argmax(axis=1)
        others = [
            (x @ w).argmax(axis=1),
            np.abs(s).argmax(axis=1),
            (s / np.linalg.norm(w, axis=0)).argmax(axis=1),
            (s >= 0).argmax(axis=1),
            s.argmin(axis=1),
        ]
        if C > 1 and (top[:, -1] - top[:, -2]).min() < 0.05:
            continue
        if C > 2 and not (all((o != best).any() for o in others) and (s.max(axis=1) < 0).any()):
            continue
        return x, w, b


def clear_clusters(draw: Draw, n, K, d, *, empty=None):
    """(X, C): no sample nearly between two centres, every centre has two samples or more, except `empty` with none."""
    while True:
        x, c = draw.normal(n, d, scale=1.5), draw.normal(K, d, scale=1.2)
        if empty is not None:
            c[empty] = 30.0 + draw.uniform(d)
        distance = np.sqrt(((x[:, None] - c[None]) ** 2).sum(axis=2))
        top = np.sort(distance, axis=1)
        members = np.bincount(distance.argmin(axis=1), minlength=K)
        manhattan = np.abs(x[:, None] - c[None]).sum(axis=2).argmin(axis=1)
        if K > 1 and (top[:, 1] - top[:, 0]).min() < 0.01:
            continue
        if K > 1 and d > 1 and (manhattan == distance.argmin(axis=1)).all():
            continue
        if all(count >= 2 for k, count in enumerate(members) if k != empty):
            return x, c


# -- 1. decide -------------------------------------------------------------------------------------------------------

decide = Task("decide", points=8, form=1, purity=1, parts=("g", "yhat"))


@decide.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("a few fruits, two and three features", "과일 몇 개, 특징 두 개와 세 개"),
    hint=Text(
        "Weigh each feature with its own weight, add the bias once, then look at the sign.",
        "특징마다 자기 가중치를 곱해 더하고, 편향은 한 번만 더한 다음, 부호를 보세요.",
    ),
)
def decide_small(draw: Draw):
    yield draw.call(*linear_inputs(draw, 5, 2))
    yield draw.call(*linear_inputs(draw, 6, 3))


@decide.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T2,
    gradient=("X", "w", "b"),
    title=Text("g is differentiable with respect to X, w and b", "g는 X, w, b로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def decide_gradient(draw: Draw):
    yield draw.call(*linear_inputs(draw, 6, 4))


@decide.check(
    "values",
    points=1,
    tolerance=T1,
    title=Text("more samples and features", "더 많은 샘플과 특징"),
    hint=Text(
        "Is the class decided by the sign of g, and by nothing else?",
        "클래스를 g의 부호로만 정했나요?",
    ),
)
def decide_values(draw: Draw):
    for d in (2, 5):
        x, w, b = linear_inputs(draw, int(draw.integers(6, 10)), d)
        yield draw.call(draw.strided(x), w, b)
    yield draw.call(*linear_inputs(draw, 9, 1))


@decide.check(
    "boundary",
    points=1,
    tolerance=T1,
    title=Text("samples exactly on the boundary", "정확히 경계 위에 있는 샘플"),
    hint=Text("What g = 0 means is pinned in the docstring.", "g = 0일 때의 약속은 docstring에 있습니다."),
)
def decide_boundary(draw: Draw):
    yield draw.call(*on_the_boundary(draw, 6, 2))
    yield draw.call(*on_the_boundary(draw, 7, 3))


@decide.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("no sample; one sample; equal features", "샘플 없음; 샘플 하나; 특징이 모두 같을 때"),
    hint=Text("N may be 0: both results then have length 0.", "N은 0일 수 있고, 그때 두 결과의 길이는 0입니다."),
)
def decide_edges(draw: Draw):
    yield draw.call(np.zeros((0, 3)), draw.normal(3), zero_d(draw.scalar(0.3, 1.0)))
    yield draw.call(draw.normal(1, 4), draw.normal(4), zero_d(draw.scalar(-1.0, -0.3)))
    yield draw.call(np.full((3, 2), draw.scalar(0.3, 1.0)), draw.positive(2), zero_d(-0.2))


@decide.in_float32(points=0.5)
def decide_float32(draw: Draw):
    yield draw.call(*linear_inputs(draw, 6, 3))


# -- 2. errors -------------------------------------------------------------------------------------------------------

errors = Task("errors", points=8, form=1, purity=1, parts=("count", "rate"))


@errors.check(
    "small",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("ten samples; one of them on the boundary", "샘플 열 개; 경계 위의 샘플이 하나 있을 때"),
    hint=Text(
        "Turn g into classes first; then count where they differ from y.",
        "먼저 g를 클래스로 바꾼 다음, y와 다른 곳을 세세요.",
    ),
)
def errors_small(draw: Draw):
    yield draw.call(*scored(draw, 10))
    yield draw.call(*scored(draw, 9, zeros=(0, 1)))


@errors.check(
    "values",
    points=1.5,
    tolerance=T2,
    title=Text("more samples", "더 많은 샘플"),
    hint=Text(
        "Both kinds of error count, and they do not cancel. The rate is a share between 0 and 1.",
        "두 종류의 오류를 모두 세며, 서로 상쇄되지 않습니다. 비율은 0과 1 사이의 값입니다.",
    ),
)
def errors_values(draw: Draw):
    yield draw.call(*scored(draw, 11))
    yield draw.call(*scored(draw, 13))
    g, y = scored(draw, 15)
    yield draw.call(draw.strided(g), draw.strided(y))


@errors.check(
    "boundary",
    points=1.5,
    tolerance=T2,
    title=Text("several samples with g = 0", "g = 0인 샘플이 여럿일 때"),
    hint=Text("What g = 0 means is pinned in the docstring.", "g = 0일 때의 약속은 docstring에 있습니다."),
)
def errors_boundary(draw: Draw):
    yield draw.call(*scored(draw, 9, zeros=(3, 1)))
    yield draw.call(*scored(draw, 8, zeros=(1, 4)))


@errors.check(
    "edges",
    points=0.5,
    tolerance=T2,
    edge=True,
    title=Text("no sample; one sample; all right; all wrong", "샘플 없음; 하나; 모두 맞음; 모두 틀림"),
    hint=Text("An empty test set has no errors, and its rate is 0.0.", "샘플이 없으면 오류도 없고 비율은 0.0입니다."),
)
def errors_edges(draw: Draw):
    yield draw.call(np.zeros(0), np.zeros(0, dtype=np.int64))
    yield draw.call(np.array([-0.7]), np.array([1]))
    g = draw.away_from_zero(6, margin=0.1)
    yield draw.call(g, (g >= 0).astype(np.int64))
    yield draw.call(np.full(4, 0.8), np.zeros(4, dtype=np.int64))


@errors.in_float32(points=0.5)
def errors_float32(draw: Draw):
    yield draw.call(*scored(draw, 12))


# -- 3. margin -------------------------------------------------------------------------------------------------------

margin = Task("margin", points=8, functions=("margin",), form=1, purity=1)


@margin.check(
    "small",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("distances in the plane and in space", "평면과 공간에서의 거리"),
    hint=Text(
        "Divide all of g, the bias included, by the length of w. Keep the sign.",
        "편향까지 포함한 g 전체를 w의 길이로 나누세요. 부호는 그대로 둡니다.",
    ),
)
def margin_small(draw: Draw):
    yield draw.call(np.array([[3.0, 1.0], [0.0, 0.0], [-1.0, 2.0]]), np.array([3.0, 4.0]), zero_d(-5.0))
    yield draw.call(*linear_inputs(draw, 5, 3))


@margin.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T2,
    gradient=("X", "w", "b"),
    title=Text("differentiable with respect to X, w and b", "X, w, b로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def margin_gradient(draw: Draw):
    yield draw.call(*linear_inputs(draw, 6, 4))


@margin.check(
    "no weights",
    points=0.5,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("w = 0 is refused, a single zero is not", "w = 0은 거절하되, 원소 하나만 0이면 계산"),
    hint=Text(
        "Only when all of w is 0 there is no hyperplane. Raise ValueError then.",
        "w가 모두 0일 때만 초평면이 없습니다. 그때 ValueError를 발생시키세요.",
    ),
)
def margin_no_weights(draw: Draw):
    yield draw.call(draw.normal(4, 3), np.zeros(3), zero_d(0.5), function="margin_or_error_name")
    yield draw.call(draw.normal(4, 3), np.array([0.0, 1.5, -0.8]), zero_d(0.5), function="margin_or_error_name")


@margin.check(
    "values",
    points=1,
    tolerance=T1,
    title=Text("one and five features", "특징 하나와 다섯 개"),
    hint=Text(
        "Check one sample by hand. Which of the possible lengths of w is the Euclidean one?",
        "샘플 하나를 손으로 계산해 보세요. w의 길이는 유클리드 길이입니다.",
    ),
)
def margin_values(draw: Draw):
    yield draw.call(*linear_inputs(draw, 8, 1))
    x, w, b = linear_inputs(draw, 9, 5)
    yield draw.call(draw.strided(x), w, b)
    yield draw.call(*on_the_boundary(draw, 7, 3))


@margin.check(
    "short",
    points=1,
    tolerance=T1,
    title=Text("very short and very long weights", "아주 짧은 w와 아주 긴 w"),
    hint=Text(
        "However short w is, the distances stay the same: add nothing to its length.",
        "w가 아무리 짧아도 거리는 그대로입니다. 길이에 아무것도 더하지 마세요.",
    ),
)
def margin_short(draw: Draw):
    for length, d in ((1e-3, 2), (1e-6, 4), (1e4, 3)):
        x, w, b = linear_inputs(draw, 6, d)
        length = length / np.linalg.norm(w)
        yield draw.call(x, w * length, zero_d(b * length))


@margin.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("no sample; equal features; more zeros", "샘플 없음; 특징이 모두 같을 때; 0이 더 많을 때"),
    hint=Text("N may be 0. Zero weights are refused then, too.", "N은 0일 수 있습니다. 그때도 w = 0은 거절합니다."),
)
def margin_edges(draw: Draw):
    yield draw.call(np.zeros((0, 2)), draw.away_from_zero(2, margin=0.3), zero_d(1.0))
    yield draw.call(np.full((3, 3), 0.7), np.full(3, -0.4), zero_d(0.3))
    yield draw.call(draw.normal(3, 1), np.zeros(1), zero_d(0.0), function="margin_or_error_name")
    yield draw.call(draw.normal(3, 4), np.array([0.0, 0.0, 0.0, -2.0]), zero_d(1.0), function="margin_or_error_name")
    yield draw.call(draw.normal(5, 2), np.array([0.9, -0.9]), zero_d(0.4), function="margin_or_error_name")


@margin.in_float32(points=0.5)
def margin_float32(draw: Draw):
    yield draw.call(*linear_inputs(draw, 6, 3))


# -- 4. fit_line -----------------------------------------------------------------------------------------------------

fit_line = Task("fit_line", points=14, form=1, purity=1, parts=("w", "b"))


@fit_line.check(
    "small",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("points on a line; points around a line", "직선 위의 점; 직선 둘레의 점"),
    hint=Text(
        "Take both means off first. The line passes through the point of the means.",
        "먼저 두 평균을 빼세요. 직선은 두 평균의 점을 지납니다.",
    ),
)
def fit_small(draw: Draw):
    x = np.array([0.0, 1.0, 3.0, 4.0])
    yield draw.call(x, 5.0 - 2.0 * x)
    yield draw.call(*around_a_line(draw, 6))


@fit_line.check(
    "equal",
    points=1.5,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("all x equal; a single point", "x가 모두 같을 때; 점 하나"),
    hint=Text(
        "Where x does not vary there is nothing to divide by: w = 0 and b = the mean of y.",
        "x가 변하지 않으면 나눌 것이 없습니다. w = 0, b = y의 평균입니다.",
    ),
)
def fit_equal(draw: Draw):
    yield draw.call(np.full(4, 2.5), draw.normal(4) + 1.0)
    yield draw.call(np.array([1.5]), np.array([-4.0]))


@fit_line.check(
    "values",
    points=2.5,
    tolerance=T1,
    title=Text("rising and falling lines", "올라가는 직선과 내려가는 직선"),
    hint=Text(
        "Which one explains which? The errors are measured along y.",
        "무엇으로 무엇을 설명하나요? 오차는 y 방향으로 잽니다.",
    ),
)
def fit_values(draw: Draw):
    n, m, k = draw.sizes(3, 5, 11)
    yield draw.call(*around_a_line(draw, n, slope=-1.4))
    yield draw.call(*around_a_line(draw, m, slope=0.8, centre=-3.0, spread=2.0, noise=0.9))
    x, y = around_a_line(draw, k, centre=8.0, spread=0.5)
    yield draw.call(draw.strided(x), draw.strided(y))


@fit_line.check(
    "offset",
    points=2.5,
    tolerance=T2,
    title=Text("x around a million; x close together", "백만 근처의 x; 아주 가까이 모인 x"),
    hint=Text(
        "Large numbers with a small spread: subtract the means before you multiply. Close together is not equal.",
        "수는 크고 흩어진 정도는 작습니다. 곱하기 전에 평균을 빼세요. 가까운 것과 같은 것은 다릅니다.",
    ),
)
def fit_offset(draw: Draw):
    yield draw.call(*around_a_line(draw, 8, centre=1e6))
    yield draw.call(*around_a_line(draw, 7, centre=-1e6, spread=2.0, slope=-0.7))
    yield draw.call(*around_a_line(draw, 6, centre=0.5, spread=1e-5, slope=8e4, noise=3e4))


@fit_line.check(
    "edges",
    points=1.5,
    tolerance=T1,
    edge=True,
    title=Text("two points; a vertical column; a flat line", "점 두 개; 세로로 늘어선 점; 수평한 직선"),
    hint=Text(
        "Two points decide the line. In a column of points no slope is better than another.",
        "점 두 개는 직선을 정합니다. 세로로 늘어선 점에서는 어떤 기울기든 오차가 같습니다.",
    ),
)
def fit_edges(draw: Draw):
    yield draw.call(np.array([1.0, 3.0]), draw.normal(2, scale=2.0))
    yield draw.call(np.full(8, -3.0), draw.normal(8) - 2.0)
    yield draw.call(draw.normal(1), draw.normal(1) + 3.0)
    yield draw.call(draw.normal(5), np.full(5, 1.75))
    yield draw.call(np.zeros(4), draw.normal(4) + 1.5)


@fit_line.in_float32(points=1)
def fit_float32(draw: Draw):
    yield draw.call(*around_a_line(draw, 7, slope=-1.2))
    yield draw.call(np.full(4, 1.5), draw.normal(4) + 1.0)


# -- 5. mse_mae_halfsse ----------------------------------------------------------------------------------------------

mse_mae_halfsse = Task("mse_mae_halfsse", points=10, form=1, purity=1, parts=("mse", "mae", "half_sse"))


@mse_mae_halfsse.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("a few predictions", "예측 몇 개"),
    hint=Text(
        "Two means and one half of a sum, in this order: squared, absolute, squared.",
        "차례로 제곱의 평균, 절댓값의 평균, 제곱의 합의 절반입니다.",
    ),
)
def losses_small(draw: Draw):
    yield draw.call(np.array([1.0, 2.0, 4.0]), np.array([1.5, 2.0, 3.0]))
    yield draw.call(*predictions(draw, 5))


@mse_mae_halfsse.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T2,
    gradient=("y", "yhat"),
    title=Text("differentiable with respect to y and yhat", "y와 yhat으로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def losses_gradient(draw: Draw):
    yield draw.call(*predictions(draw, 6))


@mse_mae_halfsse.check(
    "a column",
    points=0.5,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("predictions of shape (N, 1) are refused", "모양이 (N, 1)인 예측은 거절"),
    hint=Text(
        "(N,) minus (N, 1) is an (N, N) table. Compare the shapes first and raise ValueError.",
        "(N,)에서 (N, 1)을 빼면 (N, N) 표가 됩니다. 모양을 먼저 비교해 ValueError를 발생시키세요.",
    ),
)
def losses_column(draw: Draw):
    y, yhat = predictions(draw, 4)
    yield draw.call(y, yhat[:, None], function="losses_or_error_name")


@mse_mae_halfsse.check(
    "values",
    points=2,
    tolerance=T1,
    title=Text("more predictions, with outliers", "더 많은 예측, 이상치 포함"),
    hint=Text(
        "Which of the three is a mean, and which a sum? Is a root taken anywhere?",
        "셋 가운데 평균은 무엇이고 합은 무엇인가요? 제곱근을 씌운 곳은 없나요?",
    ),
)
def losses_values(draw: Draw):
    n, m = draw.sizes(2, 6, 12)
    yield draw.call(*predictions(draw, n))
    y, yhat = predictions(draw, m)
    yhat[1] += 10.0
    yield draw.call(draw.strided(y), draw.strided(yhat))
    y, yhat = predictions(draw, 7)
    yhat[2] = y[2]
    yield draw.call(y, yhat)


@mse_mae_halfsse.check(
    "shapes",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("other shapes that do not agree, and one that does", "다른 여러 모양, 그리고 맞는 모양"),
    hint=Text(
        "Any two shapes that are not equal are refused, in both directions, also for a single sample.",
        "같지 않은 모양은 어느 쪽이든, 샘플이 하나여도 모두 거절합니다.",
    ),
)
def losses_shapes(draw: Draw):
    y, yhat = predictions(draw, 5)
    yield draw.call(y[:, None], yhat, function="losses_or_error_name")
    yield draw.call(y, yhat[:1], function="losses_or_error_name")
    yield draw.call(y, yhat[:4], function="losses_or_error_name")
    yield draw.call(y[:1], yhat[:1, None], function="losses_or_error_name")
    yield draw.call(y, yhat, function="losses_or_error_name")


@mse_mae_halfsse.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("one sample; perfect predictions", "샘플 하나; 완벽한 예측"),
    hint=Text("With one sample a mean is a sum.", "샘플이 하나면 평균이 곧 합입니다."),
)
def losses_edges(draw: Draw):
    yield draw.call(*predictions(draw, 1))
    y = draw.normal(4)
    yield draw.call(y, y.copy())
    yield draw.call(np.full(3, 1.5), np.full(3, -0.5))


@mse_mae_halfsse.in_float32(points=1)
def losses_float32(draw: Draw):
    yield draw.call(*predictions(draw, 6))


# -- 6. poly_fit_curve -----------------------------------------------------------------------------------------------

poly_fit_curve = Task("poly_fit_curve", points=12, form=1, purity=1, parts=("tr_err", "va_err"))


@poly_fit_curve.check(
    "small",
    points=2,
    visible=True,
    tolerance=POLY,
    title=Text("degrees 1, 2 and 3", "1차, 2차, 3차"),
    hint=Text(
        "One fit for each degree, on the training points; then the mean squared error on both sets.",
        "차수마다 학습 점에 한 번씩 맞춘 다음, 두 데이터에서 각각 평균 제곱 오차를 구하세요.",
    ),
)
def poly_small(draw: Draw):
    x, y, xv, yv = curve_points(draw, 8, 5)
    yield draw.call(x, y, [1, 2, 3], xv, yv)


@poly_fit_curve.check(
    "constant",
    points=1.5,
    visible=True,
    tolerance=POLY,
    title=Text("degree 0 among others, in any order", "0차가 섞인 임의의 순서"),
    hint=Text(
        "Degree 0 is the constant c_0: one column of ones. The results follow the order of degrees.",
        "0차는 상수 c_0, 즉 1로 채운 열 하나입니다. 결과는 degrees의 순서를 따릅니다.",
    ),
)
def poly_constant(draw: Draw):
    x, y, xv, yv = curve_points(draw, 7, 4)
    yield draw.call(x, y, [2, 0], xv, yv)


@poly_fit_curve.check(
    "values",
    points=2,
    tolerance=POLY,
    title=Text("more points and degrees", "더 많은 점과 차수"),
    hint=Text(
        "Do both errors come from the same coefficients? Does each mean have its own number of points?",
        "두 오차를 같은 계수로 구했나요? 평균을 낼 때 각 데이터의 점 수로 나눴나요?",
    ),
)
def poly_values(draw: Draw):
    n, m = draw.sizes(2, 9, 14)
    x, y, xv, yv = curve_points(draw, n, m)
    yield draw.call(x, y, [4, 1, 6, 0], xv, yv)
    x, y, xv, yv = curve_points(draw, 12, 6)
    x[3] = 0.0
    yield draw.call(draw.strided(x), y, [5, 5, 3], draw.strided(xv), yv)


@poly_fit_curve.check(
    "high",
    points=1,
    tolerance=POLY,
    title=Text("high degrees on [0, 1]", "[0, 1]에서의 높은 차수"),
    hint=Text(
        "The columns are nearly the same here. Do not square the problem: leave V to a least-squares solver.",
        "여기서는 열들이 거의 비슷합니다. 문제를 제곱하지 말고 V를 그대로 최소제곱 풀이에 맡기세요.",
    ),
)
def poly_high(draw: Draw):
    x, y, xv, yv = curve_points(draw, 20, 9, low=0.0)
    yield draw.call(x, y, [12, 2, 11], xv, yv)
    x, y, xv, yv = curve_points(draw, 22, 7, low=0.0)
    yield draw.call(x, y, [12, 9], xv, yv)


@poly_fit_curve.check(
    "interpolation",
    points=1.5,
    tolerance=POLY,
    title=Text("as many coefficients as points", "점의 수만큼 많은 계수"),
    hint=Text(
        "With degree N - 1 the curve passes through every training point. How large is the training error then?",
        "N - 1차 곡선은 학습 점을 모두 지납니다. 그때 학습 오차는 얼마일까요?",
    ),
)
def poly_interpolation(draw: Draw):
    x, y, xv, yv = curve_points(draw, 6, 8)
    yield draw.call(x, y, [5, 3], xv, yv)
    x, y, xv, yv = curve_points(draw, 4, 3)
    yield draw.call(x, y, [1, 3], xv, yv)


@poly_fit_curve.check(
    "edges",
    points=1,
    tolerance=POLY,
    edge=True,
    title=Text("one training point; one validation point; a constant y", "학습 점 하나; 검증 점 하나; 일정한 y"),
    hint=Text("One point allows degree 0 only.", "점이 하나면 0차만 가능합니다."),
)
def poly_edges(draw: Draw):
    x, y, xv, yv = curve_points(draw, 1, 4)
    yield draw.call(x, y, [0], xv + 0.1 * draw.normal(4), yv)
    x, y, xv, yv = curve_points(draw, 6, 1)
    yield draw.call(x, y, [2], xv, yv)
    x, _, xv, yv = curve_points(draw, 7, 5)
    yield draw.call(x, np.full(7, 1.25), [2, 0], xv, yv)


@poly_fit_curve.in_float32(points=1)
def poly_float32(draw: Draw):
    x, y, xv, yv = curve_points(draw, 9, 6)
    yield draw.call(x, y, [1, 3], xv, yv)


# -- 7. occam_choice -------------------------------------------------------------------------------------------------

occam_choice = Task("occam_choice", points=8, form=0.5, purity=0.5)


@occam_choice.check(
    "small",
    points=2,
    visible=True,
    tolerance=X,
    title=Text("five models, two tolerances", "모델 다섯 개, 허용 범위 두 가지"),
    hint=Text(
        "First find the models that are good enough, then the simplest of them.",
        "먼저 충분히 좋은 모델을 찾고, 그 가운데 가장 단순한 것을 고르세요.",
    ),
)
def occam_small(draw: Draw):
    va_err = np.array([0.9, 0.32, 0.41, 0.30, 0.35])
    complexity = np.array([1, 4, 2, 9, 3])
    yield draw.call(va_err, complexity, 0.1)
    yield draw.call(va_err, complexity, 0.2)
    yield draw.call(va_err, complexity, 0.0)


@occam_choice.check(
    "failed run",
    points=0.5,
    visible=True,
    tolerance=X,
    title=Text("a model whose training failed", "학습에 실패한 모델"),
    hint=Text(
        "NaN is never good enough, and must not become the smallest error.",
        "NaN은 절대 충분히 좋지 않으며, 가장 작은 오차가 되어서도 안 됩니다.",
    ),
)
def occam_failed(draw: Draw):
    # By way of a given function: the released cases hold no NaN, which is not even equal to itself.
    args = np.array([0.8, 0.01, 0.50, 0.52]), [1], np.array([3, 1, 8, 5]), 0.1
    yield draw.call(*args, function="choice_with_failed_runs")


def models(draw: Draw, best, near, far, *, nan=0):
    """(va_err, complexity): the best of `near` in complexity is not the best in error, nor first among them; shuffled.

    near, far: factors on the best error. The far ones are simpler, but for the last.
    """
    k = len(near)
    va_err = np.concatenate([[best], best * np.array(near), best * np.array(far), np.full(nan, np.nan)])
    levels = np.sort(draw.permutation(40)[: len(va_err)] + 1)
    simple, rest = levels[: len(far) - 1 + nan], levels[len(far) - 1 + nan :]
    complexity = np.concatenate(
        [[rest[-2]], rest[: k - 1], rest[-1:], simple[: len(far) - 1], [rest[k - 1]], simple[len(far) - 1 :]]
    )
    while True:
        order = draw.permutation(len(va_err))
        good = [i for i in order if i <= k]
        # The chosen one (1) is not the first of the good ones, and neither stands where its rank among them says.
        if good[0] != 1 and list(order).index(1) != good.index(1) and order[0] > k:
            return va_err[order], complexity[order].astype(np.int64)


@occam_choice.check(
    "relative",
    points=1.5,
    tolerance=X,
    title=Text("errors far below and far above 1", "1보다 훨씬 작은 오차와 훨씬 큰 오차"),
    hint=Text(
        "The tolerance is a share of the smallest error, not a number to be added to it.",
        "허용 범위는 가장 작은 오차에 대한 비율이지, 그대로 더하는 수가 아닙니다.",
    ),
)
def occam_relative(draw: Draw):
    yield draw.call(*models(draw, draw.scalar(0.01, 0.02), [1.2, 1.05], [1.6, 2.5, 1.4]), 0.3)
    yield draw.call(*models(draw, draw.scalar(200.0, 300.0), [1.15, 1.08, 1.02], [1.5, 1.3]), 0.2)
    va_err, complexity = models(draw, draw.scalar(5.0, 9.0), [1.04, 1.03], [1.08, 1.5])
    yield draw.call(draw.strided(va_err), draw.strided(complexity), 0.05)


@occam_choice.check(
    "ties",
    points=1,
    tolerance=X,
    title=Text("equal complexities; errors at the limit and just above", "같은 복잡도; 한계에 걸치거나 살짝 넘는 오차"),
    hint=Text(
        "Equality is good enough. Among equally simple models only the index decides.",
        "같으면 충분히 좋은 것입니다. 똑같이 단순한 모델 사이에서는 인덱스만 봅니다.",
    ),
)
def occam_ties(draw: Draw):
    best = float(draw.choice([2.0, 4.0, 8.0]))
    yield draw.call(np.array([3.0, 1.25, 1.0, 1.5]) * best, np.array([1, 2, 6, 1]), 0.25)
    yield draw.call(np.array([2.0, 1.125, 1.0, 1.0625, 1.0]) * best, np.array([4, 7, 7, 7, 9]), 0.125)
    yield draw.call(np.array([1.2501, 1.0, 1.25, 3.0]) * best, np.array([2, 9, 4, 1]), 0.25)
    yield draw.call(np.array([3.0, 0.0, 0.5, 0.0]), np.array([1, 5, 2, 3]), 0.5)


@occam_choice.check(
    "failed runs",
    points=1,
    tolerance=X,
    title=Text(
        "several failed runs, also the simplest and the first", "실패한 학습이 여럿일 때(가장 단순하거나 맨 앞)"
    ),
    hint=Text(
        "Is the index that you return one of the whole list, with the failed models still in it?",
        "돌려주는 인덱스가 실패한 모델까지 포함한 전체 목록의 인덱스인가요?",
    ),
)
def occam_failed_runs(draw: Draw):
    va_err, complexity = models(draw, draw.scalar(0.2, 0.4), [1.09, 1.02], [1.6, 1.2], nan=2)
    yield draw.call(va_err, complexity, 0.1)
    yield draw.call(np.concatenate([[np.nan], va_err]), np.concatenate([[0], complexity]), 0.1)
    yield draw.call(np.array([0.5, np.nan, 0.45]), np.array([1, 3, 2]), 0.2)


@occam_choice.check(
    "edges",
    points=0.5,
    tolerance=X,
    edge=True,
    title=Text("one model; all alike; one survivor", "모델 하나; 모두 같을 때; 하나만 살아남을 때"),
    hint=Text("The answer is an index even if there is no choice.", "고를 것이 없어도 답은 인덱스입니다."),
)
def occam_edges(draw: Draw):
    yield draw.call(np.array([0.7]), np.array([5]), 0.0)
    yield draw.call(np.full(4, 0.5), np.full(4, 3), 0.1)
    yield draw.call(np.array([np.nan, np.nan, 0.6, np.nan]), np.array([1, 2, 9, 3]), 0.3)


@occam_choice.in_float32(points=0.5)
def occam_float32(draw: Draw):
    yield draw.call(*models(draw, 0.4, [1.2, 1.05], [1.6, 2.5]), 0.3)


# -- 8. ovr_targets, ovr_predict -------------------------------------------------------------------------------------

ovr_targets = Task("ovr_targets", points=16, functions=("ovr_targets", "ovr_predict"), form=1, purity=1)


@ovr_targets.check(
    "targets",
    points=2.5,
    visible=True,
    tolerance=X,
    title=Text("targets of three and four classes", "클래스 세 개와 네 개의 정답"),
    hint=Text(
        "One column for each class 0 ... C-1, whether it occurs or not; one 1 in each row.",
        "나타나든 아니든 클래스 0 ... C-1마다 열이 하나씩 있고, 행마다 1이 하나씩 있습니다.",
    ),
)
def targets_small(draw: Draw):
    yield draw.call(np.array([2, 0, 1, 1, 2]), 3)
    yield draw.call(np.array([1, 0, 1]), 4)


@ovr_targets.check(
    "predict",
    points=3,
    visible=True,
    tolerance=X,
    title=Text("the largest score of three", "점수 셋 가운데 가장 큰 것"),
    hint=Text(
        "The largest score wins, even if all are negative. One answer for each row of X.",
        "모두 음수여도 가장 큰 점수가 이깁니다. X의 행마다 답이 하나씩 나옵니다.",
    ),
)
def predict_small(draw: Draw):
    yield draw.call(*clear_scores(draw, 6, 2, 3), function="ovr_predict")
    yield draw.call(*clear_scores(draw, 7, 4, 3), function="ovr_predict")


@ovr_targets.check(
    "more targets",
    points=2.5,
    tolerance=X,
    title=Text("more classes, some of them absent", "더 많은 클래스, 일부는 나타나지 않음"),
    hint=Text(
        "C says how many columns there are, not the labels that happen to occur.",
        "열의 수는 우연히 나타난 레이블이 아니라 C가 정합니다.",
    ),
)
def targets_more(draw: Draw):
    yield draw.call(draw.integers(0, 5, 8), 5)
    y = draw.integers(1, 4, 9)
    yield draw.call(draw.strided(y), 6)
    yield draw.call(np.full(4, 2), 7)


@ovr_targets.check(
    "more predictions",
    points=3,
    tolerance=X,
    title=Text("more classes and samples", "더 많은 클래스와 샘플"),
    hint=Text(
        "Does every class have its own bias? Are classes compared within a sample, and not samples within a class?",
        "클래스마다 자기 편향을 더했나요? 한 샘플 안에서 클래스끼리 비교했나요?",
    ),
)
def predict_more(draw: Draw):
    yield draw.call(*clear_scores(draw, 8, 3, 5), function="ovr_predict")
    x, w, b = clear_scores(draw, 9, 5, 4)
    yield draw.call(draw.strided(x), draw.strided(w), b, function="ovr_predict")
    yield draw.call(*clear_scores(draw, 4, 4, 4), function="ovr_predict")


@ovr_targets.check(
    "ties",
    points=1.5,
    tolerance=X,
    title=Text("equal scores", "점수가 같을 때"),
    hint=Text("Among equal scores the lowest class wins.", "점수가 같으면 번호가 작은 클래스가 이깁니다."),
)
def predict_ties(draw: Draw):
    w = draw.integers(-3, 4, 2, 4).astype(float)
    w[:, 3] = w[:, 1]
    b = np.array([-20.0, 2.5, -30.0, 2.5])
    yield draw.call(draw.integers(-2, 3, 6, 2).astype(float), w, b, function="ovr_predict")
    # Where the first feature is 1, classes 1 and 3 tie at 4: once more by the bias, once more by the product.
    x = np.stack([np.array([1.0, -1.0, 1.0, 2.0, 1.0]), draw.integers(-2, 3, 5).astype(float)], axis=1)
    w = np.array([[0.0, 1.0, 0.0, 3.0], [0.0, 0.0, 0.0, 0.0]])
    yield draw.call(x, w, np.array([-9.0, 3.0, -9.0, 1.0]), function="ovr_predict")
    yield draw.call(
        np.zeros((3, 2)), draw.normal(2, 5), np.array([-2.0, -1.5, -1.5, -4.0, -1.5]), function="ovr_predict"
    )


@ovr_targets.check(
    "edges",
    points=1,
    tolerance=X,
    edge=True,
    title=Text("one class; no sample; one sample", "클래스 하나; 샘플 없음; 샘플 하나"),
    hint=Text(
        "N may be 0: the results are then (0, C) and (0,). With one class every answer is 0.",
        "N은 0일 수 있고, 그때 결과는 (0, C)와 (0,)입니다. 클래스가 하나면 답은 모두 0입니다.",
    ),
)
def ovr_edges(draw: Draw):
    yield draw.call(np.zeros(3, dtype=np.int64), 1)
    yield draw.call(np.zeros(0, dtype=np.int64), 3)
    yield draw.call(np.array([1]), 2)
    yield draw.call(draw.normal(4, 3), draw.normal(3, 1), np.array([-9.0]), function="ovr_predict")
    yield draw.call(np.zeros((0, 2)), draw.normal(2, 3), draw.normal(3), function="ovr_predict")
    yield draw.call(*clear_scores(draw, 1, 2, 2), function="ovr_predict")


@ovr_targets.in_float32(points=0.5)
def predict_float32(draw: Draw):
    yield draw.call(*clear_scores(draw, 7, 3, 4), function="ovr_predict")


# -- 9. kmeans_step --------------------------------------------------------------------------------------------------

kmeans_step = Task("kmeans_step", points=12, form=1, purity=1, parts=("assign", "C_new", "inertia"))


@kmeans_step.check(
    "small",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("two and three clusters", "군집 두 개와 세 개"),
    hint=Text(
        "Nearest centre, mean of the samples, sum of the squared distances to the centres that were given.",
        "가장 가까운 중심, 샘플의 평균, 그리고 주어진 중심까지의 거리 제곱의 합입니다.",
    ),
)
def kmeans_small(draw: Draw):
    x = np.array([[0.0, 1.0], [1.0, 0.0], [5.0, 4.0], [4.0, 6.0], [6.0, 5.0]])
    yield draw.call(x, np.array([[1.0, 1.0], [4.0, 4.0]]))
    yield draw.call(*clear_clusters(draw, 8, 3, 2))


@kmeans_step.check(
    "an empty cluster",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("a centre that nobody joins", "아무도 들어오지 않는 중심"),
    hint=Text(
        "Without samples there is no mean: the centre stays.", "샘플이 없으면 평균도 없으므로 중심은 그대로입니다."
    ),
)
def kmeans_empty(draw: Draw):
    yield draw.call(*clear_clusters(draw, 6, 3, 2, empty=1))


@kmeans_step.check(
    "values",
    points=2.5,
    tolerance=T1,
    title=Text("more samples, clusters and features", "더 많은 샘플, 군집, 특징"),
    hint=Text(
        "Check by hand to which centre the first sample belongs, and how far away it is.",
        "첫 샘플이 어느 중심에 속하고 얼마나 떨어져 있는지 손으로 확인해 보세요.",
    ),
)
def kmeans_values(draw: Draw):
    yield draw.call(*clear_clusters(draw, 14, 4, 2))
    x, c = clear_clusters(draw, 11, 3, 5)
    yield draw.call(draw.strided(x), draw.strided(c))
    yield draw.call(*clear_clusters(draw, 9, 2, 3))
    # The third sample is nearer to the first centre once both have moved: who assigns again is told apart.
    shift = draw.normal(1, 2)
    x = np.array([[0.0, 0.5], [1.0, 0.0], [2.0, 0.25], [10.0, 1.0], [9.0, -1.0]])
    yield draw.call(x + shift, np.array([[0.0, 0.0], [3.0, 0.0]]) + shift)


@kmeans_step.check(
    "empty clusters",
    points=1.5,
    tolerance=T1,
    title=Text("empty clusters in other places", "다른 자리의 빈 군집"),
    hint=Text(
        "Only the centre without samples stays; all others move.",
        "샘플이 없는 중심만 그대로 있고 나머지는 모두 움직입니다.",
    ),
)
def kmeans_more_empty(draw: Draw):
    yield draw.call(*clear_clusters(draw, 10, 4, 3, empty=0))
    yield draw.call(*clear_clusters(draw, 8, 3, 2, empty=2))


@kmeans_step.check(
    "ties",
    points=1,
    tolerance=T1,
    title=Text("samples halfway between two centres", "두 중심의 한가운데에 있는 샘플"),
    hint=Text("Among equal distances the lowest index wins.", "거리가 같으면 인덱스가 작은 중심이 이깁니다."),
)
def kmeans_ties(draw: Draw):
    c = np.array([[9.0, 8.0], [-2.0, 0.0], [2.0, 0.0]])
    x = np.array([[0.0, 1.0], [-3.0, 0.0], [0.0, -2.0], [3.0, 1.0], [8.0, 8.0]])
    yield draw.call(x + np.round(draw.normal(1, 1) * 4), c + 0.0)
    yield draw.call(x, c)
    yield draw.call(np.array([[1.0], [3.0], [2.0]]), np.array([[2.5], [1.5], [2.5]]))


@kmeans_step.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("one cluster; one feature; no sample", "군집 하나; 특징 하나; 샘플 없음"),
    hint=Text(
        "N may be 0: nobody moves, and the inertia is 0.", "N은 0일 수 있습니다. 아무것도 움직이지 않고 관성은 0입니다."
    ),
)
def kmeans_edges(draw: Draw):
    yield draw.call(draw.normal(5, 3), draw.normal(1, 3))
    yield draw.call(draw.normal(6, 1), np.array([[-0.3], [0.6]]))
    yield draw.call(np.zeros((0, 2)), draw.normal(3, 2))
    yield draw.call(np.full((4, 2), 1.5), np.array([[1.0, 2.0], [4.0, 4.0]]))


@kmeans_step.in_float32(points=0.5)
def kmeans_float32(draw: Draw):
    yield draw.call(*clear_clusters(draw, 9, 3, 2, empty=1))


# -- 10. kinds_of_learning ---------------------------------------------------------------------------------------------

kinds_of_learning = Choice(
    "kinds_of_learning",
    points=2,
    options={
        "a": Option(
            False,
            Text(
                "K-means gets points without labels; the groups that it finds are its own.",
                "K-평균은 레이블 없는 점만 받습니다. 찾은 무리는 스스로 만든 것입니다.",
            ),
        ),
        "b": Option(
            True,
            Text(
                "The known prices are the labels, so it is supervised; a number on a scale is predicted, so it is regression.",
                "알고 있는 가격이 레이블이므로 지도 학습이고, 연속된 수를 예측하므로 회귀입니다.",
            ),
        ),
        "c": Option(
            True,
            Text(
                "The marks are labels from two classes, so it is supervised classification.",
                "표시는 두 클래스의 레이블이므로 지도 학습의 분류입니다.",
            ),
        ),
        "d": Option(
            False,
            Text(
                "What makes learning supervised is a label for each example, not the shape of the result. Dimensionality reduction such as PCA sees no labels.",
                "지도 학습인지는 결과의 모양이 아니라 예제마다 레이블이 있는지로 정해집니다. PCA 같은 차원 축소는 레이블을 보지 않습니다.",
            ),
        ),
        "e": Option(
            True,
            Text(
                "A reward says how good what was done is, and often late; a table of right actions would be supervised learning.",
                "보상은 한 행동이 얼마나 좋았는지를, 그것도 늦게 알려 주는 경우가 많습니다. 옳은 행동의 표가 있다면 지도 학습입니다.",
            ),
        ),
    },
)


# -- 11. many_features -------------------------------------------------------------------------------------------------

many_features = Choice(
    "many_features",
    points=2,
    options={
        "a": Option(
            True,
            Text(
                "The number of cells multiplies with each axis; this growth is why data get sparse in many dimensions.",
                "축이 하나 늘 때마다 칸의 수가 10배가 됩니다. 차원이 많으면 데이터가 성기게 되는 이유입니다.",
            ),
        ),
        "b": Option(
            False,
            Text(
                "The curse is that space grows so fast with dimensions that any number of examples gets sparse; it happens with useful features, too.",
                "차원이 늘면 공간이 너무 빨리 커져 예제가 성기게 되는 것이 차원의 저주입니다. 쓸모 있는 특징만 있어도 일어납니다.",
            ),
        ),
        "c": Option(
            False,
            Text(
                "It adds noise to every distance, so another example can become the nearest one.",
                "모든 거리에 잡음이 더해지므로 다른 예제가 가장 가까워질 수 있습니다.",
            ),
        ),
        "d": Option(
            True,
            Text(
                "Distances concentrate: a squared distance is a sum over all dimensions, and such sums vary little compared with their size.",
                "거리는 한곳에 모입니다. 거리의 제곱은 모든 차원에 걸친 합이고, 이런 합은 크기에 비해 조금밖에 변하지 않습니다.",
            ),
        ),
        "e": Option(
            False,
            Text(
                "Selection keeps some of the columns as they are; mixing columns into new ones is feature extraction.",
                "특징 선택은 열 가운데 일부를 그대로 남깁니다. 섞어서 새 열을 만드는 것은 특징 추출입니다.",
            ),
        ),
    },
)

# -- 12. hinge_step: beyond the lecture, no points ----------------------------------------------------------------

hinge_step = Task("hinge_step", points=0)


def hinge_inputs(draw: Draw, n, d):
    """Examples on either side, inside and outside the margin; one lies exactly on it."""
    while True:
        x, w, b = draw.normal(n, d), draw.away_from_zero(d, margin=0.4), np.asarray(draw.scalar(0.2, 0.6))
        y = np.where(draw.uniform(n) < 0.5, -1.0, 1.0)
        g = y * (x @ w + b)
        if (g < -0.2).any() and ((g > 0.1) & (g < 0.9)).any() and (g > 1.1).any() and abs(y[g < 1].sum()) > 0.5:
            return x, y, w, b


@hinge_step.check(
    "small", points=0, visible=True, tolerance=T1,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("Only examples inside the margin or on the wrong side pull. The penalty pulls w towards zero at every step.", "마진 안쪽이나 틀린 쪽에 있는 예제만 당깁니다. 벌점은 매 걸음 w를 0으로 당깁니다."),
)  # fmt: skip
def hinge_step_small(draw: Draw):
    for n, d in ((7, 2), (9, 4)):
        yield draw.call(*hinge_inputs(draw, n, d), 0.3, 0.7)


@hinge_step.check(
    "more", points=0, tolerance=T1,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("Only examples inside the margin or on the wrong side pull. The penalty pulls w towards zero at every step.", "마진 안쪽이나 틀린 쪽에 있는 예제만 당깁니다. 벌점은 매 걸음 w를 0으로 당깁니다."),
)  # fmt: skip
def hinge_step_more(draw: Draw):
    x, y, w, b = hinge_inputs(draw, 12, 5)
    yield draw.call(draw.strided(x), y, w, b, 0.15, 0.4)
    yield draw.call(x, y, w, b, 0.15, 1.3)
    yield draw.call(*hinge_inputs(draw, 8, 3), 1.7, 0.25)


@hinge_step.check(
    "edges", points=0, tolerance=T1, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def hinge_step_edges(draw: Draw):
    yield draw.call(
        np.array([[1.0, 0.5], [0.25, 0.5]]), np.array([1.0, 1.0]), np.array([0.5, 0.5]), np.asarray(0.25), 0.5, 0.3
    )
    yield draw.call(np.array([[30.0]]), np.array([1.0]), np.array([2.0]), np.asarray(0.5), 0.1, 0.9)
    yield draw.call(np.array([[3.0], [-2.0]]), np.array([-1.0, -1.0]), np.array([0.0]), np.asarray(0.0), 0.4, 0.6)
    yield draw.call(np.array([[0.5], [2.5]]), np.array([1.0, 1.0]), np.array([1.0]), np.asarray(-2.0), 1.8, 0.4)


@hinge_step.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def hinge_step_float32(draw: Draw):
    yield draw.call(*hinge_inputs(draw, 8, 3), 0.3, 0.7)


# -- 13. q_update: beyond the lecture, no points ------------------------------------------------------------------

q_update = Task("q_update", points=0)


@q_update.check(
    "small", points=0, visible=True, tolerance=T1,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("Compare what was expected with what came plus what can be expected from there on, and go a part of the way.", "기대했던 값을, 실제로 받은 것에 앞으로 기대할 수 있는 것을 더한 값과 비교하고, 그 차이의 일부만큼만 움직이세요."),
)  # fmt: skip
def q_update_small(draw: Draw):
    yield draw.call(draw.normal(3, 2), 0, 1, 0.7, 2, False, 0.3, 0.85)
    yield draw.call(draw.normal(4, 3), 2, 0, -1.2, 1, True, 0.4, 0.7)


@q_update.check(
    "more", points=0, tolerance=T1,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("Compare what was expected with what came plus what can be expected from there on, and go a part of the way.", "기대했던 값을, 실제로 받은 것에 앞으로 기대할 수 있는 것을 더한 값과 비교하고, 그 차이의 일부만큼만 움직이세요."),
)  # fmt: skip
def q_update_more(draw: Draw):
    q = draw.normal(5, 4, scale=2.0)
    for s, a, after, done in ((4, 3, 0, False), (1, 0, 1, False), (2, 2, 3, True), (3, 1, 4, False)):
        yield draw.call(
            draw.strided(q), s, a, draw.scalar(-2.0, 2.0), after, done, draw.scalar(0.2, 0.8), draw.scalar(0.5, 0.95)
        )
    yield draw.call(-np.abs(q) - 0.5, 0, 2, 0.4, 3, False, 0.25, 0.75)
    yield draw.call(-np.abs(q) - 0.5, 0, 2, 0.4, 3, False, 0.65, 0.75)


@q_update.check(
    "edges", points=0, tolerance=T1, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def q_update_edges(draw: Draw):
    yield draw.call(draw.normal(1, 1), 0, 0, 1.5, 0, False, 0.5, 0.9)
    yield draw.call(draw.normal(2, 3), 1, 2, 0.6, 0, False, 1.0, 0.0)
    yield draw.call(np.full((3, 2), 0.7), 1, 0, 0.5, 2, False, 0.3, 0.8)
    yield draw.call(draw.normal(4, 3).round(), 2, 1, 1.0, 3, False, 0.5, 0.5)


@q_update.check(
    "old table", points=0, tolerance=T1,
    title=Text("the table that went in stays as it is", "넘겨받은 표는 그대로"),
    hint=Text("Work on a copy: whoever calls q_update still needs the old table.", "복사본에서 계산하세요. q_update를 부른 쪽은 옛 표가 아직 필요합니다."),
)  # fmt: skip
def q_update_old_table(draw: Draw):
    yield draw.call(draw.normal(4, 3), 2, 1, 0.8, 3, False, 0.35, 0.9, function="graded_old_table")
    yield draw.call(draw.normal(3, 2), 0, 1, -0.6, 1, True, 0.45, 0.6, function="graded_old_table")


@q_update.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def q_update_float32(draw: Draw):
    yield draw.call(draw.normal(4, 3), 1, 2, 0.9, 3, False, 0.35, 0.8)
