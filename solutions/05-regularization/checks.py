"""Lecture 5, regularisation: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import AUTOGRAD, STAY_WITH_TENSORS, T1, T2, Draw, Task, Text, X

OPTIM = ("torch.optim",)

COMMON = {"R9": "no logits", "R10": "no padded max-pooling"}
NO_UPSTREAM = {"R4": "no upstream gradient is passed in"}
NO_EPS = {"R6": "no epsilon in the formula"}
NO_DEFAULT = {"R7": "no hyper-parameter with a common default"}
ELEMENTWISE = {"R5": "elementwise: symmetry changes nothing"}

KEEP_DTYPE = Text(
    "Results must keep the dtype of the inputs: make new tensors with dtype=... or with zeros_like.",
    "결과의 dtype은 입력과 같아야 합니다. 새 텐서는 dtype=...이나 zeros_like로 만드세요.",
)


# -- helpers: numpy only ---------------------------------------------------------------------------------------------


def grid(values):
    """Multiples of 1/64: sums and differences are exact, so that < and <= are told apart by nothing but the rule."""
    return np.round(np.asarray(values, dtype=np.float64) * 64) / 64


def bumpy(draw: Draw, E, turn, *, offset=0.0, bump=0.4):
    """Falls until epoch `turn`, rises after it, with bumps in both parts."""
    epochs = np.arange(E)
    trend = np.where(epochs <= turn, 3.0 - 0.25 * epochs, 3.0 - 0.25 * turn + 0.1 * (epochs - turn))
    return grid(trend + bump * draw.normal(E)) + offset


def gradients(draw: Draw, T, d):
    """(T, d) gradients: coordinate 0 has gradient 0 throughout, coordinate 1 is tiny, coordinate 2 large."""
    g = draw.away_from_zero(T, d, margin=0.1)
    g[:, 0] = 0.0
    g[:, 1] *= 1e-3
    g[:, 2] *= 10.0
    return g


def weights(draw: Draw, *shape):
    return draw.away_from_zero(*shape, margin=0.2)


def with_zeros(draw: Draw, *shape):
    """Values away from 0, and some that are exactly 0."""
    w = draw.away_from_zero(*shape, margin=0.1)
    w.flat[draw.permutation(w.size)[: max(1, w.size // 4)]] = 0.0
    return w


def running(draw: Draw, D, *, m=0.7, eps=1e-2):
    return {"mean": draw.away_from_zero(D, margin=0.3), "var": draw.positive(D, low=0.3, high=2.5), "m": m, "eps": eps}


def affine(draw: Draw, D):
    """(gamma, beta): scales of both signs, neither 1 nor 0, and shifts away from 0."""
    return draw.away_from_zero(D, margin=0.4) * 1.3, draw.away_from_zero(D, margin=0.3)


def columns(draw: Draw, N, D):
    """(N, D) columns with different means and spreads."""
    return draw.normal(N, D) * draw.positive(D, low=0.4, high=2.5) + draw.away_from_zero(D, margin=0.5, scale=2.0)


def cache_of(x, gamma, eps):
    """What bn_fwd hands over, so that bn_bwd is graded apart from it."""
    mean = x.mean(axis=0)
    inv_std = 1 / np.sqrt(((x - mean) ** 2).mean(axis=0) + eps)
    return {"x_hat": (x - mean) * inv_std, "inv_std": inv_std, "gamma": gamma}


# -- 1. early_stop ---------------------------------------------------------------------------------------------------

early_stop = Task(
    "early_stop",
    points=10,
    form=0.5,
    purity=0.5,
    exempt={
        **COMMON,
        **NO_UPSTREAM,
        **NO_EPS,
        **NO_DEFAULT,
        **ELEMENTWISE,
    },
    parts=("stop", "best"),
)


@early_stop.check(
    "small",
    points=2.5,
    visible=True,
    tolerance=X,
    title=Text("three short curves", "짧은 곡선 세 개"),
    hint=Text(
        "An improvement sets the counter back to 0. What is kept is the best epoch, not the last one.",
        "개선이 있으면 세던 수를 0으로 되돌립니다. 남기는 것은 마지막 에폭이 아니라 가장 좋은 에폭입니다.",
    ),
)
def stop_small(draw: Draw):
    yield draw.call(np.array([3.0, 2.0, 1.0, 1.5, 1.25, 2.0, 3.0]), 3, 0.0)
    yield draw.call(np.array([3.0, 2.0, 2.5, 2.25, 1.0, 1.5, 1.25, 0.5, 1.0]), 3, 0.0)
    yield draw.call(np.array([2.0, 1.5, 1.25, 1.0, 0.5]), 2, 0.0)


@early_stop.check(
    "delta",
    points=1.5,
    visible=True,
    tolerance=X,
    title=Text("gains around min_delta", "min_delta 안팎의 개선"),
    hint=Text(
        "Compare with the best epoch so far, not with the one before. A gain of exactly min_delta is no improvement.",
        "바로 앞이 아니라 지금까지의 최선과 비교하세요. 정확히 min_delta만큼 낮아진 것은 개선이 아닙니다.",
    ),
)
def stop_delta(draw: Draw):
    yield draw.call(np.array([4.0, 3.5, 3.25, 3.0, 3.0, 2.75, 2.5]), 2, 0.5)
    yield draw.call(np.array([1.0, 1.0, 1.0, 1.0]), 2, 0.0)


@early_stop.check(
    "bumpy",
    points=2,
    tolerance=X,
    title=Text("longer, bumpy curves", "더 길고 울퉁불퉁한 곡선"),
    hint=Text(
        "Only epochs in a row count. Follow one curve by hand: best epoch, best loss, epochs waited.",
        "연속된 에폭만 셉니다. 곡선 하나를 손으로 따라가며 최선 에폭, 최선 손실, 기다린 횟수를 적어 보세요.",
    ),
)
def stop_bumpy(draw: Draw):
    for patience, min_delta in ((2, 0.0), (3, 0.125), (5, 0.0), (4, 0.25)):
        yield draw.call(bumpy(draw, 40, int(draw.integers(6, 14))), patience, min_delta)
    yield draw.call(bumpy(draw, 30, 9, offset=2.0**40), 3, 0.125)
    yield draw.call(draw.strided(bumpy(draw, 30, 8, offset=-6.0)), 3, 0.0)
    # two worse epochs, better again, and so on: never 3 in a row, until the end
    fall = grid(np.sort(draw.uniform(9, low=1.0, high=6.0))[::-1] - np.arange(9) / 8)
    saw = np.concatenate([np.stack([fall, fall + 0.5, fall + 0.25], axis=1).ravel(), np.full(6, 9.0)])
    yield draw.call(saw, 3, 0.0)


@early_stop.check(
    "exact",
    points=1.5,
    tolerance=X,
    title=Text("gains of exactly min_delta, and slow descents", "정확히 min_delta만큼의 개선과 느린 하강"),
    hint=Text(
        "When a gain is too small, the loss to beat stays where it was, so that small gains can add up.",
        "개선이 너무 작으면 넘어야 할 손실은 그대로 남습니다. 그래서 작은 개선이 쌓이면 개선으로 인정될 수 있습니다.",
    ),
)
def stop_exact(draw: Draw):
    delta = float(draw.choice([0.125, 0.25, 0.375]))
    start = float(grid(draw.scalar(4.0, 8.0)))
    exactly = np.array([0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0]) * -delta + start
    yield draw.call(exactly, 2, delta)
    yield draw.call(exactly, 3, delta)
    slow = start - delta * np.arange(12) * 0.625  # every second epoch is an improvement, seen from the best one
    yield draw.call(np.append(slow, np.full(5, 20.0)), 2, delta)
    back = np.array([0.0, -2.0, 2.0, 1.0, 0.0, -1.0, -1.5, -3.5, 5.0, 4.0, 3.0]) * delta + start
    yield draw.call(back, 3, delta)
    yield draw.call(back, 7, delta)
    # worse by less than delta: an improvement only where min_delta was added
    yield draw.call(np.array([0.0, -1.0, -0.5, -0.75, 3.0, 3.0, 3.0]) * delta + start, 3, delta)


@early_stop.check(
    "never",
    points=0.5,
    tolerance=X,
    title=Text("curves that end before the patience does", "참을성이 다하기 전에 끝나는 곡선"),
    hint=Text(
        "When nothing stops the training, it ends with its last epoch, E-1.",
        "멈출 일이 없으면 학습은 마지막 에폭 E-1에서 끝납니다.",
    ),
)
def stop_never(draw: Draw):
    yield draw.call(grid(np.sort(draw.uniform(8, low=0.0, high=9.0))[::-1] - np.arange(8) / 4), 1, 0.0)
    yield draw.call(bumpy(draw, 9, 4), 20, 0.0)
    yield draw.call(grid(4.0 - np.arange(6) / 8), 5, 0.125)
    yield draw.call(np.append(grid(4.0 - np.arange(6) / 4), [5.0, 5.0]), 3, 0.0)


@early_stop.check(
    "edges",
    points=0.5,
    tolerance=X,
    edge=True,
    title=Text("no epoch, one epoch, a flat curve", "에폭이 없을 때, 하나일 때, 평평한 곡선"),
    hint=Text(
        "Without epochs there is nothing to stop and nothing to keep.", "에폭이 없으면 멈출 것도 남길 것도 없습니다."
    ),
)
def stop_edges(draw: Draw):
    yield draw.call(np.zeros(0), 3, 0.0)
    yield draw.call(grid(draw.uniform(1, low=2.0, high=5.0)), 1, 0.25)
    yield draw.call(np.full(6, float(grid(draw.scalar(1.0, 3.0)))), 1, 0.0)


@early_stop.in_float32(
    points=0.5,
    tolerance=X,
    hint=Text(
        "The two epochs are Python ints, whatever the dtype of the losses.",
        "손실의 dtype과 관계없이 두 에폭은 Python int입니다.",
    ),
)
def stop_float32(draw: Draw):
    yield draw.call(bumpy(draw, 30, 9), 3, 0.125)
    yield draw.call(bumpy(draw, 20, 5), 2, 0.0)


# -- 2. momentum -----------------------------------------------------------------------------------------------------

momentum = Task(
    "momentum",
    points=8,
    form=0.5,
    purity=0.5,
    forbid=OPTIM,
    exempt={**COMMON, **NO_UPSTREAM, **NO_EPS},
    parts={"momentum": ("w'", "v'")},
)


@momentum.check(
    "step",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("one step while moving", "움직이던 중의 한 스텝"),
    hint=Text(
        "The new velocity is part of the old one minus a step along the gradient, and it is the new one that moves w.",
        "새 속도는 이전 속도의 일부에서 기울기 방향의 스텝을 뺀 것이고, w를 옮기는 것은 새 속도입니다.",
    ),
)
def momentum_step(draw: Draw):
    yield draw.call(weights(draw, 4), weights(draw, 4), weights(draw, 4), 0.1, 0.7)
    yield draw.call(weights(draw, 2, 3), weights(draw, 2, 3), weights(draw, 2, 3), 0.3, 0.6)


@momentum.check(
    "trail",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("five steps from rest", "정지 상태에서 다섯 스텝"),
    hint=Text(
        "The velocity that you return is the one that the next step gets.", "돌려준 속도가 다음 스텝으로 이어집니다."
    ),
)
def momentum_five(draw: Draw):
    yield draw.call(weights(draw, 4), gradients(draw, 5, 4), 0.2, 0.7, function="momentum_trail")


@momentum.check(
    "trails",
    points=1.5,
    tolerance=T1,
    title=Text("longer ways from rest", "정지 상태에서 더 많은 스텝"),
    hint=Text(
        "Is the velocity carried on, and does each learning rate and each mu count?",
        "속도가 이어지나요? 학습률과 mu를 주어진 대로 쓰고 있나요?",
    ),
)
def momentum_trails(draw: Draw):
    for lr, mu in ((0.05, 0.8), (0.4, 0.3)):
        T, d = draw.sizes(2, 4, 8)
        yield draw.call(weights(draw, d), gradients(draw, T, d), lr, mu, function="momentum_trail")


@momentum.check(
    "steps",
    points=1,
    tolerance=T1,
    title=Text("single steps: other sizes and rates", "한 스텝: 다른 크기와 비율"),
    hint=Text(
        "Both results are checked: the weights and the velocity, in this order.",
        "가중치와 속도를 모두 이 순서대로 검사합니다.",
    ),
)
def momentum_steps(draw: Draw):
    for lr, mu in ((0.25, 0.85), (0.02, 0.4)):
        n, m = draw.sizes(2, 2, 6)
        yield draw.call(weights(draw, n, m), draw.strided(weights(draw, n, m)), weights(draw, n, m), lr, mu)


@momentum.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("no push, no memory, one weight", "힘이 없을 때, 기억이 없을 때, 가중치 하나"),
    hint=Text(
        "Without a gradient the point coasts on; with mu = 0 this is plain SGD.",
        "기울기가 0이어도 점은 관성으로 움직입니다. mu = 0이면 평범한 SGD입니다.",
    ),
)
def momentum_edges(draw: Draw):
    yield draw.call(weights(draw, 3), weights(draw, 3), np.zeros(3), 0.3, 0.7)
    yield draw.call(weights(draw, 3), weights(draw, 3), weights(draw, 3), 0.3, 0.0)
    yield draw.call(weights(draw, 1), np.zeros(1), weights(draw, 1), 0.3, 0.6)
    yield draw.call(np.full(4, 1.5), np.full(4, -0.5), np.full(4, 2.0), 0.3, 0.6)


@momentum.in_float32(points=0.5, hint=KEEP_DTYPE)
def momentum_float32(draw: Draw):
    yield draw.call(weights(draw, 4), weights(draw, 4), weights(draw, 4), 0.1, 0.7)


# -- 3. adagrad, rmsprop ---------------------------------------------------------------------------------------------

adagrad = Task(
    "adagrad",
    points=12,
    functions=("adagrad", "rmsprop"),
    form=0.5,
    purity=0.5,
    forbid=OPTIM,
    exempt={**COMMON, **NO_UPSTREAM, **ELEMENTWISE},
    parts=dict.fromkeys(("adagrad", "rmsprop"), ("w'", "s'")),
)


def history(draw: Draw, *shape):
    """Averages or sums of squares, with one that is still 0."""
    s = draw.positive(*shape, low=0.05, high=2.5)
    s.flat[0] = 0.0
    return s


def push(draw: Draw, *shape):
    """Gradients of all sizes: the first is 0, the second 1e-3, the third 10."""
    g = draw.away_from_zero(*shape, margin=0.1)
    g.flat[:3] = 0.0, 1e-3, -10.0
    return g


@adagrad.check(
    "adagrad-step",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("Adagrad: a first and a later step", "Adagrad: 첫 스텝과 그 뒤의 스텝"),
    hint=Text(
        "Add the squared gradient to the history first; then divide by its root plus eps.",
        "먼저 기울기의 제곱을 이력에 더하고, 그다음 이력의 제곱근에 eps를 더한 값으로 나누세요.",
    ),
)
def adagrad_step(draw: Draw):
    yield draw.call(weights(draw, 4), np.zeros(4), push(draw, 4), 0.5, 0.01)
    yield draw.call(weights(draw, 2, 3), history(draw, 2, 3), push(draw, 2, 3), 0.3, 0.05)


@adagrad.check(
    "rmsprop-step",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("RMSProp: a first and a later step", "RMSProp: 첫 스텝과 그 뒤의 스텝"),
    hint=Text(
        "rho is the part of the old average that is kept; the square of the new gradient gets the rest.",
        "rho는 이전 평균을 남기는 비율이고, 나머지 비율이 새 기울기의 제곱에 돌아갑니다.",
    ),
)
def rmsprop_step(draw: Draw):
    yield draw.call(weights(draw, 4), np.zeros(4), push(draw, 4), 0.1, 0.8, 0.01, function="rmsprop")
    yield draw.call(weights(draw, 2, 3), history(draw, 2, 3), push(draw, 2, 3), 0.2, 0.7, 0.05, function="rmsprop")


@adagrad.check(
    "adagrad-trail",
    points=2,
    tolerance=T1,
    title=Text("Adagrad: several steps from the start", "Adagrad: 처음부터 여러 스텝"),
    hint=Text(
        "The history keeps everything; each coordinate has its own.",
        "이력은 모든 것을 기억하며, 좌표마다 따로 있습니다.",
    ),
)
def adagrad_several(draw: Draw):
    for lr, eps in ((0.3, 0.01), (0.8, 0.2)):
        T, d = draw.sizes(2, 4, 8)
        yield draw.call(weights(draw, d), gradients(draw, T, d), lr, eps, function="adagrad_trail")


@adagrad.check(
    "rmsprop-trail",
    points=2,
    tolerance=T1,
    title=Text("RMSProp: several steps from the start", "RMSProp: 처음부터 여러 스텝"),
    hint=Text(
        "There is no bias correction: the first steps are large because the average begins at 0.",
        "편향 보정이 없습니다. 평균이 0에서 시작하므로 처음 몇 스텝이 큽니다.",
    ),
)
def rmsprop_several(draw: Draw):
    for lr, rho, eps in ((0.1, 0.8, 0.01), (0.3, 0.6, 0.2)):
        T, d = draw.sizes(2, 4, 8)
        yield draw.call(weights(draw, d), gradients(draw, T, d), lr, rho, eps, function="rmsprop_trail")


@adagrad.check(
    "steps",
    points=1.5,
    tolerance=T1,
    title=Text("both: other sizes and constants", "둘 다: 다른 크기와 상수"),
    hint=Text(
        "Where does eps stand, inside or outside of the root? A large eps shows it.",
        "eps는 제곱근 안에 있나요, 밖에 있나요? eps가 크면 차이가 드러납니다.",
    ),
)
def adagrad_steps(draw: Draw):
    n, m = draw.sizes(2, 3, 6)
    yield draw.call(weights(draw, n, m), draw.strided(history(draw, n, m)), push(draw, n, m), 0.05, 0.3)
    yield draw.call(weights(draw, n, m), history(draw, n, m), push(draw, n, m), 0.05, 0.85, 0.3, function="rmsprop")
    yield draw.call(weights(draw, n, m), history(draw, n, m), push(draw, n, m), 0.05, 0.35, 0.01, function="rmsprop")


@adagrad.check(
    "edges",
    points=0.75,
    tolerance=T1,
    edge=True,
    title=Text("no gradient at all; one weight", "기울기가 전혀 없을 때; 가중치 하나"),
    hint=Text(
        "0 divided by (0 + eps) is 0. Adagrad never forgets, RMSProp does so even without a gradient.",
        "0을 (0 + eps)로 나누면 0입니다. Adagrad는 절대 잊지 않고, RMSProp은 기울기가 없어도 잊어 갑니다.",
    ),
)
def adagrad_edges(draw: Draw):
    yield draw.call(weights(draw, 3), np.zeros(3), np.zeros(3), 0.3, 1e-8)
    yield draw.call(weights(draw, 3), draw.positive(3), np.zeros(3), 0.3, 0.7, 1e-8, function="rmsprop")
    yield draw.call(weights(draw, 1), draw.positive(1), weights(draw, 1), 0.3, 0.7, 0.01, function="rmsprop")


@adagrad.in_float32(points=0.75, hint=KEEP_DTYPE)
def adagrad_float32(draw: Draw):
    yield draw.call(weights(draw, 5), history(draw, 5), push(draw, 5), 0.3, 0.05)
    yield draw.call(weights(draw, 5), history(draw, 5), push(draw, 5), 0.3, 0.7, 0.05, function="rmsprop")


# -- 4. adadelta -----------------------------------------------------------------------------------------------------

adadelta = Task(
    "adadelta",
    points=10,
    form=0.5,
    purity=0.5,
    forbid=OPTIM,
    exempt={**COMMON, **NO_UPSTREAM, **ELEMENTWISE},
    parts=("w'", "s'", "d'"),
)


@adadelta.check(
    "step",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("a first and a later step", "첫 스텝과 그 뒤의 스텝"),
    hint=Text(
        "Three results: weights, average of squared gradients, average of squared steps. eps is inside of both roots.",
        "결과는 가중치, 기울기 제곱의 평균, 스텝 제곱의 평균, 이렇게 셋입니다. eps는 두 제곱근 안에 있습니다.",
    ),
)
def adadelta_step(draw: Draw):
    yield draw.call(weights(draw, 4), np.zeros(4), np.zeros(4), push(draw, 4), 0.8, 0.01)
    yield draw.call(weights(draw, 2, 3), history(draw, 2, 3), draw.positive(2, 3), push(draw, 2, 3), 0.7, 0.05)


@adadelta.check(
    "trail",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("four steps from the start", "처음부터 네 스텝"),
    hint=Text(
        "The step uses the average of steps as it was before; only afterwards does the new step enter it.",
        "스텝에는 이전까지의 스텝 평균을 쓰고, 새 스텝은 그다음에야 평균에 들어갑니다.",
    ),
)
def adadelta_four(draw: Draw):
    yield draw.call(weights(draw, 5), gradients(draw, 4, 5), 0.8, 0.01, function="adadelta_trail")


@adadelta.check(
    "trails",
    points=2.5,
    tolerance=T1,
    title=Text("longer ways from the start", "처음부터 더 많은 스텝"),
    hint=Text(
        "What enters the second average is the square of the step, not of the gradient or of the weight.",
        "두 번째 평균에 들어가는 것은 기울기나 가중치가 아니라 스텝의 제곱입니다.",
    ),
)
def adadelta_trails(draw: Draw):
    for rho, eps in ((0.85, 0.1), (0.6, 1e-3)):
        T, d = draw.sizes(2, 4, 8)
        yield draw.call(weights(draw, d), gradients(draw, T, d), rho, eps, function="adadelta_trail")


@adadelta.check(
    "steps",
    points=1.5,
    tolerance=T1,
    title=Text("single steps: other sizes and constants", "한 스텝: 다른 크기와 상수"),
    hint=Text(
        "eps stands in the numerator and in the denominator, each time inside of the root.",
        "eps는 분자와 분모에 모두, 각각 제곱근 안에 있습니다.",
    ),
)
def adadelta_steps(draw: Draw):
    for rho, eps in ((0.75, 0.01), (0.4, 0.3)):
        n, m = draw.sizes(2, 3, 6)
        d = draw.strided(history(draw, n, m)[::-1])
        yield draw.call(weights(draw, n, m), draw.positive(n, m), d, push(draw, n, m), rho, eps)


@adadelta.check(
    "edges",
    points=0.75,
    tolerance=T1,
    edge=True,
    title=Text("no gradient; one weight", "기울기가 없을 때; 가중치 하나"),
    hint=Text(
        "Without a gradient nothing moves, but both averages fade.",
        "기울기가 없으면 움직이지 않지만, 두 평균은 줄어듭니다.",
    ),
)
def adadelta_edges(draw: Draw):
    yield draw.call(weights(draw, 3), draw.positive(3), draw.positive(3), np.zeros(3), 0.7, 0.01)
    yield draw.call(weights(draw, 1), draw.positive(1), draw.positive(1), weights(draw, 1), 0.6, 0.01)


@adadelta.in_float32(points=0.75, hint=KEEP_DTYPE)
def adadelta_float32(draw: Draw):
    yield draw.call(weights(draw, 5), history(draw, 5), draw.positive(5), push(draw, 5), 0.7, 0.05)


# -- 5. adam ---------------------------------------------------------------------------------------------------------

adam = Task(
    "adam",
    points=14,
    form=0.5,
    purity=0.5,
    forbid=OPTIM,
    exempt={**COMMON, **NO_UPSTREAM, **ELEMENTWISE},
    parts=("w'", "m'", "v'"),
)


@adam.check(
    "first",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("the first step", "첫 스텝"),
    hint=Text(
        "After the correction, the first averages are the gradient and its square.",
        "보정하고 나면 첫 스텝의 두 평균은 기울기와 기울기의 제곱입니다.",
    ),
)
def adam_first(draw: Draw):
    yield draw.call(weights(draw, 4), np.zeros(4), np.zeros(4), 1, push(draw, 4), 0.1, 0.8, 0.95, 0.01)


@adam.check(
    "later",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("later steps", "그 뒤의 스텝"),
    hint=Text(
        "The correction needs b1 and b2 to the power t. Return the averages without it.",
        "보정에는 b1과 b2의 t제곱이 필요합니다. 돌려주는 평균은 보정하지 않은 것입니다.",
    ),
)
def adam_later(draw: Draw):
    yield draw.call(weights(draw, 4), weights(draw, 4), history(draw, 4), 3, push(draw, 4), 0.2, 0.8, 0.95, 0.01)
    yield draw.call(
        weights(draw, 2, 3), weights(draw, 2, 3), history(draw, 2, 3), 2, push(draw, 2, 3), 0.1, 0.7, 0.85, 0.05
    )


@adam.check(
    "trails",
    points=3.5,
    tolerance=T1,
    title=Text("steps 1 to 5 and further", "1번에서 5번 스텝, 그리고 그 뒤까지"),
    hint=Text(
        "Follow one coordinate with a constant gradient: every step should have nearly the length lr.",
        "기울기가 일정한 좌표 하나를 따라가 보세요. 스텝의 길이가 매번 거의 lr이어야 합니다.",
    ),
)
def adam_trails(draw: Draw):
    yield draw.call(weights(draw, 4), gradients(draw, 5, 4), 0.1, 0.8, 0.95, 0.01, function="adam_trail")
    yield draw.call(weights(draw, 5), gradients(draw, 8, 5), 0.3, 0.6, 0.9, 0.1, function="adam_trail")
    yield draw.call(weights(draw, 6), gradients(draw, 5, 6), 0.2, 0.9, 0.75, 0.02, function="adam_trail")


@adam.check(
    "steps",
    points=3,
    tolerance=T1,
    title=Text("single steps at other times", "다른 시점의 한 스텝"),
    hint=Text(
        "b1 belongs to the gradients, b2 to their squares; eps is added after the root, and nothing scales it.",
        "b1은 기울기에, b2는 기울기의 제곱에 쓰고, eps는 제곱근을 구한 뒤 그대로 더합니다.",
    ),
)
def adam_steps(draw: Draw):
    for t, lr, b1, b2, eps in ((2, 0.1, 0.8, 0.95, 0.3), (6, 0.02, 0.6, 0.85, 0.01), (40, 0.5, 0.85, 0.97, 0.05)):
        n, m = draw.sizes(2, 3, 6)
        w, mean, g = (draw.strided(weights(draw, n, m)) for _ in range(3))
        yield draw.call(w, mean, history(draw, n, m), t, g, lr, b1, b2, eps)


@adam.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("no gradient; one weight", "기울기가 없을 때; 가중치 하나"),
    hint=Text(
        "Without a gradient the point still moves on, and both averages fade.",
        "기울기가 없어도 점은 계속 움직이고, 두 평균은 줄어듭니다.",
    ),
)
def adam_edges(draw: Draw):
    yield draw.call(weights(draw, 3), weights(draw, 3), draw.positive(3), 4, np.zeros(3), 0.1, 0.7, 0.9, 0.01)
    yield draw.call(weights(draw, 3), np.zeros(3), np.zeros(3), 1, np.zeros(3), 0.1, 0.7, 0.9, 1e-8)
    yield draw.call(weights(draw, 1), weights(draw, 1), draw.positive(1), 2, weights(draw, 1), 0.1, 0.8, 0.95, 0.01)


@adam.in_float32(points=1, hint=KEEP_DTYPE)
def adam_float32(draw: Draw):
    yield draw.call(weights(draw, 5), weights(draw, 5), history(draw, 5), 3, push(draw, 5), 0.2, 0.8, 0.95, 0.05)


# -- 6. reg_loss_grad, soft_threshold --------------------------------------------------------------------------------

reg_loss_grad = Task(
    "reg_loss_grad",
    points=12,
    functions=("reg_loss_grad", "soft_threshold"),
    form=0.5,
    purity=0.5,
    forbid=(*AUTOGRAD, "torch.nn.functional.softshrink", "torch.nn.Softshrink"),
    exempt={**COMMON, **NO_UPSTREAM, **NO_EPS, **NO_DEFAULT},
    parts=("R", "dW", "db"),
)


@reg_loss_grad.check(
    "penalty",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("both penalties, and each alone", "두 벌점을 함께, 그리고 하나씩"),
    hint=Text(
        "Sums over all weights, ½ before the squares; the bias has no part in it.",
        "모든 가중치에 대한 합이고 제곱 앞에는 ½이 있습니다. 편향은 들어가지 않습니다.",
    ),
)
def penalty_small(draw: Draw):
    for l1, l2 in ((0.3, 0.7), (0.5, 0.0), (0.0, 0.4)):
        n, m = draw.sizes(2, 2, 4)
        yield draw.call(with_zeros(draw, n, m), weights(draw, m), l1, l2)


@reg_loss_grad.check(
    "threshold",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("soft-thresholding", "소프트 임계값"),
    hint=Text(
        "Shorten what is longer than t, drop the rest. No weight may change its sign.",
        "t보다 긴 것은 t만큼 줄이고 나머지는 0으로 만드세요. 부호가 바뀌는 가중치가 있으면 안 됩니다.",
    ),
)
def threshold_small(draw: Draw):
    yield draw.call(np.array([2.0, -2.0, 0.5, -0.5, 0.25, -0.25, 0.0]), 0.5, function="soft_threshold")
    yield draw.call(draw.normal(2, 4), 0.4, function="soft_threshold")


@reg_loss_grad.check(
    "penalties",
    points=2.5,
    tolerance=T1,
    title=Text("other sizes and strengths", "다른 크기와 세기"),
    hint=Text(
        "Compare dW with a small change of one weight. Where a weight is 0, its L1 part is 0.",
        "가중치 하나를 조금 바꿔 보고 dW와 비교하세요. 가중치가 0이면 L1 부분도 0입니다.",
    ),
)
def penalty_other(draw: Draw):
    for l1, l2 in ((1.7, 0.2), (0.05, 2.5)):
        n, m = draw.sizes(2, 3, 7)
        yield draw.call(draw.strided(with_zeros(draw, n, m)), weights(draw, m), l1, l2)
    n, m, k = draw.sizes(3, 2, 5)
    yield draw.call(with_zeros(draw, n, m, k), weights(draw, 2), 0.6, 1.1)


@reg_loss_grad.check(
    "thresholds",
    points=2,
    tolerance=T1,
    title=Text("soft-thresholding: other sizes and thresholds", "소프트 임계값: 다른 크기와 임계값"),
    hint=Text(
        "Both signs, elements exactly at the threshold, large and small thresholds.",
        "양수와 음수, 임계값에 정확히 걸친 원소, 크고 작은 임계값을 모두 확인하세요.",
    ),
)
def threshold_other(draw: Draw):
    n, m = draw.sizes(2, 4, 8)
    yield draw.call(draw.strided(draw.normal(n, m, scale=2.0)), 1.3, function="soft_threshold")
    yield draw.call(np.round(draw.normal(12) * 8) / 8, 0.25, function="soft_threshold")
    yield draw.call(draw.choice([-1.0, 1.0]) * np.array([0.75, -0.75, 1.5, -0.5, 0.0]), 0.75, function="soft_threshold")


@reg_loss_grad.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("all weights 0 or equal; no penalty; threshold 0", "모두 0이거나 같은 가중치; 벌점 없음; 임계값 0"),
    hint=Text(
        "Without a penalty everything is 0, in the right shapes; a threshold of 0 changes nothing.",
        "벌점이 없으면 모양은 그대로이고 모든 값이 0입니다. 임계값이 0이면 아무것도 바뀌지 않습니다.",
    ),
)
def penalty_edges(draw: Draw):
    yield draw.call(np.zeros((2, 3)), weights(draw, 3), 0.8, 0.3)
    yield draw.call(weights(draw, 2, 3), weights(draw, 3), 0.0, 0.0)
    yield draw.call(np.full((1, 4), -1.5), weights(draw, 4), 0.2, 0.3)
    yield draw.call(draw.normal(5), 0.0, function="soft_threshold")
    yield draw.call(draw.uniform(6, low=-1.0, high=1.0), 3.0, function="soft_threshold")


@reg_loss_grad.in_float32(points=1, hint=KEEP_DTYPE)
def penalty_float32(draw: Draw):
    yield draw.call(with_zeros(draw, 3, 4), weights(draw, 4), 0.3, 0.7)
    yield draw.call(draw.away_from_zero(3, 5, margin=0.1), 0.05, function="soft_threshold")


# -- 7. dropout_fwd, dropout_bwd -------------------------------------------------------------------------------------

dropout_fwd = Task(
    "dropout_fwd",
    points=10,
    functions=("dropout_fwd", "dropout_bwd"),
    form=0.5,
    purity=0.5,
    forbid=(
        *AUTOGRAD,
        "torch.nn.functional.dropout",
        "torch.nn.Dropout",
        "torch.dropout",
        "torch.native_dropout",
    ),
    exempt={**COMMON, **NO_EPS, **ELEMENTWISE},
)


def dropout_call(draw: Draw, p, train, *shape, backward=False, strided=False):
    """x or dout away from 0; at least one element is dropped and one kept, in different places of different rows."""
    x, u = weights(draw, *shape), draw.uniform(*shape)
    u.flat[0], u.flat[-1] = p * 0.5, (1 + p) / 2
    x = draw.strided(x) if strided else x
    return draw.call(x, u, p, train, function="dropout_bwd" if backward else None)


@dropout_fwd.check(
    "forward",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("forward, in training and at test time", "순전파: 학습할 때와 테스트할 때"),
    hint=Text(
        "p is the probability of dropping. What is kept is divided by the probability of keeping, in training only.",
        "p는 끌 확률입니다. 남은 값은 남을 확률로 나누며, 학습할 때만 그렇게 합니다.",
    ),
)
def dropout_forward(draw: Draw):
    yield dropout_call(draw, 0.3, True, 3, 4)
    yield dropout_call(draw, 0.3, False, 2, 3)


@dropout_fwd.check(
    "backward",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("backward, in training and at test time", "역전파: 학습할 때와 테스트할 때"),
    hint=Text(
        "The same elements, the same factor as in the forward pass.", "순전파와 같은 원소를, 같은 배율로 통과시키세요."
    ),
)
def dropout_backward(draw: Draw):
    yield dropout_call(draw, 0.3, True, 3, 4, backward=True)
    yield dropout_call(draw, 0.3, False, 2, 3, backward=True)


@dropout_fwd.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T1,
    gradient=("x",),
    title=Text("forward: differentiable with respect to x", "순전파: x로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def dropout_gradient(draw: Draw):
    yield dropout_call(draw, 0.4, True, 4, 3)


@dropout_fwd.check(
    "rates",
    points=2,
    tolerance=T1,
    title=Text("forward: other rates and shapes", "순전파: 다른 확률과 모양"),
    hint=Text(
        "Every element has a random number of its own. Try p = 0 and p = 0.9.",
        "원소마다 자기 난수가 따로 있습니다. p = 0과 p = 0.9일 때도 확인해 보세요.",
    ),
)
def dropout_rates(draw: Draw):
    yield dropout_call(draw, 0.9, True, *draw.sizes(2, 4, 8), strided=True)
    yield dropout_call(draw, 0.15, True, *draw.sizes(3, 2, 5))
    yield dropout_call(draw, 0.0, True, *draw.sizes(2, 3, 6))
    yield dropout_call(draw, 0.6, False, *draw.sizes(2, 3, 6))


@dropout_fwd.check(
    "rates-backward",
    points=1.5,
    tolerance=T1,
    title=Text("backward: other rates and shapes", "역전파: 다른 확률과 모양"),
    hint=Text(
        "The mask comes from U and p again, not from the values of dout.",
        "마스크는 dout의 값이 아니라 이번에도 U와 p에서 나옵니다.",
    ),
)
def dropout_rates_backward(draw: Draw):
    yield dropout_call(draw, 0.9, True, *draw.sizes(2, 4, 8), backward=True, strided=True)
    yield dropout_call(draw, 0.15, True, *draw.sizes(3, 2, 5), backward=True)
    yield dropout_call(draw, 0.6, False, *draw.sizes(2, 3, 6), backward=True)


@dropout_fwd.check(
    "boundary",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("U equal to p, U equal to 0; equal inputs", "U가 p와 같을 때, 0일 때; 모두 같은 입력"),
    hint=Text(
        "The docstring says what happens to an element with U = p.",
        "U = p인 원소가 어떻게 되는지는 docstring에 적혀 있습니다.",
    ),
)
def dropout_boundary(draw: Draw):
    x, d = weights(draw, 2, 3), weights(draw, 2, 3)
    u = np.array([[0.375, 0.25, 0.5], [0.875, 0.375, 0.0]])
    yield draw.call(x, u, 0.375, True)
    yield draw.call(d, u, 0.375, True, function="dropout_bwd")
    yield draw.call(x, np.zeros((2, 3)), 0.0, True)
    yield draw.call(np.full((1, 4), 2.5), draw.uniform(1, 4), 0.3, True)


@dropout_fwd.in_float32(points=0.5, hint=KEEP_DTYPE)
def dropout_float32(draw: Draw):
    yield dropout_call(draw, 0.25, True, 3, 5)
    yield dropout_call(draw, 0.25, True, 3, 5, backward=True)


# -- 8. bn_fwd -------------------------------------------------------------------------------------------------------

BATCH_NORM = (
    "torch.nn.functional.batch_norm",
    "torch.nn.BatchNorm1d",
    "torch.batch_norm",
    "torch.native_batch_norm",
)

bn_fwd = Task(
    "bn_fwd",
    points=12,
    form=0.5,
    purity=0.5,
    forbid=BATCH_NORM,
    exempt={
        **COMMON,
        **NO_UPSTREAM,
        "R6": "eps travels inside of state; it is 1e-2 in most cases",
    },
)


def bn_call(draw: Draw, N, D, train, part, *, m=0.7, eps=1e-2, x=None, strided=False):
    x = columns(draw, N, D) if x is None else x
    gamma, beta = affine(draw, D)
    x = draw.strided(x) if strided else x
    return draw.call(x, gamma, beta, running(draw, D, m=m, eps=eps), train, function=part)


@bn_fwd.check(
    "output",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("y, in training and at test time", "y: 학습할 때와 테스트할 때"),
    hint=Text(
        "Training uses the mean and the biased variance of the batch, test time the running ones. eps is inside of the root.",
        "학습할 때는 배치의 평균과 편향 분산을, 테스트할 때는 이동 평균과 이동 분산을 씁니다. eps는 제곱근 안에 있습니다.",
    ),
)
def bn_output(draw: Draw):
    yield bn_call(draw, 4, 3, True, "bn_part_output")
    yield bn_call(draw, 3, 2, False, "bn_part_output")


@bn_fwd.check(
    "state",
    together=True,
    points=1.5,
    visible=True,
    tolerance=T2,
    title=Text("the running mean and variance", "이동 평균과 이동 분산"),
    hint=Text(
        "m is the part of the old value that is kept. The running variance takes the unbiased variance of the batch.",
        "m은 이전 값을 남기는 비율입니다. 이동 분산에는 배치의 불편 분산이 들어갑니다.",
    ),
)
def bn_state(draw: Draw):
    yield bn_call(draw, 4, 3, True, "bn_part_state")
    yield bn_call(draw, 3, 2, False, "bn_part_state")


@bn_fwd.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T2,
    gradient=("x", "gamma", "beta"),
    title=Text("y is differentiable with respect to x, gamma and beta", "y를 x, gamma, beta로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def bn_gradient(draw: Draw):
    yield bn_call(draw, 5, 3, True, "bn_part_output")


@bn_fwd.check(
    "outputs",
    points=1.5,
    tolerance=T2,
    title=Text("y: other sizes and constants", "y: 다른 크기와 상수"),
    hint=Text(
        "Each column by itself. Then gamma and beta, column by column.",
        "열마다 따로 정규화하고, 그다음 gamma와 beta를 열마다 적용하세요.",
    ),
)
def bn_outputs(draw: Draw):
    for train, m, eps in ((True, 0.85, 0.3), (True, 0.4, 1e-2), (False, 0.6, 0.3)):
        yield bn_call(draw, *draw.sizes(2, 3, 8), train, "bn_part_output", m=m, eps=eps, strided=train)


@bn_fwd.check(
    "states",
    together=True,
    points=1.5,
    tolerance=T2,
    title=Text("running values: other sizes and constants", "이동 평균과 분산: 다른 크기와 상수"),
    hint=Text(
        "All four keys are there again; at test time nothing changes.",
        "네 키가 모두 그대로 있어야 하고, 테스트할 때는 아무것도 바뀌지 않습니다.",
    ),
)
def bn_states(draw: Draw):
    for train, m, eps in ((True, 0.85, 0.3), (True, 0.4, 1e-2), (False, 0.6, 0.05)):
        yield bn_call(draw, *draw.sizes(2, 3, 8), train, "bn_part_state", m=m, eps=eps)


@bn_fwd.check(
    "cache",
    points=1,
    tolerance=T2,
    title=Text("the cache for the backward pass", "역전파에 넘길 cache"),
    hint=Text(
        "x_hat is the value before gamma and beta; inv_std has one value for each column; at test time it is None.",
        "x_hat은 gamma와 beta를 적용하기 전의 값이고, inv_std는 열마다 하나입니다. 테스트할 때는 None입니다.",
    ),
)
def bn_cache(draw: Draw):
    yield bn_call(draw, *draw.sizes(2, 3, 7), True, "bn_part_cache")
    yield bn_call(draw, *draw.sizes(2, 3, 7), True, "bn_part_cache", eps=0.3)
    yield bn_call(draw, *draw.sizes(2, 3, 7), False, "bn_part_cache")


@bn_fwd.check(
    "edges",
    together=True,
    points=1.5,
    tolerance=T2,
    edge=True,
    title=Text("two examples, one example, a constant column", "예가 둘일 때, 하나일 때, 상수인 열"),
    hint=Text(
        "With one example nothing is left of x but beta, and its unbiased variance does not exist.",
        "예가 하나면 x는 사라지고 beta만 남으며, 불편 분산은 정의되지 않습니다.",
    ),
)
def bn_edges(draw: Draw):
    flat = columns(draw, 4, 3)
    flat[:, 1] = 1.75
    for part in ("bn_part_output", "bn_part_state"):
        yield bn_call(draw, 2, 3, True, part)
        yield bn_call(draw, 1, 3, True, part)
        yield bn_call(draw, 4, 3, True, part, x=flat)
    yield bn_call(draw, 1, 3, False, "bn_part_output")
    yield bn_call(draw, 4, 4, True, "bn_part_output")
    yield bn_call(draw, 3, 2, True, "bn_part_output", x=np.full((3, 2), -0.5))


@bn_fwd.check(
    "offset",
    together=True,
    points=0.75,
    tolerance=T2,
    title=Text("columns with a mean of 100,000", "평균이 100,000인 열"),
    hint=Text(
        "The difference of two huge squares has lost its digits. Subtract the mean first, then square.",
        "아주 큰 두 제곱의 차에는 유효 숫자가 남지 않습니다. 먼저 평균을 빼고 제곱하세요.",
    ),
)
def bn_offset(draw: Draw):
    for part in ("bn_part_output", "bn_part_state"):
        yield bn_call(draw, 6, 5, True, part, x=draw.normal(6, 5) + 1e5)


@bn_fwd.in_float32(points=0.75, together=True, hint=KEEP_DTYPE)
def bn_float32(draw: Draw):
    for part in ("bn_part_output", "bn_part_state"):
        yield bn_call(draw, 5, 3, True, part)


# -- 9. bn_bwd -------------------------------------------------------------------------------------------------------

bn_bwd = Task(
    "bn_bwd",
    points=12,
    form=0.5,
    purity=0.5,
    forbid=(*AUTOGRAD, "torch.ops.aten.native_batch_norm_backward"),
    exempt={
        **COMMON,
        **NO_DEFAULT,
        "R6": "eps is inside of inv_std; it is 1e-2 in most cases",
        "R14": "no hyper-parameter",
    },
    parts={"bn_bwd": ("dx", "dgamma", "dbeta"), "bn_part_dparams": ("dgamma", "dbeta")},
)


def bn_back(draw: Draw, N, D, part, *, eps=1e-2, x=None, dout=None, strided=False):
    x = columns(draw, N, D) if x is None else x
    dout = draw.normal(*x.shape) if dout is None else dout
    dout = draw.strided(dout) if strided else dout
    return draw.call(dout, cache_of(x, affine(draw, x.shape[1])[0], eps), function=part)


@bn_bwd.check(
    "dx",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("dx on small batches", "작은 배치의 dx"),
    hint=Text(
        "Each column of dx must sum to 0. If not, the way through the mean is missing.",
        "dx의 각 열을 더하면 0이어야 합니다. 그렇지 않다면 평균을 거치는 갈래가 빠진 것입니다.",
    ),
)
def bwd_dx(draw: Draw):
    yield bn_back(draw, 4, 3, "bn_part_dx")
    yield bn_back(draw, 3, 2, "bn_part_dx", eps=0.3)


@bn_bwd.check(
    "dparams",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("dgamma and dbeta on small batches", "작은 배치의 dgamma와 dbeta"),
    hint=Text(
        "gamma multiplies x_hat in every row, beta is added in every row: sums over the batch.",
        "gamma는 모든 행에서 x_hat에 곱해지고 beta는 모든 행에 더해집니다. 따라서 배치에 대한 합입니다.",
    ),
)
def bwd_dparams(draw: Draw):
    yield bn_back(draw, 4, 3, "bn_part_dparams")
    yield bn_back(draw, 3, 2, "bn_part_dparams", eps=0.3)


@bn_bwd.check(
    "larger",
    points=3,
    tolerance=T2,
    title=Text("dx: larger batches and other constants", "dx: 큰 배치와 다른 상수"),
    hint=Text(
        "Three parts: direct, through the mean, through the variance. gamma scales all of them.",
        "직접 가는 길, 평균을 거치는 길, 분산을 거치는 길의 세 부분이 있고, gamma는 셋 모두에 곱해집니다.",
    ),
)
def bwd_larger(draw: Draw):
    for eps, strided in ((1e-2, False), (0.5, True), (1e-5, False)):
        yield bn_back(draw, *draw.sizes(2, 4, 9), "bn_part_dx", eps=eps, strided=strided)


@bn_bwd.check(
    "larger-dparams",
    points=1.5,
    tolerance=T2,
    title=Text("dgamma and dbeta: larger batches", "dgamma와 dbeta: 큰 배치"),
    hint=Text("No mean, and no gamma, in these two.", "이 둘에는 평균도 gamma도 들어가지 않습니다."),
)
def bwd_larger_dparams(draw: Draw):
    for eps in (1e-2, 0.5):
        yield bn_back(draw, *draw.sizes(2, 4, 9), "bn_part_dparams", eps=eps)


@bn_bwd.check(
    "edges",
    points=1.5,
    tolerance=T2,
    edge=True,
    title=Text("one or two examples, a constant column, a constant gradient", "예 하나나 둘, 상수인 열, 상수인 기울기"),
    hint=Text(
        "With one example, y does not depend on x at all. A constant gradient has nothing left after its mean is taken away.",
        "예가 하나면 y는 x와 전혀 관계가 없습니다. 상수인 기울기는 평균을 빼고 나면 아무것도 남지 않습니다.",
    ),
)
def bwd_edges(draw: Draw):
    flat = columns(draw, 4, 3)
    flat[:, 2] = -0.25
    yield bn_back(draw, 1, 3, "bn_part_dx")
    yield bn_back(draw, 2, 3, "bn_part_dx")
    yield bn_back(draw, 4, 3, "bn_part_dx", x=flat)
    yield bn_back(draw, 5, 2, "bn_part_dx", dout=np.full((5, 2), draw.scalar(0.5, 1.5)))
    yield bn_back(draw, 4, 4, "bn_part_dx")
    yield bn_back(draw, 4, 4, "bn_part_dparams")


@bn_bwd.in_float32(points=1, hint=KEEP_DTYPE)
def bwd_float32(draw: Draw):
    yield bn_back(draw, 5, 3, "bn_part_dx")
    yield bn_back(draw, 5, 3, "bn_part_dparams")
