"""Lecture 11, autoencoders, PixelCNN and PixelRNN: the inputs of every check. The reference makes the answers.

A PCA is unique only up to signs, and not at all among equal variances, so it is compared through an adapter: data are
drawn with variances that are clearly apart at the place where k cuts. Uniform numbers keep away from the borders at which
a drawn pixel would jump.
"""

import numpy as np

from autograder.authoring import (
    AUTOGRAD,
    CROSS_ENTROPY,
    DIFFERENTIABLE,
    NO_DETOUR,
    RNN_MODULES,
    T1,
    T2,
    Draw,
    Task,
    Text,
    X,
)
from autograder.questions import Choice, Option

COMMON = {
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R10": "no pooling",
}
NO_UPSTREAM = {"R4": "no upstream gradient is passed in"}


# -- 1. pca_ae -------------------------------------------------------------------------------------------------------

pca_ae = Task(
    "pca_ae",
    points=12,
    form=1,
    purity=1,
    forbid=("torch.pca_lowrank", "torch.svd_lowrank"),
    exempt={**COMMON, **NO_UPSTREAM},
)


def spread(draw: Draw, N, D, sizes):
    """(N, D) data with a mean far from 0 and the given singular values after centring, all in random directions."""
    r = len(sizes)
    left = draw.normal(N, r)
    left, _ = np.linalg.qr(left - left.mean(axis=0))
    right, _ = np.linalg.qr(draw.normal(D, r))
    return (left * np.asarray(sizes)) @ right.T + draw.normal(D, loc=2.0)


def apart(r):
    """r singular values, each clearly larger than the next."""
    return 3.0 * 0.6 ** np.arange(r)


@pca_ae.check(
    "small", points=2.5, visible=True, tolerance=T2,
    title=Text("code, basis and restored data, whatever the signs", "부호와 무관하게 본 코드, 기저, 복원한 데이터"),
    hint=Text(
        "Centre first. The basis stands in COLUMNS, the direction of largest variance first; the mean comes back at the end.",
        "먼저 평균을 빼세요. 기저는 '열'에 놓고 분산이 가장 큰 방향이 맨 앞입니다. 마지막에 평균을 다시 더합니다.",
    ),
)  # fmt: skip
def pca_small(draw: Draw):
    yield draw.call(spread(draw, 7, 4, apart(4)), 2, function="part_pca_without_signs")
    yield draw.call(spread(draw, 8, 5, apart(5)), 3, function="part_pca_without_signs")


@pca_ae.check(
    "restored", points=1.5, visible=True, tolerance=T2,
    title=Text("restored data only", "복원한 데이터만"),
    hint=Text(
        "Project the centred data onto the k directions, and add the mean.",
        "평균을 뺀 데이터를 방향 k개로 사영하고 평균을 더하세요.",
    ),
)  # fmt: skip
def pca_restored(draw: Draw):
    yield draw.call(spread(draw, 6, 3, apart(3)), 1, function="part_restored")


@pca_ae.check(
    "larger", points=2.5, tolerance=T2,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "Are the directions sorted by variance, largest first, and are exactly k of them kept?",
        "방향이 분산의 내림차순으로 놓여 있고, 정확히 k개만 남겼나요?",
    ),
)  # fmt: skip
def pca_larger(draw: Draw):
    for k in (1, 2, 4):
        D, N = 6, 9 + k
        x = spread(draw, N, D, apart(D))
        yield draw.call(draw.strided(x) if k == 2 else x, k, function="part_pca_without_signs")


@pca_ae.check(
    "wide", points=1, tolerance=T2,
    title=Text("fewer rows than features", "행이 특징보다 적을 때"),
    hint=Text(
        "The centred data then have rank N - 1 at most, but the basis lives in the space of the features.",
        "이때 평균을 뺀 데이터의 랭크는 N - 1 이하이지만, 기저는 특징 공간에 있습니다.",
    ),
)  # fmt: skip
def pca_wide(draw: Draw):
    yield draw.call(spread(draw, 4, 7, apart(3)), 2, function="part_pca_without_signs")
    yield draw.call(spread(draw, 5, 8, apart(4)), 4, function="part_pca_without_signs")


@pca_ae.check(
    "extremes", points=1, tolerance=T2, edge=True,
    title=Text("k = 0; k = D; k = D with few rows; one row", "k = 0; k = D; 행이 적을 때 k = D; 한 행"),
    hint=Text(
        "With k = 0 only the mean is left; with k = D nothing is lost, also when N is small.",
        "k = 0이면 평균만 남고, k = D이면 N이 작아도 아무것도 잃지 않습니다.",
    ),
)  # fmt: skip
def pca_extremes(draw: Draw):
    yield draw.call(spread(draw, 6, 4, apart(4)), 0, function="part_pca_without_signs")
    yield draw.call(spread(draw, 6, 4, apart(4)), 4, function="part_pca_without_signs")
    yield draw.call(spread(draw, 3, 5, apart(2)), 5, function="part_pca_without_signs")
    yield draw.call(draw.normal(1, 3), 3, function="part_pca_without_signs")


@pca_ae.check(
    "repeated", points=1, tolerance=T2, edge=True,
    title=Text("equal variances; repeated rows; equal rows", "같은 분산; 반복되는 행; 모두 같은 행"),
    hint=Text(
        "Among equal variances any orthonormal directions will do; what they restore is the same.",
        "분산이 같은 방향들 가운데서는 어떤 정규직교 방향을 골라도 되고, 복원 결과는 같습니다.",
    ),
)  # fmt: skip
def pca_repeated(draw: Draw):
    yield draw.call(spread(draw, 8, 5, (2.0, 2.0, 2.0, 0.7, 0.3)), 3, function="part_pca_without_signs")
    yield draw.call(np.repeat(spread(draw, 4, 5, apart(3)), 2, axis=0), 2, function="part_pca_without_signs")
    yield draw.call(np.full((4, 3), draw.scalar(0.5, 2.0)), 3, function="part_pca_without_signs")


@pca_ae.in_float32(points=0.5)
def pca_float32(draw: Draw):
    yield draw.call(spread(draw, 7, 4, apart(4)), 2, function="part_pca_without_signs")


# -- 2. ae_loss_grad -------------------------------------------------------------------------------------------------

ae_loss_grad = Task(
    "ae_loss_grad", points=12, form=1, purity=1, forbid=AUTOGRAD, exempt={**COMMON, **NO_UPSTREAM}, parts={"ae_loss_grad": ("loss", "dWe", "dbe", "dWd", "dbd"), "part_ae_decoder": ("dWd", "dbd")}
)  # fmt: skip


def autoencoder(draw: Draw, N, D, M):
    """(X, We, be, Wd, bd) with a code that is neither linear nor saturated."""
    return (
        draw.normal(N, D),
        draw.normal(D, M, scale=0.9 / np.sqrt(D)),
        draw.away_from_zero(M, margin=0.15, scale=0.4),
        draw.normal(M, D, scale=0.8),
        draw.away_from_zero(D, margin=0.15, scale=0.4),
    )


@ae_loss_grad.check(
    "loss", points=1.5, visible=True, tolerance=T2,
    title=Text("the loss", "손실"),
    hint=Text(
        "Sum the squares over the features, then take the mean over the batch.",
        "제곱을 특징에 대해 더한 다음 배치에 대해 평균을 내세요.",
    ),
)  # fmt: skip
def ae_loss(draw: Draw):
    for _ in range(2):
        N, D, M = draw.sizes(3, 2, 6)
        yield draw.call(*autoencoder(draw, N, D, M), function="part_ae_loss")


@ae_loss_grad.check(
    "all", points=3, visible=True, tolerance=T2,
    title=Text("loss and all four gradients", "손실과 네 기울기 모두"),
    hint=Text(
        "dWd and dbd first. The gradient of the encoder comes through the decoder's weights and through tanh.",
        "dWd와 dbd부터 구하세요. 인코더의 기울기는 디코더의 가중치와 tanh를 거쳐 옵니다.",
    ),
)  # fmt: skip
def ae_all(draw: Draw):
    for _ in range(2):
        N, D, M = draw.sizes(3, 2, 6)
        yield draw.call(*autoencoder(draw, N, D, M))


@ae_loss_grad.check(
    "decoder", points=1.5, tolerance=T2,
    title=Text("gradients of the decoder", "디코더의 기울기"),
    hint=Text(
        "The derivative of a square has a factor, and so has a mean.",
        "제곱을 미분하면 계수가 생기고, 평균에서도 계수가 생깁니다.",
    ),
)  # fmt: skip
def ae_decoder(draw: Draw):
    for _ in range(2):
        N, D, M = draw.sizes(3, 2, 7)
        yield draw.call(*autoencoder(draw, N, D, M), function="part_ae_decoder")


@ae_loss_grad.check(
    "larger", points=2, tolerance=T1,
    title=Text("other sizes, also codes wider than the data", "다른 크기, 데이터보다 넓은 코드"),
    hint=Text(
        "Compare one element of each gradient with a small change of that weight.",
        "기울기마다 원소 하나를 골라, 그 가중치를 조금 바꾸었을 때와 비교해 보세요.",
    ),
)  # fmt: skip
def ae_larger(draw: Draw):
    x, *rest = autoencoder(draw, 5, 7, 3)
    yield draw.call(draw.strided(x), *rest)
    yield draw.call(*autoencoder(draw, 6, 3, 8))
    yield draw.call(*autoencoder(draw, 4, 4, 4))


@ae_loss_grad.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("one row; one code; a saturated code; perfect restoration", "한 행; 코드 하나; 포화된 코드; 완벽한 복원"),
    hint=Text(
        "A saturated tanh lets no gradient through. Without an error there is no gradient at all.",
        "포화된 tanh는 기울기를 통과시키지 않습니다. 오차가 없으면 기울기도 없습니다.",
    ),
)  # fmt: skip
def ae_edges(draw: Draw):
    yield draw.call(*autoencoder(draw, 1, 4, 3))
    yield draw.call(*autoencoder(draw, 5, 3, 1))
    x, We, be, Wd, bd = autoencoder(draw, 4, 3, 2)
    yield draw.call(x, We, 1000 * np.sign(be), Wd, bd)
    yield draw.call(np.full((4, 3), 0.6), We, be, np.zeros((2, 3)), np.full(3, 0.6))


@ae_loss_grad.in_float32(points=1)
def ae_float32(draw: Draw):
    yield draw.call(*autoencoder(draw, 5, 4, 3))


# -- 3. chain_loglik -------------------------------------------------------------------------------------------------

chain_loglik = Task("chain_loglik", points=8, form=1, purity=1, exempt={**COMMON, **NO_UPSTREAM})


def conditionals(draw: Draw, N, L, K):
    return draw.probabilities(N, L, K), draw.integers(0, K, N, L)


@chain_loglik.check(
    "small", points=2, visible=True, tolerance=T2,
    title=Text("short sequences", "짧은 시퀀스"),
    hint=Text(
        "Pick at each place the probability of the value that stands there; one number per sequence.",
        "자리마다 그 자리에 있는 값의 확률을 고르세요. 결과는 시퀀스마다 숫자 하나입니다.",
    ),
)  # fmt: skip
def chain_small(draw: Draw):
    for _ in range(2):
        N, L, K = draw.sizes(3, 2, 6)
        yield draw.call(*conditionals(draw, N, L, K))


@chain_loglik.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("cond",), title=DIFFERENTIABLE, hint=NO_DETOUR
)  # fmt: skip
def chain_gradient(draw: Draw):
    yield draw.call(*conditionals(draw, 3, 4, 5))


@chain_loglik.check(
    "larger", points=1, tolerance=T1,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "cond[n, i] already is the distribution of x[n, i]: nothing is shifted here.",
        "cond[n, i]는 이미 x[n, i]의 분포입니다. 여기서는 아무것도 밀지 않습니다.",
    ),
)  # fmt: skip
def chain_larger(draw: Draw):
    N, L, K = draw.sizes(3, 3, 9)
    cond, x = conditionals(draw, N, L, K)
    yield draw.call(draw.strided(cond), draw.strided(x))
    yield draw.call(*conditionals(draw, 4, 4, 4))


@chain_loglik.check(
    "long", points=1, tolerance=T2, edge=True,
    title=Text("ten thousand places", "자리가 만 개"),
    hint=Text(
        "The probability itself is far below the smallest float; never form it.",
        "확률 자체는 표현할 수 있는 가장 작은 실수보다 훨씬 작습니다. 확률을 직접 만들지 마세요.",
    ),
)  # fmt: skip
def chain_long(draw: Draw):
    yield draw.call(*conditionals(draw, 2, 10_000, 3))


@chain_loglik.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("impossible and certain values; no place; one value", "불가능한 값과 확실한 값; 0자리; 값이 하나뿐일 때"),
    hint=Text(
        "log 0 is minus infinity, and that is right: an impossible sequence. No places: the empty sum.",
        "log 0은 음의 무한대이고 그것이 옳습니다. 불가능한 시퀀스이기 때문입니다. 자리가 없으면 빈 합입니다.",
    ),
)  # fmt: skip
def chain_edges(draw: Draw):
    cond = np.array([[[0.0, 1.0], [0.25, 0.75]], [[0.0, 1.0], [1e-12, 1 - 1e-12]], [[0.5, 0.5], [0.5, 0.5]]])
    yield draw.call(cond, np.array([[0, 1], [1, 0], [1, 0]]))
    yield draw.call(np.zeros((3, 0, 4)), np.zeros((3, 0), dtype=np.int64))
    yield draw.call(np.ones((2, 3, 1)), np.zeros((2, 3), dtype=np.int64))
    yield draw.call(*conditionals(draw, 1, 1, 3))


@chain_loglik.in_float32(points=0.5)
def chain_float32(draw: Draw):
    yield draw.call(*conditionals(draw, 3, 6, 4))


# -- 4. raster, context ----------------------------------------------------------------------------------------------

raster = Task(
    "raster",
    points=6,
    functions=("raster", "context"),
    form=0.5,
    purity=0.5,
    exempt={**COMMON, **NO_UPSTREAM, "float32": "integers and booleans only"},
)


@raster.check(
    "order", points=1, visible=True, tolerance=X,
    title=Text("the order of a few pixels", "몇 픽셀의 순서"),
    hint=Text("The column runs fastest: row 0 first, from left to right.", "열 번호가 먼저 변합니다. 0번 행을 왼쪽에서 오른쪽으로 먼저 지납니다."),
)  # fmt: skip
def raster_order(draw: Draw):
    yield draw.call(2, 3)
    yield draw.call(4, 2)


@raster.check(
    "contexts", points=1, visible=True, tolerance=X,
    title=Text("three contexts", "문맥 세 가지"),
    hint=Text(
        "All rows above, and in the same row what stands to the left; not the pixel itself.",
        "위에 있는 행 전체와, 같은 행의 왼쪽입니다. 자기 자신은 빠집니다.",
    ),
)  # fmt: skip
def raster_contexts(draw: Draw):
    for i, j in ((1, 2), (0, 1), (2, 0)):
        yield draw.call(i, j, 3, 4, function="context")


@raster.check(
    "larger", points=1, tolerance=X,
    title=Text("larger images", "더 큰 이미지"),
    hint=Text("Height and width are different: which of them is W?", "높이와 너비가 다릅니다. W는 어느 쪽인가요?"),
)  # fmt: skip
def raster_larger(draw: Draw):
    for _ in range(2):
        H, W = draw.sizes(2, 3, 9)
        yield draw.call(H, W)


@raster.check(
    "every-context", points=1.5, tolerance=X,
    title=Text("other contexts", "다른 문맥"),
    hint=Text(
        "In the rows above, pixels to the right of column j come before, too.",
        "위의 행에서는 j열보다 오른쪽에 있는 픽셀도 먼저 옵니다.",
    ),
)  # fmt: skip
def raster_every_context(draw: Draw):
    for _ in range(4):
        H, W = draw.sizes(2, 3, 7)
        yield draw.call(int(draw.integers(1, H - 1)), int(draw.integers(1, W - 1)), H, W, function="context")


@raster.check(
    "edges", points=0.5, tolerance=X, edge=True,
    title=Text("one pixel; one row; one column; the corners", "픽셀 하나; 한 행; 한 열; 모서리"),
    hint=Text("The first pixel has an empty context.", "첫 픽셀의 문맥은 비어 있습니다."),
)  # fmt: skip
def raster_edges(draw: Draw):
    for size in ((1, 1), (1, 4), (3, 1)):
        yield draw.call(*size)
    for case in ((0, 0, 1, 1), (0, 0, 3, 2), (2, 1, 3, 2), (0, 3, 2, 4), (0, 2, 1, 4), (2, 0, 4, 1)):
        yield draw.call(*case, function="context")


# -- 5. causal_mask --------------------------------------------------------------------------------------------------

causal_mask = Task(
    "causal_mask",
    points=12,
    form=1,
    purity=1,
    exempt={**COMMON, **NO_UPSTREAM, "float32": "integers and booleans only"},
)


@causal_mask.check(
    "grey", points=2.5, visible=True, tolerance=X,
    title=Text("types A and B without colours", "색이 없을 때의 A형과 B형"),
    hint=Text(
        "Rows above: all True. Row of the centre: True on the left. The centre itself depends on the type.",
        "위의 행은 모두 True, 가운데 행은 왼쪽만 True입니다. 가운데 자신은 유형에 따라 다릅니다.",
    ),
)  # fmt: skip
def mask_grey(draw: Draw):
    yield draw.call(3, 5, "A", 2, 1)
    yield draw.call(5, 3, "B", 1, 2)


@causal_mask.check(
    "colours", points=1.5, visible=True, tolerance=X,
    title=Text("colours: three channels", "색: 채널 세 개"),
    hint=Text(
        "Rows of the mask's first axis are outputs: green may see red, red may see neither green nor blue.",
        "마스크의 첫 축은 출력입니다. 초록은 빨강을 볼 수 있지만, 빨강은 초록도 파랑도 볼 수 없습니다.",
    ),
)  # fmt: skip
def mask_colours(draw: Draw):
    yield draw.call(3, 3, "A", 3, 3, True)
    yield draw.call(1, 3, "B", 3, 3, True)


@causal_mask.check(
    "refusal", points=0.5, visible=True, tolerance=X,
    title=Text("kernels without a centre are refused", "가운데가 없는 커널은 거절"),
    hint=Text("raise ValueError(...) if a side is even.", "한 변이라도 짝수이면 raise ValueError(...)입니다."),
)  # fmt: skip
def mask_refusal(draw: Draw):
    yield draw.call(2, 3, "A", 1, 1, False, function="drive_refusal")
    yield draw.call(3, 5, "A", 1, 1, False, function="drive_refusal")


@causal_mask.check(
    "other-grey", points=2, tolerance=X,
    title=Text("other sizes without colours", "색이 없는 다른 크기"),
    hint=Text(
        "The mask is the same for all pairs of channels; height and width of the kernel may differ.",
        "모든 채널 쌍에서 마스크가 같습니다. 커널의 높이와 너비는 서로 다를 수 있습니다.",
    ),
)  # fmt: skip
def mask_other_grey(draw: Draw):
    for type in ("A", "B"):
        cin, cout = draw.sizes(2, 2, 5)
        yield draw.call(7, 3, type, cin, cout, False)
        yield draw.call(3, 5, type, cout, cin)
    yield draw.call(5, 5, "A", 3, 6)


@causal_mask.check(
    "other-colours", points=2, tolerance=X,
    title=Text("colours with more channels", "채널이 더 많은 색"),
    hint=Text(
        "Of 6 channels 0 and 1 are red. Outputs and inputs may have different numbers of channels.",
        "채널이 6개면 0번과 1번이 빨강입니다. 출력과 입력의 채널 수는 다를 수 있습니다.",
    ),
)  # fmt: skip
def mask_other_colours(draw: Draw):
    for type in ("A", "B"):
        yield draw.call(3, 5, type, 6, 9, True)
        yield draw.call(5, 3, type, 9, 3, True)
    yield draw.call(3, 3, "A", 3, 12, True)


@causal_mask.check(
    "edges", points=1, tolerance=X, edge=True,
    title=Text("kernels of one row, one column, one pixel", "한 행, 한 열, 한 픽셀짜리 커널"),
    hint=Text("A kernel of 1 x 1 is all centre.", "1 x 1 커널은 가운데뿐입니다."),
)  # fmt: skip
def mask_edges(draw: Draw):
    for type in ("A", "B"):
        yield draw.call(1, 1, type, 2, 3)
        yield draw.call(1, 1, type, 3, 6, True)
    yield draw.call(1, 5, "A", 1, 1)
    yield draw.call(5, 1, "B", 1, 1)


@causal_mask.check(
    "other-refusal", points=0.5, tolerance=X, edge=True,
    title=Text("other kernels without a centre", "가운데가 없는 다른 커널"),
    hint=Text("Look at both sides, for both types.", "두 변을 모두, 두 유형에서 모두 확인하세요."),
)  # fmt: skip
def mask_other_refusal(draw: Draw):
    for kh, kw, type, rgb in (
        (3, 4, "B", False),
        (4, 3, "A", True),
        (2, 2, "B", True),
        (1, 1, "A", False),
        (7, 6, "A", False),
    ):
        yield draw.call(kh, kw, type, 3, 3, rgb, function="drive_refusal")


# -- 6. pixelcnn_forward ---------------------------------------------------------------------------------------------

pixelcnn_forward = Task("pixelcnn_forward", points=14, form=1, purity=1, exempt={**COMMON, **NO_UPSTREAM})


def network(draw: Draw, channels, kernels):
    """Layers with the given channels C_0 ... C_L and kernel sizes; no weight is masked."""
    layers = []
    for cin, cout, (kh, kw) in zip(channels[:-1], channels[1:], kernels, strict=True):
        W = draw.normal(cout, cin, kh, kw, scale=1.3 / np.sqrt(cin * kh * kw))
        layers.append({"W": W, "b": draw.away_from_zero(cout, margin=0.2, scale=0.5)})
    return layers


@pixelcnn_forward.check(
    "small", points=3, visible=True, tolerance=T2,
    title=Text("two and three layers", "두 층과 세 층"),
    hint=Text(
        "Mask the weights: type A in the first layer, type B in all others. ReLU between layers only.",
        "가중치에 마스크를 곱하세요. 첫 층은 A형, 나머지는 모두 B형입니다. ReLU는 층 사이에만 있습니다.",
    ),
)  # fmt: skip
def cnn_small(draw: Draw):
    yield draw.call(draw.normal(2, 1, 4, 5), network(draw, (1, 3, 2), ((3, 3), (3, 3))))
    yield draw.call(draw.normal(3, 2, 6, 4), network(draw, (2, 4, 3, 5), ((5, 3), (3, 5), (1, 1))))


@pixelcnn_forward.check(
    "leak", points=2, visible=True, tolerance=X,
    title=Text("what an output reacts to", "출력이 무엇에 반응하는지"),
    hint=Text(
        "Neither the pixel itself nor anything after it may count; much of what comes before must.",
        "픽셀 자신과 그 뒤의 픽셀에는 반응하지 않아야 하고, 앞선 픽셀에는 대부분 반응해야 합니다.",
    ),
)  # fmt: skip
def cnn_leak(draw: Draw):
    layers = network(draw, (1, 6, 6, 3), ((3, 3), (3, 3), (1, 1)))
    yield draw.call(draw.normal(1, 1, 5, 6), layers, 3, 2, function="drive_leak_test")


@pixelcnn_forward.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("x", "layers"), title=DIFFERENTIABLE, hint=NO_DETOUR
)  # fmt: skip
def cnn_gradient(draw: Draw):
    yield draw.call(draw.normal(2, 1, 4, 5), network(draw, (1, 3, 2), ((3, 3), (3, 3))))


@pixelcnn_forward.check(
    "larger", points=2, tolerance=T1,
    title=Text("other sizes and kernels", "다른 크기와 커널"),
    hint=Text(
        "Kernels need not be square, and each layer may have another one: pad each by half of its own size.",
        "커널은 정사각이 아닐 수 있고 층마다 다를 수 있습니다. 층마다 자기 커널 크기의 절반만큼 채우세요.",
    ),
)  # fmt: skip
def cnn_larger(draw: Draw):
    x = draw.normal(2, 3, 5, 7)
    yield draw.call(draw.strided(x), network(draw, (3, 4, 7, 2), ((3, 5), (5, 3), (3, 5))))
    yield draw.call(draw.normal(3, 1, 7, 4), network(draw, (1, 5, 4, 6, 2), ((7, 3), (1, 1), (3, 3), (1, 3))))
    yield draw.call(draw.normal(2, 3, 4, 5), network(draw, (3, 3, 3), ((3, 3), (3, 5))))  # nothing is added, no colours


@pixelcnn_forward.check(
    "other-leak", points=2, tolerance=X,
    title=Text("leak tests elsewhere", "다른 곳의 누출 시험"),
    hint=Text(
        "With type B in the first layer the output sees its own pixel; with A everywhere the view gets too small.",
        "첫 층이 B형이면 출력이 자기 픽셀을 보고, 모든 층이 A형이면 시야가 너무 좁아집니다.",
    ),
)  # fmt: skip
def cnn_other_leak(draw: Draw):
    for i, j in ((2, 3), (4, 0)):
        layers = network(draw, (2, 6, 7, 4), ((3, 3), (3, 5), (3, 3)))
        yield draw.call(draw.normal(1, 2, 5, 4), layers, i, j, function="drive_leak_test")


@pixelcnn_forward.check(
    "one-layer", points=0.5, tolerance=T2, edge=True,
    title=Text("one layer; kernels of 1 x 1; one pixel", "한 층; 1 x 1 커널; 픽셀 하나"),
    hint=Text(
        "A first layer of 1 x 1 sees nothing at all; its bias is still there.",
        "첫 층이 1 x 1이면 아무것도 보지 못하지만 편향은 남아 있습니다.",
    ),
)  # fmt: skip
def cnn_one_layer(draw: Draw):
    yield draw.call(draw.normal(2, 1, 3, 4), network(draw, (1, 2), ((3, 3),)))
    yield draw.call(draw.normal(2, 2, 3, 4), network(draw, (2, 3, 4), ((1, 1), (3, 3))))
    yield draw.call(draw.normal(1, 1, 1, 1), network(draw, (1, 2, 3), ((3, 3), (1, 1))))


@pixelcnn_forward.check(
    "flat", points=0.5, tolerance=T2, edge=True,
    title=Text("images of equal pixels", "모든 픽셀이 같은 이미지"),
    hint=Text("At the border the padding is 0, whatever the image holds.", "이미지가 무엇이든 가장자리는 0으로 채웁니다."),
)  # fmt: skip
def cnn_flat(draw: Draw):
    yield draw.call(np.full((2, 1, 4, 5), 0.8), network(draw, (1, 3, 2), ((3, 3), (3, 5))))
    yield draw.call(np.zeros((1, 1, 3, 4)), network(draw, (1, 3, 2), ((3, 3), (3, 3))))


@pixelcnn_forward.check(
    "batch", points=0.5, tolerance=T2, device="cuda",
    title=Text("a batch of larger images", "더 큰 이미지 배치"),
    hint=Text(
        "All images of a batch go through one convolution at once.", "배치의 모든 이미지를 합성곱 한 번으로 계산하세요."
    ),
)  # fmt: skip
def cnn_batch(draw: Draw):
    yield draw.call(draw.normal(10, 1, 16, 15), network(draw, (1, 12, 10, 8), ((7, 7), (3, 3), (1, 1))))


@pixelcnn_forward.in_float32(points=1)
def cnn_float32(draw: Draw):
    yield draw.call(draw.normal(2, 1, 4, 5), network(draw, (1, 3, 2), ((3, 3), (3, 3))))


# -- 7. pixel_nll ----------------------------------------------------------------------------------------------------

pixel_nll = Task(
    "pixel_nll",
    points=10,
    form=1,
    purity=1,
    forbid=CROSS_ENTROPY,
    exempt={**COMMON, **NO_UPSTREAM}, parts=("nats", "bits_per_dim"),
)  # fmt: skip


def pixels(draw: Draw, N, K, H, W, scale=1.5):
    return draw.normal(N, K, H, W, scale=scale), draw.integers(0, K, N, H, W)


@pixel_nll.check(
    "small", points=2.5, visible=True, tolerance=T2,
    title=Text("nats and bits of small images", "작은 이미지의 내트와 비트"),
    hint=Text(
        "The classes are on axis 1. Both numbers are per pixel: a mean over batch, rows and columns.",
        "클래스는 1번 축에 있습니다. 두 값 모두 픽셀당 값, 곧 배치와 행과 열에 대한 평균입니다.",
    ),
)  # fmt: skip
def nll_small(draw: Draw):
    for _ in range(2):
        N, K, H, W = draw.sizes(4, 2, 6)
        yield draw.call(*pixels(draw, N, K, H, W))


@pixel_nll.check(
    "uniform", points=0.5, visible=True, tolerance=T2,
    title=Text("equal logits", "모두 같은 로짓"),
    hint=Text("Which of K equal values it is takes log2 K bits to say.", "똑같이 그럴듯한 값 K개 가운데 무엇인지 말하는 데는 log2 K비트가 듭니다."),
)  # fmt: skip
def nll_uniform(draw: Draw):
    yield draw.call(np.full((2, 8, 3, 4), 0.7), draw.integers(0, 8, 2, 3, 4))


@pixel_nll.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("logits",), title=DIFFERENTIABLE, hint=NO_DETOUR
)  # fmt: skip
def nll_gradient(draw: Draw):
    yield draw.call(*pixels(draw, 2, 5, 3, 4))


@pixel_nll.check(
    "larger", points=1.5, tolerance=T1,
    title=Text("other sizes", "다른 크기"),
    hint=Text("One mean over all pixels, and only one.", "모든 픽셀에 대해 평균을 한 번, 딱 한 번만 냅니다."),
)  # fmt: skip
def nll_larger(draw: Draw):
    for k in range(2):
        N, K, H, W = draw.sizes(4, 2, 8)
        logits, x = pixels(draw, N, K, H, W, scale=2.5)
        yield draw.call(draw.strided(logits) if k else logits, x)
    yield draw.call(*pixels(draw, 4, 4, 4, 4))


@pixel_nll.check(
    "nats", points=1, tolerance=T2,
    title=Text("nats only", "내트만"),
    hint=Text("-log of the softmax at the true class, natural logarithm.", "정답 클래스의 소프트맥스에 자연로그를 취하고 부호를 바꾼 값입니다."),
)  # fmt: skip
def nll_nats(draw: Draw):
    N, K, H, W = draw.sizes(4, 2, 8)
    yield draw.call(*pixels(draw, N, K, H, W), function="part_nats")


@pixel_nll.check(
    "extreme", points=1, tolerance=T2, edge=True,
    title=Text("logits of about 1000", "1000 안팎의 로짓"),
    hint=Text(
        "Take the logarithm of the softmax without ever forming a huge exponential.",
        "지나치게 큰 지수를 만들지 않고 소프트맥스의 로그를 구하세요.",
    ),
)  # fmt: skip
def nll_extreme(draw: Draw):
    logits = draw.normal(2, 3, 1, 2)
    logits[0, :, 0, 0], logits[1, :, 0, 1], logits[0, :, 0, 1] = (1000, -1000, 0), (-1000, -1000, -999), (0, 900, 905)
    yield draw.call(logits, np.array([[[0, 1]], [[2, 1]]]))
    yield draw.call(logits, np.array([[[1, 0]], [[0, 0]]]))


@pixel_nll.check(
    "edges", points=0.5, tolerance=T2, edge=True,
    title=Text("one pixel; one class; one image", "픽셀 하나; 클래스 하나; 이미지 하나"),
    hint=Text("With one class everything is certain.", "클래스가 하나뿐이면 모든 것이 확실합니다."),
)  # fmt: skip
def nll_edges(draw: Draw):
    yield draw.call(*pixels(draw, 1, 4, 1, 1))
    yield draw.call(*pixels(draw, 2, 1, 3, 4))
    yield draw.call(*pixels(draw, 1, 3, 4, 2))


@pixel_nll.in_float32(points=0.5)
def nll_float32(draw: Draw):
    yield draw.call(*pixels(draw, 3, 4, 2, 5))


# -- 8. sample_pixels ------------------------------------------------------------------------------------------------

sample_pixels = Task(
    "sample_pixels",
    points=12,
    form=1,
    purity=1,
    forbid=("torch.multinomial", "torch.distributions"),
    exempt={**COMMON, **NO_UPSTREAM, "R1": "the table mix couples pixels with pixels, (K, H, W, H, W)"},
)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def borders(H, W, U, bias, mix):
    """The distance of each uniform number from the nearest border of its cumulative distribution, along the right road."""
    N, K = U.shape[0], bias.shape[0]
    image = np.zeros((N, H, W))
    closest = 1.0
    for i in range(H):
        for j in range(W):
            F = softmax(bias + np.einsum("khwab,nab->nkhw", mix, image))[:, :, i, j].cumsum(axis=1)
            closest = min(closest, np.abs(F[:, : K - 1] - U[:, i, j, None]).min(initial=1.0))
            image[:, i, j] = np.minimum((F <= U[:, i, j, None]).sum(axis=1), K - 1)
    return closest, image


def drawing(draw: Draw, N, K, H, W, *, low=0.0, high=1.0):
    """(H, W, U, bias, mix): each pixel depends strongly on all others, and every value is drawn somewhere."""
    while True:
        U = draw.uniform(N, H, W, low=low, high=high)
        bias, mix = draw.normal(K, H, W, scale=0.4), draw.normal(K, H, W, H, W, scale=0.9)
        closest, image = borders(H, W, U, bias, mix)
        if closest > 1e-4 and (H * W < K or len(np.unique(image)) == K):
            return H, W, U, bias, mix


@sample_pixels.check(
    "small", points=2, visible=True, tolerance=X,
    title=Text("small images", "작은 이미지"),
    hint=Text(
        "Put each pixel into the image before you ask for the next one.",
        "픽셀을 뽑을 때마다 이미지에 넣은 다음, 다음 픽셀의 분포를 물으세요.",
    ),
)  # fmt: skip
def sampling_small(draw: Draw):
    yield draw.call(*drawing(draw, 2, 3, 2, 3), 1.0, function="drive_sampling")
    yield draw.call(*drawing(draw, 3, 4, 3, 2), 1.0, function="drive_sampling")


@sample_pixels.check(
    "calls", together=True, points=2, visible=True, tolerance=X,
    title=Text("how often the model is asked, and with what", "모델을 몇 번, 무엇을 넣어 부르는지"),
    hint=Text(
        "One call for each pixel, with 0 at all pixels that are still to be drawn.",
        "픽셀마다 한 번씩 부르고, 아직 뽑지 않은 픽셀은 모두 0이어야 합니다.",
    ),
)  # fmt: skip
def sampling_calls(draw: Draw):
    yield draw.call(*drawing(draw, 2, 3, 4, 2), function="drive_sampling_calls")


@sample_pixels.check(
    "larger", points=1.5, tolerance=X,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "Row by row; U[:, i, j] is for the pixel in row i and column j.",
        "한 행씩 지나갑니다. U[:, i, j]는 i행 j열 픽셀에 씁니다.",
    ),
)  # fmt: skip
def sampling_larger(draw: Draw):
    N, K, H, W = draw.sizes(4, 2, 5)
    yield draw.call(*drawing(draw, N, K, H, W), 1.0, function="drive_sampling")
    H, W, U, bias, mix = drawing(draw, 4, 3, 3, 5)
    yield draw.call(H, W, draw.strided(U), bias, mix, 1.0, function="drive_sampling")
    yield draw.call(*drawing(draw, 3, 5, 3, 3), 1.0, function="drive_sampling")


@sample_pixels.check(
    "other-calls", together=True, points=1.5, tolerance=X,
    title=Text("calls for other sizes", "다른 크기에서의 호출"),
    hint=Text(
        "No extra call to find out K, and none after the last pixel.",
        "K를 알아내려고 더 부르지도, 마지막 픽셀 뒤에 더 부르지도 마세요.",
    ),
)  # fmt: skip
def sampling_other_calls(draw: Draw):
    yield draw.call(*drawing(draw, 3, 4, 2, 5), function="drive_sampling_calls")
    yield draw.call(*drawing(draw, 1, 2, 1, 1), function="drive_sampling_calls")


@sample_pixels.check(
    "border", points=1, tolerance=X, edge=True,
    title=Text("uniform numbers at the borders", "경계에 놓인 균등 난수"),
    hint=Text(
        "u = 0 picks the first value whose probability is not 0. If no cumulative sum exceeds u, take the last value.",
        "u = 0은 확률이 0이 아닌 첫 값을 고릅니다. u보다 큰 누적합이 없으면 마지막 값입니다.",
    ),
)  # fmt: skip
def sampling_border(draw: Draw):
    H, W, U, bias, mix = drawing(draw, 3, 3, 2, 3)
    bias[0, 0, 1], bias[:2, 1, 0] = -4000.0, -4000.0
    U[:, 0, 1], U[:, 1, 0], U[0] = 0.0, 0.0, 0.0
    yield draw.call(H, W, U, bias, mix, 1.0, function="drive_sampling")
    # the probabilities add up to a little less than 1, as they may in float32
    H, W, U, bias, mix = drawing(draw, 3, 4, 2, 3)
    U[0], U[1, :, 1] = 1 - 1e-9, 1 - 1e-9
    yield draw.call(H, W, U, bias, mix, 1 - 1e-6, function="drive_sampling")
    # equal probabilities of 1/4, exact in floating point, and u exactly on a border
    U = np.array([[[0.25, 0.5], [0.75, 0.0]], [[0.5, 0.25], [0.0, 0.75]]])
    yield draw.call(2, 2, U, np.zeros((4, 2, 2)), np.zeros((4, 2, 2, 2, 2)), 1.0, function="drive_sampling")


@sample_pixels.check(
    "edges", points=1, tolerance=X, edge=True,
    title=Text("one pixel; one row; one column; one value", "픽셀 하나; 한 행; 한 열; 값이 하나뿐일 때"),
    hint=Text("The result is (N, H, W), also when these are 1.", "크기가 1이어도 결과의 모양은 (N, H, W)입니다."),
)  # fmt: skip
def sampling_edges(draw: Draw):
    yield draw.call(*drawing(draw, 1, 3, 1, 1), 1.0, function="drive_sampling")
    yield draw.call(*drawing(draw, 2, 3, 1, 4), 1.0, function="drive_sampling")
    yield draw.call(*drawing(draw, 2, 3, 4, 1), 1.0, function="drive_sampling")
    yield draw.call(*drawing(draw, 2, 1, 2, 3), 1.0, function="drive_sampling")


@sample_pixels.check(
    "batch", points=0.5, tolerance=X, device="cuda",
    title=Text("a batch of images at once", "이미지 여러 장을 한 번에"),
    hint=Text(
        "Loop over the pixels alone: all images of the batch get their pixel at once.",
        "픽셀에 대해서만 반복하세요. 배치의 모든 이미지가 한 번에 픽셀 하나씩 받습니다.",
    ),
)  # fmt: skip
def sampling_batch(draw: Draw):
    yield draw.call(*drawing(draw, 16, 4, 4, 5), 1.0, function="drive_sampling")


@sample_pixels.in_float32(points=0.5, tolerance=X)
def sampling_float32(draw: Draw):
    yield draw.call(*drawing(draw, 2, 3, 2, 4), 1.0, function="drive_sampling")


# -- 9. pixelrnn_logp ------------------------------------------------------------------------------------------------

pixelrnn_logp = Task(
    "pixelrnn_logp",
    points=12,
    form=1,
    purity=1,
    forbid=RNN_MODULES,
    exempt={**COMMON, **NO_UPSTREAM},
)


def recurrent(draw: Draw, K, D, H):
    return {
        "start": draw.normal(D),
        "E": draw.normal(K, D),
        "U": draw.normal(D, H, scale=1.0 / np.sqrt(D)),
        "W": draw.normal(H, H, scale=1.1 / np.sqrt(H)),
        "b": draw.away_from_zero(H, margin=0.15, scale=0.4),
        "V": draw.normal(H, K, scale=1.2),
        "c": draw.away_from_zero(K, margin=0.15, scale=0.5),
    }


@pixelrnn_logp.check(
    "small", points=3, visible=True, tolerance=T2,
    title=Text("short sequences", "짧은 시퀀스"),
    hint=Text(
        "Pixel 0 is predicted from the start token alone; pixel i from the start token and the pixels before i.",
        "0번 픽셀은 시작 토큰만으로, i번 픽셀은 시작 토큰과 i보다 앞의 픽셀로 예측합니다.",
    ),
)  # fmt: skip
def rnn_small(draw: Draw):
    yield draw.call(draw.integers(0, 3, 2, 1), recurrent(draw, 3, 2, 4))
    for _ in range(2):
        N, L, K, D, H = draw.sizes(5, 2, 7)
        yield draw.call(draw.integers(0, K, N, L), recurrent(draw, K, D, H))


@pixelrnn_logp.check(
    "sum", points=1, visible=True, tolerance=T2,
    title=Text("the probabilities of all images add up to 1", "모든 이미지의 확률을 더하면 1"),
    hint=Text(
        "If the sum is not 1, a prediction has seen what it predicts, or a pixel is missing from the sum.",
        "합이 1이 아니라면, 예측이 자기가 맞혀야 할 픽셀을 보았거나 합에서 빠진 픽셀이 있습니다.",
    ),
)  # fmt: skip
def rnn_sum(draw: Draw):
    yield draw.call(3, recurrent(draw, 2, 3, 4), function="drive_total_probability")


@pixelrnn_logp.check(
    "gradient", points=0.5, visible=True, tolerance=T2, gradient=("rnn",), title=DIFFERENTIABLE, hint=NO_DETOUR
)  # fmt: skip
def rnn_gradient(draw: Draw):
    yield draw.call(draw.integers(0, 3, 4, 5), recurrent(draw, 3, 2, 6))


@pixelrnn_logp.check(
    "larger", points=2.5, tolerance=T1,
    title=Text("other sizes", "다른 크기"),
    hint=Text(
        "The last pixel is predicted, too, but never read. Sum over the pixels, one number per sequence.",
        "마지막 픽셀도 예측하지만 읽어 들이지는 않습니다. 픽셀에 대해 더하고, 시퀀스마다 숫자 하나입니다.",
    ),
)  # fmt: skip
def rnn_larger(draw: Draw):
    for _ in range(2):
        N, L, K, D, H = draw.sizes(5, 2, 8)
        yield draw.call(draw.strided(draw.integers(0, K, N, L)), recurrent(draw, K, D, H))
    yield draw.call(draw.integers(0, 4, 4, 4), recurrent(draw, 4, 4, 4))


@pixelrnn_logp.check(
    "other-sum", points=1, tolerance=T2,
    title=Text("sums of probabilities for other sizes", "다른 크기에서 확률의 합"),
    hint=Text(
        "Whatever the weights are, the sum over all sequences is 1.",
        "가중치가 무엇이든 모든 시퀀스의 확률을 더하면 1입니다.",
    ),
)  # fmt: skip
def rnn_other_sum(draw: Draw):
    yield draw.call(4, recurrent(draw, 3, 2, 5), function="drive_total_probability")
    yield draw.call(2, recurrent(draw, 5, 3, 4), function="drive_total_probability")


@pixelrnn_logp.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("no pixel; one pixel; one value; equal pixels; huge logits", "0픽셀; 한 픽셀; 값이 하나; 같은 픽셀; 큰 로짓"),
    hint=Text(
        "Nothing to say has log-probability 0. Never form the exponential of a huge logit.",
        "말할 것이 없으면 로그 확률은 0입니다. 아주 큰 로짓의 지수를 만들지 마세요.",
    ),
)  # fmt: skip
def rnn_edges(draw: Draw):
    yield draw.call(np.zeros((3, 0), dtype=np.int64), recurrent(draw, 3, 2, 4))
    yield draw.call(draw.integers(0, 3, 1, 1), recurrent(draw, 3, 2, 4))
    yield draw.call(np.zeros((2, 3), dtype=np.int64), recurrent(draw, 1, 2, 3))
    rnn = recurrent(draw, 3, 2, 4)
    yield draw.call(np.full((2, 4), 2), rnn)
    yield draw.call(draw.integers(0, 3, 3, 4), rnn | {"V": 400 * rnn["V"], "c": np.array([900.0, -900.0, 0.0])})


@pixelrnn_logp.in_float32(points=1)
def rnn_float32(draw: Draw):
    yield draw.call(draw.integers(0, 3, 4, 5), recurrent(draw, 3, 2, 6))


# -- 10. kinds_of_density ----------------------------------------------------------------------------------------------

kinds_of_density = Choice(
    "kinds_of_density",
    points=2,
    options={
        "a": Option(
            True,
            Text(
                "Each factor of the chain rule is an output of the network, so the density of an image is a product that is computed exactly.",
                "연쇄 법칙의 인수 하나하나가 신경망의 출력이므로, 이미지의 밀도는 정확히 계산되는 곱입니다.",
            ),
        ),
        "b": Option(
            True,
            Text(
                "The model writes p(x) as an integral over z, which nobody can solve; the ELBO bounds its logarithm from below.",
                "모델은 p(x)를 z에 대한 적분으로 쓰지만 이 적분은 풀 수 없습니다. ELBO는 그 로그를 아래에서 받쳐 줍니다.",
            ),
        ),
        "c": Option(
            False,
            Text(
                "A GAN is implicit: it draws samples. The discriminator at best compares two densities; it gives neither.",
                "GAN은 암시적 모델로, 샘플을 뽑을 뿐입니다. 판별자는 기껏해야 두 밀도를 견줄 뿐 어느 쪽의 값도 주지 않습니다.",
            ),
        ),
        "d": Option(
            False,
            Text(
                "Exact is the value under the model. How close the model is to the data is another question, and training only gets closer.",
                "정확한 것은 모델 안에서의 값입니다. 모델이 데이터에 얼마나 가까운지는 다른 문제이고, 학습은 가까워지게 할 뿐입니다.",
            ),
        ),
        "e": Option(
            False,
            Text(
                "A factor may depend on earlier pixels alone. Read from both sides, a pixel would be predicted with what comes after it, and the product would be no density.",
                "각 인수는 앞선 픽셀에만 의존해야 합니다. 양쪽에서 읽으면 뒤에 오는 픽셀을 보고 예측하게 되고, 곱은 더 이상 밀도가 아닙니다.",
            ),
        ),
        "f": Option(
            True,
            Text(
                "In training all pixels are known and one pass is enough; in drawing each pixel must be there before the next can be predicted.",
                "학습할 때는 모든 픽셀을 알고 있으므로 한 번에 계산하지만, 뽑을 때는 앞 픽셀이 정해져야 다음을 예측할 수 있습니다.",
            ),
        ),
    },
)
