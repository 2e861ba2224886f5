# %% [markdown] lang="en"
# # Perceptron, XOR and learning
#
# The overview lecture in code. You begin with a single neuron that fires or does not, find out by yourself which of the
# sixteen truth tables it can compute, and build the two-layer network that computes the famous one that it cannot. Then come
# the parts that make such networks *learn*: activations with a slope, the chain rule, stochastic gradient descent,
# momentum, learning rates that shrink, and a clean split of the data. The last picture puts your own parts together.

# %% [markdown] lang="ko"
# # 퍼셉트론, XOR, 그리고 학습
#
# 딥러닝 개요 강의를 코드로 옮긴 과제입니다. 켜지거나 꺼지는 뉴런 하나에서 시작해, 진리표 열여섯 개 가운데 뉴런 하나로 계산할 수 있는
# 것이 무엇인지 직접 알아내고, 그럴 수 없는 유명한 문제를 두 층짜리 신경망으로 풉니다. 이어서 이런 신경망이 *학습*하는 데 필요한
# 부품을 만듭니다. 기울기가 있는 활성화 함수, 연쇄법칙, 확률적 경사 하강법, 모멘텀, 점점 작아지는 학습률, 그리고 데이터를 제대로
# 나누는 방법입니다. 마지막 그림에서는 이 부품들이 모두 함께 돌아갑니다.

# %% [markdown] lang="en"
# ## Recap
#
# **A perceptron** multiplies its inputs by weights, adds a bias, and fires when the sum reaches zero:
#
# $$z=w_1x_1+\dots+w_dx_d+b,\qquad a(z)=\begin{cases}1 & z\ge 0\\ 0 & z<0\end{cases}$$
#
# The points with $z=0$ form a line (in $d$ dimensions a hyperplane), the *decision line*. One perceptron draws one line.
#
# **A multilayer perceptron** feeds the outputs of some neurons to others. Each layer is a function, and the network is
# functions inside functions, $h(g(f(x)))$: this nesting is the depth in deep learning.
#
# **Activations with a slope** replace the step where a network is to learn:
#
# $$\sigma(x)=\frac1{1+e^{-x}},\qquad \tanh(x)=\frac2{1+e^{-2x}}-1,\qquad \mathrm{ReLU}(x)=\max(0,x).$$
#
# **Learning** means: compute the loss $L$, differentiate it by every parameter with the chain rule (*backpropagation*), and
# let an *optimiser* use these derivatives, in the simplest case $\theta\leftarrow\theta-\eta\,\partial L/\partial\theta$.
# With all data in each step this is batch gradient descent, with one example SGD, with a few a mini-batch. Momentum
# remembers earlier steps, $v\leftarrow\mu v-\eta g,\ \theta\leftarrow\theta+v$.

# %% [markdown] lang="ko"
# ## 복습
#
# **퍼셉트론**은 입력에 가중치를 곱해 더하고 편향을 더한 뒤, 그 합이 0 이상이면 1을 출력합니다.
#
# $$z=w_1x_1+\dots+w_dx_d+b,\qquad a(z)=\begin{cases}1 & z\ge 0\\ 0 & z<0\end{cases}$$
#
# $z=0$인 점들은 직선($d$차원에서는 초평면)을 이루며, 이를 *의사결정선*이라 합니다. 퍼셉트론 하나가 긋는 선은 하나입니다.
#
# **다층 퍼셉트론**은 뉴런의 출력을 다른 뉴런의 입력으로 넘깁니다. 층 하나가 함수 하나이고, 신경망은 함수 속의 함수
# $h(g(f(x)))$입니다. 딥러닝의 '깊이'는 바로 이렇게 겹겹이 들어 있는 함수를 가리킵니다.
#
# **기울기가 있는 활성화 함수.** 학습하는 신경망에서는 스텝 함수 대신 다음과 같은 함수를 씁니다.
#
# $$\sigma(x)=\frac1{1+e^{-x}},\qquad \tanh(x)=\frac2{1+e^{-2x}}-1,\qquad \mathrm{ReLU}(x)=\max(0,x)$$
#
# **학습**은 이렇게 이루어집니다. 손실 $L$을 계산하고, 연쇄법칙으로 모든 파라미터에 대한 미분을 구한 다음(*역전파*), *옵티마이저*가
# 그 미분으로 파라미터를 고칩니다. 가장 간단한 방법은 $\theta\leftarrow\theta-\eta\,\partial L/\partial\theta$입니다. 한 번에 전체
# 데이터를 쓰면 배치 경사 하강법, 하나씩 쓰면 SGD, 몇 개씩 쓰면 미니배치입니다. 모멘텀은 지난 이동을 기억합니다.
# $v\leftarrow\mu v-\eta g,\ \theta\leftarrow\theta+v$

# %% [markdown] lang="en"
# ### Often mixed up
#
# - In the formula of tanh the denominator is $1+e^{-2x}$. With a 2 in place of the 1 the curve no longer passes through 0.
# - Without a bias, AND is impossible: at $(0,0)$ the sum is 0, and a perceptron fires at 0. The bias is not a convenience.
# - What makes the step useless for learning is not the one point where it has no derivative (ReLU has such a point too),
#   but that its derivative is 0 everywhere else.
# - The network that solves XOR has two inputs, *one* hidden layer of two neurons, and one output.
# - Backpropagation computes derivatives; what to do with them is the optimiser's business.
# - A local minimum is a point of slope 0 with larger values all around it. An inflection point is something else.
# - Momentum needs a memory: today's velocity is made from *yesterday's*. If the velocity is defined by itself, the equation
#   can be solved, and what comes out is plain gradient descent with the learning rate $\eta/(1-\mu)$.
#
# ### Conventions
#
# - A perceptron fires at $z\ge0$. ReLU has derivative 0 at 0.
# - Results have the dtype and device of the inputs. No function changes its inputs, draws random numbers or prints.
# - Derivatives are written by hand: `torch.autograd` is forbidden in those tasks.
# - The given functions are called `graded_...`: keep these names free.

# %% [markdown] lang="ko"
# ### 헷갈리기 쉬운 점
#
# - tanh의 분모는 $1+e^{-2x}$입니다. 1 자리에 2를 쓰면 곡선이 더는 원점을 지나지 않습니다.
# - 편향이 없으면 AND조차 만들 수 없습니다. $(0,0)$에서 합은 0인데 퍼셉트론은 0에서 켜지기 때문입니다. 편향은 편의를 위한 장치가 아닙니다.
# - 스텝 함수로 학습할 수 없는 까닭은 미분이 안 되는 점이 하나 있어서가 아니라(그런 점은 ReLU에도 있습니다), 나머지 모든 곳에서
#   미분이 0이기 때문입니다.
# - XOR를 푸는 신경망은 입력 두 개, 뉴런 두 개짜리 은닉층 *하나*, 출력 하나로 이루어집니다.
# - 역전파는 미분을 계산할 뿐이고, 그 미분으로 파라미터를 고치는 것은 옵티마이저입니다.
# - 지역 최소점(local minimum)은 기울기가 0이고 둘레의 값이 모두 더 큰 점입니다. 변곡점과는 다릅니다.
# - 모멘텀에는 기억이 필요합니다. 이번 속도는 *지난번* 속도로 만듭니다. 속도를 자기 자신으로 정의하면 그 식은 그냥 풀려 버리고,
#   남는 것은 학습률이 $\eta/(1-\mu)$인 평범한 경사 하강법입니다.
#
# ### 이 노트북의 약속
#
# - 퍼셉트론은 $z\ge0$일 때 켜집니다. ReLU의 0에서의 도함수는 0으로 정합니다.
# - 결과의 dtype과 device는 입력과 같습니다. 어떤 함수도 입력을 바꾸거나, 난수를 뽑거나, 무언가를 출력(print)하지 않습니다.
# - 미분은 손으로 씁니다. 이런 문제에서는 `torch.autograd`를 쓸 수 없습니다.
# - 주어진 함수의 이름은 `graded_...`로 시작합니다. 이런 이름은 쓰지 마세요.

# %%
import torch

# %% [markdown] lang="en" task="step_perceptron"
# ## 1. A perceptron (8 points)
#
# One neuron, $N$ inputs at once: each row of $X$ is one example. Multiply by the weights, add the bias, and answer 1 where
# the sum is at least 0, otherwise 0. Nothing limits a perceptron to two inputs.

# %% [markdown] lang="ko" task="step_perceptron"
# ## 1. 퍼셉트론 (8점)
#
# 뉴런 하나에 입력 $N$개를 한꺼번에 넣습니다. $X$의 한 행이 샘플 하나입니다. 가중치를 곱해 더하고 편향을 더한 뒤, 합이 0 이상이면 1,
# 아니면 0을 출력하세요. 입력이 두 개여야 할 까닭은 없습니다.


# %% task="step_perceptron"
def step_perceptron(X, w, b):
    """
    [en]
    The answers of one perceptron: 1 where w.x + b >= 0, otherwise 0.

    X: (N, d) float, one example a row. w: (d,), same dtype. b: a Python float. Returns (N,), dtype of X, of 0.0 and 1.0.

    z = 0 fires (and so does -0.0). The bias is added once for each example. N = 0 is allowed; d >= 1.
    [ko]
    퍼셉트론 하나의 출력: w.x + b >= 0이면 1, 아니면 0.

    X: (N, d) 실수 텐서, 한 행이 샘플 하나. w: (d,), 같은 dtype. b: Python float. 결과: (N,), X와 같은 dtype, 값은 0.0과 1.0.

    z = 0이면 켜집니다(-0.0도 마찬가지입니다). 편향은 샘플마다 한 번 더합니다. N = 0일 수도 있습니다. d >= 1.
    [/]
    """
    ### BEGIN SOLUTION
    return (X @ w + b >= 0).to(X.dtype)
    ### END SOLUTION


# %% [markdown] lang="en" task="step_perceptron" hint=1
# One product gives the sums of all rows together. A comparison gives True and False; they still have to become numbers of
# the right dtype.

# %% [markdown] lang="ko" task="step_perceptron" hint=1
# 곱셈 한 번이면 모든 행의 합을 한꺼번에 얻습니다. 비교의 결과는 True와 False이므로, 알맞은 dtype의 숫자로 바꿔야 합니다.

# %% [markdown] lang="en" task="step_perceptron" hint=2
# $z_n=\sum_i X_{ni}w_i+b,\qquad a_n=\mathbb 1[z_n\ge 0]$

# %% [markdown] lang="ko" task="step_perceptron" hint=2
# $z_n=\sum_i X_{ni}w_i+b,\qquad a_n=\mathbb 1[z_n\ge 0]$

# %% [markdown] lang="en"
# ### Given code
#
# Many weights make the same gate, so your numbers cannot be compared with ours. These functions feed the four inputs to *your*
# gate and report what it answers.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 같은 게이트를 만드는 가중치는 무수히 많으므로 숫자를 그대로 비교할 수 없습니다. 아래 함수들은 *여러분의* 게이트에 네 가지 입력을
# 넣고 그 출력을 알려 줍니다.


# %% tags=["provided"]
def graded_sums(name):
    """
    [en]
    w.x + b of your gate at (0,0), (0,1), (1,0), (1,1).
    [ko]
    (0,0), (0,1), (1,0), (1,1)에서 여러분의 게이트가 계산하는 w.x + b.
    [/]
    """
    w, b = gate_params(name)
    if not torch.is_tensor(w) or w.shape != (2,):
        raise TypeError("gate_params must return (w, b) with w a tensor of shape (2,)")
    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    return (corners * w.to(torch.float64)).sum(dim=1) + float(b)


def graded_gate(name):
    """
    [en]
    The truth table of your gate, (4,) int64: it fires at sums >= 0.
    [ko]
    여러분의 게이트의 진리표, (4,) int64: 합이 0 이상이면 1.
    [/]
    """
    return (graded_sums(name) >= 0).long()


def graded_gate_margin(name):
    """
    [en]
    Is every sum at least 1e-6 away from 0?
    [ko]
    모든 합이 0에서 1e-6 이상 떨어져 있나요?
    [/]
    """
    return bool((graded_sums(name).abs() >= 1e-6).all())


# %% [markdown] lang="en" task="gate_params"
# ## 2. Gates (8 points)
#
# Choose weights and a bias, by hand, so that a single perceptron computes AND, OR, NAND and NOR. Draw the four points
# $(0,0),(0,1),(1,0),(1,1)$ on paper, mark which of them should fire, and lay a line between the two kinds. Keep the line
# clear of the points: a neuron whose sum is exactly 0 depends on the last rounding.

# %% [markdown] lang="ko" task="gate_params"
# ## 2. 게이트 (8점)
#
# 퍼셉트론 하나가 AND, OR, NAND, NOR를 계산하도록 가중치와 편향을 손으로 정해 보세요. 종이에 $(0,0),(0,1),(1,0),(1,1)$ 네 점을 찍고
# 켜져야 할 점을 표시한 다음, 두 부류 사이에 직선을 그으면 됩니다. 직선이 점에 닿지 않게 하세요. 합이 정확히 0인 뉴런은 마지막
# 반올림 하나에 결과가 좌우됩니다.


# %% task="gate_params"
def gate_params(name):
    """
    [en]
    Weights and bias with which a perceptron (fires at w.x + b >= 0) computes a gate.

    name: "AND", "OR", "NAND" or "NOR". Returns (w, b): w a (2,) float64 tensor, b a Python float.

    The inputs are 0 and 1. Every combination that gives the right table is right, as long as |w.x + b| >= 1e-6 at all four
    inputs. (NAND is the opposite of AND, NOR the opposite of OR.)
    [ko]
    퍼셉트론(w.x + b >= 0이면 1)이 게이트를 계산하게 하는 가중치와 편향.

    name: "AND", "OR", "NAND", "NOR" 중 하나. 결과 (w, b): w는 (2,) float64 텐서, b는 Python float.

    입력은 0과 1입니다. 진리표만 맞으면 어떤 값이든 정답이며, 네 입력 모두에서 |w.x + b| >= 1e-6이어야 합니다.
    (NAND는 AND의 반대, NOR는 OR의 반대입니다.)
    [/]
    """
    ### BEGIN SOLUTION
    w, b = {"AND": (1.0, -1.5), "OR": (1.0, -0.5), "NAND": (-1.0, 1.5), "NOR": (-1.0, 0.5)}[name]
    return torch.tensor([w, w], dtype=torch.float64), b
    ### END SOLUTION


# %% [markdown] lang="en" task="gate_params" hint=1
# With both weights 1 the sum counts the ones among the inputs: 0, 1 or 2. Between which two of these numbers must the
# threshold lie? The bias is minus the threshold. What turns a gate into its opposite?

# %% [markdown] lang="ko" task="gate_params" hint=1
# 두 가중치를 모두 1로 두면 합은 입력 가운데 1의 개수, 곧 0, 1, 2입니다. 임계값은 이 중 어느 두 수 사이에 있어야 할까요? 편향은
# 임계값에 음의 부호를 붙인 것입니다. 게이트를 정반대로 바꾸려면 무엇을 하면 될까요?

# %% [markdown] lang="en" task="gate_params" hint=2
# AND: $x_1+x_2\ge\theta$ with $1<\theta<2$. OR: $0<\theta<1$. Then $b=-\theta$, and $-w,\,-b$ give the opposite gate.

# %% [markdown] lang="ko" task="gate_params" hint=2
# AND: $x_1+x_2\ge\theta$, $1<\theta<2$. OR: $0<\theta<1$. 이때 $b=-\theta$이고, $-w,\,-b$로 바꾸면 반대 게이트가 됩니다.

# %% [markdown] lang="en"
# ### See it: four gates, four lines
#
# The shaded side is where your perceptron fires, and a filled point is one that should. Each picture has every filled point
# on the shaded side and every empty one on the other.

# %% [markdown] lang="ko"
# ### 직접 보기: 게이트 네 개, 직선 네 개
#
# 색칠한 쪽이 여러분의 퍼셉트론이 켜지는 쪽이고, 속이 찬 점이 켜져야 할 점입니다. 네 그림 모두 속이 찬 점은 색칠한 쪽에, 빈 점은 반대쪽에
# 있어야 합니다.

# %% tags=["explore"]
if ready(step_perceptron, gate_params):
    import matplotlib.pyplot as plt

    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    gates = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0], "NOR": [1, 0, 0, 0]}
    side = torch.linspace(-0.613, 1.627, 301, dtype=torch.float64)
    grid = torch.cartesian_prod(side, side)
    figure, axes = plt.subplots(1, 4, figsize=(13, 3.5), constrained_layout=True)
    for ax, (name, table) in zip(axes, gates.items()):
        w, b = gate_params(name)
        fires = step_perceptron(grid, w, float(b)).reshape(301, 301).T
        ax.contourf(side, side, fires, levels=[-0.5, 0.5, 1.5], colors=["white", "#cfe3f2"])
        ax.contour(side, side, fires, levels=[0.5], colors="#0072B2", linewidths=2)
        for corner, target in zip(corners, table):
            ax.plot(*corner, "o", ms=13, mec="black", mfc="black" if target else "white")
        ax.set(title=name, xlabel="$x_1$", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes[0].set_ylabel("$x_2$")
    plt.show()

# %% [markdown] lang="en" task="is_separable"
# ## 3. What one line can do (10 points)
#
# There are sixteen ways to fill the truth table of two inputs. Which of them can a single perceptron compute? Write a function
# that decides it: is there *any* line with all the ones on its firing side and all the zeros on the other?

# %% [markdown] lang="ko" task="is_separable"
# ## 3. 직선 하나로 할 수 있는 일 (10점)
#
# 입력이 두 개인 진리표를 채우는 방법은 열여섯 가지입니다. 그중 퍼셉트론 하나로 계산할 수 있는 것은 무엇일까요? 모든 1을 켜지는 쪽에,
# 모든 0을 반대쪽에 두는 직선이 *하나라도* 있는지 판정하는 함수를 작성하세요.


# %% task="is_separable"
def is_separable(y):
    """
    [en]
    Can one perceptron (any real weights and bias) compute this truth table?

    y: (4,) int64 of 0 and 1, the wanted outputs at (0,0), (0,1), (1,0), (1,1), in this order. Returns a Python bool.

    Tables of all zeros or all ones count too: a perceptron that never fires, or always does.
    [ko]
    퍼셉트론 하나(가중치와 편향은 임의의 실수)로 이 진리표를 계산할 수 있는지 판정합니다.

    y: (4,) int64, 값은 0과 1. 차례대로 (0,0), (0,1), (1,0), (1,1)에서 나와야 할 출력입니다. 결과: Python bool.

    모두 0이거나 모두 1인 표도 대상입니다. 절대 켜지지 않거나 늘 켜져 있는 퍼셉트론도 퍼셉트론입니다.
    [/]
    """
    ### BEGIN SOLUTION
    a, b, c, d = y.tolist()
    return not (a == d and b == c and a != b)
    ### END SOLUTION


# %% [markdown] lang="en" task="is_separable" hint=1
# Draw all sixteen tables as four points on paper; that is quicker than it sounds. When does every line fail? Look at the two
# diagonals of the square: they cross in one point, and a line cannot have that point on both of its sides.

# %% [markdown] lang="ko" task="is_separable" hint=1
# 열여섯 개의 표를 종이에 네 점씩 그려 보세요. 생각보다 금방 끝납니다. 어떤 직선으로도 안 되는 것은 언제인가요? 정사각형의 두 대각선을
# 보세요. 둘은 한 점에서 만나는데, 그 점이 직선의 양쪽에 동시에 있을 수는 없습니다.

# %% [markdown] lang="en" task="is_separable" hint=2
# From $z=w_1x_1+w_2x_2+b$ follows $z(0,0)+z(1,1)=z(0,1)+z(1,0)$. If both terms on one side are $\ge0$ and both on the other
# are $<0$, this cannot hold; in every other case weights exist.

# %% [markdown] lang="ko" task="is_separable" hint=2
# $z=w_1x_1+w_2x_2+b$이므로 $z(0,0)+z(1,1)=z(0,1)+z(1,0)$입니다. 한쪽의 두 항이 모두 $\ge0$이고 다른 쪽의 두 항이 모두 $<0$이면 이
# 등식이 성립할 수 없습니다. 그 밖의 경우에는 언제나 알맞은 가중치가 있습니다.

# %% [markdown] lang="en"
# ### Given code
#
# Runs the network that your `xor_mlp` describes: two perceptrons side by side, and a third that sees only their answers.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `xor_mlp`가 나타내는 신경망을 실행합니다. 나란히 놓인 퍼셉트론 두 개와, 그 둘의 출력만 보는 세 번째 퍼셉트론입니다.


# %% tags=["provided"]
def graded_xor_layers():
    """
    [en]
    What xor_mlp returns, as float64, after a look at the shapes.
    [ko]
    xor_mlp가 돌려준 값의 모양을 확인하고 float64로 바꿔 돌려줍니다.
    [/]
    """
    layers = xor_mlp()
    shapes = [tuple(p.shape) if torch.is_tensor(p) else type(p).__name__ for p in layers]
    if shapes != [(2, 2), (2,), (2, 1), (1,)]:
        raise TypeError(f"xor_mlp must return tensors of shapes (2, 2), (2,), (2, 1), (1,), not {shapes}")
    return tuple(p.to(torch.float64) for p in layers)


def graded_xor(X):
    """
    [en]
    The answers of your network: X (N, 2) of 0 and 1 -> (N,) int64.
    [ko]
    여러분의 신경망의 출력: X (N, 2), 값은 0과 1 -> (N,) int64.
    [/]
    """
    W1, b1, W2, b2 = graded_xor_layers()
    hidden = (X.to(torch.float64) @ W1 + b1 >= 0).to(torch.float64)
    return (hidden @ W2 + b2 >= 0).long()[:, 0]


# %% [markdown] lang="en" task="xor_mlp"
# ## 4. XOR with three perceptrons (10 points)
#
# XOR needs two lines. Let two perceptrons draw one each; a third sees only their two answers, and in *its* plane a single line
# is enough. Choose all nine numbers by hand. All three perceptrons use the step.

# %% [markdown] lang="ko" task="xor_mlp"
# ## 4. 퍼셉트론 세 개로 푸는 XOR (10점)
#
# XOR에는 직선이 두 개 필요합니다. 퍼셉트론 두 개가 하나씩 긋게 하고, 세 번째 퍼셉트론은 그 둘의 출력만 봅니다. *그* 평면에서는 직선
# 하나로 충분합니다. 아홉 개의 수를 모두 손으로 정하세요. 세 퍼셉트론 모두 스텝 함수를 씁니다.


# %% task="xor_mlp"
def xor_mlp():
    """
    [en]
    Weights and biases of a 2-2-1 network of perceptrons that computes XOR.

    Returns (W1, b1, W2, b2), float64 tensors of shapes (2, 2), (2,), (2, 1), (1,).

    The network computes h = step(x @ W1 + b1) and out = step(h @ W2 + b2) with step(z) = 1 for z >= 0, otherwise 0, for rows
    x = (x1, x2) of 0 and 1: column j of W1 belongs to hidden neuron j. out must be 1 where exactly one of x1, x2 is 1.
    There are many right answers; what counts is the output.
    [ko]
    XOR를 계산하는 2-2-1 퍼셉트론 신경망의 가중치와 편향.

    결과 (W1, b1, W2, b2): 모양이 (2, 2), (2,), (2, 1), (1,)인 float64 텐서.

    신경망은 0과 1로 된 행 x = (x1, x2)에 대해 h = step(x @ W1 + b1), out = step(h @ W2 + b2)를 계산합니다. step(z)는 z >= 0이면 1,
    아니면 0입니다. W1의 j번째 열이 j번째 은닉 뉴런의 가중치입니다. x1, x2 중 하나만 1일 때 out이 1이어야 합니다.
    정답은 여럿이며, 출력만 맞으면 됩니다.
    [/]
    """
    ### BEGIN SOLUTION
    W1 = torch.tensor([[1.0, -1.0], [1.0, -1.0]], dtype=torch.float64)
    b1 = torch.tensor([-0.5, 1.5], dtype=torch.float64)
    W2 = torch.tensor([[1.0], [1.0]], dtype=torch.float64)
    b2 = torch.tensor([-1.5], dtype=torch.float64)
    return W1, b1, W2, b2
    ### END SOLUTION


# %% [markdown] lang="en" task="xor_mlp" hint=1
# "Exactly one" means "at least one, and not both". You have built a gate for each of these three pieces already.

# %% [markdown] lang="ko" task="xor_mlp" hint=1
# "정확히 하나"는 "적어도 하나이고, 둘 다는 아님"이라는 뜻입니다. 이 세 조각에 해당하는 게이트는 이미 모두 만들었습니다.

# %% [markdown] lang="en" task="xor_mlp" hint=2
# $x_1\oplus x_2=(x_1\ \mathrm{OR}\ x_2)\ \mathrm{AND}\ (x_1\ \mathrm{NAND}\ x_2)$. Each hidden neuron fills one column of
# $W_1$ and one entry of $b_1$.

# %% [markdown] lang="ko" task="xor_mlp" hint=2
# $x_1\oplus x_2=(x_1\ \mathrm{OR}\ x_2)\ \mathrm{AND}\ (x_1\ \mathrm{NAND}\ x_2)$. 은닉 뉴런 하나가 $W_1$의 한 열과 $b_1$의 한
# 원소를 채웁니다.

# %% [markdown] lang="en"
# ### See it: XOR becomes easy in another plane
#
# Left: your two hidden perceptrons and their lines. Middle: the same four points as the third perceptron sees them; two of them
# have fallen together, and one line is enough. Right: what the whole network answers.

# %% [markdown] lang="ko"
# ### 직접 보기: 다른 평면에서는 쉬워지는 XOR
#
# 왼쪽: 은닉 퍼셉트론 두 개와 각각의 직선. 가운데: 세 번째 퍼셉트론이 보는 네 점. 두 점이 한곳에 겹쳐 직선 하나로 충분합니다. 오른쪽: 신경망
# 전체의 출력.

# %% tags=["explore"]
if ready(step_perceptron, xor_mlp):
    import matplotlib.pyplot as plt

    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    side = torch.linspace(-0.613, 1.627, 301, dtype=torch.float64)
    grid = torch.cartesian_prod(side, side)
    W1, b1, W2, b2 = graded_xor_layers()

    def hidden(X):
        return torch.stack([step_perceptron(X, W1[:, j].contiguous(), float(b1[j])) for j in (0, 1)], dim=1)

    def picture(values):
        return values.reshape(301, 301).T

    figure, axes = plt.subplots(1, 3, figsize=(12, 4), constrained_layout=True)
    for j, color in enumerate(["#0072B2", "#D55E00"]):
        fires = picture(hidden(grid)[:, j])
        axes[0].contourf(side, side, fires, levels=[0.5, 1.5], colors=[color], alpha=0.18)
        axes[0].contour(side, side, fires, levels=[0.5], colors=color, linewidths=2)
        axes[0].plot([], [], color=color, lw=2, label=f"hidden neuron {j + 1}")
    axes[0].legend(loc="upper right", fontsize=8)
    last = W2[:, 0].contiguous(), float(b2)
    for ax, fires in [(axes[1], step_perceptron(grid, *last)), (axes[2], step_perceptron(hidden(grid), *last))]:
        ax.contourf(side, side, picture(fires), levels=[0.5, 1.5], colors=["#bfe3d3"])
        if 0 < fires.sum() < len(fires):
            ax.contour(side, side, picture(fires), levels=[0.5], colors="#009E73", linewidths=2)
    places = {}
    for corner, h in zip(corners, hidden(corners)):
        one = corner.sum() == 1
        places.setdefault(tuple(h.tolist()), []).append(f"({corner[0]:.0f},{corner[1]:.0f})")
        for ax, point in [(axes[0], corner), (axes[1], h), (axes[2], corner)]:
            ax.plot(*point, "o", ms=13, mec="black", mfc="black" if one else "white")
    for point, names in places.items():
        axes[1].annotate(" and ".join(names), point, (0, 11), textcoords="offset points", ha="center", fontsize=9)
    titles = ["two lines in the input plane", "one line in the hidden plane", "output of the network"]
    for ax, title, letter in zip(axes, titles, "xhx"):
        ax.set(
            title=title, xlabel=f"${letter}_1$", ylabel=f"${letter}_2$", xticks=[0, 1], yticks=[0, 1], aspect="equal"
        )
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# The three results of your `activations` in a fixed order, so that they can be differentiated.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `activations`가 돌려준 세 결과를 미분할 수 있도록 정해진 순서로 늘어놓습니다.


# %% tags=["provided"]
def graded_curves(x):
    """
    [en]
    (sigmoid, tanh, ReLU) of x, as your activations computes them.
    [ko]
    여러분의 activations가 구한 (시그모이드, tanh, ReLU).
    [/]
    """
    curves = activations(x)
    return curves["sig"], curves["tanh"], curves["relu"]


# %% [markdown] lang="en" task="activations"
# ## 5. Activations with a slope (12 points)
#
# To learn, a neuron has to feel which way is better: its activation needs a slope. Write the three classics and their
# derivatives. Watch large inputs: $e^{1000}$ is infinite for a computer, and $\infty/\infty$ is not a number.

# %% [markdown] lang="ko" task="activations"
# ## 5. 기울기가 있는 활성화 함수 (12점)
#
# 학습하려면 어느 쪽으로 가야 나아지는지 알 수 있어야 하므로 활성화 함수에 기울기가 있어야 합니다. 대표적인 세 함수와 그 도함수를 작성하세요.
# 큰 입력에 주의하세요. 컴퓨터에게 $e^{1000}$은 무한대이고, $\infty/\infty$는 수가 아닙니다.


# %% task="activations"
def activations(x):
    """
    [en]
    Sigmoid, tanh and ReLU of every element: a dict with the keys "sig", "tanh", "relu".

    x: float tensor of any shape (0-d and empty too), or int64, which counts as float64. Returns three tensors of the shape
    and dtype of x (float64 for int64).

    Exact for inputs up to ±1000. Must be differentiable: autograd has to get from the results back to a float x.
    [ko]
    모든 원소에 시그모이드, tanh, ReLU를 적용해 키가 "sig", "tanh", "relu"인 dict로 돌려줍니다.

    x: 임의의 모양의 실수 텐서(0차원과 빈 텐서 포함) 또는 int64 텐서. int64는 float64로 여깁니다. 결과: x와 모양과 dtype이 같은
    텐서 세 개(int64이면 float64).

    입력이 ±1000이어도 정확해야 합니다. 미분 가능해야 합니다. 즉 autograd가 결과에서 실수 x까지 거슬러 갈 수 있어야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    if not x.is_floating_point():
        x = x.double()
    return {"sig": torch.sigmoid(x), "tanh": torch.tanh(x), "relu": torch.relu(x)}
    ### END SOLUTION


def act_grad(kind, x):
    """
    [en]
    The derivative of one of them at x, element by element.

    kind: "sig", "tanh" or "relu". x: as above; it is the input of the activation, not its output.
    Returns a tensor of the shape and dtype of x (float64 for int64).

    relu'(0) = 0, also at -0.0. Finite and exact for inputs up to ±1000. You may call activations.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    위의 함수 하나를 x에서 원소별로 미분한 값.

    kind: "sig", "tanh", "relu" 중 하나. x: 위와 같습니다. 활성화 함수의 출력이 아니라 입력입니다.
    결과: x와 모양과 dtype이 같은 텐서(int64이면 float64).

    relu'(0) = 0이며 -0.0에서도 같습니다. 입력이 ±1000이어도 유한하고 정확해야 합니다. activations를 불러 써도 됩니다.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    a = activations(x)[kind]
    if kind == "relu":
        return (x > 0).to(a.dtype)
    return a * (1 - a) if kind == "sig" else 1 - a**2
    ### END SOLUTION


# %% [markdown] lang="en" task="activations" hint=1
# Torch has all three functions, and its own are safe for large inputs; if you write them with `exp`, make sure that its argument
# is never a large positive number. Two of the derivatives are short when they are written with the *value* of the function.

# %% [markdown] lang="ko" task="activations" hint=1
# 세 함수 모두 torch에 있고 큰 입력에도 안전합니다. `exp`로 직접 쓴다면 지수가 큰 양수가 되지 않도록 하세요. 도함수 가운데 두 개는
# 함수의 *값*으로 나타내면 짧아집니다.

# %% [markdown] lang="en" task="activations" hint=2
# $\sigma'(x)=\sigma(x)\,(1-\sigma(x)),\quad\tanh'(x)=1-\tanh^2(x),\quad\mathrm{ReLU}'(x)=\mathbb 1[x>0]$

# %% [markdown] lang="ko" task="activations" hint=2
# $\sigma'(x)=\sigma(x)\,(1-\sigma(x)),\quad\tanh'(x)=1-\tanh^2(x),\quad\mathrm{ReLU}'(x)=\mathbb 1[x>0]$

# %% [markdown] lang="en"
# ### See it: who still has a slope?
#
# The functions on the left, their slopes on the right, and the step for comparison: its slope is 0 wherever it has one. Note how
# small the slope of the sigmoid is even at its best, 1/4, and how quickly it and tanh go flat.

# %% [markdown] lang="ko"
# ### 직접 보기: 기울기가 남아 있는 함수는?
#
# 왼쪽은 함수, 오른쪽은 기울기이고, 비교를 위해 스텝 함수도 그렸습니다. 스텝 함수의 기울기는 끊어진 한 점($x=0$)만 빼면 어디서나
# 0입니다. 시그모이드의 기울기는 가장 클 때조차 1/4밖에 되지 않고, 시그모이드와 tanh 모두 금세 평평해진다는 점을 눈여겨보세요.

# %% tags=["explore"]
if ready(activations, act_grad):
    import matplotlib.pyplot as plt

    x = torch.linspace(-5, 5, 401, dtype=torch.float64)
    figure, axes = plt.subplots(1, 2, figsize=(11, 3.8), constrained_layout=True)
    axes[0].plot(x, (x >= 0).double(), color="0.6", ls="--", label="step")
    axes[1].plot(x, torch.zeros_like(x), color="0.6", ls="--", label="step")
    names = {"sig": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
    for kind, color in zip(names, ["#0072B2", "#D55E00", "#009E73"]):
        axes[0].plot(x, activations(x)[kind], color=color, lw=2, label=names[kind])
        axes[1].plot(x, act_grad(kind, x), color=color, lw=2, label=names[kind])
    axes[0].set(title="activation", xlabel="x", ylim=(-1.2, 2.2))
    axes[1].set(title="derivative", xlabel="x", ylim=(-0.1, 1.2))
    for ax in axes:
        ax.grid(alpha=0.3)
    axes[0].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Each looks at one half of what your `chain_grads` returns, so that one half can be right without the other.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `chain_grads`가 돌려준 값을 절반씩 살펴봅니다. 그래서 한쪽이 틀려도 다른 쪽은 인정받을 수 있습니다.


# %% tags=["provided"]
def graded_last_layer(x, y, w1, b1, w2, b2):
    """
    [en]
    {"dw2": ..., "db2": ...} as chain_grads computes them.
    [ko]
    chain_grads가 구한 {"dw2": ..., "db2": ...}.
    [/]
    """
    _, _, dw2, db2 = chain_grads(x, y, w1, b1, w2, b2)
    return {"dw2": dw2, "db2": db2}


def graded_first_layer(x, y, w1, b1, w2, b2):
    """
    [en]
    {"dw1": ..., "db1": ...} as chain_grads computes them.
    [ko]
    chain_grads가 구한 {"dw1": ..., "db1": ...}.
    [/]
    """
    dw1, db1, _, _ = chain_grads(x, y, w1, b1, w2, b2)
    return {"dw1": dw1, "db1": db1}


# %% [markdown] lang="en" task="chain_grads"
# ## 6. The chain rule, link by link (15 points)
#
# The smallest network with two layers: $f=\sigma(w_1x+b_1)$, $g=w_2f+b_2$, loss $L=\frac12(g-y)^2$. How does the loss react
# to each of the four parameters? Follow the chain back from $L$: first to $g$, from there to $w_2$, $b_2$ and $f$, and through
# the slope of the sigmoid on to $w_1$ and $b_1$. What you have computed for a later link serves the earlier ones again.

# %% [markdown] lang="ko" task="chain_grads"
# ## 6. 한 고리씩 따라가는 연쇄법칙 (15점)
#
# 층이 두 개인 가장 작은 신경망입니다. $f=\sigma(w_1x+b_1)$, $g=w_2f+b_2$, 손실은 $L=\frac12(g-y)^2$입니다. 손실은 네 파라미터에 각각
# 얼마나 반응할까요? $L$에서 사슬을 거슬러 가세요. 먼저 $g$로, 거기서 $w_2$, $b_2$, $f$로, 그리고 시그모이드의 기울기를 지나 $w_1$과
# $b_1$로 갑니다. 뒤쪽 고리에서 구한 값은 앞쪽 고리에서 다시 쓰입니다.


# %% task="chain_grads"
def chain_grads(x, y, w1, b1, w2, b2):
    """
    [en]
    The four derivatives of L = 1/2 (g - y)^2, where g = w2 * sigmoid(w1 * x + b1) + b2.

    All arguments are 0-d float tensors of one dtype. Returns (dw1, db1, dw2, db2), 0-d tensors: dL/dw1, dL/db1, dL/dw2, dL/db2.

    All four are taken at the given parameters: nothing is updated. Finite also where w1 * x + b1 is ±800.
    Forbidden: torch.autograd, torch.func, .backward.
    [ko]
    g = w2 * sigmoid(w1 * x + b1) + b2일 때 L = 1/2 (g - y)^2의 네 미분.

    인자는 모두 dtype이 같은 0차원 실수 텐서입니다. 결과 (dw1, db1, dw2, db2): 0차원 텐서 dL/dw1, dL/db1, dL/dw2, dL/db2.

    네 값 모두 주어진 파라미터에서 구하며, 파라미터를 갱신하지 않습니다. w1 * x + b1이 ±800이어도 유한해야 합니다.
    사용 금지: torch.autograd, torch.func, .backward.
    [/]
    """
    ### BEGIN SOLUTION
    f = torch.sigmoid(w1 * x + b1)
    dg = w2 * f + b2 - y
    dz = dg * w2 * f * (1 - f)
    return dz * x, dz, dg * f, dg
    ### END SOLUTION


# %% [markdown] lang="en" task="chain_grads" hint=1
# Write down the forward pass first and keep $f$ and $g$. Then go backwards, one link at a time, and multiply: each link asks
# only "if this number grows a little, how does the next one react?"

# %% [markdown] lang="ko" task="chain_grads" hint=1
# 먼저 순전파를 적고 $f$와 $g$를 남겨 두세요. 그다음 한 고리씩 거꾸로 가면서 곱합니다. 각 고리가 묻는 것은 "이 수가 조금 커지면 다음
# 수는 얼마나 변하는가?" 하나뿐입니다.

# %% [markdown] lang="en" task="chain_grads" hint=2
# $\dfrac{\partial L}{\partial g}=g-y,\quad \dfrac{\partial g}{\partial w_2}=f,\quad\dfrac{\partial g}{\partial b_2}=1,\quad
# \dfrac{\partial g}{\partial f}=w_2,\quad\dfrac{\partial f}{\partial w_1}=f(1-f)\,x,\quad\dfrac{\partial f}{\partial b_1}=f(1-f)$

# %% [markdown] lang="ko" task="chain_grads" hint=2
# $\dfrac{\partial L}{\partial g}=g-y,\quad \dfrac{\partial g}{\partial w_2}=f,\quad\dfrac{\partial g}{\partial b_2}=1,\quad
# \dfrac{\partial g}{\partial f}=w_2,\quad\dfrac{\partial f}{\partial w_1}=f(1-f)\,x,\quad\dfrac{\partial f}{\partial b_1}=f(1-f)$

# %% [markdown] lang="en" task="sgd_epoch"
# ## 7. One epoch of mini-batches (13 points)
#
# All of gradient descent in one function. `order` says in which order the examples come, `batch` how many of them make one
# step. With `batch=1` this is SGD, with `batch=N` batch gradient descent. When $N$ is not a multiple of `batch`, the last
# mini-batch is smaller, and its mean is a mean over fewer examples.

# %% [markdown] lang="ko" task="sgd_epoch"
# ## 7. 미니배치로 한 에폭 (13점)
#
# 경사 하강법의 모든 변형이 이 함수 하나에 들어 있습니다. `order`는 샘플이 나오는 순서, `batch`는 한 걸음에 쓰는 샘플 수입니다. `batch=1`이면
# SGD, `batch=N`이면 배치 경사 하강법입니다. $N$이 `batch`로 나누어떨어지지 않으면 마지막 미니배치는 더 작고, 그 평균도 더 적은 샘플에
# 대한 평균입니다.


# %% task="sgd_epoch"
def sgd_epoch(X, y, w, b, lr, batch, order):
    """
    [en]
    One epoch of mini-batch gradient descent for the linear model yhat = X w + b: (w, b, losses).

    X: (N, d), y: (N,), w: (d,), b: 0-d, one float dtype. lr: float. batch: int >= 1. order: (N,) int64, a permutation.
    Returns w (d,), b 0-d, losses (number of mini-batches,).

    The mini-batches are order[0:batch], order[batch:2*batch], ...; the last one may be smaller, and is used. The loss of a
    mini-batch is half the MEAN of (yhat - y)^2 over its own examples. For each: note the loss, then change w AND b by -lr times
    the gradient of this loss (both gradients at the same w and b); the next mini-batch meets the new ones.
    N = 0: w and b come back as they are, and losses is empty. batch > N: a single mini-batch.
    Forbidden: torch.autograd, torch.func, .backward, torch.optim.
    [ko]
    선형 모델 yhat = X w + b를 미니배치 경사 하강법으로 한 에폭 학습합니다: (w, b, losses).

    X: (N, d), y: (N,), w: (d,), b: 0차원, 모두 같은 실수 dtype. lr: float. batch: int >= 1. order: (N,) int64, 순열.
    결과: w (d,), b 0차원, losses (미니배치의 수,).

    미니배치는 차례대로 order[0:batch], order[batch:2*batch], ...입니다. 마지막 것은 더 작을 수 있으며, 버리지 않고 씁니다.
    미니배치의 손실은 그 안의 샘플에 대한 (yhat - y)^2의 '평균'의 절반입니다. 미니배치마다 먼저 손실을 기록한 다음 w와 b를 모두 이 손실의
    기울기에 -lr을 곱한 만큼 바꿉니다(두 기울기는 같은 w, b에서 구합니다). 다음 미니배치는 바뀐 값을 씁니다.
    N = 0이면 w와 b는 그대로이고 losses는 비어 있습니다. batch > N이면 미니배치는 하나입니다.
    사용 금지: torch.autograd, torch.func, .backward, torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    losses = []
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        error = X[rows] @ w + b - y[rows]
        losses.append((error**2).mean() / 2)
        w = w - lr * (X[rows].T @ error) / len(rows)
        b = b - lr * error.mean()
    return w, b, torch.stack(losses) if losses else X.new_zeros(0)
    ### END SOLUTION


# %% [markdown] lang="en" task="sgd_epoch" hint=1
# A slice of `order` past its end is simply shorter: no special case is needed for the last mini-batch. Compute the error once,
# note the loss, and only then change both parameters.

# %% [markdown] lang="ko" task="sgd_epoch" hint=1
# `order`의 끝을 넘어가는 슬라이스는 그냥 짧아지므로 마지막 미니배치를 따로 처리할 필요가 없습니다. 오차를 한 번 구해 손실을 기록하고,
# 두 파라미터는 그다음에 바꾸세요.

# %% [markdown] lang="en" task="sgd_epoch" hint=2
# For a mini-batch $B$ with errors $e_n=x_n\cdot w+b-y_n$: $L=\frac1{2|B|}\sum_{n\in B}e_n^2$,
# $\;\partial L/\partial w=\frac1{|B|}\sum_{n\in B}e_nx_n$, $\;\partial L/\partial b=\frac1{|B|}\sum_{n\in B}e_n$.

# %% [markdown] lang="ko" task="sgd_epoch" hint=2
# 미니배치 $B$의 오차를 $e_n=x_n\cdot w+b-y_n$이라 하면 $L=\frac1{2|B|}\sum_{n\in B}e_n^2$,
# $\;\partial L/\partial w=\frac1{|B|}\sum_{n\in B}e_nx_n$, $\;\partial L/\partial b=\frac1{|B|}\sum_{n\in B}e_n$입니다.

# %% [markdown] lang="en"
# ### See it: three ways down one valley
#
# Forty points near a line, and the loss over all of them as contours in the plane of $w$ and $b$. Each run sees every example eight
# times. The full batch takes eight quiet steps and is still on its way; single examples take 320 nervous ones and then
# dance around the minimum; mini-batches of five lie in between.

# %% [markdown] lang="ko"
# ### 직접 보기: 골짜기를 내려가는 세 가지 길
#
# 직선 둘레에 흩어진 점 마흔 개가 있고, 등고선은 전체 데이터의 손실을 $w$와 $b$의 평면에 그린 것입니다. 어느 경우든 모든 샘플을 여덟 번씩
# 봅니다. 전체 배치는 차분하게 여덟 걸음을 걷고도 아직 도착하지 못했고, 샘플 하나씩은 320걸음을 정신없이 걸어 최솟값 둘레를 맴돌며,
# 다섯 개짜리 미니배치는 그 중간입니다.

# %% tags=["explore"]
if ready(sgd_epoch):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(3)
    X = 2 * torch.rand(40, 1, generator=generator, dtype=torch.float64) - 0.4
    y = 1.5 * X[:, 0] - 0.5 + 0.5 * torch.randn(40, generator=generator, dtype=torch.float64)
    ws, bs = torch.linspace(-1.6, 2.9, 120, dtype=torch.float64), torch.linspace(-1.7, 1.9, 110, dtype=torch.float64)
    surface = ((ws[:, None, None] * X[:, 0] + bs[None, :, None] - y) ** 2).mean(dim=2) / 2

    figure, axes = plt.subplots(1, 3, figsize=(13, 4), sharey=True, constrained_layout=True)
    for ax, (batch, name) in zip(axes, [(40, "full batch"), (5, "mini-batches of 5"), (1, "single examples (SGD)")]):
        w, b = torch.tensor([-1.2], dtype=torch.float64), torch.tensor(1.5, dtype=torch.float64)
        generator.manual_seed(0)
        path = [(float(w), float(b))]
        for _ in range(8):
            order = torch.randperm(40, generator=generator)
            # [en] one mini-batch at a time, to see the way and not only the end of each epoch
            # [ko] 에폭의 끝만이 아니라 지나온 길을 보려고 미니배치를 하나씩 처리합니다
            for part in order.split(batch):
                w, b, _ = sgd_epoch(X[part], y[part], w, b, 0.25, batch, torch.arange(len(part)))
                path.append((float(w), float(b)))
        ax.contour(ws, bs, surface.T, levels=[0.14, 0.2, 0.35, 0.6, 1, 1.6, 2.5], colors="0.75", linewidths=1)
        ax.plot(*zip(*path), "-", color="#0072B2", lw=1, marker="o", ms=5 if batch > 1 else 2)
        ax.plot(*path[0], "s", color="black", ms=8, label="start")
        low = divmod(int(surface.argmin()), len(bs))
        ax.plot(ws[low[0]], bs[low[1]], "*", color="#D55E00", ms=15, label="minimum", zorder=5)
        ax.set(title=f"{name}: {len(path) - 1} steps", xlabel="w")
    axes[0].set_ylabel("b")
    axes[0].legend(loc="lower left", frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Several steps of your `momentum_step`, one after the other, with a new gradient and a new learning rate in each.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `momentum_step`을 잇달아 여러 번 실행합니다. 걸음마다 기울기와 학습률이 바뀝니다.


# %% tags=["provided"]
def graded_momentum(w, v, gs, lrs, mu):
    """
    [en]
    w after each step, (steps, n), for the gradients gs (steps, n) and the learning rates lrs, a list of floats.
    [ko]
    걸음마다의 w, (걸음 수, n). gs: 기울기 (걸음 수, n), lrs: 학습률의 리스트.
    [/]
    """
    seen = []
    for g, lr in zip(gs, lrs):
        w, v = momentum_step(w, v, g, lr, mu)
        seen.append(w)
    return torch.stack(seen)


# %% [markdown] lang="en" task="momentum_step"
# ## 8. Momentum, and a learning rate that shrinks (12 points)
#
# A ball that rolls downhill keeps some of its speed. The velocity $v$ is the memory: a share $\mu$ of the old velocity stays,
# the slope adds its push, and the weights move by the *new* velocity. A shrinking learning rate is the other refinement: long
# steps at first, short ones near the goal, either a little shorter each time (time-based) or in jumps (step decay).

# %% [markdown] lang="ko" task="momentum_step"
# ## 8. 모멘텀과 작아지는 학습률 (12점)
#
# 언덕을 굴러 내려가는 공은 속도를 어느 정도 유지합니다. 속도 $v$가 바로 그 기억입니다. 이전 속도의 $\mu$배가 남고, 거기에 기울기가 미는 힘이
# 더해지며, 가중치는 *새* 속도만큼 움직입니다. 학습률을 점점 줄이는 것도 좋은 방법입니다. 처음에는 성큼성큼, 목표 근처에서는
# 조심스럽게 걷습니다. 매번 조금씩 줄이거나(시간 기반), 가끔 한 번에 줄입니다(스텝 기반).


# %% task="momentum_step"
def momentum_step(w, v, g, lr, mu):
    """
    [en]
    One step of gradient descent with momentum: v_new = mu v - lr g, then w_new = w + v_new. Returns (w_new, v_new).

    w, v, g: float tensors of one shape. lr, mu: floats, 0 <= mu < 1. v is the velocity that the step before returned.
    lr may change from step to step, so it belongs into v as written here.
    Forbidden: torch.optim.
    [ko]
    모멘텀 경사 하강법 한 걸음: v_new = mu v - lr g, 그다음 w_new = w + v_new. 결과는 (w_new, v_new)입니다.

    w, v, g: 모양이 같은 실수 텐서. lr, mu: float, 0 <= mu < 1. v는 바로 앞 걸음이 돌려준 속도입니다.
    lr은 걸음마다 달라질 수 있으므로 위의 식 그대로 v 안에 들어가야 합니다.
    사용 금지: torch.optim.
    [/]
    """
    ### BEGIN SOLUTION
    v = mu * v - lr * g
    return w + v, v
    ### END SOLUTION


def decay(kind, lr0, t, k, gamma, s):
    """
    [en]
    The learning rate in step t (an int, 0 for the first step), as a Python float.

    kind "time": lr0 / (1 + k t). kind "step": lr0 gamma^floor(t / s), so that the rate drops at t = s, 2s, ...
    lr0, k, gamma: floats > 0. s: int >= 1. All of them are always given; each kind uses its own ones and ignores the others.
    It is computed from lr0, not from the rate of the step before.
    [ko]
    걸음 t(int, 첫 걸음이 0)의 학습률. 결과: Python float.

    kind가 "time"이면 lr0 / (1 + k t), "step"이면 lr0 gamma^floor(t / s)입니다. 즉 t = s, 2s, ...에서 학습률이 떨어집니다.
    lr0, k, gamma: 0보다 큰 float. s: int >= 1. 인자는 늘 모두 주어지며, 종류마다 필요한 것만 쓰고 나머지는 무시합니다.
    바로 앞 걸음의 학습률이 아니라 lr0에서 계산합니다.
    [/]
    """
    ### BEGIN SOLUTION
    if kind == "time":
        return lr0 / (1 + k * t)
    return lr0 * gamma ** (t // s)
    ### END SOLUTION


# %% [markdown] lang="en" task="momentum_step" hint=1
# Two lines, and their order matters: first the velocity, then the position. For the decay, count on your fingers in which steps
# the rate should drop, and compare `/` with `//`.

# %% [markdown] lang="ko" task="momentum_step" hint=1
# 두 줄이면 되지만 순서가 중요합니다. 속도가 먼저, 위치가 나중입니다. 학습률은 어느 걸음에서 떨어져야 하는지 손으로 세어 보고,
# `/`와 `//`를 비교하세요.

# %% [markdown] lang="en" task="momentum_step" hint=2
# $v_t=\mu v_{t-1}-\eta_t g_t,\ \ w_t=w_{t-1}+v_t$; $\eta_t=\dfrac{\eta_0}{1+kt}$ or $\eta_t=\eta_0\,\gamma^{\lfloor t/s\rfloor}$

# %% [markdown] lang="ko" task="momentum_step" hint=2
# $v_t=\mu v_{t-1}-\eta_t g_t,\ \ w_t=w_{t-1}+v_t$; $\eta_t=\dfrac{\eta_0}{1+kt}$ 또는 $\eta_t=\eta_0\,\gamma^{\lfloor t/s\rfloor}$

# %% [markdown] lang="en"
# ### See it: over the bump
#
# A landscape with a shallow valley on the left and a deep one on the right. From the same start and with the same learning rate,
# plain descent stops in the first valley, and momentum carries on into the second. On the right, two schedules by your `decay`.

# %% [markdown] lang="ko"
# ### 직접 보기: 둔덕을 넘어서
#
# 왼쪽에는 얕은 골짜기, 오른쪽에는 깊은 골짜기가 있습니다. 같은 곳에서 같은 학습률로 출발해도 평범한 경사 하강법은 첫 골짜기에서 멈추고,
# 모멘텀은 두 번째 골짜기까지 굴러갑니다. 오른쪽 그림은 여러분의 `decay`로 그린 두 가지 학습률 스케줄입니다.

# %% tags=["explore"]
if ready(momentum_step, decay):
    import matplotlib.pyplot as plt

    def landscape(x):
        return 0.25 * x**4 - 1.5 * x**2 - 0.9 * x + 3

    def slope(x):
        return x**3 - 3 * x - 0.9

    figure, axes = plt.subplots(1, 2, figsize=(12, 4), width_ratios=[1.5, 1], constrained_layout=True)
    x = torch.linspace(-2.5, 2.7, 300, dtype=torch.float64)
    axes[0].plot(x, landscape(x), color="0.6", lw=2)
    runs = [(0.0, "#D55E00", "without momentum", 0.25), (0.9, "#0072B2", "mu = 0.9", 0.0)]
    for mu, color, name, lift in runs:
        w, v = torch.tensor([-2.4], dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
        path = [w]
        for _ in range(80):
            w, v = momentum_step(w, v, slope(w), 0.03, mu)
            path.append(w)
        path = torch.cat(path)
        # [en] lifted a little, so that the two runs do not hide each other
        # [ko] 두 경로가 겹쳐 보이지 않도록 조금 띄워 그립니다
        axes[0].plot(path, landscape(path) + lift, "o-", color=color, ms=4, lw=1, alpha=0.8, label=name)
        axes[0].plot(path[-1], landscape(path[-1]) + lift, "*", color=color, ms=18, mec="white", zorder=5)
    axes[0].set(title="80 steps from the same start (star: the last one)", xlabel="w", ylabel="loss", ylim=(-1.6, 5.6))
    axes[0].legend(frameon=False, loc="upper center")
    steps = range(41)
    for kind, color in [("time", "#009E73"), ("step", "#CC79A7")]:
        rates = [decay(kind, 0.4, t, 0.1, 0.5, 10) for t in steps]
        axes[1].plot(steps, rates, color=color, lw=1, drawstyle="steps-post")
        axes[1].plot(steps, rates, "o", color=color, ms=4, label=f'decay "{kind}"')
    axes[1].set(title="learning rate", xlabel="step t", ylim=(0, 0.43))
    axes[1].grid(alpha=0.3)
    axes[1].legend(frameon=False)
    plt.show()

# %% [markdown] lang="en" task="split"
# ## 9. Train, validate, test (12 points)
#
# Parameters are fitted on the training data, decisions (when to stop, which model to keep) are made on the validation data, and the
# test data is looked at once, at the end. About 6:2:2 is usual. Every example belongs to exactly one part: none may get
# lost to rounding, and none may stand in two.

# %% [markdown] lang="ko" task="split"
# ## 9. 학습, 검증, 테스트 (12점)
#
# 파라미터는 학습 데이터로 맞추고, 언제 멈출지, 어느 모델을 고를지는 검증 데이터로 정하며, 테스트 데이터는 마지막에 한 번만 봅니다.
# 비율은 보통 6:2:2 정도입니다. 모든 샘플은 정확히 한 곳에만 속해야 합니다. 반올림하다가 잃어버려서도, 두 곳에 들어가서도 안 됩니다.


# %% task="split"
def split(n, ratios=(6, 2, 2), perm=None):
    """
    [en]
    The indices 0 ... n-1 in three parts: (train, validation, test), int64 tensors.

    n: int >= 0. ratios: three ints >= 0, not all 0; they need not add up to 10. perm: (n,) int64, a permutation; None means
    0, 1, ..., n-1 in this order. train is the first piece of perm, validation the next one, test the rest, in the order of perm.

    Sizes by largest remainder: part i would get n * ratios[i] / sum(ratios). Everybody first gets the whole part of that; what
    is still missing goes, one each, to the parts with the largest fractions, and where fractions are equal, to the earlier part.
    [ko]
    인덱스 0 ... n-1을 세 부분으로 나눕니다: (학습, 검증, 테스트), int64 텐서.

    n: int >= 0. ratios: 0 이상의 정수 세 개, 모두 0은 아니며 합이 10일 필요는 없습니다. perm: (n,) int64, 순열. None이면
    0, 1, ..., n-1 순서입니다. perm의 앞부분이 학습, 그다음이 검증, 나머지가 테스트이며 순서는 perm을 따릅니다.

    크기는 최대 나머지 방법으로 정합니다. i번째 부분의 몫은 n * ratios[i] / sum(ratios)입니다. 먼저 모두 몫의 정수 부분만큼 받고, 남은
    개수는 소수 부분이 큰 순서로 하나씩 나눠 줍니다. 소수 부분이 같으면 앞쪽 부분이 먼저 받습니다.
    [/]
    """
    ### BEGIN SOLUTION
    total = sum(ratios)
    sizes = [n * r // total for r in ratios]
    by_fraction = sorted(range(3), key=lambda i: n * ratios[i] % total, reverse=True)
    for i in by_fraction[: n - sum(sizes)]:
        sizes[i] += 1
    perm = torch.arange(n) if perm is None else perm
    return torch.split(perm, sizes)
    ### END SOLUTION


# %% [markdown] lang="en" task="split" hint=1
# Decide the three sizes first, with whole numbers only: `//` and `%` never round. Their sum must be exactly $n$. Then cut `perm` at
# two places.

# %% [markdown] lang="ko" task="split" hint=1
# 먼저 세 부분의 크기를 정수만으로 정하세요. `//`와 `%`는 반올림을 하지 않습니다. 합은 정확히 $n$이어야 합니다. 그다음 `perm`을 두 곳에서
# 자르면 됩니다.

# %% [markdown] lang="en" task="split" hint=2
# With $R=\sum_i r_i$: $s_i=\lfloor nr_i/R\rfloor$, and the $n-\sum_i s_i$ parts with the largest $(nr_i \bmod R)$ get one more.
# For $n=11$ and 6:2:2 the shares are 6.6, 2.2, 2.2, and the sizes 7, 2, 2.

# %% [markdown] lang="ko" task="split" hint=2
# $R=\sum_i r_i$라 하면 $s_i=\lfloor nr_i/R\rfloor$이고, $(nr_i \bmod R)$이 큰 순서로 $n-\sum_i s_i$개 부분이 하나씩 더 받습니다.
# $n=11$, 6:2:2이면 몫은 6.6, 2.2, 2.2이고 크기는 7, 2, 2입니다.

# %% [markdown] lang="en"
# ### See it: your own parts at work
#
# A noisy S-curve of 60 points. `split` divides them, `chain_grads` gives the gradients of a model with a single hidden neuron, and
# `momentum_step` makes the steps, with a rate from `decay`. Left: the fit on the points. Right: the losses. The dotted line marks
# the epoch with the lowest *validation* loss, where early stopping would have stopped.

# %% [markdown] lang="ko"
# ### 직접 보기: 함께 돌아가는 부품들
#
# S자 곡선에 노이즈를 섞어 만든 점 60개가 있습니다. `split`이 데이터를 나누고, `chain_grads`가 은닉 뉴런이 하나인 모델의 기울기를 구하고,
# `momentum_step`이 `decay`가 정한 학습률로 걸음을 옮깁니다. 왼쪽은 데이터와 맞춘 곡선, 오른쪽은 손실입니다. 점선은 *검증* 손실이 가장 낮은
# 에폭, 곧 조기 종료가 멈췄을 곳입니다.

# %% tags=["explore"]
if ready(chain_grads, momentum_step, decay, split):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(1)
    x = 6 * torch.rand(60, generator=generator, dtype=torch.float64) - 3
    y = 2 * torch.tanh(1.2 * x) + 0.4 * torch.randn(60, generator=generator, dtype=torch.float64)
    parts = split(60, (6, 2, 2), torch.randperm(60, generator=generator))

    def model(x, p):
        return p[2] / (1 + torch.exp(-(p[0] * x + p[1]))) + p[3]

    p, v = torch.tensor([0.3, 1.0, 0.5, 0.0], dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    curves, start = [], p
    for epoch in range(60):
        curves.append([((model(x[part], p) - y[part]) ** 2).mean().item() / 2 for part in parts])
        rate = decay("time", 0.02, epoch, 0.05, 0.5, 10)
        for i in parts[0]:
            p, v = momentum_step(p, v, torch.stack(chain_grads(x[i], y[i], *p)), rate, 0.7)

    figure, axes = plt.subplots(1, 2, figsize=(12, 4), constrained_layout=True)
    names, colors = ["training", "validation", "test"], ["#0072B2", "#E69F00", "#009E73"]
    line = torch.linspace(-3, 3, 200, dtype=torch.float64)
    axes[0].plot(line, model(line, start), color="0.7", ls="--", label="before training")
    axes[0].plot(line, model(line, p), color="black", lw=2, label="after 60 epochs")
    for part, name, color, marker in zip(parts, names, colors, "os^"):
        axes[0].plot(x[part], y[part], marker, color=color, mec="white", ms=7, label=f"{name} ({len(part)})")
    axes[0].set(title="fit of g(x) = w2 sigmoid(w1 x + b1) + b2", xlabel="x", ylabel="y")
    axes[0].legend(frameon=False, fontsize=8)
    for values, name, color in zip(zip(*curves), names, colors):
        axes[1].plot(values, color=color, lw=2, label=name)
    best = min(range(60), key=lambda epoch: curves[epoch][1])
    axes[1].axvline(best, color="0.4", ls=":", label=f"lowest validation loss: epoch {best}")
    axes[1].set(title="loss", xlabel="epoch", yscale="log")
    axes[1].grid(alpha=0.3, which="both")
    axes[1].legend(frameon=False, fontsize=8)
    plt.show()
