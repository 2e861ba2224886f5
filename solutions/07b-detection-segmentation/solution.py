# %% [markdown] lang="en"
# # Object detection and segmentation
#
# Lecture 7, second half. A classifier says *what* is in an image; here you build the parts that say *where*. For detection:
# overlap and coding of boxes, anchors and their labels, ROI pooling. For segmentation: scores for every pixel with their
# loss, un-pooling and transposed convolution, skip connections, pyramid pooling. On the way your own functions find objects
# among a thousand anchors, squeeze regions of any size into one shape, and colour every pixel of small scenes.

# %% [markdown] lang="ko"
# # 객체 탐지와 이미지 분할
#
# 7강 후반부 과제입니다. 분류기는 이미지에 *무엇*이 있는지 말해 줍니다. 여기서는 *어디에* 있는지 말해 주는 부품들을 만듭니다. 탐지에서는 상자의
# 겹침과 부호화, 앵커와 그 레이블, ROI 풀링을, 분할에서는 픽셀마다의 점수와 손실, 언풀링과 전치 합성곱, 스킵 연결, 피라미드 풀링을
# 구현합니다. 중간중간 여러분이 만든 함수로 천 개 남짓한 앵커 가운데서 물체를 찾고, 크기가 제각각인 영역을 한 모양으로 모으고, 작은 장면의 모든
# 픽셀에 색을 칠해 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Detection.** R-CNN runs a CNN on every proposed region. Fast R-CNN runs it once on the whole image and cuts the regions out
# of the feature map (*ROI pooling*). Faster R-CNN lets the network propose the regions as well: at each cell of the feature map it
# judges a fixed set of boxes, the *anchors*, and predicts how to move them onto an object.
#
# **Segmentation.** An FCN keeps everything convolutional and scales a coarse map of class scores up to the size of the image.
# What is lost on the way down comes back by skip connections (FCN, U-Net), by remembered positions of the maxima and
# learned up-sampling (un-pooling and deconvolution), and by a view of the surroundings at several scales (PSPNet).
#
# | part | in one formula |
# |---|---|
# | overlap of two boxes | $\mathrm{IoU}(A,B)=\lvert A\cap B\rvert\,/\,\lvert A\cup B\rvert$ |
# | box relative to an anchor | $\big(\tfrac{x-x_a}{w_a},\tfrac{y-y_a}{h_a},\log\tfrac{w}{w_a},\log\tfrac{h}{h_a}\big)$, centres and sizes |
# | ROI or pyramid bin $i$ of $P$ over $h$ rows | from $\lfloor ih/P\rfloor$ up to $\lceil(i+1)h/P\rceil$ |
# | transposed convolution | size $(h-1)s-2p+k$; $\langle Ax,y\rangle=\langle x,A^\top y\rangle$ |
#
# %% [markdown] lang="en"
# ### Often confused
#
# - In the original R-CNN the network delivers *features* only; separate SVMs give the label and regressors the box. One
#   network with two outputs came with Fast R-CNN.
# - FCN *adds* its skip connections, U-Net *concatenates* them.
# - "Deconvolution" is not the inverse of a convolution but its **transpose**: it sends every value back to where it came from, and
#   does not restore what was there.
#
# ### Conventions
#
# - Images and feature maps are `(N, C, H, W)`. Boxes are `(x1, y1, x2, y2)`: x runs to the right (columns), y downwards (rows),
#   and a box has the width `x2 - x1`, without +1.
# - Convolution is cross-correlation; there are no biases in this notebook.
# - Up-sampling is done with `align_corners=False`.
# - Results have the dtype and device of the inputs, losses are 0-d tensors, and no function changes its inputs.

# %% [markdown] lang="ko"
# ## 복습
#
# **탐지.** R-CNN은 제안된 영역마다 CNN을 따로 돌립니다. Fast R-CNN은 이미지 전체에 CNN을 한 번만 돌리고 특징 맵에서 영역을 오려 냅니다(*ROI 풀링*).
# Faster R-CNN은 영역 제안까지 신경망에 맡깁니다. 특징 맵의 칸마다 정해진 상자들, 곧 *앵커*를 평가하고, 앵커를 어떻게 옮기면 물체에 맞는지
# 예측합니다.
#
# **분할.** FCN은 처음부터 끝까지 합성곱만 쓰고, 거친 클래스 점수 맵을 이미지 크기로 키웁니다. 내려가면서 잃은 정보는 스킵 연결(FCN, U-Net),
# 최댓값의 위치 기억과 학습된 업샘플링(언풀링과 디컨볼루션), 여러 크기로 주변을 둘러보는 방법(PSPNet)으로 되찾습니다.
#
# | 부품 | 식 하나로 |
# |---|---|
# | 두 상자의 겹침 | $\mathrm{IoU}(A,B)=\lvert A\cap B\rvert\,/\,\lvert A\cup B\rvert$ |
# | 앵커를 기준으로 한 상자 | $\big(\tfrac{x-x_a}{w_a},\tfrac{y-y_a}{h_a},\log\tfrac{w}{w_a},\log\tfrac{h}{h_a}\big)$, 중심과 크기 |
# | 높이 $h$를 $P$개로 나눈 $i$번째 구간(ROI, 피라미드) | $\lfloor ih/P\rfloor$부터 $\lceil(i+1)h/P\rceil$ 앞까지 |
# | 전치 합성곱 | 크기 $(h-1)s-2p+k$; $\langle Ax,y\rangle=\langle x,A^\top y\rangle$ |
#
# %% [markdown] lang="ko"
# ### 자주 헷갈리는 점
#
# - 원래의 R-CNN에서 신경망은 *특징*만 뽑습니다. 레이블은 별도의 SVM이, 상자는 별도의 회귀기가 정합니다. 신경망 하나가 두 가지를 모두 출력하게 된
#   것은 Fast R-CNN부터입니다.
# - FCN은 스킵 연결을 *더하고*, U-Net은 *이어 붙입니다*.
# - "디컨볼루션"은 합성곱의 역연산이 아니라 **전치**입니다. 값을 왔던 자리로 되돌려 보낼 뿐, 원래 있던 값을 복원하지는 않습니다.
#
# ### 이 노트북의 약속
#
# - 이미지와 특징 맵은 `(N, C, H, W)`입니다. 상자는 `(x1, y1, x2, y2)`이고, x는 오른쪽(열), y는 아래쪽(행)으로 커지며, 상자의 너비는 +1 없이
#   `x2 - x1`입니다.
# - 합성곱은 교차 상관이고, 이 노트북에는 편향이 없습니다.
# - 업샘플링은 `align_corners=False` 방식입니다.
# - 결과의 dtype과 device는 입력과 같고, 손실은 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않습니다.

# %%
import math

import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# Small scenes with discs (class 1) and bars (class 2), and a pencil for boxes. Used in the pictures only.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 원판(클래스 1)과 막대(클래스 2)가 있는 작은 장면과 상자를 그리는 도구입니다. 그림에서만 씁니다.


# %% tags=["provided"]
def toy_scenes(n, size, seed, noise=0.25):
    """
    [en]
    n scenes: (images (n, 1, size, size), labels (n, size, size) int64, boxes: list of n tensors (k, 4)).
    [ko]
    장면 n개: (이미지 (n, 1, size, size), 레이블 (n, size, size) int64, 상자: 텐서 (k, 4) n개의 리스트).
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    y, x = torch.meshgrid(torch.arange(size) + 0.5, torch.arange(size) + 0.5, indexing="ij")
    images, labels, boxes = [], [], []
    for _ in range(n):
        label, corners = torch.zeros(size, size, dtype=torch.int64), []
        for k in range(12):
            u = torch.rand(4, generator=generator)
            if k % 2 == 0:
                r = size * (0.1 + 0.1 * u[2])
                cx, cy = r + (size - 2 * r) * u[0], r + (size - 2 * r) * u[1]
                inside, kind, box = (x - cx) ** 2 + (y - cy) ** 2 < r**2, 1, [cx - r, cy - r, cx + r, cy + r]
            else:
                w, h = size * (0.12 + 0.1 * u[2]), size * (0.35 + 0.2 * u[3])
                left, top = (size - w) * u[0], (size - h) * u[1]
                inside, kind = (x >= left) & (x < left + w) & (y >= top) & (y < top + h), 2
                box = [left, top, left + w, top + h]
            near = F.max_pool2d((label > 0).float()[None, None], 5, 1, 2)[0, 0] > 0
            if len(corners) < 3 and not near[inside].any():
                label[inside] = kind
                corners.append([float(v) for v in box])
        shade = torch.tensor([0.0, 0.65, 1.0])[label]
        images.append(shade + noise * torch.randn(size, size, generator=generator))
        labels.append(label)
        boxes.append(torch.tensor(corners))
    return torch.stack(images)[:, None], torch.stack(labels), boxes


def pencil(ax, boxes, **style):
    """
    [en]
    Draws boxes (k, 4) into a picture.
    [ko]
    그림에 상자 (k, 4)를 그립니다.
    [/]
    """
    label = style.pop("label", None)
    for x1, y1, x2, y2 in boxes.tolist():
        ax.plot([x1, x2, x2, x1, x1], [y1, y1, y2, y2, y1], label=label, **style)
        label = None


# %% [markdown] lang="en" task="iou"
# ## 1. Boxes: overlap and coding (14 points)
#
# How well does one box match another? The *intersection over union* is 1 for equal boxes, 0 for boxes without common area, and does
# not depend on the unit of length. Watch out where the boxes do not meet: the "width" of their intersection is negative then,
# and two negative numbers have a positive product.
#
# A network does not predict corners. It predicts how an anchor must be moved, in units of the anchor's size, and by which factor
# it must grow, as a logarithm: so that small and large objects are equally hard, and a width can never become negative.

# %% [markdown] lang="ko" task="iou"
# ## 1. 상자: 겹침과 부호화 (14점)
#
# 두 상자는 서로 얼마나 잘 맞을까요? *IoU*(교집합/합집합)는 상자가 같으면 1, 겹치는 넓이가 없으면 0이고, 길이의 단위와는 관계가 없습니다. 상자가 만나지
# 않을 때를 조심하세요. 이때 교집합의 "너비"는 음수가 되는데, 음수 둘을 곱하면 양수가 됩니다.
#
# 신경망은 꼭짓점을 직접 예측하지 않습니다. 앵커를 얼마나 옮겨야 하는지는 앵커의 크기를 단위로, 몇 배로 키워야 하는지는 로그로 예측합니다. 그래야
# 작은 물체와 큰 물체의 난이도가 같아지고, 너비가 음수가 되는 일도 없습니다.


# %% task="iou"
def iou(a, b):
    """
    [en]
    Intersection over union of every box in a with every box in b.

    a: (M, 4), b: (K, 4) float tensors, rows (x1, y1, x2, y2) with x1 <= x2, y1 <= y2. M or K may be 0. Returns (M, K).

    Width x2 - x1, height y2 - y1, without +1. Boxes that do not meet, or only touch, have IoU 0; where the union has
    area 0, IoU is 0, too.
    Forbidden: torchvision.
    [ko]
    a의 모든 상자와 b의 모든 상자 사이의 IoU를 구합니다.

    a: (M, 4), b: (K, 4) float 텐서, 한 행이 (x1, y1, x2, y2)이고 x1 <= x2, y1 <= y2입니다. M이나 K가 0일 수 있습니다.
    결과: (M, K).

    너비는 x2 - x1, 높이는 y2 - y1이며 +1은 없습니다. 만나지 않거나 맞닿기만 한 상자의 IoU는 0이고, 합집합의 넓이가 0일
    때도 IoU는 0입니다.
    사용 금지: torchvision.
    [/]
    """
    ### BEGIN SOLUTION
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    common = (high - low).clamp(min=0).prod(dim=2)
    area_a = (a[:, 2:] - a[:, :2]).prod(dim=1)
    area_b = (b[:, 2:] - b[:, :2]).prod(dim=1)
    union = area_a[:, None] + area_b[None, :] - common
    return torch.where(union > 0, common / union, torch.zeros_like(union))
    ### END SOLUTION


def bbox_encode(anchor, gt):
    """
    [en]
    Boxes relative to their anchors, row by row.

    anchor, gt: (N, 4) float tensors, rows (x1, y1, x2, y2) with positive width and height. N may be 0.
    Returns (N, 4), rows (tx, ty, tw, th).
    [ko]
    상자를 앵커를 기준으로 나타냅니다. 같은 행끼리 짝을 이룹니다.

    anchor, gt: (N, 4) float 텐서, 한 행이 (x1, y1, x2, y2)이고 너비와 높이는 양수입니다. N이 0일 수 있습니다.
    결과: (N, 4), 한 행이 (tx, ty, tw, th)입니다.
    [/]

        tx = (x - xa) / wa,  ty = (y - ya) / ha,  tw = log(w / wa),  th = log(h / ha)

    [en]
    x, y, w, h: centre, width and height of gt; xa, ya, wa, ha: those of the anchor. Natural log, no further scaling.
    Forbidden: torchvision.
    [ko]
    x, y, w, h는 gt의 중심, 너비, 높이이고, xa, ya, wa, ha는 앵커의 것입니다. 로그는 자연로그이고 다른 배율은 없습니다.
    사용 금지: torchvision.
    [/]
    """
    ### BEGIN SOLUTION
    size, gt_size = anchor[:, 2:] - anchor[:, :2], gt[:, 2:] - gt[:, :2]
    shift = (gt[:, :2] + gt[:, 2:] - anchor[:, :2] - anchor[:, 2:]) / 2
    return torch.cat([shift / size, (gt_size / size).log()], dim=1)
    ### END SOLUTION


def bbox_decode(anchor, t):
    """
    [en]
    The inverse of bbox_encode: bbox_decode(anchor, bbox_encode(anchor, gt)) is gt.

    anchor: (N, 4), rows (x1, y1, x2, y2). t: (N, 4), rows (tx, ty, tw, th). N may be 0. Returns (N, 4), rows (x1, y1, x2, y2).

    Nothing is clipped.
    Forbidden: torchvision.
    [ko]
    bbox_encode의 역입니다. 즉 bbox_decode(anchor, bbox_encode(anchor, gt))는 gt입니다.

    anchor: (N, 4), 한 행이 (x1, y1, x2, y2). t: (N, 4), 한 행이 (tx, ty, tw, th). N이 0일 수 있습니다.
    결과: (N, 4), 한 행이 (x1, y1, x2, y2)입니다.

    아무것도 잘라 내지 않습니다.
    사용 금지: torchvision.
    [/]
    """
    ### BEGIN SOLUTION
    size = anchor[:, 2:] - anchor[:, :2]
    centre = (anchor[:, :2] + anchor[:, 2:]) / 2 + t[:, :2] * size
    half = size * t[:, 2:].exp() / 2
    return torch.cat([centre - half, centre + half], dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="iou" hint=1
# The intersection begins at the larger of the two left edges and ends at the smaller of the two right ones; the same holds for y.
# `a[:, None]` and `b[None, :]` bring every pair together. For the coding, change from corners to centre and size first.

# %% [markdown] lang="ko" task="iou" hint=1
# 교집합은 두 왼쪽 변 중 더 큰 값에서 시작해 두 오른쪽 변 중 더 작은 값에서 끝납니다. y도 마찬가지입니다. `a[:, None]`과 `b[None, :]`로 모든 짝을
# 만들 수 있습니다. 부호화에서는 먼저 꼭짓점을 중심과 크기로 바꾸세요.

# %% [markdown] lang="en" task="iou" hint=2
# $I=\max(0,\min(x_2,x_2')-\max(x_1,x_1'))\cdot\max(0,\min(y_2,y_2')-\max(y_1,y_1'))$, $\;\mathrm{IoU}=I/(|A|+|B|-I)$.
# Decoding: $x=x_a+t_xw_a,\;w=w_ae^{t_w}$, and the corners are $x\pm w/2$.

# %% [markdown] lang="ko" task="iou" hint=2
# $I=\max(0,\min(x_2,x_2')-\max(x_1,x_1'))\cdot\max(0,\min(y_2,y_2')-\max(y_1,y_1'))$, $\;\mathrm{IoU}=I/(|A|+|B|-I)$.
# 복호화는 $x=x_a+t_xw_a,\;w=w_ae^{t_w}$이고 꼭짓점은 $x\pm w/2$입니다.

# %% [markdown] lang="en"
# ### See it: how fast overlap is lost
#
# Left: three predictions for one object (black) with their IoU; a box that looks "nearly right" has 0.5. Right: the IoU of a box of
# 8 x 4 with itself, moved by (dx, dy). The contour of 0.5 is reached after a third of the width or of the height.

# %% [markdown] lang="ko"
# ### 직접 보기: 겹침은 얼마나 빨리 사라질까
#
# 왼쪽은 물체 하나(검은색)에 대한 예측 세 개와 그 IoU입니다. "거의 맞은 듯한" 상자의 IoU가 0.5쯤입니다. 오른쪽은 8 x 4 상자를 (dx, dy)만큼 옮겼을 때 원래
# 상자와의 IoU입니다. 너비나 높이의 3분의 1만 움직여도 0.5의 등고선에 닿습니다.

# %% tags=["explore"]
if ready(iou):
    import matplotlib.pyplot as plt

    truth = torch.tensor([[2.0, 1.0, 10.0, 5.0]])
    guesses = torch.tensor([[2.4, 1.3, 10.6, 5.4], [4.2, 1.4, 11.4, 6.0], [7.5, 3.2, 13.5, 7.0]])
    shift_x, shift_y = torch.meshgrid(torch.linspace(-9, 9, 145), torch.linspace(-5, 5, 81), indexing="xy")
    moved = torch.tensor([0.0, 0.0, 8.0, 4.0]) + torch.stack([shift_x, shift_y, shift_x, shift_y], dim=-1).reshape(
        -1, 4
    )
    overlap = iou(moved, torch.tensor([[0.0, 0.0, 8.0, 4.0]])).reshape(shift_x.shape)

    figure, axes = plt.subplots(1, 2, figsize=(12.5, 4.2), constrained_layout=True)
    pencil(axes[0], truth, color="black", lw=3)
    for guess, color in zip(guesses, ["#009E73", "#E69F00", "#D55E00"]):
        value = iou(guess[None], truth).item()
        pencil(axes[0], guess[None], color=color, lw=2, label=f"IoU {value:.2f}")
    axes[0].set(
        xlim=(0, 15),
        ylim=(8.5, 0),
        aspect="equal",
        title="three predictions for the black box",
        xlabel="x",
        ylabel="y (downwards)",
    )
    axes[0].legend(frameon=False, loc="upper right")
    image = axes[1].contourf(
        shift_x, shift_y, overlap, levels=[0, 0.001, *[k / 10 for k in range(1, 11)]], cmap="viridis"
    )
    axes[1].contour(shift_x, shift_y, overlap, levels=[0.5], colors="white", linewidths=2)
    axes[1].set(xlabel="dx", ylabel="dy", aspect="equal", title="IoU after a shift (white: 0.5)")
    figure.colorbar(image, ax=axes[1], shrink=0.8)
    plt.show()

# %% [markdown] lang="en" task="rpn_anchors"
# ## 2. Anchors and their labels (18 points)
#
# At every cell of the feature map sit the same few boxes, in several sizes and shapes. The *scale* fixes the area, whatever the shape:
# a tall box is narrow. To train the network, each anchor needs a label: 1 if it matches an object well, 0 if it is clearly
# background, and -1 ("ignore") between the two thresholds, where punishing either answer would be unfair. A small or odd object may have
# no good anchor at all; therefore the best anchor of each object counts as a match, however low its IoU.

# %% [markdown] lang="ko" task="rpn_anchors"
# ## 2. 앵커와 레이블 (18점)
#
# 특징 맵의 칸마다 크기와 모양이 다른 상자 몇 개가 똑같이 놓입니다. *scale*은 모양과 관계없이 넓이를 정합니다. 그래서 키가 큰 상자는 폭이 좁습니다.
# 신경망을 학습시키려면 앵커마다 레이블이 필요합니다. 물체와 잘 맞으면 1, 배경이 분명하면 0, 두 문턱 사이라서 어느 쪽으로도 벌주기 곤란하면
# -1("무시")입니다. 작거나 특이한 물체는 잘 맞는 앵커가 하나도 없을 수 있습니다. 그래서 물체마다 가장 잘 맞는 앵커는 IoU가 아무리 낮아도 1로
# 칩니다.


# %% task="rpn_anchors"
def rpn_anchors(h, w, stride, scales, ratios):
    """
    [en]
    All anchors of a feature map with h rows and w columns, in image coordinates.

    h, w: ints >= 1. stride: float or int > 0, image pixels per cell. scales: list of S floats. ratios: list of R floats > 0.
    Returns (h*w*S*R, 4) float64, rows (x1, y1, x2, y2).

    The cell in row i and column j has its centre at x = (j + 0.5) * stride, y = (i + 0.5) * stride. An anchor with scale s
    and ratio r has the area s^2 (in image pixels) and r = height / width.
    Order: rows, then columns, then scales, then ratios; the ratio changes fastest. Nothing is clipped to the image.
    Forbidden: torchvision.
    [ko]
    행이 h개, 열이 w개인 특징 맵의 모든 앵커를 이미지 좌표로 구합니다.

    h, w: int >= 1. stride: float 또는 int > 0, 한 칸에 해당하는 이미지 픽셀 수. scales: float S개의 리스트.
    ratios: float(> 0) R개의 리스트. 결과: (h*w*S*R, 4) float64, 한 행이 (x1, y1, x2, y2)입니다.

    i행 j열 칸의 중심은 x = (j + 0.5) * stride, y = (i + 0.5) * stride입니다. scale이 s이고 ratio가 r인 앵커의 넓이는
    s^2(이미지 픽셀)이고 r = 높이 / 너비입니다.
    순서: 행, 열, scale, ratio 순이며 ratio가 가장 빨리 바뀝니다. 이미지 밖으로 나가도 자르지 않습니다.
    사용 금지: torchvision.
    [/]
    """
    ### BEGIN SOLUTION
    shapes = [[s / r**0.5, s * r**0.5] for s in scales for r in ratios]
    half = torch.tensor(shapes, dtype=torch.float64) / 2
    y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    centre = (torch.stack([x, y], dim=-1).reshape(-1, 1, 2).to(half.dtype) + 0.5) * stride
    return torch.cat([centre - half, centre + half], dim=2).reshape(-1, 4)
    ### END SOLUTION


def rpn_labels(anchors, gt, hi, lo):
    """
    [en]
    Training labels of anchors: 1 (object), 0 (background), -1 (ignored). Returns (N,) int64.

    anchors: (N, 4), N >= 1. gt: (G, 4), the true boxes; G may be 0, and a box may have no area. hi, lo: floats, 0 < lo <= hi <= 1.

    With the best IoU of an anchor over all true boxes: >= hi gives 1, < lo gives 0, everything between gives -1.
    After that, for each true box: ALL anchors that reach its highest IoU (ties included) get 1, unless this IoU is 0.
    Without true boxes all labels are 0. You may use your iou.
    Forbidden: torchvision.
    [ko]
    앵커의 학습용 레이블을 정합니다. 1(물체), 0(배경), -1(무시). 결과: (N,) int64.

    anchors: (N, 4), N >= 1. gt: (G, 4), 정답 상자. G가 0일 수 있고 넓이가 없는 상자도
    있을 수 있습니다. hi, lo: float, 0 < lo <= hi <= 1.

    앵커마다 모든 정답 상자와의 IoU 중 가장 큰 값이 hi 이상이면 1, lo 미만이면 0, 그 사이면 -1입니다.
    그다음, 정답 상자마다 가장 높은 IoU에 이르는 앵커는 '모두'(동점 포함) 1이 됩니다. 단, 그 IoU가 0이면 예외입니다.
    정답 상자가 없으면 모든 레이블이 0입니다. 앞에서 만든 iou를 써도 됩니다.
    사용 금지: torchvision.
    [/]
    """
    ### BEGIN SOLUTION
    labels = torch.zeros(len(anchors), dtype=torch.int64, device=anchors.device)
    if len(gt) == 0:
        return labels
    overlap = iou(anchors, gt)
    best = overlap.amax(dim=1)
    labels[best >= lo] = -1
    labels[best >= hi] = 1
    top = overlap.amax(dim=0)
    labels[((overlap == top) & (top > 0)).any(dim=1)] = 1
    return labels
    ### END SOLUTION


# %% [markdown] lang="en" task="rpn_anchors" hint=1
# Two unknowns, two equations: $wh=s^2$ and $h/w=r$. For the labels work on the matrix of all overlaps: one axis asks "which object
# suits this anchor best?", the other one "which anchor suits this object best?".

# %% [markdown] lang="ko" task="rpn_anchors" hint=1
# 미지수 둘에 식도 둘입니다. $wh=s^2$이고 $h/w=r$입니다. 레이블은 모든 겹침을 담은 행렬에서 구하세요. 한 축은 "이 앵커에 가장 맞는 물체는?"을,
# 다른 축은 "이 물체에 가장 맞는 앵커는?"을 묻습니다.

# %% [markdown] lang="en" task="rpn_anchors" hint=2
# $w=s/\sqrt r,\;h=s\sqrt r$. With $O_{ng}=\mathrm{IoU}$: $b_n=\max_gO_{ng}$ decides between 1, -1 and 0; then anchor $n$ gets 1 if
# $O_{ng}=\max_mO_{mg}>0$ for some $g$.

# %% [markdown] lang="ko" task="rpn_anchors" hint=2
# $w=s/\sqrt r,\;h=s\sqrt r$. $O_{ng}=\mathrm{IoU}$라 하면 $b_n=\max_gO_{ng}$가 1, -1, 0을 가르고, 그다음 어떤 $g$에 대해
# $O_{ng}=\max_mO_{mg}>0$이면 앵커 $n$은 1이 됩니다.

# %% [markdown] lang="en"
# ### See it: more than a thousand anchors look for three objects
#
# Left: the nine anchors of one cell; three areas, three shapes. Middle: of all the anchors your `rpn_labels` calls a few objects (green)
# and ignores some (orange); the rest is background. Right: what a perfect network would make of the green ones. It predicts
# `bbox_encode`, and `bbox_decode` moves every one of them exactly onto its object.

# %% [markdown] lang="ko"
# ### 직접 보기: 천 개가 넘는 앵커로 물체 세 개 찾기
#
# 왼쪽은 한 칸의 앵커 아홉 개로, 넓이 세 가지에 모양 세 가지입니다. 가운데를 보면 전체 앵커 가운데 여러분의 `rpn_labels`가 물체로 판정한 것(초록)은
# 몇 개뿐이고, 일부는 무시하며(주황), 나머지는 배경입니다. 오른쪽은 완벽한 신경망이 초록 앵커로 만들어 낼 결과입니다. `bbox_encode`를 예측하면
# `bbox_decode`가 앵커를 물체 위로 정확히 옮깁니다.

# %% tags=["explore"]
if ready(iou, bbox_encode, bbox_decode, rpn_anchors, rpn_labels):
    import matplotlib.pyplot as plt

    images, _, boxes = toy_scenes(1, 96, seed=18)
    gt = boxes[0].double()
    anchors = rpn_anchors(12, 12, 8, [12.0, 22.0, 40.0], [0.5, 1.0, 2.0])
    labels = rpn_labels(anchors, gt, 0.6, 0.35)
    positive = anchors[labels == 1]
    owner = gt[iou(positive, gt).argmax(dim=1)]

    figure, axes = plt.subplots(1, 3, figsize=(13.5, 4.6), constrained_layout=True)
    for ax in axes:
        ax.imshow(images[0, 0].numpy(), cmap="gray", extent=(0, 96, 96, 0), vmin=-0.5, vmax=1.5)
        ax.set(xlim=(-6, 102), ylim=(102, -6), xticks=[], yticks=[])
    for k, color in enumerate(["#56B4E9", "#E69F00", "#CC79A7"]):
        pencil(axes[0], anchors.reshape(12, 12, 3, 3, 4)[5, 6, k], color=color, lw=2, label=f"scale {[12, 22, 40][k]}")
    axes[0].set_title("the nine anchors of one cell")
    axes[0].legend(loc="lower left", fontsize=8)
    pencil(
        axes[1], anchors[labels == -1], color="#E69F00", lw=0.7, alpha=0.8, label=f"{int((labels == -1).sum())} ignored"
    )
    pencil(axes[1], positive, color="#00C08A", lw=1.6, label=f"{len(positive)} objects")
    axes[1].set_title(f"labels of {len(anchors)} anchors")
    axes[1].legend(loc="lower left", fontsize=8)
    pencil(axes[2], gt, color="white", lw=4.5, label="true boxes")
    pencil(
        axes[2],
        bbox_decode(positive, bbox_encode(positive, owner)),
        color="#00A070",
        lw=1.8,
        ls="--",
        label="decoded anchors",
    )
    axes[2].set_title("after moving the green anchors")
    axes[2].legend(loc="lower left", fontsize=8, facecolor="0.2", framealpha=1, labelcolor="white")
    plt.show()

# %% [markdown] lang="en" task="roi_pool"
# ## 3. ROI pooling (16 points)
#
# The layers behind the CNN want inputs of one size, the regions come in all sizes. ROI pooling lays a grid of $P\times P$ bins over
# the region and keeps the maximum of each bin. The region is given in pixels of the image; `scale` takes it to the feature map, where
# it is rounded to whole cells. If its height is not divisible by $P$, the bins overlap: each begins at a floor and ends at a ceiling,
# so that every cell is seen and no bin is empty.

# %% [markdown] lang="ko" task="roi_pool"
# ## 3. ROI 풀링 (16점)
#
# CNN 뒤의 층은 크기가 일정한 입력을 원하는데, 영역의 크기는 제각각입니다. ROI 풀링은 영역을 $P\times P$개의 구간으로 나누고 구간마다 최댓값을
# 남깁니다. 영역은 이미지의 픽셀로 주어지고, `scale`을 곱하면 특징 맵의 좌표가 되며, 거기서 정수 칸으로 반올림합니다. 높이가 $P$로 나누어떨어지지
# 않으면 구간이 서로 겹칩니다. 시작은 내림, 끝은 올림이므로 빠지는 칸도, 빈 구간도 없습니다.


# %% task="roi_pool"
def roi_pool(features, rois, P, scale):
    """
    [en]
    Max-pools regions of a feature map to P x P. Returns (R, C, P, P).

    features: (C, H, W). rois: (R, 4), rows (x1, y1, x2, y2) in image coordinates, x1 <= x2, y1 <= y2; R may be 0.
    P: int >= 1. scale: float > 0, cells per image pixel (1/16, say).

    1. Each coordinate v becomes the cell floor(v * scale + 0.5). Both end cells belong to the region: its height is
       h = y2 - y1 + 1 cells, its width w = x2 - x1 + 1.
    2. Bin row i covers the rows from y1 + floor(i h / P) up to, not including, y1 + ceil((i + 1) h / P); columns alike.
    3. Bins are cut off at the border of the map. A bin without any cell gives 0.
    Must be differentiable with respect to features: stay with tensor operations.
    Forbidden: torchvision, torch.nn.functional.adaptive_max_pool2d, torch.nn.AdaptiveMaxPool2d.
    [ko]
    특징 맵의 영역들을 P x P로 최대 풀링합니다. 결과: (R, C, P, P).

    features: (C, H, W). rois: (R, 4), 한 행이 이미지 좌표 (x1, y1, x2, y2)이고 x1 <= x2, y1 <= y2이며,
    R이 0일 수 있습니다. P: int >= 1. scale: float > 0, 이미지 한 픽셀에 해당하는 칸 수(예: 1/16).

    1. 좌표 v는 floor(v * scale + 0.5)번 칸이 됩니다. 양 끝 칸도 영역에 들어갑니다. 높이는 h = y2 - y1 + 1칸,
       너비는 w = x2 - x1 + 1칸입니다.
    2. i번째 행 구간은 y1 + floor(i h / P)행부터 y1 + ceil((i + 1) h / P)행 앞까지입니다. 열도 마찬가지입니다.
    3. 구간은 특징 맵의 경계에서 잘립니다. 칸이 하나도 남지 않은 구간의 값은 0입니다.
    features로 미분 가능해야 하므로 텐서 연산만 쓰세요.
    사용 금지: torchvision, torch.nn.functional.adaptive_max_pool2d, torch.nn.AdaptiveMaxPool2d.
    [/]
    """
    ### BEGIN SOLUTION
    C, H, W = features.shape
    out = features.new_zeros(len(rois), C, P, P)
    for r, roi in enumerate(rois.tolist()):
        x1, y1, x2, y2 = (math.floor(v * scale + 0.5) for v in roi)
        h, w = y2 - y1 + 1, x2 - x1 + 1
        for i in range(P):
            top, bottom = max(y1 + i * h // P, 0), min(y1 - (-(i + 1) * h // P), H)
            for j in range(P):
                left, right = max(x1 + j * w // P, 0), min(x1 - (-(j + 1) * w // P), W)
                if top < bottom and left < right:
                    out[r, :, i, j] = features[:, top:bottom, left:right].amax(dim=(1, 2))
    return out
    ### END SOLUTION


# %% [markdown] lang="en" task="roi_pool" hint=1
# x belongs to the last axis of the map, y to the one before. Find the edges of the bins as whole numbers first; then one bin is one slice.
# `-(-a // b)` is the ceiling of a / b.

# %% [markdown] lang="ko" task="roi_pool" hint=1
# x는 특징 맵의 마지막 축, y는 그 앞의 축입니다. 먼저 구간의 경계를 정수로 구하세요. 그러면 구간 하나는 슬라이스 하나입니다. `-(-a // b)`는 a / b를
# 올림한 값입니다.

# %% [markdown] lang="en" task="roi_pool" hint=2
# $\mathrm{out}_{rcij}=\max\{F_{cyx}:\;y_1+\lfloor ih/P\rfloor\le y<y_1+\lceil(i+1)h/P\rceil,\;x_1+\lfloor jw/P\rfloor\le x<x_1+\lceil(j+1)w/P\rceil\}$,
# over the $y,x$ that exist; 0 if there are none.

# %% [markdown] lang="ko" task="roi_pool" hint=2
# $\mathrm{out}_{rcij}=\max\{F_{cyx}:\;y_1+\lfloor ih/P\rfloor\le y<y_1+\lceil(i+1)h/P\rceil,\;x_1+\lfloor jw/P\rfloor\le x<x_1+\lceil(j+1)w/P\rceil\}$.
# 실제로 있는 $y,x$에 대해서만 구하고, 하나도 없으면 0입니다.

# %% [markdown] lang="en"
# ### See it: two regions of different size, one shape
#
# A feature map with two regions. Middle and right: each as 4 x 4 maxima of your `roi_pool`. The disc and the upright bar come out in
# the same format, and one and the same layer can judge both of them.

# %% [markdown] lang="ko"
# ### 직접 보기: 크기는 달라도 모양은 하나
#
# 영역 두 개가 표시된 특징 맵입니다. 가운데와 오른쪽은 여러분의 `roi_pool`이 각 영역에서 뽑은 4 x 4개의 최댓값입니다. 동그란 원판도 세로로 긴 막대도 같은
# 형식으로 나오므로, 한 층으로 둘 다 판정할 수 있습니다.

# %% tags=["explore"]
if ready(roi_pool):
    import matplotlib.pyplot as plt

    images, _, boxes = toy_scenes(1, 48, seed=18, noise=0.12)
    feature_map = F.avg_pool2d(images, 2)[0]
    regions = boxes[0][:2]
    pooled = roi_pool(feature_map, regions, 4, 0.5)

    figure, axes = plt.subplots(1, 3, figsize=(12.5, 4.3), constrained_layout=True, width_ratios=[1.3, 1, 1])
    axes[0].imshow(feature_map[0].numpy(), cmap="magma", vmin=-0.2, vmax=1.1)
    colors = ["#56B4E9", "#00C08A"]
    for k, (region, color) in enumerate(zip(regions, colors)):
        x1, y1, x2, y2 = [math.floor(v * 0.5 + 0.5) for v in region.tolist()]
        cells = torch.tensor([[x1 - 0.5, y1 - 0.5, x2 + 0.5, y2 + 0.5]])
        pencil(axes[0], cells, color=color, lw=2.5, label=f"{y2 - y1 + 1} x {x2 - x1 + 1} cells")
        axes[k + 1].imshow(pooled[k, 0].numpy(), cmap="magma", vmin=-0.2, vmax=1.1)
        for i in range(4):
            for j in range(4):
                value = pooled[k, 0, i, j].item()
                axes[k + 1].text(
                    j, i, f"{value:.2f}", ha="center", va="center", color="black" if value > 0.6 else "white"
                )
        axes[k + 1].set(title=f"region {k + 1}, pooled to 4 x 4", xticks=[], yticks=[])
        for spine in axes[k + 1].spines.values():
            spine.set(color=color, lw=3)
    axes[0].set(title="feature map of 24 x 24 cells", xticks=[], yticks=[])
    axes[0].legend(loc="lower left", fontsize=9)
    plt.show()

# %% [markdown] lang="en" task="fcn_head"
# ## 4. Scores for every pixel, and their loss (14 points)
#
# The head of an FCN is a classifier at each cell of the feature map: one weight row per class, a 1x1 convolution. The coarse map of
# scores is then scaled up. *Nearest* repeats each cell; *bilinear* mixes the four nearest cells. Think of every value as standing at the
# *centre* of its cell: output pixel $i$ has its centre at $i+\frac12$, which is the place $(i+\frac12)/s$ on the coarse map, and the centre
# of coarse cell $k$ is $k+\frac12$. Beyond the outermost centres nothing is extrapolated.
#
# The loss is the cross-entropy of every pixel. Borders of objects are often left unlabelled; such pixels are marked with a
# number, `ignore`, and take no part: neither in the sum nor in the count.

# %% [markdown] lang="ko" task="fcn_head"
# ## 4. 픽셀마다의 점수와 손실 (14점)
#
# FCN의 헤드는 특징 맵의 칸마다 놓인 분류기입니다. 클래스마다 가중치 한 행, 곧 1x1 합성곱입니다. 그렇게 얻은 거친 점수 맵을 키웁니다. *nearest*는 칸을
# 그대로 반복하고, *bilinear*는 가장 가까운 네 칸을 섞습니다. 모든 값이 자기 칸의 *한가운데*에 있다고 생각하세요. 출력 픽셀 $i$의 중심은 $i+\frac12$이고,
# 거친 맵에서는 $(i+\frac12)/s$의 자리이며, 거친 칸 $k$의 중심은 $k+\frac12$입니다. 가장 바깥 중심보다 더 바깥은 외삽하지 않습니다.
#
# 손실은 모든 픽셀의 교차 엔트로피입니다. 물체의 경계에는 레이블을 달지 않는 일이 많습니다. 그런 픽셀은 `ignore`라는 번호로 표시되며, 합에도
# 개수에도 들어가지 않습니다.


# %% task="fcn_head"
def fcn_head(features, W, up):
    """
    [en]
    Class scores for every pixel: a 1x1 convolution, then up-sampling. Returns (N, K, s*h, s*w).

    features: (N, C, h, w). W: (K, C), no bias. up: tuple (s, mode), s: int >= 1, mode: "nearest" or "bilinear".

    "nearest": output pixel (i, j) takes the score of cell (i // s, j // s).
    "bilinear" (align_corners=False): pixel i lies at u = (i + 0.5) / s - 0.5, cut off to [0, h - 1], between the cells
    floor(u) and floor(u) + 1, with weights 1 - (u - floor(u)) and u - floor(u); columns alike.
    Scores, not probabilities. Must be differentiable with respect to features and W: stay with tensor operations.
    Forbidden: torch.nn.functional.interpolate, torch.nn.functional.upsample, torch.nn.functional.grid_sample,
    torch.nn.Upsample, torch.nn.UpsamplingNearest2d, torch.nn.UpsamplingBilinear2d.
    [ko]
    픽셀마다 클래스 점수를 구합니다. 1x1 합성곱 다음에 업샘플링을 합니다. 결과: (N, K, s*h, s*w).

    features: (N, C, h, w). W: (K, C), 편향 없음. up: 튜플 (s, mode), s: int >= 1, mode: "nearest" 또는 "bilinear".

    "nearest": 출력 픽셀 (i, j)는 칸 (i // s, j // s)의 점수를 가져옵니다.
    "bilinear"(align_corners=False): 픽셀 i의 자리는 u = (i + 0.5) / s - 0.5이고 [0, h - 1]로 자릅니다. 칸 floor(u)와
    floor(u) + 1을 각각 1 - (u - floor(u))와 u - floor(u)의 비율로 섞습니다. 열도 마찬가지입니다.
    확률이 아니라 점수입니다. features와 W로 미분 가능해야 하므로 텐서 연산만 쓰세요.
    사용 금지: torch.nn.functional.interpolate, torch.nn.functional.upsample, torch.nn.functional.grid_sample,
    torch.nn.Upsample, torch.nn.UpsamplingNearest2d, torch.nn.UpsamplingBilinear2d.
    [/]
    """
    ### BEGIN SOLUTION
    s, mode = up
    scores = torch.einsum("kc,nchw->nkhw", W, features)
    if mode == "nearest":
        return scores.repeat_interleave(s, dim=2).repeat_interleave(s, dim=3)

    def mix(n):
        cells = torch.arange(n, dtype=scores.dtype, device=scores.device)
        place = (torch.arange(s * n, dtype=scores.dtype, device=scores.device) + 0.5) / s - 0.5
        return (1 - (place.clamp(0, n - 1)[:, None] - cells).abs()).clamp(min=0)

    return mix(scores.shape[2]) @ scores @ mix(scores.shape[3]).T
    ### END SOLUTION


def pixel_ce(logits, lab, ignore):
    """
    [en]
    Mean softmax cross-entropy over all pixels that are not ignored, and its gradient.

    logits: (N, K, H, W). lab: (N, H, W) int64, the class 0 ... K-1 of each pixel, or ignore. ignore: int; it may lie outside
    of the classes (255, -1) or be one of them.
    Returns (loss, d): loss 0-d, d (N, K, H, W) = dloss/dlogits.

    One mean over all pixels of the batch with lab != ignore; natural log. d is 0 at ignored pixels. If all are ignored,
    loss and d are 0. Exact for logits up to ±1000. Write d by hand.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.functional.cross_entropy, torch.nn.functional.nll_loss,
    torch.nn.CrossEntropyLoss, torch.nn.NLLLoss.
    [ko]
    무시하지 않는 모든 픽셀에 대한 소프트맥스 교차 엔트로피의 평균과 그 기울기를 구합니다.

    logits: (N, K, H, W). lab: (N, H, W) int64, 픽셀마다의 클래스 0 ... K-1 또는 ignore. ignore: int, 클래스 번호 밖의
    수(255, -1)일 수도 있고 클래스 번호 중 하나일 수도 있습니다.
    결과: (loss, d), loss는 0차원 텐서, d (N, K, H, W) = dloss/dlogits.

    배치 전체에서 lab != ignore인 모든 픽셀에 대한 하나의 평균이고 로그는 자연로그입니다. 무시한 픽셀의 d는 0입니다. 모두
    무시하면 loss도 d도 0입니다. 로짓이 ±1000이어도 정확해야 합니다. d는 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.functional.cross_entropy, torch.nn.functional.nll_loss,
    torch.nn.CrossEntropyLoss, torch.nn.NLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    keep = lab != ignore
    count = keep.sum().clamp(min=1)
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    target = F.one_hot(lab.masked_fill(~keep, 0), logits.shape[1]).movedim(3, 1).to(logits.dtype)
    keep = keep[:, None].to(logits.dtype)
    loss = -(keep * target * log_p).sum() / count
    return loss, keep * (log_p.exp() - target) / count
    ### END SOLUTION


# %% [markdown] lang="en" task="fcn_head" hint=1
# Rows and columns can be up-sampled one after the other, and each is a product with a small matrix: one row per output pixel, with at most
# two entries that are not 0. For the loss: `lab` may hold numbers that are no class; make them harmless before you use them as an
# index, and take care that their pixels do not count.

# %% [markdown] lang="ko" task="fcn_head" hint=1
# 행과 열은 차례로 따로 키울 수 있고, 각각은 작은 행렬을 곱하는 일입니다. 출력 픽셀마다 한 행이고, 0이 아닌 값은 많아야 둘입니다. 손실에서는 `lab`에
# 클래스가 아닌 번호가 들어 있을 수 있습니다. 인덱스로 쓰기 전에 탈이 없는 값으로 바꾸고, 그 픽셀이 세어지지 않게 하세요.

# %% [markdown] lang="en" task="fcn_head" hint=2
# $R_{ik}=\max(0,\,1-|u_i-k|)$ with $u_i=\mathrm{clip}\big(\tfrac{i+1/2}{s}-\tfrac12,\,0,\,h-1\big)$, and the result is $R\,S\,R'^\top$. Loss: with $m=[\mathrm{lab}\ne\mathrm{ignore}]$,
# $M=\max(1,\sum m)$: $L=\frac1M\sum m\,\big(\log\sum_ke^{z_k}-z_{\mathrm{lab}}\big)$, $\;d_k=\frac mM\big(\mathrm{softmax}(z)_k-[k=\mathrm{lab}]\big)$.

# %% [markdown] lang="ko" task="fcn_head" hint=2
# $u_i=\mathrm{clip}\big(\tfrac{i+1/2}{s}-\tfrac12,\,0,\,h-1\big)$, $R_{ik}=\max(0,\,1-|u_i-k|)$이면 결과는 $R\,S\,R'^\top$입니다. 손실은
# $m=[\mathrm{lab}\ne\mathrm{ignore}]$, $M=\max(1,\sum m)$이라 할 때
# $L=\frac1M\sum m\,\big(\log\sum_ke^{z_k}-z_{\mathrm{lab}}\big)$, $\;d_k=\frac mM\big(\mathrm{softmax}(z)_k-[k=\mathrm{lab}]\big)$입니다.

# %% [markdown] lang="en" task="unpool"
# ## 5. Un-pooling and transposed convolution (18 points)
#
# Max-pooling forgets where its maximum stood. If the positions are remembered, un-pooling can put a value back exactly there; everything else
# becomes 0, and a convolution has to fill the gaps. A position is a number in the flattened plane of the *large* map, $yW+x$, for each
# image and channel by itself. (`F.max_pool2d(..., return_indices=True)` gives them in this form.)
#
# A convolution with stride makes a map smaller: each output value collects a window. The transposed convolution goes the way back: each
# input value *distributes* itself over a window, multiplied by the kernel; where windows overlap, contributions add up. What the
# convolution's padding had added at the border is cut off.

# %% [markdown] lang="ko" task="unpool"
# ## 5. 언풀링과 전치 합성곱 (18점)
#
# 최대 풀링은 최댓값이 어디 있었는지 잊어버립니다. 위치를 기억해 두면 언풀링이 값을 정확히 그 자리에 돌려놓을 수 있습니다. 나머지는 0이 되고, 빈자리는
# 합성곱이 채워야 합니다. 위치는 *큰* 맵의 평면을 한 줄로 폈을 때의 번호 $yW+x$이며, 이미지와 채널마다 따로 셉니다.
# (`F.max_pool2d(..., return_indices=True)`가 이 형식으로 돌려줍니다.)
#
# 스트라이드가 있는 합성곱은 맵을 줄입니다. 출력값 하나가 창 하나를 모읍니다. 전치 합성곱은 그 길을 거꾸로 갑니다. 입력값 하나가 커널에 곱해져 창 하나에
# *퍼지고*, 창이 겹치는 곳에서는 더해집니다. 합성곱이 패딩으로 덧붙였던 테두리는 잘라 냅니다.


# %% task="unpool"
def unpool(x, idx, out_shape):
    """
    [en]
    Puts the values of x back where they came from. Returns (N, C, H, W), 0 where nothing is put.

    x: (N, C, h, w). idx: (N, C, h, w) int64, the position y * W + x of each value in its own (H, W) plane.
    out_shape: tuple (H, W).

    If one plane names a position more than once (overlapping windows), the values are equal there, and the position gets
    this value, not a sum. Must be differentiable with respect to x: stay with tensor operations.
    Forbidden: torch.nn.functional.max_unpool2d, torch.nn.MaxUnpool2d.
    [ko]
    x의 값들을 원래 있던 자리에 돌려놓습니다. 결과: (N, C, H, W), 아무것도 놓이지 않은 자리는 0입니다.

    x: (N, C, h, w). idx: (N, C, h, w) int64, 값마다 자기 (H, W) 평면 안에서의 위치 y * W + x. out_shape: 튜플 (H, W).

    한 평면에서 같은 위치가 여러 번 나오면(겹치는 창) 그 값들은 서로 같으며, 그 자리에는 합이 아니라 그 값이 들어갑니다.
    x로 미분 가능해야 하므로 텐서 연산만 쓰세요.
    사용 금지: torch.nn.functional.max_unpool2d, torch.nn.MaxUnpool2d.
    [/]
    """
    ### BEGIN SOLUTION
    N, C = x.shape[:2]
    H, W = out_shape
    plane = x.new_zeros(N, C, H * W)
    return plane.scatter(2, idx.flatten(2), x.flatten(2)).reshape(N, C, H, W)
    ### END SOLUTION


def tconv2d(x, w, s, p):
    """
    [en]
    Transposed convolution. Returns (N, F, (h-1)*s - 2*p + kh, (wd-1)*s - 2*p + kw).

    x: (N, C, h, wd). w: (C, F, kh, kw): in, out, rows, columns. s: int >= 1, stride. p: int >= 0, padding; the result has at
    least one row and column. No bias, no output padding.

    Value x[n, c, i, j] adds x * w[c, f] to the window whose top left corner is (i*s, j*s); overlaps add up. At the end p
    rows and columns are cut off on every side. It is the transpose (adjoint) of the convolution (cross-correlation) with
    the same w, s and p: the kernel is not turned round. Must be differentiable with respect to x and w.
    Forbidden: torch.nn.functional.conv_transpose2d, torch.nn.ConvTranspose2d, torch.conv_transpose2d, torch.convolution,
    torch.nn.grad, torch.autograd, torch.func, .backward.
    [ko]
    전치 합성곱입니다. 결과: (N, F, (h-1)*s - 2*p + kh, (wd-1)*s - 2*p + kw).

    x: (N, C, h, wd). w: (C, F, kh, kw), 차례로 입력 채널, 출력 채널, 행, 열. s: int >= 1, 스트라이드. p: int >= 0, 패딩이며
    결과에는 행과 열이 적어도 하나씩 있습니다. 편향과 출력 패딩은 없습니다.

    값 x[n, c, i, j]는 왼쪽 위 모서리가 (i*s, j*s)인 창에 x * w[c, f]를 더합니다. 겹치는 곳에서는 더해집니다. 마지막으로
    상하좌우에서 행과 열을 p개씩 잘라 냅니다. 같은 w, s, p를 쓰는 합성곱(교차 상관)의 전치(수반)이며, 커널을 뒤집지
    않습니다. x와 w로 미분 가능해야 합니다.
    사용 금지: torch.nn.functional.conv_transpose2d, torch.nn.ConvTranspose2d, torch.conv_transpose2d, torch.convolution,
    torch.nn.grad, torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    N, _, h, wd = x.shape
    _, channels, kh, kw = w.shape
    H, W = (h - 1) * s + kh, (wd - 1) * s + kw
    out = x.new_zeros(N, channels, H, W)
    for i in range(kh):
        for j in range(kw):
            out[:, :, i : i + (h - 1) * s + 1 : s, j : j + (wd - 1) * s + 1 : s] += torch.einsum(
                "nchw,cf->nfhw", x, w[:, :, i, j]
            )
    return out[:, :, p : H - p, p : W - p]
    ### END SOLUTION


# %% [markdown] lang="en" task="unpool" hint=1
# Un-pooling: flatten each plane, put the values at their numbers, and give the planes their shape back. Transposed convolution: for one entry
# of the kernel, all input values land on a regular grid with step $s$. Loop over the kernel, not over the image.

# %% [markdown] lang="ko" task="unpool" hint=1
# 언풀링: 평면을 한 줄로 펴고, 값을 자기 번호 자리에 놓은 뒤, 다시 평면 모양으로 되돌립니다. 전치 합성곱: 커널의 원소 하나만 보면 모든 입력값이 간격 $s$의
# 규칙적인 격자에 놓입니다. 이미지가 아니라 커널에 대해 반복하세요.

# %% [markdown] lang="en" task="unpool" hint=2
# $\mathrm{out}_{n,c}[\mathrm{idx}_{ncij}]=x_{ncij}$. And, before cutting: $\;Y_{n,f,\,is+a,\,js+b}\mathrel{+}=\sum_cx_{ncij}\,w_{cfab}$ for all $i,j,a,b$;
# then keep the rows $p\dots H-p-1$ and the columns alike, $H=(h-1)s+k_h$.

# %% [markdown] lang="ko" task="unpool" hint=2
# $\mathrm{out}_{n,c}[\mathrm{idx}_{ncij}]=x_{ncij}$입니다. 전치 합성곱은 자르기 전에 모든 $i,j,a,b$에 대해
# $\;Y_{n,f,\,is+a,\,js+b}\mathrel{+}=\sum_cx_{ncij}\,w_{cfab}$를 구하고, $H=(h-1)s+k_h$라 할 때 $p\dots H-p-1$행과 같은 방식의 열만 남깁니다.

# %% [markdown] lang="en"
# ### See it: ways back to the large map
#
# A scene is pooled from 32 x 32 to 8 x 8. Repeating the maxima gives blocks; bilinear up-sampling blurs them; un-pooling puts each maximum back
# where it stood, so the outlines of the objects survive as dots, and a transposed convolution with a soft kernel fills in. Last picture: why
# kernel and stride should fit. With kernel 3 and stride 2 the windows overlap unevenly, and a constant input comes out as a checkerboard.

# %% [markdown] lang="ko"
# ### 직접 보기: 큰 맵으로 돌아가는 여러 길
#
# 장면을 32 x 32에서 8 x 8로 풀링했습니다. 최댓값을 반복하면 네모 덩어리가 되고, 쌍선형 업샘플링을 하면 흐릿해집니다. 언풀링은 최댓값을 제자리에 돌려놓으므로 물체의
# 윤곽이 점으로 남고, 부드러운 커널의 전치 합성곱이 사이를 메웁니다. 마지막 그림은 커널과 스트라이드가 맞아야 하는 이유입니다. 커널 3에 스트라이드 2면
# 창이 고르지 않게 겹쳐서, 상수 입력이 바둑판무늬로 나옵니다.

# %% tags=["explore"]
if ready(fcn_head, unpool, tconv2d):
    import matplotlib.pyplot as plt

    images, _, _ = toy_scenes(1, 32, seed=42, noise=0.08)
    small, where = F.max_pool2d(images, 4, return_indices=True)
    identity = torch.ones(1, 1)
    back = unpool(small, where, (32, 32))
    bump = torch.tensor([0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25])
    soft = tconv2d(back, 0.7 * torch.outer(bump, bump)[None, None], 1, 3)
    uneven = tconv2d(torch.ones(1, 1, 8, 8), torch.ones(1, 1, 3, 3), 2, 0)
    panels = {
        "scene, 32 x 32": images,
        "pooled, 8 x 8": small,
        "nearest": fcn_head(small, identity, (4, "nearest")),
        "bilinear": fcn_head(small, identity, (4, "bilinear")),
        "un-pooled": back,
        "un-pooled, soft kernel": soft,
        "constant input,\nkernel 3, stride 2": uneven,
    }
    figure, axes = plt.subplots(1, 7, figsize=(17, 2.9), constrained_layout=True)
    for ax, (title, picture) in zip(axes, panels.items()):
        limits = {"vmin": 0, "vmax": 4} if picture is uneven else {"vmin": -0.1, "vmax": 1.1}
        ax.imshow(picture[0, 0].numpy(), cmap="magma", interpolation="nearest", **limits)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=10)
    plt.show()

# %% [markdown] lang="en" task="skip_fuse"
# ## 6. Skip connections (8 points)
#
# The decoder knows *what*, the early layers of the encoder still know *where* exactly. A skip connection brings the two together: U-Net puts
# the channels next to one another and lets the next convolution decide, FCN adds the scores. Without padding, the encoder's map is a little
# larger than the decoder's; the middle of it is cut out.

# %% [markdown] lang="ko" task="skip_fuse"
# ## 6. 스킵 연결 (8점)
#
# 디코더는 *무엇*인지 알고, 인코더의 앞쪽 층은 아직 정확히 *어디*인지 압니다. 스킵 연결은 둘을 합칩니다. U-Net은 채널을 나란히 이어 붙여 다음 합성곱에 판단을
# 맡기고, FCN은 점수를 더합니다. 패딩을 쓰지 않으면 인코더의 맵이 디코더의 맵보다 조금 크므로, 한가운데를 오려 냅니다.


# %% task="skip_fuse"
def skip_fuse(dec, enc, mode):
    """
    [en]
    Joins a decoder map with the centre of an encoder map.

    dec: (N, C1, h, w). enc: (N, C2, H, W), H >= h, W >= w. mode: "concat" or "add" (then C1 = C2).
    "concat": returns (N, C1 + C2, h, w), the channels of dec first. "add": returns (N, C1, h, w), the sum.

    enc is cut to (h, w) around its centre: (H - h) // 2 rows are dropped at the top, (W - w) // 2 columns on the left; of an
    odd surplus the larger part goes at the bottom and on the right. Must be differentiable with respect to dec and enc.
    [ko]
    디코더의 맵과 인코더 맵의 한가운데를 합칩니다.

    dec: (N, C1, h, w). enc: (N, C2, H, W), H >= h, W >= w. mode: "concat" 또는 "add"(이때 C1 = C2).
    "concat": 결과 (N, C1 + C2, h, w), dec의 채널이 앞에 옵니다. "add": 결과 (N, C1, h, w), 두 값의 합입니다.

    enc는 중심을 기준으로 (h, w)로 자릅니다. 위에서 (H - h) // 2행, 왼쪽에서 (W - w) // 2열을 버립니다. 남는 수가 홀수면
    아래와 오른쪽에서 하나씩 더 버립니다. dec와 enc로 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    h, w = dec.shape[2:]
    top, left = (enc.shape[2] - h) // 2, (enc.shape[3] - w) // 2
    enc = enc[:, :, top : top + h, left : left + w]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc
    ### END SOLUTION


# %% [markdown] lang="en" task="skip_fuse" hint=1
# Rows and columns are cut by themselves. An offset and a length for each, and the crop is one slice; the batch stays as it is.

# %% [markdown] lang="ko" task="skip_fuse" hint=1
# 행과 열은 따로 자릅니다. 각각 시작 위치와 길이만 있으면 슬라이스 한 번으로 오려 낼 수 있고, 배치는 그대로 둡니다.

# %% [markdown] lang="en" task="skip_fuse" hint=2
# $E'_{ncij}=E_{n,c,\,i+\lfloor(H-h)/2\rfloor,\,j+\lfloor(W-w)/2\rfloor}$ for $0\le i<h$, $0\le j<w$; then $[D,E']$ along the channels, or $D+E'$.

# %% [markdown] lang="ko" task="skip_fuse" hint=2
# $0\le i<h$, $0\le j<w$에 대해 $E'_{ncij}=E_{n,c,\,i+\lfloor(H-h)/2\rfloor,\,j+\lfloor(W-w)/2\rfloor}$이고, 그다음 채널 방향으로 $[D,E']$를 만들거나 $D+E'$를
# 구합니다.

# %% [markdown] lang="en"
# ### See it: what a skip connection saves
#
# Two small networks learn to segment noisy scenes, with your `pixel_ce` as the loss. Both see a map reduced four times and scale it up with
# your `fcn_head`; the second one also gets the first layer's map, through your `skip_fuse`. Without it, outlines are blurred and neighbours
# grow together; with it, they are much sharper. Right: the share of right pixels *near an outline*.

# %% [markdown] lang="ko"
# ### 직접 보기: 스킵 연결이 살려 내는 것
#
# 작은 신경망 두 개가 여러분의 `pixel_ce`를 손실로 삼아 노이즈가 낀 장면을 분할하는 법을 배웁니다. 둘 다 4분의 1로 줄어든 맵을 여러분의 `fcn_head`로 키우고, 두 번째
# 신경망은 여러분의 `skip_fuse`로 첫 층의 맵까지 받습니다. 스킵이 없으면 윤곽이 뭉개지고 이웃한 물체가 맞붙으며, 있으면 훨씬 또렷합니다. 오른쪽은 *윤곽 근처* 픽셀의
# 정확도입니다.

# %% tags=["explore"]
if ready(fcn_head, pixel_ce, skip_fuse):
    import matplotlib.pyplot as plt
    from checker import in_time

    images, labels, _ = toy_scenes(32, 32, seed=1)
    new_images, new_labels, _ = toy_scenes(24, 32, seed=2)
    framed = F.pad(new_labels[:, None].float(), (1, 1, 1, 1), mode="replicate")
    outline = (F.max_pool2d(framed, 3, 1) != -F.max_pool2d(-framed, 3, 1))[:, 0]

    def segment(x, p, skip):
        first = torch.relu(F.conv2d(x, p["a"], padding=1))
        deep = torch.relu(F.conv2d(F.max_pool2d(first, 2), p["b"], padding=1))
        deep = torch.relu(F.conv2d(F.max_pool2d(deep, 2), p["c"], padding=1))
        if not skip:
            return fcn_head(deep, p["W"], (4, "bilinear"))
        large = fcn_head(deep, torch.eye(24), (4, "bilinear"))
        return fcn_head(
            torch.relu(F.conv2d(skip_fuse(large, first, "concat"), p["d"], padding=1)), p["V"], (1, "nearest")
        )

    def learn(skip, steps=150):
        generator = torch.Generator().manual_seed(0)
        shapes = {
            "a": (8, 1, 3, 3),
            "b": (16, 8, 3, 3),
            "c": (24, 16, 3, 3),
            "W": (3, 24),
            "d": (12, 32, 3, 3),
            "V": (3, 12),
        }
        p = {k: torch.randn(v, generator=generator) * (2 / math.prod(v[1:])) ** 0.5 for k, v in shapes.items()}
        p = {k: v.requires_grad_() for k, v in p.items() if skip or k not in "dV"}
        optimizer, curve = torch.optim.Adam(p.values(), lr=0.005), []
        for step in in_time(range(steps)):
            chosen = torch.arange(16) + 16 * (step % 2)
            logits = segment(images[chosen], p, skip)
            _, d = pixel_ce(logits.detach(), labels[chosen], 255)
            optimizer.zero_grad()
            logits.backward(d)
            optimizer.step()
            if step % 10 == 9:
                with torch.no_grad():
                    guess = segment(new_images, p, skip).argmax(dim=1)
                curve.append((guess == new_labels)[outline].float().mean().item())
        return guess, curve

    plain, plain_curve = learn(False)
    fused, fused_curve = learn(True)
    figure, axes = plt.subplots(2, 5, figsize=(14, 5.6), constrained_layout=True, width_ratios=[1, 1, 1, 1, 1.7])
    for row, k in enumerate([1, 4]):
        for ax, picture, title in zip(
            axes[row],
            [new_images[k, 0], new_labels[k], plain[k], fused[k]],
            ["new image", "truth", "without skip", "with skip"],
        ):
            style = {"cmap": "gray"} if title == "new image" else {"cmap": "viridis", "vmin": 0, "vmax": 2}
            ax.imshow(picture.numpy(), interpolation="nearest", **style)
            ax.set(xticks=[], yticks=[], title=title if row == 0 else "")
    grid = axes[0, 4].get_gridspec()
    for ax in axes[:, 4]:
        ax.remove()
    ax = figure.add_subplot(grid[:, 4])
    for curve, color, label in ((plain_curve, "#D55E00", "without skip"), (fused_curve, "#0072B2", "with skip")):
        ax.plot(range(10, 10 * len(curve) + 1, 10), curve, color=color, lw=2, label=label)
    ax.set(xlabel="step", ylabel="right pixels near outlines", title="new images", ylim=(0.3, 1))
    ax.grid(alpha=0.3)
    ax.legend(frameon=False, loc="lower right")
    plt.show()

# %% [markdown] lang="en" task="pyramid_pool"
# ## 7. Pyramid pooling (12 points)
#
# Is this grey patch a road or a roof? The patch alone does not tell; its surroundings do. PSPNet averages the feature map over a few large
# regions, over the whole image (1x1), over quarters (2x2), 3x3, 6x6, processes each of these small maps by itself, scales them up, and
# hands all of them on *together with* the original map. The regions follow the rule of ROI pooling: from a floor up to a ceiling, so that any
# size can be divided by any number.

# %% [markdown] lang="ko" task="pyramid_pool"
# ## 7. 피라미드 풀링 (12점)
#
# 이 회색 조각은 도로일까요, 지붕일까요? 조각만 봐서는 모르고 주변을 봐야 압니다. PSPNet은 특징 맵을 몇 개의 큰 영역, 곧 이미지 전체(1x1), 4등분(2x2), 3x3, 6x6에서
# 평균하고, 이렇게 얻은 작은 맵을 각각 처리한 뒤 다시 키워서, 원래 맵과 *함께* 모두 넘깁니다. 영역을 나누는 규칙은 ROI 풀링과 같습니다. 내림에서 시작해
# 올림에서 끝나므로 어떤 크기든 어떤 수로도 나눌 수 있습니다.


# %% task="pyramid_pool"
def pyramid_pool(x, bins, Ws):
    """
    [en]
    Pyramid pooling module: x, and for each b in bins a view of it at b x b, all in one map.

    x: (N, C, H, W). bins: tuple of ints >= 1, such as (1, 2, 3, 6); b may be larger than H or W; bins may be empty.
    Ws: list of tensors, one for each b: (M_b, C). Returns (N, C + sum of all M_b, H, W).

    For each b in the order of bins:
    1. average over b x b regions: region row i covers the rows from floor(i H / b) up to, not including,
       ceil((i + 1) H / b); columns alike;
    2. 1x1 convolution with Ws (no bias), then ReLU;
    3. bilinear up-sampling to (H, W), align_corners=False; torch.nn.functional.interpolate is allowed here.
    The result is [x, first, second, ...] along the channels. Must be differentiable with respect to x and Ws.
    Forbidden: torch.nn.functional.adaptive_avg_pool2d, torch.nn.AdaptiveAvgPool2d.
    [ko]
    피라미드 풀링 모듈입니다. x와, bins의 b마다 x를 b x b로 본 결과를 맵 하나에 모읍니다.

    x: (N, C, H, W). bins: int(>= 1)의 튜플, 예를 들어 (1, 2, 3, 6). b가 H나 W보다 클 수도 있고,
    bins가 비어 있을 수도 있습니다.
    Ws: b마다 하나씩인 텐서 (M_b, C)의 리스트. 결과: (N, C + 모든 M_b의 합, H, W).

    bins의 순서대로 b마다 다음을 합니다.
    1. b x b개의 영역에서 평균을 냅니다. i번째 행 구간은 floor(i H / b)행부터 ceil((i + 1) H / b)행 앞까지이고, 열도
       마찬가지입니다.
    2. Ws로 1x1 합성곱(편향 없음)을 하고 ReLU를 적용합니다.
    3. (H, W)로 쌍선형 업샘플링을 합니다. align_corners=False이고, 여기서는 torch.nn.functional.interpolate를 써도 됩니다.
    결과는 채널 방향으로 [x, 첫째, 둘째, ...]입니다. x와 Ws로 미분 가능해야 합니다.
    사용 금지: torch.nn.functional.adaptive_avg_pool2d, torch.nn.AdaptiveAvgPool2d.
    [/]
    """
    ### BEGIN SOLUTION
    H, W = x.shape[2:]
    parts = [x]
    for b, weight in zip(bins, Ws):
        rows = torch.stack([x[:, :, i * H // b : -(-(i + 1) * H // b)].mean(dim=2) for i in range(b)], dim=2)
        pooled = torch.stack([rows[..., j * W // b : -(-(j + 1) * W // b)].mean(dim=3) for j in range(b)], dim=3)
        small = torch.relu(torch.einsum("mc,nchw->nmhw", weight, pooled))
        parts.append(F.interpolate(small, size=(H, W), mode="bilinear", align_corners=False))
    return torch.cat(parts, dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="pyramid_pool" hint=1
# An average over a rectangle is an average over rows of averages over columns: pool one axis, then the other. Collect the parts in a list that
# begins with `x`.

# %% [markdown] lang="ko" task="pyramid_pool" hint=1
# 직사각형의 평균은 행 평균의 열 평균입니다. 한 축을 먼저 풀링하고 다른 축을 풀링하세요. 결과는 `x`로 시작하는 리스트에 모으면 됩니다.

# %% [markdown] lang="en" task="pyramid_pool" hint=2
# $P^{(b)}_{ncij}=\mathrm{mean}\{x_{ncyz}:\lfloor iH/b\rfloor\le y<\lceil(i+1)H/b\rceil,\;\lfloor jW/b\rfloor\le z<\lceil(j+1)W/b\rceil\}$, and
# $\mathrm{out}=[\,x,\;\mathrm{up}(\mathrm{ReLU}(W_1P^{(b_1)})),\;\mathrm{up}(\mathrm{ReLU}(W_2P^{(b_2)})),\dots]$.

# %% [markdown] lang="ko" task="pyramid_pool" hint=2
# $P^{(b)}_{ncij}=\mathrm{mean}\{x_{ncyz}:\lfloor iH/b\rfloor\le y<\lceil(i+1)H/b\rceil,\;\lfloor jW/b\rfloor\le z<\lceil(j+1)W/b\rceil\}$이고
# $\mathrm{out}=[\,x,\;\mathrm{up}(\mathrm{ReLU}(W_1P^{(b_1)})),\;\mathrm{up}(\mathrm{ReLU}(W_2P^{(b_2)})),\dots]$입니다.

# %% [markdown] lang="en"
# ### See it: the same scene at four scales
#
# A scene and its four pyramid levels, scaled up by your `pyramid_pool` (with a weight of 1, so that nothing else is changed). 1x1 knows only how
# bright the image is on the whole; 6x6 knows roughly where something is. A pixel that gets all of them knows its surroundings.

# %% [markdown] lang="ko"
# ### 직접 보기: 네 가지 크기로 본 같은 장면
#
# 장면 하나와, 여러분의 `pyramid_pool`이 키운 피라미드의 네 단계입니다(가중치를 1로 두어 다른 변화는 없습니다). 1x1은 이미지가 전체적으로 얼마나 밝은지만
# 알고, 6x6은 어디쯤에 무엇이 있는지 대강 압니다. 이 모두를 받는 픽셀은 자기 주변을 알게 됩니다.

# %% tags=["explore"]
if ready(pyramid_pool):
    import matplotlib.pyplot as plt

    images, _, _ = toy_scenes(1, 64, seed=18, noise=0.15)
    levels = pyramid_pool(images, (1, 2, 3, 6), [torch.ones(1, 1)] * 4)[0]
    figure, axes = plt.subplots(1, 5, figsize=(14, 3.2), constrained_layout=True)
    for ax, level, title in zip(axes, levels, ["input", "1 x 1", "2 x 2", "3 x 3", "6 x 6"]):
        picture = ax.imshow(level.numpy(), cmap="magma", vmin=0, vmax=0.9)
        ax.set(title=title, xticks=[], yticks=[])
    figure.colorbar(picture, ax=axes[-1], shrink=0.8)
    plt.show()

# %% [markdown] lang="en" task="merge_step"
# ## 8. Beyond the lecture: a step of selective search (0 points)
#
# Selective search makes box proposals without learning: it begins with small regions and merges the two neighbours that are most alike, again and again. Here is one such step. This task is optional.

# %% [markdown] lang="ko" task="merge_step"
# ## 8. 강의 밖 이야기: 선택적 탐색의 한 걸음 (0점)
#
# 선택적 탐색은 학습 없이 후보 상자를 만듭니다. 작은 영역에서 시작해 가장 닮은 두 이웃을 계속 합쳐 나갑니다. 여기서는 그 한 걸음을 만듭니다. 이 문제는 선택 사항입니다.


# %% task="merge_step"
def merge_step(sizes, hists, pairs, total):
    """
    [en]
    The most similar neighbours and what becomes of them: returns (best, size, hist).
    [ko]
    가장 닮은 이웃과 합친 결과: (best, size, hist)를 돌려줍니다.
    [/]

    similarity(i, j) = sum_k min(hists[i, k], hists[j, k]) + 1 - (sizes[i] + sizes[j]) / total
    [en]
    sizes: (n,) float tensor of pixel counts; hists: (n, K) colour histograms, rows that sum to 1; pairs: list of tuples
    (i, j) of neighbours, at least one; total: pixels of the picture, a Python float. best: the tuple of the most similar
    pair, the first of equals; size: 0-d, the sum of both sizes; hist: (K,), the mean of both histograms weighted by their
    sizes.
    [ko]
    sizes: 픽셀 수 (n,) 실수 텐서. hists: (n, K) 색 히스토그램, 행의 합은 1. pairs: 이웃 (i, j) 튜플의 리스트,
    하나 이상. total: 그림의 픽셀 수, Python float. best: 가장 닮은 쌍의 튜플, 같으면 앞의 것. size: 두 크기의 합,
    0차원. hist: (K,), 두 히스토그램의 크기 가중 평균.
    [/]
    """

    ### BEGIN SOLUTION
    def alike(pair):
        i, j = pair
        return (torch.minimum(hists[i], hists[j]).sum() + 1 - (sizes[i] + sizes[j]) / total).item()

    i, j = best = max(pairs, key=alike)
    size = sizes[i] + sizes[j]
    return best, size, (sizes[i] * hists[i] + sizes[j] * hists[j]) / size
    ### END SOLUTION


# %% [markdown] lang="en" task="merge_step" hint=1
# Colours that overlap speak for merging; so does being small, or one region would swallow all the others.

# %% [markdown] lang="ko" task="merge_step" hint=1
# 색이 많이 겹칠수록, 또 크기가 작을수록 합치기 좋습니다. 크기를 따지지 않으면 한 영역이 나머지를 모두 삼켜 버립니다.

# %% [markdown] lang="en" task="merge_step" hint=2
# $h=\dfrac{s_ih_i+s_jh_j}{s_i+s_j}$: the histogram of all pixels of both regions.

# %% [markdown] lang="ko" task="merge_step" hint=2
# $h=\dfrac{s_ih_i+s_jh_j}{s_i+s_j}$: 두 영역의 모든 픽셀에 대한 히스토그램입니다.
