# %% [markdown] lang="en"
# # Looking into a CNN: visualization
#
# Lecture 7, first part. A network answers "cross", and you want to know why. You build five ways of asking: look at its
# filters and at the nearest neighbours in its feature space, flatten that space with t-SNE, and paint three kinds of
# heat-maps onto the image: class activation, occlusion, and the gradient of a score. All of them question one small network, which
# is trained before your eyes.

# %% [markdown] lang="ko"
# # CNN 들여다보기: 시각화
#
# 7강 전반부 과제입니다. 신경망이 "가위표"라고 답했을 때 왜 그렇게 답했는지 알고 싶다면 어떻게 해야 할까요? 이 과제에서는 물어보는
# 방법 다섯 가지를 만듭니다. 필터를 들여다보고 특징 공간의 최근접 이웃을 찾고, 그 공간을 t-SNE로 평면에 펼치고, 이미지 위에 세 가지
# 히트맵(클래스 활성화, 가림, 점수의 기울기)을 그립니다. 모두 눈앞에서 학습되는 작은 신경망 하나에 묻습니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Feature space.** The last layer before the classifier turns an image into a vector. Images of one kind should be near each other
# there, $\|f(x)-f(x')\|$ small, even where their pixels differ.
#
# **t-SNE** gives every point a Gaussian neighbourhood, $p_{j|i}\propto e^{-\beta_i\|x_i-x_j\|^2}$, as wide as the *perplexity*
# asks, and looks for points $y_i$ in the plane whose neighbourhoods, measured with $q_{ij}\propto(1+\|y_i-y_j\|^2)^{-1}$, are
# the same: it minimises $\mathrm{KL}(P\|Q)$ by gradient descent.
#
# **CAM.** If the score of class $c$ is $s_c=\sum_kW_{ck}\,\overline{f_k}$ (plus a bias), with $\overline{f_k}$ the mean of the
# activation map $f_k$, then $\mathrm{CAM}_c(i,j)=\sum_kW_{ck}\,f_k(i,j)$ says how much each place contributes.
#
# **Occlusion.** Cover a square of the image and see how far the score falls.
#
# **Saliency.** $\max_{\text{channels}}|\partial s_c/\partial x|$: how strongly the score reacts to each pixel.

# %% [markdown] lang="ko"
# ## 복습
#
# **특징 공간.** 분류기 바로 앞의 층은 이미지를 벡터로 바꿉니다. 픽셀이 서로 달라도 같은 종류의 이미지는 이 공간에서 가까이
# 있어야 합니다. 즉 $\|f(x)-f(x')\|$가 작아야 합니다.
#
# **t-SNE**는 점마다 가우스 분포 모양의 이웃 $p_{j|i}\propto e^{-\beta_i\|x_i-x_j\|^2}$을 정하고, 그 폭을 *퍼플렉시티*에 맞춥니다.
# 그런 다음 평면의 점 $y_i$의 이웃을 $q_{ij}\propto(1+\|y_i-y_j\|^2)^{-1}$로 재어, 두 이웃 관계가 같아지도록 $\mathrm{KL}(P\|Q)$를
# 경사 하강법으로 최소화합니다.
#
# **CAM.** 활성화 맵 $f_k$의 평균을 $\overline{f_k}$라 하고 클래스 $c$의 점수가 (편향을 빼면) $s_c=\sum_kW_{ck}\,\overline{f_k}$일 때,
# $\mathrm{CAM}_c(i,j)=\sum_kW_{ck}\,f_k(i,j)$는 각 위치가 점수에 얼마나 이바지하는지 알려 줍니다.
#
# **가림(occlusion).** 이미지의 네모 한 칸을 가리고 점수가 얼마나 떨어지는지 봅니다.
#
# **현저성(saliency).** $\max_{\text{채널}}|\partial s_c/\partial x|$를 구해 점수가 픽셀 하나하나에 얼마나 민감하게 반응하는지 봅니다.

# %% [markdown] lang="en"
# ### Often confused
#
# - Looking up the nearest neighbours of an image is *retrieval*. Clustering would divide the images into groups, and nobody asks
#   for groups here.
# - The class weights combined with the *averages* of the maps give the score, a single number. The heat-map combines the maps
#   themselves; its mean is the score, without the bias.
# - Saliency starts from the class **score**, the number before the softmax. A probability also falls when other classes rise,
#   so its gradient mixes reasons for and against all classes.
#
# ### Conventions
#
# - Images are (C, H, W), batches (N, C, H, W), class weights (classes, K). Class numbers begin with 0.
# - Results have the dtype and device of the inputs, indices are int64. No function changes its inputs or draws random numbers.
# - Logarithms are natural: a row of $P$ with entropy $H$ has the perplexity $e^H$.

# %% [markdown] lang="ko"
# ### 헷갈리기 쉬운 것
#
# - 어떤 이미지의 최근접 이웃을 찾는 일은 *검색*(retrieval)이지 군집화가 아닙니다. 군집화는 이미지들을 여러 무리로 나누는 일인데,
#   여기서는 아무도 무리를 묻지 않습니다.
# - 클래스 가중치를 맵의 *평균*과 결합하면 점수, 곧 수 하나가 나옵니다. 히트맵은 맵 자체를 결합해야 나오며, 히트맵의 평균이 편향을 뺀
#   점수와 같습니다.
# - 현저성은 소프트맥스를 거치기 전의 클래스 **점수**를 미분합니다. 확률은 다른 클래스의 점수가 올라가도 떨어지므로, 확률의 기울기에는
#   모든 클래스에 대한 찬성과 반대의 근거가 뒤섞입니다.
#
# ### 이 노트북의 약속
#
# - 이미지는 (C, H, W), 배치는 (N, C, H, W), 클래스 가중치는 (클래스 수, K)입니다. 클래스 번호는 0부터 셉니다.
# - 결과의 dtype과 device는 입력과 같고, 인덱스는 int64입니다. 어떤 함수도 입력을 바꾸거나 난수를 뽑지 않습니다.
# - 로그는 자연로그입니다. $P$에서 엔트로피가 $H$인 행의 퍼플렉시티는 $e^H$입니다.

# %%
import math

import torch

# %% [markdown] lang="en"
# ### Given code
#
# Small scenes with a sign in each, a network with two convolutions, its training, and helpers for grading. The names `little_scenes`,
# `scene_with`, `tiny_cnn`, `train_tiny_cnn`, `nearest_or_error`, `occlusion_by_name` and `saliency_traces` are taken: give your own helpers other
# names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 기호가 하나씩 들어 있는 작은 장면들, 합성곱이 두 개인 신경망과 그 학습, 채점용 도우미 함수입니다. 이름 `little_scenes`, `scene_with`,
# `tiny_cnn`, `train_tiny_cnn`, `nearest_or_error`, `occlusion_by_name`, `saliency_traces`는 이미 쓰이고 있으니 여러분의 도우미 함수에는 다른 이름을
# 붙이세요.


# %% tags=["provided"]
def scene_with(signs, height, width, generator):
    """
    [en]
    A colour image (3, height, width), float64, values around 0: noise, and signs [(class, row, column), ...] on top.

    Classes: 0 a vertical bar, 1 a horizontal bar, 2 a cross, 3 a ring; row and column are the centre.
    [ko]
    컬러 이미지 (3, height, width), float64, 값은 0 안팎: 노이즈 위에 기호 [(클래스, 행, 열), ...]을 그립니다.

    클래스: 0 세로줄, 1 가로줄, 2 가위표, 3 고리. 행과 열은 기호의 중심입니다.
    [/]
    """

    def uniform(*shape):
        return torch.rand(*shape, generator=generator, dtype=torch.float64)

    image = 0.25 * uniform(3, 1, 1) - 0.3
    image = image + 0.12 * torch.randn(3, height, width, generator=generator, dtype=torch.float64)
    for kind, row, column in signs:
        dy = torch.arange(height, dtype=torch.float64)[:, None] - row
        dx = torch.arange(width, dtype=torch.float64)[None, :] - column
        near = (dy.abs() < 4.6) & (dx.abs() < 4.6)
        sign = [
            near & (dx.abs() < 1.1),
            near & (dy.abs() < 1.1),
            near & ((dx.abs() - dy.abs()).abs() < 1.3),
            ((dx**2 + dy**2).sqrt() - 3.6).abs() < 1.1,
        ][kind]
        image = torch.where(sign, 0.05 + 0.55 * uniform(3, 1, 1), image)
    return image


def little_scenes(count, seed):
    """
    [en]
    (images (count, 3, 20, 20) float64, classes (count,) int64): one sign in each, at a random place in a random colour.
    [ko]
    (이미지 (count, 3, 20, 20) float64, 클래스 (count,) int64): 이미지마다 기호 하나가 임의의 자리에 임의의 색으로 있습니다.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    classes = torch.randint(0, 4, (count,), generator=generator)
    places = 6 + 7 * torch.rand(count, 2, generator=generator)
    scenes = [scene_with([(int(c), *place.tolist())], 20, 20, generator) for c, place in zip(classes, places)]
    return torch.stack(scenes), classes


def tiny_cnn(x, params):
    """
    [en]
    The network of this notebook: convolution, ReLU, convolution, ReLU, mean over all places, linear layer.

    x: (N, C, H, W). params: dict "w1" (K1, C, k, k), "b1" (K1,), "w2" (K2, K1, m, m), "b2" (K2,), "W" (classes, K2),
    "d" (classes,). Kernels are odd; stride 1, and zeros around the image keep its size.
    Returns a dict: "z1" (N, K1, H, W) and "z2" (N, K2, H, W), the values before each ReLU; "maps" (N, K2, H, W) = relu(z2);
    "features" (N, K2), the means of the maps; "scores" (N, classes) = features @ W.T + d.
    [ko]
    이 노트북의 신경망: 합성곱, ReLU, 합성곱, ReLU, 모든 위치의 평균, 선형 층.

    x: (N, C, H, W). params: dict "w1" (K1, C, k, k), "b1" (K1,), "w2" (K2, K1, m, m), "b2" (K2,),
    "W" (클래스 수, K2), "d" (클래스 수,). 커널의 크기는 홀수이고 스트라이드는 1이며, 둘레에 0을 채워 이미지의 크기를 유지합니다.
    결과는 dict입니다. "z1" (N, K1, H, W)과 "z2" (N, K2, H, W)는 각 ReLU를 거치기 전의 값,
    "maps" (N, K2, H, W) = relu(z2), "features" (N, K2)는 맵의 평균, "scores" (N, 클래스 수) = features @ W.T + d.
    [/]
    """
    conv = torch.nn.functional.conv2d
    z1 = conv(x, params["w1"], params["b1"], padding=params["w1"].shape[2] // 2)
    z2 = conv(torch.relu(z1), params["w2"], params["b2"], padding=params["w2"].shape[2] // 2)
    maps = torch.relu(z2)
    features = maps.mean(dim=(2, 3))
    scores = features @ params["W"].T + params["d"]
    return {"z1": z1, "z2": z2, "maps": maps, "features": features, "scores": scores}


def train_tiny_cnn(steps=240, seed=2):
    """
    [en]
    Train the network on little scenes: (params in float64, losses of the steps).
    [ko]
    작은 장면들로 신경망을 학습시켜 (float64 params, 단계마다의 손실)을 돌려줍니다.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)

    def start(*shape, scale):
        return (scale * torch.randn(*shape, generator=generator)).requires_grad_()

    params = {
        "w1": start(9, 3, 5, 5, scale=(2 / 75) ** 0.5),
        "b1": torch.zeros(9, requires_grad=True),
        "w2": start(12, 9, 5, 5, scale=(2 / 225) ** 0.5),
        "b2": torch.zeros(12, requires_grad=True),
        "W": start(4, 12, scale=1.2),
        "d": torch.zeros(4, requires_grad=True),
    }
    optimiser = torch.optim.Adam(params.values(), lr=0.02, weight_decay=5e-3)
    scenes, classes = little_scenes(960, seed=seed + 1)
    losses = []
    for step in range(steps):
        batch = torch.arange(24 * step, 24 * step + 24) % 960
        scores = tiny_cnn(scenes[batch].float(), params)["scores"]
        loss = torch.nn.functional.cross_entropy(scores, classes[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return {name: value.detach().double() for name, value in params.items()}, losses


def nearest_or_error(feats, q, k):
    """
    [en]
    For grading: nearest(feats, q, k), or the word "ValueError" where it raises one.
    [ko]
    채점용: nearest(feats, q, k)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return nearest(feats, q, k)
    except ValueError:
        return "ValueError"


def occlusion_by_name(name, weights, img, size, stride, fill=None):
    """
    [en]
    For grading: (occlusion_map with a score chosen by name, how often the score was asked). weights: (C, H, W).
    [ko]
    채점용: 이름으로 고른 점수 함수로 (occlusion_map의 결과, 점수 함수를 부른 횟수)를 돌려줍니다. weights: (C, H, W).
    [/]
    """
    asked = []
    scores = {
        "weighted sum": lambda x: (weights * x).sum(),
        "curved": lambda x: torch.tanh((weights * x).mean()) + (x * x).mean(),
        "neighbours": lambda x: (weights[:, :, 1:] * x[:, :, 1:] * x[:, :, :-1]).sum() + (weights * x).sum(),
        "largest": lambda x: (weights * x).max(),
        "constant": lambda x: weights.sum(),
    }

    def score_fn(x):
        asked.append(1)
        return scores[name](x)

    if fill is None:
        return occlusion_map(img, score_fn, size, stride), len(asked)
    return occlusion_map(img, score_fn, size, stride, fill), len(asked)


def saliency_traces(x, params, c):
    """
    [en]
    For grading: (saliency(x, params, c), whether it carries a graph, whether x or params ask for gradients afterwards).
    [ko]
    채점용: (saliency(x, params, c), 결과에 계산 그래프가 붙어 있는지, 그 뒤에 x나 params가 기울기를 요구하는지).
    [/]
    """
    heat = saliency(x, params, c)
    return heat.detach(), heat.requires_grad, any(t.requires_grad for t in [x, *params.values()])


# %% [markdown] lang="en"
# ### The network under examination
#
# This cell trains the network (a few seconds; nothing is asked of you). Each little scene holds one of four signs, at any place and in
# any colour. Left: the loss; right: scenes that the network has never seen, with its answers.

# %% [markdown] lang="ko"
# ### 들여다볼 신경망
#
# 이 셀은 신경망을 학습시킵니다(몇 초 걸리며, 여러분이 할 일은 없습니다). 작은 장면마다 네 가지 기호 가운데 하나가 임의의
# 자리에 임의의 색으로 있습니다. 왼쪽은 손실이고, 오른쪽은 신경망이 처음 보는 장면과 그 대답입니다.

# %% tags=["explore"]
import matplotlib.pyplot as plt

SIGNS = ["bar |", "bar –", "cross", "ring"]
network, training_losses = train_tiny_cnn()
gallery, gallery_classes = little_scenes(300, seed=77)
answers = tiny_cnn(gallery, network)["scores"].argmax(dim=1)


def as_picture(image):
    return (image.permute(1, 2, 0) + 0.45).clamp(0, 1)


figure = plt.figure(figsize=(13, 3.6), constrained_layout=True)
left, right = figure.subfigures(1, 2, width_ratios=[1, 1.7])
ax = left.subplots()
ax.plot(training_losses, color="#0072B2", lw=1)
right_share = (answers == gallery_classes).double().mean().item()
ax.set(xlabel="step", ylabel="loss", title=f"{right_share:.0%} of 300 new scenes right", ylim=(0, None))
ax.grid(alpha=0.3)
for place, ax in enumerate(right.subplots(2, 6).flat):
    ax.imshow(as_picture(gallery[place]))
    wrong = answers[place] != gallery_classes[place]
    ax.set_title(SIGNS[answers[place]], fontsize=10, color="red" if wrong else "black")
    ax.set(xticks=[], yticks=[])
plt.show()

# %% [markdown] lang="en" task="nearest"
# ## 1. Nearest neighbours, and a sheet of filters (14 points)
#
# The simplest question to a feature space: which of the known images lie nearest to this one? If the features are good, they show the
# same thing; nearest in *pixels* are merely images of similar colour in similar places. The distance is Euclidean. (With
# $\|a\|^2+\|b\|^2-2a\cdot b$ it is fast, but for near points rounding can make it negative. Do you need the root at all?)
#
# The second function lays the filters of a layer on one sheet, so that you can look at them. Weights have any range, so each filter
# is stretched to $[0,1]$ first; a colour filter is stretched as a whole, or its colours would change.

# %% [markdown] lang="ko" task="nearest"
# ## 1. 최근접 이웃과 필터 모음 (14점)
#
# 특징 공간에 던지는 가장 쉬운 질문입니다. 알고 있는 이미지 가운데 이 이미지와 가장 가까운 것은 무엇인가? 특징이 좋으면 같은 물체가
# 나오지만, *픽셀*로 가장 가까운 것은 그저 비슷한 자리에 비슷한 색이 있는 이미지입니다. 거리는 유클리드 거리입니다.
# ($\|a\|^2+\|b\|^2-2a\cdot b$로 계산하면 빠르지만, 가까운 점에서는 반올림 오차로 음수가 되기도 합니다. 그런데 제곱근이 꼭 필요할까요?)
#
# 두 번째 함수는 한 층의 필터를 눈으로 볼 수 있도록 그림 한 장에 늘어놓습니다. 가중치의 범위는 제각각이므로 필터마다 먼저 $[0,1]$
# 범위로 맞춥니다. 컬러 필터는 채널을 나누지 말고 통째로 맞춰야 색이 바뀌지 않습니다.


# %% task="nearest"
def nearest(feats, q, k):
    """
    [en]
    Row numbers in feats of the k nearest neighbours of each query: (Q, k) int64, the nearest first.

    feats: (M, D), q: (Q, D), one float dtype; M, Q, D >= 1. k: int, 1 <= k <= M; if k > M raise ValueError.

    Euclidean distance. Of equally near rows the one with the smaller number comes first. A query that stands in feats
    itself is found like any other: it is its own nearest neighbour.
    The values may lie far from 0 (around 1000, say): no NaN may appear on the way.
    [ko]
    각 질의의 최근접 이웃 k개가 feats의 몇 번째 행인지를 가까운 것부터 돌려줍니다: (Q, k) int64.

    feats: (M, D), q: (Q, D), 같은 실수 dtype, M, Q, D >= 1. k: int, 1 <= k <= M. k > M이면 ValueError를 발생시키세요.

    유클리드 거리입니다. 거리가 같으면 번호가 작은 행이 먼저입니다. 질의 자신이 feats에 들어 있으면 다른 행과 똑같이
    찾습니다. 즉 자기 자신이 가장 가까운 이웃이 됩니다.
    값이 0에서 멀 수도 있습니다(예를 들어 1000 안팎). 계산 도중에 NaN이 나오면 안 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    if k > len(feats):
        raise ValueError(f"there are only {len(feats)} rows, not {k}")
    squares = ((q[:, None] - feats[None]) ** 2).sum(dim=2)
    return squares.argsort(dim=1, stable=True)[:, :k]
    ### END SOLUTION


def tile_filters(w):
    """
    [en]
    All filters of a layer on one sheet: (C, R kh + R - 1, S kw + S - 1), values in [0, 1].

    w: (K, C, kh, kw), K >= 1. The sheet has S = ceil(sqrt(K)) columns and R = ceil(K / S) rows, filled row by row, from left
    to right.

    Each filter f is stretched by its own smallest and largest weight over ALL channels: (f - min) / (max - min); a filter
    whose weights are all equal becomes 0.5. One pixel of 1.0 lies between neighbouring tiles, none around the sheet;
    places without a filter are 1.0, too.
    [ko]
    한 층의 모든 필터를 그림 한 장에 늘어놓습니다: (C, R kh + R - 1, S kw + S - 1), 값은 [0, 1].

    w: (K, C, kh, kw), K >= 1. S = ceil(sqrt(K))열, R = ceil(K / S)행이며 왼쪽에서 오른쪽으로 한 행씩 채웁니다.

    필터 f마다 '모든' 채널에 걸친 자기 가중치의 최솟값과 최댓값으로 범위를 맞춥니다: (f - min) / (max - min). 가중치가 모두 같은
    필터는 0.5가 됩니다. 이웃한 칸 사이에는 1.0인 픽셀이 한 줄 있고 그림 둘레에는 없습니다. 필터가 없는 칸도 1.0입니다.
    [/]
    """
    ### BEGIN SOLUTION
    K, C, kh, kw = w.shape
    columns = math.ceil(math.sqrt(K))
    rows = math.ceil(K / columns)
    sheet = w.new_ones(C, rows * (kh + 1) - 1, columns * (kw + 1) - 1)
    for number, f in enumerate(w):
        low, high = f.min(), f.max()
        top, left = number // columns * (kh + 1), number % columns * (kw + 1)
        tile = (f - low) / (high - low) if high > low else torch.full_like(f, 0.5)
        sheet[:, top : top + kh, left : left + kw] = tile
    return sheet
    ### END SOLUTION


# %% [markdown] lang="en" task="nearest" hint=1
# Subtract every query from every row (broadcasting makes a tensor (Q, M, D)), square, sum, and sort each row of the result; a stable
# sort keeps equal ones in order. For the sheet start with ones everywhere and write each filter into its place.

# %% [markdown] lang="ko" task="nearest" hint=1
# 모든 질의에서 모든 행을 빼고(브로드캐스팅으로 (Q, M, D) 텐서가 됩니다) 제곱해서 더한 다음 결과의 각 행을 정렬하세요. 안정 정렬은
# 같은 값의 순서를 지킵니다. 필터 그림은 전체를 1로 채워 놓고 필터를 하나씩 제자리에 써넣으면 됩니다.

# %% [markdown] lang="en" task="nearest" hint=2
# $d_{ij}^2=\sum_d(q_{id}-f_{jd})^2$ has the same order as $d_{ij}$. Filter $n$ stands in row $\lfloor n/S\rfloor$ and column
# $n\bmod S$; its tile begins at pixel $(k_h+1)\lfloor n/S\rfloor$, $(k_w+1)(n\bmod S)$.

# %% [markdown] lang="ko" task="nearest" hint=2
# $d_{ij}^2=\sum_d(q_{id}-f_{jd})^2$의 순서는 $d_{ij}$의 순서와 같습니다. 필터 $n$은 $\lfloor n/S\rfloor$행, $n\bmod S$열에 놓이며,
# 그 칸은 픽셀 $(k_h+1)\lfloor n/S\rfloor$, $(k_w+1)(n\bmod S)$에서 시작합니다.

# %% [markdown] lang="en"
# ### See it: what the filters look for, and who is near whom
#
# Left: the nine $5\times5$ colour filters of the first layer; look for edges and bars. Right: four scenes, each followed by the five nearest among the
# other 299, once by pixels, once by the twelve features of the network. By pixels the neighbours have a similar background and a sign in the same place; by
# features they show the same sign, wherever it is and whatever its colour (wrong signs are framed in red).

# %% [markdown] lang="ko"
# ### 직접 보기: 필터가 찾는 것, 서로 가까운 것
#
# 왼쪽은 첫 층의 $5\times5$ 컬러 필터 아홉 개입니다. 경계나 줄무늬가 보이는지 살펴보세요. 그 옆에는 장면 네 개에
# 대해 나머지 299개 가운데 가장 가까운 다섯 개를 늘어놓았습니다. 가운데는 픽셀로, 오른쪽은 신경망의 특징 열두 개로 찾은 것입니다. 픽셀로 찾은 이웃은 배경이 비슷하고 같은 자리에 기호가 있으며, 특징으로
# 찾은 이웃은 자리나 색과 상관없이 같은 기호입니다(기호가 다르면 빨간 테두리).

# %% tags=["explore"]
if ready(nearest, tile_filters):
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(14, 4.6), constrained_layout=True)
    left, middle, right = figure.subfigures(1, 3, width_ratios=[1, 1.5, 1.5])
    ax = left.subplots()
    ax.imshow(tile_filters(network["w1"]).permute(1, 2, 0))
    ax.set(title="filters of the first layer", xticks=[], yticks=[])
    spaces = {"by pixels": gallery.flatten(1), "by features": tiny_cnn(gallery, network)["features"]}
    # [en] one scene of each class; in the gallery each finds itself first, and then its neighbours
    # [ko] 클래스마다 장면 하나씩입니다. 각 장면은 자기 자신을 먼저 찾고, 그다음 이웃을 찾습니다
    queries = [int((gallery_classes == kind).nonzero()[3]) for kind in range(4)]
    for part, (name, space) in zip([middle, right], spaces.items()):
        part.suptitle(f"five nearest {name}", fontsize=12)
        places = part.subplots(4, 6)
        for row, query, found in zip(places, queries, nearest(space, space[queries], 6)):
            for ax, number in zip(row, found.tolist()):
                ax.imshow(as_picture(gallery[number]))
                wrong = gallery_classes[number] != gallery_classes[query]
                ax.set(xticks=[], yticks=[])
                for spine in ax.spines.values():
                    spine.set(color="red" if wrong else "white", linewidth=2.5 if wrong else 0.5)
            row[0].set_ylabel("query", fontsize=9)
    plt.show()

# %% [markdown] lang="en" task="tsne_P"
# ## 2. t-SNE (26 points)
#
# Twelve numbers per image cannot be drawn. t-SNE looks for a picture in the plane in which everyone keeps the neighbours that they have in
# the feature space. Two halves:
#
# *Who are my neighbours?* Point $i$ gives all others a probability, $p_{j|i}\propto e^{-\beta_i d_{ij}^2}$. In a crowd it should look
# closely ($\beta_i$ large), in a desert far ($\beta_i$ small), so that everyone has about equally many neighbours: the
# perplexity $e^{H_i}$, with $H_i=-\sum_jp_{j|i}\ln p_{j|i}$. As $\beta_i$ grows, $H_i$ falls, so $\beta_i$ is found by bisection. Last comes
# $P=(P_{\cdot|\cdot}+P_{\cdot|\cdot}^\top)/2N$, which sums to 1.
#
# *How wrong is my picture?* In the plane neighbourhoods have heavier tails, $q_{ij}\propto(1+\|y_i-y_j\|^2)^{-1}$, so that moderately
# far points may move further apart. The loss is $\mathrm{KL}(P\|Q)$; its gradient pulls where $p_{ij}>q_{ij}$, and pushes where
# it is smaller.

# %% [markdown] lang="ko" task="tsne_P"
# ## 2. t-SNE (26점)
#
# 이미지마다 수가 열두 개씩이면 그림으로 그릴 수 없습니다. t-SNE는 특징 공간에서의 이웃이 평면에서도 이웃으로 남는 그림을 찾습니다.
# 두 부분으로 이루어집니다.
#
# *내 이웃은 누구인가?* 점 $i$는 나머지 모든 점에 확률 $p_{j|i}\propto e^{-\beta_i d_{ij}^2}$을 매깁니다. 붐비는 곳에서는 가까이만
# 보고($\beta_i$가 큼), 한적한 곳에서는 멀리까지 보아야($\beta_i$가 작음) 모두의 이웃 수가 비슷해집니다. 이 이웃 수가 퍼플렉시티
# $e^{H_i}$이며, $H_i=-\sum_jp_{j|i}\ln p_{j|i}$입니다. $\beta_i$가 커질수록 $H_i$는 작아지므로 이분법으로 $\beta_i$를 찾을 수 있습니다.
# 마지막으로 $P=(P_{\cdot|\cdot}+P_{\cdot|\cdot}^\top)/2N$으로 두면 전체의 합이 1이 됩니다.
#
# *내 그림은 얼마나 틀렸나?* 평면에서는 꼬리가 더 두꺼운 $q_{ij}\propto(1+\|y_i-y_j\|^2)^{-1}$으로 이웃을 잽니다. 그래서 적당히 먼 점들은
# 더 멀어져도 괜찮습니다. 손실은 $\mathrm{KL}(P\|Q)$이고, 그 기울기는 $p_{ij}>q_{ij}$인 쌍을 끌어당기고 반대인 쌍은 밀어냅니다.


# %% task="tsne_P"
def tsne_P(X, perplexity):
    """
    [en]
    The symmetric neighbourhoods of t-SNE: P (N, N) = (P_cond + P_cond.T) / (2 N), all its elements sum to 1.
    [ko]
    t-SNE의 대칭 이웃 확률: P (N, N) = (P_cond + P_cond.T) / (2 N), 모든 원소의 합은 1입니다.
    [/]

        P_cond[i, j] = exp(-beta_i d_ij) / sum over k != i of exp(-beta_i d_ik),   P_cond[i, i] = 0

    [en]
    d_ij: SQUARED Euclidean distance of the rows i and j. X: (N, D), N >= 3. perplexity: float, 1 < perplexity < N - 1.

    beta_i > 0 is such that row i of P_cond has this perplexity, exp(H_i), with H_i the entropy of the row in natural logarithms, exact
    to 1e-5 or better (bisection; 60 steps are plenty, in float32, too).
    X may have any scale (d_ij from 1e-8 to 1e7), and a row may lie far from all others, which are close together: its
    exponentials must not underflow all at once. Rows of X may be equal, but fewer of them than the perplexity.
    Forbidden: sklearn.
    [ko]
    d_ij는 i번째 행과 j번째 행 사이의 유클리드 거리의 '제곱'입니다. X: (N, D), N >= 3. perplexity: float,
    1 < perplexity < N - 1.

    beta_i > 0은 P_cond의 i번째 행의 퍼플렉시티 exp(H_i)가 주어진 값이 되게 하는 수입니다. H_i는 자연로그로 구한 그 행의
    엔트로피이며, 1e-5보다 정확해야 합니다(이분법으로 60번이면 넉넉하고, float32에서도 그렇습니다).
    X의 크기는 임의이며(d_ij가 1e-8에서 1e7까지), 어떤 행은 서로 가까운 나머지 행들로부터 멀리 떨어져 있을 수 있습니다.
    이때 지수함수 값이 모두 한꺼번에 0이 되면 안 됩니다. X에 같은 행이 있을 수 있지만 그 수는 퍼플렉시티보다 적습니다.
    사용 금지: sklearn.
    [/]
    """
    ### BEGIN SOLUTION
    N = X.shape[0]
    others = ~torch.eye(N, dtype=torch.bool, device=X.device)
    d = ((X[:, None] - X[None]) ** 2).sum(dim=2)[others].reshape(N, N - 1)
    low, beta = torch.zeros_like(d[:, :1]), torch.ones_like(d[:, :1])
    high = torch.full_like(low, torch.inf)
    for _ in range(100):
        p = torch.softmax(-beta * d, dim=1)
        too_wide = torch.special.entr(p).sum(dim=1, keepdim=True) > math.log(perplexity)
        low, high = torch.where(too_wide, beta, low), torch.where(too_wide, high, beta)
        beta = torch.where(high.isinf(), 2 * beta, (low + high) / 2)
    P = torch.zeros(N, N, dtype=X.dtype, device=X.device)
    P[others] = p.flatten()
    return (P + P.T) / (2 * N)
    ### END SOLUTION


def tsne_grad(P, Y):
    """
    [en]
    Loss of a picture and its gradient: (KL, dY).

    P: (N, N), symmetric, not negative, diagonal 0, sum 1; other elements may be 0, too. Y: (N, m), the points in the plane
    (m may differ from 2), N >= 2. Returns KL 0-d, dY (N, m).

    q_ij = (1 + |y_i - y_j|^2)^-1 / (the same summed over ALL pairs k != l), q_ii = 0. KL = sum of p_ij ln(p_ij / q_ij) over i != j,
    where 0 ln 0 = 0. dY = dKL/dY by hand: four times a sum, see the hints.
    Forbidden: torch.autograd, torch.func, .backward, sklearn.
    [ko]
    그림의 손실과 그 기울기 (KL, dY)를 구합니다.

    P: (N, N), 대칭이고 음수가 없으며 대각 원소는 0, 합은 1입니다. 다른 원소도 0일 수 있습니다. Y: (N, m), 평면의 점
    (m은 2가 아닐 수도 있습니다), N >= 2. 결과: KL은 0차원, dY (N, m).

    q_ij = (1 + |y_i - y_j|^2)^-1 / ('모든' 쌍 k != l에 대한 같은 값의 합), q_ii = 0. KL은 i != j에 대한
    p_ij ln(p_ij / q_ij)의 합이며 0 ln 0 = 0입니다. dY = dKL/dY는 손으로 미분하세요. 어떤 합의 네 배입니다(힌트 참고).
    사용 금지: torch.autograd, torch.func, .backward, sklearn.
    [/]
    """
    ### BEGIN SOLUTION
    difference = Y[:, None] - Y[None]
    tail = 1 / (1 + (difference**2).sum(dim=2))
    tail = tail - torch.diag(torch.diag(tail))
    Q = tail / tail.sum()
    KL = (torch.xlogy(P, P) - torch.xlogy(P, Q)).sum()
    return KL, 4 * (((P - Q) * tail)[:, :, None] * difference).sum(dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="tsne_P" hint=1
# For all rows at once: keep a lower and an upper bound of every $\beta_i$. Entropy too high means $\beta_i$ too small. While there is no upper
# bound yet, double; afterwards halve the interval. Subtracting the smallest distance of each row (what a softmax does) changes no
# probability and keeps one exponential at 1. In the gradient, think of springs between all pairs.

# %% [markdown] lang="ko" task="tsne_P" hint=1
# 모든 행을 한꺼번에 다루세요. $\beta_i$마다 하한과 상한을 기억합니다. 엔트로피가 너무 크면 $\beta_i$가 너무 작은 것입니다. 상한이 아직
# 없으면 두 배로 늘리고, 있으면 구간을 반으로 나눕니다. 각 행에서 가장 짧은 거리를 빼면(소프트맥스가 하는 일입니다) 확률은 그대로이면서
# 지수함수 값 하나는 늘 1이 됩니다. 기울기는 모든 쌍 사이에 용수철이 있다고 생각해 보세요.

# %% [markdown] lang="en" task="tsne_P" hint=2
# $p_{j|i}=\mathrm{softmax}_j(-\beta_i d_{ij}^2)$ over $j\ne i$, $\;H_i=-\sum_jp_{j|i}\ln p_{j|i}=\ln(\text{perplexity})$;
# $\;\frac{\partial\mathrm{KL}}{\partial y_i}=4\sum_j(p_{ij}-q_{ij})\,(1+\|y_i-y_j\|^2)^{-1}\,(y_i-y_j)$.

# %% [markdown] lang="ko" task="tsne_P" hint=2
# $j\ne i$에 대해 $p_{j|i}=\mathrm{softmax}_j(-\beta_i d_{ij}^2)$, $\;H_i=-\sum_jp_{j|i}\ln p_{j|i}=\ln(\text{퍼플렉시티})$이고,
# $\;\frac{\partial\mathrm{KL}}{\partial y_i}=4\sum_j(p_{ij}-q_{ij})\,(1+\|y_i-y_j\|^2)^{-1}\,(y_i-y_j)$입니다.

# %% [markdown] lang="en"
# ### See it: two hundred scenes in the plane
#
# Your t-SNE at work on 200 scenes: by their 1200 pixel values (top) and by the network's 12 features (bottom), at the beginning,
# on the way, and at the end. By pixels the signs stay mixed; by features each has an area of its own, and rings and crosses touch
# where the network hesitates between them. (Distances *between* groups and their sizes mean little: the method only cares
# about neighbours.) Try another perplexity.

# %% [markdown] lang="ko"
# ### 직접 보기: 평면에 펼친 장면 이백 개
#
# 여러분의 t-SNE로 장면 200개를 펼칩니다. 위는 픽셀 값 1200개로, 아래는 신경망의 특징 12개로 펼친 것이며, 처음과 중간과 끝을 그렸습니다.
# 픽셀로 펼치면 기호들이 뒤섞여 있고, 특징으로 펼치면 기호마다 자기 구역이 생깁니다. 고리와 가위표는 신경망이 둘을 헷갈려 하는 곳에서
# 맞닿습니다. (무리 *사이*의 거리나 무리의 크기에는 별 뜻이 없습니다. 이 방법은 이웃에만 신경을 씁니다.) 퍼플렉시티를 바꿔 보세요.

# %% tags=["explore"]
if ready(tsne_P, tsne_grad):
    import matplotlib.pyplot as plt
    from checker import in_time

    wanted, steps, count = 15.0, 400, 200
    spaces = {"pixels": gallery[:count].flatten(1), "features": tiny_cnn(gallery[:count], network)["features"]}
    figure, axes = plt.subplots(2, 4, figsize=(14, 6.6), constrained_layout=True)
    for row, (name, space) in zip(axes, spaces.items()):
        P = tsne_P(space, wanted)
        generator = torch.Generator().manual_seed(0)
        Y = 1e-2 * torch.randn(count, 2, generator=generator, dtype=torch.float64)
        velocity, shown = torch.zeros_like(Y), {0: Y}
        for step in in_time(range(1, steps + 1)):
            # [en] for the first 100 steps P is exaggerated, so that groups find each other before they settle
            # [ko] 처음 100단계에서는 P를 부풀려 무리들이 자리 잡기 전에 서로를 찾게 합니다
            _, dY = tsne_grad(4 * P if step <= 100 else P, Y)
            velocity = (0.5 if step <= 100 else 0.8) * velocity - 40 * dY
            Y = Y + velocity
            if step in (60, 150, steps):
                shown[step] = Y
        shown[step] = Y
        for ax, (step, points) in zip(row, shown.items()):
            for kind, (color, marker) in enumerate(
                zip(["#0072B2", "#E69F00", "#009E73", "#CC79A7"], ["|", "_", "x", "o"])
            ):
                chosen = points[gallery_classes[:count] == kind]
                face = {"facecolor": "none", "edgecolor": color} if marker == "o" else {"color": color}
                ax.scatter(*chosen.T, marker=marker, s=32, lw=1.4, label=SIGNS[kind], **face)
            ax.set(xticks=[], yticks=[], title=f"by {name}, step {step}")
        row[-1].set_xlabel(f"KL = {tsne_grad(P, Y)[0].item():.2f}")
    axes[0, 0].legend(frameon=True, fontsize=8, loc="upper right")
    plt.show()

# %% [markdown] lang="en" task="cam"
# ## 3. Class activation map (16 points)
#
# The network averages each activation map and adds up the averages with the weights of the class. Exchange the two steps: add up the *maps*
# with the weights of the class, and you see where the score comes from. Nothing else is done to it here: negative
# places speak against the class and stay negative, and the mean of the map is exactly the score without its bias.

# %% [markdown] lang="ko" task="cam"
# ## 3. 클래스 활성화 맵 (16점)
#
# 신경망은 활성화 맵마다 평균을 내고, 그 평균들을 클래스의 가중치로 더합니다. 두 단계의 순서를 바꿔 *맵*을 클래스의 가중치로 더하면 점수가
# 어디에서 왔는지 보입니다. 여기서는 그 밖에 아무것도 하지 않습니다. 음수인 곳은 그 클래스가 아니라는 증거이므로 음수로 두며, 맵의 평균은
# 편향을 뺀 점수와 정확히 같습니다.


# %% task="cam"
def cam(F, W, c):
    """
    [en]
    Class activation map (h, w): the maps F added up with the weights of class c.

    F: (K, h, w) activation maps of one image, W: (classes, K) weights of the linear layer after the average, c: int, 0 <= c <
    classes. Classes, K, h, w >= 1.

    No bias, no ReLU, no normalisation, no enlargement: the mean of the result is the score of class c without its bias.
    Must be differentiable with respect to F and W: torch.autograd must be able to go through it.
    [ko]
    클래스 활성화 맵 (h, w): 맵 F를 클래스 c의 가중치로 더한 것입니다.

    F: (K, h, w) 이미지 하나의 활성화 맵, W: (클래스 수, K) 평균 다음에 오는 선형 층의 가중치, c: int, 0 <= c < 클래스 수.
    클래스 수, K, h, w >= 1.

    편향도, ReLU도, 정규화도, 확대도 없습니다. 결과의 평균은 편향을 뺀 클래스 c의 점수입니다.
    F와 W에 대해 미분 가능해야 합니다. 즉 torch.autograd가 이 함수를 통과할 수 있어야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.tensordot(W[c], F, dims=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="cam" hint=1
# The row of $W$ that belongs to the class has one weight for each map. Multiply every map by its weight and add the maps up, place
# by place.

# %% [markdown] lang="ko" task="cam" hint=1
# $W$에서 그 클래스의 행에는 맵마다 가중치가 하나씩 있습니다. 맵마다 제 가중치를 곱한 다음, 위치마다 맵들을 더하세요.

# %% [markdown] lang="en" task="cam" hint=2
# $\mathrm{CAM}_c(i,j)=\sum_{k}W_{ck}\,F_{kij}$

# %% [markdown] lang="ko" task="cam" hint=2
# $\mathrm{CAM}_c(i,j)=\sum_{k}W_{ck}\,F_{kij}$

# %% [markdown] lang="en"
# ### See it: one image, four questions
#
# A wide scene with a ring on the left and a cross on the right; in training the network only ever saw one sign at a time. For each class you see its
# map: red speaks for the class, blue against it. "cross" is reddest on the cross and "ring" on the ring, although nobody ever told
# the network *where* the signs are; and "bar –" likes the flat pieces at the top and the bottom of the ring.

# %% [markdown] lang="ko"
# ### 직접 보기: 이미지 하나, 질문 네 개
#
# 왼쪽에 고리, 오른쪽에 가위표가 있는 넓은 장면입니다. 학습할 때 신경망은 기호를 한 번에 하나씩만 보았습니다. 클래스마다 그 맵을 그렸으며,
# 빨간색은 그 클래스라는 증거, 파란색은 아니라는 증거입니다. "cross"의 맵은 가위표에서, "ring"의 맵은 고리에서 가장 붉습니다. 기호가
# *어디* 있는지는 아무도 신경망에 알려 준 적이 없는데도 말입니다. "bar –"의 맵은 고리 위아래의 평평한 부분에 반응합니다.

# %% tags=["explore"]
if ready(cam):
    import matplotlib.pyplot as plt

    wide = scene_with([(3, 9, 10), (2, 11, 29)], 20, 40, torch.Generator().manual_seed(3))
    inside = tiny_cnn(wide[None], network)
    figure, axes = plt.subplots(1, 5, figsize=(15, 2.3), constrained_layout=True)
    axes[0].imshow(as_picture(wide))
    axes[0].set(title="the scene")
    heat = [cam(inside["maps"][0], network["W"], c) for c in range(4)]
    limit = torch.stack(heat).abs().quantile(0.99).item()
    for c, ax in enumerate(axes[1:]):
        image = ax.imshow(heat[c], cmap="RdBu_r", vmin=-limit, vmax=limit)
        score = inside["scores"][0, c].item()
        ax.set(title=f"{SIGNS[c]}: mean {heat[c].mean():.2f}, score {score:.2f}")
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    figure.colorbar(image, ax=axes[-1], shrink=0.9)
    plt.show()

# %% [markdown] lang="en" task="occlusion_map"
# ## 4. Occlusion map (20 points)
#
# This one needs no look inside: any function that scores an image will do. Cover a square of the image, ask for the score again, and note how far
# it has **fallen**. Where covering hurts, the evidence was. Every question costs one run of the network, so none is asked
# twice.

# %% [markdown] lang="ko" task="occlusion_map"
# ## 4. 가림 맵 (20점)
#
# 이 방법은 신경망 속을 들여다볼 필요가 없습니다. 이미지에 점수를 매기는 함수라면 무엇이든 됩니다. 이미지의 네모 한 칸을 가리고 점수를
# 다시 물어, 점수가 얼마나 **떨어졌는지** 적습니다. 가렸을 때 많이 떨어진 곳에 증거가 있었던 것입니다. 한 번 물을 때마다 신경망을
# 한 번 돌려야 하므로 같은 것을 두 번 묻지 않습니다.


# %% task="occlusion_map"
def occlusion_map(img, score_fn, size, stride, fill=0.0):
    """
    [en]
    Heat-map (ceil(H / stride), ceil(W / stride)): score of the image minus score with a square covered.

    img: (C, H, W). score_fn: takes an image of this shape, returns a 0-d tensor of its dtype. size, stride: int >= 1.
    fill: float, the value that covers the square, in all channels.

    Element (i, j) belongs to the square of size x size whose top left pixel is (i stride, j stride). At the lower and right border the
    square is cut off by the image; it may also be larger than the image. Each square is covered in the ORIGINAL image.
    score_fn is called exactly once for img itself and exactly once for each element. img is the same afterwards.
    [ko]
    히트맵 (ceil(H / stride), ceil(W / stride)): 원래 이미지의 점수에서 네모 칸을 가렸을 때의 점수를 뺀 값입니다.

    img: (C, H, W). score_fn: 같은 모양의 이미지를 받아 같은 dtype의 0차원 텐서를 돌려주는 함수. size, stride: int >= 1.
    fill: float, 네모 칸을 덮는 값이며 모든 채널에 적용합니다.

    원소 (i, j)는 왼쪽 위 픽셀이 (i stride, j stride)인 size x size 네모 칸의 값입니다. 아래쪽과 오른쪽 가장자리에서는 네모가
    이미지 밖으로 나간 만큼 잘리며, 네모가 이미지보다 클 수도 있습니다. 네모 칸은 매번 '원래' 이미지에서 가립니다.
    score_fn은 img 자체에 대해 정확히 한 번, 원소마다 정확히 한 번 부릅니다. 끝난 뒤 img는 그대로여야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    _, H, W = img.shape
    whole = score_fn(img)
    heat = torch.zeros(math.ceil(H / stride), math.ceil(W / stride), dtype=img.dtype, device=img.device)
    for i in range(heat.shape[0]):
        for j in range(heat.shape[1]):
            covered = img.clone()
            covered[:, i * stride : i * stride + size, j * stride : j * stride + size] = fill
            heat[i, j] = whole - score_fn(covered)
    return heat
    ### END SOLUTION


# %% [markdown] lang="en" task="occlusion_map" hint=1
# Ask for the score of the whole image once, before the loops. Inside, cover a *copy*; a slice that reaches over the border is cut off
# by itself.

# %% [markdown] lang="ko" task="occlusion_map" hint=1
# 전체 이미지의 점수는 반복문 앞에서 한 번만 물으세요. 반복문 안에서는 *복사본*을 가립니다. 가장자리를 넘어가는 슬라이스는 저절로
# 잘립니다.

# %% [markdown] lang="en" task="occlusion_map" hint=2
# $h_{ij}=s(x)-s(x^{(ij)})$, where $x^{(ij)}_{cab}=\text{fill}$ for $i\,t\le a<i\,t+\text{size}$ and $j\,t\le b<j\,t+\text{size}$ with the
# stride $t$, and $x_{cab}$ elsewhere.

# %% [markdown] lang="ko" task="occlusion_map" hint=2
# 스트라이드를 $t$라 할 때 $h_{ij}=s(x)-s(x^{(ij)})$입니다. $x^{(ij)}_{cab}$는 $i\,t\le a<i\,t+\text{size}$이고 $j\,t\le b<j\,t+\text{size}$이면
# $\text{fill}$, 나머지에서는 $x_{cab}$입니다.

# %% [markdown] lang="en"
# ### Given code
#
# `occlusion_map` takes a function, but the grader can only hand over a name; `occlusion_by_name` above turns one into the other, and counts
# the calls.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# `occlusion_map`은 함수를 받는데 채점기는 이름만 건넬 수 있습니다. 위에 있는 `occlusion_by_name`이 이름을 함수로 바꾸고, 부른 횟수도
# 셉니다.

# %% [markdown] lang="en"
# ### See it: cover and ask
#
# The wide scene again; this time a square of $5\times5$ wanders over it, pixel by pixel. Left map: the fall of the ring's score, large (red)
# where a part of the ring is covered. Middle: the cross; blue on the ring says that covering the ring even helps the cross. Right:
# the ring again with a bigger square and a stride of 4, sixteen times cheaper and coarser. (Each value stands where the top left
# corner of its square was, so the maps lie half a square further up and left than the signs.)

# %% [markdown] lang="ko"
# ### 직접 보기: 가리고 묻기
#
# 아까 그 넓은 장면 위를 이번에는 $5\times5$ 네모가 한 픽셀씩 돌아다닙니다. 왼쪽 맵은 고리 점수가 떨어진 양으로, 고리의 일부를 가리면 크게
# 떨어집니다(빨간색). 가운데는 가위표의 맵입니다. 고리를 가리면 오히려 가위표에 도움이 됩니다(파란색). 오른쪽은 더 큰 네모를 네 픽셀씩 옮긴
# 고리의 맵으로, 계산은 16분의 1로 줄지만 거칩니다. (값은 네모의 왼쪽 위 꼭짓점 자리에 적히므로, 맵은 기호보다 네모의 절반만큼 왼쪽 위로
# 치우쳐 보입니다.)

# %% tags=["explore"]
if ready(occlusion_map):
    import matplotlib.pyplot as plt

    wide = scene_with([(3, 9, 10), (2, 11, 29)], 20, 40, torch.Generator().manual_seed(3))

    def score_of(c):
        return lambda image: tiny_cnn(image[None], network)["scores"][0, c]

    figure, axes = plt.subplots(1, 4, figsize=(15, 2.6), constrained_layout=True)
    axes[0].imshow(as_picture(wide))
    axes[0].set(title="the scene")
    questions = [(3, 5, 1), (2, 5, 1), (3, 8, 4)]
    for ax, (c, size, stride) in zip(axes[1:], questions):
        # [en] covered with the median of the scene, which is near its background, instead of 0
        # [ko] 0 대신 배경에 가까운 값인 장면의 중앙값으로 가립니다
        fall = occlusion_map(wide, score_of(c), size, stride, wide.median().item())
        limit = fall.abs().max().item()
        image = ax.imshow(fall, cmap="RdBu_r", vmin=-limit, vmax=limit)
        ax.set(title=f"{SIGNS[c]}: {size}×{size}, stride {stride}")
        figure.colorbar(image, ax=ax, shrink=0.8)
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en" task="saliency"
# ## 5. Saliency by backpropagation (24 points)
#
# In training, gradients flow to the weights. Let one flow further, to the pixels: $\partial s_c/\partial x$ says in which direction, and how strongly,
# each pixel would change the score of class $c$. For a picture one takes the absolute value, and the largest of a pixel's channels.
#
# Go backwards through the network: from the score through the linear layer and the mean to the maps, through the ReLU, through the convolution, and once
# more. Where a ReLU was off, nothing comes through.

# %% [markdown] lang="ko" task="saliency"
# ## 5. 역전파로 구하는 현저성 맵 (24점)
#
# 학습할 때 기울기는 가중치로 흐릅니다. 이번에는 픽셀까지 더 흘려보내 봅시다. $\partial s_c/\partial x$는 각 픽셀이 클래스 $c$의 점수를 어느
# 방향으로 얼마나 세게 바꾸는지 알려 줍니다. 그림으로 그릴 때는 절댓값을 취하고, 픽셀의 채널 가운데 가장 큰 값을 고릅니다.
#
# 신경망을 거꾸로 따라가 보세요. 점수에서 선형 층과 평균을 지나 맵으로, ReLU와 합성곱을 지나고, 한 번 더 지나면 픽셀입니다. ReLU가 꺼져 있던
# 곳으로는 아무것도 흐르지 않습니다.


# %% task="saliency"
def saliency(x, params, c):
    """
    [en]
    Saliency map (H, W) of one image: the largest of |ds_c / dx| over the channels.

    x: (C, H, W). params: of tiny_cnn, see there; kernels odd and square, of any size. c: int, the class.
    s_c is the SCORE of class c, tiny_cnn(x[None], params)["scores"][0, c], not a probability.

    relu'(0) = 0. Nothing is scaled or normalised. How you get the gradient is up to you: by hand (conv_transpose2d is
    the way back through a convolution), or with torch.autograd; then x and params must come out unchanged, and the
    result carries no graph.
    [ko]
    이미지 하나의 현저성 맵 (H, W): 채널에 대한 |ds_c / dx|의 최댓값입니다.

    x: (C, H, W). params: tiny_cnn의 파라미터(그 설명 참고). 커널은 홀수 크기의 정사각형이며 크기는 임의입니다. c: int, 클래스.
    s_c는 클래스 c의 '점수' tiny_cnn(x[None], params)["scores"][0, c]이며 확률이 아닙니다.

    relu'(0) = 0. 크기를 조절하거나 정규화하지 않습니다. 기울기를 구하는 방법은 자유입니다. 손으로 미분해도 되고(합성곱을
    거슬러 가는 함수는 conv_transpose2d입니다) torch.autograd를 써도 됩니다. 이때 x와 params는 그대로여야 하고 결과에는
    계산 그래프가 붙어 있지 않아야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    inside = tiny_cnn(x[None], params)
    w1, w2 = params["w1"], params["w2"]
    dmaps = (params["W"][c] / x[0].numel())[None, :, None, None]
    dz2 = dmaps * (inside["z2"] > 0)
    da1 = torch.nn.functional.conv_transpose2d(dz2, w2, padding=w2.shape[2] // 2)
    dz1 = da1 * (inside["z1"] > 0)
    dx = torch.nn.functional.conv_transpose2d(dz1, w1, padding=w1.shape[2] // 2)
    return dx[0].abs().amax(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="saliency" hint=1
# The mean hands the weight of the class to every place of its map, divided by the number of places. A ReLU lets through what belongs to positive
# pre-activations (`tiny_cnn` returns them). Absolute value first, then the maximum over the channels.

# %% [markdown] lang="ko" task="saliency" hint=1
# 평균은 클래스의 가중치를 위치의 수로 나누어 맵의 모든 위치에 전합니다. ReLU는 활성화 전 값이 양수인 곳만 통과시킵니다(`tiny_cnn`이 그 값을
# 돌려줍니다). 절댓값을 먼저 취하고, 그다음 채널에 대한 최댓값을 구하세요.

# %% [markdown] lang="en" task="saliency" hint=2
# $dz_2=\frac{W_{ck}}{HW}[z_2>0],\quad dz_1=(w_2\text{ transposed on }dz_2)\,[z_1>0],\quad dx=w_1\text{ transposed on }dz_1,\quad
# m_{ij}=\max_ch|dx_{ch,ij}|$, where the transposed convolution adds $w_{fchuv}\,dz_{f,i,j}$ into $dx_{ch,\,i+u-p,\,j+v-p}$.

# %% [markdown] lang="ko" task="saliency" hint=2
# $dz_2=\frac{W_{ck}}{HW}[z_2>0],\quad dz_1=(dz_2\text{에 }w_2\text{의 전치 합성곱})\,[z_1>0],\quad dx=dz_1\text{에 }w_1\text{의 전치 합성곱},\quad
# m_{ij}=\max_{ch}|dx_{ch,ij}|$. 전치 합성곱은 $w_{f,ch,u,v}\,dz_{f,i,j}$를 $dx_{ch,\,i+u-p,\,j+v-p}$에 더합니다.

# %% [markdown] lang="en"
# ### See it: three explanations side by side
#
# Three scenes that the network gets right, each with the class that it answers: saliency (your Task 5), the class activation map (Task 3) and the
# occlusion map (Task 4). Saliency is fine-grained and noisy, the activation map is smoother and tells for from against, occlusion is the slowest and the most
# literal. They agree on *where*, not on the details.

# %% [markdown] lang="ko"
# ### 직접 보기: 세 가지 설명을 나란히
#
# 신경망이 맞힌 장면 세 개에 대해, 신경망이 답한 클래스의 현저성 맵(5번), 클래스 활성화 맵(3번), 가림 맵(4번)을 나란히 그립니다. 현저성은 섬세하지만
# 잡음이 많고, 활성화 맵은 더 매끄러우며 찬성과 반대를 구별하고, 가림은 가장 느리지만 뜻이 가장 또렷합니다. 세 설명은 *어디*를 가리키는지는 서로
# 일치하지만 세부까지 같지는 않습니다.

# %% tags=["explore"]
if ready(saliency, cam, occlusion_map):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(3, 4, figsize=(10.5, 8), constrained_layout=True)
    chosen = [int((gallery_classes == kind).nonzero()[1]) for kind in (0, 2, 3)]
    for row, number in zip(axes, chosen):
        scene = gallery[number]
        inside = tiny_cnn(scene[None], network)
        answer = int(inside["scores"][0].argmax())
        fall = occlusion_map(
            scene, lambda image: tiny_cnn(image[None], network)["scores"][0, answer], 5, 1, scene.median().item()
        )
        row[0].imshow(as_picture(scene))
        row[0].set_ylabel(f'answer: "{SIGNS[answer]}"', fontsize=11)
        row[1].imshow(saliency(scene, network, answer), cmap="inferno")
        for ax, values in [(row[2], cam(inside["maps"][0], network["W"], answer)), (row[3], fall)]:
            limit = values.abs().max().item()
            ax.imshow(values, cmap="RdBu_r", vmin=-limit, vmax=limit)
        for ax in row:
            ax.set(xticks=[], yticks=[])
    for ax, title in zip(axes[0], ["scene", "saliency (bright: strong)", "activation map", "occlusion map"]):
        ax.set_title(title)
    plt.show()
