"""Lecture 1: the inputs of every check. The reference in solution.py makes the answers."""

import numpy as np

from autograder.authoring import T1, T2, Draw, Task, Text, X
from autograder.questions import Choice, Option

COMMON = {
    "R4": "no upstream gradient is passed in",
    "R5": "no square matrix by nature",
    "R6": "no epsilon in the formula",
    "R7": "no hyper-parameter with a common default",
    "R9": "no logits",
    "R10": "no padded max-pooling",
}
WORDS = {"float32": "names and whole numbers only"}

# -- 1. contains -----------------------------------------------------------------------------------------------------

contains = Task("contains", points=17, form=1, purity=1, exempt=WORDS)

FIELDS = {"AI": None, "ML": "AI", "DL": "ML", "CNN": "DL", "search": "AI", "SVM": "ML"}


def tree(draw: Draw, n):
    """A random tree of n fields in random order: a chain of at least four, and branches."""
    names = [f"field {k}" for k in draw.permutation(90)[:n] + 10]
    parents = {names[0]: None}
    for k in range(1, n):
        above = k - 1 if k < 4 else int(draw.integers(0, k))
        parents[names[k]] = names[above]
    order = [names[k] for k in draw.permutation(n)]
    return names, {name: parents[name] for name in order}


def fields_check(name, points, triples, title, hint, *, visible=False, edge=False):
    @contains.check(name, points=points, visible=visible, tolerance=X, title=title, hint=hint, edge=edge)
    def fields(draw: Draw):
        for parents, a, b in triples:
            yield draw.call(parents, a, b, function="graded_contains")


STEPS_HINT = Text(
    "Go up from b until you meet a or the top. One step is not enough, and the direction matters.",
    "b에서 출발해 a나 맨 위를 만날 때까지 올라가세요. 한 단계로는 부족하고, 방향이 중요합니다.",
)
SELF_HINT = Text("Every field contains itself.", "모든 분야는 자기 자신을 포함합니다.")

fields_check(
    "lecture", 4.5, ((FIELDS, "AI", "DL"), (FIELDS, "DL", "AI"), (FIELDS, "ML", "DL"), (FIELDS, "ML", "search")),
    Text("the fields of the lecture", "강의에 나온 분야들"), STEPS_HINT, visible=True,
)  # fmt: skip
fields_check(
    "unknown", 1.5, ((FIELDS, "AI", "astrology"), (FIELDS, "astrology", "DL"), (FIELDS, "DL", "DL")),
    Text("an unknown field; a field and itself", "없는 분야; 어떤 분야와 그 자신"),
    Text("Unknown names are an error, on either side. Every field contains itself.", "어느 쪽이든 없는 이름은 오류입니다. 모든 분야는 자기 자신을 포함합니다."), visible=True,
)  # fmt: skip


@contains.check(
    "trees", points=4, tolerance=X, hint=STEPS_HINT,
    title=Text("larger trees of fields", "더 큰 분야의 나무"),
)  # fmt: skip
def contains_trees(draw: Draw):
    names, parents = tree(draw, int(draw.integers(8, 13)))
    chain = [names[3]]
    while parents[chain[-1]] is not None:
        chain.append(parents[chain[-1]])
    yield draw.call(parents, chain[-1], chain[0], function="graded_contains")
    yield draw.call(parents, chain[0], chain[-1], function="graded_contains")
    yield draw.call(parents, chain[2], chain[0], function="graded_contains")
    outsider = next(name for name in names if name not in chain)
    yield draw.call(parents, outsider, chain[0], function="graded_contains")


@contains.check(
    "forest", points=1, tolerance=X, hint=SELF_HINT,
    title=Text("several tops; a field and itself", "맨 위가 여럿일 때; 어떤 분야와 그 자신"),
)  # fmt: skip
def contains_forest(draw: Draw):
    forest = {"biology": None, "genetics": "biology", **FIELDS}
    yield draw.call(forest, "biology", "DL", function="graded_contains")
    yield draw.call(forest, "AI", "genetics", function="graded_contains")
    yield draw.call(forest, "CNN", "CNN", function="graded_contains")
    yield draw.call(forest, "biology", "biology", function="graded_contains")


@contains.check(
    "not-there", points=1.5, tolerance=X,
    title=Text("unknown names", "없는 이름"),
    hint=Text("KeyError if a or b is not a key, also if both are the same unknown name.", "a나 b가 키가 아니면 KeyError입니다. 둘이 똑같이 없는 이름이어도 마찬가지입니다."),
)  # fmt: skip
def contains_not_there(draw: Draw):
    names, parents = tree(draw, 6)
    yield draw.call(parents, names[2], "field 1", function="graded_contains")
    yield draw.call(parents, "field 1", names[2], function="graded_contains")
    yield draw.call(parents, "field 1", "field 1", function="graded_contains")
    yield draw.call(parents, names[1][:-1], names[3], function="graded_contains")


@contains.check(
    "circles", points=2.5, tolerance=X, edge=True,
    title=Text("fields in a circle", "빙빙 도는 분야들"),
    hint=Text(
        "Remember where you have been. If you come back to such a place without meeting a: ValueError.",
        "지나온 곳을 기억하세요. a를 만나지 못한 채 지나온 곳으로 돌아오면 ValueError입니다.",
    ),
)  # fmt: skip
def contains_circles(draw: Draw):
    circle = {"AI": None, "chicken": "egg", "egg": "hen", "hen": "chicken", "omelette": "egg", "self": "self"}
    for a, b in (
        ("AI", "chicken"),
        ("AI", "omelette"),
        ("AI", "self"),
        ("hen", "omelette"),
        ("egg", "egg"),
        ("omelette", "chicken"),
    ):
        yield draw.call(circle, a, b, function="graded_contains")
    yield draw.call({**circle, "chess": "AI"}, "AI", "chess", function="graded_contains")


# -- 2. timeline -----------------------------------------------------------------------------------------------------

timeline = Task("timeline", points=10, form=0.5, purity=0.5, exempt=WORDS)

HISTORY = [
    (1958, "perceptron"),
    (2006, "deep learning"),
    (1956, "AI"),
    (1997, "Deep Blue"),
    (1995, "SVM"),
    (2016, "AlphaGo"),
]


def events(draw: Draw, n, low, high):
    """n events; about half of the years occur more than once, and names are in no order."""
    years = draw.integers(low, high, max(2, n // 2))
    names = [f"event {k}" for k in draw.permutation(80)[:n] + 10]
    return [(int(years[draw.integers(0, len(years))]), name) for name in names]


@timeline.check(
    "lecture", points=3, visible=True, tolerance=X,
    title=Text("the history of the lecture", "강의에 나온 역사"),
    hint=Text("Both lo and hi belong to the period.", "lo와 hi 모두 기간에 들어갑니다."),
)  # fmt: skip
def timeline_lecture(draw: Draw):
    yield draw.call(HISTORY, 1956, 1997)
    yield draw.call([*HISTORY, (1956, "conference"), (1956, "logic theorist")], 1950, 1960)


@timeline.check(
    "periods", points=2, tolerance=X,
    title=Text("periods that begin or end with an event", "사건이 있는 해에 시작하거나 끝나는 기간"),
    hint=Text("An event in year lo or in year hi counts.", "lo년이나 hi년의 사건도 들어갑니다."),
)  # fmt: skip
def timeline_periods(draw: Draw):
    for _ in range(2):
        while True:
            found = events(draw, int(draw.integers(9, 14)), 1940, 2026)
            used = sorted({year for year, _ in found})
            if len(used) >= 4:
                break
        yield draw.call(found, used[1], used[-2])
    yield draw.call(found, used[1], used[1])


@timeline.check(
    "same-year", points=1.5, tolerance=X,
    title=Text("several events in a year", "한 해에 여러 사건"),
    hint=Text("Within a year the order of the list stays, whatever the names are.", "같은 해 안에서는 이름과 상관없이 목록의 순서를 지킵니다."),
)  # fmt: skip
def timeline_same_year(draw: Draw):
    found = [(1990, "zeta"), (1990, "alpha"), (1985, "omega"), (1990, "mid"), (1985, "beta")]
    yield draw.call(found, 1980, 1999)
    found = events(draw, 12, 2000, 2004)
    yield draw.call(found, 1990, 2010)
    yield draw.call([(1950, "twin"), (1940, "single"), (1950, "twin")], 1900, 2000)
    yield draw.call([(1950, "twin"), (1970, "single"), (1990, "twin")], 1900, 2000)


@timeline.check(
    "ancient", points=1.5, tolerance=X,
    title=Text("years before 1000, and before Christ", "1000년 이전, 기원전"),
    hint=Text("Years are numbers: 850 comes before 1206, and -270 before both.", "연도는 수입니다. 850년은 1206년보다 앞이고, -270년은 둘보다 앞입니다."),
)  # fmt: skip
def timeline_ancient(draw: Draw):
    found = [(1206, "water clock"), (-270, "ctesibius"), (850, "ingenious devices"), (-700, "talos"), (60, "hero")]
    order = draw.permutation(5)
    yield draw.call([found[k] for k in order], -300, 1206)
    yield draw.call([found[k] for k in order[::-1]], -1000, 2000)


@timeline.check(
    "edges", points=1, tolerance=X, edge=True,
    title=Text("no events; an empty period", "사건 없음; 빈 기간"),
    hint=Text("Nothing found: an empty list.", "찾은 것이 없으면 빈 리스트입니다."),
)  # fmt: skip
def timeline_edges(draw: Draw):
    yield draw.call([], 1900, 2000)
    yield draw.call(HISTORY, 1997, 1956)
    yield draw.call(HISTORY, 1959, 1994)


# -- 3. learn_f ------------------------------------------------------------------------------------------------------

learn_f = Task("learn_f", points=20, form=1.5, purity=1.5, exempt={**COMMON, "R14": "no hyper-parameter"})


def examples(draw: Draw, n, d, noise=0.7):
    """(X, Y) around a plane that does not go through the origin; the columns have means and scales of their own."""
    x = draw.normal(n, d) * draw.uniform(1, d, low=0.6, high=2.5) + draw.uniform(1, d, low=-2.0, high=2.0)
    y = x @ draw.normal(d) + draw.choice([-1, 1]) * draw.scalar(1.5, 4.0) + noise * draw.normal(n)
    return x, y


@learn_f.check(
    "plane", points=3, visible=True, tolerance=T2,
    title=Text("examples on a plane, exactly and with noise", "평면 위의 예시, 정확할 때와 노이즈가 있을 때"),
    hint=Text("Do not forget the bias: the plane need not go through the origin.", "편향을 잊지 마세요. 평면이 원점을 지난다는 보장은 없습니다."),
)  # fmt: skip
def learn_plane(draw: Draw):
    yield draw.call(*examples(draw, 6, 2, noise=0.0), draw.normal(4, 2), function="graded_prediction")
    yield draw.call(*examples(draw, 9, 3), draw.normal(5, 3), function="graded_prediction")


@learn_f.check(
    "few", points=2, visible=True, tolerance=T2,
    title=Text("fewer examples than parameters; a repeated column", "파라미터보다 적은 예시; 반복된 열"),
    hint=Text("Many functions fit perfectly; take the one with the smallest w.w + b^2.", "완벽히 맞는 함수가 많습니다. w.w + b^2이 가장 작은 것을 고르세요."),
)  # fmt: skip
def learn_few(draw: Draw):
    yield draw.call(*examples(draw, 2, 4), draw.normal(3, 4), function="graded_prediction")
    x, y = examples(draw, 8, 2)
    yield draw.call(np.concatenate([x, x[:, 1:]], axis=1), y, draw.normal(3, 3), function="graded_prediction")


@learn_f.check(
    "more", points=2, tolerance=T2,
    title=Text("more examples and more inputs", "예시와 입력이 더 많을 때"),
    hint=Text("Use all examples, and all inputs together rather than one by one.", "모든 예시를 쓰고, 입력도 하나씩이 아니라 한꺼번에 다루세요."),
)  # fmt: skip
def learn_more(draw: Draw):
    for n, d, m in ((12, 5, 4), (15, 2, 6), (8, 4, 3)):
        x, y = examples(draw, n, d)
        yield draw.call(draw.strided(x), y, draw.normal(m, d, scale=2.0), function="graded_prediction")


@learn_f.check(
    "undetermined", points=3, tolerance=T2,
    title=Text("few examples; repeated columns", "적은 예시; 반복된 열"),
    hint=Text(
        "A matrix that cannot be inverted still has a pseudo-inverse.", "역행렬이 없는 행렬에도 의사역행렬은 있습니다."
    ),
)  # fmt: skip
def learn_undetermined(draw: Draw):
    yield draw.call(*examples(draw, 3, 5), draw.normal(4, 5), function="graded_prediction")
    yield draw.call(*examples(draw, 4, 7), draw.normal(2, 7), function="graded_prediction")
    x, y = examples(draw, 9, 2)
    yield draw.call(np.concatenate([x, x[:, :1]], axis=1), y, draw.normal(4, 3), function="graded_prediction")


@learn_f.check(
    "constant", points=1.5, tolerance=T2,
    title=Text("constant Y; a constant column", "Y가 모두 같을 때; 한 열이 모두 같을 때"),
    hint=Text(
        "A constant column and the bias say the same; both share the work.", "값이 모두 같은 열과 편향은 하는 일이 같아서 몫을 나눠 가집니다."
    ),
)  # fmt: skip
def learn_constant(draw: Draw):
    x, y = examples(draw, 7, 3)
    yield draw.call(x, np.full(7, 2.3), draw.normal(4, 3), function="graded_prediction")
    x[:, 1] = 0.8
    yield draw.call(x, y, draw.normal(4, 3), function="graded_prediction")


@learn_f.check(
    "two", points=2, tolerance=T2,
    title=Text("two functions, learned one after the other", "잇달아 학습한 두 함수"),
    hint=Text(
        "Each function keeps its own parameters: nothing belongs into a global variable.",
        "함수마다 자기 파라미터를 지녀야 합니다. 전역 변수에 두면 안 됩니다.",
    ),
)  # fmt: skip
def learn_two(draw: Draw):
    x, y = examples(draw, 8, 3)
    yield draw.call(x, y, draw.normal(8, scale=2.0), draw.normal(4, 3), function="graded_two_functions")


@learn_f.check(
    "edges", points=1.5, tolerance=T2, edge=True,
    title=Text("one example; one input; equal examples; nothing to predict", "예시 하나; 입력 하나; 모두 같은 예시; 예측할 것이 없을 때"),
    hint=Text("One example is a matrix with one row, not a vector.", "예시가 하나여도 벡터가 아니라 한 행짜리 행렬입니다."),
)  # fmt: skip
def learn_edges(draw: Draw):
    yield draw.call(*examples(draw, 1, 3), draw.normal(4, 3), function="graded_prediction")
    yield draw.call(*examples(draw, 6, 1), draw.normal(1, 1), function="graded_prediction")
    yield draw.call(np.full((4, 2), 0.7), draw.normal(4), draw.normal(3, 2), function="graded_prediction")
    yield draw.call(*examples(draw, 5, 2), np.zeros((0, 2)), function="graded_prediction")


@learn_f.in_float32(points=2)
def learn_float32(draw: Draw):
    yield draw.call(*examples(draw, 9, 3), draw.normal(4, 3), function="graded_prediction")


# -- 4. best_threshold -----------------------------------------------------------------------------------------------

best_threshold = Task(
    "best_threshold", points=20, form=1, purity=1, exempt={**COMMON, "R1": "one axis", "R14": "no hyper-parameter"}
)


def overlapping(draw: Draw, n, direction, *, ties=True):
    """(x, y): labels follow x in one direction, with mistakes; some values of x occur with both labels."""
    while True:
        x = draw.normal(n, scale=2.0).round(0 if ties else 3)
        noisy = x + draw.normal(n, scale=1.0)
        y = (noisy * direction >= 0).astype(np.int64)
        best, count = fewest_errors(x, y)
        if 0 < best < n // 2 and 0 < y.sum() < n and (not ties or len(np.unique(x)) < n - 1) and count >= 1:
            return x, y


def fewest_errors(x, y):
    """(errors, how many rules reach them)"""
    v = np.unique(x)
    errors = []
    for t in [v[0] - 1, *((v[1:] + v[:-1]) / 2), v[-1] + 1]:
        wrong = int(((x >= t) != (y == 1)).sum())
        errors += [wrong, len(x) - wrong]
    return min(errors), errors.count(min(errors))


ERRORS_HINT = Text(
    "Your own rule, applied to the examples, must make as many errors as you say, and no other rule fewer.",
    "여러분의 규칙을 예시에 적용했을 때 틀리는 수가 errors와 같아야 하고, 그보다 적게 틀리는 규칙이 없어야 합니다.",
)
RULE_HINT = Text(
    "Candidates from small to large, polarity 1 before -1, and only a better rule replaces the one you have.",
    "후보는 작은 것부터, polarity는 1부터 시험하고, 더 나은 규칙일 때만 바꾸세요.",
)


def threshold_check(name, points, specs, what, title, hint, *, visible=False):
    """specs: (N, direction, ties)"""

    @best_threshold.check(name, points=points, visible=visible, tolerance=T1, title=title, hint=hint)
    def thresholds(draw: Draw):
        for k, (n, direction, ties) in enumerate(specs):
            x, y = overlapping(draw, n, direction, ties=ties)
            yield draw.call(draw.strided(x) if k == 1 else x, y, function=f"graded_{what}")
        if name == "more-rules":
            yield draw.call(np.array([5.0, 1.0, 3.5, 2.0]), np.array([1, 0, 0, 0]), function="graded_rule")


threshold_check(
    "errors", 4, ((7, 1, False), (8, -1, True)), "errors", Text("the fewest errors, in both directions", "가장 적은 오류 수, 두 방향"), ERRORS_HINT, visible=True
)  # fmt: skip


@best_threshold.check(
    "rule", points=3, visible=True, tolerance=T1, hint=RULE_HINT,
    title=Text("the rule itself", "규칙 자체"),
)  # fmt: skip
def threshold_rule(draw: Draw):
    x, y = overlapping(draw, 7, 1, ties=False)
    yield draw.call(x, y, function="graded_rule")
    yield draw.call(np.array([3.0, 1.0, 2.0, 4.0]), np.array([0, 1, 0, 1]), function="graded_rule")


threshold_check(
    "more-errors", 4, ((11, 1, True), (14, -1, False), (17, 1, True), (12, -1, True)), "errors", Text("more examples, repeated values", "더 많은 예시, 반복되는 값"), ERRORS_HINT
)  # fmt: skip
threshold_check(
    "more-rules", 2.5, ((11, 1, True), (14, -1, False), (9, -1, True)), "rule", Text("more rules", "더 많은 규칙"), RULE_HINT
)  # fmt: skip


@best_threshold.check(
    "ties", points=1.5, tolerance=T1, hint=RULE_HINT,
    title=Text("several rules that are equally good", "똑같이 좋은 규칙이 여럿일 때"),
)  # fmt: skip
def threshold_ties(draw: Draw):
    shift = draw.scalar(-3.0, 3.0)
    for labels in ([0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1]):
        order = draw.permutation(4)
        x = np.array([1.0, 2.0, 3.5, 5.0]) + round(shift, 2)
        yield draw.call(x[order], np.array(labels)[order], function="graded_rule")
    order = draw.permutation(4)
    yield draw.call(x[order], np.array([1, 0, 1, 1])[order], function="graded_rule")
    yield draw.call(np.array([6.0, 1.0, 5.5, 4.0]), np.array([1, 0, 1, 1]), function="graded_rule")


@best_threshold.check(
    "one-class", together=True, points=1.5, tolerance=T1, edge=True,
    title=Text("all labels equal; all values equal; one example", "레이블이 모두 같을 때; 값이 모두 같을 때; 예시 하나"),
    hint=Text("The two outermost candidates answer the same for everybody.", "양 끝의 후보는 모든 예시에 같은 답을 합니다."),
)  # fmt: skip
def threshold_one_class(draw: Draw):
    x = draw.normal(5).round(2)
    for labels in (np.ones(5, dtype=np.int64), np.zeros(5, dtype=np.int64)):
        yield draw.call(x, labels, function="graded_rule")
        yield draw.call(x, labels, function="graded_errors")
    yield draw.call(np.full(6, 1.5), np.array([1, 0, 0, 1, 0, 0]), function="graded_errors")
    for labels in ([1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 1]):
        yield draw.call(np.full(6, 1.5), np.array(labels), function="graded_rule")
    for label in (0, 1):
        yield draw.call(np.array([0.4]), np.array([label]), function="graded_rule")


@best_threshold.in_float32(
    points=1.5,
    together=True,
    hint=Text("Midpoints of float32 numbers are floats, too.", "float32 값의 중점도 실수입니다."),
)  # fmt: skip
def threshold_float32(draw: Draw):
    x, y = overlapping(draw, 10, -1, ties=True)
    yield draw.call(x, y, function="graded_errors")
    yield draw.call(x, y, function="graded_rule")


# -- 5. learning_curve -----------------------------------------------------------------------------------------------

learning_curve = Task("learning_curve", points=17, form=1, purity=1, exempt=COMMON)

DIARY_HINT = Text(
    "Learn from the first n rows, measure on the whole test set, once for each n, and in the order of sizes.",
    "처음 n행으로 학습하고 테스트 세트 전체에서 잽니다. n마다 한 번씩, sizes의 순서대로입니다.",
)
CURVE_HINT = Text(
    "The errors of new models on the test set, in the order of sizes.",
    "매번 새로 학습한 모델의 테스트 오차를 sizes의 순서대로 담으세요.",
)


def four_parts(draw: Draw, n, m, d):
    return draw.normal(n, d), draw.normal(n, loc=1.0), draw.normal(m, d), draw.normal(m, loc=1.0)


def sizes_of(draw: Draw, n, count):
    """Sizes in an order that is neither sorted nor reversed, with a repetition."""
    while True:
        sizes = [int(k) for k in draw.permutation(n)[:count] + 1]
        if sizes not in (sorted(sizes), sorted(sizes, reverse=True)):
            return [*sizes, sizes[0]]


@learning_curve.check(
    "diary", together=True, points=3, visible=True, tolerance=T1, hint=DIARY_HINT,
    title=Text("what fit and err are given", "fit과 err에 넘긴 것"),
)  # fmt: skip
def curve_diary(draw: Draw):
    x, y, x_test, y_test = four_parts(draw, 7, 4, 3)
    yield draw.call(x, y, [2, 5, 7], x_test, y_test, function="graded_diary")


@learning_curve.check(
    "mean", points=3, visible=True, tolerance=T1, hint=CURVE_HINT,
    title=Text("the curve of the mean", "평균의 학습 곡선"),
)  # fmt: skip
def curve_mean(draw: Draw):
    x, y, x_test, y_test = four_parts(draw, 8, 5, 2)
    yield draw.call("mean", x, y, [1, 3, 8], x_test, y_test, function="graded_curve")


@learning_curve.check(
    "more-diaries", together=True, points=3.5, tolerance=T1, hint=DIARY_HINT,
    title=Text("what fit and err are given, sizes in any order", "fit과 err에 넘긴 것, sizes의 순서가 임의일 때"),
)  # fmt: skip
def curve_more_diaries(draw: Draw):
    for n, m, d in ((9, 4, 3), (12, 5, 2)):
        x, y, x_test, y_test = four_parts(draw, n, m, d)
        yield draw.call(draw.strided(x), y, sizes_of(draw, n, 4), x_test, y_test, function="graded_diary")


@learning_curve.check(
    "models", points=3, tolerance=T1, hint=CURVE_HINT,
    title=Text("the curves of other models", "다른 모델의 학습 곡선"),
)  # fmt: skip
def curve_models(draw: Draw):
    for kind in ("mean", "nearest", "slope"):
        n, m, d = draw.sizes(3, 5, 11)
        x, y, x_test, y_test = four_parts(draw, n, m, d)
        yield draw.call(kind, x, y, sizes_of(draw, n, 3), x_test, y_test, function="graded_curve")


@learning_curve.check(
    "edges", together=True, points=1.5, tolerance=T1, edge=True,
    title=Text("no sizes; one example; equal targets", "sizes가 비었을 때; 예시 하나; 목표값이 모두 같을 때"),
    hint=Text("Without sizes the result has shape (0,).", "sizes가 비어 있으면 결과의 모양은 (0,)입니다."),
)  # fmt: skip
def curve_edges(draw: Draw):
    x, y, x_test, y_test = four_parts(draw, 4, 3, 2)
    yield draw.call("mean", x, y, [], x_test, y_test, function="graded_curve")
    yield draw.call(x, y, [], x_test, y_test, function="graded_diary")
    yield draw.call("nearest", x[:1], y[:1], [1], x_test, y_test, function="graded_curve")
    yield draw.call("mean", x, np.full(4, 1.5), [4, 1], x_test, y_test, function="graded_curve")


@learning_curve.in_float32(points=1)
def curve_float32(draw: Draw):
    x, y, x_test, y_test = four_parts(draw, 8, 5, 2)
    yield draw.call("mean", x, y, [2, 6], x_test, y_test, function="graded_curve")


# -- 6. compose, f_of_x ----------------------------------------------------------------------------------------------

compose = Task("compose", points=13, functions=("compose", "f_of_x"), form=1, purity=1, exempt=COMMON)

ORDER_HINT = Text(
    "The first function comes first: doubling and then adding one is not adding one and then doubling.",
    "첫째 함수를 먼저 적용합니다. 두 배 하고 1을 더하는 것과 1을 더하고 두 배 하는 것은 다릅니다.",
)
LAYERS_HINT = Text(
    "Layer by layer; and whatever a layer does to what it gets, x must keep its values.",
    "한 층씩 통과시킵니다. 층이 넘겨받은 것에 무슨 일을 하든 x의 값은 그대로여야 합니다.",
)


@compose.check(
    "order", together=True, points=2.5, visible=True, tolerance=T1, hint=ORDER_HINT,
    title=Text("two and three functions", "함수 두 개와 세 개"),
)  # fmt: skip
def compose_order(draw: Draw):
    yield draw.call(["double", "add one"], draw.normal(2, 3), function="graded_compose")
    yield draw.call(["backwards", "first three", "exclaim"], "perceptron", function="graded_compose")


@compose.check(
    "layers", together=True, points=1.5, visible=True, tolerance=T1, hint=LAYERS_HINT,
    title=Text("a tensor through layers", "여러 층을 지나는 텐서"),
)  # fmt: skip
def layers_small(draw: Draw):
    yield draw.call(["double", "add one in place", "tanh"], draw.normal(3, 2), function="graded_layers")
    yield draw.call(["add one in place", "square"], draw.normal(4), function="graded_layers")


@compose.check(
    "longer", together=True, points=1.5, tolerance=T1, hint=ORDER_HINT,
    title=Text("longer chains", "더 긴 사슬"),
)  # fmt: skip
def compose_longer(draw: Draw):
    yield draw.call(
        ["add one", "square", "double", "negate", "add one"], draw.strided(draw.normal(3, 4)), function="graded_compose"
    )
    yield draw.call(["double", "row sums", "tanh", "add one"], draw.normal(4, 3), function="graded_compose")
    yield draw.call(["exclaim", "backwards", "upper", "first three"], "network", function="graded_compose")
    yield draw.call(["first three", "exclaim", "length"], "learning", function="graded_compose")


@compose.check(
    "nested", points=1.5, tolerance=T1,
    title=Text("compositions of compositions", "합성의 합성"),
    hint=Text("What compose returns is a function like any other. Does it still know its own functions later?", "compose가 돌려주는 것도 여느 함수와 같습니다. 나중에도 자기 함수들을 기억하나요?"),
)  # fmt: skip
def compose_nested(draw: Draw):
    yield draw.call(["double", "add one"], ["square", "negate"], draw.normal(2, 4), function="graded_nested")
    yield draw.call(["first three", "upper"], ["exclaim"], "neuron", function="graded_nested")
    yield draw.call([], ["add one", "double"], draw.normal(3, 2), function="graded_nested")
    yield draw.call(["double", "add one"], draw.normal(2, 3), draw.normal(3, 2), function="graded_two_arguments")
    yield draw.call(["square", "negate"], draw.normal(4), draw.normal(5), function="graded_two_arguments")


@compose.check(
    "identity", together=True, points=1, tolerance=T1, edge=True,
    title=Text("no function; one function; no layers", "함수 없음; 함수 하나; 층 없음"),
    hint=Text("Without functions the argument comes back as it is.", "함수가 없으면 인자가 그대로 돌아와야 합니다."),
)  # fmt: skip
def compose_identity(draw: Draw):
    yield draw.call([], draw.normal(3), function="graded_compose")
    yield draw.call([], "x", function="graded_compose")
    yield draw.call(["negate"], np.full((2, 3), 0.4), function="graded_compose")
    yield draw.call([], draw.normal(2, 3), function="graded_layers")
    yield draw.call(["add one in place"], draw.normal(1), function="graded_layers")


@compose.check(
    "more-layers", together=True, points=2, tolerance=T1, hint=LAYERS_HINT,
    title=Text("more layers", "더 많은 층"),
)  # fmt: skip
def layers_more(draw: Draw):
    yield draw.call(
        ["add one in place", "add one in place", "double", "tanh"], draw.normal(4, 3), function="graded_layers"
    )
    yield draw.call(
        ["square", "row sums", "add one in place", "negate"], draw.strided(draw.normal(5, 2)), function="graded_layers"
    )
    yield draw.call(
        ["negate", "tanh", "add one", "square", "double"], draw.integers(-2, 3, 6) / 2, function="graded_layers"
    )


@compose.in_float32(points=1, together=True)
def compose_float32(draw: Draw):
    yield draw.call(["double", "add one", "tanh"], draw.normal(3, 2), function="graded_compose")
    yield draw.call(["add one in place", "square"], draw.normal(3, 2), function="graded_layers")


# -- 7. milestones ----------------------------------------------------------------------------------------------------

milestones = Choice(
    "milestones",
    points=3,
    options={
        "a": Option(
            True,
            Text(
                "Deep Blue searched very many positions per second and judged them by features and weights that people had tuned; it was no learned network.",
                "딥 블루는 초당 아주 많은 수를 탐색하고, 사람이 조정한 특징과 가중치로 형세를 평가했습니다. 학습된 신경망이 아닙니다.",
            ),
        ),
        "b": Option(
            False,
            Text(
                "Watson was a pipeline of many language and search methods whose scores were combined; deep learning became usual for language only later.",
                "왓슨은 여러 언어 처리와 검색 방법의 점수를 합치는 파이프라인이었습니다. 언어에 딥러닝이 널리 쓰인 것은 그 뒤의 일입니다.",
            ),
        ),
        "c": Option(
            False,
            Text(
                "Other models improve with data, too, some until they level off sooner. It is a difference of degree, not of kind.",
                "다른 모델도 데이터가 늘면 좋아지며, 더 일찍 포화될 뿐인 경우가 많습니다. 정도의 차이이지 종류의 차이가 아닙니다.",
            ),
        ),
        "d": Option(
            True,
            Text(
                "AlphaGo's networks proposed moves and valued positions, and a Monte Carlo tree search used both.",
                "알파고의 신경망은 수를 제안하고 형세를 평가했으며, 몬테카를로 트리 탐색이 둘을 모두 썼습니다.",
            ),
        ),
        "e": Option(
            True,
            Text(
                "That is its principle: among all boundaries that separate, the one that keeps the greatest distance from the nearest examples.",
                "그것이 바로 원리입니다. 나눌 수 있는 경계 가운데 가장 가까운 예제와의 거리가 가장 큰 것을 고릅니다.",
            ),
        ),
        "f": Option(
            False,
            Text(
                "They are a child of the 1990s, and were among the strongest methods before deep learning came up.",
                "서포트 벡터 머신은 1990년대에 나왔고, 딥러닝이 떠오르기 전까지 가장 강한 방법 가운데 하나였습니다.",
            ),
        ),
    },
)
