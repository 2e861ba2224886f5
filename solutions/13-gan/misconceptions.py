"""Wrong versions that students really write, each with what to tell them. See E9-E11 of the evidence index."""

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- helpers: the parts that a wrong version shares with the right one ------------------------------------------------


def _bce_pair(r, f):
    """Loss and gradients with real = 1, fake = 0."""
    loss = F.softplus(-r).mean() + F.softplus(f).mean()
    return loss, -torch.sigmoid(-r) / r.numel(), torch.sigmoid(f) / f.numel()


def _g_pair(f, kind):
    """Loss and gradient of the generator."""
    if kind == "minimax":
        return -F.softplus(f).mean(), -torch.sigmoid(f) / f.numel()
    return F.softplus(-f).mean(), -torch.sigmoid(-f) / f.numel()


def _leaves(params, skip=()):
    return {name: p.detach().clone().requires_grad_(name not in skip) for name, p in params.items()}


def _moved(params, loss, lr, skip=()):
    names = [name for name in params if name not in skip]
    grads = torch.autograd.grad(loss, [params[name] for name in names], retain_graph=True)
    return {**params, **{name: (params[name] - lr * g).detach() for name, g in zip(names, grads)}}


def _d_objective(params_d, fake, x):
    return F.softplus(-discriminator(params_d, x)).mean() + F.softplus(discriminator(params_d, fake)).mean()


def _g_step_with(objective, params_d, params_g, z, lr):
    """A step of G on objective(logits of the fakes)."""
    params = _leaves(params_g, RUNNING)
    fake, stats = generator(params, z)
    loss = objective(discriminator(params_d, fake))
    return dict(params_d), {**_moved(params, loss, lr, RUNNING), **stats}, loss.detach()


def _dcgan(z, params, eps, normalise=None, activation=F.relu, last=torch.tanh, flip=False):
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        w = layer["W"].flip(2, 3) if flip else layer["W"]
        x = F.conv_transpose2d(x, w, stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        x = (normalise or _batch_norm)(x, eps)
        x = activation(layer["gamma"][:, None, None] * x + layer["beta"][:, None, None])
    w = params[-1]["W"].flip(2, 3) if flip else params[-1]["W"]
    return last(F.conv_transpose2d(x, w, params[-1]["b"], stride=2, padding=1))


def _batch_norm(x, eps):
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    return (x - mean) / torch.sqrt(x.var(dim=(0, 2, 3), unbiased=False, keepdim=True) + eps)


def _arc(z0, z1, t, omega):
    return (torch.sin((1 - t) * omega) * z0 + torch.sin(t * omega) * z1) / torch.sin(omega)


def _angle(z0, z1):
    cosine = (z0 @ z1) / (torch.linalg.vector_norm(z0) * torch.linalg.vector_norm(z1))
    return torch.arccos(cosine.clamp(-1, 1))


def _interp(z0, z1, ts, mode):
    t, omega = ts[:, None], _angle(z0, z1)
    return (1 - t) * z0 + t * z1 if mode == "linear" or torch.sin(omega) < 1e-6 else _arc(z0, z1, t, omega)


# -- 1. d_loss -------------------------------------------------------------------------------------------------------


@misconception(
    "d_loss",
    en="Your labels are the other way round: real samples are pushed to 0 and fakes to 1. In this course real is 1 "
    "and fake is 0.",
    ko="레이블이 서로 바뀌었습니다. 진짜를 0으로, 가짜를 1로 밀고 있습니다. 이 강의에서는 진짜가 1, 가짜가 0입니다.",
    evidence="E9",
)
def flipped_labels(r_logit, f_logit):
    loss, df, dr = _bce_pair(f_logit, r_logit)
    return loss, dr, df


@misconception(
    "d_loss",
    en="Your loss is half of what is asked. Some codes average the real and the fake half; here the two means are "
    "simply added.",
    ko="손실이 요구한 값의 절반입니다. 두 항을 평균하는 코드도 있지만, 여기서는 두 평균을 그대로 더합니다.",
)
def halved(r_logit, f_logit):
    return tuple(part / 2 for part in _bce_pair(r_logit, f_logit))


@misconception(
    "d_loss",
    en="You sum over the samples. The loss is a mean over each batch; otherwise the step grows with the batch size.",
    ko="샘플에 대해 합을 구했습니다. 손실은 배치마다 평균이어야 합니다. 합으로 두면 배치가 커질수록 갱신 폭도 커집니다.",
)
def summed(r_logit, f_logit):
    loss = F.softplus(-r_logit).sum() + F.softplus(f_logit).sum()
    return loss, -torch.sigmoid(-r_logit), torch.sigmoid(f_logit)


@misconception(
    "d_loss",
    en="You add a small constant inside the logarithm. That hides the overflow instead of avoiding it: for a "
    "confident, wrong "
    "discriminator the loss stops growing at about 18. Write the loss in terms of the logit.",
    ko="로그 안에 작은 수를 더했습니다. 오버플로를 피한 것이 아니라 가린 것입니다. 판별자가 크게 틀려도 손실이 18쯤에서 더 커지지 "
    "않습니다. 손실을 로짓으로 직접 표현해 보세요.",
)
def log_of_sigmoid_plus_eps(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss = -torch.log(real + 1e-8).mean() - torch.log(1 - fake + 1e-8).mean()
    return loss, -(1 - real) / len(real), fake / len(fake)


@misconception(
    "d_loss",
    en="You take the logarithm of a sigmoid. For large logits the sigmoid is rounded to 0 or 1 and the loss becomes "
    "infinite; "
    "the loss itself is only about as large as the logit.",
    ko="시그모이드를 구한 뒤 로그를 취했습니다. 로짓이 크면 시그모이드가 0이나 1로 반올림되어 손실이 무한대가 됩니다. 실제 손실은 "
    "로짓 정도의 크기일 뿐입니다.",
)
def log_of_sigmoid(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss = -torch.log(real).mean() - torch.log(1 - fake).mean()
    return loss, -(1 - real) / len(real), fake / len(fake)


@misconception(
    "d_loss",
    en="The sigmoid is applied twice: you turn logits into probabilities and hand these to a loss that expects "
    "logits. The "
    "discriminator can then never be surer than sigmoid(1) = 0.73.",
    ko="시그모이드가 두 번 적용되었습니다. 로짓을 확률로 바꾼 뒤, 로짓을 기대하는 손실에 넣었습니다. 그러면 판별자는 "
    "sigmoid(1) = 0.73보다 더 확신할 수 없습니다.",
)
def sigmoid_twice(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss, dr, df = _bce_pair(real, fake)
    return loss, dr * real * (1 - real), df * fake * (1 - fake)


@misconception(
    "d_loss",
    en="Your loss ignores the fakes. A discriminator that sees only real samples learns to say 1 to everything.",
    ko="손실에 가짜에 대한 항이 없습니다. 진짜만 보고 배우는 판별자는 무엇에든 1이라고 답하게 됩니다.",
)
def fake_term_missing(r_logit, f_logit):
    loss = F.softplus(-r_logit).mean()
    return loss, -torch.sigmoid(-r_logit) / r_logit.numel(), torch.zeros_like(f_logit)


@misconception(
    "d_loss",
    en="The loss is a mean, but your gradients are those of a sum: each is too large by the size of its batch.",
    ko="손실은 평균인데 기울기는 합의 기울기입니다. 각 기울기에 자기 배치의 크기가 곱해져 있습니다.",
)
def gradient_of_the_sum(r_logit, f_logit):
    loss, _, _ = _bce_pair(r_logit, f_logit)
    return loss, -torch.sigmoid(-r_logit), torch.sigmoid(f_logit)


@misconception(
    "d_loss",
    en="You put both batches into one mean over N_r + N_f samples. Each expectation in V has a mean of its own; with "
    "batches of "
    "different sizes one side would count for more.",
    ko="두 배치를 하나로 이어 N_r + N_f개에 대해 평균했습니다. V의 두 기댓값은 각각 따로 평균합니다. 한데 섞으면 배치 크기가 "
    "다를 때 한쪽이 더 큰 비중을 갖습니다.",
)
def one_mean_over_both(r_logit, f_logit):
    n = r_logit.numel() + f_logit.numel()
    loss = (F.softplus(-r_logit).sum() + F.softplus(f_logit).sum()) / n
    return loss, -torch.sigmoid(-r_logit) / n, torch.sigmoid(f_logit) / n


# -- 2. g_loss -------------------------------------------------------------------------------------------------------


@misconception(
    "g_loss",
    en='The two kinds are swapped: what you return for "minimax" is the non-saturating loss, and the other way round.',
    ko='두 kind가 서로 바뀌었습니다. "minimax"에서 포화되지 않는 손실을, "non-saturating"에서 미니맥스 손실을 돌려주고 있습니다.',
    evidence="E11",
)
def kinds_swapped(f_logit, kind):
    return _g_pair(f_logit, "non-saturating" if kind == "minimax" else "minimax")


@misconception(
    "g_loss",
    en="Your non-saturating loss is log D, and going down on it drives D(G(z)) to 0. The lecture notes do say "
    '"maximise -log D" in '
    "two places, but that is a slip: the generator maximises log D.",
    ko='포화되지 않는 손실로 log D를 돌려주었습니다. 이것을 줄이면 D(G(z))가 0으로 갑니다. 강의 노트 두 곳에 "-log D 최대화"라고 '
    "적혀 있지만 오기입니다. 생성자는 log D를 최대화합니다.",
    evidence="E11",
)
def maximises_minus_log_d(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return (loss, df) if kind == "minimax" else (-loss, -df)


@misconception(
    "g_loss",
    en="For the minimax loss you compute 1 - log D. The formula is log(1 - D): first the difference, then the "
    "logarithm.",
    ko="미니맥스 손실에서 1 - log D를 계산했습니다. 식은 log(1 - D)입니다. 빼기를 먼저 하고 로그를 취합니다.",
    evidence="E11",
)
def one_minus_log_d(f_logit, kind):
    loss, df = _g_pair(f_logit, "non-saturating")
    return (1 + loss, df) if kind == "minimax" else (loss, df)


@misconception(
    "g_loss",
    en="Your non-saturating loss gives the fakes label 0. That is the discriminator's goal; the generator wants its "
    "fakes to be taken for real.",
    ko="포화되지 않는 손실에서 가짜에 레이블 0을 주었습니다. 그것은 판별자의 목표입니다. 생성자는 자기 샘플이 진짜로 받아들여지기를 바랍니다.",
)
def label_zero(f_logit, kind):
    if kind == "minimax":
        return _g_pair(f_logit, kind)
    return F.softplus(f_logit).mean(), torch.sigmoid(f_logit) / f_logit.numel()


@misconception(
    "g_loss",
    en="Your minimax loss has the wrong sign: it is -log(1 - D), so minimising it makes the fakes worse.",
    ko="미니맥스 손실의 부호가 반대입니다. -log(1 - D)를 최소화하면 가짜는 점점 더 쉽게 들통납니다.",
)
def minimax_with_a_minus(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return (-loss, -df) if kind == "minimax" else (loss, df)


@misconception(
    "g_loss",
    en="You sum over the fakes. The loss is a mean over the batch.",
    ko="가짜들에 대해 합을 구했습니다. 손실은 배치 평균입니다.",
)
def g_loss_summed(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return loss * f_logit.numel(), df * f_logit.numel()


@misconception(
    "g_loss",
    en="The loss is a mean, but your gradient is that of a sum: it is too large by the batch size.",
    ko="손실은 평균인데 기울기는 합의 기울기입니다. 배치 크기가 곱해져 있습니다.",
)
def g_gradient_of_the_sum(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return loss, df * f_logit.numel()


@misconception(
    "g_loss",
    en="You take the logarithm of a rounded sigmoid, so the loss becomes infinite where the logit is large. Both "
    "losses can be written in "
    "terms of the logit, without ever forming D.",
    ko="반올림된 시그모이드의 로그를 구해서 로짓이 크면 손실이 무한대가 됩니다. 두 손실 모두 D를 만들지 않고 로짓만으로 쓸 수 있습니다.",
)
def g_log_of_sigmoid(f_logit, kind):
    fake = torch.sigmoid(f_logit)
    loss = torch.log(1 - fake).mean() if kind == "minimax" else -torch.log(fake).mean()
    return loss, _g_pair(f_logit, kind)[1]


@misconception(
    "g_loss",
    en="A small constant inside the logarithm caps the loss at about 28 where it should be as large as the logit.",
    ko="로그 안에 더한 작은 수 때문에, 로짓만큼 커져야 할 손실이 28쯤에서 멈춥니다.",
)
def g_log_of_sigmoid_plus_eps(f_logit, kind):
    fake = torch.sigmoid(f_logit)
    loss = torch.log(1 - fake + 1e-12).mean() if kind == "minimax" else -torch.log(fake + 1e-12).mean()
    return loss, _g_pair(f_logit, kind)[1]


# -- 3. value, d_star ------------------------------------------------------------------------------------------------


@misconception(
    "value",
    en="In the second term you take log D of the fakes. V rewards the discriminator for answering 0 there: the term "
    "is log(1 - D).",
    ko="두 번째 항에서 가짜의 log D를 구했습니다. V는 가짜에 0이라고 답할 때 커집니다. 그 항은 log(1 - D)입니다.",
)
def one_minus_missing(D_real, D_fake):
    return torch.log(D_real).mean() + torch.log(D_fake).mean()


@misconception(
    "value",
    en="You use the logarithm to base 2. With natural logarithms the value of a draw is -log 4 = -1.386; yours is -2.",
    ko="밑이 2인 로그를 썼습니다. 자연로그라면 비긴 게임의 값은 -log 4 = -1.386인데, 여러분의 값은 -2입니다.",
)
def log_base_two(D_real, D_fake):
    return torch.log2(D_real).mean() + torch.log2(1 - D_fake).mean()


@misconception(
    "value",
    en="You return -V, the discriminator's loss. V itself is what the discriminator maximises, and it is never "
    "positive.",
    ko="판별자의 손실인 -V를 돌려주었습니다. V는 판별자가 최대화하는 값이며 양수가 될 수 없습니다.",
)
def value_negated(D_real, D_fake):
    return -(torch.log(D_real).mean() + torch.log1p(-D_fake).mean())


@misconception(
    "value",
    en="You sum the logarithms. V is made of two expectations, so each term is a mean over its own batch.",
    ko="로그를 더하기만 했습니다. V는 두 기댓값의 합이므로 각 항은 자기 배치의 평균이어야 합니다.",
)
def value_summed(D_real, D_fake):
    return torch.log(D_real).sum() + torch.log1p(-D_fake).sum()


@misconception(
    "value",
    en="A small constant is added before the logarithm, or D is clamped. Then even a perfect discriminator does not "
    "reach V = 0 exactly, and a "
    "hopeless one is not punished without limit. The docstring asks for the plain logarithm.",
    ko="로그를 취하기 전에 작은 수를 더했거나 D를 잘랐습니다. 그러면 완벽한 판별자도 V = 0에 정확히 도달하지 못하고, 완전히 틀린 "
    "답의 벌점도 유한해집니다. docstring대로 로그를 그대로 쓰세요.",
)
def value_plus_eps(D_real, D_fake):
    return torch.log(D_real + 1e-8).mean() + torch.log(1 - D_fake + 1e-8).mean()


@misconception(
    "d_star",
    en="Your numerator is the density of the fakes. D is the probability that a sample is real.",
    ko="분자에 가짜의 밀도를 두었습니다. D는 샘플이 진짜일 확률입니다.",
)
def density_of_the_fakes(pr, pg):
    total = pr + pg
    return torch.where(total == 0, 0.5, pg / torch.where(total == 0, 1.0, total))


@misconception(
    "d_star",
    en="Where both densities are 0 you divide 0 by 0 and return NaN. One NaN spreads through every mean that "
    "follows; the docstring "
    "fixes a value for such points.",
    ko="두 밀도가 모두 0인 점에서 0을 0으로 나누어 NaN이 나옵니다. NaN 하나가 뒤따르는 모든 평균으로 번집니다. 그런 점의 값은 "
    "docstring에 정해져 있습니다.",
)
def zero_by_zero(pr, pg):
    return pr / (pr + pg)


@misconception(
    "d_star",
    en="You add a small constant to the denominator. That gives 0 where both densities vanish, and changes D* "
    "wherever the densities are small.",
    ko="분모에 작은 수를 더했습니다. 두 밀도가 모두 0인 점에서 0이 되고, 밀도가 작은 곳에서는 D*가 달라집니다.",
)
def denominator_plus_eps(pr, pg):
    return pr / (pr + pg + 1e-8)


@misconception(
    "d_star",
    en="You divide by the mixture m = (pr + pg) / 2 of the Jensen-Shannon divergence. That is twice D*, and no "
    "probability: it can exceed 1.",
    ko="옌센-섀넌 발산에 나오는 혼합 분포 m = (pr + pg) / 2로 나누었습니다. 그 값은 D*의 두 배이며 1을 넘을 수 있으므로 확률이 아닙니다.",
)
def divided_by_the_mixture(pr, pg):
    mixture = (pr + pg) / 2
    return torch.where(mixture == 0, 0.5, pr / torch.where(mixture == 0, 1.0, mixture))


# -- 4. d_step -------------------------------------------------------------------------------------------------------


@misconception(
    "d_step",
    en="Your discriminator step moves the generator too. The fakes are data for D: no gradient of D's loss may reach "
    "the generator's "
    "parameters, which would otherwise learn to help D.",
    ko="판별자 단계에서 생성자까지 움직였습니다. 판별자에게 가짜는 데이터일 뿐입니다. 판별자 손실의 기울기로 생성자를 갱신하면 "
    "생성자는 판별자를 돕는 쪽으로 배우게 됩니다.",
    evidence="E10",
)
def moves_the_generator(params_d, params_g, x, z, lr):
    d, g = _leaves(params_d), _leaves(params_g, RUNNING)
    loss = _d_objective(d, generator(g, z)[0], x)
    running = {name: params_g[name] for name in RUNNING}
    return _moved(d, loss, lr), {**_moved(g, loss, lr, RUNNING), **running}, loss.detach()


@misconception(
    "d_step",
    en="Your step goes up the loss. The discriminator maximises V, and the loss is -V: add the gradient of V or "
    "subtract that of the loss, not a mixture.",
    ko="손실이 커지는 쪽으로 움직였습니다. 판별자는 V를 최대화하고 손실은 -V입니다. V의 기울기를 더하거나 손실의 기울기를 빼야 하는데, "
    "두 가지가 섞였습니다.",
)
def climbs_the_loss(params_d, params_g, x, z, lr):
    d = _leaves(params_d)
    loss = _d_objective(d, generator(params_g, z)[0].detach(), x)
    return _moved(d, loss, -lr), dict(params_g), loss.detach()


@misconception(
    "d_step",
    en="Your fakes are not made from the z that is passed in, but from noise drawn inside the function or kept from "
    "before. Noise is an argument here, so that a "
    "step can be repeated exactly.",
    ko="가짜를 인자로 받은 z가 아니라 함수 안에서 새로 뽑았거나 이전에 쓰던 노이즈로 만들었습니다. 같은 단계를 똑같이 재현할 수 "
    "있도록 노이즈는 인자로 받습니다.",
)
def other_noise(params_d, params_g, x, z, lr):
    own = torch.randn(z.shape, generator=torch.Generator().manual_seed(0), dtype=z.dtype).to(z.device)
    d = _leaves(params_d)
    loss = _d_objective(d, generator(params_g, own)[0].detach(), x)
    return _moved(d, loss, lr), dict(params_g), loss.detach()


@misconception(
    "d_step",
    en="The generator you return has new running batch-norm statistics. In the discriminator's step it was only "
    "asked for samples: nothing of it may "
    "change, statistics included.",
    ko="돌려준 생성자의 배치 정규화 이동 통계가 바뀌었습니다. 판별자 단계에서 생성자는 샘플만 내주었을 뿐이므로 통계까지 포함해 "
    "아무것도 바뀌면 안 됩니다.",
)
def updates_the_running_statistics(params_d, params_g, x, z, lr):
    d = _leaves(params_d)
    fake, stats = generator(params_g, z)
    loss = _d_objective(d, fake.detach(), x)
    return _moved(d, loss, lr), {**params_g, **stats}, loss.detach()


@misconception(
    "d_step",
    en="The labels are the other way round: your discriminator learns to call fakes real.",
    ko="레이블이 서로 바뀌었습니다. 판별자가 가짜를 진짜라고 부르도록 배우고 있습니다.",
    evidence="E9",
)
def labels_flipped_in_the_step(params_d, params_g, x, z, lr):
    d = _leaves(params_d)
    fake = generator(params_g, z)[0].detach()
    loss = F.softplus(discriminator(d, x)).mean() + F.softplus(-discriminator(d, fake)).mean()
    return _moved(d, loss, lr), dict(params_g), loss.detach()


@misconception(
    "d_step",
    en="Your step averages the real and the fake loss. The docstring adds them; with the ½ every step is half as long.",
    ko="진짜와 가짜의 손실을 평균했습니다. docstring에서는 둘을 더합니다. ½을 곱하면 갱신 폭이 절반이 됩니다.",
)
def halved_step(params_d, params_g, x, z, lr):
    d = _leaves(params_d)
    loss = _d_objective(d, generator(params_g, z)[0].detach(), x) / 2
    return _moved(d, loss, lr), dict(params_g), loss.detach()


# -- 5. g_step -------------------------------------------------------------------------------------------------------


@misconception(
    "g_step",
    en="The fakes are detached in the generator's step, so no gradient comes back and the generator stays where it "
    "is. Detaching belongs in the step "
    "of the discriminator.",
    ko="생성자 단계에서 가짜를 detach하여 기울기가 돌아오지 않고 생성자가 제자리에 머뭅니다. detach는 판별자 단계에서 하는 일입니다.",
    evidence="E10",
)
def detached_fakes(params_d, params_g, z, lr):
    fake, stats = generator(params_g, z)
    loss = F.softplus(-discriminator(params_d, fake.detach())).mean()
    return dict(params_d), {**params_g, **stats}, loss


@misconception(
    "g_step",
    en="Your generator step moves the discriminator as well, towards believing the fakes. The gradient only passes "
    "through D; its parameters stay.",
    ko="생성자 단계에서 판별자도 가짜를 믿는 쪽으로 움직였습니다. 기울기는 판별자를 지나갈 뿐이고 판별자의 파라미터는 그대로여야 합니다.",
)
def moves_the_discriminator(params_d, params_g, z, lr):
    d, g = _leaves(params_d), _leaves(params_g, RUNNING)
    fake, stats = generator(g, z)
    loss = F.softplus(-discriminator(d, fake)).mean()
    return _moved(d, loss, lr), {**_moved(g, loss, lr, RUNNING), **stats}, loss.detach()


@misconception(
    "g_step",
    en="You turn the discriminator's loss around and minimise log(1 - D). That is the minimax loss, which hardly "
    "moves a generator whose fakes are all "
    "rejected; the docstring asks for the non-saturating one.",
    ko="판별자의 손실을 부호만 바꾸어 log(1 - D)를 최소화했습니다. 이는 미니맥스 손실로, 가짜가 모두 들통나는 동안에는 생성자를 거의 "
    "움직이지 못합니다. docstring이 요구하는 것은 포화되지 않는 손실입니다.",
    evidence="E11",
)
def uses_the_loss_of_d(params_d, params_g, z, lr):
    return _g_step_with(lambda logits: -F.softplus(logits).mean(), params_d, params_g, z, lr)


@misconception(
    "g_step",
    en="The fakes get label 0, as in the discriminator's loss: your generator learns to be caught. It should be "
    "rewarded when D takes its samples for real.",
    ko="판별자의 손실에서처럼 가짜에 레이블 0을 주었습니다. 그러면 생성자는 들키는 법을 배웁니다. D가 진짜로 여길 때 손실이 작아져야 합니다.",
)
def wrong_label(params_d, params_g, z, lr):
    return _g_step_with(lambda logits: F.softplus(logits).mean(), params_d, params_g, z, lr)


@misconception(
    "g_step",
    en="The loss is right, but your step goes up instead of down.",
    ko="손실은 맞지만, 줄어드는 쪽이 아니라 커지는 쪽으로 움직였습니다.",
)
def climbs_the_generator_loss(params_d, params_g, z, lr):
    return _g_step_with(lambda logits: F.softplus(-logits).mean(), params_d, params_g, z, -lr)


@misconception(
    "g_step",
    en="The generator's running statistics are still the old ones. In this step the generator is training, so "
    '"mean" and "var" become what '
    "generator(...) hands back.",
    ko='생성자의 이동 통계가 예전 값 그대로입니다. 이 단계에서는 생성자가 학습 중이므로 "mean"과 "var"는 generator(...)가 돌려준 값이 되어야 합니다.',
)
def running_statistics_forgotten(params_d, params_g, z, lr):
    d, new, loss = _g_step_with(lambda logits: F.softplus(-logits).mean(), params_d, params_g, z, lr)
    return d, {**new, "mean": params_g["mean"], "var": params_g["var"]}, loss


# -- 6. train_loop ---------------------------------------------------------------------------------------------------


@misconception(
    "train_loop",
    en="In your rounds the generator moves first. A round is k steps of D and then one of G, so that G faces a "
    "discriminator that has just caught up.",
    ko="라운드마다 생성자가 먼저 움직였습니다. 한 라운드는 D를 k번 갱신한 뒤 G를 한 번 갱신합니다. 그래야 G가 방금 따라잡은 판별자를 상대합니다.",
)
def generator_first(steps, k, batches, zs):
    log, b, j = [], 0, 0
    for _ in range(steps):
        log.append(("G", zs[j]))
        j += 1
        for _ in range(k):
            log.append(("D", batches[b % len(batches)], zs[j]))
            b, j = b + 1, j + 1
    return log


@misconception(
    "train_loop",
    en="The generator gets the noise that the discriminator has just used. Every step of either player takes an item "
    "of zs that nobody used before.",
    ko="판별자가 방금 쓴 노이즈를 생성자가 다시 썼습니다. 어느 쪽이든 단계마다 아직 쓰지 않은 노이즈를 씁니다.",
)
def same_noise_for_both(steps, k, batches, zs):
    log, b, j = [], 0, 0
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[b % len(batches)], zs[j]))
            b, j = b + 1, j + 1
        log.append(("G", zs[j - 1]))
    return log


@misconception(
    "train_loop",
    en="All k steps of the discriminator in a round see the same batch. The batch counter must move with every step "
    "of D, not with every round.",
    ko="한 라운드 안의 판별자 k단계가 모두 같은 배치를 썼습니다. 배치 카운터는 라운드가 아니라 D의 단계마다 넘어가야 합니다.",
)
def k_steps_on_one_batch(steps, k, batches, zs):
    log, j = [], 0
    for s in range(steps):
        for _ in range(k):
            log.append(("D", batches[s % len(batches)], zs[j]))
            j += 1
        log.append(("G", zs[j]))
        j += 1
    return log


@misconception(
    "train_loop",
    en="Within a round the discriminator always sees the fakes of one and the same noise: its k steps share one item "
    "of zs. Each of them needs a new one.",
    ko="한 라운드 안에서 판별자가 계속 같은 노이즈로 만든 가짜를 보고 있습니다. k단계가 zs의 항목 하나를 나누어 썼는데, 단계마다 새 노이즈가 필요합니다.",
)
def stale_fakes(steps, k, batches, zs):
    log, b, j = [], 0, 0
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[b % len(batches)], zs[j]))
            b += 1
        log.append(("G", zs[j + 1]))
        j += 2
    return log


@misconception(
    "train_loop",
    en="Every round of yours starts again with the first batch, so most of the data is never seen. The batch counter "
    "lives as long as the whole run.",
    ko="라운드마다 첫 배치부터 다시 시작해서 대부분의 데이터를 쓰지 않게 됩니다. 배치 카운터는 학습 전체에 걸쳐 이어져야 합니다.",
)
def batches_restart_every_round(steps, k, batches, zs):
    log, j = [], 0
    for _ in range(steps):
        for i in range(k):
            log.append(("D", batches[i % len(batches)], zs[j]))
            j += 1
        log.append(("G", zs[j]))
        j += 1
    return log


@misconception(
    "train_loop",
    en="You give the k steps to the generator. It is the discriminator that moves k times in a round, the generator "
    "moves once.",
    ko="k번의 갱신을 생성자에게 주었습니다. 한 라운드에서 k번 움직이는 쪽은 판별자이고 생성자는 한 번 움직입니다.",
)
def k_steps_of_the_generator(steps, k, batches, zs):
    log, j = [], 0
    for s in range(steps):
        log.append(("D", batches[s % len(batches)], zs[j]))
        j += 1
        for _ in range(k):
            log.append(("G", zs[j]))
            j += 1
    return log


# -- 7. dcgan_g, dcgan_shapes ----------------------------------------------------------------------------------------


@misconception(
    "dcgan_shapes",
    en="That is the size formula of the ordinary convolution: your images shrink. For the transposed one, solve it "
    "for the input size.",
    ko="일반 합성곱의 크기 공식을 써서 이미지가 줄어듭니다. 전치 합성곱에서는 그 공식을 입력 크기에 대해 풀어야 합니다.",
)
def size_of_the_convolution(base, n):
    sizes = [base]
    for _ in range(n):
        sizes.append((sizes[-1] + 2 * 1 - 4) // 2 + 1)
    return sizes


@misconception(
    "dcgan_shapes",
    en="You leave out the padding: in a transposed convolution it is cut off on both sides, which makes the image "
    "smaller by 2p.",
    ko="패딩을 빠뜨렸습니다. 전치 합성곱에서 패딩은 양쪽에서 잘려 나가므로 이미지가 2p만큼 작아집니다.",
)
def padding_forgotten(base, n):
    sizes = [base]
    for _ in range(n):
        sizes.append((sizes[-1] - 1) * 2 + 4)
    return sizes


@misconception(
    "dcgan_shapes",
    en="You add the padding as an ordinary convolution would. In a transposed convolution it takes pixels away: -2p, "
    "not +2p.",
    ko="일반 합성곱처럼 패딩을 더했습니다. 전치 합성곱의 패딩은 픽셀을 없앱니다. +2p가 아니라 -2p입니다.",
)
def padding_added(base, n):
    sizes = [base]
    for _ in range(n):
        sizes.append((sizes[-1] - 1) * 2 + 2 * 1 + 4)
    return sizes


@misconception(
    "dcgan_shapes",
    en="The list is one entry short: it starts with base, the size after layer 0, and then has one entry for each of "
    "the n layers.",
    ko="리스트에 항목이 하나 모자랍니다. 0번 층의 크기 base로 시작해서 n개 층마다 항목이 하나씩 있어야 합니다.",
)
def first_size_left_out(base, n):
    return [base * 2**i for i in range(1, n + 1)]


@misconception(
    "dcgan_g",
    en="Your last layer is normalised as well. DCGAN leaves batch norm out of the generator's output layer: it would "
    "force mean and spread of every "
    "channel to the same values in each batch.",
    ko="마지막 층까지 정규화했습니다. DCGAN은 생성자의 출력층에 배치 정규화를 두지 않습니다. 출력층을 정규화하면 배치마다 채널의 "
    "평균과 분산이 똑같아지기 때문입니다.",
)
def output_layer_normalised(z, params, eps=1e-5):
    return _dcgan(z, params, eps, last=lambda x: torch.tanh(_batch_norm(x, eps)))


@misconception(
    "dcgan_g",
    en="Your images end in a sigmoid and lie in [0, 1]. The generator of DCGAN ends in tanh, so that pixels lie in "
    "[-1, 1].",
    ko="출력에 시그모이드를 써서 픽셀이 [0, 1]에 있습니다. DCGAN 생성자는 tanh로 끝나므로 픽셀이 [-1, 1]에 있습니다.",
)
def sigmoid_at_the_end(z, params, eps=1e-5):
    return _dcgan(z, params, eps, last=torch.sigmoid)


@misconception(
    "dcgan_g",
    en="The last tanh is missing: your pixels are not limited to [-1, 1].",
    ko="마지막 tanh가 빠져 픽셀이 [-1, 1] 범위를 벗어납니다.",
)
def tanh_missing(z, params, eps=1e-5):
    return _dcgan(z, params, eps, last=lambda x: x)


@misconception(
    "dcgan_g",
    en="You use the activations of the other player: leaky ReLU belongs to DCGAN's discriminator, plain ReLU to its "
    "generator.",
    ko="두 신경망의 활성화 함수를 맞바꾸었습니다. DCGAN에서 leaky ReLU는 판별자에, 일반 ReLU는 생성자에 씁니다.",
)
def activations_of_the_discriminator(z, params, eps=1e-5):
    return _dcgan(z, params, eps, activation=lambda x: F.leaky_relu(x, 0.2))


@misconception(
    "dcgan_g",
    en="Your kernels are flipped. A transposed convolution stamps the kernel into the output as it is; if you build "
    "it from an ordinary convolution, "
    "check which of the two flips.",
    ko="커널이 뒤집혔습니다. 전치 합성곱은 커널을 있는 그대로 출력에 찍습니다. 일반 합성곱으로 만들었다면 어느 쪽에서 뒤집어야 하는지 확인해 보세요.",
    evidence="E21",
)
def flipped_kernel(z, params, eps=1e-5):
    return _dcgan(z, params, eps, flip=True)


@misconception(
    "dcgan_g",
    en="You normalise each image on its own. Batch norm takes mean and variance of a channel over the whole batch as "
    "well as over all pixels.",
    ko="이미지마다 따로 정규화했습니다. 배치 정규화는 채널의 평균과 분산을 모든 픽셀뿐 아니라 배치 전체에 대해서도 구합니다.",
)
def each_image_normalised_alone(z, params, eps=1e-5):
    def alone(x, eps):
        mean = x.mean(dim=(2, 3), keepdim=True)
        return (x - mean) / torch.sqrt(x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps)

    return _dcgan(z, params, eps, normalise=alone)


@misconception(
    "dcgan_g",
    en="You normalise with the unbiased variance. Batch norm divides the sum of squares by the number of elements, "
    "not by that number minus one.",
    ko="불편 분산으로 정규화했습니다. 배치 정규화는 제곱합을 원소 수에서 1을 뺀 값이 아니라 원소 수로 나눕니다.",
    evidence="E13",
)
def unbiased_variance(z, params, eps=1e-5):
    def unbiased(x, eps):
        mean = x.mean(dim=(0, 2, 3), keepdim=True)
        return (x - mean) / torch.sqrt(x.var(dim=(0, 2, 3), unbiased=True, keepdim=True) + eps)

    return _dcgan(z, params, eps, normalise=unbiased)


@misconception(
    "dcgan_g",
    en="You add eps to the standard deviation. It stands under the root, with the variance.",
    ko="eps를 표준편차에 더했습니다. eps는 분산과 함께 근호 안에 들어갑니다.",
)
def epsilon_outside_the_root(z, params, eps=1e-5):
    def outside(x, eps):
        mean = x.mean(dim=(0, 2, 3), keepdim=True)
        return (x - mean) / (x.std(dim=(0, 2, 3), unbiased=False, keepdim=True) + eps)

    return _dcgan(z, params, eps, normalise=outside)


@misconception(
    "dcgan_g",
    en="Your eps is fixed at 1e-5. It is an argument of the function.",
    ko="eps가 1e-5로 고정되어 있습니다. eps는 함수의 인자로 받은 값을 써야 합니다.",
)
def epsilon_fixed(z, params, eps=1e-5):
    return _dcgan(z, params, 1e-5)


# -- 8. interp, attribute --------------------------------------------------------------------------------------------


@misconception(
    "interp",
    en="You place your own, evenly spaced steps and miss the ends. Row i belongs to ts[i], whatever its value, and t "
    "= 0 and t = 1 give z0 and z1.",
    ko="ts 대신 등간격을 새로 만들어 썼고 양 끝에도 닿지 않습니다. i번째 행은 ts[i]의 값에 해당하며, t = 0과 t = 1에서 각각 z0와 z1이어야 합니다.",
)
def own_steps(z0, z1, ts, mode):
    n = ts.shape[0]
    return _interp(z0, z1, (torch.arange(n, device=ts.device) + 0.5).to(ts.dtype) / max(n, 1), mode)


@misconception(
    "interp",
    en="You walk in the wrong direction: t = 0 gives z1 and t = 1 gives z0.",
    ko="방향이 반대입니다. t = 0에서 z1, t = 1에서 z0가 나옵니다.",
)
def t_reversed(z0, z1, ts, mode):
    return _interp(z1, z0, ts, mode)


@misconception(
    "interp",
    en="For vectors in the same direction your slerp divides 0 by 0 and returns NaN. There the arc is a straight "
    "line, and so is the answer.",
    ko="방향이 같은 두 벡터에서 slerp가 0을 0으로 나누어 NaN이 됩니다. 이때 호는 직선이므로 답도 선형 보간과 같습니다.",
)
def nan_for_parallel(z0, z1, ts, mode):
    t = ts[:, None]
    return (1 - t) * z0 + t * z1 if mode == "linear" else _arc(z0, z1, t, _angle(z0, z1))


@misconception(
    "interp",
    en="You take the arccos of the plain inner product. An angle comes from unit vectors: divide by both lengths "
    "first.",
    ko="내적을 그대로 arccos에 넣었습니다. 각도는 단위 벡터로 구합니다. 먼저 두 벡터의 길이로 나누세요.",
)
def angle_without_lengths(z0, z1, ts, mode):
    t = ts[:, None]
    if mode == "linear":
        return (1 - t) * z0 + t * z1
    omega = torch.arccos((z0 @ z1).clamp(-0.999999, 0.999999))
    return _arc(z0, z1, t, omega)


@misconception(
    "interp",
    en="You walk between unit vectors, so the ends are no longer z0 and z1. Only the angle is computed from unit "
    "vectors.",
    ko="단위 벡터 사이를 걷고 있어서 양 끝이 z0와 z1이 아닙니다. 단위 벡터는 각도를 구할 때만 씁니다.",
)
def walks_on_the_unit_sphere(z0, z1, ts, mode):
    if mode == "linear":
        return _interp(z0, z1, ts, mode)
    return _interp(z0 / torch.linalg.vector_norm(z0), z1 / torch.linalg.vector_norm(z1), ts, mode)


@misconception(
    "interp",
    en='Both modes give the straight line. For "slerp" the weights are ratios of sines of the angle.',
    ko='두 방식 모두 직선을 돌려줍니다. "slerp"의 가중치는 각도의 사인으로 이루어진 비율입니다.',
)
def slerp_is_linear(z0, z1, ts, mode):
    return (1 - ts[:, None]) * z0 + ts[:, None] * z1


@misconception(
    "attribute",
    en="You add the mean of the group with the attribute and never subtract the other. That moves everything those "
    "samples have in common, not the attribute alone "
    "(the lecture notes leave the subtraction out, too).",
    ko="속성이 있는 집단의 평균을 더하기만 하고 다른 집단의 평균을 빼지 않았습니다. 그러면 속성만이 아니라 그 샘플들의 공통점이 모두 "
    "더해집니다. (강의 노트에도 이 뺄셈이 빠져 있습니다.)",
)
def adds_without_subtracting(zp, zn, z):
    return z + zp.mean(dim=0)


@misconception(
    "attribute",
    en="You average over all entries instead of over the rows, so the direction becomes one number. Each latent "
    "coordinate has a mean of its own.",
    ko="행에 대해서가 아니라 모든 원소에 대해 평균해서 방향이 숫자 하나가 되었습니다. 잠재 벡터의 좌표마다 따로 평균을 구해야 합니다.",
)
def mean_over_the_wrong_axis(zp, zn, z):
    return z + zp.mean(dim=1).mean() - zn.mean(dim=1).mean()


@misconception(
    "attribute",
    en="Your direction points the other way: it takes the attribute away.",
    ko="방향이 반대입니다. 속성을 더하는 것이 아니라 없애고 있습니다.",
)
def attribute_taken_away(zp, zn, z):
    return z - zp.mean(dim=0) + zn.mean(dim=0)


@misconception(
    "attribute",
    en="You add up the groups instead of averaging them, so the step grows with the number of examples.",
    ko="집단의 평균이 아니라 합을 썼습니다. 샘플 수가 많을수록 이동 거리가 커집니다.",
)
def sums_of_the_groups(zp, zn, z):
    return z + zp.sum(dim=0) - zn.sum(dim=0)


# -- 9. saturation ---------------------------------------------------------------------------------------------------


@misconception(
    "saturation",
    en="These are slopes with respect to D, not to the logit. The factor sigma'(l) that connects the two is exactly "
    "what makes the gradient vanish.",
    ko="로짓이 아니라 D에 대한 기울기를 구했습니다. 둘을 잇는 인수 sigma'(l)이 바로 기울기를 사라지게 하는 원인입니다.",
)
def slope_by_d(logits):
    probability = torch.sigmoid(logits)
    return -1 / (1 - probability), -1 / probability


@misconception(
    "saturation",
    en="The sign is wrong. Both losses fall when the logit rises, so both slopes are negative.",
    ko="부호가 반대입니다. 로짓이 커지면 두 손실 모두 작아지므로 기울기는 둘 다 음수입니다.",
)
def positive_slopes(logits):
    return torch.sigmoid(logits), torch.sigmoid(-logits)


@misconception(
    "saturation",
    en="The two results are swapped: first comes the slope of the saturating loss log(1 - D).",
    ko="두 결과의 순서가 바뀌었습니다. 포화되는 손실 log(1 - D)의 기울기가 먼저입니다.",
)
def slopes_swapped(logits):
    return -torch.sigmoid(-logits), -torch.sigmoid(logits)


@misconception(
    "saturation",
    en="You divide by the number of logits. Here every logit has a slope of its own; nothing is averaged.",
    ko="로짓의 개수로 나누었습니다. 여기서는 로짓마다 기울기가 하나씩이며 평균하지 않습니다.",
)
def slopes_of_the_mean(logits):
    n = max(logits.numel(), 1)
    return -torch.sigmoid(logits) / n, -torch.sigmoid(-logits) / n


# -- slips from answers that students wrote with the notebook alone ---------------------------------------------------


@misconception(
    "d_loss",
    en="Your gradients are those with respect to D, not to the logit: −1/D and 1/(1 − D). The chain rule adds the slope of the sigmoid, D(1 − D).",
    ko="로짓이 아니라 D에 대한 기울기(−1/D, 1/(1 − D))를 돌려주고 있습니다. 연쇄 법칙에 따라 시그모이드의 기울기 D(1 − D)를 곱해야 합니다.",
)
def slopes_by_the_probability(r_logit, f_logit):
    loss = F.softplus(-r_logit).mean() + F.softplus(f_logit).mean()
    dr = -1 / torch.sigmoid(r_logit) / len(r_logit)
    df = 1 / (1 - torch.sigmoid(f_logit)) / len(f_logit)
    return loss, dr, df


@misconception(
    "d_loss",
    en="You divide both halves by the size of the real batch. The fakes have a batch size of their own.",
    ko="두 항을 모두 진짜 배치의 크기로 나누었습니다. 가짜 배치의 크기는 다를 수 있습니다.",
)
def real_batch_size_for_both(r_logit, f_logit):
    n = len(r_logit)
    loss = F.softplus(-r_logit).sum() / n + F.softplus(f_logit).sum() / n
    return loss, -torch.sigmoid(-r_logit) / n, torch.sigmoid(f_logit) / n


@misconception(
    "d_loss",
    en="The gradient of the real batch is that of label 0, sigmoid(r). Real samples have label 1: sigmoid(r) − 1.",
    ko="진짜 배치의 기울기가 레이블 0일 때의 sigmoid(r)입니다. 진짜의 레이블은 1이므로 sigmoid(r) − 1입니다.",
)
def real_gradient_with_label_zero(r_logit, f_logit):
    loss = F.softplus(-r_logit).mean() + F.softplus(f_logit).mean()
    return loss, torch.sigmoid(r_logit) / len(r_logit), torch.sigmoid(f_logit) / len(f_logit)


@misconception(
    "g_loss",
    en="You clamp D before the logarithm. Then a confident discriminator gives a bounded loss and no slope; softplus needs no clamp.",
    ko="로그 앞에서 D를 잘라 냈습니다(clamp). 그러면 판별자가 확신할 때 손실이 막히고 기울기가 사라집니다. softplus에는 clamp가 필요 없습니다.",
)
def g_probabilities_clamped(f_logit, kind):
    n, s = len(f_logit), torch.sigmoid(f_logit).clamp(1e-7, 1 - 1e-7)
    if kind == "minimax":
        return torch.log(1 - s).mean(), -s / n
    return -torch.log(s).mean(), -(1 - s) / n


@misconception(
    "g_loss",
    en="Both kinds have the gradient of the non-saturating loss. The minimax loss has −sigmoid(f)/N.",
    ko="두 종류 모두 non-saturating 손실의 기울기를 돌려줍니다. minimax 손실의 기울기는 −sigmoid(f)/N입니다.",
)
def saturating_gradient_left_out(f_logit, kind):
    df = -torch.sigmoid(-f_logit) / len(f_logit)
    if kind == "minimax":
        return -F.softplus(f_logit).mean(), df
    return F.softplus(-f_logit).mean(), df


@misconception(
    "g_loss",
    en="Your gradients are those with respect to D, not to the logit. The slope of the sigmoid, D(1 − D), is missing.",
    ko="로짓이 아니라 D에 대한 기울기를 돌려주고 있습니다. 시그모이드의 기울기 D(1 − D)가 빠졌습니다.",
)
def g_slopes_by_the_probability(f_logit, kind):
    n, s = len(f_logit), torch.sigmoid(f_logit)
    if kind == "minimax":
        return -F.softplus(f_logit).mean(), -1 / (1 - s) / n
    return F.softplus(-f_logit).mean(), -1 / s / n


@misconception(
    "g_loss",
    en="The non-saturating gradient is that of label 0, sigmoid(f). The generator wants label 1: sigmoid(f) − 1.",
    ko="non-saturating 기울기가 레이블 0일 때의 sigmoid(f)입니다. 생성자가 바라는 레이블은 1이므로 sigmoid(f) − 1입니다.",
)
def gradient_with_label_zero(f_logit, kind):
    n = len(f_logit)
    if kind == "minimax":
        return -F.softplus(f_logit).mean(), -torch.sigmoid(f_logit) / n
    return F.softplus(-f_logit).mean(), torch.sigmoid(f_logit) / n


@misconception(
    "g_loss",
    en="The minimax loss takes log D. The generator minimises log(1 − D) there.",
    ko="minimax 손실에 log D를 썼습니다. 여기서 생성자는 log(1 − D)를 최소화합니다.",
)
def log_d_for_log_one_minus_d(f_logit, kind):
    n = len(f_logit)
    if kind == "minimax":
        return F.logsigmoid(f_logit).mean(), torch.sigmoid(-f_logit) / n
    return F.softplus(-f_logit).mean(), -torch.sigmoid(-f_logit) / n


@misconception(
    "value",
    en="You apply a sigmoid to D. D_real and D_fake are probabilities already, no logits.",
    ko="D에 sigmoid를 적용했습니다. D_real과 D_fake는 로짓이 아니라 이미 확률입니다.",
)
def probabilities_taken_for_logits(D_real, D_fake):
    return F.logsigmoid(D_real).mean() + F.logsigmoid(-D_fake).mean()


@misconception(
    "value",
    en="You take one mean over both batches together. Each batch has a mean of its own, and the two are added.",
    ko="두 배치를 합쳐 평균을 한 번 냈습니다. 배치마다 평균을 내서 더해야 합니다.",
)
def one_mean_over_both_batches(D_real, D_fake):
    return torch.cat([torch.log(D_real), torch.log(1 - D_fake)]).mean()


@misconception(
    "value",
    en="You replace −inf by a finite number. Where D is 0 on a real sample, V really is −inf.",
    ko="−inf를 유한한 수로 바꾸었습니다. 진짜에서 D가 0이면 V는 실제로 −inf입니다.",
)
def infinity_made_finite(D_real, D_fake):
    return torch.nan_to_num(torch.log(D_real)).mean() + torch.nan_to_num(torch.log(1 - D_fake)).mean()


@misconception(
    "value",
    en="There is a minus between the two means. V is their sum.",
    ko="두 평균 사이에 빼기를 썼습니다. V는 두 평균의 합입니다.",
)
def means_subtracted(D_real, D_fake):
    return torch.log(D_real).mean() - torch.log(1 - D_fake).mean()


@misconception(
    "d_star",
    en="You return the likelihood ratio pr / pg. D* is a probability: the denominator is pr + pg.",
    ko="가능도비 pr / pg를 돌려주고 있습니다. D*는 확률이므로 분모가 pr + pg입니다.",
)
def likelihood_ratio(pr, pg):
    return (pr / pg).nan_to_num(nan=0.5, posinf=1.0)


@misconception(
    "d_star",
    en="Your D* is half of what is asked. Where both densities are equal it is 1/2.",
    ko="D*가 정답의 절반입니다. 두 밀도가 같을 때 1/2이어야 합니다.",
)
def d_star_halved(pr, pg):
    return (pr / (2 * (pr + pg))).nan_to_num(nan=0.5)


@misconception(
    "d_step",
    en="The discriminator's step labels the fakes as real, too. Fakes have label 0.",
    ko="판별자 스텝에서 가짜에도 진짜 레이블을 붙였습니다. 가짜의 레이블은 0입니다.",
)
def fakes_labelled_real(params_d, params_g, x, z, lr):
    fake = generator(params_g, z)[0].detach()
    p = {k: v.detach().clone().requires_grad_() for k, v in params_d.items()}
    loss = F.softplus(-discriminator(p, x)).mean() + F.softplus(-discriminator(p, fake)).mean()
    grads = torch.autograd.grad(loss, list(p.values()))
    new = {k: (v - lr * g).detach() for (k, v), g in zip(p.items(), grads)}
    out_g = params_g
    return new, out_g, loss.detach()


@misconception(
    "d_step",
    en="Your loss has the real term only. Without the fakes, D learns to say 1 to everything.",
    ko="손실에 진짜 항만 있습니다. 가짜 항이 없으면 D는 무엇에나 1이라고 답하게 됩니다.",
)
def only_the_real_term(params_d, params_g, x, z, lr):

    p = {k: v.detach().clone().requires_grad_() for k, v in params_d.items()}
    loss = F.softplus(-discriminator(p, x)).mean()
    grads = torch.autograd.grad(loss, list(p.values()))
    new = {k: (v - lr * g).detach() for (k, v), g in zip(p.items(), grads)}
    out_g = params_g
    return new, out_g, loss.detach()


@misconception(
    "d_step",
    en="The biases are not updated. They are parameters like the weights and take the same step.",
    ko="편향이 갱신되지 않습니다. 편향도 가중치와 같은 파라미터이므로 같은 스텝을 밟습니다.",
)
def biases_stay_in_the_step(params_d, params_g, x, z, lr):
    fake = generator(params_g, z)[0].detach()
    p = {k: v.detach().clone().requires_grad_() for k, v in params_d.items()}
    loss = F.softplus(-discriminator(p, x)).mean() + F.softplus(discriminator(p, fake)).mean()
    grads = torch.autograd.grad(loss, list(p.values()))
    new = {k: (v - lr * g).detach() if k[0] == "W" else v.detach() for (k, v), g in zip(p.items(), grads)}
    out_g = params_g
    return new, out_g, loss.detach()


@misconception(
    "d_step",
    en="Your step is one of Adam, whose first step has the size of the learning rate whatever the gradient is. Plain gradient descent is asked for.",
    ko="Adam으로 갱신했습니다. Adam의 첫 스텝은 기울기 크기와 상관없이 학습률만큼 움직입니다. 여기서는 단순한 경사 하강법을 씁니다.",
)
def adam_for_gradient_descent(params_d, params_g, x, z, lr):
    P = {k: torch.nn.Parameter(v.clone()) for k, v in params_d.items()}
    opt = torch.optim.Adam(P.values(), lr=lr, betas=(0.5, 0.999))
    loss = (
        F.softplus(-discriminator(P, x)).mean()
        + F.softplus(discriminator(P, generator(params_g, z)[0].detach())).mean()
    )
    loss.backward()
    opt.step()
    return {k: v.detach() for k, v in P.items()}, params_g, loss.detach()


@misconception(
    "g_step",
    en="The generator's loss is a sum over the batch instead of the mean, so the step grows with the batch size.",
    ko="생성자의 손실이 평균이 아니라 합이어서 배치가 크면 스텝도 커집니다.",
)
def step_of_the_sum(params_d, params_g, z, lr):
    names = [k for k in params_g if k not in RUNNING]
    q = {k: v.detach().clone() for k, v in params_g.items()}
    for k in names:
        q[k].requires_grad_()
    fake, stats = generator(q, z)
    loss = F.softplus(-discriminator(params_d, fake)).sum()
    grads = dict(zip(names, torch.autograd.grad(loss, [q[k] for k in names])))
    new = {k: (q[k] - lr * grads[k]).detach() if k in grads else stats[k] for k in params_g}
    out_d = params_d
    return out_d, new, loss.detach()


@misconception(
    "g_step",
    en="You hand back the statistics of this batch. The running ones move only a little towards them, by the momentum.",
    ko="이번 배치의 통계를 그대로 돌려주고 있습니다. 이동 평균(running)은 모멘텀만큼만 그쪽으로 움직여야 합니다.",
)
def batch_statistics_returned(params_d, params_g, z, lr):
    names = [k for k in params_g if k not in RUNNING]
    q = {k: v.detach().clone() for k, v in params_g.items()}
    for k in names:
        q[k].requires_grad_()
    fake, stats = generator(q, z)
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    grads = dict(zip(names, torch.autograd.grad(loss, [q[k] for k in names])))
    new = {k: (q[k] - lr * grads[k]).detach() if k in grads else stats[k] for k in params_g}
    out_d = params_d
    a_ = z @ params_g["W1"]
    new = {**new, "mean": a_.mean(0), "var": a_.var(0)}
    return out_d, new, loss.detach()


@misconception(
    "g_step",
    en="The momentum of the running statistics is the other way round: 0.1 of the old and 0.9 of the new. It is 0.9 old + 0.1 new.",
    ko="이동 평균의 모멘텀이 반대로, 이전 값 0.1과 새 값 0.9를 섞었습니다. 이전 값 0.9 + 새 값 0.1이어야 합니다.",
)
def momentum_the_other_way(params_d, params_g, z, lr):
    names = [k for k in params_g if k not in RUNNING]
    q = {k: v.detach().clone() for k, v in params_g.items()}
    for k in names:
        q[k].requires_grad_()
    fake, stats = generator(q, z)
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    grads = dict(zip(names, torch.autograd.grad(loss, [q[k] for k in names])))
    new = {k: (q[k] - lr * grads[k]).detach() if k in grads else stats[k] for k in params_g}
    out_d = params_d
    a_ = z @ params_g["W1"]
    new = {**new, "mean": 0.1 * params_g["mean"] + 0.9 * a_.mean(0), "var": 0.1 * params_g["var"] + 0.9 * a_.var(0)}
    return out_d, new, loss.detach()


@misconception(
    "train_loop",
    en="The noise starts again with every round. Each step of either player takes the next item.",
    ko="라운드마다 잡음을 처음부터 다시 씁니다. 두 네트워크의 모든 스텝이 다음 잡음을 차례로 써야 합니다.",
)
def noise_starts_again(steps, k, batches, zs):
    out, b = [], 0
    for _ in range(steps):
        for j in range(k):
            out.append(("D", batches[b % len(batches)], zs[j]))
            b += 1
        out.append(("G", zs[k]))
    return out


@misconception(
    "train_loop",
    en="One noise serves the whole round. Every step of either player takes a new item of zs.",
    ko="한 라운드 내내 같은 잡음을 씁니다. 두 네트워크의 스텝마다 zs에서 새로 꺼내 쓰세요.",
)
def one_noise_for_the_round(steps, k, batches, zs):
    out, b = [], 0
    for s in range(steps):
        for _ in range(k):
            out.append(("D", batches[b % len(batches)], zs[s]))
            b += 1
        out.append(("G", zs[s]))
    return out


@misconception(
    "train_loop",
    en="There is one round too few. `steps` rounds are asked for.",
    ko="라운드가 하나 모자랍니다. steps번의 라운드를 돌아야 합니다.",
)
def a_round_too_few(steps, k, batches, zs):
    out, b, n = [], 0, 0
    for _ in range(1, steps):
        for _ in range(k):
            out.append(("D", batches[b % len(batches)], zs[n]))
            b += 1
            n += 1
        out.append(("G", zs[n]))
        n += 1
    return out


@misconception(
    "train_loop",
    en="The entries of D carry noise and batch in the other order. First comes the batch, then the noise.",
    ko="D 항목에서 잡음과 배치의 순서가 뒤바뀌었습니다. 배치가 먼저, 잡음이 나중입니다.",
)
def entries_swapped(steps, k, batches, zs):
    out, b, n = [], 0, 0
    for _ in range(steps):
        for _ in range(k):
            out.append(("D", zs[n], batches[b % len(batches)]))
            b += 1
            n += 1
        out.append(("G", zs[n]))
        n += 1
    return out


@misconception(
    "dcgan_g",
    en="Your statistics run over all channels together. Batch norm has a mean and a variance for each channel.",
    ko="통계를 모든 채널에 걸쳐 구했습니다. 배치 정규화는 채널마다 평균과 분산을 구합니다.",
)
def all_channels_normalised_together(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = F.conv_transpose2d(x, p["W"], stride=stride, padding=pad)
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            mu = x.mean()
            var = x.var(unbiased=False)
            x = (x - mu) / torch.sqrt(var + eps) * p["gamma"].view(1, -1, 1, 1) + p["beta"].view(1, -1, 1, 1)
            x = torch.relu(x)
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_g",
    en="Your ReLU comes before batch norm. The order is convolution, batch norm, ReLU.",
    ko="ReLU가 배치 정규화 앞에 있습니다. 합성곱, 배치 정규화, ReLU 순서입니다.",
)
def relu_before_the_norm(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = torch.relu(F.conv_transpose2d(x, p["W"], stride=stride, padding=pad))
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), unbiased=False, keepdim=True)
            x = (x - mu) / torch.sqrt(var + eps) * p["gamma"].view(1, -1, 1, 1) + p["beta"].view(1, -1, 1, 1)
            pass
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_g",
    en="You divide by the variance. Batch norm divides by its square root.",
    ko="분산으로 나누었습니다. 배치 정규화는 분산의 제곱근으로 나눕니다.",
)
def divided_by_the_variance(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = F.conv_transpose2d(x, p["W"], stride=stride, padding=pad)
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), unbiased=False, keepdim=True)
            x = (x - mu) / (var + eps) * p["gamma"].view(1, -1, 1, 1) + p["beta"].view(1, -1, 1, 1)
            x = torch.relu(x)
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_g",
    en="gamma and beta are left out: after the normalisation each channel gets its own scale and shift.",
    ko="gamma와 beta가 빠졌습니다. 정규화한 뒤 채널마다 배율과 이동을 적용합니다.",
)
def gamma_and_beta_left_out(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = F.conv_transpose2d(x, p["W"], stride=stride, padding=pad)
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), unbiased=False, keepdim=True)
            x = (x - mu) / torch.sqrt(var + eps)
            x = torch.relu(x)
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_g",
    en="beta is left out: the shift of each channel after the normalisation.",
    ko="정규화 뒤 채널마다 더하는 beta가 빠졌습니다.",
)
def beta_left_out(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = F.conv_transpose2d(x, p["W"], stride=stride, padding=pad)
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), unbiased=False, keepdim=True)
            x = (x - mu) / torch.sqrt(var + eps) * p["gamma"].view(1, -1, 1, 1)
            x = torch.relu(x)
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_g",
    en="There is no ReLU between the layers, so the generator is linear but for its last step.",
    ko="층 사이에 ReLU가 없어서 마지막 단계를 빼면 선형 모델이 됩니다.",
)
def no_relu(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, p in enumerate(params):
        stride, pad = (1, 0) if i == 0 else (2, 1)
        if i < len(params) - 1:
            x = F.conv_transpose2d(x, p["W"], stride=stride, padding=pad)
            mu = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), unbiased=False, keepdim=True)
            x = (x - mu) / torch.sqrt(var + eps) * p["gamma"].view(1, -1, 1, 1) + p["beta"].view(1, -1, 1, 1)
            pass
        else:
            x = torch.tanh(F.conv_transpose2d(x, p["W"], p["b"], stride=stride, padding=pad))
    return x


@misconception(
    "dcgan_shapes",
    en="Your sizes are those of a kernel of 3, 2H − 1. With kernel 4, stride 2 and padding 1 the size doubles.",
    ko="커널 3일 때의 크기 2H − 1을 썼습니다. 커널 4, 스트라이드 2, 패딩 1이면 크기가 두 배가 됩니다.",
)
def sizes_of_kernel_three(base, n):
    out = [base]
    for _ in range(n):
        out.append((out[-1] - 1) * 2 - 2 + 3)
    return out


@misconception(
    "interp",
    en="Your slerp runs between the unit vectors and loses their lengths. The angle is that of the directions, but z0 and z1 themselves are mixed.",
    ko="단위 벡터 사이를 보간해서 길이를 잃었습니다. 각도는 방향으로 구하되 섞는 것은 z0와 z1 자체입니다.",
)
def lengths_lost(z0, z1, ts, mode):
    t = ts[:, None]
    lin = (1 - t) * z0 + t * z1
    if mode == "linear":
        return lin
    u, v = z0 / z0.norm(), z1 / z1.norm()
    w = torch.acos((u @ v).clamp(-1, 1))
    if torch.sin(w) < 1e-6:
        return lin
    return (torch.sin((1 - t) * w) * u + torch.sin(t * w) * v) / torch.sin(w)


@misconception(
    "interp",
    en="You take the absolute value of the cosine, the shorter way of quaternions. Latents have no such symmetry: use the angle as it is.",
    ko="쿼터니언처럼 코사인의 절댓값을 써서 짧은 쪽으로 돌았습니다. 잠재 벡터에는 그런 대칭이 없으니 각도를 그대로 쓰세요.",
)
def shorter_way(z0, z1, ts, mode):
    t = ts[:, None]
    lin = (1 - t) * z0 + t * z1
    if mode == "linear":
        return lin
    w = torch.acos(((z0 @ z1) / (z0.norm() * z1.norm())).abs().clamp(max=1))
    if torch.sin(w) < 1e-6:
        return lin
    return (torch.sin((1 - t) * w) * z0 + torch.sin(t * w) * z1) / torch.sin(w)


@misconception(
    "interp",
    en="You scale the result to the length of z0. Slerp mixes z0 and z1 as they are.",
    ko="결과를 z0의 길이에 맞추었습니다. slerp는 z0와 z1을 그대로 섞습니다.",
)
def scaled_to_the_first_length(z0, z1, ts, mode):
    t = ts[:, None]
    lin = (1 - t) * z0 + t * z1
    if mode == "linear":
        return lin
    w = torch.acos(((z0 @ z1) / (z0.norm() * z1.norm())).clamp(-1, 1))
    if torch.sin(w) < 1e-6:
        return lin
    r = (torch.sin((1 - t) * w) * z0 + torch.sin(t * w) * z1) / torch.sin(w)
    return r / r.norm(dim=1, keepdim=True) * z0.norm()


@misconception(
    "interp",
    en="Your angle is in degrees. sin takes radians.",
    ko="각도를 도(degree)로 구했습니다. sin에는 라디안을 넣습니다.",
)
def angle_in_degrees(z0, z1, ts, mode):
    t = ts[:, None]
    lin = (1 - t) * z0 + t * z1
    if mode == "linear":
        return lin
    w = torch.rad2deg(torch.acos(((z0 @ z1) / (z0.norm() * z1.norm())).clamp(-1, 1)))
    if torch.sin(torch.deg2rad(w)) < 1e-6:
        return lin
    return (torch.sin((1 - t) * w) * z0 + torch.sin(t * w) * z1) / torch.sin(w)


@misconception(
    "interp",
    en="You use the cosine itself as the angle: arccos is forgotten.",
    ko="코사인 값을 그대로 각도로 썼습니다. arccos이 빠졌습니다.",
)
def arccos_forgotten(z0, z1, ts, mode):
    t = ts[:, None]
    lin = (1 - t) * z0 + t * z1
    if mode == "linear":
        return lin
    c = ((z0 @ z1) / (z0.norm() * z1.norm())).clamp(-1, 1)
    if 1 - c.abs() < 1e-10:
        return lin
    return (torch.sin((1 - t) * c) * z0 + torch.sin(t * c) * z1) / torch.sin(c)


@misconception(
    "attribute",
    en="You scale the attribute's direction to length 1. The difference of the means is added as it is.",
    ko="속성 방향을 길이 1로 맞추었습니다. 두 평균의 차이를 그대로 더하세요.",
)
def direction_of_length_one(zp, zn, z):
    d = zp.mean(0) - zn.mean(0)
    return z + d / d.norm()


@misconception(
    "saturation",
    en="You return the losses themselves. Their slopes with respect to the logit are asked for.",
    ko="손실 값을 돌려주고 있습니다. 로짓에 대한 기울기를 구해야 합니다.",
)
def losses_for_slopes(logits):
    return -F.softplus(logits), F.softplus(-logits)


@misconception(
    "g_step",
    en="Your step trains D as well, and forgets the running statistics of the generator. Here only the generator moves.",
    ko="D까지 학습하고 생성자의 이동 통계는 갱신하지 않았습니다. 이 스텝에서는 생성자만 움직입니다.",
)
def d_moves_and_statistics_stay(params_d, params_g, z, lr):
    names = [k for k in params_g if k not in RUNNING]
    q = {k: v.detach().clone() for k, v in params_g.items()}
    for k in names:
        q[k].requires_grad_()
    fake, _stats = generator(q, z)
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    grads = dict(zip(names, torch.autograd.grad(loss, [q[k] for k in names])))
    new = {k: (q[k] - lr * grads[k]).detach() if k in grads else params_g[k] for k in params_g}
    pd = {k: v.detach().clone().requires_grad_() for k, v in params_d.items()}
    ll = F.softplus(-discriminator(pd, generator(params_g, z)[0])).mean()
    out_d = {k: (v - lr * g).detach() for (k, v), g in zip(pd.items(), torch.autograd.grad(ll, list(pd.values())))}
    return out_d, new, loss.detach()


# -- 10. cycle_loss ----------------------------------------------------------------------------------------------------


@misconception(
    "cycle_loss",
    en="Only the way from x is there. The way from y and back belongs to the loss, too.",
    ko="x에서 출발하는 길만 있습니다. y에서 갔다가 되돌아오는 길도 손실에 들어갑니다.",
)
def one_way_only(G, F, x, y):
    return (F(G(x)) - x).abs().mean()


@misconception(
    "cycle_loss",
    en="Only the way from y is there. The way from x and back belongs to the loss, too.",
    ko="y에서 출발하는 길만 있습니다. x에서 갔다가 되돌아오는 길도 손실에 들어갑니다.",
)
def other_way_only(G, F, x, y):
    return (G(F(y)) - y).abs().mean()


@misconception(
    "cycle_loss",
    en="Differences are squared. Absolute values are asked for, as they blur less.",
    ko="차이를 제곱했습니다. 덜 흐려지도록 절댓값을 써야 합니다.",
)
def squares_for_absolute_values(G, F, x, y):
    return ((F(G(x)) - x) ** 2).mean() + ((G(F(y)) - y) ** 2).mean()


@misconception(
    "cycle_loss",
    en="Absolute values are added. Take the mean of each way over all its elements.",
    ko="절댓값을 더했습니다. 길마다 모든 원소의 평균을 구하세요.",
)
def sums_for_means(G, F, x, y):
    return (F(G(x)) - x).abs().sum() + (G(F(y)) - y).abs().sum()


@misconception(
    "cycle_loss",
    en="The two ways are averaged. They are added.",
    ko="두 길을 평균했습니다. 더해야 합니다.",
)
def ways_averaged(G, F, x, y):
    return ((F(G(x)) - x).abs().mean() + (G(F(y)) - y).abs().mean()) / 2


@misconception(
    "cycle_loss",
    en="You take one mean over all elements of both ways. Each way has a mean of its own.",
    ko="두 길의 모든 원소에 대해 한 번에 평균했습니다. 길마다 따로 평균해야 합니다.",
)
def one_mean_over_both_ways(G, F, x, y):
    a, b = (F(G(x)) - x).abs(), (G(F(y)) - y).abs()
    return (a.sum() + b.sum()) / (a.numel() + b.numel())


@misconception(
    "cycle_loss",
    en="Differences of either sign cancel. Take absolute values first.",
    ko="부호가 다른 차이가 서로 지워집니다. 먼저 절댓값을 취하세요.",
)
def no_absolute_value(G, F, x, y):
    return (F(G(x)) - x).mean() + (G(F(y)) - y).mean()


@misconception(
    "cycle_loss",
    en="You add over the elements of a picture and average over pictures only. The mean is over all elements.",
    ko="그림 안의 원소는 더하고 그림에 대해서만 평균했습니다. 모든 원소에 대해 평균해야 합니다.",
)
def mean_of_rows(G, F, x, y):
    return (F(G(x)) - x).abs().sum(dim=1).mean() + (G(F(y)) - y).abs().sum(dim=1).mean()


@misconception(
    "cycle_loss",
    en="The first half of each way is cut off from the gradient. Both functions must learn from both ways.",
    ko="길의 앞쪽 절반에서 기울기가 끊겼습니다. 두 함수 모두 두 길에서 배워야 합니다.",
)
def cycle_cut(G, F, x, y):
    with torch.no_grad():
        there, back = G(x), F(y)
    return (F(there) - x).abs().mean() + (G(back) - y).abs().mean()


# -- 11. adain ---------------------------------------------------------------------------------------------------------


@misconception(
    "adain",
    en="Mean and variance run over the whole batch, as in batch normalisation. Here each picture has its own.",
    ko="배치 정규화처럼 배치 전체에서 평균과 분산을 구했습니다. 여기서는 그림마다 따로 구합니다.",
)
def statistics_of_the_batch(content, style, eps):
    def m(x):
        return x.mean(dim=(0, 2, 3), keepdim=True), (x.var(dim=(0, 2, 3), unbiased=False, keepdim=True) + eps).sqrt()

    (a, b), (c, d) = m(content), m(style)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="Mean and variance run over all channels of a picture. Each map has its own.",
    ko="그림의 모든 채널에 걸쳐 평균과 분산을 구했습니다. 맵마다 따로 구해야 합니다.",
)
def statistics_of_the_layer(content, style, eps):
    def m(x):
        return x.mean(dim=(1, 2, 3), keepdim=True), (x.var(dim=(1, 2, 3), unbiased=False, keepdim=True) + eps).sqrt()

    (a, b), (c, d) = m(content), m(style)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="The content's spread and mean go in where the style's should, and the other way round.",
    ko="스타일의 통계가 들어갈 자리에 내용 그림의 통계가 들어갔고, 그 반대도 마찬가지입니다.",
)
def roles_exchanged(content, style, eps):
    def m(x):
        return x.mean(dim=(2, 3), keepdim=True), (x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps).sqrt()

    (a, b), (c, d) = m(content), m(style)
    return b * (content - c) / d + a


@misconception(
    "adain",
    en="The variance is divided by the number of elements minus 1; here it is divided by their number.",
    ko="분산을 원소 수 - 1로 나눴습니다. 여기서는 원소 수로 나눕니다.",
)
def divided_by_n_minus_one(content, style, eps):
    def m(x):
        return x.mean(dim=(2, 3), keepdim=True), (x.var(dim=(2, 3), keepdim=True) + eps).sqrt()

    (a, b), (c, d) = m(content), m(style)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="eps is added to the standard deviation; it belongs to the variance, under the root.",
    ko="eps를 표준편차에 더했습니다. 근호 안의 분산에 더해야 합니다.",
)
def eps_outside_the_root(content, style, eps):
    def m(x):
        return x.mean(dim=(2, 3), keepdim=True), x.var(dim=(2, 3), unbiased=False, keepdim=True).sqrt() + eps

    (a, b), (c, d) = m(content), m(style)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="The mean of the style is missing: all maps have mean 0.",
    ko="스타일의 평균이 빠져 모든 맵의 평균이 0입니다.",
)
def mean_of_the_style_left_out(content, style, eps):
    def s(x):
        return (x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps).sqrt()

    return s(style) * (content - content.mean(dim=(2, 3), keepdim=True)) / s(content)


@misconception(
    "adain",
    en="The content is normalised, but nothing of the style is put in.",
    ko="내용 그림을 정규화하기만 하고 스타일은 넣지 않았습니다.",
)
def only_normalised(content, style, eps):
    return (content - content.mean(dim=(2, 3), keepdim=True)) / (
        content.var(dim=(2, 3), unbiased=False, keepdim=True) + eps
    ).sqrt()


@misconception(
    "adain",
    en="Variances stand where standard deviations belong: the root is missing.",
    ko="표준편차가 와야 할 곳에 분산이 있습니다. 제곱근이 빠졌습니다.",
)
def variance_for_deviation(content, style, eps):
    def m(x):
        return x.mean(dim=(2, 3), keepdim=True), x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps

    (a, b), (c, d) = m(content), m(style)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="The style's deviation has no eps. Both are defined alike.",
    ko="스타일의 표준편차에는 eps가 없습니다. 둘은 똑같이 정의됩니다.",
)
def style_without_eps(content, style, eps):
    def m(x, e):
        return x.mean(dim=(2, 3), keepdim=True), (x.var(dim=(2, 3), unbiased=False, keepdim=True) + e).sqrt()

    (a, b), (c, d) = m(content, eps), m(style, 0.0)
    return d * (content - a) / b + c


# -- 12. truncate ------------------------------------------------------------------------------------------------------


@misconception(
    "truncate",
    en="Codes are pulled towards zero. The centre of the codes is not zero.",
    ko="잠재 벡터를 0 쪽으로 당겼습니다. 잠재 벡터의 중심은 0이 아닙니다.",
)
def towards_zero(w, centre, psi, layers):
    return torch.cat([psi * w[:, :layers], w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="psi is the part of the way from the code to the centre. It is the part that is kept: psi = 1 changes nothing.",
    ko="psi만큼 중심 쪽으로 갔습니다. psi는 남기는 비율이므로 psi = 1이면 바뀌는 것이 없어야 합니다.",
)
def psi_the_other_way(w, centre, psi, layers):
    return torch.cat([w[:, :layers] + psi * (centre - w[:, :layers]), w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="Every layer is pulled. Only the first ones are.",
    ko="모든 층을 당겼습니다. 처음 몇 층만 당겨야 합니다.",
)
def all_layers(w, centre, psi, layers):
    return centre + psi * (w - centre)


@misconception(
    "truncate",
    en="The last layers are pulled; the first ones should be.",
    ko="마지막 층들을 당겼습니다. 처음 층들을 당겨야 합니다.",
)
def last_layers(w, centre, psi, layers):
    n = w.shape[1] - layers
    return torch.cat([w[:, :n], centre + psi * (w[:, n:] - centre)], dim=1)


@misconception(
    "truncate",
    en="Just the layers that should stay are pulled.",
    ko="그대로 두어야 할 층들만 당겼습니다.",
)
def the_other_layers(w, centre, psi, layers):
    return torch.cat([w[:, :layers], centre + psi * (w[:, layers:] - centre)], dim=1)


@misconception(
    "truncate",
    en="The centre is subtracted, but never added again.",
    ko="중심을 빼기만 하고 다시 더하지 않았습니다.",
)
def centre_not_added(w, centre, psi, layers):
    return torch.cat([psi * (w[:, :layers] - centre), w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="The first codes of the batch are pulled. Layers are the second axis.",
    ko="배치의 처음 몇 개를 당겼습니다. 층은 두 번째 축입니다.",
)
def samples_for_layers(w, centre, psi, layers):
    return torch.cat([centre + psi * (w[:layers] - centre), w[layers:]], dim=0)


@misconception(
    "truncate",
    en="One layer too many is pulled.",
    ko="한 층을 더 당겼습니다.",
)
def one_layer_more(w, centre, psi, layers):
    n = layers + 1
    return torch.cat([centre + psi * (w[:, :n] - centre), w[:, n:]], dim=1)


@misconception(
    "g_loss",
    en="You return the non-saturating loss whatever kind says.",
    ko="kind와 상관없이 항상 포화되지 않는 손실을 돌려줍니다.",
)
def always_non_saturating(f_logit, kind):
    return _g_pair(f_logit, "non-saturating")


@misconception(
    "g_loss",
    en="You return the minimax loss whatever kind says.",
    ko="kind와 상관없이 항상 미니맥스 손실을 돌려줍니다.",
)
def always_minimax(f_logit, kind):
    return _g_pair(f_logit, "minimax")


@misconception(
    "g_loss",
    en="The gradient of the non-saturating loss is that of the minimax loss, −sigmoid(f)/N. There it is −(1 − sigmoid(f))/N, which does not vanish where D is sure of a fake.",
    ko="포화되지 않는 손실의 기울기에 미니맥스 손실의 기울기 −sigmoid(f)/N를 썼습니다. 여기서는 −(1 − sigmoid(f))/N입니다.",
)
def minimax_gradient_for_both(f_logit, kind):
    return _g_pair(f_logit, kind)[0], -torch.sigmoid(f_logit) / f_logit.numel()


@misconception(
    "value",
    en="You take the logarithm of the mean. The mean of the logarithms is asked for, and the two differ.",
    ko="평균의 로그를 구했습니다. 로그의 평균을 구해야 하며, 두 값은 서로 다릅니다.",
)
def log_of_the_mean(D_real, D_fake):
    return torch.log(D_real.mean()) + torch.log(1 - D_fake.mean())


@misconception(
    "d_star",
    en="You return the likelihood ratio pr / pg. D* is a probability: the denominator is pr + pg, and where both are 0 it is 0.5.",
    ko="우도비 pr / pg를 돌려줍니다. D*는 확률이므로 분모가 pr + pg이고, 둘 다 0인 곳에서는 0.5입니다.",
)
def bare_likelihood_ratio(pr, pg):
    return pr / pg


@misconception(
    "d_step",
    en="Your loss is the one after the update. The loss before it is asked for, from which the gradient was taken.",
    ko="갱신한 뒤의 손실을 돌려줍니다. 기울기를 구한, 갱신하기 전의 손실을 돌려줘야 합니다.",
)
def loss_after_the_step_of_d(params_d, params_g, x, z, lr):
    params, fake = _leaves(params_d), generator(params_g, z)[0].detach()
    new = _moved(params, _d_objective(params, fake, x), lr)
    return new, dict(params_g), _d_objective(new, fake, x).detach()


@misconception(
    "g_step",
    en="Your loss is the one after the update. The loss before it is asked for, from which the gradient was taken.",
    ko="갱신한 뒤의 손실을 돌려줍니다. 기울기를 구한, 갱신하기 전의 손실을 돌려줘야 합니다.",
)
def loss_after_the_step_of_g(params_d, params_g, z, lr):
    same, new, _ = _g_step_with(lambda logits: F.softplus(-logits).mean(), params_d, params_g, z, lr)
    return same, new, F.softplus(-discriminator(params_d, generator(new, z)[0])).mean().detach()


@misconception(
    "g_step",
    en="The running statistics come from a second pass, with the parameters after the update. They belong to the pass from which the gradient was taken.",
    ko="이동 통계량을 갱신한 뒤의 파라미터로 한 번 더 계산해서 구했습니다. 기울기를 구한 계산에서 나온 통계량이어야 합니다.",
)
def statistics_of_a_second_pass(params_d, params_g, z, lr):
    same, new, loss = _g_step_with(lambda logits: F.softplus(-logits).mean(), params_d, params_g, z, lr)
    stats = generator({**new, **{name: params_g[name] for name in RUNNING}}, z)[1]
    return same, {**new, **stats}, loss


@misconception(
    "train_loop",
    en="D moves once in each round, whatever k says. It moves k times before G moves.",
    ko="k와 상관없이 라운드마다 D가 한 번만 움직입니다. G가 움직이기 전에 D가 k번 움직여야 합니다.",
)
def one_step_of_d_whatever_k(steps, k, batches, zs):
    steps_taken = []
    for i in range(steps):
        steps_taken += [("D", batches[i % len(batches)], zs[2 * i]), ("G", zs[2 * i + 1])]
    return steps_taken


@misconception(
    "train_loop",
    en="Your steps are lists. Tuples are asked for: they cannot be changed, and they can stand in a set.",
    ko="각 단계가 리스트입니다. 튜플이어야 합니다. 튜플은 바뀌지 않고 집합에 넣을 수 있습니다.",
)
def lists_for_tuples(steps, k, batches, zs):
    noise, taken = iter(zs), []
    for i in range(steps):
        taken += [["D", batches[(i * k + j) % len(batches)], next(noise)] for j in range(k)] + [["G", next(noise)]]
    return taken


@misconception(
    "train_loop",
    en="You walk past the end of the batches. When the list is used up, it starts again from the first.",
    ko="배치 목록의 끝을 넘어갑니다. 목록을 다 쓰면 처음부터 다시 시작해야 합니다.",
)
def batches_run_out(steps, k, batches, zs):
    noise, taken = iter(zs), []
    for i in range(steps):
        taken += [("D", batches[i * k + j], next(noise)) for j in range(k)] + [("G", next(noise))]
    return taken


@misconception(
    "interp",
    en="In linear t and 1 − t have changed places: t = 0 must give z0.",
    ko="linear에서 t와 1 − t가 서로 바뀌었습니다. t = 0이면 z0이 나와야 합니다.",
)
def linear_reversed(z0, z1, ts, mode):
    return _interp(z1, z0, ts, mode) if mode == "linear" else _interp(z0, z1, ts, mode)


@misconception(
    "interp",
    en="t is clamped to [0, 1]. Values outside lead on beyond z0 and z1.",
    ko="t를 [0, 1]로 잘라 냈습니다. 범위 밖의 t는 z0과 z1을 지나 더 나아갑니다.",
)
def t_clamped(z0, z1, ts, mode):
    return _interp(z0, z1, ts.clamp(0, 1), mode)


@misconception(
    "dcgan_g",
    en="Your statistics run over the batch alone, a mean for each pixel. Each channel has one mean and one variance, over N, H and W.",
    ko="통계량을 배치에 대해서만 구해서 픽셀마다 평균이 다릅니다. 채널마다 N, H, W 전체에 대한 평균과 분산이 하나씩 있어야 합니다.",
)
def statistics_of_each_pixel(z, params, eps=1e-5):
    def norm(x, eps):
        mean = x.mean(dim=0, keepdim=True)
        return (x - mean) / torch.sqrt(x.var(dim=0, unbiased=False, keepdim=True) + eps)

    return _dcgan(z, params, eps, normalise=norm)


@misconception(
    "dcgan_g",
    en="There is no batch norm: gamma and beta are applied to x as it is.",
    ko="배치 정규화가 없습니다. x에 그대로 gamma와 beta를 적용했습니다.",
)
def batch_norm_left_out(z, params, eps=1e-5):
    return _dcgan(z, params, eps, normalise=lambda x, eps: x)


@misconception(
    "dcgan_g",
    en="The bias of the last layer is missing.",
    ko="마지막 층의 편향이 빠졌습니다.",
)
def last_bias_left_out(z, params, eps=1e-5):
    return _dcgan(z, [*params[:-1], {**params[-1], "b": torch.zeros_like(params[-1]["b"])}], eps)


@misconception(
    "dcgan_shapes",
    en="The last size is missing: n layers follow the first, so there are n + 1 sizes.",
    ko="마지막 크기가 빠졌습니다. 첫 크기 뒤에 n개 층이 이어지므로 크기는 n + 1개입니다.",
)
def last_size_left_out(base, n):
    return [base * 2**i for i in range(n)]


# -- what further answers showed, and its siblings -------------------------------------------------------------------


def _d_step_with(objective, params_d, params_g, x, z, lr, skip=()):
    """A step of D on objective(logits of the real ones, logits of the fakes)."""
    fake = generator(params_g, z)[0].detach()
    params = _leaves(params_d, skip)
    loss = objective(discriminator(params, x), discriminator(params, fake))
    return _moved(params, loss, lr, skip), dict(params_g), loss.detach()


def _maps(x, eps):
    """Mean and standard deviation of each map."""
    return x.mean(dim=(2, 3), keepdim=True), (x.var(dim=(2, 3), unbiased=False, keepdim=True) + eps).sqrt()


@misconception(
    "d_loss",
    en="The gradient of the fakes is that of label 1, sigmoid(f) − 1. Fakes have label 0: sigmoid(f).",
    ko="가짜에 대한 기울기가 레이블 1의 것, 곧 sigmoid(f) − 1입니다. 가짜의 레이블은 0이므로 sigmoid(f)여야 합니다.",
)
def fake_gradient_with_label_one(r_logit, f_logit):
    loss, dr, _ = _bce_pair(r_logit, f_logit)
    return loss, dr, (torch.sigmoid(f_logit) - 1) / f_logit.numel()


@misconception(
    "d_loss",
    en="You subtract the loss of the fakes. Both mistakes cost something, so the two means are added.",
    ko="가짜에 대한 손실을 뺐습니다. 두 실수 모두 손실이므로 두 평균을 더해야 합니다.",
)
def fakes_subtracted(r_logit, f_logit):
    _, dr, df = _bce_pair(r_logit, f_logit)
    return F.softplus(-r_logit).mean() - F.softplus(f_logit).mean(), dr, df


@misconception(
    "d_loss",
    en="You return V, which D maximises, with its gradients. The loss is −V: what is to become small.",
    ko="D가 최대화하는 V와 그 기울기를 돌려주었습니다. 손실은 −V이며, 작게 만들 값입니다.",
)
def value_for_loss(r_logit, f_logit):
    loss, dr, df = _bce_pair(r_logit, f_logit)
    return -loss, -dr, -df


@misconception(
    "d_loss",
    en="You divide both gradients by the number of fakes. The real batch has a size of its own.",
    ko="두 기울기를 모두 가짜의 수로 나누었습니다. 진짜 배치의 크기는 따로 있습니다.",
)
def fake_batch_size_for_both(r_logit, f_logit):
    loss, dr, df = _bce_pair(r_logit, f_logit)
    return loss, dr * r_logit.numel() / f_logit.numel(), df


@misconception(
    "d_loss",
    en="You divide the gradients by N_r + N_f. Each mean divides by the size of its own batch, and so does its gradient.",
    ko="기울기를 N_r + N_f로 나누었습니다. 평균마다 자기 배치의 크기로 나누므로 기울기도 그래야 합니다.",
)
def gradients_divided_by_both(r_logit, f_logit):
    loss, dr, df = _bce_pair(r_logit, f_logit)
    n = r_logit.numel() + f_logit.numel()
    return loss, dr * r_logit.numel() / n, df * f_logit.numel() / n


@misconception(
    "d_loss",
    en="Your gradients have the factor D(1 − D) too many. It cancels with the 1/D or 1/(1 − D) of the logarithm; what is left is D − label.",
    ko="기울기에 D(1 − D)가 더 곱해져 있습니다. 이 인수는 로그에서 나오는 1/D이나 1/(1 − D)과 약분되어 D − 레이블만 남습니다.",
)
def slope_of_the_sigmoid_kept(r_logit, f_logit):
    loss, dr, df = _bce_pair(r_logit, f_logit)
    p, q = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    return loss, dr * p * (1 - p), df * q * (1 - q)


@misconception(
    "d_loss",
    en="Your loss is a squared error between D and the labels. The docstring asks for the negative logarithms.",
    ko="손실이 D와 레이블 사이의 제곱 오차입니다. 독스트링의 손실은 음의 로그입니다.",
)
def squared_errors(r_logit, f_logit):
    p, q = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    dr, df = 2 * (p - 1) * p * (1 - p) / p.numel(), 2 * q * q * (1 - q) / q.numel()
    return ((1 - p) ** 2).mean() + (q**2).mean(), dr, df


@misconception(
    "d_loss",
    en="Your loss is the hinge loss, relu(1 − r) and relu(1 + f). The docstring asks for the logarithms of the sigmoid.",
    ko="손실이 relu(1 − r)와 relu(1 + f)로 된 힌지 손실입니다. 독스트링의 손실은 sigmoid의 로그입니다.",
)
def hinge_loss(r_logit, f_logit):
    dr, df = -(r_logit < 1).to(r_logit) / r_logit.numel(), (f_logit > -1).to(f_logit) / f_logit.numel()
    return F.relu(1 - r_logit).mean() + F.relu(1 + f_logit).mean(), dr, df


@misconception(
    "g_loss",
    en="Your losses are right, but their gradients have changed places: each kind has the gradient of the other.",
    ko="손실은 맞지만 기울기가 서로 바뀌었습니다. 각 kind가 다른 쪽의 기울기를 가집니다.",
)
def gradients_exchanged(f_logit, kind):
    other = "minimax" if kind != "minimax" else "non-saturating"
    return _g_pair(f_logit, kind)[0], _g_pair(f_logit, other)[1]


@misconception(
    "g_loss",
    en="Your gradients are positive. Both losses fall when the logit rises, so their slopes are negative.",
    ko="기울기가 양수입니다. 로짓이 커지면 두 손실 모두 줄어드므로 기울기는 음수여야 합니다.",
)
def gradients_turned_round(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return loss, -df


@misconception(
    "g_loss",
    en="Your gradient has the factor D(1 − D) too many. It cancels with the derivative of the logarithm.",
    ko="기울기에 D(1 − D)가 더 곱해져 있습니다. 이 인수는 로그의 도함수와 약분됩니다.",
)
def slope_of_the_sigmoid_kept_by_g(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    p = torch.sigmoid(f_logit)
    return loss, df * p * (1 - p)


@misconception(
    "g_loss",
    en="Your loss and gradient are half of what is asked. There is one mean here and no factor.",
    ko="손실과 기울기가 절반입니다. 여기서는 평균 하나뿐이며 곱하는 인수가 없습니다.",
)
def g_loss_halved(f_logit, kind):
    loss, df = _g_pair(f_logit, kind)
    return loss / 2, df / 2


@misconception(
    "value",
    en="Your V is half of what is asked: the two means are added, not averaged.",
    ko="V가 절반입니다. 두 평균은 더하는 것이지 다시 평균하지 않습니다.",
)
def value_halved(D_real, D_fake):
    return (torch.log(D_real).mean() + torch.log1p(-D_fake).mean()) / 2


@misconception(
    "value",
    en="You wrote 1 − log D for the fakes. The difference comes first, then its logarithm: log(1 − D).",
    ko="가짜에 대해 1 − log D를 계산했습니다. 먼저 1에서 빼고 그다음 로그를 취해 log(1 − D)가 되어야 합니다.",
)
def one_minus_outside_the_logarithm(D_real, D_fake):
    return torch.log(D_real).mean() + (1 - torch.log(D_fake)).mean()


@misconception(
    "value",
    en="You use the logarithm to base 10. The natural one is asked for.",
    ko="밑이 10인 로그를 썼습니다. 자연로그여야 합니다.",
)
def log_base_ten(D_real, D_fake):
    return torch.log10(D_real).mean() + torch.log10(1 - D_fake).mean()


@misconception(
    "value",
    en="You exchanged the batches: log D belongs to the real samples, log(1 − D) to the fakes.",
    ko="두 배치를 바꾸어 썼습니다. log D는 진짜 샘플의, log(1 − D)는 가짜 샘플의 항입니다.",
)
def batches_exchanged(D_real, D_fake):
    return torch.log(D_fake).mean() + torch.log1p(-D_real).mean()


@misconception(
    "value",
    en="You average log D + log(1 − D) over both batches. Real samples have only the first term, fakes only the second.",
    ko="두 배치 모두에 log D + log(1 − D)를 썼습니다. 진짜에는 첫 항만, 가짜에는 둘째 항만 있습니다.",
)
def both_terms_for_both(D_real, D_fake):
    return (torch.log(D_real) + torch.log1p(-D_real)).mean() + (torch.log(D_fake) + torch.log1p(-D_fake)).mean()


@misconception(
    "d_star",
    en="Where both densities are 0 you return 0. Every answer would be as good there, and the docstring fixes 0.5.",
    ko="두 밀도가 모두 0인 곳에서 0을 돌려주었습니다. 어떤 값이든 상관없는 자리이며, 독스트링에서 0.5로 정했습니다.",
)
def zero_where_nobody_goes(pr, pg):
    return torch.nan_to_num(pr / (pr + pg), nan=0.0)


@misconception(
    "d_star",
    en="Where both densities are 0 you return 1. Every answer would be as good there, and the docstring fixes 0.5.",
    ko="두 밀도가 모두 0인 곳에서 1을 돌려주었습니다. 어떤 값이든 상관없는 자리이며, 독스트링에서 0.5로 정했습니다.",
)
def one_where_nobody_goes(pr, pg):
    return torch.nan_to_num(pr / (pr + pg), nan=1.0)


@misconception(
    "d_star",
    en="You decide for the larger density, 1 or 0. The best D is a probability: it says how sure one can be.",
    ko="더 큰 밀도 쪽으로 1이나 0을 정했습니다. 가장 좋은 D는 확률이며, 얼마나 확신할 수 있는지를 나타냅니다.",
)
def hard_decision(pr, pg):
    return torch.where(pr == pg, 0.5, (pr > pg).to(pr))


@misconception(
    "d_star",
    en="You took the sigmoid of pr − pg. The best D depends on the ratio of the densities, not on their difference.",
    ko="pr − pg에 sigmoid를 적용했습니다. 가장 좋은 D는 두 밀도의 차가 아니라 비에 달려 있습니다.",
)
def sigmoid_of_the_difference(pr, pg):
    return torch.sigmoid(pr - pg)


@misconception(
    "d_star",
    en="You divide by a sum over all points. Nothing couples different points: at each one the two densities there decide.",
    ko="모든 점에 대한 합으로 나누었습니다. 서로 다른 점은 상관이 없으며, 점마다 그곳의 두 밀도로 정해집니다.",
)
def normalised_over_the_points(pr, pg):
    total = (pr + pg).sum()
    return pr / torch.where(total == 0, 1.0, total)


@misconception(
    "d_step",
    en="Your loss has the term of the fakes only. Without real samples D learns to say 0 to everything.",
    ko="손실에 가짜의 항만 있습니다. 진짜 샘플이 없으면 D는 무엇에나 0이라고 답하게 됩니다.",
)
def only_the_fake_term(params_d, params_g, x, z, lr):
    return _d_step_with(lambda r, f: F.softplus(f).mean(), params_d, params_g, x, z, lr)


@misconception(
    "d_step",
    en="Your loss sums over the samples. Each batch is averaged, or the step would grow with the batch size.",
    ko="샘플에 대해 손실을 더했습니다. 배치마다 평균을 내야 스텝이 배치 크기에 따라 커지지 않습니다.",
)
def summed_step_of_d(params_d, params_g, x, z, lr):
    return _d_step_with(lambda r, f: F.softplus(-r).sum() + F.softplus(f).sum(), params_d, params_g, x, z, lr)


@misconception(
    "d_step",
    en="You put real samples and fakes into one batch and take one mean. Each half has a mean of its own, and the two are added.",
    ko="진짜와 가짜를 한 배치로 묶어 평균을 한 번 냈습니다. 각각 따로 평균을 내어 더해야 합니다.",
)
def one_mean_in_the_step(params_d, params_g, x, z, lr):
    return _d_step_with(lambda r, f: torch.cat([F.softplus(-r), F.softplus(f)]).mean(), params_d, params_g, x, z, lr)


@misconception(
    "d_step",
    en="You take two steps: one on the real samples, then one on the fakes with the parameters that have moved already. Here there is one step on the sum of both losses.",
    ko="스텝을 두 번 밟았습니다. 진짜 샘플로 한 번 움직인 뒤, 움직인 파라미터로 가짜에 대해 또 움직였습니다. 두 손실의 합으로 한 번만 움직여야 합니다.",
)
def two_steps_one_after_the_other(params_d, params_g, x, z, lr):
    half, _, first = _d_step_with(lambda r, f: F.softplus(-r).mean(), params_d, params_g, x, z, lr)
    new_d, given, second = _d_step_with(lambda r, f: F.softplus(f).mean(), half, params_g, x, z, lr)
    return new_d, given, first + second


@misconception(
    "d_step",
    en="You return V instead of the loss L: the sign is the opposite one.",
    ko="손실 L이 아니라 V를 돌려주었습니다. 부호가 반대입니다.",
)
def value_returned_by_d(params_d, params_g, x, z, lr):
    new_d, given, loss = _d_step_with(
        lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean(), params_d, params_g, x, z, lr
    )
    return new_d, given, -loss


@misconception(
    "d_step",
    en="Only the last layer of D is updated. Every entry of params_d takes a step.",
    ko="D의 마지막 층만 갱신했습니다. params_d의 모든 항목이 움직여야 합니다.",
)
def only_the_last_layer_moves(params_d, params_g, x, z, lr):
    skip = ("W1", "b1", "W2", "b2")
    return _d_step_with(lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean(), params_d, params_g, x, z, lr, skip)


@misconception(
    "d_step",
    en="Your step is the whole gradient: lr is not used.",
    ko="기울기만큼 그대로 움직였습니다. lr을 쓰지 않았습니다.",
)
def learning_rate_ignored(params_d, params_g, x, z, lr):
    return _d_step_with(lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean(), params_d, params_g, x, z, 1.0)


@misconception(
    "d_step",
    en="You return the parameters of D as they were: the step itself is missing.",
    ko="D의 파라미터를 그대로 돌려주었습니다. 갱신이 빠졌습니다.",
)
def parameters_not_moved(params_d, params_g, x, z, lr):
    loss = _d_step_with(lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean(), params_d, params_g, x, z, lr)[2]
    return dict(params_d), dict(params_g), loss


@misconception(
    "d_step",
    en="Your step goes down a squared error between D and the labels. The loss in the docstring is made of softplus.",
    ko="D와 레이블 사이의 제곱 오차를 줄이는 스텝입니다. 독스트링의 손실은 softplus로 되어 있습니다.",
)
def squared_errors_in_the_step(params_d, params_g, x, z, lr):
    def objective(r, f):
        return ((torch.sigmoid(r) - 1) ** 2).mean() + (torch.sigmoid(f) ** 2).mean()

    return _d_step_with(objective, params_d, params_g, x, z, lr)


@misconception(
    "g_step",
    en='gamma and beta do not move. They are trained like the weights; only "mean" and "var" are statistics.',
    ko='gamma와 beta가 움직이지 않습니다. 이 둘도 가중치처럼 학습하며, 통계는 "mean"과 "var"뿐입니다.',
)
def norm_parameters_stay(params_d, params_g, z, lr):
    params = _leaves(params_g, RUNNING)
    fake, stats = generator(params, z)
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    moved = _moved(params, loss, lr, (*RUNNING, "gamma", "beta"))
    return dict(params_d), {**moved, "gamma": params_g["gamma"], "beta": params_g["beta"], **stats}, loss.detach()


@misconception(
    "g_step",
    en="The biases of the generator do not move. They take the same step as the weights.",
    ko="생성자의 편향이 움직이지 않습니다. 편향도 가중치와 같은 스텝으로 갱신합니다.",
)
def biases_of_g_stay(params_d, params_g, z, lr):
    params = _leaves(params_g, RUNNING)
    fake, stats = generator(params, z)
    loss = F.softplus(-discriminator(params_d, fake)).mean()
    moved = _moved(params, loss, lr, (*RUNNING, "b2", "b3"))
    return dict(params_d), {**moved, "b2": params_g["b2"], "b3": params_g["b3"], **stats}, loss.detach()


@misconception(
    "g_step",
    en='Only "mean" is brought up to date, "var" keeps its old value. Both come from generator(...).',
    ko='"mean"만 새로 고치고 "var"는 예전 값 그대로입니다. 둘 다 generator(...)가 돌려준 값이어야 합니다.',
)
def only_the_running_mean(params_d, params_g, z, lr):
    d, g, loss = _g_step_with(lambda f: F.softplus(-f).mean(), params_d, params_g, z, lr)
    return d, {**g, "var": params_g["var"]}, loss


@misconception(
    "g_step",
    en="Your loss of the generator is halved. It is one mean over the fakes, without a factor.",
    ko="생성자의 손실이 절반입니다. 가짜에 대한 평균 하나이며 곱하는 인수가 없습니다.",
)
def both_means_in_the_generator(params_d, params_g, z, lr):
    return _g_step_with(lambda f: F.softplus(-f).mean() / 2, params_d, params_g, z, lr)


@misconception(
    "g_step",
    en="Your generator goes down log D, so that it gets worse. The loss is −log D, the mean of softplus(−logit).",
    ko="생성자가 log D를 줄이는 쪽으로 움직여 더 나빠집니다. 손실은 −log D, 곧 softplus(−로짓)의 평균입니다.",
)
def loss_of_g_turned_round(params_d, params_g, z, lr):
    return _g_step_with(lambda f: -F.softplus(-f).mean(), params_d, params_g, z, lr)


@misconception(
    "g_step",
    en="Your loss is −mean of the logits, as in a Wasserstein GAN. Here it is the mean of softplus(−logit).",
    ko="손실이 바서슈타인 GAN처럼 로짓 평균의 음수입니다. 여기서는 softplus(−로짓)의 평균입니다.",
)
def raw_score_as_loss(params_d, params_g, z, lr):
    return _g_step_with(lambda f: -f.mean(), params_d, params_g, z, lr)


@misconception(
    "g_step",
    en="Your step is the whole gradient: lr is not used.",
    ko="기울기만큼 그대로 움직였습니다. lr을 쓰지 않았습니다.",
)
def learning_rate_ignored_by_g(params_d, params_g, z, lr):
    return _g_step_with(lambda f: F.softplus(-f).mean(), params_d, params_g, z, 1.0)


@misconception(
    "g_step",
    en="Only the last layer of the generator is updated. The gradient goes on to all of its layers.",
    ko="생성자의 마지막 층만 갱신했습니다. 기울기는 생성자의 모든 층에 전해집니다.",
)
def only_the_last_layer_of_g(params_d, params_g, z, lr):
    d, g, loss = _g_step_with(lambda f: F.softplus(-f).mean(), params_d, params_g, z, lr)
    return d, {**params_g, **{name: g[name] for name in (*RUNNING, "W3", "b3")}}, loss


@misconception(
    "train_loop",
    en="Your generator moves after every step of D. In a round D moves k times in a row, then G once.",
    ko="D가 한 번 움직일 때마다 G도 움직입니다. 한 라운드에서는 D가 잇달아 k번 움직인 뒤 G가 한 번 움직입니다.",
)
def generator_after_every_step(steps, k, batches, zs):
    log, batch, noise = [], 0, 0
    for _ in range(steps * k):
        if noise + 1 >= len(zs):
            break
        log.append(("D", batches[batch % len(batches)], zs[noise]))
        log.append(("G", zs[noise + 1]))
        batch, noise = batch + 1, noise + 2
    return log


@misconception(
    "train_loop",
    en="Your generator moves once, after all the steps of D. Every round ends with a step of G.",
    ko="D의 스텝이 모두 끝난 뒤 G가 한 번만 움직입니다. 라운드마다 끝에 G의 스텝이 있습니다.",
)
def generator_at_the_very_end(steps, k, batches, zs):
    log = [("D", batches[i % len(batches)], zs[i]) for i in range(steps * k)]
    return [*log, ("G", zs[steps * k])] if steps else log


@misconception(
    "train_loop",
    en="You count batches with the counter of the noise, so that each step of G skips a batch. Only steps of D use up batches.",
    ko="배치를 노이즈의 카운터로 세어, G가 움직일 때마다 배치 하나를 건너뜁니다. 배치는 D의 스텝에서만 씁니다.",
)
def noise_counter_for_batches(steps, k, batches, zs):
    log, noise = [], 0
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[noise % len(batches)], zs[noise]))
            noise += 1
        log.append(("G", zs[noise]))
        noise += 1
    return log


@misconception(
    "train_loop",
    en="You take the noise from the end of the list. It is used in order, from the first item on.",
    ko="노이즈를 리스트의 뒤에서부터 꺼냈습니다. 처음부터 차례로 써야 합니다.",
)
def noise_from_the_end(steps, k, batches, zs):
    log, batch, noise = [], 0, list(zs)
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[batch % len(batches)], noise.pop()))
            batch += 1
        log.append(("G", noise.pop()))
    return log


@misconception(
    "train_loop",
    en="When the batches are used up, you go on with the last one. They begin again from the first.",
    ko="배치를 다 쓰면 마지막 배치를 되풀이했습니다. 처음 배치부터 다시 시작해야 합니다.",
)
def last_batch_again(steps, k, batches, zs):
    log, batch, noise = [], 0, iter(zs)
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[min(batch, len(batches) - 1)], next(noise)))
            batch += 1
        log.append(("G", next(noise)))
    return log


@misconception(
    "train_loop",
    en="You stop when the batches are used up. They begin again from the first, and all `steps` rounds are run.",
    ko="배치를 다 쓰면 멈췄습니다. 배치는 처음부터 다시 쓰고, `steps` 라운드를 모두 마쳐야 합니다.",
)
def stops_with_the_batches(steps, k, batches, zs):
    log, batch, noise = [], 0, iter(zs)
    for _ in range(steps):
        for _ in range(k):
            if batch >= len(batches):
                return log
            log.append(("D", batches[batch], next(noise)))
            batch += 1
        log.append(("G", next(noise)))
    return log


@misconception(
    "train_loop",
    en="D moves k + 1 times in each round. It moves k times; the item k + 1 of the noise is for G.",
    ko="한 라운드에서 D가 k + 1번 움직입니다. D는 k번만 움직이고, k + 1번째 노이즈는 G의 것입니다.",
)
def one_step_of_d_too_many(steps, k, batches, zs):
    log, batch, noise = [], 0, 0
    for _ in range(steps):
        for _ in range(k + 1):
            log.append(("D", batches[batch % len(batches)], zs[noise % len(zs)]))
            batch, noise = batch + 1, noise + 1
        log.append(("G", zs[noise % len(zs)]))
        noise += 1
    return log


@misconception(
    "train_loop",
    en='Your steps of G carry a batch. The generator needs noise only: ("G", z).',
    ko='G의 스텝에 배치가 들어 있습니다. 생성자에는 노이즈만 있으면 되므로 ("G", z)입니다.',
)
def batch_for_the_generator(steps, k, batches, zs):
    log, batch, noise = [], 0, iter(zs)
    for _ in range(steps):
        for _ in range(k):
            log.append(("D", batches[batch % len(batches)], next(noise)))
            batch += 1
        log.append(("G", batches[(batch - 1) % len(batches)], next(noise)))
    return log


@misconception(
    "train_loop",
    en="Each round of yours begins at the batch with the round's own number and so sees most batches k times. The steps of D are counted through: round s begins at batch s·k.",
    ko="라운드마다 그 라운드 번호의 배치에서 시작하므로 같은 배치를 여러 번 봅니다. D의 스텝을 끊지 말고 세어야 합니다. s번째 라운드는 배치 s·k에서 시작합니다.",
)
def one_batch_for_each_round(steps, k, batches, zs):
    log, noise = [], iter(zs)
    for s in range(steps):
        for i in range(k):
            log.append(("D", batches[(s + i) % len(batches)], next(noise)))
        log.append(("G", next(noise)))
    return log


@misconception(
    "train_loop",
    en="You give the first items of the noise to D and the following ones to G. Noise is taken in the order of the steps, whoever moves.",
    ko="노이즈의 앞부분은 모두 D에, 나머지는 G에 주었습니다. 누가 움직이든 스텝 순서대로 하나씩 써야 합니다.",
)
def noise_of_the_first_half(steps, k, batches, zs):
    log = []
    for s in range(steps):
        for i in range(k):
            log.append(("D", batches[(s * k + i) % len(batches)], zs[s * k + i]))
        log.append(("G", zs[steps * k + s]))
    return log


@misconception(
    "dcgan_g",
    en="Layer 0 has no batch norm in your network. Every layer but the last has it.",
    ko="0번 층에 배치 정규화가 없습니다. 마지막 층을 뺀 모든 층에 있어야 합니다.",
)
def first_layer_not_normalised(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        x = F.conv_transpose2d(x, layer["W"], stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        if i:
            x = layer["gamma"][:, None, None] * _batch_norm(x, eps) + layer["beta"][:, None, None]
        x = F.relu(x)
    return torch.tanh(F.conv_transpose2d(x, params[-1]["W"], params[-1]["b"], stride=2, padding=1))


@misconception(
    "dcgan_g",
    en="You use tanh in every layer. Only the last one ends in tanh; those before it have a ReLU.",
    ko="모든 층에 tanh를 썼습니다. tanh는 마지막 층에만 쓰고 그 앞의 층에는 ReLU를 씁니다.",
)
def tanh_between_the_layers(z, params, eps=1e-5):
    return _dcgan(z, params, eps, activation=torch.tanh)


@misconception(
    "dcgan_g",
    en="You use a sigmoid between the layers. DCGAN's generator has a ReLU there.",
    ko="층 사이에 sigmoid를 썼습니다. DCGAN의 생성자는 ReLU를 씁니다.",
)
def sigmoid_between_the_layers(z, params, eps=1e-5):
    return _dcgan(z, params, eps, activation=torch.sigmoid)


@misconception(
    "dcgan_g",
    en="The last layer has a ReLU before its tanh, so that no pixel is ever below 0.",
    ko="마지막 층에서 tanh 앞에 ReLU를 적용해 음수인 픽셀이 나올 수 없습니다.",
)
def relu_before_the_tanh(z, params, eps=1e-5):
    return _dcgan(z, params, eps, last=lambda x: torch.tanh(F.relu(x)))


@misconception(
    "dcgan_g",
    en="You moved the images to [0, 1]. They are returned as tanh gives them, in [-1, 1].",
    ko="이미지를 [0, 1]로 옮겼습니다. tanh에서 나온 [-1, 1]의 값을 그대로 돌려주어야 합니다.",
)
def images_moved_to_zero_and_one(z, params, eps=1e-5):
    return _dcgan(z, params, eps, last=lambda x: (torch.tanh(x) + 1) / 2)


@misconception(
    "dcgan_g",
    en="You subtract the mean and do not divide by the standard deviation.",
    ko="평균만 빼고 표준편차로 나누지 않았습니다.",
)
def only_centred(z, params, eps=1e-5):
    return _dcgan(z, params, eps, normalise=lambda x, eps: x - x.mean(dim=(0, 2, 3), keepdim=True))


@misconception(
    "dcgan_g",
    en="You divide by the standard deviation and do not subtract the mean.",
    ko="표준편차로 나누기만 하고 평균을 빼지 않았습니다.",
)
def not_centred(z, params, eps=1e-5):
    return _dcgan(
        z,
        params,
        eps,
        normalise=lambda x, eps: x / torch.sqrt(x.var(dim=(0, 2, 3), unbiased=False, keepdim=True) + eps),
    )


@misconception(
    "dcgan_g",
    en="gamma multiplies beta, too: gamma·(x̂ + beta). First scale, then shift: gamma·x̂ + beta.",
    ko="beta에도 gamma가 곱해져 gamma·(x̂ + beta)가 되었습니다. 먼저 배율을 곱하고 그다음 이동합니다.",
)
def scaled_after_the_shift(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        x = F.conv_transpose2d(x, layer["W"], stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        x = F.relu(layer["gamma"][:, None, None] * (_batch_norm(x, eps) + layer["beta"][:, None, None]))
    return torch.tanh(F.conv_transpose2d(x, params[-1]["W"], params[-1]["b"], stride=2, padding=1))


@misconception(
    "dcgan_g",
    en="gamma and beta have changed places: gamma scales, beta shifts.",
    ko="gamma와 beta가 바뀌었습니다. gamma는 곱하고 beta는 더합니다.",
)
def gamma_and_beta_exchanged(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        x = F.conv_transpose2d(x, layer["W"], stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        x = F.relu(layer["beta"][:, None, None] * _batch_norm(x, eps) + layer["gamma"][:, None, None])
    return torch.tanh(F.conv_transpose2d(x, params[-1]["W"], params[-1]["b"], stride=2, padding=1))


@misconception(
    "dcgan_g",
    en="gamma is left out: the scale of each channel after the normalisation.",
    ko="gamma가 빠졌습니다. 정규화한 뒤 채널마다 곱하는 배율입니다.",
)
def gamma_left_out(z, params, eps=1e-5):
    x = z[:, :, None, None]
    for i, layer in enumerate(params[:-1]):
        x = F.conv_transpose2d(x, layer["W"], stride=1 if i == 0 else 2, padding=0 if i == 0 else 1)
        x = F.relu(_batch_norm(x, eps) + layer["beta"][:, None, None])
    return torch.tanh(F.conv_transpose2d(x, params[-1]["W"], params[-1]["b"], stride=2, padding=1))


@misconception(
    "dcgan_shapes",
    en="Your sizes grow by the same amount each time. Every layer doubles the size before it.",
    ko="크기가 매번 같은 양만큼 커집니다. 층마다 바로 앞의 크기가 두 배가 됩니다.",
)
def doubled_by_adding(base, n):
    return [base * (i + 1) for i in range(n + 1)]


@misconception(
    "dcgan_shapes",
    en="Your sizes are base · 2 · i. Every layer doubles the size before it: powers of 2.",
    ko="크기를 base · 2 · i로 계산했습니다. 층마다 앞의 크기가 두 배가 되므로 2의 거듭제곱입니다.",
)
def twice_the_number(base, n):
    return [base * 2 * i if i else base for i in range(n + 1)]


@misconception(
    "dcgan_shapes",
    en="Your list always starts with 4. It starts with base.",
    ko="리스트가 언제나 4에서 시작합니다. base에서 시작해야 합니다.",
)
def base_ignored(base, n):
    return [4 * 2**i for i in range(n + 1)]


@misconception(
    "dcgan_shapes",
    en="There is one size too many: base and n more, n + 1 in all.",
    ko="크기가 하나 더 많습니다. base와 n개를 더해 모두 n + 1개입니다.",
)
def one_size_too_many(base, n):
    return [base * 2**i for i in range(n + 2)]


@misconception(
    "dcgan_shapes",
    en="Every entry of your list is the last size. Each layer has a size of its own.",
    ko="모든 항목이 마지막 크기입니다. 층마다 크기가 다릅니다.",
)
def only_the_last_size(base, n):
    return [base * 2**n] * (n + 1)


@misconception(
    "dcgan_shapes",
    en="Your list runs backwards: it starts with the size after layer 0, base, and grows.",
    ko="리스트의 순서가 거꾸로입니다. 0번 층 뒤의 크기 base에서 시작해 커져야 합니다.",
)
def largest_first(base, n):
    return [base * 2**i for i in range(n, -1, -1)]


@misconception(
    "interp",
    en="You clamp the plain inner product to [−1, 1] and take its arccos. That is the cosine only for unit vectors: divide by both lengths first.",
    ko="내적을 그대로 [−1, 1]로 잘라 arccos를 취했습니다. 내적이 코사인인 것은 단위 벡터일 때뿐이므로 먼저 두 길이로 나누어야 합니다.",
)
def angle_of_the_clamped_product(z0, z1, ts, mode):
    t, omega = ts[:, None], torch.arccos((z0 @ z1).clamp(-1, 1))
    return (1 - t) * z0 + t * z1 if mode == "linear" or torch.sin(omega) < 1e-6 else _arc(z0, z1, t, omega)


@misconception(
    "interp",
    en="You divide the inner product by one of the lengths only. A cosine needs both.",
    ko="내적을 한쪽 길이로만 나누었습니다. 코사인을 구하려면 두 길이로 모두 나누어야 합니다.",
)
def angle_by_one_length(z0, z1, ts, mode):
    t, omega = ts[:, None], torch.arccos((z0 @ z1 / torch.linalg.vector_norm(z0)).clamp(-1, 1))
    return (1 - t) * z0 + t * z1 if mode == "linear" or torch.sin(omega) < 1e-6 else _arc(z0, z1, t, omega)


@misconception(
    "interp",
    en="You divide the inner product by the squared lengths. A cosine is divided by each length once.",
    ko="내적을 길이의 제곱으로 나누었습니다. 코사인은 각 길이로 한 번씩만 나눕니다.",
)
def angle_by_squared_lengths(z0, z1, ts, mode):
    t, omega = ts[:, None], torch.arccos((z0 @ z1 / ((z0 @ z0) * (z1 @ z1))).clamp(-1, 1))
    return (1 - t) * z0 + t * z1 if mode == "linear" or torch.sin(omega) < 1e-6 else _arc(z0, z1, t, omega)


@misconception(
    "interp",
    en="You do not divide by sin w. Then t = 0 does not give z0.",
    ko="sin w로 나누지 않았습니다. 그러면 t = 0에서 z0이 나오지 않습니다.",
)
def sine_of_the_angle_left_out(z0, z1, ts, mode):
    t, omega = ts[:, None], _angle(z0, z1)
    if mode == "linear" or torch.sin(omega) < 1e-6:
        return (1 - t) * z0 + t * z1
    return torch.sin((1 - t) * omega) * z0 + torch.sin(t * omega) * z1


@misconception(
    "interp",
    en="You divide by the angle w. It is its sine that makes the ends z0 and z1.",
    ko="각 w로 나누었습니다. 그 사인으로 나누어야 양 끝이 z0과 z1이 됩니다.",
)
def divided_by_the_angle(z0, z1, ts, mode):
    t, omega = ts[:, None], _angle(z0, z1)
    if mode == "linear" or torch.sin(omega) < 1e-6:
        return (1 - t) * z0 + t * z1
    return (torch.sin((1 - t) * omega) * z0 + torch.sin(t * omega) * z1) / omega


@misconception(
    "interp",
    en="Only the second weight is divided by sin w: a pair of brackets is missing.",
    ko="둘째 가중치만 sin w로 나누었습니다. 괄호가 빠졌습니다.",
)
def only_one_weight_divided(z0, z1, ts, mode):
    t, omega = ts[:, None], _angle(z0, z1)
    if mode == "linear" or torch.sin(omega) < 1e-6:
        return (1 - t) * z0 + t * z1
    return torch.sin((1 - t) * omega) * z0 + torch.sin(t * omega) * z1 / torch.sin(omega)


@misconception(
    "interp",
    en="Your weights are (1 − t)·sin w and t·sin w. The t stands within the sine, so that the angle grows evenly.",
    ko="가중치가 (1 − t)·sin w와 t·sin w입니다. t는 사인 안에 들어가야 각도가 고르게 커집니다.",
)
def sine_weights_of_t(z0, z1, ts, mode):
    t, omega = ts[:, None], _angle(z0, z1)
    return (1 - t) * z0 + t * z1 if mode == "linear" else ((1 - t) * z0 + t * z1) * torch.sin(omega)


@misconception(
    "interp",
    en='Both modes give the arc. "linear" is the straight line (1 − t) z0 + t z1.',
    ko='두 mode 모두 호를 따라갑니다. "linear"는 직선 (1 − t) z0 + t z1입니다.',
)
def linear_is_an_arc(z0, z1, ts, mode):
    return _interp(z0, z1, ts, "slerp")


@misconception(
    "interp",
    en="Your slerp is a straight line whose points are scaled to a length between those of z0 and z1. Its directions do not turn evenly: the weights are ratios of sines.",
    ko="slerp가 직선 위의 점을 z0과 z1 사이의 길이로 늘인 것입니다. 그러면 방향이 고르게 돌지 않습니다. 가중치는 사인의 비입니다.",
)
def line_on_the_sphere(z0, z1, ts, mode):
    t = ts[:, None]
    x = (1 - t) * z0 + t * z1
    if mode == "linear" or not len(ts) or torch.sin(_angle(z0, z1)) < 1e-6:
        return x
    length = (1 - t) * torch.linalg.vector_norm(z0) + t * torch.linalg.vector_norm(z1)
    return x / torch.linalg.vector_norm(x, dim=1, keepdim=True) * length


@misconception(
    "interp",
    en="Where sin w = 0 you return z0 for every t. There the straight line is asked for.",
    ko="sin w = 0일 때 모든 t에 대해 z0을 돌려주었습니다. 이때는 선형 보간이어야 합니다.",
)
def opposite_taken_for_z1(z0, z1, ts, mode):
    if mode != "linear" and torch.sin(_angle(z0, z1)) < 1e-6:
        return z0 + 0 * ts[:, None] * z1
    return _interp(z0, z1, ts, mode)


@misconception(
    "attribute",
    en="You return the direction itself. It is added to z.",
    ko="방향만 돌려주었습니다. 이 방향을 z에 더해야 합니다.",
)
def direction_alone(zp, zn, z):
    return (zp.mean(dim=0) - zn.mean(dim=0)).expand_as(z).clone()


@misconception(
    "attribute",
    en="You move each z by mean(zp) − z: every latent ends at the same place. The other group's mean is taken off, not z.",
    ko="z를 mean(zp) − z만큼 옮겨 모든 잠재 벡터가 같은 곳에 이릅니다. z가 아니라 다른 무리의 평균을 빼야 합니다.",
)
def mean_of_z_taken_off(zp, zn, z):
    return 0 * z + zp.mean(dim=0)


@misconception(
    "attribute",
    en="You take the first example of each group. One pair differs in much besides the attribute; the means are asked for.",
    ko="각 무리의 첫 예만 썼습니다. 한 쌍은 속성 말고도 다른 점이 많으므로 평균을 써야 합니다.",
)
def first_examples_only(zp, zn, z):
    return z + (zp[0] - zn[0])


@misconception(
    "attribute",
    en="You add half of the difference. The whole one is added.",
    ko="차이의 절반만 더했습니다. 차이 전체를 더해야 합니다.",
)
def half_the_way(zp, zn, z):
    return z + (zp.mean(dim=0) - zn.mean(dim=0)) / 2


@misconception(
    "attribute",
    en="You add both means. The mean of those without the attribute is subtracted.",
    ko="두 평균을 모두 더했습니다. 속성이 없는 쪽의 평균은 빼야 합니다.",
)
def both_means_added(zp, zn, z):
    return z + zp.mean(dim=0) + zn.mean(dim=0)


@misconception(
    "saturation",
    en="Both of your slopes are −sigmoid(l), that of log(1 − D). For −log D the slope is large where D is sure of a fake.",
    ko="두 기울기가 모두 log(1 − D)의 −sigmoid(l)입니다. −log D의 기울기는 D가 가짜라고 확신하는 곳에서 큽니다.",
)
def same_slope_for_both(logits):
    return -torch.sigmoid(logits), -torch.sigmoid(logits)


@misconception(
    "saturation",
    en="Both of your slopes are those of −log D, −sigmoid(−l). For log(1 − D) the slope vanishes where D is sure of a fake.",
    ko="두 기울기가 모두 −log D의 −sigmoid(−l)입니다. log(1 − D)의 기울기는 D가 가짜라고 확신하는 곳에서 사라집니다.",
)
def non_saturating_slope_for_both(logits):
    return -torch.sigmoid(-logits), -torch.sigmoid(-logits)


@misconception(
    "saturation",
    en="You return −D(1 − D), the slope of D itself. With the derivative of the logarithm one of the two factors cancels.",
    ko="D 자체의 기울기인 −D(1 − D)를 돌려주었습니다. 로그의 도함수와 곱하면 두 인수 가운데 하나가 약분됩니다.",
)
def second_derivatives(logits):
    p = torch.sigmoid(logits)
    return -p * (1 - p), -p * (1 - p)


@misconception(
    "saturation",
    en="Your second slope is 1 − sigmoid(l), with the opposite sign: −log D falls when the logit rises.",
    ko="둘째 기울기가 1 − sigmoid(l)이어서 부호가 반대입니다. 로짓이 커지면 −log D는 줄어듭니다.",
)
def one_minus_instead_of_minus_one(logits):
    return -torch.sigmoid(logits), torch.sigmoid(-logits)


@misconception(
    "saturation",
    en="Your first slope is +sigmoid(l). log(1 − D) falls when the logit rises: the inner derivative of 1 − D is negative.",
    ko="첫째 기울기가 +sigmoid(l)입니다. 로짓이 커지면 log(1 − D)는 줄어듭니다. 1 − D의 안쪽 도함수가 음수이기 때문입니다.",
)
def saturating_slope_positive(logits):
    return torch.sigmoid(logits), -torch.sigmoid(-logits)


@misconception(
    "cycle_loss",
    en="You subtract the second way. Both ways cost something and are added.",
    ko="둘째 방향을 뺐습니다. 두 방향 모두 손실이므로 더해야 합니다.",
)
def ways_subtracted(G, F, x, y):
    return (F(G(x)) - x).abs().mean() - (G(F(y)) - y).abs().mean()


@misconception(
    "cycle_loss",
    en="You take the root of the mean square. The mean of the absolute values is asked for.",
    ko="제곱 평균의 제곱근을 썼습니다. 절댓값의 평균이어야 합니다.",
)
def root_of_the_mean_square(G, F, x, y):
    return ((F(G(x)) - x) ** 2).mean().sqrt() + ((G(F(y)) - y) ** 2).mean().sqrt()


@misconception(
    "cycle_loss",
    en="Your loss has the weight 10 that CycleGAN gives it in training. Here the two means are simply added.",
    ko="CycleGAN이 학습할 때 쓰는 가중치 10이 곱해져 있습니다. 여기서는 두 평균을 더하기만 합니다.",
)
def weighted_by_ten(G, F, x, y):
    return 10 * ((F(G(x)) - x).abs().mean() + (G(F(y)) - y).abs().mean())


@misconception(
    "cycle_loss",
    en="You use the smooth L1 loss, which squares small differences. Plain absolute values are asked for.",
    ko="작은 차이를 제곱하는 smooth L1 손실을 썼습니다. 절댓값을 그대로 써야 합니다.",
)
def smooth_absolute_values(G, F, x, y):
    return torch.nn.functional.smooth_l1_loss(F(G(x)), x) + torch.nn.functional.smooth_l1_loss(G(F(y)), y)


@misconception(
    "cycle_loss",
    en="You take the Euclidean length of each difference and average over pictures. The mean of the absolute values of all elements is asked for.",
    ko="차이 벡터의 유클리드 길이를 그림에 대해 평균했습니다. 모든 원소의 절댓값을 평균해야 합니다.",
)
def lengths_of_rows(G, F, x, y):
    return (F(G(x)) - x).norm(dim=1).mean() + (G(F(y)) - y).norm(dim=1).mean()


@misconception(
    "cycle_loss",
    en="You take the absolute value after the mean, where differences of either sign have cancelled already.",
    ko="평균을 낸 뒤에 절댓값을 취했습니다. 그때는 부호가 다른 차이들이 이미 상쇄된 뒤입니다.",
)
def absolute_value_of_the_mean(G, F, x, y):
    return (F(G(x)) - x).mean().abs() + (G(F(y)) - y).mean().abs()


@misconception(
    "adain",
    en="You normalise the style and give it the statistics of the content. It is the picture of the content that remains, with the mean and spread of the style.",
    ko="스타일을 정규화해 콘텐츠의 통계를 입혔습니다. 남는 그림은 콘텐츠이고, 여기에 스타일의 평균과 퍼짐을 입혀야 합니다.",
)
def arguments_exchanged(content, style, eps):
    (a, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return b * (style - c) / d + a


@misconception(
    "adain",
    en="You multiply by the variance of the style. Its standard deviation belongs there: the root is missing.",
    ko="스타일의 분산을 곱했습니다. 제곱근을 취한 표준편차를 곱해야 합니다.",
)
def variance_of_the_style(content, style, eps):
    (a, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return d**2 * (content - a) / b + c


@misconception(
    "adain",
    en="You divide by the variance of the content. Its standard deviation belongs there: the root is missing.",
    ko="콘텐츠의 분산으로 나누었습니다. 제곱근을 취한 표준편차로 나누어야 합니다.",
)
def variance_of_the_content(content, style, eps):
    (a, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return d * (content - a) / b**2 + c


@misconception(
    "adain",
    en="You add the mean of the content again. The mean of the style takes its place.",
    ko="콘텐츠의 평균을 다시 더했습니다. 그 자리에는 스타일의 평균이 들어갑니다.",
)
def mean_of_the_content_back(content, style, eps):
    (a, b), (_, d) = _maps(content, eps), _maps(style, eps)
    return d * (content - a) / b + a


@misconception(
    "adain",
    en="The mean of the content is not subtracted. It must go before the style's mean comes in.",
    ko="콘텐츠의 평균을 빼지 않았습니다. 스타일의 평균을 넣기 전에 먼저 빼야 합니다.",
)
def content_not_centred(content, style, eps):
    (_, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return d * content / b + c


@misconception(
    "adain",
    en="The spread of the style is missing: your maps have its mean and the standard deviation 1.",
    ko="스타일의 퍼짐이 빠졌습니다. 맵의 평균은 스타일의 것이지만 표준편차가 1입니다.",
)
def spread_of_the_style_left_out(content, style, eps):
    (a, b), (c, _) = _maps(content, eps), _maps(style, eps)
    return (content - a) / b + c


@misconception(
    "adain",
    en="You exchange the means only. The spread of the content is divided out and that of the style put in, too.",
    ko="평균만 바꾸었습니다. 콘텐츠의 퍼짐으로 나누고 스타일의 퍼짐을 곱하는 일도 필요합니다.",
)
def only_the_means(content, style, eps):
    (a, _), (c, _) = _maps(content, eps), _maps(style, eps)
    return content - a + c


@misconception(
    "adain",
    en="You do not divide by the spread of the content, so that it remains beside that of the style.",
    ko="콘텐츠의 퍼짐으로 나누지 않아 스타일의 퍼짐과 겹칩니다.",
)
def content_not_divided(content, style, eps):
    (a, _), (c, d) = _maps(content, eps), _maps(style, eps)
    return d * (content - a) + c


@misconception(
    "adain",
    en="The spread of the style multiplies its mean as well. First scale, then add the mean.",
    ko="스타일의 평균에도 스타일의 퍼짐이 곱해졌습니다. 먼저 퍼짐을 곱하고 그다음 평균을 더합니다.",
)
def style_mean_scaled(content, style, eps):
    (a, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return d * ((content - a) / b + c)


@misconception(
    "adain",
    en="The ratio of the spreads is upside down: divide by the content's, multiply by the style's.",
    ko="퍼짐의 비가 뒤집혔습니다. 콘텐츠의 퍼짐으로 나누고 스타일의 퍼짐을 곱합니다.",
)
def spreads_upside_down(content, style, eps):
    (a, b), (c, d) = _maps(content, eps), _maps(style, eps)
    return b * (content - a) / d + c


@misconception(
    "adain",
    en="eps is missing under both roots.",
    ko="두 제곱근 안에서 모두 eps가 빠졌습니다.",
)
def eps_left_out(content, style, eps):
    (a, b), (c, d) = _maps(content, 0.0), _maps(style, 0.0)
    return d * (content - a) / b + c


@misconception(
    "adain",
    en="Your statistics run over the columns only. A map has two axes, height and width.",
    ko="평균과 분산을 너비 방향으로만 구했습니다. 맵에는 높이와 너비, 두 축이 있습니다.",
)
def statistics_of_each_row(content, style, eps):
    def m(x):
        return x.mean(dim=3, keepdim=True), (x.var(dim=3, unbiased=False, keepdim=True) + eps).sqrt()

    (a, b), (c, d) = m(content), _maps(style, eps)
    return d * (content - a) / b + c


@misconception(
    "truncate",
    en="You take the mean of the given codes as the centre. The centre is an argument.",
    ko="주어진 코드들의 평균을 중심으로 썼습니다. 중심은 인자 centre로 주어집니다.",
)
def mean_of_the_codes(w, centre, psi, layers):
    c = w.mean(dim=(0, 1))
    return torch.cat([c + psi * (w[:, :layers] - c), w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="Your centre is the mean of the given codes, and all layers are pulled. The centre and the number of layers are arguments.",
    ko="주어진 코드들의 평균을 중심으로 삼고 모든 층을 당겼습니다. 중심과 층의 수는 인자로 주어집니다.",
)
def mean_of_all_codes_everywhere(w, centre, psi, layers):
    c = w.mean(dim=(0, 1))
    return c + psi * (w - c)


@misconception(
    "truncate",
    en="You take the mean of the batch in each layer as the centre. The centre is an argument.",
    ko="층마다 배치의 평균을 중심으로 썼습니다. 중심은 인자 centre로 주어집니다.",
)
def mean_of_each_layer(w, centre, psi, layers):
    c = w.mean(dim=0, keepdim=True)
    return torch.cat([c[:, :layers] + psi * (w[:, :layers] - c[:, :layers]), w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="The centre is added, but not subtracted before scaling: psi scales the way from the centre to the code.",
    ko="중심을 더하기만 하고 배율을 곱하기 전에 빼지 않았습니다. psi는 중심에서 코드까지의 차이에 곱합니다.",
)
def centre_not_subtracted(w, centre, psi, layers):
    return torch.cat([centre + psi * w[:, :layers], w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="One layer too few is pulled: k < layers means the layers 0 to layers − 1.",
    ko="층 하나를 덜 당겼습니다. k < layers는 0번부터 layers − 1번까지입니다.",
)
def one_layer_fewer(w, centre, psi, layers):
    n = max(layers - 1, 0)
    return torch.cat([centre + psi * (w[:, :n] - centre), w[:, n:]], dim=1)


@misconception(
    "truncate",
    en="Only the layer with the number `layers` is pulled. All layers before it are meant.",
    ko="`layers`번 층 하나만 당겼습니다. 그 앞의 모든 층을 당겨야 합니다.",
)
def one_layer_only(w, centre, psi, layers):
    k = min(layers, w.shape[1] - 1)
    return torch.cat([w[:, :k], centre + psi * (w[:, k : k + 1] - centre), w[:, k + 1 :]], dim=1)


@misconception(
    "truncate",
    en="The layers from `layers` on are set to the centre. They keep their codes.",
    ko="`layers`번부터의 층이 중심으로 바뀌었습니다. 그 층들은 코드를 그대로 둡니다.",
)
def rest_at_the_centre(w, centre, psi, layers):
    return torch.cat([centre + psi * (w[:, :layers] - centre), centre + 0 * w[:, layers:]], dim=1)


@misconception(
    "truncate",
    en="You return the pulled layers only. The others follow them unchanged.",
    ko="당긴 층만 돌려주었습니다. 나머지 층도 바꾸지 말고 뒤에 이어 붙여야 합니다.",
)
def rest_cut_off(w, centre, psi, layers):
    return centre + psi * (w[:, :layers] - centre)


@misconception(
    "truncate",
    en="You pull the first components of each code. Layers are the second axis, components the third.",
    ko="코드마다 앞쪽 성분을 당겼습니다. 층은 둘째 축이고 성분은 셋째 축입니다.",
)
def components_for_layers(w, centre, psi, layers):
    out = w.clone()
    out[..., :layers] = centre[:layers] + psi * (w[..., :layers] - centre[:layers])
    return out


@misconception(
    "d_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 16 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 16에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def constant_of_seven_digits(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss = -torch.log(real + 1e-07).mean() - torch.log(1 - fake + 1e-07).mean()
    return loss, *_bce_pair(r_logit, f_logit)[1:]


@misconception(
    "d_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 23 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 23에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def constant_of_ten_digits(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss = -torch.log(real + 1e-10).mean() - torch.log(1 - fake + 1e-10).mean()
    return loss, *_bce_pair(r_logit, f_logit)[1:]


@misconception(
    "d_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 28 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 28에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def constant_of_twelve_digits(r_logit, f_logit):
    real, fake = torch.sigmoid(r_logit), torch.sigmoid(f_logit)
    loss = -torch.log(real + 1e-12).mean() - torch.log(1 - fake + 1e-12).mean()
    return loss, *_bce_pair(r_logit, f_logit)[1:]


@misconception(
    "g_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 16 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 16에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def g_constant_of_seven_digits(f_logit, kind):
    fake = torch.sigmoid(f_logit)
    loss = torch.log(1 - fake + 1e-07).mean() if kind == "minimax" else -torch.log(fake + 1e-07).mean()
    return loss, _g_pair(f_logit, kind)[1]


@misconception(
    "g_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 18 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 18에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def g_constant_of_eight_digits(f_logit, kind):
    fake = torch.sigmoid(f_logit)
    loss = torch.log(1 - fake + 1e-08).mean() if kind == "minimax" else -torch.log(fake + 1e-08).mean()
    return loss, _g_pair(f_logit, kind)[1]


@misconception(
    "g_loss",
    en="You add a small constant inside the logarithm. That hides the underflow instead of avoiding it: a wrong, confident answer costs 23 at most, however large the logit is. Write the loss in terms of the logit.",
    ko="로그 안에 작은 상수를 더했습니다. 언더플로를 없애지 않고 가릴 뿐이어서, 로짓이 아무리 커도 확신에 차서 틀린 답의 손실이 23에서 멈춥니다. 손실을 로짓의 식으로 쓰세요.",
)
def g_constant_of_ten_digits(f_logit, kind):
    fake = torch.sigmoid(f_logit)
    loss = torch.log(1 - fake + 1e-10).mean() if kind == "minimax" else -torch.log(fake + 1e-10).mean()
    return loss, _g_pair(f_logit, kind)[1]


@misconception(
    "value",
    en="A small constant is added before the logarithm. Then a hopeless discriminator is not punished without limit: where V is −inf you get about −16. The docstring asks for the plain logarithm.",
    ko="로그를 취하기 전에 작은 상수를 더했습니다. 그러면 완전히 틀린 판별자의 벌점에 끝이 생겨, V가 −inf인 곳에서 약 −16이 나옵니다. 독스트링은 로그를 그대로 쓰라고 합니다.",
)
def value_constant_of_seven_digits(D_real, D_fake):
    return torch.log(D_real + 1e-07).mean() + torch.log(1 - D_fake + 1e-07).mean()


@misconception(
    "value",
    en="A small constant is added before the logarithm. Then a hopeless discriminator is not punished without limit: where V is −inf you get about −23. The docstring asks for the plain logarithm.",
    ko="로그를 취하기 전에 작은 상수를 더했습니다. 그러면 완전히 틀린 판별자의 벌점에 끝이 생겨, V가 −inf인 곳에서 약 −23이 나옵니다. 독스트링은 로그를 그대로 쓰라고 합니다.",
)
def value_constant_of_ten_digits(D_real, D_fake):
    return torch.log(D_real + 1e-10).mean() + torch.log(1 - D_fake + 1e-10).mean()


@misconception(
    "value",
    en="A small constant is added before the logarithm. Then a hopeless discriminator is not punished without limit: where V is −inf you get about −28. The docstring asks for the plain logarithm.",
    ko="로그를 취하기 전에 작은 상수를 더했습니다. 그러면 완전히 틀린 판별자의 벌점에 끝이 생겨, V가 −inf인 곳에서 약 −28이 나옵니다. 독스트링은 로그를 그대로 쓰라고 합니다.",
)
def value_constant_of_twelve_digits(D_real, D_fake):
    return torch.log(D_real + 1e-12).mean() + torch.log(1 - D_fake + 1e-12).mean()
