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


@misconception(
    "step_perceptron",
    en="Your answers are whole numbers (int64). They are 0 and 1 in the dtype of X, so that the next layer can go on computing with them.",
    ko="출력이 정수(int64)입니다. 다음 층에서 바로 계산에 쓸 수 있도록 X와 dtype이 같은 0과 1이어야 합니다.",
)
def whole_numbers(X, w, b):
    return (X @ w + b >= 0).long()


@misconception(
    "step_perceptron",
    en="You sum over the examples: what comes out has one number for each input. The products of one row, over its inputs, belong together.",
    ko="샘플 방향으로 더해서 입력마다 수가 하나씩 나왔습니다. 한 행 안에서, 곧 입력 방향으로 곱을 더해야 합니다.",
)
def summed_over_examples(X, w, b):
    return ((X * w).sum(dim=0) + b >= 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="Only the first two inputs are used. A perceptron may have any number d of inputs, and all of them count.",
    ko="처음 두 입력만 썼습니다. 퍼셉트론의 입력 수 d는 얼마든지 될 수 있고, 모든 입력을 써야 합니다.",
)
def first_two_inputs_only(X, w, b):
    return (X[:, 0] * w[0] + X[:, 1] * w[1] + b >= 0).to(X.dtype)


@misconception(
    "step_perceptron",
    en="You return a Python list. The answers belong into one tensor of shape (N,) with the dtype of X.",
    ko="파이썬 리스트를 돌려줍니다. 모양이 (N,)이고 dtype이 X와 같은 텐서 하나로 돌려줘야 합니다.",
)
def list_of_answers(X, w, b):
    return [1.0 if float(row @ w + b) >= 0 else 0.0 for row in X]


@misconception(
    "step_perceptron",
    en="Your step jumps at 1/2 instead of 0. That threshold belongs to a sigmoid's output, not to the sum z.",
    ko="스텝 함수가 0이 아니라 1/2에서 바뀝니다. 1/2은 합 z가 아니라 시그모이드 출력에 쓰는 임계값입니다.",
)
def jump_at_one_half(X, w, b):
    return (X @ w + b >= 0.5).to(X.dtype)


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
    en="The tables are right, but some sums are exactly 0: these points lie on your line. Move it away from them, to the middle between both kinds.",
    ko="진리표는 맞지만 합이 정확히 0이어서 직선 위에 놓인 점이 있습니다. 직선을 점에서 떼어 두 부류의 한가운데로 옮기세요.",
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


@misconception(
    "gate_params",
    en="In your AND the sum is exactly 0 at (0, 1) and (1, 0), and a perceptron fires at 0. Move the line away from these points.",
    ko="AND의 합이 (0, 1)과 (1, 0)에서 정확히 0인데, 퍼셉트론은 0에서도 켜집니다. 직선을 점에서 떼어 놓으세요.",
)
def and_made_for_strictly_above(name):
    return {"AND": pair(1.0, 1.0, -1.0), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="In your OR the sum is exactly 0 at (0, 0), and a perceptron fires at 0. Move the line away from these points.",
    ko="OR의 합이 (0, 0)에서 정확히 0인데, 퍼셉트론은 0에서도 켜집니다. 직선을 점에서 떼어 놓으세요.",
)
def or_made_for_strictly_above(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, 0.0), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="In your NAND the sum is exactly 0 at (1, 1), and a perceptron fires at 0. Move the line away from these points.",
    ko="NAND의 합이 (1, 1)에서 정확히 0인데, 퍼셉트론은 0에서도 켜집니다. 직선을 점에서 떼어 놓으세요.",
)
def nand_made_for_strictly_above(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 2.0), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="In your NOR the sum is exactly 0 at (0, 1) and (1, 0), and a perceptron fires at 0. Move the line away from these points.",
    ko="NOR의 합이 (0, 1)과 (1, 0)에서 정확히 0인데, 퍼셉트론은 0에서도 켜집니다. 직선을 점에서 떼어 놓으세요.",
)
def nor_made_for_strictly_above(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 1.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in AND a sum is exactly 0: a point lies on the line. Move the line to the middle between both kinds.",
    ko="진리표는 맞지만 AND에서 합이 정확히 0인 점이 있어 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def and_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -2.0), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in OR a sum is exactly 0: a point lies on the line. Move the line to the middle between both kinds.",
    ko="진리표는 맞지만 OR에서 합이 정확히 0인 점이 있어 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def or_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -1.0), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in NAND a sum is exactly 0: a point lies on the line. Move the line to the middle between both kinds.",
    ko="진리표는 맞지만 NAND에서 합이 정확히 0인 점이 있어 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def nand_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.0), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in NOR a sum is exactly 0: a point lies on the line. Move the line to the middle between both kinds.",
    ko="진리표는 맞지만 NOR에서 합이 정확히 0인 점이 있어 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def nor_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in AND and OR some sums are exactly 0: these points lie on the line. Move it to the middle between both kinds.",
    ko="진리표는 맞지만 AND와 OR에서 합이 정확히 0인 점이 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def and_and_or_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -2.0), "OR": pair(1.0, 1.0, -1.0), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="The tables are right, but in NAND and NOR some sums are exactly 0: these points lie on the line. Move it to the middle between both kinds.",
    ko="진리표는 맞지만 NAND와 NOR에서 합이 정확히 0인 점이 직선 위에 놓입니다. 직선을 두 부류의 한가운데로 옮기세요.",
)
def nand_and_nor_on_the_line(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.0), "NOR": pair(-1.0, -1.0, 0.0)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NAND and NOR always fire. For the opposite gate it is not enough to change the sign of the bias; the weights have to change theirs as well.",
    ko="NAND와 NOR가 늘 켜져 있습니다. 반대 게이트를 만들려면 편향의 부호만 바꿔서는 안 되고 가중치의 부호도 바꿔야 합니다.",
)
def weights_not_negated(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(1.0, 1.0, 1.5), "NOR": pair(1.0, 1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NAND is AND, and your NOR is OR. The opposite gate fires where the other is silent: weights and bias change their sign.",
    ko="NAND가 AND와, NOR가 OR와 같습니다. 반대 게이트는 다른 쪽이 꺼진 곳에서 켜집니다. 가중치와 편향의 부호가 모두 바뀝니다.",
)
def opposites_not_negated(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(1.0, 1.0, -1.5), "NOR": pair(1.0, 1.0, -0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="AND and OR are exchanged: AND needs both inputs to reach the threshold, OR only one.",
    ko="AND와 OR가 뒤바뀌었습니다. AND는 두 입력이 모두 1이어야 임계값에 닿고, OR는 하나만 1이어도 닿습니다.",
)
def only_and_and_or_exchanged(name):
    return {"AND": pair(1.0, 1.0, -0.5), "OR": pair(1.0, 1.0, -1.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call AND computes OR. AND must fire only at (1, 1): look at its bias.",
    ko="AND라고 한 것이 OR를 계산합니다. AND는 (1, 1)에서만 켜져야 합니다. 편향을 살펴보세요.",
)
def and_computes_or(name):
    return {"AND": pair(1.0, 1.0, -0.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call OR computes AND. OR must stay silent only at (0, 0): look at its bias.",
    ko="OR라고 한 것이 AND를 계산합니다. OR는 (0, 0)에서만 꺼져야 합니다. 편향을 살펴보세요.",
)
def or_computes_and(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -1.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call NAND computes NOR. NAND must stay silent only at (1, 1): look at its bias.",
    ko="NAND라고 한 것이 NOR를 계산합니다. NAND는 (1, 1)에서만 꺼져야 합니다. 편향을 살펴보세요.",
)
def nand_computes_nor(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 0.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call NOR computes NAND. NOR must fire only at (0, 0): look at its bias.",
    ko="NOR라고 한 것이 NAND를 계산합니다. NOR는 (0, 0)에서만 켜져야 합니다. 편향을 살펴보세요.",
)
def nor_computes_nand(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 1.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call NAND computes AND. NAND must stay silent only at (1, 1): look at its bias and at the signs.",
    ko="NAND라고 한 것이 AND를 계산합니다. NAND는 (1, 1)에서만 꺼져야 합니다. 편향과 부호를 살펴보세요.",
)
def nand_computes_and(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(1.0, 1.0, -1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="What you call NOR computes OR. NOR must fire only at (0, 0): look at its bias and at the signs.",
    ko="NOR라고 한 것이 OR를 계산합니다. NOR는 (0, 0)에서만 켜져야 합니다. 편향과 부호를 살펴보세요.",
)
def nor_computes_or(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(1.0, 1.0, -0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your AND fires at all four inputs. The bias is too large for its weights: it is minus the threshold, and its sign matters as much as theirs.",
    ko="AND가 네 입력 모두에서 켜집니다. 가중치에 비해 편향이 너무 큽니다. 편향은 임계값에 음의 부호를 붙인 값이며, 가중치와 마찬가지로 부호가 중요합니다.",
)
def and_always_fires(name):
    return {"AND": pair(1.0, 1.0, 1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your AND fires at no input at all. The bias is too small for its weights: check the signs of the weights and of the bias together.",
    ko="AND가 어느 입력에서도 켜지지 않습니다. 가중치에 비해 편향이 너무 작습니다. 가중치와 편향의 부호를 함께 확인하세요.",
)
def and_never_fires(name):
    return {"AND": pair(1.0, 1.0, -3.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your OR fires at all four inputs. The bias is too large for its weights: it is minus the threshold, and its sign matters as much as theirs.",
    ko="OR가 네 입력 모두에서 켜집니다. 가중치에 비해 편향이 너무 큽니다. 편향은 임계값에 음의 부호를 붙인 값이며, 가중치와 마찬가지로 부호가 중요합니다.",
)
def or_always_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, 1.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your OR fires at no input at all. The bias is too small for its weights: check the signs of the weights and of the bias together.",
    ko="OR가 어느 입력에서도 켜지지 않습니다. 가중치에 비해 편향이 너무 작습니다. 가중치와 편향의 부호를 함께 확인하세요.",
)
def or_never_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -3.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NAND fires at all four inputs. The bias is too large for its weights: it is minus the threshold, and its sign matters as much as theirs.",
    ko="NAND가 네 입력 모두에서 켜집니다. 가중치에 비해 편향이 너무 큽니다. 편향은 임계값에 음의 부호를 붙인 값이며, 가중치와 마찬가지로 부호가 중요합니다.",
)
def nand_always_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 3.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NAND fires at no input at all. The bias is too small for its weights: check the signs of the weights and of the bias together.",
    ko="NAND가 어느 입력에서도 켜지지 않습니다. 가중치에 비해 편향이 너무 작습니다. 가중치와 편향의 부호를 함께 확인하세요.",
)
def nand_never_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, -1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NOR fires at all four inputs. The bias is too large for its weights: it is minus the threshold, and its sign matters as much as theirs.",
    ko="NOR가 네 입력 모두에서 켜집니다. 가중치에 비해 편향이 너무 큽니다. 편향은 임계값에 음의 부호를 붙인 값이며, 가중치와 마찬가지로 부호가 중요합니다.",
)
def nor_always_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 3.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Your NOR fires at no input at all. The bias is too small for its weights: check the signs of the weights and of the bias together.",
    ko="NOR가 어느 입력에서도 켜지지 않습니다. 가중치에 비해 편향이 너무 작습니다. 가중치와 편향의 부호를 함께 확인하세요.",
)
def nor_never_fires(name):
    return {"AND": pair(1.0, 1.0, -1.5), "OR": pair(1.0, 1.0, -0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, -1.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="AND and OR fire at all four inputs: their biases are the thresholds. The bias is added, so it is minus the threshold.",
    ko="AND와 OR가 네 입력 모두에서 켜집니다. 임계값을 그대로 편향으로 썼습니다. 편향은 더하는 값이므로 임계값에 음의 부호를 붙여야 합니다.",
)
def and_and_or_always_fire(name):
    return {"AND": pair(1.0, 1.0, 1.5), "OR": pair(1.0, 1.0, 0.5), "NAND": pair(-1.0, -1.0, 1.5), "NOR": pair(-1.0, -1.0, 0.5)}[name]  # fmt: skip


@misconception(
    "gate_params",
    en="Every name gives the same gate, AND. The name is not told apart: compare it exactly as it is written, in capital letters.",
    ko="어느 이름이든 같은 게이트(AND)가 나옵니다. 이름을 구별하지 못했습니다. 대문자로 쓰인 그대로 비교하세요.",
)
def always_and(name):
    return pair(1.0, 1.0, -1.5)


@misconception(
    "gate_params",
    en="Every name gives the same gate, OR. The name is not told apart: compare it exactly as it is written, in capital letters.",
    ko="어느 이름이든 같은 게이트(OR)가 나옵니다. 이름을 구별하지 못했습니다. 대문자로 쓰인 그대로 비교하세요.",
)
def always_or(name):
    return pair(1.0, 1.0, -0.5)


@misconception(
    "gate_params",
    en="Every name gives the same gate, NAND. The name is not told apart: compare it exactly as it is written, in capital letters.",
    ko="어느 이름이든 같은 게이트(NAND)가 나옵니다. 이름을 구별하지 못했습니다. 대문자로 쓰인 그대로 비교하세요.",
)
def always_nand(name):
    return pair(-1.0, -1.0, 1.5)


@misconception(
    "gate_params",
    en="Every name gives the same gate, NOR. The name is not told apart: compare it exactly as it is written, in capital letters.",
    ko="어느 이름이든 같은 게이트(NOR)가 나옵니다. 이름을 구별하지 못했습니다. 대문자로 쓰인 그대로 비교하세요.",
)
def always_nor(name):
    return pair(-1.0, -1.0, 0.5)


@misconception(
    "gate_params",
    en="What you return is not (w, b): first the weights, a tensor of shape (2,), then the bias, a number. A Python list, or the two in another order, will not do.",
    ko="돌려준 것이 (w, b)가 아닙니다. 먼저 모양이 (2,)인 텐서로 가중치를, 그다음에 수 하나로 편향을 돌려줘야 합니다. 파이썬 리스트나 순서가 바뀐 쌍은 안 됩니다.",
)
def not_a_pair_of_tensor_and_number(name):
    return -1.5, torch.tensor([1.0, 1.0], dtype=torch.float64)


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
    en="Your answers are turned round, True for False: XOR and XNOR are the two tables that one line cannot do.",
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


@misconception(
    "is_separable",
    en="You reject XNOR, but not XOR itself, (0, 1, 1, 0): its ones lie on a diagonal, too, and no line separates them.",
    ko="XNOR만 거절하고 정작 XOR (0, 1, 1, 0)은 놓쳤습니다. XOR의 1도 대각선에 있어서 직선 하나로 나눌 수 없습니다.",
)
def xor_forgotten(y):
    return y.tolist() != [1, 0, 0, 1]


@misconception(
    "is_separable",
    en="You look at the number of ones and call every even number impossible. Two ones along a side of the square, none, or four are separable.",
    ko="1의 개수를 세어 짝수이면 모두 불가능하다고 했습니다. 정사각형의 한 변에 있는 두 개, 0개, 네 개는 나눌 수 있습니다.",
)
def odd_number_of_ones(y):
    return int(y.sum()) % 2 == 1


@misconception(
    "is_separable",
    en="You ask only whether the two ends of one diagonal, (0,0) and (1,1), differ. AND has different ends there, OR too, but a corner that is cut off need not be one of them: look at both diagonals.",
    ko="한 대각선의 양 끝 (0,0)과 (1,1)이 서로 다른지만 보았습니다. 잘라낼 꼭짓점이 다른 대각선에 있을 수도 있으므로 두 대각선을 모두 살펴야 합니다.",
)
def ends_of_one_diagonal_differ(y):
    return int(y[0]) != int(y[3])


@misconception(
    "is_separable",
    en="You ask only whether the two ends of one diagonal, (0,1) and (1,0), differ. A corner that is cut off need not be one of them: look at both diagonals.",
    ko="한 대각선의 양 끝 (0,1)과 (1,0)이 서로 다른지만 보았습니다. 잘라낼 꼭짓점이 다른 대각선에 있을 수도 있으므로 두 대각선을 모두 살펴야 합니다.",
)
def ends_of_other_diagonal_differ(y):
    return int(y[1]) != int(y[2])


@misconception(
    "is_separable",
    en="You take the entries as corners in the order in which one walks round the square. They come as (0,0), (0,1), (1,0), (1,1): opposite corners are the first and the last, and the two in the middle.",
    ko="값들이 정사각형을 한 바퀴 도는 순서라고 여겼습니다. 순서는 (0,0), (0,1), (1,0), (1,1)이므로, 마주 보는 꼭짓점은 처음과 끝, 그리고 가운데 둘입니다.",
)
def corners_round_the_square(y):
    return y.tolist() not in ([0, 1, 0, 1], [1, 0, 1, 0])


@misconception(
    "is_separable",
    en="You reject the tables 0011 and 1100, which only copy or negate x1. The order of the corners is (0,0), (0,1), (1,0), (1,1): opposite corners are the first and the last, and the two in the middle.",
    ko="x1을 그대로 또는 뒤집어 내는 표 0011과 1100을 거절했습니다. 꼭짓점의 순서는 (0,0), (0,1), (1,0), (1,1)이므로, 마주 보는 것은 처음과 끝, 그리고 가운데 둘입니다.",
)
def neighbours_for_opposite_corners(y):
    return y.tolist() not in ([0, 0, 1, 1], [1, 1, 0, 0])


@misconception(
    "is_separable",
    en="Your lines must hit the values 0 and 1 exactly, as in a linear fit. A perceptron has a threshold: the sum only has to lie on the right side of 0, so AND, OR and all tables with one or three ones are possible.",
    ko="선형 함수가 0과 1을 정확히 맞혀야 한다고 여겼습니다. 퍼셉트론에는 임계값이 있어 합이 0의 올바른 쪽에 있기만 하면 됩니다. 그래서 AND, OR를 비롯해 1이 한 개나 세 개인 표도 모두 가능합니다.",
)
def exact_linear_fit(y):
    return int(y[0] + y[3]) == int(y[1] + y[2])


@misconception(
    "is_separable",
    en="You return a tensor that holds the answer. A Python bool is asked for: True or False.",
    ko="답이 든 텐서를 돌려줍니다. 파이썬 bool인 True 또는 False를 돌려줘야 합니다.",
)
def answer_in_a_tensor(y):
    return ~((y[0] == y[3]) & (y[1] == y[2]) & (y[0] != y[1]))


@misconception(
    "is_separable",
    en="You answer 1 and 0. A Python bool is asked for: True or False.",
    ko="1과 0으로 답했습니다. 파이썬 bool인 True 또는 False를 돌려줘야 합니다.",
)
def answer_as_int(y):
    return 0 if y.tolist() in ([0, 1, 1, 0], [1, 0, 0, 1]) else 1


@misconception(
    "is_separable",
    en="You call every table separable. Two of the sixteen are not: those whose ones lie on a diagonal of the square.",
    ko="모든 표가 가능하다고 했습니다. 열여섯 가운데 둘, 곧 1이 정사각형의 대각선에 놓인 표는 불가능합니다.",
)
def everything_separable(y):
    return True


@misconception(
    "is_separable",
    en="Tables with three ones are not separable in your version. Turn them round: the corner with the 0 can be cut off as well as one with a 1.",
    ko="1이 세 개인 표를 불가능하다고 했습니다. 뒤집어 보세요. 1인 꼭짓점처럼 0인 꼭짓점 하나도 잘라낼 수 있습니다.",
)
def three_ones_rejected(y):
    return int(y.sum()) != 3 and y.tolist() not in ([0, 1, 1, 0], [1, 0, 0, 1])


# -- 4. xor_mlp ------------------------------------------------------------------------------------------------------


def layers(W1, b1, W2, b2):
    return tuple(torch.tensor(p, dtype=torch.float64) for p in (W1, b1, W2, b2))


@misconception(
    "xor_mlp",
    en="Your network computes OR: it also fires at (1, 1). The second hidden neuron has to draw another line than the first, and switch the output off there.",
    ko="OR를 계산합니다. (1, 1)에서도 켜집니다. 둘째 은닉 뉴런이 첫째와 다른 직선을 그어 거기서 출력을 꺼 주어야 합니다.",
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
    en="Your network fires at all four inputs. Look at the biases: each is minus a threshold, and a neuron fires at a sum of 0, too. If the hidden neurons are right, the output is content with one of them (OR) where it needs both.",
    ko="네 입력 모두에서 켜집니다. 편향을 살펴보세요. 편향은 임계값에 음의 부호를 붙인 값이고, 뉴런은 합이 0이어도 켜집니다. 은닉 뉴런이 맞다면 출력 뉴런이 둘 다 켜져야 할 곳에서 하나만으로(OR) 켜지는 것입니다.",
)
def joined_with_or():
    return layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network fires at (1, 0) only, not at (0, 1). Are the rows and columns of W1 exchanged (transposed)? Because x @ W1 is computed, the weights of a hidden neuron stand in a column.",
    ko="(1, 0)에서만 켜지고 (0, 1)에서는 켜지지 않습니다. W1의 행과 열이 뒤바뀌지는 않았나요? x @ W1을 계산하므로 은닉 뉴런 하나의 가중치는 한 열에 있어야 합니다.",
)
def weights_transposed():
    return layers([[1.0, 1.0], [-1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-1.5])


@misconception(
    "xor_mlp",
    en="Your network computes NOR: it fires at (0, 0) only. The well-known weights for XOR with ReLU do that here, and so does any network with sums of exactly 0: a hidden neuron answers only 0 or 1, and it fires at 0.",
    ko="(0, 0)에서만 켜지는 NOR를 계산합니다. ReLU를 쓰는 유명한 XOR 가중치를 옮기거나 합이 정확히 0이 되게 하면 이렇게 됩니다. 여기서 은닉 뉴런은 0 또는 1만 출력하고, 합이 0일 때도 켜집니다.",
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
    en="Only one of the two cases is covered: your network fires at (0, 1), but not at (1, 0). Check also that the weights of a hidden neuron stand in a column of W1, not in a row (transposed).",
    ko="두 경우 중 하나만 다뤘습니다. (0, 1)에서는 켜지지만 (1, 0)에서는 켜지지 않습니다. 은닉 뉴런 하나의 가중치가 W1의 행이 아니라 열에 있는지도 확인하세요.",
)
def one_case_only():
    return layers([[-1.0, -1.0], [1.0, 1.0]], [-0.5, -0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network fires at no input at all. The threshold of the output is higher than its hidden neurons can reach, or they never fire themselves.",
    ko="어느 입력에서도 켜지지 않습니다. 은닉 뉴런들이 닿을 수 없을 만큼 출력의 문턱이 높거나, 은닉 뉴런 자체가 켜지지 않습니다.",
)
def never_fires():
    return layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-2.5])


@misconception(
    "xor_mlp",
    en="Your network answers x1, whatever x2 is. Both inputs have to reach the hidden neurons, in both columns of W1.",
    ko="x2와 상관없이 x1을 그대로 냅니다. 두 입력이 모두 W1의 두 열을 거쳐 은닉 뉴런에 닿아야 합니다.",
)
def copies_x1():
    return layers([[1.0, 1.0], [0.0, 0.0]], [-0.5, -0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network answers x2, whatever x1 is. Both inputs have to reach the hidden neurons, in both columns of W1.",
    ko="x1과 상관없이 x2를 그대로 냅니다. 두 입력이 모두 W1의 두 열을 거쳐 은닉 뉴런에 닿아야 합니다.",
)
def copies_x2():
    return layers([[0.0, 0.0], [1.0, 1.0]], [-0.5, -0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network fires where x1 is 0, whatever x2 is. Check the signs in the first row of W1 and in W2.",
    ko="x2와 상관없이 x1이 0일 때 켜집니다. W1의 첫 행과 W2의 부호를 확인하세요.",
)
def negates_x1():
    return layers([[-1.0, -1.0], [0.0, 0.0]], [0.5, 0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network fires where x2 is 0, whatever x1 is. Check the signs in the second row of W1 and in W2.",
    ko="x1과 상관없이 x2가 0일 때 켜집니다. W1의 둘째 행과 W2의 부호를 확인하세요.",
)
def negates_x2():
    return layers([[0.0, 0.0], [-1.0, -1.0]], [0.5, 0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network is silent at (0, 1) only. A hidden neuron fires where both inputs are equal; look at the sign of its bias and at the column of W1 that belongs to it.",
    ko="(0, 1)에서만 꺼집니다. 두 입력이 같은 곳에서 켜지는 은닉 뉴런이 있습니다. 그 편향의 부호와 W1에서 그 뉴런의 열을 살펴보세요.",
)
def silent_at_zero_one_only():
    return layers([[1.0, 1.0], [-1.0, -1.0]], [0.5, 0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="Your network is silent at (1, 0) only. A hidden neuron fires where both inputs are equal; look at the sign of its bias and at the column of W1 that belongs to it.",
    ko="(1, 0)에서만 꺼집니다. 두 입력이 같은 곳에서 켜지는 은닉 뉴런이 있습니다. 그 편향의 부호와 W1에서 그 뉴런의 열을 살펴보세요.",
)
def silent_at_one_zero_only():
    return layers([[-1.0, -1.0], [1.0, 1.0]], [0.5, 0.5], [[1.0], [1.0]], [-0.5])


@misconception(
    "xor_mlp",
    en="What you return does not have the shapes (2, 2), (2,), (2, 1), (1,) in this order: W1 and its biases b1 first, then W2, a column, and its bias b2. All four are tensors.",
    ko="돌려준 것의 모양이 차례로 (2, 2), (2,), (2, 1), (1,)이 아닙니다. 먼저 W1과 그 편향 b1, 그다음 열 하나인 W2와 그 편향 b2이며, 네 개 모두 텐서입니다.",
)
def shapes_or_order():
    W1, b1, W2, b2 = layers([[1.0, -1.0], [1.0, -1.0]], [-0.5, 1.5], [[1.0], [1.0]], [-1.5])
    return W1, W2, b1, b2


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


@misconception(
    "act_grad",
    en="You use x (1 - x) and 1 - x^2, which are right if x is already the output of the activation. Here x is its input.",
    ko="x (1 - x)와 1 - x^2을 썼습니다. x가 이미 활성화 함수의 출력일 때 맞는 식인데, 여기서 x는 입력입니다.",
)
def both_of_their_outputs(kind, x):
    x = as_float(x)
    return {"sig": x * (1 - x), "tanh": 1 - x**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="Your ReLU has the slope 1/2 at 0 (and at -0.0). Any number between 0 and 1 could be defended there; by the convention here it is 0.",
    ko="ReLU의 기울기를 정확히 0인 곳에서 1/2로 두었습니다. 0과 1 사이의 어떤 값도 가능하지만, 여기서는 0으로 정했습니다.",
)
def relu_slope_half_at_zero(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": 1 - t**2, "relu": 0.5 * (torch.sign(x) + 1)}[kind]


@misconception(
    "act_grad",
    en="Your derivative of the sigmoid is the square of its value, s * s. The second factor is 1 - s: far to the right the curve is flat.",
    ko="시그모이드의 도함수를 값의 제곱 s * s로 썼습니다. 둘째 인수는 1 - s입니다. 오른쪽 먼 곳에서 곡선은 평평합니다.",
)
def sigmoid_squared(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * s, "tanh": 1 - t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="The derivative of the sigmoid is not its value: the factor 1 - s is missing. Far to the right the curve is flat.",
    ko="시그모이드의 도함수는 함수값이 아닙니다. 인수 1 - s가 빠졌습니다. 오른쪽 먼 곳에서 곡선은 평평합니다.",
)
def sigmoid_is_its_own_derivative(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s, "tanh": 1 - t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You differentiate tanh by the rule of the sigmoid, t (1 - t). tanh has a rule of its own, 1 minus its square.",
    ko="tanh를 시그모이드의 규칙 t (1 - t)로 미분했습니다. tanh의 규칙은 1에서 값의 제곱을 빼는 것입니다.",
)
def tanh_by_the_rule_of_sigmoid(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": t * (1 - t), "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You differentiate the sigmoid by the rule of tanh, 1 - s^2. The sigmoid has a rule of its own, its value times one minus its value.",
    ko="시그모이드를 tanh의 규칙 1 - s^2으로 미분했습니다. 시그모이드의 규칙은 값과 (1 - 값)의 곱입니다.",
)
def sigmoid_by_the_rule_of_tanh(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": 1 - s**2, "tanh": 1 - t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="Your derivative of tanh is its square. It is 1 minus the square: at 0 the slope is 1.",
    ko="tanh의 도함수를 값의 제곱으로 썼습니다. 1에서 제곱을 빼야 합니다. 0에서 기울기는 1입니다.",
)
def tanh_squared(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="The sign of the square is wrong in your derivative of tanh: 1 + tanh^2 grows outwards, where the curve is flat.",
    ko="tanh의 도함수에서 제곱의 부호가 틀렸습니다. 1 + tanh^2은 곡선이 평평해지는 바깥쪽에서 오히려 커집니다.",
)
def tanh_plus_square(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": 1 + t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="The sign in your derivative of the sigmoid is wrong: s (1 + s) grows to the right, where the curve is flat.",
    ko="시그모이드의 도함수에서 부호가 틀렸습니다. s (1 + s)는 곡선이 평평해지는 오른쪽에서 오히려 커집니다.",
)
def sigmoid_plus(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 + s), "tanh": 1 - t**2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="You divide 4 by the square of exp(x) + exp(-x), or a square by it, where both are infinite: infinity over infinity is NaN. Write the slope with the value of tanh.",
    ko="exp(x)와 exp(-x)로 기울기를 구해 둘 다 무한대가 되는 곳에서 NaN이 나옵니다. tanh의 값으로 기울기를 나타내 보세요.",
)
def tanh_slope_overflows(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {
        "sig": s * (1 - s),
        "tanh": 1 - ((torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))) ** 2,
        "relu": (x > 0).to(x.dtype),
    }[kind]


@misconception(
    "act_grad",
    en="For negative inputs your ReLU has a small slope. That is a leaky ReLU; ReLU has slope 0 there.",
    ko="음수 입력에서 ReLU의 기울기가 작은 값입니다. 그것은 leaky ReLU이고, ReLU의 기울기는 0입니다.",
)
def leaky_slope(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": 1 - t**2, "relu": torch.where(x > 0, 1.0, 0.01).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="For negative inputs the slope of your ReLU is -1: that belongs to |x|. ReLU is flat there, slope 0.",
    ko="음수 입력에서 ReLU의 기울기가 -1입니다. 그것은 |x|의 기울기이고, ReLU는 거기서 평평하여 0입니다.",
)
def relu_slope_sign(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    t = torch.tanh(x)
    return {"sig": s * (1 - s), "tanh": 1 - t**2, "relu": torch.sign(x)}[kind]


@misconception(
    "activations",
    en="The key is called sigmoid in your dict. The keys are sig, tanh and relu, exactly so.",
    ko="dict의 키 이름을 sigmoid라고 했습니다. 키는 정확히 sig, tanh, relu입니다.",
)
def another_key(x):
    x = as_float(x)
    return {"sigmoid": torch.sigmoid(x), "tanh": torch.tanh(x), "relu": torch.relu(x)}


@misconception(
    "activations",
    en="You return a tuple. A dict is asked for, with the keys sig, tanh and relu.",
    ko="튜플을 돌려줍니다. 키가 sig, tanh, relu인 dict를 돌려줘야 합니다.",
)
def tuple_for_dict(x):
    return tuple(three(as_float(x)).values())


@misconception(
    "activations",
    en="Whole numbers become float32 in your version. Integers count as float64 here.",
    ko="정수를 float32로 바꿨습니다. 정수는 float64로 여기기로 했습니다.",
)
def integers_to_float32(x):
    return three(x if x.is_floating_point() else x.float())


@misconception(
    "activations",
    en="Your sigmoid is 1 / (1 - exp(-x)): the sign in the denominator is wrong, and at 0 it divides by 0.",
    ko="시그모이드를 1 / (1 - exp(-x))로 계산했습니다. 분모의 부호가 틀려 0에서 0으로 나누게 됩니다.",
)
def minus_in_the_denominator(x):
    x = as_float(x)
    return {**three(x), "sig": 1 / (1 - torch.exp(-x))}


@misconception(
    "activations",
    en="Your ReLU keeps the negative inputs and cuts off the positive ones: that is min(0, x).",
    ko="ReLU가 음수 입력을 남기고 양수를 잘라냅니다. 그것은 min(0, x)입니다.",
)
def minimum_for_maximum(x):
    x = as_float(x)
    return {**three(x), "relu": x.clamp(max=0)}


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
    ko="앞 층으로 넘어가기 전에 w2를 갱신했습니다. 네 미분 모두 갱신하기 전의 같은 파라미터에서 구해야 합니다.",
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


@misconception(
    "chain_grads",
    en="You send the output through a sigmoid as well. Here g is linear: w2 f + b2 is the prediction itself, and there is no second slope.",
    ko="출력에도 시그모이드를 적용했습니다. 여기서 g는 선형입니다. w2 f + b2가 바로 예측값이고, 둘째 기울기는 없습니다.",
)
def sigmoid_after_the_second_layer(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    g = torch.sigmoid(w2 * f + b2)
    dg = (g - y) * g * (1 - g)
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The prediction of yours is a sigmoid of w2 f + b2. Here g is linear: w2 f + b2 is the prediction itself.",
    ko="예측값을 w2 f + b2의 시그모이드로 계산했습니다. 여기서 g는 선형이고, w2 f + b2가 바로 예측값입니다.",
)
def sigmoid_on_the_output_only_forward(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = torch.sigmoid(w2 * f + b2) - y
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="You update w2 before the gradient goes on to the first layer. All four derivatives belong to the same, old parameters.",
    ko="앞 층으로 넘어가기 전에 w2를 갱신했습니다. 네 미분 모두 갱신하기 전의 같은 파라미터에서 구해야 합니다.",
)
def weight_after_a_small_step(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    w2 = w2 - 0.1 * dg * f
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The chain begins with the loss itself in your version. It begins with the derivative of the loss by g, the error g - y.",
    ko="사슬이 손실 자체에서 시작합니다. 손실을 g로 미분한 값, 곧 오차 g - y에서 시작해야 합니다.",
)
def loss_for_its_derivative(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = 0.5 * (w2 * f + b2 - y) ** 2
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The chain begins with the squared error in your version. It begins with the derivative of the loss by g, the error g - y, not squared.",
    ko="사슬이 오차의 제곱에서 시작합니다. 손실을 g로 미분한 값은 제곱하지 않은 오차 g - y입니다.",
)
def squared_error_for_its_derivative(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = (w2 * f + b2 - y) ** 2
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The target y is missing: the chain begins with g in your version, and it begins with the error g - y.",
    ko="정답 y가 빠졌습니다. 사슬이 g에서 시작하는데, 오차 g - y에서 시작해야 합니다.",
)
def prediction_for_the_error(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The first link is missing: nothing is multiplied by the error g - y, the derivative of the loss.",
    ko="첫 고리가 빠졌습니다. 손실의 미분인 오차 g - y를 곱하지 않았습니다.",
)
def error_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    return w2 * f * (1 - f) * x, w2 * f * (1 - f), f, torch.ones_like(b2)


@misconception(
    "chain_grads",
    en="Your slope is 1 - f^2, that of tanh. The first layer has a sigmoid, whose slope is f (1 - f).",
    ko="기울기를 tanh의 1 - f^2으로 썼습니다. 첫째 층은 시그모이드이고, 그 기울기는 f (1 - f)입니다.",
)
def slope_of_tanh(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * (1 - f**2) * x, dg * w2 * (1 - f**2), dg * f, dg


@misconception(
    "chain_grads",
    en="The slope of the sigmoid lacks a factor: f alone stands where f (1 - f) belongs.",
    ko="시그모이드의 기울기에 인수 하나가 빠졌습니다. f (1 - f)가 올 자리에 f만 있습니다.",
)
def slope_without_one_minus(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * x, dg * w2 * f, dg * f, dg


@misconception(
    "chain_grads",
    en="The slope of the sigmoid lacks a factor: 1 - f alone stands where f (1 - f) belongs.",
    ko="시그모이드의 기울기에 인수 하나가 빠졌습니다. f (1 - f)가 올 자리에 1 - f만 있습니다.",
)
def slope_without_the_value(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * (1 - f) * x, dg * w2 * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="You apply the sigmoid a second time before you take its slope: f is already the value, and its slope is f (1 - f).",
    ko="기울기를 구하기 전에 시그모이드를 한 번 더 적용했습니다. f가 이미 함수값이고 기울기는 f (1 - f)입니다.",
)
def slope_at_the_hidden_value(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    s = torch.sigmoid(f)
    return dg * w2 * s * (1 - s) * x, dg * w2 * s * (1 - s), dg * f, dg


@misconception(
    "chain_grads",
    en="b1 is missing in the first layer, so that f is the value at another place.",
    ko="첫째 층에서 b1이 빠져 f가 다른 곳의 값이 되었습니다.",
)
def first_bias_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="Your forward pass leaves out the sigmoid: w2 is multiplied with w1 x + b1 itself.",
    ko="순전파에서 시그모이드가 빠졌습니다. w2를 w1 x + b1에 그대로 곱했습니다.",
)
def activation_missing_in_the_second_layer(x, y, w1, b1, w2, b2):
    f = w1 * x + b1
    dg = w2 * f + b2 - y
    return dg * w2 * x, dg * w2, dg * f, dg


@misconception(
    "chain_grads",
    en="On the way back from g to f you multiply by w1. That link is dg/df, the weight between them: w2.",
    ko="g에서 f로 거슬러 가면서 w1을 곱했습니다. 그 고리는 dg/df이고, 둘 사이의 가중치는 w2입니다.",
)
def first_weight_on_the_way_back(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w1 * f * (1 - f) * x, dg * w1 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="db1 lacks the slope of the sigmoid and w2: it is the error alone. b1 sits in the first layer and acts through the same links as w1.",
    ko="db1에 시그모이드의 기울기와 w2가 빠져 오차만 남았습니다. b1은 첫째 층에 있으므로 w1과 같은 고리들을 거칩니다.",
)
def slope_missing_in_first_bias(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg + 0, dg * f, dg


@misconception(
    "chain_grads",
    en="db1 lacks the slope of the sigmoid, which dw1 has: b1 acts through the same links as w1.",
    ko="dw1에는 있는 시그모이드의 기울기가 db1에는 빠졌습니다. b1도 w1과 같은 고리들을 거칩니다.",
)
def slope_only_in_first_weight(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg * w2, dg * f, dg


@misconception(
    "chain_grads",
    en="The hidden value f is missing in dw2, so that it equals db2. A weight acts through its input.",
    ko="dw2에 은닉값 f가 빠져 db2와 같아졌습니다. 가중치는 입력에 곱해져서 영향을 줍니다.",
)
def hidden_value_missing(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg + 0, dg


@misconception(
    "chain_grads",
    en="dw1 is multiplied by f. The input of the first layer is x.",
    ko="dw1에 f를 곱했습니다. 첫째 층의 입력은 x입니다.",
)
def hidden_value_for_the_input(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * f, dg * w2 * f * (1 - f), dg * f, dg


@misconception(
    "chain_grads",
    en="The right numbers in another order: the docstring asks for (dw1, db1, dw2, db2), layer by layer.",
    ko="값은 맞지만 순서가 다릅니다. docstring의 순서는 층별로 (dw1, db1, dw2, db2)입니다.",
)
def weight_gradients_first(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    return dg * w2 * f * (1 - f) * x, dg * f, dg * w2 * f * (1 - f), dg


@misconception(
    "chain_grads",
    en="Everything is half as large as it should be. Differentiating the square gives a 2 that cancels the one half of the loss.",
    ko="모든 값이 절반입니다. 제곱을 미분할 때 나오는 2가 손실의 1/2과 상쇄됩니다.",
)
def half_the_gradient(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = 0.5 * (w2 * f + b2 - y)
    return dg * w2 * f * (1 - f) * x, dg * w2 * f * (1 - f), dg * f, dg


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
    ko="걸음을 옮긴 뒤의 손실을 기록했습니다. 파라미터가 바뀌기 전의 손실을 기록해야 합니다.",
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
    ko="편향이 한 번도 바뀌지 않았습니다. 편향도 파라미터이며 자기 기울기가 있습니다.",
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
    ko="w를 바꾼 뒤에 오차를 다시 구해서, b의 기울기와 w의 기울기가 서로 다른 파라미터의 것이 되었습니다.",
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


@misconception(
    "sgd_epoch",
    en="You divide the gradients by N, the number of all examples. The mean is over the mini-batch, which has fewer.",
    ko="기울기를 전체 샘플 수 N으로 나눴습니다. 평균은 그보다 적은 미니배치 안의 샘플에 대한 것입니다.",
)
def gradients_divided_by_all(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(X), b - lr * error.sum() / len(X)
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You divide losses and gradients by N, the number of all examples. The mean is over the mini-batch, which has fewer.",
    ko="손실과 기울기를 전체 샘플 수 N으로 나눴습니다. 평균은 그보다 적은 미니배치 안의 샘플에 대한 것입니다.",
)
def everything_divided_by_all(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).sum() / len(X))
        w, b = w - lr * error @ X[rows] / len(X), b - lr * error.sum() / len(X)
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The losses are right, but in the last, smaller mini-batch the gradients are divided by `batch`. It holds fewer examples.",
    ko="손실은 맞지만 더 작은 마지막 미니배치에서 기울기를 `batch`로 나눴습니다. 거기에는 샘플이 더 적습니다.",
)
def gradients_divided_by_batch(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / batch, b - lr * error.sum() / batch
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The losses come as a Python list. They belong into one tensor of shape (number of mini-batches,).",
    ko="손실을 파이썬 리스트로 돌려줍니다. 모양이 (미니배치 수,)인 텐서 하나로 돌려줘야 합니다.",
)
def list_of_losses(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, losses


@misconception(
    "sgd_epoch",
    en="The losses come as a Python list of numbers. They belong into one tensor of shape (number of mini-batches,) and the dtype of X.",
    ko="손실을 수로 이루어진 파이썬 리스트로 돌려줍니다. 모양이 (미니배치 수,)이고 dtype이 X와 같은 텐서 하나로 돌려줘야 합니다.",
)
def list_of_numbers(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(float(0.5 * (error**2).mean()))
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, losses


@misconception(
    "sgd_epoch",
    en="With N = 0 your function ends in an error: there are no losses to stack then. An empty tensor is asked for then.",
    ko="N = 0이면 오류가 납니다. 빈 손실 목록은 stack할 수 없습니다. 이때는 빈 텐서를 돌려줘야 합니다.",
)
def no_data_fails(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, torch.stack(losses)


@misconception(
    "sgd_epoch",
    en="You return one loss, the mean over the epoch. Each mini-batch notes its own: losses has one entry for each.",
    ko="에폭 전체의 평균 손실 하나를 돌려줍니다. 미니배치마다 손실을 적어 losses에 하나씩 있어야 합니다.",
)
def one_loss_for_the_epoch(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, torch.stack(losses).mean() if losses else X.new_zeros(0)


@misconception(
    "sgd_epoch",
    en="You return one loss, the sum over the epoch. Each mini-batch notes its own: losses has one entry for each.",
    ko="에폭 전체의 손실 합 하나를 돌려줍니다. 미니배치마다 손실을 적어 losses에 하나씩 있어야 합니다.",
)
def sum_of_the_losses(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, torch.stack(losses).sum() if losses else X.new_zeros(0)


@misconception(
    "sgd_epoch",
    en="You return the loss of the last mini-batch only. Each mini-batch notes its own: losses has one entry for each.",
    ko="마지막 미니배치의 손실만 돌려줍니다. 미니배치마다 손실을 적어 losses에 하나씩 있어야 합니다.",
)
def last_loss_only(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, losses[-1] if losses else X.new_zeros(0)


@misconception(
    "sgd_epoch",
    en="Your function ends after the first mini-batch: the return stands inside the loop. The other mini-batches need their step, too.",
    ko="return이 반복문 안에 있어 첫 미니배치만 하고 끝납니다. 나머지 미니배치도 한 걸음씩 옮겨야 합니다.",
)
def return_inside_the_loop(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
        return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You make one step with all examples at once; `batch` is not used. An epoch makes a step, and notes a loss, for each mini-batch.",
    ko="모든 샘플로 한 번에 한 걸음만 옮겼고 `batch`를 쓰지 않았습니다. 한 에폭에서는 미니배치마다 한 걸음을 옮기고 손실도 하나씩 적습니다.",
)
def whole_batch_at_once(X, y, w, b, lr, batch, order):
    error = X @ w + b - y
    return w - lr * error @ X / len(X), b - lr * error.mean(), (0.5 * (error**2).mean()).reshape(1)


@misconception(
    "sgd_epoch",
    en="The gradient of w is averaged over the inputs as well, so that all weights move alike. Each weight has its own gradient: average over the examples only.",
    ko="w의 기울기를 입력 방향으로도 평균해서 모든 가중치가 똑같이 움직였습니다. 가중치마다 기울기가 다르므로 샘플에 대해서만 평균하세요.",
)
def averaged_over_inputs_too(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * (error[:, None] * X[rows]).mean(), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The bias is left out of the prediction, so that the error is wrong everywhere.",
    ko="예측에서 편향이 빠져 오차가 모두 틀렸습니다.",
)
def bias_not_in_the_prediction(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The target y is missing in the error: yhat itself is made smaller, whatever the data say.",
    ko="오차에 정답 y가 빠졌습니다. 데이터와 상관없이 yhat 자체를 줄이고 있습니다.",
)
def targets_missing(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="Your steps are half as long as they should be. Differentiating the square gives a 2 that cancels the one half of the loss.",
    ko="걸음이 절반입니다. 제곱을 미분할 때 나오는 2가 손실의 1/2과 상쇄됩니다.",
)
def halved_gradient(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr / 2 * error @ X[rows] / len(rows), b - lr / 2 * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The gradient of b is a sum over the mini-batch, that of w a mean. Both are means.",
    ko="b의 기울기는 미니배치의 합으로, w의 기울기는 평균으로 구했습니다. 둘 다 평균이어야 합니다.",
)
def bias_not_averaged(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.sum()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The gradient of w is a sum over the mini-batch, that of b a mean. Both are means.",
    ko="w의 기울기는 미니배치의 합으로, b의 기울기는 평균으로 구했습니다. 둘 다 평균이어야 합니다.",
)
def weights_not_averaged(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - lr * error @ X[rows], b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="Your losses are sums over the mini-batch; the steps are right. Half the MEAN is asked for.",
    ko="걸음은 맞지만 손실을 미니배치의 합으로 구했습니다. 평균의 절반이어야 합니다.",
)
def loss_of_the_sum_only(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).sum())
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The one half is missing in the loss and in the steps: both are twice as large.",
    ko="손실과 걸음 모두에서 1/2이 빠져 두 배가 되었습니다.",
)
def loss_and_steps_doubled(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append((error**2).mean())
        w, b = w - lr * 2 * error @ X[rows] / len(rows), b - lr * 2 * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="You note the mean absolute error. The loss is half the mean of the squares.",
    ko="절대 오차의 평균을 적었습니다. 손실은 제곱 평균의 절반입니다.",
)
def absolute_error(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(error.abs().mean())
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


@misconception(
    "momentum_step",
    en="The learning rate is applied twice: it is in the velocity already, and you multiply by it again when the weights move.",
    ko="학습률을 두 번 곱했습니다. 이미 속도 안에 들어 있는데, 가중치를 옮길 때 다시 곱했습니다.",
)
def rate_applied_twice(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w + lr * v, v


@misconception(
    "momentum_step",
    en="lr multiplies the old velocity as well. It belongs to the gradient only.",
    ko="lr을 이전 속도에도 곱했습니다. lr은 기울기에만 곱합니다.",
)
def rate_times_everything(w, v, g, lr, mu):
    v = lr * (mu * v - g)
    return w + v, v


@misconception(
    "momentum_step",
    en="The learning rate is missing: the gradient enters the velocity with its full length.",
    ko="학습률이 빠졌습니다. 기울기가 줄지 않고 그대로 속도에 들어갑니다.",
)
def rate_left_out(w, v, g, lr, mu):
    v = mu * v - g
    return w + v, v


@misconception(
    "momentum_step",
    en="You keep the share 1 - mu of the old velocity. It is mu that stays.",
    ko="이전 속도를 1 - mu만큼 남겼습니다. 남는 것은 mu만큼입니다.",
)
def one_minus_mu_on_velocity(w, v, g, lr, mu):
    v = (1 - mu) * v - lr * g
    return w + v, v


@misconception(
    "momentum_step",
    en="You average: mu times the old velocity and 1 - mu times the gradient, without lr in the velocity. Here v_new = mu v - lr g.",
    ko="mu와 1 - mu로 평균을 냈고 속도에 lr을 넣지 않았습니다. 여기서는 v_new = mu v - lr g입니다.",
)
def friction_and_average(w, v, g, lr, mu):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v


@misconception(
    "momentum_step",
    en="You subtract the new velocity from the weights. Its sign already points downhill: w_new = w + v_new.",
    ko="가중치에서 새 속도를 뺐습니다. 속도의 부호가 이미 내리막을 향하므로 더해야 합니다.",
)
def weights_minus_velocity(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w - v, v


@misconception(
    "momentum_step",
    en="The weights are right, but you return the old velocity. The next step needs the new one as its memory.",
    ko="가중치는 맞지만 이전 속도를 돌려줍니다. 다음 걸음의 기억이 되려면 새 속도를 돌려줘야 합니다.",
)
def old_velocity_returned(w, v, g, lr, mu):
    return w + mu * v - lr * g, v + 0


@misconception(
    "momentum_step",
    en="The two results are exchanged: (w_new, v_new) is the order.",
    ko="두 결과의 순서가 바뀌었습니다. (w_new, v_new) 순서입니다.",
)
def velocity_and_weights_exchanged(w, v, g, lr, mu):
    v = mu * v - lr * g
    return v, w + v


@misconception(
    "momentum_step",
    en="The sign of the old velocity is turned round: what was rolling forward now rolls back.",
    ko="이전 속도의 부호가 반대입니다. 앞으로 구르던 것이 뒤로 굴러갑니다.",
)
def minus_the_old_velocity(w, v, g, lr, mu):
    v = -mu * v - lr * g
    return w + v, v


@misconception(
    "decay",
    en="Your step decay drops one step too late: at t = s + 1 instead of t = s. The first step is t = 0, so t // s already counts right.",
    ko="스텝 기반 학습률이 t = s가 아니라 한 걸음 늦은 t = s + 1에서 떨어집니다. 첫 걸음이 t = 0입니다.",
)
def drops_one_step_late(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** (max(t - 1, 0) // s)


@misconception(
    "decay",
    en="Your step decay drops one step too early: at t = s - 1 instead of t = s. The first step is t = 0, not 1.",
    ko="스텝 기반 학습률이 t = s가 아니라 한 걸음 이른 t = s - 1에서 떨어집니다. 첫 걸음은 1이 아니라 t = 0입니다.",
)
def drops_one_step_early(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** ((t + 1) // s)


@misconception(
    "decay",
    en="Your step decay begins with a drop: in the first s steps the rate is lr0 gamma already. Until t = s it is lr0.",
    ko="스텝 기반 학습률이 처음부터 떨어져, 첫 s걸음에서 이미 lr0 gamma입니다. t = s 전까지는 lr0이어야 합니다.",
)
def drops_at_once(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** (t // s + 1)


@misconception(
    "decay",
    en="You round t / s up, so that the rate drops as soon as step 1. Round down.",
    ko="t / s를 올림해서 걸음 1에서 벌써 학습률이 떨어집니다. 내림해야 합니다.",
)
def drops_rounded_up(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** -(-t // s)


@misconception(
    "decay",
    en="The rate drops in every step, gamma^t: s is not used. It drops every s steps.",
    ko="매 걸음 gamma^t으로 떨어지고 s를 쓰지 않았습니다. s걸음마다 떨어져야 합니다.",
)
def drops_every_step(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma**t


@misconception(
    "decay",
    en="You take the remainder t % s where the whole part t // s belongs: the rate climbs back up every s steps.",
    ko="몫 t // s 대신 나머지 t % s를 썼습니다. s걸음마다 학습률이 다시 올라갑니다.",
)
def remainder_for_quotient(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma ** (t % s)


@misconception(
    "decay",
    en="The rate is lowered only in the steps that are multiples of s, and is back at lr0 right after. Once dropped it stays down, and drops again.",
    ko="s의 배수인 걸음에서만 낮아졌다가 바로 lr0으로 돌아갑니다. 한 번 떨어지면 그대로 있다가 다시 떨어져야 합니다.",
)
def drops_only_at_multiples(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else (lr0 * gamma if t > 0 and t % s == 0 else lr0)


@misconception(
    "decay",
    en="You divide by a power of gamma, so that the rate grows with every jump. Each time it is multiplied by gamma.",
    ko="gamma의 거듭제곱으로 나누어 뛸 때마다 학습률이 커집니다. 매번 gamma를 곱해야 합니다.",
)
def gamma_divides(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 / gamma ** (t // s)


@misconception(
    "decay",
    en="You keep the share 1 - gamma at each drop. The rate is multiplied by gamma itself.",
    ko="떨어질 때마다 1 - gamma를 곱했습니다. gamma 자체를 곱해야 합니다.",
)
def one_minus_gamma(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * (1 - gamma) ** (t // s)


@misconception(
    "decay",
    en="Your step decay divides by the number of drops and does not use gamma. At each drop the rate is multiplied by gamma.",
    ko="떨어진 횟수로 나누고 gamma를 쓰지 않았습니다. 떨어질 때마다 gamma를 곱해야 합니다.",
)
def gamma_left_out(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 / (1 + t // s)


@misconception(
    "decay",
    en="Your time-based rate is lr0 exp(-k t): exponential decay. The formula here divides by 1 + k t.",
    ko="시간 기반 학습률을 lr0 exp(-k t)로 계산했습니다. 지수적 감소이고, 여기서는 1 + k t로 나눕니다.",
)
def time_exponential(kind, lr0, t, k, gamma, s):
    return lr0 * math.exp(-k * t) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="The 1 is missing in your time-based rate: lr0 / (k t). At t = 0 that divides by zero, and early rates are far too large.",
    ko="시간 기반 학습률에서 1이 빠져 lr0 / (k t)가 되었습니다. t = 0이면 0으로 나누게 되고 초반의 학습률이 너무 커집니다.",
)
def time_without_the_one(kind, lr0, t, k, gamma, s):
    return (lr0 / (k * t) if t else lr0) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="The 1 is missing in your time-based rate: lr0 / (k t). At t = 0 that divides by zero.",
    ko="시간 기반 학습률에서 1이 빠져 lr0 / (k t)가 되었습니다. t = 0이면 0으로 나누게 됩니다.",
)
def time_divides_by_zero(kind, lr0, t, k, gamma, s):
    return lr0 / (k * t) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate has t + 1 in place of t: it shrinks already in the first step, t = 0.",
    ko="시간 기반 학습률에서 t 대신 t + 1을 써서 첫 걸음 t = 0에서 이미 줄었습니다.",
)
def time_one_step_early(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * (t + 1)) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate has t - 1 in place of t: the first step is t = 0, and the rate shrinks from t = 1 on.",
    ko="시간 기반 학습률에서 t 대신 t - 1을 썼습니다. 첫 걸음이 t = 0이고 t = 1부터 줄어야 합니다.",
)
def time_one_step_late(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * max(t - 1, 0)) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate is lr0 / (1 + k) in every step: t is missing.",
    ko="시간 기반 학습률이 걸음마다 lr0 / (1 + k)로 같습니다. t가 빠졌습니다.",
)
def time_ignores_t(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate is lr0 k^t or lr0 (1 - k)^t, exponential. The formula divides by 1 + k t.",
    ko="시간 기반 학습률을 lr0 (1 - k)^t으로 계산했습니다. 지수적 감소이고, 식은 1 + k t로 나눕니다.",
)
def time_by_the_power(kind, lr0, t, k, gamma, s):
    return lr0 * (1 - k) ** t if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate multiplies by 1 + k t and grows. It is divided by that.",
    ko="시간 기반 학습률에 1 + k t를 곱해 커지고 있습니다. 그것으로 나눠야 합니다.",
)
def time_multiplied(kind, lr0, t, k, gamma, s):
    return lr0 * (1 + k * t) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate divides by the square root of 1 + k t. Here it is divided by 1 + k t itself.",
    ko="시간 기반 학습률을 1 + k t의 제곱근으로 나눴습니다. 여기서는 1 + k t 자체로 나눕니다.",
)
def time_square_root(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) ** 0.5 if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Your time-based rate counts whole stretches of s steps, t // s. That belongs to the other kind: here every step counts.",
    ko="시간 기반 학습률에서 t // s로 s걸음씩 셌습니다. 그것은 다른 종류의 방식이고, 여기서는 걸음 하나하나를 셉니다.",
)
def time_in_jumps(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * (t // s)) if kind == "time" else lr0 * gamma ** (t // s)


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


@misconception(
    "split",
    en="Each share is rounded by itself, and the test part takes what is left. Rounded shares need not add up to n: give whole parts first, then one each by the largest fractions.",
    ko="몫을 따로따로 반올림하고 나머지를 테스트로 두었습니다. 반올림한 몫의 합은 n이 아닐 수 있습니다. 정수 부분을 먼저 주고, 남은 것을 소수 부분이 큰 순서로 하나씩 나눠 주세요.",
)
def each_share_rounded(n, ratios=(6, 2, 2), perm=None):
    perm = in_order(n, perm)
    a, b, _ = (round(n * r / sum(ratios)) for r in ratios)
    return perm[:a], perm[a : a + b], perm[a + b :]


@misconception(
    "split",
    en="What is left over goes to the smallest fractions in your version. It goes to the largest ones.",
    ko="남은 것을 소수 부분이 가장 작은 곳에 주었습니다. 가장 큰 곳부터 줘야 합니다.",
)
def smallest_fractions_first(n, ratios=(6, 2, 2), perm=None):
    total = sum(ratios)
    sizes = [n * r // total for r in ratios]
    for i in sorted(range(3), key=lambda i: n * ratios[i] % total)[: n - sum(sizes)]:
        sizes[i] += 1
    return pieces(in_order(n, perm), sizes)


@misconception(
    "split",
    en="The ratios are divided by 10, whatever they add up to. Divide by their sum.",
    ko="비율을 합이 아니라 늘 10으로 나눴습니다. 비율의 합으로 나눠야 합니다.",
)
def ten_for_the_sum(n, ratios=(6, 2, 2), perm=None):
    perm = in_order(n, perm)
    sizes = [n * r // 10 for r in ratios]
    for i in sorted(range(3), key=lambda i: -(n * ratios[i] % 10))[: n - sum(sizes)]:
        sizes[i] += 1
    a, b, _ = sizes
    return perm[:a], perm[a : a + b], perm[a + b :]


@misconception(
    "split",
    en="The ratios that were handed over are ignored: you always divide 6:2:2.",
    ko="주어진 비율을 무시하고 늘 6:2:2로 나눴습니다.",
)
def always_six_two_two(n, ratios=(6, 2, 2), perm=None):
    return pieces(in_order(n, perm), fair_sizes(n, (6, 2, 2)))


@misconception(
    "split",
    en="The validation part begins one place too early: the last training example stands in two parts.",
    ko="검증 부분이 한 칸 일찍 시작해서 학습의 마지막 샘플이 두 부분에 들어 있습니다.",
)
def border_in_two_parts(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, _) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[max(a - 1, 0) : a + b], perm[a + b :]


@misconception(
    "split",
    en="The test part begins one place too early: the last validation example stands in two parts.",
    ko="테스트 부분이 한 칸 일찍 시작해서 검증의 마지막 샘플이 두 부분에 들어 있습니다.",
)
def last_border_in_two_parts(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, _) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[a : a + b], perm[max(a + b - 1, 0) :]


@misconception(
    "split",
    en="The parts begin one place too late: the example at each border belongs to no part.",
    ko="부분이 한 칸 늦게 시작해서 경계의 샘플이 어디에도 속하지 않습니다.",
)
def examples_between_the_parts(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, _) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[a + 1 : a + b], perm[a + b + 1 :]


@misconception(
    "split",
    en="You return the sizes of the parts. Asked for are the indices that belong to each.",
    ko="각 부분의 크기를 돌려줍니다. 각 부분에 속하는 인덱스를 돌려줘야 합니다.",
)
def sizes_returned(n, ratios=(6, 2, 2), perm=None):
    return tuple(torch.tensor(size) for size in fair_sizes(n, ratios))


@misconception(
    "split",
    en="You return the sizes of the parts as numbers. Asked for are the indices that belong to each, as tensors.",
    ko="각 부분의 크기를 수로 돌려줍니다. 각 부분에 속하는 인덱스를 텐서로 돌려줘야 합니다.",
)
def sizes_as_numbers(n, ratios=(6, 2, 2), perm=None):
    return tuple(fair_sizes(n, ratios))


@misconception(
    "split",
    en="Everything that is left over goes to the one part with the largest fraction. It is handed out one each: the next one goes to the next largest.",
    ko="남은 것을 모두 소수 부분이 가장 큰 한 곳에 주었습니다. 하나씩 나눠 줘야 합니다. 그다음 것은 그다음으로 큰 곳에 줍니다.",
)
def rest_to_the_largest_fraction(n, ratios=(6, 2, 2), perm=None):
    total = sum(ratios)
    sizes = [n * r // total for r in ratios]
    rest = [n * r % total for r in ratios]
    sizes[rest.index(max(rest))] += n - sum(sizes)
    return pieces(in_order(n, perm), sizes)


@misconception(
    "split",
    en="Everything that is left over goes to the part with the largest ratio. It goes to the largest fractions, one each.",
    ko="남은 것을 모두 비율이 가장 큰 부분에 주었습니다. 소수 부분이 큰 곳부터 하나씩 나눠 줘야 합니다.",
)
def rest_to_the_largest_part(n, ratios=(6, 2, 2), perm=None):
    sizes = [n * r // sum(ratios) for r in ratios]
    sizes[ratios.index(max(ratios))] += n - sum(sizes)
    return pieces(in_order(n, perm), sizes)


@misconception(
    "split",
    en="Everything that rounding leaves over goes to the validation part. It goes to the parts with the largest fractions.",
    ko="내림하고 남은 것을 모두 검증에 몰아 주었습니다. 소수 부분이 큰 곳부터 하나씩 나눠 줘야 합니다.",
)
def rest_to_validation(n, ratios=(6, 2, 2), perm=None):
    a, _, c = (n * r // sum(ratios) for r in ratios)
    return pieces(in_order(n, perm), [a, n - a - c, c])


@misconception(
    "split",
    en="Training and validation are rounded up, and the test part gets what is left. Whole parts come first; what is missing then goes to the largest fractions.",
    ko="학습과 검증을 올림하고 나머지를 테스트로 두었습니다. 정수 부분을 먼저 주고, 남은 것은 소수 부분이 큰 곳에 줍니다.",
)
def first_two_rounded_up(n, ratios=(6, 2, 2), perm=None):
    perm = in_order(n, perm)
    a, b = (math.ceil(n * r / sum(ratios)) for r in ratios[:2])
    return perm[:a], perm[a : a + b], perm[a + b :]


@misconception(
    "split",
    en="The test part begins at the size of the validation part alone. Both parts before it must be added, or the parts overlap.",
    ko="테스트가 검증의 크기만큼만 건너뛰고 시작합니다. 앞의 두 부분의 크기를 모두 더해야 합니다. 그러지 않으면 부분이 겹칩니다.",
)
def start_of_test_at_validation_size(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, _) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[a : a + b], perm[b:]


@misconception(
    "split",
    en="The validation part ends at its own size, as if it began at 0. It begins where the training part ends, and ends so much later.",
    ko="검증이 0에서 시작하는 것처럼 자기 크기에서 끝납니다. 학습이 끝나는 곳에서 시작해 그만큼 뒤에서 끝나야 합니다.",
)
def validation_cut_at_its_size(n, ratios=(6, 2, 2), perm=None):
    perm, (a, b, _) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[:a], perm[a:b], perm[b:]


@misconception(
    "split",
    en="The parts are Python lists. Each must be an int64 tensor.",
    ko="각 부분이 파이썬 리스트입니다. int64 텐서여야 합니다.",
)
def lists_for_tensors(n, ratios=(6, 2, 2), perm=None):
    return tuple(part.tolist() for part in pieces(in_order(n, perm), fair_sizes(n, ratios)))


@misconception(
    "split",
    en="You cut the test part first: the parts come in the order test, validation, train. The training part is the first piece of perm.",
    ko="테스트를 먼저 잘라 perm에서 테스트, 검증, 학습의 순서가 되었습니다. perm의 첫 조각이 학습입니다.",
)
def cut_from_the_end(n, ratios=(6, 2, 2), perm=None):
    perm, (_, b, c) = in_order(n, perm), fair_sizes(n, ratios)
    return perm[c + b :], perm[c : c + b], perm[:c]


@misconception(
    "split",
    en="Training and test are exchanged: the training part comes first.",
    ko="학습과 테스트가 뒤바뀌었습니다. 학습이 첫 번째입니다.",
)
def train_and_test_exchanged(n, ratios=(6, 2, 2), perm=None):
    train, validation, test = pieces(in_order(n, perm), fair_sizes(n, ratios))
    return test, validation, train


@misconception(
    "split",
    en="You return where each index stands in perm (its inverse). Asked for are the entries of perm themselves, piece by piece.",
    ko="각 인덱스가 perm에서 놓인 위치(역순열)를 돌려줍니다. perm의 값 자체를 차례로 잘라 돌려줘야 합니다.",
)
def positions_for_indices(n, ratios=(6, 2, 2), perm=None):
    return pieces(in_order(n, perm).argsort(), fair_sizes(n, ratios))


# -- more of them ----------------------------------------------------------------------------------------------------


@misconception(
    "step_perceptron",
    en="The answers stand in a column, (N, 1). One number for each example is asked for, (N,).",
    ko="답이 (N, 1) 모양의 열로 되어 있습니다. 예시마다 수 하나, 곧 (N,)이어야 합니다.",
)
def answers_in_a_column(X, w, b):
    return (X @ w[:, None] + b >= 0).to(X.dtype)


@misconception(
    "activations",
    en="Your tanh divides 1 - e^(-2x) by 1 + e^(-2x): for very negative x both are infinite, and infinity by infinity is NaN.",
    ko="tanh를 1 - e^(-2x)를 1 + e^(-2x)로 나누어 구했습니다. x가 아주 작은 음수이면 둘 다 무한대가 되어 NaN이 나옵니다.",
)
def tanh_overflows_below(x):
    x = as_float(x)
    e = torch.exp(-2 * x)
    return {**three(x), "tanh": (1 - e) / (1 + e)}


@misconception(
    "activations",
    en="Your tanh divides e^(2x) - 1 by e^(2x) + 1: for large x both are infinite, and infinity by infinity is NaN.",
    ko="tanh를 e^(2x) - 1을 e^(2x) + 1로 나누어 구했습니다. x가 크면 둘 다 무한대가 되어 NaN이 나옵니다.",
)
def tanh_overflows_above(x):
    x = as_float(x)
    e = torch.exp(2 * x)
    return {**three(x), "tanh": (e - 1) / (e + 1)}


@misconception(
    "activations",
    en="Your tanh is upside down: the difference of the two exponentials belongs above, their sum below.",
    ko="tanh의 분자와 분모가 바뀌었습니다. 두 지수 함수의 차가 위, 합이 아래입니다.",
)
def tanh_upside_down(x):
    x = as_float(x)
    return {**three(x), "tanh": 1 / torch.tanh(x)}


@misconception(
    "activations",
    en="What you call tanh is sinh, (e^x - e^-x) / 2. For tanh it still has to be divided by cosh.",
    ko="tanh라고 한 것은 (e^x - e^-x) / 2, 곧 sinh입니다. tanh는 이것을 다시 cosh로 나눈 것입니다.",
)
def sinh_for_tanh(x):
    x = as_float(x)
    return {**three(x), "tanh": torch.sinh(x)}


@misconception(
    "activations",
    en="Your sigmoid comes from tanh(x), not from tanh(x/2): it is twice as steep as it should be.",
    ko="시그모이드를 tanh(x/2)가 아니라 tanh(x)에서 구해서 기울기가 두 배입니다.",
)
def sigmoid_twice_as_steep(x):
    x = as_float(x)
    return {**three(x), "sig": (1 + torch.tanh(x)) / 2}


@misconception(
    "act_grad",
    en="Your slope of the sigmoid is e^x / (1 + e^x)^2: for large x it is infinity by infinity, NaN. Use the value of the sigmoid itself.",
    ko="시그모이드의 기울기를 e^x / (1 + e^x)^2으로 구했습니다. x가 크면 무한대 나누기 무한대로 NaN이 됩니다. 시그모이드의 값을 이용하세요.",
)
def sigmoid_slope_overflows_above(kind, x):
    x = as_float(x)
    e = torch.exp(x)
    return {"sig": e / (1 + e) ** 2, "tanh": 1 - torch.tanh(x) ** 2, "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "act_grad",
    en="The slope of your ReLU is 1 everywhere. Below 0 the curve is flat: 0.",
    ko="ReLU의 기울기가 어디서나 1입니다. 0보다 작은 곳에서는 평평하므로 0입니다.",
)
def relu_slope_always_one(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x) ** 2, "relu": torch.ones_like(x)}[kind]


@misconception(
    "act_grad",
    en="The slope of your ReLU is True or False. A slope is a number: 1 or 0, in the dtype of x.",
    ko="ReLU의 기울기가 True와 False입니다. 기울기는 수이므로 x의 dtype인 1과 0이어야 합니다.",
)
def relu_slope_as_truth(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x) ** 2, "relu": x > 0}[kind]


@misconception(
    "chain_grads",
    en="db1 is multiplied by x, too. The bias is added as it is, so its derivative has no x.",
    ko="db1에도 x를 곱했습니다. 편향은 그대로 더해지므로 그 미분에는 x가 없습니다.",
)
def input_in_the_first_bias(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = dg * w2 * f * (1 - f)
    return dz * x, dz * x, dg * f, dg


@misconception(
    "chain_grads",
    en="db2 is multiplied by the hidden value, too. The bias is added as it is, so its derivative is that of g alone.",
    ko="db2에도 은닉값을 곱했습니다. 편향은 그대로 더해지므로 g에 대한 미분 그대로입니다.",
)
def hidden_value_in_the_second_bias(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = dg * w2 * f * (1 - f)
    return dz * x, dz, dg * f, dg * f


@misconception(
    "chain_grads",
    en="dw2 is multiplied by w2. The derivative of w2 * f by w2 is f, the value that w2 is multiplied with.",
    ko="dw2에 w2를 곱했습니다. w2 * f를 w2로 미분하면 w2에 곱해진 값 f입니다.",
)
def weight_for_the_hidden_value(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = dg * w2 * f * (1 - f)
    return dz * x, dz, dg * w2, dg


@misconception(
    "chain_grads",
    en="The error g - y is missing in dw1 and db1. The chain begins at the loss for the first layer, too.",
    ko="dw1과 db1에 오차 g - y가 빠졌습니다. 첫 층에서도 연쇄 법칙은 손실에서 시작합니다.",
)
def error_missing_in_the_first_layer(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = w2 * f * (1 - f)
    return dz * x, dz, dg * f, dg


@misconception(
    "chain_grads",
    en="In each layer the bias stands before the weight. The order is dw1, db1, dw2, db2.",
    ko="층마다 편향을 가중치보다 앞에 놓았습니다. dw1, db1, dw2, db2의 순서입니다.",
)
def biases_before_weights(x, y, w1, b1, w2, b2):
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = dg * w2 * f * (1 - f)
    return dz, dz * x, dg, dg * f


@misconception(
    "sgd_epoch",
    en="b is changed first, and the gradient of w is taken with the new b. Both gradients belong to the same w and b.",
    ko="b를 먼저 바꾸고 w의 기울기를 새 b로 구했습니다. 두 기울기 모두 같은 w와 b에서 구해야 합니다.",
)
def weights_meet_new_bias(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        b = b - lr * error.mean()
        w = w - lr * (X[rows] @ w + b - y[rows]) @ X[rows] / len(rows)
    return w, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="Only the bias learns; w comes back as it went in.",
    ko="편향만 학습합니다. w는 들어온 그대로 나옵니다.",
)
def weights_never_updated(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        b = b - lr * error.mean()
    return w + 0, b, noted(losses, X)


@misconception(
    "sgd_epoch",
    en="The learning rate is missing in the steps: w and b move by the whole gradient.",
    ko="걸음에 학습률이 빠졌습니다. w와 b가 기울기만큼 그대로 움직입니다.",
)
def rate_missing_in_the_steps(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append(0.5 * (error**2).mean())
        w, b = w - error @ X[rows] / len(rows), b - error.mean()
    return w, b, noted(losses, X)


@misconception(
    "decay",
    en="Brackets are missing: lr0 / 1 + k * t divides by 1 and then adds k t. All of 1 + k t belongs below the line.",
    ko="괄호가 빠졌습니다. lr0 / 1 + k * t는 1로 나눈 뒤 k t를 더합니다. 1 + k t 전체가 분모에 있어야 합니다.",
)
def time_without_brackets(kind, lr0, t, k, gamma, s):
    return lr0 / 1 + k * t if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="You divide t by k. The larger k is, the faster the rate falls: it multiplies t.",
    ko="t를 k로 나누었습니다. k가 클수록 학습률이 빨리 줄어야 하므로 t에 곱합니다.",
)
def time_divided_by_k(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + t / k) if kind == "time" else lr0 * gamma ** (t // s)


@misconception(
    "decay",
    en="Brackets are missing: in Python gamma ** t // s takes the power first and then divides, which leaves 0. The exponent is t // s.",
    ko="괄호가 빠졌습니다. 파이썬에서 gamma ** t // s는 거듭제곱을 먼저 하고 나서 나누므로 0이 됩니다. 지수가 t // s입니다.",
)
def power_before_quotient(kind, lr0, t, k, gamma, s):
    return lr0 / (1 + k * t) if kind == "time" else lr0 * gamma**t // s


@misconception(
    "split",
    en="You divide by 10, as if the ratios always added up to it, and give the test part whatever is left. Divide by their sum.",
    ko="비율의 합이 늘 10인 것처럼 10으로 나누고, 남는 것은 모두 테스트에 넣었습니다. 비율의 합으로 나누세요.",
)
def ten_for_the_sum_and_the_rest(n, ratios=(6, 2, 2), perm=None):
    perm = in_order(n, perm)
    sizes = [n * r // 10 for r in ratios]
    for i in sorted(range(3), key=lambda i: -(n * ratios[i] % 10))[: max(n - sum(sizes), 0)]:
        sizes[i] += 1
    a, b, _ = sizes
    return perm[:a], perm[a : a + b], perm[a + b :]


@misconception(
    "split",
    en="Of equal fractions the part with the larger ratio wins in your version. The earlier part wins, however large it is.",
    ko="나머지가 같으면 비율이 큰 쪽이 받게 했습니다. 크기와 상관없이 앞의 것이 받습니다.",
)
def ties_to_the_larger_part(n, ratios=(6, 2, 2), perm=None):
    total = sum(ratios)
    sizes = [n * r // total for r in ratios]
    for i in sorted(range(3), key=lambda i: (-(n * ratios[i] % total), -ratios[i]))[: n - sum(sizes)]:
        sizes[i] += 1
    return pieces(in_order(n, perm), sizes)


@misconception(
    "step_perceptron",
    en="At z = 0 your perceptron answers one half: the sign of 0 is 0. There are only the answers 0 and 1, and z = 0 fires.",
    ko="z = 0에서 1/2이라고 답합니다. 0의 부호는 0이기 때문입니다. 답은 0과 1뿐이고, z = 0이면 발화합니다.",
)
def half_at_zero(X, w, b):
    return (torch.sign(X @ w + b) + 1) / 2


@misconception(
    "act_grad",
    en="You square x inside of tanh. The value of tanh is squared: (tanh x)^2.",
    ko="tanh 안에서 x를 제곱했습니다. 제곱하는 것은 tanh의 값입니다: (tanh x)^2.",
)
def square_inside_tanh(kind, x):
    x = as_float(x)
    s = torch.sigmoid(x)
    return {"sig": s * (1 - s), "tanh": 1 - torch.tanh(x**2), "relu": (x > 0).to(x.dtype)}[kind]


@misconception(
    "sgd_epoch",
    en="w and b are right, but the losses are noted in float32: torch.zeros without a dtype makes that, and half of the digits are lost. Take the dtype of X.",
    ko="w와 b는 맞지만 손실을 float32에 적었습니다. dtype 없이 torch.zeros로 만들면 그렇게 되어 자릿수의 절반을 잃습니다. X의 dtype을 쓰세요.",
)
def losses_in_float32(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        error = X[rows] @ w + b - y[rows]
        losses.append((error**2).mean() / 2)
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X).float()


@misconception(
    "sgd_epoch",
    en="Each of your losses is measured on all examples. Note the loss of the mini-batch alone.",
    ko="손실을 매번 모든 예시에서 쟀습니다. 그 미니배치의 손실만 적으세요.",
)
def loss_over_all_examples(X, y, w, b, lr, batch, order):
    losses = []
    for rows in mini_batches(order, batch):
        losses.append(((X @ w + b - y) ** 2).mean() / 2)
        error = X[rows] @ w + b - y[rows]
        w, b = w - lr * error @ X[rows] / len(rows), b - lr * error.mean()
    return w, b, noted(losses, X)


@misconception(
    "is_separable",
    en="You compare opposite corners, but not the two pairs with each other: only where both pairs are equal in themselves AND differ from each other no line helps.",
    ko="마주 보는 꼭짓점끼리만 비교하고 두 쌍을 서로 비교하지 않았습니다. 두 쌍이 각각 값이 같으면서 서로는 다를 때에만 직선으로 나눌 수 없습니다.",
)
def both_diagonals_must_agree(y):
    return bool(y[0] != y[3] or y[1] == y[2])
