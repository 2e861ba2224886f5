# %% [markdown] lang="en"
# # Recurrent neural networks (RNN)
#
# Lecture 8. You build a recurrent network from its smallest part: one step forward and back, a whole sequence,
# backpropagation through time, a loss that leaves out padding, several layers, both directions, one-to-many, many-to-one,
# and encoder-decoder. On the way your own functions learn to add binary numbers, draw a figure of eight from memory, fall
# off a cliff, and read film reviews word by word.

# %% [markdown] lang="ko"
# # 순환 신경망 (RNN)
#
# 8강 과제입니다. 순환 신경망을 가장 작은 부품부터 만들어 갑니다. 한 시점의 순전파와 역전파, 시퀀스 전체, 시간을 거슬러 가는
# 역전파(BPTT), 패딩을 빼고 계산하는 손실, 여러 층, 양방향, 일대다와 다대일, 인코더-디코더까지 구현합니다. 중간중간 여러분이 만든
# 함수로 이진수 덧셈을 가르치고, 8자 모양을 기억으로 그리게 하고, 손실의 절벽에서 떨어져 보고, 영화 평을 한 단어씩 읽게 해 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# A sequence $x_1,\dots,x_T$ is read one element at a time. What the network remembers of the past is one vector, the
# **hidden state**. It is written anew at each step from the old state and the new input, with the *same* weights at each
# step (row vectors, so that a batch is $xU$):
#
# $$h_t=\tanh(x_tU+h_{t-1}W+b),\qquad y_t=h_tV+c .$$
#
# The total loss is the sum of the losses of all steps, $L=\sum_tL_t$. Since all steps share $U$, $W$ and $b$, their
# gradients are sums over the steps; and since $h_t$ depends on $W$ directly *and* through $h_{t-1}$, the gradient at one
# step is handed back to the step before it, down to the first. This is **backpropagation through time (BPTT)**. Each step
# back multiplies by
#
# $$\frac{\partial h_t}{\partial h_{t-1}}=\mathrm{diag}(1-h_t^2)\,W^\top .$$
#
# A product of many such matrices usually vanishes or explodes.

# %% [markdown] lang="en"
# ### Where people slip
#
# - The formula is often written without a bias. Here the step has one, $b$, and the output has another, $c$.
# - From step to step the *state* changes, not the weights. They change only between two updates of the training.
# - "The gradient vanishes if $W$ is below 1" holds for numbers, not for matrices. A $2\times2$ matrix whose entries are all
#   0.9 has norm 1.8, and its 20th power has norm 130,000. What counts are the singular values of the factors, and each
#   factor also holds $1-h_t^2\le 1$. Gradients can vanish, and they can explode.
#
# ### Conventions
#
# - Sequences are `(N, T, D)`, batch first: `x[:, t]` is step `t`, and `t` counts from 0. Weights are `(in, out)`.
# - Masks: True means keep. Losses are summed over the steps and averaged over the batch only; logarithms are natural.
# - Results have the dtype and device of the inputs, losses are 0-d tensors, no function changes its inputs, and nothing is
#   random inside a function. Later tasks may call your earlier functions, so make `check(...)` of these pass first.
# - Backward functions are written by hand: `torch.autograd` is forbidden there.

# %% [markdown] lang="ko"
# ## 복습
#
# 시퀀스 $x_1,\dots,x_T$를 한 번에 원소 하나씩 읽습니다. 신경망이 과거에 대해 기억하는 것은 **은닉 상태**라는 벡터 하나뿐입니다.
# 은닉 상태는 매 시점 이전 상태와 새 입력으로 다시 계산하며, 모든 시점에서 *같은* 가중치를 씁니다. 배치를 $xU$로 쓸 수 있도록 행벡터를
# 사용합니다.
#
# $$h_t=\tanh(x_tU+h_{t-1}W+b),\qquad y_t=h_tV+c$$
#
# 전체 손실은 모든 시점의 손실을 더한 값입니다($L=\sum_tL_t$). 모든 시점이 $U$, $W$, $b$를 공유하므로 이들의 기울기는 시점에 대한
# 합입니다. 또 $h_t$는 $W$에 직접 의존하면서 $h_{t-1}$을 *거쳐서도* 의존하므로, 한 시점의 기울기는 바로 앞 시점으로, 그리고 첫
# 시점까지 차례로 넘어갑니다. 이것이 **시간을 거슬러 가는 역전파**(BPTT)입니다. 한 시점을 거슬러 갈 때마다 다음 행렬이 곱해집니다.
#
# $$\frac{\partial h_t}{\partial h_{t-1}}=\mathrm{diag}(1-h_t^2)\,W^\top$$
#
# 이런 행렬을 여러 번 곱하면 대개 0으로 사라지거나 폭발합니다.

# %% [markdown] lang="ko"
# ### 자주 하는 실수
#
# - 식에서 편향을 빼고 적는 일이 많습니다. 여기서는 상태의 식에 $b$가, 출력의 식에 $c$가 있습니다.
# - 다음 시점으로 넘어갈 때 바뀌는 것은 *상태*이지 가중치가 아닙니다. 가중치는 학습에서 갱신할 때만 바뀝니다.
# - "$W$가 1보다 작으면 기울기가 사라진다"는 말은 수 하나일 때만 맞고, 행렬에서는 맞지 않습니다. 원소가 모두 0.9인 $2\times2$ 행렬의
#   노름은 1.8이고, 20제곱한 행렬의 노름은 약 13만입니다. 중요한 것은 곱해지는 행렬들의 특이값이며, 각 행렬에는 $1-h_t^2\le 1$도 들어
#   있습니다. 기울기는 사라질 수도, 폭발할 수도 있습니다.
#
# ### 이 노트북의 약속
#
# - 시퀀스는 배치가 먼저인 `(N, T, D)`입니다. `x[:, t]`가 시점 `t`이고 `t`는 0부터 셉니다. 가중치의 모양은 `(입력, 출력)`입니다.
# - 마스크는 True이면 사용한다는 뜻입니다. 손실은 시점에 대해서는 더하고 배치에 대해서만 평균을 내며, 로그는 자연로그입니다.
# - 결과의 dtype과 device는 입력과 같고, 손실은 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않고, 함수 안에서 난수를 뽑지 않습니다. 뒤의
#   문제에서는 앞에서 만든 함수를 불러 써도 되므로, 앞 문제의 `check(...)`부터 통과시키세요.
# - 역전파 함수는 손으로 씁니다. 이런 문제에서는 `torch.autograd`를 쓸 수 없습니다.

# %%
import torch

# %% [markdown] lang="en"
# ### Given code
#
# The functions whose names begin with `part_` and `drive_` belong to the checks; leave these names to them. They call your
# functions and pick out one part of the result, or turn plain weights into the small networks that some tasks ask for. `adam_update` trains the
# examples.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 이름이 `part_`나 `drive_`로 시작하는 함수는 채점에 쓰이므로 이 이름들은 그대로 두세요. 여러분의 함수를 불러 결과의 일부만 꺼내거나,
# 평범한 가중치를 문제에서 요구하는 작은 신경망으로 바꿔 줍니다. `adam_update`는 예시의 신경망을 학습시킬 때 씁니다.


# %% tags=["provided"]
def part_step_back_inputs(dh, x, h, U, W, b):
    dx, dh_prev, _, _, _ = rnn_step_bwd(dh, x, h, U, W, b)
    return dx, dh_prev


def part_step_back_weights(dh, x, h, U, W, b):
    _, _, dU, dW, db = rnn_step_bwd(dh, x, h, U, W, b)
    return dU, dW, db


def part_forward_states(x, h0, params):
    H, _ = rnn_forward(x, h0, params)
    return H


def part_bptt_weights(x, h0, params, dH):
    dU, dW, db, _ = bptt(x, h0, params, dH)
    return dU, dW, db


def part_bptt_start(x, h0, params, dH):
    _, _, _, dh0 = bptt(x, h0, params, dH)
    return dh0


def part_loss_gradient(logits, y, mask):
    _, d = seq_loss(logits, y, mask)
    return d


def part_birnn_forward_half(x, lengths, fw, bw):
    return birnn(x, lengths, fw, bw)[:, :, : fw["W"].shape[0]]


def part_birnn_backward_half(x, lengths, fw, bw):
    return birnn(x, lengths, fw, bw)[:, :, fw["W"].shape[0] :]


def drive_network_parts(net, state):
    """
    [en]
    (step, readout) of a small network with the weights net: U, W, b, h0, V, c. Its start state is h0.

    state: "vector": the state is one tensor (N, H). "pair": it is a tuple of two, as in an LSTM.
    [ko]
    가중치 net(U, W, b, h0, V, c)으로 작은 신경망의 (step, readout)을 만듭니다. 처음 상태는 h0입니다.

    state: "vector"이면 상태가 텐서 하나 (N, H)이고, "pair"이면 LSTM처럼 텐서 두 개의 튜플입니다.
    [/]
    """

    def step_vector(x, h):
        h = net["h0"] if h is None else h
        return torch.tanh(x @ net["U"] + h @ net["W"] + net["b"])

    def step_pair(x, h):
        a, k = (net["h0"], net["h0"] * 0.5) if h is None else h
        k = 0.6 * k + 0.4 * torch.tanh(x @ net["U"] + a @ net["W"] + net["b"])
        return torch.sin(k), k

    def readout_vector(h):
        return torch.sin(h @ net["V"] + net["c"])

    def readout_pair(h):
        return torch.sin(h[0] @ net["V"] + net["c"]) + h[1].mean()

    return (step_pair, readout_pair) if state == "pair" else (step_vector, readout_vector)


def drive_one_to_many(x0, T, net, state):
    step, readout = drive_network_parts(net, state)
    return one_to_many(x0, T, step, readout)


def drive_many_to_one(x, net, state):
    step, readout = drive_network_parts(net, state)
    return many_to_one(x, step, readout)


def drive_encoder_decoder(src, Tout, y0, encoder, decoder, state):
    enc_step, _ = drive_network_parts(encoder, state)
    dec_step, readout = drive_network_parts(decoder, state)
    return encoder_decoder(src, Tout, y0, enc_step, dec_step, readout)


def adam_update(params, grads, memory, lr):
    """
    [en]
    One Adam step on a dict of tensors; memory is an empty dict before the first step.
    [ko]
    텐서를 담은 dict에 Adam을 한 단계 적용합니다. 첫 단계 전의 memory는 빈 dict입니다.
    [/]
    """
    memory["t"] = memory.get("t", 0) + 1
    for k, g in grads.items():
        m, v = memory.get(k, (0.0, 0.0))
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        memory[k] = (m, v)
        m_hat, v_hat = m / (1 - 0.9 ** memory["t"]), v / (1 - 0.99 ** memory["t"])
        params[k] = params[k] - lr * m_hat / (v_hat.sqrt() + 1e-8)


# %% [markdown] lang="en" task="rnn_step"
# ## 1. One step, forward and back (12 points)
#
# The new state is a squashed sum of three things: what the input says, what the old state says, and a bias. On the way back,
# the gradient first passes the tanh and then splits: to the input, to the old state, and to each of the parameters.

# %% [markdown] lang="ko" task="rnn_step"
# ## 1. 한 시점의 순전파와 역전파 (12점)
#
# 새 상태는 세 가지, 곧 입력이 말하는 것과 이전 상태가 말하는 것과 편향을 더해 tanh에 통과시킨 값입니다. 역전파에서는 기울기가 먼저
# tanh를 지난 다음 입력으로, 이전 상태로, 그리고 각 파라미터로 갈라집니다.


# %% task="rnn_step"
def rnn_step(x, h, U, W, b):
    """
    [en]
    One step of an RNN: h_new = tanh(x @ U + h @ W + b).

    x: (N, D), h: (N, H), U: (D, H), W: (H, H), b: (H,). Returns h_new (N, H).

    N may be 0. Must be differentiable with respect to all five arguments (autograd has to be able to follow it).
    Forbidden: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    RNN의 한 시점: h_new = tanh(x @ U + h @ W + b).

    x: (N, D), h: (N, H), U: (D, H), W: (H, H), b: (H,). 결과: h_new (N, H).

    N은 0일 수 있습니다. 다섯 인자 모두에 대해 미분 가능해야 합니다(자동 미분이 따라갈 수 있어야 합니다).
    사용 금지: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.tanh(x @ U + h @ W + b)
    ### END SOLUTION


def rnn_step_bwd(dh, x, h, U, W, b):
    """
    [en]
    Gradients of h_new = rnn_step(x, h, U, W, b), given dh = dL/dh_new.

    dh: (N, H); the others as in rnn_step, h is the OLD state.
    Returns (dx (N, D), dh_prev (N, H), dU (D, H), dW (H, H), db (H,)).

    Compute the new state again from the inputs. Sum over the batch, no mean. N may be 0. A pre-activation may be as large as
    1000. Written by hand.
    Forbidden: torch.autograd, torch.func, .backward, and what is forbidden for rnn_step.
    [ko]
    h_new = rnn_step(x, h, U, W, b)의 기울기를 구합니다. dh = dL/dh_new가 주어집니다.

    dh: (N, H), 나머지는 rnn_step과 같고 h는 '이전' 상태입니다.
    결과: (dx (N, D), dh_prev (N, H), dU (D, H), dW (H, H), db (H,)).

    새 상태는 입력에서 다시 계산하세요. 배치에 대해서는 평균이 아니라 합입니다. N은 0일 수 있고, 활성화 전 값이 1000쯤 될 수도
    있습니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, 그리고 rnn_step에서 금지한 것.
    [/]
    """
    ### BEGIN SOLUTION
    da = dh * (1 - rnn_step(x, h, U, W, b) ** 2)
    return da @ U.T, da @ W.T, x.T @ da, h.T @ da, da.sum(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="rnn_step" hint=1
# Forward: write down the shapes; only one order of each product fits. Backward: find the gradient at the pre-activation
# first. $\tanh'$ is easiest to write with the *output* of tanh, not with its input.

# %% [markdown] lang="ko" task="rnn_step" hint=1
# 순전파: 모양을 적어 보면 곱하는 순서는 하나뿐입니다. 역전파: 먼저 활성화 전 값의 기울기를 구하세요. $\tanh'$은 tanh의 입력이 아니라
# *출력*으로 쓰는 것이 가장 쉽습니다.

# %% [markdown] lang="en" task="rnn_step" hint=2
# With $a=xU+hW+b$: $\;da=dh\odot(1-\tanh^2a)$. Then for a product $P=QR$: $dQ=dP\,R^\top$ and $dR=Q^\top dP$; the bias is
# added to each row.

# %% [markdown] lang="ko" task="rnn_step" hint=2
# $a=xU+hW+b$라 하면 $\;da=dh\odot(1-\tanh^2a)$입니다. 그다음 $P=QR$이면 $dQ=dP\,R^\top$, $dR=Q^\top dP$이고, 편향은 모든 행에
# 더해졌다는 점을 떠올리세요.

# %% [markdown] lang="en" task="rnn_forward"
# ## 2. A whole sequence (10 points)
#
# Unrolled in time, the network is a chain of equal steps: the same $U$, $W$, $b$ at each step, and the state of one step is
# the input of the next. From each state the same $V$ and $c$ read an output.

# %% [markdown] lang="ko" task="rnn_forward"
# ## 2. 시퀀스 전체의 순전파 (10점)
#
# 시간 방향으로 펼치면 신경망은 똑같은 시점이 이어진 사슬입니다. 모든 시점이 같은 $U$, $W$, $b$를 쓰고, 한 시점의 상태가 다음 시점의
# 입력이 됩니다. 출력도 모든 상태에서 같은 $V$와 $c$로 읽어 냅니다.


# %% task="rnn_forward"
def rnn_forward(x, h0, params):
    """
    [en]
    All states and outputs of an RNN: returns (H, Y).

    x: (N, T, D), h0: (N, H), the state before the first step (not zero in general).
    params: dict with U (D, H), W (H, H), b (H,), V (H, O), c (O,).
    H: (N, T, H), H[:, t] = the state after step t (h0 is not in it). Y: (N, T, O), Y[:, t] = H[:, t] @ V + c.

    T may be 0: then H is (N, 0, H) and Y is (N, 0, O). Must be differentiable with respect to x, h0 and all of params.
    Forbidden: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    RNN의 모든 상태와 출력: (H, Y)를 돌려줍니다.

    x: (N, T, D), h0: (N, H), 첫 시점 직전의 상태(0이 아닐 수 있습니다).
    params: U (D, H), W (H, H), b (H,), V (H, O), c (O,)를 담은 dict.
    H: (N, T, H), H[:, t] = 시점 t를 마친 뒤의 상태(h0은 들어가지 않습니다). Y: (N, T, O), Y[:, t] = H[:, t] @ V + c.

    T는 0일 수 있습니다. 그때 H는 (N, 0, H), Y는 (N, 0, O)입니다. x, h0, params의 모든 값에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    h, states = h0, [h0[:, None][:, :0]]
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, params["U"], params["W"], params["b"])
        states.append(h[:, None])
    H = torch.cat(states, dim=1)
    return H, H @ params["V"] + params["c"]
    ### END SOLUTION


# %% [markdown] lang="en" task="rnn_forward" hint=1
# Loop over the second axis of `x` and keep the latest state in a variable. Collect the states in a list and join them along
# the time axis at the end; a list also survives when there is nothing to collect, if you think of its first element.

# %% [markdown] lang="ko" task="rnn_forward" hint=1
# `x`의 두 번째 축을 따라 반복하면서 가장 최근 상태를 변수에 담아 두세요. 상태를 리스트에 모았다가 마지막에 시간 축으로 이어 붙이면
# 됩니다. 모을 것이 하나도 없을 때를 위해 리스트의 첫 원소를 무엇으로 할지 생각해 보세요.

# %% [markdown] lang="en" task="rnn_forward" hint=2
# $h_t=\mathrm{step}(x_{:,t},h_{t-1})$ for $t=0,\dots,T-1$, where $h_{-1}$ is the `h0` that was given; $Y_{ntj}=\sum_kH_{ntk}V_{kj}+c_j$.

# %% [markdown] lang="ko" task="rnn_forward" hint=2
# $t=0,\dots,T-1$에 대해 $h_t=\mathrm{step}(x_{:,t},h_{t-1})$이고 $h_{-1}$은 주어진 `h0`입니다. $Y_{ntj}=\sum_kH_{ntk}V_{kj}+c_j$.

# %% [markdown] lang="en" task="bptt"
# ## 3. Backpropagation through time (18 points)
#
# Walk the chain in reverse. Each state receives gradient from two sides: from its own output, `dH[:, t]`, and from the state
# after it. Only their sum may be sent on. The weights are shared, so each step adds its part to `dU`, `dW`, `db`; what is
# left in your hands after the first step is the gradient of `h0`.

# %% [markdown] lang="ko" task="bptt"
# ## 3. 시간을 거슬러 가는 역전파 (18점)
#
# 사슬을 거꾸로 따라갑니다. 각 상태는 두 곳에서 기울기를 받습니다. 하나는 자기 출력에서 오는 `dH[:, t]`이고, 다른 하나는 바로 다음
# 상태에서 넘어옵니다. 둘을 더한 다음에 앞 시점으로 넘겨야 합니다. 가중치는 모든 시점이 공유하므로 시점마다 자기 몫을 `dU`, `dW`, `db`에
# 더하고, 첫 시점까지 마쳤을 때 손에 남는 것이 `h0`의 기울기입니다.


# %% task="bptt"
def bptt(x, h0, params, dH):
    """
    [en]
    Backpropagation through time: returns (dU, dW, db, dh0).

    x: (N, T, D), T >= 1, h0: (N, H), params: dict with U (D, H), W (H, H), b (H,); it may hold V and c, which play no part.
    dH: (N, T, H), dH[:, t] = the gradient that enters state t directly, from its own output.
    Returns dU (D, H), dW (H, H), db (H,), dh0 (N, H).

    dH does not hold what reaches a state through later ones: you add that. Sum over steps and batch, no mean. Compute the
    states again from x and h0. Written by hand.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    시간을 거슬러 역전파합니다: (dU, dW, db, dh0)를 돌려줍니다.

    x: (N, T, D), T >= 1, h0: (N, H), params: U (D, H), W (H, H), b (H,)를 담은 dict.
    V와 c가 들어 있어도 여기서는 쓰지 않습니다.
    dH: (N, T, H), dH[:, t] = 시점 t의 상태로 자기 출력에서 직접 들어오는 기울기.
    결과: dU (D, H), dW (H, H), db (H,), dh0 (N, H).

    뒤 시점의 상태를 거쳐 오는 기울기는 dH에 들어 있지 않으므로 직접 더해야 합니다. 시점과 배치에 대해
    평균이 아니라 합을 구합니다. 상태는 x와 h0에서 다시 계산하세요. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    U, W, b = params["U"], params["W"], params["b"]
    before = [h0]
    for t in range(x.shape[1] - 1):
        before.append(rnn_step(x[:, t], before[t], U, W, b))
    dU, dW, db, dh = torch.zeros_like(U), torch.zeros_like(W), torch.zeros_like(b), torch.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        _, dh, dU_t, dW_t, db_t = rnn_step_bwd(dH[:, t] + dh, x[:, t], before[t], U, W, b)
        dU, dW, db = dU + dU_t, dW + dW_t, db + db_t
    return dU, dW, db, dh
    ### END SOLUTION


# %% [markdown] lang="en" task="bptt" hint=1
# First run forward and keep the state *before* each step. Then go from the last step to the first, with one variable that
# carries the gradient from step to step; it starts at zero, and `dH[:, t]` joins it before each step back.

# %% [markdown] lang="ko" task="bptt" hint=1
# 먼저 앞으로 진행하면서 각 시점 *직전*의 상태를 저장하세요. 그다음 마지막 시점에서 첫 시점으로 가면서, 시점 사이로 기울기를 나르는 변수
# 하나를 둡니다. 이 변수는 0에서 시작하고, 한 시점을 거슬러 가기 전에 `dH[:, t]`가 더해집니다.

# %% [markdown] lang="en" task="bptt" hint=2
# For $t=T-1,\dots,0$: $g_t=dH_{:,t}+dh$, $da_t=g_t\odot(1-h_t^2)$, $dU\mathrel{+}=x_t^\top da_t$,
# $dW\mathrel{+}=h_{t-1}^\top da_t$, $db\mathrel{+}=\sum_nda_t$, $dh=da_tW^\top$.

# %% [markdown] lang="ko" task="bptt" hint=2
# $t=T-1,\dots,0$ 순서로 $g_t=dH_{:,t}+dh$, $da_t=g_t\odot(1-h_t^2)$, $dU\mathrel{+}=x_t^\top da_t$,
# $dW\mathrel{+}=h_{t-1}^\top da_t$, $db\mathrel{+}=\sum_nda_t$, $dh=da_tW^\top$입니다.

# %% [markdown] lang="en" task="seq_loss"
# ## 4. The loss of a sequence (10 points)
#
# With an output at each step (labels for the frames of a video, the next letter of a text) each step has a loss, and the
# total is their **sum**. Sequences of different lengths are padded to one length, and a mask says which steps are real.
# Padding must add nothing, neither to the loss nor to the gradient.

# %% [markdown] lang="ko" task="seq_loss"
# ## 4. 시퀀스의 손실 (10점)
#
# 시점마다 출력이 있으면(영상의 프레임마다 붙는 레이블, 글의 다음 글자) 시점마다 손실이 있고, 전체 손실은 이들의 **합**입니다. 길이가 다른
# 시퀀스는 뒤를 채워(패딩) 길이를 맞추고, 마스크로 실제 시점을 표시합니다. 패딩은 손실에도 기울기에도 아무것도 더하지 않아야 합니다.


# %% task="seq_loss"
def seq_loss(logits, y, mask):
    """
    [en]
    Softmax cross-entropy of a batch of sequences, and its gradient: returns (loss, d).

    logits: (N, T, V), y: (N, T) int64 classes, mask: (N, T) bool, True = keep. N >= 1, T >= 1.
    loss = (1 / N) * sum over all n, t with mask[n, t] of -log softmax(logits[n, t])[y[n, t]]      (0-d tensor)
    d: (N, T, V) = dloss/dlogits.

    Sum over the steps, mean over the batch only: N counts all sequences, also one whose steps are all masked.
    Where mask is False, d is 0 and y may be any integer, -100 or V + 3, say. Exact for logits up to ±1000. Write d by hand.
    Forbidden: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [ko]
    시퀀스 배치의 소프트맥스 교차 엔트로피와 그 기울기: (loss, d)를 돌려줍니다.

    logits: (N, T, V), y: (N, T) int64 클래스, mask: (N, T) bool, True = 사용. N >= 1, T >= 1.
    loss = (1 / N) * (mask[n, t]가 True인 모든 n, t에 대한 -log softmax(logits[n, t])[y[n, t]]의 합)      (0차원 텐서)
    d: (N, T, V) = dloss/dlogits.

    시점에 대해서는 합, 배치에 대해서만 평균입니다. N은 모든 시점이 가려진 시퀀스까지 포함한 개수입니다.
    mask가 False인 곳에서 d는 0이고, y는 -100이든 V + 3이든 어떤 정수나 될 수 있습니다. 로짓이 ±1000이어도 정확해야 합니다.
    d는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    weight = mask.to(logits.dtype)[:, :, None] / logits.shape[0]
    log_p = torch.log_softmax(logits, dim=2)
    target = torch.zeros_like(logits).scatter(2, torch.where(mask, y, 0)[:, :, None], 1.0)
    return -(weight * target * log_p).sum(), weight * (log_p.exp() - target)
    ### END SOLUTION


# %% [markdown] lang="en" task="seq_loss" hint=1
# Take the logarithm of the softmax without ever forming $e^{1000}$. Replace the labels of masked steps by some valid class
# before you look anything up: the mask removes them anyway.

# %% [markdown] lang="ko" task="seq_loss" hint=1
# $e^{1000}$을 만들지 않고 소프트맥스의 로그를 구하세요. 가려진 시점의 레이블은 값을 찾기 전에 유효한 클래스 아무것으로나 바꿔 두면 됩니다.
# 어차피 마스크가 지웁니다.

# %% [markdown] lang="en" task="seq_loss" hint=2
# With $m_{nt}\in\{0,1\}$: $\;L=\frac1N\sum_{n,t}m_{nt}\big(\log\sum_ve^{z_{ntv}}-z_{nt,y_{nt}}\big)$ and
# $\;\partial L/\partial z_{ntv}=\frac{m_{nt}}N\big(\mathrm{softmax}(z_{nt})_v-[v=y_{nt}]\big)$.

# %% [markdown] lang="ko" task="seq_loss" hint=2
# $m_{nt}\in\{0,1\}$이라 하면 $\;L=\frac1N\sum_{n,t}m_{nt}\big(\log\sum_ve^{z_{ntv}}-z_{nt,y_{nt}}\big)$이고
# $\;\partial L/\partial z_{ntv}=\frac{m_{nt}}N\big(\mathrm{softmax}(z_{nt})_v-[v=y_{nt}]\big)$입니다.

# %% [markdown] lang="en"
# ### See it: an RNN learns to carry the one
#
# Binary numbers are added from the lowest bit up: two bits come in, one bit goes out, and the carry must be remembered. Your
# functions train six hidden units on numbers of 10 bits. In the left picture the loss per bit falls to almost nothing; after that
# the network adds numbers of 40 bits, which it never saw. Nobody told it about the carry, but in the right picture, the hidden states
# seen along two directions, every cloud has one colour: with a carry or without.

# %% [markdown] lang="ko"
# ### 직접 보기: RNN이 받아올림을 배웁니다
#
# 이진수는 가장 낮은 자리부터 더합니다. 비트 두 개가 들어오고 한 개가 나가며, 받아올림은 기억해야 합니다. 여러분의 함수로 은닉 유닛 여섯
# 개를 10비트 수로 학습시킵니다. 왼쪽 그림에서는 비트당 손실이 거의 0까지 떨어지고, 학습한 신경망은 처음 보는 40비트 수도 더해 냅니다.
# 받아올림이 무엇인지 아무도 알려 주지 않았지만, 은닉 상태를 두 축으로 그린 오른쪽 그림에서는 무리마다 색이 하나뿐입니다. 받아올림이
# 있는 상태와 없는 상태가 섞이지 않습니다.

# %% tags=["explore"]
if ready(rnn_step, rnn_step_bwd, rnn_forward, bptt, seq_loss):
    import matplotlib.pyplot as plt
    from checker import in_time

    def addition(n, bits, generator):
        # [en] two numbers, lowest bit first, the bits of their sum, and the carry after each bit
        # [ko] 낮은 자리부터 적은 두 수, 합의 비트, 각 자리를 더한 뒤의 받아올림
        a, b = torch.randint(0, 2, (2, n, bits), generator=generator)
        carry, sums, carries = torch.zeros(n, dtype=torch.int64), [], []
        for t in range(bits):
            total = a[:, t] + b[:, t] + carry
            sums.append(total % 2)
            carry = total // 2
            carries.append(carry)
        return torch.stack([a, b], dim=2).float(), torch.stack(sums, dim=1), torch.stack(carries, dim=1)

    generator = torch.Generator().manual_seed(1)
    size = 6
    net = {
        "U": torch.randn(2, size, generator=generator),
        "W": 0.5 * torch.randn(size, size, generator=generator),
        "b": torch.zeros(size),
        "V": 0.5 * torch.randn(size, 2, generator=generator),
        "c": torch.zeros(2),
    }
    memory, curve, start = {}, [], torch.zeros(32, size)
    for _ in in_time(range(600)):
        x, y, _ = addition(32, 10, generator)
        H, Y = rnn_forward(x, start, net)
        loss, dY = seq_loss(Y, y, torch.ones_like(y, dtype=torch.bool))
        dU, dW, db, _ = bptt(x, start, net, dY @ net["V"].T)
        grads = {"U": dU, "W": dW, "b": db, "V": torch.einsum("nth,nto->ho", H, dY), "c": dY.sum(dim=(0, 1))}
        adam_update(net, grads, memory, lr=0.02)
        curve.append(loss.item() / 10)

    x, y, carry = addition(100, 40, torch.Generator().manual_seed(9))
    H, Y = rnn_forward(x, torch.zeros(100, size), net)
    right = (Y.argmax(dim=2) == y).all(dim=1).float().mean().item()
    states = H.flatten(0, 1)
    states = states - states.mean(dim=0)
    plane = states @ torch.linalg.svd(states, full_matrices=False)[2][:2].T

    figure, axes = plt.subplots(1, 2, figsize=(12, 4.6), constrained_layout=True, width_ratios=[1, 1.25])
    axes[0].semilogy(curve, color="#0072B2", lw=1.2)
    axes[0].set(xlabel="training step", ylabel="loss per bit", title=f"sums of 40 bits without an error: {right:.0%}")
    axes[0].grid(alpha=0.3)
    for k, (color, name) in enumerate([("#0072B2", "no carry"), ("#D55E00", "carry")]):
        for bit, marker in ((0, "o"), (1, "^")):
            chosen = (carry.flatten() == k) & (y.flatten() == bit)
            axes[1].scatter(
                *plane[chosen].T, s=26, color=color, marker=marker, alpha=0.5, lw=0, label=f"{name}, sum bit {bit}"
            )
    axes[1].set(xlabel="first principal direction", ylabel="second", title="hidden states after each bit")
    axes[1].legend(frameon=False, fontsize=8)
    plt.show()

# %% [markdown] lang="en" task="stacked_rnn"
# ## 5. Several layers (10 points)
#
# In a stacked RNN the states of one layer are the input sequence of the layer above, step by step. Each layer has weights and
# a start state of its own. The lower layers stay near the input, the upper ones can work with what those have already summed up.

# %% [markdown] lang="ko" task="stacked_rnn"
# ## 5. 여러 층 쌓기 (10점)
#
# 다층(stacked) RNN에서는 한 층의 상태들이 그대로 위층의 입력 시퀀스가 됩니다. 층마다 가중치와 처음 상태가 따로 있습니다. 아래층은 입력에
# 가까운 정보를 다루고, 위층은 아래층이 이미 요약한 것을 가지고 일합니다.


# %% task="stacked_rnn"
def stacked_rnn(x, layers):
    """
    [en]
    The states of the top layer of a stacked RNN: (N, T, H_L).

    x: (N, T, D). layers: list of L >= 1 dicts, from the bottom to the top. Layer l has
    U (D_l, H_l), W (H_l, H_l), b (H_l,), h0 (N, H_l), where D_0 = D and D_l = H_{l-1} above.

    The input of layer l > 0 at step t is the state of layer l - 1 at the same step. All T states of the top layer are returned.
    Nothing but the states goes up: no V, no c. T may be 0. Must be differentiable with respect to x and all of layers.
    Forbidden: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    다층 RNN의 맨 위층 상태 (N, T, H_L)를 돌려줍니다.

    x: (N, T, D). layers: 아래층부터 위층 순서로 놓인 dict L개(L >= 1)의 리스트. l번째 층에는
    U (D_l, H_l), W (H_l, H_l), b (H_l,), h0 (N, H_l)이 있고, D_0 = D, 그 위는 D_l = H_{l-1}입니다.

    l > 0인 층이 시점 t에 받는 입력은 같은 시점의 l - 1번째 층의 상태입니다. 맨 위층의 상태 T개를 모두 돌려줍니다.
    위로 올라가는 것은 상태뿐이고 V나 c는 없습니다. T는 0일 수 있습니다. x와 layers의 모든 값에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    for layer in layers:
        h, states = layer["h0"], [layer["h0"][:, None][:, :0]]
        for t in range(x.shape[1]):
            h = rnn_step(x[:, t], h, layer["U"], layer["W"], layer["b"])
            states.append(h[:, None])
        x = torch.cat(states, dim=1)
    return x
    ### END SOLUTION


# %% [markdown] lang="en" task="stacked_rnn" hint=1
# One layer turns a sequence into a sequence. What it returns is all that the next layer needs to see.

# %% [markdown] lang="ko" task="stacked_rnn" hint=1
# 층 하나는 시퀀스를 받아 시퀀스를 내놓습니다. 다음 층은 그 시퀀스만 보면 됩니다.

# %% [markdown] lang="en" task="stacked_rnn" hint=2
# $h^{(l)}_t=\tanh\big(h^{(l-1)}_tU^{(l)}+h^{(l)}_{t-1}W^{(l)}+b^{(l)}\big)$, with $h^{(-1)}_t=x_t$ below the bottom layer and
# $h^{(l)}_{-1}$ the start state of layer $l$.

# %% [markdown] lang="ko" task="stacked_rnn" hint=2
# $h^{(l)}_t=\tanh\big(h^{(l-1)}_tU^{(l)}+h^{(l)}_{t-1}W^{(l)}+b^{(l)}\big)$이고, 맨 아래층에서는 $h^{(-1)}_t=x_t$, $h^{(l)}_{-1}$은 $l$번째
# 층의 처음 상태입니다.

# %% [markdown] lang="en" task="birnn"
# ## 6. Both directions (14 points)
#
# "The bat ..." may go on with "flew" or with "broke": to read a word well you need the words after it, too. A
# bidirectional RNN reads the sequence twice, forwards and backwards, with separate weights, and joins at each step the state
# of the past and the state of the future. With padding one must take care: the backward reading begins at the last *real*
# step of each sequence, and its states must stand again at the steps to which they belong.

# %% [markdown] lang="ko" task="birnn"
# ## 6. 양방향 RNN (14점)
#
# "나는 배를 ..." 다음에 "탔다"가 올지 "먹었다"가 올지에 따라 "배"의 뜻이 달라집니다. 단어 하나를 제대로 읽으려면 뒤에 오는 단어도 필요합니다.
# 양방향 RNN은 서로 다른 가중치로 시퀀스를 앞에서 한 번, 뒤에서 한 번 읽고, 시점마다 과거의 상태와 미래의 상태를 이어 붙입니다. 패딩이
# 있으면 조심해야 합니다. 거꾸로 읽기는 각 시퀀스의 마지막 *실제* 시점에서 시작해야 하고, 그 상태는 다시 제 시점의 자리에 놓여야 합니다.


# %% task="birnn"
def birnn(x, lengths, fw, bw):
    """
    [en]
    Bidirectional RNN over padded sequences: (N, T, Hf + Hb), the forward state first, then the backward state.

    x: (N, T, D). lengths: (N,) int64, 0 <= lengths[n] <= T; the steps t >= lengths[n] of sequence n are padding.
    fw: dict with U (D, Hf), W (Hf, Hf), b (Hf,), h0 (N, Hf). bw: the same with Hb.

    At a real step t the result is [f_t, r_t]: f_t the state of fw after reading steps 0 ... t, r_t the state of bw after
    reading steps lengths[n] - 1, ..., t in this order, beginning with its h0. At padding the result is 0 in both parts.
    The values of x in the padding are finite and must not matter. T >= 1. Must be differentiable with respect to x and all
    of fw and bw.
    Forbidden: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    패딩된 시퀀스에 대한 양방향 RNN: (N, T, Hf + Hb)를 돌려줍니다. 순방향 상태가 먼저, 역방향 상태가 다음입니다.

    x: (N, T, D). lengths: (N,) int64, 0 <= lengths[n] <= T. n번째 시퀀스에서 t >= lengths[n]인 시점은 패딩입니다.
    fw: U (D, Hf), W (Hf, Hf), b (Hf,), h0 (N, Hf)를 담은 dict. bw: Hb로 같은 모양입니다.

    실제 시점 t의 결과는 [f_t, r_t]입니다. f_t는 fw가 시점 0 ... t를 읽은 뒤의 상태, r_t는 bw가 자기 h0에서 시작해 시점
    lengths[n] - 1, ..., t를 이 순서로 읽은 뒤의 상태입니다. 패딩에서는 두 부분 모두 0입니다.
    패딩에 있는 x의 값은 유한하며 결과에 영향을 주지 않아야 합니다. T >= 1. x와 fw, bw의 모든 값에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    steps = range(x.shape[1])
    real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]

    def read(net, order):
        h, states = net["h0"], {}
        for t in order:
            keep = real[:, t, None]
            h = torch.where(keep, rnn_step(x[:, t], h, net["U"], net["W"], net["b"]), h)
            states[t] = torch.where(keep, h, torch.zeros_like(h))
        return torch.stack([states[t] for t in steps], dim=1)

    return torch.cat([read(fw, steps), read(bw, reversed(steps))], dim=2)
    ### END SOLUTION


# %% [markdown] lang="en" task="birnn" hint=1
# Read from the right end to the left, and let the state stand still (keep its start value) as long as you are in the padding.
# Or take each sequence by itself, cut off the padding, flip it, run it, and flip the states back.

# %% [markdown] lang="ko" task="birnn" hint=1
# 오른쪽 끝에서 왼쪽으로 읽되, 패딩에 있는 동안에는 상태를 움직이지 말고 처음 값 그대로 두세요. 아니면 시퀀스를 하나씩 꺼내 패딩을 잘라
# 내고, 뒤집고, 진행한 다음, 상태를 다시 뒤집어도 됩니다.

# %% [markdown] lang="en" task="birnn" hint=2
# $f_t=\tanh(x_tU_f+f_{t-1}W_f+b_f)$ with $f_{-1}=h_0^{\,f}$; $\;r_t=\tanh(x_tU_b+r_{t+1}W_b+b_b)$ with $r_{\ell}=h_0^{\,b}$, where
# $\ell$ is the length of this sequence; the result at $t<\ell$ is $[f_t,r_t]$.

# %% [markdown] lang="ko" task="birnn" hint=2
# $f_t=\tanh(x_tU_f+f_{t-1}W_f+b_f)$, $f_{-1}=h_0^{\,f}$이고, $\;r_t=\tanh(x_tU_b+r_{t+1}W_b+b_b)$, $r_{\ell}=h_0^{\,b}$입니다. $\ell$은 이
# 시퀀스의 길이이고, $t<\ell$에서 결과는 $[f_t,r_t]$입니다.

# %% [markdown] lang="en"
# ### See it: who hears whom?
#
# Your networks with random weights; each input is nudged in turn, and the pictures show how strongly each state answers
# (dark: not at all). The single layer and the stack of three hear only the past: everything above the diagonal is empty. In
# the bidirectional network each state hears everything, but the padding from step 11 on (behind the dashed lines) says and
# hears nothing. In all of them a voice fades with the distance, in the stack less evenly; this fading is the subject of Task 8.

# %% [markdown] lang="ko"
# ### 직접 보기: 누가 누구의 말을 들을까요?
#
# 무작위 가중치를 가진 여러분의 신경망에서 입력을 하나씩 조금 건드리고, 각 상태가 얼마나 크게 반응하는지 그렸습니다(어두우면 반응이 없다는
# 뜻입니다). 한 층짜리와 세 층을 쌓은 것은 과거만 듣습니다. 대각선 위쪽은 모두 비어 있습니다. 양방향 신경망에서는 모든 상태가 모든 입력을
# 듣지만, 시점 11부터의 패딩(점선 너머)은 아무 말도 하지 않고 듣지도 않습니다. 셋 다 멀리 있는 말일수록 희미하게 들립니다(세 층을 쌓은
# 것은 덜 고릅니다). 멀어질수록 희미해지는 까닭은 8번 문제에서 다룹니다.

# %% tags=["explore"]
if ready(rnn_step, rnn_forward, stacked_rnn, birnn):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(4)
    T, D, size = 16, 3, 12

    def random_layer(inputs):
        return {
            "U": torch.randn(inputs, size, generator=generator, dtype=torch.float64) / inputs**0.5,
            "W": torch.randn(size, size, generator=generator, dtype=torch.float64) * 0.9 / size**0.5,
            "b": torch.randn(size, generator=generator, dtype=torch.float64) * 0.1,
            "h0": torch.zeros(1, size, dtype=torch.float64),
            "V": torch.eye(size, dtype=torch.float64),
            "c": torch.zeros(size, dtype=torch.float64),
        }

    first, second, third, back = random_layer(D), random_layer(size), random_layer(size), random_layer(D)
    x = torch.randn(1, T, D, generator=generator, dtype=torch.float64)

    def answers(network):
        # [en] how much state t moves when input s is nudged: rows t, columns s
        # [ko] 입력 s를 건드릴 때 상태 t가 움직이는 정도: 행이 t, 열이 s
        columns = []
        for s in range(T):
            nudged = x.clone()
            nudged[:, s] += 1e-5
            columns.append((network(nudged) - network(x))[0].norm(dim=1) / 1e-5)
        return torch.stack(columns, dim=1).clamp(min=1e-4)

    networks = {
        "one layer": lambda x: rnn_forward(x, first["h0"], first)[0],
        "three layers": lambda x: stacked_rnn(x, [first, second, third]),
        "both directions, length 11": lambda x: birnn(x, torch.tensor([11]), first, back),
    }
    figure, axes = plt.subplots(1, 3, figsize=(13.5, 4.4), constrained_layout=True)
    for ax, (title, network) in zip(axes, networks.items()):
        image = ax.imshow(answers(network).log10().numpy(), vmin=-4, vmax=0.5, cmap="magma", interpolation="nearest")
        ax.set(
            title=title,
            xlabel="input at step s",
            ylabel="state at step t",
            xticks=range(0, T, 5),
            yticks=range(0, T, 5),
        )
    axes[2].axhline(10.5, color="white", ls="--", lw=1)
    axes[2].axvline(10.5, color="white", ls="--", lw=1)
    figure.colorbar(image, ax=axes, shrink=0.85, label="log10 of the answer")
    plt.show()

# %% [markdown] lang="en" task="one_to_many"
# ## 7. One to many, many to one, encoder and decoder (12 points)
#
# The same step serves different tasks. **One to many** (a picture becomes a sentence): one input, then the network feeds on
# its own outputs. **Many to one** (a sentence becomes a mood): read everything, say one thing at the end.
# **Encoder and decoder** (a sentence becomes a sentence of another language): the encoder reads, its last state is handed to
# the decoder, and the decoder writes, feeding on its own outputs.
#
# Here `step` and `readout` are functions that are given to you. `step(x, h)` takes an input and the state before it and
# returns the new state; `readout(h)` turns a state into an output. A state may be a tensor or something else (an LSTM's is a
# pair), so only hand it on. `None` in place of a state means "begin": each step function knows its own start state.

# %% [markdown] lang="ko" task="one_to_many"
# ## 7. 일대다, 다대일, 인코더와 디코더 (12점)
#
# 같은 `step`을 여러 방식으로 씁니다. **일대다**(그림을 문장으로)에서는 입력을 하나만 받고, 그다음부터는 자기 출력을 다시 입력으로 씁니다.
# **다대일**(문장에서 감정으로)에서는 끝까지 읽고 마지막에 한 번만 답합니다. **인코더-디코더**(한 언어의 문장을 다른 언어의 문장으로)에서는
# 인코더가 끝까지 읽은 뒤 마지막 상태를 디코더에 넘기고, 디코더는 자기 출력을 다시 입력으로 쓰면서 문장을 만듭니다.
#
# `step`과 `readout`은 주어지는 함수입니다. `step(x, h)`는 입력과 직전 상태를 받아 새 상태를 돌려주고, `readout(h)`는 상태를 출력으로
# 바꿉니다. 상태는 텐서일 수도, 다른 것일 수도 있으니(LSTM에서는 두 텐서의 쌍입니다) 들여다보지 말고 넘기기만 하세요. 상태 자리에 `None`을
# 주면 "시작"이라는 뜻입니다. `step` 함수는 저마다 자기 처음 상태를 알고 있습니다.


# %% task="one_to_many"
def one_to_many(x0, T, step, readout):
    """
    [en]
    T outputs from one input: (N, T, D).

    x0: (N, D), the input of the first step. T: int >= 0. step(x, h) -> new state, readout(h) -> output (N, D).
    The first state is step(x0, None). Each later step takes the output of the step before it as its input.
    Output t stands at [:, t]; x0 itself is not among them. T = 0 gives (N, 0, D).

    One call of step and one of readout per output. Must be differentiable with respect to x0 and the weights inside
    step and readout.
    [ko]
    입력 하나에서 출력 T개: (N, T, D)를 돌려줍니다.

    x0: (N, D), 첫 시점의 입력. T: int >= 0. step(x, h) -> 새 상태, readout(h) -> 출력 (N, D).
    첫 상태는 step(x0, None)입니다. 그다음 시점부터는 바로 앞 시점의 출력이 입력입니다.
    시점 t의 출력이 [:, t]에 놓이고, x0 자신은 들어가지 않습니다. T = 0이면 (N, 0, D)입니다.

    출력 하나마다 step과 readout을 한 번씩 부릅니다. x0와, step과 readout 안의 가중치에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    x, h, outputs = x0, None, [x0[:, None][:, :0]]
    for _ in range(T):
        h = step(x, h)
        x = readout(h)
        outputs.append(x[:, None])
    return torch.cat(outputs, dim=1)
    ### END SOLUTION


def many_to_one(x, step, readout):
    """
    [en]
    One output from a sequence: readout of the last state, (N, O).

    x: (N, T, D), T >= 1. step(x, h) -> new state, beginning with step(x[:, 0], None). readout(h) -> (N, O).

    Only the last state is read out. Must be differentiable with respect to x and the weights inside step and readout.
    [ko]
    시퀀스에서 출력 하나: 마지막 상태의 readout (N, O)을 돌려줍니다.

    x: (N, T, D), T >= 1. step(x, h) -> 새 상태, 처음은 step(x[:, 0], None)입니다. readout(h) -> (N, O).

    마지막 상태에서만 출력을 읽습니다. x와, step과 readout 안의 가중치에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    h = None
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
    return readout(h)
    ### END SOLUTION


def encoder_decoder(src, Tout, y0, enc_step, dec_step, readout):
    """
    [en]
    Read a sequence, then write one: (N, Tout, O).

    src: (N, T, D), T >= 1. Tout: int >= 0. y0: (N, O), the first input of the decoder (a start token).
    enc_step(x, h) -> new state of the encoder, beginning with None. dec_step(y, h) -> new state, readout(h) -> (N, O).
    The decoder's first state is dec_step(y0, last state of the encoder); each later step takes the output of the step
    before it as its input. Output t stands at [:, t]; y0 is not among them. Tout = 0 gives (N, 0, O).

    Must be differentiable with respect to src, y0 and the weights inside the steps and readout.
    [ko]
    시퀀스를 읽은 다음 시퀀스를 씁니다: (N, Tout, O)를 돌려줍니다.

    src: (N, T, D), T >= 1. Tout: int >= 0. y0: (N, O), 디코더의 첫 입력(시작 토큰).
    enc_step(x, h) -> 인코더의 새 상태, 처음에는 None을 줍니다. dec_step(y, h) -> 새 상태, readout(h) -> (N, O).
    디코더의 첫 상태는 dec_step(y0, 인코더의 마지막 상태)이고, 그다음 시점부터는 바로 앞 시점의 출력이 입력입니다.
    시점 t의 출력이 [:, t]에 놓이고, y0은 들어가지 않습니다. Tout = 0이면 (N, 0, O)입니다.

    src, y0와, step과 readout 안의 가중치에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    h = None
    for t in range(src.shape[1]):
        h = enc_step(src[:, t], h)
    y, outputs = y0, [y0[:, None][:, :0]]
    for _ in range(Tout):
        h = dec_step(y, h)
        y = readout(h)
        outputs.append(y[:, None])
    return torch.cat(outputs, dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="one_to_many" hint=1
# Keep two variables: the latest state and the latest output. Which of them is fed in at the next step, and which is only
# handed on? In the decoder, what takes the place of the `None` with which the encoder began?

# %% [markdown] lang="ko" task="one_to_many" hint=1
# 변수 두 개, 곧 가장 최근 상태와 가장 최근 출력을 두세요. 다음 시점에 입력으로 들어가는 것은 어느 쪽이고, 넘기기만 하는 것은 어느
# 쪽인가요? 인코더가 시작할 때 받은 `None` 자리에 디코더는 무엇을 받나요?

# %% [markdown] lang="en" task="one_to_many" hint=2
# $h_t=\mathrm{step}(y_{t-1},h_{t-1})$, $y_t=\mathrm{readout}(h_t)$ for $t=0,1,\dots$, where $y_{-1}$ is the first input. For the decoder
# $h_{-1}$ is the encoder's $h$ after the last source step.

# %% [markdown] lang="ko" task="one_to_many" hint=2
# $t=0,1,\dots$에 대해 $h_t=\mathrm{step}(y_{t-1},h_{t-1})$, $y_t=\mathrm{readout}(h_t)$이고 $y_{-1}$은 첫 입력입니다. 디코더의
# $h_{-1}$은 입력 시퀀스를 끝까지 읽은 인코더의 $h$입니다.

# %% [markdown] lang="en"
# ### See it: a figure of eight, from memory
#
# A network learns to predict the next point of a figure of eight. Then it draws with your `one_to_many`: it gets one start
# point, and from there on only its own points. At the crossing the point alone does not tell which way to go; only who
# remembers where it came from can pass. In the left picture all three drawings settle on the eight. In the right one the same
# network without memory, trained just as long, never gets across: it circles in one half.

# %% [markdown] lang="ko"
# ### 직접 보기: 기억으로 그리는 8자
#
# 신경망이 8자 모양의 다음 점을 예측하도록 학습합니다. 그다음 여러분의 `one_to_many`로 그림을 그립니다. 시작점 하나만 받고, 그 뒤로는 자기가
# 찍은 점만 보고 이어 갑니다. 가운데 교차점에서는 점의 위치만으로 어느 쪽으로 가야 할지 알 수 없고, 어디에서 왔는지 기억해야만 지나갈 수
# 있습니다. 왼쪽 그림에서는 세 선 모두 8자에 자리를 잡습니다. 오른쪽은 기억이 없는 같은 신경망으로, 똑같이 오래 학습했는데도 교차점을
# 건너지 못하고 한쪽에서만 맴돕니다.

# %% tags=["explore"]
if ready(rnn_step, rnn_step_bwd, rnn_forward, bptt, one_to_many):
    import matplotlib.pyplot as plt

    def eight(phase):
        return torch.stack([torch.sin(phase), 0.7 * torch.sin(2 * phase)], dim=-1)

    def learn_to_draw(remember, size=24, steps=25, epochs=600):
        generator = torch.Generator().manual_seed(0)
        net = {
            "U": 0.5 * torch.randn(2, size, generator=generator),
            "W": 0.9 * torch.linalg.qr(torch.randn(size, size, generator=generator))[0],
            "b": torch.zeros(size),
            "V": 0.3 * torch.randn(size, 2, generator=generator),
            "c": torch.zeros(2),
        }
        memory = {}
        for epoch in range(epochs):
            phase = 2 * torch.pi * torch.rand(32, 1, generator=generator) + 0.25 * torch.arange(steps + 1)
            path = eight(phase)
            x, target = path[:, :-1] + 0.05 * torch.randn(32, steps, 2, generator=generator), path[:, 1:]
            # [en] the first three points are there to find the place; without memory each point is a sequence of its own
            # [ko] 처음 세 점은 위치를 알아내는 데 씁니다. 기억이 없으면 점 하나하나가 따로 한 시퀀스입니다
            weight = (torch.arange(steps) >= 3).float()[:, None].expand(steps, 2).expand(32, steps, 2)
            if not remember:
                x, target, weight = (a.reshape(32 * steps, 1, 2) for a in (x, target, weight))
            start = torch.zeros(len(x), size)
            H, Y = rnn_forward(x, start, net)
            dY = weight * (Y - target) / (32 * steps)
            dU, dW, db, _ = bptt(x, start, net, dY @ net["V"].T)
            grads = {"U": dU, "W": dW, "b": db, "V": torch.einsum("nth,nto->ho", H, dY), "c": dY.sum(dim=(0, 1))}
            adam_update(net, grads, memory, lr=0.01 if epoch < 400 else 0.002)

        def step(x, h):
            fresh = torch.zeros(len(x), size)
            return rnn_step(x, fresh if h is None or not remember else h, net["U"], net["W"], net["b"])

        return step, lambda h: h @ net["V"] + net["c"]

    starts = torch.tensor([[1.0, 0.0], [0.3, 0.4], [0.0, 1.1]])
    figure, axes = plt.subplots(1, 2, figsize=(12, 4.8), constrained_layout=True, sharex=True, sharey=True)
    for ax, remember in zip(axes, (True, False)):
        drawing = one_to_many(starts, 120, *learn_to_draw(remember))
        ax.plot(*eight(torch.linspace(0, 6.3, 200)).T.numpy(), color="0.85", lw=7, zorder=0)
        for path, start, color in zip(drawing, starts, ("#0072B2", "#D55E00", "#009E73")):
            ax.plot(*torch.cat([start[None], path]).T.numpy(), color=color, lw=1.1, marker=".", ms=3)
            ax.plot(*start.numpy(), color=color, marker="o", ms=9)
        ax.set(
            title="with memory" if remember else "without memory", aspect="equal", xlim=(-1.3, 1.3), ylim=(-1.0, 1.5)
        )
    plt.show()

# %% [markdown] lang="en" task="state_jacobian"
# ## 8. Vanishing, exploding, clipping (10 points)
#
# How much does $h_T$ still know of $h_0$? The chain rule multiplies one Jacobian per step,
# $\partial h_t/\partial h_{t-1}=\mathrm{diag}(1-h_t^2)W^\top$, the latest on the left. If the product vanishes, nothing can be learned
# over this distance; if it explodes, one step of gradient descent can destroy what was learned. Against the second there is a
# simple remedy: look at all gradients as *one* long vector, and shorten it if it is too long. Its direction stays.

# %% [markdown] lang="ko" task="state_jacobian"
# ## 8. 기울기 소실과 폭발, 그리고 클리핑 (10점)
#
# $h_T$는 $h_0$에 대해 얼마나 알고 있을까요? 연쇄 법칙에 따라 시점마다 야코비 행렬 $\partial h_t/\partial h_{t-1}=\mathrm{diag}(1-h_t^2)W^\top$가
# 하나씩 곱해지고, 가장 나중 시점의 것이 맨 왼쪽에 옵니다. 곱이 사라지면 그만큼 떨어진 관계는 배울 수 없고, 폭발하면 경사 하강 한 번이 지금까지
# 배운 것을 망가뜨릴 수 있습니다. 폭발에는 간단한 처방이 있습니다. 모든 기울기를 *하나의* 긴 벡터로 보고, 너무 길면 방향은 그대로 둔 채 길이만
# 줄이는 것입니다.


# %% task="state_jacobian"
def state_jacobian(W, H):
    """
    [en]
    The Jacobian dh_T/dh_0 of one sequence, (n, n): J[i, j] = d h_T[i] / d h_0[j].

    W: (n, n), used as h_t = tanh(x_t @ U + h_{t-1} @ W + b). H: (T, n), the states h_1, ..., h_T of one sequence, in order
    of time (h_0 is not among them).
    J = diag(1 - h_T^2) W^T  ...  diag(1 - h_2^2) W^T  diag(1 - h_1^2) W^T

    T may be 0: then J is the identity. The result has the dtype of W.
    Forbidden: torch.autograd, torch.func.
    [ko]
    시퀀스 하나의 야코비 행렬 dh_T/dh_0 (n, n)을 구합니다: J[i, j] = d h_T[i] / d h_0[j].

    W: (n, n), h_t = tanh(x_t @ U + h_{t-1} @ W + b)에서 쓰인 행렬. H: (T, n), 한 시퀀스의 상태 h_1, ..., h_T가 시점 순서로
    놓여 있습니다(h_0은 들어 있지 않습니다).
    J = diag(1 - h_T^2) W^T  ...  diag(1 - h_2^2) W^T  diag(1 - h_1^2) W^T

    T는 0일 수 있고, 그때 J는 단위 행렬입니다. 결과의 dtype은 W와 같습니다.
    사용 금지: torch.autograd, torch.func.
    [/]
    """
    ### BEGIN SOLUTION
    J = torch.eye(W.shape[0], dtype=W.dtype, device=W.device)
    for h in H:
        J = (1 - h**2)[:, None] * (W.T @ J)
    return J
    ### END SOLUTION


def clip_by_norm(grads, c):
    """
    [en]
    Shorten a list of gradients so that their common norm is at most c: returns a list of new tensors, in the same order.

    grads: list of tensors of any shapes (the list may be empty; a tensor may be 0-d). c: float > 0.
    norm = square root of the sum of the squares of ALL elements of ALL tensors
    If norm > c, every tensor is multiplied by c / norm; otherwise all values stay as they are. No epsilon anywhere.

    If all gradients are 0, they stay 0 (not NaN). The inputs must not be changed.
    Forbidden: torch.nn.utils.clip_grad_norm_.
    [ko]
    기울기들의 전체 노름이 c 이하가 되도록 줄입니다: 새 텐서들의 리스트를 같은 순서로 돌려줍니다.

    grads: 모양이 제각각인 텐서의 리스트(빈 리스트일 수도 있고, 0차원 텐서가 들어 있을 수도 있습니다). c: float > 0.
    norm = '모든' 텐서의 '모든' 원소의 제곱을 더한 값의 제곱근
    norm > c이면 모든 텐서에 c / norm을 곱하고, 아니면 값을 그대로 둡니다. 엡실론은 어디에도 더하지 않습니다.

    기울기가 모두 0이면 결과도 0입니다(NaN이 아닙니다). 입력을 바꾸면 안 됩니다.
    사용 금지: torch.nn.utils.clip_grad_norm_.
    [/]
    """
    ### BEGIN SOLUTION
    norm = sum((g**2).sum().item() for g in grads) ** 0.5
    scale = c / norm if norm > c else 1.0
    return [g * scale for g in grads]
    ### END SOLUTION


# %% [markdown] lang="en" task="state_jacobian" hint=1
# Jacobian: start with the identity and walk forward in time; each new factor goes to the left of what you have. Clipping: one
# norm for all tensors together, and one factor for all of them.

# %% [markdown] lang="ko" task="state_jacobian" hint=1
# 야코비 행렬: 단위 행렬에서 시작해 시간 순서대로 진행하면서, 새 인수를 지금까지의 곱 왼쪽에 곱하세요. 클리핑: 노름은 모든 텐서를 합쳐 하나이고,
# 곱하는 수도 모두에게 하나입니다.

# %% [markdown] lang="en" task="state_jacobian" hint=2
# $J_0=I$, $\;(J_t)_{ij}=(1-h_{t,i}^2)\sum_kW_{ki}(J_{t-1})_{kj}$. Clipping:
# $g\leftarrow g\cdot\min(1,\,c/\lVert g\rVert)$, $\lVert g\rVert^2=\sum_k\sum_{e}g_{k,e}^2$ over all tensors $k$ and their elements $e$.

# %% [markdown] lang="ko" task="state_jacobian" hint=2
# $J_0=I$, $\;(J_t)_{ij}=(1-h_{t,i}^2)\sum_kW_{ki}(J_{t-1})_{kj}$. 클리핑은
# $g\leftarrow g\cdot\min(1,\,c/\lVert g\rVert)$이고, $\lVert g\rVert^2=\sum_k\sum_{e}g_{k,e}^2$는 모든 텐서 $k$와 그 원소 $e$에 대한 합입니다.

# %% [markdown] lang="en"
# ### See it: products of matrices, and a cliff
#
# Left: the norm of your Jacobian over 40 steps. A matrix with all entries 0.9, that is, "below 1", explodes; an orthogonal one keeps
# the norm, but only while the states are near 0; with large states the same matrix vanishes. Right: the loss of the smallest RNN of all (one
# unit, 40 steps, one weight, one bias). Where the gradient explodes, the landscape has a cliff. Plain gradient descent (orange) comes
# to the edge and is thrown out of the picture; with your `clip_by_norm` (white) the same descent walks along the cliff into the valley.

# %% [markdown] lang="ko"
# ### 직접 보기: 행렬의 곱과 절벽
#
# 왼쪽은 40시점에 걸친 야코비 행렬의 노름입니다. 원소가 모두 0.9로 "1보다 작은" 행렬은 폭발합니다. 직교 행렬은 노름을 그대로 유지하지만 상태가
# 0에 가까울 때만 그렇고, 상태가 크면 같은 행렬이라도 노름이 0으로 사라집니다. 오른쪽은 세상에서 가장 작은 RNN(유닛 하나, 40시점, 가중치 하나, 편향 하나)의
# 손실입니다. 기울기가 폭발하는 곳에 절벽이 있습니다. 보통의 경사 하강(주황)은 절벽 끝에 이르러 그림 밖으로 튕겨 나가고, `clip_by_norm`을 쓴 같은
# 경사 하강(흰색)은 절벽을 따라 골짜기로 내려갑니다.

# %% tags=["explore"]
if ready(rnn_step, rnn_step_bwd, rnn_forward, bptt, state_jacobian, clip_by_norm):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    Q = torch.linalg.qr(torch.randn(8, 8, generator=generator, dtype=torch.float64))[0]
    quiet, loud = (
        torch.zeros(40, 8, dtype=torch.float64),
        0.8 * torch.randn(40, 8, generator=generator, dtype=torch.float64).tanh(),
    )
    cases = [
        ("all entries 0.9 (2 x 2), h = 0", torch.full((2, 2), 0.9, dtype=torch.float64), quiet[:, :2], "#D55E00"),
        ("orthogonal, h = 0", Q, quiet, "#009E73"),
        ("orthogonal, large states", Q, loud, "#0072B2"),
        ("0.7 x orthogonal, h = 0", 0.7 * Q, quiet, "#CC79A7"),
    ]
    figure, axes = plt.subplots(1, 2, figsize=(13, 5), constrained_layout=True)
    for name, W, H, color in cases:
        norms = [torch.linalg.matrix_norm(state_jacobian(W, H[:k]), 2).item() for k in range(41)]
        axes[0].semilogy(norms, color=color, lw=2, label=name)
    axes[0].set(xlabel="number of steps T", ylabel="spectral norm of dh_T / dh_0", title="a product of matrices")
    axes[0].grid(alpha=0.3)
    axes[0].legend(frameon=False)

    steps, goal = 40, 0.3
    w, b = torch.meshgrid(torch.linspace(0.5, 2.0, 300), torch.linspace(-0.5, 0.5, 300), indexing="ij")
    h = torch.full_like(w, 0.6)
    for _ in range(steps):
        h = torch.tanh(w * h + b)
    image = axes[1].pcolormesh(
        w.numpy(), b.numpy(), ((h - goal) ** 2).numpy(), shading="auto", cmap="viridis", rasterized=True
    )
    figure.colorbar(image, ax=axes[1], label="loss: squared error of the last state")

    def descend(limit):
        net = {"U": torch.zeros(1, 1), "W": torch.tensor([[1.6]]), "b": torch.tensor([0.2])}
        net |= {"V": torch.ones(1, 1), "c": torch.zeros(1)}
        x, h0, path = torch.zeros(1, steps, 1), torch.full((1, 1), 0.6), [(1.6, 0.2)]
        for _ in range(80):
            H, _ = rnn_forward(x, h0, net)
            dH = torch.zeros_like(H)
            dH[:, -1] = 2 * (H[:, -1] - goal)
            _, dW, db, _ = bptt(x, h0, net, dH)
            if limit is not None:
                dW, db = clip_by_norm([dW, db], limit)
            net["W"], net["b"] = net["W"] - 0.2 * dW, net["b"] - 0.2 * db
            path.append((net["W"].item(), net["b"].item()))
        return path

    for limit, color, name in ((None, "#E69F00", "plain"), (0.5, "white", "clipped at 0.5")):
        axes[1].plot(*zip(*descend(limit)), color=color, marker=".", ms=5, lw=1.3, label=name)
    axes[1].set(
        xlim=(0.5, 2.0), ylim=(-0.5, 0.5), xlabel="weight w", ylabel="bias b", title="gradient descent at a cliff"
    )
    axes[1].legend(facecolor="0.4", labelcolor="white", loc="lower left")
    plt.show()

# %% [markdown] lang="en" task="word_embed"
# ## 9. Words become vectors (4 points)
#
# A network cannot read letters. Each word of the vocabulary has a number, and a table $E$ has one row per number; the row is
# the word's vector, and it is learned like any weight. Backward, each place in the text sends its gradient to the row that it
# was read from; a word that occurs three times receives three gradients.

# %% [markdown] lang="ko" task="word_embed"
# ## 9. 단어를 벡터로 (4점)
#
# 신경망은 글자를 읽지 못합니다. 어휘의 단어마다 번호가 있고, 표 $E$에는 번호마다 한 행이 있습니다. 그 행이 단어의 벡터이며 다른 가중치처럼
# 학습됩니다. 역전파에서는 글의 자리마다 자기가 읽은 행으로 기울기를 보냅니다. 세 번 나온 단어는 기울기를 세 번 받습니다.


# %% task="word_embed"
def word_embed(idx, E):
    """
    [en]
    The vectors of words: row idx[...] of E for each element of idx.

    idx: (N, T) int64, 0 <= idx < V. E: (V, D). Returns (N, T, D).

    N and T may be 0. Must be differentiable with respect to E.
    [ko]
    단어의 벡터: idx의 원소마다 E의 idx[...]번째 행을 돌려줍니다.

    idx: (N, T) int64, 0 <= idx < V. E: (V, D). 결과: (N, T, D).

    N과 T는 0일 수 있습니다. E에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return E[idx]
    ### END SOLUTION


def word_embed_bwd(dout, idx, E):
    """
    [en]
    The gradient of E: dE (V, D), given dout = dL/d word_embed(idx, E), (N, T, D).

    A word that occurs several times gets the sum of its gradients; one that does not occur gets 0. N and T may be 0.
    Written by hand.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    E의 기울기 dE (V, D)를 구합니다. dout = dL/d word_embed(idx, E), (N, T, D)가 주어집니다.

    여러 번 나온 단어는 기울기의 합을 받고, 나오지 않은 단어의 기울기는 0입니다. N과 T는 0일 수 있습니다. 손으로 미분해서
    작성하세요.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.zeros_like(E).index_add(0, idx.flatten(), dout.reshape(idx.numel(), E.shape[1]))
    ### END SOLUTION


# %% [markdown] lang="en" task="word_embed" hint=1
# Indexing with a tensor does the whole forward pass. Backward, take care: `dE[idx] += dout` writes a repeated row only once.

# %% [markdown] lang="ko" task="word_embed" hint=1
# 텐서로 인덱싱하면 순전파는 그것으로 끝입니다. 역전파에서는 조심하세요. `dE[idx] += dout`은 반복되는 행에 한 번만 씁니다.

# %% [markdown] lang="en" task="word_embed" hint=2
# $dE_{vd}=\sum_{n,t}[\,\mathrm{idx}_{nt}=v\,]\,dout_{ntd}$. A loop does it, a product with a one-hot matrix does it, and torch has an
# operation that adds rows at given places.

# %% [markdown] lang="ko" task="word_embed" hint=2
# $dE_{vd}=\sum_{n,t}[\,\mathrm{idx}_{nt}=v\,]\,dout_{ntd}$입니다. 반복문으로도, 원-핫 행렬과의 곱으로도 할 수 있고, torch에는 정해진 자리에
# 행을 더해 주는 연산도 있습니다.

# %% [markdown] lang="en"
# ### See it: reading a review, word by word
#
# Now everything together: made-up film reviews, word vectors with two numbers each, an RNN, and after each word the question what the review
# says so far (against, undecided, in favour). Left: the learned vectors; words of praise lie together, words of blame lie together, although
# nobody told the network what they mean. Right: the opinion while reading. "Not" turns the next word round, and the network waits for it.

# %% [markdown] lang="ko"
# ### 직접 보기: 영화 평을 한 단어씩 읽기
#
# 이제 모두 합쳐 봅니다. 재료는 지어낸 영화 평, 수 두 개짜리 단어 벡터, RNN이고, 단어를 읽을 때마다 지금까지의 평이 어떤지(부정, 중립, 긍정)
# 묻습니다. 왼쪽은 학습된 단어 벡터입니다. 단어의 뜻을 아무도 알려 주지 않았는데도 칭찬하는 말끼리, 나무라는 말끼리 모입니다. 오른쪽은 읽어
# 가는 동안 의견이 바뀌는 모습입니다. "not"은 다음 단어의 뜻을 뒤집고, 신경망은 그 단어가 나올 때까지 판단을 미룹니다.

# %% tags=["explore"]
if ready(rnn_step, rnn_step_bwd, rnn_forward, bptt, seq_loss, word_embed, word_embed_bwd):
    import matplotlib.pyplot as plt
    from checker import in_time

    WORDS = "the film plot cast was and really not good great fun bad awful dull".split()
    PRAISE, BLAME = WORDS[8:11], WORDS[11:14]

    def review(generator):
        # [en] the words, and after each word the opinion so far: 0 against, 1 undecided, 2 in favour
        # [ko] 단어들과, 단어마다 지금까지의 의견: 0 부정, 1 중립, 2 긍정
        def pick(items):
            return items[int(torch.randint(len(items), (), generator=generator))]

        words, opinions, score = ["the", pick(WORDS[1:4]), "was"], [1, 1, 1], 0
        for part in range(2):
            negated, stressed, praise = pick([True, False]), pick([True, False]), pick([True, False])
            before = ["not"] * negated + ["really"] * stressed
            opinions += [1 + score] * len(before)
            score = max(-1, min(1, score + (1 if praise != negated else -1)))
            after = ["and"] if part == 0 else []
            words += [*before, pick(PRAISE if praise else BLAME), *after]
            opinions += [1 + score] * (1 + len(after))
        return words, opinions

    def review_batch(n, generator):
        reviews = [review(generator) for _ in range(n)]
        T = max(len(words) for words, _ in reviews)
        idx, y = torch.zeros(n, T, dtype=torch.int64), torch.full((n, T), -100)
        for row, (words, opinions) in enumerate(reviews):
            idx[row, : len(words)] = torch.tensor([WORDS.index(word) for word in words])
            y[row, : len(words)] = torch.tensor(opinions)
        return idx, y, y >= 0

    generator = torch.Generator().manual_seed(2)
    size, n = 16, 32
    net = {
        "E": 0.5 * torch.randn(len(WORDS), 2, generator=generator),
        "U": 0.6 * torch.randn(2, size, generator=generator),
        "W": 0.9 * torch.linalg.qr(torch.randn(size, size, generator=generator))[0],
        "b": torch.zeros(size),
        "V": 0.3 * torch.randn(size, 3, generator=generator),
        "c": torch.zeros(3),
    }
    memory, start = {}, torch.zeros(n, size)
    for step in in_time(range(700)):
        idx, y, mask = review_batch(n, generator)
        x = word_embed(idx, net["E"])
        H, Y = rnn_forward(x, start, net)
        _, dY = seq_loss(Y, y, mask)
        dH = dY @ net["V"].T
        dU, dW, db, _ = bptt(x, start, net, dH)
        # [en] the words want a gradient, too: once more back through the steps, for dx
        # [ko] 단어 벡터에도 기울기가 필요하므로 dx를 구하려고 시점을 한 번 더 거슬러 갑니다
        dx, dh = torch.zeros_like(x), start
        for t in reversed(range(x.shape[1])):
            before = H[:, t - 1] if t > 0 else start
            dx[:, t], dh, *_ = rnn_step_bwd(dH[:, t] + dh, x[:, t], before, net["U"], net["W"], net["b"])
        grads = {"E": word_embed_bwd(dx, idx, net["E"]), "U": dU, "W": dW, "b": db}
        grads |= {"V": torch.einsum("nth,nto->ho", H, dY), "c": dY.sum(dim=(0, 1))}
        adam_update(net, grads, memory, lr=0.03 if step < 450 else 0.006)

    figure, axes = plt.subplots(1, 2, figsize=(13.5, 5.2), constrained_layout=True, width_ratios=[1, 1.5])
    height = (net["E"][:, 1].max() - net["E"][:, 1].min()).item() / 18
    labels = []
    for row in net["E"][:, 1].argsort().tolist():
        word, (a, b) = WORDS[row], net["E"][row].tolist()
        color = "#009E73" if word in PRAISE else "#D55E00" if word in BLAME else "0.35"
        # [en] labels of neighbours are stacked, so that they can be read
        # [ko] 가까운 단어들의 이름은 읽을 수 있도록 위로 쌓습니다
        place = max([b] + [other_b + height for other_a, other_b in labels if abs(a - other_a) < 0.6])
        labels.append((a, place))
        axes[0].plot(a, b, "o", color=color, ms=5)
        axes[0].annotate(word, (a + 0.08, place), va="center", color=color)
    axes[0].set(title="learned word vectors", xlabel="first number", ylabel="second number")
    axes[0].margins(0.2)
    axes[0].grid(alpha=0.3)
    texts = [
        "the film was not bad and really fun",
        "the plot was not good and not fun",
        "the cast was awful and really fun",
    ]
    for k, (text, color) in enumerate(zip(texts, ("#0072B2", "#E69F00", "#CC79A7"))):
        idx = torch.tensor([[WORDS.index(word) for word in text.split()]])
        _, Y = rnn_forward(word_embed(idx, net["E"]), torch.zeros(1, size), net)
        p = Y[0].softmax(dim=1)
        opinion = (p[:, 2] - p[:, 0]).tolist()
        axes[1].plot(opinion, color=color, marker="o", lw=2)
        for t, word in enumerate(text.split()):
            axes[1].text(t, -1.55 - 0.22 * k, word, color=color, ha="center")
    axes[1].axhline(0, color="0.7", lw=0.8, zorder=0)
    axes[1].set(ylim=(-2.15, 1.2), yticks=[-1, 0, 1], yticklabels=["against", "undecided", "in favour"], xticks=[])
    axes[1].set(title="the opinion while reading", xlim=(-0.6, 7.6))
    plt.show()
