# %% [markdown] lang="en"
# # Training basics and self-supervised learning
#
# What happens between "here is a network" and "it has learned"? You count parameters, cut an epoch into mini-batches, choose the
# first weights, and find out why a batch twice as large wants a learning rate twice as large. Then you take data *without*
# labels: a jigsaw of image patches, and the contrastive loss that pulls two views of one thing together. At the end your own loss
# pre-trains an encoder, and a linear probe with a handful of labels shows what it has learned.

# %% [markdown] lang="ko"
# # 학습의 기초와 자기지도 학습
#
# 신경망을 하나 만든 뒤 그것이 무언가를 배우기까지 무슨 일이 벌어질까요? 파라미터의 수를 세고, 한 에폭을 미니배치로 나누고, 첫 가중치를
# 정하고, 배치를 두 배로 키우면 왜 학습률도 두 배로 키워야 하는지 알아봅니다. 그다음에는 레이블이 *없는* 데이터를 다룹니다. 이미지 조각
# 맞추기, 그리고 같은 것을 달리 본 두 모습을 가까이 끌어당기는 대조 손실입니다. 마지막에는 여러분이 만든 손실로 인코더를 사전 학습하고,
# 레이블 몇 개만 쓰는 선형 분류기로 인코더가 무엇을 배웠는지 확인합니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Parameters.** A layer with $n$ inputs and $m$ neurons has $nm$ weights (how important is each input?) and $m$ biases (how easily
# does each neuron fire?). Learning is the search for good values of all of them. What people choose themselves, such as the
# learning rate, the batch size or the number of epochs, are *hyper-parameters*.
#
# **Mini-batches.** An epoch sees every example once: draw *without* replacement, $B$ at a time. $B=1$ is SGD, $B=n$ is gradient
# descent. One step is
#
# $$w\leftarrow w-\frac{\alpha}{B}\sum_{i\in\text{batch}}g_i(w),\qquad g_i=\nabla\,\text{loss of example }i.$$
#
# **Large batches.** Two steps with $B$ examples each, and one step with $2B$:
#
# $$w_3=w_1-\frac\alpha B\sum_{i\le B}g_i(w_1)-\frac\alpha B\sum_{B<i\le2B}g_i(w_2),\qquad
# w'=w_1-\frac{\alpha'}{2B}\sum_{i\le 2B}g_i(w_1).$$
#
# With $\alpha'=2\alpha$ they differ only in *where* the second half of the gradients is taken. Hence the rule: batch times $k$,
# learning rate times $k$, and a *warm-up* from 0 at the start, when $w$ moves fast and the two places are far apart.
#
# **Self-supervised learning.** Labels cost money; raw data does not. A *pretext task* makes its own labels: where does this patch
# belong? which two of these pictures are views of the same one? The network that has learned to answer is then used for the real,
# *downstream* task: as a frozen feature extractor with a small model on top, or fine-tuned, in part or as a whole.

# %% [markdown] lang="ko"
# ## 복습
#
# **파라미터.** 입력이 $n$개, 뉴런이 $m$개인 층에는 가중치 $nm$개(입력 하나하나가 얼마나 중요한가)와 편향 $m$개(뉴런이 얼마나 쉽게 켜지는가)가
# 있습니다. 학습이란 이 모든 값을 알맞게 찾는 일입니다. 학습률, 배치 크기, 에폭 수처럼 사람이 정하는 값은 *하이퍼파라미터*라고 합니다.
#
# **미니배치.** 한 에폭 동안 모든 샘플을 한 번씩 봅니다. *비복원*으로 $B$개씩 뽑습니다. $B=1$이면 SGD, $B=n$이면 경사 하강법입니다. 한 걸음은
# 다음과 같습니다.
#
# $$w\leftarrow w-\frac{\alpha}{B}\sum_{i\in\text{batch}}g_i(w),\qquad g_i=\nabla(\text{샘플 } i\text{의 손실})$$
#
# **큰 배치.** $B$개씩 두 걸음을 걸을 때와 $2B$개로 한 걸음을 걸을 때를 비교합니다.
#
# $$w_3=w_1-\frac\alpha B\sum_{i\le B}g_i(w_1)-\frac\alpha B\sum_{B<i\le2B}g_i(w_2),\qquad
# w'=w_1-\frac{\alpha'}{2B}\sum_{i\le 2B}g_i(w_1)$$
#
# $\alpha'=2\alpha$로 두면 둘은 나머지 절반의 기울기를 *어디에서* 구하느냐만 다릅니다. 그래서 배치를 $k$배로 키우면 학습률도 $k$배로 키우고,
# $w$가 빠르게 움직여 두 지점이 서로 멀리 떨어지는 학습 초기에는 학습률을 0부터 천천히 올립니다(*웜업*).
#
# **자기지도 학습.** 레이블을 붙이는 데는 돈이 들지만 데이터 자체는 흔합니다. *프리텍스트 과제*는 레이블을 스스로 만듭니다. 이 조각은 어느 자리에
# 있었나? 이 그림들 중 같은 그림을 달리 본 둘은 무엇인가? 이런 문제를 풀 줄 알게 된 신경망을 진짜 문제(*다운스트림 과제*)에 씁니다. 그대로 얼려
# 특징 추출기로 쓰고 그 위에 작은 모델만 얹거나, 일부 또는 전체를 미세 조정(fine-tuning)합니다.

# %% [markdown] lang="en"
# ### Often mixed up
#
# - Self-supervised learning gets by with few *labels*. Data without labels it needs in plenty.
# - No learning rate is right for every problem. 0.001 is a place to begin, and a gradient is never "too large" by itself: what has
#   to fit is the product of the two.
# - A step of SGD is cheaper than a step of gradient descent. That it needs fewer steps is not true.
# - Two small steps and one large one are not equal, not even at twice the learning rate. They would be if the second
#   half of the gradients were taken at the old weights.
# - In contrastive learning the two pictures that belong together are two views of the *same* image, made by augmentation.
#
# ### Conventions
#
# - Rows are examples. Losses are means over the batch, logarithms are natural.
# - Results have the dtype and device of the inputs, losses are 0-d tensors. No function changes its inputs, draws random numbers
#   (they are handed in) or prints.
# - The given functions are called `graded_...`: keep these names free.

# %% [markdown] lang="ko"
# ### 헷갈리기 쉬운 점
#
# - 자기지도 학습에서 적어도 되는 것은 *레이블*입니다. 레이블 없는 데이터는 많이 필요합니다.
# - 모든 문제에 맞는 학습률은 없습니다. 0.001은 출발점일 뿐입니다. 기울기 자체가 너무 크다는 말도 성립하지 않습니다. 알맞아야
#   하는 것은 학습률과 기울기의 곱입니다.
# - SGD의 한 걸음은 경사 하강법의 한 걸음보다 값쌉니다. 그렇다고 걸음 수까지 더 적은 것은 아닙니다.
# - 작은 두 걸음과 큰 한 걸음은 같지 않습니다. 학습률을 두 배로 해도 같지 않습니다. 나머지 절반의 기울기를 이전 가중치에서 구한다면
#   같아집니다.
# - 대조 학습에서 짝을 이루는 두 그림은 *같은* 이미지를 증강해 만든 두 모습입니다.
#
# ### 이 노트북의 약속
#
# - 한 행이 샘플 하나입니다. 손실은 배치에 대한 평균이고 로그는 자연로그입니다.
# - 결과의 dtype과 device는 입력과 같고 손실은 0차원 텐서입니다. 어떤 함수도 입력을 바꾸거나, 난수를 뽑거나(필요한 난수는 인자로 들어옵니다),
#   무언가를 출력(print)하지 않습니다.
# - 주어진 함수의 이름은 `graded_...`로 시작합니다. 이런 이름은 쓰지 마세요.

# %%
import itertools

import torch

# %% [markdown] lang="en" task="param_count"
# ## 1. Counting parameters (8 points)
#
# A network is given by its layer sizes, input first: `[3, 4, 4, 1]` has three inputs, two hidden layers of four neurons, and one
# output. Every neuron has one weight for each neuron of the layer before, and one bias. Inputs are data; they have no parameters.

# %% [markdown] lang="ko" task="param_count"
# ## 1. 파라미터 세기 (8점)
#
# 신경망을 층의 크기로 나타냅니다. 입력층이 맨 앞입니다. `[3, 4, 4, 1]`은 입력 3개, 뉴런 4개짜리 은닉층 두 개, 출력 1개입니다. 뉴런마다 앞 층의
# 뉴런 하나하나에 대한 가중치와 편향 하나가 있습니다. 입력은 데이터이므로 파라미터가 없습니다.


# %% task="param_count"
def param_count(sizes):
    """
    [en]
    Weights and biases of a fully connected network: (layers, total).

    sizes: list of ints >= 1, at least one. Returns layers, a list with (weights, biases), two ints, for every layer behind the
    input, in order, and total, an int: all parameters together.

    sizes of length 1 is an input without a network: ([], 0).
    [ko]
    완전연결 신경망의 가중치와 편향의 수: (layers, total).

    sizes: 1 이상의 정수 리스트, 길이는 1 이상. 결과: layers는 입력층 다음 층부터 차례로 (가중치 수, 편향 수), 두 int를 담은
    리스트이고, total은 모든 파라미터의 수(int)입니다.

    sizes의 길이가 1이면 입력만 있고 신경망은 없으므로 ([], 0)입니다.
    [/]
    """
    ### BEGIN SOLUTION
    layers = [(n * m, m) for n, m in itertools.pairwise(sizes)]
    return layers, sum(weights + biases for weights, biases in layers)
    ### END SOLUTION


# %% [markdown] lang="en" task="param_count" hint=1
# Look at two neighbouring layers at a time. How many lines join them in a drawing? And how many neurons are there to receive a bias?

# %% [markdown] lang="ko" task="param_count" hint=1
# 이웃한 두 층씩 보세요. 그림으로 그리면 둘 사이에 선이 몇 개인가요? 그리고 편향을 받을 뉴런은 몇 개인가요?

# %% [markdown] lang="en" task="param_count" hint=2
# Between $n$ and $m$ neurons: $nm$ weights and $m$ biases. For $[3,4,4,1]$: $(12,4),(16,4),(4,1)$, together 41.

# %% [markdown] lang="ko" task="param_count" hint=2
# 뉴런 $n$개와 $m$개 사이에는 가중치 $nm$개와 편향 $m$개가 있습니다. $[3,4,4,1]$이면 $(12,4),(16,4),(4,1)$, 모두 41개입니다.

# %% [markdown] lang="en"
# ### See it: the network of the lecture
#
# Each line is a weight, and each filled circle carries a bias. The numbers below come from your function. On the right, the same
# count for a small network that reads images of 28 × 28 pixels: nearly all parameters sit in the first layer.

# %% [markdown] lang="ko"
# ### 직접 보기: 강의에 나온 신경망
#
# 선 하나가 가중치 하나이고, 색칠한 원마다 편향이 하나씩 있습니다. 아래의 숫자는 여러분의 함수가 구한 것입니다. 오른쪽은 28 × 28 픽셀
# 이미지를 읽는 작은 신경망의 파라미터 수입니다. 거의 모두 첫 층에 몰려 있습니다.

# %% tags=["explore"]
if ready(param_count):
    import matplotlib.pyplot as plt

    sizes = [3, 4, 4, 1]
    layers, total = param_count(sizes)
    figure, axes = plt.subplots(1, 2, figsize=(12, 3.8), width_ratios=[1.5, 1], constrained_layout=True)
    height = [[i - (n - 1) / 2 for i in range(n)] for n in sizes]
    for x, (below, above) in enumerate(itertools.pairwise(height)):
        for one, other in itertools.product(below, above):
            axes[0].plot([x, x + 1], [one, other], color="0.75", lw=1, zorder=1)
        text = f"{layers[x][0]} weights\n{layers[x][1]} bias{'es' * (layers[x][1] > 1)}"
        axes[0].text(x + 0.5, -2.35, text, ha="center", va="top", fontsize=10)
    for x, places in enumerate(height):
        face = "white" if x == 0 else "#0072B2"
        axes[0].scatter([x] * len(places), places, s=420, facecolor=face, edgecolor="black", zorder=2)
    axes[0].set(title=f"{sizes}: {total} parameters", xlim=(-0.3, 3.3), ylim=(-3.3, 1.9))
    axes[0].axis("off")
    layers, total = param_count([784, 128, 32, 10])
    names = ["784 to 128", "128 to 32", "32 to 10"]
    bars = axes[1].barh(names, [weights + biases for weights, biases in layers], color="#0072B2")
    axes[1].bar_label(bars, fmt="{:,.0f}", padding=3)
    axes[1].set(title=f"[784, 128, 32, 10]: {total:,} parameters", xlim=(0, 125_000), xlabel="parameters of the layer")
    axes[1].invert_yaxis()
    plt.show()

# %% [markdown] lang="en" task="epoch_batches"
# ## 2. An epoch in mini-batches (10 points)
#
# One epoch is over when every example has been used *once*. The order is shuffled anew for each epoch and comes to you as `perm`; you
# only cut it into pieces of $B$. If $n$ is not a multiple of $B$, the last piece is smaller.

# %% [markdown] lang="ko" task="epoch_batches"
# ## 2. 한 에폭의 미니배치 (10점)
#
# 모든 샘플을 *한 번씩* 쓰면 한 에폭이 끝납니다. 에폭마다 새로 섞은 순서가 `perm`으로 주어지므로, 이를 $B$개씩 자르기만 하면 됩니다. $n$이
# $B$로 나누어떨어지지 않으면 마지막 조각은 더 작습니다.


# %% task="epoch_batches"
def epoch_batches(n, B, perm):
    """
    [en]
    The mini-batches of one epoch: a list of int64 tensors of indices.

    n: int >= 0, the number of examples. B: int >= 1, examples in a mini-batch. perm: (n,) int64, a permutation of 0 ... n-1.

    In the order of perm: the first B indices, the next B, ...; a smaller last mini-batch is kept. B > n: one mini-batch with all n.
    n = 0: an empty list.
    [ko]
    한 에폭의 미니배치: 인덱스를 담은 int64 텐서의 리스트.

    n: int >= 0, 샘플 수. B: int >= 1, 미니배치 하나의 샘플 수. perm: (n,) int64, 0 ... n-1의 순열.

    perm의 순서대로 처음 B개, 그다음 B개, ... 입니다. 마지막 미니배치가 더 작아도 버리지 않습니다. B > n이면 n개가 모두 든 미니배치
    하나입니다. n = 0이면 빈 리스트입니다.
    [/]
    """
    ### BEGIN SOLUTION
    return [perm[start : start + B] for start in range(0, n, B)]
    ### END SOLUTION


# %% [markdown] lang="en" task="epoch_batches" hint=1
# Where do the mini-batches start? At 0, B, 2B, ... as long as that is less than n. A slice that runs past the end is simply shorter.

# %% [markdown] lang="ko" task="epoch_batches" hint=1
# 미니배치는 어디에서 시작하나요? 0, B, 2B, ... 이고 n보다 작은 동안 계속됩니다. 끝을 넘어가는 슬라이스는 그냥 짧아집니다.

# %% [markdown] lang="en" task="epoch_batches" hint=2
# Mini-batch $k$ holds $\pi_{kB},\dots,\pi_{\min((k+1)B,\,n)-1}$ for $k=0,\dots,\lceil n/B\rceil-1$, where $\pi$ is `perm`.

# %% [markdown] lang="ko" task="epoch_batches" hint=2
# `perm`을 $\pi$라 하면 $k$번째 미니배치는 $\pi_{kB},\dots,\pi_{\min((k+1)B,\,n)-1}$이고 $k=0,\dots,\lceil n/B\rceil-1$입니다.

# %% [markdown] lang="en" task="init_weights"
# ## 3. The first weights (8 points)
#
# Weights begin small and random, around 0. Small, so that no neuron starts out saturated; random, because neurons with equal weights
# get equal gradients and stay equal for ever. The random numbers are handed to you: turn them into weights of the right spread.

# %% [markdown] lang="ko" task="init_weights"
# ## 3. 첫 가중치 (8점)
#
# 가중치는 0 근처의 작은 난수로 시작합니다. 처음부터 포화된 뉴런이 없도록 작아야 하고, 가중치가 같은 뉴런은 기울기도 같아 영원히 똑같이
# 움직이므로 서로 달라야 합니다. 난수는 인자로 주어집니다. 이를 알맞은 폭의 가중치로 바꾸세요.


# %% task="init_weights"
def init_weights(U, dist, scale):
    """
    [en]
    Initial weights from given random numbers.

    U: float tensor of any shape. dist: "uniform" or "normal". scale: float > 0. Returns a tensor of the shape and dtype of U.

    "uniform": U is uniform on [0, 1); the weights are to be uniform on [-scale, scale): 0 becomes -scale, 1/2 becomes 0.
    "normal": U is standard normal; the weights are to be normal with mean 0 and STANDARD DEVIATION scale.
    No other random numbers are drawn, and every entry of U gives one weight.
    [ko]
    주어진 난수로 만드는 첫 가중치.

    U: 임의의 모양의 실수 텐서. dist: "uniform" 또는 "normal". scale: 0보다 큰 float. 결과: U와 모양과 dtype이 같은 텐서.

    "uniform": U는 [0, 1)의 균등분포이고, 가중치는 [-scale, scale)의 균등분포여야 합니다. 즉 0은 -scale이, 1/2은 0이 됩니다.
    "normal": U는 표준정규분포이고, 가중치는 평균이 0이고 '표준편차'가 scale인 정규분포여야 합니다.
    다른 난수는 뽑지 않으며, U의 원소 하나가 가중치 하나가 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    if dist == "uniform":
        return scale * (2 * U - 1)
    return scale * U
    ### END SOLUTION


# %% [markdown] lang="en" task="init_weights" hint=1
# For the uniform case ask where the two ends of $[0,1)$ have to go: a stretch and a shift. For the normal case ask what multiplying
# does to a standard deviation.

# %% [markdown] lang="ko" task="init_weights" hint=1
# 균등분포는 $[0,1)$의 양 끝이 어디로 가야 하는지 생각해 보세요. 늘이고 옮기면 됩니다. 정규분포는 수를 곱하면 표준편차가 어떻게 되는지 생각해
# 보세요.

# %% [markdown] lang="en" task="init_weights" hint=2
# $u\in[0,1)\ \Rightarrow\ 2u-1\in[-1,1)$. $\quad u\sim\mathcal N(0,1)\ \Rightarrow\ su\sim\mathcal N(0,s^2)$.

# %% [markdown] lang="ko" task="init_weights" hint=2
# $u\in[0,1)\ \Rightarrow\ 2u-1\in[-1,1)$. $\quad u\sim\mathcal N(0,1)\ \Rightarrow\ su\sim\mathcal N(0,s^2)$.

# %% [markdown] lang="en"
# ### See it: why random?
#
# A network with three hidden neurons learns a wave, from three beginnings. Each line is one hidden neuron's weight during
# training. From zeros no weight ever moves. From equal weights all three neurons move as one, and the network is no better
# than one with a single neuron. From your random weights they part and share the work. Compare the losses above the pictures.

# %% [markdown] lang="ko"
# ### 직접 보기: 왜 무작위여야 할까?
#
# 은닉 뉴런이 세 개인 신경망이 물결 모양을 배우는데, 시작하는 가중치가 서로 다릅니다. 선 하나가 학습하는 동안의 은닉 뉴런 하나의 가중치입니다.
# 0에서 시작하면 가중치가 전혀 움직이지 않습니다. 모두 같은 값에서 시작하면 세 뉴런이 한 몸처럼 움직여 뉴런이 하나인 신경망과 다를 바
# 없습니다. 여러분의 무작위 가중치에서 시작하면 서로 갈라져 일을 나눠 맡습니다. 그림 위의 손실을 비교해 보세요.

# %% tags=["explore"]
if ready(init_weights):
    import matplotlib.pyplot as plt

    x = torch.linspace(-2, 2, 40, dtype=torch.float64)[:, None]
    y = torch.sin(2 * x)
    generator = torch.Generator().manual_seed(2)
    numbers = (
        torch.rand(1, 3, generator=generator, dtype=torch.float64),
        torch.rand(3, 1, generator=generator, dtype=torch.float64),
    )
    starts = {
        "all zeros": [torch.zeros_like(u) for u in numbers],
        "all equal": [torch.full_like(u, 0.4) for u in numbers],
        "your random weights": [init_weights(u, "uniform", 1.0) for u in numbers],
    }
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.6), sharey=True, constrained_layout=True)
    for ax, (name, (W1, W2)) in zip(axes, starts.items()):
        b1, b2, path = torch.zeros(3, dtype=torch.float64), torch.zeros(1, dtype=torch.float64), []
        for _ in range(2000):
            path.append(W1[0])
            h = torch.tanh(x @ W1 + b1)
            error = (h @ W2 + b2 - y) / len(x)
            back = (error @ W2.T) * (1 - h**2)
            W1, b1 = W1 - 0.15 * x.T @ back, b1 - 0.15 * back.sum(dim=0)
            W2, b2 = W2 - 0.15 * h.T @ error, b2 - 0.15 * error.sum(dim=0)
        loss = ((torch.tanh(x @ W1 + b1) @ W2 + b2 - y) ** 2).mean() / 2
        for k, (color, style) in enumerate([("#0072B2", "-"), ("#E69F00", "--"), ("#009E73", ":")]):
            ax.plot(torch.stack(path)[:, k], color=color, ls=style, lw=2.5, label=f"neuron {k + 1}")
        ax.set(title=f"{name}: loss {loss:.3f}", xlabel="step")
        ax.grid(alpha=0.3)
    axes[0].set_ylabel("first-layer weight")
    axes[0].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# The results of your `two_vs_one` one by one, so that one can be right without the others.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `two_vs_one`의 결과를 하나씩 살펴봅니다. 그래서 하나가 틀려도 다른 것은 인정받을 수 있습니다.


# %% tags=["provided"]
def graded_two_steps(X, y, w1, a, B):
    """
    [en]
    {"w3": ...}, the first result of two_vs_one.
    [ko]
    two_vs_one의 첫째 결과 {"w3": ...}.
    [/]
    """
    return {"w3": two_vs_one(X, y, w1, a, B)[0]}


def graded_one_step(X, y, w1, a, B):
    """
    [en]
    {"w2_same": ..., "w2_scaled": ...}, the other two results of two_vs_one.
    [ko]
    two_vs_one의 나머지 두 결과 {"w2_same": ..., "w2_scaled": ...}.
    [/]
    """
    _, w2_same, w2_scaled = two_vs_one(X, y, w1, a, B)
    return {"w2_same": w2_same, "w2_scaled": w2_scaled}


# %% [markdown] lang="en" task="lr_scaled"
# ## 4. Twice the batch, twice the rate (16 points)
#
# Why should the learning rate follow the batch size? Take $2B$ examples and the loss $\frac12(x\cdot w-y)^2$ of each. Go once in two
# steps of $B$ examples, and once in a single step of all $2B$, with the same rate and with the scaled one. The means over $B$ and over
# $2B$ are equally long on average, so a single step at the same rate covers only half the way.

# %% [markdown] lang="ko" task="lr_scaled"
# ## 4. 배치가 두 배면 학습률도 두 배 (16점)
#
# 학습률은 왜 배치 크기를 따라가야 할까요? 샘플 $2B$개와 샘플마다의 손실 $\frac12(x\cdot w-y)^2$을 생각합니다. 한 번은 $B$개씩 두 걸음에, 한 번은
# $2B$개 모두로 한 걸음에 갑니다. 한 걸음으로 갈 때는 같은 학습률과 키운 학습률을 모두 써 봅니다. $B$개의 평균과 $2B$개의 평균은 크기가
# 비슷하므로, 같은 학습률로 한 걸음만 가면 절반밖에 가지 못합니다.


# %% task="lr_scaled"
def lr_scaled(lr0, B0, B):
    """
    [en]
    The linear scaling rule: the learning rate for batch size B, if lr0 is right for batch size B0.

    lr0: float > 0. B0, B: ints >= 1. Returns a Python float.
    [ko]
    선형 스케일링 규칙: 배치 크기 B0에 학습률 lr0가 알맞을 때, 배치 크기 B에 쓸 학습률.

    lr0: 0보다 큰 float. B0, B: 1 이상의 int. 결과: Python float.
    [/]
    """
    ### BEGIN SOLUTION
    return lr0 * B / B0
    ### END SOLUTION


def two_vs_one(X, y, w1, a, B):
    """
    [en]
    Two steps with B examples each against one step with all 2B: (w3, w2_same, w2_scaled), three (d,) tensors.

    X: (2B, d), y: (2B,), w1: (d,), one float dtype. a: float, the learning rate. B: int >= 1. No bias.
    Example i has the loss 1/2 (X[i].w - y[i])^2; a batch has the MEAN of its examples' losses.

    w3: from w1 one step on the rows 0 ... B-1, and from where that leads, one step on the rows B ... 2B-1, both with rate a.
    w2_same: from w1 a single step on all 2B rows, with rate a. w2_scaled: the same with the rate lr_scaled(a, B, 2B).
    Forbidden: torch.autograd, torch.func, .backward, torch.optim.
    [ko]
    B개씩 두 걸음과 2B개로 한 걸음의 비교: (w3, w2_same, w2_scaled), (d,) 텐서 세 개.

    X: (2B, d), y: (2B,), w1: (d,), 모두 같은 실수 dtype. a: 학습률(float). B: int >= 1. 편향은 없습니다.
    샘플 i의 손실은 1/2 (X[i].w - y[i])^2이고, 배치의 손실은 그 안의 샘플 손실의 '평균'입니다.

    w3: w1에서 0 ... B-1행으로 한 걸음 가고, 도착한 곳에서 B ... 2B-1행으로 한 걸음 더 간 결과입니다. 학습률은 둘 다 a입니다.
    w2_same: w1에서 2B행 모두로 학습률 a로 한 걸음. w2_scaled: 같은 걸음을 학습률 lr_scaled(a, B, 2B)로.
    사용 금지: torch.autograd, torch.func, .backward, torch.optim.
    [/]
    """

    ### BEGIN SOLUTION
    def step(w, rows, lr):
        error = X[rows] @ w - y[rows]
        return w - lr * (error @ X[rows]) / len(error)

    everything = slice(0, 2 * B)
    w2 = step(w1, slice(0, B), a)
    w3 = step(w2, slice(B, 2 * B), a)
    return w3, step(w1, everything, a), step(w1, everything, lr_scaled(a, B, 2 * B))
    ### END SOLUTION


# %% [markdown] lang="en" task="lr_scaled" hint=1
# Write a small helper that makes one step from any $w$ on any rows with any rate; then the three results are one line each. Mind
# where the second of the two small steps begins.

# %% [markdown] lang="ko" task="lr_scaled" hint=1
# 어떤 $w$에서든, 어떤 행으로든, 어떤 학습률로든 한 걸음 가는 작은 함수를 먼저 만드세요. 그러면 세 결과는 한 줄씩입니다. 작은 두 걸음 중 둘째
# 걸음이 어디에서 시작하는지 주의하세요.

# %% [markdown] lang="en" task="lr_scaled" hint=2
# One step on a set $S$ of rows: $w-\dfrac{\alpha}{|S|}\sum_{i\in S}(x_i\cdot w-y_i)\,x_i$. The rule: $\alpha_B=\alpha_0\,B/B_0$.

# %% [markdown] lang="ko" task="lr_scaled" hint=2
# 행의 집합 $S$로 가는 한 걸음: $w-\dfrac{\alpha}{|S|}\sum_{i\in S}(x_i\cdot w-y_i)\,x_i$. 규칙: $\alpha_B=\alpha_0\,B/B_0$.

# %% [markdown] lang="en"
# ### See it: where do the steps lead?
#
# Left: one case with two weights. The two small steps and the single scaled step arrive close together, while the unscaled one stops half-way.
# Right: how far each ends from the two steps, for many learning rates, on logarithmic axes. At the same rate the gap grows like
# $\alpha$. At twice the rate it grows like $\alpha^2$: the smaller the steps, the better the rule, which is why warm-up helps.

# %% [markdown] lang="ko"
# ### 직접 보기: 걸음은 어디로 이어질까?
#
# 왼쪽은 가중치가 두 개인 예입니다. 작은 두 걸음과 키운 한 걸음은 서로 가까운 곳에 도착하지만, 키우지 않은 한 걸음은 절반쯤에서 멈춥니다.
# 오른쪽은 여러 학습률에서 두 걸음의 도착점과 떨어진 거리를 로그 축에 그린 것입니다. 같은 학습률이면 거리가 $\alpha$에 비례하고, 두 배로 키우면
# $\alpha^2$에 비례합니다. 걸음이 작을수록 규칙이 잘 맞으며, 그래서 웜업이 도움이 됩니다.

# %% tags=["explore"]
if ready(lr_scaled, two_vs_one):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(4)
    X = torch.randn(8, 2, generator=generator, dtype=torch.float64) + 0.4
    y = X @ torch.tensor([1.5, -1.0], dtype=torch.float64) + 0.2 * torch.randn(
        8, generator=generator, dtype=torch.float64
    )
    w1 = torch.tensor([-0.5, 0.6], dtype=torch.float64)
    figure, axes = plt.subplots(1, 2, figsize=(12, 4.2), constrained_layout=True)

    across, up = (
        torch.linspace(-0.8, 0.9, 120, dtype=torch.float64),
        torch.linspace(-0.9, 0.8, 120, dtype=torch.float64),
    )
    across, up = torch.meshgrid(across, up, indexing="xy")
    surface = ((torch.stack([across, up], dim=2) @ X.T - y) ** 2).mean(dim=2) / 2
    axes[0].contour(across, up, surface, levels=[0.2, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], colors="0.8", linewidths=1)
    w3, same, scaled = two_vs_one(X, y, w1, 0.12, 4)
    w2 = two_vs_one(torch.cat([X[:4], X[:4]]), torch.cat([y[:4], y[:4]]), w1, 0.12, 4)[1]
    looks = [([w1, w2, w3], "#0072B2", "o-", "two steps with B"), ([w1, scaled], "#009E73", "s--", "one step with 2B, rate doubled"), ([w1, same], "#D55E00", "^:", "one step with 2B, same rate")]  # fmt: skip
    for points, color, style, name in looks:
        axes[0].plot(*torch.stack(points).T, style, color=color, lw=2, ms=8, label=name)
    axes[0].plot(*w1, "o", color="black", ms=9, zorder=4)
    axes[0].annotate("start", w1, (8, 8), textcoords="offset points")
    axes[0].set(title="three ways from one start", xlabel="$w_1$", ylabel="$w_2$")
    axes[0].legend(frameon=False, loc="lower left", fontsize=9)

    rates = torch.logspace(-3, -0.6, 25).tolist()
    gaps = [[(two_vs_one(X, y, w1, a, 4)[0] - w).norm().item() for w in two_vs_one(X, y, w1, a, 4)[1:]] for a in rates]
    for values, (_, color, style, name) in zip(zip(*gaps), [looks[2], looks[1]]):
        axes[1].plot(rates, values, style[0] + style[1:], color=color, ms=5, label=name)
    axes[1].set(
        xscale="log", yscale="log", xlabel="learning rate", ylabel="distance", title="distance to the two steps"
    )
    axes[1].grid(alpha=0.3)
    axes[1].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="warmup_lr"
# ## 5. Warm-up (8 points)
#
# At the start the weights are random, the gradients are steep, and a large rate throws the network out of the region where it could
# learn. Warm-up begins at 0 and raises the rate in equal portions until, after `warm` steps, it has reached its full value.

# %% [markdown] lang="ko" task="warmup_lr"
# ## 5. 웜업 (8점)
#
# 학습 초기에는 가중치가 무작위이고 기울기가 가팔라서, 학습률이 크면 신경망이 배울 수 있는 영역 밖으로 튕겨 나가기 쉽습니다. 웜업은 0에서
# 시작해 학습률을 직선으로 올려, `warm`걸음 뒤에 본래 값에 이르게 합니다.


# %% task="warmup_lr"
def warmup_lr(t, peak, warm):
    """
    [en]
    The learning rate in step t, as a Python float: it rises in a straight line from 0 at t = 0 to peak at t = warm, and stays there.

    t: int >= 0, the first step is 0. peak: float > 0. warm: int >= 0; warm = 0 means no warm-up, peak from the start.
    [ko]
    걸음 t의 학습률. 결과: Python float. t = 0일 때 0에서 시작해 t = warm일 때 peak까지 직선으로 오르고, 그 뒤로는 그대로입니다.

    t: int >= 0, 첫 걸음이 0입니다. peak: 0보다 큰 float. warm: int >= 0. warm = 0이면 웜업 없이 처음부터 peak입니다.
    [/]
    """
    ### BEGIN SOLUTION
    if t >= warm:
        return peak
    return peak * t / warm
    ### END SOLUTION


# %% [markdown] lang="en" task="warmup_lr" hint=1
# Which share of the warm-up lies behind you in step $t$? It is 0 at the beginning and never more than 1. What would be divided by
# what if there is no warm-up?

# %% [markdown] lang="ko" task="warmup_lr" hint=1
# 걸음 $t$에서 웜업의 몇 할이 지났나요? 처음에는 0이고 1을 넘지 않습니다. 웜업이 없으면 무엇을 무엇으로 나누게 될까요?

# %% [markdown] lang="en" task="warmup_lr" hint=2
# $\eta_t=\eta_{\text{peak}}\cdot\min(1,\ t/T)$ for $T>0$, where $T$ is `warm`.

# %% [markdown] lang="ko" task="warmup_lr" hint=2
# `warm`을 $T$라 하면 $T>0$일 때 $\eta_t=\eta_{\text{peak}}\cdot\min(1,\ t/T)$입니다.

# %% [markdown] lang="en"
# ### See it: the same large rate, with and without warm-up
#
# A network with 64 hidden neurons learns from your `epoch_batches`, at a rate that your `lr_scaled` has scaled up. Without warm-up the
# loss explodes within the first ten steps and never comes back. With your `warmup_lr` the very same peak rate is reached after 100
# steps, at a place where the network can bear it, and it learns well.

# %% [markdown] lang="ko"
# ### 직접 보기: 같은 학습률, 웜업이 있을 때와 없을 때
#
# 은닉 뉴런이 64개인 신경망을 여러분의 `epoch_batches`로 나눈 미니배치와 `lr_scaled`로 키운 학습률로 학습시킵니다. 웜업이 없으면 열 걸음도 되기
# 전에 손실이 폭발해 다시 돌아오지 않습니다. `warmup_lr`를 쓰면 100걸음 뒤, 신경망이 견딜 수 있는 곳에 이르러 똑같은 최고 학습률에 도달하고 잘
# 배웁니다.

# %% tags=["explore"]
if ready(epoch_batches, lr_scaled, warmup_lr):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    x = 4 * torch.rand(256, 1, generator=generator, dtype=torch.float64) - 2
    y = torch.sin(2.5 * x)
    peak = lr_scaled(0.05, 16, 64)

    def train(warm, epochs=100):
        generator.manual_seed(1)
        shapes = [(1, 64), (64,), (64, 1), (1,)]
        W1, b1, W2, b2 = (torch.randn(*s, generator=generator, dtype=torch.float64) for s in shapes)
        b1, W2, b2 = 0 * b1, W2 / 8, 0 * b2
        losses, rates = [], []
        for _ in range(epochs):
            for rows in epoch_batches(256, 64, torch.randperm(256, generator=generator)):
                h = torch.relu(x[rows] @ W1 + b1)
                error = h @ W2 + b2 - y[rows]
                losses.append((error**2).mean().item() / 2)
                rates.append(warmup_lr(len(rates), peak, warm))
                if losses[-1] > 1e12:
                    return rates, losses  # lost
                error = error / len(rows)
                back = (error @ W2.T) * (h > 0)
                W1, b1 = W1 - rates[-1] * x[rows].T @ back, b1 - rates[-1] * back.sum(dim=0)
                W2, b2 = W2 - rates[-1] * h.T @ error, b2 - rates[-1] * error.sum(dim=0)
        return rates, losses

    figure, axes = plt.subplots(1, 2, figsize=(12, 3.8), width_ratios=[1, 1.6], constrained_layout=True)
    for warm, color, name in [(0, "#D55E00", "without warm-up"), (100, "#0072B2", "warm-up over 100 steps")]:
        rates, losses = train(warm)
        axes[0].plot(rates, color=color, lw=2, label=name)
        axes[1].plot(losses, color=color, lw=1.5, label=name)
    axes[0].set(title="learning rate", xlabel="step", ylim=(0, 0.23), xlim=(-10, 410))
    axes[1].set(title="loss of the mini-batch", xlabel="step", yscale="log", ylim=(2e-3, 1e6), xlim=(-10, 410))
    for ax in axes:
        ax.grid(alpha=0.3)
        ax.legend(frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Writes into the patches that your `context_pairs` returns and looks whether the image has changed.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `context_pairs`가 돌려준 조각에 값을 써 넣고 이미지가 함께 바뀌었는지 살펴봅니다.


# %% tags=["provided"]
def graded_own_memory(img, P, gap):
    """
    [en]
    Does the image stay as it is when somebody writes into the patches?
    [ko]
    조각에 값을 써 넣어도 이미지가 그대로인가요?
    [/]
    """
    image = img.clone()
    center, nbrs = context_pairs(image, P, gap)
    center += 1
    nbrs += 1
    return torch.equal(image, img)


# %% [markdown] lang="en" task="context_pairs"
# ## 6. A pretext task: where does this patch belong? (16 points)
#
# Context prediction cuts nine patches from an image, three rows of three, shows the network the middle one and *one* of the others, and
# asks: which of the eight places is it from? Nobody has to label anything, yet whoever can answer must have understood something about
# how things are built. A gap between the patches keeps the network from cheating with lines that run on across the border.

# %% [markdown] lang="ko" task="context_pairs"
# ## 6. 프리텍스트 과제: 이 조각의 자리는? (16점)
#
# 문맥 예측(context prediction)은 이미지에서 조각 아홉 개를 세 줄로 세 개씩 잘라, 가운데 조각과 나머지 가운데 *하나*를 신경망에 보여 주고 그것이
# 여덟 자리 중 어디에서 왔는지 묻습니다. 아무도 레이블을 붙일 필요가 없지만, 답하려면 사물이 어떻게 생겼는지 이해해야 합니다. 조각
# 사이를 띄우는 것은 경계를 넘어 이어지는 선을 보고 꾀를 부리지 못하게 하기 위해서입니다.


# %% task="context_pairs"
def context_pairs(img, P, gap):
    """
    [en]
    The middle patch and its eight neighbours: (center, nbrs).

    img: (H, W, C), float or int64. P: int >= 1, side of a patch. gap: int >= 0, pixels between neighbouring patches.
    Returns center (P, P, C) and nbrs (8, P, P, C), dtype of img.

    The nine patches form a 3 x 3 grid of side 3P + 2 gap, in the middle of the image: its top row is (H - side) // 2 and its left
    column (W - side) // 2. H and W are at least side. nbrs in reading order, without the center: 0 top left, 1 top, 2 top right,
    3 left, 4 right, 5 bottom left, 6 bottom, 7 bottom right. The index is the label of the pretext task.
    Neither result shares memory with img: writing into a patch must not change the image (copies, not views).
    [ko]
    가운데 조각과 둘레의 여덟 조각: (center, nbrs).

    img: (H, W, C), 실수 또는 int64. P: int >= 1, 조각의 한 변. gap: int >= 0, 이웃한 조각 사이의 픽셀 수.
    결과: center (P, P, C), nbrs (8, P, P, C), dtype은 img와 같습니다.

    조각 아홉 개는 한 변이 3P + 2 gap인 3 x 3 격자를 이루며 이미지의 한가운데에 놓입니다. 격자의 맨 위 행은 (H - 한 변) // 2, 맨 왼쪽 열은
    (W - 한 변) // 2입니다. H와 W는 한 변 이상입니다. nbrs는 가운데를 뺀 나머지를 글을 읽는 순서로 담습니다: 0 왼쪽 위, 1 위, 2 오른쪽 위,
    3 왼쪽, 4 오른쪽, 5 왼쪽 아래, 6 아래, 7 오른쪽 아래. 이 번호가 프리텍스트 과제의 레이블입니다.
    두 결과 모두 img와 메모리를 나눠 쓰지 않습니다. 조각에 값을 써도 이미지가 바뀌면 안 됩니다(뷰가 아니라 복사본).
    [/]
    """
    ### BEGIN SOLUTION
    height, width, _ = img.shape
    side, stride = 3 * P + 2 * gap, P + gap
    rows = [(height - side) // 2 + i * stride for i in range(3)]
    columns = [(width - side) // 2 + j * stride for j in range(3)]
    patches = torch.stack([img[r : r + P, c : c + P] for r in rows for c in columns])
    return patches[4].clone(), torch.cat([patches[:4], patches[5:]])
    ### END SOLUTION


# %% [markdown] lang="en" task="context_pairs" hint=1
# Find the three starting rows and the three starting columns first; from one patch to the next it is not `P` pixels. Then take all nine
# in reading order and leave out the fifth: what comes after it moves up by one.

# %% [markdown] lang="ko" task="context_pairs" hint=1
# 먼저 조각이 시작하는 행 세 개와 열 세 개를 구하세요. 한 조각에서 다음 조각까지는 `P`픽셀이 아닙니다. 그다음 아홉 개를 읽는 순서로 모으고 다섯째를
# 빼면, 그 뒤의 조각은 번호가 하나씩 당겨집니다.

# %% [markdown] lang="en" task="context_pairs" hint=2
# Row $i$ and column $j$ of the grid start at $\lfloor(H-S)/2\rfloor+i(P+g)$ and $\lfloor(W-S)/2\rfloor+j(P+g)$ with $S=3P+2g$. The label
# of $(i,j)$ is $3i+j$ before the center and $3i+j-1$ behind it.

# %% [markdown] lang="ko" task="context_pairs" hint=2
# $S=3P+2g$일 때 격자의 $i$행 $j$열은 $\lfloor(H-S)/2\rfloor+i(P+g)$, $\lfloor(W-S)/2\rfloor+j(P+g)$에서 시작합니다. $(i,j)$의 레이블은
# 가운데보다 앞이면 $3i+j$, 뒤이면 $3i+j-1$입니다.

# %% [markdown] lang="en"
# ### See it: a jigsaw of eight pieces
#
# A painted landscape with a house, and what your function cuts out of it. The network would see the middle patch and one of the others,
# without its number. Could you put them back?

# %% [markdown] lang="ko"
# ### 직접 보기: 여덟 조각 맞추기
#
# 집이 있는 풍경 그림과 여러분의 함수가 잘라 낸 조각들입니다. 신경망은 가운데 조각과 나머지 가운데 하나를 번호 없이 보게 됩니다. 여러분은
# 제자리에 돌려놓을 수 있나요?

# %% tags=["explore"]
if ready(context_pairs):
    import matplotlib.pyplot as plt

    rows, columns = torch.meshgrid(torch.arange(96.0), torch.arange(120.0), indexing="ij")
    image = torch.stack([0.45 + rows / 240, 0.65 + rows / 300, 0.95 - rows / 900], dim=2)  # sky

    def paint(where, color):
        image[where] = torch.tensor(color)

    paint((rows - 22) ** 2 + (columns - 90) ** 2 < 100, [1.0, 0.85, 0.3])  # sun
    paint(rows > 66 + 4 * torch.sin(columns / 13), [0.35, 0.62, 0.3])  # meadow
    paint((rows > 44) & (rows < 76) & (abs(columns - 60) < 22), [0.85, 0.75, 0.6])  # wall
    paint((rows > 24) & (rows <= 44) & (abs(columns - 60) < (rows - 24) * 1.4), [0.7, 0.25, 0.2])  # roof
    paint((rows > 56) & (rows < 76) & (abs(columns - 60) < 5), [0.4, 0.25, 0.15])  # door
    for window in (47, 73):
        paint((abs(rows - 55) < 5) & (abs(columns - window) < 5), [0.5, 0.75, 0.9])
    P, gap = 24, 6
    center, nbrs = context_pairs(image, P, gap)

    figure = plt.figure(figsize=(12, 4.4), constrained_layout=True)
    left, right = figure.subfigures(1, 2, width_ratios=[1.25, 1])
    ax = left.add_subplot()
    ax.imshow(image)
    for i, j in itertools.product(range(3), range(3)):
        corner = ((120 - 84) // 2 + j * 30 - 0.5, (96 - 84) // 2 + i * 30 - 0.5)
        ax.add_patch(plt.Rectangle(corner, P, P, fill=False, ec="white" if (i, j) != (1, 1) else "black", lw=2.5))
    ax.set(title="nine patches with gaps", xticks=[], yticks=[])
    pieces = iter(enumerate(nbrs))
    for place, ax in enumerate(right.subplots(3, 3).flat):
        label, piece = ("center", center) if place == 4 else next(pieces)
        ax.imshow(piece)
        ax.set_title(label if place == 4 else f"label {label}", fontsize=9, pad=2)
        ax.set(xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# The loss and the gradients of your `nt_xent` one by one, so that one can be right without the other.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `nt_xent`의 손실과 기울기를 따로 살펴봅니다. 그래서 한쪽이 틀려도 다른 쪽은 인정받을 수 있습니다.


# %% tags=["provided"]
def graded_nt_loss(z1, z2, tau):
    """
    [en]
    The loss of nt_xent.
    [ko]
    nt_xent의 손실.
    [/]
    """
    loss, _, _ = nt_xent(z1, z2, tau)
    return loss


def graded_nt_grads(z1, z2, tau):
    """
    [en]
    The gradients of nt_xent: {"dz1": ..., "dz2": ...}.
    [ko]
    nt_xent의 기울기: {"dz1": ..., "dz2": ...}.
    [/]
    """
    _, dz1, dz2 = nt_xent(z1, z2, tau)
    return {"dz1": dz1, "dz2": dz2}


# %% [markdown] lang="en" task="nt_xent"
# ## 7. Contrastive loss (22 points)
#
# $N$ images, two augmented views of each, $2N$ embeddings $z$. For every one of them the question is: which of the *other* $2N-1$ is my
# partner? It is a softmax over similarities, with the partner as the right class:
#
# $$\ell_i=-\log\frac{e^{s_{i\,p(i)}}}{\sum_{k\ne i}e^{s_{ik}}},\qquad s_{ij}=\frac{u_i\cdot u_j}{\tau},\quad u_i=\frac{z_i}{\lVert z_i\rVert}.$$
#
# All embeddings are brought to length 1 first, so that only directions count; the temperature $\tau$ says how sharply the softmax decides.
# The loss is the mean over all $2N$, for each view looks for the other one.

# %% [markdown] lang="ko" task="nt_xent"
# ## 7. 대조 손실 (22점)
#
# 이미지 $N$장을 두 가지로 증강하면 임베딩 $z$가 $2N$개 나옵니다. 임베딩마다 이렇게 묻습니다. *나머지* $2N-1$개 중 내 짝은 무엇인가? 짝을 정답
# 클래스로 하는, 유사도의 소프트맥스입니다.
#
# $$\ell_i=-\log\frac{e^{s_{i\,p(i)}}}{\sum_{k\ne i}e^{s_{ik}}},\qquad s_{ij}=\frac{u_i\cdot u_j}{\tau},\quad u_i=\frac{z_i}{\lVert z_i\rVert}$$
#
# 방향만 비교하도록 모든 임베딩의 길이를 먼저 1로 맞춥니다. 온도 $\tau$는 소프트맥스가 얼마나 날카롭게 고르는지를 정합니다. 두 모습이 서로를
# 찾으므로 손실은 $2N$개 모두에 대한 평균입니다.


# %% task="nt_xent"
def nt_xent(z1, z2, tau):
    """
    [en]
    The contrastive loss NT-Xent of N pairs and its gradients: (loss, dz1, dz2).

    z1, z2: (N, D), one float dtype, N >= 1: rows z1[i] and z2[i] are the two views of image i. They are not normalised yet.
    tau: float > 0. Returns loss 0-d, dz1 (N, D) = dloss/dz1, dz2 (N, D) = dloss/dz2.

    All 2N embeddings are compared with each other. The denominator of embedding i runs over the other 2N - 1: its partner included,
    itself excluded. The loss is the mean over all 2N. N = 1: nothing but the partner is left, so the loss and the gradients are 0.
    A row of zeros stays a row of zeros when it is normalised, and its own gradient is 0. Finite and exact for tau down to 0.001.
    The gradients go through the normalisation. Write them by hand.
    Forbidden: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [ko]
    N쌍의 대조 손실 NT-Xent와 기울기: (loss, dz1, dz2).

    z1, z2: (N, D), 같은 실수 dtype, N >= 1. z1[i]와 z2[i]가 이미지 i의 두 모습이며 아직 정규화되지 않았습니다.
    tau: 0보다 큰 float. 결과: loss는 0차원, dz1 (N, D) = dloss/dz1, dz2 (N, D) = dloss/dz2.

    임베딩 2N개를 모두 서로 비교합니다. 임베딩 i의 분모는 나머지 2N - 1개에 대한 합으로, 짝은 들어가고 자기 자신은 빠집니다. 손실은 2N개
    모두에 대한 평균입니다. N = 1이면 짝밖에 남지 않으므로 손실도 기울기도 0입니다.
    모두 0인 행은 정규화해도 0이고, 그 행의 기울기는 0입니다. tau가 0.001까지 작아져도 유한하고 정확해야 합니다.
    기울기는 정규화까지 거슬러 올라갑니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    N = len(z1)
    Z = torch.cat([z1, z2])
    norm = Z.norm(dim=1, keepdim=True)
    inverse = torch.where(norm > 0, 1 / norm, torch.zeros_like(norm))
    U = Z * inverse
    i = torch.arange(2 * N, device=Z.device)
    partner = (i + N) % (2 * N)
    S = U @ U.T / tau
    S[i, i] = -torch.inf
    log_p = S - S.logsumexp(dim=1, keepdim=True)
    loss = -log_p[i, partner].mean()
    dS = log_p.exp()
    dS[i, partner] -= 1
    dU = (dS + dS.T) @ U / tau / (2 * N)
    dZ = (dU - U * (U * dU).sum(dim=1, keepdim=True)) * inverse
    return loss, dZ[:N], dZ[N:]
    ### END SOLUTION


# %% [markdown] lang="en" task="nt_xent" hint=1
# Put all $2N$ rows into one matrix: the similarities are one product, the partner of row $i$ is $N$ rows further on (and round the corner),
# and a diagonal of $-\infty$ takes everybody out of their own denominator. From there it is softmax cross-entropy. On the way back remember
# that $u_i$ stands in row $i$ *and* in column $i$ of the similarities, and that no change along $u_i$ itself survives the normalisation.

# %% [markdown] lang="ko" task="nt_xent" hint=1
# $2N$개의 행을 모두 한 행렬에 모으세요. 유사도는 곱셈 한 번이면 되고, $i$행의 짝은 $N$행 뒤에 있으며(끝을 넘으면 앞으로 돌아옵니다), 대각선을
# $-\infty$로 두면 자기 자신이 분모에서 빠집니다. 그다음은 소프트맥스 교차 엔트로피입니다. 거슬러 갈 때는 $u_i$가 유사도의 $i$행*과* $i$열에 모두
# 들어 있다는 점, 그리고 $u_i$ 방향의 변화는 정규화에서 사라진다는 점을 기억하세요.

# %% [markdown] lang="en" task="nt_xent" hint=2
# With $P_{ik}=\mathrm{softmax}_k(s_{ik})$, $P_{ii}=0$: $\;G_{ik}=\frac1{2N}\big(P_{ik}-\mathbb 1[k=p(i)]\big)$,
# $\;\frac{\partial L}{\partial u}=\frac1\tau(G+G^\top)U$, $\;\frac{\partial L}{\partial z_i}=\frac1{\lVert z_i\rVert}\big(d_i-(d_i\cdot u_i)u_i\big)$, where $d_i$ is row
# $i$ of $\partial L/\partial u$.

# %% [markdown] lang="ko" task="nt_xent" hint=2
# $P_{ik}=\mathrm{softmax}_k(s_{ik})$, $P_{ii}=0$이라 하면 $\;G_{ik}=\frac1{2N}\big(P_{ik}-\mathbb 1[k=p(i)]\big)$,
# $\;\frac{\partial L}{\partial u}=\frac1\tau(G+G^\top)U$, $\;\frac{\partial L}{\partial z_i}=\frac1{\lVert z_i\rVert}\big(d_i-(d_i\cdot u_i)u_i\big)$입니다. $d_i$는
# $\partial L/\partial u$의 $i$번째 행입니다.

# %% [markdown] lang="en"
# ### See it: pairs find each other
#
# Twelve pairs of points, placed at random in the plane, follow the negative gradient of your loss. Partners have the same colour and are
# joined by a line. Left: before. Middle: after 400 steps, drawn at length 1; partners have met, and the pairs keep away from each other.
# Right: the similarities, sorted by direction: brightest on the diagonal, where partners meet, darkest between opposite sides of the circle.

# %% [markdown] lang="ko"
# ### 직접 보기: 서로를 찾아가는 짝
#
# 평면에 무작위로 놓인 열두 쌍의 점이 여러분의 손실의 기울기를 거슬러 움직입니다. 짝끼리는 색이 같고 선으로 이어져 있습니다. 왼쪽은 처음 모습이고,
# 가운데는 400걸음 뒤에 길이를 1로 맞춰 그린 모습입니다. 짝끼리는 만났고, 서로 다른 쌍은 멀어졌습니다. 오른쪽은 방향순으로 늘어놓은 유사도입니다.
# 짝이 만나는 대각선이 가장 밝고, 원의 맞은편끼리는 가장 어둡습니다.

# %% tags=["explore"]
if ready(nt_xent):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    z1, z2 = torch.randn(2, 12, 2, generator=generator, dtype=torch.float64)
    before, losses = (z1, z2), []
    for _ in range(400):
        loss, dz1, dz2 = nt_xent(z1, z2, 0.2)
        z1, z2 = z1 - 0.5 * dz1, z2 - 0.5 * dz2
        losses.append(loss.item())
    u1, u2 = (z / z.norm(dim=1, keepdim=True) for z in (z1, z2))
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), constrained_layout=True)
    colors = plt.get_cmap("Paired").colors
    titles = [f"before: loss {losses[0]:.2f}", f"after 400 steps: loss {losses[-1]:.2f}"]
    for ax, (a, b), title in zip(axes, [before, (u1, u2)], titles):
        for one, other, color in zip(a, b, colors):
            ax.plot(*torch.stack([one, other]).T, "-", color=color, lw=1.5)
            ax.plot(*one, "o", color=color, ms=9, mec="black")
            ax.plot(*other, "s", color=color, ms=8, mec="black")
        ax.set(title=title, aspect="equal", xticks=[0], yticks=[0])
        ax.grid(alpha=0.4)
    order = torch.atan2(u1[:, 1], u1[:, 0]).argsort()
    shown = axes[2].imshow(u1[order] @ u2[order].T, cmap="viridis", vmin=-1, vmax=1)
    axes[2].set(
        title="similarity after training",
        xlabel="second view (sorted)",
        ylabel="first view (sorted)",
        xticks=[],
        yticks=[],
    )
    figure.colorbar(shown, ax=axes[2], shrink=0.8)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Calls your `finetune_step` with a set, which the grader cannot hand over directly.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 채점기는 집합(set)을 바로 건넬 수 없으므로, 집합으로 바꿔 여러분의 `finetune_step`을 호출합니다.


# %% tags=["provided"]
def graded_finetune(params, grads, lr, frozen):
    """
    [en]
    finetune_step with frozen (a tuple of names) as a set.
    [ko]
    frozen(이름의 튜플)을 집합으로 바꿔 finetune_step을 호출합니다.
    [/]
    """
    return finetune_step(params, grads, lr, set(frozen))


def graded_finetune_again(params, grads, lr, frozen):
    """
    [en]
    The second of two calls with the same params.
    [ko]
    같은 params로 두 번 호출했을 때 두 번째 결과.
    [/]
    """
    finetune_step(params, grads, lr, set(frozen))
    return finetune_step(params, grads, lr, set(frozen))


# %% [markdown] lang="en" task="finetune_step"
# ## 8. Using what was learned (10 points)
#
# A pre-trained network can serve the real task in two ways. *Fine-tuning* goes on training, often with the first layers *frozen*: their
# parameters stay as they are. Or the whole network is a *feature extractor*, and only a small linear model on its features is fitted, a
# **linear probe**. For squared errors with a penalty $\lambda$ on the weights its best parameters are found by solving one linear system.

# %% [markdown] lang="ko" task="finetune_step"
# ## 8. 배운 것을 써먹기 (10점)
#
# 사전 학습한 신경망을 진짜 문제에 쓰는 방법은 두 가지입니다. *미세 조정*은 학습을 이어 가되 흔히 앞쪽 층을 *얼려* 그 파라미터를 그대로 둡니다.
# 또는 신경망 전체를 *특징 추출기*로 쓰고 그 위의 작은 선형 모델만 맞춥니다. 이것이 **선형 프로브**입니다. 제곱 오차에 가중치에 대한 벌점
# $\lambda$를 더하면, 가장 좋은 파라미터는 연립방정식 하나를 풀어 구할 수 있습니다.


# %% task="finetune_step"
def finetune_step(params, grads, lr, frozen):
    """
    [en]
    One step of gradient descent on the parameters that are not frozen: a new dict with the names of params.

    params, grads: dicts from names to float tensors, with the same names and shapes. lr: float. frozen: a set of names, perhaps empty.

    Frozen ones keep their values, all others become p - lr * grad. Neither the dicts nor their tensors are changed in place.
    Names are compared as a whole: freezing "W1" does not freeze "W10". frozen may hold names that do not occur in params.
    [ko]
    얼리지 않은 파라미터만 경사 하강법으로 한 걸음 옮깁니다. 결과: params와 이름이 같은 새 dict.

    params, grads: 이름에서 실수 텐서로 가는 dict이며 이름과 모양이 서로 같습니다. lr: float. frozen: 이름의 집합(set). 비어 있을 수 있습니다.

    얼린 것은 값을 그대로 두고, 나머지는 모두 p - lr * grad가 됩니다. dict도, 그 안의 텐서도 제자리에서 바꾸지 않습니다.
    이름은 통째로 비교합니다. "W1"을 얼려도 "W10"은 얼지 않습니다. frozen에는 params에 없는 이름이 있을 수도 있습니다.
    [/]
    """
    ### BEGIN SOLUTION
    return {name: p if name in frozen else p - lr * grads[name] for name, p in params.items()}
    ### END SOLUTION


def linear_probe(feats, y, lam):
    """
    [en]
    The best linear model on fixed features: (w, b).

    feats: (N, D), y: (N,), one float dtype, N >= 1. lam: float > 0. Returns w (D,) and b, 0-d, which minimise
        1/2 sum_n (feats[n].w + b - y[n])^2 + lam/2 ||w||^2
    The sum is not divided by N, and the bias is not penalised. D may be larger than N. The features are used as they are.
    [ko]
    고정된 특징 위의 가장 좋은 선형 모델: (w, b).

    feats: (N, D), y: (N,), 같은 실수 dtype, N >= 1. lam: 0보다 큰 float. 결과: 다음을 최소로 하는 w (D,)와 0차원 b
        1/2 sum_n (feats[n].w + b - y[n])^2 + lam/2 ||w||^2
    합을 N으로 나누지 않으며, 편향에는 벌점이 없습니다. D가 N보다 클 수도 있습니다. 특징은 주어진 그대로 씁니다.
    [/]
    """
    ### BEGIN SOLUTION
    feats_mean, y_mean = feats.mean(dim=0), y.mean()
    centred = feats - feats_mean
    penalty = lam * torch.eye(feats.shape[1], dtype=feats.dtype, device=feats.device)
    w = torch.linalg.solve(centred.T @ centred + penalty, centred.T @ (y - y_mean))
    return w, y_mean - feats_mean @ w
    ### END SOLUTION


# %% [markdown] lang="en" task="finetune_step" hint=1
# `p - ...` makes a new tensor, `p -= ...` writes into the caller's. For the probe: the best bias makes the mean error 0. Put that in, and $b$
# disappears from the problem: what is left is ridge regression on centred features and targets.

# %% [markdown] lang="ko" task="finetune_step" hint=1
# `p - ...`는 새 텐서를 만들지만 `p -= ...`는 호출한 쪽의 텐서를 고칩니다. 프로브에서 가장 좋은 편향은 평균 오차를 0으로 만드는 값입니다. 이를
# 대입하면 $b$가 사라지고, 특징과 목표값에서 평균을 뺀 릿지 회귀만 남습니다.

# %% [markdown] lang="en" task="finetune_step" hint=2
# With $\tilde F=F-\bar f$ and $\tilde y=y-\bar y$: $\;(\tilde F^\top\tilde F+\lambda I)\,w=\tilde F^\top\tilde y$, $\;b=\bar y-\bar f\cdot w$.

# %% [markdown] lang="ko" task="finetune_step" hint=2
# $\tilde F=F-\bar f$, $\tilde y=y-\bar y$라 하면 $\;(\tilde F^\top\tilde F+\lambda I)\,w=\tilde F^\top\tilde y$, $\;b=\bar y-\bar f\cdot w$입니다.

# %% [markdown] lang="en"
# ### See it: a few labels are enough, after pre-training
#
# Sine waves and sawtooth waves, with random phase, height and noise. Your `nt_xent` pre-trains a small encoder on waves *without labels*: two
# views of a wave are shifted, rescaled and noisy copies. Then your `linear_probe` gets between 4 and 128 labels, once on the raw signal, once
# on an encoder with random weights, once on the pre-trained one. Look how few labels the last one needs; on the raw signal no number of
# labels helps.

# %% [markdown] lang="ko"
# ### 직접 보기: 사전 학습 뒤에는 레이블 몇 개면 충분하다
#
# 위상과 높이가 제각각이고 노이즈가 섞인 사인파와 톱니파가 있습니다. 여러분의 `nt_xent`로 *레이블 없이* 작은 인코더를 사전 학습합니다. 파동 하나를
# 옮기고, 크기를 바꾸고, 노이즈를 더해 두 모습을 만듭니다. 그다음 `linear_probe`에 레이블을 4개에서 128개까지 줍니다. 한 번은 신호 그대로, 한 번은
# 무작위 가중치 인코더, 한 번은 사전 학습한 인코더 위에서입니다. 마지막 것이 레이블을 얼마나 적게 필요로 하는지 보세요. 신호 그대로는 레이블이
# 아무리 많아도 별 소용이 없습니다.

# %% tags=["explore"]
if ready(nt_xent, finetune_step, linear_probe):
    import matplotlib.pyplot as plt

    generator, T = torch.Generator().manual_seed(0), 48

    def waves(n):
        y = torch.randint(0, 2, (n,), generator=generator)
        phase = torch.rand(n, 1, generator=generator, dtype=torch.float64)
        turns = 2 * torch.arange(T, dtype=torch.float64) / T + phase
        x = torch.where(y[:, None] == 0, torch.sin(2 * torch.pi * turns), 2 * (turns % 1) - 1)
        height = 0.6 + 0.8 * torch.rand(n, 1, generator=generator, dtype=torch.float64)
        return height * x + 0.1 * torch.randn(n, T, generator=generator, dtype=torch.float64), y

    def view(x):
        places = (torch.arange(T) + torch.randint(0, T, (len(x), 1), generator=generator)) % T
        height = 0.7 + 0.6 * torch.rand(len(x), 1, generator=generator, dtype=torch.float64)
        return height * x.gather(1, places) + 0.15 * torch.randn(x.shape, generator=generator, dtype=torch.float64)

    def encode(x, p):
        return torch.relu(torch.relu(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])

    shapes = {"W1": (T, 64), "b1": (64,), "W2": (64, 32), "b2": (32,)}
    start = {
        k: torch.randn(*s, generator=generator, dtype=torch.float64) * (2 / s[0]) ** 0.5 * (len(s) > 1)
        for k, s in shapes.items()
    }
    params, speed, losses = start, {k: torch.zeros_like(p) for k, p in start.items()}, []
    for _ in range(250):
        x, _ = waves(128)
        # [en] your gradients at the embeddings; autograd carries them on through the encoder
        # [ko] 임베딩에서의 기울기는 여러분의 것이고, 인코더를 거슬러 가는 일은 autograd가 맡습니다
        p = {k: value.clone().requires_grad_() for k, value in params.items()}
        z1, z2 = encode(view(x), p), encode(view(x), p)
        loss, dz1, dz2 = nt_xent(z1.detach(), z2.detach(), 0.2)
        grads = torch.autograd.grad([z1, z2], list(p.values()), [dz1, dz2])
        speed = {k: 0.9 * speed[k] + g for k, g in zip(p, grads)}
        params = finetune_step(params, speed, 0.1, set())
        losses.append(loss.item())

    test_x, test_y = waves(1000)
    counts = [4, 8, 16, 32, 64, 128]
    extractors = {
        "raw signal": lambda x: x,
        "random encoder": lambda x: encode(x, start),
        "pre-trained encoder": lambda x: encode(x, params),
    }
    looks = {"raw signal": ("0.5", "^"), "random encoder": ("#E69F00", "s"), "pre-trained encoder": ("#0072B2", "o")}
    right = {name: [] for name in extractors}
    for n in counts:
        trials = [waves(n) for _ in range(10)]
        for name, extract in extractors.items():
            hits = []
            for x, y in trials:
                w, b = linear_probe(extract(x), 2.0 * y.to(x.dtype) - 1, 1.0)
                hits.append(((extract(test_x) @ w + b > 0) == test_y.bool()).double().mean().item())
            right[name].append(sum(hits) / len(hits))

    figure, axes = plt.subplots(1, 3, figsize=(14, 3.9), constrained_layout=True)
    for kind, (color, name) in enumerate([("#009E73", "sine"), ("#CC79A7", "sawtooth")]):
        for row in test_x[test_y == kind][:3]:
            axes[0].plot(row, color=color, lw=1.2, label=name)
            name = None
    axes[0].set(title="six of the waves", xlabel="time", ylim=(-1.4, 1.9))
    axes[0].legend(frameon=False, loc="upper right")
    axes[1].plot(losses, color="#0072B2")
    axes[1].set(title="contrastive loss, no labels", xlabel="step")
    for name, values in right.items():
        axes[2].plot(counts, values, marker=looks[name][1], color=looks[name][0], label=name)
    axes[2].set(
        title="linear probe on new waves",
        xlabel="number of labels",
        ylabel="share right",
        xscale="log",
        ylim=(0.25, 1.04),
    )
    axes[2].set_xticks(counts, [str(n) for n in counts])
    axes[2].minorticks_off()
    axes[2].legend(frameon=False, fontsize=9, loc="lower right")
    for ax in axes[1:]:
        ax.grid(alpha=0.3)
    plt.show()

# %% [markdown] lang="en" task="chosen_or_learned"
# ## 9. Chosen or learned? (2 points)
#
# Training changes some numbers of a model. Others are chosen by people before it starts. And how far training has come is counted in updates and in epochs.

# %% [markdown] lang="ko" task="chosen_or_learned"
# ## 9. 정하는 것과 배우는 것 (2점)
#
# 모델의 어떤 수는 학습이 바꾸고, 어떤 수는 학습을 시작하기 전에 사람이 정합니다. 학습이 얼마나 진행되었는지는 갱신 횟수와 에폭으로 셉니다.


# %% tags=["provided"]
def letters_only(answer, letters):
    """
    [en]
    Whether an answer is a text of at least one of these letters; blanks, commas and capitals do not matter.
    [ko]
    답이 이 글자들 가운데 하나 이상으로 된 문자열인지 봅니다. 빈칸과 쉼표, 대문자는 상관없습니다.
    [/]
    """
    given = answer.lower().replace(",", "").replace(" ", "") if isinstance(answer, str) else ""
    return bool(given) and set(given) <= set(letters)


# %% tags=["provided"]
def chosen_or_learned_form():
    """
    [en]
    Whether chosen_or_learned() is an answer at all; it says nothing about which.
    [ko]
    chosen_or_learned()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(chosen_or_learned(), "abcdef")


# %% task="chosen_or_learned"
def chosen_or_learned():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) With 1000 examples in batches of 100, one epoch makes 100 updates.
    (b) The biases of a layer are parameters of the model.
    (c) The number of hidden layers is a parameter of the model, because it decides how many weights there are.
    (d) The learning rate is a hyper-parameter, also where a schedule changes it from epoch to epoch.
    (e) Weights are hyper-parameters as long as they have the random values that they began with.
    (f) An epoch is over when every training example was used once, whatever the batch size.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요. 순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) 예제 1000개를 크기 100인 배치로 나누면 한 에폭에 100번 갱신한다.
    (b) 층의 편향은 모델의 파라미터이다.
    (c) 은닉층의 수는 가중치의 수를 결정하므로 모델의 파라미터이다.
    (d) 학습률은 에폭마다 일정표에 따라 바뀌더라도 하이퍼파라미터이다.
    (e) 가중치는 처음의 무작위 값을 그대로 갖고 있는 동안에는 하이퍼파라미터이다.
    (f) 배치 크기와 상관없이, 모든 학습 예제를 한 번씩 쓰면 한 에폭이 끝난다.
    [/]
    """
    ### BEGIN SOLUTION
    return "bdf"
    ### END SOLUTION


# %% [markdown] lang="en" task="chosen_or_learned" hint=1
# Ask of each number: does an update write a new value into it?

# %% [markdown] lang="ko" task="chosen_or_learned" hint=1
# 수마다 물어보세요. 갱신할 때 새 값이 들어가는 수인가요?

# %% [markdown] lang="en" task="chosen_or_learned" hint=2
# Updates per epoch: $\lceil N/B\rceil$ for $N$ examples in batches of $B$.

# %% [markdown] lang="ko" task="chosen_or_learned" hint=2
# 예제 $N$개를 크기 $B$인 배치로 나누면 에폭마다 갱신은 $\lceil N/B\rceil$번입니다.

# %% [markdown] lang="en" task="patch_mask"
# ## 10. Beyond the lecture: hiding patches (0 points)
#
# Another pretext task hides some of a picture's patches and asks for what they showed; no label is needed. Which patches are hidden is drawn at random: each gets a random score, and the lowest scores are hidden. This task is optional.

# %% [markdown] lang="ko" task="patch_mask"
# ## 10. 강의 밖 이야기: 패치 가리기 (0점)
#
# 그림의 패치 몇 개를 가리고 무엇이 있었는지 맞히게 하는 프리텍스트 과제도 있습니다. 레이블은 필요 없습니다. 어느 패치를 가릴지는 무작위로 정합니다. 패치마다 무작위 점수를 매기고 점수가 낮은 것부터 가립니다. 이 문제는 선택입니다.


# %% task="patch_mask"
def patch_mask(scores, share):
    """
    [en]
    Which patches are hidden: returns a bool tensor (N,), True where a patch is hidden.
    [ko]
    어느 패치를 가리는지: bool 텐서 (N,)를 돌려줍니다. 가린 곳이 True입니다.
    [/]

    k = floor(share * N)
    [en]
    scores: (N,) floats, all different; share: a Python float from 0 to 1. The k patches with the lowest scores are hidden. N may be 0, and scores may be a view.
    [ko]
    scores: 모두 다른 (N,) 실수. share: 0 이상 1 이하의 Python float. 점수가 가장 낮은 k개를 가립니다. N은 0일 수 있고, scores는 뷰일 수 있습니다.
    [/]
    """
    ### BEGIN SOLUTION
    k = int(share * len(scores))
    hidden = torch.zeros(len(scores), dtype=torch.bool, device=scores.device)
    hidden[torch.argsort(scores)[:k]] = True
    return hidden
    ### END SOLUTION


# %% [markdown] lang="en" task="patch_mask" hint=1
# A share of patches is hidden, whatever the values of their scores: only the order counts.

# %% [markdown] lang="ko" task="patch_mask" hint=1
# 가리는 것은 패치의 일정 비율입니다. 점수의 값이 아니라 순서만 중요합니다.

# %% [markdown] lang="en" task="patch_mask" hint=2
# Patch $i$ is hidden if fewer than $k$ scores are smaller than its own.

# %% [markdown] lang="ko" task="patch_mask" hint=2
# 자기보다 작은 점수가 $k$개보다 적은 패치 $i$를 가립니다.

# %% [markdown] lang="en" task="word_order"
# ## 11. Beyond the lecture: words in disorder (0 points)
#
# For text, a pretext task is to put shuffled words into their order again. The example makes itself: shuffle a sentence and note where each word went. This task is optional.

# %% [markdown] lang="ko" task="word_order"
# ## 11. 강의 밖 이야기: 뒤섞인 단어 (0점)
#
# 글에서는 뒤섞인 단어를 원래 순서로 되돌리는 프리텍스트 과제가 있습니다. 문장을 섞고 각 단어가 어디로 갔는지 적어 두기만 하면 예제가 저절로 만들어집니다. 이 문제는 선택입니다.


# %% task="word_order"
def word_order(words, order):
    """
    [en]
    A shuffled sentence and the way back: returns (shuffled, target).
    [ko]
    섞은 문장과 되돌리는 길: (shuffled, target)을 돌려줍니다.
    [/]

    shuffled[i] = words[order[i]],  words[j] = shuffled[target[j]]
    [en]
    words: list of n words, which may repeat and may be none; order: list with each of 0 to n-1 once. Returns shuffled, a list of n words, and target, a list of n Python ints. target follows from order alone, also where words repeat.
    [ko]
    words: 단어 n개의 리스트. 같은 단어가 있을 수 있고 비어 있을 수도 있습니다. order: 0부터 n-1까지 한 번씩 들어 있는 리스트. 결과: 단어 n개의 리스트 shuffled, Python int n개의 리스트 target. target은 같은 단어가 있더라도 order로만 정해집니다.
    [/]
    """
    ### BEGIN SOLUTION
    shuffled = [words[i] for i in order]
    target = [0] * len(order)
    for place, origin in enumerate(order):
        target[origin] = place
    return shuffled, target
    ### END SOLUTION


# %% [markdown] lang="en" task="word_order" hint=1
# `order` says where the word at a place came from. The way back says where the word went.

# %% [markdown] lang="ko" task="word_order" hint=1
# `order`는 각 자리의 단어가 어디에서 왔는지를 알려 줍니다. 되돌리려면 거꾸로 각 단어가 어디로 갔는지를 알아야 합니다.

# %% [markdown] lang="en" task="word_order" hint=2
# target is the inverse permutation: $\text{target}[\text{order}[i]]=i$.

# %% [markdown] lang="ko" task="word_order" hint=2
# target은 역순열입니다: $\text{target}[\text{order}[i]]=i$.
