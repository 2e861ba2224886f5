"""Wrong versions that students write. Each function is one of them; the helpers keep what they share."""

import torch

from autograder.authoring import misconception


def _gates(x, h, Wx, Wh, b):
    zi, zf, zo, zg = (x @ Wx + h @ Wh + b).chunk(4, dim=1)
    return torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo), torch.tanh(zg)


def _close(x, h, c, gates, Wx, Wh):
    """The rest of a right step, given its gates."""
    i, f, o, g = gates
    c_new = f * c + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


# -- 1 lstm_step -----------------------------------------------------------------------------------------------------


@misconception(
    "lstm_step",
    en=(
        "Your input and forget gates have changed places: the first H columns of the packed weights belong to "
        "the input gate, the next H to the forget gate."
    ),
    ko="입력 게이트와 망각 게이트가 서로 바뀌었습니다. 묶인 가중치의 처음 H개 열이 입력 게이트이고, 그다음 H개 열이 망각 게이트입니다.",
    evidence="E12",
)
def input_and_forget_swapped(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    return _close(x, h, c, (f, i, o, g), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "Your input and output gates have changed places: the input gate is the first block and scales the "
        "candidate, the output gate is the third and scales tanh of the cell."
    ),
    ko="입력 게이트와 출력 게이트가 서로 바뀌었습니다. 첫 번째 블록인 입력 게이트는 후보값에, 세 번째 블록인 출력 게이트는 셀의 tanh 값에 곱해집니다.",
    evidence="E12",
)
def input_and_output_swapped(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    return _close(x, h, c, (o, f, i, g), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "You unpacked the blocks in PyTorch's order [i, f, g, o]. Here the output gate is the third block and "
        "the candidate the last one."
    ),
    ko="블록을 PyTorch의 순서인 [i, f, g, o]로 나누었습니다. 여기서는 세 번째 블록이 출력 게이트이고 마지막 블록이 후보값입니다.",
    evidence="E12",
)
def packed_in_torch_order(x, h, c, Wx, Wh, b):
    zi, zf, zg, zo = (x @ Wx + h @ Wh + b).chunk(4, dim=1)
    gates = torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo), torch.tanh(zg)
    return _close(x, h, c, gates, Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "The hidden state is missing the tanh of the cell: you multiplied the output gate by the cell itself, "
        "which is not bounded."
    ),
    ko="은닉 상태를 구할 때 셀에 tanh를 적용하지 않고 출력 게이트를 셀 값에 바로 곱했습니다. 셀 값은 범위가 제한되어 있지 않습니다.",
    evidence="E12",
)
def no_tanh_of_cell(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + i * g
    return o * c_new, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "Your candidate goes through a sigmoid. It needs tanh: with values between 0 and 1 only, the cell could "
        "never be lowered by what is written."
    ),
    ko="후보값에 시그모이드를 적용했습니다. 후보값은 tanh를 거쳐야 합니다. 0과 1 사이의 값만 더할 수 있다면 새 정보로 셀 값을 낮출 방법이 없습니다.",
    evidence="E12",
)
def sigmoid_candidate(x, h, c, Wx, Wh, b):
    zi, zf, zo, zg = (x @ Wx + h @ Wh + b).chunk(4, dim=1)
    return _close(x, h, c, tuple(torch.sigmoid(z) for z in (zi, zf, zo, zg)), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "You multiplied the candidate by the forget gate. The forget gate acts on the old cell only; how much "
        "of the candidate is written is decided by the input gate."
    ),
    ko="후보값에 망각 게이트를 곱했습니다. 망각 게이트는 이전 셀에만 작용하고, 후보값을 얼마나 쓸지는 입력 게이트가 정합니다.",
    evidence="E12",
)
def candidate_times_forget(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + f * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="The bias is missing from the pre-activations: b has to be added to x @ Wx + h @ Wh for all four blocks.",
    ko="활성화 전 값에 편향이 빠졌습니다. 네 블록 모두 x @ Wx + h @ Wh에 b를 더해야 합니다.",
    evidence="E12",
)
def bias_dropped(x, h, c, Wx, Wh, b):
    return _close(x, h, c, _gates(x, h, Wx, Wh, 0 * b), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "All your blocks use the bias of the output gate. Each block has its own part of b, cut at the same "
        "columns as the weights."
    ),
    ko="네 블록 모두에 출력 게이트의 편향을 썼습니다. 블록마다 자기 편향이 있으므로 b도 가중치와 같은 위치에서 나누어야 합니다.",
    evidence="E12",
)
def output_bias_reused(x, h, c, Wx, Wh, b):
    _, _, bo, _ = b.chunk(4)
    return _close(x, h, c, _gates(x, h, Wx, Wh, torch.cat([bo, bo, bo, bo])), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "Your forget gate gets an extra bias of 1. That is a good way to initialise b, but it belongs in b "
        "itself and not into the step."
    ),
    ko="망각 게이트에 1을 더한 편향을 썼습니다. b를 초기화하는 방법으로는 좋지만, 그 값은 b 안에 있어야지 매 시점 계산에서 더하면 안 됩니다.",
    evidence="E12",
)
def extra_forget_bias(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    extra = torch.cat([b[:H], b[H : 2 * H] + 1, b[2 * H :]])
    return _close(x, h, c, _gates(x, h, Wx, Wh, extra), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "You took 1 - i for the forget gate. That is the coupled variant; here the forget gate has its own block "
        "of weights."
    ),
    ko="망각 게이트로 1 - i를 썼습니다. 이는 두 게이트를 묶은 변형 구조이고, 여기서는 망각 게이트의 가중치 블록이 따로 있습니다.",
    evidence="E12",
)
def coupled_forget(x, h, c, Wx, Wh, b):
    i, _, o, g = _gates(x, h, Wx, Wh, b)
    return _close(x, h, c, (i, 1 - i, o, g), Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "You added the forget gate to the old cell. A gate scales: 0 must erase the old value and 1 must keep "
        "it, which only a product does."
    ),
    ko="이전 셀에 망각 게이트를 더했습니다. 게이트는 비율을 조절하므로 0이면 이전 값이 지워지고 1이면 그대로 남아야 하는데, 이는 곱해야만 가능합니다.",
    evidence="E12",
)
def gate_added_to_cell(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = (f + c) + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en=(
        "The old hidden state does not enter your gates: the term h @ Wh is missing, so the step sees the "
        "present input and the cell only."
    ),
    ko="이전 은닉 상태가 게이트 계산에 들어가지 않았습니다. h @ Wh 항이 없으면 게이트는 현재 입력만 보고 정해집니다.",
    evidence="E12",
)
def no_recurrent_term(x, h, c, Wx, Wh, b):
    return _close(x, h, c, _gates(x, 0 * h, Wx, Wh, b), Wx, Wh)


# -- 2 lstm_step_bwd -------------------------------------------------------------------------------------------------


def _pack(total, do, cache):
    """dz from the gradient at the new cell and at the output gate."""
    _, _, c, i, f, o, g, _, _, _ = cache
    parts = [total * g * i * (1 - i), total * c * f * (1 - f), do * o * (1 - o), total * i * (1 - g * g)]
    return torch.cat(parts, dim=1)


def _spread(dz, dc_prev, cache, h_factor=None):
    x, h, Wx, Wh = cache[0], cache[1], cache[8], cache[9]
    h = h if h_factor is None else h_factor
    return dz @ Wx.T, dz @ Wh.T, dc_prev, x.T @ dz, h.T @ dz, dz.sum(dim=0)


def _total(dh, dc, cache):
    t = torch.tanh(cache[7])
    return dc + dh * cache[5] * (1 - t * t), dh * t


@misconception(
    "lstm_step_bwd",
    en=(
        "dh does not reach the cell in your version: h_new = o * tanh(c_new), so a part of dh flows through the "
        "tanh into c_new and has to be added to dc."
    ),
    ko="dh가 셀까지 전달되지 않았습니다. h_new = o * tanh(c_new)이므로 dh의 일부가 tanh를 지나 c_new로 흘러가고, 그 몫을 dc에 더해야 합니다.",
    evidence="E12",
)
def dh_does_not_reach_cell(dh, dc, cache):
    _, do = _total(dh, dc, cache)
    return _spread(_pack(dc, do, cache), dc * cache[4], cache)


@misconception(
    "lstm_step_bwd",
    en=(
        "The gradient of the old cell lacks its factor: from c_new = f * c + ... the old cell gets the gradient "
        "of the new one times the forget gate."
    ),
    ko="이전 셀의 기울기에 곱할 값이 빠졌습니다. c_new = f * c + ... 이므로 새 셀의 기울기에 망각 게이트를 곱해야 이전 셀의 기울기가 됩니다.",
    evidence="E12",
)
def old_cell_without_forget(dh, dc, cache):
    total, do = _total(dh, dc, cache)
    return _spread(_pack(total, do, cache), total, cache)


@misconception(
    "lstm_step_bwd",
    en=(
        "dWh uses the new hidden state. In the forward step Wh was multiplied by the old one, so the old one "
        "stands in its gradient."
    ),
    ko="dWh를 새 은닉 상태로 구했습니다. 순전파에서 Wh와 곱해진 것은 이전 은닉 상태이므로 기울기에도 이전 상태가 들어갑니다.",
    evidence="E12",
)
def weight_gradient_uses_new_h(dh, dc, cache):
    total, do = _total(dh, dc, cache)
    h_new = cache[5] * torch.tanh(cache[7])
    return _spread(_pack(total, do, cache), total * cache[4], cache, h_factor=h_new)


@misconception(
    "lstm_step_bwd",
    en="You applied tanh twice in its derivative: 1 - t*t needs t = tanh(c_new), not the tanh of that value once more.",
    ko="tanh의 미분에서 tanh를 두 번 적용했습니다. 1 - t*t의 t는 tanh(c_new)이며, 그 값에 tanh를 한 번 더 적용하면 안 됩니다.",
    evidence="E12",
)
def tanh_twice(dh, dc, cache):
    t = torch.tanh(cache[7])
    total = dc + dh * cache[5] * (1 - torch.tanh(t) ** 2)
    return _spread(_pack(total, dh * t, cache), total * cache[4], cache)


@misconception(
    "lstm_step_bwd",
    en="The four blocks of dz are joined as [i, f, g, o]. They must stand in the order of the weights, [i, f, o, g].",
    ko="dz의 네 블록을 [i, f, g, o] 순서로 이어 붙였습니다. 가중치와 같은 [i, f, o, g] 순서여야 합니다.",
    evidence="E12",
)
def blocks_joined_in_torch_order(dh, dc, cache):
    total, do = _total(dh, dc, cache)
    di, df, d_o, dg = _pack(total, do, cache).chunk(4, dim=1)
    return _spread(torch.cat([di, df, dg, d_o], dim=1), total * cache[4], cache)


@misconception(
    "lstm_step_bwd",
    en="The candidate has a tanh, not a sigmoid: the slope of its block is 1 - g*g, and you used g*(1 - g).",
    ko="후보값의 활성화 함수는 시그모이드가 아니라 tanh입니다. 해당 블록의 미분은 1 - g*g인데 g*(1 - g)를 곱했습니다.",
)
def sigmoid_slope_for_candidate(dh, dc, cache):
    total, do = _total(dh, dc, cache)
    di, df, d_o, _ = _pack(total, do, cache).chunk(4, dim=1)
    i, g = cache[3], cache[6]
    dz = torch.cat([di, df, d_o, total * i * g * (1 - g)], dim=1)
    return _spread(dz, total * cache[4], cache)


@misconception(
    "lstm_step_bwd",
    en=(
        "The gradients of the weights are averaged over the batch. The division by N, if any, is already in dh "
        "and dc; here you sum."
    ),
    ko="가중치의 기울기를 배치에 대해 평균 냈습니다. N으로 나누는 일은 필요하다면 dh와 dc에 이미 들어 있으므로 여기서는 더하기만 합니다.",
)
def weights_averaged_over_batch(dh, dc, cache):
    total, do = _total(dh, dc, cache)
    dx, dh_prev, dc_prev, dWx, dWh, db = _spread(_pack(total, do, cache), total * cache[4], cache)
    N = dh.shape[0]
    return dx, dh_prev, dc_prev, dWx / N, dWh / N, db / N


# -- 3 lstm_forward --------------------------------------------------------------------------------------------------


def _empty(h0):
    return h0.new_zeros(h0.shape[0], 0, h0.shape[1])


@misconception(
    "lstm_forward",
    en=(
        "Every step of yours starts from c0 again: the new cell state has to go on to the next step together "
        "with the hidden state."
    ),
    ko="매 시점을 c0에서 다시 시작했습니다. 새 셀 상태도 은닉 상태와 함께 다음 시점으로 넘겨야 합니다.",
)
def cell_not_carried(x, h0, c0, Wx, Wh, b):
    h, c, hs, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c0, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    return torch.stack(hs, dim=1) if hs else _empty(h0), c, caches


@misconception(
    "lstm_forward",
    en=(
        "Every step of yours starts from h0 again: the new hidden state has to go on to the next step together "
        "with the cell."
    ),
    ko="매 시점을 h0에서 다시 시작했습니다. 새 은닉 상태도 셀 상태와 함께 다음 시점으로 넘겨야 합니다.",
)
def hidden_not_carried(x, h0, c0, Wx, Wh, b):
    c, hs, caches = c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h0, c, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    return torch.stack(hs, dim=1) if hs else _empty(h0), c, caches


@misconception(
    "lstm_forward",
    en="The second result must be the last cell state; you returned the last hidden state, which is in H already.",
    ko="두 번째 결과는 마지막 셀 상태여야 하는데 마지막 은닉 상태를 돌려주었습니다. 은닉 상태는 이미 H 안에 있습니다.",
)
def hidden_returned_for_cell(x, h0, c0, Wx, Wh, b):
    h, c, hs, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    return torch.stack(hs, dim=1) if hs else _empty(h0), h, caches


@misconception(
    "lstm_forward",
    en="You collected the cell states in H. The layer's output is the sequence of hidden states; the cell stays inside.",
    ko="H에 셀 상태를 모았습니다. 이 층의 출력은 은닉 상태이고 셀은 층 안에 머무릅니다.",
)
def cells_collected(x, h0, c0, Wx, Wh, b):
    h, c, cs, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        cs.append(c)
        caches.append(cache)
    return torch.stack(cs, dim=1) if cs else _empty(h0), c, caches


@misconception(
    "lstm_forward",
    en="Your H is stacked with time in front, (T, N, H). Sequences are batch first here: (N, T, H).",
    ko="H를 시간 축이 맨 앞에 오도록 (T, N, H)로 쌓았습니다. 여기서 시퀀스는 배치가 먼저인 (N, T, H)입니다.",
)
def time_axis_in_front(x, h0, c0, Wx, Wh, b):
    h, c, hs, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    return torch.stack(hs) if hs else _empty(h0).transpose(0, 1), c, caches


# -- 4 lstm_backward -------------------------------------------------------------------------------------------------


@misconception(
    "lstm_backward",
    en=(
        "The gradient of the cell is not handed to the step before: the dc that comes out of one step must go "
        "into the earlier one. It is the very path that lets an LSTM remember."
    ),
    ko="셀의 기울기를 앞 시점으로 넘기지 않았습니다. 한 시점에서 나온 dc는 그 앞 시점으로 들어가야 합니다. LSTM이 오래 기억할 수 있는 것은 바로 이 길 덕분입니다.",
)
def cell_gradient_not_carried(dH, caches):
    zero = torch.zeros_like(dH[:, 0])
    dh, dxs, weights = zero, [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, zero, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "lstm_backward",
    en=(
        "dH[:, t] replaces the gradient that came from the next step. The hidden state has two successors, its "
        "own output and the next step, so the two gradients add up."
    ),
    ko="다음 시점에서 넘어온 기울기를 dH[:, t]로 덮어썼습니다. 은닉 상태는 자기 출력과 다음 시점 두 곳에 쓰이므로 두 기울기를 더해야 합니다.",
)
def hidden_gradient_overwritten(dH, caches):
    dc, dxs, weights = torch.zeros_like(dH[:, 0]), [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t], dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "lstm_backward",
    en=(
        "You averaged the gradients of the weights over the steps. The loss depends on the shared weights "
        "through every step, and the chain rule adds these contributions."
    ),
    ko="가중치의 기울기를 시점에 대해 평균 냈습니다. 손실은 모든 시점을 통해 공유 가중치에 의존하므로 연쇄 법칙에 따라 각 시점의 몫을 더해야 합니다.",
)
def averaged_over_steps(dH, caches):
    T = dH.shape[1]
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(T)):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) / T for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "lstm_backward",
    en=(
        "dh0 and dc0 have changed places in your result: the gradient of the hidden state comes first, as in the "
        "arguments of lstm_forward."
    ),
    ko="결과에서 dh0과 dc0의 자리가 서로 바뀌었습니다. lstm_forward의 인자 순서처럼 은닉 상태의 기울기가 먼저입니다.",
)
def start_gradients_swapped(dH, caches):
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dc, dh, dWx, dWh, db


@misconception(
    "lstm_backward",
    en=(
        "The gradients of the weights come from one step only: each step overwrites those of the step before "
        "instead of adding to them."
    ),
    ko="가중치의 기울기가 한 시점의 것뿐입니다. 시점마다 기울기를 더하지 않고 앞서 구한 값을 덮어썼습니다.",
)
def weight_gradients_overwritten(dH, caches):
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs = []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, dWx, dWh, db = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "lstm_backward",
    en=(
        "Your dx runs backwards in time: the loop meets the last step first, so what it collects has to be "
        "turned round."
    ),
    ko="dx의 시간 순서가 뒤집혀 있습니다. 반복문은 마지막 시점부터 계산하므로 모은 결과를 다시 뒤집어야 합니다.",
)
def dx_in_reverse_order(dH, caches):
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs, dim=1), dh, dc, dWx, dWh, db


# -- 5 cell_gradient -------------------------------------------------------------------------------------------------


@misconception(
    "cell_gradient",
    en=(
        "You returned 1: that the gradient passes the cell unchanged is what the notes suggest, but each step "
        "multiplies it by its forget gate."
    ),
    ko="1을 돌려주었습니다. 노트만 읽으면 기울기가 셀을 그대로 통과하는 것 같지만, 시점마다 망각 게이트가 곱해집니다.",
)
def always_one(f):
    return torch.ones(f.shape[1:], dtype=f.dtype, device=f.device)


@misconception(
    "cell_gradient",
    en="You added the forget gates. Along one path the chain rule multiplies; sums arise where several paths meet.",
    ko="망각 게이트를 더했습니다. 하나의 경로를 따라갈 때는 연쇄 법칙에 따라 곱합니다. 더하는 것은 여러 경로가 만날 때입니다.",
)
def sum_of_gates(f):
    return f.sum(dim=0)


@misconception(
    "cell_gradient",
    en=(
        "You multiplied 1 - f, the share that would go to the input in a coupled unit. The old cell is "
        "multiplied by f itself: 1 means keep."
    ),
    ko="1 - f를 곱했습니다. 이는 두 게이트를 묶은 구조에서 입력 게이트의 몫입니다. 이전 셀에는 f 자체가 곱해지며 1이 유지를 뜻합니다.",
)
def input_share_used(f):
    return torch.prod(1 - f, dim=0)


@misconception(
    "cell_gradient",
    en=(
        "You returned the running products of all steps. One value is asked for the whole sequence, so the time "
        "axis must be gone: (N, H)."
    ),
    ko="모든 시점까지의 누적곱을 돌려주었습니다. 시퀀스 전체에 대한 값 하나를 구하는 문제이므로 시간 축이 없는 (N, H)여야 합니다.",
)
def running_products(f):
    return torch.cumprod(f, dim=0)


@misconception(
    "cell_gradient",
    en="The last forget gate is missing from your product: with T steps there are T factors, the last one included.",
    ko="곱에서 마지막 망각 게이트가 빠졌습니다. T시점이면 마지막 시점을 포함해 T개를 모두 곱해야 합니다.",
)
def last_gate_left_out(f):
    return torch.prod(f[:-1], dim=0)


# -- 6 sample_text ---------------------------------------------------------------------------------------------------


def _write(params, h, c, x0, T, choose, carry=True, feed=True):
    """T tokens; choose(logits, t) -> (N,). carry: keep the state; feed: feed the last token instead of x0."""
    h0, c0, token, tokens = h, c, x0, [x0.new_zeros(x0.shape[0], 0)]
    for t in range(T):
        old = (h, c) if carry else (h0, c0)
        h, c, _ = lstm_step(params["E"][token if feed else x0], *old, params["Wx"], params["Wh"], params["b"])
        token = choose(h @ params["Wy"] + params["by"], t)
        tokens.append(token[:, None])
    return torch.cat(tokens, dim=1)


def _invert(p, u):
    return (p.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=p.shape[1] - 1)


def _softmax(z):
    return torch.softmax(z, dim=1)


@misconception(
    "sample_text",
    en=(
        "You multiplied the logits by the temperature. They are divided by it: a low temperature makes the "
        "differences larger and the text more cautious."
    ),
    ko="로짓에 온도를 곱했습니다. 로짓은 온도로 나누어야 합니다. 온도가 낮을수록 점수의 차이가 커지고 글이 조심스러워집니다.",
)
def temperature_multiplies(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: _invert(_softmax(z * temp), U[:, t]))


@misconception(
    "sample_text",
    en="The temperature has no effect in your version: it has to divide the logits before the softmax.",
    ko="온도가 결과에 영향을 주지 않습니다. 소프트맥스 이전에 로짓을 온도로 나누어야 합니다.",
)
def temperature_ignored(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: _invert(_softmax(z), U[:, t]))


@misconception(
    "sample_text",
    en=(
        "You searched the cumulative sums with <= where < is needed: at U = 0 a token of probability 0 is then "
        "selected. The new token is the first whose cumulative sum is strictly greater than U."
    ),
    ko="누적합과 비교할 때 <를 써야 할 곳에 <=를 썼습니다. 그러면 U = 0일 때 확률이 0인 토큰이 뽑힙니다. 새 토큰은 누적합이 U보다 커지는(같은 경우는 제외) 첫 번째 토큰입니다.",
)
def wrong_side_of_border(params, h, c, x0, T, temp, U):
    def choose(z, t):
        F = _softmax(z / temp).cumsum(dim=1)
        return (F < U[:, t : t + 1]).sum(dim=1).clamp(max=z.shape[1] - 1)

    return _write(params, h, c, x0, T, choose)


@misconception(
    "sample_text",
    en=(
        "You are one token too low: you took the last token whose cumulative sum is still at or below U, but U "
        "lies in the piece after it."
    ),
    ko="토큰이 한 칸씩 앞으로 밀렸습니다. 누적합이 U 이하인 마지막 토큰을 골랐는데, U가 놓인 조각은 그다음 토큰의 것입니다.",
)
def piece_before(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: (_invert(_softmax(z / temp), U[:, t]) - 1).clamp(min=0))


@misconception(
    "sample_text",
    en=(
        "Every token starts from the first h and c again. The state after a step is where the next step begins; "
        "otherwise the model forgets what it has written."
    ),
    ko="토큰마다 처음의 h와 c에서 다시 시작했습니다. 한 시점이 끝난 상태에서 다음 시점을 시작하지 않으면 모델은 자기가 쓴 글을 잊어버립니다.",
)
def state_not_carried(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: _invert(_softmax(z / temp), U[:, t]), carry=False)


@misconception(
    "sample_text",
    en="You feed x0 at every step. After the first step the model has to read the token that it has just written.",
    ko="모든 시점에 x0을 입력했습니다. 첫 시점 다음부터는 모델이 방금 쓴 토큰을 읽어야 합니다.",
)
def first_token_fed_again(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: _invert(_softmax(z / temp), U[:, t]), feed=False)


@misconception(
    "sample_text",
    en=(
        "Your softmax overflows when the temperature is low: exp of large numbers is infinite and the "
        "probabilities become NaN. Subtract the largest value first."
    ),
    ko="온도가 낮을 때 소프트맥스에서 오버플로가 납니다. 큰 수의 exp는 무한대가 되고 확률은 NaN이 됩니다. 먼저 가장 큰 값을 빼 주세요.",
)
def softmax_overflows(params, h, c, x0, T, temp, U):
    def choose(z, t):
        e = torch.exp(z / temp)
        return _invert(e / e.sum(dim=1, keepdim=True), U[:, t])

    return _write(params, h, c, x0, T, choose)


@misconception(
    "sample_text",
    en=(
        "You always took the most probable token; U was not used. Sampling means that less probable tokens "
        "appear as often as their probability says."
    ),
    ko="U를 쓰지 않고 항상 확률이 가장 높은 토큰을 골랐습니다. 샘플링에서는 확률이 낮은 토큰도 그 확률만큼은 나와야 합니다.",
)
def always_argmax(params, h, c, x0, T, temp, U):
    return _write(params, h, c, x0, T, lambda z, t: z.argmax(dim=1))


# -- 7 caption_loss and greedy_decode --------------------------------------------------------------------------------


def _caption(feat, inputs, targets, params, weight, restart=False, overwrite=False):
    """Loss and gradients for given inputs, targets and weights of the targets."""
    h0, words = feat @ params["Wf"] + params["bf"], params["E"][inputs]
    lstm = params["Wx"], params["Wh"], params["b"]
    N, T, D = words.shape
    if restart:  # every step is a sequence of its own
        h0 = h0.repeat_interleave(T, dim=0)
        words = words.reshape(N * T, 1, D)
    H, _, caches = lstm_forward(words, h0, torch.zeros_like(h0), *lstm)
    H = H.reshape(N, T, -1)
    logp = torch.log_softmax(H @ params["Wy"] + params["by"], dim=2)
    goal = torch.zeros_like(logp).scatter(2, targets[:, :, None], 1.0)
    weight = weight.to(logp.dtype)[:, :, None]
    dlogits = weight * (logp.exp() - goal)
    dH = dlogits @ params["Wy"].T
    if restart:
        dH = dH.reshape(N * T, 1, -1)
    dwords, dh0, _, dWx, dWh, db = lstm_backward(dH, caches)
    dwords = dwords.reshape(N, T, D)
    if restart:
        dh0 = dh0.reshape(N, T, -1).sum(dim=1)
    grads = {"Wf": feat.T @ dh0, "bf": dh0.sum(dim=0), "Wx": dWx, "Wh": dWh, "b": db}
    flat = inputs.flatten(), dwords.flatten(0, 1)
    if overwrite:
        grads["E"] = torch.zeros_like(params["E"])
        for word, gradient in zip(*flat, strict=True):
            grads["E"][word] = gradient
    else:
        grads["E"] = torch.zeros_like(params["E"]).index_add(0, *flat)
    grads["Wy"], grads["by"] = torch.einsum("nth,ntv->hv", H, dlogits), dlogits.sum(dim=(0, 1))
    return (weight * goal * -logp).sum(), grads


@misconception(
    "caption_loss",
    en=(
        "Input and target are not shifted: the model is asked for the very word that it is being fed. The target "
        "of a step is the next word."
    ),
    ko="입력과 목표가 한 칸 어긋나 있지 않습니다. 모델에게 방금 입력한 단어를 그대로 맞히라고 한 셈입니다. 각 시점의 목표는 다음 단어입니다.",
)
def targets_not_shifted(feat, caps, params, null):
    words = caps[:, :-1]
    return _caption(feat, words, words, params, (words != null) / feat.shape[0])


@misconception(
    "caption_loss",
    en=(
        "Null words count as targets in your loss. They only fill the rows up to one length, so they must be "
        "masked out of loss and gradients."
    ),
    ko="null 단어까지 목표로 계산했습니다. null은 길이를 맞추려고 채운 것이므로 손실과 기울기에서 가려야 합니다.",
)
def null_counted(feat, caps, params, null):
    targets = caps[:, 1:]
    return _caption(feat, caps[:, :-1], targets, params, torch.ones_like(targets) / feat.shape[0])


@misconception(
    "caption_loss",
    en=(
        "You masked by the input word. What decides whether a step counts is its target: the last real word is "
        "fed while its target is already null."
    ),
    ko="입력 단어를 기준으로 마스크를 만들었습니다. 계산에 넣을지는 목표가 정합니다. 마지막 실제 단어가 입력되는 시점의 목표는 이미 null입니다.",
)
def masked_by_input(feat, caps, params, null):
    words = caps[:, :-1]
    return _caption(feat, words, caps[:, 1:], params, (words != null) / feat.shape[0])


@misconception(
    "caption_loss",
    en=(
        "Every step of yours begins anew from the picture. The picture enters once, as the first hidden state; "
        "after that h and c carry what has been written."
    ),
    ko="시점마다 그림에서 새로 시작했습니다. 그림은 첫 은닉 상태로 한 번만 들어가고, 그 뒤에는 h와 c가 지금까지 쓴 내용을 전달합니다.",
)
def picture_at_every_step(feat, caps, params, null):
    targets = caps[:, 1:]
    return _caption(feat, caps[:, :-1], targets, params, (targets != null) / feat.shape[0], restart=True)


@misconception(
    "caption_loss",
    en="You divided by the number of steps as well. The loss is a sum over time and a mean over the batch only.",
    ko="시점의 수로도 나누었습니다. 손실은 시간에 대해서는 합이고, 배치에 대해서만 평균입니다.",
)
def mean_over_time(feat, caps, params, null):
    targets = caps[:, 1:]
    return _caption(feat, caps[:, :-1], targets, params, (targets != null) / targets.numel())


@misconception(
    "caption_loss",
    en=(
        "You divided by the number of words that count. Divide by the batch size N only, whatever the lengths of "
        "the captions are."
    ),
    ko="계산에 넣은 단어의 수로 나누었습니다. 캡션의 길이와 상관없이 배치 크기 N으로만 나누어야 합니다.",
)
def mean_over_words(feat, caps, params, null):
    keep = caps[:, 1:] != null
    return _caption(feat, caps[:, :-1], caps[:, 1:], params, keep / keep.sum().clamp(min=1))


@misconception(
    "caption_loss",
    en=(
        "A word that is fed more than once keeps only its last gradient in E. The gradients of all its places "
        "have to be added."
    ),
    ko="여러 번 입력된 단어의 기울기가 E에 마지막 것만 남았습니다. 그 단어가 쓰인 모든 자리의 기울기를 더해야 합니다.",
)
def embedding_gradient_overwritten(feat, caps, params, null):
    targets = caps[:, 1:]
    return _caption(feat, caps[:, :-1], targets, params, (targets != null) / feat.shape[0], overwrite=True)


def _decode(feat, params, start, T, feed=True, carry=True):
    h = h0 = feat @ params["Wf"] + params["bf"]
    c = c0 = torch.zeros_like(h)
    word = first = torch.full((feat.shape[0],), start, dtype=torch.int64, device=feat.device)
    words = [word[:, None]]
    for _ in range(T):
        old = (h, c) if carry else (h0, c0)
        h, c, _ = lstm_step(params["E"][word if feed else first], *old, params["Wx"], params["Wh"], params["b"])
        word = (h @ params["Wy"] + params["by"]).argmax(dim=1)
        words.append(word[:, None])
    return torch.cat(words, dim=1)


@misconception(
    "greedy_decode",
    en="You feed the start word at every step. After the first step the input is the word that was chosen last.",
    ko="모든 시점에 시작 단어를 입력했습니다. 첫 시점 다음부터는 바로 앞에서 고른 단어가 입력입니다.",
)
def start_fed_again(feat, params, start, T):
    return _decode(feat, params, start, T, feed=False)[:, 1:]


@misconception(
    "greedy_decode",
    en=(
        "Every word starts from the picture again: h and c have to be carried on, or the model does not know "
        "what it has written."
    ),
    ko="단어마다 그림에서 다시 시작했습니다. h와 c를 이어서 넘기지 않으면 모델은 자기가 무엇을 썼는지 알 수 없습니다.",
)
def decoder_state_not_carried(feat, params, start, T):
    return _decode(feat, params, start, T, carry=False)[:, 1:]


@misconception(
    "greedy_decode",
    en=(
        "The start word is part of your result and the last word is missing: return the T words that were "
        "chosen, without the one that was given."
    ),
    ko="결과에 시작 단어가 들어 있고 마지막 단어가 빠졌습니다. 주어진 시작 단어는 빼고, 새로 고른 T개의 단어를 돌려주세요.",
)
def start_word_returned(feat, params, start, T):
    return _decode(feat, params, start, T)[:, :T]


# -- 8 vqa_logits ----------------------------------------------------------------------------------------------------


def _question_states(q_idx, params):
    zero = params["Wh"].new_zeros(q_idx.shape[0], params["Wh"].shape[0])
    H, _, _ = lstm_forward(params["E"][q_idx], zero, zero, params["Wx"], params["Wh"], params["b"])
    return H


def _project(img, q, params):
    return torch.tanh(img @ params["Wi"] + params["bi"]), torch.tanh(q @ params["Wq"] + params["bq"])


def _last(H, lengths):
    return H[torch.arange(H.shape[0], device=H.device), lengths - 1]


@misconception(
    "vqa_logits",
    en=(
        "You took the state after the last position, padding included. For a short question, take the state "
        "after its last real word."
    ),
    ko="패딩까지 읽은 마지막 위치의 상태를 썼습니다. 짧은 질문에서는 마지막 실제 단어를 읽은 직후의 상태를 써야 합니다.",
)
def last_padded_state(img, q_idx, lengths, params):
    picture, question = _project(img, _question_states(q_idx, params)[:, -1], params)
    return (picture * question) @ params["Wa"] + params["ba"]


@misconception(
    "vqa_logits",
    en=(
        "You added the two vectors before the answer layer. Here they are multiplied element by element, so that "
        "the question can switch features of the picture on and off."
    ),
    ko="답을 내는 층에 넣기 전에 두 벡터를 더했습니다. 여기서는 원소별로 곱해야 질문에 따라 그림의 특징을 켜고 끌 수 있습니다.",
)
def added_before_projection(img, q_idx, lengths, params):
    picture, question = _project(img, _last(_question_states(q_idx, params), lengths), params)
    return (picture + question) @ params["Wa"] + params["ba"]


@misconception(
    "vqa_logits",
    en="The question has no influence on your scores: only the picture reaches the answer layer.",
    ko="질문이 점수에 영향을 주지 않습니다. 답을 내는 층에 그림만 들어갔습니다.",
)
def question_ignored(img, q_idx, lengths, params):
    return torch.tanh(img @ params["Wi"] + params["bi"]) @ params["Wa"] + params["ba"]


@misconception(
    "vqa_logits",
    en=(
        "The product is taken before the tanh. Each of the two projections goes through its own tanh first, then "
        "they are multiplied."
    ),
    ko="tanh를 적용하기 전에 곱했습니다. 두 사영에 각각 tanh를 적용한 다음 곱해야 합니다.",
)
def tanh_after_product(img, q_idx, lengths, params):
    q = _last(_question_states(q_idx, params), lengths)
    fused = torch.tanh((img @ params["Wi"] + params["bi"]) * (q @ params["Wq"] + params["bq"]))
    return fused @ params["Wa"] + params["ba"]


# -- 9 soft_attention ------------------------------------------------------------------------------------------------


def _scores(h, V, W):
    return torch.einsum("nd,nld->nl", h @ W, V)


def _mean(a, V):
    return torch.einsum("nl,nld->nd", a, V)


@misconception(
    "soft_attention",
    en=(
        "Your softmax runs over the batch, so that pictures compete with each other. The weights of one picture "
        "must sum to 1 over its own regions."
    ),
    ko="소프트맥스를 배치 축에 적용해서 서로 다른 그림끼리 경쟁하고 있습니다. 한 그림의 가중치는 그 그림의 영역들에 대해 합이 1이어야 합니다.",
)
def softmax_over_batch(h, V, W):
    a = torch.softmax(_scores(h, V, W), dim=0)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en=(
        "Your softmax runs over the features of a region. First sum over the features to get one score per "
        "region, then take the softmax over the regions."
    ),
    ko="소프트맥스를 영역 안의 특징 축에 적용했습니다. 먼저 특징에 대해 더해 영역마다 점수 하나를 만든 다음, 영역에 대해 소프트맥스를 적용하세요.",
)
def softmax_over_features(h, V, W):
    w = torch.softmax((h @ W)[:, None, :] * V, dim=2)
    return (w * V).sum(dim=1), w.sum(dim=2)


@misconception(
    "soft_attention",
    en=(
        "Your weights are not normalised: divide the exponentials by their sum over the regions, so that the "
        "context is a mean and not a growing sum."
    ),
    ko="가중치를 정규화하지 않았습니다. 지수 값을 영역에 대한 합으로 나누어야 문맥 벡터가 영역 수에 따라 커지는 합이 아니라 평균이 됩니다.",
)
def weights_not_normalised(h, V, W):
    score = _scores(h, V, W)
    a = torch.exp(score - score.max(dim=1, keepdim=True).values)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en=(
        "You took the scores themselves as weights. They may be negative and do not sum to 1; a softmax over the "
        "regions turns them into weights."
    ),
    ko="점수를 그대로 가중치로 썼습니다. 점수는 음수일 수 있고 합이 1도 아닙니다. 영역에 대해 소프트맥스를 적용해야 가중치가 됩니다.",
)
def raw_scores_as_weights(h, V, W):
    a = _scores(h, V, W)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en=(
        "Your context is the best region alone. Soft attention takes the weighted sum of all regions; only so "
        "can a gradient reach the scores."
    ),
    ko="점수가 가장 높은 영역 하나만 문맥 벡터로 썼습니다. 소프트 어텐션은 모든 영역의 가중합을 씁니다. 그래야 기울기가 점수까지 전달됩니다.",
)
def best_region_only(h, V, W):
    a = torch.softmax(_scores(h, V, W), dim=1)
    return V[torch.arange(V.shape[0], device=V.device), a.argmax(dim=1)], a


@misconception(
    "soft_attention",
    en="You divided the scores by the square root of D, as transformers do. In this task the scores are not scaled.",
    ko="트랜스포머에서처럼 점수를 D의 제곱근으로 나누었습니다. 이 문제에서는 점수를 조정하지 않습니다.",
)
def scores_scaled(h, V, W):
    a = torch.softmax(_scores(h, V, W) / V.shape[2] ** 0.5, dim=1)
    return _mean(a, V), a


# -- slips from answers that students wrote with the notebook alone ---------------------------------------------------


@misconception(
    "lstm_step",
    en="Your cache holds h_new where the old h belongs. The backward pass needs the state that came in.",
    ko="캐시에 이전 h 대신 h_new를 넣었습니다. 역전파에는 들어온 상태가 필요합니다.",
)
def cache_holds_the_new_h(x, h, c, Wx, Wh, b):
    z = x @ Wx + h @ Wh + b
    zi, zf, zo, zg = z.chunk(4, dim=1)
    i, f, o, g = torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo), torch.tanh(zg)
    c_new = f * c + i * g
    h = o * torch.tanh(c_new)
    return h, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="You clamp the pre-activations. Sigmoid and tanh do not overflow; the clamp only changes the values of large inputs.",
    ko="활성화 전 값을 잘라 냈습니다(clamp). sigmoid와 tanh는 오버플로가 나지 않으며, 잘라 내면 큰 입력에서 값만 달라집니다.",
)
def gates_clamped(x, h, c, Wx, Wh, b):
    z = (x @ Wx + h @ Wh + b).clamp(-10, 10)
    zi, zf, zo, zg = z.chunk(4, dim=1)
    i, f, o, g = torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo), torch.tanh(zg)
    c_new = f * c + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step_bwd",
    en="The incoming dc is dropped: you overwrite it with the part that comes through h. Both flow into the cell, so they are added.",
    ko="들어온 dc를 버리고 h를 거쳐 온 부분으로 덮어썼습니다. 셀에는 두 기울기가 모두 들어오므로 더해야 합니다.",
)
def cell_gradient_of_the_output_only(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t = torch.tanh(c_new)
    dct = dh * o * (1 - t * t)
    dz = torch.cat([dct * g * i * (1 - i), dct * c * f * (1 - f), dh * t * o * (1 - o), dct * i * (1 - g * g)], dim=1)
    return dz @ Wx.T, dz @ Wh.T, dct * f, x.T @ dz, h.T @ dz, dz.sum(0)


@misconception(
    "lstm_step_bwd",
    en="The derivative of the candidate applies tanh once more: g in the cache already went through tanh, so its slope is 1 − g².",
    ko="후보 g의 미분에서 tanh를 한 번 더 적용했습니다. 캐시의 g는 이미 tanh를 거쳤으므로 기울기는 1 − g²입니다.",
)
def tanh_of_the_candidate_again(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t = torch.tanh(c_new)
    dct = dc + dh * o * (1 - t * t)
    dz = torch.cat(
        [dct * g * i * (1 - i), dct * c * f * (1 - f), dh * t * o * (1 - o), dct * i * (1 - torch.tanh(g) ** 2)], dim=1
    )
    return dz @ Wx.T, dz @ Wh.T, dct * f, x.T @ dz, h.T @ dz, dz.sum(0)


@misconception(
    "lstm_step_bwd",
    en="The gradient of the forget gate uses c_new. The gate multiplies the old cell, so the factor is c.",
    ko="망각 게이트의 기울기에 c_new를 썼습니다. 이 게이트는 이전 셀에 곱해지므로 c를 써야 합니다.",
)
def forget_gradient_by_the_new_cell(dh, dc, cache):
    x, h, _c, i, f, o, g, c_new, Wx, Wh = cache
    t = torch.tanh(c_new)
    dct = dc + dh * o * (1 - t * t)
    dz = torch.cat(
        [dct * g * i * (1 - i), dct * c_new * f * (1 - f), dh * t * o * (1 - o), dct * i * (1 - g * g)], dim=1
    )
    return dz @ Wx.T, dz @ Wh.T, dct * f, x.T @ dz, h.T @ dz, dz.sum(0)


@misconception(
    "lstm_forward",
    en="You start from zeros. The sequence begins with the states h0 and c0 that are given.",
    ko="0에서 시작했습니다. 주어진 h0와 c0에서 시작해야 합니다.",
)
def started_from_zeros(x, h0, c0, Wx, Wh, b):
    h, c, hs, caches = torch.zeros_like(h0), torch.zeros_like(c0), [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
        caches.append(cache)
    H = torch.stack(hs, dim=1) if hs else h0.new_zeros(h0.shape[0], 0, h0.shape[1])
    return H, c, caches


@misconception(
    "lstm_forward",
    en="H[:, t] is the state before step t: everything is shifted by one step. Store h after the step.",
    ko="H[:, t]에 스텝 t 이전의 상태를 넣어 한 칸씩 밀렸습니다. 스텝을 마친 뒤의 h를 넣으세요.",
)
def states_before_the_step(x, h0, c0, Wx, Wh, b):
    h, c, caches = h0, c0, []
    H = h0.new_zeros(h0.shape[0], x.shape[1], h0.shape[1])
    for t in range(x.shape[1]):
        H[:, t] = h
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        caches.append(cache)
    return H, c, caches


@misconception(
    "lstm_forward",
    en="Only the last cache is kept. The backward pass needs the cache of every step, in order.",
    ko="마지막 캐시만 남겼습니다. 역전파에는 모든 스텝의 캐시가 순서대로 필요합니다.",
)
def last_cache_only(x, h0, c0, Wx, Wh, b):
    h, c, hs, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
        caches = [cache]
    H = torch.stack(hs, dim=1) if hs else h0.new_zeros(h0.shape[0], 0, h0.shape[1])
    return H, c, caches


@misconception(
    "lstm_backward",
    en="You walk forward in time. The backward pass begins at the last step: each step needs the gradients of the one after it.",
    ko="시간을 앞에서부터 따라갔습니다. 역전파는 마지막 스텝에서 시작합니다. 각 스텝에는 그다음 스텝의 기울기가 필요합니다.",
)
def walked_forward_in_time(dH, caches):
    T = dH.shape[1]
    dh = torch.zeros_like(dH[:, 0])
    dc = torch.zeros_like(dh)
    dxs, dWx, dWh, db = [], 0, 0, 0
    for t in range(T):
        dx, dh, dc, a, e, w = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        dWx, dWh, db = dWx + a, dWh + e, db + w
    return torch.stack(dxs, dim=1), dh, dc, dWx, dWh, db


@misconception(
    "cell_gradient",
    en="You multiply over the batch axis. The gates of the time steps are multiplied, and time is the first axis.",
    ko="배치 축으로 곱했습니다. 시간 스텝의 게이트를 곱해야 하며 시간은 첫 번째 축입니다.",
)
def product_over_the_batch(f):
    return f.prod(dim=1)


@misconception(
    "cell_gradient",
    en="The first gate is left out. The gradient passes through all T of them.",
    ko="첫 번째 게이트가 빠졌습니다. 기울기는 T개의 게이트를 모두 지납니다.",
)
def first_gate_left_out(f):
    return f[1:].prod(dim=0)


@misconception(
    "sample_text",
    en="You divide the probabilities by the temperature. It belongs to the logits, before the softmax; otherwise the sum is not 1.",
    ko="확률을 온도로 나누었습니다. 온도는 softmax 이전의 로짓에 적용합니다. 그러지 않으면 합이 1이 되지 않습니다.",
)
def temperature_on_probabilities(params, h, c, x0, T, temp, U):
    E, Wx, Wh, b, Wy, by = (params[k] for k in ("E", "Wx", "Wh", "b", "Wy", "by"))
    tok, out = x0, []
    for t in range(T):
        h, c, _ = lstm_step(E[tok], h, c, Wx, Wh, b)
        F = (torch.softmax(h @ Wy + by, dim=1) / temp).cumsum(dim=1)
        tok = (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=E.shape[0] - 1)
        out.append(tok)
    return torch.stack(out, dim=1) if out else torch.zeros(x0.shape[0], 0, dtype=torch.int64)


@misconception(
    "sample_text",
    en="Your result begins with the start token x0 and lacks the last one. Return the T tokens that were drawn.",
    ko="결과가 시작 토큰 x0로 시작하고 마지막 토큰이 빠졌습니다. 뽑은 토큰 T개를 돌려주세요.",
)
def start_token_returned(params, h, c, x0, T, temp, U):
    E, Wx, Wh, b, Wy, by = (params[k] for k in ("E", "Wx", "Wh", "b", "Wy", "by"))
    tok, out = x0, []
    for t in range(T):
        out.append(tok)
        h, c, _ = lstm_step(E[tok], h, c, Wx, Wh, b)
        F = torch.softmax((h @ Wy + by) / temp, dim=1).cumsum(dim=1)
        tok = (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=E.shape[0] - 1)
    return torch.stack(out, dim=1) if out else torch.zeros(x0.shape[0], 0, dtype=torch.int64)


@misconception(
    "caption_loss",
    en="You take word 0 for the null word. Which word is null comes in as an argument.",
    ko="0번 단어를 null로 정해 두었습니다. 어떤 단어가 null인지는 인자로 들어옵니다.",
)
def null_is_word_zero(feat, caps, params, null):
    p = params
    N = feat.shape[0]
    inp, tgt = caps[:, :-1], caps[:, 1:]
    h0 = feat @ p["Wf"] + p["bf"]
    H, _, caches = lstm_forward(p["E"][inp], h0, torch.zeros_like(h0), p["Wx"], p["Wh"], p["b"])
    logp = torch.log_softmax(H @ p["Wy"] + p["by"], dim=2)
    m = (tgt != 0).to(feat.dtype)
    loss = -(logp.gather(2, tgt[:, :, None])[:, :, 0] * m).sum() / N
    dz = logp.exp()
    dz.scatter_add_(2, tgt[:, :, None], -torch.ones_like(dz[:, :, :1]))
    dz = dz * m[:, :, None] / N
    dx, dh0, _, dWx, dWh, db = lstm_backward(dz @ p["Wy"].T, caches)
    dE = torch.zeros_like(p["E"]).index_add_(0, inp.reshape(-1), dx.reshape(-1, dx.shape[2]))
    return loss, {
        "Wf": feat.T @ dh0,
        "bf": dh0.sum(0),
        "E": dE,
        "Wx": dWx,
        "Wh": dWh,
        "b": db,
        "Wy": torch.einsum("nth,ntv->hv", H, dz),
        "by": dz.sum((0, 1)),
    }


@misconception(
    "greedy_decode",
    en="greedy_decode does not carry the cell state: it starts again at every word. h and c both go on to the next step.",
    ko="greedy_decode에서 셀 상태를 넘기지 않고 단어마다 새로 시작합니다. h와 c 모두 다음 스텝으로 넘겨야 합니다.",
)
def cell_forgotten_while_decoding(feat, params, start, T):
    h = feat @ params["Wf"] + params["bf"]
    c = torch.zeros_like(h)
    w = torch.full((feat.shape[0],), start, dtype=torch.int64)
    out = torch.zeros(feat.shape[0], T, dtype=torch.int64)
    for t in range(T):
        h, _, _ = lstm_step(params["E"][w], h, c, params["Wx"], params["Wh"], params["b"])
        w = (h @ params["Wy"] + params["by"]).argmax(dim=1)
        out[:, t] = w
    return out


@misconception(
    "vqa_logits",
    en="You read H one step after the last real word: an index off by one. The last of `length` words stands at length − 1.",
    ko="마지막 실제 단어보다 한 칸 뒤의 H를 읽었습니다(인덱스가 하나 어긋남). 길이가 length이면 마지막 단어는 length − 1에 있습니다.",
)
def one_step_too_late(img, q_idx, lengths, params):
    p = params
    x = p["E"][q_idx]
    z = x.new_zeros(x.shape[0], p["Wh"].shape[0])
    H, _, _ = lstm_forward(x, z, z, p["Wx"], p["Wh"], p["b"])
    q = H[torch.arange(x.shape[0]), lengths.clamp(max=x.shape[1] - 1)]
    return (torch.tanh(img @ p["Wi"] + p["bi"]) * torch.tanh(q @ p["Wq"] + p["bq"])) @ p["Wa"] + p["ba"]


@misconception(
    "vqa_logits",
    en="You average the hidden states of the words. The question is the state after its last real word.",
    ko="단어들의 은닉 상태를 평균 냈습니다. 질문 벡터는 마지막 실제 단어 다음의 상태입니다.",
)
def states_averaged(img, q_idx, lengths, params):
    p = params
    x = p["E"][q_idx]
    z = x.new_zeros(x.shape[0], p["Wh"].shape[0])
    H, _, _ = lstm_forward(x, z, z, p["Wx"], p["Wh"], p["b"])
    m = (torch.arange(x.shape[1])[None] < lengths[:, None]).to(H.dtype)
    q = (H * m[:, :, None]).sum(1) / lengths[:, None].to(H.dtype)
    return (torch.tanh(img @ p["Wi"] + p["bi"]) * torch.tanh(q @ p["Wq"] + p["bq"])) @ p["Wa"] + p["ba"]


@misconception(
    "vqa_logits",
    en="You take the cell state for the question. The hidden state h is asked for.",
    ko="질문 벡터로 셀 상태를 썼습니다. 은닉 상태 h를 써야 합니다.",
)
def cell_for_hidden(img, q_idx, lengths, params):
    p = params
    x = p["E"][q_idx]
    z = x.new_zeros(x.shape[0], p["Wh"].shape[0])
    _, _, caches = lstm_forward(x, z, z, p["Wx"], p["Wh"], p["b"])
    C = torch.stack([k[7] for k in caches], dim=1)
    q = C[torch.arange(x.shape[0]), lengths - 1]
    return (torch.tanh(img @ p["Wi"] + p["bi"]) * torch.tanh(q @ p["Wq"] + p["bq"])) @ p["Wa"] + p["ba"]


@misconception(
    "soft_attention",
    en="Your scores are additive, through a tanh. Here a score is the product of the projected state with the region.",
    ko="점수를 tanh를 거친 덧셈 방식으로 계산했습니다. 여기서는 투영한 상태와 영역 벡터의 곱이 점수입니다.",
)
def additive_scores(h, V, W):
    s = torch.tanh((h @ W)[:, None, :] + V).sum(dim=2)
    a = torch.softmax(s, dim=1)
    return torch.einsum("nl,nld->nd", a, V), a


@misconception(
    "lstm_step",
    en="The forget gate is used the other way round, as 1 − f. Here f = 1 keeps the cell and f = 0 drops it.",
    ko="망각 게이트를 1 − f로, 반대로 썼습니다. 여기서는 f = 1이면 셀을 유지하고 f = 0이면 버립니다.",
)
def forget_gate_inverted(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = (1 - f) * c + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="You write 1 − f of the candidate, as a GRU does. In an LSTM the input gate i is a gate of its own.",
    ko="GRU처럼 후보값에 1 − f를 곱했습니다. LSTM에서는 입력 게이트 i가 따로 있습니다.",
)
def input_gate_coupled(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + (1 - f) * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="Your cache holds the new h and c where the old ones belong. The backward pass needs the states that came in.",
    ko="cache에 이전 h와 c가 아니라 새 값을 넣었습니다. 역전파에는 들어온 상태가 필요합니다.",
)
def both_new_states_cached(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new, (x, h_new, c_new, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="Your cache holds the new cell where the old c belongs. The backward pass needs the cell that came in.",
    ko="cache에 이전 c가 아니라 새 셀을 넣었습니다. 역전파에는 들어온 셀이 필요합니다.",
)
def new_cell_cached(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c_new, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step_bwd",
    en="The derivative of tanh is missing on the way from h_new to the cell: dh · o is multiplied by 1 − tanh(c_new)².",
    ko="h_new에서 셀로 가는 길에 tanh의 도함수가 빠졌습니다. dh · o에 1 − tanh(c_new)²를 곱해야 합니다.",
)
def slope_of_cell_tanh_left_out(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t, total = torch.tanh(c_new), dc + dh * o
    dz = [total * g * i * (1 - i), total * c * f * (1 - f), dh * t * o * (1 - o), total * i * (1 - g * g)]
    dz = torch.cat(dz, dim=1)
    return dz @ Wx.T, dz @ Wh.T, total * f, x.T @ dz, h.T @ dz, dz.sum(dim=0)


@misconception(
    "lstm_forward",
    en="You detach the states between the steps. The values are right, but the gradient stops at every step instead of going back through time.",
    ko="단계 사이에서 상태를 detach했습니다. 값은 맞지만 기울기가 시간을 거슬러 흐르지 못하고 매 단계에서 끊깁니다.",
)
def detached_between_steps(x, h0, c0, Wx, Wh, b):
    h, c, H, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        H.append(h)
        caches.append(cache)
        h, c = h.detach(), c.detach()
    return (torch.stack(H, dim=1) if H else x.new_zeros(x.shape[0], 0, h0.shape[1])), c, caches


@misconception(
    "sample_text",
    en="Your tokens are one too high: you count one more than the sums that lie at or below the random number.",
    ko="토큰 번호가 하나씩 큽니다. 난수 이하인 누적합의 개수보다 하나 더 세었습니다.",
)
def token_one_too_high(params, h, c, x0, T, temp, U):
    p, token, tokens = params, x0, []
    for t in range(T):
        h, c, _ = lstm_step(p["E"][token], h, c, p["Wx"], p["Wh"], p["b"])
        F = _softmax((h @ p["Wy"] + p["by"]) / temp).cumsum(dim=1)
        token = ((F <= U[:, t : t + 1]).sum(dim=1) + 1).clamp(max=F.shape[1] - 1)
        tokens.append(token)
    return torch.stack(tokens, dim=1) if tokens else x0.new_zeros(len(x0), 0)


@misconception(
    "sample_text",
    en="You use the random number of the first row for all rows. U has one number for each row and step.",
    ko="첫 행의 난수를 모든 행에 썼습니다. U에는 행마다, 단계마다 수가 하나씩 있습니다.",
)
def one_number_for_all_rows(params, h, c, x0, T, temp, U):
    p, token, tokens = params, x0, []
    for t in range(T):
        h, c, _ = lstm_step(p["E"][token], h, c, p["Wx"], p["Wh"], p["b"])
        F = _softmax((h @ p["Wy"] + p["by"]) / temp).cumsum(dim=1)
        token = (F <= U[0, t]).sum(dim=1).clamp(max=F.shape[1] - 1)
        tokens.append(token)
    return torch.stack(tokens, dim=1) if tokens else x0.new_zeros(len(x0), 0)


# -- what further answers showed, and its siblings -------------------------------------------------------------------


def _back(dh, dc, cache, **slip):
    """lstm_step_bwd with one slip: a name and what stands in the place of the right thing."""
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t = torch.tanh(c_new)
    total = slip.get("total", lambda t: dc + dh * o * (1 - t * t))(t)
    parts = {
        "i": total * g * i * (1 - i),
        "f": total * c * f * (1 - f),
        "o": dh * t * o * (1 - o),
        "g": total * i * (1 - g * g),
    }
    parts.update(slip.get("parts", lambda total, t: {})(total, t))
    dz = torch.cat([parts["i"], parts["f"], parts["o"], parts["g"]], dim=1)
    dc_prev = slip.get("dc_prev", lambda total: total * f)(total)
    return dz @ Wx.T, dz @ Wh.T, dc_prev, x.T @ dz, h.T @ dz, dz.sum(dim=0)


def _run(x, h0, c0, step):
    """lstm_forward with `step(x_t, h, c, t)`."""
    h, c, H, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = step(x[:, t], h, c, t)
        H.append(h)
        caches.append(cache)
    return (torch.stack(H, dim=1) if H else _empty(h0)), c, caches


def _through_time(dH, caches, given=None, weigh=None):
    """lstm_backward with another gradient at the outputs: given(t, dh) -> what enters step t."""
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh if given is None else given(t, dh), dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) if weigh is None else weigh(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


def _captioner(feat, caps, params, null, **slip):
    """caption_loss with one slip."""
    inputs, targets = caps[:, :-1], caps[:, 1:]
    pre, N = feat @ params["Wf"] + params["bf"], feat.shape[0]
    h0 = slip.get("h0", lambda pre: pre)(pre)
    c0 = slip.get("c0", torch.zeros_like)(h0)
    H, _, caches = lstm_forward(params["E"][inputs], h0, c0, params["Wx"], params["Wh"], params["b"])
    logp = torch.log_softmax(H @ params["Wy"] + params["by"], dim=2)
    target = torch.zeros_like(logp).scatter(2, targets[:, :, None], 1.0)
    keep = (targets != null)[:, :, None].to(logp.dtype)
    loss = slip.get("loss", lambda keep, nll: (keep * nll).sum() / N)(keep, target * -logp)
    dlogits = slip.get("dlogits", lambda keep, p, target: keep * (p - target) / N)(keep, logp.exp(), target)
    dwords, dh0, dc0, dWx, dWh, db = lstm_backward(dlogits @ params["Wy"].T, caches)
    dpre = slip.get("dpre", lambda dh0, dc0, h0: dh0)(dh0, dc0, h0)
    grads = {"Wf": feat.T @ dpre, "bf": dpre.sum(dim=0), "Wx": dWx, "Wh": dWh, "b": db}
    grads["E"] = torch.zeros_like(params["E"]).index_add(0, inputs.flatten(), dwords.flatten(0, 1))
    grads["Wy"], grads["by"] = torch.einsum("nth,ntv->hv", H, dlogits), dlogits.sum(dim=(0, 1))
    return loss, grads


def _caption_words(h, c, params, start, T, choose=lambda logits: logits.argmax(dim=1), keep_h=True):
    h0, word = h, torch.full((h.shape[0],), start, dtype=torch.int64, device=h.device)
    words = [word.new_zeros(h.shape[0], 0)]
    for _ in range(T):
        h, c, _ = lstm_step(params["E"][word], h if keep_h else h0, c, params["Wx"], params["Wh"], params["b"])
        word = choose(h @ params["Wy"] + params["by"])
        words.append(word[:, None])
    return torch.cat(words, dim=1)


def _answers(img, q, params, picture=torch.tanh, question=torch.tanh):
    left, right = picture(img @ params["Wi"] + params["bi"]), question(q @ params["Wq"] + params["bq"])
    return (left * right) @ params["Wa"] + params["ba"]


@misconception(
    "lstm_step",
    en="Your candidate has no activation. It goes through tanh before it is written to the cell.",
    ko="후보 값에 활성화 함수가 없습니다. 셀에 쓰기 전에 tanh를 거쳐야 합니다.",
)
def candidate_without_tanh(x, h, c, Wx, Wh, b):
    i, f, o, _ = _gates(x, h, Wx, Wh, b)
    return _close(x, h, c, (i, f, o, (x @ Wx + h @ Wh + b).chunk(4, dim=1)[3]), Wx, Wh)


@misconception(
    "lstm_step",
    en="Your gates go through tanh. A gate says how much passes, between 0 and 1: that is a sigmoid.",
    ko="게이트에 tanh를 썼습니다. 게이트는 얼마나 통과시킬지를 0과 1 사이로 나타내므로 sigmoid여야 합니다.",
)
def tanh_for_the_gates(x, h, c, Wx, Wh, b):
    i, f, o, g = (torch.tanh(z) for z in (x @ Wx + h @ Wh + b).chunk(4, dim=1))
    return _close(x, h, c, (i, f, o, g), Wx, Wh)


@misconception(
    "lstm_step",
    en="The output gate is missing: your h_new is tanh(c_new) alone.",
    ko="출력 게이트가 빠졌습니다. h_new가 tanh(c_new)뿐입니다.",
)
def output_without_gate(x, h, c, Wx, Wh, b):
    gates = _gates(x, h, Wx, Wh, b)
    _, c_new, cache = _close(x, h, c, gates, Wx, Wh)
    return torch.tanh(c_new), c_new, cache


@misconception(
    "lstm_step",
    en="Your h_new is made of the old cell. The output shows the cell after it has been written: tanh(c_new).",
    ko="h_new를 이전 셀로 계산했습니다. 출력은 새로 쓴 뒤의 셀, 곧 tanh(c_new)를 내보냅니다.",
)
def hidden_from_the_old_cell(x, h, c, Wx, Wh, b):
    gates = _gates(x, h, Wx, Wh, b)
    _, c_new, cache = _close(x, h, c, gates, Wx, Wh)
    return gates[2] * torch.tanh(c), c_new, cache


@misconception(
    "lstm_step",
    en="You apply a sigmoid to the cell on its way to h_new. It is tanh there.",
    ko="h_new를 만들 때 셀에 sigmoid를 적용했습니다. 여기에는 tanh를 씁니다.",
)
def sigmoid_of_the_cell(x, h, c, Wx, Wh, b):
    gates = _gates(x, h, Wx, Wh, b)
    _, c_new, cache = _close(x, h, c, gates, Wx, Wh)
    return gates[2] * torch.sigmoid(c_new), c_new, cache


@misconception(
    "lstm_step",
    en="Your h_new is o * g. The output gate opens on the cell, in which the past is kept: o * tanh(c_new).",
    ko="h_new가 o * g입니다. 출력 게이트는 과거를 담은 셀을 내보내므로 o * tanh(c_new)여야 합니다.",
)
def hidden_from_the_candidate(x, h, c, Wx, Wh, b):
    gates = _gates(x, h, Wx, Wh, b)
    _, c_new, cache = _close(x, h, c, gates, Wx, Wh)
    return gates[2] * gates[3], c_new, cache


@misconception(
    "lstm_step",
    en="The old cell is missing in c_new: only i * g is written. What the forget gate lets pass is added.",
    ko="c_new에 이전 셀이 없고 i * g만 있습니다. 망각 게이트가 통과시킨 이전 셀을 더해야 합니다.",
)
def old_cell_dropped(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="The input gate is missing: the candidate is written in full. It is multiplied by i.",
    ko="입력 게이트가 빠져 후보 값이 그대로 쓰였습니다. i를 곱해야 합니다.",
)
def candidate_without_input_gate(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = f * c + g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="The forget gate is missing: the old cell is kept in full. It is multiplied by f.",
    ko="망각 게이트가 빠져 이전 셀이 그대로 남았습니다. f를 곱해야 합니다.",
)
def cell_without_forget_gate(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = c + i * g
    return o * torch.tanh(c_new), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="You store tanh of the new cell as the cell. The cell itself is not squashed: only h_new sees its tanh.",
    ko="새 셀에 tanh를 적용한 값을 셀로 저장했습니다. 셀 자체에는 tanh를 적용하지 않고 h_new를 만들 때만 씁니다.",
)
def cell_squashed(x, h, c, Wx, Wh, b):
    i, f, o, g = _gates(x, h, Wx, Wh, b)
    c_new = torch.tanh(f * c + i * g)
    return o * c_new, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


@misconception(
    "lstm_step",
    en="Your cache holds the four blocks before their activations. i, f, o and g are stored after sigmoid and tanh.",
    ko="캐시에 활성화 함수를 거치기 전의 네 블록을 넣었습니다. i, f, o, g는 sigmoid와 tanh를 거친 값이어야 합니다.",
)
def cache_holds_pre_activations(x, h, c, Wx, Wh, b):
    h_new, c_new, cache = _close(x, h, c, _gates(x, h, Wx, Wh, b), Wx, Wh)
    z = (x @ Wx + h @ Wh + b).chunk(4, dim=1)
    return h_new, c_new, (*cache[:3], *z, *cache[7:])


@misconception(
    "lstm_step",
    en="Your cache holds tanh(c_new) where c_new belongs.",
    ko="캐시에 c_new가 아니라 tanh(c_new)를 넣었습니다.",
)
def cache_holds_tanh_of_the_cell(x, h, c, Wx, Wh, b):
    h_new, c_new, cache = _close(x, h, c, _gates(x, h, Wx, Wh, b), Wx, Wh)
    return h_new, c_new, (*cache[:7], torch.tanh(c_new), *cache[8:])


@misconception(
    "lstm_step",
    en="In your cache g stands before o. The docstring fixes the order: i, f, o, g.",
    ko="캐시에서 g가 o보다 앞에 있습니다. 독스트링의 순서는 i, f, o, g입니다.",
)
def cache_in_torch_order(x, h, c, Wx, Wh, b):
    h_new, c_new, cache = _close(x, h, c, _gates(x, h, Wx, Wh, b), Wx, Wh)
    return h_new, c_new, (*cache[:5], cache[6], cache[5], *cache[7:])


@misconception(
    "lstm_step",
    en="In your cache c stands before h. The docstring fixes the order: x, h, c.",
    ko="캐시에서 c가 h보다 앞에 있습니다. 독스트링의 순서는 x, h, c입니다.",
)
def cache_begins_with_the_cell(x, h, c, Wx, Wh, b):
    h_new, c_new, cache = _close(x, h, c, _gates(x, h, Wx, Wh, b), Wx, Wh)
    return h_new, c_new, (x, c, h, *cache[3:])


@misconception(
    "lstm_step",
    en="You take every fourth column for a gate. The blocks stand one after the other, H columns each.",
    ko="네 열마다 하나씩 뽑아 게이트로 삼았습니다. 블록은 H열씩 차례로 놓여 있습니다.",
)
def blocks_interleaved(x, h, c, Wx, Wh, b):
    zi, zf, zo, zg = (x @ Wx + h @ Wh + b).reshape(x.shape[0], h.shape[1], 4).unbind(dim=2)
    return _close(x, h, c, (torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo), torch.tanh(zg)), Wx, Wh)


@misconception(
    "lstm_step_bwd",
    en="Your slope of tanh at the cell is 1 − c_new². With t = tanh(c_new) the derivative is 1 − t²: the tanh is missing.",
    ko="셀에서 tanh의 도함수로 1 − c_new²을 썼습니다. t = tanh(c_new)일 때 1 − t²이므로 tanh가 빠졌습니다.",
)
def slope_of_the_bare_cell(dh, dc, cache):
    return _back(dh, dc, cache, total=lambda t: dc + dh * cache[5] * (1 - cache[7] ** 2))


@misconception(
    "lstm_step_bwd",
    en="Your slope of tanh at the cell is 1 − tanh(c_new). The square is missing.",
    ko="셀에서 tanh의 도함수로 1 − tanh(c_new)를 썼습니다. 제곱이 빠졌습니다.",
)
def slope_of_cell_without_square(dh, dc, cache):
    return _back(dh, dc, cache, total=lambda t: dc + dh * cache[5] * (1 - t))


@misconception(
    "lstm_step_bwd",
    en="Your slope of tanh is taken at the old cell. h_new = o * tanh(c_new), so the slope is that at c_new.",
    ko="tanh의 도함수를 이전 셀에서 구했습니다. h_new = o * tanh(c_new)이므로 c_new에서 구해야 합니다.",
)
def slope_of_the_old_cell(dh, dc, cache):
    return _back(dh, dc, cache, total=lambda t: dc + dh * cache[5] * (1 - torch.tanh(cache[2]) ** 2))


@misconception(
    "lstm_step_bwd",
    en="On the way from h_new to the cell the output gate is missing: h_new = o * tanh(c_new), so dh is multiplied by o.",
    ko="h_new에서 셀로 가는 길에 출력 게이트가 빠졌습니다. h_new = o * tanh(c_new)이므로 dh에 o를 곱해야 합니다.",
)
def way_to_the_cell_without_output_gate(dh, dc, cache):
    return _back(dh, dc, cache, total=lambda t: dc + dh * (1 - t * t))


@misconception(
    "lstm_step_bwd",
    en="You send dc through o and the tanh as well. dc arrives at the cell itself; only dh comes through h_new.",
    ko="dc에도 o와 tanh의 도함수를 곱했습니다. dc는 셀에 곧바로 도착하고, h_new를 거치는 것은 dh뿐입니다.",
)
def dc_through_the_output_as_well(dh, dc, cache):
    return _back(dh, dc, cache, total=lambda t: (dc + dh) * cache[5] * (1 - t * t))


@misconception(
    "lstm_step_bwd",
    en="Your slope of the candidate is 1 − g. With g = tanh(z) the derivative is 1 − g².",
    ko="후보 값의 도함수로 1 − g를 썼습니다. g = tanh(z)이면 1 − g²입니다.",
)
def candidate_slope_without_square(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"g": total * cache[3] * (1 - cache[6])})


@misconception(
    "lstm_step_bwd",
    en="The derivative of the candidate's tanh is missing: its block is multiplied by 1 − g².",
    ko="후보 값의 tanh의 도함수가 빠졌습니다. 그 블록에는 1 − g²을 곱합니다.",
)
def candidate_slope_left_out(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"g": total * cache[3]})


@misconception(
    "lstm_step_bwd",
    en="The derivatives of the sigmoids are missing: each gate's block is multiplied by s(1 − s).",
    ko="sigmoid의 도함수가 빠졌습니다. 게이트의 블록마다 s(1 − s)를 곱합니다.",
)
def gate_slopes_left_out(dh, dc, cache):
    c, g = cache[2], cache[6]
    return _back(dh, dc, cache, parts=lambda total, t: {"i": total * g, "f": total * c, "o": dh * t})


@misconception(
    "lstm_step_bwd",
    en="You use 1 − s² for the gates, the slope of tanh. Gates are sigmoids: s(1 − s).",
    ko="게이트에 tanh의 도함수 1 − s²을 썼습니다. 게이트는 sigmoid이므로 s(1 − s)입니다.",
)
def tanh_slopes_for_the_gates(dh, dc, cache):
    _, _, c, i, f, o, g, _, _, _ = cache
    return _back(
        dh,
        dc,
        cache,
        parts=lambda total, t: {"i": total * g * (1 - i * i), "f": total * c * (1 - f * f), "o": dh * t * (1 - o * o)},
    )


@misconception(
    "lstm_step_bwd",
    en="The slopes of your gates are 1 − s. The derivative of a sigmoid is s(1 − s): one factor is missing.",
    ko="게이트의 도함수로 1 − s를 썼습니다. sigmoid의 도함수는 s(1 − s)이므로 인수 하나가 빠졌습니다.",
)
def gate_slopes_halved(dh, dc, cache):
    _, _, c, i, f, o, g, _, _, _ = cache
    return _back(
        dh,
        dc,
        cache,
        parts=lambda total, t: {"i": total * g * (1 - i), "f": total * c * (1 - f), "o": dh * t * (1 - o)},
    )


@misconception(
    "lstm_step_bwd",
    en="The derivative of the input gate's sigmoid is missing: i(1 − i).",
    ko="입력 게이트의 sigmoid의 도함수 i(1 − i)가 빠졌습니다.",
)
def input_slope_left_out(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"i": total * cache[6]})


@misconception(
    "lstm_step_bwd",
    en="The derivative of the forget gate's sigmoid is missing: f(1 − f).",
    ko="망각 게이트의 sigmoid의 도함수 f(1 − f)가 빠졌습니다.",
)
def forget_slope_left_out(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"f": total * cache[2]})


@misconception(
    "lstm_step_bwd",
    en="The derivative of the output gate's sigmoid is missing: o(1 − o).",
    ko="출력 게이트의 sigmoid의 도함수 o(1 − o)가 빠졌습니다.",
)
def output_slope_left_out(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"o": dh * t})


@misconception(
    "lstm_step_bwd",
    en="The gradient of the output gate uses c_new. The gate multiplies tanh(c_new), so that is the factor.",
    ko="출력 게이트의 기울기에 c_new를 곱했습니다. 게이트가 곱해지는 것은 tanh(c_new)이므로 이것이 인수입니다.",
)
def output_gradient_by_the_bare_cell(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"o": dh * cache[7] * cache[5] * (1 - cache[5])})


@misconception(
    "lstm_step_bwd",
    en="The gradient of the output gate starts from that of the cell. The gate acts on h_new alone, so it starts from dh.",
    ko="출력 게이트의 기울기를 셀의 기울기에서 구했습니다. 출력 게이트는 h_new에만 작용하므로 dh에서 출발해야 합니다.",
)
def output_gradient_from_the_cell(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"o": total * t * cache[5] * (1 - cache[5])})


@misconception(
    "lstm_step_bwd",
    en="In i * g each one's gradient has the other as its factor. You multiplied i's gradient by i and g's by g.",
    ko="i * g에서는 서로 상대가 인수가 됩니다. i의 기울기에 i를, g의 기울기에 g를 곱했습니다.",
)
def partners_exchanged(dh, dc, cache):
    i, g = cache[3], cache[6]
    return _back(dh, dc, cache, parts=lambda total, t: {"i": total * i * i * (1 - i), "g": total * g * (1 - g * g)})


@misconception(
    "lstm_step_bwd",
    en="The factor i is missing in the gradient of the candidate: c_new contains i * g.",
    ko="후보 값의 기울기에서 i가 빠졌습니다. c_new에는 i * g가 들어 있습니다.",
)
def candidate_without_input_gate_backward(dh, dc, cache):
    return _back(dh, dc, cache, parts=lambda total, t: {"g": total * (1 - cache[6] ** 2)})


@misconception(
    "lstm_step_bwd",
    en="Your gates use dc as it arrived. What comes through h_new reaches the cell as well, and with it i, f and g.",
    ko="게이트의 기울기에 도착한 dc만 썼습니다. h_new를 거쳐 셀에 오는 부분도 i, f, g로 전해집니다.",
)
def gates_from_the_incoming_gradient(dh, dc, cache):
    _, _, c, i, f, _, g, _, _, _ = cache
    return _back(
        dh,
        dc,
        cache,
        parts=lambda total, t: {"i": dc * g * i * (1 - i), "f": dc * c * f * (1 - f), "g": dc * i * (1 - g * g)},
    )


@misconception(
    "lstm_step_bwd",
    en="Your dc_prev uses dc as it arrived. What comes through h_new reaches c_new as well and goes on to the old cell.",
    ko="dc_prev에 도착한 dc만 썼습니다. h_new를 거쳐 c_new에 오는 부분도 이전 셀로 전해집니다.",
)
def old_cell_from_the_incoming_gradient(dh, dc, cache):
    return _back(dh, dc, cache, dc_prev=lambda total: dc * cache[4])


@misconception(
    "lstm_step_bwd",
    en="Your dc_prev has the input gate as its factor. The old cell is multiplied by f.",
    ko="dc_prev에 입력 게이트를 곱했습니다. 이전 셀에 곱해지는 것은 f입니다.",
)
def old_cell_by_the_input_gate(dh, dc, cache):
    return _back(dh, dc, cache, dc_prev=lambda total: total * cache[3])


@misconception(
    "lstm_forward",
    en="You stack an empty list when T = 0, which torch refuses. An empty sequence gives H of shape (N, 0, H).",
    ko="T = 0이면 빈 리스트를 stack하게 되어 오류가 납니다. 빈 시퀀스의 H는 모양이 (N, 0, H)입니다.",
)
def empty_sequence_not_handled(x, h0, c0, Wx, Wh, b):
    h, c, H, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        H.append(h)
        caches.append(cache)
    return torch.stack(H, dim=1), c, caches


@misconception(
    "lstm_forward",
    en="You detach the states that go into each step. The values are right, but no gradient goes back through time, nor to h0 and c0.",
    ko="각 스텝에 넣는 상태를 detach했습니다. 값은 맞지만 기울기가 시간을 거슬러 가지 못하고 h0와 c0에도 이르지 못합니다.",
)
def detached_before_every_step(x, h0, c0, Wx, Wh, b):
    return _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h.detach(), c.detach(), Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="You detach the cell between the steps. The cell is the very path on which gradients travel far.",
    ko="스텝 사이에서 셀을 detach했습니다. 셀은 기울기가 멀리까지 가는 바로 그 길입니다.",
)
def cell_detached(x, h0, c0, Wx, Wh, b):
    return _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h, c.detach() if t else c, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="You detach the hidden state between the steps. Its gradient goes back through time as well.",
    ko="스텝 사이에서 은닉 상태를 detach했습니다. 은닉 상태의 기울기도 시간을 거슬러 전해져야 합니다.",
)
def hidden_detached(x, h0, c0, Wx, Wh, b):
    return _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h.detach() if t else h, c, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="You pass c and h in exchanged order to lstm_step.",
    ko="lstm_step에 h와 c를 바꾸어 넣었습니다.",
)
def states_exchanged(x, h0, c0, Wx, Wh, b):
    return _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, c, h, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="You read the sequence from its end. Step 0 takes x[:, 0].",
    ko="시퀀스를 끝에서부터 읽었습니다. 0번 스텝은 x[:, 0]을 받습니다.",
)
def read_backwards(x, h0, c0, Wx, Wh, b):
    T = x.shape[1]
    return _run(x, h0, c0, lambda _, h, c, t: lstm_step(x[:, T - 1 - t], h, c, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="Every step of yours reads x[:, 0]. Step t takes x[:, t].",
    ko="모든 스텝이 x[:, 0]을 읽습니다. t번 스텝은 x[:, t]를 받습니다.",
)
def same_input_at_every_step(x, h0, c0, Wx, Wh, b):
    return _run(x, h0, c0, lambda _, h, c, t: lstm_step(x[:, 0], h, c, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="You return the last hidden state only. H holds the states of all steps, (N, T, H).",
    ko="마지막 은닉 상태만 돌려주었습니다. H에는 모든 스텝의 상태가 있으며 모양은 (N, T, H)입니다.",
)
def last_hidden_state_only(x, h0, c0, Wx, Wh, b):
    H, c, caches = _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h, c, Wx, Wh, b))
    return (H[:, -1] if caches else h0), c, caches


@misconception(
    "lstm_forward",
    en="Your H begins with h0 and has T + 1 states. H[:, t] is the state after step t.",
    ko="H가 h0에서 시작해 상태가 T + 1개입니다. H[:, t]는 t번 스텝이 끝난 뒤의 상태입니다.",
)
def first_state_in_the_result(x, h0, c0, Wx, Wh, b):
    H, c, caches = _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h, c, Wx, Wh, b))
    return torch.cat([h0[:, None], H], dim=1), c, caches


@misconception(
    "lstm_forward",
    en="The last step is missing: your loop runs T − 1 times.",
    ko="마지막 스텝이 빠졌습니다. 반복이 T − 1번입니다.",
)
def last_step_left_out(x, h0, c0, Wx, Wh, b):
    return _run(x[:, :-1], h0, c0, lambda x, h, c, t: lstm_step(x, h, c, Wx, Wh, b))


@misconception(
    "lstm_forward",
    en="Your second result holds the cells of all steps. The last one is asked for, (N, H).",
    ko="두 번째 결과에 모든 스텝의 셀이 들어 있습니다. 마지막 셀 하나, (N, H)여야 합니다.",
)
def all_cells_returned(x, h0, c0, Wx, Wh, b):
    H, _, caches = _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h, c, Wx, Wh, b))
    return H, (torch.stack([cache[7] for cache in caches], dim=1) if caches else _empty(c0)), caches


@misconception(
    "lstm_forward",
    en="Your caches stand in reversed order. caches[t] belongs to step t.",
    ko="캐시의 순서가 거꾸로입니다. caches[t]는 t번 스텝의 것입니다.",
)
def caches_backwards(x, h0, c0, Wx, Wh, b):
    H, c, caches = _run(x, h0, c0, lambda x, h, c, t: lstm_step(x, h, c, Wx, Wh, b))
    return H, c, caches[::-1]


@misconception(
    "lstm_backward",
    en="Only the gradient of the last output enters. Every dH[:, t] joins the gradient that comes from the later steps.",
    ko="마지막 출력의 기울기만 들어갔습니다. 스텝마다 뒤에서 온 기울기에 dH[:, t]를 더해야 합니다.",
)
def only_the_last_output(dH, caches):
    T = dH.shape[1]
    return _through_time(dH, caches, given=lambda t, dh: dH[:, t] if t == T - 1 else dh)


@misconception(
    "lstm_backward",
    en="Your dH runs against the steps: step t gets dH[:, T − 1 − t]. Each output belongs to its own step.",
    ko="dH를 거꾸로 넣었습니다. t번 스텝에 dH[:, T − 1 − t]가 들어갑니다. 출력마다 자기 스텝이 있습니다.",
)
def outputs_in_reverse_order(dH, caches):
    T = dH.shape[1]
    return _through_time(dH, caches, given=lambda t, dh: dH[:, T - 1 - t] + dh)


@misconception(
    "lstm_backward",
    en="Step t gets dH[:, t − 1]. Its own output is H[:, t].",
    ko="t번 스텝에 dH[:, t − 1]이 들어갔습니다. t번 스텝의 출력은 H[:, t]입니다.",
)
def output_of_the_step_before(dH, caches):
    return _through_time(dH, caches, given=lambda t, dh: dh + (dH[:, t - 1] if t else 0))


@misconception(
    "lstm_backward",
    en="The gradients of the weights are divided by the batch size. They are summed over steps and batch; a mean would be in dH already.",
    ko="가중치의 기울기를 배치 크기로 나누었습니다. 스텝과 배치에 대해 더합니다. 평균이라면 이미 dH에 들어 있습니다.",
)
def weights_of_the_batch_averaged(dH, caches):
    return _through_time(dH, caches, weigh=lambda parts: sum(parts) / max(len(dH), 1))


@misconception(
    "lstm_backward",
    en="The gradients of the weights are those of the last time step alone. Every step uses the same weights, so their gradients add up.",
    ko="가중치의 기울기가 마지막 시점의 것뿐입니다. 모든 스텝이 같은 가중치를 쓰므로 기울기를 더해야 합니다.",
)
def weights_of_the_last_step(dH, caches):
    return _through_time(dH, caches, weigh=lambda parts: parts[0])


@misconception(
    "lstm_backward",
    en="Your dh0 still has dH[:, 0] added to it. dH belongs to the states after the steps; h0 gets only what the first step sends back.",
    ko="dh0에 dH[:, 0]을 한 번 더 더했습니다. dH는 스텝이 끝난 뒤의 상태에 대한 것이며, h0에는 첫 스텝이 돌려보낸 기울기만 갑니다.",
)
def first_output_counted_again(dH, caches):
    dx, dh, *rest = _through_time(dH, caches)
    return dx, dh + dH[:, 0], *rest


@misconception(
    "lstm_backward",
    en="You return zeros for dh0 and dc0. The states at the start are inputs like any other: they get what the first step sends back.",
    ko="dh0와 dc0로 0을 돌려주었습니다. 처음 상태도 입력이므로 첫 스텝이 돌려보낸 기울기를 받습니다.",
)
def start_gradients_are_zero(dH, caches):
    dx, dh, dc, *rest = _through_time(dH, caches)
    return dx, torch.zeros_like(dh), torch.zeros_like(dc), *rest


@misconception(
    "lstm_backward",
    en="You begin with the last dH as gradient of the cell. Behind the last step the cell has no gradient of its own; dH reaches it through h.",
    ko="셀의 기울기를 마지막 dH로 시작했습니다. 마지막 스텝 뒤에서 셀에는 따로 기울기가 없으며, dH는 h를 거쳐 셀에 이릅니다.",
)
def cell_gradient_begins_with_dH(dH, caches):
    dh, dc = torch.zeros_like(dH[:, 0]), dH[:, -1]
    dxs, weights = [], []
    for t in reversed(range(dH.shape[1])):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "lstm_backward",
    en="dh and dc change places between the steps: what lstm_step_bwd returns second is dh_prev, third dc_prev.",
    ko="스텝 사이에서 dh와 dc가 바뀝니다. lstm_step_bwd가 둘째로 돌려주는 것이 dh_prev, 셋째가 dc_prev입니다.",
)
def hidden_and_cell_exchanged_on_the_way(dH, caches):
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(dH.shape[1])):
        dx, dc, dh, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db


@misconception(
    "cell_gradient",
    en="You average the forget gates over time. Along one path the chain rule multiplies.",
    ko="망각 게이트를 시간에 대해 평균했습니다. 한 경로를 따라서는 연쇄 법칙에 따라 곱해야 합니다.",
)
def mean_of_gates(f):
    return f.mean(dim=0) if len(f) else f.new_ones(f.shape[1:])


@misconception(
    "cell_gradient",
    en="You return the last forget gate alone. The gradient passes through the gates of all steps.",
    ko="마지막 망각 게이트만 돌려주었습니다. 기울기는 모든 스텝의 게이트를 지납니다.",
)
def last_gate_alone(f):
    return f[-1] if len(f) else f.new_ones(f.shape[1:])


@misconception(
    "cell_gradient",
    en="You raise the mean gate to the power T. That is the product only if all gates are equal.",
    ko="평균 게이트를 T제곱했습니다. 모든 게이트가 같을 때에만 곱과 같습니다.",
)
def mean_to_the_power_of_steps(f):
    return f.mean(dim=0) ** len(f) if len(f) else f.new_ones(f.shape[1:])


@misconception(
    "cell_gradient",
    en="You multiply f(1 − f), the slopes of the gates. The gates are held fixed here: only the path along the cell counts.",
    ko="게이트의 도함수 f(1 − f)를 곱했습니다. 여기서 게이트는 고정되어 있고 셀을 따라가는 길만 셉니다.",
)
def slopes_of_the_gates(f):
    return torch.prod(f * (1 - f), dim=0)


@misconception(
    "cell_gradient",
    en="You return the smallest gate. Each step multiplies the gradient, so all of them count.",
    ko="가장 작은 게이트를 돌려주었습니다. 스텝마다 기울기에 곱해지므로 모든 게이트가 영향을 줍니다.",
)
def smallest_gate(f):
    return f.amin(dim=0) if len(f) else f.new_ones(f.shape[1:])


@misconception(
    "cell_gradient",
    en="You multiply over all axes but one. Each hidden unit of each sequence has a product of its own, over time only.",
    ko="시간 말고 다른 축으로도 곱했습니다. 시퀀스와 은닉 유닛마다 시간에 대한 곱이 따로 있습니다.",
)
def product_over_everything(f):
    return torch.prod(f, dim=0).prod(dim=-1, keepdim=True).expand(f.shape[1:]).clone()


@misconception(
    "cell_gradient",
    en="For T = 0 you return zeros. Without a step nothing changes: the empty product is 1.",
    ko="T = 0일 때 0을 돌려주었습니다. 스텝이 없으면 아무것도 바뀌지 않으므로 빈 곱은 1입니다.",
)
def zero_steps_give_zeros(f):
    return torch.prod(f, dim=0) if len(f) else f.new_zeros(f.shape[1:])


@misconception(
    "sample_text",
    en="You use the first column of U in every step. Step t has its own numbers, U[:, t].",
    ko="모든 스텝에서 U의 첫 열을 썼습니다. t번 스텝은 자기 난수 U[:, t]를 씁니다.",
)
def first_column_for_all_steps(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        F = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        return (F <= U[:, :1]).sum(dim=1).clamp(max=logits.shape[1] - 1)

    return _write(params, h, c, x0, T, choose)[:, 1:]


@misconception(
    "sample_text",
    en="Your softmax runs over the batch. Each row has a distribution of its own, over the V tokens.",
    ko="배치 방향으로 softmax를 적용했습니다. 행마다 V개의 토큰에 대한 분포를 가집니다.",
)
def softmax_over_the_batch(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        F = torch.softmax(logits / temp, dim=0).cumsum(dim=1)
        return (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)

    return _write(params, h, c, x0, T, choose)[:, 1:]


@misconception(
    "sample_text",
    en="You lay the pieces from the other end: you use 1 − U, or sum up from the last token. The first piece, from 0 on, is token 0.",
    ko="구간을 반대쪽부터 나누었습니다. 1 − U를 썼거나 마지막 토큰부터 더했습니다. 0에서 시작하는 첫 조각이 토큰 0입니다.",
)
def other_end_of_the_interval(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        F = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        return (F <= 1 - U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)

    return _write(params, h, c, x0, T, choose)[:, 1:]


@misconception(
    "sample_text",
    en="You sort the probabilities first. The pieces lie in the order of the tokens, F_k = prob_0 + ... + prob_k.",
    ko="확률을 먼저 정렬했습니다. 조각은 토큰 번호 순서로 놓이며 F_k = prob_0 + ... + prob_k입니다.",
)
def pieces_in_order_of_size(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        p, order = torch.softmax(logits / temp, dim=1).sort(dim=1, descending=True)
        k = (p.cumsum(dim=1) <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)
        return order.gather(1, k[:, None])[:, 0]

    return _write(params, h, c, x0, T, choose)[:, 1:]


@misconception(
    "sample_text",
    en="You compare U with the probabilities themselves. It is compared with their cumulative sums.",
    ko="U를 확률과 바로 비교했습니다. 누적합과 비교해야 합니다.",
)
def probability_above_the_number(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        p = torch.softmax(logits / temp, dim=1)
        return (p > U[:, t : t + 1]).to(torch.int64).argmax(dim=1)

    return _write(params, h, c, x0, T, choose)[:, 1:]


@misconception(
    "sample_text",
    en="Your result begins with the start token and has T + 1 columns. x0 is fed, but it is not part of the result.",
    ko="결과가 시작 토큰으로 시작해 열이 T + 1개입니다. x0은 넣기만 하고 결과에는 들어가지 않습니다.",
)
def start_token_and_all(params, h, c, x0, T, temp, U):
    def choose(logits, t):
        F = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        return (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)

    tokens = _write(params, h, c, x0, T, choose)
    return tokens if tokens.shape[1] == T + 1 else torch.cat([x0[:, None], tokens], dim=1)


@misconception(
    "sample_text",
    en="The cell starts again at every token: only h is carried on. Both states go on to the next step.",
    ko="토큰마다 셀이 처음으로 돌아가고 h만 이어집니다. 두 상태 모두 다음 스텝으로 넘겨야 합니다.",
)
def cell_starts_again(params, h, c, x0, T, temp, U):
    token, tokens = x0, [x0.new_zeros(x0.shape[0], 0)]
    for t in range(T):
        h, _, _ = lstm_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
        logits = h @ params["Wy"] + params["by"]
        F = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        token = (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)
        tokens.append(token[:, None])
    return torch.cat(tokens, dim=1)


@misconception(
    "sample_text",
    en="The hidden state starts again at every token: only c is carried on. Both states go on to the next step.",
    ko="토큰마다 은닉 상태가 처음으로 돌아가고 c만 이어집니다. 두 상태 모두 다음 스텝으로 넘겨야 합니다.",
)
def hidden_starts_again(params, h, c, x0, T, temp, U):
    token, tokens = x0, [x0.new_zeros(x0.shape[0], 0)]
    for t in range(T):
        new, c, _ = lstm_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
        logits = new @ params["Wy"] + params["by"]
        F = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        token = (F <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)
        tokens.append(token[:, None])
    return torch.cat(tokens, dim=1)


@misconception(
    "caption_loss",
    en="You apply a tanh to the projected picture. h0 = feat @ Wf + bf has no activation.",
    ko="투영한 이미지에 tanh를 적용했습니다. h0 = feat @ Wf + bf에는 활성화 함수가 없습니다.",
)
def picture_through_tanh(feat, caps, params, null):
    return _captioner(feat, caps, params, null, h0=torch.tanh, dpre=lambda dh0, dc0, h0: dh0 * (1 - h0**2))


@misconception(
    "caption_loss",
    en="You apply a ReLU to the projected picture. h0 = feat @ Wf + bf has no activation.",
    ko="투영한 이미지에 ReLU를 적용했습니다. h0 = feat @ Wf + bf에는 활성화 함수가 없습니다.",
)
def picture_through_relu(feat, caps, params, null):
    return _captioner(feat, caps, params, null, h0=torch.relu, dpre=lambda dh0, dc0, h0: dh0 * (h0 > 0))


@misconception(
    "caption_loss",
    en="The picture goes into the cell as well: c0 is h0. The cell begins at 0.",
    ko="이미지를 셀에도 넣어 c0가 h0와 같습니다. 셀은 0에서 시작합니다.",
)
def picture_in_the_cell_too(feat, caps, params, null):
    return _captioner(feat, caps, params, null, c0=lambda h0: h0, dpre=lambda dh0, dc0, h0: dh0 + dc0)


@misconception(
    "caption_loss",
    en="Your loss adds up the captions. It is a sum over time and a mean over the batch: 1/N is missing in loss and gradients.",
    ko="캡션들의 손실을 더하기만 했습니다. 시간에 대해서는 합, 배치에 대해서는 평균이므로 손실과 기울기에 1/N이 있어야 합니다.",
)
def summed_over_the_batch(feat, caps, params, null):
    return _captioner(
        feat,
        caps,
        params,
        null,
        loss=lambda keep, nll: (keep * nll).sum(),
        dlogits=lambda keep, p, target: keep * (p - target),
    )


@misconception(
    "caption_loss",
    en="Your loss is right, but its gradients lack 1/N: the loss is a mean over the batch, so each of them carries that factor.",
    ko="손실은 맞지만 기울기에 1/N이 빠졌습니다. 손실이 배치 평균이므로 모든 기울기에 이 인수가 붙습니다.",
)
def gradient_of_the_summed_loss(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dlogits=lambda keep, p, target: keep * (p - target))


@misconception(
    "caption_loss",
    en="The loss leaves out the null targets, the gradient does not. What is masked in the loss has gradient 0.",
    ko="손실에서는 null 타깃을 뺐지만 기울기에서는 빼지 않았습니다. 손실에서 가린 것은 기울기가 0입니다.",
)
def null_words_in_the_gradient(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dlogits=lambda keep, p, target: (p - target) / len(feat))


@misconception(
    "caption_loss",
    en="The gradient leaves out the null targets, the loss does not. They only fill the rows up to one length and cost nothing.",
    ko="기울기에서는 null 타깃을 뺐지만 손실에서는 빼지 않았습니다. null은 길이를 맞추려고 채운 것이므로 손실에 들어가지 않습니다.",
)
def null_words_in_the_loss(feat, caps, params, null):
    return _captioner(feat, caps, params, null, loss=lambda keep, nll: nll.sum() / len(feat))


@misconception(
    "caption_loss",
    en="The gradient at the logits is the softmax alone. At the target 1 is subtracted.",
    ko="로짓의 기울기가 softmax뿐입니다. 타깃에서는 1을 빼야 합니다.",
)
def target_not_subtracted(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dlogits=lambda keep, p, target: keep * p / len(feat))


@misconception(
    "caption_loss",
    en="All your gradients have the opposite sign: at the logits it is softmax minus target.",
    ko="모든 기울기의 부호가 반대입니다. 로짓에서는 softmax에서 타깃을 뺍니다.",
)
def gradients_turned_round(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dlogits=lambda keep, p, target: keep * (target - p) / len(feat))


@misconception(
    "caption_loss",
    en="Wf and bf get no gradient. The picture is the first hidden state: dh0, which lstm_backward returns, goes on to them.",
    ko="Wf와 bf에 기울기가 없습니다. 이미지는 첫 은닉 상태이므로 lstm_backward가 돌려주는 dh0가 Wf와 bf로 이어집니다.",
)
def picture_without_gradient(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dpre=lambda dh0, dc0, h0: torch.zeros_like(dh0))


@misconception(
    "caption_loss",
    en="Wf and bf get dc0. The picture goes into h0, so dh0 is theirs, the second result of lstm_backward.",
    ko="Wf와 bf에 dc0를 썼습니다. 이미지는 h0로 들어가므로 lstm_backward의 둘째 결과인 dh0를 써야 합니다.",
)
def picture_gradient_from_the_cell(feat, caps, params, null):
    return _captioner(feat, caps, params, null, dpre=lambda dh0, dc0, h0: dc0)


@misconception(
    "greedy_decode",
    en="greedy_decode applies a tanh to the projected picture. h0 = feat @ Wf + bf has no activation.",
    ko="greedy_decode에서 투영한 이미지에 tanh를 적용했습니다. h0 = feat @ Wf + bf에는 활성화 함수가 없습니다.",
)
def picture_through_tanh_while_decoding(feat, params, start, T):
    h = torch.tanh(feat @ params["Wf"] + params["bf"])
    return _caption_words(h, torch.zeros_like(h), params, start, T)


@misconception(
    "greedy_decode",
    en="greedy_decode begins with the picture in the cell as well. c0 is 0.",
    ko="greedy_decode에서 이미지를 셀에도 넣었습니다. c0는 0입니다.",
)
def picture_in_the_cell_while_decoding(feat, params, start, T):
    h = feat @ params["Wf"] + params["bf"]
    return _caption_words(h, h, params, start, T)


@misconception(
    "greedy_decode",
    en="greedy_decode begins with zeros: the picture does not enter. h0 = feat @ Wf + bf.",
    ko="greedy_decode가 0에서 시작해 이미지가 들어가지 않습니다. h0 = feat @ Wf + bf입니다.",
)
def picture_left_out(feat, params, start, T):
    h = torch.zeros_like(feat @ params["Wf"] + params["bf"])
    return _caption_words(h, h, params, start, T)


@misconception(
    "greedy_decode",
    en="You take the smallest score in each step. The best word has the largest.",
    ko="스텝마다 점수가 가장 낮은 단어를 골랐습니다. 가장 높은 단어를 골라야 합니다.",
)
def least_probable_word(feat, params, start, T):
    h = feat @ params["Wf"] + params["bf"]
    return _caption_words(h, torch.zeros_like(h), params, start, T, choose=lambda logits: logits.argmin(dim=1))


@misconception(
    "greedy_decode",
    en="greedy_decode does not carry h on: each step begins with the picture again. h and c both go on to the next step.",
    ko="greedy_decode에서 h가 이어지지 않고 스텝마다 이미지에서 다시 시작합니다. h와 c 모두 다음 스텝으로 넘겨야 합니다.",
)
def hidden_forgotten_while_decoding(feat, params, start, T):
    h = feat @ params["Wf"] + params["bf"]
    return _caption_words(h, torch.zeros_like(h), params, start, T, keep_h=False)


@misconception(
    "vqa_logits",
    en="H[:, lengths - 1] takes the steps of all questions for every question, so that your result has an axis too many. Each row takes one step only: its own row number belongs in the first place.",
    ko="H[:, lengths - 1]은 질문마다 모든 질문의 시점을 다 고르므로 결과에 축이 하나 더 생깁니다. 행마다 자기 시점 하나만 골라야 하므로 첫 자리에 행 번호를 넣어야 합니다.",
)
def row_index_missing(img, q_idx, lengths, params):
    q = _question_states(q_idx, params)[:, lengths - 1]
    return _answers(img, q, params)


@misconception(
    "vqa_logits",
    en="H[:, lengths - 1] takes the steps of all questions for every question, so that your result has an axis too many. Each row takes one step only: its own row number belongs in the first place.",
    ko="H[:, lengths - 1]은 질문마다 모든 질문의 시점을 다 고르므로 결과에 축이 하나 더 생깁니다. 행마다 자기 시점 하나만 골라야 하므로 첫 자리에 행 번호를 넣어야 합니다.",
)
def row_index_missing_with_own_axis(img, q_idx, lengths, params):
    q = _question_states(q_idx, params)[:, lengths - 1]
    left, right = torch.tanh(img @ params["Wi"] + params["bi"])[:, None], torch.tanh(q @ params["Wq"] + params["bq"])
    return (left * right) @ params["Wa"] + params["ba"]


@misconception(
    "vqa_logits",
    en="The projected question lacks its tanh. Both projections go through it before they are multiplied.",
    ko="투영한 질문에 tanh가 빠졌습니다. 두 투영 모두 tanh를 거친 뒤 곱합니다.",
)
def question_without_tanh(img, q_idx, lengths, params):
    return _answers(img, _last(_question_states(q_idx, params), lengths), params, question=lambda x: x)


@misconception(
    "vqa_logits",
    en="The projected picture lacks its tanh. Both projections go through it before they are multiplied.",
    ko="투영한 이미지에 tanh가 빠졌습니다. 두 투영 모두 tanh를 거친 뒤 곱합니다.",
)
def picture_without_tanh(img, q_idx, lengths, params):
    return _answers(img, _last(_question_states(q_idx, params), lengths), params, picture=lambda x: x)


@misconception(
    "vqa_logits",
    en="Both projections lack their tanh.",
    ko="두 투영에 모두 tanh가 빠졌습니다.",
)
def no_tanh_at_all(img, q_idx, lengths, params):
    return _answers(
        img, _last(_question_states(q_idx, params), lengths), params, picture=lambda x: x, question=lambda x: x
    )


@misconception(
    "vqa_logits",
    en="You apply a sigmoid to both projections. They go through tanh.",
    ko="두 투영에 sigmoid를 적용했습니다. tanh를 적용해야 합니다.",
)
def sigmoids_for_tanh(img, q_idx, lengths, params):
    return _answers(
        img, _last(_question_states(q_idx, params), lengths), params, picture=torch.sigmoid, question=torch.sigmoid
    )


@misconception(
    "vqa_logits",
    en="The bias ba of the answer layer is missing.",
    ko="답 층의 편향 ba가 빠졌습니다.",
)
def answer_bias_left_out(img, q_idx, lengths, params):
    return _answers(img, _last(_question_states(q_idx, params), lengths), params) - params["ba"]


@misconception(
    "vqa_logits",
    en="You apply a softmax to the scores. The scores themselves are asked for.",
    ko="점수에 softmax를 적용했습니다. 점수를 그대로 돌려주어야 합니다.",
)
def probabilities_of_the_answers(img, q_idx, lengths, params):
    return torch.softmax(_answers(img, _last(_question_states(q_idx, params), lengths), params), dim=1)


@misconception(
    "vqa_logits",
    en="You take the state before the last real word. Word number `length` stands at position length − 1; take the state after it.",
    ko="마지막 실제 단어 직전의 상태를 썼습니다. `length`번째 단어는 length − 1 위치에 있으며 그 단어를 읽은 뒤의 상태여야 합니다.",
)
def state_before_the_last_word(img, q_idx, lengths, params):
    return _answers(img, _last(_question_states(q_idx, params), (lengths - 1).clamp(min=1)), params)


@misconception(
    "vqa_logits",
    en="You take the state after the first word of each question. It is the one after the last real word.",
    ko="질문마다 첫 단어 뒤의 상태를 썼습니다. 마지막 실제 단어 뒤의 상태여야 합니다.",
)
def state_after_the_first_word(img, q_idx, lengths, params):
    return _answers(img, _question_states(q_idx, params)[:, 0], params)


@misconception(
    "vqa_logits",
    en="You take the maximum of the states over time. The question is the state after the last real word.",
    ko="상태들의 시간에 대한 최댓값을 썼습니다. 질문은 마지막 실제 단어 뒤의 상태입니다.",
)
def largest_state_over_time(img, q_idx, lengths, params):
    return _answers(img, _question_states(q_idx, params).amax(dim=1), params)


@misconception(
    "vqa_logits",
    en="You set the embeddings of the padding to 0 and take the last state. The LSTM still runs on over the zeros and its state changes: read it after the last real word.",
    ko="패딩의 임베딩을 0으로 만들고 마지막 상태를 썼습니다. 0이 들어가도 LSTM은 계속 돌아 상태가 바뀝니다. 마지막 실제 단어 뒤에서 상태를 읽어야 합니다.",
)
def padding_embedded_as_zeros(img, q_idx, lengths, params):
    words = params["E"][q_idx]
    keep = (torch.arange(words.shape[1], device=words.device)[None] < lengths[:, None]).to(words.dtype)
    zero = params["Wh"].new_zeros(q_idx.shape[0], params["Wh"].shape[0])
    H, _, _ = lstm_forward(words * keep[:, :, None], zero, zero, params["Wx"], params["Wh"], params["b"])
    return _answers(img, H[:, -1], params)


@misconception(
    "soft_attention",
    en="Your context is the plain mean of the regions. Each region counts with its weight a.",
    ko="문맥이 영역들의 단순 평균입니다. 영역마다 가중치 a를 곱해야 합니다.",
)
def mean_of_the_regions(h, V, W):
    a = torch.softmax(_scores(h, V, W), dim=1)
    return V.mean(dim=1) + 0 * _mean(a, V), a


@misconception(
    "soft_attention",
    en="Your context is divided by the number of regions: a mean of the weighted regions. The weights sum to 1 already, so it is their sum.",
    ko="문맥을 영역 수로 나누었습니다. 가중치의 합이 이미 1이므로 평균이 아니라 합입니다.",
)
def context_divided_by_the_regions(h, V, W):
    a = torch.softmax(_scores(h, V, W), dim=1)
    return _mean(a, V) / V.shape[1], a


@misconception(
    "soft_attention",
    en="You made the weights with a sigmoid for each region. They have to sum to 1 over the regions: that is a softmax.",
    ko="영역마다 sigmoid로 가중치를 만들었습니다. 영역에 대한 합이 1이어야 하므로 softmax를 써야 합니다.",
)
def sigmoids_for_weights(h, V, W):
    a = torch.sigmoid(_scores(h, V, W))
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="You divide the scores by their sum. They may be negative or cancel; the softmax takes the exponential first.",
    ko="점수를 그 합으로 나누었습니다. 점수는 음수이거나 서로 상쇄될 수 있으므로, softmax처럼 먼저 지수를 취해야 합니다.",
)
def scores_divided_by_their_sum(h, V, W):
    s = _scores(h, V, W)
    a = s / s.sum(dim=1, keepdim=True)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="Your scores have the opposite sign: the region that fits least gets most of the weight.",
    ko="점수의 부호가 반대입니다. 가장 맞지 않는 영역이 가장 큰 가중치를 받습니다.",
)
def smallest_score_wins(h, V, W):
    a = torch.softmax(-_scores(h, V, W), dim=1)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="You divided the scores by the square root of H, the size of the state. In this task the scores are not scaled.",
    ko="점수를 상태의 크기 H의 제곱근으로 나누었습니다. 이 문제에서는 점수를 나누지 않습니다.",
)
def scores_scaled_by_the_state(h, V, W):
    a = torch.softmax(_scores(h, V, W) / h.shape[1] ** 0.5, dim=1)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="You divided the scores by the lengths of the vectors. The plain product is the score.",
    ko="점수를 벡터의 길이로 나누었습니다. 내적을 그대로 점수로 씁니다.",
)
def cosines_for_scores(h, V, W):
    q = h @ W
    q, K = q / q.norm(dim=1, keepdim=True), V / V.norm(dim=2, keepdim=True)
    a = torch.softmax(torch.einsum("nd,nld->nl", q, K), dim=1)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="Your second result is the scores. The weights after the softmax are asked for.",
    ko="두 번째 결과가 점수입니다. softmax를 거친 가중치를 돌려주어야 합니다.",
)
def scores_returned_for_weights(h, V, W):
    s = _scores(h, V, W)
    return _mean(torch.softmax(s, dim=1), V), s


@misconception(
    "soft_attention",
    en="You apply a tanh to the scores before the softmax. There is none in the formula.",
    ko="softmax 앞에서 점수에 tanh를 적용했습니다. 식에는 tanh가 없습니다.",
)
def tanh_of_the_scores(h, V, W):
    a = torch.softmax(torch.tanh(_scores(h, V, W)), dim=1)
    return _mean(a, V), a


@misconception(
    "soft_attention",
    en="Your context still has the axis of the regions. The weighted regions are added up, so that it has the shape (N, D).",
    ko="문맥에 영역 축이 남아 있습니다. 가중치를 곱한 영역들을 더해 모양이 (N, D)가 되어야 합니다.",
)
def weighted_regions_not_summed(h, V, W):
    a = torch.softmax(_scores(h, V, W), dim=1)
    return a[:, :, None] * V, a
