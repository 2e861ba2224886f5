"""Lecture 8, RNN: wrong versions that students write, and what to tell them."""

import torch

from autograder.authoring import misconception

# -- 1. rnn_step -----------------------------------------------------------------------------------------------------


@misconception(
    "rnn_step",
    en="The bias is missing. It belongs into the sum before tanh, as in every layer.",
    ko="편향이 빠졌습니다. 다른 층과 마찬가지로 tanh 앞의 합에 더해야 합니다.",
)
def bias_forgotten(x, h, U, W, b):
    return torch.tanh(x @ U + h @ W)


@misconception(
    "rnn_step",
    en="You multiply by the transpose of W. W is square, so no error shows, but it is another matrix unless it is symmetric.",
    ko="W의 전치를 곱했습니다. W가 정사각이라 오류는 나지 않지만, 대칭이 아니면 다른 행렬입니다.",
)
def recurrent_weights_transposed(x, h, U, W, b):
    return torch.tanh(x @ U + h @ W.T + b)


@misconception(
    "rnn_step",
    en="You squash input and state separately and add the two results; the new state can reach 2 that way. The sum comes first, then one tanh.",
    ko="입력과 상태를 따로 tanh에 넣어 두 결과를 더했습니다. 그러면 새 상태가 2까지 커질 수 있습니다. 먼저 모두 더하고 tanh는 한 번만 적용해야 합니다.",
)
def two_tanhs(x, h, U, W, b):
    return torch.tanh(x @ U + b) + torch.tanh(h @ W)


@misconception(
    "rnn_step",
    en="The old state plays no part in your step. Without it the network has no memory: each step is an ordinary layer.",
    ko="이전 상태가 전혀 쓰이지 않았습니다. 그러면 기억이 없는 신경망이 되고, 매 시점이 평범한 층과 같아집니다.",
)
def old_state_ignored(x, h, U, W, b):
    return torch.tanh(x @ U + b)


@misconception(
    "rnn_step",
    en="The tanh is missing. A step that is only linear lets the state grow without limit, and many steps are then no more than one matrix.",
    ko="tanh가 빠졌습니다. 선형이기만 한 시점에서는 상태가 한없이 커질 수 있고, 여러 시점을 거쳐도 행렬 하나와 다를 바가 없습니다.",
)
def activation_forgotten(x, h, U, W, b):
    return x @ U + h @ W + b


@misconception(
    "rnn_step",
    en="You squash with the sigmoid. The step of this lecture uses tanh, whose values lie on both sides of 0.",
    ko="시그모이드를 적용했습니다. 이 강의의 RNN은 0을 중심으로 양쪽 값을 갖는 tanh를 씁니다.",
)
def sigmoid_for_tanh(x, h, U, W, b):
    return torch.sigmoid(x @ U + h @ W + b)


@misconception(
    "rnn_step",
    en="The old state is added as it is, without W. The network must be able to learn what it takes over from the past.",
    ko="이전 상태를 W와 곱하지 않고 그대로 더했습니다. 과거에서 무엇을 이어받을지는 신경망이 배워야 합니다.",
)
def old_state_without_weights(x, h, U, W, b):
    return torch.tanh(x @ U + h + b)


@misconception(
    "rnn_step",
    en="The bias is added after tanh. It belongs inside, where it moves the working point of each unit.",
    ko="편향을 tanh 다음에 더했습니다. 편향은 tanh 안에서 각 유닛의 동작점을 옮기는 역할을 합니다.",
)
def bias_after_tanh(x, h, U, W, b):
    return torch.tanh(x @ U + h @ W) + b


# -- 1. rnn_step_bwd -------------------------------------------------------------------------------------------------


def state_after(x, h, U, W, b):
    return torch.tanh(x @ U + h @ W + b)


def back_through(da, x, h, U, W):
    return da @ U.T, da @ W.T, x.T @ da, h.T @ da, da.sum(dim=0)


@misconception(
    "rnn_step_bwd",
    en="You evaluate 1 - a^2 at the pre-activation. The derivative of tanh is 1 minus the square of its OUTPUT.",
    ko="활성화 전 값으로 1 - a²을 계산했습니다. tanh의 도함수는 1에서 '출력'의 제곱을 뺀 값입니다.",
    evidence="E18",
)
def slope_at_the_preactivation(dh, x, h, U, W, b):
    return back_through(dh * (1 - (x @ U + h @ W + b) ** 2), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="The derivative of tanh is missing: dh is the gradient at the new state, and you need the one before tanh.",
    ko="tanh의 도함수가 빠졌습니다. dh는 새 상태에서의 기울기이고, 필요한 것은 tanh를 지나기 전의 기울기입니다.",
    evidence="E18",
)
def slope_missing(dh, x, h, U, W, b):
    return back_through(dh, x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="You take the slope 1 - h^2 of the OLD state. The tanh of this step produced the new one.",
    ko="'이전' 상태로 1 - h²을 계산했습니다. 이 시점의 tanh가 내놓은 것은 새 상태입니다.",
    evidence="E29",
)
def slope_of_the_old_state(dh, x, h, U, W, b):
    return back_through(dh * (1 - h**2), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="In dW you use the new state. W was multiplied by the old one, and that is what its gradient holds.",
    ko="dW에 새 상태를 썼습니다. W와 곱해진 것은 이전 상태이므로 기울기에도 이전 상태가 들어가야 합니다.",
    evidence="E29",
)
def new_state_in_dw(dh, x, h, U, W, b):
    h_new = state_after(x, h, U, W, b)
    dx, dh_prev, dU, _, db = back_through(dh * (1 - h_new**2), x, h, U, W)
    return dx, dh_prev, dU, h_new.T @ (dh * (1 - h_new**2)), db


@misconception(
    "rnn_step_bwd",
    en="The gradient of the old state goes back through W instead of its transpose. W is square, so the shapes cannot warn you.",
    ko="이전 상태의 기울기를 W의 전치가 아니라 W와 곱했습니다. W가 정사각이라 모양만으로는 알아챌 수 없습니다.",
)
def transpose_missing(dh, x, h, U, W, b):
    da = dh * (1 - state_after(x, h, U, W, b) ** 2)
    dx, _, dU, dW, db = back_through(da, x, h, U, W)
    return dx, da @ W, dU, dW, db


@misconception(
    "rnn_step_bwd",
    en="dW is transposed: rows belong to the old state, columns to the new one.",
    ko="dW가 전치되었습니다. 행이 이전 상태, 열이 새 상태에 대응해야 합니다.",
)
def dw_transposed(dh, x, h, U, W, b):
    dx, dh_prev, dU, dW, db = back_through(dh * (1 - state_after(x, h, U, W, b) ** 2), x, h, U, W)
    return dx, dh_prev, dU, dW.T, db


@misconception(
    "rnn_step_bwd",
    en="db is a mean over the batch. The bias is added to each row, so its gradient is the sum of all rows; a mean, if any, is already in dh.",
    ko="db를 배치에 대한 평균으로 구했습니다. 편향은 모든 행에 더해지므로 기울기는 모든 행의 합입니다. 평균이 필요하다면 이미 dh에 들어 있습니다.",
    evidence="E18",
)
def bias_gradient_averaged(dh, x, h, U, W, b):
    da = dh * (1 - state_after(x, h, U, W, b) ** 2)
    dx, dh_prev, dU, dW, _ = back_through(da, x, h, U, W)
    return dx, dh_prev, dU, dW, da.mean(dim=0)


@misconception(
    "rnn_step_bwd",
    en="All your gradients of the weights are divided by the batch size. The loss decides whether there is a mean; here you only sum.",
    ko="가중치의 기울기를 모두 배치 크기로 나누었습니다. 평균을 낼지는 손실이 정하며, 여기서는 더하기만 합니다.",
    evidence="E18",
)
def weight_gradients_averaged(dh, x, h, U, W, b):
    dx, dh_prev, dU, dW, db = back_through(dh * (1 - state_after(x, h, U, W, b) ** 2), x, h, U, W)
    n = max(1, len(x))
    return dx, dh_prev, dU / n, dW / n, db / n


@misconception(
    "rnn_step_bwd",
    en="Your step back leaves out the bias when it computes the new state again, so that the slopes are those of another network.",
    ko="새 상태를 다시 계산할 때 편향을 빠뜨려서, 다른 신경망의 기울기를 구한 셈이 되었습니다.",
)
def recomputed_without_bias(dh, x, h, U, W, b):
    return back_through(dh * (1 - torch.tanh(x @ U + h @ W) ** 2), x, h, U, W)


@misconception(
    "rnn_step",
    en="The input plays no part in your step: x @ U is missing from the sum.",
    ko="입력이 전혀 쓰이지 않았습니다. 합에 x @ U가 빠졌습니다.",
)
def input_ignored(x, h, U, W, b):
    return torch.tanh(h @ W + b)


@misconception(
    "rnn_step_bwd",
    en="You take 1 - h where the derivative of tanh is 1 - h^2: the square is missing.",
    ko="tanh의 도함수는 1 - h²인데 1 - h를 썼습니다. 제곱이 빠졌습니다.",
)
def slope_without_the_square(dh, x, h, U, W, b):
    h_new = state_after(x, h, U, W, b)
    return back_through(dh * (1 - h_new), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="h (1 - h) is the derivative of the sigmoid. That of tanh, written with its output, is 1 - h^2.",
    ko="h(1 - h)는 시그모이드의 도함수입니다. tanh의 도함수를 출력으로 쓰면 1 - h²입니다.",
)
def slope_of_the_sigmoid(dh, x, h, U, W, b):
    h_new = state_after(x, h, U, W, b)
    return back_through(dh * (h_new * (1 - h_new)), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="You apply tanh to the new state once more before you square it. The state already is the output of tanh.",
    ko="새 상태에 tanh를 한 번 더 적용하고 제곱했습니다. 상태는 이미 tanh의 출력입니다.",
)
def slope_with_tanh_twice(dh, x, h, U, W, b):
    h_new = state_after(x, h, U, W, b)
    return back_through(dh * (1 - torch.tanh(h_new) ** 2), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="All your gradients of the weights are divided by the batch size. The loss decides whether there is a mean; here you only sum.",
    ko="가중치의 기울기를 모두 배치 크기로 나누었습니다. 평균을 낼지는 손실이 정하며, 여기서는 더하기만 합니다.",
)
def weight_gradients_over_n(dh, x, h, U, W, b):
    dx, dh_prev, dU, dW, db = back_through(dh * (1 - state_after(x, h, U, W, b) ** 2), x, h, U, W)
    return dx, dh_prev, dU / len(x), dW / len(x), db / len(x)


# -- 2. rnn_forward --------------------------------------------------------------------------------------------------


def unroll(x, h0, U, W, b):
    """The states (N, T, H)."""
    h, states = h0, [h0[:, None][:, :0]]
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ U + h @ W + b)
        states.append(h[:, None])
    return torch.cat(states, dim=1)


def states_of(x, h0, params):
    return unroll(x, h0, params["U"], params["W"], params["b"])


@misconception(
    "rnn_forward",
    en="Each of your steps begins with h0 again. The state of one step must be handed to the next, otherwise nothing is remembered.",
    ko="매 시점을 h0에서 다시 시작했습니다. 한 시점의 상태를 다음 시점에 넘겨야 합니다. 그러지 않으면 아무것도 기억하지 못합니다.",
)
def every_step_from_h0(x, h0, params):
    H = torch.tanh(x @ params["U"] + (h0 @ params["W"])[:, None] + params["b"])
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="You begin with a state of zeros and ignore h0. A sequence may be the continuation of another one: h0 is part of the input.",
    ko="h0을 무시하고 0인 상태에서 시작했습니다. 다른 시퀀스에 이어지는 시퀀스일 수도 있으므로 h0도 입력의 일부입니다.",
)
def begins_with_zeros(x, h0, params):
    H = states_of(x, torch.zeros_like(h0), params)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Your result has the time axis first. In this notebook sequences are (N, T, D), batch first.",
    ko="결과의 첫째 축이 시간입니다. 이 노트북의 시퀀스는 배치가 먼저인 (N, T, D)입니다.",
)
def time_first(x, h0, params):
    H = states_of(x, h0, params).transpose(0, 1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Only the last state and output come back. All T of them are wanted, each at its step.",
    ko="마지막 상태와 출력만 돌려주었습니다. 모든 시점의 상태와 출력 T개가 필요합니다.",
)
def last_step_only(x, h0, params):
    h = states_of(x, h0, params)[:, -1] if x.shape[1] else h0
    return h, h @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="h0 stands at the first place of H, and the last state is missing: everything is one step late. H[:, t] is the state AFTER step t.",
    ko="H의 첫 자리에 h0이 있고 마지막 상태가 빠져서 모든 것이 한 시점씩 밀렸습니다. H[:, t]는 시점 t를 마친 '뒤'의 상태입니다.",
    evidence="E29",
)
def states_one_step_late(x, h0, params):
    H = torch.cat([h0[:, None], states_of(x, h0, params)], dim=1)[:, : x.shape[1]]
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="h0 is in H, which therefore has T + 1 states. H holds the states after each of the T steps.",
    ko="H에 h0까지 넣어 상태가 T + 1개가 되었습니다. H에는 T개 시점을 각각 마친 뒤의 상태만 들어갑니다.",
)
def h0_among_the_states(x, h0, params):
    H = torch.cat([h0[:, None], states_of(x, h0, params)], dim=1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="The bias c of the output is missing.",
    ko="출력의 편향 c가 빠졌습니다.",
)
def output_bias_forgotten(x, h0, params):
    H = states_of(x, h0, params)
    return H, H @ params["V"]


@misconception(
    "rnn_forward",
    en="You squash the outputs, too. Y is linear in the state; which function follows depends on the task.",
    ko="출력에도 tanh를 적용했습니다. Y는 상태의 선형 함수이고, 그 뒤에 무엇을 적용할지는 과제에 따라 다릅니다.",
)
def output_squashed(x, h0, params):
    H = states_of(x, h0, params)
    return H, torch.tanh(H @ params["V"] + params["c"])


@misconception(
    "rnn_forward",
    en="You hand the output on to the next step in place of the state, or read it from the state before: Y[:, t] belongs to the state after step t.",
    ko="출력을 한 시점 앞의 상태에서 읽었습니다. Y[:, t]는 시점 t를 마친 뒤의 상태에서 읽어야 합니다.",
)
def output_of_the_state_before(x, h0, params):
    H = states_of(x, h0, params)
    before = torch.cat([h0[:, None], H], dim=1)[:, : x.shape[1]]
    return H, before @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Your states are stacked along the first axis, so that time comes before the batch. In this notebook sequences are (N, T, D).",
    ko="상태를 첫째 축으로 쌓아서 시간이 배치보다 앞에 왔습니다. 이 노트북의 시퀀스는 (N, T, D)입니다.",
)
def stacked_time_first(x, h0, params):
    H = states_of(x, h0, params)
    H = H.transpose(0, 1) if x.shape[1] else H
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Only the output of the last step comes back. Y holds one output for every step.",
    ko="마지막 시점의 출력만 돌려주었습니다. Y에는 시점마다 출력이 하나씩 있어야 합니다.",
)
def output_of_the_last_step_only(x, h0, params):
    H = states_of(x, h0, params)
    return H, (H[:, -1] if x.shape[1] else H) @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Without any step your list of states is empty, and stacking an empty list is an error. For T = 0 the result has a time axis of length 0.",
    ko="시점이 하나도 없으면 상태의 리스트가 비어 있고, 빈 리스트를 쌓으면 오류가 납니다. T = 0이면 시간 축의 길이가 0인 결과여야 합니다.",
)
def no_steps_no_stack(x, h0, params):
    H = torch.stack(list(states_of(x, h0, params).unbind(1)), dim=1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="You take x[t], which is sequence t and not step t. The batch comes first: step t is x[:, t].",
    ko="x[t]를 썼는데, 이것은 시점 t가 아니라 t번 시퀀스입니다. 배치가 먼저이므로 시점 t는 x[:, t]입니다.",
)
def sequence_taken_for_step(x, h0, params):
    h, states = h0, [h0[:, None][:, :0]]
    for t in range(x.shape[1]):
        h = torch.tanh(x[t] @ params["U"] + h @ params["W"] + params["b"])
        states.append(h[:, None])
    H = torch.cat(states, dim=1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="The inputs are never read: your states depend on h0 alone.",
    ko="입력을 읽지 않았습니다. 상태가 h0에만 의존합니다.",
)
def inputs_never_read(x, h0, params):
    H = states_of(torch.zeros_like(x), h0, params)
    return H, H @ params["V"] + params["c"]


# -- 3. bptt ---------------------------------------------------------------------------------------------------------


def walk_back(x, h0, params, dH, *, carry=1.0, slope=None, before=None, back=None):
    """(parts per step, dh0): the right walk, unless one of its parts is replaced.

    slope(h) stands in for 1 - h^2, before for the states before each step, back(da, W) for da @ W.T.
    """
    U, W, b = params["U"], params["W"], params["b"]
    H = unroll(x, h0, U, W, b)
    before = torch.cat([h0[:, None], H], dim=1) if before is None else before(H)
    slope = slope or (lambda h: 1 - h**2)
    back = back or (lambda da, W: da @ W.T)
    dh, parts = torch.zeros_like(h0), []
    for t in reversed(range(x.shape[1])):
        da = (dH[:, t] + carry * dh) * slope(H[:, t])
        parts.append((x[:, t].T @ da, before[:, t].T @ da, da.sum(dim=0)))
        dh = back(da, W)
    return parts, dh


def total(parts):
    return tuple(sum(part) for part in zip(*parts, strict=True))


@misconception(
    "bptt",
    en="Nothing is handed from one step to the step before it. A state also acts through all later states; without this the network cannot learn from the past.",
    ko="한 시점의 기울기를 앞 시점으로 넘기지 않았습니다. 상태는 뒤에 오는 모든 상태를 거쳐서도 손실에 영향을 줍니다. 이것을 빼면 과거로부터 배울 수 없습니다.",
    evidence="E29",
)
def nothing_carried(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, carry=0.0)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="Only the gradient of the last step is used. Each step has an output, so a gradient enters at each of them.",
    ko="마지막 시점의 기울기만 썼습니다. 시점마다 출력이 있으므로 기울기도 시점마다 들어옵니다.",
    evidence="E12",
)
def last_gradient_only(x, h0, params, dH):
    only = torch.zeros_like(dH)
    only[:, -1] = dH[:, -1]
    parts, dh = walk_back(x, h0, params, only)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="In dW you use the state after the step. W was multiplied by the state before it; at the first step that is h0.",
    ko="dW에 그 시점을 마친 뒤의 상태를 썼습니다. W와 곱해진 것은 그 직전의 상태이고, 첫 시점에서는 h0입니다.",
    evidence="E29",
)
def state_after_in_dw(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, before=lambda H: H)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="At the first step you take the state before it as zero. It is h0, and dW needs it.",
    ko="첫 시점 직전의 상태를 0으로 두었습니다. 그것은 h0이고 dW에 필요합니다.",
)
def zeros_before_the_first_step(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, before=lambda H: torch.cat([torch.zeros_like(h0)[:, None], H], dim=1))
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="The gradients of the weights are overwritten in each step instead of added up, so only those of the first step of the sequence are left.",
    ko="가중치의 기울기를 시점마다 더하지 않고 덮어써서, 시퀀스의 첫 시점의 것만 남았습니다.",
)
def overwritten_each_step(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH)
    return (*parts[-1], dh)


@misconception(
    "bptt",
    en="You divide the gradients of the weights by the number of steps. The total loss is a sum over the steps, and so are its gradients.",
    ko="가중치의 기울기를 시점의 수로 나누었습니다. 전체 손실은 시점에 대한 합이므로 기울기도 합입니다.",
)
def divided_by_the_steps(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH)
    return (*(g / x.shape[1] for g in total(parts)), dh)


@misconception(
    "bptt",
    en="The derivative of tanh is missing on the way back. Each step passes one tanh.",
    ko="거슬러 가는 길에 tanh의 도함수가 빠졌습니다. 시점마다 tanh를 한 번씩 지납니다.",
)
def slope_left_out(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, slope=torch.ones_like)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="From step to step you multiply by W instead of its transpose. W is square, so no error shows.",
    ko="시점 사이에서 W의 전치가 아니라 W를 곱했습니다. W가 정사각이라 오류는 나지 않습니다.",
)
def carried_through_w(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, back=lambda da, W: da @ W)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="What you return as dh0 is the gradient BEFORE the first step's tanh and W, or that of the first state. One more step back leads to h0.",
    ko="dh0 자리에 첫 상태의 기울기를 돌려주었습니다. 한 시점을 더 거슬러 가야 h0에 닿습니다.",
)
def gradient_of_the_first_state(x, h0, params, dH):
    parts, _ = walk_back(x, h0, params, dH)
    dh = torch.zeros_like(h0)
    if x.shape[1] > 1:
        H = unroll(x, h0, params["U"], params["W"], params["b"])
        _, dh = walk_back(x[:, 1:], H[:, 0], params, dH[:, 1:])
    return (*total(parts), dH[:, 0] + dh)


@misconception(
    "bptt",
    en="The slope of tanh is applied to dH[:, t] only, not to what comes from later steps. Both pass the same tanh: add them first.",
    ko="tanh의 도함수를 dH[:, t]에만 곱하고 뒤에서 온 기울기에는 곱하지 않았습니다. 둘은 같은 tanh를 지나므로 먼저 더해야 합니다.",
)
def slope_on_direct_part_only(x, h0, params, dH):
    U, W, b = params["U"], params["W"], params["b"]
    H = unroll(x, h0, U, W, b)
    before = torch.cat([h0[:, None], H], dim=1)
    dh, parts = torch.zeros_like(h0), []
    for t in reversed(range(x.shape[1])):
        da = dH[:, t] * (1 - H[:, t] ** 2) + dh
        parts.append((x[:, t].T @ da, before[:, t].T @ da, da.sum(dim=0)))
        dh = da @ W.T
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="You walk through the sequence from the first step to the last. The gradient comes from the end: begin at the last step.",
    ko="시퀀스를 첫 시점부터 마지막 시점으로 따라갔습니다. 기울기는 끝에서부터 오므로 마지막 시점에서 시작해야 합니다.",
)
def walked_forwards(x, h0, params, dH):
    U, W, b = params["U"], params["W"], params["b"]
    H = unroll(x, h0, U, W, b)
    before = torch.cat([h0[:, None], H], dim=1)
    dh, parts = torch.zeros_like(h0), []
    for t in range(x.shape[1]):
        da = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        parts.append((x[:, t].T @ da, before[:, t].T @ da, da.sum(dim=0)))
        dh = da @ W.T
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="You take 1 - h where the derivative of tanh is 1 - h^2: the square is missing.",
    ko="tanh의 도함수는 1 - h²인데 1 - h를 썼습니다. 제곱이 빠졌습니다.",
)
def walk_without_the_square(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, slope=lambda h: 1 - h)
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="h (1 - h) is the derivative of the sigmoid. That of tanh, written with its output, is 1 - h^2.",
    ko="h(1 - h)는 시그모이드의 도함수입니다. tanh의 도함수를 출력으로 쓰면 1 - h²입니다.",
)
def walk_with_the_sigmoid_slope(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, slope=lambda h: h * (1 - h))
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="You apply tanh to the new state once more before you square it. The state already is the output of tanh.",
    ko="새 상태에 tanh를 한 번 더 적용하고 제곱했습니다. 상태는 이미 tanh의 출력입니다.",
)
def walk_with_tanh_twice(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH, slope=lambda h: 1 - torch.tanh(h) ** 2)
    return (*total(parts), dh)


def walk(x, h0, params, dH, *, first=None, slope_at=1, combine=None, carry=None, end=None):
    """Like walk_back, with other parts replaced: the state before the first step, whose slope is taken, how dH[:, t]
    and what comes from later are joined before tanh, what is handed on, and what becomes of dh0."""
    U, W, b = params["U"], params["W"], params["b"]
    first = h0 if first is None else first
    states = torch.cat([first[:, None], unroll(x, first, U, W, b)], dim=1)
    combine = combine or (lambda direct, later, slope: (direct + later) * slope)
    carry = carry or (lambda da, dh, W: da @ W.T)
    later, parts = torch.zeros_like(h0), []
    for t in reversed(range(x.shape[1])):
        da = combine(dH[:, t], later, 1 - states[:, t + slope_at] ** 2)
        parts.append((x[:, t].T @ da, states[:, t].T @ da, da.sum(dim=0)))
        later = carry(da, dH[:, t] + later, W)
    return (*total(parts), end(later, da) if end else later)


@misconception(
    "bptt",
    en="What you hand back to the step before has not gone through the derivative of tanh. It passes the tanh of this step first, then W.",
    ko="앞 시점으로 넘기는 기울기에 tanh의 도함수를 곱하지 않았습니다. 먼저 그 시점의 tanh를, 그다음 W를 지나야 합니다.",
)
def carried_without_slope(x, h0, params, dH):
    return walk(x, h0, params, dH, carry=lambda da, dh, W: dh @ W.T)


@misconception(
    "bptt",
    en="You take the slope 1 - h^2 at the state before the step. The tanh of step t gave the state after it.",
    ko="도함수 1 - h²을 그 시점 직전의 상태로 계산했습니다. 시점 t의 tanh가 내놓은 것은 그 시점을 마친 뒤의 상태입니다.",
)
def slope_of_the_state_before(x, h0, params, dH):
    return walk(x, h0, params, dH, slope_at=0)


@misconception(
    "bptt",
    en="Your dh0 stops at the pre-activation of the first step: the product with W is missing.",
    ko="dh0이 첫 시점의 활성화 전 값에서 멈췄습니다. W와의 곱이 빠졌습니다.",
)
def start_without_w(x, h0, params, dH):
    return walk(x, h0, params, dH, end=lambda later, da: da)


@misconception(
    "bptt",
    en="dH[:, 0] is added to dh0 once more. It enters at the state after the first step; h0 has no output of its own.",
    ko="dh0에 dH[:, 0]을 한 번 더 더했습니다. 이것은 첫 시점을 마친 상태로 들어오는 기울기이고, h0에는 자기 출력이 없습니다.",
)
def direct_gradient_at_the_start(x, h0, params, dH):
    return walk(x, h0, params, dH, end=lambda later, da: later + dH[:, 0])


@misconception(
    "bptt",
    en="You compute the states from zeros instead of h0, so that all slopes are those of another sequence.",
    ko="상태를 h0이 아니라 0에서 시작해 계산했습니다. 그래서 도함수가 모두 다른 시퀀스의 것이 되었습니다.",
)
def states_from_zeros(x, h0, params, dH):
    return walk(x, h0, params, dH, first=torch.zeros_like(h0))


@misconception(
    "bptt",
    en="The slope of tanh is applied to what comes from later steps, but not to dH[:, t]. Both arrive at the state, and pass the same tanh.",
    ko="뒤에서 온 기울기에만 tanh의 도함수를 곱하고 dH[:, t]에는 곱하지 않았습니다. 둘 다 상태에 도착하므로 같은 tanh를 지납니다.",
)
def slope_on_later_part_only(x, h0, params, dH):
    return walk(x, h0, params, dH, combine=lambda direct, later, slope: direct + later * slope)


# -- 4. seq_loss -----------------------------------------------------------------------------------------------------


def loss_with(logits, y, mask, *, weight, d_weight=None):
    """(loss, d) with the given weight (N, T) of each step, and another one for d where asked."""
    log_p = torch.log_softmax(logits, dim=2)
    target = torch.zeros_like(logits).scatter(2, torch.where(mask, y, 0)[:, :, None], 1.0)
    d_weight = weight if d_weight is None else d_weight
    return -(weight[:, :, None] * target * log_p).sum(), d_weight[:, :, None] * (log_p.exp() - target)


@misconception(
    "seq_loss",
    en="You take the mean over all steps, N times T. The total loss of a sequence is the sum over its steps; only the batch is averaged.",
    ko="모든 시점(N × T개)에 대해 평균을 냈습니다. 시퀀스의 손실은 시점에 대한 합이고, 평균은 배치에 대해서만 냅니다.",
)
def mean_over_steps(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / mask.numel())


@misconception(
    "seq_loss",
    en="You divide by the number of kept steps. Then a long sequence weighs no more than a short one; here the sum over the steps is divided by N alone.",
    ko="남은 시점의 수로 나누었습니다. 여기서는 시점에 대한 합을 배치 크기 N으로만 나눕니다.",
)
def mean_over_kept_steps(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / mask.sum().clamp(min=1))


@misconception(
    "seq_loss",
    en="The batch is summed, too. Divide by the number of sequences N.",
    ko="배치에 대해서도 합을 구했습니다. 시퀀스의 수 N으로 나눠야 합니다.",
)
def summed_over_the_batch(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype))


@misconception(
    "seq_loss",
    en="You multiply the logits by the mask before the softmax. A masked step then has equal logits and a loss of log V instead of none.",
    ko="소프트맥스 앞에서 로짓에 마스크를 곱했습니다. 그러면 가려진 시점의 로짓이 모두 0이 되어 손실이 0이 아니라 log V가 됩니다.",
)
def logits_masked(logits, y, mask):
    keep = mask.to(logits.dtype)
    everything = torch.ones_like(keep) / logits.shape[0]
    return loss_with(logits * keep[:, :, None], y, mask, weight=everything)


@misconception(
    "seq_loss",
    en="Padding counts like any other step: the mask is not used.",
    ko="마스크를 쓰지 않아서 패딩도 다른 시점과 똑같이 계산되었습니다.",
)
def mask_ignored(logits, y, mask):
    weight = torch.ones(y.shape, dtype=logits.dtype, device=logits.device) / logits.shape[0]
    log_p = torch.log_softmax(logits, dim=2)
    target = torch.zeros_like(logits).scatter(2, y.clamp(0, logits.shape[2] - 1)[:, :, None], 1.0)
    return -(weight[:, :, None] * target * log_p).sum(), weight[:, :, None] * (log_p.exp() - target)


@misconception(
    "seq_loss",
    en="Your loss leaves out the padding, your gradient does not. What is not in the loss has gradient 0.",
    ko="손실에서는 패딩을 뺐지만 기울기에서는 빼지 않았습니다. 손실에 들어가지 않은 시점의 기울기는 0입니다.",
)
def gradient_on_padding(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    return loss_with(logits, y, mask, weight=keep, d_weight=torch.ones_like(keep) / logits.shape[0])


@misconception(
    "seq_loss",
    en="You compare with the network's own best guess instead of the label y. Then the network is always right, and learns nothing.",
    ko="레이블 y가 아니라 신경망이 가장 높게 매긴 클래스를 정답으로 썼습니다. 그러면 신경망은 늘 옳은 셈이 되어 아무것도 배우지 못합니다.",
)
def argmax_as_target(logits, y, mask):
    return loss_with(logits, logits.argmax(dim=2), mask, weight=mask.to(logits.dtype) / logits.shape[0])


@misconception(
    "seq_loss",
    en="The loss is divided by N, the gradient is not. Both belong to the same loss.",
    ko="손실은 N으로 나누었지만 기울기는 나누지 않았습니다. 둘은 같은 손실에서 나온 것이어야 합니다.",
    evidence="E18",
)
def gradient_not_averaged(logits, y, mask):
    keep = mask.to(logits.dtype)
    return loss_with(logits, y, mask, weight=keep / logits.shape[0], d_weight=keep)


@misconception(
    "seq_loss",
    en="You form exp(logits) before you normalise; around 1000 that is infinite. Subtract the largest logit of each step first, or use logsumexp.",
    ko="정규화하기 전에 exp(logits)를 만들었습니다. 로짓이 1000쯤 되면 무한대가 됩니다. 시점마다 가장 큰 로짓을 먼저 빼거나 logsumexp를 쓰세요.",
    evidence="E16",
)
def exponential_overflows(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    p = torch.exp(logits) / torch.exp(logits).sum(dim=2, keepdim=True)
    target = torch.zeros_like(logits).scatter(2, torch.where(mask, y, 0)[:, :, None], 1.0)
    return -(keep * torch.log((target * p).sum(dim=2))).sum(), keep[:, :, None] * (p - target)


@misconception(
    "seq_loss",
    en="The sign of the gradient is turned round: it points uphill. It is softmax minus one-hot, not the reverse.",
    ko="기울기의 부호가 반대라서 오르막을 가리킵니다. 원-핫에서 소프트맥스를 빼는 것이 아니라 그 반대입니다.",
)
def gradient_uphill(logits, y, mask):
    loss, d = loss_with(logits, y, mask, weight=mask.to(logits.dtype) / logits.shape[0])
    return loss, -d


@misconception(
    "seq_loss",
    en="You take the mean over the kept steps. A batch without any kept step is then 0 / 0, and a long sequence weighs no more than a short one; divide the sum by N alone.",
    ko="남긴 시점에 대해 평균을 냈습니다. 그러면 남긴 시점이 하나도 없는 배치는 0 / 0이 되고, 긴 시퀀스도 짧은 시퀀스만큼만 반영됩니다. 합을 N으로만 나눠야 합니다.",
)
def mean_over_kept_steps_nan(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / mask.sum())


@misconception(
    "seq_loss",
    en="Each sequence is averaged over its own length first. Its loss is the sum over its steps; only the batch is averaged.",
    ko="시퀀스마다 먼저 자기 길이로 평균을 냈습니다. 시퀀스의 손실은 시점에 대한 합이고, 평균은 배치에 대해서만 냅니다.",
)
def each_by_its_own_length(logits, y, mask):
    keep = mask.to(logits.dtype)
    return loss_with(logits, y, mask, weight=keep / keep.sum(dim=1, keepdim=True).clamp(min=1) / len(y))


@misconception(
    "seq_loss",
    en="You do not count sequences without a kept step. N is the number of all sequences.",
    ko="남긴 시점이 없는 시퀀스를 세지 않았습니다. N은 모든 시퀀스의 수입니다.",
)
def empty_sequences_not_counted(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / mask.any(dim=1).sum().clamp(min=1))


@misconception(
    "seq_loss",
    en="The padding is in your loss, though not in your gradient: the mask is missing from the sum.",
    ko="기울기에서는 패딩을 뺐지만 손실에는 패딩이 들어 있습니다. 합에 마스크를 곱하지 않았습니다.",
)
def loss_on_padding(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    return loss_with(logits, y, mask, weight=torch.ones_like(keep) / logits.shape[0], d_weight=keep)


@misconception(
    "seq_loss",
    en="You read the mask the other way round: True means keep, False is padding.",
    ko="마스크를 반대로 읽었습니다. True는 남긴다는 뜻이고 False가 패딩입니다.",
)
def mask_the_other_way_round(logits, y, mask):
    return loss_with(logits, y, ~mask, weight=(~mask).to(logits.dtype) / logits.shape[0])


@misconception(
    "seq_loss",
    en="d is the softmax alone: the one-hot of the right class is not subtracted.",
    ko="d가 소프트맥스뿐입니다. 정답 클래스의 원-핫을 빼지 않았습니다.",
)
def one_hot_not_subtracted(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    loss, _ = loss_with(logits, y, mask, weight=keep)
    return loss, keep[:, :, None] * torch.softmax(logits, dim=2)


@misconception(
    "seq_loss",
    en="You multiply the logits by the mask before the softmax, so that each masked step still adds log V to the loss. The mask belongs on the losses of the steps.",
    ko="소프트맥스 전에 로짓에 마스크를 곱해서, 가린 시점마다 손실에 log V가 더해집니다. 마스크는 시점별 손실에 곱해야 합니다.",
)
def logits_masked_loss_only(logits, y, mask):
    keep = mask.to(logits.dtype)
    everything = torch.ones_like(keep) / logits.shape[0]
    return loss_with(logits * keep[:, :, None], y, mask, weight=everything, d_weight=keep / logits.shape[0])


@misconception(
    "seq_loss",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the loss then stops at -log epsilon instead of growing; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 손실이 커지지 못하고 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e8_in_the_logarithm(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    _, d = loss_with(logits, y, mask, weight=keep)
    p = torch.softmax(logits, dim=2).gather(2, torch.where(mask, y, 0)[:, :, None])[:, :, 0]
    return -(keep * torch.log(p + 1e-8)).sum(), d


@misconception(
    "seq_loss",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the loss then stops at -log epsilon instead of growing; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 손실이 커지지 못하고 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e10_in_the_logarithm(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    _, d = loss_with(logits, y, mask, weight=keep)
    p = torch.softmax(logits, dim=2).gather(2, torch.where(mask, y, 0)[:, :, None])[:, :, 0]
    return -(keep * torch.log(p + 1e-10)).sum(), d


@misconception(
    "seq_loss",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the loss then stops at -log epsilon instead of growing; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 손실이 커지지 못하고 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e12_in_the_logarithm(logits, y, mask):
    keep = mask.to(logits.dtype) / logits.shape[0]
    _, d = loss_with(logits, y, mask, weight=keep)
    p = torch.softmax(logits, dim=2).gather(2, torch.where(mask, y, 0)[:, :, None])[:, :, 0]
    return -(keep * torch.log(p + 1e-12)).sum(), d


# -- 5. stacked_rnn --------------------------------------------------------------------------------------------------


def layer_states(x, layer):
    return unroll(x, layer["h0"], layer["U"], layer["W"], layer["b"])


@misconception(
    "stacked_rnn",
    en="Every layer gets x again, so that only the top one counts. A layer reads the states of the layer below it.",
    ko="모든 층에 x를 다시 넣어서 맨 위층만 의미가 있게 되었습니다. 층은 바로 아래층의 상태를 읽어야 합니다.",
)
def x_into_every_layer(x, layers):
    for layer in layers:
        H = layer_states(x, layer)
    return H


@misconception(
    "stacked_rnn",
    en="All layers use the weights of the first. Weights are shared over time, not over layers.",
    ko="모든 층이 첫째 층의 가중치를 썼습니다. 가중치는 시점끼리 공유하는 것이지 층끼리 공유하는 것이 아닙니다.",
)
def first_weights_for_all(x, layers):
    for layer in layers:
        x = unroll(x, layer["h0"], layers[0]["U"], layers[0]["W"], layers[0]["b"])
    return x


@misconception(
    "stacked_rnn",
    en="Only the last state of the top layer comes back. Its states at all steps are wanted.",
    ko="맨 위층의 마지막 상태만 돌려주었습니다. 모든 시점의 상태가 필요합니다.",
)
def last_state_of_the_top(x, layers):
    for layer in layers:
        x = layer_states(x, layer)
    return x[:, -1] if x.shape[1] else layers[-1]["h0"]


@misconception(
    "stacked_rnn",
    en="Your upper layers begin with the last state of the layer below them. Each layer has a start state of its own, h0.",
    ko="위층을 아래층의 마지막 상태에서 시작했습니다. 층마다 자기 처음 상태 h0이 따로 있습니다.",
)
def starts_where_the_lower_ended(x, layers):
    last = layers[0]["h0"]
    for layer in layers:
        x = unroll(x, last, layer["U"], layer["W"], layer["b"])
        last = x[:, -1] if x.shape[1] else last
    return x


@misconception(
    "stacked_rnn",
    en="All layers begin with zeros. The start state of each layer is given as h0.",
    ko="모든 층을 0에서 시작했습니다. 층마다 처음 상태가 h0으로 주어져 있습니다.",
)
def layers_begin_with_zeros(x, layers):
    for layer in layers:
        x = unroll(x, torch.zeros_like(layer["h0"]), layer["U"], layer["W"], layer["b"])
    return x


@misconception(
    "stacked_rnn",
    en="The upper layer reads the state of the layer below from one step earlier. Within one step the layers work one after the other: it reads the new state.",
    ko="위층이 아래층의 한 시점 전 상태를 읽었습니다. 한 시점 안에서 층들은 차례로 계산되므로 새 상태를 읽어야 합니다.",
)
def upper_layer_one_step_late(x, layers):
    for k, layer in enumerate(layers):
        if k > 0:
            x = torch.cat([layers[k - 1]["h0"][:, None], x], dim=1)[:, : x.shape[1]]
        x = layer_states(x, layer)
    return x


@misconception(
    "stacked_rnn",
    en="You go through the layers from the last to the first. The list begins with the layer at the bottom.",
    ko="층을 마지막부터 처음 순서로 거쳤습니다. 리스트의 첫 원소가 맨 아래층입니다.",
)
def top_layer_first(x, layers):
    for layer in reversed(layers):
        x = layer_states(x, layer)
    return x


@misconception(
    "stacked_rnn",
    en="The states of all layers come back side by side. Only those of the top layer are the result.",
    ko="모든 층의 상태를 나란히 이어 붙여 돌려주었습니다. 결과는 맨 위층의 상태뿐입니다.",
)
def all_layers_joined(x, layers):
    states = []
    for layer in layers:
        x = layer_states(x, layer)
        states.append(x)
    return torch.cat(states, dim=2)


@misconception(
    "stacked_rnn",
    en="Only the bottom layer is used. Its states are the input of the next layer, and those of the top are the result.",
    ko="맨 아래층만 썼습니다. 그 상태가 다음 층의 입력이고, 맨 위층의 상태가 결과입니다.",
)
def bottom_layer_only(x, layers):
    return layer_states(x, layers[0])


@misconception(
    "stacked_rnn",
    en="At every step the upper layer reads the LAST state of the layer below. It reads the state of the same step.",
    ko="위층이 모든 시점에서 아래층의 '마지막' 상태를 읽습니다. 같은 시점의 상태를 읽어야 합니다.",
)
def last_state_at_every_step(x, layers):
    for k, layer in enumerate(layers):
        x = layer_states(x if k == 0 else x[:, -1:].expand_as(x), layer)
    return x


@misconception(
    "stacked_rnn",
    en="The upper layer reads the layer below from one step earlier, and zeros at the first step. Within one step it reads the new state.",
    ko="위층이 아래층의 한 시점 앞 상태를, 첫 시점에서는 0을 읽습니다. 같은 시점의 새 상태를 읽어야 합니다.",
)
def upper_layer_late_after_zeros(x, layers):
    for k, layer in enumerate(layers):
        if k > 0:
            x = torch.cat([torch.zeros_like(x[:, :1]), x], dim=1)[:, : x.shape[1]]
        x = layer_states(x, layer)
    return x


@misconception(
    "stacked_rnn",
    en="Between the layers there is one more tanh. The states already went through tanh; they go up as they are.",
    ko="층 사이에 tanh를 한 번 더 적용했습니다. 상태는 이미 tanh를 지났으므로 그대로 위로 올라갑니다.",
)
def tanh_between_the_layers(x, layers):
    for k, layer in enumerate(layers):
        x = layer_states(x if k == 0 else torch.tanh(x), layer)
    return x


@misconception(
    "stacked_rnn",
    en="The biases b of the layers are missing.",
    ko="층의 편향 b가 빠졌습니다.",
)
def layer_biases_forgotten(x, layers):
    for layer in layers:
        x = unroll(x, layer["h0"], layer["U"], layer["W"], torch.zeros_like(layer["b"]))
    return x


@misconception(
    "stacked_rnn",
    en="Time comes before the batch in your result. It is (N, T, H).",
    ko="결과에서 시간이 배치보다 앞에 왔습니다. (N, T, H)여야 합니다.",
)
def top_states_time_first(x, layers):
    for layer in layers:
        x = layer_states(x, layer)
    return x.transpose(0, 1)


@misconception(
    "stacked_rnn",
    en="Without any step your list of states is empty, and stacking an empty list is an error. For T = 0 the result has a time axis of length 0.",
    ko="시점이 하나도 없으면 상태의 리스트가 비어 있고, 빈 리스트를 쌓으면 오류가 납니다. T = 0이면 시간 축의 길이가 0인 결과여야 합니다.",
)
def empty_layer_not_stacked(x, layers):
    for layer in layers:
        x = torch.stack(list(layer_states(x, layer).unbind(1)), dim=1)
    return x


# -- 6. birnn --------------------------------------------------------------------------------------------------------


def one_way(x, lengths, net, *, order, h0=None):
    """States (N, T, H) in the given order of steps, frozen and 0 at padding."""
    h = net["h0"] if h0 is None else h0
    states = {}
    for t in order:
        keep = (t < lengths)[:, None]
        h = torch.where(keep, torch.tanh(x[:, t] @ net["U"] + h @ net["W"] + net["b"]), h)
        states[t] = torch.where(keep, h, torch.zeros_like(h))
    return torch.stack([states[t] for t in range(x.shape[1])], dim=1)


def forwards(x, lengths, net, h0=None):
    return one_way(x, lengths, net, order=range(x.shape[1]), h0=h0)


def backwards(x, lengths, net, h0=None):
    return one_way(x, lengths, net, order=range(x.shape[1] - 1, -1, -1), h0=h0)


def flip_within(x, lengths):
    """Each sequence turned round within its own length."""
    return torch.stack([torch.cat([row[:n].flip(0), row[n:]]) for row, n in zip(x, lengths.tolist(), strict=True)])


def zero_padding(H, lengths):
    return H * (torch.arange(H.shape[1], device=H.device) < lengths[:, None])[:, :, None].to(H.dtype)


@misconception(
    "birnn",
    en="The backward states are in the order in which they were computed: the first one belongs to the LAST step. Turn them round again before you join the halves.",
    ko="역방향 상태가 계산된 순서 그대로 놓여 있습니다. 그중 첫 상태는 '마지막' 시점의 것입니다. 두 절반을 잇기 전에 다시 뒤집어야 합니다.",
    evidence="E23",
)
def backward_not_turned_again(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), flip_within(backwards(x, lengths, bw), lengths)], dim=2)


@misconception(
    "birnn",
    en="The backward reading begins in the padding, and its state is no longer h0 when it meets the first real step. Begin at the last real step of each sequence.",
    ko="거꾸로 읽기를 패딩에서 시작해서, 실제 시점을 만났을 때 상태가 이미 h0이 아닙니다. 각 시퀀스의 마지막 실제 시점에서 시작하세요.",
    evidence="E23",
)
def backward_reads_padding(x, lengths, fw, bw):
    full = torch.full_like(lengths, x.shape[1])
    return torch.cat([forwards(x, lengths, fw), zero_padding(backwards(x, full, bw), lengths)], dim=2)


@misconception(
    "birnn",
    en="Every step gets the last backward state, the one that has read the whole sequence. Each step needs the state that has read from the end down to this step.",
    ko="모든 시점에 시퀀스를 다 읽은 마지막 역방향 상태를 붙였습니다. 시점마다, 끝에서 그 시점까지 읽은 상태가 필요합니다.",
    evidence="E23",
)
def last_backward_state_everywhere(x, lengths, fw, bw):
    r = backwards(x, lengths, bw)
    return torch.cat([forwards(x, lengths, fw), zero_padding(r[:, :1].expand_as(r), lengths)], dim=2)


@misconception(
    "birnn",
    en="You add the two states. They are joined side by side, so that the next layer can tell past and future apart; their sizes may differ, too.",
    ko="두 상태를 더했습니다. 다음 층이 과거와 미래를 구별할 수 있도록 나란히 이어 붙여야 하고, 두 상태의 크기도 서로 다를 수 있습니다.",
    evidence="E23",
)
def states_added(x, lengths, fw, bw):
    return forwards(x, lengths, fw) + backwards(x, lengths, bw)


@misconception(
    "birnn",
    en="Both directions use the weights of fw. They are two networks that learn different things.",
    ko="두 방향 모두 fw의 가중치를 썼습니다. 서로 다른 것을 배우는 두 신경망이므로 가중치도 따로입니다.",
    evidence="E23",
)
def weights_shared(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), backwards(x, lengths, fw, bw["h0"])], dim=2)


@misconception(
    "birnn",
    en="The backward state stands first. The order is forward, then backward.",
    ko="역방향 상태가 앞에 있습니다. 순방향이 먼저, 역방향이 다음입니다.",
)
def halves_exchanged(x, lengths, fw, bw):
    return torch.cat([backwards(x, lengths, bw), forwards(x, lengths, fw)], dim=2)


@misconception(
    "birnn",
    en="The result is not 0 at padding: the last state stays there. Steps that do not exist must contribute nothing.",
    ko="패딩 자리가 0이 아니라 마지막 상태로 채워져 있습니다. 존재하지 않는 시점은 아무것도 내놓지 않아야 합니다.",
)
def padding_not_zero(x, lengths, fw, bw):
    full = torch.full_like(lengths, x.shape[1])
    return torch.cat([forwards(x, full, fw), backwards(x, lengths, bw)], dim=2)


@misconception(
    "birnn",
    en="Both halves read from left to right. The second network has to read the sequence from its end.",
    ko="두 절반이 모두 왼쪽에서 오른쪽으로 읽었습니다. 둘째 신경망은 시퀀스를 끝에서부터 읽어야 합니다.",
)
def both_read_forwards(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), forwards(x, lengths, bw)], dim=2)


@misconception(
    "birnn",
    en="The backward network begins with zeros. Its start state is bw['h0'].",
    ko="역방향 신경망을 0에서 시작했습니다. 처음 상태는 bw['h0']입니다.",
)
def backward_begins_with_zeros(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), backwards(x, lengths, bw, torch.zeros_like(bw["h0"]))], dim=2)


@misconception(
    "birnn",
    en="The backward half is one step off: at step t your state has not read x[:, t] yet. It must have read the steps from the last one down to t, t included.",
    ko="역방향 절반이 한 시점씩 어긋났습니다. 시점 t의 상태가 아직 x[:, t]를 읽지 않았습니다. 마지막 시점부터 t까지, t를 포함해 읽은 상태여야 합니다.",
)
def backward_one_step_off(x, lengths, fw, bw):
    r = backwards(x, lengths, bw)
    rows = [
        torch.cat([row[1:n], start[None][: min(n, 1)], row[n:]])
        for row, n, start in zip(r, lengths.tolist(), bw["h0"], strict=True)
    ]
    return torch.cat([forwards(x, lengths, fw), torch.stack(rows)], dim=2)


def run_on(x, net, steps):
    """The states (N, T, H) of a reading in this order that stops at no padding, each at its step."""
    h, states = net["h0"], {}
    for t in steps:
        h = torch.tanh(x[:, t] @ net["U"] + h @ net["W"] + net["b"])
        states[t] = h
    return torch.stack([states[t] for t in range(x.shape[1])], dim=1)


@misconception(
    "birnn",
    en="At padding your result holds states and not 0. Set both parts to 0 wherever t >= lengths[n].",
    ko="패딩 자리에 0이 아니라 상태가 들어 있습니다. t >= lengths[n]인 곳은 두 부분 모두 0으로 두어야 합니다.",
)
def padding_left_in_the_result(x, lengths, fw, bw):
    h, states = bw["h0"], []
    for t in reversed(range(x.shape[1])):
        h = torch.where((t < lengths)[:, None], torch.tanh(x[:, t] @ bw["U"] + h @ bw["W"] + bw["b"]), h)
        states.insert(0, h)
    return torch.cat([run_on(x, fw, range(x.shape[1])), torch.stack(states, dim=1)], dim=2)


@misconception(
    "birnn",
    en="The lengths are not used at all: both directions read the padding, and their states are left there.",
    ko="lengths를 전혀 쓰지 않았습니다. 두 방향 모두 패딩을 읽고, 거기에 상태가 남아 있습니다.",
)
def lengths_ignored(x, lengths, fw, bw):
    steps = range(x.shape[1])
    return torch.cat([run_on(x, fw, steps), run_on(x, bw, reversed(steps))], dim=2)


@misconception(
    "birnn",
    en="The backward states are stacked in the order in which they were computed, from the last step of the batch to the first. Put each at the step that it has just read.",
    ko="역방향 상태를 계산한 순서, 곧 배치의 마지막 시점부터 첫 시점까지의 순서대로 쌓았습니다. 상태마다 방금 읽은 시점의 자리에 놓아야 합니다.",
)
def stacked_as_computed(x, lengths, fw, bw):
    h, states = bw["h0"], []
    for t in reversed(range(x.shape[1])):
        h = torch.where((t < lengths)[:, None], torch.tanh(x[:, t] @ bw["U"] + h @ bw["W"] + bw["b"]), h)
        states.append(h)
    return torch.cat([forwards(x, lengths, fw), zero_padding(torch.stack(states, dim=1), lengths)], dim=2)


@misconception(
    "birnn",
    en="You end one step too early: step lengths[n] - 1 is still a real one.",
    ko="한 시점 일찍 끝냈습니다. 시점 lengths[n] - 1까지는 실제 시점입니다.",
)
def last_real_step_dropped(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths - 1, fw), backwards(x, lengths - 1, bw)], dim=2)


@misconception(
    "birnn",
    en="Setting the padded inputs to 0 does not keep the backward network from reading them: the bias and W still change its state. It must keep h0 there.",
    ko="패딩 입력을 0으로 만들어도 역방향 신경망은 그것을 읽습니다. 편향과 W 때문에 상태가 바뀝니다. 거기서는 h0을 그대로 유지해야 합니다.",
)
def zeros_read_as_input(x, lengths, fw, bw):
    full = torch.full_like(lengths, x.shape[1])
    r = backwards(zero_padding(x, lengths), full, bw)
    return torch.cat([forwards(x, lengths, fw), zero_padding(r, lengths)], dim=2)


@misconception(
    "birnn",
    en="At padding you set the backward state to 0, so that it begins with 0 at the last real step and not with its h0. Keep the old state there.",
    ko="패딩에서 역방향 상태를 0으로 만들어서, 마지막 실제 시점에서 h0이 아니라 0으로 시작합니다. 거기서는 이전 상태를 그대로 두어야 합니다.",
)
def backward_state_multiplied_by_the_mask(x, lengths, fw, bw):
    h, states = bw["h0"], []
    for t in reversed(range(x.shape[1])):
        h = torch.tanh(x[:, t] @ bw["U"] + h @ bw["W"] + bw["b"]) * (t < lengths)[:, None]
        states.insert(0, h)
    return torch.cat([forwards(x, lengths, fw), torch.stack(states, dim=1)], dim=2)


@misconception(
    "birnn",
    en="All sequences are read from the end of the longest one. Each sequence has a length of its own.",
    ko="모든 시퀀스를 가장 긴 시퀀스의 끝에서부터 읽었습니다. 시퀀스마다 길이가 다릅니다.",
)
def longest_length_for_all(x, lengths, fw, bw):
    r = backwards(x, lengths.max().expand_as(lengths), bw)
    return torch.cat([forwards(x, lengths, fw), zero_padding(r, lengths)], dim=2)


# -- 7. one_to_many, many_to_one, encoder_decoder --------------------------------------------------------------------


def stacked_outputs(outputs, like):
    return torch.stack(outputs, dim=1) if outputs else like[:, None][:, :0]


@misconception(
    "one_to_many",
    en="You feed x0 into every step. After the first step the network must hear its own last output, otherwise it cannot know what it has already said.",
    ko="모든 시점에 x0을 넣었습니다. 첫 시점 뒤로는 직전에 자기가 낸 출력을 넣어야 합니다. 그러지 않으면 무엇을 이미 말했는지 알 수 없습니다.",
)
def x0_into_every_step(x0, T, step, readout):
    h, outputs = None, []
    for _ in range(T):
        h = step(x0, h)
        outputs.append(readout(h))
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="x0 is among your outputs. The first output is read after the first step.",
    ko="출력에 x0이 들어 있습니다. 첫 출력은 첫 시점을 마친 뒤에 읽은 것입니다.",
)
def x0_among_the_outputs(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        outputs.append(x)
        h = step(x, h)
        x = readout(h)
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="Each step begins anew with None, so that nothing is remembered but the last output. Hand the state on.",
    ko="매 시점을 None으로 다시 시작해서 직전 출력 말고는 아무것도 기억하지 못합니다. 상태를 넘겨주세요.",
)
def state_not_handed_on(x0, T, step, readout):
    x, outputs = x0, []
    for _ in range(T):
        x = readout(step(x, None))
        outputs.append(x)
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="Only the last output comes back. All T outputs are wanted, one for each step.",
    ko="마지막 출력만 돌려주었습니다. 시점마다 하나씩, 출력 T개가 모두 필요합니다.",
)
def last_output_only(x0, T, step, readout):
    x, h = x0, None
    for _ in range(T):
        h = step(x, h)
        x = readout(h)
    return x


@misconception(
    "one_to_many",
    en="There is one output too many: the loop runs T + 1 times.",
    ko="출력이 하나 더 많습니다. 반복이 T + 1번 돌았습니다.",
)
def one_step_too_many(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T + 1):
        h = step(x, h)
        x = readout(h)
        outputs.append(x)
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="From the second step on you feed zeros. The input is then the network's own last output.",
    ko="둘째 시점부터 0을 넣었습니다. 그때의 입력은 신경망이 직전에 낸 출력이어야 합니다.",
)
def zeros_after_the_first(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        outputs.append(readout(h))
        x = torch.zeros_like(x0)
    return stacked_outputs(outputs, x0)


@misconception(
    "many_to_one",
    en="You average the outputs of all steps. Only the last state has read the whole sequence, and only it is read out.",
    ko="모든 시점의 출력을 평균했습니다. 시퀀스를 끝까지 읽은 것은 마지막 상태뿐이며, 출력은 그 상태에서만 읽습니다.",
)
def outputs_averaged(x, step, readout):
    h, outputs = None, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        outputs.append(readout(h))
    return torch.stack(outputs).mean(dim=0)


@misconception(
    "many_to_one",
    en="The output is read after the first step. At that time the network has seen one element only.",
    ko="첫 시점 뒤에 출력을 읽었습니다. 그때 신경망은 원소를 하나밖에 보지 못했습니다.",
)
def read_after_the_first_step(x, step, readout):
    return readout(step(x[:, 0], None))


@misconception(
    "many_to_one",
    en="Each step begins with None, so that your result depends on the last element only.",
    ko="매 시점을 None으로 시작해서 결과가 마지막 원소에만 의존합니다.",
)
def only_the_last_element_counts(x, step, readout):
    return readout(step(x[:, -1], None))


@misconception(
    "many_to_one",
    en="The last element of the sequence is never read: your loop stops one step early.",
    ko="시퀀스의 마지막 원소를 읽지 않았습니다. 반복이 한 시점 일찍 끝납니다.",
)
def last_element_not_read(x, step, readout):
    h = step(x[:, 0], None)
    for t in range(1, x.shape[1] - 1):
        h = step(x[:, t], h)
    return readout(h)


@misconception(
    "many_to_one",
    en="An output comes back for every step. One is asked for, at the end.",
    ko="시점마다 출력을 돌려주었습니다. 마지막에 하나만 필요합니다.",
)
def output_for_every_step(x, step, readout):
    h, outputs = None, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        outputs.append(readout(h))
    return torch.stack(outputs, dim=1)


@misconception(
    "many_to_one",
    en="You read the sequence from its end. The first element comes first.",
    ko="시퀀스를 끝에서부터 읽었습니다. 첫 원소부터 읽어야 합니다.",
)
def read_from_the_end(x, step, readout):
    h = None
    for t in reversed(range(x.shape[1])):
        h = step(x[:, t], h)
    return readout(h)


def encode(src, enc_step):
    h = None
    for t in range(src.shape[1]):
        h = enc_step(src[:, t], h)
    return h


def decode(y, h, Tout, dec_step, readout):
    like, outputs = y, []
    for _ in range(Tout):
        h = dec_step(y, h)
        y = readout(h)
        outputs.append(y)
    return stacked_outputs(outputs, like)


@misconception(
    "encoder_decoder",
    en="The decoder begins with None and knows nothing of what the encoder read. Hand it the encoder's last state.",
    ko="디코더를 None으로 시작해서 인코더가 읽은 것을 전혀 모릅니다. 인코더의 마지막 상태를 넘겨주세요.",
)
def decoder_begins_empty(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, None, Tout, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="You feed y0 into every step of the decoder. After the first step it must hear its own last output.",
    ko="디코더의 모든 시점에 y0을 넣었습니다. 첫 시점 뒤로는 직전에 자기가 낸 출력을 넣어야 합니다.",
)
def y0_into_every_step(src, Tout, y0, enc_step, dec_step, readout):
    h, outputs = encode(src, enc_step), []
    for _ in range(Tout):
        h = dec_step(y0, h)
        outputs.append(readout(h))
    return stacked_outputs(outputs, y0)


@misconception(
    "encoder_decoder",
    en="y0 is among your outputs, so all are one place late and the last one is missing.",
    ko="출력에 y0이 들어 있어서 모든 출력이 한 자리씩 밀리고 마지막 출력이 빠졌습니다.",
)
def y0_among_the_outputs(src, Tout, y0, enc_step, dec_step, readout):
    outputs = torch.cat([y0[:, None], decode(y0, encode(src, enc_step), Tout, dec_step, readout)], dim=1)
    return outputs[:, :Tout]


@misconception(
    "encoder_decoder",
    en="The decoder begins with an output read from the encoder, in place of y0. What is handed over is the state; the first input is the start token.",
    ko="디코더의 첫 입력으로 y0 대신 인코더에서 읽은 출력을 넣었습니다. 넘겨주는 것은 상태이고, 첫 입력은 시작 토큰입니다.",
)
def encoder_output_as_first_input(src, Tout, y0, enc_step, dec_step, readout):
    h = encode(src, enc_step)
    return decode(readout(h), h, Tout, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="Each step of the decoder begins again with the encoder's state. From the second step on it needs its own last state.",
    ko="디코더의 매 시점을 인코더의 상태에서 다시 시작했습니다. 둘째 시점부터는 디코더 자신의 직전 상태가 필요합니다.",
)
def encoder_state_at_every_step(src, Tout, y0, enc_step, dec_step, readout):
    h, y, outputs = encode(src, enc_step), y0, []
    for _ in range(Tout):
        y = readout(dec_step(y, h))
        outputs.append(y)
    return stacked_outputs(outputs, y0)


@misconception(
    "encoder_decoder",
    en="The encoder does not read the last source element: its loop stops one step early.",
    ko="인코더가 입력의 마지막 원소를 읽지 않았습니다. 반복이 한 시점 일찍 끝납니다.",
)
def last_source_element_not_read(src, Tout, y0, enc_step, dec_step, readout):
    h = encode(src[:, : max(1, src.shape[1] - 1)], enc_step)
    return decode(y0, h, Tout, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="The encoder starts anew at each source element, so that the decoder hears the last one only.",
    ko="인코더가 입력의 원소마다 새로 시작해서, 디코더는 마지막 원소밖에 듣지 못합니다.",
)
def encoder_forgets(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, enc_step(src[:, -1], None), Tout, dec_step, readout)


@misconception(
    "one_to_many",
    en="Each output is cut off from the gradient before it becomes the next input. The later outputs depend on the earlier ones: hand them on without detach.",
    ko="출력을 다음 입력으로 넘기기 전에 기울기를 끊었습니다. 뒤의 출력은 앞의 출력에 의존하므로 detach 없이 넘겨야 합니다.",
)
def fed_back_detached(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        outputs.append(readout(h))
        x = outputs[-1].detach()
    return stacked_outputs(outputs, x0)


@misconception(
    "encoder_decoder",
    en="Each output is cut off from the gradient before it becomes the next input. The later outputs depend on the earlier ones: hand them on without detach.",
    ko="출력을 다음 입력으로 넘기기 전에 기울기를 끊었습니다. 뒤의 출력은 앞의 출력에 의존하므로 detach 없이 넘겨야 합니다.",
)
def decoder_fed_back_detached(src, Tout, y0, enc_step, dec_step, readout):
    y, h, outputs = y0, encode(src, enc_step), []
    for _ in range(Tout):
        h = dec_step(y, h)
        outputs.append(readout(h))
        y = outputs[-1].detach()
    return stacked_outputs(outputs, y0)


@misconception(
    "one_to_many",
    en="The outputs are stacked with time first. The batch comes first: (N, T, D).",
    ko="출력을 시간이 먼저 오도록 쌓았습니다. 배치가 먼저인 (N, T, D)여야 합니다.",
)
def outputs_time_first(x0, T, step, readout):
    outputs = decode(x0, None, T, step, readout)
    return outputs.transpose(0, 1) if T else outputs


@misconception(
    "encoder_decoder",
    en="The outputs are stacked with time first. The batch comes first: (N, Tout, O).",
    ko="출력을 시간이 먼저 오도록 쌓았습니다. 배치가 먼저인 (N, Tout, O)여야 합니다.",
)
def decoded_time_first(src, Tout, y0, enc_step, dec_step, readout):
    outputs = decode(y0, encode(src, enc_step), Tout, dec_step, readout)
    return outputs.transpose(0, 1) if Tout else outputs


@misconception(
    "many_to_one",
    en="You return the last state itself. The output is what readout makes of it.",
    ko="마지막 상태 자체를 돌려주었습니다. 출력은 거기에 readout을 적용한 것입니다.",
)
def state_not_read_out(x, step, readout):
    return encode(x, step)


@misconception(
    "encoder_decoder",
    en="Your first output is read from the encoder's state, before the decoder has made a step. The first output comes after dec_step(y0, ...).",
    ko="첫 출력을 디코더가 한 시점도 나아가기 전에 인코더의 상태에서 읽었습니다. 첫 출력은 dec_step(y0, ...) 다음에 나옵니다.",
)
def read_before_the_first_step(src, Tout, y0, enc_step, dec_step, readout):
    y, h, outputs = y0, encode(src, enc_step), []
    for _ in range(Tout):
        y = readout(h)
        outputs.append(y)
        h = dec_step(y, h)
    return stacked_outputs(outputs, y0)


@misconception(
    "encoder_decoder",
    en="The decoder walks with enc_step. It has a step of its own, dec_step.",
    ko="디코더가 enc_step으로 나아갑니다. 디코더에는 자기 함수 dec_step이 있습니다.",
)
def encoder_step_in_the_decoder(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src, enc_step), Tout, enc_step, readout)


@misconception(
    "one_to_many",
    en="Without any output your list is empty, and stacking an empty list is an error. For T = 0 the result has a time axis of length 0.",
    ko="출력이 하나도 없으면 리스트가 비어 있고, 빈 리스트를 쌓으면 오류가 납니다. T = 0이면 시간 축의 길이가 0인 결과여야 합니다.",
)
def nothing_to_stack(x0, T, step, readout):
    return torch.stack(list(decode(x0, None, T, step, readout).unbind(1)), dim=1)


@misconception(
    "encoder_decoder",
    en="Without any output your list is empty, and stacking an empty list is an error. For Tout = 0 the result has a time axis of length 0.",
    ko="출력이 하나도 없으면 리스트가 비어 있고, 빈 리스트를 쌓으면 오류가 납니다. Tout = 0이면 시간 축의 길이가 0인 결과여야 합니다.",
)
def nothing_decoded_to_stack(src, Tout, y0, enc_step, dec_step, readout):
    return torch.stack(list(decode(y0, encode(src, enc_step), Tout, dec_step, readout).unbind(1)), dim=1)


# -- 8. state_jacobian, clip_by_norm ---------------------------------------------------------------------------------


def identity_like(W):
    return torch.eye(W.shape[0], dtype=W.dtype, device=W.device)


@misconception(
    "state_jacobian",
    en="The factors stand in the wrong order: the one of the last step belongs on the left. Matrices do not commute.",
    ko="인수의 순서가 반대입니다. 마지막 시점의 인수가 맨 왼쪽에 와야 합니다. 행렬의 곱은 순서를 바꿀 수 없습니다.",
)
def order_reversed(W, H):
    J = identity_like(W)
    for h in H:
        J = J @ ((1 - h**2)[:, None] * W.T)
    return J


@misconception(
    "state_jacobian",
    en="The slope of tanh is missing. Your product is a power of W and does not depend on the states at all.",
    ko="tanh의 도함수가 빠졌습니다. 여러분의 곱은 W의 거듭제곱일 뿐, 상태에 전혀 의존하지 않습니다.",
)
def no_slope_in_the_product(W, H):
    return torch.linalg.matrix_power(W.T, len(H))


@misconception(
    "state_jacobian",
    en="You use W where its transpose is needed. In h_new = tanh(... + h W), row i of the Jacobian belongs to the new state and holds column i of W.",
    ko="W의 전치가 필요한 자리에 W를 썼습니다. h_new = tanh(... + h W)에서 야코비 행렬의 i행은 새 상태의 i번 성분에 대응하고, 거기에는 W의 i열이 들어갑니다.",
)
def w_not_transposed(W, H):
    J = identity_like(W)
    for h in H:
        J = (1 - h**2)[:, None] * (W @ J)
    return J


@misconception(
    "state_jacobian",
    en="The slopes scale the columns instead of the rows. diag(v) on the left acts on the rows, that is, on the new state.",
    ko="도함수가 행이 아니라 열에 곱해졌습니다. 왼쪽의 diag(v)는 행에, 곧 새 상태에 작용합니다.",
)
def slopes_on_the_columns(W, H):
    J = identity_like(W)
    for h in H:
        J = (W.T * (1 - h**2)[None, :]) @ J
    return J


@misconception(
    "state_jacobian",
    en="You apply tanh to H once more. H already holds the states, the outputs of tanh, so the slope is 1 - h^2.",
    ko="H에 tanh를 한 번 더 적용했습니다. H는 이미 tanh의 출력인 상태이므로 도함수는 1 - h²입니다.",
)
def tanh_once_more(W, H):
    J = identity_like(W)
    for h in H:
        J = (1 - torch.tanh(h) ** 2)[:, None] * (W.T @ J)
    return J


@misconception(
    "state_jacobian",
    en="You raise the entries of W to a power, as if W were a number. That a product of matrices vanishes cannot be read from entries below 1.",
    ko="W를 숫자처럼 다뤄 원소마다 거듭제곱했습니다. 원소가 1보다 작다고 해서 행렬의 곱이 사라진다고 말할 수는 없습니다.",
)
def power_of_the_entries(W, H):
    if len(H) == 0:
        return identity_like(W)
    return torch.prod(1 - H**2, dim=0)[:, None] * W.T ** len(H)


@misconception(
    "state_jacobian",
    en="The last step is missing from your product: there is one factor for each row of H.",
    ko="곱에서 마지막 시점이 빠졌습니다. H의 행마다 인수가 하나씩 있어야 합니다.",
)
def last_factor_missing(W, H):
    J = identity_like(W)
    for h in H[:-1]:
        J = (1 - h**2)[:, None] * (W.T @ J)
    return J


@misconception(
    "clip_by_norm",
    en="Each tensor is clipped by its own norm, which changes the direction of the step. All tensors share one norm and one factor.",
    ko="텐서마다 자기 노름으로 잘라서 전체 기울기의 방향이 바뀌었습니다. 노름도 곱하는 수도 모든 텐서를 합쳐 하나여야 합니다.",
)
def each_tensor_by_itself(grads, c):
    return [g * (c / g.norm()) if g.norm() > c else g * 1 for g in grads]


@misconception(
    "clip_by_norm",
    en="You scale to norm c even when the gradients are shorter. Clipping only shortens; near a minimum the steps must be allowed to become small.",
    ko="기울기가 c보다 짧을 때도 길이를 c로 맞췄습니다. 클리핑은 줄이기만 합니다. 최솟값 근처에서는 보폭이 작아질 수 있어야 합니다.",
)
def always_scaled(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * (c / norm if norm > 0 else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="You cut every element at -c and c. That changes the direction; only the length should change.",
    ko="원소마다 -c와 c에서 잘랐습니다. 그러면 방향이 바뀝니다. 길이만 줄여야 합니다.",
)
def every_element_cut(grads, c):
    return [g.clamp(-c, c) for g in grads]


@misconception(
    "clip_by_norm",
    en="The root is missing: you compare and divide by the squared norm.",
    ko="제곱근이 빠졌습니다. 노름의 제곱으로 비교하고 나누었습니다.",
)
def root_missing(grads, c):
    norm = sum((g**2).sum().item() for g in grads)
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="You add the norms of the tensors. The norm of them all is the root of the sum of their squares, which is smaller.",
    ko="텐서들의 노름을 더했습니다. 전체의 노름은 제곱을 더해 제곱근을 취한 값이고, 노름의 합보다 작습니다.",
)
def norms_added(grads, c):
    norm = sum(g.norm().item() for g in grads)
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="You add a small epsilon to the norm. Here the formula has none: nothing is divided unless the norm is above c, so nothing can divide by zero.",
    ko="노름에 작은 엡실론을 더했습니다. 여기 식에는 엡실론이 없습니다. 노름이 c보다 클 때만 나누므로 0으로 나눌 일도 없습니다.",
)
def epsilon_in_the_norm(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * min(1.0, c / (norm + 1e-6)) for g in grads]


@misconception(
    "clip_by_norm",
    en="The gradients are divided by their norm but not multiplied by c: the result has length 1.",
    ko="노름으로 나누기만 하고 c를 곱하지 않아서 결과의 길이가 1이 되었습니다.",
)
def scaled_to_one(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g / norm if norm > c else g * 1 for g in grads]


@misconception(
    "clip_by_norm",
    en="You use the largest element as the length. The norm is the root of the sum of all squares.",
    ko="가장 큰 원소를 길이로 썼습니다. 노름은 모든 제곱을 더한 값의 제곱근입니다.",
)
def largest_element_as_norm(grads, c):
    norm = max((g.abs().max().item() for g in grads), default=0.0)
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "state_jacobian",
    en="You take 1 - h where the derivative of tanh is 1 - h^2: the square is missing.",
    ko="tanh의 도함수는 1 - h²인데 1 - h를 썼습니다. 제곱이 빠졌습니다.",
)
def jacobian_without_the_square(W, H):
    J = identity_like(W)
    for h in H:
        J = (1 - h)[:, None] * (W.T @ J)
    return J


@misconception(
    "state_jacobian",
    en="h (1 - h) is the derivative of the sigmoid. That of tanh, written with its output, is 1 - h^2.",
    ko="h(1 - h)는 시그모이드의 도함수입니다. tanh의 도함수를 출력으로 쓰면 1 - h²입니다.",
)
def jacobian_with_the_sigmoid_slope(W, H):
    J = identity_like(W)
    for h in H:
        J = (h * (1 - h))[:, None] * (W.T @ J)
    return J


@misconception(
    "state_jacobian",
    en="You add the factors of the steps. By the chain rule they are multiplied.",
    ko="시점별 인수를 더했습니다. 연쇄 법칙에 따라 곱해야 합니다.",
)
def factors_added(W, H):
    J = identity_like(W)
    for h in H:
        J = J + (1 - h**2)[:, None] * W.T
    return J


@misconception(
    "clip_by_norm",
    en="You add up absolute values. The norm is the root of the sum of all squares.",
    ko="절댓값을 더했습니다. 노름은 모든 제곱을 더한 값의 제곱근입니다.",
)
def absolute_values_added(grads, c):
    norm = sum(g.abs().sum().item() for g in grads)
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="An empty list ends with an error: there is nothing to join. Its norm is 0, and the result is an empty list.",
    ko="빈 리스트에서 오류가 납니다. 이어 붙일 것이 없기 때문입니다. 이때 노름은 0이고 결과는 빈 리스트입니다.",
)
def empty_list_cannot_be_joined(grads, c):
    norm = torch.cat([g.reshape(-1) for g in grads]).norm()
    return [g * (c / norm) if norm > c else g * 1 for g in grads]


@misconception(
    "clip_by_norm",
    en="You divide by norm + epsilon. Here the formula has no epsilon: nothing is divided unless the norm is above c, so nothing can divide by zero.",
    ko="노름 + 엡실론으로 나누었습니다. 여기 식에는 엡실론이 없습니다. 노름이 c보다 클 때만 나누므로 0으로 나눌 일도 없습니다.",
)
def epsilon_beside_the_norm(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * (c / (norm + 1e-6) if norm > c else 1.0) for g in grads]


# -- 9. word_embed, word_embed_bwd -----------------------------------------------------------------------------------


@misconception(
    "word_embed",
    en="You take columns of E. Each word owns a ROW of the table.",
    ko="E의 열을 골랐습니다. 단어마다 표의 '행'이 하나씩 있습니다.",
)
def columns_of_the_table(idx, E):
    return E.T[idx % E.shape[1]]


@misconception(
    "word_embed",
    en="You use the word numbers themselves, as floats. A number is only the name of a row: word 6 is not three times word 2. Keep idx as integers and look the rows up.",
    ko="단어 번호 자체를 실수로 바꿔 특징으로 썼습니다. 번호는 행의 이름일 뿐이라서, 6번 단어가 2번 단어의 세 배인 것은 아닙니다. idx를 정수로 두고 해당 행을 찾아야 합니다.",
)
def numbers_as_floats(idx, E):
    return idx.to(E.dtype)[:, :, None].expand(*idx.shape, E.shape[1]) * 1


@misconception(
    "word_embed",
    en="You count words from 1. Word 0 is row 0; with -1 you silently get the last row.",
    ko="단어 번호를 1부터 세었습니다. 0번 단어는 0번 행입니다. -1은 오류 없이 마지막 행을 가리킵니다.",
)
def words_from_one(idx, E):
    return E[idx - 1]


@misconception(
    "word_embed",
    en="Time and batch are exchanged in your result. It is (N, T, D), like idx with one more axis.",
    ko="결과에서 시간 축과 배치 축이 뒤바뀌었습니다. idx에 축이 하나 더 붙은 (N, T, D)여야 합니다.",
)
def time_before_batch(idx, E):
    return E[idx.T]


@misconception(
    "word_embed",
    en="The word vectors of a sentence are added up. Each place keeps its own vector; the RNN reads them one after the other.",
    ko="한 문장의 단어 벡터를 모두 더했습니다. 자리마다 자기 벡터가 따로 있어야 RNN이 차례로 읽을 수 있습니다.",
)
def words_added_up(idx, E):
    return E[idx].sum(dim=1)


@misconception(
    "word_embed",
    en="You return the one-hot rows, not the vectors. They still have to be multiplied by E.",
    ko="벡터가 아니라 원-핫 행을 돌려주었습니다. 여기에 E를 곱해야 합니다.",
)
def one_hot_only(idx, E):
    return torch.nn.functional.one_hot(idx, E.shape[0]).to(E.dtype)


@misconception(
    "word_embed_bwd",
    en="dE[idx] = dout keeps only one of the gradients of a repeated word. They must be added up.",
    ko="dE[idx] = dout으로 쓰면 반복된 단어의 기울기 가운데 하나만 남습니다. 모두 더해야 합니다.",
)
def assigned_not_added(dout, idx, E):
    dE = torch.zeros_like(E)
    for n in range(idx.shape[0]):
        for t in range(idx.shape[1]):
            dE[idx[n, t]] = dout[n, t]
    return dE


@misconception(
    "word_embed_bwd",
    en="dE[idx] += dout reads all rows first and writes them afterwards, so a repeated word receives only one of its gradients. Use an operation that accumulates.",
    ko="dE[idx] += dout은 행을 먼저 모두 읽고 나서 쓰므로, 반복된 단어는 기울기를 하나만 받습니다. 누적해 주는 연산을 쓰세요.",
    same_as="assigned_not_added",
)
def plus_equals_with_repeats(dout, idx, E):
    dE = torch.zeros_like(E)
    dE[idx] += dout
    return dE


@misconception(
    "word_embed_bwd",
    en="The gradients of a repeated word are averaged. They are added: the word acted at each of these places.",
    ko="반복된 단어의 기울기를 평균했습니다. 그 단어는 모든 자리에서 영향을 주었으므로 더해야 합니다.",
)
def averaged_over_repeats(dout, idx, E):
    dE = torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    count = torch.bincount(idx.flatten(), minlength=E.shape[0]).clamp(min=1)
    return dE / count[:, None]


@misconception(
    "word_embed_bwd",
    en="You divide by the number of sequences. The loss decides whether there is a mean; here you only sum.",
    ko="시퀀스의 수로 나누었습니다. 평균을 낼지는 손실이 정하며, 여기서는 더하기만 합니다.",
)
def divided_by_the_batch(dout, idx, E):
    dE = torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    return dE / max(1, idx.shape[0])


@misconception(
    "word_embed_bwd",
    en="You return E minus the gradient. The gradient itself is asked for; the update comes later.",
    ko="E에서 기울기를 뺀 값을 돌려주었습니다. 필요한 것은 기울기 자체이고, 갱신은 나중 일입니다.",
)
def updated_table(dout, idx, E):
    return E - torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))


@misconception(
    "word_embed_bwd",
    en="What comes back are the gradients picked for each place, or those of the words that occur. dE has one row for every word of the vocabulary.",
    ko="글에 나온 단어의 행만 돌려주었습니다. dE에는 어휘의 모든 단어마다 한 행이 있어야 합니다.",
)
def only_words_that_occur(dout, idx, E):
    dE = torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    return dE[idx.flatten().unique()]


@misconception(
    "word_embed_bwd",
    en="Each gradient is multiplied by the word's vector. Looking up a row is a product with a one-hot vector, so the gradient arrives unchanged.",
    ko="기울기에 단어의 벡터를 곱했습니다. 행을 찾는 것은 원-핫 벡터와의 곱이므로 기울기는 그대로 전달됩니다.",
)
def multiplied_by_the_vector(dout, idx, E):
    return torch.zeros_like(E).index_add(0, idx.flatten(), (dout * E[idx]).reshape(idx.numel(), E.shape[1]))


@misconception(
    "word_embed",
    en="You take columns of E. Each word owns a ROW of the table.",
    ko="E의 열을 골랐습니다. 단어마다 표의 '행'이 하나씩 있습니다.",
)
def columns_at_the_numbers(idx, E):
    return E[:, idx]


@misconception(
    "word_embed",
    en="The vectors are multiplied by the root of D, as in a transformer. Here they come from the table as they are.",
    ko="트랜스포머에서처럼 벡터에 √D를 곱했습니다. 여기서는 표의 값을 그대로 돌려줍니다.",
)
def scaled_by_the_root_of_d(idx, E):
    return E[idx] * E.shape[1] ** 0.5


@misconception(
    "word_embed_bwd",
    en="Word 0 gets no gradient, as if it were padding. Here it is a word like any other.",
    ko="0번 단어를 패딩처럼 다뤄 기울기를 0으로 두었습니다. 여기서는 다른 단어와 똑같은 단어입니다.",
)
def word_zero_as_padding(dout, idx, E):
    dE = torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    dE[0] = 0
    return dE


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "rnn_step",
    en="tanh holds the input part only; h @ W is added behind it. The whole sum goes through tanh.",
    ko="tanh를 입력 쪽에만 적용하고 h @ W는 그 뒤에 더했습니다. 합 전체가 tanh를 지나야 합니다.",
)
def state_part_outside_tanh(x, h, U, W, b):
    return torch.tanh(x @ U + b) + h @ W


@misconception(
    "rnn_step",
    en="tanh holds the state part only; x @ U is added behind it. The whole sum goes through tanh.",
    ko="tanh를 상태 쪽에만 적용하고 x @ U는 그 뒤에 더했습니다. 합 전체가 tanh를 지나야 합니다.",
)
def input_part_outside_tanh(x, h, U, W, b):
    return torch.tanh(h @ W + b) + x @ U


@misconception(
    "rnn_step",
    en="You add the old state to the result of tanh. This step replaces the state; what is kept of the old one comes in through W.",
    ko="tanh의 결과에 이전 상태를 더했습니다. 이 스텝은 상태를 새로 바꿉니다. 이전 상태의 정보는 W를 통해서만 들어옵니다.",
)
def old_state_added(x, h, U, W, b):
    return h + torch.tanh(x @ U + h @ W + b)


@misconception(
    "rnn_step",
    en="You cut off at 0 with a ReLU. The step of this lecture uses tanh, which keeps the state between -1 and 1.",
    ko="ReLU로 0 아래를 잘랐습니다. 이 강의의 스텝은 상태를 -1과 1 사이에 두는 tanh를 씁니다.",
)
def relu_for_tanh(x, h, U, W, b):
    return torch.relu(x @ U + h @ W + b)


@misconception(
    "rnn_step",
    en="The bias is added twice. There is one b, not one for the input and one for the state.",
    ko="편향을 두 번 더했습니다. 입력용과 상태용이 따로 있는 것이 아니라 b는 하나입니다.",
)
def bias_added_twice(x, h, U, W, b):
    return torch.tanh(x @ U + b + h @ W + b)


@misconception(
    "rnn_step",
    en="Input part and state part are multiplied. They are added before tanh.",
    ko="입력 쪽과 상태 쪽을 곱했습니다. tanh 앞에서 더해야 합니다.",
)
def parts_multiplied(x, h, U, W, b):
    return torch.tanh((x @ U) * (h @ W) + b)


@misconception(
    "rnn_step_bwd",
    en="You square the wrong thing: (1 - h)^2. The derivative of tanh is 1 - h^2.",
    ko="(1 - h)²처럼 전체를 제곱했습니다. tanh의 도함수는 1 - h²입니다.",
)
def whole_slope_squared(dh, x, h, U, W, b):
    return back_through(dh * (1 - state_after(x, h, U, W, b)) ** 2, x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="The derivative of tanh has a plus with you, 1 + h^2. It is 1 - h^2: the flatter tanh is, the less comes through.",
    ko="tanh의 도함수를 1 + h²으로 썼습니다. 1 - h²입니다. tanh가 평평한 곳일수록 기울기가 덜 전해집니다.",
)
def slope_with_a_plus(dh, x, h, U, W, b):
    return back_through(dh * (1 + state_after(x, h, U, W, b) ** 2), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="You multiply by tanh itself. The gradient goes back through its derivative, 1 - h^2.",
    ko="tanh 값을 그대로 곱했습니다. 기울기는 tanh의 도함수 1 - h²을 곱해 되돌아갑니다.",
)
def state_taken_for_its_slope(dh, x, h, U, W, b):
    return back_through(dh * state_after(x, h, U, W, b), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="db still has a row for each sequence. All of them share one b, so their gradients are summed over the batch.",
    ko="db에 시퀀스마다 행이 하나씩 남아 있습니다. b는 모두가 함께 쓰므로 배치에 대해 합해야 합니다.",
)
def bias_gradient_not_summed(dh, x, h, U, W, b):
    da = dh * (1 - state_after(x, h, U, W, b) ** 2)
    return (*back_through(da, x, h, U, W)[:4], da)


@misconception(
    "rnn_step_bwd",
    en="db is summed over the units. Every unit has its own bias; the sum runs over the batch.",
    ko="db를 유닛에 대해 합했습니다. 편향은 유닛마다 따로 있으며, 합은 배치에 대해 냅니다.",
)
def bias_gradient_summed_over_units(dh, x, h, U, W, b):
    da = dh * (1 - state_after(x, h, U, W, b) ** 2)
    return (*back_through(da, x, h, U, W)[:4], da.sum(dim=1))


@misconception(
    "rnn_step_bwd",
    en="You recompute the new state from the input alone, without h @ W, so that the slopes are those of another state.",
    ko="새 상태를 h @ W 없이 입력만으로 다시 계산했습니다. 그러면 기울기가 다른 상태의 것이 됩니다.",
)
def recomputed_without_the_state(dh, x, h, U, W, b):
    return back_through(dh * (1 - torch.tanh(x @ U + b) ** 2), x, h, U, W)


@misconception(
    "rnn_step_bwd",
    en="The direct gradient dh is added to dh_prev. The old state reaches the new one only through W and tanh.",
    ko="dh_prev에 dh를 그대로 더했습니다. 이전 상태는 W와 tanh를 거쳐서만 새 상태에 영향을 줍니다.",
)
def direct_gradient_added(dh, x, h, U, W, b):
    da = dh * (1 - state_after(x, h, U, W, b) ** 2)
    dx, dh_prev, *rest = back_through(da, x, h, U, W)
    return (dx, dh_prev + dh, *rest)


@misconception(
    "rnn_forward",
    en="Every step reads the first input. Step t reads x[:, t].",
    ko="모든 시점에서 첫 입력을 읽었습니다. 시점 t에서는 x[:, t]를 읽습니다.",
)
def first_input_at_every_step(x, h0, params):
    H = states_of(x[:, :1].expand_as(x), h0, params)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="You go through the sequence from its end. Step 0 comes first.",
    ko="시퀀스를 끝에서부터 읽었습니다. 0번 시점이 먼저입니다.",
)
def sequence_read_backwards(x, h0, params):
    H = states_of(x.flip(1), h0, params).flip(1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Your outputs are probabilities (softmax). Y is linear in the state; which function follows depends on the task.",
    ko="출력에 소프트맥스를 적용했습니다. Y는 상태에 대한 선형식이고, 그 뒤에 어떤 함수가 올지는 과제에 따라 다릅니다.",
)
def output_as_probabilities(x, h0, params):
    H = states_of(x, h0, params)
    return H, torch.softmax(H @ params["V"] + params["c"], dim=-1)


@misconception(
    "rnn_forward",
    en="H holds the last state at every step. H[:, t] is the state after step t.",
    ko="모든 시점에 마지막 상태가 들어 있습니다. H[:, t]는 시점 t를 마친 뒤의 상태입니다.",
)
def last_state_at_all_steps(x, h0, params):
    H = states_of(x, h0, params)
    H = H[:, -1:].expand_as(H)
    return H, H @ params["V"] + params["c"]


@misconception(
    "rnn_forward",
    en="Your states are joined along the features, (N, T*H). They need an axis of time of their own: (N, T, H).",
    ko="상태를 특징 방향으로 이어 붙여 (N, T*H)가 되었습니다. 시간 축을 따로 두어 (N, T, H)가 되어야 합니다.",
)
def states_joined_along_the_features(x, h0, params):
    H = states_of(x, h0, params)
    return H.flatten(1), (H @ params["V"] + params["c"]).flatten(1)


@misconception(
    "rnn_forward",
    en="The states are cut off from the gradient (detach) between the steps. A loss at a late step must reach h0 and all weights through every step.",
    ko="시점 사이에서 상태의 기울기를 끊었습니다(detach). 늦은 시점의 손실도 모든 시점을 거쳐 h0과 가중치까지 이어져야 합니다.",
)
def states_detached_between_steps(x, h0, params):
    h, states = h0, [h0[:, None][:, :0]]
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ params["U"] + h.detach() @ params["W"] + params["b"])
        states.append(h[:, None])
    H = torch.cat(states, dim=1)
    return H, H @ params["V"] + params["c"]


@misconception(
    "bptt",
    en="Your walk back stops before the first step: step 0 adds nothing to the weights, and dh0 is never computed.",
    ko="첫 시점 앞에서 멈췄습니다. 0번 시점의 몫이 가중치의 기울기에서 빠지고 dh0도 계산되지 않았습니다.",
)
def stopped_before_the_first_step(x, h0, params, dH):
    parts, _ = walk_back(x, h0, params, dH)
    kept = [tuple(p * 0 for p in parts[0]), *parts[:-1]]
    return (*total(kept), torch.zeros_like(h0))


@misconception(
    "bptt",
    en="Your walk back stops before the first step: step 0 adds nothing to the weights, and what you return as dh0 is the gradient of the state after it.",
    ko="첫 시점 앞에서 멈췄습니다. 0번 시점의 몫이 가중치의 기울기에서 빠졌고, dh0으로 돌려준 것은 첫 상태의 기울기입니다.",
)
def stopped_one_step_early(x, h0, params, dH):
    U, W, b = params["U"], params["W"], params["b"]
    before = torch.cat([h0[:, None], unroll(x, h0, U, W, b)], dim=1)
    parts, dh = [tuple(torch.zeros_like(p) for p in (U, W, b))], torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, 0, -1):
        da = (dH[:, t] + dh) * (1 - before[:, t + 1] ** 2)
        parts.append((x[:, t].T @ da, before[:, t].T @ da, da.sum(dim=0)))
        dh = da @ W.T
    return (*total(parts), dh)


@misconception(
    "bptt",
    en="Your walk back begins one step too early: the gradient of the last step is left out.",
    ko="마지막 시점을 건너뛰고 그 앞에서 시작했습니다. 마지막 시점의 기울기가 빠졌습니다.",
)
def last_step_skipped(x, h0, params, dH):
    U, W, b = params["U"], params["W"], params["b"]
    parts, dh = walk_back(x[:, :-1], h0, params, dH[:, :-1])
    return (*total([tuple(torch.zeros_like(p) for p in (U, W, b)), *parts]), dh)


@misconception(
    "bptt",
    en="dh0 is 0: what the first step hands back never gets into it.",
    ko="dh0이 0입니다. 첫 시점에서 넘어온 기울기를 dh0에 넣지 않았습니다.",
)
def dh0_left_at_zero(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH)
    return (*total(parts), torch.zeros_like(dh))


@misconception(
    "bptt",
    en="dh0 is the sum of what all steps hand back. Only what the first step hands back reaches h0.",
    ko="dh0이 모든 시점에서 넘긴 기울기의 합입니다. h0에 닿는 것은 첫 시점에서 넘긴 것뿐입니다.",
)
def handed_back_of_all_steps_summed(x, h0, params, dH):
    all_of_them = []

    def carry(da, dh, W):
        all_of_them.append(da @ W.T)
        return all_of_them[-1]

    return walk(x, h0, params, dH, carry=carry, end=lambda later, da: sum(all_of_them))


@misconception(
    "bptt",
    en="What is handed back piles up: the step before gets the sum of all later ones, not what came through the next step. That already holds the later ones.",
    ko="넘기는 기울기가 계속 쌓입니다. 바로 뒤 시점에서 온 것에는 그 뒤의 것이 이미 모두 들어 있으므로 다시 더하면 안 됩니다.",
)
def handed_back_piles_up(x, h0, params, dH):
    pile = [torch.zeros_like(h0)]

    def carry(da, dh, W):
        pile[0] = pile[0] + da @ W.T
        return pile[0]

    return walk(x, h0, params, dH, carry=carry)


@misconception(
    "bptt",
    en="All gradients of the weights are divided by the batch size. The loss decides whether there is a mean; here you only sum.",
    ko="가중치의 기울기를 배치 크기로 나누었습니다. 평균을 낼지는 손실이 정합니다. 여기서는 더하기만 합니다.",
)
def walk_divided_by_the_batch(x, h0, params, dH):
    parts, dh = walk_back(x, h0, params, dH)
    return (*(p / x.shape[0] for p in total(parts)), dh)


@misconception(
    "bptt",
    en="db has a row for each sequence. All of them share one b: sum over the batch, too.",
    ko="db에 시퀀스마다 행이 하나씩 있습니다. b는 모두가 함께 쓰므로 배치에 대해서도 합해야 합니다.",
)
def bias_gradient_per_sequence(x, h0, params, dH):
    rows = []

    def combine(direct, later, slope):
        rows.append((direct + later) * slope)
        return rows[-1]

    dU, dW, _, dh0 = walk(x, h0, params, dH, combine=combine)
    return dU, dW, sum(rows), dh0


@misconception(
    "bptt",
    en="In the slope you recompute the states without the bias, so that they are those of another network.",
    ko="상태를 편향 없이 다시 계산했습니다. 그러면 기울기가 다른 신경망의 것이 됩니다.",
)
def states_without_the_bias(x, h0, params, dH):
    return walk(x, h0, {**params, "b": torch.zeros_like(params["b"])}, dH)


@misconception(
    "bptt",
    en="You take the slope of tanh from dH and not from the state. The derivative is 1 minus the square of the state after the step.",
    ko="tanh의 도함수를 상태가 아니라 dH에서 계산했습니다. 그 시점을 마친 상태의 제곱을 1에서 빼야 합니다.",
)
def slope_of_the_gradient(x, h0, params, dH):
    return walk(x, h0, params, dH, combine=lambda direct, later, slope: (direct + later) * (1 - direct**2))


@misconception(
    "bptt",
    en="In dU you use the input of the step before. U was multiplied by x[:, t] at step t.",
    ko="dU에 한 시점 앞의 입력을 썼습니다. 시점 t에서 U에 곱해진 것은 x[:, t]입니다.",
)
def input_of_the_step_before(x, h0, params, dH):
    _, dW, db, dh0 = walk(x, h0, params, dH)
    das = []

    def combine(direct, later, slope):
        das.append((direct + later) * slope)
        return das[-1]

    walk(x, h0, params, dH, combine=combine)
    das = das[::-1]
    return sum((x[:, max(t - 1, 0)].T @ da for t, da in enumerate(das)), torch.zeros_like(params["U"])), dW, db, dh0


@misconception(
    "seq_loss",
    en="You divide by the number of steps T. The steps are summed; the mean runs over the batch.",
    ko="시점 수 T로 나누었습니다. 시점에 대해서는 합하고, 평균은 배치에 대해 냅니다.",
)
def divided_by_t_only(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / logits.shape[1])


@misconception(
    "seq_loss",
    en="Your softmax runs over the steps. The classes are the last axis.",
    ko="소프트맥스를 시점들에 대해 계산했습니다. 클래스는 마지막 축입니다.",
)
def softmax_over_the_steps(logits, y, mask):
    weight = mask.to(logits.dtype)[:, :, None] / logits.shape[0]
    log_p = torch.log_softmax(logits, dim=1)
    target = torch.zeros_like(logits).scatter(2, torch.where(mask, y, 0)[:, :, None], 1.0)
    return -(weight * target * log_p).sum(), weight * (log_p.exp() - target)


@misconception(
    "seq_loss",
    en="Your mean runs over the classes, too: everything is V times too small. Each kept step counts once.",
    ko="클래스에 대해서도 평균을 내서 모두 V배 작아졌습니다. 남은 시점은 하나씩만 셉니다.",
)
def mean_over_the_classes_too(logits, y, mask):
    return loss_with(logits, y, mask, weight=mask.to(logits.dtype) / (logits.shape[0] * logits.shape[2]))


@misconception(
    "seq_loss",
    en="Only the right class has a gradient with you. Every logit of a step takes part in the softmax, so the other classes have one, too.",
    ko="정답 클래스에만 기울기가 있습니다. 한 시점의 모든 로짓이 소프트맥스에 들어가므로 다른 클래스에도 기울기가 있습니다.",
)
def gradient_at_the_right_class_only(logits, y, mask):
    loss, d = loss_with(logits, y, mask, weight=mask.to(logits.dtype) / logits.shape[0])
    return loss, d * (d < 0)


@misconception(
    "seq_loss",
    en="The logarithm is missing: your loss adds up the probabilities of the right classes.",
    ko="로그가 빠졌습니다. 손실이 정답 클래스의 확률을 더한 것입니다.",
)
def probabilities_summed(logits, y, mask):
    weight = mask.to(logits.dtype) / logits.shape[0]
    p = torch.softmax(logits, dim=2).gather(2, torch.where(mask, y, 0)[:, :, None])[:, :, 0]
    return -(weight * p).sum(), loss_with(logits, y, mask, weight=weight)[1]


@misconception(
    "seq_loss",
    en="You find the padding by negative labels and do not use mask. A masked step may hold any integer, one of the classes, too.",
    ko="mask를 쓰지 않고 음수 레이블을 패딩으로 보았습니다. 가려진 시점의 y는 클래스 번호를 비롯해 어떤 정수도 될 수 있습니다.",
)
def padding_by_negative_labels(logits, y, mask):
    real = (y >= 0) & (y < logits.shape[2])
    return loss_with(logits, y, real, weight=real.to(logits.dtype) / logits.shape[0])


@misconception(
    "stacked_rnn",
    en="Your upper layers begin with the last state of the layer below them wherever the sizes allow it. Each layer has a start state of its own, h0.",
    ko="크기가 같으면 위층을 아래층의 마지막 상태에서 시작했습니다. 층마다 자기 처음 상태 h0이 있습니다.",
)
def starts_where_the_lower_ended_if_it_fits(x, layers):
    last = layers[0]["h0"]
    for layer in layers:
        last = last if last.shape[1] == layer["W"].shape[0] else layer["h0"]
        x = unroll(x, last, layer["U"], layer["W"], layer["b"])
        last = x[:, -1] if x.shape[1] else last
    return x


@misconception(
    "stacked_rnn",
    en="All layers begin with the start state of the first one. Each layer has an h0 of its own.",
    ko="모든 층을 첫 층의 처음 상태에서 시작했습니다. 층마다 자기 h0이 있습니다.",
)
def first_start_state_for_all(x, layers):
    for layer in layers:
        x = layer_states(x, {**layer, "h0": layers[0]["h0"]})
    return x


@misconception(
    "stacked_rnn",
    en="Each step of a layer begins with h0 again. The state of one step must be handed to the next.",
    ko="층마다 매 시점을 h0에서 다시 시작했습니다. 한 시점의 상태를 다음 시점에 넘겨야 합니다.",
)
def layers_forget(x, layers):
    for layer in layers:
        x = torch.tanh(x @ layer["U"] + (layer["h0"] @ layer["W"])[:, None] + layer["b"])
    return x


@misconception(
    "stacked_rnn",
    en="You add the states of the layer below to those of the layer above. They go in as its input only.",
    ko="위층의 상태에 아래층의 상태를 더했습니다. 아래층의 상태는 위층의 입력으로만 들어갑니다.",
)
def lower_states_added(x, layers):
    for k, layer in enumerate(layers):
        states = layer_states(x, layer)
        x = states + x if k and x.shape == states.shape else states
    return x


@misconception(
    "stacked_rnn",
    en="Your result is a list with the states of each layer. Only those of the top layer are wanted.",
    ko="층마다의 상태를 리스트로 돌려주었습니다. 맨 위층의 상태만 돌려주면 됩니다.",
)
def list_of_all_layers(x, layers):
    result = []
    for layer in layers:
        x = layer_states(x, layer)
        result.append(x)
    return result


@misconception(
    "stacked_rnn",
    en="The states of one layer are cut off from the gradient (detach) before they go up. The loss must reach all layers below.",
    ko="위층으로 올리기 전에 상태의 기울기를 끊었습니다(detach). 손실은 아래의 모든 층까지 이어져야 합니다.",
)
def layers_detached(x, layers):
    for k, layer in enumerate(layers):
        x = layer_states(x.detach() if k else x, layer)
    return x


@misconception(
    "birnn",
    en="The backward network begins with the last state of the forward one. It has a start state of its own, bw['h0'].",
    ko="역방향 신경망을 순방향의 마지막 상태에서 시작했습니다. 역방향에는 자기 처음 상태 bw['h0']이 있습니다.",
)
def backward_begins_where_forward_ended(x, lengths, fw, bw):
    h = fw["h0"]
    for t in range(x.shape[1]):
        keep = (t < lengths)[:, None]
        h = torch.where(keep, torch.tanh(x[:, t] @ fw["U"] + h @ fw["W"] + fw["b"]), h)
    return torch.cat([forwards(x, lengths, fw), backwards(x, lengths, bw, h0=h)], dim=2)


@misconception(
    "birnn",
    en="The backward network begins with fw['h0']. It has a start state of its own, bw['h0'].",
    ko="역방향 신경망을 fw['h0']에서 시작했습니다. 역방향에는 자기 처음 상태 bw['h0']이 있습니다.",
)
def start_state_shared(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), backwards(x, lengths, bw, h0=fw["h0"])], dim=2)


@misconception(
    "birnn",
    en="The two halves are joined along the time. They stand side by side at each step: (N, T, Hf + Hb).",
    ko="두 절반을 시간 방향으로 이어 붙였습니다. 시점마다 나란히 놓아 (N, T, Hf + Hb)가 되어야 합니다.",
)
def joined_along_the_time(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths, fw), backwards(x, lengths, bw)], dim=1)


@misconception(
    "birnn",
    en="You read one step too many: step lengths[n] is padding already. The last real step is lengths[n] - 1.",
    ko="한 시점을 더 읽었습니다. lengths[n]번 시점은 이미 패딩이고, 마지막 실제 시점은 lengths[n] - 1입니다.",
)
def first_padding_step_read(x, lengths, fw, bw):
    return torch.cat([forwards(x, lengths + 1, fw), backwards(x, lengths + 1, bw)], dim=2)


@misconception(
    "birnn",
    en="You use the length of the first sequence for all of them. Each sequence has a length of its own.",
    ko="모든 시퀀스에 첫 시퀀스의 길이를 썼습니다. 길이는 시퀀스마다 다릅니다.",
)
def first_length_for_all(x, lengths, fw, bw):
    shared = lengths[:1].expand_as(lengths)
    return torch.cat([forwards(x, shared, fw), backwards(x, shared, bw)], dim=2)


@misconception(
    "birnn",
    en="All sequences are cut to the shortest one. Each sequence has a length of its own.",
    ko="모든 시퀀스를 가장 짧은 길이에서 잘랐습니다. 길이는 시퀀스마다 다릅니다.",
)
def shortest_length_for_all(x, lengths, fw, bw):
    shared = lengths.min().expand_as(lengths)
    return torch.cat([forwards(x, shared, fw), backwards(x, shared, bw)], dim=2)


@misconception(
    "birnn",
    en="The backward network reads the states of the forward one. It reads x, like the forward one: the two know nothing of each other.",
    ko="역방향 신경망이 순방향의 상태를 읽었습니다. 역방향도 x를 읽습니다. 두 신경망은 서로를 모릅니다.",
)
def backward_reads_the_forward_states(x, lengths, fw, bw):
    f = forwards(x, lengths, fw)
    return torch.cat([f, backwards(f, lengths, bw)], dim=2)


@misconception(
    "birnn",
    en="Forwards, the last state of the sequence stands at every step. At step t stands the state after reading step t.",
    ko="순방향 쪽 모든 시점에 그 시퀀스의 마지막 상태가 있습니다. 시점 t에는 t까지 읽은 상태가 있어야 합니다.",
)
def last_forward_state_everywhere(x, lengths, fw, bw):
    f = forwards(x, lengths, fw)
    last = f[torch.arange(len(f)), (lengths - 1).clamp(min=0)][:, None].expand_as(f)
    return torch.cat([zero_padding(last, lengths), backwards(x, lengths, bw)], dim=2)


@misconception(
    "one_to_many",
    en="You feed the state into the next step. What goes in is the OUTPUT of the step before, readout(h).",
    ko="다음 시점에 상태를 넣었습니다. 들어가야 하는 것은 앞 시점의 '출력' readout(h)입니다.",
)
def state_fed_back(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        outputs.append(readout(h))
        x = h
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="The outputs are joined along the features, (N, T*D). Give them an axis of time: (N, T, D).",
    ko="출력을 특징 방향으로 이어 붙여 (N, T*D)가 되었습니다. 시간 축을 두어 (N, T, D)가 되어야 합니다.",
)
def outputs_joined_along_the_features(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        x = readout(h)
        outputs.append(x)
    return torch.cat(outputs, dim=1) if outputs else x0[:, :0]


@misconception(
    "one_to_many",
    en="The states come back, not the outputs. An output is what readout makes of a state.",
    ko="출력이 아니라 상태를 돌려주었습니다. 출력은 readout이 상태에서 만든 것입니다.",
)
def states_returned(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        x = readout(h)
        outputs.append(h)
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="Each input is the last output plus x0. Only the first step reads x0.",
    ko="입력마다 직전 출력에 x0을 더했습니다. x0은 첫 시점에만 들어갑니다.",
)
def x0_added_to_the_output(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T):
        h = step(x, h)
        outputs.append(readout(h))
        x = outputs[-1] + x0
    return stacked_outputs(outputs, x0)


@misconception(
    "one_to_many",
    en="One output is missing: your loop makes T - 1 steps.",
    ko="출력이 하나 모자랍니다. 반복을 T - 1번만 했습니다.",
)
def one_step_too_few(x0, T, step, readout):
    x, h, outputs = x0, None, []
    for _ in range(T - 1):
        h = step(x, h)
        x = readout(h)
        outputs.append(x)
    return stacked_outputs(outputs, x0)


@misconception(
    "many_to_one",
    en="You read out the mean of all states. Only the last state has read the whole sequence, and only it is read out.",
    ko="모든 상태의 평균을 readout에 넣었습니다. 시퀀스를 끝까지 읽은 것은 마지막 상태뿐이므로 그것만 읽어 냅니다.",
)
def mean_state_read_out(x, step, readout):
    h, states = None, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        states.append(h)
    return readout(sum(states) / len(states))


@misconception(
    "many_to_one",
    en="The outputs of all steps are added up. Only the last state is read out.",
    ko="모든 시점의 출력을 더했습니다. 마지막 상태만 읽어 냅니다.",
)
def outputs_summed(x, step, readout):
    h, outputs = None, []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        outputs.append(readout(h))
    return sum(outputs)


@misconception(
    "many_to_one",
    en="The first element is never read: your loop begins at step 1.",
    ko="첫 원소를 읽지 않았습니다. 반복이 1번 시점에서 시작합니다.",
)
def first_element_not_read(x, step, readout):
    h = step(x[:, 0], None) if x.shape[1] == 1 else None
    for t in range(1, x.shape[1]):
        h = step(x[:, t], h)
    return readout(h)


@misconception(
    "many_to_one",
    en="The first element is read twice: once before the loop and once more in it.",
    ko="첫 원소를 반복 앞에서 한 번, 반복 안에서 또 한 번 읽었습니다.",
)
def first_element_read_twice(x, step, readout):
    h = step(x[:, 0], None)
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
    return readout(h)


@misconception(
    "many_to_one",
    en="You walk along the batch: x[t] is sequence t. Step t of all sequences is x[:, t].",
    ko="배치를 따라 읽었습니다. x[t]는 t번째 시퀀스입니다. 모든 시퀀스의 시점 t는 x[:, t]입니다.",
)
def walked_along_the_batch(x, step, readout):
    h = None
    for row in x:
        h = step(row, h)
    return readout(h)


@misconception(
    "encoder_decoder",
    en="You write as many outputs as the source has elements. Tout says how many are wanted.",
    ko="출력을 입력 시퀀스의 길이만큼 냈습니다. 몇 개를 낼지는 Tout이 정합니다.",
)
def as_many_outputs_as_inputs(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src, enc_step), src.shape[1], dec_step, readout)


@misconception(
    "encoder_decoder",
    en="The encoder reads the source from its end. The first element comes first.",
    ko="인코더가 입력을 끝에서부터 읽었습니다. 첫 원소가 먼저입니다.",
)
def source_reversed(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src.flip(1), enc_step), Tout, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="The first source element is never read: the encoder's loop begins at step 1.",
    ko="첫 입력 원소를 읽지 않았습니다. 인코더의 반복이 1번 시점에서 시작합니다.",
)
def first_source_element_not_read(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src[:, 1:] if src.shape[1] > 1 else src, enc_step), Tout, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="The decoder forgets: from the second step on it begins with None. Hand its own state on.",
    ko="디코더가 둘째 시점부터 None에서 다시 시작합니다. 자기 상태를 다음 시점에 넘겨야 합니다.",
)
def decoder_forgets(src, Tout, y0, enc_step, dec_step, readout):
    h, y, outputs = encode(src, enc_step), y0, []
    for _ in range(Tout):
        y = readout(dec_step(y, h))
        outputs.append(y)
        h = None
    return stacked_outputs(outputs, y0)


@misconception(
    "encoder_decoder",
    en="The states of the decoder come back, not the outputs. An output is what readout makes of a state.",
    ko="출력이 아니라 디코더의 상태를 돌려주었습니다. 출력은 readout이 상태에서 만든 것입니다.",
)
def decoder_states_returned(src, Tout, y0, enc_step, dec_step, readout):
    h, y, outputs = encode(src, enc_step), y0, []
    for _ in range(Tout):
        h = dec_step(y, h)
        y = readout(h)
        outputs.append(h)
    return stacked_outputs(outputs, y0)


@misconception(
    "encoder_decoder",
    en="There is one output too many: the loop of the decoder runs Tout + 1 times.",
    ko="출력이 하나 더 많습니다. 디코더의 반복이 Tout + 1번 돕니다.",
)
def one_output_too_many(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src, enc_step), Tout + 1, dec_step, readout)


@misconception(
    "encoder_decoder",
    en="Only the last output comes back. All Tout outputs are wanted, one for each step.",
    ko="마지막 출력만 돌려주었습니다. 시점마다 하나씩 출력 Tout개가 모두 필요합니다.",
)
def last_decoded_only(src, Tout, y0, enc_step, dec_step, readout):
    return decode(y0, encode(src, enc_step), Tout, dec_step, readout)[:, -1:]


@misconception(
    "state_jacobian",
    en="Your Jacobian is transposed: rows belong to the new state h_T, columns to h_0.",
    ko="야코비 행렬이 전치되어 있습니다. 행이 새 상태 h_T이고 열이 h_0입니다.",
)
def jacobian_transposed(W, H):
    J = identity_like(W)
    for h in H:
        J = (1 - h**2)[:, None] * (W.T @ J)
    return J.T


@misconception(
    "state_jacobian",
    en="Only the last step is in your result. There is one factor for each step, and they are multiplied.",
    ko="마지막 시점의 인수만 있습니다. 시점마다 인수가 하나씩 있고, 그것들을 모두 곱해야 합니다.",
)
def last_factor_only(W, H):
    J = identity_like(W)
    for h in H:
        J = (1 - h**2)[:, None] * W.T
    return J


@misconception(
    "state_jacobian",
    en="The first step is missing from your product: there is one factor for each row of H, also for h_1.",
    ko="첫 시점의 인수가 빠졌습니다. H의 행마다, 곧 h_1에도 인수가 하나씩 있습니다.",
)
def first_factor_missing(W, H):
    J = identity_like(W)
    for h in H[1:]:
        J = (1 - h**2)[:, None] * (W.T @ J)
    return J


@misconception(
    "state_jacobian",
    en="Your product begins with W^T: there is one W^T too many, which shows for T = 0. Begin with the identity.",
    ko="곱을 W^T에서 시작해서 W^T가 하나 더 곱해졌습니다. 단위행렬에서 시작하세요.",
)
def begun_with_w(W, H):
    J = W.T
    for h in H:
        J = (1 - h**2)[:, None] * (W.T @ J)
    return J


@misconception(
    "clip_by_norm",
    en="The factor is upside down: you multiply by norm / c, which makes long gradients longer.",
    ko="배율이 거꾸로입니다. norm / c를 곱하면 긴 기울기가 더 길어집니다.",
)
def factor_upside_down(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * (norm / c if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="The mean of the squares is in your norm. The norm is the root of their sum, so that a longer list is longer.",
    ko="제곱의 평균으로 노름을 계산했습니다. 노름은 제곱의 '합'의 제곱근입니다.",
)
def mean_of_squares(grads, c):
    count = sum(g.numel() for g in grads)
    norm = (sum((g**2).sum().item() for g in grads) / max(count, 1)) ** 0.5
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="Your norm is that of the first tensor alone. The squares of ALL tensors belong to it.",
    ko="첫 텐서의 노름만 썼습니다. '모든' 텐서의 제곱이 들어가야 합니다.",
)
def norm_of_the_first(grads, c):
    norm = (grads[0] ** 2).sum().item() ** 0.5 if grads else 0.0
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="You take the norm of the longest tensor. The norm is one for all: the root of the sum of all squares.",
    ko="가장 긴 텐서의 노름을 썼습니다. 노름은 모두를 합쳐 하나이며, 모든 제곱의 합의 제곱근입니다.",
)
def norm_of_the_longest(grads, c):
    norm = max(((g**2).sum().item() ** 0.5 for g in grads), default=0.0)
    return [g * (c / norm if norm > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="You shorten only the tensors that are longer than c themselves. If the common norm is above c, all of them are scaled by the same factor.",
    ko="자기 노름이 c보다 큰 텐서만 줄였습니다. 공통 노름이 c를 넘으면 모든 텐서에 같은 배율을 곱합니다.",
)
def long_tensors_only(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * (c / norm if norm > c and (g**2).sum().item() ** 0.5 > c else 1.0) for g in grads]


@misconception(
    "clip_by_norm",
    en="Gradients that are too long become 0. They keep their direction and get the length c.",
    ko="너무 긴 기울기를 0으로 만들었습니다. 방향은 그대로 두고 길이만 c로 줄여야 합니다.",
)
def long_gradients_dropped(grads, c):
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    return [g * (0.0 if norm > c else 1.0) for g in grads]


@misconception(
    "word_embed",
    en="You take columns of E. Each word owns a ROW of the table.",
    ko="E의 열을 골랐습니다. 단어마다 표의 '행'을 하나씩 갖습니다.",
)
def columns_in_a_row(idx, E):
    return E[:, idx.flatten()].T.reshape(*idx.shape, -1)


@misconception(
    "word_embed",
    en="The places of all sentences stand in one long list, (N*T, D). Keep the axes of idx: (N, T, D).",
    ko="모든 문장의 자리가 한 줄, 곧 (N*T, D)로 늘어섰습니다. idx의 축을 살려 (N, T, D)로 돌려주어야 합니다.",
)
def one_long_list(idx, E):
    return E[idx.flatten()]


@misconception(
    "word_embed",
    en="The word vectors are scaled to length 1. They come from the table as they are.",
    ko="단어 벡터의 길이를 1로 맞췄습니다. 표의 값을 그대로 돌려줍니다.",
)
def vectors_normalised(idx, E):
    rows = E[idx]
    return rows / rows.norm(dim=-1, keepdim=True)


@misconception(
    "word_embed",
    en="The word vectors of a sentence are averaged. Each place keeps its own vector; the RNN reads them one after the other.",
    ko="한 문장의 단어 벡터를 평균했습니다. 자리마다 자기 벡터를 가져야 합니다. RNN은 그것을 하나씩 차례로 읽습니다.",
)
def words_averaged(idx, E):
    return E[idx].mean(dim=1)


@misconception(
    "word_embed_bwd",
    en="Each row is divided by how often words occur in all, N times T. Here you only sum.",
    ko="단어 자리 전체의 수 N × T로 나누었습니다. 여기서는 더하기만 합니다.",
)
def divided_by_all_places(dout, idx, E):
    dE = torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    return dE / max(idx.numel(), 1)


@misconception(
    "word_embed_bwd",
    en="You add the gradients to the table E itself. dE begins with zeros.",
    ko="기울기를 표 E 자체에 더했습니다. dE는 0에서 시작합니다.",
)
def added_to_the_table(dout, idx, E):
    return E.index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))


@misconception(
    "word_embed_bwd",
    en="You count how often each word occurs. The gradients that come in at these places are added, not ones.",
    ko="단어가 몇 번 나오는지 세었습니다. 1이 아니라 그 자리에 들어온 기울기를 더해야 합니다.",
)
def occurrences_counted(dout, idx, E):
    return torch.zeros_like(E).index_add(0, idx.flatten(), torch.ones_like(dout.reshape(idx.numel(), E.shape[1])))


@misconception(
    "word_embed_bwd",
    en="Only the last step of each sentence adds to dE. Every place took a row of E.",
    ko="문장마다 마지막 자리의 기울기만 더했습니다. 모든 자리에서 E의 행을 썼습니다.",
)
def last_place_only(dout, idx, E):
    return torch.zeros_like(E).index_add(0, idx[:, -1:].flatten(), dout[:, -1:].reshape(-1, E.shape[1]))


@misconception(
    "rnn_forward",
    en="Between the steps the state goes through tanh once more. It already is the output of tanh; hand it on as it is.",
    ko="다음 시점으로 넘기면서 상태에 tanh를 한 번 더 적용했습니다. 상태는 이미 tanh의 출력이므로 그대로 넘깁니다.",
)
def tanh_between_the_steps(x, h0, params):
    h, states = h0, [h0[:, None][:, :0]]
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ params["U"] + (torch.tanh(h) if t else h) @ params["W"] + params["b"])
        states.append(h[:, None])
    H = torch.cat(states, dim=1)
    return H, H @ params["V"] + params["c"]
