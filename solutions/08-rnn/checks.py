"""Lecture 8, RNN: the inputs of every check. The reference in solution.py makes the answers.

Weights are drawn so that states neither saturate nor die: a slip in one step must still be seen in the last one.
"""

import numpy as np

from autograder.authoring import (
    AUTOGRAD,
    CROSS_ENTROPY,
    DIFFERENTIABLE,
    NO_DETOUR,
    RNN_MODULES,
    T1,
    T2,
    Draw,
    Task,
    Text,
    X,
)

COMMON = {
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R10": "no pooling",
}


# -- helpers: numpy only, to choose inputs; answers come from the reference ------------------------------------------


def weights(draw: Draw, D, H):
    """(U, W, b): rows of about unit gain, biases away from zero."""
    return (
        draw.normal(D, H, scale=0.9 / np.sqrt(D)),
        draw.normal(H, H, scale=1.1 / np.sqrt(H)),
        draw.away_from_zero(H, margin=0.15, scale=0.4),
    )


def step_inputs(draw: Draw, N, D, H):
    """(x, h, U, W, b)."""
    return (draw.normal(N, D), draw.uniform(N, H, low=-0.9, high=0.9), *weights(draw, D, H))


def layer(draw: Draw, N, D, H):
    """One layer of a stacked or bidirectional network: U, W, b and its start state."""
    U, W, b = weights(draw, D, H)
    return {"U": U, "W": W, "b": b, "h0": draw.uniform(N, H, low=-0.9, high=0.9)}


def sequence(draw: Draw, N, T, D, H, O=None):
    """(x, h0, params); params without V and c where O is None."""
    U, W, b = weights(draw, D, H)
    params = {"U": U, "W": W, "b": b}
    if O is not None:
        params |= {"V": draw.normal(H, O), "c": draw.away_from_zero(O, margin=0.15)}
    return draw.normal(N, T, D), draw.uniform(N, H, low=-0.9, high=0.9), params


# -- 1. rnn_step, rnn_step_bwd ---------------------------------------------------------------------------------------

rnn_step = Task(
    "rnn_step",
    points=12,
    functions=("rnn_step", "rnn_step_bwd"),
    form=1,
    purity=1,
    forbid=(*RNN_MODULES, *AUTOGRAD),
    exempt=COMMON,
    parts={
        "rnn_step_bwd": ("dx", "dh_prev", "dU", "dW", "db"),
        "part_step_back_inputs": ("dx", "dh_prev"),
        "part_step_back_weights": ("dU", "dW", "db"),
    },
)


def back_inputs(draw: Draw, N, D, H):
    return (draw.normal(N, H), *step_inputs(draw, N, D, H))


@rnn_step.check(
    "forward", points=2, visible=True, tolerance=T1,
    title=Text("the new state", "새 상태"),
    hint=Text(
        "Three terms inside one tanh: input, old state, bias.",
        "tanh 하나 안에 세 항, 곧 입력과 이전 상태와 편향이 들어갑니다.",
    ),
)  # fmt: skip
def step_forward(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 6)
        yield draw.call(*step_inputs(draw, N, D, H))


@rnn_step.check(
    "backward", points=2.5, visible=True, tolerance=T2,
    title=Text("all five gradients", "다섯 개의 기울기 모두"),
    hint=Text(
        "Get the gradient at the pre-activation right first; the rest are matrix products with it, and one sum.",
        "활성화 전 값의 기울기부터 맞게 구하세요. 나머지는 그것과의 행렬 곱, 그리고 합 하나입니다.",
    ),
)  # fmt: skip
def step_backward(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 6)
        yield draw.call(*back_inputs(draw, N, D, H), function="rnn_step_bwd")


@rnn_step.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("x", "h", "U", "W", "b"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def step_gradient(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*step_inputs(draw, N, D, H))


@rnn_step.check(
    "other-forward", points=1, tolerance=T1,
    title=Text("the new state, other sizes", "다른 크기에서의 새 상태"),
    hint=Text(
        "Does it work when D is larger than H, and when it is smaller? W is not symmetric.",
        "D가 H보다 클 때도 작을 때도 맞나요? W는 대칭이 아닙니다.",
    ),
)  # fmt: skip
def other_forward(draw: Draw):
    for k in range(2):
        N, D, H = draw.sizes(3, 2, 8)
        x, *rest = step_inputs(draw, N, D, H)
        yield draw.call(draw.strided(x) if k else x, *rest)
    yield draw.call(*step_inputs(draw, 4, 4, 4))


@rnn_step.check(
    "inputs", points=1.5, tolerance=T1,
    title=Text("gradients of x and of the old state", "x와 이전 상태의 기울기"),
    hint=Text(
        "Both go back through the matrix with which they were multiplied.",
        "둘 다 자기에게 곱해졌던 행렬을 거슬러 갑니다.",
    ),
)  # fmt: skip
def back_to_inputs(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 8)
        yield draw.call(*back_inputs(draw, N, D, H), function="part_step_back_inputs")
    yield draw.call(*back_inputs(draw, 4, 4, 4), function="part_step_back_inputs")


@rnn_step.check(
    "weights", points=1.5, tolerance=T1,
    title=Text("gradients of U, W and b", "U, W, b의 기울기"),
    hint=Text(
        "Which state was multiplied by W? Sum over the batch, without a mean.",
        "W와 곱해진 상태는 어느 것인가요? 배치에 대해서는 평균이 아니라 합입니다.",
    ),
)  # fmt: skip
def back_to_weights(draw: Draw):
    for k in range(2):
        N, D, H = draw.sizes(3, 2, 8)
        dh, *rest = back_inputs(draw, N, D, H)
        yield draw.call(draw.strided(dh) if k else dh, *rest, function="part_step_back_weights")
    yield draw.call(*back_inputs(draw, 4, 4, 4), function="part_step_back_weights")


@rnn_step.check(
    "edges", points=0.5, tolerance=T2, edge=True,
    title=Text("one sequence; none; large weights; no input", "시퀀스 하나; 빈 배치; 큰 가중치; 0인 입력"),
    hint=Text(
        "Keep the batch axis whatever its size is. A saturated tanh has slope 0.",
        "배치 크기가 얼마든 배치 축을 유지하세요. 포화된 tanh의 기울기는 0입니다.",
    ),
)  # fmt: skip
def step_edges(draw: Draw):
    for N in (1, 0):
        D, H = draw.sizes(2, 2, 6)
        yield draw.call(*step_inputs(draw, N, D, H))
        yield draw.call(*back_inputs(draw, N, D, H), function="rnn_step_bwd")
    dh, x, h, U, W, b = back_inputs(draw, 3, 2, 4)
    yield draw.call(dh, x, h, U, W, 1000 * np.sign(b) * np.array([1, 0, 0, 1]), function="rnn_step_bwd")
    yield draw.call(np.zeros((3, 2)), np.zeros((3, 4)), U, W, np.full(4, draw.scalar(0.3, 0.8)))


@rnn_step.in_float32(points=0.5)
def step_float32(draw: Draw):
    yield draw.call(*step_inputs(draw, 4, 3, 5))
    yield draw.call(*back_inputs(draw, 4, 3, 5), function="rnn_step_bwd")


# -- 2. rnn_forward --------------------------------------------------------------------------------------------------

rnn_forward = Task(
    "rnn_forward",
    points=10,
    form=1,
    purity=1,
    forbid=RNN_MODULES,
    exempt={**COMMON, "R8": "smooth functions without a threshold"},
    parts=("H", "Y"),
)


@rnn_forward.check(
    "small", points=3, visible=True, tolerance=T1,
    title=Text("states and outputs of short sequences", "짧은 시퀀스의 상태와 출력"),
    hint=Text(
        "Compare H first, from its first step on: it begins with the h0 that is given. Y follows from H alone.",
        "H를 첫 시점부터 먼저 비교하세요. 주어진 h0에서 시작합니다. Y는 H만으로 정해집니다.",
    ),
)  # fmt: skip
def forward_small(draw: Draw):
    yield draw.call(*sequence(draw, 2, 3, 4, 5, 6))
    N, T, D, H, O = draw.sizes(5, 2, 7)
    yield draw.call(*sequence(draw, N, T, D, H, O))


@rnn_forward.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("x", "h0", "params"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def forward_gradient(draw: Draw):
    yield draw.call(*sequence(draw, 2, 4, 3, 5, 6))


@rnn_forward.check(
    "states", points=1, tolerance=T1,
    title=Text("states only, longer sequences", "더 긴 시퀀스, 상태만"),
    hint=Text(
        "Does the second step see the state of the first one? Is time the second axis of your result?",
        "둘째 시점이 첫째 시점의 상태를 보고 있나요? 결과의 둘째 축이 시간인가요?",
    ),
)  # fmt: skip
def forward_states(draw: Draw):
    for T in (6, 9):
        N, D, H = draw.sizes(3, 2, 5)
        x, h0, params = sequence(draw, N, T, D, H, 7)
        yield draw.call(draw.strided(x), h0, params, function="part_forward_states")


@rnn_forward.check(
    "outputs", points=1.5, tolerance=T1,
    title=Text("states and outputs, other sizes", "다른 크기에서의 상태와 출력"),
    hint=Text(
        "The same V and c at each step, and nothing squashes the output.",
        "모든 시점에 같은 V와 c를 쓰고, 출력에는 활성화 함수를 적용하지 않습니다.",
    ),
)  # fmt: skip
def forward_outputs(draw: Draw):
    for _ in range(2):
        N, T, D, H, O = draw.sizes(5, 2, 8)
        yield draw.call(*sequence(draw, N, T, D, H, O))
    yield draw.call(*sequence(draw, 4, 4, 4, 4, 4))


@rnn_forward.check(
    "edges", points=1, tolerance=T1, edge=True,
    title=Text("one step; no step; one sequence; no input", "한 시점; 0시점; 시퀀스 하나; 0인 입력"),
    hint=Text(
        "Without a step there are no states, but the other axes are still there. With zero input the state still moves.",
        "시점이 없으면 상태도 없지만 나머지 축은 그대로입니다. 입력이 0이어도 상태는 변합니다.",
    ),
)  # fmt: skip
def forward_edges(draw: Draw):
    yield draw.call(*sequence(draw, 3, 1, 2, 4, 5))
    yield draw.call(*sequence(draw, 3, 0, 2, 4, 5))
    yield draw.call(*sequence(draw, 1, 3, 2, 4, 5))
    x, h0, params = sequence(draw, 2, 4, 3, 5, 6)
    yield draw.call(np.zeros_like(x), np.zeros_like(h0), params)


@rnn_forward.check(
    "batch", points=0.5, tolerance=T2, device="cuda",
    title=Text("a large batch of longer sequences", "긴 시퀀스로 된 큰 배치"),
    hint=Text(
        "Loop over the time alone: all sequences of a batch take a step at once.",
        "시간에 대해서만 반복하세요. 배치의 모든 시퀀스가 한 번에 한 시점씩 나아갑니다.",
    ),
)  # fmt: skip
def forward_batch(draw: Draw):
    yield draw.call(*sequence(draw, 32, 24, 6, 8, 5))


@rnn_forward.in_float32(points=0.5)
def forward_float32(draw: Draw):
    yield draw.call(*sequence(draw, 3, 6, 2, 4, 5))


# -- 3. bptt ---------------------------------------------------------------------------------------------------------

bptt = Task(
    "bptt",
    points=18,
    form=2,
    purity=1,
    forbid=(*AUTOGRAD, *RNN_MODULES),
    exempt=COMMON,
    parts={"bptt": ("dU", "dW", "db", "dh0"), "part_bptt_weights": ("dU", "dW", "db")},
)


def bptt_inputs(draw: Draw, N, T, D, H, *, only=None, O=None):
    """(x, h0, params, dH); only: the steps at which a gradient enters."""
    x, h0, params = sequence(draw, N, T, D, H, O)
    dH = draw.normal(N, T, H)
    if only is not None:
        dH[:, [t for t in range(T) if t not in only]] = 0.0
    return x, h0, params, dH


@bptt.check(
    "small", points=4, visible=True, tolerance=T2,
    title=Text("all gradients of short sequences", "짧은 시퀀스의 모든 기울기"),
    hint=Text(
        "Each step back needs the state BEFORE the step. Before it, add what arrives from later to dH[:, t].",
        "한 시점을 거슬러 갈 때는 그 시점 '직전'의 상태가 필요합니다. 그 전에 뒤에서 온 기울기를 dH[:, t]에 더하세요.",
    ),
)  # fmt: skip
def bptt_small(draw: Draw):
    yield draw.call(*bptt_inputs(draw, 2, 3, 4, 5))
    N, T, D, H = draw.sizes(4, 2, 6)
    yield draw.call(*bptt_inputs(draw, N, T, D, H, O=3))


@bptt.check(
    "start", points=2, visible=True, tolerance=T2,
    title=Text("the gradient of h0, from the last step only", "마지막 시점에서만 들어온 기울기가 h0까지"),
    hint=Text(
        "Follow the one gradient that enters: how often is it multiplied by tanh' and by W on its way?",
        "들어온 기울기 하나를 따라가 보세요. 가는 길에 tanh'과 W가 몇 번씩 곱해지나요?",
    ),
)  # fmt: skip
def bptt_start(draw: Draw):
    N, T, D, H = draw.sizes(4, 3, 6)
    yield draw.call(*bptt_inputs(draw, N, T, D, H, only=(T - 1,)), function="part_bptt_start")


@bptt.check(
    "everywhere", points=2, tolerance=T1,
    title=Text("gradients enter at every step", "모든 시점으로 기울기가 들어올 때"),
    hint=Text(
        "The weights are shared by all steps: add their parts up, and do not divide.",
        "가중치는 모든 시점이 공유합니다. 시점별 몫을 더하고, 나누지는 마세요.",
    ),
)  # fmt: skip
def bptt_everywhere(draw: Draw):
    for T in (4, 7):
        N, D, H = draw.sizes(3, 2, 6)
        x, h0, params, dH = bptt_inputs(draw, N, T, D, H)
        yield draw.call(draw.strided(x), h0, params, draw.strided(dH))
    yield draw.call(*bptt_inputs(draw, 4, 4, 4, 4))
    x, h0, params, dH = bptt_inputs(draw, 2, 4, 3, 5)
    yield draw.call(x, h0, params, 30 * dH)  # nothing is clipped


@bptt.check(
    "sparse", points=2, tolerance=T2,
    title=Text("gradients enter at the last step, or in the middle", "마지막이나 중간 시점으로만 기울기가 들어올 때"),
    hint=Text(
        "What enters late must reach the early steps; what enters early must not reach the late ones.",
        "늦게 들어온 기울기는 앞 시점까지 닿아야 하고, 일찍 들어온 기울기는 뒤 시점에 닿으면 안 됩니다.",
    ),
)  # fmt: skip
def bptt_sparse(draw: Draw):
    N, T, D, H = draw.sizes(4, 3, 7)
    yield draw.call(*bptt_inputs(draw, N, T, D, H, only=(T - 1,)))
    yield draw.call(*bptt_inputs(draw, 2, 6, 3, 5, only=(1, 3)))


@bptt.check(
    "weights", points=2, tolerance=T2,
    title=Text("gradients of the weights only", "가중치의 기울기만"),
    hint=Text(
        "dW of a step needs the state that W was multiplied with in this step; in the first step that is h0.",
        "한 시점의 dW에는 그 시점에 W와 곱해진 상태가 필요합니다. 첫 시점에서는 h0입니다.",
    ),
)  # fmt: skip
def bptt_weights(draw: Draw):
    for _ in range(2):
        N, T, D, H = draw.sizes(4, 3, 7)
        yield draw.call(*bptt_inputs(draw, N, T, D, H), function="part_bptt_weights")


@bptt.check(
    "other-start", points=1, tolerance=T2,
    title=Text("the gradient of h0 only", "h0의 기울기만"),
    hint=Text(
        "After the first step of the sequence one more gradient is left in your hands.",
        "시퀀스의 첫 시점까지 마치면 기울기가 하나 더 손에 남습니다.",
    ),
)  # fmt: skip
def bptt_other_start(draw: Draw):
    N, T, D, H = draw.sizes(4, 3, 7)
    yield draw.call(*bptt_inputs(draw, N, T, D, H), function="part_bptt_start")
    yield draw.call(*bptt_inputs(draw, 3, 5, 2, 4, only=(0,)), function="part_bptt_start")


@bptt.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("one step; one sequence; a constant gradient; no gradient", "한 시점; 시퀀스 하나; 일정한 기울기; 0인 기울기"),
    hint=Text(
        "With one step, BPTT is the ordinary backward step.", "시점이 하나이면 BPTT는 한 시점의 역전파와 같습니다."
    ),
)  # fmt: skip
def bptt_edges(draw: Draw):
    yield draw.call(*bptt_inputs(draw, 3, 1, 2, 4))
    yield draw.call(*bptt_inputs(draw, 1, 4, 3, 2))
    x, h0, params, dH = bptt_inputs(draw, 2, 4, 3, 5)
    yield draw.call(x, h0, params, np.full_like(dH, draw.scalar(0.5, 1.5)))
    yield draw.call(x, h0, params, np.zeros_like(dH))


@bptt.in_float32(points=1)
def bptt_float32(draw: Draw):
    yield draw.call(*bptt_inputs(draw, 3, 5, 2, 4))


# -- 4. seq_loss -----------------------------------------------------------------------------------------------------

seq_loss = Task(
    "seq_loss",
    points=10,
    form=1,
    purity=1,
    forbid=(*AUTOGRAD, *CROSS_ENTROPY),
    exempt={**COMMON, "R4": "no upstream gradient is passed in"},
    parts=("loss", "d"),
)


def ragged_mask(draw: Draw, N, T):
    """(N, T) bool: True on the first steps of each sequence, of different lengths, at least one full and one not."""
    lengths = draw.integers(1, T, N)
    lengths[0] = T
    return (np.arange(T) < lengths[:, None])[draw.permutation(N)]


def loss_inputs(draw: Draw, N, T, V, *, scale=1.5, pad=0):
    """(logits, y, mask); y is `pad` where the mask is False, unless pad is None."""
    mask = ragged_mask(draw, N, T)
    y = draw.integers(0, V, N, T)
    return draw.normal(N, T, V, scale=scale), y if pad is None else np.where(mask, y, pad), mask


@seq_loss.check(
    "small", points=2.5, visible=True, tolerance=T2,
    title=Text("loss and gradient of padded sequences", "패딩된 시퀀스의 손실과 기울기"),
    hint=Text(
        "Sum over the steps that the mask keeps, then divide by the number of sequences, in the loss and in d.",
        "마스크가 남긴 시점에 대해 더한 다음 시퀀스의 수로 나누세요. 손실에서도 d에서도 그렇습니다.",
    ),
)  # fmt: skip
def loss_small(draw: Draw):
    for _ in range(2):
        N, T, V = draw.sizes(3, 2, 6)
        yield draw.call(*loss_inputs(draw, N, T, V, pad=None))


@seq_loss.check(
    "labels", points=1, visible=True, tolerance=T2,
    title=Text("padding labelled -100", "레이블이 -100인 패딩"),
    hint=Text(
        "The label of a masked step is no class: replace it before you use it as an index.",
        "가려진 시점의 레이블은 클래스가 아닙니다. 인덱스로 쓰기 전에 바꿔 두세요.",
    ),
)  # fmt: skip
def loss_labels(draw: Draw):
    N, T, V = draw.sizes(3, 3, 6)
    yield draw.call(*loss_inputs(draw, N, T, V, pad=-100))


@seq_loss.check(
    "larger", points=1.5, tolerance=T2,
    title=Text("other sizes, masks with holes", "다른 크기, 중간이 빈 마스크"),
    hint=Text(
        "A mask may leave out any step, not only the last ones.",
        "마스크는 끝부분뿐 아니라 어느 시점이든 가릴 수 있습니다.",
    ),
)  # fmt: skip
def loss_larger(draw: Draw):
    N, T, V = draw.sizes(3, 4, 8)
    yield draw.call(*loss_inputs(draw, N, T, V, scale=2.5, pad=V + 3))
    mask = draw.rng.random((N, T)) < 0.6
    mask[0, 0], mask[1, T - 1], mask[1, 0] = False, True, True
    yield draw.call(draw.strided(draw.normal(N, T, V, scale=2.0)), draw.integers(0, V, N, T), mask)
    yield draw.call(draw.normal(4, 4, 4), draw.integers(0, 4, 4, 4), ragged_mask(draw, 4, 4))


@seq_loss.check(
    "gradient-only", points=1.5, tolerance=T1,
    title=Text("the gradient only", "기울기만"),
    hint=Text(
        "Compare d with a small change of one logit: of a kept step, and of a masked one.",
        "로짓 하나를 조금 바꿔 보고 d와 비교해 보세요. 남긴 시점과 가려진 시점에서 모두 확인하세요.",
    ),
)  # fmt: skip
def loss_gradient_only(draw: Draw):
    for pad in (None, -1):
        N, T, V = draw.sizes(3, 3, 7)
        yield draw.call(*loss_inputs(draw, N, T, V, pad=pad), function="part_loss_gradient")
    yield draw.call(*loss_inputs(draw, 7, 3, 5), function="part_loss_gradient")  # 1 / 7 is no float32


@seq_loss.check(
    "extreme", points=0.5, tolerance=T2, edge=True,
    title=Text("logits of about 1000", "1000 안팎의 로짓"),
    hint=Text(
        "Take the logarithm of the softmax without ever forming a huge exponential.",
        "지나치게 큰 지수를 만들지 않고 소프트맥스의 로그를 구하세요.",
    ),
)  # fmt: skip
def loss_extreme(draw: Draw):
    logits = draw.normal(3, 2, 4)
    logits[0, 0], logits[1, 1], logits[2, 0] = (1000, -1000, 0, 1), (-1000, -1000, -999, -1001), (900, 905, 0, 0)
    yield draw.call(logits, np.array([[1, 0], [2, 1], [0, 3]]), np.array([[True, True], [True, True], [True, False]]))


@seq_loss.check(
    "edges", points=0.5, tolerance=T2, edge=True,
    title=Text("a sequence all masked; all masked; one step", "모두 가려진 시퀀스; 전부 가림; 한 시점"),
    hint=Text(
        "A sequence without a step that counts adds 0, but it is still one of the N.",
        "남긴 시점이 없는 시퀀스는 0을 더하지만, 여전히 N개 가운데 하나입니다.",
    ),
)  # fmt: skip
def loss_edges(draw: Draw):
    mask = np.array([[True, True, False], [False, False, False], [True, False, False]])
    yield draw.call(draw.normal(3, 3, 4), np.where(mask, draw.integers(0, 4, 3, 3), -100), mask)
    yield draw.call(draw.normal(2, 3, 4), draw.integers(0, 4, 2, 3), np.zeros((2, 3), dtype=bool))
    yield draw.call(np.full((3, 1, 5), draw.scalar(-1.0, 1.0)), draw.integers(0, 5, 3, 1), np.ones((3, 1), dtype=bool))
    yield draw.call(draw.normal(1, 4, 2), draw.integers(0, 2, 1, 4), np.ones((1, 4), dtype=bool))


@seq_loss.in_float32(points=0.5)
def loss_float32(draw: Draw):
    yield draw.call(*loss_inputs(draw, 4, 5, 3))


# -- 5. stacked_rnn --------------------------------------------------------------------------------------------------

stacked_rnn = Task(
    "stacked_rnn",
    points=10,
    form=1,
    purity=1,
    forbid=RNN_MODULES,
    exempt={**COMMON, "R8": "smooth functions without a threshold"},
)


def stack(draw: Draw, N, T, D, *widths):
    """(x, layers): one layer for each width."""
    inputs = (D, *widths[:-1])
    return draw.normal(N, T, D), [layer(draw, N, i, o) for i, o in zip(inputs, widths, strict=True)]


@stacked_rnn.check(
    "two", points=3, visible=True, tolerance=T1,
    title=Text("two layers", "두 층"),
    hint=Text(
        "Each layer has weights and a start state of its own; the upper one reads the states of the lower one.",
        "층마다 가중치와 처음 상태가 따로 있고, 위층은 아래층의 상태를 읽습니다.",
    ),
)  # fmt: skip
def stacked_two(draw: Draw):
    yield draw.call(*stack(draw, 2, 3, 4, 5, 6))
    N, T, D = draw.sizes(3, 3, 6)
    yield draw.call(*stack(draw, N, T, D, D, D))


@stacked_rnn.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("x", "layers"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def stacked_gradient(draw: Draw):
    yield draw.call(*stack(draw, 2, 4, 3, 5, 6))


@stacked_rnn.check(
    "one", points=1, tolerance=T1,
    title=Text("one layer is an ordinary RNN", "한 층이면 보통의 RNN"),
    hint=Text(
        "With one layer the result is the H of Task 2.", "층이 하나이면 결과는 2번 문제의 H와 같습니다."
    ),
)  # fmt: skip
def stacked_one(draw: Draw):
    N, T, D, H = draw.sizes(4, 2, 7)
    yield draw.call(*stack(draw, N, T, D, H))


@stacked_rnn.check(
    "deep", points=2, tolerance=T1,
    title=Text("three and four layers", "세 층과 네 층"),
    hint=Text(
        "What a layer returns replaces its input, and nothing else goes up.",
        "층의 결과가 다음 층의 입력을 대신하고, 그 밖의 것은 위로 올라가지 않습니다.",
    ),
)  # fmt: skip
def stacked_deep(draw: Draw):
    x, layers = stack(draw, 2, 4, 3, 6, 5, 7)
    yield draw.call(draw.strided(x), layers)
    yield draw.call(*stack(draw, 3, 5, 4, 4, 4, 6, 7))
    yield draw.call(*stack(draw, 4, 4, 4, 4, 4))


@stacked_rnn.check(
    "edges", points=1, tolerance=T1, edge=True,
    title=Text("one step; no step; one sequence; no input", "한 시점; 0시점; 시퀀스 하나; 0인 입력"),
    hint=Text(
        "Without a step the result has as many columns as the top layer has units.",
        "시점이 없어도 결과의 마지막 축은 맨 위층의 유닛 수만큼 있습니다.",
    ),
)  # fmt: skip
def stacked_edges(draw: Draw):
    yield draw.call(*stack(draw, 3, 1, 2, 4, 5))
    yield draw.call(*stack(draw, 3, 0, 2, 4, 5))
    yield draw.call(*stack(draw, 1, 3, 2, 4, 5, 3, 6))
    x, layers = stack(draw, 2, 3, 4, 5, 6)
    yield draw.call(np.zeros_like(x), layers)


@stacked_rnn.in_float32(points=0.5)
def stacked_float32(draw: Draw):
    yield draw.call(*stack(draw, 3, 5, 2, 4, 6))


# -- 6. birnn --------------------------------------------------------------------------------------------------------

birnn = Task("birnn", points=14, form=1, purity=1, forbid=RNN_MODULES, exempt=COMMON)


def both_ways(draw: Draw, N, T, D, Hf, Hb, lengths):
    """(x, lengths, fw, bw); the padding of x holds large numbers that must not matter."""
    lengths = np.asarray(lengths, dtype=np.int64)
    x = draw.normal(N, T, D)
    padding = np.arange(T) >= lengths[:, None]
    x[padding] = draw.normal(int(padding.sum()), D, scale=3.0)
    return x, lengths, layer(draw, N, D, Hf), layer(draw, N, D, Hb)


def ragged(draw: Draw, N, T):
    """(N,) lengths from 1 to T: different ones, T among them, a prefix of none of the others' order."""
    lengths = draw.integers(1, T, N)
    lengths[0], lengths[1] = T, max(1, T // 2)
    return lengths[draw.permutation(N)]


@birnn.check(
    "full", points=2, visible=True, tolerance=T1,
    title=Text("without padding", "패딩이 없을 때"),
    hint=Text(
        "The backward states are computed from the end, but each stands at the step that it read last.",
        "역방향 상태는 끝에서부터 계산하지만, 저마다 마지막으로 읽은 시점의 자리에 놓습니다.",
    ),
)  # fmt: skip
def birnn_full(draw: Draw):
    yield draw.call(*both_ways(draw, 2, 4, 3, 5, 6, [4, 4]))
    yield draw.call(*both_ways(draw, 3, 5, 2, 4, 4, [5, 5, 5]))


@birnn.check(
    "padded", points=2.5, visible=True, tolerance=T1,
    title=Text("sequences of different lengths", "길이가 다른 시퀀스"),
    hint=Text(
        "Reading backwards begins at the last real step, with h0; at padding the result is 0.",
        "거꾸로 읽기는 마지막 실제 시점에서 h0으로 시작합니다. 패딩의 결과는 0입니다.",
    ),
)  # fmt: skip
def birnn_padded(draw: Draw):
    yield draw.call(*both_ways(draw, 3, 5, 2, 4, 6, [3, 5, 1]))


@birnn.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("x", "fw", "bw"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def birnn_gradient(draw: Draw):
    yield draw.call(*both_ways(draw, 3, 4, 2, 5, 6, [2, 4, 3]))


@birnn.check(
    "other-lengths", points=2.5, tolerance=T1,
    title=Text("other sizes and lengths", "다른 크기와 길이"),
    hint=Text(
        "Test one short sequence alone, without its padding: the result must be the same.",
        "짧은 시퀀스 하나를 패딩 없이 따로 넣어 보세요. 결과가 같아야 합니다.",
    ),
)  # fmt: skip
def birnn_other_lengths(draw: Draw):
    for _ in range(2):
        N, T, D, Hf, Hb = draw.sizes(5, 3, 8)
        x, lengths, fw, bw = both_ways(draw, N, T, D, Hf, Hb, ragged(draw, N, T))
        yield draw.call(draw.strided(x), lengths, fw, bw)
    yield draw.call(*both_ways(draw, 4, 6, 3, 5, 5, [6, 2, 4, 3]))
    yield draw.call(*both_ways(draw, 3, 5, 4, 4, 4, [5, 2, 4]))  # all sizes fit everywhere


@birnn.check(
    "forward-half", points=1, tolerance=T1,
    title=Text("the forward half", "순방향 절반"),
    hint=Text(
        "The first columns are an ordinary RNN, with zeros at padding.",
        "앞쪽 열은 보통의 RNN이고, 패딩 자리만 0입니다.",
    ),
)  # fmt: skip
def birnn_forward_half(draw: Draw):
    N, T, D, Hf, Hb = draw.sizes(5, 3, 8)
    yield draw.call(*both_ways(draw, N, T, D, Hf, Hb, ragged(draw, N, T)), function="part_birnn_forward_half")


@birnn.check(
    "backward-half", points=1.5, tolerance=T1,
    title=Text("the backward half", "역방향 절반"),
    hint=Text(
        "At the last real step the backward state has read one element; at step 0 it has read them all.",
        "마지막 실제 시점의 역방향 상태는 원소를 하나만 읽은 것이고, 시점 0의 상태는 전부 읽은 것입니다.",
    ),
)  # fmt: skip
def birnn_backward_half(draw: Draw):
    for _ in range(2):
        N, T, D, Hf, Hb = draw.sizes(5, 3, 8)
        yield draw.call(*both_ways(draw, N, T, D, Hf, Hb, ragged(draw, N, T)), function="part_birnn_backward_half")


@birnn.check(
    "junk", points=1, tolerance=T1, edge=True,
    title=Text("huge numbers in the padding", "패딩에 든 아주 큰 수"),
    hint=Text(
        "Whatever stands in the padding, the result must not change.",
        "패딩에 무엇이 들어 있든 결과는 달라지지 않아야 합니다.",
    ),
)  # fmt: skip
def birnn_junk(draw: Draw):
    x, lengths, fw, bw = both_ways(draw, 3, 4, 2, 5, 3, [2, 4, 1])
    x[np.arange(4) >= lengths[:, None]] = 1e6
    yield draw.call(x, lengths, fw, bw)


@birnn.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("an empty sequence; one step; one sequence", "빈 시퀀스; 한 시점; 시퀀스 하나"),
    hint=Text(
        "A sequence of length 0 is all padding.", "길이가 0인 시퀀스는 전부 패딩입니다."
    ),
)  # fmt: skip
def birnn_edges(draw: Draw):
    yield draw.call(*both_ways(draw, 3, 4, 2, 5, 6, [0, 4, 2]))
    yield draw.call(*both_ways(draw, 3, 1, 2, 4, 5, [1, 0, 1]))
    x, lengths, fw, bw = both_ways(draw, 1, 4, 2, 3, 5, [3])
    yield draw.call(np.full_like(x, 0.7), lengths, fw, bw)


@birnn.in_float32(points=0.5)
def birnn_float32(draw: Draw):
    yield draw.call(*both_ways(draw, 3, 5, 2, 4, 6, [3, 5, 2]))


# -- 7. one_to_many, many_to_one, encoder_decoder --------------------------------------------------------------------

one_to_many = Task(
    "one_to_many",
    points=12,
    functions=("one_to_many", "many_to_one", "encoder_decoder"),
    form=1,
    purity=1,
    exempt={**COMMON, "R8": "smooth functions without a threshold"},
)


def network(draw: Draw, N, D, H, O):
    """Weights of `drive_network_parts`: outputs of O numbers that depend strongly on the state."""
    return layer(draw, N, D, H) | {"V": draw.normal(H, O, scale=1.3), "c": draw.away_from_zero(O, margin=0.2)}


def one_to_many_call(draw: Draw, N, D, H, T, state="vector"):
    return draw.call(draw.normal(N, D), T, network(draw, N, D, H, D), state, function="drive_one_to_many")


def many_to_one_call(draw: Draw, N, T, D, H, O, state="vector"):
    return draw.call(draw.normal(N, T, D), network(draw, N, D, H, O), state, function="drive_many_to_one")


def encoder_decoder_call(draw: Draw, N, T, D, H, O, Tout, state="vector"):
    encoder, decoder = network(draw, N, D, H, O), network(draw, N, O, H, O)
    src, y0 = draw.normal(N, T, D), draw.normal(N, O)
    return draw.call(src, Tout, y0, encoder, decoder, state, function="drive_encoder_decoder")


@one_to_many.check(
    "one-to-many", points=1.5, visible=True, tolerance=T1,
    title=Text("one input, several outputs", "입력 하나, 출력 여럿"),
    hint=Text(
        "The first step gets x0 and None; every later step gets the output and the state of the step before it.",
        "첫 시점은 x0과 None을 받고, 그다음부터는 바로 앞 시점의 출력과 상태를 받습니다.",
    ),
)  # fmt: skip
def small_one_to_many(draw: Draw):
    yield one_to_many_call(draw, 2, 3, 5, 4)


@one_to_many.check(
    "many-to-one", points=1, visible=True, tolerance=T1,
    title=Text("several inputs, one output", "입력 여럿, 출력 하나"),
    hint=Text(
        "Read all steps, then read out once.", "모든 시점을 읽은 다음 한 번만 출력을 읽으세요."
    ),
)  # fmt: skip
def small_many_to_one(draw: Draw):
    yield many_to_one_call(draw, 2, 4, 3, 5, 6)


@one_to_many.check(
    "encoder-decoder", points=1.5, visible=True, tolerance=T1,
    title=Text("read, then write", "읽은 다음 쓰기"),
    hint=Text(
        "The decoder begins with y0 and with the last STATE of the encoder.",
        "디코더는 y0과 인코더의 마지막 '상태'에서 시작합니다.",
    ),
)  # fmt: skip
def small_encoder_decoder(draw: Draw):
    yield encoder_decoder_call(draw, 2, 4, 3, 5, 6, 3)


@one_to_many.check(
    "gradient", points=0.25, visible=True, tolerance=T2, gradient=("src", "y0", "encoder", "decoder"),
    title=Text("autograd can follow the encoder and the decoder", "자동 미분이 인코더와 디코더를 따라갈 수 있는지"),
    hint=NO_DETOUR,
)  # fmt: skip
def decoder_gradient(draw: Draw):
    yield encoder_decoder_call(draw, 3, 4, 2, 5, 6, 3)


@one_to_many.check(
    "gradient-net", points=0.25, visible=True, tolerance=T2, gradient=("net",),
    title=Text("autograd can follow the other two", "자동 미분이 나머지 둘을 따라갈 수 있는지"),
    hint=NO_DETOUR,
)  # fmt: skip
def network_gradient(draw: Draw):
    yield one_to_many_call(draw, 2, 3, 5, 4)
    yield many_to_one_call(draw, 2, 4, 3, 5, 6)


@one_to_many.check(
    "other-one-to-many", points=1.5, tolerance=T1,
    title=Text("one to many, other lengths", "다른 길이의 일대다"),
    hint=Text(
        "Exactly T outputs: the first is what is read out after the first step.",
        "출력은 정확히 T개입니다. 첫 출력은 첫 시점을 마친 뒤에 읽은 것입니다.",
    ),
)  # fmt: skip
def other_one_to_many(draw: Draw):
    for _ in range(2):
        N, D, H, T = draw.sizes(4, 2, 7)
        yield one_to_many_call(draw, N, D, H, T)


@one_to_many.check(
    "other-many-to-one", points=1, tolerance=T1,
    title=Text("many to one, other lengths", "다른 길이의 다대일"),
    hint=Text(
        "Does the last element of the sequence still change the result, and the first one, too?",
        "시퀀스의 마지막 원소를 바꾸면 결과가 달라지나요? 첫 원소를 바꾸면요?",
    ),
)  # fmt: skip
def other_many_to_one(draw: Draw):
    for _ in range(2):
        N, T, D, H, O = draw.sizes(5, 2, 7)
        yield many_to_one_call(draw, N, T, D, H, O)


@one_to_many.check(
    "other-encoder-decoder", points=1.5, tolerance=T1,
    title=Text("encoder and decoder, other lengths", "다른 길이의 인코더와 디코더"),
    hint=Text(
        "Source and result may have different lengths; encoder and decoder have different weights.",
        "입력과 출력의 길이는 다를 수 있고, 인코더와 디코더의 가중치는 서로 다릅니다.",
    ),
)  # fmt: skip
def other_encoder_decoder(draw: Draw):
    for _ in range(2):
        N, T, D, H, O, Tout = draw.sizes(6, 2, 8)
        yield encoder_decoder_call(draw, N, T, D, H, O, Tout)
    yield encoder_decoder_call(draw, 3, 4, 5, 5, 5, 4)


@one_to_many.check(
    "pairs", points=0.5, tolerance=T1,
    title=Text("states that are pairs", "두 텐서의 쌍인 상태"),
    hint=Text(
        "Do not look into a state and do not make one: hand on what step returned.",
        "상태를 들여다보거나 직접 만들지 말고, step이 돌려준 것을 그대로 넘기세요.",
    ),
)  # fmt: skip
def pair_states(draw: Draw):
    yield one_to_many_call(draw, 3, 2, 4, 5, "pair")
    yield many_to_one_call(draw, 3, 5, 2, 4, 6, "pair")
    yield encoder_decoder_call(draw, 2, 3, 4, 5, 6, 4, "pair")
    yield one_to_many_call(draw, 3, 4, 4, 5)  # a state could be taken for an output
    yield encoder_decoder_call(draw, 2, 3, 4, 4, 4, 5)


@one_to_many.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("no output; one step; equal inputs", "출력 0개; 한 시점; 모두 같은 입력"),
    hint=Text(
        "Without an output the time axis has length 0; the other axes stay.",
        "출력이 없으면 시간 축의 길이가 0이고, 나머지 축은 그대로입니다.",
    ),
)  # fmt: skip
def drive_edges(draw: Draw):
    yield one_to_many_call(draw, 3, 2, 4, 0)
    yield one_to_many_call(draw, 1, 2, 4, 1)
    yield many_to_one_call(draw, 3, 1, 2, 4, 5)
    yield encoder_decoder_call(draw, 3, 4, 2, 5, 6, 0)
    yield encoder_decoder_call(draw, 2, 1, 3, 4, 5, 1)
    net = network(draw, 2, 3, 4, 5)
    yield draw.call(draw.strided(np.full((2, 4, 3), 0.6)), net, "vector", function="drive_many_to_one")


@one_to_many.in_float32(points=0.5)
def drive_float32(draw: Draw):
    yield one_to_many_call(draw, 3, 2, 4, 5)
    yield many_to_one_call(draw, 3, 5, 2, 4, 6)
    yield encoder_decoder_call(draw, 2, 3, 4, 5, 6, 4)


# -- 8. state_jacobian, clip_by_norm ---------------------------------------------------------------------------------

state_jacobian = Task(
    "state_jacobian",
    points=10,
    functions=("state_jacobian", "clip_by_norm"),
    form=1,
    purity=1,
    forbid=("torch.autograd", "torch.func", "torch.nn.utils.clip_grad_norm_"),
    exempt={**COMMON, "R3": "the states of one sequence, (T, n)"},
)


def states(draw: Draw, T, n):
    return draw.uniform(T, n, low=-0.95, high=0.95)


def gradients(draw: Draw, *shapes):
    return [draw.normal(*shape) for shape in shapes]


def norm_of(grads):
    return float(np.sqrt(sum((g**2).sum() for g in grads)))


@state_jacobian.check(
    "jacobian", points=2, visible=True, tolerance=T2,
    title=Text("the Jacobian of short sequences", "짧은 시퀀스의 야코비 행렬"),
    hint=Text(
        "diag(v) @ M scales the ROWS of M. The factor of the last step stands on the left.",
        "diag(v) @ M은 M의 '행'에 곱해집니다. 마지막 시점의 인수가 맨 왼쪽에 옵니다.",
    ),
)  # fmt: skip
def small_jacobian(draw: Draw):
    yield draw.call(draw.normal(3, 3), states(draw, 1, 3))
    yield draw.call(draw.normal(4, 4), states(draw, 3, 4))


@state_jacobian.check(
    "clip", points=2, visible=True, tolerance=T1,
    title=Text("clipping two lists", "기울기 리스트 두 개의 클리핑"),
    hint=Text(
        "One norm over all tensors, one factor for all of them; short gradients stay as they are.",
        "노름은 모든 텐서를 합쳐 하나, 곱하는 수도 하나입니다. 짧은 기울기는 그대로 둡니다.",
    ),
)  # fmt: skip
def small_clip(draw: Draw):
    grads = gradients(draw, (3, 2), (4,))
    yield draw.call(grads, 1.5, function="clip_by_norm")
    yield draw.call(grads, norm_of(grads) * 1.3, function="clip_by_norm")


@state_jacobian.check(
    "longer", points=1.5, tolerance=T1,
    title=Text("the Jacobian of longer sequences", "더 긴 시퀀스의 야코비 행렬"),
    hint=Text(
        "Compare one column with a small change of one component of h_0.",
        "h_0의 성분 하나를 조금 바꿔 보고 J의 한 열과 비교해 보세요.",
    ),
)  # fmt: skip
def longer_jacobian(draw: Draw):
    for _ in range(2):
        T, n = draw.sizes(2, 2, 7)
        yield draw.call(draw.strided(draw.normal(n, n)), states(draw, T, n))
    yield draw.call(draw.normal(5, 5, scale=0.6), states(draw, 20, 5) * 0.5)


@state_jacobian.check(
    "exploding", points=0.5, tolerance=T2, edge=True,
    title=Text("small entries that explode; a saturated state; no step", "원소는 작지만 폭발하는 행렬; 포화된 상태; 0시점"),
    hint=Text(
        "Where a state is 1 or -1, tanh has slope 0. Without a step h_T is h_0 itself.",
        "상태가 1이나 -1인 곳에서 tanh의 기울기는 0입니다. 시점이 없으면 h_T가 곧 h_0입니다.",
    ),
)  # fmt: skip
def exploding_jacobian(draw: Draw):
    yield draw.call(np.full((2, 2), 0.9), np.zeros((20, 2)))
    h = states(draw, 3, 4)
    h[1, :2] = (1.0, -1.0)
    yield draw.call(draw.normal(4, 4), h)
    yield draw.call(draw.normal(3, 3), np.zeros((0, 3)))
    yield draw.call(draw.normal(1, 1), states(draw, 4, 1))


@state_jacobian.check(
    "clip-more", points=1, tolerance=T1,
    title=Text("clipping other lists", "다른 기울기 리스트의 클리핑"),
    hint=Text(
        "The result must have norm c, all tensors together, whenever the gradients were longer.",
        "기울기가 c보다 길었다면, 결과는 모든 텐서를 합친 노름이 c여야 합니다.",
    ),
)  # fmt: skip
def more_clip(draw: Draw):
    grads = gradients(draw, (2, 3, 4), (5, 2), (3,), ())
    grads[3] = np.array(draw.scalar(1.0, 2.0))
    yield draw.call(grads, draw.scalar(0.3, 0.9), function="clip_by_norm")
    # each tensor is shorter than c, all together are longer
    grads = gradients(draw, (3, 4), (4, 3), (12,))
    yield draw.call(grads, 1.2 * max(norm_of([g]) for g in grads), function="clip_by_norm")
    grads = gradients(draw, (4, 3), (6,))
    grads[1] = 0.01 * grads[1]
    yield draw.call([draw.strided(grads[0]), grads[1]], 0.999 * norm_of(grads), function="clip_by_norm")
    grads = [0.2 * g if g.ndim == 1 else g for g in gradients(draw, (3,), (5, 4))]
    yield draw.call(grads, 0.6 * norm_of(grads), function="clip_by_norm")


@state_jacobian.check(
    "clip-edges", points=0.5, tolerance=T1, edge=True,
    title=Text("an empty list; zeros; exactly at the limit; just below it", "빈 리스트; 모두 0; 정확히 한계일 때; 한계 바로 아래"),
    hint=Text(
        "Nothing is divided unless the norm is above c.", "노름이 c보다 클 때가 아니면 아무것도 나누지 않습니다."
    ),
)  # fmt: skip
def clip_edges(draw: Draw):
    yield draw.call([], 1.0, function="clip_by_norm")
    yield draw.call([np.zeros((2, 3)), np.zeros(4)], 0.5, function="clip_by_norm")
    yield draw.call([np.array([3.0, 0.0]), np.array([[4.0]])], 5.0, function="clip_by_norm")
    yield draw.call([draw.normal(3, 1, scale=1e-3), draw.normal(2, scale=1e-3)], 0.9, function="clip_by_norm")
    yield draw.call([np.full((2, 3), 1e4), draw.normal(3)], 2.5, function="clip_by_norm")


@state_jacobian.in_float32(points=0.5)
def jacobian_float32(draw: Draw):
    yield draw.call(draw.normal(4, 4), states(draw, 5, 4))
    yield draw.call(gradients(draw, (3, 4), (5,)), 0.7, function="clip_by_norm")


# -- 9. word_embed, word_embed_bwd -----------------------------------------------------------------------------------

word_embed = Task(
    "word_embed",
    points=4,
    functions=("word_embed", "word_embed_bwd"),
    form=0.25,
    purity=0.25,
    forbid=AUTOGRAD,
    exempt=COMMON,
)


def words(draw: Draw, N, T, V, *, unused=True):
    """(N, T) word numbers with repeats in a row and across rows; word V - 1 does not occur if unused."""
    idx = draw.integers(0, V - 1 if unused else V, N, T)
    idx[0, 1] = idx[0, 0]
    idx[1, -1] = idx[0, 0]
    return idx


@word_embed.check(
    "embed", points=0.5, visible=True, tolerance=X,
    title=Text("the vectors of words", "단어의 벡터"),
    hint=Text("Each word number picks one row of E.", "단어 번호마다 E에서 한 행을 고릅니다."),
)  # fmt: skip
def embed_small(draw: Draw):
    yield draw.call(words(draw, 2, 3, 5), draw.normal(5, 4))


@word_embed.check(
    "backward", points=0.75, visible=True, tolerance=T1,
    title=Text("gradients with repeated words", "반복되는 단어가 있을 때의 기울기"),
    hint=Text(
        "Count how often a word occurs: so many gradients add up in its row.",
        "단어가 몇 번 나오는지 세어 보세요. 그만큼의 기울기가 그 행에 더해집니다.",
    ),
)  # fmt: skip
def embed_backward(draw: Draw):
    yield draw.call(draw.normal(2, 4, 3), words(draw, 2, 4, 6), draw.normal(6, 3), function="word_embed_bwd")


@word_embed.check(
    "gradient", points=0.25, visible=True, tolerance=T2, gradient=("E",),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def embed_gradient(draw: Draw):
    yield draw.call(words(draw, 3, 4, 5), draw.normal(5, 2))


@word_embed.check(
    "other", points=1, tolerance=T1,
    title=Text("both, other sizes", "다른 크기에서 둘 다"),
    hint=Text(
        "Words that do not occur get a gradient of 0, and the table keeps its size.",
        "나오지 않은 단어의 기울기는 0이고, 표의 크기는 그대로입니다.",
    ),
)  # fmt: skip
def embed_other(draw: Draw):
    for _ in range(2):
        N, T, V, D = draw.sizes(4, 3, 8)
        yield draw.call(draw.strided(words(draw, N, T, V)), draw.normal(V, D))
        dout = draw.strided(draw.normal(N, T, D))
        yield draw.call(dout, words(draw, N, T, V), draw.normal(V, D), function="word_embed_bwd")


@word_embed.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("one word, over and over; no words; one place", "같은 단어만 반복; 단어 없음; 한 자리"),
    hint=Text(
        "When all places hold one word, its row gets the sum of everything.",
        "모든 자리에 같은 단어가 있으면 그 행이 모든 기울기의 합을 받습니다.",
    ),
)  # fmt: skip
def embed_edges(draw: Draw):
    same = np.full((3, 4), 2)
    yield draw.call(same, draw.normal(5, 2))
    yield draw.call(draw.normal(3, 4, 2), same, draw.normal(5, 2), function="word_embed_bwd")
    none = np.zeros((0, 3), dtype=np.int64)
    yield draw.call(none, draw.normal(4, 2))
    yield draw.call(np.zeros((0, 3, 2)), none, draw.normal(4, 2), function="word_embed_bwd")
    yield draw.call(np.zeros((2, 0, 3)), np.zeros((2, 0), dtype=np.int64), draw.normal(4, 3), function="word_embed_bwd")
    yield draw.call(draw.normal(1, 1, 3), np.array([[3]]), draw.normal(4, 3), function="word_embed_bwd")


@word_embed.in_float32(points=0.5)
def embed_float32(draw: Draw):
    yield draw.call(words(draw, 2, 4, 5), draw.normal(5, 3))
    yield draw.call(draw.normal(2, 4, 3), words(draw, 2, 4, 5), draw.normal(5, 3), function="word_embed_bwd")
