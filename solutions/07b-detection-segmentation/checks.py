"""Lecture 7, detection and segmentation: the inputs of every check. The reference in solution.py makes the answers."""

import itertools
import math

import numpy as np

from autograder.authoring import AUTOGRAD, CROSS_ENTROPY, STAY_WITH_TENSORS, T1, T2, Draw, Task, Text, X

TORCHVISION = ("torchvision",)
UPSAMPLING = (
    "torch.nn.functional.interpolate",
    "torch.nn.functional.upsample",
    "torch.nn.functional.grid_sample",
    "torch.nn.Upsample",
    "torch.nn.UpsamplingNearest2d",
    "torch.nn.UpsamplingBilinear2d",
)
TRANSPOSED = (
    "torch.nn.functional.conv_transpose2d",
    "torch.nn.ConvTranspose2d",
    "torch.conv_transpose2d",
    "torch.nn.grad",
)

COMMON = {
    "R4": "no upstream gradient is passed in",
    "R5": "no square matrix by nature",
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R10": "no pooling with padding",
}
NO_LOGITS = {"R9": "no logits"}

KEEP_DTYPE = Text(
    "Results must keep the dtype of the inputs: make new tensors with dtype=... or with new_zeros.",
    "결과의 dtype은 입력과 같아야 합니다. 새 텐서는 dtype=...이나 new_zeros로 만드세요.",
)


# -- helpers: numpy only ---------------------------------------------------------------------------------------------


def boxes(draw: Draw, n, *, reach=10.0, low=1.0, high=7.0):
    """(n, 4) boxes with different widths and heights."""
    corner, size = draw.uniform(n, 2, low=0.0, high=reach), draw.uniform(n, 2, low=low, high=high)
    return np.concatenate([corner, corner + size], axis=1)


def lattice(draw: Draw, n, *, reach=9, low=2, high=7):
    """(n, 4) boxes with whole-number corners: areas are exact, so that equal overlaps are equal in any arithmetic."""
    corner = draw.integers(0, reach, n, 2).astype(np.float64)
    return np.concatenate([corner, corner + draw.integers(low, high, n, 2)], axis=1)


def common_area(a, b):
    sides = np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2])
    return np.prod(np.clip(sides, 0, None), axis=2)


def overlaps(a, b):
    both = common_area(a, b)
    area = [np.prod(x[:, 2:] - x[:, :2], axis=1) for x in (a, b)]
    return both / (area[0][:, None] + area[1][None, :] - both)


def bins_agree(size, P):
    """Do i * size / P and i * (size / P) lead to the same whole numbers? Both are right ways to find a bin."""
    return all(
        math.floor(i * (size / P)) == i * size // P and math.ceil((i + 1) * (size / P)) == -(-(i + 1) * size // P)
        for i in range(P)
    )


def region(draw: Draw, H, W, P, scale, *, inside=True):
    """(x1, y1, x2, y2) in image pixels; no coordinate is near the middle between two cells."""
    low, over = (0, 0) if inside else (-3, 3)
    while True:
        x = np.sort(draw.integers(low, W + over, 2))
        y = np.sort(draw.integers(low, H + over, 2))
        h, w = int(y[1] - y[0]) + 1, int(x[1] - x[0]) + 1
        if h != w and h % P and bins_agree(h, P) and bins_agree(w, P) and (h > 2 or w > 2):
            x, y = (np.sort(ends + draw.uniform(2, low=-0.45, high=0.45)) for ends in (x, y))
            return np.array([x[0], y[0], x[1], y[1]]) / scale


def regions(draw: Draw, R, H, W, P, scale, *, inside=True):
    return np.stack([region(draw, H, W, P, scale, inside=inside) for _ in range(R)])


def pool_positions(draw: Draw, N, C, H, W, k, s):
    """(values, positions) of max-pooling with window k and stride s over different values: windows overlap if s < k."""
    plane = draw.permutation(N * C * H * W).reshape(N, C, H, W) / 7.0 - 3.0
    h, w = (H - k) // s + 1, (W - k) // s + 1
    values, positions = np.zeros((N, C, h, w)), np.zeros((N, C, h, w), dtype=np.int64)
    for n, c, i, j in itertools.product(range(N), range(C), range(h), range(w)):
        window = plane[n, c, i * s : i * s + k, j * s : j * s + k]
        y, x = divmod(int(window.argmax()), k)
        values[n, c, i, j], positions[n, c, i, j] = window[y, x], (i * s + y) * W + j * s + x
    return values, positions


def labels(draw: Draw, N, K, H, W, ignore, share=0.3):
    """(N, H, W) classes; about `share` of the pixels ignored, not the same number in every image."""
    lab = draw.integers(0, K, N, H, W)
    lab[draw.rng.random((N, H, W)) < share] = ignore
    lab[0, 0] = ignore
    lab[-1, -1, :] = (np.arange(W) + 1) % K
    return lab


def adaptive(x, b):
    """Average pooling to b x b, to keep ReLUs away from their kink."""
    H, W = x.shape[2:]
    out = np.zeros((*x.shape[:2], b, b))
    for i, j in itertools.product(range(b), range(b)):
        out[:, :, i, j] = x[:, :, i * H // b : -(-(i + 1) * H // b), j * W // b : -(-(j + 1) * W // b)].mean(
            axis=(2, 3)
        )
    return out


def pyramid(draw: Draw, N, C, H, W, bins, widths):
    """(x, bins, Ws): every map has cells above and below 0 before the ReLU, none of them near it."""
    while True:
        x = draw.normal(N, C, H, W) + 0.5 * draw.normal(N, C, 1, 1)
        ws = [draw.normal(m, C) for m in widths]
        before = [np.einsum("mc,nchw->nmhw", w, adaptive(x, b)) for w, b in zip(ws, bins, strict=True)]
        if all(np.abs(z).min() > 2e-3 for z in before) and any((z < 0).any() and (z > 0).any() for z in before):
            return x, tuple(bins), ws


# -- 1. iou, bbox_encode, bbox_decode --------------------------------------------------------------------------------

iou = Task(
    "iou",
    points=14,
    functions=("iou", "bbox_encode", "bbox_decode"),
    form=0.5,
    purity=0.5,
    forbid=TORCHVISION,
    exempt={**COMMON, **NO_LOGITS, "R14": "no hyper-parameter"},
)


@iou.check(
    "overlap",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("IoU of a few boxes", "상자 몇 개의 IoU"),
    hint=Text(
        "The union is the sum of both areas without the part that was counted twice. No +1 anywhere.",
        "합집합은 두 넓이의 합에서 두 번 센 부분을 뺀 것입니다. 어디에도 +1은 없습니다.",
    ),
)
def iou_small(draw: Draw):
    a = np.array([[0.0, 0.0, 4.0, 3.0], [1.0, 1.0, 3.0, 2.0]])
    b = np.array([[2.0, 1.0, 6.0, 4.0], [0.0, 0.0, 4.0, 3.0], [7.0, 6.0, 9.0, 9.0]])
    yield draw.call(a, b)
    yield draw.call(boxes(draw, 3), boxes(draw, 2))


@iou.check(
    "encode",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("coding boxes", "상자 부호화"),
    hint=Text(
        "Centres, not corners; in units of the anchor's size; sizes as logarithms of ratios.",
        "꼭짓점이 아니라 중심을, 앵커의 크기를 단위로 나타냅니다. 크기는 비율의 로그입니다.",
    ),
)
def encode_small(draw: Draw):
    yield draw.call(boxes(draw, 3), boxes(draw, 3), function="bbox_encode")


@iou.check(
    "decode",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("decoding boxes", "상자 복호화"),
    hint=Text(
        "Undo the coding step by step, and go back from centre and size to corners at the end.",
        "부호화를 한 단계씩 거꾸로 하고, 마지막에 중심과 크기를 꼭짓점으로 되돌리세요.",
    ),
)
def decode_small(draw: Draw):
    yield draw.call(boxes(draw, 3), draw.normal(3, 4, scale=0.6), function="bbox_decode")


@iou.check(
    "overlaps",
    points=2.5,
    tolerance=T1,
    title=Text("IoU of many boxes, far and near", "멀고 가까운 여러 상자의 IoU"),
    hint=Text(
        "Boxes can be apart in x, in y, or in both. In each case the common area is 0.",
        "상자는 x로, y로, 또는 둘 다로 떨어져 있을 수 있습니다. 어느 경우든 공통 넓이는 0입니다.",
    ),
)
def iou_many(draw: Draw):
    m, k = draw.sizes(2, 5, 9)
    yield draw.call(boxes(draw, m, reach=14.0), boxes(draw, k, reach=14.0))
    yield draw.call(draw.strided(boxes(draw, k, reach=4.0)), boxes(draw, m, reach=4.0) - 3.0)
    yield draw.call(1e-3 * boxes(draw, 3, reach=3.0), 1e-3 * boxes(draw, 4, reach=3.0))
    apart = boxes(draw, 3, high=2.0)
    yield draw.call(
        apart, np.concatenate([apart + 20.0, apart + np.array([0, 20, 0, 20]), apart - np.array([20, 0, 20, 0])])
    )


@iou.check(
    "iou-edges",
    points=1.5,
    tolerance=T1,
    edge=True,
    title=Text(
        "IoU: touching, nested, without area, no boxes", "IoU: 맞닿은 상자, 포함된 상자, 넓이가 없는 상자, 상자 없음"
    ),
    hint=Text(
        "0 / 0 is NaN. And with no boxes the result is an empty matrix of the right shape.",
        "0 / 0은 NaN입니다. 상자가 없으면 결과는 모양이 맞는 빈 행렬입니다.",
    ),
)
def iou_edges(draw: Draw):
    box = np.array([[1.0, 2.0, 5.0, 4.0]])
    point, line = np.array([[2.0, 3.0, 2.0, 3.0]]), np.array([[2.0, 3.0, 4.0, 3.0]])
    yield draw.call(
        box, np.array([[5.0, 2.0, 8.0, 4.0], [1.0, 4.0, 5.0, 9.0], [2.0, 2.5, 3.0, 3.0], [1.0, 2.0, 5.0, 4.0]])
    )
    yield draw.call(np.concatenate([point, line, box]), np.concatenate([point, line]))
    yield draw.call(np.zeros((0, 4)), boxes(draw, 3))
    yield draw.call(boxes(draw, 2), np.zeros((0, 4)))
    yield draw.call(np.full((2, 4), 1.5), np.full((1, 4), 1.5))


@iou.check(
    "encodes",
    points=1.5,
    tolerance=T1,
    title=Text("coding: more boxes", "부호화: 더 많은 상자"),
    hint=Text(
        "Widths with x, heights with y. Which of the two boxes gives the unit of length?",
        "x에는 너비, y에는 높이입니다. 두 상자 중 어느 쪽이 길이의 단위인가요?",
    ),
)
def encode_more(draw: Draw):
    n, m = draw.sizes(2, 5, 9)
    yield draw.call(boxes(draw, n), draw.strided(boxes(draw, n)), function="bbox_encode")
    yield draw.call(boxes(draw, m, low=3.0, high=20.0), boxes(draw, m, low=0.2, high=2.0), function="bbox_encode")


@iou.check(
    "decodes",
    points=1.5,
    tolerance=T1,
    title=Text("decoding: more boxes", "복호화: 더 많은 상자"),
    hint=Text(
        "Check yourself: code some boxes, decode them, and you must get them back.",
        "스스로 확인해 보세요. 상자를 부호화했다가 복호화하면 원래 상자가 나와야 합니다.",
    ),
)
def decode_more(draw: Draw):
    n, m = draw.sizes(2, 5, 9)
    yield draw.call(boxes(draw, n), draw.strided(draw.normal(n, 4)), function="bbox_decode")
    yield draw.call(boxes(draw, m, low=3.0, high=20.0), draw.normal(m, 4, loc=-0.5), function="bbox_decode")


@iou.check(
    "edges",
    points=0.75,
    tolerance=T1,
    edge=True,
    title=Text(
        "coding and decoding nothing, and a box that is its anchor", "빈 입력, 앵커와 같은 상자의 부호화와 복호화"
    ),
    hint=Text("A box that equals its anchor has the code 0, 0, 0, 0.", "앵커와 같은 상자의 부호는 0, 0, 0, 0입니다."),
)
def code_edges(draw: Draw):
    none, box = np.zeros((0, 4)), boxes(draw, 1)
    for function in ("bbox_encode", "bbox_decode"):
        yield draw.call(none, none, function=function)
    yield draw.call(box, box, function="bbox_encode")
    yield draw.call(box, np.zeros((1, 4)), function="bbox_decode")


@iou.in_float32(points=0.75, hint=KEEP_DTYPE)
def iou_float32(draw: Draw):
    yield draw.call(boxes(draw, 4, reach=4.0), boxes(draw, 3, reach=4.0))
    yield draw.call(boxes(draw, 3), boxes(draw, 3), function="bbox_encode")
    yield draw.call(boxes(draw, 3), draw.normal(3, 4, scale=0.5), function="bbox_decode")


# -- 2. rpn_anchors, rpn_labels --------------------------------------------------------------------------------------

rpn_anchors = Task(
    "rpn_anchors",
    points=18,
    functions=("rpn_anchors", "rpn_labels"),
    form=0.5,
    purity=0.5,
    forbid=TORCHVISION,
    exempt={**COMMON, **NO_LOGITS},
)


@rpn_anchors.check(
    "anchors",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("anchors of small maps", "작은 특징 맵의 앵커"),
    hint=Text(
        "The area stays the same for all ratios. Rows first, ratios fastest, half a cell to the centre.",
        "ratio가 달라도 넓이는 같습니다. 행이 먼저이고 ratio가 가장 빨리 바뀌며, 중심까지는 반 칸입니다.",
    ),
)
def anchors_small(draw: Draw):
    yield draw.call(1, 2, 8, [16.0], [1.0, 4.0])
    yield draw.call(2, 3, 16, [8.0, 20.0], [0.5, 1.0, 2.0])


@rpn_anchors.check(
    "labels",
    points=3,
    visible=True,
    tolerance=X,
    title=Text("labels of a few anchors", "앵커 몇 개의 레이블"),
    hint=Text(
        "Thresholds first, in three ways; then the best anchor of each true box, however low its overlap.",
        "먼저 두 문턱으로 세 갈래로 나누고, 그다음 정답 상자마다 가장 잘 맞는 앵커를 1로 만드세요. 겹침이 작아도 그렇습니다.",
    ),
)
def labels_small(draw: Draw):
    anchors = np.array(
        [[0, 0, 4, 4], [1, 0, 5, 4], [2, 0, 6, 4], [3, 3, 7, 7], [20, 20, 24, 24], [40, 0, 44, 4]], dtype=np.float64
    )
    gt = np.array([[0, 0, 4, 4], [22, 22, 28, 30]], dtype=np.float64)
    yield draw.call(anchors, gt, 0.7, 0.3, function="rpn_labels")
    yield draw.call(*labelled(draw, 10, 3, 0.6, 0.2), 0.6, 0.2, function="rpn_labels")


@rpn_anchors.check(
    "anchors-more",
    points=4,
    tolerance=T1,
    title=Text("anchors of other maps", "다른 특징 맵의 앵커"),
    hint=Text(
        "x goes with columns, y with rows; a scale is a length in image pixels, not in cells.",
        "x는 열, y는 행을 따라 커집니다. scale은 칸이 아니라 이미지 픽셀로 잰 길이입니다.",
    ),
)
def anchors_more(draw: Draw):
    for s, r in ((2, 3), (3, 2), (1, 4)):
        h, w = draw.sizes(2, 2, 6)
        stride = float(draw.choice([4.3, 9.7, 12.6]))
        scales = [float(v) for v in draw.uniform(s, low=5.0, high=60.0)]
        ratios = [float(v) for v in draw.uniform(r, low=0.3, high=3.0)]
        yield draw.call(h, w, stride, scales, ratios)


def labelled(draw: Draw, n, g, hi, lo):
    """Anchors and true boxes with all three labels, and a true box whose best anchor has a low overlap."""
    while True:
        anchors, gt = lattice(draw, n), lattice(draw, g)
        gt[0] = [30, 30, 30 + int(draw.integers(3, 6)), 40]
        anchors[0] = [32, 36, 40, 46]
        anchors[1] = gt[-1] + [0, 0, 1, 0]
        overlap = overlaps(anchors, gt)
        best = overlap.max(axis=1)
        clear = all(np.abs(overlap - threshold).min() > 1e-3 for threshold in (hi, lo))
        if clear and (best >= hi).any() and ((best < hi) & (best >= lo)).sum() > 2 and 0 < overlap[0, 0] < lo:
            return anchors[draw.permutation(n)], gt


@rpn_anchors.check(
    "labels-more",
    points=3.5,
    tolerance=X,
    title=Text("labels of many anchors", "많은 앵커의 레이블"),
    hint=Text(
        "Count the ones: is there at least one for every true box that some anchor touches?",
        "1의 개수를 세어 보세요. 앵커와 겹치는 정답 상자마다 적어도 하나는 있나요?",
    ),
)
def labels_more(draw: Draw):
    for hi, lo in ((0.7, 0.3), (0.5, 0.2), (0.6, 0.1)):
        n, g = int(draw.integers(14, 20)), int(draw.integers(2, 5))
        anchors, gt = labelled(draw, n, g, hi, lo)
        yield draw.call(draw.strided(anchors), gt, hi, lo, function="rpn_labels")


@rpn_anchors.check(
    "ties",
    points=1.5,
    tolerance=X,
    edge=True,
    title=Text(
        "ties, overlaps exactly at a threshold, an object out of reach",
        "동점, 정확히 문턱인 겹침, 어느 앵커와도 닿지 않는 물체",
    ),
    hint=Text(
        "The docstring says what happens to an IoU that equals hi or lo, to ties, and to a best IoU of 0.",
        "IoU가 hi나 lo와 같을 때, 동점일 때, 가장 높은 IoU가 0일 때 어떻게 하는지는 docstring에 적혀 있습니다.",
    ),
)
def labels_ties(draw: Draw):
    gt = np.array([[0, 0, 4, 4]], dtype=np.float64)
    exactly = np.array([[0, 0, 4, 4], [0, 0, 8, 4], [0, 0, 8, 8], [0, 0, 4, 5], [0, 0, 9, 8]], dtype=np.float64)
    yield draw.call(exactly, gt, 0.5, 0.25, function="rpn_labels")
    twins = np.array([[2, 0, 6, 4], [2, 0, 6, 4], [0, 3, 4, 7], [9, 9, 12, 12], [0, 2, 4, 6]], dtype=np.float64)
    yield draw.call(twins, gt, 0.9, 0.5, function="rpn_labels")
    far = np.array([[50, 50, 54, 53], [0, 0, 4, 4]], dtype=np.float64)
    yield draw.call(twins, far, 0.75, 0.25, function="rpn_labels")
    yield draw.call(twins, far[:1], 0.75, 0.25, function="rpn_labels")


@rpn_anchors.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("no true boxes; one anchor; a map of one cell", "정답 상자 없음; 앵커 하나; 칸이 하나인 특징 맵"),
    hint=Text("Without objects everything is background.", "물체가 없으면 모두 배경입니다."),
)
def anchors_edges(draw: Draw):
    yield draw.call(lattice(draw, 5), np.zeros((0, 4)), 0.7, 0.3, function="rpn_labels")
    yield draw.call(lattice(draw, 1), np.array([[0.0, 0.0, 40.0, 40.0]]), 0.7, 0.3, function="rpn_labels")
    yield draw.call(
        np.tile([2.0, 2.0, 5.0, 5.0], (3, 1)), np.array([[2.0, 2.0, 5.0, 5.0]]), 0.7, 0.7, function="rpn_labels"
    )
    yield draw.call(lattice(draw, 4), np.full((2, 4), 3.0), 0.7, 0.3, function="rpn_labels")
    yield draw.call(1, 1, 16, [32.0], [1.0])


@rpn_anchors.in_float32(points=1, hint=KEEP_DTYPE)
def anchors_float32(draw: Draw):
    anchors, gt = labelled(draw, 12, 3, 0.6, 0.3)
    yield draw.call(anchors, gt, 0.6, 0.3, function="rpn_labels")


# -- 3. roi_pool -----------------------------------------------------------------------------------------------------

roi_pool = Task(
    "roi_pool",
    points=16,
    form=0.5,
    purity=0.5,
    forbid=(*TORCHVISION, "torch.nn.functional.adaptive_max_pool2d", "torch.nn.AdaptiveMaxPool2d"),
    exempt={**COMMON, **NO_LOGITS},
)


@roi_pool.check(
    "small",
    points=4,
    visible=True,
    tolerance=T1,
    title=Text("regions that divide evenly and unevenly", "고르게 나뉘는 영역과 그렇지 않은 영역"),
    hint=Text(
        "Both end cells belong to the region. A bin begins at a floor and ends at a ceiling.",
        "양 끝 칸도 영역에 들어갑니다. 구간은 내림에서 시작해 올림에서 끝납니다.",
    ),
)
def roi_small(draw: Draw):
    yield draw.call(draw.normal(2, 6, 8), np.array([[2.0, 1.0, 5.0, 4.0], [0.0, 2.0, 5.0, 5.0]]), 2, 1.0)
    yield draw.call(draw.normal(3, 8, 9), np.array([[4.0, 2.0, 12.0, 14.0]]), 3, 0.5)


@roi_pool.check(
    "gradient",
    points=1,
    visible=True,
    tolerance=T1,
    gradient=("features",),
    title=Text("differentiable with respect to features", "features로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def roi_gradient(draw: Draw):
    H, W = draw.sizes(2, 6, 9)
    yield draw.call(draw.normal(2, H, W), regions(draw, 2, H, W, 2, 0.25), 2, 0.25)


@roi_pool.check(
    "sizes",
    points=4,
    tolerance=T1,
    title=Text("other regions, maps and grids", "다른 영역, 특징 맵, 격자"),
    hint=Text(
        "x is the column, y the row. The bins begin at the region's corner, not at the map's.",
        "x는 열, y는 행입니다. 구간은 특징 맵의 모서리가 아니라 영역의 모서리에서 시작합니다.",
    ),
)
def roi_sizes(draw: Draw):
    for P, scale in ((2, 0.5), (3, 0.25), (4, 0.5)):
        C, H, W = (int(draw.choice([2, 4])), *draw.sizes(2, 9, 13))
        yield draw.call(draw.normal(C, H, W), regions(draw, 3, H, W, P, scale), P, scale)


@roi_pool.check(
    "scales",
    points=2.5,
    tolerance=T1,
    title=Text("other scales, and maps with negative values only", "다른 scale, 음수뿐인 특징 맵"),
    hint=Text(
        "scale is cells per pixel: multiply. And where does your maximum begin when all values are negative?",
        "scale은 픽셀당 칸 수이므로 곱합니다. 그리고 모든 값이 음수라면 최댓값을 어디서부터 비교하나요?",
    ),
)
def roi_scales(draw: Draw):
    for scale in (1 / 16, 0.2, 1.0):
        C, H, W = (3, *draw.sizes(2, 7, 11))
        yield draw.call(draw.strided(-draw.positive(C, H, W)), regions(draw, 2, H, W, 3, scale), 3, scale)


@roi_pool.check(
    "clipped",
    points=1.5,
    tolerance=T1,
    title=Text("regions that leave the map", "특징 맵 밖으로 나가는 영역"),
    hint=Text(
        "Find the bins of the whole region first, then cut them off. A negative index counts from the end!",
        "먼저 영역 전체의 구간을 구하고, 그다음 잘라 내세요. 음수 인덱스는 뒤에서부터 센다는 점에 주의하세요!",
    ),
)
def roi_clipped(draw: Draw):
    C, H, W = (2, *draw.sizes(2, 6, 9))
    corners = [[-3, -2, 3, 4], [W - 3, H - 2, W + 3, H + 4], [-9, 1, -2, 4], [1, -9, 4, -2], [-4, -3, W + 4, H + 3]]
    yield draw.call(draw.normal(C, H, W) - 2.0, 4.0 * np.array(corners), 3, 0.25)
    yield draw.call(draw.normal(C, H, W) - 2.0, regions(draw, 3, H, W, 2, 0.5, inside=False), 2, 0.5)


@roi_pool.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text(
        "one cell for all bins; one bin; halves; no regions",
        "칸 하나를 여러 구간으로; 구간 하나; 반올림 경계; 영역 없음",
    ),
    hint=Text(
        "A region smaller than P x P fills several bins with the same cell. The docstring says how halves are rounded.",
        "P x P보다 작은 영역은 같은 칸이 여러 구간을 채웁니다. 0.5를 어떻게 반올림하는지는 docstring에 적혀 있습니다.",
    ),
)
def roi_edges(draw: Draw):
    yield draw.call(draw.normal(2, 4, 5), np.array([[9.0, 4.0, 9.5, 5.0]]), 3, 0.25)
    yield draw.call(draw.normal(2, 5, 4), np.array([[0.0, 1.0, 3.0, 4.0]]), 1, 1.0)
    yield draw.call(draw.normal(1, 6, 7), np.array([[1.0, 3.0, 9.0, 7.0], [5.0, 1.0, 11.0, 9.0]]), 2, 0.5)
    yield draw.call(draw.normal(2, 4, 5), np.zeros((0, 4)), 2, 0.5)
    yield draw.call(np.full((1, 4, 5), -1.5), np.array([[0.0, 0.0, 4.0, 2.0]]), 2, 1.0)


@roi_pool.in_float32(points=1, hint=KEEP_DTYPE)
def roi_float32(draw: Draw):
    yield draw.call(draw.normal(2, 8, 9), regions(draw, 2, 8, 9, 3, 0.25), 3, 0.25)


# -- 4. fcn_head, pixel_ce -------------------------------------------------------------------------------------------

fcn_head = Task(
    "fcn_head",
    points=14,
    functions=("fcn_head", "pixel_ce"),
    form=0.5,
    purity=0.5,
    forbid=(*UPSAMPLING, *AUTOGRAD, *CROSS_ENTROPY),
    exempt=COMMON,
    parts={"pixel_ce": ("loss", "d")},
)


def head_call(draw: Draw, N, C, K, h, w, up, *, strided=False):
    features = draw.normal(N, C, h, w)
    return draw.call(draw.strided(features) if strided else features, draw.normal(K, C), up)


@fcn_head.check(
    "nearest",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("scores, repeated", "점수를 그대로 반복"),
    hint=Text("Every cell becomes a block of s x s equal pixels.", "칸 하나가 같은 값의 s x s 픽셀이 됩니다."),
)
def head_nearest(draw: Draw):
    yield head_call(draw, 2, 4, 3, 2, 5, (3, "nearest"))


@fcn_head.check(
    "bilinear",
    points=1.5,
    visible=True,
    tolerance=T1,
    title=Text("scores, bilinear", "점수를 쌍선형으로"),
    hint=Text(
        "Pixel i lies at (i + 0.5) / s - 0.5, cut off at both ends. Try a row of two cells with s = 2.",
        "픽셀 i의 자리는 (i + 0.5) / s - 0.5이고 양 끝에서 자릅니다. 칸 두 개짜리 행에서 s = 2로 확인해 보세요.",
    ),
)
def head_bilinear(draw: Draw):
    yield draw.call(np.array([[[[0.0, 4.0]]], [[[8.0, -4.0]]]]), np.array([[1.0]]), (2, "bilinear"))
    yield head_call(draw, 2, 4, 3, 2, 5, (3, "bilinear"))


@fcn_head.check(
    "loss",
    points=2,
    visible=True,
    tolerance=T2,
    title=Text("loss and gradient with ignored pixels", "무시하는 픽셀이 있을 때의 손실과 기울기"),
    hint=Text(
        "Classes are axis 1. Divide by the number of pixels that count, over the whole batch.",
        "클래스는 1번 축입니다. 배치 전체에서 세는 픽셀의 수로 나누세요.",
    ),
)
def ce_small(draw: Draw):
    yield draw.call(draw.normal(2, 3, 4, 5), labels(draw, 2, 3, 4, 5, 255), 255, function="pixel_ce")
    yield draw.call(draw.normal(3, 4, 2, 5), labels(draw, 3, 4, 2, 5, 0), 0, function="pixel_ce")


@fcn_head.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T2,
    gradient=("features", "W"),
    title=Text("fcn_head: differentiable with respect to features and W", "fcn_head: features와 W로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def head_gradient(draw: Draw):
    yield head_call(draw, 2, 3, 4, 3, 5, (2, "bilinear"))


@fcn_head.check(
    "heads",
    points=2,
    tolerance=T1,
    title=Text("fcn_head: other sizes, both modes", "fcn_head: 다른 크기, 두 방식 모두"),
    hint=Text(
        "Rows and columns by themselves. At the border the outermost cell alone counts.",
        "행과 열을 따로 키우세요. 가장자리에서는 맨 바깥 칸만 셉니다.",
    ),
)
def head_more(draw: Draw):
    for up in ((2, "bilinear"), (5, "bilinear"), (4, "nearest"), (2, "nearest")):
        N, C, K = draw.sizes(3, 2, 5)
        h, w = draw.sizes(2, 3, 7)
        yield head_call(draw, N, C, K, h, w, up, strided=True)
    yield head_call(draw, 2, 3, 4, 5, 6, (2, "bilinear"))


@fcn_head.check(
    "losses",
    points=2.5,
    tolerance=T2,
    title=Text("pixel_ce: other sizes, other numbers for ignored", "pixel_ce: 다른 크기, 무시를 나타내는 다른 번호"),
    hint=Text(
        "One mean over all pixels that count, not a mean of the means of the images. Ignored pixels have gradient 0.",
        "이미지별 평균의 평균이 아니라, 세는 픽셀 전체에 대한 평균 하나입니다. 무시한 픽셀의 기울기는 0입니다.",
    ),
)
def ce_more(draw: Draw):
    for ignore in (-1, 2, 255):
        N, H, W = draw.sizes(3, 2, 6)
        K = int(draw.integers(3, 6))
        lab = labels(draw, N, K, H, W, ignore)
        yield draw.call(draw.strided(draw.normal(N, K, H, W, scale=2.0)), lab, ignore, function="pixel_ce")


@fcn_head.check(
    "extreme",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("pixel_ce: logits of about 1000", "pixel_ce: 1000 안팎의 로짓"),
    hint=Text(
        "Take the logarithm of the softmax without forming a huge exponential, and without the logarithm of 0.",
        "지나치게 큰 지수도, 0의 로그도 만들지 않고 소프트맥스의 로그를 구하세요.",
    ),
)
def ce_extreme(draw: Draw):
    z = draw.normal(2, 3, 2, 4)
    z[0, :, 0, 0], z[1, :, 1, 2], z[1, 0, 0, 1] = (1000.0, -1000.0, 0.0), (-1000.0, -999.0, -1000.0), 800.0
    lab = draw.integers(0, 3, 2, 2, 4)
    lab[0, 0, 0], lab[1, 1, 2], lab[1, 0, 1], lab[0, 1, 1] = 1, 0, 2, -1
    yield draw.call(z, lab, -1, function="pixel_ce")


@fcn_head.check(
    "all-ignored",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "pixel_ce: everything ignored; nothing ignored; one pixel",
        "pixel_ce: 모두 무시할 때; 하나도 무시하지 않을 때; 픽셀 하나",
    ),
    hint=Text(
        "Without a labelled pixel neither the loss nor the gradient may be NaN.",
        "레이블이 있는 픽셀이 없어도 손실이나 기울기가 NaN이 되면 안 됩니다.",
    ),
)
def ce_edges(draw: Draw):
    yield draw.call(draw.normal(2, 3, 2, 4), np.full((2, 2, 4), 255), 255, function="pixel_ce")
    yield draw.call(draw.normal(2, 3, 4, 2), draw.integers(0, 3, 2, 4, 2), 255, function="pixel_ce")
    yield draw.call(draw.normal(1, 4, 1, 1), draw.integers(0, 4, 1, 1, 1), -1, function="pixel_ce")


@fcn_head.check(
    "edges",
    points=0.75,
    tolerance=T1,
    edge=True,
    title=Text("fcn_head: one cell; s = 1; equal features", "fcn_head: 칸 하나; s = 1; 모두 같은 특징"),
    hint=Text(
        "With a single cell there is nothing to mix; a constant map stays constant.",
        "칸이 하나면 섞을 것이 없고, 상수인 맵은 상수로 남습니다.",
    ),
)
def head_edges(draw: Draw):
    yield head_call(draw, 2, 3, 2, 1, 1, (3, "bilinear"))
    yield head_call(draw, 1, 3, 2, 3, 4, (1, "bilinear"))
    yield head_call(draw, 1, 3, 3, 3, 1, (2, "nearest"))
    yield draw.call(np.full((1, 2, 3, 4), 1.25), draw.normal(3, 2), (3, "bilinear"))


@fcn_head.in_float32(points=0.75, hint=KEEP_DTYPE)
def head_float32(draw: Draw):
    yield head_call(draw, 2, 3, 4, 3, 5, (3, "bilinear"))
    yield draw.call(draw.normal(2, 3, 4, 5), labels(draw, 2, 3, 4, 5, 255), 255, function="pixel_ce")


# -- 5. unpool, tconv2d ----------------------------------------------------------------------------------------------

unpool = Task(
    "unpool",
    points=18,
    functions=("unpool", "tconv2d"),
    form=0.5,
    purity=0.5,
    forbid=("torch.nn.functional.max_unpool2d", "torch.nn.MaxUnpool2d", *TRANSPOSED, *AUTOGRAD),
    exempt={**COMMON, **NO_LOGITS},
)


def unpool_call(draw: Draw, N, C, H, W, k, s, *, strided=False):
    x, idx = pool_positions(draw, N, C, H, W, k, s)
    return draw.call(draw.strided(x) if strided else x, idx, (H, W))


def tconv_call(draw: Draw, N, C, channels, h, wd, kernel, s, p, *, strided=False):
    x = draw.normal(N, C, h, wd)
    return draw.call(draw.strided(x) if strided else x, draw.normal(C, channels, *kernel), s, p, function="tconv2d")


@unpool.check(
    "unpool",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("un-pooling 2 x 2 windows", "2 x 2 창의 언풀링"),
    hint=Text(
        "A position counts the cells of its own plane row by row. Every image and every channel has its own plane.",
        "위치는 자기 평면의 칸을 행 순서로 센 번호입니다. 이미지와 채널마다 평면이 따로 있습니다.",
    ),
)
def unpool_small(draw: Draw):
    yield unpool_call(draw, 2, 3, 4, 6, 2, 2)
    yield unpool_call(draw, 3, 2, 5, 7, 2, 2)


@unpool.check(
    "tconv",
    points=3.5,
    visible=True,
    tolerance=T2,
    title=Text("transposed convolution: one value, then overlapping windows", "전치 합성곱: 값 하나, 그다음 겹치는 창"),
    hint=Text(
        "A single value leaves a copy of the kernel. Overlaps add up. The padding is cut off.",
        "값 하나는 커널의 복사본을 남깁니다. 겹치면 더하고, 패딩만큼 잘라 냅니다.",
    ),
)
def tconv_small(draw: Draw):
    one = np.zeros((1, 1, 2, 3))
    one[0, 0, 1, 1] = 2.0
    yield draw.call(one, np.arange(1.0, 7.0).reshape(1, 1, 3, 2), 2, 0, function="tconv2d")
    yield tconv_call(draw, 2, 3, 4, 4, 5, (5, 2), 2, 0)
    yield tconv_call(draw, 2, 3, 2, 4, 3, (4, 3), 2, 1)


@unpool.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T2,
    gradient=("x", "w"),
    title=Text("tconv2d: differentiable with respect to x and w", "tconv2d: x와 w로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def tconv_gradient(draw: Draw):
    yield tconv_call(draw, 2, 3, 2, 3, 4, (3, 2), 2, 1)


@unpool.check(
    "unpool-gradient",
    points=0.5,
    visible=True,
    tolerance=T1,
    gradient=("x",),
    title=Text("unpool: differentiable with respect to x", "unpool: x로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def unpool_gradient(draw: Draw):
    yield unpool_call(draw, 2, 3, 4, 6, 2, 2)


@unpool.check(
    "unpool-more",
    points=2,
    tolerance=T1,
    title=Text("un-pooling: other windows, overlaps, borders left over", "언풀링: 다른 창, 겹침, 남는 테두리"),
    hint=Text(
        "Overlapping windows can name one position twice: it holds the value, not twice the value.",
        "겹치는 창에서는 한 위치가 두 번 나올 수 있습니다. 그 자리에는 값의 두 배가 아니라 값이 들어갑니다.",
    ),
)
def unpool_more(draw: Draw):
    yield unpool_call(draw, 2, 4, 6, 9, 3, 3)
    yield unpool_call(draw, 2, 3, 7, 8, 3, 1, strided=True)
    yield unpool_call(draw, 3, 2, 7, 5, 3, 2)
    yield unpool_call(draw, 2, 2, 6, 6, 2, 2)


@unpool.check(
    "tconv-more",
    points=4.5,
    tolerance=T2,
    title=Text(
        "transposed convolution: other kernels, strides and paddings", "전치 합성곱: 다른 커널, 스트라이드, 패딩"
    ),
    hint=Text(
        "Test yourself: the sum of conv(y) * x must equal the sum of y * tconv(x), for any x and y.",
        "스스로 확인해 보세요. 어떤 x와 y에 대해서도 conv(y) * x의 합은 y * tconv(x)의 합과 같아야 합니다.",
    ),
)
def tconv_more(draw: Draw):
    for kernel, s, p in (((2, 3), 1, 1), ((3, 4), 3, 0), ((5, 4), 2, 2), ((3, 3), 1, 0)):
        N, C, channels = draw.sizes(3, 2, 4)
        h, wd = draw.sizes(2, 3, 6)
        yield tconv_call(draw, N, C, channels, h, wd, kernel, s, p, strided=True)


@unpool.check(
    "unpool-edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("un-pooling: one window, equal values", "언풀링: 창 하나, 모두 같은 값"),
    hint=Text(
        "The result has the size out_shape, however small x is.", "x가 아무리 작아도 결과의 크기는 out_shape입니다."
    ),
)
def unpool_edges(draw: Draw):
    yield unpool_call(draw, 2, 1, 3, 4, 3, 1)
    yield unpool_call(draw, 1, 2, 1, 1, 1, 1)
    yield draw.call(np.full((1, 1, 2, 2), -2.5), np.array([[[[0, 3], [8, 11]]]]), (3, 4))


@unpool.check(
    "tconv-edges",
    points=1.5,
    tolerance=T2,
    edge=True,
    title=Text(
        "transposed convolution: 1 x 1 kernels, gaps, one value, as many channels out as in",
        "전치 합성곱: 1 x 1 커널, 빈틈, 값 하나, 입력과 출력 채널 수가 같을 때",
    ),
    hint=Text(
        "Where the stride is larger than the kernel, gaps of 0 remain.",
        "스트라이드가 커널보다 크면 0인 빈틈이 남습니다.",
    ),
)
def tconv_edges(draw: Draw):
    yield tconv_call(draw, 2, 3, 4, 3, 2, (1, 1), 1, 0)
    yield tconv_call(draw, 1, 2, 3, 3, 4, (2, 1), 3, 0)
    yield tconv_call(draw, 1, 2, 1, 1, 1, (3, 4), 2, 1)
    yield tconv_call(draw, 2, 3, 3, 3, 3, (3, 3), 2, 1)
    yield draw.call(np.full((1, 1, 2, 3), 0.5), draw.normal(1, 1, 3, 3), 2, 0, function="tconv2d")


@unpool.in_float32(points=1, hint=KEEP_DTYPE)
def unpool_float32(draw: Draw):
    yield unpool_call(draw, 2, 3, 4, 6, 2, 2)
    yield tconv_call(draw, 2, 3, 4, 3, 5, (3, 2), 2, 1)


# -- 6. skip_fuse ----------------------------------------------------------------------------------------------------

skip_fuse = Task("skip_fuse", points=8, form=0.5, purity=0.5, exempt={**COMMON, **NO_LOGITS, "R8": "no threshold"})


def fuse_call(draw: Draw, mode, N, C1, C2, h, w, more_h, more_w, *, strided=False):
    enc = draw.normal(N, C2, h + more_h, w + more_w)
    return draw.call(draw.normal(N, C1, h, w), draw.strided(enc) if strided else enc, mode)


@skip_fuse.check(
    "small",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("both modes, even and odd surplus", "두 방식, 짝수와 홀수로 남을 때"),
    hint=Text(
        "Cut the middle out of enc; of an odd surplus the smaller part goes at the top and on the left.",
        "enc의 한가운데를 오려 내세요. 홀수로 남으면 위와 왼쪽에서 적게 버립니다.",
    ),
)
def fuse_small(draw: Draw):
    yield fuse_call(draw, "concat", 2, 3, 4, 2, 5, 2, 4)
    yield fuse_call(draw, "add", 2, 3, 3, 4, 2, 3, 1)


@skip_fuse.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T1,
    gradient=("dec", "enc"),
    title=Text("differentiable with respect to dec and enc", "dec와 enc로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def fuse_gradient(draw: Draw):
    yield fuse_call(draw, "concat", 2, 3, 1, 2, 4, 3, 2)
    yield fuse_call(draw, "add", 2, 3, 3, 4, 5, 1, 2)


@skip_fuse.check(
    "concat",
    points=1,
    tolerance=T1,
    title=Text("concat: other sizes", "concat: 다른 크기"),
    hint=Text("The decoder's channels come first.", "디코더의 채널이 앞에 옵니다."),
)
def fuse_concat(draw: Draw):
    for surplus in ((5, 2), (1, 3), (4, 7)):
        N, C1, C2 = draw.sizes(3, 2, 5)
        yield fuse_call(draw, "concat", N, C1, C2, *draw.sizes(2, 3, 6), *surplus, strided=True)
    yield fuse_call(draw, "concat", 2, 3, 3, 4, 5, 3, 2)


@skip_fuse.check(
    "add",
    points=1,
    tolerance=T1,
    title=Text("add: other sizes", "add: 다른 크기"),
    hint=Text("The crop is the same in both modes.", "자르는 방법은 두 방식에서 같습니다."),
)
def fuse_add(draw: Draw):
    for surplus in ((5, 2), (2, 3)):
        N, C = draw.sizes(2, 2, 4)
        yield fuse_call(draw, "add", N, C, C, *draw.sizes(2, 3, 6), *surplus)


@skip_fuse.check(
    "edges",
    points=0.75,
    tolerance=T1,
    edge=True,
    title=Text("nothing to cut; one pixel; equal values", "자를 것이 없을 때; 픽셀 하나; 모두 같은 값"),
    hint=Text("A slice that ends at -0 is empty.", "-0에서 끝나는 슬라이스는 비어 있습니다."),
)
def fuse_edges(draw: Draw):
    yield fuse_call(draw, "concat", 1, 2, 3, 4, 5, 0, 0)
    yield fuse_call(draw, "add", 2, 3, 3, 4, 5, 0, 3)
    yield fuse_call(draw, "concat", 2, 1, 1, 1, 1, 3, 4)
    yield draw.call(np.full((1, 2, 3, 4), 0.5), np.full((1, 2, 4, 4), -1.5), "add")


@skip_fuse.check(
    "batch",
    points=0.5,
    tolerance=T1,
    device="cuda",
    title=Text("a level of a U-Net on a batch", "배치에 대한 U-Net의 한 단계"),
    hint=Text("The crop is the same for every image and channel.", "자르는 위치는 모든 이미지와 채널에서 같습니다."),
)
def fuse_batch(draw: Draw):
    yield fuse_call(draw, "concat", 4, 16, 12, 20, 18, 4, 5)


@skip_fuse.in_float32(points=0.75, hint=KEEP_DTYPE)
def fuse_float32(draw: Draw):
    yield fuse_call(draw, "concat", 2, 3, 4, 2, 5, 3, 2)
    yield fuse_call(draw, "add", 2, 3, 3, 4, 2, 3, 1)


# -- 7. pyramid_pool -------------------------------------------------------------------------------------------------

pyramid_pool = Task(
    "pyramid_pool",
    points=12,
    form=0.5,
    purity=0.5,
    forbid=("torch.nn.functional.adaptive_avg_pool2d", "torch.nn.AdaptiveAvgPool2d"),
    exempt={**COMMON, **NO_LOGITS, "R14": "no plain number among the arguments; bins change from case to case"},
)


@pyramid_pool.check(
    "small",
    points=3,
    visible=True,
    tolerance=T2,
    title=Text("maps that divide evenly and unevenly", "고르게 나뉘는 맵과 그렇지 않은 맵"),
    hint=Text(
        "x itself comes first. Pool, convolve, ReLU, and only then scale up.",
        "x 자신이 맨 앞에 옵니다. 풀링, 합성곱, ReLU 순이고, 키우는 것은 그다음입니다.",
    ),
)
def pyramid_small(draw: Draw):
    yield draw.call(*pyramid(draw, 2, 3, 4, 6, (1, 2), (2, 4)))
    yield draw.call(*pyramid(draw, 2, 3, 5, 7, (2, 3), (2, 1)))


@pyramid_pool.check(
    "gradient",
    points=0.5,
    visible=True,
    tolerance=T2,
    gradient=("x", "Ws"),
    title=Text("differentiable with respect to x and Ws", "x와 Ws로 미분 가능"),
    hint=STAY_WITH_TENSORS,
)
def pyramid_gradient(draw: Draw):
    yield draw.call(*pyramid(draw, 2, 3, 5, 6, (1, 3), (2, 3)))


@pyramid_pool.check(
    "sizes",
    points=3.5,
    tolerance=T2,
    title=Text("the bins of PSPNet and others", "PSPNet의 bins와 다른 bins"),
    hint=Text(
        "Each region ends at a ceiling, so neighbours may share a row. The parts stand in the order of bins.",
        "구간은 올림에서 끝나므로 이웃과 한 행을 나누어 가질 수 있습니다. 부분은 bins의 순서대로 놓입니다.",
    ),
)
def pyramid_sizes(draw: Draw):
    for bins, widths in (((1, 2, 3, 6), (2, 1, 3, 5)), ((5, 2), (3, 2)), ((3, 1, 4), (2, 3, 1))):
        N, C = draw.sizes(2, 2, 4)
        H, W = draw.sizes(2, 7, 11)
        x, bins, ws = pyramid(draw, N, C, H, W, bins, widths)
        yield draw.call(draw.strided(x), bins, ws)


@pyramid_pool.check(
    "little",
    points=1.5,
    tolerance=T2,
    title=Text("maps smaller than the bins", "bins보다 작은 맵"),
    hint=Text(
        "With b > H some regions are one and the same row. The rule of floor and ceiling still holds.",
        "b > H이면 여러 구간이 같은 행이 됩니다. 내림과 올림의 규칙은 그대로입니다.",
    ),
)
def pyramid_little(draw: Draw):
    yield draw.call(*pyramid(draw, 2, 3, 4, 5, (6, 3), (2, 3)))
    yield draw.call(*pyramid(draw, 2, 4, 2, 3, (1, 6), (3, 2)))


@pyramid_pool.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text(
        "one pixel; as many bins as rows; equal values; no bins", "픽셀 하나; 행 수만큼의 bins; 모두 같은 값; bins 없음"
    ),
    hint=Text(
        "Without bins the result is x. A constant map stays constant.",
        "bins가 없으면 결과는 x입니다. 상수인 맵은 상수로 남습니다.",
    ),
)
def pyramid_edges(draw: Draw):
    yield draw.call(draw.normal(2, 3, 1, 1), (1, 2), [draw.normal(2, 3), draw.normal(1, 3)])
    yield draw.call(*pyramid(draw, 1, 3, 4, 4, (4,), (3,)))
    yield draw.call(np.full((1, 2, 3, 5), 0.75), (2, 3), [draw.normal(2, 2), draw.normal(1, 2)])
    yield draw.call(draw.normal(1, 2, 3, 4), (), [])


@pyramid_pool.check(
    "batch",
    points=0.5,
    tolerance=T2,
    device="cuda",
    title=Text("PSPNet's bins on a batch", "배치에 대한 PSPNet의 bins"),
    hint=Text("The same regions for every image and channel.", "구간은 모든 이미지와 채널에서 같습니다."),
)
def pyramid_batch(draw: Draw):
    yield draw.call(*pyramid(draw, 4, 8, 13, 15, (1, 2, 3, 6), (2, 2, 2, 2)))


@pyramid_pool.in_float32(points=1, hint=KEEP_DTYPE)
def pyramid_float32(draw: Draw):
    yield draw.call(*pyramid(draw, 2, 3, 7, 5, (1, 2, 3), (2, 3, 2)))


# -- 8. merge_step: beyond the lecture, no points ----------------------------------------------------------------

merge_step = Task("merge_step", points=0)


def coloured_regions(draw: Draw, n, k, accept):
    """Regions, their neighbours and the picture's size, in which several plausible rules choose different pairs."""
    while True:
        sizes, hists = draw.integers(5, 60, n).astype(np.float64), draw.probabilities(n, k) ** 2
        hists = hists / hists.sum(axis=1, keepdims=True)
        pairs = [(i, j) for i in range(n) for j in range(i + 1, n) if (i, j) != (0, 1)]
        pairs = [pairs[int(i)] for i in draw.permutation(len(pairs))]
        overlap = np.array([np.minimum(hists[i], hists[j]).sum() for i, j in pairs])
        share = np.array([sizes[i] + sizes[j] for i, j in pairs]) / sizes.sum()
        first, second = np.sort(overlap - share)[::-1][:2]
        best = int((overlap - share).argmax())
        rivals = {int(x.argmax()) for x in (overlap, -share, overlap + share, -overlap - share, share - overlap)}
        i, j = pairs[best]
        if first - second > 0.02 and best not in rivals and abs(sizes[i] - sizes[j]) > 3 and accept(best):
            return sizes, hists, pairs, float(sizes.sum())


@merge_step.check(
    "small", points=0, visible=True, tolerance=T1,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("Colours that overlap speak for merging; so does being small, or one region would swallow all the others.", "색이 겹칠수록, 또 작을수록 합치기 좋습니다. 그렇지 않으면 한 영역이 다른 것을 모두 삼켜 버립니다."),
)  # fmt: skip
def merge_step_small(draw: Draw):
    yield draw.call(*coloured_regions(draw, 4, 3, lambda best: True))
    yield draw.call(*coloured_regions(draw, 5, 4, lambda best: best > 0))


@merge_step.check(
    "more", points=0, tolerance=T1,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("Colours that overlap speak for merging; so does being small, or one region would swallow all the others.", "색이 겹칠수록, 또 작을수록 합치기 좋습니다. 그렇지 않으면 한 영역이 다른 것을 모두 삼켜 버립니다."),
)  # fmt: skip
def merge_step_more(draw: Draw):
    yield draw.call(*coloured_regions(draw, 6, 5, lambda best: best > 1))
    sizes, hists, pairs, total = coloured_regions(draw, 7, 4, lambda best: best > 0)
    yield draw.call(sizes, draw.strided(hists), pairs, total)
    yield draw.call(sizes, hists, [pairs[1], pairs[0], pairs[3]], total)
    close = np.array([[0.5, 0.5], [0.5, 0.5], [0.6, 0.4]])  # the large region is only a little less alike
    yield draw.call(np.array([2.0, 3.0, 19.0]), close, [(0, 2), (0, 1)], 24.0)


@merge_step.check(
    "edges", points=0, tolerance=T1, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def merge_step_edges(draw: Draw):
    yield draw.call(np.array([3.0, 8.0]), draw.probabilities(2, 3), [(1, 0)], 11.0)
    h = np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    yield draw.call(np.array([4.0, 4.0, 4.0]), h, [(1, 2), (0, 1), (0, 2)], 16.0)
    yield draw.call(np.array([2.0, 6.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), [(0, 1)], 8.0)
    yield draw.call(np.array([9.0, 4.0, 5.0]), np.ones((3, 1)), [(0, 2), (1, 2)], 20.0)


@merge_step.in_float32(
    points=0, hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다.")
)
def merge_step_float32(draw: Draw):
    yield draw.call(*coloured_regions(draw, 5, 3, lambda best: True))
