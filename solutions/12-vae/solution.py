# %% [markdown] lang="en"
# # Variational autoencoder (VAE)
#
# Lecture 12. You write a VAE piece by piece: the two heads of the encoder, the reparameterisation trick, the KL and the
# reconstruction term, the ELBO, and the gradients of the whole by hand. Then your own gradients train a VAE with a
# latent plane that you can look at, and a model in which everything can be computed puts the theory to the test.

# %% [markdown] lang="en"
# ## Recap
#
# PixelRNN and PixelCNN write the likelihood of an image as a product that can be computed exactly. The VAE takes
# another route: it explains every image $x$ by a short hidden code $z$. First $z\sim p(z)=\mathcal N(0,I)$ is drawn,
# then $x\sim p(x\mid z)$, and
#
# $$p(x)=\int p(z)\,p(x\mid z)\,dz .$$
#
# With a neural network as decoder nobody can do this integral. The way out is a second network, the encoder, which
# proposes for each $x$ a Gaussian $q(z\mid x)=\mathcal N\!\left(\mu(x),\operatorname{diag}\sigma^2(x)\right)$. By
# Bayes' rule, for every $z$,
#
# $$\log p(x)=\log\frac{p(z)\,p(x\mid z)}{p(z\mid x)}
# =\log\left[p(x\mid z)\cdot\frac{p(z)}{q(z\mid x)}\cdot\frac{q(z\mid x)}{p(z\mid x)}\right],$$
#
# and the mean of both sides over $z\sim q(z\mid x)$ is
#
# $$\log p(x)=\underbrace{\mathbb E_{q}\left[\log p(x\mid z)\right]
# -\mathrm{KL}\left(q(z\mid x)\,\|\,p(z)\right)}_{\text{ELBO}}
# +\underbrace{\mathrm{KL}\left(q(z\mid x)\,\|\,p(z\mid x)\right)}_{\text{gap}\;\ge\;0}.$$
#
# The gap cannot be computed, but it is never negative. So the ELBO is a lower bound of $\log p(x)$, and that is what we
# maximise. Training minimises the loss $-\text{ELBO}$.
#
# %% [markdown] lang="en"
# ### Corrections to the lecture notes
#
# - **The derivation.** The notes multiply by $p(z\mid x)/p(z\mid x)$. That brings in no encoder at all; the factor
#   has to be $q(z\mid x)/q(z\mid x)$, as above.
# - **The sign.** The notes list the two terms to be maximised as $\mathbb E_q[\log p(x\mid z)]$ and
#   $\mathrm{KL}(q\,\|\,p)$. The KL is *subtracted*: a large ELBO means a small KL.
# - **Who learns from what.** The notes say that the first term trains the decoder and the second one the encoder. In fact
#   **both terms train the encoder**: $z$ comes out of it, so the reconstruction reaches $\mu$ and $\sigma$ through
#   $z$. Were it as the notes say, the encoder would only learn to match the prior, and forget its input. In Task 6
#   you will see this happen.
# - **Names.** ELBO is the *evidence lower bound*; the Korean expression 증분 우도 ("incremental likelihood") in the notes
#   is a slip. And the encoder's second output is called $\sigma^2$ in one place and $\sigma$ in another. Here it is
#   always `logvar` $=\log\sigma^2$.
#
# ### Conventions
#
# Losses are *summed* over pixels and latent dimensions and *averaged* over the
# batch; all logarithms are natural. `y = x @ W + b` with `W: (in, out)`. Nothing is random inside a function: noise
# is an argument. Results have the dtype and the device of the inputs, and inputs are never changed. Later tasks may
# call your earlier functions, so make `check(...)` of the earlier ones pass first.

# %% [markdown] lang="ko"
# # 변분 오토인코더 (VAE)
#
# 12강 과제입니다. VAE를 부품부터 만들어 갑니다. 인코더의 두 출력, 재매개변수화, KL 항과 재구성 항, ELBO를 차례로 구현하고
# 전체의 기울기를 손으로 구합니다. 이어서 여러분이 구한 기울기로 VAE를 학습시켜 잠재 평면을 들여다보고, 모든 값을 계산할 수
# 있는 모델에서 이론이 맞는지 시험해 봅니다.

# %% [markdown] lang="ko"
# ## 복습
#
# PixelRNN과 PixelCNN은 이미지의 우도를 정확히 계산할 수 있는 곱의 꼴로 나타냈습니다. VAE는 다른 길을 택합니다. 이미지 $x$ 하나하나를
# 짧은 잠재 코드 $z$로 설명하는 것입니다. 먼저 $z\sim p(z)=\mathcal N(0,I)$를 뽑고 그 $z$에서 $x\sim p(x\mid z)$를 만든다고 보면
# $x$의 밀도는 다음과 같습니다.
#
# $$p(x)=\int p(z)\,p(x\mid z)\,dz$$
#
# 디코더가 신경망이면 이 적분은 계산할 수 없습니다. 그래서 인코더라는 두 번째 신경망을 두고, 각 $x$에 대해
# 가우시안 $q(z\mid x)=\mathcal N\!\left(\mu(x),\operatorname{diag}\sigma^2(x)\right)$를 내놓게 합니다. 베이즈 정리에 따라 모든 $z$에 대해
# 다음이 성립합니다.
#
# $$\log p(x)=\log\frac{p(z)\,p(x\mid z)}{p(z\mid x)}
# =\log\left[p(x\mid z)\cdot\frac{p(z)}{q(z\mid x)}\cdot\frac{q(z\mid x)}{p(z\mid x)}\right]$$
#
# 양변을 $z\sim q(z\mid x)$에 대해 평균하면 다음 식을 얻습니다.
#
# $$\log p(x)=\underbrace{\mathbb E_{q}\left[\log p(x\mid z)\right]
# -\mathrm{KL}\left(q(z\mid x)\,\|\,p(z)\right)}_{\text{ELBO}}
# +\underbrace{\mathrm{KL}\left(q(z\mid x)\,\|\,p(z\mid x)\right)}_{\text{간격}\;\ge\;0}$$
#
# 간격은 계산할 수 없지만 음수가 되는 일은 없습니다. 따라서 ELBO는 $\log p(x)$의 하한이고, 우리는 이 ELBO를 최대화합니다.
# 학습할 때 최소화하는 손실은 $-\text{ELBO}$입니다.
#
# %% [markdown] lang="ko"
# ### 강의 노트에서 바로잡을 점
#
# - **유도 과정.** 노트에서는 $p(z\mid x)/p(z\mid x)$를 곱하지만, 이렇게 하면 인코더가 식에 들어올 길이 없습니다. 위와 같이 $q(z\mid x)/q(z\mid x)$를 곱해야
#   합니다.
# - **부호.** 노트는 최대화할 두 항으로 $\mathbb E_q[\log p(x\mid z)]$와 $\mathrm{KL}(q\,\|\,p)$를 나란히 적었지만, KL 항은 *빼는* 항입니다.
#   ELBO를 키우려면 KL은 작아져야 합니다.
# - **무엇이 무엇을 학습시키는가.** 노트에는 첫째 항이 디코더를, 둘째 항이 인코더를 학습시킨다고 되어 있습니다. 실제로는 **두 항 모두
#   인코더를 학습시킵니다.** $z$가 인코더에서 나오므로 재구성 항의 기울기도 $z$를 거쳐 $\mu$와 $\sigma$에 도달하기 때문입니다.
#   만약 노트의 설명대로라면 인코더는 사전 분포를 흉내 내는 것만 배우고 입력은 무시하게 됩니다. 6번 문제에서 직접 확인합니다.
# - **용어.** ELBO(evidence lower bound)는 '증분 우도'가 아니라 '증거 하한'입니다. 또 인코더의 두 번째 출력이 어떤 곳에는 $\sigma^2$,
#   어떤 곳에는 $\sigma$로 적혀 있는데, 이 노트북에서는 항상 `logvar` $=\log\sigma^2$입니다.
#
# ### 이 노트북의 약속
#
# 손실은 픽셀과 잠재 차원에 대해서는 *더하고* 배치에 대해서는 *평균*하며, 로그는 모두 자연로그입니다.
# `y = x @ W + b`이고 `W: (in, out)`입니다. 함수 안에서 난수를 뽑지 않습니다. 노이즈는 인자로 주어집니다. 결과는 입력과 같은
# dtype과 device를 가지며, 입력을 바꾸지 않습니다. 뒤의 문제에서는 앞에서 만든 함수를 불러 써도 되므로, 앞 문제의 `check(...)`부터 통과시키세요.

# %%
import math

import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# The first two functions below are the network of this notebook: an encoder and a decoder with one
# hidden layer each. The others call your functions and pick out one part of the result, so that each part is graded
# by itself.
#
# The names `vae_forward`, `make_decoder`, `sample_moments`, `kl_value`, `kl_gradients`, `elbo_value`, `vae_loss`,
# `decoder_gradients`, `encoder_gradients`, `trained_vae`, `evidence`, `bound_of`, `gap_of` and `generate_images` are
# taken: give your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 아래 함수 가운데 처음 두 개는 이 노트북에서 쓰는 신경망으로, 인코더와 디코더에 은닉층이 하나씩 있습니다.
# 나머지는 여러분의 함수를 불러 결과의 일부만 꺼내는 함수이며, 덕분에 부분별로 따로 채점할 수 있습니다.
#
# 이름 `vae_forward`, `make_decoder`, `sample_moments`, `kl_value`, `kl_gradients`, `elbo_value`, `vae_loss`,
# `decoder_gradients`, `encoder_gradients`, `trained_vae`, `evidence`, `bound_of`, `gap_of`, `generate_images`는 이미 쓰이고 있으니 여러분의
# 도우미 함수에는 다른 이름을 붙이세요.


# %% tags=["provided"]
def vae_forward(x, params, eps):
    """
    [en]
    x (N, D), eps (N, L) -> dict: h (N, H), mu, logvar, z (N, L), g (N, G), out (N, D) logits.
    [ko]
    x (N, D), eps (N, L) -> dict: h (N, H), mu, logvar, z (N, L), g (N, G), 로짓 out (N, D).
    [/]
    """
    h = torch.tanh(x @ params["W1"] + params["b1"])
    mu, logvar = h @ params["Wm"] + params["bm"], h @ params["Wv"] + params["bv"]
    z = mu + torch.exp(0.5 * logvar) * eps
    g = torch.tanh(z @ params["W2"] + params["b2"])
    return {"h": h, "mu": mu, "logvar": logvar, "z": z, "g": g, "out": g @ params["W3"] + params["b3"]}


def make_decoder(params):
    """
    [en]
    The decoder alone, as a function: codes (M, L) -> logits (M, D).
    [ko]
    디코더만 떼어 함수로 돌려줍니다: 코드 (M, L) -> 로짓 (M, D).
    [/]
    """

    def dec(z):
        if z.dim() != 2:
            raise ValueError(f"this decoder takes codes of shape (M, L), not {tuple(z.shape)}")
        return torch.tanh(z @ params["W2"] + params["b2"]) @ params["W3"] + params["b3"]

    return dec


def sample_moments(mu, logvar, eps):
    z = reparam(mu.expand_as(eps), logvar.expand_as(eps), eps)
    return z.mean(dim=0), z.std(dim=0)


def kl_value(mu, logvar):
    loss, _, _ = kl_std_normal(mu, logvar)
    return loss


def kl_gradients(mu, logvar):
    _, dmu, dlogvar = kl_std_normal(mu, logvar)
    return dmu, dlogvar


def elbo_value(x, mu, logvar, out):
    bound, _ = elbo(x, mu, logvar, out)
    return bound


def vae_loss(x, params, eps):
    loss, _ = vae_grads(x, params, eps)
    return loss


def decoder_gradients(x, params, eps):
    _, grads = vae_grads(x, params, eps)
    return {name: grads[name] for name in ("W2", "b2", "W3", "b3")}


def encoder_gradients(x, params, eps):
    _, grads = vae_grads(x, params, eps)
    return {name: grads[name] for name in ("W1", "b1", "Wm", "bm", "Wv", "bv")}


def trained_vae(x, params, noises, lr, momentum):
    """
    [en]
    The parameters after one step of gradient descent with momentum on all of x for each noise (N, L) of noises.
    [ko]
    noises의 노이즈 (N, L) 하나마다 x 전체로 모멘텀 경사 하강을 한 단계씩 한 뒤의 파라미터.
    [/]
    """
    speed = {name: torch.zeros_like(value) for name, value in params.items()}
    for eps in noises:
        _, grads = vae_grads(x, params, eps)
        speed = {name: momentum * speed[name] + grads[name] for name in params}
        params = {name: value - lr * speed[name] for name, value in params.items()}
    return {name: value.nan_to_num() for name, value in params.items()}


def evidence(x, a, s2, m, v):
    logpx, _, _ = lin_gauss_check(x, a, s2, m, v)
    return logpx


def bound_of(x, a, s2, m, v):
    _, bound, _ = lin_gauss_check(x, a, s2, m, v)
    return bound


def gap_of(x, a, s2, m, v):
    _, _, gap = lin_gauss_check(x, a, s2, m, v)
    return gap


def generate_images(z, params):
    return generate(make_decoder(params), z)


# %% [markdown] lang="en" task="enc_head"
# ## 1. The two heads of the encoder (6 points)
# The encoder does not give one code for an image, but a Gaussian over codes. Two linear heads read the same features
# `h`: one gives the mean, the other the **logarithm of the variance**. A variance must be positive, its logarithm may
# be anything; so the head needs no activation, and nothing can go wrong with its sign.

# %% [markdown] lang="ko" task="enc_head"
# ## 1. 인코더의 두 출력 (6점)
# 인코더는 이미지 하나에 코드 하나가 아니라 코드에 대한 가우시안 분포를 내놓습니다. 같은 특징 `h`를 두 개의 선형층이 읽어서,
# 하나는 평균을, 다른 하나는 **분산의 로그**를 출력합니다. 분산은 양수여야 하지만 그 로그는 어떤 실수여도 됩니다. 그래서 활성화 함수가
# 필요 없고, 부호 때문에 문제가 생길 일도 없습니다.


# %% task="enc_head"
def enc_head(h, Wm, bm, Wv, bv):
    """
    [en]
    Mean and log-variance of q(z|x): returns (mu, logvar).
    [ko]
    q(z|x)의 평균과 로그 분산을 구해 (mu, logvar)를 돌려줍니다.
    [/]

    mu = h @ Wm + bm
    logvar = h @ Wv + bv         logvar = log sigma^2
    [en]
    There is no activation.
    h: (N, H), Wm, Wv: (H, L), bm, bv: (L,). Returns mu: (N, L), logvar: (N, L). N may be 0.
    Must be differentiable with respect to all five arguments.
    [ko]
    활성화 함수는 없습니다.
    h: (N, H), Wm, Wv: (H, L), bm, bv: (L,). 결과: mu (N, L), logvar (N, L). N은 0일 수 있습니다.
    다섯 인자 모두에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return h @ Wm + bm, h @ Wv + bv
    ### END SOLUTION


# %% [markdown] lang="en" task="enc_head" hint=1
# Two independent linear layers with the same input. Each has its own weights and its own bias.

# %% [markdown] lang="ko" task="enc_head" hint=1
# 입력이 같은 서로 다른 선형층 두 개입니다. 가중치와 편향을 각각 따로 씁니다.

# %% [markdown] lang="en" task="enc_head" hint=2
# $\mu = hW_m + b_m$ and $\log\sigma^2 = hW_v + b_v$. Return the second one as it is, without $\exp$.

# %% [markdown] lang="ko" task="enc_head" hint=2
# $\mu = hW_m + b_m$이고 $\log\sigma^2 = hW_v + b_v$입니다. 두 번째 값은 $\exp$를 씌우지 않고 그대로 돌려줍니다.

# %% [markdown] lang="en" task="reparam"
# ## 2. The reparameterisation trick (12 points)
# The notes write $z\sim\mathcal N(\mu,\sigma^2)$. That is the right distribution, but one cannot differentiate "draw
# a number". So the randomness is moved out: draw $\varepsilon\sim\mathcal N(0,I)$ first, then shift and stretch it.
# Now $z$ is an ordinary function of $\mu$ and `logvar`, and gradients pass through it. Write the function and its
# backward pass.

# %% [markdown] lang="ko" task="reparam"
# ## 2. 재매개변수화 (12점)
# 강의 노트에는 $z\sim\mathcal N(\mu,\sigma^2)$라고 적혀 있습니다. 분포는 맞지만 '난수를 뽑는다'는 연산은 미분할 수 없습니다. 그래서 무작위성을
# 밖으로 빼냅니다. 먼저 $\varepsilon\sim\mathcal N(0,I)$를 뽑아 두고, 그것을 늘리고 옮겨서 $z$를 만드는 것입니다. 이제 $z$는 $\mu$와 `logvar`의
# 평범한 함수이므로 기울기가 흐를 수 있습니다. 이 함수와 그 역전파를 작성하세요.


# %% task="reparam"
def reparam(mu, logvar, eps):
    """
    [en]
    z ~ N(mu, sigma^2), made from given noise: returns z.
    [ko]
    주어진 노이즈로 z ~ N(mu, sigma^2)를 만들어 돌려줍니다.
    [/]

    z = mu + sigma * eps         logvar = log sigma^2
    [en]
    sigma is the standard deviation.
    mu, logvar, eps: (N, L); eps is standard normal noise. Returns z: (N, L). N may be 0.
    Must be differentiable with respect to mu, logvar and eps.
    Nothing is drawn in here; negative values of logvar are as common as positive ones.
    Forbidden: torch.distributions.
    [ko]
    sigma는 표준편차입니다.
    mu, logvar, eps: (N, L), eps는 표준 정규 분포를 따르는 노이즈입니다. 결과: z (N, L). N은 0일 수 있습니다.
    mu, logvar, eps에 대해 미분 가능해야 합니다.
    함수 안에서 난수를 뽑지 않습니다. logvar는 양수인 경우만큼 음수인 경우도 흔합니다.
    사용 금지: torch.distributions.
    [/]
    """
    ### BEGIN SOLUTION
    return mu + torch.exp(0.5 * logvar) * eps
    ### END SOLUTION


def reparam_bwd(dout, mu, logvar, eps):
    """
    [en]
    Gradients of reparam, by hand: returns (dmu, dlogvar).

    dout: (N, L), the gradient of the loss with respect to z. mu, logvar, eps: as given to reparam.
    Returns dmu: (N, L), dlogvar: (N, L).
    eps is noise and gets no gradient.
    Forbidden: torch.autograd, torch.func, torch.Tensor.backward.
    [ko]
    reparam의 기울기를 손으로 구해 (dmu, dlogvar)를 돌려줍니다.

    dout: (N, L), z에 대한 손실의 기울기. mu, logvar, eps: reparam에 넣은 것과 같습니다.
    결과: dmu (N, L), dlogvar (N, L).
    eps는 노이즈이므로 기울기를 구하지 않습니다.
    사용 금지: torch.autograd, torch.func, torch.Tensor.backward.
    [/]
    """
    ### BEGIN SOLUTION
    return dout.clone(), 0.5 * dout * torch.exp(0.5 * logvar) * eps
    ### END SOLUTION


# %% [markdown] lang="en" task="reparam" hint=1
# From `logvar` to the standard deviation: half of a logarithm is the logarithm of the square root. For the backward
# pass, ask how much $z$ moves when `mu` moves a little, and how much when `logvar` does.

# %% [markdown] lang="ko" task="reparam" hint=1
# `logvar`에서 표준편차로 가는 길은 이렇습니다. 로그를 반으로 나누면 제곱근의 로그가 됩니다. 역전파에서는 `mu`가 조금 변할 때, 그리고 `logvar`가
# 조금 변할 때 $z$가 각각 얼마나 변하는지 생각해 보세요.

# %% [markdown] lang="en" task="reparam" hint=2
# $z = \mu + e^{\frac12\ell}\,\varepsilon$ with $\ell=\log\sigma^2$, so $\partial z/\partial\mu = 1$ and
# $\partial z/\partial \ell = \tfrac12\,e^{\frac12\ell}\,\varepsilon$.

# %% [markdown] lang="ko" task="reparam" hint=2
# $\ell=\log\sigma^2$라 하면 $z = \mu + e^{\frac12\ell}\,\varepsilon$이므로 $\partial z/\partial\mu = 1$,
# $\partial z/\partial \ell = \tfrac12\,e^{\frac12\ell}\,\varepsilon$입니다.

# %% [markdown] lang="en" task="kl_std_normal"
# ## 3. KL divergence to the prior (16 points)
# The second term of the ELBO measures how far $q(z\mid x)$ is from $\mathcal N(0,I)$. For two Gaussians no sampling
# is needed: there is a closed form, and it splits into one summand for each latent dimension. It is zero exactly when
# $\mu=0$ and $\log\sigma^2=0$, and positive everywhere else. Check that first when in doubt. Two mistakes are common
# in published code: a missing $\tfrac12$, and a mean over the latent dimensions where a sum belongs. Both silently
# change the weight of the KL against the reconstruction.

# %% [markdown] lang="ko" task="kl_std_normal"
# ## 3. 사전 분포와의 KL 발산 (16점)
# ELBO의 둘째 항은 $q(z\mid x)$가 $\mathcal N(0,I)$에서 얼마나 떨어져 있는지를 잽니다. 두 가우시안 사이의 KL은 샘플을 뽑지 않아도 닫힌 식으로 구할 수 있고,
# 잠재 차원마다 한 항씩 나뉩니다. $\mu=0$, $\log\sigma^2=0$일 때만 0이고 그 밖에는 언제나 양수이므로, 식이 의심스러우면 이것부터 확인하세요.
# 공개된 코드에서도 자주 보이는 실수가 두 가지 있습니다. $\tfrac12$을 빠뜨리는 것, 그리고 잠재 차원에 대해 더해야 할 것을 평균하는 것입니다.
# 어느 쪽이든 오류 없이 실행되면서 재구성 항에 대한 KL의 비중을 바꿔 버립니다.


# %% task="kl_std_normal"
def kl_std_normal(mu, logvar):
    """
    [en]
    KL( N(mu, sigma^2) || N(0, I) ) and its gradients, by hand: returns (loss, dmu, dlogvar).

    loss: KL in nats, summed over the L latent dimensions, averaged over the batch.
    mu, logvar: (N, L), logvar = log sigma^2, N >= 1.
    Returns loss: 0-d tensor, dmu: (N, L), dlogvar: (N, L), the gradients of loss. All three must be differentiable with
    respect to mu and logvar.
    Forbidden: torch.distributions, torch.nn.functional.kl_div, torch.autograd, torch.func, torch.Tensor.backward.
    [ko]
    KL( N(mu, sigma^2) || N(0, I) )와 그 기울기를 손으로 구해 (loss, dmu, dlogvar)를 돌려줍니다.

    loss: 내트(nat) 단위의 KL이며, 잠재 차원 L개에 대해 더하고 배치에 대해 평균합니다.
    mu, logvar: (N, L), logvar = log sigma^2, N >= 1.
    결과: loss는 0차원 텐서, dmu (N, L)와 dlogvar (N, L)는 loss의 기울기입니다. 세 결과 모두 mu와 logvar에
    대해 미분 가능해야 합니다.
    사용 금지: torch.distributions, torch.nn.functional.kl_div, torch.autograd, torch.func, torch.Tensor.backward.
    [/]
    """
    ### BEGIN SOLUTION
    N = mu.shape[0]
    var = torch.exp(logvar)
    loss = 0.5 * (mu**2 + var - 1 - logvar).sum() / N
    return loss, mu / N, 0.5 * (var - 1) / N
    ### END SOLUTION


# %% [markdown] lang="en" task="kl_std_normal" hint=1
# Insert both log-densities into $\mathbb E_q[\log q(z) - \log p(z)]$ and use $\mathbb E_q[z^2]=\mu^2+\sigma^2$. The
# gradients carry the same $1/N$ as the loss.

# %% [markdown] lang="ko" task="kl_std_normal" hint=1
# $\mathbb E_q[\log q(z) - \log p(z)]$에 두 로그 밀도를 넣고 $\mathbb E_q[z^2]=\mu^2+\sigma^2$를 이용하세요. 손실에 곱해진
# $1/N$은 기울기에도 그대로 곱해집니다.

# %% [markdown] lang="en" task="kl_std_normal" hint=2
# $\mathrm{KL} = \frac1N\sum_{n,j}\tfrac12\left(\mu_{nj}^2 + e^{\ell_{nj}} - 1 - \ell_{nj}\right)$ with
# $\ell=\log\sigma^2$. Differentiate one summand with respect to $\mu$ and $\ell$.

# %% [markdown] lang="ko" task="kl_std_normal" hint=2
# $\ell=\log\sigma^2$일 때
# $\mathrm{KL} = \frac1N\sum_{n,j}\tfrac12\left(\mu_{nj}^2 + e^{\ell_{nj}} - 1 - \ell_{nj}\right)$입니다. 한 항을 $\mu$와
# $\ell$로 각각 미분해 보세요.

# %% [markdown] lang="en" task="recon"
# ## 4. The reconstruction term (12 points)
# The first term of the ELBO is the log-likelihood of the image under the decoder's distribution, with $z$ drawn from
# $q$ (one draw per image is enough in practice). For black-and-white images each pixel is a Bernoulli variable, and
# the decoder gives its **logit**. For real-valued data it gives the mean of a Gaussian with a fixed $\sigma$; then
# the term is minus the squared error, scaled by $\sigma$, plus a constant. We keep the constant, because otherwise the ELBO
# would not be a bound of $\log p(x)$.

# %% [markdown] lang="ko" task="recon"
# ## 4. 재구성 항 (12점)
# ELBO의 첫째 항은 디코더가 나타내는 분포에서 이미지가 갖는 로그 우도입니다. $z$는 $q$에서 뽑으며, 실제로는 이미지마다 한 번씩만 뽑아도 충분합니다.
# 흑백 이미지라면 픽셀 하나하나가 베르누이 변수이고 디코더는 그 **로짓**을 출력합니다. 실수 데이터라면 $\sigma$가 고정된 가우시안의 평균을
# 출력하며, 이때 이 항은 $\sigma$로 조정한 제곱 오차의 부호를 바꾸고 상수를 더한 것입니다. 상수를 빼면 ELBO가 더 이상
# $\log p(x)$의 하한이 아니므로 여기서는 상수를 남겨 둡니다.


# %% task="recon"
def recon(kind, x, out, sigma=1.0):
    """
    [en]
    Log-likelihood log p(x|z) of the decoder: returns a 0-d tensor (larger is better).

    kind "bernoulli": out are logits, p = sigmoid(out), log p(x) = x log p + (1 - x) log(1 - p)
    kind "gaussian":  out are means,  log p(x) = log of the density N(x; out, sigma^2), constants included
    Summed over all axes but the first, averaged over the batch (axis 0). Natural logarithm.
    x, out: (N, ...) of one shape, N >= 1. sigma: Python float > 0, used by "gaussian" only.
    "bernoulli": x may be 0, 1 or anything between; logits of ±800 must give the exact finite value.
    Must be differentiable with respect to out.
    Forbidden: torch.distributions, torch.nn.functional.binary_cross_entropy,
    torch.nn.functional.binary_cross_entropy_with_logits, torch.nn.BCELoss, torch.nn.BCEWithLogitsLoss,
    torch.nn.functional.gaussian_nll_loss, torch.nn.GaussianNLLLoss.
    [ko]
    디코더의 로그 우도 log p(x|z)를 0차원 텐서로 돌려줍니다(클수록 좋습니다).

    kind "bernoulli": out은 로짓, p = sigmoid(out), log p(x) = x log p + (1 - x) log(1 - p)
    kind "gaussian":  out은 평균, log p(x) = 밀도 N(x; out, sigma^2)의 로그, 상수 포함
    첫째 축을 뺀 모든 축에 대해 더하고 배치(축 0)에 대해 평균합니다. 로그는 자연로그입니다.
    x, out: 모양이 같은 (N, ...), N >= 1. sigma: Python float > 0, "gaussian"에서만 씁니다.
    "bernoulli"에서 x는 0과 1, 그리고 그 사이의 값일 수 있습니다. 로짓이 ±800이어도 정확하고 유한한 값이 나와야 합니다.
    out에 대해 미분 가능해야 합니다.
    사용 금지: torch.distributions, torch.nn.functional.binary_cross_entropy,
    torch.nn.functional.binary_cross_entropy_with_logits, torch.nn.BCELoss, torch.nn.BCEWithLogitsLoss,
    torch.nn.functional.gaussian_nll_loss, torch.nn.GaussianNLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    if kind == "bernoulli":
        log_p = x * out + F.logsigmoid(-out)
    else:
        log_p = -0.5 * ((x - out) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return log_p.sum() / x.shape[0]
    ### END SOLUTION


# %% [markdown] lang="en" task="recon" hint=1
# Do not go through the probability: a sigmoid of 800 is exactly 1 in floating point, and $\log(1-1)$ is lost. Write
# $\log\sigma(o)$ and $\log(1-\sigma(o))$ as functions of the logit $o$ itself. And keep the sign: this is a
# likelihood, not yet a loss.

# %% [markdown] lang="ko" task="recon" hint=1
# 확률을 거쳐 가지 마세요. 부동소수점에서 800의 시그모이드는 정확히 1이므로 $\log(1-1)$에서 값을 잃습니다. $\log\sigma(o)$와 $\log(1-\sigma(o))$를
# 로짓 $o$의 식으로 직접 쓰세요. 부호도 주의하세요. 아직 손실이 아니라 우도입니다.

# %% [markdown] lang="en" task="recon" hint=2
# Bernoulli: $\log p = x\,o - \log(1+e^{o})$, and $\log(1+e^{o}) = \max(o,0)+\log(1+e^{-|o|})$ does not overflow.
# Gaussian: $\log p = -\dfrac{(x-o)^2}{2\sigma^2} - \log\sigma - \tfrac12\log 2\pi$ for each element.

# %% [markdown] lang="ko" task="recon" hint=2
# 베르누이: $\log p = x\,o - \log(1+e^{o})$이고, $\log(1+e^{o}) = \max(o,0)+\log(1+e^{-|o|})$로 쓰면 오버플로가 없습니다.
# 가우시안: 원소마다 $\log p = -\dfrac{(x-o)^2}{2\sigma^2} - \log\sigma - \tfrac12\log 2\pi$입니다.

# %% [markdown] lang="en" task="elbo"
# ## 5. The ELBO (10 points)
# Now put the two terms together, with weight 1 each. This works only if both are reduced in the same way: summed over
# pixels, summed over latent dimensions, averaged over the batch. If one of them is a mean over its dimensions, you
# are training another model.

# %% [markdown] lang="ko" task="elbo"
# ## 5. ELBO (10점)
# 이제 두 항을 가중치 1로 합칩니다. 단, 두 항을 같은 방식으로 집계해야 합니다. 픽셀에 대해 더하고, 잠재 차원에 대해 더하고, 배치에 대해 평균합니다.
# 한쪽만 차원에 대해 평균하면 두 항의 비중이 달라져서 다른 모델을 학습하는 셈이 됩니다.


# %% task="elbo"
def elbo(x, mu, logvar, out):
    """
    [en]
    Evidence lower bound with a Bernoulli decoder: returns (elbo, loss).
    [ko]
    베르누이 디코더를 쓰는 증거 하한(ELBO)을 구해 (elbo, loss)를 돌려줍니다.
    [/]

    elbo = E_q[log p(x|z)] - KL(q(z|x) || N(0, I))
    loss = -elbo
    [en]
    One z per image: out are the logits for that z.
    Both terms: summed over all axes but the first, averaged over the batch.
    x, out: (N, ...) of one shape, mu, logvar: (N, L), logvar = log sigma^2, N >= 1. Returns two 0-d tensors.
    Both must be differentiable with respect to mu, logvar and out.
    Forbidden: torch.distributions, torch.nn.functional.binary_cross_entropy,
    torch.nn.functional.binary_cross_entropy_with_logits, torch.nn.BCELoss, torch.nn.BCEWithLogitsLoss.
    [ko]
    z는 이미지마다 하나이고, out은 그 z에서 나온 로짓입니다.
    두 항 모두 첫째 축을 뺀 모든 축에 대해 더하고 배치에 대해 평균합니다.
    x, out: 모양이 같은 (N, ...), mu, logvar: (N, L), logvar = log sigma^2, N >= 1. 결과: 0차원 텐서 두 개.
    두 결과 모두 mu, logvar, out에 대해 미분 가능해야 합니다.
    사용 금지: torch.distributions, torch.nn.functional.binary_cross_entropy,
    torch.nn.functional.binary_cross_entropy_with_logits, torch.nn.BCELoss, torch.nn.BCEWithLogitsLoss.
    [/]
    """
    ### BEGIN SOLUTION
    kl, _, _ = kl_std_normal(mu, logvar)
    bound = recon("bernoulli", x, out) - kl
    return bound, -bound
    ### END SOLUTION


# %% [markdown] lang="en" task="elbo" hint=1
# You have both terms already: Task 3 gives one to be kept small, Task 4 one to be made large.

# %% [markdown] lang="ko" task="elbo" hint=1
# 두 항은 이미 만들어 두었습니다. 3번 문제의 값은 작아야 좋고 4번 문제의 값은 커야 좋습니다.

# %% [markdown] lang="en" task="elbo" hint=2
# $\text{elbo} = \frac1N\sum_n\left[\log p(x_n\mid z_n) - \mathrm{KL}(q(z\mid x_n)\,\|\,p(z))\right]$.

# %% [markdown] lang="ko" task="elbo" hint=2
# $\text{elbo} = \frac1N\sum_n\left[\log p(x_n\mid z_n) - \mathrm{KL}(q(z\mid x_n)\,\|\,p(z))\right]$입니다.

# %% [markdown] lang="en" task="vae_grads"
# ## 6. The gradients of a whole VAE (18 points)
# The forward pass of a small VAE is given (`vae_forward`). Write its backward pass, from the loss $-\text{ELBO}$ back
# to all ten parameters. The decoder is an ordinary two-layer network. The interesting place is $z$: there the
# gradient of the reconstruction splits into a part for $\mu$ and a part for `logvar`, and the KL adds its own part to
# each. This is where you see that both terms train the encoder.

# %% [markdown] lang="ko" task="vae_grads"
# ## 6. VAE 전체의 기울기 (18점)
# 작은 VAE의 순전파는 `vae_forward`로 주어져 있습니다. 손실 $-\text{ELBO}$에서 출발해 파라미터 열 개까지 거슬러 가는 역전파를 작성하세요.
# 디코더는 평범한 2층 신경망입니다. 눈여겨볼 곳은 $z$입니다. 여기서 재구성 항의 기울기가 $\mu$ 쪽과 `logvar` 쪽으로 갈라지고,
# KL 항이 양쪽에 자기 몫을 더합니다. 두 항이 모두 인코더를 학습시킨다는 사실이 바로 여기서 드러납니다.


# %% task="vae_grads"
def vae_grads(x, params, eps):
    """
    [en]
    Loss of a small VAE and its gradients, by hand: returns (loss, grads).
    [ko]
    작은 VAE의 손실과 그 기울기를 손으로 구해 (loss, grads)를 돌려줍니다.
    [/]

    h = tanh(x @ W1 + b1),  mu = h @ Wm + bm,  logvar = h @ Wv + bv
    z = mu + exp(logvar / 2) * eps
    g = tanh(z @ W2 + b2),  out = g @ W3 + b3
    loss = -ELBO
    [en]
    The first line is the encoder, the third one the decoder. It is a Bernoulli decoder, so out are logits.
    loss: summed over pixels and latent dimensions, averaged over the batch.
    x: (N, D) in [0, 1], N >= 1. eps: (N, L), the noise to use.
    params: dict with W1 (D, H), b1 (H,), Wm, Wv (H, L), bm, bv (L,), W2 (L, G), b2 (G,), W3 (G, D), b3 (D,).
    Returns loss: 0-d tensor, grads: dict with the keys and shapes of params.
    vae_forward(x, params, eps) is given: it returns a dict with h, mu, logvar, z, g and out.
    Forbidden: torch.autograd, torch.func, torch.Tensor.backward.
    [ko]
    첫째 줄은 인코더, 셋째 줄은 디코더입니다. 베르누이 디코더이므로 out은 로짓입니다.
    loss: 픽셀과 잠재 차원에 대해 더하고 배치에 대해 평균합니다.
    x: (N, D), 값은 [0, 1] 안에 있고 N >= 1. eps: (N, L), 사용할 노이즈.
    params: W1 (D, H), b1 (H,), Wm, Wv (H, L), bm, bv (L,), W2 (L, G), b2 (G,), W3 (G, D), b3 (D,)가 담긴 dict.
    결과: loss는 0차원 텐서, grads는 params와 키도 모양도 같은 dict입니다.
    vae_forward(x, params, eps)가 주어져 있으며 h, mu, logvar, z, g, out이 담긴 dict를 돌려줍니다.
    사용 금지: torch.autograd, torch.func, torch.Tensor.backward.
    [/]
    """
    ### BEGIN SOLUTION
    f = vae_forward(x, params, eps)
    _, loss = elbo(x, f["mu"], f["logvar"], f["out"])
    dout = (torch.sigmoid(f["out"]) - x) / x.shape[0]
    da2 = (dout @ params["W3"].T) * (1 - f["g"] ** 2)
    dmu, dlogvar = reparam_bwd(da2 @ params["W2"].T, f["mu"], f["logvar"], eps)
    _, dmu_kl, dlogvar_kl = kl_std_normal(f["mu"], f["logvar"])
    dmu, dlogvar = dmu + dmu_kl, dlogvar + dlogvar_kl
    da1 = (dmu @ params["Wm"].T + dlogvar @ params["Wv"].T) * (1 - f["h"] ** 2)
    grads = {}
    layers = [("1", x, da1), ("m", f["h"], dmu), ("v", f["h"], dlogvar), ("2", f["z"], da2), ("3", f["g"], dout)]
    for name, inputs, delta in layers:
        grads["W" + name], grads["b" + name] = inputs.T @ delta, delta.sum(dim=0)
    return loss, grads
    ### END SOLUTION


# %% [markdown] lang="en" task="vae_grads" hint=1
# Go backwards and write down one delta per layer: at `out`, before the decoder's tanh, at `z`, at `mu` and `logvar`,
# before the encoder's tanh. For each linear layer the weight gradient is (its input).T @ (its delta). Where two paths
# meet, add: `mu` and `logvar` each get something from $z$ and something from the KL, and `h` gets something from both
# heads.

# %% [markdown] lang="ko" task="vae_grads" hint=1
# 뒤에서부터 층마다 델타를 하나씩 구하세요. `out`, 디코더의 tanh 앞, `z`, `mu`와 `logvar`, 인코더의 tanh 앞의 순서입니다. 선형층의 가중치 기울기는
# 언제나 (그 층의 입력).T @ (그 층의 델타)입니다. 경로가 만나는 곳에서는 더합니다. `mu`와 `logvar`는 각각 $z$와 KL 양쪽에서 기울기를 받고,
# `h`는 두 출력층 모두에서 받습니다.

# %% [markdown] lang="en" task="vae_grads" hint=2
# $\delta_{out} = (\sigma(out)-x)/N$, then $\delta_2=(\delta_{out}W_3^\top)\odot(1-g^2)$ and
# $\delta_z=\delta_2W_2^\top$. $\delta_\mu = \delta_z + \mu/N$ and
# $\delta_\ell = \tfrac12\,\delta_z\odot e^{\frac12\ell}\odot\varepsilon + \tfrac1{2N}(e^{\ell}-1)$ with
# $\ell=\log\sigma^2$. $\delta_1 = (\delta_\mu W_m^\top + \delta_\ell W_v^\top)\odot(1-h^2)$.

# %% [markdown] lang="ko" task="vae_grads" hint=2
# $\delta_{out} = (\sigma(out)-x)/N$, $\delta_2=(\delta_{out}W_3^\top)\odot(1-g^2)$, $\delta_z=\delta_2W_2^\top$입니다.
# $\ell=\log\sigma^2$라 하면 $\delta_\mu = \delta_z + \mu/N$,
# $\delta_\ell = \tfrac12\,\delta_z\odot e^{\frac12\ell}\odot\varepsilon + \tfrac1{2N}(e^{\ell}-1)$이고,
# $\delta_1 = (\delta_\mu W_m^\top + \delta_\ell W_v^\top)\odot(1-h^2)$입니다.

# %% [markdown] lang="en"
# ### See it: the latent plane
#
# 1,024 little pictures of a soft spot at a random place, a VAE with two latent
# dimensions, and your gradients. Each dot in the plane is one picture, at its $\mu(x)$: the two coordinates of the
# spot should be laid out smoothly, though nobody told the network about them. The second training does what the notes
# say and lets only the KL train the encoder. Watch its loss, and where its codes go.

# %% [markdown] lang="ko"
# ### 직접 보기: 잠재 평면
#
# 임의의 위치에 흐릿한 점이 찍힌 작은 그림 1,024장으로, 잠재 차원이 2인 VAE를 여러분이 만든 기울기로 학습시킵니다. 평면의 점 하나는
# 그림 한 장의 $\mu(x)$입니다. 그림 속 점의 위치를 알려 준 적이 없는데도 그 두 좌표가 평면 위에 매끄럽게 펼쳐지는지 보세요. 두 번째 학습은 노트의 설명대로
# KL 항만으로 인코더를 학습시킨 것입니다. 손실이 어떻게 되는지, 코드들이 어디로 모이는지 비교해 보세요.

# %% tags=["explore"]
if ready(reparam, kl_std_normal, recon, elbo, vae_grads):
    import matplotlib.pyplot as plt
    from checker import in_time

    side, n_images, n_latent, n_hidden = 8, 1024, 2, 48
    gen = torch.Generator().manual_seed(3)
    centres = 0.8 + (side - 2.6) * torch.rand(n_images, 2, generator=gen)
    grid = torch.arange(side, dtype=torch.float32)
    rows = torch.exp(-((grid - centres[:, :1]) ** 2) / 2.2)
    cols = torch.exp(-((grid - centres[:, 1:]) ** 2) / 2.2)
    images = (rows[:, :, None] * cols[:, None, :]).reshape(n_images, side * side)

    def new_vae(seed):
        g = torch.Generator().manual_seed(seed)
        sizes = {"1": (side * side, n_hidden), "m": (n_hidden, n_latent), "v": (n_hidden, n_latent)}
        sizes.update({"2": (n_latent, n_hidden), "3": (n_hidden, side * side)})
        p = {"W" + k: torch.randn(i, o, generator=g) / i**0.5 for k, (i, o) in sizes.items()}
        return p | {"b" + k: torch.zeros(o) for k, (_, o) in sizes.items()}

    def kl_only(x, p, eps, grads):
        # [en] what the notes say: nothing reaches the encoder from the reconstruction
        # [ko] 노트의 설명대로, 재구성 항의 기울기는 인코더에 전달하지 않습니다.
        f = vae_forward(x, p, eps)
        _, dmu, dlogvar = kl_std_normal(f["mu"], f["logvar"])
        dh = (dmu @ p["Wm"].T + dlogvar @ p["Wv"].T) * (1 - f["h"] ** 2)
        return grads | {
            "W1": x.T @ dh, "b1": dh.sum(0), "Wm": f["h"].T @ dmu, "bm": dmu.sum(0),
            "Wv": f["h"].T @ dlogvar, "bv": dlogvar.sum(0),
        }  # fmt: skip

    def train_vae(change=None, steps=2000, batch=128, lr=4e-3):
        g = torch.Generator().manual_seed(7)
        p, losses = new_vae(5), []
        m, v = ({k: torch.zeros_like(w) for k, w in p.items()} for _ in range(2))
        for t in in_time(range(1, steps + 1)):
            x = images[torch.randint(n_images, (batch,), generator=g)]
            eps = torch.randn(batch, n_latent, generator=g)
            loss, grads = vae_grads(x, p, eps)
            if change is not None:
                grads = change(x, p, eps, grads)
            for k, d in grads.items():
                m[k] = 0.9 * m[k] + 0.1 * d
                v[k] = 0.99 * v[k] + 0.01 * d**2
                p[k] = p[k] - lr * (m[k] / (1 - 0.9**t)) / ((v[k] / (1 - 0.99**t)).sqrt() + 1e-8)
            losses.append(loss.item())
        whole = len(losses) // 25 * 25
        return p, torch.tensor(losses[:whole]).reshape(-1, 25).mean(dim=1).numpy()

    trained, losses = train_vae()
    blind, blind_losses = train_vae(kl_only)

    no_noise = torch.zeros(n_images, n_latent)
    codes = vae_forward(images, trained, no_noise)["mu"].numpy()
    blind_codes = vae_forward(images, blind, no_noise)["mu"].numpy()

    fig, axes = plt.subplots(2, 2, figsize=(9.5, 8), constrained_layout=True)
    for curve, name, colour in [
        (blind_losses, "KL alone trains the encoder", "#D55E00"),
        (losses, "both terms train the encoder", "#0072B2"),
    ]:
        axes[0, 0].plot(
            range(25, 25 * len(curve) + 1, 25), curve, color=colour, lw=1.6, label=f"{name}: {curve[-1]:.2f}"
        )
    axes[0, 0].set(xlabel="step", ylabel="-ELBO (nats per image)", title="Loss")
    axes[0, 0].set_ylim(losses.min() - 1, blind_losses.min() + 5)
    axes[0, 0].legend()
    axes[0, 0].grid(alpha=0.3)
    panels = [
        (axes[0, 1], codes, 1, "Your VAE: coloured by the column of the spot"),
        (axes[1, 0], codes, 0, "Your VAE: coloured by the row of the spot"),
        (axes[1, 1], blind_codes, 1, "KL alone: every picture gets the same code"),
    ]
    for ax, points, which, title in panels:
        dots = ax.scatter(points[:, 0], points[:, 1], c=centres[:, which].numpy(), cmap="viridis", s=9)
        for radius in (1, 2):
            ax.add_patch(plt.Circle((0, 0), radius, fill=False, color="0.6", lw=0.9, ls="--"))
        ax.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), aspect="equal", xlabel="mu[0]", ylabel="mu[1]", title=title)
        fig.colorbar(dots, ax=ax, shrink=0.8, label="column" if which else "row")
    fig.suptitle("The latent plane (dashed: 1 and 2 standard deviations of the prior)")
    plt.show()

# %% [markdown] lang="en" task="lin_gauss_check"
# ## 7. A model in which everything can be computed (14 points)
# With a neural network as decoder, nobody knows how far the ELBO is below $\log p(x)$. So test the theory where all
# integrals have closed forms: $z$ and $x$ are numbers, $z\sim\mathcal N(0,1)$ and $x\mid z\sim\mathcal N(az,s^2)$.
# Let $q=\mathcal N(m,v)$ be any proposal. Compute all three quantities, each from its own definition; then see that
# $\log p(x) - \text{ELBO}$ really is the gap.

# %% [markdown] lang="ko" task="lin_gauss_check"
# ## 7. 모든 것을 계산할 수 있는 모델 (14점)
# 디코더가 신경망이면 ELBO가 $\log p(x)$보다 얼마나 아래에 있는지 아무도 모릅니다. 그래서 모든 적분이 닫힌 식으로 풀리는 곳에서 이론을 시험해 봅니다.
# $z$와 $x$는 수 하나이고 $z\sim\mathcal N(0,1)$, $x\mid z\sim\mathcal N(az,s^2)$입니다. $q=\mathcal N(m,v)$는 어떤 분포여도 좋습니다.
# 세 값을 각각 정의대로 구한 다음 $\log p(x) - \text{ELBO}$가 정말 간격과 같은지 확인하세요.


# %% task="lin_gauss_check"
def lin_gauss_check(x, a, s2, m, v):
    """
    [en]
    Evidence, bound and gap of a linear Gaussian model: returns (logpx, elbo, gap).

    Model: z ~ N(0, 1), x | z ~ N(a z, s2). Proposal: q(z) = N(m, v). s2 and v are variances.
    [ko]
    선형 가우시안 모델의 증거, 하한, 간격을 구해 (logpx, elbo, gap)을 돌려줍니다.

    모델: z ~ N(0, 1), x | z ~ N(a z, s2). 제안 분포: q(z) = N(m, v). s2와 v는 분산입니다.
    [/]
    logpx = log p(x)
    elbo  = E_q[log p(x|z)] - KL(q || N(0, 1))
    gap   = KL(q || p(z|x))
    [en]
    x, a, s2, m, v: float tensors of one shape, any number of axes (also 0-d); everything is elementwise.
    Returns three tensors of that shape. Natural logarithm, constants included; logpx = elbo + gap.
    All three must be differentiable with respect to all five arguments.
    Forbidden: torch.distributions.
    [ko]
    x, a, s2, m, v: 모양이 같은 float 텐서, 축은 몇 개여도 됩니다(0차원도 가능). 모든 계산은 원소별입니다.
    결과: 같은 모양의 텐서 세 개. 로그는 자연로그이고 상수도 포함합니다. logpx = elbo + gap입니다.
    세 결과 모두 다섯 인자에 대해 미분 가능해야 합니다.
    사용 금지: torch.distributions.
    [/]
    """
    ### BEGIN SOLUTION
    total = a**2 + s2
    logpx = -0.5 * (torch.log(2 * math.pi * total) + x**2 / total)
    fit = -0.5 * (torch.log(2 * math.pi * s2) + ((x - a * m) ** 2 + a**2 * v) / s2)
    bound = fit - 0.5 * (m**2 + v - 1 - torch.log(v))
    m_post, v_post = a * x / total, s2 / total
    gap = 0.5 * (torch.log(v_post / v) + (v + (m - m_post) ** 2) / v_post - 1)
    return logpx, bound, gap
    ### END SOLUTION


# %% [markdown] lang="en" task="lin_gauss_check" hint=1
# $x = az + \text{noise}$ is a sum of two independent Gaussians, so $p(x)$ is a Gaussian with the sum of the two
# variances. In the bound, $\mathbb E_q[(x-az)^2]$ has two parts: one from the mean of $q$ and one from its variance.
# The posterior is Gaussian too: complete the square in $z$.

# %% [markdown] lang="ko" task="lin_gauss_check" hint=1
# $x = az + \text{노이즈}$는 서로 독립인 두 가우시안의 합이므로 $p(x)$는 두 분산을 더한 가우시안입니다. 하한에 나오는 $\mathbb E_q[(x-az)^2]$은
# $q$의 평균에서 오는 부분과 분산에서 오는 부분의 합입니다. 사후 분포도 가우시안이므로 $z$에 대해 완전제곱식을 만들어 보세요.

# %% [markdown] lang="en" task="lin_gauss_check" hint=2
# $p(x)=\mathcal N(0,\,a^2+s^2)$, $\ \mathbb E_q[(x-az)^2]=(x-am)^2+a^2v$, and $p(z\mid x)=\mathcal N(m_*,v_*)$ with
# $m_*=\dfrac{ax}{a^2+s^2}$, $v_*=\dfrac{s^2}{a^2+s^2}$.
# $\mathrm{KL}\left(\mathcal N(m,v)\,\|\,\mathcal N(m_*,v_*)\right) =\tfrac12\left[\log\dfrac{v_*}{v}+\dfrac{v+(m-m_*)^2}{v_*}-1\right]$.

# %% [markdown] lang="ko" task="lin_gauss_check" hint=2
# $p(x)=\mathcal N(0,\,a^2+s^2)$, $\ \mathbb E_q[(x-az)^2]=(x-am)^2+a^2v$이고, $p(z\mid x)=\mathcal N(m_*,v_*)$에서
# $m_*=\dfrac{ax}{a^2+s^2}$, $v_*=\dfrac{s^2}{a^2+s^2}$입니다.
# $\mathrm{KL}\left(\mathcal N(m,v)\,\|\,\mathcal N(m_*,v_*)\right) =\tfrac12\left[\log\dfrac{v_*}{v}+\dfrac{v+(m-m_*)^2}{v_*}-1\right]$입니다.

# %% [markdown] lang="en"
# ### See it: the gap
#
# Left: slide the mean of $q$ along the axis. The ELBO stays below $\log p(x)$ and touches it at
# the true posterior, where the shaded gap closes. Right: the gap for every mean and variance; note how far from zero
# it is when $q$ is simply the prior.

# %% [markdown] lang="ko"
# ### 직접 보기: 간격
#
# 왼쪽은 $q$의 평균을 축을 따라 움직인 그림입니다. ELBO는 늘 $\log p(x)$ 아래에 있고, 실제 사후 분포에서만 맞닿아 색칠한 간격이 사라집니다.
# 오른쪽은 모든 평균과 분산에 대한 간격입니다. $q$를 사전 분포 그대로 두면 0에서 얼마나 멀어지는지 보세요.

# %% tags=["explore"]
if ready(lin_gauss_check):
    import matplotlib.pyplot as plt
    from matplotlib.colors import BoundaryNorm

    x0, a0, s0 = 1.6, 1.2, 0.5
    m_star, v_star = a0 * x0 / (a0**2 + s0), s0 / (a0**2 + s0)

    def lin_gauss_at(m, v):
        full = [torch.full_like(m, value) for value in (x0, a0, s0)]
        return [m.numpy(), v.numpy(), *(value.numpy() for value in lin_gauss_check(*full, m, v))]

    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.4), constrained_layout=True)
    ms = torch.linspace(-0.4, 2.4, 200, dtype=torch.float64)
    m_line, _, logpx, tight, _ = lin_gauss_at(ms, torch.full_like(ms, v_star))
    _, _, _, loose, _ = lin_gauss_at(ms, torch.full_like(ms, 4 * v_star))
    left.plot(m_line, logpx, color="black", lw=1.6, label="log p(x)")
    left.plot(m_line, tight, color="#0072B2", lw=1.8, label="ELBO, q with the posterior's variance")
    left.plot(m_line, loose, color="#D55E00", lw=1.8, ls="--", label="ELBO, q with 4 times that variance")
    left.fill_between(m_line, tight, logpx, color="#0072B2", alpha=0.15, label="gap = KL(q || p(z|x))")
    left.axvline(m_star, color="0.5", lw=0.9, ls=":")
    left.set(xlabel="mean m of q", ylabel="nats", title="The ELBO is a lower bound")
    left.set_ylim(logpx[0] - 6, logpx[0] + 1)
    left.legend(loc="lower center", fontsize=8.5)
    left.grid(alpha=0.3)

    m_axis = torch.linspace(-0.6, 2.6, 161, dtype=torch.float64)
    v_axis = torch.logspace(-1.5, 0.4, 141, dtype=torch.float64)
    mm, vv = torch.meshgrid(m_axis, v_axis, indexing="xy")
    mm, vv, _, _, gap = lin_gauss_at(mm, vv)
    levels = [0, 0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12]
    shaded = right.contourf(mm, vv, gap.clip(0, 12), levels=levels, cmap="viridis_r", norm=BoundaryNorm(levels, 256))
    right.contour(mm, vv, gap, levels=levels[1:], colors="white", linewidths=0.6)
    right.plot(m_star, v_star, "*", color="white", mec="black", ms=15, ls="", label="posterior p(z|x): gap 0")
    right.plot(0, 1, "o", color="#D55E00", mec="black", ms=9, ls="", label="prior p(z)")
    right.set(yscale="log", xlabel="mean m of q", ylabel="variance v of q", title="log p(x) - ELBO")
    right.legend(loc="lower right", framealpha=0.9)
    fig.colorbar(shaded, ax=right, label="gap (nats)")
    plt.show()

# %% [markdown] lang="en" task="generate"
# ## 8. New images, and walks through the latent space (12 points)
# After training the encoder is no longer needed: draw $z\sim\mathcal N(0,I)$, decode, done. The decoder gives the
# parameters of $p(x\mid z)$. What is shown is the **mean** of this distribution, because independent noise on every
# pixel would only look dirty. A *traversal* takes a code and changes one coordinate, leaving all the others alone,
# and so shows what this coordinate means. `traverse` makes the codes, `generate` the images, for any number of
# leading axes, so that whole grids go through in one call.

# %% [markdown] lang="ko" task="generate"
# ## 8. 새로운 이미지와 잠재 공간 산책 (12점)
# 학습이 끝나면 인코더는 필요 없습니다. $z\sim\mathcal N(0,I)$를 뽑아 디코더에 넣으면 됩니다. 디코더의 출력은 분포 $p(x\mid z)$의 파라미터이고, 보여 줄 때는 이 분포의
# **평균**을 씁니다. 픽셀마다 독립인 노이즈를 더해 봐야 그림만 지저분해지기 때문입니다. 잠재 공간을 *훑는다*(traverse)는 것은 코드의 좌표 하나만 바꾸고 나머지는 그대로 두는 것으로, 그 좌표가
# 무엇을 뜻하는지 보여 줍니다. `traverse`는 코드를, `generate`는 이미지를 만듭니다. 앞쪽 축이 몇 개여도 되게 만들어 두면 격자 전체를 한 번에 그릴 수 있습니다.


# %% task="generate"
def generate(dec, z):
    """
    [en]
    Images for given codes: the mean of p(x|z), a Bernoulli for every pixel.

    dec: a function, codes (M, L) -> logits (M, D); it takes exactly two axes.
    z: (..., L), any number of leading axes. Returns (..., D), values between 0 and 1.
    The leading axes may be empty. No noise is added, and the codes go to the decoder as they are. Must be differentiable
    with respect to z.
    [ko]
    주어진 코드의 이미지, 즉 픽셀마다 베르누이 분포인 p(x|z)의 평균을 돌려줍니다.

    dec: 함수, 코드 (M, L) -> 로짓 (M, D). 축이 정확히 두 개인 입력만 받습니다.
    z: (..., L), 앞쪽 축은 몇 개여도 됩니다. 결과: (..., D), 값은 0과 1 사이입니다.
    앞쪽 축의 크기는 0일 수 있습니다. 노이즈를 더하지 않으며, 코드는 주어진 그대로 디코더에 넣습니다. z에 대해 미분
    가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    out = dec(z.reshape(-1, z.shape[-1]))
    return torch.sigmoid(out).reshape(*z.shape[:-1], out.shape[-1])
    ### END SOLUTION


def traverse(z, dim, vals):
    """
    [en]
    Codes that differ from z in one coordinate only: returns (..., V, L).
    [ko]
    z에서 좌표 하나만 바꾼 코드 (..., V, L)을 돌려줍니다.
    [/]

    result[..., k, j] = vals[k] if j == dim else z[..., j]
    [en]
    z: (..., L), for example (L,) or (N, L). dim: Python int, 0 <= dim < L. vals: (V,), dtype of z.
    V may be 0. Must be differentiable with respect to z and vals.
    [ko]
    z: (..., L), 예를 들어 (L,) 또는 (N, L). dim: Python int, 0 <= dim < L. vals: (V,), dtype은 z와 같습니다.
    V는 0일 수 있습니다. z와 vals에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., dim] = vals
    return codes
    ### END SOLUTION


# %% [markdown] lang="en" task="generate" hint=1
# `generate`: fold the leading axes into one, decode, turn logits into means, unfold. `traverse`: first make V copies
# of z (real copies, not views of z), then write into one column.

# %% [markdown] lang="ko" task="generate" hint=1
# `generate`: 앞쪽 축들을 하나로 접고, 디코더에 넣고, 로짓을 평균으로 바꾼 다음 다시 펼치세요. `traverse`: z를 V번 복사한 뒤(z를 가리키는 뷰가 아니라 진짜
# 복사본으로) 한 열에만 값을 쓰세요.

# %% [markdown] lang="en" task="generate" hint=2
# The mean of a Bernoulli variable with logit $o$ is $1/(1+e^{-o})$. The copies get a new axis **before** the last
# one: $(\dots, L)\to(\dots, V, L)$.

# %% [markdown] lang="ko" task="generate" hint=2
# 로짓이 $o$인 베르누이 변수의 평균은 $1/(1+e^{-o})$입니다. 복사본의 새 축은 마지막 축 **바로 앞**에 둡니다: $(\dots, L)\to(\dots, V, L)$.

# %% [markdown] lang="en"
# ### See it: what the decoder learned
#
# Left: the whole latent plane, decoded on a grid; neighbouring codes give
# neighbouring pictures. Right: twelve samples from the prior, then two traversals that start at $z=0$: one coordinate
# moves while the other stands still. It uses the VAE that you trained after Task 6.

# %% [markdown] lang="ko"
# ### 직접 보기: 디코더가 배운 것
#
# 왼쪽은 잠재 평면 전체를 격자로 디코딩한 그림입니다. 가까운 코드에서는 비슷한 그림이 나옵니다. 오른쪽 위는 사전 분포에서 뽑은 샘플 열두 개이고,
# 아래 두 줄은 $z=0$에서 출발해 한 좌표만 움직이고 다른 좌표는 멈춰 둔 것입니다. 6번 문제 다음에 학습한 VAE를 사용합니다.

# %% tags=["explore"]
if ready(reparam, kl_std_normal, recon, elbo, vae_grads, generate, traverse):
    dec = make_decoder(trained)
    axis = torch.linspace(-2, 2, 9)
    plane = torch.stack(torch.meshgrid(axis, axis.flip(0), indexing="xy"), dim=-1)
    tiles = F.pad(generate(dec, plane).reshape(9, 9, side, side), (0, 1, 0, 1), value=0.3)
    mosaic = tiles.permute(0, 2, 1, 3).reshape(9 * (side + 1), 9 * (side + 1)).numpy()

    fig = plt.figure(figsize=(11.5, 5.2), constrained_layout=True)
    left, right = fig.subfigures(1, 2, width_ratios=[1, 1.25])
    ax = left.subplots()
    ax.imshow(mosaic, cmap="magma", vmin=0, vmax=1, extent=(-2.25, 2.25, -2.25, 2.25))
    ax.set(xlabel="z[0]", ylabel="z[1]", title="The decoded latent plane", xticks=range(-2, 3), yticks=range(-2, 3))

    walk = torch.linspace(-2.5, 2.5, 6)
    prior = torch.randn(2, 6, n_latent, generator=torch.Generator().manual_seed(11))
    origin = torch.zeros(n_latent)
    strips = torch.cat([prior, traverse(origin, 0, walk)[None], traverse(origin, 1, walk)[None]])
    pictures = generate(dec, strips).reshape(4, 6, side, side).numpy()
    names = ["z ~ N(0, I)", "z ~ N(0, I)", "z[0] moves", "z[1] moves"]
    for r, row_axes in enumerate(right.subplots(4, 6)):
        for k, ax in enumerate(row_axes):
            ax.imshow(pictures[r, k], cmap="magma", vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[])
            if r >= 2:
                ax.set_title(f"{walk[k].item():+.1f}", fontsize=9)
        row_axes[0].set_ylabel(names[r], fontsize=9)
    right.suptitle("Samples from the prior, and two traversals")
    plt.show()
