"""Overview lecture: wrong versions that students write, and what to tell them."""

import math

import torch

from autograder.authoring import misconception

# -- 1. step_perceptron ----------------------------------------------------------------------------------------------


@misconception(
    "step_perceptron",
    en="Your perceptron fires only above 0. By the convention of this course z = 0 fires too.",
    ko="0보다 클 때만 켜집니다. 이 과목의 약속으로는 z = 0일 때도 켜집니다.",
)
def silent_at_zero(X, w, b):
    return (X @ w + b > 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="You return the sign of z: -1, 0 or 1. The step answers 0 or 1, and at z = 0 it answers 1.",
    ko="z의 부호(-1, 0, 1)를 돌려줍니다. 스텝 함수의 출력은 0 또는 1이고, z = 0에서는 1입니다.",
)
def sign_of_z(X, w, b):
    return torch.sign(X @ w + b)


@misconception(
    "step_perceptron",
    en="A silent perceptron answers -1 in your version. Those are labels of another convention; here it is 0.",
    ko="꺼졌을 때 -1을 출력합니다. 그것은 레이블을 ±1로 두는 다른 약속이고, 여기서는 0입니다.",
)
def minus_one_when_silent(X, w, b):
    z = X @ w + b
    return torch.where(z >= 0, torch.ones_like(z), -torch.ones_like(z))


@misconception(
    "step_perceptron",
    en="The bias is left out, so every decision line goes through the origin.",
    ko="편향이 빠졌습니다. 그러면 의사결정선이 모두 원점을 지나게 됩니다.",
)
def bias_left_out(X, w, b):
    return (X @ w >= 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="The bias is added to every product before the sum, so it counts d times. It belongs to the sum, once.",
    ko="곱마다 편향을 더한 뒤 합해서 편향이 d번 들어갔습니다. 편향은 합에 한 번만 더합니다.",
)
def bias_for_every_input(X, w, b):
    return ((X * w + b).sum(dim=1) >= 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="You compare w.x with b, as if b were the threshold. The bias is added: it is minus the threshold.",
    ko="b를 임계값처럼 써서 w.x와 비교했습니다. 편향은 더하는 값이며, 임계값에 음의 부호를 붙인 것입니다.",
)
def bias_as_threshold(X, w, b):
    return (X @ w >= b).to(X.dtype)


@misconception(
    "step_perceptron",
    en="The result holds True and False. The answers are the numbers 0 and 1, with the dtype of X.",
    ko="결과가 True와 False입니다. 출력은 X와 dtype이 같은 수 0과 1이어야 합니다.",
)
def booleans(X, w, b):
    return X @ w + b >= 0


@misconception(
    "step_perceptron",
    en="You return the sum z itself. The step is still missing.",
    ko="합 z를 그대로 돌려줍니다. 스텝 함수가 아직 빠져 있습니다.",
)
def step_left_out(X, w, b):
    return X @ w + b


@misconception(
    "step_perceptron",
    en="Your step is turned round: it fires where z is negative.",
    ko="스텝 함수가 뒤집혔습니다. z가 음수일 때 켜집니다.",
)
def step_turned_round(X, w, b):
    return (X @ w + b < 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="This is a sigmoid, which gives numbers between 0 and 1. A perceptron decides: 0 or 1.",
    ko="시그모이드를 써서 0과 1 사이의 수가 나옵니다. 퍼셉트론은 0 아니면 1로 결정합니다.",
)
def sigmoid_for_step(X, w, b):
    return torch.sigmoid(X @ w + b)


# -- 2. gate_params --------------------------------------------------------------------------------------------------


def pair(w1, w2, b):
    return torch.tensor([w1, w2], dtype=torch.float64), b


@misconception(
    "gate_params",
    en="Your numbers work for a perceptron that fires above 0. Some of your sums are exactly 0, and there this perceptron fires.",
    ko="0보다 클 때만 켜지는 퍼셉트론에 맞춘 값입니다. 합이 정확히 0인 점이 있는데, 이 퍼셉트론은 거기서 켜집니다.",
)
def made_for_strictly_above(name):
    return {"AND": pair(1.0, 1.0, -1.0), "OR": pair(1.0, 1.0, 0.0), "NAND": pair(-1.0, -1.0, 2.0), "NOR": pair(-1.0, -1.0, 1.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but some points lie exactly on your line. Move it away from them, to the middle between both kinds.",
    ko="진리표는 맞지만 직선 위에 놓인 점이 있습니다. 직선을 점에서 떼어 두 부류의 한가운데로 옮기세요.",
)
def points_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -2.0), "OR": pair(1.0, 1.0, -1.0), "NAND": pair(-1.0, -1.0, 1.0), "NOR": pair(-1.0, -1.0, 0.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="All your biases are 0. Then the sum at (0, 0) is 0, and the perceptron fires there, whatever the weights are.",
    ko="편향이 모두 0입니다. 그러면 (0, 0)에서 합이 0이 되어, 가중치가 무엇이든 퍼셉트론이 켜집니다.",
)
def no_bias(name):
    return pair(1.0, 1.0, 0.0) if name in ("AND", "OR") else pair(-1.0, -1.0, 0.0)


@misconception(
    "gate_params",
    en="The biases have the wrong sign: you wrote down the thresholds. The bias is added to the sum, so it is minus the threshold.",
    ko="편향의 부호가 반대입니다. 임계값을 그대로 적었습니다. 편향은 합에 더하는 값이므로 임계값에 음의 부호를 붙여야 합니다.",
)
def threshold_for_bias(name):
    return {"AND": pair(1.0, 1.0, 1.5), "OR": pair(1.0, 1.0, 0.5), "NAND": pair(-1.0, -1.0, -1.5), "NOR": pair(-1.0, -1.0, -0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="These gates are made for inputs -1 and +1. Here the inputs are 0 and 1, and a silent input adds nothing.",
    ko="입력이 -1과 +1일 때의 게이트입니다. 여기서 입력은 0과 1이고, 0인 입력은 합에 아무것도 더하지 않습니다.",
)
def made_for_plus_and_minus_one(name):
    return {"AND": pair(1.0, 1.0, -1.0), "OR": pair(1.0, 1.0, 1.0), "NAND": pair(-1.0, -1.0, 1.0), "NOR": pair(-1.0, -1.0, -1.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="NAND and NOR are exchanged. NAND is silent only at (1, 1), NOR fires only at (0, 0).",
    ko="NAND와 NOR가 뒤바뀌었습니다. NAND는 (1, 1)에서만 꺼지고 NOR는 (0, 0)에서만 켜집니다.",
)
def nand_and_nor_exchanged(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 0.5), "NOR": pair(-1.0, -1.0, 1.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="AND and OR are exchanged, and so are their opposites: AND needs both inputs to reach the threshold, OR only one.",
    ko="AND와 OR가, 따라서 그 반대 게이트도 뒤바뀌었습니다. AND는 두 입력이 모두 1이어야 임계값에 닿고, OR는 하나만 1이어도 닿습니다.",
)
def and_and_or_exchanged(name):
    return {"AND": pair(1.0, 1.0, -0.5), "OR": pair(1.0, 1.0, -1.5), "NAND": pair(-1.0, -1.0, 0.5), "NOR": pair(-1.0, -1.0, 1.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="For the opposite gates you change the sign of the weights only. The sign of the bias has to change as well, or these gates never fire.",
    ko="반대 게이트를 만들면서 가중치의 부호만 바꿨습니다. 편향의 부호도 바꿔야 합니다. 그러지 않으면 이 게이트들은 절대 켜지지 않습니다.",
)
def bias_not_negated(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, -1.5), "NOR": pair(-1.0, -1.0, -0.5)}[name]  # fmt: skip


# -- 3. is_separable -------------------------------------------------------------------------------------------------


@misconception(
    "is_separable",
    en="You reject XOR, but not its opposite. XNOR has its ones on a diagonal as well, and no line can help there either.",
    ko="XOR는 걸러냈지만 그 반대인 XNOR는 놓쳤습니다. XNOR의 1도 대각선에 있어서 직선 하나로는 나눌 수 없습니다.",
)
def xnor_forgotten(y):
    return y.tolist() != [0, 1, 1, 0]


@misconception(
    "is_separable",
    en="Tables of all zeros or all ones are not separable in your version. A perceptron that never fires, or always does, computes them.",
    ko="모두 0이거나 모두 1인 표를 불가능하다고 했습니다. 절대 켜지지 않거나 늘 켜져 있는 퍼셉트론이 이런 표를 계산합니다.",
)
def constants_rejected(y):
    return 0 < int(y.sum()) < 4 and y.tolist() not in ([0, 1, 1, 0], [1, 0, 0, 1])


@misconception(
    "is_separable",
    en="You accept only the gates of Task 2. Four more tables with one or three ones, and the four that copy or negate an input, can be computed too.",
    ko="2번 문제의 게이트만 인정했습니다. 1이 하나 또는 세 개인 다른 표들, 입력 하나를 그대로 또는 뒤집어 내는 표들도 계산할 수 있습니다.",
)
def known_gates_only(y):
    return y.tolist() in ([0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0])


@misconception(
    "is_separable",
    en="You count the ones and reject every table with two of them. If the two lie along a side of the square, a line separates them.",
    ko="1의 개수만 세어 두 개인 표를 모두 거절했습니다. 두 점이 정사각형의 한 변에 있으면 직선으로 나눌 수 있습니다.",
)
def two_ones_rejected(y):
    return int(y.sum()) != 2


@misconception(
    "is_separable",
    en="Your search over weights is too coarse: it misses lines that exist. Either refine it, or reason about the two diagonals instead.",
    ko="가중치를 너무 듬성듬성 찾아서 실제로 있는 직선을 놓쳤습니다. 더 촘촘히 찾거나, 두 대각선을 살펴 따져 보세요.",
)
def search_too_coarse(y):
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    grid = (-1, 0, 1)
    return any(
        [int(p * i + q * j + b >= 0) for i, j in corners] == y.tolist() for p in grid for q in grid for b in grid
    )


@misconception(
    "is_separable",
    en="You look for positive weights only. A weight may be negative: then a rising input switches the neuron off.",
    ko="양수 가중치만 찾았습니다. 가중치는 음수일 수도 있습니다. 그러면 입력이 커질수록 뉴런이 꺼집니다.",
)
def positive_weights_only(y):
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    grid = [k / 2 for k in range(5)]
    return any(
        [int(p * i + q * j - t >= 0) for i, j in corners] == y.tolist()
        for p in grid
        for q in grid
        for t in range(-3, 4)
    )


@misconception(
    "is_separable",
    en="Your lines all go through the origin, because there is no bias. With one, many more tables become possible.",
    ko="편향이 없어 직선이 모두 원점을 지납니다. 편향이 있으면 훨씬 많은 표가 가능해집니다.",
)
def lines_through_the_origin(y):
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    grid = (-2, -1, 0, 1, 2)
    return any([int(p * i + q * j >= 0) for i, j in corners] == y.tolist() for p in grid for q in grid)


@misconception(
    "is_separable",
    en="Your answers are turned round: XOR and XNOR are the two tables that one line cannot do.",
    ko="답이 뒤바뀌었습니다. 직선 하나로 할 수 없는 표가 바로 XOR와 XNOR입니다.",
)
def answers_turned_round(y):
    return y.tolist() in ([0, 1, 1, 0], [1, 0, 0, 1])


@misconception(
    "is_separable",
    en="You compare only one diagonal: equal answers at (0,0) and (1,1) are no obstacle unless the other two points both answer the opposite.",
    ko="대각선 하나만 비교했습니다. (0,0)과 (1,1)의 출력이 같더라도, 나머지 두 점이 모두 그 반대일 때만 불가능합니다.",
)
def one_diagonal_only(y):
    return not (y[0] == y[3] and y[1] != y[3])


# -- 4. xor_mlp ------------------------------------------------------------------------------------------------------


def layers(W1, b1, W2, b2):
    return tuple(torch.tensor(p, dtype=torch.float64) for p in (W1, b1, W2, b2))


@misconception(
    "xor_mlp",
    en="Your network computes OR: it also fires at (1, 1). Something has to switch it off there.",
    ko="OR를 계산합니다. (1, 1)에서도 켜지는데, 거기서 꺼 줄 것이 필요합니다.",
)
def computes_or():
    return layers([[1.0, 1.0], [1.0, 1.0]], [-0.5, -1.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network computes NAND: it also fires at (0, 0).",
    ko="NAND를 계산합니다. (0, 0)에서도 켜집니다.",
)
def computes_nand():
    return layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[0.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network computes XNOR, the opposite of XOR: it fires where both inputs are equal.",
    ko="XOR의 반대인 XNOR를 계산합니다. 두 입력이 같을 때 켜집니다.",
)
def computes_xnor():
    return layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[-1.0], [-1.0]], [1.5])


@misconception(
    "xor_mlp",
    en="Your network fires at all four inputs. If its hidden neurons are right, the last one is too easily content: it must fire only when both do, and remember that it fires at 0, too.",
    ko="네 입력 모두에서 켜집니다. 은닉 뉴런이 맞다면 마지막 뉴런의 문턱이 너무 낮은 것입니다. 둘이 모두 켜질 때만 켜져야 하며, 합이 0이어도 켜진다는 점을 기억하세요.",
)
def joined_with_or():
    return layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="The rows and columns of W1 are exchanged: the weights of a hidden neuron stand in a column, because x @ W1 is computed.",
    ko="W1의 행과 열이 뒤바뀌었습니다. x @ W1을 계산하므로 은닉 뉴런 하나의 가중치는 한 열에 있어야 합니다.",
)
def weights_transposed():
    return layers([[1.0, 1.0], [-1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-1.5])


@misconception(
    "xor_mlp",
    en="These are the weights of the well-known XOR network with ReLU. With the step a hidden neuron answers only 0 or 1, so they give something else.",
    ko="ReLU를 쓰는 유명한 XOR 신경망의 가중치입니다. 스텝 함수에서는 은닉 뉴런이 0 또는 1만 출력하므로 결과가 달라집니다.",
)
def made_for_relu():
    return layers([[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [[1.0], [-2.0]], [0.0])


@misconception(
    "xor_mlp",
    en="Your network computes AND: it fires only at (1, 1), where XOR is silent.",
    ko="AND를 계산합니다. XOR가 꺼져야 하는 (1, 1)에서만 켜집니다.",
)
def computes_and():
    return layers([[1.0, 1.0], [1.0, 1.0]], [-0.5, -1.5], [[1.0], [1.0]], [-1.5])


@misconception(
    "xor_mlp",
    en="Only one of the two cases is covered: your network fires at one of (0, 1) and (1, 0), but not at the other.",
    ko="두 경우 중 하나만 다뤘습니다. (0, 1)과 (1, 0) 가운데 한쪽에서만 켜집니다.",
)
def one_case_only():
    return layers([[-1.0, -1.0], [1.0, 1.0]], [-0.5, -0.5], [[1.0], [1.0]], [-0.5])


# -- 5. activations, act_grad ----------------------------------------------------------------------------------------


def as_float(x):
    return x if x.is_floating_point() else x.double()


def three(x):
    return {"sig": torch.sigmoid(x), "tanh": torch.tanh(x), "relu": torch.relu(x)}


@misconception(
    "activations",
    en="Your tanh has 2 + exp(-2x) in the denominator. It should start with 1: check that tanh(0) is 0.",
    ko="tanh의 분모가 2 + exp(-2x)입니다. 1로 시작해야 합니다. tanh(0)이 0인지 확인해 보세요.",
)
def two_in_the_denominator(x):
    x = as_float(x)
    return {**three(x), "tanh": 2 / (2 + torch.exp(-2 * x)) - 1}


@misconception(
    "activations",
    en="Your tanh is 2 sigmoid(x) - 1: the sigmoid must be taken at 2x. As it is, the curve rises only half as steeply.",
    ko="tanh를 2 sigmoid(x) - 1로 계산했습니다. 시그모이드를 2x에서 구해야 합니다. 지금은 곡선의 기울기가 절반밖에 되지 않습니다.",
)
def tanh_without_the_two(x):
    x = as_float(x)
    return {**three(x), "tanh": 2 * torch.sigmoid(x) - 1}


@misconception(
    "activations",
    en="Your sigmoid is exp(x) / (1 + exp(x)): for large x both parts are infinite, and the result is NaN.",
    ko="시그모이드를 exp(x) / (1 + exp(x))로 계산했습니다. x가 크면 분자와 분모가 모두 무한대가 되어 NaN이 나옵니다.",
)
def sigmoid_overflows(x):
    x = as_float(x)
    return {**three(x), "sig": torch.exp(x) / (1 + torch.exp(x))}


@misconception(
    "activations",
    en="Your tanh divides exp(x) - exp(-x) by their sum: for large |x| that is infinity over infinity, NaN.",
    ko="tanh를 (exp(x) - exp(-x)) / (exp(x) + exp(-x))로 계산했습니다. |x|가 크면 무한대를 무한대로 나누어 NaN이 됩니다.",
)
def tanh_overflows(x):
    x = as_float(x)
    return {**three(x), "tanh": (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))}


@misconception(
    "activations",
    en="The sign in your exponential is wrong: 1 / (1 + exp(x)) falls from 1 to 0, and the sigmoid rises.",
    ko="지수의 부호가 틀렸습니다. 1 / (1 + exp(x))는 1에서 0으로 내려가는데, 시그모이드는 올라가야 합니다.",
)
def sigmoid_mirrored(x):
    x = as_float(x)
    return {**three(x), "sig": torch.sigmoid(-x)}


@misconception(
    "activations",
    en="Your ReLU lets a little of the negative inputs through. That is a leaky ReLU; ReLU is 0 there.",
    ko="음수 입력이 조금 새어 나옵니다. 그것은 leaky ReLU이고, ReLU는 음수에서 0입니다.",
)
def leaky(x):
    x = as_float(x)
    return {**three(x), "relu": torch.where(x > 0, x, 0.01 * x)}


@misconception(
    "activations",
    en="Your ReLU turns negative inputs positive: that is |x|. max(0, x) is 0 there.",
    ko="음수 입력을 양수로 바꿨습니다. 그것은 |x|입니다. max(0, x)는 음수에서 0입니다.",
)
def absolute_value(x):
    x = as_float(x)
    return {**three(x), "relu": x.abs()}


@misconception(
    "activations",
    en="Your ReLU answers 1 for every positive input. That is the step; ReLU gives x itself.",
    ko="양수이면 모두 1을 돌려줍니다. 그것은 스텝 함수이고, ReLU는 x를 그대로 내보냅니다.",
)
def step_for_relu(x):
    x = as_float(x)
    return {**three(x), "relu": (x > 0).to(x.dtype)}


@misconception(
    "activations",
    en="For whole numbers some of your results are not float64. Integers count as float64 here: convert x first.",
    ko="정수를 넣었을 때 결과의 일부가 float64가 아닙니다. 정수는 float64로 여기기로 했으므로 x를 먼저 변환하세요.",
)
def integers_as_they_are(x):
    return three(x)


@misconception(
    "act_grad",
    en="You use x (1 - x), which is right if x is already the output of the sigmoid. Here x is its input.",
    ko="x (1 - x)를 썼습니다. x가 시그모이드의 출력일 때 맞는 식인데, 여기서 x는 입력입니다.",
    evidence="E18",
)
def sigmoid_of_its_output(kind, x):
    x = as_float(x)
    return {"sig": x * (1 - x), "tanh": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You use 1 - x^2, which is right if x is already the output of tanh. Here x is its input.",
    ko="1 - x^2을 썼습니다. x가 tanh의 출력일 때 맞는 식인데, 여기서 x는 입력입니다.",
    evidence="E18",
)
def tanh_of_its_output(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - x**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="The derivative of tanh is not tanh. Look at 0: tanh is 0 there, and its slope is at its steepest, 1.",
    ko="tanh의 도함수는 tanh가 아닙니다. 0에서 tanh의 값은 0이지만 기울기는 가장 가파른 1입니다.",
    evidence="E19",
)
def tanh_is_its_own_derivative(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": torch.tanh(x), "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="Your derivative of tanh lacks the square: it is 1 - tanh(x)^2.",
    ko="tanh의 도함수에 제곱이 빠졌습니다. 1 - tanh(x)^2입니다.",
)
def tanh_without_square(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x), "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="Your ReLU has the slope 1 at exactly 0. Here it is 0 there, as in torch.",
    ko="ReLU의 기울기를 정확히 0인 곳에서 1로 두었습니다. 여기서는 torch와 같이 0으로 정합니다.",
)
def relu_slope_one_at_zero(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x) ** 2, "relu": (x >= 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="For ReLU you return its value. Its slope is 1 for every positive input, however large.",
    ko="ReLU의 함수값을 돌려줍니다. 기울기는 양수이면 크기와 상관없이 1입니다.",
)
def relu_value_for_slope(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x) ** 2, "relu": torch.relu(x)}[kind]


@misconception(
    "act_grad",
    en="Your derivative of the sigmoid lacks one factor: it is the value times one minus the value.",
    ko="시그모이드의 도함수에서 인수 하나가 빠졌습니다. 값과 (1 - 값)의 곱입니다.",
)
def sigmoid_factor_missing(kind, x):
    x = as_float(x)
    return {"sig": 1 - torch.sigmoid(x), "tanh": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You square 1 + exp(-x) where exp(-x) is infinite, and infinity over infinity is NaN. Write the slope with the value of the sigmoid.",
    ko="exp(-x)가 무한대인 곳에서 (1 + exp(-x))를 제곱해 나누었기 때문에 NaN이 나옵니다. 시그모이드의 값으로 기울기를 나타내 보세요.",
)
def sigmoid_slope_overflows(kind, x):
    x = as_float(x)
    e = torch.exp(-x)
    return {"sig": e / (1 + e) ** 2, "tanh": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You apply the activation a second time before you take the slope: the derivative belongs at x, not at the activated x.",
    ko="기울기를 구하기 전에 활성화 함수를 한 번 더 적용했습니다. 도함수는 활성화한 값이 아니라 x에서 구해야 합니다.",
    evidence="E18",
)
def slope_at_the_output(kind, x):
    x = three(as_float(x))[kind]
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="Sigmoid and tanh are exchanged: each gets the derivative of the other.",
    ko="시그모이드와 tanh가 뒤바뀌어 서로의 도함수를 받았습니다.",
)
def sigmoid_and_tanh_exchanged(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"tanh": s * (1 - s), "sig": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


# -- 6. chain_grads --------------------------------------------------------------------------------------------------


@misconception(
    "chain_grads",
    en="The way from g back to f leads through w2, and you left that factor out of dw1 and db1.",
    ko="g에서 f로 거슬러 가는 길에는 w2가 있는데, dw1과 db1에서 이 인수가 빠졌습니다.",
)
def second_weight_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * f * (1 - f) * x, dg * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The slope of the sigmoid is missing in dw1 and db1: between f and w1 x + b1 there is another link.",
    ko="dw1과 db1에 시그모이드의 기울기가 빠졌습니다. f와 w1 x + b1 사이에도 고리가 하나 있습니다.",
    evidence="E18",
)
def sigmoid_slope_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * x, dg * w2, dg * f, dg


@misconception(
    "chain_grads",
    en="Your bias gradients are 1. That is only the last link, dg/db2; what comes before it has to be multiplied in.",
    ko="편향의 기울기를 1로 두었습니다. 1은 마지막 고리 dg/db2일 뿐이고, 그 앞의 고리들도 곱해야 합니다.",
)
def bias_gradients_are_one(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, torch.ones_like(b1), dg * f, torch.ones_like(b2)


@misconception(
    "chain_grads",
    en="You update w2 before the gradient goes on to the first layer. All four derivatives belong to the same, old parameters.",
    ko="앞 층으로 넘어가기 전에 w2를 갱신했습니다. 네 미분 모두 갱신하기 전의 같은 매개변수에서 구해야 합니다.",
    evidence="E18",
)
def updated_weight_used(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    w2 = w2 - dg * f
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="All signs are turned round: with L = 1/2 (g - y)^2 the chain begins with g - y, not y - g.",
    ko="부호가 모두 반대입니다. L = 1/2 (g - y)^2이므로 사슬은 y - g가 아니라 g - y에서 시작합니다.",
)
def sign_turned_round(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = y - (w2 * f + b2)
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The input x is missing in dw1, so that it equals db1. A weight acts through its input.",
    ko="dw1에 입력 x가 빠져 db1과 같아졌습니다. 가중치는 입력에 곱해져서 영향을 줍니다.",
)
def input_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f), dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="Your dw2 uses x. The input of the second layer is f, the output of the first.",
    ko="dw2에 x를 썼습니다. 둘째 층의 입력은 첫째 층의 출력인 f입니다.",
)
def second_layer_sees_x(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * x, dg


@misconception(
    "chain_grads",
    en="You take the slope of the sigmoid at f, with the pre-activation z = w1 x + b1 in the formula z (1 - z). It needs the value f.",
    ko="시그모이드의 기울기를 활성화 전 값 z = w1 x + b1로 z (1 - z)라고 썼습니다. 여기에는 값 f가 들어가야 합니다.",
    evidence="E18",
)
def slope_from_pre_activation(x, y, w1, b1, w2, b2):
    z = w1 * x + b1
    f = torch.sigmoid(z)
    dg = w2 * f + b2 - y
    return dg * w2 * z * (1 - z) * x, dg * w2 * z * (1 - z), dg * f, dg


@misconception(
    "chain_grads",
    en="Everything is twice as large as it should be. The one half in the loss cancels the 2 of the square.",
    ko="모든 값이 두 배입니다. 손실의 1/2이 제곱을 미분할 때 나오는 2와 상쇄됩니다.",
)
def half_forgotten(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = 2 * (w2 * f + b2 - y)
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="b2 is missing from the prediction g, so that the error is wrong everywhere.",
    ko="예측 g에 b2가 빠져 오차가 모두 틀렸습니다.",
)
def second_bias_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f - y
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The right numbers in another order: the docstring asks for (dw1, db1, dw2, db2).",
    ko="값은 맞지만 순서가 다릅니다. docstring의 순서는 (dw1, db1, dw2, db2)입니다.",
)
def layers_in_reverse_order(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * f, dg, dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f)


# -- 7. sgd_epoch ----------------------------------------------------------------------------------------------------


def mini_batches(order, batch):
    return [order[start : start + batch] for start in range(0, len(order), batch)]


def noted(losses, X):
    return torch.stack(losses) if losses else X.new_zeros(0)


@misconception(
    "sgd_epoch",
    en="The last, smaller mini-batch is dropped. Its examples are never learned from; use it as well.",
    ko="마지막의 작은 미니배치를 버렸습니다. 그 샘플들에서는 아무것도 배우지 못하므로 이것도 써야 합니다.",
)
def last_batch_dropped(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        if len(rows) < batch:
            continue
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You divide by `batch` in the last mini-batch, too, although it holds fewer examples. A mean is over those that are there.",
    ko="마지막 미니배치는 샘플이 더 적은데도 `batch`로 나눴습니다. 평균은 실제로 있는 샘플에 대한 것입니다.",
)
def tail_divided_by_batch(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).sum() / batch)
        w, b = w - lr * error @ X[rows] / batch, b - lr * error.sum() / batch
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="Your loss and gradients are sums over the mini-batch. The loss is a mean, so the size of the step must not grow with `batch`.",
    ko="손실과 기울기를 미니배치의 합으로 계산했습니다. 손실은 평균이므로 `batch`가 커져도 걸음이 커지면 안 됩니다.",
)
def sums_for_means(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).sum())
        w, b = w - lr * error @ X[rows], b - lr * error.sum()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The loss is right, but the gradients are sums over the mini-batch. The gradient of a mean is a mean.",
    ko="손실은 맞지만 기울기를 미니배치의 합으로 계산했습니다. 평균의 기울기는 평균입니다.",
    evidence="E18",
)
def gradients_not_averaged(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows], b - lr * error.sum()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="All mini-batches are measured with the w and b from the beginning, and the changes are made at the end. Each mini-batch must meet what the one before left.",
    ko="모든 미니배치를 처음의 w와 b로 계산하고 변화를 마지막에 한꺼번에 적용했습니다. 미니배치마다 바로 앞에서 바뀐 값을 써야 합니다.",
)
def steps_saved_up(X, y, w, b, lr, batch, order):
    losses, w0, b0 = [], w, b
    for rows in mini_batches(order, batch):
        error = X[rows] @ w0 + b0 - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You take the examples as they stand in X and never use `order`. The order in which they come is the one given.",
    ko="`order`를 쓰지 않고 X에 놓인 순서대로 샘플을 썼습니다. 샘플은 주어진 순서대로 나와야 합니다.",
)
def order_ignored(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(torch.arange(len(order), device=X.device), batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You shuffle X with `order` but leave y as it was: examples and answers no longer belong together.",
    ko="X는 `order`로 섞었지만 y는 그대로 두었습니다. 샘플과 정답이 서로 어긋납니다.",
)
def targets_not_shuffled(X, y, w, b, lr, batch, order):
    losses = []
    for start, rows in zip(range(0, len(order), batch), mini_batches(order, batch)):
        error = X[rows] @ w + b - y[start : start + batch]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You note the loss after the step. It is the loss of the parameters with which the mini-batch was measured, before they change.",
    ko="걸음을 옮긴 뒤의 손실을 기록했습니다. 매개변수가 바뀌기 전의 손실을 기록해야 합니다.",
)
def loss_after_the_step(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
        losses.append(0.5 * ((X[rows] @ w + b - y[rows]) ** 2).mean())
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The bias never changes. It is a parameter like any other and has a gradient of its own.",
    ko="편향이 한 번도 바뀌지 않았습니다. 편향도 매개변수이며 자기 기울기가 있습니다.",
)
def bias_never_updated(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w = w - lr * error @ X[rows] / len(rows)
    return w, b + 0, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The error is computed again after w has changed, so the gradient of b belongs to other parameters than that of w.",
    ko="w를 바꾼 뒤에 오차를 다시 구해서, b의 기울기와 w의 기울기가 서로 다른 매개변수의 것이 되었습니다.",
)
def bias_meets_new_weights(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w = w - lr * error @ X[rows] / len(rows)
        b = b - lr * (X[rows] @ w + b - y[rows]).mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="Your steps are twice too long: with the one half in the loss the gradient is the mean of error times input, without a 2.",
    ko="걸음이 두 배로 큽니다. 손실에 1/2이 있으므로 기울기는 오차와 입력의 곱의 평균이고, 2가 붙지 않습니다.",
)
def gradient_doubled(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * 2 * error @ X[rows] / len(rows), b - lr * 2 * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The losses lack the factor 1/2; the steps are right.",
    ko="걸음은 맞지만 손실에 1/2이 빠졌습니다.",
)
def loss_without_half(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append((error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You go uphill: the step is minus the learning rate times the gradient.",
    ko="오르막으로 가고 있습니다. 학습률과 기울기의 곱을 빼야 합니다.",
)
def uphill(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w + lr * error @ X[rows] / len(rows), b + lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You read `batch` as the number of mini-batches. It is the number of examples in each.",
    ko="`batch`를 미니배치의 개수로 여겼습니다. `batch`는 미니배치 하나에 든 샘플 수입니다.",
)
def batch_as_number_of_batches(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, max(1, math.ceil(len(order) / batch))):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


# -- 8. momentum_step, decay -----------------------------------------------------------------------------------------


@misconception(
    "momentum_step",
    en="You define the velocity by itself and solve the equation. The memory cancels out, and what is left is plain descent with the rate lr / (1 - mu): use the old velocity.",
    ko="속도를 자기 자신으로 정의해 식을 풀었습니다. 그러면 기억은 사라지고 학습률이 lr / (1 - mu)인 평범한 경사 하강법만 남습니다. 이전 속도를 쓰세요.",
)
def circular_velocity(w, v, g, lr, mu):
    v = -lr * g / (1 - mu)
    return w + v, v


@misconception(
    "momentum_step",
    en="The push goes uphill: the gradient enters the velocity with a minus.",
    ko="오르막 방향으로 밀고 있습니다. 기울기는 음의 부호로 속도에 들어갑니다.",
)
def pushed_uphill(w, v, g, lr, mu):
    v = mu * v + lr * g
    return w + v, v


@misconception(
    "momentum_step",
    en="You weight the gradient with 1 - mu as in a moving average. Here it enters with lr alone.",
    ko="이동 평균처럼 기울기에 1 - mu를 곱했습니다. 여기서는 lr만 곱합니다.",
)
def averaged_gradient(w, v, g, lr, mu):
    v = mu * v - (1 - mu) * lr * g
    return w + v, v


@misconception(
    "momentum_step",
    en="The old velocity is not used: your step has no memory, and is plain gradient descent.",
    ko="이전 속도를 쓰지 않았습니다. 기억이 없으므로 평범한 경사 하강법과 같습니다.",
)
def velocity_not_carried(w, v, g, lr, mu):
    v = -lr * g
    return w + v, v


@misconception(
    "momentum_step",
    en="The weights move by the old velocity. Compute the new one first, and move by that.",
    ko="가중치가 이전 속도만큼 움직였습니다. 새 속도를 먼저 구하고 그만큼 움직여야 합니다.",
)
def moved_by_old_velocity(w, v, g, lr, mu):
    return w + v, mu * v - lr * g


@misconception(
    "momentum_step",
    en="Your velocity collects bare gradients, and the learning rate is applied when the weights move. Once the rate changes, old pushes change with it; lr belongs into the velocity.",
    ko="속도에 기울기만 모으고 학습률은 가중치를 옮길 때 곱했습니다. 그러면 학습률이 바뀔 때 지난 힘까지 함께 바뀝니다. lr은 속도 안에 들어가야 합니다.",
)
def rate_outside_velocity(w, v, g, lr, mu):
    v = mu * v + g
    return w - lr * v, v


@misconception(
    "momentum_step",
    en="mu multiplies the push of the gradient as well. Only the old velocity is slowed down.",
    ko="기울기가 미는 힘에도 mu를 곱했습니다. 줄어드는 것은 이전 속도뿐입니다.",
)
def mu_on_everything(w, v, g, lr, mu):
    v = mu * (v - lr * g)
    return w + v, v


@misconception(
    "momentum_step",
    en="The old velocity is kept whole: mu is missing, so the ball never loses speed.",
    ko="mu가 빠져 이전 속도가 그대로 남습니다. 공이 속도를 전혀 잃지 않습니다.",
)
def mu_left_out(w, v, g, lr, mu):
    v = v - lr * g
    return w + v, v


@misconception(
    "momentum_step",
    en="The gradient is subtracted twice: it is in the velocity already.",
    ko="기울기를 두 번 뺐습니다. 기울기는 이미 속도 안에 들어 있습니다.",
)
def gradient_twice(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w + v - lr * g, v


@misconception(
    "momentum_step",
    en="The weights move by mu times the new velocity (a look ahead). Here they move by the velocity itself.",
    ko="가중치가 새 속도의 mu배에 한 걸음을 더한 만큼 움직였습니다(앞을 내다보는 방식). 여기서는 새 속도만큼만 움직입니다.",
)
def looks_ahead(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w + mu * v - lr * g, v


@misconception(
    "decay",
    en="Your time-based rate shrinks the rate of the step before, again and again. Every rate is computed from lr0 directly.",
    ko="시간 기반 학습률을 바로 앞 걸음의 학습률에서 되풀이해 줄였습니다. 학습률은 매번 lr0에서 바로 계산합니다.",
)
def compounding(kind, lr0, t, k, gamma, s):
    if kind == "step":
        return lr0 * gamma ** (t // s)
    for i in range(1, t + 1):
        lr0 = lr0 / (1 + k * i)
    return lr0


@misconception(
    "decay",
    en="t / s is not rounded down, so the rate shrinks a little in every step instead of dropping every s steps.",
    ko="t / s의 소수 부분을 버리지 않아, s걸음마다 떨어지지 않고 매 걸음 조금씩 줄어듭니다.",
)
def not_floored(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** (t / s)


@misconception(
    "decay",
    en="Your drops come one step too late: you count t from 1. The first step is t = 0.",
    ko="t를 1부터 세어 학습률이 한 걸음 늦게 떨어집니다. 첫 걸음이 t = 0입니다.",
)
def counted_from_one(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * max(t - 1, 0)) if kind == "time" else lr0 * gamma ** (max(t - 1, 0) // s)


@misconception(
    "decay",
    en="Your rate already shrinks in step 0: you count the step as done before it was made.",
    ko="걸음 0에서 이미 학습률이 줄었습니다. 아직 걷지 않은 걸음까지 센 것입니다.",
)
def one_step_early(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * (t + 1)) if kind == "time" else lr0 * gamma ** ((t + 1) // s)


@misconception(
    "decay",
    en="t / s is rounded to the nearest whole number, so the rate drops half-way through. Round down.",
    ko="t / s를 반올림해서 학습률이 중간에 떨어집니다. 소수 부분을 버려야 합니다.",
)
def rounded_to_nearest(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** round(t / s)


@misconception(
    "decay",
    en="You multiply by gamma as many times as t / s in one product: gamma * floor(t / s). A drop that is repeated is a power.",
    ko="gamma * floor(t / s)를 곱했습니다. 같은 비율로 거듭 줄어드는 것은 거듭제곱입니다.",
)
def product_for_power(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma * (t // s)


@misconception(
    "decay",
    en="Your time-based rate is lr0 (1 - k t): a straight line, which becomes negative after a while.",
    ko="시간 기반 학습률을 lr0 (1 - k t)로 계산했습니다. 직선이라 얼마 뒤에는 음수가 됩니다.",
)
def straight_line(kind, lr0, t, k, gamma, s):
    return lr0 * (1 - k * t) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate divides by (1 + k)^t: that is exponential. The formula divides by 1 + k t.",
    ko="시간 기반 학습률을 (1 + k)^t로 나눴습니다. 그것은 지수적 감소이고, 식은 1 + k t로 나눕니다.",
)
def exponential(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k) ** t if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="The two kinds are exchanged.",
    ko="두 종류가 서로 바뀌었습니다.",
)
def kinds_exchanged(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "step" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="The rate drops once, by gamma, and never again. Every s steps it drops anew.",
    ko="학습률이 한 번만 떨어지고 맙니다. s걸음마다 다시 떨어져야 합니다.",
)
def single_drop(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * (gamma if t >= s else 1)


# -- 9. split --------------------------------------------------------------------------------------------------------


def in_order(n, perm):
    return torch.arange(n) if perm is None else perm


def fair_sizes(n, ratios):
    total = sum(ratios)
    shares = [divmod(n * r, total) for r in ratios]
    sizes = [whole for whole, _ in shares]
    for i in sorted(range(3), key=lambda i: (-shares[i][1], i))[: n - sum(sizes)]:
        sizes[i] += 1
    return sizes


def pieces(perm, sizes):
    a, b, c = sizes
    return perm[:a], perm[a : a + b], perm[a + b : a + b + c]


@misconception(
    "split",
    en="All three sizes are rounded down, and a few examples belong to no part. Their number must add up to n.",
    ko="세 크기를 모두 내림해서 어디에도 속하지 않는 샘플이 생겼습니다. 크기의 합은 n이어야 합니다.",
)
def examples_lost(n, ratios=(6, 2, 2), perm=None):
    return pieces(in_order(n, perm), [n * r // sum(ratios) for r in ratios])


@misconception(
    "split",
    en="Everything that rounding leaves over goes to the test part. It goes to the parts with the largest fractions.",
    ko="내림하고 남은 것을 모두 테스트에 몰아 주었습니다. 소수 부분이 큰 곳부터 하나씩 나눠 줘야 합니다.",
)
def rest_to_test(n, ratios=(6, 2, 2), perm=None):
    a, b, _ = (n * r // sum(ratios) for r in ratios)
    return pieces(in_order(n, perm), [a, b, n - a - b])


@misconception(
    "split",
    en="Everything that rounding leaves over goes to the training part. It goes to the parts with the largest fractions.",
    ko="내림하고 남은 것을 모두 학습 데이터에 몰아 주었습니다. 소수 부분이 큰 곳부터 하나씩 나눠 줘야 합니다.",
)
def rest_to_train(n, ratios=(6, 2, 2), perm=None):
    _, b, c = (n * r // sum(ratios) for r in ratios)
    return pieces(in_order(n, perm), [n - b - c, b, c])


@misconception(
    "split",
    en="Training and validation are rounded to the nearest number, and the test part takes what is left. That is not the largest remainder, and it may leave the test part short.",
    ko="학습과 검증을 반올림하고 나머지를 테스트로 두었습니다. 최대 나머지 방법이 아니며, 테스트가 부족해질 수 있습니다.",
)
def first_two_rounded(n, ratios=(6, 2, 2), perm=None):
    a, b = (int(n * r / sum(ratios) + 0.5) for r in ratios[:2])
    return pieces(in_order(n, perm), [a, min(b, n - a), max(n - a - b, 0)])


@misconception(
    "split",
    en="The ratios are divided by 10, whatever they add up to. Divide by their sum.",
    ko="비율을 합이 아니라 늘 10으로 나눴습니다. 비율의 합으로 나눠야 합니다.",
)
def divided_by_ten(n, ratios=(6, 2, 2), perm=None):
    a, b = n * ratios[0] // 10, n * ratios[1] // 10
    return pieces(in_order(n, perm), [a, b, max(n - a - b, 0)])


@misconception(
    "split",
    en="perm is not used: the parts hold the first, the next and the last examples. Sorted data would give parts that look nothing alike.",
    ko="perm을 쓰지 않아 앞에서부터 차례로 잘랐습니다. 데이터가 정렬되어 있으면 세 부분이 전혀 닮지 않게 됩니다.",
)
def not_permuted(n, ratios=(6, 2, 2), perm=None):
    return pieces(torch.arange(n), fair_sizes(n, ratios))


@misconception(
    "split",
    en="The parts are right as sets, but sorted. They keep the order of perm.",
    ko="각 부분에 든 것은 맞지만 정렬되어 있습니다. perm의 순서를 그대로 두어야 합니다.",
)
def parts_sorted(n, ratios=(6, 2, 2), perm=None):
    return tuple(part.sort().values for part in pieces(in_order(n, perm), fair_sizes(n, ratios)))


@misconception(
    "split",
    en="Validation and test are exchanged: the validation part comes second.",
    ko="검증과 테스트가 뒤바뀌었습니다. 검증이 두 번째입니다.",
)
def validation_and_test_exchanged(n, ratios=(6, 2, 2), perm=None):
    train, validation, test = pieces(in_order(n, perm), fair_sizes(n, ratios))
    return train, test, validation


@misconception(
    "split",
    en="The parts overlap: the test part begins where the validation part begins. No example may stand in two parts.",
    ko="부분이 서로 겹칩니다. 테스트가 검증과 같은 곳에서 시작합니다. 한 샘플이 두 부분에 들어가면 안 됩니다.",
)
def parts_overlap(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, c) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[a : a + b], perm[a : a + c]


@misconception(
    "split",
    en="Of equal fractions the later part wins in your version. By the rule it is the earlier one.",
    ko="소수 부분이 같을 때 뒤쪽 부분에 주었습니다. 규칙으로는 앞쪽 부분이 먼저입니다.",
)
def ties_to_the_later_part(n, ratios=(6, 2, 2), perm=None):
    total = sum(ratios)
    sizes = [n * r // total for r in ratios]
    for i in sorted(range(3), key=lambda i: (-(n * ratios[i] % total), -i))[: n - sum(sizes)]:
        sizes[i] += 1
    return pieces(in_order(n, perm), sizes)


@misconception(
    "split",
    en="What is left over is handed out from the front, train first, without a look at the fractions.",
    ko="남은 것을 소수 부분과 상관없이 학습 데이터부터 앞에서 차례로 나눠 주었습니다.",
)
def rest_from_the_front(n, ratios=(6, 2, 2), perm=None):
    sizes = [n * r // sum(ratios) for r in ratios]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    return pieces(in_order(n, perm), sizes)


@misconception(
    "split",
    en="Your indices are floats. Only whole numbers can pick rows: int64.",
    ko="인덱스가 실수입니다. 행을 고르려면 정수(int64)여야 합니다.",
)
def float_indices(n, ratios=(6, 2, 2), perm=None):
    return pieces(in_order(n, perm).double(), fair_sizes(n, ratios))
