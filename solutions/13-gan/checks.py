"""Lecture 13, GAN: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import BCE, T1, T2, Draw, Task, Text, X

BACKWARD = ("torch.autograd", "torch.Tensor.backward")

NO_PARAMETERS = "takes logits, probabilities or plain lists: no weights, matrices or running statistics"
NO_STEPS = "one closed formula: no time steps, no optimiser steps"
NO_UPSTREAM = "the function is the loss itself or returns new values: no upstream gradient is passed in"
NO_EPSILON = "no epsilon in the formula"
NO_DEFAULT = "no hyper-parameter with a common default"
NO_POOL = "no pooling"
NO_BOUNDARY = "no threshold in the formula"

CLOSED = {
    "R2": NO_PARAMETERS,
    "R3": NO_STEPS,
    "R4": NO_UPSTREAM,
    "R5": NO_PARAMETERS,
    "R6": NO_EPSILON,
    "R7": NO_DEFAULT,
    "R10": NO_POOL,
}

# -- 1. d_loss -------------------------------------------------------------------------------------------------------

d_loss = Task(
    "d_loss",
    points=14,
    form=1,
    purity=1,
    forbid=(*BACKWARD, *BCE),
    exempt={**CLOSED, "R14": "no hyper-parameter"},
    parts=("loss", "dr", "df"),
)


@d_loss.check(
    "small",
    points=5,
    visible=True,
    tolerance=T2,
    title=Text("loss and both gradients on two small batches", "작은 두 배치에서의 손실과 두 기울기"),
    hint=Text(
        "Real samples have label 1, fakes label 0; average each batch on its own, then add.",
        "진짜의 레이블은 1, 가짜의 레이블은 0입니다. 배치마다 따로 평균한 뒤 더하세요.",
    ),
)
def d_loss_small(draw: Draw):
    yield draw.call(np.array([0.0]), np.array([0.0]))
    n, m = draw.sizes(2, 3, 7)
    yield draw.call(draw.normal(n, scale=1.5, loc=0.7), draw.normal(m, scale=1.5, loc=-0.4))
    n, m = draw.sizes(2, 3, 7)
    yield draw.call(draw.normal(n, scale=2.0), draw.normal(m, scale=2.0))


@d_loss.check(
    "unequal",
    points=2,
    tolerance=T2,
    title=Text("real and fake batches of different sizes", "크기가 다른 진짜 배치와 가짜 배치"),
    hint=Text(
        "Does each mean, and each gradient, divide by the size of its own batch?",
        "평균과 기울기를 각각 자기 배치의 크기로 나누었나요?",
    ),
)
def d_loss_unequal(draw: Draw):
    for low, high in ((2, 6), (7, 12)):
        n, m = draw.sizes(2, low, high)
        yield draw.call(draw.normal(n, scale=2.0, loc=0.5), draw.strided(draw.normal(m, scale=2.0, loc=-0.5)))


@d_loss.check(
    "extreme",
    points=3,
    tolerance=T2,
    edge=True,
    title=Text("logits of several hundred", "수백에 이르는 로짓"),
    hint=Text(
        "A logarithm of a sigmoid breaks when the sigmoid is rounded to 0 or 1. Use a form that takes the "
        "logit itself.",
        "시그모이드가 0이나 1로 반올림되면 그 로그는 깨집니다. 로짓을 그대로 받는 형태를 쓰세요.",
    ),
)
def d_loss_extreme(draw: Draw):
    big = draw.scalar(600.0, 900.0)
    yield draw.call(np.array([800.0, -800.0, big]), np.array([-800.0, 800.0, -big, 0.3]))
    yield draw.call(draw.uniform(4, low=-60.0, high=-30.0), draw.uniform(3, low=30.0, high=60.0))


@d_loss.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one sample on a side; all logits equal", "한쪽에 샘플 하나; 모두 같은 로짓"),
    hint=Text("A batch of one is an ordinary mean.", "샘플이 하나인 배치도 평범한 평균입니다."),
)
def d_loss_edges(draw: Draw):
    yield draw.call(draw.normal(1), draw.normal(5))
    yield draw.call(np.full(4, draw.scalar(-2, 2)), np.zeros(3))


@d_loss.in_float32(
    points=1, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def d_loss_float32(draw: Draw):
    n, m = draw.sizes(2, 4, 9)
    yield draw.call(draw.normal(n, scale=2.0), draw.normal(m, scale=2.0))


# -- 2. g_loss -------------------------------------------------------------------------------------------------------

g_loss = Task(
    "g_loss",
    points=14,
    form=1,
    purity=1,
    forbid=(*BACKWARD, *BCE),
    exempt=CLOSED,
    parts=("loss", "df"),
)


@g_loss.check(
    "minimax",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("the minimax loss", "미니맥스 손실"),
    hint=Text(
        "The generator minimises log(1 - D): a negative number, with a negative slope.",
        "생성자는 log(1 - D)를 최소화합니다. 값도 기울기도 음수입니다.",
    ),
)
def g_loss_minimax(draw: Draw):
    yield draw.call(np.array([-10.0]), "minimax")
    yield draw.call(draw.normal(draw.sizes(1, 4, 7)[0], scale=2.0, loc=-0.5), "minimax")


@g_loss.check(
    "non_saturating",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("the non-saturating loss", "포화되지 않는 손실"),
    hint=Text(
        "The generator maximises log D, that is, it minimises -log D.",
        "생성자는 log D를 최대화합니다. 곧 -log D를 최소화합니다.",
    ),
)
def g_loss_non_saturating(draw: Draw):
    yield draw.call(np.array([-10.0]), "non-saturating")
    yield draw.call(draw.normal(draw.sizes(1, 4, 7)[0], scale=2.0, loc=-0.5), "non-saturating")


@g_loss.check(
    "batches",
    points=3,
    tolerance=T2,
    title=Text("both losses on the same larger batches", "더 큰 배치에서의 두 손실"),
    hint=Text(
        "Which kind is which? And a mean divides the gradient by N as well.",
        "어느 손실이 어느 kind인지 확인하세요. 평균이므로 기울기도 N으로 나눕니다.",
    ),
)
def g_loss_batches(draw: Draw):
    for n in draw.sizes(2, 3, 9):
        logits = draw.normal(n, scale=2.5)
        yield draw.call(logits, "minimax")
        yield draw.call(draw.strided(logits), "non-saturating")


@g_loss.check(
    "extreme",
    points=2,
    tolerance=T2,
    edge=True,
    title=Text("logits of several hundred", "수백에 이르는 로짓"),
    hint=Text(
        "Neither log D nor log(1 - D) may be taken of a rounded sigmoid.",
        "반올림된 시그모이드로 log D나 log(1 - D)를 계산하면 안 됩니다.",
    ),
)
def g_loss_extreme(draw: Draw):
    big = draw.scalar(500.0, 900.0)
    for kind in ("minimax", "non-saturating"):
        yield draw.call(np.array([800.0, -800.0, big, -40.0, 40.0]), kind)


@g_loss.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("one fake; all logits equal", "가짜 하나; 모두 같은 로짓"),
    hint=Text(
        "At logit 0 both slopes are -1/2 for one sample.", "샘플이 하나이고 로짓이 0이면 두 기울기는 모두 -1/2입니다."
    ),
)
def g_loss_edges(draw: Draw):
    for kind in ("minimax", "non-saturating"):
        yield draw.call(np.array([0.0]), kind)
        yield draw.call(np.full(3, draw.scalar(-3, 3)), kind)


@g_loss.in_float32(
    points=1, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def g_loss_float32(draw: Draw):
    for kind in ("minimax", "non-saturating"):
        yield draw.call(draw.normal(draw.sizes(1, 4, 9)[0], scale=2.0), kind)


# -- 3. value, d_star ------------------------------------------------------------------------------------------------

value = Task(
    "value",
    functions=("value", "d_star"),
    points=12,
    form=1,
    purity=1,
    exempt={**CLOSED, "R14": "no hyper-parameter"},
)


@value.check(
    "value_small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("the value of the game on small batches", "작은 배치에서 게임의 값"),
    hint=Text("For D = 1/2 everywhere the value is -log 4.", "어디서나 D = 1/2이면 값은 -log 4입니다."),
)
def value_small(draw: Draw):
    n, m = draw.sizes(2, 3, 7)
    yield draw.call(np.full(n, 0.5), np.full(m, 0.5))
    n, m = draw.sizes(2, 3, 7)
    yield draw.call(draw.uniform(n, low=0.3, high=0.95), draw.uniform(m, low=0.05, high=0.6))


@value.check(
    "d_star_small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("the best discriminator of two densities", "두 밀도의 최적 판별자"),
    hint=Text(
        "Near 1 where real samples are much more likely than fakes.", "진짜가 가짜보다 훨씬 흔한 곳에서 1에 가깝습니다."
    ),
)
def d_star_small(draw: Draw):
    same = draw.positive(4)
    yield draw.call(same, same, function="d_star")
    n = draw.sizes(1, 5, 8)[0]
    yield draw.call(draw.positive(n), draw.positive(n), function="d_star")


@value.check(
    "value_batches",
    points=1.5,
    tolerance=T1,
    title=Text("the value on batches of different sizes", "크기가 다른 배치에서 게임의 값"),
    hint=Text(
        "Two separate means, natural logarithm, and what the discriminator maximises.",
        "따로 구한 두 평균의 합, 자연로그, 그리고 판별자가 최대화하는 값입니다.",
    ),
)
def value_batches(draw: Draw):
    for low, high in ((2, 6), (7, 12)):
        n, m = draw.sizes(2, low, high)
        yield draw.call(draw.uniform(n, low=0.05, high=0.98), draw.strided(draw.uniform(m, low=0.02, high=0.95)))


@value.check(
    "value_certain",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("a discriminator that is certain, or a single sample", "확신하는 판별자, 샘플 하나"),
    hint=Text(
        "A perfect discriminator reaches the maximum of V exactly; a real sample with D = 0 costs -inf.",
        "완벽한 판별자는 V의 최댓값에 정확히 도달합니다. 진짜에 D = 0이라고 답하면 값은 -inf입니다.",
    ),
)
def value_certain(draw: Draw):
    yield draw.call(np.ones(3), np.zeros(2))
    yield draw.call(draw.uniform(1, low=0.2, high=0.9), np.array([0.0, 1e-12, 0.3]))
    yield draw.call(np.array([0.0, 0.7]), draw.uniform(3, low=0.2, high=0.9))


@value.check(
    "d_star_zero",
    points=1.5,
    tolerance=T1,
    edge=True,
    title=Text("densities that are zero somewhere", "0이 되는 곳이 있는 밀도"),
    hint=Text(
        "Where only one density is 0 the formula is exact; where both are, the docstring says what to return. "
        "Tiny densities are not 0.",
        "하나만 0이면 공식 그대로입니다. 둘 다 0인 점의 값은 docstring에 적혀 있습니다. 아주 작은 밀도는 0이 아닙니다.",
    ),
)
def d_star_zero(draw: Draw):
    a, b = draw.positive(2), draw.positive(2)
    yield draw.call(np.array([0.0, a[0], 0.0, a[1], 0.0]), np.array([0.0, 0.0, b[0], b[1], 0.0]), function="d_star")
    yield draw.call(np.array([[3e-12, 0.0], [2.0, 1e-12]]), np.array([[1e-12, 0.0], [1e-12, 0.0]]), function="d_star")


@value.check(
    "value_near_zero",
    points=0.5,
    tolerance=T2,
    title=Text("the value of a sure discriminator", "확신하는 판별자의 값"),
    hint=Text("Nothing is clamped, however near to 0 or 1.", "0이나 1에 아무리 가까워도 값을 자르지 않습니다."),
)
def value_near_zero(draw: Draw):
    n, m = draw.sizes(2, 3, 7)
    yield draw.call(draw.uniform(n, low=0.1, high=0.9), draw.uniform(m, low=0.1, high=0.9))
    yield draw.call(draw.uniform(n, low=1e-9, high=1e-8), 1 - draw.uniform(m, low=1e-9, high=1e-8))


@value.check(
    "d_star_grid",
    points=0.5,
    tolerance=T2,
    title=Text("densities on a grid", "격자 위의 밀도"),
    hint=Text("One answer for each point, in the same shape.", "점마다 하나씩, 같은 모양으로 답합니다."),
)
def d_star_grid(draw: Draw):
    n, m = draw.sizes(2, 3, 6)
    yield draw.call(draw.positive(n, m), draw.positive(n, m), function="d_star")


@value.in_float32(
    points=1, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def value_float32(draw: Draw):
    n, m = draw.sizes(2, 4, 9)
    yield draw.call(draw.uniform(n, low=0.1, high=0.9), draw.uniform(m, low=0.1, high=0.9))
    yield draw.call(np.append(draw.positive(n), 0.0), np.append(draw.positive(n), 0.0), function="d_star")


# -- 4. d_step, 5. g_step --------------------------------------------------------------------------------------------

MARGIN = 1e-3  # no pre-activation closer to the kink of a ReLU than this


def _params(draw: Draw, x: int, z: int) -> tuple[dict, dict]:
    """Parameters of the two given networks for samples of x and noise of z numbers; all sizes differ."""
    sizes = [n for n in range(2, 9) if n not in (x, z)]
    d1, d2, g1, g2 = (int(n) for n in draw.rng.permutation(sizes)[:4])
    params_d = {
        "W1": draw.normal(x, d1, scale=0.7),
        "b1": draw.normal(d1, scale=0.5),
        "W2": draw.normal(d1, d2, scale=0.6),
        "b2": draw.normal(d2, scale=0.5),
        "W3": draw.normal(d2, 1, scale=0.8),
        "b3": draw.normal(1, scale=0.5),
    }
    params_g = {
        "W1": draw.normal(z, g1, scale=0.8),
        "gamma": draw.uniform(g1, low=0.5, high=1.8),
        "beta": draw.normal(g1, scale=0.6) + 0.3,
        "mean": draw.normal(g1),
        "var": draw.positive(g1),
        "W2": draw.normal(g1, g2, scale=0.7),
        "b2": draw.normal(g2, scale=0.4) + 0.4,
        "W3": draw.normal(g2, x, scale=0.7),
        "b3": draw.normal(x, scale=0.4),
    }
    return params_d, params_g


def _closest_kink(params_d: dict, params_g: dict, x: np.ndarray, z: np.ndarray) -> float:
    """The smallest |pre-activation| of both networks on x and G(z): the given forward passes, in numpy."""
    a = z @ params_g["W1"]
    first = params_g["gamma"] * (a - a.mean(axis=0)) / np.sqrt(a.var(axis=0) + 1e-5) + params_g["beta"]
    second = np.maximum(first, 0) @ params_g["W2"] + params_g["b2"]
    fake = np.maximum(second, 0) @ params_g["W3"] + params_g["b3"]
    closest = min(np.abs(first).min(), np.abs(second).min())
    for samples in (x, fake):
        h = samples @ params_d["W1"] + params_d["b1"]
        closest = min(closest, np.abs(h).min())
        h = np.where(h > 0, h, 0.2 * h) @ params_d["W2"] + params_d["b2"]
        closest = min(closest, np.abs(h).min())
    return float(closest)


def _round(draw: Draw, n: int | None = None, size: int | None = None):
    """(params_d, params_g, x, z): two networks, a real batch of n and noise for a fake batch of another size."""
    real, fake = draw.sizes(2, 9, 12)
    real = n or real
    while True:
        width, noise = (size, size + 1) if size else draw.sizes(2, 2, 4)
        params_d, params_g = _params(draw, width, noise)
        x, z = draw.normal(real, width, scale=1.2), draw.normal(fake, noise)
        if _closest_kink(params_d, params_g, x, z) >= MARGIN:
            return params_d, params_g, x, z


STEP_EXEMPT = {
    "R4": NO_UPSTREAM,
    "R6": "the epsilon of batch norm is in the given network",
    "R7": "momentum and slope of the given networks are fixed there; lr has no default",
    "R8": NO_BOUNDARY,
    "R10": NO_POOL,
    "R11": "batch norm needs two samples, a mean at least one",
    "R12": "equal noise vectors have zero variance: nothing to learn from",
}

d_step = Task("d_step", points=12, form=1, purity=1, exempt=STEP_EXEMPT, parts=("new_params_d", "params_g", "loss"))


@d_step.check(
    "step",
    together=True,
    points=4,
    visible=True,
    tolerance=T2,
    title=Text("one step of the discriminator", "판별자의 한 단계"),
    hint=Text(
        "Only D moves, down its own loss; real and fake batches are averaged on their own.",
        "판별자만, 자기 손실이 줄어드는 쪽으로 움직입니다. 진짜와 가짜 배치는 따로 평균합니다.",
    ),
)
def d_step_step(draw: Draw):
    for lr in (0.1, 0.5):
        yield draw.call(*_round(draw), lr)


@d_step.check(
    "more",
    together=True,
    points=3,
    tolerance=T2,
    title=Text("other networks, batches and learning rates", "다른 신경망, 배치, 학습률"),
    hint=Text(
        "Compare every entry of both dictionaries, running statistics included; then the sign of the step.",
        "두 딕셔너리의 모든 항목을 이동 통계까지 비교해 보고, 갱신의 부호도 확인하세요.",
    ),
)
def d_step_more(draw: Draw):
    for _ in range(2):
        params_d, params_g, x, z = _round(draw)
        yield draw.call(params_d, params_g, draw.strided(x), draw.strided(z), draw.scalar(0.02, 0.2))
        yield draw.call(params_d, params_g, x, z, draw.scalar(0.3, 0.9))
    yield draw.call(params_d, params_g, x, z, 0.1, function="left_behind_by_d")


@d_step.check(
    "noise",
    together=True,
    points=1,
    tolerance=T2,
    title=Text("the same networks with other noise", "같은 신경망, 다른 노이즈"),
    hint=Text("The fakes must be made from the z that is passed in.", "가짜는 인자로 받은 z로 만들어야 합니다."),
)
def d_step_noise(draw: Draw):
    params_d, params_g, x, z = _round(draw)
    yield draw.call(params_d, params_g, x, z, 0.3)
    while _closest_kink(params_d, params_g, x, other := draw.normal(*z.shape)) < MARGIN:
        pass
    yield draw.call(params_d, params_g, x, other, 0.3)


@d_step.check(
    "edges",
    together=True,
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("a single real sample; one-dimensional samples", "진짜 샘플 하나; 1차원 샘플"),
    hint=Text(
        "Nothing special happens for a batch of one, or for samples that are single numbers.",
        "배치 크기가 1이거나 샘플이 숫자 하나여도 특별할 것이 없습니다.",
    ),
)
def d_step_edges(draw: Draw):
    yield draw.call(*_round(draw, n=1), 0.4)
    yield draw.call(*_round(draw, n=3, size=1), 0.4)


@d_step.in_float32(
    points=1,
    together=True,
    hint=Text("All results must keep the dtype of the inputs.", "모든 결과의 dtype은 입력과 같아야 합니다."),
)
def d_step_float32(draw: Draw):
    yield draw.call(*_round(draw), 0.3)


g_step = Task("g_step", points=12, form=1, purity=1, exempt=STEP_EXEMPT, parts=("params_d", "new_params_g", "loss"))


@g_step.check(
    "step",
    together=True,
    points=4,
    visible=True,
    tolerance=T2,
    title=Text("one step of the generator", "생성자의 한 단계"),
    hint=Text(
        "Only G moves; the gradient passes through D, and the running statistics are updated once.",
        "생성자만 움직입니다. 기울기는 판별자를 통과하고 이동 통계는 한 번 갱신됩니다.",
    ),
)
def g_step_step(draw: Draw):
    for lr in (0.1, 0.5):
        params_d, params_g, _, z = _round(draw)
        yield draw.call(params_d, params_g, z, lr)


@g_step.check(
    "more",
    together=True,
    points=3.5,
    tolerance=T2,
    title=Text("other networks, noise and learning rates", "다른 신경망, 노이즈, 학습률"),
    hint=Text(
        "Did the generator move at all? In the right direction? And did the discriminator stay where it was?",
        "생성자가 움직이기는 했나요? 방향은 맞나요? 판별자는 그대로인가요?",
    ),
)
def g_step_more(draw: Draw):
    for _ in range(2):
        params_d, params_g, _, z = _round(draw)
        yield draw.call(params_d, params_g, draw.strided(z), draw.scalar(0.02, 0.2))
        yield draw.call(params_d, params_g, z, draw.scalar(0.3, 0.9))
    yield draw.call(params_d, params_g, z, 0.1, function="left_behind_by_g")


@g_step.check(
    "edges",
    together=True,
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "one-dimensional samples; a discriminator that rejects every fake", "1차원 샘플; 모든 가짜를 골라내는 판별자"
    ),
    hint=Text(
        "This is where the non-saturating loss must still move the generator.",
        "포화되지 않는 손실이라면 이런 상황에서도 생성자가 움직여야 합니다.",
    ),
)
def g_step_edges(draw: Draw):
    params_d, params_g, _, z = _round(draw, n=3, size=1)
    yield draw.call(params_d, params_g, z, 0.4)
    params_d, params_g, _, z = _round(draw)
    yield draw.call({**params_d, "b3": params_d["b3"] - 12.0}, params_g, z, 0.4)


def found_the_real_samples(args, value):
    """The samples of a trained generator: their mean against that of the real ones."""
    _, batches, *_ = args
    real = batches.reshape(-1, batches.shape[-1])
    apart = np.linalg.norm(value.mean(axis=0) - real.mean(axis=0))
    if apart < 0.5:
        return None
    return Text(
        f"After {len(batches)} steps the mean of the generated samples is still {apart:.2f} away from that of the real ones.",
        f"{len(batches)}단계를 학습해도 생성된 샘플의 평균이 진짜 샘플의 평균에서 {apart:.2f}만큼 떨어져 있습니다.",
    )


@g_step.check(
    "training",
    points=0.5,
    tolerance=T2,
    device="cuda",
    edge=True,
    judge=found_the_real_samples,
    title=Text("a generator trained with your step", "여러분의 단계로 학습한 생성자"),
    hint=Text(
        "Every step must take the samples a little closer to where the discriminator says real.",
        "단계마다 샘플이 판별자가 진짜라고 보는 쪽으로 조금씩 다가가야 합니다.",
    ),
)
def g_step_training(draw: Draw):
    steps, n, noise, hidden = 100, 64, 3, 32

    def weight(rows: int, columns: int, scale: float = 1.0) -> np.ndarray:
        return draw.normal(rows, columns, scale=scale * np.sqrt(2 / rows))

    params_g = {
        "W1": weight(noise, hidden),
        "gamma": draw.uniform(hidden, low=0.8, high=1.2),
        "beta": draw.normal(hidden, scale=0.5),
        "mean": draw.normal(hidden, scale=0.1),
        "var": draw.positive(hidden),
        "W2": weight(hidden, hidden),
        "b2": draw.normal(hidden, scale=0.1),
        "W3": weight(hidden, 2, 0.3),
        "b3": draw.normal(2, scale=0.1),
    }
    angle = draw.scalar(0.0, 2 * np.pi)
    batches = draw.normal(steps, n, 2, scale=0.4) + 3 * np.array([np.cos(angle), np.sin(angle)])
    zs, held_out = draw.normal(steps, n, noise), draw.normal(200, noise)
    # Of 500 seeds the reference came within 0.21 of the real mean.
    yield draw.call(params_g, batches, zs, held_out, 0.1, function="trained_generator")


@g_step.in_float32(
    points=1,
    together=True,
    hint=Text("All results must keep the dtype of the inputs.", "모든 결과의 dtype은 입력과 같아야 합니다."),
)
def g_step_float32(draw: Draw):
    params_d, params_g, _, z = _round(draw)
    yield draw.call(params_d, params_g, z, 0.3)


# -- 6. train_loop ---------------------------------------------------------------------------------------------------

train_loop = Task(
    "train_loop",
    points=8,
    form=1,
    purity=1,
    exempt={
        **dict.fromkeys(("R2", "R4", "R5", "R9", "R12"), NO_PARAMETERS),
        "R6": NO_EPSILON,
        "R7": NO_DEFAULT,
        "R8": NO_BOUNDARY,
        "R10": NO_POOL,
        "R13": "plain Python lists, no tensors",
        "float32": "plain Python lists, no tensors",
    },
)


def _schedule(draw: Draw, steps: int, k: int, batches: int, spare: int):
    """A call with the given numbers; batches and noise are ids in random order, so that an index is not an item."""
    ids = [int(i) + 100 for i in draw.permutation(batches)]
    noise = [int(i) + 1000 for i in draw.permutation(steps * (k + 1) + spare)]
    return draw.call(steps, k, ids, noise)


@train_loop.check(
    "short",
    points=2,
    visible=True,
    tolerance=X,
    title=Text("three rounds with k = 2, then with k = 1", "k = 2로 세 라운드, 이어서 k = 1"),
    hint=Text(
        "k steps of D, each with a new batch and new noise, then one step of G with new noise.",
        "새 배치와 새 노이즈로 D를 k번, 이어서 새 노이즈로 G를 한 번입니다.",
    ),
)
def train_loop_short(draw: Draw):
    yield draw.call(3, 2, [f"batch{i}" for i in range(6)], [f"z{i}" for i in range(9)])
    yield draw.call(3, 1, [f"batch{i}" for i in range(5)], [f"z{i}" for i in range(7)])


@train_loop.check(
    "long",
    points=2,
    tolerance=X,
    title=Text("more rounds and other k", "더 많은 라운드와 다른 k"),
    hint=Text(
        "The counters of batches and noise go on from one round to the next.",
        "배치와 노이즈의 카운터는 라운드가 바뀌어도 이어집니다.",
    ),
)
def train_loop_long(draw: Draw):
    for k in draw.sizes(3, 2, 5):
        steps = draw.sizes(1, 6, 9)[0]
        yield _schedule(draw, steps, k, steps * k + 3, draw.choice((0, 4)))


@train_loop.check(
    "wrap",
    points=1,
    tolerance=X,
    title=Text("fewer batches than steps of the discriminator", "판별자 단계보다 적은 배치"),
    hint=Text(
        "When the batches are used up, begin again with the first; noise is never used again.",
        "배치를 다 쓰면 첫 배치부터 다시 씁니다. 노이즈는 다시 쓰지 않습니다.",
    ),
)
def train_loop_wrap(draw: Draw):
    yield _schedule(draw, 7, 3, 5, 2)
    yield _schedule(draw, 5, 4, 6, 0)
    yield draw.call(4, 2, [1, 2, 3], list(range(10, 22)), function="different_steps")


@train_loop.check(
    "edges",
    points=1,
    tolerance=X,
    edge=True,
    title=Text("no rounds; one round; a single batch", "라운드 없음; 한 라운드; 배치 하나"),
    hint=Text("No rounds give an empty list.", "라운드가 없으면 빈 리스트입니다."),
)
def train_loop_edges(draw: Draw):
    yield _schedule(draw, 0, 3, 2, 0)
    yield _schedule(draw, 1, 1, 1, 0)
    yield _schedule(draw, 4, 3, 1, 1)


# -- 7. dcgan_g, dcgan_shapes ----------------------------------------------------------------------------------------

dcgan_g = Task(
    "dcgan_g",
    functions=("dcgan_g", "dcgan_shapes"),
    points=12,
    form=1,
    purity=1,
    exempt={
        "R1": "kernels after layer 0 are 4 x 4 by definition; all other sizes differ",
        "R3": "no time steps, no optimiser steps; batches have 2 or more images",
        "R4": "a forward function: the sandbox draws the upstream gradient",
        "R7": "eps is the only hyper-parameter",
        "R8": "ReLU inputs are kept away from 0",
        "R9": "batch norm and tanh keep every value in range",
        "R10": NO_POOL,
        "R12": "equal noise vectors have zero variance: every image would be beta",
    },
)


def _tconv(x: np.ndarray, w: np.ndarray, stride: int, padding: int) -> np.ndarray:
    """Transposed convolution in numpy: every input pixel stamps the kernel into the output."""
    kh, kw = w.shape[2:]
    h, v = x.shape[2:]
    out = np.zeros((len(x), w.shape[1], (h - 1) * stride + kh, (v - 1) * stride + kw))
    for i in range(h):
        for j in range(v):
            stamp = np.einsum("nc,cdef->ndef", x[:, :, i, j], w)
            out[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] += stamp
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


def _images(draw: Draw, depth: int, kernel: tuple[int, int], eps: float = 1e-5, batch: int | None = None):
    """(z, params) of a DCGAN generator of `depth` layers; no ReLU input closer to 0 than MARGIN."""
    while True:
        n = batch or draw.choice((3, 4))
        channels = [c for c in draw.sizes(7, 2, 8) if c != n][: depth + 1]
        z = draw.normal(n, channels[0])
        params, x, closest = [], z[:, :, None, None], np.inf
        for i in range(depth):
            size = kernel if i == 0 else (4, 4)
            w = draw.normal(channels[i], channels[i + 1], *size, scale=0.4 if i < depth - 1 else 0.15)
            if i == depth - 1:
                params.append({"W": w, "b": draw.normal(channels[i + 1], scale=0.4)})
                break
            gamma = draw.uniform(channels[i + 1], low=0.4, high=1.6)
            beta = draw.away_from_zero(channels[i + 1], scale=0.5)
            params.append({"W": w, "gamma": gamma, "beta": beta})
            x = _tconv(x, w, 1 if i == 0 else 2, 0 if i == 0 else 1)
            x = (x - x.mean((0, 2, 3), keepdims=True)) / np.sqrt(x.var((0, 2, 3), keepdims=True) + eps)
            x = gamma[:, None, None] * x + beta[:, None, None]
            closest, x = min(closest, np.abs(x).min()), np.maximum(x, 0)
        if closest >= MARGIN:
            return z, params


@dcgan_g.check(
    "shapes",
    points=1,
    visible=True,
    tolerance=X,
    title=Text("sizes of the images", "이미지의 크기"),
    hint=Text(
        "Every layer with kernel 4, stride 2 and padding 1 doubles the side.",
        "커널 4, 스트라이드 2, 패딩 1인 층은 한 변을 두 배로 늘립니다.",
    ),
)
def dcgan_shapes_small(draw: Draw):
    yield draw.call(4, 3, function="dcgan_shapes")
    yield draw.call(3, 2, function="dcgan_shapes")


@dcgan_g.check(
    "two_layers",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("a generator of two layers", "두 층의 생성자"),
    hint=Text(
        "Layer 0: transposed convolution, batch norm, ReLU. The last: transposed convolution with its bias, then tanh.",
        "0번 층은 전치 합성곱, 배치 정규화, ReLU. 마지막 층은 편향이 있는 전치 합성곱과 tanh입니다.",
    ),
)
def dcgan_two_layers(draw: Draw):
    yield draw.call(*_images(draw, 2, (3, 2)))


@dcgan_g.check(
    "deeper",
    points=1.5,
    tolerance=T2,
    title=Text("a generator of three layers", "세 층의 생성자"),
    hint=Text(
        "Only layer 0 has stride 1 and no padding; only the last layer has no batch norm.",
        "스트라이드 1에 패딩이 없는 것은 0번 층뿐이고, 배치 정규화가 없는 것은 마지막 층뿐입니다.",
    ),
)
def dcgan_deeper(draw: Draw):
    yield draw.call(*_images(draw, 3, (2, 3)))
    z, params = _images(draw, 3, (2, 1))
    yield draw.call(draw.strided(z), params)


@dcgan_g.check(
    "epsilon",
    points=1,
    tolerance=T2,
    title=Text("another epsilon", "다른 epsilon"),
    hint=Text("eps is an argument, and it stands under the root.", "eps는 인자로 받으며 근호 안에 들어갑니다."),
)
def dcgan_epsilon(draw: Draw):
    z, params = _images(draw, 2, (2, 3), eps=1e-2)
    yield draw.call(z, params, 1e-2)
    yield draw.call(z, params, 0.3)


@dcgan_g.check(
    "deep",
    points=1,
    tolerance=T2,
    title=Text("another pair of layers", "다른 두 층"),
    hint=Text(
        "Every layer but the last is normalised with the statistics of its own batch.",
        "마지막 층을 뺀 모든 층은 자기 배치의 통계로 정규화합니다.",
    ),
)
def dcgan_deep(draw: Draw):
    yield draw.call(*_images(draw, 2, (2, 3)))


@dcgan_g.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("a 1 x 1 start, a batch of two, no layers to count", "1 x 1에서 시작, 배치 크기 2, 층이 0개"),
    hint=Text("The same formulas hold for the smallest sizes.", "크기가 아주 작아도 같은 공식을 씁니다."),
)
def dcgan_edges(draw: Draw):
    yield draw.call(*_images(draw, 2, (1, 1), batch=2))
    yield draw.call(draw.sizes(1, 5, 9)[0], 0, function="dcgan_shapes")
    yield draw.call(1, 5, function="dcgan_shapes")
    yield draw.call(draw.sizes(1, 5, 9)[0], 4, function="dcgan_shapes")


@dcgan_g.check(
    "batch",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("a batch of larger images", "더 큰 이미지 배치"),
    hint=Text(
        "The statistics of batch norm are those of the whole batch, channel by channel.",
        "배치 정규화의 통계는 배치 전체에 대해 채널마다 계산합니다.",
    ),
)
def dcgan_batch(draw: Draw):
    channels, params = (12, 14, 9, 3), []
    for i, size in enumerate(((4, 3), (4, 4), (4, 4))):
        w = draw.normal(channels[i], channels[i + 1], *size, scale=0.2)
        params.append({"W": w, "b": draw.normal(3, scale=0.4)})
        if i < 2:
            gamma = draw.uniform(channels[i + 1], low=0.4, high=1.6)
            params[i] = {"W": w, "gamma": gamma, "beta": draw.away_from_zero(channels[i + 1], scale=0.5)}
    yield draw.call(draw.normal(10, 12), params)


@dcgan_g.in_float32(points=1, hint=Text("The images must keep the dtype of z.", "이미지의 dtype은 z와 같아야 합니다."))
def dcgan_float32(draw: Draw):
    yield draw.call(*_images(draw, 2, (3, 2), eps=1e-2), 1e-2)


# -- 8. interp, attribute --------------------------------------------------------------------------------------------

interp = Task(
    "interp",
    functions=("interp", "attribute"),
    points=8,
    form=1,
    purity=0.5,
    exempt={
        **CLOSED,
        "R2": "latent vectors, no parameters",
        "R5": "latent vectors, no square matrices",
        "R8": "the only boundary, parallel vectors, is drawn",
        "R9": "latent vectors are about as long as noise",
    },
)


def _pair(draw: Draw, n: int):
    """Two latent vectors of different lengths at an angle between 40 and 140 degrees."""
    while True:
        z0, z1 = draw.normal(n, scale=1.3), draw.normal(n, scale=0.8)
        a, b = np.linalg.norm(z0), np.linalg.norm(z1)
        if abs(z0 @ z1) < 0.75 * a * b and abs(a - 1) > 0.2 and abs(b - 1) > 0.2 and abs(a - b) > 0.2:
            return z0, z1


@interp.check(
    "linear",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("linear interpolation", "선형 보간"),
    hint=Text("t = 0 gives z0, t = 1 gives z1.", "t = 0이면 z0, t = 1이면 z1입니다."),
)
def interp_linear(draw: Draw):
    yield draw.call(*_pair(draw, 4), np.array([0.0, 0.25, 0.6, 1.0, 0.9]), "linear")


@interp.check(
    "attribute",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("an attribute vector", "속성 벡터"),
    hint=Text(
        "The attribute is the difference of two group means, each taken over its rows.",
        "속성은 두 집단 평균의 차이이며, 평균은 행에 대해 구합니다.",
    ),
)
def attribute_small(draw: Draw):
    p, m, n, d = draw.sizes(4, 2, 7)
    yield draw.call(draw.normal(p, d), draw.normal(m, d), draw.normal(n, d), function="attribute")


@interp.check(
    "slerp",
    points=1.5,
    tolerance=T1,
    title=Text("along the arc", "호를 따라"),
    hint=Text(
        "The angle comes from unit vectors, the result is built from the vectors themselves. Radians.",
        "각도는 단위 벡터로 구하고, 결과는 원래 벡터로 만듭니다. 단위는 라디안입니다.",
    ),
)
def interp_slerp(draw: Draw):
    n, t = draw.sizes(2, 4, 8)
    z0, z1 = _pair(draw, n)
    ts = np.append(draw.uniform(t - 2), [1.0, 0.0])
    yield draw.call(z0, z1, ts, "slerp")
    yield draw.call(z0, z1, ts, "linear")
    n, t = draw.sizes(2, 4, 8)
    z0, z1 = _pair(draw, n)
    yield draw.call(draw.strided(z0), z1, draw.strided(draw.uniform(t, low=-0.4, high=1.4)), "slerp")
    # an angle of about one degree: small, and no reason to leave the arc
    aside = z1 - (z1 @ z0) / (z0 @ z0) * z0
    near = np.cos(0.02) * z0 + np.sin(0.02) * np.linalg.norm(z0) / np.linalg.norm(aside) * aside
    yield draw.call(z0, 1.7 * near, ts, "slerp")
    # a third of a degree away from the same direction, and from the opposite one
    for angle in (0.005, np.pi - 0.005):
        arc = np.cos(angle) * z0 + np.sin(angle) * np.linalg.norm(z0) / np.linalg.norm(aside) * aside
        yield draw.call(z0, 1.3 * arc, ts, "slerp")


@interp.check(
    "groups",
    points=1,
    tolerance=T1,
    title=Text("attributes of other groups", "다른 집단의 속성"),
    hint=Text(
        "Groups may differ in size; every row of z is moved by the same vector.",
        "집단의 크기는 서로 다를 수 있고, z의 모든 행이 같은 벡터만큼 움직입니다.",
    ),
)
def attribute_groups(draw: Draw):
    p, m, n, d = draw.sizes(4, 2, 9)
    without = draw.strided(draw.normal(m, d, loc=-0.5))
    yield draw.call(draw.normal(p, d, loc=1.0), without, draw.normal(n, d), function="attribute")
    yield draw.call(draw.normal(1, d, loc=1.0), draw.normal(m, d), draw.normal(1, d), function="attribute")


@interp.check(
    "parallel",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("the same and the opposite direction, and no steps at all", "방향이 같거나 정반대인 벡터, 그리고 빈 ts"),
    hint=Text(
        "Here the sine of the angle is 0; the docstring says what slerp is then.",
        "이때 각도의 사인은 0입니다. slerp의 값은 docstring에 적혀 있습니다.",
    ),
)
def interp_parallel(draw: Draw):
    # of length 7 (below: 3) exactly: the cosine with such a multiple of itself is exactly 1
    z0 = draw.rng.permutation(np.array([2.0, 3.0, 6.0])) * draw.choice((-1.0, 1.0))
    ts = np.array([0.0, 0.3, 1.0, 0.8])
    yield draw.call(z0, z0 * draw.choice((0.5, 2.0, 4.0)), ts, "slerp")
    yield draw.call(z0, z0, ts, "slerp")
    yield draw.call(np.full(4, 1.5), np.full(4, 3.0), ts, "slerp")
    yield draw.call(*_pair(draw, 3), np.zeros(0), "linear")
    yield draw.call(z0, z0 * draw.choice((-0.5, -2.0, -4.0)), ts, "slerp")


@interp.check(
    "between",
    points=0.5,
    tolerance=T2,
    title=Text("between the ends of an arc", "호의 양 끝 사이"),
    hint=Text("One row for each t, in the order of ts.", "ts의 순서대로 t마다 한 행입니다."),
)
def interp_between(draw: Draw):
    n, t = draw.sizes(2, 3, 7)
    yield draw.call(*_pair(draw, n), draw.uniform(t, low=0.05, high=0.95), "slerp")


@interp.in_float32(
    points=0.5, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def interp_float32(draw: Draw):
    n, t = draw.sizes(2, 4, 8)
    yield draw.call(*_pair(draw, n), draw.uniform(t), "slerp")
    yield draw.call(*_pair(draw, n), draw.uniform(t), "linear")


# -- 9. saturation ---------------------------------------------------------------------------------------------------

saturation = Task(
    "saturation",
    points=8,
    form=1,
    purity=1,
    forbid=BACKWARD,
    exempt={**CLOSED, "R14": "no hyper-parameter"},
    parts=("d_sat", "d_ns"),
)


@saturation.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("both slopes, at logit -10 and elsewhere", "로짓 -10과 그 밖의 점에서의 두 기울기"),
    hint=Text(
        "At logit -10 the sizes are 4.5e-5 and 1.0; both slopes are negative.",
        "로짓 -10에서 크기는 4.5e-5와 1.0이고, 둘 다 음수입니다.",
    ),
)
def saturation_small(draw: Draw):
    yield draw.call(np.array([-10.0, 0.0]))
    yield draw.call(draw.normal(draw.sizes(1, 4, 7)[0], scale=2.0))


@saturation.check(
    "shapes",
    points=1,
    tolerance=T1,
    title=Text("logits of other shapes", "다른 모양의 로짓"),
    hint=Text(
        "One slope for each logit, with respect to the logit and without a mean.",
        "로짓마다 하나씩, 로짓에 대한 기울기를 평균 없이 구합니다.",
    ),
)
def saturation_shapes(draw: Draw):
    n, m = draw.sizes(2, 2, 6)
    yield draw.call(draw.normal(n, m, scale=3.0))
    yield draw.call(draw.strided(draw.normal(m + 3, scale=3.0)))


@saturation.check(
    "extreme",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("very large logits, all equal, none", "아주 큰 로짓, 모두 같은 로짓, 빈 입력"),
    hint=Text(
        "The slopes stay between -1 and 0, whatever the logit.", "로짓이 무엇이든 기울기는 -1과 0 사이에 있습니다."
    ),
)
def saturation_extreme(draw: Draw):
    yield draw.call(np.array([800.0, -800.0, draw.scalar(300, 900), -40.0, 40.0]))
    yield draw.call(np.zeros(3))
    yield draw.call(np.zeros(0))


@saturation.in_float32(
    points=1, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def saturation_float32(draw: Draw):
    yield draw.call(draw.normal(draw.sizes(1, 4, 9)[0], scale=3.0))


@saturation.check(
    "tails",
    points=1,
    tolerance=T2,
    title=Text("logits on both sides", "양쪽의 로짓"),
    hint=Text("Which of the two slopes vanishes on which side?", "두 기울기는 각각 어느 쪽에서 사라지나요?"),
)
def saturation_tails(draw: Draw):
    yield draw.call(draw.normal(draw.sizes(1, 4, 9)[0], scale=2.0))
    yield draw.call(draw.uniform(4, low=-18.0, high=18.0))


# -- 10. cycle_loss: beyond the lecture, no points ----------------------------------------------------------------

cycle_loss = Task("cycle_loss", points=0)


def maps(draw: Draw, n, m, a, b):
    return draw.normal(a, b, scale=0.6), draw.normal(b, a, scale=0.6), draw.normal(n, a), draw.normal(m, b, scale=0.7)


@cycle_loss.check(
    "small", points=0, visible=True, tolerance=T2,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("Each picture goes through both functions, beginning with the one that fits it.", "그림마다 두 함수를 모두 지납니다. 그 그림에 맞는 함수부터 시작하세요."),
)  # fmt: skip
def cycle_loss_small(draw: Draw):
    yield draw.call(*maps(draw, 3, 5, 4, 2), function="cycle_of_linear")
    yield draw.call(*maps(draw, 4, 2, 3, 3), function="cycle_of_linear")


@cycle_loss.check(
    "more", points=0, tolerance=T2,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("Each picture goes through both functions, beginning with the one that fits it.", "그림마다 두 함수를 모두 지납니다. 그 그림에 맞는 함수부터 시작하세요."),
)  # fmt: skip
def cycle_loss_more(draw: Draw):
    for n, m, a, b in ((6, 4, 5, 3), (2, 7, 3, 6), (5, 3, 4, 4)):
        U, V, x, y = maps(draw, n, m, a, b)
        yield draw.call(U, V, draw.strided(x), y, function="cycle_of_linear")
    U, V, x, y = maps(draw, 5, 4, 3, 3)
    yield draw.call(U, V, x, x, function="cycle_of_linear")


@cycle_loss.check(
    "edges", points=0, tolerance=T2, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def cycle_loss_edges(draw: Draw):
    yield draw.call(*maps(draw, 1, 1, 1, 1), function="cycle_of_linear")
    U, V, x, y = maps(draw, 2, 3, 2, 4)
    yield draw.call(U, V, np.zeros_like(x), 100.0 * y, function="cycle_of_linear")


@cycle_loss.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def cycle_loss_float32(draw: Draw):
    yield draw.call(*maps(draw, 4, 3, 5, 2), function="cycle_of_linear")


@cycle_loss.check(
    "gradient", points=0, tolerance=T2, gradient=("U", "V", "x", "y"),
    title=Text("its gradient", "기울기"),
    hint=Text("torch must be able to follow every step: no .item(), .detach() or no_grad().", "torch가 모든 계산을 따라갈 수 있어야 합니다. .item(), .detach(), no_grad()를 쓰지 마세요."),
)  # fmt: skip
def cycle_loss_gradient(draw: Draw):
    yield draw.call(*maps(draw, 4, 3, 5, 2), function="cycle_of_linear")


# -- 11. adain: beyond the lecture, no points ---------------------------------------------------------------------

adain = Task("adain", points=0)


def pictures(draw: Draw, n, c, size, other):
    """Content and style, whose maps have means and spreads of their own."""
    spread, shift = draw.positive(2, n, c, 1, 1), draw.normal(2, n, c, 1, 1, scale=2.0)
    content, style = draw.normal(n, c, *size), draw.normal(n, c, *other)
    return spread[0] * content + shift[0], spread[1] * style + shift[1]


@adain.check(
    "small", points=0, visible=True, tolerance=T2,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("First wipe out the content's own mean and spread, map by map; then put in those of the style.", "먼저 맵마다 내용 그림의 평균과 퍼짐을 지우고, 스타일 그림의 것을 넣으세요."),
)  # fmt: skip
def adain_small(draw: Draw):
    yield draw.call(*pictures(draw, 2, 3, (4, 5), (4, 5)), 1e-2)
    yield draw.call(*pictures(draw, 3, 2, (5, 4), (2, 6)), 1e-4)


@adain.check(
    "more", points=0, tolerance=T2,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("First wipe out the content's own mean and spread, map by map; then put in those of the style.", "먼저 맵마다 내용 그림의 평균과 퍼짐을 지우고, 스타일 그림의 것을 넣으세요."),
)  # fmt: skip
def adain_more(draw: Draw):
    content, style = pictures(draw, 3, 4, (2, 5), (6, 3))
    yield draw.call(draw.strided(content), style, 1e-2)
    yield draw.call(content, style, 0.3)
    yield draw.call(*pictures(draw, 2, 5, (3, 4), (4, 3)), 1e-3)


@adain.check(
    "edges", points=0, tolerance=T2, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def adain_edges(draw: Draw):
    content, style = pictures(draw, 1, 1, (2, 2), (1, 3))
    yield draw.call(content, style, 1e-2)
    yield draw.call(np.full((2, 1, 3, 2), 0.7), pictures(draw, 2, 1, (2, 4), (3, 3))[1], 1e-2)
    yield draw.call(pictures(draw, 2, 3, (2, 4), (3, 3))[0], np.full((2, 3, 1, 1), -1.5), 1e-2)


@adain.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def adain_float32(draw: Draw):
    yield draw.call(*pictures(draw, 2, 3, (4, 3), (3, 5)), 1e-2)


@adain.check(
    "gradient", points=0, tolerance=T2, gradient=("content", "style"),
    title=Text("its gradient", "기울기"),
    hint=Text("torch must be able to follow every step: no .item(), .detach() or no_grad().", "torch가 모든 계산을 따라갈 수 있어야 합니다. .item(), .detach(), no_grad()를 쓰지 마세요."),
)  # fmt: skip
def adain_gradient(draw: Draw):
    yield draw.call(*pictures(draw, 2, 3, (4, 2), (3, 5)), 1e-2)


# -- 12. truncate: beyond the lecture, no points ------------------------------------------------------------------

truncate = Task("truncate", points=0)


@truncate.check(
    "small", points=0, visible=True, tolerance=T1,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("Go from the centre a part psi of the way to the code.", "중심에서 출발해 잠재 벡터 쪽으로 psi의 비율만큼 가세요."),
)  # fmt: skip
def truncate_small(draw: Draw):
    yield draw.call(draw.normal(2, 4, 3), draw.normal(3, loc=1.0), 0.7, 2)
    yield draw.call(draw.normal(3, 5, 2), draw.normal(2, loc=-1.0), 0.3, 4)


@truncate.check(
    "more", points=0, tolerance=T1,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("Go from the centre a part psi of the way to the code.", "중심에서 출발해 잠재 벡터 쪽으로 psi의 비율만큼 가세요."),
)  # fmt: skip
def truncate_more(draw: Draw):
    w, centre = draw.normal(4, 6, 5, scale=2.0), draw.normal(5, loc=0.8)
    yield draw.call(draw.strided(w), centre, 0.55, 4)
    yield draw.call(w, centre, 0.55, 1)
    yield draw.call(w, centre, -0.4, 5)


@truncate.check(
    "edges", points=0, tolerance=T1, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def truncate_edges(draw: Draw):
    w, centre = draw.normal(2, 3, 4), draw.normal(4)
    yield draw.call(w, centre, 0.6, 0)
    yield draw.call(w, centre, 0.0, 3)
    yield draw.call(draw.normal(1, 1, 1), draw.normal(1), 0.8, 1)
    yield draw.call(np.full((2, 3, 4), 0.7), centre, 0.5, 2)
    yield draw.call(w.round(), centre.round(), 0.25, 2)


@truncate.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def truncate_float32(draw: Draw):
    yield draw.call(draw.normal(3, 4, 2), draw.normal(2), 0.65, 3)


@truncate.check(
    "gradient", points=0, tolerance=T2, gradient=("w", "centre"),
    title=Text("its gradient", "기울기"),
    hint=Text("torch must be able to follow every step: no .item(), .detach() or no_grad().", "torch가 모든 계산을 따라갈 수 있어야 합니다. .item(), .detach(), no_grad()를 쓰지 마세요."),
)  # fmt: skip
def truncate_gradient(draw: Draw):
    yield draw.call(draw.normal(3, 4, 2), draw.normal(2), 0.65, 3)
