"""Training basics: wrong versions that students write, and what to tell them."""

import itertools
import math

import torch

from autograder.authoring import misconception

# -- 1. param_count --------------------------------------------------------------------------------------------------


@misconception(
    "param_count",
    en="The biases are not counted in the total. They are learned like the weights.",
    ko="total에 편향이 빠졌습니다. 편향도 가중치처럼 학습되는 매개변수입니다.",
)
def total_without_biases(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(weights for weights, _ in layers)


@misconception(
    "param_count",
    en="The input layer got an entry of its own. Inputs are data; only the layers behind it have parameters.",
    ko="입력층에도 항목을 만들었습니다. 입력은 데이터이고, 매개변수는 그다음 층부터 있습니다.",
)
def input_counted(sizes):
    layers = [(0, sizes[0])] + [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="Each layer has a single bias in your count. Every neuron has its own.",
    ko="층마다 편향을 하나만 셌습니다. 뉴런마다 하나씩 있습니다.",
)
def one_bias_for_each_layer(sizes):
    layers = [(n * m, 1) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="Your biases belong to the inputs of a layer. They belong to its neurons, on the other side of the weights.",
    ko="편향을 층의 입력 쪽에서 셌습니다. 편향은 가중치 건너편, 곧 그 층의 뉴런에 있습니다.",
)
def biases_of_the_inputs(sizes):
    layers = [(n * m, n) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The total is the product of weights and biases. Parameters are added up.",
    ko="가중치와 편향의 수를 곱해서 합했습니다. 매개변수의 수는 더해야 합니다.",
)
def total_of_products(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w * b for w, b in layers)


@misconception(
    "param_count",
    en="You connect every layer with all layers before it. A layer sees only the one directly before.",
    ko="층을 그 앞의 모든 층과 연결했습니다. 층은 바로 앞 층하고만 연결됩니다.",
)
def all_earlier_layers_connected(sizes):
    layers = [(sum(sizes[:k]) * sizes[k], sizes[k]) for k in range(1, len(sizes))]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The hidden layers are counted twice in the total: each pair of neighbours already belongs to one layer only.",
    ko="total에서 은닉층이 두 번 세어졌습니다. 이웃한 두 층 사이의 매개변수는 한 번만 셉니다.",
)
def hidden_layers_twice(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers) + sum(w + b for w, b in layers[:-1])


@misconception(
    "param_count",
    en="The number of weights between two layers is a sum in your version. Every neuron is joined with every other one: it is a product.",
    ko="두 층 사이의 가중치 수를 더해서 구했습니다. 모든 뉴런이 서로 이어지므로 곱해야 합니다.",
)
def sum_for_product(sizes):
    layers = [(n + m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


# -- 2. epoch_batches ------------------------------------------------------------------------------------------------


@misconception(
    "epoch_batches",
    en="The smaller last mini-batch is dropped, so some examples are not seen in this epoch.",
    ko="마지막의 작은 미니배치를 버려서 이번 에폭에 쓰이지 않은 샘플이 있습니다.",
)
def tail_dropped(n, B, perm):
    return [perm[k * B : (k + 1) * B] for k in range(n // B)]


@misconception(
    "epoch_batches",
    en="You read B as the number of mini-batches. It is the number of examples in each.",
    ko="B를 미니배치의 개수로 여겼습니다. B는 미니배치 하나에 든 샘플 수입니다.",
)
def batch_size_as_count(n, B, perm):
    size = max(1, math.ceil(n / B))
    return [perm[start : start + size] for start in range(0, n, size)]


@misconception(
    "epoch_batches",
    en="perm is not used: the examples come in the order of their numbers, in every epoch the same.",
    ko="perm을 쓰지 않아 샘플이 번호 순서대로, 에폭마다 똑같이 나옵니다.",
)
def not_shuffled(n, B, perm):
    everything = torch.arange(n, device=perm.device)
    return [everything[start : start + B] for start in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="The indices inside your mini-batches are sorted. They keep the order of perm.",
    ko="미니배치 안의 인덱스가 정렬되어 있습니다. perm의 순서를 그대로 두어야 합니다.",
)
def sorted_inside(n, B, perm):
    return [perm[start : start + B].sort().values for start in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="The last mini-batch is filled up with examples from the beginning, which are then used twice in one epoch.",
    ko="마지막 미니배치를 앞쪽 샘플로 채워서 한 에폭에 두 번 쓰이는 샘플이 생겼습니다.",
)
def tail_filled_up(n, B, perm):
    return [perm[(torch.arange(start, start + B)) % n] for start in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="The last mini-batch begins earlier so that it is full. Then some examples stand in two mini-batches.",
    ko="마지막 미니배치를 꽉 채우려고 더 앞에서 시작했습니다. 그러면 두 미니배치에 드는 샘플이 생깁니다.",
)
def tail_overlaps(n, B, perm):
    return [perm[max(0, min(start, n - B)) : min(start, n - B) + B if n >= B else n] for start in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="Without examples your list holds one empty mini-batch. There is none: the list is empty.",
    ko="샘플이 없는데도 리스트에 빈 미니배치가 하나 들어 있습니다. 미니배치가 없으므로 리스트가 비어 있어야 합니다.",
)
def empty_mini_batch(n, B, perm):
    return list(torch.split(perm, B))


@misconception(
    "epoch_batches",
    en="You deal the examples out like cards, one to each mini-batch in turn. A mini-batch is a run of B neighbours in perm.",
    ko="카드를 돌리듯 미니배치마다 한 개씩 차례로 나눠 주었습니다. 미니배치는 perm에서 이웃한 B개입니다.",
)
def dealt_like_cards(n, B, perm):
    count = math.ceil(n / B)
    return [perm[k::count] for k in range(count)]


@misconception(
    "epoch_batches",
    en="Your mini-batches overlap: each begins one example later instead of B examples later.",
    ko="미니배치가 서로 겹칩니다. B개 뒤가 아니라 한 개 뒤에서 다음 미니배치가 시작합니다.",
)
def sliding_window(n, B, perm):
    return [perm[start : start + B] for start in range(max(n - B + 1, 0))]


# -- 3. init_weights -------------------------------------------------------------------------------------------------


@misconception(
    "init_weights",
    en="All weights are 0. Then all neurons of a layer compute the same, get the same gradients, and stay equal.",
    ko="가중치가 모두 0입니다. 그러면 한 층의 뉴런이 모두 같은 계산을 하고 같은 기울기를 받아 영원히 똑같습니다.",
)
def all_zero(U, dist, scale):
    return torch.zeros_like(U)


@misconception(
    "init_weights",
    en="Your uniform weights lie in [0, scale): all positive, with the mean scale / 2. They should lie around 0.",
    ko="균등분포의 가중치가 [0, scale)에 있어 모두 양수이고 평균이 scale / 2입니다. 0을 중심으로 퍼져야 합니다.",
)
def uniform_not_centred(U, dist, scale):
    return scale * U


@misconception(
    "init_weights",
    en="Your uniform weights lie in [-scale/2, scale/2): centred, but half as wide as asked.",
    ko="균등분포의 가중치가 [-scale/2, scale/2)에 있습니다. 중심은 맞지만 폭이 절반입니다.",
)
def uniform_half_as_wide(U, dist, scale):
    return scale * (U - 0.5) if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="You take scale for the variance of the normal weights. It is the standard deviation: no square root.",
    ko="정규분포에서 scale을 분산으로 여겼습니다. scale은 표준편차이므로 제곱근을 씌우지 않습니다.",
)
def scale_as_variance(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else math.sqrt(scale) * U


@misconception(
    "init_weights",
    en="The normal weights are cut off at two standard deviations. The docstring asks for a plain normal distribution.",
    ko="정규분포의 가중치를 표준편차의 두 배에서 잘랐습니다. docstring은 자르지 않은 정규분포를 요구합니다.",
)
def normal_cut_off(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else scale * U.clamp(-2, 2)


@misconception(
    "init_weights",
    en="You give the uniform weights the standard deviation scale. Here scale is the end of the interval.",
    ko="균등분포의 표준편차를 scale에 맞췄습니다. 여기서 scale은 구간의 끝입니다.",
)
def uniform_by_standard_deviation(U, dist, scale):
    return math.sqrt(3) * scale * (2 * U - 1) if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="The same numbers stand in every column. Neurons with equal weights stay equal: each entry of U gives its own weight.",
    ko="모든 열에 같은 수가 들어 있습니다. 가중치가 같은 뉴런은 계속 같습니다. U의 원소마다 다른 가중치를 만드세요.",
)
def one_column_repeated(U, dist, scale):
    U = U[..., :1].expand(U.shape)
    return scale * (2 * U - 1) if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="You subtract the mean of these numbers from them. The distribution has mean 0; a sample need not have it.",
    ko="뽑힌 수들의 평균을 뺐습니다. 평균이 0인 것은 분포이고, 뽑힌 수의 평균까지 0일 필요는 없습니다.",
)
def sample_mean_removed(U, dist, scale):
    W = scale * (2 * U - 1) if dist == "uniform" else scale * U
    return W - W.mean()


@misconception(
    "init_weights",
    en="You divide by scale instead of multiplying with it: small scales give huge weights.",
    ko="scale을 곱하지 않고 나눴습니다. scale이 작을수록 가중치가 커집니다.",
)
def divided_by_scale(U, dist, scale):
    return (2 * U - 1) / scale if dist == "uniform" else U / scale


# -- 4. lr_scaled, two_vs_one ----------------------------------------------------------------------------------------


@misconception(
    "lr_scaled",
    en="Your rate falls when the batch grows. It should grow with it.",
    ko="배치가 커지면 학습률이 작아집니다. 함께 커져야 합니다.",
)
def inverse_rule(lr0, B0, B):
    return lr0 * B0 / B


@misconception(
    "lr_scaled",
    en="You scale with the square root of the batch size. There is such a rule, but the one asked for is linear.",
    ko="배치 크기의 제곱근에 비례시켰습니다. 그런 규칙도 있지만 여기서는 선형 규칙을 씁니다.",
)
def square_root_rule(lr0, B0, B):
    return lr0 * math.sqrt(B / B0)


@misconception(
    "lr_scaled",
    en="B / B0 is rounded to a whole number. Ratios below 1, or between whole numbers, count as they are.",
    ko="B / B0를 정수로 내림했습니다. 1보다 작거나 정수가 아닌 비율도 그대로 써야 합니다.",
)
def ratio_rounded(lr0, B0, B):
    return lr0 * (B // B0)


@misconception(
    "lr_scaled",
    en="The rate doubles whenever B is not B0. It follows the ratio of the two.",
    ko="B가 B0와 다르기만 하면 학습률을 두 배로 했습니다. 둘의 비율을 따라야 합니다.",
)
def always_doubled(lr0, B0, B):
    return lr0 if B == B0 else 2 * lr0


@misconception(
    "lr_scaled",
    en="You multiply with B and forget B0: lr0 belongs to the batch size B0.",
    ko="B만 곱하고 B0를 빠뜨렸습니다. lr0는 배치 크기 B0에 알맞은 값입니다.",
)
def old_size_forgotten(lr0, B0, B):
    return lr0 * B


@misconception(
    "lr_scaled",
    en="You add a share for every further example. That is not proportional: twice the batch would not give twice the rate.",
    ko="늘어난 샘플 수에 비례하는 양을 학습률에 더했습니다. 그러면 배치가 두 배일 때 학습률이 두 배가 되지 않습니다.",
)
def added_share(lr0, B0, B):
    return lr0 + (B - B0) / B0


def mean_step(X, y, w, rows, lr):
    error = X[rows] @ w - y[rows]
    return w - lr * X[rows].T @ error / len(error)


@misconception(
    "two_vs_one",
    en="The second small step uses the gradient at w1. It is taken where the first step has led; at w1 the two ways would be equal, and there would be nothing to compare.",
    ko="둘째 걸음의 기울기를 w1에서 구했습니다. 첫 걸음이 도착한 곳에서 구해야 합니다. w1에서 구하면 두 방법이 똑같아져 비교할 것이 없습니다.",
)
def second_gradient_at_the_start(X, y, w1, a, B):
    first, second = slice(0, B), slice(B, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    w3 = w2 + mean_step(X, y, w1, second, a) - w1
    return w3, mean_step(X, y, w1, slice(0, 2 * B), a), mean_step(X, y, w1, slice(0, 2 * B), 2 * a)


@misconception(
    "two_vs_one",
    en="Both small steps use the same rows. The second one sees the other half of the examples.",
    ko="작은 두 걸음이 같은 행을 썼습니다. 둘째 걸음은 나머지 절반의 샘플을 봅니다.",
)
def same_half_twice(X, y, w1, a, B):
    w2 = mean_step(X, y, w1, slice(0, B), a)
    everything = slice(0, 2 * B)
    return (
        mean_step(X, y, w2, slice(0, B), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="Your steps use sums over the batch. The loss is a mean, so divide by the number of examples in the step.",
    ko="배치의 합으로 걸음을 옮겼습니다. 손실은 평균이므로 그 걸음에 쓴 샘플 수로 나눠야 합니다.",
)
def sums_for_means(X, y, w1, a, B):
    def step(w, rows, lr):
        return w - lr * X[rows].T @ (X[rows] @ w - y[rows])

    w2, everything = step(w1, slice(0, B), a), slice(0, 2 * B)
    return step(w2, slice(B, 2 * B), a), step(w1, everything, a), step(w1, everything, 2 * a)


@misconception(
    "two_vs_one",
    en="The single step adds up 2B gradients but divides by B, so it is twice too long. Its mean is over all its examples.",
    ko="한 걸음으로 갈 때 기울기 2B개를 더하고 B로 나눠 걸음이 두 배가 되었습니다. 그 걸음에 쓴 샘플 모두에 대한 평균이어야 합니다.",
)
def large_batch_divided_by_half(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(0, B), a), slice(0, 2 * B)
    w3 = mean_step(X, y, w2, slice(B, 2 * B), a)
    return w3, mean_step(X, y, w1, everything, 2 * a), mean_step(X, y, w1, everything, 4 * a)


@misconception(
    "two_vs_one",
    en="All steps are twice too long: with the one half in the loss the gradient of an example is error times input, without a 2.",
    ko="모든 걸음이 두 배입니다. 손실에 1/2이 있으므로 한 샘플의 기울기는 오차와 입력의 곱이고 2가 붙지 않습니다.",
)
def gradients_doubled(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(0, B), 2 * a), slice(0, 2 * B)
    w3 = mean_step(X, y, w2, slice(B, 2 * B), 2 * a)
    return w3, mean_step(X, y, w1, everything, 2 * a), mean_step(X, y, w1, everything, 4 * a)


@misconception(
    "two_vs_one",
    en="The two halves come in the wrong order: rows 0 ... B-1 are used first.",
    ko="두 절반의 순서가 바뀌었습니다. 0 ... B-1행을 먼저 씁니다.",
)
def halves_exchanged(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(B, 2 * B), a), slice(0, 2 * B)
    return (
        mean_step(X, y, w2, slice(0, B), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="The halves are the even and the odd rows in your version. They are the first B and the last B rows.",
    ko="짝수 행과 홀수 행으로 나눴습니다. 앞의 B행과 뒤의 B행으로 나눠야 합니다.",
)
def even_and_odd_rows(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(0, None, 2), a), slice(0, 2 * B)
    return (
        mean_step(X, y, w2, slice(1, None, 2), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="Your steps go uphill: the gradient is subtracted.",
    ko="오르막으로 가고 있습니다. 기울기를 빼야 합니다.",
)
def uphill(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(0, B), -a), slice(0, 2 * B)
    w3 = mean_step(X, y, w2, slice(B, 2 * B), -a)
    return w3, mean_step(X, y, w1, everything, -a), mean_step(X, y, w1, everything, -2 * a)


@misconception(
    "two_vs_one",
    en="The single steps use the first B rows only. They see all 2B.",
    ko="한 걸음으로 갈 때 앞의 B행만 썼습니다. 2B행을 모두 봐야 합니다.",
)
def only_half_seen(X, y, w1, a, B):
    first = slice(0, B)
    w3 = mean_step(X, y, mean_step(X, y, w1, first, a), slice(B, 2 * B), a)
    return w3, mean_step(X, y, w1, first, a), mean_step(X, y, w1, first, 2 * a)


@misconception(
    "two_vs_one",
    en="w2_scaled is made with half the rate instead of twice the rate.",
    ko="w2_scaled를 두 배가 아니라 절반의 학습률로 구했습니다.",
)
def scaled_down(X, y, w1, a, B):
    w2, everything = mean_step(X, y, w1, slice(0, B), a), slice(0, 2 * B)
    return (
        mean_step(X, y, w2, slice(B, 2 * B), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, a / 2),
    )


@misconception(
    "two_vs_one",
    en="w3 is where the first small step ends. A second one follows.",
    ko="w3가 첫 걸음이 끝난 곳입니다. 둘째 걸음이 더 있습니다.",
)
def second_step_left_out(X, y, w1, a, B):
    everything = slice(0, 2 * B)
    return (
        mean_step(X, y, w1, slice(0, B), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


# -- 5. warmup_lr ----------------------------------------------------------------------------------------------------


@misconception(
    "warmup_lr",
    en="Your rate starts at peak / warm: you count t from 1. In step 0 it is 0.",
    ko="t를 1부터 세어 peak / warm에서 시작합니다. 걸음 0에서는 0이어야 합니다.",
)
def starts_above_zero(t, peak, warm):
    return peak if t + 1 >= warm else peak * (t + 1) / warm


@misconception(
    "warmup_lr",
    en="The rate goes on rising after the warm-up. It stays at peak.",
    ko="웜업이 끝난 뒤에도 계속 오릅니다. peak에서 멈춰야 합니다.",
)
def rises_for_ever(t, peak, warm):
    return peak * t / warm if warm else peak


@misconception(
    "warmup_lr",
    en="There is no warm-up: the rate is peak from the start.",
    ko="웜업이 없습니다. 처음부터 peak입니다.",
)
def no_warm_up(t, peak, warm):
    return peak


@misconception(
    "warmup_lr",
    en="Without warm-up (warm = 0) your rate is 0, and nothing would ever be learned. It is peak.",
    ko="웜업이 없을 때(warm = 0) 학습률이 0이 되어 아무것도 배우지 못합니다. peak여야 합니다.",
)
def zero_without_warm_up(t, peak, warm):
    return peak * min(1.0, t / warm) if warm else 0.0


@misconception(
    "warmup_lr",
    en="Your formula divides by warm even when it is 0. Think of training without warm-up.",
    ko="warm이 0일 때도 warm으로 나눕니다. 웜업 없이 학습하는 경우를 생각하세요.",
)
def divides_by_zero(t, peak, warm):
    return peak * min(1.0, t / warm)


@misconception(
    "warmup_lr",
    en="Your rate is 0 during the whole warm-up and then jumps to peak. If you wrote t // warm: that is a whole number; divide with /.",
    ko="웜업 내내 0이다가 갑자기 peak로 뜁니다. t // warm이라고 썼다면 그 값은 정수입니다. /로 나누세요.",
)
def whole_number_division(t, peak, warm):
    return peak * min(1, t // warm) * 1.0 if warm else peak


@misconception(
    "warmup_lr",
    en="The rate falls again after the warm-up. Here it stays at peak; a decay is something else.",
    ko="웜업이 끝난 뒤 다시 떨어집니다. 여기서는 peak에 머뭅니다. 학습률 감소는 별개의 방법입니다.",
)
def falls_afterwards(t, peak, warm):
    return peak * t / warm if t < warm else peak * max(warm, 1) / max(t, 1)


@misconception(
    "warmup_lr",
    en="Your warm-up runs from peak down to 0. It rises.",
    ko="웜업이 peak에서 0으로 내려갑니다. 올라가야 합니다.",
)
def runs_backwards(t, peak, warm):
    return peak if t >= warm else peak * (1 - t / warm)


@misconception(
    "warmup_lr",
    en="Your warm-up rises along a curve. It is a straight line.",
    ko="웜업이 곡선을 따라 오릅니다. 직선이어야 합니다.",
)
def curved(t, peak, warm):
    return peak if t >= warm else peak * (t / warm) ** 2


@misconception(
    "warmup_lr",
    en="Your rate reaches peak one step early, in step warm - 1.",
    ko="한 걸음 일찍, 걸음 warm - 1에서 peak에 이릅니다.",
)
def one_step_early(t, peak, warm):
    return peak if t >= warm - 1 else peak * t / (warm - 1)


# -- 6. context_pairs ------------------------------------------------------------------------------------------------


def grid_of_patches(img, P, stride, top, left):
    return [img[top + i * stride : top + i * stride + P, left + j * stride : left + j * stride + P] for i in range(3) for j in range(3)]  # fmt: skip


def corner_of(img, P, gap):
    side = 3 * P + 2 * gap
    return (img.shape[0] - side) // 2, (img.shape[1] - side) // 2


def without_center(patches):
    return patches[4].clone(), torch.stack(patches[:4] + patches[5:])


@misconception(
    "context_pairs",
    en="The center is among the neighbours: there are nine patches, and its own place would be a label.",
    ko="이웃에 가운데 조각이 들어 있습니다. 조각이 아홉 개가 되고 가운데 자리까지 레이블이 됩니다.",
)
def center_among_neighbours(img, P, gap):
    patches = grid_of_patches(img, P, P + gap, *corner_of(img, P, gap))
    return patches[4].clone(), torch.stack(patches)


@misconception(
    "context_pairs",
    en="You take the first eight patches of the grid. The fifth of them is the center, and the last one is missing.",
    ko="격자의 앞 여덟 조각을 가져왔습니다. 그중 다섯째는 가운데이고, 마지막 조각이 빠졌습니다.",
)
def labels_not_shifted(img, P, gap):
    patches = grid_of_patches(img, P, P + gap, *corner_of(img, P, gap))
    return patches[4].clone(), torch.stack(patches[:8])


@misconception(
    "context_pairs",
    en="The neighbours are read column by column. Labels go in reading order, row by row.",
    ko="이웃을 열 방향으로 읽었습니다. 레이블은 글을 읽듯 행 방향으로 매깁니다.",
)
def read_by_columns(img, P, gap):
    patches = grid_of_patches(img, P, P + gap, *corner_of(img, P, gap))
    return without_center([patches[3 * j + i] for i in range(3) for j in range(3)])


@misconception(
    "context_pairs",
    en="The gap is left out: your patches touch.",
    ko="간격이 빠져 조각들이 맞닿아 있습니다.",
)
def gap_ignored(img, P, gap):
    return without_center(grid_of_patches(img, P, P, *corner_of(img, P, 0)))


@misconception(
    "context_pairs",
    en="The grid is placed with the gaps, but the patches step on by P only. Between their beginnings lie P + gap pixels.",
    ko="격자의 위치는 간격까지 고려했지만 조각은 P픽셀씩만 옮겼습니다. 시작점 사이의 거리는 P + gap픽셀입니다.",
)
def stride_without_gap(img, P, gap):
    return without_center(grid_of_patches(img, P, P, *corner_of(img, P, gap)))


@misconception(
    "context_pairs",
    en="Your grid starts in the top left corner of the image. It lies in the middle.",
    ko="격자가 이미지의 왼쪽 위 구석에서 시작합니다. 한가운데에 놓여야 합니다.",
)
def not_centred(img, P, gap):
    return without_center(grid_of_patches(img, P, P + gap, 0, 0))


@misconception(
    "context_pairs",
    en="Odd margins are rounded up. The grid starts at half the margin, rounded down.",
    ko="여백이 홀수일 때 올림했습니다. 여백의 절반을 내림한 곳에서 시작합니다.",
)
def margin_rounded_up(img, P, gap):
    side = 3 * P + 2 * gap
    return without_center(
        grid_of_patches(img, P, P + gap, (img.shape[0] - side + 1) // 2, (img.shape[1] - side + 1) // 2)
    )


@misconception(
    "context_pairs",
    en="Height and width are exchanged where you place the grid.",
    ko="격자를 놓을 때 높이와 너비가 뒤바뀌었습니다.",
)
def height_and_width_exchanged(img, P, gap):
    left, top = corner_of(img, P, gap)
    shifted = torch.roll(img, (-top, -left), (0, 1))
    return without_center(grid_of_patches(shifted, P, P + gap, 0, 0))


@misconception(
    "context_pairs",
    en="Your neighbours go round the center clockwise. Labels go in reading order.",
    ko="이웃을 가운데 둘레로 시계 방향으로 돌며 모았습니다. 레이블은 글을 읽는 순서로 매깁니다.",
)
def clockwise(img, P, gap):
    patches = grid_of_patches(img, P, P + gap, *corner_of(img, P, gap))
    return patches[4].clone(), torch.stack([patches[k] for k in (0, 1, 2, 5, 8, 7, 6, 3)])


@misconception(
    "context_pairs",
    en="Your center is a view of the image: whoever writes into it changes the image.",
    ko="가운데 조각이 이미지의 뷰입니다. 거기에 값을 쓰면 이미지도 바뀝니다.",
)
def center_is_a_view(img, P, gap):
    patches = grid_of_patches(img, P, P + gap, *corner_of(img, P, gap))
    return patches[4], torch.stack(patches[:4] + patches[5:])


@misconception(
    "context_pairs",
    en="The side of the grid has two gaps, between three patches; yours has three, so the grid sits too far up and left.",
    ko="조각 세 개 사이의 간격은 둘인데 셋으로 계산해서, 격자가 왼쪽 위로 치우쳤습니다.",
)
def three_gaps(img, P, gap):
    side = 3 * (P + gap)
    return without_center(
        grid_of_patches(img, P, P + gap, max((img.shape[0] - side) // 2, 0), max((img.shape[1] - side) // 2, 0))
    )


# -- 7. nt_xent ------------------------------------------------------------------------------------------------------


def unit(Z):
    norm = Z.norm(dim=1, keepdim=True)
    return Z / torch.where(norm > 0, norm, torch.ones_like(norm))


def shifted_partner(N, device):
    return (torch.arange(2 * N, device=device) + N) % (2 * N)


def without_self(S):
    return S.masked_fill(torch.eye(len(S), dtype=torch.bool, device=S.device), float("-inf"))


def with_gradients(loss_of, z1, z2):
    """The value of a loss and its own gradients, so that both are wrong in the same way."""
    with torch.enable_grad():
        a, b = z1.detach().clone().requires_grad_(), z2.detach().clone().requires_grad_()
        loss = loss_of(a, b)
        dz1, dz2 = torch.autograd.grad(loss, (a, b), allow_unused=True)
    zero = torch.zeros_like(z1)
    return loss.detach(), zero if dz1 is None else dz1, zero if dz2 is None else dz2


def ready_made(z1, z2, tau):
    """What the gradient misconceptions start from: (loss, U, dS, norm)."""
    N = len(z1)
    Z = torch.cat([z1, z2])
    U, partner = unit(Z), shifted_partner(N, Z.device)
    S = without_self(U @ U.T / tau)
    log_p = S - S.logsumexp(dim=1, keepdim=True)
    i = torch.arange(2 * N, device=Z.device)
    dS = log_p.exp()
    dS[i, partner] -= 1
    return -log_p[i, partner].mean(), U, dS / (2 * N), Z.norm(dim=1, keepdim=True)


def back_to_z(dU, U, norm):
    dZ = (dU - (dU * U).sum(dim=1, keepdim=True) * U) / torch.where(norm > 0, norm, torch.ones_like(norm))
    dZ = torch.where(norm > 0, dZ, torch.zeros_like(dZ))
    return dZ[: len(U) // 2], dZ[len(U) // 2 :]


@misconception(
    "nt_xent",
    en="Every embedding stands in its own denominator. Its similarity with itself is the largest of all and drowns the rest; leave it out.",
    ko="분모에 자기 자신이 들어 있습니다. 자신과의 유사도가 가장 커서 나머지를 덮어 버리므로 빼야 합니다.",
    evidence="E27",
)
def self_not_masked(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        return torch.nn.functional.cross_entropy(U @ U.T / tau, shifted_partner(len(a), a.device))

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="You set the similarity with itself to 0. exp(0) is 1 and still stands in the denominator; what is left out has the similarity minus infinity.",
    ko="자기 자신과의 유사도를 0으로 두었습니다. exp(0) = 1이 여전히 분모에 남습니다. 빼려면 유사도가 음의 무한대여야 합니다.",
    evidence="E27",
)
def self_masked_with_zero(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        S = (U @ U.T / tau) * (1 - torch.eye(len(U), dtype=U.dtype, device=U.device))
        return torch.nn.functional.cross_entropy(S, shifted_partner(len(a), a.device))

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="The embeddings are not normalised: long vectors win, whatever their direction.",
    ko="임베딩을 정규화하지 않았습니다. 방향과 상관없이 긴 벡터가 이깁니다.",
    evidence="E27",
)
def not_normalised(z1, z2, tau):
    def loss_of(a, b):
        Z = torch.cat([a, b])
        return torch.nn.functional.cross_entropy(without_self(Z @ Z.T / tau), shifted_partner(len(a), a.device))

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="The similarities are multiplied with tau instead of being divided by it.",
    ko="유사도를 tau로 나누지 않고 곱했습니다.",
    evidence="E27",
)
def multiplied_by_temperature(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        return torch.nn.functional.cross_entropy(without_self(U @ U.T * tau), shifted_partner(len(a), a.device))

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="tau is not used at all, in the loss and in the gradients.",
    ko="손실에서도 기울기에서도 tau를 쓰지 않았습니다.",
)
def temperature_left_out(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        return torch.nn.functional.cross_entropy(without_self(U @ U.T), shifted_partner(len(a), a.device))

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="Your partners are neighbouring rows (0 and 1, 2 and 3, ...). After z1 and z2 have been stacked, the partner stands N rows further on.",
    ko="이웃한 두 행(0과 1, 2와 3, ...)을 짝으로 보았습니다. z1과 z2를 쌓았으므로 짝은 N행 뒤에 있습니다.",
    evidence="E27",
)
def neighbours_as_partners(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        partner = torch.arange(len(U), device=U.device) ^ 1
        return torch.nn.functional.cross_entropy(without_self(U @ U.T / tau), partner)

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="The partner is missing from the denominator, so the loss is not a cross-entropy and can become negative.",
    ko="분모에 짝이 빠졌습니다. 그러면 교차 엔트로피가 아니게 되고 손실이 음수가 될 수도 있습니다.",
    evidence="E27",
)
def partner_not_in_denominator(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        S, i = without_self(U @ U.T / tau), torch.arange(len(U), device=U.device)
        partner = shifted_partner(len(a), a.device)
        others = S.clone()
        others[i, partner] = -1e9
        return (others.logsumexp(dim=1) - S[i, partner]).mean()

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="Only the first views look for their partners. The mean runs over all 2N embeddings, in both directions.",
    ko="첫째 모습만 짝을 찾습니다. 평균은 양쪽 방향, 임베딩 2N개 모두에 대한 것입니다.",
    evidence="E27",
)
def one_direction_only(z1, z2, tau):
    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        N = len(a)
        return torch.nn.functional.cross_entropy(without_self(U @ U.T / tau)[:N], shifted_partner(N, a.device)[:N])

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="You compare first views with second views only. In NT-Xent the other first views stand in the denominator, too.",
    ko="첫째 모습을 둘째 모습들하고만 비교했습니다. NT-Xent에서는 다른 첫째 모습들도 분모에 들어갑니다.",
)
def other_view_only(z1, z2, tau):
    def loss_of(a, b):
        S = unit(a) @ unit(b).T / tau
        target = torch.arange(len(a), device=a.device)
        return (torch.nn.functional.cross_entropy(S, target) + torch.nn.functional.cross_entropy(S.T, target)) / 2

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="The loss is a sum over the embeddings; it should be their mean.",
    ko="손실이 임베딩에 대한 합입니다. 평균이어야 합니다.",
)
def sum_over_embeddings(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dU = (dS + dS.T) @ U / tau
    dz1, dz2 = back_to_z(dU, U, norm)
    return loss * len(U), dz1 * len(U), dz2 * len(U)


@misconception(
    "nt_xent",
    en="You divide by N. There are 2N embeddings, and each has a term of its own.",
    ko="N으로 나눴습니다. 임베딩은 2N개이고 저마다 항이 하나씩 있습니다.",
)
def divided_by_pairs(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dU = (dS + dS.T) @ U / tau
    dz1, dz2 = back_to_z(dU, U, norm)
    return loss * 2, dz1 * 2, dz2 * 2


@misconception(
    "nt_xent",
    en="The loss is right, but the gradients are those of a sum: the mean over the 2N embeddings belongs to them, too.",
    ko="손실은 맞지만 기울기는 합의 기울기입니다. 임베딩 2N개에 대한 평균이 기울기에도 들어가야 합니다.",
)
def gradients_not_averaged(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dz1, dz2 = back_to_z((dS + dS.T) @ U / tau, U, norm)
    return loss, dz1 * len(U), dz2 * len(U)


@misconception(
    "nt_xent",
    en="The loss is right, but the gradients stop at the normalised embeddings: you return dL/du, and dL/dz is asked for.",
    ko="손실은 맞지만 기울기가 정규화된 임베딩에서 멈췄습니다. dL/du를 돌려주었는데, 구할 것은 dL/dz입니다.",
)
def gradients_of_the_unit_vectors(z1, z2, tau):
    loss, U, dS, _ = ready_made(z1, z2, tau)
    dU = (dS + dS.T) @ U / tau
    return loss, dU[: len(z1)], dU[len(z1) :]


@misconception(
    "nt_xent",
    en="The loss is right. On the way back through the normalisation you only divide by the length; the part along u has to go as well.",
    ko="손실은 맞습니다. 정규화를 거슬러 갈 때 길이로 나누기만 했는데, u 방향의 성분도 빼야 합니다.",
)
def projection_missing(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dZ = (dS + dS.T) @ U / tau / torch.where(norm > 0, norm, torch.full_like(norm, float("inf")))
    return loss, dZ[: len(z1)], dZ[len(z1) :]


@misconception(
    "nt_xent",
    en="The loss is right. Each u stands in a row and in a column of the similarities, and your gradients follow the rows only.",
    ko="손실은 맞습니다. u는 유사도의 행에도 열에도 들어 있는데, 기울기에서 행만 따라갔습니다.",
)
def columns_forgotten(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z(dS @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="The loss is right. 1/tau is missing in the gradients.",
    ko="손실은 맞습니다. 기울기에 1/tau가 빠졌습니다.",
)
def gradients_without_temperature(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z((dS + dS.T) @ U, U, norm))


@misconception(
    "nt_xent",
    en="The length of z is missing in the gradients: the longer an embedding, the less a change of it turns it.",
    ko="기울기에 z의 길이가 빠졌습니다. 임베딩이 길수록 같은 변화로 방향이 덜 바뀝니다.",
)
def length_missing(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z((dS + dS.T) @ U / tau, U, torch.where(norm > 0, torch.ones_like(norm), norm)))


@misconception(
    "nt_xent",
    en="The gradients point the wrong way: following them uphill would bring the partners together.",
    ko="기울기의 부호가 반대입니다. 지금대로라면 기울기를 따라 올라가야 짝이 가까워집니다.",
)
def sign_of_the_gradients(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dz1, dz2 = back_to_z((dS + dS.T) @ U / tau, U, norm)
    return loss, -dz1, -dz2


@misconception(
    "nt_xent",
    en="dz1 and dz2 are exchanged.",
    ko="dz1과 dz2가 뒤바뀌었습니다.",
)
def gradients_exchanged(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dz1, dz2 = back_to_z((dS + dS.T) @ U / tau, U, norm)
    return loss, dz2, dz1


@misconception(
    "nt_xent",
    en="A row of zeros is divided by its length 0, and NaN spreads to everything. Such a row stays a row of zeros.",
    ko="모두 0인 행을 길이 0으로 나누어 NaN이 전체로 퍼졌습니다. 그런 행은 0인 채로 두어야 합니다.",
)
def zero_row_divided(z1, z2, tau):
    Z = torch.cat([z1, z2])
    norm = Z.norm(dim=1, keepdim=True)
    U, N = Z / norm, len(z1)
    i, partner = torch.arange(2 * N, device=Z.device), shifted_partner(N, Z.device)
    S = without_self(U @ U.T / tau)
    log_p = S - S.logsumexp(dim=1, keepdim=True)
    dS = log_p.exp()
    dS[i, partner] -= 1
    dU = (dS + dS.T) @ U / tau / (2 * N)
    dZ = (dU - (dU * U).sum(dim=1, keepdim=True) * U) / norm
    return -log_p[i, partner].mean(), dZ[:N], dZ[N:]


@misconception(
    "nt_xent",
    en="You form exp(s) itself: at a low temperature it is infinite. Subtract the largest similarity of the row first, or use logsumexp.",
    ko="exp(s)를 그대로 만들었습니다. 온도가 낮으면 무한대가 됩니다. 행에서 가장 큰 유사도를 먼저 빼거나 logsumexp를 쓰세요.",
)
def exponential_overflows(z1, z2, tau):
    N = len(z1)
    U = unit(torch.cat([z1, z2]))
    norm = torch.cat([z1, z2]).norm(dim=1, keepdim=True)
    i, partner = torch.arange(2 * N, device=U.device), shifted_partner(N, U.device)
    E = torch.exp(U @ U.T / tau) * (1 - torch.eye(2 * N, dtype=U.dtype, device=U.device))
    P = E / E.sum(dim=1, keepdim=True)
    loss = -torch.log(P[i, partner]).mean()
    P[i, partner] -= 1
    return (loss, *back_to_z((P + P.T) @ U / tau / (2 * N), U, norm))


# -- 8. finetune_step, linear_probe ----------------------------------------------------------------------------------


@misconception(
    "finetune_step",
    en="The frozen parameters change, too. frozen is never looked at.",
    ko="얼린 매개변수까지 바뀝니다. frozen을 전혀 보지 않았습니다.",
)
def frozen_ignored(params, grads, lr, frozen):
    return {name: p - lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="As soon as anything is frozen, nothing moves any more. Only the named parameters stay.",
    ko="하나라도 얼리면 아무것도 움직이지 않습니다. 이름이 적힌 매개변수만 그대로 두어야 합니다.",
)
def everything_frozen(params, grads, lr, frozen):
    return {name: p + 0 if frozen else p - lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="It is the other way round: you train what is frozen and keep the rest.",
    ko="거꾸로입니다. 얼린 것을 학습시키고 나머지를 그대로 두었습니다.",
)
def the_wrong_ones_trained(params, grads, lr, frozen):
    return {name: p - lr * grads[name] if name in frozen else p + 0 for name, p in params.items()}


@misconception(
    "finetune_step",
    en="The caller's tensors are changed in place: the old parameters are lost, and a second call starts somewhere else.",
    ko="호출한 쪽의 텐서를 제자리에서 바꿨습니다. 이전 매개변수가 사라지고, 다시 호출하면 다른 곳에서 시작하게 됩니다.",
)
def changed_in_place(params, grads, lr, frozen):
    for name, p in params.items():
        if name not in frozen:
            p -= lr * grads[name]
    return dict(params)


@misconception(
    "finetune_step",
    en="Frozen parameters are missing from the result. They keep their values, but the network still needs them.",
    ko="결과에 얼린 매개변수가 빠졌습니다. 값은 그대로지만 신경망에는 여전히 필요합니다.",
)
def frozen_left_out(params, grads, lr, frozen):
    return {name: p - lr * grads[name] for name, p in params.items() if name not in frozen}


@misconception(
    "finetune_step",
    en="Frozen parameters become 0. Frozen means unchanged.",
    ko="얼린 매개변수가 0이 되었습니다. 얼린다는 것은 바꾸지 않는다는 뜻입니다.",
)
def frozen_set_to_zero(params, grads, lr, frozen):
    return {name: p * 0 if name in frozen else p - lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="You freeze every name that begins with a frozen one: W10 stays still because of W1.",
    ko="얼린 이름으로 시작하는 이름까지 모두 얼렸습니다. W1 때문에 W10도 멈춥니다.",
)
def frozen_by_beginning(params, grads, lr, frozen):
    return {
        name: p + 0 if any(name.startswith(f) for f in frozen) else p - lr * grads[name] for name, p in params.items()
    }


@misconception(
    "finetune_step",
    en="The learning rate is missing.",
    ko="학습률이 빠졌습니다.",
)
def rate_missing(params, grads, lr, frozen):
    return {name: p + 0 if name in frozen else p - grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="You add the gradient. Descent subtracts it.",
    ko="기울기를 더했습니다. 경사 하강법은 기울기를 뺍니다.",
)
def gradient_added(params, grads, lr, frozen):
    return {name: p + 0 if name in frozen else p + lr * grads[name] for name, p in params.items()}


def ridge(F, y, lam):
    return torch.linalg.solve(F.T @ F + lam * torch.eye(F.shape[1], dtype=F.dtype, device=F.device), F.T @ y)


@misconception(
    "linear_probe",
    en="The bias is penalised like a weight, because you treat it as the weight of a constant feature. That pulls all predictions towards 0.",
    ko="편향을 값이 1인 특징의 가중치로 다루어 벌점까지 주었습니다. 그러면 모든 예측이 0 쪽으로 끌려갑니다.",
)
def bias_penalised(feats, y, lam):
    theta = ridge(torch.cat([feats, torch.ones_like(feats[:, :1])], dim=1), y, lam)
    return theta[:-1], theta[-1]


@misconception(
    "linear_probe",
    en="There is no bias: your plane goes through the origin.",
    ko="편향이 없어 평면이 원점을 지납니다.",
)
def no_bias(feats, y, lam):
    return ridge(feats, y, lam), y.mean() * 0


@misconception(
    "linear_probe",
    en="Your penalty is N times too strong, as if the squares were averaged. The objective has their sum, so lam stands alone.",
    ko="제곱 오차를 평균할 때처럼 벌점이 N배로 강합니다. 목적 함수에는 제곱의 합이 있으므로 lam을 그대로 씁니다.",
)
def penalty_times_examples(feats, y, lam):
    w = ridge(feats - feats.mean(dim=0), y - y.mean(), lam * len(y))
    return w, y.mean() - feats.mean(dim=0) @ w


@misconception(
    "linear_probe",
    en="The penalty is twice as strong as asked: both terms carry the factor 1/2, which cancels.",
    ko="벌점이 두 배입니다. 두 항에 모두 1/2이 있으므로 서로 상쇄됩니다.",
)
def penalty_doubled(feats, y, lam):
    w = ridge(feats - feats.mean(dim=0), y - y.mean(), 2 * lam)
    return w, y.mean() - feats.mean(dim=0) @ w


@misconception(
    "linear_probe",
    en="lam is not used. Without the penalty the weights grow large, and with few examples there is no unique answer.",
    ko="lam을 쓰지 않았습니다. 벌점이 없으면 가중치가 커지고, 샘플이 적으면 답이 하나로 정해지지 않습니다.",
)
def penalty_left_out(feats, y, lam):
    w = torch.linalg.pinv(feats - feats.mean(dim=0)) @ (y - y.mean())
    return w, y.mean() - feats.mean(dim=0) @ w


@misconception(
    "linear_probe",
    en="The bias is the mean target. That is right only when the features have mean 0; what w makes of their mean must be taken off.",
    ko="편향을 목표값의 평균으로 두었습니다. 특징의 평균이 0일 때만 맞는 값입니다. w가 특징의 평균에서 만들어 내는 몫을 빼야 합니다.",
)
def bias_is_mean_target(feats, y, lam):
    return ridge(feats - feats.mean(dim=0), y - y.mean(), lam), y.mean()


@misconception(
    "linear_probe",
    en="You scale the features to standard deviation 1 and never undo it. They are to be used as they are.",
    ko="특징의 표준편차를 1로 맞추고 되돌리지 않았습니다. 특징은 주어진 그대로 써야 합니다.",
)
def standardised(feats, y, lam):
    mean, std = feats.mean(dim=0), feats.std(dim=0, unbiased=False)
    w = ridge((feats - mean) / torch.where(std > 1e-12, std, torch.ones_like(std)), y - y.mean(), lam)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="Only the targets are centred, not the features. Both belong together.",
    ko="목표값에서만 평균을 빼고 특징에서는 빼지 않았습니다. 둘 다 빼야 합니다.",
)
def features_not_centred(feats, y, lam):
    w = ridge(feats, y - y.mean(), lam)
    return w, y.mean() - feats.mean(dim=0) @ w


# -- 10. patch_mask ----------------------------------------------------------------------------------------------------


@misconception(
    "patch_mask",
    en="True marks the patches that stay. It must mark those that are hidden.",
    ko="남는 패치를 True로 표시했습니다. 가린 패치가 True여야 합니다.",
)
def kept_patches_marked(scores, share):
    k = int(share * len(scores))
    hidden = torch.ones(len(scores), dtype=torch.bool)
    hidden[torch.argsort(scores)[:k]] = False
    return hidden


@misconception(
    "patch_mask",
    en="You compare scores with the share. How many are hidden then depends on the values; exactly k patches must be hidden.",
    ko="점수를 share와 비교했습니다. 그러면 값에 따라 가려지는 수가 달라집니다. 정확히 k개를 가려야 합니다.",
)
def share_as_threshold(scores, share):
    return scores < share


@misconception(
    "patch_mask",
    en="You hide the highest scores; the lowest ones are to be hidden.",
    ko="점수가 가장 높은 패치를 가렸습니다. 가장 낮은 패치를 가려야 합니다.",
)
def highest_scores_hidden(scores, share):
    k = int(share * len(scores))
    hidden = torch.zeros(len(scores), dtype=torch.bool)
    hidden[torch.argsort(scores, descending=True)[:k]] = True
    return hidden


@misconception(
    "patch_mask",
    en="k is rounded up; a part of a patch does not count, so it is rounded down.",
    ko="k를 올림했습니다. 패치의 일부는 세지 않으므로 내림해야 합니다.",
)
def k_rounded_up(scores, share):
    k = math.ceil(share * len(scores))
    hidden = torch.zeros(len(scores), dtype=torch.bool)
    hidden[torch.argsort(scores)[:k]] = True
    return hidden


@misconception(
    "patch_mask",
    en="You hide the first patches of the picture, whatever the scores: nothing is random any more.",
    ko="점수와 상관없이 앞쪽 패치를 가렸습니다. 그러면 무작위가 아닙니다.",
)
def first_patches_hidden(scores, share):
    return torch.arange(len(scores)) < int(share * len(scores))


@misconception(
    "patch_mask",
    en="argsort gives the index at each rank, not the rank of each index. Compared with k, it marks other patches.",
    ko="argsort는 각 순위에 있는 인덱스를 줄 뿐, 각 인덱스의 순위가 아닙니다. 이것을 k와 비교하면 다른 패치가 표시됩니다.",
)
def order_taken_for_rank(scores, share):
    return torch.argsort(scores) < int(share * len(scores))


# -- 11. word_order ----------------------------------------------------------------------------------------------------


@misconception(
    "word_order",
    en="target is order itself. order tells where words come from; the way back is its inverse.",
    ko="target이 order 그대로입니다. order는 단어가 어디에서 왔는지를 말하고, 되돌리는 길은 그 역순열입니다.",
)
def target_is_the_order(words, order):
    return [words[i] for i in order], list(order)


@misconception(
    "word_order",
    en="You put word i at place order[i]. It is the other way round: place i gets word order[i].",
    ko="단어 i를 order[i] 자리에 놓았습니다. 반대로 i번째 자리에 단어 order[i]를 놓아야 합니다.",
)
def moved_the_other_way(words, order):
    shuffled = [None] * len(words)
    for i, place in enumerate(order):
        shuffled[place] = words[i]
    return shuffled, list(order)


@misconception(
    "word_order",
    en="You look each word up in the shuffled sentence. A word that stands there twice is found at its first place both times.",
    ko="섞은 문장에서 단어를 찾았습니다. 두 번 나오는 단어는 매번 첫 자리에서 찾게 됩니다.",
)
def places_found_by_word(words, order):
    shuffled = [words[i] for i in order]
    return shuffled, [shuffled.index(word) for word in words]


@misconception(
    "word_order",
    en="The two results are exchanged: first the shuffled words, then the way back.",
    ko="두 결과의 순서가 바뀌었습니다. 섞은 단어가 먼저이고, 되돌리는 길이 그다음입니다.",
)
def results_exchanged(words, order):
    shuffled = [words[i] for i in order]
    return [order.index(i) for i in range(len(order))], shuffled


@misconception(
    "word_order",
    en="The words come back in their old order.",
    ko="단어가 원래 순서 그대로입니다.",
)
def nothing_shuffled(words, order):
    return list(words), [order.index(i) for i in range(len(order))]


@misconception(
    "word_order",
    en="Your places are counted from 1; they are counted from 0.",
    ko="자리를 1부터 셌습니다. 0부터 세어야 합니다.",
)
def places_from_one(words, order):
    return [words[i] for i in order], [order.index(i) + 1 for i in range(len(order))]
