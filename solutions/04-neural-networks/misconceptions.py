"""What students write instead. Each is complete, wrong in one way, and named after it."""

import itertools

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- 1. perceptron ---------------------------------------------------------------------------------------------------


@misconception(
    "perceptron_epoch",
    en=(
        "The bias never changes. It is the weight of an input that is always 1, so a mistake has to move it as "
        "well; without it the line always keeps the same offset."
    ),
    ko="편향이 한 번도 바뀌지 않습니다. 편향은 항상 1인 입력의 가중치이므로 틀렸을 때 함께 고쳐야 합니다. 그러지 않으면 직선이 평행 이동할 수 없습니다.",
)
def bias_never_updated(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        if (1 if X[i] @ w + b >= 0 else -1) != y[i]:
            w = w + eta * y[i] * X[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "You update after every example, also after those that were predicted correctly. The perceptron learns "
        "from its mistakes only, otherwise it never comes to rest."
    ),
    ko="맞힌 샘플에서도 가중치를 갱신하고 있습니다. 퍼셉트론은 틀렸을 때만 배웁니다. 그러지 않으면 학습이 멈추지 않습니다.",
)
def updates_on_correct_ones(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        mistakes += (1 if X[i] @ w + b >= 0 else -1) != y[i].item()
        w = w + eta * y[i] * X[i]
        b = b + eta * y[i]
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "You work with labels 0 and 1. Then η·y·x is 0 for every mistake on the negative class, and the "
        "perceptron learns nothing from it; here the labels are −1 and +1."
    ),
    ko="레이블을 0과 1로 바꿔 쓰고 있습니다. 그러면 음성 클래스에서 틀렸을 때 η·y·x가 0이 되어 아무것도 배우지 못합니다. 여기서 레이블은 −1과 +1입니다.",
)
def labels_zero_and_one(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        label = (y[i] + 1) / 2
        if (1 if X[i] @ w + b >= 0 else 0) != label:
            w = w + eta * label * X[i]
            b = b + eta * label
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "Your steps are twice too long: you use η(y − ŷ)x, and with labels ±1 the difference y − ŷ is ±2. The "
        "lecture notes give both forms; this task asks for η·y·x."
    ),
    ko="갱신량이 두 배입니다. η(y − ŷ)x를 쓰면 레이블이 ±1일 때 y − ŷ가 ±2가 됩니다. 강의 노트에는 두 식이 모두 나오지만 이 문제에서는 η·y·x를 씁니다.",
)
def difference_doubles_the_step(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        prediction = 1 if X[i] @ w + b >= 0 else -1
        w = w + eta * (y[i] - prediction) * X[i]
        b = b + eta * (y[i] - prediction)
        mistakes += prediction != y[i].item()
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "The sign of the update is reversed: a positive example that was missed has to raise w·x + b, and yours "
        "lowers it, so every mistake makes the next one more likely."
    ),
    ko="갱신의 부호가 반대입니다. 놓친 양성 샘플은 w·x + b를 키워야 하는데 오히려 줄이고 있어, 틀릴수록 더 틀리게 됩니다.",
)
def update_with_wrong_sign(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        if (1 if X[i] @ w + b >= 0 else -1) != y[i]:
            w = w - eta * y[i] * X[i]
            b = b - eta * y[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "All predictions are made with the weights from the start of the epoch. The perceptron works one example "
        "at a time: after a mistake the next example already meets the new weights."
    ),
    ko="에폭을 시작할 때의 가중치로 모든 예측을 한꺼번에 하고 있습니다. 퍼셉트론은 샘플을 하나씩 처리합니다. 틀리고 나면 다음 샘플은 이미 바뀐 가중치를 만나야 합니다.",
)
def batch_instead_of_sequential(X, y, w, b, eta, order):
    wrong = torch.where(X @ w + b >= 0, 1.0, -1.0) != y
    return w + eta * (y[wrong] @ X[wrong]), b + eta * y[wrong].sum(), wrong.sum()


@misconception(
    "perceptron_epoch",
    en="Where w·x + b is exactly 0 you predict −1. In this course a perceptron fires at z ≥ 0, zero included.",
    ko="w·x + b가 정확히 0일 때 −1로 예측하고 있습니다. 이 강의에서 퍼셉트론은 0을 포함해 z ≥ 0이면 +1을 냅니다.",
)
def fires_above_zero_only(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        if (1 if X[i] @ w + b > 0 else -1) != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "The sign function returns 0 at 0, and 0 agrees with neither label: an example on the boundary always "
        "counts as a mistake for you. Here z = 0 is a prediction of +1."
    ),
    ko="부호 함수는 0에서 0을 내므로 어느 레이블과도 같지 않습니다. 그래서 경계 위의 샘플이 언제나 오답이 됩니다. 여기서 z = 0은 +1로 예측한 것입니다.",
)
def sign_is_zero_at_zero(X, y, w, b, eta, order):
    mistakes = 0
    for i in order.tolist():
        if torch.sign(X[i] @ w + b) != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en=(
        "You visit the examples as 0, 1, 2, … and ignore order. Each update changes what the next example meets, "
        "so the order matters."
    ),
    ko="order를 쓰지 않고 0, 1, 2, … 순서로 방문하고 있습니다. 갱신할 때마다 다음 샘플이 만나는 가중치가 달라지므로 순서에 따라 결과가 달라집니다.",
)
def order_ignored(X, y, w, b, eta, order):
    mistakes = 0
    for i in range(len(y)):
        if (1 if X[i] @ w + b >= 0 else -1) != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "train",
    en=(
        "You always run max_epochs epochs. Training ends with the first epoch that has no mistake; after it "
        "nothing would change any more."
    ),
    ko="언제나 max_epochs번을 모두 돌고 있습니다. 한 번도 틀리지 않은 에폭이 나오면 더 바뀔 것이 없으므로 거기서 끝내야 합니다.",
)
def train_never_stops(X, y, w, b, eta, order, max_epochs):
    history = []
    for _ in range(max_epochs):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        history.append(int(mistakes))
    return w, b, torch.tensor(history, dtype=torch.int64)


@misconception(
    "train",
    en=(
        "Every epoch starts again from the initial weights, so nothing is carried over and all epochs are the "
        "same. Go on from where the last epoch ended."
    ),
    ko="에폭마다 처음 가중치에서 다시 시작하고 있어 배운 것이 이어지지 않고 모든 에폭이 똑같습니다. 앞 에폭이 끝난 곳에서 이어 가야 합니다.",
)
def train_restarts_every_epoch(X, y, w, b, eta, order, max_epochs):
    history = []
    for _ in range(max_epochs):
        last_w, last_b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        history.append(int(mistakes))
        if history[-1] == 0:
            break
    return last_w, last_b, torch.tensor(history, dtype=torch.int64)


@misconception(
    "train",
    en="The last epoch, the one without a mistake, is missing from your list. It was run, so its 0 belongs there.",
    ko="한 번도 틀리지 않은 마지막 에폭이 리스트에서 빠졌습니다. 실행한 에폭이므로 그 0도 들어가야 합니다.",
)
def train_drops_the_last_count(X, y, w, b, eta, order, max_epochs):
    history = []
    for _ in range(max_epochs):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        if mistakes == 0:
            break
        history.append(int(mistakes))
    return w, b, torch.tensor(history, dtype=torch.int64)


# -- 2. losses -------------------------------------------------------------------------------------------------------


def right_loss(kind, out, y):
    """One loss per output, stable."""
    if kind == "half_sse":
        return 0.5 * (y - out) ** 2
    if kind == "bce_logits":
        return -(y * F.logsigmoid(out) + (1 - y) * F.logsigmoid(-out))
    return -y * torch.log_softmax(out, dim=1)


@misconception(
    "losses",
    en=(
        "In the binary cross-entropy you take the logarithm of a sigmoid. For large logits the sigmoid is rounded "
        "to 0 or 1, and log 0 gives inf or NaN; simplify the formula until it works on the logit itself."
    ),
    ko="이진 교차 엔트로피에서 시그모이드의 로그를 취하고 있습니다. 로짓이 크면 시그모이드가 0이나 1로 반올림되어 log 0에서 inf나 NaN이 나옵니다. 식을 정리해 로짓에서 바로 계산하세요.",
)
def log_of_sigmoid_overflows(kind, out, y):
    each = right_loss(kind, out, y)
    if kind == "bce_logits":
        s = 1 / (1 + torch.exp(-out))
        each = -(y * torch.log(s) + (1 - y) * torch.log(1 - s))
    return each.sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "Your softmax exponentiates the raw logits, which overflows from about 710 on, and takes the logarithm "
        "afterwards. Subtract the row's maximum first, or work with the logarithm of the sum of exponentials."
    ),
    ko="로짓을 그대로 지수 함수에 넣은 뒤 로그를 취하고 있어 710쯤부터 오버플로가 납니다. 먼저 행의 최댓값을 빼거나, 지수의 합의 로그(log-sum-exp)로 계산하세요.",
    evidence="E16",
)
def log_of_softmax_overflows(kind, out, y):
    each = right_loss(kind, out, y)
    if kind == "softmax_ce":
        p = out.exp() / out.exp().sum(dim=1, keepdim=True)
        each = -y * p.log()
    return each.sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "You clip probabilities away from 0 and 1. That makes the loss finite but wrong, and where the clip bites "
        "the gradient is 0: the examples that are most wrong stop teaching."
    ),
    ko="확률이 0이나 1이 되지 않도록 잘라 내고 있습니다. 손실이 유한해지기는 하지만 값이 틀리고, 잘린 곳의 기울기는 0이 됩니다. 가장 크게 틀린 샘플에서 아무것도 배우지 못하는 셈입니다.",
)
def clipped_probabilities(kind, out, y):
    each = right_loss(kind, out, y)
    if kind == "bce_logits":
        s = torch.sigmoid(out).clamp(1e-7, 1 - 1e-7)
        each = -(y * s.log() + (1 - y) * (1 - s).log())
    elif kind == "softmax_ce":
        each = -y * torch.softmax(out, dim=1).clamp(min=1e-12).log()
    return each.sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "You take the mean over outputs as well, so the loss is K times too small. Sum over the outputs of an "
        "example, and average over the batch only."
    ),
    ko="출력에 대해서도 평균을 내어 손실이 K배 작습니다. 한 샘플의 출력에 대해서는 더하고, 배치에 대해서만 평균하세요.",
)
def mean_over_outputs(kind, out, y):
    return right_loss(kind, out, y).mean()


@misconception(
    "losses",
    en=(
        "You sum over the batch, so the loss grows with the number of examples. Sum over the outputs only, then "
        "take the mean over the examples."
    ),
    ko="배치에 대해서도 더하고 있어 샘플 수에 따라 손실이 커집니다. 출력에 대해서만 더하고 샘플에 대해서는 평균하세요.",
)
def sum_over_batch(kind, out, y):
    return right_loss(kind, out, y).sum()


@misconception(
    "losses",
    en=(
        "The sign is missing: log-probabilities are negative, and the cross-entropy is minus their weighted sum. "
        "A loss that is negative here would reward wrong answers."
    ),
    ko="부호가 빠졌습니다. 로그 확률은 음수이고, 교차 엔트로피는 그 가중합에 음의 부호를 붙인 값입니다. 지금처럼 음수라면 틀린 답을 칭찬하는 셈입니다.",
)
def cross_entropy_without_minus(kind, out, y):
    each = right_loss(kind, out, y)
    return (each if kind == "half_sse" else -each).sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "Your softmax runs down the columns: it normalises over the batch, so the examples compete with each "
        "other. Each row is one example and has probabilities of its own."
    ),
    ko="소프트맥스를 열 방향으로 적용해 배치에 대해 정규화하고 있습니다. 그러면 샘플끼리 경쟁하게 됩니다. 한 행이 샘플 하나이고 확률은 행마다 따로 구해야 합니다.",
)
def softmax_over_batch(kind, out, y):
    each = right_loss(kind, out, y)
    if kind == "softmax_ce":
        each = -y * torch.log_softmax(out, dim=0)
    return each.sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "The ½ of the squared error is missing. With it the gradient is simply ŷ − y, and that is what the rest "
        "of the notebook counts on."
    ),
    ko="오차 제곱에 ½이 빠졌습니다. ½이 있어야 기울기가 ŷ − y로 깔끔해지며, 뒤의 문제는 모두 이 식을 전제로 합니다.",
)
def half_forgotten(kind, out, y):
    each = right_loss(kind, out, y)
    return ((y - out) ** 2 if kind == "half_sse" else each).sum(dim=1).mean()


@misconception(
    "losses",
    en=(
        "Of the binary cross-entropy you keep only −y log ŷ. The other term, −(1 − y) log(1 − ŷ), is what teaches "
        "the network to say no."
    ),
    ko="이진 교차 엔트로피에서 −y log ŷ만 남기고 −(1 − y) log(1 − ŷ)를 빠뜨렸습니다. 신경망은 이 두 번째 항에서 '아니오'라고 답하는 법을 배웁니다.",
)
def positive_term_only(kind, out, y):
    each = right_loss(kind, out, y)
    return (-y * F.logsigmoid(out) if kind == "bce_logits" else each).sum(dim=1).mean()


# -- 3. softmax with cross-entropy -----------------------------------------------------------------------------------


def finish(log_p, p, y, n):
    """The loss and the gradient from log-probabilities and probabilities."""
    rows = torch.arange(len(y))
    dZ = p.clone()
    dZ[rows, y] -= 1
    return -log_p[rows, y].mean(), dZ / n


@misconception(
    "softmax_ce",
    en=(
        "You exponentiate the logits as they are. From about 710 on that overflows to inf, and inf/inf is NaN; "
        "subtract the row's maximum first, which does not change the softmax."
    ),
    ko="로짓을 그대로 지수 함수에 넣고 있습니다. 710쯤부터 오버플로로 inf가 되고 inf/inf는 NaN입니다. 먼저 행의 최댓값을 빼세요. 소프트맥스 값은 변하지 않습니다.",
    evidence="E16",
)
def no_maximum_taken_away(Z, y):
    p = Z.exp() / Z.exp().sum(dim=1, keepdim=True)
    return finish(p.log(), p, y, len(y))


@misconception(
    "softmax_ce",
    en=(
        "You shift by max(0, maximum): a row whose logits are all far below zero is not shifted at all, every "
        "exponential underflows to 0, and log 0 is −inf. Shift by the row's own maximum, also when it is "
        "negative."
    ),
    ko=(
        "max(0, 최댓값)을 빼고 있습니다. 로짓이 모두 0보다 한참 작은 행은 하나도 옮겨지지 않아 지수가 전부 0이 되고 log 0은 −inf가 됩니다. 최댓값이 음수여도 그 값을 그대로 "
        "빼야 합니다."
    ),
    evidence="E16",
)
def shift_by_max_with_zero(Z, y):
    shifted = Z - Z.amax(dim=1, keepdim=True).clamp(min=0)
    total = shifted.exp().sum(dim=1, keepdim=True)
    return finish(shifted - total.log(), shifted.exp() / total, y, len(y))


@misconception(
    "softmax_ce",
    en=(
        "One maximum is used for the whole batch. A row that lies far below it underflows to 0 and its logarithm "
        "to −inf; each row needs its own maximum."
    ),
    ko="배치 전체에 최댓값 하나를 쓰고 있습니다. 그보다 한참 낮은 행은 0으로 언더플로되고 로그는 −inf가 됩니다. 행마다 자기 최댓값을 빼야 합니다.",
)
def one_maximum_for_the_batch(Z, y):
    shifted = Z - Z.max()
    total = shifted.exp().sum(dim=1, keepdim=True)
    return finish(shifted - total.log(), shifted.exp() / total, y, len(y))


@misconception(
    "softmax_ce",
    en=(
        "You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of "
        "1000 becomes 18, and even ordinary losses are slightly off. Compute the log-probability from the logits."
    ),
    ko="로그 안에 작은 수를 더하고 있습니다. 언더플로를 없애는 것이 아니라 가릴 뿐이어서 1000이어야 할 손실이 18이 되고, 평범한 손실도 조금씩 틀립니다. 로그 확률을 로짓에서 바로 계산하세요.",
    evidence="E16",
)
def epsilon_in_the_logarithm(Z, y):
    p = torch.softmax(Z, dim=1)
    return finish(torch.log(p + 1e-8), p, y, len(y))


@misconception(
    "softmax_ce",
    en="The loss is a mean over the batch, but your gradient belongs to the sum: it is N times too large.",
    ko="손실은 배치 평균인데 기울기는 배치 합의 기울기여서 N배 큽니다.",
    evidence="E16",
)
def gradient_of_the_sum(Z, y):
    return finish(torch.log_softmax(Z, dim=1), torch.softmax(Z, dim=1), y, 1)


@misconception(
    "softmax_ce",
    en="The gradient is that of the mean, but the loss is the sum over the batch. Both belong to the mean.",
    ko="기울기는 평균의 것인데 손실은 배치에 대한 합입니다. 둘 다 평균이어야 합니다.",
)
def loss_is_the_sum(Z, y):
    loss, dZ = finish(torch.log_softmax(Z, dim=1), torch.softmax(Z, dim=1), y, len(y))
    return loss * len(y), dZ


@misconception(
    "softmax_ce",
    en=(
        "Your softmax normalises down the columns, over the batch. The classes of one example lie in a row, and "
        "each row's probabilities sum to 1."
    ),
    ko="소프트맥스를 열 방향, 곧 배치에 대해 정규화하고 있습니다. 한 샘플의 클래스들은 한 행에 있고, 확률의 합은 행마다 1이어야 합니다.",
)
def softmax_down_the_columns(Z, y):
    return finish(torch.log_softmax(Z, dim=0), torch.softmax(Z, dim=0), y, len(y))


@misconception(
    "softmax_ce",
    en=(
        "Your gradient is one-hot minus p, the reverse of what it should be. A step against the gradient has to "
        "raise the logit of the right class, so there the gradient is negative."
    ),
    ko="기울기의 부호가 반대입니다(원-핫 − p). 기울기의 반대 방향으로 움직였을 때 정답 클래스의 로짓이 커져야 하므로, 그 자리의 기울기는 음수여야 합니다.",
)
def one_hot_minus_p(Z, y):
    loss, dZ = finish(torch.log_softmax(Z, dim=1), torch.softmax(Z, dim=1), y, len(y))
    return loss, -dZ


@misconception(
    "softmax_ce",
    en=(
        "You return the probabilities as gradient and never subtract 1 at the right class. Each row of the "
        "gradient has to sum to 0."
    ),
    ko="기울기로 확률을 그대로 돌려주고 정답 클래스에서 1을 빼지 않았습니다. 기울기는 행마다 합이 0이어야 합니다.",
)
def one_hot_forgotten(Z, y):
    loss, _ = finish(torch.log_softmax(Z, dim=1), torch.softmax(Z, dim=1), y, len(y))
    return loss, torch.softmax(Z, dim=1) / len(y)


# -- 4. linear layer -------------------------------------------------------------------------------------------------


@misconception(
    "linear_fwd",
    en="The bias is missing from the forward pass: it is added to every row, so without it the layer cannot shift its outputs.",
    ko="순전파에서 편향을 더하지 않았습니다. 편향은 모든 행에 더하며, 없으면 층의 출력을 평행 이동할 수 없습니다.",
)
def forward_without_bias(x, W, b):
    return x @ W


@misconception(
    "linear_bwd",
    en=(
        "db comes back with one row for each example. All examples share one b, so their contributions are added "
        "up over the batch."
    ),
    ko="db에 샘플마다 한 행씩 남아 있습니다. 모든 샘플이 b 하나를 함께 쓰므로 배치에 대해 더해야 합니다.",
    evidence="E18",
)
def db_not_summed(x, W, b, dout):
    return dout @ W.T, x.T @ dout, dout.clone()


@misconception(
    "linear_bwd",
    en=(
        "You added up db over the units as well, and every unit gets the same number. Sum over the batch only: "
        "each unit has its own bias."
    ),
    ko="db를 유닛에 대해서도 더해 버렸습니다. 유닛마다 편향이 따로 있으므로 배치에 대해서만 더해야 합니다.",
    evidence="E18",
)
def db_summed_over_everything(x, W, b, dout):
    return dout @ W.T, x.T @ dout, dout.sum()


@misconception(
    "linear_bwd",
    en="db is a mean over the batch. Here nothing is divided: if the loss is an average, its 1/N is already in dout.",
    ko="db를 배치에 대해 평균하고 있습니다. 여기서는 나누지 않습니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있습니다.",
)
def db_averaged(x, W, b, dout):
    return dout @ W.T, x.T @ dout, dout.mean(dim=0)


@misconception(
    "linear_bwd",
    en="dW is divided by N. Here nothing is divided: if the loss is an average, its 1/N is already in dout.",
    ko="dW를 N으로 나누고 있습니다. 여기서는 나누지 않습니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있습니다.",
)
def dW_averaged(x, W, b, dout):
    return dout @ W.T, x.T @ dout / len(x), dout.sum(dim=0)


@misconception(
    "linear_bwd",
    en="dW is transposed: it has shape (M, D), but a gradient has the shape of its parameter, here (D, M).",
    ko="dW가 전치되어 모양이 (M, D)입니다. 기울기는 파라미터와 모양이 같아야 하므로 (D, M)이어야 합니다.",
)
def dW_transposed(x, W, b, dout):
    return dout @ W.T, dout.T @ x, dout.sum(dim=0)


@misconception(
    "linear_bwd",
    en=(
        "For dx you multiply by W, not by its transpose. Going back, the sum runs over the outputs, the second "
        "axis of W."
    ),
    ko="dx를 구할 때 W의 전치가 아니라 W를 곱하고 있습니다. 거꾸로 갈 때는 출력, 곧 W의 두 번째 축에 대해 더합니다.",
)
def dx_without_transpose(x, W, b, dout):
    return dout @ W, x.T @ dout, dout.sum(dim=0)


# -- 5. activations backward -----------------------------------------------------------------------------------------


def right_slope(kind, a):
    if kind == "identity":
        return torch.ones_like(a)
    if kind == "sigmoid":
        return torch.sigmoid(a) * torch.sigmoid(-a)
    if kind == "tanh":
        return 1 - torch.tanh(a) ** 2
    return (a > 0).to(a)


@misconception(
    "act_bwd",
    en=(
        "You evaluate the derivative at the activation: g′(g(a)). a is already the pre-activation, so the "
        "activation is applied once too often."
    ),
    ko="미분을 활성화 값에서 계산해 g′(g(a))를 구하고 있습니다. a가 이미 활성화 전의 값이므로 활성화 함수가 한 번 더 적용된 셈입니다.",
    evidence="E18",
)
def derivative_at_the_activation(kind, a, dout):
    return dout * right_slope(kind, activation(kind, a))


@misconception(
    "act_bwd",
    en=(
        "You use s(1 − s) and 1 − t² with a itself. Those formulas want the activation, s = σ(a) and t = tanh(a); "
        "a is the pre-activation."
    ),
    ko="s(1 − s)와 1 − t²에 a를 그대로 넣었습니다. 이 공식에는 활성화 값 s = σ(a), t = tanh(a)가 들어가야 하고, a는 활성화 전의 값입니다.",
    evidence="E18",
)
def a_taken_for_the_activation(kind, a, dout):
    if kind == "sigmoid":
        return dout * a * (1 - a)
    if kind == "tanh":
        return dout * (1 - a**2)
    return dout * right_slope(kind, a)


@misconception(
    "act_bwd",
    en="You return g′(a) alone. By the chain rule it is multiplied by dout, the gradient that arrives from above.",
    ko="g′(a)만 돌려주고 있습니다. 연쇄 법칙에 따라 위에서 내려온 기울기 dout을 곱해야 합니다.",
)
def dout_forgotten(kind, a, dout):
    return right_slope(kind, a)


@misconception(
    "act_bwd",
    en=(
        "Your ReLU passes the gradient at exactly 0. There is no derivative at that point, and this course pins "
        "it to 0."
    ),
    ko="정확히 0에서 ReLU가 기울기를 통과시키고 있습니다. 그 점에는 미분값이 없으며 이 강의에서는 0으로 정합니다.",
)
def relu_slope_one_at_zero(kind, a, dout):
    return dout * ((a >= 0).to(a) if kind == "relu" else right_slope(kind, a))


@misconception(
    "act_bwd",
    en="The numbers are right, but you write them into dout. Whoever called you may still need it: make a new tensor.",
    ko="값은 맞지만 dout에 덮어쓰고 있습니다. 호출한 쪽에서 그 값을 다시 쓸 수 있으므로 새 텐서를 만들어야 합니다.",
)
def dout_overwritten(kind, a, dout):
    return dout.mul_(right_slope(kind, a))


@misconception(
    "act_bwd",
    en="The derivative of tanh is 1 − tanh². You return tanh itself (times dout).",
    ko="tanh의 미분은 1 − tanh²인데 tanh 값 자체에 dout을 곱해 돌려주고 있습니다.",
    evidence="E19",
)
def tanh_for_its_derivative(kind, a, dout):
    return dout * (torch.tanh(a) if kind == "tanh" else right_slope(kind, a))


@misconception(
    "act_bwd",
    en=(
        "Your sigmoid derivative e^−a/(1 + e^−a)² becomes inf/inf = NaN for strongly negative a. Write it with "
        "σ(a), which always lies between 0 and 1."
    ),
    ko="시그모이드의 미분을 e^−a/(1 + e^−a)²로 계산하면 a가 아주 작은 음수일 때 inf/inf = NaN이 됩니다. 언제나 0과 1 사이에 있는 σ(a)로 나타내세요.",
)
def sigmoid_slope_overflows(kind, a, dout):
    slope = torch.exp(-a) / (1 + torch.exp(-a)) ** 2 if kind == "sigmoid" else right_slope(kind, a)
    return dout * slope


# -- 6. backpropagation ----------------------------------------------------------------------------------------------


def forward_pass(X, params, hidden):
    """Inputs and weighted sums of all layers."""
    z, a = [X], []
    for l, (W, b) in enumerate(params):
        a.append(z[-1] @ W + b)
        if l < len(params) - 1:
            z.append(activation(hidden, a[-1]))
    return z, a


def head_loss(out, Y, head):
    """The mean loss, and the output minus the target."""
    if head == "identity":
        return (0.5 * (Y - out) ** 2).sum(dim=1).mean(), out - Y
    if head == "sigmoid":
        each = -(Y * F.logsigmoid(out) + (1 - Y) * F.logsigmoid(-out))
        return each.sum(dim=1).mean(), torch.sigmoid(out) - Y
    return -(Y * torch.log_softmax(out, dim=1)).sum(dim=1).mean(), torch.softmax(out, dim=1) - Y


def any_backprop(X, Y, params, hidden, head, *, divide=1, slope=right_slope, at=None, db=None, dW=None, stale=0.0):
    """Backpropagation with one part replaced.

    divide: how often by N. slope: g'. at: what slope gets ("z" for the activation). db, dW: formulas.
    stale: how much of dW the weights have moved when delta passes through them.
    """
    z, a = forward_pass(X, params, hidden)
    loss, delta = head_loss(a[-1], Y, head)
    delta, grads = delta / len(X) ** divide, []
    for l in reversed(range(len(params))):
        W = params[l][0]
        this = dW(z[l], delta) if dW else z[l].T @ delta
        grads.insert(0, (this, db(delta) if db else delta.sum(dim=0)))
        if l > 0:
            moved = W - stale * this if stale else W
            delta = delta @ moved.T * slope(hidden, z[l] if at == "z" else a[l - 1])
    return loss, grads


@misconception(
    "mlp_backprop",
    en=(
        "Nothing is divided by N: your gradients are those of the summed loss, N times too large, while the loss "
        "is a mean. Divide once, where δ begins."
    ),
    ko="N으로 나누지 않아 기울기가 합의 기울기가 되었습니다. 손실은 평균이므로 N배 큽니다. δ가 시작되는 곳에서 한 번 나누세요.",
    evidence="E18",
)
def not_divided_by_N(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, divide=0)


@misconception(
    "mlp_backprop",
    en=(
        "You divide by N twice, for example in the first δ and once more in dW and db. The average over the batch "
        "enters only once."
    ),
    ko="N으로 두 번 나누고 있습니다. 예를 들면 첫 δ에서 한 번, dW와 db에서 또 한 번입니다. 배치 평균은 한 번만 들어갑니다.",
    evidence="E18",
)
def divided_by_N_twice(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, divide=2)


@misconception(
    "mlp_backprop",
    en=(
        "On its way back δ skips the hidden activation: the factor g′(a) is missing. The lecture notes never "
        "write it, but the chain rule asks for it in each hidden layer."
    ),
    ko="δ가 거꾸로 올 때 은닉층의 활성화 함수를 건너뛰어 g′(a)가 빠졌습니다. 강의 노트에는 나오지 않지만 연쇄 법칙에 따라 은닉층마다 필요합니다.",
    evidence="E18",
)
def slope_of_hidden_forgotten(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, slope=lambda kind, a: torch.ones_like(a))


@misconception(
    "mlp_backprop",
    en=(
        "You evaluate g′ at the activation, g′(g(a)). The derivative belongs to the weighted sum a; only "
        "shortcuts such as s(1 − s) take the activation."
    ),
    ko="g′을 활성화 값에서 계산해 g′(g(a))를 쓰고 있습니다. 미분은 가중합 a에서 계산해야 하고, 활성화 값을 쓰는 것은 s(1 − s) 같은 공식에서뿐입니다.",
    evidence="E18",
)
def slope_at_the_activation(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, at="z")


@misconception(
    "mlp_backprop",
    en="Your bias gradients are means over the batch. The 1/N is already in δ; here δ is summed over the batch.",
    ko="편향의 기울기를 배치에 대해 평균하고 있습니다. 1/N은 이미 δ에 들어 있으므로 여기서는 배치에 대해 더해야 합니다.",
)
def bias_gradient_averaged(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, db=lambda delta: delta.mean(dim=0))


@misconception(
    "mlp_backprop",
    en=(
        "Your bias gradients are summed over the units too, so all biases of a layer get the same number. Sum "
        "over the batch only."
    ),
    ko="편향의 기울기를 유닛에 대해서도 더해 한 층의 모든 편향이 같은 값을 받습니다. 배치에 대해서만 더하세요.",
    evidence="E18",
)
def bias_gradient_totalled(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, db=lambda delta: torch.ones_like(delta[0]) * delta.sum())


@misconception(
    "mlp_backprop",
    en="Your bias gradients still have one row for each example. All examples share the biases: sum over the batch.",
    ko="편향의 기울기에 샘플마다 한 행씩 남아 있습니다. 편향은 모든 샘플이 함께 쓰므로 배치에 대해 더하세요.",
    evidence="E18",
)
def bias_gradient_not_summed(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, db=lambda delta: delta.clone())


@misconception(
    "mlp_backprop",
    en="Your weight gradients are transposed, δᵀz. With weights of shape (in, out) the gradient is (in, out) as well.",
    ko="가중치의 기울기가 δᵀz로 전치되어 있습니다. 가중치가 (입력, 출력) 모양이면 기울기도 (입력, 출력)이어야 합니다.",
)
def weight_gradient_transposed(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, dW=lambda z, delta: delta.T @ z)


@misconception(
    "mlp_backprop",
    en=(
        "The input factor is missing from your weight gradients: every row of dW is the sum of δ. How much a "
        "weight matters depends on the value z that it multiplies."
    ),
    ko="가중치의 기울기에 입력이 빠져 dW의 모든 행이 δ의 합입니다. 가중치 하나의 영향은 그것이 곱해지는 값 z에 달려 있습니다.",
)
def input_factor_forgotten(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, dW=lambda z, delta: torch.ones_like(z).T @ delta)


@misconception(
    "mlp_backprop",
    en=(
        "δ passes through weights that have already been updated. All gradients belong to the same, old "
        "parameters; update after the whole backward pass."
    ),
    ko="δ가 이미 갱신된 가중치를 거슬러 가고 있습니다. 모든 기울기는 같은 옛 파라미터에서 구해야 합니다. 갱신은 역전파가 모두 끝난 뒤에 하세요.",
    evidence="E18",
)
def updated_weights_reused(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, stale=0.1)


@misconception(
    "mlp_backprop",
    en="Your gradients are twice too large, as if the loss had no ½. The first δ is (ŷ − y)/N for all three heads.",
    ko="기울기가 모두 두 배입니다. 손실에 ½이 없는 것처럼 미분했습니다. 첫 δ는 세 경우 모두 (ŷ − y)/N입니다.",
)
def gradients_doubled(X, Y, params, hidden, head):
    loss, grads = any_backprop(X, Y, params, hidden, head)
    return loss, [(2 * dW, 2 * db) for dW, db in grads]


@misconception(
    "mlp_backprop",
    en=(
        "For the sigmoid head you multiply ŷ − y by σ′ once more. The derivative of the cross-entropy already "
        "cancels that factor."
    ),
    ko="시그모이드 출력에서 ŷ − y에 σ′을 한 번 더 곱하고 있습니다. 교차 엔트로피를 미분하면 그 인수는 이미 약분되어 사라집니다.",
)
def sigmoid_head_differentiated_twice(X, Y, params, hidden, head):
    z, a = forward_pass(X, params, hidden)
    loss, delta = head_loss(a[-1], Y, head)
    if head == "sigmoid":
        delta = delta * right_slope("sigmoid", a[-1])
    delta, grads = delta / len(X), []
    for l in reversed(range(len(params))):
        grads.insert(0, (z[l].T @ delta, delta.sum(dim=0)))
        if l > 0:
            delta = delta @ params[l][0].T * right_slope(hidden, a[l - 1])
    return loss, grads


@misconception(
    "mlp_backprop",
    en=(
        "The hidden activation is applied to the last layer as well. Its weighted sum goes straight into the "
        "head: identity, sigmoid or softmax."
    ),
    ko="마지막 층에도 은닉층의 활성화 함수를 적용했습니다. 마지막 가중합은 곧바로 출력 함수(항등, 시그모이드, 소프트맥스)로 들어가야 합니다.",
)
def hidden_activation_on_the_last_layer(X, Y, params, hidden, head):
    z, a = forward_pass(X, params, hidden)
    loss, delta = head_loss(activation(hidden, a[-1]), Y, head)
    delta, grads = delta / len(X) * right_slope(hidden, a[-1]), []
    for l in reversed(range(len(params))):
        grads.insert(0, (z[l].T @ delta, delta.sum(dim=0)))
        if l > 0:
            delta = delta @ params[l][0].T * right_slope(hidden, a[l - 1])
    return loss, grads


@misconception(
    "mlp_backprop",
    en=(
        "The gradients are right, but your loss takes the logarithm of a probability that was rounded to 0 or 1. "
        "Compute it from the last weighted sum."
    ),
    ko="기울기는 맞지만 손실에서 0이나 1로 반올림된 확률의 로그를 취하고 있습니다. 마지막 가중합에서 바로 계산하세요.",
)
def loss_from_rounded_probabilities(X, Y, params, hidden, head):
    loss, grads = any_backprop(X, Y, params, hidden, head)
    out = forward_pass(X, params, hidden)[1][-1]
    if head == "sigmoid":
        s = torch.sigmoid(out)
        loss = -(Y * s.log() + (1 - Y) * (1 - s).log()).sum(dim=1).mean()
    elif head == "softmax":
        loss = -(Y * torch.softmax(out, dim=1).log()).sum(dim=1).mean()
    return loss, grads


# -- 7. gradient descent ---------------------------------------------------------------------------------------------


@misconception(
    "gd_step",
    en="You add the gradient. It points uphill, so the loss grows with every step.",
    ko="기울기를 더하고 있습니다. 기울기는 오르막을 가리키므로 걸음마다 손실이 커집니다.",
)
def uphill(params, grads, lr):
    return [(W + lr * dW, b + lr * db) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "gd_step",
    en=(
        "You change the caller's tensors in place (W -= …). The old parameters are lost for whoever still needs "
        "them; make new tensors."
    ),
    ko="호출한 쪽의 텐서를 제자리에서 바꾸고 있습니다(W -= …). 옛 파라미터가 사라지므로 새 텐서를 만들어야 합니다.",
)
def changed_in_place(params, grads, lr):
    for (W, b), (dW, db) in zip(params, grads):
        W -= lr * dW
        b -= lr * db
    return params


@misconception(
    "gd_step",
    en="The biases stay where they are. They are parameters like the weights and take the same step.",
    ko="편향이 움직이지 않습니다. 편향도 가중치와 같은 파라미터이므로 똑같이 갱신해야 합니다.",
)
def biases_stay(params, grads, lr):
    return [(W - lr * dW, b.clone()) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "train_steps",
    en=(
        "The gradient is computed once and used for all steps. After a step you stand somewhere else, where the "
        "slope is another: ask again."
    ),
    ko="기울기를 한 번만 구해 모든 걸음에 쓰고 있습니다. 한 걸음 옮기면 서 있는 곳도 기울기도 달라지므로 다시 구해야 합니다.",
)
def stale_gradients(params, grad_fn, lr, steps):
    loss, grads = grad_fn(params)
    for _ in range(steps):
        params = gd_step(params, grads, lr)
    return params, torch.stack([loss] * steps)


@misconception(
    "train_steps",
    en=(
        "Within one step you update a layer, compute the gradient again, and go on to the next layer. Gradient "
        "descent moves all layers together, with one gradient taken at the old parameters."
    ),
    ko="한 걸음 안에서 층 하나를 갱신하고 기울기를 다시 구한 뒤 다음 층으로 넘어가고 있습니다. 경사 하강법은 옛 파라미터에서 구한 하나의 기울기로 모든 층을 함께 옮깁니다.",
)
def layer_after_layer(params, grad_fn, lr, steps):
    history = []
    for _ in range(steps):
        for l in range(len(params)):
            loss, grads = grad_fn(params)
            if l == 0:
                history.append(loss)
            moved = gd_step(params, grads, lr)
            params = [moved[k] if k == l else params[k] for k in range(len(params))]
    return params, torch.stack(history)


@misconception(
    "train_steps",
    en=(
        "The losses you record are those after each step. Record the loss at the parameters where the gradient "
        "was taken, before the step."
    ),
    ko="걸음을 옮긴 뒤의 손실을 기록하고 있습니다. 기울기를 구한 그 자리, 곧 걸음을 옮기기 전의 손실을 기록하세요.",
)
def loss_after_the_step(params, grad_fn, lr, steps):
    history = []
    for _ in range(steps):
        params = gd_step(params, grad_fn(params)[1], lr)
        history.append(grad_fn(params)[0])
    return params, torch.stack(history)


# -- 8. SGD and batch ------------------------------------------------------------------------------------------------


def one_pass(X, y, w, lr):
    for x_i, y_i in zip(X, y):
        w = w - lr * (x_i @ w - y_i) * x_i
    return w


@misconception(
    "sgd_vs_batch",
    en=(
        "Your batch step sums the gradients of all examples. It should average them; otherwise the step grows "
        "with the size of the data set."
    ),
    ko="배치에서 모든 샘플의 기울기를 더하고 있습니다. 평균해야 합니다. 그러지 않으면 데이터가 많을수록 보폭이 커집니다.",
)
def batch_sums(X, y, w, lr):
    return one_pass(X, y, w, lr), w - lr * X.T @ (X @ w - y)


@misconception(
    "sgd_vs_batch",
    en=(
        "Your SGD computes every gradient at the initial w, so it is a batch step with another scale. Each "
        "example has to meet the weights that the one before it left."
    ),
    ko="SGD에서 모든 기울기를 처음 w에서 계산하고 있어 배율만 다른 배치 갱신이 되었습니다. 샘플마다 바로 앞 샘플이 바꾼 가중치를 써야 합니다.",
)
def sgd_at_the_initial_w(X, y, w, lr):
    return w - lr * X.T @ (X @ w - y), w - lr * X.T @ (X @ w - y) / len(y)


@misconception(
    "sgd_vs_batch",
    en=(
        "You shuffle the examples. That is good practice in training, but here the order is given, 0 to N−1, and "
        "no function draws random numbers."
    ),
    ko="샘플을 섞고 있습니다. 실제 학습에서는 좋은 습관이지만, 여기서는 0부터 N−1까지 순서가 정해져 있고 함수 안에서 난수를 뽑지 않습니다.",
)
def sgd_shuffles(X, y, w, lr):
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(len(y))).flip(0)
    if len(y) > 1 and bool((order == torch.arange(len(y))).all()):
        order = order.flip(0)
    return one_pass(X[order], y[order], w, lr), w - lr * X.T @ (X @ w - y) / len(y)


@misconception(
    "sgd_vs_batch",
    en="Both steps are twice too long: the loss has a ½, which cancels the 2 of the derivative.",
    ko="두 갱신 모두 보폭이 두 배입니다. 손실에 ½이 있으므로 미분해서 나오는 2와 약분됩니다.",
)
def both_doubled(X, y, w, lr):
    return one_pass(X, y, w, 2 * lr), w - 2 * lr * X.T @ (X @ w - y) / len(y)


@misconception(
    "sgd_vs_batch",
    en="Each SGD step is divided by N. A single example is not averaged with anything: the whole step belongs to it.",
    ko="SGD의 걸음마다 N으로 나누고 있습니다. 샘플 하나는 평균할 대상이 없으므로 한 걸음을 온전히 옮겨야 합니다.",
)
def sgd_divided_by_N(X, y, w, lr):
    return one_pass(X, y, w, lr / len(y)), w - lr * X.T @ (X @ w - y) / len(y)


@misconception(
    "sgd_vs_batch",
    en="The batch step starts from where SGD ended. Both ways start from the same w; they are compared, not chained.",
    ko="배치 갱신이 SGD가 끝난 곳에서 시작하고 있습니다. 두 방법은 이어지는 것이 아니라 비교하는 것이므로 둘 다 같은 w에서 출발해야 합니다.",
)
def batch_continues_from_sgd(X, y, w, lr):
    w_sgd = one_pass(X, y, w, lr)
    return w_sgd, w_sgd - lr * X.T @ (X @ w_sgd - y) / len(y)


# -- 9. numerical gradient -------------------------------------------------------------------------------------------


def refuse_integers(x):
    if not x.is_floating_point():
        raise ValueError("x must hold floating-point numbers")


def indices(x):
    return itertools.product(*map(range, x.shape))


def nudged(x, index, h):
    moved = x.clone()
    moved[index] += h
    return moved


@misconception(
    "numeric_grad",
    en=(
        "You use a one-sided difference, (f(x + h) − f(x))/h. Its error shrinks only like h; the central "
        "difference errs by h² for the same two calls."
    ),
    ko="한쪽 차분 (f(x + h) − f(x))/h를 쓰고 있습니다. 그 오차는 h에 비례해 줄 뿐이지만, 같은 두 번의 호출로 중심 차분의 오차는 h²에 비례합니다.",
)
def forward_difference(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in indices(x):
        grad[index] = (f(nudged(x, index, h)) - f(x)) / h
    return grad


@misconception(
    "numeric_grad",
    en=(
        "You compute f(x) once and reuse it for one-sided differences. That saves calls but costs accuracy; a "
        "central difference needs two calls of its own for each element."
    ),
    ko="f(x)를 한 번 구해 두고 한쪽 차분에 되풀이해 쓰고 있습니다. 호출은 줄지만 정확도를 잃습니다. 중심 차분은 원소마다 두 번씩 따로 불러야 합니다.",
)
def f_of_x_reused(f, x, h=1e-5):
    refuse_integers(x)
    grad, base = torch.zeros_like(x), f(x)
    for index in indices(x):
        grad[index] = (f(nudged(x, index, h)) - base) / h
    return grad


@misconception(
    "numeric_grad",
    en=(
        "x is not put back after it was nudged: every element stays a little too small, and the later ones are "
        "measured at another point."
    ),
    ko="x를 움직인 뒤 제자리로 돌려놓지 않았습니다. 원소마다 조금씩 작아진 채로 남고, 뒤의 원소는 다른 점에서 계산됩니다.",
)
def x_not_restored(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in indices(x):
        x[index] += h
        up = f(x)
        x[index] -= 2 * h
        grad[index] = (up - f(x)) / (2 * h)
    return grad


@misconception(
    "numeric_grad",
    en="Only the first element gets a derivative. A gradient has one for every element: nudge each of them in turn.",
    ko="첫 번째 원소만 미분하고 있습니다. 기울기에는 원소마다 값이 하나씩 있으므로 차례로 모두 움직여 보아야 합니다.",
)
def one_coordinate_only(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in itertools.islice(indices(x), 1):
        grad[index] = (f(nudged(x, index, h)) - f(nudged(x, index, -h))) / (2 * h)
    return grad


@misconception(
    "numeric_grad",
    en=(
        "You loop over the first axis only and nudge whole rows. For a matrix that gives the sum of a row's "
        "derivatives in each of its places; walk over all index tuples."
    ),
    ko="첫 번째 축만 돌면서 행 전체를 한꺼번에 움직이고 있습니다. 행렬에서는 한 행의 미분을 모두 더한 값이 그 행의 모든 자리에 들어갑니다. 인덱스 튜플을 모두 방문하세요.",
)
def whole_rows_nudged(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for i in range(len(x)):
        grad[i] = (f(nudged(x, i, h)) - f(nudged(x, i, -h))) / (2 * h)
    return grad


@misconception(
    "numeric_grad",
    en=(
        "You divide by h. The two points of a central difference are 2h apart, so every derivative comes out "
        "twice too large."
    ),
    ko="h로 나누고 있습니다. 중심 차분의 두 점은 2h만큼 떨어져 있으므로 모든 값이 두 배가 됩니다.",
)
def divided_by_h(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in indices(x):
        grad[index] = (f(nudged(x, index, h)) - f(nudged(x, index, -h))) / h
    return grad


@misconception(
    "numeric_grad",
    en=(
        "You nudge x.reshape(-1) and expect x to follow. On a non-contiguous view reshape makes a copy: x never "
        "moves, and every derivative is 0."
    ),
    ko="x.reshape(-1)을 움직이면 x도 따라 움직인다고 보고 있습니다. 연속이 아닌 뷰에서는 reshape가 복사본을 만들므로 x는 그대로이고 미분이 모두 0이 됩니다.",
)
def flattened_copy_nudged(f, x, h=1e-5):
    refuse_integers(x)
    flat = x.reshape(-1)
    grad = []
    for i in range(flat.numel()):
        old = flat[i].item()
        flat[i] = old + h
        up = f(x)
        flat[i] = old - h
        grad.append((up - f(x)) / (2 * h))
        flat[i] = old
    return x.new_tensor(grad).reshape(x.shape)


@misconception(
    "numeric_grad",
    en=(
        "Integers are accepted and quietly converted. The caller's x cannot be nudged by h, and gets no warning; "
        "the docstring asks for a ValueError."
    ),
    ko="정수 입력을 조용히 실수로 바꾸어 받아들이고 있습니다. 정수는 h만큼 움직일 수 없다는 사실을 호출한 쪽이 알 수 없게 됩니다. docstring대로 ValueError를 발생시켜야 합니다.",
)
def integers_accepted(f, x, h=1e-5):
    x = x if x.is_floating_point() else x.double()
    grad = torch.zeros_like(x)
    for index in indices(x):
        grad[index] = (f(nudged(x, index, h)) - f(nudged(x, index, -h))) / (2 * h)
    return grad


@misconception(
    "rel_error",
    en=(
        "Where both numbers are 0 you compute 0/0 = NaN, and one NaN spoils the maximum. Two zeros agree: that is "
        "an error of 0."
    ),
    ko="둘 다 0인 곳에서 0/0 = NaN이 되고, NaN 하나가 최댓값 전체를 망칩니다. 둘 다 0이면 일치하는 것이므로 오차는 0입니다.",
)
def nan_for_two_zeros(a, b):
    return ((a - b).abs() / torch.maximum(a.abs(), b.abs())).max()


@misconception(
    "rel_error",
    en=(
        "You return the absolute error. A difference of 0.01 is a lot for a gradient of 0.02 and nothing for one "
        "of 1000: divide by the size of the numbers."
    ),
    ko="절대 오차를 돌려주고 있습니다. 0.01의 차이는 기울기가 0.02일 때는 크고 1000일 때는 아무것도 아닙니다. 수의 크기로 나누세요.",
)
def absolute_error(a, b):
    return (a - b).abs().max()


@misconception(
    "rel_error",
    en=(
        "You average over the elements. One wrong entry among a thousand right ones must not disappear: return "
        "the largest."
    ),
    ko="원소에 대해 평균하고 있습니다. 맞는 값 천 개 사이의 틀린 값 하나가 묻히면 안 되므로 가장 큰 값을 돌려주세요.",
)
def averaged_relative_error(a, b):
    scale = torch.maximum(a.abs(), b.abs())
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).mean()


@misconception(
    "rel_error",
    en=(
        "Your denominator is |a| + |b|. That is used elsewhere, too, but here it is the larger of |a| and |b|; "
        "your result is up to a factor 2 too small."
    ),
    ko="분모로 |a| + |b|를 쓰고 있습니다. 다른 곳에서는 쓰이기도 하지만 여기서는 |a|와 |b| 중 큰 쪽입니다. 결과가 최대 두 배까지 작아집니다.",
)
def sum_in_the_denominator(a, b):
    scale = a.abs() + b.abs()
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).max()


# -- slips from answers that students wrote with the notebook alone ---------------------------------------------------


@misconception(
    "perceptron_epoch",
    en="You use the raw output w·x + b as the answer (y − z, the delta rule). The perceptron compares its thresholded answer, +1 or −1, with the label, and changes nothing where they agree.",
    ko="w·x + b 값을 그대로 답으로 썼습니다(y − z, 델타 규칙). 퍼셉트론은 임계값을 거친 답 +1 또는 −1을 레이블과 비교하고, 같으면 아무것도 바꾸지 않습니다.",
)
def error_not_thresholded(X, y, w, b, eta, order):
    m = 0
    for i in order:
        z = torch.dot(w, X[i]) + b
        m += int((1.0 if z >= 0 else -1.0) != y[i])
        w = w + eta * (y[i] - z) * X[i]
        b = b + eta * (y[i] - z)
    return w, b, torch.tensor(m)


@misconception(
    "perceptron_epoch",
    en="The bias is raised by eta whatever the label is. Its update needs y as well: b + eta·y.",
    ko="레이블과 상관없이 편향을 eta만큼 올렸습니다. 편향의 갱신에도 y가 들어갑니다: b + eta·y.",
)
def bias_without_label(X, y, w, b, eta, order):
    m = 0
    for i in order:
        yhat = 1.0 if torch.dot(w, X[i]) + b >= 0 else -1.0
        if yhat != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta
            m += 1
    return w, b, torch.tensor(m)


@misconception(
    "perceptron_epoch",
    en="You count the mistakes after the epoch, with the final weights. A mistake counts when it happens, before the update that it causes.",
    ko="에폭이 끝난 뒤 마지막 가중치로 실수를 세었습니다. 실수는 갱신 전, 일어난 그 순간에 세어야 합니다.",
)
def mistakes_counted_afterwards(X, y, w, b, eta, order):
    for i in order:
        yhat = 1.0 if torch.dot(w, X[i]) + b >= 0 else -1.0
        if yhat != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
    pred = torch.where(X @ w + b >= 0, 1.0, -1.0)
    return w, b, (pred != y).sum()


@misconception(
    "train",
    en="You stop as soon as the count of mistakes is that of the epoch before. Training ends early only with an epoch that has no mistake at all.",
    ko="실수 개수가 앞 에폭과 같으면 멈추고 있습니다. 실수가 하나도 없는 에폭에서만 일찍 끝내야 합니다.",
)
def stops_when_the_count_repeats(X, y, w, b, eta, order, max_epochs):
    counts = []
    for _ in range(max_epochs):
        w, b, m = perceptron_epoch(X, y, w, b, eta, order)
        counts.append(int(m))
        if m == 0 or (len(counts) > 1 and counts[-1] == counts[-2]):
            break
    return w, b, torch.tensor(counts)


@misconception(
    "train",
    en="Your counts of mistakes add up over the epochs. Each entry is the count of one epoch alone.",
    ko="실수 개수가 에폭마다 누적됩니다. 각 항목은 그 에폭의 개수여야 합니다.",
)
def counts_accumulated(X, y, w, b, eta, order, max_epochs):
    counts = []
    for _ in range(max_epochs):
        w, b, m = perceptron_epoch(X, y, w, b, eta, order)
        counts.append(m)
        if m == 0:
            break
    return w, b, torch.cumsum(torch.stack(counts), 0)


@misconception(
    "losses",
    en="Outputs and targets are exchanged in the cross entropy: the logarithm is taken of the targets. The targets weight the logarithm of the predicted probabilities.",
    ko="교차 엔트로피에서 출력과 타깃이 뒤바뀌어 타깃에 로그를 취했습니다. 타깃은 예측 확률의 로그에 곱해지는 가중치입니다.",
)
def targets_and_outputs_exchanged(kind, out, y):
    if kind == "half_sse":
        return (0.5 * (y - out) ** 2).sum(1).mean()
    if kind == "bce_logits":
        return (F.softplus(out) - y * out).sum(1).mean()
    return -(F.softmax(out, 1) * torch.log(y + 1e-12)).sum(1).mean()


@misconception(
    "losses",
    en="You round the targets to 0 and 1. A target may be any probability; use it as it is.",
    ko="타깃을 0과 1로 반올림했습니다. 타깃은 0과 1 사이의 확률일 수 있으니 그대로 쓰세요.",
)
def labels_rounded(kind, out, y):
    if kind == "half_sse":
        return (0.5 * (y - out) ** 2).sum(1).mean()
    if kind == "bce_logits":
        t = (y > 0.5).to(out.dtype)
        return (F.softplus(out) - t * out).sum(1).mean()
    return -(y * F.log_softmax(out, dim=1)).sum(1).mean()


@misconception(
    "softmax_ce",
    en="dZ[:, y] -= 1 lowers whole columns, once for every row. One element of each row is meant: dZ[arange(N), y].",
    ko="dZ[:, y] -= 1은 행마다 열 전체에서 1을 뺍니다. 행마다 원소 하나만 빼야 하므로 dZ[arange(N), y]로 고르세요.",
)
def whole_columns_lowered(Z, y):
    N = Z.shape[0]
    S = Z - Z.max(dim=1, keepdim=True).values
    logp = S - S.exp().sum(dim=1, keepdim=True).log()
    dZ = logp.exp()
    dZ[:, y] -= 1
    return -logp[torch.arange(N), y].mean(), dZ / N


@misconception(
    "softmax_ce",
    en="You subtract 1 from the labels. The classes are already counted from 0, so y is the index itself; -1 silently means the last class.",
    ko="레이블에서 1을 뺐습니다. 클래스는 0부터 세므로 y가 곧 인덱스입니다. -1은 조용히 마지막 클래스를 가리킵니다.",
)
def labels_from_one(Z, y):
    N = Z.shape[0]
    S = Z - Z.max(dim=1, keepdim=True).values
    logp = S - S.exp().sum(dim=1, keepdim=True).log()
    dZ = logp.exp()
    dZ[torch.arange(N), y - 1] -= 1
    return -logp[torch.arange(N), y - 1].mean(), dZ / N


@misconception(
    "softmax_ce",
    en="Your gradient is the one with respect to p, −1/p at the label. With respect to Z the derivative of softmax comes in too, and p − one-hot remains.",
    ko="확률 p에 대한 기울기(레이블 자리의 −1/p)를 돌려주고 있습니다. Z에 대한 기울기에는 softmax의 미분도 들어가며, 정리하면 p − one-hot이 됩니다.",
)
def gradient_by_the_probability(Z, y):
    N = Z.shape[0]
    S = Z - Z.max(dim=1, keepdim=True).values
    logp = S - S.exp().sum(dim=1, keepdim=True).log()
    dZ = torch.zeros_like(Z)
    i = torch.arange(N)
    dZ[i, y] = -1 / logp[i, y].exp() / N
    return -logp[i, y].mean(), dZ


@misconception(
    "linear_bwd",
    en="db is summed along the wrong axis, over the outputs. The bias is shared by the examples, so its gradient is the sum over the batch axis.",
    ko="db를 출력 축으로 더했습니다. 편향은 모든 예제가 함께 쓰므로 배치 축으로 더해야 합니다.",
)
def db_summed_over_outputs(x, W, b, dout):
    return dout @ W.T, x.T @ dout, dout.sum(dim=1)


@misconception(
    "linear_bwd",
    en="dW holds the last example alone: it is overwritten in the loop. The gradients of all examples add up.",
    ko="반복문에서 덮어써서 dW에 마지막 예제만 남았습니다. 모든 예제의 기울기를 더해야 합니다.",
)
def dW_of_the_last_example(x, W, b, dout):
    dW = torch.zeros_like(W)
    for n in range(len(x)):
        dW = torch.outer(x[n], dout[n])
    return dout @ W.T, dW, dout.sum(dim=0)


@misconception(
    "linear_bwd",
    en="Your db is the number of examples: dout is forgotten in the chain rule for the bias. Sum dout over the batch.",
    ko="db가 예제 개수가 되었습니다. 편향의 연쇄 법칙에서 dout이 빠졌으니, dout을 배치 축으로 더하세요.",
)
def db_counts_the_examples(x, W, b, dout):
    return dout @ W.T, x.T @ dout, torch.ones_like(b) * len(x)


@misconception(
    "act_bwd",
    en="You multiply dout by the activation g(a) itself. The chain rule asks for its derivative g′(a).",
    ko="dout에 활성화 함수 g(a) 자체를 곱했습니다. 연쇄 법칙에는 도함수 g′(a)가 필요합니다.",
)
def activation_for_its_derivative(kind, a, dout):
    return dout * activation(kind, a)


@misconception(
    "act_bwd",
    en="Your ReLU lets a small share of the gradient pass for negative a, as leaky ReLU does. The slope of ReLU is 0 there.",
    ko="a가 음수일 때도 기울기를 조금 흘려보냅니다(leaky ReLU). ReLU의 기울기는 그곳에서 0입니다.",
)
def leaky_relu_slope(kind, a, dout):
    if kind == "identity":
        return dout.clone()
    if kind == "sigmoid":
        s = torch.sigmoid(a)
        return dout * s * (1 - s)
    if kind == "tanh":
        return dout * (1 - torch.tanh(a) ** 2)
    return torch.where(a > 0, dout, 0.01 * dout)


@misconception(
    "act_bwd",
    en="Your ReLU has the slope 1/2 at 0. This course takes the slope 0 at that point.",
    ko="정확히 0에서 ReLU의 기울기를 1/2로 두었습니다. 이 강의에서는 그 점의 기울기를 0으로 정합니다.",
)
def relu_slope_half_at_zero(kind, a, dout):
    if kind == "identity":
        return dout.clone()
    if kind == "sigmoid":
        s = torch.sigmoid(a)
        return dout * s * (1 - s)
    if kind == "tanh":
        return dout * (1 - torch.tanh(a) ** 2)
    return dout * torch.heaviside(a, torch.tensor(0.5, dtype=a.dtype))


@misconception(
    "mlp_backprop",
    en="The gradients are right but stand in the order in which the backward pass finds them, last layer first. They belong in the order of params.",
    ko="기울기 값은 맞지만 역전파에서 구한 순서, 곧 마지막 층부터 늘어놓았습니다. params의 순서로 돌려주세요.",
)
def gradients_in_backward_order(X, Y, params, hidden, head):
    N, L = X.shape[0], len(params)
    zs, acts = [X], []
    for l, (W, b) in enumerate(params):
        a = zs[-1] @ W + b
        acts.append(a)
        if l < L - 1:
            zs.append(activation(hidden, a))
    a = acts[-1]
    if head == "identity":
        loss = 0.5 * ((Y - a) ** 2).sum(1).mean()
        out = a
    elif head == "sigmoid":
        loss = (F.softplus(a) - Y * a).sum(1).mean()
        out = torch.sigmoid(a)
    else:
        lse = torch.logsumexp(a, 1, keepdim=True)
        loss = (Y * (lse - a)).sum(1).mean()
        out = torch.exp(a - lse)
    delta = (out - Y) / N
    grads = [None] * L
    for l in range(L - 1, -1, -1):
        W, b = params[l]
        grads[l] = (zs[l].T @ delta, delta.sum(0))
        if l > 0:
            delta = delta @ W.T
            a = acts[l - 1]
            if hidden == "sigmoid":
                s = torch.sigmoid(a)
                delta = delta * s * (1 - s)
            elif hidden == "tanh":
                delta = delta * (1 - torch.tanh(a) ** 2)
            elif hidden == "relu":
                delta = delta * (a > 0).to(a.dtype)
    return loss, grads[::-1]


@misconception(
    "mlp_backprop",
    en="The loss of the softmax head takes the argmax of Y, as if every row were one-hot. Y may hold probabilities: weight the logarithms with Y itself.",
    ko="softmax 헤드의 손실에서 Y의 argmax만 썼습니다. Y는 확률일 수 있으므로 로그 확률에 Y 자체를 곱해 더하세요.",
)
def hard_labels_in_the_loss(X, Y, params, hidden, head):
    N, L = X.shape[0], len(params)
    zs, acts = [X], []
    for l, (W, b) in enumerate(params):
        a = zs[-1] @ W + b
        acts.append(a)
        if l < L - 1:
            zs.append(activation(hidden, a))
    a = acts[-1]
    if head == "identity":
        loss = 0.5 * ((Y - a) ** 2).sum(1).mean()
        out = a
    elif head == "sigmoid":
        loss = (F.softplus(a) - Y * a).sum(1).mean()
        out = torch.sigmoid(a)
    else:
        lse = torch.logsumexp(a, 1, keepdim=True)
        loss = (lse - a)[torch.arange(N), Y.argmax(1)].mean()
        out = torch.exp(a - lse)
    delta = (out - Y) / N
    grads = [None] * L
    for l in range(L - 1, -1, -1):
        W, b = params[l]
        grads[l] = (zs[l].T @ delta, delta.sum(0))
        if l > 0:
            delta = delta @ W.T
            a = acts[l - 1]
            if hidden == "sigmoid":
                s = torch.sigmoid(a)
                delta = delta * s * (1 - s)
            elif hidden == "tanh":
                delta = delta * (1 - torch.tanh(a) ** 2)
            elif hidden == "relu":
                delta = delta * (a > 0).to(a.dtype)
    return loss, grads


@misconception(
    "mlp_backprop",
    en="Your softmax normalises over the batch. The classes of one example lie in a row, and each row adds up to 1.",
    ko="softmax를 배치 축으로 계산했습니다. 한 예제의 클래스는 한 행에 있고, 행마다 합이 1이어야 합니다.",
)
def softmax_over_the_batch(X, Y, params, hidden, head):
    N, L = X.shape[0], len(params)
    zs, acts = [X], []
    for l, (W, b) in enumerate(params):
        a = zs[-1] @ W + b
        acts.append(a)
        if l < L - 1:
            zs.append(activation(hidden, a))
    a = acts[-1]
    if head == "identity":
        loss = 0.5 * ((Y - a) ** 2).sum(1).mean()
        out = a
    elif head == "sigmoid":
        loss = (F.softplus(a) - Y * a).sum(1).mean()
        out = torch.sigmoid(a)
    else:
        lse = torch.logsumexp(a, 0, keepdim=True)
        loss = (Y * (lse - a)).sum(1).mean()
        out = torch.exp(a - lse)
    delta = (out - Y) / N
    grads = [None] * L
    for l in range(L - 1, -1, -1):
        W, b = params[l]
        grads[l] = (zs[l].T @ delta, delta.sum(0))
        if l > 0:
            delta = delta @ W.T
            a = acts[l - 1]
            if hidden == "sigmoid":
                s = torch.sigmoid(a)
                delta = delta * s * (1 - s)
            elif hidden == "tanh":
                delta = delta * (1 - torch.tanh(a) ** 2)
            elif hidden == "relu":
                delta = delta * (a > 0).to(a.dtype)
    return loss, grads


@misconception(
    "sgd_vs_batch",
    en="Both of your steps add the gradient, which points uphill. Descent subtracts it, so the sign is wrong.",
    ko="두 경우 모두 기울기를 더해서 손실이 커지는 쪽으로 갑니다. 경사 하강법은 기울기를 빼므로 부호가 반대입니다.",
)
def both_uphill(X, y, w, lr):
    ws = w.clone()
    for i in range(len(X)):
        ws = ws + lr * (X[i] @ ws - y[i]) * X[i]
    return ws, w + lr * X.T @ (X @ w - y) / len(X)


@misconception(
    "sgd_vs_batch",
    en="Your batch step is right, but the SGD steps have the wrong sign: they go uphill.",
    ko="배치 스텝은 맞지만 SGD 스텝의 부호가 반대여서 손실이 커지는 쪽으로 갑니다.",
)
def sgd_uphill(X, y, w, lr):
    ws = w.clone()
    for i in range(len(X)):
        ws = ws - lr * (y[i] - X[i] @ ws) * X[i]
    return ws, w - lr * X.T @ (X @ w - y) / len(X)


@misconception(
    "sgd_vs_batch",
    en="Your gradient keeps the factor 1/2 of the loss. The derivative of the square cancels it.",
    ko="기울기에 손실의 1/2이 그대로 남아 있습니다. 제곱을 미분하면 나오는 2와 상쇄됩니다.",
)
def half_kept_in_the_gradient(X, y, w, lr):
    ws = w.clone()
    for i in range(len(X)):
        ws = ws - lr * 0.5 * (X[i] @ ws - y[i]) * X[i]
    return ws, w - lr * 0.5 * X.T @ (X @ w - y) / len(X)


@misconception(
    "sgd_vs_batch",
    en="The batch gradient is divided by the number of features d. The mean is over the N examples.",
    ko="배치 기울기를 특징 개수 d로 나누었습니다. 평균은 예제 N개에 대해 구합니다.",
)
def batch_averaged_over_features(X, y, w, lr):
    ws = w.clone()
    for i in range(len(X)):
        ws = ws - lr * (X[i] @ ws - y[i]) * X[i]
    return ws, w - lr * X.T @ (X @ w - y) / X.shape[1]


@misconception(
    "sgd_vs_batch",
    en="The input factor is forgotten in the gradient: it is (w·x − y) times x, not the error alone.",
    ko="기울기에서 입력 x를 곱하는 것을 빠뜨렸습니다. 오차만이 아니라 (w·x − y)·x입니다.",
)
def input_factor_left_out(X, y, w, lr):
    ws = w.clone()
    for i in range(len(X)):
        ws = ws - lr * (X[i] @ ws - y[i])
    return ws, w - lr * (X @ w - y).mean()


@misconception(
    "numeric_grad",
    en="Your step is 1e-5, whatever h is given. Use the argument h.",
    ko="h로 무엇이 들어와도 1e-5만큼 움직입니다. 인자로 받은 h를 쓰세요.",
)
def step_ignored(f, x, h=1e-5):
    if not x.is_floating_point():
        raise ValueError
    eps = 1e-5
    g = torch.zeros_like(x)
    for idx in itertools.product(*(range(s) for s in x.shape)):
        up, down = x.clone(), x.clone()
        up[idx] += eps
        down[idx] -= eps
        g[idx] = (f(up) - f(down)) / (2 * eps)
    return g


@misconception(
    "rel_error",
    en="The denominator has no absolute values, so it can be negative or 0 for numbers of opposite sign. Take |a| and |b|.",
    ko="분모에 절댓값이 없어서 부호가 다른 두 수에서 음수나 0이 될 수 있습니다. |a|와 |b|를 쓰세요.",
)
def denominator_without_absolute(a, b):
    m = torch.maximum(a, b)
    return ((a - b).abs() / torch.where(m == 0, torch.ones_like(m), m)).max()


@misconception(
    "numeric_grad",
    en="Your step grows with |x|. The task asks for the step h itself, the same in every coordinate.",
    ko="|x|에 따라 스텝이 커집니다. 모든 좌표에서 h만큼 움직이라고 했습니다.",
)
def step_scaled_by_x(f, x, h=1e-5):
    if not x.is_floating_point():
        raise ValueError
    g = torch.zeros_like(x)
    for idx in itertools.product(*(range(s) for s in x.shape)):
        k = h * max(1.0, abs(float(x[idx])))
        up, down = x.clone(), x.clone()
        up[idx] += k
        down[idx] -= k
        g[idx] = (f(up) - f(down)) / (2 * k)
    return g


@misconception(
    "numeric_grad",
    en="Your two loops need exactly two axes. x may have any number of axes, none included: walk over its elements.",
    ko="이중 반복문이라 축이 정확히 두 개인 행렬만 됩니다. x는 축이 몇 개든(0개도) 될 수 있으니 원소를 하나씩 훑으세요.",
)
def only_matrices(f, x, h=1e-5):
    if not x.is_floating_point():
        raise ValueError
    g = torch.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            up, down = x.clone(), x.clone()
            up[i, j] += h
            down[i, j] -= h
            g[i, j] = (f(up) - f(down)) / (2 * h)
    return g


@misconception(
    "perceptron_epoch",
    en="You count a mistake only where y·z < 0, so z = 0 never counts. At exactly 0 the answer is +1, and wrong for a negative example.",
    ko="y·z < 0일 때만 실수로 세어 z = 0은 실수가 되지 않습니다. 정확히 0이면 답은 +1이므로 음성 예제에서는 틀린 답입니다.",
)
def zero_is_never_a_mistake(X, y, w, b, eta, order):
    m = 0
    for i in order:
        if y[i] * (w @ X[i] + b) < 0:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            m += 1
    return w, b, torch.tensor(m)


@misconception(
    "act_bwd",
    en="The derivative of tanh lacks the square: you use 1 − tanh(a). It is 1 − tanh(a)².",
    ko="tanh의 도함수에서 제곱이 빠져 1 − tanh(a)가 되었습니다. 올바른 도함수는 1 − tanh(a)²입니다.",
)
def tanh_slope_without_square(kind, a, dout):
    t, s = torch.tanh(a), torch.sigmoid(a)
    slope = {"identity": torch.ones_like(a), "sigmoid": s * (1 - s), "tanh": 1 - t, "relu": (a > 0).to(a.dtype)}[kind]
    return dout * slope


@misconception(
    "act_bwd",
    en="You use the formula of the sigmoid for tanh: g(1 − g). The derivative of tanh is 1 − g².",
    ko="tanh에 시그모이드의 도함수 g(1 − g)를 썼습니다. tanh의 도함수는 1 − g²입니다.",
)
def sigmoid_formula_for_tanh(kind, a, dout):
    t, s = torch.tanh(a), torch.sigmoid(a)
    slope = {"identity": torch.ones_like(a), "sigmoid": s * (1 - s), "tanh": t * (1 - t), "relu": (a > 0).to(a.dtype)}
    return dout * slope[kind]


@misconception(
    "act_bwd",
    en="You use the formula of tanh for the sigmoid: 1 − g². The derivative of the sigmoid is g(1 − g).",
    ko="시그모이드에 tanh의 도함수 1 − g²를 썼습니다. 시그모이드의 도함수는 g(1 − g)입니다.",
)
def tanh_formula_for_sigmoid(kind, a, dout):
    t, s = torch.tanh(a), torch.sigmoid(a)
    slope = {"identity": torch.ones_like(a), "sigmoid": 1 - s * s, "tanh": 1 - t * t, "relu": (a > 0).to(a.dtype)}[kind]
    return dout * slope


@misconception(
    "linear_bwd",
    en="dW and db are divided by N. Here nothing is divided: if the loss is an average, its 1/N is already in dout.",
    ko="dW와 db를 N으로 나누었습니다. 여기서는 나누지 않습니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있습니다.",
)
def parameter_gradients_divided(x, W, b, dout):
    return dout @ W.T, x.T @ dout / max(len(x), 1), dout.sum(dim=0) / max(len(x), 1)


@misconception(
    "linear_bwd",
    en="All three gradients are divided by N. Here nothing is divided: if the loss is an average, its 1/N is already in dout.",
    ko="세 기울기를 모두 N으로 나누었습니다. 여기서는 나누지 않습니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있습니다.",
)
def all_gradients_divided(x, W, b, dout):
    n = max(len(x), 1)
    return dout @ W.T / n, x.T @ dout / n, dout.sum(dim=0) / n


@misconception(
    "losses",
    en="Your softmax loss takes the class with the largest target (argmax), as if every row were one-hot. Targets may be soft: weight the logarithms with y itself.",
    ko="소프트맥스 손실에서 목표값이 가장 큰 클래스만 골랐습니다(argmax). 목표는 확률일 수도 있으므로 y 자체를 로그의 가중치로 써야 합니다.",
)
def hardest_target_only(kind, out, y):
    if kind == "half_sse":
        return 0.5 * ((y - out) ** 2).sum(dim=1).mean()
    if kind == "bce_logits":
        return (F.softplus(out) - y * out).sum(dim=1).mean()
    return (torch.logsumexp(out, dim=1) - out[torch.arange(len(out)), y.argmax(dim=1)]).mean()


@misconception(
    "train_steps",
    en="Your losses lack the first one: they belong to the parameters before each step, the first included.",
    ko="첫 번째 손실이 빠졌습니다. 각 단계 전의 손실이므로 처음 파라미터의 손실도 들어갑니다.",
)
def first_loss_left_out(params, grad_fn, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = grad_fn(params)
        losses.append(loss)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params, torch.stack(losses)[1:]


@misconception(
    "train_steps",
    en="The learning rate is divided by the number of steps. Every step is one of the whole lr.",
    ko="학습률을 단계 수로 나누었습니다. 매 단계에서 lr을 그대로 씁니다.",
)
def rate_divided_by_steps(params, grad_fn, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = grad_fn(params)
        losses.append(loss)
        params = [(W - lr / steps * dW, b - lr / steps * db) for (W, b), (dW, db) in zip(params, grads)]
    return params, torch.stack(losses)


@misconception(
    "sgd_vs_batch",
    en="Every SGD step starts again from the first w, so only the last example counts. Each step goes on from where the one before it ended.",
    ko="SGD의 매 단계가 처음 w에서 다시 시작해서 마지막 예만 반영됩니다. 각 단계는 앞 단계가 끝난 곳에서 이어져야 합니다.",
)
def sgd_starts_again(X, y, w, lr):
    last = w - lr * (X[-1] @ w - y[-1]) * X[-1]
    return last, w - lr * X.T @ (X @ w - y) / len(X)


# -- what further answers showed, and its siblings -------------------------------------------------------------------


def _epoch(X, y, w, b, order, move, fires=lambda x, w, b: 1 if x @ w + b >= 0 else -1):
    """perceptron_epoch; move(w, b, x, y) -> the new (w, b)."""
    mistakes = 0
    for i in order.tolist():
        if fires(X[i], w, b) != y[i]:
            w, b = move(w, b, X[i], y[i])
            mistakes += 1
    return w, b, torch.tensor(mistakes)


def _epochs(X, y, w, b, eta, order, max_epochs, carry=lambda new, old: new):
    start, history = (w, b), []
    for _ in range(max_epochs):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        history.append(int(mistakes))
        if history[-1] == 0:
            break
        w, b = carry((w, b), start)
    return w, b, torch.tensor(history, dtype=torch.int64)


def _one_kind(wrong, each):
    """Losses with `each(out, y)` for the kind `wrong`."""

    def loss(kind, out, y):
        return each(out, y) if kind == wrong else right_loss(kind, out, y).sum(dim=1).mean()

    return loss


def _softmax_parts(Z, y):
    log_p = torch.log_softmax(Z, dim=1)
    rows = torch.arange(len(y))
    target = torch.zeros_like(Z)
    target[rows, y] = 1
    return log_p, log_p.exp(), target, len(y)


def _slope_but(wrong, slope):
    """g' with `slope(a)` for the kind `wrong`."""
    return lambda kind, a: slope(a) if kind == wrong else right_slope(kind, a)


def _heads(X, Y, params, hidden, head, loss=None, delta=None):
    """mlp_backprop with another loss or another first delta: loss(out, right), delta(out, right)."""
    z, a = forward_pass(X, params, hidden)
    value, first = head_loss(a[-1], Y, head)
    d = first / len(X)
    if delta is not None:
        d = delta(a[-1], d)
    grads = []
    for l in reversed(range(len(params))):
        grads.insert(0, (z[l].T @ d, d.sum(dim=0)))
        if l > 0:
            d = d @ params[l][0].T * right_slope(hidden, a[l - 1])
    return (value if loss is None else loss(a[-1], value)), grads


def _steps(params, grad_fn, steps, move):
    """train_steps; move(params, grads, t) -> the next parameters."""
    history = []
    for t in range(steps):
        loss, grads = grad_fn(params)
        history.append(loss)
        params = move(params, grads, t)
    return params, torch.stack(history)


def _central(f, x, h, quotient):
    """numeric_grad; quotient(f, x, index) for one element."""
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in indices(x):
        grad[index] = quotient(lambda step, index=index: f(nudged(x, index, step)))
    return grad


def _quotients(a, b, scale):
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).max()


@misconception(
    "perceptron_epoch",
    en="eta is missing in the update of the bias. It takes the same step as the weights: b + eta·y.",
    ko="편향의 갱신에 eta가 빠졌습니다. 편향도 가중치와 같은 학습률로 움직이므로 b + eta·y입니다.",
)
def bias_without_rate(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order, lambda w, b, x, t: (w + eta * t * x, b + t))


@misconception(
    "perceptron_epoch",
    en="eta is not used: your steps are y·x and y.",
    ko="eta를 쓰지 않아 y·x와 y만큼 움직입니다.",
)
def rate_ignored(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order, lambda w, b, x, t: (w + t * x, b + t))


@misconception(
    "perceptron_epoch",
    en="The label is missing in the update of the weights: eta·x raises the sum also for negative examples. It is eta·y·x.",
    ko="가중치의 갱신에 레이블이 빠졌습니다. eta·x만 더하면 음성 샘플에서도 합이 커집니다. eta·y·x여야 합니다.",
)
def weights_without_label(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order, lambda w, b, x, t: (w + eta * x, b + eta * t))


@misconception(
    "perceptron_epoch",
    en="Your prediction uses w·x alone. The bias belongs to the sum: w·x + b.",
    ko="예측에 w·x만 썼습니다. 편향도 더해 w·x + b로 판정합니다.",
)
def bias_not_in_the_prediction(X, y, w, b, eta, order):
    return _epoch(
        X,
        y,
        w,
        b,
        order,
        lambda w, b, x, t: (w + eta * t * x, b + eta * t),
        fires=lambda x, w, b: 1 if x @ w >= 0 else -1,
    )


@misconception(
    "perceptron_epoch",
    en="You take the examples in the given order, but the labels as 0, 1, 2, … Example i has label y[i].",
    ko="샘플은 order의 순서로 꺼냈지만 레이블은 0, 1, 2, …의 순서로 썼습니다. i번 샘플의 레이블은 y[i]입니다.",
)
def labels_not_in_order(X, y, w, b, eta, order):
    mistakes = 0
    for n, i in enumerate(order.tolist()):
        if (1 if X[i] @ w + b >= 0 else -1) != y[n]:
            w, b = w + eta * y[n] * X[i], b + eta * y[n]
            mistakes += 1
    return w, b, torch.tensor(mistakes)


@misconception(
    "perceptron_epoch",
    en="You count the right predictions. The mistakes are asked for.",
    ko="맞은 예측의 수를 셌습니다. 틀린 예측의 수여야 합니다.",
)
def right_ones_counted(X, y, w, b, eta, order):
    w, b, mistakes = _epoch(X, y, w, b, order, lambda w, b, x, t: (w + eta * t * x, b + eta * t))
    return w, b, len(y) - mistakes


@misconception(
    "perceptron_epoch",
    en="You stop after the first mistake. An epoch goes through all examples.",
    ko="첫 실수 뒤에 멈췄습니다. 한 에폭은 모든 샘플을 거칩니다.",
)
def stops_at_the_first_mistake(X, y, w, b, eta, order):
    for i in order.tolist():
        if (1 if X[i] @ w + b >= 0 else -1) != y[i]:
            return w + eta * y[i] * X[i], b + eta * y[i], torch.tensor(1)
    return w, b, torch.tensor(0)


@misconception(
    "perceptron_epoch",
    en="You go through the order from its end.",
    ko="order를 뒤에서부터 거쳤습니다.",
)
def visited_backwards(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order.flip(0), lambda w, b, x, t: (w + eta * t * x, b + eta * t))


@misconception(
    "perceptron_epoch",
    en="The update of the weights has the wrong sign, that of the bias is right: a positive example that was missed has to raise w·x + b through both.",
    ko="가중치의 갱신만 부호가 반대입니다. 놓친 양성 샘플에서는 가중치와 편향이 모두 w·x + b를 키워야 합니다.",
)
def weights_with_wrong_sign(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order, lambda w, b, x, t: (w - eta * t * x, b + eta * t))


@misconception(
    "train",
    en="Every epoch starts again from the initial bias; only the weights are carried on.",
    ko="에폭마다 편향이 처음 값으로 돌아가고 가중치만 이어집니다. 둘 다 이어져야 합니다.",
)
def bias_not_carried_on(X, y, w, b, eta, order, max_epochs):
    return _epochs(X, y, w, b, eta, order, max_epochs, carry=lambda new, old: (new[0], old[1]))


@misconception(
    "train",
    en="Every epoch starts again from the initial weights; only the bias is carried on.",
    ko="에폭마다 가중치가 처음 값으로 돌아가고 편향만 이어집니다. 둘 다 이어져야 합니다.",
)
def weights_not_carried_on(X, y, w, b, eta, order, max_epochs):
    return _epochs(X, y, w, b, eta, order, max_epochs, carry=lambda new, old: (old[0], new[1]))


@misconception(
    "train",
    en="You run one epoch too many: max_epochs + 1.",
    ko="에폭을 한 번 더 돌렸습니다. max_epochs + 1번입니다.",
)
def one_epoch_too_many(X, y, w, b, eta, order, max_epochs):
    return _epochs(X, y, w, b, eta, order, max_epochs + 1)


@misconception(
    "train",
    en="You run one epoch too few: max_epochs − 1.",
    ko="에폭을 한 번 덜 돌렸습니다. max_epochs − 1번입니다.",
)
def one_epoch_too_few(X, y, w, b, eta, order, max_epochs):
    return _epochs(X, y, w, b, eta, order, max_epochs - 1)


@misconception(
    "train",
    en="After the epoch without a mistake you run one more. The first clean epoch is the last.",
    ko="실수가 없는 에폭 뒤에 한 번 더 돌렸습니다. 실수가 없는 첫 에폭이 마지막입니다.",
)
def one_clean_epoch_more(X, y, w, b, eta, order, max_epochs):
    history = []
    for _ in range(max_epochs):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        history.append(int(mistakes))
        if history[-2:] == [0, 0]:
            break
    return w, b, torch.tensor(history, dtype=torch.int64)


@misconception(
    "train",
    en="You return the count of the last epoch only. There is one count for each epoch.",
    ko="마지막 에폭의 실수만 돌려주었습니다. 에폭마다 하나씩 있어야 합니다.",
)
def only_the_last_count(X, y, w, b, eta, order, max_epochs):
    w, b, history = _epochs(X, y, w, b, eta, order, max_epochs)
    return w, b, history[-1:]


@misconception(
    "train",
    en="You run one epoch only, for example because of a return within the loop.",
    ko="에폭을 한 번만 돌렸습니다. 반복문 안에서 return하지 않았는지 보세요.",
)
def one_epoch_only(X, y, w, b, eta, order, max_epochs):
    return _epochs(X, y, w, b, eta, order, 1)


@misconception(
    "losses",
    en='In "half_sse" you take the mean over the outputs as well. Sum over the outputs of an example, and average over the batch only.',
    ko='"half_sse"에서 출력에 대해서도 평균했습니다. 출력에 대해서는 더하고 배치에 대해서만 평균합니다.',
)
def squared_error_averaged_over_outputs(kind, out, y):
    return _one_kind("half_sse", lambda out, y: 0.5 * ((y - out) ** 2).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "bce_logits" you take the mean over the outputs as well. Sum over the outputs of an example, and average over the batch only.',
    ko='"bce_logits"에서 출력에 대해서도 평균했습니다. 출력에 대해서는 더하고 배치에 대해서만 평균합니다.',
)
def bce_averaged_over_outputs(kind, out, y):
    return _one_kind("bce_logits", lambda out, y: right_loss("bce_logits", out, y).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "softmax_ce" you take the mean over the classes as well. Sum over the classes of an example, and average over the batch only.',
    ko='"softmax_ce"에서 클래스에 대해서도 평균했습니다. 클래스에 대해서는 더하고 배치에 대해서만 평균합니다.',
)
def softmax_averaged_over_classes(kind, out, y):
    return _one_kind("softmax_ce", lambda out, y: right_loss("softmax_ce", out, y).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "half_sse" you sum over the batch as well. The mean over the examples is asked for.',
    ko='"half_sse"에서 배치에 대해서도 더했습니다. 샘플에 대해서는 평균이어야 합니다.',
)
def squared_error_summed_over_batch(kind, out, y):
    return _one_kind("half_sse", lambda out, y: 0.5 * ((y - out) ** 2).sum())(kind, out, y)


@misconception(
    "losses",
    en='In "half_sse" you take a root. The sum of the squares itself is meant, times 1/2.',
    ko='"half_sse"에서 제곱근을 취했습니다. 제곱의 합에 1/2을 곱하기만 합니다.',
)
def root_of_the_squared_error(kind, out, y):
    return _one_kind("half_sse", lambda out, y: 0.5 * ((y - out) ** 2).sum(dim=1).sqrt().mean())(kind, out, y)


@misconception(
    "losses",
    en='In "half_sse" you take absolute values instead of squares.',
    ko='"half_sse"에서 제곱이 아니라 절댓값을 썼습니다.',
)
def absolute_differences(kind, out, y):
    return _one_kind("half_sse", lambda out, y: 0.5 * (y - out).abs().sum(dim=1).mean())(kind, out, y)


@misconception(
    "losses",
    en="You return one loss for each example. The mean over the batch is still to be taken.",
    ko="샘플마다 손실을 하나씩 돌려주었습니다. 배치에 대한 평균을 아직 내지 않았습니다.",
)
def one_value_for_each_example(kind, out, y):
    return right_loss(kind, out, y).sum(dim=1)


@misconception(
    "losses",
    en='In "bce_logits" the two terms are exchanged: y weights log(1 − s), and 1 − y weights log s.',
    ko='"bce_logits"에서 두 항이 바뀌었습니다. y에 log(1 − s)를, 1 − y에 log s를 곱했습니다.',
)
def bce_classes_exchanged(kind, out, y):
    return right_loss(kind, out, 1 - y if kind == "bce_logits" else y).sum(dim=1).mean()


@misconception(
    "losses",
    en='In "bce_logits" you subtract the second term. Both logarithms are added, and the minus stands before the whole sum.',
    ko='"bce_logits"에서 둘째 항을 뺐습니다. 두 로그를 더하고 그 전체에 음수를 붙입니다.',
)
def bce_terms_subtracted(kind, out, y):
    return _one_kind(
        "bce_logits", lambda out, y: -(y * F.logsigmoid(out) - (1 - y) * F.logsigmoid(-out)).sum(dim=1).mean()
    )(kind, out, y)


@misconception(
    "losses",
    en='In "bce_logits" the minus is missing: logarithms of probabilities are negative.',
    ko='"bce_logits"에서 음수 부호가 빠졌습니다. 확률의 로그는 음수입니다.',
)
def bce_without_minus(kind, out, y):
    return _one_kind("bce_logits", lambda out, y: -right_loss("bce_logits", out, y).sum(dim=1).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "softmax_ce" the minus is missing: logarithms of probabilities are negative.',
    ko='"softmax_ce"에서 음수 부호가 빠졌습니다. 확률의 로그는 음수입니다.',
)
def softmax_without_minus(kind, out, y):
    return _one_kind("softmax_ce", lambda out, y: -right_loss("softmax_ce", out, y).sum(dim=1).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "bce_logits" the logit has the wrong sign: log(1 + exp(−z)) − y·z. With −y·z belongs log(1 + exp(z)).',
    ko='"bce_logits"에서 로짓의 부호가 틀려 log(1 + exp(−z)) − y·z가 되었습니다. −y·z와 함께 쓰는 것은 log(1 + exp(z))입니다.',
)
def wrong_sign_of_the_logit(kind, out, y):
    return _one_kind("bce_logits", lambda out, y: (F.softplus(-out) - y * out).sum(dim=1).mean())(kind, out, y)


@misconception(
    "losses",
    en='In "bce_logits" the sigmoid is applied twice: what you take for a logit is a probability already.',
    ko='"bce_logits"에서 sigmoid를 두 번 적용했습니다. 로짓으로 넣은 값이 이미 확률입니다.',
)
def sigmoid_applied_twice(kind, out, y):
    return right_loss(kind, torch.sigmoid(out) if kind == "bce_logits" else out, y).sum(dim=1).mean()


@misconception(
    "losses",
    en='In "softmax_ce" the softmax is applied twice: what you take for logits are probabilities already.',
    ko='"softmax_ce"에서 softmax를 두 번 적용했습니다. 로짓으로 넣은 값이 이미 확률입니다.',
)
def softmax_applied_twice(kind, out, y):
    return right_loss(kind, torch.softmax(out, dim=1) if kind == "softmax_ce" else out, y).sum(dim=1).mean()


@misconception(
    "losses",
    en='In "softmax_ce" you use a sigmoid for each class. Classes exclude each other: one softmax over the row.',
    ko='"softmax_ce"에서 클래스마다 sigmoid를 썼습니다. 클래스는 서로 배타적이므로 행 전체에 softmax를 적용해야 합니다.',
)
def sigmoids_for_softmax(kind, out, y):
    return _one_kind("softmax_ce", lambda out, y: -(y * F.logsigmoid(out)).sum(dim=1).mean())(kind, out, y)


@misconception(
    "losses",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 28. Write the logarithms in terms of the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 28이 됩니다. 로그를 로짓의 식으로 바꾸어 쓰세요.",
)
def epsilon_in_the_logarithms(kind, out, y):
    return _with_epsilon(kind, out, y, 1e-12)


@misconception(
    "losses",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 23. Write the logarithms in terms of the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 23이 됩니다. 로그를 로짓의 식으로 바꾸어 쓰세요.",
)
def larger_epsilon_in_the_logarithms(kind, out, y):
    return _with_epsilon(kind, out, y, 1e-10)


@misconception(
    "losses",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 18. Write the logarithms in terms of the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 18이 됩니다. 로그를 로짓의 식으로 바꾸어 쓰세요.",
)
def large_epsilon_in_the_logarithms(kind, out, y):
    return _with_epsilon(kind, out, y, 1e-8)


@misconception(
    "losses",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 16. Write the logarithms in terms of the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 16이 됩니다. 로그를 로짓의 식으로 바꾸어 쓰세요.",
)
def largest_epsilon_in_the_logarithms(kind, out, y):
    return _with_epsilon(kind, out, y, 1e-7)


def _with_epsilon(kind, out, y, eps):
    if kind == "bce_logits":
        s = torch.sigmoid(out)
        return -(y * torch.log(s + eps) + (1 - y) * torch.log(1 - s + eps)).sum(dim=1).mean()
    if kind == "softmax_ce":
        return -(y * torch.log(torch.softmax(out, dim=1) + eps)).sum(dim=1).mean()
    return right_loss(kind, out, y).sum(dim=1).mean()


@misconception(
    "softmax_ce",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 28. Compute the log-probability from the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 28이 됩니다. 로그 확률을 로짓에서 계산하세요.",
)
def small_epsilon_in_the_logarithm(Z, y):
    p = torch.softmax(Z, dim=1)
    return finish(torch.log(p + 1e-12), p, y, len(y))


@misconception(
    "softmax_ce",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 23. Compute the log-probability from the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 23이 됩니다. 로그 확률을 로짓에서 계산하세요.",
)
def middle_epsilon_in_the_logarithm(Z, y):
    p = torch.softmax(Z, dim=1)
    return finish(torch.log(p + 1e-10), p, y, len(y))


@misconception(
    "softmax_ce",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 21. Compute the log-probability from the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 21이 됩니다. 로그 확률을 로짓에서 계산하세요.",
)
def epsilon_of_nine_digits(Z, y):
    p = torch.softmax(Z, dim=1)
    return finish(torch.log(p + 1e-9), p, y, len(y))


@misconception(
    "softmax_ce",
    en="You add a small number inside the logarithm. That hides the underflow instead of removing it: a loss of 1000 becomes 16. Compute the log-probability from the logits.",
    ko="로그 안에 작은 수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서 1000이어야 할 손실이 16이 됩니다. 로그 확률을 로짓에서 계산하세요.",
)
def large_epsilon_in_the_logarithm(Z, y):
    p = torch.softmax(Z, dim=1)
    return finish(torch.log(p + 1e-7), p, y, len(y))


@misconception(
    "softmax_ce",
    en="Loss and gradient are those of the sum over the batch. Both belong to the mean.",
    ko="손실과 기울기가 모두 배치 합의 것입니다. 둘 다 평균이어야 합니다.",
)
def sum_in_both(Z, y):
    log_p, p, target, _ = _softmax_parts(Z, y)
    return -(target * log_p).sum(), p - target


@misconception(
    "softmax_ce",
    en="You divide by the number of classes as well. The mean runs over the batch only.",
    ko="클래스 수로도 나누었습니다. 평균은 배치에 대해서만 냅니다.",
)
def divided_by_the_classes(Z, y):
    log_p, p, target, n = _softmax_parts(Z, y)
    C = Z.shape[1]
    return -(target * log_p).sum() / n / C, (p - target) / n / C


@misconception(
    "softmax_ce",
    en="Your gradient is divided by the number of classes. The loss is a mean over the batch, so 1/N is the only factor.",
    ko="기울기를 클래스 수로 나누었습니다. 손실은 배치 평균이므로 1/N만 곱합니다.",
)
def gradient_divided_by_the_classes(Z, y):
    log_p, p, target, n = _softmax_parts(Z, y)
    return -(target * log_p).sum() / n, (p - target) / n / Z.shape[1]


@misconception(
    "softmax_ce",
    en="Your gradient uses log p in the place of p: the exponential is missing.",
    ko="기울기에 p가 아니라 log p를 썼습니다. 지수 함수가 빠졌습니다.",
)
def logarithms_in_the_gradient(Z, y):
    log_p, _, target, n = _softmax_parts(Z, y)
    return -(target * log_p).sum() / n, (log_p - target) / n


@misconception(
    "softmax_ce",
    en="Your gradient uses the exponentials before they are divided by their sum.",
    ko="기울기에 합으로 나누기 전의 지수 값을 썼습니다.",
)
def exponentials_not_normalised(Z, y):
    log_p, _, target, n = _softmax_parts(Z, y)
    return -(target * log_p).sum() / n, ((Z - Z.amax(dim=1, keepdim=True)).exp() - target) / n


@misconception(
    "softmax_ce",
    en="Your gradient has the factor p(1 − p) too many. It is in p − one-hot already: softmax and logarithm together cancel.",
    ko="기울기에 p(1 − p)가 더 곱해져 있습니다. softmax와 로그를 함께 미분하면 약분되어 p − one-hot만 남습니다.",
)
def slope_of_each_probability(Z, y):
    log_p, p, target, n = _softmax_parts(Z, y)
    return -(target * log_p).sum() / n, (p - target) * p * (1 - p) / n


@misconception(
    "softmax_ce",
    en="You use the class with the largest logit in the place of the label y.",
    ko="레이블 y가 아니라 로짓이 가장 큰 클래스를 썼습니다.",
)
def predicted_class_for_the_label(Z, y):
    log_p, p, _, n = _softmax_parts(Z, y)
    target = torch.zeros_like(Z)
    target[torch.arange(n), Z.argmax(dim=1)] = 1
    return -(target * log_p).sum() / n, (p - target) / n


@misconception(
    "softmax_ce",
    en="Your loss is minus the probability of the right class: the logarithm is missing.",
    ko="손실이 정답 확률에 음수를 붙인 것입니다. 로그가 빠졌습니다.",
)
def logarithm_left_out(Z, y):
    _, p, target, n = _softmax_parts(Z, y)
    return -(target * p).sum() / n, (p - target) / n


@misconception(
    "softmax_ce",
    en="The minus before the logarithm is missing in your loss.",
    ko="손실에서 로그 앞의 음수 부호가 빠졌습니다.",
)
def minus_left_out(Z, y):
    log_p, p, target, n = _softmax_parts(Z, y)
    return (target * log_p).sum() / n, (p - target) / n


@misconception(
    "softmax_ce",
    en="Your loss is minus the logit of the right class. The logarithm of the sum of the exponentials is missing.",
    ko="손실이 정답 로짓에 음수를 붙인 것입니다. 지수 합의 로그가 빠졌습니다.",
)
def normaliser_left_out(Z, y):
    _, p, target, n = _softmax_parts(Z, y)
    return -(target * Z).sum() / n, (p - target) / n


@misconception(
    "softmax_ce",
    en="You subtract the maximum within the sum of the exponentials only. The logit of the right class has to be shifted, too, or the maximum added again.",
    ko="지수 합 안에서만 최댓값을 뺐습니다. 정답 로짓에서도 빼거나, 최댓값을 다시 더해야 합니다.",
)
def maximum_taken_away_once(Z, y):
    _, p, target, n = _softmax_parts(Z, y)
    lse = (Z - Z.amax(dim=1, keepdim=True)).exp().sum(dim=1).log()
    return (lse - (target * Z).sum(dim=1)).mean(), (p - target) / n


@misconception(
    "linear_bwd",
    en="dx is divided by N. Here nothing is divided: if the loss is an average, its 1/N is already in dout.",
    ko="dx를 N으로 나누었습니다. 여기서는 나누지 않습니다. 손실이 평균이라면 1/N은 이미 dout에 있습니다.",
)
def dx_averaged(x, W, b, dout):
    return dout @ W.T / max(len(x), 1), x.T @ dout, dout.sum(dim=0)


@misconception(
    "linear_bwd",
    en="The input is missing in dW: each of its rows is the sum of dout. How much a weight matters depends on the x that it multiplies.",
    ko="dW에 입력이 빠져 모든 행이 dout의 합입니다. 가중치의 영향은 곱해지는 x에 달려 있습니다.",
)
def input_factor_forgotten_in_dW(x, W, b, dout):
    return dout @ W.T, dout.sum(dim=0).expand(W.shape).clone(), dout.sum(dim=0)


@misconception(
    "linear_bwd",
    en="All three gradients have the opposite sign. The step's minus comes later, in gd_step.",
    ko="세 기울기의 부호가 모두 반대입니다. 빼는 일은 나중에 gd_step에서 합니다.",
)
def gradients_turned_round(x, W, b, dout):
    return -(dout @ W.T), -(x.T @ dout), -dout.sum(dim=0)


@misconception(
    "act_bwd",
    en="For the sigmoid you use a(1 − a). a is the pre-activation: the formula wants s = σ(a), s(1 − s).",
    ko="sigmoid에서 a(1 − a)를 썼습니다. a는 활성화 함수를 거치기 전의 값입니다. s = σ(a)로 s(1 − s)여야 합니다.",
)
def sigmoid_of_the_input_left_out(kind, a, dout):
    return dout * _slope_but("sigmoid", lambda a: a * (1 - a))(kind, a)


@misconception(
    "act_bwd",
    en="For tanh you use 1 − a². a is the pre-activation: the formula wants t = tanh(a), 1 − t².",
    ko="tanh에서 1 − a²을 썼습니다. a는 활성화 함수를 거치기 전의 값입니다. t = tanh(a)로 1 − t²이어야 합니다.",
)
def tanh_of_the_input_left_out(kind, a, dout):
    return dout * _slope_but("tanh", lambda a: 1 - a**2)(kind, a)


@misconception(
    "act_bwd",
    en="For the sigmoid you apply it twice: s(1 − s) needs s = σ(a), not σ(σ(a)).",
    ko="sigmoid를 두 번 적용했습니다. s(1 − s)의 s는 σ(σ(a))가 아니라 σ(a)입니다.",
)
def sigmoid_applied_twice_in_the_slope(kind, a, dout):
    return dout * _slope_but("sigmoid", lambda a: right_slope("sigmoid", torch.sigmoid(a)))(kind, a)


@misconception(
    "act_bwd",
    en="For tanh you apply it twice: 1 − t² needs t = tanh(a), not tanh(tanh(a)).",
    ko="tanh를 두 번 적용했습니다. 1 − t²의 t는 tanh(tanh(a))가 아니라 tanh(a)입니다.",
)
def tanh_applied_twice_in_the_slope(kind, a, dout):
    return dout * _slope_but("tanh", lambda a: right_slope("tanh", torch.tanh(a)))(kind, a)


@misconception(
    "act_bwd",
    en="For the sigmoid you multiply by σ(a) itself. Its derivative is σ(a)(1 − σ(a)).",
    ko="sigmoid의 도함수로 σ(a) 자체를 곱했습니다. 도함수는 σ(a)(1 − σ(a))입니다.",
)
def sigmoid_for_its_derivative(kind, a, dout):
    return dout * _slope_but("sigmoid", torch.sigmoid)(kind, a)


@misconception(
    "act_bwd",
    en="Your sigmoid derivative is 1 − σ(a): the factor σ(a) is missing.",
    ko="sigmoid의 도함수로 1 − σ(a)를 썼습니다. σ(a)가 빠졌습니다.",
)
def one_minus_sigmoid(kind, a, dout):
    return dout * _slope_but("sigmoid", lambda a: torch.sigmoid(-a))(kind, a)


@misconception(
    "act_bwd",
    en="Your sigmoid derivative is 1 − σ(a)² or σ(a)(1 − σ(a)²): there is no square in it.",
    ko="sigmoid의 도함수에 제곱이 들어 있습니다. 도함수는 σ(a)(1 − σ(a))이며 제곱이 없습니다.",
)
def sigmoid_slope_squared(kind, a, dout):
    return dout * _slope_but("sigmoid", lambda a: torch.sigmoid(a) * (1 - torch.sigmoid(a) ** 2))(kind, a)


@misconception(
    "act_bwd",
    en="Your tanh derivative squares a inside: 1 − tanh(a²). The value of tanh is squared.",
    ko="tanh의 도함수에서 a를 제곱해 1 − tanh(a²)이 되었습니다. tanh의 값을 제곱해야 합니다.",
)
def square_inside_the_tanh(kind, a, dout):
    return dout * _slope_but("tanh", lambda a: 1 - torch.tanh(a**2))(kind, a)


@misconception(
    "act_bwd",
    en="For ReLU you multiply by max(a, 0). Its derivative is 1 or 0, whatever the size of a.",
    ko="ReLU의 도함수로 max(a, 0)을 곱했습니다. 도함수는 a의 크기와 관계없이 1이나 0입니다.",
)
def relu_for_its_derivative(kind, a, dout):
    return dout * _slope_but("relu", torch.relu)(kind, a)


@misconception(
    "act_bwd",
    en="For ReLU you clip dout at 0. What decides is the sign of a, not that of the gradient.",
    ko="ReLU에서 dout을 0에서 잘랐습니다. 기울기의 부호가 아니라 a의 부호로 정해집니다.",
)
def relu_of_the_gradient(kind, a, dout):
    return torch.relu(dout) if kind == "relu" else dout * right_slope(kind, a)


@misconception(
    "act_bwd",
    en="Your ReLU passes the gradient where a is negative. It passes where a is positive.",
    ko="ReLU가 a가 음수인 곳에서 기울기를 통과시킵니다. 양수인 곳에서 통과시켜야 합니다.",
)
def relu_sides_exchanged(kind, a, dout):
    return dout * _slope_but("relu", lambda a: (a < 0).to(a))(kind, a)


@misconception(
    "act_bwd",
    en='For "identity" you multiply dout by a. The derivative of a with respect to a is 1.',
    ko='"identity"에서 dout에 a를 곱했습니다. a를 a로 미분하면 1입니다.',
)
def identity_multiplied_by_its_input(kind, a, dout):
    return dout * _slope_but("identity", lambda a: a)(kind, a)


@misconception(
    "act_bwd",
    en='For "identity" your gradient is 0. The derivative of a with respect to a is 1, so dout passes.',
    ko='"identity"의 기울기가 0입니다. a를 a로 미분하면 1이므로 dout이 그대로 지나갑니다.',
)
def identity_without_gradient(kind, a, dout):
    return dout * _slope_but("identity", torch.zeros_like)(kind, a)


@misconception(
    "mlp_backprop",
    en="You use s(1 − s) and 1 − t² with the weighted sums themselves. Those formulas want the activations.",
    ko="s(1 − s)와 1 − t²에 가중합을 그대로 넣었습니다. 이 식에는 활성화 함수를 거친 값이 들어갑니다.",
)
def a_taken_for_the_layer_output(X, Y, params, hidden, head):
    def slope(kind, a):
        return a * (1 - a) if kind == "sigmoid" else 1 - a**2 if kind == "tanh" else right_slope(kind, a)

    return any_backprop(X, Y, params, hidden, head, slope=slope)


@misconception(
    "mlp_backprop",
    en="In the hidden layers the derivative of tanh lacks its square: you use 1 − tanh(a).",
    ko="은닉층에서 tanh의 도함수에 제곱이 빠졌습니다. 1 − tanh(a)를 썼습니다.",
)
def hidden_tanh_slope_without_square(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, slope=_slope_but("tanh", lambda a: 1 - torch.tanh(a)))


@misconception(
    "mlp_backprop",
    en="You use the slope of a sigmoid in every hidden layer, whatever `hidden` says.",
    ko="`hidden`과 상관없이 모든 은닉층에 sigmoid의 도함수를 썼습니다.",
)
def hidden_slope_of_a_sigmoid(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, slope=lambda kind, a: right_slope("sigmoid", a))


@misconception(
    "mlp_backprop",
    en="You multiply δ by the activation g(a) itself. The chain rule asks for its derivative g′(a).",
    ko="δ에 활성화 함수의 값 g(a)를 곱했습니다. 연쇄 법칙에는 도함수 g′(a)가 들어갑니다.",
)
def activation_for_its_slope(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, slope=activation)


@misconception(
    "mlp_backprop",
    en="All your gradients have the opposite sign: the first δ is output minus target.",
    ko="모든 기울기의 부호가 반대입니다. 첫 δ는 출력에서 타깃을 뺀 값입니다.",
)
def delta_turned_round(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, delta=lambda out, d: -d)


@misconception(
    "mlp_backprop",
    en='Your first δ is a − Y with the weighted sum a. For the heads "sigmoid" and "softmax" it is the output after them.',
    ko='첫 δ가 가중합 a에서 Y를 뺀 값입니다. "sigmoid"와 "softmax"에서는 그 함수를 거친 출력에서 Y를 뺍니다.',
)
def delta_without_head(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, delta=lambda out, d: (out - Y) / len(X))


@misconception(
    "mlp_backprop",
    en="For the softmax head you multiply by p(1 − p) once more. Softmax and cross-entropy together give ŷ − y.",
    ko="softmax 헤드에서 p(1 − p)를 한 번 더 곱했습니다. softmax와 교차 엔트로피를 함께 미분하면 ŷ − y입니다.",
)
def softmax_head_differentiated_twice(X, Y, params, hidden, head):
    def delta(out, d):
        p = torch.softmax(out, dim=1)
        return d * p * (1 - p) if head == "softmax" else d

    return _heads(X, Y, params, hidden, head, delta=delta)


@misconception(
    "mlp_backprop",
    en="For the identity head your gradients are twice too large: the ½ of the loss cancels the 2 of the square.",
    ko="identity 헤드의 기울기가 두 배입니다. 손실의 ½이 제곱에서 나오는 2와 약분됩니다.",
)
def identity_head_doubled(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, delta=lambda out, d: 2 * d if head == "identity" else d)


@misconception(
    "mlp_backprop",
    en="Loss and gradients are averaged over the outputs as well. Sum over the outputs, average over the batch only.",
    ko="손실과 기울기를 출력에 대해서도 평균했습니다. 출력에 대해서는 더하고 배치에 대해서만 평균합니다.",
)
def averaged_over_outputs(X, Y, params, hidden, head):
    K = Y.shape[1]
    return _heads(X, Y, params, hidden, head, loss=lambda out, value: value / K, delta=lambda out, d: d / K)


@misconception(
    "mlp_backprop",
    en="Your loss is averaged over the outputs as well. Sum over the outputs, average over the batch only.",
    ko="손실을 출력에 대해서도 평균했습니다. 출력에 대해서는 더하고 배치에 대해서만 평균합니다.",
)
def loss_averaged_over_outputs(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, loss=lambda out, value: value / Y.shape[1])


@misconception(
    "mlp_backprop",
    en="Your loss is the sum over the batch, your gradients belong to the mean. Both are means.",
    ko="손실은 배치 합인데 기울기는 평균의 것입니다. 둘 다 평균이어야 합니다.",
)
def loss_summed_over_batch(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, loss=lambda out, value: value * len(X))


@misconception(
    "mlp_backprop",
    en="The ½ of the squared error is missing in your loss.",
    ko="손실에서 제곱 오차의 ½이 빠졌습니다.",
)
def loss_without_half(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, loss=lambda out, value: 2 * value if head == "identity" else value)


@misconception(
    "mlp_backprop",
    en="The minus is missing in your cross-entropy: logarithms of probabilities are negative.",
    ko="교차 엔트로피에서 음수 부호가 빠졌습니다. 확률의 로그는 음수입니다.",
)
def loss_without_minus(X, Y, params, hidden, head):
    return _heads(X, Y, params, hidden, head, loss=lambda out, value: value if head == "identity" else -value)


@misconception(
    "mlp_backprop",
    en='Your loss is half a squared error for every head. "sigmoid" and "softmax" have a cross-entropy.',
    ko='어느 헤드에서나 손실로 제곱 오차의 절반을 썼습니다. "sigmoid"와 "softmax"의 손실은 교차 엔트로피입니다.',
)
def squared_error_for_every_head(X, Y, params, hidden, head):
    def loss(out, value):
        p = torch.sigmoid(out) if head == "sigmoid" else torch.softmax(out, dim=1) if head == "softmax" else out
        return (0.5 * (Y - p) ** 2).sum(dim=1).mean()

    return _heads(X, Y, params, hidden, head, loss=loss)


@misconception(
    "mlp_backprop",
    en="For the sigmoid head your loss keeps only −y log ŷ. The term −(1 − y) log(1 − ŷ) is missing.",
    ko="sigmoid 헤드의 손실에 −y log ŷ만 있습니다. −(1 − y) log(1 − ŷ) 항이 빠졌습니다.",
)
def positive_term_in_the_loss(X, Y, params, hidden, head):
    return _heads(
        X,
        Y,
        params,
        hidden,
        head,
        loss=lambda out, value: -(Y * F.logsigmoid(out)).sum(dim=1).mean() if head == "sigmoid" else value,
    )


@misconception(
    "mlp_backprop",
    en="For the softmax head you use the two-term loss of the sigmoid. Its loss is −Σ Y log ŷ alone.",
    ko="softmax 헤드에서 sigmoid의 두 항짜리 손실을 썼습니다. softmax의 손실은 −Σ Y log ŷ뿐입니다.",
)
def binary_terms_for_softmax(X, Y, params, hidden, head):
    def loss(out, value):
        p = torch.softmax(out, dim=1)
        return -(Y * p.log() + (1 - Y) * (1 - p).log()).sum(dim=1).mean() if head == "softmax" else value

    return _heads(X, Y, params, hidden, head, loss=loss)


@misconception(
    "mlp_backprop",
    en="The biases are missing in your forward pass.",
    ko="순전파에서 편향이 빠졌습니다.",
)
def biases_left_out_of_the_forward_pass(X, Y, params, hidden, head):
    return any_backprop(X, Y, [(W, torch.zeros_like(b)) for W, b in params], hidden, head)


@misconception(
    "mlp_backprop",
    en="Your hidden layers have no activation, neither forward nor backward.",
    ko="은닉층에 활성화 함수가 없습니다. 순전파에도 역전파에도 빠졌습니다.",
)
def no_activation_in_the_hidden_layers(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, "identity", head)


@misconception(
    "mlp_backprop",
    en="Only the last layer has gradients, the others are 0: δ has to travel on through the weights.",
    ko="마지막 층에만 기울기가 있고 나머지는 0입니다. δ가 가중치를 거쳐 앞층으로 전해져야 합니다.",
)
def only_the_last_layer_learns(X, Y, params, hidden, head):
    return any_backprop(X, Y, params, hidden, head, slope=lambda kind, a: torch.zeros_like(a))


@misconception(
    "gd_step",
    en="You subtract the whole gradient: lr is not used.",
    ko="기울기를 그대로 뺐습니다. lr을 쓰지 않았습니다.",
)
def rate_not_used(params, grads, lr):
    return [(W - dW, b - db) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "gd_step",
    en="The weights stay where they are; only the biases move.",
    ko="가중치가 그대로이고 편향만 움직입니다.",
)
def weights_stay(params, grads, lr):
    return [(W.clone(), b - lr * db) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "gd_step",
    en="Only the last layer moves. Every layer takes a step.",
    ko="마지막 층만 움직입니다. 모든 층이 움직여야 합니다.",
)
def only_the_last_layer_moves(params, grads, lr):
    moved = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return [(W.clone(), b.clone()) for W, b in params[:-1]] + moved[-1:]


@misconception(
    "gd_step",
    en="Only the first layer moves, or is returned: look at where your loop returns. Every layer takes a step.",
    ko="첫 층만 움직이거나 첫 층만 돌려주었습니다. 반복문 안에서 return하지 않았는지 보세요. 모든 층이 움직여야 합니다.",
)
def only_the_first_layer_moves(params, grads, lr):
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params[:1], grads)]


@misconception(
    "gd_step",
    en="You step by the sign of the gradient. Its size counts as well.",
    ko="기울기의 부호만큼만 움직였습니다. 크기도 반영해야 합니다.",
)
def sign_of_the_gradient(params, grads, lr):
    return [(W - lr * dW.sign(), b - lr * db.sign()) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "gd_step",
    en="You scale each gradient to length 1. Plain gradient descent takes it as it is.",
    ko="기울기의 길이를 1로 맞추었습니다. 경사 하강법은 기울기를 그대로 씁니다.",
)
def gradient_normalised(params, grads, lr):
    return [(W - lr * dW / dW.norm(), b - lr * db / db.norm()) for (W, b), (dW, db) in zip(params, grads)]


@misconception(
    "gd_step",
    en="You return the steps −lr·gradient alone. They are added to the parameters.",
    ko="이동량 −lr·기울기만 돌려주었습니다. 파라미터에 더해야 합니다.",
)
def step_alone(params, grads, lr):
    return [(-lr * dW, -lr * db) for dW, db in grads]


@misconception(
    "train_steps",
    en="Every step starts again from the first parameters, so that all steps are the same. Go on from where the last one ended.",
    ko="스텝마다 처음 파라미터에서 다시 시작해 모든 스텝이 같습니다. 앞 스텝이 끝난 곳에서 이어 가야 합니다.",
)
def every_step_from_the_start(params, grad_fn, lr, steps):
    loss, grads = grad_fn(params)
    return gd_step(params, grads, lr), torch.stack([loss] * steps)


@misconception(
    "train_steps",
    en="The parameters you return are those before the last step.",
    ko="마지막 스텝을 밟기 전의 파라미터를 돌려주었습니다.",
)
def last_step_not_taken(params, grad_fn, lr, steps):
    last = params
    history = []
    for _ in range(steps):
        last = params
        loss, grads = grad_fn(params)
        history.append(loss)
        params = gd_step(params, grads, lr)
    return last, torch.stack(history)


@misconception(
    "train_steps",
    en="Your list has one loss more, that after the last step. There is one before each step.",
    ko="마지막 스텝 뒤의 손실까지 들어 있습니다. 스텝마다 그 앞의 손실 하나씩입니다.",
)
def one_loss_more(params, grad_fn, lr, steps):
    params, history = _steps(params, grad_fn, steps, lambda p, g, t: gd_step(p, g, lr))
    return params, torch.cat([history, grad_fn(params)[0][None]])


@misconception(
    "train_steps",
    en="Your learning rate becomes smaller with every step. It stays lr.",
    ko="스텝마다 학습률이 작아집니다. lr을 그대로 써야 합니다.",
)
def rate_decays(params, grad_fn, lr, steps):
    return _steps(params, grad_fn, steps, lambda p, g, t: gd_step(p, g, lr / (t + 1)))


@misconception(
    "train_steps",
    en="Your losses are sums or means over the steps so far. Record the loss of each step by itself.",
    ko="지금까지 스텝의 합이나 평균을 기록했습니다. 스텝마다 그때의 손실을 기록하세요.",
)
def running_mean_of_losses(params, grad_fn, lr, steps):
    params, history = _steps(params, grad_fn, steps, lambda p, g, t: gd_step(p, g, lr))
    return params, history.cumsum(0)


@misconception(
    "train_steps",
    en="You return the last loss only. There is one for each step.",
    ko="마지막 손실만 돌려주었습니다. 스텝마다 하나씩 있어야 합니다.",
)
def only_the_last_loss(params, grad_fn, lr, steps):
    params, history = _steps(params, grad_fn, steps, lambda p, g, t: gd_step(p, g, lr))
    return params, history[-1:]


@misconception(
    "train_steps",
    en="You take one step too many.",
    ko="스텝을 한 번 더 밟았습니다.",
)
def one_step_more(params, grad_fn, lr, steps):
    params, history = _steps(params, grad_fn, steps + 1, lambda p, g, t: gd_step(p, g, lr))
    return params, history[:steps]


@misconception(
    "train_steps",
    en="You carry a momentum from step to step. Plain gradient descent has none.",
    ko="스텝마다 모멘텀을 더했습니다. 보통의 경사 하강법에는 모멘텀이 없습니다.",
)
def momentum_added(params, grad_fn, lr, steps):
    speed, history = None, []
    for _ in range(steps):
        loss, grads = grad_fn(params)
        history.append(loss)
        speed = grads if speed is None else [(0.9 * v + g, 0.9 * u + k) for (v, u), (g, k) in zip(speed, grads)]
        params = gd_step(params, speed, lr)
    return params, torch.stack(history)


@misconception(
    "sgd_vs_batch",
    en="SGD visits the examples from the last to the first. The order is 0, 1, ..., N − 1.",
    ko="SGD가 샘플을 뒤에서부터 방문합니다. 순서는 0, 1, ..., N − 1입니다.",
)
def visited_from_the_end(X, y, w, lr):
    return one_pass(X.flip(0), y.flip(0), w, lr), w - lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "sgd_vs_batch",
    en="Your SGD is right, but the batch step has the wrong sign: it goes uphill.",
    ko="SGD는 맞지만 배치 스텝의 부호가 반대여서 오르막으로 갑니다.",
)
def batch_uphill(X, y, w, lr):
    return one_pass(X, y, w, lr), w + lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "sgd_vs_batch",
    en="The batch step is twice too long: the loss has a ½, which cancels the 2 of the derivative.",
    ko="배치 스텝이 두 배입니다. 손실의 ½이 미분에서 나오는 2와 약분됩니다.",
)
def batch_doubled(X, y, w, lr):
    return one_pass(X, y, w, lr), w - 2 * lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "sgd_vs_batch",
    en="The SGD steps are twice too long: the loss has a ½, which cancels the 2 of the derivative.",
    ko="SGD 스텝이 두 배입니다. 손실의 ½이 미분에서 나오는 2와 약분됩니다.",
)
def sgd_doubled(X, y, w, lr):
    return one_pass(X, y, w, 2 * lr), w - lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "sgd_vs_batch",
    en="Your batch gradient is the mean error times the mean input. The mean of the products is another number.",
    ko="배치 기울기가 평균 오차와 평균 입력의 곱입니다. 곱의 평균은 그것과 다릅니다.",
)
def means_multiplied(X, y, w, lr):
    return one_pass(X, y, w, lr), w - lr * (X @ w - y).mean() * X.mean(dim=0)


@misconception(
    "sgd_vs_batch",
    en="You return the mean of the weights on the way of SGD. The last ones are asked for.",
    ko="SGD가 지나온 가중치의 평균을 돌려주었습니다. 마지막 가중치여야 합니다.",
)
def sgd_averaged(X, y, w, lr):
    v, seen = w, []
    for x_i, y_i in zip(X, y):
        v = v - lr * (x_i @ v - y_i) * x_i
        seen.append(v)
    return torch.stack(seen).mean(dim=0), w - lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "sgd_vs_batch",
    en="You take N batch steps. It is one step.",
    ko="배치 스텝을 N번 밟았습니다. 한 번이어야 합니다.",
)
def batch_steps_repeated(X, y, w, lr):
    v = w
    for _ in range(len(y)):
        v = v - lr * (X.T @ (X @ v - y)) / len(y)
    return one_pass(X, y, w, lr), v


@misconception(
    "sgd_vs_batch",
    en="Your SGD takes the first example only. It passes over all of them.",
    ko="SGD가 첫 샘플만 씁니다. 모든 샘플을 한 번씩 거쳐야 합니다.",
)
def first_example_only(X, y, w, lr):
    return one_pass(X[:1], y[:1], w, lr), w - lr * (X.T @ (X @ w - y)) / len(y)


@misconception(
    "numeric_grad",
    en="You use a one-sided difference, (f(x) − f(x − h))/h. The central one takes a point on either side.",
    ko="한쪽 차분 (f(x) − f(x − h))/h를 썼습니다. 중심 차분은 양쪽의 점을 씁니다.",
)
def backward_difference(f, x, h=1e-5):
    return _central(f, x, h, lambda at: (at(0.0) - at(-h)) / h)


@misconception(
    "numeric_grad",
    en="You wrote / 2 * h: that divides by 2 and multiplies by h. Brackets are missing around 2 * h.",
    ko="/ 2 * h라고 써서 2로 나눈 뒤 h를 곱했습니다. 2 * h에 괄호가 필요합니다.",
)
def multiplied_by_the_step(f, x, h=1e-5):
    return _central(f, x, h, lambda at: (at(h) - at(-h)) / 2 * h)


@misconception(
    "numeric_grad",
    en="Your difference is f(x − h) − f(x + h): the sign is the opposite one.",
    ko="차를 f(x − h) − f(x + h)로 계산해 부호가 반대입니다.",
)
def difference_turned_round(f, x, h=1e-5):
    return _central(f, x, h, lambda at: (at(-h) - at(h)) / (2 * h))


@misconception(
    "numeric_grad",
    en="You do not divide by the distance 2h of the two points.",
    ko="두 점의 간격 2h로 나누지 않았습니다.",
)
def difference_not_divided(f, x, h=1e-5):
    return _central(f, x, h, lambda at: at(h) - at(-h))


@misconception(
    "numeric_grad",
    en="Brackets are missing around the difference: only the second value is divided by 2h.",
    ko="차에 괄호가 빠져 둘째 값만 2h로 나누었습니다.",
)
def brackets_around_the_difference(f, x, h=1e-5):
    return _central(f, x, h, lambda at: at(h) - at(-h) / (2 * h))


@misconception(
    "numeric_grad",
    en="You nudge all elements at once, which gives the sum of all derivatives everywhere. One element moves at a time.",
    ko="모든 원소를 한꺼번에 움직여 모든 자리에 도함수의 합이 나옵니다. 한 번에 한 원소만 움직여야 합니다.",
)
def all_elements_nudged(f, x, h=1e-5):
    refuse_integers(x)
    grad = torch.zeros_like(x)
    for index in indices(x):
        grad[index] = (f(x + h) - f(x - h)) / (2 * h)
    return grad


@misconception(
    "numeric_grad",
    en="Your gradient is flat. It has the shape of x.",
    ko="기울기가 한 줄로 펴져 있습니다. x와 모양이 같아야 합니다.",
)
def gradient_flattened(f, x, h=1e-5):
    return _central(f, x, h, lambda at: (at(h) - at(-h)) / (2 * h)).reshape(-1)


@misconception(
    "numeric_grad",
    en="Your points are x ± h/2, or the divisor does not fit them. They are x ± h, 2h apart.",
    ko="점을 x ± h/2로 잡았거나 나누는 수가 맞지 않습니다. 점은 x ± h이고 간격은 2h입니다.",
)
def step_half_as_long(f, x, h=1e-5):
    return _central(f, x, h, lambda at: (at(h / 2) - at(-h / 2)) / (2 * h))


@misconception(
    "rel_error",
    en="Your denominator is |b| alone. It is the larger of |a| and |b|.",
    ko="분모가 |b|뿐입니다. |a|와 |b| 가운데 큰 쪽이어야 합니다.",
)
def second_number_in_the_denominator(a, b):
    return _quotients(a, b, b.abs())


@misconception(
    "rel_error",
    en="Your denominator is |a| alone. It is the larger of |a| and |b|.",
    ko="분모가 |a|뿐입니다. |a|와 |b| 가운데 큰 쪽이어야 합니다.",
)
def first_number_in_the_denominator(a, b):
    return _quotients(a, b, a.abs())


@misconception(
    "rel_error",
    en="Your denominator is the smaller of |a| and |b|. It is the larger one.",
    ko="분모가 |a|와 |b| 가운데 작은 쪽입니다. 큰 쪽이어야 합니다.",
)
def smaller_number_in_the_denominator(a, b):
    return _quotients(a, b, torch.minimum(a.abs(), b.abs()))


@misconception(
    "rel_error",
    en="Your denominator is the mean of |a| and |b|. It is the larger of the two.",
    ko="분모가 |a|와 |b|의 평균입니다. 둘 가운데 큰 쪽이어야 합니다.",
)
def mean_in_the_denominator(a, b):
    return _quotients(a, b, (a.abs() + b.abs()) / 2)


@misconception(
    "rel_error",
    en="You divide the largest difference by the largest number. Each element is divided by its own size first, then the largest is taken.",
    ko="가장 큰 차를 가장 큰 수로 나누었습니다. 원소마다 자기 크기로 나눈 다음 가장 큰 값을 골라야 합니다.",
)
def one_denominator_for_all(a, b):
    scale = torch.maximum(a.abs().max(), b.abs().max())
    return (a - b).abs().max() / torch.where(scale == 0, 1.0, scale)


@misconception(
    "rel_error",
    en="You compare lengths: |a − b| over the sum of the lengths of a and b. Here the elements are compared one by one, and the largest error counts.",
    ko="a − b의 길이를 a와 b의 길이의 합으로 나누었습니다. 여기서는 원소마다 비교하고 가장 큰 오차를 씁니다.",
)
def norms_compared(a, b):
    scale = a.norm() + b.norm()
    return (a - b).norm() / torch.where(scale == 0, 1.0, scale)


@misconception(
    "rel_error",
    en="The difference has no absolute value: where a is smaller than b your error is negative.",
    ko="차에 절댓값을 취하지 않아 a가 b보다 작으면 오차가 음수입니다.",
)
def signed_difference(a, b):
    scale = torch.maximum(a.abs(), b.abs())
    return ((a - b) / torch.where(scale == 0, 1.0, scale)).max()


@misconception(
    "rel_error",
    en="You return an error for each element. The largest one is asked for.",
    ko="원소마다 오차를 돌려주었습니다. 가장 큰 값 하나여야 합니다.",
)
def error_of_each_element(a, b):
    scale = torch.maximum(a.abs(), b.abs())
    return (a - b).abs() / torch.where(scale == 0, 1.0, scale)


@misconception(
    "rel_error",
    en="You return the smallest error. The largest one is asked for.",
    ko="가장 작은 오차를 돌려주었습니다. 가장 큰 오차여야 합니다.",
)
def smallest_error(a, b):
    scale = torch.maximum(a.abs(), b.abs())
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).min()


@misconception(
    "rel_error",
    en="You add up the errors. The largest one is asked for.",
    ko="오차를 모두 더했습니다. 가장 큰 오차여야 합니다.",
)
def errors_added(a, b):
    scale = torch.maximum(a.abs(), b.abs())
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).sum()


@misconception(
    "perceptron_epoch",
    en="The update of the bias has the wrong sign, that of the weights is right: a positive example that was missed has to raise w·x + b through both.",
    ko="편향의 갱신만 부호가 반대입니다. 놓친 양성 샘플에서는 가중치와 편향이 모두 w·x + b를 키워야 합니다.",
)
def bias_with_wrong_sign(X, y, w, b, eta, order):
    return _epoch(X, y, w, b, order, lambda w, b, x, t: (w + eta * t * x, b - eta * t))
