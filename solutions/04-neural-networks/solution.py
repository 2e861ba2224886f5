# %% [markdown] lang="en"
# # Neural networks
#
# Lecture 4. You start with a single perceptron and watch it fail on XOR, then build what is missing: losses, layers,
# backpropagation through any number of them, gradient descent. At the end your own code learns XOR, and your own
# numerical gradient proves that your backpropagation is right.

# %% [markdown] lang="ko"
# # 신경망
#
# 4강 과제입니다. 퍼셉트론 하나로 시작해 그것이 XOR에서 실패하는 모습을 확인하고, 부족한 것을 하나씩 만들어 갑니다.
# 손실 함수, 층, 층이 몇 개든 통과하는 역전파, 경사 하강법이 그것입니다. 마지막에는 여러분의 코드가 XOR를 학습하고,
# 여러분이 만든 수치 미분으로 역전파가 옳다는 것까지 확인합니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Perceptron.** It computes $z=w\cdot x+b$ and answers $\hat y=+1$ if $z\ge 0$, otherwise $-1$. It learns from
# mistakes only: when $\hat y\ne y$,
#
# $$w\leftarrow w+\eta\,y\,x,\qquad b\leftarrow b+\eta\,y.$$
#
# If a line (a hyperplane) separates the classes, this stops after finitely many mistakes. For XOR there is none.
#
# **Multilayer network.** With $z^{(0)}=x$, layer $l$ computes $a^{(l)}=z^{(l-1)}W^{(l)}+b^{(l)}$ and
# $z^{(l)}=g(a^{(l)})$. The last layer and the loss belong together:
#
# | problem | output | loss of one example | $\partial L/\partial a^{(L)}$ |
# |---|---|---|---|
# | regression | identity | $\frac12\sum_k(y_k-\hat y_k)^2$ | $\hat y-y$ |
# | two classes | sigmoid | $-\sum_k[y_k\log\hat y_k+(1-y_k)\log(1-\hat y_k)]$ | $\hat y-y$ |
# | many classes | softmax | $-\sum_k y_k\log\hat y_k$ | $\hat y-y$ |
#
# **Backpropagation.** With $\delta^{(l)}=\partial L/\partial a^{(l)}$, one example to a row,
#
# $$\delta^{(l)}=\bigl(\delta^{(l+1)}W^{(l+1)\top}\bigr)\odot g'(a^{(l)}),\qquad
# \frac{\partial L}{\partial W^{(l)}}=z^{(l-1)\top}\delta^{(l)},\qquad
# \frac{\partial L}{\partial b^{(l)}}=\sum_n\delta^{(l)}_n.$$
#
# **Gradient descent.** $\theta\leftarrow\theta-\eta\,\nabla L(\theta)$, with the gradient over all data (batch) or
# over one example at a time (SGD).

# %% [markdown] lang="ko"
# ## 복습
#
# **퍼셉트론.** $z=w\cdot x+b$를 계산해 $z\ge 0$이면 $\hat y=+1$, 아니면 $-1$을 출력합니다. 학습은 틀렸을 때만 일어납니다.
# $\hat y\ne y$이면
#
# $$w\leftarrow w+\eta\,y\,x,\qquad b\leftarrow b+\eta\,y$$
#
# 두 클래스를 가르는 직선(초평면)이 있으면 유한한 횟수만 틀리고 멈춥니다. XOR에는 그런 직선이 없습니다.
#
# **다층 신경망.** $z^{(0)}=x$로 두면 $l$번째 층은 $a^{(l)}=z^{(l-1)}W^{(l)}+b^{(l)}$과 $z^{(l)}=g(a^{(l)})$을 계산합니다.
# 마지막 층의 활성화 함수와 손실 함수는 짝을 이룹니다.
#
# | 문제 | 출력 | 샘플 하나의 손실 | $\partial L/\partial a^{(L)}$ |
# |---|---|---|---|
# | 회귀 | 항등 | $\frac12\sum_k(y_k-\hat y_k)^2$ | $\hat y-y$ |
# | 이진 분류 | 시그모이드 | $-\sum_k[y_k\log\hat y_k+(1-y_k)\log(1-\hat y_k)]$ | $\hat y-y$ |
# | 다중 분류 | 소프트맥스 | $-\sum_k y_k\log\hat y_k$ | $\hat y-y$ |
#
# **역전파.** $\delta^{(l)}=\partial L/\partial a^{(l)}$이라 하고 한 행에 샘플 하나를 두면
#
# $$\delta^{(l)}=\bigl(\delta^{(l+1)}W^{(l+1)\top}\bigr)\odot g'(a^{(l)}),\qquad
# \frac{\partial L}{\partial W^{(l)}}=z^{(l-1)\top}\delta^{(l)},\qquad
# \frac{\partial L}{\partial b^{(l)}}=\sum_n\delta^{(l)}_n$$
#
# **경사 하강법.** $\theta\leftarrow\theta-\eta\,\nabla L(\theta)$. 기울기를 전체 데이터에서 구하면 배치 경사 하강법, 샘플 하나에서
# 구하면 SGD입니다.

# %% [markdown] lang="en"
# ### Corrections to the lecture notes
#
# - The notes give two perceptron updates, $\eta\,y\,x$ and $\eta\,(y-\hat y)\,x$. With labels $\pm1$ the second is
#   twice the first on a mistake. We use $\eta\,y\,x$, and we also update the bias, which the notes leave out.
# - The notes let the perceptron fire *above* the threshold, and say that the region *below* the boundary is the
#   active one. Here $z=0$ counts as $+1$, and which side is active depends on the sign of $w$: with $w=(1,1)$ it is
#   the upper one.
# - $\frac12\sum(y-\hat y)^2$ is called MSE there. It is *half the sum* of squared errors; its gradient is $\hat y-y$,
#   without a $2/N$.
# - The $\partial L/\partial W=\delta\cdot z$ of the notes is an *outer product*, summed over the batch ($z^\top\delta$ when rows are
#   examples). And $\delta$ travels back through the weights of the **next** layer, times $g'(a)$, a factor that the
#   notes leave out.
#
# ### Conventions
#
# Every loss is summed over outputs and averaged over the batch. Logarithms are natural. Weights are
# $(\text{in},\text{out})$. Results have the dtype and device of the inputs; losses and counts are 0-d tensors. No
# function changes its inputs or draws random numbers.

# %% [markdown] lang="ko"
# ### 강의 노트에서 바로잡을 점
#
# - 노트에는 퍼셉트론 갱신식이 $\eta\,y\,x$와 $\eta\,(y-\hat y)\,x$ 두 가지로 나옵니다. 레이블이 $\pm1$이면 틀렸을 때 두 번째
#   식이 첫 번째의 두 배입니다. 여기서는 $\eta\,y\,x$를 쓰고, 노트에 빠져 있는 편향도 함께 갱신합니다.
# - 노트는 임계값을 *넘어야* 활성화되고 결정 경계의 *아래쪽*이 활성 영역이라고 설명합니다. 여기서는 $z=0$도 $+1$로 보며, 어느 쪽이
#   활성 영역인지는 $w$의 부호에 달려 있습니다. $w=(1,1)$이면 위쪽입니다.
# - 노트가 MSE라고 부르는 $\frac12\sum(y-\hat y)^2$은 오차 제곱의 평균이 아니라 *합의 절반*입니다. 기울기는 $\hat y-y$이며
#   $2/N$이 붙지 않습니다.
# - 노트의 $\partial L/\partial W=\delta\cdot z$는 내적이 아니라 *외적*이며, 배치에 대해 더해야 합니다(한 행이 샘플이면 $z^\top\delta$). 또 $\delta$는
#   **다음 층**의 가중치를 거슬러 오고, 노트에 한 번도 나오지 않는 $g'(a)$가 곱해집니다.
#
# ### 이 노트북의 약속
#
# 모든 손실은 출력에 대해 더하고 배치에 대해 평균합니다. 로그는 자연로그, 가중치의 모양은 (입력, 출력)입니다.
# 결과의 dtype과 device는 입력과 같고, 손실과 개수는 0차원 텐서입니다. 어떤 함수도 입력을 바꾸거나 난수를 뽑지 않습니다.

# %%
import itertools

import torch
import torch.nn.functional as F

# %% [markdown] lang="en" task="perceptron_epoch"
# ## 1. The perceptron learns (14 points)
#
# One epoch visits the examples one after the other, in the order given. Each visit predicts with the weights *as they
# are now*; a mistake changes them at once, so the next example already meets the new line. `train` repeats epochs
# until one passes without a mistake, or until the patience runs out, as it must on XOR.

# %% [markdown] lang="ko" task="perceptron_epoch"
# ## 1. 퍼셉트론 학습 (14점)
#
# 한 에폭에서는 주어진 순서대로 샘플을 하나씩 방문합니다. 예측에는 *지금* 가중치를 쓰고, 틀리면 그 자리에서 고치므로 다음 샘플은
# 이미 바뀐 직선을 만납니다. `train`은 한 번도 틀리지 않는 에폭이 나올 때까지 반복하되, XOR처럼 끝이 없는 경우에는 정해진
# 횟수에서 멈춥니다.


# %% task="perceptron_epoch"
def perceptron_epoch(X, y, w, b, eta, order):
    """
    [en]
    One epoch: for i in order, predict; on a mistake, change w and b as follows.
    [ko]
    한 에폭: order에 적힌 순서대로 i번째 샘플을 예측하고, 틀리면 w와 b를 다음과 같이 고칩니다.
    [/]

    w <- w + eta y_i x_i,  b <- b + eta y_i

    [en]
    X: (N, d), y: (N,) of -1.0 and +1.0, w: (d,), b: 0-d, all of one float dtype. eta: float.
    order: (N,) int64, a permutation.
    Returns (w, b, mistakes): (d,), 0-d, and a 0-d int64 tensor.

    The prediction is +1 where w.x + b >= 0 (zero included), otherwise -1, with the current w and b.
    mistakes counts the wrong predictions of this epoch. N = 0: nothing changes, 0 mistakes.
    [ko]
    X: (N, d), y: (N,), 값은 -1.0 또는 +1.0, w: (d,), b: 0차원. 모두 같은 실수 dtype입니다. eta: float.
    order: (N,) int64, 순열.
    (w, b, mistakes)를 돌려줍니다: (d,), 0차원, 그리고 0차원 int64 텐서.

    현재의 w, b로 w.x + b >= 0이면(0 포함) +1, 아니면 -1로 예측합니다.
    mistakes는 이 에폭에서 틀린 예측의 수입니다. N = 0이면 아무것도 바뀌지 않고 mistakes는 0입니다.
    [/]
    """
    ### BEGIN SOLUTION
    mistakes = 0
    for i in order.tolist():
        prediction = 1 if X[i] @ w + b >= 0 else -1
        if prediction != y[i]:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            mistakes += 1
    return w, b, torch.tensor(mistakes, device=X.device)
    ### END SOLUTION


def train(X, y, w, b, eta, order, max_epochs):
    """
    [en]
    Epochs as above, each with the same order, until one has no mistake; at most max_epochs (an int >= 1).

    Returns (w, b, mistakes): mistakes is (epochs run,) int64, one count for each epoch.

    The epoch without a mistake is the last one, and its 0 is in the list. You may call perceptron_epoch.
    [ko]
    한 번도 틀리지 않는 에폭이 나올 때까지 위의 에폭을 같은 order로 되풀이합니다. 최대 max_epochs번(int >= 1)입니다.

    (w, b, mistakes)를 돌려줍니다. mistakes는 (진행한 에폭 수,) int64이며 에폭마다 틀린 횟수가 하나씩 들어 있습니다.

    한 번도 틀리지 않은 에폭이 마지막 에폭이며, 그 0도 결과에 넣습니다. perceptron_epoch를 불러 써도 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(max_epochs):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        history.append(int(mistakes))
        if history[-1] == 0:
            break
    return w, b, torch.tensor(history, dtype=torch.int64, device=X.device)
    ### END SOLUTION


# %% [markdown] lang="en" task="perceptron_epoch" hint=1
# A right prediction changes nothing. A wrong one with $y=+1$ means that $z$ was too small, so the update has to raise
# it; check that $\eta\,y\,x$ does, and think of the bias as the weight of an input that is always 1.

# %% [markdown] lang="ko" task="perceptron_epoch" hint=1
# 예측이 맞으면 아무것도 바꾸지 않습니다. $y=+1$인데 틀렸다면 $z$가 너무 작았던 것이므로 갱신이 $z$를 키워야 합니다. $\eta\,y\,x$가
# 정말 그렇게 하는지 확인해 보고, 편향은 항상 1인 입력의 가중치라고 생각하세요.

# %% [markdown] lang="en" task="perceptron_epoch" hint=2
# For $i$ in order: if $y_i\ne\hat y_i$, then $w\leftarrow w+\eta\,y_i\,x_i$ and $b\leftarrow b+\eta\,y_i$, where
# $\hat y_i=+1$ for $w\cdot x_i+b\ge0$ and $-1$ otherwise. `w = w + ...` makes a new tensor; `w += ...` would write
# into the caller's.

# %% [markdown] lang="ko" task="perceptron_epoch" hint=2
# 순서대로 각 $i$에 대해 $y_i\ne\hat y_i$이면 $w\leftarrow w+\eta\,y_i\,x_i$, $b\leftarrow b+\eta\,y_i$입니다. 여기서
# $w\cdot x_i+b\ge0$이면 $\hat y_i=+1$, 아니면 $-1$입니다. `w = w + ...`는 새 텐서를 만들지만 `w += ...`는 호출한 쪽의 텐서를 고칩니다.

# %% [markdown] lang="en"
# ### See it: AND against XOR
#
# Your perceptron on two truth tables. On AND the line comes to rest and the mistakes die out. On XOR look at the dark
# lines in the middle: it jumps between the same few forever, and no epoch is free of mistakes.

# %% [markdown] lang="ko"
# ### 직접 보기: AND와 XOR
#
# 여러분의 퍼셉트론을 두 진리표에서 학습시킵니다. AND에서는 직선이 멈추고 실수가 사라집니다. XOR에서는 가운데 그림의 진한 직선들을
# 보세요. 같은 직선 몇 개 사이를 끝없이 오갈 뿐, 실수가 없는 에폭은 나오지 않습니다.

# %% tags=["explore"]
if ready(perceptron_epoch, train):
    import matplotlib.pyplot as plt

    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    tables = {"AND": torch.tensor([-1.0, -1.0, -1.0, 1.0]), "XOR": torch.tensor([-1.0, 1.0, 1.0, -1.0])}
    fig, axes = plt.subplots(1, 3, figsize=(11.5, 3.6))
    span = torch.tensor([-0.7, 1.7], dtype=torch.float64)
    for name, axis, color in zip(tables, axes, ["#0072B2", "#D55E00"]):
        labels = tables[name].double()
        w0, b0 = torch.zeros(2, dtype=torch.float64), torch.tensor(0.2, dtype=torch.float64)
        counts = train(corners, labels, w0, b0, 0.5, torch.arange(4), 12)[2]
        # [en] 12 epochs in steps of one example: the line after each of them, the later the darker
        # [ko] 12에폭을 샘플 하나씩 진행하며 그때마다 직선을 그립니다. 나중 것일수록 진합니다
        for visit in range(48):
            one = slice(visit % 4, visit % 4 + 1)
            w0, b0, _ = perceptron_epoch(corners[one], labels[one], w0, b0, 0.5, torch.tensor([0]))
            look = {"color": color, "alpha": 0.03 + 0.6 * (visit / 47) ** 3, "linewidth": 2}
            if w0[1] != 0:
                axis.plot(span, -(w0[0] * span + b0) / w0[1], **look)
            elif w0[0] != 0:
                axis.axvline(-b0 / w0[0], **look)
        for sign, face in [(1.0, "black"), (-1.0, "white")]:
            chosen = corners[labels == sign]
            axis.scatter(
                chosen[:, 0], chosen[:, 1], s=90, facecolor=face, edgecolor="black", zorder=3, label=f"y = {sign:+.0f}"
            )
        axis.set(title=f"{name}: the line after each example", xlabel="$x_1$", ylabel="$x_2$")
        axis.set(xlim=(-0.7, 1.7), ylim=(-0.7, 1.7), xticks=[0, 1], yticks=[0, 1])
        axis.legend(loc="lower left", fontsize=8, framealpha=1)
        axes[2].plot(range(1, len(counts) + 1), counts, "o-", color=color, label=name)
    axes[2].set(title="Mistakes per epoch", xlabel="epoch", ylabel="mistakes (of 4)", ylim=(-0.2, 4.4))
    axes[2].set(xticks=range(1, 13), yticks=range(5))
    axes[2].legend(loc="center right")
    fig.tight_layout()
    plt.show()

# %% [markdown] lang="en" task="losses"
# ## 2. Three losses (12 points)
#
# Regression, yes/no, one of many: each problem has its loss. All three are *summed over the outputs* of an example
# and *averaged over the batch*. For classification the network hands over its last weighted sum, the **logit**,
# rather than a probability: from a logit of $-1000$ the loss can be computed exactly, from the probability it was
# rounded to, 0, it cannot.

# %% [markdown] lang="ko" task="losses"
# ## 2. 세 가지 손실 함수 (12점)
#
# 회귀, 이진 분류, 다중 분류에는 저마다 맞는 손실 함수가 있습니다. 셋 모두 한 샘플의 *출력에 대해서는 더하고* *배치에 대해서는
# 평균*합니다. 분류에서는 확률이 아니라 마지막 가중합인 **로짓**을 받습니다. 로짓이 $-1000$이어도 손실은 정확히 계산할 수
# 있지만, 반올림되어 0이 된 확률에서는 그럴 수 없기 때문입니다.


# %% task="losses"
def losses(kind, out, y):
    """
    [en]
    The loss of a batch: sum over the K outputs, mean over the N examples.
    [ko]
    한 배치의 손실: 출력 K개에 대해서는 더하고 샘플 N개에 대해서는 평균합니다.
    [/]

    kind: "half_sse"    1/2 sum_k (y - out)^2
          "bce_logits"  -sum_k [y log s + (1 - y) log(1 - s)],  s = sigmoid(out)
          "softmax_ce"  -sum_k y log p,  p[n] = softmax(out[n])

    [en]
    out, y: (N, K) float, N >= 1. Returns a 0-d tensor.

    out holds predictions ("half_sse") or logits (the other two). y holds any real numbers ("half_sse"), numbers in
    [0, 1] ("bce_logits") or rows that sum to 1 ("softmax_ce"), not only 0 and 1. Exact for logits up to ±1000, and
    autograd must be able to differentiate it with respect to out, there too.
    Forbidden: cross_entropy, binary_cross_entropy(_with_logits), mse_loss and their torch.nn classes.
    [ko]
    out, y: (N, K) 실수 텐서, N >= 1. 0차원 텐서를 돌려줍니다.

    out은 예측값("half_sse") 또는 로짓(나머지 둘)입니다. y는 임의의 실수("half_sse"), [0, 1]의 수("bce_logits"), 합이 1인
    행("softmax_ce")이며 0과 1만 오는 것은 아닙니다. 로짓이 ±1000이어도 정확해야 하고, 거기서도 autograd가 out으로 미분할 수
    있어야 합니다.
    사용 금지: cross_entropy, binary_cross_entropy(_with_logits), mse_loss와 이에 해당하는 torch.nn 클래스.
    [/]
    """
    ### BEGIN SOLUTION
    if kind == "half_sse":
        each = 0.5 * (y - out) ** 2
    elif kind == "bce_logits":
        each = -(y * F.logsigmoid(out) + (1 - y) * F.logsigmoid(-out))
    else:
        each = y * (torch.logsumexp(out, dim=1, keepdim=True) - out)
    return each.sum(dim=1).mean()
    ### END SOLUTION


# %% [markdown] lang="en" task="losses" hint=1
# Simplify on paper before you code. Write $\log\sigma(z)$ and $\log\mathrm{softmax}(z)_k$ in terms of the logits, so
# that no probability is formed and no logarithm of it taken.

# %% [markdown] lang="ko" task="losses" hint=1
# 코드를 쓰기 전에 식부터 정리하세요. $\log\sigma(z)$와 $\log\mathrm{softmax}(z)_k$를 로짓으로 직접 나타내면, 확률을 만들고 다시
# 로그를 취할 필요가 없습니다.

# %% [markdown] lang="en" task="losses" hint=2
# $-[y\log\sigma(z)+(1-y)\log(1-\sigma(z))]=\log(1+e^{z})-yz$, and
# $-\sum_k y_k\log p_k=\sum_k y_k\bigl(\log\sum_j e^{z_j}-z_k\bigr)$. Torch has stable versions of $\log(1+e^z)$ and
# $\log\sum e^z$.

# %% [markdown] lang="ko" task="losses" hint=2
# $-[y\log\sigma(z)+(1-y)\log(1-\sigma(z))]=\log(1+e^{z})-yz$이고
# $-\sum_k y_k\log p_k=\sum_k y_k\bigl(\log\sum_j e^{z_j}-z_k\bigr)$입니다. $\log(1+e^z)$와 $\log\sum e^z$의 안정적인 구현은
# torch에 있습니다.

# %% [markdown] lang="en" task="softmax_ce"
# ## 3. Softmax and cross-entropy, with the gradient (14 points)
#
# The pair at the end of nearly every classifier, this time from its parts. Two things go wrong in practice:
# $e^{1000}$ overflows, and a row far below zero underflows to $\log 0$. Softmax does not change when a constant is
# subtracted from a whole row; choose that constant well and both troubles are gone. The gradient is shorter than you might
# fear.

# %% [markdown] lang="ko" task="softmax_ce"
# ## 3. 소프트맥스와 교차 엔트로피, 그리고 기울기 (14점)
#
# 거의 모든 분류기의 끝에 놓이는 짝을 이번에는 부품부터 직접 만듭니다. 실제로 문제가 되는 것은 두 가지입니다. $e^{1000}$은 오버플로를 일으키고,
# 0보다 한참 작은 값만 있는 행은 언더플로로 $\log 0$이 됩니다. 소프트맥스는 한 행 전체에서 같은 수를 빼도 변하지 않으므로, 그
# 수만 잘 고르면 두 문제가 함께 사라집니다. 기울기는 생각보다 훨씬 간단합니다.


# %% task="softmax_ce"
def softmax_ce(Z, y):
    """
    [en]
    loss = mean_n(-log softmax(Z_n)[y_n]) and its gradient.

    Z: (N, C) logits, y: (N,) int64 class labels in 0..C-1, N >= 1.
    Returns (loss, dZ): 0-d, and (N, C) = dloss/dZ.

    Softmax along C. The loss is the mean over the batch, and dZ is the gradient of that mean.
    Exact for logits up to ±1000, also where a whole row is far below zero. Write the gradient by hand.
    Forbidden: torch.autograd, .backward, softmax, log_softmax, cross_entropy, nll_loss.
    [ko]
    loss = mean_n(-log softmax(Z_n)[y_n])과 그 기울기를 구합니다.

    Z: (N, C) 로짓, y: (N,) int64 클래스 레이블(0..C-1), N >= 1.
    (loss, dZ)를 돌려줍니다: 0차원, 그리고 (N, C) = dloss/dZ.

    소프트맥스는 C 방향으로 구합니다. 손실은 배치 평균이고, dZ는 그 평균의 기울기입니다.
    로짓이 ±1000이어도, 한 행 전체가 0보다 한참 작아도 정확해야 합니다. 기울기는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, .backward, softmax, log_softmax, cross_entropy, nll_loss.
    [/]
    """
    ### BEGIN SOLUTION
    shifted = Z - Z.amax(dim=1, keepdim=True)
    log_p = shifted - shifted.exp().sum(dim=1, keepdim=True).log()
    rows = torch.arange(len(y), device=Z.device)
    loss = -log_p[rows, y].mean()
    dZ = log_p.exp()
    dZ[rows, y] -= 1
    return loss, dZ / len(y)
    ### END SOLUTION


# %% [markdown] lang="en" task="softmax_ce" hint=1
# Subtract each row's *own* maximum first. Then the largest exponent is 0: nothing overflows, and the sum of the
# exponentials cannot vanish. Stay with logarithms until the loss is computed.

# %% [markdown] lang="ko" task="softmax_ce" hint=1
# 먼저 각 행에서 *그 행의* 최댓값을 빼세요. 가장 큰 지수가 0이 되므로 오버플로가 나지 않고 합은 1 이상입니다. 손실을 구할 때까지
# 로그 상태로 계산하세요.

# %% [markdown] lang="en" task="softmax_ce" hint=2
# $\log p_{nk}=Z_{nk}-m_n-\log\sum_j e^{Z_{nj}-m_n}$ with $m_n=\max_j Z_{nj}$, and
# $\partial L/\partial Z_{nk}=\frac1N\bigl(p_{nk}-\mathbb 1[k=y_n]\bigr)$.

# %% [markdown] lang="ko" task="softmax_ce" hint=2
# $m_n=\max_j Z_{nj}$일 때 $\log p_{nk}=Z_{nk}-m_n-\log\sum_j e^{Z_{nj}-m_n}$이고
# $\partial L/\partial Z_{nk}=\frac1N\bigl(p_{nk}-\mathbb 1[k=y_n]\bigr)$입니다.

# %% [markdown] lang="en" task="linear_fwd"
# ## 4. A linear layer, forward and back (10 points)
#
# Forward is one line. Backward answers three questions: given how the loss reacts to the layer's outputs (`dout`),
# how does it react to the inputs, to the weights, to the biases? Shapes lead the way: a gradient has the shape of
# what it belongs to.

# %% [markdown] lang="ko" task="linear_fwd"
# ## 4. 선형층의 순전파와 역전파 (10점)
#
# 순전파는 한 줄입니다. 역전파는 세 질문에 답합니다. 손실이 이 층의 출력에 반응하는 정도(`dout`)를 알 때, 입력과 가중치와 편향에는
# 각각 어떻게 반응할까요? 막히면 모양을 보세요. 기울기는 언제나 자기 변수와 모양이 같습니다.


# %% task="linear_fwd"
def linear_fwd(x, W, b):
    """out = x W + b.

    [en]
    x: (N, D), W: (D, M), b: (M,). Returns (N, M).
    [ko]
    x: (N, D), W: (D, M), b: (M,). 결과: (N, M).
    [/]
    """
    ### BEGIN SOLUTION
    return x @ W + b
    ### END SOLUTION


def linear_bwd(x, W, b, dout):
    """
    [en]
    The gradients of a loss with respect to x, W and b, where dout (N, M) is its gradient with respect to out.

    Returns (dx, dW, db): (N, D), (D, M), (M,).

    Nothing is divided by N here: an average over the batch is already in dout. N = 0 gives dW = 0, db = 0.
    Forbidden: torch.autograd, .backward.
    [ko]
    x, W, b에 대한 손실의 기울기를 구합니다. dout (N, M)은 out에 대한 손실의 기울기입니다.

    (dx, dW, db)를 돌려줍니다: (N, D), (D, M), (M,).

    여기서는 N으로 나누지 않습니다. 배치 평균은 이미 dout에 들어 있습니다. N = 0이면 dW = 0, db = 0입니다.
    사용 금지: torch.autograd, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    return dout @ W.T, x.T @ dout, dout.sum(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="linear_fwd" hint=1
# Write one entry, $\mathrm{out}_{nm}=\sum_d x_{nd}W_{dm}+b_m$, and ask which outputs a single $W_{dm}$, a single
# $b_m$, a single $x_{nd}$ takes part in. Add up over exactly those.

# %% [markdown] lang="ko" task="linear_fwd" hint=1
# 원소 하나를 $\mathrm{out}_{nm}=\sum_d x_{nd}W_{dm}+b_m$으로 써 놓고, $W_{dm}$ 하나, $b_m$ 하나, $x_{nd}$ 하나가 어느 출력에
# 관여하는지 살펴보세요. 바로 그 출력들에 대해 더하면 됩니다.

# %% [markdown] lang="en" task="linear_fwd" hint=2
# $dx=d\mathrm{out}\,W^\top$, $\;dW=x^\top d\mathrm{out}$ (a sum of outer products), $\;db_m=\sum_n d\mathrm{out}_{nm}$.

# %% [markdown] lang="ko" task="linear_fwd" hint=2
# $dx=d\mathrm{out}\,W^\top$, $\;dW=x^\top d\mathrm{out}$ (외적의 합), $\;db_m=\sum_n d\mathrm{out}_{nm}$.

# %% [markdown] lang="en" task="act_bwd"
# ## 5. Back through an activation (8 points)
#
# An activation works on each element by itself, so the chain rule is one multiplication: what arrives from above
# times $g'(a)$. Mind what you are holding: here `a` is the weighted sum *before* the activation. The famous
# shortcut $\sigma'=s(1-s)$ wants $s=\sigma(a)$, not $a$. The next cell is given: the forward functions, and a helper
# for grading.
#
# The names `ACTIVATIONS`, `activation` and `act_bwd_and_inputs` are taken: give your own helpers other names.

# %% [markdown] lang="ko" task="act_bwd"
# ## 5. 활성화 함수의 역전파 (8점)
#
# 활성화 함수는 원소마다 따로 작용하므로 연쇄 법칙은 곱셈 한 번입니다. 위에서 내려온 기울기에 $g'(a)$를 곱하면 됩니다. 손에 든
# 값이 무엇인지 주의하세요. 여기서 `a`는 활성화 함수를 통과하기 *전*의 가중합입니다. 널리 쓰이는 $\sigma'=s(1-s)$의 $s$는 $a$가 아니라
# $\sigma(a)$입니다. 다음 셀은 주어진 코드로, 순전파 함수와 채점용
# 보조 함수가 들어 있습니다.
#
# 이름 `ACTIVATIONS`, `activation`, `act_bwd_and_inputs`는 이미 쓰이고 있으니 여러분의 도우미 함수에는 다른 이름을 붙이세요.

# %% tags=["provided"]
ACTIVATIONS = {"identity": lambda a: a, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


def activation(kind, a):
    """
    [en]
    g(a) for kind "identity", "sigmoid", "tanh" or "relu".
    [ko]
    kind가 "identity", "sigmoid", "tanh", "relu" 가운데 하나일 때의 g(a)입니다.
    [/]
    """
    return ACTIVATIONS[kind](a)


def act_bwd_and_inputs(kind, a, dout):
    """
    [en]
    For grading: what act_bwd returns, and what its arguments look like afterwards.
    [ko]
    채점용: act_bwd의 결과와, 호출이 끝난 뒤의 인자를 돌려줍니다.
    [/]
    """
    return act_bwd(kind, a, dout), a, dout


# %% task="act_bwd"
def act_bwd(kind, a, dout):
    """
    [en]
    da = dout * g'(a), elementwise.

    kind: "identity", "sigmoid", "tanh" or "relu". a: pre-activations, dout: dloss/dg(a), same shape (...).
    Returns da, same shape.

    a is the input of g, not its output. The derivative of ReLU at 0 is 0. Finite for |a| up to 1000. a and dout stay
    as they are.
    Forbidden: torch.autograd, .backward.
    [ko]
    da = dout * g'(a)를 원소별로 계산합니다.

    kind: "identity", "sigmoid", "tanh", "relu" 가운데 하나. a: 활성화 전 값, dout: dloss/dg(a), 둘 다 같은 모양 (...).
    모양이 같은 da를 돌려줍니다.

    a는 g의 출력이 아니라 입력입니다. ReLU의 0에서의 도함수는 0입니다. |a|가 1000이어도 결과는 유한해야 합니다. a와 dout을
    바꾸지 마세요.
    사용 금지: torch.autograd, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    if kind == "identity":
        return dout.clone()
    if kind == "sigmoid":
        s = torch.sigmoid(a)
        return dout * s * (1 - s)
    if kind == "tanh":
        return dout * (1 - torch.tanh(a) ** 2)
    return dout * (a > 0)
    ### END SOLUTION


# %% [markdown] lang="en" task="act_bwd" hint=1
# Compute $g(a)$ once and express $g'(a)$ by it where you can. At large $|a|$ sigmoid and tanh are flat: the gradient
# there is practically 0, and never NaN.

# %% [markdown] lang="ko" task="act_bwd" hint=1
# $g(a)$를 한 번 구한 뒤, 할 수 있다면 $g'(a)$를 그 값으로 나타내세요. $|a|$가 크면 시그모이드와 tanh는 평평하므로 기울기는 거의
# 0이 되어야 하며, NaN이 나와서는 안 됩니다.

# %% [markdown] lang="en" task="act_bwd" hint=2
# $1$; $\;\sigma(a)(1-\sigma(a))$; $\;1-\tanh^2 a$; $\;\mathbb 1[a>0]$: each times `dout`.

# %% [markdown] lang="ko" task="act_bwd" hint=2
# $1$; $\;\sigma(a)(1-\sigma(a))$; $\;1-\tanh^2 a$; $\;\mathbb 1[a>0]$. 모두 `dout`에 곱합니다.

# %% [markdown] lang="en" task="mlp_backprop"
# ## 6. Backpropagation (16 points)
#
# Now all layers at once. Forward, keep each layer's input and weighted sum; you need them on the way back. At the
# head, loss and output function cancel to $\hat y-y$, whichever of the three pairs it is. From there one step per
# layer: read off the gradients of $W$ and $b$, then send $\delta$ through *this* layer's weights and the activation
# below it.

# %% [markdown] lang="ko" task="mlp_backprop"
# ## 6. 역전파 (16점)
#
# 이제 모든 층을 한꺼번에 다룹니다. 순전파에서는 층마다 입력과 가중합을 간직해 두세요. 돌아올 때 필요합니다. 출력층에서는 손실과
# 출력 함수의 미분이 상쇄되어 세 가지 짝 모두 $\hat y-y$가 됩니다. 거기서부터 한 층씩 내려오면서 $W$와 $b$의 기울기를 구하고,
# $\delta$를 *그 층의* 가중치와 바로 아래 활성화 함수를 거쳐 보냅니다.


# %% task="mlp_backprop"
def mlp_backprop(X, Y, params, hidden, head):
    """
    [en]
    Loss and gradients of a network of L layers.
    [ko]
    층이 L개인 신경망의 손실과 기울기를 구합니다.
    [/]

    a_l = z_{l-1} W_l + b_l,  z_l = g(a_l),  z_0 = X

    [en]
    X: (N, D_0). Y: (N, D_L) targets. params: list of L >= 1 tuples (W, b), W (D_{l-1}, D_l), b (D_l,).
    hidden: g of the layers 1..L-1: "identity", "sigmoid", "tanh" or "relu".
    head: output function of layer L, and the loss that goes with it (sum over outputs, mean over the batch):
          "identity" 1/2 sum (Y - out)^2;  "sigmoid" binary cross-entropy;  "softmax" -sum Y log out.
    Returns (loss, grads): 0-d, and a list of L tuples (dW, db) in the order and shapes of params.

    The last layer has no hidden activation. Y may be soft: in [0, 1] for "sigmoid", rows that sum to 1 for "softmax".
    Loss and gradients are finite for last weighted sums up to ±1000. ReLU has derivative 0 at 0. By hand;
    activation(kind, a) is given.
    Forbidden: torch.autograd, .backward.
    [ko]
    X: (N, D_0). Y: (N, D_L) 목표값. params: 튜플 (W, b) L개의 리스트(L >= 1), W (D_{l-1}, D_l), b (D_l,).
    hidden: 1..L-1번째 층의 g. "identity", "sigmoid", "tanh", "relu" 가운데 하나입니다.
    head: L번째 층의 출력 함수와, 그와 짝을 이루는 손실(출력에 대해서는 합, 배치에 대해서는 평균):
          "identity" 1/2 sum (Y - out)^2;  "sigmoid" 이진 교차 엔트로피;  "softmax" -sum Y log out.
    (loss, grads)를 돌려줍니다: 0차원, 그리고 튜플 (dW, db) L개의 리스트. 순서와 모양은 params와 같습니다.

    마지막 층에는 hidden 활성화 함수를 적용하지 않습니다. Y는 0과 1만이 아닐 수 있습니다("sigmoid"는 [0, 1]의 수, "softmax"는
    합이 1인 행). 마지막 가중합이 ±1000이어도 손실과 기울기는 유한해야 합니다. ReLU의 0에서의 도함수는 0입니다. 손으로
    미분해서 작성하되, 주어진 activation(kind, a)는 써도 됩니다.
    사용 금지: torch.autograd, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    z = [X]  # z[l] is what layer l + 1 gets
    for W, b in params[:-1]:
        z.append(activation(hidden, z[-1] @ W + b))
    out = z[-1] @ params[-1][0] + params[-1][1]
    if head == "identity":
        each, delta = 0.5 * (Y - out) ** 2, out - Y
    elif head == "sigmoid":
        each, delta = -(Y * F.logsigmoid(out) + (1 - Y) * F.logsigmoid(-out)), torch.sigmoid(out) - Y
    else:
        each, delta = -Y * torch.log_softmax(out, dim=1), torch.softmax(out, dim=1) - Y
    slope = {
        "identity": torch.ones_like,
        "sigmoid": lambda s: s * (1 - s),
        "tanh": lambda t: 1 - t**2,
        "relu": lambda r: (r > 0).to(r),
    }[hidden]  # g' as a function of z = g(a)
    delta, grads = delta / len(X), []
    for l in reversed(range(len(params))):
        grads.insert(0, (z[l].T @ delta, delta.sum(dim=0)))
        if l > 0:
            delta = delta @ params[l][0].T * slope(z[l])
    return each.sum(dim=1).mean(), grads
    ### END SOLUTION


# %% [markdown] lang="en" task="mlp_backprop" hint=1
# Keep a list of the layers' inputs, and another of the weighted sums if you like. Divide by $N$ once, at the head;
# from then on nothing is averaged. Then each layer is your linear layer backward, followed by your activation
# backward.

# %% [markdown] lang="ko" task="mlp_backprop" hint=1
# 각 층의 입력을 리스트에 모으고, 필요하면 가중합도 모으세요. $N$으로 나누는 것은 출력층에서 한 번뿐이고 그다음부터는 평균하지
# 않습니다. 그러면 층마다 할 일은 선형층의 역전파와 활성화 함수의 역전파를 차례로 하는 것뿐입니다.

# %% [markdown] lang="en" task="mlp_backprop" hint=2
# $\delta^{(L)}=\frac1N(\hat Y-Y)$; $\;dW^{(l)}=z^{(l-1)\top}\delta^{(l)}$, $\;db^{(l)}=\sum_n\delta_n^{(l)}$;
# $\;\delta^{(l-1)}=\bigl(\delta^{(l)}W^{(l)\top}\bigr)\odot g'(a^{(l-1)})$.

# %% [markdown] lang="ko" task="mlp_backprop" hint=2
# $\delta^{(L)}=\frac1N(\hat Y-Y)$; $\;dW^{(l)}=z^{(l-1)\top}\delta^{(l)}$, $\;db^{(l)}=\sum_n\delta_n^{(l)}$;
# $\;\delta^{(l-1)}=\bigl(\delta^{(l)}W^{(l)\top}\bigr)\odot g'(a^{(l-1)})$.

# %% [markdown] lang="en" task="gd_step"
# ## 7. Gradient descent (8 points)
#
# One step down the slope, and a loop around it. All layers step *together*: the gradient is taken once, at the old
# parameters, and used for every layer. Whoever called you keeps the old parameters, so make new tensors.
# `train_steps` does not know the network: it gets a function that returns loss and gradients for any parameters. The
# next cell is given: the XOR data, and two helpers for grading.

# %% [markdown] lang="ko" task="gd_step"
# ## 7. 경사 하강법 (8점)
#
# 비탈을 한 걸음 내려가고, 그것을 되풀이합니다. 모든 층은 *동시에* 움직입니다. 기울기는 옛 파라미터에서 한 번 구해 모든 층에
# 쓰입니다. 함수를 부른 쪽은 옛 파라미터를 계속 쓸 수 있어야 하므로 새 텐서를 만드세요. `train_steps`는 신경망의 내부를 모릅니다.
# 파라미터를 주면 손실과 기울기를 돌려주는 함수 하나를 받을 뿐입니다. 다음 셀은 주어진 코드로, XOR 데이터와 채점용 보조 함수가
# 들어 있습니다.

# %% tags=["provided"]
XOR_X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
XOR_Y = [[0.0], [1.0], [1.0], [0.0]]


def gd_step_and_params(params, grads, lr):
    """
    [en]
    For grading: the result of gd_step, and params after somebody has written into that result.
    [ko]
    채점용: gd_step의 결과와, 그 결과에 다른 값을 써 넣은 뒤의 params를 돌려줍니다.
    [/]
    """
    new = gd_step(params, grads, lr)
    result = [(W.clone(), b.clone()) for W, b in new]
    for layer in new:
        for tensor in layer:
            tensor.add_(1.0)
    return result, params


def train_on_xor(params, lr, steps):
    """
    [en]
    For grading: train_steps on XOR, with tanh layers, a linear output and half the squared error.
    [ko]
    채점용: tanh 층, 선형 출력, 오차 제곱합의 절반으로 XOR에서 train_steps를 실행합니다.
    [/]
    """
    X, Y = params[0][0].new_tensor(XOR_X), params[0][0].new_tensor(XOR_Y)

    @torch.enable_grad()
    def grad_fn(params):
        flat = [tensor.detach().clone().requires_grad_() for layer in params for tensor in layer]
        z = X
        for W, b in zip(flat[:-2:2], flat[1:-2:2]):
            z = torch.tanh(z @ W + b)
        loss = 0.5 * ((z @ flat[-2] + flat[-1] - Y) ** 2).sum(dim=1).mean()
        grads = torch.autograd.grad(loss, flat)
        return loss.detach(), list(zip(grads[::2], grads[1::2]))

    return train_steps(params, grad_fn, lr, steps)


# %% task="gd_step"
def gd_step(params, grads, lr):
    """
    [en]
    theta <- theta - lr * gradient, for every W and b.

    params, grads: lists of tuples (W, b) and (dW, db) of the same shapes. lr: float.
    Returns a new list of tuples (W, b) of new tensors.

    The result shares no memory with params or grads, even for lr = 0.
    [ko]
    모든 W와 b를 theta <- theta - lr * 기울기로 갱신합니다.

    params, grads: 튜플 (W, b)의 리스트와 튜플 (dW, db)의 리스트, 모양은 서로 같습니다. lr: float.
    새 텐서로 된 튜플 (W, b)를 새 리스트에 담아 돌려줍니다.

    결과는 lr = 0일 때도 params, grads와 메모리를 공유하지 않아야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    ### END SOLUTION


def train_steps(params, grad_fn, lr, steps):
    """
    [en]
    `steps` (an int >= 1) steps of gradient descent.

    grad_fn(params) returns (loss, grads): 0-d, and a list of tuples as params.
    Returns (params, losses): the last parameters, and (steps,) the loss before each step.

    Every step asks grad_fn once, at the parameters of that moment, and moves all layers with that answer.
    [ko]
    경사 하강법을 `steps`단계(int >= 1) 진행합니다.

    grad_fn(params)는 (loss, grads)를 돌려줍니다: 0차원, 그리고 params와 같은 꼴의 튜플 리스트.
    (params, losses)를 돌려줍니다: 마지막 파라미터, 그리고 (steps,) 각 단계 직전의 손실.

    단계마다 그 순간의 파라미터로 grad_fn을 한 번 부르고, 그 결과로 모든 층을 함께 옮깁니다.
    [/]
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(steps):
        loss, grads = grad_fn(params)
        history.append(loss)
        params = gd_step(params, grads, lr)
    return params, torch.stack(history)
    ### END SOLUTION


# %% [markdown] lang="en" task="gd_step" hint=1
# The gradient points uphill. `W -= lr * dW` changes the caller's tensor; an expression makes a new one. In the loop,
# ask for the gradient again after every step, but not between two layers of one step.

# %% [markdown] lang="ko" task="gd_step" hint=1
# 기울기는 오르막을 가리킵니다. `W -= lr * dW`는 호출한 쪽의 텐서를 바꾸지만 수식은 새 텐서를 만듭니다. 반복문에서는 한 단계가 끝날
# 때마다 기울기를 다시 구하되, 한 단계 안의 층과 층 사이에서는 다시 구하지 마세요.

# %% [markdown] lang="en" task="gd_step" hint=2
# $\theta_{t+1}=\theta_t-\eta\,\nabla L(\theta_t)$ with $\theta=(W^{(1)},b^{(1)},\dots,W^{(L)},b^{(L)})$ as one long
# vector, for $t=0,\dots,T-1$; record $L(\theta_t)$.

# %% [markdown] lang="ko" task="gd_step" hint=2
# $\theta=(W^{(1)},b^{(1)},\dots,W^{(L)},b^{(L)})$를 긴 벡터 하나로 보고 $t=0,\dots,T-1$에 대해
# $\theta_{t+1}=\theta_t-\eta\,\nabla L(\theta_t)$를 계산하며 $L(\theta_t)$를 기록합니다.

# %% [markdown] lang="en"
# ### See it: XOR, learned
#
# `train_steps` drives your `mlp_backprop`: 2 inputs, 4 tanh units, one sigmoid output. Look at the plateau of the
# loss around $\log 2\approx0.69$, where the network still answers "one half" everywhere, and at the bent boundary
# that no single perceptron could draw.

# %% [markdown] lang="ko"
# ### 직접 보기: XOR 학습
#
# `train_steps`가 여러분의 `mlp_backprop`을 움직입니다. 입력 2개, tanh 유닛 4개, 시그모이드 출력 1개입니다. 손실이
# $\log 2\approx0.69$ 부근에서 머무는 구간은 신경망이 어디서나 "반반"이라고 답하는 때입니다. 그 뒤에는 퍼셉트론 하나로는 그릴 수
# 없는 휘어진 경계가 나타납니다.

# %% tags=["explore"]
if ready(mlp_backprop, gd_step, train_steps):
    import matplotlib.pyplot as plt

    X_xor, Y_xor = torch.tensor(XOR_X, dtype=torch.float64), torch.tensor(XOR_Y, dtype=torch.float64)
    random = torch.Generator().manual_seed(1)
    start = [
        (0.3 * torch.randn(2, 4, generator=random, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)),
        (0.3 * torch.randn(4, 1, generator=random, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)),
    ]
    trained, curve = train_steps(start, lambda p: mlp_backprop(X_xor, Y_xor, p, "tanh", "sigmoid"), 0.5, 1500)

    # [en] what the trained network answers on a fine grid
    # [ko] 학습된 신경망이 촘촘한 격자에서 내놓는 답
    ticks = torch.linspace(-0.5, 1.5, 200, dtype=torch.float64)
    grid = torch.cartesian_prod(ticks, ticks)
    (W1, b1), (W2, b2) = trained
    answer = torch.sigmoid(torch.tanh(grid @ W1 + b1) @ W2 + b2).reshape(200, 200).T

    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.7))
    left.plot(curve, color="#0072B2")
    left.axhline(0.6931, color="gray", linestyle="--", linewidth=1, label="log 2: no idea")
    left.set(title="Loss while learning XOR", xlabel="step", ylabel="binary cross-entropy")
    left.legend()
    picture = right.contourf(ticks, ticks, answer, levels=torch.linspace(0, 1, 21).tolist(), cmap="cividis")
    right.contour(ticks, ticks, answer, levels=[0.5], colors="white", linewidths=2)
    for value, face in [(0.0, "white"), (1.0, "black")]:
        chosen = X_xor[Y_xor[:, 0] == value]
        right.scatter(
            chosen[:, 0], chosen[:, 1], s=90, facecolor=face, edgecolor="#D55E00", linewidth=2, label=f"y = {value:.0f}"
        )
    right.set(title="Network output (white line: 0.5)", xlabel="$x_1$", ylabel="$x_2$")
    right.legend(loc="center", fontsize=8, framealpha=0.9)
    fig.colorbar(picture, ax=right, label="P(y = 1)", ticks=[0, 0.25, 0.5, 0.75, 1])
    fig.tight_layout()
    plt.show()

# %% [markdown] lang="en" task="sgd_vs_batch"
# ## 8. Whole batch or one example at a time (6 points)
#
# One pass over the data, two ways. Batch gradient descent looks at everything and takes a single step; SGD steps
# after every example, so that example 2 is already judged by the weights that example 1 left behind. The model is
# linear, without a bias, with the loss $\frac12(x\cdot w-y)^2$ for one example.

# %% [markdown] lang="ko" task="sgd_vs_batch"
# ## 8. 배치와 확률적 경사 하강법 (6점)
#
# 데이터를 한 번 훑는 두 가지 방법입니다. 배치 경사 하강법은 전체를 보고 한 걸음만 옮기고, SGD는 샘플마다 한 걸음씩 옮깁니다. 그래서
# 두 번째 샘플은 첫 번째 샘플이 바꿔 놓은 가중치로 평가됩니다. 모델은 편향이 없는 선형 모델이고 샘플 하나의 손실은
# $\frac12(x\cdot w-y)^2$입니다.


# %% task="sgd_vs_batch"
def sgd_vs_batch(X, y, w, lr):
    """
    [en]
    One pass over the data from the same w: N steps of SGD, and one step of batch gradient descent.

    X: (N, d), y: (N,), w: (d,), N >= 1. lr: float. Returns (w_sgd, w_batch), both (d,).

    Loss of example i: 1/2 (x_i . w - y_i)^2. Batch: the mean over the N examples. SGD visits 0, 1, ..., N-1 in this
    order.
    [ko]
    같은 w에서 출발해 데이터를 한 번 훑습니다. SGD는 N단계, 배치 경사 하강법은 한 단계입니다.

    X: (N, d), y: (N,), w: (d,), N >= 1. lr: float. (w_sgd, w_batch)를 돌려주며 둘 다 (d,)입니다.

    i번째 샘플의 손실은 1/2 (x_i . w - y_i)^2입니다. 배치 손실은 N개 샘플의 평균이고, SGD는 0, 1, ..., N-1 순서로 방문합니다.
    [/]
    """
    ### BEGIN SOLUTION
    w_sgd = w
    for x_i, y_i in zip(X, y):
        w_sgd = w_sgd - lr * (x_i @ w_sgd - y_i) * x_i
    w_batch = w - lr * (X.T @ (X @ w - y)) / len(y)
    return w_sgd, w_batch
    ### END SOLUTION


# %% [markdown] lang="en" task="sgd_vs_batch" hint=1
# Both use the gradient error times input. The difference is *where* it is evaluated: always at the initial $w$ for
# the batch, at the current $w$ for SGD. With a single example the two must agree; try it.

# %% [markdown] lang="ko" task="sgd_vs_batch" hint=1
# 둘 다 오차와 입력의 곱을 기울기로 씁니다. 다른 것은 *어디서* 계산하느냐입니다. 배치는 언제나 처음 $w$에서, SGD는 지금의 $w$에서
# 계산합니다. 샘플이 하나뿐이면 두 결과가 같아야 하니 확인해 보세요.

# %% [markdown] lang="en" task="sgd_vs_batch" hint=2
# SGD: $w\leftarrow w-\eta\,(x_i\cdot w-y_i)\,x_i$ for $i=0,\dots,N-1$. Batch:
# $w\leftarrow w-\frac{\eta}{N}\sum_i(x_i\cdot w-y_i)\,x_i$, once.

# %% [markdown] lang="ko" task="sgd_vs_batch" hint=2
# SGD: $i=0,\dots,N-1$에 대해 $w\leftarrow w-\eta\,(x_i\cdot w-y_i)\,x_i$. 배치:
# $w\leftarrow w-\frac{\eta}{N}\sum_i(x_i\cdot w-y_i)\,x_i$를 한 번.

# %% [markdown] lang="en"
# ### See it: two ways down one valley
#
# Every dot or square is one pass over the same 20 examples, from the same start. Compare how far one pass takes each
# of them, and look at the thin line near the bottom: with a constant learning rate SGD never comes to rest, and
# hovers just above the best loss.

# %% [markdown] lang="ko"
# ### 직접 보기: 한 골짜기를 내려가는 두 길
#
# 동그라미나 네모 하나가 샘플 20개를 한 번 훑은 결과이며 출발점은 같습니다. 한 번에 각각 얼마나 나아가는지 비교하고, 바닥 근처의 가는
# 선을 보세요. 학습률이 일정하면 SGD는 멈추지 않고 가장 낮은 손실 바로 위에서 계속 맴돕니다.

# %% tags=["explore"]
if ready(sgd_vs_batch):
    import matplotlib.pyplot as plt

    random = torch.Generator().manual_seed(4)
    inputs = torch.randn(20, 2, generator=random, dtype=torch.float64) @ torch.tensor([[1.0, 0.5], [0.0, 0.6]]).double()
    targets = inputs @ torch.tensor([1.0, -1.0]).double() + 0.8 * torch.randn(20, generator=random, dtype=torch.float64)
    paths = {"SGD": [torch.tensor([-2.0, 1.5]).double()], "batch": [torch.tensor([-2.0, 1.5]).double()]}
    for _ in range(25):
        # [en] each path goes on from its own last point
        # [ko] 두 경로는 저마다 자기의 마지막 점에서 이어집니다
        paths["SGD"].append(sgd_vs_batch(inputs, targets, paths["SGD"][-1], 0.12)[0])
        paths["batch"].append(sgd_vs_batch(inputs, targets, paths["batch"][-1], 0.12)[1])
    # [en] inside each pass of SGD: one small step for each example
    # [ko] SGD가 한 번 훑는 동안: 샘플마다 작은 걸음 하나
    inside = [sgd_vs_batch(inputs[:n], targets[:n], begin, 0.12)[0] for begin in paths["SGD"] for n in range(1, 21)]

    xs, ys = torch.linspace(-2.5, 2.2, 120).double(), torch.linspace(-2.2, 2.2, 120).double()
    residual = torch.cartesian_prod(xs, ys) @ inputs.T - targets
    height = 0.5 * (residual**2).mean(dim=1).reshape(120, 120).T
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
    left.contour(xs, ys, height.log(), levels=14, cmap="Greys", linewidths=0.8)
    steps = torch.stack([paths["SGD"][0], *inside])
    left.plot(steps[:, 0], steps[:, 1], color="#E69F00", linewidth=0.9, zorder=3, label="SGD: every single step")
    for (name, path), color, marker in zip(paths.items(), ["#D55E00", "#0072B2"], ["o", "s"]):
        points = torch.stack(path)
        left.plot(
            points[:, 0],
            points[:, 1],
            marker=marker,
            color=color,
            markersize=5,
            zorder=4 if name == "SGD" else 2,
            linestyle="none" if name == "SGD" else "-",
            label=f"{name}: after each pass",
        )
        error = 0.5 * ((points @ inputs.T - targets) ** 2).mean(dim=1)
        right.semilogy(range(len(path)), error, marker=marker, markersize=4, color=color, label=name)
    left.set(title="Paths in the plane of the two weights", xlabel="$w_1$", ylabel="$w_2$")
    left.legend(fontsize=8, loc="lower left", framealpha=1)
    best = torch.linalg.lstsq(inputs, targets[:, None]).solution[:, 0]
    floor = 0.5 * ((inputs @ best - targets) ** 2).mean()
    right.axhline(floor, color="gray", linestyle="--", linewidth=1, label="least squares")
    right.set(title="Loss over all 20 examples", xlabel="passes over the data", ylabel="loss")
    right.legend()
    fig.tight_layout()
    plt.show()

# %% [markdown] lang="en" task="numeric_grad"
# ## 9. Checking a gradient (10 points)
#
# How do you know that a gradient is right? You compare it with one that needs no calculus: nudge each coordinate up
# and down a little, and watch the function. Central differences err by $O(h^2)$, one-sided ones by $O(h)$. This tool
# is not in the lecture, but everyone who writes backpropagation by hand uses it. `rel_error` says how far two
# gradients are apart relative to their size. The next cell is given: three helpers for grading.

# %% [markdown] lang="ko" task="numeric_grad"
# ## 9. 기울기 검산 (10점)
#
# 기울기가 맞는지 어떻게 알 수 있을까요? 미분 공식이 필요 없는 방법으로 구한 기울기와 비교하면 됩니다. 좌표를 하나씩 위아래로 조금
# 움직이며 함숫값의 변화를 봅니다. 중심 차분의 오차는 $O(h^2)$, 한쪽 차분의 오차는 $O(h)$입니다. 강의에는 없지만 역전파를 손으로 짜는
# 사람은 누구나 쓰는 도구입니다. `rel_error`는 두 기울기가 크기에 비해 얼마나 다른지를 나타냅니다. 다음 셀은 주어진
# 코드로, 채점용 보조 함수가 들어 있습니다.


# %% tags=["provided"]
def numeric_grad_of(name, x, h):
    """
    [en]
    For grading: numeric_grad of the function called name. Returns (grad, number of calls of f, x is as before).

    h: None stands for the default.
    [ko]
    채점용: 이름이 name인 함수에 numeric_grad를 적용합니다. (grad, f를 부른 횟수, x가 그대로인지)를 돌려줍니다.

    h: None이면 기본값을 씁니다.
    [/]
    """
    calls, before = [], x.clone()
    c = torch.linspace(0.5, 1.5, max(x.numel(), 1), dtype=x.dtype, device=x.device)[: x.numel()]
    functions = {
        "cubic": lambda t: (c * t**3).sum(),
        "waves": lambda t: (c * torch.sin(2 * t)).sum() + 0.5 * (c * t).sum() ** 2,
        "peak": lambda t: torch.exp(-(c * t**2).sum() / 4),
    }

    def f(t):
        calls.append(1)
        return functions[name](t.reshape(-1))

    grad = numeric_grad(f, x) if h is None else numeric_grad(f, x, h)
    return grad, len(calls), torch.equal(x, before)


def numeric_grad_of_view(name, x, h):
    """
    [en]
    For grading: the same for the transpose of the matrix x, which is a view and not contiguous.
    [ko]
    채점용: 행렬 x의 전치로 같은 일을 합니다. 전치는 메모리에서 연속이 아닌 뷰입니다.
    [/]
    """
    return numeric_grad_of(name, x.T, h)


def numeric_grad_refuses(x):
    """
    [en]
    For grading: the name of the error that numeric_grad raises for this x.
    [ko]
    채점용: 이 x를 주었을 때 numeric_grad가 일으키는 오류의 이름을 돌려줍니다.
    [/]
    """
    try:
        numeric_grad(lambda t: (t * t).sum(), x)
    except ValueError:
        return "ValueError"
    return "no error"


# %% task="numeric_grad"
def numeric_grad(f, x, h=1e-5):
    """
    [en]
    Central differences: grad_i = (f(x + h e_i) - f(x - h e_i)) / (2 h) for every element i of x.

    f: takes a tensor of the shape of x, returns a 0-d tensor. x: float tensor of any shape, also 0-d or empty.
    Returns a tensor of the shape and dtype of x.

    f is called exactly twice for each element, and for nothing else. Afterwards x holds exactly what it held before.
    x may be a non-contiguous view. If x does not hold floats, raise ValueError.
    Forbidden: torch.autograd, .backward, torch.func.
    [ko]
    중심 차분: x의 모든 원소 i에 대해 grad_i = (f(x + h e_i) - f(x - h e_i)) / (2 h)를 구합니다.

    f: x와 모양이 같은 텐서를 받아 0차원 텐서를 돌려주는 함수. x: 임의의 모양의 실수 텐서(0차원이거나 비어 있을 수도 있습니다).
    x와 모양과 dtype이 같은 텐서를 돌려줍니다.

    f는 원소마다 정확히 두 번만 부르고 그 밖에는 부르지 않습니다. 끝난 뒤 x의 값은 처음과 정확히 같아야 합니다.
    x는 메모리에서 연속이 아닌 뷰일 수 있습니다. x가 실수 텐서가 아니면 ValueError를 발생시키세요.
    사용 금지: torch.autograd, .backward, torch.func.
    [/]
    """
    ### BEGIN SOLUTION
    if not x.is_floating_point():
        raise ValueError("x must hold floating-point numbers")
    grad = torch.zeros_like(x)
    for index in itertools.product(*map(range, x.shape)):
        up, down = x.clone(), x.clone()
        up[index] += h
        down[index] -= h
        grad[index] = (f(up) - f(down)) / (2 * h)
    return grad
    ### END SOLUTION


def rel_error(a, b):
    """
    [en]
    max_i |a_i - b_i| / max(|a_i|, |b_i|), where 0/0 counts as 0.

    a, b: float tensors of the same shape, not empty. Returns a 0-d tensor.
    [ko]
    max_i |a_i - b_i| / max(|a_i|, |b_i|)를 구합니다. 0/0은 0으로 봅니다.

    a, b: 모양이 같고 비어 있지 않은 실수 텐서. 0차원 텐서를 돌려줍니다.
    [/]
    """
    ### BEGIN SOLUTION
    scale = torch.maximum(a.abs(), b.abs())
    return ((a - b).abs() / torch.where(scale == 0, 1.0, scale)).max()
    ### END SOLUTION


# %% [markdown] lang="en" task="numeric_grad" hint=1
# Walk over all index tuples of `x`; a 0-d tensor has exactly one, the empty tuple. Nudge a copy, or put the saved
# number itself back: adding and subtracting $h$ does not return to the same bits. Beware of `reshape(-1)`: on a view
# it makes a copy, and nudging that copy changes nothing in `x`.

# %% [markdown] lang="ko" task="numeric_grad" hint=1
# `x`의 모든 인덱스 튜플을 하나씩 방문하세요. 0차원 텐서에는 빈 튜플 하나뿐입니다. 복사본을 움직이거나, 저장해 둔 값을 그대로 되돌려 놓으세요.
# $h$를 더했다 빼면 비트까지 같은 값으로 돌아오지 않습니다. `reshape(-1)`에 주의하세요. 뷰에서는 복사본이 생기므로 그것을 움직여도
# `x`는 그대로입니다.

# %% [markdown] lang="en" task="numeric_grad" hint=2
# $\dfrac{\partial f}{\partial x_i}\approx\dfrac{f(x+he_i)-f(x-he_i)}{2h}$, and
# $\mathrm{rel}=\max_i\dfrac{|a_i-b_i|}{\max(|a_i|,|b_i|)}$. Where both are 0 replace the denominator by 1 before you
# divide.

# %% [markdown] lang="ko" task="numeric_grad" hint=2
# $\dfrac{\partial f}{\partial x_i}\approx\dfrac{f(x+he_i)-f(x-he_i)}{2h}$이고
# $\mathrm{rel}=\max_i\dfrac{|a_i-b_i|}{\max(|a_i|,|b_i|)}$입니다. 둘 다 0인 곳은 나누기 전에 분모를 1로 바꾸세요.

# %% [markdown] lang="en"
# ### See it: your backpropagation on trial
#
# Your `mlp_backprop` against your `numeric_grad`, for many step sizes $h$. The curve is a valley: from the right the
# truncation error falls like $h^2$, on the left the rounding error grows like $1/h$. A wrong gradient would be a flat
# line far above it.

# %% [markdown] lang="ko"
# ### 직접 보기: 역전파의 검산
#
# 여러분의 `mlp_backprop`을 여러분의 `numeric_grad`와 여러 간격 $h$에서 비교합니다. 곡선은 골짜기 모양입니다. 오른쪽에서는 절단 오차가
# $h^2$에 비례해 줄고, 왼쪽에서는 반올림 오차가 $1/h$에 비례해 커집니다. 1 %만 틀린 기울기(파선)는 훨씬 위쪽에 평평한 선으로 나타납니다.

# %% tags=["explore"]
if ready(mlp_backprop, numeric_grad, rel_error):
    import matplotlib.pyplot as plt

    random = torch.Generator().manual_seed(3)
    W1, b1, W2, b2, batch = (
        torch.randn(shape, generator=random, dtype=torch.float64) for shape in [(3, 4), (4,), (4, 2), (2,), (5, 3)]
    )
    classes = torch.eye(2, dtype=torch.float64)[torch.tensor([0, 1, 1, 0, 1])]
    by_hand = mlp_backprop(batch, classes, [(W1, b1), (W2, b2)], "tanh", "softmax")[1][0][0]
    widths = [10.0**-k for k in torch.arange(1, 11, 0.5).tolist()]

    def loss_of_first_layer(W):
        return mlp_backprop(batch, classes, [(W, b1), (W2, b2)], "tanh", "softmax")[0]

    numeric = [numeric_grad(loss_of_first_layer, W1, h) for h in widths]
    plt.figure(figsize=(6.4, 3.8))
    plt.loglog(widths, [rel_error(by_hand, g) for g in numeric], "o-", color="#0072B2", label="your gradient")
    plt.loglog(
        widths,
        [rel_error(1.01 * by_hand, g) for g in numeric],
        "s--",
        color="#D55E00",
        markersize=4,
        label="a gradient 1 % too large",
    )
    plt.xlabel("step h of the central difference")
    plt.ylabel("relative error")
    plt.title("Gradient check of a 3-4-2 network (first weight matrix)")
    plt.legend()
    plt.grid(alpha=0.3)
    plt.tight_layout()
    plt.show()

# %% [markdown] lang="en" task="neuron_and_brain"
# ## 10. The neuron and its model (2 points)
#
# The artificial neuron got its name from the biological one. How far does the likeness go?

# %% [markdown] lang="ko" task="neuron_and_brain"
# ## 10. 뉴런과 그 모형 (2점)
#
# 인공 뉴런의 이름은 생물의 뉴런에서 왔습니다. 둘은 어디까지 닮았을까요?


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
def neuron_and_brain_form():
    """
    [en]
    Whether neuron_and_brain() is an answer at all; it says nothing about which.
    [ko]
    neuron_and_brain()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(neuron_and_brain(), "abcdef")


# %% task="neuron_and_brain"
def neuron_and_brain():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) A perceptron has exactly two inputs.
    (b) The weights play the part of the synapses: they say how strongly an input acts, and in which direction.
    (c) A sum that is compared with a threshold models a cell that fires only when it is excited strongly enough.
    (d) It is proved that brains learn by backpropagation.
    (e) The model describes the exact times of the pulses that a cell sends.
    (f) Without a non-linear activation, layers of such neurons are together no more than one linear layer.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요. 순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) 퍼셉트론의 입력은 정확히 두 개이다.
    (b) 가중치는 시냅스의 역할을 한다. 입력이 얼마나 강하게, 어느 방향으로 작용하는지를 나타낸다.
    (c) 합을 문턱값과 비교하는 것은, 충분히 강한 자극을 받아야만 발화하는 세포를 본뜬 것이다.
    (d) 뇌가 역전파로 학습한다는 것이 증명되었다.
    (e) 이 모형은 세포가 보내는 펄스의 정확한 시각을 기술한다.
    (f) 비선형 활성화 함수가 없으면 이런 뉴런을 여러 층 쌓아도 선형층 하나와 다르지 않다.
    [/]
    """
    ### BEGIN SOLUTION
    return "bcf"
    ### END SOLUTION


# %% [markdown] lang="en" task="neuron_and_brain" hint=1
# The model has inputs, weights, a sum with a bias, and an activation. What in a cell does each stand for, and what of the cell is missing?

# %% [markdown] lang="ko" task="neuron_and_brain" hint=1
# 모형에는 입력, 가중치, 편향을 더한 합, 활성화 함수가 있습니다. 각각 세포의 무엇에 해당하고, 세포의 무엇이 빠져 있나요?

# %% [markdown] lang="en" task="neuron_and_brain" hint=2
# $y=\phi(w^\top x+b)$, and for linear layers $W_2(W_1x)=(W_2W_1)x$.

# %% [markdown] lang="ko" task="neuron_and_brain" hint=2
# $y=\phi(w^\top x+b)$, 그리고 선형층만 쌓으면 $W_2(W_1x)=(W_2W_1)x$입니다.
