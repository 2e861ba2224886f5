"""Lecture 9: LSTM. Packed order [i, f, o, g] everywhere.

The numpy helpers below make *inputs* only: caches that are consistent with real steps, so that the backward functions
are graded on their own, and random numbers that keep away from the borders at which a sampled token would jump.
"""

import numpy as np

from autograder.authoring import AUTOGRAD, T1, T2, Draw, Each, Task, Text, X

CACHE = ("x", "h", "c", "i", "f", "o", "g", "c_new", "Wx", "Wh")

LSTM_MODULES = ("torch.nn.LSTM", "torch.nn.LSTMCell", "torch.lstm_cell", "torch.lstm")
AUTOGRAD_OR_LSTM = (*AUTOGRAD, "torch.nn.LSTM", "torch.nn.LSTMCell")
PLAIN = {
    "R6": "no epsilon in an LSTM",
    "R7": "no hyper-parameter with a default",
    "R8": "smooth functions without a threshold",
    "R10": "no pooling",
    "R14": "no hyper-parameter",
}
PLAIN_BUT_TEMPERATURE = {rule: reason for rule, reason in PLAIN.items() if rule not in ("R8", "R14")}


# -- numpy helpers ---------------------------------------------------------------------------------------------------


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def np_step(x, h, c, Wx, Wh, b):
    """(h_new, c_new, cache) of one step, the cache as pinned in the docstring of lstm_step."""
    i, f, o, g = np.split(x @ Wx + h @ Wh + b, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


def weights(draw: Draw, D, H, scale=0.8):
    """Wx, Wh, b with biases away from zero."""
    b = draw.away_from_zero(4 * H, margin=0.2)
    return draw.normal(D, 4 * H, scale=scale), draw.normal(H, 4 * H, scale=scale), b


def step_inputs(draw: Draw, N, D, H):
    return (draw.normal(N, D), draw.normal(N, H), draw.normal(N, H), *weights(draw, D, H))


def sequence_inputs(draw: Draw, N, T, D, H):
    return (draw.normal(N, T, D), draw.normal(N, H), draw.normal(N, H), *weights(draw, D, H))


def run_caches(draw: Draw, N, T, D, H):
    """The caches of T real steps."""
    x, h, c, Wx, Wh, b = sequence_inputs(draw, N, T, D, H)
    caches = []
    for t in range(T):
        h, c, cache = np_step(x[:, t], h, c, Wx, Wh, b)
        caches.append(cache)
    return caches


def language_model(draw: Draw, V, D, H, **more):
    """Parameters of a word or character model; the scores depend strongly on the state."""
    Wx, Wh, b = weights(draw, D, H, scale=1.0)
    params = {"E": draw.normal(V, D, scale=1.5), "Wx": Wx, "Wh": Wh, "b": b}
    params.update(Wy=draw.normal(H, V, scale=2.0), by=draw.uniform(V, low=1.0, high=3.0), **more)
    return params


# -- 1 ---------------------------------------------------------------------------------------------------------------

lstm_step = Task(
    "lstm_step",
    points=16,
    form=2,
    purity=1,
    forbid=LSTM_MODULES,
    exempt=PLAIN,
    parts={"lstm_step": ("h_new", "c_new", {"cache": CACHE}), "step_state": ("h_new", "c_new")},
)


@lstm_step.check(
    "state", points=3, visible=True, tolerance=T1,
    title=Text("new hidden and cell state", "새 은닉 상태와 셀 상태"),
    hint=Text(
        "Compare the cell first: only when it is right, look at the hidden state. The blocks are packed [i, f, o, g].",
        "셀 상태부터 비교하세요. 셀이 맞은 다음에 은닉 상태를 보면 됩니다. 블록 순서는 [i, f, o, g]입니다.",
    ),
)  # fmt: skip
def state(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 6)
        yield draw.call(*step_inputs(draw, N, D, H), function="step_state")


@lstm_step.check(
    "cache", points=1, visible=True, tolerance=T1,
    title=Text("the cache", "캐시"),
    hint=Text(
        "Ten tensors in the order of the docstring: old h and c, the gates after their activation, the new cell.",
        "docstring에 적힌 순서대로 텐서 10개입니다. h와 c는 이전 값, 게이트는 활성화를 거친 값, 셀은 새 값입니다.",
    ),
)  # fmt: skip
def cache(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*step_inputs(draw, N, D, H))


lstm_step.check(
    "other-cache", points=1, tolerance=T1,
    title=Text("the cache, other sizes", "다른 크기에서의 캐시"),
    hint=Text(
        "Does every position of your cache hold what the docstring says, for any N, D and H?",
        "N, D, H가 달라져도 캐시의 각 자리에 docstring에 적힌 값이 들어 있나요?",
    ),
)(cache)  # fmt: skip


@lstm_step.check(
    "other-sizes", points=3, tolerance=T1,
    title=Text("states for other sizes and a strided input", "다른 크기와 불연속 메모리 입력"),
    hint=Text(
        "Use the sizes of the arguments, not numbers from the examples; the old h and the old c are not zero here.",
        "예시의 숫자가 아니라 인자의 크기를 사용하세요. 여기서는 이전 h와 c가 0이 아닙니다.",
    ),
)  # fmt: skip
def other_sizes(draw: Draw):
    for k in range(3):
        N, D, H = draw.sizes(3, 2, 7)
        x, *rest = step_inputs(draw, N, D, H)
        yield draw.call(draw.strided(x) if k == 2 else x, *rest, function="step_state")


@lstm_step.check(
    "saturated", points=1, tolerance=T1, edge=True,
    title=Text("gates driven to 0 and 1", "0과 1로 포화된 게이트"),
    hint=Text(
        "A sigmoid written with exp must not overflow for large positive or negative inputs.",
        "exp로 직접 쓴 시그모이드는 아주 크거나 작은 입력에서도 오버플로가 나지 않아야 합니다.",
    ),
)  # fmt: skip
def saturated(draw: Draw):
    for size in (30.0, 800.0):
        N, D, H = draw.sizes(3, 2, 6)
        x, h, c, Wx, Wh, b = step_inputs(draw, N, D, H)
        yield draw.call(x, h, c, 0.1 * Wx, 0.1 * Wh, size * np.sign(b), function="step_state")


@lstm_step.check(
    "zero-weights", points=1, tolerance=T1, edge=True,
    title=Text("weights of zero", "가중치가 모두 0일 때"),
    hint=Text(
        "With zero weights only the biases decide the gates, and the old cell is still there.",
        "가중치가 0이면 게이트는 편향만으로 정해지고, 이전 셀 상태는 그대로 남아 있습니다.",
    ),
)  # fmt: skip
def zero_weights(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    x, h, c, Wx, Wh, b = step_inputs(draw, N, D, H)
    yield draw.call(x, h, c, 0 * Wx, 0 * Wh, b, function="step_state")
    yield draw.call(x, h, c, 0 * Wx, 0 * Wh, 0 * b, function="step_state")


@lstm_step.check(
    "one-or-none", points=1, tolerance=T1, edge=True,
    title=Text("a batch of one, and an empty one", "크기가 1인 배치와 빈 배치"),
    hint=Text("Keep the batch axis whatever its size is.", "배치 크기가 얼마든 배치 축을 유지하세요."),
)  # fmt: skip
def one_or_none(draw: Draw):
    for N in (1, 0):
        D, H = draw.sizes(2, 2, 6)
        yield draw.call(*step_inputs(draw, N, D, H), function="step_state")


@lstm_step.check(
    "another-cell", points=1, tolerance=T2,
    title=Text("another cell", "또 다른 셀"),
    hint=Text(
        "Check the packed order [i, f, o, g], block by block.",
        "묶인 순서 [i, f, o, g]를 블록마다 확인하세요.",
    ),
)  # fmt: skip
def step_another(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*step_inputs(draw, N, D, H), function="step_state")


lstm_step.in_float32(
    points=1,
    hint=Text(
        "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
    ),
)(step_another)  # fmt: skip


# -- 2 ---------------------------------------------------------------------------------------------------------------

lstm_step_bwd = Task(
    "lstm_step_bwd", points=18, form=2, purity=1, forbid=AUTOGRAD_OR_LSTM,
    exempt={**PLAIN, "R13": "the arguments are a cache, which the forward step makes itself"}, parts={
        "lstm_step_bwd": ("dx", "dh_prev", "dc_prev", "dWx", "dWh", "db"),
        "step_input_gradients": ("dx", "dh_prev"),
        "step_weight_gradients": ("dWx", "dWh", "db"),
    },
)  # fmt: skip


def backward_inputs(draw: Draw, N, D, H):
    *_, cache = np_step(*step_inputs(draw, N, D, H))
    return draw.normal(N, H), draw.normal(N, H), cache


@lstm_step_bwd.check(
    "cell", points=2, visible=True, tolerance=T2,
    title=Text("the gradient of the old cell", "이전 셀 상태의 기울기"),
    hint=Text(
        "First collect all that arrives at c_new: from later steps, and from h_new through tanh and the output gate.",
        "c_new에 도착하는 기울기를 먼저 모두 더하세요. 뒤 시점에서 오는 것과, 출력 게이트와 tanh를 거쳐 h_new에서 오는 것이 있습니다.",
    ),
)  # fmt: skip
def cell(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*backward_inputs(draw, N, D, H), function="step_cell_gradient")


@lstm_step_bwd.check(
    "all", points=3, visible=True, tolerance=T2,
    title=Text("all six gradients", "여섯 개의 기울기 모두"),
    hint=Text(
        "Get the pre-activation gradient dz (N, 4H) right, packed [i, f, o, g]; the rest are matrix products with it.",
        "활성화 전 값의 기울기 dz (N, 4H)를 [i, f, o, g] 순서로 맞게 구하면 나머지는 dz와의 행렬 곱입니다.",
    ),
)  # fmt: skip
def all_gradients(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 6)
        yield draw.call(*backward_inputs(draw, N, D, H))


@lstm_step_bwd.check(
    "other-cells", points=2, tolerance=T2,
    title=Text("the old cell, other inputs", "다른 입력에서 이전 셀의 기울기"),
    hint=Text(
        "The path into the old cell passes the forget gate once, and tanh' is taken at c_new once.",
        "이전 셀로 가는 길은 망각 게이트를 한 번 지나고, tanh의 미분은 c_new에서 한 번만 곱합니다.",
    ),
)  # fmt: skip
def other_cells(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 7)
        yield draw.call(*backward_inputs(draw, N, D, H), function="step_cell_gradient")


@lstm_step_bwd.check(
    "inputs", points=3, tolerance=T2,
    title=Text("gradients of x and of the old h", "x와 이전 h의 기울기"),
    hint=Text(
        "Each block of dz has the derivative of its own activation: s(1-s) for the gates, 1-g^2 for the candidate.",
        "dz의 블록마다 자기 활성화 함수의 미분을 곱합니다. 게이트는 s(1-s), 후보값은 1-g^2입니다.",
    ),
)  # fmt: skip
def inputs(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 7)
        yield draw.call(*backward_inputs(draw, N, D, H), function="step_input_gradients")


@lstm_step_bwd.check(
    "weights", points=2, tolerance=T2,
    title=Text("gradients of the weights", "가중치의 기울기"),
    hint=Text(
        "Which hidden state was multiplied by Wh, the old or the new one? And sum over the batch, without a mean.",
        "Wh와 곱해진 은닉 상태는 이전 것인가요, 새것인가요? 배치에 대해서는 평균이 아니라 합입니다.",
    ),
)  # fmt: skip
def weight_gradients(draw: Draw):
    for _ in range(2):
        N, D, H = draw.sizes(3, 2, 7)
        yield draw.call(*backward_inputs(draw, N, D, H), function="step_weight_gradients")


@lstm_step_bwd.check(
    "one-sided", points=1, tolerance=T2, edge=True,
    title=Text("only one of the two gradients arrives", "두 기울기 중 하나만 들어올 때"),
    hint=Text(
        "Follow dh alone, then dc alone: through which gates does each of them reach the cell?",
        "dh만 있을 때와 dc만 있을 때를 따로 따라가 보세요. 각각 어떤 게이트를 지나 셀에 닿나요?",
    ),
)  # fmt: skip
def one_sided(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    dh, dc, cache = backward_inputs(draw, N, D, H)
    yield draw.call(dh, 0 * dc, cache)
    yield draw.call(0 * dh, dc, cache)


@lstm_step_bwd.check(
    "shut", points=1, tolerance=T2, edge=True,
    title=Text("gates at exactly 0 and 1, a batch of one", "정확히 0과 1인 게이트, 크기 1인 배치"),
    hint=Text(
        "Do not divide by a gate: it may be 0. Where the forget gate is shut, nothing reaches the old cell.",
        "게이트 값은 0일 수 있으니 게이트로 나누지 마세요. 망각 게이트가 닫힌 곳에서는 이전 셀로 아무것도 가지 않습니다.",
    ),
)  # fmt: skip
def shut(draw: Draw):
    D, H = draw.sizes(2, 2, 6)
    x, h, c, Wx, Wh, b = step_inputs(draw, 1, D, H)
    b = np.concatenate([b[:H], 800 * np.sign(b[H : 2 * H]), b[2 * H :]])
    yield draw.call(draw.normal(1, H), draw.normal(1, H), np_step(x, h, c, Wx, Wh, b)[2])
    N, D, H = draw.sizes(3, 2, 6)
    x, h, c, Wx, Wh, b = step_inputs(draw, N, D, H)
    b = np.concatenate([800 * np.sign(b[:H]), b[H : 2 * H], 800 * np.sign(b[2 * H : 3 * H]), b[3 * H :]])
    yield draw.call(draw.normal(N, H), draw.normal(N, H), np_step(x, h, c, Wx, Wh, b)[2])


@lstm_step_bwd.in_float32(
    points=1,
    hint=Text(
        "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
    ),
)  # fmt: skip
def bwd_float32(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*backward_inputs(draw, N, D, H))


# -- 3 ---------------------------------------------------------------------------------------------------------------

lstm_forward = Task(
    "lstm_forward",
    points=10,
    form=1,
    purity=1,
    forbid=LSTM_MODULES,
    exempt=PLAIN,
    parts={"lstm_forward": ("H", "c", {"caches": Each("step", "시점", CACHE)}), "forward_states": ("H", "c")},
)


@lstm_forward.check(
    "states", points=2, visible=True, tolerance=T1,
    title=Text("all hidden states and the last cell", "모든 은닉 상태와 마지막 셀"),
    hint=Text(
        "Look at the first step with a wrong H: if it is t = 1, something was not carried over.",
        "H가 처음으로 틀린 시점을 찾아보세요. t = 1부터 틀렸다면 다음 시점으로 넘기지 않은 상태가 있습니다.",
    ),
)  # fmt: skip
def states(draw: Draw):
    for _ in range(2):
        N, T, D, H = draw.sizes(4, 2, 6)
        yield draw.call(*sequence_inputs(draw, N, max(T, 3), D, H), function="forward_states")


@lstm_forward.check(
    "caches", points=1, visible=True, tolerance=T1,
    title=Text("the list of caches", "캐시의 리스트"),
    hint=Text(
        "One cache per step, in order of time, each exactly as lstm_step returns it.",
        "시점마다 캐시 하나를, 시간 순서대로, lstm_step이 돌려준 그대로 담으세요.",
    ),
)  # fmt: skip
def caches(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    yield draw.call(*sequence_inputs(draw, N, 6, D, H))


@lstm_forward.check(
    "other-sizes", points=1.5, tolerance=T1,
    title=Text("other sizes, and a strided input", "다른 크기와 불연속 메모리 입력"),
    hint=Text(
        "The second axis of x is time, and H has the shape (N, T, H).",
        "x의 두 번째 축이 시간이고 H의 모양은 (N, T, H)입니다.",
    ),
)  # fmt: skip
def other_sequences(draw: Draw):
    for k in range(3):
        N, T, D, H = draw.sizes(4, 3, 7)
        x, *rest = sequence_inputs(draw, N, T, D, H)
        yield draw.call(draw.strided(x) if k == 2 else x, *rest, function="forward_states")


@lstm_forward.check(
    "one-step", points=1, tolerance=T1, edge=True,
    title=Text("one step from a state that is not zero", "0이 아닌 상태에서 시작하는 한 시점"),
    hint=Text(
        "The first step starts from the h0 and c0 that are given.", "첫 시점은 주어진 h0과 c0에서 시작합니다."
    ),
)  # fmt: skip
def one_step(draw: Draw):
    for N in (3, 1):
        D, H = draw.sizes(2, 4, 6)
        yield draw.call(*sequence_inputs(draw, N, 1, D, H), function="forward_states")


@lstm_forward.check(
    "long", points=1, tolerance=T1,
    title=Text("fifty steps", "50시점"),
    hint=Text(
        "Over many steps a small mistake in what is carried grows: check both states.",
        "시점이 많으면 상태를 넘길 때의 작은 실수도 커집니다. 두 상태를 모두 확인하세요.",
    ),
)  # fmt: skip
def long(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    yield draw.call(*sequence_inputs(draw, N, 50, D, H), function="forward_states")
    x, *rest = sequence_inputs(draw, N, 50, D, H)
    yield draw.call(np.full_like(x, draw.scalar(0.3, 0.9)), *rest, function="forward_states")


@lstm_forward.check(
    "gradient", points=0.5, tolerance=T2, gradient=("x", "h0", "c0", "Wx", "Wh", "b"),
    title=Text("autograd can follow it", "자동 미분이 따라갈 수 있는지"),
    hint=Text(
        "Do not detach or copy the states between the steps.", "시점 사이에서 상태를 detach하거나 복사하지 마세요."
    ),
)  # fmt: skip
def forward_gradient(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    yield draw.call(*sequence_inputs(draw, N, 6, D, H), function="forward_states")


lstm_forward.in_float32(
    points=0.5,
    hint=Text(
        "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
    ),
)(forward_gradient)  # fmt: skip


@lstm_forward.check(
    "no-steps", points=0.5, tolerance=T1, edge=True,
    title=Text("a sequence without steps", "길이가 0인 시퀀스"),
    hint=Text(
        "An empty list cannot be stacked; the shape of H is known from h0.",
        "빈 리스트는 쌓을 수 없습니다. H의 모양은 h0에서 알 수 있습니다.",
    ),
)  # fmt: skip
def no_steps(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(*sequence_inputs(draw, N, 0, D, H))


# -- 4 ---------------------------------------------------------------------------------------------------------------

lstm_backward = Task(
    "lstm_backward",
    points=16,
    form=2,
    purity=1,
    forbid=AUTOGRAD_OR_LSTM,
    exempt=PLAIN,
    parts={
        "lstm_backward": ("dx", "dh0", "dc0", "dWx", "dWh", "db"),
        "backward_inputs": ("dx", "dh0", "dc0"),
        "backward_weights": ("dWx", "dWh", "db"),
    },
)


@lstm_backward.check(
    "one-step", points=1.5, visible=True, tolerance=T2, edge=True,
    title=Text("a sequence of one step", "한 시점짜리 시퀀스"),
    hint=Text(
        "With one step this is your backward step, with a cell gradient of 0 from the future.",
        "한 시점이면 앞에서 만든 한 시점의 역전파와 같고, 미래에서 오는 셀의 기울기는 0입니다.",
    ),
)  # fmt: skip
def back_one_step(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    yield draw.call(draw.normal(N, 1, H), run_caches(draw, N, 1, D, H))


@lstm_backward.check(
    "short", points=3, visible=True, tolerance=T2,
    title=Text("a few steps, all gradients", "몇 시점, 모든 기울기"),
    hint=Text(
        "Compare dx step by step from the end: the last one needs nothing from the future, the one before it does.",
        "dx를 끝 시점부터 비교하세요. 마지막 시점은 미래에서 오는 것이 없지만 그 앞 시점에는 있습니다.",
    ),
)  # fmt: skip
def short(draw: Draw):
    for _ in range(2):
        N, T, D, H = draw.sizes(4, 3, 6)
        yield draw.call(draw.normal(N, T, H), run_caches(draw, N, T, D, H))


@lstm_backward.check(
    "inputs", points=3, tolerance=T2,
    title=Text("gradients of x, h0 and c0", "x, h0, c0의 기울기"),
    hint=Text(
        "Both dh and dc travel from a step to the one before it; dH[:, t] is added to dh, it does not replace it.",
        "dh와 dc 모두 앞 시점으로 넘어갑니다. dH[:, t]는 dh를 대신하는 것이 아니라 dh에 더해집니다.",
    ),
)  # fmt: skip
def back_inputs(draw: Draw):
    for k in range(3):
        N, T, D, H = draw.sizes(4, 3, 7)
        dH = draw.normal(N, T, H)
        yield draw.call(draw.strided(dH) if k == 2 else dH, run_caches(draw, N, T, D, H), function="backward_inputs")


@lstm_backward.check(
    "weights", points=2.5, tolerance=T2,
    title=Text("gradients of the weights", "가중치의 기울기"),
    hint=Text(
        "The same weights are used at every step, so their gradients add up, without a mean.",
        "모든 시점이 같은 가중치를 쓰므로 기울기를 더합니다. 평균은 내지 않습니다.",
    ),
)  # fmt: skip
def back_weights(draw: Draw):
    for _ in range(2):
        N, T, D, H = draw.sizes(4, 3, 7)
        yield draw.call(draw.normal(N, T, H), run_caches(draw, N, T, D, H), function="backward_weights")


@lstm_backward.check(
    "last-only", points=1, tolerance=T2,
    title=Text("a loss on the last step only", "마지막 시점에만 손실이 있을 때"),
    hint=Text(
        "All earlier gradients come from the future here: nothing may be lost between two steps.",
        "여기서는 앞 시점의 기울기가 모두 미래에서 옵니다. 시점 사이에서 잃어버리는 것이 없어야 합니다.",
    ),
)  # fmt: skip
def last_only(draw: Draw):
    N, T, D, H = draw.sizes(4, 3, 6)
    dH = draw.normal(N, T, H)
    dH[:, :-1] = 0
    yield draw.call(dH, run_caches(draw, N, T, D, H))


@lstm_backward.check(
    "some-steps", points=1, tolerance=T2,
    title=Text("a loss on some steps, and the same on all", "일부 시점에만 손실이 있을 때와 모두 같을 때"),
    hint=Text(
        "A step without a loss of its own still passes gradients on.",
        "자기 손실이 없는 시점도 기울기를 앞으로 전달합니다.",
    ),
)  # fmt: skip
def some_steps(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    dH = draw.normal(N, 7, H)
    dH[:, [0, 2, 3, 6]] = 0
    yield draw.call(dH, run_caches(draw, N, 7, D, H))
    yield draw.call(np.full_like(dH, 0.7), run_caches(draw, N, 7, D, H))


@lstm_backward.check(
    "long", points=0.5, tolerance=T2,
    title=Text("thirty steps", "30시점"),
    hint=Text("The number of steps is the length of caches.", "시점의 수는 caches의 길이입니다."),
)  # fmt: skip
def back_long(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    yield draw.call(draw.normal(N, 30, H), run_caches(draw, N, 30, D, H))


@lstm_backward.in_float32(
    points=0.5,
    hint=Text(
        "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
    ),
)  # fmt: skip
def back_float32(draw: Draw):
    N, D, H = draw.sizes(3, 2, 5)
    yield draw.call(draw.normal(N, 6, H), run_caches(draw, N, 6, D, H))


# -- 5 ---------------------------------------------------------------------------------------------------------------

cell_gradient = Task("cell_gradient", points=6, form=1, purity=0.5, exempt={**PLAIN, "R4": "a forward quantity"})


@cell_gradient.check(
    "gates", points=1.5, visible=True, tolerance=T1,
    title=Text("some steps", "몇 시점"),
    hint=Text(
        "Each step multiplies the gradient by its forget gate; time is the first axis.",
        "시점마다 기울기에 그 시점의 망각 게이트가 곱해집니다. 시간은 첫 번째 축입니다.",
    ),
)  # fmt: skip
def gates(draw: Draw):
    for _ in range(2):
        T, N, H = draw.sizes(3, 3, 6)
        yield draw.call(draw.uniform(T, N, H, low=0.1, high=0.95))


@cell_gradient.check(
    "other-sizes", points=1, tolerance=T1,
    title=Text("other lengths, some long", "다른 길이와 긴 시퀀스"),
    hint=Text("One value per example and unit, whatever the length.", "길이와 상관없이 샘플과 유닛마다 값이 하나입니다."),
)  # fmt: skip
def other_gates(draw: Draw):
    T, N, H = draw.sizes(3, 3, 7)
    yield draw.call(draw.strided(draw.uniform(T, N, H, low=0.1, high=0.95)))
    N, H = draw.sizes(2, 2, 6)
    yield draw.call(draw.uniform(50, N, H, low=0.9, high=1.0))


@cell_gradient.check(
    "shut", points=0.5, tolerance=T1, edge=True,
    title=Text("a gate that shuts", "닫히는 게이트"),
    hint=Text(
        "A single 0 on the way cuts the past off for that unit, and for that unit only.",
        "도중에 0이 하나라도 있으면 그 유닛만 과거와 끊어집니다.",
    ),
)  # fmt: skip
def shut_gate(draw: Draw):
    T, N, H = draw.sizes(3, 3, 6)
    f = draw.uniform(T, N, H, low=0.3, high=1.0)
    f[1, 0, :] = 0.0
    f[T - 1, 1, 0] = 0.0
    f[:, 2, 1] = 1.0
    yield draw.call(f)
    yield draw.call(draw.uniform(1, 1, 1, low=0.3, high=0.7))
    yield draw.call(np.full((T, N, H), 0.9))


@cell_gradient.check(
    "no-steps", points=0.5, tolerance=T1, edge=True,
    title=Text("no steps", "시점이 없을 때"),
    hint=Text("What is the derivative of c0 with respect to itself?", "c0을 자기 자신으로 미분하면 얼마인가요?"),
)  # fmt: skip
def no_gates(draw: Draw):
    N, H = draw.sizes(2, 2, 6)
    yield draw.call(np.zeros((0, N, H)))


@cell_gradient.check(
    "gradient", points=0.5, tolerance=T2, gradient=("f",),
    title=Text("autograd can follow it", "자동 미분이 따라갈 수 있는지"),
    hint=Text("Stay with tensor operations.", "텐서 연산만 사용하세요."),
)  # fmt: skip
def gates_gradient(draw: Draw):
    T, N, H = draw.sizes(3, 3, 6)
    yield draw.call(draw.uniform(T, N, H, low=0.3, high=0.95))


cell_gradient.in_float32(
    points=0.5,
    hint=Text(
        "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
    ),
)(gates_gradient)  # fmt: skip


# -- 6 ---------------------------------------------------------------------------------------------------------------

sample_text = Task(
    "sample_text", points=10, form=1, purity=1, forbid=("torch.multinomial", "torch.distributions"),
    exempt={
        **PLAIN_BUT_TEMPERATURE,
        "R4": "tokens have no gradient",
        "R12": "equal scores put the borders where rounding decides",
    },
)  # fmt: skip

MARGIN = 2e-3


def sampling(draw: Draw, N, V, D, H, T, temp, fixed=None, gap=0.0):
    """Arguments of sample_text whose answer does not hang on rounding.

    Every uniform number is at least MARGIN away from every cumulative sum (fixed: these numbers instead, one per row),
    and the best score leads by at least `gap`. At least two different tokens, one of them not 0, appear; with `fixed`
    and a gap, a token other than 0 also where U is 0.
    """
    for _ in range(1000):
        params = language_model(draw, V, D, H)
        h = h0 = draw.normal(N, H)
        c = c0 = draw.normal(N, H)
        token = x0 = draw.integers(0, V, N)
        U, tokens, lead = np.zeros((N, T)), np.zeros((N, T), dtype=np.int64), np.inf
        for t in range(T):
            h, c, _ = np_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
            logits = h @ params["Wy"] + params["by"]
            best = np.sort(logits, axis=1)
            lead = min(lead, (best[:, -1] - best[:, -2]).min())
            F = np.cumsum(softmax(logits / temp), axis=1)
            U[:, t] = fixed if fixed is not None else [clear_uniform(draw, row) for row in F]
            token = tokens[:, t] = np.minimum((F <= U[:, t : t + 1]).sum(axis=1), V - 1)
        if fixed is not None and lead < gap:
            continue
        if fixed is not None and gap and not tokens[fixed == 0.0].any():
            continue  # where U = 0 the right token must be another than 0 at least once
        if lead >= gap and (T == 0 or N * T == 1 or len(set(tokens.ravel())) > 1):
            return params, h0, c0, x0, T, temp, U
    raise ValueError("no clear draw; lower the gap")


def clear_uniform(draw: Draw, F):
    """A uniform number that is clearly inside one piece."""
    while True:
        u = draw.scalar(0.0, 1.0)
        if np.abs(F - u).min() > MARGIN:
            return u


@sample_text.check(
    "tokens", points=2, visible=True, tolerance=X,
    title=Text("sampled tokens", "뽑힌 토큰"),
    hint=Text(
        "If the first column is right and the second is not, look at what you carry: the token, h and c.",
        "첫 열은 맞고 둘째 열부터 틀렸다면 다음 시점으로 넘기는 토큰, h, c를 살펴보세요.",
    ),
)  # fmt: skip
def tokens(draw: Draw):
    N, V, D, H, T = 4, 6, 3, 5, 7
    yield draw.call(*sampling(draw, N, V, D, H, T, 1.0))
    yield draw.call(*sampling(draw, N, V, D, H, T, 2.5))


@sample_text.check(
    "cold", points=1, visible=True, tolerance=X,
    title=Text("a low temperature", "낮은 온도"),
    hint=Text(
        "Near temperature 0 the result is the argmax; exp of large numbers overflows unless the maximum is subtracted first.",
        "온도가 0에 가까우면 결과는 argmax와 같습니다. 최댓값을 먼저 빼지 않으면 exp에서 오버플로가 납니다.",
    ),
)  # fmt: skip
def cold(draw: Draw):
    N, V, D, H, T = 3, 7, 4, 5, 6
    yield draw.call(*sampling(draw, N, V, D, H, T, 1e-3, gap=0.01))


@sample_text.check(
    "other-tokens", points=1.5, tolerance=X,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "The new token is the smallest k whose cumulative sum is greater than the uniform number.",
        "새 토큰은 누적합이 균등 난수보다 커지는 가장 작은 k입니다.",
    ),
)  # fmt: skip
def other_tokens(draw: Draw):
    for _ in range(3):
        N, V, D, H, T = draw.sizes(5, 3, 8)
        yield draw.call(*sampling(draw, N, V, D, H, T, 1.3))


@sample_text.check(
    "temperatures", points=1, tolerance=X,
    title=Text("the same model at two temperatures", "같은 모델, 두 온도"),
    hint=Text(
        "A high temperature makes the distribution flatter. Are the logits divided by it?",
        "온도가 높으면 분포가 평평해집니다. 로짓을 온도로 나누고 있나요?",
    ),
)  # fmt: skip
def temperatures(draw: Draw):
    N, V, D, H, T = draw.sizes(5, 4, 8)
    *same, temp, U = sampling(draw, N, V, D, H, T, 0.5)
    yield draw.call(*same, temp, U)
    hot = 4.0
    for _ in range(200):  # the same numbers must be clear of the borders at the other temperature as well
        params, h, c, token, T = same
        clear = True
        for t in range(T):
            h, c, _ = np_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
            F = np.cumsum(softmax((h @ params["Wy"] + params["by"]) / hot), axis=1)
            clear = clear and np.abs(F - U[:, t : t + 1]).min() > 1e-6
            token = np.minimum((F <= U[:, t : t + 1]).sum(axis=1), V - 1)
        if clear:
            break
        hot *= 1.01
    yield draw.call(*same, hot, U)


@sample_text.check(
    "ends", points=1, tolerance=X, edge=True,
    title=Text("uniform numbers at the ends of [0, 1)", "[0, 1)의 양 끝에 있는 난수"),
    hint=Text(
        "U = 0 never selects a token of probability 0, and a number just below 1 selects a token that exists.",
        "U = 0이어도 확률이 0인 토큰은 뽑히지 않고, 1에 아주 가까운 난수도 실제로 있는 토큰을 고릅니다.",
    ),
)  # fmt: skip
def ends(draw: Draw):
    V, D, H = draw.sizes(3, 4, 7)
    both = np.array([0.0, 0.999999, 0.0])
    yield draw.call(*sampling(draw, 3, V, D, H, 8, 1e-4, fixed=both, gap=0.1))
    yield draw.call(*sampling(draw, 3, V, D, H, 8, 50.0, fixed=both))
    # so close to 1 that rounding leaves some of these rows no greater sum: V - 1, however it is rounded
    N, closest = 48, np.nextafter(1.0, 0.0)
    h, c, x0 = draw.normal(N, H), draw.normal(N, H), draw.integers(0, V, N)
    yield draw.call(language_model(draw, V, D, H), h, c, x0, 2, 2.0, np.full((N, 2), closest))


@sample_text.check(
    "one", points=0.5, tolerance=X, edge=True,
    title=Text("one text, one token", "글 하나, 토큰 하나"),
    hint=Text("Keep both axes of the result: (N, T).", "결과의 두 축 (N, T)를 유지하세요."),
)  # fmt: skip
def one_token(draw: Draw):
    V, D, H = draw.sizes(3, 3, 6)
    yield draw.call(*sampling(draw, 1, V, D, H, 1, 0.9))


@sample_text.check(
    "no-steps", points=0.5, tolerance=X, edge=True,
    title=Text("T = 0", "T = 0"),
    hint=Text("No tokens at all: an int64 tensor of shape (N, 0).", "토큰이 없습니다. 모양 (N, 0)인 int64 텐서를 돌려주세요."),
)  # fmt: skip
def no_tokens(draw: Draw):
    N, V, D, H = draw.sizes(4, 2, 6)
    yield draw.call(*sampling(draw, N, V, D, H, 0, 0.8))


@sample_text.in_float32(
    points=0.5,
    tolerance=X,
    hint=Text("Tokens are int64, whatever the dtype of the model.", "모델의 dtype과 상관없이 토큰은 int64입니다."),
)  # fmt: skip
def tokens_float32(draw: Draw):
    N, V, D, H, T = draw.sizes(5, 3, 8)
    yield draw.call(*sampling(draw, N, V, D, H, T, 0.8))


# -- 7 ---------------------------------------------------------------------------------------------------------------

caption_loss = Task(
    "caption_loss", points=12, functions=("caption_loss", "greedy_decode"), form=1, purity=1, forbid=AUTOGRAD_OR_LSTM,
    exempt={rule: reason for rule, reason in PLAIN.items() if rule != "R14"}, parts={"caption_loss": ("loss", "grads"), "caption_output_gradients": ("Wy", "by")},
)  # fmt: skip


def captioner(draw: Draw, F, V, D, H):
    return language_model(draw, V, D, H, Wf=draw.normal(F, H), bf=draw.away_from_zero(H, margin=0.2))


def captions(draw: Draw, N, T, V, null):
    """(N, T + 1) words without null, filled up with null behind a length that differs by row; some words repeat."""
    words = draw.integers(0, V - 1, N, T + 1)
    words += words >= null
    for n in range(N):
        words[n, max(2, T + 1 - n) :] = null
    words[0, 2] = words[0, 1]
    return words


def caption_inputs(draw: Draw, N, T, F, V, D, H):
    null = int(draw.integers(1, V))
    return draw.normal(N, F), captions(draw, N, T, V, null), captioner(draw, F, V, D, H), null


@caption_loss.check(
    "loss", points=2, visible=True, tolerance=T2,
    title=Text("the loss", "손실"),
    hint=Text(
        "Inputs without the last word, targets without the first, null targets out, divided by N only.",
        "입력은 마지막 단어를 빼고, 목표는 첫 단어를 뺍니다. null 목표는 제외하고 N으로만 나눕니다.",
    ),
)  # fmt: skip
def caption_value(draw: Draw):
    for _ in range(2):
        N, T, F, V, D, H = draw.sizes(6, 3, 8)
        yield draw.call(*caption_inputs(draw, N, T, F, V, D, H), function="caption_value")


@caption_loss.check(
    "gradients", points=1, visible=True, tolerance=T2,
    title=Text("loss and all gradients", "손실과 모든 기울기"),
    hint=Text(
        "Go in the order of the way back: by and Wy, then the LSTM, then E, bf and Wf.",
        "되돌아가는 순서대로 확인하세요. by와 Wy, 그다음 LSTM, 마지막으로 E, bf, Wf입니다.",
    ),
)  # fmt: skip
def caption_gradients(draw: Draw):
    N, T, F, V, D, H = draw.sizes(6, 3, 8)
    yield draw.call(*caption_inputs(draw, N, T, F, V, D, H))


def decoding(draw: Draw, N, F, V, D, H, T):
    """Arguments of greedy_decode with a clear winner at every step and more than one word."""
    for _ in range(1000):
        params, feat, start = captioner(draw, F, V, D, H), draw.normal(N, F), int(draw.integers(0, V))
        h = feat @ params["Wf"] + params["bf"]
        c, word, seen, lead = 0 * h, np.full(N, start), set(), np.inf
        for _ in range(T):
            h, c, _ = np_step(params["E"][word], h, c, params["Wx"], params["Wh"], params["b"])
            logits = h @ params["Wy"] + params["by"]
            best = np.sort(logits, axis=1)
            lead = min(lead, (best[:, -1] - best[:, -2]).min())
            word = logits.argmax(axis=1)
            seen |= set(word.tolist())
        if lead > 5e-3 and len(seen) >= min(T, 3):
            return feat, params, start, T
    raise ValueError("no clear draw")


@caption_loss.check(
    "decode", points=1, visible=True, tolerance=X,
    title=Text("greedy decoding", "탐욕적 디코딩"),
    hint=Text(
        "Each step gets the word chosen at the step before, and goes on from its h and c.",
        "시점마다 바로 앞에서 고른 단어를 입력으로 받고, 그때의 h와 c에서 이어 갑니다.",
    ),
)  # fmt: skip
def decode(draw: Draw):
    yield draw.call(*decoding(draw, 3, 5, 7, 4, 6, 8), function="greedy_decode")


@caption_loss.check(
    "other-losses", points=1.5, tolerance=T2,
    title=Text("the loss, other sizes, another null, null inside", "다른 크기, 다른 null, 중간의 null에서의 손실"),
    hint=Text(
        "A target counts if and only if it is not null; the null word is an argument, and may be any word.",
        "목표가 null이 아닐 때, 그리고 그때만 계산합니다. null 단어는 인자로 주어지며 어떤 번호든 될 수 있습니다.",
    ),
)  # fmt: skip
def other_losses(draw: Draw):
    N, T, F, V, D, H = draw.sizes(6, 3, 8)
    feat, caps, params, null = caption_inputs(draw, N, T, F, V, D, H)
    yield draw.call(feat, caps, params, null, function="caption_value")
    yield draw.call(feat, caps, params, int(caps[0, 1]), function="caption_value")
    caps = caps.copy()
    caps[0, 1] = caps[1, 0] = null
    yield draw.call(feat, caps, params, null, function="caption_value")


@caption_loss.check(
    "output-gradients", points=0.5, tolerance=T2,
    title=Text("gradients of the output layer", "출력층의 기울기"),
    hint=Text(
        "softmax minus one-hot, masked, divided by N; then sums over batch and time.",
        "소프트맥스에서 원-핫을 빼고, 마스크를 적용하고, N으로 나눈 다음 배치와 시간에 대해 더합니다.",
    ),
)  # fmt: skip
def output_gradients(draw: Draw):
    N, T, F, V, D, H = draw.sizes(6, 3, 8)
    yield draw.call(*caption_inputs(draw, N, T, F, V, D, H), function="caption_output_gradients")


@caption_loss.check(
    "all-gradients", points=1.5, tolerance=T2,
    title=Text("all gradients, with repeated words", "반복된 단어가 있을 때의 모든 기울기"),
    hint=Text(
        "A word that is fed twice gets two gradients, and the picture is reached through h0 alone.",
        "두 번 입력된 단어는 기울기도 두 번 받습니다. 그림으로 가는 길은 h0 하나뿐입니다.",
    ),
)  # fmt: skip
def other_gradients(draw: Draw):
    for _ in range(2):
        N, T, F, V, D, H = draw.sizes(6, 3, 9)
        yield draw.call(*caption_inputs(draw, N, T, F, V, D, H))


@caption_loss.check(
    "other-decodings", points=1.5, tolerance=X,
    title=Text("greedy decoding, other sizes and T = 0", "다른 크기와 T = 0에서의 디코딩"),
    hint=Text(
        "The start word is fed but not returned; the picture enters once, as the first hidden state.",
        "시작 단어는 입력만 하고 결과에는 넣지 않습니다. 그림은 첫 은닉 상태로 한 번만 들어갑니다.",
    ),
)  # fmt: skip
def other_decodings(draw: Draw):
    for _ in range(2):
        N, F, V, D, H, T = draw.sizes(6, 3, 8)
        yield draw.call(*decoding(draw, N, F, V, D, H, T), function="greedy_decode")
    N, F, V, D, H = draw.sizes(5, 3, 8)
    yield draw.call(*decoding(draw, N, F, V, D, H, 0), function="greedy_decode")


@caption_loss.check(
    "all-null", points=0.5, tolerance=T2, edge=True,
    title=Text("nothing but null, and a batch of one", "모두 null인 캡션과 크기 1인 배치"),
    hint=Text(
        "Without any target the loss is 0, not 0 / 0.", "목표가 하나도 없으면 손실은 0입니다. 0 / 0이 되지 않게 하세요."
    ),
)  # fmt: skip
def all_null(draw: Draw):
    N, T, F, V, D, H = draw.sizes(6, 2, 7)
    feat, caps, params, null = caption_inputs(draw, N, max(T, 3), F, V, D, H)
    yield draw.call(feat, np.full_like(caps, null), params, null)
    yield draw.call(*caption_inputs(draw, 1, 4, F, V, D, H))


@caption_loss.in_float32(
    points=0.5,
    hint=Text(
        "New tensors, also the mask, must take the dtype of the inputs.",
        "마스크를 포함해 새로 만드는 텐서는 입력과 같은 dtype이어야 합니다.",
    ),
)  # fmt: skip
def caption_float32(draw: Draw):
    N, T, F, V, D, H = draw.sizes(6, 3, 8)
    yield draw.call(*caption_inputs(draw, N, T, F, V, D, H))


# -- 8 ---------------------------------------------------------------------------------------------------------------

vqa_logits = Task(
    "vqa_logits", points=6, form=1, purity=0.5, forbid=LSTM_MODULES,
    exempt={**PLAIN, "R12": "no element is compared with another"},
)  # fmt: skip


def vqa_params(draw: Draw, F, V, D, H, K, A):
    Wx, Wh, b = weights(draw, D, H)
    return {
        "E": draw.normal(V, D), "Wx": Wx, "Wh": Wh, "b": b,
        "Wi": draw.normal(F, K, scale=0.6), "bi": draw.away_from_zero(K, margin=0.2),
        "Wq": draw.normal(H, K), "bq": draw.away_from_zero(K, margin=0.2),
        "Wa": draw.normal(K, A), "ba": draw.away_from_zero(A, margin=0.2),
    }  # fmt: skip


def vqa_inputs(draw: Draw, N, T, F, V, D, H, K, A):
    """Ragged questions: the first is full, the second has one word."""
    lengths = draw.integers(1, T + 1, N)
    lengths[:2] = (T, 1)[:N]
    return draw.normal(N, F), draw.integers(0, V, N, T), lengths, vqa_params(draw, F, V, D, H, K, A)


@vqa_logits.check(
    "ragged", points=1.5, visible=True, tolerance=T1,
    title=Text("questions of different lengths", "길이가 다른 질문들"),
    hint=Text(
        "Row 0 has no padding. If only the other rows are wrong, you took the state after the padding.",
        "0번 행에는 패딩이 없습니다. 다른 행만 틀렸다면 패딩까지 읽은 뒤의 상태를 쓴 것입니다.",
    ),
)  # fmt: skip
def ragged(draw: Draw):
    for _ in range(2):
        yield draw.call(*vqa_inputs(draw, *draw.sizes(8, 2, 9)))


@vqa_logits.check(
    "other-sizes", points=1, tolerance=T1,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "Picture and question are projected first, each through its own tanh, and then multiplied element by element.",
        "그림과 질문을 각각 사영해 tanh를 적용한 다음 원소별로 곱합니다.",
    ),
)  # fmt: skip
def other_questions(draw: Draw):
    for k in range(3):
        img, *rest = vqa_inputs(draw, *draw.sizes(8, 2, 10))
        yield draw.call(draw.strided(img) if k == 2 else img, *rest)


@vqa_logits.check(
    "padding", points=0.5, tolerance=T1,
    title=Text("the padding does not matter", "패딩은 결과에 영향을 주지 않습니다"),
    hint=Text(
        "Two calls that differ in the padding only must give the same scores.",
        "패딩만 다른 두 입력의 점수는 서로 같아야 합니다.",
    ),
)  # fmt: skip
def padding(draw: Draw):
    N, T, F, V, D, H, K, A = draw.sizes(8, 3, 10)
    img, q_idx, lengths, params = vqa_inputs(draw, N, T, F, V, D, H, K, A)
    yield draw.call(img, q_idx, lengths, params)
    behind = np.arange(T) >= lengths[:, None]
    yield draw.call(img, np.where(behind, (q_idx + 1) % V, q_idx), lengths, params)


@vqa_logits.check(
    "one-word", points=0.5, tolerance=T1, edge=True,
    title=Text("one question of one word", "한 단어짜리 질문 하나"),
    hint=Text("Keep the batch axis: the result is (N, A).", "배치 축을 유지하세요. 결과는 (N, A)입니다."),
)  # fmt: skip
def one_word(draw: Draw):
    F, V, D, H, K, A = draw.sizes(6, 2, 8)
    yield draw.call(*vqa_inputs(draw, 1, 1, F, V, D, H, K, A))


@vqa_logits.check(
    "gradient", points=0.5, tolerance=T2, gradient=("img", "params"),
    title=Text("autograd can follow it", "자동 미분이 따라갈 수 있는지"),
    hint=Text("Pick the states by indexing, without detaching them.", "상태를 detach하지 말고 인덱싱으로 고르세요."),
)  # fmt: skip
def vqa_gradient(draw: Draw):
    yield draw.call(*vqa_inputs(draw, *draw.sizes(8, 2, 9)))


lstm_dtype_hint = Text(
    "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
)
vqa_logits.in_float32(points=0.5, hint=lstm_dtype_hint)(vqa_gradient)


# -- 9 ---------------------------------------------------------------------------------------------------------------

soft_attention = Task(
    "soft_attention", points=6, form=1, purity=0.5,
    forbid=("torch.nn.functional.scaled_dot_product_attention", "torch.nn.MultiheadAttention"), exempt=PLAIN, parts=("ctx", "a"),
)  # fmt: skip


def attention_inputs(draw: Draw, N, L, D, H, scale=0.5):
    return draw.normal(N, H), draw.normal(N, L, D), draw.normal(H, D, scale=scale)


@soft_attention.check(
    "context", points=1.5, visible=True, tolerance=T1,
    title=Text("context and weights", "문맥 벡터와 가중치"),
    hint=Text(
        "The weights of one picture sum to 1 over its regions. Are the scores right before the softmax?",
        "한 그림의 가중치를 영역에 대해 더하면 1입니다. 소프트맥스 이전의 점수는 맞나요?",
    ),
)  # fmt: skip
def context(draw: Draw):
    for _ in range(2):
        yield draw.call(*attention_inputs(draw, *draw.sizes(4, 2, 6)))


@soft_attention.check(
    "weights", points=0.5, tolerance=T1,
    title=Text("the weights", "가중치"),
    hint=Text("One score per region, then a softmax over the regions.", "영역마다 점수 하나를 구한 뒤 영역에 대해 소프트맥스를 적용합니다."),
)  # fmt: skip
def only_weights(draw: Draw):
    for _ in range(2):
        yield draw.call(*attention_inputs(draw, *draw.sizes(4, 2, 7)), function="attention_weights")


@soft_attention.check(
    "other-sizes", points=0.5, tolerance=T1,
    title=Text("other sizes", "다른 크기"),
    hint=Text("The context is the mean of the regions with these weights.", "문맥 벡터는 이 가중치로 구한 영역 벡터의 가중 평균입니다."),
)  # fmt: skip
def other_contexts(draw: Draw):
    h, V, W = attention_inputs(draw, *draw.sizes(4, 2, 7))
    yield draw.call(h, V, W)
    h, V, W = attention_inputs(draw, *draw.sizes(4, 2, 7))
    yield draw.call(h, draw.strided(V), W)


@soft_attention.check(
    "equal", points=0.5, tolerance=T1, edge=True,
    title=Text("one region, and equal regions", "영역이 하나일 때와 모두 같을 때"),
    hint=Text("What are the weights when no region is better than another?", "더 나은 영역이 없다면 가중치는 얼마여야 하나요?"),
)  # fmt: skip
def equal(draw: Draw):
    N, D, H = draw.sizes(3, 2, 6)
    h, V, W = attention_inputs(draw, N, 1, D, H)
    yield draw.call(h, V, W)
    yield draw.call(h, np.repeat(V, 7, axis=1), W)
    yield draw.call(h, np.full((N, 7, D), draw.scalar(0.5, 2.0)), W)


@soft_attention.check(
    "large-scores", points=0.5, tolerance=T2, edge=True,
    title=Text("very large scores", "아주 큰 점수"),
    hint=Text(
        "Subtract the largest score of each picture before the exponential.",
        "지수를 취하기 전에 그림마다 가장 큰 점수를 빼세요.",
    ),
)  # fmt: skip
def large_scores(draw: Draw):
    N, L, D, H = draw.sizes(4, 3, 6)
    h, V, W = attention_inputs(draw, N, L, D, H)
    score = np.einsum("nh,hd,nld->nl", h, W, V)
    yield draw.call(h, V, W * (1000.0 / np.abs(score).max()))
    yield draw.call(h, V, W * (-990.0 / np.abs(score).max()))


@soft_attention.check(
    "gradient", points=0.5, tolerance=T2, gradient=("h", "V", "W"),
    title=Text("autograd can follow it", "자동 미분이 따라갈 수 있는지"),
    hint=Text("Stay with tensor operations.", "텐서 연산만 사용하세요."),
)  # fmt: skip
def attention_gradient(draw: Draw):
    yield draw.call(*attention_inputs(draw, *draw.sizes(4, 2, 6)))


soft_attention.in_float32(points=0.5, hint=lstm_dtype_hint)(attention_gradient)
