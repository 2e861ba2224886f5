# %% [markdown] lang="en"
# # Autoencoders and autoregressive models
#
# Lecture 11. Learning without labels: you compress data with an autoencoder, and you build models that say how probable an
# image is and can draw new ones. Both PixelCNN and PixelRNN take an image pixel by pixel; the art is never to look ahead.
# On the way your own functions find the directions in which pictures differ, show what a masked kernel can see, learn to draw
# frames, and give away a model that cheats.

# %% [markdown] lang="ko"
# # 오토인코더와 자기회귀 모델
#
# 11강 과제입니다. 레이블 없이 배우는 방법을 다룹니다. 오토인코더로 데이터를 압축하고, 이미지가 나올 확률을 계산하고 새 이미지를 그려 내는
# 모델을 만듭니다. PixelCNN과 PixelRNN은 모두 이미지를 픽셀 하나씩 차례로 다루며, 핵심은 앞으로 올 픽셀을 절대 미리 보지 않는 것입니다.
# 중간중간 여러분이 만든 함수로 그림들이 어느 방향으로 달라지는지 찾고, 마스크를 씌운 커널이 무엇을 볼 수 있는지 확인하고, 테두리 상자를 그리도록
# 학습시키고, 몰래 커닝하는 모델을 잡아내 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# An **autoencoder** squeezes its input through a narrow code, $z=\mathrm{enc}(x)$, and restores it, $\hat x=\mathrm{dec}(z)$. The loss
# is the difference between $x$ and $\hat x$, so that no label is needed. With linear encoder and decoder the best possible one is
# known: it is principal component analysis (PCA).
#
# A **generative model** describes the distribution $p(x)$ of the data. Some do it explicitly, with a $p(x)$ that one can compute; others
# only draw samples (GANs). The models of this notebook are explicit and exact. They use nothing but the chain rule of probability: in a
# fixed order of the pixels,
#
# $$p(x)=\prod_{i=0}^{L-1}p(x_i\mid x_0,\dots,x_{i-1}),\qquad \log p(x)=\sum_i\log p(x_i\mid x_{<i}).$$
#
# A **PixelCNN** computes all these conditionals with convolutions whose kernels are masked, a **PixelRNN** with a recurrent
# network that reads the pixels in order. Both are trained by maximising $\log p$ of the data, all pixels at once. To draw an image one has to go
# pixel by pixel, since each needs those before it: this is slow.

# %% [markdown] lang="en"
# ### Where people slip
#
# - A recurrent network that reads the pixels in both directions sees the pixel that it should predict. Its "likelihood" is then no
#   likelihood: the probabilities of all images do not add up to 1. In an autoregressive model everything must come from the past.
# - The first masked layer must not see the pixel in the centre (type A). The layers after it may (type B): there, the centre
#   holds a summary of the past only. With A everywhere, information is lost for nothing; with B in the first layer, the model copies its input.
# - The likelihood is exact *under the model*. That it can be computed does not make the model right.
#
# ### Conventions
#
# - Indices begin at 0. Pixels are ordered row by row from the top left (raster order): all of row 0 from left to right, then row 1.
# - Images are `(N, C, H, W)`, or `(N, H, W)` int64 where the pixels are classes $0\dots K-1$. Weights of dense layers are `(in, out)`, those of
#   convolutions `(C_out, C_in, kh, kw)`. Masks: True means keep. Logarithms are natural.
# - Results have the dtype and device of the inputs, losses are 0-d tensors, no function changes its inputs, and nothing is
#   random inside a function. Later tasks may call your earlier functions, so make `check(...)` of these pass first.

# %% [markdown] lang="ko"
# ## 복습
#
# **오토인코더**는 입력을 좁은 코드로 압축했다가($z=\mathrm{enc}(x)$) 다시 복원합니다($\hat x=\mathrm{dec}(z)$). 손실은 $x$와 $\hat x$의 차이이므로
# 레이블이 필요 없습니다. 인코더와 디코더가 선형이면 가장 좋은 오토인코더가 무엇인지 알려져 있습니다. 바로 주성분 분석(PCA)입니다.
#
# **생성 모델**은 데이터의 분포 $p(x)$를 나타냅니다. $p(x)$를 직접 계산할 수 있는 명시적 모델도 있고, 샘플만 뽑아 주는 모델(GAN)도 있습니다.
# 이 노트북의 모델은 명시적이고 정확합니다. 쓰는 것은 확률의 연쇄 법칙뿐입니다. 픽셀의 순서를 하나 정하면 다음과 같습니다.
#
# $$p(x)=\prod_{i=0}^{L-1}p(x_i\mid x_0,\dots,x_{i-1}),\qquad \log p(x)=\sum_i\log p(x_i\mid x_{<i})$$
#
# **PixelCNN**은 커널에 마스크를 씌운 합성곱으로, **PixelRNN**은 픽셀을 순서대로 읽는 순환 신경망으로 이 조건부 확률을 모두 계산합니다. 둘 다
# 데이터의 $\log p$를 최대화하도록 학습하며, 학습할 때는 모든 픽셀을 한꺼번에 계산합니다. 그러나 이미지를 그릴 때는 픽셀마다 앞의 픽셀이
# 필요하므로 하나씩 그려야 하고, 그래서 느립니다.

# %% [markdown] lang="ko"
# ### 자주 하는 실수
#
# - 픽셀을 양방향으로 읽는 순환 신경망은 예측해야 할 픽셀을 미리 봅니다. 그러면 "우도"가 더는 우도가 아니어서, 모든 이미지의 확률을 더해도 1이
#   되지 않습니다. 자기회귀 모델에서는 모든 정보가 과거에서 와야 합니다.
# - 마스크를 씌운 첫 층은 가운데 픽셀을 보면 안 됩니다(A형). 그 뒤의 층은 보아도 됩니다(B형). 그 자리에는 과거를 요약한 값만 들어 있기
#   때문입니다. 모든 층이 A형이면 정보를 괜히 잃고, 첫 층이 B형이면 모델이 입력을 그대로 베낍니다.
# - 우도가 정확하다는 것은 *그 모델에서* 정확하다는 뜻입니다. 계산할 수 있다고 해서 모델이 옳은 것은 아닙니다.
#
# ### 이 노트북의 약속
#
# - 번호는 0부터 셉니다. 픽셀의 순서는 왼쪽 위에서 시작해 한 행씩 내려가는 래스터 순서입니다. 0번 행을 왼쪽에서 오른쪽으로 다 지난 다음 1번 행으로
#   갑니다.
# - 이미지는 `(N, C, H, W)`이고, 픽셀이 클래스 $0\dots K-1$이면 `(N, H, W)` int64입니다. 완전연결 층의 가중치는 `(입력, 출력)`, 합성곱의 가중치는
#   `(C_out, C_in, kh, kw)`입니다. 마스크는 True이면 사용한다는 뜻이고, 로그는 자연로그입니다.
# - 결과의 dtype과 device는 입력과 같고, 손실은 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않고, 함수 안에서 난수를 뽑지 않습니다. 뒤의
#   문제에서는 앞에서 만든 함수를 불러 써도 되므로, 앞 문제의 `check(...)`부터 통과시키세요.

# %%
import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# The functions whose names begin with `part_` and `drive_` belong to the checks; leave these names to them. They call your
# functions and turn the result into something that has one right answer only (a basis may point either way), try out what a network
# reacts to, or count calls.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 이름이 `part_`나 `drive_`로 시작하는 함수는 채점에 쓰이므로 이 이름들은 그대로 두세요. 여러분의 함수를 불러 정답이 하나뿐인 값으로
# 바꾸거나(기저 벡터는 부호가 어느 쪽이든 됩니다), 신경망이 무엇에 반응하는지 시험하거나, 호출 횟수를 셉니다.


# %% tags=["provided"]
def part_pca_without_signs(X, k):
    """
    [en]
    What is unique in a PCA: Xhat, the projector basis basis^T, Z basis^T, the squares of Z per column, basis^T basis.
    [ko]
    PCA에서 유일하게 정해지는 값: Xhat, 사영 행렬 basis basis^T, Z basis^T, Z의 열별 제곱합, basis^T basis.
    [/]
    """
    Z, Xhat, basis = pca_ae(X, k)
    return Xhat, basis @ basis.T, Z @ basis.T, (Z**2).sum(dim=0), basis.T @ basis


def part_restored(X, k):
    _, Xhat, _ = pca_ae(X, k)
    return Xhat


def part_ae_loss(X, We, be, Wd, bd):
    loss, _, _, _, _ = ae_loss_grad(X, We, be, Wd, bd)
    return loss


def part_ae_decoder(X, We, be, Wd, bd):
    _, _, _, dWd, dbd = ae_loss_grad(X, We, be, Wd, bd)
    return dWd, dbd


def drive_refusal(kh, kw, type, cin, cout, rgb):
    """
    [en]
    True if causal_mask raises a ValueError for this kernel, else False.
    [ko]
    이 커널에 대해 causal_mask가 ValueError를 일으키면 True, 아니면 False.
    [/]
    """
    try:
        causal_mask(kh, kw, type, cin, cout, rgb)
    except ValueError:
        return True
    return False


def drive_leak_test(x, layers, i, j):
    """
    [en]
    Which pixels does the output at (i, j) react to? Each pixel of x (1, C, H, W) is changed in turn. Returns (H, W) bool.
    [ko]
    (i, j)의 출력은 어느 픽셀에 반응할까요? x (1, C, H, W)의 픽셀을 하나씩 바꿔 봅니다. 결과: (H, W) bool.
    [/]
    """
    height, width = x.shape[2:]
    changed = x.repeat(height * width, 1, 1, 1)
    for k in range(height * width):
        changed[k, :, k // width, k % width] += 1.7
    difference = pixelcnn_forward(changed, layers)[:, :, i, j] - pixelcnn_forward(x, layers)[:, :, i, j]
    return (difference.abs().amax(dim=1) > 1e-6).reshape(height, width)


def part_nats(logits, x):
    nats, _ = pixel_nll(logits, x)
    return nats


def drive_table(bias, mix, shrink, seen):
    """
    [en]
    A cond_fn with tables as its weights: it reacts to ALL pixels of the image. What it is called with goes to the list seen.
    [ko]
    표를 가중치로 쓰는 cond_fn: 이미지의 '모든' 픽셀에 반응합니다. 호출될 때 받은 것을 리스트 seen에 넣습니다.
    [/]
    """

    def cond_fn(image):
        seen.append(image.clone())
        logits = bias + torch.einsum("khwab,nab->nkhw", mix, image.to(bias.dtype))
        return torch.softmax(logits, dim=1) * shrink

    return cond_fn


def drive_sampling(H, W, U, bias, mix, shrink):
    return sample_pixels(drive_table(bias, mix, shrink, []), H, W, U)


def drive_sampling_calls(H, W, U, bias, mix):
    """
    [en]
    (number of calls of cond_fn, were all pixels still to be drawn 0 in every call?)
    [ko]
    (cond_fn을 부른 횟수, 아직 뽑지 않은 픽셀이 매번 모두 0이었는지)
    [/]
    """
    seen = []
    sample_pixels(drive_table(bias, mix, 1.0, seen), H, W, U)
    clean = all(bool((image.reshape(len(image), -1)[:, k:] == 0).all()) for k, image in enumerate(seen))
    return len(seen), clean


def drive_total_probability(L, rnn):
    """
    [en]
    The sum of p(x) over all K^L sequences. It must be 1.
    [ko]
    시퀀스 K^L개 모두에 대한 p(x)의 합. 1이어야 합니다.
    [/]
    """
    K = rnn["V"].shape[1]
    every = torch.cartesian_prod(*[torch.arange(K)] * L).reshape(-1, L)
    return pixelrnn_logp(every, rnn).exp().sum()


# %% [markdown] lang="en" task="pca_ae"
# ## 1. The best linear autoencoder (12 points)
#
# Subtract the mean, and keep the $k$ directions in which the data vary most. The coordinates in these directions are the code, and
# going back along them restores the data as well as any linear map can. The directions are the eigenvectors of the
# covariance matrix with the largest eigenvalues, or the right singular vectors of the centred data.

# %% [markdown] lang="ko" task="pca_ae"
# ## 1. 가장 좋은 선형 오토인코더 (12점)
#
# 평균을 빼고, 데이터가 가장 많이 변하는 방향 $k$개만 남깁니다. 이 방향들의 좌표가 코드이고, 그 좌표대로 되돌아가면 선형 사상으로 할 수 있는
# 최선의 복원이 됩니다. 이 방향들은 공분산 행렬에서 고윳값이 가장 큰 고유벡터들이며, 평균을 뺀 데이터의 오른쪽 특이벡터이기도 합니다.


# %% task="pca_ae"
def pca_ae(X, k):
    """
    [en]
    PCA as an autoencoder: returns (Z, Xhat, basis).

    X: (N, D), N >= 1. k: int, 0 <= k <= D (k may be larger than N).
    basis: (D, k), orthonormal COLUMNS: the directions of largest variance, in descending order of variance.
    Z: (N, k) = (X - mean) @ basis, the code. Xhat: (N, D) = Z @ basis.T + mean. mean: the mean of the rows of X.

    Nothing is scaled to variance 1. The signs of the columns are free, and so is the choice among directions of equal
    variance: what is checked does not depend on it. k = D restores X exactly. basis has k orthonormal columns also when X has fewer
    rows or a smaller rank.
    Forbidden: torch.pca_lowrank, torch.svd_lowrank (they are random and approximate).
    [ko]
    오토인코더로 본 PCA: (Z, Xhat, basis)를 돌려줍니다.

    X: (N, D), N >= 1. k: int, 0 <= k <= D (k는 N보다 클 수 있습니다).
    basis: (D, k), 정규직교인 '열'들. 분산이 가장 큰 방향들을 분산의 내림차순으로 놓습니다.
    Z: (N, k) = (X - 평균) @ basis, 코드. Xhat: (N, D) = Z @ basis.T + 평균. 평균은 X의 행들의 평균입니다.

    분산을 1로 맞추지 않습니다. 열의 부호는 자유이고 분산이 같은 방향들 가운데 무엇을 고를지도 자유이며, 채점하는 값은 여기에 좌우되지
    않습니다. k = D이면 X가 정확히 복원됩니다. X의 행이 적거나 랭크가 작아도 basis에는 정규직교인 열이 k개 있어야 합니다.
    사용 금지: torch.pca_lowrank, torch.svd_lowrank (난수를 쓰는 근사 계산입니다).
    [/]
    """
    ### BEGIN SOLUTION
    mean = X.mean(dim=0)
    _, _, Vh = torch.linalg.svd(X - mean, full_matrices=True)
    basis = Vh[:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis
    ### END SOLUTION


# %% [markdown] lang="en" task="pca_ae" hint=1
# Two roads: the eigenvectors of $X_c^\top X_c$ (mind the order in which `eigh` sorts), or the singular value decomposition of $X_c$. Which of the
# factors lives in the space of the features?

# %% [markdown] lang="ko" task="pca_ae" hint=1
# 방법이 두 가지 있습니다. $X_c^\top X_c$의 고유벡터를 구하거나(`eigh`가 어떤 순서로 정렬하는지 조심하세요), $X_c$를 특이값 분해합니다. 분해한 행렬들
# 가운데 특징 공간에 속하는 것은 어느 것인가요?

# %% [markdown] lang="en" task="pca_ae" hint=2
# $X_c=X-\mu=USV^\top$; the first $k$ columns of $V$ are the basis $B$; $Z=X_cB$ and $\hat X=ZB^\top+\mu$. To get all $D$ columns of $V$ when
# $N<D$, ask for the full matrices.

# %% [markdown] lang="ko" task="pca_ae" hint=2
# $X_c=X-\mu=USV^\top$라 하면 $V$의 처음 $k$개 열이 기저 $B$이고, $Z=X_cB$, $\hat X=ZB^\top+\mu$입니다. $N<D$일 때 $V$의 열 $D$개를 모두 얻으려면 전체
# 행렬(full matrices)을 달라고 해야 합니다.

# %% [markdown] lang="en" task="ae_loss_grad"
# ## 2. A trained autoencoder (12 points)
#
# An encoder with tanh, a linear decoder, the squared error, and its gradients by hand. The target of the network is its own
# input, but the gradient runs only through the network: first into the decoder, from there into the code, and through
# tanh into the encoder.

# %% [markdown] lang="ko" task="ae_loss_grad"
# ## 2. 학습하는 오토인코더 (12점)
#
# tanh를 쓰는 인코더, 선형 디코더, 제곱 오차, 그리고 손으로 구하는 기울기입니다. 신경망의 목푯값은 입력 자신이지만 기울기는 신경망을 거쳐서만
# 흐릅니다. 먼저 디코더로, 거기서 코드로, 그리고 tanh를 지나 인코더로 갑니다.


# %% task="ae_loss_grad"
def ae_loss_grad(X, We, be, Wd, bd):
    """
    [en]
    Loss of an autoencoder and its gradients: returns (loss, dWe, dbe, dWd, dbd).

    X: (N, D), N >= 1. We: (D, M), be: (M,), Wd: (M, D), bd: (D,). All are independent: Wd is not the transpose of We.
    code = tanh(X @ We + be)
    Xhat = code @ Wd + bd
    loss = (1 / N) * sum over all n, d of (Xhat[n, d] - X[n, d])^2      (0-d tensor)
    dWe, dbe, dWd, dbd: the gradients of loss, of the shapes of We, be, Wd, bd.

    Sum over the features, mean over the batch only, no factor 1/2. Written by hand.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    오토인코더의 손실과 기울기: (loss, dWe, dbe, dWd, dbd)를 돌려줍니다.

    X: (N, D), N >= 1. We: (D, M), be: (M,), Wd: (M, D), bd: (D,). 모두 독립입니다. Wd는 We의 전치가 아닙니다.
    code = tanh(X @ We + be)
    Xhat = code @ Wd + bd
    loss = (1 / N) * (모든 n, d에 대한 (Xhat[n, d] - X[n, d])^2의 합)      (0차원 텐서)
    dWe, dbe, dWd, dbd: loss의 기울기. 모양은 차례로 We, be, Wd, bd와 같습니다.

    특징에 대해서는 합, 배치에 대해서만 평균이고, 1/2은 곱하지 않습니다. 손으로 미분해서 작성하세요.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    code = torch.tanh(X @ We + be)
    error = code @ Wd + bd - X
    dout = 2 * error / X.shape[0]
    da = (dout @ Wd.T) * (1 - code**2)
    loss = (error**2).sum() / X.shape[0]
    return loss, X.T @ da, da.sum(dim=0), code.T @ dout, dout.sum(dim=0)
    ### END SOLUTION


# %% [markdown] lang="en" task="ae_loss_grad" hint=1
# Begin at the end: what is the derivative of the loss by one element of $\hat X$? From there it is a network of two layers.

# %% [markdown] lang="ko" task="ae_loss_grad" hint=1
# 끝에서부터 시작하세요. 손실을 $\hat X$의 원소 하나로 미분하면 무엇인가요? 그다음부터는 평범한 2층 신경망입니다.

# %% [markdown] lang="en" task="ae_loss_grad" hint=2
# $G=\frac2N(\hat X-X)$, $\;dW_d=C^\top G$, $\;db_d=\sum_nG_n$, $\;A=(GW_d^\top)\odot(1-C^2)$ with the code $C$, $\;dW_e=X^\top A$, $\;db_e=\sum_nA_n$.

# %% [markdown] lang="ko" task="ae_loss_grad" hint=2
# 코드를 $C$라 하면 $G=\frac2N(\hat X-X)$, $\;dW_d=C^\top G$, $\;db_d=\sum_nG_n$, $\;A=(GW_d^\top)\odot(1-C^2)$, $\;dW_e=X^\top A$, $\;db_e=\sum_nA_n$입니다.

# %% [markdown] lang="en"
# ### See it: how few numbers make a picture?
#
# Each picture below shows a bright spot, at one of many places on a bent path: 144 pixels, but only one thing that differs. The upper rows
# show six pictures and what your `pca_ae` restores from 1, 3 and 8 numbers; with 8, hardly a difference is left. Right: the error against the size $k$
# of the code falls quickly. The crosses are autoencoders that your `ae_loss_grad` has trained. Since their decoder is linear, none can come below
# the curve of PCA, however clever the encoder is; they come close to it.

# %% [markdown] lang="ko"
# ### 직접 보기: 그림 하나에 숫자가 몇 개나 필요할까요?
#
# 아래 그림마다 밝은 점이 하나씩 있고, 그 위치는 구부러진 길 위의 어딘가입니다. 픽셀은 144개지만 달라지는 것은 하나뿐입니다. 왼쪽에는 그림
# 여섯 장과, `pca_ae`가 숫자 1개, 3개, 8개로 복원한 그림이 있습니다. 8개면 거의 차이가 없습니다. 오른쪽을 보면 코드의 크기 $k$가 커질수록 오차가 빠르게
# 줄어듭니다. 주황색 × 표는 `ae_loss_grad`로 학습시킨 오토인코더입니다. 디코더가 선형이므로 인코더가 아무리 똑똑해도 PCA의 곡선 아래로는 내려갈 수
# 없고, 다만 곡선에 가까이 다가갑니다.

# %% tags=["explore"]
if ready(pca_ae, ae_loss_grad):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    side = 12
    place = torch.rand(300, generator=generator, dtype=torch.float64)
    rows, columns = 6 + 4 * torch.sin(5 * place), 1.5 + 9 * place
    grid = torch.arange(side, dtype=torch.float64)
    distance = (grid[None, :, None] - rows[:, None, None]) ** 2 + (grid[None, None, :] - columns[:, None, None]) ** 2
    X = torch.exp(-distance / 5).flatten(1)

    def error_of(k):
        return ((pca_ae(X, k)[1] - X) ** 2).sum(dim=1).mean().item()

    def train_autoencoder(k, steps=400):
        D = X.shape[1]
        p = [0.05 * torch.randn(s, generator=generator, dtype=X.dtype) for s in [(D, k), (k,), (k, D), (D,)]]
        m, v = [torch.zeros_like(w) for w in p], [torch.zeros_like(w) for w in p]
        for step in range(1, steps + 1):
            grads = ae_loss_grad(X, *p)[1:]
            rate = 0.02 if step < 300 else 0.004
            for w, g, a, b in zip(p, grads, m, v):
                a += 0.1 * (g - a)
                b += 0.01 * (g * g - b)
                w -= rate * (a / (1 - 0.9**step)) / ((b / (1 - 0.99**step)).sqrt() + 1e-8)
        return ae_loss_grad(X, *p)[0].item()

    chosen = place.argsort()[torch.linspace(5, 294, 6).long()]
    figure = plt.figure(figsize=(13, 5), constrained_layout=True)
    grid_spec = figure.add_gridspec(4, 11)
    for line, (name, images) in enumerate([("data", X)] + [(f"k = {k}", pca_ae(X, k)[1]) for k in (1, 3, 8)]):
        for column, n in enumerate(chosen.tolist()):
            ax = figure.add_subplot(grid_spec[line, column])
            ax.imshow(images[n].reshape(side, side).numpy(), cmap="magma", vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[])
            if column == 0:
                ax.set_ylabel(name)
    ax = figure.add_subplot(grid_spec[:, 6:])
    ax.semilogy(range(13), [error_of(k) for k in range(13)], color="#0072B2", marker="o", ms=4, label="PCA")
    sizes = (1, 2, 3, 5, 8)
    ax.semilogy(
        sizes, [train_autoencoder(k) for k in sizes], "x", color="#D55E00", ms=9, mew=2, label="trained, tanh encoder"
    )
    ax.set(xlabel="size of the code k", ylabel="squared error per picture", title="what a code of k numbers loses")
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="chain_loglik"
# ## 3. The chain rule in logarithms (8 points)
#
# Suppose that a model has already computed all conditionals: for each place $i$ of a sequence, the distribution of $x_i$ given what
# stands before it. The probability of the sequence is a product of one factor per place. A picture has thousands of places, and a product of
# thousands of numbers below 1 is 0 in floating point; the sum of their logarithms is not.

# %% [markdown] lang="ko" task="chain_loglik"
# ## 3. 로그로 쓰는 연쇄 법칙 (8점)
#
# 모델이 조건부 확률을 이미 모두 계산해 두었다고 합시다. 시퀀스의 자리 $i$마다, 그 앞에 있는 것이 주어졌을 때 $x_i$의 분포가 있습니다. 시퀀스의
# 확률은 자리마다 인수가 하나씩 있는 곱입니다. 그림에는 자리가 수천 개 있고, 1보다 작은 수 수천 개를 곱하면 부동소수점에서는 0이 되어 버립니다.
# 로그의 합은 그렇지 않습니다.


# %% task="chain_loglik"
def chain_loglik(cond, x):
    """
    [en]
    Log-likelihood of sequences: log p(x) = sum over i of log p(x_i | x_0 ... x_{i-1}), (N,).

    cond: (N, L, K), cond[n, i] = the distribution of x_i given x_0 ... x_{i-1} of sequence n (probabilities, each row sums
    to 1). x: (N, L) int64, 0 <= x < K.

    One number per sequence: sum over the places, no mean. L may be 10,000 and nothing may underflow. Probabilities may be 0: a
    picked 0 gives -inf, without any epsilon; a 0 that is not picked changes nothing. L = 0 gives 0. Must be differentiable with respect to cond where all picked probabilities are positive.
    [ko]
    시퀀스의 로그 우도: log p(x) = (모든 i에 대한 log p(x_i | x_0 ... x_{i-1})의 합), (N,).

    cond: (N, L, K), cond[n, i] = n번째 시퀀스에서 x_0 ... x_{i-1}이 주어졌을 때 x_i의 분포(확률이며 행마다 합이 1).
    x: (N, L) int64, 0 <= x < K.

    시퀀스마다 숫자 하나이고, 자리에 대해 평균이 아니라 합입니다. L이 10,000이어도 언더플로가 나면 안 됩니다.
    확률은 0일 수 있습니다. 고른 확률이 0이면 엡실론 없이 -inf이고, 고르지 않은 0은 아무 영향이 없습니다.
    L = 0이면 0입니다. 고른 확률이 모두 양수이면 cond에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return cond.gather(2, x[:, :, None])[:, :, 0].log().sum(dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="chain_loglik" hint=1
# At each place, pick from the K probabilities the one of the value that really stands there. Logarithm first, then the sum.

# %% [markdown] lang="ko" task="chain_loglik" hint=1
# 자리마다 K개의 확률 가운데 실제로 그 자리에 있는 값의 확률을 고르세요. 로그가 먼저이고 합이 나중입니다.

# %% [markdown] lang="en" task="chain_loglik" hint=2
# $\log p(x_n)=\sum_{i=0}^{L-1}\log\mathrm{cond}_{n,i,x_{ni}}$. `gather` picks along an axis.

# %% [markdown] lang="ko" task="chain_loglik" hint=2
# $\log p(x_n)=\sum_{i=0}^{L-1}\log\mathrm{cond}_{n,i,x_{ni}}$입니다. 축을 따라 고를 때는 `gather`를 쓸 수 있습니다.

# %% [markdown] lang="en" task="raster"
# ## 4. An order for the pixels (6 points)
#
# The chain rule needs an order. We take raster order, as in reading: from the top left to the bottom right, row by row. The context of a
# pixel is all that was read before it: all rows above, and in its own row what stands to the left.

# %% [markdown] lang="ko" task="raster"
# ## 4. 픽셀의 순서 (6점)
#
# 연쇄 법칙에는 순서가 필요합니다. 글을 읽듯이 왼쪽 위에서 오른쪽 아래로, 한 행씩 지나가는 래스터 순서를 씁니다. 어떤 픽셀의 문맥(context)은 그보다
# 먼저 읽은 모든 픽셀입니다. 위에 있는 행 전체와, 같은 행에서 왼쪽에 있는 픽셀들입니다.


# %% task="raster"
def raster(H, W):
    """
    [en]
    All pixels in raster order: (H * W, 2) int64, row t = (i, j), row and column of the t-th pixel.

    H, W: int >= 1. The first is (0, 0), the second (0, 1) if W > 1, the last (H - 1, W - 1).
    [ko]
    모든 픽셀을 래스터 순서로: (H * W, 2) int64. t번째 행이 t번째 픽셀의 (i, j), 곧 행 번호와 열 번호입니다.

    H, W: int >= 1. 첫째는 (0, 0), W > 1이면 둘째는 (0, 1), 마지막은 (H - 1, W - 1)입니다.
    [/]
    """
    ### BEGIN SOLUTION
    return torch.cartesian_prod(torch.arange(H), torch.arange(W))
    ### END SOLUTION


def context(i, j, H, W):
    """
    [en]
    The pixels that come before (i, j) in raster order: (H, W) bool, True = comes before.

    i, j: int, row and column, 0 <= i < H, 0 <= j < W. The pixel (i, j) itself is not in its context.
    [ko]
    래스터 순서에서 (i, j)보다 먼저 오는 픽셀들: (H, W) bool, True = 먼저 옵니다.

    i, j: int, 행 번호와 열 번호, 0 <= i < H, 0 <= j < W. 픽셀 (i, j) 자신은 문맥에 들어가지 않습니다.
    [/]
    """
    ### BEGIN SOLUTION
    return (torch.arange(H * W) < i * W + j).reshape(H, W)
    ### END SOLUTION


# %% [markdown] lang="en" task="raster" hint=1
# What is the place of pixel $(i,j)$ in the order, counted from 0? Both functions follow from this number.

# %% [markdown] lang="ko" task="raster" hint=1
# 픽셀 $(i,j)$는 0부터 세어 몇 번째인가요? 두 함수 모두 이 번호에서 나옵니다.

# %% [markdown] lang="en" task="raster" hint=2
# $t=iW+j$, so $i=\lfloor t/W\rfloor$ and $j=t\bmod W$. A pixel $(a,b)$ comes before $(i,j)$ if $a<i$, or if $a=i$ and $b<j$.

# %% [markdown] lang="ko" task="raster" hint=2
# $t=iW+j$이므로 $i=\lfloor t/W\rfloor$, $j=t\bmod W$입니다. 픽셀 $(a,b)$는 $a<i$이거나, $a=i$이면서 $b<j$일 때 $(i,j)$보다 먼저 옵니다.

# %% [markdown] lang="en" task="causal_mask"
# ## 5. Masks for kernels (12 points)
#
# A convolution looks at all pixels around the centre. Multiply its kernel by a mask that is 0 at everything that comes later in
# raster order, and it sees only the past. What about the centre? In the first layer it is the pixel to be predicted, and forbidden (type A);
# in later layers it holds what was computed from the past, and is allowed (type B).
#
# Colour images order the three values of a pixel as well: red first, then green (which may look at red), then blue (which may look at both).
# Feature channels are then divided into three groups, and at the centre the mask decides by groups.

# %% [markdown] lang="ko" task="causal_mask"
# ## 5. 커널에 씌우는 마스크 (12점)
#
# 합성곱은 가운데를 둘러싼 모든 픽셀을 봅니다. 래스터 순서로 나중에 오는 자리가 0인 마스크를 커널에 곱하면 과거만 보게 됩니다. 가운데는 어떨까요?
# 첫 층에서 가운데는 예측해야 할 픽셀 자신이므로 보면 안 됩니다(A형). 뒤의 층에서는 과거로부터 계산한 값이 들어 있으므로 보아도 됩니다(B형).
#
# 컬러 이미지에서는 한 픽셀의 세 값에도 순서가 있습니다. 빨강이 먼저이고, 초록은 빨강을 볼 수 있고, 파랑은 둘 다 볼 수 있습니다. 이때 특징 채널을 세 그룹으로
# 나누고, 가운데 자리에서는 그룹에 따라 마스크를 정합니다.


# %% task="causal_mask"
def causal_mask(kh, kw, type, cin, cout, rgb=False):
    """
    [en]
    The mask of a convolution kernel in a PixelCNN: (cout, cin, kh, kw) bool, True = the weight is kept.

    kh, kw: int >= 1; raises ValueError if kh or kw is even (there would be no centre). type: "A" or "B". cin, cout: int >= 1.
    Every place before the centre (kh // 2, kw // 2) in raster order is True for all channels, every place after it False.
    rgb = False: the centre is False for type A and True for type B, for all channels.
    rgb = True: cin and cout are multiples of 3, and channels come in three equal blocks, red, green, blue, in this order (of 6
    channels, 0 and 1 are red). At the centre, an output channel sees an input channel whose colour comes EARLIER (type A), or earlier
    or the SAME (type B).
    [ko]
    PixelCNN에서 합성곱 커널에 씌우는 마스크: (cout, cin, kh, kw) bool, True = 그 가중치를 남깁니다.

    kh, kw: int >= 1. kh나 kw가 짝수이면(가운데가 없으므로) ValueError를 일으킵니다. type: "A" 또는 "B".
    cin, cout: int >= 1.
    래스터 순서로 가운데 (kh // 2, kw // 2)보다 앞에 있는 자리는 모든 채널에서 True, 뒤에 있는 자리는 False입니다.
    rgb = False: 가운데는 모든 채널에서 A형이면 False, B형이면 True입니다.
    rgb = True: cin과 cout은 3의 배수이고, 채널은 빨강, 초록, 파랑의 똑같은 크기 세 덩어리로 이 순서대로
    놓입니다(채널이 6개면 0번과 1번이 빨강). 가운데에서 출력 채널은 자기보다 '앞선' 색(A형), 또는 앞서거나 '같은' 색(B형)의 입력 채널을 봅니다.
    [/]
    """
    ### BEGIN SOLUTION
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError("a kernel with an even side has no centre")
    mask = context(kh // 2, kw // 2, kh, kw).repeat(cout, cin, 1, 1)
    groups = 3 if rgb else 1
    to_group = torch.arange(cout) * groups // cout
    from_group = torch.arange(cin) * groups // cin
    seen = from_group[None, :] < to_group[:, None] if type == "A" else from_group[None, :] <= to_group[:, None]
    mask[:, :, kh // 2, kw // 2] = seen
    return mask
    ### END SOLUTION


# %% [markdown] lang="en" task="causal_mask" hint=1
# Apart from the centre, the mask is the context of the middle of a little picture of kh x kw pixels. Write it without colours first. Then the
# centre is a table of cout x cin.

# %% [markdown] lang="ko" task="causal_mask" hint=1
# 가운데를 빼면 마스크는 kh x kw 크기의 작은 그림에서 한가운데 픽셀의 문맥입니다. 먼저 색이 없는 경우를 쓰세요. 그러면 가운데는 cout x cin 크기의 표 하나입니다.

# %% [markdown] lang="en" task="causal_mask" hint=2
# The colour of channel $c$ of $C$ is $\lfloor 3c/C\rfloor$. At the centre: $M_{oc}=[\,\mathrm{colour}(c)<\mathrm{colour}(o)\,]$ for A and
# $[\,\le\,]$ for B, where $o$ counts outputs and $c$ inputs. Without colours all channels have one colour.

# %% [markdown] lang="ko" task="causal_mask" hint=2
# 채널이 $C$개일 때 채널 $c$의 색은 $\lfloor 3c/C\rfloor$입니다. 가운데에서 A형은 $M_{oc}=[\,\text{색}(c)<\text{색}(o)\,]$이고, B형은 $<$ 대신
# $\le$를 씁니다($o$는 출력, $c$는 입력의 번호). 색이 없으면 모든 채널의 색이 같다고 보면 됩니다.

# %% [markdown] lang="en" task="pixelcnn_forward"
# ## 6. PixelCNN (14 points)
#
# Masked convolutions one after the other, with zero padding so that the size of the image stays. Type A in the first layer, type B in all others. The result at
# a pixel are the logits of its value given all pixels before it, for all pixels in one pass. Whether this is true can be tested: change one pixel,
# and nothing before it, nor at it, may move. The checks do exactly this.

# %% [markdown] lang="ko" task="pixelcnn_forward"
# ## 6. PixelCNN (14점)
#
# 마스크를 씌운 합성곱을 차례로 적용합니다. 이미지의 크기가 그대로이도록 가장자리를 0으로 채웁니다. 첫 층은 A형, 나머지는 모두 B형입니다. 각 픽셀 자리의
# 결과는 그보다 앞선 픽셀이 모두 주어졌을 때 그 픽셀 값의 로짓이며, 한 번의 계산으로 모든 픽셀의 결과를 얻습니다. 정말 그런지는 시험해 볼 수
# 있습니다. 픽셀 하나를 바꾸었을 때 그보다 앞의 결과도, 그 자리의 결과도 움직이지 않아야 합니다. 채점에서도 바로 이것을 시험합니다.


# %% task="pixelcnn_forward"
def pixelcnn_forward(x, layers):
    """
    [en]
    The logits of a PixelCNN: (N, C_L, H, W).

    x: (N, C_0, H, W). layers: list of L >= 1 dicts, layer l with W (C_{l+1}, C_l, kh, kw), kh and kw odd, and b (C_{l+1},).
    Layer l convolves (cross-correlation, stride 1, zero padding of kh // 2 rows and kw // 2 columns on each side) with W times its
    mask, and adds b. The mask has type A in layer 0 and type B in all others; rgb is False. ReLU between the layers, none after the last.

    The weights in layers are not masked yet. Kernels of 1 x 1 are allowed everywhere. Must be differentiable with respect to x
    and all weights.
    [ko]
    PixelCNN의 로짓: (N, C_L, H, W).

    x: (N, C_0, H, W). layers: dict L개(L >= 1)의 리스트. l번째 층에는 W (C_{l+1}, C_l, kh, kw)와 b (C_{l+1},)가
    있고 kh와 kw는 홀수입니다. l번째 층은 W에 마스크를 곱한 것으로 합성곱(교차상관, 스트라이드 1, 위아래 kh // 2행과
    좌우 kw // 2열을 0으로 채움)을 하고 b를 더합니다.
    마스크는 0번 층에서 A형, 나머지에서 B형이고 rgb는 False입니다. 층 사이에는 ReLU가 있고 마지막 층 뒤에는 없습니다.

    layers의 가중치에는 아직 마스크가 곱해져 있지 않습니다. 1 x 1 커널은 어느 층에나 있을 수 있습니다.
    x와 모든 가중치에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    for index, layer in enumerate(layers):
        cout, cin, kh, kw = layer["W"].shape
        mask = causal_mask(kh, kw, "A" if index == 0 else "B", cin, cout)
        kernel = layer["W"] * mask.to(layer["W"].device)
        x = F.conv2d(x, kernel, layer["b"], padding=(kh // 2, kw // 2))
        if index < len(layers) - 1:
            x = torch.relu(x)
    return x
    ### END SOLUTION


# %% [markdown] lang="en" task="pixelcnn_forward" hint=1
# The mask multiplies the weights, not the image and not the result. Multiply in each forward pass: then the gradient of a masked weight is 0 by
# itself.

# %% [markdown] lang="ko" task="pixelcnn_forward" hint=1
# 마스크는 이미지나 결과가 아니라 가중치에 곱합니다. 순전파 때마다 곱하면 가려진 가중치의 기울기는 저절로 0이 됩니다.

# %% [markdown] lang="en" task="pixelcnn_forward" hint=2
# $x^{(l+1)}=\mathrm{act}_l\big((M_l\odot W_l)\star x^{(l)}+b_l\big)$ with $M_0$ of type A, $M_{l>0}$ of type B, $\mathrm{act}_l=\mathrm{ReLU}$ for $l<L-1$
# and the identity for $l=L-1$; the padding is $(\lfloor k_h/2\rfloor,\lfloor k_w/2\rfloor)$.

# %% [markdown] lang="ko" task="pixelcnn_forward" hint=2
# $x^{(l+1)}=\mathrm{act}_l\big((M_l\odot W_l)\star x^{(l)}+b_l\big)$이고 $M_0$은 A형, $M_{l>0}$은 B형입니다. $\mathrm{act}_l$은 $l<L-1$이면 ReLU,
# $l=L-1$이면 항등이며, 패딩은 $(\lfloor k_h/2\rfloor,\lfloor k_w/2\rfloor)$입니다.

# %% [markdown] lang="en"
# ### See it: what a pixel can see
#
# The pixel in the white frame is predicted; the colours show how strongly the prediction depends on each other pixel, in networks of one
# to six layers of 3 x 3 with random weights. Nothing at or after the pixel ever lights up. With more layers the view grows, upwards and to the left.
# But look at the right side: pixels above and to the right stay dark, though they come before. No path of these masks leads there, only ever further
# along the diagonal. This is the famous **blind spot** of PixelCNN; later models add a second stack of convolutions to remove it.

# %% [markdown] lang="ko"
# ### 직접 보기: 픽셀은 무엇을 볼 수 있을까요?
#
# 흰 테두리 안의 픽셀을 예측합니다. 색은 3 x 3 층을 한 개에서 여섯 개까지 쌓은 무작위 신경망에서 그 예측이 다른 픽셀에 얼마나 크게 의존하는지 나타냅니다.
# 예측하는 픽셀과 그 뒤의 픽셀은 한 번도 밝아지지 않습니다. 층이 늘수록 시야는 위로, 왼쪽으로 넓어집니다. 그런데 오른쪽을 보세요. 오른쪽 위의 픽셀은
# 먼저 오는 픽셀인데도(마지막 그림 참고) 어둡게 남아 있습니다. 이 마스크로는 대각선까지만 나아갈 수 있고, 그 오른쪽으로 가는 길이 없습니다. 이것이
# PixelCNN의 유명한 **사각지대**(blind spot)이며, 나중에 나온 모델들은 합성곱을 한 줄기 더 두어 이것을 없앱니다.

# %% tags=["explore"]
if ready(context, causal_mask, pixelcnn_forward):
    import itertools

    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    size, row, column = 15, 9, 7

    def random_layers(depth, width=16):
        channels = [1, *[width] * (depth - 1), 4]
        return [
            {
                "W": torch.randn(o, i, 3, 3, generator=generator, dtype=torch.float64) * (2 / (4.5 * i)) ** 0.5,
                "b": 0.3 * torch.randn(o, generator=generator, dtype=torch.float64),
            }
            for i, o in itertools.pairwise(channels)
        ]

    figure, axes = plt.subplots(1, 5, figsize=(14, 3.5), constrained_layout=True)
    for ax, depth in zip(axes, (1, 2, 3, 6, None)):
        if depth is None:
            shown, title = context(row, column, size, size).double(), "context: all that comes before"
        else:
            layers, shown = random_layers(depth), torch.zeros(size, size, dtype=torch.float64)
            for _ in range(20):
                x = torch.randn(1, 1, size, size, generator=generator, dtype=torch.float64, requires_grad=True)
                (pixelcnn_forward(x, layers)[0, :, row, column] ** 2).sum().backward()
                shown += x.grad[0, 0].abs()
            shown, title = (shown / shown.max()) ** 0.35, f"{depth} layer{'s' * (depth > 1)}"
        ax.imshow(shown.numpy(), cmap="magma", vmin=0, vmax=1)
        ax.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, ec="white", lw=1.8))
        ax.set(title=title, xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en" task="pixel_nll"
# ## 7. Likelihood of images, in nats and in bits (10 points)
#
# Training maximises the likelihood itself, that is, minimises the negative log-likelihood. So that images of all sizes can be compared, it is
# given per pixel. In natural logarithms its unit is the nat, in logarithms to the base 2 the bit. "Bits per dimension" has a plain meaning: so many
# bits per pixel a perfect compressor with this model would need.

# %% [markdown] lang="ko" task="pixel_nll"
# ## 7. 이미지의 우도: 내트와 비트 (10점)
#
# 학습은 우도 자체를 최대화합니다. 곧 음의 로그 우도를 최소화합니다. 크기가 다른 이미지끼리 비교할 수 있도록 픽셀당 값으로 나타냅니다. 자연로그로
# 재면 단위가 내트(nat), 밑이 2인 로그로 재면 비트입니다. "차원당 비트(bits per dimension)"의 뜻은 단순합니다. 이 모델을 쓰는 완벽한 압축기가 픽셀 하나에
# 쓰는 비트 수입니다.


# %% task="pixel_nll"
def pixel_nll(logits, x):
    """
    [en]
    Negative log-likelihood per pixel: returns (nats, bits_per_dim), both 0-d.

    logits: (N, K, H, W), the K logits of each pixel's value (classes on axis 1). x: (N, H, W) int64, 0 <= x < K. N, H, W >= 1.
    nats = mean over all N * H * W pixels of -log softmax(logits[n, :, i, j])[x[n, i, j]]
    bits_per_dim = the same with logarithms to the base 2

    Exact for logits up to ±1000. Equal logits give nats = log K. nats and bits_per_dim must be differentiable with respect to logits.
    Forbidden: cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [ko]
    픽셀당 음의 로그 우도: (nats, bits_per_dim)을 돌려줍니다. 둘 다 0차원입니다.

    logits: (N, K, H, W), 픽셀마다 값의 로짓 K개(클래스는 1번 축). x: (N, H, W) int64, 0 <= x < K. N, H, W >= 1.
    nats = 픽셀 N * H * W개 모두에 대한 -log softmax(logits[n, :, i, j])[x[n, i, j]]의 평균
    bits_per_dim = 밑이 2인 로그로 잰 같은 값

    로짓이 ±1000이어도 정확해야 합니다. 로짓이 모두 같으면 nats = log K입니다.
    nats와 bits_per_dim은 logits에 대해 미분 가능해야 합니다.
    사용 금지: cross_entropy, nll_loss, CrossEntropyLoss, NLLLoss.
    [/]
    """
    ### BEGIN SOLUTION
    log_p = torch.log_softmax(logits, dim=1)
    nats = -log_p.gather(1, x[:, None]).mean()
    return nats, nats / torch.log(torch.tensor(2.0, dtype=logits.dtype, device=logits.device))
    ### END SOLUTION


# %% [markdown] lang="en" task="pixel_nll" hint=1
# The softmax runs over the classes, which stand on axis 1. To change the base of a logarithm is to divide by a constant.

# %% [markdown] lang="ko" task="pixel_nll" hint=1
# 소프트맥스는 1번 축에 있는 클래스에 대해 계산합니다. 로그의 밑을 바꾸는 것은 상수로 나누는 것과 같습니다.

# %% [markdown] lang="en" task="pixel_nll" hint=2
# $\mathrm{nats}=\frac1{NHW}\sum_{n,i,j}\big(\log\sum_ke^{z_{nkij}}-z_{n,x_{nij},i,j}\big)$, $\;\log_2a=\log a/\log2$.

# %% [markdown] lang="ko" task="pixel_nll" hint=2
# $\mathrm{nats}=\frac1{NHW}\sum_{n,i,j}\big(\log\sum_ke^{z_{nkij}}-z_{n,x_{nij},i,j}\big)$이고 $\;\log_2a=\log a/\log2$입니다.

# %% [markdown] lang="en" task="sample_pixels"
# ## 8. Drawing an image (12 points)
#
# Start with an empty image. Ask the model for the distribution of the first pixel, draw it, put it into the image; ask again for the second, and so on. Each pixel
# costs a whole pass of the network, since it depends on what was drawn before. So that the result can be checked, the random numbers are given: the uniform number of a
# pixel picks its value from the cumulative distribution.

# %% [markdown] lang="ko" task="sample_pixels"
# ## 8. 이미지 그리기 (12점)
#
# 빈 이미지에서 시작합니다. 모델에게 첫 픽셀의 분포를 물어 값을 뽑아 이미지에 넣고, 다시 둘째 픽셀의 분포를 묻는 식으로 이어 갑니다. 픽셀의 분포는 앞에서 뽑은 값에
# 따라 달라지므로, 픽셀 하나마다 신경망을 처음부터 끝까지 한 번씩 돌려야 합니다. 채점할 수 있도록 난수를 입력으로 줍니다. 픽셀마다 주어진 균등 난수가 누적
# 분포에서 값을 고릅니다.


# %% task="sample_pixels"
def sample_pixels(cond_fn, H, W, U):
    """
    [en]
    Draw images pixel by pixel in raster order: (N, H, W) int64.

    cond_fn(image) -> (N, K, H, W): takes an image (N, H, W) int64 and returns, for each pixel, the probabilities of its K values given
    the pixels before it. U: (N, H, W) uniform numbers in [0, 1); U[n, i, j] is for pixel (i, j) of image n.

    The image starts with zeros. For each pixel in raster order: call cond_fn ONCE with the image as it is now (pixels not drawn
    yet are 0) and set the pixel to the smallest k with U[n, i, j] < F_k, F_k = p_0 + ... + p_k. If rounding leaves no such k, take K - 1.
    cond_fn is called exactly H * W times. H, W, N >= 1.
    Forbidden: torch.multinomial, torch.distributions.
    [ko]
    래스터 순서로 픽셀을 하나씩 뽑아 이미지를 그립니다: (N, H, W) int64.

    cond_fn(image) -> (N, K, H, W): 이미지 (N, H, W) int64를 받아, 픽셀마다 앞의 픽셀이 주어졌을 때 값 K개의 확률을 돌려줍니다.
    U: (N, H, W), [0, 1)의 균등 난수. U[n, i, j]는 n번째 이미지의 픽셀 (i, j)에 씁니다.

    이미지는 0에서 시작합니다. 래스터 순서로 픽셀마다, 지금까지의 이미지(아직 뽑지 않은 픽셀은 0)로 cond_fn을 '한 번' 부르고, 픽셀의 값을
    U[n, i, j] < F_k인 가장 작은 k로 정합니다(F_k = p_0 + ... + p_k). 반올림 때문에 그런 k가 없으면 K - 1로 합니다.
    cond_fn은 정확히 H * W번 부릅니다. H, W, N >= 1.
    사용 금지: torch.multinomial, torch.distributions.
    [/]
    """
    ### BEGIN SOLUTION
    image = torch.zeros(U.shape, dtype=torch.int64, device=U.device)
    for i, j in raster(H, W).tolist():
        p = cond_fn(image)[:, :, i, j]
        value = (p.cumsum(dim=1) <= U[:, i, j, None]).sum(dim=1)
        image[:, i, j] = value.clamp(max=p.shape[1] - 1)
    return image
    ### END SOLUTION


# %% [markdown] lang="en" task="sample_pixels" hint=1
# Two loops, or one over your `raster`. The whole batch is drawn at once: only pixels must wait for each other. How many cumulative sums
# lie at or below the uniform number?

# %% [markdown] lang="ko" task="sample_pixels" hint=1
# 반복문 두 개, 또는 여러분의 `raster`를 도는 반복문 하나면 됩니다. 배치 전체는 한꺼번에 뽑을 수 있고, 서로 기다려야 하는 것은 픽셀뿐입니다. 누적합 가운데 균등 난수보다
# 작거나 같은 것은 몇 개인가요?

# %% [markdown] lang="en" task="sample_pixels" hint=2
# For $t=0,\dots,HW-1$ with $(i,j)=(\lfloor t/W\rfloor,\,t\bmod W)$: $\;p=\mathrm{cond}(x)_{:,:,i,j}$,
# $\;x_{nij}\leftarrow\min\{k:u_{nij}<F_{nk}\}=\#\{k:F_{nk}\le u_{nij}\}$, at most $K-1$.

# %% [markdown] lang="ko" task="sample_pixels" hint=2
# $t=0,\dots,HW-1$에 대해 $(i,j)=(\lfloor t/W\rfloor,\,t\bmod W)$라 하면 $\;p=\mathrm{cond}(x)_{:,:,i,j}$,
# $\;x_{nij}\leftarrow\min\{k:u_{nij}<F_{nk}\}=\#\{k:F_{nk}\le u_{nij}\}$이고, 최대 $K-1$입니다.

# %% [markdown] lang="en"
# ### See it: a PixelCNN learns to draw frames
#
# Your `pixelcnn_forward` and `pixel_nll` learn from pictures of rectangular frames, and `sample_pixels` draws new ones. Upper left: the bits per pixel fall towards the
# dashed line, the entropy of the data, below which no model can go. Upper right: one image as it is drawn (grey: not drawn yet). Below: frames from the data; drawn
# by the model, most of them closed and rectangular; and what comes out when all pixels are drawn in a single pass. No pixel knows of the others there, and no frame
# is ever found.

# %% [markdown] lang="ko"
# ### 직접 보기: PixelCNN이 테두리 상자를 그립니다
#
# 여러분의 `pixelcnn_forward`와 `pixel_nll`이 네모난 테두리 그림을 배우고, `sample_pixels`가 새 그림을 그립니다. 왼쪽 위를 보면 픽셀당 비트가 점선 쪽으로 내려갑니다. 점선은
# 데이터의 엔트로피이고, 어떤 모델도 그 아래로는 내려갈 수 없습니다. 오른쪽 위는 이미지 하나를 그려 가는 모습입니다(회색은 아직 그리지 않은 곳). 아래에는 데이터의 그림, 모델이
# 그린 그림(대부분 닫힌 네모입니다), 그리고 모든 픽셀을 한 번에 뽑은 그림이 있습니다. 한 번에 뽑으면 픽셀들이 서로를 모르기 때문에 네모가 하나도 나오지 않습니다.

# %% tags=["explore"]
if ready(raster, context, causal_mask, pixelcnn_forward, pixel_nll, sample_pixels):
    import matplotlib.pyplot as plt
    from checker import in_time

    generator = torch.Generator().manual_seed(0)
    side = 12

    def frames(n):
        images = torch.zeros(n, side, side, dtype=torch.int64)
        for image in images:
            h, w = torch.randint(4, 8, (2,), generator=generator).tolist()
            top = int(torch.randint(0, side - h + 1, (), generator=generator))
            left = int(torch.randint(0, side - w + 1, (), generator=generator))
            image[top : top + h, left : left + w] = 1
            image[top + 1 : top + h - 1, left + 1 : left + w - 1] = 0
        return images

    # [en] four heights, four widths, all places equally likely
    # [ko] 높이 네 가지, 너비 네 가지이고 모든 위치의 확률이 같습니다
    entropy = 2 * (2 + sum(torch.log2(torch.tensor(float(side - h + 1))).item() for h in range(4, 8)) / 4) / side**2

    def fresh(cout, cin, k):
        W = torch.randn(cout, cin, k, k, generator=generator) * (4 / (cin * k * k)) ** 0.5
        return {"W": W.requires_grad_(), "b": torch.zeros(cout, requires_grad=True)}

    layers = [fresh(24, 1, 7), fresh(24, 24, 5), fresh(24, 24, 5), fresh(24, 24, 5), fresh(2, 24, 1)]
    optimizer = torch.optim.Adam([w for layer in layers for w in layer.values()], lr=3e-3)
    data, curve = frames(600), []
    for step in in_time(range(260)):
        if step == 200:
            optimizer.param_groups[0]["lr"] = 6e-4
        x = data[torch.randint(0, len(data), (32,), generator=generator)]
        nats, bits = pixel_nll(pixelcnn_forward(x[:, None].float(), layers), x)
        optimizer.zero_grad()
        nats.backward()
        optimizer.step()
        curve.append(bits.item())

    def model(image):
        with torch.no_grad():
            return torch.softmax(pixelcnn_forward(image[:, None].float(), layers), dim=1)

    U = torch.rand(21, side, side, generator=generator)
    samples = sample_pixels(model, side, side, U)
    at_once = (U > model(torch.zeros(21, side, side, dtype=torch.int64))[:, 0]).long()

    def wall(images, columns):
        # [en] many images in one, with a border between them
        # [ko] 여러 이미지를 사이를 띄워 하나로 모읍니다
        padded = F.pad(images.float(), (1, 1, 1, 1), value=0.5)
        rows = padded.reshape(-1, columns, side + 2, side + 2)
        return rows.permute(0, 2, 1, 3).reshape(-1, columns * (side + 2)).numpy()

    # [en] the most probable sample that is not almost empty
    # [ko] 거의 빈 샘플을 빼고 확률이 가장 높은 것
    log_p = model(samples).gather(1, samples[:, None]).log().sum(dim=(1, 2, 3))
    best = int(torch.where(samples.sum(dim=(1, 2)) >= 14, log_p, -torch.inf).argmax())
    stages = [
        torch.where(context(t // side, t % side, side, side), samples[best].float(), torch.tensor(0.5))
        for t in (18, 42, 54, 66, 90)
    ]
    figure = plt.figure(figsize=(13, 5.2), constrained_layout=True)
    grid = figure.add_gridspec(2, 3, height_ratios=[1, 0.85])
    ax = figure.add_subplot(grid[0, 0])
    ax.semilogy(curve, color="#0072B2", lw=1.2)
    ax.axhline(entropy, color="0.3", ls="--", lw=1)
    ax.text(len(curve), entropy * 0.97, "entropy of the data", ha="right", va="top", fontsize=8)
    ax.set(
        xlabel="training step",
        ylabel="bits per pixel",
        title=f"at the end {sum(curve[-30:]) / len(curve[-30:]):.3f} bits",
        ylim=(0.05, 1.2),
    )
    ax.grid(alpha=0.3)
    ax = figure.add_subplot(grid[0, 1:])
    ax.imshow(wall(torch.stack([*stages, samples[best].float()]), 6), cmap="gray_r", vmin=0, vmax=1)
    ax.set(title="one image while it is drawn", xticks=[], yticks=[])
    titles = ("data", "drawn pixel by pixel", "all pixels in one pass")
    for place, (title, images) in enumerate(zip(titles, (data[:21], samples, at_once))):
        ax = figure.add_subplot(grid[1, place])
        ax.imshow(wall(images, 7), cmap="gray_r", vmin=0, vmax=1)
        ax.set(title=title, xticks=[], yticks=[])
    plt.show()

# %% [markdown] lang="en" task="pixelrnn_logp"
# ## 9. PixelRNN (12 points)
#
# A recurrent network reads the pixels in raster order, and its state after pixel $i-1$ predicts pixel $i$. Nothing has been read when the first pixel is
# predicted: a **start token**, a vector that is learned, takes the place of its predecessor. So the inputs are the pixels shifted by one place to the right. Forget the shift, and
# the network is asked for a number that it was just told.

# %% [markdown] lang="ko" task="pixelrnn_logp"
# ## 9. PixelRNN (12점)
#
# 순환 신경망이 픽셀을 래스터 순서로 읽고, 픽셀 $i-1$까지 읽은 상태로 픽셀 $i$를 예측합니다. 첫 픽셀을 예측할 때는 아직 읽은 것이 없으므로, 학습되는 벡터인 **시작 토큰**이
# 앞 픽셀의 자리를 대신합니다. 그래서 입력은 픽셀들을 오른쪽으로 한 칸 민 것입니다. 미는 것을 잊으면 방금 알려 준 숫자를 다시 묻는 셈이 됩니다.


# %% task="pixelrnn_logp"
def pixelrnn_logp(x, rnn):
    """
    [en]
    log p(x) of sequences of pixels under a PixelRNN: (N,).

    x: (N, L) int64, 0 <= x < K, pixels in raster order.
    rnn: dict with start (D,), E (K, D), U (D, H), W (H, H), b (H,), V (H, K), c (K,).
    The input of step 0 is start, the input of step i > 0 is E[x[:, i - 1]]. The state before step 0 is 0.
    h_i = tanh(input_i @ U + h_{i-1} @ W + b)
    logits_i = h_i @ V + c
    log p(x) = sum over i of log softmax(logits_i)[x_i]

    logits_i must not depend on x_i or anything after it. Sum over the pixels, no mean. L = 0 gives 0. The result has the dtype of the weights.
    Stable for logits up to ±1000. Must be differentiable with respect to all of rnn.
    Forbidden: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [ko]
    PixelRNN에서 픽셀 시퀀스의 log p(x): (N,).

    x: (N, L) int64, 0 <= x < K, 래스터 순서로 놓인 픽셀.
    rnn: start (D,), E (K, D), U (D, H), W (H, H), b (H,), V (H, K), c (K,)를 담은 dict.
    시점 0의 입력은 start이고, 시점 i > 0의 입력은 E[x[:, i - 1]]입니다. 시점 0 직전의 상태는 0입니다.
    h_i = tanh(입력_i @ U + h_{i-1} @ W + b)
    logits_i = h_i @ V + c
    log p(x) = (모든 i에 대한 log softmax(logits_i)[x_i]의 합)

    logits_i는 x_i나 그 뒤의 픽셀에 의존하면 안 됩니다. 픽셀에 대해 평균이 아니라 합입니다. L = 0이면 0입니다.
    결과의 dtype은 가중치와 같습니다. 로짓이 ±1000이어도 안정적이어야 합니다. rnn의 모든 값에 대해 미분 가능해야 합니다.
    사용 금지: torch.nn.RNN, torch.nn.RNNCell, torch.rnn_tanh, torch.rnn_tanh_cell.
    [/]
    """
    ### BEGIN SOLUTION
    N, L = x.shape
    token = rnn["start"].expand(N, -1)
    h = rnn["b"].new_zeros(N, rnn["b"].shape[0])
    logp = rnn["b"].new_zeros(N)
    for i in range(L):
        h = torch.tanh(token @ rnn["U"] + h @ rnn["W"] + rnn["b"])
        log_q = torch.log_softmax(h @ rnn["V"] + rnn["c"], dim=1)
        logp = logp + log_q.gather(1, x[:, i, None])[:, 0]
        token = rnn["E"][x[:, i]]
    return logp
    ### END SOLUTION


# %% [markdown] lang="en" task="pixelrnn_logp" hint=1
# In each step: first predict, then score with the true pixel, and only then read this pixel in. What does the network hold in its hand before the first step?

# %% [markdown] lang="ko" task="pixelrnn_logp" hint=1
# 시점마다 먼저 예측하고, 실제 픽셀로 점수를 매긴 다음, 그제서야 그 픽셀을 읽어 들입니다. 첫 시점 전에 신경망이 손에 쥐고 있는 것은 무엇인가요?

# %% [markdown] lang="en" task="pixelrnn_logp" hint=2
# Inputs $e_0=\mathrm{start}$, $e_i=E_{x_{i-1}}$; $\;h_i=\tanh(e_iU+h_{i-1}W+b)$, $h_{-1}=0$; $\;\log p(x)=\sum_i\big(z_{i,x_i}-\log\sum_ke^{z_{ik}}\big)$ with $z_i=h_iV+c$.

# %% [markdown] lang="ko" task="pixelrnn_logp" hint=2
# 입력은 $e_0=\mathrm{start}$, $e_i=E_{x_{i-1}}$이고 $\;h_i=\tanh(e_iU+h_{i-1}W+b)$, $h_{-1}=0$입니다. $z_i=h_iV+c$라 하면 $\;\log p(x)=\sum_i\big(z_{i,x_i}-\log\sum_ke^{z_{ik}}\big)$입니다.

# %% [markdown] lang="en"
# ### See it: a cheat gives itself away
#
# A picture of 2 x 2 black and white pixels can look in 16 ways, so here *all* images have a bar. Your `pixelrnn_logp` is trained on four of them (orange).
# Left: they get about a quarter each, all others almost nothing, and the bars add up to exactly 1. Right: the same network, but it reads the pixels in both directions,
# and so sees the pixel that it is asked for. It looks like a much better model, every image of the training data has a probability near 1. But so has nearly everything else, and the bars
# add up to far more than 1: these are no probabilities. Whoever reports such numbers has a leak.

# %% [markdown] lang="ko"
# ### 직접 보기: 커닝은 들통이 납니다
#
# 흑백 픽셀 2 x 2개로 된 그림은 16가지뿐이므로, 여기서는 *모든* 이미지에 막대가 하나씩 있습니다. 그중 네 장(주황)으로 `pixelrnn_logp`를 학습시킵니다. 왼쪽을 보면 네 장이
# 4분의 1쯤씩 나눠 갖고 나머지는 거의 0이며, 막대를 모두 더하면 정확히 1입니다. 오른쪽은 같은 신경망이 픽셀을 양방향으로 읽어서 예측해야 할 픽셀을 미리 보는 경우입니다. 학습
# 데이터의 확률이 모두 1에 가까우니 훨씬 좋은 모델처럼 보입니다. 하지만 다른 그림도 거의 다 그렇고, 막대를 더하면 1을 훌쩍 넘습니다. 이것은 확률이 아닙니다. 이런 숫자가
# 나왔다면 어딘가에서 정보가 새고 있는 것입니다.

# %% tags=["explore"]
if ready(pixelrnn_logp):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(3)
    K, D, size = 2, 3, 8
    shapes = {"start": (D,), "E": (K, D), "U": (D, size), "W": (size, size), "b": (size,), "V": (size, K), "c": (K,)}
    rnn = {name: 0.8 * torch.randn(s, generator=generator, dtype=torch.float64) for name, s in shapes.items()}
    every = torch.cartesian_prod(*[torch.arange(2)] * 4)

    def train_step(logp, rate):
        # [en] one step of gradient ascent on the mean log p of four favourite images
        # [ko] 골라 둔 이미지 네 장의 평균 log p를 올리는 경사 상승 한 단계
        weights = {name: w.detach().requires_grad_() for name, w in rnn.items()}
        logp(favourites, weights).mean().backward()
        return {name: (w + rate * w.grad).detach() for name, w in weights.items()}

    def in_both_directions(x, rnn):
        # [en] the leak: a second reading from the end, whose state at pixel i has already read pixel i
        # [ko] 정보가 새는 곳: 끝에서부터 읽는 두 번째 상태는 픽셀 i에서 이미 픽셀 i를 읽은 뒤입니다
        given = torch.cat([rnn["start"].expand(len(x), 1, -1), rnn["E"][x]], dim=1)
        ahead, back = [], []
        h = r = torch.zeros(len(x), size, dtype=torch.float64)
        for i in range(x.shape[1]):
            h = torch.tanh(given[:, i] @ rnn["U"] + h @ rnn["W"] + rnn["b"])
            r = torch.tanh(given[:, x.shape[1] - i] @ rnn["U"] + r @ rnn["W"] + rnn["b"])
            ahead.append(h)
            back.insert(0, r)
        logits = (torch.stack(ahead, dim=1) + torch.stack(back, dim=1)) @ rnn["V"] + rnn["c"]
        return torch.log_softmax(logits, dim=2).gather(2, x[:, :, None]).sum(dim=(1, 2))

    favourites = torch.tensor([[1, 0, 0, 1], [0, 1, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1]])
    begin, figure = rnn, plt.figure(figsize=(13, 4.2), constrained_layout=True)
    axes = figure.subplots(1, 2, sharey=True)
    for ax, logp, name in zip(axes, (pixelrnn_logp, in_both_directions), ("only the past", "both directions")):
        rnn = begin
        for _ in range(120):
            rnn = train_step(logp, 0.3)
        p = logp(every, rnn).exp()
        liked = (every[:, None] == favourites[None]).all(dim=2).any(dim=1)
        ax.bar(range(16), p.numpy(), color=["#D55E00" if like else "#0072B2" for like in liked])
        ax.set(
            title=f"{name}: the bars add up to {p.sum():.3f}",
            xticks=[],
            xlabel="all 16 images (orange: in the training data)",
            ylim=(-0.2, 1.05),
        )
        for k, image in enumerate(every.reshape(16, 2, 2)):
            ax.imshow(
                image.numpy(), extent=(k - 0.3, k + 0.3, -0.16, -0.03), cmap="gray_r", vmin=0, vmax=1, aspect="auto"
            )
            ax.add_patch(plt.Rectangle((k - 0.3, -0.16), 0.6, 0.13, fill=False, ec="0.5", lw=0.6))
        ax.set_xlim(-0.7, 15.7)
    axes[0].set(ylabel="p(x)", yticks=[0, 0.25, 0.5, 0.75, 1])
    plt.show()

# %% [markdown] lang="en" task="kinds_of_density"
# ## 10. What can be asked of the model? (2 points)
#
# Generative models differ in whether they give a density $p(x)$ that one can ask for, and whether it is exact.

# %% [markdown] lang="ko" task="kinds_of_density"
# ## 10. 모델에 무엇을 물어볼 수 있을까 (2점)
#
# 생성 모델은 밀도 $p(x)$를 물어볼 수 있는지, 그 값이 정확한지에 따라 나뉩니다.


# %% tags=["provided"]
def letters_only(answer, letters):
    """
    [en]
    Whether an answer is a text of at least one of these letters; blanks, commas and capitals do not matter.
    [ko]
    답이 이 글자들 가운데 하나 이상으로 된 문자열인지 봅니다. 빈칸과 쉼표, 대문자는 상관없습니다.
    [/]
    """
    given = answer.lower().replace(",", "").replace(" ", "") if isinstance(answer, str) else ""
    return bool(given) and set(given) <= set(letters)


# %% tags=["provided"]
def kinds_of_density_form():
    """
    [en]
    Whether kinds_of_density() is an answer at all; it says nothing about which.
    [ko]
    kinds_of_density()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(kinds_of_density(), "abcdef")


# %% task="kinds_of_density"
def kinds_of_density():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) A PixelCNN gives an explicit and tractable density.
    (b) A VAE's density is explicit, but only a lower bound of it is computed.
    (c) A GAN tells the density of any image, by what its discriminator says of it.
    (d) An exact likelihood means that the model knows the true distribution of the data exactly.
    (e) A PixelRNN may read the picture in both directions, since it sees the whole picture in training anyway.
    (f) Drawing from a PixelCNN takes one step per pixel, since each pixel needs those before it.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요.
    순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) PixelCNN은 명시적이고 계산할 수 있는 밀도를 준다.
    (b) VAE의 밀도는 명시적이지만 그 하한만 계산한다.
    (c) GAN은 판별자의 출력으로 어떤 이미지의 밀도든 알려 준다.
    (d) 우도가 정확하다는 것은 모델이 데이터의 참된 분포를 정확히 안다는 뜻이다.
    (e) PixelRNN은 학습할 때 어차피 그림 전체를 보므로 양방향으로 읽어도 된다.
    (f) PixelCNN에서 샘플을 뽑을 때는 픽셀마다 앞선 픽셀이 필요하므로 한 픽셀씩 진행한다.
    [/]
    """
    ### BEGIN SOLUTION
    return "abf"
    ### END SOLUTION


# %% [markdown] lang="en" task="kinds_of_density" hint=1
# For each model: can you compute $p(x)$ of a given image, bound it, or only draw samples?

# %% [markdown] lang="ko" task="kinds_of_density" hint=1
# 모델마다 물어보세요. 주어진 이미지의 $p(x)$를 계산할 수 있나요, 상한이나 하한만 알 수 있나요, 아니면 샘플만 뽑을 수 있나요?

# %% [markdown] lang="en" task="kinds_of_density" hint=2
# Chain rule: $p(x)=\prod_i p(x_i\mid x_{<i})$. Bound: $\log p(x)\ge\mathrm{ELBO}$.

# %% [markdown] lang="ko" task="kinds_of_density" hint=2
# 연쇄 법칙: $p(x)=\prod_i p(x_i\mid x_{<i})$. 하한: $\log p(x)\ge\mathrm{ELBO}$.
