"""Lecture 6, CNN: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import AUTOGRAD, STAY_WITH_TENSORS, T1, T2, Draw, Task, Text, X

CONVOLUTION = (
    "torch.conv2d",
    "torch.conv3d",
    "torch.conv_transpose2d",
    "torch.convolution",
    "torch.nn.functional.conv2d",
    "torch.nn.functional.conv3d",
    "torch.nn.functional.conv_transpose2d",
    "torch.nn.Conv2d",
    "torch.nn.Conv3d",
    "torch.nn.ConvTranspose2d",
    "scipy",
)
POOLING = (
    "torch.max_pool2d",
    "torch.nn.functional.max_pool2d",
    "torch.nn.functional.max_pool2d_with_indices",
    "torch.nn.functional.avg_pool2d",
    "torch.nn.functional.lp_pool2d",
    "torch.nn.functional.adaptive_max_pool2d",
    "torch.nn.functional.adaptive_avg_pool2d",
    "torch.nn.functional.fractional_max_pool2d",
    "torch.nn.MaxPool2d",
    "torch.nn.AvgPool2d",
    "torch.nn.LPPool2d",
    "torch.nn.AdaptiveMaxPool2d",
    "torch.nn.AdaptiveAvgPool2d",
    "torch.nn.FractionalMaxPool2d",
)

COMMON = {
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "values are multiplied and added: extremes teach nothing here",
    "R10": "no padded max-pooling of this kind",
}
NO_UPSTREAM = {"R4": "no upstream gradient is passed in"}
PLAIN_INTS = {"float32": "Python ints only"}


# -- 1. conv_shape, receptive_field, conv_params ---------------------------------------------------------------------

conv_shape = Task(
    "conv_shape",
    points=8,
    functions=("conv_shape", "receptive_field", "conv_params"),
    form=0.5,
    purity=0.5,
    exempt={**COMMON, **PLAIN_INTS},
)


@conv_shape.check(
    "shapes",
    points=1.5,
    visible=True,
    tolerance=X,
    title=Text("output sizes", "출력의 크기"),
    hint=Text(
        "Padding stands on both sides. Count the places where the kernel can start.",
        "패딩은 양쪽에 있습니다. 커널이 시작할 수 있는 자리를 세어 보세요.",
    ),
)
def shapes_small(draw: Draw):
    yield draw.call(7, 5, 3, 1, 0)
    yield draw.call(8, 11, 3, 2, 1)


@conv_shape.check(
    "fields",
    points=1,
    visible=True,
    tolerance=X,
    title=Text("three 3x3 layers; two layers with strides", "3x3 층 세 개; 스트라이드가 있는 층 두 개"),
    hint=Text(
        "A stride spreads out everything that the LATER layers see.",
        "스트라이드는 '뒤에 오는' 층이 보는 것을 더 멀리 벌려 놓습니다.",
    ),
)
def fields_small(draw: Draw):
    yield draw.call([(3, 1), (3, 1), (3, 1)], function="receptive_field")
    yield draw.call([(5, 2), (3, 3)], function="receptive_field")


@conv_shape.check(
    "params",
    points=0.5,
    visible=True,
    tolerance=X,
    title=Text("parameters of a layer", "한 층의 파라미터 수"),
    hint=Text(
        "How many numbers does one filter have, its bias included?", "편향까지 합쳐 필터 하나에 수가 몇 개 있나요?"
    ),
)
def params_small(draw: Draw):
    yield draw.call(3, 8, 5, function="conv_params")


@conv_shape.check(
    "more shapes",
    points=1,
    tolerance=X,
    title=Text("other sizes, strides and paddings", "다른 크기, 스트라이드, 패딩"),
    hint=Text(
        "Height and width are independent; a stride that does not fit leaves a rest, which is dropped.",
        "높이와 너비는 따로 계산합니다. 스트라이드가 나누어떨어지지 않으면 나머지는 버립니다.",
    ),
)
def shapes_more(draw: Draw):
    for k, s, p in ((4, 3, 2), (5, 2, 0), (2, 4, 1)):
        h, w = draw.sizes(2, 9, 30)
        yield draw.call(h, w, k, s, p)
    yield draw.call(12, 6, 3, 2, 1)  # 14 - 3 leaves a rest, and so does 8 - 3


@conv_shape.check(
    "does it fit",
    points=1,
    tolerance=X,
    edge=True,
    title=Text("kernels as large as the input, and larger ones", "입력과 크기가 같은 커널과 더 큰 커널"),
    hint=Text(
        "Compare the kernel with the PADDED input, in both directions. Equal is still fine.",
        "커널을 '패딩한' 입력과 두 방향 모두에서 비교하세요. 같으면 아직 괜찮습니다.",
    ),
)
def shapes_fit(draw: Draw):
    n, p = int(draw.integers(5, 9)), int(draw.integers(3, 5))
    yield draw.call(n, n + 2, n + 2 * p, 1, p, function="conv_shape_or_error")
    yield draw.call(n + 3, n, n + 2 * p, 1, p, function="conv_shape_or_error")
    yield draw.call(n, n + 3, n + 2 * p + 1, 1, p, function="conv_shape_or_error")
    yield draw.call(n + 3, n, n + 2 * p + 1, 3, p, function="conv_shape_or_error")
    yield draw.call(n, n + 1, n + 2 * p + 2, 1, p, function="conv_shape_or_error")
    yield draw.call(1, 1, 1, 1, 0, function="conv_shape_or_error")


@conv_shape.check(
    "more fields",
    points=1,
    tolerance=X,
    title=Text("deeper networks", "더 깊은 신경망"),
    hint=Text(
        "Multiply the strides of the layers BELOW, not the layer's own. What does a 1x1 filter add?",
        "층 자신의 스트라이드가 아니라 그 '아래' 층들의 스트라이드를 곱하세요. 1x1 필터는 무엇을 더하나요?",
    ),
)
def fields_more(draw: Draw):
    yield draw.call([(3, 1), (3, 1), (2, 2)] * 3, function="receptive_field")
    yield draw.call(
        [(int(k), int(s)) for k, s in zip(draw.sizes(4, 1, 7), draw.sizes(4, 1, 4))], function="receptive_field"
    )
    yield draw.call([(1, 3), (4, 1), (2, 5)], function="receptive_field")
    yield draw.call([], function="receptive_field")


@conv_shape.check(
    "more params",
    points=1,
    tolerance=X,
    title=Text("parameters of other layers", "다른 층의 파라미터 수"),
    hint=Text(
        "Every filter has a weight for each place and each input channel, and ONE bias.",
        "필터에는 위치와 입력 채널마다 가중치가 하나씩 있고, 편향은 필터마다 '하나'입니다.",
    ),
)
def params_more(draw: Draw):
    for k in (1, 3, 7):
        cin, cout = draw.sizes(2, 2, 64)
        yield draw.call(cin, cout, k, function="conv_params")
    yield draw.call(1, 1, 4, function="conv_params")


# -- 2. conv2d -------------------------------------------------------------------------------------------------------

conv2d = Task("conv2d", points=14, form=1, purity=1, forbid=CONVOLUTION, exempt={**COMMON, **NO_UPSTREAM})


def conv_inputs(draw: Draw, N, C, K, image, kernel):
    """(x, w, b) with biases that are not small."""
    return draw.normal(N, C, *image), draw.normal(K, C, *kernel), draw.away_from_zero(K, margin=0.3)


@conv2d.check(
    "small",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text(
        "a square filter; a 3x2 filter with stride 2 and padding 1", "정사각형 필터; 스트라이드 2, 패딩 1인 3x2 필터"
    ),
    hint=Text(
        "Add over all channels, do not flip the filter, add the bias once.",
        "모든 채널에 걸쳐 더하고, 필터는 뒤집지 말고, 편향은 한 번만 더하세요.",
    ),
)
def conv_small(draw: Draw):
    yield draw.call(*conv_inputs(draw, 2, 1, 3, (4, 5), (2, 2)), 1, 0)
    yield draw.call(*conv_inputs(draw, 2, 3, 4, (7, 6), (3, 2)), 2, 1)


@conv2d.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T2,
    gradient=("x", "w", "b"),
    title=Text("differentiable with respect to x, w and b", "x, w, b로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def conv_gradient(draw: Draw):
    yield draw.call(*conv_inputs(draw, 2, 3, 4, (5, 6), (3, 2)), 2, 1)


@conv2d.check(
    "strides",
    points=2.5,
    tolerance=T2,
    title=Text("other strides and paddings", "다른 스트라이드와 패딩"),
    hint=Text(
        "Stride and padding hold for both directions, padding for all four sides. What is left over at the end is dropped.",
        "스트라이드와 패딩은 두 방향 모두에, 패딩은 네 변 모두에 적용합니다. 끝에 남는 부분은 버립니다.",
    ),
)
def conv_strides(draw: Draw):
    x, w, b = conv_inputs(draw, 3, 2, 4, (9, 7), (4, 3))
    yield draw.call(draw.strided(x), w, b, 3, 2)
    x, w, b = conv_inputs(draw, 2, 4, 3, (6, 9), (2, 5))
    yield draw.call(x, draw.strided(w), b, 2, 0)
    yield draw.call(*conv_inputs(draw, 2, 3, 5, (4, 6), (3, 2)), 1, 4)


@conv2d.check(
    "kernels",
    points=1.5,
    tolerance=T2,
    edge=True,
    title=Text(
        "a 1x1 filter, a filter as large as the image, a flat one", "1x1 필터, 이미지와 크기가 같은 필터, 납작한 필터"
    ),
    hint=Text(
        "A 1x1 filter mixes channels only. A filter of the image's size gives one number per image.",
        "1x1 필터는 채널만 섞습니다. 이미지와 크기가 같은 필터는 이미지마다 수 하나를 냅니다.",
    ),
)
def conv_kernels(draw: Draw):
    yield draw.call(*conv_inputs(draw, 2, 5, 3, (4, 6), (1, 1)), 3, 0)
    yield draw.call(*conv_inputs(draw, 3, 2, 4, (5, 6), (5, 6)), 1, 0)
    yield draw.call(*conv_inputs(draw, 2, 3, 4, (1, 8), (1, 4)), 2, 0)


@conv2d.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "equal sizes everywhere; one pixel; an even grey image", "크기가 모두 같을 때; 픽셀 하나; 균일한 회색 이미지"
    ),
    hint=Text(
        "When all sizes are equal, a wrong order of axes shows no error. What stands around an even grey image?",
        "크기가 모두 같으면 축의 순서가 틀려도 오류가 나지 않습니다. 균일한 회색 이미지 둘레에는 무엇이 있나요?",
    ),
)
def conv_edges(draw: Draw):
    yield draw.call(*conv_inputs(draw, 3, 3, 3, (3, 3), (3, 3)), 1, 1)
    yield draw.call(*conv_inputs(draw, 1, 1, 1, (1, 1), (1, 1)), 2, 1)
    _, w, b = conv_inputs(draw, 1, 2, 3, (4, 5), (3, 3))
    yield draw.call(np.full((2, 2, 4, 5), draw.scalar(0.5, 1.5)), w, b, 1, 1)


@conv2d.check(
    "more gradients",
    points=1,
    tolerance=T2,
    gradient=("x", "w", "b"),
    title=Text("gradients with a larger stride", "더 큰 스트라이드에서의 기울기"),
    hint=STAY_WITH_TENSORS,
)
def conv_more_gradients(draw: Draw):
    yield draw.call(*conv_inputs(draw, 3, 2, 4, (6, 5), (2, 3)), 3, 2)


@conv2d.check(
    "lenet",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("LeNet's first layer on a batch of images", "이미지 배치에 대한 LeNet의 첫 층"),
    hint=Text(
        "Loop over the filter, not over images and pixels: a batch should take no longer than a few images.",
        "이미지나 픽셀이 아니라 필터의 칸을 따라 반복하세요. 배치가 커져도 시간이 크게 늘지 않아야 합니다.",
    ),
)
def conv_lenet(draw: Draw):
    yield draw.call(*conv_inputs(draw, 6, 1, 5, (14, 13), (5, 5)), 1, 2)


@conv2d.check(
    "vgg",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("a layer of a VGG block on a batch", "배치에 대한 VGG 블록의 한 층"),
    hint=Text(
        "A 3x3 filter with padding 1 keeps the size of the image; it adds over all channels.",
        "패딩 1인 3x3 필터는 이미지 크기를 유지하고, 모든 채널에 걸쳐 더합니다.",
    ),
)
def conv_vgg(draw: Draw):
    yield draw.call(*conv_inputs(draw, 3, 8, 12, (10, 11), (3, 3)), 1, 1)


@conv2d.in_float32(points=1)
def conv_float32(draw: Draw):
    yield draw.call(*conv_inputs(draw, 2, 3, 4, (7, 6), (3, 2)), 2, 1)


# -- 3. conv2d_bwd ---------------------------------------------------------------------------------------------------

conv2d_bwd = Task(
    "conv2d_bwd",
    points=16,
    form=1,
    purity=1,
    forbid=(*AUTOGRAD, "torch.nn.grad", *CONVOLUTION),
    exempt=COMMON,
    parts=("dx", "dw", "db"),
)


def conv_bwd_inputs(draw: Draw, N, C, K, image, kernel, s, p):
    """(dout, x, w, s, p)"""
    x, w, _ = conv_inputs(draw, N, C, K, image, kernel)
    size = [(n + 2 * p - k) // s + 1 for n, k in zip(image, kernel)]
    return draw.normal(N, K, *size), x, w, s, p


@conv2d_bwd.check(
    "small",
    points=5,
    visible=True,
    tolerance=T2,
    title=Text("overlapping windows, with and without padding", "겹치는 창, 패딩이 없을 때와 있을 때"),
    hint=Text(
        "Windows overlap: add, do not overwrite. Cut off the padding at the end. db is a sum over images and places.",
        "창은 겹칩니다. 덮어쓰지 말고 더하세요. 패딩은 마지막에 잘라 냅니다. db는 이미지와 위치 전체에 대한 합입니다.",
    ),
)
def conv_bwd_small(draw: Draw):
    yield draw.call(*conv_bwd_inputs(draw, 2, 1, 3, (4, 5), (2, 2), 1, 0))
    yield draw.call(*conv_bwd_inputs(draw, 2, 3, 4, (7, 6), (3, 2), 2, 1))


@conv2d_bwd.check(
    "overlaps",
    points=3,
    tolerance=T2,
    title=Text("large filters and paddings", "큰 필터와 패딩"),
    hint=Text(
        "Compare one element of dx and one of dw with a small change of that element.",
        "dx의 원소 하나와 dw의 원소 하나를, 그 원소를 조금 바꿔 얻은 변화와 비교해 보세요.",
    ),
)
def conv_bwd_overlaps(draw: Draw):
    dout, x, w, s, p = conv_bwd_inputs(draw, 3, 2, 4, (6, 8), (4, 3), 1, 2)
    yield draw.call(draw.strided(dout), x, w, s, p)
    dout, x, w, s, p = conv_bwd_inputs(draw, 2, 4, 3, (9, 7), (5, 4), 2, 1)
    yield draw.call(dout, draw.strided(x), w, s, p)


@conv2d_bwd.check(
    "gaps",
    points=3,
    tolerance=T2,
    title=Text("strides larger than the filter, and a rest at the end", "필터보다 큰 스트라이드, 끝에 남는 픽셀"),
    hint=Text(
        "A pixel that no window touches gets 0, and dx still has the shape of x.",
        "어느 창도 닿지 않은 픽셀은 0을 받으며, dx의 모양은 여전히 x와 같습니다.",
    ),
)
def conv_bwd_gaps(draw: Draw):
    yield draw.call(*conv_bwd_inputs(draw, 2, 3, 4, (9, 10), (2, 1), 3, 0))
    yield draw.call(*conv_bwd_inputs(draw, 3, 2, 5, (6, 8), (3, 2), 4, 1))


@conv2d_bwd.check(
    "edges",
    points=2,
    tolerance=T2,
    edge=True,
    title=Text(
        "equal sizes everywhere; one pixel; a 1x1 filter; a constant upstream gradient",
        "크기가 모두 같을 때; 픽셀 하나; 1x1 필터; 상수인 상류 기울기",
    ),
    hint=Text(
        "A wrong order of axes shows no error when all sizes are equal.",
        "크기가 모두 같으면 축의 순서가 틀려도 오류가 나지 않습니다.",
    ),
)
def conv_bwd_edges(draw: Draw):
    yield draw.call(*conv_bwd_inputs(draw, 3, 3, 3, (3, 3), (3, 3), 1, 1))
    yield draw.call(*conv_bwd_inputs(draw, 1, 1, 1, (1, 1), (1, 1), 1, 0))
    yield draw.call(*conv_bwd_inputs(draw, 2, 4, 3, (5, 4), (1, 1), 2, 0))
    dout, x, w, s, p = conv_bwd_inputs(draw, 2, 3, 2, (4, 5), (2, 3), 1, 1)
    yield draw.call(np.full(dout.shape, draw.scalar(0.5, 1.5)), x, w, s, p)


@conv2d_bwd.in_float32(points=1)
def conv_bwd_float32(draw: Draw):
    yield draw.call(*conv_bwd_inputs(draw, 2, 3, 4, (6, 5), (3, 2), 2, 1))


# -- 4. pool2d, pool2d_bwd -------------------------------------------------------------------------------------------

pool2d = Task(
    "pool2d",
    points=12,
    functions=("pool2d", "pool2d_bwd"),
    form=1,
    purity=0.5,
    forbid=(*AUTOGRAD, *POOLING),
    exempt={key: why for key, why in COMMON.items() if key != "R10"},
)


def pool_bwd_call(draw: Draw, x, k, s, p, mode, *, strided=False):
    """A backward call with a random upstream gradient."""
    size = [(n + 2 * p - k) // s + 1 for n in x.shape[2:]]
    dout = draw.normal(*x.shape[:2], *size)
    return draw.call(draw.strided(dout) if strided else dout, x, k, s, p, mode, function="pool2d_bwd")


@pool2d.check(
    "forward",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("maximum and mean, with padding", "최댓값과 평균, 패딩이 있을 때"),
    hint=Text(
        "The padding holds no pixels: it never wins, and it is not counted.",
        "패딩에는 픽셀이 없습니다. 최댓값이 되지도 않고, 개수에 들어가지도 않습니다.",
    ),
)
def pool_forward(draw: Draw):
    yield draw.call(draw.normal(2, 3, 4, 6), 2, 2, 0, "max")
    yield draw.call(draw.normal(2, 1, 5, 4, loc=-0.5), 3, 2, 1, "avg")


@pool2d.check(
    "backward",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("gradients of both", "두 풀링의 기울기"),
    hint=Text(
        "The winner takes all in a maximum; a mean divides. Windows that overlap add up.",
        "최댓값에서는 이긴 픽셀이 전부 받고, 평균에서는 나누어 받습니다. 겹치는 창은 더합니다.",
    ),
)
def pool_backward(draw: Draw):
    yield pool_bwd_call(draw, draw.normal(2, 3, 4, 6), 2, 2, 0, "avg")
    yield pool_bwd_call(draw, draw.normal(2, 1, 5, 4), 3, 2, 1, "max")


@pool2d.check(
    "more forward",
    points=2,
    tolerance=T1,
    title=Text("negative images, overlapping windows, other strides", "음수뿐인 이미지, 겹치는 창, 다른 스트라이드"),
    hint=Text(
        "With negative pixels only, is the largest one still found at the border? Do windows move by s or by k?",
        "픽셀이 모두 음수일 때 가장자리에서도 가장 큰 값을 찾나요? 창은 s만큼 움직이나요, k만큼 움직이나요?",
    ),
)
def pool_more_forward(draw: Draw):
    yield draw.call(-draw.positive(2, 3, 5, 7), 3, 1, 1, "max")
    yield draw.call(draw.strided(-draw.positive(3, 2, 7, 8)), 4, 3, 2, "max")
    yield draw.call(draw.normal(2, 3, 6, 5), 2, 3, 1, "avg")
    yield draw.call(draw.strided(draw.normal(3, 2, 8, 5, loc=1.0)), 4, 1, 2, "avg")


@pool2d.check(
    "more backward",
    points=2,
    tolerance=T1,
    title=Text("gradients with overlaps, gaps and padding", "겹침, 빈틈, 패딩이 있을 때의 기울기"),
    hint=Text(
        "A pixel may win in several windows, and some pixels lie in none.",
        "픽셀 하나가 여러 창에서 이길 수 있고, 어느 창에도 들지 않는 픽셀도 있습니다.",
    ),
)
def pool_more_backward(draw: Draw):
    yield pool_bwd_call(draw, -draw.positive(2, 3, 5, 7), 3, 1, 1, "max", strided=True)
    yield pool_bwd_call(draw, draw.normal(3, 2, 8, 7), 2, 3, 0, "max")
    yield pool_bwd_call(draw, draw.normal(2, 3, 7, 5), 4, 1, 2, "avg")
    yield pool_bwd_call(draw, draw.normal(3, 2, 6, 7), 3, 1, 1, "avg", strided=True)


@pool2d.check(
    "ties",
    points=1.5,
    tolerance=T1,
    edge=True,
    title=Text("several equal maxima in a window", "창 안에 최댓값이 여럿일 때"),
    hint=Text(
        "The docstring pins which of several equal pixels gets the gradient.",
        "같은 픽셀이 여럿일 때 누가 기울기를 받는지는 docstring에 정해져 있습니다.",
    ),
)
def pool_ties(draw: Draw):
    yield pool_bwd_call(draw, draw.integers(0, 3, 2, 3, 5, 6).astype(float), 3, 2, 1, "max")
    yield pool_bwd_call(draw, np.full((2, 3, 4, 5), draw.scalar(-2.0, -0.5)), 2, 1, 1, "max")
    yield pool_bwd_call(draw, draw.integers(-2, 0, 2, 2, 4, 6).astype(float), 2, 2, 0, "max")


@pool2d.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text(
        "one pixel; a window of one pixel; a window as large as the image",
        "픽셀 하나; 픽셀 하나짜리 창; 이미지와 크기가 같은 창",
    ),
    hint=Text("With k = 1 and s = 1 pooling changes nothing.", "k = 1, s = 1이면 풀링은 아무것도 바꾸지 않습니다."),
)
def pool_edges(draw: Draw):
    yield draw.call(draw.normal(2, 1, 1, 1), 2, 1, 1, "avg")
    yield draw.call(draw.normal(1, 3, 4, 2), 1, 1, 0, "max")
    yield draw.call(draw.normal(2, 1, 4, 4), 4, 2, 0, "max")
    yield pool_bwd_call(draw, draw.normal(1, 2, 3, 3), 3, 1, 0, "avg")


@pool2d.in_float32(points=0.5)
def pool_float32(draw: Draw):
    yield draw.call(draw.normal(2, 3, 5, 6), 3, 2, 1, "avg")
    yield draw.call(draw.normal(2, 3, 5, 6), 3, 2, 1, "max")
    yield pool_bwd_call(draw, draw.normal(2, 3, 5, 6), 3, 2, 1, "avg")
    yield pool_bwd_call(draw, draw.normal(2, 3, 5, 6), 3, 2, 1, "max")


# -- 5. zoo_counts, lenet_shapes -------------------------------------------------------------------------------------

zoo_counts = Task(
    "zoo_counts",
    points=10,
    functions=("zoo_counts", "lenet_shapes"),
    form=1,
    purity=0.5,
    exempt={**COMMON, **PLAIN_INTS},
)


@zoo_counts.check(
    "counts",
    together=True,
    points=2,
    visible=True,
    tolerance=X,
    title=Text("LeNet-5; a network with groups", "LeNet-5; 그룹이 있는 신경망"),
    hint=Text(
        "Walk through the layers with channels, height and width. Filters in a group see a share of the channels.",
        "채널, 높이, 너비를 들고 층을 차례로 지나가세요. 그룹의 필터는 채널의 일부만 봅니다.",
    ),
)
def counts_small(draw: Draw):
    yield draw.call("LeNet-5")
    yield draw.call("odd sizes")


@zoo_counts.check(
    "shapes",
    together=True,
    points=1,
    visible=True,
    tolerance=X,
    title=Text("LeNet-5 on an image of 32 x 32", "32 x 32 이미지의 LeNet-5"),
    hint=Text(
        "A 5x5 filter without padding loses two pixels on each side; pooling halves.",
        "패딩이 없는 5x5 필터는 양쪽에서 두 픽셀씩 잃고, 풀링은 반으로 줄입니다.",
    ),
)
def lenet_small(draw: Draw):
    yield draw.call(32, function="lenet_shapes")


@zoo_counts.check(
    "two cards",
    together=True,
    points=2,
    tolerance=X,
    title=Text("AlexNet on two graphics cards and on one", "그래픽 카드 두 장과 한 장의 AlexNet"),
    hint=Text(
        "Check your total: AlexNet has 60,965,224 parameters with its groups.",
        "합계를 확인해 보세요. 그룹을 쓰는 AlexNet의 파라미터는 60,965,224개입니다.",
    ),
)
def counts_alexnet(draw: Draw):
    yield draw.call("AlexNet")
    yield draw.call("AlexNet on one card")


@zoo_counts.check(
    "other networks",
    together=True,
    points=2,
    tolerance=X,
    title=Text("other networks", "다른 신경망"),
    hint=Text(
        "Use each layer's own kernel, stride, padding and groups, and round sizes down.",
        "층마다 자기 커널, 스트라이드, 패딩, 그룹을 쓰고 크기는 내림하세요.",
    ),
)
def counts_more(draw: Draw):
    yield draw.call("VGG-16")
    yield draw.call("VGG-11")
    yield draw.call("odd strides")


@zoo_counts.check(
    "more shapes",
    together=True,
    points=1.5,
    tolerance=X,
    title=Text("LeNet-5 on other images", "다른 크기의 이미지"),
    hint=Text(
        "What does pooling make of an odd size? The flat vector has channels times height times width numbers.",
        "홀수 크기를 풀링하면 얼마가 되나요? 펼친 벡터의 길이는 채널 × 높이 × 너비입니다.",
    ),
)
def lenet_more(draw: Draw):
    yield draw.call(16, function="lenet_shapes")
    yield draw.call(28, function="lenet_shapes")
    yield draw.call(2 * int(draw.integers(15, 60)) + 1, function="lenet_shapes")
    yield draw.call(4 * int(draw.integers(10, 30)) + 2, function="lenet_shapes")


# -- 6. inception ----------------------------------------------------------------------------------------------------

inception = Task(
    "inception",
    points=12,
    form=1,
    purity=1,
    exempt={**COMMON, **NO_UPSTREAM, "R1": "the filters of the module are square", "R14": "no hyper-parameter"},
)

KEYS = ("1x1", "3x3", "5x5", "pool")


def conv_pair(draw: Draw, C, K, k):
    """(w, b) of one convolution; the weights keep values of size 1."""
    return draw.normal(K, C, k, k, scale=1.2 / (C**0.5 * k)), draw.away_from_zero(K, margin=0.15, scale=0.4)


def branches_of(draw: Draw, C, widths, reduced, *, order=KEYS):
    """The dict of branches: `widths` maps of each branch, `reduced` channels before the 3x3 and the 5x5."""
    pairs = {
        "1x1": [conv_pair(draw, C, widths[0], 1)],
        "3x3": [conv_pair(draw, C, reduced[0], 1), conv_pair(draw, reduced[0], widths[1], 3)],
        "5x5": [conv_pair(draw, C, reduced[1], 1), conv_pair(draw, reduced[1], widths[2], 5)],
        "pool": [conv_pair(draw, C, widths[3], 1)],
    }
    return {key: pairs[key] for key in order}


@inception.check(
    "small",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("two small modules", "작은 모듈 두 개"),
    hint=Text(
        "Every convolution keeps the size of the image and is followed by a ReLU; stack along the channels.",
        "모든 합성곱은 이미지의 크기를 지키고 뒤에 ReLU가 옵니다. 채널 방향으로 쌓으세요.",
    ),
)
def inception_small(draw: Draw):
    yield draw.call(draw.normal(2, 4, 5, 6), branches_of(draw, 4, (2, 3, 1, 2), (2, 3)))
    yield draw.call(draw.normal(3, 2, 4, 7), branches_of(draw, 2, (1, 2, 3, 4), (3, 1)))


@inception.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T2,
    gradient=("x", "branches"),
    title=Text("differentiable with respect to x and every weight", "x와 모든 가중치로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def inception_gradient(draw: Draw):
    yield draw.call(draw.normal(2, 3, 4, 5), branches_of(draw, 3, (1, 2, 2, 1), (2, 2)))


@inception.check(
    "shuffled",
    points=2.5,
    tolerance=T2,
    title=Text("larger modules, the branches of the dict in another order", "더 큰 모듈, dict의 순서가 다를 때"),
    hint=Text(
        "The maps stand in a fixed order, the keys of a dict in any. Where does a ReLU stand in a branch of two convolutions?",
        "맵의 순서는 정해져 있지만 dict의 키 순서는 임의입니다. 합성곱이 둘인 갈래에서 ReLU는 어디에 있나요?",
    ),
)
def inception_shuffled(draw: Draw):
    yield draw.call(
        draw.strided(draw.normal(2, 5, 6, 7)),
        branches_of(draw, 5, (3, 2, 4, 1), (3, 2), order=("pool", "5x5", "1x1", "3x3")),
    )
    yield draw.call(
        draw.normal(3, 4, 7, 5), branches_of(draw, 4, (2, 2, 2, 2), (3, 2), order=("3x3", "pool", "5x5", "1x1"))
    )


@inception.check(
    "negative",
    points=1,
    tolerance=T2,
    title=Text("images with negative values only; an even image", "음수뿐인 이미지; 균일한 이미지"),
    hint=Text(
        "What wins the max-pooling at the border of the image?",
        "이미지 가장자리에서 최대 풀링의 승자는 누구인가요?",
    ),
)
def inception_negative(draw: Draw):
    yield draw.call(-draw.positive(2, 3, 5, 4), branches_of(draw, 3, (2, 1, 2, 4), (2, 3)))
    yield draw.call(np.full((2, 3, 4, 6), draw.scalar(-1.5, -0.5)), branches_of(draw, 3, (1, 2, 2, 4), (4, 2)))


@inception.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("images of one pixel; equal sizes everywhere", "픽셀 하나짜리 이미지; 크기가 모두 같을 때"),
    hint=Text(
        "Padding lets even a 5x5 filter look at a single pixel.",
        "패딩이 있으면 5x5 필터도 픽셀 하나를 볼 수 있습니다.",
    ),
)
def inception_edges(draw: Draw):
    yield draw.call(draw.normal(3, 2, 1, 1), branches_of(draw, 2, (2, 3, 1, 2), (1, 3)))
    yield draw.call(draw.normal(3, 3, 3, 3), branches_of(draw, 3, (3, 3, 3, 3), (3, 3)))


@inception.check(
    "batch",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("an Inception module on a batch", "배치에 대한 인셉션 모듈"),
    hint=Text(
        "The same module, with more images and channels: nothing in it depends on how many there are.",
        "이미지와 채널이 많아졌을 뿐 같은 모듈입니다. 개수에 따라 달라지는 계산은 없습니다.",
    ),
)
def inception_batch(draw: Draw):
    yield draw.call(draw.normal(5, 8, 10, 9), branches_of(draw, 8, (6, 7, 4, 3), (5, 4)))


@inception.in_float32(points=1)
def inception_float32(draw: Draw):
    yield draw.call(draw.normal(2, 4, 5, 6), branches_of(draw, 4, (2, 1, 3, 2), (2, 3)))


# -- 7. residual, residual_bwd ---------------------------------------------------------------------------------------

residual = Task(
    "residual",
    points=12,
    functions=("residual", "residual_bwd"),
    form=1,
    purity=0.5,
    forbid=AUTOGRAD,
    exempt={**COMMON, "R1": "the filters of the block are square"},
)


def block_of(draw: Draw, C, K, s=None):
    """(params, proj): K = C and no projection where s is None."""
    w1, b1 = conv_pair(draw, C, K, 3)
    w2, b2 = conv_pair(draw, K, K, 3)
    params = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    if s is None:
        return params, None
    w, b = conv_pair(draw, C, K, 1)
    return params, {"w": w, "b": b, "s": s}


def upstream(draw: Draw, x, K, proj):
    s = 1 if proj is None else proj["s"]
    return draw.normal(x.shape[0], K, *[(n - 1) // s + 1 for n in x.shape[2:]])


@residual.check(
    "forward",
    points=1.5,
    visible=True,
    tolerance=T2,
    title=Text("with the identity, and with a projection of stride 2", "항등 지름길과 스트라이드 2인 투영"),
    hint=Text(
        "Convolution, ReLU, convolution; then add the shortcut; then ReLU.",
        "합성곱, ReLU, 합성곱을 거친 다음 지름길을 더하고, 그 뒤에 ReLU입니다.",
    ),
)
def residual_forward(draw: Draw):
    yield draw.call(draw.normal(2, 3, 4, 5), *block_of(draw, 3, 3))
    yield draw.call(draw.normal(2, 3, 6, 5), *block_of(draw, 3, 4, 2))


@residual.check(
    "backward",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("gradients of both", "두 경우의 기울기"),
    hint=Text(
        "First through the last ReLU; then both roads lead to x, and their gradients add up.",
        "마지막 ReLU를 먼저 거칩니다. 그다음 두 길이 모두 x에 닿으며, 그 기울기를 더합니다.",
    ),
)
def residual_backward(draw: Draw):
    x = draw.normal(2, 3, 4, 5)
    params, proj = block_of(draw, 3, 3)
    yield draw.call(upstream(draw, x, 3, proj), x, params, proj, function="residual_bwd")
    x = draw.normal(2, 3, 6, 5)
    params, proj = block_of(draw, 3, 4, 2)
    yield draw.call(upstream(draw, x, 4, proj), x, params, proj, function="residual_bwd")


@residual.check(
    "more forward",
    points=1.5,
    tolerance=T2,
    title=Text("other blocks, other strides", "다른 블록, 다른 스트라이드"),
    hint=Text(
        "With a projection its stride belongs to the first convolution of F, too. A projection of stride 1 is possible.",
        "투영이 있으면 그 스트라이드를 F의 첫 합성곱에도 씁니다. 스트라이드가 1인 투영도 있습니다.",
    ),
)
def residual_more_forward(draw: Draw):
    yield draw.call(draw.strided(draw.normal(3, 2, 6, 5)), *block_of(draw, 2, 2))
    yield draw.call(draw.normal(2, 4, 5, 7), *block_of(draw, 4, 3, 1))
    yield draw.call(draw.normal(3, 2, 8, 6), *block_of(draw, 2, 5, 3))


@residual.check(
    "more backward",
    points=3,
    tolerance=T2,
    title=Text("gradients of other blocks", "다른 블록의 기울기"),
    hint=Text(
        "Check each gradient by itself. Which of them pass the inner ReLU, and which do not?",
        "기울기를 하나씩 따로 확인해 보세요. 안쪽 ReLU를 거치는 것과 거치지 않는 것은 각각 무엇인가요?",
    ),
)
def residual_more_backward(draw: Draw):
    for C, K, s, image in ((2, 2, None, (6, 5)), (4, 3, 1, (5, 6)), (2, 5, 3, (7, 8))):
        x = draw.normal(3, C, *image)
        params, proj = block_of(draw, C, K, s)
        yield draw.call(draw.strided(upstream(draw, x, K, proj)), x, params, proj, function="residual_bwd")


@residual.check(
    "kinks",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("all weights 0; a ReLU exactly at 0", "가중치가 모두 0일 때; ReLU의 입력이 정확히 0일 때"),
    hint=Text(
        "With weights of 0 the block is relu(x). The derivative of ReLU at 0 is pinned in the docstring.",
        "가중치가 모두 0이면 블록은 relu(x)입니다. 0에서의 ReLU 도함수는 docstring에 정해져 있습니다.",
    ),
)
def residual_kinks(draw: Draw):
    """Zero weights leave relu(x), and pixels of 0 stand at its kink; then one inner channel is 0 everywhere."""
    x = draw.normal(2, 3, 4, 5).round()
    zero = {"w1": np.zeros((3, 3, 3, 3)), "b1": np.zeros(3), "w2": np.zeros((3, 3, 3, 3)), "b2": np.zeros(3)}
    yield draw.call(x, zero, None)
    yield draw.call(draw.normal(2, 3, 4, 5), x, zero, None, function="residual_bwd")
    x = draw.normal(2, 3, 5, 4)
    params, proj = block_of(draw, 3, 3)
    params["w1"][0], params["b1"][0] = 0.0, 0.0
    yield draw.call(draw.normal(2, 3, 5, 4), x, params, proj, function="residual_bwd")


@residual.check(
    "edges",
    points=0.5,
    tolerance=T2,
    edge=True,
    title=Text("images of one pixel; an even upstream gradient", "픽셀 하나짜리 이미지; 균일한 상류 기울기"),
    hint=Text(
        "Padding 1 lets a 3x3 filter look at a single pixel.",
        "패딩 1이 있으면 3x3 필터도 픽셀 하나를 볼 수 있습니다.",
    ),
)
def residual_edges(draw: Draw):
    yield draw.call(draw.normal(2, 2, 1, 1), *block_of(draw, 2, 3, 2))
    x = draw.normal(1, 2, 3, 3)
    yield draw.call(np.full((1, 2, 3, 3), draw.scalar(0.5, 1.5)), x, *block_of(draw, 2, 2), function="residual_bwd")


@residual.check(
    "batch",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("a ResNet block on a batch", "배치에 대한 ResNet 블록"),
    hint=Text(
        "The same block, with more images and channels: nothing in it depends on how many there are.",
        "이미지와 채널이 많아졌을 뿐 같은 블록입니다. 개수에 따라 달라지는 계산은 없습니다.",
    ),
)
def residual_batch(draw: Draw):
    yield draw.call(draw.normal(4, 6, 10, 11), *block_of(draw, 6, 8, 2))


@residual.in_float32(points=0.5)
def residual_float32(draw: Draw):
    x = draw.normal(2, 3, 6, 5)
    params, proj = block_of(draw, 3, 4, 2)
    yield draw.call(x, params, proj)
    yield draw.call(upstream(draw, x, 4, proj), x, params, proj, function="residual_bwd")


# -- 8. se_block, se_scale_bwd ---------------------------------------------------------------------------------------

se_block = Task(
    "se_block",
    points=10,
    functions=("se_block", "se_scale_bwd"),
    form=1,
    purity=0.5,
    forbid=AUTOGRAD,
    exempt=COMMON,
    parts={"se_scale_bwd": ("dx", "de")},
)


def se_inputs(draw: Draw, N, C, R, H, W):
    """(x, W1, b1, W2, b2); the channels' means are not near 0, and their deviations are large."""
    x = draw.normal(N, C, H, W) + draw.normal(N, C, 1, 1, scale=1.5)
    return (
        x,
        draw.normal(C, R),
        draw.away_from_zero(R, margin=0.3),
        draw.normal(R, C),
        draw.away_from_zero(C, margin=0.3),
    )


@se_block.check(
    "block",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("two blocks", "블록 두 개"),
    hint=Text(
        "Mean over the places; layer, ReLU, layer, sigmoid; then multiply every place of the channel.",
        "위치에 대해 평균하고, 층, ReLU, 층, 시그모이드를 거쳐 채널의 모든 위치에 곱합니다.",
    ),
)
def se_small(draw: Draw):
    yield draw.call(*se_inputs(draw, 3, 4, 2, 5, 6))
    yield draw.call(*se_inputs(draw, 2, 3, 5, 4, 1))


@se_block.check(
    "scale",
    points=1,
    visible=True,
    tolerance=T2,
    title=Text("gradients of the scaling", "크기 조절의 기울기"),
    hint=Text(
        "Each factor gets the upstream gradient times the other one, summed over where it was used.",
        "각 인수는 상류 기울기에 상대 인수를 곱한 값을, 쓰인 곳 전체에 걸쳐 더해 받습니다.",
    ),
)
def scale_small(draw: Draw):
    N, C, H, W = 2, 3, 5, 4
    yield draw.call(draw.normal(N, C, H, W), draw.normal(N, C, H, W), draw.uniform(N, C), function="se_scale_bwd")


@se_block.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T2,
    gradient=("x", "W1", "b1", "W2", "b2"),
    title=Text("differentiable with respect to all arguments", "모든 인자로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def se_gradient(draw: Draw):
    yield draw.call(*se_inputs(draw, 2, 4, 3, 5, 6))


@se_block.check(
    "more blocks",
    points=2,
    tolerance=T2,
    title=Text("larger batches, more and fewer hidden units", "더 큰 배치, 은닉 유닛이 많을 때와 적을 때"),
    hint=Text(
        "One weight for each image AND each channel. Nothing is averaged over the batch.",
        "가중치는 이미지마다, 그리고 채널마다 하나씩입니다. 배치에 대해서는 평균하지 않습니다.",
    ),
)
def se_more(draw: Draw):
    x, *rest = se_inputs(draw, 3, 5, 2, 4, 7)
    yield draw.call(draw.strided(x), *rest)
    yield draw.call(*se_inputs(draw, 4, 2, 6, 3, 5))
    yield draw.call(*se_inputs(draw, 5, 3, 4, 6, 2))


@se_block.check(
    "more scales",
    points=1.5,
    tolerance=T2,
    title=Text("gradients of other scalings", "다른 크기 조절의 기울기"),
    hint=Text(
        "de has one number for each image and channel; nothing is averaged.",
        "de에는 이미지마다, 채널마다 수가 하나씩 있습니다. 평균은 내지 않습니다.",
    ),
)
def scale_more(draw: Draw):
    for sizes in ((3, 5, 4, 6), (4, 2, 7, 3)):
        dout, x = draw.normal(*sizes), draw.normal(*sizes, loc=0.5)
        yield draw.call(draw.strided(dout), x, draw.uniform(*sizes[:2]), function="se_scale_bwd")


@se_block.check(
    "edges",
    points=0.5,
    tolerance=T2,
    edge=True,
    title=Text(
        "one pixel; one hidden unit; even images; equal sizes",
        "픽셀 하나; 은닉 유닛 하나; 균일한 이미지; 크기가 모두 같을 때",
    ),
    hint=Text(
        "When C and R are equal, shapes no longer tell you which matrix comes first.",
        "C와 R이 같으면 모양만으로는 어느 행렬이 먼저인지 알 수 없습니다.",
    ),
)
def se_edges(draw: Draw):
    yield draw.call(*se_inputs(draw, 2, 3, 1, 1, 1))
    yield draw.call(*se_inputs(draw, 3, 3, 3, 3, 3))
    _, *rest = se_inputs(draw, 2, 4, 2, 3, 5)
    yield draw.call(np.full((2, 4, 3, 5), draw.scalar(0.5, 1.5)), *rest)
    yield draw.call(draw.normal(1, 2, 1, 1), draw.normal(1, 2, 1, 1), draw.uniform(1, 2), function="se_scale_bwd")


@se_block.check(
    "batch",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("an SE block on a batch", "배치에 대한 SE 블록"),
    hint=Text(
        "One weight for each image and channel, however many there are.",
        "개수와 상관없이 이미지와 채널마다 가중치가 하나씩 있습니다.",
    ),
)
def se_batch(draw: Draw):
    yield draw.call(*se_inputs(draw, 6, 16, 4, 9, 10))


@se_block.in_float32(points=0.5)
def se_float32(draw: Draw):
    yield draw.call(*se_inputs(draw, 2, 4, 3, 5, 6))
    sizes = (2, 3, 4, 5)
    yield draw.call(draw.normal(*sizes), draw.normal(*sizes), draw.uniform(2, 3), function="se_scale_bwd")


# -- 9. topk_error ---------------------------------------------------------------------------------------------------

topk_error = Task("topk_error", points=6, form=0.5, purity=0.5, exempt={**COMMON, **NO_UPSTREAM})


def spread_ranks(draw: Draw, N, C):
    """(S, y) in which the true classes have all ranks from 0 on, in random order of the examples."""
    S = draw.normal(N, C)
    order = np.argsort(-S, axis=1)
    return S, order[np.arange(N), draw.permutation(N) % C].astype(np.int64)


@topk_error.check(
    "small",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("top-1 and top-2 of a few examples", "샘플 몇 개의 Top-1과 Top-2"),
    hint=Text(
        "An example is right if its class is among the k best of its own row. The error is a share, not a count.",
        "정답이 자기 행의 상위 k개 안에 있으면 맞은 것입니다. 오류율은 개수가 아니라 비율입니다.",
    ),
)
def topk_small(draw: Draw):
    S, y = spread_ranks(draw, 5, 3)
    yield draw.call(S, y, 1)
    S, y = spread_ranks(draw, 7, 4)
    yield draw.call(S, y, 2)


@topk_error.check(
    "more",
    points=1.5,
    tolerance=T1,
    title=Text("top-3 and top-5 of more examples", "더 많은 샘플의 Top-3과 Top-5"),
    hint=Text(
        "The k HIGHEST scores, sorted within each row, and exactly k of them.",
        "각 행 안에서 가장 '높은' 점수, 꼭 k개입니다.",
    ),
)
def topk_more(draw: Draw):
    for k in (3, 5):
        N, C = int(draw.integers(17, 23)), int(draw.integers(8, 12))
        S, y = spread_ranks(draw, N, C)
        yield draw.call(draw.strided(S), y, k)
    S, y = spread_ranks(draw, 9, 9)
    yield draw.call(S, y, 4)


@topk_error.check(
    "ties",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("equal scores", "같은 점수"),
    hint=Text(
        "Among equal scores the class with the smaller number comes first.",
        "점수가 같으면 번호가 작은 클래스가 먼저입니다.",
    ),
)
def topk_ties(draw: Draw):
    yield draw.call(np.full((7, 6), draw.scalar(-1.0, 1.0)), draw.permutation(7) % 6, 2)
    N, C = 40, 7
    yield draw.call(draw.integers(0, 3, N, C).astype(float), draw.integers(0, C, N), 3)
    yield draw.call(draw.integers(0, 2, N, 30).astype(float), draw.integers(0, 30, N), 10)
    for many, k in ((50, 6), (70, 12)):
        yield draw.call(draw.integers(0, 2, 90, many).astype(float), draw.integers(0, many, 90), k)


@topk_error.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("fewer classes than k; no example; one example", "클래스가 k개보다 적을 때; 샘플이 없을 때; 샘플 하나"),
    hint=Text(
        "With few classes everything is among the best; without examples nothing was missed.",
        "클래스가 적으면 모두 상위 k개에 들고, 샘플이 없으면 놓친 것도 없습니다.",
    ),
)
def topk_edges(draw: Draw):
    yield draw.call(draw.normal(6, 3), draw.integers(0, 3, 6), 5)
    yield draw.call(draw.normal(4, 3), draw.integers(0, 3, 4), 3)
    yield draw.call(np.zeros((0, 4)), np.zeros(0, dtype=np.int64), 1)
    yield draw.call(np.array([[0.3, -0.2, 0.9]]), np.array([1]), 2)


@topk_error.in_float32(
    points=0.5,
    hint=Text(
    "Scores of any float dtype; the result is a Python float.", "점수의 dtype이 무엇이든 결과는 파이썬 float입니다.",
),
)  # fmt: skip
def topk_float32(draw: Draw):
    S, y = spread_ranks(draw, 12, 6)
    yield draw.call(S, y, 2)
