# %% [markdown] lang="en"
# # Supervised learning
#
# Lecture 3. You build the whole of supervised learning with small tools: a linear decision and its errors, the distance to a
# boundary, a line through used cars, three ways to measure an error, polynomials that learn too little and too much, a razor
# that chooses between them, one-vs-rest for three fruits, and, for contrast, one step of clustering without any labels.

# %% [markdown] lang="ko"
# # 지도 학습
#
# 3강 과제입니다. 지도 학습의 전 과정을 작은 도구로 하나씩 만들어 봅니다. 선형 결정 함수와 오분류 개수, 결정 경계까지의 거리, 중고차
# 가격을 예측하는 직선, 오차를 재는 세 가지 방법, 너무 적게 또는 너무 많이 배우는 다항식, 그중에서 하나를 고르는 면도날, 과일
# 세 가지를 나누는 일대나머지(one-vs-rest) 분류를 구현하고, 마지막으로 레이블 없이 하는 군집화 한 단계와 비교합니다.

# %% [markdown] lang="en"
# ## Recap
#
# Machine learning comes in three kinds. **Supervised** learning is given pairs $(x_i,y_i)$ and looks for a function that maps new
# inputs to outputs; **unsupervised** learning is given the $x_i$ only and looks for structure (clusters, few dimensions);
# **reinforcement** learning acts in an environment and learns from rewards. Supervised learning is *classification* when $y$ is
# a class, and *regression* when $y$ is a number.
#
# A sample is a row of features $x=[f_1,\dots,f_d]$. The linear model of both kinds is the same sum,
#
# $$g(x)=w_1f_1+\dots+w_df_d+b.$$
#
# In regression $g(x)$ is the prediction $\hat y$ itself. In classification its sign decides, $\hat y=[\,g(x)\ge 0\,]$, and the set
# $g(x)=0$ is the decision boundary: a point for one feature, a line for two, a plane for three, a *hyperplane* beyond.
#
# What is good is decided on data that the model has not seen. A model that is too simple has a large error everywhere
# (underfitting); one that is too flexible also learns the noise and has a small error on its own data only (overfitting).
#
# ### Usual slips
#
# - The number of misclassifications compares *classes*, $\sum_i[\hat y_i\ne y_i]$. Comparing the real number $g(x_i)$ with the
#   label counts nearly everything as wrong, even for a perfect classifier. And a count is not yet a rate: divide by $N$.
# - $y$ is what was observed, $\hat y$ what the model says; keep the hat.
# - $\frac1N\sum(\hat y-y)^2$ is the MSE. $\frac12\sum(\hat y-y)^2$, which is popular because its gradient is $\hat y-y$, is half the
#   *sum* of squared errors: another number, with another scale.
# - A useless feature makes a model more complex than it needs to be. The *curse of dimensionality* is more than that: with every
#   dimension the same number of samples fills space more thinly, and distances become alike.
#
# ### Conventions
#
# - `X` is (N, d), one sample per row; class labels are int64 and start at 0. In two-class tasks 0 is a banana and 1 an apple.
# - $g=0$ counts as class 1, and wherever there is a tie, the **lowest index** wins.
# - Results have the dtype and device of the inputs. No function changes its inputs.

# %% [markdown] lang="ko"
# ## 복습
#
# 머신러닝은 크게 세 가지로 나뉩니다. **지도 학습**은 입력과 정답의 쌍 $(x_i,y_i)$를 받아, 새로운 입력을 출력으로 바꾸는 함수를 찾습니다.
# **비지도 학습**은 $x_i$만 받아 구조(군집, 낮은 차원)를 찾고, **강화 학습**은 환경 속에서 행동하며 보상으로 배웁니다. 지도 학습은
# $y$가 클래스이면 *분류*, 수이면 *회귀*라고 부릅니다.
#
# 샘플 하나는 특징을 나열한 행 $x=[f_1,\dots,f_d]$입니다. 분류에서도 회귀에서도 선형 모델은 같은 합으로 씁니다.
#
# $$g(x)=w_1f_1+\dots+w_df_d+b$$
#
# 회귀에서는 $g(x)$가 곧 예측값 $\hat y$입니다. 분류에서는 부호로 클래스를 정합니다($\hat y=[\,g(x)\ge 0\,]$). $g(x)=0$인 점들이 결정
# 경계이며, 특징이 하나면 점, 둘이면 직선, 셋이면 평면, 그보다 많으면 *초평면*(hyperplane)입니다.
#
# 모델이 좋은지는 모델이 보지 못한 데이터에서 판가름 납니다. 너무 단순한 모델은 어디에서나 오차가 크고(과소적합), 너무 유연한 모델은 노이즈까지
# 외워서 자기가 배운 데이터에서만 오차가 작습니다(과적합).
#
# ### 헷갈리기 쉬운 것
#
# - 오분류 개수는 *클래스*끼리 비교해서 셉니다($\sum_i[\hat y_i\ne y_i]$). 실수인 $g(x_i)$를 레이블과 곧바로 비교하면 완벽한 분류기라도
#   거의 모두 틀린 것으로 세어집니다. 또 개수와 비율은 다릅니다. 비율은 개수를 $N$으로 나눈 값입니다.
# - $y$는 실제로 관측한 값, $\hat y$은 모델의 예측값입니다. 모자(hat)를 빠뜨리지 마세요.
# - $\frac1N\sum(\hat y-y)^2$이 MSE입니다. 기울기가 $\hat y-y$로 깔끔해서 자주 쓰는 $\frac12\sum(\hat y-y)^2$은 제곱 오차의 *합*의 절반이며,
#   값도 규모도 MSE와 다릅니다.
# - 쓸모없는 특징은 모델을 필요 이상으로 복잡하게 만듭니다. 하지만 *차원의 저주*는 그 이상을 뜻합니다. 차원이 하나 늘 때마다 같은 수의 샘플이
#   공간을 점점 더 듬성듬성 채우고, 점 사이의 거리도 서로 비슷해집니다.
#
# ### 이 노트북의 약속
#
# - `X`는 (N, d)이며 한 행이 샘플 하나입니다. 클래스 레이블은 0부터 시작하는 int64입니다. 클래스가 둘이면 0은 바나나, 1은 사과입니다.
# - $g=0$이면 클래스 1로 봅니다. 값이 같아 비길 때는 언제나 **가장 작은 인덱스**를 고릅니다.
# - 결과의 dtype과 device는 입력과 같습니다. 어떤 함수도 입력을 바꾸지 않습니다.

# %%
import torch
import torch.nn.functional as F

# %% [markdown] lang="en"
# ### Given code
#
# Data to learn from, and three helpers for grading. Their names (`fruit_basket`, `used_car_lot`, `noisy_wave`,
# `margin_or_error_name`, `losses_or_error_name`, `choice_with_failed_runs`) are taken: give your own helpers other names.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 학습에 쓸 데이터와 채점용 도우미 함수 세 개입니다. 이름(`fruit_basket`, `used_car_lot`, `noisy_wave`, `margin_or_error_name`,
# `losses_or_error_name`, `choice_with_failed_runs`)은 이미 쓰이고 있으니 여러분의 도우미 함수에는 다른 이름을 붙이세요.


# %% tags=["provided"]
def fruit_basket(centres, spreads, n, seed):
    """
    [en]
    n fruits of each kind around its centre: (X (K*n, d) float64, y (K*n,) int64).
    [ko]
    종류마다 과일 n개를 그 중심 둘레에 흩뿌립니다. (X (K*n, d) float64, y (K*n,) int64)를 돌려줍니다.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    centres = torch.tensor(centres, dtype=torch.float64)
    y = torch.arange(len(centres)).repeat_interleave(n)
    noise = torch.randn(len(y), centres.shape[1], generator=generator, dtype=torch.float64)
    return centres[y] + noise * torch.tensor(spreads, dtype=torch.float64)[y][:, None], y


def used_car_lot(n, seed):
    """
    [en]
    n used cars: (mileage in 10,000 km (n,), price in million won (n,)), float64.
    [ko]
    중고차 n대의 (주행 거리 (n,) [만 km], 가격 (n,) [백만 원]), float64.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    mileage = 1 + 14 * torch.rand(n, generator=generator, dtype=torch.float64)
    noise = torch.randn(n, generator=generator, dtype=torch.float64)
    return mileage, 24 - 1.25 * mileage + 1.6 * noise


def noisy_wave(n, seed):
    """
    [en]
    n noisy points of a smooth curve: (x (n,) in [-1, 1], ascending, y (n,)), float64.
    [ko]
    매끄러운 곡선 위의 점 n개에 노이즈를 더합니다. (오름차순 x (n,), [-1, 1] 안, y (n,)), float64.
    [/]
    """
    generator = torch.Generator().manual_seed(seed)
    x = 2 * (torch.arange(n) + torch.rand(n, generator=generator, dtype=torch.float64)) / n - 1
    return x, torch.sin(3.5 * x) - 0.5 * x + 0.3 * torch.randn(n, generator=generator, dtype=torch.float64)


def margin_or_error_name(X, w, b):
    """
    [en]
    For grading: margin(X, w, b), or the word "ValueError" where it raises one.
    [ko]
    채점용: margin(X, w, b)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return margin(X, w, b)
    except ValueError:
        return "ValueError"


def losses_or_error_name(y, yhat):
    """
    [en]
    For grading: mse_mae_halfsse(y, yhat), or the word "ValueError" where it raises one.
    [ko]
    채점용: mse_mae_halfsse(y, yhat)의 결과를, ValueError가 나면 문자열 "ValueError"를 돌려줍니다.
    [/]
    """
    try:
        return mse_mae_halfsse(y, yhat)
    except ValueError:
        return "ValueError"


def choice_with_failed_runs(va_err, failed, complexity, tol):
    """
    [en]
    For grading: occam_choice where the runs numbered in the list `failed` have NaN as their error.
    [ko]
    채점용: 리스트 `failed`에 적힌 번호의 오차를 NaN으로 바꾼 뒤 occam_choice를 부릅니다.
    [/]
    """
    va_err = va_err.clone()
    va_err[failed] = torch.nan
    return occam_choice(va_err, complexity, tol)


# %% [markdown] lang="en" task="decide"
# ## 1. A linear decision (8 points)
#
# Apple or banana? Weigh the features, add a bias, and look at the sign. $g(x)$ says more than the class: far from 0 the model is
# sure, near 0 it is not. The weights are shared by all samples, and so is the one bias.

# %% [markdown] lang="ko" task="decide"
# ## 1. 선형 결정 함수 (8점)
#
# 사과일까요, 바나나일까요? 특징에 가중치를 곱해 더하고, 편향을 더한 다음, 부호를 봅니다. $g(x)$는 클래스보다 많은 것을 알려 줍니다. 0에서
# 멀수록 확실하고, 가까울수록 애매합니다. 가중치도 하나뿐인 편향도 모든 샘플이 함께 씁니다.


# %% task="decide"
def decide(X, w, b):
    """
    [en]
    Linear decision: g = X w + b, and class 1 (apple) where g >= 0, class 0 (banana) where g < 0.

    X: (N, d), w: (d,), b: 0-d tensor, all of one float dtype. d >= 1, N may be 0.
    Returns (g, yhat): g (N,) float, yhat (N,) int64.

    g = 0 counts as class 1. g must be differentiable with respect to X, w and b.
    [ko]
    선형 결정: g = X w + b이고, g >= 0이면 클래스 1(사과), g < 0이면 클래스 0(바나나)입니다.

    X: (N, d), w: (d,), b: 0차원 텐서, 모두 같은 실수 dtype. d >= 1이고 N은 0일 수 있습니다.
    결과: (g, yhat), g (N,)는 실수, yhat (N,)는 int64.

    g = 0이면 클래스 1입니다. g는 X, w, b에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    g = X @ w + b
    return g, (g >= 0).long()
    ### END SOLUTION


# %% [markdown] lang="en" task="decide" hint=1
# One product of a matrix and a vector weighs all samples at once. A comparison gives booleans; turn them into the dtype that
# labels have.

# %% [markdown] lang="ko" task="decide" hint=1
# 행렬과 벡터의 곱 한 번이면 모든 샘플을 한꺼번에 계산할 수 있습니다. 비교 연산의 결과는 bool이므로 레이블의 dtype으로 바꾸세요.

# %% [markdown] lang="en" task="decide" hint=2
# $g_i=\sum_j X_{ij}w_j+b,\qquad\hat y_i=1$ if $g_i\ge 0$, else $0$

# %% [markdown] lang="ko" task="decide" hint=2
# $g_i=\sum_j X_{ij}w_j+b,\qquad g_i\ge 0$이면 $\hat y_i=1$, 아니면 $0$

# %% [markdown] lang="en" task="errors"
# ## 2. Counting errors (8 points)
#
# How good is a classifier? Count the samples that it puts into the wrong class, and divide by their number. Two steps are easily
# forgotten: $g$ has to become a class before it is compared, and an empty test set has no errors.

# %% [markdown] lang="ko" task="errors"
# ## 2. 오분류 세기 (8점)
#
# 분류기는 얼마나 좋을까요? 클래스를 잘못 고른 샘플을 세고, 전체 샘플 수로 나눕니다. 두 가지를 잊기 쉽습니다. 비교하기 전에 $g$를 클래스로
# 바꿔야 하고, 샘플이 하나도 없으면 오류도 없습니다.


# %% task="errors"
def errors(g, y):
    """
    [en]
    Number and rate of misclassified samples.

    g: (N,) float, the values of `decide`. y: (N,) int64, the true classes 0 or 1. N may be 0.
    Returns (count, rate): count is a Python int, rate = count / N a Python float.

    The predicted class is 1 where g >= 0, else 0. N = 0: (0, 0.0).
    [ko]
    잘못 분류한 샘플의 수와 비율을 구합니다.

    g: (N,) 실수, `decide`가 구한 값. y: (N,) int64, 실제 클래스 0 또는 1. N은 0일 수 있습니다.
    결과: (count, rate), count는 파이썬 int, rate = count / N은 파이썬 float.

    예측 클래스는 g >= 0이면 1, 아니면 0입니다. N = 0이면 (0, 0.0)입니다.
    [/]
    """
    ### BEGIN SOLUTION
    count = int(((g >= 0).long() != y).sum())
    return count, count / max(len(y), 1)
    ### END SOLUTION


# %% [markdown] lang="en" task="errors" hint=1
# First turn $g$ into classes, then compare class with class. Both kinds of error count: bananas called apples and apples called
# bananas.

# %% [markdown] lang="ko" task="errors" hint=1
# 먼저 $g$를 클래스로 바꾼 다음 클래스끼리 비교하세요. 바나나를 사과라고 한 것도, 사과를 바나나라고 한 것도 모두 오류입니다.

# %% [markdown] lang="en" task="errors" hint=2
# $\mathrm{count}=\sum_i\big[\,[g_i\ge0]\ne y_i\,\big],\qquad\mathrm{rate}=\mathrm{count}/N$ (and 0 for $N=0$)

# %% [markdown] lang="ko" task="errors" hint=2
# $\mathrm{count}=\sum_i\big[\,[g_i\ge0]\ne y_i\,\big],\qquad\mathrm{rate}=\mathrm{count}/N$ ($N=0$이면 0)

# %% [markdown] lang="en" task="margin"
# ## 3. Distance to the boundary (8 points)
#
# Multiply $w$ and $b$ by ten: every $g(x)$ is ten times as large, and not a single decision has changed. What stays is geometry: the
# distance of a sample from the hyperplane $g(x)=0$, with a sign that tells the side. It is measured in the units of the features
# and is the same however the weights are scaled. Without weights there is no hyperplane, and so no distance.

# %% [markdown] lang="ko" task="margin"
# ## 3. 결정 경계까지의 거리 (8점)
#
# $w$와 $b$에 10을 곱하면 모든 $g(x)$가 10배가 되지만, 결정은 하나도 바뀌지 않습니다. 그대로 남는 것은 기하입니다. 샘플에서 초평면
# $g(x)=0$까지의 거리에 어느 쪽인지를 나타내는 부호를 붙인 값은 특징과 같은 단위로 재며, 가중치의 크기를 어떻게 바꾸어도 변하지 않습니다.
# 가중치가 모두 0이면 초평면이 없으므로 거리도 없습니다.


# %% task="margin"
def margin(X, w, b):
    """
    [en]
    Signed distance of each sample from the hyperplane w·x + b = 0, positive where w·x + b > 0.

    X: (N, d), w: (d,), b: 0-d tensor, all of one float dtype. d >= 1, N may be 0. Returns (N,).

    If all of w is exactly 0, raise ValueError (only then: w may be as short as 1e-6, and its distances are still exact).
    Must be differentiable with respect to X, w and b.
    [ko]
    각 샘플에서 초평면 w·x + b = 0까지의 부호 있는 거리. w·x + b > 0인 쪽이 양수입니다.

    X: (N, d), w: (d,), b: 0차원 텐서, 모두 같은 실수 dtype. d >= 1이고 N은 0일 수 있습니다. 결과: (N,).

    w의 원소가 모두 정확히 0이면 ValueError를 발생시킵니다(그때만입니다. w의 길이가 1e-6이어도 거리는 정확해야 합니다).
    X, w, b에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    if not w.any():
        raise ValueError("w = 0 has no hyperplane")
    return (X @ w + b) / w.norm()
    ### END SOLUTION


# %% [markdown] lang="en" task="margin" hint=1
# Go from the sample straight towards the hyperplane, along the unit vector $w/\lVert w\rVert$. How far until $g$ is 0? The bias is
# part of $g$.

# %% [markdown] lang="ko" task="margin" hint=1
# 샘플에서 단위벡터 $w/\lVert w\rVert$ 방향으로 초평면을 향해 곧장 가 보세요. $g$가 0이 될 때까지 얼마나 가야 할까요? 편향도 $g$의
# 일부입니다.

# %% [markdown] lang="en" task="margin" hint=2
# $m_i=\dfrac{w^\top x_i+b}{\sqrt{w_1^2+\dots+w_d^2}}$

# %% [markdown] lang="ko" task="margin" hint=2
# $m_i=\dfrac{w^\top x_i+b}{\sqrt{w_1^2+\dots+w_d^2}}$

# %% [markdown] lang="en"
# ### See it: an easy boundary and a hard one
#
# The simplest of all classifiers draws the boundary halfway between the centres of the two classes. Left: apples (redness high,
# nearly round) against bananas, where one line separates everything. Right: apples against oranges with the same two
# features; the clouds overlap, and every line leaves errors (circled). The thin lines run at distances $\pm 1$ and $\pm 2$ from
# the boundary, as your `margin` measures them.

# %% [markdown] lang="ko"
# ### 직접 보기: 쉬운 경계와 어려운 경계
#
# 가장 단순한 분류기는 두 클래스 중심의 한가운데에 경계를 긋습니다. 왼쪽은 사과(붉고 둥근 쪽)와 바나나로, 직선 하나로 완벽하게
# 나뉩니다. 오른쪽은 같은 두 특징으로 본 사과와 오렌지로, 두 무리가 겹쳐 있어 어떤 직선을 그어도 오류(동그라미)가 남습니다.
# 가는 선은 여러분의 `margin`으로 잰, 경계에서 $\pm 1$, $\pm 2$만큼 떨어진 자리입니다.

# %% tags=["explore"]
if ready(decide, errors, margin):
    import matplotlib.pyplot as plt

    apple, banana, orange = ("apple", "#D55E00", "o"), ("banana", "#E6B800", "^"), ("orange", "#0072B2", "s")
    baskets = [
        ("apple or banana?", banana, apple, fruit_basket([[2.0, 5.0], [6.5, 1.8]], [0.8, 0.8], 30, seed=4)),
        ("apple or orange?", orange, apple, fruit_basket([[4.9, 1.5], [6.5, 1.9]], [1.0, 1.0], 30, seed=1)),
    ]
    line = torch.linspace(-1.5, 10, 200, dtype=torch.float64)
    plane = torch.cartesian_prod(line, line)
    figure, axes = plt.subplots(1, 2, figsize=(12, 4.8), constrained_layout=True)
    for ax, (title, zero, one, (X, y)) in zip(axes, baskets):
        m0, m1 = X[y == 0].mean(dim=0), X[y == 1].mean(dim=0)
        # [en] halfway between the centres, at a right angle to the line that connects them
        # [ko] 두 중심의 한가운데를 지나고, 두 중심을 잇는 선에 수직인 경계
        w = m1 - m0
        b = -(m1 @ m1 - m0 @ m0) / 2
        g, yhat = decide(X, w, b)
        count, rate = errors(g, y)
        distance = margin(plane, w, b).reshape(200, 200).T
        ax.contourf(line, line, distance, levels=[-99, 0, 99], colors=[zero[1], one[1]], alpha=0.13)
        ax.contour(line, line, distance, levels=[-2, -1, 1, 2], colors="0.55", linewidths=0.7, linestyles="solid")
        ax.contour(line, line, distance, levels=[0], colors="black", linewidths=1.8)
        for k, (name, color, marker) in enumerate([zero, one]):
            ax.scatter(*X[y == k].T, c=color, marker=marker, s=42, edgecolor="white", label=name, zorder=3)
        wrong = yhat != y
        ax.scatter(*X[wrong].T, s=150, facecolor="none", edgecolor="black", lw=1.3, label="error", zorder=4)
        ax.set(
            title=f"{title}  {count} errors, rate {rate:.1%}",
            xlabel="redness",
            ylabel="elongation",
            xlim=(0, 9.5),
            ylim=(-1.5, 7.5),
            aspect="equal",
        )
        ax.legend(loc="upper right", framealpha=0.9)
    plt.show()

# %% [markdown] lang="en" task="fit_line"
# ## 4. A line through the data (14 points)
#
# What is a used car worth that has run 80,000 km? Assume a line, $\hat y=wx+b$, and choose the one with the smallest sum of squared
# errors. It goes through the centre of gravity $(\bar x,\bar y)$ of the data, and its slope says how $y$ moves with $x$ on average.
#
# On paper there are several formulas for the slope that are all equal. In a computer they are not: the one that multiplies the raw
# numbers and subtracts at the end loses nearly all digits when $x$ is large and its spread small (years, positions, time stamps).
# Subtract the means *first*.

# %% [markdown] lang="ko" task="fit_line"
# ## 4. 데이터를 지나는 직선 (14점)
#
# 8만 km를 달린 중고차는 얼마일까요? 직선 $\hat y=wx+b$를 가정하고, 제곱 오차의 합이 가장 작은 직선을 고릅니다. 그 직선은 데이터의
# 무게중심 $(\bar x,\bar y)$를 지나며, 기울기는 $x$가 변할 때 $y$가 평균적으로 얼마나 변하는지를 나타냅니다.
#
# 종이 위에서는 기울기를 구하는 여러 공식이 모두 같지만, 컴퓨터에서는 다릅니다. 원래 수를 그대로 곱한 뒤 마지막에 빼는 공식은, $x$가 크고 흩어진
# 정도가 작을 때(연도, 좌표, 시각처럼) 유효 숫자를 거의 다 잃습니다. 평균을 *먼저* 빼세요.


# %% task="fit_line"
def fit_line(x, y):
    """
    [en]
    Least squares: the line yhat = w x + b with the smallest sum of (yhat - y)^2.

    x, y: (N,), one float dtype, N >= 1. Returns (w, b): slope and intercept, 0-d tensors.

    If all x are equal (N = 1, too), every slope is as good: return w = 0 and b = mean of y.
    x may lie around 1,000,000 with a spread of about 1; in float64 w and b must then still be right to 7 digits.
    [ko]
    최소제곱법: (yhat - y)^2의 합이 가장 작은 직선 yhat = w x + b를 구합니다.

    x, y: (N,), 같은 실수 dtype, N >= 1. 결과: (w, b), 기울기와 절편, 0차원 텐서.

    x가 모두 같으면(N = 1일 때도) 어떤 기울기든 오차가 같으므로 w = 0, b = y의 평균을 돌려줍니다.
    x가 1,000,000 근처에서 1 정도만 흩어져 있을 수 있으며, 그때도 float64에서 w와 b는 일곱 자리까지 맞아야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    if x.max() == x.min():
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = x - x.mean(), y - y.mean()
    w = (dx * dy).sum() / (dx * dx).sum()
    return w, y.mean() - w * x.mean()
    ### END SOLUTION


# %% [markdown] lang="en" task="fit_line" hint=1
# Slope: how $x$ and $y$ vary together, divided by how $x$ varies alone, both around their means. Intercept: the line has to pass
# through the point of the two means. Before you divide, ask whether $x$ varies at all.

# %% [markdown] lang="ko" task="fit_line" hint=1
# 기울기는 $x$와 $y$가 함께 변하는 정도를 $x$ 혼자 변하는 정도로 나눈 값입니다. 둘 다 평균을 기준으로 잽니다. 절편은 직선이 두 평균의 점을
# 지나도록 정합니다. 나누기 전에 $x$가 변하기는 하는지 먼저 확인하세요.

# %% [markdown] lang="en" task="fit_line" hint=2
# $w=\dfrac{\sum_i(x_i-\bar x)(y_i-\bar y)}{\sum_i(x_i-\bar x)^2},\qquad b=\bar y-w\bar x$

# %% [markdown] lang="ko" task="fit_line" hint=2
# $w=\dfrac{\sum_i(x_i-\bar x)(y_i-\bar y)}{\sum_i(x_i-\bar x)^2},\qquad b=\bar y-w\bar x$

# %% [markdown] lang="en" task="mse_mae_halfsse"
# ## 5. Three ways to measure an error (10 points)
#
# The *mean squared error* punishes large errors most; the *mean absolute error* is measured in the units of $y$ and forgives an
# outlier; *half the sum of squared errors* is what people minimise when they want a gradient without a factor. All three are
# "the error" in one text or another, so say which one you mean.
#
# And there is a trap that has cost many a researcher a week: a model returns predictions of shape (N, 1), the targets have
# shape (N,), and the difference silently becomes an (N, N) table of every prediction minus every target. Nothing crashes; the loss is
# merely wrong. Refuse such inputs.

# %% [markdown] lang="ko" task="mse_mae_halfsse"
# ## 5. 오차를 재는 세 가지 방법 (10점)
#
# *평균 제곱 오차*(MSE)는 큰 오차에 가장 큰 벌을 줍니다. *평균 절대 오차*(MAE)는 $y$와 단위가 같고 이상치에 너그럽습니다. *제곱 오차 합의
# 절반*은 기울기에 상수가 붙지 않아 최소화할 때 편리합니다. 책마다 이 가운데 하나를 그냥 "오차"라고 부르므로, 어느 것인지 분명히 해야 합니다.
#
# 많은 연구자가 며칠씩 헤매는 함정도 하나 있습니다. 모델의 예측이 (N, 1)이고 정답이 (N,)이면, 둘의 차는 아무 경고 없이 모든 예측에서 모든
# 정답을 뺀 (N, N) 표가 됩니다. 오류는 나지 않고 손실만 틀립니다. 그런 입력은 거절하세요.


# %% task="mse_mae_halfsse"
def mse_mae_halfsse(y, yhat):
    """
    [en]
    Three errors of predictions: (mse, mae, half_sse), 0-d tensors.

    y: observed, (N,). yhat: predicted, (N,), N >= 1, one float dtype.
    mse = mean of (yhat - y)^2, mae = mean of |yhat - y|, half_sse = 1/2 of the SUM of (yhat - y)^2.

    If the shapes of y and yhat are not equal, raise ValueError, also where they would broadcast: (N,) with (N, 1) or (1,).
    Must be differentiable with respect to y and yhat (where yhat != y).
    [ko]
    예측의 세 가지 오차 (mse, mae, half_sse)를 구합니다. 모두 0차원 텐서입니다.

    y: 관측값 (N,). yhat: 예측값 (N,). N >= 1, 같은 실수 dtype.
    mse = (yhat - y)^2의 평균, mae = |yhat - y|의 평균, half_sse = (yhat - y)^2의 '합'의 1/2.

    y와 yhat의 모양이 다르면 ValueError를 발생시킵니다. (N,)과 (N, 1)이나 (1,)처럼 브로드캐스팅이 되는 모양이어도 마찬가지입니다.
    (yhat != y인 곳에서) y와 yhat에 대해 미분 가능해야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    if y.shape != yhat.shape:
        raise ValueError(f"y is {tuple(y.shape)}, yhat is {tuple(yhat.shape)}")
    error = yhat - y
    square = error**2
    return square.mean(), error.abs().mean(), square.sum() / 2
    ### END SOLUTION


# %% [markdown] lang="en" task="mse_mae_halfsse" hint=1
# Compare the shapes before you subtract. Then look at each name letter by letter: is there an M for mean, an S for square or sum,
# an A for absolute?

# %% [markdown] lang="ko" task="mse_mae_halfsse" hint=1
# 빼기 전에 모양부터 비교하세요. 그다음 이름을 한 글자씩 살펴보세요. M은 평균(mean), S는 제곱(square)이나 합(sum), A는 절댓값(absolute)입니다.

# %% [markdown] lang="en" task="mse_mae_halfsse" hint=2
# $\frac1N\sum_i(\hat y_i-y_i)^2,\qquad\frac1N\sum_i|\hat y_i-y_i|,\qquad\frac12\sum_i(\hat y_i-y_i)^2$

# %% [markdown] lang="ko" task="mse_mae_halfsse" hint=2
# $\frac1N\sum_i(\hat y_i-y_i)^2,\qquad\frac1N\sum_i|\hat y_i-y_i|,\qquad\frac12\sum_i(\hat y_i-y_i)^2$

# %% [markdown] lang="en"
# ### See it: used cars
#
# Left: your line through forty cars; each red bar is one error $\hat y-y$. Middle: your MSE for every slope and intercept. It is a
# valley with a single lowest point, and `fit_line` (the star) jumps right there. Right: one price was mistyped with a zero too many. Squared
# errors let that single car drag the line upwards; the dots of the other cars have not moved.

# %% [markdown] lang="ko"
# ### 직접 보기: 중고차
#
# 왼쪽은 중고차 마흔 대를 지나는 여러분의 직선이고, 붉은 막대 하나가 오차 $\hat y-y$ 하나입니다. 가운데는 기울기와 절편마다 구한 MSE로,
# 가장 낮은 곳이 하나뿐인 골짜기이며 `fit_line`(별표)은 단번에 그곳으로 갑니다. 오른쪽에서는 가격 하나에 0을 하나 더 붙여 잘못 입력했습니다. 제곱
# 오차를 쓰면 그 차 한 대가 직선을 위로 끌어올립니다. 나머지 점들은 그대로입니다.

# %% tags=["explore"]
if ready(fit_line, mse_mae_halfsse):
    import matplotlib.pyplot as plt

    mileage, price = used_car_lot(40, seed=2)
    w, b = fit_line(mileage, price)
    mse, mae, half_sse = mse_mae_halfsse(price, w * mileage + b)
    ends = torch.tensor([0.0, 16.0], dtype=torch.float64)
    figure, axes = plt.subplots(1, 3, figsize=(14.5, 4.4), constrained_layout=True)
    axes[0].vlines(mileage, price, w * mileage + b, color="#D55E00", lw=1.2, alpha=0.8, label="error")
    axes[0].scatter(mileage, price, c="#0072B2", s=26, zorder=3)
    axes[0].plot(ends, w * ends + b, color="black", lw=1.8, label=f"price = {w:.2f} · mileage + {b:.1f}")
    axes[0].set(title=f"MSE {mse:.2f}, MAE {mae:.2f}, half SSE {half_sse:.1f}", ylim=(0, 30))
    axes[0].legend(frameon=False)

    slopes = torch.linspace(-3.5, 1, 90, dtype=torch.float64)
    intercepts = torch.linspace(8, 40, 90, dtype=torch.float64)
    valley = torch.stack(
        [torch.stack([mse_mae_halfsse(price, v * mileage + c)[0] for v in slopes]) for c in intercepts]
    )
    picture = axes[1].contourf(slopes, intercepts, valley.log10(), levels=20, cmap="viridis_r")
    axes[1].contour(slopes, intercepts, valley.log10(), levels=10, colors="white", linewidths=0.5)
    axes[1].plot(w, b, "*", color="#D55E00", markersize=16, markeredgecolor="white", label="fit_line")
    axes[1].set(title="MSE of every line", xlabel="slope w", ylabel="intercept b")
    axes[1].legend(loc="lower left")
    figure.colorbar(picture, ax=axes[1], label="log10 of the MSE", shrink=0.85)

    mistyped = price.clone()
    car = mileage.argmax()
    mistyped[car] = price[car] * 10
    w2, b2 = fit_line(mileage, mistyped)
    axes[2].scatter(mileage, mistyped, c="#0072B2", s=26, zorder=3)
    axes[2].scatter(mileage[car], mistyped[car], s=150, facecolor="none", edgecolor="#D55E00", lw=1.5, label="mistyped")
    axes[2].plot(ends, w * ends + b, color="black", lw=1.2, ls="--", label=f"before: slope {w:.2f}")
    axes[2].plot(ends, w2 * ends + b2, color="#D55E00", lw=1.8, label=f"after: slope {w2:.2f}")
    axes[2].set(title="one car drags the line along")
    axes[2].legend(frameon=False, loc="upper left")
    for ax in (axes[0], axes[2]):
        ax.set(xlabel="mileage (10,000 km)", ylabel="price (million won)", xlim=(0, 16))
        ax.grid(alpha=0.25)
    plt.show()

# %% [markdown] lang="en" task="poly_fit_curve"
# ## 6. Polynomials: too little, too much (12 points)
#
# A line cannot follow a curve. A polynomial of degree $p$ can, and it is still *linear in its coefficients*: the columns
# $1,x,x^2,\dots,x^p$ are simply more features. With every degree the error on the training data falls, down to 0 when there are as many
# coefficients as points. The error on other data falls at first, too, and then rises again. Compute both curves.
#
# High powers of $x$ look much alike, which makes the problem delicate. Squaring it (the normal equations with $V^\top V$, or an
# explicit inverse) costs half of the digits; a solver that works on $V$ itself does not.

# %% [markdown] lang="ko" task="poly_fit_curve"
# ## 6. 다항식: 너무 적게, 너무 많이 (12점)
#
# 직선은 곡선을 따라가지 못하지만 $p$차 다항식은 따라갈 수 있습니다. 그래도 *계수에 대해서는 여전히 선형*입니다. 열
# $1,x,x^2,\dots,x^p$는 늘어난 특징일 뿐입니다. 차수가 커질수록 학습 데이터의 오차는 줄어들어, 계수의 수가 점의 수와 같아지면 0이 됩니다. 다른
# 데이터의 오차는 처음에는 함께 줄다가 다시 커집니다. 두 곡선을 모두 구해 보세요.
#
# $x$의 높은 거듭제곱은 서로 매우 비슷해서 계산이 까다롭습니다. 문제를 제곱해 버리면($V^\top V$를 쓰는 정규방정식이나 역행렬) 유효 숫자의 절반을
# 잃습니다. $V$를 직접 다루는 풀이는 그렇지 않습니다.


# %% task="poly_fit_curve"
def poly_fit_curve(x, y, degrees, xv, yv):
    """
    [en]
    Training and validation error of least-squares polynomials: (tr_err, va_err), each (len(degrees),).

    x, y: (N,) training points. xv, yv: (M,) validation points, M >= 1. One float dtype; x and xv lie in [-1, 1].
    degrees: list of ints, at least one, in any order; 0 <= degree <= N - 1. The x are all different.

    For each degree p: fit c_0 + c_1 x + ... + c_p x^p to the TRAINING points alone, with the smallest sum of squared errors.
    tr_err is its mean squared error over (x, y), va_err the one of the same polynomial over (xv, yv).
    Degrees up to 12 must be right to 5 digits in float64, even where all x lie in [0, 1]: solve for V itself, not with V^T V.
    [ko]
    최소제곱 다항식의 학습 오차와 검증 오차 (tr_err, va_err)를 구합니다. 모양은 각각 (len(degrees),)입니다.

    x, y: 학습 점 (N,). xv, yv: 검증 점 (M,), M >= 1. 같은 실수 dtype이고 x와 xv는 [-1, 1] 안에 있습니다.
    degrees: int가 하나 이상 든 리스트, 순서는 임의, 0 <= 차수 <= N - 1. x의 값은 모두 다릅니다.

    차수 p마다 c_0 + c_1 x + ... + c_p x^p를 제곱 오차의 합이 가장 작도록 '학습 점에만' 맞춥니다.
    tr_err는 (x, y)에서의 평균 제곱 오차이고, va_err는 같은 다항식의 (xv, yv)에서의 평균 제곱 오차입니다.
    x가 모두 [0, 1] 안에 있어도 12차까지 float64에서 다섯 자리까지 맞아야 합니다. V^T V를 만들지 말고 V를 직접 푸세요.
    [/]
    """
    ### BEGIN SOLUTION
    tr_err, va_err = [], []
    for degree in degrees:
        powers = torch.arange(degree + 1, device=x.device)
        V, Vv = x[:, None] ** powers, xv[:, None] ** powers
        c = torch.linalg.lstsq(V, y[:, None]).solution[:, 0]
        tr_err.append(((V @ c - y) ** 2).mean())
        va_err.append(((Vv @ c - yv) ** 2).mean())
    return torch.stack(tr_err), torch.stack(va_err)
    ### END SOLUTION


# %% [markdown] lang="en" task="poly_fit_curve" hint=1
# Build a matrix with one row per point and one column per power; power 0 is a column of ones. `torch.linalg.lstsq` takes it from there
# (it wants the targets as a column, too). The validation points need a matrix of their own, with the same powers, and the *same*
# coefficients.

# %% [markdown] lang="ko" task="poly_fit_curve" hint=1
# 점마다 한 행, 거듭제곱마다 한 열인 행렬을 만드세요. 0제곱은 1로 채운 열입니다. 그다음은 `torch.linalg.lstsq`가 풀어 줍니다(정답도 열벡터로
# 넣어야 합니다). 검증 점은 같은 거듭제곱으로 만든 자기 행렬에 *같은* 계수를 곱합니다.

# %% [markdown] lang="en" task="poly_fit_curve" hint=2
# $V_{ij}=x_i^{\,j}$ for $j=0\dots p$, $\;c=\mathrm{arg}\min_c\lVert Vc-y\rVert^2$,
# $\;\mathrm{tr}=\frac1N\lVert Vc-y\rVert^2$, $\;\mathrm{va}=\frac1M\lVert V'c-y'\rVert^2$ with $V'_{ij}=x_i'^{\,j}$.

# %% [markdown] lang="ko" task="poly_fit_curve" hint=2
# $V_{ij}=x_i^{\,j}$ ($j=0\dots p$), $\;c=\mathrm{arg}\min_c\lVert Vc-y\rVert^2$,
# $\;\mathrm{tr}=\frac1N\lVert Vc-y\rVert^2$, $\;\mathrm{va}=\frac1M\lVert V'c-y'\rVert^2$, 여기서 $V'_{ij}=x_i'^{\,j}$입니다.

# %% [markdown] lang="en" task="occam_choice"
# ## 7. Occam's razor (8 points)
#
# The model with the smallest validation error is often not the one to take: the next simpler one may be worse by a hair, which
# is chance. Among all models whose error is *nearly* as small as the smallest, take the simplest; it has fewer ways to be wrong on
# new data, and it is easier to explain. "Nearly" is meant relatively: 5 % more than the best.

# %% [markdown] lang="ko" task="occam_choice"
# ## 7. 오컴의 면도날 (8점)
#
# 검증 오차가 가장 작은 모델이 늘 정답은 아닙니다. 더 단순한 모델의 오차가 아주 조금만 크다면 그 차이는 우연으로 보아야 합니다. 오차가 최솟값과
# *거의* 비슷한 모델 가운데 가장 단순한 것을 고르세요. 새 데이터에서 틀릴 여지가 적고 설명하기도 쉽습니다. "거의"는 최솟값의 5%처럼
# 상대적인 차이를 뜻합니다.


# %% task="occam_choice"
def occam_choice(va_err, complexity, tol):
    """
    [en]
    Index of the simplest model that is nearly as good as the best one. Returns a Python int.

    va_err: (K,) float, validation errors >= 0, K >= 1; NaN where a training run failed (at least one is a number).
    complexity: (K,) int64, in any order; larger is more complex. tol: Python float >= 0.

    A model is good enough if its error <= (1 + tol) * (smallest error); equality is good enough, NaN never.
    Among these the smallest complexity wins; if several have it, the lowest index, whatever their errors.
    [ko]
    가장 좋은 모델과 거의 비슷하게 좋은 모델 가운데 가장 단순한 모델의 인덱스를 파이썬 int로 돌려줍니다.

    va_err: (K,) 실수, 0 이상의 검증 오차, K >= 1. 학습에 실패한 모델은 NaN입니다(적어도 하나는 수입니다).
    complexity: (K,) int64, 순서는 임의, 클수록 복잡합니다. tol: 0 이상의 파이썬 float.

    오차 <= (1 + tol) * (가장 작은 오차)이면 충분히 좋은 모델입니다. 같을 때도 충분하며, NaN은 절대 아닙니다.
    그 가운데 complexity가 가장 작은 것을 고르고, 여럿이면 오차와 상관없이 인덱스가 가장 작은 것을 고릅니다.
    [/]
    """
    ### BEGIN SOLUTION
    best = va_err[~va_err.isnan()].min()
    good = (va_err <= (1 + tol) * best).nonzero()[:, 0]
    return int(good[complexity[good].argmin()])
    ### END SOLUTION


# %% [markdown] lang="en" task="occam_choice" hint=1
# Two steps: first who is good enough (compare with the smallest number, which NaN must not spoil), then who of these is simplest.
# Mind the difference between a position among the chosen ones and an index of the whole list.

# %% [markdown] lang="ko" task="occam_choice" hint=1
# 두 단계로 나누세요. 먼저 충분히 좋은 모델을 가려내고(가장 작은 오차와 비교하되, NaN이 최솟값을 망치지 않게 합니다), 그 가운데 가장 단순한
# 것을 고릅니다. 가려낸 모델 중 몇 번째인지와 전체 목록의 인덱스는 다릅니다.

# %% [markdown] lang="en" task="occam_choice" hint=2
# $S=\{k: e_k\le(1+\mathrm{tol})\min_j e_j\}$ without NaN, and $k^*=\min\,\mathrm{arg}\min_{k\in S}\mathrm{complexity}_k$

# %% [markdown] lang="ko" task="occam_choice" hint=2
# NaN을 빼고 $S=\{k: e_k\le(1+\mathrm{tol})\min_j e_j\}$라 하면 $k^*=\min\,\mathrm{arg}\min_{k\in S}\mathrm{complexity}_k$

# %% [markdown] lang="en"
# ### See it: underfitting, overfitting, and the razor
#
# Eighteen noisy points of a curve (dashed) and three polynomials: degree 1 misses the shape, degree 3 or so finds it, degree 15 bends
# towards every point and does wild things in between. On the right are your two error curves on a logarithmic scale: the one on
# the training data only falls, the one on a hundred other points turns. The razor, with a tolerance of 25 %, takes the simplest model
# near the bottom.

# %% [markdown] lang="ko"
# ### 직접 보기: 과소적합, 과적합, 그리고 면도날
#
# 곡선(점선)에 노이즈를 더해 얻은 점 열여덟 개와 다항식 세 개입니다. 1차는 모양을 놓치고, 3차 정도면 모양을 찾으며, 15차는 모든 점을 지나려고
# 점 사이에서 크게 출렁입니다. 오른쪽은 여러분이 구한 두 오차 곡선(로그 눈금)입니다. 학습 데이터의 오차는 줄기만 하지만, 다른 점 백 개에서
# 잰 오차는 다시 커집니다. 허용 범위가 25%인 면도날은 바닥 근처에서 가장 단순한 모델을 고릅니다.

# %% tags=["explore"]
if ready(poly_fit_curve, occam_choice):
    import matplotlib.pyplot as plt
    import numpy as np

    x, y = noisy_wave(18, seed=12)
    xv, yv = noisy_wave(100, seed=5)
    degrees = list(range(16))
    tr_err, va_err = poly_fit_curve(x, y, degrees, xv, yv)
    best, chosen = int(va_err.argmin()), occam_choice(va_err, torch.tensor(degrees), 0.25)

    grid = torch.linspace(-1, 1, 400, dtype=torch.float64)
    figure, axes = plt.subplots(1, 4, figsize=(15.5, 3.9), constrained_layout=True, width_ratios=[1, 1, 1, 1.5])
    for ax, degree, color in zip(axes, [1, degrees[chosen], 15], ["#E69F00", "#009E73", "#D55E00"]):
        curve = np.polynomial.Polynomial.fit(x.numpy(), y.numpy(), degree)(grid.numpy())
        ax.plot(grid, torch.sin(3.5 * grid) - 0.5 * grid, color="0.6", ls="--", lw=1.2, label="true curve")
        ax.plot(grid, curve, color=color, lw=2, label="fit")
        ax.scatter(x, y, c="black", s=22, zorder=3)
        ax.set(title=f"degree {degree}", ylim=(-2.2, 2.2), xlabel="x")
        ax.legend(frameon=False, loc="upper left", fontsize=8)
    axes[3].semilogy(degrees, tr_err, color="#0072B2", marker="o", label="training error")
    axes[3].semilogy(degrees, va_err, color="#D55E00", marker="s", label="validation error")
    axes[3].axhspan(va_err[best], 1.25 * va_err[best], color="#009E73", alpha=0.25, label="within 25 % of the best")
    axes[3].plot(best, va_err[best], "*", color="black", markersize=13, label=f"smallest: degree {best}", zorder=4)
    axes[3].scatter(
        chosen,
        va_err[chosen],
        s=190,
        facecolor="none",
        edgecolor="#009E73",
        lw=2,
        label=f"razor: degree {chosen}",
        zorder=5,
    )
    axes[3].set(xlabel="degree", ylabel="mean squared error", title="two error curves", ylim=(1e-2, 1e3))
    axes[3].grid(alpha=0.3)
    axes[3].legend(frameon=False, fontsize=8, loc="upper left", ncols=2)
    plt.show()

# %% [markdown] lang="en" task="ovr_targets"
# ## 8. More than two classes: one-vs-rest (16 points)
#
# Apple, orange, banana: three classes from two-class machines. Ask one question per class: is it an apple or not, an orange or
# not, a banana or not? Each question gets its own column of targets and its own $w_c,b_c$. To answer, compute all scores
# and take the class with the *largest*. The signs alone would not do: two machines may both say "mine", or all of them "not mine".

# %% [markdown] lang="ko" task="ovr_targets"
# ## 8. 클래스가 셋 이상일 때: 일대나머지 (16점)
#
# 사과, 오렌지, 바나나를 이진 분류기만으로 나눠 봅시다. 클래스마다 질문을 하나씩 합니다. 사과인가 아닌가, 오렌지인가 아닌가, 바나나인가
# 아닌가? 질문마다 정답 열이 하나씩 생기고, $w_c,b_c$도 따로 있습니다. 답할 때는 점수를 모두 구해 *가장 큰* 클래스를 고릅니다.
# 부호만 보아서는 안 됩니다. 두 분류기가 모두 "내 것"이라고 하거나, 모두 "아니다"라고 할 수 있기 때문입니다.


# %% task="ovr_targets"
def ovr_targets(y, C):
    """
    [en]
    Targets of C one-vs-rest classifiers: (N, C) int64, entry [i, c] = 1 if y[i] = c, else 0.

    y: (N,) int64, classes 0 ... C-1. C: int >= 1. N may be 0, and a class may be absent from y: it keeps its column.
    [ko]
    일대나머지 분류기 C개의 정답: (N, C) int64, 원소 [i, c]는 y[i] = c이면 1, 아니면 0.

    y: (N,) int64, 클래스 0 ... C-1. C: 1 이상의 int. N은 0일 수 있고, y에 없는 클래스도 자기 열을 가집니다.
    [/]
    """
    ### BEGIN SOLUTION
    return (y[:, None] == torch.arange(C, device=y.device)).long()
    ### END SOLUTION


def ovr_predict(X, W, b):
    """
    [en]
    Class with the largest score x·W[:, c] + b[c], for each sample: (N,) int64.

    X: (N, d), W: (d, C), b: (C,), one float dtype. C >= 1, N may be 0. Ties: the lowest class.
    [ko]
    샘플마다 점수 x·W[:, c] + b[c]가 가장 큰 클래스: (N,) int64.

    X: (N, d), W: (d, C), b: (C,), 같은 실수 dtype. C >= 1이고 N은 0일 수 있습니다. 점수가 같으면 번호가 작은 클래스입니다.
    [/]
    """
    ### BEGIN SOLUTION
    return (X @ W + b).argmax(dim=1)
    ### END SOLUTION


# %% [markdown] lang="en" task="ovr_targets" hint=1
# Targets: compare a column of labels with a row of class numbers; broadcasting makes the table. Prediction: samples stand in rows and
# classes in columns, so along which axis do you look for the maximum?

# %% [markdown] lang="ko" task="ovr_targets" hint=1
# 정답: 레이블을 세운 열과 클래스 번호를 늘어놓은 행을 비교하면 브로드캐스팅으로 표가 만들어집니다. 예측: 샘플은 행, 클래스는 열에 있습니다.
# 그러면 최댓값은 어느 축을 따라 찾아야 할까요?

# %% [markdown] lang="en" task="ovr_targets" hint=2
# $T_{ic}=[\,y_i=c\,],\qquad s_{ic}=\sum_j X_{ij}W_{jc}+b_c,\qquad\hat y_i=\min\,\mathrm{arg}\max_c s_{ic}$

# %% [markdown] lang="ko" task="ovr_targets" hint=2
# $T_{ic}=[\,y_i=c\,],\qquad s_{ic}=\sum_j X_{ij}W_{jc}+b_c,\qquad\hat y_i=\min\,\mathrm{arg}\max_c s_{ic}$

# %% [markdown] lang="en"
# ### See it: three questions, one answer
#
# One least-squares line for each column of your `ovr_targets`. Left: where each of the three machines says "mine". In the white
# areas none of them does, in the hatched ones several do. Right: the class with the largest score, from your `ovr_predict`; every
# point of the plane has exactly one answer.

# %% [markdown] lang="ko"
# ### 직접 보기: 질문 셋, 답은 하나
#
# `ovr_targets`의 열마다 선형 함수를 하나씩 최소제곱으로 맞췄습니다. 왼쪽은 세 분류기가 각각 "내 것"이라고 하는 영역입니다. 흰 곳에서는 아무도 손을 들지 않고,
# 빗금 친 곳에서는 여럿이 손을 듭니다. 오른쪽은 `ovr_predict`로 구한, 점수가 가장 큰 클래스입니다. 평면의 모든 점에 답이 꼭
# 하나씩 있습니다.

# %% tags=["explore"]
if ready(ovr_targets, ovr_predict):
    import matplotlib.pyplot as plt
    from matplotlib.colors import ListedColormap

    X, y = fruit_basket([[6.5, 1.6], [3.6, 1.3], [2.0, 5.0]], [0.75, 0.75, 0.8], 30, seed=7)
    kinds = [("apple", "#D55E00", "o"), ("orange", "#0072B2", "s"), ("banana", "#E6B800", "^")]
    # [en] features and a column of ones, fitted to targets of -1 and +1
    # [ko] 특징에 1로 채운 열을 붙여, -1과 +1의 정답에 맞춥니다.
    design = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    solution = torch.linalg.lstsq(design, 2.0 * ovr_targets(y, 3).double() - 1).solution
    W, b = solution[:-1], solution[-1]

    line = torch.linspace(-1.5, 9.5, 300, dtype=torch.float64)
    plane = torch.cartesian_prod(line, line)
    scores = (plane @ W + b).reshape(300, 300, 3).transpose(0, 1)
    answer = ovr_predict(plane, W, b).reshape(300, 300).T
    figure, axes = plt.subplots(1, 2, figsize=(12.5, 5), constrained_layout=True)
    for c, (name, color, _) in enumerate(kinds):
        axes[0].contourf(line, line, scores[..., c], levels=[0, 99], colors=[color], alpha=0.25)
        axes[0].contour(line, line, scores[..., c], levels=[0], colors=[color], linewidths=2)
    axes[0].contourf(line, line, (scores > 0).sum(dim=2), levels=[1.5, 9], colors="none", hatches=["////"])
    axes[1].imshow(
        answer.numpy(),
        origin="lower",
        extent=(-1.5, 9.5, -1.5, 9.5),
        cmap=ListedColormap([k[1] for k in kinds]),
        alpha=0.3,
        interpolation="nearest",
    )
    right = (ovr_predict(X, W, b) == y).double().mean().item()
    for ax, title in zip(axes, ['who says "mine"?', f"the largest score: {right:.0%} right"]):
        for c, (name, color, marker) in enumerate(kinds):
            ax.scatter(*X[y == c].T, c=color, marker=marker, s=40, edgecolor="white", label=name, zorder=3)
        ax.set(title=title, xlabel="redness", ylabel="elongation", xlim=(-1.5, 9.5), ylim=(-1.5, 8), aspect="equal")
        ax.legend(loc="upper right")
    plt.show()

# %% [markdown] lang="en" task="kmeans_step"
# ## 9. Without labels: a step of K-means (12 points)
#
# Now take the labels away. Clustering groups similar samples, and the best known way is K-means: every sample joins the nearest of
# $K$ centres, then every centre moves to the mean of its samples, and again. Neither half raises the *inertia*, the sum of squared
# distances, so the steps settle down. A centre that nobody joins has no mean; it stays where it is.

# %% [markdown] lang="ko" task="kmeans_step"
# ## 9. 레이블 없이: K-평균의 한 단계 (12점)
#
# 이제 레이블을 치워 봅시다. 군집화는 비슷한 샘플끼리 묶는 일이고, 가장 널리 쓰이는 방법이 K-평균입니다. 샘플은 저마다 중심 $K$개 가운데 가장
# 가까운 중심에 들어가고, 중심은 자기 샘플의 평균으로 옮겨 갑니다. 이를 되풀이합니다. 배정도 이동도 거리 제곱의 합인 *관성*(inertia)을 키우지
# 않으므로 언젠가는 멈춥니다. 샘플이 하나도 들어오지 않은 중심은 평균이 없으므로 제자리에 머뭅니다.


# %% task="kmeans_step"
def kmeans_step(X, C):
    """
    [en]
    One step of K-means: (assign, C_new, inertia).

    X: (N, d) samples, C: (K, d) centres, one float dtype. K, d >= 1, N may be 0.
    assign: (N,) int64, the nearest centre of each sample (Euclidean distance; ties: the lowest index).
    C_new: (K, d), the mean of the samples of each centre; a centre without samples keeps its row of C.
    inertia: 0-d tensor, the SUM over the samples of the SQUARED distance to their centre in C (the old one, not C_new).
    [ko]
    K-평균의 한 단계: (assign, C_new, inertia)를 돌려줍니다.

    X: 샘플 (N, d), C: 중심 (K, d), 같은 실수 dtype. K, d >= 1이고 N은 0일 수 있습니다.
    assign: (N,) int64, 샘플마다 가장 가까운 중심(유클리드 거리, 거리가 같으면 인덱스가 작은 것).
    C_new: (K, d), 중심마다 자기 샘플의 평균. 샘플이 없는 중심은 C의 행을 그대로 유지합니다.
    inertia: 0차원 텐서, 샘플에서 C에 있는 자기 중심(C_new가 아니라 원래 중심)까지의 거리의 '제곱'을 모두 '더한' 값.
    [/]
    """
    ### BEGIN SOLUTION
    distance2 = ((X[:, None] - C[None]) ** 2).sum(dim=2)
    assign = distance2.argmin(dim=1)
    member = F.one_hot(assign, len(C)).to(X.dtype)
    count = member.sum(dim=0)[:, None]
    C_new = torch.where(count > 0, member.T @ X / count.clamp(min=1), C)
    return assign, C_new, distance2.gather(1, assign[:, None]).sum()
    ### END SOLUTION


# %% [markdown] lang="en" task="kmeans_step" hint=1
# A table of squared distances, samples down and centres across, holds all you need: where the minimum of each row is, and how
# large. For the means you need sums and counts for each centre; take care of a count of 0.

# %% [markdown] lang="ko" task="kmeans_step" hint=1
# 세로가 샘플, 가로가 중심인 거리 제곱의 표만 있으면 됩니다. 행마다 최솟값이 어디 있고 얼마인지 보면 됩니다. 평균을 구하려면 중심마다 합과 개수가
# 필요합니다. 개수가 0인 경우를 조심하세요.

# %% [markdown] lang="en" task="kmeans_step" hint=2
# $a_n=\min\,\mathrm{arg}\min_k\lVert x_n-c_k\rVert^2,\qquad c_k'=\dfrac{\sum_{n:a_n=k}x_n}{|\{n:a_n=k\}|},\qquad
# \mathrm{inertia}=\sum_n\lVert x_n-c_{a_n}\rVert^2$

# %% [markdown] lang="ko" task="kmeans_step" hint=2
# $a_n=\min\,\mathrm{arg}\min_k\lVert x_n-c_k\rVert^2,\qquad c_k'=\dfrac{\sum_{n:a_n=k}x_n}{|\{n:a_n=k\}|},\qquad
# \mathrm{inertia}=\sum_n\lVert x_n-c_{a_n}\rVert^2$

# %% [markdown] lang="en"
# ### See it: clusters without a teacher
#
# The same fruits, but nobody says what is what. From left to right: the start, one step, and the end, in the colours of your
# `assign`; crosses are centres, and a trail shows their way. Rightmost: the inertia after each step, from this start and from an
# unlucky one with two centres among the bananas. It never rises, but where it ends depends on the start.

# %% [markdown] lang="ko"
# ### 직접 보기: 선생님 없는 군집화
#
# 같은 과일이지만 무엇이 무엇인지 아무도 알려 주지 않습니다. 왼쪽부터 시작, 한 단계 뒤, 마지막 모습이며 색은 여러분이 구한 `assign`입니다. 가위표는
# 중심, 가는 선은 중심이 지나온 길입니다. 맨 오른쪽은 단계마다의 관성으로, 이번 시작과, 중심 둘이 바나나 사이에서 출발한 운 나쁜 시작을
# 비교합니다. 관성은 절대로 커지지 않지만, 어디에서 멈추는지는 시작에 달려 있습니다.

# %% tags=["explore"]
if ready(kmeans_step):
    import matplotlib.pyplot as plt

    X, y = fruit_basket([[6.5, 1.6], [3.4, 1.3], [2.0, 5.0]], [0.75, 0.75, 0.8], 30, seed=7)
    colors = ["#CC79A7", "#56B4E9", "#009E73"]

    def cluster(C, steps=12):
        path, assigns, inertias = [C], [], []
        for _ in range(steps):
            assign, C, inertia = kmeans_step(X, C)
            path.append(C)
            assigns.append(assign)
            inertias.append(inertia.item())
        return torch.stack(path), assigns, inertias

    lucky = cluster(torch.tensor([[4.6, 3.2], [5.2, 2.6], [4.2, 2.4]], dtype=torch.float64))
    unlucky = cluster(torch.tensor([[1.2, 5.5], [2.6, 4.5], [5.0, 1.0]], dtype=torch.float64))
    figure, axes = plt.subplots(1, 4, figsize=(15.5, 4), constrained_layout=True)
    path, assigns, inertias = lucky
    for ax, step, title in zip(axes, [0, 1, 11], ["start", "after one step", "after eleven steps"]):
        for k, color in enumerate(colors):
            ax.scatter(*X[assigns[step] == k].T, c=color, s=30, edgecolor="white", zorder=2)
            ax.plot(*path[: step + 1, k].T, color="black", lw=1, zorder=3)
            ax.scatter(*path[step, k], c=color, marker="X", s=190, edgecolor="black", lw=1.2, zorder=4)
        ax.set(title=title, xlabel="redness", ylabel="elongation", aspect="equal")
    for (_, _, inertias), name, color, marker in [
        (lucky, "this start", "#0072B2", "o"),
        (unlucky, "two among the bananas", "#D55E00", "s"),
    ]:
        axes[3].plot(inertias, color=color, marker=marker, markersize=4, label=name)
    axes[3].set(title="inertia", xlabel="steps", ylim=(0, None))
    axes[3].grid(alpha=0.3)
    axes[3].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="kinds_of_learning"
# ## 10. Three kinds of learning (2 points)
#
# Supervised, unsupervised and reinforcement learning differ in what the learner is told.

# %% [markdown] lang="ko" task="kinds_of_learning"
# ## 10. 세 가지 학습 (2점)
#
# 지도 학습, 비지도 학습, 강화 학습은 학습하는 쪽에 무엇을 알려 주는지가 다릅니다.


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
def kinds_of_learning_form():
    """
    [en]
    Whether kinds_of_learning() is an answer at all; it says nothing about which.
    [ko]
    kinds_of_learning()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(kinds_of_learning(), "abcde")


# %% task="kinds_of_learning"
def kinds_of_learning():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) K-means needs the label of every example.
    (b) Guessing prices of flats from flats whose price is known is supervised learning, namely regression.
    (c) Sorting mail into spam and other mail, learned from marked mails, is supervised learning, namely classification.
    (d) Dimensionality reduction is supervised, because fewer columns than before come out.
    (e) In reinforcement learning rewards follow what the agent does; nobody tells it the right action in each state.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요. 순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) K-평균에는 모든 예제의 레이블이 필요하다.
    (b) 가격을 아는 집들로 다른 집의 가격을 맞히는 것은 지도 학습이며, 그중 회귀이다.
    (c) 표시된 메일로 스팸인지 아닌지를 배우는 것은 지도 학습이며, 그중 분류이다.
    (d) 차원 축소는 열의 수가 줄어 나오므로 지도 학습이다.
    (e) 강화 학습에서는 행동에 따라 보상이 주어질 뿐, 상태마다 옳은 행동을 알려 주는 사람은 없다.
    [/]
    """
    ### BEGIN SOLUTION
    return "bce"
    ### END SOLUTION


# %% [markdown] lang="en" task="kinds_of_learning" hint=1
# For each example ask: is the right answer given, nothing, or a reward for what was done?

# %% [markdown] lang="ko" task="kinds_of_learning" hint=1
# 예제마다 물어보세요. 정답이 주어지나요, 아무것도 없나요, 아니면 한 행동에 대한 보상이 주어지나요?

# %% [markdown] lang="en" task="kinds_of_learning" hint=2
# Supervised: $(x, y)$. Unsupervised: $x$. Reinforcement: state, action, reward, next state.

# %% [markdown] lang="ko" task="kinds_of_learning" hint=2
# 지도 학습: $(x, y)$. 비지도 학습: $x$. 강화 학습: 상태, 행동, 보상, 다음 상태.

# %% [markdown] lang="en" task="many_features"
# ## 11. Many features (2 points)
#
# Selecting features is one thing, the curse of dimensionality another.

# %% [markdown] lang="ko" task="many_features"
# ## 11. 특징이 많을 때 (2점)
#
# 특징을 고르는 일과 차원의 저주는 서로 다른 이야기입니다.


# %% tags=["provided"]
def many_features_form():
    """
    [en]
    Whether many_features() is an answer at all; it says nothing about which.
    [ko]
    many_features()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(many_features(), "abcde")


# %% task="many_features"
def many_features():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) To have one example in each cell of a grid with 10 cells per axis, 10^d examples are needed in d dimensions.
    (b) The curse of dimensionality is another word for a feature that is useless.
    (c) A feature that says nothing about the answer can never make a nearest-neighbour decision worse.
    (d) Among many random points in many dimensions, the distances to the nearest and to the farthest get nearly equal, compared with their size.
    (e) Feature selection makes every new column out of all the old ones, as PCA does.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요. 순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) 축마다 10칸인 격자의 모든 칸에 예제가 하나씩 있으려면 d차원에서는 예제가 10^d개 필요하다.
    (b) 차원의 저주란 쓸모없는 특징을 부르는 다른 말이다.
    (c) 답과 상관없는 특징은 최근접 이웃의 판단을 나쁘게 만들 수 없다.
    (d) 차원이 많으면 무작위 점들 사이에서 가장 가까운 점과 가장 먼 점까지의 거리가 그 크기에 비해 거의 같아진다.
    (e) 특징 선택은 PCA처럼 기존의 모든 열을 섞어 새 열을 만든다.
    [/]
    """
    ### BEGIN SOLUTION
    return "ad"
    ### END SOLUTION


# %% [markdown] lang="en" task="many_features" hint=1
# Think of points drawn at random in a cube of many dimensions. How far is the nearest one?

# %% [markdown] lang="ko" task="many_features" hint=1
# 차원이 많은 입방체 안에 아무렇게나 뽑은 점들을 생각해 보세요. 가장 가까운 점은 얼마나 멀까요?

# %% [markdown] lang="en" task="many_features" hint=2
# $k$ cells per axis are $k^d$ cells in $d$ dimensions.

# %% [markdown] lang="ko" task="many_features" hint=2
# 축마다 $k$칸이면 $d$차원에서는 모두 $k^d$칸입니다.

# %% [markdown] lang="en" task="hinge_step"
# ## 12. Beyond the lecture: a step of a support vector machine (0 points)
#
# A support vector machine wants every example on the right side and at least a margin of 1 away. One step of gradient descent on its loss is a small change of the perceptron's. This task is optional.

# %% [markdown] lang="ko" task="hinge_step"
# ## 12. 강의 밖 이야기: 서포트 벡터 머신의 한 걸음 (0점)
#
# 서포트 벡터 머신은 모든 예제가 옳은 쪽에, 그것도 마진 1 이상 떨어져 있기를 바랍니다. 그 손실에 대한 경사 하강법 한 걸음은 퍼셉트론의 갱신을 조금 바꾼 것입니다. 이 문제는 선택입니다.


# %% task="hinge_step"
def hinge_step(X, y, w, b, lr, lam):
    """
    [en]
    One step of (sub)gradient descent on the hinge loss: returns (w_new, b_new).
    [ko]
    힌지 손실에 대한 (서브)그래디언트 하강 한 걸음: (w_new, b_new)를 돌려줍니다.
    [/]

    loss = lam/2 |w|^2 + mean_i max(0, 1 - y_i (x_i w + b))
    [en]
    X: (N, D), N at least 1; y: (N,) of -1 and 1 in the dtype of X; w: (D,); b: 0-d tensor; lr, lam: Python floats. An example with y (x w + b) exactly 1 gives no gradient. The bias is not penalised. Returns w_new (D,) and b_new, 0-d.
    [ko]
    X: (N, D), N은 1 이상. y: X와 같은 dtype의 -1 또는 1로 된 (N,). w: (D,). b: 0차원 텐서. lr, lam: Python float. y (x w + b)가 정확히 1인 예제의 그래디언트는 0입니다. 편향에는 벌점이 없습니다. 결과: w_new (D,), 0차원 b_new.
    [/]
    """
    ### BEGIN SOLUTION
    active = (y * (X @ w + b) < 1).to(X.dtype)
    pull = active * y
    w_new = w - lr * (lam * w - (pull @ X) / len(X))
    b_new = b + lr * pull.mean()
    return w_new, b_new
    ### END SOLUTION


# %% [markdown] lang="en" task="hinge_step" hint=1
# Only examples inside the margin or on the wrong side pull. The penalty pulls w towards zero at every step.

# %% [markdown] lang="ko" task="hinge_step" hint=1
# 마진 안쪽이나 틀린 쪽에 있는 예제만 당깁니다. 벌점은 매 걸음 w를 0으로 당깁니다.

# %% [markdown] lang="en" task="hinge_step" hint=2
# $\partial_w=\lambda w-\frac1N\sum_{y_ig_i<1}y_ix_i,\quad\partial_b=-\frac1N\sum_{y_ig_i<1}y_i$

# %% [markdown] lang="ko" task="hinge_step" hint=2
# $\partial_w=\lambda w-\frac1N\sum_{y_ig_i<1}y_ix_i,\quad\partial_b=-\frac1N\sum_{y_ig_i<1}y_i$

# %% [markdown] lang="en"
# ### Given code
#
# It calls your `q_update` and hands back the table that went in: is it as it was?

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `q_update`를 호출한 뒤, 넘겨준 표를 그대로 돌려줍니다. 호출 전과 같은지 살펴보려는 것입니다.


# %% tags=["provided"]
def graded_old_table(Q, s, a, r, s_next, done, alpha, gamma):
    """
    [en]
    The table that was given to `q_update`, after the call.
    [ko]
    `q_update`에 넘겨준 표의, 호출이 끝난 뒤의 모습.
    [/]
    """
    table = Q.clone()
    q_update(table, s, a, r, s_next, done, alpha, gamma)
    return table


# %% [markdown] lang="en" task="q_update"
# ## 13. Beyond the lecture: learning from a reward (0 points)
#
# In reinforcement learning nobody says which action was right. A table $Q$ holds what each action in each state seems to be worth, and every reward moves one entry a little. This task is optional.

# %% [markdown] lang="ko" task="q_update"
# ## 13. 강의 밖 이야기: 보상에서 배우기 (0점)
#
# 강화 학습에서는 어떤 행동이 옳았는지 아무도 알려 주지 않습니다. 표 $Q$에는 상태마다 각 행동의 가치라고 여겨지는 값이 있고, 보상을 받을 때마다 한 칸이 조금씩 바뀝니다. 이 문제는 선택입니다.


# %% task="q_update"
def q_update(Q, s, a, r, s_next, done, alpha, gamma):
    """
    [en]
    One update of tabular Q-learning: returns the new table.
    [ko]
    표를 쓰는 Q-학습의 한 번 갱신: 새 표를 돌려줍니다.
    [/]

    Q[s, a] += alpha (r + gamma max_a' Q[s_next, a'] - Q[s, a])
    [en]
    Q: (S, A) floats; s, a, s_next: Python ints; r, alpha, gamma: Python floats; done: Python bool. Where done is True the episode is over and nothing is expected from s_next. Returns a new (S, A) table; only one entry differs, and Q stays as it is.
    [ko]
    Q: (S, A) 실수. s, a, s_next: Python int. r, alpha, gamma: Python float. done: Python bool. done이 True이면 에피소드가 끝난 것이므로 s_next에서 기대할 것이 없습니다. 결과: 한 칸만 다른 새 (S, A) 표. Q 자체는 바꾸지 않습니다.
    [/]
    """
    ### BEGIN SOLUTION
    target = r if done else r + gamma * Q[s_next].max()
    Q = Q.clone()
    Q[s, a] += alpha * (target - Q[s, a])
    return Q
    ### END SOLUTION


# %% [markdown] lang="en" task="q_update" hint=1
# Compare what was expected with what came plus what can be expected from there on, and go a part of the way.

# %% [markdown] lang="ko" task="q_update" hint=1
# 기대했던 값을, 실제로 받은 것에 앞으로 기대할 수 있는 것을 더한 값과 비교하고, 그 차이의 일부만큼만 움직이세요.

# %% [markdown] lang="en" task="q_update" hint=2
# Target: $r+\gamma\max_{a'}Q(s',a')$, or just $r$ at the end.

# %% [markdown] lang="ko" task="q_update" hint=2
# 목표값: $r+\gamma\max_{a'}Q(s',a')$, 에피소드가 끝났으면 $r$뿐입니다.
