# %% [markdown] lang="en"
# # Long short-term memory (LSTM)
#
# Lecture 9. You write an LSTM from its equations: one step forward and back, a whole sequence, backpropagation through
# time, text drawn letter by letter, captions and questions for pictures, soft attention. On the way your own functions
# learn to hold a value, show how far back a gradient reaches, and learn to write a few lines of text.

# %% [markdown] lang="en"
# ## Recap
#
# A plain RNN rewrites its whole memory at every step, $h_t = \tanh(h_{t-1}W + x_tU + b)$. On the way back the
# gradient is multiplied by $\mathrm{diag}(1-h_t^2)\,W^\top$ once per step, and over long sequences it fades or
# explodes. The LSTM keeps a second memory, the **cell** $c_t$, and lets three **gates** with values between 0 and 1
# decide what is erased, what is written and what is shown.
#
# The lecture describes the gates in words only. These are the six equations ($\sigma$ is the sigmoid, $\odot$ the
# elementwise product; we write row vectors, so a batch is $xW$):
#
# | name | equation | what it says |
# |---|---|---|
# | input gate | $i_t=\sigma(x_tW_x^{(i)}+h_{t-1}W_h^{(i)}+b^{(i)})$ | how much to write |
# | forget gate | $f_t=\sigma(x_tW_x^{(f)}+h_{t-1}W_h^{(f)}+b^{(f)})$ | 0 drops, 1 keeps |
# | output gate | $o_t=\sigma(x_tW_x^{(o)}+h_{t-1}W_h^{(o)}+b^{(o)})$ | how much to show |
# | candidate | $g_t=\tanh(x_tW_x^{(g)}+h_{t-1}W_h^{(g)}+b^{(g)})$ | what to write |
# | new cell state | $c_t=f_t\odot c_{t-1}+i_t\odot g_t$ | what is kept, and what is added |
# | new hidden state | $h_t=o_t\odot\tanh(c_t)$ | what is shown |
#
# %% [markdown] lang="en"
# ### Corrections to the lecture notes
#
# - The notes call the input gate "sigmoid and tanh combined". These are two things: the gate $i_t$ (sigmoid, how much) and
#   the candidate $g_t$ (tanh, what). Only their product is written.
# - The notes say that the cell's path has no chain of products, so that gradients do not vanish. That is too strong. Along
#   the cell, with the gates held fixed, $\partial c_T/\partial c_0 = \prod_t f_t$: no *weight matrix* is in it, but a
#   product it is. It stays near 1 only if the network learns $f_t\approx 1$; with random gates it is gone after fifty
#   steps (about $10^{-15}$). You will draw this curve.
#
# ### Conventions
#
# Sequences are `(N, T, D)`, batch first. `y = x @ W + b`. The four blocks are
# packed in the order `[i, f, o, g]`, in `Wx: (D, 4H)`, `Wh: (H, 4H)` and `b: (4H,)`. (PyTorch packs `i, f, g, o`.)
# Results have the dtype and the device of the inputs, inputs are never changed, and nothing is random inside a
# function. Later tasks may call your earlier functions, so make `check(...)` of the earlier ones pass first.

# %% [markdown] lang="ko"
# # 장단기 메모리 (LSTM)
#
# 9강 과제입니다. 식에서 출발해 LSTM을 직접 만듭니다. 한 시점의 순전파와 역전파, 시퀀스 전체, 시간을 거슬러 가는 역전파, 글자를
# 하나씩 뽑아 쓰는 글, 그림 설명과 그림에 대한 질문, 소프트 어텐션까지 차례로 구현합니다. 중간중간 여러분이 만든 함수로 값을
# 기억하는 LSTM을 학습시키고, 기울기가 얼마나 먼 과거까지 닿는지 그려 보고, 짧은 글을 쓰게 해 봅니다.

# %% [markdown] lang="ko"
# ## 복습
#
# 기본 RNN은 매 시점 기억 전체를 새로 씁니다. $h_t = \tanh(h_{t-1}W + x_tU + b)$이므로 역전파에서는 한 시점을 거슬러 갈 때마다
# $\mathrm{diag}(1-h_t^2)\,W^\top$가 곱해지고, 시퀀스가 길면 기울기가 사라지거나 폭발합니다. LSTM은 **셀** $c_t$라는 두 번째 기억을 두고, 0과 1 사이의 값을 갖는
# 세 개의 **게이트**로 무엇을 지우고, 무엇을 쓰고, 무엇을 내보낼지를 정합니다.
#
# 강의 노트에는 게이트가 말로만 설명되어 있으므로 여섯 개의 식을 여기에 적어 둡니다($\sigma$는 시그모이드, $\odot$는 원소별 곱이고, 배치를 $xW$로 쓰기 위해 행벡터를 사용합니다).
#
# | 이름 | 식 | 뜻 |
# |---|---|---|
# | 입력 게이트 | $i_t=\sigma(x_tW_x^{(i)}+h_{t-1}W_h^{(i)}+b^{(i)})$ | 얼마나 쓸지 |
# | 망각 게이트 | $f_t=\sigma(x_tW_x^{(f)}+h_{t-1}W_h^{(f)}+b^{(f)})$ | 0이면 지우고 1이면 유지 |
# | 출력 게이트 | $o_t=\sigma(x_tW_x^{(o)}+h_{t-1}W_h^{(o)}+b^{(o)})$ | 얼마나 내보낼지 |
# | 후보값 | $g_t=\tanh(x_tW_x^{(g)}+h_{t-1}W_h^{(g)}+b^{(g)})$ | 무엇을 쓸지 |
# | 새 셀 상태 | $c_t=f_t\odot c_{t-1}+i_t\odot g_t$ | 남긴 것에 새로 쓴 것을 더함 |
# | 새 은닉 상태 | $h_t=o_t\odot\tanh(c_t)$ | 밖으로 내보내는 값 |
#
# %% [markdown] lang="ko"
# ### 강의 노트에서 바로잡을 점
#
# - 노트는 입력 게이트를 "시그모이드 + tanh 조합"이라고 하지만, 둘은 역할이 다릅니다. 게이트 $i_t$(시그모이드)는 얼마나 쓸지를, 후보값 $g_t$(tanh)는 무엇을 쓸지를 정하고, 셀에는 두
#   값의 곱이 더해집니다.
# - 노트는 셀 경로에 "연쇄 곱셈이 없어서 기울기가 소실되지 않는다"고 하지만 지나친 표현입니다. 게이트를 고정하고 셀만 따라가면
#   $\partial c_T/\partial c_0 = \prod_t f_t$입니다. *가중치 행렬*이 끼어들지 않을 뿐, 곱은 그대로 있습니다. $f_t\approx 1$이 되도록 학습되어야 1 근처로 유지되고, 게이트가 무작위라면 50시점 만에 $10^{-15}$ 정도로
#   사라집니다. 아래에서 이 곡선을 직접 그려 봅니다.
#
# ### 이 노트북의 약속
#
# 시퀀스는 배치가 먼저인 `(N, T, D)`이고 `y = x @ W + b`입니다. 네 블록은 `Wx: (D, 4H)`, `Wh: (H, 4H)`, `b: (4H,)` 안에
# `[i, f, o, g]` 순서로 들어 있습니다(PyTorch는 `i, f, g, o` 순서입니다). 결과는 입력과 같은 dtype과 device를 가지며, 입력을 바꾸지 않고, 함수 안에서 난수를 뽑지
# 않습니다. 뒤의 문제에서는 앞에서 만든 함수를 불러 써도 되므로, 앞 문제의 `check(...)`부터 통과시키세요.

# %%
import torch

# %% [markdown] lang="en"
# ### Given code
#
# The functions below call yours and pick out one part of the result, so that each part is graded by
# itself: a wrong cache, for example, does not cost you the points for the state.
#
# The names `step_state`, `step_cell_gradient`, `step_input_gradients`, `step_weight_gradients`, `forward_states`,
# `backward_inputs`, `backward_weights`, `caption_value`, `caption_output_gradients` and `attention_weights` are
# taken: give your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 아래 함수들은 여러분의 함수를 불러 결과의 일부만 꺼냅니다. 덕분에 부분별로 따로 채점할 수 있어서, 예를 들어 캐시가 틀렸더라도
# 상태를 맞게 구했다면 그 점수는 받습니다.
#
# 이름 `step_state`, `step_cell_gradient`, `step_input_gradients`, `step_weight_gradients`, `forward_states`,
# `backward_inputs`, `backward_weights`, `caption_value`, `caption_output_gradients`, `attention_weights`는 이미 쓰이고 있으니
# 여러분의 도우미 함수에는 다른 이름을 붙이세요.


# %% tags=["provided"]
def step_state(x, h, c, Wx, Wh, b):
    h_new, c_new, _ = lstm_step(x, h, c, Wx, Wh, b)
    return h_new, c_new


def step_cell_gradient(dh, dc, cache):
    _, _, dc_prev, _, _, _ = lstm_step_bwd(dh, dc, cache)
    return dc_prev


def step_input_gradients(dh, dc, cache):
    dx, dh_prev, _, _, _, _ = lstm_step_bwd(dh, dc, cache)
    return dx, dh_prev


def step_weight_gradients(dh, dc, cache):
    _, _, _, dWx, dWh, db = lstm_step_bwd(dh, dc, cache)
    return dWx, dWh, db


def forward_states(x, h0, c0, Wx, Wh, b):
    H, c, _ = lstm_forward(x, h0, c0, Wx, Wh, b)
    return H, c


def backward_inputs(dH, caches):
    dx, dh0, dc0, _, _, _ = lstm_backward(dH, caches)
    return dx, dh0, dc0


def backward_weights(dH, caches):
    _, _, _, dWx, dWh, db = lstm_backward(dH, caches)
    return dWx, dWh, db


def caption_value(feat, caps, params, null):
    loss, _ = caption_loss(feat, caps, params, null)
    return loss


def caption_output_gradients(feat, caps, params, null):
    _, grads = caption_loss(feat, caps, params, null)
    return grads["Wy"], grads["by"]


def attention_weights(h, V, W):
    _, a = soft_attention(h, V, W)
    return a


# %% [markdown] lang="en" task="lstm_step"
# ## 1. One step of the LSTM (16 points)
# One matrix product gives the pre-activations of all four blocks at once; slice it, squash each block, then update
# cell and hidden state. Return a **cache** as well: the tuple that the backward step will need. Its order is fixed,
# because it is graded and because Task 2 gets a cache of exactly this form.

# %% [markdown] lang="ko" task="lstm_step"
# ## 1. LSTM의 한 시점 (16점)
# 행렬 곱 한 번으로 네 블록의 활성화 전 값을 모두 구할 수 있습니다. 이를 네 조각으로 나누어 각각 활성화 함수를 적용하고 셀과 은닉 상태를 갱신하세요. 역전파에 필요한 값을 모은 튜플 **캐시**도 함께
# 돌려줍니다. 캐시도 채점하고 2번 문제가 바로 이 형식의 캐시를 받으므로 순서를 정확히 지켜야 합니다.


# %% task="lstm_step"
def lstm_step(x, h, c, Wx, Wh, b):
    """
    [en]
    One step of an LSTM: returns (h_new, c_new, cache).

    z = x @ Wx + h @ Wh + b      4H columns, packed [i, f, o, g], H columns each
    i = sigmoid(z_i)             input gate
    f = sigmoid(z_f)             forget gate (0 = drop, 1 = keep)
    o = sigmoid(z_o)             output gate
    g = tanh(z_g)                candidate
    [ko]
    LSTM의 한 시점: (h_new, c_new, cache)를 돌려줍니다.

    z = x @ Wx + h @ Wh + b      4H개의 열, [i, f, o, g] 순서로 H개씩
    i = sigmoid(z_i)             입력 게이트
    f = sigmoid(z_f)             망각 게이트 (0이면 지우고 1이면 유지)
    o = sigmoid(z_o)             출력 게이트
    g = tanh(z_g)                후보값
    [/]
    c_new = f * c + i * g
    h_new = o * tanh(c_new)
    cache = (x, h, c, i, f, o, g, c_new, Wx, Wh)

    x: (N, D), h: (N, H), c: (N, H), Wx: (D, 4H), Wh: (H, 4H), b: (4H,).
    [en]
    Returns h_new: (N, H), c_new: (N, H), cache: a tuple of 10 tensors; h and c in it are the old ones, and i, f, o, g
    are (N, H), after the activation.
    No extra forget bias is added. N may be 0. Pre-activations up to ±1000 must give finite results.
    Forbidden: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [ko]
    결과 h_new: (N, H), c_new: (N, H), cache: 텐서 10개의 튜플. cache의 h와 c는 이전 시점의 값이고, i, f, o, g는
    활성화를 거친 (N, H)입니다.
    망각 게이트에 편향을 따로 더하지 않습니다. N은 0일 수 있습니다. 활성화 전 값이 ±1000이어도 결과는 유한해야 합니다.
    사용 금지: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [/]
    """
    ### BEGIN SOLUTION
    z = x @ Wx + h @ Wh + b
    zi, zf, zo, zg = z.chunk(4, dim=1)
    i, f, o = torch.sigmoid(zi), torch.sigmoid(zf), torch.sigmoid(zo)
    g = torch.tanh(zg)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)
    ### END SOLUTION


# %% [markdown] lang="en" task="lstm_step" hint=1
# Compute `z` of shape `(N, 4H)` once. Columns `0..H-1` belong to the input gate, the next H to the forget gate, then
# output gate, then candidate. Only the last block goes through tanh.

# %% [markdown] lang="ko" task="lstm_step" hint=1
# `(N, 4H)` 모양의 `z`를 한 번만 계산하세요. 앞의 H개 열이 입력 게이트, 그다음 H개가 망각 게이트, 이어서 출력 게이트와 후보값입니다. tanh를 거치는 것은 마지막 블록뿐입니다.

# %% [markdown] lang="en" task="lstm_step" hint=2
# $c_t = f_t\odot c_{t-1} + i_t\odot g_t$ and $h_t = o_t\odot\tanh(c_t)$. In the cache, position 2 holds $c_{t-1}$ and
# position 7 holds $c_t$.

# %% [markdown] lang="ko" task="lstm_step" hint=2
# $c_t = f_t\odot c_{t-1} + i_t\odot g_t$, $h_t = o_t\odot\tanh(c_t)$입니다. 캐시의 2번 자리에는 $c_{t-1}$, 7번 자리에는 $c_t$가
# 들어갑니다(0부터 셉니다).

# %% [markdown] lang="en" task="lstm_step_bwd"
# ## 2. One step back (18 points)
# The loss reaches this step along two paths: through $h_t$ (`dh`) and, from later steps, through $c_t$ (`dc`). Since
# $h_t = o_t\odot\tanh(c_t)$, part of `dh` also flows into the cell: collect everything that arrives at $c_t$ first,
# then spread it over $f$, $c_{t-1}$, $i$ and $g$. The cache holds the gates *after* their activations, which is what
# their derivatives need.

# %% [markdown] lang="ko" task="lstm_step_bwd"
# ## 2. 한 시점의 역전파 (18점)
# 손실의 기울기는 두 길로 들어옵니다. 하나는 $h_t$를 통해(`dh`), 다른 하나는 뒤 시점에서 $c_t$를 통해(`dc`) 옵니다. $h_t = o_t\odot\tanh(c_t)$이므로 `dh`의
# 일부는 셀로도 흘러갑니다. $c_t$에 도착하는 기울기를 먼저 모두 더한 다음 $f$, $c_{t-1}$, $i$, $g$로 나누어 보내세요. 캐시에는 활성화를 *거친* 게이트 값이 있고, 미분에는 이
# 값만 있으면 됩니다.


# %% task="lstm_step_bwd"
def lstm_step_bwd(dh, dc, cache):
    """
    [en]
    Gradients of one LSTM step, in the order of the arguments of lstm_step.

    cache = (x, h, c, i, f, o, g, c_new, Wx, Wh), as returned by lstm_step
    dh: (N, H) = dL/dh_new, dc: (N, H) = dL/dc_new as it arrives from later steps
    Returns (dx, dh_prev, dc_prev, dWx, dWh, db): (N, D), (N, H), (N, H), (D, 4H), (H, 4H), (4H,).

    The part of dh that reaches the cell through h_new = o * tanh(c_new) is not in dc: you add it.
    The packed gradients use the order [i, f, o, g]. Sum over the batch (no mean). Written by hand.
    Forbidden: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [ko]
    LSTM 한 시점의 기울기를 lstm_step의 인자 순서대로 구합니다.

    cache = (x, h, c, i, f, o, g, c_new, Wx, Wh), lstm_step이 돌려준 튜플
    dh: (N, H) = dL/dh_new, dc: (N, H) = 뒤 시점에서 넘어온 dL/dc_new
    (dx, dh_prev, dc_prev, dWx, dWh, db)를 돌려줍니다: (N, D), (N, H), (N, H), (D, 4H), (H, 4H), (4H,).

    dh 가운데 h_new = o * tanh(c_new)를 거쳐 셀로 가는 몫은 dc에 들어 있지 않으므로 직접 더해야 합니다.
    묶인 기울기의 순서도 [i, f, o, g]입니다. 배치에 대해서는 평균이 아니라 합을 구합니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [/]
    """
    ### BEGIN SOLUTION
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t = torch.tanh(c_new)
    dc = dc + dh * o * (1 - t * t)
    dz = torch.cat(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), dh * t * o * (1 - o), dc * i * (1 - g * g)],
        dim=1,
    )
    return dz @ Wx.T, dz @ Wh.T, dc * f, x.T @ dz, h.T @ dz, dz.sum(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="lstm_step_bwd" hint=1
# Draw the step as a graph and walk it backwards. $c_t$ has two outgoing edges (to $h_t$ and to the next step), so its
# gradient is a sum of two terms. Then compute one gradient `dz` of shape `(N, 4H)`; everything else is two kinds of
# matrix product.

# %% [markdown] lang="ko" task="lstm_step_bwd" hint=1
# 한 시점을 계산 그래프로 그려 놓고 거꾸로 따라가 보세요. $c_t$에서는 화살표가 두 개 나가므로($h_t$로, 다음 시점으로) 기울기도 두 항의 합입니다. 그다음 `(N, 4H)` 모양의 `dz`
# 하나만 구하면 나머지는 행렬 곱으로 끝납니다.

# %% [markdown] lang="en" task="lstm_step_bwd" hint=2
# $\bar c = dc + dh\odot o\odot(1-\tanh^2 c_t)$, then $dz_i = \bar c\odot g\odot i(1-i)$,
# $dz_f = \bar c\odot c_{t-1}\odot f(1-f)$, $dz_o = dh\odot\tanh(c_t)\odot o(1-o)$,
# $dz_g = \bar c\odot i\odot(1-g^2)$, and $dc_{t-1} = \bar c\odot f$.

# %% [markdown] lang="ko" task="lstm_step_bwd" hint=2
# $\bar c = dc + dh\odot o\odot(1-\tanh^2 c_t)$라 하면 $dz_i = \bar c\odot g\odot i(1-i)$,
# $dz_f = \bar c\odot c_{t-1}\odot f(1-f)$, $dz_o = dh\odot\tanh(c_t)\odot o(1-o)$,
# $dz_g = \bar c\odot i\odot(1-g^2)$이고 $dc_{t-1} = \bar c\odot f$입니다.

# %% [markdown] lang="en" task="lstm_forward"
# ## 3. A whole sequence (10 points)
# Apply the same weights at every step and carry **both** states, $h$ and $c$, to the next one. The hidden states of
# all steps are the layer's output; the last cell state is returned beside them, so that a sequence can be continued
# later.

# %% [markdown] lang="ko" task="lstm_forward"
# ## 3. 시퀀스 전체의 순전파 (10점)
# 모든 시점에 같은 가중치를 쓰고, $h$와 $c$ **두 상태를 모두** 다음 시점으로 넘깁니다. 모든 시점의 은닉 상태가 이 층의 출력입니다. 나중에 시퀀스를 이어 갈 수 있도록 마지막 셀 상태도 함께
# 돌려주세요.


# %% task="lstm_forward"
def lstm_forward(x, h0, c0, Wx, Wh, b):
    """
    [en]
    Run lstm_step over time: returns (H, c, caches).

    x: (N, T, D), h0: (N, H), c0: (N, H), Wx: (D, 4H), Wh: (H, 4H), b: (4H,), packed [i, f, o, g].
    Returns H: (N, T, H) with H[:, t] = h after step t; c: (N, H), the cell after the last step;
    caches: a list of T tuples, caches[t] = the cache of step t (form: see lstm_step).

    T = 0 gives H of shape (N, 0, H), c = c0 and caches = []. Must be differentiable with respect to all six arguments.
    Forbidden: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [ko]
    lstm_step을 시점 순서대로 반복합니다: (H, c, caches)를 돌려줍니다.

    x: (N, T, D), h0: (N, H), c0: (N, H), Wx: (D, 4H), Wh: (H, 4H), b: (4H,), 묶인 순서는 [i, f, o, g]입니다.
    결과 H: (N, T, H), H[:, t] = 시점 t를 마친 뒤의 h. c: (N, H), 마지막 시점을 마친 뒤의 셀 상태.
    caches: 튜플 T개의 리스트, caches[t] = 시점 t의 캐시(형식은 lstm_step 참고).

    T = 0이면 H의 모양은 (N, 0, H), c = c0, caches = []입니다. 여섯 인자 모두에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [/]
    """
    ### BEGIN SOLUTION
    h, c, states, caches = h0, c0, [], []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    H = torch.stack(states, dim=1) if states else h0.new_zeros(h0.shape[0], 0, h0.shape[1])
    return H, c, caches
    ### END SOLUTION


# %% [markdown] lang="en" task="lstm_forward" hint=1
# Loop over the second axis of `x`. Collect the hidden states in a list and stack them along that same axis at the
# end.

# %% [markdown] lang="ko" task="lstm_forward" hint=1
# `x`의 두 번째 축을 따라 반복하세요. 은닉 상태를 리스트에 모았다가 마지막에 같은 축으로 쌓으면 됩니다.

# %% [markdown] lang="en" task="lstm_forward" hint=2
# $(h_t, c_t) = \mathrm{step}(x_{:,t}, h_{t-1}, c_{t-1})$ for $t = 0,\dots,T-1$, beginning with $(h_0, c_0)$ as given,
# which need not be zero.

# %% [markdown] lang="ko" task="lstm_forward" hint=2
# $t = 0,\dots,T-1$에 대해 $(h_t, c_t) = \mathrm{step}(x_{:,t}, h_{t-1}, c_{t-1})$입니다. 시작값은 주어진 `h0`, `c0`이며 0이 아닐 수
# 있습니다.

# %% [markdown] lang="en" task="lstm_backward"
# ## 4. Back through time (16 points)
# Walk the steps in reverse. At each step the hidden state receives a gradient from its own output, `dH[:, t]`, *and*
# one from the step after it; the cell receives one from the step after it. The weights are shared by all steps, so
# their gradients add up. Once you are back at the first step, what you hold are the gradients of `h0` and `c0`.

# %% [markdown] lang="ko" task="lstm_backward"
# ## 4. 시간을 거슬러 가는 역전파 (16점)
# 시점을 거꾸로 따라갑니다. 각 시점의 은닉 상태는 자신의 출력에서 오는 기울기 `dH[:, t]`와 다음 시점에서 넘어오는 기울기를 *함께* 받고, 셀은 다음 시점에서 넘어오는 기울기를 받습니다. 가중치는
# 모든 시점이 공유하므로 기울기를 더합니다. 첫 시점까지 되돌아오면 `h0`과 `c0`의 기울기가 손에 남습니다.


# %% task="lstm_backward"
def lstm_backward(dH, caches):
    """
    [en]
    Back-propagation through time: returns (dx, dh0, dc0, dWx, dWh, db).

    dH: (N, T, H) = dL/dH, the gradient that enters each output directly; T >= 1.
    caches: list of T tuples (x_t, h_prev, c_prev, i, f, o, g, c_new, Wx, Wh), in order of time.
    Returns dx: (N, T, D), dh0: (N, H), dc0: (N, H), dWx: (D, 4H), dWh: (H, 4H), db: (4H,).

    The last cell state has no gradient of its own (0). Sum over steps and batch, no mean. Written by hand.
    Forbidden: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [ko]
    시간을 거슬러 가는 역전파합니다: (dx, dh0, dc0, dWx, dWh, db)를 돌려줍니다.

    dH: (N, T, H) = dL/dH, 각 시점의 출력으로 직접 들어오는 기울기. T >= 1.
    caches: 튜플 (x_t, h_prev, c_prev, i, f, o, g, c_new, Wx, Wh) T개의 리스트, 시점 순서.
    결과 dx: (N, T, D), dh0: (N, H), dc0: (N, H), dWx: (D, 4H), dWh: (H, 4H), db: (4H,).

    마지막 셀 상태로 직접 들어오는 기울기는 없습니다(0). 시점과 배치에 대해 평균이 아니라 합을 구합니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [/]
    """
    ### BEGIN SOLUTION
    T = dH.shape[1]
    dh = dc = torch.zeros_like(dH[:, 0])
    dxs, weights = [], []
    for t in reversed(range(T)):
        dx, dh, dc, *dW = lstm_step_bwd(dH[:, t] + dh, dc, caches[t])
        dxs.append(dx)
        weights.append(dW)
    dWx, dWh, db = (sum(parts) for parts in zip(*weights, strict=True))
    return torch.stack(dxs[::-1], dim=1), dh, dc, dWx, dWh, db
    ### END SOLUTION


# %% [markdown] lang="en" task="lstm_backward" hint=1
# Two quantities travel from step to step: `dh` and `dc`. Both begin at zero behind the last step. One is joined by
# `dH[:, t]` before each call of your backward step.

# %% [markdown] lang="ko" task="lstm_backward" hint=1
# 시점 사이를 오가는 값은 `dh`와 `dc` 두 개이고, 둘 다 마지막 시점 뒤에서는 0으로 시작합니다. 그중 하나에는 각 시점의 역전파를 부르기 전에 `dH[:, t]`가 더해집니다.

# %% [markdown] lang="en" task="lstm_backward" hint=2
# For $t = T-1,\dots,0$:
# $(dx_t, dh, dc, \Delta W) \leftarrow \mathrm{step\_bwd}(dH_{:,t} + dh,\ dc,\ \mathrm{cache}_t)$ and
# $dW \leftarrow dW + \Delta W$.

# %% [markdown] lang="ko" task="lstm_backward" hint=2
# $t = T-1,\dots,0$ 순서로
# $(dx_t, dh, dc, \Delta W) \leftarrow \mathrm{step\_bwd}(dH_{:,t} + dh,\ dc,\ \mathrm{cache}_t)$,
# $dW \leftarrow dW + \Delta W$입니다.

# %% [markdown] lang="en"
# ### See it: what do the gates do?
#
# A tiny LSTM learns to hold a value: whenever the flag is up it must store the input, and it must repeat the stored
# value until the next flag. Your forward and backward do the training. Look at the dashed lines (flags): the forget
# gates of the memory units close exactly there, and the input gates open.

# %% [markdown] lang="ko"
# ### 직접 보기: 게이트는 무슨 일을 할까요?
#
# 작은 LSTM이 값을 기억하는 법을 배웁니다. 플래그가 올라오면 그때의 입력을 저장하고, 다음 플래그까지 저장한 값을 계속 내보내야 합니다. 학습에는 여러분의 순전파와 역전파가 쓰입니다. 점선(플래그)이 있는
# 곳에서 기억을 맡은 유닛의 망각 게이트가 닫히고 입력 게이트가 열리는지 살펴보세요.


# %% tags=["explore"]
def adam(params, grads, memory, lr, betas=(0.9, 0.99)):
    """
    [en]
    One Adam step on a dict of tensors; memory is an empty dict before the first step.
    [ko]
    텐서를 담은 dict에 Adam을 한 단계 적용합니다. 첫 단계 전의 memory는 빈 dict입니다.
    [/]
    """
    memory["t"] = memory.get("t", 0) + 1
    for k in params:
        m, v = memory.get(k, (torch.zeros_like(params[k]), torch.zeros_like(params[k])))
        m = betas[0] * m + (1 - betas[0]) * grads[k]
        v = betas[1] * v + (1 - betas[1]) * grads[k] ** 2
        memory[k] = (m, v)
        m_hat, v_hat = m / (1 - betas[0] ** memory["t"]), v / (1 - betas[1] ** memory["t"])
        params[k] = params[k] - lr * m_hat / (v_hat.sqrt() + 1e-8)


def latch_batch(n, steps, rng):
    """
    [en]
    Values in [-1, 1], flags, and the value under the latest flag (the target).
    [ko]
    [-1, 1]의 값과 플래그, 그리고 가장 최근에 플래그가 올라왔을 때의 값(목표)을 돌려줍니다.
    [/]
    """
    value = torch.rand(n, steps, generator=rng) * 2 - 1
    flag = (torch.rand(n, steps, generator=rng) < 0.15).float()
    flag[:, 0] = 1.0
    last = torch.cummax(torch.arange(steps) * flag.long(), dim=1).values
    return torch.stack([value, flag], dim=2), value.gather(1, last).unsqueeze(2)


if ready(lstm_step, lstm_step_bwd, lstm_forward, lstm_backward):
    import matplotlib.pyplot as plt

    rng = torch.Generator().manual_seed(3)
    size = 6
    p = {
        "Wx": 0.5 * torch.randn(2, 4 * size, generator=rng),
        "Wh": 0.3 * torch.randn(size, 4 * size, generator=rng),
        "b": torch.zeros(4 * size),
        "Wy": 0.3 * torch.randn(size, 1, generator=rng),
        "by": torch.zeros(1),
    }
    # [en] the forget gates start open, as is usual
    # [ko] 망각 게이트는 흔히 그러듯 열린 상태로 시작합니다
    p["b"][size : 2 * size] = 1.0
    memory, start = {}, torch.zeros(64, size)
    for step in range(500):
        x, target = latch_batch(64, 20, rng)
        H, _, caches = lstm_forward(x, start, start, p["Wx"], p["Wh"], p["b"])
        error = (H @ p["Wy"] + p["by"] - target) / (64 * 20)
        _, _, _, dWx, dWh, db = lstm_backward(error @ p["Wy"].T, caches)
        grads = {"Wx": dWx, "Wh": dWh, "b": db, "Wy": torch.einsum("nth,nto->ho", H, error), "by": error.sum((0, 1))}
        adam(p, grads, memory, lr=0.03 if step < 350 else 0.008)

    x, target = latch_batch(1, 40, torch.Generator().manual_seed(8))
    zero = torch.zeros(1, size)
    H, _, caches = lstm_forward(x, zero, zero, p["Wx"], p["Wh"], p["b"])
    output = (H @ p["Wy"] + p["by"])[0, :, 0]
    gates = {"forget gate f": [k[4][0] for k in caches], "input gate i": [k[3][0] for k in caches]}
    flags = x[0, :, 1].nonzero()[:, 0].tolist()

    fig, axes = plt.subplots(
        3, 1, figsize=(9, 6.4), sharex=True, constrained_layout=True, gridspec_kw={"height_ratios": [1.5, 1, 1]}
    )
    axes[0].plot(x[0, :, 0].numpy(), "o", color="0.7", ms=4, label="input value")
    axes[0].step(
        range(40), target[0, :, 0].numpy(), where="mid", color="#0072B2", lw=2, label="target: value at the last flag"
    )
    axes[0].plot(output.numpy(), "x", color="#D55E00", ms=6, mew=1.8, label="LSTM output")
    axes[0].set(ylabel="value", ylim=(-1.3, 1.75), title="An LSTM that learned to hold a value")
    axes[0].legend(loc="upper right", ncol=3, fontsize=8)
    for ax, (name, rows) in zip(axes[1:], gates.items(), strict=True):
        image = ax.imshow(torch.stack(rows, dim=1).numpy(), aspect="auto", vmin=0, vmax=1, origin="lower")
        ax.set(ylabel="unit", title=name, yticks=range(size))
        fig.colorbar(image, ax=ax, pad=0.01, ticks=[0, 0.5, 1])
    for ax in axes:
        for t in flags:
            ax.axvline(t, color="black" if ax is axes[0] else "white", ls="--", lw=0.8)
    axes[2].set_xlabel("time step")
    plt.show()

# %% [markdown] lang="en" task="cell_gradient"
# ## 5. The gradient along the cell (6 points)
# With the gates held fixed, $c_t = f_t\odot c_{t-1} + \dots$ gives $\partial c_t/\partial c_{t-1} = f_t$,
# elementwise. Over a whole sequence that is a product of forget gates: no weights in it, but a product all the same.
# One single $f_t = 0$ cuts the past off.

# %% [markdown] lang="ko" task="cell_gradient"
# ## 5. 셀을 따라 흐르는 기울기 (6점)
# 게이트를 고정하면 $c_t = f_t\odot c_{t-1} + \dots$에서 $\partial c_t/\partial c_{t-1} = f_t$이고, 이는 원소별 관계입니다. 시퀀스 전체로는 망각
# 게이트의 곱이 됩니다. 가중치는 없지만 곱이라는 사실은 변하지 않습니다. 어느 한 시점에서라도 $f_t = 0$이면 그 이전의 과거와는 연결이 끊어집니다.


# %% task="cell_gradient"
def cell_gradient(f):
    """
    [en]
    dc_T/dc_0 along the cell, gates held fixed: the product of f[t] over all steps.

    f: (T, N, H), the forget gates, time first. Returns (N, H), same dtype and device.
    T = 0 gives ones. A gate may be exactly 0 or 1. Must be differentiable with respect to f.
    [ko]
    게이트를 고정하고 셀을 따라 구한 dc_T/dc_0: 모든 시점의 f[t]를 곱한 값입니다.

    f: (T, N, H), 망각 게이트, 시간 축이 먼저입니다. 결과: (N, H), dtype과 device는 f와 같습니다.
    T = 0이면 결과는 모두 1입니다. 게이트 값이 정확히 0이나 1일 수도 있습니다. f에 대해
    미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.prod(f, dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="cell_gradient" hint=1
# By how much does $c_2$ change if $c_0$ changes a little and the gates do not? Write it for two steps, then for T.

# %% [markdown] lang="ko" task="cell_gradient" hint=1
# 게이트는 그대로 두고 $c_0$만 조금 바꾸면 $c_2$는 얼마나 바뀔까요? 두 시점에 대해 먼저 써 보고 T시점으로 넓혀 보세요.

# %% [markdown] lang="en" task="cell_gradient" hint=2
# $\dfrac{\partial c_T}{\partial c_0} = \prod_{t=1}^{T} f_t$, elementwise; the empty product is 1.

# %% [markdown] lang="ko" task="cell_gradient" hint=2
# $\dfrac{\partial c_T}{\partial c_0} = \prod_{t=1}^{T} f_t$ (원소별 곱)이고, 빈 곱은 1입니다.

# %% [markdown] lang="en"
# ### See it: how far back does the gradient reach?
#
# The plot follows the gradient of the last state back in time: for an LSTM's cell with three forget biases, and for
# plain RNNs with small and large weights. Look at the slopes: a straight line on this scale is a product. Forget
# gates close to 1 keep it flat; matrices let it vanish or explode.

# %% [markdown] lang="ko"
# ### 직접 보기: 기울기는 얼마나 먼 과거까지 닿을까요?
#
# 마지막 상태의 기울기를 시간을 거슬러 따라가는 그림입니다. 망각 편향을 달리한 LSTM의 셀 세 가지와 가중치 크기를 달리한 기본 RNN 두 가지를 비교합니다. 로그 눈금에서 직선은 같은 비율로 계속
# 곱해진다는 뜻입니다. 기울어진 정도를 비교해 보세요. 망각 게이트가 1에 가까우면 선이 평평하고, 행렬의 곱은 0으로 사라지거나 폭발합니다.

# %% tags=["explore"]
if ready(lstm_step, lstm_forward, cell_gradient):
    import matplotlib.pyplot as plt

    rng = torch.Generator().manual_seed(0)
    steps, size = 60, 16
    x = torch.randn(8, steps, 4, generator=rng, dtype=torch.float64)
    zero = torch.zeros(8, size, dtype=torch.float64)
    Wx = 0.3 * torch.randn(4, 4 * size, generator=rng, dtype=torch.float64)
    Wh = 0.2 * torch.randn(size, 4 * size, generator=rng, dtype=torch.float64)
    fig, ax = plt.subplots(figsize=(8, 4.6), constrained_layout=True)
    for bias, color in ((0.0, "#0072B2"), (2.0, "#009E73"), (5.0, "#D55E00")):
        b = torch.zeros(4 * size, dtype=torch.float64)
        b[size : 2 * size] = bias
        _, _, caches = lstm_forward(x, zero, zero, Wx, Wh, b)
        f = torch.stack([cache[4] for cache in caches])
        curve = [cell_gradient(f[steps - k :]).mean().item() for k in range(steps + 1)]
        ax.semilogy(curve, color=color, lw=2.2, label=f"LSTM cell, forget bias {bias:.0f} (mean f = {f.mean():.2f})")

    # [en] plain RNNs: the product of their Jacobians, as a spectral norm; Q is random, with spectral radius about 1
    # [ko] 기본 RNN: 야코비 행렬의 곱을 스펙트럼 노름으로 잽니다. Q는 스펙트럼 반지름이 1 안팎인 무작위 행렬입니다
    n = 80
    Q = torch.randn(n, n, generator=rng, dtype=torch.float64) / n**0.5
    U = 0.1 * torch.randn(4, n, generator=rng, dtype=torch.float64)
    for scale, style in ((0.6, "--"), (3.0, ":")):
        h, jacobians = 0.1 * torch.ones(n, dtype=torch.float64), []
        for t in range(steps):
            h = torch.tanh(h @ (scale * Q) + x[0, t] @ U)
            jacobians.append(scale * Q * (1 - h**2))
        product, curve = torch.eye(n, dtype=torch.float64), [1.0]
        for J in reversed(jacobians):
            product = J @ product
            curve.append(torch.linalg.matrix_norm(product, 2).item())
        ax.semilogy(curve, color="0.3", ls=style, lw=2, label=f"plain RNN, W = {scale} Q")
    ax.set(
        xlabel="steps back in time, k",
        ylabel="size of d state(T) / d state(T-k)",
        ylim=(1e-19, 1e12),
        xlim=(0, steps),
        title="A product of gates or a product of matrices",
    )
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8, loc="lower left")
    plt.show()

# %% [markdown] lang="en" task="sample_text"
# ## 6. Writing text (10 points)
# A character model is run on its own output: embed the last token, take a step, turn the scores into probabilities,
# draw the next token, and go round again. The **temperature** divides the logits: below 1 the text becomes cautious,
# above 1 adventurous. So that the result can be checked, the random numbers are given: `U` holds one uniform number
# per token, and you invert the cumulative distribution.

# %% [markdown] lang="ko" task="sample_text"
# ## 6. 글쓰기 (10점)
# 문자 모델은 자기 출력을 다시 입력으로 받습니다. 직전 토큰을 임베딩하고, 한 시점을 진행하고, 점수를 확률로 바꾼 뒤 다음 토큰을 뽑는 일을 되풀이합니다. **온도**는 로짓을 나누는 값이며, 1보다 작으면
# 글이 조심스러워지고 크면 과감해집니다. 채점할 수 있도록 난수를 입력으로 줍니다. `U`에는 토큰마다 균등 난수가 하나씩 들어 있고, 누적분포를 거꾸로 찾아 토큰을 정합니다.


# %% task="sample_text"
def sample_text(params, h, c, x0, T, temp, U):
    """
    [en]
    Sample T tokens from a character LSTM: returns tokens (N, T), int64.

    params: dict with E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wy (H, V), by (V,).
    h, c: (N, H) state before the first step. x0: (N,) int64, the token fed first (it is not part of the result).
    T: int >= 0. temp: float > 0. U: (N, T), uniform numbers in [0, 1); column t is for step t.
    [ko]
    문자 LSTM에서 토큰 T개를 뽑습니다: int64 텐서 tokens (N, T)를 돌려줍니다.

    params: E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wy (H, V), by (V,)를 담은 dict.
    h, c: (N, H) 첫 시점 직전의 상태. x0: (N,) int64, 처음 입력하는 토큰(결과에는 넣지 않습니다).
    T: int >= 0. temp: float > 0. U: (N, T), [0, 1)의 균등 난수이며 t열은 시점 t에 씁니다.
    [/]

    h, c, _ = lstm_step(E[token], h, c, Wx, Wh, b)
    logits = h @ Wy + by
    prob = softmax(logits / temp)
    F_k = prob_0 + ... + prob_k

    [en]
    Step t computes these four lines; the new token is the smallest k with U[:, t] < F_k.
    If rounding leaves no such k, take V - 1. Must work for temp = 1e-4 (nothing may overflow). T = 0 gives (N, 0).
    Forbidden: torch.multinomial, torch.distributions.
    [ko]
    시점 t마다 위의 네 줄을 계산하고, U[:, t] < F_k인 가장 작은 k를 새 토큰으로 정합니다.
    반올림 때문에 그런 k가 없으면 V - 1로 합니다. temp = 1e-4에서도 오버플로 없이 동작해야 합니다. T = 0이면 모양은 (N, 0)입니다.
    사용 금지: torch.multinomial, torch.distributions.
    [/]
    """
    ### BEGIN SOLUTION
    token, tokens = x0, [x0.new_zeros(x0.shape[0], 0)]
    for t in range(T):
        h, c, _ = lstm_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
        logits = h @ params["Wy"] + params["by"]
        cumulative = torch.softmax(logits / temp, dim=1).cumsum(dim=1)
        token = (cumulative <= U[:, t : t + 1]).sum(dim=1).clamp(max=logits.shape[1] - 1)
        tokens.append(token[:, None])
    return torch.cat(tokens, dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="sample_text" hint=1
# Cut the interval [0, 1) into pieces whose lengths are the probabilities; the piece in which the uniform number falls
# is the token. How many cumulative sums lie at or below it?

# %% [markdown] lang="ko" task="sample_text" hint=1
# 구간 [0, 1)을 확률만큼의 길이로 나누면, 균등 난수가 떨어진 조각이 곧 토큰입니다. 누적합 가운데 그 난수보다 작거나 같은 것은 몇 개일까요?

# %% [markdown] lang="en" task="sample_text" hint=2
# $p = \mathrm{softmax}(z/\tau)$, $F_k = \sum_{j\le k} p_j$, token $= \min\{k : u < F_k\} = \#\{k : F_k \le u\}$.
# Subtract the maximum of $z/\tau$ before the exponential.

# %% [markdown] lang="ko" task="sample_text" hint=2
# $p = \mathrm{softmax}(z/\tau)$, $F_k = \sum_{j\le k} p_j$일 때 토큰은 $\min\{k : u < F_k\} = \#\{k : F_k \le u\}$입니다.
# 지수함수에 넣기 전에 $z/\tau$의 최댓값을 빼 주세요.

# %% [markdown] lang="en" task="caption_loss"
# ## 7. A sentence for a picture (12 points)
# A CNN turns the picture into a vector; projected, it becomes the first hidden state of an LSTM that writes the
# caption. In training the right words are fed in (*teacher forcing*): the input is the caption without its last word,
# the target is the caption without its first. Short captions are padded with a null word, which must not count as a
# target.
# `caption_loss` gives loss and gradients, `greedy_decode` writes a caption by taking the best word each time.

# %% [markdown] lang="ko" task="caption_loss"
# ## 7. 그림을 문장으로 (12점)
# CNN이 그림을 벡터로 바꾸고, 이를 사영한 벡터가 캡션을 쓰는 LSTM의 첫 은닉 상태가 됩니다. 학습할 때는 정답 단어를 입력으로 넣습니다(*교사 강요*, teacher forcing). 입력은 캡션에서
# 마지막 단어를 뺀 것, 목표는 첫 단어를 뺀 것입니다. 짧은 캡션의 뒤는 null 단어로 채우는데, 이것이 목표로 계산되어서는 안 됩니다. `caption_loss`는 손실과 기울기를 구하고,
# `greedy_decode`는 매번 점수가 가장 높은 단어를 골라 캡션을 씁니다.


# %% task="caption_loss"
def caption_loss(feat, caps, params, null):
    """
    [en]
    Loss of an LSTM captioner and its gradients: returns (loss, grads).

    feat: (N, F) picture features. caps: (N, T + 1) int64 words, T >= 1. null: int, 0 <= null < V.
    params: dict with Wf (F, H), bf (H,), E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wy (H, V), by (V,).
    h0 = feat @ Wf + bf (no activation), c0 = 0; inputs caps[:, :-1], targets caps[:, 1:]
    [ko]
    LSTM 캡션 모델의 손실과 기울기: (loss, grads)를 돌려줍니다.

    feat: (N, F) 그림의 특징. caps: (N, T + 1) int64 단어, T >= 1. null: int, 0 <= null < V.
    params: Wf (F, H), bf (H,), E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wy (H, V), by (V,)를 담은 dict.
    h0 = feat @ Wf + bf (활성화 함수 없음), c0 = 0; 입력은 caps[:, :-1], 목표는 caps[:, 1:]
    [/]
    logits_t = h_t @ Wy + by
    [en]
    loss = (1 / N) * sum over n, t with target != null of -log softmax(logits)[target]      (0-d tensor)
    grads: dict with the same 8 keys as params, each the gradient of the loss, of the shape of the parameter.

    Sum over time, mean over the batch only. Null words are masked as targets only; as inputs they are
    embedded like any word. If all targets are null, loss and gradients are 0. Written by hand.
    Forbidden: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [ko]
    loss = (1 / N) * (목표 != null인 모든 n, t에 대한 -log softmax(logits)[목표]의 합)      (0차원 텐서)
    grads: params와 같은 키 8개를 가진 dict. 값은 손실의 기울기이고 모양은 각 파라미터와 같습니다.

    시간에 대해서는 합, 배치에 대해서만 평균입니다. null 단어는 목표일 때만 가리고, 입력일 때는 다른 단어처럼 임베딩합니다.
    목표가 모두 null이면 손실과 기울기는 0입니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, Tensor.backward, torch.nn.LSTM, torch.nn.LSTMCell.
    [/]
    """
    ### BEGIN SOLUTION
    inputs, targets = caps[:, :-1], caps[:, 1:]
    h0, words = feat @ params["Wf"] + params["bf"], params["E"][inputs]
    H, _, caches = lstm_forward(words, h0, torch.zeros_like(h0), params["Wx"], params["Wh"], params["b"])
    # equivalent: scores so far apart that a probability is 0 are not asked for
    logp = torch.log_softmax(H @ params["Wy"] + params["by"], dim=2)
    target = torch.zeros_like(logp).scatter(2, targets[:, :, None], 1.0)
    weight = (targets != null)[:, :, None].to(logp.dtype) / feat.shape[0]
    loss = (weight * target * -logp).sum()
    dlogits = weight * (logp.exp() - target)
    dwords, dh0, _, dWx, dWh, db = lstm_backward(dlogits @ params["Wy"].T, caches)
    grads = {"Wf": feat.T @ dh0, "bf": dh0.sum(dim=0), "Wx": dWx, "Wh": dWh, "b": db}
    grads["E"] = torch.zeros_like(params["E"]).index_add(0, inputs.flatten(), dwords.flatten(0, 1))
    grads["Wy"], grads["by"] = torch.einsum("nth,ntv->hv", H, dlogits), dlogits.sum(dim=(0, 1))
    return loss, grads
    ### END SOLUTION


def greedy_decode(feat, params, start, T):
    """
    [en]
    Write T words by taking the best one each time: returns words (N, T), int64.

    feat: (N, F); params: as in caption_loss; start: int, the word fed first (not part of the result); T: int >= 0.
    h0 = feat @ Wf + bf, c0 = 0; each step feeds the word chosen before and takes the argmax of h @ Wy + by.

    Always T words: there is no early stop. T = 0 gives (N, 0).
    [ko]
    매번 점수가 가장 높은 단어를 골라 T개의 단어를 씁니다: int64 텐서 words (N, T)를 돌려줍니다.

    feat: (N, F). params: caption_loss와 같습니다. start: int, 처음 입력하는 단어(결과에는 넣지 않습니다). T: int >= 0.
    h0 = feat @ Wf + bf, c0 = 0; 시점마다 직전에 고른 단어를 입력하고 h @ Wy + by의 argmax를 고릅니다.

    항상 T개의 단어를 냅니다(중간에 멈추지 않습니다). T = 0이면 모양은 (N, 0)입니다.
    [/]
    """
    ### BEGIN SOLUTION
    h = feat @ params["Wf"] + params["bf"]
    c, N = torch.zeros_like(h), feat.shape[0]
    word = torch.full((N,), start, dtype=torch.int64, device=feat.device)
    words = [word.new_zeros(N, 0)]
    for _ in range(T):
        h, c, _ = lstm_step(params["E"][word], h, c, params["Wx"], params["Wh"], params["b"])
        word = (h @ params["Wy"] + params["by"]).argmax(dim=1)
        words.append(word[:, None])
    return torch.cat(words, dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="caption_loss" hint=1
# Forward: project, embed, `lstm_forward`, scores, masked cross-entropy. Backward: the same list from the end, with
# `lstm_backward` in the middle. The same word may be fed many times; its embedding collects the gradients of all of
# them.

# %% [markdown] lang="ko" task="caption_loss" hint=1
# 순전파는 사영, 임베딩, `lstm_forward`, 점수, 마스크를 적용한 교차 엔트로피 순서입니다. 역전파는 같은 목록을 뒤에서부터 밟으면 되고, 가운데에 `lstm_backward`가 있습니다. 같은
# 단어가 여러 번 입력되면 그 단어의 임베딩에는 기울기가 모두 더해집니다.

# %% [markdown] lang="en" task="caption_loss" hint=2
# With $m_{nt} = 1[\text{target}\ne\text{null}]$:
# $\;dz_{nt} = \frac{m_{nt}}{N}\left(\mathrm{softmax}(z_{nt}) - e_{\text{target}}\right)$, $dH = dz\,W_y^\top$,
# $dW_y = \sum_{n,t} h_{nt}^\top dz_{nt}$, $dW_f = \text{feat}^\top dh_0$.

# %% [markdown] lang="ko" task="caption_loss" hint=2
# $m_{nt} = 1[\text{목표}\ne\text{null}]$이라 하면
# $\;dz_{nt} = \frac{m_{nt}}{N}\left(\mathrm{softmax}(z_{nt}) - e_{\text{목표}}\right)$, $dH = dz\,W_y^\top$,
# $dW_y = \sum_{n,t} h_{nt}^\top dz_{nt}$, $dW_f = \text{feat}^\top dh_0$입니다.

# %% [markdown] lang="en"
# ### See it: a very small writer
#
# Your `caption_loss` can train a character model: the "picture" is a constant, and the caption is a piece of text.
# First come samples from early in training, gibberish that slowly turns into words, then samples of the finished model
# at four temperatures: cold ones repeat what is safe, hot ones invent their own spelling. The lecture adds that such
# networks even write C code that runs. Take this with caution: to look like code is not yet to be code.

# %% [markdown] lang="ko"
# ### 직접 보기: 아주 작은 작가
#
# 여러분의 `caption_loss`로 문자 모델을 학습할 수 있습니다. "그림"은 상수로 두고 캡션 자리에 글의 조각을 넣으면 됩니다. 먼저 학습 초기의 글이 나옵니다. 뜻 모를 글자들이 차츰 단어가 되어
# 가는 과정을 볼 수 있습니다. 이어서 학습이 끝난 모델의 글을 네 가지 온도로 비교해 보세요. 온도가 낮으면 안전한 말만 되풀이하고, 높으면 철자를 지어냅니다. 강의 노트에는 이런 신경망이 쓴 C 코드가 실제로 실행된다고 되어 있지만
# 가려들어야 합니다. 코드처럼 보이는 것과 실행되는 것은 다릅니다.

# %% tags=["explore"]
text = """the cell keeps what the gates let in.
the forget gate opens and the past stays; it closes and the past is gone.
the input gate decides how much to write. the output gate decides how much to show.
a plain network forgets the start of the story. a network with a cell can carry the start of the story to the end.
the gradient walks back through time. when the gates are open it walks far; when the gates are closed it stops.
"""

if ready(lstm_step, lstm_step_bwd, lstm_forward, lstm_backward, caption_loss, sample_text):
    import matplotlib.pyplot as plt
    from checker import in_time

    letters = sorted(set(text))
    null, vocabulary, size = len(letters), len(letters) + 1, 64
    codes = torch.tensor([letters.index(ch) for ch in text])
    rng = torch.Generator().manual_seed(1)
    shapes = {
        "Wf": (1, size),
        "bf": (size,),
        "E": (vocabulary, 16),
        "Wx": (16, 4 * size),
        "Wh": (size, 4 * size),
        "b": (4 * size,),
        "Wy": (size, vocabulary),
        "by": (vocabulary,),
    }
    p = {k: 0.15 * torch.randn(*s, generator=rng) for k, s in shapes.items()}
    p["b"][size : 2 * size] += 1.0
    memory, losses, length = {}, [], 30
    picture = torch.ones(24, 1)

    def write(temp, count=70):
        """
        [en]
        Some text from the model as it is now; always with the same random numbers.
        [ko]
        현재 모델이 쓴 글을 돌려줍니다. 항상 같은 난수를 씁니다.
        [/]
        """
        h, U = p["Wf"] + p["bf"], torch.rand(1, count, generator=torch.Generator().manual_seed(5))
        tokens = sample_text(p, h, torch.zeros_like(h), codes[:1], count, temp, U)
        return "".join((*letters, "")[k] for k in [codes[0], *tokens[0].tolist()]).replace("\n", " / ")

    for step in in_time(range(350), 15):
        if step in (0, 20, 40, 80):
            print(f"step {step:3d}, temperature 0.7:  {write(0.7)}")
        begin = torch.randint(0, len(codes) - length - 1, (24,), generator=rng)
        pieces = codes[begin[:, None] + torch.arange(length + 1)]
        loss, grads = caption_loss(picture, pieces, p, null)
        norm = sum((g**2).sum() for g in grads.values()).sqrt()
        adam(p, {k: g * torch.clamp(20.0 / norm, max=1.0) for k, g in grads.items()}, memory, lr=0.01)
        losses.append(loss.item() / length)
    for temp in (0.3, 0.7, 1.5, 3.0):
        print(f"step {len(losses)}, temperature {temp}:  {write(temp)}")

    fig, ax = plt.subplots(figsize=(7.5, 3.6), constrained_layout=True)
    ax.plot(losses, color="#0072B2", lw=1.2, label="training loss")
    uniform = torch.log(torch.tensor(float(len(letters)))).item()
    ax.axhline(uniform, color="#D55E00", ls="--", lw=1.2, label="guessing: every letter equally likely")
    ax.set(
        xlabel="step",
        ylabel="loss per letter (nats)",
        ylim=(0, uniform + 0.4),
        title="A small LSTM learns a few lines of text",
    )
    ax.grid(alpha=0.3)
    ax.legend()
    plt.show()

# %% [markdown] lang="en" task="vqa_logits"
# ## 8. Questions about pictures (6 points)
# A CNN describes the picture, an LSTM reads the question, and the two meet before the answer is chosen. Both vectors
# are projected to the same size and multiplied, so that the question can choose which features of the picture matter.
# Questions have different lengths: the state that counts is the one after the last *real* word.

# %% [markdown] lang="ko" task="vqa_logits"
# ## 8. 그림에 대한 질문 (6점)
# CNN은 그림을 벡터로 나타내고 LSTM은 질문을 읽은 뒤, 답을 고르기 전에 둘을 합칩니다. 두 벡터를 같은 크기로 사영해서 곱하면 질문에 따라 그림의 어떤 특징을 볼지 고를 수 있습니다. 질문의 길이는
# 저마다 다르므로, 마지막 *실제* 단어를 읽은 직후의 상태를 써야 합니다.


# %% task="vqa_logits"
def vqa_logits(img, q_idx, lengths, params):
    """
    [en]
    Scores of the answers to questions about pictures: returns (N, A).

    img: (N, F) picture features. q_idx: (N, T) int64 words, padded at the end with any valid words.
    [ko]
    그림에 대한 질문의 답마다 매긴 점수: (N, A)를 돌려줍니다.

    img: (N, F) 그림의 특징. q_idx: (N, T) int64 단어이며, 뒤는 임의의 유효한 단어로 채워져 있습니다.
    [/]
    lengths: (N,) int64, 1 <= lengths <= T.
    [en]
    params: dict with E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wi (F, K), bi (K,), Wq (H, K), bq (K,),
    Wa (K, A), ba (A,).
    q = hidden state of an LSTM over E[q_idx], from h0 = c0 = 0, after word number lengths[n]
    [ko]
    params: E (V, D), Wx (D, 4H), Wh (H, 4H), b (4H,), Wi (F, K), bi (K,), Wq (H, K), bq (K,),
    Wa (K, A), ba (A,)를 담은 dict.
    q = E[q_idx]를 읽는 LSTM(h0 = c0 = 0)이 lengths[n]번째 단어를 읽은 직후의 은닉 상태
    [/]
    logits = (tanh(img @ Wi + bi) * tanh(q @ Wq + bq)) @ Wa + ba

    [en]
    Here * is elementwise. The padding must not change the result. Must be differentiable with respect to img and all of params.
    Forbidden: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [ko]
    여기서 *는 원소별 곱입니다. 패딩은 결과에 영향을 주지 않아야 합니다. img와 params의 모든 값에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.LSTM, torch.nn.LSTMCell, torch.lstm_cell, torch.lstm.
    [/]
    """
    ### BEGIN SOLUTION
    N = img.shape[0]
    zero = img.new_zeros(N, params["Wh"].shape[0])
    H, _, _ = lstm_forward(params["E"][q_idx], zero, zero, params["Wx"], params["Wh"], params["b"])
    q = H[torch.arange(N, device=H.device), lengths - 1]
    picture = torch.tanh(img @ params["Wi"] + params["bi"])
    question = torch.tanh(q @ params["Wq"] + params["bq"])
    return (picture * question) @ params["Wa"] + params["ba"]
    ### END SOLUTION


# %% [markdown] lang="en" task="vqa_logits" hint=1
# Run the LSTM over all T positions, padding included, and pick one time step per row afterwards.

# %% [markdown] lang="ko" task="vqa_logits" hint=1
# 패딩까지 포함해서 T개 위치 모두에 LSTM을 적용한 다음, 행마다 필요한 시점 하나를 골라 쓰세요.

# %% [markdown] lang="en" task="vqa_logits" hint=2
# $q_n = H_{n,\,\ell_n-1}$ (counting from 0), and
# $\text{logits} = \left(\tanh(\text{img}\,W_i + b_i)\odot\tanh(q\,W_q + b_q)\right)W_a + b_a$.

# %% [markdown] lang="ko" task="vqa_logits" hint=2
# 0부터 세면 $q_n = H_{n,\,\ell_n-1}$이고
# $\text{logits} = \left(\tanh(\text{img}\,W_i + b_i)\odot\tanh(q\,W_q + b_q)\right)W_a + b_a$입니다.

# %% [markdown] lang="en" task="soft_attention"
# ## 9. Soft attention (6 points)
# One vector for a whole picture loses much. If the CNN keeps a vector for each of L regions, the LSTM can look at
# another place for every word: its hidden state is compared with each region, the scores become weights by a softmax,
# and the weighted mean of the regions is what it sees.

# %% [markdown] lang="ko" task="soft_attention"
# ## 9. 소프트 어텐션 (6점)
# 그림 전체를 벡터 하나로 나타내면 많은 정보를 잃습니다. CNN이 영역 L개마다 벡터를 하나씩 남겨 두면 LSTM은 단어를 쓸 때마다 다른 곳을 볼 수 있습니다. 은닉 상태를 각 영역과 비교해 점수를 매기고,
# 소프트맥스로 점수를 가중치로 바꾼 뒤, 영역 벡터들의 가중 평균을 구하면 그것이 지금 보고 있는 내용입니다.


# %% task="soft_attention"
def soft_attention(h, V, W):
    """
    [en]
    Attention of a hidden state over the regions of a picture: returns (ctx, a).
    [ko]
    은닉 상태가 그림의 각 영역에 두는 어텐션: (ctx, a)를 돌려줍니다.
    [/]

    score[n, l] = h[n] @ W @ V[n, l]
    a[n] = softmax(score[n])
    ctx[n] = sum_l a[n, l] * V[n, l]

    [en]
    The scores are not scaled, and the softmax is over the regions l.
    h: (N, H), V: (N, L, D), W: (H, D), L >= 1. Returns ctx: (N, D), a: (N, L).
    Scores up to ±1000 must give finite results. Must be differentiable with respect to h, V and W.
    Forbidden: torch.nn.functional.scaled_dot_product_attention, torch.nn.MultiheadAttention.
    [ko]
    점수는 따로 스케일링하지 않으며, 소프트맥스는 영역 l 방향으로 구합니다.
    h: (N, H), V: (N, L, D), W: (H, D), L >= 1. 결과 ctx: (N, D), a: (N, L).
    점수가 ±1000이어도 결과는 유한해야 합니다. h, V, W에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.functional.scaled_dot_product_attention, torch.nn.MultiheadAttention.
    [/]
    """
    ### BEGIN SOLUTION
    score = torch.einsum("nd,nld->nl", h @ W, V)
    a = torch.softmax(score, dim=1)
    return torch.einsum("nl,nld->nd", a, V), a
    ### END SOLUTION


# %% [markdown] lang="en" task="soft_attention" hint=1
# Bring `h` into the space of the regions once (`h @ W`), then take one dot product per region. The weights of one
# picture sum to 1.

# %% [markdown] lang="ko" task="soft_attention" hint=1
# `h`를 영역 벡터의 공간으로 한 번 옮긴 다음(`h @ W`) 영역마다 내적을 구하세요. 한 그림의 가중치를 모두 더하면 1입니다.

# %% [markdown] lang="en" task="soft_attention" hint=2
# $s_{nl} = h_n W v_{nl}^\top$, $a_{nl} = \exp(s_{nl}) / \sum_{m} \exp(s_{nm})$,
# $\text{ctx}_n = \sum_l a_{nl} v_{nl}$.

# %% [markdown] lang="ko" task="soft_attention" hint=2
# $s_{nl} = h_n W v_{nl}^\top$, $a_{nl} = \exp(s_{nl}) / \sum_{m} \exp(s_{nm})$, $\text{ctx}_n = \sum_l a_{nl} v_{nl}$입니다.
