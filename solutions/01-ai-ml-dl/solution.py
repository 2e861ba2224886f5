# %% [markdown] lang="en"
# # AI, machine learning, deep learning
#
# The first lecture sorts out three words and tells their history. You put its sentences into code: which field contains which,
# what happened when, what it means that a machine *learns a function* from examples, how that differs from a rule that somebody wrote,
# and whether more data always helps. On the way you get used to Python, tensors, functions that return functions, and to this grader.

# %% [markdown] lang="ko"
# # AI, 머신러닝, 딥러닝
#
# 첫 강의는 세 용어를 정리하고 그 역사를 들려줍니다. 이 과제에서는 강의의 문장을 코드로 옮깁니다. 어느 분야가 어느 분야를 포함하는지, 언제 무슨
# 일이 있었는지, 기계가 데이터에서 *함수를 학습한다*는 말이 무슨 뜻인지, 사람이 쓴 규칙과는 무엇이 다른지, 데이터가 많을수록 늘 좋은지 알아봅니다.
# 그러면서 파이썬과 텐서, 함수를 돌려주는 함수, 그리고 이 채점기에 익숙해집니다.

# %% [markdown] lang="en"
# ## Recap
#
# **Three nested fields.** Artificial intelligence is whatever imitates intelligent behaviour in a machine. Machine learning is the part of
# it that is not programmed rule by rule but learns from data. Deep learning is the part of machine learning that uses neural
# networks with many layers: $\text{AI}\supset\text{ML}\supset\text{DL}$.
#
# **A system is a function.** It takes an input $X$ (the position on a Go board), performs a task, and gives an output $Y$ (the next
# move): $Y=f(X)$. A *rule-based* system gets its $f$ from a programmer. Machine *learning* estimates it from examples $(X',Y')$, for
# instance by least squares,
#
# $$\hat f=\mathrm{arg}\min_f\ \sum_n\big(f(X'_n)-Y'_n\big)^2,$$
#
# and then applies $\hat f$ to inputs that it has never seen. A deep network is a function made of functions, $h(g(f(x)))$.
#
# **Data and performance.** With more data the error on *new* examples falls, and then it stops falling: a simple model is done early, a
# flexible one needs more data and gets further. A **learning curve** shows it.

# %% [markdown] lang="ko"
# ## 복습
#
# **겹겹이 포함된 세 분야.** 인공지능(AI)은 지능적인 행동을 기계로 흉내 내는 모든 것을 말합니다. 머신러닝(ML)은 그 가운데 규칙을 하나하나 프로그래밍하지
# 않고 데이터에서 배우는 분야입니다. 딥러닝(DL)은 머신러닝 가운데 층이 많은 신경망을 쓰는 분야입니다. $\text{AI}\supset\text{ML}\supset\text{DL}$
#
# **시스템은 함수다.** 입력 $X$(바둑판의 상태)를 받아 과업을 수행하고 출력 $Y$(다음 수)를 냅니다. $Y=f(X)$입니다. *규칙 기반* 시스템에서는 프로그래머가
# $f$를 씁니다. 머신*러닝*은 예시 $(X',Y')$로부터 $f$를 추정합니다. 예를 들어 최소제곱법은
#
# $$\hat f=\mathrm{arg}\min_f\ \sum_n\big(f(X'_n)-Y'_n\big)^2$$
#
# 를 구하고, 이 $\hat f$를 한 번도 본 적 없는 입력에 적용합니다. 심층 신경망은 함수로 이루어진 함수 $h(g(f(x)))$입니다.
#
# **데이터와 성능.** 데이터가 늘면 *새로운* 예시에서의 오차가 줄어들다가 더는 줄지 않습니다. 단순한 모델은 일찍 멈추고, 유연한 모델은 데이터가 더 많이
# 필요한 대신 더 멀리 갑니다. 이를 보여 주는 것이 **학습 곡선**입니다.

# %% [markdown] lang="en"
# ### Often mixed up
#
# - Deep learning is not the only method that gets better with data. Every method does, up to a point; flexible models reach that
#   point later.
# - "Without prior knowledge" is an exaggeration: the architecture of a network, such as a convolution for images, *is* prior knowledge.
# - Not every famous AI system is a learning one. Deep Blue beat Kasparov in 1997 by search and a hand-tuned evaluation; Watson (2011)
#   came before the deep-learning wave. AlphaGo (2016) is deep learning, together with search.
# - An error on the training examples says little. What counts is the error on examples that were not used for learning.
#
# ### Conventions
#
# - Rows are examples. Results that are tensors have the dtype and device of the inputs.
# - No function changes its inputs, draws random numbers or prints.
# - The given functions are called `graded_...`: keep these names free.

# %% [markdown] lang="ko"
# ### 헷갈리기 쉬운 점
#
# - 데이터가 많을수록 좋아지는 방법이 딥러닝뿐인 것은 아닙니다. 어떤 방법이든 어느 지점까지는 좋아지고, 유연한 모델은 그 지점이 더 멀 뿐입니다.
# - "선행 지식이 필요 없다"는 말은 과장입니다. 이미지에 합성곱을 쓰는 것처럼 신경망의 구조 자체가 선행 지식입니다.
# - 유명한 AI가 모두 학습하는 시스템인 것은 아닙니다. 딥 블루는 탐색과 사람이 다듬은 평가 함수로 1997년 카스파로프를 이겼고, 왓슨(2011)은 딥러닝
#   열풍 이전의 시스템입니다. 알파고(2016)는 딥러닝에 탐색을 결합했습니다.
# - 학습에 쓴 예시에서의 오차로는 알 수 있는 것이 별로 없습니다. 중요한 것은 학습에 쓰지 않은 예시에서의 오차입니다.
#
# ### 이 노트북의 약속
#
# - 한 행이 예시 하나입니다. 텐서인 결과는 dtype과 device가 입력과 같습니다.
# - 어떤 함수도 입력을 바꾸거나, 난수를 뽑거나, 무언가를 출력(print)하지 않습니다.
# - 주어진 함수의 이름은 `graded_...`로 시작합니다. 이런 이름은 쓰지 마세요.

# %%
import torch

# %% [markdown] lang="en"
# ### Given code
#
# Calls your `contains` and reports an error by its name, so that errors can be asked for like answers.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 여러분의 `contains`를 호출하고, 오류가 나면 그 이름을 알려 줍니다. 그래서 오류도 답처럼 물어볼 수 있습니다.


# %% tags=["provided"]
def graded_contains(parents, a, b):
    """
    [en]
    contains(parents, a, b), or the name of the error: "KeyError", "ValueError", "RecursionError".
    [ko]
    contains(parents, a, b)의 결과, 또는 오류의 이름: "KeyError", "ValueError", "RecursionError".
    [/]
    """
    try:
        return contains(parents, a, b)
    except (KeyError, ValueError, RecursionError) as error:
        return type(error).__name__


# %% [markdown] lang="en" task="contains"
# ## 1. Which field contains which? (17 points)
#
# A dictionary names for every field the next larger one that it belongs to: deep learning belongs to machine learning, and that to AI. The
# relation goes further than one step: AI contains deep learning, too. Data made by people has mistakes in it, so be ready for names
# that do not exist and for fields that contain each other in a circle.

# %% [markdown] lang="ko" task="contains"
# ## 1. 어느 분야가 어느 분야를 포함하는가 (17점)
#
# 분야마다 바로 위의 더 큰 분야를 적어 놓은 사전(dict)이 있습니다. 딥러닝은 머신러닝에, 머신러닝은 AI에 속합니다. 이 관계는 한 단계에서 끝나지 않습니다.
# AI는 딥러닝도 포함합니다. 사람이 만든 데이터에는 실수가 있기 마련이므로, 없는 이름이나 서로를 포함하며 빙빙 도는 분야에도 대비해야 합니다.


# %% task="contains"
def contains(parents, a, b):
    """
    [en]
    Does field a contain field b, directly or through other fields?

    parents: dict from each field's name to the name of the field directly above it, or to None for a field at the top.
    a, b: names. Returns a Python bool.

    Every field contains itself. Start at b and go up: a is found (True), or the top is reached without meeting a (False).
    Raises KeyError if a or b is not a key of parents. Raises ValueError if the way up from b runs in a circle without meeting a.
    (All names that occur as parents are keys.)
    [ko]
    분야 a가 분야 b를 직접 또는 다른 분야를 거쳐 포함하는지 판정합니다.

    parents: 분야의 이름에서 바로 위 분야의 이름으로 가는 dict. 맨 위 분야는 None으로 갑니다.
    a, b: 이름. 결과: Python bool.

    모든 분야는 자기 자신을 포함합니다. b에서 시작해 위로 올라가며, a를 만나면 True, a를 만나지 못하고 맨 위에 이르면 False입니다.
    a나 b가 parents의 키가 아니면 KeyError를 일으킵니다. b에서 올라가는 길이 a를 만나지 못한 채 빙빙 돌면 ValueError를 일으킵니다.
    (부모로 나오는 이름은 모두 키이기도 합니다.)
    [/]
    """
    ### BEGIN SOLUTION
    if a not in parents:
        raise KeyError(a)
    seen = set()
    field = b
    while field != a:
        if field in seen:
            raise ValueError(f"{b} is part of a circle")
        seen.add(field)
        field = parents[field]
        if field is None:
            return False
    return True
    ### END SOLUTION


# %% [markdown] lang="en" task="contains" hint=1
# Walk up from $b$, one parent at a time, and compare with $a$ before each step. How do you notice that you have been at a place
# before? What does a dictionary do when it is asked for a key that it does not have?

# %% [markdown] lang="ko" task="contains" hint=1
# $b$에서 부모를 따라 한 단계씩 올라가면서, 올라가기 전에 먼저 $a$와 비교하세요. 전에 지나온 곳이라는 것은 어떻게 알 수 있을까요? 사전은 없는
# 키를 물으면 어떻게 하나요?

# %% [markdown] lang="en" task="contains" hint=2
# $b_0=b,\ b_{k+1}=\text{parent}(b_k)$. True if some $b_k=a$; False if some $b_k$ is None first; a circle if $b_k=b_j$ with $j<k$ first.

# %% [markdown] lang="ko" task="contains" hint=2
# $b_0=b,\ b_{k+1}=\text{parent}(b_k)$라 합시다. 어떤 $b_k=a$이면 True, 그 전에 $b_k$가 None이면 False, 그 전에 $b_k=b_j\ (j<k)$이면
# 빙빙 도는 것입니다.

# %% [markdown] lang="en" task="timeline"
# ## 2. What happened when? (10 points)
#
# The term AI was coined in 1956, the perceptron came in 1958, and from 2006 on people spoke of deep learning. From a list of events in no
# particular order, pick those of a period and name them from early to late.

# %% [markdown] lang="ko" task="timeline"
# ## 2. 언제 무슨 일이 있었나 (10점)
#
# AI라는 말은 1956년에 처음 쓰였고, 1958년에는 퍼셉트론이 나왔으며, 2006년부터는 딥러닝이라는 말이 쓰였습니다. 순서 없이 적힌 사건 목록에서 어느 기간의
# 사건을 골라 이른 것부터 차례로 이름을 대세요.


# %% task="timeline"
def timeline(events, lo, hi):
    """
    [en]
    The names of the events from year lo to year hi, both included, from early to late: a list of strings.

    events: list of (year, name), int and string, in any order; it may be empty. lo, hi: ints.

    Events of the same year keep the order in which they stand in the list. Years may be negative (BC) or have three digits. The
    same name may occur more than once. lo > hi gives an empty list. The list that comes in stays as it is.
    [ko]
    lo년부터 hi년까지(두 해 모두 포함) 일어난 사건의 이름을 이른 것부터 차례로 담은 리스트.

    events: (연도, 이름)의 리스트. 연도는 int, 이름은 문자열이고 순서는 임의이며 비어 있을 수 있습니다. lo, hi: int.

    같은 해의 사건은 목록에 나온 순서를 지킵니다. 연도는 음수(기원전)이거나 세 자리일 수 있습니다. 같은 이름이 여러 번 나올 수도 있습니다.
    lo > hi이면 빈 리스트입니다. 들어온 목록은 바꾸지 않습니다.
    [/]
    """
    ### BEGIN SOLUTION
    chosen = [event for event in events if lo <= event[0] <= hi]
    return [name for _, name in sorted(chosen, key=lambda event: event[0])]
    ### END SOLUTION


# %% [markdown] lang="en" task="timeline" hint=1
# First pick, then sort, then keep the names. Python's `sorted` is stable, which means that equal keys stay in their order; so what
# should the key be, and what should it leave out?

# %% [markdown] lang="ko" task="timeline" hint=1
# 먼저 고르고, 정렬하고, 이름만 남기세요. 파이썬의 `sorted`는 안정 정렬이라 키가 같으면 원래 순서를 지킵니다. 그렇다면 무엇을 키로 삼고, 무엇은 키에서
# 빼야 할까요?

# %% [markdown] lang="en" task="timeline" hint=2
# Keep $(y,s)$ with $lo\le y\le hi$; sort by $y$ alone (`sorted(..., key=...)`); return the $s$.

# %% [markdown] lang="ko" task="timeline" hint=2
# $lo\le y\le hi$인 $(y,s)$만 남기고, $y$만으로 정렬한 뒤(`sorted(..., key=...)`), $s$를 돌려줍니다.

# %% [markdown] lang="en"
# ### See it: seventy years in one picture
#
# Your `timeline` puts the milestones in order, and your `contains` finds the smallest field that each one belongs to: the higher the
# mark, the further inside. See how late deep learning appears, and that between the milestones there are the gaps called AI winters.

# %% [markdown] lang="ko"
# ### 직접 보기: 그림 한 장에 담은 칠십 년
#
# 여러분의 `timeline`이 주요 사건을 순서대로 놓고, `contains`가 사건마다 그것이 속한 가장 작은 분야를 찾습니다. 표시가 높을수록 더 안쪽 분야입니다.
# 딥러닝이 얼마나 늦게 나타나는지, 사건과 사건 사이에 'AI 겨울'이라 불리는 공백이 얼마나 되는지 보세요.

# %% tags=["explore"]
if ready(contains, timeline):
    import matplotlib.pyplot as plt

    parents = {"AI": None, "ML": "AI", "DL": "ML"}
    history = [(1958, "perceptron"), (2016, "AlphaGo"), (1956, "the term AI"), (1997, "Deep Blue"), (1995, "support vector machine"), (2012, "AlexNet"), (1986, "backpropagation"), (2011, "Watson"), (1966, "ELIZA"), (2006, "deep belief nets"), (2017, "transformer"), (1980, "expert systems")]  # fmt: skip
    field = {"perceptron": "ML", "AlphaGo": "DL", "the term AI": "AI", "Deep Blue": "AI", "support vector machine": "ML", "AlexNet": "DL", "backpropagation": "ML", "Watson": "ML", "ELIZA": "AI", "deep belief nets": "DL", "transformer": "DL", "expert systems": "AI"}  # fmt: skip
    parents.update(field)
    colors = {"AI": "#0072B2", "ML": "#E69F00", "DL": "#D55E00"}
    years = {name: year for year, name in history}
    figure, ax = plt.subplots(figsize=(13, 5), constrained_layout=True)
    for a, b, name in [(1974, 1980, "first AI winter"), (1987, 1993, "second AI winter")]:
        ax.axvspan(a, b, color="0.92")
        ax.text((a + b) / 2, 2.62, name, ha="center", fontsize=9, color="0.4")
    for k, name in enumerate(timeline(history, 1950, 2020)):
        inside = [f for f in ("AI", "ML", "DL") if contains(parents, f, name)][-1]
        level = ["AI", "ML", "DL"].index(inside)
        ax.plot(years[name], level, "o", ms=12, color=colors[inside], mec="black")
        up = k % 2 == 0
        ax.annotate(f"{name}\n{years[name]}", (years[name], level), (0, 14 if up else -14), textcoords="offset points", ha="center", va="bottom" if up else "top", fontsize=9)  # fmt: skip
    ax.set(
        xlim=(1950, 2022),
        ylim=(-0.6, 2.8),
        yticks=[0, 1, 2],
        yticklabels=["AI", "ML", "DL"],
        xlabel="year",
        title="smallest field that contains it",
    )
    ax.grid(axis="y", alpha=0.3)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# The grader cannot look into a function; these use the one that your `learn_f` returns.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 채점기는 함수 속을 들여다볼 수 없으므로, 여러분의 `learn_f`가 돌려준 함수를 사용해 봅니다.


# %% tags=["provided"]
def graded_prediction(X, Y, X_new):
    """
    [en]
    What the function that you learn from (X, Y) answers for X_new.
    [ko]
    (X, Y)에서 학습한 함수가 X_new에 대해 내놓는 답.
    [/]
    """
    return learn_f(X, Y)(X_new)


def graded_two_functions(X, Y, other_Y, X_new):
    """
    [en]
    The same for two functions, learned from Y and from other_Y, both used after both were learned.
    [ko]
    Y와 other_Y에서 함수를 하나씩 학습하고, 둘 다 학습한 뒤에 둘 다 사용합니다.
    [/]
    """
    first, second = learn_f(X, Y), learn_f(X, other_Y)
    return first(X_new), second(X_new)


# %% [markdown] lang="en" task="learn_f"
# ## 3. Learn a function (20 points)
#
# "From $X'$ and $Y'$ machine learning finds $f$." Here is the smallest machine that does it: it looks among all linear functions
# $f(x)=w\cdot x+b$ for the one with the least squared error on the examples, and *returns it*, as a Python function that can be used
# on anything. Sometimes many functions are equally good, for instance when there are fewer examples than parameters. Then take
# the one with the smallest parameters.

# %% [markdown] lang="ko" task="learn_f"
# ## 3. 함수를 학습하기 (20점)
#
# "$X'$와 $Y'$가 주어지면 머신러닝이 $f$를 찾는다." 그 일을 하는 가장 작은 기계입니다. 모든 일차 함수 $f(x)=w\cdot x+b$ 가운데 예시에서의 제곱 오차가
# 가장 작은 것을 찾아, 어디에든 쓸 수 있는 파이썬 함수로 *돌려줍니다*. 예시가 파라미터보다 적을 때처럼 똑같이 좋은 함수가 여럿인 경우도 있습니다.
# 그때는 파라미터의 크기(노름)가 가장 작은 것을 고릅니다.


# %% task="learn_f"
def learn_f(X, Y):
    """
    [en]
    Learn f(x) = w.x + b from examples by least squares; returns the function predict.

    X: (N, d), Y: (N,), one float dtype, N >= 1, d >= 1. predict(X_new): (M, d) -> (M,), same dtype; M may be 0.

    w and b minimise sum_n (w.X[n] + b - Y[n])^2. If that does not fix them (N <= d, columns that depend on each other), they are the
    minimisers with the smallest w.w + b^2: the bias counts like a weight there. No scaling of the data, no penalty otherwise.
    (Beware: torch.linalg.lstsq in its default setting goes wrong on dependent columns; with driver="gelsd" it does not.)
    A function that was learned earlier must not change when another one is learned.
    [ko]
    최소제곱법으로 예시에서 f(x) = w.x + b를 학습하고 함수 predict를 돌려줍니다.

    X: (N, d), Y: (N,), 같은 실수 dtype, N >= 1, d >= 1. predict(X_new): (M, d) -> (M,), 같은 dtype. M은 0일 수도 있습니다.

    w와 b는 sum_n (w.X[n] + b - Y[n])^2을 최소로 합니다. 이것만으로 정해지지 않으면(N <= d이거나 열이 서로 종속일 때) 최소로 하는 것들
    가운데 w.w + b^2이 가장 작은 것입니다. 이때 편향도 가중치와 똑같이 셉니다. 데이터의 크기를 조정하지 않으며, 그 밖의 벌점도 없습니다.
    (주의: torch.linalg.lstsq는 기본 설정에서는 서로 종속인 열이 있을 때 틀린 답을 냅니다. driver="gelsd"로 쓰면 괜찮습니다.)
    먼저 학습한 함수는 다른 함수를 학습한 뒤에도 바뀌지 않아야 합니다.
    [/]
    """

    ### BEGIN SOLUTION
    def with_one(Z):
        return torch.cat([Z, torch.ones_like(Z[:, :1])], dim=1)

    theta = torch.linalg.pinv(with_one(X)) @ Y
    return lambda X_new: with_one(X_new) @ theta
    ### END SOLUTION


# %% [markdown] lang="en" task="learn_f" hint=1
# The bias is the weight of one more input that is always 1; with it, everything is a single matrix. Of the ways to solve a least-squares
# problem, one also gives the smallest solution when there are many: the pseudo-inverse.

# %% [markdown] lang="ko" task="learn_f" hint=1
# 편향은 값이 늘 1인 입력의 가중치라고 생각하면 모든 것이 행렬 하나로 모입니다. 최소제곱 문제를 푸는 방법 가운데, 해가 여럿일 때 가장 작은 해까지 주는
# 것이 있습니다. 의사역행렬(pseudo-inverse)입니다.

# %% [markdown] lang="en" task="learn_f" hint=2
# With $A=[X\ \mathbf 1]$: $\;(w,b)=A^{+}Y$, where $A^+$ is the pseudo-inverse, and $f(x)=w\cdot x+b$.

# %% [markdown] lang="ko" task="learn_f" hint=2
# $A=[X\ \mathbf 1]$이라 하면 $\;(w,b)=A^{+}Y$이고($A^+$는 의사역행렬), $f(x)=w\cdot x+b$입니다.

# %% [markdown] lang="en"
# ### See it: linear in the parameters, curved on the page
#
# Your `learn_f` is linear in its inputs, but who says that the input is only $x$? Given $x,x^2,\dots,x^k$ it learns curves. Left to right:
# $k=1$, 3 and 12, each learned from the same fifteen examples. The first is too stiff, and the last one runs after
# every example, noise included, and is wild at the ends. Knowledge about the task went in when somebody chose $k$.

# %% [markdown] lang="ko"
# ### 직접 보기: 파라미터에 대해서는 일차, 그림에서는 곡선
#
# 여러분의 `learn_f`가 배우는 것은 입력에 대한 일차 함수이지만, 입력이 꼭 $x$ 하나일 필요는 없습니다. $x,x^2,\dots,x^k$를 주면 곡선을 배웁니다. 왼쪽부터 $k=1$, 3, 12이고
# 모두 같은 예시 열다섯 개에서 배웠습니다. 첫째는 너무 뻣뻣하고, 마지막은 노이즈까지 따라가느라 양 끝에서 크게 출렁입니다. $k$를 고르는 순간 문제에
# 대한 지식이 이미 들어간 셈입니다.

# %% tags=["explore"]
if ready(learn_f):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(6)
    x = torch.linspace(-1, 1, 15, dtype=torch.float64)
    y = torch.sin(3 * x) + 0.25 * torch.randn(15, generator=generator, dtype=torch.float64)
    line = torch.linspace(-1.05, 1.05, 300, dtype=torch.float64)

    def powers(x, k):
        return torch.stack([x**i for i in range(1, k + 1)], dim=1)

    figure, axes = plt.subplots(1, 3, figsize=(13, 3.7), sharey=True, constrained_layout=True)
    for ax, k in zip(axes, (1, 3, 12)):
        f = learn_f(powers(x, k), y)
        error = ((f(powers(x, k)) - y) ** 2).mean().sqrt()
        truth = ((f(powers(line, k)) - torch.sin(3 * line))[10:-10] ** 2).mean().sqrt()
        ax.plot(line, torch.sin(3 * line), color="0.6", ls="--", label="the truth")
        ax.plot(line, f(powers(line, k)), color="#0072B2", lw=2, label="learned")
        ax.plot(x, y, "o", color="#D55E00", mec="white", ms=8, label="examples")
        ax.set(title=f"k = {k}: error {error:.2f} on the examples, {truth:.2f} to the truth", xlabel="x", ylim=(-2, 2))
        ax.title.set_fontsize(10)
        ax.grid(alpha=0.3)
    axes[0].legend(frameon=False, loc="upper left")
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# The first applies your rule to the examples and counts for itself; the second shows the rule.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 첫째 함수는 여러분의 규칙을 예시에 적용해 틀린 수를 직접 세고, 둘째 함수는 규칙 자체를 보여 줍니다.


# %% tags=["provided"]
def graded_errors(x, y):
    """
    [en]
    {"errors": as best_threshold says, "counted": what its rule really gets wrong}.
    [ko]
    {"errors": best_threshold가 말하는 수, "counted": 그 규칙이 실제로 틀리는 수}.
    [/]
    """
    t, polarity, errors = best_threshold(x, y)
    fires = x >= float(t) if int(polarity) == 1 else x < float(t)
    return {"errors": int(errors), "counted": int((fires.long() != y).sum())}


def graded_rule(x, y):
    """
    [en]
    {"t": ..., "polarity": ...} of best_threshold.
    [ko]
    best_threshold의 {"t": ..., "polarity": ...}.
    [/]
    """
    t, polarity, _ = best_threshold(x, y)
    return {"t": float(t), "polarity": int(polarity)}


# %% [markdown] lang="en" task="best_threshold"
# ## 4. A rule that was learned (20 points)
#
# "If the temperature is at least 38, answer *fever*": that is a rule, and somebody chose the 38. Let the data choose it. Given numbers $x$ and
# labels $y$, try every threshold that makes a difference, in both directions (1 above, or 1 below), and keep the rule with the fewest
# mistakes. A rule like this is the smallest decision tree there is, a stump.

# %% [markdown] lang="ko" task="best_threshold"
# ## 4. 학습한 규칙 (20점)
#
# "체온이 38도 이상이면 *발열*." 이것은 규칙이고, 38은 누군가가 정한 값입니다. 그 값을 데이터가 정하게 해 봅시다. 수 $x$와 레이블 $y$가 주어지면, 결과가
# 달라지는 모든 임계값을 두 방향(위쪽이 1이거나 아래쪽이 1)으로 시험해 가장 적게 틀리는 규칙을 고릅니다. 이런 규칙은 세상에서 가장 작은 결정 트리,
# 곧 그루터기(stump)입니다.


# %% task="best_threshold"
def best_threshold(x, y):
    """
    [en]
    The threshold rule with the fewest errors: (t, polarity, errors), a float, an int and an int (Python numbers or 0-d tensors).

    x: (N,) float, y: (N,) int64 of 0 and 1, N >= 1, in any order; values of x may repeat.
    polarity 1: the rule answers 1 where x >= t. polarity -1: it answers 1 where x < t. Otherwise it answers 0.
    errors: how many examples the rule gets wrong.

    Candidates for t, from small to large: (smallest x) - 1, the midpoints between neighbouring DIFFERENT values of x, (largest x) + 1.
    If several rules have equally few errors, the smallest t wins, and at equal t polarity 1 before -1.
    [ko]
    가장 적게 틀리는 임계값 규칙: (t, polarity, errors). 차례로 float, int, int입니다(Python 수 또는 0차원 텐서).

    x: (N,) 실수, y: (N,) int64, 값은 0과 1, N >= 1, 순서는 임의이고 x에는 같은 값이 있을 수 있습니다.
    polarity가 1이면 규칙은 x >= t일 때 1이라고 답합니다. polarity가 -1이면 x < t일 때 1이라고 답합니다. 나머지에는 0이라고 답합니다.
    errors: 규칙이 틀리는 예시의 수.

    t의 후보는 작은 것부터 (가장 작은 x) - 1, 이웃한 '서로 다른' x값의 중점들, (가장 큰 x) + 1입니다.
    똑같이 적게 틀리는 규칙이 여럿이면 t가 가장 작은 것을, t까지 같으면 polarity 1을 -1보다 먼저 고릅니다.
    [/]
    """
    ### BEGIN SOLUTION
    values = x.unique()
    candidates = torch.cat([values[:1] - 1, (values[:-1] + values[1:]) / 2, values[-1:] + 1])
    best = None
    for t in candidates.tolist():
        errors = int(((x >= t).long() != y).sum())
        for polarity, count in ((1, errors), (-1, len(x) - errors)):
            if best is None or count < best[2]:
                best = (t, polarity, count)
    return best
    ### END SOLUTION


# %% [markdown] lang="en" task="best_threshold" hint=1
# Make the list of candidates first, then try each one in both directions. A rule and its reverse never agree: what one gets right, the
# other gets wrong. Which comparison, `<` or `<=`, keeps the first of several equally good rules?

# %% [markdown] lang="ko" task="best_threshold" hint=1
# 먼저 후보 목록을 만들고, 후보마다 두 방향을 시험하세요. 한 규칙과 그것을 뒤집은 규칙은 늘 답이 달라서, 하나가 맞히면 다른 하나는 틀립니다. 똑같이 좋은
# 규칙이 여럿일 때 첫째를 남기려면 `<`와 `<=` 중 무엇으로 비교해야 할까요?

# %% [markdown] lang="en" task="best_threshold" hint=2
# For sorted different values $v_1<\dots<v_k$: $t\in\{v_1-1,\ \frac{v_i+v_{i+1}}2,\ v_k+1\}$. If polarity $1$ makes $E(t)$ errors, polarity $-1$
# makes $N-E(t)$.

# %% [markdown] lang="ko" task="best_threshold" hint=2
# 서로 다른 값을 정렬해 $v_1<\dots<v_k$라 하면 $t\in\{v_1-1,\ \frac{v_i+v_{i+1}}2,\ v_k+1\}$입니다. polarity $1$이 $E(t)$개를 틀리면 polarity $-1$은
# $N-E(t)$개를 틀립니다.

# %% [markdown] lang="en"
# ### See it: the rule somebody wrote, and the rule that was learned
#
# Two hundred body temperatures, some of them of people with a fever. The curves count the mistakes of every possible threshold in both
# directions. The grey line is the rule of thumb, 38 degrees; the blue one is what your function finds in these data.

# %% [markdown] lang="ko"
# ### 직접 보기: 사람이 쓴 규칙과 학습한 규칙
#
# 체온을 잰 값이 200개 있고, 그중 일부는 열이 있는 사람의 것입니다. 곡선은 가능한 모든 임계값이 두 방향에서 각각 몇 번 틀리는지 보여 줍니다. 회색 선은 흔히
# 쓰는 38도, 파란 선은 여러분의 함수가 이 데이터에서 찾은 값입니다.

# %% tags=["explore"]
if ready(best_threshold):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(3)
    ill = (torch.rand(200, generator=generator) < 0.35).long()
    degrees = 36.7 + 1.5 * ill + 0.45 * torch.randn(200, generator=generator, dtype=torch.float64)
    t, polarity, errors = best_threshold(degrees, ill)

    figure, axes = plt.subplots(2, 1, figsize=(9, 5), sharex=True, height_ratios=[1, 1.6], constrained_layout=True)
    lift = 0.25 * torch.randn(200, generator=generator)
    for label, color, name in [(0, "#009E73", "healthy"), (1, "#D55E00", "fever")]:
        axes[0].plot(degrees[ill == label], label + lift[ill == label], "o", ms=4, color=color, alpha=0.7, label=name)
    axes[0].set(yticks=[0, 1], yticklabels=["healthy", "fever"], ylim=(-0.9, 1.9))
    grid = torch.linspace(35.3, 39.7, 3000, dtype=torch.float64)
    wrong = ((degrees >= grid[:, None]).long() != ill).sum(dim=1)
    axes[1].plot(grid, wrong, color="black", lw=1.5, label="1 at or above t")
    axes[1].plot(grid, 200 - wrong, color="black", lw=1.5, ls=":", label="1 below t")
    thumb = int(((degrees >= 38).long() != ill).sum())
    for ax in axes:
        ax.axvline(38, color="0.6", lw=3, label=f"rule of thumb, 38.00: {thumb} errors")
        ax.axvline(float(t), color="#0072B2", lw=2, label=f"learned, {float(t):.2f}: {int(errors)} errors")
    axes[1].set(xlabel="body temperature t", ylabel="errors of 200", ylim=(0, 205))
    axes[1].legend(frameon=False, loc="upper left", fontsize=9)
    axes[1].grid(alpha=0.3)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Some ways to fit a model and to measure its error, by name, and two that write down how your `learning_curve` uses them.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 모델을 맞추고 오차를 재는 몇 가지 방법과, 여러분의 `learning_curve`가 이들을 어떻게 부르는지 적어 두는 함수들입니다.


# %% tags=["provided"]
def graded_fit(kind):
    """
    [en]
    fit(X, y) -> model by name: "mean", "nearest" (the y of the nearest row) or "slope" (a line through the origin, first column only).
    [ko]
    이름으로 고르는 fit(X, y) -> 모델: "mean"(평균), "nearest"(가장 가까운 행의 y), "slope"(첫 열만 쓰는 원점을 지나는 직선).
    [/]
    """

    def fit(X, y):
        if kind == "mean":
            return lambda Z: y.mean().expand(len(Z))
        if kind == "nearest":
            return lambda Z: y[(Z[:, None] - X[None, :]).pow(2).sum(dim=2).argmin(dim=1)]
        return lambda Z: Z[:, 0] * (X[:, 0] @ y) / (X[:, 0] @ X[:, 0])

    return fit


def graded_err(model, X, y):
    """
    [en]
    Mean squared error of a model on (X, y), a Python float.
    [ko]
    (X, y)에서 모델의 평균 제곱 오차, Python float.
    [/]
    """
    return float(((model(X) - y) ** 2).mean())


def graded_curve(kind, Xtr, ytr, sizes, Xte, yte):
    """
    [en]
    Your learning_curve with graded_fit(kind) and graded_err.
    [ko]
    graded_fit(kind)과 graded_err로 그린 여러분의 학습 곡선.
    [/]
    """
    return learning_curve(graded_fit(kind), graded_err, Xtr, ytr, sizes, Xte, yte)


def graded_diary(Xtr, ytr, sizes, Xte, yte):
    """
    [en]
    What your learning_curve hands to fit ("learned") and to err ("tested"), call by call, and the curve.
    [ko]
    여러분의 learning_curve가 fit("learned")과 err("tested")에 무엇을 넘겼는지 호출마다 적은 기록과 곡선.
    [/]
    """
    learned, tested = [], []

    def fit(X, y):
        learned.append({"rows": len(X), "X": X.sum(), "y": y.sum()})
        return len(learned)

    def err(model, X, y):
        tested.append({"model": model, "rows": len(X), "X": X.sum(), "y": y.sum()})
        return 0.25 + model

    curve = learning_curve(fit, err, Xtr, ytr, sizes, Xte, yte)
    return {"learned": learned, "tested": tested, "curve": curve}


# %% [markdown] lang="en" task="learning_curve"
# ## 5. Does more data help? (17 points)
#
# Learn from the first 10 examples, from the first 20, from the first 50, and measure the error on examples that are never used for
# learning. Plotted against the number of examples this is a learning curve. Your function knows neither the model nor the error: it is
# handed `fit` and `err` as functions, so that the same few lines serve every model.

# %% [markdown] lang="ko" task="learning_curve"
# ## 5. 데이터가 많으면 좋을까? (17점)
#
# 처음 10개로, 처음 20개로, 처음 50개로 학습하면서, 학습에 한 번도 쓰지 않은 예시에서 오차를 잽니다. 이것을 예시 수에 따라 그린 것이 학습 곡선입니다.
# 여러분의 함수는 모델도 오차도 모릅니다. `fit`과 `err`를 함수로 넘겨받기 때문에 코드 몇 줄로 어떤 모델이든 다룰 수 있습니다.


# %% task="learning_curve"
def learning_curve(fit, err, Xtr, ytr, sizes, Xte, yte):
    """
    [en]
    The test error after learning from the first n training examples, for every n in sizes: a tensor (len(sizes),), dtype of Xte.

    fit: function, fit(X, y) -> model. err: function, err(model, X, y) -> Python float. Neither changes what it is given.
    Xtr: (N, d), ytr: (N,), Xte: (M, d), yte: (M,), one float dtype. sizes: list of ints between 1 and N, in any order, perhaps empty.

    For each n, in the order of sizes: one call of fit on the FIRST n rows of Xtr and ytr, and one call of err with this model on ALL of
    (Xte, yte). Every model is learned anew; nothing is kept from the one before.
    [ko]
    sizes의 n마다, 처음 n개의 학습 예시로 학습한 뒤의 테스트 오차: 텐서 (len(sizes),), dtype은 Xte와 같습니다.

    fit: 함수, fit(X, y) -> 모델. err: 함수, err(모델, X, y) -> Python float. 둘 다 넘겨받은 것을 바꾸지 않습니다.
    Xtr: (N, d), ytr: (N,), Xte: (M, d), yte: (M,), 모두 같은 실수 dtype. sizes: 1 이상 N 이하인 int의 리스트. 순서는 임의이고 비어 있을 수
    있습니다.

    sizes의 순서대로 n마다, Xtr와 ytr의 '처음' n행으로 fit을 한 번, 그 모델로 (Xte, yte) '전체'에서 err를 한 번 호출합니다. 모델은 매번 새로
    학습하며, 앞의 모델에서 이어받는 것은 없습니다.
    [/]
    """
    ### BEGIN SOLUTION
    errors = [err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes]
    return torch.tensor(errors, dtype=Xte.dtype, device=Xte.device)
    ### END SOLUTION


# %% [markdown] lang="en" task="learning_curve" hint=1
# One round for each $n$: cut, learn, measure, write down. A function that was handed to you is called like any other: `model = fit(...)`.

# %% [markdown] lang="ko" task="learning_curve" hint=1
# $n$마다 한 바퀴씩 돕니다. 자르고, 학습하고, 재고, 적습니다. 넘겨받은 함수도 여느 함수처럼 `model = fit(...)`으로 부르면 됩니다.

# %% [markdown] lang="en" task="learning_curve" hint=2
# $e_k=\mathrm{err}\big(\mathrm{fit}(X'_{1\dots n_k},\,Y'_{1\dots n_k}),\ X_{\text{test}},\,Y_{\text{test}}\big)$ for $k=1,\dots,K$.

# %% [markdown] lang="ko" task="learning_curve" hint=2
# $k=1,\dots,K$에 대해 $e_k=\mathrm{err}\big(\mathrm{fit}(X'_{1\dots n_k},\,Y'_{1\dots n_k}),\ X_{\text{test}},\,Y_{\text{test}}\big)$입니다.

# %% [markdown] lang="en"
# ### See it: who gets further with more data?
#
# Three models learn a wavy function of one input, from 4 to 1000 noisy examples; all use your `learn_f`, on 1, 4 and 24 features. Look at both
# ends. With few examples the simplest model is best. With many it is the most flexible one: the simple ones have long stopped improving. In between,
# the two larger models have their worst moment where they have about as many examples as parameters, just enough to run after every noise
# (the blue curve leaves the picture there). Nobody gets below the dashed line, the noise in the data. (The curves are medians over 30 samples of examples.)

# %% [markdown] lang="ko"
# ### 직접 보기: 데이터가 늘면 누가 더 멀리 갈까?
#
# 세 모델이 노이즈가 섞인 예시 4개에서 1000개로 물결치는 함수를 배웁니다. 모두 여러분의 `learn_f`를 쓰고, 특징의 수만 1개, 4개, 24개로 다릅니다. 양 끝을
# 보세요. 예시가 적으면 가장 단순한 모델이 가장 낫습니다. 예시가 많으면 가장 유연한 모델이 가장 낫습니다. 단순한 모델은 진작에 멈췄습니다. 그 사이에서
# 더 큰 두 모델은 예시 수가 파라미터 수와 비슷할 때 가장 나쁩니다(파란 곡선은 그림 밖까지 치솟습니다). 모든 노이즈를 겨우 따라갈 수 있을 만큼만 유연하기
# 때문입니다. 어떤 모델도 점선, 곧 데이터의 노이즈 아래로는 내려가지 못합니다. (곡선은 예시를 30번 새로 뽑아 구한 중앙값입니다.)

# %% tags=["explore"]
if ready(learn_f, learning_curve):
    import matplotlib.pyplot as plt

    generator = torch.Generator().manual_seed(0)
    sizes = [4, 6, 10, 16, 25, 40, 63, 100, 160, 250, 400, 630, 1000]

    def sample(n):
        x = 2 * torch.rand(n, 1, generator=generator, dtype=torch.float64) - 1
        wave = torch.sin(9 * x[:, 0]) * torch.exp(-x[:, 0]) + x[:, 0]
        return x, wave + 0.3 * torch.randn(n, generator=generator, dtype=torch.float64)

    def waves(x, k):
        return torch.cat([torch.cos(torch.pi * i * (x + 1) / 2) for i in range(1, k + 1)], dim=1)

    def fit_with(k):
        def fit(X, y):
            f = learn_f(waves(X, k), y)
            return lambda Z: f(waves(Z, k))

        return fit

    def squared(model, X, y):
        return ((model(X) - y) ** 2).mean().item()

    test = sample(2000)
    figure, ax = plt.subplots(figsize=(8.5, 4.6), constrained_layout=True)
    for k, color, marker in [(1, "#009E73", "^"), (4, "#E69F00", "s"), (24, "#0072B2", "o")]:
        curves = [learning_curve(fit_with(k), squared, *sample(1000), sizes, *test) for _ in range(30)]
        name = f"{k} feature{'s' * (k > 1)}"
        ax.plot(sizes, torch.stack(curves).median(dim=0).values, marker=marker, color=color, lw=2, label=name)
    ax.axhline(0.09, color="0.4", ls="--", label="noise")
    ax.set(
        xscale="log",
        yscale="log",
        ylim=(0.06, 1000),
        xlabel="number of training examples",
        ylabel="squared error on new examples",
        title="three learning curves",
    )
    ax.grid(alpha=0.3, which="both")
    ax.legend(frameon=False)
    plt.show()

# %% [markdown] lang="en"
# ### Given code
#
# Small functions by name, on numbers and on text. One of them, `"add one in place"`, writes into the tensor that it is given.

# %% [markdown] lang="ko"
# ### 주어진 코드
#
# 이름으로 고르는 작은 함수들입니다. 수에 쓰는 것과 문자열에 쓰는 것이 있습니다. 그중 `"add one in place"`는 넘겨받은 텐서에 직접 값을 씁니다.


# %% tags=["provided"]
def graded_functions(names):
    """
    [en]
    A list of functions, for a list of names.
    [ko]
    이름의 리스트에 해당하는 함수의 리스트.
    [/]
    """
    shelf = {
        "double": lambda x: 2 * x,
        "add one": lambda x: x + 1,
        "square": lambda x: x**2,
        "negate": lambda x: -x,
        "tanh": torch.tanh,
        "row sums": lambda x: x.sum(dim=1),
        "add one in place": lambda x: x.add_(1),
        "upper": str.upper,
        "backwards": lambda text: text[::-1],
        "first three": lambda text: text[:3],
        "exclaim": lambda text: text + "!",
        "length": len,
    }
    return [shelf[name] for name in names]


def graded_compose(names, x):
    """
    [en]
    compose(...) of these functions, applied to x twice: (first answer, second answer).
    [ko]
    이 함수들을 compose로 합성해 x에 두 번 적용한 (첫 번째 답, 두 번째 답).
    [/]
    """
    f = compose(*graded_functions(names))
    return f(x), f(x)


def graded_two_arguments(names, x, other):
    """
    [en]
    compose(...) of these functions, applied to x and then to another argument: (first answer, second answer).
    [ko]
    이 함수들을 compose로 합성해 x에, 그다음 다른 인자에 적용한 (첫 번째 답, 두 번째 답).
    [/]
    """
    f = compose(*graded_functions(names))
    return f(x), f(other)


def graded_nested(first, second, x):
    """
    [en]
    compose of two composed functions: compose(compose(*first), compose(*second))(x).
    [ko]
    합성한 두 함수를 다시 합성: compose(compose(*first), compose(*second))(x).
    [/]
    """
    return compose(compose(*graded_functions(first)), compose(*graded_functions(second)))(x)


def graded_layers(names, x):
    """
    [en]
    {"result": f_of_x(x, layers), "x": x afterwards}.
    [ko]
    {"result": f_of_x(x, layers), "x": 그 뒤의 x}.
    [/]
    """
    return {"result": f_of_x(x, graded_functions(names)), "x": x}


# %% [markdown] lang="en" task="compose"
# ## 6. Functions made of functions (13 points)
#
# A deep network is $h(g(f(x)))$: the output of each layer is the input of the next. Write a function that takes functions and returns
# a function, their composition, and use the same idea to send a tensor through a list of layers.

# %% [markdown] lang="ko" task="compose"
# ## 6. 함수로 만든 함수 (13점)
#
# 심층 신경망은 $h(g(f(x)))$입니다. 한 층의 출력이 다음 층의 입력이 됩니다. 함수들을 받아 그 합성 함수를 돌려주는 함수를 작성하고, 같은 생각으로 텐서를
# 여러 층에 차례로 통과시키세요.


# %% task="compose"
def compose(*fs):
    """
    [en]
    A function that applies all of fs, the first one first: compose(f, g, h)(x) = h(g(f(x))).

    fs: any number of functions of one argument; x may be anything that the first of them takes.
    compose() without functions returns its argument as it is. The result can be called any number of times.
    [ko]
    fs를 첫째 것부터 차례로 적용하는 함수를 돌려줍니다: compose(f, g, h)(x) = h(g(f(x))).

    fs: 인자가 하나인 함수 몇 개든. x는 첫 함수가 받을 수 있는 것이면 무엇이든 됩니다.
    함수 없이 compose()만 부르면 인자를 그대로 돌려주는 함수가 됩니다. 돌려준 함수는 몇 번이든 부를 수 있습니다.
    [/]
    """

    ### BEGIN SOLUTION
    def composed(x):
        for f in fs:
            x = f(x)
        return x

    return composed
    ### END SOLUTION


def f_of_x(x, layers):
    """
    [en]
    Send the tensor x through a list of layers, the first one first, and return what comes out.

    x: float tensor. layers: list of functions from tensor to tensor, perhaps empty.

    Some layers write into the tensor they get. x itself must still hold its old values afterwards.
    [ko]
    텐서 x를 여러 층에 첫째 층부터 차례로 통과시키고 나온 값을 돌려줍니다.

    x: 실수 텐서. layers: 텐서를 받아 텐서를 돌려주는 함수의 리스트. 비어 있을 수 있습니다.

    넘겨받은 텐서에 직접 값을 쓰는 층도 있습니다. 그래도 x는 원래 값을 그대로 지니고 있어야 합니다.
    [/]
    """
    ### BEGIN SOLUTION
    return compose(*layers)(x.clone())
    ### END SOLUTION


# %% [markdown] lang="en" task="compose" hint=1
# Inside `compose` define a function that takes $x$, passes it from one function to the next, and returns the last value; then return
# that function without calling it. For `f_of_x`: what could you hand to the first layer instead of `x` itself?

# %% [markdown] lang="ko" task="compose" hint=1
# `compose` 안에서 $x$를 받아 한 함수에서 다음 함수로 넘기고 마지막 값을 돌려주는 함수를 정의한 뒤, 그 함수를 부르지 않고 그대로 돌려주세요. `f_of_x`에서는
# 첫 층에 `x` 자신 대신 무엇을 넘기면 될까요?

# %% [markdown] lang="en" task="compose" hint=2
# $x_0=x,\ x_k=f_k(x_{k-1})$, and the answer is $x_K$; for $K=0$ it is $x$. For `f_of_x`, $x_0$ is a copy.

# %% [markdown] lang="ko" task="compose" hint=2
# $x_0=x,\ x_k=f_k(x_{k-1})$이라 하면 답은 $x_K$이고, $K=0$이면 $x$입니다. `f_of_x`에서 $x_0$은 복사본입니다.

# %% [markdown] lang="en"
# ### See it: a network bends the plane
#
# Two rings of points, one inside the other, that no straight line can separate, and a grid to see what happens to the plane. From picture
# to picture one more layer of $h(g(f(x)))$ is composed. In the last one a straight line does it.

# %% [markdown] lang="ko"
# ### 직접 보기: 신경망은 평면을 구부린다
#
# 한 고리가 다른 고리 안에 들어 있어 어떤 직선으로도 나눌 수 없는 점들과, 평면이 어떻게 변하는지 보여 주는 격자입니다. 그림이 하나씩 넘어갈 때마다
# $h(g(f(x)))$의 층이 하나씩 더 합성됩니다. 마지막 그림에서는 직선 하나로 나눌 수 있습니다.

# %% tags=["explore"]
if ready(compose, f_of_x):
    import matplotlib.pyplot as plt

    angle = torch.linspace(0, 2 * torch.pi, 61, dtype=torch.float64)[:-1]
    circle = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1)
    rings = [0.45 * circle, 1.2 * circle]
    steps = torch.linspace(-1.4, 1.4, 15, dtype=torch.float64)
    fine = torch.linspace(-1.4, 1.4, 120, dtype=torch.float64)
    lines = [torch.stack([fine, v.expand(120)], dim=1) for v in steps]
    lines += [line.flip(1) for line in lines]

    # [en] far from the centre means up
    # [ko] 중심에서 멀수록 위로
    def fold(x):
        return torch.stack([x[:, 0], (x**2).sum(dim=1)], dim=1)

    def squash(x):
        return torch.tanh(x - torch.tensor([0.0, 0.9], dtype=x.dtype))

    def turn(x):
        a = torch.tensor(0.5, dtype=x.dtype)
        return x @ torch.stack([torch.stack([a.cos(), a.sin()]), torch.stack([-a.sin(), a.cos()])])

    layers = [fold, squash, turn]
    names = ["x", "f(x)", "g(f(x))", "h(g(f(x)))"]
    figure, axes = plt.subplots(1, 4, figsize=(14, 3.8), constrained_layout=True)
    for k, ax in enumerate(axes):
        net = compose(*layers[:k])
        for line in lines:
            ax.plot(*net(line).T, color="0.8", lw=0.7, zorder=1)
        for ring, color, marker in zip(rings, ["#0072B2", "#D55E00"], "os"):
            ax.plot(*f_of_x(ring, layers[:k]).T, marker, color=color, ms=4, zorder=2)
        ax.set(title=f"${names[k]}$", xticks=[], yticks=[])
    axes[3].axline((0, 0), slope=torch.tan(torch.tensor(0.5)).item(), color="black", lw=2, ls="--")
    plt.show()

# %% [markdown] lang="en" task="milestones"
# ## 7. How did they do it? (3 points)
#
# Famous machines are easily credited to the method that is famous today. What was really inside them?

# %% [markdown] lang="ko" task="milestones"
# ## 7. 무엇으로 해냈을까 (3점)
#
# 유명한 시스템은 오늘날 유명한 방법으로 만들었다고 오해하기 쉽습니다. 실제로는 무엇이 들어 있었을까요?


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
def milestones_form():
    """
    [en]
    Whether milestones() is an answer at all; it says nothing about which.
    [ko]
    milestones()가 답의 형식을 갖추었는지만 봅니다. 맞았는지는 알려 주지 않습니다.
    [/]
    """
    return letters_only(milestones(), "abcdef")


# %% task="milestones"
def milestones():
    """
    [en]
    Which of these statements are right? Returns their letters as a text, such as "ab", in any order. At least one is right.

    (a) Deep Blue (chess, 1997) played mainly by fast search, with an evaluation of positions that people had tuned.
    (b) Watson (quiz show, 2011) was one deep network, trained from end to end.
    (c) Only deep learning gets better with more data; every other model stays as it is.
    (d) AlphaGo (2016) joined trained deep networks with a tree search.
    (e) A support vector machine looks for the boundary with the widest margin to the nearest examples.
    (f) Support vector machines were invented after 2006 to replace deep learning.
    [ko]
    다음 중 옳은 것은 무엇입니까? 옳은 문장의 글자를 모두 모아 "ab"와 같은 문자열로 돌려주세요. 순서는 상관없고, 옳은 것은 하나 이상입니다.

    (a) 딥 블루(1997년 체스)는 주로 빠른 탐색과 사람이 조정한 형세 평가로 두었다.
    (b) 왓슨(2011년 퀴즈쇼)은 처음부터 끝까지 한꺼번에 학습한 하나의 심층 신경망이었다.
    (c) 데이터가 늘면 좋아지는 것은 딥러닝뿐이고, 다른 모델은 그대로이다.
    (d) 알파고(2016년)는 학습된 심층 신경망을 트리 탐색과 결합했다.
    (e) 서포트 벡터 머신은 가장 가까운 예제까지의 여유(margin)가 가장 넓은 경계를 찾는다.
    (f) 서포트 벡터 머신은 2006년 이후 딥러닝을 대신하려고 만들어졌다.
    [/]
    """
    ### BEGIN SOLUTION
    return "ade"
    ### END SOLUTION


# %% [markdown] lang="en" task="milestones" hint=1
# Sort by year first: what could be trained then, and what could only be searched or written by hand?

# %% [markdown] lang="ko" task="milestones" hint=1
# 먼저 연도순으로 놓아 보세요. 그때 학습할 수 있었던 것은 무엇이고, 탐색하거나 손으로 적을 수밖에 없었던 것은 무엇인가요?

# %% [markdown] lang="en" task="milestones" hint=2
# 1990s: support vector machines; 1997: chess; from 2006: deep learning; 2011: a quiz show; 2016: Go.

# %% [markdown] lang="ko" task="milestones" hint=2
# 1990년대 서포트 벡터 머신, 1997년 체스, 2006년부터 딥러닝, 2011년 퀴즈쇼, 2016년 바둑.
