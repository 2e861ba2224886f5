"""Training basics: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import AUTOGRAD, CROSS_ENTROPY, T1, T2, Draw, Task, Text, X
from autograder.questions import Choice, Option

COMMON = {
    "R4": "no upstream gradient is passed in",
    "R5": "no square matrix by nature",
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "no logits",
    "R10": "no padded max-pooling",
}
WHOLE = {"float32": "whole numbers only"}
NUMBERS = {"float32": "Python numbers only"}


def shuffled(draw: Draw, n):
    """A permutation that is neither the identity nor its own inverse, where n allows it."""
    while True:
        order = draw.permutation(n)
        if n < 4 or ((order != np.arange(n)).any() and (order[order] != np.arange(n)).any()):
            return order


# -- 1. param_count --------------------------------------------------------------------------------------------------

param_count = Task("param_count", points=8, form=0.5, purity=0.5, exempt=NUMBERS, parts=("layers", "total"))


@param_count.check(
    "lecture", points=2.5, visible=True, tolerance=X,
    title=Text("the network of the lecture, and one more", "강의에 나온 신경망과 다른 하나"),
    hint=Text(
        "[3, 4, 4, 1] has 41 parameters: draw the lines, and give every neuron behind the input its bias.",
        "[3, 4, 4, 1]의 파라미터는 41개입니다. 선을 그어 보고, 입력층을 뺀 모든 뉴런에 편향을 하나씩 주세요.",
    ),
)  # fmt: skip
def count_lecture(draw: Draw):
    yield draw.call([3, 4, 4, 1])
    yield draw.call([5, 2, 7])


@param_count.check(
    "deeper", points=2.5, tolerance=X,
    title=Text("deeper networks", "더 깊은 신경망"),
    hint=Text(
        "One entry for every layer behind the input, in order; the input has none.",
        "입력층 다음 층부터 차례로 하나씩입니다. 입력층의 항목은 없습니다.",
    ),
)  # fmt: skip
def count_deeper(draw: Draw):
    for depth in (2, 4, 6):
        yield draw.call(list(draw.sizes(depth, 2, 12)))


@param_count.check(
    "large", points=1, tolerance=X,
    title=Text("a network that reads images", "이미지를 읽는 신경망"),
    hint=Text("The total is the sum of all weights and all biases.", "total은 모든 가중치와 모든 편향의 합입니다."),
)  # fmt: skip
def count_large(draw: Draw):
    yield draw.call([784, 128, 10])
    yield draw.call([3072, int(draw.integers(200, 600)), int(draw.integers(20, 90)), 10])


@param_count.check(
    "edges", points=1, tolerance=X, edge=True,
    title=Text("one neuron; an input alone", "뉴런 하나; 입력만"),
    hint=Text("An input alone has no parameters: ([], 0).", "입력만 있으면 파라미터가 없습니다: ([], 0)."),
)  # fmt: skip
def count_edges(draw: Draw):
    yield draw.call([1, 1])
    yield draw.call([5])
    yield draw.call([1, 6, 1])


# -- 2. epoch_batches ------------------------------------------------------------------------------------------------

epoch_batches = Task(
    "epoch_batches", points=10, form=1, purity=1,
    exempt={**COMMON, **WHOLE, "R1": "one axis", "R12": "a permutation has no equal elements"},
)  # fmt: skip


def epoch_check(name, points, pairs, title, hint, *, visible=False, edge=False):
    @epoch_batches.check(name, points=points, visible=visible, tolerance=X, title=title, hint=hint, edge=edge)
    def epoch(draw: Draw):
        for k, (n, B) in enumerate(pairs):
            perm = shuffled(draw, n)
            yield draw.call(n, B, draw.strided(perm) if k == 1 and n else perm)


epoch_check(
    "small", 3, ((7, 3), (6, 2)), Text("7 examples in threes, 6 in twos", "7개를 3개씩, 6개를 2개씩"),
    Text("Every index occurs exactly once, in the order of perm, and the last piece may be smaller.", "모든 인덱스가 perm의 순서대로 정확히 한 번씩 나오고, 마지막 조각은 작을 수 있습니다."),
    visible=True,
)  # fmt: skip
epoch_check(
    "ragged", 1.5, ((11, 4), (10, 3), (9, 5)), Text("a smaller last mini-batch", "마지막 미니배치가 작을 때"),
    Text("Nothing is dropped and nothing is repeated.", "버리는 것도 되풀이되는 것도 없어야 합니다."),
)  # fmt: skip
epoch_check(
    "even", 1.5, ((12, 4), (10, 5), (8, 2)), Text("all mini-batches of one size", "미니배치의 크기가 모두 같을 때"),
    Text("B is the size of a mini-batch. How many are there?", "B는 미니배치의 크기입니다. 미니배치는 몇 개인가요?"),
)  # fmt: skip
epoch_check(
    "whole", 1, ((5, 5), (6, 9)), Text("everything in one mini-batch", "전체가 미니배치 하나일 때"),
    Text("With B >= n there is a single mini-batch with all n indices.", "B >= n이면 인덱스 n개가 모두 든 미니배치 하나입니다."),
)  # fmt: skip
epoch_check(
    "edges", 1, ((5, 1), (1, 1), (0, 3)), Text("one at a time; one example; no example", "하나씩; 샘플 하나; 샘플 없음"),
    Text("No examples, no mini-batches: the list is empty.", "샘플이 없으면 미니배치도 없습니다. 리스트가 비어 있어야 합니다."), edge=True,
)  # fmt: skip

# -- 3. init_weights -------------------------------------------------------------------------------------------------

init_weights = Task("init_weights", points=8, form=0.5, purity=0.5, exempt=COMMON)

UNIFORM_HINT = Text(
    "Where do 0, 1/2 and nearly 1 end up? They should become -scale, 0 and nearly scale.",
    "0, 1/2, 거의 1인 수가 어디로 가나요? -scale, 0, 거의 scale이 되어야 합니다.",
)
NORMAL_HINT = Text(
    "scale is the standard deviation, not the variance, and nothing is cut off.",
    "scale은 분산이 아니라 표준편차이며, 잘라 내는 값은 없습니다.",
)


@init_weights.check(
    "uniform", points=1.5, visible=True, tolerance=T1, hint=UNIFORM_HINT,
    title=Text("uniform, two scales", "균등분포, 두 가지 폭"),
)  # fmt: skip
def init_uniform(draw: Draw):
    U = draw.uniform(3, 4)
    U[0, 0], U[0, 1] = 0.0, 0.5
    for scale in (0.1, 2.0):
        yield draw.call(U, "uniform", scale)


@init_weights.check(
    "normal", points=1, visible=True, tolerance=T1, hint=NORMAL_HINT,
    title=Text("normal", "정규분포"),
)  # fmt: skip
def init_normal(draw: Draw):
    yield draw.call(draw.normal(2, 5), "normal", 0.3)


@init_weights.check(
    "uniform-more", points=1.5, tolerance=T1, hint=UNIFORM_HINT,
    title=Text("uniform, other shapes and scales", "균등분포, 다른 모양과 폭"),
)  # fmt: skip
def init_uniform_more(draw: Draw):
    yield draw.call(draw.strided(draw.uniform(5, 3)), "uniform", draw.scalar(0.02, 0.4))
    yield draw.call(draw.uniform(2, 3, 4), "uniform", draw.scalar(1.2, 3.0))


@init_weights.check(
    "normal-more", points=1.5, tolerance=T1, hint=NORMAL_HINT,
    title=Text("normal, other shapes and scales", "정규분포, 다른 모양과 폭"),
)  # fmt: skip
def init_normal_more(draw: Draw):
    U = draw.normal(6, 4)
    U[0, 0], U[1, 1] = 3.7, -3.9
    for scale in (draw.scalar(0.02, 0.4), draw.scalar(1.2, 3.0)):
        yield draw.call(U, "normal", scale)


@init_weights.check(
    "edges", points=0.5, tolerance=T1, edge=True,
    title=Text("biases, one weight, equal numbers", "편향 벡터, 가중치 하나, 모두 같은 수"),
    hint=Text("Any shape goes in, the same shape comes out.", "어떤 모양이 들어와도 같은 모양이 나와야 합니다."),
)  # fmt: skip
def init_edges(draw: Draw):
    yield draw.call(draw.uniform(4), "uniform", 0.2)
    yield draw.call(draw.normal(1, 1), "normal", 0.2)
    yield draw.call(np.full((3, 2), 0.25), "uniform", 0.8)


@init_weights.in_float32(points=1)
def init_float32(draw: Draw):
    yield draw.call(draw.uniform(3, 4), "uniform", 0.7)
    yield draw.call(draw.normal(3, 4), "normal", 0.7)


# -- 4. lr_scaled, two_vs_one ----------------------------------------------------------------------------------------

lr_scaled = Task(
    "lr_scaled", points=16, functions=("lr_scaled", "two_vs_one"), form=1, purity=1,
    forbid=(*AUTOGRAD, "torch.optim"), exempt=COMMON, parts={"two_vs_one": ("w3", "w2_same", "w2_scaled")},
)  # fmt: skip


def halves(draw: Draw, B, d):
    """(X, y, w1): the two halves differ clearly, and the way to the minimum is long."""
    x = draw.normal(2 * B, d)
    y = draw.normal(2 * B, scale=2.0)
    y[B:] += draw.choice([-1.5, 1.5])
    return x, y, draw.normal(d)


@lr_scaled.check(
    "rule", points=1.5, visible=True, tolerance=T1,
    title=Text("the scaling rule", "스케일링 규칙"),
    hint=Text("Four times the batch, four times the rate.", "배치가 네 배면 학습률도 네 배입니다."),
)  # fmt: skip
def rule(draw: Draw):
    yield draw.call(0.1, 32, 128)
    yield draw.call(0.03, 256, 64)


def both_ways(name, points, adapter, sizes, title, hint, *, visible=False):
    @lr_scaled.check(name, points=points, visible=visible, tolerance=T2, title=title, hint=hint)
    def ways(draw: Draw):
        for k, (B, d) in enumerate(sizes):
            x, y, w1 = halves(draw, B, d)
            yield draw.call(draw.strided(x) if k == 1 else x, y, w1, draw.scalar(0.1, 0.4), B, function=adapter)


both_ways(
    "two", 2, "graded_two_steps", ((4, 3), (2, 3)), Text("two steps: w3", "두 걸음: w3"),
    Text("The second step begins where the first one has led, with the gradient there.", "둘째 걸음은 첫 걸음이 도착한 곳에서, 그곳의 기울기로 시작합니다."),
    visible=True,
)  # fmt: skip
both_ways(
    "one", 1.5, "graded_one_step", ((4, 3), (2, 3)), Text("one step: w2_same and w2_scaled", "한 걸음: w2_same과 w2_scaled"),
    Text("The mean is over all 2B examples. The two results differ only in the rate.", "평균은 2B개 모두에 대한 것입니다. 두 결과는 학습률만 다릅니다."),
    visible=True,
)  # fmt: skip


@lr_scaled.check(
    "other-rules", points=1, tolerance=T1,
    title=Text("the scaling rule, other numbers", "스케일링 규칙, 다른 수"),
    hint=Text("The rate is proportional to the batch size, up and down.", "학습률은 배치 크기에 비례합니다. 늘 때도 줄 때도 같습니다."),
)  # fmt: skip
def other_rules(draw: Draw):
    yield draw.call(draw.scalar(0.01, 0.5), int(draw.integers(2, 20)), int(draw.integers(30, 500)))
    yield draw.call(draw.scalar(0.01, 0.5), int(draw.integers(100, 300)), 1)
    yield draw.call(draw.scalar(0.01, 0.5), 24, 24)


both_ways(
    "more-two", 3, "graded_two_steps", ((5, 3), (3, 4), (7, 2)), Text("two steps, other sizes", "두 걸음, 다른 크기"),
    Text("First the rows 0 ... B-1, then the rows B ... 2B-1; each step is a mean over B examples.", "먼저 0 ... B-1행, 다음에 B ... 2B-1행입니다. 걸음마다 B개에 대한 평균입니다."),
)  # fmt: skip
both_ways(
    "more-one", 2.5, "graded_one_step", ((5, 3), (3, 4), (7, 2)), Text("one step, other sizes", "한 걸음, 다른 크기"),
    Text("Check one coordinate by hand, with all 2B rows.", "2B행 모두로 한 좌표를 손으로 계산해 보세요."),
)  # fmt: skip


@lr_scaled.check(
    "rate", points=1, tolerance=T2,
    title=Text("the same data with another learning rate", "같은 데이터, 다른 학습률"),
    hint=Text("Both small steps use the rate a.", "작은 두 걸음 모두 학습률 a를 씁니다."),
)  # fmt: skip
def two_rates(draw: Draw):
    data = halves(draw, 4, 5)
    for a in (0.05, 0.5):
        yield draw.call(*data, a, 4, function="two_vs_one")


@lr_scaled.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("B = 1; one weight; equal rows", "B = 1; 가중치 하나; 모두 같은 행"),
    hint=Text("B = 1 means two single examples.", "B = 1이면 샘플 하나씩 두 걸음입니다."),
)  # fmt: skip
def two_edges(draw: Draw):
    yield draw.call(*halves(draw, 1, 3), 0.3, 1, function="two_vs_one")
    yield draw.call(*halves(draw, 3, 1), 0.3, 3, function="two_vs_one")
    _, y, w1 = halves(draw, 2, 3)
    yield draw.call(np.full((4, 3), 0.5), y, w1, 0.3, 2, function="two_vs_one")


@lr_scaled.in_float32(points=0.5)
def two_float32(draw: Draw):
    yield draw.call(*halves(draw, 4, 3), 0.3, 4, function="two_vs_one")


# -- 5. warmup_lr ----------------------------------------------------------------------------------------------------

warmup_lr = Task("warmup_lr", points=8, form=0.5, purity=0.5, exempt=NUMBERS)


@warmup_lr.check(
    "course", points=2.5, visible=True, tolerance=T1,
    title=Text("the beginning, the middle, the end and after", "처음, 중간, 끝, 그 뒤"),
    hint=Text("0 in step 0, half of peak half-way, peak in step warm and ever after.", "걸음 0에서 0, 중간에서 peak의 절반, 걸음 warm부터는 계속 peak입니다."),
)  # fmt: skip
def warm_course(draw: Draw):
    for t in (0, 4, 8, 13):
        yield draw.call(t, 0.2, 8)


@warmup_lr.check(
    "rise", points=2, tolerance=T1,
    title=Text("on the way up", "오르는 동안"),
    hint=Text("The rate rises by the same amount in every step.", "학습률은 매 걸음 같은 양만큼 오릅니다."),
)  # fmt: skip
def warm_rise(draw: Draw):
    warm = int(draw.integers(9, 30))
    for t in (0, 1, int(draw.integers(3, warm - 2)), warm - 1):
        yield draw.call(t, draw.scalar(0.05, 0.9), warm)


@warmup_lr.check(
    "top", points=1, tolerance=T1,
    title=Text("at the top", "다 오른 뒤"),
    hint=Text("Once peak is reached, the rate does not rise any further.", "peak에 이르면 더는 오르지 않습니다."),
)  # fmt: skip
def warm_top(draw: Draw):
    warm = int(draw.integers(5, 20))
    for t in (warm, warm + 1, warm + 5, 40 * warm):
        yield draw.call(t, draw.scalar(0.05, 0.9), warm)


@warmup_lr.check(
    "none", points=1, tolerance=T1, edge=True,
    title=Text("without warm-up", "웜업이 없을 때"),
    hint=Text("warm = 0: nothing to divide by, and peak from the first step.", "warm = 0이면 나눌 것이 없고, 첫 걸음부터 peak입니다."),
)  # fmt: skip
def warm_none(draw: Draw):
    for t in (0, 1, 7):
        yield draw.call(t, draw.scalar(0.05, 0.9), 0)


@warmup_lr.check(
    "short", points=0.5, tolerance=T1, edge=True,
    title=Text("a warm-up of one or two steps", "한두 걸음짜리 웜업"),
    hint=Text("With warm = 1 only step 0 is below peak.", "warm = 1이면 걸음 0만 peak보다 작습니다."),
)  # fmt: skip
def warm_short(draw: Draw):
    for t, warm in ((0, 1), (1, 1), (1, 2), (2, 2)):
        yield draw.call(t, draw.scalar(0.05, 0.9), warm)


# -- 6. context_pairs ------------------------------------------------------------------------------------------------

context_pairs = Task("context_pairs", points=16, form=1, purity=1, exempt=COMMON, parts=("center", "nbrs"))

MEMORY_HINT = Text(
    "A slice of a tensor is a window onto the same memory. Where is a copy made?",
    "텐서의 슬라이스는 같은 메모리를 들여다보는 창입니다. 복사는 어디에서 일어나나요?",
)
GRID_HINT = Text(
    "From one patch to the next it is P + gap pixels, down and to the right.",
    "한 조각에서 다음 조각까지는 아래로도 오른쪽으로도 P + gap픽셀입니다.",
)


def image_check(name, points, specs, title, hint, *, visible=False, edge=False, kind="float"):
    """specs: (P, gap, rows above what is needed, columns above what is needed, C)"""

    @context_pairs.check(name, points=points, visible=visible, tolerance=X, title=title, hint=hint, edge=edge)
    def images(draw: Draw):
        for k, (P, gap, more_rows, more_columns, C) in enumerate(specs):
            shape = (3 * P + 2 * gap + more_rows, 3 * P + 2 * gap + more_columns, C)
            if kind == "int":
                image = draw.integers(0, 256, *shape)
            else:
                image = draw.normal(*shape)
            yield draw.call(draw.strided(image) if k == 1 else image, P, gap)


image_check(
    "fits", 2.5, ((2, 1, 0, 2, 3), (3, 2, 4, 0, 2)), Text("images that just fit in one direction", "한 방향으로 꼭 맞는 이미지"), GRID_HINT, visible=True
)  # fmt: skip
image_check(
    "larger", 1.5, ((2, 1, 5, 2, 1),), Text("a larger image", "더 큰 이미지"),
    Text("The grid lies in the middle; half of what is left over, rounded down, lies above it.", "격자는 한가운데에 놓입니다. 남는 행의 절반(내림)이 위쪽에 남습니다."),
    visible=True,
)  # fmt: skip
image_check(
    "gaps", 3, ((2, 3, 4, 6, 2), (3, 1, 2, 8, 4), (4, 2, 6, 2, 3)), Text("other sizes and gaps", "다른 크기와 간격"), GRID_HINT
)  # fmt: skip
image_check(
    "odd", 2.5, ((2, 1, 3, 8, 3), (3, 2, 9, 1, 2)), Text("odd margins", "여백이 홀수일 때"),
    Text("An odd margin is rounded down at the top and at the left.", "여백이 홀수이면 위쪽과 왼쪽에서 내림합니다."),
)  # fmt: skip
image_check(
    "touching", 1, ((2, 0, 3, 6, 3), (3, 0, 0, 4, 1)), Text("patches without a gap", "간격 없이 붙은 조각"),
    Text("With gap = 0 the nine patches touch.", "gap = 0이면 조각 아홉 개가 맞닿습니다."),
)  # fmt: skip
image_check(
    "whole-numbers", 1, ((2, 1, 2, 5, 3), (2, 2, 1, 4, 1)), Text("images of whole numbers", "정수 이미지"),
    Text("The patches have the dtype of the image.", "조각의 dtype은 이미지와 같습니다."), kind="int",
)  # fmt: skip
image_check(
    "edges", 1, ((1, 0, 0, 0, 1), (1, 2, 1, 4, 3), (1, 1, 0, 0, 2)), Text("patches of a single pixel", "한 픽셀짜리 조각"),
    Text("With P = 1 each patch is one pixel, and its shape is (1, 1, C).", "P = 1이면 조각은 한 픽셀이고 모양은 (1, 1, C)입니다."), edge=True,
)  # fmt: skip


@context_pairs.check(
    "own-memory", points=0.5, visible=True, tolerance=X, hint=MEMORY_HINT,
    title=Text("writing into a patch leaves the image alone", "조각에 값을 써도 이미지는 그대로"),
)  # fmt: skip
def patches_own(draw: Draw):
    yield draw.call(draw.normal(9, 11, 2), 2, 1, function="graded_own_memory")


@context_pairs.check(
    "own-memory-too", points=0.5, tolerance=X, hint=MEMORY_HINT, edge=True,
    title=Text("the same for other images", "다른 이미지에서도 마찬가지"),
)  # fmt: skip
def patches_own_too(draw: Draw):
    yield draw.call(draw.normal(3, 3, 1), 1, 0, function="graded_own_memory")
    yield draw.call(np.full((8, 9, 2), 0.5), 2, 1, function="graded_own_memory")


@context_pairs.in_float32(points=0.5)
def patches_float32(draw: Draw):
    yield draw.call(draw.normal(10, 13, 3), 2, 1)


# -- 7. nt_xent ------------------------------------------------------------------------------------------------------

nt_xent = Task(
    "nt_xent",
    points=22,
    form=1.5,
    purity=1,
    forbid=(*AUTOGRAD, *CROSS_ENTROPY),
    exempt=COMMON,
    parts=("loss", "dz1", "dz2"),
)


def views(draw: Draw, N, D):
    """(z1, z2): partners resemble each other, lengths from 0.4 to 3."""
    z = draw.normal(N, D)
    noisy = [z + draw.normal(N, D, scale=0.6) for _ in range(2)]
    return tuple(
        rows / np.linalg.norm(rows, axis=1, keepdims=True) * draw.uniform(N, 1, low=0.4, high=3.0) for rows in noisy
    )


LOSS_HINT = Text(
    "Who is in the denominator of embedding i? Everybody but i, the partner too. The mean is over all 2N.",
    "임베딩 i의 분모에는 무엇이 들어가나요? i 자신을 뺀 모두이고, 짝도 들어갑니다. 평균은 2N개 모두에 대한 것입니다.",
)
GRADIENT_HINT = Text(
    "Compare with a small change of one entry of z1. The gradient at z is always perpendicular to z.",
    "z1의 원소 하나를 조금 바꿔 본 결과와 비교해 보세요. z에서의 기울기는 언제나 z와 직각입니다.",
)


def pairs_check(name, points, specs, what, title, hint, *, visible=False):
    """specs: (N, D, tau)"""

    @nt_xent.check(name, points=points, visible=visible, tolerance=T2, title=title, hint=hint)
    def pairs(draw: Draw):
        for k, (N, D, tau) in enumerate(specs):
            z1, z2 = views(draw, N, D)
            yield draw.call(draw.strided(z1) if k == 1 else z1, z2, tau, function=f"graded_nt_{what}")


pairs_check(
    "loss", 4, ((2, 3, 0.5), (4, 3, 1.0)), "loss", Text("the loss", "손실"), LOSS_HINT, visible=True
)  # fmt: skip
pairs_check(
    "gradients", 3.5, ((2, 3, 0.5), (4, 3, 1.0)), "grads", Text("the gradients", "기울기"), GRADIENT_HINT, visible=True
)  # fmt: skip
pairs_check(
    "more-losses", 4, ((3, 4, 0.5), (5, 3, 0.2), (7, 6, 0.7)), "loss", Text("the loss, other sizes", "다른 크기에서의 손실"), LOSS_HINT
)  # fmt: skip
pairs_check(
    "more-gradients", 3.5, ((3, 4, 0.5), (5, 3, 0.2), (7, 6, 0.7)), "grads", Text("the gradients, other sizes", "다른 크기에서의 기울기"), GRADIENT_HINT
)  # fmt: skip


@nt_xent.check(
    "temperature", points=1, tolerance=T2,
    title=Text("the same pairs at two temperatures", "같은 쌍, 두 가지 온도"),
    hint=Text("The lower the temperature, the larger the similarities: divide by tau.", "온도가 낮을수록 유사도가 커집니다. tau로 나눕니다."),
)  # fmt: skip
def nt_temperature(draw: Draw):
    z1, z2 = views(draw, 4, 5)
    for tau in (0.05, 1.0):
        yield draw.call(z1, z2, tau)


@nt_xent.check(
    "cold", points=1, tolerance=T2, edge=True,
    title=Text("a temperature of 0.001", "온도 0.001"),
    hint=Text("exp(1000) is infinite. Never form it: log-sum-exp.", "exp(1000)은 무한대입니다. 만들지 말고 log-sum-exp를 쓰세요."),
)  # fmt: skip
def nt_cold(draw: Draw):
    yield draw.call(*views(draw, 3, 4), 0.001)
    z1, z2 = 3 + draw.normal(2, 3, 4, scale=0.4)  # all much alike: every exponential overflows
    yield draw.call(z1, z2, 0.001)


@nt_xent.check(
    "zero", points=1, tolerance=T2, edge=True,
    title=Text("a row of zeros", "모두 0인 행"),
    hint=Text("0 / 0 is NaN. A row of zeros stays as it is and gets no gradient; the others still see it.", "0 / 0은 NaN입니다. 모두 0인 행은 그대로 두고 기울기도 0이지만, 다른 행들은 여전히 그 행을 봅니다."),
)  # fmt: skip
def nt_zero(draw: Draw):
    z1, z2 = views(draw, 4, 3)
    z1[2] = 0.0
    yield draw.call(z1, z2, 0.5)
    z1, z2 = views(draw, 3, 2)
    z1[0], z2[0] = 0.0, 0.0
    yield draw.call(z1, z2, 0.7)


@nt_xent.check(
    "edges", points=1, tolerance=T2, edge=True,
    title=Text("one pair; identical views; all embeddings equal", "한 쌍; 똑같은 두 모습; 모두 같은 임베딩"),
    hint=Text("With N = 1 the partner is the only one left in the denominator: loss 0, gradients 0.", "N = 1이면 분모에 짝만 남으므로 손실도 기울기도 0입니다."),
)  # fmt: skip
def nt_edges(draw: Draw):
    yield draw.call(*views(draw, 1, 3), 0.5)
    z1, _ = views(draw, 4, 2)
    yield draw.call(z1, z1, 0.3)
    yield draw.call(np.full((3, 2), 0.8), np.full((3, 2), 0.8), 0.5)


@nt_xent.in_float32(points=0.5)
def nt_float32(draw: Draw):
    yield draw.call(*views(draw, 4, 3), 0.5)


# -- 8. finetune_step, linear_probe ----------------------------------------------------------------------------------

finetune_step = Task(
    "finetune_step",
    points=10,
    functions=("finetune_step", "linear_probe"),
    form=1,
    purity=1,
    exempt=COMMON,
    parts={"linear_probe": ("w", "b")},
)


def network(draw: Draw, *names):
    """(params, grads) with a matrix and a vector in turn, of all sizes."""
    params, grads = {}, {}
    for k, name in enumerate(names):
        shape = draw.sizes(2 - k % 2, 2, 6)
        params[name], grads[name] = draw.normal(*shape), draw.normal(*shape)
    return params, grads


@finetune_step.check(
    "step", together=True, points=1.5, visible=True, tolerance=T1,
    title=Text("a step with one frozen layer", "한 층을 얼린 걸음"),
    hint=Text("Frozen parameters come back with their old values; all names come back.", "얼린 파라미터는 이전 값 그대로, 모든 이름이 결과에 들어 있어야 합니다."),
)  # fmt: skip
def tune_step(draw: Draw):
    yield draw.call(*network(draw, "W1", "b1", "W2", "b2"), 0.1, ("W1", "b1"), function="graded_finetune")
    yield draw.call(*network(draw, "encoder", "head"), 0.3, (), function="graded_finetune")


@finetune_step.check(
    "more-steps", together=True, points=1, tolerance=T1,
    title=Text("other names and sets", "다른 이름과 집합"),
    hint=Text("Compare names as a whole. A set may name what does not exist.", "이름은 통째로 비교합니다. 집합에 없는 이름이 들어 있을 수도 있습니다."),
)  # fmt: skip
def tune_more(draw: Draw):
    params, grads = network(draw, "W1", "b1", "W10", "b10", "W2")
    for lr, frozen in ((0.2, ("W1", "b10")), (0.05, ("W1", "b10")), (0.2, ("b1", "W3"))):
        yield draw.call(params, grads, lr, frozen, function="graded_finetune")
    yield draw.call(*network(draw, "conv.W1", "W1", "b1"), 0.15, ("W1",), function="graded_finetune")


@finetune_step.check(
    "twice", together=True, points=0.5, tolerance=T1,
    title=Text("two steps from the same parameters", "같은 파라미터에서 두 번"),
    hint=Text("Whoever calls you twice with the same parameters gets the same answer twice.", "같은 파라미터로 두 번 호출하면 같은 답이 두 번 나와야 합니다."),
)  # fmt: skip
def tune_twice(draw: Draw):
    yield draw.call(*network(draw, "W1", "b1", "W2"), 0.2, ("b1",), function="graded_finetune_again")


@finetune_step.check(
    "all-frozen", together=True, points=0.5, tolerance=T1, edge=True,
    title=Text("everything frozen; equal parameters; single numbers", "모두 얼렸을 때; 모두 같은 파라미터; 수 하나"),
    hint=Text("With everything frozen nothing changes.", "모두 얼리면 아무것도 바뀌지 않습니다."),
)  # fmt: skip
def tune_all_frozen(draw: Draw):
    yield draw.call(*network(draw, "W1", "b1"), 0.2, ("W1", "b1"), function="graded_finetune")
    params = {"w": np.full(3, 0.4), "b": draw.normal(1)}
    yield draw.call(params, {"w": draw.normal(3), "b": draw.normal(1)}, 0.2, ("b",), function="graded_finetune")


def features(draw: Draw, N, D, offset=2.0):
    """(feats, y) with means far from 0, and targets that follow the features in part."""
    f = draw.normal(N, D) + draw.uniform(1, D, low=-offset, high=offset)
    return f, f @ draw.normal(D) + draw.normal(N) + draw.choice([-1, 1]) * draw.scalar(2.0, 4.0)


@finetune_step.check(
    "probe", points=1.5, visible=True, tolerance=T2,
    title=Text("a linear probe", "선형 프로브"),
    hint=Text("Only w is penalised. At the best b the errors add up to 0.", "벌점은 w에만 있습니다. 가장 좋은 b에서는 오차의 합이 0입니다."),
)  # fmt: skip
def probe_small(draw: Draw):
    for lam in (0.5, 3.0):
        yield draw.call(*features(draw, 7, 3), lam, function="linear_probe")


@finetune_step.check(
    "more-probes", points=1, tolerance=T2,
    title=Text("probes of other sizes and penalties", "다른 크기와 벌점의 프로브"),
    hint=Text("Put your w and b into the objective and change each a little: it must only grow.", "여러분의 w와 b를 목적 함수에 넣고 조금씩 바꿔 보세요. 늘 커지기만 해야 합니다."),
)  # fmt: skip
def probe_more(draw: Draw):
    f, y = features(draw, 9, 4)
    for lam in (0.2, 5.0):
        yield draw.call(draw.strided(f), y, lam, function="linear_probe")
    yield draw.call(*features(draw, 12, 5), 1.0, function="linear_probe")


@finetune_step.check(
    "wide", points=0.5, tolerance=T2,
    title=Text("more features than examples", "샘플보다 특징이 많을 때"),
    hint=Text("The penalty keeps the system solvable.", "벌점이 있으므로 방정식이 풀립니다."),
)  # fmt: skip
def probe_wide(draw: Draw):
    yield draw.call(*features(draw, 3, 6), 0.7, function="linear_probe")


@finetune_step.check(
    "probe-edges", points=0.5, tolerance=T2, edge=True,
    title=Text("one example; equal targets; equal features", "샘플 하나; 목표값이 모두 같을 때; 특징이 모두 같을 때"),
    hint=Text("If the features say nothing, w is 0 and b is the mean target.", "특징에 아무 정보가 없으면 w는 0이고 b는 목표값의 평균입니다."),
)  # fmt: skip
def probe_edges(draw: Draw):
    yield draw.call(*features(draw, 1, 3), 0.7, function="linear_probe")
    f, y = features(draw, 5, 2)
    yield draw.call(f, np.full(5, 1.7), 0.7, function="linear_probe")
    yield draw.call(np.full((5, 2), 0.6), y, 0.7, function="linear_probe")


@finetune_step.in_float32(points=1, together=True)
def tune_float32(draw: Draw):
    yield draw.call(*network(draw, "W1", "b1", "W2"), 0.2, ("W1",), function="graded_finetune")
    yield draw.call(*features(draw, 8, 3, offset=0.5), 1.0, function="linear_probe")


# -- 9. chosen_or_learned ---------------------------------------------------------------------------------------------

chosen_or_learned = Choice(
    "chosen_or_learned",
    points=2,
    options={
        "a": Option(
            False,
            Text(
                "1000 examples in batches of 100 are 10 batches, and each batch makes one update.",
                "예제 1000개를 100개씩 나누면 배치는 10개이고, 배치마다 한 번 갱신합니다.",
            ),
        ),
        "b": Option(
            True,
            Text(
                "Biases are learned like weights: gradient descent changes them. So they are parameters.",
                "편향도 가중치처럼 학습됩니다. 경사하강법이 값을 바꾸므로 파라미터입니다.",
            ),
        ),
        "c": Option(
            False,
            Text(
                "No gradient changes the number of layers. People choose it before training, so it is a hyper-parameter.",
                "층의 수는 기울기로 바뀌지 않습니다. 학습 전에 사람이 정하므로 하이퍼파라미터입니다.",
            ),
        ),
        "d": Option(
            True,
            Text(
                "A schedule is chosen by people, too; the loss has no gradient that moves the rate. It stays a hyper-parameter.",
                "일정표도 사람이 정합니다. 손실의 기울기가 학습률을 움직이는 것이 아니므로 하이퍼파라미터입니다.",
            ),
        ),
        "e": Option(
            False,
            Text(
                "What a number is does not depend on its present value: weights are what training changes, so they are parameters from the start.",
                "지금 값이 무엇인지는 상관없습니다. 가중치는 학습이 바꾸는 수이므로 처음부터 파라미터입니다.",
            ),
        ),
        "f": Option(
            True,
            Text(
                "An epoch counts passes over the data, not updates, so the batch size does not matter for it.",
                "에폭은 갱신 횟수가 아니라 데이터를 몇 번 훑었는지를 세므로 배치 크기와 상관없습니다.",
            ),
        ),
    },
)

# -- 10. patch_mask: beyond the lecture, no points ----------------------------------------------------------------

patch_mask = Task("patch_mask", points=0, exempt={"R8": "the scores all differ", "R12": "the scores all differ"})


@patch_mask.check(
    "small", points=0, visible=True, tolerance=X,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("A share of patches is hidden, whatever the values of their scores: only the order counts.", "가리는 것은 패치의 일정 비율입니다. 점수의 값이 아니라 순서만 중요합니다."),
)  # fmt: skip
def patch_mask_small(draw: Draw):
    for n, share in ((4, 0.5), (7, 0.3)):
        yield draw.call(draw.normal(n), share)


@patch_mask.check(
    "more", points=0, tolerance=X,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("A share of patches is hidden, whatever the values of their scores: only the order counts.", "가리는 것은 패치의 일정 비율입니다. 점수의 값이 아니라 순서만 중요합니다."),
)  # fmt: skip
def patch_mask_more(draw: Draw):
    for n, share in ((11, 0.75), (9, 0.4), (6, 0.95), (13, 0.2)):
        yield draw.call(draw.strided(draw.normal(n, scale=3.0)), share)
        yield draw.call(draw.uniform(n), 1.0 - share)


@patch_mask.check(
    "edges", points=0, tolerance=X, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def patch_mask_edges(draw: Draw):
    yield draw.call(draw.normal(1), 1.0)
    yield draw.call(draw.normal(5), 0.0)
    yield draw.call(np.zeros(0), 0.5)


@patch_mask.in_float32(
    points=0,
    tolerance=X,
    hint=Text("Results must keep the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다."),
)  # fmt: skip
def patch_mask_float32(draw: Draw):
    yield draw.call(draw.normal(8), 0.6)


# -- 11. word_order: beyond the lecture, no points ----------------------------------------------------------------

word_order = Task("word_order", points=0, exempt={"float32": "words and whole numbers only"})


def cycle(draw: Draw, n):
    """A permutation that is not its own inverse."""
    while True:
        order = draw.permutation(n)
        if (order[order] != np.arange(n)).any():
            return [int(i) for i in order]


@word_order.check(
    "small", points=0, visible=True, tolerance=X,
    title=Text("two small examples", "작은 예 두 가지"),
    hint=Text("`order` says where the word at a place came from. The way back says where the word went.", "`order`는 어떤 자리의 단어가 어디에서 왔는지를 말합니다. 되돌리는 길은 단어가 어디로 갔는지를 말합니다."),
)  # fmt: skip
def word_order_small(draw: Draw):
    for n in (3, 5):
        yield draw.call(list("abcdefgh"[:n]), cycle(draw, n))


@word_order.check(
    "more", points=0, tolerance=X,
    title=Text("other sizes and values", "다른 크기와 값"),
    hint=Text("`order` says where the word at a place came from. The way back says where the word went.", "`order`는 어떤 자리의 단어가 어디에서 왔는지를 말합니다. 되돌리는 길은 단어가 어디로 갔는지를 말합니다."),
)  # fmt: skip
def word_order_more(draw: Draw):
    for n in (4, 6, 8):
        yield draw.call(list("kqxbzmpc"[:n]), cycle(draw, n))
    yield draw.call(["the", "cat", "sees", "the", "dog"], cycle(draw, 5))


@word_order.check(
    "edges", points=0, tolerance=X, edge=True,
    title=Text("edge cases", "경계에 있는 경우"),
    hint=Text("Does the definition say anything special about these? If not, it holds for them as it stands.", "정의에 이런 경우를 따로 말한 것이 있나요? 없다면 정의가 그대로 적용됩니다."),
)  # fmt: skip
def word_order_edges(draw: Draw):
    yield draw.call([], [])
    yield draw.call(["one"], [0])
    yield draw.call(["a", "a", "a"], [1, 2, 0])
