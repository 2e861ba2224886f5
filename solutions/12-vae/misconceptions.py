"""Wrong versions that students really write.

"uses encoder" (generate) has no function of its own: the decoder that generate receives is a plain function and has no
encoder to misuse; what remains of the mistake is the encoder's sampling step, `noise_on_the_codes`. Where students draw
fresh noise, a fixed seed stands here, so that the outputs are reproducible.
"""

import math

import torch
import torch.nn.functional as F

from autograder.authoring import misconception


def noise_like(t):
    """Noise that the function should not have drawn."""
    g = torch.Generator().manual_seed(20)
    return torch.randn(t.shape, generator=g, dtype=torch.float64).to(t)


# -- 1 ---------------------------------------------------------------------------------------------------------------


@misconception(
    "enc_head",
    en="Your second result is exp(h @ Wv + bv), the variance itself. The head gives the logarithm of the variance: "
    "leave it as it comes out of the linear layer.",
    ko="두 번째 결과에 exp를 씌워 분산 자체를 돌려주었습니다. 이 출력은 분산의 로그이므로 선형층에서 나온 값을 그대로 두어야 합니다.",
)
def variance_returned(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, torch.exp(h @ Wv + bv)


@misconception(
    "enc_head",
    en="You passed the second head through a softplus. That is a way to make a standard deviation positive, but a "
    "log-variance may be negative and needs no activation.",
    ko="두 번째 출력에 softplus를 적용했습니다. 표준편차를 양수로 만들 때 쓰는 방법이지만, 로그 분산은 음수여도 되므로 활성화 함수가 필요 없습니다.",
)
def softplus_applied(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, F.softplus(h @ Wv + bv)


@misconception(
    "enc_head",
    en="You returned the standard deviation, exp of half the linear output. Here logvar = log sigma^2 is asked for; "
    "sigma is made from it later, in reparam.",
    ko="표준편차를 돌려주었습니다. 여기서는 logvar = log sigma^2를 그대로 돌려주고, sigma로 바꾸는 일은 reparam에서 합니다.",
)
def sigma_returned(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, torch.exp(0.5 * (h @ Wv + bv))


@misconception(
    "enc_head",
    en="Both of your heads use the weights Wm. Mean and log-variance are different functions of h, and each has its "
    "own weights.",
    ko="두 출력이 모두 가중치 Wm을 쓰고 있습니다. 평균과 로그 분산은 h의 서로 다른 함수이므로 가중치를 따로 가집니다.",
)
def shared_weights(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, h @ Wm + bv


@misconception(
    "enc_head",
    en="You returned the same layer twice: neither Wv nor bv is used.",
    ko="같은 층의 출력을 두 번 돌려주었습니다. Wv와 bv가 쓰이지 않았습니다.",
)
def one_head_for_both(h, Wm, bm, Wv, bv):
    mu = h @ Wm + bm
    return mu, mu.clone()


# -- 2 ---------------------------------------------------------------------------------------------------------------


@misconception(
    "reparam",
    en="You stretched the noise by exp(logvar). That is the variance sigma^2; the noise has to be multiplied by the "
    "standard deviation.",
    ko="노이즈에 exp(logvar)를 곱했습니다. 이것은 분산 sigma^2입니다. 노이즈에는 표준편차를 곱해야 합니다.",
    evidence="E8",
)
def variance_as_sigma(mu, logvar, eps):
    return mu + torch.exp(logvar) * eps


@misconception(
    "reparam",
    en="You used logvar itself as the standard deviation. It is the logarithm of the variance, and it may be negative.",
    ko="logvar를 그대로 표준편차로 썼습니다. logvar는 분산의 로그이고 음수일 수도 있습니다.",
    evidence="E8",
)
def logvar_as_sigma(mu, logvar, eps):
    return mu + logvar * eps


@misconception(
    "reparam",
    en="You subtracted the scaled noise. The distribution of z is the same, but for the given eps z is the mirror "
    "image of what is asked for, and the gradient with respect to logvar changes its sign.",
    ko="노이즈 항을 뺐습니다. z의 분포는 같지만 주어진 eps에 대해서는 mu를 중심으로 뒤집힌 값이 되고, logvar의 기울기도 부호가 바뀝니다.",
)
def noise_subtracted(mu, logvar, eps):
    return mu - torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam",
    en="You took the square root of logvar. To get from the log-variance to the standard deviation, the logarithm "
    "must be undone; a negative logvar gives NaN here.",
    ko="logvar의 제곱근을 취했습니다. 로그 분산에서 표준편차로 가려면 로그를 풀어야 합니다. 이렇게 하면 logvar가 음수일 때 NaN이 됩니다.",
)
def root_of_logvar(mu, logvar, eps):
    return mu + torch.sqrt(logvar) * eps


@misconception(
    "reparam",
    en="mu is missing: your samples are spread around zero, whatever the encoder says about the image.",
    ko="mu가 빠졌습니다. 인코더가 무엇을 출력하든 샘플이 0 주위에 퍼지게 됩니다.",
)
def mean_missing(mu, logvar, eps):
    return torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam_bwd",
    en="Your dlogvar is the gradient with respect to sigma times sigma: the factor 1/2 from sigma = exp(logvar / 2) "
    "is missing.",
    ko="dlogvar에 1/2이 빠졌습니다. sigma = exp(logvar / 2)를 logvar로 미분할 때 나오는 인수입니다.",
)
def half_missing(dout, mu, logvar, eps):
    return dout.clone(), dout * torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam_bwd",
    en="You let no gradient through to logvar. z depends on it through sigma; without this gradient the encoder "
    "never learns from the reconstruction how sure it may be.",
    ko="logvar로 기울기를 전달하지 않았습니다. z는 sigma를 통해 logvar에도 의존합니다. 이 기울기가 없으면 인코더는 분산을 얼마로 해야 할지 재구성에서 배울 수 없습니다.",
)
def logvar_without_gradient(dout, mu, logvar, eps):
    return dout.clone(), torch.zeros_like(logvar)


@misconception(
    "reparam_bwd",
    en="In dlogvar you differentiated exp(logvar) * eps, with the variance in place of the standard deviation.",
    ko="dlogvar를 구할 때 표준편차 대신 분산이 곱해진 exp(logvar) * eps를 미분했습니다.",
    evidence="E8",
)
def variance_differentiated(dout, mu, logvar, eps):
    return dout.clone(), dout * torch.exp(logvar) * eps


@misconception(
    "reparam_bwd",
    en="eps is missing in dlogvar: how far z moves with sigma depends on the noise that was drawn.",
    ko="dlogvar에 eps가 빠졌습니다. sigma가 변할 때 z가 얼마나 움직이는지는 뽑힌 노이즈에 따라 다릅니다.",
)
def noise_missing(dout, mu, logvar, eps):
    return dout.clone(), 0.5 * dout * torch.exp(0.5 * logvar)


# -- 3 ---------------------------------------------------------------------------------------------------------------


@misconception(
    "kl_std_normal",
    en="Your KL has the opposite sign. A KL divergence is never negative; minimising yours would push q away from "
    "the prior.",
    ko="KL의 부호가 반대입니다. KL 발산은 음수가 될 수 없습니다. 이 값을 최소화하면 q가 사전 분포에서 멀어집니다.",
)
def sign_flipped(mu, logvar):
    N, var = mu.shape[0], torch.exp(logvar)
    return -0.5 * (mu**2 + var - 1 - logvar).sum() / N, -mu / N, -0.5 * (var - 1) / N


@misconception(
    "kl_std_normal",
    en="The factor 1/2 is missing: your loss and your gradients are twice the KL.",
    ko="인수 1/2이 빠져서 손실과 기울기가 KL의 두 배가 되었습니다.",
    evidence="E7",
)
def no_half(mu, logvar):
    N, var = mu.shape[0], torch.exp(logvar)
    return (mu**2 + var - 1 - logvar).sum() / N, 2 * mu / N, (var - 1) / N


@misconception(
    "kl_std_normal",
    en="You averaged over the latent dimensions as well. The KL of independent dimensions is the sum of their KLs; "
    "a mean makes it weaker by the number of dimensions.",
    ko="잠재 차원에 대해서도 평균했습니다. 독립인 차원들의 KL은 각 차원의 KL을 더한 값입니다. 평균하면 차원 수만큼 KL 항이 약해집니다.",
    evidence="E6",
)
def mean_over_latents(mu, logvar):
    n, var = mu.numel(), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).mean(), mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="You summed over the batch. The loss is a mean over the images, or it would grow with the size of the batch.",
    ko="배치에 대해 더했습니다. 손실은 이미지에 대한 평균입니다. 그렇지 않으면 배치가 클수록 손실도 커집니다.",
    evidence="E6",
)
def sum_over_batch(mu, logvar):
    var = torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum(), mu.clone(), 0.5 * (var - 1)


@misconception(
    "kl_std_normal",
    en="You took logvar for log sigma: exp(2 * logvar) is not the variance here. logvar is the logarithm of sigma^2.",
    ko="logvar를 log sigma로 보고 계산했습니다. 여기서 logvar는 sigma^2의 로그이므로 exp(2 * logvar)는 분산이 아닙니다.",
    evidence="E8",
)
def logvar_as_log_sigma(mu, logvar):
    N, var = mu.shape[0], torch.exp(2 * logvar)
    return (0.5 * (mu**2 + var - 1) - logvar).sum() / N, mu / N, (var - 1) / N


@misconception(
    "kl_std_normal",
    en="You took logvar for sigma itself: its square is not the variance, and its logarithm is NaN as soon as it is "
    "negative.",
    ko="logvar를 sigma 자체로 보고 계산했습니다. logvar의 제곱은 분산이 아니고, 음수이면 로그가 NaN이 됩니다.",
)
def logvar_as_plain_sigma(mu, logvar):
    N = mu.shape[0]
    loss = (0.5 * (mu**2 + logvar**2 - 1) - torch.log(logvar)).sum() / N
    return loss, mu / N, (logvar - 1 / logvar) / N


@misconception(
    "kl_std_normal",
    en="The term mu^2 is missing from your loss: q(z|x) could sit anywhere at no cost. (It has a gradient, too.)",
    ko="손실에 mu^2 항이 없습니다. 그러면 q(z|x)의 중심이 어디에 있든 비용이 들지 않습니다. 이 항은 기울기도 만듭니다.",
)
def mean_is_free(mu, logvar):
    N, var = mu.shape[0], torch.exp(logvar)
    return 0.5 * (var - 1 - logvar).sum() / N, torch.zeros_like(mu), 0.5 * (var - 1) / N


@misconception(
    "kl_std_normal",
    en="mu enters your KL with its absolute value instead of its square.",
    ko="KL에 mu의 제곱이 아니라 절댓값이 들어 있습니다.",
)
def absolute_mean(mu, logvar):
    N, var = mu.shape[0], torch.exp(logvar)
    return 0.5 * (mu.abs() + var - 1 - logvar).sum() / N, 0.5 * torch.sign(mu) / N, 0.5 * (var - 1) / N


@misconception(
    "kl_std_normal",
    en="Your loss is right, but the gradients are those of the sum over the batch: the factor 1/N is missing in both.",
    ko="손실은 맞지만 기울기가 배치 합의 기울기입니다. 두 기울기 모두에 1/N이 빠졌습니다.",
)
def gradients_of_the_sum(mu, logvar):
    var = torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / mu.shape[0], mu.clone(), 0.5 * (var - 1)


@misconception(
    "kl_std_normal",
    en="Your loss and dmu are right, but dlogvar lost its factor 1/2. In dmu the 1/2 cancels with the square, in "
    "dlogvar there is nothing to cancel it.",
    ko="손실과 dmu는 맞지만 dlogvar에서 1/2이 사라졌습니다. dmu에서는 1/2이 제곱의 미분과 상쇄되지만 dlogvar에는 상쇄할 것이 없습니다.",
)
def half_lost_in_dlogvar(mu, logvar):
    N, var = mu.shape[0], torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / N, mu / N, (var - 1) / N


# -- 4 ---------------------------------------------------------------------------------------------------------------


def log_density(kind, x, out, sigma):
    """log p(x|z), element by element."""
    if kind == "bernoulli":
        return x * out - torch.logaddexp(out, torch.zeros_like(out))
    return -0.5 * ((x - out) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


@misconception(
    "recon",
    en="You computed the probabilities first and then their logarithms. In floating point a sigmoid reaches exactly "
    "0 and 1, and then log(0) turns the result into -inf or NaN. Work with the logit directly.",
    ko="확률을 먼저 구한 다음 로그를 취했습니다. 부동소수점에서 시그모이드는 정확히 0이나 1이 되기도 하고, 그러면 log(0) 때문에 결과가 -inf나 NaN이 됩니다. 로짓으로 직접 계산하세요.",
)
def sigmoid_then_log(kind, x, out, sigma=1.0):
    if kind != "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    p = torch.sigmoid(out)
    return (x * torch.log(p) + (1 - x) * torch.log(1 - p)).sum() / x.shape[0]


@misconception(
    "recon",
    en="You clipped the probabilities before the logarithm. That avoids the NaN, but a pixel then costs about 16 "
    "nats at most, however wrong the decoder is, and it gets no gradient there. Work with the logit directly.",
    ko="로그를 취하기 전에 확률을 잘라 냈습니다. NaN은 피하지만, 디코더가 아무리 크게 틀려도 픽셀 하나의 벌점이 약 16에서 멈추고 그곳에서는 기울기도 0이 됩니다. 로짓으로 직접 계산하세요.",
)
def probability_clipped(kind, x, out, sigma=1.0):
    if kind != "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    p = torch.sigmoid(out).clamp(1e-7, 1 - 1e-7)
    return (x * torch.log(p) + (1 - x) * torch.log(1 - p)).sum() / x.shape[0]


@misconception(
    "recon",
    en="You treated the decoder's output as a probability. It is a logit: the sigmoid is still to come.",
    ko="디코더의 출력을 확률로 다루었습니다. 출력은 로짓이므로 아직 시그모이드를 거치지 않은 값입니다.",
)
def logits_as_probabilities(kind, x, out, sigma=1.0):
    if kind != "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    return (x * torch.log(out) + (1 - x) * torch.log(1 - out)).sum() / x.shape[0]


@misconception(
    "recon",
    en="You averaged over the pixels. The log-likelihood of an image is the sum over its pixels; a mean makes the "
    "reconstruction far too weak against the KL.",
    ko="픽셀에 대해서도 평균했습니다. 이미지의 로그 우도는 픽셀에 대한 합입니다. 평균하면 KL에 비해 재구성 항이 지나치게 약해집니다.",
    evidence="E6",
)
def mean_over_pixels(kind, x, out, sigma=1.0):
    return log_density(kind, x, out, sigma).mean()


@misconception(
    "recon",
    en="You summed over the batch as well. Sum over pixels, average over images.",
    ko="배치에 대해서도 더했습니다. 픽셀에 대해서는 더하고 이미지에 대해서는 평균하세요.",
    evidence="E6",
)
def batch_summed(kind, x, out, sigma=1.0):
    return log_density(kind, x, out, sigma).sum()


@misconception(
    "recon",
    en="Your result is the negative log-likelihood. Here log p(x|z) is asked for, which is to be maximised; the "
    "loss gets its sign later.",
    ko="음의 로그 우도를 돌려주었습니다. 여기서 구하는 것은 최대화할 값 log p(x|z)이고, 손실의 부호는 나중에 붙입니다.",
)
def negative_log_likelihood(kind, x, out, sigma=1.0):
    return -log_density(kind, x, out, sigma).sum() / x.shape[0]


@misconception(
    "recon",
    en="Your squared error is not divided by 2 sigma^2. This factor decides how much a pixel counts against the KL.",
    ko="제곱 오차를 2 sigma^2로 나누지 않았습니다. 이 값이 KL에 대한 재구성 항의 비중을 정합니다.",
)
def bare_squared_error(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    log_p = -((x - out) ** 2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return log_p.sum() / x.shape[0]


@misconception(
    "recon",
    en="You dropped the constants of the normal density, log sigma and log(2 pi) / 2. Gradients do not notice, but "
    "without them the ELBO is no lower bound of log p(x).",
    ko="정규분포 밀도의 상수인 log sigma와 log(2 pi) / 2를 뺐습니다. 기울기에는 영향이 없지만, 상수가 없으면 ELBO는 log p(x)의 하한이 아닙니다.",
)
def constants_dropped(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    return (-0.5 * ((x - out) / sigma) ** 2).sum() / x.shape[0]


@misconception(
    "recon",
    en="Your density is not normalised: the part with 2 pi is missing.",
    ko="밀도가 정규화되어 있지 않습니다. 2 pi가 들어가는 항이 빠졌습니다.",
)
def two_pi_dropped(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return log_density(kind, x, out, sigma).sum() / x.shape[0]
    return (-0.5 * ((x - out) / sigma) ** 2 - math.log(sigma)).sum() / x.shape[0]


@misconception(
    "recon",
    en="You used sigma where the variance belongs. sigma is the standard deviation of a pixel.",
    ko="분산이 들어갈 자리에 sigma를 썼습니다. sigma는 픽셀의 표준편차입니다.",
)
def sigma_as_variance(kind, x, out, sigma=1.0):
    return log_density(kind, x, out, math.sqrt(sigma)).sum() / x.shape[0]


# -- 5 ---------------------------------------------------------------------------------------------------------------


def two_terms(x, mu, logvar, out):
    """Log-likelihood (summed over pixels) and KL (summed over latents), averaged over the batch."""
    log_p = (x * out - torch.logaddexp(out, torch.zeros_like(out))).sum() / x.shape[0]
    return log_p, 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / mu.shape[0]


@misconception(
    "elbo",
    en="You added the KL. The notes list the two terms without the sign; in the ELBO the KL is subtracted, so that "
    "a proposal far from the prior is punished.",
    ko="KL을 더했습니다. 노트에는 두 항이 부호 없이 나열되어 있지만 ELBO에서 KL은 빼는 항입니다. 그래야 사전 분포에서 멀어질수록 값이 작아집니다.",
)
def kl_added(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    return log_p + kl, -(log_p + kl)


@misconception(
    "elbo",
    en="Your reconstruction is a mean over the pixels, your KL a sum over the latents. Reduced differently, the two "
    "have the wrong weights: with many pixels the KL wins, and the codes collapse.",
    ko="재구성 항은 픽셀에 대해 평균하고 KL은 잠재 차원에 대해 더했습니다. 줄이는 방식이 다르면 비중이 어긋나서, 픽셀이 많을수록 KL이 우세해지고 코드가 무너집니다.",
    evidence="E6",
)
def pixels_averaged(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    bound = log_p * x.shape[0] / x.numel() - kl
    return bound, -bound


@misconception(
    "elbo",
    en="Your KL is a mean over the latent dimensions, your reconstruction a sum over the pixels. Both must be sums.",
    ko="KL은 잠재 차원에 대해 평균하고 재구성 항은 픽셀에 대해 더했습니다. 둘 다 합이어야 합니다.",
    evidence="E6",
)
def latents_averaged(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    bound = log_p - kl / mu.shape[1]
    return bound, -bound


@misconception(
    "elbo",
    en="Your KL has the weight 1/2. Other weights make a beta-VAE, but only with weight 1 is this the bound of log "
    "p(x); look for a factor that you apply twice.",
    ko="KL에 가중치 1/2이 곱해져 있습니다. 가중치를 바꾼 모델을 beta-VAE라고 하지만, 가중치가 1일 때만 log p(x)의 하한입니다. 같은 인수를 두 번 곱하지 않았는지 확인하세요.",
)
def half_weight_on_kl(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    return log_p - 0.5 * kl, 0.5 * kl - log_p


@misconception(
    "elbo",
    en="You returned the ELBO as the loss. Gradient descent would then make the bound as small as possible; the "
    "loss must fall when the model gets better.",
    ko="ELBO를 그대로 손실로 돌려주었습니다. 그러면 경사 하강법이 하한을 점점 낮춥니다. 손실은 모델이 좋아질수록 작아져야 합니다.",
)
def elbo_as_loss(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    return log_p - kl, log_p - kl


@misconception(
    "elbo",
    en="You returned the loss first and the ELBO second. The order is (elbo, loss).",
    ko="손실을 먼저, ELBO를 나중에 돌려주었습니다. 순서는 (elbo, loss)입니다.",
)
def order_swapped(x, mu, logvar, out):
    log_p, kl = two_terms(x, mu, logvar, out)
    return kl - log_p, log_p - kl


# -- 6 ---------------------------------------------------------------------------------------------------------------


def backward(x, params, eps, *, through_z=1, kl=1, mu_road=1, width_road=0.5, tanh=True, mean=True, noise=None):
    """vae_grads with its parts switched on and off."""
    p, f, N = params, vae_forward(x, params, eps), x.shape[0]
    log_p, divergence = two_terms(x, f["mu"], f["logvar"], f["out"])
    share = N if mean else 1
    dout = (torch.sigmoid(f["out"]) - x) / share
    dg = dout @ p["W3"].T * (1 - f["g"] ** 2 if tanh else 1)
    dz = through_z * (dg @ p["W2"].T)
    var = torch.exp(f["logvar"])
    dmu = mu_road * dz + kl * f["mu"] / share
    dlogvar = width_road * dz * (eps if noise is None else noise) * var.sqrt() + kl * 0.5 * (var - 1) / share
    dh = (dmu @ p["Wm"].T + dlogvar @ p["Wv"].T) * (1 - f["h"] ** 2 if tanh else 1)
    grads = {}
    layers = [("1", x, dh), ("m", f["h"], dmu), ("v", f["h"], dlogvar), ("2", f["z"], dg), ("3", f["g"], dout)]
    for name, inputs, delta in layers:
        grads["W" + name], grads["b" + name] = inputs.T @ delta, delta.sum(dim=0)
    return divergence - log_p, grads


@misconception(
    "vae_grads",
    en="Your gradient stops at z, so that only the KL trains the encoder. That is what the notes say, but z comes "
    "out of the encoder: the reconstruction must reach mu and logvar through it.",
    ko="기울기가 z에서 멈추어 인코더가 KL로만 학습됩니다. 노트의 설명과는 같지만, z는 인코더에서 나온 값이므로 재구성 항의 기울기도 z를 거쳐 mu와 logvar에 도달해야 합니다.",
)
def stopped_at_z(x, params, eps):
    return backward(x, params, eps, through_z=0)


@misconception(
    "vae_grads",
    en="The KL is missing from the gradients of the encoder: mu and logvar get only what comes back through z. This "
    "trains an autoencoder with noise, whose codes need not follow the prior.",
    ko="인코더의 기울기에 KL이 빠졌습니다. mu와 logvar가 z를 거쳐 온 기울기만 받습니다. 이렇게 하면 노이즈가 섞인 오토인코더가 되어 코드가 사전 분포를 따르지 않습니다.",
)
def kl_not_in_encoder(x, params, eps):
    return backward(x, params, eps, kl=0)


@misconception(
    "vae_grads",
    en="You drew your own noise. Use the eps that is given, in the forward and in the backward pass: fresh noise "
    "makes another z, and a result that nobody can reproduce.",
    ko="노이즈를 새로 뽑았습니다. 순전파와 역전파 모두 주어진 eps를 쓰세요. 노이즈를 새로 뽑으면 z가 달라지고 결과를 재현할 수 없습니다.",
)
def noise_drawn_inside(x, params, eps):
    return backward(x, params, noise_like(eps))


@misconception(
    "vae_grads",
    en="Your backward pass uses other noise than the forward pass: dlogvar must contain the eps with which this z "
    "was made.",
    ko="역전파에서 순전파와 다른 노이즈를 썼습니다. dlogvar에는 지금의 z를 만든 바로 그 eps가 들어가야 합니다.",
)
def other_noise_on_the_way_back(x, params, eps):
    return backward(x, params, eps, noise=noise_like(eps))


@misconception(
    "vae_grads",
    en="logvar gets the gradient of the KL only. z depends on logvar through sigma, so the reconstruction "
    "contributes as well.",
    ko="logvar가 KL의 기울기만 받고 있습니다. z는 sigma를 통해 logvar에 의존하므로 재구성 항에서도 기울기가 와야 합니다.",
)
def width_without_reconstruction(x, params, eps):
    return backward(x, params, eps, width_road=0)


@misconception(
    "vae_grads",
    en="On the way from z to logvar the factor 1/2 is missing: sigma is exp(logvar / 2).",
    ko="z에서 logvar로 가는 길에 1/2이 빠졌습니다. sigma는 exp(logvar / 2)입니다.",
)
def width_without_half(x, params, eps):
    return backward(x, params, eps, width_road=1)


@misconception(
    "vae_grads",
    en="Your gradients belong to the sum over the batch; the loss is the mean, so each of them carries a factor 1/N.",
    ko="기울기가 배치 합에 대한 것입니다. 손실은 배치 평균이므로 기울기마다 1/N이 곱해져야 합니다.",
)
def summed_over_batch(x, params, eps):
    return backward(x, params, eps, mean=False)


@misconception(
    "vae_grads",
    en="The derivative of tanh is missing in both hidden layers: a delta must be multiplied by 1 - h^2 before it "
    "goes on.",
    ko="두 은닉층에서 tanh의 미분이 빠졌습니다. 델타를 더 뒤로 보내기 전에 1 - h^2을 곱해야 합니다.",
    evidence="E18",
)
def tanh_not_differentiated(x, params, eps):
    return backward(x, params, eps, tanh=False)


@misconception(
    "vae_grads",
    en="All your gradients have the opposite sign: they belong to the ELBO. Descent needs the gradients of the "
    "loss, -ELBO.",
    ko="모든 기울기의 부호가 반대입니다. 이것은 ELBO의 기울기입니다. 경사 하강법에는 손실 -ELBO의 기울기가 필요합니다.",
)
def gradients_of_the_elbo(x, params, eps):
    loss, grads = backward(x, params, eps)
    return loss, {name: -value for name, value in grads.items()}


# -- 7 ---------------------------------------------------------------------------------------------------------------


def log_normal(x, mean, var):
    return -0.5 * (torch.log(2 * math.pi * var) + (x - mean) ** 2 / var)


def gauss_kl(m, v, m0, v0):
    """KL( N(m, v) || N(m0, v0) )."""
    return 0.5 * (torch.log(v0 / v) + (v + (m - m0) ** 2) / v0 - 1)


def three_parts(x, a, s2, m, v):
    """The right answer, and mean and variance of the posterior."""
    total = a**2 + s2
    m_post, v_post = a * x / total, s2 / total
    bound = log_normal(x, a * m, s2) - 0.5 * a**2 * v / s2 - gauss_kl(m, v, torch.zeros_like(m), torch.ones_like(v))
    return log_normal(x, torch.zeros_like(x), total), bound, gauss_kl(m, v, m_post, v_post), m_post, v_post


@misconception(
    "lin_gauss_check",
    en="Your gap is ELBO - log p(x), which is negative. The evidence lies above the bound, so the gap is the other "
    "difference; a KL is never below zero.",
    ko="간격을 ELBO - log p(x)로 구해 음수가 되었습니다. 증거는 하한보다 위에 있으므로 반대로 빼야 하며, KL은 0보다 작을 수 없습니다.",
)
def gap_negative(x, a, s2, m, v):
    logpx, bound, gap, _, _ = three_parts(x, a, s2, m, v)
    return logpx, bound, -gap


@misconception(
    "lin_gauss_check",
    en="You computed KL(posterior || q). The KL is not symmetric: the gap is the mean over q of log q - log p(z|x), "
    "so q stands first.",
    ko="KL(사후 분포 || q)를 구했습니다. KL은 대칭이 아닙니다. 간격은 log q - log p(z|x)를 q에 대해 평균한 값이므로 q가 앞에 와야 합니다.",
    evidence="E26",
)
def gap_arguments_reversed(x, a, s2, m, v):
    logpx, bound, _, m_post, v_post = three_parts(x, a, s2, m, v)
    return logpx, bound, gauss_kl(m_post, v_post, m, v)


@misconception(
    "lin_gauss_check",
    en="In the ELBO you subtracted KL(prior || q). The mean is taken over q, so it is KL(q || prior), as in Task 3.",
    ko="ELBO에서 KL(사전 분포 || q)를 뺐습니다. 평균을 q에 대해 취하므로 3번 문제와 같이 KL(q || 사전 분포)여야 합니다.",
    evidence="E26",
)
def prior_kl_reversed(x, a, s2, m, v):
    logpx, bound, gap, _, _ = three_parts(x, a, s2, m, v)
    zero, one = torch.zeros_like(m), torch.ones_like(v)
    return logpx, bound + gauss_kl(m, v, zero, one) - gauss_kl(zero, one, m, v), gap


@misconception(
    "lin_gauss_check",
    en="You squared s2 as if it were the standard deviation of the noise. It is the variance already.",
    ko="s2를 노이즈의 표준편차로 보고 제곱했습니다. s2는 이미 분산입니다.",
)
def noise_variance_squared(x, a, s2, m, v):
    return three_parts(x, a, s2**2, m, v)[:3]


@misconception(
    "lin_gauss_check",
    en="You squared v as if it were the standard deviation of q. It is the variance already.",
    ko="v를 q의 표준편차로 보고 제곱했습니다. v는 이미 분산입니다.",
)
def proposal_variance_squared(x, a, s2, m, v):
    return three_parts(x, a, s2, m, v**2)[:3]


@misconception(
    "lin_gauss_check",
    en="In log p(x) you used the variance s2 alone. x varies for two reasons, the noise and z itself, and z comes "
    "in stretched by a.",
    ko="log p(x)의 분산으로 s2만 썼습니다. x가 흩어지는 까닭은 두 가지, 즉 노이즈와 z이고, z는 a배가 되어 들어옵니다.",
)
def evidence_without_latent_spread(x, a, s2, m, v):
    _, bound, gap, _, _ = three_parts(x, a, s2, m, v)
    return log_normal(x, torch.zeros_like(x), s2), bound, gap


@misconception(
    "lin_gauss_check",
    en="In log p(x) z adds to the variance with a instead of a^2. A factor in front of a random variable enters its "
    "variance squared.",
    ko="log p(x)의 분산에 a^2이 아니라 a를 더했습니다. 확률변수에 곱해진 상수는 분산에 제곱으로 들어갑니다.",
)
def slope_not_squared(x, a, s2, m, v):
    _, bound, gap, _, _ = three_parts(x, a, s2, m, v)
    return log_normal(x, torch.zeros_like(x), a.abs() + s2), bound, gap


@misconception(
    "lin_gauss_check",
    en="In the ELBO you put the mean m of q into log p(x|z) in place of z. The expected squared error also has the "
    "part a^2 v, from the spread of q.",
    ko="ELBO를 구할 때 log p(x|z)의 z 자리에 q의 평균 m만 넣었습니다. 제곱 오차의 기댓값에는 q의 분산에서 오는 a^2 v도 있습니다.",
)
def spread_of_q_forgotten(x, a, s2, m, v):
    logpx, bound, gap, _, _ = three_parts(x, a, s2, m, v)
    return logpx, bound + 0.5 * a**2 * v / s2, gap


@misconception(
    "lin_gauss_check",
    en="Your gap is the KL from q to the prior. That term is already in the ELBO; the gap compares q with the "
    "posterior p(z|x), which depends on x.",
    ko="간격으로 q와 사전 분포 사이의 KL을 구했습니다. 이 항은 이미 ELBO에 들어 있습니다. 간격은 q를 x에 따라 달라지는 사후 분포 p(z|x)와 비교한 값입니다.",
)
def gap_to_the_prior(x, a, s2, m, v):
    logpx, bound, _, _, _ = three_parts(x, a, s2, m, v)
    return logpx, bound, gauss_kl(m, v, torch.zeros_like(m), torch.ones_like(v))


# -- 8 ---------------------------------------------------------------------------------------------------------------


@misconception(
    "generate",
    en="You returned the logits of the decoder. An image consists of the means of the pixels, between 0 and 1.",
    ko="디코더의 로짓을 그대로 돌려주었습니다. 이미지는 각 픽셀의 평균이므로 0과 1 사이의 값이어야 합니다.",
)
def logits_returned(dec, z):
    out = dec(z.reshape(-1, z.shape[-1]))
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You added noise to the image. The decoder's distribution has a mean, and this mean is what is asked for: "
    "independent noise on every pixel only makes the picture dirty.",
    ko="이미지에 노이즈를 더했습니다. 여기서 구하는 것은 디코더가 나타내는 분포의 평균입니다. 픽셀마다 독립인 노이즈는 그림을 지저분하게 만들 뿐입니다.",
)
def noise_on_the_image(dec, z):
    out = dec(z.reshape(-1, z.shape[-1]))
    mean = torch.sigmoid(out).reshape(*z.shape[:-1], out.shape[-1])
    return mean + 0.1 * noise_like(mean)


@misconception(
    "generate",
    en="You moved the codes by noise once more before decoding. Sampling around mu(x) belongs to the encoder; the z "
    "given here is the sample already.",
    ko="디코더에 넣기 전에 코드에 노이즈를 다시 더했습니다. mu(x) 주위에서 샘플을 뽑는 것은 인코더 쪽의 일이고, 여기에 주어진 z는 이미 뽑은 샘플입니다.",
)
def noise_on_the_codes(dec, z):
    flat = z.reshape(-1, z.shape[-1])
    out = dec(flat + noise_like(flat))
    return torch.sigmoid(out).reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You rounded the pixels to 0 and 1. The mean of p(x|z) is asked for, with all its shades of grey.",
    ko="픽셀을 0과 1로 반올림했습니다. 구해야 하는 것은 중간 밝기까지 그대로 나타나는 p(x|z)의 평균입니다.",
)
def pixels_rounded(dec, z):
    out = dec(z.reshape(-1, z.shape[-1]))
    return (out > 0).to(out.dtype).reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "traverse",
    en="You wrote the value into every coordinate. Only coordinate dim moves; all others keep what z has there.",
    ko="모든 좌표에 값을 넣었습니다. 움직이는 것은 dim번 좌표뿐이고 나머지는 z의 값을 유지해야 합니다.",
)
def every_coordinate_moved(z, dim, vals):
    return vals[:, None].expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()


@misconception(
    "traverse",
    en="You added the value to the coordinate. It should be replaced: the walk visits the positions in vals, "
    "wherever z is.",
    ko="좌표에 값을 더했습니다. 더하는 것이 아니라 바꾸어야 합니다. z가 어디에 있든 vals에 적힌 위치를 차례로 지나갑니다.",
)
def value_added(z, dim, vals):
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., dim] = codes[..., dim] + vals
    return codes


@misconception(
    "traverse",
    en="You wrote into z itself and collected the same tensor again and again: all rows show the last value, and "
    "the caller's z is changed. Make a copy before you write.",
    ko="z 자체에 값을 쓰면서 같은 텐서를 반복해서 담았습니다. 그래서 모든 행이 마지막 값이 되고, 호출한 쪽의 z도 바뀝니다. 값을 쓰기 전에 복사하세요.",
)
def z_overwritten(z, dim, vals):
    rows = []
    for value in vals:
        z[..., dim] = value
        rows.append(z)
    return torch.stack(rows, dim=-2) if rows else z.new_zeros(*z.shape[:-1], 0, z.shape[-1])


@misconception(
    "traverse",
    en="You put the new axis first. It belongs right before the last one: for every code its own walk, (..., V, L).",
    ko="새 축을 맨 앞에 두었습니다. 마지막 축 바로 앞에 두어 코드마다 자기 경로를 갖게 해야 합니다: (..., V, L).",
)
def values_first(z, dim, vals):
    codes = z.unsqueeze(0).expand(vals.shape[0], *z.shape).clone()
    codes[..., dim] = vals.reshape(-1, *[1] * (z.dim() - 1))
    return codes


@misconception(
    "traverse",
    en="The other coordinates are zero in your codes. A traversal starts at z and keeps everything but one coordinate.",
    ko="나머지 좌표가 0이 되었습니다. 훑기는 z에서 출발하며, 좌표 하나를 뺀 나머지는 z의 값을 유지합니다.",
)
def other_coordinates_zero(z, dim, vals):
    codes = z.new_zeros(*z.shape[:-1], vals.shape[0], z.shape[-1])
    codes[..., dim] = vals
    return codes


# -- slips from answers that students wrote with the notebook alone ---------------------------------------------------


@misconception(
    "enc_head",
    en="You apply a ReLU to h before the heads. h is ready: both heads are linear layers of it.",
    ko="두 헤드 앞에서 h에 ReLU를 적용했습니다. h는 이미 완성된 값이며 두 헤드는 h의 선형층입니다.",
)
def relu_before_the_heads(h, Wm, bm, Wv, bv):
    h = torch.relu(h)
    return h @ Wm + bm, h @ Wv + bv


@misconception(
    "reparam",
    en="You scale the mean as well: (mu + eps)·sigma. Only the noise is multiplied by sigma, and mu is added.",
    ko="평균까지 sigma를 곱했습니다: (mu + eps)·sigma. sigma는 잡음에만 곱하고 mu는 더하세요.",
)
def mean_scaled_with_the_noise(mu, logvar, eps):
    return (mu + eps) * torch.exp(0.5 * logvar)


@misconception(
    "kl_std_normal",
    en="You computed KL(N(0, I) || q), the reverse. The KL is not symmetric: q comes first.",
    ko="반대 방향인 KL(N(0, I) || q)를 계산했습니다. KL은 대칭이 아니며 q가 앞에 옵니다.",
)
def kl_the_other_way_round(mu, logvar):
    N = mu.shape[0]
    iv = torch.exp(-logvar)
    loss = 0.5 * ((1 + mu**2) * iv - 1 + logvar).sum() / N
    return loss, mu * iv / N, 0.5 * (1 - (1 + mu**2) * iv) / N


@misconception(
    "recon",
    en="The term −log sigma is missing from the Gaussian. It keeps a wide density from being free.",
    ko="가우시안에서 −log sigma 항이 빠졌습니다. 이 항이 있어야 넓은 분포가 공짜가 되지 않습니다.",
)
def log_sigma_dropped(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out)
    else:
        ll = -((x - out) ** 2) / (2 * sigma**2) - 0.5 * math.log(2 * math.pi)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="The constant of the Gaussian is added once for an image. Every pixel has a density of its own, so it stands in each element's term.",
    ko="가우시안의 상수를 이미지마다 한 번만 더했습니다. 픽셀마다 밀도가 있으므로 원소마다 들어가야 합니다.",
)
def constant_added_once(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return (x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out)).sum() / x.shape[0]
    return -((x - out) ** 2).sum() / (2 * sigma**2) / x.shape[0] - math.log(sigma) - 0.5 * math.log(2 * math.pi)


@misconception(
    "recon",
    en="You take x·log p alone. The black pixels have a term, too: (1 − x)·log(1 − p).",
    ko="x·log p만 계산했습니다. 검은 픽셀의 항 (1 − x)·log(1 − p)도 있어야 합니다.",
)
def only_the_white_pixels(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        ll = x * F.logsigmoid(out)
    else:
        ll = -((x - out) ** 2) / (2 * sigma**2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="log(2 pi) lost its factor 1/2. The normalising constant is a root: −½·log(2 pi).",
    ko="log(2 pi)의 1/2이 빠졌습니다. 정규화 상수는 제곱근이므로 −½·log(2 pi)입니다.",
)
def two_pi_without_half(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out)
    else:
        ll = -((x - out) ** 2) / (2 * sigma**2) - math.log(sigma) - math.log(2 * math.pi)
    return ll.sum() / x.shape[0]


@misconception(
    "elbo",
    en="The KL is divided by N once more. It already is a mean over the batch.",
    ko="KL을 N으로 한 번 더 나누었습니다. 이미 배치 평균입니다.",
)
def kl_divided_again(x, mu, logvar, out):
    bound = recon("bernoulli", x, out) - kl_std_normal(mu, logvar)[0] / x.shape[0]
    return bound, -bound


@misconception(
    "elbo",
    en="You sum the reconstruction over axis 1 only. Images may have more axes: everything but the batch is summed.",
    ko="재구성 항을 1번 축으로만 더했습니다. 이미지는 축이 더 있을 수 있으니 배치를 뺀 모든 축을 더하세요.",
)
def only_one_axis_summed(x, mu, logvar, out):
    ll = (x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out)).sum(dim=1).mean()
    bound = ll - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "vae_grads",
    en="On its way to W1 the gradient skips the tanh of the encoder: the factor 1 − h² is missing.",
    ko="W1로 가는 길에 인코더의 tanh를 건너뛰어 인수 1 − h²가 빠졌습니다.",
)
def encoder_tanh_skipped(x, params, eps):
    f = vae_forward(x, params, eps)
    mu, logvar, h, z, g, out = (f[k] for k in ("mu", "logvar", "h", "z", "g", "out"))
    N = x.shape[0]
    rec = (F.softplus(out) - x * out).sum() / N
    kl = 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / N
    loss = rec + kl
    dout = (torch.sigmoid(out) - x) / N
    dg = (dout @ params["W3"].T) * (1 - g**2)
    dz = dg @ params["W2"].T
    dmu = dz + mu / N
    dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) * eps + 0.5 * (torch.exp(logvar) - 1) / N
    dh = dmu @ params["Wm"].T + dlogvar @ params["Wv"].T
    grads = {
        "W1": x.T @ dh,
        "b1": dh.sum(0),
        "Wm": h.T @ dmu,
        "bm": dmu.sum(0),
        "Wv": h.T @ dlogvar,
        "bv": dlogvar.sum(0),
        "W2": z.T @ dg,
        "b2": dg.sum(0),
        "W3": g.T @ dout,
        "b3": dout.sum(0),
    }
    return loss, grads


@misconception(
    "vae_grads",
    en="The gradient of the logvar head does not go back into h. Both heads read h, so both of their gradients add up there.",
    ko="logvar 헤드의 기울기가 h로 돌아가지 않습니다. 두 헤드가 모두 h를 읽으므로 h에서 두 기울기를 더해야 합니다.",
)
def width_not_in_encoder(x, params, eps):
    f = vae_forward(x, params, eps)
    mu, logvar, h, z, g, out = (f[k] for k in ("mu", "logvar", "h", "z", "g", "out"))
    N = x.shape[0]
    rec = (F.softplus(out) - x * out).sum() / N
    kl = 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / N
    loss = rec + kl
    dout = (torch.sigmoid(out) - x) / N
    dg = (dout @ params["W3"].T) * (1 - g**2)
    dz = dg @ params["W2"].T
    dmu = dz + mu / N
    dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) * eps + 0.5 * (torch.exp(logvar) - 1) / N
    dh = (dmu @ params["Wm"].T) * (1 - h**2)
    grads = {
        "W1": x.T @ dh,
        "b1": dh.sum(0),
        "Wm": h.T @ dmu,
        "bm": dmu.sum(0),
        "Wv": h.T @ dlogvar,
        "bv": dlogvar.sum(0),
        "W2": z.T @ dg,
        "b2": dg.sum(0),
        "W3": g.T @ dout,
        "b3": dout.sum(0),
    }
    return loss, grads


@misconception(
    "vae_grads",
    en="eps is forgotten in the gradient by logvar. z = mu + sigma·eps, so sigma's derivative is eps.",
    ko="logvar의 기울기에서 eps가 빠졌습니다. z = mu + sigma·eps이므로 sigma로 미분하면 eps입니다.",
)
def noise_not_in_dlogvar(x, params, eps):
    f = vae_forward(x, params, eps)
    mu, logvar, h, z, g, out = (f[k] for k in ("mu", "logvar", "h", "z", "g", "out"))
    N = x.shape[0]
    rec = (F.softplus(out) - x * out).sum() / N
    kl = 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / N
    loss = rec + kl
    dout = (torch.sigmoid(out) - x) / N
    dg = (dout @ params["W3"].T) * (1 - g**2)
    dz = dg @ params["W2"].T
    dmu = dz + mu / N
    dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) + 0.5 * (torch.exp(logvar) - 1) / N
    dh = (dmu @ params["Wm"].T + dlogvar @ params["Wv"].T) * (1 - h**2)
    grads = {
        "W1": x.T @ dh,
        "b1": dh.sum(0),
        "Wm": h.T @ dmu,
        "bm": dmu.sum(0),
        "Wv": h.T @ dlogvar,
        "bv": dlogvar.sum(0),
        "W2": z.T @ dg,
        "b2": dg.sum(0),
        "W3": g.T @ dout,
        "b3": dout.sum(0),
    }
    return loss, grads


@misconception(
    "vae_grads",
    en="The gradient of W2 uses mu as the decoder's input. What went in was z.",
    ko="W2의 기울기에 디코더 입력으로 mu를 썼습니다. 실제로 들어간 것은 z입니다.",
)
def decoder_fed_with_the_mean(x, params, eps):
    f = vae_forward(x, params, eps)
    mu, logvar, h, _z, g, out = (f[k] for k in ("mu", "logvar", "h", "z", "g", "out"))
    N = x.shape[0]
    rec = (F.softplus(out) - x * out).sum() / N
    kl = 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / N
    loss = rec + kl
    dout = (torch.sigmoid(out) - x) / N
    dg = (dout @ params["W3"].T) * (1 - g**2)
    dz = dg @ params["W2"].T
    dmu = dz + mu / N
    dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) * eps + 0.5 * (torch.exp(logvar) - 1) / N
    dh = (dmu @ params["Wm"].T + dlogvar @ params["Wv"].T) * (1 - h**2)
    grads = {
        "W1": x.T @ dh,
        "b1": dh.sum(0),
        "Wm": h.T @ dmu,
        "bm": dmu.sum(0),
        "Wv": h.T @ dlogvar,
        "bv": dlogvar.sum(0),
        "W2": mu.T @ dg,
        "b2": dg.sum(0),
        "W3": g.T @ dout,
        "b3": dout.sum(0),
    }
    return loss, grads


@misconception(
    "vae_grads",
    en="Your loss subtracts the KL. The loss is −ELBO: reconstruction loss plus KL.",
    ko="손실에서 KL을 뺐습니다. 손실은 −ELBO, 곧 재구성 손실 더하기 KL입니다.",
)
def kl_subtracted_from_the_loss(x, params, eps):
    f = vae_forward(x, params, eps)
    mu, logvar, h, z, g, out = (f[k] for k in ("mu", "logvar", "h", "z", "g", "out"))
    N = x.shape[0]
    rec = (F.softplus(out) - x * out).sum() / N
    kl = 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum() / N
    loss = rec - kl
    dout = (torch.sigmoid(out) - x) / N
    dg = (dout @ params["W3"].T) * (1 - g**2)
    dz = dg @ params["W2"].T
    dmu = dz + mu / N
    dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) * eps + 0.5 * (torch.exp(logvar) - 1) / N
    dh = (dmu @ params["Wm"].T + dlogvar @ params["Wv"].T) * (1 - h**2)
    grads = {
        "W1": x.T @ dh,
        "b1": dh.sum(0),
        "Wm": h.T @ dmu,
        "bm": dmu.sum(0),
        "Wv": h.T @ dlogvar,
        "bv": dlogvar.sum(0),
        "W2": z.T @ dg,
        "b2": dg.sum(0),
        "W3": g.T @ dout,
        "b3": dout.sum(0),
    }
    return loss, grads


@misconception(
    "lin_gauss_check",
    en="The KL is added in the bound. It is subtracted, or the bound would lie above the evidence.",
    ko="하한에 KL을 더했습니다. 빼야 합니다. 그러지 않으면 하한이 로그 증거보다 커집니다.",
)
def kl_added_to_the_bound(x, a, s2, m, v):
    c = math.log(2 * math.pi)
    V = a**2 + s2
    logpx = -0.5 * (c + torch.log(V) + x**2 / V)
    rec = -0.5 * (c + torch.log(s2) + ((x - a * m) ** 2 + a**2 * v) / s2)
    kl = 0.5 * (m**2 + v - 1 - torch.log(v))
    elbo = rec + kl
    ms, vs = a * x / V, s2 / V
    gap = 0.5 * (torch.log(vs / v) + (v + (m - ms) ** 2) / vs - 1)
    return logpx, elbo, gap


@misconception(
    "lin_gauss_check",
    en="You take v for a standard deviation in the KL and square it. v is already the variance.",
    ko="KL에서 v를 표준편차로 보고 제곱했습니다. v는 이미 분산입니다.",
)
def variance_taken_for_sigma(x, a, s2, m, v):
    c = math.log(2 * math.pi)
    V = a**2 + s2
    logpx = -0.5 * (c + torch.log(V) + x**2 / V)
    rec = -0.5 * (c + torch.log(s2) + ((x - a * m) ** 2 + a**2 * v) / s2)
    kl = 0.5 * (m**2 + v**2 - 1 - torch.log(v**2))
    elbo = rec - kl
    ms, vs = a * x / V, s2 / V
    gap = 0.5 * (torch.log(vs / v) + (v + (m - ms) ** 2) / vs - 1)
    return logpx, elbo, gap


@misconception(
    "generate",
    en="You apply a softmax over the pixels, so that an image adds up to 1. Each pixel has its own sigmoid.",
    ko="픽셀 전체에 softmax를 적용해 이미지의 합이 1이 되었습니다. 픽셀마다 sigmoid를 적용하세요.",
)
def softmax_over_the_pixels(dec, z):
    flat = z.reshape(-1, z.shape[-1])
    out = torch.softmax(dec(flat), dim=-1)
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You clip the probabilities away from 0 and 1. The means are returned as they are.",
    ko="확률을 0과 1에서 떨어지도록 잘라 냈습니다(clip). 평균값을 그대로 돌려주세요.",
)
def probabilities_clipped(dec, z):
    flat = z.reshape(-1, z.shape[-1])
    out = torch.sigmoid(dec(flat)).clamp(0.01, 0.99)
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "recon",
    en="You round the pixels x to 0 and 1 first. Grey values enter the formula as they are.",
    ko="픽셀 x를 먼저 0과 1로 반올림했습니다. 회색 값도 그대로 식에 넣으세요.",
)
def pixels_binarised(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        t = (x > 0.5).to(x.dtype)
        ll = t * F.logsigmoid(out) + (1 - t) * F.logsigmoid(-out)
    else:
        ll = -((x - out) ** 2) / (2 * sigma**2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You apply a sigmoid to the means of the Gaussian. `out` is already the mean there; the sigmoid belongs to the Bernoulli.",
    ko="가우시안의 평균에 sigmoid를 적용했습니다. 가우시안에서는 out이 곧 평균이며, sigmoid는 베르누이에만 씁니다.",
)
def sigmoid_for_the_gaussian(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out)
    else:
        ll = -((x - torch.sigmoid(out)) ** 2) / (2 * sigma**2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return ll.sum() / x.shape[0]


@misconception(
    "reparam",
    en="You clamp logvar. That changes the samples of narrow and wide distributions; the formula needs no clamp.",
    ko="logvar를 잘라 냈습니다(clamp). 아주 좁거나 넓은 분포에서 값이 달라지며, 식에는 clamp가 없습니다.",
)
def logvar_clamped(mu, logvar, eps):
    return mu + torch.exp(0.5 * logvar.clamp(-10, 10)) * eps


@misconception(
    "reparam_bwd",
    en="Your dlogvar is the gradient with respect to sigma. The chain rule goes on from sigma to logvar: sigma = exp(logvar / 2) has a derivative of its own.",
    ko="dlogvar가 sigma에 대한 기울기입니다. sigma = exp(logvar / 2)이므로 연쇄 법칙으로 sigma에서 logvar까지 한 단계 더 가야 합니다.",
)
def gradient_by_sigma(dout, mu, logvar, eps):
    return dout.clone(), dout * eps


@misconception(
    "reparam_bwd",
    en="Your dlogvar is the gradient with respect to the variance. The chain rule goes on from the variance to its logarithm.",
    ko="dlogvar가 분산에 대한 기울기입니다. 연쇄 법칙으로 분산에서 로그 분산까지 한 단계 더 가야 합니다.",
)
def gradient_by_variance(dout, mu, logvar, eps):
    return dout.clone(), 0.5 * dout * eps * torch.exp(-0.5 * logvar)


@misconception(
    "kl_std_normal",
    en="You use the standard deviation, exp(logvar / 2), where the variance exp(logvar) belongs.",
    ko="분산 exp(logvar)가 들어갈 자리에 표준편차 exp(logvar / 2)를 썼습니다.",
)
def sigma_for_variance(mu, logvar):
    n, sigma = len(mu), torch.exp(0.5 * logvar)
    return 0.5 * (sigma + mu**2 - 1 - logvar).sum() / n, mu / n, 0.5 * (sigma - 1) / n


@misconception(
    "kl_std_normal",
    en="mu is not squared in your loss. The KL grows with the square of the distance from 0, in both directions.",
    ko="손실에서 mu를 제곱하지 않았습니다. KL은 0에서 떨어진 거리의 제곱에 따라 양쪽으로 똑같이 커집니다.",
)
def mean_not_squared(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (var + mu - 1 - logvar).sum() / n, mu / n, 0.5 * (var - 1) / n


@misconception(
    "recon",
    en="In the Gaussian exponent sigma is not squared: the squared distance is divided by the variance, sigma².",
    ko="가우시안의 지수에서 sigma를 제곱하지 않았습니다. 거리의 제곱은 분산 sigma²로 나누어야 합니다.",
)
def sigma_not_squared(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return (x * out - F.softplus(out)).flatten(1).sum(dim=1).mean()
    return (-0.5 * (x - out) ** 2 / sigma - math.log(sigma) - 0.5 * math.log(2 * math.pi)).flatten(1).sum(dim=1).mean()


@misconception(
    "recon",
    en="The factor 1/2 in the Gaussian exponent is missing: it is −(x − out)² / (2 sigma²).",
    ko="가우시안의 지수에서 1/2이 빠졌습니다. 지수는 −(x − out)² / (2 sigma²)입니다.",
)
def half_of_the_square_left_out(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        return (x * out - F.softplus(out)).flatten(1).sum(dim=1).mean()
    log_p = -(((x - out) / sigma) ** 2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return log_p.flatten(1).sum(dim=1).mean()


@misconception(
    "elbo",
    en="The KL lacks its factor 1/2.",
    ko="KL에서 1/2이 빠졌습니다.",
)
def kl_without_the_half(x, mu, logvar, out):
    kl = (torch.exp(logvar) + mu**2 - 1 - logvar).sum(dim=1).mean()
    bound = (x * out - F.softplus(out)).flatten(1).sum(dim=1).mean() - kl
    return bound, -bound


@misconception(
    "elbo",
    en="The KL is summed over the batch while the reconstruction is averaged. Both terms are means over the batch.",
    ko="재구성 항은 평균인데 KL은 배치에 대해 합했습니다. 두 항 모두 배치에 대한 평균이어야 합니다.",
)
def kl_summed_over_the_batch(x, mu, logvar, out):
    kl = 0.5 * (torch.exp(logvar) + mu**2 - 1 - logvar).sum()
    bound = (x * out - F.softplus(out)).flatten(1).sum(dim=1).mean() - kl
    return bound, -bound


@misconception(
    "elbo",
    en="You take out for probabilities. They are logits: p = sigmoid(out).",
    ko="out을 확률로 다루었습니다. out은 로짓이며 p = sigmoid(out)입니다.",
)
def logits_taken_for_probabilities(x, mu, logvar, out):
    p = out.clamp(1e-6, 1 - 1e-6)
    rec = (x * torch.log(p) + (1 - x) * torch.log(1 - p)).flatten(1).sum(dim=1).mean()
    bound = rec - 0.5 * (torch.exp(logvar) + mu**2 - 1 - logvar).sum(dim=1).mean()
    return bound, -bound


@misconception(
    "elbo",
    en="The KL is missing: your bound is the reconstruction alone.",
    ko="KL이 빠졌습니다. 하한이 재구성 항뿐입니다.",
)
def kl_left_out(x, mu, logvar, out):
    bound = (x * out - F.softplus(out)).flatten(1).sum(dim=1).mean()
    return bound, -bound


# -- what further answers showed, and its siblings -------------------------------------------------------------------


def _back(x, params, eps, **slip):
    """vae_grads with one slip: a name and what stands in the place of the right thing."""
    f = vae_forward(x, params, eps)
    N, sigma = x.shape[0], torch.exp(0.5 * f["logvar"])
    loss = slip.get("loss", lambda f: elbo(x, f["mu"], f["logvar"], f["out"])[1])(f)
    dout = slip.get("dout", lambda f: (torch.sigmoid(f["out"]) - x) / N)(f)
    da2 = (dout @ params["W3"].T) * slip.get("slope2", lambda g: 1 - g**2)(f["g"])
    dz = da2 @ params["W2"].T
    dmu = slip.get("mu", lambda dz, f: dz + f["mu"] / N)(dz, f)
    dlogvar = slip.get("width", lambda dz, f: 0.5 * dz * sigma * eps)(dz, f)
    dlogvar = dlogvar + slip.get("kl_width", lambda f: 0.5 * (torch.exp(f["logvar"]) - 1) / N)(f)
    dh = slip.get("heads", lambda m, v: m @ params["Wm"].T + v @ params["Wv"].T)(dmu, dlogvar)
    da1 = dh * slip.get("slope1", lambda h: 1 - h**2)(f["h"])
    bias = slip.get("bias", lambda d: d.sum(dim=0))
    grads = {}
    for name, inputs, delta in (
        ("1", x, da1),
        ("m", f["h"], dmu),
        ("v", f["h"], dlogvar),
        ("2", f["z"], da2),
        ("3", f["g"], dout),
    ):
        grads["W" + name], grads["b" + name] = inputs.T @ delta, bias(delta)
    return loss, grads


def _pixels(x, out, sigma):
    """The log-densities of the Gaussian decoder."""
    return -0.5 * ((x - out) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


def _line(x, a, s2, m, v, **slip):
    """lin_gauss_check with one slip."""
    V = slip.get("V", a**2 + s2)
    logpx = slip.get("logpx", -0.5 * (torch.log(2 * math.pi * V) + x**2 / V))
    fit = slip.get("fit", -0.5 * (torch.log(2 * math.pi * s2) + ((x - a * m) ** 2 + a**2 * v) / s2))
    bound = fit - slip.get("kl", 0.5 * (m**2 + v - 1 - torch.log(v)))
    ms, vs = slip.get("ms", a * x / V), slip.get("vs", s2 / V)
    gap = slip.get("gap", lambda ms, vs: 0.5 * (torch.log(vs / v) + (v + (m - ms) ** 2) / vs - 1))(ms, vs)
    return logpx, bound, gap


@misconception(
    "enc_head",
    en="You exchanged the biases: the mean got bv, the log-variance bm. Each head has the bias of its own weights.",
    ko="편향을 서로 바꾸어 더했습니다. 평균에 bv가, 로그 분산에 bm이 들어갔습니다. 각 출력은 자기 가중치와 짝이 되는 편향을 씁니다.",
)
def biases_exchanged(h, Wm, bm, Wv, bv):
    return h @ Wm + bv, h @ Wv + bm


@misconception(
    "enc_head",
    en="Your second head uses the bias bm of the mean. It has a bias of its own, bv.",
    ko="두 번째 출력에 평균의 편향 bm을 더했습니다. 로그 분산에는 자기 편향 bv가 따로 있습니다.",
)
def one_bias_for_both(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, h @ Wv + bm


@misconception(
    "enc_head",
    en="You apply a tanh to h before the heads. h has been through its activation already: both heads are linear layers of it.",
    ko="h에 tanh를 적용한 뒤 두 출력을 계산했습니다. h는 이미 활성화 함수를 거친 값이므로 두 출력 모두 h의 선형층이면 됩니다.",
)
def tanh_before_the_heads(h, Wm, bm, Wv, bv):
    h = torch.tanh(h)
    return h @ Wm + bm, h @ Wv + bv


@misconception(
    "enc_head",
    en="Your mean passes through a tanh. The codes may lie anywhere on the line; a head has no activation.",
    ko="평균에 tanh를 적용했습니다. 코드는 어떤 실수여도 되므로 출력층에는 활성화 함수가 없습니다.",
)
def tanh_on_the_mean(h, Wm, bm, Wv, bv):
    return torch.tanh(h @ Wm + bm), h @ Wv + bv


@misconception(
    "enc_head",
    en="You made the second head positive with a ReLU. A log-variance below 0 means a variance below 1: such codes are as common as wide ones and must remain possible.",
    ko="두 번째 출력을 ReLU로 양수로 만들었습니다. 로그 분산이 음수라는 것은 분산이 1보다 작다는 뜻일 뿐이며, 이런 경우도 흔하므로 막으면 안 됩니다.",
)
def log_variance_without_sign(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, torch.relu(h @ Wv + bv)


@misconception(
    "enc_head",
    en="You took the absolute value of the second head. A variance is positive, but its logarithm may have either sign.",
    ko="두 번째 출력에 절댓값을 취했습니다. 분산은 양수여야 하지만 그 로그는 음수여도 됩니다.",
)
def absolute_log_variance(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, (h @ Wv + bv).abs()


@misconception(
    "enc_head",
    en="You took the logarithm of the second head. What the linear layer gives is meant to be the logarithm already; half of its values are negative, and their logarithm is NaN.",
    ko="두 번째 출력에 다시 로그를 취했습니다. 선형층의 출력을 이미 로그 분산으로 보는 것이며, 음수의 로그는 NaN이 됩니다.",
)
def logarithm_taken(h, Wm, bm, Wv, bv):
    return h @ Wm + bm, torch.log(h @ Wv + bv)


@misconception(
    "reparam",
    en="Your 1/2 stands before exp instead of inside: half of the variance is not its square root.",
    ko="1/2을 exp 안이 아니라 밖에 곱했습니다. 분산의 절반은 분산의 제곱근이 아닙니다.",
)
def half_outside_the_exponent(mu, logvar, eps):
    return mu + 0.5 * torch.exp(logvar) * eps


@misconception(
    "reparam",
    en="Your sigma is exp(2·logvar). A square root halves the logarithm, it does not double it.",
    ko="sigma를 exp(2·logvar)로 계산했습니다. 제곱근을 취하면 로그는 두 배가 아니라 절반이 됩니다.",
)
def sigma_doubled_exponent(mu, logvar, eps):
    return mu + torch.exp(2 * logvar) * eps


@misconception(
    "reparam",
    en="Your exponent has the wrong sign: exp(−logvar / 2) is 1 / sigma, so that wide distributions give narrow samples.",
    ko="지수의 부호가 반대입니다. exp(−logvar / 2)는 1 / sigma이므로 넓은 분포에서 오히려 좁게 흩어진 샘플이 나옵니다.",
)
def precision_root(mu, logvar, eps):
    return mu + torch.exp(-0.5 * logvar) * eps


@misconception(
    "reparam",
    en="You made sigma with a softplus. Here logvar is the logarithm of the variance, and only exp undoes a logarithm.",
    ko="softplus로 sigma를 만들었습니다. 여기서 logvar는 분산의 로그이므로 exp로 되돌려야 합니다.",
)
def softplus_as_sigma(mu, logvar, eps):
    return mu + F.softplus(logvar) * eps


@misconception(
    "reparam",
    en="You took the root of |logvar|. That avoids the NaN, but logvar is a logarithm, not a variance: undo the logarithm first.",
    ko="|logvar|의 제곱근을 구했습니다. NaN은 피했지만 logvar는 분산이 아니라 그 로그입니다. 먼저 로그를 되돌려야 합니다.",
)
def root_of_the_absolute(mu, logvar, eps):
    return mu + logvar.abs().sqrt() * eps


@misconception(
    "reparam",
    en="You returned the mean: logvar and eps do nothing. Without noise this is an ordinary autoencoder.",
    ko="평균만 돌려주었습니다. logvar와 eps가 쓰이지 않았고, 노이즈가 없으면 보통의 오토인코더가 됩니다.",
)
def noise_ignored(mu, logvar, eps):
    return mu + 0 * logvar * eps


@misconception(
    "reparam",
    en="You added the noise as it is. It has variance 1; sigma must stretch it to the variance that the encoder proposes.",
    ko="노이즈를 그대로 더했습니다. eps의 분산은 1이므로, 인코더가 정한 분산이 되도록 sigma를 곱해야 합니다.",
)
def noise_not_scaled(mu, logvar, eps):
    return mu + eps + 0 * logvar


@misconception(
    "reparam",
    en="sigma multiplies the mean and eps is added. It is the noise that is stretched; the mean only shifts.",
    ko="sigma를 평균에 곱하고 eps를 더했습니다. sigma를 곱해야 하는 것은 노이즈이고, 평균은 더하기만 합니다.",
)
def scaled_mean(mu, logvar, eps):
    return mu * torch.exp(0.5 * logvar) + eps


@misconception(
    "reparam_bwd",
    en="Your dmu is summed over the batch. Every image has a mean of its own: dmu has the shape of mu, (N, L).",
    ko="dmu를 배치에 대해 더했습니다. 이미지마다 평균이 따로 있으므로 dmu는 mu와 같은 모양 (N, L)이어야 합니다.",
)
def dmu_summed_over_batch(dout, mu, logvar, eps):
    return dout.sum(dim=0), 0.5 * dout * torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam_bwd",
    en="You summed over the batch, as for a bias. Here every image has its own mu and logvar, so the gradients have the shape (N, L).",
    ko="편향의 기울기처럼 배치에 대해 더했습니다. 여기서는 이미지마다 mu와 logvar가 따로 있으므로 기울기의 모양은 (N, L)입니다.",
)
def both_summed_over_batch(dout, mu, logvar, eps):
    return dout.sum(dim=0), (0.5 * dout * torch.exp(0.5 * logvar) * eps).sum(dim=0)


@misconception(
    "reparam_bwd",
    en="You multiplied dmu by sigma. When mu moves, z moves just as far, however wide the distribution is.",
    ko="dmu에 sigma를 곱했습니다. mu가 움직이면 분포의 폭과 관계없이 z도 꼭 그만큼 움직입니다.",
)
def dmu_scaled_with_sigma(dout, mu, logvar, eps):
    sigma = torch.exp(0.5 * logvar)
    return dout * sigma, 0.5 * dout * sigma * eps


@misconception(
    "reparam_bwd",
    en="Your dmu is the local derivative dz/dmu alone. By the chain rule it is multiplied by what arrives from above, dout.",
    ko="dmu가 국소 도함수 dz/dmu뿐입니다. 연쇄 법칙에 따라 위에서 내려온 기울기 dout을 곱해야 합니다.",
)
def dmu_is_one(dout, mu, logvar, eps):
    return torch.ones_like(mu), 0.5 * dout * torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam_bwd",
    en="dout is missing in dlogvar: you returned dz/dlogvar alone. The chain rule multiplies it by the gradient that arrives at z.",
    ko="dlogvar에 dout이 없습니다. dz/dlogvar만 돌려주었는데, 연쇄 법칙에 따라 z에 도착한 기울기를 곱해야 합니다.",
)
def dout_not_in_dlogvar(dout, mu, logvar, eps):
    return dout.clone(), 0.5 * torch.exp(0.5 * logvar) * eps


@misconception(
    "reparam_bwd",
    en="sigma is missing in dlogvar. The derivative of exp(logvar / 2) contains exp(logvar / 2) itself.",
    ko="dlogvar에서 sigma가 빠졌습니다. exp(logvar / 2)를 미분해도 exp(logvar / 2)가 그대로 남습니다.",
)
def sigma_left_out(dout, mu, logvar, eps):
    return dout.clone(), 0.5 * dout * eps


@misconception(
    "reparam_bwd",
    en="You put z itself into dlogvar. Only the part sigma·eps depends on logvar; mu has to be taken off.",
    ko="dlogvar에 z 전체를 넣었습니다. logvar에 의존하는 것은 sigma·eps뿐이므로 mu는 빠져야 합니다.",
)
def whole_z_in_dlogvar(dout, mu, logvar, eps):
    return dout.clone(), 0.5 * dout * (mu + torch.exp(0.5 * logvar) * eps)


@misconception(
    "reparam_bwd",
    en="You divided by N. If the loss is a mean, dout holds that factor already; this function only passes gradients on.",
    ko="N으로 나누었습니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있으며, 이 함수는 기울기를 전달하기만 합니다.",
)
def divided_by_the_batch(dout, mu, logvar, eps):
    return dout / len(dout), 0.5 * dout * torch.exp(0.5 * logvar) * eps / len(dout)


@misconception(
    "kl_std_normal",
    en="The −1 is missing in the loss. Without it the KL of N(0, I) to itself is not 0.",
    ko="손실에서 −1이 빠졌습니다. 그러면 N(0, I)와 자기 자신의 KL이 0이 되지 않습니다.",
)
def one_missing_everywhere(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - logvar).sum() / n, mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="The −1 is missing in dlogvar: it is the derivative of the term −logvar. At the prior itself the gradient must be 0.",
    ko="dlogvar에서 −1이 빠졌습니다. 이 −1은 −logvar 항의 도함수입니다. 사전 분포와 같을 때 기울기는 0이어야 합니다.",
)
def log_term_not_differentiated(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu / n, 0.5 * var / n


@misconception(
    "kl_std_normal",
    en="You subtract the 1 once for an image. Every latent dimension has its own −1, or the KL of the prior to itself is not 0.",
    ko="1을 이미지마다 한 번만 뺐습니다. 잠재 차원마다 −1이 하나씩 있어야 사전 분포끼리의 KL이 0이 됩니다.",
)
def one_subtracted_once(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * ((mu**2 + var - logvar).sum(dim=1) - 1).mean(), mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="The term −logvar is missing from your loss, so a distribution of width 0 would cost nothing: it is this term that keeps q from collapsing to a point.",
    ko="손실에서 −logvar 항이 빠졌습니다. 그러면 폭이 0인 분포도 손해를 보지 않습니다. q가 한 점으로 무너지지 않게 막는 것이 바로 이 항입니다.",
)
def entropy_missing(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1).sum() / n, mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="logvar has the wrong sign in your loss: it is subtracted, as the KL grows when q becomes very narrow.",
    ko="손실에서 logvar의 부호가 반대입니다. q가 아주 좁아지면 KL이 커져야 하므로 logvar는 빼야 합니다.",
)
def entropy_added(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 + logvar).sum() / n, mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="You took logvar for the variance and took its logarithm again. It is the logarithm of the variance already; negative values then give NaN.",
    ko="logvar를 분산으로 보고 다시 로그를 취했습니다. logvar는 이미 분산의 로그이며, 음수이면 NaN이 됩니다.",
)
def logvar_as_variance(mu, logvar):
    n = len(mu)
    return 0.5 * (mu**2 + logvar - 1 - torch.log(logvar)).sum() / n, mu / n, 0.5 * (1 - 1 / logvar) / n


@misconception(
    "kl_std_normal",
    en="dmu kept the factor 1/2. It cancels with the 2 from the derivative of mu².",
    ko="dmu에 1/2이 남아 있습니다. mu²을 미분할 때 나오는 2와 약분되어 없어집니다.",
)
def half_kept_in_dmu(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, 0.5 * mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="Your dmu is 2·mu / N. The 2 from the square meets the 1/2 in front of the KL.",
    ko="dmu가 2·mu / N입니다. 제곱에서 나온 2는 KL 앞의 1/2과 약분됩니다.",
)
def two_kept_in_dmu(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, 2 * mu / n, 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="dmu lacks 1/N. The loss is a mean over the batch, so every gradient carries that factor.",
    ko="dmu에 1/N이 빠졌습니다. 손실이 배치 평균이므로 모든 기울기에 이 인수가 붙습니다.",
)
def dmu_not_divided(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu.clone(), 0.5 * (var - 1) / n


@misconception(
    "kl_std_normal",
    en="dlogvar lacks 1/N. The loss is a mean over the batch, so every gradient carries that factor.",
    ko="dlogvar에 1/N이 빠졌습니다. 손실이 배치 평균이므로 모든 기울기에 이 인수가 붙습니다.",
)
def dlogvar_not_divided(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu / n, 0.5 * (var - 1)


@misconception(
    "kl_std_normal",
    en="Your gradients are divided by N·L. Only the batch is averaged, so the factor is 1/N.",
    ko="기울기를 N·L로 나누었습니다. 평균은 배치에 대해서만 내므로 1/N이어야 합니다.",
)
def gradients_divided_by_everything(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu / mu.numel(), 0.5 * (var - 1) / mu.numel()


@misconception(
    "kl_std_normal",
    en="Your third result is the gradient with respect to the variance. Asked for is the one with respect to its logarithm: one factor more by the chain rule.",
    ko="세 번째 값이 분산에 대한 기울기입니다. 필요한 것은 로그 분산에 대한 기울기이므로 연쇄 법칙의 인수가 하나 더 있어야 합니다.",
)
def gradient_by_the_variance(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu / n, 0.5 * (1 - 1 / var) / n


@misconception(
    "kl_std_normal",
    en="Your third result is the gradient with respect to sigma. The chain rule goes on from sigma to logvar.",
    ko="세 번째 값이 sigma에 대한 기울기입니다. 연쇄 법칙으로 sigma에서 logvar까지 한 단계 더 가야 합니다.",
)
def gradient_by_sigma_of_kl(mu, logvar):
    n, sigma = len(mu), torch.exp(0.5 * logvar)
    return 0.5 * (mu**2 + sigma**2 - 1 - logvar).sum() / n, mu / n, (sigma - 1 / sigma) / n


@misconception(
    "kl_std_normal",
    en="dlogvar has the opposite sign: a variance above 1 must be pushed down, so its gradient is positive.",
    ko="dlogvar의 부호가 반대입니다. 분산이 1보다 크면 줄어들어야 하므로 기울기는 양수여야 합니다.",
)
def dlogvar_turned_round(mu, logvar):
    n, var = len(mu), torch.exp(logvar)
    return 0.5 * (mu**2 + var - 1 - logvar).sum() / n, mu / n, 0.5 * (1 - var) / n


@misconception(
    "recon",
    en="You exchanged the two classes: white pixels get log(1 − p), black ones log p.",
    ko="두 경우를 맞바꾸었습니다. 흰 픽셀에 log(1 − p)가, 검은 픽셀에 log p가 들어갔습니다.",
)
def classes_exchanged(kind, x, out, sigma=1.0):
    ll = (1 - x) * F.logsigmoid(out) + x * F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="The logit has the wrong sign in your second term. log(1 − p) = log sigmoid(−out), and together with x·out that gives x·out − log(1 + exp(out)).",
    ko="둘째 항에서 로짓의 부호가 반대입니다. log(1 − p) = log sigmoid(−out)이고, x·out과 합치면 x·out − log(1 + exp(out))입니다.",
)
def softplus_of_the_wrong_sign(kind, x, out, sigma=1.0):
    ll = x * out + F.logsigmoid(out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="log(1 − p) is not weighted with 1 − x: also a white pixel then pays for being white.",
    ko="log(1 − p)에 1 − x를 곱하지 않았습니다. 그러면 흰 픽셀도 희다는 이유로 손해를 봅니다.",
)
def black_term_not_weighted(kind, x, out, sigma=1.0):
    ll = x * F.logsigmoid(out) + F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You subtract the term of the black pixels. Both logarithms are added; the minus stands only within 1 − x and 1 − p.",
    ko="검은 픽셀의 항을 뺐습니다. 두 로그는 더하며, 빼기는 1 − x와 1 − p 안에만 있습니다.",
)
def two_terms_subtracted(kind, x, out, sigma=1.0):
    ll = x * F.logsigmoid(out) - (1 - x) * F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You sum over axis 1 only and average the rest. An image may have several axes: everything but the batch is summed.",
    ko="1번 축으로만 더하고 나머지 축은 평균했습니다. 이미지에 축이 여럿일 수 있으니 배치를 뺀 모든 축을 더해야 합니다.",
)
def last_axes_not_summed(kind, x, out, sigma=1.0):
    ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum(dim=1).mean()


@misconception(
    "recon",
    en="You sum over the last axis only and average the rest. An image may have several axes: everything but the batch is summed.",
    ko="마지막 축으로만 더하고 나머지 축은 평균했습니다. 이미지에 축이 여럿일 수 있으니 배치를 뺀 모든 축을 더해야 합니다.",
)
def only_the_last_axis_summed(kind, x, out, sigma=1.0):
    ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.sum(dim=-1).mean()


@misconception(
    "recon",
    en="You return one value for each image. The mean over the batch is still to be taken.",
    ko="이미지마다 값을 하나씩 돌려주었습니다. 배치에 대한 평균을 아직 내지 않았습니다.",
)
def one_value_for_each_image(kind, x, out, sigma=1.0):
    ll = x * F.logsigmoid(out) + (1 - x) * F.logsigmoid(-out) if kind == "bernoulli" else _pixels(x, out, sigma)
    return ll.flatten(1).sum(dim=1)


@misconception(
    "recon",
    en="log sigma has the wrong sign: sigma stands in the denominator of the density, so a wide density is a low one.",
    ko="log sigma의 부호가 반대입니다. sigma는 밀도의 분모에 있으므로 넓은 분포일수록 밀도가 낮습니다.",
)
def log_sigma_added(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, sigma) + 2 * math.log(sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="log sigma counts twice: you subtract log sigma², without the factor 1/2 of the root in the density.",
    ko="log sigma가 두 배로 들어갔습니다. 밀도의 분모가 제곱근이므로 log sigma² 앞에는 1/2이 있어야 합니다.",
)
def log_sigma_twice(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, sigma) - math.log(sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="log sigma counts half: under the root of the density stands 2 pi sigma², with the square.",
    ko="log sigma가 절반만 들어갔습니다. 밀도의 제곱근 안에는 제곱이 붙은 2 pi sigma²이 있습니다.",
)
def log_sigma_halved(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, sigma) + 0.5 * math.log(sigma)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="Your Gaussian has sigma = 1, whatever is given: the argument sigma is not used.",
    ko="인자 sigma를 쓰지 않아 가우시안의 표준편차가 언제나 1입니다.",
)
def sigma_ignored(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, 1.0)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="The constant has log pi instead of log(2 pi).",
    ko="상수에 log(2 pi)가 아니라 log pi를 썼습니다.",
)
def pi_without_two(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, sigma) + 0.5 * math.log(2)
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="The squared distance has the wrong sign: a pixel far from its mean must be less likely, not more.",
    ko="거리의 제곱에 붙은 부호가 반대입니다. 평균에서 먼 픽셀일수록 가능도가 낮아야 합니다.",
)
def square_with_the_wrong_sign(kind, x, out, sigma=1.0):
    ll = x * out - F.softplus(out) if kind == "bernoulli" else _pixels(x, out, sigma) + ((x - out) / sigma) ** 2
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You took the absolute distance |x − out|. The exponent of a Gaussian holds its square.",
    ko="거리의 절댓값 |x − out|을 썼습니다. 가우시안의 지수에는 거리의 제곱이 들어갑니다.",
)
def absolute_distance(kind, x, out, sigma=1.0):
    log_p = -(x - out).abs() / (2 * sigma**2) - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return (x * out - F.softplus(out) if kind == "bernoulli" else log_p).sum() / x.shape[0]


@misconception(
    "recon",
    en='You treat every decoder as a Bernoulli. With kind "gaussian", out are means and the density is that of a Gaussian.',
    ko='어느 경우에나 베르누이로 계산했습니다. kind가 "gaussian"이면 out은 평균이고 가우시안 밀도를 써야 합니다.',
)
def always_bernoulli(kind, x, out, sigma=1.0):
    return (x * out - F.softplus(out)).sum() / x.shape[0]


@misconception(
    "recon",
    en='You treat every decoder as a Gaussian. With kind "bernoulli", out are logits of the pixels.',
    ko='어느 경우에나 가우시안으로 계산했습니다. kind가 "bernoulli"이면 out은 픽셀의 로짓입니다.',
)
def always_gaussian(kind, x, out, sigma=1.0):
    return _pixels(x, out, sigma).sum() / x.shape[0]


@misconception(
    "elbo",
    en="Your reconstruction is that of a Gaussian decoder. The decoder here is a Bernoulli: out are logits.",
    ko="재구성 항을 가우시안 디코더로 계산했습니다. 여기서 디코더는 베르누이이며 out은 로짓입니다.",
)
def gaussian_reconstruction(x, mu, logvar, out):
    bound = _pixels(x, out, 1.0).sum() / x.shape[0] - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="Your reconstruction is a squared error between x and sigmoid(out). The bound needs log p(x|z), here that of a Bernoulli.",
    ko="재구성 항이 x와 sigmoid(out) 사이의 제곱 오차입니다. 하한에는 log p(x|z)가 들어가며, 여기서는 베르누이의 로그우도입니다.",
)
def squared_error_as_reconstruction(x, mu, logvar, out):
    bound = -((x - torch.sigmoid(out)) ** 2).sum() / x.shape[0] - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="Your bound contains the cross-entropy with its own sign. Cross-entropy is −log p(x|z): in the ELBO the likelihood stands with a plus, the KL with a minus.",
    ko="하한에 교차 엔트로피를 부호 그대로 넣었습니다. 교차 엔트로피는 −log p(x|z)입니다. ELBO에서는 로그우도를 더하고 KL을 뺍니다.",
)
def cross_entropy_as_likelihood(x, mu, logvar, out):
    bound = (F.softplus(out) - x * out).sum() / x.shape[0] - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="In the loss you changed only the sign of the reconstruction. loss = −elbo turns both signs, so the KL is added there.",
    ko="손실에서 재구성 항의 부호만 바꾸었습니다. loss = −elbo이므로 두 항의 부호가 모두 바뀌어 KL은 더하게 됩니다.",
)
def kl_keeps_its_sign_in_the_loss(x, mu, logvar, out):
    rec, kl = recon("bernoulli", x, out), kl_std_normal(mu, logvar)[0]
    return rec - kl, -rec - kl


@misconception(
    "elbo",
    en="The reconstruction is summed over the batch while the KL is averaged. Both terms are means over the batch.",
    ko="KL은 배치 평균인데 재구성 항은 배치에 대해 더했습니다. 두 항 모두 배치에 대한 평균이어야 합니다.",
)
def reconstruction_summed_over_the_batch(x, mu, logvar, out):
    bound = (x * out - F.softplus(out)).sum() - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="Both of your terms are sums over the batch. They are averaged over the images, or the loss would grow with the size of the batch.",
    ko="두 항을 모두 배치에 대해 더했습니다. 이미지에 대해서는 평균을 내야 손실이 배치 크기에 따라 커지지 않습니다.",
)
def both_summed_over_the_batch(x, mu, logvar, out):
    bound = (x * out - F.softplus(out)).sum() - kl_std_normal(mu, logvar)[0] * x.shape[0]
    return bound, -bound


@misconception(
    "elbo",
    en="You passed out and x in exchanged order to the reconstruction: the image is then taken for the logits.",
    ko="재구성 항에 out과 x를 바꾸어 넣었습니다. 그러면 이미지를 로짓으로 보게 됩니다.",
)
def image_and_logits_exchanged(x, mu, logvar, out):
    bound = recon("bernoulli", out, x) - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="You passed logvar and mu in exchanged order to the KL.",
    ko="KL에 mu와 logvar를 바꾸어 넣었습니다.",
)
def mean_and_width_exchanged(x, mu, logvar, out):
    bound = recon("bernoulli", x, out) - kl_std_normal(logvar, mu)[0]
    return bound, -bound


@misconception(
    "elbo",
    en="You applied the sigmoid before recon. recon takes logits and contains the sigmoid already, so it is applied twice.",
    ko="recon에 넣기 전에 sigmoid를 적용했습니다. recon은 로짓을 받아 그 안에서 sigmoid를 처리하므로 두 번 적용된 셈입니다.",
)
def probabilities_given_to_recon(x, mu, logvar, out):
    bound = recon("bernoulli", x, torch.sigmoid(out)) - kl_std_normal(mu, logvar)[0]
    return bound, -bound


@misconception(
    "vae_grads",
    en="The biases get the mean of their deltas over the batch. 1/N is in the deltas already; a bias collects the sum.",
    ko="편향의 기울기를 델타의 배치 평균으로 구했습니다. 1/N은 이미 델타에 들어 있으므로 편향에는 배치 합이 모입니다.",
)
def biases_averaged(x, params, eps):
    return _back(x, params, eps, bias=lambda d: d.mean(dim=0))


@misconception(
    "vae_grads",
    en="The gradients of your biases still have the batch axis. One bias serves all images, so their deltas are added up.",
    ko="편향의 기울기에 배치 축이 남아 있습니다. 편향 하나를 모든 이미지가 함께 쓰므로 델타를 배치에 대해 더해야 합니다.",
)
def biases_not_summed(x, params, eps):
    return _back(x, params, eps, bias=lambda d: d)


@misconception(
    "vae_grads",
    en="On its way from out to z the gradient skips the tanh of the decoder: the factor 1 − g² is missing.",
    ko="out에서 z로 가는 길에 디코더의 tanh를 건너뛰어 인수 1 − g²이 빠졌습니다.",
)
def decoder_tanh_skipped(x, params, eps):
    return _back(x, params, eps, slope2=torch.ones_like)


@misconception(
    "vae_grads",
    en="Your slope of the encoder's tanh is 1 − h. With h = tanh(a) the derivative is 1 − h².",
    ko="인코더 tanh의 도함수로 1 − h를 썼습니다. h = tanh(a)의 도함수는 1 − h²입니다.",
)
def encoder_slope_without_square(x, params, eps):
    return _back(x, params, eps, slope1=lambda h: 1 - h)


@misconception(
    "vae_grads",
    en="Your slope of the decoder's tanh is 1 − g. With g = tanh(a) the derivative is 1 − g².",
    ko="디코더 tanh의 도함수로 1 − g를 썼습니다. g = tanh(a)의 도함수는 1 − g²입니다.",
)
def decoder_slope_without_square(x, params, eps):
    return _back(x, params, eps, slope2=lambda g: 1 - g)


@misconception(
    "vae_grads",
    en="Your slope of tanh is 1 − h and 1 − g, without the square.",
    ko="tanh의 도함수에서 제곱이 빠졌습니다. 1 − h와 1 − g로 계산했습니다.",
)
def slopes_without_square(x, params, eps):
    return _back(x, params, eps, slope1=lambda h: 1 - h, slope2=lambda g: 1 - g)


@misconception(
    "vae_grads",
    en="You used h·(1 − h), the slope of a sigmoid. The hidden layers here are tanh.",
    ko="sigmoid의 도함수 h·(1 − h)를 썼습니다. 여기서 은닉층의 활성화 함수는 tanh입니다.",
)
def slopes_of_a_sigmoid(x, params, eps):
    return _back(x, params, eps, slope1=lambda h: h * (1 - h), slope2=lambda g: g * (1 - g))


@misconception(
    "vae_grads",
    en="You used the slope of a ReLU, 1 where the value is positive. The hidden layers here are tanh.",
    ko="양수이면 1인 ReLU의 도함수를 썼습니다. 여기서 은닉층의 활성화 함수는 tanh입니다.",
)
def slopes_of_a_relu(x, params, eps):
    return _back(x, params, eps, slope1=lambda h: (h > 0).to(h), slope2=lambda g: (g > 0).to(g))


@misconception(
    "vae_grads",
    en="You applied tanh once more to h and g before squaring. They are the values after tanh already.",
    ko="h와 g에 tanh를 한 번 더 적용한 뒤 제곱했습니다. h와 g는 이미 tanh를 거친 값입니다.",
)
def slope_of_the_slope(x, params, eps):
    return _back(x, params, eps, slope1=lambda h: 1 - torch.tanh(h) ** 2, slope2=lambda g: 1 - torch.tanh(g) ** 2)


@misconception(
    "vae_grads",
    en="The gradient of the mu head does not go back into h. Both heads read h, so both of their gradients add up there.",
    ko="mu 헤드의 기울기가 h로 돌아가지 않습니다. 두 헤드가 모두 h를 읽으므로 h에서 두 기울기를 더해야 합니다.",
)
def mean_not_in_encoder(x, params, eps):
    return _back(x, params, eps, heads=lambda m, v: v @ params["Wv"].T)


@misconception(
    "vae_grads",
    en="On the way back to h you exchanged Wm and Wv. Each delta returns through the weights of its own head.",
    ko="h로 돌아갈 때 Wm과 Wv를 바꾸어 곱했습니다. 각 델타는 자기 헤드의 가중치를 거쳐 돌아갑니다.",
)
def heads_exchanged_on_the_way_back(x, params, eps):
    return _back(x, params, eps, heads=lambda m, v: m @ params["Wv"].T + v @ params["Wm"].T)


@misconception(
    "vae_grads",
    en="On the way back to h both deltas pass through Wm. The one of logvar belongs to Wv.",
    ko="h로 돌아갈 때 두 델타에 모두 Wm을 곱했습니다. logvar의 델타에는 Wv를 곱해야 합니다.",
)
def one_head_twice_on_the_way_back(x, params, eps):
    return _back(x, params, eps, heads=lambda m, v: (m + v) @ params["Wm"].T)


@misconception(
    "vae_grads",
    en="mu gets the gradient of the KL only. z = mu + ..., so what arrives at z reaches mu as well.",
    ko="mu가 KL의 기울기만 받았습니다. z = mu + ...이므로 z에 도착한 기울기도 mu로 가야 합니다.",
)
def mean_without_reconstruction(x, params, eps):
    return _back(x, params, eps, mu=lambda dz, f: f["mu"] / len(x))


@misconception(
    "vae_grads",
    en="The KL is missing in the gradient of mu: its term mu² pulls every mean towards 0.",
    ko="mu의 기울기에 KL 항이 없습니다. KL의 mu²은 모든 평균을 0 쪽으로 당깁니다.",
)
def kl_not_in_mu(x, params, eps):
    return _back(x, params, eps, mu=lambda dz, f: dz)


@misconception(
    "vae_grads",
    en="The KL is missing in the gradient of logvar: only what comes through z arrives there.",
    ko="logvar의 기울기에 KL 항이 없습니다. z를 거쳐 온 기울기만 들어 있습니다.",
)
def kl_not_in_logvar(x, params, eps):
    return _back(x, params, eps, kl_width=lambda f: 0 * f["mu"])


@misconception(
    "vae_grads",
    en="The gradients of the KL lack 1/N. The KL is averaged over the batch, like the reconstruction.",
    ko="KL의 기울기에 1/N이 빠졌습니다. KL도 재구성 항처럼 배치 평균입니다.",
)
def kl_without_batch_mean(x, params, eps):
    return _back(x, params, eps, mu=lambda dz, f: dz + f["mu"], kl_width=lambda f: 0.5 * (torch.exp(f["logvar"]) - 1))


@misconception(
    "vae_grads",
    en="You divided the gradients of the KL by N once more. kl_std_normal gives the gradients of the mean already.",
    ko="KL의 기울기를 N으로 한 번 더 나누었습니다. kl_std_normal이 주는 것은 이미 평균의 기울기입니다.",
)
def kl_divided_twice(x, params, eps):
    return _back(
        x,
        params,
        eps,
        mu=lambda dz, f: dz + f["mu"] / len(x) ** 2,
        kl_width=lambda f: 0.5 * (torch.exp(f["logvar"]) - 1) / len(x) ** 2,
    )


@misconception(
    "vae_grads",
    en="The gradients of the KL are subtracted. The loss contains +KL, so they are added to what comes through z.",
    ko="KL의 기울기를 뺐습니다. 손실에 KL이 더해져 있으므로 z를 거쳐 온 기울기에 더해야 합니다.",
)
def kl_pushes_away(x, params, eps):
    return _back(
        x,
        params,
        eps,
        mu=lambda dz, f: dz - f["mu"] / len(x),
        kl_width=lambda f: -0.5 * (torch.exp(f["logvar"]) - 1) / len(x),
    )


@misconception(
    "vae_grads",
    en="In the KL's gradient by logvar the factor 1/2 is missing.",
    ko="logvar에 대한 KL의 기울기에서 1/2이 빠졌습니다.",
)
def kl_of_logvar_without_half(x, params, eps):
    return _back(x, params, eps, kl_width=lambda f: (torch.exp(f["logvar"]) - 1) / len(x))


@misconception(
    "vae_grads",
    en="In the KL's gradient by logvar the −1 is missing, the derivative of the term −logvar.",
    ko="logvar에 대한 KL의 기울기에서 −1이 빠졌습니다. 이것은 −logvar 항의 도함수입니다.",
)
def kl_of_logvar_without_one(x, params, eps):
    return _back(x, params, eps, kl_width=lambda f: 0.5 * torch.exp(f["logvar"]) / len(x))


@misconception(
    "vae_grads",
    en="The delta at out lacks 1/N, while the KL is averaged. The reconstruction is a mean over the batch, too.",
    ko="out의 델타에 1/N이 빠졌고 KL만 평균했습니다. 재구성 항도 배치 평균입니다.",
)
def reconstruction_without_batch_mean(x, params, eps):
    return _back(x, params, eps, dout=lambda f: torch.sigmoid(f["out"]) - x)


@misconception(
    "vae_grads",
    en="The delta at out is divided by all the pixels, N·D. Pixels are summed; only the batch is averaged.",
    ko="out의 델타를 픽셀 수까지 포함한 N·D로 나누었습니다. 픽셀에 대해서는 더하고 배치에 대해서만 평균합니다.",
)
def reconstruction_averaged_over_pixels(x, params, eps):
    return _back(x, params, eps, dout=lambda f: (torch.sigmoid(f["out"]) - x) / x.numel())


@misconception(
    "vae_grads",
    en="The delta at out has the wrong sign: it is sigmoid(out) − x, as the loss grows when a black pixel becomes brighter.",
    ko="out의 델타의 부호가 반대입니다. 검은 픽셀이 밝아지면 손실이 커지므로 sigmoid(out) − x여야 합니다.",
)
def output_delta_turned_round(x, params, eps):
    return _back(x, params, eps, dout=lambda f: (x - torch.sigmoid(f["out"])) / len(x))


@misconception(
    "vae_grads",
    en="The delta at out is out − x: the sigmoid is missing. That would be right for a Gaussian; here out are logits.",
    ko="out의 델타가 out − x여서 sigmoid가 빠졌습니다. 가우시안 디코더라면 맞지만 여기서 out은 로짓입니다.",
)
def output_delta_without_sigmoid(x, params, eps):
    return _back(x, params, eps, dout=lambda f: (f["out"] - x) / len(x))


@misconception(
    "vae_grads",
    en="You multiplied the delta at out by p(1 − p). Cross-entropy and sigmoid together give p − x; the slope has cancelled.",
    ko="out의 델타에 p(1 − p)를 곱했습니다. 교차 엔트로피와 sigmoid를 함께 미분하면 이 인수가 약분되어 p − x가 됩니다.",
)
def output_delta_with_sigmoid_slope(x, params, eps):
    def dout(f):
        p = torch.sigmoid(f["out"])
        return (p - x) * p * (1 - p) / len(x)

    return _back(x, params, eps, dout=dout)


@misconception(
    "vae_grads",
    en="On the way from z to logvar sigma is missing: the derivative of exp(logvar / 2) contains exp(logvar / 2) again.",
    ko="z에서 logvar로 가는 길에 sigma가 빠졌습니다. exp(logvar / 2)를 미분해도 exp(logvar / 2)가 남습니다.",
)
def width_without_sigma(x, params, eps):
    return _back(x, params, eps, width=lambda dz, f: 0.5 * dz * eps)


@misconception(
    "vae_grads",
    en="On the way from z to logvar stands the variance exp(logvar). z was made with sigma = exp(logvar / 2).",
    ko="z에서 logvar로 가는 길에 분산 exp(logvar)를 썼습니다. z는 sigma = exp(logvar / 2)로 만들었습니다.",
)
def width_with_variance(x, params, eps):
    return _back(x, params, eps, width=lambda dz, f: 0.5 * dz * torch.exp(f["logvar"]) * eps)


@misconception(
    "vae_grads",
    en="On the way from z to logvar you put z itself. Only sigma·eps depends on logvar: mu has to be taken off.",
    ko="z에서 logvar로 가는 길에 z 전체를 곱했습니다. logvar에 의존하는 것은 sigma·eps뿐이므로 mu는 빠져야 합니다.",
)
def width_with_whole_z(x, params, eps):
    return _back(x, params, eps, width=lambda dz, f: 0.5 * dz * f["z"])


@misconception(
    "vae_grads",
    en="Your loss is the reconstruction alone: the KL is missing from it.",
    ko="손실이 재구성 항뿐입니다. KL이 빠졌습니다.",
)
def loss_is_the_reconstruction(x, params, eps):
    return _back(x, params, eps, loss=lambda f: -recon("bernoulli", x, f["out"]))


@misconception(
    "lin_gauss_check",
    en="The variance of x is a + s2 in your evidence and posterior. A factor in front of a random variable enters its variance squared.",
    ko="증거와 사후 분포에서 x의 분산을 a + s2로 썼습니다. 확률변수 앞의 계수는 분산에 제곱으로 들어갑니다.",
)
def slope_never_squared(x, a, s2, m, v):
    return _line(x, a, s2, m, v, V=a + s2)


@misconception(
    "lin_gauss_check",
    en="The variance of x is 1 + s2 in your evidence and posterior. z comes in stretched by a, so its share is a².",
    ko="증거와 사후 분포에서 x의 분산을 1 + s2로 썼습니다. z에 a가 곱해져 들어오므로 그 몫은 a²입니다.",
)
def slope_left_out_of_the_variance(x, a, s2, m, v):
    return _line(x, a, s2, m, v, V=1 + s2)


@misconception(
    "lin_gauss_check",
    en="log(2 pi) is missing in log p(x). The density's constants count here: the evidence is compared with the bound.",
    ko="log p(x)에 log(2 pi)가 빠졌습니다. 증거와 하한을 비교하므로 밀도의 상수도 있어야 합니다.",
)
def two_pi_missing_in_the_evidence(x, a, s2, m, v):
    V = a**2 + s2
    return _line(x, a, s2, m, v, logpx=-0.5 * (torch.log(V) + x**2 / V))


@misconception(
    "lin_gauss_check",
    en="log(2 pi) is missing in E_q[log p(x|z)], so that the bound is too high by a constant.",
    ko="E_q[log p(x|z)]에 log(2 pi)가 빠져 하한이 상수만큼 높습니다.",
)
def two_pi_missing_in_the_bound(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (torch.log(s2) + ((x - a * m) ** 2 + a**2 * v) / s2))


@misconception(
    "lin_gauss_check",
    en="log s2 is missing in E_q[log p(x|z)]: the density of the noise has its own normalising constant.",
    ko="E_q[log p(x|z)]에 log s2가 빠졌습니다. 노이즈의 밀도에도 정규화 상수가 있습니다.",
)
def log_variance_missing_in_the_bound(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (math.log(2 * math.pi) + ((x - a * m) ** 2 + a**2 * v) / s2))


@misconception(
    "lin_gauss_check",
    en="The logarithm of the variance is missing in log p(x): a wide density is a low one.",
    ko="log p(x)에 분산의 로그가 빠졌습니다. 넓은 분포일수록 밀도가 낮습니다.",
)
def log_variance_missing_in_the_evidence(x, a, s2, m, v):
    return _line(x, a, s2, m, v, logpx=-0.5 * (math.log(2 * math.pi) + x**2 / (a**2 + s2)))


@misconception(
    "lin_gauss_check",
    en="The factor 1/2 is missing in front of x² / V in log p(x).",
    ko="log p(x)에서 x² / V 앞의 1/2이 빠졌습니다.",
)
def half_missing_in_the_evidence(x, a, s2, m, v):
    V = a**2 + s2
    return _line(x, a, s2, m, v, logpx=-0.5 * torch.log(2 * math.pi * V) - x**2 / V)


@misconception(
    "lin_gauss_check",
    en="The spread of q enters your expected error with a instead of a²: the variance of a·z is a²·v.",
    ko="기대 오차에 q의 퍼짐이 a²이 아니라 a를 곱해 들어갔습니다. a·z의 분산은 a²·v입니다.",
)
def spread_with_plain_slope(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (torch.log(2 * math.pi * s2) + ((x - a * m) ** 2 + a * v) / s2))


@misconception(
    "lin_gauss_check",
    en="The spread of q enters your expected error as v. What varies is a·z, whose variance is a²·v.",
    ko="기대 오차에 q의 퍼짐을 v로 넣었습니다. 흩어지는 것은 a·z이고 그 분산은 a²·v입니다.",
)
def spread_without_slope(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (torch.log(2 * math.pi * s2) + ((x - a * m) ** 2 + v) / s2))


@misconception(
    "lin_gauss_check",
    en="The part a²·v of the expected error is not divided by s2. It belongs to the same square as (x − a·m)².",
    ko="기대 오차의 a²·v를 s2로 나누지 않았습니다. (x − a·m)²과 같은 제곱에서 나온 부분입니다.",
)
def spread_not_divided(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (torch.log(2 * math.pi * s2) + (x - a * m) ** 2 / s2 + a**2 * v))


@misconception(
    "lin_gauss_check",
    en="Your error is x − m. The mean of x given z is a·z, so it is x − a·m.",
    ko="오차를 x − m으로 썼습니다. z가 주어졌을 때 x의 평균은 a·z이므로 x − a·m이어야 합니다.",
)
def slope_missing_in_the_error(x, a, s2, m, v):
    return _line(x, a, s2, m, v, fit=-0.5 * (torch.log(2 * math.pi * s2) + ((x - m) ** 2 + a**2 * v) / s2))


@misconception(
    "lin_gauss_check",
    en="The term −log v is missing in the KL to the prior. It makes a very narrow q expensive.",
    ko="사전 분포와의 KL에서 −log v가 빠졌습니다. q가 너무 좁아지지 않게 하는 항입니다.",
)
def kl_without_log_v(x, a, s2, m, v):
    return _line(x, a, s2, m, v, kl=0.5 * (m**2 + v - 1))


@misconception(
    "lin_gauss_check",
    en="The KL to the prior lacks its factor 1/2.",
    ko="사전 분포와의 KL에서 1/2이 빠졌습니다.",
)
def kl_without_half_in_the_bound(x, a, s2, m, v):
    return _line(x, a, s2, m, v, kl=m**2 + v - 1 - torch.log(v))


@misconception(
    "lin_gauss_check",
    en="The −1 is missing in the KL to the prior. With q equal to the prior (m = 0, v = 1) the KL must be 0.",
    ko="사전 분포와의 KL에서 −1이 빠졌습니다. q가 사전 분포와 같으면(m = 0, v = 1) KL은 0이어야 합니다.",
)
def kl_without_one(x, a, s2, m, v):
    return _line(x, a, s2, m, v, kl=0.5 * (m**2 + v - torch.log(v)))


@misconception(
    "lin_gauss_check",
    en="m² is missing in the KL to the prior: q could sit anywhere at no cost.",
    ko="사전 분포와의 KL에서 m²이 빠졌습니다. 그러면 q가 어디에 있든 손해가 없습니다.",
)
def kl_without_mean(x, a, s2, m, v):
    return _line(x, a, s2, m, v, kl=0.5 * (v - 1 - torch.log(v)))


@misconception(
    "lin_gauss_check",
    en="Your bound is E_q[log p(x|z)] alone. The KL from q to the prior is subtracted from it.",
    ko="하한이 E_q[log p(x|z)]뿐입니다. 여기서 q와 사전 분포의 KL을 빼야 합니다.",
)
def kl_left_out_of_the_bound(x, a, s2, m, v):
    return _line(x, a, s2, m, v, kl=0 * m)


@misconception(
    "lin_gauss_check",
    en="Your posterior mean is x / (a² + s2). The slope a is missing: it is what turns x back into z.",
    ko="사후 평균을 x / (a² + s2)로 썼습니다. x를 z로 되돌리는 계수 a가 빠졌습니다.",
)
def posterior_mean_without_slope(x, a, s2, m, v):
    return _line(x, a, s2, m, v, ms=x / (a**2 + s2))


@misconception(
    "lin_gauss_check",
    en="Your posterior mean is x / a, where the likelihood alone is largest. The prior pulls it towards 0.",
    ko="사후 평균을 x / a로 썼습니다. 그것은 우도만 보았을 때의 최댓값이며, 사전 분포가 이 값을 0 쪽으로 당깁니다.",
)
def posterior_mean_of_the_likelihood(x, a, s2, m, v):
    return _line(x, a, s2, m, v, ms=x / a)


@misconception(
    "lin_gauss_check",
    en="Your posterior variance is 1 / (a² + s2). Complete the square once more: s2 stands in the numerator.",
    ko="사후 분산을 1 / (a² + s2)로 썼습니다. 완전제곱식을 다시 계산해 보세요. 분자에 s2가 있습니다.",
)
def posterior_variance_without_noise(x, a, s2, m, v):
    return _line(x, a, s2, m, v, vs=1 / (a**2 + s2))


@misconception(
    "lin_gauss_check",
    en="You took s2 for the posterior variance. That is the variance of x given z; the posterior is the distribution of z given x.",
    ko="사후 분산으로 s2를 썼습니다. s2는 z가 주어졌을 때 x의 분산이고, 사후 분포는 x가 주어졌을 때 z의 분포입니다.",
)
def posterior_variance_is_the_noise(x, a, s2, m, v):
    return _line(x, a, s2, m, v, vs=s2)


@misconception(
    "lin_gauss_check",
    en="The factor 1/2 is missing in your gap.",
    ko="gap에서 1/2이 빠졌습니다.",
)
def gap_without_half(x, a, s2, m, v):
    return _line(x, a, s2, m, v, gap=lambda ms, vs: torch.log(vs / v) + (v + (m - ms) ** 2) / vs - 1)


@misconception(
    "lin_gauss_check",
    en="The −1 is missing in your gap: with q equal to the posterior it must be 0.",
    ko="gap에서 −1이 빠졌습니다. q가 사후 분포와 같으면 gap은 0이어야 합니다.",
)
def gap_without_one(x, a, s2, m, v):
    return _line(x, a, s2, m, v, gap=lambda ms, vs: 0.5 * (torch.log(vs / v) + (v + (m - ms) ** 2) / vs))


@misconception(
    "lin_gauss_check",
    en="The ratio in the logarithm of your gap is upside down: log v of q is subtracted, that of the posterior added.",
    ko="gap의 로그 안에서 비가 뒤집혔습니다. q의 log v는 빼고 사후 분산의 로그는 더합니다.",
)
def gap_with_inverted_logarithm(x, a, s2, m, v):
    return _line(x, a, s2, m, v, gap=lambda ms, vs: 0.5 * (torch.log(v / vs) + (v + (m - ms) ** 2) / vs - 1))


@misconception(
    "lin_gauss_check",
    en="The distance between m and the posterior mean is missing in your gap.",
    ko="gap에 m과 사후 평균 사이의 거리가 빠졌습니다.",
)
def gap_without_means(x, a, s2, m, v):
    return _line(x, a, s2, m, v, gap=lambda ms, vs: 0.5 * (torch.log(vs / v) + v / vs - 1))


@misconception(
    "lin_gauss_check",
    en="The squared distance in your gap is divided by v, the variance of q. In KL(q || p) everything is measured in units of the second distribution.",
    ko="gap에서 거리의 제곱을 q의 분산 v로 나누었습니다. KL(q || p)에서는 둘째 분포의 분산을 기준으로 잽니다.",
)
def gap_distance_divided_by_v(x, a, s2, m, v):
    return _line(x, a, s2, m, v, gap=lambda ms, vs: 0.5 * (torch.log(vs / v) + v / vs + (m - ms) ** 2 / v - 1))


@misconception(
    "generate",
    en="The leading axes are still folded into one. Give the images the leading axes of z back at the end.",
    ko="앞쪽 축들이 하나로 합쳐진 채입니다. 마지막에 z가 가졌던 앞쪽 축을 되돌려 놓아야 합니다.",
)
def leading_axes_folded(dec, z):
    return torch.sigmoid(dec(z.reshape(-1, z.shape[-1])))


@misconception(
    "generate",
    en="You applied the sigmoid twice. The decoder gives logits, and one sigmoid makes means of them.",
    ko="sigmoid를 두 번 적용했습니다. 디코더의 출력은 로짓이므로 sigmoid 한 번이면 평균이 됩니다.",
)
def sigmoid_twice(dec, z):
    out = torch.sigmoid(torch.sigmoid(dec(z.reshape(-1, z.shape[-1]))))
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You applied tanh, which gives values between −1 and 1. The mean of a Bernoulli is the sigmoid of its logit.",
    ko="tanh를 적용해 −1과 1 사이의 값이 나왔습니다. 베르누이의 평균은 로짓의 sigmoid입니다.",
)
def tanh_of_the_logits(dec, z):
    out = torch.tanh(dec(z.reshape(-1, z.shape[-1])))
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You moved tanh to (tanh + 1) / 2. That lies between 0 and 1, but it is the sigmoid of twice the logit.",
    ko="(tanh + 1) / 2를 썼습니다. 0과 1 사이의 값이기는 하지만, 이것은 로짓을 두 배 한 sigmoid입니다.",
)
def tanh_moved_to_zero_and_one(dec, z):
    out = (torch.tanh(dec(z.reshape(-1, z.shape[-1]))) + 1) / 2
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You clamped the logits to [0, 1]. A logit is not a brightness: the sigmoid turns it into one.",
    ko="로짓을 [0, 1]로 잘라 냈습니다. 로짓은 밝기가 아니며, sigmoid를 거쳐야 밝기가 됩니다.",
)
def logits_clamped(dec, z):
    out = dec(z.reshape(-1, z.shape[-1])).clamp(0, 1)
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You scaled the logits to the range from 0 to 1 by their smallest and largest value. The mean of a pixel depends on its own logit alone.",
    ko="로짓의 최솟값과 최댓값으로 0에서 1까지 늘렸습니다. 픽셀의 평균은 자기 로짓에만 달려 있습니다.",
)
def contrast_stretched(dec, z):
    flat = z.reshape(-1, z.shape[-1])
    out = dec(flat)
    if out.numel():
        out = (out - out.min()) / (out.max() - out.min())
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "generate",
    en="You applied the sigmoid to the codes before decoding. The codes go in as they are; it is the logits that need it.",
    ko="디코더에 넣기 전에 코드에 sigmoid를 적용했습니다. 코드는 그대로 넣고, sigmoid는 로짓에 적용합니다.",
)
def codes_squashed(dec, z):
    out = dec(torch.sigmoid(z.reshape(-1, z.shape[-1])))
    return out.reshape(*z.shape[:-1], out.shape[-1])


@misconception(
    "traverse",
    en="You put the new axis last. It belongs right before the last one: (..., V, L), so that each row is a code.",
    ko="새 축을 맨 뒤에 두었습니다. (..., V, L)처럼 마지막 축 바로 앞에 두어야 행 하나가 코드 하나가 됩니다.",
)
def new_axis_last(z, dim, vals):
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., dim] = vals
    return codes.transpose(-1, -2).contiguous()


@misconception(
    "traverse",
    en="You always write into the first coordinate: dim is not used.",
    ko="언제나 첫 번째 좌표에 값을 썼습니다. dim을 쓰지 않았습니다.",
)
def dim_ignored(z, dim, vals):
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., 0] = vals
    return codes


@misconception(
    "traverse",
    en="You write into coordinate dim − 1. dim counts from 0.",
    ko="dim − 1번 좌표에 값을 썼습니다. dim은 0부터 셉니다.",
)
def dim_counted_from_one(z, dim, vals):
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., dim - 1] = vals
    return codes


@misconception(
    "traverse",
    en="You multiplied the coordinate by the value. It should be replaced by it.",
    ko="좌표에 값을 곱했습니다. 곱하는 것이 아니라 그 값으로 바꾸어야 합니다.",
)
def coordinate_scaled(z, dim, vals):
    codes = z.unsqueeze(-2).expand(*z.shape[:-1], vals.shape[0], z.shape[-1]).clone()
    codes[..., dim] = codes[..., dim] * vals
    return codes


@misconception(
    "recon",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a pixel costs 18 nats at most, however wrong the decoder is. Work with the logit directly.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 디코더가 아무리 틀려도 픽셀 하나의 손실이 18나트에서 멈춥니다. 로짓을 직접 다루세요.",
)
def constant_of_eight_digits(kind, x, out, sigma=1.0):
    p = torch.sigmoid(out)
    ll = (
        x * torch.log(p + 1e-08) + (1 - x) * torch.log(1 - p + 1e-08) if kind == "bernoulli" else _pixels(x, out, sigma)
    )
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a pixel costs 23 nats at most, however wrong the decoder is. Work with the logit directly.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 디코더가 아무리 틀려도 픽셀 하나의 손실이 23나트에서 멈춥니다. 로짓을 직접 다루세요.",
)
def constant_of_ten_digits(kind, x, out, sigma=1.0):
    p = torch.sigmoid(out)
    ll = (
        x * torch.log(p + 1e-10) + (1 - x) * torch.log(1 - p + 1e-10) if kind == "bernoulli" else _pixels(x, out, sigma)
    )
    return ll.sum() / x.shape[0]


@misconception(
    "recon",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a pixel costs 28 nats at most, however wrong the decoder is. Work with the logit directly.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 디코더가 아무리 틀려도 픽셀 하나의 손실이 28나트에서 멈춥니다. 로짓을 직접 다루세요.",
)
def constant_of_twelve_digits(kind, x, out, sigma=1.0):
    p = torch.sigmoid(out)
    ll = (
        x * torch.log(p + 1e-12) + (1 - x) * torch.log(1 - p + 1e-12) if kind == "bernoulli" else _pixels(x, out, sigma)
    )
    return ll.sum() / x.shape[0]
