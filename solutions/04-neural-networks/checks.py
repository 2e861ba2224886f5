"""What lecture 4 asks: inputs, points and tolerances. numpy only; the solution makes the answers."""

import itertools

import numpy as np

from autograder.authoring import T1, T2, T3, TG, Draw, Each, Task, Text
from autograder.questions import Choice, Option

# -- 1. perceptron ---------------------------------------------------------------------------------------------------

perceptron_epoch = Task(
    "perceptron_epoch",
    points=14,
    functions=("perceptron_epoch", "train"),
    form=1,
    purity=1,
    parts=dict.fromkeys(("perceptron_epoch", "train"), ("w", "b", "mistakes")),
)

TABLE = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {
    "AND": np.array([-1.0, -1.0, -1.0, 1.0]),
    "OR": np.array([-1.0, 1.0, 1.0, 1.0]),
    "XOR": np.array([-1.0, 1.0, 1.0, -1.0]),
}


def mixed_examples(draw: Draw, n: int, d: int):
    """X, y, w, b, eta, order where about two in three examples are wrong at first, and at least two on either side."""
    X, w, b = draw.normal(n, d), draw.normal(d), draw.normal()
    y = np.where(X @ w + b >= 0, 1.0, -1.0)
    wrong = draw.permutation(n)[: max(2, (2 * n) // 3)]
    y[wrong] *= -1
    order = draw.permutation(n)
    while n > 1 and (order == np.arange(n)).all():
        order = draw.permutation(n)
    return X, y, w, np.asarray(b), draw.scalar(0.3, 0.9), order


def gate(draw: Draw, name: str, max_epochs: int):
    """A truth table with a start on a coarse grid: all arithmetic is exact, so z = 0 is 0 for everybody."""
    w, b = draw.integers(-3, 4, 2) / 4, np.asarray(draw.integers(-3, 4, 1)[0] / 4)
    return draw.call(
        TABLE, GATES[name], w, b, draw.choice([0.25, 0.5]), draw.permutation(4), max_epochs, function="train"
    )


@perceptron_epoch.check(
    "epoch",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("one epoch on a few examples", "샘플 몇 개로 한 에폭"),
    hint=Text(
        "Follow the first three examples by hand, in the given order. "
        "Does the second one meet the weights that the first one left?",
        "주어진 순서대로 처음 세 샘플을 손으로 따라가 보세요. 두 번째 샘플이 첫 번째 샘플이 바꾼 가중치를 만나나요?",
    ),
)
def epoch(draw: Draw):
    yield draw.call(*mixed_examples(draw, 5, 3))
    yield draw.call(*mixed_examples(draw, 7, 2))


@perceptron_epoch.check(
    "train_and",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("AND, until it is learned", "AND를 배울 때까지"),
    hint=Text(
        "Each epoch goes on from the weights of the one before. The epoch without a mistake is the last, "
        "and its 0 belongs in the list.",
        "각 에폭은 앞 에폭의 가중치에서 이어집니다. 한 번도 틀리지 않은 에폭이 마지막이며 그 0도 리스트에 들어갑니다.",
    ),
)
def train_and(draw: Draw):
    yield gate(draw, "AND", 40)


@perceptron_epoch.check(
    "boundary",
    points=2,
    tolerance=T1,
    title=Text("examples exactly on the boundary", "결정 경계 위의 샘플"),
    hint=Text(
        "What do you predict where w.x + b is exactly 0? The docstring says it.",
        "w.x + b가 정확히 0이면 무엇을 예측하나요? docstring에 정해져 있습니다.",
    ),
)
def boundary(draw: Draw):
    for label in (1.0, -1.0):
        X = draw.integers(-3, 4, 5, 3).astype(float)
        y = draw.choice([np.array([1.0, -1.0, 1.0, 1.0, -1.0]), np.array([-1.0, 1.0, -1.0, 1.0, 1.0])]).copy()
        order = draw.permutation(5)
        y[order[0]] = label
        yield draw.call(X, y, np.zeros(3), np.asarray(0.0), 0.5, order)


@perceptron_epoch.check(
    "epoch_sizes",
    points=1,
    tolerance=T1,
    title=Text("other sizes, and a view", "다른 크기와 뷰"),
    hint=Text(
        "Any number of examples and features must work, one feature included.",
        "샘플과 특징의 수가 몇이든 되어야 합니다. 특징이 하나일 때도 마찬가지입니다.",
    ),
)
def epoch_sizes(draw: Draw):
    X, *rest = mixed_examples(draw, 9, 5)
    yield draw.call(draw.strided(X), *rest)
    yield draw.call(*mixed_examples(draw, 6, 1))


@perceptron_epoch.check(
    "train",
    points=2,
    tolerance=T1,
    title=Text("training: with an end and without", "학습: 끝나는 경우와 끝나지 않는 경우"),
    hint=Text(
        "Stop after the first epoch without a mistake. If there is none, stop after max_epochs.",
        "한 번도 틀리지 않은 에폭이 나오면 멈추고, 나오지 않으면 max_epochs번에서 멈춥니다.",
    ),
)
def training(draw: Draw):
    yield gate(draw, "OR", 40)
    yield gate(draw, "XOR", 7)
    X, truth = draw.normal(8, 3), draw.away_from_zero(3, margin=0.5)
    y = np.where(X @ truth >= 0, 1.0, -1.0)
    X = X + 0.5 * y[:, None] * truth / (truth @ truth) ** 0.5  # a gap between the classes
    yield draw.call(X, y, -truth, np.asarray(0.3), draw.scalar(0.2, 0.8), draw.permutation(8), 60, function="train")


@perceptron_epoch.check(
    "edge",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("one example, none, one epoch", "샘플 하나, 없음, 에폭 하나"),
    hint=Text(
        "Without examples nothing changes and nothing is wrong. One epoch gives a list of one.",
        "샘플이 없으면 아무것도 바뀌지 않고 틀린 것도 없습니다. 에폭이 하나면 리스트의 길이도 1입니다.",
    ),
)
def edge_perceptron(draw: Draw):
    x, w = draw.normal(1, 1), draw.normal(1)
    y = -np.where(x @ w + 0.4 >= 0, 1.0, -1.0)
    yield draw.call(x, y, w, np.asarray(0.4), 0.35, np.array([0]))
    nothing = np.zeros((0, 3)), np.zeros(0), draw.normal(3), np.asarray(0.7), 0.35, np.zeros(0, dtype=np.int64)
    yield draw.call(*nothing)
    yield draw.call(*nothing, 4, function="train")
    yield gate(draw, "XOR", 1)


@perceptron_epoch.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def epoch_float32(draw: Draw):
    yield draw.call(*mixed_examples(draw, 6, 4))


# -- 2. losses -------------------------------------------------------------------------------------------------------

losses = Task(
    "losses",
    points=12,
    form=1,
    purity=1,
    forbid=(
        "torch.nn.functional.cross_entropy",
        "torch.nn.functional.binary_cross_entropy",
        "torch.nn.functional.binary_cross_entropy_with_logits",
        "torch.nn.functional.mse_loss",
        "torch.nn.CrossEntropyLoss",
        "torch.nn.BCELoss",
        "torch.nn.BCEWithLogitsLoss",
        "torch.nn.MSELoss",
    ),
)


def loss_inputs(draw: Draw, kind: str, n: int, k: int, scale: float = 1.5):
    """kind, out, y with soft targets."""
    out = draw.normal(n, k, scale=scale)
    if kind == "half_sse":
        return kind, out, draw.normal(n, k)
    return kind, out, draw.uniform(n, k, low=0.05, high=0.95) if kind == "bce_logits" else draw.probabilities(n, k)


def extreme(draw: Draw, n: int, k: int):
    """Logits of about +-1000, both signs in every row (k >= 2)."""
    sign = np.where(draw.uniform(n, k) < 0.5, -1.0, 1.0)
    sign[:, 0] = -sign[:, 1]
    return sign * draw.uniform(n, k, low=900, high=1000)


@losses.check(
    "half_sse",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("half the squared error", "오차 제곱의 절반"),
    hint=Text(
        "Sum over the outputs of an example, mean over the examples, and one half.",
        "한 샘플의 출력에 대해서는 더하고, 샘플에 대해서는 평균하고, 2로 나눕니다.",
    ),
)
def half_sse(draw: Draw):
    yield draw.call(*loss_inputs(draw, "half_sse", 4, 3))
    yield draw.call(*loss_inputs(draw, "half_sse", 3, 5))


@losses.check(
    "bce_logits",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("binary cross-entropy", "이진 교차 엔트로피"),
    hint=Text("Both terms count, also for soft targets.", "목표값이 0과 1 사이여도 두 항이 모두 들어갑니다."),
)
def bce_logits(draw: Draw):
    yield draw.call(*loss_inputs(draw, "bce_logits", 5, 2))


@losses.check(
    "softmax_ce",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("softmax and cross-entropy", "소프트맥스와 교차 엔트로피"),
    hint=Text("Each row is one example; its probabilities sum to 1.", "한 행이 샘플 하나이며, 그 확률의 합이 1입니다."),
)
def softmax_ce_soft(draw: Draw):
    yield draw.call(*loss_inputs(draw, "softmax_ce", 5, 3))


@losses.check(
    "values",
    points=1,
    tolerance=T2,
    title=Text("all three, other sizes", "세 가지 모두, 다른 크기"),
    hint=Text("Which axis is summed, which is averaged?", "어느 축은 더하고 어느 축은 평균하나요?"),
)
def loss_values(draw: Draw):
    for kind in ("half_sse", "bce_logits", "softmax_ce"):
        n, k = draw.sizes(2, 2, 8)
        kind, out, y = loss_inputs(draw, kind, n, k)
        yield draw.call(kind, draw.strided(out), y)


@losses.check(
    "extreme",
    points=1,
    tolerance=T2,
    title=Text("logits near ±1000", "±1000에 가까운 로짓"),
    hint=Text(
        "A probability that was rounded to 0 has lost its logarithm. Can you do without the probability?",
        "0으로 반올림된 확률에서는 로그를 되찾을 수 없습니다. 확률을 거치지 않을 수 있을까요?",
    ),
)
def loss_extreme(draw: Draw):
    yield draw.call("bce_logits", extreme(draw, 4, 3), draw.uniform(4, 3, low=0.05, high=0.95))
    yield draw.call("softmax_ce", extreme(draw, 4, 5), draw.probabilities(4, 5))


@losses.check(
    "gradient",
    points=2,
    tolerance=T2,
    gradient=("out",),
    title=Text("the gradient with respect to out, extremes included", "out에 대한 기울기, 극단값 포함"),
    hint=Text(
        "Torch differentiates your function. Clipping keeps a value finite, but what is the slope of a clipped value?",
        "torch가 여러분의 함수를 미분합니다. 값을 잘라 내면 유한해지기는 하지만, 잘린 값의 기울기는 얼마일까요?",
    ),
)
def loss_gradient(draw: Draw):
    yield draw.call(*loss_inputs(draw, "half_sse", 3, 4))
    for kind in ("bce_logits", "softmax_ce"):
        _, ordinary, y = loss_inputs(draw, kind, 4, 3)
        yield draw.call(kind, np.vstack([ordinary[:2], extreme(draw, 2, 3)]), y)


@losses.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one example, one output, equal logits", "샘플 하나, 출력 하나, 같은 로짓"),
    hint=Text("A mean over one example is that example.", "샘플이 하나면 평균은 그 값 그대로입니다."),
)
def loss_edge(draw: Draw):
    yield draw.call(*loss_inputs(draw, "bce_logits", 1, 1))
    yield draw.call("softmax_ce", np.full((1, 4), draw.scalar(0.5, 2)), draw.probabilities(1, 4))


@losses.in_float32(points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다."))
def loss_float32(draw: Draw):
    for kind in ("bce_logits", "softmax_ce"):
        yield draw.call(*loss_inputs(draw, kind, 4, 3))


# -- 3. softmax with cross-entropy -----------------------------------------------------------------------------------

softmax_ce = Task(
    "softmax_ce",
    points=14,
    form=2,
    purity=1,
    forbid=(
        "torch.autograd",
        "torch.Tensor.backward",
        "torch.nn.functional.cross_entropy",
        "torch.nn.functional.nll_loss",
        "torch.nn.functional.softmax",
        "torch.nn.functional.log_softmax",
        "torch.softmax",
        "torch.log_softmax",
        "torch.nn.CrossEntropyLoss",
        "torch.nn.Softmax",
        "torch.nn.LogSoftmax",
    ),
    parts=("loss", "dZ"),
)


def labels(draw: Draw, n: int, classes: int):
    """Labels that are not all the same (n, classes >= 2)."""
    y = draw.integers(0, classes, n)
    y[0] = (y[1] + 1) % classes
    return y


@softmax_ce.check(
    "small",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("a few ordinary logits", "평범한 로짓 몇 개"),
    hint=Text(
        "Probabilities along each row; the mean over rows; and the gradient of that mean.",
        "행마다 확률을 구하고, 행에 대해 평균하고, 그 평균의 기울기를 구합니다.",
    ),
)
def ce_small(draw: Draw):
    yield draw.call(draw.normal(4, 3, scale=1.5), labels(draw, 4, 3))
    yield draw.call(draw.normal(3, 5, scale=2), labels(draw, 3, 5))


@softmax_ce.check(
    "all_equal",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("equal logits", "모두 같은 로짓"),
    hint=Text(
        "Nobody is preferred: every probability is 1/C. What is the loss?",
        "어느 쪽도 더 크지 않으니 모든 확률이 1/C입니다. 손실은 얼마일까요?",
    ),
)
def ce_equal(draw: Draw):
    yield draw.call(np.full((3, 4), 0.7), labels(draw, 3, 4))


@softmax_ce.check(
    "values",
    points=2,
    tolerance=T2,
    title=Text("other sizes, and a view", "다른 크기와 뷰"),
    hint=Text(
        "Batch and classes are different axes; the gradient belongs to the mean.",
        "배치와 클래스는 서로 다른 축이고, 기울기는 평균의 기울기입니다.",
    ),
)
def ce_values(draw: Draw):
    yield draw.call(draw.strided(draw.normal(7, 4, scale=2)), labels(draw, 7, 4))
    yield draw.call(draw.normal(2, 6, scale=3), labels(draw, 2, 6))
    yield draw.call(draw.normal(6, 5, loc=8), labels(draw, 6, 5))


@softmax_ce.check(
    "extreme",
    points=2,
    tolerance=T2,
    title=Text("rows near ±1000", "±1000에 가까운 행"),
    hint=Text(
        "What may be subtracted from a row without changing its softmax? One number for the whole batch is not enough.",
        "행에서 무엇을 빼도 소프트맥스가 그대로일까요? 배치 전체에 수 하나로는 부족합니다.",
    ),
)
def ce_extreme(draw: Draw):
    yield draw.call(extreme(draw, 4, 3), labels(draw, 4, 3))
    Z = extreme(draw, 3, 5)
    Z[1] = draw.normal(5, loc=-1000)  # a whole row far below zero, and far below its neighbours
    yield draw.call(Z, labels(draw, 3, 5))


@softmax_ce.check(
    "negative_row",
    points=1,
    tolerance=T2,
    title=Text("everything far below zero", "모두 0보다 한참 작은 로짓"),
    hint=Text(
        "Is your shift really the row's maximum, also if that is negative?",
        "빼는 수가 정말 그 행의 최댓값인가요? 최댓값이 음수일 때도요?",
    ),
)
def ce_negative(draw: Draw):
    yield draw.call(draw.normal(2, 4, loc=-950), labels(draw, 2, 4))


@softmax_ce.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one class, one example", "클래스 하나, 샘플 하나"),
    hint=Text(
        "With one class the answer is certain: loss 0, gradient 0.",
        "클래스가 하나뿐이면 답은 확실합니다. 손실도 기울기도 0입니다.",
    ),
)
def ce_edge(draw: Draw):
    yield draw.call(draw.normal(3, 1), np.zeros(3, dtype=np.int64))
    yield draw.call(draw.normal(1, 4), draw.integers(0, 4, 1))


@softmax_ce.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def ce_float32(draw: Draw):
    yield draw.call(draw.normal(5, 3), labels(draw, 5, 3))


# -- 4. linear layer -------------------------------------------------------------------------------------------------

linear_fwd = Task(
    "linear_fwd",
    points=10,
    functions=("linear_fwd", "linear_bwd"),
    form=1,
    purity=1,
    forbid=("torch.autograd", "torch.Tensor.backward"),
    parts={"linear_bwd": ("dx", "dW", "db")},
)


def layer(draw: Draw, n: int, d: int, m: int):
    return draw.normal(n, d), draw.normal(d, m), draw.normal(m)


@linear_fwd.check(
    "forward",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("forward", "순전파"),
    hint=Text(
        "W is (in, out): the inputs multiply from the left.",
        "W의 모양은 (입력, 출력)이므로 입력이 왼쪽에서 곱해집니다.",
    ),
)
def forward(draw: Draw):
    yield draw.call(*layer(draw, 4, 3, 5))


@linear_fwd.check(
    "backward",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("backward", "역전파"),
    hint=Text("Each gradient has the shape of what it belongs to.", "기울기는 저마다 자기 변수와 모양이 같습니다."),
)
def backward(draw: Draw):
    yield draw.call(*layer(draw, 4, 3, 5), draw.normal(4, 5), function="linear_bwd")
    yield draw.call(*layer(draw, 2, 5, 3), draw.normal(2, 3), function="linear_bwd")


@linear_fwd.check(
    "backward_sizes",
    points=2,
    tolerance=T2,
    title=Text("backward, other sizes and views", "역전파, 다른 크기와 뷰"),
    hint=Text(
        "A square W hides a missing transpose from the shapes, but not from the numbers.",
        "W가 정사각이면 전치를 빠뜨려도 모양은 맞지만 값이 틀립니다.",
    ),
)
def backward_sizes(draw: Draw):
    x, W, b = layer(draw, 6, 4, 7)
    yield draw.call(draw.strided(x), W, b, draw.strided(draw.normal(6, 7)), function="linear_bwd")
    yield draw.call(*layer(draw, 5, 3, 3), draw.normal(5, 3), function="linear_bwd")
    yield draw.call(*layer(draw, 3, 6, 2), draw.normal(3, 2, scale=3), function="linear_bwd")


@linear_fwd.check(
    "forward_sizes",
    points=1,
    tolerance=T2,
    title=Text("the forward pass with other sizes", "다른 크기의 순전파"),
    hint=Text("b has one entry for each output.", "b는 출력마다 하나씩 있습니다."),
)
def forward_sizes(draw: Draw):
    yield draw.call(*layer(draw, 5, 2, 4))


@linear_fwd.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one example, none, one unit", "샘플 하나, 없음, 유닛 하나"),
    hint=Text("A sum over no examples is 0.", "샘플이 없으면 합은 0입니다."),
)
def linear_edge(draw: Draw):
    yield draw.call(*layer(draw, 1, 3, 2), draw.normal(1, 2), function="linear_bwd")
    yield draw.call(*layer(draw, 0, 3, 2), np.zeros((0, 2)), function="linear_bwd")
    yield draw.call(np.full((3, 1), 1.5), draw.normal(1, 1), draw.normal(1), draw.normal(3, 1), function="linear_bwd")
    yield draw.call(*layer(draw, 1, 1, 3))


@linear_fwd.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def linear_float32(draw: Draw):
    yield draw.call(*layer(draw, 3, 5, 4), draw.normal(3, 4), function="linear_bwd")


# -- 5. activations backward -----------------------------------------------------------------------------------------

act_bwd = Task(
    "act_bwd",
    points=8,
    form=1,
    purity=1,
    forbid=("torch.autograd", "torch.Tensor.backward"),
)


@act_bwd.check(
    "smooth",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("sigmoid and tanh", "시그모이드와 tanh"),
    hint=Text(
        "a is the pre-activation. What does the formula for the derivative want?",
        "a는 활성화 전의 값입니다. 미분 공식에는 무엇이 들어가야 할까요?",
    ),
)
def smooth(draw: Draw):
    yield draw.call("sigmoid", draw.normal(3, 4, scale=1.5), draw.normal(3, 4))
    yield draw.call("tanh", draw.normal(4, 3), draw.normal(4, 3))


@act_bwd.check(
    "straight",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("ReLU and identity", "ReLU와 항등 함수"),
    hint=Text("ReLU lets the gradient through where a > 0.", "ReLU는 a > 0인 곳에서만 기울기를 통과시킵니다."),
)
def straight(draw: Draw):
    yield draw.call("relu", draw.away_from_zero(4, 5), draw.normal(4, 5))
    yield draw.call("identity", draw.normal(2, 3), draw.normal(2, 3))


@act_bwd.check(
    "values",
    points=1,
    tolerance=T1,
    title=Text("all four, other shapes", "네 가지 모두, 다른 모양"),
    hint=Text("The same for any number of axes.", "축이 몇 개든 똑같이 되어야 합니다."),
)
def act_values(draw: Draw):
    yield draw.call("sigmoid", draw.normal(2, 3, 5, scale=2), draw.normal(2, 3, 5))
    yield draw.call("tanh", draw.strided(draw.normal(5, 2)), draw.normal(5, 2))
    yield draw.call("relu", draw.away_from_zero(7), draw.normal(7))
    yield draw.call("identity", draw.normal(3, 2), draw.strided(draw.normal(3, 2)))


@act_bwd.check(
    "extreme",
    points=1,
    tolerance=T1,
    title=Text("saturated, and exactly 0", "포화된 값과 정확히 0인 값"),
    hint=Text(
        "Far out the slope is 0, not NaN. At 0 the derivative of ReLU is pinned in the docstring.",
        "아주 먼 곳의 기울기는 NaN이 아니라 0입니다. 0에서의 ReLU 미분값은 docstring에 정해져 있습니다.",
    ),
)
def act_extreme(draw: Draw):
    far = np.array([40.0, -40.0, 1000.0, -1000.0, 0.0, 1.3])
    yield draw.call("sigmoid", draw.rng.permutation(far), draw.normal(6))
    yield draw.call("tanh", draw.rng.permutation(far), draw.normal(6))
    yield draw.call("relu", draw.rng.permutation(np.array([0.0, -0.0, 1.5, -0.5, 1000.0, 0.0])), draw.away_from_zero(6))
    yield draw.call("relu", np.zeros((1, 3)), draw.away_from_zero(1, 3))


@act_bwd.check(
    "kept",
    together=True,
    points=1,
    tolerance=T1,
    title=Text("the inputs stay as they are", "입력은 그대로"),
    hint=Text(
        "After the call a and dout must hold what they held before: no *= and no assignment into them.",
        "호출이 끝난 뒤에도 a와 dout은 처음 값 그대로여야 합니다. *=이나 원소 대입을 쓰지 마세요.",
    ),
)
def kept(draw: Draw):
    for kind in ("relu", "sigmoid"):
        yield draw.call(kind, draw.away_from_zero(3, 4), draw.normal(3, 4), function="act_bwd_and_inputs")


@act_bwd.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def act_float32(draw: Draw):
    for kind in ("sigmoid", "relu"):
        yield draw.call(kind, draw.away_from_zero(3, 2), draw.normal(3, 2))


# -- 6. backpropagation ----------------------------------------------------------------------------------------------

mlp_backprop = Task(
    "mlp_backprop",
    points=16,
    form=2,
    purity=1,
    forbid=("torch.autograd", "torch.Tensor.backward"),
    parts=("loss", {"grads": Each("layer", "층", ("dW", "db"))}),
)

G = {
    "identity": lambda a: a,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
}


def network(draw: Draw, *widths: int):
    """Layers of these widths; weights of a size that keeps sums near 1, biases away from 0."""
    return [
        (draw.normal(m, n, scale=1.3 / m**0.5), draw.away_from_zero(n, margin=0.2, scale=0.6))
        for m, n in itertools.pairwise(widths)
    ]


def margin(X, params, hidden: str) -> float:
    """The smallest |pre-activation| of the hidden layers: how near is the nearest kink?"""
    near, z = np.inf, X
    for W, b in params[:-1]:
        a = z @ W + b
        near, z = min(near, float(np.abs(a).min())), G[hidden](a)
    return near


def problem(draw: Draw, n: int, widths: tuple[int, ...], hidden: str, head: str):
    """X, Y, params, hidden, head with soft targets. With ReLU no pre-activation is within 0.01 of the kink."""
    X, params = draw.normal(n, widths[0]), network(draw, *widths)
    while hidden == "relu" and margin(X, params, hidden) < 0.01:
        X, params = draw.normal(n, widths[0]), network(draw, *widths)
    k = widths[-1]
    Y = {
        "identity": lambda: draw.normal(n, k),
        "sigmoid": lambda: draw.uniform(n, k, low=0.05, high=0.95),
        "softmax": lambda: draw.probabilities(n, k),
    }[head]()
    return X, Y, params, hidden, head


@mlp_backprop.check(
    "one_layer",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("one layer", "한 층"),
    hint=Text(
        "Without hidden layers it is your linear layer with a loss on top. Where does the 1/N go?",
        "은닉층이 없으면 선형층 위에 손실을 얹은 것입니다. 1/N은 어디에 들어갈까요?",
    ),
)
def one_layer(draw: Draw):
    yield draw.call(*problem(draw, 4, (3, 2), "tanh", "identity"))
    yield draw.call(*problem(draw, 5, (2, 3), "sigmoid", "softmax"))


@mlp_backprop.check(
    "two_layers",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("two layers", "두 층"),
    hint=Text(
        "Send δ through the weights of the last layer, then multiply by the slope of the hidden activation.",
        "δ를 마지막 층의 가중치로 거슬러 보낸 뒤 은닉층 활성화 함수의 기울기를 곱하세요.",
    ),
)
def two_layers(draw: Draw):
    yield draw.call(*problem(draw, 5, (3, 4, 2), "tanh", "sigmoid"))
    yield draw.call(*problem(draw, 3, (2, 5, 4), "sigmoid", "identity"))


@mlp_backprop.check(
    "heads",
    points=2,
    tolerance=T2,
    title=Text("every head", "모든 출력 함수"),
    hint=Text("The three heads have one and the same first δ.", "세 출력 함수의 첫 번째 δ는 모두 같은 꼴입니다."),
)
def heads(draw: Draw):
    for head in ("identity", "sigmoid", "softmax"):
        n, d, h, k = draw.sizes(4, 2, 7)
        X, Y, *rest = problem(draw, n, (d, h, k), "tanh", head)
        yield draw.call(draw.strided(X), Y, *rest)


@mlp_backprop.check(
    "three_layers",
    points=2,
    tolerance=T2,
    title=Text("three layers", "세 층"),
    hint=Text(
        "From the second step on, is δ really made from the δ of the layer above, and with its old weights?",
        "두 번째 단계부터 δ를 정말 바로 위층의 δ와 그 층의 원래 가중치로 만들고 있나요?",
    ),
)
def three_layers(draw: Draw):
    for hidden, head in (("sigmoid", "softmax"), ("tanh", "identity"), ("identity", "sigmoid")):
        n, *widths = draw.sizes(5, 2, 7)
        yield draw.call(*problem(draw, n, tuple(widths), hidden, head))


@mlp_backprop.check(
    "relu",
    points=1,
    tolerance=T2,
    title=Text("ReLU layers", "ReLU 층"),
    hint=Text("A unit that is off passes nothing back.", "꺼진 유닛은 아무것도 되돌려 보내지 않습니다."),
)
def relu(draw: Draw):
    yield draw.call(*problem(draw, 4, (3, 6, 5, 2), "relu", "identity"))
    X, Y, params, *rest = problem(draw, 4, (3, 5, 2), "relu", "identity")
    (W, b), *others = params
    X[0], b[:2] = 0.0, 0.0  # two pre-activations are exactly 0
    yield draw.call(X, Y, [(W, b), *others], *rest)


@mlp_backprop.check(
    "extreme",
    points=1,
    tolerance=T2,
    title=Text("outputs far out", "아주 큰 출력"),
    hint=Text(
        "The loss of a logit of 1000 is finite. Compute it from the logit.",
        "로짓이 1000이어도 손실은 유한합니다. 로짓에서 바로 계산하세요.",
    ),
)
def backprop_extreme(draw: Draw):
    for head, sizes in (("sigmoid", (4, 3)), ("softmax", (3, 5))):
        X, Y, params, hidden, head = problem(draw, 6, sizes, "tanh", head)
        yield draw.call(400 * X, Y, params, hidden, head)
    X, Y, params, hidden, head = problem(draw, 6, (4, 3), "tanh", "sigmoid")
    for scale in (-900, 900):  # each output is far below 0 once, so that its sigmoid is 0
        yield draw.call(scale * X, 0.25 + Y / 2, params, hidden, head)


@mlp_backprop.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one example, equal inputs, layers of one unit", "샘플 하나, 같은 입력, 유닛 하나인 층"),
    hint=Text("No axis may be squeezed away.", "크기가 1인 축도 없애면 안 됩니다."),
)
def backprop_edge(draw: Draw):
    yield draw.call(*problem(draw, 1, (3, 2, 1), "tanh", "sigmoid"))
    X, *rest = problem(draw, 3, (2, 1, 4), "sigmoid", "softmax")
    yield draw.call(np.full_like(X, 0.8), *rest)


@mlp_backprop.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def backprop_float32(draw: Draw):
    yield draw.call(*problem(draw, 4, (3, 5, 2), "tanh", "softmax"))


# -- 7. gradient descent ---------------------------------------------------------------------------------------------

gd_step = Task(
    "gd_step",
    points=8,
    functions=("gd_step", "train_steps"),
    form=1,
    purity=1,
    parts={"train_on_xor": ({"params": Each("layer", "층", ("W", "b"))}, "losses")},
)


def gradients(draw: Draw, params):
    """Gradients of the same shapes, with one entry exactly 0, one tiny, one big."""
    found = [(draw.normal(*W.shape), draw.normal(*b.shape)) for W, b in params]
    found[0][0].flat[:3] = [0.0, 1e-3, 10.0]
    return found


@gd_step.check(
    "one_step",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("one step", "한 걸음"),
    hint=Text(
        "Against the gradient, weights and biases alike.", "가중치와 편향 모두 기울기의 반대 방향으로 움직입니다."
    ),
)
def one_step(draw: Draw):
    for widths in ((3, 2, 4), (2, 5)):
        params = network(draw, *widths)
        yield draw.call(params, gradients(draw, params), draw.scalar(0.1, 0.9))


@gd_step.check(
    "xor",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("five steps on XOR", "XOR에서 다섯 걸음"),
    hint=Text(
        "A new gradient for every step, the same one for all layers of a step. The loss is that before the step.",
        "걸음마다 기울기를 새로 구하고, 한 걸음 안에서는 모든 층에 같은 기울기를 씁니다. 손실은 걸음을 떼기 전의 값입니다.",
    ),
)
def xor(draw: Draw):
    yield draw.call(network(draw, 2, 3, 1), 0.4, 5, function="train_on_xor")


@gd_step.check(
    "xor_other",
    points=1,
    tolerance=T2,
    title=Text("XOR, other networks", "XOR, 다른 신경망"),
    hint=Text("Any number of layers and steps.", "층과 걸음의 수는 몇이든 됩니다."),
)
def xor_other(draw: Draw):
    yield draw.call(network(draw, 2, 4, 3, 1), draw.scalar(0.2, 0.6), 5, function="train_on_xor")
    yield draw.call(network(draw, 2, 5, 1), draw.scalar(0.2, 0.6), 7, function="train_on_xor")


@gd_step.check(
    "new_tensors",
    together=True,
    points=1,
    tolerance=T2,
    title=Text("the caller keeps the old parameters", "호출한 쪽의 옛 파라미터는 그대로"),
    hint=Text(
        "Somebody writes into your result afterwards; the parameters given to you must not notice.",
        "누군가 여러분의 결과에 값을 써넣어도 원래 받은 파라미터는 변하지 않아야 합니다.",
    ),
)
def new_tensors(draw: Draw):
    for lr in (0.3, 0.0):
        params = network(draw, 4, 2, 3)
        yield draw.call(params, gradients(draw, params), lr, function="gd_step_and_params")


@gd_step.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("learning rate 0, one step, equal weights", "학습률 0, 한 걸음, 같은 가중치"),
    hint=Text(
        "With a learning rate of 0 nothing moves and the loss stays.",
        "학습률이 0이면 움직이지 않고 손실도 그대로입니다.",
    ),
)
def gd_edge(draw: Draw):
    params = network(draw, 3, 2)
    yield draw.call(params, gradients(draw, params), 0.0)
    yield draw.call(network(draw, 2, 3, 1), 0.0, 4, function="train_on_xor")
    yield draw.call(network(draw, 2, 4, 1), 0.5, 1, function="train_on_xor")
    W, b = draw.normal(3, 2), np.full(2, 0.4)
    W, dW = draw.strided(W), draw.strided(draw.normal(3, 2))
    yield draw.call([(W, b)], [(dW, draw.normal(2))], 0.25)


@gd_step.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def gd_float32(draw: Draw):
    yield draw.call(network(draw, 2, 3, 1), 0.3, 3, function="train_on_xor")


# -- 8. SGD and batch ------------------------------------------------------------------------------------------------

sgd_vs_batch = Task("sgd_vs_batch", points=6, form=1, purity=1, parts=("w_sgd", "w_batch"))


def regression(draw: Draw, n: int, d: int, lr: float):
    return draw.normal(n, d), draw.normal(n, scale=1.5), draw.normal(d), lr


@sgd_vs_batch.check(
    "small",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("a few examples", "샘플 몇 개"),
    hint=Text(
        "SGD uses the newest weights for each example; the batch averages gradients at the old ones.",
        "SGD는 샘플마다 가장 새로운 가중치를 쓰고, 배치는 옛 가중치에서 구한 기울기를 평균합니다.",
    ),
)
def sgd_small(draw: Draw):
    yield draw.call(*regression(draw, 4, 3, 0.2))
    yield draw.call(*regression(draw, 3, 2, 0.35))


@sgd_vs_batch.check(
    "values",
    points=1,
    tolerance=T2,
    title=Text("other sizes and rates", "다른 크기와 학습률"),
    hint=Text("Row 0 first, row N-1 last.", "0번 행이 처음, N-1번 행이 마지막입니다."),
)
def sgd_values(draw: Draw):
    X, *rest = regression(draw, 7, 4, draw.scalar(0.1, 0.3))
    yield draw.call(draw.strided(X), *rest)
    yield draw.call(*regression(draw, 5, 2, draw.scalar(0.1, 0.3)))
    yield draw.call(*regression(draw, 3, 6, draw.scalar(0.05, 0.15)))


@sgd_vs_batch.check(
    "edge",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one example, one feature, equal targets, rate 0", "샘플 하나, 특징 하나, 같은 목표값, 학습률 0"),
    hint=Text("With one example both ways are the same step.", "샘플이 하나면 두 방법은 같은 걸음입니다."),
)
def sgd_edge(draw: Draw):
    yield draw.call(*regression(draw, 1, 3, 0.3))
    yield draw.call(*regression(draw, 4, 1, 0.3))
    yield draw.call(draw.normal(3, 2), np.full(3, 0.6), draw.normal(2), 0.25)
    yield draw.call(*regression(draw, 3, 2, 0.0))


@sgd_vs_batch.in_float32(
    points=1, hint=Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def sgd_float32(draw: Draw):
    yield draw.call(*regression(draw, 5, 3, 0.2))


# -- 9. numerical gradient -------------------------------------------------------------------------------------------

numeric_grad = Task(
    "numeric_grad",
    points=10,
    functions=("numeric_grad", "rel_error"),
    form=1,
    purity=1,
    forbid=("torch.autograd", "torch.Tensor.backward", "torch.func"),
)


def points(draw: Draw, *shape: int):
    """Coordinates between 0.5 and 1.3 in size, of both signs: no gradient entry of the test functions is tiny."""
    return draw.uniform(*shape, low=0.5, high=1.3) * np.where(draw.uniform(*shape) < 0.4, -1.0, 1.0)


@numeric_grad.check(
    "first",
    together=True,
    points=2,
    visible=True,
    tolerance=TG,
    title=Text("a vector and a matrix", "벡터와 행렬"),
    hint=Text(
        "Two calls of f for every single element, one on each side; x as before at the end.",
        "원소 하나마다 f를 양쪽에서 한 번씩, 모두 두 번 부르고, 끝나면 x는 처음과 같아야 합니다.",
    ),
)
def numeric_first(draw: Draw):
    yield draw.call("cubic", points(draw, 4), 1e-3, function="numeric_grad_of")
    yield draw.call("waves", points(draw, 2, 3), None, function="numeric_grad_of")


@numeric_grad.check(
    "rel_error",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("relative error", "상대 오차"),
    hint=Text(
        "The worst element decides; the larger of the two is the scale.",
        "가장 나쁜 원소가 결과이고, 둘 중 큰 쪽이 기준입니다.",
    ),
)
def rel_error(draw: Draw):
    a = draw.normal(4, 3)
    yield draw.call(a, a * draw.uniform(4, 3, low=0.5, high=1.4), function="rel_error")


@numeric_grad.check(
    "values",
    together=True,
    points=1,
    tolerance=TG,
    title=Text("other functions, shapes and steps, and a view", "다른 함수, 모양, 간격과 뷰"),
    hint=Text(
        "On a non-contiguous view, does your nudge really reach x? And is it h that you use?",
        "메모리에서 연속이 아닌 뷰에서도 움직인 값이 정말 x에 반영되나요? 그리고 h를 쓰고 있나요?",
    ),
)
def numeric_values(draw: Draw):
    yield draw.call("peak", points(draw, 2, 3), 1e-4, function="numeric_grad_of")
    yield draw.call("waves", points(draw, 3, 2), 1e-2, function="numeric_grad_of_view")
    yield draw.call("cubic", points(draw, 2, 1, 4), None, function="numeric_grad_of")


@numeric_grad.check(
    "edge",
    together=True,
    points=1,
    tolerance=TG,
    edge=True,
    title=Text("a 0-d tensor, an empty one, equal elements", "0차원 텐서, 빈 텐서, 모두 같은 원소"),
    hint=Text(
        "How many elements does a 0-d tensor have? And how often is f called for an empty one?",
        "0차원 텐서의 원소는 몇 개일까요? 빈 텐서라면 f를 몇 번 부를까요?",
    ),
)
def numeric_edge(draw: Draw):
    yield draw.call("waves", np.asarray(draw.scalar(0.5, 0.7)), 1e-3, function="numeric_grad_of")
    yield draw.call("cubic", np.zeros((0, 3)), None, function="numeric_grad_of")
    yield draw.call("waves", np.full((2, 2), 0.6), 1e-3, function="numeric_grad_of")


@numeric_grad.check(
    "integers",
    points=1,
    tolerance=TG,
    title=Text("integers are refused", "정수는 거절"),
    hint=Text(
        "An integer cannot be nudged by h. Say so with the right kind of error.",
        "정수는 h만큼 움직일 수 없습니다. 정해진 종류의 오류로 알려 주세요.",
    ),
)
def integers(draw: Draw):
    yield draw.call(draw.integers(-4, 5, 3), function="numeric_grad_refuses")


@numeric_grad.check(
    "rel_error_zero",
    points=1,
    tolerance=T1,
    title=Text("relative error with zeros", "0이 있을 때의 상대 오차"),
    hint=Text(
        "Two zeros agree perfectly. A zero against something else could not be more wrong.",
        "둘 다 0이면 완벽히 일치합니다. 한쪽만 0이면 오차가 가장 큽니다.",
    ),
)
def rel_error_zero(draw: Draw):
    a = draw.away_from_zero(3, 4, margin=0.1)
    b = a * draw.uniform(3, 4, low=0.7, high=1.2)
    a[1, 2] = b[1, 2] = 0.0
    yield draw.call(a, b, function="rel_error")
    yield draw.call(np.zeros(3), np.zeros(3), function="rel_error")
    b[0, 1] = 0.0
    yield draw.call(a, b, function="rel_error")
    yield draw.call(1e-10 * a[0], 0.8e-10 * a[0], function="rel_error")
    yield draw.call(a[0], -a[0], function="rel_error")
    a = -draw.positive(2, 5)
    yield draw.call(a, 1.7 * a, function="rel_error")  # the larger of the two is b, and negative
    a = draw.away_from_zero(3, 3, margin=0.1)
    b = 1.01 * a
    a[2, 0], b[2, 0] = 0.0, 0.3
    yield draw.call(a, b, function="rel_error")


@numeric_grad.check(
    "float32",
    together=True,
    points=1,
    tolerance=T3,
    dtype="float32",
    title=Text("in float32, with a large step", "float32에서, 넓은 간격으로"),
    hint=Text("The gradient has the dtype of x.", "기울기의 dtype은 x와 같아야 합니다."),
)
def numeric_float32(draw: Draw):
    yield draw.call("cubic", points(draw, 2, 3), 0.25, function="numeric_grad_of")


# -- 10. neuron_and_brain ----------------------------------------------------------------------------------------------

neuron_and_brain = Choice(
    "neuron_and_brain",
    points=2,
    options={
        "a": Option(
            False,
            Text(
                "Two inputs are easy to draw, but a perceptron may have any number of them.",
                "그림으로 그리기 쉬워서 두 개를 쓸 뿐, 입력은 몇 개라도 됩니다.",
            ),
        ),
        "b": Option(
            True,
            Text(
                "A synapse passes a signal on more or less strongly, and it may excite or inhibit; size and sign of a weight model this.",
                "시냅스는 신호를 강하게 또는 약하게 전달하고, 흥분시키거나 억제합니다. 가중치의 크기와 부호가 이를 본뜬 것입니다.",
            ),
        ),
        "c": Option(
            True,
            Text(
                "That is what the step neuron takes from the cell: below the threshold nothing, at or above it a signal.",
                "계단 함수 뉴런이 세포에서 가져온 것이 바로 이것입니다. 문턱값보다 작으면 아무것도 내지 않고, 문턱값 이상이면 신호를 냅니다.",
            ),
        ),
        "d": Option(
            False,
            Text(
                "Backpropagation is a way of computing gradients. Whether brains do anything like it is an open question.",
                "역전파는 기울기를 계산하는 방법입니다. 뇌가 이와 비슷한 일을 하는지는 아직 알려져 있지 않습니다.",
            ),
        ),
        "e": Option(
            False,
            Text(
                "The neuron of this lecture has no time at all: one input, one output. At best its output stands for how often a cell fires.",
                "이 강의의 뉴런에는 시간이 없습니다. 입력 하나에 출력 하나입니다. 출력은 기껏해야 세포가 얼마나 자주 발화하는지를 나타냅니다.",
            ),
        ),
        "f": Option(
            True,
            Text(
                "A composition of linear maps is linear, and biases only add up to one bias. The non-linear activation is what makes depth worth it.",
                "선형 사상의 합성은 선형이고, 편향도 합쳐져 하나의 편향이 됩니다. 깊이가 의미를 갖는 것은 비선형 활성화 함수 덕분입니다.",
            ),
        ),
    },
)
