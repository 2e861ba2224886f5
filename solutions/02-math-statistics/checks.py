"""Lecture 2, mathematics and statistics: the inputs of every check. The reference in solution.py makes the answers."""

import math

import numpy as np

from autograder.authoring import T1, T2, Draw, Task, Text, Tolerance, X

RELATIVE = Tolerance("RELATIVE", 1e-9, 0.0)  # for numbers of every size, 1e-200 too

PRODUCTS = (
    *(f"torch.{name}" for name in ("matmul", "mm", "bmm", "mv", "dot", "inner", "vdot", "einsum", "tensordot")),
    *(f"torch.{name}" for name in ("addmm", "baddbmm", "chain_matmul", "linalg.multi_dot")),
    *("torch.nn.functional.linear", "torch.nn.Linear"),
    *(f"numpy.{name}" for name in ("matmul", "dot", "inner", "einsum", "tensordot")),
)
DISTRIBUTIONS = ("torch.distributions", "scipy")
DIVERGENCES = (
    "torch.distributions",
    "torch.nn.functional.kl_div",
    "torch.nn.KLDivLoss",
    "torch.nn.functional.cross_entropy",
    "torch.nn.CrossEntropyLoss",
    "scipy",
)


# -- helpers: numpy only, to choose inputs; answers come from the reference ------------------------------------------


def joint(draw: Draw, *shape):
    """A joint distribution without zeros, far from a product of its marginals."""
    p = draw.positive(*shape, low=0.05) ** 2
    return p / p.sum()


def with_singular_values(draw: Draw, *values):
    """A square matrix with these singular values, in no special position."""
    n = len(values)
    u, v = (np.linalg.qr(draw.normal(n, n))[0] for _ in range(2))
    return (u * np.array(values)) @ v.T


def dependent_by(draw: Draw, m, n, amount, *, where=None):
    """A table that differs from the product of its own marginals by `amount` in four cells and nowhere else.

    where: the two rows and two columns of these cells; the marginals are those of a product.
    """
    px, py = draw.probabilities(m), draw.probabilities(n)
    (i, k), (j, l) = where or ((0, 1), (0, 1))
    p = px[:, None] * py[None, :]
    p[[i, k], [j, l]] += amount
    p[[i, k], [l, j]] -= amount
    return p if p.min() >= 0 else dependent_by(draw, m, n, amount, where=where)


def mostly_above(draw: Draw, m, n, amount):
    """A table near the uniform one with a single cell that is `amount` too small, and all others at most amount / 2 too large."""
    px, py = (1.0 + 0.2 * draw.uniform(k) for k in (m, n))
    u, v = (np.r_[1.0, np.full(k - 1, -1.0 / (k - 1))] for k in (m, n))
    p = np.outer(px / px.sum(), py / py.sum()) - amount * np.outer(u, v)
    return p[draw.permutation(m)][:, draw.permutation(n)]


def sliced(draw: Draw, slices, pz):
    """P(x, y, z) from the tables P(x, y | z) and P(z)."""
    return np.stack(slices, axis=2) * np.asarray(pz)


def products(draw: Draw, m, n, count):
    return [dependent_by(draw, m, n, 0.0) for _ in range(count)]


def chain(draw: Draw, a, b, c):
    """(P(A | B, C), P(B | C), P(C)), each a true conditional distribution."""
    pabc, pbc, pc = draw.positive(a, b, c), draw.positive(b, c), draw.positive(c)
    return pabc / pabc.sum(axis=0), pbc / pbc.sum(axis=0), pc / pc.sum()


# -- 1. matmul -------------------------------------------------------------------------------------------------------

matmul = Task("matmul", points=8, form=1, purity=1, forbid=PRODUCTS)


@matmul.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("small matrices, one pair of whole numbers", "작은 행렬, 한 쌍은 정수"),
    hint=Text(
        "Entry (i, j): row i of A times column j of B, summed over k.",
        "(i, j) 원소는 A의 i번째 행과 B의 j번째 열을 곱해 k에 대해 더한 값입니다.",
    ),
)
def matmul_small(draw: Draw):
    yield draw.call(np.array([[1, 2, 0], [3, -1, 4]]), np.array([[1, 0], [2, 5], [-1, 1]]))
    yield draw.call(draw.normal(2, 3), draw.normal(3, 4))


@matmul.check(
    "mismatch",
    points=0.5,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("shapes that do not fit", "모양이 맞지 않을 때"),
    hint=Text(
        "The columns of A and the rows of B must be equally many; otherwise raise ValueError.",
        "A의 열 수와 B의 행 수가 같아야 합니다. 다르면 ValueError를 발생시키세요.",
    ),
)
def matmul_mismatch(draw: Draw):
    yield draw.call(draw.normal(2, 3), draw.normal(2, 3), function="matmul_or_error_name")
    yield draw.call(draw.normal(2, 1), draw.normal(3, 2), function="matmul_or_error_name")


@matmul.check(
    "values",
    points=1.5,
    tolerance=T1,
    title=Text("larger matrices, square ones and whole numbers", "큰 행렬, 정사각 행렬, 정수 행렬"),
    hint=Text(
        "With square matrices every order of factors has the right shape. Check one entry by hand.",
        "정사각 행렬에서는 곱하는 순서가 틀려도 모양이 맞습니다. 원소 하나를 손으로 계산해 보세요.",
    ),
)
def matmul_values(draw: Draw):
    m, k, n = draw.sizes(3, 3, 8)
    yield draw.call(draw.strided(draw.normal(m, k)), draw.strided(draw.normal(k, n)))
    yield draw.call(draw.normal(4, 4), draw.normal(4, 4))
    yield draw.call(draw.normal(3, 5), draw.normal(5, 3))
    yield draw.call(draw.integers(-9, 10, 3, 4) * 100_000_003, draw.integers(-9, 10, 4, 2))


@matmul.check(
    "more mismatches",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("more shapes that do not fit, and some that do", "맞지 않는 다른 모양과 맞는 모양"),
    hint=Text(
        "Only the two inner sizes count. An axis of size 1 must not be stretched.",
        "안쪽의 두 크기만 중요합니다. 크기가 1인 축을 늘려서 맞추면 안 됩니다.",
    ),
)
def matmul_mismatches(draw: Draw):
    for (m, k), (l, n) in (
        ((3, 4), (1, 2)),
        ((3, 4), (3, 2)),
        ((2, 3), (4, 5)),
        ((4, 0), (1, 4)),
        ((3, 2), (2, 5)),
        ((2, 4), (4, 4)),
    ):
        yield draw.call(draw.normal(m, k), draw.normal(l, n), function="matmul_or_error_name")


@matmul.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("one number; a row and a column; empty axes", "수 하나; 행과 열; 빈 축"),
    hint=Text(
        "A sum over no k at all is 0. The result still has the shape (m, n).",
        "더할 k가 하나도 없으면 합은 0입니다. 결과의 모양은 여전히 (m, n)입니다.",
    ),
)
def matmul_edges(draw: Draw):
    yield draw.call(draw.normal(1, 1), draw.normal(1, 1))
    yield draw.call(draw.normal(1, 5), draw.normal(5, 1))
    yield draw.call(draw.normal(4, 1), draw.normal(1, 3))
    yield draw.call(np.zeros((2, 0)), np.zeros((0, 3)))
    yield draw.call(np.zeros((0, 3)), draw.normal(3, 2))
    yield draw.call(np.full((2, 3), 2), np.full((3, 2), -3))


@matmul.in_float32(points=0.5)
def matmul_float32(draw: Draw):
    yield draw.call(draw.normal(4, 3), draw.normal(3, 5))


# -- 2. lin_basics ---------------------------------------------------------------------------------------------------

lin_basics = Task(
    "lin_basics", points=10, form=1, purity=0.5, exempt={"R1": "A is square by nature, and refused where it is not"}
)


@lin_basics.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("small matrices, four norms", "작은 행렬과 노름 네 가지"),
    hint=Text(
        "The norm ends with a root; the trace is the sum of the diagonal.",
        "노름은 거듭제곱근으로 끝나고, 트레이스는 대각 원소의 합입니다.",
    ),
)
def lin_small(draw: Draw):
    yield draw.call(np.array([[2.0, 1.0], [1.0, -3.0]]), np.array([3.0, -4.0]), 2.0)
    yield draw.call(np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([3.0, -4.0, 1.0]), 1.0)
    yield draw.call(np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 1.0], [1.0, 3.0, 4.0]]), draw.normal(4), 3.0)
    yield draw.call(draw.normal(3, 3), draw.normal(5), math.inf)


@lin_basics.check(
    "refused",
    points=1,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("a matrix that is not square; a zero vector", "정사각이 아닌 행렬; 영벡터"),
    hint=Text(
        "Without a square there is no trace: raise ValueError. The zero vector has the norm 0.",
        "정사각이 아니면 트레이스가 없으므로 ValueError를 발생시키세요. 영벡터의 노름은 0입니다.",
    ),
)
def lin_refused(draw: Draw):
    yield draw.call(draw.normal(2, 3), draw.normal(3), 2.0, function="lin_basics_or_error_name")
    yield draw.call(draw.normal(2, 2), np.zeros(3), 2.0, function="lin_basics_or_error_name")


@lin_basics.check(
    "norms",
    points=1,
    tolerance=T1,
    title=Text("norms of longer vectors", "긴 벡터의 노름"),
    hint=Text(
        "Take absolute values before you take powers; p is any number from 1 on.",
        "거듭제곱하기 전에 절댓값을 취하세요. p는 1 이상의 아무 수나 될 수 있습니다.",
    ),
)
def lin_norms(draw: Draw):
    for p in (1.0, 2.0, 3.0, 1.5, math.inf):
        n, d = draw.sizes(2, 3, 9)
        yield draw.call(draw.normal(n, n), draw.strided(draw.normal(d, scale=2.0)), p)


@lin_basics.check(
    "huge",
    points=1,
    tolerance=RELATIVE,
    title=Text("huge and tiny vectors", "아주 큰 벡터와 아주 작은 벡터"),
    hint=Text(
        "Divide by the largest entry before you take powers, and multiply by it after the root.",
        "거듭제곱하기 전에 가장 큰 원소로 나누고, 제곱근 다음에 다시 곱하세요.",
    ),
)
def lin_huge(draw: Draw):
    yield draw.call(draw.normal(3, 3), 1e200 * draw.away_from_zero(5), 2.0)
    yield draw.call(draw.normal(4, 4), 1e-200 * draw.away_from_zero(6), 2.0)
    yield draw.call(draw.normal(3, 3), 1e150 * draw.away_from_zero(4), 3.0)
    yield draw.call(draw.normal(2, 2), 1e-150 * draw.away_from_zero(4), 4.0)


@lin_basics.check(
    "ranks",
    points=1,
    tolerance=T1,
    title=Text("columns that nearly depend on others", "다른 열에 거의 종속된 열"),
    hint=Text(
        "Singular values are compared with 1e-10 times the LARGEST one, whatever the size of the matrix.",
        "행렬의 크기와 상관없이 특잇값을 '가장 큰 특잇값'의 1e-10배와 비교합니다.",
    ),
)
def lin_ranks(draw: Draw):
    a = draw.normal(5, 5)
    a[:, 3] = a[:, 0] - 2.0 * a[:, 2] + 1e-13 * draw.normal(5)
    yield draw.call(a, draw.normal(3), 2.0)
    yield draw.call(with_singular_values(draw, 2.0, 1.0, 2.1e-10, 1.9e-10), draw.normal(4), 1.0)
    yield draw.call(with_singular_values(draw, 1.0, 1.05e-10, 0.95e-10), draw.normal(2), 2.0)
    yield draw.call(1e-30 * draw.normal(3, 3), draw.normal(4), 3.0)
    yield draw.call(1e12 * with_singular_values(draw, 3.0, 2.0, 1e-12, 1e-13, 1e-14), draw.normal(3), 2.0)
    yield draw.call(1e-3 * draw.normal(6, 6), draw.normal(3), 2.0)


@lin_basics.check(
    "symmetric",
    points=1,
    tolerance=T1,
    title=Text("symmetric, nearly symmetric, antisymmetric", "대칭, 거의 대칭, 반대칭"),
    hint=Text(
        "Symmetric means exactly equal to the transpose, in every entry.",
        "모든 원소가 전치와 정확히 같아야 대칭입니다.",
    ),
)
def lin_symmetric(draw: Draw):
    a = draw.normal(4, 4)
    yield draw.call(a + a.T, draw.normal(3), 2.0)
    nearly = a + a.T
    nearly[1, 3] *= 1.0 + 1e-9
    yield draw.call(nearly, draw.normal(3), 1.0)
    yield draw.call(a - a.T, draw.normal(3), 2.0)
    corner = draw.normal(3, 3)
    corner = corner + corner.T
    corner[0, 2] += 1.0
    yield draw.call(corner, draw.normal(2), 3.0)
    nearly = a + a.T
    nearly[2, 0] *= 1.0 + 1e-13
    yield draw.call(nearly, draw.normal(3), 2.0)


@lin_basics.check(
    "other shapes",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("tall, wide and square", "세로로 긴 행렬, 가로로 긴 행렬, 정사각 행렬"),
    hint=Text("Compare the number of rows with the number of columns.", "행의 수와 열의 수를 비교하세요."),
)
def lin_other_shapes(draw: Draw):
    for m, n in ((4, 3), (1, 2), (3, 3), (3, 1)):
        yield draw.call(draw.normal(m, n), draw.normal(3), 2.0, function="lin_basics_or_error_name")


@lin_basics.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text("one entry; zeros; all equal; the identity", "원소 하나; 영행렬; 모두 같을 때; 단위 행렬"),
    hint=Text("The zero matrix has rank 0.", "영행렬의 랭크는 0입니다."),
)
def lin_edges(draw: Draw):
    yield draw.call(np.array([[-2.5]]), np.array([-3.0]), 3.0)
    yield draw.call(np.zeros((3, 3)), np.zeros(2), 1.0)
    yield draw.call(np.full((4, 4), -1.5), np.full(3, -2.0), 2.0)
    yield draw.call(np.eye(5), np.zeros(4), math.inf)


@lin_basics.in_float32(points=0.5)
def lin_float32(draw: Draw):
    yield draw.call(with_singular_values(draw, 2.0, 1.0, 0.7, 0.5), draw.normal(5), 3.0)


# -- 3. marginal_conditional, is_pmf ---------------------------------------------------------------------------------

marginal_conditional = Task(
    "marginal_conditional",
    points=12,
    functions=("marginal_conditional", "is_pmf"),
    form=1,
    purity=1,
    parts=("Px", "Py", "PYgX"),
)


@marginal_conditional.check(
    "small",
    points=2,
    visible=True,
    tolerance=T1,
    title=Text("a small table", "작은 표"),
    hint=Text(
        "P(X) sums each row, P(Y) each column; P(Y | X) divides every row by its own sum.",
        "P(X)는 행마다, P(Y)는 열마다 더한 값이고, P(Y | X)는 행마다 자기 합으로 나눈 값입니다.",
    ),
)
def marginal_small(draw: Draw):
    yield draw.call(np.array([[0.1, 0.2, 0.1], [0.3, 0.0, 0.3]]))
    yield draw.call(joint(draw, 4, 3))


@marginal_conditional.check(
    "an empty row",
    points=0.5,
    visible=True,
    tolerance=T1,
    title=Text("a row without probability", "확률이 0인 행"),
    hint=Text("0 divided by 0 is NaN. Here such a row is 0.", "0을 0으로 나누면 NaN입니다. 여기서 그런 행은 0입니다."),
)
def marginal_empty_row(draw: Draw):
    yield draw.call(np.array([[0.25, 0.5], [0.0, 0.0], [0.125, 0.125]]))


@marginal_conditional.check(
    "is_pmf",
    points=1,
    visible=True,
    tolerance=X,
    title=Text("which of these are distributions?", "어느 것이 확률 분포일까요?"),
    hint=Text(
        "No entry below 0, and the sum of all entries is 1.",
        "0보다 작은 원소가 없고, 모든 원소의 합이 1이어야 합니다.",
    ),
)
def pmf_small(draw: Draw):
    yield draw.call(np.array([0.5, 0.3, 0.2]), function="is_pmf")
    yield draw.call(np.array([0.5, 0.3, 0.3]), function="is_pmf")
    yield draw.call(np.array([0.75, -0.25, 0.5]), function="is_pmf")
    yield draw.call(joint(draw, 2, 3), function="is_pmf")


@marginal_conditional.check(
    "values",
    points=2,
    tolerance=T1,
    title=Text("larger tables", "큰 표"),
    hint=Text(
        "Do the rows of the conditional sum to 1? Do both marginals?",
        "조건부 분포의 행마다 합이 1인가요? 두 주변 분포의 합도 1인가요?",
    ),
)
def marginal_values(draw: Draw):
    m, n = draw.sizes(2, 4, 8)
    yield draw.call(joint(draw, m, n))
    yield draw.call(draw.strided(joint(draw, n, m)))
    yield draw.call(joint(draw, 4, 4))


@marginal_conditional.check(
    "empty and tiny rows",
    points=1.5,
    tolerance=T1,
    title=Text("rows of probability 0, and one that is nearly 0", "확률이 0인 행과 거의 0인 행"),
    hint=Text(
        "However small P(x) is, it has a conditional as long as it is not 0. Add nothing to it.",
        "P(x)는 아무리 작아도 0만 아니면 조건부 분포가 있습니다. 아무것도 더하지 마세요.",
    ),
)
def marginal_tiny_rows(draw: Draw):
    p = joint(draw, 5, 3)
    p[1] = p[4] = 0.0
    yield draw.call(p / p.sum())
    p = joint(draw, 3, 4)
    p[2] *= 1e-9
    p[0, 1] = 0.0
    p /= p.sum()
    yield draw.call(p)
    p[:, 2] = 0.0
    yield draw.call(p / p.sum())


@marginal_conditional.check(
    "more is_pmf",
    points=2,
    tolerance=X,
    title=Text("sums that are nearly 1; negative entries; tables", "합이 거의 1일 때; 음수 원소; 표"),
    hint=Text(
        "The sum may miss 1 by 1e-6, on both sides, and no more. Zeros are allowed, negative entries are not.",
        "합은 양쪽으로 1e-6까지만 1에서 벗어날 수 있습니다. 0은 괜찮지만 음수는 안 됩니다.",
    ),
)
def pmf_more(draw: Draw):
    p = joint(draw, 3, 5)
    for factor in (1.0 + 9.5e-7, 1.0 - 9.5e-7, 1.0 + 1.05e-6, 1.0 - 1.05e-6, 0.9, 1.1):
        yield draw.call(p * factor, function="is_pmf")
    q = draw.probabilities(6)
    q[2] = 0.0
    q /= q.sum()
    yield draw.call(draw.strided(q.copy()), function="is_pmf")
    q[2], q[3] = -1e-3, q[3] + 1e-3
    yield draw.call(q, function="is_pmf")
    yield draw.call(np.array([1.5, -0.5]), function="is_pmf")
    yield draw.call(np.array([1.25, 0.0]), function="is_pmf")
    rows = draw.probabilities(3, 4)
    yield draw.call(rows, function="is_pmf")
    yield draw.call(rows / 3.0, function="is_pmf")
    yield draw.call(joint(draw, 2, 3, 4), function="is_pmf")
    q = draw.probabilities(5)
    q[1], q[3] = -5e-8, q[3] + q[1] + 5e-8
    yield draw.call(q, function="is_pmf")


@marginal_conditional.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text(
        "one value of X; one value of Y; certainty; all equal",
        "X의 값이 하나; Y의 값이 하나; 확실한 사건; 모두 같을 때",
    ),
    hint=Text("A table with one row or one column is still a table.", "행이나 열이 하나여도 표입니다."),
)
def marginal_edges(draw: Draw):
    yield draw.call(joint(draw, 1, 4))
    yield draw.call(joint(draw, 3, 1))
    certain = np.zeros((2, 3))
    certain[1, 2] = 1.0
    yield draw.call(certain)
    yield draw.call(np.full((4, 2), 0.125))
    yield draw.call(np.array([1.0]), function="is_pmf")
    yield draw.call(np.zeros(3), function="is_pmf")


@marginal_conditional.in_float32(points=0.5)
def marginal_float32(draw: Draw):
    yield draw.call(joint(draw, 3, 5))
    yield draw.call(np.array([0.5, 0.25, 0.25]), function="is_pmf")


# -- 4. joint_from_chain ---------------------------------------------------------------------------------------------

joint_from_chain = Task("joint_from_chain", points=8, form=1, purity=1)


@joint_from_chain.check(
    "small",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("three variables of different sizes", "크기가 서로 다른 세 변수"),
    hint=Text(
        "Every factor has the axes of its own variables, and is the same along the others.",
        "각 인수는 자기 변수의 축만 가지며, 나머지 축을 따라서는 똑같습니다.",
    ),
)
def chain_small(draw: Draw):
    yield draw.call(*chain(draw, 2, 3, 4))
    yield draw.call(*chain(draw, 4, 3, 2))


@joint_from_chain.check(
    "values",
    points=1,
    tolerance=T1,
    title=Text("larger tables", "큰 표"),
    hint=Text(
        "Does the result sum to 1? Does each factor appear once?", "결과의 합이 1인가요? 인수가 한 번씩 들어갔나요?"
    ),
)
def chain_values(draw: Draw):
    a, b, c = draw.sizes(3, 3, 8)
    pabc, pbc, pc = chain(draw, a, b, c)
    yield draw.call(draw.strided(pabc), draw.strided(pbc), pc)
    pabc, pbc, pc = chain(draw, c, a, b)
    pabc[:, 0, 1] = 0.0
    pabc[1, 0, 1] = 1.0
    pc[0] = 0.0
    yield draw.call(pabc, pbc, pc / pc.sum())


@joint_from_chain.check(
    "equal sizes",
    points=1.5,
    tolerance=T1,
    edge=True,
    title=Text("variables of equal sizes", "크기가 같은 변수들"),
    hint=Text(
        "When all sizes are equal, wrong axes still fit. Write the indices of each factor down.",
        "크기가 모두 같으면 축이 틀려도 모양이 맞습니다. 인수마다 인덱스를 적어 보세요.",
    ),
)
def chain_equal(draw: Draw):
    yield draw.call(*chain(draw, 3, 3, 3))
    yield draw.call(*chain(draw, 2, 4, 4))
    yield draw.call(*chain(draw, 4, 4, 2))
    yield draw.call(*chain(draw, 4, 2, 4))


@joint_from_chain.check(
    "edges",
    points=0.5,
    tolerance=T1,
    edge=True,
    title=Text(
        "a variable with one value; all equal; not normalised", "값이 하나뿐인 변수; 모두 같을 때; 정규화되지 않은 표"
    ),
    hint=Text("Multiply, and do nothing else.", "곱하기만 하고 다른 일은 하지 마세요."),
)
def chain_edges(draw: Draw):
    yield draw.call(*chain(draw, 1, 3, 2))
    yield draw.call(*chain(draw, 3, 1, 2))
    yield draw.call(*chain(draw, 3, 2, 1))
    yield draw.call(np.full((2, 3, 4), 0.5), np.full((3, 4), 1.0 / 3.0), np.full(4, 0.25))
    yield draw.call(draw.positive(2, 3, 4), draw.positive(3, 4), draw.positive(4))


@joint_from_chain.in_float32(points=0.5)
def chain_float32(draw: Draw):
    yield draw.call(*chain(draw, 3, 4, 2))


# -- 5. independent, cond_independent --------------------------------------------------------------------------------

independent = Task("independent", points=10, functions=("independent", "cond_independent"), form=1, purity=1)


def exclusive_or():
    """Two fair coins x, y, and z = 1 where they differ: independent, but not given z."""
    p = np.zeros((2, 2, 2))
    for x in (0, 1):
        for y in (0, 1):
            p[x, y, x ^ y] = 0.25
    return p


@independent.check(
    "two variables",
    points=1.5,
    visible=True,
    tolerance=X,
    title=Text("a coin and a die, and tables that are not products", "동전과 주사위, 그리고 곱이 아닌 표"),
    hint=Text(
        "Compare the whole table with the product of its marginals.",
        "표 전체를 두 주변 분포의 곱과 비교하세요.",
    ),
)
def independent_small(draw: Draw):
    yield draw.call(np.full((2, 6), 1.0 / 12.0))
    yield draw.call(dependent_by(draw, 3, 4, 0.0))
    yield draw.call(np.array([[0.5, 0.0], [0.0, 0.5]]))
    yield draw.call(dependent_by(draw, 3, 4, 0.01, where=((1, 2), (2, 3))))


@independent.check(
    "a third variable",
    points=1.5,
    visible=True,
    tolerance=X,
    title=Text("a common cause; two coins and their difference", "공통 원인; 동전 두 개와 두 면의 같고 다름"),
    hint=Text(
        "Divide each slice by its own probability first; then it is a table like before.",
        "먼저 단면마다 자기 확률로 나누세요. 그러면 앞과 같은 표가 됩니다.",
    ),
)
def conditional_small(draw: Draw):
    yield draw.call(sliced(draw, products(draw, 3, 4, 2), [0.3, 0.7]), 1e-6, function="cond_independent")
    yield draw.call(exclusive_or(), 1e-6, function="cond_independent")
    empty = sliced(draw, products(draw, 2, 4, 3), [0.6, 0.0, 0.4])
    yield draw.call(empty, 1e-6, function="cond_independent")


@independent.check(
    "more tables",
    points=1.5,
    tolerance=X,
    title=Text("tables that fail in a single corner, and products", "한 귀퉁이만 어긋난 표와 곱인 표"),
    hint=Text(
        "All cells must agree, not only the first one, and rounding must not decide.",
        "첫 칸만이 아니라 모든 칸이 맞아야 하고, 반올림 오차가 결과를 좌우해서는 안 됩니다.",
    ),
)
def independent_more(draw: Draw):
    for _ in range(3):
        m, n = draw.sizes(2, 4, 7)
        yield draw.call(draw.strided(dependent_by(draw, m, n, 0.0)))
    yield draw.call(dependent_by(draw, 4, 5, 1e-3, where=((2, 3), (3, 4))))
    yield draw.call(dependent_by(draw, 5, 3, 1e-3, where=((0, 1), (0, 1))))
    yield draw.call(dependent_by(draw, 3, 6, -1e-3, where=((0, 2), (4, 5))))
    # Symmetric in x: the row and column numbers are uncorrelated, and yet x tells a lot about y.
    ends, middle = draw.probabilities(2), draw.probabilities(2)
    ends[0], ends[1] = ends.min(), ends.max()
    middle[0], middle[1] = middle.max() + 0.2, middle.min()
    table = np.stack([ends, middle, ends])
    yield draw.call(table / table.sum())
    zero = dependent_by(draw, 4, 3, 0.0)
    zero[1] = 0.0
    yield draw.call(zero / zero.sum())


@independent.check(
    "the tolerance",
    points=0.5,
    tolerance=X,
    title=Text("deviations just inside and just outside of 1e-6", "1e-6을 살짝 넘거나 넘지 않는 차이"),
    hint=Text(
        "The deviation is absolute, and 1e-6 is the limit for each single cell.",
        "차이는 절댓값으로 재며, 칸마다 1e-6이 한계입니다.",
    ),
)
def independent_tolerance(draw: Draw):
    yield draw.call(dependent_by(draw, 6, 7, 9.5e-7))
    yield draw.call(dependent_by(draw, 6, 5, -9.5e-7))
    yield draw.call(dependent_by(draw, 2, 3, 1.05e-6))
    yield draw.call(dependent_by(draw, 3, 2, -1.05e-6, where=((1, 2), (0, 1))))
    yield draw.call(mostly_above(draw, 4, 5, 1.5e-6))
    for amount in (5e-6, 5e-5, 4e-4, 7e-4):
        yield draw.call(dependent_by(draw, 2, 2, amount))
    # within the limit, summed over the cells as well; not within a share of cells as small as these
    yield draw.call(dependent_by(draw, 17, 19, 2.3e-7))


@independent.check(
    "more third variables",
    points=2,
    tolerance=X,
    title=Text(
        "one slice that fails, rare slices, other tolerances", "단면 하나만 어긋날 때, 드문 단면, 다른 허용 오차"
    ),
    hint=Text(
        "A slice counts fully however rare it is, and not at all if its probability is 0.",
        "단면은 아무리 드물어도 온전히 따지고, 확률이 0이면 따지지 않습니다.",
    ),
)
def conditional_more(draw: Draw):
    for tol in (0.008, 0.012):
        slices = products(draw, 3, 4, 5)
        slices[3] = dependent_by(draw, 3, 4, 0.01, where=((1, 2), (1, 3)))
        yield draw.call(draw.strided(sliced(draw, slices, draw.probabilities(5))), tol, function="cond_independent")
    slices = [mostly_above(draw, 3, 5, 0.0), mostly_above(draw, 3, 5, 0.03)]
    yield draw.call(sliced(draw, slices, [0.6, 0.4]), 0.02, function="cond_independent")
    rare = products(draw, 4, 2, 3)
    rare[0] = dependent_by(draw, 4, 2, 0.02, where=((2, 3), (0, 1)))
    yield draw.call(sliced(draw, rare, [1e-3, 0.4, 0.599]), 1e-3, function="cond_independent")
    yield draw.call(sliced(draw, rare, [0.0, 0.4, 0.6]), 1e-3, function="cond_independent")
    yield draw.call(sliced(draw, products(draw, 5, 3, 4), [0.2, 0.5, 0.0, 0.3]), 1e-9, function="cond_independent")
    all_independent = np.multiply.outer(np.multiply.outer(draw.probabilities(3), draw.probabilities(2)), [0.4, 0.6])
    yield draw.call(all_independent, 1e-8, function="cond_independent")
    x_and_y = dependent_by(draw, 3, 5, 0.01)
    yield draw.call(np.multiply.outer(x_and_y, draw.probabilities(4)), 1e-3, function="cond_independent")
    later = np.stack([dependent_by(draw, 2, 2, 0.0), np.eye(2) / 2.0], axis=2) / 2.0
    yield draw.call(later, 1e-3, function="cond_independent")
    yield draw.call(exclusive_or(), 0.2, function="cond_independent")
    yield draw.call(exclusive_or(), 0.3, function="cond_independent")
    # Given x, the other two are independent; given z, x and y are not.
    slices = np.stack([np.multiply.outer(draw.probabilities(3), draw.probabilities(4)) for _ in range(2)])
    yield draw.call(slices * np.array([0.3, 0.7])[:, None, None], 1e-3, function="cond_independent")
    small = [dependent_by(draw, 3, 4, 1e-3), dependent_by(draw, 3, 4, 0.0)]
    yield draw.call(sliced(draw, small, [0.5, 0.5]), 0.02, function="cond_independent")


@independent.check(
    "edges",
    points=0.5,
    tolerance=X,
    edge=True,
    title=Text("variables with one value; certainty", "값이 하나뿐인 변수; 확실한 사건"),
    hint=Text("What has only one value is independent of everything.", "값이 하나뿐인 변수는 무엇과도 독립입니다."),
)
def independent_edges(draw: Draw):
    yield draw.call(joint(draw, 1, 4))
    certain = np.zeros((3, 2))
    certain[2, 1] = 1.0
    yield draw.call(certain)
    yield draw.call(dependent_by(draw, 2, 3, 0.02)[:, :, None], 1e-3, function="cond_independent")
    yield draw.call(joint(draw, 1, 3, 2), 1e-6, function="cond_independent")
    yield draw.call(np.full((2, 2, 3), 1.0 / 12.0), 1e-6, function="cond_independent")


@independent.in_float32(points=0.5)
def independent_float32(draw: Draw):
    yield draw.call(dependent_by(draw, 3, 4, 0.0))
    yield draw.call(dependent_by(draw, 4, 3, 0.01, where=((2, 3), (1, 2))))
    yield draw.call(sliced(draw, products(draw, 3, 2, 4), draw.probabilities(4)), 1e-4, function="cond_independent")


# -- 6. moments ------------------------------------------------------------------------------------------------------

moments = Task("moments", points=12, form=1, purity=1, parts=("Ef", "Varf", "Cov"))


@moments.check(
    "small",
    points=2.5,
    visible=True,
    tolerance=T1,
    title=Text("a die and a coin; a random table", "주사위와 동전; 무작위 표"),
    hint=Text(
        "Every value counts with its probability, and deviations are taken from the weighted mean.",
        "값마다 자기 확률만큼 무게를 주고, 편차는 그렇게 구한 평균에서 잽니다.",
    ),
)
def moments_small(draw: Draw):
    yield draw.call(np.full((6, 2), 1.0 / 12.0), np.arange(1.0, 7.0), np.array([0.0, 1.0]))
    yield draw.call(joint(draw, 3, 4), draw.normal(3), draw.normal(4))


@moments.check(
    "covariance",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("two variables that always agree, and two that never do", "늘 같은 두 변수와 늘 다른 두 변수"),
    hint=Text(
        "The covariance sums over pairs (x, y), weighted with the joint distribution.",
        "공분산은 결합 분포로 가중해 (x, y) 쌍에 대해 더합니다.",
    ),
)
def moments_covariance(draw: Draw):
    values = np.array([-1.0, 0.5, 2.0])
    yield draw.call(np.diag([0.2, 0.5, 0.3]), values, values)
    yield draw.call(np.array([[0.0, 0.4], [0.6, 0.0]]), np.array([0.0, 1.0]), np.array([0.0, 1.0]))


@moments.check(
    "values",
    points=2.5,
    tolerance=T1,
    title=Text("larger tables, negative and constant values", "큰 표, 음수와 일정한 값"),
    hint=Text(
        "f belongs to the rows, h to the columns. What is the covariance of a constant?",
        "f는 행에, h는 열에 딸려 있습니다. 상수의 공분산은 얼마일까요?",
    ),
)
def moments_values(draw: Draw):
    m, n = draw.sizes(2, 4, 9)
    yield draw.call(joint(draw, m, n), draw.normal(m, scale=3.0) - 4.0, draw.normal(n) + 2.0)
    yield draw.call(draw.strided(joint(draw, n, m)), draw.strided(draw.normal(n)), draw.normal(m, scale=5.0))
    yield draw.call(joint(draw, 5, 5), draw.normal(5) + 1.0, draw.normal(5) - 2.0)
    yield draw.call(joint(draw, 4, 3), draw.normal(4), np.full(3, 1.5))


@moments.check(
    "offset",
    points=2,
    tolerance=T2,
    title=Text("values around 100,000", "100,000 근처의 값"),
    hint=Text(
        "Squares of large numbers swallow the digits that you want. Subtract the mean first.",
        "큰 수를 제곱하면 정작 필요한 자릿수가 사라집니다. 평균을 먼저 빼세요.",
    ),
)
def moments_offset(draw: Draw):
    yield draw.call(joint(draw, 4, 6), draw.normal(4) + 1e5, draw.normal(6) - 1e5)
    yield draw.call(joint(draw, 5, 7), draw.normal(5) + 1e5, draw.normal(7) + 1e5)
    yield draw.call(joint(draw, 5, 3), draw.normal(5) - 1e5, draw.normal(3))
    yield draw.call(joint(draw, 3, 5), draw.normal(3), draw.normal(5) + 1e5)


@moments.check(
    "edges",
    points=1,
    tolerance=T2,
    edge=True,
    title=Text("certainty; one row; one column; independence", "확실한 사건; 행 하나; 열 하나; 독립"),
    hint=Text(
        "What is certain has the variance 0. What is independent has the covariance 0.",
        "확실한 사건의 분산은 0이고, 독립인 변수의 공분산은 0입니다.",
    ),
)
def moments_edges(draw: Draw):
    certain = np.zeros((3, 4))
    certain[1, 2] = 1.0
    yield draw.call(certain, draw.normal(3), draw.normal(4))
    yield draw.call(joint(draw, 1, 4), draw.normal(1), draw.normal(4))
    yield draw.call(joint(draw, 3, 1), draw.normal(3), draw.normal(1))
    yield draw.call(dependent_by(draw, 3, 4, 0.0), draw.normal(3), draw.normal(4))


@moments.in_float32(points=1)
def moments_float32(draw: Draw):
    yield draw.call(joint(draw, 4, 3), draw.normal(4), draw.normal(3))


# -- 7. logpdf -------------------------------------------------------------------------------------------------------

logpdf = Task("logpdf", points=12, form=1, purity=1, forbid=DISTRIBUTIONS)


def pdf_call(draw: Draw, dist, x, **theta):
    return draw.call(dist, x, theta, function="logpdf_with_theta")


def coins(draw: Draw, *shape):
    """Zeros and ones, both present."""
    x = draw.integers(0, 2, *shape).astype(float)
    x.flat[0], x.flat[-1] = 0.0, 1.0
    return x


@logpdf.check(
    "bernoulli",
    points=1,
    visible=True,
    tolerance=T1,
    title=Text("Bernoulli", "베르누이 분포"),
    hint=Text("log p where x is 1, log(1 - p) where x is 0.", "x가 1이면 log p, 0이면 log(1 - p)입니다."),
)
def pdf_bernoulli(draw: Draw):
    yield pdf_call(draw, "bernoulli", np.array([1.0, 0.0, 1.0]), p=0.3)
    yield pdf_call(draw, "bernoulli", np.array([1.0, 1.0]), p=1.0)


@logpdf.check(
    "gaussian",
    points=1.25,
    visible=True,
    tolerance=T1,
    title=Text("Gaussian", "가우시안 분포"),
    hint=Text(
        "sigma is the standard deviation. Three terms: the square, log sigma, and a constant.",
        "sigma는 표준편차입니다. 항은 셋으로, 제곱, log sigma, 그리고 상수입니다.",
    ),
)
def pdf_gaussian(draw: Draw):
    yield pdf_call(draw, "gaussian", np.array([0.0, 1.0, -2.0, 5.0]), mu=1.0, sigma=2.0)
    yield pdf_call(draw, "gaussian", draw.normal(2, 3), mu=-0.3, sigma=0.7)


@logpdf.check(
    "exponential",
    points=0.75,
    visible=True,
    tolerance=T1,
    title=Text("exponential", "지수 분포"),
    hint=Text(
        "lam is the rate. A negative waiting time is impossible: -inf.",
        "lam은 비율(rate)입니다. 음수인 대기 시간은 불가능하므로 -inf입니다.",
    ),
)
def pdf_exponential(draw: Draw):
    yield pdf_call(draw, "exponential", np.array([0.5, 2.0, 0.0, -0.5]), lam=1.5)


@logpdf.check(
    "values",
    points=2,
    tolerance=T1,
    title=Text("other parameters and shapes", "다른 파라미터와 모양"),
    hint=Text(
        "Check one value by hand: a density first, its natural logarithm after.",
        "값 하나를 손으로 확인해 보세요. 먼저 밀도를 구하고 자연로그를 취합니다.",
    ),
)
def pdf_values(draw: Draw):
    yield pdf_call(draw, "bernoulli", coins(draw, 2, 4), p=draw.scalar(0.55, 0.9))
    yield pdf_call(
        draw,
        "gaussian",
        draw.strided(draw.normal(3, 5, scale=3.0)),
        mu=draw.scalar(1.0, 2.0),
        sigma=draw.scalar(1.5, 3.0),
    )
    yield pdf_call(draw, "gaussian", draw.normal(4), mu=draw.scalar(-2.0, -1.0), sigma=draw.scalar(0.2, 0.6))
    yield pdf_call(draw, "exponential", draw.positive(2, 3, 4), lam=draw.scalar(0.2, 0.6))
    yield pdf_call(draw, "exponential", draw.normal(7, scale=2.0), lam=draw.scalar(2.0, 3.0))


@logpdf.check(
    "impossible",
    points=1.5,
    tolerance=T1,
    title=Text("what cannot happen, and what must", "일어날 수 없는 일과 반드시 일어나는 일"),
    hint=Text(
        "Choose between two logarithms instead of multiplying: 0 times infinity is NaN.",
        "곱하지 말고 두 로그 가운데 하나를 고르세요. 0 곱하기 무한대는 NaN입니다.",
    ),
)
def pdf_impossible(draw: Draw):
    yield pdf_call(draw, "bernoulli", coins(draw, 5), p=0.0)
    yield pdf_call(draw, "bernoulli", coins(draw, 2, 3), p=1.0)
    yield pdf_call(draw, "exponential", np.array([-1e-9, 0.0, 1e-9, -800.0]), lam=0.7)


@logpdf.check(
    "tails",
    points=1.5,
    tolerance=T1,
    title=Text("far tails, narrow and wide distributions", "먼 꼬리, 좁은 분포와 넓은 분포"),
    hint=Text(
        "A density of 1e-1000 is 0 in a computer, its logarithm is not. Never form the density.",
        "1e-1000인 밀도는 컴퓨터에서 0이지만 그 로그는 아닙니다. 밀도를 만들지 마세요.",
    ),
)
def pdf_tails(draw: Draw):
    yield pdf_call(draw, "gaussian", 100.0 * draw.away_from_zero(4, margin=0.6), mu=0.5, sigma=1.2)
    yield pdf_call(draw, "gaussian", 2.0 + 1e-3 * draw.normal(5), mu=2.0, sigma=1e-3)
    yield pdf_call(draw, "gaussian", draw.normal(3), mu=0.0, sigma=1e4)
    yield pdf_call(draw, "exponential", 900.0 * draw.positive(3), lam=4.0)
    yield pdf_call(draw, "bernoulli", coins(draw, 3), p=1e-12)


@logpdf.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("0-d, empty and equal", "0차원, 빈 텐서, 모두 같은 값"),
    hint=Text("The result has the shape of x.", "결과의 모양은 x의 모양과 같습니다."),
)
def pdf_edges(draw: Draw):
    yield pdf_call(draw, "gaussian", np.asarray(draw.scalar(0.2, 0.8)), mu=0.1, sigma=0.5)
    yield pdf_call(draw, "exponential", np.zeros((0, 3)), lam=2.0)
    yield pdf_call(draw, "bernoulli", np.ones((3, 1)), p=0.4)
    yield pdf_call(draw, "exponential", np.asarray(-1.0), lam=2.0)
    yield pdf_call(draw, "bernoulli", np.asarray(0.0), p=0.2)


@logpdf.in_float32(points=1)
def pdf_float32(draw: Draw):
    yield pdf_call(draw, "bernoulli", coins(draw, 4), p=0.35)
    yield pdf_call(draw, "gaussian", draw.normal(2, 3), mu=0.4, sigma=1.7)
    yield pdf_call(draw, "exponential", draw.normal(5), lam=1.3)


# -- 8. posterior ----------------------------------------------------------------------------------------------------

posterior = Task("posterior", points=14, form=1, purity=1)


def hypotheses(draw: Draw, K, V):
    return draw.probabilities(K), draw.probabilities(K, V)


def alike(draw: Draw, K, V, difference):
    """(prior, lik) of hypotheses so much alike that even many observations leave doubt."""
    lik = draw.probabilities(1, V) * np.exp(difference * draw.normal(K, V))
    return draw.probabilities(K), lik / lik.sum(axis=1, keepdims=True)


@posterior.check(
    "small",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("a test for a disease; a few observations", "질병 검사; 관측 몇 개"),
    hint=Text(
        "Prior times the likelihood of each observation, divided by the sum over the hypotheses.",
        "사전 확률에 관측마다 가능도를 곱하고, 가설에 대한 합으로 나눕니다.",
    ),
)
def posterior_small(draw: Draw):
    yield draw.call(np.array([0.01, 0.99]), np.array([[0.1, 0.9], [0.95, 0.05]]), np.array([1]))
    yield draw.call(*hypotheses(draw, 3, 4), np.array([0, 3, 3, 1]))


@posterior.check(
    "no observation",
    points=1,
    visible=True,
    tolerance=T2,
    edge=True,
    title=Text("no observation; a hypothesis that is ruled out", "관측이 없을 때; 배제된 가설"),
    hint=Text(
        "Without observations you believe what you believed before. log 0 is -inf, and exp brings it back to 0.",
        "관측이 없으면 처음의 믿음 그대로입니다. log 0은 -inf이고, exp를 취하면 다시 0이 됩니다.",
    ),
)
def posterior_no_observation(draw: Draw):
    prior, lik = hypotheses(draw, 3, 2)
    yield draw.call(prior, lik, np.zeros(0, dtype=np.int64))
    yield draw.call(np.array([0.5, 0.0, 0.5]), np.array([[0.2, 0.8], [0.5, 0.5], [1.0, 0.0]]), np.array([1, 0]))


@posterior.check(
    "values",
    points=3,
    tolerance=T1,
    title=Text("more hypotheses and observations", "더 많은 가설과 관측"),
    hint=Text(
        "Rows of lik are hypotheses, columns observations. The prior counts once, repeated observations count each time.",
        "lik의 행은 가설, 열은 관측입니다. 사전 확률은 한 번만, 반복된 관측은 나올 때마다 셉니다.",
    ),
)
def posterior_values(draw: Draw):
    yield draw.call(*hypotheses(draw, 5, 3), draw.integers(0, 3, 4))
    prior, lik = alike(draw, 4, 6, 0.4)
    yield draw.call(prior, draw.strided(lik), draw.strided(draw.integers(0, 6, 9)))
    yield draw.call(*alike(draw, 4, 4, 0.5), draw.integers(0, 4, 5))
    yield draw.call(*alike(draw, 3, 2, 0.3), np.array([1, 1, 1, 0, 1, 1]))


@posterior.check(
    "long",
    points=2.5,
    tolerance=T2,
    title=Text("a thousand observations", "관측 천 개"),
    hint=Text(
        "The product of a thousand probabilities is 0 in a computer. Add logarithms, and normalise before you leave them.",
        "확률 천 개의 곱은 컴퓨터에서 0이 됩니다. 로그를 더하고, 로그에서 벗어나기 전에 정규화하세요.",
    ),
)
def posterior_long(draw: Draw):
    yield draw.call(*alike(draw, 3, 5, 0.02), draw.integers(0, 5, 1000))
    yield draw.call(*alike(draw, 5, 8, 0.03), draw.integers(0, 8, 1200))


@posterior.check(
    "zeros",
    points=1.5,
    tolerance=T2,
    title=Text("zeros in the prior and in the likelihoods", "사전 확률과 가능도에 0이 있을 때"),
    hint=Text(
        "One impossible observation rules a hypothesis out for good; nothing may be added to its probability.",
        "불가능한 관측이 한 번이라도 나오면 그 가설은 완전히 배제됩니다. 확률에 아무것도 더하지 마세요.",
    ),
)
def posterior_zeros(draw: Draw):
    prior, lik = alike(draw, 4, 3, 0.4)
    prior[2] = 0.0
    lik[0, 1] = 0.0
    prior, lik = prior / prior.sum(), lik / lik.sum(axis=1, keepdims=True)
    yield draw.call(prior, lik, np.array([0, 2, 1, 0, 1]))
    yield draw.call(prior, lik, np.array([0, 2, 2, 0]))
    # The surviving hypotheses find all of it very improbable.
    lik[1, 0], lik[3, 0] = 1e-15, 3e-15
    lik[:, 1:] /= lik[:, 1:].sum(axis=1, keepdims=True)
    yield draw.call(prior, lik, np.array([0, 1, 0]))


@posterior.check(
    "edges",
    points=0.5,
    tolerance=T2,
    edge=True,
    title=Text(
        "one hypothesis; hypotheses that are all alike; a zero prior and no observation",
        "가설 하나; 모두 똑같은 가설; 사전 확률 0에 관측 없음",
    ),
    hint=Text(
        "Hypotheses that predict the same are not told apart by any data.",
        "똑같이 예측하는 가설은 어떤 데이터로도 구별되지 않습니다.",
    ),
)
def posterior_edges(draw: Draw):
    yield draw.call(np.ones(1), draw.probabilities(1, 3), np.array([2, 0]))
    yield draw.call(draw.probabilities(3), np.full((3, 4), 0.25), draw.integers(0, 4, 6))
    yield draw.call(np.array([0.25, 0.0, 0.75]), draw.probabilities(3, 2), np.zeros(0, dtype=np.int64))


@posterior.in_float32(points=0.5)
def posterior_float32(draw: Draw):
    yield draw.call(*alike(draw, 3, 4, 0.5), draw.integers(0, 4, 6))


# -- 9. entropy_ce_kl ------------------------------------------------------------------------------------------------

entropy_ce_kl = Task("entropy_ce_kl", points=14, form=1, purity=1, forbid=DIVERGENCES, parts=("H", "CE", "KL"))


@entropy_ce_kl.check(
    "small",
    points=3,
    visible=True,
    tolerance=T1,
    title=Text("coins and dice", "동전과 주사위"),
    hint=Text(
        "P does the averaging in all three; Q only stands in the logarithm.",
        "셋 모두 P로 평균을 냅니다. Q는 로그 안에만 있습니다.",
    ),
)
def entropy_small(draw: Draw):
    yield draw.call(np.array([0.5, 0.5]), np.array([0.25, 0.75]))
    yield draw.call(np.full(6, 1.0 / 6.0), draw.probabilities(6))
    yield draw.call(draw.probabilities(4), draw.probabilities(4))


@entropy_ce_kl.check(
    "zeros",
    points=1,
    visible=True,
    tolerance=T1,
    edge=True,
    title=Text("what never happens; what was thought impossible", "절대 일어나지 않는 일; 불가능하다고 믿었던 일"),
    hint=Text(
        "A term with P = 0 is 0. A term with P > 0 and Q = 0 is infinite.",
        "P = 0인 항은 0입니다. P > 0이고 Q = 0인 항은 무한대입니다.",
    ),
)
def entropy_zeros(draw: Draw):
    yield draw.call(np.array([0.75, 0.0, 0.25]), np.array([0.5, 0.25, 0.25]))
    yield draw.call(np.array([0.75, 0.25, 0.0]), np.array([1.0, 0.0, 0.0]))


@entropy_ce_kl.check(
    "values",
    points=2.5,
    tolerance=T1,
    title=Text("more distributions", "더 많은 분포"),
    hint=Text(
        "Exchange P and Q: does the divergence change with you? Natural logarithms, sums, no means.",
        "P와 Q를 바꾸면 발산도 달라지나요? 자연로그를 쓰고, 평균이 아니라 합입니다.",
    ),
)
def entropy_values(draw: Draw):
    n, m = draw.sizes(2, 3, 12)
    p, q = draw.probabilities(n), draw.probabilities(n)
    yield draw.call(p, q)
    yield draw.call(q, p)
    yield draw.call(draw.strided(joint(draw, m)), draw.strided(joint(draw, m)))
    p = draw.probabilities(5)
    q = p * (1.0 + 0.02 * draw.normal(5))
    yield draw.call(p, q / q.sum())


@entropy_ce_kl.check(
    "tiny",
    points=2,
    tolerance=T1,
    title=Text("very small probabilities", "아주 작은 확률"),
    hint=Text(
        "log 1e-12 is -27.6. A small number added inside the logarithm, or a lower bound, makes it something else.",
        "log 1e-12는 -27.6입니다. 로그 안에 작은 수를 더하거나 하한을 두면 다른 값이 됩니다.",
    ),
)
def entropy_tiny(draw: Draw):
    p, q = draw.probabilities(4), draw.probabilities(4)
    q[1] = 1e-12
    yield draw.call(p, q / q.sum())
    q[2] = 1e-200
    yield draw.call(p, q / q.sum())
    p[0] = 1e-6
    q = draw.probabilities(4)
    q[0], q[3] = 1e-9, 1e-5
    yield draw.call(p / p.sum(), q / q.sum())


@entropy_ce_kl.check(
    "impossible",
    points=1.5,
    tolerance=T1,
    title=Text("zeros in P, in Q, in both", "P에, Q에, 양쪽에 있는 0"),
    hint=Text(
        "Leave the terms with P = 0 out before you take logarithms; then nothing becomes NaN.",
        "로그를 취하기 전에 P = 0인 항을 빼면 NaN이 생기지 않습니다.",
    ),
)
def entropy_impossible(draw: Draw):
    p, q = draw.probabilities(5), draw.probabilities(5)
    p[1] = q[1] = p[3] = 0.0
    yield draw.call(p / p.sum(), q / q.sum())
    q[4] = 0.0
    yield draw.call(p / p.sum(), q / q.sum())
    yield draw.call(np.array([0.0, 0.5, 0.5, 0.0]), np.array([0.5, 0.0, 0.0, 0.5]))


@entropy_ce_kl.check(
    "edges",
    points=1,
    tolerance=T1,
    edge=True,
    title=Text("one value; certainty; equal distributions", "값 하나; 확실한 사건; 똑같은 분포"),
    hint=Text(
        "What is certain has no entropy, and the right belief costs nothing more.",
        "확실한 사건의 엔트로피는 0이고, 올바른 믿음에는 추가 비용이 없습니다.",
    ),
)
def entropy_edges(draw: Draw):
    yield draw.call(np.ones(1), np.ones(1))
    yield draw.call(np.array([0.0, 1.0, 0.0]), draw.probabilities(3))
    p = draw.probabilities(7)
    yield draw.call(p, p.copy())
    p[2] = 0.0
    yield draw.call(p / p.sum(), p / p.sum())
    yield draw.call(np.full(8, 0.125), np.full(8, 0.125))


@entropy_ce_kl.in_float32(points=1)
def entropy_float32(draw: Draw):
    yield draw.call(joint(draw, 5), joint(draw, 5))
