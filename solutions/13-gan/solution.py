# %% [markdown] lang="en"
# # Generative adversarial networks (GAN)
#
# Lecture 13. You write the two losses of a GAN with their gradients by hand, one training step for each player, the
# order in which the steps are made, the DCGAN generator, and the arithmetic of its latent space. Then your own
# steps train a GAN on a small two-dimensional density.

# %% [markdown] lang="ko"
# # 생성적 적대 신경망 (GAN)
#
# 13강 과제입니다. GAN의 두 손실과 그 기울기를 직접 작성하고, 판별자와 생성자의 학습 한 단계씩, 두 단계를 번갈아 수행하는
# 순서, DCGAN 생성자, 잠재 공간의 벡터 연산까지 차례로 구현합니다. 그런 다음 여러분이 만든 함수로 2차원 분포를 배우는
# GAN을 실제로 학습시켜 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# A generator $G$ turns noise $z\sim p(z)$ into a sample $G(z)$. A discriminator $D$ looks at a sample and says how
# likely it is to be real. Neither writes down a density $p(x)$: the model is *implicit*. (The lecture's table says
# that a GAN "solves density estimation". It does not: you can sample from it, but you cannot ask it for $p(x)$.)
#
# The two play one game with one value,
#
# $$\min_G\max_D\;V(D,G)=\mathbb E_{x\sim p_r}[\log D(x)]+\mathbb E_{z}[\log(1-D(G(z)))].$$
#
# For a fixed $G$ with density $p_g$ the best discriminator is $D^*(x)=\dfrac{p_r(x)}{p_r(x)+p_g(x)}$, and the value
# there is $-\log 4+2\,\mathrm{JSD}(p_r\,\|\,p_g)$. So $G$ is drawn towards the data, and at $p_g=p_r$ the value is
# $-\log 4$.
#
# In code $D$ returns a **logit** $\ell$ and $D(x)=\sigma(\ell)$. Then $-\log\sigma(\ell)=\mathrm{softplus}(-\ell)$
# and $-\log(1-\sigma(\ell))=\mathrm{softplus}(\ell)$, which no logit can overflow.
#
# %% [markdown] lang="en"
# ### Corrections to the lecture notes
#
# In two places the lecture notes say that $G$ may *maximise* $-\log D(G(z))$. That pushes $D(G(z))$
# to 0, the opposite of what $G$ wants. The non-saturating generator **maximises** $\log D(G(z))$, that is, it
# minimises $-\log D(G(z))$. The paragraph on early training in the notes has it right.
#
# ### Conventions
#
# Losses are means over the batch, logs are natural, loss values are 0-d tensors, and every
# result has the dtype and device of the inputs. No function changes its inputs or draws random numbers.

# %% [markdown] lang="ko"
# ## 복습
#
# 생성자 $G$는 노이즈 $z\sim p(z)$를 샘플 $G(z)$로 바꾸고, 판별자 $D$는 주어진 샘플이 진짜일 확률을 답합니다. 둘 중 어느 쪽도
# 밀도 $p(x)$를 식으로 쓰지 않으므로 GAN은 *암시적* 모델입니다. (강의 노트의 표에는 GAN이 "밀도 추정 문제를 해결한다"고
# 되어 있지만, 정확히는 그렇지 않습니다. 샘플은 뽑을 수 있어도 $p(x)$의 값을 물어볼 수는 없습니다.)
#
# 두 신경망은 하나의 값을 두고 게임을 합니다.
#
# $$\min_G\max_D\;V(D,G)=\mathbb E_{x\sim p_r}[\log D(x)]+\mathbb E_{z}[\log(1-D(G(z)))]$$
#
# $G$를 고정하고 그 밀도를 $p_g$라 하면 최적의 판별자는 $D^*(x)=\dfrac{p_r(x)}{p_r(x)+p_g(x)}$이고, 그때의 값은
# $-\log 4+2\,\mathrm{JSD}(p_r\,\|\,p_g)$입니다. 그래서 $G$는 데이터 분포 쪽으로 끌려가고, $p_g=p_r$이면 값은 $-\log 4$가 됩니다.
#
# 코드에서 $D$는 **로짓** $\ell$을 내고 $D(x)=\sigma(\ell)$입니다. $-\log\sigma(\ell)=\mathrm{softplus}(-\ell)$,
# $-\log(1-\sigma(\ell))=\mathrm{softplus}(\ell)$로 쓰면 로짓이 아무리 커도 오버플로가 나지 않습니다.
#
# %% [markdown] lang="ko"
# ### 강의 노트에서 바로잡을 점
#
# 강의 노트에는 $G$가 $-\log D(G(z))$를 *최대화*한다고 적힌 곳이 두 군데 있습니다. 그렇게 하면 $D(G(z))$가
# 0으로 밀려 $G$의 목표와 정반대가 됩니다. 포화되지 않는 손실을 쓰는 생성자는 $\log D(G(z))$를 **최대화**합니다. 곧
# $-\log D(G(z))$를 최소화합니다. 초기 학습 문제를 설명하는 노트의 본문에는 옳게 적혀 있습니다.
#
# ### 이 노트북의 약속
#
# 손실은 배치 평균이고 로그는 자연로그입니다. 손실 값은 0차원 텐서이며, 모든 결과의 dtype과 device는 입력과
# 같습니다. 어떤 함수도 입력을 바꾸거나 안에서 난수를 뽑지 않습니다.

# %%
import math

import torch
import torch.nn.functional as F

# %% [markdown] lang="en" task="d_loss"
# ## 1. The discriminator's loss (14 points)
#
# The discriminator is an ordinary binary classifier: real samples get label 1, generated ones label 0. Its loss is
# $-V$: the mean over the real batch **plus** the mean over the fake batch, without a factor ½. Early in training the
# two players are far from balanced and logits get large, so a loss that takes $\sigma$ first and the logarithm
# afterwards breaks. You also return the gradients with respect to both batches of logits, written by hand.

# %% [markdown] lang="ko" task="d_loss"
# ## 1. 판별자의 손실 (14점)
#
# 판별자는 평범한 이진 분류기입니다. 진짜 샘플의 레이블은 1, 생성된 샘플의 레이블은 0입니다. 손실은 $-V$, 즉 진짜 배치의
# 평균과 가짜 배치의 평균을 **더한** 값이며 ½을 곱하지 않습니다. 학습 초기에는 두 신경망의 균형이 맞지 않아 로짓이 아주
# 커지므로, $\sigma$를 먼저 구하고 로그를 취하면 계산이 깨집니다. 두 배치의 로짓에 대한 기울기도 손으로 유도해 함께 돌려주세요.


# %% task="d_loss"
def d_loss(r_logit, f_logit):
    """
    [en]
    Loss of the discriminator and its gradients: returns (loss, dr, df).
    [ko]
    판별자의 손실과 그 기울기: (loss, dr, df)를 돌려줍니다.
    [/]

    loss = mean(-log sigmoid(r)) + mean(-log(1 - sigmoid(f)))
    dr = dloss/dr_logit,  df = dloss/df_logit
    [en]
    r_logit: (N_r,), f_logit: (N_f,) logits; N_r and N_f may differ. Returns loss: 0-d, dr: (N_r,), df: (N_f,).
    Real samples have label 1, fakes label 0. Each batch is averaged on its own, then the two are added (no 1/2).
    Exact for logits up to ±1000. Write the gradients by hand.
    Forbidden: torch.autograd, .backward, binary_cross_entropy(_with_logits), BCELoss, BCEWithLogitsLoss.
    [ko]
    r_logit: (N_r,), f_logit: (N_f,) 로짓. N_r과 N_f는 다를 수 있습니다. 결과: loss 0차원 텐서, dr (N_r,), df (N_f,).
    진짜의 레이블은 1, 가짜의 레이블은 0입니다. 배치마다 따로 평균한 뒤 더합니다(½은 곱하지 않습니다).
    로짓이 ±1000이어도 정확해야 합니다. 기울기는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, .backward, binary_cross_entropy(_with_logits), BCELoss, BCEWithLogitsLoss.
    [/]
    """
    ### BEGIN SOLUTION
    loss = F.softplus(-r_logit).mean() + F.softplus(f_logit).mean()
    dr = -torch.sigmoid(-r_logit) / r_logit.numel()
    df = torch.sigmoid(f_logit) / f_logit.numel()
    return loss, dr, df
    ### END SOLUTION


# %% [markdown] lang="en" task="d_loss" hint=1
# Never form $D=\sigma(\ell)$ to take its logarithm. $-\log\sigma(\ell)$ and $-\log(1-\sigma(\ell))$ are the same
# smooth function at $-\ell$ and at $\ell$. Each mean divides by the size of its own batch, and so does its gradient.

# %% [markdown] lang="ko" task="d_loss" hint=1
# 로그를 취하려고 $D=\sigma(\ell)$를 먼저 만들지 마세요. $-\log\sigma(\ell)$과 $-\log(1-\sigma(\ell))$은 같은 매끄러운 함수를
# $-\ell$과 $\ell$에서 계산한 값입니다. 평균은 각자 자기 배치의 크기로 나누고, 기울기도 마찬가지입니다.

# %% [markdown] lang="en" task="d_loss" hint=2
# $\mathrm{softplus}(a)=\log(1+e^a)$ and $\mathrm{softplus}'(a)=\sigma(a)$, so
# $\;\partial L/\partial r_i=-\sigma(-r_i)/N_r,\;\;\partial L/\partial f_j=\sigma(f_j)/N_f$.

# %% [markdown] lang="ko" task="d_loss" hint=2
# $\mathrm{softplus}(a)=\log(1+e^a)$이고 $\mathrm{softplus}'(a)=\sigma(a)$이므로
# $\;\partial L/\partial r_i=-\sigma(-r_i)/N_r,\;\;\partial L/\partial f_j=\sigma(f_j)/N_f$.

# %% [markdown] lang="en" task="g_loss"
# ## 2. The generator's loss, twice (14 points)
#
# In the minimax game the generator minimises $\log(1-D(G(z)))$. While $D$ still rejects every fake ($\ell\ll 0$) this
# function is flat, and the generator learns nothing. The non-saturating loss $-\log D(G(z))$ has its optimum in the
# same place but is steep exactly there: at $\ell=-10$ the slopes are $4.5\cdot10^{-5}$ and $1.0$ in size.

# %% [markdown] lang="ko" task="g_loss"
# ## 2. 생성자의 두 가지 손실 (14점)
#
# 미니맥스 게임에서 생성자는 $\log(1-D(G(z)))$를 최소화합니다. 그런데 $D$가 모든 가짜를 자신 있게 골라내는 동안($\ell\ll 0$)
# 이 함수는 거의 평평해서 생성자가 배우는 것이 없습니다. 포화되지 않는(non-saturating) 손실 $-\log D(G(z))$는 최적점의 방향은
# 같으면서 바로 그 구간에서 가파릅니다. $\ell=-10$에서 두 기울기의 크기는 $4.5\cdot10^{-5}$와 $1.0$입니다.


# %% task="g_loss"
def g_loss(f_logit, kind):
    """
    [en]
    Loss that the generator minimises, and its gradient: returns (loss, df).
    [ko]
    생성자가 최소화하는 손실과 그 기울기: (loss, df)를 돌려줍니다.
    [/]

    "minimax":        loss = mean(log(1 - sigmoid(f)))
    "non-saturating": loss = mean(-log sigmoid(f))
    df = dloss/df_logit
    [en]
    f_logit: (N,) logits of the fakes. kind: "minimax" or "non-saturating". Returns loss: 0-d, df: (N,).
    The minimax loss is negative: it is log(1 - D), not -log(1 - D). Exact for logits up to ±1000.
    Write the gradient by hand.
    Forbidden: torch.autograd, .backward, binary_cross_entropy(_with_logits), BCELoss, BCEWithLogitsLoss.
    [ko]
    f_logit: (N,) 가짜의 로짓. kind: "minimax" 또는 "non-saturating". 결과: loss 0차원 텐서, df (N,).
    minimax 손실은 -log(1 - D)가 아니라 log(1 - D)이므로 음수입니다. 로짓이 ±1000이어도 정확해야 합니다.
    기울기는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, .backward, binary_cross_entropy(_with_logits), BCELoss, BCEWithLogitsLoss.
    [/]
    """
    ### BEGIN SOLUTION
    if kind == "minimax":
        return -F.softplus(f_logit).mean(), -torch.sigmoid(f_logit) / f_logit.numel()
    return F.softplus(-f_logit).mean(), -torch.sigmoid(-f_logit) / f_logit.numel()
    ### END SOLUTION


# %% [markdown] lang="en" task="g_loss" hint=1
# Both losses go down when the logit goes up, so both gradients are negative everywhere. Only their size differs: one
# is large where $D$ is fooled already, the other where it is not.

# %% [markdown] lang="ko" task="g_loss" hint=1
# 두 손실 모두 로짓이 커지면 작아지므로 기울기는 어디서나 음수입니다. 다른 것은 크기뿐입니다. 하나는 $D$가 이미 속은 곳에서,
# 다른 하나는 아직 속지 않은 곳에서 큽니다.

# %% [markdown] lang="en" task="g_loss" hint=2
# $\log(1-\sigma(\ell))=-\mathrm{softplus}(\ell)$ with slope $-\sigma(\ell)$, and
# $-\log\sigma(\ell)=\mathrm{softplus}(-\ell)$ with slope $-\sigma(-\ell)$; a mean divides both by $N$.

# %% [markdown] lang="ko" task="g_loss" hint=2
# $\log(1-\sigma(\ell))=-\mathrm{softplus}(\ell)$의 기울기는 $-\sigma(\ell)$,
# $-\log\sigma(\ell)=\mathrm{softplus}(-\ell)$의 기울기는 $-\sigma(-\ell)$입니다. 평균이므로 둘 다 $N$으로 나눕니다.

# %% [markdown] lang="en" task="value"
# ## 3. The value of the game and the best discriminator (12 points)
#
# `value` estimates $V(D,G)$ from the discriminator's answers on a batch of real and a batch of generated samples;
# here they are probabilities, not logits. `d_star` is the discriminator that maximises $V$ when both densities are
# known. Put the two together and you can measure how far apart two distributions are:
# $V(D^*)=-\log4+2\,\mathrm{JSD}$.

# %% [markdown] lang="ko" task="value"
# ## 3. 게임의 값과 최적 판별자 (12점)
#
# `value`는 진짜 배치와 가짜 배치에 대한 판별자의 답으로 $V(D,G)$를 추정합니다. 여기서 입력은 로짓이 아니라 확률입니다.
# `d_star`는 두 밀도를 모두 알 때 $V$를 최대로 만드는 판별자입니다. 둘을 합치면 두 분포가 얼마나 떨어져 있는지를
# 잴 수 있습니다: $V(D^*)=-\log4+2\,\mathrm{JSD}$.


# %% task="value"
def value(D_real, D_fake):
    """
    [en]
    Value of the two-player game: returns V.
    [ko]
    두 참가자 게임의 값: V를 돌려줍니다.
    [/]

    V = mean(log D_real) + mean(log(1 - D_fake))
    [en]
    D_real: (N_r,), D_fake: (N_f,) probabilities in [0, 1]. Returns V, 0-d.
    Natural logarithm. Nothing is clamped or smoothed: log 0 is -inf.
    [ko]
    D_real: (N_r,), D_fake: (N_f,) [0, 1] 사이의 확률. 결과: V, 0차원 텐서.
    로그는 자연로그입니다. 값을 자르거나 작은 수를 더하지 않으므로 log 0은 -inf입니다.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.log(D_real).mean() + torch.log1p(-D_fake).mean()
    ### END SOLUTION


def d_star(pr, pg):
    """
    [en]
    The best discriminator for two known densities: returns D*.
    [ko]
    두 밀도를 알 때 가장 좋은 판별자: D*를 돌려줍니다.
    [/]

    D*(x) = pr(x) / (pr(x) + pg(x))
    [en]
    pr, pg: densities >= 0 at the same points, same shape (...). Returns D*, same shape.
    Where both densities are 0 every answer is equally good; return 0.5 there.
    [ko]
    pr, pg: 같은 점에서 계산한 밀도(0 이상), 모양은 같은 (...). 결과: D*, 같은 모양.
    두 밀도가 모두 0인 점에서는 어떤 값이든 똑같이 좋으므로 0.5를 돌려줍니다.
    [/]
    """
    ### BEGIN SOLUTION
    total = pr + pg
    nowhere = total == 0
    return torch.where(nowhere, 0.5, pr / torch.where(nowhere, 1.0, total))
    ### END SOLUTION


# %% [markdown] lang="en" task="value" hint=1
# $V$ is what $D$ *maximises*: it is at most 0, and 0 only for a perfect discriminator. For $D^*$, maximise $p_r\log D+p_g\log(1-D)$ at one point $x$; nothing couples different points. Mind the division where nobody ever goes.

# %% [markdown] lang="ko" task="value" hint=1
# $V$는 $D$가 *최대화*하는 값입니다. 아무리 커도 0이고, 완벽한 판별자일 때만 0입니다. $D^*$는 점 $x$ 하나에서
# $p_r\log D+p_g\log(1-D)$를 최대화하면 됩니다. 점마다 따로 풀 수 있습니다. 두 밀도가 모두 0인 점의 나눗셈에 주의하세요.

# %% [markdown] lang="en" task="value" hint=2
# $V=\frac1{N_r}\sum_i\log D(x_i)+\frac1{N_f}\sum_j\log\bigl(1-D(G(z_j))\bigr)$, and
# $\frac{p_r}{D}-\frac{p_g}{1-D}=0\;\Rightarrow\;D^*=\frac{p_r}{p_r+p_g}$.

# %% [markdown] lang="ko" task="value" hint=2
# $V=\frac1{N_r}\sum_i\log D(x_i)+\frac1{N_f}\sum_j\log\bigl(1-D(G(z_j))\bigr)$이고,
# $\frac{p_r}{D}-\frac{p_g}{1-D}=0\;\Rightarrow\;D^*=\frac{p_r}{p_r+p_g}$입니다.

# %% [markdown] lang="en"
# ### Given code: the two networks
#
# The next cell holds a small generator and a small discriminator. Your steps in Tasks 4 and 5 call them. Parameters live in dictionaries, so that a step can return new ones and leave the old ones alone. The
# generator has one batch-norm layer. It normalises with the batch's own statistics and hands back, as its second
# result, what its running `mean` and `var` would become after this batch.
#
# The names `RUNNING`, `discriminator`, `generator`, `left_behind_by_d`, `left_behind_by_g`, `linear_discriminator`,
# `trained_generator`, `different_steps` and `cycle_of_linear` are taken: give your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드: 두 신경망
#
# 다음 셀에는 작은 생성자와 판별자가 들어 있습니다. 4번과 5번 문제에서 여러분의 함수가 이들을 호출합니다. 파라미터를
# 딕셔너리에 담아 두었으므로, 각 단계는 새 딕셔너리를 돌려주고 이전 것은 그대로 둘 수 있습니다. 생성자에는 배치 정규화 층이 하나 있습니다.
# 이 층은 배치 자신의 통계로 정규화하고, 이 배치를 본 뒤의 이동 통계 `mean`과 `var`를 두 번째 결과로 돌려줍니다.
#
# 이름 `RUNNING`, `discriminator`, `generator`, `left_behind_by_d`, `left_behind_by_g`, `linear_discriminator`,
# `trained_generator`, `different_steps`, `cycle_of_linear`는 이미 쓰이고 있으니 여러분의 도우미 함수에는 다른 이름을 붙이세요.

# %% tags=["provided"]
# [en] the entries of params_g that are statistics, not trained by gradients
# [ko] params_g의 항목 가운데 기울기로 학습하지 않는 통계
RUNNING = ("mean", "var")


def discriminator(params_d, x):
    """x (N, X) -> logits (N,). params_d: W1 (X, H1), b1 (H1,), W2 (H1, H2), b2 (H2,), W3 (H2, 1), b3 (1,)."""
    h = F.leaky_relu(x @ params_d["W1"] + params_d["b1"], 0.2)
    h = F.leaky_relu(h @ params_d["W2"] + params_d["b2"], 0.2)
    return (h @ params_d["W3"] + params_d["b3"]).squeeze(1)


def generator(params_g, z):
    """
    [en]
    Samples, and the running statistics after this batch: z (N, Z) -> (samples (N, X), {"mean": ..., "var": ...}).
    [ko]
    샘플과 이 배치까지 반영한 이동 통계: z (N, Z) -> (samples (N, X), {"mean": ..., "var": ...}).
    [/]

    params_g: W1 (Z, H1), gamma, beta, mean, var (H1,), W2 (H1, H2), b2 (H2,), W3 (H2, X), b3 (X,).
    [en]
    Normalises with the statistics of the batch; the running ones are only kept up to date. N >= 2.
    [ko]
    정규화에는 배치의 통계를 쓰고, 이동 통계는 갱신해 두기만 합니다. N >= 2.
    [/]
    """
    a = z @ params_g["W1"]
    mean, var = a.mean(dim=0), a.var(dim=0, unbiased=False)
    h = F.relu(params_g["gamma"] * (a - mean) / torch.sqrt(var + 1e-5) + params_g["beta"])
    h = F.relu(h @ params_g["W2"] + params_g["b2"])
    new = {"mean": mean.detach(), "var": a.var(dim=0, unbiased=True).detach()}
    stats = {name: 0.9 * params_g[name] + 0.1 * new[name] for name in RUNNING}
    return h @ params_g["W3"] + params_g["b3"], stats


def left_behind_by_d(params_d, params_g, x, z, lr):
    """
    [en]
    The entries of the given dicts that d_step leaves with requires_grad or a .grad: there should be none.
    [ko]
    d_step을 부른 뒤 주어진 dict에서 requires_grad나 .grad가 남은 항목. 하나도 없어야 합니다.
    [/]
    """
    d_step(params_d, params_g, x, z, lr)
    given = {**{f"D {k}": v for k, v in params_d.items()}, **{f"G {k}": v for k, v in params_g.items()}}
    return [name for name, v in given.items() if v.requires_grad or v.grad is not None]


def left_behind_by_g(params_d, params_g, z, lr):
    """
    [en]
    The same for g_step.
    [ko]
    g_step에 대해서도 같은 것을 살핍니다.
    [/]
    """
    g_step(params_d, params_g, z, lr)
    given = {**{f"D {k}": v for k, v in params_d.items()}, **{f"G {k}": v for k, v in params_g.items()}}
    return [name for name, v in given.items() if v.requires_grad or v.grad is not None]


def linear_discriminator(x, fake):
    """
    [en]
    params_d whose logit grows in the direction from the mean of the fakes to that of x, and is 0 halfway.
    [ko]
    가짜의 평균에서 x의 평균으로 가는 방향으로 로짓이 커지고 그 중간에서 0이 되는 params_d.
    [/]
    """
    w = x.mean(dim=0) - fake.mean(dim=0)
    offset = w @ (x.mean(dim=0) + fake.mean(dim=0)) / 2
    # [en] the two hidden units carry the logit and its negative, so that no leaky ReLU bends their difference
    # [ko] 은닉 뉴런 두 개가 로짓과 그 부호를 바꾼 값을 나르므로, 둘의 차는 leaky ReLU를 지나도 휘지 않습니다.
    sign = torch.tensor([1.0, -1.0], dtype=x.dtype, device=x.device)
    return {
        "W1": torch.outer(w, sign),
        "b1": -offset * sign,
        "W2": torch.eye(2, dtype=x.dtype, device=x.device),
        "b2": torch.zeros_like(sign),
        "W3": sign[:, None],
        "b3": torch.zeros_like(sign[:1]),
    }


def trained_generator(params_g, batches, zs, held_out, lr):
    """
    [en]
    Samples G(held_out) after one g_step for each batch, each time against the linear discriminator of that
    moment: batches (R, N, X), zs (R, N, Z).
    [ko]
    배치마다 그 순간의 선형 판별자를 상대로 g_step을 한 번씩 거친 뒤의 샘플 G(held_out):
    batches (R, N, X), zs (R, N, Z).
    [/]
    """
    for x, z in zip(batches, zs):
        fake, _ = generator(params_g, z)
        _, params_g, _ = g_step(linear_discriminator(x, fake), params_g, z, lr)
    return generator(params_g, held_out)[0].nan_to_num()


def different_steps(steps, k, batches, zs):
    """
    [en]
    How many different steps train_loop makes. Tuples can stand in a set; lists cannot.
    [ko]
    train_loop가 만드는 서로 다른 단계의 수. 튜플은 집합에 넣을 수 있지만 리스트는 넣을 수 없습니다.
    [/]
    """
    return len(set(train_loop(steps, k, batches, zs)))


# %% [markdown] lang="en" task="d_step"
# ## 4. One step of the discriminator (12 points)
#
# First half of a round: make fakes, score real and fake samples, and move **only** the discriminator down its loss.
# The generator must come out bit for bit as it went in, its running batch-norm statistics included: it was only asked
# for samples. You may use autograd here; the art is to say what is differentiated.

# %% [markdown] lang="ko" task="d_step"
# ## 4. 판별자의 한 단계 (12점)
#
# 한 라운드의 앞쪽 절반입니다. 가짜를 만들고, 진짜와 가짜의 점수를 매기고, **판별자만** 손실이 줄어드는 쪽으로 옮깁니다.
# 생성자는 샘플을 내주었을 뿐이므로, 배치 정규화의 이동 통계까지 포함해 들어온 그대로 나가야 합니다. 여기서는
# autograd를 써도 됩니다. 무엇을 미분하고 무엇을 미분하지 않을지 정확히 정하는 것이 핵심입니다.


# %% task="d_step"
def d_step(params_d, params_g, x, z, lr):
    """
    [en]
    One step of gradient descent for D alone: returns (new_params_d, params_g, loss).
    [ko]
    D만 갱신하는 경사 하강 한 단계: (new_params_d, params_g, loss)를 돌려줍니다.
    [/]

    L = mean(softplus(-D(x))) + mean(softplus(D(G(z))))
    [en]
    params_d, params_g: dicts as in the given cell. x: (N_r, X) real samples, z: (N_f, Z) noise, lr: float.
    Returns two dicts with the same keys, and L (0-d) before the update.
    Every entry of new_params_d is old - lr * gradient. Every entry of the returned params_g, "mean" and "var"
    included, equals the given one exactly. Use discriminator(...) and generator(...) of the given cell, and z
    as it is; autograd is allowed. The given dicts and tensors must not change.
    [ko]
    params_d, params_g: 주어진 셀과 같은 형식의 dict. x: (N_r, X) 진짜 샘플, z: (N_f, Z) 노이즈, lr: float.
    결과: 키가 같은 dict 두 개와 갱신 전의 L(0차원).
    new_params_d의 모든 항목은 이전 값 - lr * 기울기입니다. 돌려주는 params_g는 "mean"과 "var"까지 받은 것과 정확히 같아야
    합니다. 주어진 discriminator(...)와 generator(...)를 쓰고 z는 그대로 씁니다. autograd를 써도 됩니다.
    받은 dict와 텐서를 바꾸면 안 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        fake, _ = generator(params_g, z)
    params = {name: p.detach().clone().requires_grad_() for name, p in params_d.items()}
    # equivalent: scores in the hundreds are asked of d_loss
    loss = F.softplus(-discriminator(params, x)).mean() + F.softplus(discriminator(params, fake)).mean()
    grads = torch.autograd.grad(loss, list(params.values()))
    new_d = {name: (p - lr * g).detach() for (name, p), g in zip(params.items(), grads)}
    return new_d, dict(params_g), loss.detach()
    ### END SOLUTION


# %% [markdown] lang="en" task="d_step" hint=1
# To the discriminator the fakes are just data: make them without a graph. Work on copies of the parameters of $D$
# that require gradients, and ignore the generator's second result.

# %% [markdown] lang="ko" task="d_step" hint=1
# 판별자에게 가짜는 그저 데이터입니다. 계산 그래프 없이 만드세요. $D$의 파라미터는 기울기를 추적하는 복사본을 만들어
# 쓰고, 생성자의 두 번째 결과는 쓰지 않습니다.

# %% [markdown] lang="en" task="d_step" hint=2
# $\theta_D\leftarrow\theta_D-\eta\,\nabla_{\theta_D}\Bigl[\frac1{N_r}\sum_i\mathrm{softplus}(-\ell(x_i)) +\frac1{N_f}\sum_j\mathrm{softplus}(\ell(\tilde x_j))\Bigr]$ with $\tilde x_j=G(z_j)$ held fixed.
# `torch.autograd.grad` gives all the gradients in one call.

# %% [markdown] lang="ko" task="d_step" hint=2
# $\theta_D\leftarrow\theta_D-\eta\,\nabla_{\theta_D}\Bigl[\frac1{N_r}\sum_i\mathrm{softplus}(-\ell(x_i)) +\frac1{N_f}\sum_j\mathrm{softplus}(\ell(\tilde x_j))\Bigr]$이고 $\tilde x_j=G(z_j)$는 상수로 둡니다. `torch.autograd.grad` 한
# 번이면 모든 기울기를 얻습니다.

# %% [markdown] lang="en" task="g_step"
# ## 5. One step of the generator (12 points)
#
# Second half of a round. Now the gradient has to travel **through** the discriminator into the generator, while the
# discriminator stays put. Cutting the graph at the fakes, right in the step before, would leave the generator without
# any gradient here. This time the generator really trains, so its running batch-norm statistics move too.

# %% [markdown] lang="ko" task="g_step"
# ## 5. 생성자의 한 단계 (12점)
#
# 라운드의 뒤쪽 절반입니다. 이번에는 기울기가 판별자를 **통과해** 생성자까지 흘러가야 하고, 판별자는 제자리에 있어야 합니다.
# 앞 단계에서 옳았던 "가짜에서 그래프 끊기"를 여기서도 하면 생성자에는 기울기가 전혀 오지 않습니다. 생성자가 실제로
# 학습하는 단계이므로 배치 정규화의 이동 통계도 함께 갱신됩니다.


# %% task="g_step"
def g_step(params_d, params_g, z, lr):
    """
    [en]
    One step of gradient descent for G alone: returns (params_d, new_params_g, loss).
    [ko]
    G만 갱신하는 경사 하강 한 단계: (params_d, new_params_g, loss)를 돌려줍니다.
    [/]

    L = mean(softplus(-D(G(z))))
    [en]
    L is the non-saturating loss. params_d, params_g: dicts as in the given cell. z: (N, Z) noise, lr: float.
    Returns two dicts with the same keys, and L (0-d) before the update.
    Every trained entry of new_params_g is old - lr * gradient. "mean" and "var" are the running statistics that
    generator(params_g, z) hands back (of the parameters before the update). Every entry of the returned params_d
    equals the given one exactly. Autograd is allowed. The given dicts and tensors must not change.
    [ko]
    L은 포화되지 않는(non-saturating) 손실입니다. params_d, params_g: 주어진 셀과 같은 형식의 dict.
    z: (N, Z) 노이즈, lr: float. 결과: 키가 같은 dict 두 개와 갱신 전의 L(0차원).
    new_params_g에서 학습되는 항목은 이전 값 - lr * 기울기입니다. "mean"과 "var"는 갱신 전 파라미터로 계산한
    generator(params_g, z)가 돌려준 이동 통계입니다. 돌려주는 params_d는 받은 것과 정확히 같아야 합니다. autograd를 써도
    됩니다. 받은 dict와 텐서를 바꾸면 안 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    trained = [name for name in params_g if name not in RUNNING]
    params = {name: p.detach().clone().requires_grad_(name in trained) for name, p in params_g.items()}
    fake, stats = generator(params, z)
    # equivalent: scores in the hundreds are asked of g_loss
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    grads = torch.autograd.grad(loss, [params[name] for name in trained])
    new_g = {name: (params[name] - lr * g).detach() for name, g in zip(trained, grads)}
    return dict(params_d), {**params_g, **new_g, **stats}, loss.detach()
    ### END SOLUTION


# %% [markdown] lang="en" task="g_step" hint=1
# Ask for gradients of the generator's parameters only; then $D$ is part of the path but never changes. Nothing
# between $z$ and the loss may be detached.

# %% [markdown] lang="ko" task="g_step" hint=1
# 생성자의 파라미터에 대한 기울기만 요청하세요. 그러면 $D$는 경로의 일부일 뿐 변하지 않습니다. $z$에서 손실까지 가는 길
# 어디에서도 그래프를 끊으면 안 됩니다.

# %% [markdown] lang="en" task="g_step" hint=2
# $\theta_G\leftarrow\theta_G-\eta\,\frac1N\sum_j\underbrace{-\sigma(-\ell_j)}_{\text{loss}}\; \underbrace{\frac{\partial\ell_j}{\partial\tilde x_j}}_{\text{through }D}\;\frac{\partial\tilde x_j}{\partial\theta_G}$: the fakes get label 1.

# %% [markdown] lang="ko" task="g_step" hint=2
# $\theta_G\leftarrow\theta_G-\eta\,\frac1N\sum_j\underbrace{-\sigma(-\ell_j)}_{\text{손실}}\; \underbrace{\frac{\partial\ell_j}{\partial\tilde x_j}}_{D\text{를 통과}}\;\frac{\partial\tilde x_j}{\partial\theta_G}$.
# 가짜에 레이블 1을 줍니다.

# %% [markdown] lang="en" task="train_loop"
# ## 6. Who moves when (8 points)
#
# A round is $k$ steps of the discriminator, then one of the generator. Every discriminator step sees a new batch, and
# **every** step of either player uses noise that nobody has used before. Write the schedule of a whole training run
# as a plain list; a plot after Task 9 walks through your list and makes the steps.

# %% [markdown] lang="ko" task="train_loop"
# ## 6. 누가 언제 움직이는가 (8점)
#
# 한 라운드는 판별자 $k$단계와 생성자 한 단계로 이루어집니다. 판별자의 단계마다 새 배치를 쓰고, 어느 쪽이든 **모든** 단계는
# 아직 쓰지 않은 새 노이즈를 씁니다. 학습 전체의 일정을 평범한 리스트로 만들어 보세요. 9번 문제 뒤의 그림은 여러분이 만든 이
# 리스트를 따라가며 학습한 결과입니다.


# %% task="train_loop"
def train_loop(steps, k, batches, zs):
    """
    [en]
    The order of all updates of `steps` rounds, k times D and then G in each: returns a list of tuples.
    [ko]
    `steps`번의 라운드에서 일어나는 모든 갱신의 순서(라운드마다 D를 k번, 이어서 G): 튜플의 리스트를 돌려줍니다.
    [/]

    [en]
    ("D", batch, z) stands for a step of D, ("G", z) for a step of G, in the order in which they are taken.
    steps >= 0, k >= 1: ints. batches: list, at least 1 item. zs: list, at least steps * (k + 1) items.
    Items of the lists are passed on as they are, whatever they may be. Batches are taken in order, one for each D step,
    and from the first again when the list is used up; they go on from one round to the next. Noise is taken in
    order, one item for each step of either player, never twice. The given lists must not change.
    [ko]
    ("D", batch, z)는 D의 한 단계, ("G", z)는 G의 한 단계이며 실행되는 순서대로 담습니다.
    steps >= 0, k >= 1: 정수. batches: 항목이 하나 이상인 리스트. zs: 항목이 steps * (k + 1)개 이상인 리스트.
    리스트의 항목은 무엇이든 그대로 옮깁니다. 배치는 D 단계마다 하나씩 차례로 쓰고, 다 쓰면 처음부터 다시 씁니다.
    라운드가 바뀌어도 이어서 씁니다. 노이즈는 D든 G든 단계마다 하나씩 차례로 쓰고 두 번 쓰지 않습니다.
    받은 리스트를 바꾸면 안 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    log, batch, noise = [], 0, iter(zs)
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[batch % len(batches)], next(noise)))
            batch += 1
        log.append(("G", next(noise)))
    return log
    ### END SOLUTION


# %% [markdown] lang="en" task="train_loop" hint=1
# Keep two counters that live as long as the whole run: one for batches, one for noise. Ask of every step which of the
# two it uses up.

# %% [markdown] lang="ko" task="train_loop" hint=1
# 학습 내내 이어지는 카운터를 두 개 두세요. 하나는 배치용, 하나는 노이즈용입니다. 단계마다 둘 중 무엇을 소비하는지
# 따져 보면 됩니다.

# %% [markdown] lang="en" task="train_loop" hint=2
# The $i$-th step of $D$ overall (from 0) uses `batches[i % len(batches)]`. The $j$-th step of either player uses
# `zs[j]`; the step of $G$ that ends round $s$ (from 0) has $j=(s+1)(k+1)-1$.

# %% [markdown] lang="ko" task="train_loop" hint=2
# 전체에서 $i$번째(0부터) $D$ 단계는 `batches[i % len(batches)]`를 씁니다. 두 신경망을 합쳐 $j$번째 단계는 `zs[j]`를 쓰며,
# $s$번째(0부터) 라운드를 끝내는 $G$ 단계는 $j=(s+1)(k+1)-1$입니다.

# %% [markdown] lang="en" task="dcgan_g"
# ## 7. The generator of DCGAN (12 points)
#
# DCGAN builds both players from convolutions. Its generator starts from $z$ as a $1\times1$ image with many channels
# and lets transposed convolutions enlarge it: the first makes a small image, and every further one (kernel 4, stride
# 2, padding 1) doubles its side. Between them stand batch norm and ReLU; the last layer has neither, only a bias and
# $\tanh$, because pixels live in $[-1,1]$.

# %% [markdown] lang="ko" task="dcgan_g"
# ## 7. DCGAN의 생성자 (12점)
#
# DCGAN은 생성자와 판별자를 모두 합성곱으로 만듭니다. 생성자는 $z$를 채널이 많은 $1\times1$ 이미지로 보고 전치 합성곱으로
# 키워 갑니다. 첫 층이 작은 이미지를 만들고, 이어지는 층(커널 4, 스트라이드 2, 패딩 1)은 한 변을 두 배로 늘립니다. 층 사이에는
# 배치 정규화와 ReLU가 있고, 마지막 층에는 둘 다 없이 편향과 $\tanh$만 있습니다. 픽셀 값이 $[-1,1]$에 있기 때문입니다.


# %% task="dcgan_g"
def dcgan_g(z, params, eps=1e-5):
    """
    [en]
    The generator of a DCGAN: z (N, Z) -> images (N, C, H, W) in [-1, 1].

    Every layer but the last: transposed convolution, batch norm, ReLU. The last: transposed convolution, tanh.
    params: list of at least 2 dicts, one a layer. All but the last: "W" (C_in, C_out, kh, kw), "gamma" (C_out,),
    "beta" (C_out,). The last: "W" and "b" (C_out,). z enters as an image (N, Z, 1, 1).
    Layer 0: stride 1, padding 0. All others: kernel 4, stride 2, padding 1. eps: of batch norm.
    Transposed convolution as in torch.nn.functional.conv_transpose2d (kernel not flipped); only the last layer has a
    bias. Batch norm uses the statistics of the batch for each channel, over N, H and W, with the biased
    variance: gamma * (x - mean) / sqrt(var + eps) + beta. N >= 2.
    [ko]
    DCGAN의 생성자: z (N, Z) -> [-1, 1] 범위의 이미지 (N, C, H, W).

    마지막을 뺀 모든 층은 전치 합성곱, 배치 정규화, ReLU이고 마지막 층은 전치 합성곱, tanh입니다.
    params: 층마다 하나씩, 2개 이상의 dict로 된 리스트. 마지막을 뺀 층: "W" (C_in, C_out, kh, kw), "gamma" (C_out,),
    "beta" (C_out,). 마지막 층: "W"와 "b" (C_out,). z는 (N, Z, 1, 1) 이미지로 들어갑니다.
    0번 층: stride 1, padding 0. 나머지 층: kernel 4, stride 2, padding 1. eps: 배치 정규화의 eps.
    전치 합성곱은 torch.nn.functional.conv_transpose2d와 같습니다(커널을 뒤집지 않습니다). 편향은 마지막 층에만 있습니다.
    배치 정규화는 채널마다 N, H, W에 대한 배치 통계를 쓰고, 분산은 N-1이 아니라 개수로 나눈 분산(biased)입니다:
    gamma * (x - mean) / sqrt(var + eps) + beta. N >= 2.
    [/]
    """
    ### BEGIN SOLUTION
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        x = F.conv_transpose2d(x, layer["W"], stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        var, mean = torch.var_mean(x, dim=(0, 2, 3), unbiased=False, keepdim=True)
        x = (x - mean) / torch.sqrt(var + eps)
        x = F.relu(layer["gamma"][:, None, None] * x + layer["beta"][:, None, None])
    return torch.tanh(F.conv_transpose2d(x, params[-1]["W"], params[-1]["b"], stride=2, padding=1))
    ### END SOLUTION


def dcgan_shapes(base, n):
    """
    [en]
    The side of the image after layer 0 (base) and after each of n layers with kernel 4, stride 2, padding 1.

    base >= 1, n >= 0: ints. Returns a list of n + 1 ints; for base 4, n 3: [4, 8, 16, 32].
    [ko]
    0번 층 뒤(base)와, 이어지는 n개의 층(kernel 4, stride 2, padding 1) 각각의 뒤에서 이미지 한 변의 길이.

    base >= 1, n >= 0: 정수. 결과: 정수 n + 1개의 리스트. base가 4이고 n이 3이면 [4, 8, 16, 32]입니다.
    [/]
    """
    ### BEGIN SOLUTION
    sizes = [base]
    for _ in range(n):
        sizes.append((sizes[-1] - 1) * 2 - 2 * 1 + 4)
    return sizes
    ### END SOLUTION


# %% [markdown] lang="en" task="dcgan_g" hint=1
# Write the size formula of the transposed convolution first: it is the convolution's, solved for the input. In the
# network, treat the last layer apart: no normalisation, a bias, $\tanh$.

# %% [markdown] lang="ko" task="dcgan_g" hint=1
# 먼저 전치 합성곱의 크기 공식을 쓰세요. 합성곱의 크기 공식을 입력에 대해 푼 것입니다. 신경망에서는 마지막 층을 따로
# 다룹니다. 정규화 없이 편향과 $\tanh$만 있습니다.

# %% [markdown] lang="en" task="dcgan_g" hint=2
# $H_{\text{out}}=(H_{\text{in}}-1)s-2p+k$; with $k=4,s=2,p=1$ this is $2H_{\text{in}}$. Batch norm for channel $c$:
# $\mu_c$ and $\sigma_c^2$ over all $n,h,w$, then $\gamma_c\,(x-\mu_c)/\sqrt{\sigma_c^2+\epsilon}+\beta_c$.

# %% [markdown] lang="ko" task="dcgan_g" hint=2
# $H_{\text{out}}=(H_{\text{in}}-1)s-2p+k$이며 $k=4,s=2,p=1$이면 $2H_{\text{in}}$입니다. 채널 $c$의 배치 정규화는 모든 $n,h,w$에 대한
# $\mu_c$와 $\sigma_c^2$로 $\gamma_c\,(x-\mu_c)/\sqrt{\sigma_c^2+\epsilon}+\beta_c$를 계산합니다.

# %% [markdown] lang="en" task="interp"
# ## 8. Walking in the latent space (8 points)
#
# Between two latent vectors the images of a good generator change smoothly. A straight line passes through points
# closer to the origin than noise usually is; `slerp` follows the arc instead. Attributes such as a smile or glasses
# are **directions**. The lecture notes write "smile + neutral man = smiling man", which adds a whole woman to the
# man. The direction is a difference: (smiling women − neutral women) + neutral man.

# %% [markdown] lang="ko" task="interp"
# ## 8. 잠재 공간에서 걷기 (8점)
#
# 좋은 생성자라면 두 잠재 벡터 사이에서 이미지가 부드럽게 변합니다. 직선으로 가면 보통의 노이즈보다 원점에 가까운 곳을
# 지나게 되고, `slerp`는 그 대신 호를 따라갑니다. 미소나 안경 같은 속성은 **방향**입니다. 강의 노트에는
# "미소 + 중립 남성 = 미소 짓는 남성"이라고 되어 있는데, 그러면 남성에게 사람 한 명을 통째로 더하게 됩니다. 방향은 차이로 구합니다:
# (미소 짓는 여성 − 중립 여성) + 중립 남성.


# %% task="interp"
def interp(z0, z1, ts, mode):
    """
    [en]
    Latents between z0 and z1, one for each of ts: returns (T, D).
    [ko]
    z0와 z1 사이의 잠재 벡터를 ts마다 하나씩: (T, D)를 돌려줍니다.
    [/]

    "linear": (1 - t) z0 + t z1
    "slerp":  (sin((1 - t) w) z0 + sin(t w) z1) / sin w,   w = arccos(z0.z1 / (|z0| |z1|))
    [en]
    z0, z1: (D,), not 0. ts: (T,), T >= 0, any order, also outside [0, 1]. mode: "linear" or "slerp".
    Row i belongs to ts[i], with z0 at t = 0 and z1 at t = 1. w is the angle between z0 and z1 in radians. z0 and z1 need
    not have the same length and are not rescaled. Where sin w = 0 (the same or the opposite direction),
    slerp is the linear interpolation.
    [ko]
    z0, z1: (D,), 0이 아닙니다. ts: (T,), T >= 0, 순서는 자유이고 [0, 1] 밖의 값도 됩니다. mode: "linear" 또는 "slerp".
    i번째 행은 ts[i]에 해당하며, t = 0이면 z0, t = 1이면 z1입니다. w는 z0와 z1 사이의 각(라디안)입니다. z0와 z1의 길이는
    달라도 되며 길이를 바꾸지 않습니다. 방향이 같거나 정반대이면(sin w = 0) slerp는 선형 보간과 같습니다.
    [/]
    """
    ### BEGIN SOLUTION
    t = ts[:, None]
    cosine = (z0 @ z1) / (torch.linalg.vector_norm(z0) * torch.linalg.vector_norm(z1))
    omega = torch.arccos(cosine.clamp(-1, 1))
    if mode == "linear" or torch.sin(omega) < 1e-6:
        return (1 - t) * z0 + t * z1
    return (torch.sin((1 - t) * omega) * z0 + torch.sin(t * omega) * z1) / torch.sin(omega)
    ### END SOLUTION


def attribute(zp, zn, z):
    """
    [en]
    A latent with an attribute added: returns z + mean(zp) - mean(zn), means over the rows.

    zp: (P, D) latents with the attribute, zn: (M, D) latents without it, z: (N, D). Returns (N, D).
    [ko]
    속성을 더한 잠재 벡터: z + mean(zp) - mean(zn)을 돌려줍니다. 평균은 행에 대한 평균입니다.

    zp: (P, D) 속성이 있는 잠재 벡터, zn: (M, D) 속성이 없는 잠재 벡터, z: (N, D). 결과: (N, D).
    [/]
    """
    ### BEGIN SOLUTION
    return z + (zp.mean(dim=0) - zn.mean(dim=0))
    ### END SOLUTION


# %% [markdown] lang="en" task="interp" hint=1
# Check the ends first: $t=0$ must give $z_0$, $t=1$ must give $z_1$, in both modes. The angle needs unit vectors; the
# result does not. What is $\sin\omega$ when the two vectors are parallel, and what can rounding do to a cosine?

# %% [markdown] lang="ko" task="interp" hint=1
# 양 끝부터 확인하세요. 두 방식 모두 $t=0$이면 $z_0$, $t=1$이면 $z_1$이어야 합니다. 각도를 구할 때만 단위 벡터가 필요하고
# 결과에는 필요 없습니다. 두 벡터가 나란하면 $\sin\omega$는 얼마일까요? 반올림 때문에 코사인 값은 어떻게 될 수 있을까요?

# %% [markdown] lang="en" task="interp" hint=2
# $\mathrm{slerp}(t)=\dfrac{\sin((1-t)\omega)}{\sin\omega}z_0+\dfrac{\sin(t\omega)}{\sin\omega}z_1$,
# which tends to $(1-t)z_0+t z_1$ as $\omega\to0$. Attribute: $z+\frac1P\sum_i z^+_i-\frac1M\sum_j z^-_j$.

# %% [markdown] lang="ko" task="interp" hint=2
# $\mathrm{slerp}(t)=\dfrac{\sin((1-t)\omega)}{\sin\omega}z_0+\dfrac{\sin(t\omega)}{\sin\omega}z_1$이며
# $\omega\to0$이면 $(1-t)z_0+t z_1$이 됩니다. 속성: $z+\frac1P\sum_i z^+_i-\frac1M\sum_j z^-_j$.

# %% [markdown] lang="en" task="saturation"
# ## 9. Saturation in numbers (8 points)
#
# How much does one fake teach the generator? Give, for each logit, the slope of both generator losses **with respect
# to the logit**, without any mean. The slope with respect to $D$ tells another story, because it leaves out the
# factor $\sigma'(\ell)$ that does the damage. Your function draws the first plot below.

# %% [markdown] lang="ko" task="saturation"
# ## 9. 숫자로 보는 포화 (8점)
#
# 가짜 하나가 생성자에게 얼마나 가르쳐 줄까요? 로짓마다 두 생성자 손실의 **로짓에 대한** 기울기를 평균 없이 구하세요.
# $D$에 대한 기울기를 보면 문제의 원인인 인수 $\sigma'(\ell)$가 빠져 전혀 다른 그림이 됩니다. 아래의 첫 번째 그림은
# 여러분의 함수로 그린 것입니다.


# %% task="saturation"
def saturation(logits):
    """
    [en]
    Slopes of the two losses of G at each logit l: returns (d_sat, d_ns).
    [ko]
    로짓 l마다 G의 두 손실이 갖는 기울기: (d_sat, d_ns)를 돌려줍니다.
    [/]

    d_sat = d/dl log(1 - sigmoid(l))
    d_ns  = d/dl (-log sigmoid(l))
    [en]
    logits: (...) any shape, empty too. Returns two tensors of the same shape.
    Signed slopes with respect to the logit, no mean. Finite for logits up to ±1000. Write them in closed form.
    Forbidden: torch.autograd, .backward.
    [ko]
    logits: (...) 모양은 자유이며 비어 있을 수도 있습니다. 결과: 같은 모양의 텐서 두 개.
    로짓에 대한 기울기를 부호까지, 평균 없이 구합니다. 로짓이 ±1000이어도 유한해야 합니다. 닫힌 식으로 작성하세요.
    사용 금지: torch.autograd, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    return -torch.sigmoid(logits), -torch.sigmoid(-logits)
    ### END SOLUTION


# %% [markdown] lang="en" task="saturation" hint=1
# You need $\sigma'=\sigma(1-\sigma)$ and the chain rule; almost everything cancels. The two slopes of one logit add
# up to a constant.

# %% [markdown] lang="ko" task="saturation" hint=1
# $\sigma'=\sigma(1-\sigma)$와 연쇄 법칙이면 충분하고, 거의 모든 항이 지워집니다. 같은 로짓에서 두 기울기를 더하면
# 상수가 됩니다.

# %% [markdown] lang="en" task="saturation" hint=2
# $\dfrac{d}{d\ell}\log(1-\sigma)=\dfrac{-1}{1-\sigma}\,\sigma(1-\sigma)=-\sigma(\ell)$ and
# $\dfrac{d}{d\ell}(-\log\sigma)=-\dfrac1\sigma\,\sigma(1-\sigma)=-\sigma(-\ell)$.

# %% [markdown] lang="ko" task="saturation" hint=2
# $\dfrac{d}{d\ell}\log(1-\sigma)=\dfrac{-1}{1-\sigma}\,\sigma(1-\sigma)=-\sigma(\ell)$,
# $\dfrac{d}{d\ell}(-\log\sigma)=-\dfrac1\sigma\,\sigma(1-\sigma)=-\sigma(-\ell)$.

# %% [markdown] lang="en"
# ### See it: why the loss was changed
#
# Left: both generator losses against the logit of a fake. Right: the size of their slopes on a logarithmic scale.
# Look at the left half, where training begins: the minimax slope dies out exponentially, the other one
# stays close to 1.

# %% [markdown] lang="ko"
# ### 직접 보기: 손실을 바꾼 이유
#
# 왼쪽은 가짜의 로짓에 따른 두 생성자 손실, 오른쪽은 로그 눈금으로 본 기울기의 크기입니다. 학습이 시작되는 왼쪽 절반을
# 보세요. 미니맥스 손실의 기울기는 지수적으로 사라지지만, 다른 하나는 1 근처에 머뭅니다.

# %% tags=["explore"]
import matplotlib.pyplot as plt

if ready(saturation, g_loss):
    logits = torch.linspace(-12, 12, 241, dtype=torch.float64)
    d_sat, d_ns = saturation(logits)
    blue, orange = "#0072B2", "#D55E00"
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    for kind, slope, colour, style in (("minimax", d_sat, blue, "-"), ("non-saturating", d_ns, orange, "--")):
        curve = [g_loss(one[None], kind)[0].item() for one in logits]
        left.plot(logits, curve, style, color=colour, lw=2.2, label=kind)
        right.semilogy(logits, slope.abs(), style, color=colour, lw=2.2, label=kind)
    for axes, title, ylabel in (
        (left, "Generator loss", "loss of one fake"),
        (right, "How much one fake teaches", "|d loss / d logit|"),
    ):
        axes.axvspan(-12, -4, color="0.9", zorder=0)
        axes.axvline(0, color="0.6", lw=0.8)
        axes.set(title=title, xlabel="logit of the fake, D(G(z)) = sigmoid(logit)", ylabel=ylabel, xlim=(-12, 12))
        axes.legend(frameon=False)
    left.text(-8, -10.5, "early training:\nD rejects every fake", ha="center", fontsize=9, color="0.3")
    # [en] the numbers of the lecture's argument, at logit -10
    # [ko] 강의에서 말한 현상을 로짓 -10에서 숫자로 확인
    here = torch.argmin((logits + 10).abs())
    for slope, colour, dy in ((d_sat, blue, -24), (d_ns, orange, -20)):
        right.plot(logits[here], slope[here].abs(), "o", color=colour)
        right.annotate(
            f"{slope[here].abs().item():.1e}",
            (logits[here], slope[here].abs()),
            color=colour,
            xytext=(10, dy),
            textcoords="offset points",
        )
    plt.show()

# %% [markdown] lang="en"
# ### See it: your GAN learns a density
#
# Your `train_loop` says who moves, your `d_step` and `g_step` move. Black dots are real, orange ones generated; the
# colour behind them is $D(x)$ (purple: real, green: fake). Watch the fakes leave the middle and find all eight
# clusters, and the discriminator lose its confidence: its loss comes close to $\log 4\approx1.386$, the value at
# $p_g=p_r$. Most of the stray dots lie between neighbouring clusters, since a continuous $G$ cannot jump.

# %% [markdown] lang="ko"
# ### 직접 보기: 여러분의 GAN이 분포를 배웁니다
#
# 누가 움직일지는 여러분의 `train_loop`가 정하고, 실제 갱신은 여러분의 `d_step`과 `g_step`이 합니다. 검은 점이 진짜, 주황색 점이
# 생성된 샘플이고 배경색은 $D(x)$입니다(보라색은 진짜, 초록색은 가짜라고 본 곳). 가운데에 뭉쳐 있던 가짜가 여덟 무리를 모두 찾아가는
# 동안 판별자가 점점 확신을 잃어, 손실이 $p_g=p_r$일 때의 값 $\log 4\approx1.386$에 가까워지는 모습을 보세요. 무리에서 벗어난 점들은
# 대부분 이웃한 무리 사이에 있습니다. 연속 함수인 $G$는 건너뛸 수 없기 때문입니다.

# %% tags=["explore"]
import matplotlib.pyplot as plt


def ring_of_gaussians(n, rng, modes=8, radius=2.0, std=0.2):
    angle = torch.randint(0, modes, (n,), generator=rng) * (2 * math.pi / modes)
    return radius * torch.stack([angle.cos(), angle.sin()], dim=1) + std * torch.randn(n, 2, generator=rng)


def new_players(rng, hidden=64, noise=2):
    def weight(rows, columns, scale=1.0):
        return scale * math.sqrt(2 / rows) * torch.randn(rows, columns, generator=rng)

    params_d = {
        "W1": weight(2, hidden),
        "b1": 0.5 * torch.randn(hidden, generator=rng),
        "W2": weight(hidden, hidden),
        "b2": torch.zeros(hidden),
        "W3": weight(hidden, 1, 0.5),
        "b3": torch.zeros(1),
    }
    params_g = {
        "W1": weight(noise, hidden),
        "gamma": torch.ones(hidden),
        "beta": 0.5 * torch.randn(hidden, generator=rng),
        "mean": torch.zeros(hidden),
        "var": torch.ones(hidden),
        "W2": weight(hidden, hidden),
        "b2": torch.zeros(hidden),
        "W3": weight(hidden, 2, 0.3),
        "b3": torch.zeros(2),
    }
    return params_d, params_g


if ready(d_step, g_step, train_loop):
    rng = torch.Generator().manual_seed(1)
    rounds, size = 3000, 128
    params_d, params_g = new_players(rng)
    batches = [ring_of_gaussians(size, rng) for _ in range(200)]
    zs = [torch.randn(size, 2, generator=rng) for _ in range(2 * rounds)]
    real, noise = ring_of_gaussians(600, rng), torch.randn(600, 2, generator=rng)

    d_losses, g_losses, snapshots = [], [], [(0, params_d, params_g)]
    for who, *inputs in train_loop(rounds, 1, batches, zs):
        if who == "D":
            params_d, params_g, loss = d_step(params_d, params_g, *inputs, 0.1)
            d_losses.append(loss.item())
        else:
            params_d, params_g, loss = g_step(params_d, params_g, *inputs, 0.1)
            g_losses.append(loss.item())
            if len(g_losses) in (100, 500, rounds):
                snapshots.append((len(g_losses), params_d, params_g))

    axis = torch.linspace(-3.2, 3.2, 121)
    grid = torch.cartesian_prod(axis, axis)
    fig, panels = plt.subplot_mosaic(
        [[0, 1, 2, 3], ["loss"] * 4], figsize=(13, 6), height_ratios=[1.5, 1], layout="constrained"
    )
    for column, (after, pd, pg) in enumerate(snapshots):
        axes = panels[column]
        belief = torch.sigmoid(discriminator(pd, grid)).reshape(121, 121).T
        image = axes.imshow(
            belief.numpy(), origin="lower", extent=(-3.2, 3.2, -3.2, 3.2), cmap="PRGn_r", vmin=0, vmax=1, alpha=0.6
        )
        fake = generator(pg, noise)[0]
        axes.scatter(*real.T, s=4, color="black", alpha=0.45, label="real")
        axes.scatter(*fake.T, s=5, color="#D55E00", alpha=0.7, label="generated")
        axes.set(title=f"after {after} rounds", xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xticks=[], yticks=[])
    panels[0].legend(loc="upper left", fontsize=8, markerscale=2.5, framealpha=0.9)
    fig.colorbar(image, ax=[panels[i] for i in range(4)], label="D(x)", shrink=0.85, pad=0.01)
    axes = panels["loss"]
    smooth = torch.ones(1, 1, 25) / 25
    for series, colour, name in ((d_losses, "#0072B2", "D"), (g_losses, "#D55E00", "G")):
        mean = F.conv1d(torch.tensor(series)[None, None], smooth)[0, 0]
        axes.plot(torch.arange(len(mean)) + 12, mean, color=colour, lw=1.5, label=f"loss of {name}")
    axes.axhline(math.log(4), color="#0072B2", ls=":", label="log 4")
    axes.axhline(math.log(2), color="#D55E00", ls=":", label="log 2")
    axes.set(
        xlabel="round",
        ylabel="loss (mean of 25 rounds)",
        xlim=(0, rounds),
        title="Neither loss goes to zero: a draw is the goal",
    )
    axes.legend(ncols=4, frameon=False, loc="upper right")
    plt.show()

# %% [markdown] lang="en"
# ### See it: faces in a latent plane
#
# A toy generator draws a cartoon face from two latent numbers; smile and hair length are two oblique directions in
# the plane. Left: two ways from one face to another; the faces on the way stand below. Middle: in 100 dimensions nearly all noise has a length near 10; halfway along the straight line it is
# only 7 to 8, where the generator was never trained, while slerp keeps the length. Right: the difference of two group
# means changes the smile alone; the mean of the smiling women, added as it is in the notes, drags the hair along.

# %% [markdown] lang="ko"
# ### 직접 보기: 잠재 평면의 얼굴들
#
# 잠재 변수 두 개로 만화 얼굴을 그리는 장난감 생성자입니다. 미소와 머리 길이는 평면 위의 비스듬한 두 방향입니다. 왼쪽 그림:
# 한 얼굴에서 다른 얼굴로 가는 두 가지 길이며, 도중의 얼굴들을 그 아래에 그렸습니다. 가운데 그림: 100차원에서는 거의 모든 노이즈의 길이가 10 근처인데, 직선의 중간 지점은 길이가 7~8에 그쳐 생성자가 배운 적 없는 곳을 지납니다.
# slerp는 길이를 유지합니다. 오른쪽 그림: 두 집단 평균의 차이를 더하면 미소만 바뀌지만, 노트에 적힌 대로 웃는 여성들의 평균을
# 그대로 더하면 머리 길이까지 딸려 옵니다.

# %% tags=["explore"]
import matplotlib.pyplot as plt

# [en] rows: smile, hair
# [ko] 행: 미소, 머리카락
DIRECTIONS = torch.tensor([[0.80, 0.60], [-0.35, 0.94]])


def draw_face(axes, z, title="", colour="black"):
    smile, hair = (torch.tanh(0.8 * value).item() for value in torch.linalg.solve(DIRECTIONS.T, z))
    turn = torch.linspace(0, 2 * math.pi, 100)
    axes.fill(1.08 * turn.cos(), 0.22 + 0.98 * turn.sin(), color="#8C6D46")
    axes.fill_between([-1.08, 1.08], -0.72 - 0.9 * hair, 0.25, color="#8C6D46", lw=0)
    axes.fill(0.9 * turn.cos(), 1.05 * turn.sin() - 0.12, color="#FBE3C6", ec="0.3", lw=1)
    for side in (-0.35, 0.35):
        axes.fill(side + 0.08 * turn.cos(), 0.15 + 0.11 * turn.sin(), color="black")
    mouth = torch.linspace(-0.42, 0.42, 50)
    axes.plot(mouth, -0.6 + 0.28 * smile * (2 * (mouth / 0.42) ** 2 - 1), color="#B22222", lw=2.5)
    axes.set(xlim=(-1.3, 1.3), ylim=(-1.7, 1.3), aspect="equal")
    axes.axis("off")
    axes.set_title(title, fontsize=9, color=colour)


if ready(interp, attribute):
    rng = torch.Generator().manual_seed(4)
    blue, orange, green, pink = "#0072B2", "#D55E00", "#009E73", "#CC79A7"

    def group(smile, hair, n, spread):
        return (torch.tensor([smile, hair]) + spread * torch.randn(n, 2, generator=rng)) @ DIRECTIONS

    z0, z1 = group(-1.3, -1.2, 1, 0.0)[0], group(1.6, -0.3, 1, 0.0)[0]
    ts = torch.linspace(0, 1, 5)
    smiling_women, neutral_women = group(1.5, 1.4, 40, 0.25), group(0.0, 1.4, 40, 0.25)
    man = group(0.0, -1.3, 1, 0.0)
    moved, wrong = attribute(smiling_women, neutral_women, man), man + smiling_women.mean(dim=0)

    fig = plt.figure(figsize=(14, 8), layout="constrained")
    top, bottom = fig.subfigures(2, 1, height_ratios=[1.4, 1])
    panels = top.subplot_mosaic([["plane", "length", "attribute"]])
    rows = [[*(f"{mode}{i}" for i in range(5)), "man", "plus", "moved", "wrong"] for mode in ("linear", "slerp")]
    panels |= bottom.subplot_mosaic(rows, width_ratios=[1, 1, 1, 1, 1, 1.5, 0.8, 1.5, 1.5])
    axes, lengths = panels["plane"], panels["length"]
    axes.scatter(*torch.randn(1500, 2, generator=rng).T, s=3, color="0.8", zorder=0)
    fine, ends = torch.linspace(0, 1, 60), torch.randn(2, 100, generator=rng)
    for mode, colour, marker in (("linear", blue, "o"), ("slerp", orange, "s")):
        stops = interp(z0, z1, ts, mode)
        axes.plot(*interp(z0, z1, fine, mode).T, color=colour, lw=2)
        axes.plot(*stops.T, marker, color=colour, label=mode)
        lengths.plot(fine, interp(*ends, fine, mode).norm(dim=1), color=colour, lw=2, label=mode)
        for i, z in enumerate(stops):
            draw_face(panels[f"{mode}{i}"], z, f"{mode}, t = {ts[i].item():.2f}", colour)
    axes.plot(0, 0, "k+", ms=10)
    axes.set(title="Two ways from z0 to z1", xlabel="z[0]", ylabel="z[1]", xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
    axes.legend(loc="lower right")
    typical = torch.randn(2000, 100, generator=rng).norm(dim=1).quantile(torch.tensor([0.01, 0.99]))
    lengths.axhspan(*typical.tolist(), color="0.88", zorder=0, label="98 % of all noise")
    lengths.set(title="The same in 100 dimensions", xlabel="t", ylabel="length of z", xlim=(0, 1), ylim=(0, 13))
    lengths.legend(loc="lower right")

    axes = panels["attribute"]
    for points, marker, colour, name in (
        (smiling_women, "^", orange, "smiling women"),
        (neutral_women, "v", blue, "neutral women"),
        (man, "o", "black", "neutral man"),
        (moved, "*", green, "man + difference of means"),
        (wrong, "X", pink, "man + mean of smiling women"),
    ):
        axes.scatter(*points.T, marker=marker, color=colour, s=14 if len(points) > 1 else 110, label=name, zorder=3)
    for start, end, colour in (
        (neutral_women.mean(dim=0), smiling_women.mean(dim=0), "black"),
        (man[0], moved[0], green),
        (man[0], wrong[0], pink),
    ):
        axes.annotate("", end.tolist(), start.tolist(), arrowprops={"arrowstyle": "->", "color": colour, "lw": 2})
    axes.set(
        title="An attribute is a direction", xlabel="z[0]", ylabel="z[1]", xlim=(-3, 3), ylim=(-3.6, 3), aspect="equal"
    )
    axes.legend(fontsize=8, loc="lower right")
    draw_face(panels["man"], man[0], "neutral man")
    draw_face(panels["moved"], moved[0], "difference of means", green)
    draw_face(panels["wrong"], wrong[0], "mean added as it is", pink)
    panels["plus"].axis("off")
    panels["plus"].text(0.5, 0.5, "+ smile", ha="center", va="center", fontsize=13, transform=panels["plus"].transAxes)
    plt.show()

# %% [markdown] lang="en" task="cycle_loss"
# ## 10. Beyond the lecture: there and back again (0 points)
#
# CycleGAN translates between two kinds of pictures without pairs. What keeps it honest is that a picture translated there and back must be the one it was. This task is optional.

# %% [markdown] lang="ko" task="cycle_loss"
# ## 10. 강의 밖 이야기: 갔다가 되돌아오기 (0점)
#
# CycleGAN은 짝지어진 그림 없이 두 종류의 그림을 서로 바꿉니다. 갔다가 되돌아온 그림이 원래 그림과 같아야 한다는 조건이 내용을 지켜 줍니다. 이 문제는 선택 사항입니다.


# %% tags=["provided"]
def cycle_of_linear(U, V, x, y):
    """
    [en]
    cycle_loss with G(x) = tanh(x U) and F(y) = y V.
    [ko]
    G(x) = tanh(x U), F(y) = y V로 cycle_loss를 부릅니다.
    [/]
    """
    return cycle_loss(lambda x: torch.tanh(x @ U), lambda y: y @ V, x, y)


# %% task="cycle_loss"
def cycle_loss(G, F, x, y):
    """
    [en]
    The cycle-consistency loss of both ways: returns a 0-d tensor.
    [ko]
    양방향 순환 일관성 손실: 0차원 텐서를 돌려줍니다.
    [/]

    loss = mean |F(G(x)) - x| + mean |G(F(y)) - y|
    [en]
    G, F: functions of one tensor; G maps pictures like x to pictures like y, F the other way. x: (N, A), y: (M, B).
    Each mean is over all elements. Must be differentiable.
    [ko]
    G, F: 텐서 하나를 받는 함수. G는 x 같은 그림을 y 같은 그림으로, F는 그 반대로 바꿉니다.
    x: (N, A), y: (M, B). 평균은 각각 모든 원소에 대한 것입니다. 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return (F(G(x)) - x).abs().mean() + (G(F(y)) - y).abs().mean()
    ### END SOLUTION


# %% [markdown] lang="en" task="cycle_loss" hint=1
# Each picture goes through both functions, beginning with the one that fits it.

# %% [markdown] lang="ko" task="cycle_loss" hint=1
# 그림마다 두 함수를 모두 지납니다. 그 그림에 맞는 함수부터 시작하세요.

# %% [markdown] lang="en" task="cycle_loss" hint=2
# $\mathbb E_x\|F(G(x))-x\|_1$ and $\mathbb E_y\|G(F(y))-y\|_1$, here per element.

# %% [markdown] lang="ko" task="cycle_loss" hint=2
# $\mathbb E_x\|F(G(x))-x\|_1$와 $\mathbb E_y\|G(F(y))-y\|_1$이며, 여기서는 원소마다의 평균입니다.

# %% [markdown] lang="en" task="adain"
# ## 11. Beyond the lecture: the style of another picture (0 points)
#
# StyleGAN steers a generator by the mean and spread of each feature map; style transfer takes them from another picture. Both use the same operation, adaptive instance normalisation. This task is optional.

# %% [markdown] lang="ko" task="adain"
# ## 11. 강의 밖 이야기: 다른 그림의 스타일 (0점)
#
# StyleGAN은 특징 맵마다 평균과 표준편차를 바꾸어 생성자를 조종하고, 스타일 변환은 그 값을 다른 그림에서 가져옵니다. 둘 다 적응적 인스턴스 정규화(AdaIN)를 씁니다.
# 이 문제는 선택 사항입니다.


# %% task="adain"
def adain(content, style, eps):
    """
    [en]
    Adaptive instance normalisation: returns (N, C, H, W).
    [ko]
    적응적 인스턴스 정규화: (N, C, H, W)를 돌려줍니다.
    [/]

    std = sqrt(var + eps),  out = std(style) (content - mean(content)) / std(content) + mean(style)
    [en]
    content: (N, C, H, W); style: (N, C, P, Q), whose maps may have another size; eps: a Python float.
    mean and var are those of each map of each picture; var divides by the number of elements. Must be differentiable.
    [ko]
    content: (N, C, H, W). style: (N, C, P, Q), 맵의 크기는 다를 수 있습니다. eps: Python float.
    평균과 분산은 그림마다, 맵마다 구하고, 분산은 원소 수로 나눕니다. 미분 가능해야 합니다.
    [/]
    """

    ### BEGIN SOLUTION
    def moments(x):
        return x.mean(dim=(2, 3), keepdim=True), (x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps).sqrt()

    (mean_c, std_c), (mean_s, std_s) = moments(content), moments(style)
    return std_s * (content - mean_c) / std_c + mean_s
    ### END SOLUTION


# %% [markdown] lang="en" task="adain" hint=1
# First wipe out the content's own mean and spread, map by map; then put in those of the style.

# %% [markdown] lang="ko" task="adain" hint=1
# 먼저 맵마다 내용 그림의 평균과 표준편차를 지우고, 스타일 그림의 것을 넣으세요.

# %% [markdown] lang="en" task="adain" hint=2
# $\mathrm{AdaIN}(c,s)=\sigma_s\dfrac{c-\mu_c}{\sigma_c}+\mu_s$

# %% [markdown] lang="ko" task="adain" hint=2
# $\mathrm{AdaIN}(c,s)=\sigma_s\dfrac{c-\mu_c}{\sigma_c}+\mu_s$

# %% [markdown] lang="en" task="truncate"
# ## 12. Beyond the lecture: the truncation trick (0 points)
#
# Latent codes far from the centre give unusual pictures, and often poor ones. BigGAN and StyleGAN trade variety for quality by pulling codes towards the centre; StyleGAN does it in its first layers only. This task is optional.

# %% [markdown] lang="ko" task="truncate"
# ## 12. 강의 밖 이야기: 절단 기법 (0점)
#
# 중심에서 먼 잠재 벡터는 특이한 그림을 만들고, 품질이 낮은 경우가 많습니다. BigGAN과 StyleGAN은 절단 기법(truncation trick)으로 잠재 벡터를 중심 쪽으로 당겨 다양성을 품질과 맞바꿉니다. StyleGAN은 처음 몇 층에서만 그렇게 합니다.
# 이 문제는 선택 사항입니다.


# %% task="truncate"
def truncate(w, centre, psi, layers):
    """
    [en]
    Codes pulled towards the centre, in the first layers: returns (N, L, D).
    [ko]
    처음 몇 층에서 중심 쪽으로 당긴 잠재 벡터: (N, L, D)를 돌려줍니다.
    [/]

    out[:, k] = centre + psi (w[:, k] - centre) if k < layers, w[:, k] if k >= layers
    [en]
    w: (N, L, D), one code for each of the L layers; centre: (D,), the mean code; psi: a Python float,
    0 for the centre itself, 1 for no change; layers: Python int from 0 to L. Must be differentiable.
    [ko]
    w: (N, L, D), L개의 층마다 하나씩인 잠재 벡터. centre: (D,), 평균 벡터. psi: Python float,
    0이면 중심 자체이고 1이면 그대로입니다. layers: 0 이상 L 이하의 Python int. 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    pulled = centre + psi * (w[:, :layers] - centre)
    return torch.cat([pulled, w[:, layers:]], dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="truncate" hint=1
# Go from the centre a part psi of the way to the code.

# %% [markdown] lang="ko" task="truncate" hint=1
# 중심에서 출발해 잠재 벡터 쪽으로 psi의 비율만큼 가세요.

# %% [markdown] lang="en" task="truncate" hint=2
# $w'=\bar w+\psi(w-\bar w)$

# %% [markdown] lang="ko" task="truncate" hint=2
# $w'=\bar w+\psi(w-\bar w)$
