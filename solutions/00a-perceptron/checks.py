"""Overview lecture, perceptron to learning: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import AUTOGRAD, STAY_WITH_TENSORS, T1, T2, Draw, Task, Text, X

COMMON = {
    "R4": "no upstream gradient is passed in",
    "R5": "no square matrix by nature",
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "no logits",
    "R10": "no padded max-pooling",
}
NO_HYPERPARAMETER = {"R14": "no hyper-parameter"}
SCALARS = dict.fromkeys(("R1", "R2", "R3", "R8", "R11", "R12", "R13"), "all arguments are single numbers")

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def table(text):
    """ "0110" -> the wanted outputs at the four corners."""
    return np.array([int(digit) for digit in text], dtype=np.int64)


# -- 1. step_perceptron ----------------------------------------------------------------------------------------------

step_perceptron = Task("step_perceptron", points=8, form=0.5, purity=0.5, exempt=COMMON)


def clear_inputs(draw: Draw, n, d):
    """(X, w, b): both answers occur, the bias decides some of them, and no sum is near 0."""
    while True:
        x, w, b = draw.normal(n, d), draw.normal(d), draw.choice([-1, 1]) * draw.scalar(0.4, 0.9)
        z = x @ w + b
        differs = [(z >= 0) != (other >= 0) for other in (z - b, z - 2 * b, z + (d - 1) * b)]
        if np.abs(z).min() > 0.02 and 0 < (z >= 0).sum() < n and all(d == 1 or some.any() for some in differs[:2]):
            if d == 1 or differs[2].any():
                return x, w, b


def on_the_line(draw: Draw, n, d):
    """Whole numbers, so that sums are exact in any order; some rows lie on the decision line."""
    w = draw.integers(1, 4, d) * draw.choice([-1.0, 1.0])
    x = draw.integers(-3, 4, n, d).astype(float)
    b = float(draw.integers(-2, 3))
    for row in range(0, n, 2):  # the last coordinate of every other row puts it on the line
        w[-1] = 1.0
        x[row, -1] = -(x[row, :-1] @ w[:-1] + b)
    return x, w, b


@step_perceptron.check(
    "gates", points=2, visible=True, tolerance=X,
    title=Text("two truth tables and random examples", "진리표 두 개와 무작위 샘플"),
    hint=Text(
        "Compute z for one row by hand, with the bias. Where z is negative the answer is 0, not -1.",
        "한 행의 z를 편향까지 넣어 손으로 구해 보세요. z가 음수이면 답은 -1이 아니라 0입니다.",
    ),
)  # fmt: skip
def step_gates(draw: Draw):
    yield draw.call(CORNERS, np.array([1.0, 1.0]), -1.5)
    yield draw.call(CORNERS, np.array([1.0, 2.0]), -0.5)
    yield draw.call(*clear_inputs(draw, 6, 3))


@step_perceptron.check(
    "boundary", points=1, visible=True, tolerance=X,
    title=Text("sums of exactly 0", "합이 정확히 0일 때"),
    hint=Text("Does your perceptron fire at z = 0? It should.", "z = 0일 때 켜지나요? 켜져야 합니다."),
)  # fmt: skip
def step_boundary(draw: Draw):
    yield draw.call(CORNERS, np.array([1.0, 1.0]), -1.0)
    yield draw.call(*on_the_line(draw, 5, 3))


@step_perceptron.check(
    "larger", points=2, tolerance=X,
    title=Text("other numbers of examples and inputs", "샘플 수와 입력 수가 다를 때"),
    hint=Text(
        "The bias is one number for each example, however many inputs there are.",
        "편향은 입력이 몇 개든 샘플마다 한 번만 더합니다.",
    ),
)  # fmt: skip
def step_larger(draw: Draw):
    for d in (5, 1, 4):
        x, w, b = clear_inputs(draw, int(draw.integers(7, 12)), d)
        yield draw.call(draw.strided(x), w, b)


@step_perceptron.check(
    "line", points=1, tolerance=X,
    title=Text("examples on the decision line", "의사결정선 위의 샘플"),
    hint=Text("z = 0 and z = -0.0 are the same number.", "z = 0과 z = -0.0은 같은 수입니다."),
)  # fmt: skip
def step_line(draw: Draw):
    yield draw.call(*on_the_line(draw, 7, 4))
    yield draw.call(*on_the_line(draw, 6, 2))
    yield draw.call(np.array([[-0.0], [0.0], [1.0], [-1.0]]), np.array([-2.0]), -0.0)


@step_perceptron.check(
    "edges", points=0.5, tolerance=X, edge=True,
    title=Text("no example, one example, equal examples", "샘플 없음, 샘플 하나, 모두 같은 샘플"),
    hint=Text(
        "N = 0 gives an empty tensor with the dtype of X.", "N = 0이면 X와 같은 dtype의 빈 텐서를 돌려줍니다."
    ),
)  # fmt: skip
def step_edges(draw: Draw):
    yield draw.call(np.zeros((0, 3)), draw.normal(3), 0.4)
    yield draw.call(np.full((1, 2), 0.7), np.array([-1.0, 0.2]), 0.3)
    yield draw.call(np.full((3, 2), 0.7), np.array([1.0, 0.2]), -0.3)


@step_perceptron.in_float32(points=0.5)
def step_float32(draw: Draw):
    yield draw.call(*clear_inputs(draw, 6, 4))
    yield draw.call(*on_the_line(draw, 5, 2))


# -- 2. gate_params --------------------------------------------------------------------------------------------------

gate_params = Task(
    "gate_params", points=8, form=0.5, purity=0.5, exempt={"float32": "nothing comes in, so there is no dtype to keep"}
)


def gate_check(name, points, visible, hint):
    @gate_params.check(
        name.lower(), points=points, visible=visible, tolerance=X,
        title=Text(f"the truth table of {name}", f"{name}의 진리표"), hint=hint,
    )  # fmt: skip
    def gate(draw: Draw):
        yield draw.call(name, function="graded_gate")


gate_check(
    "AND", 1.5, True,
    Text("Only (1, 1) may reach 0. What are the sums at the other three?", "(1, 1)에서만 합이 0 이상이어야 합니다. 나머지 세 점의 합은 얼마인가요?"),
)  # fmt: skip
gate_check(
    "OR", 1, True,
    Text("Only (0, 0) stays silent, and there the sum is the bias alone.", "(0, 0)에서만 꺼져 있어야 하고, 거기서 합은 편향뿐입니다."),
)  # fmt: skip
gate_check(
    "NAND", 1.5, False,
    Text("NAND fires wherever AND does not. What happens to the line, and what to its sides?", "NAND는 AND가 꺼지는 곳에서 모두 켜집니다. 직선은 어떻게 되고, 그 양쪽은 어떻게 되나요?"),
)  # fmt: skip
gate_check(
    "NOR", 1.5, False,
    Text("NOR fires at (0, 0) only: there the bias decides alone.", "NOR는 (0, 0)에서만 켜집니다. 거기서는 편향만으로 정해집니다."),
)  # fmt: skip


def margins(names):
    def gates(draw: Draw):
        for name in names:
            yield draw.call(name, function="graded_gate_margin")

    return gates


CLEAR_HINT = Text(
    "A sum of exactly 0 puts a point on the line. Move the line to the middle between the points.",
    "합이 정확히 0이면 점이 직선 위에 있는 것입니다. 직선을 점들 사이의 한가운데로 옮기세요.",
)
gate_params.check(
    "clear", points=0.5, visible=True, tolerance=X, hint=CLEAR_HINT,
    title=Text("AND and OR keep the line clear of the points", "AND와 OR: 직선이 점에 닿지 않음"),
)(margins(("AND", "OR")))  # fmt: skip
gate_params.check(
    "clear-others", points=1, tolerance=X, hint=CLEAR_HINT,
    title=Text("NAND and NOR keep the line clear of the points", "NAND와 NOR: 직선이 점에 닿지 않음"),
)(margins(("NAND", "NOR")))  # fmt: skip


# -- 3. is_separable -------------------------------------------------------------------------------------------------

is_separable = Task(
    "is_separable", points=10, form=0.5, purity=0.5,
    exempt={**COMMON, **NO_HYPERPARAMETER, "R11": "a truth table has four rows", "float32": "whole numbers only"},
)  # fmt: skip


def tables_check(name, points, texts, title, hint, *, visible=False, edge=False):
    @is_separable.check(name, points=points, visible=visible, tolerance=X, title=title, hint=hint, edge=edge)
    def tables(draw: Draw):
        for k, i in enumerate(draw.permutation(len(texts))):
            yield draw.call(table(texts[i]) if k else draw.strided(table(texts[i])))


tables_check(
    "known", 3.5, ("0001", "0111", "0110", "0011"),
    Text("AND, OR, XOR, and a table that copies x1", "AND, OR, XOR, 그리고 x1을 그대로 옮긴 표"),
    Text("Mark the four points on paper and try to lay a line between the two kinds.", "종이에 네 점을 표시하고 두 부류 사이에 직선을 그어 보세요."),
    visible=True,
)  # fmt: skip
tables_check(
    "one", 1.5, ("1000", "0100", "0010", "0001", "1001"),
    Text("tables with a single 1, and another one", "1이 하나뿐인 표들과 다른 표 하나"),
    Text("A corner of the square can always be cut off. Is that so for every pair of corners?", "정사각형의 꼭짓점 하나는 언제나 잘라낼 수 있습니다. 꼭짓점 두 개도 늘 그럴까요?"),
)  # fmt: skip
tables_check(
    "three", 1.5, ("1110", "1101", "1011", "0111", "0110"),
    Text("tables with three 1s, and another one", "1이 세 개인 표들과 다른 표 하나"),
    Text("Negative weights are allowed: a line has two sides, and either may fire.", "음수 가중치도 쓸 수 있습니다. 직선에는 양쪽이 있고 어느 쪽이든 켜질 수 있습니다."),
)  # fmt: skip
tables_check(
    "two", 2, ("1100", "1010", "0101", "0011", "1001", "0110"),
    Text("all tables with two 1s", "1이 두 개인 모든 표"),
    Text("Two 1s may lie along a side of the square or across it. It makes a difference.", "1 두 개가 정사각형의 한 변에 있을 수도, 대각선으로 마주 볼 수도 있습니다. 둘은 다릅니다."),
)  # fmt: skip
tables_check(
    "constant", 0.5, ("0000", "1111", "1001"),
    Text("all zeros, all ones, and another one", "모두 0, 모두 1, 그리고 다른 표 하나"),
    Text("The line may lie outside of the square.", "직선이 정사각형 바깥에 있어도 됩니다."),
)  # fmt: skip

# -- 4. xor_mlp ------------------------------------------------------------------------------------------------------

xor_mlp = Task(
    "xor_mlp", points=10, form=1, purity=1,
    exempt={**COMMON, **NO_HYPERPARAMETER, "float32": "nothing comes in, so there is no dtype to keep"},
)  # fmt: skip

XOR_HINT = Text(
    "Write down both hidden answers for each of the four inputs. Which inputs should the last neuron tell apart?",
    "네 입력마다 은닉 뉴런 두 개의 출력을 적어 보세요. 마지막 뉴런은 무엇과 무엇을 구별해야 하나요?",
)


@xor_mlp.check(
    "table", points=3, visible=True, tolerance=X, hint=XOR_HINT,
    title=Text("the truth table", "진리표"),
)  # fmt: skip
def xor_table(draw: Draw):
    yield draw.call(CORNERS, function="graded_xor")


@xor_mlp.check(
    "silent-one", points=1.5, tolerance=X, hint=XOR_HINT,
    title=Text("the inputs (0,0) and (0,1)", "입력 (0,0)과 (0,1)"),
)  # fmt: skip
def xor_first(draw: Draw):
    yield draw.call(draw.strided(CORNERS[[0, 1, 0]]), function="graded_xor")


@xor_mlp.check(
    "both", points=1.5, tolerance=X, hint=XOR_HINT,
    title=Text("the inputs (1,0) and (1,1)", "입력 (1,0)과 (1,1)"),
)  # fmt: skip
def xor_last(draw: Draw):
    yield draw.call(CORNERS[[3, 2, 3]], function="graded_xor")


@xor_mlp.check(
    "shuffled", points=1.5, tolerance=X, hint=XOR_HINT,
    title=Text("all inputs, shuffled and repeated", "순서를 섞고 반복한 모든 입력"),
)  # fmt: skip
def xor_shuffled(draw: Draw):
    yield draw.call(CORNERS[np.concatenate([draw.permutation(4), draw.permutation(4)])], function="graded_xor")


@xor_mlp.check(
    "single", points=0.5, tolerance=X, edge=True, hint=XOR_HINT,
    title=Text("one input at a time", "입력을 하나씩"),
)  # fmt: skip
def xor_single(draw: Draw):
    for row in draw.permutation(4):
        yield draw.call(CORNERS[[row]], function="graded_xor")
    yield draw.call(CORNERS[[0, 0, 0]], function="graded_xor")


# -- 5. activations, act_grad ----------------------------------------------------------------------------------------

activations = Task(
    "activations",
    points=12,
    functions=("activations", "act_grad"),
    form=0.5,
    purity=0.5,
    forbid=AUTOGRAD,
    exempt=COMMON,
    parts={"graded_curves": ("sig", "tanh", "relu")},
)

KINDS = ("sig", "tanh", "relu")


@activations.check(
    "values", points=2, visible=True, tolerance=T1,
    title=Text("values: floats and whole numbers", "함수값: 실수와 정수"),
    hint=Text(
        "Check three points by hand: at 0 the sigmoid is 1/2, and tanh and ReLU are 0.",
        "세 값을 손으로 확인해 보세요. 0에서 시그모이드는 1/2이고 tanh와 ReLU는 0입니다.",
    ),
)  # fmt: skip
def act_values(draw: Draw):
    yield draw.call(draw.normal(3, 4, scale=2.0))
    yield draw.call(np.array([-3, -1, 0, 0, 2, 5]))


@activations.check(
    "derivatives", points=2, visible=True, tolerance=T1,
    title=Text("derivatives, each kind", "종류별 도함수"),
    hint=Text(
        "x is the input of the activation. Compare with (a(x + h) - a(x - h)) / 2h for a small h.",
        "x는 활성화 함수의 입력입니다. 작은 h로 (a(x + h) - a(x - h)) / 2h를 구해 비교해 보세요.",
    ),
)  # fmt: skip
def act_derivatives(draw: Draw):
    for kind in KINDS:
        yield draw.call(kind, draw.away_from_zero(2, 5, scale=1.5), function="act_grad")


@activations.check(
    "differentiable", points=0.5, visible=True, tolerance=T1, gradient=("x",), hint=STAY_WITH_TENSORS,
    title=Text("the values are differentiable with respect to x", "함수값을 x로 미분 가능"),
)  # fmt: skip
def act_differentiable(draw: Draw):
    yield draw.call(draw.away_from_zero(3, 2), function="graded_curves")


@activations.check(
    "more-values", points=1, tolerance=T1,
    title=Text("values, other shapes", "다른 모양에서의 함수값"),
    hint=Text(
        "The three functions work element by element; the shape stays.", "세 함수 모두 원소별 연산이므로 모양이 그대로입니다."
    ),
)  # fmt: skip
def act_more_values(draw: Draw):
    yield draw.call(draw.strided(draw.normal(2, 5, 3, scale=3.0)))
    yield draw.call(draw.integers(-6, 7, 8))


@activations.check(
    "more-derivatives", points=2, tolerance=T1,
    title=Text("derivatives, other inputs", "다른 입력에서의 도함수"),
    hint=Text(
        "The derivatives of sigmoid and tanh are largest at 0. Are yours?",
        "시그모이드와 tanh의 도함수는 0에서 가장 큽니다. 여러분의 결과도 그런가요?",
    ),
)  # fmt: skip
def act_more_derivatives(draw: Draw):
    for kind in KINDS:
        yield draw.call(kind, draw.strided(draw.away_from_zero(4, 3, scale=2.5)), function="act_grad")
        yield draw.call(kind, draw.permutation(7) - 3, function="act_grad")


EXTREME = np.array([1000.0, -1000.0, 40.0, -40.0, 1e-8, -1e-8, 0.0, -0.0])


@activations.check(
    "extreme", points=1, tolerance=T1, edge=True,
    title=Text("values at ±1000 and near 0", "±1000과 0 근처에서의 함수값"),
    hint=Text(
        "Infinity divided by infinity is NaN: can an exponential of yours overflow, on either side?",
        "무한대를 무한대로 나누면 NaN입니다. 어느 한쪽에서라도 지수가 오버플로하지 않나요?",
    ),
)  # fmt: skip
def act_extreme(draw: Draw):
    yield draw.call(EXTREME[draw.permutation(len(EXTREME))])


@activations.check(
    "extreme-derivatives", points=1.5, tolerance=T1, edge=True,
    title=Text("derivatives at ±1000 and near 0", "±1000과 0 근처에서의 도함수"),
    hint=Text(
        "Far out all slopes are 0 or 1, never NaN. The derivative of ReLU at 0 is pinned in the docstring.",
        "아주 먼 곳의 기울기는 0 아니면 1이고 NaN이 아닙니다. 0에서의 ReLU 도함수는 docstring에 정해져 있습니다.",
    ),
)  # fmt: skip
def act_extreme_derivatives(draw: Draw):
    for kind in KINDS:
        yield draw.call(kind, EXTREME[draw.permutation(len(EXTREME))], function="act_grad")


@activations.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("a single number, nothing at all, equal numbers", "수 하나, 빈 텐서, 모두 같은 수"),
    hint=Text("A 0-d tensor goes in, a 0-d tensor comes out.", "0차원 텐서를 넣으면 0차원 텐서가 나와야 합니다."),
)  # fmt: skip
def act_edges(draw: Draw):
    number = np.asarray(draw.scalar(-1.5, -0.5))
    for x in (number, np.zeros((0, 3)), np.full((3, 2), 0.3)):
        yield draw.call(x)
        yield draw.call("tanh", x, function="act_grad")


@activations.in_float32(points=0.5)
def act_float32(draw: Draw):
    x = draw.away_from_zero(3, 2)
    yield draw.call(x)
    for kind in KINDS:
        yield draw.call(kind, x, function="act_grad")


# -- 6. chain_grads --------------------------------------------------------------------------------------------------

chain_grads = Task(
    "chain_grads",
    points=15,
    form=1,
    purity=1,
    forbid=AUTOGRAD,
    exempt={**COMMON, **SCALARS, **NO_HYPERPARAMETER},
    parts=("dw1", "db1", "dw2", "db2"),
)


def numbers(*values):
    return tuple(np.asarray(float(value)) for value in values)


def chain_inputs(draw: Draw):
    """(x, y, w1, b1, w2, b2), all of size 0.4 to 1.6, with an error g - y of at least 0.3."""
    while True:
        x, y, w1, b1, w2, b2 = (draw.choice([-1, 1]) * draw.scalar(0.4, 1.6) for _ in range(6))
        f = 1 / (1 + np.exp(-(w1 * x + b1)))
        if abs(w2 * f + b2 - y) > 0.3 and abs(f - 0.5) > 0.1:
            return numbers(x, y, w1, b1, w2, b2)


def chain_check(name, points, layer, count, title, hint, *, visible=False):
    @chain_grads.check(name, points=points, visible=visible, tolerance=T2, title=title, hint=hint)
    def chain(draw: Draw):
        for _ in range(count):
            yield draw.call(*chain_inputs(draw), function=f"graded_{layer}_layer")


chain_check(
    "last", 2.5, "last", 2, Text("dw2 and db2", "dw2와 db2"),
    Text("Both begin with dL/dg = g - y. What does g do when w2 grows, what when b2 grows?", "둘 다 dL/dg = g - y에서 시작합니다. w2가 커지면, 또 b2가 커지면 g는 어떻게 변하나요?"),
    visible=True,
)  # fmt: skip
chain_check(
    "first", 2.5, "first", 2, Text("dw1 and db1", "dw1과 db1"),
    Text("Four links for w1: from L to g, from g to f, through the sigmoid, and to w1.", "w1까지는 고리가 넷입니다. L에서 g, g에서 f, 시그모이드를 지나, 마지막으로 w1입니다."),
    visible=True,
)  # fmt: skip
chain_check(
    "more-last", 2.5, "last", 3, Text("dw2 and db2, other numbers", "dw2와 db2, 다른 수"),
    Text("Change w2 by 0.001 and see how much L changes.", "w2를 0.001만큼 바꾸고 L이 얼마나 변하는지 보세요."),
)  # fmt: skip
chain_check(
    "more-first", 2.5, "first", 4, Text("dw1 and db1, other numbers", "dw1과 db1, 다른 수"),
    Text("Change w1 by 0.001 and see how much L changes.", "w1을 0.001만큼 바꾸고 L이 얼마나 변하는지 보세요."),
)  # fmt: skip


@chain_grads.check(
    "saturated", points=1.5, tolerance=T2, edge=True,
    title=Text("a saturated sigmoid", "포화된 시그모이드"),
    hint=Text(
        "At ±800 the sigmoid is flat: the first layer gets no gradient, but the last one still does. No NaN.",
        "±800에서 시그모이드는 평평합니다. 앞 층의 기울기는 0이지만 뒤 층은 그렇지 않습니다. NaN이 나오면 안 됩니다.",
    ),
)  # fmt: skip
def chain_saturated(draw: Draw):
    for w1 in (400.0, -400.0):
        x, y, _, b1, w2, b2 = chain_inputs(draw)
        x = np.asarray(2.0)
        for layer in ("first", "last"):
            yield draw.call(x, y, np.asarray(w1), b1, w2, b2, function=f"graded_{layer}_layer")


@chain_grads.check(
    "special", points=1, tolerance=T2, edge=True,
    title=Text("an input of 0; a perfect prediction", "입력이 0일 때; 예측이 완벽할 때"),
    hint=Text(
        "With x = 0 the weight w1 has no influence, but its bias has. Without an error there is nothing to learn.",
        "x = 0이면 w1은 영향이 없지만 편향은 영향이 있습니다. 오차가 없으면 배울 것도 없습니다.",
    ),
)  # fmt: skip
def chain_special(draw: Draw):
    _, y, w1, b1, w2, b2 = chain_inputs(draw)
    yield draw.call(np.asarray(0.0), y, w1, b1, w2, b2)
    w2 = float(w2)
    yield draw.call(*numbers(3.0, 0.5 * w2 + 0.25, 0.5, -1.5, w2, 0.25))  # the sigmoid is 1/2, and g = y exactly


@chain_grads.in_float32(points=0.5)
def chain_float32(draw: Draw):
    yield draw.call(*chain_inputs(draw))


# -- 7. sgd_epoch ----------------------------------------------------------------------------------------------------

sgd_epoch = Task(
    "sgd_epoch",
    points=13,
    form=1,
    purity=1,
    forbid=(*AUTOGRAD, "torch.optim"),
    exempt=COMMON,
    parts=("w", "b", "losses"),
)


def shuffled(draw: Draw, n):
    """A permutation that is neither the identity nor its own inverse, where n allows it."""
    while True:
        order = draw.permutation(n)
        if n < 4 or ((order != np.arange(n)).any() and (order[order] != np.arange(n)).any()):
            return order


def linear_data(draw: Draw, n, d):
    """(X, y, w, b): errors of all sizes, far from the minimum."""
    return draw.normal(n, d), draw.normal(n, scale=2.0), draw.normal(d), np.asarray(draw.scalar(0.5, 1.5))


def sgd_call(draw: Draw, n, d, batch, lr=None, *, strided=False):
    x, y, w, b = linear_data(draw, n, d)
    lr = draw.scalar(0.1, 0.3) if lr is None else lr
    return draw.call(draw.strided(x) if strided else x, y, w, b, lr, batch, shuffled(draw, n))


@sgd_epoch.check(
    "single", points=2, visible=True, tolerance=T2,
    title=Text("one example at a time (batch = 1)", "샘플 하나씩 (batch = 1)"),
    hint=Text(
        "The second example must already meet the new w and b, and the examples come in the given order.",
        "두 번째 샘플은 이미 바뀐 w와 b를 써야 하고, 샘플은 주어진 순서대로 나옵니다.",
    ),
)  # fmt: skip
def sgd_single(draw: Draw):
    yield sgd_call(draw, 4, 2, 1)
    yield sgd_call(draw, 5, 3, 1)


@sgd_epoch.check(
    "ragged", points=2, visible=True, tolerance=T2,
    title=Text("mini-batches of 3 from 7 examples", "샘플 7개를 3개씩"),
    hint=Text(
        "Seven examples in threes are mini-batches of 3, 3 and 1. The mean of the last one is over one example.",
        "7개를 3개씩 나누면 3개, 3개, 1개입니다. 마지막 미니배치의 평균은 샘플 하나에 대한 평균입니다.",
    ),
)  # fmt: skip
def sgd_ragged(draw: Draw):
    yield sgd_call(draw, 7, 2, 3)


@sgd_epoch.check(
    "batches", points=3, tolerance=T2,
    title=Text("other sizes, with and without a smaller last mini-batch", "마지막 미니배치가 작을 때와 아닐 때"),
    hint=Text(
        "Check the number of losses: it is N / batch, rounded up. Each one is noted before its own step.",
        "손실의 개수는 N / batch를 올림한 수입니다. 각 손실은 그 걸음을 옮기기 전에 기록합니다.",
    ),
)  # fmt: skip
def sgd_batches(draw: Draw):
    yield sgd_call(draw, 8, 3, 4, strided=True)
    yield sgd_call(draw, 11, 4, 3)
    yield sgd_call(draw, 8, 5, 2)


@sgd_epoch.check(
    "full", points=1.5, tolerance=T2,
    title=Text("all data in one step; batch larger than N", "전체를 한 번에; batch가 N보다 클 때"),
    hint=Text(
        "With batch >= N there is one step, and the mean is over the N examples that exist.",
        "batch >= N이면 한 걸음뿐이며, 평균은 실제로 있는 N개에 대한 평균입니다.",
    ),
)  # fmt: skip
def sgd_full(draw: Draw):
    yield sgd_call(draw, 6, 2, 6)
    yield sgd_call(draw, 5, 3, 9)


@sgd_epoch.check(
    "rate", points=1, tolerance=T2,
    title=Text("the same data with another learning rate", "같은 데이터, 다른 학습률"),
    hint=Text("The learning rate scales both steps, that of w and that of b.", "학습률은 w와 b의 걸음에 모두 곱합니다."),
)  # fmt: skip
def sgd_rate(draw: Draw):
    data, order = linear_data(draw, 9, 4), shuffled(draw, 9)
    for lr in (0.05, 0.2):
        yield draw.call(*data, lr, 4, order)


@sgd_epoch.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("no data; one example; equal examples", "데이터 없음; 샘플 하나; 모두 같은 샘플"),
    hint=Text(
        "N = 0: w and b come back unchanged, and losses has shape (0,).",
        "N = 0이면 w와 b는 그대로이고 losses의 모양은 (0,)입니다.",
    ),
)  # fmt: skip
def sgd_edges(draw: Draw):
    none = np.zeros(0, dtype=np.int64)
    yield draw.call(np.zeros((0, 2)), np.zeros(0), draw.normal(2), np.asarray(0.3), 0.1, 2, none)
    yield sgd_call(draw, 1, 3, 2)
    _, y, w, b = linear_data(draw, 5, 2)
    yield draw.call(np.full((5, 2), 0.6), y, w, b, 0.2, 2, shuffled(draw, 5))


@sgd_epoch.in_float32(points=0.5)
def sgd_float32(draw: Draw):
    yield sgd_call(draw, 7, 3, 3)


# -- 8. momentum_step, decay -----------------------------------------------------------------------------------------

momentum_step = Task(
    "momentum_step", points=12, functions=("momentum_step", "decay"), form=1, purity=1, forbid=("torch.optim",),
    exempt={key: why for key, why in COMMON.items() if key != "R7"}, parts=("w_new", "v_new"),
)  # fmt: skip


@momentum_step.check(
    "step", points=1.5, visible=True, tolerance=T1,
    title=Text("one step from a velocity that is not 0", "속도가 0이 아닌 상태에서 한 걸음"),
    hint=Text(
        "First the new velocity, then the new weights, which move by the new velocity.",
        "새 속도를 먼저 구하고, 가중치는 그 새 속도만큼 움직입니다.",
    ),
)  # fmt: skip
def momentum_one(draw: Draw):
    yield draw.call(draw.normal(4), draw.normal(4), draw.normal(4), 0.15, 0.7)
    yield draw.call(draw.normal(3, 2), draw.normal(3, 2), draw.normal(3, 2), 0.3, 0.0)


def run_inputs(draw: Draw, n, mu, steps=5):
    """(w, v, gs, lrs, mu): gradients with an exact 0, a tiny and a large entry, and a learning rate that changes."""
    gs = draw.normal(steps, n)
    gs[:, 0], gs[1, -1], gs[2, -1] = 0.0, 1e-3, 10.0
    return draw.normal(n), draw.normal(n), gs, [draw.scalar(0.05, 0.4) for _ in range(steps)], mu


@momentum_step.check(
    "run", points=1, visible=True, tolerance=T1,
    title=Text("three steps in a row, each with its own learning rate", "학습률을 바꿔 가며 잇달아 세 걸음"),
    hint=Text(
        "The velocity of the last step goes into the next one; the learning rate belongs to the gradient, not to the velocity.",
        "지난 걸음의 속도가 다음 걸음에 들어갑니다. 학습률은 속도가 아니라 기울기에 곱합니다.",
    ),
)  # fmt: skip
def momentum_short_run(draw: Draw):
    yield draw.call(*run_inputs(draw, 4, 0.7, steps=3), function="graded_momentum")


@momentum_step.check(
    "rates", points=1.5, visible=True, tolerance=T1,
    title=Text("learning rates of both kinds", "두 종류의 학습률"),
    hint=Text(
        "t counts from 0: in step 0 both kinds give lr0.", "t는 0부터 셉니다. 걸음 0에서는 두 종류 모두 lr0입니다."
    ),
)  # fmt: skip
def decay_rates(draw: Draw):
    yield draw.call("time", 0.3, 0, 0.2, 0.6, 4, function="decay")
    yield draw.call("time", 0.3, 5, 0.2, 0.6, 4, function="decay")
    yield draw.call("step", 0.3, 3, 0.2, 0.6, 4, function="decay")
    yield draw.call("step", 0.3, 9, 0.2, 0.6, 4, function="decay")


@momentum_step.check(
    "long-run", points=2, tolerance=T1,
    title=Text("five steps in a row", "잇달아 다섯 걸음"),
    hint=Text(
        "Follow one coordinate by hand over two steps. Does a coordinate without gradient still roll on?",
        "한 좌표를 두 걸음만 손으로 따라가 보세요. 기울기가 0인 좌표도 관성으로 계속 움직이나요?",
    ),
)  # fmt: skip
def momentum_long_run(draw: Draw):
    for mu in (0.7, draw.scalar(0.3, 0.6)):
        w, v, *rest = run_inputs(draw, int(draw.integers(4, 8)), mu)
        yield draw.call(w, draw.strided(v), *rest, function="graded_momentum")


@momentum_step.check(
    "still", points=1, tolerance=T1,
    title=Text("steps and velocities, with and without momentum", "모멘텀이 있을 때와 없을 때의 걸음과 속도"),
    hint=Text("With mu = 0 it is plain gradient descent.", "mu = 0이면 평범한 경사 하강법입니다."),
)  # fmt: skip
def momentum_more(draw: Draw):
    w, v, g = draw.normal(2, 5), draw.normal(2, 5), draw.normal(2, 5)
    for mu in (0.0, 0.8):
        yield draw.call(w, v, g, draw.scalar(0.05, 0.4), mu)


@momentum_step.check(
    "time", points=0.5, tolerance=T1,
    title=Text("time-based decay", "시간 기반 감소"),
    hint=Text("It starts from lr0 in every step; nothing accumulates.", "매번 lr0에서 계산하며 누적되는 것은 없습니다."),
)  # fmt: skip
def decay_time(draw: Draw):
    for t in (1, int(draw.integers(6, 12))):
        yield draw.call(
            "time", draw.scalar(0.1, 0.9), t, draw.scalar(0.1, 0.5), draw.scalar(0.3, 0.8), 3, function="decay"
        )


@momentum_step.check(
    "drops", points=1.5, tolerance=T1,
    title=Text("where the step decay drops", "스텝 기반 학습률이 떨어지는 곳"),
    hint=Text(
        "The rate stays the same for s steps: t = 0 ... s-1. It drops in step s, not before.",
        "학습률은 s걸음 동안(t = 0 ... s-1) 그대로이고, 걸음 s에서 처음 떨어집니다.",
    ),
)  # fmt: skip
def decay_drops(draw: Draw):
    s = int(draw.integers(3, 6))
    for t in (0, s - 1, s, s + 1, 3 * s - 1, 3 * s):
        yield draw.call(
            "step", draw.scalar(0.1, 0.9), t, draw.scalar(0.1, 0.5), draw.scalar(0.3, 0.8), s, function="decay"
        )
    yield draw.call("step", 0.5, 4, 0.1, draw.scalar(0.3, 0.8), 1, function="decay")


@momentum_step.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("one weight; equal weights; no gradient", "가중치 하나; 모두 같은 가중치; 기울기 0"),
    hint=Text("Without a gradient the weights still move by mu v.", "기울기가 0이어도 가중치는 mu v만큼 움직입니다."),
)  # fmt: skip
def momentum_edges(draw: Draw):
    yield draw.call(np.array([0.4]), np.array([-0.7]), np.array([1.3]), 0.2, 0.6)
    yield draw.call(np.full(3, 0.5), draw.normal(3), np.zeros(3), 0.2, 0.6)


@momentum_step.in_float32(points=0.5)
def momentum_float32(draw: Draw):
    yield draw.call(draw.normal(4), draw.normal(4), draw.normal(4), 0.15, 0.7)


# -- 9. split --------------------------------------------------------------------------------------------------------

split = Task(
    "split", points=12, form=1, purity=1,
    exempt={**COMMON, "R12": "a permutation has no equal elements", "R1": "one axis", "float32": "whole numbers only"},
)  # fmt: skip


def honest(n, ratios):
    """Do floats and whole numbers agree on whole parts and fractions? Only such cases are drawn."""
    total = sum(ratios)
    exact = [divmod(n * r, total) for r in ratios]
    for shares in ([n * r / total for r in ratios], [n * (r / total) for r in ratios]):
        fractions = [share - int(share) for share in shares]
        for i in range(3):
            if int(shares[i]) != exact[i][0]:
                return False
            for j in range(i):
                one, other = exact[j][1] - exact[i][1], fractions[j] - fractions[i]
                if np.sign(one) != np.sign(other):
                    return False
    return True


@split.check(
    "six-two-two", points=3, visible=True, tolerance=X,
    title=Text("10 and 11 examples in the ratio 6:2:2", "샘플 10개와 11개를 6:2:2로"),
    hint=Text(
        "Check that no index is missing and none occurs twice. The parts follow the order of perm.",
        "빠진 인덱스나 두 번 나온 인덱스가 없는지 확인하세요. 각 부분은 perm의 순서를 따릅니다.",
    ),
)  # fmt: skip
def split_usual(draw: Draw):
    for n in (10, 11):
        yield draw.call(n, (6, 2, 2), shuffled(draw, n))


@split.check(
    "default", points=0.5, visible=True, tolerance=X,
    title=Text("without perm: in order", "perm이 없으면 순서대로"),
    hint=Text("perm = None stands for 0, 1, ..., n-1.", "perm = None은 0, 1, ..., n-1을 뜻합니다."),
)  # fmt: skip
def split_default(draw: Draw):
    yield draw.call(20)


@split.check(
    "remainders", points=3, tolerance=X,
    title=Text("what is left over goes to the largest fractions", "남은 것은 소수 부분이 큰 곳으로"),
    hint=Text(
        "Write the three exact shares down. Whole parts first; then who has the largest fraction?",
        "세 몫을 정확히 적어 보세요. 정수 부분을 먼저 주고, 그다음 소수 부분이 가장 큰 것은 어디인가요?",
    ),
)  # fmt: skip
def split_remainders(draw: Draw):
    for n, ratios in ((13, (6, 2, 2)), (17, (2, 5, 4)), (23, (3, 1, 5)), (19, (7, 2, 3))):
        assert honest(n, ratios)
        yield draw.call(n, ratios, shuffled(draw, n))


@split.check(
    "ratios", points=1.5, tolerance=X,
    title=Text("other ratios, one of them 0", "다른 비율, 0이 있는 비율"),
    hint=Text("Ratios need not add up to 10. A part with ratio 0 is empty.", "비율의 합이 10일 필요는 없습니다. 비율이 0인 부분은 비어 있습니다."),
)  # fmt: skip
def split_ratios(draw: Draw):
    for _ in range(3):
        while True:
            n, ratios = int(draw.integers(12, 40)), tuple(int(r) for r in draw.integers(1, 9, 3))
            if honest(n, ratios) and len(set(ratios)) == 3 and sum(ratios) != 10:
                break
        yield draw.call(n, ratios, draw.strided(shuffled(draw, n)))
    yield draw.call(15, (4, 0, 1), shuffled(draw, 15))
    yield draw.call(29, (5, 1, 2))


@split.check(
    "ties", points=1, tolerance=X,
    title=Text("equal fractions", "소수 부분이 같을 때"),
    hint=Text("Between equal fractions the earlier part wins.", "소수 부분이 같으면 앞쪽 부분이 먼저입니다."),
)  # fmt: skip
def split_ties(draw: Draw):
    for n, ratios in ((9, (6, 2, 2)), (7, (2, 1, 1)), (10, (1, 1, 1)), (5, (0, 3, 3)), (12, (1, 3, 4))):
        assert honest(n, ratios)
        yield draw.call(n, ratios, shuffled(draw, n))


@split.check(
    "small", points=1, tolerance=X, edge=True,
    title=Text("four examples, one, none", "샘플 네 개, 한 개, 0개"),
    hint=Text("A part may be empty; it is still an int64 tensor.", "부분이 비어 있을 수도 있지만 그래도 int64 텐서입니다."),
)  # fmt: skip
def split_small(draw: Draw):
    for n in (4, 3, 1, 0):
        yield draw.call(n, (6, 2, 2), shuffled(draw, n))
