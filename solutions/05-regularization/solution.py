# %% [markdown] lang="en"
# # Regularisation, optimisers and batch normalisation
#
# Lecture 5. You write the tools that make a deep network train well: early stopping, five optimisers from momentum to Adam,
# the L1 and L2 penalties, dropout, and batch normalisation with its backward pass. On the way your own functions find the
# moment at which a network begins to memorise noise, race down a narrow valley, switch useless features off one by one, and
# make a network of twenty layers trainable.

# %% [markdown] lang="ko"
# # 정규화, 옵티마이저, 배치 정규화
#
# 5강 과제입니다. 깊은 신경망을 잘 학습시키는 도구들을 직접 만듭니다. 조기 종료, 모멘텀에서 Adam까지 이어지는 다섯 가지 옵티마이저,
# L1과 L2 벌점, 드롭아웃, 그리고 배치 정규화와 그 역전파까지 구현합니다. 중간중간 여러분이 만든 함수로 신경망이 노이즈를 외우기
# 시작하는 순간을 찾아내고, 좁은 골짜기를 따라 내려가 보고, 쓸모없는 특징을 하나씩 끄고, 20층짜리 신경망을 학습시켜 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# A network with many weights can fit the training set and still be wrong everywhere else. **Regularisation** is whatever
# keeps it from doing so: stop in time, punish large weights, switch nodes off at random. **Optimisers** have another aim, to
# reach a low training loss in few steps. Batch **normalisation** is a layer that makes this easier and regularises a little on
# the side.
#
# | tool | in one formula |
# |---|---|
# | early stopping | keep the weights of the epoch with the lowest validation loss |
# | momentum | $v\leftarrow\mu v-\eta g,\quad w\leftarrow w+v$ |
# | Adagrad, RMSProp, Adam | $w\leftarrow w-\eta\,(\text{direction})\,/\,(\sqrt{\text{history of }g^2}+\epsilon)$, for each weight by itself |
# | norm penalty | $L=E+R,\quad R=\lambda_1\sum\lvert w\rvert+\tfrac{\lambda_2}{2}\sum w^2$ |
# | dropout | $y=x\odot m/(1-p)$, $m$ is 0 with probability $p$, otherwise 1 |
# | batch normalisation | $y=\gamma\,(x-\mu)/\sqrt{\sigma^2+\epsilon}+\beta$, with $\mu,\sigma^2$ of the mini-batch |

# %% [markdown] lang="ko"
# ## 복습
#
# 가중치가 많은 신경망은 학습 데이터를 완벽하게 맞히면서도 다른 곳에서는 모두 틀릴 수 있습니다. 이를 막는 모든 방법을
# **정규화(regularization)** 라고 합니다. 제때 멈추고, 큰 가중치에 벌점을 주고, 노드를 무작위로 끄는 것이 여기에 속합니다.
# **옵티마이저**의 목적은 다릅니다. 적은 스텝으로 훈련 손실을 낮추는 것입니다. 배치 **정규화(normalization)** 는 학습을 쉽게 해 주는 층이며,
# 덤으로 약간의 정규화 효과도 냅니다. 우리말로는 둘 다 "정규화"라서 헷갈리기 쉬우니 어느 쪽인지 늘 확인하세요.
#
# | 도구 | 한 줄로 쓰면 |
# |---|---|
# | 조기 종료 | 검증 손실이 가장 낮았던 에폭의 가중치를 쓴다 |
# | 모멘텀 | $v\leftarrow\mu v-\eta g,\quad w\leftarrow w+v$ |
# | Adagrad, RMSProp, Adam | 가중치마다 따로 $w\leftarrow w-\eta\,(\text{방향})\,/\,(\sqrt{g^2\text{의 이력}}+\epsilon)$ |
# | 노름 벌점 | $L=E+R,\quad R=\lambda_1\sum\lvert w\rvert+\tfrac{\lambda_2}{2}\sum w^2$ |
# | 드롭아웃 | $y=x\odot m/(1-p)$, $m$은 확률 $p$로 0, 아니면 1 |
# | 배치 정규화 | $y=\gamma\,(x-\mu)/\sqrt{\sigma^2+\epsilon}+\beta$, $\mu,\sigma^2$은 미니배치의 값 |

# %% [markdown] lang="en"
# ### Often confused
#
# - *Underfitting* means that **both** losses are high; it is not "training loss above validation loss".
# - "L2" in a penalty is the **sum of squares**, $\tfrac{\lambda}{2}\lVert w\rVert^2$ with gradient $\lambda w$, not the norm
#   with its root.
# - The L1 gradient $\pm\lambda$ moves a weight by $\eta\lambda$ per step. Plain gradient steps therefore jump back and forth
#   around 0; exact zeros come from soft-thresholding (Task 6).
# - Dropout switches *activations* off, not weights, and it is the weights of the nodes that were **kept** that get a gradient.
# - Adam is momentum plus RMSProp (a moving average with bias correction), not plus Adagrad.
# - ReLU helps against vanishing gradients because its slope is exactly 1 for $x>0$; for $x<0$ it is 0.
#
# ### Conventions
#
# - An optimiser step gets the weights and its state, and returns **new** ones. $\epsilon$ stands outside of the root, except
#   in Adadelta.
# - Dropout: $p$ is the probability of *dropping*. Random numbers come in as an argument, `U`.
# - Batch normalisation divides by the **biased** deviation (1/N) and keeps the **unbiased** variance (1/(N-1)) as running
#   value; `r = m * r + (1 - m) * batch`.
# - Results have the dtype and device of the inputs, losses are 0-d tensors, and no function changes its inputs. Backward
#   functions are written by hand.

# %% [markdown] lang="ko"
# ### 자주 헷갈리는 점
#
# - *과소적합*(underfitting)은 훈련 손실과 검증 손실이 **둘 다** 높은 상태입니다. "훈련 손실이 검증 손실보다 높은 상태"가 아닙니다.
# - 벌점에서 말하는 "L2"는 **제곱합** $\tfrac{\lambda}{2}\lVert w\rVert^2$이고 기울기는 $\lambda w$입니다. 제곱근을 씌운 노름이 아닙니다.
# - L1의 기울기 $\pm\lambda$는 한 스텝에 가중치를 $\eta\lambda$만큼 옮깁니다. 그래서 평범한 경사 하강은 0 근처를 오락가락하며, 정확한 0은
#   소프트 임계값(6번 문제)에서 나옵니다.
# - 드롭아웃은 가중치가 아니라 *활성값*을 끄며, 기울기를 받는 것은 **남은** 노드의 가중치입니다.
# - Adam은 모멘텀과 RMSProp(편향을 보정한 이동 평균)을 합친 것입니다. Adagrad를 합친 것이 아닙니다.
# - ReLU가 기울기 소실을 줄이는 이유는 $x>0$에서 도함수가 정확히 1이기 때문입니다. $x<0$에서는 0입니다.
#
# ### 이 노트북의 약속
#
# - 옵티마이저의 한 스텝은 가중치와 상태를 받아 **새** 가중치와 상태를 돌려줍니다. $\epsilon$은 Adadelta를 빼고는 제곱근 밖에 있습니다.
# - 드롭아웃의 $p$는 노드를 *끌* 확률입니다. 난수는 인수 `U`로 받습니다.
# - 배치 정규화는 **편향** 표준편차(1/N)로 나누고, 이동 평균에는 **불편** 분산(1/(N-1))을 씁니다. `r = m * r + (1 - m) * batch`입니다.
# - 결과의 dtype과 device는 입력과 같고, 손실은 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않습니다. 역전파 함수는 손으로 미분해
#   작성합니다.

# %%
import torch

# %% [markdown] lang="en" task="early_stop"
# ## 1. Early stopping (10 points)
#
# The validation loss falls, reaches its lowest point, and rises again while the training loss keeps falling: the network has
# begun to memorise. Real curves are bumpy, though, so one bad epoch must not end the training. Wait for `patience` epochs
# **in a row** without an improvement, and count as an improvement only what beats the best value so far by **more than**
# `min_delta`. What you keep in the end are the weights of the best epoch, not those of the last.

# %% [markdown] lang="ko" task="early_stop"
# ## 1. 조기 종료 (10점)
#
# 검증 손실은 내려가다가 가장 낮은 곳을 지나 다시 올라갑니다. 그동안에도 훈련 손실은 계속 내려갑니다. 신경망이 외우기 시작했다는
# 뜻입니다. 하지만 실제 곡선은 울퉁불퉁해서, 한 에폭이 나빴다고 바로 멈추면 안 됩니다. 개선 없는 에폭이 **연속으로** `patience`번 나올
# 때까지 기다리고, 지금까지의 최선보다 `min_delta`를 **넘게** 낮아졌을 때만 개선으로 칩니다. 마지막에 남기는 것은 마지막 에폭이 아니라
# 가장 좋았던 에폭의 가중치입니다.


# %% task="early_stop"
def early_stop(val, patience, min_delta):
    """
    [en]
    When does training stop, and which epoch is kept? Returns (stop, best), two Python ints.

    val: (E,) float tensor of finite validation losses, one for each epoch 0 ... E-1. patience: int >= 1.
    min_delta: float >= 0.

    Epoch 0 is the first best one. A later epoch e is an improvement if val[e] < val[best] - min_delta (strictly; a gain
    of exactly min_delta is none); then it becomes best. stop is the epoch at which the number of epochs in a row without
    an improvement reaches patience. If that never happens, stop is E-1, the last epoch. E = 0 gives (-1, -1).
    [ko]
    언제 학습을 멈추고 어느 에폭을 남길까요? Python int 두 개 (stop, best)를 돌려줍니다.

    val: (E,) float 텐서, 에폭 0 ... E-1의 검증 손실이며 모두 유한합니다. patience: int >= 1. min_delta: float >= 0.

    에폭 0이 처음의 best입니다. 그 뒤의 에폭 e는 val[e] < val[best] - min_delta일 때만 개선이고(부등호는 엄격하며,
    정확히 min_delta만큼 낮아진 것은 개선이 아닙니다) 이때 e가 새 best가 됩니다. stop은 개선 없는 에폭이 연속으로
    patience번째가 되는 에폭입니다. 그런 일이 없으면 stop은 마지막 에폭 E-1입니다. E = 0이면 (-1, -1)입니다.
    [/]
    """
    ### BEGIN SOLUTION
    best, waited = -1, 0
    lowest = float("inf")
    for epoch, loss in enumerate(val.tolist()):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited >= patience:
                return epoch, best
    return len(val) - 1, best
    ### END SOLUTION


# %% [markdown] lang="en" task="early_stop" hint=1
# Walk through the epochs with three things in hand: the best epoch so far, its loss, and how long you have waited. Which of
# them change when an epoch is better, and which when it is not?

# %% [markdown] lang="ko" task="early_stop" hint=1
# 에폭을 차례로 보면서 세 가지를 기억하세요. 지금까지의 최선 에폭, 그때의 손실, 그리고 얼마나 기다렸는지입니다. 더 좋아졌을 때는
# 무엇이 바뀌고, 그렇지 않을 때는 무엇이 바뀌나요?

# %% [markdown] lang="en" task="early_stop" hint=2
# $\mathrm{wait}_e=0$ if $v_e<v_{\mathrm{best}}-\delta$, else $\mathrm{wait}_{e-1}+1$; stop at the first $e$ with
# $\mathrm{wait}_e=\mathrm{patience}$. Let $v_{\mathrm{best}}$ begin at $\infty$, and epoch 0 needs no special case.

# %% [markdown] lang="ko" task="early_stop" hint=2
# $v_e<v_{\mathrm{best}}-\delta$이면 $\mathrm{wait}_e=0$, 아니면 $\mathrm{wait}_{e-1}+1$입니다. $\mathrm{wait}_e=\mathrm{patience}$가 되는 첫
# $e$에서 멈춥니다. $v_{\mathrm{best}}$를 $\infty$에서 시작하면 에폭 0을 따로 다룰 필요가 없습니다.

# %% [markdown] lang="en"
# ### See it: the moment when a network begins to memorise
#
# Sixteen noisy points of a sine and a network with 60 hidden nodes. Left: the two losses over the epochs, with the epoch that
# your `early_stop` keeps and the one at which it stops. Right: the curve that the network draws at the kept epoch, and the
# one it draws at the end, where it bends itself through the noise.

# %% [markdown] lang="ko"
# ### 직접 보기: 신경망이 외우기 시작하는 순간
#
# 노이즈가 섞인 사인 곡선의 점 16개를 은닉 노드 60개짜리 신경망으로 맞춰 봅니다. 왼쪽은 에폭에 따른 두 손실과, 여러분의 `early_stop`이
# 남기는 에폭과 멈추는 에폭입니다. 오른쪽은 남긴 에폭에서 신경망이 그리는 곡선과 끝까지 학습했을 때의 곡선입니다. 끝까지 가면 곡선이
# 노이즈를 따라 구불구불해집니다.

# %% tags=["explore"]
if ready(early_stop):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(3)

    def truth(x):
        return torch.sin(3 * x)

    x, x_val = (2 * torch.rand(n, 1, generator=generator, dtype=torch.float64) - 1 for n in (16, 60))
    y, y_val = (truth(t) + 0.35 * torch.randn(t.shape, generator=generator, dtype=t.dtype) for t in (x, x_val))
    grid = torch.linspace(-1, 1, 200, dtype=torch.float64)[:, None]

    W1 = 6 * torch.randn(1, 60, generator=generator, dtype=torch.float64)
    b1 = 3 * torch.randn(60, generator=generator, dtype=torch.float64)

    def features(t):
        return torch.tanh(t @ W1 + b1) / 60**0.5

    inside = features(x)
    w, losses, val, curves = torch.zeros(60, 1, dtype=torch.float64), [], [], []
    for epoch in range(300):
        losses.append((inside @ w - y).square().mean().item())
        val.append((features(x_val) @ w - y_val).square().mean().item())
        curves.append(features(grid) @ w)
        for _ in range(1 + epoch * epoch // 400):
            w = w - inside.T @ (inside @ w - y) / len(x)
    stop, best = early_stop(torch.tensor(val, dtype=torch.float64), 25, 1e-3)

    figure, axes = plt.subplots(1, 2, figsize=(12.5, 4.3), constrained_layout=True)
    axes[0].plot(losses, color="#0072B2", lw=2, label="training loss")
    axes[0].plot(val, color="#D55E00", lw=2, label="validation loss")
    axes[0].axvline(best, color="black", lw=1.2, label=f"kept: epoch {best}")
    axes[0].axvline(stop, color="black", lw=1.2, ls="--", label=f"stop: epoch {stop}")
    axes[0].set(
        xlabel="epoch", ylabel="mean squared error", yscale="log", title="training goes down, validation comes back up"
    )
    axes[1].plot(grid, truth(grid), color="0.6", lw=5, alpha=0.5, label="without noise")
    axes[1].plot(grid, curves[best], color="#009E73", lw=2, label=f"network at epoch {best}")
    axes[1].plot(grid, curves[-1], color="#D55E00", lw=1.6, ls="--", label=f"network at epoch {len(curves) - 1}")
    axes[1].scatter(x, y, color="black", s=22, zorder=3, label="training points")
    axes[1].set(xlabel="x", ylabel="y", ylim=(-2.3, 2.3), title="what is kept, and what memorising looks like")
    for ax in axes:
        ax.grid(alpha=0.3)
        ax.legend(frameon=False, fontsize=9)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# `momentum_trail` follows your optimiser from rest over several steps; the graders look at all positions on the way. There is
# one such function before each optimiser.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# `momentum_trail`은 정지 상태에서 출발해 여러분의 옵티마이저를 여러 스텝 실행합니다. 채점에서는 지나온 위치를 모두 봅니다. 옵티마이저마다
# 이런 함수가 하나씩 앞에 주어집니다.


# %% tags=["provided"]
def momentum_trail(w, G, lr, mu):
    """
    [en]
    (T, ...) positions after each of T steps with the gradients G (T, ...), beginning with velocity 0.
    [ko]
    속도 0에서 출발해 기울기 G (T, ...)로 T 스텝을 갈 때, 스텝마다의 위치 (T, ...).
    [/]
    """
    v, trail = torch.zeros_like(w), []
    for g in G:
        w, v = momentum(w, v, g, lr, mu)
        trail.append(w)
    return torch.stack(trail)


# %% [markdown] lang="en" task="momentum"
# ## 2. Momentum (8 points)
#
# In a narrow valley the gradient points mostly across, hardly along. SGD swings from wall to wall. Momentum gives the point a
# velocity: what points to and fro cancels out, what keeps its direction adds up. The velocity is carried from step to step,
# the part $\mu$ of it survives each time, and the *new* velocity moves the weights. (If the velocity is not carried but
# solved for within one step, what you get is plain SGD with the learning rate $\eta/(1-\mu)$.)

# %% [markdown] lang="ko" task="momentum"
# ## 2. 모멘텀 (8점)
#
# 좁고 긴 골짜기에서 기울기는 대부분 골짜기를 가로지르는 방향을 가리킵니다. 그래서 SGD는 벽과 벽 사이를 오갑니다. 모멘텀은 점에 속도를 줍니다.
# 왔다 갔다 하는 성분은 서로 지워지고, 방향이 한결같은 성분은 쌓입니다. 속도는 스텝에서 스텝으로 이어지며 매번 $\mu$만큼 살아남고, *새* 속도가
# 가중치를 옮깁니다. (속도를 이어받지 않고 한 스텝 안에서 풀어 버리면 학습률이 $\eta/(1-\mu)$인 평범한 SGD가 됩니다.)


# %% task="momentum"
def momentum(w, v, g, lr, mu):
    """
    [en]
    One step with momentum: v' = mu v - lr g, w' = w + v'. Returns (w', v').

    w, v, g: float tensors of the same shape: weights, velocity, gradient. lr: float > 0. mu: float, 0 <= mu < 1.
    Returns new tensors: w' for the weights, v' for the velocity that the next step gets.

    The learning rate is part of the velocity; nothing is multiplied by 1 - mu; the gradient is the one at w (not Nesterov).
    Forbidden: torch.optim.
    [ko]
    모멘텀을 쓰는 한 스텝입니다. v' = mu v - lr g, w' = w + v'. 결과: (w', v').

    w, v, g: 모양이 같은 float 텐서이며 차례로 가중치, 속도, 기울기입니다. lr: float > 0. mu: float, 0 <= mu < 1.
    새 텐서를 돌려줍니다. w'은 새 가중치, v'은 다음 스텝이 이어받을 속도입니다.

    학습률은 속도 안에 들어갑니다. 1 - mu를 곱하지 않으며, 기울기는 w에서의 값입니다(네스테로프가 아닙니다).
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    v = mu * v - lr * g
    return w + v, v
    ### END SOLUTION


# %% [markdown] lang="en" task="momentum" hint=1
# First find the new velocity: part of the old one, plus a push downhill. Then move by it.

# %% [markdown] lang="ko" task="momentum" hint=1
# 먼저 새 속도를 구하세요. 이전 속도의 일부에 내리막 방향의 힘을 더한 것입니다. 그다음 그 속도만큼 움직입니다.

# %% [markdown] lang="en" task="momentum" hint=2
# $v_t=\mu v_{t-1}-\eta g_t,\qquad w_t=w_{t-1}+v_t$. With a constant gradient the speed tends to $\eta g/(1-\mu)$.

# %% [markdown] lang="ko" task="momentum" hint=2
# $v_t=\mu v_{t-1}-\eta g_t,\qquad w_t=w_{t-1}+v_t$. 기울기가 일정하면 속도의 크기는 $\eta g/(1-\mu)$에 가까워집니다.

# %% [markdown] lang="en"
# ### Given code

# %% [markdown] lang="ko"
# ### 주어진 코드


# %% tags=["provided"]
def adagrad_trail(w, G, lr, eps):
    """
    [en]
    (T, ...) positions after each of T Adagrad steps with the gradients G (T, ...), beginning with s = 0.
    [ko]
    s = 0에서 출발해 기울기 G (T, ...)로 Adagrad를 T 스텝 실행할 때, 스텝마다의 위치 (T, ...).
    [/]
    """
    s, trail = torch.zeros_like(w), []
    for g in G:
        w, s = adagrad(w, s, g, lr, eps)
        trail.append(w)
    return torch.stack(trail)


def rmsprop_trail(w, G, lr, rho, eps):
    """
    [en]
    (T, ...) positions after each of T RMSProp steps with the gradients G (T, ...), beginning with s = 0.
    [ko]
    s = 0에서 출발해 기울기 G (T, ...)로 RMSProp을 T 스텝 실행할 때, 스텝마다의 위치 (T, ...).
    [/]
    """
    s, trail = torch.zeros_like(w), []
    for g in G:
        w, s = rmsprop(w, s, g, lr, rho, eps)
        trail.append(w)
    return torch.stack(trail)


# %% [markdown] lang="en" task="adagrad"
# ## 3. Adagrad and RMSProp (12 points)
#
# One learning rate for all weights does not suit all of them. Adagrad divides each weight's step by the root of the **sum** of
# all its squared gradients so far: weights that are pushed often and hard take smaller steps, rare ones larger steps. The sum
# only grows, so in the end nothing moves any more. RMSProp replaces the sum by a moving **average**, which forgets. Both first
# take the new gradient into the history, and then use the history.

# %% [markdown] lang="ko" task="adagrad"
# ## 3. Adagrad와 RMSProp (12점)
#
# 학습률 하나가 모든 가중치에 알맞을 수는 없습니다. Adagrad는 가중치마다 지금까지의 기울기 제곱을 모두 **더한** 값의 제곱근으로 스텝을 나눕니다.
# 자주 크게 바뀌던 가중치는 조금만, 드물게 바뀌던 가중치는 많이 움직입니다. 하지만 합은 커지기만 하므로 결국에는 아무것도 움직이지 않게 됩니다.
# RMSProp은 합 대신 이동 **평균**을 써서 오래된 값을 잊습니다. 둘 다 새 기울기를 먼저 이력에 넣고, 그다음 그 이력을 씁니다.


# %% task="adagrad"
def adagrad(w, s, g, lr, eps):
    """
    [en]
    One step of Adagrad: s' = s + g^2, w' = w - lr g / (sqrt(s') + eps). Returns (w', s').

    w, s, g: float tensors of the same shape: weights, sum of squared gradients (>= 0), gradient. lr, eps: floats > 0.
    Everything is elementwise; eps stands outside of the root. A coordinate with s = 0 and g = 0 stays where it is.
    Forbidden: torch.optim.
    [ko]
    Adagrad의 한 스텝입니다. s' = s + g^2, w' = w - lr g / (sqrt(s') + eps). 결과: (w', s').

    w, s, g: 모양이 같은 float 텐서이며 차례로 가중치, 기울기 제곱의 합(>= 0), 기울기입니다. lr, eps: float > 0.
    모두 원소별 계산이고, eps는 제곱근 밖에 있습니다. s = 0이고 g = 0인 좌표는 움직이지 않습니다.
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    s = s + g**2
    return w - lr * g / (s.sqrt() + eps), s
    ### END SOLUTION


def rmsprop(w, s, g, lr, rho, eps):
    """
    [en]
    One step of RMSProp: s' = rho s + (1 - rho) g^2, w' = w - lr g / (sqrt(s') + eps). Returns (w', s').

    w, s, g, lr, eps: as in adagrad, s is a moving average here. rho: float, 0 < rho < 1, the part of s that is kept.
    eps stands outside of the root; there is no bias correction.
    Forbidden: torch.optim.
    [ko]
    RMSProp의 한 스텝입니다. s' = rho s + (1 - rho) g^2, w' = w - lr g / (sqrt(s') + eps). 결과: (w', s').

    w, s, g, lr, eps: adagrad와 같고, 여기서 s는 이동 평균입니다. rho: float, 0 < rho < 1, s에서 남기는 비율입니다.
    eps는 제곱근 밖에 있고, 편향 보정은 하지 않습니다.
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s.sqrt() + eps), s
    ### END SOLUTION


# %% [markdown] lang="en" task="adagrad" hint=1
# Two lines each. First the history with today's gradient in it, then the step. Without $\epsilon$, how large is the very first
# step of Adagrad? It is $\pm\eta$, whatever the gradient.

# %% [markdown] lang="ko" task="adagrad" hint=1
# 각각 두 줄이면 됩니다. 먼저 이번 기울기를 넣은 이력, 그다음 스텝입니다. $\epsilon$이 없다면 Adagrad의 첫 스텝은 얼마나 클까요? 기울기가
# 얼마든 $\pm\eta$입니다.

# %% [markdown] lang="en" task="adagrad" hint=2
# Adagrad: $s_t=s_{t-1}+g_t^2$. RMSProp: $s_t=\rho s_{t-1}+(1-\rho)g_t^2$. Both: $w_t=w_{t-1}-\eta\,g_t/(\sqrt{s_t}+\epsilon)$.

# %% [markdown] lang="ko" task="adagrad" hint=2
# Adagrad: $s_t=s_{t-1}+g_t^2$. RMSProp: $s_t=\rho s_{t-1}+(1-\rho)g_t^2$. 둘 다 $w_t=w_{t-1}-\eta\,g_t/(\sqrt{s_t}+\epsilon)$.

# %% [markdown] lang="en"
# ### Given code

# %% [markdown] lang="ko"
# ### 주어진 코드


# %% tags=["provided"]
def adadelta_trail(w, G, rho, eps):
    """
    [en]
    (T, ...) positions after each of T Adadelta steps with the gradients G (T, ...), beginning with s = d = 0.
    [ko]
    s = d = 0에서 출발해 기울기 G (T, ...)로 Adadelta를 T 스텝 실행할 때, 스텝마다의 위치 (T, ...).
    [/]
    """
    s, d, trail = torch.zeros_like(w), torch.zeros_like(w), []
    for g in G:
        w, s, d = adadelta(w, s, d, g, rho, eps)
        trail.append(w)
    return torch.stack(trail)


# %% [markdown] lang="en" task="adadelta"
# ## 4. Adadelta (10 points)
#
# Adadelta has no learning rate. It keeps two moving averages, one of the squared gradients, $s$, and one of its own squared
# steps, $d$, and takes steps of the size that its recent steps had: $\sqrt{d}$ takes the place of $\eta$. At the beginning
# $d=0$, and it is the $\epsilon$ under the root that gets things going. The step uses the *old* $d$; it cannot yet know
# its own size.

# %% [markdown] lang="ko" task="adadelta"
# ## 4. Adadelta (10점)
#
# Adadelta에는 학습률이 없습니다. 기울기 제곱의 이동 평균 $s$와 자기 스텝 제곱의 이동 평균 $d$를 두고, 최근에 걸어온 만큼의 크기로
# 걷습니다. $\eta$의 자리에 $\sqrt{d}$가 들어가는 셈입니다. 처음에는 $d=0$이므로, 제곱근 안의 $\epsilon$이 첫걸음을 떼게 해 줍니다. 스텝을
# 계산할 때는 *이전* $d$를 씁니다. 자기 자신의 크기는 아직 알 수 없기 때문입니다.


# %% task="adadelta"
def adadelta(w, s, d, g, rho, eps):
    """
    [en]
    One step of Adadelta. Returns (w', s', d').
    [ko]
    Adadelta의 한 스텝입니다. 결과: (w', s', d').
    [/]

        s' = rho s + (1 - rho) g^2
        delta = - sqrt(d + eps) / sqrt(s' + eps) * g
        w' = w + delta
        d' = rho d + (1 - rho) delta^2

    [en]
    w, s, d, g: float tensors of the same shape: weights, average of squared gradients, average of squared steps (both
    >= 0), gradient. rho: float, 0 < rho < 1. eps: float > 0.

    Here eps stands INSIDE of both roots. delta uses d as it came in.
    Forbidden: torch.optim.
    [ko]
    w, s, d, g: 모양이 같은 float 텐서이며 차례로 가중치, 기울기 제곱의 이동 평균, 스텝 제곱의 이동 평균(둘 다 >= 0),
    기울기입니다. rho: float, 0 < rho < 1. eps: float > 0.

    여기서는 eps가 두 제곱근 '안'에 있습니다. delta에는 입력으로 받은 d를 씁니다.
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2
    ### END SOLUTION


# %% [markdown] lang="en" task="adadelta" hint=1
# The order is everything: history of gradients, step, weights, history of steps. Check the units: a step must be measured in
# the units of $w$, and $\sqrt{d}/\sqrt{s}\cdot g$ is.

# %% [markdown] lang="ko" task="adadelta" hint=1
# 순서가 전부입니다. 기울기의 이력, 스텝, 가중치, 스텝의 이력 순서입니다. 단위도 확인해 보세요. 스텝은 $w$와 단위가 같아야 하는데,
# $\sqrt{d}/\sqrt{s}\cdot g$가 바로 그렇습니다.

# %% [markdown] lang="en" task="adadelta" hint=2
# $\Delta_t=-\sqrt{\dfrac{d_{t-1}+\epsilon}{s_t+\epsilon}}\;g_t,\qquad d_t=\rho d_{t-1}+(1-\rho)\Delta_t^2$

# %% [markdown] lang="ko" task="adadelta" hint=2
# $\Delta_t=-\sqrt{\dfrac{d_{t-1}+\epsilon}{s_t+\epsilon}}\;g_t,\qquad d_t=\rho d_{t-1}+(1-\rho)\Delta_t^2$

# %% [markdown] lang="en"
# ### Given code

# %% [markdown] lang="ko"
# ### 주어진 코드


# %% tags=["provided"]
def adam_trail(w, G, lr, b1, b2, eps):
    """
    [en]
    (T, ...) positions after each of T Adam steps, t = 1 ... T, with the gradients G (T, ...), beginning with m = v = 0.
    [ko]
    m = v = 0에서 출발해 기울기 G (T, ...)로 Adam을 t = 1 ... T까지 실행할 때, 스텝마다의 위치 (T, ...).
    [/]
    """
    m, v, trail = torch.zeros_like(w), torch.zeros_like(w), []
    for t, g in enumerate(G, start=1):
        w, m, v = adam(w, m, v, t, g, lr, b1, b2, eps)
        trail.append(w)
    return torch.stack(trail)


# %% [markdown] lang="en" task="adam"
# ## 5. Adam (14 points)
#
# Momentum says where to, RMSProp says how far: Adam keeps a moving average $m$ of the gradients and another one, $v$, of their
# squares. Both begin at 0, so for the first steps they are too small, by the factor $1-\beta^t$ exactly if the gradient is
# constant. Dividing by this factor corrects them. The corrected values serve this one step; the averages themselves are
# carried on as they are.

# %% [markdown] lang="ko" task="adam"
# ## 5. Adam (14점)
#
# 어느 쪽으로 갈지는 모멘텀이, 얼마나 갈지는 RMSProp이 정합니다. Adam은 기울기의 이동 평균 $m$과 기울기 제곱의 이동 평균 $v$를 함께 둡니다. 둘 다
# 0에서 시작하므로 처음 몇 스텝에는 너무 작습니다. 기울기가 일정하다면 정확히 $1-\beta^t$배입니다. 이 값으로 나누어 보정합니다. 보정한 값은
# 이번 스텝에만 쓰고, 이동 평균 자체는 그대로 다음 스텝에 넘깁니다.


# %% task="adam"
def adam(w, m, v, t, g, lr, b1, b2, eps):
    """
    [en]
    One step of Adam. Returns (w', m', v').
    [ko]
    Adam의 한 스텝입니다. 결과: (w', m', v').
    [/]

        m' = b1 m + (1 - b1) g
        v' = b2 v + (1 - b2) g^2
        w' = w - lr * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + eps)

    [en]
    w, m, v, g: float tensors of the same shape: weights, average of gradients, average of squared gradients (>= 0),
    gradient. t: int >= 1, the number of THIS step: 1 in the first one. lr, eps: floats > 0. b1, b2: floats in (0, 1).

    m' and v' are returned without bias correction. eps stands outside of the root and is not scaled.
    Forbidden: torch.optim.
    [ko]
    w, m, v, g: 모양이 같은 float 텐서이며 차례로 가중치, 기울기의 이동 평균, 기울기 제곱의 이동 평균(>= 0),
    기울기입니다. t: int >= 1, '이번' 스텝의 번호이며 첫 스텝이 1입니다. lr, eps: float > 0. b1, b2: (0, 1)의 float.

    m'과 v'은 편향을 보정하지 않은 채로 돌려줍니다. eps는 제곱근 밖에 있고, 보정하지 않습니다.
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return w - lr * m_hat / (v_hat.sqrt() + eps), m, v
    ### END SOLUTION


# %% [markdown] lang="en" task="adam" hint=1
# In the first step $m'=(1-\beta_1)g$: divided by $1-\beta_1^1$ that is $g$ itself. Give the corrected averages names of their own,
# so that you do not return them by accident.

# %% [markdown] lang="ko" task="adam" hint=1
# 첫 스텝에서는 $m'=(1-\beta_1)g$이므로 $1-\beta_1^1$로 나누면 바로 $g$가 됩니다. 보정한 평균에는 따로 이름을 붙이세요. 그래야 실수로 그것을
# 돌려주지 않습니다.

# %% [markdown] lang="en" task="adam" hint=2
# $\hat m_t=\dfrac{m_t}{1-\beta_1^t},\quad\hat v_t=\dfrac{v_t}{1-\beta_2^t},\quad w_t=w_{t-1}-\eta\,\dfrac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}$

# %% [markdown] lang="ko" task="adam" hint=2
# $\hat m_t=\dfrac{m_t}{1-\beta_1^t},\quad\hat v_t=\dfrac{v_t}{1-\beta_2^t},\quad w_t=w_{t-1}-\eta\,\dfrac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}$

# %% [markdown] lang="en"
# ### See it: six ways down a narrow valley
#
# The valley is forty times as steep across as it is along. Left and middle: the paths of your optimisers from the same start, in
# 90 steps. Plain SGD zigzags and creeps; momentum overshoots and arrives; the adaptive ones rescale both directions. Right:
# the height above the floor. Change the learning rates, and see who is sensitive to them.

# %% [markdown] lang="ko"
# ### 직접 보기: 좁은 골짜기를 내려가는 여섯 가지 방법
#
# 이 골짜기는 길이 방향보다 가로 방향이 마흔 배 가파릅니다. 왼쪽과 가운데는 여러분의 옵티마이저들이 같은 출발점에서 90스텝 동안 지나온
# 길입니다. SGD는 지그재그로 기어가고, 모멘텀은 지나쳤다가 돌아와 도착하며, 적응형 방법들은 두 방향의 크기를 맞춥니다. 오른쪽은 바닥에서
# 잰 높이입니다. 학습률을 바꿔 보면서 누가 민감한지 살펴보세요.

# %% tags=["explore"]
if ready(momentum, adagrad, rmsprop, adadelta, adam):
    import matplotlib.pyplot as plt

    scale = torch.tensor([1.0, 40.0], dtype=torch.float64)

    def height(w):
        return 0.5 * (scale * w**2).sum(dim=-1)

    start = torch.tensor([-4.0, 1.2], dtype=torch.float64)

    def descend(step, state, steps=90):
        w, trail = start, [start]
        for t in range(1, steps + 1):
            w, *state = step(w, *state, t, scale * w)
            trail.append(w)
        return torch.stack(trail)

    zero = torch.zeros(2, dtype=torch.float64)
    trails = {
        "SGD": descend(lambda w, t, g: (w - 0.045 * g,), []),
        "momentum": descend(lambda w, v, t, g: momentum(w, v, g, 0.02, 0.85), [zero]),
        "Adagrad": descend(lambda w, s, t, g: adagrad(w, s, g, 0.6, 1e-8), [zero]),
        "RMSProp": descend(lambda w, s, t, g: rmsprop(w, s, g, 0.06, 0.9, 1e-8), [zero]),
        "Adadelta": descend(lambda w, s, d, t, g: adadelta(w, s, d, g, 0.9, 1e-3), [zero, zero]),
        "Adam": descend(lambda w, m, v, t, g: adam(w, m, v, t, g, 0.25, 0.9, 0.999, 1e-8), [zero, zero]),
    }
    colors = ["#000000", "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"]
    figure, axes = plt.subplots(1, 3, figsize=(15, 4.4), constrained_layout=True)
    xs, ys = torch.meshgrid(torch.linspace(-4.6, 1.6, 200), torch.linspace(-1.5, 1.5, 120), indexing="xy")
    level = height(torch.stack([xs, ys], dim=-1).to(scale.dtype)).clamp(min=1e-3).log10()
    for ax, names in zip(axes, [("SGD", "momentum", "Adagrad"), ("RMSProp", "Adadelta", "Adam")]):
        ax.contourf(xs, ys, level, levels=14, cmap="Greys", alpha=0.45)
        for (name, trail), color in zip(trails.items(), colors):
            if name in names:
                ax.plot(*trail.T, color=color, marker="o", ms=2.5, lw=1.3, label=name)
        ax.plot(0, 0, marker="*", ms=13, color="white", markeredgecolor="black")
        ax.set(
            xlabel="along the valley",
            ylabel="across the valley",
            title=", ".join(names),
            xlim=(-4.6, 1.6),
            ylim=(-1.5, 1.5),
        )
        ax.legend(loc="upper right", fontsize=8)
    for (name, trail), color in zip(trails.items(), colors):
        axes[2].plot(height(trail).clamp(min=1e-8), color=color, lw=1.7, label=name)
    axes[2].set(xlabel="step", ylabel="height above the floor", yscale="log", title="height, step by step")
    axes[2].grid(alpha=0.3)
    axes[2].legend(frameon=False, fontsize=8, loc="lower left")
    plt.show()

# %% [markdown] lang="en" task="reg_loss_grad"
# ## 6. L1 and L2 penalties, and soft-thresholding (12 points)
#
# The penalty $R$ is added to the loss, so its gradient is added to the gradient. L2 pulls a weight in proportion to its size:
# large ones shrink fast, none ever becomes exactly 0. L1 pulls all of them with the same force $\lambda_1$, towards 0. A step of
# fixed length cannot *land* on 0, it jumps across. The remedy is to treat the L1 part apart: shorten every weight by a
# threshold, and set to 0 what is shorter than it. That is soft-thresholding, and it gives exact zeros. Biases are not punished:
# they shift a function, they do not make it wild.

# %% [markdown] lang="ko" task="reg_loss_grad"
# ## 6. L1과 L2 벌점, 소프트 임계값 (12점)
#
# 벌점 $R$이 손실에 더해지므로 벌점의 기울기도 기울기에 더해집니다. L2는 가중치의 크기에 비례해 당깁니다. 큰 가중치는 빨리 줄지만 정확히 0이 되는
# 일은 없습니다. L1은 모든 가중치를 똑같은 힘 $\lambda_1$로 0을 향해 당깁니다. 그런데 길이가 정해진 스텝으로는 0에 *내려앉을* 수 없고 0을
# 건너뛰게 됩니다. 해결책은 L1 부분을 따로 다루는 것입니다. 모든 가중치를 임계값만큼 줄이고, 그보다 작은 것은 0으로 만듭니다. 이것이 소프트
# 임계값이며 정확한 0을 만들어 냅니다. 편향에는 벌점을 주지 않습니다. 편향은 함수를 옮길 뿐 거칠게 만들지 않기 때문입니다.


# %% task="reg_loss_grad"
def reg_loss_grad(W, b, l1, l2):
    """
    [en]
    The penalty R = l1 sum|W| + (l2 / 2) sum W^2 and its gradients. Returns (R, dW, db).

    W: float tensor of any shape, b: (M,) float tensor, l1, l2: floats >= 0.
    R: 0-d. dW: dR/dW, the shape of W. db: dR/db, the shape of b: the bias is not punished.

    Sums, not means. The derivative of |w| at w = 0 is 0. Write the gradients by hand.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.functional.softshrink, torch.nn.Softshrink.
    [ko]
    벌점 R = l1 sum|W| + (l2 / 2) sum W^2와 그 기울기를 구합니다. 결과: (R, dW, db).

    W: 임의 모양의 float 텐서, b: (M,) float 텐서, l1, l2: float >= 0.
    R: 0차원. dW: dR/dW, W와 같은 모양. db: dR/db, b와 같은 모양이며 편향에는 벌점이 없습니다.

    평균이 아니라 합입니다. w = 0에서 |w|의 도함수는 0으로 정합니다. 기울기는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.functional.softshrink, torch.nn.Softshrink.
    [/]
    """
    ### BEGIN SOLUTION
    R = l1 * W.abs().sum() + 0.5 * l2 * (W**2).sum()
    return R, l1 * W.sign() + l2 * W, torch.zeros_like(b)
    ### END SOLUTION


def soft_threshold(w, t):
    """
    [en]
    Move every element of w towards 0 by t, and stop at 0. Returns a tensor of the shape of w.

    w: float tensor of any shape, t: float >= 0.

    What has |w| <= t becomes exactly 0; everything else keeps its sign.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.functional.softshrink, torch.nn.Softshrink.
    [ko]
    w의 모든 원소를 0 쪽으로 t만큼 옮기되 0에서 멈춥니다. 결과는 w와 모양이 같은 텐서입니다.

    w: 임의 모양의 float 텐서, t: float >= 0.

    |w| <= t인 원소는 정확히 0이 되고, 나머지는 부호를 그대로 지닙니다.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.functional.softshrink, torch.nn.Softshrink.
    [/]
    """
    ### BEGIN SOLUTION
    return w.sign() * (w.abs() - t).clamp(min=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="reg_loss_grad" hint=1
# The ½ in front of the squares is there so that it cancels in the derivative. For the threshold: take the sign and the length of a
# weight apart, shorten the length, and never below 0.

# %% [markdown] lang="ko" task="reg_loss_grad" hint=1
# 제곱 앞의 ½은 미분할 때 약분되라고 있는 것입니다. 임계값은 가중치를 부호와 길이로 나누어, 길이를 줄이되 0 아래로는 내려가지 않게 하면
# 됩니다.

# %% [markdown] lang="en" task="reg_loss_grad" hint=2
# $\dfrac{\partial R}{\partial w}=\lambda_1\,\mathrm{sign}(w)+\lambda_2w,\qquad S_t(w)=\mathrm{sign}(w)\,\max(\lvert w\rvert-t,\,0)$

# %% [markdown] lang="ko" task="reg_loss_grad" hint=2
# $\dfrac{\partial R}{\partial w}=\lambda_1\,\mathrm{sign}(w)+\lambda_2w,\qquad S_t(w)=\mathrm{sign}(w)\,\max(\lvert w\rvert-t,\,0)$

# %% [markdown] lang="en"
# ### See it: which weights become exactly zero?
#
# Left: one weight under the L1 penalty alone. The plain gradient step jumps around 0 for ever, soft-thresholding lands on it.
# Middle and right: a linear regression with twelve features, of which only three matter (coloured). As the penalty grows, L1
# switches the useless features off, one after the other; L2 shrinks all of them together and switches off none.

# %% [markdown] lang="ko"
# ### 직접 보기: 어떤 가중치가 정확히 0이 될까
#
# 왼쪽은 L1 벌점만 받는 가중치 하나입니다. 평범한 경사 하강은 0 근처를 끝없이 오가지만, 소프트 임계값은 0에 내려앉습니다. 가운데와 오른쪽은 특징이
# 열두 개인 선형 회귀이고, 그중 세 개만 의미가 있습니다(색칠한 선). 벌점이 커지면 L1은 쓸모없는 특징을 하나씩 끄고, L2는 모두를 함께 줄일 뿐
# 하나도 끄지 않습니다.

# %% tags=["explore"]
if ready(reg_loss_grad, soft_threshold):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(1)
    X = torch.randn(60, 12, generator=generator, dtype=torch.float64)
    true = torch.zeros(12, dtype=torch.float64)
    true[[1, 4, 9]] = torch.tensor([2.0, -1.5, 1.0], dtype=torch.float64)
    y = X @ true + 1.0 * torch.randn(60, generator=generator, dtype=torch.float64)

    def fit(l1, l2, steps=150, lr=0.2):
        w, none = torch.zeros(12, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
        for _ in range(steps):
            w = w - lr * (X.T @ (X @ w - y) / len(y) + reg_loss_grad(w, none, 0.0, l2)[1])
            w = soft_threshold(w, lr * l1)
        return w

    lambdas = torch.logspace(-2, 1.2, 25, dtype=torch.float64)
    lasso = torch.stack([fit(float(penalty), 0.0) for penalty in lambdas])
    ridge = torch.stack([fit(0.0, float(penalty), lr=0.05) for penalty in lambdas])

    jump = [torch.tensor([0.5], dtype=torch.float64)]
    land = [torch.tensor([0.5], dtype=torch.float64)]
    for _ in range(25):
        jump.append(jump[-1] - 0.07 * reg_loss_grad(jump[-1], jump[-1], 1.0, 0.0)[1])
        land.append(soft_threshold(land[-1], 0.07))

    figure, axes = plt.subplots(1, 3, figsize=(15, 4.2), constrained_layout=True)
    axes[0].axhline(0, color="0.7", lw=1)
    axes[0].plot(torch.stack(jump), color="#D55E00", marker="o", ms=4, label="gradient step: ±0.07 for ever")
    axes[0].plot(torch.stack(land), color="#0072B2", marker="s", ms=4, label="soft-thresholding: exactly 0")
    axes[0].set(xlabel="step", ylabel="weight", title="one weight under L1")
    axes[0].legend(frameon=False, fontsize=9)
    for ax, paths, name in [(axes[1], lasso, "L1"), (axes[2], ridge, "L2")]:
        for k in range(12):
            color = {1: "#0072B2", 4: "#E69F00", 9: "#009E73"}.get(k, "0.65")
            ax.plot(lambdas, paths[:, k], color=color, lw=2.4 if true[k] != 0 else 1.2)
        zeros = (paths == 0).sum(dim=1)
        middle = int((lambdas - 0.4).abs().argmin())
        ax.axvline(lambdas[middle], color="black", lw=0.8, ls=":")
        ax.set(
            xscale="log",
            xlabel="strength of the penalty",
            title=f"{name}: {int(zeros[middle])} of 12 weights are exactly 0 at the line",
        )
        ax.grid(alpha=0.3)
    axes[1].set_ylabel("weight (grey: useless features)")
    axes[2].sharey(axes[1])
    plt.show()

# %% [markdown] lang="en" task="dropout_fwd"
# ## 7. Dropout (10 points)
#
# In each training step every activation is switched off with probability $p$, independently of all others. No node can rely on
# a particular other one, and the trained network behaves like an average of many thinned ones. To keep the expected value,
# what survives is divided by the probability of surviving, already in training ("inverted dropout"); then nothing at all has to be
# done at test time. The backward pass goes through the same nodes that were on, with the same factor.

# %% [markdown] lang="ko" task="dropout_fwd"
# ## 7. 드롭아웃 (10점)
#
# 학습하는 매 스텝마다 모든 활성값을 서로 독립적으로 확률 $p$로 끕니다. 어떤 노드도 특정한 다른 노드에 기댈 수 없게 되고, 학습된 신경망은 솎아 낸
# 신경망 여럿을 평균한 것처럼 행동합니다. 기댓값을 유지하기 위해 살아남은 값은 살아남을 확률로 나눕니다. 이것을 학습할 때 미리 해 두면("역드롭아웃")
# 테스트할 때는 아무것도 할 필요가 없습니다. 역전파도 켜져 있던 바로 그 노드만, 같은 배율로 지나갑니다.


# %% task="dropout_fwd"
def dropout_fwd(x, U, p, train):
    """
    [en]
    Inverted dropout. Returns y, the shape of x.

    x: float tensor, U: uniform random numbers in [0, 1), the shape of x. p: float, 0 <= p < 1, the probability of DROPPING.
    train: bool.

    Training: an element is dropped (becomes 0) where U < p, and kept where U >= p; kept ones are divided by 1 - p.
    Otherwise: y has the values of x. Must be differentiable with respect to x: stay with tensor operations.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.functional.dropout, torch.nn.Dropout, torch.dropout,
    torch.native_dropout.
    [ko]
    역드롭아웃입니다. 결과 y의 모양은 x와 같습니다.

    x: float 텐서, U: [0, 1)의 균등 난수, x와 같은 모양. p: float, 0 <= p < 1, 원소를 '끌' 확률. train: bool.

    학습할 때: U < p인 원소는 꺼서 0으로 만들고, U >= p인 원소는 남겨 1 - p로 나눕니다.
    학습이 아닐 때: y의 값은 x와 같습니다. x로 미분 가능해야 하므로 텐서 연산만 쓰세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.functional.dropout, torch.nn.Dropout, torch.dropout,
    torch.native_dropout.
    [/]
    """
    ### BEGIN SOLUTION
    if not train:
        return x
    return x * (U >= p).to(x.dtype) / (1 - p)
    ### END SOLUTION


def dropout_bwd(dout, U, p, train):
    """
    [en]
    Gradient of dropout_fwd: dx, given dout = dL/dy.

    dout: float tensor. U, p, train: the values that dropout_fwd was called with; U has the shape of dout. Returns dx, the
    shape of dout. Write it by hand.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.functional.dropout, torch.nn.Dropout, torch.dropout,
    torch.native_dropout.
    [ko]
    dropout_fwd의 기울기입니다. dout = dL/dy가 주어지면 dx를 돌려줍니다.

    dout: float 텐서. U, p, train: dropout_fwd를 부를 때 쓴 값이고, U의 모양은 dout과 같습니다. 결과 dx의 모양은 dout과
    같습니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.functional.dropout, torch.nn.Dropout, torch.dropout,
    torch.native_dropout.
    [/]
    """
    ### BEGIN SOLUTION
    if not train:
        return dout
    return dout * (U >= p).to(dout.dtype) / (1 - p)
    ### END SOLUTION


# %% [markdown] lang="en" task="dropout_fwd" hint=1
# A comparison makes the mask, one entry for each element of $x$. If you keep 70 % of the values, by how much must they grow for
# the mean to stay the same?

# %% [markdown] lang="ko" task="dropout_fwd" hint=1
# 비교 연산 하나면 $x$의 원소마다 값이 있는 마스크가 나옵니다. 값의 70 %만 남긴다면, 평균이 그대로이려면 남은 값이 몇 배로 커져야
# 할까요?

# %% [markdown] lang="en" task="dropout_fwd" hint=2
# $m=[U\ge p],\quad y=\dfrac{m\odot x}{1-p},\quad dx=\dfrac{m\odot dy}{1-p}$. For every element, $\mathbb E[y]=x$.

# %% [markdown] lang="ko" task="dropout_fwd" hint=2
# $m=[U\ge p],\quad y=\dfrac{m\odot x}{1-p},\quad dx=\dfrac{m\odot dy}{1-p}$. 원소마다 $\mathbb E[y]=x$입니다.

# %% [markdown] lang="en"
# ### See it: dropout against memorised noise
#
# Two half-moons with a sixth of the labels flipped, and a network of two times 64 nodes that is trained until it could know every
# point by heart. Left: without dropout it builds islands around single wrong points. Middle: with your dropout ($p=0.5$) the
# boundary stays calm. Right: the loss on new points.

# %% [markdown] lang="ko"
# ### 직접 보기: 드롭아웃과 외워 버린 노이즈
#
# 레이블의 6분의 1을 뒤집은 반달 두 개를, 은닉 노드가 64개씩 두 층인 신경망으로 모든 점을 외울 수 있을 만큼 오래 학습시킵니다. 왼쪽은 드롭아웃이
# 없을 때로, 잘못된 점 하나하나의 둘레에 섬이 생깁니다. 가운데는 여러분의 드롭아웃($p=0.5$)을 쓴 결과로, 경계가 차분합니다. 오른쪽은 새 점들에
# 대한 손실입니다.

# %% tags=["explore"]
if ready(dropout_fwd, adam):
    import matplotlib.pyplot as plt

    def moons(n, generator):
        angle = torch.pi * torch.rand(n, generator=generator, dtype=torch.float64)
        y = torch.arange(n) % 2
        x = torch.stack([angle.cos() + y, angle.sin() * (1 - 2 * y) + 0.4 * y], dim=1)
        return x + 0.15 * torch.randn(n, 2, generator=generator, dtype=torch.float64), y

    generator = torch.Generator().manual_seed(5)
    X, clean = moons(90, generator)
    y = torch.where(torch.rand(90, generator=generator) < 1 / 6, 1 - clean, clean)
    X_new, y_new = moons(600, generator)

    def network(x, weights, p, train, generator=None):
        for W, b in weights[:-1]:
            x = torch.relu(x @ W + b)
            x = dropout_fwd(x, torch.rand(x.shape, generator=generator, dtype=x.dtype), p, train)
        return x @ weights[-1][0] + weights[-1][1]

    def learn(p, steps=600):
        generator = torch.Generator().manual_seed(0)
        flat = []
        for i, o in [(2, 64), (64, 64), (64, 2)]:
            flat += [
                torch.randn(i, o, generator=generator, dtype=torch.float64) * (2 / i) ** 0.5,
                torch.zeros(o, dtype=torch.float64),
            ]
        averages = [(torch.zeros_like(w), torch.zeros_like(w)) for w in flat]
        curve = []
        for t in range(1, steps + 1):
            flat = [w.detach().requires_grad_() for w in flat]
            logits = network(X, list(zip(flat[::2], flat[1::2])), p, True, generator)
            gradients = torch.autograd.grad(torch.nn.functional.cross_entropy(logits, y), flat)
            with torch.no_grad():
                moved = [adam(w, m, v, t, g, 0.01, 0.9, 0.999, 1e-8) for w, (m, v), g in zip(flat, averages, gradients)]
                flat, averages = [w for w, _, _ in moved], [(m, v) for _, m, v in moved]
                if t % 10 == 0:
                    logits = network(X_new, list(zip(flat[::2], flat[1::2])), p, False)
                    curve.append(torch.nn.functional.cross_entropy(logits, y_new).item())
        right = (logits.argmax(dim=1) == y_new).double().mean().item()
        return list(zip(flat[::2], flat[1::2])), curve, right

    results = {p: learn(p) for p in (0.0, 0.5)}
    xs, ys = torch.meshgrid(torch.linspace(-1.7, 2.7, 160), torch.linspace(-1.2, 1.7, 120), indexing="xy")
    places = torch.stack([xs, ys], dim=-1).double()
    figure, axes = plt.subplots(1, 3, figsize=(15, 4.3), constrained_layout=True)
    for ax, (p, (weights, _, right)) in zip(axes, results.items()):
        probability = torch.softmax(network(places, weights, p, False), dim=-1)[..., 1]
        ax.contourf(xs, ys, probability, levels=20, cmap="PuOr", alpha=0.75, vmin=0, vmax=1)
        ax.contour(xs, ys, probability, levels=[0.5], colors="black", linewidths=1)
        for c, marker in enumerate("os"):
            for flipped, edge in ((False, "black"), (True, "#E00000")):
                chosen = (y == c) & ((y != clean) == flipped)
                ax.scatter(
                    *X[chosen].T,
                    marker=marker,
                    s=42,
                    c=["#B35806", "#542788"][c],
                    edgecolor=edge,
                    lw=0.6 + 1.2 * flipped,
                )
        ax.set(
            title=f"p = {p}: {right:.0%} of new points right", xticks=[], yticks=[], xlabel="red edge: flipped label"
        )
    for (p, (_, curve, _)), color in zip(results.items(), ["#D55E00", "#0072B2"]):
        axes[2].plot(range(10, 10 * len(curve) + 1, 10), curve, color=color, lw=1.8, label=f"p = {p}")
    axes[2].set(xlabel="step", ylabel="cross-entropy on new points", yscale="log", title="loss on new points")
    axes[2].grid(alpha=0.3)
    axes[2].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# These functions call your `bn_fwd` and pick out one part of the result, so that each part is graded by itself.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 아래 함수들은 여러분의 `bn_fwd`를 불러 결과의 일부만 꺼냅니다. 덕분에 부분마다 따로 채점할 수 있습니다.


# %% tags=["provided"]
def bn_part_output(x, gamma, beta, state, train):
    y, _, _ = bn_fwd(x, gamma, beta, state, train)
    return y


def bn_part_state(x, gamma, beta, state, train):
    _, new_state, _ = bn_fwd(x, gamma, beta, state, train)
    return new_state


def bn_part_cache(x, gamma, beta, state, train):
    _, _, cache = bn_fwd(x, gamma, beta, state, train)
    return cache


# %% [markdown] lang="en" task="bn_fwd"
# ## 8. Batch normalisation (12 points)
#
# Each feature (column) is brought to mean 0 and variance 1 over the mini-batch, and then given a scale $\gamma$ and a shift
# $\beta$ that are learned. In training every example is judged by its companions in the batch. At test time there may be
# only one example, so a running mean and variance, collected in training, take their place. Two variances are at work: the
# batch is divided by the root of its *biased* variance (1/N), while the running value, an estimate for the whole data set, gets the
# *unbiased* one (1/(N-1)). (PyTorch does the same, but its `momentum` is the weight of the *new* value, $1-m$ here.)

# %% [markdown] lang="ko" task="bn_fwd"
# ## 8. 배치 정규화 (12점)
#
# 특징(열)마다 미니배치 안에서 평균을 0, 분산을 1로 맞춘 뒤, 학습되는 배율 $\gamma$와 이동 $\beta$를 적용합니다. 학습할 때는 각 예가 같은 배치의
# 다른 예들에 견주어 정해집니다. 테스트할 때는 예가 하나뿐일 수도 있으므로, 학습하면서 모아 둔 이동 평균과 이동 분산을 대신 씁니다. 분산이 두 가지
# 쓰인다는 점에 주의하세요. 배치는 *편향* 분산(1/N)의 제곱근으로 나누고, 데이터 전체에 대한 추정값인 이동 분산에는 *불편* 분산(1/(N-1))을 넣습니다.
# (PyTorch도 같지만, PyTorch의 `momentum`은 *새* 값의 비중, 곧 여기의 $1-m$입니다.)


# %% task="bn_fwd"
def bn_fwd(x, gamma, beta, state, train):
    """
    [en]
    Batch normalisation. Returns (y, new_state, cache).

    x: (N, D), N >= 1. gamma, beta: (D,). train: bool.
    state: dict with "mean" (D,), "var" (D,): running values; "m": float in (0, 1); "eps": float > 0. Do not change it.

    y = gamma * x_hat + beta (N, D), with x_hat = (x - mean) / sqrt(var + eps). y must be differentiable with respect to x,
    gamma and beta; stay with tensor operations.
    Training: mean and var are those of the batch, var BIASED (1/N). new_state: a new dict with the same four keys,
        "mean" = m * old + (1 - m) * batch mean,   "var" = m * old + (1 - m) * UNBIASED batch variance (1/(N-1)),
        and the same "m" and "eps". N = 1 has no unbiased variance: then "var" stays as it was.
        cache: dict with "x_hat" (N, D), "inv_std" (D,) = 1 / sqrt(var + eps), "gamma" (D,).
    Otherwise: mean and var are the running ones, new_state has the values of state, cache is None.

    A column may be constant (variance 0). Exact for columns with a mean of 1e5 and a deviation of 1, in float64.
    Forbidden: torch.nn.functional.batch_norm, torch.nn.BatchNorm1d, torch.batch_norm, torch.native_batch_norm.
    [ko]
    배치 정규화입니다. 결과: (y, new_state, cache).

    x: (N, D), N >= 1. gamma, beta: (D,). train: bool.
    state: "mean" (D,)과 "var" (D,)(이동 평균과 이동 분산), "m"((0, 1)의 float), "eps"(float > 0)를 담은 dict. 바꾸지 마세요.

    y = gamma * x_hat + beta (N, D), x_hat = (x - mean) / sqrt(var + eps)입니다. y는 x, gamma, beta로 미분 가능해야 하므로
    텐서 연산만 쓰세요.
    학습할 때: mean과 var는 배치의 값이고, var는 '편향' 분산(1/N)입니다. new_state는 같은 네 키를 가진 새 dict이며
        "mean" = m * 이전 값 + (1 - m) * 배치 평균,   "var" = m * 이전 값 + (1 - m) * 배치의 '불편' 분산(1/(N-1)),
        "m"과 "eps"는 그대로입니다. N = 1이면 불편 분산이 없으므로 "var"는 이전 값 그대로 둡니다.
        cache는 "x_hat" (N, D), "inv_std" (D,) = 1 / sqrt(var + eps), "gamma" (D,)를 담은 dict입니다.
    학습이 아닐 때: mean과 var는 이동 평균과 이동 분산이고, new_state의 값은 state와 같으며, cache는 None입니다.

    상수인 열(분산 0)도 있을 수 있습니다. 평균이 1e5이고 표준편차가 1인 열에서도 float64로 정확해야 합니다.
    사용 금지: torch.nn.functional.batch_norm, torch.nn.BatchNorm1d, torch.batch_norm, torch.native_batch_norm.
    [/]
    """
    ### BEGIN SOLUTION
    if not train:
        inv_std = 1 / (state["var"] + state["eps"]).sqrt()
        return gamma * (x - state["mean"]) * inv_std + beta, dict(state), None
    m, N = state["m"], x.shape[0]
    mean = x.mean(dim=0)
    var = ((x - mean) ** 2).mean(dim=0)
    inv_std = 1 / (var + state["eps"]).sqrt()
    x_hat = (x - mean) * inv_std
    running_var = m * state["var"] + (1 - m) * var * N / (N - 1) if N > 1 else state["var"]
    new_state = {**state, "mean": m * state["mean"] + (1 - m) * mean, "var": running_var}
    return gamma * x_hat + beta, new_state, {"x_hat": x_hat, "inv_std": inv_std, "gamma": gamma}
    ### END SOLUTION


# %% [markdown] lang="en" task="bn_fwd" hint=1
# Write down the two cases apart: which mean, which variance, what happens to the state. The difference $x-\mu$ is needed anyway;
# the mean of its square is the biased variance, and it stays exact when $\mu$ is huge.

# %% [markdown] lang="ko" task="bn_fwd" hint=1
# 두 경우를 따로 적어 보세요. 어떤 평균과 분산을 쓰고, 상태는 어떻게 되나요? 차이 $x-\mu$는 어차피 필요합니다. 그 제곱의 평균이 바로 편향 분산이고,
# 이렇게 구하면 $\mu$가 아주 커도 정확합니다.

# %% [markdown] lang="en" task="bn_fwd" hint=2
# $\mu=\frac1N\sum_nx_n,\;\sigma^2=\frac1N\sum_n(x_n-\mu)^2,\;\hat x=\dfrac{x-\mu}{\sqrt{\sigma^2+\epsilon}},\;y=\gamma\hat x+\beta$; and
# $r_\mu\leftarrow mr_\mu+(1-m)\mu$, $\;r_{\sigma^2}\leftarrow mr_{\sigma^2}+(1-m)\frac{N}{N-1}\sigma^2$.

# %% [markdown] lang="ko" task="bn_fwd" hint=2
# $\mu=\frac1N\sum_nx_n,\;\sigma^2=\frac1N\sum_n(x_n-\mu)^2,\;\hat x=\dfrac{x-\mu}{\sqrt{\sigma^2+\epsilon}},\;y=\gamma\hat x+\beta$이고
# $r_\mu\leftarrow mr_\mu+(1-m)\mu$, $\;r_{\sigma^2}\leftarrow mr_{\sigma^2}+(1-m)\frac{N}{N-1}\sigma^2$입니다.

# %% [markdown] lang="en"
# ### Given code

# %% [markdown] lang="ko"
# ### 주어진 코드


# %% tags=["provided"]
def bn_part_dx(dout, cache):
    dx, _, _ = bn_bwd(dout, cache)
    return dx


def bn_part_dparams(dout, cache):
    _, dgamma, dbeta = bn_bwd(dout, cache)
    return dgamma, dbeta


# %% [markdown] lang="en" task="bn_bwd"
# ## 9. Batch normalisation backward (12 points)
#
# In training, mean and variance are computed *from* the batch, so each $x_n$ reaches every output of its column on three ways:
# directly, through $\mu$, and through $\sigma^2$. The last two take away from the gradient its mean and the part that points along
# $\hat x$. A quick test: each column of $dx$ sums to 0, because adding the same number to all examples does not change $y$.

# %% [markdown] lang="ko" task="bn_bwd"
# ## 9. 배치 정규화의 역전파 (12점)
#
# 학습할 때는 평균과 분산을 배치*에서* 계산합니다. 그래서 각 $x_n$은 같은 열의 모든 출력에 세 갈래로 영향을 줍니다. 직접, $\mu$를 거쳐서, 그리고
# $\sigma^2$을 거쳐서입니다. 뒤의 두 갈래는 기울기에서 평균을 빼고, $\hat x$ 방향의 성분을 뺍니다. 간단한 검사법이 있습니다. $dx$의 각 열을 더하면
# 0이어야 합니다. 모든 예에 같은 수를 더해도 $y$는 변하지 않기 때문입니다.


# %% task="bn_bwd"
def bn_bwd(dout, cache):
    """
    [en]
    Gradients of batch normalisation in training mode: (dx, dgamma, dbeta), given dout = dL/dy.

    dout: (N, D), N >= 1. cache: dict as bn_fwd returns it, "x_hat" (N, D), "inv_std" (D,), "gamma" (D,).
    Returns (dx (N, D), dgamma (D,), dbeta (D,)).

    Mean and variance depend on x, and dx takes that into account; inv_std = 1 / sqrt(var + eps) includes eps.
    dgamma and dbeta are sums over the batch. Write the gradients by hand.
    Forbidden: torch.autograd, torch.func, .backward, torch.ops.aten.native_batch_norm_backward.
    [ko]
    학습할 때의 배치 정규화의 기울기를 구합니다. dout = dL/dy가 주어지면 (dx, dgamma, dbeta)를 돌려줍니다.

    dout: (N, D), N >= 1. cache: bn_fwd가 돌려주는 dict, "x_hat" (N, D), "inv_std" (D,), "gamma" (D,).
    결과: (dx (N, D), dgamma (D,), dbeta (D,)).

    평균과 분산도 x의 함수이므로 dx에 반영해야 합니다. inv_std = 1 / sqrt(var + eps)에는 eps가 들어 있습니다.
    dgamma와 dbeta는 배치에 대한 합입니다. 기울기는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.ops.aten.native_batch_norm_backward.
    [/]
    """
    ### BEGIN SOLUTION
    x_hat, inv_std, gamma = cache["x_hat"], cache["inv_std"], cache["gamma"]
    dgamma = (dout * x_hat).sum(dim=0)
    dbeta = dout.sum(dim=0)
    dx = gamma * inv_std * (dout - (dbeta + x_hat * dgamma) / len(dout))
    return dx, dgamma, dbeta
    ### END SOLUTION


# %% [markdown] lang="en" task="bn_bwd" hint=1
# $\gamma$ and $\beta$ first: they meet every row. Then go back to $\hat x$, and from there to $x$: start with the direct way, and subtract
# what the mean and the variance take away. Both are averages over the column.

# %% [markdown] lang="ko" task="bn_bwd" hint=1
# $\gamma$와 $\beta$부터 구하세요. 모든 행과 만나는 값들입니다. 그다음 $\hat x$로, 거기서 $x$로 거슬러 갑니다. 직접 가는 길에서 시작해, 평균과
# 분산이 가져가는 몫을 빼면 됩니다. 두 몫 모두 열에 대한 평균입니다.

# %% [markdown] lang="en" task="bn_bwd" hint=2
# With $d\hat x=\gamma\,dy$: $\;dx_n=\dfrac{1}{\sqrt{\sigma^2+\epsilon}}\Big(d\hat x_n-\frac1N\sum_kd\hat x_k-\hat x_n\,\frac1N\sum_kd\hat x_k\hat x_k\Big)$,
# $\;d\gamma=\sum_ndy_n\hat x_n$, $\;d\beta=\sum_ndy_n$.

# %% [markdown] lang="ko" task="bn_bwd" hint=2
# $d\hat x=\gamma\,dy$라 하면 $\;dx_n=\dfrac{1}{\sqrt{\sigma^2+\epsilon}}\Big(d\hat x_n-\frac1N\sum_kd\hat x_k-\hat x_n\,\frac1N\sum_kd\hat x_k\hat x_k\Big)$,
# $\;d\gamma=\sum_ndy_n\hat x_n$, $\;d\beta=\sum_ndy_n$입니다.

# %% [markdown] lang="en"
# ### See it: twenty layers, badly initialised
#
# A ReLU network of twenty layers whose weights begin too small, right, or too large. Left: without normalisation the signal
# dies out or explodes from layer to layer; with your `bn_fwd` it keeps its size. Right: training with plain SGD and your `bn_bwd`.
# With batch normalisation all three begin to learn; without, only a lucky scale does.

# %% [markdown] lang="ko"
# ### 직접 보기: 초기값이 나쁜 20층 신경망
#
# 가중치를 너무 작게, 알맞게, 너무 크게 초기화한 20층 ReLU 신경망입니다. 왼쪽을 보면 정규화가 없을 때는 층을 지날수록 신호가 사그라지거나 폭발하지만,
# 여러분의 `bn_fwd`를 넣으면 크기가 유지됩니다. 오른쪽은 평범한 SGD와 여러분의 `bn_bwd`로 학습한 결과입니다. 배치 정규화가 있으면 셋 다 학습이
# 되고, 없으면 운 좋게 알맞은 크기에서만 됩니다.

# %% tags=["explore"]
if ready(bn_fwd, bn_bwd):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(2)
    X = torch.randn(128, 24, generator=generator, dtype=torch.float64)
    target = torch.sin(X[:, :1]) + 0.5 * X[:, 1:2] * X[:, 2:3]
    fresh = {"mean": torch.zeros(24).double(), "var": torch.ones(24).double(), "m": 0.9, "eps": 1e-5}
    one, none = torch.ones(24, dtype=torch.float64), torch.zeros(24, dtype=torch.float64)

    def run(scale, normalise, steps=120, lr=0.02):
        generator = torch.Generator().manual_seed(7)
        Ws = [
            scale * (2 / 24) ** 0.5 * torch.randn(24, 24, generator=generator, dtype=torch.float64) for _ in range(20)
        ]
        out = 0.2 * torch.randn(24, 1, generator=generator, dtype=torch.float64)
        losses, sizes = [], None
        for _ in range(steps):
            H, hidden, caches = X, [X], []
            for W in Ws:
                Z = H @ W
                if normalise:
                    Z, _, cache = bn_fwd(Z, one, none, fresh, True)
                    caches.append(cache)
                H = torch.relu(Z)
                hidden.append(H)
            error = H @ out - target
            losses.append(float(error.square().mean()))
            sizes = sizes or [float(h.square().mean().sqrt()) for h in hidden]
            if not losses[-1] < 1e6:
                break
            d = 2 * error / len(X)
            dH, d_out = d @ out.T, H.T @ d
            for k in reversed(range(20)):
                dZ = dH * (hidden[k + 1] > 0)
                if normalise:
                    dZ, _, _ = bn_bwd(dZ, caches[k])
                dH, dW = dZ @ Ws[k].T, hidden[k].T @ dZ
                Ws[k] = Ws[k] - lr * dW
            out = out - lr * d_out
        return losses, sizes

    figure, axes = plt.subplots(1, 2, figsize=(13, 4.4), constrained_layout=True)
    for scale, color in [(0.5, "#0072B2"), (1.0, "#009E73"), (2.0, "#D55E00")]:
        for normalise, style in [(False, "--"), (True, "-")]:
            losses, sizes = run(scale, normalise)
            label = f"weights x {scale:g}, {'with' if normalise else 'no'} batch norm"
            axes[0].plot(sizes, color=color, ls=style, lw=1.8, label=label)
            axes[1].plot(losses, color=color, ls=style, lw=1.8)
    axes[0].set(
        xlabel="layer", ylabel="size of the activations (root mean square)", yscale="log", title="before training"
    )
    axes[0].set_xticks(range(0, 21, 4))
    axes[1].set(
        xlabel="step",
        ylabel="training loss",
        ylim=(0, 2.2),
        title="training (a line that leaves the picture has exploded)",
    )
    axes[0].legend(frameon=False, fontsize=8)
    for ax in axes:
        ax.grid(alpha=0.3)
    plt.show()
