"""Inputs for the attention assignment: the checks draw them, the solution answers them."""

import numpy as np

from autograder.authoring import T2, T3, Draw, Task, Text

attention_weights = Task(
    "attention_weights",
    points=60,
    form=5,
    purity=5,
    forbid=("torch.softmax", "torch.nn.functional.softmax", "torch.Tensor.softmax"),
)


@attention_weights.check(
    "ordinary",
    points=20,
    visible=True,
    tolerance=T2,
    title=Text("a few queries and keys", "몇 개의 쿼리와 키"),
    hint=Text("Which axis do the weights sum to 1 along?", "가중치의 합이 1이 되는 축은 어느 쪽인가요?"),
)
def weights_ordinary(draw: Draw):
    for _ in range(2):
        n, m, d = draw.sizes(3)
        yield draw.call(draw.normal(n, d), draw.strided(draw.normal(m, d)))


@attention_weights.check(
    "other sizes",
    points=15,
    tolerance=T2,
    gradient=("Q", "K"),
    title=Text("other sizes, with gradients", "다른 크기, 기울기까지"),
    hint=Text(
        "The scale is the square root of d, not of the number of keys.",
        "나누는 값은 키의 수가 아니라 d의 제곱근입니다.",
    ),
)
def weights_hidden(draw: Draw):
    for _ in range(4):
        n, m, d = draw.sizes(3)
        yield draw.call(draw.normal(n, d), draw.normal(m, d))


@attention_weights.check(
    "extremes",
    points=10,
    tolerance=T2,
    edge=True,
    title=Text("very large scores, one key, equal keys", "매우 큰 점수, 키 하나, 같은 키"),
    hint=Text("Can your exponential overflow?", "지수 함수가 넘칠 수 있나요?"),
)
def weights_extremes(draw: Draw):
    yield draw.call(draw.normal(3, 2, scale=1000.0), draw.normal(4, 2, scale=10.0))
    yield draw.call(draw.normal(3, 2), draw.normal(1, 2))
    yield draw.call(draw.normal(3, 2), np.full((5, 2), 0.7))


attention_weights.check(
    "float32",
    points=5,
    tolerance=T3,
    dtype="float32",
    title=Text("in float32", "float32에서"),
    hint=Text("New tensors should take the dtype of the inputs.", "새로 만드는 텐서는 입력의 dtype을 따라야 합니다."),
)(weights_ordinary)

attend = Task("attend", points=40, form=4, purity=4)


@attend.check(
    "ordinary",
    points=12,
    visible=True,
    tolerance=T2,
    title=Text("weights and values", "가중치와 값"),
    hint=Text("Which axis of A meets which axis of V?", "A의 어느 축이 V의 어느 축과 만나나요?"),
)
def attend_ordinary(draw: Draw):
    for _ in range(2):
        n, m, p = draw.sizes(3)
        yield draw.call(draw.probabilities(n, m), draw.strided(draw.normal(m, p)))


@attend.check(
    "other sizes",
    points=16,
    tolerance=T2,
    gradient=("A", "V"),
    title=Text("other sizes, with gradients", "다른 크기, 기울기까지"),
    hint=Text(
        "A context vector is a weighted sum, not a choice.", "문맥 벡터는 하나를 고르는 것이 아니라 가중합입니다."
    ),
)
def attend_hidden(draw: Draw):
    for _ in range(4):
        n, m, p = draw.sizes(3)
        yield draw.call(draw.probabilities(n, m), draw.normal(m, p))
    yield draw.call(draw.probabilities(3, 1), draw.normal(1, 2))


attend.check(
    "float32",
    points=4,
    tolerance=T3,
    dtype="float32",
    title=Text("in float32", "float32에서"),
    hint=Text("New tensors should take the dtype of the inputs.", "새로 만드는 텐서는 입력의 dtype을 따라야 합니다."),
)(attend_ordinary)
