"""Lecture 12: the variational autoencoder. Losses sum over pixels and latents and average over the batch.

Everywhere logvar = log sigma^2. Logits of a recon or elbo check are either moderate or exactly +-800: between these,
correct formulas of log(1 + e^o) may differ by more than T2 (torch's softplus becomes linear at 20).
"""

import numpy as np

from autograder.authoring import AUTOGRAD, BCE, DIFFERENTIABLE, NO_DETOUR, T1, T2, Draw, Task, Text

GAUSSIAN_NLL = ("torch.nn.functional.gaussian_nll_loss", "torch.nn.GaussianNLLLoss")
PLAIN = {
    "R4": "no upstream gradient among the arguments",
    "R6": "eps is noise here, not a small constant",
    "R7": "no hyper-parameter with a default",
    "R9": "no logits among the arguments",
    "R10": "no pooling",
    "R14": "no hyper-parameter",
}
SAME_DTYPE = Text(
    "New tensors must take the dtype of the inputs.", "새로 만드는 텐서는 입력과 같은 dtype이어야 합니다."
)


# -- numpy helpers ---------------------------------------------------------------------------------------------------


def pixels(draw: Draw, *shape):
    """Values in [0, 1]: a mixture of exact 0, exact 1 and grey."""
    grey = draw.uniform(*shape)
    kind = draw.integers(0, 3, *shape)
    return np.where(kind == 0, np.round(grey), grey)


def posterior(draw: Draw, N, L):
    """mu and logvar of both signs, logvar away from 0."""
    return draw.normal(N, L, scale=1.2), draw.away_from_zero(N, L, margin=0.2, scale=1.1)


def vae_params(draw: Draw, D, H, L, G):
    """Parameters as pinned in vae_grads: no dead or saturated tanh, biases away from zero."""
    sizes = {"1": (D, H), "m": (H, L), "v": (H, L), "2": (L, G), "3": (G, D)}
    params = {"W" + k: draw.normal(i, o, scale=0.9 / np.sqrt(i)) for k, (i, o) in sizes.items()}
    params |= {"b" + k: draw.away_from_zero(o, margin=0.1, scale=0.4) for k, (_, o) in sizes.items()}
    return params


def vae_inputs(draw: Draw, N, D, H, L, G):
    return pixels(draw, N, D), vae_params(draw, D, H, L, G), draw.away_from_zero(N, L, margin=0.1)


def linear_gaussian(draw: Draw, *shape):
    """x, a, s2, m, v with variances that are neither 1 nor tiny."""
    a = draw.away_from_zero(*shape, margin=0.4)
    s2 = draw.choice([0.35, 0.6, 1.7]) * draw.uniform(*shape, low=0.8, high=1.2)
    v = draw.choice([0.3, 0.55, 1.8]) * draw.uniform(*shape, low=0.8, high=1.2)
    x, m = draw.away_from_zero(*shape, margin=0.3, scale=1.5), draw.away_from_zero(*shape, margin=0.3)
    return tuple(np.asarray(value) for value in (x, a, s2, m, v))  # a numpy scalar would arrive as a Python float


# -- 1 ---------------------------------------------------------------------------------------------------------------

enc_head = Task(
    "enc_head", points=6, form=1, purity=0.5, exempt={**PLAIN, "R8": "linear, no threshold"}, parts=("mu", "logvar")
)


def head_inputs(draw: Draw, N, H, L):
    heads = [(draw.normal(H, L), draw.away_from_zero(L, margin=0.2)) for _ in range(2)]
    return draw.normal(N, H), *heads[0], *heads[1]


@enc_head.check(
    "both", points=1.5, visible=True, tolerance=T1,
    title=Text("mean and log-variance", "평균과 로그 분산"),
    hint=Text(
        "Two linear layers that share their input and nothing else; the second one gives the log-variance itself.",
        "입력만 같고 나머지는 따로인 선형층 두 개입니다. 두 번째 층의 출력이 곧 로그 분산입니다.",
    ),
)  # fmt: skip
def head_both(draw: Draw):
    for _ in range(2):
        yield draw.call(*head_inputs(draw, *draw.sizes(3, 2, 6)))


@enc_head.check(
    "other-sizes", points=1.5, tolerance=T1,
    title=Text("other sizes, and a strided input", "다른 크기와 불연속 메모리 입력"),
    hint=Text(
        "Log-variances are often negative: nothing may make them positive.",
        "로그 분산은 음수일 때가 많습니다. 양수로 바꾸는 연산이 들어가면 안 됩니다.",
    ),
)  # fmt: skip
def head_other(draw: Draw):
    for k in range(4):
        h, *rest = head_inputs(draw, *draw.sizes(3, 2, 8))
        yield draw.call(draw.strided(h) if k == 2 else h, *rest)


@enc_head.check(
    "small", points=0.5, tolerance=T1, edge=True,
    title=Text("one image, no image, one latent, blank features", "이미지 한 장, 빈 배치, 잠재 차원 1, 0뿐인 특징"),
    hint=Text(
        "Keep both axes whatever their size is. With h = 0 only the biases are left.",
        "크기가 얼마든 두 축을 모두 유지하세요. h = 0이면 편향만 남습니다.",
    ),
)  # fmt: skip
def head_small(draw: Draw):
    yield draw.call(*head_inputs(draw, 1, 4, 3))
    yield draw.call(*head_inputs(draw, 0, 3, 2))
    h, *rest = head_inputs(draw, 4, 3, 1)
    yield draw.call(0 * h, *rest)


@enc_head.check(
    "gradient", points=0.5, tolerance=T2, gradient=("h", "Wm", "bm", "Wv", "bv"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def head_gradient(draw: Draw):
    yield draw.call(*head_inputs(draw, *draw.sizes(3, 2, 6)))


enc_head.in_float32(points=0.5, hint=SAME_DTYPE)(head_gradient)


# -- 2 ---------------------------------------------------------------------------------------------------------------

reparam = Task(
    "reparam", points=12, functions=("reparam", "reparam_bwd"), form=1, purity=1,
    forbid=("torch.distributions", *AUTOGRAD),
    exempt={k: v for k, v in PLAIN.items() if k != "R4"}, parts={"reparam_bwd": ("dmu", "dlogvar")},
)  # fmt: skip


def sample_inputs(draw: Draw, N, L):
    return *posterior(draw, N, L), draw.away_from_zero(N, L, margin=0.1)


def backward_inputs(draw: Draw, N, L):
    return draw.away_from_zero(N, L, margin=0.1), *sample_inputs(draw, N, L)


@reparam.check(
    "sample", points=2, visible=True, tolerance=T1,
    title=Text("the sample z", "샘플 z"),
    hint=Text(
        "The noise is stretched by the standard deviation. Check by hand: which sigma belongs to logvar = log 4?",
        "노이즈는 표준편차만큼 늘어납니다. logvar = log 4이면 sigma가 얼마인지 손으로 확인해 보세요.",
    ),
)  # fmt: skip
def sample(draw: Draw):
    for _ in range(2):
        yield draw.call(*sample_inputs(draw, *draw.sizes(2, 2, 6)))


@reparam.check(
    "backward", points=2, visible=True, tolerance=T1,
    title=Text("the backward pass", "역전파"),
    hint=Text(
        "Differentiate z with respect to logvar, not sigma: the chain rule has one more factor.",
        "z를 sigma가 아니라 logvar로 미분해야 하므로 연쇄 법칙에 인수가 하나 더 붙습니다.",
    ),
)  # fmt: skip
def sample_backward(draw: Draw):
    for _ in range(2):
        yield draw.call(*backward_inputs(draw, *draw.sizes(2, 2, 6)), function="reparam_bwd")


@reparam.check(
    "other-samples", points=1.5, tolerance=T1,
    title=Text("other samples, strided noise", "다른 샘플과 불연속 메모리의 노이즈"),
    hint=Text(
        "Use the noise that is given, with its sign, and add mu.",
        "주어진 노이즈를 부호까지 그대로 쓰고 mu를 더하세요.",
    ),
)  # fmt: skip
def other_samples(draw: Draw):
    for k in range(3):
        mu, logvar, eps = sample_inputs(draw, *draw.sizes(2, 2, 8))
        yield draw.call(mu, logvar, draw.strided(eps) if k == 1 else eps)


@reparam.check(
    "other-backward", points=1.5, tolerance=T1,
    title=Text("the backward pass, other inputs", "다른 입력에서의 역전파"),
    hint=Text(
        "Both results depend on dout; the second one also on the noise and on sigma.",
        "두 결과 모두 dout에 따라 달라지고, 두 번째 결과는 노이즈와 sigma에 따라서도 달라집니다.",
    ),
)  # fmt: skip
def other_backward(draw: Draw):
    for k in range(3):
        dout, *rest = backward_inputs(draw, *draw.sizes(2, 2, 8))
        yield draw.call(draw.strided(dout) if k == 1 else dout, *rest, function="reparam_bwd")


@reparam.check(
    "extreme", points=1, tolerance=T1, edge=True,
    title=Text("very large and very small variances, no noise", "아주 큰 분산과 작은 분산, 노이즈 0"),
    hint=Text(
        "With eps = 0 the sample is mu itself, and logvar gets no gradient. logvar = -20 is a small sigma, not an "
        "error.",
        "eps = 0이면 샘플은 mu 그대로이고 logvar의 기울기는 0입니다. logvar = -20은 오류가 아니라 작은 sigma입니다.",
    ),
)  # fmt: skip
def extreme_samples(draw: Draw):
    N, L = draw.sizes(2, 2, 6)
    dout, mu, logvar, eps = backward_inputs(draw, N, L)
    for width in (20 * np.sign(logvar), np.full((N, L), -20.0)):
        yield draw.call(mu, width, eps)
        yield draw.call(dout, mu, width, eps, function="reparam_bwd")
    yield draw.call(mu, logvar, 0 * eps)
    yield draw.call(dout, mu, logvar, 0 * eps, function="reparam_bwd")


def five_sigma(args, value):
    """Mean and standard deviation of n samples, each within five standard errors of mu and sigma."""
    mu, logvar, eps = args
    mean, std = value
    sigma, n = np.exp(logvar / 2), len(eps)
    if np.any(np.abs(mean - mu) > 5 * sigma / np.sqrt(n)):
        return Text("The mean of your samples is not mu.", "샘플의 평균이 mu와 다릅니다.")
    if np.any(np.abs(std - sigma) > 5 * sigma / np.sqrt(2 * n)):
        return Text(
            "The spread of your samples is not the standard deviation that logvar stands for.",
            "샘플의 퍼진 정도가 logvar가 나타내는 표준편차와 다릅니다.",
        )
    return None


@reparam.check(
    "moments", points=0.5, tolerance=T2, judge=five_sigma,
    title=Text("mean and spread of 20,000 samples", "샘플 20,000개의 평균과 표준편차"),
    hint=Text(
        "The samples must have the mean mu and the standard deviation sigma, where logvar is the log of its square.",
        "샘플의 평균은 mu, 표준편차는 sigma여야 합니다. logvar는 sigma 제곱의 로그입니다.",
    ),
)  # fmt: skip
def moments(draw: Draw):
    mu, logvar = posterior(draw, 1, 2)
    yield draw.call(mu[0], logvar[0], draw.normal(20_000, 2), function="sample_moments")


@reparam.check(
    "small", points=0.5, tolerance=T1, edge=True,
    title=Text("one image, no image, one latent", "이미지 한 장, 빈 배치, 잠재 차원 1"),
    hint=Text("Everything is elementwise: the shape stays.", "모두 원소별 연산이므로 모양이 그대로 유지됩니다."),
)  # fmt: skip
def small_samples(draw: Draw):
    for N, L in ((1, 3), (0, 2), (4, 1)):
        dout, *rest = backward_inputs(draw, N, L)
        yield draw.call(*rest)
        yield draw.call(dout, *rest, function="reparam_bwd")


@reparam.check(
    "gradient", points=0.5, tolerance=T2, gradient=("mu", "logvar", "eps"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def sample_gradient(draw: Draw):
    yield draw.call(*sample_inputs(draw, *draw.sizes(2, 2, 6)))


@reparam.in_float32(points=0.5, hint=SAME_DTYPE)
def sample_float32(draw: Draw):
    dout, *rest = backward_inputs(draw, *draw.sizes(2, 2, 6))
    yield draw.call(*rest)
    yield draw.call(dout, *rest, function="reparam_bwd")


# -- 3 ---------------------------------------------------------------------------------------------------------------

kl_std_normal = Task(
    "kl_std_normal", points=16, form=1.5, purity=1,
    forbid=("torch.distributions", "torch.nn.functional.kl_div", *AUTOGRAD), exempt=PLAIN, parts={"kl_std_normal": ("loss", "dmu", "dlogvar"), "kl_gradients": ("dmu", "dlogvar")},
)  # fmt: skip


@kl_std_normal.check(
    "value", points=3, visible=True, tolerance=T1,
    title=Text("the value", "KL 값"),
    hint=Text(
        "Sum over the latent dimensions, average over the batch only. logvar is the log of the variance.",
        "잠재 차원에 대해서는 더하고 배치에 대해서만 평균합니다. logvar는 분산의 로그입니다.",
    ),
)  # fmt: skip
def kl_values(draw: Draw):
    for _ in range(2):
        yield draw.call(*posterior(draw, *draw.sizes(2, 2, 6)), function="kl_value")


@kl_std_normal.check(
    "gradients", points=2, visible=True, tolerance=T1,
    title=Text("the gradients", "기울기"),
    hint=Text(
        "They are the gradients of the loss that you return: the mean over the batch is in them too.",
        "여러분이 돌려주는 손실의 기울기입니다. 배치 평균도 기울기에 그대로 들어갑니다.",
    ),
)  # fmt: skip
def kl_slopes(draw: Draw):
    for _ in range(2):
        yield draw.call(*posterior(draw, *draw.sizes(2, 2, 6)), function="kl_gradients")


@kl_std_normal.check(
    "other-values", points=3, tolerance=T1,
    title=Text("the value, other sizes", "다른 크기에서의 값"),
    hint=Text(
        "A KL divergence is never negative, and it grows with every latent dimension that is added.",
        "KL 발산은 음수가 되지 않으며, 잠재 차원을 더할수록 커집니다.",
    ),
)  # fmt: skip
def kl_other_values(draw: Draw):
    for k in range(3):
        mu, logvar = posterior(draw, *draw.sizes(2, 2, 9))
        yield draw.call(draw.strided(mu) if k == 1 else mu, logvar, function="kl_value")


@kl_std_normal.check(
    "other-gradients", points=2, tolerance=T1,
    title=Text("the gradients, other sizes", "다른 크기에서의 기울기"),
    hint=Text(
        "Differentiate one summand with respect to mu, then logvar, and keep every constant factor.",
        "한 항을 mu로, 그다음 logvar로 미분하고 상수 인수를 빠뜨리지 마세요.",
    ),
)  # fmt: skip
def kl_other_slopes(draw: Draw):
    for k in range(3):
        mu, logvar = posterior(draw, *draw.sizes(2, 2, 9))
        yield draw.call(mu, draw.strided(logvar) if k == 1 else logvar, function="kl_gradients")


@kl_std_normal.check(
    "known", points=1, tolerance=T1, edge=True,
    title=Text("cases that can be done by hand", "손으로 풀 수 있는 경우"),
    hint=Text(
        "At mu = 0, logvar = 0 the two distributions are the same. With logvar = 0 only mu^2 / 2 is left.",
        "mu = 0, logvar = 0이면 두 분포가 같습니다. logvar = 0이면 mu^2 / 2만 남습니다.",
    ),
)  # fmt: skip
def kl_known(draw: Draw):
    yield draw.call(np.zeros((3, 2)), np.zeros((3, 2)))
    yield draw.call(np.array([[2.0]]), np.array([[0.0]]))
    yield draw.call(np.array([[0.0]]), np.array([[2.0]]))
    mu, _ = posterior(draw, 4, 3)
    yield draw.call(mu, np.zeros((4, 3)))


@kl_std_normal.check(
    "tiny-variance", points=1, tolerance=T1, edge=True,
    title=Text("variances near zero", "0에 가까운 분산"),
    hint=Text(
        "Never take the logarithm of the variance again: it is given, and e^-50 loses nothing that matters.",
        "분산에 다시 로그를 씌우지 마세요. 로그 값은 이미 주어져 있습니다.",
    ),
)  # fmt: skip
def kl_tiny(draw: Draw):
    mu, logvar = posterior(draw, 3, 4)
    yield draw.call(mu, np.full((3, 4), -50.0))
    yield draw.call(mu, np.where(logvar > 0, logvar, -800.0))


@kl_std_normal.check(
    "small", points=0.5, tolerance=T1, edge=True,
    title=Text("a batch of one, one latent dimension", "크기 1인 배치, 잠재 차원 1"),
    hint=Text(
        "The loss is a 0-d tensor whatever the sizes are.", "크기가 얼마든 손실은 0차원 텐서입니다."
    ),
)  # fmt: skip
def kl_small(draw: Draw):
    for N, L in ((1, 1), (1, 3), (5, 1)):
        yield draw.call(*posterior(draw, N, L))


@kl_std_normal.check(
    "gradient", points=0.5, tolerance=T2, gradient=("mu", "logvar"),
    title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def kl_differentiable(draw: Draw):
    yield draw.call(*posterior(draw, *draw.sizes(2, 2, 6)), function="kl_value")


@kl_std_normal.in_float32(points=0.5, hint=SAME_DTYPE)
def kl_float32(draw: Draw):
    yield draw.call(*posterior(draw, *draw.sizes(2, 2, 6)))


# -- 4 ---------------------------------------------------------------------------------------------------------------

recon = Task(
    "recon", points=12, form=1, purity=1, forbid=("torch.distributions", *BCE, *GAUSSIAN_NLL),
    exempt={k: v for k, v in PLAIN.items() if k not in ("R9", "R14")},
)  # fmt: skip


@recon.check(
    "bernoulli", points=2, visible=True, tolerance=T2,
    title=Text("Bernoulli, from logits", "베르누이: 로짓으로 계산"),
    hint=Text(
        "A log-likelihood: summed over the pixels, averaged over the images, and never positive for a Bernoulli.",
        "로그 우도이므로 픽셀에 대해 더하고 이미지에 대해 평균합니다. 베르누이에서는 양수가 될 수 없습니다.",
    ),
)  # fmt: skip
def bernoulli(draw: Draw):
    for _ in range(2):
        shape = draw.sizes(2, 2, 6)
        yield draw.call("bernoulli", pixels(draw, *shape), draw.normal(*shape, scale=2))


@recon.check(
    "gaussian", points=2, visible=True, tolerance=T2,
    title=Text("Gaussian with fixed sigma", "sigma가 고정된 가우시안"),
    hint=Text(
        "The logarithm of a normal density has three parts; sigma stands in two of them.",
        "정규분포 밀도의 로그는 세 부분으로 이루어지고, 그중 두 부분에 sigma가 들어 있습니다.",
    ),
)  # fmt: skip
def gaussian(draw: Draw):
    for sigma in (0.4, 1.7):
        shape = draw.sizes(2, 2, 6)
        yield draw.call("gaussian", draw.normal(*shape), draw.normal(*shape), sigma)


@recon.check(
    "bernoulli-images", points=1.5, tolerance=T2,
    title=Text("Bernoulli, for images with channels", "베르누이: 채널이 있는 이미지"),
    hint=Text(
        "Axis 0 is the batch; all other axes are summed, however many there are.",
        "0번 축이 배치이고, 나머지 축은 몇 개든 모두 더합니다.",
    ),
)  # fmt: skip
def bernoulli_images(draw: Draw):
    for k in range(3):
        shape = draw.sizes(2 if k == 0 else 4, 2, 6)
        out = draw.normal(*shape, scale=2)
        yield draw.call("bernoulli", pixels(draw, *shape), draw.strided(out) if k == 1 else out)


@recon.check(
    "gaussian-other", points=1.5, tolerance=T2,
    title=Text("Gaussian, other widths and shapes", "가우시안: 다른 sigma와 다른 모양"),
    hint=Text(
        "Change sigma in your head: which parts of the density change, and in which power does sigma stand there?",
        "sigma를 바꾸면 밀도의 어느 부분이 바뀌는지, 거기에 sigma가 몇 제곱으로 들어가는지 따져 보세요.",
    ),
)  # fmt: skip
def gaussian_other(draw: Draw):
    shape = draw.sizes(3, 2, 6)
    x, out = draw.normal(*shape), draw.normal(*shape)
    for sigma in (0.25, 2.5):
        yield draw.call("gaussian", x, out, sigma)
    shape = draw.sizes(2, 2, 6)
    yield draw.call("gaussian", draw.strided(draw.normal(*shape)), draw.normal(*shape), draw.scalar(0.3, 0.5))


@recon.check(
    "extreme-logits", points=1, tolerance=T2, edge=True,
    title=Text("logits of ±800", "로짓이 ±800일 때"),
    hint=Text(
        "Where the decoder is sure and right the summand is 0; where it is sure and wrong it is -800, not -inf and "
        "not clipped.",
        "디코더가 확신하고 맞힌 픽셀의 항은 0, 확신하고 틀린 픽셀의 항은 -800입니다. -inf가 되거나 잘려서는 안 됩니다.",
    ),
)  # fmt: skip
def extreme_logits(draw: Draw):
    N, D = draw.sizes(2, 3, 6)
    x = draw.integers(0, 2, N, D).astype(np.float64)
    yield draw.call("bernoulli", x, 800 * (2 * x - 1))
    yield draw.call("bernoulli", x, -800 * (2 * x - 1))
    yield draw.call("bernoulli", draw.uniform(N, D), 800 * np.sign(draw.normal(N, D)))


@recon.check(
    "special", points=1, tolerance=T2, edge=True,
    title=Text("logits of 0, a perfect mean, sigma left out, one image", "로짓 0, 완벽한 평균, sigma 생략, 이미지 한 장"),
    hint=Text(
        "A logit of 0 costs log 2 per pixel, whatever x is. A perfect Gaussian mean still leaves the constants.",
        "로짓이 0이면 x와 상관없이 픽셀마다 log 2만큼 줄어듭니다. 가우시안의 평균이 완벽해도 상수는 남습니다.",
    ),
)  # fmt: skip
def special_recon(draw: Draw):
    N, D = draw.sizes(2, 3, 7)
    x = pixels(draw, N, D)
    yield draw.call("bernoulli", x, np.zeros((N, D)))
    yield draw.call("gaussian", x, x, 0.3)
    yield draw.call("gaussian", x, draw.normal(N, D))
    yield draw.call("bernoulli", pixels(draw, 1, D), draw.normal(1, D))
    yield draw.call("gaussian", pixels(draw, 1, D), draw.normal(1, D), 0.6)


@recon.check(
    "gradient", points=0.5, tolerance=T2, gradient=("out",), title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def recon_gradient(draw: Draw):
    shape = draw.sizes(2, 2, 6)
    x, out = pixels(draw, *shape), draw.away_from_zero(*shape, scale=2)
    yield draw.call("bernoulli", x, out)
    yield draw.call("gaussian", x, out, 1.3)


recon.in_float32(points=0.5, hint=SAME_DTYPE)(recon_gradient)


# -- 5 ---------------------------------------------------------------------------------------------------------------

elbo = Task(
    "elbo", points=10, form=1, purity=0.5, forbid=("torch.distributions", *BCE),
    exempt={k: v for k, v in PLAIN.items() if k != "R9"}, parts=("elbo", "loss"),
)  # fmt: skip


def elbo_inputs(draw: Draw, L, *shape):
    return pixels(draw, *shape), *posterior(draw, shape[0], L), draw.away_from_zero(*shape, scale=2)


@elbo.check(
    "bound", points=2, visible=True, tolerance=T2,
    title=Text("the ELBO", "ELBO"),
    hint=Text(
        "Likelihood minus KL, both summed over their dimensions and averaged over the batch, both with weight 1.",
        "우도에서 KL을 뺍니다. 두 항 모두 차원에 대해 더하고 배치에 대해 평균하며 가중치는 1입니다.",
    ),
)  # fmt: skip
def bound(draw: Draw):
    for _ in range(2):
        L, N, D = draw.sizes(3, 2, 7)
        yield draw.call(*elbo_inputs(draw, L, N, D), function="elbo_value")


@elbo.check(
    "loss", points=1, visible=True, tolerance=T2,
    title=Text("the ELBO and the loss", "ELBO와 손실"),
    hint=Text(
        "Training makes the loss small and the ELBO large; return them in the order of the docstring.",
        "학습은 손실을 줄이고 ELBO를 키웁니다. docstring에 적힌 순서대로 돌려주세요.",
    ),
)  # fmt: skip
def bound_and_loss(draw: Draw):
    L, N, D = draw.sizes(3, 2, 7)
    yield draw.call(*elbo_inputs(draw, L, N, D))


@elbo.check(
    "other-bounds", points=2, tolerance=T2,
    title=Text("the ELBO, other sizes", "다른 크기에서의 ELBO"),
    hint=Text(
        "With more pixels than latents or the other way round, both terms must keep their weight.",
        "픽셀 수와 잠재 차원 수가 어떻게 달라져도 두 항의 가중치는 그대로여야 합니다.",
    ),
)  # fmt: skip
def other_bounds(draw: Draw):
    for k in range(3):
        L, N, D = draw.sizes(3, 2, 9)
        x, *rest, out = elbo_inputs(draw, L, N, D)
        yield draw.call(x, *rest, draw.strided(out) if k == 1 else out, function="elbo_value")


@elbo.check(
    "images", points=1, tolerance=T2,
    title=Text("ELBO and loss of images with channels", "채널이 있는 이미지의 ELBO와 손실"),
    hint=Text(
        "x and out may have more than two axes; mu and logvar still have two.",
        "x와 out의 축은 두 개보다 많을 수 있지만 mu와 logvar는 그대로 두 축입니다.",
    ),
)  # fmt: skip
def elbo_images(draw: Draw):
    L, N, C, H, W = draw.sizes(5, 2, 7)
    yield draw.call(*elbo_inputs(draw, L, N, C, H, W))


@elbo.check(
    "collapsed", points=1, tolerance=T2, edge=True,
    title=Text("an encoder that gives the prior; one image", "사전 분포를 그대로 내놓는 인코더, 이미지 한 장"),
    hint=Text(
        "With mu = 0 and logvar = 0 the KL is zero and only the likelihood is left.",
        "mu = 0이고 logvar = 0이면 KL이 0이므로 우도만 남습니다.",
    ),
)  # fmt: skip
def elbo_collapsed(draw: Draw):
    L, N, D = draw.sizes(3, 2, 7)
    x, mu, logvar, out = elbo_inputs(draw, L, N, D)
    yield draw.call(x, 0 * mu, 0 * logvar, out)
    yield draw.call(x, mu, logvar, 0 * out)
    yield draw.call(*elbo_inputs(draw, L, 1, D))


@elbo.check(
    "confident", points=0.5, tolerance=T2, edge=True,
    title=Text("logits of ±800 and tiny variances", "로짓 ±800과 아주 작은 분산"),
    hint=Text("Both terms stay finite, and so does their difference.", "두 항이 모두 유한하므로 그 차도 유한합니다."),
)  # fmt: skip
def elbo_confident(draw: Draw):
    L, N, D = draw.sizes(3, 2, 7)
    x, mu, logvar, out = elbo_inputs(draw, L, N, D)
    yield draw.call(x, mu, logvar - 30, 800 * np.sign(out))


@elbo.check(
    "gradient", points=0.5, tolerance=T2, gradient=("mu", "logvar", "out"), title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def elbo_gradient(draw: Draw):
    L, N, D = draw.sizes(3, 2, 7)
    yield draw.call(*elbo_inputs(draw, L, N, D), function="elbo_value")
    yield draw.call(*elbo_inputs(draw, L, N, D))


@elbo.in_float32(points=0.5, hint=SAME_DTYPE)
def elbo_float32(draw: Draw):
    L, N, D = draw.sizes(3, 2, 7)
    yield draw.call(*elbo_inputs(draw, L, N, D))


# -- 6 ---------------------------------------------------------------------------------------------------------------

vae_grads = Task("vae_grads", points=18, form=1.5, purity=1, forbid=AUTOGRAD, exempt=PLAIN, parts=("loss", "grads"))


def several(draw: Draw, count, function, strided=False):
    for k in range(count):
        x, params, eps = vae_inputs(draw, *draw.sizes(5, 2, 8))
        yield draw.call(draw.strided(x) if strided and k == 0 else x, params, eps, function=function)


@vae_grads.check(
    "loss", points=1.5, visible=True, tolerance=T2,
    title=Text("the loss", "손실"),
    hint=Text(
        "The loss is -ELBO at the z that belongs to the given noise.", "주어진 노이즈로 만든 z에서의 -ELBO입니다."
    ),
)  # fmt: skip
def loss_value(draw: Draw):
    yield from several(draw, 1, "vae_loss")


@vae_grads.check(
    "decoder", points=2, visible=True, tolerance=T2,
    title=Text("the gradients of the decoder", "디코더의 기울기"),
    hint=Text(
        "Start with the gradient of the loss with respect to the logits; it is a simple difference. The mean over the batch is "
        "in it.",
        "손실을 로짓으로 미분한 값부터 구하세요. 간단한 차로 나타나며 배치 평균이 들어 있습니다.",
    ),
)  # fmt: skip
def decoder(draw: Draw):
    yield from several(draw, 1, "decoder_gradients")


@vae_grads.check(
    "encoder", points=2, visible=True, tolerance=T2,
    title=Text("the gradients of the encoder", "인코더의 기울기"),
    hint=Text(
        "mu and logvar each get two contributions: one through z, one from the KL.",
        "mu와 logvar는 각각 두 곳에서 기울기를 받습니다. 하나는 z를 거쳐서, 하나는 KL에서 옵니다.",
    ),
)  # fmt: skip
def encoder(draw: Draw):
    yield from several(draw, 1, "encoder_gradients")


@vae_grads.check(
    "other-decoders", points=2, tolerance=T2,
    title=Text("the decoder, other sizes", "다른 크기에서 디코더의 기울기"),
    hint=Text(
        "The input of the decoder is z, with the given noise in it; its hidden layer has a tanh to differentiate.",
        "디코더의 입력은 주어진 노이즈가 들어 있는 z이고, 은닉층의 tanh도 미분해야 합니다.",
    ),
)  # fmt: skip
def other_decoders(draw: Draw):
    yield from several(draw, 2, "decoder_gradients")


@vae_grads.check(
    "other-encoders", points=3, tolerance=T2,
    title=Text("the encoder, other sizes", "다른 크기에서 인코더의 기울기"),
    hint=Text(
        "Look at bm and bv first: they show the deltas of mu and logvar, summed over the batch.",
        "bm과 bv부터 비교하세요. mu와 logvar의 델타를 배치에 대해 더한 값이 그대로 나타납니다.",
    ),
)  # fmt: skip
def other_encoders(draw: Draw):
    yield from several(draw, 3, "encoder_gradients", strided=True)


@vae_grads.check(
    "whole", points=1, tolerance=T2,
    title=Text("loss and all ten gradients", "손실과 기울기 열 개 모두"),
    hint=Text(
        "The dict has exactly the keys and the shapes of params.", "dict의 키와 모양은 params와 정확히 같아야 합니다."
    ),
)  # fmt: skip
def whole(draw: Draw):
    yield from several(draw, 2, None)


@vae_grads.check(
    "no-noise", points=1, tolerance=T2, edge=True,
    title=Text("noise of zero, a blank image", "노이즈가 0일 때, 빈 이미지"),
    hint=Text(
        "With eps = 0 the reconstruction says nothing about logvar: only the KL is left there.",
        "eps = 0이면 재구성 항은 logvar에 기울기를 주지 않으므로 KL의 몫만 남습니다.",
    ),
)  # fmt: skip
def no_noise(draw: Draw):
    x, params, eps = vae_inputs(draw, *draw.sizes(5, 2, 8))
    yield draw.call(x, params, 0 * eps)
    yield draw.call(0 * x, params, eps)


@vae_grads.check(
    "small", points=1, tolerance=T2, edge=True,
    title=Text("one image; one latent dimension", "이미지 한 장, 잠재 차원 1"),
    hint=Text(
        "Keep the batch axis: the gradient of a bias is a sum over it, even if there is only one row.",
        "배치 축을 유지하세요. 행이 하나뿐이어도 편향의 기울기는 배치에 대한 합입니다.",
    ),
)  # fmt: skip
def small_vae(draw: Draw):
    yield draw.call(*vae_inputs(draw, 1, 5, 4, 2, 3))
    yield draw.call(*vae_inputs(draw, 4, 6, 3, 1, 5))


@vae_grads.check(
    "batch", points=0.5, tolerance=T2, device="cuda",
    title=Text("a training batch of images", "학습용 이미지 배치"),
    hint=Text(
        "The gradients are means over the batch, however many images it holds.",
        "배치에 이미지가 몇 장이든 기울기는 배치에 대한 평균입니다.",
    ),
)  # fmt: skip
def batch_vae(draw: Draw):
    yield draw.call(*vae_inputs(draw, 24, 50, 22, 5, 18))


def two_switches(draw: Draw, N, D):
    """(N, D) pictures whose two halves are light or dark, each by itself: N / 4 of every kind."""
    kind = draw.permutation(N) % 4
    return 0.05 + 0.9 * np.repeat(np.stack([kind % 2, kind // 2], axis=1), D // 2, axis=1)


def beats_one_picture_for_all(args, value):
    """-ELBO of the trained VAE: half a nat or more below the best decoder that does not look at its code."""
    x, _, noises, *_ = args
    mean = x.mean(axis=0)
    blind = -(x * np.log(mean) + (1 - x) * np.log(1 - mean)).sum(axis=1).mean()
    h = np.tanh(x @ value["W1"] + value["b1"])
    mu, logvar = h @ value["Wm"] + value["bm"], h @ value["Wv"] + value["bv"]
    z = mu + np.exp(logvar / 2) * noises[0]
    out = np.tanh(z @ value["W2"] + value["b2"]) @ value["W3"] + value["b3"]
    nll = (np.logaddexp(0, out) - x * out).sum(axis=1).mean()
    reached = nll + 0.5 * (mu**2 + np.exp(logvar) - 1 - logvar).sum(axis=1).mean()
    if reached < blind - 0.5:
        return None
    reached = np.nan_to_num(reached, nan=np.inf)
    return Text(
        f"After {len(noises)} steps down your gradients the VAE reaches -ELBO = {reached:.2f}; a decoder that draws the mean picture "
        f"whatever its code is reaches {blind:.2f}.",
        f"여러분의 기울기로 {len(noises)}단계를 학습한 VAE는 -ELBO = {reached:.2f}에 이르렀습니다. 코드를 보지 않고 평균 그림만 그리는 디코더도 "
        f"{blind:.2f}까지는 갑니다.",
    )


@vae_grads.check(
    "training", points=0.5, tolerance=T2, device="cuda", edge=True, judge=beats_one_picture_for_all,
    title=Text("a VAE trained with your gradients", "여러분의 기울기로 학습한 VAE"),
    hint=Text(
        "Only if both terms train the encoder does a code say which halves are light.",
        "두 항이 모두 인코더를 학습시켜야 어느 절반이 밝은지가 코드에 담깁니다.",
    ),
)  # fmt: skip
def trained(draw: Draw):
    N, D, L = 16, 16, 2
    params = vae_params(draw, D, 24, L, 20)
    params |= {name: 0.1 * params[name] for name in ("Wv", "bv")}  # sigma begins near 1 for every picture
    # Of 1,500 seeds the reference ended 1.6 nats or more below the blind decoder, and 5 as a rule.
    yield draw.call(two_switches(draw, N, D), params, draw.normal(80, N, L), 0.015, 0.8, function="trained_vae")


@vae_grads.in_float32(points=1, hint=SAME_DTYPE)
def vae_float32(draw: Draw):
    yield from several(draw, 1, None)


# -- 7 ---------------------------------------------------------------------------------------------------------------

lin_gauss_check = Task(
    "lin_gauss_check", points=14, form=1, purity=1, forbid=("torch.distributions",), exempt=PLAIN, parts=("logpx", "elbo", "gap"),
)  # fmt: skip


@lin_gauss_check.check(
    "evidence", points=1.5, visible=True, tolerance=T1,
    title=Text("log p(x)", "log p(x)"),
    hint=Text(
        "x is the sum of a z and independent noise: what are its mean and its variance?",
        "x는 a z와 독립인 노이즈의 합입니다. 평균과 분산은 얼마인가요?",
    ),
)  # fmt: skip
def evidence(draw: Draw):
    yield draw.call(*linear_gaussian(draw, 6), function="evidence")


@lin_gauss_check.check(
    "bound", points=1.5, visible=True, tolerance=T1,
    title=Text("the ELBO", "ELBO"),
    hint=Text(
        "Under q the squared error (x - a z)^2 has an expected value with two parts; the KL is the one of Task 3 "
        "with v = sigma^2.",
        "q 아래에서 제곱 오차 (x - a z)^2의 기댓값은 두 부분의 합입니다. KL은 3번 문제의 식에서 v = sigma^2인 경우입니다.",
    ),
)  # fmt: skip
def lower_bound(draw: Draw):
    yield draw.call(*linear_gaussian(draw, 6), function="bound_of")


@lin_gauss_check.check(
    "all", points=1.5, visible=True, tolerance=T1,
    title=Text("all three, and the identity", "세 값과 항등식"),
    hint=Text(
        "Compare logpx with elbo + gap: if they differ, two of the three disagree about the model.",
        "logpx와 elbo + gap을 비교하세요. 다르다면 세 값 중 어딘가에서 모델을 다르게 쓰고 있습니다.",
    ),
)  # fmt: skip
def all_three(draw: Draw):
    yield draw.call(*linear_gaussian(draw, 4, 3))


@lin_gauss_check.check(
    "other-evidence", points=1.5, tolerance=T1,
    title=Text("log p(x), other models", "다른 모델의 log p(x)"),
    hint=Text(
        "s2 and v are variances already. log p(x) has nothing to do with q.",
        "s2와 v는 이미 분산입니다. log p(x)는 q와 아무 상관이 없습니다.",
    ),
)  # fmt: skip
def other_evidence(draw: Draw):
    for k in range(2):
        x, *rest = linear_gaussian(draw, 7)
        yield draw.call(draw.strided(x) if k else x, *rest, function="evidence")


@lin_gauss_check.check(
    "other-bounds", points=2, tolerance=T1,
    title=Text("the ELBO, other models", "다른 모델의 ELBO"),
    hint=Text(
        "All constants belong to it, otherwise it is no bound. Does the spread of q blur the reconstruction?",
        "상수까지 모두 들어가야 하한이 됩니다. q의 분산이 재구성에도 영향을 주고 있나요?",
    ),
)  # fmt: skip
def other_lower_bounds(draw: Draw):
    for _ in range(3):
        yield draw.call(*linear_gaussian(draw, 5), function="bound_of")


@lin_gauss_check.check(
    "gap", points=1.5, tolerance=T1,
    title=Text("the gap", "간격"),
    hint=Text(
        "The KL from q to the true posterior, in this order; it is never negative.",
        "q에서 실제 사후 분포로의 KL이며, 순서가 중요합니다. 음수가 될 수 없습니다.",
    ),
)  # fmt: skip
def gap_values(draw: Draw):
    for _ in range(3):
        yield draw.call(*linear_gaussian(draw, 5), function="gap_of")


@lin_gauss_check.check(
    "at-posterior", points=1, tolerance=T1, edge=True,
    title=Text("q is the true posterior", "q가 실제 사후 분포일 때"),
    hint=Text(
        "Here the bound is tight: the ELBO equals log p(x) and the gap is zero.",
        "이때 하한은 딱 맞습니다. ELBO가 log p(x)와 같고 간격은 0입니다.",
    ),
)  # fmt: skip
def at_posterior(draw: Draw):
    x, a, s2, _, _ = linear_gaussian(draw, 6)
    yield draw.call(x, a, s2, a * x / (a**2 + s2), s2 / (a**2 + s2))


@lin_gauss_check.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("a decoder that ignores z, 0-d tensors, equal rows", "z를 무시하는 디코더, 0차원 텐서, 같은 값만 있는 입력"),
    hint=Text(
        "With a = 0 the observation says nothing about z, and the posterior is the prior. The shape of the inputs "
        "stays.",
        "a = 0이면 관측이 z에 대해 아무것도 알려 주지 않으므로 사후 분포가 사전 분포와 같습니다. 입력의 모양은 그대로 유지됩니다.",
    ),
)  # fmt: skip
def lin_gauss_edges(draw: Draw):
    x, a, s2, m, v = linear_gaussian(draw, 4)
    yield draw.call(x, 0 * a, s2, m, v)
    yield draw.call(x, 0 * a, s2, 0 * m, 0 * v + 1)
    yield draw.call(*linear_gaussian(draw))
    yield draw.call(*linear_gaussian(draw, 1))


@lin_gauss_check.check(
    "gradient", points=0.5, tolerance=T2, gradient=("x", "a", "s2", "m", "v"), title=DIFFERENTIABLE, hint=NO_DETOUR,
)  # fmt: skip
def lin_gauss_gradient(draw: Draw):
    yield draw.call(*linear_gaussian(draw, 5), function="bound_of")


@lin_gauss_check.in_float32(points=0.5, hint=SAME_DTYPE)
def lin_gauss_float32(draw: Draw):
    yield draw.call(*linear_gaussian(draw, 5))


# -- 8 ---------------------------------------------------------------------------------------------------------------

generate = Task(
    "generate", points=12, functions=("generate", "traverse"), form=1, purity=1,
    exempt={k: v for k, v in PLAIN.items() if k != "R14"},
)  # fmt: skip


def decoder_params(draw: Draw, L, G, D, scale=1.0):
    """The decoder's part of the parameters, as make_decoder reads them."""
    params = {"W2": draw.normal(L, G), "b2": draw.away_from_zero(G, margin=0.2)}
    return params | {"W3": scale * draw.normal(G, D), "b3": scale * draw.away_from_zero(D, margin=0.2)}


@generate.check(
    "images", points=2, visible=True, tolerance=T1,
    title=Text("images for a batch of codes", "여러 코드에 대한 이미지"),
    hint=Text(
        "The decoder gives logits; an image is the mean of the Bernoulli variables that they stand for.",
        "디코더는 로짓을 출력합니다. 이미지는 그 로짓이 나타내는 베르누이 변수의 평균입니다.",
    ),
)  # fmt: skip
def batch_images(draw: Draw):
    for _ in range(2):
        M, L, G, D = draw.sizes(4, 2, 7)
        yield draw.call(draw.normal(M, L), decoder_params(draw, L, G, D), function="generate_images")


@generate.check(
    "walk", points=2, visible=True, tolerance=T1,
    title=Text("walks through one coordinate", "한 좌표를 훑는 코드"),
    hint=Text(
        "The chosen coordinate takes the values of vals; every other one keeps the value that z has there.",
        "고른 좌표에는 vals의 값이 들어가고, 나머지 좌표에는 z의 값이 그대로 남습니다.",
    ),
)  # fmt: skip
def walk(draw: Draw):
    for dim in (1, 2):
        L, V = draw.sizes(2, 3, 7)
        yield draw.call(draw.normal(L), dim, draw.normal(V), function="traverse")


@generate.check(
    "grids", points=1.5, tolerance=T1,
    title=Text("grids of codes, and a single code", "격자 모양의 코드, 코드 하나"),
    hint=Text(
        "The decoder takes two axes only: fold all leading axes into one and unfold them again in the same order.",
        "디코더는 두 축만 받습니다. 앞쪽 축을 모두 하나로 접었다가 같은 순서로 다시 펼치세요.",
    ),
)  # fmt: skip
def grids(draw: Draw):
    for k in range(2):
        A, B, L, G, D = draw.sizes(5, 2, 8)
        z = draw.normal(A, B, L)
        params = decoder_params(draw, L, G, D)
        yield draw.call(draw.strided(z) if k else z, params, function="generate_images")
    yield draw.call(draw.normal(L), params, function="generate_images")


@generate.check(
    "many-walks", points=1.5, tolerance=T1,
    title=Text("walks from several codes at once", "여러 코드에서 동시에 훑기"),
    hint=Text(
        "The new axis stands before the last one; every row keeps its own code apart from the chosen coordinate.",
        "새 축은 마지막 축 바로 앞입니다. 각 행은 고른 좌표를 빼고는 자기 코드를 그대로 유지합니다.",
    ),
)  # fmt: skip
def many_walks(draw: Draw):
    for k in range(3):
        N, L, V = draw.sizes(3, 2, 7)
        z = draw.normal(N, L)
        dim = (0, L - 1, draw.choice(range(L)))[k]
        yield draw.call(draw.strided(z) if k == 1 else z, dim, draw.normal(V), function="traverse")


@generate.check(
    "edges", points=1, tolerance=T1, edge=True,
    title=Text("no codes, one latent, no values", "코드 없음, 잠재 차원 1, 값 없음"),
    hint=Text(
        "An empty axis stays an axis of size 0.", "비어 있는 축도 크기 0인 축으로 남아야 합니다."
    ),
)  # fmt: skip
def generate_edges(draw: Draw):
    G, D = draw.sizes(2, 2, 6)
    yield draw.call(draw.normal(0, 3), decoder_params(draw, 3, G, D), function="generate_images")
    yield draw.call(draw.normal(1, 2, 1), decoder_params(draw, 1, G, D), function="generate_images")
    yield draw.call(np.zeros((2, 4)), decoder_params(draw, 4, G, D), function="generate_images")
    yield draw.call(draw.normal(2, 3), 1, draw.normal(0), function="traverse")
    yield draw.call(draw.normal(4, 1), 0, draw.normal(3), function="traverse")
    yield draw.call(draw.normal(1, 3), 2, draw.normal(1), function="traverse")


@generate.check(
    "saturated", points=0.5, tolerance=T1, edge=True,
    title=Text("a decoder that is very sure", "확신이 아주 강한 디코더"),
    hint=Text(
        "Logits far from 0 give pixels of 0 or 1, and nothing overflows.",
        "0에서 아주 먼 로짓은 0 또는 1인 픽셀이 되며, 오버플로가 일어나면 안 됩니다.",
    ),
)  # fmt: skip
def saturated(draw: Draw):
    M, L, G, D = draw.sizes(4, 2, 7)
    yield draw.call(draw.normal(M, L), decoder_params(draw, L, G, D, scale=900.0), function="generate_images")


@generate.check(
    "image-gradient", points=0.5, tolerance=T2, gradient=("z",),
    title=Text("autograd can follow the images to the codes", "이미지에서 코드까지 자동 미분이 되는지"),
    hint=NO_DETOUR,
)  # fmt: skip
def image_gradient(draw: Draw):
    M, L, G, D = draw.sizes(4, 2, 7)
    yield draw.call(draw.normal(M, L), decoder_params(draw, L, G, D), function="generate_images")


@generate.check(
    "walk-gradient", points=0.5, tolerance=T2, gradient=("z", "vals"),
    title=Text("autograd can follow the walk to z and vals", "훑은 코드에서 z와 vals까지 자동 미분이 되는지"),
    hint=NO_DETOUR,
)  # fmt: skip
def walk_gradient(draw: Draw):
    N, L, V = draw.sizes(3, 2, 7)
    yield draw.call(draw.normal(N, L), L // 2, draw.normal(V), function="traverse")


@generate.in_float32(points=0.5, hint=SAME_DTYPE)
def generate_float32(draw: Draw):
    M, L, G, D = draw.sizes(4, 2, 7)
    yield draw.call(draw.normal(M, L), decoder_params(draw, L, G, D), function="generate_images")
    yield draw.call(draw.normal(M, L), 1, draw.normal(D), function="traverse")
