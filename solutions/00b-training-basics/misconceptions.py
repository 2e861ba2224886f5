"""Training basics: wrong versions that students write, and what to tell them."""

import itertools
import math

import torch

from autograder.authoring import misconception

# -- 1. param_count --------------------------------------------------------------------------------------------------


@misconception(
    "param_count",
    en="The biases are not counted in the total. They are learned like the weights.",
    ko="total에 편향이 빠졌습니다. 편향도 가중치처럼 학습되는 파라미터입니다.",
)
def total_without_biases(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(weights for weights, _ in layers)


@misconception(
    "param_count",
    en="The input layer got an entry of its own. Inputs are data; only the layers behind it have parameters.",
    ko="입력층에도 항목을 만들었습니다. 입력은 데이터이고, 파라미터는 그다음 층부터 있습니다.",
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
    ko="가중치와 편향의 수를 곱해서 합했습니다. 파라미터의 수는 더해야 합니다.",
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
    ko="total에서 은닉층이 두 번 세어졌습니다. 이웃한 두 층 사이의 파라미터는 한 번만 셉니다.",
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


@misconception(
    "param_count",
    en="The total counts a bias for every input, too. Inputs are data: only the layers behind them have biases.",
    ko="합계에 입력의 편향까지 셌습니다. 입력은 데이터이고, 그 뒤의 층에만 편향이 있습니다.",
)
def input_biases_in_the_total(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers) + sizes[0]


@misconception(
    "param_count",
    en="The weights contain the bias already, (n + 1) m, and it is counted once more beside them.",
    ko="가중치 수에 (n + 1) m처럼 편향이 이미 들어 있는데, 그 옆에서 한 번 더 셌습니다.",
)
def bias_inside_the_weights(sizes):
    layers = [((n + 1) * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The weights of a layer contain its biases: (n + 1) m. The pair keeps them apart: n m weights, m biases.",
    ko="층의 가중치 수에 (n + 1) m처럼 편향이 섞여 있습니다. 가중치 n m개와 편향 m개를 따로 적어야 합니다.",
)
def bias_inside_the_pair_only(sizes):
    layers = [((n + 1) * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w for w, _ in layers)


@misconception(
    "param_count",
    en="Your weights are the square of the layer's own size. They join the layer with the layer before it: the product of both sizes.",
    ko="가중치 수를 그 층 크기의 제곱으로 구했습니다. 가중치는 바로 앞 층과 이어 주므로 두 크기의 곱입니다.",
)
def layer_squared(sizes):
    layers = [(m * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="Your weights are the square of the size of the layer before. They join it with the next layer: the product of both sizes.",
    ko="가중치 수를 앞 층 크기의 제곱으로 구했습니다. 가중치는 앞 층과 다음 층을 이어 주므로 두 크기의 곱입니다.",
)
def layer_before_squared(sizes):
    layers = [(n * n, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The last layer, the output, is missing: it has weights and biases like every layer behind the input.",
    ko="마지막 층인 출력층이 빠졌습니다. 출력층에도 가중치와 편향이 있습니다.",
)
def last_layer_left_out(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes[:-1])]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The first layer behind the input is missing: its weights join the inputs with the first neurons.",
    ko="입력 바로 뒤의 첫 층이 빠졌습니다. 입력과 첫 뉴런들을 이어 주는 가중치도 있습니다.",
)
def first_layer_left_out(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes[1:])]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="Each layer is one number in your list, weights and biases together. A pair is asked for: (weights, biases), two ints.",
    ko="층마다 가중치와 편향을 합친 수 하나를 적었습니다. (가중치, 편향) 두 정수의 쌍이어야 합니다.",
)
def one_number_a_layer(sizes):
    layers = [n * m + m for n, m in itertools.pairwise(sizes)]
    return layers, sum(layers)


@misconception(
    "param_count",
    en="Each entry of your list is the number of weights alone. A pair is asked for: (weights, biases), two ints.",
    ko="목록에 가중치 수만 적었습니다. (가중치, 편향) 두 정수의 쌍이어야 합니다.",
)
def only_the_weights_listed(sizes):
    layers = [n * m for n, m in itertools.pairwise(sizes)]
    return layers, sum(layers) + sum(sizes[1:])


@misconception(
    "param_count",
    en="You return the total only. Two results are asked for: the list of layers, and the total.",
    ko="합계만 돌려줍니다. 층의 목록과 합계, 두 가지를 돌려줘야 합니다.",
)
def only_the_total(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="You return the list of layers only. Two results are asked for: the list, and the total.",
    ko="층의 목록만 돌려줍니다. 목록과 합계, 두 가지를 돌려줘야 합니다.",
)
def only_the_layers(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers


@misconception(
    "param_count",
    en="You connect every layer with the input. A layer sees only the one directly before it.",
    ko="모든 층을 입력과 이었습니다. 층은 바로 앞 층만 봅니다.",
)
def every_layer_sees_the_input(sizes):
    layers = [(sizes[0] * m, m) for m in sizes[1:]]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The total is the number of layers in your version. All parameters together are asked for: the sum of weights and biases.",
    ko="합계가 층의 개수입니다. 가중치와 편향을 모두 더한 파라미터의 수여야 합니다.",
)
def layers_counted(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, len(layers)


@misconception(
    "param_count",
    en="The total is the number of neurons, the sum of sizes. Parameters are asked for: the sum of weights and biases.",
    ko="합계가 sizes를 더한 뉴런의 수입니다. 가중치와 편향을 모두 더한 파라미터의 수여야 합니다.",
)
def neurons_counted(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(sizes)


@misconception(
    "param_count",
    en="The total counts the biases only. Weights are parameters, too.",
    ko="합계에 편향만 셌습니다. 가중치도 파라미터입니다.",
)
def total_of_the_biases(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(b for _, b in layers)


@misconception(
    "param_count",
    en="Your last layer has no biases. The output neurons have one each, like all others behind the input.",
    ko="마지막 층에 편향이 없습니다. 출력 뉴런에도 다른 뉴런처럼 편향이 하나씩 있습니다.",
)
def output_without_bias(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    if layers:
        layers[-1] = (layers[-1][0], 0)
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="Your first layer has no biases. Every neuron behind the input has one.",
    ko="첫 층에 편향이 없습니다. 입력 뒤의 모든 뉴런에 편향이 하나씩 있습니다.",
)
def first_layer_without_bias(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    if layers:
        layers[0] = (layers[0][0], 0)
    return layers, sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="You join the input with the output directly. Each layer is joined with the one before it.",
    ko="입력과 출력을 바로 이었습니다. 각 층은 바로 앞 층과 이어집니다.",
)
def only_input_and_output(sizes):
    layers = [(sizes[0] * sizes[-1], sizes[-1])] if len(sizes) > 1 else []
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


@misconception(
    "epoch_batches",
    en="You make n // B + 1 mini-batches. Where n is a multiple of B, the last one is empty: one too many.",
    ko="미니배치를 n // B + 1개 만들었습니다. n이 B의 배수이면 마지막 하나가 비어 있습니다.",
)
def one_batch_too_many(n, B, perm):
    return [perm[k * B : (k + 1) * B] for k in range(n // B + 1)]


@misconception(
    "epoch_batches",
    en="A mini-batch starts at every example, one further on each time. They overlap; the next one starts B further on.",
    ko="예시마다 미니배치를 시작해 한 칸씩만 옮겨 갔습니다. 서로 겹칩니다. 다음 것은 B칸 뒤에서 시작해야 합니다.",
)
def starts_at_every_example(n, B, perm):
    return [perm[k : k + B] for k in range(n)]


@misconception(
    "epoch_batches",
    en="You return one tensor with B columns. A list is asked for, so that the last mini-batch may be smaller and is not lost.",
    ko="열이 B개인 텐서 하나를 돌려줍니다. 마지막의 작은 미니배치를 버리지 않도록 리스트로 돌려줘야 합니다.",
)
def one_tensor_of_full_batches(n, B, perm):
    return perm[: n // B * B].reshape(-1, B)


@misconception(
    "epoch_batches",
    en="You reshape perm to B columns: that fails where n is no multiple of B. A list is asked for, with a smaller last mini-batch.",
    ko="perm의 모양을 B열로 바꿨습니다. n이 B의 배수가 아니면 오류가 납니다. 마지막이 작을 수 있으므로 리스트여야 합니다.",
)
def reshaped_to_full_batches(n, B, perm):
    return list(perm.reshape(-1, B))


@misconception(
    "epoch_batches",
    en="You cut the inverse of perm: the position of each index instead of the index at each position.",
    ko="perm의 역순열을 잘랐습니다. 각 위치의 인덱스가 아니라 각 인덱스의 위치가 되었습니다.",
)
def inverse_permutation(n, B, perm):
    return list(perm.argsort().split(B)) if n else []


@misconception(
    "epoch_batches",
    en="You look the indices up in perm once more, perm[perm]. perm is the order already.",
    ko="인덱스를 perm에서 한 번 더 찾았습니다(perm[perm]). perm이 이미 순서입니다.",
)
def indices_of_indices(n, B, perm):
    return list(perm[perm].split(B)) if n else []


@misconception(
    "epoch_batches",
    en="What is left over is joined to the last full mini-batch, which is then larger than B. It makes a smaller mini-batch of its own.",
    ko="남은 것을 마지막 미니배치에 합쳐 B보다 커졌습니다. 남은 것은 그 자체로 작은 미니배치가 됩니다.",
)
def rest_joined_to_the_last(n, B, perm):
    if n == 0:
        return []
    count = max(n // B, 1)
    return [perm[k * B : (k + 1) * B if k < count - 1 else n] for k in range(count)]


@misconception(
    "epoch_batches",
    en="Each slice takes B + 1 indices: the end of a slice is not included, so k + B is right, and neighbours share an index in your version.",
    ko="조각마다 B + 1개를 담았습니다. 조각의 끝은 포함되지 않습니다. 지금은 이웃한 미니배치가 인덱스 하나를 함께 갖습니다.",
)
def one_index_shared(n, B, perm):
    return [perm[k : k + B + 1] for k in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="Each slice takes B - 1 indices: the end of a slice is not included, so one index of each mini-batch is lost.",
    ko="조각마다 B - 1개를 담았습니다. 조각의 끝은 포함되지 않으므로 미니배치마다 인덱스 하나가 사라집니다.",
)
def one_index_short(n, B, perm):
    return [perm[k : k + B - 1] for k in range(0, n, B)]


@misconception(
    "epoch_batches",
    en="You return the first mini-batch only. An epoch uses all examples.",
    ko="첫 미니배치만 돌려줍니다. 에폭에서는 모든 예시를 써야 합니다.",
)
def first_batch_only(n, B, perm):
    return [perm[:B]] if n else []


@misconception(
    "epoch_batches",
    en="The smaller mini-batch comes first in your version. It is the last one.",
    ko="작은 미니배치가 맨 앞에 있습니다. 마지막이어야 합니다.",
)
def small_one_first(n, B, perm):
    r = n % B
    return ([perm[:r]] if r else []) + [perm[k : k + B] for k in range(r, n, B)]


@misconception(
    "epoch_batches",
    en="perm is used from its end. The first B indices come first.",
    ko="perm을 끝에서부터 썼습니다. 처음 B개가 먼저입니다.",
)
def order_turned_round(n, B, perm):
    return list(perm.flip(0).split(B)) if n else []


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


@misconception(
    "init_weights",
    en="The normal weights are multiplied by scale squared, the variance. scale is the standard deviation itself.",
    ko="정규분포 가중치에 scale의 제곱(분산)을 곱했습니다. scale은 표준편차 그 자체입니다.",
)
def scale_squared(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else scale**2 * U


@misconception(
    "init_weights",
    en="scale is added to the normal numbers: that moves their mean to scale. A standard deviation is made by multiplying.",
    ko="정규분포 수에 scale을 더했습니다. 그러면 평균이 scale로 옮겨집니다. 표준편차는 곱해서 바꿉니다.",
)
def normal_shifted_by_scale(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else U + scale


@misconception(
    "init_weights",
    en="The normal weights are U itself, with standard deviation 1: scale is missing.",
    ko="정규분포 가중치가 U 그대로여서 표준편차가 1입니다. scale이 빠졌습니다.",
)
def normal_not_scaled(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else U + 0


@misconception(
    "init_weights",
    en="The uniform weights lie in [-1, 1): scale is missing.",
    ko="균등분포 가중치가 [-1, 1)에 있습니다. scale이 빠졌습니다.",
)
def uniform_not_scaled(U, dist, scale):
    return 2 * U - 1 if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="scale is missing: the uniform weights lie in [-1, 1), the normal ones have standard deviation 1.",
    ko="scale이 빠졌습니다. 균등분포는 [-1, 1)에 있고 정규분포는 표준편차가 1입니다.",
)
def nothing_scaled(U, dist, scale):
    return 2 * U - 1 if dist == "uniform" else U + 0


@misconception(
    "init_weights",
    en="Your uniform weights are 2U - scale: only the shift has the factor scale, the stretch has not. Both must be multiplied.",
    ko="균등분포를 2U - scale로 계산했습니다. 옮기는 데만 scale을 쓰고 늘리는 데는 쓰지 않았습니다. 둘 다 곱해야 합니다.",
)
def shift_scaled_but_not_the_stretch(U, dist, scale):
    return 2 * U - scale if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="Your uniform weights are 2 scale U - 1: only the stretch has the factor scale, the shift has not. Both must be multiplied.",
    ko="균등분포를 2 scale U - 1로 계산했습니다. 늘리는 데만 scale을 쓰고 옮기는 데는 쓰지 않았습니다. 둘 다 곱해야 합니다.",
)
def stretch_scaled_but_not_the_shift(U, dist, scale):
    return 2 * scale * U - 1 if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="Your uniform weights are scale (U - 1): they reach from -scale to 0, all negative. The stretch needs a 2.",
    ko="균등분포를 scale (U - 1)로 계산해 -scale부터 0까지로 모두 음수입니다. 늘릴 때 2배가 필요합니다.",
)
def stretch_without_the_two(U, dist, scale):
    return scale * (U - 1) if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="Your uniform weights lie in [0, 2 scale): stretched, but not shifted around 0.",
    ko="균등분포가 [0, 2 scale)에 있습니다. 늘렸지만 0을 가운데로 옮기지 않았습니다.",
)
def uniform_up_to_twice_scale(U, dist, scale):
    return 2 * scale * U if dist == "uniform" else scale * U


@misconception(
    "init_weights",
    en="You divide by the square root of the number of columns (Xavier, fan-in). Here the spread is given: scale alone, whatever the shape of U.",
    ko="열 수의 제곱근으로 나눴습니다(Xavier). 여기서는 U의 모양과 상관없이 퍼짐이 scale로 주어집니다.",
)
def divided_by_root_of_columns(U, dist, scale):
    W = scale * (2 * U - 1) if dist == "uniform" else scale * U
    return W / math.sqrt(U.shape[-1])


@misconception(
    "init_weights",
    en="You divide by the square root of the number of rows (Xavier, fan-in). Here the spread is given: scale alone, whatever the shape of U.",
    ko="행 수의 제곱근으로 나눴습니다(Xavier). 여기서는 U의 모양과 상관없이 퍼짐이 scale로 주어집니다.",
)
def divided_by_root_of_rows(U, dist, scale):
    W = scale * (2 * U - 1) if dist == "uniform" else scale * U
    return W / math.sqrt(U.shape[0])


@misconception(
    "init_weights",
    en="The normal numbers are standardised with the mean and the deviation of this sample. U already is standard normal; a sample need not have mean 0 and deviation 1.",
    ko="정규분포 수를 이 표본의 평균과 표준편차로 표준화했습니다. U는 이미 표준정규분포이고, 표본의 평균과 표준편차가 꼭 0과 1일 필요는 없습니다.",
)
def normal_standardised(U, dist, scale):
    return scale * (2 * U - 1) if dist == "uniform" else scale * (U - U.mean()) / U.std()


@misconception(
    "init_weights",
    en="The normal numbers are treated like the uniform ones, 2U - 1. They have mean 0 already; only the scale is needed.",
    ko="정규분포 수도 균등분포처럼 2U - 1로 바꿨습니다. 평균이 이미 0이므로 scale만 곱하면 됩니다.",
)
def normal_by_the_interval(U, dist, scale):
    return scale * (2 * U - 1)


@misconception(
    "init_weights",
    en="The two distributions are exchanged: the uniform numbers are treated as normal, and the other way round.",
    ko="두 분포가 뒤바뀌었습니다. 균등분포를 정규분포처럼, 정규분포를 균등분포처럼 다뤘습니다.",
)
def distributions_exchanged(U, dist, scale):
    return scale * U if dist == "uniform" else scale * (2 * U - 1)


@misconception(
    "init_weights",
    en="Your uniform weights run from scale down to -scale: 0 must become -scale.",
    ko="균등분포 가중치가 scale에서 -scale로 내려갑니다. 0이 -scale이 되어야 합니다.",
)
def sign_turned_round(U, dist, scale):
    return scale * (1 - 2 * U) if dist == "uniform" else scale * U


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


@misconception(
    "lr_scaled",
    en="You use the difference B - B0 instead of the ratio B / B0: proportional means that twice the batch gives twice the rate.",
    ko="비율 B / B0 대신 차이 B - B0을 썼습니다. 비례한다는 것은 배치가 두 배이면 학습률도 두 배라는 뜻입니다.",
)
def difference_for_ratio(lr0, B0, B):
    return lr0 * (1 + B - B0)


@misconception(
    "lr_scaled",
    en="You add the difference B - B0 to the rate. The rate follows the ratio B / B0.",
    ko="학습률에 차이 B - B0을 더했습니다. 학습률은 비율 B / B0에 비례합니다.",
)
def difference_added(lr0, B0, B):
    return lr0 + (B - B0)


@misconception(
    "lr_scaled",
    en="You always double the rate, whatever the batch sizes are. The factor is the ratio B / B0.",
    ko="배치 크기와 상관없이 늘 학습률을 두 배로 했습니다. 인수는 비율 B / B0입니다.",
)
def constant_factor_two(lr0, B0, B):
    return 2 * lr0


@misconception(
    "lr_scaled",
    en="The rate stays lr0, whatever the batch size is. It follows the ratio B / B0.",
    ko="배치 크기와 상관없이 학습률이 lr0 그대로입니다. 비율 B / B0에 비례해야 합니다.",
)
def rate_unchanged(lr0, B0, B):
    return lr0


@misconception(
    "lr_scaled",
    en="You scale with the square of the ratio. The rule is linear: the ratio itself.",
    ko="비율의 제곱을 곱했습니다. 규칙은 선형이므로 비율 그 자체를 곱합니다.",
)
def square_of_the_ratio(lr0, B0, B):
    return lr0 * (B / B0) ** 2


@misconception(
    "lr_scaled",
    en="You multiply by B0 and forget B: the new batch size does not count.",
    ko="B0만 곱하고 B를 잊었습니다. 새 배치 크기가 전혀 쓰이지 않습니다.",
)
def old_size_in_place_of_the_new(lr0, B0, B):
    return lr0 * B0


@misconception(
    "lr_scaled",
    en="You divide by B, as in a mean, and forget B0. The rate grows with the batch, by the ratio B / B0.",
    ko="평균처럼 B로 나누고 B0을 잊었습니다. 학습률은 비율 B / B0만큼 배치와 함께 커집니다.",
)
def divided_by_the_new_size(lr0, B0, B):
    return lr0 / B


@misconception(
    "lr_scaled",
    en="You scale with a logarithm. The rule is linear: the ratio itself.",
    ko="로그를 곱했습니다. 규칙은 선형이므로 비율 그 자체를 곱합니다.",
)
def logarithm_of_the_ratio(lr0, B0, B):
    return lr0 * (1 + math.log2(B / B0))


@misconception(
    "two_vs_one",
    en="The small steps divide by 2B, although they see only B examples each: they are half as long as they should be.",
    ko="작은 걸음에서 B개만 보면서 2B로 나눴습니다. 걸음이 절반이 되었습니다.",
)
def small_steps_divided_by_all(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a / 2)
    return (
        mean_step(X, y, w2, second, a / 2),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="w2_scaled is made with the same rate a as w2_same. Its rate is scaled by the rule, for a batch twice as large.",
    ko="w2_scaled를 w2_same과 같은 학습률 a로 구했습니다. 배치가 두 배이므로 규칙에 따라 키운 학습률을 써야 합니다.",
)
def scaled_like_the_same(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    same = mean_step(X, y, w1, everything, a)
    return mean_step(X, y, w2, second, a), same, same + 0


@misconception(
    "two_vs_one",
    en="w2_same is made with the scaled rate. It keeps the rate a.",
    ko="w2_same을 키운 학습률로 구했습니다. 학습률 a를 그대로 써야 합니다.",
)
def same_like_the_scaled(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    scaled = mean_step(X, y, w1, everything, 2 * a)
    return mean_step(X, y, w2, second, a), scaled, scaled + 0


@misconception(
    "two_vs_one",
    en="The single steps start at w2, where the first small step has led. All ways begin at w1.",
    ko="한 번에 가는 걸음이 첫 작은 걸음이 끝난 w2에서 시작합니다. 모두 w1에서 시작해야 합니다.",
)
def single_steps_start_at_w2(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    return mean_step(X, y, w2, second, a), mean_step(X, y, w2, everything, a), mean_step(X, y, w2, everything, 2 * a)


@misconception(
    "two_vs_one",
    en="The single steps start at w3, where the two small steps have led. All ways begin at w1.",
    ko="한 번에 가는 걸음이 작은 두 걸음이 끝난 w3에서 시작합니다. 모두 w1에서 시작해야 합니다.",
)
def single_steps_start_at_w3(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    w3 = mean_step(X, y, w2, second, a)
    return w3, mean_step(X, y, w3, everything, a), mean_step(X, y, w3, everything, 2 * a)


@misconception(
    "two_vs_one",
    en="The second small step starts again at w1, and the first one is forgotten. It starts from where the first has led.",
    ko="둘째 작은 걸음이 w1에서 다시 시작해 첫 걸음이 사라졌습니다. 첫 걸음이 끝난 곳에서 시작해야 합니다.",
)
def second_step_starts_again(X, y, w1, a, B):
    second, everything = slice(B, 2 * B), slice(0, 2 * B)
    return mean_step(X, y, w1, second, a), mean_step(X, y, w1, everything, a), mean_step(X, y, w1, everything, 2 * a)


@misconception(
    "two_vs_one",
    en="The second half starts at row B - 1 in your version: that row is used twice. The rows are B ... 2B-1.",
    ko="둘째 절반이 B - 1행에서 시작해 그 행을 두 번 썼습니다. B ... 2B-1행이어야 합니다.",
)
def halves_overlap(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B - 1, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    return mean_step(X, y, w2, second, a), mean_step(X, y, w1, everything, a), mean_step(X, y, w1, everything, 2 * a)


@misconception(
    "two_vs_one",
    en="The second half starts at row B + 1 in your version: row B is never used. The rows are B ... 2B-1.",
    ko="둘째 절반이 B + 1행에서 시작해 B행을 쓰지 않았습니다. B ... 2B-1행이어야 합니다.",
)
def one_row_left_out(X, y, w1, a, B):
    w2 = mean_step(X, y, w1, slice(0, B), a)
    everything = slice(0, 2 * B)
    return (
        mean_step(X, y, w2, slice(B + 1, 2 * B), a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="The second small step sees all 2B rows. It sees the second half only, the rows B ... 2B-1.",
    ko="둘째 작은 걸음이 2B행 전체를 봅니다. 둘째 절반인 B ... 2B-1행만 보아야 합니다.",
)
def second_step_on_all_rows(X, y, w1, a, B):
    everything = slice(0, 2 * B)
    w2 = mean_step(X, y, w1, slice(0, B), a)
    return (
        mean_step(X, y, w2, everything, a),
        mean_step(X, y, w1, everything, a),
        mean_step(X, y, w1, everything, 2 * a),
    )


@misconception(
    "two_vs_one",
    en="w2_same and w2_scaled are exchanged: the order is w3, w2_same, w2_scaled.",
    ko="w2_same과 w2_scaled가 뒤바뀌었습니다. 순서는 w3, w2_same, w2_scaled입니다.",
)
def same_and_scaled_exchanged(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a)
    return mean_step(X, y, w2, second, a), mean_step(X, y, w1, everything, 2 * a), mean_step(X, y, w1, everything, a)


@misconception(
    "two_vs_one",
    en="All steps are half as long as they should be: differentiating the square gives a 2 that cancels the one half of the loss.",
    ko="모든 걸음이 절반입니다. 제곱을 미분할 때 나오는 2가 손실의 1/2과 상쇄됩니다.",
)
def gradients_halved(X, y, w1, a, B):
    first, second, everything = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
    w2 = mean_step(X, y, w1, first, a / 2)
    return (
        mean_step(X, y, w2, second, a / 2),
        mean_step(X, y, w1, everything, a / 2),
        mean_step(X, y, w1, everything, a),
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


@misconception(
    "warmup_lr",
    en="Your warm-up rises along a cosine. It is a straight line: equal portions in every step.",
    ko="코사인 곡선을 따라 오릅니다. 걸음마다 똑같이 오르는 직선이어야 합니다.",
)
def along_a_cosine(t, peak, warm):
    return peak if t >= warm else peak * (1 - math.cos(math.pi * t / warm)) / 2


@misconception(
    "warmup_lr",
    en="Your warm-up rises along a sine, a curve. It is a straight line: equal portions in every step.",
    ko="사인 곡선을 따라 오릅니다. 걸음마다 똑같이 오르는 직선이어야 합니다.",
)
def along_a_sine(t, peak, warm):
    return peak if t >= warm else peak * math.sin(math.pi / 2 * t / warm)


@misconception(
    "warmup_lr",
    en="Your warm-up rises along a square root, a curve that is steep at first. It is a straight line.",
    ko="처음에 가파른 제곱근 곡선을 따라 오릅니다. 직선이어야 합니다.",
)
def along_a_root(t, peak, warm):
    return peak if t >= warm else peak * math.sqrt(t / warm)


@misconception(
    "warmup_lr",
    en="Your warm-up rises along a cubic curve. It is a straight line.",
    ko="세제곱 곡선을 따라 오릅니다. 직선이어야 합니다.",
)
def along_a_cube(t, peak, warm):
    return peak if t >= warm else peak * (t / warm) ** 3


@misconception(
    "warmup_lr",
    en="Your rate reaches peak one step late, in step warm + 1. You divide by warm + 1.",
    ko="warm + 1로 나누어 한 걸음 늦은 걸음 warm + 1에서야 peak에 이릅니다.",
)
def one_step_late(t, peak, warm):
    return peak * min(1.0, t / (warm + 1)) if warm else peak


@misconception(
    "warmup_lr",
    en="Your rate is one step late: it divides by warm + 1, also where there is no warm-up, and never starts at peak then.",
    ko="warm + 1로 나누어 한 걸음 늦습니다. 워밍업이 없을 때도 처음부터 peak가 되지 않습니다.",
)
def one_step_late_everywhere(t, peak, warm):
    return peak * min(1.0, t / (warm + 1))


@misconception(
    "warmup_lr",
    en="Your rate lags one step behind, with t - 1 in place of t: the first step is 0.",
    ko="t 대신 t - 1을 써서 한 걸음씩 늦습니다. 첫 걸음이 0입니다.",
)
def counted_from_minus_one(t, peak, warm):
    return peak if t >= warm else peak * max(t - 1, 0) / warm


@misconception(
    "warmup_lr",
    en="The rate falls again after the warm-up, like one over a square root. Here it stays at peak.",
    ko="워밍업 뒤에 제곱근의 역수처럼 다시 떨어집니다. 여기서는 peak에 머물러야 합니다.",
)
def falls_like_a_root(t, peak, warm):
    if warm == 0:
        return peak
    return peak * min(t / warm, math.sqrt(warm / t) if t > 0 else 1.0)


@misconception(
    "warmup_lr",
    en="After the warm-up the rate is 0. It stays at peak.",
    ko="워밍업 뒤에 학습률이 0이 됩니다. peak에 머물러야 합니다.",
)
def zero_afterwards(t, peak, warm):
    if warm == 0:
        return peak
    return peak * t / warm if t <= warm else 0.0


@misconception(
    "warmup_lr",
    en="The rate falls in a straight line after the warm-up, as steeply as it rose. It stays at peak.",
    ko="워밍업 뒤에 오른 만큼 다시 곧게 떨어집니다. peak에 머물러야 합니다.",
)
def triangle(t, peak, warm):
    if warm == 0:
        return peak
    return peak * t / warm if t <= warm else max(peak * (2 - t / warm), 0.0)


@misconception(
    "warmup_lr",
    en="You return a tensor. A Python float is asked for.",
    ko="텐서를 돌려줍니다. 파이썬 float를 돌려줘야 합니다.",
)
def tensor_returned(t, peak, warm):
    return torch.tensor(peak * min(1.0, t / warm) if warm else peak)


@misconception(
    "warmup_lr",
    en="You return the share of the warm-up, up to 1. It must still be multiplied by peak.",
    ko="워밍업의 비율(최대 1)만 돌려줍니다. peak를 곱해야 합니다.",
)
def share_only(t, peak, warm):
    return min(1.0, t / warm) if warm else 1.0


@misconception(
    "warmup_lr",
    en="During the warm-up you return the share t / warm without peak. It must be multiplied by peak.",
    ko="워밍업 동안 peak를 곱하지 않은 비율 t / warm을 돌려줍니다. peak를 곱해야 합니다.",
)
def share_only_during_warm_up(t, peak, warm):
    return peak if t >= warm else t / warm


@misconception(
    "warmup_lr",
    en="The rate grows by peak in every step: the division by warm is missing.",
    ko="걸음마다 peak만큼 커집니다. warm으로 나누는 것이 빠졌습니다.",
)
def peak_times_t(t, peak, warm):
    return peak if t >= warm else peak * t


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


@misconception(
    "context_pairs",
    en="The gaps are forgotten in the side of the grid, so that it starts too far down and to the right, not in the middle: its side is 3P + 2 gap.",
    ko="격자의 한 변에서 간격을 빠뜨려 가운데가 아니라 너무 아래, 너무 오른쪽에서 시작합니다. 한 변은 3P + 2 gap입니다.",
)
def gaps_not_in_the_side(img, P, gap):
    top, left = (img.shape[0] - (3 * P)) // 2, (img.shape[1] - (3 * P)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The side of the grid has two gaps, between three patches; yours has one.",
    ko="격자의 한 변에는 패치 셋 사이에 간격이 둘 있는데 하나만 넣었습니다.",
)
def one_gap_in_the_side(img, P, gap):
    top, left = (img.shape[0] - (3 * P + gap)) // 2, (img.shape[1] - (3 * P + gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The side of the grid has two gaps, between three patches; yours has 3, so the grid starts too far up and left.",
    ko="격자의 한 변에는 간격이 둘인데 셋을 넣어 격자가 너무 위, 너무 왼쪽에서 시작합니다.",
)
def third_gap_in_the_side(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 3 * gap)) // 2, (img.shape[1] - (3 * P + 3 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The side of the grid has two gaps, between three patches; yours has 4, as if a gap ran round it.",
    ko="격자의 한 변에는 간격이 둘인데 바깥까지 두른 것처럼 넷을 넣었습니다.",
)
def four_gaps_in_the_side(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 4 * gap)) // 2, (img.shape[1] - (3 * P + 4 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="Height and width are exchanged: your top row comes from the width W, and your left column from the height H.",
    ko="높이와 너비가 뒤바뀌었습니다. 위쪽 행을 너비 W에서, 왼쪽 열을 높이 H에서 구했습니다.",
)
def top_from_the_width(img, P, gap):
    top, left = (img.shape[1] - (3 * P + 2 * gap)) // 2, (img.shape[0] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="Your left column is computed from the height, like the top row. It comes from the width W.",
    ko="왼쪽 열까지 높이에서 구했습니다. 너비 W에서 구해야 합니다.",
)
def height_for_both(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[0] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="Your top row is computed from the width, like the left column. It comes from the height H.",
    ko="위쪽 행까지 너비에서 구했습니다. 높이 H에서 구해야 합니다.",
)
def width_for_both(img, P, gap):
    top, left = (img.shape[1] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The channels stand first in your patches. Here they stand last, as in img: (P, P, C).",
    ko="패치에서 채널이 맨 앞에 있습니다. 여기서는 img처럼 채널이 마지막입니다: (P, P, C).",
)
def channels_first(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4].permute(2, 0, 1), torch.stack(p[:4] + p[5:]).permute(0, 3, 1, 2)


@misconception(
    "context_pairs",
    en="The gap is left out between the columns: it lies between neighbours in both directions.",
    ko="열 사이의 간격이 빠졌습니다. 간격은 가로세로 양쪽에 모두 있습니다.",
)
def gap_between_rows_only(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The gap is left out between the rows: it lies between neighbours in both directions.",
    ko="행 사이의 간격이 빠졌습니다. 간격은 가로세로 양쪽에 모두 있습니다.",
)
def gap_between_columns_only(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="Your patches are P + gap wide: the gap is cut out with them. A patch has side P.",
    ko="패치의 한 변이 P + gap이어서 간격까지 잘라 냈습니다. 패치의 한 변은 P입니다.",
)
def patches_with_their_gap(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P + gap, c : c + P + gap].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="You round H // 2 and side // 2 apart: with odd numbers that is one pixel off. The difference is halved, (H - side) // 2.",
    ko="H // 2와 side // 2를 따로 내림했습니다. 홀수가 섞이면 한 픽셀 어긋납니다. 차이를 반으로 나눠야 합니다: (H - side) // 2.",
)
def halves_rounded_apart(img, P, gap):
    top, left = img.shape[0] // 2 - (3 * P + 2 * gap) // 2, img.shape[1] // 2 - (3 * P + 2 * gap) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack(p[:4] + p[5:])


@misconception(
    "context_pairs",
    en="The rows of the grid come from bottom to top. Labels go in reading order, the top row first.",
    ko="격자의 행이 아래에서 위로 놓였습니다. 읽는 순서대로 맨 위 행이 먼저입니다.",
)
def rows_upside_down(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack([*p[6:], p[3], p[5], *p[:3]])


@misconception(
    "context_pairs",
    en="Each row of the grid comes from right to left. Labels go in reading order, from left to right.",
    ko="격자의 각 행이 오른쪽에서 왼쪽으로 놓였습니다. 읽는 순서대로 왼쪽이 먼저입니다.",
)
def columns_mirrored(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack([p[k] for k in (2, 1, 0, 5, 3, 8, 7, 6)])


@misconception(
    "context_pairs",
    en="You return only the neighbours above, left, right and below. All eight are asked for.",
    ko="위, 왼쪽, 오른쪽, 아래의 이웃만 돌려줍니다. 여덟 개가 모두 필요합니다.",
)
def only_four_neighbours(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], torch.stack([p[k] for k in (1, 3, 5, 7)])


@misconception(
    "context_pairs",
    en="The neighbours come as a list. They belong into one tensor of shape (8, P, P, C).",
    ko="이웃을 리스트로 돌려줍니다. 모양이 (8, P, P, C)인 텐서 하나여야 합니다.",
)
def neighbours_in_a_list(img, P, gap):
    top, left = (img.shape[0] - (3 * P + 2 * gap)) // 2, (img.shape[1] - (3 * P + 2 * gap)) // 2
    p = []
    for i in range(3):
        for j in range(3):
            r, c = top + i * (P + gap), left + j * (P + gap)
            p.append(img[r : r + P, c : c + P].clone())
    return p[4], p[:4] + p[5:]


# -- 7. nt_xent ------------------------------------------------------------------------------------------------------


def unit(Z):
    norm = Z.norm(dim=1, keepdim=True)
    return Z / torch.where(norm > 0, norm, torch.ones_like(norm))


def shifted_partner(N, device):
    return (torch.arange(2 * N, device=device) + N) % (2 * N)


def without_self(S):
    return S.masked_fill(torch.eye(len(S), dtype=torch.bool, device=S.device), float("-inf"))


def with_gradients(loss_of, z1, z2, zero_rows_rest=True):
    """The value of a loss and its own gradients, so that both are wrong in the same way.

    zero_rows_rest: whether a row of zeros gets no gradient, as where somebody takes care of its length.
    """
    with torch.enable_grad():
        a, b = z1.detach().clone().requires_grad_(), z2.detach().clone().requires_grad_()
        loss = loss_of(a, b)
        dz1, dz2 = torch.autograd.grad(loss, (a, b), allow_unused=True)
    zero = torch.zeros_like(z1)
    dz1, dz2 = zero if dz1 is None else dz1, zero if dz2 is None else dz2
    if zero_rows_rest:
        dz1, dz2 = dz1 * (z1 != 0).any(dim=1, keepdim=True), dz2 * (z2 != 0).any(dim=1, keepdim=True)
    return loss.detach(), dz1, dz2


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

    return with_gradients(loss_of, z1, z2, zero_rows_rest=False)


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


def by_hand(z1, z2, tau, lengths, finish=lambda dS, log_p, i, partner: dS):
    """The right formulas with other lengths of the rows (`lengths`), or another dS (`finish`)."""
    N, Z = len(z1), torch.cat([z1, z2])
    norm = lengths(Z)
    U = torch.where(norm > 0, Z / norm, torch.zeros_like(Z))
    i, partner = torch.arange(2 * N, device=Z.device), shifted_partner(N, Z.device)
    log_p = without_self(U @ U.T / tau).log_softmax(dim=1)
    dS = log_p.exp()
    dS[i, partner] -= 1
    dS = finish(dS, log_p, i, partner) / (2 * N)
    dU = (dS + dS.T) @ U / tau
    dZ = torch.where(norm > 0, (dU - (dU * U).sum(dim=1, keepdim=True) * U) / norm, torch.zeros_like(Z))
    return -log_p[i, partner].mean(), dZ[:N], dZ[N:]


def row_lengths(Z):
    return Z.norm(dim=1, keepdim=True)


@misconception(
    "nt_xent",
    en="You normalise by the length of the whole matrix. Each row is brought to length 1 by its own length.",
    ko="행렬 전체의 길이로 나눠 정규화했습니다. 행마다 자기 길이로 나눠 길이가 1이 되게 해야 합니다.",
)
def one_length_for_all(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: Z.norm().reshape(1, 1))


@misconception(
    "nt_xent",
    en="You normalise the columns, the features over all embeddings. Each row, one embedding, is brought to length 1.",
    ko="모든 임베딩에 걸친 열(특징)을 정규화했습니다. 임베딩 하나인 행의 길이가 1이 되어야 합니다.",
)
def lengths_of_the_columns(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: Z.norm(dim=0, keepdim=True).expand(len(Z), -1))


@misconception(
    "nt_xent",
    en="You normalise by the sum of the absolute values (L1). The length is the Euclidean norm, the root of the sum of squares.",
    ko="절댓값의 합(L1)으로 정규화했습니다. 길이는 제곱합의 제곱근인 유클리드 노름입니다.",
)
def sum_of_absolute_values(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: Z.abs().sum(dim=1, keepdim=True))


@misconception(
    "nt_xent",
    en="You divide by the square of the length: the square root is missing.",
    ko="길이의 제곱으로 나눴습니다. 제곱근이 빠졌습니다.",
)
def squared_length(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: (Z * Z).sum(dim=1, keepdim=True))


@misconception(
    "nt_xent",
    en="You divide by the largest absolute entry. The length is the Euclidean norm, the root of the sum of squares.",
    ko="절댓값이 가장 큰 원소로 나눴습니다. 길이는 제곱합의 제곱근인 유클리드 노름입니다.",
)
def largest_entry_as_length(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: Z.abs().amax(dim=1, keepdim=True))


@misconception(
    "nt_xent",
    en="A small constant (epsilon) is added to the length, so that no embedding has length 1 exactly. Treat rows of zeros apart instead.",
    ko="길이에 작은 상수(epsilon)를 더해 어떤 임베딩도 길이가 정확히 1이 되지 않습니다. 모두 0인 행을 따로 다루세요.",
)
def constant_of_a_thousandth_added(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: row_lengths(Z) + 1e-3)


@misconception(
    "nt_xent",
    en="A small constant (epsilon) is added to the length, so that no embedding has length 1 exactly. Treat rows of zeros apart instead.",
    ko="길이에 작은 상수(epsilon)를 더해 어떤 임베딩도 길이가 정확히 1이 되지 않습니다. 모두 0인 행을 따로 다루세요.",
)
def constant_of_a_hundredth_added(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: row_lengths(Z) + 1e-2)


@misconception(
    "nt_xent",
    en="The loss is right, but the gradients lack the target: the 1 at the partner is not subtracted from the softmax.",
    ko="손실은 맞지만 기울기에 정답이 빠졌습니다. 소프트맥스에서 짝의 자리에 있는 1을 빼지 않았습니다.",
)
def target_not_subtracted(z1, z2, tau):
    def softmax_alone(dS, log_p, i, partner):
        return log_p.exp()

    return by_hand(z1, z2, tau, row_lengths, softmax_alone)


@misconception(
    "nt_xent",
    en="The loss is right, but in the gradients the 1 at the partner is added to the softmax instead of being subtracted.",
    ko="손실은 맞지만 기울기에서 짝의 자리에 있는 1을 빼지 않고 더했습니다.",
)
def target_added(z1, z2, tau):
    def added(dS, log_p, i, partner):
        dS = log_p.exp()
        dS[i, partner] += 1
        return dS

    return by_hand(z1, z2, tau, row_lengths, added)


@misconception(
    "nt_xent",
    en="The loss is right, but you take 2 G instead of G + G transposed. Each u stands in a row and in a column of the similarities, and G is not symmetric.",
    ko="손실은 맞지만 G와 G의 전치를 더하는 대신 2 G를 썼습니다. u는 유사도의 행과 열에 모두 있고 G는 대칭이 아닙니다.",
)
def rows_twice(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z(2 * dS @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="The loss is right, but your gradients follow the columns only (G transposed). Each u stands in a row and in a column of the similarities.",
    ko="손실은 맞지만 기울기가 열(G의 전치)만 따라갑니다. u는 유사도의 행과 열에 모두 있습니다.",
)
def columns_only(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z(dS.T @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="You form exp(s) itself and divide by its sum: at a low temperature that is infinite, and infinity over infinity is NaN. Subtract the largest similarity first, or use logsumexp.",
    ko="exp(s)를 그대로 구해 합으로 나눴습니다. 온도가 낮으면 무한대가 되어 무한대 나누기 무한대, 곧 NaN이 나옵니다. 가장 큰 유사도를 먼저 빼거나 logsumexp를 쓰세요.",
)
def plain_exponential_divided(z1, z2, tau):
    N, Z = len(z1), torch.cat([z1, z2])
    U, i, partner = unit(Z), torch.arange(2 * N, device=Z.device), shifted_partner(N, Z.device)
    E = torch.exp(without_self(U @ U.T / tau))
    log_p = torch.log(E / E.sum(dim=1, keepdim=True))
    dS = log_p.exp()
    dS[i, partner] -= 1
    dS = dS / (2 * N)
    return (-log_p[i, partner].mean(), *back_to_z((dS + dS.T) @ U / tau, U, row_lengths(Z)))


@misconception(
    "nt_xent",
    en="The partner is missing from the denominator. It runs over the other 2N - 1, the partner included; with N = 1 yours is empty.",
    ko="분모에 짝이 빠졌습니다. 분모는 짝을 포함해 나머지 2N - 1개를 모두 더합니다.",
)
def partner_left_out_where_others_are(z1, z2, tau):
    if len(z1) == 1:
        return z1.new_zeros(()), torch.zeros_like(z1), torch.zeros_like(z2)

    def loss_of(a, b):
        U = unit(torch.cat([a, b]))
        S, i = without_self(U @ U.T / tau), torch.arange(len(U), device=U.device)
        partner = shifted_partner(len(a), a.device)
        away = torch.zeros_like(S, dtype=torch.bool)
        away[i, partner] = True
        return (S.masked_fill(away, float("-inf")).logsumexp(dim=1) - S[i, partner]).mean()

    return with_gradients(loss_of, z1, z2)


@misconception(
    "nt_xent",
    en="The loss comes as a Python number. It is a 0-d tensor.",
    ko="손실이 파이썬 수입니다. 0차원 텐서여야 합니다.",
)
def number_for_the_loss(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss.item(), *back_to_z((dS + dS.T) @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="The loss has the wrong sign: it is minus the logarithm of a probability, and so never negative.",
    ko="손실의 부호가 반대입니다. 확률의 로그에 음의 부호를 붙인 값이므로 음수가 될 수 없습니다.",
)
def sign_of_the_loss(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (-loss, *back_to_z((dS + dS.T) @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="Loss and gradients have the wrong sign: the loss is minus the logarithm of a probability.",
    ko="손실과 기울기의 부호가 모두 반대입니다. 손실은 확률의 로그에 음의 부호를 붙인 값입니다.",
)
def sign_of_everything(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dz1, dz2 = back_to_z((dS + dS.T) @ U / tau, U, norm)
    return -loss, -dz1, -dz2


@misconception(
    "nt_xent",
    en="The gradients are right, but the loss is a sum over the 2N embeddings. It is their mean.",
    ko="기울기는 맞지만 손실이 2N개 임베딩에 대한 합입니다. 평균이어야 합니다.",
)
def loss_summed_gradients_averaged(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss * len(U), *back_to_z((dS + dS.T) @ U / tau, U, norm))


@misconception(
    "nt_xent",
    en="The temperature counts in the gradients once more: they are divided by tau squared.",
    ko="기울기를 tau로 한 번 더 나눠 tau의 제곱으로 나눈 셈이 되었습니다.",
)
def similarity_not_divided_in_the_loss(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z((dS + dS.T) @ U / tau**2, U, norm))


@misconception(
    "nt_xent",
    en="The loss is right, but the gradients are multiplied by tau. The similarities were divided by it, and so are the gradients.",
    ko="손실은 맞지만 기울기에 tau를 곱했습니다. 유사도를 tau로 나눴으므로 기울기도 tau로 나눠야 합니다.",
)
def gradients_times_temperature(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    return (loss, *back_to_z((dS + dS.T) @ U * tau, U, norm))


@misconception(
    "nt_xent",
    en="On the way back through the normalisation the part along u is added. It has to be subtracted.",
    ko="정규화를 거슬러 갈 때 u 방향 성분을 더했습니다. 빼야 합니다.",
)
def projection_added(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dU = (dS + dS.T) @ U / tau
    dZ = (dU + (dU * U).sum(dim=1, keepdim=True) * U) / torch.where(norm > 0, norm, torch.full_like(norm, float("inf")))
    return loss, dZ[: len(z1)], dZ[len(z1) :]


@misconception(
    "nt_xent",
    en="On the way back through the normalisation you multiply by the length of z. A longer embedding is turned less: divide by it.",
    ko="정규화를 거슬러 갈 때 z의 길이를 곱했습니다. 긴 임베딩일수록 덜 돌아가므로 나눠야 합니다.",
)
def length_multiplied(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dU = (dS + dS.T) @ U / tau
    dZ = (dU - (dU * U).sum(dim=1, keepdim=True) * U) * norm
    return loss, dZ[: len(z1)], dZ[len(z1) :]


# -- 8. finetune_step, linear_probe ----------------------------------------------------------------------------------


@misconception(
    "finetune_step",
    en="The frozen parameters change, too. frozen is never looked at.",
    ko="얼린 파라미터까지 바뀝니다. frozen을 전혀 보지 않았습니다.",
)
def frozen_ignored(params, grads, lr, frozen):
    return {name: p - lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="As soon as anything is frozen, nothing moves any more. Only the named parameters stay.",
    ko="하나라도 얼리면 아무것도 움직이지 않습니다. 이름이 적힌 파라미터만 그대로 두어야 합니다.",
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
    ko="호출한 쪽의 텐서를 제자리에서 바꿨습니다. 이전 파라미터가 사라지고, 다시 호출하면 다른 곳에서 시작하게 됩니다.",
)
def changed_in_place(params, grads, lr, frozen):
    for name, p in params.items():
        if name not in frozen:
            p -= lr * grads[name]
    return dict(params)


@misconception(
    "finetune_step",
    en="Frozen parameters are missing from the result. They keep their values, but the network still needs them.",
    ko="결과에 얼린 파라미터가 빠졌습니다. 값은 그대로지만 신경망에는 여전히 필요합니다.",
)
def frozen_left_out(params, grads, lr, frozen):
    return {name: p - lr * grads[name] for name, p in params.items() if name not in frozen}


@misconception(
    "finetune_step",
    en="Frozen parameters become 0. Frozen means unchanged.",
    ko="얼린 파라미터가 0이 되었습니다. 얼린다는 것은 바꾸지 않는다는 뜻입니다.",
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
    en="You add the gradient and go uphill. Descent subtracts it.",
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


@misconception(
    "finetune_step",
    en="You return the step -lr * grad instead of the parameter after it, p - lr * grad.",
    ko="걸음 뒤의 파라미터 p - lr * grad가 아니라 걸음 -lr * grad만 돌려줍니다.",
)
def step_for_the_parameter(params, grads, lr, frozen):
    return {name: p + 0 if name in frozen else -lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="For frozen names you return the gradient. They keep the value of the parameter.",
    ko="고정된 이름에 기울기를 돌려줍니다. 파라미터의 값을 그대로 두어야 합니다.",
)
def gradients_returned_for_frozen(params, grads, lr, frozen):
    return {name: grads[name] + 0 if name in frozen else p - lr * grads[name] for name, p in params.items()}


@misconception(
    "linear_probe",
    en="The features are not centred, and the bias is the mean target. That fits only when the features have mean 0: centre both, and take off what w makes of their mean.",
    ko="특징을 중심화하지 않고 편향을 y의 평균으로 두었습니다. 특징의 평균이 0일 때만 맞습니다. 둘 다 중심화하고, 편향에서 w와 특징 평균의 곱을 빼야 합니다.",
)
def mean_target_and_raw_features(feats, y, lam):
    return ridge(feats, y - y.mean(), lam), y.mean()


@misconception(
    "linear_probe",
    en="Neither features nor targets are centred when w is found; the means come in only afterwards. So w had to make up for the missing bias.",
    ko="w를 구할 때 특징도 목표도 중심화하지 않고 평균을 나중에야 넣었습니다. 그래서 w가 없는 편향까지 메우게 됩니다.",
)
def bias_put_in_afterwards(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats, y, lam)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="The penalty is half as strong as asked: both terms carry the factor 1/2, which cancels.",
    ko="벌점이 절반입니다. 두 항에 모두 1/2이 있어 서로 상쇄됩니다.",
)
def penalty_halved(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam / 2)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="Your penalty is divided by N. The objective has the sum of the squares, so lam stands alone.",
    ko="벌점을 N으로 나눴습니다. 목적 함수에는 제곱의 합이 있으므로 lam을 그대로 써야 합니다.",
)
def penalty_divided_by_examples(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam / len(y))
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="lam is squared in your penalty. It stands there as it is.",
    ko="벌점에 lam의 제곱을 썼습니다. lam 그대로여야 합니다.",
)
def penalty_squared(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam**2)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="Your penalty is the square root of lam. It stands there as it is.",
    ko="벌점에 lam의 제곱근을 썼습니다. lam 그대로여야 합니다.",
)
def penalty_root(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam**0.5)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="The penalty is subtracted: lam I must be added to the matrix.",
    ko="벌점을 뺐습니다. 행렬에 lam I를 더해야 합니다.",
)
def penalty_negative(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), -lam)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="lam is added to every entry of the matrix. The penalty lam ||w||^2 belongs to its diagonal only: lam times the identity.",
    ko="행렬의 모든 원소에 lam을 더했습니다. 벌점 lam ||w||^2은 대각선에만, 곧 lam과 단위행렬의 곱으로 들어갑니다.",
)
def penalty_in_every_entry(feats, y, lam):
    mean = feats.mean(dim=0)
    F = feats - mean
    w = torch.linalg.solve(F.T @ F + lam, F.T @ (y - y.mean()))
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="You scale the features to standard deviation 1. They are to be used as they are.",
    ko="특징의 표준편차를 1로 맞췄습니다. 특징을 그대로 써야 합니다.",
)
def scaled_with_the_sample_deviation(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge((feats - mean) / feats.std(dim=0), y - y.mean(), lam)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="You normalise the feature vectors to length 1. They are to be used as they are.",
    ko="특징 벡터를 길이 1로 정규화했습니다. 특징을 그대로 써야 합니다.",
)
def scaled_to_length_one(feats, y, lam):
    feats = feats / feats.norm(dim=1, keepdim=True).clamp(min=1e-12)
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam)
    return w, y.mean() - mean @ w


@misconception(
    "linear_probe",
    en="The sign of the bias is turned round: it is the mean target minus what w makes of the mean features.",
    ko="편향의 부호가 반대입니다. y의 평균에서 w와 특징 평균의 곱을 빼야 합니다.",
)
def sign_of_the_bias(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam)
    return w, mean @ w - y.mean()


@misconception(
    "linear_probe",
    en="What w makes of the mean features is added to the bias. It must be taken off.",
    ko="편향에 w와 특징 평균의 곱을 더했습니다. 빼야 합니다.",
)
def mean_features_added(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam)
    return w, y.mean() + mean @ w


@misconception(
    "linear_probe",
    en="The results are exchanged: the order is (w, b).",
    ko="결과의 순서가 바뀌었습니다. (w, b) 순서입니다.",
)
def bias_and_weights_exchanged(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam)
    return y.mean() - mean @ w, w


@misconception(
    "linear_probe",
    en="b has the shape (1,). It is 0-d, a single number.",
    ko="b의 모양이 (1,)입니다. 0차원, 곧 수 하나여야 합니다.",
)
def bias_as_a_vector(feats, y, lam):
    mean = feats.mean(dim=0)
    w = ridge(feats - mean, y - y.mean(), lam)
    return w, (y.mean() - mean @ w).reshape(1)


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


@misconception(
    "patch_mask",
    en="k is rounded to the nearest number; a part of a patch does not count, so it is rounded down (floor).",
    ko="k를 반올림했습니다. 패치의 일부는 세지 않으므로 내림해야 합니다.",
)
def k_rounded_to_nearest(scores, share):
    k = round(share * len(scores))
    hidden = torch.zeros(len(scores), dtype=torch.bool)
    hidden[torch.argsort(scores)[:k]] = True
    return hidden


@misconception(
    "patch_mask",
    en="You return the indices of the hidden patches. A bool mask with one entry for each patch is asked for.",
    ko="가려진 패치의 인덱스를 돌려줍니다. 패치마다 값이 하나씩 있는 bool 마스크를 돌려줘야 합니다.",
)
def indices_returned(scores, share):
    return torch.argsort(scores)[: int(share * len(scores))]


@misconception(
    "patch_mask",
    en="You compare with a quantile, and the score at the threshold counts as hidden: that is one too many, and without patches it ends in an error.",
    ko="분위수와 비교하면서 그 값 자체까지 가렸습니다. 하나가 더 많아지고, 패치가 없으면 오류가 납니다.",
)
def quantile_included(scores, share):
    return scores <= torch.quantile(scores, share)


@misconception(
    "patch_mask",
    en="You keep the share and hide the rest, 1 - share. The share says how many are hidden.",
    ko="share만큼 남기고 나머지 1 - share를 가렸습니다. share는 가려지는 비율입니다.",
)
def share_kept(scores, share):
    k = int((1 - share) * len(scores))
    hidden = torch.zeros(len(scores), dtype=torch.bool)
    hidden[torch.argsort(scores)[:k]] = True
    return hidden


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


@misconception(
    "word_order",
    en="You put word i at place order[i], which is the inverse. Place i gets the word order[i].",
    ko="단어 i를 order[i] 자리에 놓았습니다. 그것은 역순열입니다. i 자리에는 order[i]번 단어가 와야 합니다.",
)
def shuffled_by_the_inverse(words, order):
    shuffled = [None] * len(words)
    for i, place in enumerate(order):
        shuffled[place] = words[i]
    return shuffled, [order.index(i) for i in range(len(order))]


@misconception(
    "word_order",
    en="target is a tensor. A list of Python ints is asked for.",
    ko="target이 텐서입니다. 파이썬 정수의 리스트여야 합니다.",
)
def target_in_a_tensor(words, order):
    return [words[i] for i in order], torch.argsort(torch.tensor(order))


@misconception(
    "word_order",
    en="The words are sorted alphabetically. Their order is the one given by order.",
    ko="단어를 가나다(알파벳)순으로 정렬했습니다. 순서는 order가 정합니다.",
)
def sorted_by_the_alphabet(words, order):
    return sorted(words), [order.index(i) for i in range(len(order))]


@misconception(
    "word_order",
    en="The words are joined to one string. A list of words is asked for.",
    ko="단어를 문자열 하나로 이었습니다. 단어의 리스트여야 합니다.",
)
def one_text(words, order):
    return " ".join(words[i] for i in order), [order.index(i) for i in range(len(order))]


# -- more of them ----------------------------------------------------------------------------------------------------


@misconception(
    "param_count",
    en="Your counts are tensors. Python ints are asked for, in the pairs and as the total.",
    ko="개수가 텐서로 되어 있습니다. 쌍도 합계도 파이썬 int여야 합니다.",
)
def counts_in_tensors(sizes):
    s = torch.tensor(sizes)
    weights, biases = s[:-1] * s[1:], s[1:]
    return list(zip(weights, biases)), (weights + biases).sum()


@misconception(
    "param_count",
    en="The pairs are Python ints, but the total is a tensor. An int is asked for.",
    ko="쌍은 파이썬 int이지만 합계가 텐서입니다. int여야 합니다.",
)
def total_in_a_tensor(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, torch.tensor(sum(w + b for w, b in layers))


@misconception(
    "param_count",
    en="The pairs are the wrong way round: the weights come first, then the biases.",
    ko="쌍의 순서가 바뀌었습니다. 가중치의 수가 먼저, 편향의 수가 그다음입니다.",
)
def biases_before_weights(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return [(b, w) for w, b in layers], sum(w + b for w, b in layers)


@misconception(
    "param_count",
    en="The total stands before the layers: first the list, then the total.",
    ko="합계를 층의 리스트보다 앞에 놓았습니다. 리스트가 먼저이고 합계가 그다음입니다.",
)
def total_before_the_layers(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return sum(w + b for w, b in layers), layers


@misconception(
    "epoch_batches",
    en="Your mini-batches are lists of numbers. int64 tensors are asked for, so that they can be used as indices.",
    ko="미니배치가 수의 리스트로 되어 있습니다. 인덱스로 쓸 수 있도록 int64 텐서여야 합니다.",
)
def lists_of_indices(n, B, perm):
    return [perm[start : start + B].tolist() for start in range(0, n, B)]


@misconception(
    "warmup_lr",
    en="peak is used as a limit only: the rate rises by 1 / warm in every step, whatever the peak is. It should reach peak at t = warm.",
    ko="peak를 상한으로만 썼습니다. peak와 상관없이 한 스텝에 1 / warm씩 오릅니다. t = warm에서 peak에 닿아야 합니다.",
)
def peak_only_as_limit(t, peak, warm):
    return min(peak, t / warm) if warm else peak


@misconception(
    "warmup_lr",
    en="The rate does not depend on t during the warm-up: it stays at peak / warm. In step t it is t times as large.",
    ko="워밍업 동안 학습률이 t와 상관없이 peak / warm에 머뭅니다. 스텝 t에서는 그 t배입니다.",
)
def constant_during_warm_up(t, peak, warm):
    return peak if t >= warm else peak / warm


@misconception(
    "nt_xent",
    en="Only z1 gets a gradient: dz2 is zero. The second views are embeddings like the first ones, and the loss depends on them, too.",
    ko="z1에만 기울기가 있고 dz2는 0입니다. 두 번째 뷰도 첫 번째와 똑같은 임베딩이고 손실은 그것에도 달려 있습니다.",
)
def second_view_without_gradient(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dz1, dz2 = back_to_z((dS + dS.T) @ U / tau, U, norm)
    return loss, dz1, torch.zeros_like(dz2)


@misconception(
    "finetune_step",
    en='You look for the frozen names inside of the others: freezing "W1" freezes "W10" and "conv.W1", too. Names are compared as a whole.',
    ko='얼릴 이름이 다른 이름 안에 들어 있는지를 보았습니다. 그러면 "W1"을 얼릴 때 "W10"이나 "conv.W1"까지 멈춥니다. 이름은 전체를 비교합니다.',
)
def frozen_by_a_part_of_the_name(params, grads, lr, frozen):
    return {name: p + 0 if any(f in name for f in frozen) else p - lr * grads[name] for name, p in params.items()}


@misconception(
    "finetune_step",
    en="You look every frozen name up in params, and fail where it does not occur there. Such names mean nothing and are allowed.",
    ko="frozen의 이름을 모두 params에서 찾아서, 없는 이름이 있으면 오류가 납니다. 없는 이름은 아무 뜻이 없을 뿐이고 있어도 됩니다.",
)
def unknown_frozen_name_fails(params, grads, lr, frozen):
    new = {name: p - lr * grads[name] for name, p in params.items()}
    for name in frozen:
        new[name] = params[name] + 0
    return new


@misconception(
    "finetune_step",
    en="The learning rate multiplies the parameters, not the gradients.",
    ko="학습률을 기울기가 아니라 파라미터에 곱했습니다.",
)
def rate_on_the_parameters(params, grads, lr, frozen):
    return {name: p + 0 if name in frozen else lr * p - grads[name] for name, p in params.items()}


def lowest(scores, k):
    hidden = torch.zeros(len(scores), dtype=torch.bool, device=scores.device)
    hidden[torch.argsort(scores)[:k]] = True
    return hidden


@misconception(
    "patch_mask",
    en="One patch too many is hidden: everything up to and including the score at place k. Counted from 0, the places 0 to k - 1 are the k lowest.",
    ko="한 패치를 더 가렸습니다. k번째 자리의 점수까지 포함했습니다. 0부터 세므로 0번부터 k - 1번까지가 가장 낮은 k개입니다.",
)
def one_patch_too_many(scores, share):
    return lowest(scores, int(share * len(scores)) + 1)


@misconception(
    "patch_mask",
    en="One patch too few is hidden: the k-th lowest score itself belongs to them.",
    ko="한 패치를 덜 가렸습니다. k번째로 낮은 점수도 가려야 합니다.",
)
def one_patch_too_few(scores, share):
    return lowest(scores, max(int(share * len(scores)) - 1, 0))


@misconception(
    "patch_mask",
    en="At least one patch is hidden in your version. Where share * N is below 1, none is.",
    ko="언제나 하나 이상을 가립니다. share * N이 1보다 작으면 아무것도 가리지 않습니다.",
)
def at_least_one_hidden(scores, share):
    return lowest(scores, max(int(share * len(scores)), 1))


@misconception(
    "patch_mask",
    en="share is read as a percentage: you divide by 100, and hardly anything is hidden. It is a number from 0 to 1.",
    ko="share를 퍼센트로 보고 100으로 나누어 거의 아무것도 가리지 않습니다. share는 0에서 1 사이의 수입니다.",
)
def share_in_percent(scores, share):
    return lowest(scores, int(share * len(scores) / 100))


@misconception(
    "patch_mask",
    en="You cut at a share of the way from the lowest score to the highest. How many lie below depends on the scores; share says how many are hidden.",
    ko="가장 낮은 점수에서 가장 높은 점수까지의 구간을 share만큼 잘랐습니다. 그 아래에 몇 개가 있는지는 점수에 달려 있습니다. share는 몇 개를 가릴지를 정합니다.",
)
def share_of_the_range(scores, share):
    if not len(scores):
        return torch.zeros(0, dtype=torch.bool)
    return scores < scores.min() + share * (scores.max() - scores.min())


@misconception(
    "patch_mask",
    en="Everything below the mean score is hidden, whatever share says.",
    ko="share와 상관없이 평균보다 낮은 점수를 모두 가렸습니다.",
)
def below_the_mean(scores, share):
    return scores < scores.mean()


@misconception(
    "patch_mask",
    en="The mask holds the numbers 0 and 1. Truth values are asked for: True where a patch is hidden.",
    ko="마스크가 0과 1로 되어 있습니다. 가린 곳이 True인 진릿값이어야 합니다.",
)
def numbers_for_truth_values(scores, share):
    return lowest(scores, int(share * len(scores))).long()


@misconception(
    "patch_mask",
    en="The mask holds floats, 0. and 1. Truth values are asked for: True where a patch is hidden.",
    ko="마스크가 실수 0.과 1.로 되어 있습니다. 가린 곳이 True인 진릿값이어야 합니다.",
)
def floats_for_truth_values(scores, share):
    return lowest(scores, int(share * len(scores))).to(scores.dtype)


@misconception(
    "patch_mask",
    en="You return the scores with zeros where patches are hidden. The mask itself is asked for.",
    ko="가린 곳을 0으로 바꾼 점수를 돌려줍니다. 필요한 것은 마스크 자체입니다.",
)
def scores_with_zeros(scores, share):
    return scores * ~lowest(scores, int(share * len(scores)))


@misconception(
    "patch_mask",
    en="The last patches of the row are hidden, whatever their scores are.",
    ko="점수와 상관없이 맨 뒤의 패치들을 가렸습니다.",
)
def last_patches_hidden(scores, share):
    return torch.arange(len(scores)) >= len(scores) - int(share * len(scores))


@misconception(
    "word_order",
    en="target counts up, 0, 1, 2, ...: that is the way back only if nothing was shuffled.",
    ko="target이 0, 1, 2, ...입니다. 아무것도 섞지 않았을 때만 맞습니다.",
)
def target_counts_up(words, order):
    return [words[i] for i in order], list(range(len(order)))


@misconception(
    "word_order",
    en="target goes through order twice, order[order[i]]. The way back undoes one shuffle; it is no second one.",
    ko="target이 order를 두 번 거칩니다(order[order[i]]). 되돌아가는 길은 한 번 섞은 것을 푸는 것이지 한 번 더 섞는 것이 아닙니다.",
)
def order_applied_twice(words, order):
    return [words[i] for i in order], [order[i] for i in order]


@misconception(
    "word_order",
    en="target holds the words in their old order. Places are asked for: where each word of the sentence now stands in shuffled.",
    ko="target에 원래 순서의 단어를 담았습니다. 필요한 것은 자리, 곧 문장의 각 단어가 shuffled의 어디에 있는지입니다.",
)
def words_for_target(words, order):
    return [words[i] for i in order], list(words)


@misconception(
    "word_order",
    en="You turn the sentence round. order says which word comes at each place.",
    ko="문장을 거꾸로 뒤집었습니다. 자리마다 어떤 단어가 오는지는 order가 정합니다.",
)
def sentence_turned_round(words, order):
    return list(words)[::-1], [order.index(i) for i in range(len(order))]


@misconception(
    "word_order",
    en="Only the shuffled sentence is returned. The way back, target, is asked for as well.",
    ko="섞은 문장만 돌려줍니다. 되돌아가는 길 target도 함께 돌려줘야 합니다.",
)
def only_the_sentence(words, order):
    return [words[i] for i in order]


@misconception(
    "word_order",
    en="target is read backwards: the inverse of order is there, but from the last word to the first.",
    ko="target이 거꾸로 되어 있습니다. order의 역은 맞지만 마지막 단어부터 적었습니다.",
)
def target_backwards(words, order):
    return [words[i] for i in order], [order.index(i) for i in range(len(order))][::-1]


@misconception(
    "param_count",
    en="The total is that of the last layer: it is overwritten in every round of the loop. Add the layers up.",
    ko="합계가 마지막 층의 것입니다. 반복할 때마다 덮어썼기 때문입니다. 층을 모두 더하세요.",
)
def total_of_the_last_layer(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(layers[-1]) if layers else 0


@misconception(
    "param_count",
    en="Your function returns within the loop: only the first layer is counted.",
    ko="반복문 안에서 돌려줘서 첫 층만 세었습니다.",
)
def return_after_the_first_layer(sizes):
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes[:2])]
    return layers, sum(w + b for w, b in layers)


@misconception(
    "nt_xent",
    en="The loss is right. On the way back two things are missing: each u also stands in a column of the similarities, and the normalisation is more than a division by the length (its projection is left out).",
    ko="손실은 맞습니다. 되돌아오는 길에 두 가지가 빠졌습니다. u는 유사도의 열에도 있고, 정규화를 거슬러 오려면 길이로 나누는 것 말고 사영도 필요합니다.",
)
def columns_and_projection_missing(z1, z2, tau):
    loss, U, dS, norm = ready_made(z1, z2, tau)
    dZ = dS @ U / tau / torch.where(norm > 0, norm, torch.full_like(norm, torch.inf))
    return loss, dZ[: len(z1)], dZ[len(z1) :]


@misconception(
    "word_order",
    en="target tells where each shuffled word stood before, found by the word itself: that is order again, and wrong for words that occur twice. It has to tell where each word of the sentence stands now.",
    ko="섞은 문장의 단어가 원래 어디 있었는지를 단어로 찾아 적었습니다. 그것은 다시 order이고, 두 번 나오는 단어에서는 틀립니다. 문장의 각 단어가 지금 어디 있는지를 적어야 합니다.",
)
def old_places_found_by_word(words, order):
    shuffled = [words[i] for i in order]
    return shuffled, [words.index(word) for word in shuffled]


@misconception(
    "init_weights",
    en="Your uniform weights are shifted upwards: they lie in [scale, 3 scale). Stretched by 2 scale, they have to come down by scale.",
    ko="균등분포의 가중치를 위로 옮겨 [scale, 3 scale)에 있습니다. 2 scale배로 늘인 다음 scale만큼 내려야 합니다.",
)
def uniform_shifted_upwards(U, dist, scale):
    return 2 * scale * U + scale if dist == "uniform" else scale * U


@misconception(
    "warmup_lr",
    en="The rate never arrives: it stops one step before peak, at peak (warm - 1) / warm. From t = warm on it is peak.",
    ko="학습률이 끝까지 오르지 못하고 한 스텝 앞에서, 곧 peak (warm - 1) / warm에서 멈춥니다. t = warm부터는 peak입니다.",
)
def stops_before_the_peak(t, peak, warm):
    return peak * min(t, warm - 1) / warm if warm else peak


@misconception(
    "warmup_lr",
    en="Your rate starts at peak / (warm + 1): both t and warm are counted one too high. In step 0 it is 0.",
    ko="학습률이 peak / (warm + 1)에서 시작합니다. t와 warm을 모두 하나씩 크게 셌습니다. 스텝 0에서는 0입니다.",
)
def both_counted_one_too_high(t, peak, warm):
    return peak * min(1.0, (t + 1) / (warm + 1))


@misconception(
    "nt_xent",
    en="A row of zeros gets a tiny length, 1e-12 as in F.normalize. Its u is 0 as it should be, but its gradient is divided by that length and becomes enormous; it is 0 by agreement.",
    ko="0으로 된 행의 길이를 F.normalize처럼 아주 작은 수(1e-12)로 잡았습니다. u는 0이 되어 맞지만 기울기를 그 길이로 나누어 엄청나게 커집니다. 여기서는 0으로 정했습니다.",
)
def zero_row_of_tiny_length(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: row_lengths(Z).clamp(min=1e-12))


@misconception(
    "nt_xent",
    en="A row of zeros gets a small length, 1e-8. Its u is 0 as it should be, but its gradient is divided by that length and becomes enormous; it is 0 by agreement.",
    ko="0으로 된 행의 길이를 작은 수(1e-8)로 잡았습니다. u는 0이 되어 맞지만 기울기를 그 길이로 나누어 엄청나게 커집니다. 여기서는 0으로 정했습니다.",
)
def zero_row_of_small_length(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: row_lengths(Z).clamp(min=1e-8))


@misconception(
    "nt_xent",
    en="You add 1e-8 to every length. That changes what is short, and a row of zeros gets an enormous gradient, where it should be 0.",
    ko="모든 길이에 1e-8을 더했습니다. 짧은 벡터의 값이 달라지고, 0으로 된 행의 기울기는 0이어야 하는데 엄청나게 커집니다.",
)
def small_number_added_to_the_lengths(z1, z2, tau):
    return by_hand(z1, z2, tau, lambda Z: row_lengths(Z) + 1e-8)


@misconception(
    "epoch_batches",
    en="The last mini-batch is always lost, also when it is full: the starts run to n, not to n - B.",
    ko="마지막 미니배치가 꽉 차 있어도 늘 빠집니다. 시작 위치는 n - B가 아니라 n까지 갑니다.",
)
def last_batch_always_lost(n, B, perm):
    return [perm[start : start + B] for start in range(0, n - B, B)]
