# %% [markdown] lang="en"
# # Mathematics and statistics
#
# Lecture 2. The tools that everything later is made of: matrix products and what can be said about a matrix, joint, marginal and
# conditional probabilities, independence, moments, three distributions, Bayes' rule, and how far two distributions are apart.
# You write each of them once, carefully, down to the cases where a formula divides by zero.

# %% [markdown] lang="ko"
# # 딥러닝 수학과 통계
#
# 2강 과제입니다. 앞으로 나올 모든 것의 재료를 만듭니다. 행렬 곱과 행렬의 성질, 결합·주변·조건부 확률, 독립성, 기댓값과 분산, 세 가지 분포,
# 베이즈 정리, 그리고 두 분포가 얼마나 다른지 재는 법까지, 공식이 0으로 나누게 되는 경우까지 꼼꼼하게 한 번씩 구현해 봅니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Linear algebra.** $(AB)_{ij}=\sum_k A_{ik}B_{kj}$ exists when $A$ has as many columns as $B$ has rows; in general $AB\ne BA$. The
# *norm* $\lVert x\rVert_p=(\sum_i|x_i|^p)^{1/p}$ measures a vector, $p=1$ and $p=2$ being the usual ones. The *trace* sums the diagonal of a
# square matrix, the *rank* counts its linearly independent columns, and $A$ is *symmetric* when $A=A^\top$.
#
# **Probability.** From the joint distribution $P(x,y)$ follow the marginal $P(x)=\sum_y P(x,y)$ and, where $P(x)>0$, the conditional
# $P(y\mid x)=P(x,y)/P(x)$. Turned round, this is the chain rule $P(a,b,c)=P(a\mid b,c)\,P(b\mid c)\,P(c)$ and Bayes' rule
# $P(x\mid y)=P(y\mid x)P(x)/P(y)$. Averages are $E[f(X)]=\sum_x P(x)f(x)$, spread is $\mathrm{Var}(f)=E[(f-E f)^2]$, and
# $\mathrm{Cov}(f,h)=E[(f-Ef)(h-Eh)]$.
#
# **Information.** A rare event tells more: $-\log P(x)$. Its average is the entropy $H(P)$, and with the model's $Q$ in the logarithm it
# is the cross-entropy $H(P,Q)=H(P)+D_{KL}(P\,\Vert\,Q)$, the loss of nearly every classifier.
#
# ### Usual slips
#
# - A probability lies between 0 and 1. A *density* does not have to: it is only its integral that is 1, so a narrow Gaussian is
#   higher than 1 everywhere near its mean.
# - A norm ends with a root. Without the $1/p$ it is not a length: doubling $x$ would not double it.
# - $(AB)^{-1}=B^{-1}A^{-1}$, in reversed order, and both must be square and invertible. There is no such rule for $(A+B)^{-1}$.
# - A covariance grows when you measure in centimetres instead of metres. To compare, divide by both standard deviations.
# - $D_{KL}$ is not a distance: $D_{KL}(P\Vert Q)\ne D_{KL}(Q\Vert P)$, and it is infinite as soon as $Q$ rules out what $P$ allows.
#
# ### Conventions
#
# - Logarithms are natural. $0\log 0=0$, the limit of $p\log p$.
# - Results have the dtype and device of the inputs unless the docstring says otherwise, scalar results are 0-d tensors, and no function
#   changes its inputs. Python `bool` and `int` are meant where they are named.

# %% [markdown] lang="ko"
# ## 복습
#
# **선형대수.** $(AB)_{ij}=\sum_k A_{ik}B_{kj}$는 $A$의 열 수와 $B$의 행 수가 같을 때 정의되며, 일반적으로 $AB\ne BA$입니다.
# *노름* $\lVert x\rVert_p=(\sum_i|x_i|^p)^{1/p}$은 벡터의 크기이며 $p=1$과 $p=2$를 가장 많이 씁니다. *트레이스*는 정사각 행렬의 대각 원소의 합,
# *랭크*는 선형 독립인 열의 최대 개수이고, $A=A^\top$이면 *대칭* 행렬입니다.
#
# **확률.** 결합 분포 $P(x,y)$에서 주변 분포 $P(x)=\sum_y P(x,y)$와, $P(x)>0$인 곳에서 조건부 분포 $P(y\mid x)=P(x,y)/P(x)$가 나옵니다. 이를
# 거꾸로 쓰면 연쇄 법칙 $P(a,b,c)=P(a\mid b,c)\,P(b\mid c)\,P(c)$와 베이즈 정리 $P(x\mid y)=P(y\mid x)P(x)/P(y)$가 됩니다.
# 평균은 $E[f(X)]=\sum_x P(x)f(x)$, 흩어진 정도는 $\mathrm{Var}(f)=E[(f-E f)^2]$, 함께 변하는 정도는
# $\mathrm{Cov}(f,h)=E[(f-Ef)(h-Eh)]$입니다.
#
# **정보.** 드문 사건일수록 많은 것을 알려 줍니다($-\log P(x)$). 그 평균이 엔트로피 $H(P)$이고, 로그 안에 모델의 $Q$를 넣으면 교차 엔트로피
# $H(P,Q)=H(P)+D_{KL}(P\,\Vert\,Q)$, 곧 거의 모든 분류기의 손실이 됩니다.
#
# ### 헷갈리기 쉬운 것
#
# - 확률은 0과 1 사이에 있습니다. 하지만 *확률 밀도*는 그럴 필요가 없습니다. 적분이 1이면 되므로, 좁은 가우시안은 평균 근처에서 1보다 훨씬
#   큽니다.
# - 노름은 거듭제곱근으로 끝납니다. $1/p$제곱이 없으면 길이가 아닙니다. $x$를 두 배 해도 값이 두 배가 되지 않습니다.
# - $(AB)^{-1}=B^{-1}A^{-1}$로 순서가 뒤집히며, 둘 다 정사각이고 역행렬이 있어야 합니다. $(A+B)^{-1}$에는 이런 규칙이 없습니다.
# - 공분산은 미터 대신 센티미터로 재기만 해도 커집니다. 비교하려면 두 표준편차로 나눠야 합니다.
# - $D_{KL}$은 거리가 아닙니다. $D_{KL}(P\Vert Q)\ne D_{KL}(Q\Vert P)$이고, $P$에서는 일어나는 일을 $Q$가 불가능하다고 하면 무한대가 됩니다.
#
# ### 이 노트북의 약속
#
# - 로그는 자연로그입니다. $0\log 0=0$으로 봅니다($p\log p$의 극한).
# - docstring에 다른 말이 없으면 결과의 dtype과 device는 입력과 같고, 스칼라 결과는 0차원 텐서이며, 어떤 함수도 입력을 바꾸지 않습니다. 파이썬
#   `bool`과 `int`라고 적은 곳에서는 그 타입으로 돌려줍니다.

# %%
import math

import torch

# %% [markdown] lang="en"
# ### Given code
#
# Three helpers for grading. Their names (`matmul_or_error_name`, `lin_basics_or_error_name`, `logpdf_with_theta`) are taken: give
# your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 채점용 도우미 함수 세 개입니다. 이름(`matmul_or_error_name`, `lin_basics_or_error_name`, `logpdf_with_theta`)은 이미 쓰이고
# 있으니 여러분의 도우미 함수에는 다른 이름을 붙이세요.


# %% tags=["provided"]
def matmul_or_error_name(A, B):
    """
    [en]
    For grading: matmul(A, B), or the word "ValueError" where it raises one.
    [ko]
    채점용: matmul(A, B)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return matmul(A, B)
    except ValueError:
        return "ValueError"


def lin_basics_or_error_name(A, x, p):
    """
    [en]
    For grading: lin_basics(A, x, p), or the word "ValueError" where it raises one.
    [ko]
    채점용: lin_basics(A, x, p)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return lin_basics(A, x, p)
    except ValueError:
        return "ValueError"


def logpdf_with_theta(dist, x, theta):
    """
    [en]
    For grading: logpdf with its parameters from the dict theta.
    [ko]
    채점용: 딕셔너리 theta에 담긴 파라미터로 logpdf를 부릅니다.
    [/]
    """
    return logpdf(dist, x, **theta)


# %% [markdown] lang="en" task="matmul"
# ## 1. The matrix product (8 points)
#
# Row times column: entry $(i,j)$ is the inner product of row $i$ of $A$ and column $j$ of $B$. Write it yourself for once, with
# elementwise operations (or loops). When the shapes do not fit, say so: an error today is kinder than a silent broadcast.

# %% [markdown] lang="ko" task="matmul"
# ## 1. 행렬 곱 (8점)
#
# 행 곱하기 열입니다. $(i,j)$ 원소는 $A$의 $i$번째 행과 $B$의 $j$번째 열의 내적입니다. 이번 한 번만 원소별 연산(또는 반복문)으로 직접
# 구현해 보세요. 모양이 맞지 않으면 오류를 내야 합니다. 조용히 넘어가 버리는 브로드캐스팅보다 바로 나는 오류가 더 친절합니다.


# %% task="matmul"
def matmul(A, B):
    """
    [en]
    The matrix product A B, without the product operators of torch.

    A: (m, k), B: (k, n), of one dtype, float or int64. m, k and n may be 0 or 1. Returns (m, n) in the same dtype.

    k = 0: the empty sum, zeros. If A has not as many columns as B has rows, raise ValueError, also where shapes would broadcast.
    Forbidden: @, matmul, mm, bmm, mv, dot, inner, vdot, einsum, tensordot, addmm, baddbmm, chain_matmul, multi_dot,
    functional.linear, nn.Linear of torch; matmul, dot, inner, einsum, tensordot of numpy.
    [ko]
    행렬 곱 A B를 torch의 곱 연산자 없이 구합니다.

    A: (m, k), B: (k, n), 같은 dtype(실수 또는 int64). m, k, n은 0이나 1일 수 있습니다. 결과: 같은 dtype의 (m, n).

    k = 0이면 빈 합이므로 0입니다. A의 열 수와 B의 행 수가 다르면, 브로드캐스팅이 되는 모양이어도 ValueError를 발생시킵니다.
    사용 금지: torch의 @, matmul, mm, bmm, mv, dot, inner, vdot, einsum, tensordot, addmm, baddbmm, chain_matmul,
    multi_dot, functional.linear, nn.Linear와 numpy의 matmul, dot, inner, einsum, tensordot.
    [/]
    """
    ### BEGIN SOLUTION
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape[1]} columns, {B.shape[0]} rows")
    return (A[:, :, None] * B[None]).sum(dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="matmul" hint=1
# Check the two inner sizes first. Then line the factors up with a new axis, so that entry $(i,k,j)$ of an elementwise product is
# $A_{ik}B_{kj}$, and sum over the middle. Three nested loops are just as right.

# %% [markdown] lang="ko" task="matmul" hint=1
# 먼저 안쪽의 두 크기를 비교하세요. 그다음 축을 하나 추가해 원소별 곱의 $(i,k,j)$ 원소가 $A_{ik}B_{kj}$가 되게 맞춘 뒤 가운데 축을 따라
# 더합니다. 삼중 반복문도 똑같이 옳습니다.

# %% [markdown] lang="en" task="matmul" hint=2
# $(AB)_{ij}=\sum_{k}A_{ik}B_{kj}$

# %% [markdown] lang="ko" task="matmul" hint=2
# $(AB)_{ij}=\sum_{k}A_{ik}B_{kj}$

# %% [markdown] lang="en" task="lin_basics"
# ## 2. Four facts about a matrix and a vector (10 points)
#
# The norm of a vector, and trace, rank and symmetry of a matrix. Two of them have a trap in a computer. Squaring $10^{200}$ overflows,
# although the norm itself is a number of ordinary size: divide by the largest entry first. And a column that *is* a combination of
# others never is one exactly after rounding, so the rank needs a tolerance: singular values that are tiny beside the largest one count as zero.

# %% [markdown] lang="ko" task="lin_basics"
# ## 2. 행렬과 벡터에 대한 네 가지 사실 (10점)
#
# 벡터의 노름, 행렬의 트레이스와 랭크, 그리고 대칭 여부입니다. 이 가운데 둘은 컴퓨터에서 함정이 있습니다. $10^{200}$은 제곱하면 오버플로가 나지만
# 노름 자체는 충분히 나타낼 수 있는 수이므로, 가장 큰 원소로 먼저 나누면 됩니다. 또 다른 열의 조합인 열도 반올림 오차 때문에 정확히 조합이 되지는
# 않으므로 랭크에는 허용 오차가 필요합니다. 가장 큰 특잇값에 비해 아주 작은 특잇값은 0으로 봅니다.


# %% task="lin_basics"
def lin_basics(A, x, p):
    """
    [en]
    {"norm": p-norm of x, "trace": trace of A, "rank": rank of A, "sym": is A symmetric?}

    A: (n, n), n >= 1, x: (d,), d >= 1, float. p: Python float >= 1, or float("inf").
    "norm", "trace": 0-d tensors. "rank": Python int. "sym": Python bool.

    norm = (sum |x_i|^p)^(1/p); p = inf: the largest |x_i|. Entries of 1e200 or 1e-200 (float64) must not overflow or vanish.
    rank: the number of singular values > 1e-10 * the largest one (the zero matrix has rank 0).
    sym: True if A equals its transpose exactly. If A is not square, raise ValueError.
    [ko]
    {"norm": x의 p-노름, "trace": A의 트레이스, "rank": A의 랭크, "sym": A가 대칭인지}

    A: (n, n), n >= 1, x: (d,), d >= 1, 실수. p: 1 이상의 파이썬 float 또는 float("inf").
    "norm", "trace"는 0차원 텐서, "rank"는 파이썬 int, "sym"은 파이썬 bool입니다.

    norm = (|x_i|^p의 합)^(1/p)이고 p = inf이면 가장 큰 |x_i|. 원소가 1e200이나 1e-200(float64)이어도 넘치거나 사라지면 안 됩니다.
    rank: 가장 큰 특잇값의 1e-10배보다 큰 특잇값의 개수(영행렬의 랭크는 0).
    sym: A가 전치와 정확히 같으면 True. A가 정사각 행렬이 아니면 ValueError를 발생시킵니다.
    [/]
    """
    ### BEGIN SOLUTION
    if A.shape[0] != A.shape[1]:
        raise ValueError("only a square matrix has a trace")
    size = x.abs()
    top = size.max()
    norm = top if top == 0 or p == math.inf else top * ((size / top) ** p).sum() ** (1 / p)
    s = torch.linalg.svdvals(A)
    return {
        "norm": norm,
        "trace": A.diagonal().sum(),
        "rank": int((s > 1e-10 * s.max()).sum()),
        "sym": torch.equal(A, A.T),
    }
    ### END SOLUTION


# %% [markdown] lang="en" task="lin_basics" hint=1
# A norm scales: $\lVert x\rVert=c\,\lVert x/c\rVert$. With $c=\max|x_i|$ the powers stay between 0 and 1; only the zero vector needs care.
# `torch.linalg.svdvals` gives the singular values.

# %% [markdown] lang="ko" task="lin_basics" hint=1
# 노름은 크기에 비례합니다($\lVert x\rVert=c\,\lVert x/c\rVert$). $c=\max|x_i|$로 두면 거듭제곱이 0과 1 사이에 머뭅니다. 영벡터만 조심하세요.
# 특잇값은 `torch.linalg.svdvals`로 구할 수 있습니다.

# %% [markdown] lang="en" task="lin_basics" hint=2
# $\lVert x\rVert_p=c\big(\sum_i(|x_i|/c)^p\big)^{1/p}$, $\;\mathrm{tr}A=\sum_iA_{ii}$,
# $\;\mathrm{rank}=|\{i:\sigma_i>10^{-10}\sigma_{\max}\}|$, $\;A_{ij}=A_{ji}$ for all $i,j$

# %% [markdown] lang="ko" task="lin_basics" hint=2
# $\lVert x\rVert_p=c\big(\sum_i(|x_i|/c)^p\big)^{1/p}$, $\;\mathrm{tr}A=\sum_iA_{ii}$,
# $\;\mathrm{rank}=|\{i:\sigma_i>10^{-10}\sigma_{\max}\}|$, 모든 $i,j$에서 $A_{ij}=A_{ji}$

# %% [markdown] lang="en"
# ### See it: norms, and why the order matters
#
# Left: all vectors whose norm is 1, for five values of $p$, from the diamond of $p=1$ over the circle to the square of $p=\infty$. Right: the
# letter F (grey), turned and sheared by your `matmul`. "First turn, then shear" is the product shear · turn, read from
# right to left, and it is not the same as turn · shear.

# %% [markdown] lang="ko"
# ### 직접 보기: 노름, 그리고 순서가 중요한 까닭
#
# 왼쪽은 노름이 1인 벡터들을 다섯 가지 $p$에 대해 그린 것으로, $p=1$의 마름모에서 원을 지나 $p=\infty$의 정사각형으로 변해 갑니다.
# 오른쪽은 회색 글자 F를 여러분의 `matmul`로 돌리고 밀어 본 그림입니다. "먼저 돌리고 나서 민다"는 오른쪽에서 왼쪽으로 읽는 곱
# shear · turn이며, turn · shear와는 다릅니다.

# %% tags=["explore"]
if ready(matmul, lin_basics):
    import matplotlib.pyplot as plt

    angle = torch.linspace(0, 2 * math.pi, 361, dtype=torch.float64)
    directions = torch.stack([angle.cos(), angle.sin()], dim=1)
    one = torch.eye(2, dtype=torch.float64)
    figure, axes = plt.subplots(1, 4, figsize=(15.5, 4.2), constrained_layout=True)
    powers = [(1.0, "1"), (1.5, "1.5"), (2.0, "2"), (4.0, "4"), (math.inf, "inf")]
    for (p, name), color in zip(powers, ["#D55E00", "#E69F00", "#009E73", "#56B4E9", "#0072B2"]):
        ball = torch.stack([v / lin_basics(one, v, p)["norm"] for v in directions])
        axes[0].plot(*ball.T, color=color, lw=2, label=f"p = {name}")
    axes[0].set(title="all vectors of norm 1", xlim=(-1.6, 1.6), ylim=(-1.6, 1.6), aspect="equal")
    axes[0].legend(frameon=False, loc="upper center", ncols=3, fontsize=8)

    letter = [
        [0, 0],
        [0.3, 0],
        [0.3, 0.8],
        [0.9, 0.8],
        [0.9, 1.1],
        [0.3, 1.1],
        [0.3, 1.7],
        [1.1, 1.7],
        [1.1, 2],
        [0, 2],
    ]
    F = torch.tensor(letter, dtype=torch.float64).T
    c, s = math.cos(math.pi / 3), math.sin(math.pi / 3)
    turn = torch.tensor([[c, -s], [s, c]], dtype=torch.float64)
    shear = torch.tensor([[1.0, 0.7], [0.0, 1.0]], dtype=torch.float64)
    panels = [
        ("first turn, then shear", matmul(shear, turn), "#0072B2"),
        ("first shear, then turn", matmul(turn, shear), "#D55E00"),
        ("turn, then turn back", matmul(turn.T.contiguous(), turn), "#009E73"),
    ]
    for ax, (title, M, color) in zip(axes[1:], panels):
        ax.fill(*F, color="0.85")
        ax.fill(*matmul(M, F), facecolor=color, alpha=0.35, edgecolor=color, lw=2)
        facts = lin_basics(M, F[:, 0] + 1, 2.0)
        ax.set(title=title, xlim=(-2.0, 2.4), ylim=(-0.5, 3.3), aspect="equal")
        ax.set_xlabel(f"trace {facts['trace']:.2f}, rank {facts['rank']}, symmetric: {facts['sym']}")
    for ax in axes:
        ax.axhline(0, color="0.6", lw=0.6, zorder=0)
        ax.axvline(0, color="0.6", lw=0.6, zorder=0)
    plt.show()

# %% [markdown] lang="en" task="marginal_conditional"
# ## 3. Marginal and conditional (12 points)
#
# A joint distribution is a table: rows are the values of $X$, columns the values of $Y$. Summing a row away from the table gives a marginal; looking
# at one row alone and rescaling it to sum 1 gives a conditional. "It rains" and "it rains, given that it is cloudy" are two
# different questions. A row of probability 0 has no conditional, so we agree on zeros there.

# %% [markdown] lang="ko" task="marginal_conditional"
# ## 3. 주변 확률과 조건부 확률 (12점)
#
# 결합 분포는 표입니다. 행은 $X$의 값, 열은 $Y$의 값입니다. 표를 한 방향으로 더하면 주변 분포가 되고, 한 행만 떼어 합이 1이 되도록 늘리면 조건부
# 분포가 됩니다. "비가 올 확률"과 "흐릴 때 비가 올 확률"은 서로 다른 질문입니다. 확률이 0인 행에는 조건부 분포가 없으므로, 그런 행은 0으로 두기로
# 약속합니다.


# %% task="marginal_conditional"
def marginal_conditional(P):
    """
    [en]
    From the joint distribution P(X, Y): (Px, Py, PYgX) = (P(X), P(Y), P(Y | X)).

    P: (X, Y) float, entries >= 0 with sum 1; rows are values of X, columns values of Y; X, Y >= 1.
    Px: (X,), Py: (Y,), PYgX: (X, Y), where row x is P(Y | X = x).

    Where P(X = x) = 0 the row of PYgX is 0 (not NaN).
    [ko]
    결합 분포 P(X, Y)에서 (Px, Py, PYgX) = (P(X), P(Y), P(Y | X))를 구합니다.

    P: (X, Y) 실수, 원소는 0 이상이고 합은 1. 행은 X의 값, 열은 Y의 값이며 X, Y >= 1입니다.
    Px: (X,), Py: (Y,), PYgX: (X, Y)이며 x번째 행이 P(Y | X = x)입니다.

    P(X = x) = 0이면 PYgX의 그 행은 (NaN이 아니라) 0입니다.
    [/]
    """
    ### BEGIN SOLUTION
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / torch.where(Px > 0, Px, 1)[:, None]
    ### END SOLUTION


def is_pmf(P):
    """
    [en]
    Is P a probability mass function? Returns a Python bool.

    P: float tensor of any shape. True if no entry is below 0 and the sum of all entries is 1 within 1e-6.
    [ko]
    P가 확률 질량 함수인지를 파이썬 bool로 돌려줍니다.

    P: 임의의 모양의 실수 텐서. 0보다 작은 원소가 없고 모든 원소의 합이 1e-6 이내로 1이면 True입니다.
    [/]
    """
    ### BEGIN SOLUTION
    return bool((P >= 0).all() and abs(P.sum() - 1) <= 1e-6)
    ### END SOLUTION


# %% [markdown] lang="en" task="marginal_conditional" hint=1
# Which axis disappears when you sum over $y$? For the conditional every row is divided by *its own* sum; find a divisor for empty rows that
# turns 0 into 0. And a table with a negative entry may still have the sum 1.

# %% [markdown] lang="ko" task="marginal_conditional" hint=1
# $y$에 대해 더하면 어느 축이 사라질까요? 조건부 분포에서는 행마다 *자기* 합으로 나눕니다. 빈 행에서는 0을 그대로 0으로 만드는 나눗수를 고르세요.
# 그리고 음수가 있는 표도 합은 1일 수 있습니다.

# %% [markdown] lang="en" task="marginal_conditional" hint=2
# $P(x)=\sum_yP(x,y),\quad P(y)=\sum_xP(x,y),\quad P(y\mid x)=P(x,y)/P(x)$ if $P(x)>0$, else $0$;
# $\;P(x)\ge0$ for all $x$ and $|\sum_xP(x)-1|\le10^{-6}$

# %% [markdown] lang="ko" task="marginal_conditional" hint=2
# $P(x)=\sum_yP(x,y),\quad P(y)=\sum_xP(x,y),\quad P(x)>0$이면 $P(y\mid x)=P(x,y)/P(x)$, 아니면 $0$;
# 모든 $x$에서 $P(x)\ge0$이고 $|\sum_xP(x)-1|\le10^{-6}$

# %% [markdown] lang="en" task="joint_from_chain"
# ## 4. The chain rule (8 points)
#
# The other way round: whoever knows $P(c)$, $P(b\mid c)$ and $P(a\mid b,c)$ knows everything. Language models and autoregressive image models
# are this one product, made very long. The only difficulty is to let each factor meet the right axes.

# %% [markdown] lang="ko" task="joint_from_chain"
# ## 4. 연쇄 법칙 (8점)
#
# 이번에는 반대 방향입니다. $P(c)$, $P(b\mid c)$, $P(a\mid b,c)$를 알면 모든 것을 압니다. 언어 모델도 자기회귀 이미지 모델도 이 곱을 아주
# 길게 늘인 것입니다. 어려운 점은 단 하나, 각 인수를 알맞은 축에 맞추는 일입니다.


# %% task="joint_from_chain"
def joint_from_chain(PaBC, PbC, Pc):
    """
    [en]
    The joint distribution P(A, B, C) = P(A | B, C) P(B | C) P(C).

    PaBC: (a, b, c), PaBC[i, j, k] = P(A = i | B = j, C = k). PbC: (b, c), PbC[j, k] = P(B = j | C = k). Pc: (c,).
    Float tensors, a, b, c >= 1. Returns (a, b, c), entry [i, j, k] = P(A = i, B = j, C = k). Nothing is normalised.
    [ko]
    결합 분포 P(A, B, C) = P(A | B, C) P(B | C) P(C)를 구합니다.

    PaBC: (a, b, c), PaBC[i, j, k] = P(A = i | B = j, C = k). PbC: (b, c), PbC[j, k] = P(B = j | C = k). Pc: (c,).
    실수 텐서이고 a, b, c >= 1. 결과: (a, b, c), 원소 [i, j, k] = P(A = i, B = j, C = k). 정규화는 하지 않습니다.
    [/]
    """
    ### BEGIN SOLUTION
    return PaBC * PbC[None, :, :] * Pc[None, None, :]
    ### END SOLUTION


# %% [markdown] lang="en" task="joint_from_chain" hint=1
# Broadcasting lines shapes up from the right. Write the three shapes below one another and see which axes each factor has.

# %% [markdown] lang="ko" task="joint_from_chain" hint=1
# 브로드캐스팅은 모양을 오른쪽 끝부터 맞춥니다. 세 모양을 위아래로 적어 놓고 각 인수에 어떤 축이 있는지 보세요.

# %% [markdown] lang="en" task="joint_from_chain" hint=2
# $P_{ijk}=P(a_i\mid b_j,c_k)\;P(b_j\mid c_k)\;P(c_k)$

# %% [markdown] lang="ko" task="joint_from_chain" hint=2
# $P_{ijk}=P(a_i\mid b_j,c_k)\;P(b_j\mid c_k)\;P(c_k)$

# %% [markdown] lang="en"
# ### See it: sky and rain
#
# A chain builds the joint distribution of season, sky and rain; summing the season away leaves the table in the middle, with its two
# marginals along the sides. On the right every row of the table is rescaled to sum 1: the chance of heavy rain under an overcast sky is many times
# the overall chance.

# %% [markdown] lang="ko"
# ### 직접 보기: 하늘과 비
#
# 연쇄 법칙으로 계절, 하늘, 비의 결합 분포를 만들고 계절에 대해 더하면 가운데 표가 남습니다. 표의 두 변에 주변 분포를 그렸습니다. 오른쪽은 표의 행마다
# 합이 1이 되도록 늘린 조건부 분포입니다. 잔뜩 흐린 하늘에서 폭우가 올 확률은 전체 확률의 몇 배나 됩니다.

# %% tags=["explore"]
if ready(marginal_conditional, is_pmf, joint_from_chain):
    import matplotlib.pyplot as plt

    seasons, skies, rains = (
        ["dry season", "wet season"],
        ["clear", "partly", "cloudy", "overcast"],
        ["none", "light", "heavy"],
    )
    season = torch.tensor([0.7, 0.3], dtype=torch.float64)
    sky = torch.tensor([[0.45, 0.10], [0.30, 0.20], [0.17, 0.35], [0.08, 0.35]], dtype=torch.float64)
    rain = torch.tensor(
        [
            [[0.99, 0.97], [0.95, 0.85], [0.80, 0.55], [0.50, 0.20]],
            [[0.01, 0.03], [0.04, 0.12], [0.15, 0.30], [0.35, 0.40]],
            [[0.00, 0.00], [0.01, 0.03], [0.05, 0.15], [0.15, 0.40]],
        ],
        dtype=torch.float64,
    )
    joint = joint_from_chain(rain, sky, season)
    P = joint.sum(dim=2).T
    P_sky, P_rain, P_rain_given_sky = marginal_conditional(P)

    figure = plt.figure(figsize=(13.5, 4.6), constrained_layout=True)
    grid = figure.add_gridspec(2, 4, width_ratios=[1.1, 2, 0.9, 2.4], height_ratios=[0.8, 2])
    bars, table, side, rows = (figure.add_subplot(grid[g]) for g in [(0, 1), (1, 1), (1, 2), (slice(0, 2), 3)])
    tree = figure.add_subplot(grid[:, 0])
    tree.bar(seasons, season.tolist(), color=["#E69F00", "#0072B2"])
    tree.set(title="P(season)", ylim=(0, 1))
    tree.tick_params(axis="x", rotation=25)
    bars.bar(rains, P_rain.tolist(), color="#56B4E9")
    bars.set(title=f"P(rain)   is_pmf: {is_pmf(P_rain)}", ylim=(0, 1))
    side.barh(skies, P_sky.tolist(), color="#009E73")
    side.set(title="P(sky)", xlim=(0, 0.5))
    side.invert_yaxis()
    for ax, values, title in [
        (table, P, f"P(sky, rain)   is_pmf: {is_pmf(P)}"),
        (rows, P_rain_given_sky, f"P(rain | sky)   each row is_pmf: {all(is_pmf(row) for row in P_rain_given_sky)}"),
    ]:
        ax.imshow(values.numpy(), cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for i in range(4):
            for j in range(3):
                ax.text(
                    j,
                    i,
                    f"{values[i, j]:.3f}",
                    ha="center",
                    va="center",
                    color="white" if values[i, j] > 0.5 else "black",
                )
        ax.set(title=title, xticks=range(3), yticks=range(4), xticklabels=rains, yticklabels=skies, xlabel="rain")
    plt.show()

# %% [markdown] lang="en" task="independent"
# ## 5. Independence (10 points)
#
# $X$ and $Y$ are independent when knowing one says nothing about the other: $P(x,y)=P(x)P(y)$ for *all* pairs. Given a third variable this may
# change in both directions. Ice cream and sunburn go together, but not any more among days of equal temperature (common cause). Two fair coins are
# independent, but whoever knows whether they agree can infer one from the other.

# %% [markdown] lang="ko" task="independent"
# ## 5. 독립성 (10점)
#
# 하나를 알아도 다른 하나에 대해 아무것도 알 수 없으면, 즉 *모든* 쌍에서 $P(x,y)=P(x)P(y)$이면 $X$와 $Y$는 독립입니다. 세 번째 변수가 주어지면
# 양쪽으로 달라질 수 있습니다. 아이스크림과 햇볕 화상은 함께 늘지만 기온이 같은 날끼리 비교하면 상관이 없습니다(공통 원인). 반대로 동전 두 개는
# 독립이지만, 두 면이 같은지를 아는 사람은 하나로 다른 하나를 알아맞힙니다.


# %% task="independent"
def independent(P):
    """
    [en]
    Are X and Y independent? Returns a Python bool.

    P: (X, Y) float, a joint distribution; X, Y >= 1. True if |P(x, y) - P(x) P(y)| <= 1e-6 for ALL x and y.
    [ko]
    X와 Y가 독립인지를 파이썬 bool로 돌려줍니다.

    P: (X, Y) 실수, 결합 분포, X, Y >= 1. '모든' x, y에서 |P(x, y) - P(x) P(y)| <= 1e-6이면 True입니다.
    [/]
    """
    ### BEGIN SOLUTION
    product = P.sum(dim=1, keepdim=True) * P.sum(dim=0, keepdim=True)
    return bool(((P - product).abs() <= 1e-6).all())
    ### END SOLUTION


def cond_independent(P, tol):
    """
    [en]
    Are X and Y independent given Z? Returns a Python bool.

    P: (X, Y, Z) float, a joint distribution; X, Y, Z >= 1. tol: Python float > 0.
    True if |P(x, y | z) - P(x | z) P(y | z)| <= tol for all x, y and every z with P(z) > 0.

    The CONDITIONAL probabilities are compared. A z with P(z) = 0 says nothing and is left out.
    [ko]
    Z가 주어졌을 때 X와 Y가 독립인지를 파이썬 bool로 돌려줍니다.

    P: (X, Y, Z) 실수, 결합 분포, X, Y, Z >= 1. tol: 0보다 큰 파이썬 float.
    P(z) > 0인 모든 z와 모든 x, y에서 |P(x, y | z) - P(x | z) P(y | z)| <= tol이면 True입니다.

    '조건부' 확률끼리 비교합니다. P(z) = 0인 z는 아무것도 말해 주지 않으므로 뺍니다.
    [/]
    """
    ### BEGIN SOLUTION
    Pz = P.sum(dim=(0, 1))
    given = P / torch.where(Pz > 0, Pz, 1)
    product = given.sum(dim=1, keepdim=True) * given.sum(dim=0, keepdim=True)
    return bool(((given - product).abs() <= tol).all())
    ### END SOLUTION


# %% [markdown] lang="en" task="independent" hint=1
# Compute both marginals, multiply every value of one with every value of the other, and compare whole tables. With a third variable:
# turn each slice of the table into a distribution of its own first.

# %% [markdown] lang="ko" task="independent" hint=1
# 두 주변 분포를 구하고, 한쪽의 모든 값과 다른 쪽의 모든 값을 곱한 표를 만들어 표 전체를 비교하세요. 세 번째 변수가 있으면 먼저 표의 단면마다
# 합이 1인 분포로 만드세요.

# %% [markdown] lang="en" task="independent" hint=2
# $\max_{x,y}\Big|P(x,y)-\sum_{y'}P(x,y')\sum_{x'}P(x',y)\Big|\le10^{-6}$; with $z$: the same for $P(x,y\mid z)=P(x,y,z)/P(z)$ and `tol`.

# %% [markdown] lang="ko" task="independent" hint=2
# $\max_{x,y}\Big|P(x,y)-\sum_{y'}P(x,y')\sum_{x'}P(x',y)\Big|\le10^{-6}$이고, $z$가 있으면 $P(x,y\mid z)=P(x,y,z)/P(z)$와 `tol`로 똑같이 합니다.

# %% [markdown] lang="en" task="moments"
# ## 6. Mean, variance, covariance (12 points)
#
# Averages under a distribution: every value counts with its probability. A fair die has the mean 3.5, which it never shows. The variance is the
# mean squared distance from the mean, and the covariance says whether two functions move together. $E[f^2]-E[f]^2$ is the same on paper,
# but subtracts two huge numbers when the mean is large; take the deviations first.

# %% [markdown] lang="ko" task="moments"
# ## 6. 기댓값, 분산, 공분산 (12점)
#
# 분포에 대한 평균에서는 값마다 그 확률만큼 무게를 둡니다. 주사위의 기댓값은 절대 나오지 않는 눈 3.5입니다. 분산은 평균까지 거리의 제곱의
# 평균이고, 공분산은 두 함수가 함께 움직이는지를 나타냅니다. $E[f^2]-E[f]^2$은 종이 위에서는 같은 값이지만, 평균이 크면 거대한 두 수를 빼게 됩니다.
# 편차를 먼저 구하세요.


# %% task="moments"
def moments(P, f, h):
    """
    [en]
    (Ef, Varf, Cov): mean and variance of f(X), and the covariance of f(X) and h(Y). 0-d tensors.

    P: (m, n) float, a joint distribution, rows are values of X, columns values of Y; m, n >= 1.
    f: (m,), f[x] is the value of f at X = x. h: (n,), h[y] is the value of h at Y = y.

    Varf = E[(f - Ef)^2], Cov = E[(f - Ef)(h - Eh)], weighted with P, no N - 1 anywhere.
    f and h may lie around 100,000 with a spread of about 1, and results must still be right to 7 digits in float64:
    subtract both means before you multiply.
    [ko]
    (Ef, Varf, Cov): f(X)의 기댓값과 분산, f(X)와 h(Y)의 공분산. 모두 0차원 텐서입니다.

    P: (m, n) 실수, 결합 분포. 행은 X의 값, 열은 Y의 값이며 m, n >= 1입니다.
    f: (m,), f[x]는 X = x에서의 f의 값. h: (n,), h[y]는 Y = y에서의 h의 값.

    Varf = E[(f - Ef)^2], Cov = E[(f - Ef)(h - Eh)]이고 P로 가중합니다. N - 1은 어디에도 쓰지 않습니다.
    f와 h가 100,000 근처에서 1 정도만 흩어져 있어도 float64에서 결과가 일곱 자리까지 맞아야 합니다. 곱하기 전에 두 평균을
    모두 빼세요.
    [/]
    """
    ### BEGIN SOLUTION
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * df**2).sum(), (P * df[:, None] * dh[None, :]).sum()
    ### END SOLUTION


# %% [markdown] lang="en" task="moments" hint=1
# $f$ depends on the row only, so its mean needs the marginal of $X$ only. The covariance needs the whole table: how probable is it that both
# deviations occur together?

# %% [markdown] lang="ko" task="moments" hint=1
# $f$는 행에만 달려 있으므로 기댓값에는 $X$의 주변 분포면 됩니다. 공분산에는 표 전체가 필요합니다. 두 편차가 함께 나타날 확률은 얼마일까요?

# %% [markdown] lang="en" task="moments" hint=2
# $E f=\sum_xP(x)f(x),\quad\mathrm{Var}f=\sum_xP(x)\,(f(x)-Ef)^2,\quad\mathrm{Cov}=\sum_{x,y}P(x,y)\,(f(x)-Ef)(h(y)-Eh)$

# %% [markdown] lang="ko" task="moments" hint=2
# $E f=\sum_xP(x)f(x),\quad\mathrm{Var}f=\sum_xP(x)\,(f(x)-Ef)^2,\quad\mathrm{Cov}=\sum_{x,y}P(x,y)\,(f(x)-Ef)(h(y)-Eh)$

# %% [markdown] lang="en"
# ### See it: a common cause
#
# Temperature decides how much ice cream is sold and how many people get sunburnt; given the temperature the two are independent. Left: over all days
# together they rise together, and the covariance is positive. Middle and right: on cool days alone, and on hot days alone, each table is a plain
# product, and the covariance is 0. Conditioning has made the dependence disappear.

# %% [markdown] lang="ko"
# ### 직접 보기: 공통 원인
#
# 아이스크림 판매량도 햇볕 화상도 기온에 달려 있고, 기온이 주어지면 둘은 독립입니다. 왼쪽은 모든 날을 합친 표로, 둘이 함께 늘어나고 공분산이 양수입니다.
# 가운데와 오른쪽은 선선한 날과 더운 날만 따로 본 표로, 각각 두 분포의 곱일 뿐이며 공분산이 0입니다. 조건을 걸었더니 의존 관계가 사라졌습니다.

# %% tags=["explore"]
if ready(independent, cond_independent, moments):
    import matplotlib.pyplot as plt

    levels = torch.arange(6, dtype=torch.float64)

    def around(centre):
        weight = torch.exp(-((levels - centre) ** 2) / 1.6)
        return weight / weight.sum()

    P_temperature = torch.tensor([0.55, 0.45], dtype=torch.float64)
    cool = around(1.0)[:, None] * around(0.8)[None, :]
    hot = around(4.0)[:, None] * around(3.6)[None, :]
    P = torch.stack([cool, hot], dim=2) * P_temperature
    tables = [("all days", P.sum(dim=2)), ("cool days only", cool), ("hot days only", hot)]
    figure, axes = plt.subplots(1, 3, figsize=(13.5, 4.5), constrained_layout=True)
    for ax, (title, table) in zip(axes, tables):
        mean, variance, covariance = moments(table, levels, levels)
        image = ax.imshow(table.numpy(), origin="lower", cmap="magma_r", vmin=0, vmax=0.2)
        ax.set(
            title=f"{title}: independent? {independent(table)}",
            xlabel=f"sunburns (covariance {round(covariance.item(), 2) + 0.0:.2f})",
            ylabel=f"ice cream: mean {mean:.2f}, variance {variance:.2f}",
        )
    figure.colorbar(image, ax=axes, shrink=0.8, label="probability")
    print("independent given the temperature?", cond_independent(P, 1e-6))
    plt.show()

# %% [markdown] lang="en" task="logpdf"
# ## 7. Three distributions, in logarithms (12 points)
#
# *Bernoulli* for yes or no, the *Gaussian* for what is the sum of many small things, the *exponential* for waiting times. Learning maximises the
# probability of the data, a product of very many factors; in logarithms it is a sum that neither overflows nor underflows. Write the logarithms
# directly: the logarithm of a density that has already become 0 is lost.

# %% [markdown] lang="ko" task="logpdf"
# ## 7. 로그로 쓰는 세 가지 분포 (12점)
#
# 예/아니요에는 *베르누이* 분포, 작은 것이 많이 더해진 값에는 *가우시안* 분포, 기다리는 시간에는 *지수* 분포를 씁니다. 학습은 데이터의 확률, 곧 아주
# 많은 인수의 곱을 최대로 하는 일인데, 로그를 쓰면 넘치지도 사라지지도 않는 합이 됩니다. 로그를 곧바로 계산하세요. 이미 0이 되어 버린 밀도에
# 로그를 취하면 되돌릴 수 없습니다.


# %% task="logpdf"
def logpdf(dist, x, **theta):
    """
    [en]
    Natural logarithm of the probability (Bernoulli) or density, elementwise: the shape and dtype of x.

    x: float tensor of any shape, also 0-d or empty. dist and its parameters theta, Python floats:
    "bernoulli":   p, 0 <= p <= 1. P(x = 1) = p; x holds 0. and 1. only.
    "gaussian":    mu, sigma > 0, the mean and the STANDARD DEVIATION.
    "exponential": lam > 0, the rate: density lam e^(-lam x) for x >= 0, and 0 for x < 0.

    What has probability or density 0 gives -inf, never NaN: p = 1 with x = 0, p = 0 with x = 1, a negative waiting time. (And p = 1 with
    x = 1 gives 0.) Far out in the tails, at densities below 1e-308, the result is still exact.
    Forbidden: torch.distributions, scipy.
    [ko]
    확률(베르누이) 또는 확률 밀도의 자연로그를 원소별로 구합니다. 결과의 모양과 dtype은 x와 같습니다.

    x: 임의의 모양의 실수 텐서(0차원이거나 비어 있을 수도 있습니다). dist와 그 파라미터 theta(파이썬 float)는 다음과 같습니다.
    "bernoulli":   p, 0 <= p <= 1. P(x = 1) = p이고 x의 원소는 0.이나 1.뿐입니다.
    "gaussian":    mu, sigma > 0. 평균과 '표준편차'입니다.
    "exponential": lam > 0, 비율(rate). 밀도는 x >= 0에서 lam e^(-lam x), x < 0에서 0입니다.

    확률이나 밀도가 0이면 NaN이 아니라 -inf입니다. p = 1인데 x = 0일 때, p = 0인데 x = 1일 때, 기다린 시간이 음수일 때가 그렇습니다.
    (p = 1이고 x = 1이면 0입니다.) 밀도가 1e-308보다 작은 먼 꼬리에서도 정확해야 합니다.
    사용 금지: torch.distributions, scipy.
    [/]
    """
    ### BEGIN SOLUTION
    if dist == "bernoulli":
        p = torch.as_tensor(theta["p"], dtype=x.dtype, device=x.device)
        return torch.where(x == 1, p.log(), (1 - p).log())
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * ((x - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    lam = theta["lam"]
    return torch.where(x >= 0, math.log(lam) - lam * x, -torch.inf)
    ### END SOLUTION


# %% [markdown] lang="en" task="logpdf" hint=1
# Take the logarithm of each formula on paper: products become sums, $e$ disappears. For Bernoulli *choose* between two logarithms;
# multiplying by $x$ and $1-x$ makes $0\cdot(-\infty)$.

# %% [markdown] lang="ko" task="logpdf" hint=1
# 공식마다 종이 위에서 먼저 로그를 취해 보세요. 곱은 합이 되고 $e$는 사라집니다. 베르누이에서는 두 로그 중 하나를 *고르세요*. $x$와 $1-x$를
# 곱하면 $0\cdot(-\infty)$가 생깁니다.

# %% [markdown] lang="en" task="logpdf" hint=2
# $\log p$ or $\log(1-p)$; $\;-\frac12\big(\frac{x-\mu}{\sigma}\big)^2-\log\sigma-\frac12\log2\pi$; $\;\log\lambda-\lambda x$ for $x\ge0$

# %% [markdown] lang="ko" task="logpdf" hint=2
# $\log p$ 또는 $\log(1-p)$; $\;-\frac12\big(\frac{x-\mu}{\sigma}\big)^2-\log\sigma-\frac12\log2\pi$; $\;x\ge0$에서 $\log\lambda-\lambda x$

# %% [markdown] lang="en" task="posterior"
# ## 8. Bayes' rule (14 points)
#
# Several hypotheses, a belief in each before any data (the prior), and for each the probability of every possible observation (the likelihood).
# After some observations, independent given the hypothesis, what should you believe? Multiply the prior by the likelihood of each observation, and
# normalise at the end. A thousand factors below 1 underflow to 0 for every hypothesis, and 0/0 is no belief: add logarithms instead.

# %% [markdown] lang="ko" task="posterior"
# ## 8. 베이즈 정리 (14점)
#
# 가설이 여럿 있고, 데이터를 보기 전의 믿음(사전 확률)이 있으며, 가설마다 어떤 관측이 얼마나 나올 법한지(가능도)를 압니다. 가설이 주어지면 서로
# 독립인 관측을 여러 개 보고 난 뒤에는 무엇을 믿어야 할까요? 사전 확률에 관측마다 가능도를 곱하고 마지막에 정규화합니다. 그런데 1보다 작은 수를 천 번
# 곱하면 모든 가설이 0이 되고, 0/0으로는 아무것도 믿을 수 없습니다. 로그를 더하세요.


# %% task="posterior"
def posterior(prior, lik, obs):
    """
    [en]
    P(hypothesis | observations) for K hypotheses, after T observations that are independent given the hypothesis: (K,).

    prior: (K,) float, sum 1, may hold zeros. lik: (K, V) float, lik[k, v] = P(observation v | hypothesis k), may hold zeros.
    obs: (T,) int64, values 0 ... V-1. T = 0 returns the prior. At least one hypothesis can explain all observations.

    Must work for T = 1000: compute with logarithms. A hypothesis that is ruled out has the posterior 0, not NaN. The result sums to 1.
    [ko]
    가설이 주어지면 서로 독립인 관측 T개를 본 뒤, 가설 K개의 확률 P(가설 | 관측): (K,).

    prior: (K,) 실수, 합은 1, 0이 있을 수 있습니다. lik: (K, V) 실수, lik[k, v] = P(관측 v | 가설 k), 0이 있을 수 있습니다.
    obs: (T,) int64, 값은 0 ... V-1. T = 0이면 prior를 돌려줍니다. 적어도 한 가설은 모든 관측을 설명할 수 있습니다.

    T = 1000에서도 되어야 하므로 로그로 계산하세요. 배제된 가설의 확률은 NaN이 아니라 0이고, 결과의 합은 1입니다.
    [/]
    """
    ### BEGIN SOLUTION
    log_joint = prior.log() + lik.log()[:, obs].sum(dim=1)
    return torch.exp(log_joint - torch.logsumexp(log_joint, dim=0))
    ### END SOLUTION


# %% [markdown] lang="en" task="posterior" hint=1
# For each hypothesis pick the column of every observation and add the logarithms; the logarithm of the prior joins once. Before you
# leave the logarithms, subtract something that all hypotheses share. `torch.logsumexp` does not mind $-\infty$.

# %% [markdown] lang="ko" task="posterior" hint=1
# 가설마다 관측에 해당하는 열을 골라 로그를 더하고, 사전 확률의 로그는 한 번만 더합니다. 로그에서 벗어나기 전에 모든 가설에 공통인 값을 빼세요.
# `torch.logsumexp`에는 $-\infty$가 있어도 괜찮습니다.

# %% [markdown] lang="en" task="posterior" hint=2
# $\ell_k=\log\pi_k+\sum_t\log L_{k,o_t},\qquad P(k\mid o)=e^{\ell_k}\big/\sum_je^{\ell_j}=\exp\big(\ell_k-\operatorname{logsumexp}_j\ell_j\big)$

# %% [markdown] lang="ko" task="posterior" hint=2
# $\ell_k=\log\pi_k+\sum_t\log L_{k,o_t},\qquad P(k\mid o)=e^{\ell_k}\big/\sum_je^{\ell_j}=\exp\big(\ell_k-\operatorname{logsumexp}_j\ell_j\big)$

# %% [markdown] lang="en"
# ### See it: densities above 1, and a mind being made up
#
# Left: your `logpdf`, turned back into densities. The narrow Gaussian is higher than 1, which is no mistake, for its area is 1. Right: somebody
# rolls one of four dice again and again, and your `posterior` follows. The prior favours the fair die; after about a hundred rolls the
# evidence has overruled it.

# %% [markdown] lang="ko"
# ### 직접 보기: 1보다 큰 밀도, 그리고 바뀌는 믿음
#
# 왼쪽은 `logpdf`를 다시 밀도로 되돌린 그림입니다. 좁은 가우시안은 1보다 높지만, 넓이가 1이므로 틀린 것이 아닙니다. 오른쪽에서는 누군가 주사위 네 개
# 가운데 하나를 계속 굴리고, `posterior`가 그 뒤를 쫓습니다. 처음에는 공정한 주사위라고 믿지만, 백 번쯤 굴리고 나면 증거가 그 믿음을
# 뒤집습니다.

# %% tags=["explore"]
if ready(logpdf, posterior):
    import matplotlib.pyplot as plt

    x = torch.linspace(-2, 4, 601, dtype=torch.float64)
    figure, axes = plt.subplots(1, 2, figsize=(13, 4.4), constrained_layout=True)
    curves = [
        ("Gaussian, sigma 1", logpdf("gaussian", x, mu=0.0, sigma=1.0), "#0072B2"),
        ("Gaussian, sigma 0.25", logpdf("gaussian", x, mu=1.0, sigma=0.25), "#56B4E9"),
        ("exponential, rate 1", logpdf("exponential", x, lam=1.0), "#D55E00"),
        ("exponential, rate 0.4", logpdf("exponential", x, lam=0.4), "#E69F00"),
    ]
    for name, log_density, color in curves:
        density = log_density.exp()
        axes[0].plot(x, density, color=color, lw=2, label=f"{name}: area in view {torch.trapezoid(density, x):.2f}")
    axes[0].axhline(1, color="0.6", lw=0.8, ls="--")
    axes[0].set(title="densities", xlabel="x", ylim=(0, 2.2))
    axes[0].legend(frameon=False, fontsize=8, loc="upper left")

    names = ["fair", "loves 6", "loves 1", "never 1"]
    dice = torch.tensor(
        [[1, 1, 1, 1, 1, 1], [3, 3, 3, 3, 3, 6], [6, 3, 3, 3, 3, 3], [0, 1, 1, 1, 1, 1]], dtype=torch.float64
    )
    dice = dice / dice.sum(dim=1, keepdim=True)
    prior = torch.tensor([0.85, 0.05, 0.05, 0.05], dtype=torch.float64)
    rolls = torch.multinomial(dice[1], 300, replacement=True, generator=torch.Generator().manual_seed(4))
    beliefs = torch.stack([posterior(prior, dice, rolls[:t]) for t in range(301)])
    for k, color in enumerate(["#0072B2", "#D55E00", "#009E73", "#CC79A7"]):
        axes[1].plot(beliefs[:, k], color=color, lw=2, label=names[k])
    first_one = int((rolls == 0).nonzero()[0])
    axes[1].annotate(
        'the first 1 rules out "never 1"',
        (first_one + 1, 0.0),
        (140, 0.42),
        arrowprops={"arrowstyle": "->", "color": "0.4"},
        fontsize=9,
    )
    axes[1].set(title='which die is it? (it was "loves 6")', xlabel="rolls", ylabel="posterior", ylim=(-0.03, 1.03))
    axes[1].grid(alpha=0.3)
    axes[1].legend(frameon=False, loc="center right")
    plt.show()

# %% [markdown] lang="en" task="entropy_ce_kl"
# ## 9. Entropy, cross-entropy, KL divergence (14 points)
#
# How surprised are you on average by what $P$ sends, if you know $P$ (the entropy)? If you believe in $Q$ instead (the cross-entropy)? The
# difference is the price of the wrong belief, $D_{KL}(P\Vert Q)\ge0$. What never happens costs nothing, whatever $Q$ thinks of it. What $Q$ holds
# for impossible and happens all the same costs infinitely much, and no small number may be added to hide that.

# %% [markdown] lang="ko" task="entropy_ce_kl"
# ## 9. 엔트로피, 교차 엔트로피, KL 발산 (14점)
#
# $P$가 보내는 신호에 평균적으로 얼마나 놀랄까요? $P$를 알고 있으면 엔트로피만큼, $Q$라고 믿고 있으면 교차 엔트로피만큼 놀랍니다. 그 차이가 잘못된
# 믿음의 대가, $D_{KL}(P\Vert Q)\ge0$입니다. 절대 일어나지 않는 일은 $Q$가 어떻게 생각하든 비용이 0입니다. $Q$가 불가능하다고 믿었는데 일어난 일의 비용은
# 무한대이며, 작은 수를 더해 이를 감춰서는 안 됩니다.


# %% task="entropy_ce_kl"
def entropy_ce_kl(P, Q):
    """
    [en]
    (H, CE, KL): entropy H(P), cross-entropy H(P, Q) and KL divergence D(P || Q), in nats. 0-d tensors.

    P, Q: (K,) float, entries >= 0 with sum 1, K >= 1. H = -sum P log P, CE = -sum P log Q, KL = sum P log(P / Q).

    Where P = 0 the term is 0 in all three, even if Q = 0. Where P > 0 and Q = 0, CE and KL are +inf. Never NaN.
    No small number is added inside the logarithm: entries such as Q = 1e-12 count as they are.
    Forbidden: torch.distributions, kl_div, KLDivLoss, cross_entropy, CrossEntropyLoss of torch.nn, scipy.
    [ko]
    (H, CE, KL): 엔트로피 H(P), 교차 엔트로피 H(P, Q), KL 발산 D(P || Q). 자연로그를 쓰며 모두 0차원 텐서입니다.

    P, Q: (K,) 실수, 원소는 0 이상이고 합은 1, K >= 1. H = -sum P log P, CE = -sum P log Q, KL = sum P log(P / Q).

    P = 0인 항은 셋 모두에서, Q = 0이더라도 0입니다. P > 0인데 Q = 0이면 CE와 KL은 +inf입니다. NaN은 나오면 안 됩니다.
    로그 안에 작은 수를 더하지 않습니다. Q = 1e-12 같은 값도 그대로 계산합니다.
    사용 금지: torch.distributions, torch.nn의 kl_div, KLDivLoss, cross_entropy, CrossEntropyLoss, scipy.
    [/]
    """
    ### BEGIN SOLUTION
    H, CE = -torch.xlogy(P, P).sum(), -torch.xlogy(P, Q).sum()
    return H, CE, CE - H
    ### END SOLUTION


# %% [markdown] lang="en" task="entropy_ce_kl" hint=1
# Leave the terms with $P=0$ out before you take a logarithm (keep only the entries with $P>0$, or use `torch.xlogy`). Then $\log 0=-\infty$ is
# just what you want where $Q=0$. Two of the three results give the third.

# %% [markdown] lang="ko" task="entropy_ce_kl" hint=1
# 로그를 취하기 전에 $P=0$인 항을 빼세요($P>0$인 원소만 남기거나 `torch.xlogy`를 쓰세요). 그러면 $Q=0$인 곳의 $\log 0=-\infty$는 바로
# 원하던 값입니다. 셋 중 둘을 알면 나머지 하나가 나옵니다.

# %% [markdown] lang="en" task="entropy_ce_kl" hint=2
# $H=-\!\!\sum_{i:P_i>0}\!P_i\log P_i,\quad CE=-\!\!\sum_{i:P_i>0}\!P_i\log Q_i,\quad KL=\!\!\sum_{i:P_i>0}\!P_i\,(\log P_i-\log Q_i)=CE-H$

# %% [markdown] lang="ko" task="entropy_ce_kl" hint=2
# $H=-\!\!\sum_{i:P_i>0}\!P_i\log P_i,\quad CE=-\!\!\sum_{i:P_i>0}\!P_i\log Q_i,\quad KL=\!\!\sum_{i:P_i>0}\!P_i\,(\log P_i-\log Q_i)=CE-H$

# %% [markdown] lang="en"
# ### See it: KL looks in one direction
#
# Left: the entropy of a coin is largest when it is fair, and the cross-entropy with a belief of 0.3 touches that curve in just one point, where the
# belief is right. Middle and right: the same two-humped $P$ (grey), and the Gaussian $Q$ that is best in each direction. $D_{KL}(P\Vert Q)$ punishes
# $Q\approx0$ where $P>0$ and so covers both humps; $D_{KL}(Q\Vert P)$ punishes the opposite and settles on one. You will meet the second
# one again in variational autoencoders.

# %% [markdown] lang="ko"
# ### 직접 보기: KL에는 방향이 있다
#
# 왼쪽: 동전의 엔트로피는 공정할 때 가장 크고, 0.3이라는 믿음과의 교차 엔트로피는 믿음이 맞는 단 한 점에서만 그 곡선에 닿습니다. 가운데와 오른쪽: 봉우리가
# 둘인 똑같은 $P$(회색)와, 각 방향에서 가장 좋은 가우시안 $Q$입니다. $D_{KL}(P\Vert Q)$는 $P>0$인데 $Q\approx0$인 것을 벌하므로 두 봉우리를 모두 덮고,
# $D_{KL}(Q\Vert P)$는 그 반대를 벌하므로 봉우리 하나에 자리 잡습니다. 두 번째 것은 변분 오토인코더에서 다시 만나게 됩니다.

# %% tags=["explore"]
if ready(entropy_ce_kl):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(14.5, 4.2), constrained_layout=True)
    p = torch.linspace(0, 1, 101, dtype=torch.float64)
    coins = torch.stack([p, 1 - p], dim=1)
    belief = torch.tensor([0.3, 0.7], dtype=torch.float64)
    H, CE, _ = torch.tensor([[value.item() for value in entropy_ce_kl(coin, belief)] for coin in coins]).T
    axes[0].plot(p, CE, color="#D55E00", lw=2, label="cross-entropy, belief 0.3")
    axes[0].plot(p, H, color="#0072B2", lw=2, label="entropy")
    axes[0].fill_between(p, H, CE, color="#D55E00", alpha=0.15, label="KL divergence")
    axes[0].set(title="a coin", xlabel="probability of heads", ylabel="nats", ylim=(0, 1.35))
    axes[0].legend(frameon=False, loc="upper left")

    grid = torch.linspace(-6, 6, 121, dtype=torch.float64)

    def bell(mu, sigma):
        weight = torch.exp(-0.5 * ((grid - mu) / sigma) ** 2)
        return weight / weight.sum()

    humps = 0.6 * bell(-2.0, 0.7) + 0.4 * bell(2.2, 0.8)
    candidates = [(mu / 10, sigma / 10) for mu in range(-30, 31, 2) for sigma in range(4, 33, 2)]
    forward = min(candidates, key=lambda c: entropy_ce_kl(humps, bell(*c))[2].item())
    reverse = min(candidates, key=lambda c: entropy_ce_kl(bell(*c), humps)[2].item())
    for ax, best, title, color in [
        (axes[1], forward, "smallest KL(P || Q)", "#009E73"),
        (axes[2], reverse, "smallest KL(Q || P)", "#CC79A7"),
    ]:
        Q = bell(*best)
        ax.fill_between(grid, humps, color="0.8", label="P")
        ax.plot(grid, Q, color=color, lw=2.2, label=f"Q: mean {best[0]:.1f}, sigma {best[1]:.1f}")
        there, back = entropy_ce_kl(humps, Q)[2], entropy_ce_kl(Q, humps)[2]
        ax.set(title=title, xlabel=f"KL(P || Q) = {there:.2f},  KL(Q || P) = {back:.2f}", yticks=[], ylim=(0, 0.085))
        ax.legend(frameon=False, loc="upper right")
    plt.show()
