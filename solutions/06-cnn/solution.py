# %% [markdown] lang="en"
# # Convolutional neural networks (CNN)
#
# Lecture 6. You build a convolutional network from its parts: convolution and pooling, forward and backward, then the blocks
# that made the great networks great (Inception, residual, squeeze-and-excitation), and the measure by which ImageNet ranked
# them. On the way your own loops find edges in a picture, train a small network from nothing, and show where AlexNet keeps its
# sixty million parameters.

# %% [markdown] lang="ko"
# # 합성곱 신경망 (CNN)
#
# 6강 과제입니다. 합성곱 신경망을 부품부터 하나씩 만듭니다. 합성곱과 풀링의 순전파와 역전파를 구현한 다음, 유명한 신경망들을
# 만든 블록(인셉션, 잔차 블록, SE 블록)과 이미지넷 대회에서 순위를 매기던 Top-5 오류율까지 구현합니다. 중간중간 여러분의 코드로
# 그림에서 경계선을 찾고, 작은 신경망을 처음부터 학습시키고, AlexNet의 파라미터 6천만 개가 어디에 있는지도 확인합니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Convolution.** One filter $w\in\mathbb R^{C\times k_h\times k_w}$ slides over the image. At each place it is multiplied with
# what lies under it, number by number, and everything is added up; $K$ filters give $K$ feature maps. With stride $s$ and
# $p$ rows and columns of zeros around the image,
#
# $$y_{n,f,i,j}=b_f+\sum_{c,u,v}w_{f,c,u,v}\;x^{\text{pad}}_{n,c,\,si+u,\,sj+v},\qquad
# H'=\left\lfloor\frac{H+2p-k_h}{s}\right\rfloor+1.$$
#
# **Pooling** takes the maximum or the mean of each window, channel by channel. It has nothing to learn.
#
# **Blocks.** Inception runs filters of several sizes side by side. A residual block learns a correction to its input,
# $y=\mathrm{relu}(F(x)+x)$. Squeeze-and-excitation weights the channels, $y=x\odot\sigma(W_2\,\mathrm{relu}(W_1\bar x))$, where
# $\bar x$ is the mean of each channel.

# %% [markdown] lang="ko"
# ## 복습
#
# **합성곱.** 필터 $w\in\mathbb R^{C\times k_h\times k_w}$ 하나가 이미지 위를 훑고 지나갑니다. 각 위치에서 겹친 값끼리 곱해 모두
# 더하며, 필터가 $K$개면 특징 맵도 $K$장 나옵니다. 스트라이드가 $s$이고 이미지 둘레에 0을 $p$줄 두르면 다음과 같습니다.
#
# $$y_{n,f,i,j}=b_f+\sum_{c,u,v}w_{f,c,u,v}\;x^{\text{pad}}_{n,c,\,si+u,\,sj+v},\qquad
# H'=\left\lfloor\frac{H+2p-k_h}{s}\right\rfloor+1$$
#
# **풀링**은 채널마다 각 창의 최댓값이나 평균을 구합니다. 학습할 것은 없습니다.
#
# **블록.** 인셉션은 크기가 다른 필터를 나란히 적용합니다. 잔차 블록은 입력에 더할 보정값을
# 배웁니다($y=\mathrm{relu}(F(x)+x)$). SE(squeeze-and-excitation) 블록은 채널에 가중치를 매깁니다. 채널별 평균을 $\bar x$라 하면
# $y=x\odot\sigma(W_2\,\mathrm{relu}(W_1\bar x))$입니다.

# %% [markdown] lang="en"
# ### Often confused
#
# - What deep learning calls a *convolution* is a cross-correlation: the filter is **not** turned by 180°. A true convolution
#   would turn it. Since filters are learned, a network can live with either; a program has to choose one.
# - A pooling layer has no parameters and removes none of its neighbours' filters. It makes the maps smaller, and with
#   them the first fully connected layer, and that is where parameters are saved.
# - Residual connections were invented because very deep plain networks had a higher error *on the training data*
#   (degradation, not overfitting). That gradients also find a shorter way back is a welcome consequence.
#
# ### Conventions
#
# - Images are (N, C, H, W), filters (K, C, kh, kw), biases (K,). Strides and paddings are ints, the same for both directions.
# - Output sizes are rounded **down**. ReLU has derivative 0 at 0.
# - Results have the dtype and device of the inputs. No function changes its inputs.
# - Backward functions receive the upstream gradient first, return gradients in the order of the arguments, average nothing,
#   and are written by hand: `torch.autograd` is forbidden there.

# %% [markdown] lang="ko"
# ### 헷갈리기 쉬운 것
#
# - 딥러닝에서 말하는 *합성곱*은 사실 교차상관(cross-correlation)입니다. 필터를 180° **돌리지 않습니다**. 수학의 합성곱은 필터를
#   돌립니다. 필터는 학습되는 값이라 신경망은 어느 쪽이든 괜찮지만, 프로그램은 하나로 정해야 합니다.
# - 풀링 층에는 파라미터가 없고, 이웃한 합성곱 층의 필터 수를 줄이지도 않습니다. 특징 맵이 작아지면서 뒤따르는 첫 완전 연결 층이
#   작아질 뿐이며, 파라미터가 줄어드는 곳은 바로 그 층입니다.
# - 잔차 연결은 아주 깊은 보통 신경망이 *학습 데이터에서조차* 오차가 더 커지는 문제(과적합이 아닌 성능 저하, degradation) 때문에
#   나왔습니다. 기울기가 돌아오는 지름길이 생기는 것은 덤으로 얻는 효과입니다.
#
# ### 이 노트북의 약속
#
# - 이미지는 (N, C, H, W), 필터는 (K, C, kh, kw), 편향은 (K,)입니다. 스트라이드와 패딩은 int이고 가로세로에 똑같이 적용합니다.
# - 출력의 크기는 **내림**합니다. ReLU의 0에서의 도함수는 0입니다.
# - 결과의 dtype과 device는 입력과 같습니다. 어떤 함수도 입력을 바꾸지 않습니다.
# - 역전파 함수는 상류 기울기를 첫 인자로 받아 인자의 순서대로 기울기를 돌려주며, 평균을 내지 않습니다. 손으로 미분해서 쓰고
#   `torch.autograd`는 쓸 수 없습니다.

# %%
import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# A picture to look at, a set of small pictures to learn from, and a helper for grading. Their names (`little_house`,
# `little_signs`, `conv_shape_or_error`, and further below `MODEL_ZOO` and what begins with `zoo_`) are taken: give your
# own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 필터를 적용해 볼 그림, 학습에 쓸 작은 그림들, 채점용 도우미 함수입니다. 이름(`little_house`, `little_signs`,
# `conv_shape_or_error`, 그리고 뒤에 나올 `MODEL_ZOO`와 `zoo_`로 시작하는 이름)은 이미 쓰이고 있으니 여러분의 도우미 함수에는
# 다른 이름을 붙이세요.


# %% tags=["provided"]
def little_house(size=96):
    """
    [en]
    A grey picture (1, 1, size, size) of a house under the sun, values in [0, 1].
    [ko]
    해 아래 집이 있는 흑백 그림 (1, 1, size, size)을 만듭니다. 값은 [0, 1]입니다.
    [/]
    """
    line = (torch.arange(size, dtype=torch.float64) + 0.5) / size
    y, x = torch.meshgrid(line, line, indexing="ij")
    picture = 0.75 - 0.25 * y
    picture = torch.where(y > 0.86, torch.tensor(0.35, dtype=y.dtype), picture)
    picture = torch.where((x - 0.8) ** 2 + (y - 0.2) ** 2 < 0.012, torch.tensor(1.0, dtype=y.dtype), picture)
    picture = torch.where((y > 0.5) & (y < 0.86) & (x > 0.2) & (x < 0.7), torch.tensor(0.9, dtype=y.dtype), picture)
    roof = (y < 0.5) & (y > 0.22 + 0.9 * (x - 0.45).abs())
    picture = torch.where(roof, torch.tensor(0.2, dtype=y.dtype), picture)
    door = (y > 0.64) & (y < 0.86) & (x > 0.28) & (x < 0.4)
    window = (y > 0.58) & (y < 0.72) & (x > 0.48) & (x < 0.62) & ((y - 0.65).abs() > 0.012) & ((x - 0.55).abs() > 0.012)
    picture = torch.where(door | window, torch.tensor(0.3, dtype=y.dtype), picture)
    return picture[None, None]


def little_signs(count, seed, noise=0.4):
    """
    [en]
    (images (count, 1, 12, 12), classes (count,)): a bar |, a bar -, a cross x or a ring, somewhere, with noise.
    [ko]
    (이미지 (count, 1, 12, 12), 클래스 (count,)): 세로줄, 가로줄, 가위표, 고리 가운데 하나가 아무 데나 있고 노이즈가 섞여 있습니다.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    classes = torch.randint(0, 4, (count,), generator=generator)
    centre = 4.0 + 3.0 * torch.rand(count, 2, generator=generator, dtype=torch.float64)
    line = torch.arange(12, dtype=torch.float64)
    dy = line[None, :, None] - centre[:, 0, None, None]
    dx = line[None, None, :] - centre[:, 1, None, None]
    near = (dy.abs() < 3.6) & (dx.abs() < 3.6)
    signs = torch.stack(
        [
            near & (dx.abs() < 0.8),
            near & (dy.abs() < 0.8),
            near & ((dx.abs() - dy.abs()).abs() < 0.8),
            ((dx**2 + dy**2).sqrt() - 2.8).abs() < 0.7,
        ]
    )
    images = signs[classes, torch.arange(count)].double()
    images = images + noise * torch.randn(count, 12, 12, generator=generator, dtype=torch.float64)
    return images[:, None], classes


def conv_shape_or_error(h, w, k, s, p):
    """
    [en]
    For grading: conv_shape(h, w, k, s, p), or the word "ValueError" where it raises one.
    [ko]
    채점용: conv_shape(h, w, k, s, p)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return conv_shape(h, w, k, s, p)
    except ValueError:
        return "ValueError"


# %% [markdown] lang="en" task="conv_shape"
# ## 1. Sizes before numbers (8 points)
#
# Three sums that every architect of a network does on the back of an envelope: how large is the output, how much of the image
# does one output see, and how many parameters does the layer have? Start at a single output of the last layer and walk back:
# a layer with a $k\times k$ filter sees $k$ neighbours of the layer below, and if that layer strides, they lie further apart
# on the image. This is why VGG piles up $3\times3$ filters: two of them see $5\times5$ pixels, three see $7\times7$, with
# fewer weights ($27C^2$ instead of $49C^2$) and more non-linearities than one large filter.

# %% [markdown] lang="ko" task="conv_shape"
# ## 1. 숫자보다 먼저, 크기 (8점)
#
# 신경망을 설계할 때 늘 먼저 해 보는 계산 세 가지입니다. 출력은 얼마나 큰가, 출력 하나는 이미지의 얼마만큼을 보는가, 층의 파라미터는
# 몇 개인가? 수용 영역은 마지막 층의 출력 하나에서 거꾸로 거슬러 올라가며 생각해 보세요. $k\times k$ 필터는 바로 아래 층의 이웃
# $k$개를 보는데, 아래 층의 스트라이드가 크면 그 이웃들은 이미지에서 더 멀리 떨어져 있습니다. VGG가 $3\times3$ 필터를 여러 층 쌓는
# 이유가 여기에 있습니다. 두 층이면 $5\times5$, 세 층이면 $7\times7$ 픽셀을 보면서도, 큰 필터 하나보다 가중치는 적고($49C^2$ 대신
# $27C^2$) 비선형 함수는 더 많이 거칩니다.


# %% task="conv_shape"
def conv_shape(h, w, k, s, p):
    """
    [en]
    Size of the output of a convolution: a tuple (H', W') of two Python ints.

    h, w: height and width of the input. k: size of the square kernel. s: stride. p: padding on EACH of the four sides.
    All ints; h, w, k, s >= 1 and p >= 0.

    Where the stride does not fit, the size is rounded down. If the kernel is larger than the padded input in either
    direction, raise ValueError; as large as the input is allowed.
    [ko]
    합성곱의 출력 크기를 파이썬 int 두 개의 튜플 (H', W')로 돌려줍니다.

    h, w: 입력의 높이와 너비. k: 정사각형 커널의 크기. s: 스트라이드. p: 네 변 '각각'에 두르는 패딩.
    모두 int이며 h, w, k, s >= 1, p >= 0입니다.

    스트라이드가 나누어떨어지지 않으면 내림합니다. 어느 방향으로든 커널이 패딩한 입력보다 크면 ValueError를 발생시키세요.
    크기가 꼭 같은 것은 괜찮습니다.
    [/]
    """
    ### BEGIN SOLUTION
    if k > h + 2 * p or k > w + 2 * p:
        raise ValueError(f"a kernel of {k} does not fit into {h} x {w} with padding {p}")
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    ### END SOLUTION


def receptive_field(layers):
    """
    [en]
    How many pixels of the input, along one side, one output of the last layer sees: a Python int.

    layers: list of pairs (k, s), kernel size and stride of each layer, convolution or pooling, the FIRST layer first.
    The list may be empty: then an output is a pixel of the input, and sees 1.

    Borders do not count: think of an image without end. A stride may be larger than its kernel.
    [ko]
    마지막 층의 출력 하나가 입력에서 한 변에 몇 픽셀을 보는지를 파이썬 int로 돌려줍니다.

    layers: (k, s) 쌍의 리스트. 각 층(합성곱이든 풀링이든)의 커널 크기와 스트라이드이며 '첫 번째' 층이 맨 앞에 옵니다.
    리스트가 비어 있을 수도 있습니다. 그러면 출력이 곧 입력의 픽셀이므로 1입니다.

    이미지의 가장자리는 생각하지 않습니다(끝없이 넓은 이미지라고 생각하세요). 스트라이드가 커널보다 클 수도 있습니다.
    [/]
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump *= s
    return field
    ### END SOLUTION


def conv_params(cin, cout, k):
    """
    [en]
    Number of parameters, weights and biases, of a convolution with cout square filters of size k on cin channels: an int.

    Each filter looks at all cin channels and has one bias.
    [ko]
    채널 cin개를 보는 k x k 필터 cout개로 이루어진 합성곱 층의 파라미터(가중치와 편향) 수를 int로 돌려줍니다.

    필터 하나는 채널 cin개를 모두 보고, 편향을 하나 가집니다.
    [/]
    """
    ### BEGIN SOLUTION
    return cout * (cin * k * k + 1)
    ### END SOLUTION


# %% [markdown] lang="en" task="conv_shape" hint=1
# Count the places where the kernel can start: the first is at the left edge, and each further one is a stride away. For the
# field, keep two numbers while you walk through the layers: how much is seen, and how far apart two neighbours of the
# current layer lie on the image.

# %% [markdown] lang="ko" task="conv_shape" hint=1
# 커널이 시작할 수 있는 자리를 세어 보세요. 첫 자리는 왼쪽 끝이고, 다음 자리는 스트라이드만큼씩 떨어져 있습니다. 수용 영역은 층을
# 차례로 지나면서 두 수를 기억하면 됩니다. 지금까지 보이는 픽셀의 수와, 현재 층의 이웃한 두 값이 이미지에서 떨어져 있는 거리입니다.

# %% [markdown] lang="en" task="conv_shape" hint=2
# $H'=\lfloor(H+2p-k)/s\rfloor+1$; $\;R=1+\sum_l(k_l-1)\prod_{m<l}s_m$; each of the filters has $k^2C_{in}$ weights, and a bias.

# %% [markdown] lang="ko" task="conv_shape" hint=2
# $H'=\lfloor(H+2p-k)/s\rfloor+1$, $\;R=1+\sum_l(k_l-1)\prod_{m<l}s_m$이며, 필터 하나에는 가중치 $k^2C_{in}$개와 편향이 있습니다.

# %% [markdown] lang="en"
# ### See it: small filters, piled up
#
# Left: how far one output sees, layer by layer, for a pile of $3\times3$ filters, and the same with a pooling layer after
# every two. Pooling makes the field grow much faster, because every later filter steps over more pixels.
# Right: the parameters that a pile of $3\times3$ filters needs to see as far as one large filter, for 64 channels.

# %% [markdown] lang="ko"
# ### 직접 보기: 작은 필터를 쌓으면
#
# 왼쪽은 출력 하나가 얼마나 멀리 보는지를 층마다 그린 그림입니다. $3\times3$ 필터만 쌓은 경우와, 두 층마다 풀링을 넣은 경우를
# 비교합니다. 풀링을 넣으면 뒤의 필터가 한 걸음에 더 많은 픽셀을 건너뛰므로 수용 영역이 훨씬 빨리 넓어집니다. 오른쪽은 채널이
# 64개일 때, 큰 필터를 쓰는 층 하나와 그만큼 넓게 보도록 쌓은 $3\times3$ 층들의 파라미터 수를 비교한 것입니다.

# %% tags=["explore"]
if ready(conv_shape, receptive_field, conv_params):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(11.5, 3.9), constrained_layout=True)
    pooled = []
    for _ in range(4):
        pooled += [(3, 1), (3, 1), (2, 2)]
    piles = {"3×3 filters only": [(3, 1)] * 12, "2×2 pooling after every two": pooled}
    for (name, pile), color, marker in zip(piles.items(), ["#0072B2", "#D55E00"], ["o", "s"]):
        fields = [receptive_field(pile[:depth]) for depth in range(len(pile) + 1)]
        axes[0].plot(fields, color=color, marker=marker, ms=5, label=name)
        axes[0].annotate(f"{fields[-1]} pixels", (12, fields[-1]), (-8, 8), textcoords="offset points", ha="right")
    axes[0].set(
        xlabel="layers", ylabel="receptive field (pixels per side)", title="how far one output sees", ylim=(0, 86)
    )
    axes[0].legend(frameon=False, loc="upper left")
    axes[0].grid(alpha=0.3)
    sides = [3, 5, 7, 9, 11]
    large = [conv_params(64, 64, side) / 1000 for side in sides]
    small = [conv_params(64, 64, 3) * (side // 2) / 1000 for side in sides]
    places = torch.arange(len(sides))
    axes[1].bar(places - 0.2, large, 0.38, color="#999999", label="one layer of large filters")
    axes[1].bar(places + 0.2, small, 0.38, color="#0072B2", label="a pile of 3×3 filters")
    axes[1].set(
        xlabel="pixels seen per side", ylabel="thousand parameters", title="the price of seeing as far, 64 channels"
    )
    axes[1].set_xticks(places, [f"{side}×{side}" for side in sides])
    axes[1].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="conv2d"
# ## 2. Convolution (14 points)
#
# The heart of it all. At every place the filter is laid on the padded image, the numbers that meet are multiplied, and all
# products are added up, over all channels: a filter for colour images is itself a little colour image. The same
# filter is used everywhere; that is what saves the parameters, and why a cat is a cat wherever it sits.

# %% [markdown] lang="ko" task="conv2d"
# ## 2. 합성곱 (14점)
#
# CNN의 심장입니다. 패딩한 이미지의 모든 위치에 필터를 얹고, 겹친 수끼리 곱한 뒤, 모든 채널에 걸쳐 더합니다. 컬러 이미지를 보는 필터는
# 그 자체가 작은 컬러 이미지인 셈입니다. 어느 위치에서나 같은 필터를 쓰기 때문에 파라미터가 절약되고, 고양이는 어디에 앉아 있든
# 고양이로 보입니다.


# %% task="conv2d"
def conv2d(x, w, b, s, p):
    """
    [en]
    Convolution, in the sense of deep learning (cross-correlation: the filter is not flipped). Returns (N, K, H', W').

    x: (N, C, H, W), w: (K, C, kh, kw), b: (K,), all of one float dtype. s: int >= 1, stride in both directions.
    p: int >= 0, rows and columns of zeros on each of the four sides.
    H' = floor((H + 2p - kh) / s) + 1, and W' in the same way. The kernel need not be square, and fits into the padded
    image. All axes have at least size 1. p may be larger than the kernel.

    Must be differentiable with respect to x, w and b: torch.autograd must be able to go through it.
    Forbidden: torch.conv2d, torch.nn.functional.conv2d, torch.nn.Conv2d, the same with conv3d, conv_transpose2d and
    convolution, scipy. Allowed: torch.nn.functional.pad and unfold, Tensor.unfold, einsum.
    [ko]
    딥러닝에서 말하는 합성곱(교차상관: 필터를 뒤집지 않습니다)입니다. 결과: (N, K, H', W').

    x: (N, C, H, W), w: (K, C, kh, kw), b: (K,). 모두 같은 실수 dtype입니다. s: int >= 1, 두 방향에 공통인 스트라이드.
    p: int >= 0, 네 변 각각에 두르는 0의 줄 수.
    H' = floor((H + 2p - kh) / s) + 1이고 W'도 같은 방식입니다. 커널은 정사각형이 아닐 수 있으며 패딩한 이미지 안에
    들어갑니다. 모든 축의 크기는 1 이상입니다. p가 커널보다 클 수도 있습니다.

    x, w, b에 대해 미분 가능해야 합니다. 즉 torch.autograd가 이 함수를 통과할 수 있어야 합니다.
    사용 금지: torch.conv2d, torch.nn.functional.conv2d, torch.nn.Conv2d, 이름이 conv3d, conv_transpose2d, convolution인
    같은 종류의 함수, scipy. 사용 가능: torch.nn.functional.pad와 unfold, Tensor.unfold, einsum.
    [/]
    """
    ### BEGIN SOLUTION
    kh, kw = w.shape[2:]
    patches = F.pad(x, (p, p, p, p)).unfold(2, kh, s).unfold(3, kw, s)
    return torch.einsum("nchwij,fcij->nfhw", patches, w) + b[:, None, None]
    ### END SOLUTION


# %% [markdown] lang="en" task="conv2d" hint=1
# Pad first. Then either go through the output places and multiply a window with every filter, or (much faster) go through the
# $k_h k_w$ places of the *filter* and add up shifted images: for one place of the filter, all windows together are a slice of
# the padded image with step $s$.

# %% [markdown] lang="ko" task="conv2d" hint=1
# 먼저 패딩하세요. 그다음 출력의 위치를 하나씩 돌며 창과 모든 필터를 곱하거나, (훨씬 빠르게) *필터*의 위치 $k_h k_w$개를 돌며 밀린
# 이미지를 더해 나가면 됩니다. 필터의 위치 하나를 정하면, 모든 창의 그 위치를 모은 것은 패딩한 이미지를 간격 $s$로 자른 조각입니다.

# %% [markdown] lang="en" task="conv2d" hint=2
# $y_{nfij}=b_f+\sum_{c}\sum_{u<k_h}\sum_{v<k_w}w_{fcuv}\,\tilde x_{n,c,si+u,sj+v}$, where $\tilde x$ is $x$ with $p$ zeros on each
# side.

# %% [markdown] lang="ko" task="conv2d" hint=2
# $x$의 각 변에 0을 $p$줄 두른 것을 $\tilde x$라 하면 $y_{nfij}=b_f+\sum_{c}\sum_{u<k_h}\sum_{v<k_w}w_{fcuv}\,\tilde x_{n,c,si+u,sj+v}$입니다.

# %% [markdown] lang="en"
# ### See it: four filters look at a house
#
# The first picture is the image; the others are feature maps of four hand-made $3\times3$ filters. Red means that the filter
# found its pattern, blue that it found the opposite. The first filter answers to vertical edges only, the second to horizontal
# ones, the third most of all to edges that fall from left to right (the right side of the roof, not the left one); the last
# compares every pixel with its neighbours and answers to all outlines. Invent a filter of your own.

# %% [markdown] lang="ko"
# ### 직접 보기: 네 필터가 본 집
#
# 첫 그림이 이미지이고, 나머지는 손으로 만든 $3\times3$ 필터 네 개의 특징 맵입니다. 빨간색은 필터가 찾는 무늬가 있다는 뜻이고 파란색은
# 그 반대 무늬가 있다는 뜻입니다. 첫 필터는 세로 경계에만, 둘째는 가로 경계에만, 셋째는 오른쪽 아래로 내려가는 경계에 가장
# 강하게 반응합니다(지붕의 오른쪽 면은 보이고 왼쪽 면은 보이지 않습니다). 마지막 필터는 픽셀을 이웃과 비교해 모든
# 윤곽선에 반응합니다. 여러분만의 필터도 만들어 보세요.

# %% tags=["explore"]
if ready(conv2d):
    import matplotlib.pyplot as plt

    named_filters = {
        "vertical edges": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "horizontal edges": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        "one diagonal": [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
        "all outlines": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    }
    house = little_house()
    bank_of_filters = torch.tensor(list(named_filters.values()), dtype=house.dtype)[:, None]
    maps = conv2d(house, bank_of_filters, torch.zeros(4, dtype=house.dtype), 1, 0)[0]
    figure, axes = plt.subplots(1, 5, figsize=(14, 3.2), constrained_layout=True)
    axes[0].imshow(house[0, 0], cmap="gray", vmin=0, vmax=1)
    axes[0].set(title="the image")
    for ax, (name, numbers), feature_map in zip(axes[1:], named_filters.items(), maps):
        limit = feature_map.abs().max().item()
        ax.imshow(feature_map, cmap="RdBu_r", vmin=-limit, vmax=limit)
        ax.set(title=name, xlabel="\n".join("  ".join(f"{n:>2d}" for n in row) for row in numbers))
        ax.xaxis.label.set_family("monospace")
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en" task="conv2d_bwd"
# ## 3. Convolution backward (16 points)
#
# Every output sent its value through one window and one filter, and its gradient goes back the same way. A weight was used at
# every place of every image, so its gradient is a sum over all of them. A pixel lay under several windows, so it collects
# from all of them, and a pixel that no window touched gets nothing. Nothing here is averaged: if the loss is a mean, the
# division has already happened in `dout`.

# %% [markdown] lang="ko" task="conv2d_bwd"
# ## 3. 합성곱의 역전파 (16점)
#
# 출력 하나는 창 하나와 필터 하나에서 값을 받았고, 기울기도 같은 길로 돌아갑니다. 가중치 하나는 모든 이미지의 모든 위치에서
# 쓰였으므로 그 기울기는 전부를 더한 값입니다. 픽셀 하나는 여러 창에 걸쳐 있었으므로 그 창들 모두에서 기울기를 모으고, 어느 창도 닿지
# 않은 픽셀은 아무것도 받지 못합니다. 평균은 내지 않습니다. 손실이 평균이라면 그 나눗셈은 이미 `dout`에 들어 있습니다.


# %% task="conv2d_bwd"
def conv2d_bwd(dout, x, w, s, p):
    """
    [en]
    Gradients of y = conv2d(x, w, b, s, p), given dout = dL/dy: a tuple (dx, dw, db).

    dout: (N, K, H', W'), x: (N, C, H, W), w: (K, C, kh, kw), s: int >= 1, p: int >= 0, as in Task 2.
    Returns dx (N, C, H, W), dw (K, C, kh, kw), db (K,).

    Sums, no means. dx belongs to x without its padding. s may be larger than the kernel: pixels that no window touches
    have gradient 0. db needs no b: the bias is added to every place of its map.
    Forbidden: torch.autograd, torch.func, .backward, torch.nn.grad, torch.conv2d and its kin (as in Task 2).
    Allowed: torch.nn.functional.pad, unfold and fold.
    [ko]
    y = conv2d(x, w, b, s, p)의 기울기입니다. dout = dL/dy가 주어지면 튜플 (dx, dw, db)를 돌려줍니다.

    dout: (N, K, H', W'), x: (N, C, H, W), w: (K, C, kh, kw), s: int >= 1, p: int >= 0. 2번 문제와 같습니다.
    결과: dx (N, C, H, W), dw (K, C, kh, kw), db (K,).

    평균이 아니라 합입니다. dx는 패딩을 뺀 x의 기울기입니다. s가 커널보다 클 수 있으며, 어느 창도 닿지 않은 픽셀의 기울기는
    0입니다. db를 구하는 데 b는 필요 없습니다. 편향은 자기 특징 맵의 모든 위치에 더해졌습니다.
    사용 금지: torch.autograd, torch.func, .backward, torch.nn.grad, torch.conv2d와 같은 종류의 함수(2번 문제와 같음).
    사용 가능: torch.nn.functional.pad, unfold, fold.
    [/]
    """
    ### BEGIN SOLUTION
    (kh, kw), (H, W), (Ho, Wo) = w.shape[2:], x.shape[2:], dout.shape[2:]
    padded = F.pad(x, (p, p, p, p))
    dpadded, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            seen = (..., slice(u, u + s * Ho, s), slice(v, v + s * Wo, s))
            dw[:, :, u, v] = torch.einsum("nfij,ncij->fc", dout, padded[seen])
            dpadded[seen] += torch.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
    return dpadded[:, :, p : p + H, p : p + W], dw, dout.sum(dim=(0, 2, 3))
    ### END SOLUTION


# %% [markdown] lang="en" task="conv2d_bwd" hint=1
# Take the loop of your forward pass and turn every `y += w * window` round: the weight's gradient gets `dout * window`, and the
# window's gradient gets `dout * w`. Windows overlap, so *add*. Work on the padded image, and cut the padding off at the end.

# %% [markdown] lang="ko" task="conv2d_bwd" hint=1
# 순전파의 반복문에서 `y += w * window`를 하나씩 뒤집으세요. 가중치의 기울기에는 `dout * window`를, 창의 기울기에는 `dout * w`를
# 더합니다. 창은 서로 겹치므로 반드시 *더해야* 합니다. 패딩한 이미지에서 계산하고 마지막에 패딩을 잘라 내세요.

# %% [markdown] lang="en" task="conv2d_bwd" hint=2
# $dw_{fcuv}=\sum_{n,i,j}dout_{nfij}\,\tilde x_{n,c,si+u,sj+v}$; $\;d\tilde x_{n,c,a,e}=\sum_{f,u,v,i,j}dout_{nfij}\,w_{fcuv}\,[a=si+u]\,[e=sj+v]$;
# $\;db_f=\sum_{n,i,j}dout_{nfij}$.

# %% [markdown] lang="ko" task="conv2d_bwd" hint=2
# $dw_{fcuv}=\sum_{n,i,j}dout_{nfij}\,\tilde x_{n,c,si+u,sj+v}$, $\;d\tilde x_{n,c,a,e}=\sum_{f,u,v,i,j}dout_{nfij}\,w_{fcuv}\,[a=si+u]\,[e=sj+v]$,
# $\;db_f=\sum_{n,i,j}dout_{nfij}$입니다.

# %% [markdown] lang="en" task="pool2d"
# ## 4. Pooling, forward and backward (12 points)
#
# Pooling summarises a window: its largest value ("is the pattern anywhere in here?") or its mean. Two questions decide whether
# a pooling layer is right. What is in the padding? Nothing: it must never win a maximum, not even among negative
# numbers, and it must not count in a mean. And who gets the gradient? In a mean, all real pixels in equal shares; in a
# maximum, the winner alone, and if several are equal, the first of them.

# %% [markdown] lang="ko" task="pool2d"
# ## 4. 풀링의 순전파와 역전파 (12점)
#
# 풀링은 창 하나를 값 하나로 요약합니다. 가장 큰 값("이 안 어딘가에 그 무늬가 있는가?")이거나 평균입니다. 풀링 층을 제대로 만들었는지는 두 가지
# 질문에서 갈립니다. 패딩에는 무엇이 있는가? 아무것도 없습니다. 음수들 사이에서도 패딩이 최댓값이 되어서는 안 되고, 평균을 낼 때 세어서도
# 안 됩니다. 기울기는 누가 받는가? 평균이라면 실제 픽셀이 똑같이 나누어 받고, 최댓값이라면 이긴 픽셀 혼자 받으며, 여럿이 같다면 그중
# 첫 번째가 받습니다.


# %% task="pool2d"
def pool2d(x, k, s, p, mode):
    """
    [en]
    Pooling with windows of k x k, channel by channel. Returns (N, C, H', W'), H' = floor((H + 2p - k) / s) + 1.

    x: (N, C, H, W). k: int >= 1, s: int >= 1 (it may differ from k), p: int, 0 <= p <= k // 2, on each of the four sides.
    mode: "max" or "avg".

    The padding holds no pixels: in "max" it never wins, in "avg" the sum is divided by the number of REAL pixels in
    the window. Every window holds at least one.
    Forbidden: the max_pool2d, avg_pool2d, lp_pool2d, adaptive and fractional pooling of torch.nn.functional, torch.nn
    and torch.
    [ko]
    k x k 창으로 채널마다 풀링합니다. 결과: (N, C, H', W'), H' = floor((H + 2p - k) / s) + 1.

    x: (N, C, H, W). k: int >= 1, s: int >= 1(k와 다를 수 있습니다), p: int, 0 <= p <= k // 2, 네 변 각각의 패딩.
    mode: "max" 또는 "avg".

    패딩에는 픽셀이 없습니다. "max"에서는 절대 최댓값이 되지 않고, "avg"에서는 합을 창 안에 있는 '실제' 픽셀의 수로
    나눕니다. 모든 창에는 실제 픽셀이 하나 이상 있습니다.
    사용 금지: torch.nn.functional, torch.nn, torch의 max_pool2d, avg_pool2d, lp_pool2d와 adaptive, fractional 풀링.
    [/]
    """

    ### BEGIN SOLUTION
    def windows(values, fill):
        return F.pad(values, (p, p, p, p), value=fill).unfold(2, k, s).unfold(3, k, s).flatten(4)

    if mode == "max":
        return windows(x, -torch.inf).amax(dim=4)
    return windows(x, 0.0).sum(dim=4) / windows(torch.ones_like(x), 0.0).sum(dim=4)
    ### END SOLUTION


def pool2d_bwd(dout, x, k, s, p, mode):
    """
    [en]
    Gradient dx (N, C, H, W) of y = pool2d(x, k, s, p, mode), given dout = dL/dy (N, C, H', W').

    "max": each window gives its gradient to its largest pixel alone; of equal ones to the first, row by row, from left to
    right. "avg": each window divides its gradient equally among its real pixels. Overlapping windows add up.
    Forbidden: torch.autograd, torch.func, .backward, and the pooling functions as above.
    [ko]
    y = pool2d(x, k, s, p, mode)의 기울기 dx (N, C, H, W)입니다. dout = dL/dy (N, C, H', W')가 주어집니다.

    "max": 창마다 가장 큰 픽셀 하나에만 기울기를 줍니다. 같은 값이 여럿이면 위에서 아래로, 왼쪽에서 오른쪽으로 읽을 때 첫
    번째 픽셀입니다. "avg": 창마다 실제 픽셀에 기울기를 똑같이 나눠 줍니다. 창이 겹치면 더합니다.
    사용 금지: torch.autograd, torch.func, .backward, 위에 적은 풀링 함수.
    [/]
    """
    ### BEGIN SOLUTION
    padded = F.pad(x, (p, p, p, p), value=-torch.inf)
    dpadded = torch.zeros_like(padded)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = (..., slice(i * s, i * s + k), slice(j * s, j * s + k))
            window = padded[place].flatten(2)
            if mode == "max":
                share = F.one_hot(window.argmax(dim=2), k * k).to(x.dtype)
            else:
                real = (window > -torch.inf).to(x.dtype)
                share = real / real.sum(dim=2, keepdim=True)
            dpadded[place] += (share * dout[:, :, i, j, None]).unflatten(2, (k, k))
    return dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]
    ### END SOLUTION


# %% [markdown] lang="en" task="pool2d" hint=1
# Which number can never be the largest, whatever the pixels are? Pad with it. For the mean you need two sums: one over the
# pixels, one that counts them; pad a picture of ones in the same way. Backward, go through the windows and *add* to a
# gradient of the padded size.

# %% [markdown] lang="ko" task="pool2d" hint=1
# 픽셀이 어떤 값이든 절대 최댓값이 될 수 없는 수는 무엇일까요? 그 수로 패딩하세요. 평균에는 합이 두 개 필요합니다. 픽셀의 합과 픽셀의
# 개수입니다. 1로 채운 그림을 똑같이 패딩하면 개수를 셀 수 있습니다. 역전파에서는 창을 하나씩 돌며 패딩한 크기의 기울기에 *더해* 나가세요.

# %% [markdown] lang="en" task="pool2d" hint=2
# With $\Omega_{ij}$ the real pixels of window $(i,j)$: $\max_{\Omega_{ij}}x$ and $\frac1{|\Omega_{ij}|}\sum_{\Omega_{ij}}x$. Backward:
# $dx_q=\sum_{ij:\,q\in\Omega_{ij}}a_{ijq}\,dout_{ij}$ with $a_{ijq}=[q=\text{first argmax of }\Omega_{ij}]$ or $1/|\Omega_{ij}|$.

# %% [markdown] lang="ko" task="pool2d" hint=2
# 창 $(i,j)$에 든 실제 픽셀의 집합을 $\Omega_{ij}$라 하면 $\max_{\Omega_{ij}}x$와 $\frac1{|\Omega_{ij}|}\sum_{\Omega_{ij}}x$입니다. 역전파는
# $dx_q=\sum_{ij:\,q\in\Omega_{ij}}a_{ijq}\,dout_{ij}$이고, $a_{ijq}$는 $[q=\Omega_{ij}\text{의 첫 번째 argmax}]$ 또는 $1/|\Omega_{ij}|$입니다.

# %% [markdown] lang="en"
# ### See it: a network of your own
#
# Convolution, ReLU, pooling, twice, then one fully connected layer: a small LeNet, trained with *your* four functions on bars,
# crosses and rings in noise. No autograd is at work here. Left: loss and accuracy; middle: the six learned filters, which began as
# noise; right: new pictures, each with the answer of the network (red where it is wrong). (If your functions loop over single
# pixels, fewer steps fit into the time, and the cell says so.)

# %% [markdown] lang="ko"
# ### 직접 보기: 여러분만의 신경망
#
# 합성곱, ReLU, 풀링을 두 번 거친 뒤 완전 연결 층 하나가 오는 작은 LeNet을, *여러분의* 함수 네 개로 학습시킵니다. 데이터는 노이즈
# 속의 줄, 가위표, 고리이고, autograd는 전혀 쓰지 않습니다. 왼쪽은 손실과 정확도, 가운데는 무작위 값에서 출발한 필터 여섯 개의 학습 전(위 두 줄)과 후(아래 두 줄),
# 오른쪽은 처음 보는 그림과 신경망의 대답입니다(틀리면 빨간색). (함수가 픽셀을 하나씩 도는 방식이면 시간 안에
# 모든 단계를 마치지 못할 수 있으며, 그때는 셀이 알려 줍니다.)

# %% tags=["explore"]
if ready(conv2d, conv2d_bwd, pool2d, pool2d_bwd):
    import matplotlib.pyplot as plt
    from checker import in_time

    steps, batch, rate = 150, 24, 0.1
    names_of_signs = ["|", "–", "×", "○"]
    generator = torch.Generator().manual_seed(3)

    def random_weights(*shape):
        fan_in = shape[0] if len(shape) == 2 else shape[1] * shape[2] * shape[3]
        return (2 / fan_in) ** 0.5 * torch.randn(*shape, generator=generator, dtype=torch.float64)

    # [en] 12x12 -> conv 5x5 -> 6 x 8x8 -> pool -> 6 x 4x4 -> conv 3x3 -> 8 x 4x4 -> pool -> 8 x 2x2 -> 4 classes
    # [ko] 12x12 -> 합성곱 5x5 -> 6 x 8x8 -> 풀링 -> 6 x 4x4 -> 합성곱 3x3 -> 8 x 4x4 -> 풀링 -> 8 x 2x2 -> 클래스 4개
    theta = {
        "w1": random_weights(6, 1, 5, 5), "b1": torch.zeros(6, dtype=torch.float64),
        "w2": random_weights(8, 6, 3, 3), "b2": torch.zeros(8, dtype=torch.float64),
        "w3": random_weights(32, 4), "b3": torch.zeros(4, dtype=torch.float64),
    }  # fmt: skip
    first_filters = theta["w1"].clone()

    def look(images):
        z1 = conv2d(images, theta["w1"], theta["b1"], 1, 0)
        a1 = pool2d(z1.relu(), 2, 2, 0, "max")
        z2 = conv2d(a1, theta["w2"], theta["b2"], 1, 1)
        a2 = pool2d(z2.relu(), 2, 2, 0, "max")
        return z1, a1, z2, a2, a2.flatten(1) @ theta["w3"] + theta["b3"]

    losses, accuracies = [], []
    unseen, answers = little_signs(200, seed=99)
    for step in in_time(range(steps)):
        images, classes = little_signs(batch, seed=step)
        z1, a1, z2, a2, logits = look(images)
        log_p = logits.log_softmax(dim=1)
        losses.append(-log_p[torch.arange(batch), classes].mean().item())
        dlogits = (log_p.exp() - F.one_hot(classes, 4)) / batch
        da2 = (dlogits @ theta["w3"].T).reshape(a2.shape)
        dz2 = pool2d_bwd(da2, z2.relu(), 2, 2, 0, "max") * (z2 > 0)
        da1, dw2, db2 = conv2d_bwd(dz2, a1, theta["w2"], 1, 1)
        dz1 = pool2d_bwd(da1, z1.relu(), 2, 2, 0, "max") * (z1 > 0)
        _, dw1, db1 = conv2d_bwd(dz1, images, theta["w1"], 1, 0)
        slopes = {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2, "w3": a2.flatten(1).T @ dlogits, "b3": dlogits.sum(0)}
        theta = {name: value - rate * slopes[name] for name, value in theta.items()}
        if step % 10 == 0:
            accuracies.append((look(unseen)[-1].argmax(1) == answers).double().mean().item())

    figure = plt.figure(figsize=(14, 4.2), constrained_layout=True)
    left, middle, right = figure.subfigures(1, 3, width_ratios=[1.15, 0.95, 1.2])
    ax = left.subplots()
    ax.plot(losses, color="#999999", lw=1, label="loss of the batch")
    ax.plot(range(0, len(losses), 10), accuracies, "o-", color="#0072B2", ms=4, label="accuracy on 200 new pictures")
    ax.set(xlabel="step", title=f"after {len(losses)} steps: {accuracies[-1]:.0%} right", ylim=(0, None))
    ax.legend(frameon=False, loc="upper right")
    ax.grid(alpha=0.3)
    middle.suptitle("first filters: two rows before, two after", fontsize=12)
    limit = theta["w1"].abs().max().item()
    for place, ax in enumerate(middle.subplots(4, 3).flat):
        source = first_filters if place < 6 else theta["w1"]
        ax.imshow(source[place % 6, 0], cmap="RdBu_r", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[])
    right.suptitle("new pictures and the answers", fontsize=12)
    guesses = look(unseen[:24])[-1].argmax(1)
    for place, ax in enumerate(right.subplots(4, 6).flat):
        ax.imshow(unseen[place, 0], cmap="gray", vmin=-0.6, vmax=1.6)
        wrong = guesses[place] != answers[place]
        ax.set_title(names_of_signs[guesses[place]], fontsize=11, color="red" if wrong else "black", pad=2)
        ax.set(xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Some networks as tables: the input (channels, height, width), and the layers in their order. A convolution has `out` filters of
# size `k`×`k`, stride `s`, padding `p`. With `groups` 2 its input channels are divided into two halves, and each
# filter sees only one of them (AlexNet was trained like that, on two graphics cards). A pooling layer has no padding. A fully connected layer (`fc`)
# has `out` outputs and takes everything below it as one long vector.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러 신경망을 표로 적었습니다. 입력의 크기(채널, 높이, 너비)와 층들이 순서대로 있습니다. 합성곱 층은 `k`×`k` 필터가 `out`개이고
# 스트라이드는 `s`, 패딩은 `p`입니다. `groups`가 2이면 입력 채널을 반으로 나누어 필터 하나가 그 절반만 봅니다(AlexNet은 그래픽 카드 두
# 장에서 이렇게 학습했습니다). 풀링 층에는 패딩이 없습니다. 완전 연결 층(`fc`)은 출력이 `out`개이고, 바로 아래의 값 전부를 긴 벡터
# 하나로 받습니다.


# %% tags=["provided"]
def zoo_conv(name, out, k, s=1, p=0, groups=1):
    return {"name": name, "kind": "conv", "out": out, "k": k, "s": s, "p": p, "groups": groups}


def zoo_pool(name, k, s):
    return {"name": name, "kind": "pool", "k": k, "s": s}


def zoo_fc(name, out):
    return {"name": name, "kind": "fc", "out": out}


def zoo_vgg(*blocks):
    """
    [en]
    The layers of a VGG network: blocks of (filters, convolutions), each with a pooling layer after it.
    [ko]
    VGG 신경망의 층들: (필터 수, 합성곱 층 수) 블록마다 뒤에 풀링 층이 하나씩 있습니다.
    [/]
    """
    layers = []
    for block, (out, count) in enumerate(blocks, start=1):
        layers += [zoo_conv(f"conv{block}_{number}", out, 3, p=1) for number in range(1, count + 1)]
        layers.append(zoo_pool(f"pool{block}", 2, 2))
    return [*layers, zoo_fc("fc6", 4096), zoo_fc("fc7", 4096), zoo_fc("fc8", 1000)]


def zoo_alexnet(groups):
    return [
        zoo_conv("conv1", 96, 11, s=4), zoo_pool("pool1", 3, 2),
        zoo_conv("conv2", 256, 5, p=2, groups=groups), zoo_pool("pool2", 3, 2),
        zoo_conv("conv3", 384, 3, p=1), zoo_conv("conv4", 384, 3, p=1, groups=groups),
        zoo_conv("conv5", 256, 3, p=1, groups=groups), zoo_pool("pool5", 3, 2),
        zoo_fc("fc6", 4096), zoo_fc("fc7", 4096), zoo_fc("fc8", 1000),
    ]  # fmt: skip


MODEL_ZOO = {
    "LeNet-5": {
        "input": (1, 32, 32),
        "layers": [
            zoo_conv("conv1", 6, 5), zoo_pool("pool1", 2, 2), zoo_conv("conv2", 16, 5), zoo_pool("pool2", 2, 2),
            zoo_fc("fc1", 120), zoo_fc("fc2", 84), zoo_fc("fc3", 10),
        ],
    },
    "AlexNet": {"input": (3, 227, 227), "layers": zoo_alexnet(groups=2)},
    "AlexNet on one card": {"input": (3, 227, 227), "layers": zoo_alexnet(groups=1)},
    "VGG-11": {"input": (3, 224, 224), "layers": zoo_vgg((64, 1), (128, 1), (256, 2), (512, 2), (512, 2))},
    "VGG-16": {"input": (3, 224, 224), "layers": zoo_vgg((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))},
    "odd sizes": {
        "input": (2, 30, 21),
        "layers": [
            zoo_conv("conv1", 6, 4, s=2, p=1), zoo_pool("pool1", 2, 2), zoo_conv("conv2", 9, 3, p=2, groups=3),
            zoo_pool("pool2", 3, 1), zoo_fc("fc1", 11), zoo_fc("fc2", 5),
        ],
    },
    "odd strides": {
        "input": (3, 17, 40),
        "layers": [
            zoo_pool("pool1", 2, 1), zoo_conv("conv1", 8, 3, s=3), zoo_conv("conv2", 4, 2, p=1, groups=4),
            zoo_pool("pool2", 3, 2), zoo_conv("conv3", 7, 1), zoo_fc("fc1", 3),
        ],
    },
}  # fmt: skip

# %% [markdown] lang="en" task="zoo_counts"
# ## 5. Where the parameters live (10 points)
#
# A table does not say how long the vector is that the first fully connected layer takes: you have to walk through the network
# with the sizes of Task 1. A filter in a group sees only its share of the input channels. LeNet-5 has 61,706 parameters
# (with all connections in its second convolution), AlexNet 60,965,224.

# %% [markdown] lang="ko" task="zoo_counts"
# ## 5. 파라미터는 어디에 있나 (10점)
#
# 표에는 첫 완전 연결 층이 받는 벡터의 길이가 적혀 있지 않습니다. 1번 문제의 크기 계산으로 신경망을 차례로 지나가며 알아내야 합니다. 그룹으로
# 나눈 합성곱의 필터는 입력 채널 가운데 자기 몫만 봅니다. LeNet-5의 파라미터는 61,706개(둘째 합성곱이 모든 채널을 볼 때), AlexNet은
# 60,965,224개입니다.


# %% task="zoo_counts"
def zoo_counts(name):
    """
    [en]
    Parameters of each layer of the network MODEL_ZOO[name]: a dict {layer's name: int}.

    name: a key of MODEL_ZOO (given above), which is graded with other names, too: read the table, copy no numbers.

    Every layer has a key, in any order; pooling layers have 0 parameters. Each filter and each output of a fully
    connected layer has one bias. conv: each filter sees (input channels) / groups channels; the layers get `out` channels.
    Sizes are rounded down, as in Task 1. fc: takes channels x height x width of what is below it.
    [ko]
    신경망 MODEL_ZOO[name]의 층마다 파라미터 수를 구해 dict {층의 이름: int}로 돌려줍니다.

    name: 위에 주어진 MODEL_ZOO의 키입니다. 다른 이름으로도 채점하므로 숫자를 베껴 적지 말고 표를 읽어 계산하세요.

    모든 층이 키로 들어가며 순서는 상관없습니다. 풀링 층의 파라미터는 0개입니다. 필터마다, 그리고 완전 연결 층의 출력마다
    편향이 하나 있습니다. conv: 필터 하나는 (입력 채널 수) / groups개의 채널을 보고, 출력 채널은 `out`개입니다.
    크기는 1번 문제처럼 내림합니다. fc: 바로 아래의 채널 x 높이 x 너비를 전부 받습니다.
    [/]
    """
    ### BEGIN SOLUTION
    C, H, W = MODEL_ZOO[name]["input"]
    counts = {}
    for layer in MODEL_ZOO[name]["layers"]:
        if layer["kind"] == "conv":
            counts[layer["name"]] = conv_params(C // layer["groups"], layer["out"], layer["k"])
            C, (H, W) = layer["out"], conv_shape(H, W, layer["k"], layer["s"], layer["p"])
        elif layer["kind"] == "pool":
            counts[layer["name"]] = 0
            H, W = conv_shape(H, W, layer["k"], layer["s"], 0)
        else:
            counts[layer["name"]] = layer["out"] * (C * H * W + 1)
            C, H, W = layer["out"], 1, 1
    return counts
    ### END SOLUTION


def lenet_shapes(H):
    """
    [en]
    Shapes in LeNet-5 (its layers stand in MODEL_ZOO["LeNet-5"]) for one image of H x H, without the batch axis.

    H: int >= 16. Returns a dict of tuples of ints with the keys "input" (1, H, H), "conv1", "pool1", "conv2", "pool2"
    (channels, height, width after that layer), "flatten" (length,), "fc1" (120,), "fc2" (84,), "fc3" (10,).

    Convolutions 5 x 5 without padding, pooling 2 x 2 with stride 2, sizes rounded down.
    [ko]
    H x H 이미지 한 장이 LeNet-5(층은 MODEL_ZOO["LeNet-5"]에 있습니다)를 지날 때의 모양을 구합니다. 배치 축은 뺍니다.

    H: int >= 16. 결과: int 튜플의 dict. 키는 "input" (1, H, H), "conv1", "pool1", "conv2", "pool2"(그 층을 지난 뒤의
    (채널, 높이, 너비)), "flatten" (길이,), "fc1" (120,), "fc2" (84,), "fc3" (10,)입니다.

    합성곱은 5 x 5이고 패딩이 없으며, 풀링은 2 x 2에 스트라이드 2입니다. 크기는 내림합니다.
    [/]
    """
    ### BEGIN SOLUTION
    a = H - 4
    b = a // 2
    c = b - 4
    d = c // 2
    shapes = {"input": (1, H, H), "conv1": (6, a, a), "pool1": (6, b, b), "conv2": (16, c, c), "pool2": (16, d, d)}
    return shapes | {"flatten": (16 * d * d,), "fc1": (120,), "fc2": (84,), "fc3": (10,)}
    ### END SOLUTION


# %% [markdown] lang="en" task="zoo_counts" hint=1
# Carry three numbers from layer to layer: channels, height and width. A convolution changes all three, pooling the last two,
# and after a fully connected layer only one long column of `out` numbers is left.

# %% [markdown] lang="ko" task="zoo_counts" hint=1
# 채널, 높이, 너비 세 수를 층에서 층으로 들고 다니세요. 합성곱은 셋을 모두, 풀링은 뒤의 둘을 바꾸고, 완전 연결 층을 지나면 수 `out`개가
# 한 줄로 남을 뿐입니다.

# %% [markdown] lang="en" task="zoo_counts" hint=2
# Convolution: $K\,(k^2\,C/g+1)$, pooling: $0$, fully connected: $M\,(C H W+1)$, where $g$ is the number of groups and $M$ the
# number of outputs.

# %% [markdown] lang="ko" task="zoo_counts" hint=2
# 그룹 수를 $g$, 출력 수를 $M$이라 하면 합성곱은 $K\,(k^2\,C/g+1)$, 풀링은 $0$, 완전 연결은 $M\,(C H W+1)$입니다.

# %% [markdown] lang="en"
# ### See it: parameters here, work there
#
# For each layer of AlexNet and of VGG-16, two bars: its share of all parameters and its share of all multiplications. Nearly all
# parameters sit in the fully connected layers, most of them in the first, and nearly all the work is done by the convolutions,
# which use their few weights at every place again.

# %% [markdown] lang="ko"
# ### 직접 보기: 파라미터는 여기, 계산은 저기
#
# AlexNet과 VGG-16의 층마다 막대가 두 개 있습니다. 전체 파라미터에서 차지하는 비율과 전체 곱셈에서 차지하는 비율입니다. 파라미터는 거의
# 다 완전 연결 층에, 그중에서도 첫 층에 몰려 있는데, 계산은 거의 다 합성곱 층이 합니다. 합성곱은 얼마 안 되는 가중치를 모든 위치에서 거듭 쓰기 때문입니다.

# %% tags=["explore"]
if ready(conv_shape, conv_params, zoo_counts):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(14, 4), constrained_layout=True, width_ratios=[1, 1.45])
    for ax, name in zip(axes, ["AlexNet", "VGG-16"]):
        counts = zoo_counts(name)
        # [en] every weight (without the biases) is used once at each place of the output
        # [ko] 편향을 뺀 가중치 하나하나가 출력의 위치마다 한 번씩 쓰입니다
        table, work = MODEL_ZOO[name], {}
        _, height, width = table["input"]
        for row in table["layers"]:
            if row["kind"] != "fc":
                height, width = conv_shape(height, width, row["k"], row["s"], row.get("p", 0))
            if row["kind"] != "pool":
                places = height * width if row["kind"] == "conv" else 1
                work[row["name"]] = (counts[row["name"]] - row["out"]) * places
        spots = torch.arange(len(work))
        shares = [100 * counts[layer] / sum(counts.values()) for layer in work]
        ax.bar(spots - 0.2, shares, 0.4, color="#0072B2", label="parameters")
        ax.bar(
            spots + 0.2,
            [100 * n / sum(work.values()) for n in work.values()],
            0.4,
            color="#E69F00",
            label="multiplications",
        )
        ax.set_xticks(spots, list(work), rotation=45, ha="right")
        millions = f"{sum(counts.values()) / 1e6:.1f} M parameters, {sum(work.values()) / 1e9:.1f} G multiplications"
        ax.set(ylabel="% of the network", title=f"{name}: {millions}")
        ax.legend(frameon=False)
        ax.grid(axis="y", alpha=0.3)
    plt.show()

# %% [markdown] lang="en" task="inception"
# ## 6. An Inception module (12 points)
#
# How large should a filter be? GoogLeNet does not decide: it runs 1×1, 3×3 and 5×5 filters and a max-pooling side by side on the
# same input, and lays their maps on top of each other. To keep this affordable, cheap 1×1 convolutions first reduce the
# number of channels for the large filters. All maps have to be of the same size, so everything is padded accordingly, and there is a ReLU
# after every convolution.

# %% [markdown] lang="ko" task="inception"
# ## 6. 인셉션 모듈 (12점)
#
# 필터는 얼마나 커야 할까요? GoogLeNet은 하나로 정하지 않습니다. 같은 입력에 1×1, 3×3, 5×5 필터와 최대 풀링을 나란히 적용하고 그 특징
# 맵들을 채널 방향으로 쌓습니다. 계산량이 너무 커지지 않도록, 큰 필터 앞에서는 값싼 1×1 합성곱으로 채널 수를 먼저 줄입니다. 쌓으려면 모든
# 맵의 크기가 같아야 하므로 그에 맞게 패딩하며, 모든 합성곱 뒤에는 ReLU가 있습니다.


# %% task="inception"
def inception(x, branches):
    """
    [en]
    Four branches on the same x, concatenated along the channels. Returns (N, K1 + K3 + K5 + KP, H, W).

    x: (N, C, H, W), H, W >= 1. branches: dict with four keys, in any order; each value is a list of pairs (w, b), the
    convolutions of that branch in the order in which they are applied:
    "1x1":  [(w, b)]             1x1 convolution
    "3x3":  [(w, b), (w, b)]     1x1 convolution, then 3x3 convolution
    "5x5":  [(w, b), (w, b)]     1x1 convolution, then 5x5 convolution
    "pool": [(w, b)]             max-pooling 3x3 with stride 1, then 1x1 convolution

    The maps stand in the order "1x1", "3x3", "5x5", "pool", whatever the order of the dict. All strides are 1. Every
    convolution and the pooling keep height and width (pad 0, 1 and 2; the padding of the pooling never wins). ReLU
    after EVERY convolution, none elsewhere.
    You may use your conv2d and pool2d, and also those of torch.nn.functional here.
    Must be differentiable with respect to x and every w and b.
    [ko]
    같은 x에 갈래 네 개를 적용해 채널 방향으로 이어 붙입니다. 결과: (N, K1 + K3 + K5 + KP, H, W).

    x: (N, C, H, W), H, W >= 1. branches: 키가 네 개인 dict(순서는 임의). 값은 (w, b) 쌍의 리스트이며, 그 갈래의 합성곱을
    적용하는 순서대로 담고 있습니다.
    "1x1":  [(w, b)]             1x1 합성곱
    "3x3":  [(w, b), (w, b)]     1x1 합성곱, 그다음 3x3 합성곱
    "5x5":  [(w, b), (w, b)]     1x1 합성곱, 그다음 5x5 합성곱
    "pool": [(w, b)]             스트라이드 1인 3x3 최대 풀링, 그다음 1x1 합성곱

    dict의 순서와 상관없이 맵은 "1x1", "3x3", "5x5", "pool" 순서로 쌓습니다. 스트라이드는 모두 1입니다. 합성곱과 풀링은
    모두 높이와 너비를 그대로 지킵니다(패딩 0, 1, 2. 풀링의 패딩은 최댓값이 되지 않습니다). ReLU는 '모든' 합성곱 뒤에
    있고 다른 곳에는 없습니다.
    여러분의 conv2d와 pool2d를 써도 되고, 이 문제에서는 torch.nn.functional의 함수도 쓸 수 있습니다.
    x와 모든 w, b에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    maps = []
    for name in ("1x1", "3x3", "5x5", "pool"):
        h = pool2d(x, 3, 1, 1, "max") if name == "pool" else x
        for w, b in branches[name]:
            h = torch.relu(conv2d(h, w, b, 1, w.shape[2] // 2))
        maps.append(h)
    return torch.cat(maps, dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="inception" hint=1
# Write one branch as a loop over its pairs; the size of the filter tells you the padding that keeps the image's size. The pooling branch
# is the same loop with another start.

# %% [markdown] lang="ko" task="inception" hint=1
# 갈래 하나를 (w, b) 쌍에 대한 반복문으로 써 보세요. 이미지의 크기를 지키는 패딩은 필터의 크기에서 알 수 있습니다. 풀링 갈래도 시작하는
# 값만 다를 뿐 같은 반복문입니다.

# %% [markdown] lang="en" task="inception" hint=2
# $y=\big[\,\phi_1(x),\ \phi_3(\phi_1(x)),\ \phi_5(\phi_1(x)),\ \phi_1(\mathrm{maxpool}_3(x))\,\big]$ along the channels, where
# $\phi_k(h)=\mathrm{relu}(w*h+b)$ with $p=(k-1)/2$, and every $\phi$ has its own weights.

# %% [markdown] lang="ko" task="inception" hint=2
# $\phi_k(h)=\mathrm{relu}(w*h+b)$, $p=(k-1)/2$라 하면 채널 방향으로 $y=\big[\,\phi_1(x),\ \phi_3(\phi_1(x)),\ \phi_5(\phi_1(x)),
# \ \phi_1(\mathrm{maxpool}_3(x))\,\big]$이고, $\phi$마다 가중치가 따로 있습니다.

# %% [markdown] lang="en" task="residual"
# ## 7. A residual block, forward and backward (12 points)
#
# If extra layers are useless, they should at least do no harm: they should pass on what they get. For a plain layer that is
# hard to learn; for a block that *adds* its result to its input it means: all weights 0. Where the block changes the
# size or the number of channels, a 1×1 convolution with the same stride (a projection) takes the input to the new shape. On the way back the gradient
# reaches $x$ on two roads, and both count.

# %% [markdown] lang="ko" task="residual"
# ## 7. 잔차 블록의 순전파와 역전파 (12점)
#
# 층을 더 쌓아도 쓸모가 없다면 적어도 해는 끼치지 말아야 합니다. 받은 것을 그대로 넘겨주면 됩니다. 보통 층은 이것을 배우기 어렵지만,
# 결과를 입력에 *더하는* 블록이라면 가중치를 모두 0으로 두기만 하면 됩니다. 블록에서 크기나 채널 수가 바뀌면, 같은 스트라이드를 쓰는 1×1
# 합성곱(투영)으로 입력을 새 모양에 맞춥니다. 돌아올 때 기울기는 두 갈래 길로 $x$에 닿으며, 둘 다 더해야 합니다.


# %% task="residual"
def residual(x, params, proj=None):
    """
    [en]
    A residual block: relu(F(x) + shortcut(x)), with F = 3x3 convolution, relu, 3x3 convolution. Returns (N, K, H', W').

    x: (N, C, H, W). params: dict "w1" (K, C, 3, 3), "b1" (K,), "w2" (K, K, 3, 3), "b2" (K,).
    proj: None, or a dict "w" (K, C, 1, 1), "b" (K,), "s" (int >= 1).
    None: shortcut(x) = x, every stride is 1, K = C.
    Else: shortcut(x) = conv2d(x, w, b, s, 0), and the FIRST convolution of F has the stride s, too; the second has 1.

    Both 3x3 convolutions have padding 1. No relu between F's second convolution and the sum.
    You may use your conv2d, and also torch.nn.functional.conv2d here.
    [ko]
    잔차 블록 relu(F(x) + shortcut(x))입니다. F는 3x3 합성곱, relu, 3x3 합성곱입니다. 결과: (N, K, H', W').

    x: (N, C, H, W). params: dict "w1" (K, C, 3, 3), "b1" (K,), "w2" (K, K, 3, 3), "b2" (K,).
    proj: None이거나 dict "w" (K, C, 1, 1), "b" (K,), "s" (int >= 1).
    None이면 shortcut(x) = x이고, 스트라이드는 모두 1이며 K = C입니다.
    아니면 shortcut(x) = conv2d(x, w, b, s, 0)이고, F의 '첫' 합성곱도 스트라이드가 s입니다. 둘째 합성곱은 1입니다.

    3x3 합성곱의 패딩은 둘 다 1입니다. F의 둘째 합성곱과 덧셈 사이에는 relu가 없습니다.
    여러분의 conv2d를 써도 되고, 이 문제에서는 torch.nn.functional.conv2d도 쓸 수 있습니다.
    [/]
    """
    ### BEGIN SOLUTION
    s = 1 if proj is None else proj["s"]
    a = torch.relu(conv2d(x, params["w1"], params["b1"], s, 1))
    shortcut = x if proj is None else conv2d(x, proj["w"], proj["b"], s, 0)
    return torch.relu(conv2d(a, params["w2"], params["b2"], 1, 1) + shortcut)
    ### END SOLUTION


def residual_bwd(dout, x, params, proj=None):
    """
    [en]
    Gradients of y = residual(x, params, proj), given dout = dL/dy: a dict.

    Its keys are "x", "w1", "b1", "w2", "b2"; with a projection also "proj_w" and "proj_b". Each has the shape of what
    it belongs to.

    relu'(0) = 0. Sums, no means. Compute what you need again from the inputs.
    You may use your conv2d, conv2d_bwd and residual, and also torch.nn.functional.conv2d and the functions of
    torch.nn.grad here. Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    y = residual(x, params, proj)의 기울기를 dict로 돌려줍니다. dout = dL/dy가 주어집니다.

    키는 "x", "w1", "b1", "w2", "b2"이고, 투영이 있으면 "proj_w"와 "proj_b"도 있습니다. 각각 원래 값과 모양이 같습니다.

    relu'(0) = 0. 평균이 아니라 합입니다. 필요한 중간값은 입력에서 다시 계산하세요.
    여러분의 conv2d, conv2d_bwd, residual을 써도 되고, 이 문제에서는 torch.nn.functional.conv2d와 torch.nn.grad의 함수도
    쓸 수 있습니다. 사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    s = 1 if proj is None else proj["s"]
    z = conv2d(x, params["w1"], params["b1"], s, 1)
    dsum = dout * (residual(x, params, proj) > 0)
    da, dw2, db2 = conv2d_bwd(dsum, torch.relu(z), params["w2"], 1, 1)
    dx, dw1, db1 = conv2d_bwd(da * (z > 0), x, params["w1"], s, 1)
    grads = {"x": dx + dsum if proj is None else dx, "w1": dw1, "b1": db1, "w2": dw2, "b2": db2}
    if proj is not None:
        dskip, grads["proj_w"], grads["proj_b"] = conv2d_bwd(dsum, x, proj["w"], s, 0)
        grads["x"] = dx + dskip
    return grads
    ### END SOLUTION


# %% [markdown] lang="en" task="residual" hint=1
# Backward, start at the end: the last ReLU comes first, and what it lets through goes to *both* summands unchanged. One copy
# travels through the two convolutions and the ReLU between them, the other takes the shortcut; they meet again at $x$.

# %% [markdown] lang="ko" task="residual" hint=1
# 역전파는 끝에서 시작합니다. 마지막 ReLU를 먼저 거치고, 거기를 통과한 기울기가 더해진 *두 항 모두*에 그대로 전해집니다. 하나는 합성곱
# 두 개와 그 사이의 ReLU를 거슬러 가고, 다른 하나는 지름길로 갑니다. 둘은 $x$에서 다시 만나 더해집니다.

# %% [markdown] lang="en" task="residual" hint=2
# $z=w_1*x+b_1,\ a=\mathrm{relu}(z),\ t=w_2*a+b_2+\mathrm{shortcut}(x)$: $\;dt=dout\odot[t>0]$, $\;dz=(w_2\text{-backward of }dt)\odot[z>0]$,
# $\;dx=(w_1\text{-backward of }dz)+(\text{shortcut-backward of }dt)$.

# %% [markdown] lang="ko" task="residual" hint=2
# $z=w_1*x+b_1,\ a=\mathrm{relu}(z),\ t=w_2*a+b_2+\mathrm{shortcut}(x)$라 하면 $\;dt=dout\odot[t>0]$, $\;dz=(dt\text{를 }w_2\text{로 역전파한 값})\odot[z>0]$,
# $\;dx=(dz\text{를 }w_1\text{로 역전파한 값})+(dt\text{를 지름길로 역전파한 값})$입니다.

# %% [markdown] lang="en"
# ### See it: a picture on its way through forty layers
#
# The house goes through stacks of untrained layers with rather small random weights. Above, plain layers in pairs; below, the same
# weights in residual blocks. After a few pairs nothing is left of the house in the plain stack, while a residual stack with
# small weights is close to the identity and only has to learn what to change. The curves tell the same of the way back:
# how strongly each layer, down to the pixels, still hears from the loss.

# %% [markdown] lang="ko"
# ### 직접 보기: 마흔 개 층을 지나는 그림
#
# 집 그림을 학습하지 않은 층들에 통과시킵니다. 가중치는 조금 작은 무작위 값입니다. 위는 보통 층을 두 개씩 쌓은 것이고, 아래는 같은
# 가중치를 잔차 블록에 넣은 것입니다. 보통 층에서는 몇 쌍만 지나도 집이 흔적도 없이 사라지지만, 가중치가 작은 잔차 블록은 항등 함수에
# 가까우므로 무엇을 바꿀지만 배우면 됩니다. 오른쪽 곡선은 돌아오는 길도 마찬가지임을 보여 줍니다. 손실의 기울기가 각 층에, 그리고 픽셀까지
# 얼마나 세게 전해지는지를 그렸습니다.

# %% tags=["explore"]
if ready(conv2d, conv2d_bwd, residual, residual_bwd):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(1)
    depth, channels = 20, 4

    def random_block():
        scale = 0.6 * (2 / (9 * channels)) ** 0.5
        w1, w2 = (scale * torch.randn(channels, channels, 3, 3, generator=generator, dtype=torch.float64) for _ in "12")
        zero = torch.zeros(channels, dtype=torch.float64)
        return {"w1": w1, "b1": zero, "w2": w2, "b2": zero}

    blocks = [random_block() for _ in range(depth)]
    start = little_house(48).expand(1, channels, 48, 48).clone()

    def plain(h, block):
        inner = conv2d(h, block["w1"], block["b1"], 1, 1)
        return inner, conv2d(inner.relu(), block["w2"], block["b2"], 1, 1).relu()

    way_plain, way_residual = [start], [start]
    for block in blocks:
        way_plain.append(plain(way_plain[-1], block)[1])
        way_residual.append(residual(way_residual[-1], block))
    # [en] the way back, with the same random upstream gradient for both
    # [ko] 돌아오는 길입니다. 둘 다 같은 무작위 기울기에서 출발합니다
    upstream = torch.randn(start.shape, generator=generator, dtype=torch.float64)
    back_plain, back_residual = [upstream], [upstream]
    for number in reversed(range(depth)):
        h, block = way_plain[number], blocks[number]
        inner, result = plain(h, block)
        dinner = conv2d_bwd(back_plain[-1] * (result > 0), inner.relu(), block["w2"], 1, 1)[0] * (inner > 0)
        back_plain.append(conv2d_bwd(dinner, h, block["w1"], 1, 1)[0])
        back_residual.append(residual_bwd(back_residual[-1], way_residual[number], block)["x"])

    figure = plt.figure(figsize=(14, 4.4), constrained_layout=True)
    pictures, curves = figure.subfigures(1, 2, width_ratios=[1.75, 1])
    shown = [0, 1, 2, 4, 8, 20]
    for row, (name, way) in zip(pictures.subplots(2, 6), [("plain", way_plain), ("residual", way_residual)]):
        for ax, number in zip(row, shown):
            ax.imshow(way[number][0, 0], cmap="gray")
            ax.set(xticks=[], yticks=[], title="the image" if number == 0 else f"{2 * number} layers")
        row[0].set_ylabel(name, fontsize=13)
    ax = curves.subplots()
    for name, back, color, marker in [
        ("plain", back_plain, "#D55E00", "o"),
        ("residual", back_residual, "#0072B2", "s"),
    ]:
        sizes = [(g.norm() / upstream.norm()).item() for g in reversed(back)]
        ax.plot([2 * n for n in range(depth + 1)], sizes, color=color, marker=marker, ms=4, label=name)
    ax.set(
        yscale="log", xlabel="layer (0: the image, 40: the loss)", ylabel="size of the gradient", title="the way back"
    )
    ax.legend(frameon=False)
    ax.grid(alpha=0.3)
    plt.show()

# %% [markdown] lang="en" task="se_block"
# ## 8. Squeeze and excitation (10 points)
#
# In a picture of the sea, the channel that finds fur is of little use. An SE block lets the network turn channels up and down for each
# image: it *squeezes* every channel into one number, its mean over all places; two small fully connected layers look at these
# numbers together and *excite*: a weight between 0 and 1 for each channel. The image itself is never mixed with other images.
#
# Backward, a scale is a product, so each factor gets the gradient times the other; a weight was used at all places of its channel.

# %% [markdown] lang="ko" task="se_block"
# ## 8. SE 블록: 압축(squeeze)과 여기(excitation) (10점)
#
# 바다 사진에서는 털 무늬를 찾는 채널이 별로 쓸모가 없습니다. SE 블록은 이미지마다 채널의 세기를 조절합니다. 먼저 채널마다 모든 위치의
# 평균을 내어 수 하나로 *압축*(squeeze)합니다. 작은 완전 연결 층 두 개가 이 수들을 함께 보고 채널마다 0과 1 사이의 가중치를 정합니다
# (*여기*, excitation). 서로 다른 이미지끼리는 절대 섞이지 않습니다.
#
# 역전파를 생각해 보면, 크기 조절은 곱셈이므로 각 인수는 기울기에 상대 인수를 곱한 값을 받습니다. 가중치 하나는 자기 채널의 모든 위치에서
# 쓰였습니다.


# %% task="se_block"
def se_block(x, W1, b1, W2, b2):
    """
    [en]
    Squeeze-and-excitation: y = x * e, e = sigmoid(relu(m W1 + b1) W2 + b2), m = mean of x over H and W.

    x: (N, C, H, W), W1: (C, R), b1: (R,), W2: (R, C), b2: (C,). Returns (N, C, H, W).

    m and e are (N, C): one weight for each image and channel, the same at all places. Biases are added, W1 and W2
    multiply from the right.
    Must be differentiable with respect to all arguments.
    [ko]
    SE 블록: y = x * e, e = sigmoid(relu(m W1 + b1) W2 + b2), m은 x를 H와 W에 대해 평균한 값입니다.

    x: (N, C, H, W), W1: (C, R), b1: (R,), W2: (R, C), b2: (C,). 결과: (N, C, H, W).

    m과 e의 모양은 (N, C)입니다. 이미지마다, 채널마다 가중치가 하나씩 있고 모든 위치에 똑같이 곱해집니다. 편향은 더하고,
    W1과 W2는 오른쪽에서 곱합니다.
    모든 인자에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    m = x.mean(dim=(2, 3))
    e = torch.sigmoid(torch.relu(m @ W1 + b1) @ W2 + b2)
    return x * e[:, :, None, None]
    ### END SOLUTION


def se_scale_bwd(dout, x, e):
    """
    [en]
    Gradients of the scaling alone, y[n, c, i, j] = x[n, c, i, j] * e[n, c], given dout = dL/dy: a tuple (dx, de).

    dout: (N, C, H, W), x: (N, C, H, W), e: (N, C). Returns dx (N, C, H, W), de (N, C).

    Here e is an input of its own: do not go further back, neither through the sigmoid nor from e to x.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    크기 조절 y[n, c, i, j] = x[n, c, i, j] * e[n, c]만의 기울기입니다. dout = dL/dy가 주어지면 튜플 (dx, de)를 돌려줍니다.

    dout: (N, C, H, W), x: (N, C, H, W), e: (N, C). 결과: dx (N, C, H, W), de (N, C).

    여기서 e는 독립된 입력입니다. 시그모이드를 거슬러 가거나 e에서 x로 더 거슬러 가지 마세요.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    return dout * e[:, :, None, None], (dout * x).sum(dim=(2, 3))
    ### END SOLUTION


# %% [markdown] lang="en" task="se_block" hint=1
# Follow the shapes: (N, C, H, W) becomes (N, C), then (N, R), then (N, C) again, and that is spread over all places. For the
# gradient, ask of each factor where it was used.

# %% [markdown] lang="ko" task="se_block" hint=1
# 모양을 따라가 보세요. (N, C, H, W)가 (N, C)가 되고, (N, R)을 거쳐 다시 (N, C)가 된 다음 모든 위치로 퍼집니다. 기울기는 각 인수가 어디에서
# 쓰였는지를 물으면 됩니다.

# %% [markdown] lang="en" task="se_block" hint=2
# $m_{nc}=\frac1{HW}\sum_{ij}x_{ncij},\quad e=\sigma\big(\mathrm{relu}(mW_1+b_1)W_2+b_2\big),\quad y_{ncij}=e_{nc}\,x_{ncij}$; backward
# $dx_{ncij}=e_{nc}\,dout_{ncij}$, $\;de_{nc}=\sum_{ij}x_{ncij}\,dout_{ncij}$.

# %% [markdown] lang="ko" task="se_block" hint=2
# $m_{nc}=\frac1{HW}\sum_{ij}x_{ncij},\quad e=\sigma\big(\mathrm{relu}(mW_1+b_1)W_2+b_2\big),\quad y_{ncij}=e_{nc}\,x_{ncij}$이고, 역전파는
# $dx_{ncij}=e_{nc}\,dout_{ncij}$, $\;de_{nc}=\sum_{ij}x_{ncij}\,dout_{ncij}$입니다.

# %% [markdown] lang="en" task="topk_error"
# ## 9. Top-5 error (6 points)
#
# ImageNet has a thousand classes, a hundred and twenty of them breeds of dogs, and its pictures often show several things. So a network may name
# five classes, and is right if the true one is among them. The top-$k$ error is the share of the pictures on which it is not.

# %% [markdown] lang="ko" task="topk_error"
# ## 9. Top-5 오류율 (6점)
#
# 이미지넷에는 클래스가 천 가지인데 그중 백이십 가지가 개 품종이고, 사진 한 장에 여러 물체가 있기도 합니다. 그래서 신경망은 클래스를 다섯 개까지
# 말할 수 있고, 그 안에 정답이 있으면 맞은 것으로 칩니다. Top-$k$ 오류율은 정답이 그 안에 없는 사진의 비율입니다.


# %% task="topk_error"
def topk_error(S, y, k):
    """
    [en]
    Share of the examples whose true class is NOT among the k classes with the highest scores: a Python float.

    S: (N, C) scores, y: (N,) int64 true classes, k: int >= 1.

    Equal scores: the class with the smaller number comes first. With C <= k every class is among the k: error 0.0.
    N = 0: 0.0.
    [ko]
    점수가 가장 높은 k개 클래스 안에 정답이 '없는' 샘플의 비율을 파이썬 float로 돌려줍니다.

    S: (N, C) 점수, y: (N,) int64 정답 클래스, k: int >= 1.

    점수가 같으면 번호가 작은 클래스가 먼저입니다. C <= k이면 모든 클래스가 k개 안에 들므로 오류율은 0.0입니다.
    N = 0이면 0.0입니다.
    [/]
    """
    ### BEGIN SOLUTION
    if len(y) == 0:
        return 0.0
    best = S.argsort(dim=1, descending=True, stable=True)[:, :k]
    missed = (best != y[:, None]).all(dim=1)
    return missed.double().mean().item()
    ### END SOLUTION


# %% [markdown] lang="en" task="topk_error" hint=1
# Only the *order* of the scores in each row matters. A stable sort keeps equal scores in the order of their numbers; or count
# how many classes come before the true one.

# %% [markdown] lang="ko" task="topk_error" hint=1
# 각 행에서 점수의 *순서*만 중요합니다. 안정 정렬(stable sort)은 점수가 같은 클래스를 번호 순서대로 둡니다. 아니면 정답보다 앞서는 클래스가
# 몇 개인지 세어도 됩니다.

# %% [markdown] lang="en" task="topk_error" hint=2
# The true class $y$ has the rank $r=|\{c:S_c>S_y\}|+|\{c<y:S_c=S_y\}|$, beginning with 0, and is missed when $r\ge k$.

# %% [markdown] lang="ko" task="topk_error" hint=2
# 정답 $y$의 순위를 0부터 세면 $r=|\{c:S_c>S_y\}|+|\{c<y:S_c=S_y\}|$이고, $r\ge k$이면 놓친 것입니다.

# %% [markdown] lang="en"
# ### See it: almost right
#
# A hundred classes in twenty groups of five look-alikes (breeds of one animal, say), and three imaginary classifiers: one only guesses, one
# knows the animal but not the breed, one knows both a little. At $k=1$ the second looks poor; at $k=5$ its error collapses,
# because the five of the right group fill its list.

# %% [markdown] lang="ko"
# ### 직접 보기: 거의 맞은 답
#
# 클래스 백 개가 서로 닮은 다섯 개씩(한 동물의 여러 품종이라고 생각하세요) 스무 집단을 이룹니다. 가상의 분류기는 셋입니다. 하나는 찍기만 하고,
# 하나는 동물은 알지만 품종은 모르고, 하나는 둘 다 조금씩 압니다. $k=1$에서는 둘째가 형편없어 보이지만, $k=5$가 되면 맞는 집단의 다섯 품종이
# 목록을 채우므로 오류율이 뚝 떨어집니다.

# %% tags=["explore"]
if ready(topk_error):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    true_class = torch.randint(0, 100, (2000,), generator=generator)
    chance = torch.randn(2000, 100, generator=generator)
    same_group = (torch.arange(100) // 5 == true_class[:, None] // 5).float()
    same_class = F.one_hot(true_class, 100).float()
    classifiers = {
        "guesses": (chance, "#999999", "o"),
        "knows the animal": (chance + 5 * same_group, "#D55E00", "s"),
        "knows both a little": (chance + 1.5 * same_group + 1.5 * same_class, "#0072B2", "^"),
    }
    figure, ax = plt.subplots(figsize=(7.5, 4), constrained_layout=True)
    for name, (scores, color, marker) in classifiers.items():
        ks = list(range(1, 16))
        ax.plot(ks, [100 * topk_error(scores, true_class, k) for k in ks], color=color, marker=marker, ms=5, label=name)
    ax.axvline(5, color="black", lw=0.8, ls=":")
    ax.set(xlabel="k", ylabel="top-k error (%)", title="the same answers, judged more and more kindly", ylim=(0, 103))
    ax.legend(frameon=False)
    ax.grid(alpha=0.3)
    plt.show()
